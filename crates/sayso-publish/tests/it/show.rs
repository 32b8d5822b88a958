//! A report as it was read: the page of `show`.

use std::collections::BTreeSet;

use sayso_model::{
    Act, Attribution, Date, DossierEntry, Exactness, Figure, Filler, PartKind, Phrase, Place,
    PlaceAlternative, QuoteKind, Relation, RelationKind, SourceKind, Span, TimeRelation,
};
use sayso_publish::{Shown, show};

use crate::page::{text, values};
use crate::sample::Making;

/// A report and everything that was read from it.
struct Sample {
    entry: DossierEntry,
    figures: Vec<Figure>,
    relations: Vec<Relation>,
    places: Vec<Place>,
    attributions: Vec<Attribution>,
}

impl Sample {
    fn shown(&self) -> Shown<'_> {
        Shown {
            document: &self.entry.document,
            figures: &self.figures,
            relations: &self.relations,
            times: &self.entry.times,
            places: &self.places,
            attributions: &self.attributions,
            claims: &self.entry.claims,
        }
    }
}

fn sample() -> Sample {
    let day = |d| Date::constant(2031, 9, d);
    let mut m = Making::new(
        "The Tarn Valley Echo (sample)",
        day(9),
        "Lorn dam: 30 hurt, mayor says",
    );
    m.part(PartKind::Byline, "By Una Hale");
    let mayor = "“About 30 of the 412 villagers were hurt,” the mayor told the Echo on Monday, “and two are missing.”";
    m.part(PartKind::Paragraph, mayor);
    let relay = "According to Corbel News, the water board said that <both> gates & “a third” failed near Lorn.";
    m.part(PartKind::Paragraph, relay);
    m.part(PartKind::Heading(2), "What failed");
    m.part(PartKind::Quotation, "No gate was inspected since May.");
    m.part(PartKind::ListItem, "Gates: 3");
    m.part(PartKind::ListItem, "Inspectors: 0");
    m.row(0, 0, &["Village", "Hurt"]);
    m.row(0, 1, &["Lorn", "18"]);
    m.part(PartKind::Caption, "Water over the road at Lorn.");
    m.part(PartKind::Chrome, "Weather · Sheep prices");
    let chain: &[(&str, &str, SourceKind)] = &[("the mayor", "Jon Aske", SourceKind::Official)];
    m.claim(
        mayor,
        "injured",
        ("About 30", Some(30), Some(30), Some(30)),
        ("villagers", "villager"),
        chain,
        day(8),
    );
    m.claim(
        mayor,
        "missing",
        ("two", Some(2), Some(2), Some(2)),
        ("", ""),
        chain,
        day(8),
    );
    m.time("Monday", day(8));
    m.time("May", Date::constant(2031, 5, 1));
    let place = |words: &str, id: Option<&str>| Place {
        span: m.find(words),
        name: words.into(),
        id: id.map(str::to_owned),
        lat: id.map(|_| 54.125),
        lon: id.map(|_| -3.5),
        kind: Some("city".into()),
        region: Some("Tarn".into()),
        country: Some("XA".into()),
        alternatives: vec![PlaceAlternative {
            id: "geonames:7".into(),
            name: "Lorne".into(),
            score: 0.25,
        }],
    };
    let places = vec![
        Place {
            span: m.within("failed near Lorn", "Lorn"),
            ..place("Lorn", Some("geonames:1"))
        },
        place("Lorn.", None),
    ];
    let attribution = |source: &str, cue: &str, content: &[&str], within| Attribution {
        source: vec![m.find(source)],
        cue: vec![m.find(cue)],
        content: content.iter().map(|c| m.find(c)).collect(),
        kind: QuoteKind::Direct,
        act: Act::Speech,
        source_kind: SourceKind::Official,
        speaker: None,
        country: None,
        denied: false,
        within,
    };
    let attributions = vec![
        attribution(
            "the mayor",
            "told",
            &[
                "“About 30 of the 412 villagers were hurt,”",
                "“and two are missing.”",
            ],
            None,
        ),
        attribution(
            "Corbel News",
            "According to",
            &["the water board said that <both> gates & “a third” failed near Lorn"],
            None,
        ),
        attribution(
            "the water board",
            "said that",
            &["<both> gates & “a third” failed near Lorn"],
            Some(1),
        ),
    ];
    let phrase = |words: &str| Phrase {
        span: m.find(words),
        text: words.into(),
        head: words.into(),
    };
    let (victims, words) = (phrase("villagers"), m.find("hurt,"));
    let mut entry = m.done();
    let claim = &mut entry.claims[0];
    claim.trigger = Some(Span::new(words.start, words.end - 1));
    let filler = Filler {
        phrase: victims,
        entity: Some("Lorn, people of".into()),
    };
    claim.roles.insert("victim".into(), vec![filler]);
    if let Some(f) = &mut claim.figure {
        f.exactness = Exactness::Approximate;
    }
    claim.why = vec!["disaster/injured: hurt (object)".into()];
    entry.times[1].relation = Some(TimeRelation::Since);
    let mut figures: Vec<Figure> = entry
        .claims
        .iter()
        .filter_map(|c| c.figure.clone())
        .collect();
    let at = entry
        .document
        .text
        .find("the 412")
        .map_or(0, |i| i as u32 + 4);
    let whole = Figure {
        span: Span::new(at, at + 3),
        text: "412".into(),
        low: Some(412.into()),
        best: Some(412.into()),
        high: Some(412.into()),
        ..figures[0].clone()
    };
    figures.insert(1, whole);
    Sample {
        entry,
        figures,
        relations: vec![Relation {
            kind: RelationKind::PartOf,
            from: 0,
            to: 1,
        }],
        places,
        attributions,
    }
}

