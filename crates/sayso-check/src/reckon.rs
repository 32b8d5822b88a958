//! Reckoning with figures as written: what a written number may stand for, sums and products, and how they are shown.

use sayso_model::Decimal;

/// The interval of values that a figure may stand for. `None` at an end means open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reach {
    /// Least value.
    pub low: Option<Decimal>,
    /// Greatest value.
    pub high: Option<Decimal>,
}

impl Reach {
    /// A single value.
    pub const fn point(value: Decimal) -> Reach {
        Reach {
            low: Some(value),
            high: Some(value),
        }
    }

    /// Whether some value lies in both.
    pub fn meets(self, other: Reach) -> bool {
        let below = |low: Option<Decimal>, high: Option<Decimal>| match (low, high) {
            (Some(l), Some(h)) => l <= h,
            _ => true,
        };
        below(self.low, other.high) && below(other.low, self.high)
    }

    /// End by end; an end that is open on either side, or too large to reckon with, is open.
    pub fn plus(self, other: Reach) -> Reach {
        let add = |a: Option<Decimal>, b: Option<Decimal>| a?.checked_add(b?);
        Reach {
            low: add(self.low, other.low),
            high: add(self.high, other.high),
        }
    }

    /// Product of two reaches of which no value is negative.
    pub fn times(self, other: Reach) -> Reach {
        let mul = |a: Option<Decimal>, b: Option<Decimal>| a?.checked_mul(b?);
        Reach {
            low: mul(self.low, other.low),
            high: mul(self.high, other.high),
        }
    }

    /// Quotient of two reaches of which no value is negative; a divisor that may be zero opens the upper end.
    pub fn over(self, other: Reach) -> Reach {
        let div = |a: Option<Decimal>, b: Option<Decimal>| a?.checked_div(b?);
        Reach {
            low: div(self.low, other.high),
            high: div(self.high, other.low),
        }
    }
}
