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
    /// First and last day of what the value denotes, where it is on the calendar.
    pub interval: Option<(Date, Date)>,
}
