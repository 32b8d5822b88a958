//! Who says all this: each source with its kind, what comes from it and where it is relayed.

use maud::{Markup, html};
use sayso_model::SourceKind;

use crate::view::{SourceView, View};
use crate::words;

/// No more claims than this are listed by number for one source.
const LISTED: usize = 24;

pub fn section(view: &View<'_>) -> Markup {
    html! {
        section #sources aria-labelledby="sources-title" {
            h2 #sources-title { "Sources" }
            p.lead {
                "The " (words::count(view.claims.len(), "claim")) " on this page come from "
                (words::count(view.origins(), "origin")) ". What counts is where a claim comes from: an outlet that "
                "repeats another’s claim adds a document, not an origin."
            }
            @if !view.sources.is_empty() {
                div.scroll {
                    table.sources {
                        caption.visually-hidden { "Sources and the claims that come from each" }
                        thead { tr {
                            th scope="col" { "Source" }
                            th scope="col" { "Kind" }
                            th.number scope="col" { "Claims" }
                            th.number scope="col" { "Documents" }
                            th.number scope="col" { "Relays" }
                            th scope="col" { "Which" }
                        } }
                        tbody { @for (i, s) in view.sources.iter().enumerate() { (row(view, s, i + 1)) } }
                    }
                }
            }
        }
    }
}

fn kind(k: SourceKind) -> &'static str {
    match k {
        SourceKind::Official => "official",
        SourceKind::Agency => "news agency",
        SourceKind::Outlet => "outlet",
        SourceKind::Analyst => "analyst",
        SourceKind::Document => "document",
        SourceKind::Person => "person",
        SourceKind::Anonymous => "anonymous",
        SourceKind::Own => "own voice",
    }
}

fn row(view: &View<'_>, s: &SourceView, number: usize) -> Markup {
    let mut documents: Vec<usize> = s
        .origin_of
        .iter()
        .chain(&s.relays)
        .map(|c| view.claims[*c].document)
        .collect();
    documents.sort_unstable();
    documents.dedup();
    html! {
        tr id={ "source-" (number) } {
            th scope="row" { (s.name) }
            td { (kind(s.kind)) }
            td.number { (s.origin_of.len()) }
            td.number { (documents.len()) }
            td.number { (s.relays.len()) }
            td.which {
                @for c in s.origin_of.iter().chain(&s.relays).take(LISTED) {
                    @let claim = &view.claims[*c];
                    a href={ "#" (claim.row()) } aria-label={ "Claim " (claim.number) } { (claim.number) } " "
                }
                @let more = (s.origin_of.len() + s.relays.len()).saturating_sub(LISTED);
                @if more > 0 { span.note { "and " (more) " more" } }
            }
        }
    }
}
