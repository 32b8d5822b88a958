//! Attribution on our own sentences, through the real model.
#![allow(clippy::unwrap_used, reason = "tests")]

#[path = "../../sayso-parse/tests/support/mod.rs"]
mod support;

use sayso_claim::{attributions, chain_at, links};
use sayso_model::{
    Act, Attribution, Document, DocumentId, Part, PartKind, SourceKind, SourceMap, Span, Text,
};
use sayso_packs::Packs;

/// A document of paragraphs parted by blank lines; a first line that begins with `# ` is the title.
fn document(text: &str) -> Document {
    let mut parts = Vec::new();
    let mut at = 0;
    for piece in text.split_inclusive("\n\n") {
        let body = piece.trim_end();
        let kind = if body.starts_with("# ") {
            PartKind::Title
        } else {
            PartKind::Paragraph
        };
        let skip = if kind == PartKind::Title { 2 } else { 0 };
        parts.push(Part {
            span: Span::new(at + skip, at + body.len() as u32),
            kind,
        });
        at += piece.len() as u32;
    }
    Document {
        id: DocumentId::of(text.as_bytes()),
        from: None,
        title: None,
        byline: None,
        outlet: None,
        published: None,
        language: Some("en".into()),
        text: text.into(),
        parts,
        map: SourceMap::default(),
        troubles: Vec::new(),
    }
}

