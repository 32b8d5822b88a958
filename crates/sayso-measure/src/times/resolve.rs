//! Meaning to value: the document's date and the moving reference of the narrative.

use std::ops::Range;

use sayso_model::{Date, TimeFlaw, TimexKind};

use super::calendar::{self, Grain, moved, value};
use super::grammar::{Expression, What, Year};
use super::tense::{Ahead, ahead};
use crate::units::View;

/// A date told, and how finely.
#[derive(Clone, Copy, Debug)]
struct Told {
    date: Date,
    grain: Grain,
}

/// TIMEX3 type, value, and what is wrong with the date.
pub(crate) type Resolved = (TimexKind, String, Option<TimeFlaw>);

/// Where the narrative stands.
pub(crate) struct Clockwork {
    published: Option<Date>,
    /// The last date told; the document's before any in a report.
    reference: Option<Told>,
    /// Whether the text tells of times long before its date, so that a bare month belongs to the last year told.
    narrative: bool,
    /// The quarter last told, while nothing finer was: a year earlier is then that quarter's.
    quarter: Option<(i16, u32)>,
    /// Years told in passing, which do not move a narrative, by index of the expression.
    asides: Vec<bool>,
}

/// The year that an expression writes, and whether a month stands with it.
fn written_year(e: &Expression) -> Option<(i16, bool)> {
    match e.what {
        What::Date {
            year: Some(y),
            month,
            ..
        } => Some((y, month.is_some())),
        What::Season {
            year: Year::Given(y),
            ..
        } => Some((y, true)),
        _ => None,
    }
}

impl Clockwork {
    /// A document's clockwork. A text without a date, or one most of whose years lie before the year before its own
    /// and that seldom counts from today, is read as a narrative.
    pub fn new(published: Option<Date>, found: &[(Expression, Range<usize>)]) -> Clockwork {
        let years: Vec<(usize, i16, bool)> = found
            .iter()
            .enumerate()
            .filter_map(|(i, (e, _))| written_year(e).map(|(y, m)| (i, y, m)))
            .collect();
        let old = years
            .iter()
            .filter(|(_, y, _)| published.is_none_or(|p| *y < p.year() - 1))
            .count();
        // Words that count from the day of telling.
        let deictic = found
            .iter()
            .filter(|(e, _)| {
                matches!(
                    e.what,
                    What::Weekday { moving: false, .. }
                        | What::Relative { .. }
                        | What::Offset { moving: false, .. }
                )
            })
            .count();
        // All but one of a few years more than a generation back, and nothing that counts from today, make one too.
        let remote = years
            .iter()
            .filter(|(_, y, _)| published.is_none_or(|p| *y < p.year() - 30))
            .count();
        let few = deictic == 0 && years.len() >= 4 && remote + 1 >= years.len();
        let narrative = published.is_none()
            || few
            || (years.len() >= 6 && old * 5 > years.len() * 3 && deictic * 3 < years.len());
        Clockwork {
            published,
            reference: published.filter(|_| !narrative).map(|date| Told {
                date,
                grain: Grain::Day,
            }),
            narrative,
            quarter: None,
            asides: if narrative {
                asides(&years, found.len())
            } else {
                Vec::new()
            },
        }
    }

    /// The date that relative words count from.
    pub fn today(&self) -> Option<Date> {
        self.published
    }

    /// The date that "this year" and the like count from: in a narrative the last one told.
    fn present(&self) -> Option<Date> {
        if self.narrative {
            self.reference.map(|r| r.date).or(self.published)
        } else {
            self.published
        }
    }

    /// The day last told; in a report its own before any.
    fn day(&self) -> Option<Date> {
        match self.reference {
            Some(t) if t.grain == Grain::Day => Some(t.date),
            _ if self.narrative => None,
            _ => self.published,
        }
    }

    /// Whether what is told with an expression lies ahead of the document's date.
    fn future(&self, v: &View<'_>, e: &Expression) -> bool {
        let ahead = ahead(v, e);
        // "would" in a narrative is ahead of what is told there, not of the document's date.
        ahead == Ahead::Yes || ahead == Ahead::Maybe && !self.narrative
    }

    /// TIMEX3 type and value of the `k`-th expression; moves the reference.
    pub fn value(&mut self, v: &View<'_>, k: usize, e: &Expression) -> Option<Resolved> {
        let aside = self.asides.get(k).copied().unwrap_or(false);
        let kept = self.reference;
        let out = self.resolve(v, e);
        if aside {
            self.reference = kept;
        }
        out
    }

