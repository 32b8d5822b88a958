//! The sections of the page, one file each, in the order in which they stand.

pub mod claims;
pub mod documents;
pub mod figures;
pub mod findings;
pub mod sources;
pub mod timeline;
