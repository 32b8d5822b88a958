//! The days that the Uppsala Conflict Data Program's coders read into a time: the date-phrase table of the UCDP GED
//! Codebook (version 23.1, appendix 2). Its numbers are in the pack, list `ucdp_days`.

use jiff::civil::Date;
use sayso_model::{CodedDays, TimeRelation};

use super::calendar::{Grain, moved};
use super::grammar::{Expression, What};
use crate::lexicon::Lexicon;

/// The coded days of a time with this value's interval. `report` is the document's date.
pub(super) fn coded(
    lex: &Lexicon,
    e: &Expression,
    interval: Option<(Date, Date)>,
    report: Option<Date>,
    relation: Option<TimeRelation>,
) -> Option<CodedDays> {
    let days = |d: Date, n: i32| moved(d, Grain::Day, n.into());
    let number = |key: &str| lex.ucdp.get(key).and_then(|n| n.parse::<i32>().ok());
    if let Some(r) = report {
        // Stretches that end with the report.
        if let (What::Duration(_), true) = (&e.what, e.toward < 0) {
            return match e.length {
                Some((Grain::Hour, n)) => {
                    let back = i32::try_from(n).ok()?.min(9_000);
                    // The table counts two days for 48 hours as for 72.
                    let back = if back <= 24 {
                        1
                    } else {
                        ((back + 23) / 24 - 1).max(2)
                    };
                    made(days(r, -back)?, r)
                }
                Some((Grain::Day, 1)) => made(days(r, -1)?, r),
                Some((Grain::Day, n)) => made(days(r, -i32::try_from(n).ok()?)?, days(r, -1)?),
                Some((Grain::Week, 1)) => made(days(r, -6)?, r),
                Some((Grain::Year, 1)) => made(first_of_year(r)?, r),
                Some((Grain::Month, n)) => {
                    made(moved(r, Grain::Month, -n)?.max(first_of_year(r)?), r)
                }
                Some((grain, n)) => made(moved(r, grain, -n)?, r),
                None if e.vague == Some(Grain::Day) => {
                    made(days(r, -number("recent days")?)?, days(r, -1)?)
                }
                None if e.vague == Some(Grain::Week) => made(days(r, -number("recent weeks")?)?, r),
                None => None,
            };
        }
        match (&e.what, e.modifier) {
            (What::Reference("PAST_REF"), _) if e.recent => {
                return made(days(r, -number("recent days")?)?, days(r, -1)?);
            }
            (
                What::Offset {
                    grain: Grain::Week,
                    n: -2,
                    moving: false,
                },
                None,
            ) if e.fortnight => {
                return made(days(r, 1 - number("fortnight")?)?, r);
            }
            (
                What::Relative {
                    grain: Grain::Week,
                    n: 0,
                },
                _,
            ) => return made(interval?.0, r),
            (
                What::Relative {
                    grain: Grain::Week, ..
                },
                Some("END"),
            ) => {
                let (_, last) = interval?;
                return made(days(last, -2)?, last);
            }
            (
                What::Relative {
                    grain: Grain::Month,
                    n: 0,
                },
                Some("START"),
            ) if e.earlier => return made(interval?.0, days(r, -1)?),
            _ => {}
        }
    }
    let (first, last) = interval?;
    if matches!(e.what, What::Duration(_) | What::Set(_)) {
        return None;
    }
    if relation == Some(TimeRelation::Since) {
        return made(first, report?);
    }
    let Some(part) = e.modifier else {
        return made(first, last);
    };
    if first == last {
        return if part == "APPROX" {
            made(days(first, -1)?, days(last, 1)?)
        } else {
            made(first, last)
        };
    }
    let whole_month = first.day() == 1 && last == first.last_of_month();
    let whole_year = first.day_of_year() == 1 && last == first.last_of_year();
    let bounds = |unit: &str| -> Option<(i8, i8)> {
        let (a, b) = lex.ucdp.get(&format!("{unit} {part}"))?.split_once('-')?;
        Some((a.parse().ok()?, b.parse().ok()?))
    };
    if whole_month && e.week && part == "START" {
        let week = number("first week")?;
        return made(first, days(first, week - 1)?);
    }
    if whole_month && let Some((a, b)) = bounds("month") {
        let last = Date::new(first.year(), first.month(), b.min(last.day())).ok()?;
        let first = Date::new(first.year(), first.month(), a).ok()?;
        // A month that is not over reaches to the report.
        let last = match report {
            Some(r) if r >= first && r < last => r,
            _ => last,
        };
        return made(first, last);
    }
    if whole_year && let Some((a, b)) = bounds("year") {
        let first = Date::new(first.year(), a, 1).ok()?;
        let last = Date::new(last.year(), b, 1).ok()?.last_of_month();
        return made(first, last);
    }
    made(first, last)
}

fn first_of_year(d: Date) -> Option<Date> {
    Date::new(d.year(), 1, 1).ok()
}

/// The interval with the table's precision: 1 a day, 2 two to six days, 3 a week, 4 up to a month, 5 up to a year.
fn made(first: Date, last: Date) -> Option<CodedDays> {
    let days = first.until(last).ok()?.get_days();
    let precision = match days {
        0 => 1,
        1..=5 => 2,
        6 => 3,
        7..=30 => 4,
        31..=365 => 5,
        _ => return None,
    };
    Some(CodedDays {
        first,
        last,
        precision,
    })
}