    fn resolve(&mut self, v: &View<'_>, e: &Expression) -> Option<Resolved> {
        let mut flaw = None;
        let text = match &e.what {
            What::Duration(p) => return Some((TimexKind::Duration, p.clone(), None)),
            What::Set(p) => return Some((TimexKind::Set, p.clone(), None)),
            What::Reference(r) => (*r).to_owned(),
            What::Date { year, month, day } => {
                let (month, day) = self.ordered(e, *year, *month, *day);
                let (text, f) = self.date(v, e, *year, month, day)?;
                flaw = f;
                text
            }
            What::DateIn { month, day, year } => {
                let year = self.year(v, e, *year, *month);
                let (text, f) = self.date(v, e, year, Some(*month), *day)?;
                flaw = f;
                text
            }
            What::DayOf(day) => {
                let (text, f) = self.day_of(v, e, *day);
                flaw = f;
                text
            }
            What::Weekday { day, step, moving } => self.weekday(v, e, *day, *step, *moving),
            What::Month { month, step } => self.month(*month, *step),
            What::Decade(d) => format!("{d:03}"),
            What::Century(c) => format!("{c:02}"),
            What::Relative { grain, n } => {
                let base = if *grain == Grain::Day {
                    self.today()
                } else {
                    self.present()
                };
                let to = base.and_then(|t| moved(t, *grain, *n));
                if let (Grain::Day, Some(date), false) = (*grain, to, self.narrative) {
                    self.reference = Some(Told {
                        date,
                        grain: Grain::Day,
                    });
                }
                told(to, *grain)
            }
            What::Next(grain) => {
                let moving = self.narrative || *grain == Grain::Day;
                self.offset(*grain, 1, moving)
            }
            What::Offset { grain, n, moving } => {
                if *grain == Grain::Year
                    && n.abs() < 3
                    && let Some((y, q)) = self.quarter
                    && let Some(y) = i16::try_from(*n).ok().and_then(|n| y.checked_add(n))
                {
                    format!("{y:04}-Q{q}")
                } else {
                    self.offset(*grain, *n, *moving)
                }
            }
            What::Season { code, year } => match self.year(v, e, *year, season_month(code)) {
                Some(y) => {
                    self.tell(y, Some(season_month(code)), None);
                    format!("{y:04}-{code}")
                }
                None => format!("XXXX-{code}"),
            },
            What::Portion { letter, n, year } => self.portion(v, e, *letter, *n, *year),
            What::Holiday { rule, year, step } => self.holiday(v, e, *rule, *year, *step)?,
            What::Ancient(y) => format!("BC{y:04}"),
            What::YearEnd { years } => match self.present() {
                Some(t) => format!("{:04}-12-31", i64::from(t.year()) + years),
                None => "XXXX-12-31".to_owned(),
            },
            What::Quarter { years } => {
                let (y, q) = self.quarter_told()?;
                self.quarter = Some((y, q));
                let y = i16::try_from(*years).ok().and_then(|n| y.checked_add(n))?;
                format!("{y:04}-Q{q}")
            }
            What::Period { years } => match self.quarter {
                Some((y, q)) => {
                    let y = i16::try_from(*years).ok().and_then(|n| y.checked_add(n))?;
                    format!("{y:04}-Q{q}")
                }
                None => told(
                    self.present().and_then(|t| moved(t, Grain::Year, *years)),
                    Grain::Year,
                ),
            },
            What::QuarterOf { year } => {
                let (_, q) = self.quarter_told()?;
                format!("{year:04}-Q{q}")
            }
            What::NthQuarter { n, years } => {
                let text = self.portion(v, e, 'Q', *n, Year::Open);
                match self.quarter {
                    Some((y, q)) => {
                        let y = i16::try_from(*years).ok().and_then(|n| y.checked_add(n))?;
                        format!("{y:04}-Q{q}")
                    }
                    None => text,
                }
            }
            What::Clock => match self.day() {
                Some(d) => value(d, Grain::Day),
                None => "XXXX-XX-XX".to_owned(),
            },
        };
        let text = match text.parse::<Date>() {
            Ok(d) if e.week => value(d, Grain::Week),
            _ => text,
        };
        Some(match &e.clock {
            Some(c) => (TimexKind::Time, format!("{text}{c}"), flaw),
            None => (TimexKind::Date, text, flaw),
        })
    }

