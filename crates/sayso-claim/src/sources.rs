//! Who a source is: the name behind a surname, a pronoun or a description, and what kind of source it is.
//!
//! In come the parse and the packs; out goes a [`Cast`], the names of a document with all their mentions, which
//! resolves the head of a source phrase to one of them. Unnamed sources stay unnamed: "a senior official" is nobody's
//! name.

use std::collections::HashMap;
use std::ops::Range;

use sayso_model::SourceKind;
use sayso_packs::Packs;
use sayso_parse::{Dep, EntityType, Parse, Pos, Tag};

/// Sentences a pronoun looks back over.
const LOOK_BACK: usize = 6;
/// Names a document's cast holds at most; a list of thousands of names needs none of this.
const CAST: usize = 4_000;

/// What bears a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bearer {
    Person,
    Body,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gender {
    He,
    She,
}

#[derive(Clone, Debug)]
struct Name {
    canonical: String,
    bearer: Bearer,
    gender: Option<Gender>,
    kind: Option<SourceKind>,
    country: Option<String>,
}

/// A mention of a name: its tokens, and the name's index.
#[derive(Clone, Debug)]
struct Mention {
    tokens: Range<u32>,
    head: u32,
    name: usize,
    subject: bool,
    /// Whether it names a country, a city or the like.
    place: bool,
}

/// The names of a document and where they are mentioned.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cast {
    names: Vec<Name>,
    mentions: Vec<Mention>,
    /// Nouns that describe a name somewhere ("coach", "ministry"), to the names in order of mention.
    described: HashMap<String, Vec<(u32, usize)>>,
    /// Names by their words in lower case; `~` before a surname, `^` before a first name.
    keys: HashMap<String, usize>,
}

/// A source with its name, if it has one, and its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Resolved {
    pub speaker: Option<String>,
    pub kind: SourceKind,
    /// ISO 3166 code of its country, where the packs have it.
    pub country: Option<String>,
    name: Option<usize>,
}

impl Default for Resolved {
    fn default() -> Resolved {
        Resolved {
            speaker: None,
            kind: SourceKind::Anonymous,
            country: None,
            name: None,
        }
    }
}

impl Cast {
    /// The cast of a parse.
    pub fn new(parse: &Parse, packs: &Packs) -> Cast {
        let mut cast = Cast::default();
        for entity in &parse.entities {
            let Some(bearer) = bearer(entity.label) else {
                continue;
            };
            let Some(tokens) = name_tokens(parse, entity.tokens.clone()) else {
                continue;
            };
            let tokens = with_owner(parse, tokens);
            let text = words(parse, tokens.clone());
            let head = (tokens.clone())
                .rev()
                .find(|&t| !tokens.contains(&parse.head(t)) || parse.head(t) == t)
                .unwrap_or(tokens.end - 1);
            let Some(name) = cast.place(&text, bearer, packs) else {
                continue;
            };
            if bearer == Bearer::Person && cast.names[name].gender.is_none() {
                cast.names[name].gender = gender(parse, packs, &tokens);
            }
            cast.describe(parse, &tokens, head, name);
            cast.mentions.push(Mention {
                subject: matches!(parse.dep(head), Dep::Nsubj | Dep::Nsubjpass),
                place: entity.label == EntityType::Gpe,
                tokens,
                head,
                name,
            });
        }
        for list in cast.described.values_mut() {
            list.sort_unstable();
        }
        cast
    }

