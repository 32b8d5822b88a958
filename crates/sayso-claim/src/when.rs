//! The times of a claim: when it happened, as of when it counts, when it was said, when it comes due.

use sayso_measure::Reading;
use sayso_model::{Attribution, Count, Date, Modality, TimeRelation, Timex, TimexKind, When};
use sayso_parse::{Dep, Parse, Pos, Tag};

/// Days by which an event must lie before publication to be an earlier one, brought up for comparison.
const HISTORIC_DAYS: i32 = 300;
/// Days before publication from which on a paragraph that names a day tells of an earlier time.
const EARLIER_DAYS: i32 = 30;
/// What a date in another clause costs beside one in the figure's own.
const OTHER_CLAUSE: u32 = 40;

/// The times of one claim.
#[derive(Clone, Debug, Default)]
pub struct Times {
    /// As of when the figure counts.
    pub as_of: Option<When>,
    /// When it happened.
    pub event: Option<When>,
    /// When it was said.
    pub said: Option<When>,
    /// When a plan or forecast comes due.
    pub due: Option<When>,
    /// Whether it happened long before the report.
    pub historic: bool,
    /// Whether the sentence says nothing of when, so that what was said before it decides.
    pub open: bool,
}

/// Where a claim stands, as far as its times are concerned.
pub struct Standing<'a> {
    /// Token of the trigger, or of the figure where there is none.
    pub head: u32,
    /// Token of the number, if there is one.
    pub figure: Option<u32>,
    /// Times of the sentence.
    pub times: &'a [&'a Timex],
    /// Tokens of verbs that attribute, whose dates tell when something was said.
    pub cues: &'a [u32],
    /// The attributions behind the figure.
    pub sources: &'a [Attribution],
    /// Whether the figure is a running total.
    pub count: Option<Count>,
    /// In what mode it is told.
    pub modality: Modality,
}

/// A time expression as the time of a claim.
pub fn when(t: &Timex) -> When {
    When {
        value: t.value.clone(),
        interval: t.interval,
        span: Some(t.span),
    }
}

/// The publication date as a time.
pub fn published(reading: &Reading<'_>) -> Option<When> {
    let p = reading.document.published.as_ref()?;
    Some(When {
        value: p.date.to_string(),
        interval: Some((p.date, p.date)),
        span: p.span,
    })
}

/// The nearest verb above a token.
pub fn verb_above(parse: &Parse, token: u32) -> Option<u32> {
    let mut at = token;
    for _ in 0..16 {
        let head = parse.head(at);
        if matches!(parse.pos(at), Pos::Verb | Pos::Aux) && at != token {
            return Some(at);
        }
        if head == at {
            return None;
        }
        at = head;
    }
    None
}

/// The root token of a time's words, where the time is one that dates a claim.
pub fn dated(parse: &Parse, t: &Timex) -> Option<u32> {
    if !matches!(t.kind, TimexKind::Date | TimexKind::Time) || t.interval.is_none() {
        return None;
    }
    crate::counted::root_of(parse, parse.tokens_in(t.span.start..t.span.end))
}

