//! Logical arguments: who did what to whom, whatever the grammar made of it.
//!
//! The parser gives surface grammar. Here passives, relative and reduced relative clauses, shared subjects and objects,
//! controlled infinitives, copulas, support verbs and nominalisations are undone, once for every predicate, so that a
//! pack can say `victim = "object"` and mean "killed 12 people", "12 people were killed", "the 12 people killed" and
//! "the killing of 12 people" alike.

use sayso_parse::{Dep, Parse, Pos, Tag};

/// The logical position of an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Slot {
    /// Who does it: subject of an active verb, "by" of a passive one, subject of a copula or of a support verb.
    Subject,
    /// Whom it befalls: object of an active verb, subject of a passive one.
    Object,
    /// The one to whom something goes.
    Dative,
    /// The predicate itself is what is counted: "nine dead", "40 casualties".
    Itself,
    /// Possessor of a noun: "the regiment's losses".
    Possessor,
    /// Noun that modifies the predicate: "troop deployment".
    Compound,
    /// What a noun such as "toll" amounts to: "the toll rose to 41".
    Value,
    /// Object of a preposition; the token is the preposition.
    Preposition(u32),
}

/// One argument of a predicate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Argument {
    /// Its logical position.
    pub slot: Slot,
    /// Head token of what fills it.
    pub token: u32,
    /// How it was found, in words for `--explain`.
    pub how: &'static str,
}

/// Steps that any walk through the tree may take, so that a broken tree costs no more than a good one.
const STEPS: usize = 24;

/// The logical arguments of a predicate, in order of discovery; the first of a slot is the likeliest.
pub fn arguments(parse: &Parse, predicate: u32) -> Vec<Argument> {
    let mut out = Vec::with_capacity(6);
    if matches!(
        parse.tag(predicate),
        Tag::Vb | Tag::Vbd | Tag::Vbg | Tag::Vbn | Tag::Vbp | Tag::Vbz
    ) {
        verb(parse, predicate, &mut out);
    } else if parse.pos(predicate) == Pos::Adj {
        adjective(parse, predicate, &mut out);
    } else {
        noun(parse, predicate, &mut out);
    }
    out
}

/// Whether the verb stands in the passive: with an auxiliary, as a reduced relative, or sharing another's auxiliary.
pub fn is_passive(parse: &Parse, verb: u32) -> bool {
    let mut at = verb;
    for _ in 0..STEPS {
        let has = |d: Dep| parse.child(at, d).is_some();
        if has(Dep::Auxpass) || has(Dep::Nsubjpass) || has(Dep::Csubjpass) {
            return true;
        }
        if parse.tag(at) != Tag::Vbn && !(parse.tag(at) == Tag::Vbd && parse.dep(at) == Dep::Acl) {
            return false;
        }
        if has(Dep::Aux) {
            return false;
        }
        match parse.dep(at) {
            Dep::Acl | Dep::Amod | Dep::Oprd | Dep::Acomp | Dep::Pcomp | Dep::Xcomp => return true,
            Dep::Conj => at = parse.head(at),
            Dep::Advcl | Dep::Ccomp | Dep::Root | Dep::Dep => return !has(Dep::Dobj),
            _ => return false,
        }
    }
    false
}

/// Noun that a relative pronoun of `verb` stands for: the noun that the clause hangs on.
fn antecedent(parse: &Parse, verb: u32) -> Option<u32> {
    let mut at = verb;
    for _ in 0..STEPS {
        match parse.dep(at) {
            Dep::Relcl => return Some(parse.head(at)),
            Dep::Conj | Dep::Xcomp | Dep::Ccomp => at = parse.head(at),
            _ => return None,
        }
    }
    None
}

fn is_relative(parse: &Parse, token: u32) -> bool {
    matches!(parse.tag(token), Tag::Wp | Tag::Wdt)
        || (parse.tag(token) == Tag::In && parse.lower(token) == "that")
}

