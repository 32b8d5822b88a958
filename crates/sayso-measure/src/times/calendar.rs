//! Calendar arithmetic: TIMEX3 values of days and grains, and the interval of a value.

use jiff::civil::{Date, ISOWeekDate, Weekday};
use jiff::{Span, ToSpan};

/// A unit that a date can be moved by and cut to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Grain {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Weekend,
    Month,
    Quarter,
    Season,
    Year,
    Decade,
    Century,
}

impl Grain {
    /// The grain of a code of the pack's `time_unit` list.
    pub fn of(code: &str) -> Option<Grain> {
        Some(match code {
            "S" => Grain::Second,
            "TM" => Grain::Minute,
            "H" => Grain::Hour,
            "D" | "N" | "MO" | "AF" | "EV" => Grain::Day,
            "W" | "F" => Grain::Week,
            "WE" => Grain::Weekend,
            "M" => Grain::Month,
            "Q" => Grain::Quarter,
            "SE" => Grain::Season,
            "Y" => Grain::Year,
            "DE" => Grain::Decade,
            "CE" => Grain::Century,
            _ => return None,
        })
    }
}

/// `date` moved by `n` of a grain; nothing past the calendar's ends.
pub(crate) fn moved(date: Date, grain: Grain, n: i64) -> Option<Date> {
    let n = i32::try_from(n)
        .ok()
        .filter(|n| n.unsigned_abs() < 19_000)?;
    let span: Span = match grain {
        Grain::Second | Grain::Minute | Grain::Hour => 0.days(),
        Grain::Day => n.days(),
        Grain::Week | Grain::Weekend => n.weeks(),
        Grain::Month => n.months(),
        Grain::Quarter | Grain::Season => (n * 3).months(),
        Grain::Year => n.years(),
        Grain::Decade => n
            .checked_mul(10)
            .filter(|n| n.unsigned_abs() < 19_000)?
            .years(),
        Grain::Century => n
            .checked_mul(100)
            .filter(|n| n.unsigned_abs() < 19_000)?
            .years(),
    };
    date.checked_add(span).ok()
}

/// TIMEX3 value of the stretch of a grain that holds a day.
pub(crate) fn value(date: Date, grain: Grain) -> String {
    let (y, m) = (date.year(), date.month());
    match grain {
        Grain::Second | Grain::Minute | Grain::Hour | Grain::Day => {
            format!("{y:04}-{m:02}-{:02}", date.day())
        }
        Grain::Week => {
            let w = date.iso_week_date();
            format!("{:04}-W{:02}", w.year(), w.week())
        }
        Grain::Weekend => {
            let w = date.iso_week_date();
            format!("{:04}-W{:02}-WE", w.year(), w.week())
        }
        Grain::Month => format!("{y:04}-{m:02}"),
        Grain::Quarter => format!("{y:04}-Q{}", (m + 2) / 3),
        Grain::Season => format!("{y:04}-{}", season(m)),
        Grain::Year => format!("{y:04}"),
        Grain::Decade => format!("{:03}", y / 10),
        Grain::Century => format!("{:02}", y / 100),
    }
}

fn season(month: i8) -> &'static str {
    match month {
        3..=5 => "SP",
        6..=8 => "SU",
        9..=11 => "FA",
        _ => "WI",
    }
}

/// The weekday of this number, Monday 1.
pub(crate) fn weekday(n: i8) -> Option<Weekday> {
    Weekday::from_monday_one_offset(n).ok()
}

