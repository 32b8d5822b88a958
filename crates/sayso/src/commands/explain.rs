//! `sayso explain CODE`: the rule's own documentation.

use std::io::Write;
use std::process::ExitCode;

use anyhow::{Result, bail};
use sayso_check::RULES;

use crate::cli;

pub fn run(args: &cli::Explain) -> Result<ExitCode> {
    let mut out = anstream::stdout().lock();
    let Some(code) = &args.code else {
        for rule in RULES {
            writeln!(out, "{}  {}", rule.code, rule.title)?;
        }
        return Ok(ExitCode::SUCCESS);
    };
    match sayso_check::explain(code) {
        Some(page) => write!(out, "{page}")?,
        None => bail!("no finding has the code {code}: `sayso explain` lists them"),
    }
    Ok(ExitCode::SUCCESS)
}
