//! The report's own list of sources: entries, the words by which they are known, and what they are listed for.

use sayso_model::{PartKind, Span, Text};
use sayso_packs::Packs;

use crate::Subject;

/// An entry of a list of sources: "Port authority: depth of the channel".
#[derive(Clone, Debug)]
pub struct Entry {
    /// Where it stands.
    pub span: Span<Text>,
    /// Its name as written.
    pub name: String,
    /// Content words of the name.
    pub name_words: Vec<String>,
    /// Content words of what it is listed for; empty if that is not said.
    pub topic_words: Vec<String>,
}

/// The entries of all source lists.
pub fn entries(subject: &Subject<'_>) -> Vec<Entry> {
    let document = subject.reading.document;
    document
        .parts
        .iter()
        .filter(|p| p.kind == PartKind::SourceEntry)
        .filter_map(|p| {
            let text = document.words(p.span);
            let (name, topic) = split(text);
            let content = |t: &str| -> Vec<String> {
                words(t).filter(|w| !is_general(subject.packs, w)).collect()
            };
            (!text.trim().is_empty()).then(|| Entry {
                span: p.span,
                name: name.trim().trim_matches(['"', '.', ',']).to_owned(),
                name_words: content(name),
                topic_words: content(topic),
            })
        })
        .collect()
}

/// Name and topic: parted by a colon or by brackets that close the entry.
fn split(text: &str) -> (&str, &str) {
    if let Some((name, topic)) = text.split_once(": ") {
        return (name, topic);
    }
    let trimmed = text.trim_end().trim_end_matches('.');
    if let (Some(stripped), Some(open)) = (trimmed.strip_suffix(')'), trimmed.rfind('(')) {
        return (&text[..open], stripped.get(open + 1..).unwrap_or(""));
    }
    (text, "")
}

/// The words of a text in lower case, without numbers and possessive endings.
pub fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .map(|w| {
            let w = w.to_lowercase().replace('’', "'");
            w.strip_suffix("'s")
                .unwrap_or(&w)
                .trim_matches('\'')
                .to_owned()
        })
        .filter(|w| w.chars().count() > 1 && !w.chars().all(|c| c.is_ascii_digit()))
}

/// Whether a word is too general to tell one source from another.
pub fn is_general(packs: &Packs, word: &str) -> bool {
    packs.in_list("source_general", word)
}

/// Whether two words are forms of one: the same, or alike but for a short ending ("warning", "warned").
pub fn alike(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let common = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let rest = |w: &str| w.chars().count() - common;
    common >= 4 && rest(a) <= 3 && rest(b) <= 3
}

/// How many of `words` have a form among `others`.
pub fn found(words: &[String], others: &[String]) -> usize {
    words
        .iter()
        .filter(|w| others.iter().any(|o| alike(w, o)))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_word_are_alike_and_other_words_are_not() {
        assert!(
            alike("warning", "warned") && alike("contract", "contracts") && alike("law", "law")
        );
        assert!(
            !alike("union", "unit") && !alike("passenger", "passed") && !alike("post", "possible")
        );
    }

    #[test]
    fn an_entry_is_a_name_and_what_it_is_listed_for() {
        assert_eq!(split("Port authority: depth"), ("Port authority", "depth"));
        assert_eq!(
            split("Trade registers (brokers)"),
            ("Trade registers ", "brokers")
        );
        assert_eq!(split("Northern Wire, 3 May"), ("Northern Wire, 3 May", ""));
    }
}
