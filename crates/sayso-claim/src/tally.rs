//! The report's own tally: which claim of each kind of harm a reader takes away.

use rust_decimal::Decimal;
use sayso_measure::Reading;
use sayso_model::{Claim, Modality, Polarity};

use crate::frames::Frames;

fn told(c: &Claim) -> bool {
    c.polarity == Polarity::Affirmed
        && matches!(c.modality, Modality::Asserted | Modality::Hedged)
        && !c.historic
}

/// Marks the main claim of every frame that counts people: the largest one told in the first stretch of the document
/// that tells any. Later stretches often recall other events.
pub fn mark(claims: &mut [Claim], frames: &Frames, reading: &Reading<'_>) {
    let names: Vec<&str> = frames
        .frames
        .iter()
        .filter(|f| f.implicit)
        .map(|f| f.name.as_str())
        .collect();
    for name in names {
        let value = |c: &Claim| c.figure.as_ref().and_then(|f| f.value());
        let mut best: Option<(usize, Decimal)> = None;
        let mut first_part = None;
        for (i, c) in claims.iter().enumerate() {
            if c.frame != name || !told(c) || c.part_of.is_some() {
                continue;
            }
            let Some(v) = value(c) else {
                continue;
            };
            let part = reading.document.part_at(c.sentence.start);
            let from = *first_part.get_or_insert(part);
            // The lead is where the first figure stands and the two parts that follow it.
            if let (Some(p), Some(f)) = (part, from)
                && p > f + 2
            {
                break;
            }
            if best.is_none_or(|b| v > b.1) {
                best = Some((i, v));
            }
        }
        if let Some((i, _)) = best {
            claims[i].main = true;
        }
    }
}
