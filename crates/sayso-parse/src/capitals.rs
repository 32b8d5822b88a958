//! Text all in capitals, as old wire and broadcast copy has it, is given its case back before it is read: the model
//! learnt from text in both cases and takes most words in capitals for names.
//!
//! Byte offsets stay as they are: only letters whose two cases are equally long change.

use crate::lemmatizer::Lemmatizer;

/// Words of at least two letters that a text must have before its case is judged.
const WORDS: usize = 6;

/// Whether the letters of these stretches are capitals but for the odd one.
pub(crate) fn in_capitals<'t>(stretches: impl Iterator<Item = &'t str>) -> bool {
    let (mut upper, mut lower, mut words) = (0usize, 0usize, 0usize);
    for stretch in stretches {
        let mut run = 0;
        for c in stretch.chars() {
            if c.is_alphabetic() {
                run += 1;
                words += usize::from(run == 2);
                upper += usize::from(c.is_uppercase());
                lower += usize::from(c.is_lowercase());
            } else {
                run = 0;
            }
        }
        // Most texts are told apart by their first paragraph.
        if lower > 200 && lower > upper {
            return false;
        }
    }
    words >= WORDS && upper > lower.saturating_mul(19)
}

/// What kind of word stands in capitals.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Lower,
    Title,
    Kept,
}

/// The text with its case as it would be in print: words that the model's word list knows in small letters, sentence
/// openings and other words with a capital, abbreviations as they are.
pub(crate) fn recased(text: &str, lemmatizer: &Lemmatizer, model: &[u8]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut opening = true;
    let mut at = 0;
    let mut word = String::new();
    while let Some(c) = text.get(at..).and_then(|t| t.chars().next()) {
        if !c.is_alphabetic() {
            match c {
                '.' | '!' | '?' | ']' => opening = true,
                '\n' if blank_line(text, at) => opening = true,
                c if c.is_whitespace() || matches!(c, '"' | '\u{201c}' | '(' | '[' | '\'') => {}
                _ => opening = false,
            }
            out.push(c);
            at += c.len_utf8();
            continue;
        }
        let rest = text.get(at..).unwrap_or("");
        let end = rest
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(rest.len());
        let written = rest.get(..end).unwrap_or("");
        word.clear();
        word.extend(written.chars().map(small));
        let case = case_of(
            written,
            &word,
            rest.get(end..).unwrap_or(""),
            lemmatizer,
            model,
        );
        match case {
            Case::Kept => out.push_str(written),
            Case::Lower if !opening => out.push_str(&word),
            Case::Lower | Case::Title => {
                let first = written.chars().next().map_or(0, char::len_utf8);
                out.push_str(written.get(..first).unwrap_or(""));
                out.push_str(word.get(first..).unwrap_or(""));
            }
        }
        opening = false;
        at += end;
    }
    out
}

/// The small letter of a capital, where it is one letter of the same length.
fn small(c: char) -> char {
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(l), None) if l.len_utf8() == c.len_utf8() => l,
        _ => c,
    }
}

/// Whether the line that begins after `at` is empty or indented.
fn blank_line(text: &str, at: usize) -> bool {
    text.get(at + 1..)
        .and_then(|t| t.chars().next())
        .is_none_or(char::is_whitespace)
}

fn case_of(written: &str, word: &str, after: &str, lemmatizer: &Lemmatizer, model: &[u8]) -> Case {
    if FUNCTION.binary_search(&word).is_ok() {
        return Case::Lower;
    }
    if CALENDAR.binary_search(&word).is_ok() {
        return Case::Title;
    }
    // "U.S.", "A. B. Hart"
    if written.chars().count() == 1 {
        return Case::Kept;
    }
    if lemmatizer.knows(model, word) {
        return Case::Lower;
    }
    let vowels = word.chars().filter(|c| "aeiouy".contains(*c)).count();
    if word.chars().count() <= 5 && vowels == 0 && !after.starts_with('.') {
        return Case::Kept;
    }
    Case::Title
}

