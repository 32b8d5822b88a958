//! People told of one by one, told apart and put together: "a man was shot", "the 22-year-old", "Ann Hart", "he".
//!
//! A report names a person in many ways. Each claim about one person is a mention; a mention joins the likeliest person
//! told of before unless age, sex or name contradict, it says "another", or the same sentence already tells of that
//! person in other words.

use std::collections::BTreeSet;

use sayso_measure::Reading;
use sayso_model::{Claim, Span, Text};
use sayso_parse::{Dep, Parse, Pos, Tag};

use crate::frames::Frames;
use crate::phrases;

/// What is told to have become of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    Killed,
    Injured,
    /// Hit, and the words leave open whether killed or injured.
    Hit,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sex {
    Male,
    Female,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Pronoun,
    Other,
}

/// One way in which the text names a person.
struct Mention {
    kind: Kind,
    span: Span<Text>,
    sex: Option<Sex>,
    age: Option<String>,
    name: Vec<String>,
    one_more: bool,
    /// "the other", "the third": one more, but told of before.
    known: bool,
}

/// Somebody told of.
#[derive(Default)]
pub(crate) struct Person {
    pub outcomes: BTreeSet<Outcome>,
    /// Where the first sentence that tells of the person begins.
    pub first: u32,
    spans: Vec<Span<Text>>,
    sentences: Vec<Span<Text>>,
    sex: Option<Sex>,
    age: Option<String>,
    name: Vec<String>,
}

impl Person {
    fn allows(&self, m: &Mention) -> bool {
        let names = m.name.is_empty()
            || self.name.is_empty()
            || m.name.iter().any(|n| self.name.contains(n));
        self.same_sex(m) && names && (m.age.is_none() || self.age.is_none() || m.age == self.age)
    }

    fn same_sex(&self, m: &Mention) -> bool {
        m.sex.is_none() || self.sex.is_none() || m.sex == self.sex
    }
}

/// The people told of one by one in these claims, which must be in order of the text.
pub(crate) fn persons(
    reading: &Reading<'_>,
    frames: &Frames,
    claims: &[(Outcome, &Claim)],
) -> Vec<Person> {
    let mut out: Vec<Person> = Vec::new();
    for &(outcome, claim) in claims {
        let Some(m) = mention(reading, frames, claim) else {
            continue;
        };
        let here = claim.sentence;
        let by_last = |pick: &dyn Fn(&Person) -> bool| out.iter().rposition(pick);
        let same_age = |p: &Person| m.age.is_some() && p.age == m.age;
        let fits = |p: &Person| p.allows(&m) && (!p.sentences.contains(&here) || same_age(p));
        let found = by_last(&|p| p.spans.contains(&m.span))
            .or_else(|| by_last(&|p| m.name.iter().any(|n| p.name.contains(n))))
            .or_else(|| {
                if m.one_more && !m.known {
                    return None;
                }
                if m.kind == Kind::Pronoun {
                    return by_last(&|p| p.same_sex(&m));
                }
                by_last(&|p| fits(p) && same_age(p) && p.outcomes.contains(&outcome))
                    .or_else(|| by_last(&|p| fits(p) && same_age(p)))
                    .or_else(|| by_last(&|p| fits(p) && p.outcomes.contains(&outcome)))
                    .or_else(|| by_last(&fits))
            });
        let mut person = match found {
            Some(i) => out.remove(i),
            None => Person {
                first: here.start,
                ..Person::default()
            },
        };
        person.outcomes.insert(outcome);
        person.spans.push(m.span);
        person.sentences.push(here);
        person.sex = person.sex.or(m.sex);
        person.age = person.age.or(m.age);
        for n in m.name {
            if !person.name.contains(&n) {
                person.name.push(n);
            }
        }
        // Who was told of last is who "he" is.
        out.push(person);
    }
    out
}

fn mention(reading: &Reading<'_>, frames: &Frames, claim: &Claim) -> Option<Mention> {
    let parse = &reading.parse;
    let fillers = claim.roles.get("victim")?;
    let [filler] = fillers.as_slice() else {
        return None;
    };
    let span = filler.phrase.span;
    let tokens = parse.tokens_in(span.start..span.end);
    let head = crate::counted::root_of(parse, tokens.clone())?;
    let words = || tokens.clone().map(|t| parse.lower(t));
    let is = |list: &str| words().any(|w| frames.in_list(list, w));
    let sex = if is("male words") {
        Some(Sex::Male)
    } else if is("female words") {
        Some(Sex::Female)
    } else {
        None
    };
    let pronoun =
        tokens.len() == 1 && (parse.pos(head) == Pos::Pron || phrases::reflexive(parse, head));
    // "somebody", "anyone": nobody in particular. What "I" and "we" say of themselves is a quotation's.
    if tokens.len() == 1 && frames.in_list("nobody in particular", parse.lower(head)) {
        return None;
    }
    let described = parse.pos(head) != Pos::Propn
        || frames.in_list("people", &parse.lemma(head).to_lowercase());
    let name = if described {
        Vec::new()
    } else {
        tokens
            .clone()
            .rev()
            .skip_while(|&t| parse.tag(t) == Tag::Pos)
            .take_while(|&t| parse.pos(t) == Pos::Propn)
            .filter(|&t| parse.word(t).chars().count() > 2)
            .map(|t| {
                parse
                    .lower(t)
                    .trim_end_matches(['\'', '\u{2019}'])
                    .to_owned()
            })
            .collect()
    };
    let before = tokens.start.checked_sub(1).map(|t| parse.lower(t));
    let first = parse.lower(tokens.start);
    let more = |w: &str| frames.in_list("one more", w) || phrases::ordinal(w);
    Some(Mention {
        kind: if pronoun { Kind::Pronoun } else { Kind::Other },
        span,
        sex,
        age: age(parse, tokens.clone(), head),
        name,
        one_more: more(first) || before.is_some_and(more),
        known: before == Some("the"),
    })
}

/// The age that a phrase gives: "13-year-old boy", "Ann Hart, 13,".
fn age(parse: &Parse, tokens: std::ops::Range<u32>, head: u32) -> Option<String> {
    let from = tokens.start.saturating_sub(4);
    let joined = |t: u32| {
        parse.tag(t + 1) == Tag::Hyph
            && matches!(parse.lower(t + 2), "year" | "month" | "week" | "day")
    };
    let last = u32::try_from(parse.len()).unwrap_or(u32::MAX);
    let before = (from..tokens.end)
        .rev()
        .find(|&t| parse.pos(t) == Pos::Num && t + 2 < last && joined(t));
    if let Some(t) = before {
        return Some(parse.lower(t).to_owned());
    }
    let comma = head + 2 < last && parse.lower(head + 1) == ",";
    (comma && parse.pos(head + 2) == Pos::Num && parse.dep(head) != Dep::Nummod)
        .then(|| parse.lower(head + 2).to_owned())
        .filter(|a| a.parse::<u8>().is_ok_and(|n| n < 113))
}
