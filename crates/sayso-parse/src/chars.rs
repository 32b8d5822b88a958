//! Character predicates as the reference has them: Python's, and spaCy's letter and symbol classes.

use crate::tables::unicode::RUNS;
pub(crate) use crate::tables::unicode::{
    ALPHA, ALPHA_LOWER, ALPHA_UPPER, DECIMAL, DIGIT, ICON, LETTER, SPACE, UPPER, WORD,
};

/// The first 256 characters directly, because nearly all text is made of them.
static LATIN1: [u16; 256] = latin1();

const fn latin1() -> [u16; 256] {
    let mut out = [0u16; 256];
    let mut run = 0;
    let mut code = 0u32;
    while code < 256 {
        while run + 1 < RUNS.len() && RUNS[run + 1].0 <= code {
            run += 1;
        }
        out[code as usize] = RUNS[run].1;
        code += 1;
    }
    out
}

/// All classes of a character, as a set of bits.
pub(crate) fn classes(c: char) -> u16 {
    let code = c as u32;
    match LATIN1.get(code as usize) {
        Some(&mask) => mask,
        None => {
            let after = RUNS.partition_point(|&(start, _)| start <= code);
            after
                .checked_sub(1)
                .and_then(|i| RUNS.get(i))
                .map_or(0, |&(_, mask)| mask)
        }
    }
}

/// Whether the character is in any of the classes.
pub(crate) fn is(c: char, mask: u16) -> bool {
    classes(c) & mask != 0
}

/// Python's `str.isalpha`: letters only, and at least one.
pub(crate) fn is_alpha(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| is(c, LETTER))
}

/// Python's `str.isspace`: white space only, and at least one.
pub(crate) fn is_space(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| is(c, SPACE))
}

/// The word's shape: letters to `X` and `x`, digits to `d`, runs of one shape cut to four; `LONG` from 100 characters
/// on (spaCy, `lang/lex_attrs.py`).
pub(crate) fn shape(text: &str) -> String {
    if text.chars().nth(99).is_some() {
        return "LONG".to_owned();
    }
    let mut out = String::with_capacity(8);
    let mut last = None;
    let mut run = 0;
    for c in text.chars() {
        let mask = classes(c);
        let s = if mask & LETTER != 0 {
            if mask & UPPER != 0 { 'X' } else { 'x' }
        } else if mask & DIGIT != 0 {
            'd'
        } else {
            c
        };
        run = if last == Some(s) { run + 1 } else { 0 };
        last = Some(s);
        if run < 4 {
            out.push(s);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn predicates_are_pythons_not_rusts() {
        assert!(is('²', DIGIT) && !is('½', DIGIT));
        assert!(is('½', WORD));
        assert!(!is('ⅷ', LETTER), "a Roman numeral sign is no letter");
        assert!(is('Ⅷ', UPPER), "but it is upper case");
        assert!(is('\u{1f}', SPACE) && is('\u{3000}', SPACE));
        assert!(is('😀', ICON) && !is('a', ICON));
        assert!(is_alpha("naïve") && !is_alpha("") && !is_alpha("n1"));
    }

    #[test]
    fn shapes() {
        assert_eq!(shape("Reuters"), "Xxxxx");
        assert_eq!(shape("12,345.67"), "dd,ddd.dd");
        assert_eq!(shape("aaaaaaB²"), "xxxxXd");
        assert_eq!(shape(&"a".repeat(100)), "LONG");
        assert_eq!(shape(&"é".repeat(99)), "xxxx");
    }
}
