//! Marks laid over the words of a document: which part each stretch falls in, and the text cut wherever one begins or
//! ends.
//!
//! Marks may overlap in any way. Going forwards through a part, each piece of words comes with the marks that cover
//! it, the longest first; the cost is one look at each mark.

use sayso_model::{Part, Span, Text};

/// A stretch of words and what lies over it.
#[derive(Clone, Debug)]
pub struct Mark<T> {
    /// The stretch.
    pub span: Span<Text>,
    /// What.
    pub cover: T,
}

/// The marks of one document, by part.
pub struct ByPart<T> {
    marks: Vec<Vec<Mark<T>>>,
}

impl<T: Clone> ByPart<T> {
    /// No marks yet.
    pub fn new(parts: &[Part]) -> ByPart<T> {
        let mut marks = Vec::new();
        marks.resize_with(parts.len(), Vec::new);
        ByPart { marks }
    }

    /// Lays a mark over a stretch; what lies in no part is not laid.
    pub fn put(&mut self, parts: &[Part], span: Span<Text>, cover: &T) {
        let first = parts.partition_point(|p| p.span.end <= span.start);
        for (part, marks) in parts.iter().zip(&mut self.marks).skip(first) {
            if part.span.start >= span.end {
                break;
            }
            marks.push(Mark {
                span: Span::new(span.start.max(part.span.start), span.end.min(part.span.end)),
                cover: cover.clone(),
            });
        }
    }

    /// The marks of a part, in the order in which they were laid.
    pub fn of(&self, part: usize) -> &[Mark<T>] {
        self.marks.get(part).map_or(&[], Vec::as_slice)
    }
}

/// Cuts a text at the ends of marks, going forwards only.
pub struct Cutter<'m, T> {
    marks: Vec<&'m Mark<T>>,
    next: usize,
    active: Vec<&'m Mark<T>>,
}

impl<'m, T> Cutter<'m, T> {
    /// A cutter of a text under these marks.
    pub fn new(mut marks: Vec<&'m Mark<T>>) -> Cutter<'m, T> {
        marks.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
        Cutter {
            marks,
            next: 0,
            active: Vec::new(),
        }
    }

    /// Gives each piece of a stretch to `piece`: its words, its place, and the marks over it, outermost first.
    /// Stretches must follow one another.
    pub fn cut(
        &mut self,
        text: &str,
        span: Span<Text>,
        mut piece: impl FnMut(&str, Span<Text>, &[&'m Mark<T>]),
    ) {
        let mut at = span.start;
        while at < span.end {
            self.active.retain(|m| m.span.end > at);
            while let Some(m) = self.marks.get(self.next).filter(|m| m.span.start <= at) {
                if m.span.end > at {
                    self.active.push(m);
                }
                self.next += 1;
            }
            let starts = self.marks.get(self.next).map(|m| m.span.start);
            let ends = self.active.iter().map(|m| m.span.end);
            let end = ends.chain(starts).fold(span.end, u32::min).max(at + 1);
            piece(
                words_between(text, at, end),
                Span::new(at, end),
                &self.active,
            );
            at = end;
        }
    }
}

/// The words between two byte offsets, each moved to the next character where it cuts one.
fn words_between(text: &str, start: u32, end: u32) -> &str {
    let edge = |at: u32| {
        let mut at = (at as usize).min(text.len());
        while !text.is_char_boundary(at) {
            at += 1;
        }
        at
    };
    text.get(edge(start)..edge(end)).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_carry_the_marks_over_them_and_make_up_the_text() {
        let text = "aé, bcd efg";
        let mark = |a, b, cover| Mark {
            span: Span::new(a, b),
            cover,
        };
        let marks = [
            mark(0, 6, 'x'),
            mark(5, 9, 'y'),
            mark(5, 7, 'z'),
            mark(2, 4, 'w'),
        ];
        let mut cutter = Cutter::new(marks.iter().collect());
        let mut pieces = Vec::new();
        cutter.cut(text, Span::new(0, text.len() as u32), |words, _, over| {
            pieces.push((
                words.to_owned(),
                over.iter().map(|m| m.cover).collect::<String>(),
            ));
        });
        let whole: String = pieces.iter().map(|p| p.0.as_str()).collect();
        assert_eq!(whole, text);
        let over = |words: &str| pieces.iter().find(|p| p.0 == words).map(|p| p.1.as_str());
        assert_eq!(over("b"), Some("xyz"));
        assert_eq!(over("c"), Some("yz"));
        assert_eq!(over("d "), Some("y"));
    }
}
