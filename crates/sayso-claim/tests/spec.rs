//! Runs the literate specs of `spec/claims`: paragraphs of our own and the claims that they must yield.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

#[path = "../../sayso-parse/tests/support/mod.rs"]
mod support;

use std::path::Path;

use sayso_model::{
    Claim, Count, Date, Document, DocumentId, Figure, Part, PartKind, Published, SourceMap, Span,
};
use sayso_packs::Packs;

struct Case {
    at: String,
    text: String,
    published: Option<Date>,
    wanted: Vec<String>,
    barred: Vec<String>,
}

fn cases(name: &str, file: &str) -> Vec<Case> {
    let mut out: Vec<Case> = Vec::new();
    let mut published = None;
    let mut open = false;
    for (n, line) in file.lines().enumerate() {
        if let Some(date) = line.strip_prefix("published: ") {
            published = date.trim().parse().ok();
        } else if let Some(words) = line.strip_prefix("> ") {
            if open {
                let last = out.last_mut().unwrap();
                last.text.push(' ');
                last.text.push_str(words);
            } else {
                out.push(Case {
                    at: format!("{name}:{}", n + 1),
                    text: words.to_owned(),
                    published,
                    wanted: Vec::new(),
                    barred: Vec::new(),
                });
            }
            open = true;
            continue;
        } else if let (Some(want), Some(case)) = (line.strip_prefix("- "), out.last_mut()) {
            case.wanted.push(want.to_owned());
        } else if let (Some(bar), Some(case)) = (line.strip_prefix("! "), out.last_mut()) {
            case.barred.push(bar.to_owned());
        }
        open = false;
    }
    out
}

fn claims(case: &Case) -> Vec<Claim> {
    let document = Document {
        id: DocumentId::of(case.text.as_bytes()),
        from: None,
        title: None,
        byline: None,
        outlet: None,
        published: case.published.map(|date| Published {
            date,
            value: date.to_string(),
            found_in: "given".into(),
            span: None,
        }),
        language: Some("en".into()),
        text: case.text.clone(),
        parts: vec![Part {
            span: Span::new(0, case.text.len() as u32),
            kind: PartKind::Paragraph,
        }],
        map: SourceMap::default(),
        troubles: Vec::new(),
    };
    let packs = Packs::builtin();
    let mut worker = sayso_parse::Worker::new(support::model());
    let parse = worker.parse(
        &document.text,
        &sayso_measure::segments(&document),
        &sayso_parse::Options::default(),
    );
    let reading = sayso_measure::measure(&document, parse, packs);
    let found = sayso_claim::attributions(&reading, packs);
    sayso_claim::claims(&reading, &found, packs)
}

fn value(figure: Option<&Figure>) -> String {
    let Some(f) = figure else {
        return "-".into();
    };
    match (f.low, f.best, f.high) {
        (_, Some(b), _) => b.normalize().to_string(),
        (Some(l), None, Some(h)) => format!("{}-{}", l.normalize(), h.normalize()),
        (Some(l), None, None) => format!(">={}", l.normalize()),
        (None, None, Some(h)) => format!("<={}", h.normalize()),
        (None, None, None) => "?".into(),
    }
}

/// Whether a claim is what a line says.
fn meets(claim: &Claim, line: &str) -> bool {
    let mut fields = line.split('|').map(str::trim);
    let (frame, figure) = (fields.next().unwrap(), fields.next().unwrap());
    if claim.frame != frame || value(claim.figure.as_ref()) != figure {
        return false;
    }
    fields.all(|field| {
        let (key, text) = field.split_once('=').expect("key = text");
        let (key, text) = (key.trim(), text.trim());
        let when = |w: &Option<sayso_model::When>| w.as_ref().is_some_and(|w| w.value == text);
        match key {
            "source" => claim.origin().is_some_and(|l| l.source.text.contains(text)),
            "polarity" => claim.polarity.as_str() == text,
            "modality" => claim.modality.as_str() == text,
            "as_of" => when(&claim.as_of),
            "event" => when(&claim.event_time),
            "due" => when(&claim.due),
            "count" => match text {
                "cumulative" => claim.count == Some(Count::Cumulative),
                "event" => claim.count == Some(Count::Event),
                _ => claim.count.is_none(),
            },
            "place" => claim.place.as_ref().is_some_and(|p| p.text.contains(text)),
            "main" => claim.main == (text == "yes"),
            "historic" => claim.historic == (text == "yes"),
            "exactness" => claim
                .figure
                .as_ref()
                .is_some_and(|f| f.exactness.as_str() == text),
            role => claim
                .roles
                .get(role)
                .is_some_and(|f| f.iter().any(|f| f.phrase.text.contains(text))),
        }
    })
}

#[test]
fn our_own_prose_yields_its_claims() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec/claims");
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|f| f.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "md") && !p.ends_with("README.md"))
        .collect();
    files.sort();
    let mut wrong = Vec::new();
    let mut lines = 0;
    for path in files {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        for case in cases(&name, &std::fs::read_to_string(&path).unwrap()) {
            let found = claims(&case);
            lines += case.wanted.len() + case.barred.len();
            let show = || -> Vec<String> {
                found
                    .iter()
                    .map(|c| {
                        let roles: Vec<String> = c
                            .roles
                            .iter()
                            .map(|(k, v)| format!("{k} = {}", v[0].phrase.text))
                            .collect();
                        format!(
                            "{} | {} | {} | {} | {} | as_of {:?} | event {:?}",
                            c.frame,
                            value(c.figure.as_ref()),
                            roles.join(" | "),
                            c.polarity.as_str(),
                            c.modality.as_str(),
                            c.as_of.as_ref().map(|w| &w.value),
                            c.event_time.as_ref().map(|w| &w.value),
                        )
                    })
                    .collect()
            };
            for want in &case.wanted {
                if !found.iter().any(|c| meets(c, want)) {
                    wrong.push(format!("{}: missing `{want}` in {:#?}", case.at, show()));
                }
            }
            for bar in &case.barred {
                if found.iter().any(|c| meets(c, bar)) {
                    wrong.push(format!("{}: `{bar}` was read", case.at));
                }
            }
        }
    }
    assert!(lines > 20, "the specs were not found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
