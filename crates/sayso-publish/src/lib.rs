//! A dossier as static pages with charts.
//!
//! In comes a [`Dossier`]; out go files as names and bytes. Nothing is written here.

use sayso_model::Dossier;

/// A file of the published dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Path within the folder, with `/`.
    pub name: String,
    /// Contents.
    pub bytes: Vec<u8>,
}

/// The files of the published dossier.
pub fn publish(dossier: &Dossier) -> Vec<File> {
    let _ = dossier;
    Vec::new()
}
