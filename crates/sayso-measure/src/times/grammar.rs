//! The grammar of time expressions: where one stands and what it means, before any date is known.

use std::ops::Range;

use sayso_parse::{EntityType, Pos, Tag};

use super::calendar::Grain;
use crate::atoms::Kind;
use crate::numbers::{Shape, Short, number_at};
use crate::units::View;

/// What an expression means.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum What {
    /// A date with what of it is written.
    Date {
        year: Option<i16>,
        month: Option<i8>,
        day: Option<i8>,
    },
    /// A weekday; `step` -1 last, 1 next, 0 the one meant.
    Weekday { day: i8, step: i64 },
    /// A month by name with "last", "next", "this".
    Month { month: i8, step: i64 },
    /// Decade: first three digits of its years.
    Decade(i16),
    /// A year before our era.
    Ancient(u16),
    /// The quarter that the text speaks of, so many years away: "the quarter", "the year-ago quarter".
    Quarter { years: i64 },
    /// Century: first two digits.
    Century(i16),
    /// So many grains from the document's date, cut to the grain: "last week".
    Relative { grain: Grain, n: i64 },
    /// So many grains from the date (`false`) or the narrative's reference (`true`): "two months later".
    Offset { grain: Grain, n: i64, moving: bool },
    Season { code: String, year: Year },
    /// Quarter or half (`Q`, `H`) of a year.
    Portion { letter: char, n: u32, year: Year },
    Holiday { rule: u16, year: Option<i16> },
    Duration(String),
    Set(String),
    /// `PRESENT_REF` and the like.
    Reference(&'static str),
    /// A time of day without a date.
    Clock,
}

/// Which year a part of one belongs to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Year {
    Given(i16),
    /// Relative to the date.
    Relative(i64),
    Open,
}

/// An expression found.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Expression {
    pub start: usize,
    pub end: usize,
    pub what: What,
    /// TIMEX3 suffix of a time of day: `T08:00`, `TMO`.
    pub clock: Option<String>,
    pub modifier: Option<&'static str>,
    /// Whether its numbers are part of a date or clock time, and no quantity.
    pub calendar: bool,
    /// Whether it is only recognised to be left out.
    pub silent: bool,
}

fn made(start: usize, end: usize, what: What, calendar: bool) -> Option<Expression> {
    Some(Expression {
        start,
        end,
        what,
        clock: None,
        modifier: None,
        calendar,
        silent: false,
    })
}

/// The expression that starts at atom `i` of a sentence.
pub(crate) fn expression(v: &View<'_>, i: usize, s: &Range<usize>) -> Option<Expression> {
    let kind = v.atoms.all.get(i)?.kind;
    if kind == Kind::Symbol && !matches!(v.atoms.text(i), "'" | "\u{2019}" | "~") {
        return None;
    }
    let modified = modifier(v, i, s.end);
    if let Some((next, m)) = modified
        && let Some(mut e) = core(v, next, s)
    {
        if e.modifier.is_none() {
            e.modifier = Some(m);
        }
        let fits = match m {
            "START" | "MID" | "END" => !matches!(e.what, What::Duration(_) | What::Set(_) | What::Reference(_) | What::Clock) || v.atoms.is(next, "the"),
            _ => matches!(e.what, What::Duration(_) | What::Offset { .. }) || (m == "APPROX" && matches!(e.what, What::Clock | What::Date { .. })),
        };
        if fits {
            e.start = i;
            return Some(joined(v, e, s));
        }
    }
    core(v, i, s).map(|e| joined(v, e, s))
}