/// First and last day of what a value denotes; nothing for values that are not on the calendar.
pub(crate) fn interval(value: &str) -> Option<(Date, Date)> {
    let day = value.split('T').next()?;
    let parts: Vec<&str> = day.split('-').collect();
    let year: i16 = match parts.first()? {
        y if y.len() == 4 && y.bytes().all(|b| b.is_ascii_digit()) => y.parse().ok()?,
        d if d.len() == 3 && parts.len() == 1 && d.bytes().all(|b| b.is_ascii_digit()) => {
            let y: i16 = d.parse::<i16>().ok()?.checked_mul(10)?;
            return Some((first(y, 1)?, last(y.checked_add(9)?, 12)?));
        }
        c if c.len() == 2 && parts.len() == 1 && c.bytes().all(|b| b.is_ascii_digit()) => {
            let y: i16 = c.parse::<i16>().ok()?.checked_mul(100)?;
            return Some((first(y, 1)?, last(y.checked_add(99)?, 12)?));
        }
        _ => return None,
    };
    let Some(&second) = parts.get(1) else {
        return Some((first(year, 1)?, last(year, 12)?));
    };
    let months = |a: i8, b: i8| Some((first(year, a)?, last(year, b)?));
    match second {
        "SP" => return months(3, 5),
        "SU" => return months(6, 8),
        "FA" => return months(9, 11),
        "WI" => return Some((first(year, 12)?, last(year.checked_add(1)?, 2)?)),
        "H1" => return months(1, 6),
        "H2" => return months(7, 12),
        "Q1" => return months(1, 3),
        "Q2" => return months(4, 6),
        "Q3" => return months(7, 9),
        "Q4" => return months(10, 12),
        _ => {}
    }
    if let Some(w) = second.strip_prefix('W') {
        let week: i8 = w.parse().ok()?;
        let monday = ISOWeekDate::new(year, week, Weekday::Monday).ok()?.date();
        let day = |n: i32| monday.checked_add(n.days()).ok();
        return match parts.get(2) {
            None => Some((monday, day(6)?)),
            Some(&"WE") => Some((day(5)?, day(6)?)),
            Some(_) => None,
        };
    }
    let month: i8 = second.parse().ok()?;
    match parts.get(2) {
        None => Some((first(year, month)?, last(year, month)?)),
        Some(d) => {
            let date = Date::new(year, month, d.parse().ok()?).ok()?;
            Some((date, date))
        }
    }
}

fn first(year: i16, month: i8) -> Option<Date> {
    Date::new(year, month, 1).ok()
}

fn last(year: i16, month: i8) -> Option<Date> {
    first(year, month).map(Date::last_of_month)
}

/// The day of a holiday's rule in a year: `MM-DD`, `easter+N`, `MM-W-N` (the N-th weekday W, -1 the last).
pub(crate) fn holiday(rule: &str, year: i16) -> Option<Date> {
    if let Some(n) = rule.strip_prefix("easter") {
        return moved(easter(year)?, Grain::Day, n.parse().ok()?);
    }
    let mut parts = rule.splitn(3, '-');
    let month: i8 = parts.next()?.parse().ok()?;
    let second: i8 = parts.next()?.parse().ok()?;
    match parts.next() {
        None => Date::new(year, month, second).ok(),
        Some(n) => first(year, month)?
            .nth_weekday_of_month(n.parse().ok()?, weekday(second)?)
            .ok(),
    }
}

/// Easter Sunday of the Gregorian calendar (the anonymous algorithm, Nature 13, 1876).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(
        year,
        i8::try_from(n / 31).ok()?,
        i8::try_from(n % 31 + 1).ok()?,
    )
    .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_of_values() {
        let day = |s: &str| s.parse::<Date>().unwrap();
        for (value, a, b) in [
            ("2024", "2024-01-01", "2024-12-31"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2024-Q3", "2024-07-01", "2024-09-30"),
            ("2024-H1", "2024-01-01", "2024-06-30"),
            ("2020-W53", "2020-12-28", "2021-01-03"),
            ("2024-WI", "2024-12-01", "2025-02-28"),
            ("199", "1990-01-01", "1999-12-31"),
            ("2024-06-18T08:00", "2024-06-18", "2024-06-18"),
        ] {
            assert_eq!(interval(value), Some((day(a), day(b))), "{value}");
        }
        for value in ["XXXX-10", "P3M", "PRESENT_REF", "2024-13", "2024-02-30", ""] {
            assert_eq!(interval(value), None, "{value}");
        }
    }

    #[test]
    fn holidays_of_a_year() {
        assert_eq!(holiday("easter+0", 2024), Date::new(2024, 3, 31).ok());
        assert_eq!(holiday("easter-2", 2025), Date::new(2025, 4, 18).ok());
        assert_eq!(holiday("11-4-4", 2024), Date::new(2024, 11, 28).ok());
        assert_eq!(holiday("05-1--1", 2024), Date::new(2024, 5, 27).ok());
        assert_eq!(holiday("12-25", 1999), Date::new(1999, 12, 25).ok());
    }
}
