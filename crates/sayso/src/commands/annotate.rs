//! `sayso annotate --layer …`: any layer of the reading as standoff JSON.

use std::io::Write;
use std::process::ExitCode;

use anyhow::{Result, bail};
use sayso_measure::{Reading, places_of, segments};
use sayso_model::{Attribution, Capture, Claim, CodePoints, Document, Media, Span, wire};
use sayso_parse::{Options, Parse, Worker};
use sayso_read::Hints;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::cli::{self, AnnotateFormat, Global, Layer};
use crate::engine::{Engine, read_english};
use crate::{input, jsonl, render};

/// A line of the input.
#[derive(Debug, Deserialize)]
pub struct Line {
    #[serde(default)]
    pub id: Value,
    pub text: String,
    pub title: Option<String>,
    pub outlet: Option<String>,
    pub dct: Option<String>,
    pub url: Option<String>,
    /// Names of places to resolve, in code points.
    #[serde(default)]
    pub mentions: Vec<(u32, u32)>,
}

impl Line {
    /// The document of the line's text, read as plain text.
    pub fn document(self) -> (Value, Document) {
        let capture = Capture::new(Media::Plain, self.text.into_bytes(), None);
        let hints = Hints {
            title: self.title,
            outlet: self.outlet,
            published: self.dct,
            url: self.url,
        };
        (self.id, sayso_read::read(&capture, &hints))
    }
}

pub fn run(global: &Global, args: &cli::Annotate) -> Result<ExitCode> {
    if args.format == AnnotateFormat::Html {
        let [file] = args.files.files.as_slice() else {
            bail!("a page shows one report: name one file");
        };
        return super::show::page(global, file, None);
    }
    let places = [Layer::Places, Layer::Attributions, Layer::Claims];
    let engine = if places.iter().any(|l| args.layer.contains(l)) {
        Engine::load(global)?
    } else {
        Engine::without_places(global)?
    };
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    if args.files.files.is_empty() {
        let mut stdin = std::io::stdin().lock();
        jsonl::each(
            &mut stdin,
            &mut out,
            || engine.worker(),
            |worker, line: Line| {
                let mentions = args.mentions.then(|| line.mentions.clone());
                let (id, document) = line.document();
                annotate(&engine, worker, id, &document, args, mentions.as_deref())
            },
        )?;
    } else {
        let mut worker = engine.worker();
        for report in input::reports(&args.files.files)? {
            let capture = input::capture(&report.path)?;
            let document = read_english(&capture, &Hints::default())?;
            render::troubles(&document);
            let line = annotate(
                &engine,
                &mut worker,
                json!(report.path.display().to_string()),
                &document,
                args,
                None,
            );
            serde_json::to_writer(&mut out, &line)?;
            out.write_all(b"\n")?;
        }
        out.flush()?;
    }
    Ok(ExitCode::SUCCESS)
}

