//! `sayso claims`: who said how many of what, when, where.

mod explain;
mod rows;
mod table;
mod ucdp;

use std::collections::HashMap;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use anyhow::Result;
use sayso_match::Offer;
use sayso_model::{Claim, CodePoints, Document, Place, SourceKind, Span, Text, wire};
use sayso_read::Hints;

use crate::cli::{self, ClaimsFormat, Global};
use crate::engine::{Engine, read_english};
use crate::{input, render};

/// A document, its claims, and the bytes it was read from, where they are at hand.
pub struct Read {
    pub document: Document,
    pub claims: Vec<Claim>,
    places: Vec<Place>,
    bytes: Option<Vec<u8>>,
}

impl Read {
    /// The claims as report number `n` offers them for comparison.
    pub fn offers(&self, n: usize) -> impl Iterator<Item = Offer<'_>> {
        let places: HashMap<Span<Text>, &Place> = self.places.iter().map(|p| (p.span, p)).collect();
        self.claims.iter().map(move |claim| {
            let at = claim.place.as_ref().map(|p| p.span);
            Offer {
                document: n,
                outlet: self.document.outlet.as_ref().map(|o| o.text.as_str()),
                claim,
                place: at.and_then(|at| places.get(&at).copied()),
            }
        })
    }

    /// The line of the file at which words stand; of the text, where the file is not at hand.
    pub fn line(&self, points: &CodePoints, span: Span<Text>) -> u32 {
        let source = self.bytes.as_ref().zip(self.document.map.bytes(span));
        match source {
            Some((bytes, at)) => render::source_position(bytes, at.start).0,
            None => points.line_column(span.start).line,
        }
    }
}

pub fn run(global: &Global, args: &cli::Claims) -> Result<ExitCode> {
    let terminal = std::io::stdout().is_terminal();
    let format = match args.format {
        ClaimsFormat::Auto if terminal => ClaimsFormat::Table,
        ClaimsFormat::Auto => ClaimsFormat::Jsonl,
        other => other,
    };
    let (mut read, engine): (Vec<Read>, Option<Engine>) = if args.files.files.is_empty() {
        let list = crate::commands::add::from_ledger(&args.ledger.ledger)?;
        let list = list.into_iter().map(|(document, claims)| Read {
            document,
            claims,
            places: Vec::new(),
            bytes: None,
        });
        (list.collect(), None)
    } else {
        let engine = Engine::load(global)?;
        (from_files(&engine, args)?, Some(engine))
    };
    // What people read may have weights; what programs read goes out as it is.
    let people = args.explain.is_some() || format == ClaimsFormat::Table;
    let mut out = render::output(people);
    if let Some(id) = &args.explain {
        let engine = match engine {
            Some(engine) => engine,
            None => Engine::load(global)?,
        };
        explain::explain(&mut out, &engine, &read, id)?;
        out.flush()?;
        return Ok(ExitCode::SUCCESS);
    }
    let wanted = |c: &&Claim| args.frame.is_empty() || args.frame.contains(&c.frame);
    match format {
        ClaimsFormat::Table => {
            for read in &read {
                let claims: Vec<&Claim> = read.claims.iter().filter(wanted).collect();
                table::table(&mut out, read, &claims)?;
            }
        }
        ClaimsFormat::Ucdp => {
            let engine = match engine {
                Some(engine) => engine,
                None => Engine::load(global)?,
            };
            // A ledger keeps claims, not places: they are read again.
            for read in read.iter_mut().filter(|r| r.bytes.is_none()) {
                let mut worker = engine.worker();
                read.places = engine.analyse(&mut worker, &read.document).reading.places;
            }
            ucdp::ucdp(&mut out, &read, engine.packs)?;
        }
        ClaimsFormat::Csv => rows::csv(&mut out, &read, &wanted)?,
        _ => {
            for read in &read {
                let points = CodePoints::new(&read.document.text);
                for claim in read.claims.iter().filter(wanted) {
                    serde_json::to_writer(&mut out, &wire::claim(&points, claim))?;
                    out.write_all(b"\n")?;
                }
            }
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn from_files(engine: &Engine, args: &cli::Claims) -> Result<Vec<Read>> {
    let mut worker = engine.worker();
    let mut read = Vec::new();
    for report in input::reports(&args.files.files)? {
        let capture = input::capture(&report.path);
        let document = capture.and_then(|c| Ok((read_english(&c, &Hints::default())?, c)));
        match document {
            Ok((document, capture)) => {
                render::troubles(&document);
                let analysis = engine.analyse(&mut worker, &document);
                let (claims, places) = (analysis.claims, analysis.reading.places);
                read.push(Read {
                    document,
                    claims,
                    places,
                    bytes: Some(capture.bytes),
                });
            }
            Err(error) if report.in_folder => anstream::eprintln!("skipped: {error:#}"),
            Err(error) => return Err(error),
        }
    }
    Ok(read)
}

/// "Reuters ‹ South Korea's spy agency": the relay, then whom it had it from.
fn who(claim: &Claim) -> String {
    let chain: Vec<&str> = claim
        .attribution
        .iter()
        .filter(|l| l.kind != SourceKind::Own)
        .map(|l| l.entity.as_deref().unwrap_or(&l.source.text))
        .collect();
    chain.join(" ‹ ")
}

fn roles(claim: &Claim) -> String {
    claim
        .roles
        .iter()
        .flat_map(|(name, fillers)| {
            fillers
                .iter()
                .map(move |f| format!("{name}: {}", f.phrase.text))
        })
        .collect::<Vec<_>>()
        .join("; ")
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