    /// Remembers what was told.
    fn tell(&mut self, year: i16, month: Option<i8>, day: Option<i8>) {
        if let Ok(date) = Date::new(year, month.unwrap_or(1), day.unwrap_or(1)) {
            let grain = match (month, day) {
                (_, Some(_)) => Grain::Day,
                (Some(_), None) => Grain::Month,
                (None, None) => Grain::Year,
            };
            self.reference = Some(Told { date, grain });
        }
    }

    /// So many grains from the document's date or the last one told, which it moves.
    fn offset(&mut self, grain: Grain, n: i64, moving: bool) -> String {
        let days = matches!(grain, Grain::Day | Grain::Week | Grain::Weekend);
        let base = if !moving {
            self.present()
        } else if days {
            self.day()
        } else {
            self.reference.map(|r| r.date).or(self.published)
        };
        let to = base.and_then(|t| moved(t, grain, n));
        // Looking back is an aside: the story goes on from where it was.
        if moving
            && n > 0
            && let Some(date) = to
        {
            match grain {
                Grain::Day => self.reference = Some(Told { date, grain }),
                Grain::Month | Grain::Year if self.narrative => {
                    self.reference = Some(Told { date, grain });
                }
                _ => {}
            }
        }
        told(to, grain)
    }

    fn date(
        &mut self,
        v: &View<'_>,
        e: &Expression,
        year: Option<i16>,
        month: Option<i8>,
        day: Option<i8>,
    ) -> Option<(String, Option<TimeFlaw>)> {
        let Some(m) = month else {
            let y = year?;
            // A year alone is often an aside; it sets the narrative's year only where no month was told in it.
            if self.narrative && self.reference.is_none_or(|r| r.date.year() != y) {
                self.tell(y, None, None);
            }
            return Some((format!("{y:04}"), None));
        };
        let known = year.or_else(|| self.year(v, e, Year::Open, m));
        let Some(mut y) = known else {
            // 2000 has every day that some year has.
            return Some(match day {
                Some(d) => (format!("XXXX-{m:02}-{d:02}"), no_such_day(2000, m, d)),
                None => (format!("XXXX-{m:02}"), None),
            });
        };
        let mut flaw = None;
        if let Some(d) = day {
            flaw = no_such_day(y, m, d);
            if let (None, Some(w)) = (flaw, e.weekday) {
                let fits = |y: i16| {
                    Date::new(y, m, d).is_ok_and(|x| x.weekday().to_monday_one_offset() == w)
                };
                // Where no year is written the weekday may tell it.
                let near = [y, y - 1, y + 1].into_iter().find(|&y| fits(y));
                match near {
                    Some(n) if n == y => {}
                    Some(n) if year.is_none() => y = n,
                    _ => flaw = Some(TimeFlaw::WrongWeekday),
                }
            }
        }
        self.tell(y, Some(m), day);
        Some(match day {
            Some(d) => (format!("{y:04}-{m:02}-{d:02}"), flaw),
            None => (format!("{y:04}-{m:02}"), flaw),
        })
    }

    /// Month and day of a date in numbers whose order is open: as lies nearer to the document's date.
    fn ordered(
        &self,
        e: &Expression,
        year: Option<i16>,
        month: Option<i8>,
        day: Option<i8>,
    ) -> (Option<i8>, Option<i8>) {
        if let (true, Some(t), Some(y), Some(m), Some(d)) =
            (e.ambiguous, self.today(), year, month, day)
            && let (Ok(a), Ok(b)) = (Date::new(y, m, d), Date::new(y, d, m))
            && away(t, b) < away(t, a)
        {
            return (day, month);
        }
        (month, day)
    }

    /// "the 28th": of the month last told; in a report that told none, the nearest one behind, or ahead if told so.
    fn day_of(&mut self, v: &View<'_>, e: &Expression, day: i8) -> (String, Option<TimeFlaw>) {
        let base = match self.reference {
            Some(r) if r.grain != Grain::Year => Some(r.date),
            _ => self.published.filter(|_| !self.narrative),
        };
        let Some(b) = base else {
            return (format!("XXXX-XX-{day:02}"), None);
        };
        let mut month = b.first_of_month();
        let own = Some(b) == self.published;
        if own {
            let ahead = self.future(v, e);
            let step = match day {
                d if d > b.day() && !ahead => -1,
                d if d < b.day() && ahead => 1,
                _ => 0,
            };
            month = moved(month, Grain::Month, step).unwrap_or(month);
        }
        let (y, m) = (month.year(), month.month());
        let mut flaw = no_such_day(y, m, day);
        if let (None, Some(w), Ok(d)) = (flaw, e.weekday, Date::new(y, m, day))
            && d.weekday().to_monday_one_offset() != w
        {
            flaw = Some(TimeFlaw::WrongWeekday);
        }
        self.tell(y, Some(m), Some(day));
        (format!("{y:04}-{m:02}-{day:02}"), flaw)
    }

