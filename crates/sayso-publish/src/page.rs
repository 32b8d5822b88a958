//! The page: its head, its sections in order, and the little script that only adds.

use std::collections::BTreeSet;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use sayso_model::Severity;
use sha2::{Digest, Sha256};

use crate::sections::{claims, documents, figures, findings, sources, timeline};
use crate::series::series;
use crate::view::View;
use crate::words;

const STYLE: &str = include_str!("assets/style.css");
const SCRIPT: &str = include_str!("assets/script.js");

/// The page may fetch nothing at all and run nothing but its one script. Documents' words are never markup; should one
/// slip through, it is still refused what it asks for.
fn policy() -> String {
    let hash = base64(&Sha256::digest(SCRIPT.as_bytes()));
    format!(
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'"
    )
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let bits = (0..3).fold(0u32, |n, i| {
            n << 8 | u32::from(three.get(i).copied().unwrap_or(0))
        });
        for i in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * i) & 63) as usize];
            out.push(if i > three.len() { '=' } else { digit as char });
        }
    }
    out
}

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
    let html = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy());
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
                main #main tabindex="-1" { (main) }
                (colophon())
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    html.into_string()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_as_rfc_4648_has_it() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }
}
