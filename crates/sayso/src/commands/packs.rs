//! `sayso packs check|list`, and the packs in force for every command.

use std::process::ExitCode;

use anyhow::{Result, bail};
use sayso_packs::Packs;

use crate::cli::{self, Global};

/// The built-in packs with those that `--pack` names merged over them.
pub fn in_force(global: &Global) -> Result<&'static Packs> {
    if !global.pack.is_empty() {
        bail!("--pack: not yet");
    }
    Ok(Packs::builtin())
}

pub fn run(global: &Global, _: &cli::Packs) -> Result<ExitCode> {
    in_force(global)?;
    Ok(ExitCode::SUCCESS)
}
