//! Which words are names of places: those that the entity recogniser marks, and those that the tables or the gazetteer
//! know and that stand as places stand ("City, State", behind a preposition, or as a place elsewhere in the document).

use std::collections::HashSet;
use std::ops::Range;

use sayso_parse::{EntityType, Parse, Pos};

use super::candidates::{Candidate, Kind, Wanted, candidates};
use super::gazetteer::Gazetteer;
use super::tables::{Form, Tables};
use super::words::{Gap, Word};

/// A name in the text.
#[derive(Debug)]
pub(super) struct Mention {
    /// Bytes of the text.
    pub bytes: Range<usize>,
    /// Words of the name; empty where none was made of it.
    pub words: Range<usize>,
    /// The folded name that was looked up, with what was asked beside it.
    pub key: String,
    pub wanted: Wanted,
    /// What the entity recogniser called it.
    pub label: Option<EntityType>,
    /// What it may mean.
    pub candidates: Vec<Candidate>,
}

/// All that finding looks at.
pub(super) struct Finder<'a> {
    pub text: &'a str,
    pub words: &'a [Word],
    pub parse: &'a Parse,
    pub tables: &'a Tables,
    pub gazetteer: Option<&'a Gazetteer>,
}

const LONGEST: usize = 6;
/// Small words that may stand within a name.
const SMALL: &[&str] = &[
    "of", "the", "de", "la", "del", "and", "on", "in", "upon", "y", "da", "do", "di", "al", "el",
    "le", "les", "los", "las", "du", "des", "den", "der", "am", "an", "sur", "en", "under",
];

