//! Half-open ranges typed by what they index, and the conversion to code points, lines and columns.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::Range;

/// Marker: offsets are bytes of the capture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bytes {}
/// Marker: offsets are UTF-8 bytes of the document's canonical text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Text {}
/// Marker: offsets are indexes of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tokens {}

/// A half-open range `start..end` of what `K` names.
pub struct Span<K> {
    /// First position.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    kind: PhantomData<fn() -> K>,
}

impl<K> Span<K> {
    /// The span `start..end`; an end before the start gives the empty span at `start`.
    pub const fn new(start: u32, end: u32) -> Span<K> {
        Span {
            start,
            end: if end < start { start } else { end },
            kind: PhantomData,
        }
    }

    /// Length.
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether nothing is in it.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// As a range of `usize`, for slicing.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether a position lies in it.
    pub const fn contains(self, at: u32) -> bool {
        self.start <= at && at < self.end
    }

    /// Whether `other` lies wholly in it.
    pub const fn covers(self, other: Span<K>) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a position.
    pub const fn overlaps(self, other: Span<K>) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    pub fn join(self, other: Span<K>) -> Span<K> {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }
}

impl Span<Text> {
    /// The words at the span; empty where the span is not within the text or cuts a character.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }
}

impl<K> From<Range<u32>> for Span<K> {
    fn from(r: Range<u32>) -> Span<K> {
        Span::new(r.start, r.end)
    }
}

impl<K> Clone for Span<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K> Copy for Span<K> {}
impl<K> PartialEq for Span<K> {
    fn eq(&self, other: &Self) -> bool {
        self.start == other.start && self.end == other.end
    }
}
impl<K> Eq for Span<K> {}
impl<K> PartialOrd for Span<K> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<K> Ord for Span<K> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.start, self.end).cmp(&(other.start, other.end))
    }
}
impl<K> Hash for Span<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.start, self.end).hash(state);
    }
}
impl<K> fmt::Debug for Span<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// Where lines begin and where code points stand in a text, for positions shown outside.
///
/// Built once a document; every look-up is a binary search or, in ASCII text, nothing.
#[derive(Clone, Debug)]
pub struct CodePoints {
    /// Byte offset and code-point offset at each step of about 64 bytes; empty where the text is ASCII.
    marks: Vec<(u32, u32)>,
    lines: Vec<u32>,
    text: String,
}

/// A line and a column, both from 1; the column counts code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: u32,
    /// Column in code points, from 1.
    pub column: u32,
}

impl CodePoints {
    /// Index of `text`.
    pub fn new(text: &str) -> CodePoints {
        let mut marks = Vec::new();
        if !text.is_ascii() {
            let mut points = 0;
            let mut next = 0;
            for (at, _) in text.char_indices() {
                if at >= next {
                    marks.push((at as u32, points));
                    next = at + 64;
                }
                points += 1;
            }
            marks.push((text.len() as u32, points));
        }
        let mut lines = vec![0];
        lines.extend(
            text.bytes()
                .enumerate()
                .filter(|&(_, b)| b == b'\n')
                .map(|(i, _)| i as u32 + 1),
        );
        CodePoints {
            marks,
            lines,
            text: text.to_owned(),
        }
    }

    /// Code points before a byte offset of the text; an offset past the end counts as the end.
    pub fn point(&self, byte: u32) -> u32 {
        let byte = byte.min(self.text.len() as u32);
        if self.marks.is_empty() {
            return byte;
        }
        let i = self.marks.partition_point(|m| m.0 <= byte).max(1) - 1;
        let (at, points) = self.marks[i];
        let between = &self.text.as_bytes()[at as usize..byte as usize];
        points + between.iter().filter(|&&b| b & 0xC0 != 0x80).count() as u32
    }

    /// Byte offset of a code point; past the end gives the text's length.
    pub fn byte(&self, point: u32) -> u32 {
        if self.marks.is_empty() {
            return point.min(self.text.len() as u32);
        }
        let i = self.marks.partition_point(|m| m.1 <= point).max(1) - 1;
        let (at, points) = self.marks[i];
        let rest = self.text.get(at as usize..).unwrap_or("");
        rest.char_indices()
            .nth((point - points.min(point)) as usize)
            .map_or(self.text.len() as u32, |(b, _)| at + b as u32)
    }

    /// Start and end of a span in code points.
    pub fn span(&self, span: Span<Text>) -> (u32, u32) {
        (self.point(span.start), self.point(span.end))
    }

    /// Line and column of a byte offset of the text.
    pub fn line_column(&self, byte: u32) -> LineColumn {
        let line = self.lines.partition_point(|&l| l <= byte);
        let start = self.lines.get(line.max(1) - 1).copied().unwrap_or(0);
        LineColumn {
            line: line as u32,
            column: self.point(byte) - self.point(start) + 1,
        }
    }

    /// The text that is indexed.
    pub fn text(&self) -> &str {
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_and_bytes_are_inverse_at_character_boundaries() {
        let text = "A — “quoted” naïve line\nsecond: 5 000 €, ½ of it. ".repeat(7);
        let points = CodePoints::new(&text);
        for (n, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(points.point(byte as u32), n as u32);
            assert_eq!(points.byte(n as u32), byte as u32);
        }
        assert_eq!(points.byte(100_000), text.len() as u32);
    }

    #[test]
    fn lines_and_columns_count_from_one() {
        let points = CodePoints::new("ä b\ncd");
        assert_eq!(points.line_column(0), LineColumn { line: 1, column: 1 });
        assert_eq!(points.line_column(3), LineColumn { line: 1, column: 3 });
        assert_eq!(points.line_column(6), LineColumn { line: 2, column: 2 });
    }
}
