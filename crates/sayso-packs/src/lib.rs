//! Declarative knowledge: frames, cues, units, offices, instruments, outlets.
//!
//! In come TOML folders (the built-in ones compiled at build time, a user's merged at start); out goes [`Packs`], which
//! every other room reads. Domain knowledge lives here and not in code.

/// All packs in force.
#[derive(Debug, Default)]
pub struct Packs {}

impl Packs {
    /// The built-in packs.
    pub fn builtin() -> &'static Packs {
        static PACKS: Packs = Packs {};
        &PACKS
    }
}
