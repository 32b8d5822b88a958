//! How two claims that answer one question stand to one another: whether their figures can both hold.

use jiff::civil::Date;
use sayso_model::{Claim, Count, Decimal, Exactness, Figure, Modality, Polarity};
use sayso_packs::Packs;

/// Why two claims cannot be reconciled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Two figures for the same time that exclude one another.
    Differs,
    /// A later figure that is lower, where a count can only grow.
    Falls,
    /// A part that is greater than the whole that holds it.
    Exceeds,
    /// One source denies what another says.
    Denied,
}

impl Standing {
    /// The name used in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Standing::Differs => "differs",
            Standing::Falls => "falls",
            Standing::Exceeds => "exceeds",
            Standing::Denied => "denied",
        }
    }
}

/// How far an approximate figure reaches to either side: a tenth of it.
const ABOUT: Decimal = Decimal::from_parts(1, 0, 0, false, 1);

/// Whether a claim says that something is so: affirmed, and neither a plan, a condition nor a forecast.
pub fn is_told(claim: &Claim) -> bool {
    claim.polarity == Polarity::Affirmed && is_real(claim)
}

fn is_real(claim: &Claim) -> bool {
    !matches!(
        claim.modality,
        Modality::Planned | Modality::Forecast | Modality::Conditional
    )
}

/// First and last day as of which a claim's figure counts.
fn days(claim: &Claim) -> Option<(Date, Date)> {
    [&claim.as_of, &claim.event_time, &claim.published]
        .into_iter()
        .find_map(|w| w.as_ref()?.interval)
}

/// The day by which claims are put in order; those without one come last.
pub fn day(claim: &Claim) -> (bool, Option<Date>) {
    let day = days(claim).map(|d| d.1);
    (day.is_none(), day)
}

/// Least and greatest value that a figure admits; `None` is open. An approximate one reaches a tenth to either side.
fn reach(f: &Figure) -> Option<(Option<Decimal>, Option<Decimal>)> {
    let low = f.low.or(f.best.filter(|_| f.high.is_none()));
    let high = f.high.or(f.best.filter(|_| f.low.is_none()));
    if low.is_none() && high.is_none() {
        return None; // "dozens": a policy's to say
    }
    let about = f.exactness == Exactness::Approximate;
    let by = |d: Decimal, share: Decimal| d.checked_mul(share).unwrap_or(d);
    let less = |d| {
        if about {
            by(d, Decimal::ONE - ABOUT)
        } else {
            d
        }
    };
    let more = |d| {
        if about {
            by(d, Decimal::ONE + ABOUT)
        } else {
            d
        }
    };
    Some((low.map(less), high.map(more)))
}

/// Whether all that `a` admits lies below all that `b` admits.
fn below(a: &Figure, b: &Figure) -> bool {
    let (Some((_, Some(high))), Some((Some(low), _))) = (reach(a), reach(b)) else {
        return false;
    };
    high < low || (high == low && (a.high_open || b.low_open))
}

/// Whether two claims give the same numbers.
pub fn same_figure(a: &Claim, b: &Claim) -> bool {
    match (&a.figure, &b.figure) {
        (Some(x), Some(y)) => {
            x.value().is_some() && (x.low, x.best, x.high) == (y.low, y.best, y.high)
        }
        _ => false,
    }
}

/// Why two claims of one question cannot both hold; `None` where they can, or where it cannot be told.
pub fn between(a: &Claim, b: &Claim, packs: &Packs) -> Option<Standing> {
    let (x, y) = (a.figure.as_ref()?, b.figure.as_ref()?);
    // Figures of one sentence are parts, or a whole and its parts; and a count that no pack knows may, further down, be
    // of other things.
    if a.document == b.document && (a.sentence == b.sentence || a.frame == "other") {
        return None;
    }
    if is_real(a) != is_real(b) || a.part_of.is_some() != b.part_of.is_some() {
        return None;
    }
    if a.polarity != b.polarity {
        let met = a.frame == b.frame && !below(x, y) && !below(y, x);
        return met.then_some(Standing::Denied);
    }
    let times = days(a).zip(days(b));
    // Two events of different days are two questions.
    let event = |c: &Claim| c.event_time.as_ref().and_then(|w| w.interval);
    let events = event(a).zip(event(b));
    if events.is_some_and(|(s, t)| s.1 < t.0 || t.1 < s.0) {
        return None;
    }
    if a.frame != b.frame {
        let (part, whole, p, w) = if packs.frame_holds(&b.frame, &a.frame) {
            (x, y, a, b)
        } else if packs.frame_holds(&a.frame, &b.frame) {
            (y, x, b, a)
        } else {
            return None;
        };
        let later = days(p).zip(days(w)).is_some_and(|(p, w)| p.0 > w.1);
        return (below(whole, part) && !later).then_some(Standing::Exceeds);
    }
    let (lower, higher) = (below(x, y), below(y, x));
    if !lower && !higher {
        return None;
    }
    // A tally grows: what is later may be higher. What is no tally (a price, the dead of some other event) may be any
    // other day's.
    let total = |c: &Claim| c.count == Some(Count::Cumulative);
    let tally = (total(a) && total(b)) || events.is_some();
    match times {
        Some((s, t)) if s.1 < t.0 => (tally && higher).then_some(Standing::Falls),
        Some((s, t)) if t.1 < s.0 => (tally && lower).then_some(Standing::Falls),
        _ => Some(Standing::Differs),
    }
}
