//! Expressions that stand for a place on the calendar: weekdays, months, quarters, seasons, decades, years.

use super::calendar::Grain;
use super::grammar::{Expression, What, Year, digits, made, step};
use crate::atoms::Kind;
use crate::numbers::{Shape, Short, number_at};
use crate::units::View;
use sayso_parse::{EntityType, Pos, Tag};
use std::ops::Range;

pub(super) fn capital(v: &View<'_>, i: usize) -> bool {
    v.written(i, i + 1).starts_with(|c: char| c.is_uppercase())
}

pub(super) fn weekday(v: &View<'_>, i: usize, s: &Range<usize>) -> Option<Expression> {
    let (at, by) = match step(v.atoms.word(i)) {
        Some(n) => (i + 1, Some(n)),
        None => (i, None),
    };
    let word = v.atoms.word(at);
    let &day = v.lex.weekdays.get(word)?;
    if at >= s.end || !capital(v, at) {
        return None;
    }
    let mut end = at + 1;
    if word.len() <= 5 && !word.ends_with("day") {
        // "Sun", "Sat", "Wed" are weekdays only with a dot or beside a date.
        if v.atoms.is(end, ".") && v.atoms.glued(end) {
            end += 1;
        }
        let dated = v.lex.months.contains_key(v.atoms.word(end))
            || v.atoms.is(end, ",") && v.lex.months.contains_key(v.atoms.word(end + 1));
        if end == at + 1 && !dated {
            return None;
        }
    }
    if word.ends_with("days") {
        return made(i, end, What::Set(format!("XXXX-WXX-{day}")), true);
    }
    // "Tuesday, June 18": one expression with the date.
    let mut j = end;
    if v.atoms.is(j, ",") {
        j += 1;
    }
    if let Some(d) = month(v, j, s)
        && let What::Date { day: Some(_), .. } = d.what
    {
        return made(i, d.end, d.what, true);
    }
    let mut e = made(
        i,
        end,
        What::Weekday {
            day,
            step: by.unwrap_or(0),
        },
        true,
    )?;
    if by.is_none() {
        e.what = What::Weekday { day, step: 0 };
    }
    if by == Some(1) {
        e.what = What::Weekday { day, step: 1 };
    }
    if let Some((next, part)) = day_part(v, end, s.end) {
        e.end = next;
        e.clock = Some(part);
    }
    Some(e)
}

/// A part of the day at `i`, which may stand after a comma-free gap: its TIMEX3 suffix.
pub(super) fn day_part(v: &View<'_>, i: usize, limit: usize) -> Option<(usize, String)> {
    let code = v.lex.day_parts.get(v.atoms.word(i))?;
    if i >= limit
        || matches!(
            v.atoms.word(i),
            "mornings" | "evenings" | "nights" | "afternoons"
        )
    {
        return None;
    }
    Some((i + 1, format!("T{code}")))
}

/// A year written right after a month or day, perhaps after a comma.
pub(super) fn year_after(v: &View<'_>, i: usize, limit: usize) -> Option<(usize, i16)> {
    let mut j = i;
    if v.atoms.is(j, ",") || v.atoms.is(j, "of") {
        j += 1;
    }
    if j >= limit {
        return None;
    }
    if let Some((end, y)) = year_in_words(v, j) {
        return Some((end, y));
    }
    let y = digits(v, j, 4, 4).filter(|y| (1000..2200).contains(y))?;
    Some((j + 1, i16::try_from(y).ok()?))
}

