//! Whether a line is page furniture: chrome, a credit, a heading over sources. Looks words up in [`crate::words`].

use crate::words;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Phrases by the byte they begin with, made once.
struct Starts(Vec<Vec<&'static str>>);

impl Starts {
    fn new(phrases: &[&'static str]) -> Starts {
        let mut by = vec![Vec::new(); 256];
        for p in phrases {
            if let Some(b) = p.bytes().next() {
                by[b as usize].push(*p);
            }
        }
        Starts(by)
    }

    fn begins(&self, s: &str) -> bool {
        s.bytes()
            .next()
            .is_some_and(|b| self.0[b as usize].iter().any(|p| s.starts_with(p)))
    }
}

struct Index {
    lines: HashSet<&'static str>,
    chrome: Starts,
    credit: Starts,
}

static INDEX: LazyLock<Index> = LazyLock::new(|| Index {
    lines: words::CHROME_LINES.iter().copied().collect(),
    chrome: Starts::new(words::CHROME_STARTS),
    credit: Starts::new(words::CREDIT_STARTS),
});

/// The first few words, enough for a phrase that words begin with.
fn head(s: &str) -> &str {
    let mut end = s.len().min(64);
    while !s.is_char_boundary(end) {
        end -= 1;
    }
    &s[..end]
}

/// Longest line, in bytes, that chrome phrases are looked for in.
const LONGEST_CHROME: usize = 200;

/// Lower case, white space single, stops and ornaments at the ends dropped.
pub(crate) fn plain_words(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for word in line.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().flat_map(char::to_lowercase).map(|c| match c {
            '’' | '‘' => '\'',
            '“' | '”' => '"',
            c => c,
        }));
    }
    out
}

fn bare(line: &str) -> &str {
    line.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Whether a line is page chrome by its words alone.
pub(crate) fn is_chrome(line: &str) -> bool {
    if line.is_empty() || line.len() > LONGEST_CHROME {
        return false;
    }
    let lower = plain_words(line);
    let lower = lower.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '@');
    let core = bare(lower);
    INDEX.lines.contains(core)
        || is_counter(core)
        || (INDEX.chrome.begins(lower) && !reads_on(lower))
        || (lower.len() <= 160
            && words::CHROME_HOLDS.iter().any(|p| lower.contains(p))
            && !reads_on(lower))
}

/// Whether a short paragraph at the end of an article is the house's note on it: who to write to, where to subscribe.
pub(crate) fn is_closer(line: &str) -> bool {
    if line.len() > 420 {
        return false;
    }
    let lower = plain_words(line);
    // "Follow", "write to" and the like begin ordinary sentences too; an address or a network tells them apart.
    let address = lower.contains('@') || words::NETWORKS.iter().any(|n| lower.contains(n));
    (address && words::CLOSER_CALLS.iter().any(|p| lower.starts_with(p)))
        || (words::CLOSER_STARTS.iter().any(|p| lower.starts_with(p))
            || words::CLOSER_HOLDS.iter().any(|p| lower.contains(p)))
            && !reads_on(&lower)
}

/// "Image 3 of 12" and the like: the counter of a gallery.
fn is_counter(lower: &str) -> bool {
    let mut words = lower.split(' ');
    let number =
        |w: Option<&str>| w.is_some_and(|w| !w.is_empty() && w.bytes().all(|b| b.is_ascii_digit()));
    matches!(
        words.next(),
        Some("image" | "photo" | "slide" | "picture" | "page" | "video")
    ) && number(words.next())
        && matches!(words.next(), Some("of" | "/"))
        && number(words.next())
        && words.next().is_none()
}

/// A line with quoted speech is prose, whatever it begins with.
fn reads_on(lower: &str) -> bool {
    lower.contains(" said") || lower.contains("said ")
}

/// Whether words name who made a picture.
pub(crate) fn is_credit(words_: &str) -> bool {
    INDEX.credit.begins(&plain_words(head(words_)))
}

/// Whether words name the source of a picture or chart.
pub(crate) fn is_source_note(words_: &str) -> bool {
    let lower = plain_words(head(words_));
    words::SOURCE_STARTS.iter().any(|p| lower.starts_with(p))
}

/// Whether a line is numbered or labelled as a caption.
pub(crate) fn is_labelled_caption(line: &str) -> bool {
    let lower = plain_words(line);
    words::CAPTION_STARTS.iter().any(|p| {
        lower.strip_prefix(p).is_some_and(|rest| {
            p.ends_with(':') || {
                let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
                digits.len() < rest.len()
                    && digits.starts_with([':', '.', ' '])
                    && digits.trim_start_matches([':', '.', ' ', '-']).len() + 1 < digits.len()
            }
        })
    })
}

/// Whether a line is a heading over a list of sources.
pub(crate) fn is_source_heading(line: &str) -> bool {
    line.len() <= 60 && words::SOURCE_HEADINGS.contains(&bare(&plain_words(line)))
}

/// Whether two lines say the same but for case, spacing and punctuation.
pub(crate) fn same_words(a: &str, b: &str) -> bool {
    let mut a = a
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase);
    let mut b = b
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase);
    let mut any = false;
    loop {
        match (a.next(), b.next()) {
            (None, None) => return any,
            (x, y) if x == y => any = true,
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture_is_told_from_prose() {
        for line in [
            "Share",
            "  LISTEN ",
            "Sign up for our newsletter",
            "Related: Ferry runs again",
            "Leave a comment",
            "— Advertisement —",
        ] {
            assert!(is_chrome(line), "{line}");
        }
        for line in [
            "Share prices fell.",
            "The ferry ran again.",
            "Comment was not to be had from the port.",
            "Listening posts heard it.",
        ] {
            assert!(!is_chrome(line), "{line}");
        }
    }

    #[test]
    fn captions_and_credits_are_told_by_their_labels() {
        assert!(is_labelled_caption("Figure 2: Tolls by week"));
        assert!(is_labelled_caption("Fig. 2. Tolls by week"));
        assert!(!is_labelled_caption("Figure 2 shows the tolls"));
        assert!(is_credit("Photo: Lena Brack"));
        assert!(!is_credit("Photography is banned there"));
        assert!(same_words("Port’s cranes stop", "PORT'S CRANES STOP."));
        assert!(!same_words("", "--"));
    }
}
