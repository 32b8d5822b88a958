//! The grammar of time expressions: what one means before any date is known, what modifies it, and how a date and a
//! time of day join. Dates are in `dates.rs`, stretches of time in `stretches.rs`.

use super::calendar::Grain;
use super::dates::{day_word, decade, holiday, month, portion, season, weekday, year};
use super::stretches::{amount, every, period, relative};
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
    /// A weekday; `step` -1 last, 1 next, 0 the one meant.
    Weekday {
        day: i8,
        step: i64,
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
    /// Century: first two digits.
    Century(i16),
    /// So many grains from the document's date, cut to the grain: "last week".
    Relative {
        grain: Grain,
        n: i64,
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

pub(super) fn made(start: usize, end: usize, what: What, calendar: bool) -> Option<Expression> {
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
            "START" | "MID" | "END" => {
                !matches!(
                    e.what,
                    What::Duration(_) | What::Set(_) | What::Reference(_) | What::Clock
                ) || v.atoms.is(next, "the")
            }
            _ => {
                matches!(e.what, What::Duration(_) | What::Offset { .. })
                    || (m == "APPROX" && matches!(e.what, What::Clock | What::Date { .. }))
            }
        };
        if fits {
            e.start = i;
            return Some(joined(v, e, s));
        }
    }
    core(v, i, s).map(|e| joined(v, e, s))
}

/// Words that modify a time, at `i`: one past them, and TIMEX3's name for it.
pub(super) fn modifier(v: &View<'_>, i: usize, limit: usize) -> Option<(usize, &'static str)> {
    let (a, b, c, d) = (
        v.atoms.word(i),
        v.atoms.word(i + 1),
        v.atoms.word(i + 2),
        v.atoms.word(i + 3),
    );
    let dash = |k: usize| usize::from(v.atoms.dash(k));
    let out = match (a, b, c, d) {
        ("the", "end", "of", _) | ("the", "close", "of", _) => (i + 3, "END"),
        ("the", "beginning", "of", _) | ("the", "start", "of", _) => (i + 3, "START"),
        ("the", "middle", "of", _) => (i + 3, "MID"),
        ("the", "early" | "beginning", _, _) => (i + 2, "START"),
        ("the", "late" | "latter", _, _) => (i + 2, "END"),
        ("end" | "beginning" | "start", "of", _, _) => {
            (i + 2, if a == "end" { "END" } else { "START" })
        }
        ("early", "in" | "on", _, _) | ("late", "in" | "on", _, _) => {
            (i + 2, if a == "early" { "START" } else { "END" })
        }
        ("early", _, _, _) if v.atoms.dash(i + 1) => (i + 2, "START"),
        ("early", _, _, _) => (i + 1, "START"),
        ("late", _, _, _) => (i + 1 + dash(i + 1), "END"),
        ("later", "this", _, _) => (i + 1, "END"),
        ("earlier", "this", _, _) => (i + 1, "START"),
        ("mid" | "middle", _, _, _) => (i + 1 + dash(i + 1), "MID"),
        ("about" | "around" | "approximately" | "roughly" | "some" | "circa", _, _, _) => {
            (i + 1, "APPROX")
        }
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
                | What::Weekday { .. }
                | What::Relative {
                    grain: Grain::Day,
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
    made(
        i,
        i + 5,
        What::Date {
            year: i16::try_from(y).ok(),
            month: i8::try_from(m).ok(),
            day: i8::try_from(d).ok(),
        },
        true,
    )
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
            let zone = matches!(
                v.written(end, end + 1),
                "GMT" | "UTC" | "EST" | "EDT" | "ET" | "PST" | "PT" | "CET" | "BST" | "MSK"
            );
            let oclock = v.atoms.is(end, "o") && (v.atoms.is(end + 2, "clock"));
            if oclock {
                end += 3;
                minute = Some(0);
            } else if minute.is_none() || spelled || (a.formatted && !zone) {
                return None;
            }
        }
    }
    // Zone names belong to the expression.
    if matches!(
        v.written(end, end + 1),
        "GMT"
            | "UTC"
            | "EST"
            | "EDT"
            | "ET"
            | "PST"
            | "PDT"
            | "PT"
            | "CET"
            | "BST"
            | "MSK"
            | "CST"
            | "CDT"
    ) {
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
    // "the quarter", "the latest quarter", "the year-ago quarter"
    let the = usize::from(v.atoms.is(i, "the"));
    if the == 1 && v.atoms.is(i + 1, "quarter")
        || matches!(v.atoms.word(i + the), "latest" | "most") && v.atoms.is(i + the + 1, "quarter")
    {
        let end = (i..(i + 4).min(s.end)).find(|&k| v.atoms.is(k, "quarter"))? + 1;
        // "the quarter century", "the quarter of the men"
        if !matches!(
            v.atoms.word(end),
            "century" | "final" | "finals" | "of" | "mile"
        ) {
            return made(i, end, What::Quarter { years: 0 }, false);
        }
    }
    let at = i + the;
    if v.atoms.is(at, "year")
        && v.atoms.dash(at + 1)
        && matches!(v.atoms.word(at + 2), "ago" | "earlier")
        && matches!(v.atoms.word(at + 3), "quarter" | "period")
    {
        return made(i, at + 4, What::Quarter { years: -1 }, false);
    }
    // "recent years", "recent", "the weekend", "current"
    if the == 0 && v.atoms.is(at, "recent") && v.tag(at) == Tag::Jj {
        if v.atoms.word(at + 1).ends_with('s')
            && let Some(code) = v.lex.time_units.get(v.atoms.word(at + 1))
        {
            return made(at, at + 2, What::Duration(period(None, code)?), false);
        }
        return made(at, at + 1, What::Reference("PAST_REF"), false);
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
    // "future plans" name no time.
    if end == i + 1 && v.tag(i) != Tag::Nn || v.noun(end) {
        return None;
    }
    made(i, end, What::Reference("FUTURE_REF"), false)
}