pub(super) fn month(v: &View<'_>, i: usize, s: &Range<usize>) -> Option<Expression> {
    // "the 18th of June", "18 June 2024", "18th June"
    let at = i + usize::from(v.atoms.is(i, "the"));
    let ordinal = |k: usize| -> Option<(usize, i8)> {
        let n = number_at(v.lex, v.atoms, k, (k + 4).min(s.end), Short::Plain)?;
        let d = i8::try_from(n.value?)
            .ok()
            .filter(|d| (1..=31).contains(d))?;
        let bare = n.shape == Shape::Digits && !v.atoms.all.get(k)?.formatted && n.end == k + 1;
        (n.shape == Shape::Ordinal || bare).then_some((n.end, d))
    };
    if let Some((mut j, day)) = ordinal(at) {
        let of = v.atoms.is(j, "of");
        j += usize::from(of);
        if (!of || at > i || !v.atoms.word(j - 2).is_empty())
            && let Some((end, month)) = month_name(v, j, s.end)
        {
            let next_is_day = digits(v, end, 1, 2).is_some() && !v.atoms.is(end + 1, ":");
            if !next_is_day || of {
                let (end, year) =
                    year_after(v, end, s.end).map_or((end, None), |(e, y)| (e, Some(y)));
                return made(
                    i,
                    end,
                    What::Date {
                        year,
                        month: Some(month),
                        day: Some(day),
                    },
                    true,
                );
            }
        }
    }
    let (from, by) = match step(v.atoms.word(i)) {
        Some(n) => (i + 1, Some(n)),
        None => (i, None),
    };
    let (end, month) = month_name(v, from, s.end)?;
    if let Some(n) = by {
        return made(i, end, What::Month { month, step: n }, true);
    }
    // "June 18", "June 18th", "June 18-20", "June 18, 2024"
    let mut j = end;
    if v.atoms.is(j, "the") {
        j += 1;
    }
    if let Some((mut next, day)) = ordinal(j)
        && !(v.atoms.dash(next) && v.atoms.glued(next) && digits(v, next + 1, 4, 4).is_some())
        && !(v.atoms.is(next, ":") && v.atoms.glued(next))
    {
        // The second day of a range is part of the date, but the value is the first's.
        if v.atoms.dash(next) && digits(v, next + 1, 1, 2).is_some_and(|d| d <= 31) {
            next += 2;
        }
        if let Some((e, y)) = year_after(v, next, s.end) {
            return made(
                i,
                e,
                What::Date {
                    year: Some(y),
                    month: Some(month),
                    day: Some(day),
                },
                true,
            );
        }
        return made(
            i,
            next,
            What::Date {
                year: None,
                month: Some(month),
                day: Some(day),
            },
            true,
        );
    }
    if let Some((e, y)) = year_after(v, end, s.end) {
        return made(
            i,
            e,
            What::Date {
                year: Some(y),
                month: Some(month),
                day: None,
            },
            true,
        );
    }
    // "June last year", "June of this year"
    let mut k = end;
    if v.atoms.is(k, "of") {
        k += 1;
    }
    if let Some(n) = step(v.atoms.word(k))
        && v.atoms.is(k + 1, "year")
    {
        let mut e = made(
            i,
            k + 2,
            What::Season {
                code: format!("{month:02}"),
                year: Year::Relative(n),
            },
            true,
        )?;
        e.modifier = None;
        return Some(e);
    }
    made(
        i,
        end,
        What::Date {
            year: None,
            month: Some(month),
            day: None,
        },
        true,
    )
}

/// A month's name at `i`, capitalised and not another word; one past it with the dot of an abbreviation.
pub(super) fn month_name(v: &View<'_>, i: usize, limit: usize) -> Option<(usize, i8)> {
    if i >= limit {
        return None;
    }
    let word = v.atoms.word(i);
    let &month = v.lex.months.get(word)?;
    // Names that are no other word stand for themselves also in small letters, as do abbreviations before a number.
    let sole = word.len() > 3 && !matches!(word, "march" | "sept");
    let before_number = v.atoms.is(i + 1, ".")
        && digits(v, i + 2, 1, 4).is_some()
        && word != "may"
        && word != "mar";
    if !capital(v, i) && !sole && !before_number {
        return None;
    }
    let mut end = i + 1;
    let abbreviated = word.len() <= 4 && word != "may" && word != "june" && word != "july";
    if abbreviated && v.atoms.is(end, ".") && v.atoms.glued(end) && end < limit {
        end += 1;
    }
    if matches!(
        word,
        "may"
            | "march"
            | "mar"
            | "dec"
            | "sep"
            | "jan"
            | "jun"
            | "oct"
            | "nov"
            | "feb"
            | "apr"
            | "jul"
            | "aug"
            | "april"
            | "june"
            | "august"
    ) {
        let number = digits(v, end, 1, 4).is_some();
        let name = matches!(v.pos(i), Pos::Propn | Pos::Noun) && v.tag(i) != Tag::Md;
        let dated = v
            .parse
            .tokens
            .get(v.token(i) as usize)
            .is_some_and(|t| t.entity == Some(EntityType::Date));
        let person = v
            .parse
            .tokens
            .get(v.token(i) as usize)
            .is_some_and(|t| t.entity == Some(EntityType::Person));
        if word == "may" && !name
            || person && !number
            || abbreviated && !(number || dated || end > i + 1)
        {
            return None;
        }
        if word == "march" && !(number || dated || matches!(v.tag(i), Tag::Nnp)) {
            return None;
        }
    }
    Some((end, month))
}

pub(super) fn holiday(v: &View<'_>, i: usize, s: &Range<usize>) -> Option<Expression> {
    let (end, rule) = v.lex.holidays.after(v.atoms, i, s.end)?;
    if !capital(v, i) {
        return None;
    }
    let (end, year) = year_after(v, end, s.end).map_or((end, None), |(e, y)| (e, Some(y)));
    made(i, end, What::Holiday { rule, year }, true)
}

