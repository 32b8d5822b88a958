//! What was read from a capture: one canonical text, its parts, and the map back to captured bytes.

use crate::{Bytes, Date, DocumentId, Span, Text};

/// A document.
///
/// For plain text and Markdown the canonical text is the decoded file, character for character (a byte-order mark
/// dropped). For HTML it is the rendered text. Chrome is marked as a part, never deleted.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Hash of the captured bytes.
    pub id: DocumentId,
    /// Path or address it came from.
    pub from: Option<String>,
    /// Headline.
    pub title: Option<Located>,
    /// Who wrote it.
    pub byline: Option<Located>,
    /// Who published it.
    pub outlet: Option<Located>,
    /// When it was published.
    pub published: Option<Published>,
    /// ISO 639-1 code of the language, if it was recognised.
    pub language: Option<String>,
    /// The canonical text.
    pub text: String,
    /// Its parts in order of the text; they do not overlap.
    pub parts: Vec<Part>,
    /// From the text back to the capture.
    pub map: SourceMap,
    /// What went wrong while reading; reading itself never fails.
    pub troubles: Vec<Trouble>,
}

/// A short text and, where it stands in the canonical text, its place there (metadata has none).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// The words.
    pub text: String,
    /// Where they stand.
    pub span: Option<Span<Text>>,
}

/// A publication date and where it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The day.
    pub date: Date,
    /// ISO 8601 as given, a day at least.
    pub value: String,
    /// What it was read from: `json-ld`, `meta`, `time`, `byline`, `dateline`, `url`, `given`.
    pub found_in: String,
    /// Where it stands in the canonical text, if it does.
    pub span: Option<Span<Text>>,
}

/// A stretch of the canonical text with one role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Where it stands.
    pub span: Span<Text>,
    /// What it is.
    pub kind: PartKind,
}

/// The role of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// The headline where it stands in the text.
    Title,
    /// A heading within the text, with its level (1 to 6).
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// An item of a list.
    ListItem,
    /// A block quotation.
    Quotation,
    /// A cell of a table.
    Cell(Cell),
    /// A caption of a picture or table.
    Caption,
    /// Who took the picture or supplied it.
    Credit,
    /// A question of a question-and-answer page.
    Question,
    /// Its answer.
    Answer,
    /// An entry of a list of sources.
    SourceEntry,
    /// Author's line.
    Byline,
    /// Date line.
    Dateline,
    /// Page furniture: kept, marked, and left out of claims and findings.
    Chrome,
}

impl PartKind {
    /// The name used in JSON.
    pub const fn as_str(&self) -> &'static str {
        match self {
            PartKind::Title => "title",
            PartKind::Heading(_) => "heading",
            PartKind::Paragraph => "paragraph",
            PartKind::ListItem => "list_item",
            PartKind::Quotation => "quotation",
            PartKind::Cell(_) => "cell",
            PartKind::Caption => "caption",
            PartKind::Credit => "credit",
            PartKind::Question => "question",
            PartKind::Answer => "answer",
            PartKind::SourceEntry => "source_entry",
            PartKind::Byline => "byline",
            PartKind::Dateline => "dateline",
            PartKind::Chrome => "chrome",
        }
    }

    /// Whether claims are read from it: everything but chrome, bylines and credits.
    pub const fn is_content(&self) -> bool {
        !matches!(
            self,
            PartKind::Chrome | PartKind::Byline | PartKind::Credit | PartKind::Dateline
        )
    }
}

/// The place of a cell in its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Cell {
    /// Number of the table in the document, from 0.
    pub table: u32,
    /// Row, from 0; a header row is row 0.
    pub row: u32,
    /// Column, from 0.
    pub column: u32,
    /// Whether it heads its column or row.
    pub header: bool,
}

/// Something that went wrong while reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// What, as one sentence.
    pub message: String,
    /// Where in the capture, if known.
    pub at: Option<Span<Bytes>>,
}

/// A stretch of text and the captured bytes it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourcePiece {
    /// Where it stands in the canonical text.
    pub text: Span<Text>,
    /// Where it came from.
    pub bytes: Span<Bytes>,
    /// Whether text and bytes are the same byte for byte; otherwise (an entity, collapsed white space, another
    /// encoding) the piece maps as a whole.
    pub verbatim: bool,
}

/// The map from text to captured bytes: pieces in order of the text. Text in no piece was inserted (line breaks
/// between blocks).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceMap {
    /// The pieces.
    pub pieces: Vec<SourcePiece>,
}

impl SourceMap {
    /// The captured bytes of a span of text; `None` where all of it was inserted.
    pub fn bytes(&self, span: Span<Text>) -> Option<Span<Bytes>> {
        let first = self.pieces.partition_point(|p| p.text.end <= span.start);
        let mut out: Option<Span<Bytes>> = None;
        for p in &self.pieces[first..] {
            if p.text.start >= span.end && !(span.is_empty() && p.text.start == span.start) {
                break;
            }
            let piece = if p.verbatim {
                let lo = span.start.max(p.text.start) - p.text.start;
                let hi = span.end.min(p.text.end).max(p.text.start) - p.text.start;
                Span::new(p.bytes.start + lo, p.bytes.start + hi)
            } else {
                p.bytes
            };
            out = Some(out.map_or(piece, |o| o.join(piece)));
        }
        out
    }
}

impl Document {
    /// Index of the part that holds a position of the text.
    pub fn part_at(&self, at: u32) -> Option<usize> {
        let i = self.parts.partition_point(|p| p.span.end <= at);
        self.parts.get(i).filter(|p| p.span.contains(at)).map(|_| i)
    }

    /// The words at a span of the canonical text.
    pub fn words(&self, span: Span<Text>) -> &str {
        span.of(&self.text)
    }
}
