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
    match RULES.iter().find(|r| r.code.eq_ignore_ascii_case(code)) {
        Some(rule) => writeln!(
            out,
            "# {}: {}\n\n{}",
            rule.code,
            rule.title,
            rule.docs.trim()
        )?,
        None => bail!("no finding has the code {code}: `sayso explain` lists them"),
    }
    Ok(ExitCode::SUCCESS)
}