/// Words that modify a time, at `i`: one past them, and TIMEX3's name for it.
fn modifier(v: &View<'_>, i: usize, limit: usize) -> Option<(usize, &'static str)> {
    let (a, b, c, d) = (v.atoms.word(i), v.atoms.word(i + 1), v.atoms.word(i + 2), v.atoms.word(i + 3));
    let dash = |k: usize| usize::from(v.atoms.dash(k));
    let out = match (a, b, c, d) {
        ("the", "end", "of", _) | ("the", "close", "of", _) => (i + 3, "END"),
        ("the", "beginning", "of", _) | ("the", "start", "of", _) => (i + 3, "START"),
        ("the", "middle", "of", _) => (i + 3, "MID"),
        ("the", "early" | "beginning", _, _) => (i + 2, "START"),
        ("the", "late" | "latter", _, _) => (i + 2, "END"),
        ("end" | "beginning" | "start", "of", _, _) => (i + 2, if a == "end" { "END" } else { "START" }),
        ("early", "in" | "on", _, _) | ("late", "in" | "on", _, _) => (i + 2, if a == "early" { "START" } else { "END" }),
        ("early", _, _, _) if v.atoms.dash(i + 1) => (i + 2, "START"),
        ("early", _, _, _) => (i + 1, "START"),
        ("late", _, _, _) => (i + 1 + dash(i + 1), "END"),
        ("mid" | "middle", _, _, _) => (i + 1 + dash(i + 1), "MID"),
        ("about" | "around" | "approximately" | "roughly" | "some" | "circa", _, _, _) => (i + 1, "APPROX"),
        ("nearly" | "almost", _, _, _) => (i + 1, "LESS_THAN"),
        ("more" | "longer", "than", _, _) => (i + 2, "MORE_THAN"),
        ("less" | "fewer", "than", _, _) => (i + 2, "LESS_THAN"),
        ("at", "least", _, _) => (i + 2, "EQUAL_OR_MORE"),
        ("at", "most", _, _) | ("up", "to", _, _) => (i + 2, "EQUAL_OR_LESS"),
        ("no", "more", "than", _) => (i + 3, "EQUAL_OR_LESS"),
        ("over", _, _, _) if v.parse_dep_is_quant(i) => (i + 1, "MORE_THAN"),
        _ => return None,
    };
    (out.0 < limit).then_some(out)
}

impl View<'_> {
    /// Whether the parser hangs the word on a number, as it does with bounds.
    fn parse_dep_is_quant(&self, i: usize) -> bool {
        let t = self.token(i);
        (t as usize) < self.parse.len() && matches!(self.parse.dep(t), sayso_parse::Dep::Quantmod | sayso_parse::Dep::Advmod)
    }
}

/// A date takes a clock time after it, and a clock time a date: "Friday at 8 a.m.", "8 a.m. on Friday".
fn joined(v: &View<'_>, mut e: Expression, s: &Range<usize>) -> Expression {
    let dated = |w: &What| matches!(w, What::Date { day: Some(_), .. } | What::Weekday { .. } | What::Relative { grain: Grain::Day, .. });
    if e.what == What::Clock {
        let mut j = e.end;
        if v.atoms.is(j, ",") {
            j += 1;
        }
        if matches!(v.atoms.word(j), "on") {
            j += 1;
        }
        if let Some(d) = core(v, j, s)
            && dated(&d.what)
            && d.clock.is_none()
        {
            e.what = d.what;
            e.end = d.end;
        }
    } else if dated(&e.what) && e.clock.is_none() {
        let mut j = e.end;
        if matches!(v.atoms.word(j), "at") {
            j += 1;
        }
        if let Some((end, clock)) = clock(v, j, s.end, j > e.end) {
            e.end = end;
            e.clock = Some(clock);
        }
    }
    e
}

fn core(v: &View<'_>, i: usize, s: &Range<usize>) -> Option<Expression> {
    if i >= s.end {
        return None;
    }
    let the = usize::from(v.atoms.is(i, "the"));
    iso(v, i, s.end)
        .or_else(|| clock(v, i, s.end, false).and_then(|(end, c)| {
            let mut e = made(i, end, What::Clock, true)?;
            e.clock = Some(c);
            Some(e)
        }))
        .or_else(|| weekday(v, i, s))
        .or_else(|| month(v, i, s))
        .or_else(|| holiday(v, i, s))
        .or_else(|| day_word(v, i, s))
        .or_else(|| portion(v, i, the, s))
        .or_else(|| relative(v, i, s))
        .or_else(|| season(v, i, s))
        .or_else(|| every(v, i, s))
        .or_else(|| decade(v, i, the, s))
        .or_else(|| amount(v, i, s))
        .or_else(|| year(v, i, s))
        .or_else(|| reference(v, i, s))
}