    /// The name of these words: an alias from the packs, the longest form in the document, or a new one.
    fn place(&mut self, text: &str, bearer: Bearer, packs: &Packs) -> Option<usize> {
        let lower = text.to_lowercase();
        let known = known_name(packs, text);
        let key = known
            .as_ref()
            .map_or_else(|| lower.clone(), |k| k.name.to_lowercase());
        if let Some(&i) = self.keys.get(&key) {
            return Some(i);
        }
        let parts: Vec<&str> = lower.split(' ').collect();
        if known.is_none()
            && let (Bearer::Person, Some(last)) = (bearer, parts.last())
        {
            // a surname alone, or a longer form of a name met before; the one met last bears it
            let link = format!("~{last}");
            if let Some(&i) = self.keys.get(&link) {
                let old = self.names[i].canonical.to_lowercase();
                let old: Vec<&str> = old.split(' ').collect();
                let within = |a: &[&str], b: &[&str]| a.iter().all(|w| b.contains(w));
                if within(&parts, &old) {
                    self.keys.insert(key, i);
                    return Some(i);
                }
                if within(&old, &parts) {
                    self.names[i].canonical = text.to_owned();
                    self.keys.insert(key, i);
                    return Some(i);
                }
            }
            if let [only] = parts[..]
                && let Some(&i) = self.keys.get(&format!("^{only}"))
            {
                self.keys.insert(key, i);
                return Some(i);
            }
        }
        if self.names.len() >= CAST {
            return None;
        }
        let i = self.names.len();
        if bearer == Bearer::Person {
            if let (Some(first), Some(last)) = (parts.first(), parts.last()) {
                self.keys.insert(format!("~{last}"), i);
                self.keys.entry(format!("^{first}")).or_insert(i);
            }
        } else if parts.len() > 1 {
            // initials name the body too: "National Weather Office" is "NWO" further on
            let initials: String = text
                .split(' ')
                .filter_map(|w| w.chars().next())
                .filter(|c| c.is_uppercase())
                .collect();
            if initials.len() > 1 {
                self.keys.entry(initials.to_lowercase()).or_insert(i);
            }
        }
        self.keys.insert(key, i);
        self.keys.entry(lower).or_insert(i);
        let (canonical, kind, country) = known.map_or((text.to_owned(), None, None), |k| {
            (k.name, k.kind, k.country)
        });
        self.names.push(Name {
            canonical,
            bearer,
            gender: None,
            kind,
            country,
        });
        Some(i)
    }

    /// Notes the nouns that stand with a name: titles before it, appositions, the noun it modifies by being in it.
    fn describe(&mut self, parse: &Parse, tokens: &Range<u32>, head: u32, name: usize) {
        let at = tokens.start;
        let mut note = |t: u32| {
            if matches!(parse.pos(t), Pos::Noun | Pos::Propn) {
                self.described
                    .entry(parse.lower(t).trim_end_matches('s').to_owned())
                    .or_default()
                    .push((at, name));
            }
        };
        if self.names[name].bearer == Bearer::Body {
            tokens.clone().for_each(&mut note);
        }
        for &c in parse.children(head) {
            match parse.dep(c) {
                Dep::Compound if !tokens.contains(&c) => note(c),
                Dep::Appos => note(c),
                _ => {}
            }
        }
        match parse.dep(head) {
            Dep::Appos => {
                let noun = parse.head(head);
                note(noun);
            }
            Dep::Nsubj => {
                if let Some(attr) = parse.child(parse.head(head), Dep::Attr) {
                    note(attr);
                }
            }
            _ => {}
        }
        // "the team's coach, X" and "X, head of the team": titles right before a name that the tree keeps apart
        if at > 0
            && parse.pos(at - 1) == Pos::Noun
            && parse.sentence_of(at - 1) == parse.sentence_of(at)
        {
            note(at - 1);
        }
    }

    fn mention_in(&self, tokens: &Range<u32>) -> impl Iterator<Item = &Mention> {
        let first = self
            .mentions
            .partition_point(|m| m.tokens.end <= tokens.start);
        let end = tokens.end;
        self.mentions[first..]
            .iter()
            .take_while(move |m| m.tokens.start < end)
    }

    /// Who a source phrase names. `before` are the sources resolved so far, the last one last.
    pub fn resolve(
        &mut self,
        parse: &Parse,
        packs: &Packs,
        source: &Range<u32>,
        who: Option<u32>,
        before: &[Resolved],
    ) -> Resolved {
        let head = who.filter(|t| source.contains(t)).unwrap_or(source.start);
        let name = if source.is_empty() {
            None
        } else {
            self.name_of(parse, packs, source, head, before)
        };
        let kind = self.kind(parse, packs, source, head, name);
        if let Some(n) = name
            && !matches!(kind, SourceKind::Person | SourceKind::Document)
        {
            // "the agency" further on is of the kind that the name was said to be
            self.names[n].kind.get_or_insert(kind);
        }
        let speaker = name.map(|n| self.names[n].canonical.clone());
        let country = name.and_then(|n| self.names[n].country.clone());
        Resolved {
            speaker,
            kind,
            country,
            name,
        }
    }

