//! Stretches of time: "two years", "two years ago", "the last week", "every day".

use super::calendar::Grain;
use super::dates::{capital, month_name};
use super::grammar::{Expression, What, made};
use crate::atoms::Kind;
use crate::numbers::{Shape, Short, number_at};
use crate::units::View;
use rust_decimal::Decimal;
use sayso_parse::{Pos, Tag};
use std::ops::Range;

/// "last week", "the past two years", "this year", "the following day", "the same month"
pub(super) fn relative(v: &View<'_>, i: usize, s: &Range<usize>) -> Option<Expression> {
    let the = usize::from(matches!(v.atoms.word(i), "the" | "his" | "its" | "their"));
    let at = i + the;
    let word = v.atoms.word(at);
    if matches!(word, "same" | "that") && (the == 1 || word == "that") {
        let grain = unit(v, at + 1)?;
        if v.atoms.word(at + 1).ends_with('s') || word == "that" && v.tag(at) != Tag::Dt {
            return None;
        }
        return made(
            i,
            at + 2,
            What::Offset {
                grain,
                n: 0,
                moving: true,
            },
            false,
        );
    }
    let n = match word {
        "last" | "past" | "previous" | "preceding" | "prior" => -1,
        "next" | "coming" | "following" | "ensuing" | "upcoming" => 1,
        // "this past year", "this coming week"
        "this" => match v.atoms.word(at + 1) {
            "past" => -1,
            "coming" => 1,
            _ => 0,
        },
        "current" => 0,
        _ => return None,
    };
    // "This Week" in the middle of a sentence is a name.
    if word == "this" && at > s.start && capital(v, at) && capital(v, at + 1) {
        return None;
    }
    // "the past two years", "the next few days": a stretch.
    let mut k = at + 1;
    let couple = v.atoms.is(k, "couple");
    let several = couple || matches!(v.atoms.word(k), "few" | "several" | "many");
    let number = number_at(v.lex, v.atoms, k, (k + 8).min(s.end), Short::Plain)
        .filter(|n| n.shape != Shape::Ordinal);
    if several {
        k += 1;
        if v.atoms.is(k, "of") {
            k += 1;
        }
    } else if let Some(m) = &number {
        k = m.end;
    }
    let counted = several || number.is_some();
    // "this past week", "this fiscal year"
    if !counted
        && matches!(
            v.atoms.word(k),
            "past" | "fiscal" | "calendar" | "academic" | "very" | "coming" | "financial"
        )
    {
        k += 1;
    }
    let code = v.lex.time_units.get(v.atoms.word(k))?.as_str();
    let grain = Grain::of(code)?;
    let plural = v.atoms.word(k).ends_with('s');
    let end = k + 1;
    if end > s.end {
        return None;
    }
    let stretch = |value: Option<Decimal>| {
        let mut e = made(i, end, What::Duration(period(value, code)?), false)?;
        e.length = whole(value).map(|n| (grain, n));
        e.vague = Some(grain).filter(|_| value.is_none());
        e.toward = i8::try_from(n).unwrap_or(0);
        so(v, &mut e, s.end);
        Some(e)
    };
    if counted {
        let two = Some(Decimal::TWO).filter(|_| couple);
        return stretch(number.and_then(|m| m.value).or(two));
    }
    if plural {
        // "in coming months", "in past years" name no stretch.
        match word {
            "coming" | "upcoming" if the == 0 => {
                return made(i, end, What::Reference("FUTURE_REF"), false);
            }
            "past" if the == 0 => return made(i, end, What::Reference("PAST_REF"), false),
            _ => {}
        }
        // "the coming days" have no number.
        return stretch(None);
    }
    let moving = matches!(
        word,
        "previous" | "preceding" | "prior" | "following" | "ensuing"
    );
    let before = if i > s.start { v.atoms.word(i - 1) } else { "" };
    if word == "next" && the == 1 && grain != Grain::Hour {
        // "for the next decade" is a stretch, "the next month" a date.
        if before == "for" {
            return stretch(Some(Decimal::ONE));
        }
        let mut e = made(i, end, What::Next(grain), false)?;
        so(v, &mut e, s.end);
        return Some(e);
    }
    if moving {
        return made(
            i,
            end,
            What::Offset {
                grain,
                n,
                moving: true,
            },
            false,
        );
    }
    if word == "past" && n < 0 {
        // "the past year", "the past decade": a stretch that ends now.
        return stretch(Some(Decimal::ONE));
    }
    if matches!(grain, Grain::Second | Grain::Minute | Grain::Hour) {
        return stretch(Some(Decimal::ONE));
    }
    if matches!(code, "SE") {
        return None;
    }
    let mut e = made(i, end, What::Relative { grain, n }, false)?;
    so(v, &mut e, s.end);
    Some(e)
}

