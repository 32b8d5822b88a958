//! Every place where a cue word of the packs stands with something it can take: who, which words, what.

use std::ops::Range;

use sayso_model::Act;
use sayso_packs::{Packs, schema::WordClass};
use sayso_parse::{Dep, Parse, Pos, Tag};

use super::extent;
use super::grammar::{around, beside, is_verb, phrase, subject, trim, verb_group};
use super::lexicon::{Cue, Takes};

/// How a cue stands to its content; the order is the order of preference among readings of one cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Shape {
    /// A clause after or before the cue.
    Clause,
    /// A parenthesis in the middle of its content, or after it.
    Inserted,
    /// An object and more: as, for, to.
    ObjectMore,
    /// An infinitive or gerund.
    Infinitive,
    /// A noun's complement, a prepositional object.
    Phrase,
    /// A bare object.
    Object,
    /// A quotation found by its marks.
    Quotation,
    /// "According to" and its kin.
    According,
    /// A label, a caption, a headline.
    Layout,
}

/// An attribution in tokens, before quotations are joined to it and spans are cut.
#[derive(Clone, Debug)]
pub(crate) struct Candidate<'p> {
    /// The cue word; of a phrase its first.
    pub at: u32,
    /// What the packs say of the cue word.
    pub cue_word: Option<Cue<'p>>,
    pub shape: Shape,
    /// Head token of the source.
    pub who: Option<u32>,
    pub source: Range<u32>,
    pub cue: Range<u32>,
    pub content: Vec<Range<u32>>,
    /// Cue word of the attribution that relays this one: in "Reuters reported, citing officials" the word "reported".
    pub relayed_by: Option<u32>,
    /// Whether the cue is a passive, whose agent may go unnamed.
    pub passive: bool,
}

/// All candidates of a parse, in order of their cue words; several for one cue word stand together.
pub(crate) fn candidates<'p>(parse: &'p Parse, packs: &'p Packs) -> Vec<Candidate<'p>> {
    let mut out = Vec::new();
    for t in 0..parse.len() as u32 {
        let state = parse.tag(t) == Tag::Vbn
            && parse.child(t, Dep::Auxpass).is_some()
            && parse.child(t, Dep::Agent).is_none();
        let cue = state
            .then(|| Cue::find(packs, parse.lower(t), Pos::Adj))
            .flatten()
            .or_else(|| Cue::of(packs, parse, t));
        let Some(cue) = cue else {
            continue;
        };
        let mut found = Found {
            parse,
            packs,
            cue,
            at: t,
            passive: false,
            out: &mut out,
        };
        match cue.class() {
            WordClass::Noun => noun(&mut found),
            WordClass::Adjective => adjective(&mut found),
            _ => verb(&mut found),
        }
    }
    out
}

struct Found<'a, 'p> {
    parse: &'a Parse,
    packs: &'p Packs,
    cue: Cue<'p>,
    at: u32,
    passive: bool,
    out: &'a mut Vec<Candidate<'p>>,
}

impl Found<'_, '_> {
    fn add(
        &mut self,
        shape: Shape,
        who: Option<u32>,
        source: Range<u32>,
        cue: Range<u32>,
        mut content: Vec<Range<u32>>,
    ) {
        content.retain(|r| !r.is_empty());
        if !content.is_empty() {
            self.out.push(Candidate {
                at: self.at,
                cue_word: Some(self.cue),
                shape,
                who,
                source,
                cue,
                content,
                relayed_by: None,
                passive: self.passive,
            });
        }
    }
}

/// A "that" clause which the tree hung on the noun before it: "told a meeting of owners that …", "said in a letter that
/// …".
fn strayed(parse: &Parse, cue: &Cue<'_>, v: u32) -> Option<u32> {
    let clause = |noun: u32| {
        parse.children(noun).iter().copied().find(|&c| {
            matches!(parse.dep(c), Dep::Relcl | Dep::Acl | Dep::Ccomp)
                && parse
                    .children(c)
                    .iter()
                    .any(|&m| parse.dep(m) == Dep::Mark && parse.lower(m) == "that")
        })
    };
    let last = |mut noun: u32| {
        // "a meeting of owners": the clause may hang on either
        for _ in 0..3 {
            if let Some(c) = clause(noun) {
                return Some(c);
            }
            let preposition = parse.child(noun, Dep::Prep)?;
            noun = parse.child(preposition, Dep::Pobj)?;
        }
        None
    };
    parse
        .children(v)
        .iter()
        .copied()
        .filter(|&c| c > v)
        .find_map(|c| match parse.dep(c) {
            Dep::Dobj if cue.takes(Takes::Addressee) => last(c),
            Dep::Prep if matches!(parse.lower(c), "in" | "on" | "at" | "during" | "to" | "via") => {
                last(parse.child(c, Dep::Pobj)?)
            }
            _ => None,
        })
}

