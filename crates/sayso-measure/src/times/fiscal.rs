//! Reporting periods: "the quarter", "the year-earlier period", "the full year", "year-end".

use super::calendar::Grain;
use super::grammar::{Expression, What, digits, made, step};
use crate::numbers::{Shape, Short, number_at};
use crate::units::View;
use sayso_parse::Tag;
use std::ops::Range;

/// A reporting period at `i`.
pub(super) fn fiscal(v: &View<'_>, i: usize, s: &Range<usize>) -> Option<Expression> {
    year_end(v, i, s)
        .or_else(|| period_of(v, i, s))
        .or_else(|| the_year(v, i, s))
}

fn apostrophe(v: &View<'_>, i: usize) -> bool {
    matches!(v.atoms.text(i), "'" | "\u{2019}")
}

/// "year-ago", "year-earlier", "prior-year" at `i`: one past it.
fn year_ago(v: &View<'_>, i: usize) -> Option<usize> {
    let dash = usize::from(v.atoms.dash(i + 1));
    let (a, b) = (v.atoms.word(i), v.atoms.word(i + 1 + dash));
    match (a, b) {
        ("year", "ago" | "earlier") if dash == 1 => Some(i + 3),
        ("prior" | "previous", "year") if dash == 1 => Some(i + 3),
        _ => None,
    }
}

/// "a year ago", "a year earlier", "last year" at `i`, as a tail of a period: one past it.
fn year_tail(v: &View<'_>, i: usize) -> Option<usize> {
    let k = i + usize::from(matches!(v.atoms.word(i), "of" | "in"));
    match (v.atoms.word(k), v.atoms.word(k + 1), v.atoms.word(k + 2)) {
        ("last", "year", _) => Some(k + 2),
        ("a", "year", "ago" | "earlier" | "before") => Some(k + 3),
        _ => None,
    }
}

/// "year-end", "the end of the year", "year's end"
fn year_end(v: &View<'_>, i: usize, s: &Range<usize>) -> Option<Expression> {
    if !v.atoms.is(i, "year") {
        return None;
    }
    let end = if v.atoms.dash(i + 1) && v.atoms.is(i + 2, "end") {
        i + 3
    } else if v.atoms.is(i + 1, "end") {
        i + 2
    } else if apostrophe(v, i + 1) && v.atoms.is(i + 2, "s") && v.atoms.is(i + 3, "end") {
        i + 4
    } else {
        return None;
    };
    if end > s.end || v.noun(end) {
        return None;
    }
    let since = i > s.start && v.atoms.is(i - 1, "since");
    let years = if since { -1 } else { 0 };
    made(i, end, What::YearEnd { years }, false)
}

/// "the latest quarter", "the year-ago period", "the 2019 period", "the corresponding quarter last year",
/// "a year-earlier loss"
fn period_of(v: &View<'_>, i: usize, s: &Range<usize>) -> Option<Expression> {
    // "that quarter"
    let that = v.atoms.is(i, "that") && v.tag(i) == Tag::Dt;
    if that && v.atoms.is(i + 1, "quarter") && i + 2 <= s.end {
        return made(i, i + 2, What::Quarter { years: 0 }, false);
    }
    let lead = usize::from(matches!(v.atoms.word(i), "the" | "its" | "their" | "a"));
    let the = v.atoms.is(i, "the");
    let mut k = i + lead;
    // "last year's quarter"
    if let Some(n) = step(v.atoms.word(k))
        && v.atoms.is(k + 1, "year")
        && apostrophe(v, k + 2)
        && v.atoms.is(k + 3, "s")
        && matches!(v.atoms.word(k + 4), "quarter" | "period")
        && k + 5 <= s.end
    {
        return made(i, k + 5, What::Quarter { years: n }, false);
    }
    // "the 2019 quarter": the quarter told, of that year.
    if the
        && let Some(y) = digits(v, k, 4, 4).filter(|y| (1800..2200).contains(y))
        && matches!(v.atoms.word(k + 1), "quarter" | "period")
        && k + 2 <= s.end
    {
        let year = i16::try_from(y).ok()?;
        return made(i, k + 2, What::QuarterOf { year }, true);
    }
    let mut years = 0;
    let mut ago = false;
    let mut alike = false;
    let mut latest = false;
    for _ in 0..3 {
        if let Some(end) = year_ago(v, k) {
            (years, ago, k) = (-1, true, end);
            continue;
        }
        match v.atoms.word(k) {
            "comparable" | "corresponding" | "similar" | "same" | "like" => alike = true,
            "latest" => latest = true,
            "most" if v.atoms.is(k + 1, "recent") => {
                latest = true;
                k += 1;
            }
            "full" | "just" if lead == 1 => {}
            _ => break,
        }
        k += 1;
    }
    let told = k;
    let ordinal = number_at(v.lex, v.atoms, k, (k + 3).min(s.end), Short::Plain)
        .filter(|n| n.shape == Shape::Ordinal)
        .and_then(|n| Some((n.end, u32::try_from(n.value?).ok()?)));
    if let Some((end, n)) = ordinal
        && (1..=4).contains(&n)
        && v.atoms.is(end, "quarter")
        && (ago || alike)
        && end < s.end
    {
        let tail = year_tail(v, end + 1);
        let end = tail.unwrap_or(end + 1);
        let years = if tail.is_some() { -1 } else { years };
        return made(i, end.min(s.end), What::NthQuarter { n, years }, true);
    }
    let noun = v.atoms.word(k);
    if k < s.end && (noun == "quarter" || noun == "period" && (ago || alike || latest)) {
        let mut end = k + 1;
        let tail = year_tail(v, end).filter(|_| the);
        if let Some(t) = tail {
            (years, end) = (-1, t);
        }
        // "the quarter century", "the quarter of the men"
        let other = matches!(
            v.atoms.word(end),
            "century" | "final" | "finals" | "of" | "mile"
        ) || v.atoms.dash(end);
        let bare = the && noun == "quarter";
        let alone = alike && !ago && tail.is_none() && noun == "period";
        if other || alone || !(bare || ago || alike || latest || tail.is_some()) || end > s.end {
            return None;
        }
        let what = if noun == "period" && years < 0 {
            What::Period { years }
        } else {
            What::Quarter { years }
        };
        return made(i, end, what, false);
    }
    // "year-earlier profit": of the period told.
    if ago && told < s.end && !v.lex.time_units.contains_key(noun) {
        let start = i + lead;
        return made(start, told, What::Period { years }, false);
    }
    None
}