/// Takes "or so" into an expression.
fn so(v: &View<'_>, e: &mut Expression, limit: usize) {
    if v.atoms.is(e.end, "or") && v.atoms.is(e.end + 1, "so") && e.end + 2 <= limit {
        e.end += 2;
        e.modifier = e.modifier.or(Some("APPROX"));
    }
}

/// A number of units if it is whole.
fn whole(n: Option<Decimal>) -> Option<i64> {
    n.filter(|x| x.fract().is_zero())
        .and_then(|x| i64::try_from(x).ok())
}

/// The grain of a unit of time at `i`.
pub(super) fn unit(v: &View<'_>, i: usize) -> Option<Grain> {
    Grain::of(v.lex.time_units.get(v.atoms.word(i))?)
}

/// "every year", "each month", "daily", "annually", "twice a week"
pub(super) fn every(v: &View<'_>, i: usize, s: &Range<usize>) -> Option<Expression> {
    let word = v.atoms.word(i);
    let simple = match word {
        "daily" => Some("P1D"),
        "weekly" => Some("P1W"),
        "monthly" => Some("P1M"),
        "annually" | "yearly" => Some("P1Y"),
        "hourly" => Some("PT1H"),
        "nightly" => Some("P1D"),
        _ => None,
    };
    // A rate's denominator is no time: "8.5% annually".
    let before = i.checked_sub(1).filter(|&k| k >= s.start);
    let rate = before.is_some_and(|k| v.atoms.is(k, "%") || v.atoms.number(k).is_some());
    if let Some(p) = simple
        && !(rate && v.tag(i) == Tag::Rb)
    {
        return made(i, i + 1, What::Set(p.to_owned()), false);
    }
    if word == "per"
        && let Some(code) = v.lex.time_units.get(v.atoms.word(i + 1))
        && !v.atoms.word(i + 1).ends_with('s')
    {
        let mut e = made(i, i + 2, What::Set(period(Some(1.into()), code)?), false)?;
        e.silent = true;
        return Some(e);
    }
    if !matches!(word, "every" | "each") {
        return None;
    }
    let mut k = i + 1;
    if v.atoms.is(k, "other") {
        k += 1;
    }
    if let Some(&d) = v.lex.weekdays.get(v.atoms.word(k)) {
        return made(i, k + 1, What::Set(format!("XXXX-WXX-{d}")), true);
    }
    if capital(v, k)
        && let Some((end, m)) = month_name(v, k, s.end)
    {
        return made(i, end, What::Set(format!("XXXX-{m:02}")), true);
    }
    if let Some(code) = v.lex.seasons.get(v.atoms.word(k))
        && k < s.end
    {
        return made(i, k + 1, What::Set(format!("XXXX-{code}")), true);
    }
    let number = number_at(v.lex, v.atoms, k, (k + 6).min(s.end), Short::Plain)
        .filter(|n| n.shape != Shape::Ordinal);
    if let Some(n) = &number {
        k = n.end;
    }
    let code = v.lex.time_units.get(v.atoms.word(k))?;
    let n = match number {
        Some(n) => n.value,
        None if v.atoms.is(i + 1, "other") => Some(2.into()),
        None => Some(1.into()),
    };
    made(i, k + 1, What::Set(period(n, code)?), false)
}

