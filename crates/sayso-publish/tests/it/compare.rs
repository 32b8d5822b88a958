//! Claims of several reports side by side: the page of `compare`.

use std::collections::BTreeSet;

use sayso_match::{Offer, questions};
use sayso_model::{Document, Dossier};
use sayso_packs::Packs;
use sayso_publish::{Compared, compare};

use crate::page::{text, values};
use crate::sample;

fn made(dossier: &Dossier) -> String {
    let documents: Vec<&Document> = dossier.documents.iter().map(|d| &d.document).collect();
    let offers: Vec<Offer<'_>> = dossier
        .documents
        .iter()
        .enumerate()
        .flat_map(|(document, d)| {
            let outlet = d.document.outlet.as_ref().map(|o| o.text.as_str());
            d.claims.iter().map(move |claim| Offer {
                document,
                outlet,
                claim,
                place: None,
            })
        })
        .collect();
    let asked = questions(&offers, Packs::builtin());
    compare(&Compared {
        documents: &documents,
        offers: &offers,
        questions: &asked,
    })
}

/// The page of the sample.
pub fn page() -> String {
    made(&sample::dossier())
}

#[test]
fn every_line_is_there_and_every_link_has_its_end() {
    let html = page();
    let ids = values(&html, "id");
    let set: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), set.len(), "an id is given twice");
    for href in values(&html, "href") {
        assert!(
            href.strip_prefix('#').is_some_and(|id| set.contains(id)),
            "{href}"
        );
    }
    assert!(set.contains("line-1-a") && set.contains("line-1-b"));
    let words = text(&html);
    assert!(words.contains("4 reports compared") && words.contains("Skerry Coast Guard"));
    assert!(values(&html, "src").is_empty() && !html.contains("url("));
}

#[test]
fn no_word_of_a_report_is_markup() {
    let mut dossier = sample::dossier();
    let evil = "<img src=x onerror=alert(1)> & </style><script>";
    for entry in &mut dossier.documents {
        entry.document.outlet.as_mut().unwrap().text = evil.into();
        for claim in &mut entry.claims {
            let links = claim.attribution.iter_mut();
            links.for_each(|l| l.entity = Some(evil.into()));
            if let Some(f) = &mut claim.figure {
                f.text += evil;
            }
        }
    }
    let html = made(&dossier);
    assert!(!html.contains("<img") && html.matches("<script").count() == 1);
}

#[test]
fn nothing_to_compare_is_a_page_too() {
    let html = made(&Dossier::default());
    assert!(text(&html).contains("No two reports or sources answer the same question."));
}
