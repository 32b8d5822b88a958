//! What the page holds.

use std::collections::BTreeSet;

use sayso_model::{Dossier, PartKind, Span};
use sayso_publish::{File, publish};

use crate::sample;

pub fn file(files: &[File], name: &str) -> String {
    let file = files.iter().find(|f| f.name == name).unwrap();
    String::from_utf8(file.bytes.clone()).unwrap()
}

fn page(dossier: &Dossier) -> String {
    file(&publish(dossier), "index.html")
}

/// The values of an attribute, in order.
pub fn values<'h>(html: &'h str, attribute: &str) -> Vec<&'h str> {
    let start = format!(" {attribute}=\"");
    html.split(&start)
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

/// The words of a piece of HTML: tags gone, entities decoded, white space as one space.
pub fn text(html: &str) -> String {
    let mut out = String::new();
    for piece in html.split('<') {
        out.push_str(piece.split_once('>').map_or("", |p| p.1));
    }
    let out = out
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"");
    let out = out.replace("&amp;", "&");
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What follows the element with an id, up to a length.
pub fn from_id<'h>(html: &'h str, id: &str) -> &'h str {
    let at = html
        .find(&format!(" id=\"{id}\""))
        .unwrap_or_else(|| panic!("no {id}"));
    let open = html[..at].rfind('<').unwrap();
    &html[open..]
}

#[test]
fn every_id_is_given_once_and_every_link_has_its_end() {
    let html = page(&sample::dossier());
    let ids = values(&html, "id");
    let set: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), set.len(), "an id is given twice");
    let mut links = 0;
    for href in values(&html, "href") {
        if let Some(id) = href.strip_prefix('#') {
            assert!(set.contains(id), "nothing has the id {id}");
            links += 1;
        }
    }
    for names in values(&html, "aria-labelledby") {
        assert!(names.split(' ').all(|id| set.contains(id)), "{names}");
    }
    assert!(links > 80, "{links} links");
}

#[test]
fn every_figure_leads_to_its_own_words_and_back() {
    let dossier = sample::dossier();
    let html = page(&dossier);
    let mut number = 0;
    for entry in &dossier.documents {
        let mut claims: Vec<_> = entry.claims.iter().collect();
        claims.sort_by_key(|c| (c.sentence, c.figure.as_ref().map(|f| f.span), c.id));
        for claim in claims {
            number += 1;
            let figure = &claim.figure.as_ref().unwrap().text;
            let row = from_id(&html, &format!("claim-{number}"));
            let row = &row[..row.find("</tr>").unwrap()];
            assert!(row.contains(&format!("href=\"#said-{number}\"")));
            assert!(text(row).contains(figure.as_str()), "{row}");
            let said = from_id(&html, &format!("said-{number}"));
            assert!(text(said).starts_with(figure.as_str()), "claim {number}");
            assert!(said.starts_with("<a") && said.contains(&format!("#claim-{number}\"")));
        }
    }
    assert_eq!(number, 13);
}

#[test]
fn every_word_of_a_document_is_on_the_page_and_none_is_markup() {
    let mut dossier = sample::dossier();
    let evil =
        "<script>alert(1)</script> & \"quoted\" <img src=x onerror=alert(2)> ]]> --> </style>";
    let document = &mut dossier.documents[1].document;
    let start = document.text.len() as u32;
    document.text.push_str(evil);
    document.parts.push(sayso_model::Part {
        span: Span::new(start, document.text.len() as u32),
        kind: PartKind::Paragraph,
    });
    dossier.title = evil.into();
    for entry in &mut dossier.documents {
        entry.document.outlet.as_mut().unwrap().text += evil;
        for claim in &mut entry.claims {
            claim.frame += "\"><script>";
            claim
                .attribution
                .iter_mut()
                .for_each(|l| l.entity = Some(evil.into()));
        }
        for finding in &mut entry.findings {
            finding.message = evil.into();
            finding.help = Some(evil.into());
        }
    }
    let html = page(&dossier);
    assert_eq!(
        html.matches("<script").count(),
        1,
        "the page's own script alone"
    );
    assert_eq!(html.matches("<style").count(), 1);
    assert!(!html.contains("<img") && !html.contains("onerror=\""));
    for (i, entry) in dossier.documents.iter().enumerate() {
        let article = from_id(&html, &format!("document-{}", i + 1));
        let article = &article[..article.find("</article>").unwrap()];
        let article = without(article, "<sup", "</sup>");
        let article = text(&without(&article, "<a class=\"flag\"", "</a>"));
        for part in &entry.document.parts {
            let words = entry.document.words(part.span);
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(article.contains(&words), "{words:?} is not in {article:?}");
        }
    }
}

