//! `sayso add`: keep the bytes, extract, append to the ledger.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use jiff::Timestamp;
use rayon::prelude::*;
use sayso_ledger::{Added, AsOf, Entry, Extractor, Ledger, Mode};
use sayso_model::{Capture, Claim, Document, Dossier, DossierEntry};
use sayso_read::Hints;

use crate::cli::{self, Global};
use crate::engine::{Engine, read_english};
use crate::{input, render};

/// Documents worked on between two writes.
const BATCH: usize = 32;

/// The documents and claims of a ledger, in order of publication.
pub fn from_ledger(path: &Path) -> Result<Vec<(Document, Vec<Claim>)>> {
    let dossier = dossier_of(path, "")?;
    Ok(dossier
        .documents
        .into_iter()
        .map(|d| (d.document, d.claims))
        .collect())
}

/// Everything that a ledger holds, as a dossier.
pub fn dossier_of(path: &Path, title: &str) -> Result<Dossier> {
    Ok(Ledger::open(path, Mode::Read)?.dossier(title, AsOf::default())?)
}

pub fn run(global: &Global, args: &cli::Add) -> Result<ExitCode> {
    let reports = input::reports(&args.files.files)?;
    let engine = Engine::load(global)?;
    let extractor = Extractor {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        model: engine.model.content_hash(),
        packs: super::packs::hex(&engine.packs.pack_hash()),
    };
    let mut ledger = Ledger::open(&args.ledger.ledger, Mode::Create)?;
    let mut counts = [0usize; 3];
    let mut claims = 0;
    let mut failed = false;
    for batch in reports.chunks(BATCH) {
        let done: Vec<Result<(Capture, DossierEntry)>> = batch
            .par_iter()
            .map_init(
                || engine.worker(),
                |worker, report| {
                    let capture = input::capture(&report.path)?;
                    let document = read_english(&capture, &Hints::default())?;
                    let analysis = engine.analyse(worker, &document);
                    let (claims, findings, times) =
                        (analysis.claims, analysis.findings, analysis.reading.times);
                    Ok((
                        capture,
                        DossierEntry {
                            document,
                            claims,
                            findings,
                            times,
                        },
                    ))
                },
            )
            .collect();
        for (report, done) in batch.iter().zip(done) {
            let (capture, read) = match done {
                Ok(both) => both,
                Err(error) if report.in_folder => {
                    anstream::eprintln!("skipped: {error:#}");
                    continue;
                }
                Err(error) => {
                    // What was added before stays; the rest is still tried, and the exit code tells.
                    anstream::eprintln!(
                        "{}error{}: {error:#}",
                        render::ERROR,
                        render::ERROR.render_reset()
                    );
                    failed = true;
                    continue;
                }
            };
            render::troubles(&read.document);
            let entry = Entry {
                capture: &capture,
                document: &read.document,
                claims: &read.claims,
                findings: &read.findings,
                times: &read.times,
            };
            let added = ledger.add(&entry, &extractor, Timestamp::now())?;
            counts[added as usize] += 1;
            if added != Added::Known {
                claims += read.claims.len();
            }
        }
    }
    anstream::println!(
        "{}: {} added with {}, {} read anew, {} already there",
        args.ledger.ledger.display(),
        render::counted(counts[Added::New as usize], "document", "documents"),
        render::counted(claims, "claim", "claims"),
        counts[Added::Reread as usize],
        counts[Added::Known as usize],
    );
    Ok(if failed {
        ExitCode::from(2)
    } else {
        ExitCode::SUCCESS
    })
}
