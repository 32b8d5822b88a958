//! Documents with claims made by hand.

use std::collections::BTreeMap;

use sayso_ledger::{Entry, Extractor};
use sayso_model::{
    Act, Capture, Claim, Date, Decimal, Document, Evidence, Exactness, Figure, FigureKind, Filler,
    Finding, Located, Media, Modality, Part, PartKind, Phrase, Polarity, Published, Quote,
    Severity, SourceKind, SourceLink, SourceMap, SourcePiece, Span, Text, TimeRelation, Timex,
    TimexKind, When,
};

pub struct Sample {
    pub capture: Capture,
    pub document: Document,
    pub claims: Vec<Claim>,
    pub findings: Vec<Finding>,
    pub times: Vec<Timex>,
}

impl Sample {
    pub fn entry(&self) -> Entry<'_> {
        Entry {
            capture: &self.capture,
            document: &self.document,
            claims: &self.claims,
            findings: &self.findings,
            times: &self.times,
        }
    }
}

pub fn extractor(version: &str) -> Extractor {
    Extractor {
        version: version.into(),
        model: "m".into(),
        packs: "p".into(),
    }
}

fn phrase(text: &str, span: Span<Text>, head: &str) -> Phrase {
    Phrase {
        span,
        text: span.of(text).to_owned(),
        head: head.to_owned(),
    }
}

/// Report `n` of the harbour board: `sentences` sentences, each with one claim of its own figure.
pub fn report(n: u32, sentences: u32) -> Sample {
    let mut text = format!("The ferries of Åsvik, report {n}\n\n");
    let title = Span::new(0, text.trim_end().len() as u32);
    let published: Date = Date::constant(2031, 5, 1 + (n % 28) as i8);
    let mut parts = vec![Part {
        span: title,
        kind: PartKind::Title,
    }];
    let mut marks = Vec::new();
    for i in 0..sentences {
        let start = text.len() as u32;
        text += &format!(
            "The harbour board said {} ferries lay idle at berth {i}.",
            100 + i
        );
        marks.push(Span::<Text>::new(start, text.len() as u32));
        parts.push(Part {
            span: Span::new(start, text.len() as u32),
            kind: PartKind::Paragraph,
        });
        text += "\n\n";
    }
    let capture = Capture::new(
        Media::Plain,
        text.clone().into_bytes(),
        Some(format!("report-{n}.txt")),
    );
    let claims = marks
        .iter()
        .enumerate()
        .map(|(i, &sentence)| claim(&capture, &text, sentence, 100 + i as i64, published))
        .collect();
    let document = Document {
        id: capture.id,
        from: capture.from.clone(),
        title: Some(Located {
            text: title.of(&text).to_owned(),
            span: Some(title),
        }),
        byline: None,
        outlet: Some(Located {
            text: "Åsvik Courier".into(),
            span: None,
        }),
        published: Some(Published {
            date: published,
            value: published.to_string(),
            found_in: "given".into(),
            span: None,
        }),
        language: Some("en".into()),
        map: SourceMap {
            pieces: vec![SourcePiece {
                text: Span::new(0, text.len() as u32),
                bytes: Span::new(0, text.len() as u32),
                verbatim: true,
            }],
        },
        troubles: Vec::new(),
        text,
        parts,
    };
    let findings = marks
        .first()
        .map(|&span| Finding {
            code: "S001",
            severity: Severity::Information,
            message: "no source".into(),
            span,
            evidence: vec![Evidence::Reckoning {
                note: "1 + 1 = 2".into(),
            }],
            help: None,
        })
        .into_iter()
        .collect();
    let times = vec![Timex {
        span: title,
        kind: TimexKind::Date,
        value: published.to_string(),
        modifier: Some("APPROX"),
        relation: Some(TimeRelation::AsOf),
        interval: Some((published, published)),
        flaw: None,
        ucdp: None,
    }];
    Sample {
        capture,
        document,
        claims,
        findings,
        times,
    }
}

fn claim(capture: &Capture, text: &str, sentence: Span<Text>, n: i64, day: Date) -> Claim {
    let at = |from: u32, len: u32| Span::new(sentence.start + from, sentence.start + from + len);
    let board = phrase(text, at(0, 17), "board");
    let figure = Figure {
        span: at(23, 3),
        text: n.to_string(),
        low: Some(Decimal::from(n)),
        best: Some(Decimal::from(n)),
        high: Some(Decimal::from(n)),
        low_open: false,
        high_open: false,
        exactness: Exactness::Exact,
        kind: FigureKind::Cardinal,
        unit: None,
        currency: None,
        per: Vec::new(),
        change: None,
        thing: Some(phrase(text, at(27, 7), "ferry")),
        concepts: Vec::new(),
    };
    let roles = BTreeMap::from([(
        "thing".to_owned(),
        vec![Filler {
            phrase: phrase(text, at(27, 7), "ferry"),
            entity: None,
        }],
    )]);
    let frame = if n % 2 == 0 { "idle" } else { "other" };
    let when = |span| When {
        value: day.to_string(),
        interval: Some((day, day)),
        span,
    };
    Claim {
        id: Claim::identify(capture.id, frame, sentence, None, Some(&figure), &roles),
        document: capture.id,
        frame: frame.into(),
        roles,
        figure: Some(figure),
        part_of: None,
        count: None,
        main: false,
        historic: false,
        attribution: vec![SourceLink {
            source: board,
            entity: Some("Åsvik Harbour Board".into()),
            cue: Some(phrase(text, at(18, 4), "say")),
            kind: SourceKind::Official,
            act: Act::Speech,
            country: None,
        }],
        quote: Quote::Indirect,
        polarity: Polarity::Affirmed,
        modality: Modality::Asserted,
        hedge: None,
        due: None,
        as_of: Some(when(None)),
        event_time: None,
        said_at: None,
        published: Some(when(None)),
        place: None,
        trigger: None,
        sentence,
        cell: None,
        why: vec!["core/said".into()],
    }
}
