//! Years and parts of them: quarters, halves, seasons, decades, centuries, bare years.

use super::dates::{capital, year_told};
use super::grammar::{Expression, What, Year, digits, made, step};
use crate::atoms::Kind;
use crate::numbers::{Shape, Short, number_at};
use crate::units::View;
use sayso_parse::{Pos, Tag};
use std::ops::Range;

/// "the third quarter of 2019", "first half of last year", "fourth quarter"
pub(super) fn portion(v: &View<'_>, i: usize, the: usize, s: &Range<usize>) -> Option<Expression> {
    let mut at = i + the;
    let mut years = Year::Open;
    // "this year's third quarter", "last year's first half", "the 2019 fourth quarter"
    if let Some(n) = step(v.atoms.word(at))
        && v.atoms.is(at + 1, "year")
        && matches!(v.atoms.text(at + 2), "'" | "\u{2019}")
    {
        years = Year::Relative(n);
        at += 4;
    } else if let Some(y) = digits(v, at, 4, 4).filter(|y| (1800..2200).contains(y)) {
        let mut k = at + 1;
        if matches!(v.atoms.text(k), "'" | "\u{2019}") {
            k += 2;
        }
        if v.lex.ordinals.contains_key(v.atoms.word(k)) {
            years = Year::Given(i16::try_from(y).ok()?);
            at = k;
        }
    } else if v.atoms.is(at, "fiscal") {
        at += 1;
    }
    let short = matches!(v.atoms.word(at), "q" | "h") && v.atoms.glued(at + 1) && capital(v, at);
    let (n, letter, mut end) = if short {
        let letter = if v.atoms.is(at, "q") { 'Q' } else { 'H' };
        (
            u32::try_from(digits(v, at + 1, 1, 1)?).ok()?,
            letter,
            at + 2,
        )
    } else {
        let n = number_at(v.lex, v.atoms, at, (at + 3).min(s.end), Short::Plain)
            .filter(|n| n.shape == Shape::Ordinal);
        let (ord, after) = match (n, v.atoms.word(at)) {
            (Some(n), _) => (u32::try_from(n.value?).ok()?, n.end),
            (None, "latter" | "last") if v.atoms.is(at + 1, "half") => (2, at + 1),
            _ => return None,
        };
        let mut k = after;
        if v.atoms.dash(k) {
            k += 1;
        }
        if v.atoms.is(k, "fiscal") {
            k += 1;
        }
        match v.atoms.word(k) {
            "quarter" => (ord, 'Q', k + 1),
            "half" => (ord, 'H', k + 1),
            "century" => {
                let c = i16::try_from(ord).ok().filter(|c| (1..=30).contains(c))?;
                return made(i, k + 1, What::Century(c - 1), true);
            }
            _ => return None,
        }
    };
    // "third-quarter profit": the article is the noun's.
    let i = if the == 1 && v.atoms.dash(end - 2) {
        i + 1
    } else {
        i
    };
    if !(1..=if letter == 'Q' { 4 } else { 2 }).contains(&n) || end > s.end {
        return None;
    }
    // Halves of games have no year.
    let mut k = end;
    if matches!(v.atoms.word(k), "of" | "in") || v.atoms.is(k, ",") {
        k += 1;
    }
    if v.atoms.is(k, "the") {
        k += 1;
    }
    if v.atoms.is(k, "fiscal") {
        k += 1;
    }
    if let Some(y) = digits(v, k, 4, 4).filter(|y| (1800..2200).contains(y)) {
        years = Year::Given(i16::try_from(y).ok()?);
        end = k + 1;
    } else if let Some(n) = step(v.atoms.word(k))
        && v.atoms.is(k + 1, "year")
    {
        years = Year::Relative(n);
        end = k + 2;
    } else if v.atoms.is(k, "year") && k > end {
        end = k + 1;
    } else if letter == 'H' && years == Year::Open {
        return None;
    }
    made(
        i,
        end,
        What::Portion {
            letter,
            n,
            year: years,
        },
        true,
    )
}