/// "the year two thousand", "the full year", "the fiscal year ended", "the year"
fn the_year(v: &View<'_>, i: usize, s: &Range<usize>) -> Option<Expression> {
    if !v.atoms.is(i, "the") {
        return None;
    }
    let mut k = i + 1;
    let mut named = false;
    while matches!(
        v.atoms.word(k),
        "full" | "fiscal" | "whole" | "entire" | "latest" | "financial" | "calendar"
    ) {
        named = true;
        k += 1;
        if k > i + 4 {
            return None;
        }
    }
    let word = v.atoms.word(k);
    if k >= s.end
        || v.atoms.all.get(k).is_some_and(|a| {
            v.text
                .as_bytes()
                .get(a.start as usize)
                .is_some_and(u8::is_ascii_uppercase)
        })
    {
        return None;
    }
    let end = k + 1;
    if word == "year" || word == "years" {
        // "the year 1950", "the year two thousand"
        let n = number_at(v.lex, v.atoms, end, (end + 4).min(s.end), Short::Plain);
        if let Some(n) = n
            && let Some(y) = n.value.and_then(|y| i16::try_from(y).ok())
            && (1000..2200).contains(&y)
            && n.shape != Shape::Ordinal
        {
            let what = What::Date {
                year: Some(y),
                month: None,
                day: None,
            };
            return made(i, n.end, what, true);
        }
    }
    if word == "year" {
        if matches!(v.atoms.word(end), "ended" | "ending") {
            return made(i, end, What::Duration("P1Y".to_owned()), false);
        }
        let before = if i > s.start { v.atoms.word(i - 1) } else { "" };
        // After "of" it is the year only where a part of it stands before: "the end of the year".
        let part =
            i > s.start + 1 && before == "of" && v.lex.time_parts.contains(v.atoms.word(i - 2));
        let led = matches!(
            before,
            "for"
                | "in"
                | "during"
                | "through"
                | "throughout"
                | "earlier"
                | "later"
                | "this"
                | "into"
        ) || part;
        let free = !v.noun(end)
            && !v.atoms.dash(end)
            && (part || !matches!(v.tag(end), Tag::Wdt | Tag::Wrb | Tag::Wp | Tag::Prp))
            && !matches!(
                v.atoms.word(end),
                "of" | "when" | "that" | "to" | "before" | "after" | "since"
            );
        return ((led || named) && free).then(|| {
            let what = What::Relative {
                grain: Grain::Year,
                n: 0,
            };
            made(i, end, what, false)
        })?;
    }
    let before = if i > s.start { v.atoms.word(i - 1) } else { "" };
    let two = |words: &[&str]| i > s.start + 1 && words.contains(&v.atoms.word(i - 2));
    // "the last match of the day"
    if word == "day" && !v.noun(end) && !v.atoms.is(end, "of") {
        let nth = before == "of"
            && i > s.start + 2
            && (v.lex.ordinals.contains_key(v.atoms.word(i - 3))
                || matches!(v.atoms.word(i - 3), "last" | "final"));
        let what = What::Offset {
            grain: Grain::Day,
            n: 0,
            moving: true,
        };
        return nth.then(|| made(i, end, what, false))?;
    }
    let grain = match word {
        "week" => Grain::Week,
        "month" => Grain::Month,
        _ => return None,
    };
    // "the week of 6 March", "the end of the month", "for the week"
    if grain == Grain::Week
        && matches!(
            v.atoms.word(end),
            "of" | "ending" | "ended" | "beginning" | "starting"
        )
    {
        let mut e = super::dates::month(v, end + 1, s)
            .filter(|e| matches!(e.what, What::Date { day: Some(_), .. }))?;
        e.start = i;
        e.week = true;
        return Some(e);
    }
    let part = before == "of" && i > s.start + 1 && v.lex.time_parts.contains(v.atoms.word(i - 2));
    let led = part
        || grain == Grain::Week && before == "for"
        || before == "in" && two(&["later", "earlier", "early", "late"]);
    (led && !v.noun(end) && !v.atoms.is(end, "of"))
        .then(|| made(i, end, What::Relative { grain, n: 0 }, false))?
}
