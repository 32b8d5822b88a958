//! The page: its head, its sections in order, and the little script that only adds.

use std::collections::BTreeSet;

use maud::{Markup, html};
use sayso_model::Severity;

use crate::sections::{claims, documents, figures, findings, sources, timeline};
use crate::series::series;
use crate::shell;
use crate::view::View;
use crate::words;

const SCRIPT: &str = include_str!("assets/script.js");

/// The whole page as HTML.
pub fn page(view: &mut View<'_>) -> String {
    let mut placed = BTreeSet::new();
    // The documents come last on the page but first in the making: they say which words could be anchored.
    let documents = documents::section(view, &mut placed);
    view.placed = placed;
    let view = &*view;
    let series = series(view);
    let main = html! {
        (figures::section(view, &series))
        (findings::section(view))
        (claims::section(view))
        (timeline::section(view))
        (sources::section(view))
        (documents)
    };
    let body = html! {
        a.skip href="#main" { "Skip to the report" }
        (masthead(view))
        (contents())
        main #main tabindex="-1" { (main) }
        (colophon())
    };
    shell::shell(view.title, "", SCRIPT, &body)
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