/// Words of grammar and numerals, which no list of nouns, verbs and adjectives holds.
const FUNCTION: &[&str] = &[
    "a",
    "about",
    "above",
    "across",
    "after",
    "against",
    "all",
    "along",
    "alongside",
    "already",
    "also",
    "although",
    "among",
    "amongst",
    "an",
    "and",
    "another",
    "any",
    "anybody",
    "anyone",
    "anything",
    "are",
    "as",
    "at",
    "be",
    "became",
    "because",
    "become",
    "been",
    "before",
    "behind",
    "being",
    "below",
    "beneath",
    "beside",
    "besides",
    "between",
    "beyond",
    "billion",
    "both",
    "but",
    "by",
    "can",
    "cannot",
    "could",
    "did",
    "do",
    "does",
    "doing",
    "done",
    "down",
    "dozen",
    "dozens",
    "during",
    "each",
    "eight",
    "eighteen",
    "eighth",
    "eighty",
    "either",
    "eleven",
    "else",
    "even",
    "ever",
    "every",
    "everybody",
    "everyone",
    "everything",
    "except",
    "few",
    "fifteen",
    "fifth",
    "fifty",
    "first",
    "five",
    "for",
    "forty",
    "four",
    "fourteen",
    "fourth",
    "from",
    "had",
    "has",
    "have",
    "having",
    "he",
    "her",
    "here",
    "hers",
    "herself",
    "him",
    "himself",
    "his",
    "how",
    "however",
    "hundred",
    "hundreds",
    "i",
    "if",
    "in",
    "inside",
    "instead",
    "into",
    "is",
    "it",
    "its",
    "itself",
    "just",
    "least",
    "less",
    "like",
    "many",
    "may",
    "me",
    "meanwhile",
    "might",
    "million",
    "millions",
    "mine",
    "more",
    "moreover",
    "most",
    "much",
    "must",
    "my",
    "myself",
    "near",
    "neither",
    "never",
    "nevertheless",
    "nine",
    "nineteen",
    "ninety",
    "ninth",
    "no",
    "nobody",
    "none",
    "nor",
    "not",
    "nothing",
    "now",
    "of",
    "off",
    "often",
    "on",
    "once",
    "one",
    "only",
    "onto",
    "or",
    "other",
    "others",
    "ought",
    "our",
    "ours",
    "ourselves",
    "out",
    "outside",
    "over",
    "own",
    "per",
    "perhaps",
    "quite",
    "rather",
    "said",
    "same",
    "says",
    "second",
    "seven",
    "seventeen",
    "seventh",
    "seventy",
    "several",
    "shall",
    "she",
    "should",
    "since",
    "six",
    "sixteen",
    "sixth",
    "sixty",
    "so",
    "some",
    "somebody",
    "someone",
    "something",
    "soon",
    "still",
    "such",
    "ten",
    "tenth",
    "than",
    "that",
    "the",
    "their",
    "theirs",
    "them",
    "themselves",
    "then",
    "there",
    "thereby",
    "therefore",
    "these",
    "they",
    "third",
    "thirteen",
    "thirty",
    "this",
    "those",
    "though",
    "thousand",
    "thousands",
    "three",
    "through",
    "throughout",
    "thus",
    "till",
    "to",
    "together",
    "too",
    "toward",
    "towards",
    "twelve",
    "twenty",
    "two",
    "under",
    "until",
    "unto",
    "up",
    "upon",
    "us",
    "very",
    "via",
    "was",
    "we",
    "were",
    "what",
    "whatever",
    "when",
    "whenever",
    "where",
    "whereas",
    "whereby",
    "wherever",
    "whether",
    "which",
    "while",
    "who",
    "whoever",
    "whom",
    "whose",
    "why",
    "will",
    "with",
    "within",
    "without",
    "would",
    "yet",
    "you",
    "your",
    "yours",
    "yourself",
];

/// Words that are always names, though a list of words may hold them.
const CALENDAR: &[&str] = &[
    "apr",
    "april",
    "aug",
    "august",
    "capt",
    "col",
    "dec",
    "december",
    "dr",
    "feb",
    "february",
    "friday",
    "gen",
    "gov",
    "jan",
    "january",
    "jul",
    "july",
    "jun",
    "june",
    "lt",
    "maj",
    "mar",
    "monday",
    "mr",
    "mrs",
    "ms",
    "nov",
    "november",
    "oct",
    "october",
    "rep",
    "saturday",
    "sen",
    "sep",
    "sept",
    "september",
    "sgt",
    "sunday",
    "thursday",
    "tuesday",
    "wednesday",
];