pub fn without(html: &str, start: &str, end: &str) -> String {
    let mut out = String::new();
    for (i, piece) in html.split(start).enumerate() {
        let rest = piece.split_once(end).map_or(piece, |p| p.1);
        out.push_str(if i == 0 { piece } else { rest });
    }
    out
}

#[test]
fn the_page_asks_for_nothing() {
    let html = page(&sample::dossier());
    assert!(html.contains("default-src &#39;none&#39;") || html.contains("default-src 'none'"));
    for attribute in ["src", "srcset", "action", "data", "poster", "background"] {
        assert!(values(&html, attribute).is_empty(), "{attribute}");
    }
    assert!(!html.contains("<link") && !html.contains("@import") && !html.contains("url("));
}

#[test]
fn spans_that_fit_nothing_break_nothing() {
    let mut dossier = sample::dossier();
    for (i, entry) in dossier.documents.iter_mut().enumerate() {
        let far = Span::new(u32::MAX - 3, u32::MAX);
        for claim in &mut entry.claims {
            claim.sentence = if i % 2 == 0 {
                far
            } else {
                Span::new(1, u32::MAX)
            };
            if let Some(f) = &mut claim.figure {
                // Cuts characters: the title holds letters of two bytes.
                f.span = Span::new(27, 28 + i as u32);
            }
        }
        for (n, finding) in entry.findings.iter_mut().enumerate() {
            finding.span = if n == 0 { far } else { Span::new(0, u32::MAX) };
        }
        entry.times.iter_mut().for_each(|t| t.span = far);
    }
    let html = page(&dossier);
    let set: BTreeSet<&str> = values(&html, "id").into_iter().collect();
    for href in values(&html, "href") {
        assert!(
            href.strip_prefix('#').is_none_or(|id| set.contains(id)),
            "{href}"
        );
    }
}

#[test]
fn nothing_at_all_is_a_page_too() {
    let html = page(&Dossier {
        title: "Quiet".into(),
        documents: Vec::new(),
    });
    assert!(text(&html).contains("0 documents"));
    assert!(text(&html).contains("No claims were read"));
}

#[test]
fn the_same_dossier_gives_the_same_bytes() {
    assert_eq!(publish(&sample::dossier()), publish(&sample::dossier()));
}

#[test]
fn snapshots() {
    let files = publish(&sample::dossier());
    let html = file(&files, "index.html");
    let body = html
        .split("<body>")
        .nth(1)
        .unwrap()
        .split("<script>")
        .next()
        .unwrap();
    // One element a line, so that a change is read as one.
    insta::assert_snapshot!("body", body.replace("><", ">\n<"));
    insta::assert_snapshot!("claims.csv", file(&files, "claims.csv").replace('\r', ""));
    insta::assert_snapshot!("dossier.jsonld", file(&files, "dossier.jsonld"));
    assert_eq!(file(&files, "claims.jsonl").lines().count(), 13);
}

#[test]
fn a_bare_number_joins_the_one_thing_counted_and_two_things_stay_apart() {
    let first_panel = |dossier: &Dossier| {
        let html = page(dossier);
        let panel = from_id(&html, "series-1-name");
        panel[..panel.find("</figure>").unwrap()].to_owned()
    };
    let mut dossier = sample::dossier();
    let bare = dossier.documents[2].claims[4].figure.as_mut().unwrap();
    assert!(bare.thing.is_none());
    let number = Some(sayso_model::Decimal::from(32));
    (bare.low, bare.best, bare.high) = (number, number, number);
    let panel = first_panel(&dossier);
    assert!(text(&panel).starts_with("Drowned: passengers"));
    assert!(panel.contains("#said-9\"") && panel.contains("#said-11\""));
    // Once sailors are counted too, the bare number may be either's.
    let claims = &mut dossier.documents[2].claims;
    let thing = claims[2].figure.as_mut().unwrap().thing.as_mut().unwrap();
    thing.head = "sailor".into();
    let panel = first_panel(&dossier);
    assert!(text(&panel).starts_with("Drowned: passengers"));
    assert!(
        !panel.contains("#said-9\""),
        "sailors stand among passengers"
    );
    assert!(
        !panel.contains("#said-11\""),
        "a bare number stands among passengers"
    );
}
