//! Numbers that count nothing: ages, numbers of list items, sources that are counted, the same amount in another
//! currency, entries of a list of references.

use sayso_model::{Figure, FigureKind};
use sayso_parse::Pos;

use crate::claims::{Maker, parse_word};

/// The greatest age a person is given.
const OLDEST: u32 = 112;
/// The greatest number that an item of a list within a sentence is likely to have.
const ITEMS: u32 = 20;

/// Whether a part is an entry of a numbered list of references: "[4] Name. Title. 2024."
pub(crate) fn is_reference(text: &str) -> bool {
    let text = text.trim_start();
    text.strip_prefix('[')
        .and_then(|rest| rest.split_once(']'))
        .is_some_and(|(number, rest)| {
            !number.is_empty()
                && number.len() <= 3
                && number.bytes().all(|b| b.is_ascii_digit())
                && rest.starts_with(' ')
        })
}

impl Maker<'_> {
    /// Whether figure `i` counts nothing that a claim could be made of.
    pub(crate) fn counts_nothing(&self, i: usize) -> bool {
        let Some(figure) = self.reading.figures.get(i) else {
            return true;
        };
        self.numbers_item(figure) || self.bounds_age(figure, i) || self.restates(i)
    }

    fn small(figure: &Figure, most: u32) -> bool {
        [figure.best, figure.low, figure.high]
            .into_iter()
            .flatten()
            .all(|v| v <= most.into())
    }

    /// "1) a ceasefire; 2) …": a number before a bracket that nothing opened.
    fn numbers_item(&self, figure: &Figure) -> bool {
        let text = &self.reading.document.text;
        let after = text.get(figure.span.end as usize..).unwrap_or("");
        if !after.starts_with(')') || !Self::small(figure, ITEMS) {
            return false;
        }
        let before = text.get(..figure.span.start as usize).unwrap_or("");
        let line = before.rsplit('\n').next().unwrap_or("");
        let (opened, closed) = (line.matches('(').count(), line.matches(')').count());
        opened <= closed
    }

    /// "children under 18", "people older than 60": a bound of age right behind people, with nothing counted after it.
    fn bounds_age(&self, figure: &Figure, i: usize) -> bool {
        let Some(tokens) = self.reading.figure_tokens.get(i) else {
            return false;
        };
        if figure.kind != FigureKind::Cardinal || !Self::small(figure, OLDEST) {
            return false;
        }
        let parse = self.parse;
        let bound = tokens
            .clone()
            .chain(tokens.start.saturating_sub(2)..tokens.start)
            .any(|t| {
                matches!(
                    parse.lower(t),
                    "under" | "over" | "above" | "older" | "younger" | "aged"
                )
            });
        let people = (tokens.start.saturating_sub(3)..tokens.start)
            .any(|t| self.frames.in_list("people", &parse_word(parse, t)));
        let counted = (tokens.end as usize) < parse.len()
            && matches!(parse.pos(tokens.end), Pos::Noun | Pos::Adj | Pos::Propn);
        bound && people && !counted
    }

    /// "according to two officials": the number of those who speak is no claim of theirs.
    pub(crate) fn counts_sources(&self, figure: &Figure) -> bool {
        let parse = self.parse;
        let first = parse.tokens_in(figure.span.start..figure.span.end).start;
        let opens = |s: &sayso_model::Span<sayso_model::Text>| {
            s.covers(figure.span) && first <= parse.tokens_in(s.start..s.end).start + 1
        };
        // "the two sides": a number that only says that both are meant.
        let known = first > 0
            && parse.lower(first - 1) == "the"
            && matches!(parse.lower(first), "two" | "three" | "four")
            && (first as usize + 1) < parse.len()
            && parse.pos(first + 1) == Pos::Noun;
        known || self.attributions.iter().any(|a| a.source.iter().any(opens))
    }

    /// "$167bn (£125bn)": the same amount again.
    fn restates(&self, i: usize) -> bool {
        let figures = &self.reading.figures;
        let (Some(this), Some(last)) = (
            figures.get(i),
            i.checked_sub(1).and_then(|j| figures.get(j)),
        ) else {
            return false;
        };
        let text = &self.reading.document.text;
        let between = text
            .get(last.span.end as usize..this.span.start as usize)
            .unwrap_or("");
        this.kind == last.kind
            && matches!(this.kind, FigureKind::Money | FigureKind::Measure)
            && (this.currency != last.currency || this.unit != last.unit)
            && matches!(
                between.trim_start(),
                "(" | "(about " | "(around " | "(approximately "
            )
    }
}
