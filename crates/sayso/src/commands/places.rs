//! `sayso places install|status|remove`.

use std::fs;
use std::io::Write;
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow, bail};
use sayso_measure::Gazetteer;

use crate::cli::{self, Global, PlacesAction};
use crate::places_file;

pub fn run(global: &Global, args: &cli::Places) -> Result<ExitCode> {
    let mut out = anstream::stdout().lock();
    let path = places_file::path()?;
    match args.action {
        PlacesAction::Install => {
            if global.offline {
                bail!("--offline forbids fetching the gazetteer");
            }
            places_file::install()?;
        }
        PlacesAction::Status => {
            if !path.exists() {
                bail!("the gazetteer is not installed: type `sayso places install`");
            }
            let bytes =
                fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            let gazetteer = Gazetteer::from_bytes(bytes).map_err(|e| {
                anyhow!(
                    "{}: {e}; type `sayso places install` to make it anew",
                    path.display()
                )
            })?;
            writeln!(out, "{}", path.display())?;
            writeln!(out, "{} places, whole", gazetteer.len())?;
            writeln!(out, "\n{}", gazetteer.credits())?;
        }
        PlacesAction::Remove => {
            if path.exists() {
                fs::remove_file(&path)
                    .with_context(|| format!("cannot remove {}", path.display()))?;
                writeln!(out, "removed {}", path.display())?;
            } else {
                writeln!(out, "nothing to remove: {} does not exist", path.display())?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
