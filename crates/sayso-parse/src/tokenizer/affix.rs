//! What is split off words: prefixes, suffixes, infixes. Written out by hand from spaCy 3.8's English patterns
//! (`lang/punctuation.py`, `lang/en/punctuation.py`, `lang/char_classes.py`), without backtracking. The converter
//! refuses a model whose patterns are others.

use crate::chars::{self, ALPHA, ALPHA_LOWER, ALPHA_UPPER, ICON};

/// spaCy's PUNCT, each of one character.
fn is_punct(c: char) -> bool {
    matches!(
        c,
        '…' | ','
            | ':'
            | ';'
            | '!'
            | '?'
            | '¿'
            | '؟'
            | '¡'
            | '('
            | ')'
            | '['
            | ']'
            | '{'
            | '}'
            | '<'
            | '>'
            | '_'
            | '#'
            | '*'
            | '&'
            | '。'
            | '？'
            | '！'
            | '，'
            | '、'
            | '；'
            | '：'
            | '～'
            | '·'
            | '।'
            | '،'
            | '۔'
            | '؛'
            | '٪'
    )
}

/// spaCy's quotes; the comma is among them.
fn is_quote(c: char) -> bool {
    matches!(
        c,
        '\'' | '"'
            | '”'
            | '“'
            | '`'
            | '‘'
            | '´'
            | '’'
            | '‚'
            | ','
            | '„'
            | '»'
            | '«'
            | '「'
            | '」'
            | '『'
            | '』'
            | '（'
            | '）'
            | '〔'
            | '〕'
            | '【'
            | '】'
            | '《'
            | '》'
            | '〈'
            | '〉'
            | '\u{2329}'
            | '\u{232a}'
            | '⟦'
            | '⟧'
    )
}

/// Currency signs of one character.
fn is_currency(c: char) -> bool {
    matches!(
        c,
        '$' | '£' | '€' | '¥' | '฿' | '﷼' | '\u{20a0}'..='\u{20bf}'
    )
}

/// Units that are split off a figure ("5km"). The last Cyrillic and the first Arabic unit are one entry, because the
/// reference's list lacks a space between them.
const UNITS: &str = "km km² km³ m m² m³ dm dm² dm³ cm cm² cm³ mm mm² mm³ ha µm nm yd in ft kg g mg µg t lb oz m/s km/h \
                     kmh mph hPa Pa mbar mb MB kb KB gb GB tb TB T G M K % км км² км³ м м² м³ дм дм² дм³ см см² см³ мм \
                     мм² мм³ нм кг г мг м/с км/ч кПа Па мбар Кб КБ кб Мб МБ мб Гб ГБ гб Тб ТБ тбكم كم² كم³ م م² م³ سم \
                     سم² سم³ مم مم² مم³ كم غرام جرام جم كغ ملغ كوب اكواب";

/// Bytes of the prefix to split off, 0 for none.
pub(super) fn prefix(text: &str) -> usize {
    let mut rest = text.chars();
    let Some(first) = rest.next() else {
        return 0;
    };
    match first {
        '0'..='9' => 0,
        'U' | 'C' | 'A' => ["US$", "C$", "A$"]
            .iter()
            .find(|p| text.starts_with(**p))
            .map_or(0, |p| p.len()),
        'a'..='z' | 'A'..='Z' => 0,
        '.' => match text.bytes().take_while(|b| *b == b'.').count() {
            1 => 0,
            dots => dots,
        },
        '+' if rest.next().is_some_and(|c| c.is_ascii_digit()) => 0,
        '§' | '%' | '=' | '—' | '–' | '+' => first.len_utf8(),
        c if is_punct(c) || is_quote(c) || is_currency(c) || chars::is(c, ICON) => c.len_utf8(),
        _ => 0,
    }
}

/// Bytes of the suffix to split off, 0 for none: the longest that any rule gives.
pub(super) fn suffix(text: &str) -> usize {
    let mut back = text.chars().rev();
    let Some(last) = back.next() else {
        return 0;
    };
    let before = back.next();
    match last {
        '0'..='9' => 0,
        's' | 'S' if matches!(before, Some('\'' | '’')) => 1 + before.map_or(0, char::len_utf8),
        '.' => {
            let dots = text.bytes().rev().take_while(|b| *b == b'.').count();
            if dots > 1 {
                dots
            } else {
                usize::from(splits_full_stop(before, back.next()))
            }
        }
        '+' => usize::from(before.is_some_and(|c| c.is_ascii_digit())),
        '…' if before == Some('…') => 2 * '…'.len_utf8(),
        '—' | '–' => last.len_utf8(),
        c => {
            let alone = is_punct(c) || is_quote(c) || chars::is(c, ICON);
            measure(text, c).unwrap_or(if alone { c.len_utf8() } else { 0 })
        }
    }
}

/// Whether a single full stop at the end is split off, by the two characters before it.
fn splits_full_stop(before: Option<char>, second: Option<char>) -> bool {
    let Some(b) = before else {
        return false;
    };
    let degrees = second == Some('°') && matches!(b, 'F' | 'f' | 'C' | 'c' | 'K' | 'k');
    let word = b.is_ascii_digit()
        || chars::is(b, ALPHA_LOWER)
        || matches!(b, '%' | '²' | '-' | '+' | '|')
        || is_punct(b)
        || is_quote(b);
    let capitals = chars::is(b, ALPHA_UPPER) && second.is_some_and(|c| chars::is(c, ALPHA_UPPER));
    degrees || word || capitals
}

