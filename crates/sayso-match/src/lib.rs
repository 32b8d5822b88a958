//! What is the same: the pattern matcher over claims.
//!
//! In come a [`Pattern`] and anything that can list candidate claims ([`ClaimSource`]); out go bindings with spans and
//! reasons. Questions, statements to verify, provisions and office terms are all patterns.

use sayso_model::{Binding, Claim, Pattern};
use sayso_packs::Packs;

/// What candidates are looked up by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Key {
    /// Frames, the lattice already applied; empty means all.
    pub frames: Vec<String>,
}

/// Anything that can list candidate claims.
pub trait ClaimSource {
    /// The claims that may meet `key`; more than needed is allowed, fewer is not.
    fn candidates<'a>(&'a self, key: &Key) -> Box<dyn Iterator<Item = &'a Claim> + 'a>;
}

impl ClaimSource for [Claim] {
    fn candidates<'a>(&'a self, key: &Key) -> Box<dyn Iterator<Item = &'a Claim> + 'a> {
        let frames = key.frames.clone();
        Box::new(
            self.iter()
                .filter(move |c| frames.is_empty() || frames.contains(&c.frame)),
        )
    }
}

/// The claims that match a pattern, with what filled its holes.
pub fn matches(pattern: &Pattern, claims: &dyn ClaimSource, packs: &Packs) -> Vec<Binding> {
    let _ = (pattern, claims, packs);
    Vec::new()
}
