//! Time expressions: TIMEX3 values and the interval each denotes.

use crate::{Date, Span, Text};

/// TIMEX3 type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimexKind {
    /// A calendar date of any grain.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// A recurring time.
    Set,
}

impl TimexKind {
    /// The name used in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            TimexKind::Date => "DATE",
            TimexKind::Time => "TIME",
            TimexKind::Duration => "DURATION",
            TimexKind::Set => "SET",
        }
    }
}

/// How a time stands to what is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the name says it")]
pub enum TimeRelation {
    AsOf,
    Since,
    By,
    Within,
    Until,
    Before,
    After,
}

impl TimeRelation {
    /// The name used in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            TimeRelation::AsOf => "as_of",
            TimeRelation::Since => "since",
            TimeRelation::By => "by",
            TimeRelation::Within => "within",
            TimeRelation::Until => "until",
            TimeRelation::Before => "before",
            TimeRelation::After => "after",
        }
    }
}

/// What is wrong with a date as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimeFlaw {
    /// The calendar has no such day: "31 June".
    NoSuchDay,
    /// The day is not the weekday that stands beside it: "Tuesday 4 March 2026".
    WrongWeekday,
}

impl TimeFlaw {
    /// The name used in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            TimeFlaw::NoSuchDay => "no_such_day",
            TimeFlaw::WrongWeekday => "wrong_weekday",
        }
    }
}

/// The days that a coder of events reads into a time, under a published table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CodedDays {
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
    /// The table's precision: 1 a day, 2 two to six days, 3 a week, 4 up to a month, 5 up to a year.
    pub precision: u8,
}

/// A time expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timex {
    /// Where it stands.
    pub span: Span<Text>,
    /// TIMEX3 type.
    pub kind: TimexKind,
    /// TIMEX3 value; a relative time that cannot be resolved keeps the value `XXXX-XX-XX` (or `XXXX` and the like).
    pub value: String,
    /// TIMEX3 mod: `START`, `MID`, `END`, `APPROX`, `BEFORE`, `AFTER`, `MORE_THAN`, `LESS_THAN` …
    pub modifier: Option<&'static str>,
    /// Relation to what is said.
    pub relation: Option<TimeRelation>,
    /// First and last day of what the value denotes, where it is on the calendar. A duration has one where the text
    /// says on which side of the document's date it lies ("the past two years", "within three months").
    pub interval: Option<(Date, Date)>,
    /// What is wrong with the date as written.
    pub flaw: Option<TimeFlaw>,
    /// The days that the Uppsala Conflict Data Program's date-phrase table gives it (UCDP GED Codebook 23.1, appendix
    /// 2); nothing for times longer than a year or off the calendar.
    pub ucdp: Option<CodedDays>,
}
