//! A report as the rules look at it: its figures in order, the words between them, its sentences.

use std::ops::Range;

use sayso_measure::Reading;
use sayso_model::{
    Decimal, Evidence, Exactness, Figure, FigureKind, Part, PartKind, Severity, Span, Text,
};
use sayso_packs::Packs;
use sayso_parse::{Parse, Pos};

use crate::Subject;

/// A figure that has a number, where it stands.
#[derive(Clone, Debug)]
pub struct Mention<'a> {
    /// Index among the reading's figures.
    pub index: u32,
    /// The figure.
    pub figure: &'a Figure,
    /// Its one number.
    pub value: Decimal,
    /// Its tokens, softening words included.
    pub tokens: Range<u32>,
    /// Index of its sentence.
    pub sentence: usize,
    /// Index of its part of the document.
    pub part: usize,
}

impl Mention<'_> {
    /// Whether it was written as an exact number.
    pub fn exact(&self) -> bool {
        self.figure.exactness == Exactness::Exact
    }

    /// Whether it counts whole things.
    pub fn is_count(&self) -> bool {
        self.figure.kind == FigureKind::Cardinal && self.value.fract().is_zero()
    }

    /// Whether two figures measure in the same unit: same kind of number, unit and currency.
    pub fn same_measure(&self, other: &Mention<'_>) -> bool {
        self.figure.kind == other.figure.kind
            && self.figure.unit == other.figure.unit
            && self.figure.currency == other.figure.currency
    }
}

/// A report with its numbered figures in order of the text.
#[derive(Debug)]
pub struct View<'a> {
    /// The reading.
    pub reading: &'a Reading<'a>,
    /// The packs in force.
    pub packs: &'a Packs,
    /// The figures that have a number.
    pub mentions: Vec<Mention<'a>>,
}

impl<'a> View<'a> {
    /// The view of a subject.
    pub fn new(subject: &Subject<'a>) -> View<'a> {
        let reading = subject.reading;
        let mentions = reading
            .figures
            .iter()
            .zip(&reading.figure_tokens)
            .enumerate()
            .filter_map(|(i, (figure, tokens))| {
                if tokens.is_empty()
                    || tokens.end as usize > reading.parse.len()
                    || figure.kind == FigureKind::Ordinal
                {
                    return None;
                }
                Some(Mention {
                    index: i as u32,
                    figure,
                    value: figure.value()?,
                    tokens: tokens.clone(),
                    sentence: reading.parse.sentence_of(tokens.start),
                    part: reading.document.part_at(figure.span.start)?,
                })
            })
            .collect();
        View {
            reading,
            packs: subject.packs,
            mentions,
        }
    }

    /// The parse.
    pub fn parse(&self) -> &'a Parse {
        &self.reading.parse
    }