/// Digits of at most `len` at `i`, without grouping.
fn digits(v: &View<'_>, i: usize, least: u32, most: u32) -> Option<i64> {
    let a = v.atoms.all.get(i)?;
    let n = a.end - a.start;
    if a.kind != Kind::Number || a.formatted || n < least || n > most {
        return None;
    }
    i64::try_from(a.value).ok()
}

/// "2024-06-18", "6/18/2024", "18.06.2024"
fn iso(v: &View<'_>, i: usize, limit: usize) -> Option<Expression> {
    if i + 4 >= limit || !(1..5).all(|k| v.atoms.glued(i + k)) {
        return None;
    }
    let sign = v.atoms.text(i + 1);
    if sign != v.atoms.text(i + 3) || !matches!(sign, "-" | "/") {
        return None;
    }
    let (a, b, c) = (digits(v, i, 1, 4)?, digits(v, i + 2, 1, 2)?, digits(v, i + 4, 1, 4)?);
    let (y, m, d) = if a > 31 { (a, b, c) } else if a <= 12 && b <= 31 { (c, a, b) } else { (c, b, a) };
    let y = if y < 100 && digits(v, i + 4, 2, 2).is_some() { if y < 50 { 2000 + y } else { 1900 + y } } else { y };
    if !(1000..2200).contains(&y) || !(1..=12).contains(&m) || !(1..=31).contains(&d) {
        return None;
    }
    made(i, i + 5, What::Date { year: i16::try_from(y).ok(), month: i8::try_from(m).ok(), day: i8::try_from(d).ok() }, true)
}

/// A time of day: "8 a.m.", "8:30 pm", "15:00 GMT", "noon". `at`: "at" stands before, so that a bare hour will do.
fn clock(v: &View<'_>, i: usize, limit: usize, at: bool) -> Option<(usize, String)> {
    let word = v.atoms.word(i);
    if word == "noon" || word == "midday" {
        return Some((i + 1, "T12:00".to_owned()));
    }
    if word == "midnight" {
        return Some((i + 1, "T00:00".to_owned()));
    }
    let a = v.atoms.all.get(i)?;
    let named = match v.lex.numerals.get(word) {
        Some(crate::lexicon::Numeral::Cardinal(c)) => i64::try_from(*c).ok().filter(|c| (1..=12).contains(c)),
        _ => None,
    };
    let spelled = named.is_some();
    let (hour, mut minute, mut end) = if let Some(h) = digits(v, i, 1, 2).or(named) {
        if v.atoms.is(i + 1, ":") && v.atoms.glued(i + 1) && v.atoms.glued(i + 2) {
            let m = digits(v, i + 2, 2, 2)?;
            let mut end = i + 3;
            if v.atoms.is(end, ":") && v.atoms.glued(end) && digits(v, end + 1, 2, 2).is_some() {
                end += 2;
            }
            (h, Some(m), end)
        } else {
            (h, None, i + 1)
        }
    } else if a.kind == Kind::Number && a.formatted && a.end - a.start <= 5 && a.value.scale() == 2 {
        // "8.30 p.m."
        let h = i64::try_from(a.value.trunc()).ok()?;
        let m = i64::try_from((a.value.fract() * rust_decimal::Decimal::ONE_HUNDRED).trunc()).ok()?;
        (h, Some(m), i + 1)
    } else {
        return None;
    };
    let mut hour = hour;
    let half = half_day(v, end, limit);
    match half {
        Some((next, pm)) => {
            if !(1..=12).contains(&hour) {
                return None;
            }
            hour = hour % 12 + if pm { 12 } else { 0 };
            end = next;
            minute = minute.or(Some(0));
        }
        None => {
            let zone = matches!(v.written(end, end + 1), "GMT" | "UTC" | "EST" | "EDT" | "ET" | "PST" | "PT" | "CET" | "BST" | "MSK");
            let oclock = v.atoms.is(end, "o") && (v.atoms.is(end + 2, "clock"));
            if oclock {
                end += 3;
                minute = Some(0);
            } else if minute.is_none() || spelled || (a.formatted && !zone) {
                let _ = at;
                return None;
            }
        }
    }
    // Zone names belong to the expression.
    if matches!(v.written(end, end + 1), "GMT" | "UTC" | "EST" | "EDT" | "ET" | "PST" | "PDT" | "PT" | "CET" | "BST" | "MSK" | "CST" | "CDT") {
        end += 1;
    }
    let m = minute?;
    ((0..=24).contains(&hour) && (0..60).contains(&m) && end <= limit).then(|| (end, format!("T{hour:02}:{m:02}")))
}