/// The page of the sample.
pub fn page() -> String {
    show(&sample().shown())
}

/// The marked text: from the headline to the end of the article, and its words without the claims' numbers.
fn marked(html: &str) -> (&str, String) {
    let start = html.find("<h1").unwrap();
    let end = html.find("</article>").unwrap();
    let marked = &html[start..end];
    (
        marked,
        text(&crate::page::without(marked, "<sup", "</sup>")),
    )
}

#[test]
fn every_id_is_given_once_and_every_link_and_mark_has_its_entry() {
    let html = page();
    let ids = values(&html, "id");
    let set: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), set.len(), "an id is given twice");
    for href in values(&html, "href") {
        let id = href.strip_prefix('#').unwrap();
        assert!(set.contains(id), "nothing has the id {id}");
    }
    for tokens in values(&html, "data-m") {
        for token in tokens.split(' ') {
            let entry = token.split('.').next().unwrap_or("");
            assert!(set.contains(entry), "no entry {entry}");
        }
    }
    for entry in [
        "q1", "q2", "q3", "t1", "t2", "p1", "a1", "a2", "a3", "c1", "c2",
    ] {
        assert!(set.contains(entry), "no entry {entry}");
        assert!(
            set.contains(format!("w-{entry}").as_str()),
            "no words of {entry}"
        );
    }
}

#[test]
fn every_word_is_on_the_page_and_none_is_markup() {
    let mut sample = sample();
    let evil = "<script>alert(1)</script> & \"q\" <img src=x onerror=alert(2)> </style>";
    sample.attributions[0].speaker = Some(evil.into());
    sample.places[0].name = evil.into();
    sample.entry.times[0].value = evil.into();
    sample.entry.claims[0].frame += evil;
    sample.entry.claims[0].why.push(evil.into());
    let filler = sample.entry.claims[0].roles["victim"].clone();
    sample.entry.claims[0].roles.insert(evil.into(), filler);
    let html = show(&sample.shown());
    assert_eq!(html.matches("<script").count(), 1);
    assert_eq!(html.matches("<style").count(), 1);
    assert!(!html.contains("<img") && !html.contains("onerror=\""));
    let (_, words) = marked(&html);
    let document = &sample.entry.document;
    for part in &document.parts {
        let part = document.words(part.span);
        assert!(words.contains(part), "{part:?} is not in {words:?}");
    }
}

#[test]
fn overlapping_marks_keep_each_other() {
    let html = page();
    let (marked, _) = marked(&html);
    // A figure within a quoted content, counted in a claim, and the two halves of the content.
    assert!(
        marked.contains("data-m=\"a1.content c1.figure q1\""),
        "{marked}"
    );
    assert_eq!(
        marked.matches("a1.content").count(),
        values(marked, "data-m")
            .iter()
            .filter(|m| m.contains("a1.content"))
            .count()
    );
    assert!(
        marked.contains("q3\""),
        "the second half of the content holds a figure"
    );
    // Nested contents: the inner has a line of its own.
    assert!(
        marked.contains("class=\"content d0\"><span class=\"content d1\">"),
        "{marked}"
    );
    // Form is kept.
    for form in [
        "<h2>",
        "<blockquote>",
        "<li>",
        "<th scope=\"col\">",
        "<p class=\"caption\">",
        "<details",
    ] {
        assert!(marked.contains(form), "{form}");
    }
}

#[test]
fn entries_tell_values_relations_and_chains() {
    let html = page();
    let squeezed = |t: &str| t.split_whitespace().collect::<String>();
    let words = squeezed(&text(html.split("</style>").nth(1).unwrap()));
    for told in [
        "About 30 ≈ 30",
        "part of 412",
        "has as part About 30",
        "since 1 May 2031",
        "54.12° N, 3.50° W",
        "Lorne geonames:7 0.25",
        "chain Corbel News ‹ the water board",
        "Injured: ≈ 30 villagers",
        "because disaster/injured: hurt (object)",
        "Left out: 1 part",
    ] {
        assert!(words.contains(&squeezed(told)), "{told}");
    }
}

#[test]
fn the_page_asks_for_nothing() {
    let html = page();
    assert!(html.contains("default-src 'none'") || html.contains("default-src &#39;none&#39;"));
    for attribute in ["src", "srcset", "action", "poster", "background"] {
        assert!(values(&html, attribute).is_empty(), "{attribute}");
    }
    assert!(!html.contains("<link") && !html.contains("@import") && !html.contains("url("));
}

#[test]
fn spans_that_fit_nothing_and_chains_in_a_circle_break_nothing() {
    let mut sample = sample();
    let far = Span::new(u32::MAX - 3, u32::MAX);
    let all = Span::new(0, u32::MAX);
    sample.figures[0].span = far;
    sample.figures[1].span = Span::new(31, 33);
    sample.entry.times[0].span = all;
    sample.places[0].span = all;
    sample.attributions[0].content = vec![all, far];
    sample.attributions[1].within = Some(2);
    sample.attributions[2].within = Some(1);
    sample.relations[0].to = 99;
    sample.entry.claims[0].trigger = Some(far);
    sample.entry.claims[1].figure = None;
    sample.entry.claims[1].sentence = far;
    let html = show(&sample.shown());
    let set: BTreeSet<&str> = values(&html, "id").into_iter().collect();
    for href in values(&html, "href") {
        assert!(
            href.strip_prefix('#').is_none_or(|id| set.contains(id)),
            "{href}"
        );
    }
}

#[test]
fn snapshot() {
    let html = page();
    let body = html.split("<body>").nth(1).unwrap();
    let body = body.split("<script>").next().unwrap();
    insta::assert_snapshot!("show", body.replace("><", ">\n<"));
}
