//! Captured bytes to a [`Document`]: plain text, Markdown, HTML.
//!
//! In comes a [`Capture`] and what is known of it from outside ([`Hints`]); out goes a document with one canonical
//! text, its parts, its metadata and the map back to the captured bytes. Reading never fails: what went wrong stands
//! in the document's troubles.

mod dates;
mod decode;
mod furniture;
mod html;
mod language;
mod lines;
mod plain;
mod table;
mod text;
mod words;

use sayso_model::{Capture, Document, Media, PartKind};

/// What is known of a capture from outside; it wins over what the capture says of itself.
#[derive(Clone, Debug, Default)]
pub struct Hints {
    /// Headline.
    pub title: Option<String>,
    /// Outlet.
    pub outlet: Option<String>,
    /// Publication date, ISO 8601.
    pub published: Option<String>,
    /// Address of the page.
    pub url: Option<String>,
}

/// Reads a capture.
pub fn read(capture: &Capture, hints: &Hints) -> Document {
    let mut document = match capture.media {
        Media::Plain | Media::Markdown => text::read(capture, hints),
        Media::Html => html::read(capture, hints),
    };
    if let Some(published) = &mut document.published {
        // Pages write dates in many ways; the value is ISO 8601, and the hour is kept only where it was written so.
        let day = published.date.to_string();
        if !published.value.starts_with(&day) {
            published.value = day;
        }
    }
    document
}

/// The article's words: headings within it, paragraphs, lists, quotations and tables, one block a line; without title,
/// byline, captions and chrome.
pub fn body(document: &Document) -> String {
    let mut out = String::new();
    let mut row = None;
    for part in &document.parts {
        let kept = !matches!(
            part.kind,
            PartKind::Title
                | PartKind::Byline
                | PartKind::Dateline
                | PartKind::Caption
                | PartKind::Credit
                | PartKind::Chrome
        );
        if !kept {
            continue;
        }
        // Cells of a row stand on one line.
        let place = match part.kind {
            PartKind::Cell(c) => Some((c.table, c.row)),
            _ => None,
        };
        if !out.is_empty() {
            out.push(if place.is_some() && place == row {
                '\t'
            } else {
                '\n'
            });
        }
        row = place;
        let mut words = document.words(part.span).split_whitespace();
        out.extend(words.next());
        for w in words {
            out.push(' ');
            out.push_str(w);
        }
    }
    out
}