    /// The part with this index.
    pub fn part(&self, index: usize) -> Option<&'a Part> {
        self.reading.document.parts.get(index)
    }

    /// Whether the part is running text: a paragraph, an item, an answer, a quotation, a caption.
    pub fn is_prose(&self, index: usize) -> bool {
        self.part(index).is_some_and(|p| {
            matches!(
                p.kind,
                PartKind::Paragraph
                    | PartKind::ListItem
                    | PartKind::Answer
                    | PartKind::Question
                    | PartKind::Quotation
                    | PartKind::Caption
            )
        })
    }

    /// Tokens of a sentence.
    pub fn sentence(&self, index: usize) -> Range<u32> {
        self.parse().sentences.get(index).cloned().unwrap_or(0..0)
    }

    /// The mentions of a sentence, in order.
    pub fn in_sentence(&self, sentence: usize) -> &[Mention<'a>] {
        let lo = self.mentions.partition_point(|m| m.sentence < sentence);
        let hi = self.mentions.partition_point(|m| m.sentence <= sentence);
        &self.mentions[lo..hi]
    }

    /// The words of a token range in lower case, one space between and at both ends, so that a phrase is looked for
    /// as `" of whom "`. White-space tokens are left out.
    pub fn words(&self, tokens: Range<u32>) -> String {
        let parse = self.parse();
        let mut out = String::from(" ");
        for t in tokens.start..tokens.end.min(parse.len() as u32) {
            if parse.pos(t) != Pos::Space {
                out.push_str(parse.lower(t));
                out.push(' ');
            }
        }
        out
    }

    /// The words between two mentions.
    pub fn between(&self, a: &Mention<'_>, b: &Mention<'_>) -> String {
        self.words(a.tokens.end..b.tokens.start)
    }

    /// Up to `n` words before a token, not before its sentence.
    pub fn before(&self, token: u32, n: u32) -> String {
        let s = self.sentence(self.parse().sentence_of(token));
        self.words(token.saturating_sub(n).max(s.start)..token)
    }

    /// Up to `n` words after the end of a range, not past its sentence.
    pub fn after(&self, end: u32, n: u32) -> String {
        if end == 0 {
            return String::from(" ");
        }
        let s = self.sentence(self.parse().sentence_of(end - 1));
        self.words(end..(end + n).min(s.end))
    }

    /// Whether a phrase of this word list of the packs stands in words given by [`View::words`].
    pub fn says(&self, list: &str, words: &str) -> bool {
        self.said(list, words).is_some()
    }

    /// The phrase of a word list that stands in the words.
    pub fn said(&self, list: &str, words: &str) -> Option<&'a str> {
        self.packs
            .words(list)
            .iter()
            .map(String::as_str)
            .find(|w| has(words, w))
    }

    /// Lemma of what a mention counts: the figure's own thing, else the noun that the number hangs on.
    pub fn thing(&self, m: &Mention<'_>) -> Option<String> {
        if let Some(thing) = &m.figure.thing {
            return Some(thing.head.clone());
        }
        let parse = self.parse();
        m.tokens.clone().find_map(|t| {
            let head = parse.head(t);
            (!m.tokens.contains(&head) && parse.pos(head) == Pos::Noun && head > t && head < t + 6)
                .then(|| parse.lemma(head).to_lowercase())
        })
    }

    /// Whether something beside a number makes the set before it an open one, so that parts need not add up.
    pub fn is_open(&self, words: &str) -> bool {
        self.says("reckoning_open", words)
    }

    /// Whether a finite verb stands in the tokens.
    pub fn has_finite_verb(&self, tokens: Range<u32>) -> bool {
        use sayso_parse::Tag::{Md, Vbd, Vbp, Vbz};
        let parse = self.parse();
        (tokens.start..tokens.end.min(parse.len() as u32))
            .any(|t| matches!(parse.tag(t), Md | Vbd | Vbp | Vbz))
    }

    /// Whether the report itself says that a statement is mistaken: words of correction in the sentence or the three
    /// after it.
    pub fn is_corrected(&self, sentence: usize) -> bool {
        (sentence..sentence + 4).any(|s| {
            let words = self.words(self.sentence(s));
            self.says("reckoning_corrected", &words)
        })
    }
}

/// Whether a phrase stands in padded words (see [`View::words`]).
pub fn has(words: &str, phrase: &str) -> bool {
    words.match_indices(phrase).any(|(i, _)| {
        i > 0
            && words.as_bytes().get(i - 1) == Some(&b' ')
            && words.as_bytes().get(i + phrase.len()) == Some(&b' ')
    })
}

/// Evidence: words of the document.
pub fn shown(span: Span<Text>, note: impl Into<String>) -> Evidence {
    Evidence::Words {
        span,
        note: note.into(),
    }
}

/// Evidence: a reckoning.
pub fn reckoned(note: impl Into<String>) -> Evidence {
    Evidence::Reckoning { note: note.into() }
}

/// Error where all figures are exact, else warning.
pub fn severity(exact: bool) -> Severity {
    if exact {
        Severity::Error
    } else {
        Severity::Warning
    }
}
