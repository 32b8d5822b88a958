//! Text to atoms: runs of letters, numbers in digits, single symbols.
//!
//! The model's tokens join and split numbers in ways that depend on their neighbours ("3,800–4,000", "$12bn",
//! "6-year-old"), so numbers are read from atoms, which depend on the text alone. Every atom knows the token that holds
//! it, for all that asks the tree.

use rust_decimal::Decimal;
use sayso_parse::Parse;

/// What an atom is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters.
    Word,
    /// Digits, with grouping and decimals.
    Number,
    /// Digits that are no number: "1.2.3", more digits than a decimal holds.
    Odd,
    /// One other character.
    Symbol,
}

/// One atom.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Atom {
    pub start: u32,
    pub end: u32,
    pub kind: Kind,
    /// Value of a number.
    pub value: Decimal,
    /// Whether a number was written with grouping or decimals, so that it is no year.
    pub formatted: bool,
    /// Whether the atom touches the one before.
    pub glued: bool,
    /// The token that holds its first byte.
    pub token: u32,
}

/// The atoms of a document and the text they stand in, ASCII letters in lower case.
pub(crate) struct Atoms {
    pub all: Vec<Atom>,
    /// The text with ASCII letters in lower case, byte for byte as long.
    pub lower: String,
}

impl Atoms {
    /// Reads the atoms of stretches of a text that are not parsed; `lower` is the text in lower case. They have no
    /// token.
    pub fn unparsed(
        lower: &str,
        ranges: &[std::ops::Range<usize>],
    ) -> (Atoms, Vec<std::ops::Range<usize>>) {
        let mut all = Vec::new();
        let mut out = Vec::with_capacity(ranges.len());
        if ranges.is_empty() {
            return (
                Atoms {
                    all,
                    lower: String::new(),
                },
                out,
            );
        }
        for r in ranges {
            let first = all.len();
            lex(lower, r.start, r.end, &mut all);
            out.push(first..all.len());
        }
        all.iter_mut().for_each(|a| a.token = u32::MAX);
        (
            Atoms {
                all,
                lower: lower.to_owned(),
            },
            out,
        )
    }

    /// Reads the atoms of all tokens of the parse. `sentences` receives the atom range of every sentence.
    pub fn of(text: &str, parse: &Parse) -> (Atoms, Vec<std::ops::Range<usize>>) {
        let mut lower = text.to_ascii_lowercase();
        // Typographic apostrophes and the like have other lengths; they are compared as symbols instead.
        if lower.len() != text.len() {
            lower = text.to_owned();
        }
        let mut all = Vec::with_capacity(parse.len() + parse.len() / 4);
        let mut sentences = Vec::with_capacity(parse.sentences.len());
        for s in &parse.sentences {
            let first = all.len();
            let bytes = parse.bytes(s.clone());
            lex(&lower, bytes.start as usize, bytes.end as usize, &mut all);
            let mut token = s.start;
            for a in &mut all[first..] {
                while token + 1 < s.end && parse.tokens[token as usize].end <= a.start {
                    token += 1;
                }
                a.token = token;
            }
            sentences.push(first..all.len());
        }
        (Atoms { all, lower }, sentences)
    }

    /// Atoms of a text without a parse, for tests and patterns.
    #[cfg(test)]
    pub fn of_text(text: &str) -> Atoms {
        let lower = text.to_ascii_lowercase();
        let mut all = Vec::new();
        lex(&lower, 0, lower.len(), &mut all);
        Atoms { all, lower }
    }

    /// The atom's text, in lower case.
    pub fn text(&self, i: usize) -> &str {
        self.all
            .get(i)
            .and_then(|a| self.lower.get(a.start as usize..a.end as usize))
            .unwrap_or("")
    }

    /// The atom's text if it is a word, else nothing.
    pub fn word(&self, i: usize) -> &str {
        match self.all.get(i) {
            Some(a) if a.kind == Kind::Word => self.text(i),
            _ => "",
        }
    }

    /// Whether atom `i` is this symbol or word.
    pub fn is(&self, i: usize, text: &str) -> bool {
        self.text(i) == text
    }

