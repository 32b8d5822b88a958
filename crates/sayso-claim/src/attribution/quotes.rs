//! Quotations as stretches of tokens between quotation marks, paragraph by paragraph.

use std::ops::Range;

use sayso_parse::{Parse, Pos};

/// A quotation, its marks included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Quotation {
    /// Tokens, opening and closing mark included.
    pub tokens: Range<u32>,
    /// Whether a closing mark ends it; a quotation carried over to the next paragraph has none.
    pub closed: bool,
}

impl Quotation {
    /// Number of tokens between the marks.
    pub fn words(&self) -> u32 {
        self.tokens.len() as u32 - 1 - u32::from(self.closed)
    }
}

/// All quotations of a parse, in order, and which one a token lies in.
#[derive(Debug, Default)]
pub(crate) struct Quotations {
    pub all: Vec<Quotation>,
    of: Vec<u32>,
}

const NONE: u32 = u32::MAX;

impl Quotations {
    /// Index of the quotation that holds a token.
    pub fn of(&self, token: u32) -> Option<usize> {
        self.of
            .get(token as usize)
            .filter(|&&q| q != NONE)
            .map(|&q| q as usize)
    }

    /// Whether a token lies in a quotation that is more than a word or two in marks.
    pub fn inside_speech(&self, token: u32) -> bool {
        self.of(token)
            .is_some_and(|q| self.all[q].tokens.len() >= 6)
    }
}

/// Finds the quotations. `paragraph` numbers the paragraph of every token: no quotation crosses its end, because a
/// quotation that goes on opens again.
///
/// Straight marks open and close in turn. An opening mark inside an open quotation is ignored: the inner quotation
/// belongs to the outer one.
pub(crate) fn find(parse: &Parse, paragraph: &[u32]) -> Quotations {
    let mut all = Vec::new();
    let mut open: Option<u32> = None;
    let mut first = 0;
    for t in 0..parse.len() as u32 {
        if t > 0
            && paragraph[t as usize] != paragraph[t as usize - 1]
            && let Some(start) = open.take()
        {
            all.push(Quotation {
                tokens: start..t,
                closed: false,
            });
        }
        let word = parse.word(t);
        let start = t == 0 || paragraph[t as usize] != paragraph[t as usize - 1];
        if start {
            first = t;
        }
        // a mark right behind a word closes, also what the paragraph before left open without opening it again
        let closes = !start
            && open.is_none()
            && (matches!(word, "”" | "»")
                || matches!(word, "\"" | "''")
                    && !parse.tokens[t as usize - 1].space_after
                    && (parse.tokens[t as usize].space_after
                        || (t as usize + 1 >= parse.len())
                        || parse.pos(t + 1) == Pos::Punct));
        if closes {
            let carried = all
                .last()
                .is_some_and(|q: &Quotation| !q.closed && q.tokens.end == first && t > first);
            if carried {
                all.push(Quotation {
                    tokens: first..t + 1,
                    closed: true,
                });
            }
            continue;
        }
        match (word, open) {
            ("“" | "``" | "„" | "«" | "\"" | "''", None) => open = Some(t),
            ("”" | "''" | "\"" | "»", Some(start)) => {
                all.push(Quotation {
                    tokens: start..t + 1,
                    closed: true,
                });
                open = None;
            }
            _ => {}
        }
    }
    if let Some(start) = open {
        all.push(Quotation {
            tokens: start..parse.len() as u32,
            closed: false,
        });
    }
    let mut of = vec![NONE; parse.len()];
    for (i, q) in all.iter().enumerate() {
        of[q.tokens.start as usize..q.tokens.end as usize].fill(i as u32);
    }
    Quotations { all, of }
}
