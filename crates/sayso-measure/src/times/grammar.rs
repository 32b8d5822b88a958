//! The grammar of time expressions: what one means before any date is known, what modifies it, and how a date and a
//! time of day join. Dates are in `dates.rs`, stretches of time in `stretches.rs`.

use super::calendar::Grain;
use super::dates::{day_word, holiday, month, weekday};
use super::fiscal::fiscal;
use super::moving::moving;
use super::stretches::{amount, every, period, relative};
use super::years::{decade, portion, season, year};
use crate::atoms::Kind;
use crate::units::View;
use sayso_parse::Tag;
use std::ops::Range;

/// What an expression means.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum What {
    /// A date with what of it is written.
    Date {
        year: Option<i16>,
        month: Option<i8>,
        day: Option<i8>,
    },
    /// A day of a month whose year is told by words: "25 July of that year", "June last year".
    DateIn {
        month: i8,
        day: Option<i8>,
        year: Year,
    },
    /// A day of the month last told: "the 28th".
    DayOf(i8),
    /// A weekday; `step` -1 last, 1 next, 0 the one meant; counted from the narrative's reference where it moves.
    Weekday {
        day: i8,
        step: i64,
        moving: bool,
    },
    /// A month by name with "last", "next", "this".
    Month {
        month: i8,
        step: i64,
    },
    /// Decade: first three digits of its years.
    Decade(i16),
    /// A year before our era.
    Ancient(u16),
    /// The quarter that the text speaks of, so many years away: "the quarter", "the year-ago quarter".
    Quarter {
        years: i64,
    },
    /// "the same period last year": the quarter told, a year back; without one, the year.
    Period {
        years: i64,
    },
    /// The quarter that the text speaks of, in a year given.
    QuarterOf {
        year: i16,
    },
    /// A quarter by its number, so many years from the one meant: "the year-ago third quarter".
    NthQuarter {
        n: u32,
        years: i64,
    },
    /// Century: first two digits.
    Century(i16),
    /// So many grains from the document's date, cut to the grain: "last week".
    Relative {
        grain: Grain,
        n: i64,
    },
    /// "the next month": of the document's date in a report, of the reference in a narrative.
    Next(Grain),
    /// The last day of the year that holds the document's date: "year-end".
    YearEnd {
        years: i64,
    },
    /// So many grains from the date (`false`) or the narrative's reference (`true`): "two months later".
    Offset {
        grain: Grain,
        n: i64,
        moving: bool,
    },
    Season {
        code: String,
        year: Year,
    },
    /// Quarter or half (`Q`, `H`) of a year.
    Portion {
        letter: char,
        n: u32,
        year: Year,
    },
    Holiday {
        rule: u16,
        year: Option<i16>,
        /// -1 last, 1 next, 0 the one meant.
        step: i64,
    },
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
    /// Relative to the year last told.
    Moving(i64),
    Open,
}

/// An expression found.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Expression {
    pub start: usize,
    pub end: usize,
    /// Where it starts without its modifiers.
    pub core: usize,
    pub what: What,
    /// TIMEX3 suffix of a time of day: `T08:00`, `TMO`.
    pub clock: Option<String>,
    pub modifier: Option<&'static str>,
    /// Whether its numbers are part of a date or clock time, and no quantity.
    pub calendar: bool,
    /// Whether it is only recognised to be left out.
    pub silent: bool,
    /// The weekday written beside a date, Monday 1.
    pub weekday: Option<i8>,
    /// Length of a duration of a whole number of units.
    pub length: Option<(Grain, i64)>,
    /// Unit of a duration without a number: "recent weeks".
    pub vague: Option<Grain>,
    /// Which side of the document's date a duration lies on: -1 before, 1 after.
    pub toward: i8,
    /// Whether it says "recent" or "recently".
    pub recent: bool,
    /// Whether it says "earlier".
    pub earlier: bool,
    /// Whether it says "fortnight".
    pub fortnight: bool,
    /// Whether it means the week that holds its date.
    pub week: bool,
    /// Whether it ends a range: "from Monday to Friday".
    pub ends_range: bool,
    /// Whether day and month in numbers could change places: "07/05/2031".
    pub ambiguous: bool,
    /// Whether it stands in a headline.
    pub headline: bool,
}

pub(super) fn made(start: usize, end: usize, what: What, calendar: bool) -> Option<Expression> {
    Some(Expression {
        start,
        end,
        core: start,
        what,
        clock: None,
        modifier: None,
        calendar,
        silent: false,
        weekday: None,
        length: None,
        vague: None,
        toward: 0,
        recent: false,
        earlier: false,
        fortnight: false,
        week: false,
        ends_range: false,
        ambiguous: false,
        headline: false,
    })
}