/// Whether a verb is an infinitive, also of the perfect: "to fail", "to have failed".
fn infinitive(parse: &Parse, t: u32) -> bool {
    parse.tag(t) == Tag::Vb
        || parse
            .children(t)
            .iter()
            .any(|&c| parse.dep(c) == Dep::Aux && parse.tag(c) == Tag::To)
}

/// The subjects of a verb that has one on either side.
fn two_subjects(parse: &Parse, v: u32) -> Option<(u32, u32)> {
    let mut subjects = parse
        .children(v)
        .iter()
        .copied()
        .filter(|&c| parse.dep(c) == Dep::Nsubj);
    let (first, second) = (subjects.next()?, subjects.next()?);
    let parted = (first..v).any(|t| parse.word(t) == ",");
    (first < v && v < second && parted).then_some((first, second))
}

/// Whether a colon or semicolon parts a clause from the verb behind it: what stands before one is not what the verb
/// says.
fn parted(parse: &Parse, clause: u32, v: u32) -> bool {
    (clause..v).any(|t| matches!(parse.word(t), ":" | ";") && !parse.is_within(t, clause))
        || parse
            .subtree(clause)
            .end
            .checked_sub(1)
            .is_some_and(|t| matches!(parse.word(t), ":" | ";"))
}

/// Whether a clause before a verb that has another one behind it is content, not an "although …" of its own: a
/// quotation or a clause without a subordinating word that a comma ends.
fn whole_before(parse: &Parse, clause: u32, v: u32) -> bool {
    let whole = beside(parse, clause, v);
    !parse
        .children(clause)
        .iter()
        .any(|&c| parse.dep(c) == Dep::Mark || parse.tag(c) == Tag::Wrb)
        && !whole.is_empty()
}

/// Whether a parenthesis is marked as one: something other than a word stands before it and behind it.
fn set_off(parse: &Parse, v: u32) -> bool {
    let whole = parse.subtree(v);
    let sentence = &parse.sentences[parse.sentence_of(v)];
    let mark = |t: u32| parse.pos(t) == Pos::Punct;
    let before = whole.start <= sentence.start || mark(whole.start - 1) || mark(whole.start);
    let behind = whole.end >= sentence.end || mark(whole.end) || mark(whole.end - 1);
    before && behind
}

/// What stands around a parenthesis. What follows it without a comma tells when or why it was said.
fn inserted(parse: &Parse, host: u32, v: u32) -> Vec<Range<u32>> {
    let hole = parse.subtree(v);
    let mut content = around(parse, parse.subtree(host), v);
    let marked = parse.pos(hole.end - 1) == Pos::Punct
        || (hole.end as usize) < parse.len() && parse.pos(hole.end) == Pos::Punct;
    if content.len() > 1 && !marked {
        content.truncate(1);
    }
    content
}

/// Whether a verb in the base form is finite by its auxiliary ("will", "did"): only then does somebody do the saying.
fn finite_base(parse: &Parse, v: u32) -> bool {
    parse.children(v).iter().any(|&c| {
        parse.dep(c) == Dep::Aux
            && matches!(
                parse.lower(c),
                "will" | "would" | "did" | "does" | "do" | "'ll"
            )
    })
}