/// The noun for a relative pronoun, the token itself for anything else.
fn resolved(parse: &Parse, verb: u32, token: u32) -> u32 {
    // "300 of whom", "most of which": the quantity stays; whoever counts sees through the pronoun.
    if is_relative(parse, token) {
        antecedent(parse, verb).unwrap_or(token)
    } else {
        token
    }
}

fn own_subject(parse: &Parse, verb: u32) -> Option<(u32, bool)> {
    parse
        .children(verb)
        .iter()
        .copied()
        .find_map(|c| match parse.dep(c) {
            Dep::Nsubj | Dep::Csubj => Some((resolved(parse, verb, c), false)),
            Dep::Nsubjpass | Dep::Csubjpass => Some((resolved(parse, verb, c), true)),
            _ => None,
        })
}

/// The noun right before the auxiliary of a passive that the tree left without a subject: "after a 4-year-old was
/// shot", where the noun was taken for the preposition's.
fn before_auxiliary(parse: &Parse, verb: u32) -> Option<u32> {
    let auxiliary = parse
        .children(verb)
        .iter()
        .copied()
        .find(|&c| matches!(parse.dep(c), Dep::Aux | Dep::Auxpass) && c < verb)?;
    parse.child(verb, Dep::Auxpass)?;
    let noun = auxiliary.checked_sub(1)?;
    let fits = matches!(parse.pos(noun), Pos::Noun | Pos::Propn)
        || (parse.lower(noun) == "old" && parse.dep(noun) == Dep::Pobj);
    (fits && matches!(parse.dep(noun), Dep::Pobj | Dep::Dobj)).then_some(noun)
}

/// The surface subject of a verb that may have none of its own: shared in coordination, controlled, or understood.
/// The flag says whether it is the subject of a passive.
fn subject(parse: &Parse, verb: u32) -> Option<(u32, bool, &'static str)> {
    let passive = is_passive(parse, verb);
    if let Some((s, _)) = own_subject(parse, verb) {
        return Some((s, passive, "subject"));
    }
    if let Some(s) = before_auxiliary(parse, verb) {
        return Some((s, true, "noun before the passive"));
    }
    let mut at = verb;
    for _ in 0..STEPS {
        let head = parse.head(at);
        if head == at {
            return None;
        }
        match parse.dep(at) {
            Dep::Acl if matches!(parse.tag(at), Tag::Vbn | Tag::Vbd | Tag::Vbg) => {
                return Some((head, passive, "participle after its noun"));
            }
            Dep::Amod if matches!(parse.tag(at), Tag::Vbn | Tag::Vbg) => {
                return Some((head, passive, "participle before its noun"));
            }
            Dep::Relcl => {
                // No relative pronoun in sight: "the troops they sent" has its object gone, not its subject.
                return None;
            }
            // "left 12 people injured", "remain displaced"
            Dep::Oprd | Dep::Acomp | Dep::Attr => {
                if let Some(o) = parse.child(head, Dep::Dobj).filter(|&o| o != at) {
                    return Some((o, passive, "object complement"));
                }
            }
            Dep::Xcomp => {
                // "ordered 300 people to leave": the object of the ordering leaves.
                let object = parse
                    .child(head, Dep::Dobj)
                    .or_else(|| parse.child(head, Dep::Dative));
                if let Some(o) = object.filter(|_| !is_passive(parse, head)) {
                    return Some((o, passive, "controlled by the object"));
                }
            }
            Dep::Conj | Dep::Advcl | Dep::Pcomp | Dep::Dep => {}
            Dep::Prep => {}
            _ => return None,
        }
        if let Some((s, _)) = own_subject(parse, head) {
            let how = if parse.dep(at) == Dep::Conj {
                "shared subject"
            } else {
                "understood subject"
            };
            return Some((s, passive, how));
        }
        if !matches!(parse.pos(head), Pos::Verb | Pos::Aux) && parse.dep(at) != Dep::Pcomp {
            return None;
        }
        at = head;
    }
    None
}