/// The times of one claim.
pub fn times(reading: &Reading<'_>, at: &Standing<'_>) -> Times {
    let parse = &reading.parse;
    let head = at.head;
    let figure = at.figure.unwrap_or(head);
    let mut out = Times::default();
    let ahead = matches!(
        at.modality,
        Modality::Planned | Modality::Forecast | Modality::Conditional
    );
    let is_verb = |t: u32| matches!(parse.pos(t), Pos::Verb | Pos::Aux);
    // The clause of the figure: the trigger's verb and those above it that share its subject and time.
    let mut own: Vec<u32> = Vec::new();
    let mut here = if is_verb(head) {
        Some(head)
    } else {
        verb_above(parse, head)
    };
    while let Some(v) = here.filter(|_| own.len() < 4) {
        own.push(v);
        here = matches!(
            parse.dep(v),
            Dep::Xcomp | Dep::Acomp | Dep::Oprd | Dep::Attr | Dep::Auxpass | Dep::Pcomp
        )
        .then(|| verb_above(parse, v))
        .flatten();
    }
    if let Some(v) = verb_above(parse, figure)
        && !own.contains(&v)
        && parse.is_within(v, head)
    {
        own.push(v);
    }
    let published = published(reading);
    let day = published.as_ref().and_then(|p| p.interval).map(|i| i.1);
    let mut best: Option<(u32, &Timex, bool)> = None;
    for &t in at.times {
        let Some(root) = dated(parse, t) else {
            continue;
        };
        match owner(reading, t) {
            // "down from 1,100 on Wednesday": the day is that figure's alone.
            Some(owner) if owner.contains(&figure) => {
                best = Some((0, t, true));
                continue;
            }
            Some(_) => continue,
            None => {}
        }
        let verb = verb_above(parse, root);
        // "Monday's quake", "a quake last month": the date of another event, not of the count.
        let of_noun = nominal(parse, root);
        let inner = verb.is_some_and(|v| {
            v != head
                && !own.contains(&v)
                && parse.is_within(v, head)
                && !parse.is_within(figure, v)
        });
        let same = verb.is_some_and(|v| own.contains(&v))
            || (parse.is_within(root, head) && !inner)
            || verb.is_none();
        // "On Sunday a shell hit the market and killed nine": a day in front is everybody's.
        let shared = !same
            && verb.is_some_and(|v| {
                own.iter().any(|&o| {
                    let front = root < v && parse.is_within(o, v) && parse.dep(o) == Dep::Conj;
                    // "will hire 90 clerks and buy 12 cars by May": a day behind the last verb is both verbs'.
                    let back = parse.dep(v) == Dep::Conj
                        && parse.head(v) == o
                        && parse.child(v, Dep::Nsubj).is_none()
                        && parse.child(v, Dep::Aux).is_none();
                    front || back
                })
            });
        let in_source = at
            .sources
            .iter()
            .any(|a| a.source.iter().any(|s| s.overlaps(t.span)));
        let of_cue = verb.is_some_and(|v| at.cues.contains(&v) && v != head)
            && !(verb == own.first().copied() && is_verb(head));
        let told = own.first().is_some_and(|&v| {
            matches!(parse.dep(v), Dep::Ccomp | Dep::Xcomp | Dep::Conj)
                && verb.is_some_and(|w| parse.is_within(v, w))
        });
        // "said in an estimate published on Monday": a day on what the source published says when it was said.
        let published_then = verb.is_some_and(|v| {
            parse.dep(v) == Dep::Acl
                && !parse.is_within(figure, v)
                && at.sources.iter().flat_map(|a| &a.cue).any(|c| {
                    parse
                        .tokens_in(c.start..c.end)
                        .any(|c| c != v && parse.is_within(v, c))
                })
        });
        let holds = same || shared || verb.is_some_and(|v| parse.is_within(figure, v));
        let distance = figure.abs_diff(root);
        let future = matches!((day, t.interval), (Some(d), Some((first, _))) if first > d);
        if told_when(parse, t, figure) {
            best = Some((0, t, false));
            continue;
        }
        // "figures of 3 May show", "a report from June said": the day of the source's words.
        if in_source || published_then {
            out.said.get_or_insert_with(|| when(t));
            continue;
        }
        match t.relation {
            Some(TimeRelation::AsOf) if holds => {
                out.as_of.get_or_insert_with(|| when(t));
            }
            Some(TimeRelation::By | TimeRelation::Within | TimeRelation::Until)
                if (same || shared || told) && !possessive(parse, root) =>
            {
                if future || ahead && out.due.is_none() && day.is_none() {
                    out.due.get_or_insert_with(|| when(t));
                } else if t.relation != Some(TimeRelation::Within) {
                    out.as_of.get_or_insert_with(|| when(t));
                }
            }
            Some(TimeRelation::By | TimeRelation::Within | TimeRelation::Until)
                if !possessive(parse, root) => {}
            Some(TimeRelation::Since | TimeRelation::After | TimeRelation::Before) => {}
            _ if of_cue && !of_noun && direct(parse, root) && !future && !going_on(t, day) => {
                out.said.get_or_insert_with(|| when(t));
            }
            _ => {
                // The nearest date in the sentence, one under the same verb before any other.
                let cost = distance
                    + if same {
                        0
                    } else if shared {
                        10
                    } else {
                        OTHER_CLAUSE
                    };
                // What happened in another clause dates only what is told in the past as well.
                let elsewhere = cost >= OTHER_CLAUSE
                    && own
                        .first()
                        .is_some_and(|&v| is_verb(v) && !is_past(parse, v))
                    && !verb.is_some_and(|v| parse.is_within(figure, v));
                if !elsewhere && best.is_none_or(|b| cost < b.0) {
                    best = Some((cost, t, (same || shared) && !of_noun));
                }
            }
        }
    }
    out.open =
        out.as_of.is_none() && out.said.is_none() && best.is_none_or(|b| b.0 >= OTHER_CLAUSE);
    if let Some((_, t, own_date)) = best {
        let future = matches!((day, t.interval), (Some(d), Some((first, _))) if first > d);
        if ahead && future {
            out.due.get_or_insert_with(|| when(t));
        } else if at.count == Some(Count::Cumulative) && own_date && !future && !going_on(t, day) {
            out.as_of.get_or_insert_with(|| when(t));
        } else {
            out.event = Some(when(t));
        }
        out.historic = earlier(reading, t, HISTORIC_DAYS);
    }
    // What is planned or foreseen happens when it comes due.
    if out.event.is_none() {
        out.event = out.due.clone();
    }
    out
}

/// Whether a time is a stretch that the report's own day lies in: "this week". It says less than that day.
fn going_on(t: &Timex, day: Option<Date>) -> bool {
    matches!((day, t.interval), (Some(d), Some((first, last))) if first <= d && d <= last && first < last)
}