fn verb(f: &mut Found<'_, '_>) {
    let (parse, v) = (f.parse, f.at);
    if !is_verb(parse, v)
        || matches!(
            parse.dep(v),
            Dep::Aux | Dep::Auxpass | Dep::Amod | Dep::Compound
        )
    {
        return;
    }
    let group = verb_group(parse, v);
    let kids = parse.children(v);
    let passive = kids
        .iter()
        .any(|&c| matches!(parse.dep(c), Dep::Auxpass | Dep::Nsubjpass))
        || (parse.tag(v) == Tag::Vbn
            && (parse.dep(v) == Dep::Acl || parse.child(v, Dep::Agent).is_some()));
    if passive {
        f.passive = true;
        return passive_verb(f, group);
    }
    let who = subject(parse, v).or_else(|| subject_beside(parse, &group));
    let source = who.map_or(0..0, |s| {
        if parse.dep(v) == Dep::Acl && parse.head(v) == s {
            // the noun without the clause that hangs on it
            let whole = parse.subtree(s);
            trim(parse, whole.start..parse.subtree(v).start.max(s + 1))
        } else {
            phrase(parse, s)
        }
    });
    if f.cue.takes(Takes::Raising) {
        return raising(f, group, who);
    }
    let bare = parse.tag(v) == Tag::Vb && !finite_base(parse, v);
    let loose = parse.dep(v) == Dep::Acl;

    if let Some((first, second)) = two_subjects(parse, v).filter(|_| f.cue.quotes()) {
        // "The crews, said the master, are safe": the subject behind the verb speaks, the other is content
        let host = if parse.head(v) == v {
            parse.sentences[parse.sentence_of(v)].clone()
        } else {
            parse.subtree(parse.head(v))
        };
        let end = parse.subtree(second).end;
        let before = trim(parse, parse.subtree(first).start..v);
        let content = vec![before, trim(parse, end..host.end.max(end))];
        f.add(
            Shape::Inserted,
            Some(second),
            phrase(parse, second),
            group,
            content,
        );
        return;
    }
    let mut clause = false;
    let behind = kids.iter().any(|&c| c > v && parse.dep(c) == Dep::Ccomp);
    for &c in kids.iter().filter(|&&c| parse.dep(c) == Dep::Ccomp) {
        // of several clauses before the verb the one next to it, widened to the sentence
        let nearer = |o: u32| c < o && o < v && parse.dep(o) == Dep::Ccomp;
        if c < v
            && (behind && !whole_before(parse, c, v)
                || parted(parse, c, v)
                || kids.iter().any(|&o| nearer(o)))
        {
            continue;
        }
        clause = true;
        if f.cue.takes(Takes::Clause) {
            let mut content = around(parse, beside(parse, c, v), v);
            if let Some(o) = parse.child(v, Dep::Dobj).filter(|&o| v < o && o < c)
                && !f.cue.takes(Takes::Addressee)
                && parse.child(c, Dep::Mark).is_none()
                && let [only] = &mut content[..]
            {
                // the tree took the clause's subject, or what the clause hangs on, for the object
                only.start = only.start.min(parse.subtree(o).start);
            }
            if c < v && f.cue.quotes() {
                widen_to_sentence(parse, v, &source, &mut content);
            }
            f.add(Shape::Clause, who, source.clone(), group.clone(), content);
        }
    }
    if !clause
        && f.cue.takes(Takes::Clause)
        && let Some(c) = strayed(parse, &f.cue, v)
    {
        clause = true;
        f.add(
            Shape::Clause,
            who,
            source.clone(),
            group.clone(),
            vec![phrase(parse, c)],
        );
    }
    if !clause
        && f.cue.quotes()
        && who.is_some()
        && matches!(parse.tag(v), Tag::Vbd | Tag::Vbz | Tag::Vbp)
        && matches!(
            parse.dep(v),
            Dep::Parataxis | Dep::Ccomp | Dep::Advcl | Dep::Dep
        )
        && set_off(parse, v)
    {
        let host = parse.head(v);
        let content = inserted(parse, host, v);
        f.add(Shape::Inserted, who, source.clone(), group.clone(), content);
    }
    if bare {
        return;
    }
    let object = parse.child(v, Dep::Dobj).filter(|&o| o > v);
    for &c in kids
        .iter()
        .filter(|&&c| c > v && parse.dep(c) == Dep::Xcomp)
    {
        let content = beside(parse, c, v);
        match parse.tag(c) {
            Tag::Vbg if f.cue.takes(Takes::Ing) => {
                f.add(
                    Shape::Infinitive,
                    who,
                    source.clone(),
                    group.clone(),
                    vec![content],
                );
            }
            _ if infinitive(parse, c) => {
                if let Some(o) = object.filter(|&o| o < c)
                    && f.cue.takes(Takes::ObjectInfinitive)
                {
                    let start = phrase(parse, o).start;
                    f.add(
                        Shape::ObjectMore,
                        who,
                        source.clone(),
                        group.clone(),
                        std::iter::once(start..content.end).collect(),
                    );
                }
                if f.cue.takes(Takes::Infinitive) && !loose {
                    f.add(
                        Shape::Infinitive,
                        who,
                        source.clone(),
                        group.clone(),
                        vec![content],
                    );
                }
            }
            _ => {}
        }
    }
    if let Some(o) = object
        && parse.child(o, Dep::Mark).is_some()
        && f.cue.takes(Takes::Clause)
    {
        // "observed that the work begun in May … was done": the tree saw no clause behind "that"
        let sentence = &parse.sentences[parse.sentence_of(v)];
        let content = trim(parse, parse.subtree(o).start..sentence.end);
        f.add(
            Shape::Clause,
            who,
            source.clone(),
            group.clone(),
            vec![content],
        );
        return;
    }
    if let Some(o) = object {
        let whole = beside(parse, o, v);
        // "put the toll at nine"
        let puts_at = f.cue.takes(Takes::ObjectOf("at"));
        let more = kids
            .iter()
            .copied()
            .filter(|&c| {
                c > o
                    && (matches!(parse.dep(c), Dep::Oprd | Dep::Acomp)
                        || (parse.dep(c) == Dep::Prep && matches!(parse.lower(c), "as" | "for")))
            })
            .map(|c| parse.subtree(c).end)
            .max();
        if let Some(end) = more
            && (puts_at || f.cue.takes(Takes::ObjectAs))
        {
            let content = trim(parse, whole.start..end);
            f.add(
                Shape::ObjectMore,
                who,
                source.clone(),
                group.clone(),
                vec![content],
            );
        }
        if f.cue.takes(Takes::Object) && !loose && !f.cue.takes(Takes::Addressee) {
            let content = extent::without_aside(parse, extent::object(parse, v, o, whole));
            f.add(
                Shape::Object,
                who,
                source.clone(),
                group.clone(),
                vec![content],
            );
        }
    } else if let Some(name) = parse.child(v, Dep::Oprd).filter(|&c| c > v)
        && f.cue.takes(Takes::Name)
    {
        let content = beside(parse, name, v);
        f.add(
            Shape::Phrase,
            who,
            source.clone(),
            group.clone(),
            vec![content],
        );
    }
    for &c in kids.iter().filter(|&&c| c > v && parse.dep(c) == Dep::Prep) {
        let preposition = parse.lower(c);
        let takes = if object.is_some_and(|o| o < c) {
            Takes::ObjectOf(preposition)
        } else {
            Takes::Of(preposition)
        };
        if loose || !f.cue.takes(takes) {
            continue;
        }
        if let Some(content) = complement(parse, c) {
            let cue = if c == group.end {
                group.start..c + 1
            } else {
                group.clone()
            };
            f.add(Shape::Phrase, who, source.clone(), cue, vec![content]);
        }
    }
}