    fn name_of(
        &mut self,
        parse: &Parse,
        packs: &Packs,
        source: &Range<u32>,
        head: u32,
        before: &[Resolved],
    ) -> Option<usize> {
        match parse.lower(head) {
            _ if parse.pos(head) == Pos::Propn => {}
            "he" | "him" | "his" => return self.person_before(parse, head, Gender::He, before),
            "she" | "her" => return self.person_before(parse, head, Gender::She, before),
            "it" | "its" => return self.body_before(parse, head, before),
            "they" | "their" => {
                return before
                    .last()
                    .and_then(|r| r.name)
                    .or_else(|| self.body_before(parse, head, before));
            }
            "who" | "which" | "that" if matches!(parse.tag(head), Tag::Wp | Tag::Wdt | Tag::In) => {
                let noun = antecedent(parse, head)?;
                let whole = parse.subtree(noun);
                return self.name_of_phrase(parse, &(whole.start..head), noun);
            }
            _ => {}
        }
        if let Some(n) = self.aliased(parse, packs, source, head) {
            return Some(n);
        }
        self.name_of_phrase(parse, source, head)
            .or_else(|| self.unseen(parse, packs, source, head))
    }

    /// The name that the packs have for the words of the phrase up to its head: "South Korea's spy agency".
    fn aliased(
        &mut self,
        parse: &Parse,
        packs: &Packs,
        source: &Range<u32>,
        head: u32,
    ) -> Option<usize> {
        if !source.contains(&head) || head - source.start > 8 {
            return None;
        }
        let mut start = source.start;
        while start < head && parse.tag(start) == Tag::Dt {
            start += 1;
        }
        let text = words(parse, start..head + 1);
        known_name(packs, &text)?;
        let name = self.place(&text, Bearer::Body, packs)?;
        // "the agency" further on
        self.note_as(parse, head, name);
        Some(name)
    }

    /// A proper noun that was not recognised as a name: a surname met before, initials, or a new name.
    fn unseen(
        &mut self,
        parse: &Parse,
        packs: &Packs,
        source: &Range<u32>,
        head: u32,
    ) -> Option<usize> {
        if !source.contains(&head) {
            return None;
        }
        if parse.pos(head) == Pos::Noun {
            // a surname that the tagger took for a plural: "Wilkins"
            if parse.word(head).starts_with(char::is_uppercase)
                && let Some(&i) = self.keys.get(&format!("~{}", parse.lower(head)))
            {
                return Some(i);
            }
            return self
                .owned_body(parse, packs, source, head)
                .or_else(|| self.place_before(parse, packs, source, head))
                .or_else(|| self.document_before(parse, packs, source, head));
        }
        if parse.pos(head) != Pos::Propn {
            return None;
        }
        let mut start = head;
        while start > source.start && parse.pos(start - 1) == Pos::Propn {
            start -= 1;
        }
        let text = words(parse, start..head + 1);
        if let Some(&i) = self.keys.get(&text.to_lowercase()) {
            return Some(i);
        }
        let name = self.place(&text, Bearer::Person, packs)?;
        if self.names[name].gender.is_none() {
            self.names[name].gender = gender(parse, packs, &(start..head + 1));
        }
        Some(name)
    }

    /// "Norway's coast guard", "the Norwegian coast guard": a body that its country and a common noun name.
    fn owned_body(
        &mut self,
        parse: &Parse,
        packs: &Packs,
        source: &Range<u32>,
        head: u32,
    ) -> Option<usize> {
        if !packs.in_list("bodies", parse.lower(head)) {
            return None;
        }
        let place = parse.children(head).iter().copied().find(|&c| {
            c < head
                && matches!(
                    parse.dep(c),
                    Dep::Poss | Dep::Amod | Dep::Compound | Dep::Nmod
                )
                && matches!(
                    parse.tokens[c as usize].entity,
                    Some(EntityType::Gpe | EntityType::Norp)
                )
        })?;
        let start = parse.subtree(place).start.max(source.start);
        let mut start = start;
        while start < head && parse.tag(start) == Tag::Dt {
            start += 1;
        }
        let text = words(parse, start..head + 1);
        let name = self.place(&text, Bearer::Body, packs)?;
        self.note_as(parse, head, name);
        Some(name)
    }

