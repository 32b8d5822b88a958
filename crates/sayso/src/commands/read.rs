//! `sayso read`: what was read of a page or file.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use sayso_model::{Capture, Document, Media, PartKind, wire};
use sayso_read::{Hints, body, read};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::cli::{self, Global, ReadFormat};
use crate::{input, jsonl, render};

#[derive(Debug, Deserialize)]
struct Line {
    #[serde(default)]
    id: Value,
    html: String,
    url: Option<String>,
}

pub fn run(_: &Global, args: &cli::Read) -> Result<ExitCode> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    if args.jsonl {
        let mut stdin = std::io::stdin().lock();
        jsonl::each(
            &mut stdin,
            &mut out,
            || (),
            |(), line: Line| {
                let capture = Capture::new(Media::Html, line.html.into_bytes(), line.url.clone());
                let document = read(
                    &capture,
                    &Hints {
                        url: line.url,
                        ..Hints::default()
                    },
                );
                object(line.id, &document, false)
            },
        )?;
        return Ok(ExitCode::SUCCESS);
    }
    for (n, report) in input::reports(&args.files.files)?.iter().enumerate() {
        let capture = input::capture(&report.path)?;
        let document = read(&capture, &Hints::default());
        match args.format {
            ReadFormat::Json => {
                serde_json::to_writer(
                    &mut out,
                    &object(json!(document.id.to_string()), &document, true),
                )?;
                out.write_all(b"\n")?;
            }
            ReadFormat::Human => {
                if n > 0 {
                    writeln!(out)?;
                }
                human(&mut out, &document)?;
            }
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// The contract's line; of a file also its parts and troubles.
fn object(id: Value, document: &Document, whole: bool) -> Value {
    let mut line = wire::document(document);
    if let Value::Object(o) = &mut line {
        o.insert("id".into(), id);
        o.insert("body".into(), json!(body(document)));
        if whole {
            let points = sayso_model::CodePoints::new(&document.text);
            o.insert("text".into(), json!(document.text));
            o.insert(
                "parts".into(),
                document
                    .parts
                    .iter()
                    .map(|p| wire::part(&points, p))
                    .collect(),
            );
            o.insert(
                "troubles".into(),
                document.troubles.iter().map(|t| json!(t.message)).collect(),
            );
        }
    }
    line
}

fn human(out: &mut dyn Write, document: &Document) -> Result<()> {
    let words = |l: &Option<sayso_model::Located>| {
        l.as_ref()
            .map_or_else(|| "–".to_owned(), |l| l.text.clone())
    };
    writeln!(out, "title      {}", words(&document.title))?;
    writeln!(out, "byline     {}", words(&document.byline))?;
    writeln!(out, "outlet     {}", words(&document.outlet))?;
    let published = document.published.as_ref().map_or_else(
        || "–".to_owned(),
        |p| format!("{} ({})", p.value, p.found_in),
    );
    writeln!(out, "published  {published}")?;
    writeln!(
        out,
        "language   {}",
        document.language.as_deref().unwrap_or("–")
    )?;
    for trouble in &document.troubles {
        writeln!(out, "trouble    {}", trouble.message)?;
    }
    writeln!(out)?;
    let width = render::width().saturating_sub(15).max(30);
    let mut left_out = 0;
    for part in &document.parts {
        if part.kind == PartKind::Chrome {
            left_out += 1;
        }
        let text = document
            .words(part.span)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let label = match &part.kind {
            PartKind::Cell(c) => format!("cell {},{},{}", c.table, c.row, c.column),
            PartKind::Chrome => "left out".to_owned(),
            other => other.as_str().replace('_', " "),
        };
        writeln!(out, "{label:<14} {}", render::shorten(&text, width))?;
    }
    if left_out > 0 {
        writeln!(
            out,
            "\n{}",
            render::counted(
                left_out,
                "part of page furniture was left out",
                "parts of page furniture were left out"
            )
        )?;
    }
    Ok(())
}