fn verb(parse: &Parse, v: u32, out: &mut Vec<Argument>) {
    let mut put = |slot, token, how| {
        let a = Argument { slot, token, how };
        if !out
            .iter()
            .any(|b: &Argument| b.slot == slot && b.token == token)
        {
            out.push(a);
        }
    };
    let passive = is_passive(parse, v);
    let mut object = false;
    for &c in parse.children(v) {
        match parse.dep(c) {
            Dep::Dobj => {
                put(Slot::Object, resolved(parse, v, c), "object");
                object = true;
            }
            Dep::Attr | Dep::Oprd if parse.pos(c) != Pos::Adj && parse.pos(c) != Pos::Verb => {
                put(Slot::Object, c, "complement");
            }
            Dep::Dative => {
                let filler = parse.child(c, Dep::Pobj).unwrap_or(c);
                put(Slot::Dative, resolved(parse, v, filler), "dative");
            }
            Dep::Agent => {
                if let Some(p) = parse.child(c, Dep::Pobj) {
                    put(Slot::Subject, p, "by");
                }
            }
            _ => {}
        }
    }
    // "deployed between 11,000 and 12,000 troops": a bound before the number looks like a preposition.
    if !object && !passive {
        let bounded = parse.children(v).iter().copied().find_map(|c| {
            let bound = parse.dep(c) == Dep::Prep
                && c == v + 1
                && matches!(
                    parse.lower(c),
                    "between" | "over" | "under" | "above" | "around" | "about" | "below"
                );
            let of = bound.then(|| parse.child(c, Dep::Pobj)).flatten()?;
            let number = |t: u32| parse.pos(t) == Pos::Num;
            (number(of) || parse.children(of).iter().any(|&n| number(n))).then_some(of)
        });
        if let Some(o) = bounded {
            put(Slot::Object, o, "object with a bound");
            object = true;
        }
    }
    if let Some((s, _, how)) = subject(parse, v) {
        if passive {
            // "were paid $2,000": the payee is subject of the passive and the object stays an object.
            if object {
                put(Slot::Dative, s, "subject of a passive");
            }
            put(
                Slot::Object,
                s,
                if how == "subject" {
                    "subject of a passive"
                } else {
                    how
                },
            );
        } else {
            put(Slot::Subject, s, how);
        }
    }
    // "the troops they sent", "the losses that it suffered"
    if !passive
        && !object
        && parse.dep(v) == Dep::Relcl
        && own_subject(parse, v).is_some_and(|(s, _)| s != parse.head(v))
    {
        put(Slot::Object, parse.head(v), "object of a relative clause");
        object = true;
    }
    // "killed or wounded 6,000 troops": the object of the last verb is everybody's.
    if !passive && !object {
        let mut at = v;
        for _ in 0..STEPS {
            let Some(next) = parse.children(at).iter().copied().find(|&c| {
                parse.dep(c) == Dep::Conj && c > at && matches!(parse.pos(c), Pos::Verb)
            }) else {
                break;
            };
            if let Some(o) = parse.child(next, Dep::Dobj) {
                let joined = parse.children(at).iter().any(|&c| parse.dep(c) == Dep::Cc);
                if joined && own_subject(parse, next).is_none() && next - at <= 3 {
                    put(Slot::Object, o, "shared object");
                }
                break;
            }
            at = next;
        }
    }
    prepositions(parse, v, &mut put);
    // Coordinated verbs share what the last one carries: "killed and wounded in Kursk".
    if parse.dep(v) != Dep::Conj
        && let Some(next) = parse
            .children(v)
            .iter()
            .copied()
            .find(|&c| parse.dep(c) == Dep::Conj && c > v && c - v <= 3)
    {
        prepositions(parse, next, &mut put);
    }
}