/// "The talks seem to have failed", "it appears that …": nobody is said to say it, and the subject belongs to what is
/// said.
fn raising(f: &mut Found<'_, '_>, group: Range<u32>, who: Option<u32>) {
    let (parse, v) = (f.parse, f.at);
    f.passive = true;
    for &c in parse.children(v).iter().filter(|&&c| c > v) {
        let content = beside(parse, c, v);
        match parse.dep(c) {
            Dep::Ccomp => f.add(Shape::Clause, None, 0..0, group.clone(), vec![content]),
            Dep::Xcomp if infinitive(parse, c) => {
                // "seemed to say that …" is a saying of its own
                if Cue::of(f.packs, parse, c).is_some_and(Cue::quotes) {
                    continue;
                }
                let subject = who
                    .filter(|&s| parse.lower(s) != "it")
                    .map(|s| phrase(parse, s));
                let content = subject.into_iter().chain([content]).collect();
                f.add(Shape::Infinitive, None, 0..0, group.clone(), content);
            }
            _ => {}
        }
    }
}

/// The noun right before a finite verb to which the tree gave no subject: "In a letter to the board Berg said that …".
fn subject_beside(parse: &Parse, group: &Range<u32>) -> Option<u32> {
    let last = group.end - 1;
    if !matches!(parse.tag(last), Tag::Vbd | Tag::Vbz | Tag::Vbp) {
        return None;
    }
    let sentence = &parse.sentences[parse.sentence_of(last)];
    let mut before = group
        .start
        .checked_sub(1)
        .filter(|&t| t >= sentence.start)?;
    if parse.word(before) == "," {
        // "Berg, after a night at the quay, said": the name stands before the aside
        let open = (sentence.start + 1..before)
            .rev()
            .find(|&t| parse.word(t) == ",")?;
        before = open - 1;
    }
    let name = matches!(parse.tag(before), Tag::Nnp | Tag::Nnps | Tag::Prp);
    name.then_some(before)
}