/// Whether a date stands right under its verb, by itself or behind a preposition.
pub fn direct(parse: &Parse, root: u32) -> bool {
    let verb = |t: u32| matches!(parse.pos(t), Pos::Verb | Pos::Aux);
    let head = parse.head(root);
    verb(head) || (parse.dep(root) == Dep::Pobj && verb(parse.head(head)))
}

/// The one day after publication that a report names: of two different ones none is the horizon of all.
pub fn horizon(reading: &Reading<'_>) -> Option<When> {
    let day = reading.document.published.as_ref().map(|p| p.date)?;
    let mut found: Option<&Timex> = None;
    for t in &reading.times {
        let ahead = matches!(t.kind, TimexKind::Date)
            && t.interval
                .is_some_and(|(first, last)| first > day && first == last);
        if !ahead {
            continue;
        }
        match found {
            Some(f) if f.value != t.value => return None,
            _ => found = Some(t),
        }
    }
    found.map(when)
}

/// Whether a time lies so many days before the report.
pub fn earlier(reading: &Reading<'_>, t: &Timex, days: i32) -> bool {
    let day = reading.document.published.as_ref().map(|p| p.date);
    matches!((day, t.interval), (Some(d), Some((_, last))) if days_between(last, d) > days)
}

/// The words of the figure that a date belongs to alone, because it is what another figure is compared with: "from
/// 1,100 on Wednesday", "against 95 million a year earlier".
pub fn owner(reading: &Reading<'_>, t: &Timex) -> Option<std::ops::Range<u32>> {
    let parse = &reading.parse;
    let tokens = parse.tokens_in(t.span.start..t.span.end);
    let next = reading
        .figure_tokens
        .partition_point(|f| f.end <= tokens.start);
    let figure = reading.figure_tokens.get(next.checked_sub(1)?)?.clone();
    if tokens.start - figure.end > 4
        || (figure.end..tokens.start)
            .any(|x| matches!(parse.pos(x), Pos::Verb | Pos::Aux | Pos::Punct))
    {
        return None;
    }
    (figure.start.saturating_sub(4)..figure.start)
        .any(|x| {
            matches!(
                parse.lower(x),
                "from" | "than" | "against" | "after" | "compared"
            )
        })
        .then_some(figure)
}

/// Whether the figure stands in the clause that says what happened at a time: "since 2011, when 77 died".
fn told_when(parse: &Parse, t: &Timex, figure: u32) -> bool {
    let end = parse.tokens_in(t.span.start..t.span.end).end;
    if figure <= end {
        return false;
    }
    let is = |x: u32, w: &str| (x as usize) < parse.len() && parse.lower(x) == w;
    is(end, "when") || is(end, ",") && is(end + 1, "when")
}

/// Whether a date owns or modifies a noun: "Monday's quake".
fn possessive(parse: &Parse, root: u32) -> bool {
    matches!(
        parse.dep(root),
        Dep::Poss | Dep::Nmod | Dep::Compound | Dep::Amod
    )
}

/// Whether a date hangs on a noun rather than on a verb.
fn nominal(parse: &Parse, root: u32) -> bool {
    let head = parse.head(root);
    match parse.dep(root) {
        Dep::Npadvmod => matches!(parse.pos(head), Pos::Noun | Pos::Propn),
        Dep::Pobj => matches!(parse.pos(parse.head(head)), Pos::Noun | Pos::Propn),
        _ => possessive(parse, root),
    }
}

/// Whether a verb tells of a time that is over: simple past, in the active or the passive.
pub fn is_past(parse: &Parse, verb: u32) -> bool {
    let aux = |w: &[&str]| {
        parse.children(verb).iter().any(|&c| {
            matches!(parse.dep(c), Dep::Aux | Dep::Auxpass) && w.contains(&parse.lower(c))
        })
    };
    if aux(&[
        "have", "has", "is", "are", "will", "would", "could", "may", "might", "be", "been",
    ]) {
        return false;
    }
    parse.tag(verb) == Tag::Vbd || aux(&["was", "were", "had"])
}

/// The day that a sentence's main clause names, where it lies well before the report: what the sentences after it tell
/// in the past tense happened then, too.
pub fn narrated(reading: &Reading<'_>, times: &[&Timex]) -> Option<When> {
    let parse = &reading.parse;
    times.iter().rev().find_map(|t| {
        let root = dated(parse, t)?;
        let main = verb_above(parse, root)?;
        let plain = t.relation.is_none()
            && !nominal(parse, root)
            && matches!(parse.dep(main), Dep::Root | Dep::Conj)
            && is_past(parse, main);
        (plain && earlier(reading, t, EARLIER_DAYS)).then(|| when(t))
    })
}

fn days_between(earlier: Date, later: Date) -> i32 {
    earlier.until(later).map_or(0, |s| s.get_days())
}
