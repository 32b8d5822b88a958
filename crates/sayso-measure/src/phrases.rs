//! Noun phrases as sets of words: a head, its modifiers, and what prepositions add to it.

use sayso_parse::{Dep, Parse, Tag};

use crate::units::{View, is_noun};

/// Tokens of a noun phrase that carry meaning, in order.
pub(crate) type NounPhrase = Vec<u32>;

/// Most tokens that one phrase gathers.
const MOST: usize = 24;

/// Whether a token is a noun that says what something is about, not when.
pub(crate) fn content(v: &View<'_>, t: u32) -> bool {
    is_noun(v.parse.tag(t)) && !says_when(v, t)
}

/// Whether a token says when: a year, or a word of the calendar.
pub(crate) fn says_when(v: &View<'_>, t: u32) -> bool {
    v.parse.tag(t) == Tag::Cd || v.when_word(v.parse.lower(t))
}

/// How far a phrase reaches.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// The head and its modifiers.
    Bare,
    /// With the phrases of prepositions behind it.
    Long,
    /// With coordinated nouns too.
    Whole,
}

/// The words of the phrase around `head` that carry meaning; `inside` tells words that are left out.
pub(crate) fn noun_phrase(
    v: &View<'_>,
    head: u32,
    reach: Reach,
    inside: &dyn Fn(u32) -> bool,
) -> NounPhrase {
    let parse = v.parse;
    let mut out = Vec::new();
    let mut todo = vec![(head, 0u8)];
    while let Some((h, depth)) = todo.pop() {
        if out.len() >= MOST {
            break;
        }
        modifiers(parse, h, inside, &mut out);
        if reach == Reach::Bare {
            continue;
        }
        for &c in parse.children(h) {
            if c <= h || inside(c) {
                continue;
            }
            match parse.dep(c) {
                Dep::Conj
                    if c - h <= 8
                        && depth < 2
                        && reach == Reach::Whole
                        && (is_noun(parse.tag(c)) || parse.tag(c) == Tag::Jj) =>
                {
                    todo.push((c, depth.max(1)));
                }
                Dep::Prep if depth < 3 && adds(parse.lower(c)) => {
                    if let Some(o) = parse.child(c, Dep::Pobj)
                        && (content(v, o)
                            || matches!(parse.tag(o), Tag::Vbg | Tag::Jj) && !says_when(v, o))
                        && !inside(o)
                        && !parse.subtree(o).take(40).any(inside)
                    {
                        todo.push((o, depth + 1));
                    }
                }
                _ => {}
            }
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// Prepositions whose phrase says more of the noun before them.
fn adds(word: &str) -> bool {
    matches!(
        word,
        "of" | "in"
            | "for"
            | "on"
            | "at"
            | "from"
            | "with"
            | "to"
            | "between"
            | "among"
            | "by"
            | "across"
    )
}

/// The head and the words before it that modify it, and a name or number right behind it.
fn modifiers(parse: &Parse, head: u32, inside: &dyn Fn(u32) -> bool, out: &mut NounPhrase) {
    let from = parse.subtree(head).start.max(head.saturating_sub(10));
    for t in from..head {
        if !inside(t) && carries(parse.tag(t)) && modifies(parse, t, head) {
            out.push(t);
        }
    }
    if !inside(head) && carries(parse.tag(head)) {
        out.push(head);
    }
    let next = head + 1;
    if (next as usize) < parse.len()
        && parse.head(next) == head
        && matches!(parse.dep(next), Dep::Nummod | Dep::Nmod | Dep::Appos)
        && matches!(parse.tag(next), Tag::Cd | Tag::Nnp | Tag::Nnps)
        && !inside(next)
    {
        out.push(next);
    }
}

/// Whether a tag's words carry meaning.
fn carries(tag: Tag) -> bool {
    is_noun(tag)
        || matches!(
            tag,
            Tag::Jj
                | Tag::Jjr
                | Tag::Jjs
                | Tag::Vbn
                | Tag::Vbg
                | Tag::Cd
                | Tag::Fw
                | Tag::Afx
                | Tag::Vb
                | Tag::Vbd
                | Tag::Vbp
                | Tag::Vbz
                | Tag::Uh
                | Tag::Add
                | Tag::Nfp
        )
}

/// Whether a token before a noun belongs to it by modifiers alone.
fn modifies(parse: &Parse, token: u32, head: u32) -> bool {
    let mut t = token;
    for _ in 0..5 {
        let h = parse.head(t);
        let fits = match parse.dep(t) {
            Dep::Compound | Dep::Amod | Dep::Nmod | Dep::Npadvmod | Dep::Quantmod => true,
            Dep::Poss => !matches!(parse.tag(t), Tag::PrpPoss | Tag::WpPoss),
            Dep::Advmod => matches!(parse.tag(t), Tag::Jj | Tag::Vbn),
            // "five launches" are launches; "iPhone 14 display" keeps its number.
            Dep::Nummod => parse.tag(h) != Tag::Nns,
            // "a food and drug office"
            Dep::Conj => h != head,
            _ => false,
        };
        if !fits {
            return false;
        }
        if h == head {
            return true;
        }
        t = h;
    }
    false
}

/// The written words of phrases, each once, without punctuation and possessive endings around them.
pub(crate) fn words(v: &View<'_>, phrases: &[NounPhrase]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for p in phrases {
        let mut end = 0;
        let general = |t: u32| v.lex.general_modifiers.contains(v.parse.lower(t));
        let some = p.iter().any(|&t| !general(t));
        for &t in p {
            let bytes = v.parse.bytes(t..t + 1);
            if bytes.start < end || some && general(t) {
                continue;
            }
            let (word, to) = written_word(v.text, bytes.start as usize, bytes.end as usize);
            end = to as u32;
            if !word.is_empty() && !out.iter().any(|w| w == word) && out.len() < 40 {
                out.push(word.to_owned());
            }
        }
    }
    out
}

/// The word between white space that holds the bytes, trimmed, and where it ends. Looks no further than 40 bytes.
fn written_word(text: &str, start: usize, end: usize) -> (&str, usize) {
    let left = text.get(..start).unwrap_or("");
    let from = left
        .char_indices()
        .rev()
        .take(40)
        .take_while(|(_, c)| !c.is_whitespace())
        .last()
        .map_or(start, |(i, _)| i);
    let right = text.get(end..).unwrap_or("");
    let to = end
        + right
            .chars()
            .take(40)
            .take_while(|c| !c.is_whitespace())
            .map(char::len_utf8)
            .sum::<usize>();
    let word = text
        .get(from..to)
        .unwrap_or("")
        .trim_matches(|c: char| !c.is_alphanumeric());
    let word = ["'s", "\u{2019}s"]
        .iter()
        .find_map(|s| word.strip_suffix(s))
        .unwrap_or(word);
    (word, to)
}