    fn month(&mut self, month: i8, step: i64) -> String {
        let Some(t) = self.present() else {
            return format!("XXXX-{month:02}");
        };
        let year = match step {
            0 => t.year(),
            n if n < 0 => t.year() - i16::from(t.month() <= month),
            _ => t.year() + i16::from(t.month() >= month),
        };
        self.tell(year, Some(month), None);
        format!("{year:04}-{month:02}")
    }

    fn portion(
        &mut self,
        v: &View<'_>,
        e: &Expression,
        letter: char,
        n: u32,
        year: Year,
    ) -> String {
        let last = i8::try_from(n).unwrap_or(4).min(4) * if letter == 'Q' { 3 } else { 6 };
        let year = match (year, self.narrative, self.today()) {
            // The nearest one to the document's date.
            (Year::Open, false, Some(t)) => {
                Some(t.year() - i16::from(last - t.month() > 5) + i16::from(t.month() - last > 8))
            }
            (year, _, _) => self.year(v, e, year, last.saturating_sub(2)),
        };
        match year {
            Some(y) => {
                // Only a quarter that is over has results to compare with.
                let over = v.atoms.is(e.end, "ended")
                    || self
                        .today()
                        .is_none_or(|t| (y, last) < (t.year(), t.month()));
                if letter == 'Q' && over {
                    self.quarter = Some((y, n));
                }
                format!("{y:04}-{letter}{n}")
            }
            None => format!("XXXX-{letter}{n}"),
        }
    }

    /// The quarter that the text speaks of: the last told, else the last that was over.
    fn quarter_told(&self) -> Option<(i16, u32)> {
        self.quarter.or_else(|| {
            let q = moved(self.today()?, Grain::Month, -3)?;
            Some((q.year(), u32::from(q.month().unsigned_abs()).div_ceil(3)))
        })
    }

    fn holiday(
        &mut self,
        v: &View<'_>,
        e: &Expression,
        rule: u16,
        year: Option<i16>,
        step: i64,
    ) -> Option<String> {
        let rule = v.lex.holiday_rules.get(rule as usize)?;
        if let Some(y) = year {
            return calendar::holiday(rule, y).map(|d| value(d, Grain::Day));
        }
        let base = self.present()?;
        let of = |y: i16| calendar::holiday(rule, y);
        let day = of(base.year())?;
        let (before, after) = (of(base.year() - 1)?, of(base.year() + 1)?);
        let day = match step {
            // The one nearest in the direction of the tense.
            0 if self.narrative => day,
            0 if self.future(v, e) => {
                if day < base {
                    after
                } else {
                    day
                }
            }
            0 if day > base && (day - base).get_days() > 60 => before,
            0 => day,
            n if n < 0 => {
                if day < base {
                    day
                } else {
                    before
                }
            }
            _ if day > base => day,
            _ => after,
        };
        Some(value(day, Grain::Day))
    }

    /// The year of a part of one that names none: the last told in a narrative, else the nearest in the direction that
    /// the tense says, the past where it says nothing.
    fn year(&self, v: &View<'_>, e: &Expression, year: Year, month: i8) -> Option<i16> {
        match year {
            Year::Given(y) => Some(y),
            Year::Relative(n) => {
                let t = self.present()?;
                i16::try_from(i64::from(t.year()) + n).ok()
            }
            Year::Moving(n) => {
                let t = self.reference.map(|r| r.date).or(self.published)?;
                i16::try_from(i64::from(t.year()) + n).ok()
            }
            Year::Open if self.narrative => {
                // A plan told of the document's own time.
                if let Some(t) = self.published
                    && self.future(v, e)
                {
                    return Some(t.year() + i16::from(month < t.month()));
                }
                let r = self.reference.map(|r| r.date).or(self.published)?;
                // From December to January the story goes on.
                Some(r.year() + i16::from(r.month() - month >= 9))
            }
            Year::Open => {
                let t = self.today()?;
                let away = month - t.month();
                // Words of a date of effect say only that it is near.
                if e.start > 0 && v.lex.near_dates.contains(v.atoms.word(e.start - 1)) {
                    return Some(t.year() - i16::from(away > 6) + i16::from(away < -6));
                }
                let bound = e.start > 0 && v.atoms.is(e.start - 1, "by");
                Some(if self.future(v, e) || bound && away < -6 {
                    t.year() + i16::from(away < 0)
                } else {
                    // Shortly ahead counts as this year's even in the past tense: plans are told so. The present looks
                    // further.
                    let near = if ahead(v, e) == Ahead::Now { 6 } else { 2 };
                    t.year() - i16::from(away > near)
                })
            }
        }
    }

