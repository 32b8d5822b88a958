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
    let engine = Engine::load(global)?;
    let mut worker = engine.worker();
    let mut documents = Vec::new();
    for report in input::reports(&args.files.files)? {
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
    documents.sort_by_key(|d| d.document.published.as_ref().map(|p| p.date));
    let title = args.title.clone().or_else(|| {
        documents
            .first()
            .and_then(|d| d.document.title.as_ref())
            .map(|t| t.text.clone())
    });
    let dossier = Dossier {
        title: title.unwrap_or_else(|| "Situation report".to_owned()),
        documents,
    };
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