/// The expression that starts at atom `i` of a sentence.
pub(crate) fn expression(v: &View<'_>, i: usize, s: &Range<usize>) -> Option<Expression> {
    let kind = v.atoms.all.get(i)?.kind;
    if kind == Kind::Symbol && !matches!(v.atoms.text(i), "'" | "\u{2019}" | "~") {
        return None;
    }
    if let Some((next, m)) = modifier(v, i, s.end)
        && let Some(mut e) = core(v, next, s)
        && let Some(m) = fitting(m, &e.what)
    {
        // "the early 1980s": the inner modifier is nearer.
        e.modifier = e.modifier.or(Some(m));
        e.earlier = v.atoms.is(i, "earlier");
        // "the first week of August"
        e.week |= v.atoms.is(next.saturating_sub(2), "week");
        e.start = i;
        return Some(joined(v, e, s));
    }
    core(v, i, s).map(|e| joined(v, e, s))
}

/// TIMEX3's name for a modifier of what it stands before, nothing where it modifies no such thing.
fn fitting(m: &'static str, what: &What) -> Option<&'static str> {
    match m {
        "START" | "MID" | "END" => (!matches!(
            what,
            What::Duration(_) | What::Set(_) | What::Reference(_) | What::Clock
        ))
        .then_some(m),
        _ => match what {
            What::Duration(_) => Some(m),
            // "more than a year ago" is before that date, "more than a year later" after it.
            What::Offset { n, .. } => Some(match (m, *n < 0) {
                ("MORE_THAN", true) | ("LESS_THAN", false) => "BEFORE",
                ("MORE_THAN", false) | ("LESS_THAN", true) => "AFTER",
                ("EQUAL_OR_MORE", true) | ("EQUAL_OR_LESS", false) => "ON_OR_BEFORE",
                ("EQUAL_OR_MORE", false) | ("EQUAL_OR_LESS", true) => "ON_OR_AFTER",
                _ => m,
            }),
            What::Clock | What::Date { .. } if m == "APPROX" => Some(m),
            _ => None,
        },
    }
}

/// Words that modify a time, at `i`: one past them, and TIMEX3's name for it.
pub(super) fn modifier(v: &View<'_>, i: usize, limit: usize) -> Option<(usize, &'static str)> {
    let (mut end, m) = match (v.atoms.word(i), v.atoms.word(i + 1)) {
        // "later this year", "earlier on Sunday", "late in the year"
        (a @ ("earlier" | "later"), b) => {
            let m = if a == "earlier" { "START" } else { "END" };
            let plain = matches!(b, "this" | "that" | "last" | "yesterday" | "today" | "the")
                || v.lex.weekdays.contains_key(b);
            match b {
                _ if plain => (i + 1, m),
                "in" | "on" => (i + 2, m),
                _ => return None,
            }
        }
        // A bound that is a preposition too.
        ("over" | "under", b) => {
            if !matches!(b, "a" | "an") && !v.parse_dep_is_quant(i) {
                return None;
            }
            let m = if v.atoms.is(i, "over") {
                "MORE_THAN"
            } else {
                "LESS_THAN"
            };
            (i + 1, m)
        }
        _ => v.lex.time_modifiers.after(v.atoms, i, limit)?,
    };
    if v.atoms.dash(end) && v.atoms.glued(end) {
        end += 1;
    }
    (end < limit).then_some((end, m))
}

impl View<'_> {
    /// Whether the parser hangs the word on a number, as it does with bounds.
    fn parse_dep_is_quant(&self, i: usize) -> bool {
        let t = self.token(i);
        (t as usize) < self.parse.len()
            && matches!(
                self.parse.dep(t),
                sayso_parse::Dep::Quantmod | sayso_parse::Dep::Advmod
            )
    }
}

/// A date takes a clock time after it, and a clock time a date: "Friday at 8 a.m.", "8 a.m. on Friday".
pub(super) fn joined(v: &View<'_>, mut e: Expression, s: &Range<usize>) -> Expression {
    let dated = |w: &What| {
        matches!(
            w,
            What::Date { day: Some(_), .. }
                | What::DayOf(_)
                | What::Next(Grain::Day)
                | What::Weekday { .. }
                | What::Relative {
                    grain: Grain::Day,
                    ..
                }
                | What::Offset {
                    grain: Grain::Day,
                    moving: true,
                    ..
                }
        )
    };
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
            // "9 p.m. Thursday night" says the part of the day twice.
            && d.clock
                .as_ref()
                .is_none_or(|c| c.as_bytes().get(1).is_some_and(u8::is_ascii_uppercase))
        {
            e.what = d.what;
            e.weekday = d.weekday;
            e.end = d.end;
        } else if v.atoms.is(e.end, "(")
            && let Some(close) = (e.end..(e.end + 6).min(s.end)).find(|&k| v.atoms.is(k, ")"))
            && let Some(d) = core(v, close + 1 + usize::from(v.atoms.is(close + 1, "on")), s)
            && dated(&d.what)
        {
            // "4:17 a.m. (0117 GMT) on Monday": the day beyond the brackets is its day.
            e.what = d.what;
        }
    } else if dated(&e.what) && e.clock.is_none() {
        let mut j = e.end;
        if matches!(v.atoms.word(j), "at") {
            j += 1;
        }
        if let Some((end, clock)) = clock(v, j, s.end) {
            e.end = end;
            e.clock = Some(clock);
        }
    }
    e
}