    fn weekday(
        &mut self,
        v: &View<'_>,
        e: &Expression,
        day: i8,
        step: i64,
        moving: bool,
    ) -> String {
        let base = if self.narrative || moving {
            self.day()
        } else {
            self.today()
        };
        let Some(t) = base else {
            return format!("XXXX-WXX-{day}");
        };
        let behind = i64::from((t.weekday().to_monday_one_offset() - day).rem_euclid(7));
        let n = match step {
            1 => 7 - behind,
            -1 if behind == 0 => -7,
            -1 => -behind,
            _ if behind == 0 => 0,
            _ if moving => -behind,
            // The end of a range lies after its start.
            _ if e.ends_range
                && self
                    .day()
                    .is_some_and(|d| moved(t, Grain::Day, -behind).is_some_and(|end| end < d)) =>
            {
                7 - behind
            }
            _ if self.future(v, e) => 7 - behind,
            _ => -behind,
        };
        match moved(t, Grain::Day, n) {
            Some(date) => {
                self.reference = Some(Told {
                    date,
                    grain: Grain::Day,
                });
                value(date, Grain::Day)
            }
            None => format!("XXXX-WXX-{day}"),
        }
    }
}

/// Days between two dates.
fn away(a: Date, b: Date) -> i32 {
    a.until(b).map_or(i32::MAX, |s| s.get_days().abs())
}

/// Whether each expression tells a year in passing: one away from the narrative's, to which the next years told come
/// back.
fn asides(years: &[(usize, i16, bool)], n: usize) -> Vec<bool> {
    let mut out = vec![false; n];
    let mut at: Option<i16> = None;
    for (k, &(i, y, dated)) in years.iter().enumerate() {
        // What is told next with a month in it says where the story is.
        let Some(r) = at else {
            // The first year stands unless the two after it agree on another.
            let after: Vec<i16> = years.iter().skip(k + 1).take(2).map(|t| t.1).collect();
            let agree = matches!(after[..], [a, b] if (a - b).abs() <= 1 && (a - y).abs() > 5);
            if agree {
                if let Some(o) = out.get_mut(i) {
                    *o = true;
                }
            } else {
                at = Some(y);
            }
            continue;
        };
        if y == r || dated && (y - r).abs() <= 1 {
            at = Some(y);
            continue;
        }
        let nearer = |t: &(usize, i16, bool)| (t.1 - y).abs() < (t.1 - r).abs();
        let later = years.get(k + 1..).unwrap_or_default();
        let stays = match later.iter().take(4).find(|t| t.2) {
            Some(next) if !dated => nearer(next),
            _ if later.is_empty() => dated || y == r + 1,
            _ => later.iter().take(2).any(nearer),
        };
        if stays {
            at = Some(y);
        } else if let Some(o) = out.get_mut(i) {
            *o = true;
        }
    }
    out
}

/// What is wrong with a day that no calendar has.
fn no_such_day(year: i16, month: i8, day: i8) -> Option<TimeFlaw> {
    Date::new(year, month, day)
        .is_err()
        .then_some(TimeFlaw::NoSuchDay)
}

/// Value of a day cut to a grain, or of an unknown one.
fn told(date: Option<Date>, grain: Grain) -> String {
    match date {
        Some(d) => value(d, grain),
        None => unknown(grain).to_owned(),
    }
}

fn season_month(code: &str) -> i8 {
    match code {
        "SP" => 3,
        "SU" => 6,
        "FA" => 9,
        "WI" => 12,
        m => m.parse().unwrap_or(1),
    }
}

fn unknown(grain: Grain) -> &'static str {
    match grain {
        Grain::Week => "XXXX-WXX",
        Grain::Weekend => "XXXX-WXX-WE",
        Grain::Month => "XXXX-XX",
        Grain::Quarter => "XXXX-QX",
        Grain::Season | Grain::Year => "XXXX",
        Grain::Decade => "XXX",
        Grain::Century => "XX",
        _ => "XXXX-XX-XX",
    }
}
