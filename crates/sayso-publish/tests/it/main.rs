//! The published dossier as its readers meet it.

mod page;
mod sample;
