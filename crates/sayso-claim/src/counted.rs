//! What a figure counts: from the number to the noun, and from there to the frame that governs it.

use sayso_measure::Reading;
use sayso_parse::{Dep, Parse, Pos, Tag};

use crate::arguments::{Slot, values};
use crate::frames::{Class, Evoked, Frames};

/// Steps a climb may take.
const STEPS: usize = 8;

/// A figure's place in the tree.
#[derive(Clone, Debug)]
pub struct Counted {
    /// The number's own token.
    pub number: u32,
    /// The noun counted, if the text has one beside the number.
    pub noun: Option<u32>,
    /// Tokens that count for the figure, with how far each is from it.
    pub reach: Vec<(u32, u32)>,
    /// A bare number that is what "the total" or "the figure" comes to, with no word of what is counted.
    pub bare_total: bool,
    /// What is counted, said in an earlier clause: "1,014 deaths were reported there and 560 here".
    pub carried: Option<u32>,
    /// A number in apposition to a person: "Ann Hart, 25, of Leith" is an age.
    pub age: bool,
    /// What the total that the figure comes to is a total of: "number of displaced: 452".
    pub of_total: Vec<u32>,
    /// "two of them": part of what was counted before.
    pub of_them: bool,
}

/// The token of a range that all others hang on.
pub fn root_of(parse: &Parse, tokens: std::ops::Range<u32>) -> Option<u32> {
    tokens
        .clone()
        .find(|&t| {
            let h = parse.head(t);
            (h == t || !tokens.contains(&h)) && parse.pos(t) != Pos::Punct
        })
        .or(tokens.clone().next())
        .filter(|_| !tokens.is_empty())
}

/// Where figure `i` stands in the tree.
pub fn locate(reading: &Reading<'_>, i: usize, totals: &[u32]) -> Option<Counted> {
    let parse = &reading.parse;
    let figure = reading.figures.get(i)?;
    let tokens = reading.figure_tokens.get(i)?.clone();
    // The number itself: the last numeral of the words, else what the rest hangs on.
    let number = tokens
        .clone()
        .rev()
        .find(|&t| parse.pos(t) == Pos::Num)
        .or_else(|| root_of(parse, tokens.clone()))?;
    // A thing carried over from another clause says what is counted, not where the figure stands.
    let near = |noun: u32| {
        parse.is_within(number, noun)
            || parse.is_within(noun, number)
            || (noun > number && noun - number <= 8)
    };
    let thing = figure.thing.as_ref().and_then(|p| {
        let range = parse.tokens_in(p.span.start..p.span.end);
        root_of(parse, range.clone()).map(|r| {
            // The head word that was measured wins over the tree where they differ.
            range
                .clone()
                .rev()
                .find(|&t| parse.lemma(t).eq_ignore_ascii_case(&p.head))
                .unwrap_or(r)
        })
    });
    let carried = thing.filter(|&t| !near(t));
    let thing = thing.filter(|&t| near(t));
    let noun = thing.or_else(|| {
        let mut at = number;
        for _ in 0..STEPS {
            match parse.dep(at) {
                Dep::Nummod | Dep::Quantmod | Dep::Compound if parse.head(at) != at => {
                    at = parse.head(at)
                }
                _ => break,
            }
        }
        (at != number && matches!(parse.pos(at), Pos::Noun | Pos::Propn | Pos::Adj)).then_some(at)
    });
    let mut starts = vec![(number, 0)];
    if let Some(n) = noun
        && n != number
    {
        starts.push((n, 0));
    }
    // "six killed or wounded": words between the number and its noun belong to the figure, too.
    for t in tokens {
        if t != number && parse.pos(t) == Pos::Num {
            starts.push((t, 0));
        }
    }
    let mut bare_total = false;
    let mut whole = Vec::new();
    for &t in totals {
        if !values(parse, t)
            .iter()
            .any(|(v, _)| starts.iter().any(|s| s.0 == *v))
        {
            continue;
        }
        let mut found = false;
        for &c in parse.children(t) {
            if parse.dep(c) == Dep::Prep
                && parse.lower(c) == "of"
                && let Some(p) = parse.child(c, Dep::Pobj)
                && !starts.iter().any(|s| s.0 == p)
            {
                whole.push((p, 1));
                found = true;
            }
            if matches!(parse.dep(c), Dep::Compound | Dep::Amod | Dep::Acl) {
                whole.push((c, 1));
                found |= parse.dep(c) != Dep::Amod;
            }
        }
        whole.push((t, 1));
        bare_total |= !found && noun.is_none();
    }
    let of_total: Vec<u32> = whole.iter().map(|w| w.0).collect();
    starts.extend(whole);
    // "300 of the dead", "five of those killed"
    for at in [Some(number), noun].into_iter().flatten() {
        for &c in parse.children(at) {
            if parse.dep(c) == Dep::Prep
                && parse.lower(c) == "of"
                && let Some(p) = parse.child(c, Dep::Pobj)
                && !starts.iter().any(|s| s.0 == p)
            {
                starts.push((p, 2));
            }
        }
    }
    Some(Counted {
        number,
        noun,
        reach: climb(parse, &starts),
        bare_total,
        carried,
        age: noun.is_none_or(|n| n < number) && is_age(parse, number),
        of_total,
        of_them: [Some(number), noun].into_iter().flatten().any(|at| {
            parse.children(at).iter().any(|&c| {
                parse.lower(c) == "of"
                    && parse.child(c, Dep::Pobj).is_some_and(|p| {
                        matches!(
                            parse.lower(p),
                            "them" | "whom" | "those" | "these" | "which"
                        )
                    })
            })
        }),
    })
}

