//! One file a command.

pub mod add;
pub mod annotate;
pub mod check;
pub mod claims;
pub mod compare;
pub mod dossier;
pub mod explain;
pub mod model;
pub mod packs;
pub mod places;
pub mod read;
pub mod show;