/// A number of units of time: a duration, or a date that far away ("two months ago").
pub(super) fn amount(v: &View<'_>, i: usize, s: &Range<usize>) -> Option<Expression> {
    let word = v.atoms.word(i);
    // "the nine months", "the first nine months"
    if word == "the" {
        let k = i + 1 + usize::from(matches!(v.atoms.word(i + 1), "first" | "latest" | "final"));
        if matches!(v.atoms.word(k), "a" | "an" | "the") {
            return None;
        }
        let mut e = amount(v, k, s).filter(|e| matches!(e.what, What::Duration(_)) && !e.silent)?;
        // An adjective before another noun: "the two-year plan".
        let long = matches!(v.atoms.word(e.end - 1), "period" | "long");
        if v.atoms.dash(e.end.wrapping_sub(2)) && !long {
            return None;
        }
        // So is "the two day rally".
        let singular = v.lex.time_units.contains_key(v.atoms.word(e.end - 1))
            && !v.atoms.word(e.end - 1).ends_with('s');
        if singular && e.length.is_some_and(|(_, n)| n > 1) {
            return Some(e);
        }
        e.start = i;
        return Some(e);
    }
    let mut k = i;
    let mut value = None;
    let vague = match word {
        "several" | "many" | "few" => true,
        "a" if matches!(v.atoms.word(i + 1), "few" | "couple") => true,
        _ => false,
    };
    if vague {
        k += if word == "a" { 2 } else { 1 };
        if v.atoms.is(k, "of") {
            k += 1;
        }
        if v.atoms.is(k, "more") {
            k += 1;
        }
        if v.atoms.is(i + 1, "couple") {
            value = Some(Decimal::TWO);
        }
    } else if let Some(n) = number_at(v.lex, v.atoms, i, (i + 12).min(s.end), Short::Plain) {
        if matches!(n.shape, Shape::Ordinal | Shape::Multiple) || n.bare_year {
            return None;
        }
        k = n.end;
        value = n.value;
        // "two and a half years" is one number; "two to three years" a range that starts with it.
        if v.atoms.is(k, "to")
            || v.atoms.is(k, "or")
            || v.atoms.dash(k) && v.atoms.number(k + 1).is_some()
        {
            let second = number_at(v.lex, v.atoms, k + 1, (k + 8).min(s.end), Short::Plain)?;
            if !v.lex.time_units.contains_key(v.atoms.word(second.end)) {
                return None;
            }
            k = second.end;
        }
        if v.atoms.is(k, "more")
            || v.atoms.is(k, "full")
            || v.atoms.is(k, "straight")
            || v.atoms.is(k, "consecutive")
            || v.atoms.is(k, "long")
        {
            k += 1;
        }
    } else if word == "half" && v.lex.time_units.contains_key(v.atoms.word(i + 2)) {
        // "half-hour", "half an hour"
        let joint = v.atoms.dash(i + 1) || matches!(v.atoms.word(i + 1), "a" | "an");
        if !joint {
            return None;
        }
        k = i + 2;
        value = Some(Decimal::new(5, 1));
    } else if matches!(word, "a" | "an") {
        k += 1;
        value = Some(Decimal::ONE);
        if matches!(v.atoms.word(k), "full" | "whole" | "half") {
            if v.atoms.is(k, "half") {
                value = Some(Decimal::new(5, 1));
            }
            k += 1;
        }
    } else if v.lex.time_units.contains_key(word)
        && matches!(
            word,
            "decades" | "years" | "months" | "weeks" | "days" | "hours" | "centuries" | "minutes"
        )
    {
        // "decades ago", "for years"
        let ago = matches!(
            v.atoms.word(i + 1),
            "ago" | "later" | "earlier" | "before" | "ahead"
        );
        let before = if i > s.start { v.atoms.word(i - 1) } else { "" };
        if !ago && !matches!(before, "for" | "in" | "over" | "within" | "took" | "takes") {
            return None;
        }
    } else {
        return None;
    }
    let dashed = v.atoms.dash(k) && v.atoms.glued(k) && v.atoms.glued(k + 1);
    if dashed {
        k += 1;
    }
    if matches!(
        v.atoms.word(k),
        "business" | "working" | "trading" | "calendar" | "fiscal" | "light"
    ) {
        if v.atoms.is(k, "light") {
            return None;
        }
        k += 1;
    }
    let code = v.lex.time_units.get(v.atoms.word(k))?.as_str();
    let mut end = k + 1;
    if end > s.end || v.tag(k) == Tag::Jj && v.atoms.is(k, "second") {
        return None;
    }
    // A programme or a book: "60 Minutes".
    if k > s.start && capital(v, k) && v.atoms.number(i).is_some() && matches!(code, "TM" | "H") {
        return None;
    }
    // "24 hours a day", "seven days a week": always.
    if v.atoms.is(end, "a") && v.lex.time_units.contains_key(v.atoms.word(end + 1)) {
        let mut e = made(i, end + 2, What::Duration(String::new()), false)?;
        e.silent = true;
        return Some(e);
    }
    // "a second" and "a quarter" are seldom times; "a day" after a rate is a denominator, yet a time as well.
    let article = matches!(word, "a" | "an") && !vague;
    if article
        && matches!(
            v.atoms.word(k),
            "second" | "quarter" | "season" | "min" | "sec"
        )
    {
        return None;
    }
    if v.atoms.dash(end) && v.atoms.is(end + 1, "old") || v.atoms.is(end, "old") {
        let mut e = made(i, end + 1, What::Duration(String::new()), false)?;
        e.silent = true;
        e.end = end;
        return Some(e);
    }
    // "two years and three months"
    if matches!(v.atoms.word(end), "and") && v.atoms.is(end + 1, "a") && v.atoms.is(end + 2, "half")
    {
        value = value.and_then(|x| x.checked_add(Decimal::new(5, 1)));
        end += 3;
    }
    // "two hours and 20 minutes"
    if let Some((next, rest)) = rest_of(v, end, code, s)
        && value.is_some_and(|x| x.fract().is_zero())
    {
        let first = period(value, code)?;
        return made(i, next, What::Duration(format!("{first}{rest}")), false);
    }
    let grain = Grain::of(code)?;
    let mut approx = None;
    if v.atoms.is(end, "or") && v.atoms.is(end + 1, "so") {
        end += 2;
        approx = Some("APPROX");
    }
    // "a three-year period", "a year-long trial"
    let mut start = i;
    let joint = usize::from(v.atoms.dash(end) && v.atoms.glued(end));
    if dashed && v.atoms.is(end, "period") {
        end += 1;
        start -= usize::from(i > s.start && matches!(v.atoms.word(i - 1), "a" | "an"));
    } else if v.atoms.is(end + joint, "long") && end + joint < s.end {
        end += joint + 1;
    }
    let i = start;
    let whole = whole(value);
    let factor = if code == "F" { 2 } else { 1 };
    let next = v.atoms.word(end);
    let offset = match next {
        "ago" => Some((end + 1, -1, false)),
        "later" | "afterwards" | "afterward" | "thereafter" => Some((end + 1, 1, true)),
        "earlier" | "before" | "previously"
            if next != "before"
                || end + 1 >= s.end
                || v.atoms
                    .all
                    .get(end + 1)
                    .is_some_and(|a| a.kind == Kind::Symbol) =>
        {
            Some((end + 1, -1, true))
        }
        "from" if v.atoms.is(end + 1, "now") || v.atoms.is(end + 1, "today") => {
            Some((end + 2, 1, false))
        }
        "hence" => Some((end + 1, 1, false)),
        _ => None,
    }
    // "an hour later" is no date: the hour is the length of what lay between.
    .filter(|&(_, _, moving)| {
        !(moving && matches!(grain, Grain::Hour | Grain::Minute | Grain::Second))
    });
    if let Some((after, sign, moving)) = offset {
        return match whole {
            Some(n) => {
                let what = What::Offset {
                    grain,
                    n: n.saturating_mul(sign * factor),
                    moving,
                };
                let mut e = made(i, after, what, false)?;
                e.modifier = approx;
                e.fortnight = code == "F";
                Some(e)
            }
            None => made(
                i,
                after,
                if sign < 0 {
                    What::Reference("PAST_REF")
                } else {
                    What::Reference("FUTURE_REF")
                },
                false,
            ),
        };
    }
    // A rate's denominator: "$5 a month", "40 hours a week".
    if article
        && i > s.start
        && (v.atoms.number(i - 1).is_some()
            || v.noun(i - 1)
            || matches!(
                v.atoms.word(i - 1),
                "times" | "twice" | "once" | "million" | "billion" | "%" | "percent"
            ))
    {
        let mut e = made(i, end, What::Set(period(Some(1.into()), code)?), false)?;
        // "twice a week" recurs, "$5 a month" only measures.
        e.silent = !matches!(v.atoms.word(i - 1), "times" | "twice" | "once");
        return Some(e);
    }
    // "the isles will one day join": some day.
    if word == "one"
        && code == "D"
        && matches!(v.pos(end), Pos::Verb | Pos::Aux)
        && !v.atoms.is(end, "ago")
    {
        return made(i, end, What::Reference("FUTURE_REF"), false);
    }
    let mut e = made(i, end, What::Duration(period(value, code)?), false)?;
    e.modifier = approx;
    e.length = whole.map(|n| (grain, n.saturating_mul(factor)));
    e.vague = Some(grain).filter(|_| value.is_none());
    Some(e)
}

