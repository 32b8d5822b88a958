//! Names as they are looked up: lower case, without accents, full stops and apostrophes, one space between words.

use unicode_normalization::UnicodeNormalization;

/// Appends a character of a name, folded; what is no letter or digit is dropped.
fn fold_char(c: char, out: &mut String) {
    match c {
        'a'..='z' | '0'..='9' => out.push(c),
        'A'..='Z' => out.push(c.to_ascii_lowercase()),
        'ø' | 'Ø' => out.push('o'),
        'ł' | 'Ł' => out.push('l'),
        'đ' | 'Đ' | 'ð' | 'Ð' => out.push('d'),
        'ß' => out.push_str("ss"),
        'æ' | 'Æ' => out.push_str("ae"),
        'œ' | 'Œ' => out.push_str("oe"),
        'þ' | 'Þ' => out.push_str("th"),
        'ı' => out.push('i'),
        'ə' | 'Ə' => out.push('a'),
        _ if c.is_ascii() => {}
        _ => {
            for d in std::iter::once(c).nfkd() {
                if d.is_ascii_alphanumeric() {
                    out.push(d.to_ascii_lowercase());
                } else if d.is_alphabetic() && !d.is_ascii() {
                    out.extend(d.to_lowercase());
                }
            }
        }
    }
}

/// One word of a name, folded: "Saint" and "St." are one, as are "Mount" and "Mt.", "Fort" and "Ft.".
pub(crate) fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        fold_char(c, &mut out);
    }
    match out.as_str() {
        "saint" => "st".to_owned(),
        "sainte" => "ste".to_owned(),
        "mount" => "mt".to_owned(),
        "fort" => "ft".to_owned(),
        "twp" => "township".to_owned(),
        "co" => "county".to_owned(),
        _ => out,
    }
}

/// Whether two words of one name may meet at this character.
pub(crate) fn joins(c: char) -> bool {
    matches!(c, ' ' | '-' | '\u{2010}' | '\u{2011}' | '\u{a0}')
}

/// A whole name as it is looked up.
pub(crate) fn key(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for word in name.split(|c: char| joins(c) || matches!(c, ',' | '/' | '(' | ')' | '_')) {
        let folded = fold(word);
        if folded.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&folded);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn one_key_for_the_ways_a_name_is_written() {
        assert_eq!(key("Saint-Étienne"), key("St. Etienne"));
        assert_eq!(key("Łódź"), "lodz");
        assert_eq!(key("U.S."), "us");
        assert_eq!(key("Côte d'Ivoire"), key("Cote d’Ivoire"));
        assert_eq!(key("  "), "");
    }
}
