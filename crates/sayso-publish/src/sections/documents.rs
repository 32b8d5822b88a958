//! The documents themselves: every word that was read, by its parts, with what was left out folded away.

use std::collections::BTreeSet;

use maud::{Markup, html};
use sayso_model::PartKind;

use crate::body::{body, left_out};
use crate::marked::Marked;
use crate::view::{View, file_name};
use crate::words;

pub fn section(view: &View<'_>, placed: &mut BTreeSet<String>) -> Markup {
    html! {
        section #documents aria-labelledby="documents-title" {
            h2 #documents-title { "Documents" }
            p.lead {
                "What was read, word for word. The small numbers lead from a sentence to its claims; underlined words "
                "lead to what was found about them."
            }
            @if view.documents.len() > 1 { (index(view)) }
            @for document in 0..view.documents.len() { (article(view, document, placed)) }
        }
    }
}

fn index(view: &View<'_>) -> Markup {
    let mut claims = vec![0; view.documents.len()];
    view.claims.iter().for_each(|c| claims[c.document] += 1);
    html! {
        ol.index {
            @for (i, entry) in view.documents.iter().enumerate() {
                li {
                    a href={ "#document-" (i + 1) } { (view.document_title(i)) }
                    span.note {
                        (view.outlet(i))
                        @if let Some(p) = &entry.document.published { " · " (words::day(p.date)) }
                        " · " (words::count(claims[i], "claim"))
                    }
                }
            }
        }
    }
}

fn article(view: &View<'_>, index: usize, placed: &mut BTreeSet<String>) -> Markup {
    let marked = Marked::new(view, index);
    let document = &view.documents[index].document;
    let title = document
        .parts
        .iter()
        .position(|p| p.kind == PartKind::Title);
    let id = format!("document-{}", index + 1);
    let body = body(document, title, 3, |part| {
        marked.part(view, index, part, placed)
    });
    let heading = match title {
        Some(part) => marked.part(view, index, part, placed),
        None => html! { (view.document_title(index)) },
    };
    let claims = view.claims.iter().filter(|c| c.document == index).count();
    html! {
        article.document id=(id) aria-labelledby={ (id) "-title" } {
            header {
                p.outlet {
                    (view.outlet(index))
                    @if let Some(p) = &document.published {
                        " · " time datetime=(p.date) { (words::day(p.date)) }
                    }
                }
                h3 id={ (id) "-title" } { (heading) }
                p.origin {
                    (words::count(claims, "claim"))
                    @if let Some(b) = &document.byline { " · " (b.text) }
                    @if let Some(from) = &document.from { " · " span.file { (file_name(from)) } }
                }
                @for t in &document.troubles { p.trouble { "While reading: " (t.message) } }
            }
            (body)
            (left_out(document))
            p.identity { "SHA-256 of the capture " span.hash { (document.id) } }
        }
    }
}