impl Finder<'_> {
    /// The key of some words.
    pub fn key(&self, words: Range<usize>) -> String {
        let mut out = String::new();
        for w in self.words.get(words).unwrap_or_default() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(&w.key);
        }
        out
    }

    /// Bytes of some words, with the full stop of an abbreviation.
    fn bytes(&self, words: Range<usize>, stop: bool) -> Range<usize> {
        let (Some(a), Some(b)) = (
            self.words.get(words.start),
            self.words.get(words.end.wrapping_sub(1)),
        ) else {
            return 0..0;
        };
        let end =
            b.bytes.end + usize::from(stop && b.stop && !self.text[..b.bytes.end].ends_with('.'));
        a.bytes.start..end
    }

    fn entity(&self, word: usize) -> Option<(usize, EntityType)> {
        let b = &self.words.get(word)?.bytes;
        let t = self.parse.tokens_in(b.start as u32..b.end as u32).start;
        let e = self.parse.entity_of(t)?;
        Some((e, self.parse.entities[e].label))
    }

    fn token(&self, word: usize) -> Option<u32> {
        let b = &self.words.get(word)?.bytes;
        let t = self.parse.tokens_in(b.start as u32..b.end as u32);
        (t.start < t.end).then_some(t.start)
    }

    /// Whether a form of the tables may be meant by these words as they are written.
    fn written(&self, words: &Range<usize>, form: Form) -> bool {
        let (Some(first), Some(last)) = (
            self.words.get(words.start),
            self.words.get(words.end.wrapping_sub(1)),
        ) else {
            return false;
        };
        let text = self
            .text
            .get(first.bytes.start..last.bytes.end)
            .unwrap_or("");
        let capitals = || !text.contains(|c: char| c.is_lowercase());
        match form {
            Form::Name | Form::People => true,
            Form::Short => last.stop || text.ends_with('.'),
            Form::Code => capitals(),
            Form::Postal => {
                capitals()
                    && words.start > 0
                    && self
                        .words
                        .get(words.start - 1)
                        .is_some_and(|w| matches!(w.gap, Gap::Comma | Gap::Open) && w.capital)
            }
        }
    }

    /// The longest name that starts at a word: its end and what it may mean.
    fn longest(&self, start: usize, limit: usize) -> Option<(usize, Vec<Candidate>)> {
        let first = self.words.get(start)?;
        let known = self.tables.longest(&first.key);
        let mut walk = self.gazetteer.map(|g| g.start());
        let mut key = String::new();
        let mut best = None;
        for at in start..limit.min(start + LONGEST).min(self.words.len()) {
            let w = &self.words[at];
            if at > start {
                if self.words[at - 1].gap != Gap::Join {
                    break;
                }
                if !w.capital && !SMALL.contains(&w.key.as_str()) {
                    break;
                }
                key.push(' ');
            }
            key.push_str(&w.key);
            if let (Some(g), Some(from)) = (self.gazetteer, walk) {
                let from = if at > start {
                    g.step(from, b" ")
                } else {
                    Some(from)
                };
                walk = from.and_then(|f| g.step(f, w.key.as_bytes()));
            }
            if walk.is_none() && at - start >= known {
                break;
            }
            let ends = w.capital
                && (walk.is_some_and(|x| self.gazetteer.is_some_and(|g| g.found(x).is_some()))
                    || !self.tables.get(&key).is_empty());
            if ends {
                best = Some(at + 1);
            }
        }
        // A shorter name where the longer one is written as no form allows.
        let mut end = best?;
        loop {
            let words = start..end;
            let list = candidates(
                self.tables,
                self.gazetteer,
                &self.key(words.clone()),
                |f| self.written(&words, f),
                Wanted::default(),
            );
            // Two letters are an abbreviation or nothing.
            let short = end == start + 1 && self.words[start].key.len() <= 2;
            let list: Vec<Candidate> = list
                .into_iter()
                .filter(|c| !short || matches!(c.what, super::candidates::What::Table(_)))
                .collect();
            if !list.is_empty() {
                return Some((end, list));
            }
            end -= 1;
            if end == start {
                return None;
            }
        }
    }

    /// Whether a region's word follows or goes before: "Kursk region", "County Kerry", "province of Ninh".
    fn region_word(&self, words: &Range<usize>) -> Option<usize> {
        let next = self.words.get(words.end)?;
        let last = self.words.get(words.end.wrapping_sub(1))?;
        (last.gap == Gap::Join && self.tables.region_words.contains(&next.key))
            .then_some(words.end + 1)
    }

    fn region_word_before(&self, words: &Range<usize>) -> bool {
        let Some(before) = words.start.checked_sub(1).and_then(|i| self.words.get(i)) else {
            return false;
        };
        if before.gap != Gap::Join {
            return false;
        }
        if before.key == "of" {
            return words.start >= 2
                && self.words[words.start - 2].gap == Gap::Join
                && self
                    .tables
                    .region_words
                    .contains(&self.words[words.start - 2].key);
        }
        before.capital && before.key == "county"
    }

    /// The name that starts at a word, with a region's word where one follows.
    fn name(&self, start: usize, limit: usize) -> Option<Mention> {
        let (end, mut list) = self.longest(start, limit)?;
        let mut words = start..end;
        let mut wanted = Wanted::default();
        let after = self.region_word(&words);
        let own = self.words[end - 1].key.as_str();
        if (after.is_some() || self.region_word_before(&words))
            && !self.tables.region_words.contains(own)
        {
            let asked = Wanted { region: true };
            let regions = candidates(
                self.tables,
                self.gazetteer,
                &self.key(words.clone()),
                |f| self.written(&words, f),
                asked,
            );
            if regions
                .iter()
                .any(|c| !matches!(c.kind, Kind::City | Kind::Airport | Kind::Country))
            {
                wanted = asked;
                list = regions;
            }
        } else if self.tables.region_words.contains(own) {
            wanted.region = list
                .iter()
                .any(|c| !matches!(c.kind, Kind::City | Kind::Airport));
        }
        let key = self.key(words.clone());
        if let Some(to) = after.filter(|_| wanted.region)
            && self.words.get(to - 1).is_some_and(|w| w.capital)
        {
            words.end = to;
        }
        let dotted = self.words[words.end - 1].stop
            && self
                .tables
                .get(&key)
                .iter()
                .any(|(_, f)| matches!(f, Form::Short | Form::Code));
        Some(Mention {
            bytes: self.bytes(words.clone(), dotted),
            words,
            key,
            wanted,
            label: None,
            candidates: list,
        })
    }

    /// All names of places, in order.
    pub fn find(&self) -> Vec<Mention> {
        let mut sure: Vec<Mention> = Vec::new();
        let mut perhaps: Vec<Mention> = Vec::new();
        let mut at = 0;
        while at < self.words.len() {
            let w = &self.words[at];
            let entity = self.entity(at);
            if let Some((e, label)) = entity
                && matches!(
                    label,
                    EntityType::Gpe | EntityType::Loc | EntityType::Fac | EntityType::Norp
                )
            {
                let end = self.end_of(e, at);
                let next = self.in_entity(at..end, label, &mut sure);
                at = next.max(at + 1);
                continue;
            }
            if !w.capital {
                at += 1;
                continue;
            }
            let Some(mut m) = self.name(at, self.words.len()) else {
                at += 1;
                continue;
            };
            m.label = entity.map(|e| e.1);
            let end = m.words.end;
            match self.judge(&m, entity) {
                Verdict::Yes => sure.push(m),
                Verdict::IfKnown => perhaps.push(m),
                Verdict::No => {
                    // Within another name nothing else is looked for: "Bank of Norland".
                    at += 1;
                    continue;
                }
            }
            at = end.max(at + 1);
        }
        let known: HashSet<&str> = sure
            .iter()
            .filter(|m| !m.candidates.is_empty())
            .map(|m| m.key.as_str())
            .collect();
        perhaps.retain(|m| known.contains(m.key.as_str()));
        sure.append(&mut perhaps);
        sure.sort_by_key(|m| m.bytes.start);
        sure.dedup_by(|b, a| b.bytes.start < a.bytes.end);
        sure
    }

    /// First word behind an entity.
    fn end_of(&self, entity: usize, from: usize) -> usize {
        let e = &self.parse.entities[entity];
        let stop = self.parse.bytes(e.tokens.clone()).end as usize;
        let mut to = from + 1;
        while self.words.get(to).is_some_and(|w| w.bytes.start < stop) {
            to += 1;
        }
        to
    }

    /// Names within an entity of place: one, or several that commas part.
    fn in_entity(&self, words: Range<usize>, label: EntityType, out: &mut Vec<Mention>) -> usize {
        let mut from = words.start;
        while from < words.end && !self.words[from].capital {
            from += 1;
        }
        if from == words.end {
            return words.end;
        }
        let mut to = from + 1;
        while to < words.end && self.words[to - 1].gap == Gap::Join {
            to += 1;
        }
        // A name of the gazetteer may go on beyond the entity, or fill it.
        if let Some(mut m) = self.name(from, self.words.len())
            && (m.words.end >= to || label == EntityType::Norp)
        {
            m.label = Some(label);
            let end = m.words.end;
            out.push(m);
            return end;
        }
        if label == EntityType::Norp {
            // A people that no table has ("Catholic") is no place.
            return to;
        }
        // Modifiers before a known name: "northern Iraq", "downtown Corvel".
        let mut inner = from;
        while inner + 1 < to && self.tables.modifiers.contains(&self.words[inner].key) {
            inner += 1;
            if let Some(mut m) = self.name(inner, to)
                && m.words.end == to
            {
                m.label = Some(label);
                m.bytes.start = self.words[from].bytes.start;
                out.push(m);
                return to;
            }
        }
        out.push(Mention {
            bytes: self.bytes(from..to, false),
            words: from..to,
            key: self.key(from..to),
            wanted: Wanted::default(),
            label: Some(label),
            candidates: Vec::new(),
        });
        to
    }

    /// Whether a known name that is marked as no place is one all the same.
    fn judge(&self, m: &Mention, entity: Option<(usize, EntityType)>) -> Verdict {
        let top = m.candidates.iter().map(|c| c.prior).fold(0.0, f64::max);
        let table = m
            .candidates
            .iter()
            .any(|c| matches!(c.what, super::candidates::What::Table(_)) && c.prior >= 4.0);
        let held = self.held(m);
        let behind = self.behind_preposition(m);
        if let Some((e, label)) = entity {
            let span = self.parse.bytes(self.parse.entities[e].tokens.clone());
            let whole = m.bytes.end + 1 >= span.end as usize
                && self.words[m.words.start].bytes.start <= span.start as usize + 4;
            return match label {
                EntityType::Person => {
                    if whole && (held || behind && top >= 3.0) {
                        Verdict::Yes
                    } else if whole && m.words.len() > 1 {
                        Verdict::IfKnown
                    } else {
                        Verdict::No
                    }
                }
                EntityType::Org => {
                    if whole && (held || table || behind && top >= 3.0) {
                        Verdict::Yes
                    } else if whole {
                        Verdict::IfKnown
                    } else {
                        Verdict::No
                    }
                }
                EntityType::Language => {
                    if table {
                        Verdict::Yes
                    } else {
                        Verdict::No
                    }
                }
                EntityType::Date
                | EntityType::Time
                | EntityType::Ordinal
                | EntityType::Cardinal => Verdict::No,
                _ => {
                    if whole && (held || table || behind) {
                        Verdict::Yes
                    } else {
                        Verdict::No
                    }
                }
            };
        }
        let proper = self
            .token(m.words.start)
            .is_some_and(|t| matches!(self.parse.pos(t), Pos::Propn | Pos::Adj));
        if table && proper || held && (proper || m.words.len() > 1) {
            return Verdict::Yes;
        }
        if !proper {
            return Verdict::No;
        }
        if self.alone(m) && (behind && top >= 2.7 || m.wanted.region) {
            return Verdict::Yes;
        }
        if self.alone(m) {
            Verdict::IfKnown
        } else {
            Verdict::No
        }
    }

    /// Whether a name of a country or region stands behind it, parted by a comma or parenthesis, that may hold it.
    fn held(&self, m: &Mention) -> bool {
        let end = m.words.end;
        if !self
            .words
            .get(end.wrapping_sub(1))
            .is_some_and(|w| matches!(w.gap, Gap::Comma | Gap::Open))
        {
            return false;
        }
        self.longest(end, self.words.len())
            .is_some_and(|(_, outer)| {
                outer.iter().any(|o| {
                    matches!(o.kind, Kind::Country | Kind::Region | Kind::County)
                        && !o.people
                        && m.candidates.iter().any(|c| c.lies_in(o))
                })
            })
    }

    fn behind_preposition(&self, m: &Mention) -> bool {
        let Some(before) = m.words.start.checked_sub(1).and_then(|i| self.words.get(i)) else {
            return false;
        };
        before.gap == Gap::Join && self.tables.prepositions.contains(&before.key)
    }

    /// Whether no other capital word joins it: part of a longer name it is no place.
    fn alone(&self, m: &Mention) -> bool {
        let joined = |i: usize| self.words.get(i).is_some_and(|w| w.gap == Gap::Join);
        let capital = |i: usize| self.words.get(i).is_some_and(|w| w.capital);
        let before = m
            .words
            .start
            .checked_sub(1)
            .is_some_and(|i| joined(i) && capital(i));
        let after = joined(m.words.end - 1) && capital(m.words.end);
        !before && !after
    }
}

enum Verdict {
    Yes,
    /// Only if the same name is a place elsewhere in the document.
    IfKnown,
    No,
}
