//! Stretches of time: "two years", "two years ago", "the last week", "every day".

use super::calendar::Grain;
use super::grammar::{Expression, What, made};
use crate::atoms::Kind;
use crate::numbers::{Shape, Short, number_at};
use crate::units::View;
use sayso_parse::Tag;
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
        "this" | "current" => 0,
        _ => return None,
    };
    // "the past two years", "the next few days": a stretch.
    let mut k = at + 1;
    let several = matches!(v.atoms.word(k), "few" | "several" | "couple") || v.atoms.is(k, "many");
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
    if counted {
        let value = number.and_then(|m| m.value);
        return made(i, end, What::Duration(period(value, code)?), false);
    }
    if plural {
        // "the coming days" have no number.
        return made(i, end, What::Duration(period(None, code)?), false);
    }
    let moving = matches!(
        word,
        "previous" | "preceding" | "prior" | "following" | "ensuing"
    );
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
        return made(i, end, What::Duration(period(Some(1.into()), code)?), false);
    }
    if matches!(grain, Grain::Second | Grain::Minute | Grain::Hour) {
        return made(i, end, What::Duration(period(Some(1.into()), code)?), false);
    }
    if matches!(code, "SE") {
        return None;
    }
    made(i, end, What::Relative { grain, n }, false)
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
    if let Some(p) = simple {
        return made(i, i + 1, What::Set(p.to_owned()), false);
    }
    if word == "per"
        && let Some(code) = v.lex.time_units.get(v.atoms.word(i + 1))
        && !v.atoms.word(i + 1).ends_with('s')
    {
        return made(i, i + 2, What::Set(period(Some(1.into()), code)?), false);
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
        if v.atoms.dash(e.end.wrapping_sub(2)) {
            return None;
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
            value = Some(rust_decimal::Decimal::TWO);
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
    } else if matches!(word, "a" | "an") {
        k += 1;
        value = Some(rust_decimal::Decimal::ONE);
        if matches!(v.atoms.word(k), "full" | "whole" | "half") {
            if v.atoms.is(k, "half") {
                value = Some(rust_decimal::Decimal::new(5, 1));
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
        let ago = matches!(v.atoms.word(i + 1), "ago" | "later" | "earlier" | "before");
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
        value = value.and_then(|x| x.checked_add(rust_decimal::Decimal::new(5, 1)));
        end += 3;
    }
    let grain = Grain::of(code)?;
    let whole = value.and_then(|x| i64::try_from(x).ok().filter(|_| x.fract().is_zero()));
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
    };
    if let Some((after, sign, moving)) = offset {
        return match whole {
            Some(n) => made(
                i,
                after,
                What::Offset {
                    grain,
                    n: n.saturating_mul(sign * factor),
                    moving,
                },
                false,
            ),
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
        return made(i, end, What::Set(period(Some(1.into()), code)?), false);
    }
    made(i, end, What::Duration(period(value, code)?), false)
}

/// TIMEX3 period of a number of units: `P3M`, `PT24H`, `PXY` for an unknown number.
pub(super) fn period(n: Option<rust_decimal::Decimal>, code: &str) -> Option<String> {
    let times = |k: i64| {
        n.and_then(|x| x.checked_mul(k.into()))
            .map(|x| x.normalize().to_string())
    };
    // "2 1/2 years" is P2Y6M.
    if let (Some(x), "Y") = (n, code)
        && x > rust_decimal::Decimal::ONE
        && x.fract() == rust_decimal::Decimal::new(5, 1)
    {
        return Some(format!("P{}Y6M", x.trunc()));
    }
    let number = |k: i64| match n {
        None => "X".to_owned(),
        Some(_) => times(k).unwrap_or_else(|| "X".to_owned()),
    };
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
