//! Quantities: numbers with their bounds, unit and the thing counted.

use crate::{Decimal, Span, Text};

/// Words of the document and where they stand; `head` is the lemma of their head word, in lower case.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Phrase {
    /// Where they stand.
    pub span: Span<Text>,
    /// The words.
    pub text: String,
    /// Lemma of the head word, in lower case.
    pub head: String,
}

/// How exact a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Exactness {
    /// "6,000"
    Exact,
    /// "about 6,000"
    Approximate,
    /// "at least 600", "up to 4,000"
    Bound,
    /// "3,800-4,000"
    Range,
    /// "dozens": the word is kept, the numbers are a policy's to give.
    Vague,
    /// "a man was shot dead": one, unwritten.
    Implicit,
}

impl Exactness {
    /// The name used in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Exactness::Exact => "exact",
            Exactness::Approximate => "approximate",
            Exactness::Bound => "bound",
            Exactness::Range => "range",
            Exactness::Vague => "vague",
            Exactness::Implicit => "implicit",
        }
    }
}

/// What kind of number a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FigureKind {
    /// A count.
    Cardinal,
    /// A rank.
    Ordinal,
    /// A percentage or percentage points.
    Percent,
    /// An amount of money.
    Money,
    /// A length of time.
    Duration,
    /// A physical measure.
    Measure,
    /// A multiple or fraction ("100 times", "a third of").
    Ratio,
    /// An age.
    Age,
}

impl FigureKind {
    /// The name used in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            FigureKind::Cardinal => "cardinal",
            FigureKind::Ordinal => "ordinal",
            FigureKind::Percent => "percent",
            FigureKind::Money => "money",
            FigureKind::Duration => "duration",
            FigureKind::Measure => "measure",
            FigureKind::Ratio => "ratio",
            FigureKind::Age => "age",
        }
    }
}

/// Direction of a change that a figure measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// More.
    Up,
    /// Less.
    Down,
}

impl Change {
    /// The name used in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Change::Up => "up",
            Change::Down => "down",
        }
    }
}

/// A denominator of a rate: "per soldier", "a month".
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Per {
    /// The words.
    pub text: String,
    /// The unit, singular: "soldier", "month".
    pub unit: String,
    /// Where the words stand.
    pub span: Span<Text>,
}

/// A quantity as written.
///
/// "at least 600" has `low` only; "more than 600" `low` only and `low_open`; "up to 4,000" `high` only; "3,800-4,000"
/// both; "about 6,000" and "6,000" have all three equal; "dozens" has none.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Figure {
    /// Where it stands, with the words that bound or soften it.
    pub span: Span<Text>,
    /// The words.
    pub text: String,
    /// Least value.
    pub low: Option<Decimal>,
    /// The value meant.
    pub best: Option<Decimal>,
    /// Greatest value.
    pub high: Option<Decimal>,
    /// Whether `low` itself is excluded.
    pub low_open: bool,
    /// Whether `high` itself is excluded.
    pub high_open: bool,
    /// How exact.
    pub exactness: Exactness,
    /// What kind of number.
    pub kind: FigureKind,
    /// Unit name from the pack, if it has one.
    pub unit: Option<String>,
    /// ISO 4217 code, if it is money.
    pub currency: Option<String>,
    /// Denominators.
    pub per: Vec<Per>,
    /// Direction, if the figure is a change.
    pub change: Option<Change>,
    /// What is counted.
    pub thing: Option<Phrase>,
    /// Words of what the figure is about, apart from the counted noun.
    pub concepts: Vec<String>,
}

impl Figure {
    /// The one number of the figure: best, else the bound there is, else the middle of the two.
    pub fn value(&self) -> Option<Decimal> {
        match (self.best, self.low, self.high) {
            (Some(v), _, _) => Some(v),
            (None, Some(l), Some(h)) => l.checked_add(h).map(|s| s / Decimal::TWO),
            (None, l, h) => l.or(h),
        }
    }
}

/// How two figures of a sentence or list hang together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RelationKind {
    /// `from` is a part of `to`.
    PartOf,
    /// `from` is a rate per `to`.
    Per,
    /// `from` is so many times `to`.
    Times,
    /// `from` is a percentage of `to`.
    PercentOf,
    /// A change that starts at `from` ("from 400 to 600").
    From,
    /// A change that ends at `to`.
    To,
    /// `from` is said to be the sum that holds `to`.
    SumOf,
}

impl RelationKind {
    /// The name used in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            RelationKind::PartOf => "part_of",
            RelationKind::Per => "per",
            RelationKind::Times => "times",
            RelationKind::PercentOf => "percent_of",
            RelationKind::From => "from",
            RelationKind::To => "to",
            RelationKind::SumOf => "sum_of",
        }
    }
}

/// A relation between two figures, by their index among the reading's figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Relation {
    /// What kind.
    pub kind: RelationKind,
    /// The one.
    pub from: u32,
    /// The other.
    pub to: u32,
}
