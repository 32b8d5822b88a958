//! Times that count from what was told before: "the day before", "that morning", "the morning of 4 May".

use super::calendar::Grain;
use super::dates::{day_of, day_part};
use super::grammar::{Expression, What, core, made};
use super::stretches::unit;
use crate::atoms::Kind;
use crate::units::View;
use sayso_parse::Tag;
use std::ops::Range;

/// A time of the narrative's own reference at `i`.
pub(super) fn moving(v: &View<'_>, i: usize, s: &Range<usize>) -> Option<Expression> {
    let word = v.atoms.word(i);
    if !matches!(word, "the" | "that" | "mid" | "early" | "late") {
        return None;
    }
    day_of(v, i, s)
        .or_else(|| beside(v, i, s))
        .or_else(|| part_of(v, i, s))
        .or_else(|| part_told(v, i, s))
}

fn offset(grain: Grain, n: i64) -> What {
    What::Offset {
        grain,
        n,
        moving: true,
    }
}

/// "the day before", "the night before", "the week after", "the day following"
fn beside(v: &View<'_>, i: usize, s: &Range<usize>) -> Option<Expression> {
    if !v.atoms.is(i, "the") {
        return None;
    }
    let n = match v.atoms.word(i + 2) {
        "before" | "earlier" => -1,
        "after" | "following" | "later" => 1,
        _ => return None,
    };
    // With a noun after it it counts from something else: "the day before the vote".
    let end = i + 3;
    let free = end >= s.end
        || v.atoms.all.get(end).is_some_and(|a| a.kind == Kind::Symbol)
        || matches!(v.tag(end), Tag::Vbd | Tag::Vbz | Tag::Cc)
        || v.tag(end) == Tag::In && !v.atoms.is(i + 2, "following");
    if !free || end > s.end {
        return None;
    }
    let night = v.atoms.is(i + 1, "night");
    let grain = unit(v, i + 1)?;
    if v.atoms.word(i + 1).ends_with('s')
        || !matches!(grain, Grain::Day | Grain::Week | Grain::Month | Grain::Year)
    {
        return None;
    }
    let mut e = made(i, end, offset(grain, n), false)?;
    e.clock = night.then(|| "TNI".to_owned());
    Some(e)
}

/// "the morning of 4 May", "the early morning hours of Friday", "mid-afternoon yesterday"
fn part_of(v: &View<'_>, i: usize, s: &Range<usize>) -> Option<Expression> {
    let mut k = i + usize::from(v.atoms.is(i, "the"));
    if matches!(v.atoms.word(k), "early" | "late" | "mid") {
        k += 1;
        k += usize::from(v.atoms.dash(k));
    }
    if matches!(v.atoms.word(k), "in" | "on") && k > i {
        k += 1;
        k += usize::from(v.atoms.is(k, "the"));
    }
    let (mut end, clock) = day_part(v, k, s.end)?;
    if matches!(v.atoms.word(end), "hours" | "hour") {
        end += 1;
    }
    end += usize::from(matches!(v.atoms.word(end), "of" | "on"));
    let d = core(v, end, s).filter(|d| {
        d.clock.is_none()
            && matches!(
                d.what,
                What::Date { day: Some(_), .. }
                    | What::DateIn { day: Some(_), .. }
                    | What::Weekday { .. }
                    | What::Relative {
                        grain: Grain::Day,
                        ..
                    }
            )
    })?;
    let mut e = made(i, d.end, d.what, true)?;
    e.weekday = d.weekday;
    e.clock = Some(clock);
    Some(e)
}

/// "that morning", "the same evening", "the next morning", "in the morning"
fn part_told(v: &View<'_>, i: usize, s: &Range<usize>) -> Option<Expression> {
    let the = v.atoms.is(i, "the");
    let that = v.atoms.is(i, "that") && v.tag(i) == Tag::Dt;
    if !the && !that {
        return None;
    }
    let (k, n) = match v.atoms.word(i + 1) {
        "same" => (i + 2, 0),
        "next" | "following" if the => (i + 2, 1),
        "previous" | "preceding" if the => (i + 2, -1),
        _ => (i + 1, 0),
    };
    let (end, clock) = day_part(v, k, s.end)?;
    if v.noun(end) || v.atoms.is(end, "of") || v.atoms.dash(end) {
        return None;
    }
    if the && k == i + 1 {
        // "in the morning": only of the larger parts, after a preposition of time.
        let before = if i > s.start { v.atoms.word(i - 1) } else { "" };
        let led = matches!(before, "in" | "by" | "during" | "until" | "throughout");
        if !led || !matches!(v.atoms.word(k), "morning" | "afternoon" | "evening") {
            return None;
        }
    }
    let mut e = made(i, end, offset(Grain::Day, n), true)?;
    e.clock = Some(clock);
    Some(e)
}