    /// Notes that a noun describes a name from here on.
    fn note_as(&mut self, parse: &Parse, noun: u32, name: usize) {
        let key = parse.lower(noun).trim_end_matches('s').to_owned();
        let list = self.described.entry(key).or_default();
        let i = list.partition_point(|&(at, _)| at < noun);
        list.insert(i, (noun, name));
    }

    /// "The city", "the country": the place of that sort that was mentioned last.
    fn place_before(
        &self,
        parse: &Parse,
        packs: &Packs,
        source: &Range<u32>,
        head: u32,
    ) -> Option<usize> {
        if !definite(parse, head)
            || !packs.in_list("place_nouns", &parse.lemma(head).to_lowercase())
        {
            return None;
        }
        self.recent(parse, source.start)
            .find(|m| m.place)
            .map(|m| m.name)
    }

    /// "The report", "the study": the document with a name of its own that was mentioned last.
    fn document_before(
        &self,
        parse: &Parse,
        packs: &Packs,
        source: &Range<u32>,
        head: u32,
    ) -> Option<usize> {
        let document = |t: u32| {
            packs
                .source_kinds(&parse.lemma(t).to_lowercase())
                .chain(packs.source_kinds(parse.lower(t)))
                .any(|e| SourceKind::from_text(&e.kind) == Some(SourceKind::Document))
        };
        if !definite(parse, head) || !document(head) {
            return None;
        }
        let end = self
            .mentions
            .partition_point(|m| m.tokens.end <= source.start);
        self.mentions[..end]
            .iter()
            .rev()
            .take(64)
            .find(|m| m.tokens.len() > 1 && document(m.tokens.end - 1))
            .map(|m| m.name)
    }

    /// The name that a phrase itself bears, in its head, an apposition or a title; else the one it describes.
    fn name_of_phrase(&self, parse: &Parse, source: &Range<u32>, head: u32) -> Option<usize> {
        let at_head = self.mention_in(source).find(|m| m.tokens.contains(&head));
        if let Some(m) = at_head
            && (self.names[m.name].bearer == Bearer::Person
                || self.apposed_person(parse, source, head).is_none())
        {
            return Some(m.name);
        }
        if let Some(person) = self.apposed_person(parse, source, head) {
            return Some(person);
        }
        self.described_by(parse, source, head)
    }

    /// A person named in apposition to the head, or right after it.
    fn apposed_person(&self, parse: &Parse, source: &Range<u32>, head: u32) -> Option<usize> {
        self.mention_in(source)
            .filter(|m| self.names[m.name].bearer == Bearer::Person)
            .find(|m| {
                (parse.dep(m.head) == Dep::Appos && parse.is_within(m.head, head))
                    || parse.head(m.head) == head && parse.dep(m.head) == Dep::Appos
                    || m.tokens.start == head + 1
            })
            .map(|m| m.name)
    }

    /// "The ministry", "the coach": a definite noun that some name was described with before.
    fn described_by(&self, parse: &Parse, source: &Range<u32>, head: u32) -> Option<usize> {
        if parse.pos(head) != Pos::Noun || matches!(parse.tag(head), Tag::Nns | Tag::Nnps) {
            return None;
        }
        if !definite(parse, head) {
            return None;
        }
        let list = self
            .described
            .get(parse.lower(head).trim_end_matches('s'))?;
        let i = list.partition_point(|&(at, _)| at < source.start);
        i.checked_sub(1)
            .or(if list.is_empty() { None } else { Some(0) })
            .map(|i| list[i].1)
    }

    /// Mentions before a token, the last first, over a few sentences.
    fn recent<'a>(&'a self, parse: &'a Parse, at: u32) -> impl Iterator<Item = &'a Mention> {
        let end = self.mentions.partition_point(|m| m.tokens.end <= at);
        let here = parse.sentence_of(at);
        self.mentions[..end]
            .iter()
            .rev()
            .take_while(move |m| parse.sentence_of(m.tokens.start) + LOOK_BACK >= here)
    }

