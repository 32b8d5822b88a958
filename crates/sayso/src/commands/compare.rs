//! `sayso compare`: claims of several reports side by side, a block a question.

use std::collections::HashMap;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use anyhow::Result;
use sayso_match::{Line, Offer, Question, questions};
use sayso_model::{Claim, CodePoints, Document, Place, SourceKind, Span, Text, wire};
use sayso_publish::Compared;
use sayso_read::Hints;
use serde_json::{Value, json};

use crate::cli::{self, CompareFormat, Global};
use crate::engine::{Engine, read_english};
use crate::{input, render};

/// A report and what was read of it.
struct Report {
    document: Document,
    claims: Vec<Claim>,
    places: Vec<Place>,
    points: CodePoints,
}

pub fn run(global: &Global, args: &cli::Compare) -> Result<ExitCode> {
    let format = match args.format {
        CompareFormat::Auto if std::io::stdout().is_terminal() => CompareFormat::Table,
        CompareFormat::Auto => CompareFormat::Json,
        other => other,
    };
    let files = input::reports(&args.files.files)?;
    let engine = Engine::load(global)?;
    let mut worker = engine.worker();
    let mut reports = Vec::new();
    for file in files {
        let read = input::capture(&file.path).and_then(|c| read_english(&c, &Hints::default()));
        let document = match read {
            Ok(document) => document,
            Err(error) if file.in_folder => {
                anstream::eprintln!("skipped: {error:#}");
                continue;
            }
            Err(error) => return Err(error),
        };
        render::troubles(&document);
        let analysis = engine.analyse(&mut worker, &document);
        let (claims, places) = (analysis.claims, analysis.reading.places);
        let points = CodePoints::new(&document.text);
        reports.push(Report {
            document,
            claims,
            places,
            points,
        });
    }
    let offers: Vec<Offer<'_>> = reports
        .iter()
        .enumerate()
        .flat_map(|(n, r)| {
            let places: HashMap<Span<Text>, &Place> =
                r.places.iter().map(|p| (p.span, p)).collect();
            r.claims.iter().map(move |c| offer(n, r, c, &places))
        })
        .collect();
    let mut asked = questions(&offers, engine.packs);
    if !args.all {
        asked.retain(|q| q.is_compared(&offers));
    }
    let mut out = render::output(format == CompareFormat::Table);
    match format {
        CompareFormat::Table => table(&mut out, &reports, &offers, &asked)?,
        CompareFormat::Csv => csv(&mut out, &reports, &offers, &asked)?,
        CompareFormat::Html => {
            let documents: Vec<&Document> = reports.iter().map(|r| &r.document).collect();
            let page = sayso_publish::compare(&Compared {
                documents: &documents,
                offers: &offers,
                questions: &asked,
            });
            out.write_all(page.as_bytes())?;
        }
        _ => {
            let list = |(i, r): (usize, &Report)| {
                let mut d = wire::document(&r.document);
                if let Value::Object(o) = &mut d {
                    o.insert("number".into(), json!(i));
                }
                d
            };
            let value = json!({
                "documents": reports.iter().enumerate().map(list).collect::<Value>(),
                "questions": asked.iter().map(|q| question(&reports, &offers, q)).collect::<Value>(),
            });
            serde_json::to_writer(&mut out, &value)?;
            out.write_all(b"\n")?;
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn offer<'a>(
    number: usize,
    report: &'a Report,
    claim: &'a Claim,
    places: &HashMap<Span<Text>, &'a Place>,
) -> Offer<'a> {
    let at = claim.place.as_ref().map(|p| p.span);
    Offer {
        document: number,
        outlet: report.document.outlet.as_ref().map(|o| o.text.as_str()),
        claim,
        place: at.and_then(|at| places.get(&at).copied()),
    }
}

/// The chain, outermost relay first; the report's own voice has none.
fn chain(claim: &Claim) -> Vec<String> {
    claim
        .attribution
        .iter()
        .filter(|l| l.kind != SourceKind::Own)
        .map(|l| flat(l.entity.as_deref().unwrap_or(&l.source.text)))
        .collect()
}

fn outlet(report: &Report) -> &str {
    let d = &report.document;
    let outlet = d.outlet.as_ref().map(|o| o.text.as_str());
    outlet.or(d.from.as_deref()).unwrap_or("standard input")
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// As of when a claim's figure counts, else when it happened, else when it was published.
fn as_of(claim: &Claim) -> &str {
    let when = [&claim.as_of, &claim.event_time, &claim.published];
    when.into_iter()
        .flatten()
        .next()
        .map_or("", |w| w.value.as_str())
}

/// How it is put, where that is not plainly asserted.
fn manner(claim: &Claim) -> &'static str {
    match (claim.polarity, claim.modality) {
        (sayso_model::Polarity::Denied, _) => "denied",
        (_, sayso_model::Modality::Asserted) => "",
        (_, m) => m.as_str(),
    }
}

fn shown<'a>(offers: &'a [Offer<'a>], line: &Line) -> Option<&'a Offer<'a>> {
    line.offers.first().and_then(|i| offers.get(*i))
}

fn letters(lines: &[usize]) -> Vec<String> {
    lines.iter().map(|l| sayso_publish::letter(*l)).collect()
}

fn question(reports: &[Report], offers: &[Offer<'_>], q: &Question) -> Value {
    let spread = q.spread(offers);
    let number = |d: sayso_model::Decimal| d.normalize().to_string();
    let line = |(n, l): (usize, &Line)| {
        let o = shown(offers, l)?;
        let report = reports.get(o.document)?;
        let ids: Vec<String> = l
            .offers
            .iter()
            .filter_map(|i| offers.get(*i).map(|o| o.claim.id.to_string()))
            .collect();
        let against: Value = l
            .against
            .iter()
            .map(|(other, s)| json!({"line": sayso_publish::letter(*other), "why": s.as_str()}))
            .collect();
        Some(json!({
            "line": sayso_publish::letter(n), "document": o.document, "outlet": o.outlet,
            "chain": chain(o.claim), "origin": l.origin,
            "claim": wire::claim(&report.points, o.claim), "claims": ids,
            "against": against, "relays": letters(&l.relays), "same_origin": letters(&l.same_origin),
        }))
    };
    json!({
        "frame": q.frame, "frames": q.frames, "population": q.population, "unit": q.unit, "place": q.place,
        "origins": q.origins, "disagrees": q.disagrees(),
        "low": spread.map(|s| number(s.0)), "high": spread.map(|s| number(s.1)),
        "lines": q.lines.iter().enumerate().filter_map(line).collect::<Value>(),
    })
}

fn csv(
    out: &mut dyn Write,
    reports: &[Report],
    offers: &[Offer<'_>],
    asked: &[Question],
) -> Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record([
        "question",
        "line",
        "frame",
        "population",
        "unit",
        "place",
        "low",
        "best",
        "high",
        "figure_text",
        "chain",
        "origin",
        "as_of",
        "manner",
        "outlet",
        "from",
        "published",
        "against",
        "relays",
        "same_origin",
        "claim",
        "sentence",
    ])?;
    for (i, q) in asked.iter().enumerate() {
        for (n, l) in q.lines.iter().enumerate() {
            let Some((o, report)) =
                shown(offers, l).and_then(|o| Some((o, reports.get(o.document)?)))
            else {
                continue;
            };
            let f = o.claim.figure.as_ref();
            let number = |d: Option<sayso_model::Decimal>| {
                d.map(|d| d.normalize().to_string()).unwrap_or_default()
            };
            let against: Vec<String> = l
                .against
                .iter()
                .map(|(other, s)| format!("{} {}", s.as_str(), sayso_publish::letter(*other)))
                .collect();
            let published = report.document.published.as_ref();
            writer.write_record([
                (i + 1).to_string(),
                sayso_publish::letter(n),
                o.claim.frame.clone(),
                flat(&q.population),
                q.unit.clone(),
                flat(&q.place),
                number(f.and_then(|f| f.low)),
                number(f.and_then(|f| f.best)),
                number(f.and_then(|f| f.high)),
                f.map(|f| flat(&f.text)).unwrap_or_default(),
                chain(o.claim).join(" ‹ "),
                l.origin.to_string(),
                as_of(o.claim).to_owned(),
                manner(o.claim).to_owned(),
                o.outlet.unwrap_or_default().to_owned(),
                report.document.from.clone().unwrap_or_default(),
                published.map(|p| p.value.clone()).unwrap_or_default(),
                against.join("; "),
                letters(&l.relays).join(" "),
                letters(&l.same_origin).join(" "),
                o.claim.id.to_string(),
                flat(report.document.words(o.claim.sentence)),
            ])?;
        }
    }
    writer.flush()?;
    Ok(())
}

fn table(
    out: &mut dyn Write,
    reports: &[Report],
    offers: &[Offer<'_>],
    asked: &[Question],
) -> Result<()> {
    let (bold, dim, warn) = (render::BOLD, render::DIM, render::WARNING);
    let width = render::width();
    for q in asked {
        let mut title = Vec::new();
        if q.frame != "other" {
            title.push(q.frame.replace('_', " "));
        }
        title.extend(Some(flat(&q.population)).filter(|p| !p.is_empty()));
        let mut title = title.join(": ");
        if !q.unit.is_empty() {
            title += &format!(" ({})", q.unit);
        }
        if !q.place.is_empty() {
            title += &format!(", {}", flat(&q.place));
        }
        for line in render::wrapped(&title, width) {
            writeln!(out, "{bold}{line}{bold:#}")?;
        }
        let rows: Vec<(usize, &Line, &Offer<'_>, &Report)> = q
            .lines
            .iter()
            .enumerate()
            .filter_map(|(n, l)| {
                shown(offers, l).and_then(|o| Some((n, l, o, reports.get(o.document)?)))
            })
            .collect();
        let figure = |o: &Offer<'_>| {
            o.claim
                .figure
                .as_ref()
                .map_or_else(String::new, |f| render::shorten(&flat(&f.text), 22))
        };
        let widest = rows
            .iter()
            .map(|r| figure(r.2).chars().count())
            .max()
            .unwrap_or(0);
        let mark = rows
            .len()
            .checked_sub(1)
            .map_or(1, |n| sayso_publish::letter(n).len());
        let room = width.saturating_sub(widest + mark + 4).max(20);
        for (n, l, o, report) in rows {
            let mut said = chain(o.claim).join(" ‹ ");
            if said.is_empty() {
                said = format!("{} itself", outlet(report));
            } else {
                said += &format!(", in {}", outlet(report));
            }
            let mut facts = vec![said];
            facts.extend(
                Some(as_of(o.claim))
                    .filter(|d| !d.is_empty())
                    .map(|d| format!("as of {d}")),
            );
            if q.frames.len() > 1 && o.claim.frame != q.frame {
                facts.push(format!("counts {}", o.claim.frame.replace('_', " ")));
            }
            facts.extend(
                Some(manner(o.claim))
                    .filter(|m| !m.is_empty())
                    .map(str::to_owned),
            );
            if l.offers.len() > 1 {
                facts.push(format!("said {} times", l.offers.len()));
            }
            let (relays, same) = (letters(&l.relays), letters(&l.same_origin));
            if !relays.is_empty() {
                facts.push(format!("relays {}", relays.join(", ")));
            }
            if !same.is_empty() {
                facts.push(format!("same origin as {}", same.join(", ")));
            }
            for (i, line) in render::wrapped(&facts.join(" · "), room).iter().enumerate() {
                let (letter, shown) = match i {
                    0 => (sayso_publish::letter(n), figure(o)),
                    _ => (String::new(), String::new()),
                };
                writeln!(
                    out,
                    "{dim}{letter:mark$}{dim:#}  {bold}{shown:>widest$}{bold:#}  {line}"
                )?;
            }
            // By what it is, so that "differs from b, c" is told once.
            let mut by: Vec<(&str, Vec<String>)> = Vec::new();
            for (other, s) in &l.against {
                let letter = sayso_publish::letter(*other);
                match by.iter_mut().find(|b| b.0 == s.as_str()) {
                    Some(b) => b.1.push(letter),
                    None => by.push((s.as_str(), vec![letter])),
                }
            }
            for (why, others) in by {
                let told = match why {
                    "differs" => "differs from",
                    "falls" => "falls against",
                    "exceeds" => "does not fit",
                    _ => "one denies the other:",
                };
                writeln!(
                    out,
                    "{:mark$}  {:widest$}  {warn}≠ {told} {}{warn:#}",
                    "",
                    "",
                    others.join(", ")
                )?;
            }
        }
        let mut told = vec![render::counted(q.origins, "origin", "origins")];
        if let Some((low, high)) = q.spread(offers) {
            let (low, high) = (sayso_publish::number(low), sayso_publish::number(high));
            told.push(if low == high {
                low
            } else {
                format!("{low} to {high}")
            });
        }
        writeln!(out, "{dim}{}{dim:#}\n", told.join(", "))?;
    }
    writeln!(
        out,
        "{} in {}, {} with figures that cannot all hold",
        render::counted(asked.len(), "question", "questions"),
        render::counted(reports.len(), "report", "reports"),
        asked.iter().filter(|q| q.disagrees()).count()
    )?;
    Ok(())
}