/// "today", "yesterday morning", "tonight", "this evening", "last night"
pub(super) fn day_word(v: &View<'_>, i: usize, s: &Range<usize>) -> Option<Expression> {
    let day = |n: i64| What::Relative {
        grain: Grain::Day,
        n,
    };
    let (mut end, n) = match (v.atoms.word(i), v.atoms.word(i + 1), v.atoms.word(i + 2)) {
        ("today", _, _) => (i + 1, 0),
        ("yesterday", _, _) => (i + 1, -1),
        ("tomorrow", _, _) => (i + 1, 1),
        ("the", "day", "before") if v.atoms.is(i + 3, "yesterday") => (i + 4, -2),
        ("the", "day", "after") if v.atoms.is(i + 3, "tomorrow") => (i + 4, 2),
        ("tonight", _, _) => {
            let mut e = made(i, i + 1, day(0), true)?;
            e.clock = Some("TNI".to_owned());
            return Some(e);
        }
        ("overnight", _, _) if v.pos(i) == Pos::Adv => {
            let mut e = made(i, i + 1, day(0), true)?;
            e.clock = Some("TNI".to_owned());
            return Some(e);
        }
        ("last", "night", _) => {
            let mut e = made(i, i + 2, day(-1), true)?;
            e.clock = Some("TNI".to_owned());
            return Some(e);
        }
        ("this", part, _) if v.lex.day_parts.contains_key(part) => {
            let (end, clock) = day_part(v, i + 1, s.end)?;
            let mut e = made(i, end, day(0), true)?;
            e.clock = Some(clock);
            return Some(e);
        }
        _ => return None,
    };
    let mut clock = None;
    if let Some((next, part)) = day_part(v, end, s.end) {
        end = next;
        clock = Some(part);
    }
    let mut e = made(i, end.min(s.end), day(n), true)?;
    e.clock = clock;
    Some(e)
}

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
    let short = v.atoms.word(at) == "q" && v.atoms.glued(at + 1) && capital(v, at);
    let (n, letter, mut end) = if short {
        (u32::try_from(digits(v, at + 1, 1, 1)?).ok()?, 'Q', at + 2)
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
    let by = step(v.atoms.word(at));
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
    if let Some(n) = step(v.atoms.word(k))
        && v.atoms.is(k + 1, "year")
    {
        return made(
            i,
            k + 2,
            What::Season {
                code,
                year: Year::Relative(n),
            },
            false,
        );
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
        let n = match v.atoms.word(at) {
            "twenties" => 192,
            "thirties" => 193,
            "forties" => 194,
            "fifties" => 195,
            "sixties" => 196,
            "seventies" => 197,
            "eighties" => 198,
            "nineties" => 199,
            _ => return None,
        };
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
    if v.atoms.glued(i + 1) && matches!(v.atoms.text(i + 1), "%" | "/" | ":") {
        return None;
    }
    let token = v.token(i);
    let entity = v.parse.tokens.get(token as usize).and_then(|t| t.entity);
    let by_word = matches!(
        before,
        "in" | "since"
            | "until"
            | "till"
            | "by"
            | "during"
            | "of"
            | "from"
            | "before"
            | "after"
            | "between"
            | "and"
            | "to"
            | "through"
            | "late"
            | "early"
            | "mid"
            | "year"
            | "fiscal"
            | "circa"
            | "("
            | "-"
            | "\u{2013}"
    );
    let counted = matches!(v.tag(i + 1), Tag::Nns) && entity != Some(EntityType::Date);
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
    let sure = entity == Some(EntityType::Date)
        || (by_word
            && !counted
            && !v.noun(i + 1)
            && (1700..2100).contains(&y)
            && !matches!(entity, Some(EntityType::Money | EntityType::Quantity)));
    let plain = (1900..2060).contains(&y)
        && !counted
        && !matches!(
            entity,
            Some(
                EntityType::Money
                    | EntityType::Quantity
                    | EntityType::Percent
                    | EntityType::Cardinal
            )
        )
        && !v.lex.labelled.contains_key(before);
    if !sure && !plain {
        return None;
    }
    let mut start = i;
    if before == "fiscal" || before == "year" {
        start = i; // "fiscal 1990" keeps its own word out: the value is the year's
    }
    // "1998-99"
    let mut end = i + 1;
    if v.atoms.dash(end)
        && v.atoms.glued(end)
        && v.atoms.glued(end + 1)
        && digits(v, end + 1, 2, 2).is_some()
    {
        end += 2;
    }
    let what = What::Date {
        year: i16::try_from(y).ok(),
        month: None,
        day: None,
    };
    start = start.min(i);
    made(start, end.min(s.end), what, true)
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