/// Whether a bare number is an age that stands after a person or after people: "Ann Hart, 25, of Leith", "two men, 18
/// and 20,", "two women, ages 20 and 25,".
fn is_age(parse: &Parse, number: u32) -> bool {
    let years = |t: u32| {
        parse.pos(t) == Pos::Num
            && parse
                .lower(t)
                .parse::<u32>()
                .is_ok_and(|n| (1..=112).contains(&n))
    };
    if !years(number) {
        return false;
    }
    let after = (number as usize + 1) >= parse.len()
        || matches!(
            parse.lower(number + 1),
            "," | "." | ";" | ")" | "and" | "of" | "were" | "was"
        );
    if !after {
        return false;
    }
    let mut at = number;
    let mut comma = false;
    for _ in 0..10 {
        let Some(before) = at.checked_sub(1) else {
            return false;
        };
        at = before;
        match parse.lower(at) {
            "," => comma = true,
            "and" | "ages" | "aged" | "age" | "both" | "(" => {}
            _ if years(at) => {}
            _ => break,
        }
    }
    let named = parse.pos(at) == Pos::Propn;
    let noun = parse.pos(at) == Pos::Noun
        && (matches!(
            parse.dep(number),
            Dep::Appos | Dep::Nummod | Dep::Npadvmod | Dep::Conj
        ));
    // "12 killed, 30 hurt" has no person before its comma; "of" after an age is a place's: "25, of Leith".
    (comma || parse.lower(number - 1).starts_with("age"))
        && (named || noun)
        && ((number as usize + 1) >= parse.len() || parse.lower(number + 1) != "of" || named)
}

/// Tokens reached from the starts through coordination, apposition and part-whole phrases.
fn climb(parse: &Parse, starts: &[(u32, u32)]) -> Vec<(u32, u32)> {
    let mut out: Vec<(u32, u32)> = Vec::with_capacity(8);
    for &(start, cost) in starts {
        let (mut at, mut cost) = (start, cost);
        for _ in 0..STEPS {
            match out.iter_mut().find(|o| o.0 == at) {
                Some(o) => o.1 = o.1.min(cost),
                None => out.push((at, cost)),
            }
            let head = parse.head(at);
            if head == at {
                break;
            }
            match parse.dep(at) {
                Dep::Conj | Dep::Appos if !matches!(parse.pos(head), Pos::Verb | Pos::Aux) => {
                    at = head;
                    cost += 2;
                }
                Dep::Nummod | Dep::Quantmod | Dep::Nmod | Dep::Compound => {
                    at = head;
                    cost += 1;
                }
                Dep::Amod | Dep::Advmod | Dep::Npadvmod
                    if parse.pos(at) == Pos::Num || parse.tag(at) == Tag::Cd =>
                {
                    at = head;
                    cost += 1;
                }
                Dep::Pobj => {
                    let word = parse.lower(head);
                    let above = parse.head(head);
                    if above == head
                        || !matches!(
                            word,
                            "of" | "including" | "among" | "with" | "like" | "than"
                        )
                    {
                        break;
                    }
                    at = above;
                    cost += if word == "of" { 2 } else { 3 };
                }
                _ => break,
            }
        }
    }
    out
}

/// A trigger found to govern a figure.
#[derive(Clone, Debug)]
pub struct Governed {
    /// Index into the evoked frames of the sentence.
    pub evoked: usize,
    /// How far it is; smaller is better.
    pub cost: u32,
    /// How it was found, for `--explain`.
    pub how: &'static str,
}

