//! What a claim counts: of which names, and of which group.
//!
//! "North Korean soldiers", "troops from North Korea" and "North Koreans" are told by the same country; soldiers and
//! civilians are two groups; "people" and "casualties" say no group at all. Countries, names and words of like meaning
//! come from the packs.

use std::collections::BTreeSet;

use sayso_model::{Claim, Phrase};
use sayso_packs::Packs;

/// Most words of a phrase that are looked at, and of a name within it.
const WORDS: usize = 24;
const NAME: usize = 4;

/// Roles whose fillers say who is counted, beside the counted noun itself.
const ROLES: [&str; 3] = ["victim", "population", "side"];

/// Whom or what a claim counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Population {
    /// Countries and named bodies that those counted belong to.
    pub names: BTreeSet<String>,
    /// What they are: a word, or the name of a group of like words; `None` where the words say none.
    pub group: Option<String>,
}

impl Population {
    /// Whom or what a claim counts.
    pub fn of(claim: &Claim, packs: &Packs) -> Population {
        let mut out = Population::default();
        let counted = claim.figure.as_ref().and_then(|f| f.thing.as_ref());
        let evokes = |p: &Phrase| claim.trigger.is_some_and(|t| t.overlaps(p.span));
        let roles = ROLES.iter().filter_map(|r| claim.roles.get(*r)).flatten();
        for phrase in counted.into_iter().chain(roles.map(|f| &f.phrase)) {
            names(&phrase.text, packs, &mut out.names);
            // "31 casualties", "the dead": the word of the event itself says no group.
            if out.group.is_none() && !evokes(phrase) {
                out.group = group(phrase, packs);
            }
        }
        out
    }

    /// Whether the words of the two can mean the same: no group against another, no name that the other lacks where
    /// both have some.
    pub fn meets(&self, other: &Population) -> bool {
        let groups = match (&self.group, &other.group) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        };
        groups && (self.names.is_subset(&other.names) || other.names.is_subset(&self.names))
    }

    /// How much is said: what says more is put in order first.
    pub fn said(&self) -> usize {
        self.names.len() * 2 + usize::from(self.group.is_some())
    }

    /// What the two say together.
    pub fn join(&mut self, other: &Population) {
        self.names.extend(other.names.iter().cloned());
        if self.group.is_none() {
            self.group.clone_from(&other.group);
        }
    }
}

/// The words of a text in lower case, without punctuation and possessive endings.
pub(crate) fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’' && c != '-')
        .map(|w| w.trim_matches(['\'', '’', '-']))
        .map(|w| w.strip_suffix("'s").or(w.strip_suffix("’s")).unwrap_or(w))
        .filter(|w| !w.is_empty())
        .take(WORDS)
        .map(str::to_lowercase)
        .collect()
}

/// The country or body whose name these words are, as a whole.
fn name_of(words: &str, packs: &Packs) -> Option<String> {
    let country = packs.countries(words).next().map(|c| c.name.clone());
    let entity = || packs.named_entities(words).next().map(|e| e.name.clone());
    country.or_else(entity)
}

/// The countries and bodies named in a text: the longest name at each word.
fn names(text: &str, packs: &Packs, out: &mut BTreeSet<String>) {
    let words = words(text);
    let mut at = 0;
    while at < words.len() {
        let longest = (1..=NAME.min(words.len() - at)).rev().find_map(|n| {
            let name = words.get(at..at + n)?.join(" ");
            name_of(&name, packs).map(|id| (n, id))
        });
        match longest {
            Some((n, id)) => {
                out.insert(id);
                at += n;
            }
            None => at += 1,
        }
    }
}

/// Whether two texts name the same countries or bodies, and some.
pub(crate) fn same_names(a: &str, b: &str, packs: &Packs) -> bool {
    let of = |text: &str| {
        let mut out = BTreeSet::new();
        names(text, packs, &mut out);
        out
    };
    let a = of(a);
    !a.is_empty() && a == of(b)
}

/// What the head of a phrase says of those counted.
fn group(phrase: &Phrase, packs: &Packs) -> Option<String> {
    let head = phrase.head.as_str();
    if head.is_empty() || packs.in_list("figure_general", head) {
        return None;
    }
    // "North Koreans": the name is told already.
    let surface = words(&phrase.text);
    let ends = |n: usize| {
        let from = surface.len().saturating_sub(n);
        surface.get(from..).unwrap_or_default().join(" ")
    };
    if [head, &ends(1), &ends(2)]
        .iter()
        .any(|words| name_of(words, packs).is_some())
    {
        return None;
    }
    let like = packs
        .words("like_counts")
        .iter()
        .filter_map(|pair| pair.split_once('='))
        .find(|(word, _)| *word == head);
    Some(like.map_or(head, |(_, group)| group).to_owned())
}

#[cfg(test)]
mod tests {
    use sayso_model::Span;

    use super::*;

    fn population(text: &str, head: &str) -> Population {
        let packs = Packs::builtin();
        let phrase = Phrase {
            span: Span::new(0, text.len() as u32),
            text: text.into(),
            head: head.into(),
        };
        let mut out = Population::default();
        names(text, packs, &mut out.names);
        out.group = group(&phrase, packs);
        out
    }

    #[test]
    fn like_words_and_like_names_meet_and_others_do_not() {
        let soldiers = population("North Korean soldiers", "soldier");
        let troops = population("troops from North Korea", "troop");
        let people = population("North Koreans", "korean");
        let civilians = population("Ukrainian civilians", "civilian");
        let bare = population("people", "people");
        assert!(soldiers.meets(&troops) && troops.meets(&people));
        assert_eq!(people.group, None);
        assert!(!soldiers.meets(&civilians));
        assert!(bare.meets(&soldiers) && bare.meets(&civilians));
        assert!(soldiers.said() > people.said() && people.said() > bare.said());
    }
}
