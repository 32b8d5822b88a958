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
    /// Folded words of the names of persons that have several.
    pub persons: HashSet<String>,
}

/// The words of the names of persons that have several words: one of them alone is the person again.
pub(super) fn persons(text: &str, parse: &Parse) -> HashSet<String> {
    let mut out = HashSet::new();
    for e in &parse.entities {
        if e.label != EntityType::Person || e.tokens.len() < 2 {
            continue;
        }
        let bytes = parse.bytes(e.tokens.clone());
        let name = text
            .get(bytes.start as usize..bytes.end as usize)
            .unwrap_or("");
        for word in name.split_whitespace() {
            let folded =
                super::key::fold(word.trim_end_matches("'s").trim_end_matches("\u{2019}s"));
            if folded.len() > 2 {
                out.insert(folded);
            }
        }
    }
    out
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
                let before = sure.len();
                let next = self.in_entity(at..end, label, &mut sure);
                if sure.len() > before && sure.last().is_some_and(|m| self.no_place(m)) {
                    sure.pop();
                }
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
            match self.judge(&m, entity, sure.last()) {
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
            && (m.words.end >= to
                || label == EntityType::Norp
                || (m.words.end..to).all(|i| self.tables.region_words.contains(&self.words[i].key)))
            && (label != EntityType::Norp || self.in_tables(&m))
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
        let m = Mention {
            bytes: self.bytes(from..to, false),
            words: from..to,
            key: self.key(from..to),
            wanted: Wanted::default(),
            label: Some(label),
            candidates: Vec::new(),
        };
        // The recogniser alone, with a name that nothing knows, is more often wrong than right.
        if self.behind_preposition(&m) || self.behind_kind(&m) || self.held(&m) {
            out.push(m);
        }
        to
    }

    /// Whether a known name that is marked as no place is one all the same.
    fn judge(
        &self,
        m: &Mention,
        entity: Option<(usize, EntityType)>,
        last: Option<&Mention>,
    ) -> Verdict {
        let top = m.candidates.iter().map(|c| c.prior).fold(0.0, f64::max);
        let table = m
            .candidates
            .iter()
            .any(|c| matches!(c.what, super::candidates::What::Table(_)) && c.prior >= 4.0);
        let held = self.held(m);
        if self.no_place(m) {
            return Verdict::No;
        }
        let behind = self.behind_preposition(m) || self.behind_kind(m) || self.coordinated(m, last);
        // A seat of power is named for those who sit there, but where a preposition says so.
        let table = table && (behind || !m.candidates.iter().any(|c| self.landmark(c)));
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
                        self.embedded(m, table, top, &span)
                    }
                }
                EntityType::Language
                | EntityType::Date
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
        if self.body_follows(m) && top >= 4.0 {
            return Verdict::Yes;
        }
        if self.alone(m) || self.body_follows(m) {
            Verdict::IfKnown
        } else {
            Verdict::No
        }
    }

    /// A name within that of an organisation: "Corvel Police Department", "University of Corvel".
    fn embedded(&self, m: &Mention, table: bool, top: f64, span: &Range<u32>) -> Verdict {
        let first = m.bytes.start <= span.start as usize + 4;
        let of = m
            .words
            .start
            .checked_sub(1)
            .and_then(|i| self.words.get(i))
            .is_some_and(|w| w.key == "of");
        let last = m.bytes.end + 2 >= span.end as usize;
        if m.wanted.region && m.words.len() > 1 {
            return Verdict::Yes;
        }
        if first && self.body_follows(m) || of && last {
            if table || top >= 4.0 {
                return Verdict::Yes;
            }
            return Verdict::IfKnown;
        }
        if first && table {
            Verdict::Yes
        } else {
            Verdict::No
        }
    }

    /// Whether a word follows that makes a body of the place.
    fn body_follows(&self, m: &Mention) -> bool {
        let joined = self
            .words
            .get(m.words.end.wrapping_sub(1))
            .is_some_and(|w| w.gap == Gap::Join);
        joined
            && self
                .words
                .get(m.words.end)
                .is_some_and(|w| w.capital && self.tables.bodies.contains(&w.key))
    }

    /// Whether the word at `at` joins the one before it.
    fn joined(&self, at: usize) -> bool {
        at.checked_sub(1)
            .and_then(|i| self.words.get(i))
            .is_some_and(|w| w.gap == Gap::Join)
    }

    fn people(&self, m: &Mention) -> bool {
        m.candidates.iter().any(|c| c.people)
    }

    fn in_tables(&self, m: &Mention) -> bool {
        m.candidates
            .iter()
            .any(|c| matches!(c.what, super::candidates::What::Table(_)))
    }

    fn landmark(&self, c: &Candidate) -> bool {
        matches!(c.what, super::candidates::What::Table(at)
            if self.tables.places.get(at as usize).is_some_and(|p| p.kind == "landmark"))
    }

    /// A direction alone, or a person's name where nothing says that a place is meant.
    fn no_place(&self, m: &Mention) -> bool {
        if m.words.len() == 1
            && (self.tables.modifiers.contains(&m.key) || self.tables.kinds.contains(&m.key))
        {
            return true;
        }
        if self.held(m) {
            return false;
        }
        let next = self
            .words
            .get(m.words.end)
            .filter(|_| self.joined(m.words.end));
        if next.is_some_and(|w| self.tables.illness.contains(&w.key)) && !self.people(m) {
            return true;
        }
        if self.tables.homonyms.contains(&m.key) {
            return !self
                .before(m)
                .is_some_and(|w| self.tables.sure_prepositions.contains(&w.key));
        }
        if m.words.len() != 1 || !self.persons.contains(&m.key) {
            return false;
        }
        let top = m.candidates.iter().map(|c| c.prior).fold(0.0, f64::max);
        if top >= 5.2 {
            return false;
        }
        let table = m
            .candidates
            .iter()
            .any(|c| matches!(c.what, super::candidates::What::Table(_)) && c.prior >= 5.0);
        !table
            && !self
                .before(m)
                .is_some_and(|w| self.tables.sure_prepositions.contains(&w.key))
    }

    /// The word before a name, an article passed over.
    fn before(&self, m: &Mention) -> Option<&Word> {
        let mut at = m.words.start.checked_sub(1)?;
        if self.words.get(at)?.key == "the" && self.words.get(at)?.gap == Gap::Join {
            at = at.checked_sub(1)?;
        }
        self.words.get(at).filter(|w| w.gap == Gap::Join)
    }

    /// Whether a word for a kind of place stands before: "the island of Orrel", "the state Norrin".
    fn behind_kind(&self, m: &Mention) -> bool {
        let Some(before) = self.before(m) else {
            return false;
        };
        if before.key == "of" {
            return m.words.start >= 2
                && self
                    .words
                    .get(m.words.start - 2)
                    .is_some_and(|w| w.gap == Gap::Join && self.tables.kinds.contains(&w.key));
        }
        !before.capital && self.tables.kinds.contains(&before.key)
    }

    /// Whether it goes on a list of places: "Corvel and Tarn", "Corvel, Tarn and Holm".
    fn coordinated(&self, m: &Mention, last: Option<&Mention>) -> bool {
        let Some(last) = last.filter(|l| !l.candidates.is_empty() && !l.words.is_empty()) else {
            return false;
        };
        let between = self.text.get(last.bytes.end..m.bytes.start).unwrap_or("");
        matches!(between.trim(), "," | "and" | "or" | ", and" | ", or")
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
        self.before(m)
            .is_some_and(|w| self.tables.prepositions.contains(&w.key))
            || self.seat(m)
    }

    /// Whether a party's letters stand before: "Sen. Dale Orr, D-Corvel".
    fn seat(&self, m: &Mention) -> bool {
        let Some(before) = m.words.start.checked_sub(1).and_then(|i| self.words.get(i)) else {
            return false;
        };
        let text = self.text.get(before.bytes.clone()).unwrap_or("");
        text.len() <= 3
            && text.chars().all(char::is_uppercase)
            && self.text.get(before.bytes.end..m.bytes.start) == Some("-")
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
        (!before || self.seat(m)) && !after
    }
}

enum Verdict {
    Yes,
    /// Only if the same name is a place elsewhere in the document.
    IfKnown,
    No,
}