/// "It rained, and the quay was lost, the master said": a cue that heads the sentence and stands behind its content has
/// all that comes before it.
fn widen_to_sentence(parse: &Parse, v: u32, source: &Range<u32>, content: &mut [Range<u32>]) {
    let sentence = &parse.sentences[parse.sentence_of(v)];
    let from = if source.is_empty() {
        v
    } else {
        source.start.min(v)
    };
    if parse.dep(v) != Dep::Root {
        return;
    }
    if let [only] = content
        && only.end <= from
        && from - only.end <= 3
    {
        let stop = (sentence.start..only.start)
            .rev()
            .find(|&t| matches!(parse.word(t), ":" | ";"))
            .map_or(sentence.start, |t| t + 1);
        *only = trim(parse, stop..only.end);
    }
}

fn passive_verb(f: &mut Found<'_, '_>, group: Range<u32>) {
    let (parse, v) = (f.parse, f.at);
    let kids = parse.children(v);
    let agent = parse
        .child(v, Dep::Agent)
        .and_then(|by| parse.child(by, Dep::Pobj));
    let source = agent.map_or(0..0, |a| phrase(parse, a));
    let patient = parse.child(v, Dep::Nsubjpass);
    if patient.is_none()
        && agent.is_some()
        && f.cue.quotes()
        && matches!(parse.dep(v), Dep::Advcl | Dep::Parataxis)
        && kids
            .iter()
            .any(|&c| c < v && parse.dep(c) == Dep::Mark && parse.lower(c) == "as")
    {
        // "…, as reported by the harbour master"
        let host = parse.head(v);
        let content = around(parse, parse.subtree(host), v);
        f.add(
            Shape::Inserted,
            agent,
            source.clone(),
            group.clone(),
            content,
        );
    }
    for &c in kids {
        match parse.dep(c) {
            Dep::Ccomp if f.cue.takes(Takes::PassiveClause) => {
                let content = around(parse, beside(parse, c, v), v);
                f.add(Shape::Clause, agent, source.clone(), group.clone(), content);
            }
            Dep::Xcomp if infinitive(parse, c) && f.cue.takes(Takes::PassiveInfinitive) => {
                let mut content: Vec<_> = patient.map(|p| phrase(parse, p)).into_iter().collect();
                content.push(beside(parse, c, v));
                f.add(
                    Shape::Infinitive,
                    agent,
                    source.clone(),
                    group.clone(),
                    content,
                );
            }
            _ => {}
        }
    }
    if f.cue.takes(Takes::Passive) {
        let content = match patient {
            Some(p) if parse.lower(p) != "it" => Some(phrase(parse, p)),
            None if parse.dep(v) == Dep::Acl && agent.is_some() => {
                let noun = parse.subtree(parse.head(v));
                Some(trim(parse, noun.start..parse.subtree(v).start))
            }
            _ => None,
        };
        if let Some(content) = content {
            f.add(Shape::Object, agent, source, group, vec![content]);
        }
    }
}

/// What a preposition governs.
fn complement(parse: &Parse, preposition: u32) -> Option<Range<u32>> {
    parse
        .children(preposition)
        .iter()
        .copied()
        .find(|&o| matches!(parse.dep(o), Dep::Pobj | Dep::Pcomp))
        .map(|o| phrase(parse, o))
}