fn prepositions(parse: &Parse, predicate: u32, put: &mut impl FnMut(Slot, u32, &'static str)) {
    for &c in parse.children(predicate) {
        if matches!(parse.dep(c), Dep::Prep | Dep::Agent | Dep::Dative) && parse.pos(c) != Pos::Noun
        {
            prepositional(parse, c, put);
        }
    }
}

fn prepositional(parse: &Parse, prep: u32, put: &mut impl FnMut(Slot, u32, &'static str)) {
    for &p in parse.children(prep) {
        match parse.dep(p) {
            Dep::Pobj => put(Slot::Preposition(prep), p, "preposition"),
            // "from across the border", "in at least 3 towns"
            Dep::Prep => {
                if let Some(o) = parse.child(p, Dep::Pobj) {
                    put(Slot::Preposition(prep), o, "preposition");
                }
            }
            _ => {}
        }
    }
}

fn adjective(parse: &Parse, a: u32, out: &mut Vec<Argument>) {
    let mut put = |slot, token, how| {
        let arg = Argument { slot, token, how };
        if !out.contains(&arg) {
            out.push(arg);
        }
    };
    let mut at = a;
    for _ in 0..STEPS {
        let head = parse.head(at);
        if let Some((s, _)) = own_subject(parse, at) {
            put(Slot::Subject, s, "subject");
            break;
        }
        match parse.dep(at) {
            Dep::Amod | Dep::Acl if at != head => {
                put(Slot::Subject, head, "adjective of its noun");
                break;
            }
            Dep::Relcl => {
                put(Slot::Subject, head, "relative clause");
                break;
            }
            Dep::Acomp
            | Dep::Oprd
            | Dep::Attr
            | Dep::Xcomp
            | Dep::Ccomp
            | Dep::Advmod
            | Dep::Advcl
            | Dep::Dep => {
                if let Some(o) = parse.child(head, Dep::Dobj) {
                    put(Slot::Subject, o, "object complement");
                    break;
                }
                if let Some((s, _, how)) = subject(parse, head) {
                    put(Slot::Subject, s, how);
                    break;
                }
                break;
            }
            Dep::Conj => {
                // "dead or missing": the first of the pair says of whom.
                at = head;
            }
            _ => break,
        }
        if head == a {
            break;
        }
    }
    // "nine hurt", "250 dead", "the dead": the adjective stands for those it describes.
    if matches!(
        parse.dep(a),
        Dep::Nsubj
            | Dep::Nsubjpass
            | Dep::Dobj
            | Dep::Pobj
            | Dep::Root
            | Dep::Conj
            | Dep::Attr
            | Dep::Appos
    ) || parse.child(a, Dep::Nummod).is_some()
    {
        put(Slot::Itself, a, "adjective as a noun");
    }
    prepositions(parse, a, &mut put);
    let head = parse.head(a);
    if matches!(parse.dep(a), Dep::Acomp | Dep::Oprd | Dep::Xcomp) {
        prepositions(parse, head, &mut put);
    }
}

/// Verbs that lend a noun their subject are recognised by grammar alone: the noun is their object.
fn noun(parse: &Parse, n: u32, out: &mut Vec<Argument>) {
    let mut put = |slot, token, how| {
        let arg = Argument { slot, token, how };
        if !out.contains(&arg) {
            out.push(arg);
        }
    };
    put(Slot::Itself, n, "the noun itself");
    for &c in parse.children(n) {
        match parse.dep(c) {
            Dep::Poss => put(Slot::Possessor, c, "possessor"),
            Dep::Compound | Dep::Nmod | Dep::Amod if parse.pos(c) != Pos::Num => {
                put(Slot::Compound, c, "modifier");
            }
            Dep::Agent => {
                if let Some(p) = parse.child(c, Dep::Pobj) {
                    put(Slot::Subject, p, "by");
                }
            }
            Dep::Prep => {
                prepositional(parse, c, &mut put);
                if parse.lower(c) == "by"
                    && let Some(p) = parse.child(c, Dep::Pobj)
                {
                    put(Slot::Subject, p, "by");
                }
            }
            Dep::Appos if parse.pos(c) == Pos::Num => put(Slot::Value, c, "apposition"),
            _ => {}
        }
    }
    for (token, how) in values(parse, n) {
        put(Slot::Value, token, how);
    }
    // "suffered 40 casualties", "carried out an attack": the noun borrows the verb's subject and prepositions.
    let mut at = n;
    for _ in 0..STEPS {
        if parse.dep(at) != Dep::Conj {
            break;
        }
        at = parse.head(at);
    }
    let head = parse.head(at);
    if head != at && parse.pos(head) == Pos::Verb {
        match parse.dep(at) {
            Dep::Dobj => {
                if let Some((s, _, _)) = subject(parse, head) {
                    put(Slot::Subject, s, "subject of the verb it completes");
                }
                if let Some(d) = parse.child(head, Dep::Dative) {
                    put(
                        Slot::Dative,
                        parse.child(d, Dep::Pobj).unwrap_or(d),
                        "dative",
                    );
                }
                prepositions(parse, head, &mut put);
            }
            Dep::Nsubjpass | Dep::Nsubj => {
                if let Some(by) = parse.child(head, Dep::Agent)
                    && let Some(p) = parse.child(by, Dep::Pobj)
                {
                    put(Slot::Subject, p, "by");
                }
                prepositions(parse, head, &mut put);
            }
            _ => {}
        }
    } else if head != at && matches!(parse.dep(at), Dep::Attr | Dep::Nsubj) {
        // "there were 40 deaths in the town"
        prepositions(parse, head, &mut put);
    }
}

/// What a noun of quantity ("toll", "number") is said to amount to: "a toll of 41", "the toll rose to 41", "put the
/// toll at 41", "the toll: 41".
pub fn values(parse: &Parse, n: u32) -> Vec<(u32, &'static str)> {
    let mut out = Vec::new();
    let mut of_prep = |prep: u32, how| {
        if let Some(p) = parse
            .child(prep, Dep::Pobj)
            .or_else(|| parse.child(prep, Dep::Npadvmod))
        {
            out.push((p, how));
        }
    };
    let near = |p: u32| {
        matches!(
            parse.lower(p),
            "of" | "to"
                | "at"
                | "above"
                | "past"
                | "over"
                | "near"
                | "from"
                | "beyond"
                | "as"
                | "below"
                | "around"
                | "between"
        )
    };
    for &c in parse.children(n) {
        if parse.dep(c) == Dep::Prep && near(c) {
            of_prep(c, "what the count is said to be");
        }
    }
    let mut at = n;
    // "the number of dead and wounded": coordination and partitives do not change whose value it is.
    for _ in 0..STEPS {
        let head = parse.head(at);
        if head == at {
            break;
        }
        match parse.dep(at) {
            Dep::Conj | Dep::Compound | Dep::Poss => at = head,
            _ => break,
        }
    }
    let head = parse.head(at);
    if head == at || !matches!(parse.pos(head), Pos::Verb | Pos::Aux) {
        if head == at {
            // A headline: "Death toll: 41".
            for &c in parse.children(at) {
                if matches!(parse.dep(c), Dep::Appos) {
                    out.push((c, "what the count is said to be"));
                }
            }
        }
        return out;
    }
    let subject = matches!(parse.dep(at), Dep::Nsubj | Dep::Nsubjpass);
    let object = matches!(parse.dep(at), Dep::Dobj);
    if !subject && !object {
        return out;
    }
    let mut verbs = vec![head];
    verbs.extend(parse.children(head).iter().copied().filter(|&c| {
        c > head
            && (parse.dep(c) == Dep::Xcomp
                || (parse.dep(c) == Dep::Conj && own_subject(parse, c).is_none())
                || (parse.dep(c) == Dep::Advcl && own_subject(parse, c).is_none() && subject))
    }));
    for v in verbs {
        for &c in parse.children(v) {
            match parse.dep(c) {
                Dep::Prep | Dep::Agent | Dep::Dative if near(c) => {
                    if let Some(p) = parse.child(c, Dep::Pobj) {
                        out.push((p, "what the count is said to be"));
                    }
                }
                Dep::Dobj | Dep::Attr | Dep::Npadvmod | Dep::Oprd | Dep::Acomp
                    if subject && c != at =>
                {
                    out.push((c, "what the count is said to be"));
                }
                _ => {}
            }
        }
    }
    out
}
