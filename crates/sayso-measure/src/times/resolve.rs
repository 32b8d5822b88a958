//! Meaning to value: the document's date and the moving reference of the narrative.

use std::ops::Range;

use sayso_model::{Date, TimexKind};
use sayso_parse::{Dep, Pos, Tag};

use super::calendar::{self, Grain, moved, value};
use super::grammar::{Expression, What, Year};
use crate::units::View;

/// Where the narrative stands.
pub(crate) struct Clockwork {
    published: Option<Date>,
    /// The last date told; the document's before any.
    reference: Option<Date>,
    /// Whether the text tells of times long before its date, so that a bare month belongs to the last year told.
    narrative: bool,
    /// The quarter last told, while nothing finer was: a year earlier is then that quarter's.
    quarter: Option<(i16, u32)>,
}

impl Clockwork {
    /// A document's clockwork. A text most of whose years lie more than a year before its date, or without a date, is
    /// read as a narrative.
    pub fn new(published: Option<Date>, found: &[(Expression, Range<usize>)]) -> Clockwork {
        let years: Vec<i16> = found
            .iter()
            .filter_map(|(e, _)| match e.what {
                What::Date { year: Some(y), .. } => Some(y),
                _ => None,
            })
            .collect();
        let old = |y: &&i16| published.is_none_or(|p| **y < p.year() - 1);
        let narrative = published.is_none()
            || (years.len() >= 6 && years.iter().filter(old).count() * 4 > years.len() * 3);
        Clockwork {
            published,
            reference: if narrative { None } else { published },
            narrative,
            quarter: None,
        }
    }

    /// The date that relative words count from.
    fn today(&self) -> Option<Date> {
        self.published
    }

    /// TIMEX3 type and value of an expression; moves the reference.
    pub fn value(&mut self, v: &View<'_>, e: &Expression) -> Option<(TimexKind, String)> {
        let dated = |s: String| (TimexKind::Date, s);
        let (kind, text) = match &e.what {
            What::Date { year, month, day } => dated(self.date(v, e, *year, *month, *day)?),
            What::Weekday { day, step } => dated(self.weekday(v, e, *day, *step)),
            What::Month { month, step } => dated(match self.today() {
                Some(t) => {
                    let year = match step {
                        0 => t.year(),
                        n if *n < 0 => t.year() - i16::from(t.month() <= *month),
                        _ => t.year() + i16::from(t.month() >= *month),
                    };
                    self.tell(year, Some(*month), None);
                    format!("{year:04}-{month:02}")
                }
                None => format!("XXXX-{month:02}"),
            }),
            What::Decade(d) => dated(format!("{d:03}")),
            What::Century(c) => dated(format!("{c:02}")),
            What::Relative { grain, n } => {
                let base = self.today();
                dated(match base.and_then(|t| moved(t, *grain, *n)) {
                    Some(d) => value(d, *grain),
                    None => unknown(*grain).to_owned(),
                })
            }
            What::Offset { grain, n, moving } => {
                if *grain == Grain::Year
                    && let Some((y, q)) = self.quarter
                    && let Some(y) = i16::try_from(*n).ok().and_then(|n| y.checked_add(n))
                {
                    return Some(dated(format!("{y:04}-Q{q}")));
                }
                let base = if *moving {
                    self.reference.or(self.published)
                } else {
                    self.today()
                };
                dated(match base.and_then(|t| moved(t, *grain, *n)) {
                    Some(d) => {
                        if *moving && *grain == Grain::Day {
                            self.reference = Some(d);
                        }
                        value(d, *grain)
                    }
                    None => unknown(*grain).to_owned(),
                })
            }
            What::Season { code, year } => {
                dated(match self.year(v, e, *year, season_month(code)) {
                    Some(y) => {
                        self.tell(y, None, None);
                        format!("{y:04}-{code}")
                    }
                    None => format!("XXXX-{code}"),
                })
            }
            What::Portion { letter, n, year } => {
                let last = (*n as i8) * if *letter == 'Q' { 3 } else { 6 };
                let year = match (year, self.narrative, self.today()) {
                    // The nearest one to the document's date.
                    (Year::Open, false, Some(t)) => Some(
                        t.year() - i16::from(last - t.month() > 5)
                            + i16::from(t.month() - last > 8),
                    ),
                    (year, _, _) => self.year(v, e, *year, last.saturating_sub(2)),
                };
                dated(match year {
                    Some(y) => {
                        if *letter == 'Q' {
                            self.quarter = Some((y, *n));
                        }
                        format!("{y:04}-{letter}{n}")
                    }
                    None => format!("XXXX-{letter}{n}"),
                })
            }
            What::Holiday { rule, year } => {
                let rule = v.lex.holiday_rules.get(*rule as usize)?;
                let base = self.today();
                let year = year.or_else(|| base.map(|b| b.year()));
                match year.and_then(|y| calendar::holiday(rule, y)) {
                    Some(d) => {
                        let day = match base {
                            // The one nearest in the direction of the tense.
                            Some(b) if d > b && !future(v, e.start) && (d - b).get_days() > 60 => {
                                calendar::holiday(rule, b.year() - 1).unwrap_or(d)
                            }
                            _ => d,
                        };
                        dated(value(day, Grain::Day))
                    }
                    None => return None,
                }
            }
            What::Ancient(y) => dated(format!("BC{y:04}")),
            What::Quarter { years } => {
                let told = self.quarter.or_else(|| {
                    let q = moved(self.today()?, Grain::Month, -3)?;
                    Some((q.year(), u32::from(q.month().unsigned_abs()).div_ceil(3)))
                });
                let (y, q) = told?;
                self.quarter = Some((y, q));
                let y = i16::try_from(*years).ok().and_then(|n| y.checked_add(n))?;
                dated(format!("{y:04}-Q{q}"))
            }
            What::Duration(p) => (TimexKind::Duration, p.clone()),
            What::Set(p) => (TimexKind::Set, p.clone()),
            What::Reference(r) => dated((*r).to_owned()),
            What::Clock => dated(match self.reference.or(self.published) {
                Some(d) => value(d, Grain::Day),
                None => "XXXX-XX-XX".to_owned(),
            }),
        };
        Some(match &e.clock {
            Some(c) => (TimexKind::Time, format!("{text}{c}")),
            None => (kind, text),
        })
    }

