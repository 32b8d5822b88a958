//! The words of a text as names are made of them, independent of the parse, so that a name has one key wherever and
//! however it stands.

use std::ops::Range;

use super::key::{fold, joins};

/// What stands between a word and the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// Spaces or a hyphen: one name may go on.
    Join,
    /// A comma: "Paris, Texas".
    Comma,
    /// An opening parenthesis.
    Open,
    /// Anything else.
    Break,
}

/// A word.
#[derive(Debug)]
pub(super) struct Word {
    pub bytes: Range<usize>,
    /// Folded; never empty.
    pub key: String,
    pub capital: bool,
    /// Whether a full stop follows at once.
    pub stop: bool,
    pub gap: Gap,
}

fn inner(c: char) -> bool {
    c.is_alphanumeric()
}

fn apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '\u{2bb}')
}

/// The words of the given ranges of a text.
pub(super) fn words(text: &str, ranges: impl Iterator<Item = Range<usize>>) -> Vec<Word> {
    let mut out = Vec::new();
    for r in ranges {
        segment(text, r, &mut out);
        if let Some(last) = out.last_mut() {
            let w: &mut Word = last;
            w.gap = Gap::Break;
        }
    }
    out
}

fn segment(text: &str, range: Range<usize>, out: &mut Vec<Word>) {
    let first = out.len();
    let Some(part) = text.get(range.clone()) else {
        return;
    };
    let mut chars = part.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !inner(c) {
            continue;
        }
        let mut end = at + c.len_utf8();
        let mut dots = false;
        while let Some(&(i, d)) = chars.peek() {
            if inner(d) {
                end = i + d.len_utf8();
                chars.next();
                continue;
            }
            // A full stop or apostrophe between letters belongs to the word: "U.S.", "d'Ivoire"; "'s" does not.
            let rest = &part[i + d.len_utf8()..];
            let mut after = rest.chars();
            let next = after.next();
            let goes_on = next.is_some_and(char::is_alphabetic);
            let single = end - at == 1 || dots;
            if d == '.' && goes_on && single {
                dots = true;
                chars.next();
                continue;
            }
            if apostrophe(d) && goes_on {
                let possessive =
                    next == Some('s') && !after.next().is_some_and(char::is_alphabetic);
                if !possessive {
                    chars.next();
                    continue;
                }
            }
            break;
        }
        let stop = part[end..].starts_with('.');
        let key = fold(&part[at..end]);
        if key.is_empty() {
            continue;
        }
        let end = if stop && dots { end + 1 } else { end };
        out.push(Word {
            bytes: range.start + at..range.start + end,
            key,
            capital: c.is_uppercase() || c.is_ascii_digit(),
            stop,
            gap: Gap::Break,
        });
    }
    for i in first..out.len().saturating_sub(1) {
        let gap = gap(text, &out[i], out[i + 1].bytes.start);
        out[i].gap = gap;
    }
}

fn gap(text: &str, word: &Word, next: usize) -> Gap {
    let between = text.get(word.bytes.end..next).unwrap_or("\n");
    if !between.is_empty()
        && between.chars().all(joins)
        && between.chars().filter(|c| *c == '-').count() <= 1
    {
        return Gap::Join;
    }
    // "St. Louis", "Ft. Hood": the full stop of a short word ends no sentence.
    if between
        .trim_start_matches('.')
        .chars()
        .all(|c| c == ' ' || c == '\u{a0}')
        && between.starts_with('.')
        && word.bytes.len() <= 4
        && word.capital
    {
        return Gap::Join;
    }
    let bare = between.trim_start_matches(['.', '\'', '\u{2019}']).trim();
    match bare {
        "," => Gap::Comma,
        "(" => Gap::Open,
        _ => Gap::Break,
    }
}

#[cfg(test)]
mod tests {
    use super::{Gap, words};

    #[test]
    fn words_with_their_gaps() {
        let text = "St. Orvin, N.B. (Canada) Port-Rell's d'Orr. Then";
        let w = words(text, std::iter::once(0..text.len()));
        let seen: Vec<(&str, Gap)> = w.iter().map(|w| (w.key.as_str(), w.gap)).collect();
        assert_eq!(seen[0], ("st", Gap::Join));
        assert_eq!(seen[1], ("orvin", Gap::Comma));
        assert_eq!(seen[2], ("nb", Gap::Open));
        assert_eq!(seen[4], ("port", Gap::Join));
        assert_eq!(seen[5].0, "rell");
        assert_eq!(seen[7], ("dorr", Gap::Break));
    }

    proptest::proptest! {
        #[test]
        fn words_stand_in_order_within_any_text(text in "\\PC{0,60}|[A-Z.a-z' ,(\u{2019}-]{0,60}") {
            let w = words(&text, std::iter::once(0..text.len()));
            for pair in w.windows(2) {
                proptest::prop_assert!(pair[0].bytes.end <= pair[1].bytes.start);
            }
            for word in &w {
                proptest::prop_assert!(text.get(word.bytes.clone()).is_some_and(|t| !t.is_empty()));
            }
        }
    }
}
