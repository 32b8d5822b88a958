//! The times of a claim: when it happened, as of when it counts, when it was said, when it comes due.

use sayso_measure::Reading;
use sayso_model::{Count, Date, Modality, TimeRelation, Timex, TimexKind, When};
use sayso_parse::{Parse, Pos};

/// Days by which an event must lie before publication to be an earlier one, brought up for comparison.
const HISTORIC_DAYS: i32 = 300;

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
}

fn when(t: &Timex) -> When {
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
fn verb_above(parse: &Parse, token: u32) -> Option<u32> {
    let mut at = token;
    for _ in 0..12 {
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

/// The times of a claim whose trigger (or figure) stands at `head`. `times` are those of its sentence; `cues` the
/// tokens of verbs that attribute, whose dates tell when something was said.
pub fn times(
    reading: &Reading<'_>,
    head: u32,
    figure: Option<u32>,
    times: &[&Timex],
    cues: &[u32],
    count: Option<Count>,
    modality: Modality,
) -> Times {
    let parse = &reading.parse;
    let mut out = Times::default();
    let ahead = matches!(modality, Modality::Planned | Modality::Forecast);
    let at = figure.unwrap_or(head);
    let own = verb_above(parse, head).unwrap_or(head);
    let mut best_event: Option<(u32, &Timex, bool)> = None;
    for &t in times {
        if !matches!(t.kind, TimexKind::Date | TimexKind::Time) || t.interval.is_none() {
            continue;
        }
        let tokens = parse.tokens_in(t.span.start..t.span.end);
        let Some(root) = crate::counted::root_of(parse, tokens.clone()) else {
            continue;
        };
        let verb = verb_above(parse, root);
        // "Monday's quake", "a quake last month": the date of another event, not of the count.
        let of_noun = nominal(parse, root);
        let of_cue = verb.is_some_and(|v| cues.contains(&v) && v != head && v != own);
        let distance = at.abs_diff(root);
        match t.relation {
            Some(TimeRelation::AsOf) => {
                out.as_of.get_or_insert_with(|| when(t));
            }
            Some(TimeRelation::By | TimeRelation::Within | TimeRelation::Until) if ahead => {
                out.due.get_or_insert_with(|| when(t));
            }
            Some(TimeRelation::By | TimeRelation::Until) => {
                out.as_of.get_or_insert_with(|| when(t));
            }
            Some(TimeRelation::Since | TimeRelation::After | TimeRelation::Before) => {}
            _ if of_cue => {
                out.said.get_or_insert_with(|| when(t));
            }
            _ => {
                // The nearest date in the sentence, one under the same verb before any other.
                let same = verb == Some(head) || verb == Some(own) || parse.is_within(root, head);
                let cost = distance + if same { 0 } else { 40 };
                if best_event.is_none_or(|b| cost < b.0) {
                    best_event = Some((cost, t, same && !of_noun));
                }
            }
        }
    }
    let published = published(reading);
    if let Some((_, t, own_date)) = best_event {
        let future = match (&published, t.interval) {
            (Some(p), Some((first, _))) => p.interval.is_some_and(|(_, day)| first > day),
            _ => false,
        };
        if ahead && future {
            out.due.get_or_insert_with(|| when(t));
        } else if count == Some(Count::Cumulative) && own_date {
            out.as_of.get_or_insert_with(|| when(t));
        } else {
            out.event = Some(when(t));
        }
        if let (Some(p), Some((_, last))) = (&published, t.interval) {
            out.historic = p
                .interval
                .is_some_and(|(day, _)| days_between(last, day) > HISTORIC_DAYS);
        }
    }
    if out.as_of.is_none() {
        out.as_of = out.said.clone().or(published).or_else(|| out.event.clone());
    }
    out
}

/// Whether a date hangs on a noun rather than on a verb.
fn nominal(parse: &Parse, root: u32) -> bool {
    use sayso_parse::Dep;
    let head = parse.head(root);
    match parse.dep(root) {
        Dep::Poss | Dep::Nmod | Dep::Compound | Dep::Amod => true,
        Dep::Npadvmod => matches!(parse.pos(head), Pos::Noun | Pos::Propn),
        Dep::Pobj => matches!(parse.pos(parse.head(head)), Pos::Noun | Pos::Propn),
        _ => false,
    }
}

fn days_between(earlier: Date, later: Date) -> i32 {
    earlier.until(later).map_or(0, |s| s.get_days())
}