    fn person_before(
        &mut self,
        parse: &Parse,
        at: u32,
        gender: Gender,
        before: &[Resolved],
    ) -> Option<usize> {
        let fits = |names: &[Name], n: usize| {
            names[n].bearer == Bearer::Person && names[n].gender.is_none_or(|g| g == gender)
        };
        let near: Vec<(usize, bool, usize)> = self
            .recent(parse, at)
            .filter(|m| fits(&self.names, m.name))
            .map(|m| (m.name, m.subject, parse.sentence_of(m.tokens.start)))
            .take(32)
            .collect();
        let last_source = before
            .iter()
            .rev()
            .take(3)
            .filter_map(|r| r.name)
            .find(|&n| fits(&self.names, n));
        // the subject of the nearest sentence that has a person; else who spoke last; else whoever is nearest
        let subject = near
            .iter()
            .find(|(_, subject, _)| *subject)
            .map(|&(n, ..)| n);
        let nearest = near.first().map(|&(n, ..)| n);
        let chosen = match (last_source, subject) {
            (Some(l), Some(s)) if near.iter().any(|&(n, ..)| n == l) || near.is_empty() => {
                let (l_at, s_at) = (
                    near.iter().position(|&(n, ..)| n == l),
                    near.iter().position(|&(n, ..)| n == s),
                );
                if l_at <= s_at { Some(l) } else { Some(s) }
            }
            (_, Some(s)) => Some(s),
            (Some(l), None) => Some(l),
            (None, None) => nearest,
        };
        if let Some(n) = chosen {
            self.names[n].gender.get_or_insert(gender);
        }
        chosen
    }

    fn body_before(&self, parse: &Parse, at: u32, before: &[Resolved]) -> Option<usize> {
        let last = before
            .last()
            .and_then(|r| r.name)
            .filter(|&n| self.names[n].bearer == Bearer::Body);
        last.or_else(|| {
            self.recent(parse, at)
                .find(|m| m.subject && self.names[m.name].bearer == Bearer::Body)
                .map(|m| m.name)
        })
    }

    fn kind(
        &self,
        parse: &Parse,
        packs: &Packs,
        source: &Range<u32>,
        head: u32,
        name: Option<usize>,
    ) -> SourceKind {
        if let Some(kind) = name.and_then(|n| self.names[n].kind) {
            return kind;
        }
        kind_by_words(parse, packs, source, head).unwrap_or(match name {
            // a country or its capital speaks through its government
            Some(_) if parse.tokens[head as usize].entity == Some(EntityType::Gpe) => {
                SourceKind::Official
            }
            Some(_) => SourceKind::Person,
            None if parse.pos(head) == Pos::Pron => SourceKind::Person,
            None => SourceKind::Anonymous,
        })
    }
}

/// Whether a noun is one that was spoken of: "the", "this", "its".
fn definite(parse: &Parse, head: u32) -> bool {
    parse.children(head).iter().any(|&c| {
        (parse.dep(c) == Dep::Det && matches!(parse.lower(c), "the" | "this" | "that"))
            || parse.dep(c) == Dep::Poss
    })
}

fn bearer(label: EntityType) -> Option<Bearer> {
    match label {
        EntityType::Person => Some(Bearer::Person),
        EntityType::Org | EntityType::Gpe | EntityType::Norp | EntityType::Fac => {
            Some(Bearer::Body)
        }
        _ => None,
    }
}

/// The tokens of an entity without article and genitive.
fn name_tokens(parse: &Parse, mut tokens: Range<u32>) -> Option<Range<u32>> {
    while tokens.start < tokens.end && matches!(parse.tag(tokens.start), Tag::Dt | Tag::Space) {
        tokens.start += 1;
    }
    while tokens.start < tokens.end
        && matches!(
            parse.tag(tokens.end - 1),
            Tag::Pos | Tag::Space | Tag::Comma | Tag::Period
        )
        && parse.tokens[tokens.end as usize - 1].end - parse.tokens[tokens.end as usize - 1].start
            <= 2
    {
        tokens.end -= 1;
    }
    (!tokens.is_empty()).then_some(tokens)
}