pub(super) fn core(v: &View<'_>, i: usize, s: &Range<usize>) -> Option<Expression> {
    if i >= s.end {
        return None;
    }
    let the = usize::from(v.atoms.is(i, "the"));
    iso(v, i, s.end)
        .or_else(|| {
            clock(v, i, s.end).and_then(|(end, c)| {
                let mut e = made(i, end, What::Clock, true)?;
                e.clock = Some(c);
                Some(e)
            })
        })
        .or_else(|| weekday(v, i, s))
        .or_else(|| month(v, i, s))
        .or_else(|| holiday(v, i, s))
        .or_else(|| day_word(v, i, s))
        .or_else(|| moving(v, i, s))
        .or_else(|| fiscal(v, i, s))
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
pub(super) fn digits(v: &View<'_>, i: usize, least: u32, most: u32) -> Option<i64> {
    let a = v.atoms.all.get(i)?;
    let n = a.end - a.start;
    if a.kind != Kind::Number || a.formatted || n < least || n > most {
        return None;
    }
    i64::try_from(a.value).ok()
}

/// "2024-06-18", "6/18/2024", "18.06.2024"
pub(super) fn iso(v: &View<'_>, i: usize, limit: usize) -> Option<Expression> {
    if i + 4 >= limit || !(1..5).all(|k| v.atoms.glued(i + k)) {
        return None;
    }
    let sign = v.atoms.text(i + 1);
    if sign != v.atoms.text(i + 3) || !matches!(sign, "-" | "/") {
        return None;
    }
    let (a, b, c) = (
        digits(v, i, 1, 4)?,
        digits(v, i + 2, 1, 2)?,
        digits(v, i + 4, 1, 4)?,
    );
    let (y, m, d) = if a > 31 {
        (a, b, c)
    } else if a <= 12 && b <= 31 {
        (c, a, b)
    } else {
        (c, b, a)
    };
    let y = if y < 100 && digits(v, i + 4, 2, 2).is_some() {
        if y < 50 { 2000 + y } else { 1900 + y }
    } else {
        y
    };
    if !(1000..2200).contains(&y) || !(1..=12).contains(&m) || !(1..=31).contains(&d) {
        return None;
    }
    let mut e = made(
        i,
        i + 5,
        What::Date {
            year: i16::try_from(y).ok(),
            month: i8::try_from(m).ok(),
            day: i8::try_from(d).ok(),
        },
        true,
    )?;
    e.ambiguous = a <= 12 && b <= 12;
    Some(e)
}

/// A time of day: "8 a.m.", "8:30 pm", "15:00 GMT", "noon".
pub(super) fn clock(v: &View<'_>, i: usize, limit: usize) -> Option<(usize, String)> {
    let word = v.atoms.word(i);
    if word == "noon" || word == "midday" {
        return Some((i + 1, "T12:00".to_owned()));
    }
    if word == "midnight" {
        return Some((i + 1, "T00:00".to_owned()));
    }
    let a = v.atoms.all.get(i)?;
    let named = match v.lex.numerals.get(word) {
        Some(crate::lexicon::Numeral::Cardinal(c)) => {
            i64::try_from(*c).ok().filter(|c| (1..=12).contains(c))
        }
        _ => None,
    };
    let spelled = named.is_some();
    // "0117 GMT"
    if let Some(n) = digits(v, i, 4, 4)
        && v.lex.time_zones.contains(v.written(i + 1, i + 2))
        && (0..24).contains(&(n / 100))
        && n % 100 < 60
        && i + 2 <= limit
    {
        return Some((i + 2, format!("T{:02}:{:02}", n / 100, n % 100)));
    }
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
    } else if a.kind == Kind::Number && a.formatted && a.end - a.start <= 5 && a.value.scale() == 2
    {
        // "8.30 p.m."
        let h = i64::try_from(a.value.trunc()).ok()?;
        let m =
            i64::try_from((a.value.fract() * rust_decimal::Decimal::ONE_HUNDRED).trunc()).ok()?;
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
            let zone = v.lex.time_zones.contains(v.written(end, end + 1));
            let oclock = v.atoms.is(end, "o") && (v.atoms.is(end + 2, "clock"));
            // "4 in the morning"
            let in_the = v.atoms.is(end, "in") && v.atoms.is(end + 1, "the");
            let part = if in_the { v.atoms.word(end + 2) } else { "" };
            if matches!(part, "morning" | "afternoon" | "evening") && (1..=12).contains(&hour) {
                hour = hour % 12 + if part == "morning" { 0 } else { 12 };
                end += 3;
                minute = minute.or(Some(0));
            } else if oclock {
                end += 3;
                minute = Some(0);
            } else if minute.is_none() || spelled || (a.formatted && !zone) {
                return None;
            }
        }
    }
    // Zone names belong to the expression.
    if v.atoms.is(end, "local") && v.atoms.is(end + 1, "time") && end + 2 <= limit {
        end += 2;
    }
    if end < limit && v.lex.time_zones.contains(v.written(end, end + 1)) {
        end += 1;
    }
    let m = minute?;
    ((0..=24).contains(&hour) && (0..60).contains(&m) && end <= limit)
        .then(|| (end, format!("T{hour:02}:{m:02}")))
}