    /// Remembers what was told.
    fn tell(&mut self, year: i16, month: Option<i8>, day: Option<i8>) {
        if let Ok(d) = Date::new(year, month.unwrap_or(1), day.unwrap_or(1)) {
            self.reference = Some(d);
        }
    }

    fn date(
        &mut self,
        v: &View<'_>,
        e: &Expression,
        year: Option<i16>,
        month: Option<i8>,
        day: Option<i8>,
    ) -> Option<String> {
        let Some(m) = month else {
            let y = year?;
            // A year alone is often an aside; it sets the narrative's year only where no month was told in it.
            if self.narrative && self.reference.is_none_or(|r| r.year() != y) {
                self.tell(y, None, None);
            }
            return Some(format!("{y:04}"));
        };
        let known = year.or_else(|| self.year(v, e, Year::Open, m));
        let Some(y) = known else {
            return Some(match day {
                Some(d) => format!("XXXX-{m:02}-{d:02}"),
                None => format!("XXXX-{m:02}"),
            });
        };
        self.tell(y, Some(m), day);
        Some(match day {
            Some(d) => format!("{y:04}-{m:02}-{d:02}"),
            None => format!("{y:04}-{m:02}"),
        })
    }

    /// The year of a part of one that names none: the last told in a narrative, else the nearest in the direction that
    /// the tense says, the past where it says nothing.
    fn year(&self, v: &View<'_>, e: &Expression, year: Year, month: i8) -> Option<i16> {
        match year {
            Year::Given(y) => Some(y),
            Year::Relative(n) => {
                let t = self.today()?;
                i16::try_from(i64::from(t.year()) + n).ok()
            }
            Year::Open if self.narrative => {
                let r = self.reference.or(self.published)?;
                // From December to January the story goes on.
                Some(r.year() + i16::from(r.month() - month >= 9))
            }
            Year::Open => {
                let t = self.today()?;
                let ahead = month - t.month();
                Some(if future(v, e.start) {
                    t.year() + i16::from(ahead < 0)
                } else {
                    // Shortly ahead counts as this year's even in the past tense: plans are told so.
                    t.year() - i16::from(ahead > 2)
                })
            }
        }
    }

    fn weekday(&mut self, v: &View<'_>, e: &Expression, day: i8, step: i64) -> String {
        let base = if self.narrative {
            self.reference
        } else {
            self.today()
        };
        let Some(t) = base else {
            return format!("XXXX-WXX-{day}");
        };
        let behind = i64::from((t.weekday().to_monday_one_offset() - day).rem_euclid(7));
        let n = match step {
            1 => {
                if behind == 0 {
                    7
                } else {
                    7 - behind
                }
            }
            -1 => {
                if behind == 0 {
                    -7
                } else {
                    -behind
                }
            }
            _ if behind == 0 => 0,
            _ if future(v, e.start) => 7 - behind,
            _ => -behind,
        };
        match moved(t, Grain::Day, n) {
            Some(d) => {
                self.reference = Some(d);
                value(d, Grain::Day)
            }
            None => format!("XXXX-WXX-{day}"),
        }
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

/// Whether the verb that an atom hangs on speaks of what is to come.
fn future(v: &View<'_>, atom: usize) -> bool {
    let parse = v.parse;
    let mut t = v.token(atom);
    if t as usize >= parse.len() {
        return false;
    }
    for _ in 0..12 {
        let h = parse.head(t);
        if matches!(parse.pos(t), Pos::Verb | Pos::Aux) {
            let ahead = parse.children(t).iter().any(|&c| {
                parse.dep(c) == Dep::Aux
                    && (matches!(
                        parse.lower(c),
                        "will"
                            | "'ll"
                            | "shall"
                            | "may"
                            | "might"
                            | "would"
                            | "could"
                            | "should"
                            | "can"
                            | "must"
                    ) || parse.tag(c) == Tag::To
                        && !matches!(parse.tag(h), Tag::Vbd | Tag::Vbn))
            }) && !parse
                .children(t)
                .iter()
                .any(|&c| parse.dep(c) == Dep::Aux && matches!(parse.lower(c), "have" | "'ve"));
            if ahead {
                return true;
            }
            if matches!(parse.tag(t), Tag::Vbd | Tag::Vbn) {
                return matches!(
                    parse.lemma(t),
                    "schedule" | "expect" | "plan" | "set" | "slate" | "due"
                );
            }
            if matches!(
                parse.lemma(t),
                "plan" | "expect" | "hope" | "intend" | "expire" | "due"
            ) {
                return true;
            }
            if parse.tag(t) != Tag::Vbg {
                return false;
            }
        }
        if matches!(parse.lower(t), "due" | "scheduled" | "upcoming") {
            return true;
        }
        if h == t {
            return false;
        }
        t = h;
    }
    false
}
