//! `sayso dossier`: the published situation report.

use std::fs;
use std::process::ExitCode;

use anyhow::{Context, Result};
use sayso_model::{Dossier, DossierEntry};
use sayso_read::Hints;

use crate::cli::{self, Global};
use crate::engine::{Engine, read_english};
use crate::{input, render};

pub fn run(global: &Global, args: &cli::Dossier) -> Result<ExitCode> {
    let mut dossier = if args.files.files.is_empty() {
        super::add::dossier_of(&args.ledger.ledger, "")?
    } else {
        in_memory(global, args)?
    };
    let first = || {
        dossier
            .documents
            .first()
            .and_then(|d| d.document.title.as_ref())
            .map(|t| t.text.clone())
    };
    dossier.title = args
        .title
        .clone()
        .or_else(first)
        .unwrap_or_else(|| "Situation report".to_owned());
    let files = sayso_publish::publish(&dossier);
    for file in &files {
        let path = args.out.join(&file.name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)
                .with_context(|| format!("cannot make the folder {}", folder.display()))?;
        }
        fs::write(&path, &file.bytes)
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    anstream::eprintln!("wrote {}", args.out.join("index.html").display());
    Ok(ExitCode::SUCCESS)
}

/// A dossier of files, without a ledger.
fn in_memory(global: &Global, args: &cli::Dossier) -> Result<Dossier> {
    let reports = input::reports(&args.files.files)?;
    let engine = Engine::load(global)?;
    let mut worker = engine.worker();
    let mut documents = Vec::new();
    for report in reports {
        let read = input::capture(&report.path).and_then(|c| read_english(&c, &Hints::default()));
        let document = match read {
            Ok(document) => document,
            Err(error) if report.in_folder => {
                anstream::eprintln!("skipped: {error:#}");
                continue;
            }
            Err(error) => return Err(error),
        };
        render::troubles(&document);
        let analysis = engine.analyse(&mut worker, &document);
        let (claims, findings, times) =
            (analysis.claims, analysis.findings, analysis.reading.times);
        documents.push(DossierEntry {
            document,
            claims,
            findings,
            times,
        });
    }
    // In order of publication; what has no date comes last.
    documents.sort_by_key(|d| {
        let day = d.document.published.as_ref().map(|p| p.date);
        (day.is_none(), day)
    });
    Ok(Dossier {
        title: String::new(),
        documents,
    })
}