/// "a.m.", "pm" at `i`: one past it, and whether it is after noon.
fn half_day(v: &View<'_>, i: usize, limit: usize) -> Option<(usize, bool)> {
    let pm = |w: &str| if w == "p" || w == "pm" { Some(true) } else if w == "a" || w == "am" { Some(false) } else { None };
    let w = v.atoms.word(i);
    let half = pm(w)?;
    if w.len() == 2 {
        return (i < limit).then_some((i + 1, half));
    }
    if v.atoms.is(i + 1, ".") && v.atoms.is(i + 2, "m") && v.atoms.glued(i + 2) {
        let end = if v.atoms.is(i + 3, ".") && v.atoms.glued(i + 3) { i + 4 } else { i + 3 };
        return Some((end.min(limit), half));
    }
    None
}

fn step(word: &str) -> Option<i64> {
    Some(match word {
        "last" | "past" | "previous" => -1,
        "next" | "coming" | "following" => 1,
        "this" | "current" => 0,
        _ => return None,
    })
}

fn capital(v: &View<'_>, i: usize) -> bool {
    v.written(i, i + 1).starts_with(|c: char| c.is_uppercase())
}

fn weekday(v: &View<'_>, i: usize, s: &Range<usize>) -> Option<Expression> {
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
        let dated = v.lex.months.contains_key(v.atoms.word(end)) || v.atoms.is(end, ",") && v.lex.months.contains_key(v.atoms.word(end + 1));
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
    let mut e = made(i, end, What::Weekday { day, step: by.unwrap_or(0) }, true)?;
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
fn day_part(v: &View<'_>, i: usize, limit: usize) -> Option<(usize, String)> {
    let code = v.lex.day_parts.get(v.atoms.word(i))?;
    if i >= limit || matches!(v.atoms.word(i), "mornings" | "evenings" | "nights" | "afternoons") {
        return None;
    }
    Some((i + 1, format!("T{code}")))
}

/// A year written right after a month or day, perhaps after a comma.
fn year_after(v: &View<'_>, i: usize, limit: usize) -> Option<(usize, i16)> {
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

fn month(v: &View<'_>, i: usize, s: &Range<usize>) -> Option<Expression> {
    // "the 18th of June", "18 June 2024", "18th June"
    let at = i + usize::from(v.atoms.is(i, "the"));
    let ordinal = |k: usize| -> Option<(usize, i8)> {
        let n = number_at(v.lex, v.atoms, k, (k + 4).min(s.end), Short::Plain)?;
        let d = i8::try_from(n.value?).ok().filter(|d| (1..=31).contains(d))?;
        let bare = n.shape == Shape::Digits && !v.atoms.all.get(k)?.formatted && n.end == k + 1;
        (n.shape == Shape::Ordinal || bare).then_some((n.end, d))
    };
    if let Some((mut j, day)) = ordinal(at) {
        let of = v.atoms.is(j, "of");
        j += usize::from(of);
        if (!of || at > i || v.atoms.word(j - 2) != "")
            && let Some((end, month)) = month_name(v, j, s.end)
        {
            let next_is_day = digits(v, end, 1, 2).is_some() && !v.atoms.is(end + 1, ":");
            if !next_is_day || of {
                let (end, year) = year_after(v, end, s.end).map_or((end, None), |(e, y)| (e, Some(y)));
                return made(i, end, What::Date { year, month: Some(month), day: Some(day) }, true);
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
        let single = next;
        // The second day of a range is part of the date, but the value is the first's.
        if v.atoms.dash(next) && digits(v, next + 1, 1, 2).is_some_and(|d| d <= 31) {
            next += 2;
        }
        if let Some((e, y)) = year_after(v, next, s.end) {
            return made(i, e, What::Date { year: Some(y), month: Some(month), day: Some(day) }, true);
        }
        let _ = single;
        return made(i, next, What::Date { year: None, month: Some(month), day: Some(day) }, true);
    }
    if let Some((e, y)) = year_after(v, end, s.end) {
        return made(i, e, What::Date { year: Some(y), month: Some(month), day: None }, true);
    }
    // "June last year", "June of this year"
    let mut k = end;
    if v.atoms.is(k, "of") {
        k += 1;
    }
    if let Some(n) = step(v.atoms.word(k))
        && v.atoms.is(k + 1, "year")
    {
        let mut e = made(i, k + 2, What::Season { code: format!("{month:02}"), year: Year::Relative(n) }, true)?;
        e.modifier = None;
        return Some(e);
    }
    made(i, end, What::Date { year: None, month: Some(month), day: None }, true)
}

/// A month's name at `i`, capitalised and not another word; one past it with the dot of an abbreviation.
fn month_name(v: &View<'_>, i: usize, limit: usize) -> Option<(usize, i8)> {
    if i >= limit {
        return None;
    }
    let word = v.atoms.word(i);
    let &month = v.lex.months.get(word)?;
    // Names that are no other word stand for themselves also in small letters, as do abbreviations before a number.
    let sole = word.len() > 3 && !matches!(word, "march" | "sept");
    let before_number = v.atoms.is(i + 1, ".") && digits(v, i + 2, 1, 4).is_some() && word != "may" && word != "mar";
    if !capital(v, i) && !sole && !before_number {
        return None;
    }
    let mut end = i + 1;
    let abbreviated = word.len() <= 4 && word != "may" && word != "june" && word != "july";
    if abbreviated && v.atoms.is(end, ".") && v.atoms.glued(end) && end < limit {
        end += 1;
    }
    if matches!(word, "may" | "march" | "mar" | "dec" | "sep" | "jan" | "jun" | "oct" | "nov" | "feb" | "apr" | "jul" | "aug" | "april" | "june" | "august") {
        let number = digits(v, end, 1, 4).is_some();
        let name = matches!(v.pos(i), Pos::Propn | Pos::Noun) && v.tag(i) != Tag::Md;
        let dated = v.parse.tokens.get(v.token(i) as usize).is_some_and(|t| t.entity == Some(EntityType::Date));
        let person = v.parse.tokens.get(v.token(i) as usize).is_some_and(|t| t.entity == Some(EntityType::Person));
        if word == "may" && !name || person && !number || abbreviated && !(number || dated || end > i + 1) {
            return None;
        }
        if word == "march" && !(number || dated || matches!(v.tag(i), Tag::Nnp)) {
            return None;
        }
    }
    Some((end, month))
}

fn holiday(v: &View<'_>, i: usize, s: &Range<usize>) -> Option<Expression> {
    let (end, rule) = v.lex.holidays.after(v.atoms, i, s.end)?;
    if !capital(v, i) {
        return None;
    }
    let (end, year) = year_after(v, end, s.end).map_or((end, None), |(e, y)| (e, Some(y)));
    made(i, end, What::Holiday { rule, year }, true)
}

/// "today", "yesterday morning", "tonight", "this evening", "last night"
fn day_word(v: &View<'_>, i: usize, s: &Range<usize>) -> Option<Expression> {
    let day = |n: i64| What::Relative { grain: Grain::Day, n };
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
fn portion(v: &View<'_>, i: usize, the: usize, s: &Range<usize>) -> Option<Expression> {
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
        let n = number_at(v.lex, v.atoms, at, (at + 3).min(s.end), Short::Plain).filter(|n| n.shape == Shape::Ordinal);
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
    let i = if the == 1 && v.atoms.dash(end - 2) { i + 1 } else { i };
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
    made(i, end, What::Portion { letter, n, year: years }, true)
}

/// "last week", "the past two years", "this year", "the following day", "the same month"
fn relative(v: &View<'_>, i: usize, s: &Range<usize>) -> Option<Expression> {
    let the = usize::from(matches!(v.atoms.word(i), "the" | "his" | "its" | "their"));
    let at = i + the;
    let word = v.atoms.word(at);
    if matches!(word, "same" | "that") && (the == 1 || word == "that") {
        let grain = unit(v, at + 1)?;
        if v.atoms.word(at + 1).ends_with('s') || word == "that" && v.tag(at) != Tag::Dt {
            return None;
        }
        return made(i, at + 2, What::Offset { grain, n: 0, moving: true }, false);
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
    let number = number_at(v.lex, v.atoms, k, (k + 8).min(s.end), Short::Plain).filter(|n| n.shape != Shape::Ordinal);
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
    if !counted && matches!(v.atoms.word(k), "past" | "fiscal" | "calendar" | "academic" | "very" | "coming" | "financial") {
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
        // "recent years" and "the coming days" have no number.
        return made(i, end, if n < 0 { What::Reference("PAST_REF") } else { What::Reference("FUTURE_REF") }, false);
    }
    let moving = matches!(word, "previous" | "preceding" | "prior" | "following" | "ensuing");
    if moving {
        return made(i, end, What::Offset { grain, n, moving: true }, false);
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
fn unit(v: &View<'_>, i: usize) -> Option<Grain> {
    Grain::of(v.lex.time_units.get(v.atoms.word(i))?)
}

fn season(v: &View<'_>, i: usize, s: &Range<usize>) -> Option<Expression> {
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
        return made(i, k + 1, What::Season { code, year: Year::Given(i16::try_from(y).ok()?) }, true);
    }
    if let Some(n) = step(v.atoms.word(k))
        && v.atoms.is(k + 1, "year")
    {
        return made(i, k + 2, What::Season { code, year: Year::Relative(n) }, false);
    }
    let bare_fall = word == "fall" && by.is_none() && !(at > i && v.tag(at) == Tag::Nn && matches!(v.atoms.word(i.wrapping_sub(1)), "in" | "since" | "by" | "until"));
    if bare_fall || word == "spring" && by.is_none() && v.pos(at) != Pos::Noun && v.pos(at) != Pos::Propn {
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

/// "every year", "each month", "daily", "annually", "twice a week"
fn every(v: &View<'_>, i: usize, s: &Range<usize>) -> Option<Expression> {
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
    let number = number_at(v.lex, v.atoms, k, (k + 6).min(s.end), Short::Plain).filter(|n| n.shape != Shape::Ordinal);
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

/// "the 1990s", "the nineties", "the early '80s"
fn decade(v: &View<'_>, i: usize, the: usize, s: &Range<usize>) -> Option<Expression> {
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
        let full = if n >= 1000 { n / 10 } else if n < 100 && (quote || the == 1) { 190 + n / 10 } else { return None };
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

/// A number of units of time: a duration, or a date that far away ("two months ago").
fn amount(v: &View<'_>, i: usize, s: &Range<usize>) -> Option<Expression> {
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
    } else if let Some(n) = number_at(v.lex, v.atoms, i, (i + 12).min(s.end), Short::Plain) {
        if matches!(n.shape, Shape::Ordinal | Shape::Multiple) || n.bare_year {
            return None;
        }
        k = n.end;
        value = n.value;
        // "two and a half years" is one number; "two to three years" a range that starts with it.
        if v.atoms.is(k, "to") || v.atoms.is(k, "or") || v.atoms.dash(k) && v.atoms.number(k + 1).is_some() {
            let second = number_at(v.lex, v.atoms, k + 1, (k + 8).min(s.end), Short::Plain)?;
            if !v.lex.time_units.contains_key(v.atoms.word(second.end)) {
                return None;
            }
            k = second.end;
        }
        if v.atoms.is(k, "more") || v.atoms.is(k, "full") || v.atoms.is(k, "straight") || v.atoms.is(k, "consecutive") || v.atoms.is(k, "long") {
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
    } else if v.lex.time_units.contains_key(word) && matches!(word, "decades" | "years" | "months" | "weeks" | "days" | "hours" | "centuries" | "minutes") {
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
    if matches!(v.atoms.word(k), "business" | "working" | "trading" | "calendar" | "fiscal" | "light") {
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
    if article && matches!(v.atoms.word(k), "second" | "quarter" | "season" | "min" | "sec") {
        return None;
    }
    if v.atoms.dash(end) && v.atoms.is(end + 1, "old") || v.atoms.is(end, "old") {
        let mut e = made(i, end + 1, What::Duration(String::new()), false)?;
        e.silent = true;
        e.end = end;
        return Some(e);
    }
    // "two years and three months"
    if matches!(v.atoms.word(end), "and") {
        if v.atoms.is(end + 1, "a") && v.atoms.is(end + 2, "half") {
            value = value.and_then(|x| x.checked_add(rust_decimal::Decimal::new(5, 1)));
            end += 3;
        }
    }
    let grain = Grain::of(code)?;
    let whole = value.and_then(|x| i64::try_from(x).ok().filter(|_| x.fract().is_zero()));
    let factor = if code == "F" { 2 } else { 1 };
    let next = v.atoms.word(end);
    let offset = match next {
        "ago" => Some((end + 1, -1, false)),
        "later" | "afterwards" | "afterward" | "thereafter" => Some((end + 1, 1, true)),
        "earlier" | "before" | "previously" if next != "before" || !v.noun(end + 1) && !matches!(v.tag(end + 1), Tag::Dt | Tag::Prp) => Some((end + 1, -1, true)),
        "from" if v.atoms.is(end + 1, "now") || v.atoms.is(end + 1, "today") => Some((end + 2, 1, false)),
        "hence" => Some((end + 1, 1, false)),
        _ => None,
    };
    if let Some((after, sign, moving)) = offset {
        return match whole {
            Some(n) => made(i, after, What::Offset { grain, n: n.saturating_mul(sign * factor), moving }, false),
            None => made(i, after, if sign < 0 { What::Reference("PAST_REF") } else { What::Reference("FUTURE_REF") }, false),
        };
    }
    // A rate's denominator: "$5 a month", "40 hours a week".
    if article && i > s.start && (v.atoms.number(i - 1).is_some() || v.noun(i - 1) || matches!(v.atoms.word(i - 1), "times" | "twice" | "once" | "million" | "billion" | "%" | "percent")) {
        return made(i, end, What::Set(period(Some(1.into()), code)?), false);
    }
    made(i, end, What::Duration(period(value, code)?), false)
}

/// TIMEX3 period of a number of units: `P3M`, `PT24H`, `PXY` for an unknown number.
fn period(n: Option<rust_decimal::Decimal>, code: &str) -> Option<String> {
    let times = |k: i64| n.and_then(|x| x.checked_mul(k.into())).map(|x| x.normalize().to_string());
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

/// A bare year: "2019", "in 1989".
fn year(v: &View<'_>, i: usize, s: &Range<usize>) -> Option<Expression> {
    if v.atoms.is(i, "fiscal") {
        let y = digits(v, i + 1, 4, 4).filter(|y| (1800..2200).contains(y))?;
        return made(i, i + 2, What::Date { year: i16::try_from(y).ok(), month: None, day: None }, true);
    }
    if let Some((end, y)) = year_in_words(v, i) {
        return made(i, end, What::Date { year: Some(y), month: None, day: None }, true);
    }
    // "241 BC", "AD 70"
    if let Some(n) = digits(v, i, 1, 4)
        && matches!(v.written(i + 1, i + 2), "BC" | "BCE")
    {
        return made(i, i + 2, What::Ancient(u16::try_from(n).ok()?), true);
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
    let by_word = matches!(before, "in" | "since" | "until" | "till" | "by" | "during" | "of" | "from" | "before" | "after" | "between" | "and" | "to" | "through" | "late" | "early" | "mid" | "year" | "fiscal" | "circa" | "(" | "-" | "\u{2013}");
    let counted = matches!(v.tag(i + 1), Tag::Nns) && entity != Some(EntityType::Date);
    let pair = glued && matches!(before, "-" | "\u{2013}");
    if pair && digits(v, i.wrapping_sub(2), 4, 4).is_none() {
        return None;
    }
    let sure = entity == Some(EntityType::Date) || (by_word && !counted && !v.noun(i + 1) && (1700..2100).contains(&y) && !matches!(entity, Some(EntityType::Money | EntityType::Quantity)));
    let plain = (1900..2060).contains(&y) && !counted && !matches!(entity, Some(EntityType::Money | EntityType::Quantity | EntityType::Percent | EntityType::Cardinal))
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
    if v.atoms.dash(end) && v.atoms.glued(end) && v.atoms.glued(end + 1) && digits(v, end + 1, 2, 2).is_some() {
        end += 2;
    }
    let what = What::Date { year: i16::try_from(y).ok(), month: None, day: None };
    start = start.min(i);
    made(start, end.min(s.end), what, true)
}

/// "nineteen ninety-six" at `i`.
fn year_in_words(v: &View<'_>, i: usize) -> Option<(usize, i16)> {
    let century = match v.atoms.word(i) {
        "eighteen" => 18,
        "nineteen" => 19,
        _ => return None,
    };
    let n = number_at(v.lex, v.atoms, i + 1, i + 5, Short::Plain).filter(|n| n.shape == Shape::Words)?;
    let rest = i16::try_from(n.value?).ok().filter(|r| (10..100).contains(r))?;
    Some((n.end, century * 100 + rest))
}

/// "now", "recently", "in the future"
fn reference(v: &View<'_>, i: usize, s: &Range<usize>) -> Option<Expression> {
    // "the quarter", "the latest quarter", "the year-ago quarter"
    let the = usize::from(v.atoms.is(i, "the"));
    if the == 1 && v.atoms.is(i + 1, "quarter") || matches!(v.atoms.word(i + the), "latest" | "most") && v.atoms.is(i + the + 1, "quarter") {
        let end = (i..(i + 4).min(s.end)).find(|&k| v.atoms.is(k, "quarter"))? + 1;
        // "the quarter century", "the quarter of the men"
        if !matches!(v.atoms.word(end), "century" | "final" | "finals" | "of" | "mile") {
            return made(i, end, What::Quarter { years: 0 }, false);
        }
    }
    let at = i + the;
    if v.atoms.is(at, "year") && v.atoms.dash(at + 1) && matches!(v.atoms.word(at + 2), "ago" | "earlier") && matches!(v.atoms.word(at + 3), "quarter" | "period") {
        return made(i, at + 4, What::Quarter { years: -1 }, false);
    }
    // "recent years", "recent", "former", "current"
    if matches!(v.atoms.word(at), "recent" | "former") && matches!(v.tag(at), Tag::Jj | Tag::Nn) {
        let years = v.atoms.word(at + 1).ends_with('s') && v.lex.time_units.contains_key(v.atoms.word(at + 1));
        if the == 0 {
            return made(at, if years { at + 2 } else { at + 1 }, What::Reference("PAST_REF"), false);
        }
    }
    if v.atoms.is(i, "current") && v.tag(i) == Tag::Jj {
        return made(i, i + 1, What::Reference("PRESENT_REF"), false);
    }
    if let Some((end, ())) = v.lex.now.after(v.atoms, i, s.end) {
        // "now that" and "so far as" are conjunctions.
        if v.atoms.is(end, "that") && end == i + 1 {
            return None;
        }
        return made(i, end, What::Reference("PRESENT_REF"), false);
    }
    if let Some((end, ())) = v.lex.past.after(v.atoms, i, s.end) {
        return made(i, end, What::Reference("PAST_REF"), false);
    }
    let (end, ()) = v.lex.future.after(v.atoms, i, s.end)?;
    made(i, end, What::Reference("FUTURE_REF"), false)
}
