//! Expressions that stand for a day or month: weekdays, months with days, holidays, "yesterday".

use super::calendar::Grain;
use super::grammar::{Expression, What, Year, digits, made, step};
use super::years::year_in_words;
use crate::atoms::Kind;
use crate::numbers::{Shape, Short, number_at};
use crate::units::View;
use sayso_parse::{Dep, Pos, Tag};
use std::ops::Range;

pub(super) fn capital(v: &View<'_>, i: usize) -> bool {
    v.written(i, i + 1).starts_with(|c: char| c.is_uppercase())
}

/// "Friday", "last Tuesday", "this coming Sunday", "the previous Friday", "Tuesday, June 18", "Monday nights"
pub(super) fn weekday(v: &View<'_>, i: usize, s: &Range<usize>) -> Option<Expression> {
    let (at, by, moving) = steps(v, i);
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
    // "Monday nights"
    if let Some(code) = v.lex.day_parts.get(v.atoms.word(end))
        && v.atoms.word(end).ends_with('s')
        && end < s.end
    {
        let set = format!("XXXX-WXX-{day}T{code}");
        return made(i, end + 1, What::Set(set), true);
    }
    // "Tuesday, June 18", "Tuesday the 18th": one expression with the date.
    let mut j = end;
    if v.atoms.is(j, ",") {
        j += 1;
    }
    if let Some(mut d) = month(v, j, s)
        && let What::Date { day: Some(_), .. } = d.what
    {
        d.start = i;
        d.weekday = Some(day);
        return Some(d);
    }
    if let Some(mut d) = day_of(v, end, s) {
        d.start = i;
        d.weekday = Some(day);
        return Some(d);
    }
    // "The Sunday Courier": part of a name that goes on.
    let t = v.token(at);
    if by.is_none()
        && at > s.start
        && v.atoms.is(at - 1, "the")
        && (t as usize) < v.parse.len()
        && v.parse.dep(t) == Dep::Compound
        && v.parse.head(t) > t
        && v.parse.pos(v.parse.head(t)) == Pos::Propn
        && capital(v, end)
        && v.tag(end) == Tag::Nnp
    {
        return None;
    }
    let what = What::Weekday {
        day,
        step: by.unwrap_or(0),
        moving,
    };
    let mut e = made(i, end, what, true)?;
    if let Some((next, part)) = day_part(v, end, s.end) {
        e.end = next;
        e.clock = Some(part);
    }
    Some(e)
}

/// "last", "this coming", "the previous" at `i`: one past them, where they step to, and whether they count from what
/// was told before.
pub(super) fn steps(v: &View<'_>, i: usize) -> (usize, Option<i64>, bool) {
    let word = v.atoms.word(i);
    let next = v.atoms.word(i + 1);
    match word {
        "this" if matches!(next, "past" | "last") => (i + 2, Some(-1), false),
        "this" if matches!(next, "coming" | "next") => (i + 2, Some(1), false),
        "the" => match next {
            "previous" | "preceding" => (i + 2, Some(-1), true),
            "following" => (i + 2, Some(1), true),
            "same" => (i + 2, Some(0), true),
            _ => (i, None, false),
        },
        "that" if v.tag(i) == Tag::Dt => (i + 1, Some(0), true),
        _ => match step(word) {
            Some(n) => (i + 1, Some(n), matches!(word, "previous" | "following")),
            None => (i, None, false),
        },
    }
}

/// "the 28th", "the 5th of that month": a day of the month last told.
pub(super) fn day_of(v: &View<'_>, i: usize, s: &Range<usize>) -> Option<Expression> {
    if !v.atoms.is(i, "the") {
        return None;
    }
    let n = number_at(v.lex, v.atoms, i + 1, (i + 4).min(s.end), Short::Plain)
        .filter(|n| n.shape == Shape::Ordinal)?;
    let day = i8::try_from(n.value?)
        .ok()
        .filter(|d| (1..=31).contains(d))?;
    let mut end = n.end;
    let digits = v
        .atoms
        .all
        .get(i + 1)
        .is_some_and(|a| a.kind == Kind::Number);
    if v.atoms.is(end, "of")
        && matches!(v.atoms.word(end + 1), "that" | "the" | "this" | "each")
        && matches!(v.atoms.word(end + 2), "month" | "same")
    {
        end += 3 + usize::from(v.atoms.is(end + 2, "same") && v.atoms.is(end + 3, "month"));
        return (end <= s.end).then(|| made(i, end, What::DayOf(day), true))?;
    }
    // Else only in digits, after a preposition of time, with nothing that it could count or name.
    let before = if i > s.start { v.atoms.word(i - 1) } else { "" };
    let weekday = i > s.start && v.lex.weekdays.contains_key(before);
    let led = matches!(
        before,
        "on" | "by" | "until" | "till" | "since" | "before" | "after" | "from" | "around"
    ) || weekday;
    let free = !v.noun(end)
        && !matches!(v.tag(end), Tag::Jj | Tag::Jjs | Tag::Cd | Tag::Vbg)
        && !v.atoms.is(end, "of")
        && !v.atoms.dash(end);
    (digits && led && free).then(|| made(i, end, What::DayOf(day), true))?
}