fn with<T>(text: &str, f: impl FnOnce(&sayso_measure::Reading<'_>, &[Attribution]) -> T) -> T {
    let packs = Packs::builtin();
    let document = document(text);
    let mut worker = sayso_parse::Worker::new(support::model());
    let parse = worker.parse(
        &document.text,
        &sayso_measure::segments(&document),
        &sayso_parse::Options::default(),
    );
    let reading = sayso_measure::measure(&document, parse, packs);
    let found = attributions(&reading, packs);
    f(&reading, &found)
}

/// Source, cue and content of every attribution, fragments joined with `|`.
fn said(text: &str) -> Vec<[String; 3]> {
    with(text, |_, found| {
        let cut = |spans: &[Span<Text>]| {
            let words: Vec<&str> = spans.iter().map(|s| s.of(text)).collect();
            words.join("|")
        };
        found
            .iter()
            .map(|a| [cut(&a.source), cut(&a.cue), cut(&a.content)])
            .collect()
    })
}

#[track_caller]
fn expect(text: &str, expected: &[[&str; 3]]) {
    let found = said(text);
    for e in expected {
        assert!(
            found.iter().any(|f| f == e),
            "{e:?} is not among {found:#?}"
        );
    }
}

#[test]
fn a_cue_stands_before_after_and_inside_its_content() {
    expect(
        "The harbour office said the ferry was full.",
        &[["The harbour office", "said", "the ferry was full"]],
    );
    expect(
        "The ferry was full, the harbour office said.",
        &[["the harbour office", "said", "The ferry was full"]],
    );
    expect(
        "According to the harbour office, the ferry was full.",
        &[["the harbour office", "According to", "the ferry was full"]],
    );
    expect(
        "The ferry carried 300 people, according to the harbour office.",
        &[[
            "the harbour office",
            "according to",
            "The ferry carried 300 people",
        ]],
    );
}

#[test]
fn a_cue_at_the_end_of_a_long_sentence_has_its_speaker() {
    expect(
        "Norway will send 40 divers to the northern harbour, Ola Berg, the head of its navy office, said in Bergen on Monday, according to the daily Kysten.",
        &[[
            "Ola Berg, the head of its navy office",
            "said",
            "Norway will send 40 divers to the northern harbour",
        ]],
    );
}

#[test]
fn a_split_quotation_is_one_content() {
    expect(
        "\u{201c}We lost the quay,\u{201d} said Anna Weller, the harbour master. \u{201c}We will build it again.\u{201d}",
        &[[
            "Anna Weller, the harbour master",
            "said",
            "\u{201c}We lost the quay,\u{201d}|\u{201c}We will build it again.\u{201d}",
        ]],
    );
}

#[test]
fn a_quotation_after_a_line_with_a_colon_has_its_speaker() {
    expect(
        "Weller wrote:\n\n\u{201c}The quay is lost and nobody told us.\u{201d}",
        &[[
            "Weller",
            "wrote",
            "\u{201c}The quay is lost and nobody told us.\u{201d}",
        ]],
    );
}

#[test]
fn what_is_praised_denied_or_asked_for_is_content() {
    expect(
        "The ministry denied any involvement.",
        &[["The ministry", "denied", "any involvement"]],
    );
    expect(
        "The envoy warned of new sanctions.",
        &[["The envoy", "warned of", "new sanctions"]],
    );
    expect(
        "She accused the company of hiding the report.",
        &[["She", "accused", "hiding the report"]],
    );
    expect(
        "He told reporters that the talks had failed.",
        &[["He", "told", "that the talks had failed"]],
    );
}

#[test]
fn acts_tell_saying_from_wanting_and_denial_from_saying() {
    with(
        "The union wants to reopen the talks. The mayor denied that the bridge was closed.",
        |_, found| {
            let act = |w: &str| found.iter().find(|a| w == a.act.as_str());
            assert!(act(Act::Intention.as_str()).is_some_and(|a| !a.denied));
            assert!(act(Act::Speech.as_str()).is_some_and(|a| a.denied));
        },
    );
}

#[test]
fn a_chain_runs_from_the_relay_to_the_origin() {
    let text = "Reuters reported that officials said 12 sailors had died.";
    with(text, |reading, found| {
        let at = text.find("12").unwrap() as u32;
        let chain = chain_at(found, Span::new(at, at + 2));
        let links = links(reading, found, &chain);
        let sources: Vec<&str> = links.iter().map(|l| l.source.text.as_str()).collect();
        assert_eq!(sources, ["Reuters", "officials"]);
        assert_eq!(links[1].kind, SourceKind::Official);
    });
    let text = "Reuters reported on Monday, citing two officials, that 12 sailors had died.";
    with(text, |reading, found| {
        let at = text.find("12").unwrap() as u32;
        let links = links(reading, found, &chain_at(found, Span::new(at, at + 2)));
        let sources: Vec<&str> = links.iter().map(|l| l.source.text.as_str()).collect();
        assert_eq!(sources, ["Reuters", "two officials"]);
    });
}

#[test]
fn labels_captions_and_headlines_name_their_source() {
    expect(
        "# Bridge to stay closed until May \u{2014} minister\n\nNorway: Expressed regret over the incident at the border.\n\nCrossings by quarter (Source: Port Authority)",
        &[
            ["minister", "\u{2014}", "Bridge to stay closed until May"],
            [
                "Norway",
                ":",
                "Expressed regret over the incident at the border",
            ],
            ["Port Authority", "Source", "Crossings by quarter"],
        ],
    );
}

#[test]
fn nothing_inside_a_quotation_is_said_by_somebody_else() {
    let found = said("\u{201c}They told us and she said that we lost it all,\u{201d} Weller said.");
    assert_eq!(found.len(), 1, "{found:#?}");
}

#[test]
fn what_a_speaker_only_believes_is_kept_apart_and_is_the_speakers() {
    let text =
        "\u{201c}The pier is gone and I believe that forty men were on it,\u{201d} Ola Berg said.";
    with(text, |_, found| {
        let belief = found.iter().find(|a| a.act == Act::Belief).unwrap();
        assert_eq!(belief.speaker.as_deref(), Some("Ola Berg"));
        assert!(belief.within.is_some());
    });
}

#[test]
fn pronouns_and_descriptions_are_names() {
    with(
        "Maria Keller, the head of the coast guard, said on Monday that the ship was empty. She added that nobody was hurt. The crew had left, Keller said.\n\nA senior official said the ship was old.",
        |_, found| {
            let speakers: Vec<Option<&str>> = found.iter().map(|a| a.speaker.as_deref()).collect();
            assert_eq!(
                speakers,
                [
                    Some("Maria Keller"),
                    Some("Maria Keller"),
                    Some("Maria Keller"),
                    None
                ]
            );
        },
    );
}