/// "a.m.", "pm" at `i`: one past it, and whether it is after noon.
pub(super) fn half_day(v: &View<'_>, i: usize, limit: usize) -> Option<(usize, bool)> {
    let pm = |w: &str| {
        if w == "p" || w == "pm" {
            Some(true)
        } else if w == "a" || w == "am" {
            Some(false)
        } else {
            None
        }
    };
    let w = v.atoms.word(i);
    let half = pm(w)?;
    if w.len() == 2 {
        return (i < limit).then_some((i + 1, half));
    }
    if v.atoms.is(i + 1, ".") && v.atoms.is(i + 2, "m") && v.atoms.glued(i + 2) {
        let end = if v.atoms.is(i + 3, ".") && v.atoms.glued(i + 3) {
            i + 4
        } else {
            i + 3
        };
        return Some((end.min(limit), half));
    }
    None
}

pub(super) fn step(word: &str) -> Option<i64> {
    Some(match word {
        "last" | "past" | "previous" => -1,
        "next" | "coming" | "following" => 1,
        "this" | "current" => 0,
        _ => return None,
    })
}

/// "now", "recently", "in the future"
pub(super) fn reference(v: &View<'_>, i: usize, s: &Range<usize>) -> Option<Expression> {
    let the = usize::from(v.atoms.is(i, "the"));
    let at = i + the;
    // "recent years", "recent", "the weekend", "current"
    if the == 0 && v.atoms.is(at, "recent") && v.tag(at) == Tag::Jj {
        if v.atoms.word(at + 1).ends_with('s')
            && let Some(code) = v.lex.time_units.get(v.atoms.word(at + 1))
        {
            let mut e = made(at, at + 2, What::Duration(period(None, code)?), false)?;
            e.vague = Grain::of(code);
            e.toward = -1;
            return Some(e);
        }
        let mut e = made(at, at + 1, What::Reference("PAST_REF"), false)?;
        e.recent = true;
        return Some(e);
    }
    if the == 1 && v.atoms.is(at, "weekend") && !v.noun(at + 1) {
        return made(
            i,
            at + 1,
            What::Relative {
                grain: Grain::Weekend,
                n: -1,
            },
            false,
        );
    }
    if v.atoms.is(i, "current") && v.tag(i) == Tag::Jj {
        return made(i, i + 1, What::Reference("PRESENT_REF"), false);
    }
    if let Some((end, ())) = v.lex.now.after(v.atoms, i, s.end) {
        return made(i, end, What::Reference("PRESENT_REF"), false);
    }
    if let Some((end, ())) = v.lex.past.after(v.atoms, i, s.end) {
        let next = v.atoms.word(end);
        // "of late 1948" and "the past two winters" begin other times.
        if digits(v, end, 4, 4).is_some()
            || v.lex.months.contains_key(next)
            || v.atoms.is(end - 1, "past") && (v.noun(end) || v.lex.numerals.contains_key(next))
        {
            return None;
        }
        let mut e = made(i, end, What::Reference("PAST_REF"), false)?;
        e.recent = matches!(v.atoms.word(end - 1), "recently" | "lately");
        return Some(e);
    }
    let (end, ()) = v.lex.future.after(v.atoms, i, s.end)?;
    // "future plans" name no time, and "the foreseeable future" no date.
    let alone = end == i + 1;
    if alone && (v.tag(i) != Tag::Nn || i == s.start || !v.atoms.is(i - 1, "in")) || v.noun(end) {
        return None;
    }
    made(i, end, What::Reference("FUTURE_REF"), false)
}
