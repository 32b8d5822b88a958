//! The page: its head, its sections in order, and the little script that only adds.

use std::collections::BTreeSet;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use sayso_model::Severity;

use crate::sections::{claims, documents, figures, findings, sources, timeline};
use crate::series::series;
use crate::view::View;
use crate::words;

const STYLE: &str = include_str!("assets/style.css");
const SCRIPT: &str = include_str!("assets/script.js");

/// The page may fetch nothing at all. Its style and its one script stand in it; documents' words are never markup, and
/// should one slip through, what it asks for is still refused.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; \
                      base-uri 'none'; form-action 'none'";

/// The whole page as HTML.
pub fn page(view: &View<'_>) -> String {
    let series = series(view);
    let mut placed = BTreeSet::new();
    // The documents come last on the page but first in the making: they say which words could be anchored.
    let documents = documents::section(view, &mut placed);
    let main = html! {
        (figures::section(view, &series))
        (findings::section(view))
        (claims::section(view))
        (timeline::section(view))
        (sources::section(view))
        (documents)
    };
    let html = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="generator" content="sayso";
                title { (view.title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#main" { "Skip to the report" }
                (masthead(view))
                (contents())
                main #main tabindex="-1" { (PreEscaped(anchored(main.into_string(), view, &placed))) }
                (colophon())
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    html.into_string()
}

/// Claims whose words lie in no part of their document have no place to lead to but the document itself.
fn anchored(mut html: String, view: &View<'_>, placed: &BTreeSet<String>) -> String {
    for c in view.claims.iter().filter(|c| !placed.contains(&c.said())) {
        let to = format!("href=\"#document-{}\"", c.document + 1);
        html = html.replace(&format!("href=\"#{}\"", c.said()), &to);
    }
    for f in view.findings.iter().filter(|f| !placed.contains(&f.words())) {
        let to = format!("href=\"#document-{}\"", f.document + 1);
        html = html.replace(&format!("href=\"#{}\"", f.words()), &to);
    }
    html
}

fn masthead(view: &View<'_>) -> Markup {
    let dates = || {
        view.documents
            .iter()
            .filter_map(|d| d.document.published.as_ref().map(|p| p.date))
    };
    let span = dates().min().zip(dates().max());
    let grave = [
        (Severity::Error, "error"),
        (Severity::Warning, "warning"),
        (Severity::Information, "note"),
    ]
    .map(|(s, name)| (view.severity(s), name))
    .into_iter()
    .filter(|(n, _)| *n > 0)
    .map(|(n, name)| words::count(n, name))
    .collect::<Vec<_>>();
    html! {
        header.masthead {
            p.kicker { "Situation report" }
            h1 { (view.title) }
            p.summary {
                (words::count(view.documents.len(), "document"))
                @if let Some(span) = span { " published " (words::days(span)) }
                ". " (words::count(view.claims.len(), "claim")) " from " (words::count(view.origins(), "origin")) ". "
                (words::count(view.findings.len(), "finding"))
                @if !grave.is_empty() { ": " (grave.join(", ")) }
                "."
            }
            p.how {
                "Every figure is a link to the words it was read from. This report says who said what; it does not "
                "say who is right."
            }
        }
    }
}

fn contents() -> Markup {
    html! {
        nav.contents aria-label="Contents" {
            ol {
                @for (id, name) in [("figures", "Figures by source"), ("findings", "Findings"), ("claims", "Claims"),
                    ("timeline", "Timeline"), ("sources", "Sources"), ("documents", "Documents")] {
                    li { a href={ "#" (id) } { (name) } }
                }
            }
        }
    }
}

fn colophon() -> Markup {
    html! {
        footer.colophon {
            p {
                "Made by sayso from the documents above, and from nothing else. The claims are also here as "
                a href="claims.csv" { "CSV" } ", " a href="claims.jsonl" { "JSON Lines" } " and "
                a href="dossier.jsonld" { "JSON-LD" } "."
            }
        }
    }
}
