//! The published dossier as its readers meet it.

mod browser;
mod page;
mod sample;
mod show;