fn annotate(
    engine: &Engine,
    worker: &mut Worker<'_>,
    id: Value,
    document: &Document,
    args: &cli::Annotate,
    mentions: Option<&[(u32, u32)]>,
) -> Value {
    let wants = |layer: Layer| args.layer.contains(&layer);
    let points = CodePoints::new(&document.text);
    let mut out = Map::new();
    out.insert("id".into(), id);
    if wants(Layer::Parts) {
        out.insert(
            "parts".into(),
            document
                .parts
                .iter()
                .map(|p| wire::part(&points, p))
                .collect(),
        );
    }
    let deeper = [
        Layer::Quantities,
        Layer::Times,
        Layer::Places,
        Layer::Attributions,
        Layer::Claims,
    ];
    if !wants(Layer::Tokens) && !deeper.iter().any(|&l| wants(l)) {
        return Value::Object(out);
    }
    let ranges = if args.raw {
        std::iter::once(0..document.text.len() as u32).collect()
    } else {
        segments(document)
    };
    let options = Options {
        raw: args.raw,
        // figures and times do not ask what is an entity, and entities are 2/5 of the parse's cost
        without_entities: args
            .layer
            .iter()
            .all(|l| matches!(l, Layer::Parts | Layer::Quantities | Layer::Times)),
    };
    let parse = worker.parse(&document.text, &ranges, &options);
    if wants(Layer::Tokens) {
        out.insert("sentences".into(), sentences(&parse, &points));
        out.insert("tokens".into(), tokens(&parse, &points, &document.text));
    }
    if !deeper.iter().any(|&l| wants(l)) {
        return Value::Object(out);
    }
    let mut reading = engine.measure(document, parse);
    if let Some(mentions) = mentions {
        let spans: Vec<Span<sayso_model::Text>> = mentions
            .iter()
            .map(|&(start, end)| Span::new(points.byte(start), points.byte(end.max(start))))
            .collect();
        reading.places = places_of(
            document,
            &reading.parse,
            &spans,
            engine.packs,
            engine.gazetteer.as_ref(),
        );
    }
    measured(&reading, &points, &wants, &mut out);
    if wants(Layer::Attributions) || wants(Layer::Claims) {
        let attributions: Vec<Attribution> = sayso_claim::attributions(&reading, engine.packs);
        if wants(Layer::Attributions) {
            let list = attributions
                .iter()
                .map(|a| wire::attribution(&points, a))
                .collect();
            out.insert("attributions".into(), list);
        }
        if wants(Layer::Claims) {
            let claims: Vec<Claim> = sayso_claim::claims(&reading, &attributions, engine.packs);
            let tally = engine.tally(worker, &reading, &claims);
            out.insert(
                "claims".into(),
                claims.iter().map(|c| wire::claim(&points, c)).collect(),
            );
            out.insert(
                "tally".into(),
                json!({"killed": tally.killed, "injured": tally.injured}),
            );
        }
    }
    Value::Object(out)
}

fn measured(
    reading: &Reading<'_>,
    points: &CodePoints,
    wants: &dyn Fn(Layer) -> bool,
    out: &mut Map<String, Value>,
) {
    if wants(Layer::Quantities) {
        let (quantities, relations) = sayso_measure::expressions(reading);
        out.insert(
            "quantities".into(),
            quantities
                .iter()
                .map(|q| wire::quantity(points, &q.figure, q.levels))
                .collect(),
        );
        out.insert(
            "relations".into(),
            relations.iter().map(wire::relation).collect(),
        );
    }
    if wants(Layer::Times) {
        out.insert(
            "times".into(),
            reading
                .times
                .iter()
                .map(|t| wire::time(points, t))
                .collect(),
        );
    }
    if wants(Layer::Places) {
        out.insert(
            "places".into(),
            reading
                .places
                .iter()
                .map(|p| wire::place(points, p))
                .collect(),
        );
    }
}

fn sentences(parse: &Parse, points: &CodePoints) -> Value {
    parse
        .sentences
        .iter()
        .map(|s| {
            let (start, end) = points.span(parse.bytes(s.clone()).into());
            json!({"start": start, "end": end})
        })
        .collect()
}

fn tokens(parse: &Parse, points: &CodePoints, text: &str) -> Value {
    (0..parse.len() as u32)
        .map(|i| {
            let token = &parse.tokens[i as usize];
            let (start, end) = (points.point(token.start), points.point(token.end));
            let entity = match (token.entity, token.entity_start) {
                (None, _) => "O".to_owned(),
                (Some(e), true) => format!("B-{e}"),
                (Some(e), false) => format!("I-{e}"),
            };
            json!({
                "start": start, "end": end,
                "text": text.get(token.start as usize..token.end as usize).unwrap_or(""),
                "lemma": parse.lemma(i), "tag": token.tag.as_str(), "pos": token.pos.as_str(),
                "morph": parse.morph(i), "head": token.head, "dep": token.dep.as_str(), "ent": entity,
                "sent_start": token.sentence_start,
            })
        })
        .collect()
}
