//! `sayso claims`: who said how many of what, when, where.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use anyhow::{Result, bail};
use comfy_table::{ColumnConstraint, ContentArrangement, LineStyle, Table, TableStyle};
use sayso_model::{Claim, CodePoints, Document, SourceKind, wire};
use sayso_read::Hints;

use crate::cli::{self, ClaimsFormat, Global};
use crate::engine::{Engine, read_english};
use crate::{input, render};

pub fn run(global: &Global, args: &cli::Claims) -> Result<ExitCode> {
    let format = match args.format {
        ClaimsFormat::Auto if std::io::stdout().is_terminal() => ClaimsFormat::Table,
        ClaimsFormat::Auto => ClaimsFormat::Jsonl,
        other => other,
    };
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let read: Vec<(Document, Vec<Claim>)> = if args.files.files.is_empty() {
        crate::commands::add::from_ledger(&args.ledger.ledger)?
    } else {
        let engine = Engine::load(global)?;
        let mut worker = engine.worker();
        let mut read = Vec::new();
        for report in input::reports(&args.files.files)? {
            let document =
                input::capture(&report.path).and_then(|c| read_english(&c, &Hints::default()));
            match document {
                Ok(document) => {
                    render::troubles(&document);
                    let claims = engine.analyse(&mut worker, &document).claims;
                    read.push((document, claims));
                }
                Err(error) if report.in_folder => anstream::eprintln!("skipped: {error:#}"),
                Err(error) => return Err(error),
            }
        }
        read
    };
    let wanted = |c: &&Claim| args.frame.is_empty() || args.frame.contains(&c.frame);
    if let Some(id) = &args.explain {
        return explain(&mut out, &read, id);
    }
    match format {
        ClaimsFormat::Table => {
            for (document, claims) in &read {
                let claims: Vec<&Claim> = claims.iter().filter(wanted).collect();
                table(&mut out, document, &claims)?;
            }
        }
        ClaimsFormat::Csv => csv(&mut out, &read, &wanted)?,
        _ => {
            for (document, claims) in &read {
                let points = CodePoints::new(&document.text);
                for claim in claims.iter().filter(wanted) {
                    serde_json::to_writer(&mut out, &wire::claim(&points, claim))?;
                    out.write_all(b"\n")?;
                }
            }
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
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

/// What the claim is marked with beside its figure: its mode where it is not plainly asserted, and denial.
fn manner(claim: &Claim) -> String {
    let mut out = Vec::new();
    if claim.polarity == sayso_model::Polarity::Denied {
        out.push("denied".to_owned());
    }
    if claim.modality != sayso_model::Modality::Asserted {
        let hedge = claim
            .hedge
            .as_ref()
            .map(|h| format!(" ({})", h.text))
            .unwrap_or_default();
        out.push(format!("{}{hedge}", claim.modality.as_str()));
    }
    if claim.historic {
        out.push("historic".to_owned());
    }
    out.join(", ")
}

fn table(out: &mut dyn Write, document: &Document, claims: &[&Claim]) -> Result<()> {
    let title = document
        .title
        .as_ref()
        .map_or("untitled", |t| t.text.as_str());
    let date = document
        .published
        .as_ref()
        .map_or_else(|| "undated".to_owned(), |p| p.date.to_string());
    writeln!(
        out,
        "{title} ({date}) — {}",
        document.from.as_deref().unwrap_or("standard input")
    )?;
    let mut table = Table::new();
    table
        .load_style(TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─')))
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(render::width() as u16)
        .set_header([
            "frame", "figure", "of what", "says", "where", "as of", "manner", "id",
        ]);
    for claim in claims {
        let thing = claim
            .figure
            .as_ref()
            .and_then(|f| f.thing.as_ref())
            .map(|t| t.text.clone());
        table.add_row([
            claim.frame.replace('_', " "),
            claim
                .figure
                .as_ref()
                .map(|f| flat(&f.text))
                .unwrap_or_default(),
            render::shorten(&flat(&thing.unwrap_or_else(|| roles(claim))), 72),
            flat(&who(claim)),
            claim
                .place
                .as_ref()
                .map(|p| p.text.clone())
                .unwrap_or_default(),
            claim
                .as_of
                .as_ref()
                .or(claim.event_time.as_ref())
                .map(|w| w.value.clone())
                .unwrap_or_default(),
            manner(claim),
            claim.id.to_string()[..8].to_owned(),
        ]);
    }
    // Dates and ids are useless when they are broken.
    for column in [5, 7] {
        if let Some(column) = table.column_mut(column) {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
    }
    writeln!(
        out,
        "{table}\n{}\n",
        render::counted(claims.len(), "claim", "claims")
    )?;
    Ok(())
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn csv(
    out: &mut dyn Write,
    read: &[(Document, Vec<Claim>)],
    wanted: &dyn Fn(&&Claim) -> bool,
) -> Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record([
        "id",
        "document",
        "from",
        "published",
        "frame",
        "low",
        "best",
        "high",
        "exactness",
        "unit",
        "currency",
        "thing",
        "figure_text",
        "roles",
        "source",
        "origin",
        "origin_kind",
        "polarity",
        "modality",
        "hedge",
        "place",
        "as_of",
        "event_time",
        "due",
        "part_of",
        "start",
        "end",
        "sentence",
    ])?;
    for (document, claims) in read {
        let points = CodePoints::new(&document.text);
        for claim in claims.iter().filter(wanted) {
            let figure = claim.figure.as_ref();
            let number = |d: Option<sayso_model::Decimal>| {
                d.map(|d| d.normalize().to_string()).unwrap_or_default()
            };
            let when = |w: &Option<sayso_model::When>| {
                w.as_ref().map(|w| w.value.clone()).unwrap_or_default()
            };
            let (start, end) = points.span(figure.map_or(claim.sentence, |f| f.span));
            writer.write_record([
                claim.id.to_string(),
                claim.document.to_string(),
                document.from.clone().unwrap_or_default(),
                document
                    .published
                    .as_ref()
                    .map(|p| p.value.clone())
                    .unwrap_or_default(),
                claim.frame.clone(),
                number(figure.and_then(|f| f.low)),
                number(figure.and_then(|f| f.best)),
                number(figure.and_then(|f| f.high)),
                figure
                    .map(|f| f.exactness.as_str().to_owned())
                    .unwrap_or_default(),
                figure.and_then(|f| f.unit.clone()).unwrap_or_default(),
                figure.and_then(|f| f.currency.clone()).unwrap_or_default(),
                figure
                    .and_then(|f| f.thing.as_ref())
                    .map(|t| flat(&t.text))
                    .unwrap_or_default(),
                figure.map(|f| flat(&f.text)).unwrap_or_default(),
                flat(&roles(claim)),
                flat(&who(claim)),
                claim
                    .origin()
                    .map(|o| flat(o.entity.as_deref().unwrap_or(&o.source.text)))
                    .unwrap_or_default(),
                claim
                    .origin()
                    .map(|o| o.kind.as_str().to_owned())
                    .unwrap_or_default(),
                claim.polarity.as_str().to_owned(),
                claim.modality.as_str().to_owned(),
                claim
                    .hedge
                    .as_ref()
                    .map(|h| h.text.clone())
                    .unwrap_or_default(),
                claim
                    .place
                    .as_ref()
                    .map(|p| p.text.clone())
                    .unwrap_or_default(),
                when(&claim.as_of),
                when(&claim.event_time),
                when(&claim.due),
                claim.part_of.map(|p| p.to_string()).unwrap_or_default(),
                start.to_string(),
                end.to_string(),
                flat(document.words(claim.sentence)),
            ])?;
        }
    }
    writer.flush()?;
    Ok(())
}

/// Why the claim was read so: its words, then each reason.
fn explain(out: &mut dyn Write, read: &[(Document, Vec<Claim>)], id: &str) -> Result<ExitCode> {
    let mut hits = read
        .iter()
        .flat_map(|(d, claims)| claims.iter().map(move |c| (d, c)));
    let Some((document, claim)) = hits.find(|(_, c)| c.id.to_string().starts_with(id)) else {
        bail!("no claim here has the id {id}");
    };
    writeln!(out, "{} {}", claim.id, claim.frame)?;
    writeln!(out, "sentence   {}", flat(document.words(claim.sentence)))?;
    if let Some(trigger) = claim.trigger {
        writeln!(out, "trigger    {}", document.words(trigger))?;
    }
    if let Some(figure) = &claim.figure {
        writeln!(out, "figure     {}", flat(&figure.text))?;
    }
    writeln!(out, "roles      {}", roles(claim))?;
    writeln!(
        out,
        "says       {}",
        if claim.attribution.is_empty() {
            "the outlet itself".to_owned()
        } else {
            who(claim)
        }
    )?;
    for reason in &claim.why {
        writeln!(out, "because    {reason}")?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