pub(super) fn season(v: &View<'_>, i: usize, s: &Range<usize>) -> Option<Expression> {
    let mut at = i + usize::from(v.atoms.is(i, "the"));
    let mut by = step(v.atoms.word(at));
    // "this past spring"
    let mut nearest = false;
    if v.atoms.is(at, "this") && matches!(v.atoms.word(at + 1), "past" | "coming") {
        nearest = v.atoms.is(at + 1, "past");
        at += 1;
        by = step(v.atoms.word(at));
    }
    if by.is_some() {
        at += 1;
    }
    if matches!(v.atoms.word(at), "late" | "early") {
        at += 1;
    }
    let word = v.atoms.word(at);
    let code = v.lex.seasons.get(word)?.clone();
    if at >= s.end || matches!(v.pos(at), Pos::Verb) && by.is_none() {
        return None;
    }
    let mut k = at + 1;
    if v.atoms.is(k, "of") {
        k += 1;
    }
    if let Some(y) = digits(v, k, 4, 4).filter(|y| (1000..2200).contains(y)) {
        return made(
            i,
            k + 1,
            What::Season {
                code,
                year: Year::Given(i16::try_from(y).ok()?),
            },
            true,
        );
    }
    if let Some((end, y)) = year_in_words(v, k) {
        let year = Year::Given(y);
        return made(i, end, What::Season { code, year }, true);
    }
    if let Some((end, year)) = year_told(v, at + 1, s.end) {
        return made(i, end, What::Season { code, year }, false);
    }
    let bare_fall = word == "fall"
        && by.is_none()
        && !(at > i
            && v.tag(at) == Tag::Nn
            && matches!(
                v.atoms.word(i.wrapping_sub(1)),
                "in" | "since" | "by" | "until"
            ));
    if bare_fall
        || word == "spring" && by.is_none() && v.pos(at) != Pos::Noun && v.pos(at) != Pos::Propn
    {
        return None;
    }
    let year = match by {
        Some(_) if nearest => Year::Open,
        Some(n) => Year::Relative(n),
        None => Year::Open,
    };
    // A season that modifies a noun ("winter coat") names no time.
    if by.is_none() && v.noun(at + 1) {
        return None;
    }
    made(i, at + 1, What::Season { code, year }, false)
}

/// "the 1990s", "the nineties", "the early '80s"
pub(super) fn decade(v: &View<'_>, i: usize, the: usize, s: &Range<usize>) -> Option<Expression> {
    let mut at = i + the;
    let mut m = None;
    if the == 1 {
        m = match v.atoms.word(at) {
            "early" => Some("START"),
            "late" => Some("END"),
            "mid" => Some("MID"),
            _ => None,
        };
        if m.is_some() {
            at += 1;
            at += usize::from(v.atoms.dash(at));
        }
    }
    let quote = matches!(v.atoms.text(at), "'" | "\u{2019}");
    at += usize::from(quote);
    let apostrophe = |k: usize| usize::from(matches!(v.atoms.text(k), "'" | "\u{2019}"));
    let (end, decade) = if let Some(n) = digits(v, at, 2, 4) {
        let k = at + 1 + apostrophe(at + 1);
        if !v.atoms.is(k, "s") || !v.atoms.glued(k) || n % 10 != 0 {
            return None;
        }
        let full = if n >= 1000 {
            n / 10
        } else if n < 100 && (quote || the == 1) {
            190 + n / 10
        } else {
            return None;
        };
        (k + 1, full)
    } else {
        let n = v.lex.decade_words.get(v.atoms.word(at))?.parse().ok()?;
        if the == 0 {
            return None;
        }
        (at + 1, n)
    };
    if end > s.end {
        return None;
    }
    let mut e = made(i, end, What::Decade(i16::try_from(decade).ok()?), true)?;
    e.modifier = m;
    Some(e)
}