    /// Whether atom `i` touches the one before.
    pub fn glued(&self, i: usize) -> bool {
        self.all.get(i).is_some_and(|a| a.glued)
    }

    /// Whether atom `i` is a hyphen or dash.
    pub fn dash(&self, i: usize) -> bool {
        matches!(
            self.text(i),
            "-" | "\u{2010}" | "\u{2011}" | "\u{2012}" | "\u{2013}" | "\u{2014}" | "\u{2212}"
        )
    }

    /// The number at atom `i`.
    pub fn number(&self, i: usize) -> Option<Decimal> {
        self.all
            .get(i)
            .filter(|a| a.kind == Kind::Number)
            .map(|a| a.value)
    }
}

/// Byte at `i`, or 0.
fn at(bytes: &[u8], i: usize) -> u8 {
    bytes.get(i).copied().unwrap_or(0)
}

fn digits(bytes: &[u8], mut i: usize, end: usize) -> usize {
    while i < end && bytes[i].is_ascii_digit() {
        i += 1;
    }
    i
}

/// Length in bytes of a space that groups digits (no-break, thin, narrow no-break).
fn grouping_space(bytes: &[u8], i: usize) -> usize {
    match (at(bytes, i), at(bytes, i + 1), at(bytes, i + 2)) {
        (0xC2, 0xA0, _) => 2,
        (0xE2, 0x80, 0x89 | 0xAF) => 3,
        _ => 0,
    }
}

fn vulgar(c: char) -> Option<Decimal> {
    Some(match c {
        '½' => Decimal::new(5, 1),
        '¼' => Decimal::new(25, 2),
        '¾' => Decimal::new(75, 2),
        '⅓' => Decimal::ONE / Decimal::from(3),
        '⅔' => Decimal::TWO / Decimal::from(3),
        '⅛' => Decimal::new(125, 3),
        '⅜' => Decimal::new(375, 3),
        '⅝' => Decimal::new(625, 3),
        '⅞' => Decimal::new(875, 3),
        '⅕' => Decimal::new(2, 1),
        _ => return None,
    })
}

/// Whether a character is a fraction of its own, "½".
pub(crate) fn is_vulgar(text: &str) -> bool {
    text.chars().next().and_then(vulgar).is_some()
}

fn lex(text: &str, from: usize, to: usize, out: &mut Vec<Atom>) {
    let bytes = text.as_bytes();
    let to = to.min(bytes.len());
    let mut i = from;
    let mut last = usize::MAX;
    let atom = |start: usize, end: usize, kind, value, formatted, last: usize| Atom {
        start: start as u32,
        end: end as u32,
        kind,
        value,
        formatted,
        glued: last == start,
        token: 0,
    };
    while i < to {
        let Some(c) = text.get(i..to).and_then(|t| t.chars().next()) else {
            i += 1;
            continue;
        };
        if c.is_whitespace() {
            i += c.len_utf8();
            continue;
        }
        let start = i;
        let leading_point = c == '.'
            && at(bytes, i + 1).is_ascii_digit()
            && (i == 0 || !at(bytes, i - 1).is_ascii_alphanumeric());
        if c.is_ascii_digit() || leading_point {
            let (end, formatted, odd) = number(bytes, i, to);
            let written = plain_digits(&text[i..end]);
            let written = written.trim_start_matches('0');
            let value = if written.is_empty() {
                Some(Decimal::ZERO)
            } else if written.len() > 28 {
                None
            } else if written.starts_with('.') {
                format!("0{written}").parse().ok()
            } else {
                written.parse().ok()
            };
            match value {
                Some(v) if !odd => out.push(atom(start, end, Kind::Number, v, formatted, last)),
                _ => out.push(atom(start, end, Kind::Odd, Decimal::ZERO, formatted, last)),
            }
            i = end;
        } else if let Some(v) = vulgar(c) {
            i += c.len_utf8();
            out.push(atom(start, i, Kind::Number, v, true, last));
        } else if c.is_alphabetic() {
            i += c.len_utf8();
            for d in text.get(i..to).unwrap_or("").chars() {
                if !d.is_alphabetic() {
                    break;
                }
                i += d.len_utf8();
            }
            out.push(atom(start, i, Kind::Word, Decimal::ZERO, false, last));
        } else {
            i += c.len_utf8();
            out.push(atom(start, i, Kind::Symbol, Decimal::ZERO, false, last));
        }
        last = i;
    }
}