/// The triggers that count this figure, best first.
pub fn governing(
    parse: &Parse,
    frames: &Frames,
    evoked: &[Evoked],
    counted: &Counted,
) -> Vec<Governed> {
    let mut out: Vec<Governed> = Vec::new();
    // "four were shot, one fatally": the adverb right after a bare number says what became of that many.
    if counted.noun.is_none_or(|n| n < counted.number)
        && let Some(i) = evoked
            .iter()
            .position(|e| e.first == counted.number + 1 && parse.pos(e.head) == Pos::Adv)
    {
        out.push(Governed {
            evoked: i,
            cost: 0,
            how: "stands right after the figure",
        });
        return out;
    }
    if let Some(g) = label(parse, frames, evoked, counted) {
        return vec![g];
    }
    for (i, e) in evoked.iter().enumerate() {
        let counted_role = &frames.frames[e.frame as usize].counted;
        let mut best: Option<(u32, &'static str)> = None;
        for (rank, argument) in frames.fillers(parse, e, counted_role).iter().enumerate() {
            // A noun that is itself counted takes only figures that stand on it.
            let Some(&(_, cost)) = counted.reach.iter().find(|r| r.0 == argument.token) else {
                continue;
            };
            let far = e.head.abs_diff(counted.number).min(19);
            let cost = cost * 20
                + rank as u32 * 4
                + far
                + match argument.slot {
                    Slot::Itself => 0,
                    Slot::Preposition(_) => 2,
                    Slot::Value => 3,
                    _ => 1,
                };
            if best.is_none_or(|b| cost < b.0) {
                best = Some((cost, argument.how));
            }
        }
        if best.is_none() && counted.of_total.contains(&e.head) {
            best = Some((30, "what the total counts"));
        }
        // "…, including 40 officers" hung on the verb instead of on the troops.
        if best.is_none()
            && let Some(&(_, cost)) = counted.reach.iter().find(|r| r.0 == e.head && r.1 >= 3)
        {
            best = Some((cost * 20 + 5, "part of what is counted"));
        }
        if let Some((cost, how)) = best {
            out.push(Governed {
                evoked: i,
                cost,
                how,
            });
        }
    }
    if out.is_empty() {
        out.extend(beside(parse, frames, evoked, counted));
    }
    if out.is_empty()
        && let Some(t) = counted.carried
        && let Some(i) = evoked.iter().position(|e| (e.first..=e.last).contains(&t))
    {
        out.push(Governed {
            evoked: i,
            cost: 90,
            how: "counts what the clause before counts",
        });
    }
    out.sort_by_key(|g| (g.cost, g.evoked));
    out
}

/// A number, at most a noun with its modifiers, and a participle or adjective of harm that nothing is the object of:
/// "4 women shot, 2 dead". Headlines are built so, and the tree seldom fits them; in full sentences it means the same.
fn label(parse: &Parse, frames: &Frames, evoked: &[Evoked], counted: &Counted) -> Option<Governed> {
    let sentence = parse
        .sentences
        .get(parse.sentence_of(counted.number))?
        .clone();
    for t in counted.number + 1..(counted.number + 5).min(sentence.end) {
        if let Some(i) = evoked.iter().position(|e| e.first == t) {
            let e = &evoked[i];
            let f = &frames.frames[e.frame as usize];
            let trigger = &frames.triggers[e.trigger as usize];
            let has = |s: Slot| frames.counts_at(e, s);
            let closed = e.last + 1 >= sentence.end
                || matches!(
                    parse.pos(e.last + 1),
                    Pos::Punct | Pos::Adp | Pos::Cconj | Pos::Sconj
                ) && parse.tag(e.last + 1) != Tag::Hyph;
            let bare = matches!(
                parse.tag(e.head),
                Tag::Vbn | Tag::Vbd | Tag::Jj | Tag::Nn | Tag::Nnp | Tag::Rb
            );
            let takes = match trigger.class {
                Class::Adjective => closed && bare,
                Class::Verb => closed && bare && has(Slot::Object),
                Class::Noun => false,
            };
            return (takes && f.implicit).then_some(Governed {
                evoked: i,
                cost: 0,
                how: "stands right after the figure",
            });
        }
        let filler = matches!(parse.pos(t), Pos::Noun | Pos::Propn | Pos::Adj | Pos::Adv)
            || matches!(parse.lower(t), "others" | "more");
        if !filler {
            return None;
        }
    }
    None
}

/// Words that may stand between a figure and the trigger beside it.
fn is_filler(parse: &Parse, t: u32) -> bool {
    matches!(
        parse.pos(t),
        Pos::Adv | Pos::Aux | Pos::Adj | Pos::Part | Pos::Det
    ) || matches!(parse.tag(t), Tag::Hyph)
        || parse.lower(t) == "-"
        || matches!(
            parse.lower(t),
            "others" | "people" | "more" | "reported" | "confirmed"
        )
}

/// Headlines and lists lose their verbs and the tree with them: "three dead, nine hurt". What stands right beside the
/// figure counts it.
fn beside(
    parse: &Parse,
    frames: &Frames,
    evoked: &[Evoked],
    counted: &Counted,
) -> Option<Governed> {
    let sentence = parse
        .sentences
        .get(parse.sentence_of(counted.number))?
        .clone();
    let noun = counted.noun.unwrap_or(counted.number).max(counted.number);
    let at = |t: u32| evoked.iter().position(|e| (e.first..=e.last).contains(&t));
    let takes = |i: usize, after: bool| {
        let e = &evoked[i];
        let trigger = &frames.triggers[e.trigger as usize];
        let has = |s: Slot| frames.counts_at(e, s);
        if after {
            // "nine hurt", "12 killed", "40 casualties"
            match trigger.class {
                Class::Adjective => true,
                Class::Noun => has(Slot::Itself),
                Class::Verb => {
                    (has(Slot::Object)
                        && matches!(parse.tag(e.head), Tag::Vbn | Tag::Vbd | Tag::Nn | Tag::Jj)
                        && parse.child(e.head, Dep::Dobj).is_none())
                        || has(Slot::Subject)
                }
            }
        } else {
            // "killing 12", "death toll tops 12"
            match trigger.class {
                Class::Verb => has(Slot::Object) && parse.tag(e.head) != Tag::Vbn,
                Class::Noun => has(Slot::Value),
                Class::Adjective => false,
            }
        }
    };
    let mut t = noun + 1;
    let mut steps = 0;
    while t < sentence.end && steps < 5 {
        if let Some(i) = at(t) {
            if takes(i, true) {
                return Some(Governed {
                    evoked: i,
                    cost: 60 + steps,
                    how: "stands right after the figure",
                });
            }
            break;
        }
        if !is_filler(parse, t) {
            break;
        }
        t += 1;
        steps += 1;
    }
    // "Toll from the quake and the fires tops 41": a headline's verb, taken for a noun.
    let before = counted
        .number
        .checked_sub(1)
        .filter(|&b| b >= sentence.start);
    if let Some(b) = before
        && ["exceeding", "nearing"].iter().any(|l| {
            frames.in_list(l, parse.lower(b)) || frames.in_list(l, &parse.lemma(b).to_lowercase())
        })
        && let Some(i) = evoked.iter().rposition(|e| {
            e.last < b && {
                let role = &frames.frames[e.frame as usize].counted;
                let places = frames.triggers[e.trigger as usize]
                    .roles
                    .iter()
                    .find(|r| r.0 == *role);
                places.is_some_and(|p| p.1.contains(&crate::frames::Where::Slot(Slot::Value)))
            }
        })
    {
        return Some(Governed {
            evoked: i,
            cost: 65,
            how: "what the count is said to be",
        });
    }
    // A label and its number: "Evacuation total people: 3,614", "Houses destroyed: 146".
    let verbless = |t: u32| {
        frames.in_list("totals", parse.lower(t))
            || !matches!(parse.tag(t), Tag::Vbz | Tag::Vbp | Tag::Vb | Tag::Md)
    };
    if sentence.len() <= 9
        && counted.number + 2 >= sentence.end
        && evoked.len() == 1
        && sentence.clone().all(verbless)
        && evoked[0].last < counted.number
    {
        return Some(Governed {
            evoked: 0,
            cost: 66,
            how: "the number that a label has",
        });
    }
    let mut t = counted.number;
    let mut steps = 0;
    while t > sentence.start && steps < 6 {
        t -= 1;
        if let Some(i) = at(t) {
            if takes(i, false) {
                return Some(Governed {
                    evoked: i,
                    cost: 70 + steps,
                    how: "stands right before the figure",
                });
            }
            break;
        }
        let verb_of_toll = matches!(parse.pos(t), Pos::Verb | Pos::Adp | Pos::Sconj);
        if !is_filler(parse, t)
            && !verb_of_toll
            && parse.pos(t) != Pos::Num
            && !matches!(parse.tag(t), Tag::Colon)
        {
            break;
        }
        steps += 1;
    }
    None
}
