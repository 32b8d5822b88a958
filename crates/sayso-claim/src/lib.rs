//! A reading to claims: attribution, sources resolved, frames, tables.
//!
//! In come a [`Reading`] and the packs; out go the attributions as they stand in the text and the claims, each tied to
//! its words.

mod about;
mod arguments;
mod attribution;
mod backing;
mod citations;
mod claims;
mod counted;
mod evidence;
mod frames;
mod marks;
mod mode;
mod offices;
mod persons;
mod phrases;
mod place;
mod reported;
mod sources;
mod tables;
mod tally;
mod unnumbered;
mod unsaid;
mod when;

pub use attribution::{chain_at, links};
pub use claims::claims;
pub use evidence::{EntryNote, Explanation, Step, TokenNote, explain};
pub use tally::{Headline, Tally, tally};

use sayso_measure::Reading;
use sayso_model::Attribution;
use sayso_packs::Packs;

/// Who says what, in order of the content.
pub fn attributions(reading: &Reading<'_>, packs: &Packs) -> Vec<Attribution> {
    attribution::find(reading, packs)
}
