//! The report's own tally: how many were killed and how many injured in what the report is about, and which claim of
//! each kind of harm a reader takes away.
//!
//! Three kinds of evidence are weighed. A number in the headline counts most. Numbers of two and more in the text count
//! by the order in which they are told: reports put their own tally first and recall other events later. People told
//! of one by one are put together by [`crate::persons`]. What a report tells of other events, or of a whole year, is
//! left out. Who was hit and did not die was injured.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use sayso_measure::Reading;
use sayso_model::{Claim, Modality, Polarity, Span, Text};
use sayso_packs::Packs;

use crate::frames::Frames;
use crate::persons::{Outcome, persons};

/// How many were killed and injured in what a report is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Killed, whoever they were.
    pub killed: u32,
    /// Injured and alive.
    pub injured: u32,
}

/// A headline that is not part of the text, read on its own.
#[derive(Clone, Copy, Debug)]
pub struct Headline<'a> {
    /// Its reading.
    pub reading: &'a Reading<'a>,
    /// Its claims.
    pub claims: &'a [Claim],
}

/// Share of the text, from the first person told of, after which a person is taken to belong to another event.
const OWN_SHARE: f64 = 0.6;
/// Bytes after the first person told of that are never taken to be about another event.
const OWN_BYTES: u32 = 900;
/// Bytes of the text that count as its lead.
const LEAD: usize = 400;
/// Weight of a number in the headline.
const TITLE: f64 = 2.5;
/// Weight of the first number of its kind in the text.
const FIRST: f64 = 2.0;
/// Bytes after the first person told of beyond which a number of several is taken to be about more than the report's
/// own event.
const NEAR: u32 = 600;
/// A count of more people than this in a report of one event is taken for a figure of something else.
const MOST: u32 = 1_000_000;

fn told(c: &Claim) -> bool {
    c.polarity == Polarity::Affirmed
        && matches!(c.modality, Modality::Asserted | Modality::Hedged)
        && !c.historic
}

/// The tally of a report, from its claims and those of its headline.
pub fn tally(
    reading: &Reading<'_>,
    claims: &[Claim],
    headline: Option<Headline<'_>>,
    packs: &Packs,
) -> Tally {
    let frames = Frames::of(packs);
    weigh(reading, claims, headline, &frames).unwrap_or_default()
}

/// A whole number of people that a claim tells, and whether its words have a number.
fn number(c: &Claim) -> Option<(u32, bool)> {
    let Some(f) = &c.figure else {
        // "one of the victims": a claim without a number about one of many.
        let words = &c.role("victim")?.phrase.text;
        let first = words.split_whitespace().next()?.to_lowercase();
        return matches!(first.as_str(), "one" | "a" | "an" | "another").then_some((1, false));
    };
    let value = f.value()?;
    let whole = value.fract().is_zero().then(|| value.to_u32()).flatten()?;
    let implicit = f.exactness == sayso_model::Exactness::Implicit;
    (whole <= MOST).then_some((whole, !implicit))
}

fn outcome(frames: &Frames, c: &Claim) -> Option<Outcome> {
    let frame = frames.find(&c.frame)?;
    let within = |name: &str| {
        frames
            .find(name)
            .is_some_and(|f| frames.lies_within(frame, f))
    };
    if within("killed") {
        Some(Outcome::Killed)
    } else if within("injured") {
        Some(Outcome::Injured)
    } else if within("killed_or_injured") {
        Some(Outcome::Hit)
    } else {
        None
    }
}

/// Votes for a number.
#[derive(Default)]
struct Votes(Vec<(u32, f64)>);

impl Votes {
    fn add(&mut self, n: u32, weight: f64) {
        match self.0.iter_mut().find(|v| v.0 == n) {
            Some(v) => v.1 += weight,
            None => self.0.push((n, weight)),
        }
    }

    /// The number with most votes, the larger of two with as many.
    fn best(&self) -> Option<(u32, f64)> {
        self.0
            .iter()
            .copied()
            .max_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)))
    }
}

type Told<'c> = (Outcome, &'c Claim, u32, bool);

/// People told of together by one word: "four adults and two children were killed".
struct Group {
    outcome: Outcome,
    number: u32,
    written: bool,
    by_somebody: bool,
    at: u32,
}

