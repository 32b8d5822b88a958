//! Captured bytes to a [`Document`]: plain text, Markdown, HTML.
//!
//! In comes a [`Capture`] and what is known of it from outside ([`Hints`]); out goes a document with one canonical
//! text, its parts, its metadata and the map back to the captured bytes. Reading never fails: what went wrong stands
//! in the document's troubles.

use sayso_model::{Capture, Document, SourceMap};

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
    let _ = hints;
    let text = String::from_utf8_lossy(&capture.bytes).into_owned();
    Document {
        id: capture.id,
        from: capture.from.clone(),
        title: None,
        byline: None,
        outlet: None,
        published: None,
        language: None,
        text,
        parts: Vec::new(),
        map: SourceMap::default(),
        troubles: Vec::new(),
    }
}

/// The article's words: headings within it, paragraphs, lists, quotations and tables, one block a line; without title,
/// byline, captions and chrome.
pub fn body(document: &Document) -> String {
    document.text.clone()
}
