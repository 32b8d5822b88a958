//! Whether a word is a web address, which is then left whole. Spells out spaCy's URL pattern (after Diego Perini's,
//! MIT): scheme and user optional; a host with a domain of small letters or a public IPv4 address; port and path
//! optional. One pass, no backtracking.

use crate::chars::{self, ALPHA_LOWER, DECIMAL, WORD};

/// Whether the whole word is an address.
pub(super) fn is_url(text: &str) -> bool {
    if !text.contains('.') {
        return false;
    }
    is_url_from(text) || after_scheme(text).is_some_and(is_url_from)
}

/// What follows `scheme://`, if the word begins so.
fn after_scheme(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_once("://")?;
    let long = scheme.chars().nth(1).is_some();
    let fits = |c: char| chars::is(c, WORD) || matches!(c, '+' | '-' | '.');
    (long && scheme.chars().all(fits)).then_some(rest)
}

/// An optional user, then host, port, path. Any `@` but one at the very start may end the user.
fn is_url_from(text: &str) -> bool {
    is_host_on(text)
        || text
            .match_indices('@')
            .filter(|(at, _)| *at > 0)
            .any(|(at, _)| is_host_on(&text[at + 1..]))
}

/// Host, optional port, optional path.
fn is_host_on(text: &str) -> bool {
    let end = text.find([':', '/', '?', '#', '@']).unwrap_or(text.len());
    let (host, rest) = text.split_at(end);
    let rest = match rest.strip_prefix(':') {
        Some(port) => {
            let digits = port.chars().take_while(|c| chars::is(*c, DECIMAL));
            let (n, bytes) = digits.fold((0, 0), |(n, b), c| (n + 1, b + c.len_utf8()));
            if !(2..=5).contains(&n) {
                return false;
            }
            &port[bytes..]
        }
        None => rest,
    };
    (rest.is_empty() || rest.starts_with(['/', '?', '#'])) && (is_address(host) || is_domain(host))
}

fn is_domain(host: &str) -> bool {
    let Some((labels, top)) = host.rsplit_once('.') else {
        return false;
    };
    let n = top.chars().take(64).count();
    (2..=63).contains(&n)
        && top.chars().all(|c| chars::is(c, ALPHA_LOWER))
        && labels.split('.').all(is_label)
}

/// 1 to 64 letters or digits, within them also `_` and `-`.
fn is_label(label: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || ('\u{a1}'..='\u{ffff}').contains(&c);
    let ends = label.starts_with(plain) && label.ends_with(plain);
    ends && label.chars().take(65).count() <= 64
        && label.chars().all(|c| plain(c) || c == '_' || c == '-')
}

/// A public IPv4 address.
fn is_address(host: &str) -> bool {
    let parts: Vec<&str> = host.split('.').take(5).collect();
    let [a, b, c, d] = parts[..] else {
        return false;
    };
    let private = a == "10"
        || a == "127"
        || (a, b) == ("169", "254")
        || (a, b) == ("192", "168")
        || a == "172" && is_172_private(b);
    let middle = |t: &str| {
        shaped(
            t,
            &[
                &[D],
                &[D, D],
                &[One, D, D],
                &[Two, UpTo4, D],
                &[Two, Five, UpTo5],
            ],
        )
    };
    use Shape::*;
    let first = shaped(
        a,
        &[
            &[NonZero],
            &[NonZero, D],
            &[One, D, D],
            &[Two, UpTo1, D],
            &[Two, Two, UpTo3],
        ],
    );
    let last = shaped(
        d,
        &[
            &[NonZero],
            &[NonZero, D],
            &[One, D, D],
            &[Two, UpTo4, D],
            &[Two, Five, UpTo4],
        ],
    );
    !private && first && middle(b) && middle(c) && last
}

fn is_172_private(part: &str) -> bool {
    use Shape::*;
    shaped(part, &[&[One, From6], &[Two, D], &[Three, UpTo1]])
}

/// One character of an octet; digits of any script where the pattern says `\d`.
#[derive(Clone, Copy)]
enum Shape {
    D,
    NonZero,
    One,
    Two,
    Three,
    Five,
    UpTo1,
    UpTo3,
    UpTo4,
    UpTo5,
    From6,
}

fn shaped(text: &str, shapes: &[&[Shape]]) -> bool {
    shapes.iter().any(|shape| {
        let mut chars = text.chars();
        shape
            .iter()
            .all(|s| chars.next().is_some_and(|c| fits(c, *s)))
            && chars.next().is_none()
    })
}

fn fits(c: char, shape: Shape) -> bool {
    match shape {
        Shape::D => chars::is(c, DECIMAL),
        Shape::NonZero => matches!(c, '1'..='9'),
        Shape::One => c == '1',
        Shape::Two => c == '2',
        Shape::Three => c == '3',
        Shape::Five => c == '5',
        Shape::UpTo1 => matches!(c, '0' | '1'),
        Shape::UpTo3 => matches!(c, '0'..='3'),
        Shape::UpTo4 => matches!(c, '0'..='4'),
        Shape::UpTo5 => matches!(c, '0'..='5'),
        Shape::From6 => matches!(c, '6'..='9'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_others() {
        for yes in [
            "example.com",
            "http://example.com/a?b#c",
            "www.example.co.uk:8080/x",
            "desk@example.org",
            "ftp://user:word@example.net",
            "8.8.8.8",
            "http://8.8.8.8:53/",
            "½x://example.com",
        ] {
            assert!(is_url(yes), "{yes}");
        }
        for no in [
            "example",
            "end.Next",
            "10.0.0.1",
            "192.168.1.1",
            "172.20.0.1",
            "1.2.3",
            "a..com",
            "-a.com",
            "example.com:1",
            "example.com:123456",
            "@example",
            "300.1.1.1",
        ] {
            assert!(!is_url(no), "{no}");
        }
    }
}
