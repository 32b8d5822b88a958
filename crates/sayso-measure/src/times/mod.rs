//! Time expressions: found by a grammar over atoms, resolved against the document's date and the narrative's moving
//! reference, given as TIMEX3 with the interval they denote.
//!
//! Values follow the TimeML annotation guidelines 1.2.1. A document without a date leaves relative times unresolved.

mod calendar;
mod dates;
mod grammar;
mod resolve;
mod stretches;

use std::ops::Range;

use sayso_model::{Date, Span, TimeRelation, Timex};

use crate::units::View;
use resolve::Clockwork;

/// The time expressions of a document, and which atoms are part of a date or clock time and so of no quantity.
pub(crate) fn times(
    v: &View<'_>,
    sentences: &[Range<usize>],
    published: Option<Date>,
) -> (Vec<Timex>, Vec<bool>) {
    let mut taken = vec![false; v.atoms.all.len()];
    let mut found = Vec::new();
    for s in sentences {
        let mut i = s.start;
        while i < s.end {
            match grammar::expression(v, i, s) {
                Some(e) => {
                    if e.calendar {
                        for t in taken.iter_mut().take(e.end).skip(e.start) {
                            *t = true;
                        }
                    }
                    i = e.end.max(i + 1);
                    if !e.silent {
                        found.push((e, s.clone()));
                    }
                }
                None => i += 1,
            }
        }
    }
    let mut clock = Clockwork::new(published, &found);
    let mut out = Vec::with_capacity(found.len());
    for (e, sentence) in &found {
        let Some((kind, value)) = clock.value(v, e) else {
            continue;
        };
        let (Some(a), Some(b)) = (v.atoms.all.get(e.start), v.atoms.all.get(e.end - 1)) else {
            continue;
        };
        let interval = calendar::interval(&value);
        out.push(Timex {
            span: Span::new(a.start, b.end),
            kind,
            value,
            modifier: e.modifier,
            relation: relation(v, e.start, sentence.start),
            interval,
        });
    }
    (out, taken)
}

/// How the time stands to what is said, by the words before it.
fn relation(v: &View<'_>, start: usize, floor: usize) -> Option<TimeRelation> {
    if start <= floor {
        return None;
    }
    let mut k = start - 1;
    if matches!(
        v.atoms.word(k),
        "the" | "about" | "around" | "late" | "early"
    ) && k > floor
    {
        k -= 1;
    }
    Some(match v.atoms.word(k) {
        "since" => TimeRelation::Since,
        "by" => TimeRelation::By,
        "within" => TimeRelation::Within,
        "until" | "till" | "through" => TimeRelation::Until,
        "before" => TimeRelation::Before,
        "after" => TimeRelation::After,
        "of" if k > floor && v.atoms.is(k - 1, "as") => TimeRelation::AsOf,
        "at" if k > floor && v.atoms.is(k - 1, "as") => TimeRelation::AsOf,
        _ => return None,
    })
}