/// "and 20 minutes" after a number of hours: one past it, and what it adds to the period.
fn rest_of(v: &View<'_>, i: usize, code: &str, s: &Range<usize>) -> Option<(usize, String)> {
    let mut k = i + usize::from(v.atoms.is(i, ","));
    k += usize::from(v.atoms.is(k, "and"));
    if k == i {
        return None;
    }
    let n = number_at(v.lex, v.atoms, k, (k + 4).min(s.end), Short::Plain)
        .filter(|n| matches!(n.shape, Shape::Digits | Shape::Words))?;
    let count = whole(n.value)?;
    let smaller = v.lex.time_units.get(v.atoms.word(n.end))?.as_str();
    let added = match (code, smaller) {
        ("Y", "M") | ("H", "TM") => format!("{count}M"),
        ("TM", "S") => format!("{count}S"),
        ("W" | "M", "D") => format!("{count}D"),
        ("D", "H") => format!("T{count}H"),
        _ => return None,
    };
    (n.end < s.end).then(|| (n.end + 1, added))
}

/// TIMEX3 period of a number of units: `P3M`, `PT24H`, `PXY` for an unknown number.
pub(super) fn period(n: Option<Decimal>, code: &str) -> Option<String> {
    let times = |k: i64| {
        n.and_then(|x| x.checked_mul(k.into()))
            .map(|x| x.normalize().to_string())
    };
    if n == Some(Decimal::new(5, 1)) {
        match code {
            "Y" => return Some("P6M".to_owned()),
            "H" => return Some("PT30M".to_owned()),
            _ => {}
        }
    }
    // "2 1/2 years" is P2Y6M, "5 1/2 hours" PT5H30M.
    if let Some(x) = n
        && x > Decimal::ONE
        && x.fract() == Decimal::new(5, 1)
    {
        match code {
            "Y" => return Some(format!("P{}Y6M", x.trunc())),
            "H" => return Some(format!("PT{}H30M", x.trunc())),
            "TM" => return Some(format!("PT{}M30S", x.trunc())),
            _ => {}
        }
    }
    let number = |k: i64| match n {
        None => "X".to_owned(),
        Some(_) => times(k).unwrap_or_else(|| "X".to_owned()),
    };
    // ISO 8601 has no unit above the year.
    match (code, n) {
        ("DE", Some(_)) => return Some(format!("P{}Y", number(10))),
        ("CE", Some(_)) => return Some(format!("P{}Y", number(100))),
        _ => {}
    }
    Some(match code {
        "S" => format!("PT{}S", number(1)),
        "TM" => format!("PT{}M", number(1)),
        "H" => format!("PT{}H", number(1)),
        "F" => format!("P{}W", number(2)),
        "DE" => format!("P{}DE", number(1)),
        "CE" => format!("P{}CE", number(1)),
        "D" | "W" | "M" | "Q" | "Y" | "WE" => format!("P{}{code}", number(1)),
        "N" => format!("P{}N", number(1)),
        "MO" | "AF" | "EV" => format!("P{}{code}", number(1)),
        _ => return None,
    })
}