/// Bytes of the longest currency or unit at the end that follows an ASCII digit.
fn measure(text: &str, last: char) -> Option<usize> {
    let digit_before = |unit: &str| {
        text.strip_suffix(unit)
            .is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit()))
    };
    if is_currency(last) {
        let longer = ["US$", "C$", "A$"].into_iter().find(|p| digit_before(p));
        if let Some(sign) = longer {
            return Some(sign.len());
        }
        let rest = &text[..text.len() - last.len_utf8()];
        return rest
            .ends_with(|c: char| c.is_ascii_digit())
            .then_some(last.len_utf8());
    }
    // No unit is longer than ten characters beyond its digit, so most words are settled here.
    if !text.chars().rev().take(10).any(|c| c.is_ascii_digit()) {
        return None;
    }
    UNITS
        .split_ascii_whitespace()
        .filter(|unit| digit_before(unit))
        .map(str::len)
        .max()
}

/// Ranges of bytes that split a word in its middle, from left to right.
pub(super) fn infixes(text: &str, out: &mut Vec<(usize, usize)>) {
    out.clear();
    if text.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return;
    }
    let mut before: Option<char> = None;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let here = at + c.len_utf8();
        let len = infix_at(before, c, &text[here..]);
        if len > 0 {
            out.push((at, at + len));
            before = text[at..at + len].chars().next_back();
            at += len;
        } else {
            before = Some(c);
            at = here;
        }
    }
}

/// Bytes of the infix that begins with `c`, 0 for none.
fn infix_at(before: Option<char>, c: char, rest: &str) -> usize {
    let next = rest.chars().next();
    let after_is = |mask: u16| next.is_some_and(|n| chars::is(n, mask));
    let before_is = |mask: u16| before.is_some_and(|b| chars::is(b, mask));
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' => return 0,
        '.' if next == Some('.') => {
            return 1 + rest.bytes().take_while(|b| *b == b'.').count();
        }
        '…' => return c.len_utf8(),
        _ => {}
    }
    if chars::is(c, ICON) {
        return c.len_utf8();
    }
    if matches!(c, '+' | '-' | '*' | '^') && digit(before) && (digit(next) || next == Some('-')) {
        return 1;
    }
    match c {
        '.' => {
            let left = before_is(ALPHA_LOWER) || before.is_some_and(is_quote);
            let right = after_is(ALPHA_UPPER) || next.is_some_and(is_quote);
            usize::from(left && right)
        }
        ',' => usize::from(before_is(ALPHA) && after_is(ALPHA)),
        '-' | '–' | '—' | '~' if before_is(ALPHA) || digit(before) => {
            let run = match c {
                '-' => 3,
                '—' => 2,
                _ => 1,
            };
            // One sign, or two, or three, whichever has a letter behind it.
            let signs = 1 + rest.chars().take(run - 1).take_while(|n| *n == c).count();
            (1..=signs)
                .map(|n| n * c.len_utf8())
                .find(|&len| {
                    rest[len - c.len_utf8()..]
                        .chars()
                        .next()
                        .is_some_and(|n| chars::is(n, ALPHA))
                })
                .unwrap_or(0)
        }
        ':' | '<' | '>' | '=' | '/' => {
            usize::from((before_is(ALPHA) || digit(before)) && after_is(ALPHA))
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes() {
        for (text, len) in [
            ("(the", 1),
            ("US$5", 3),
            ("$5", 1),
            ("..a", 2),
            (".a", 0),
            ("+5", 0),
            ("+a", 1),
            ("“Yes", 3),
            ("word", 0),
            ("😀", 4),
            ("", 0),
            ("A$AP", 2),
        ] {
            assert_eq!(prefix(text), len, "{text}");
        }
    }

    #[test]
    fn suffixes() {
        for (text, len) in [
            ("U.S.", 0),
            ("NATO.", 1),
            ("5km", 2),
            ("5km²", 4),
            ("xkm", 0),
            ("5%", 1),
            ("%", 0),
            ("30°C.", 1),
            ("Kim's", 2),
            ("wait...", 3),
            ("A.", 0),
            ("5US$", 3),
            ("x$", 0),
            ("5+", 1),
            ("end)", 1),
            ("2.", 1),
            ("5m", 1),
            ("5mm", 2),
        ] {
            assert_eq!(suffix(text), len, "{text}");
        }
    }

    #[test]
    fn infix_ranges() {
        let split = |text: &str| {
            let mut out = Vec::new();
            infixes(text, &mut out);
            out
        };
        assert_eq!(split("well-known"), [(4, 5)]);
        assert_eq!(split("a--b"), [(1, 3)]);
        assert_eq!(split("a----b"), []);
        assert_eq!(split("1990-91"), [(4, 5)]);
        assert_eq!(split("1990–91"), []);
        assert_eq!(split("end.Next"), [(3, 4)]);
        assert_eq!(split("either/or"), [(6, 7)]);
        assert_eq!(split("a,b"), [(1, 2)]);
        assert_eq!(split("so...what"), [(2, 5)]);
        assert_eq!(split("plain"), []);
    }
}