/// The second day where a date names two of one month: "June 18-20", "May 4 and 5".
pub(super) fn second_day(v: &View<'_>, e: &Expression, s: &Range<usize>) -> Option<Expression> {
    let What::Date {
        year: None,
        month,
        day: Some(first),
    } = e.what
    else {
        return None;
    };
    let last = v.atoms.all.get(e.end.checked_sub(1)?)?;
    if e.clock.is_some()
        || last.kind != Kind::Number
            && !matches!(v.atoms.word(e.end - 1), "st" | "nd" | "rd" | "th")
    {
        return None;
    }
    let dash = v.atoms.dash(e.end);
    // A comma only before a number that says itself to be an ordinal.
    let comma = v.atoms.is(e.end, ",");
    if !dash
        && !comma
        && !matches!(
            v.atoms.word(e.end),
            "and" | "to" | "or" | "through" | "until"
        )
    {
        return None;
    }
    let at = e.end + 1 + usize::from(v.atoms.is(e.end + 1, "the"));
    let n = number_at(v.lex, v.atoms, at, (at + 2).min(s.end), Short::Plain)
        .filter(|n| n.value.is_some() && matches!(n.shape, Shape::Digits | Shape::Ordinal))?;
    let bare = n.end == at + 1
        && v.atoms
            .all
            .get(at)
            .is_some_and(|a| !a.formatted && a.end - a.start <= 2);
    let day = i8::try_from(n.value?)
        .ok()
        .filter(|d| (first + 1..=31).contains(d))?;
    let counts = v.noun(n.end)
        || matches!(
            v.tag(n.end),
            Tag::Jj | Tag::Cd | Tag::Vbn | Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Md
        )
        || matches!(v.atoms.text(n.end), "%" | ":" | "/" | "$")
        || v.lex.months.contains_key(v.atoms.word(n.end));
    let month_next = month_name(v, n.end, s.end).is_some();
    let bare = bare && !comma;
    if !(bare || n.shape == Shape::Ordinal) || counts && !dash || month_next {
        return None;
    }
    let (end, year) = year_after(v, n.end, s.end).map_or((n.end, None), |(e, y)| (e, Some(y)));
    made(
        at,
        end,
        What::Date {
            year,
            month,
            day: Some(day),
        },
        true,
    )
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

/// "last year", "of that year", "of the same year", "next year" at `i`: one past it, and which year.
pub(super) fn year_told(v: &View<'_>, i: usize, limit: usize) -> Option<(usize, Year)> {
    let mut k = i;
    if v.atoms.is(k, ",") && v.atoms.is(k + 2, "year") {
        k += 1;
    }
    let of = v.atoms.is(k, "of");
    k += usize::from(of);
    let the = v.atoms.is(k, "the");
    k += usize::from(the);
    let word = v.atoms.word(k);
    let year = match word {
        "that" | "same" => Year::Moving(0),
        "previous" | "preceding" => Year::Moving(-1),
        "following" => Year::Moving(1),
        _ => Year::Relative(step(word)?),
    };
    let told = matches!(year, Year::Moving(_)) && !(of || the);
    (v.atoms.is(k + 1, "year") && k + 2 <= limit && !told).then_some((k + 2, year))
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
    // "6-7 February", "4 and 5 May": the first of two days of one month.
    if let Some((j, day)) = ordinal(at)
        && (v.atoms.dash(j) || matches!(v.atoms.word(j), "and" | "to" | "or"))
        && let Some((k, second)) = ordinal(j + 1 + usize::from(v.atoms.is(j + 1, "the")))
        && second > day
        && let Some((end, month)) = month_name(v, k, s.end)
    {
        let year = year_after(v, end, s.end).map(|(_, y)| y);
        let what = What::Date {
            year,
            month: Some(month),
            day: Some(day),
        };
        return made(i, j, what, true);
    }
    if let Some((mut j, day)) = ordinal(at) {
        let of = v.atoms.is(j, "of");
        j += usize::from(of);
        if (!of || at > i || !v.atoms.word(j - 2).is_empty())
            && let Some((end, month)) = month_name(v, j, s.end)
        {
            let next_is_day = digits(v, end, 1, 2).is_some() && !v.atoms.is(end + 1, ":");
            if !next_is_day || of {
                if let Some((end, year)) = year_told(v, end, s.end) {
                    let what = What::DateIn {
                        month,
                        day: Some(day),
                        year,
                    };
                    return made(i, end, what, true);
                }
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
    let (from, by, _) = steps(v, i);
    let (end, month) = month_name(v, from, s.end)?;
    // "June 18", "June 18th", "June 18-20", "June 18, 2024"
    let mut j = end;
    if v.atoms.is(j, "the") {
        j += 1;
    }
    let clock =
        |k: usize| v.atoms.is(k, ":") && v.atoms.glued(k) && digits(v, k + 1, 2, 2).is_some();
    if let Some((next, day)) = ordinal(j)
        && !(v.atoms.dash(next) && v.atoms.glued(next) && digits(v, next + 1, 4, 4).is_some())
        && !clock(next)
    {
        if let Some((end, year)) = year_told(v, next, s.end) {
            let what = What::DateIn {
                month,
                day: Some(day),
                year,
            };
            return made(i, end, what, true);
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
    // "June last year", "June of that year"
    if let Some((end, year)) = year_told(v, end, s.end) {
        let what = What::DateIn {
            month,
            day: None,
            year,
        };
        return made(i, end, what, true);
    }
    if let Some(n) = by {
        return made(i, end, What::Month { month, step: n }, true);
    }
    // A march, and what is called after one: a name only where a preposition or a noun says so.
    if v.atoms.is(i, "march") {
        let before = if i > s.start { v.atoms.word(i - 1) } else { "" };
        let named = i > s.start && capital(v, i - 1) && v.pos(i - 1) == Pos::Propn;
        let described =
            i > s.start && v.tag(i - 1) == Tag::Jj && !matches!(before, "early" | "late" | "mid");
        let article =
            described || matches!(before, "the" | "a" | "an" | "his" | "her" | "its" | "their");
        if named
            || article && (!v.noun(end) || capital(v, end))
            || matches!(v.atoms.word(end), "on" | "to" | "for") && (before.is_empty() || article)
            || before.is_empty() && !matches!(v.atoms.text(end), ":" | "-" | "\u{2013}" | ")" | ",")
        {
            return None;
        }
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
        // A word that leads to a time, or another that makes it one.
        let before = if i > 0 { v.atoms.word(i - 1) } else { "" };
        let dated = v.lex.time_leads.contains(before) || step(before).is_some();
        // "April Jones", "June said": a first name.
        let goes_on = capital(v, end)
            && v.tag(end) == Tag::Nnp
            && !v.lex.weekdays.contains_key(v.atoms.word(end));
        let first_name = goes_on && abbreviated && end == i + 1
            || matches!(word, "april" | "june" | "august") && !dated && (goes_on || speaks(v, i));
        let unparsed = v.pos(i) == Pos::X && number;
        if word == "may" && !name && !unparsed
            || first_name && !number
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

/// Whether an atom is the subject of a verb of speech.
fn speaks(v: &View<'_>, i: usize) -> bool {
    let t = v.token(i);
    (t as usize) < v.parse.len()
        && v.parse.dep(t) == Dep::Nsubj
        && v.lex.no_plan.contains(v.parse.lemma(v.parse.head(t)))
        && v.parse.lemma(v.parse.head(t)) != "be"
}

pub(super) fn holiday(v: &View<'_>, i: usize, s: &Range<usize>) -> Option<Expression> {
    let (at, by, _) = steps(v, i);
    let (end, rule) = v.lex.holidays.after(v.atoms, at, s.end)?;
    // "White Christmas": part of a name.
    let named = at == i
        && at > s.start
        && capital(v, at - 1)
        && v.tag(at - 1) == Tag::Nnp
        && !v.atoms.is(at - 1, ".");
    if !capital(v, at) || named {
        return None;
    }
    let (end, year) = year_after(v, end, s.end).map_or((end, None), |(e, y)| (e, Some(y)));
    let step = by.unwrap_or(0);
    made(i, end, What::Holiday { rule, year, step }, true)
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