/// A bare year: "2019", "in 1989".
pub(super) fn year(v: &View<'_>, i: usize, s: &Range<usize>) -> Option<Expression> {
    // "FY2030"
    if v.atoms.is(i, "fy")
        && v.atoms.glued(i + 1)
        && let Some(y) = digits(v, i + 1, 4, 4).filter(|y| (1800..2200).contains(y))
    {
        let what = What::Date {
            year: i16::try_from(y).ok(),
            month: None,
            day: None,
        };
        return made(i, i + 2, what, true);
    }
    if v.atoms.is(i, "fiscal") {
        let y = digits(v, i + 1, 4, 4).filter(|y| (1800..2200).contains(y))?;
        return made(
            i,
            i + 2,
            What::Date {
                year: i16::try_from(y).ok(),
                month: None,
                day: None,
            },
            true,
        );
    }
    if let Some((end, y)) = year_in_words(v, i) {
        return made(
            i,
            end,
            What::Date {
                year: Some(y),
                month: None,
                day: None,
            },
            true,
        );
    }
    // "241 BC", "AD 70"
    if let Some(n) = digits(v, i, 1, 4) {
        let dotted = v.atoms.is(i + 1, "b") && v.atoms.is(i + 2, ".") && v.atoms.is(i + 3, "c");
        let end = if matches!(v.written(i + 1, i + 2), "BC" | "BCE") {
            i + 2
        } else {
            i + 4 + usize::from(v.atoms.is(i + 4, "."))
        };
        if end == i + 2 || dotted {
            return made(
                i,
                end.min(s.end),
                What::Ancient(u16::try_from(n).ok()?),
                true,
            );
        }
    }
    let y = digits(v, i, 4, 4).filter(|y| (1000..2100).contains(y))?;
    let before = if i > s.start { v.atoms.text(i - 1) } else { "" };
    let glued = i > s.start && v.atoms.glued(i);
    if glued && !matches!(before, "(" | "[" | "\"" | "-" | "\u{2013}" | "\u{201c}") {
        return None;
    }
    if v.atoms.glued(i + 1) && matches!(v.atoms.all.get(i + 1).map(|a| a.kind), Some(Kind::Word)) {
        return None;
    }
    let ratio = v.atoms.is(i + 1, ":") && digits(v, i + 2, 1, 4).is_some();
    if v.atoms.glued(i + 1) && (matches!(v.atoms.text(i + 1), "%" | "/") || ratio) {
        return None;
    }
    let by_word = v.lex.time_leads.contains(before)
        || matches!(before, "(" | "-" | "\u{2013}" | "year" | "fiscal");
    // "$2019", "2019 tonnes"
    let money = v.lex.currency_spelled.contains(before);
    let next = v.atoms.word(i + 1);
    let one_time = v.lex.time_units.contains_key(next) && !next.ends_with('s');
    // "during 2016 Stone spoke": units have small letters.
    let measured = !one_time
        && !capital(v, i + 1)
        && (v.lex.unit_names.after(v.atoms, i + 1, s.end).is_some()
            || v.lex.currency_names.after(v.atoms, i + 1, s.end).is_some());
    let defined = i > s.start && matches!(v.tag(i - 1), Tag::Dt | Tag::PrpPoss | Tag::Pos);
    let object = i > s.start && v.pos(i - 1) == Pos::Verb;
    let counted = money
        || measured
        || matches!(v.tag(i + 1), Tag::Nns) && !defined && !v.lex.year_nouns.contains(next);
    let pair = glued && matches!(before, "-" | "\u{2013}");
    if pair
        && digits(v, i.wrapping_sub(2), 4, 4).is_none()
        && !(i >= 2
            && matches!(
                v.atoms.word(i - 2),
                "mid" | "late" | "early" | "pre" | "post"
            ))
    {
        return None;
    }
    // "1861-1863" and "1907:" at the start of a heading
    let spans = v.atoms.dash(i + 1)
        && v.atoms.glued(i + 2)
        && digits(v, i + 2, 4, 4).is_some_and(|z| z > y && z < y + 130);
    let heads = i == s.start && v.atoms.is(i + 1, ":");
    if object && counted {
        return None;
    }
    // "…, 1861" at the end of a heading, and the end of "1861-1865"
    let closes = i + 1 == s.end && before == ",";
    let ends = pair && digits(v, i.wrapping_sub(2), 4, 4).is_some_and(|z| z < y && y < z + 130);
    let sure = spans
        || heads
        || closes
        || ends
        || by_word && !counted && !v.noun(i + 1) && (1700..2100).contains(&y);
    let plain = (1900..2060).contains(&y) && !counted && !v.lex.labelled.contains_key(before);
    if !sure && !plain {
        return None;
    }
    let what = What::Date {
        year: i16::try_from(y).ok(),
        month: None,
        day: None,
    };
    // "the 2014 fiscal year"
    let kind = matches!(
        v.atoms.word(i + 1),
        "fiscal" | "financial" | "academic" | "calendar" | "budget" | "school" | "tax"
    );
    if kind && v.atoms.is(i + 2, "year") && i + 3 <= s.end {
        let the = i > s.start && v.atoms.is(i - 1, "the");
        return made(i - usize::from(the), i + 3, what, true);
    }
    made(i, i + 1, what, true)
}

/// The second year of "1998-99", after the first.
pub(super) fn second_year(v: &View<'_>, e: &Expression, s: &Range<usize>) -> Option<Expression> {
    let What::Date {
        year: Some(first),
        month: None,
        day: None,
    } = e.what
    else {
        return None;
    };
    let at = e.end + 1;
    let short = v.atoms.dash(e.end) && v.atoms.glued(e.end) && v.atoms.glued(at);
    let n = i16::try_from(digits(v, at, 2, 2)?).ok()?;
    let mut year = first - first % 100 + n;
    if year <= first {
        year += 100;
    }
    let ends = !v.atoms.glued(at + 1)
        || v.atoms
            .all
            .get(at + 1)
            .is_some_and(|a| a.kind == Kind::Symbol);
    if !short || year - first > 30 || at >= s.end || !ends {
        return None;
    }
    made(
        at,
        at + 1,
        What::Date {
            year: Some(year),
            month: None,
            day: None,
        },
        true,
    )
}

/// "nineteen ninety-six" at `i`.
pub(super) fn year_in_words(v: &View<'_>, i: usize) -> Option<(usize, i16)> {
    let century = match v.atoms.word(i) {
        "eighteen" => 18,
        "nineteen" => 19,
        _ => return None,
    };
    let n = number_at(v.lex, v.atoms, i + 1, i + 5, Short::Plain)
        .filter(|n| n.shape == Shape::Words)?;
    let rest = i16::try_from(n.value?)
        .ok()
        .filter(|r| (10..100).contains(r))?;
    Some((n.end, century * 100 + rest))
}