fn noun(f: &mut Found<'_, '_>) {
    let (parse, n) = (f.parse, f.at);
    let Some((who, source)) = holder(parse, f.packs, n) else {
        return;
    };
    f.passive = who.is_none();
    for &c in parse.children(n).iter().filter(|&&c| c > n) {
        match parse.dep(c) {
            Dep::Prep if f.cue.takes(Takes::Of(parse.lower(c))) => {
                if let Some(content) = complement(parse, c).filter(|r| !overlap(r, &source)) {
                    f.add(Shape::Phrase, who, source.clone(), n..c + 1, vec![content]);
                }
            }
            Dep::Acl if parse.tag(c) == Tag::Vb && f.cue.takes(Takes::Infinitive) => {
                f.add(
                    Shape::Phrase,
                    who,
                    source.clone(),
                    n..n + 1,
                    vec![beside(parse, c, n)],
                );
            }
            Dep::Ccomp | Dep::Acl if parse.tag(c) != Tag::Vb && f.cue.takes(Takes::Clause) => {
                f.add(
                    Shape::Clause,
                    who,
                    source.clone(),
                    n..n + 1,
                    vec![beside(parse, c, n)],
                );
            }
            _ => {}
        }
    }
}

fn overlap(a: &Range<u32>, b: &Range<u32>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Whose noun it is: "the ministry's estimate", "estimates by/from the ministry", "the ministry gave an estimate"; nobody's
/// where it is somebody else's to hear: "the ministry faced complaints that …", "despite complaints that …".
fn holder(parse: &Parse, packs: &Packs, noun: u32) -> Option<(Option<u32>, Range<u32>)> {
    if let Some(owner) = parse.child(noun, Dep::Poss) {
        return Some((Some(owner), trim(parse, parse.subtree(owner))));
    }
    let by = parse
        .children(noun)
        .iter()
        .copied()
        .filter(|&c| {
            c > noun && parse.dep(c) == Dep::Prep && matches!(parse.lower(c), "by" | "from")
        })
        .find_map(|c| parse.child(c, Dep::Pobj));
    if let Some(by) = by {
        return Some((Some(by), phrase(parse, by)));
    }
    let head = parse.head(noun);
    let (governor, heard) = match parse.dep(noun) {
        Dep::Dobj | Dep::Attr => (head, packs.in_list("hearing_verbs", parse.lemma(head))),
        Dep::Pobj => (
            parse.head(head),
            matches!(
                parse.lower(head),
                "despite" | "amid" | "after" | "over" | "following" | "on" | "about"
            ),
        ),
        Dep::Nsubj | Dep::Nsubjpass => (head, true),
        _ => return None,
    };
    if heard {
        return Some((None, 0..0));
    }
    if !is_verb(parse, governor)
        // "said in a statement that …" is the verb's
        || (parse.dep(noun) == Dep::Pobj
            && Cue::of(packs, parse, governor).is_some_and(|c| c.quotes() && c.takes(Takes::Clause)))
    {
        return None;
    }
    let who = subject(parse, governor)?;
    Some((Some(who), phrase(parse, who)))
}

fn adjective(f: &mut Found<'_, '_>) {
    let (parse, a) = (f.parse, f.at);
    // "are worried" is a passive to the tree
    let state = matches!(parse.pos(a), Pos::Verb | Pos::Aux);
    let head = if state { a } else { parse.head(a) };
    if !matches!(parse.pos(head), Pos::Verb | Pos::Aux) {
        return;
    }
    // "make sure that …" tells of no belief
    if !state && parse.lemma(head) == "make" && f.cue.act() != Act::Speech {
        return;
    }
    let Some(who) = subject(parse, head) else {
        return;
    };
    let source = phrase(parse, who);
    let from = if state {
        verb_group(parse, a).start
    } else if head < a && a - head < 4 {
        head
    } else {
        a
    };
    for &c in parse.children(a).iter().filter(|&&c| c > a) {
        let (shape, cue_end, content) = match parse.dep(c) {
            Dep::Ccomp if f.cue.takes(Takes::Clause) => (Shape::Clause, a + 1, beside(parse, c, a)),
            Dep::Xcomp if parse.tag(c) == Tag::Vb && f.cue.takes(Takes::Infinitive) => {
                (Shape::Infinitive, a + 1, beside(parse, c, a))
            }
            Dep::Prep if f.cue.takes(Takes::Of(parse.lower(c))) => match complement(parse, c) {
                Some(content) => (Shape::Phrase, c + 1, content),
                None => continue,
            },
            _ => continue,
        };
        f.add(
            shape,
            Some(who),
            source.clone(),
            from..cue_end,
            vec![content],
        );
    }
}