fn words(parse: &Parse, tokens: Range<u32>) -> String {
    let mut out = String::new();
    for t in tokens {
        if parse.tag(t) == Tag::Space {
            continue;
        }
        out.push_str(parse.word(t));
        if parse.tokens[t as usize].space_after {
            out.push(' ');
        }
    }
    out.trim_end().to_owned()
}

/// A body named by a common noun with the country it belongs to: "Norway's defence ministry".
fn with_owner(parse: &Parse, tokens: Range<u32>) -> Range<u32> {
    let common = parse
        .word(tokens.start)
        .starts_with(|c: char| c.is_lowercase());
    if !common {
        return tokens;
    }
    let owner = parse
        .child(tokens.end - 1, Dep::Poss)
        .map(|o| parse.subtree(o).start)
        .filter(|&o| o < tokens.start);
    owner.unwrap_or(tokens.start)..tokens.end
}

/// The gender that a courtesy title before a name, or its first name, tells.
fn gender(parse: &Parse, packs: &Packs, tokens: &Range<u32>) -> Option<Gender> {
    let of = |he: &str, she: &str, word: &str| {
        if packs.in_list(he, word) {
            Some(Gender::He)
        } else if packs.in_list(she, word) {
            Some(Gender::She)
        } else {
            None
        }
    };
    let title = |t: u32| of("he_titles", "she_titles", parse.lower(t));
    tokens
        .start
        .checked_sub(1)
        .and_then(title)
        .or_else(|| title(tokens.start))
        .or_else(|| of("he_names", "she_names", parse.lower(tokens.start)))
}

/// The noun that a relative pronoun stands for.
fn antecedent(parse: &Parse, pronoun: u32) -> Option<u32> {
    let mut t = pronoun;
    for _ in 0..8 {
        let head = parse.head(t);
        if head == t {
            return None;
        }
        if parse.dep(t) == Dep::Relcl {
            return Some(head);
        }
        t = head;
    }
    None
}

/// What the packs know of a name.
struct Known {
    name: String,
    kind: Option<SourceKind>,
    country: Option<String>,
}

/// The entry that the packs have for these words. Initials in lower case are words ("who", "ap"), no names.
fn known_name(packs: &Packs, text: &str) -> Option<Known> {
    if text.len() <= 5 && !text.contains(char::is_uppercase) {
        return None;
    }
    let lower = text.to_lowercase();
    let country = |c: &str| (!c.is_empty()).then(|| c.to_owned());
    if let Some(e) = packs.named_entities(&lower).next() {
        return Some(Known {
            name: e.name.clone(),
            kind: SourceKind::from_text(&e.source_kind),
            country: country(&e.country),
        });
    }
    packs.outlets(&lower).next().map(|o| Known {
        name: o.name.clone(),
        kind: SourceKind::from_text(&o.kind),
        country: country(&o.country),
    })
}

/// The kind that the words of a source phrase tell: first the head with what stands before it ("news agency"), then
/// the titles and appositions around it, nearest first.
fn kind_by_words(
    parse: &Parse,
    packs: &Packs,
    source: &Range<u32>,
    head: u32,
) -> Option<SourceKind> {
    let of = |t: u32| {
        let two = (t > source.start)
            .then(|| format!("{} {}", parse.lower(t - 1), parse.lemma(t).to_lowercase()));
        two.and_then(|w| packs.source_kinds(&w).next())
            .or_else(|| packs.source_kinds(&parse.lemma(t).to_lowercase()).next())
            .or_else(|| packs.source_kinds(parse.lower(t)).next())
            .and_then(|e| SourceKind::from_text(&e.kind))
    };
    if !source.contains(&head) {
        return None;
    }
    of(head).or_else(|| {
        // a phrase of a thousand words names its source in the first few
        let near = source.start..source.end.min(source.start + 40);
        near.filter(|&t| {
            t != head
                && matches!(
                    parse.dep(t),
                    Dep::Compound | Dep::Appos | Dep::Nmod | Dep::Poss | Dep::Amod
                )
        })
        .find_map(of)
    })
}
