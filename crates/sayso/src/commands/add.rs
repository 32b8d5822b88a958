//! `sayso add`: keep the bytes, extract, append to the ledger.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Result, bail};
use sayso_model::{Claim, Document};

use crate::cli::{self, Global};

/// The documents and claims of a ledger.
pub fn from_ledger(_path: &Path) -> Result<Vec<(Document, Vec<Claim>)>> {
    bail!("the ledger is not there yet")
}

pub fn run(_: &Global, _: &cli::Add) -> Result<ExitCode> {
    bail!("the ledger is not there yet")
}