/// Whether two claims come from one coordination: the same words evoked them, and neither is part of the other.
fn together(a: &Claim, b: &Claim) -> bool {
    a.trigger.is_some()
        && a.trigger == b.trigger
        && a.sentence == b.sentence
        && a.part_of.is_none()
        && b.part_of.is_none()
}

/// Whether a claim about one person belongs to a coordination that also has a number of several.
fn in_group(list: &[Told<'_>], claim: &Claim) -> bool {
    list.iter().any(|u| u.2 >= 2 && together(u.1, claim))
}

fn groups(list: &[Told<'_>]) -> Vec<Group> {
    let mut out: Vec<(Group, &Claim)> = Vec::new();
    for &(outcome, claim, number, written) in list {
        if claim.part_of.is_some() {
            continue;
        }
        let several = in_group(list, claim);
        if several
            && let Some((g, _)) = out
                .last_mut()
                .filter(|(g, c)| g.outcome == outcome && together(c, claim))
        {
            g.number = g.number.saturating_add(number);
            continue;
        }
        out.push((
            Group {
                outcome,
                number,
                written,
                by_somebody: claim.roles.contains_key("perpetrator"),
                at: claim.sentence.start,
            },
            claim,
        ));
    }
    out.into_iter().map(|g| g.0).collect()
}

/// Whether a claim tells that somebody killed himself: "killed himself", "turned the gun on himself", "took his own
/// life".
fn by_own_hand(reading: &Reading<'_>, c: &Claim) -> bool {
    let parse = &reading.parse;
    let Some(trigger) = c.trigger else {
        return false;
    };
    let tokens = parse.tokens_in(trigger.start..trigger.end);
    let end = (tokens.end + 3).min(parse.tokens_in(c.sentence.start..c.sentence.end).end);
    (tokens.start..end).any(|t| {
        crate::phrases::reflexive(parse, t)
            || matches!(parse.lower(t), "suicide" | "themselves" | "own")
    })
}

fn weigh(
    reading: &Reading<'_>,
    claims: &[Claim],
    headline: Option<Headline<'_>>,
    frames: &Frames,
) -> Option<Tally> {
    let text = &reading.document.text;
    let usable: Vec<(Outcome, &Claim, u32, bool)> = claims
        .iter()
        .filter(|c| told(c))
        .filter_map(|c| {
            let (n, written) = number(c)?;
            Some((outcome(frames, c)?, c, n, written))
        })
        .collect();
    let own: Vec<(Outcome, &Claim, u32, bool)> = usable
        .iter()
        .copied()
        .filter(|u| !elsewhere(reading, frames, u.1.sentence) && !is_link(reading, u.1.sentence))
        .collect();
    let used = if own.is_empty() { usable } else { own };
    let titled: Vec<(Outcome, &Claim, u32, bool)> = headline
        .iter()
        .flat_map(|h| h.claims)
        .filter(|c| told(c))
        .filter_map(|c| {
            let (n, written) = number(c)?;
            Some((outcome(frames, c)?, c, n, written))
        })
        .collect();
    if used.is_empty() && titled.is_empty() {
        return None;
    }
    let mut in_text = groups(&used);
    // A report that begins with one person and comes to larger numbers late has turned to other events.
    let alone = used
        .iter()
        .filter(|u| u.2 == 1)
        .map(|u| u.1.sentence.start)
        .min();
    if let Some(at) = alone
        && in_text.iter().all(|g| g.number == 1 || g.at > at)
    {
        in_text.retain(|g| g.number == 1 || g.at <= at.saturating_add(NEAR));
    }
    let in_title = groups(&titled);
    let own_hand = |r: &Reading<'_>, list: &[Told<'_>]| {
        list.iter()
            .any(|u| u.0 == Outcome::Killed && by_own_hand(r, u.1))
    };
    let suicide =
        own_hand(reading, &used) || headline.is_some_and(|h| own_hand(h.reading, &titled));
    let votes = |of: Outcome| {
        let mut votes = Votes::default();
        for g in in_title.iter().filter(|g| g.outcome == of) {
            if g.number >= 2 || g.written {
                votes.add(g.number, TITLE);
            }
        }
        let mut rank = 0.0;
        let counts = |g: &&Group| {
            // One named among several hurt is no tally; "one person was killed" is.
            g.outcome == of && (g.number != 1 || g.written && of == Outcome::Killed)
        };
        for g in in_text.iter().filter(counts) {
            let weight = FIRST / (1.0 + 0.5 * rank);
            votes.add(g.number, weight);
            // Whoever killed others and then himself is dead too, and seldom in the number of those whom he killed.
            if of == Outcome::Killed && suicide && g.by_somebody {
                votes.add(g.number + 1, weight + 0.1);
            }
            rank += 1.0;
        }
        votes.best()
    };
    let (killed, injured, hit) = (
        votes(Outcome::Killed),
        votes(Outcome::Injured),
        votes(Outcome::Hit),
    );
    let single = |list: &[(Outcome, &'_ Claim, u32, bool)]| -> Vec<(Outcome, usize)> {
        list.iter()
            .enumerate()
            .filter(|(_, u)| u.2 == 1 && !in_group(list, u.1))
            .map(|(i, u)| (u.0, i))
            .collect()
    };
    let singles: Vec<(Outcome, &Claim)> =
        single(&used).iter().map(|&(o, i)| (o, used[i].1)).collect();
    let mut people = persons(reading, frames, &singles);
    if people.is_empty()
        && let Some(h) = headline
    {
        let singles: Vec<(Outcome, &Claim)> = single(&titled)
            .iter()
            .map(|&(o, i)| (o, titled[i].1))
            .collect();
        people = persons(h.reading, frames, &singles);
    }
    let first = people.iter().map(|p| p.first).min().unwrap_or(0);
    let reach = OWN_BYTES.max((text.len() as f64 * OWN_SHARE) as u32);
    people.retain(|p| p.first < first.saturating_add(reach));
    let dead = people
        .iter()
        .filter(|p| p.outcomes.contains(&Outcome::Killed))
        .count() as u32;
    let mut alive = people.len() as u32 - dead;
    let mut killed = match killed {
        Some((n, weight)) if n > 0 && !(dead > n && weight < 1.5) => n,
        _ => dead,
    };
    // One was hit, and the headline or the lead calls it fatal: who was hit is dead.
    if killed == 0
        && alive == 1
        && injured.is_none()
        && hit.is_none()
        && deadly(reading, headline, frames)
    {
        killed = 1;
        alive = 0;
    }
    // Who was hit and did not die was injured; "two are in critical condition" may be fewer than that, and "six
    // suffered gunshot wounds" may count the dead.
    let survivors = hit.map(|(n, weight)| (n.saturating_sub(killed), n, weight));
    let injured = match (injured, survivors) {
        (Some((n, told)), Some((left, of, _)))
            if n > 0 && n == of && killed > 0 && told < TITLE =>
        {
            left
        }
        (Some((n, told)), Some((left, _, weight)))
            if n > 0 && left > n && weight >= FIRST && told < TITLE =>
        {
            left
        }
        (Some((n, weight)), _) if n > 0 && !(alive > n && weight < 1.0) => n,
        (Some((n, _)), _) if n > 0 => alive,
        (_, Some((left, of, _))) if of > 0 => left,
        _ => alive,
    };
    Some(Tally { killed, injured })
}

/// Whether the headline or the lead says that somebody died.
fn deadly(reading: &Reading<'_>, headline: Option<Headline<'_>>, frames: &Frames) -> bool {
    let says = |r: &Reading<'_>| {
        let lead = r.parse.tokens_in(0..LEAD.min(r.document.text.len()) as u32);
        let mut found = false;
        for t in lead {
            let word = r.parse.lower(t);
            if word == "non" || word.starts_with("nonfatal") || word.starts_with("non-fatal") {
                return Some(false);
            }
            found |= frames.in_list("deadly words", word);
        }
        Some(found)
    };
    let title = headline.and_then(|h| says(h.reading));
    let text = says(reading);
    title == Some(true) && text != Some(false)
        || text == Some(true) && title != Some(false)
        || title == Some(true)
}

/// Whether a line below the first is no sentence: the title of another story, a link, a caption.
fn is_link(reading: &Reading<'_>, sentence: Span<Text>) -> bool {
    let document = &reading.document;
    let Some(part) = document.part_at(sentence.start) else {
        return false;
    };
    let words = document
        .parts
        .get(part)
        .map_or("", |p| document.words(p.span).trim_end());
    part > 0
        && words.len() < 160
        && !words.ends_with(['.', '!', '?', '"', '\'', '\u{201d}', '\u{2019}', ')', ':'])
}

/// Whether a sentence speaks of another event, or of a whole period.
fn elsewhere(reading: &Reading<'_>, frames: &Frames, sentence: Span<Text>) -> bool {
    let parse = &reading.parse;
    let tokens = parse.tokens_in(sentence.start..sentence.end);
    let mut since_other = u32::MAX;
    let mut previous = "";
    for t in tokens {
        let word = parse.lower(t);
        if since_other <= 3 && frames.in_list("incidents", &parse.lemma(t).to_lowercase()) {
            return true;
        }
        since_other = if frames.in_list("elsewhere", word) {
            0
        } else {
            since_other.saturating_add(1)
        };
        let year = word.len() == 4 && word.starts_with(['1', '2']) && word.parse::<u16>().is_ok();
        if previous == "in" && (year || word == "recent") {
            return true;
        }
        if matches!(word, "year" | "month" | "decade")
            && matches!(
                previous,
                "this" | "last" | "per" | "a" | "each" | "every" | "past"
            )
            || previous == "since" && (word == "the" || frames.in_list("month names", word))
        {
            return true;
        }
        previous = word;
    }
    false
}

/// Whether the second figure says the first again in another unit: "125 families (800 people)", "125 families, or 800
/// people,".
fn restates(reading: &Reading<'_>, first: &Claim, second: &Claim) -> bool {
    let (Some(a), Some(b)) = (&first.figure, &second.figure) else {
        return false;
    };
    let Some(between) = reading
        .document
        .text
        .get(a.span.end as usize..b.span.start as usize)
    else {
        return false;
    };
    between.len() <= 40
        && (between.ends_with('(')
            || between.contains('(') && !between.contains(')')
            || between.split_whitespace().next_back() == Some("or"))
}

/// Marks the main claim of every frame that counts people.
///
/// Of killed and injured it is the first told claim with the tally's number. Of others, and where no claim has it, it
/// is the largest told in the first stretch of the document that tells any; later stretches often recall other events.
pub fn mark(claims: &mut [Claim], frames: &Frames, reading: &Reading<'_>) {
    let mut names: Vec<&str> = Vec::new();
    for f in &frames.frames {
        // Of damage the gravest is the report's own tally: homes destroyed before homes damaged.
        let graver = frames.frames.iter().any(|g| {
            g.within.contains(&f.name)
                && !f.implicit
                && claims.iter().any(|c| c.frame == g.name && told(c))
        });
        if f.implicit || (f.event && !graver && matches!(f.counted.as_str(), "victim" | "object")) {
            names.push(&f.name);
        }
    }
    let tally = weigh(reading, claims, None, frames);
    for name in names {
        let wanted = match name {
            "killed" => tally.map(|t| t.killed),
            "injured" => tally.map(|t| t.injured),
            _ => None,
        };
        let value = |c: &Claim| c.figure.as_ref().and_then(|f| f.value());
        if let Some(n) = wanted
            && let Some(c) = claims
                .iter_mut()
                .find(|c| c.frame == name && told(c) && value(c) == Some(Decimal::from(n)))
        {
            c.main = true;
            continue;
        }
        let mut best: Option<(usize, Decimal)> = None;
        let mut first_part = None;
        let mut before: Option<&Claim> = None;
        for (i, c) in claims.iter().enumerate() {
            if c.frame != name || !told(c) || c.part_of.is_some() {
                continue;
            }
            let again = before.is_some_and(|b| restates(reading, b, c));
            before = Some(c);
            if again {
                continue;
            }
            let Some(v) = value(c) else {
                continue;
            };
            let part = reading.document.part_at(c.sentence.start);
            let from = *first_part.get_or_insert(part);
            // The lead is where the first figure stands and the two parts that follow it.
            if let (Some(p), Some(f)) = (part, from)
                && p > f + 2
            {
                break;
            }
            if best.is_none_or(|b| v > b.1) {
                best = Some((i, v));
            }
        }
        if let Some((i, _)) = best {
            claims[i].main = true;
        }
    }
}
