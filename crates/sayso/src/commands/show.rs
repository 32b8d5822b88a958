//! `sayso show`: one page of a report with all that was read from it marked in place.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use sayso_publish::Shown;
use sayso_read::Hints;

use crate::cli::{self, Global};
use crate::engine::{Engine, read_english};
use crate::{input, render};

pub fn run(global: &Global, args: &cli::Show) -> Result<ExitCode> {
    page(global, &args.file, args.out.as_deref())
}

/// Writes the page of the report `file` to `out`, else to standard output.
pub fn page(global: &Global, file: &Path, out: Option<&Path>) -> Result<ExitCode> {
    if file.is_dir() {
        bail!("{}: a page shows one report, not a folder", file.display());
    }
    let document = read_english(&input::capture(file)?, &Hints::default())?;
    render::troubles(&document);
    let engine = Engine::load(global)?;
    let analysis = engine.analyse(&mut engine.worker(), &document);
    let reading = &analysis.reading;
    let html = sayso_publish::show(&Shown {
        document: &document,
        figures: &reading.figures,
        relations: &reading.relations,
        times: &reading.times,
        places: &reading.places,
        attributions: &analysis.attributions,
        claims: &analysis.claims,
    });
    match out {
        Some(path) => {
            fs::write(path, html).with_context(|| format!("cannot write {}", path.display()))?;
            anstream::eprintln!("wrote {}", path.display());
        }
        None => {
            let mut stdout = std::io::stdout().lock();
            stdout.write_all(html.as_bytes())?;
            stdout.flush()?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