/// Digits and one decimal point, without grouping.
fn plain_digits(written: &str) -> String {
    let points = written.matches('.').count();
    let continental =
        points > 0 && written.contains(',') && written.rfind(',') > written.rfind('.')
            || points > 1;
    written
        .chars()
        .filter_map(|c| match c {
            '0'..='9' => Some(c),
            ',' if continental => Some('.'),
            '.' if !continental => Some('.'),
            _ => None,
        })
        .collect()
}

/// Length of a plain space or an apostrophe that groups digits at `i`: three digits follow it, and no more ("10 000",
/// "1'200").
fn loose_grouping(bytes: &[u8], i: usize, to: usize) -> usize {
    let len = match (at(bytes, i), at(bytes, i + 1), at(bytes, i + 2)) {
        (b' ' | b'\'', _, _) => 1,
        (0xE2, 0x80, 0x99) => 3,
        _ => return 0,
    };
    let next = digits(bytes, i + len, to);
    let after = at(bytes, next);
    let decimals = matches!(after, b'.' | b',') && at(bytes, next + 1).is_ascii_digit();
    if next - (i + len) == 3 && !after.is_ascii_alphabetic() && !decimals && after != b'-' {
        len
    } else {
        0
    }
}

/// The end of a number that groups with points and has a comma before its decimals, "3.000,50", or that has two groups
/// of three after points, "1.234.567".
fn continental(bytes: &[u8], i: usize, to: usize) -> Option<usize> {
    let mut end = digits(bytes, i, to);
    if end == i || end - i > 3 {
        return None;
    }
    let mut groups = 0;
    while at(bytes, end) == b'.' && end < to {
        let next = digits(bytes, end + 1, to);
        if next - (end + 1) != 3 {
            return None;
        }
        end = next;
        groups += 1;
    }
    if groups == 0 {
        return None;
    }
    if at(bytes, end) == b',' && end + 1 < to {
        let next = digits(bytes, end + 1, to);
        if matches!(next - (end + 1), 1 | 2) && !at(bytes, next).is_ascii_alphanumeric() {
            return Some(next);
        }
    }
    (groups > 1).then_some(end)
}

/// End of the number at `i`, whether it has grouping or decimals, and whether it is odd.
fn number(bytes: &[u8], i: usize, to: usize) -> (usize, bool, bool) {
    if let Some(end) = continental(bytes, i, to) {
        return (end, true, false);
    }
    let mut end = digits(bytes, i, to);
    let mut formatted = false;
    // A plain space groups only where nothing else does and no digits stand before.
    let loose = i < 2 || !at(bytes, i - 2).is_ascii_digit();
    if end > i && end - i <= 3 {
        // Groups of three, or of two before a last three as in South Asia.
        loop {
            let sep = match at(bytes, end) {
                b',' => 1,
                b' ' | b'\'' | 0xE2 if loose && at(bytes, i) != b'0' => {
                    let space = grouping_space(bytes, end);
                    if space > 0 {
                        space
                    } else {
                        loose_grouping(bytes, end, to)
                    }
                }
                _ => grouping_space(bytes, end),
            };
            if sep == 0 || end + sep >= to {
                break;
            }
            let next = digits(bytes, end + sep, to);
            let n = next - (end + sep);
            let south_asian = n == 2
                && sep == 1
                && at(bytes, next) == b','
                && digits(bytes, next + 1, to) - (next + 1) >= 2;
            if n == 3 || south_asian {
                end = next;
                formatted = true;
            } else {
                break;
            }
        }
    }
    if at(bytes, end) == b'.' && end < to && at(bytes, end + 1).is_ascii_digit() && end + 1 < to {
        end = digits(bytes, end + 1, to);
        formatted = true;
        let mut odd = false;
        while end + 1 < to && at(bytes, end) == b'.' && at(bytes, end + 1).is_ascii_digit() {
            end = digits(bytes, end + 1, to);
            odd = true;
        }
        return (end, formatted, odd);
    }
    (end, formatted, false)
}
