//! `sayso check`: a compiler for news.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use rayon::prelude::*;
use sayso_model::{CodePoints, Document, Finding, Severity, wire};
use sayso_read::Hints;
use serde_json::{Value, json};

use crate::cli::{self, CheckFormat, FailOn, Global};
use crate::commands::annotate::Line;
use crate::engine::{Engine, read_english};
use crate::{input, jsonl, render};

/// A document, the bytes it was read from, and what was found in it.
type Checked = (Document, Vec<u8>, Vec<Finding>);

pub fn run(global: &Global, args: &cli::Check) -> Result<ExitCode> {
    let engine = Engine::load(global)?;
    if args.jsonl {
        let worst = std::sync::Mutex::new(None);
        let mut stdin = std::io::stdin().lock();
        let mut out = std::io::BufWriter::new(std::io::stdout().lock());
        jsonl::each(
            &mut stdin,
            &mut out,
            || engine.worker(),
            |worker, line: Line| {
                let (id, document) = line.document();
                let findings = engine.analyse(worker, &document).findings;
                note_worst(&worst, &findings);
                let points = CodePoints::new(&document.text);
                json!({"id": id, "findings": findings.iter().map(|f| wire::finding(&points, f)).collect::<Value>()})
            },
        )?;
        return Ok(exit_code(worst.into_inner().ok().flatten(), args.fail_on));
    }
    let reports = input::reports(&args.files.files)?;
    let mut out = anstream::AutoStream::auto(std::io::stdout()).lock();
    let mut worst = None;
    let mut failed = None;
    // In batches, so that a folder of any size needs bounded memory and prints as it goes.
    for batch in reports.chunks(32) {
        let done: Vec<Result<Checked>> = batch
            .par_iter()
            .map_init(
                || engine.worker(),
                |worker, report| {
                    let capture = input::capture(&report.path)?;
                    let document = read_english(&capture, &Hints::default())?;
                    let findings = engine.analyse(worker, &document).findings;
                    Ok((document, capture.bytes, findings))
                },
            )
            .collect();
        for (report, done) in batch.iter().zip(done) {
            match done {
                Ok((document, bytes, findings)) => {
                    render::troubles(&document);
                    worst = worst.max(findings.iter().map(|f| f.severity).max());
                    let name = report.path.display().to_string();
                    match args.format {
                        CheckFormat::Human => {
                            render::findings(&mut out, &name, &document, &bytes, &findings)?
                        }
                        CheckFormat::Json => {
                            serde_json::to_writer(&mut out, &json(&document, &bytes, &findings))?;
                            out.write_all(b"\n")?;
                        }
                    }
                }
                Err(error) if report.in_folder => anstream::eprintln!("skipped: {error:#}"),
                Err(error) => {
                    anstream::eprintln!(
                        "{}error{}: {error:#}",
                        render::ERROR,
                        render::ERROR.render_reset()
                    );
                    failed = Some(ExitCode::from(2));
                }
            }
        }
    }
    out.flush()?;
    Ok(failed.unwrap_or_else(|| exit_code(worst, args.fail_on)))
}

/// Line and column are of the captured file; a page's rendered text has other lines.
fn json(document: &Document, bytes: &[u8], findings: &[Finding]) -> Value {
    let points = CodePoints::new(&document.text);
    let list: Value = findings
        .iter()
        .map(|f| {
            let mut value = wire::finding(&points, f);
            if let (Value::Object(o), Some(span)) = (&mut value, document.map.bytes(f.span)) {
                let (line, column) = render::source_position(bytes, span.start);
                o.insert("line".into(), json!(line));
                o.insert("column".into(), json!(column));
                o.insert("bytes".into(), json!([span.start, span.end]));
            }
            value
        })
        .collect();
    json!({"document": wire::document(document), "findings": list})
}

fn note_worst(worst: &std::sync::Mutex<Option<Severity>>, findings: &[Finding]) {
    if let Ok(mut worst) = worst.lock() {
        *worst = (*worst).max(findings.iter().map(|f| f.severity).max());
    }
}

fn exit_code(worst: Option<Severity>, fail_on: FailOn) -> ExitCode {
    let bar = match fail_on {
        FailOn::Information => Severity::Information,
        FailOn::Warning => Severity::Warning,
        FailOn::Error => Severity::Error,
        FailOn::Never => return ExitCode::SUCCESS,
    };
    if worst.is_some_and(|w| w >= bar) {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    }
}
