//! Tables that no model file carries: character classes, reserved names, norms of punctuation.

pub(crate) mod norms;
pub(crate) mod symbols;
pub(crate) mod unicode;
