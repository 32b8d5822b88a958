//! A situation assembled for publishing.

use crate::{Claim, Document, Finding, Timex};

/// Documents with what was read from and found in each, in order of publication.
#[derive(Clone, Debug, Default)]
pub struct Dossier {
    /// Title of the situation.
    pub title: String,
    /// One entry a document.
    pub documents: Vec<DossierEntry>,
}

/// A document of a dossier.
#[derive(Clone, Debug)]
pub struct DossierEntry {
    /// The document.
    pub document: Document,
    /// Its claims.
    pub claims: Vec<Claim>,
    /// What check found in it.
    pub findings: Vec<Finding>,
    /// Its time expressions.
    pub times: Vec<Timex>,
}
