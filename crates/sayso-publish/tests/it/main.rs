//! The published dossier as its readers meet it.

mod browser;
mod compare;
mod page;
mod sample;
mod show;
