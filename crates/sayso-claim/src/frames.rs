//! The frames of the packs, ready to be looked up: which words evoke a frame and what fills its roles.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, Mutex, OnceLock};

use sayso_model::{Count, Modality};
use sayso_packs::Packs;
use sayso_packs::schema::{CountKind, Entry};
use sayso_parse::{Dep, Parse, Pos, Tag};

use crate::arguments::{Argument, Slot, arguments};
use crate::mode::Modes;

/// Part of speech of a trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// Evoked by a verb.
    Verb,
    /// Evoked by a noun.
    Noun,
    /// Evoked by an adjective or a participle used as one.
    Adjective,
}

/// Where a role is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Where {
    /// A logical position.
    Slot(Slot),
    /// Object of this preposition.
    Preposition(String),
}

impl Where {
    /// From the word a pack uses; anything that is no logical position is a preposition.
    pub fn from_text(text: &str) -> Where {
        Where::Slot(match text {
            "subject" => Slot::Subject,
            "object" => Slot::Object,
            "dative" => Slot::Dative,
            "itself" => Slot::Itself,
            "possessor" => Slot::Possessor,
            "compound" => Slot::Compound,
            "value" => Slot::Value,
            preposition => return Where::Preposition(preposition.to_owned()),
        })
    }

    fn meets(&self, parse: &Parse, argument: &Argument) -> bool {
        match (self, argument.slot) {
            (Where::Slot(a), b) => *a == b,
            (Where::Preposition(p), Slot::Preposition(t)) => parse.lower(t) == p,
            _ => false,
        }
    }
}

/// A frame as this room uses it.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Its name.
    pub name: String,
    /// The role whose fillers are counted.
    pub counted: String,
    /// How its figures are counted unless the text says otherwise.
    pub count: Option<Count>,
    /// Whether it makes claims without a figure.
    pub event: bool,
    /// Whether it counts people, so that one person described counts as one, and "no" as none.
    pub implicit: bool,
    /// Frames that hold this one.
    pub within: Vec<String>,
    /// The pack entry it came from, for `--explain`.
    pub entry: String,
}

/// Words that evoke a frame, and what fills its roles then.
#[derive(Clone, Debug)]
pub struct Trigger {
    /// Index of the frame.
    pub frame: u32,
    /// Part of speech of its head word.
    pub class: Class,
    /// Lemmas in order; the head word is the first of a verb or adjective, the last of a noun.
    pub words: Vec<String>,
    /// Roles in order, each with the places where it is looked for, best first.
    pub roles: Vec<(String, Vec<Where>)>,
    /// Whether it speaks of a running total.
    pub count: Option<Count>,
    /// Kinds of figure that it counts; empty for all.
    pub kinds: Vec<String>,
    /// Mode that the words themselves have.
    pub modality: Option<Modality>,
    /// Role and words one of which must head its filler.
    pub requires: Vec<(String, HashSet<String>)>,
    /// Role and words none of which may head its filler.
    pub excludes: Vec<(String, HashSet<String>)>,
}

/// All frames in force.
#[derive(Debug, Default)]
pub struct Frames {
    /// The frames.
    pub frames: Vec<Frame>,
    /// Their triggers.
    pub triggers: Vec<Trigger>,
    by_head: HashMap<(Class, String), Vec<u32>>,
    /// What sets a mode.
    pub modes: Modes,
    by_name: HashMap<String, u32>,
    /// Frames by the unit that only they are measured in.
    by_unit: HashMap<String, u32>,
    lists: HashMap<&'static str, HashSet<String>>,
}

/// A frame evoked in the text.
#[derive(Clone, Debug)]
pub struct Evoked {
    /// Index into [`Frames::frames`].
    pub frame: u32,
    /// Index into [`Frames::triggers`].
    pub trigger: u32,
    /// Head token.
    pub head: u32,
    /// First and last token of the trigger.
    pub first: u32,
    /// Last token of the trigger.
    pub last: u32,
    /// Logical arguments of the head.
    pub arguments: Vec<Argument>,
}

/// Frames and the hash of the packs that they were made from.
type Made = ([u8; 32], Arc<Frames>);

/// Word lists that this room asks for by name.
const LISTS: &[&str] = &[
    "people",
    "totals",
    "pairs",
    "trios",
    "exceeding",
    "nearing",
    "collective",
    "reckons",
    "moves_totals",
    "source_heads",
    "place_heads",
    "date_heads",
    "hits_places",
    "publishes",
    "male words",
    "female words",
    "one more",
    "deadly words",
    "incidents",
    "elsewhere",
    "month names",
    "documents_tell",
    "foretells",
    "tells",
    "also_speak",
    "source_institution",
    "source_document",
    "nobody in particular",
    "things",
];

fn modality(name: &str) -> Option<Modality> {
    [
        Modality::Hedged,
        Modality::Conditional,
        Modality::Planned,
        Modality::Forecast,
        Modality::Rumour,
    ]
    .into_iter()
    .find(|m| m.as_str() == name)
}

impl Frames {
    /// The frames of the packs in force; made once for each set of packs.
    pub fn of(packs: &Packs) -> Arc<Frames> {
        static LAST: OnceLock<Mutex<Option<Made>>> = OnceLock::new();
        let slot = LAST.get_or_init(Mutex::default);
        let hash = packs.pack_hash();
        if let Ok(last) = slot.lock()
            && let Some((h, frames)) = last.as_ref()
            && *h == hash
        {
            return Arc::clone(frames);
        }
        let made = Arc::new(Frames::compile(packs));
        if let Ok(mut last) = slot.lock() {
            *last = Some((hash, Arc::clone(&made)));
        }
        made
    }

    fn compile(packs: &Packs) -> Frames {
        let mut out = Frames::default();
        for &id in LISTS {
            out.lists
                .insert(id, packs.words(id).iter().cloned().collect());
        }
        out.modes = Modes::compile(packs);
        let listed = |words: &BTreeMap<String, Vec<String>>| -> Vec<(String, HashSet<String>)> {
            words
                .iter()
                .map(|(role, words)| {
                    let all = words.iter().flat_map(|w| match w.strip_prefix('@') {
                        Some(id) => packs.words(id).to_vec(),
                        None => vec![w.clone()],
                    });
                    (role.clone(), all.collect())
                })
                .collect()
        };
        for f in &packs.entries().frames {
            let counted = f.counted.first().cloned().unwrap_or_default();
            let count = match f.count {
                CountKind::Cumulative => Some(Count::Cumulative),
                CountKind::Event => Some(Count::Event),
                CountKind::None => None,
            };
            let numbers = f.figures.is_empty() || f.figures.iter().any(|k| k == "cardinal");
            let frame = out.add(Frame {
                name: f.frame_name().to_owned(),
                counted: counted.clone(),
                count,
                event: numbers,
                implicit: f
                    .excludes
                    .get(&counted)
                    .is_some_and(|w| w.iter().any(|w| w == "@things")),
                within: f.parents.clone(),
                entry: f.reference(),
            });
            out.by_unit
                .extend(f.units.iter().map(|u| (u.clone(), frame)));
            let classes = [
                (Class::Verb, &f.verbs),
                (Class::Noun, &f.nouns),
                (Class::Adjective, &f.adjectives),
                (Class::Noun, &f.phrases),
            ];
            let roles: Vec<(String, Vec<Where>)> = f
                .places
                .iter()
                .map(|(role, places)| {
                    (
                        role.clone(),
                        places.iter().map(|p| Where::from_text(p)).collect(),
                    )
                })
                .collect();
            for (class, words) in classes {
                for w in words {
                    out.add_trigger(Trigger {
                        frame,
                        class,
                        words: w.split(' ').map(str::to_lowercase).collect(),
                        roles: roles.clone(),
                        count,
                        kinds: f.figures.clone(),
                        modality: modality(&f.modality),
                        requires: listed(&f.requires),
                        excludes: listed(&f.excludes),
                    });
                }
            }
        }
        out
    }

    /// Whether what an evoked frame counts may stand in this slot of its trigger.
    pub fn counts_at(&self, evoked: &Evoked, slot: Slot) -> bool {
        let counted = &self.frames[evoked.frame as usize].counted;
        self.triggers[evoked.trigger as usize]
            .roles
            .iter()
            .find(|r| r.0 == *counted)
            .is_some_and(|r| r.1.contains(&Where::Slot(slot)))
    }

    /// The frame that a figure's unit alone tells, and why: a magnitude is a quake's.
    pub fn of_unit(&self, figure: &sayso_model::Figure) -> Option<(u32, String)> {
        let unit = figure.unit.as_deref()?;
        let &frame = self.by_unit.get(unit)?;
        let entry = &self.frames.get(frame as usize)?.entry;
        Some((frame, format!("{entry}: measured in {unit}")))
    }

    /// Whether a word stands in a list.
    pub fn in_list(&self, list: &str, word: &str) -> bool {
        self.lists.get(list).is_some_and(|l| l.contains(word))
    }

    /// How many people one noun for a small group names.
    pub fn group(&self, word: &str) -> Option<u32> {
        if self.in_list("pairs", word) {
            Some(2)
        } else if self.in_list("trios", word) {
            Some(3)
        } else {
            None
        }
    }

    /// Whether a word may head the filler of a role. Where nothing is required and the filler has no number of its
    /// own, what is counted as people must be known to be people.
    pub fn accepts(&self, trigger: &Trigger, role: &str, word: &str, numbered: bool) -> bool {
        let holds = |list: &[(String, HashSet<String>)]| {
            list.iter()
                .find(|r| r.0 == role)
                .map(|r| r.1.contains(word))
        };
        if holds(&trigger.excludes) == Some(true) {
            return false;
        }
        match holds(&trigger.requires) {
            Some(ok) => ok,
            None => {
                let frame = &self.frames[trigger.frame as usize];
                numbered || !frame.implicit || role != frame.counted || self.in_list("people", word)
            }
        }
    }

    /// Adds a frame; the first of a name stands.
    pub fn add(&mut self, frame: Frame) -> u32 {
        if let Some(&i) = self.by_name.get(&frame.name) {
            return i;
        }
        let i = self.frames.len() as u32;
        self.by_name.insert(frame.name.clone(), i);
        self.frames.push(frame);
        i
    }

    /// Adds a trigger.
    pub fn add_trigger(&mut self, trigger: Trigger) {
        let head = match trigger.class {
            Class::Noun => trigger.words.last(),
            Class::Verb | Class::Adjective => trigger.words.first(),
        };
        if let Some(head) = head {
            let i = self.triggers.len() as u32;
            self.by_head
                .entry((trigger.class, head.clone()))
                .or_default()
                .push(i);
            self.triggers.push(trigger);
        }
    }

    /// The frame of a name.
    pub fn find(&self, name: &str) -> Option<u32> {
        self.by_name.get(name).copied()
    }

    /// Whether frame `a` lies within frame `b` in the lattice (or is it).
    pub fn lies_within(&self, a: u32, b: u32) -> bool {
        let mut open = vec![a];
        let mut steps = 0;
        while let Some(x) = open.pop() {
            if x == b {
                return true;
            }
            steps += 1;
            if steps > 64 {
                return false;
            }
            open.extend(
                self.frames[x as usize]
                    .within
                    .iter()
                    .filter_map(|n| self.find(n)),
            );
        }
        false
    }

    /// The nearest frame that holds both, if there is one.
    pub fn union(&self, a: u32, b: u32) -> Option<u32> {
        (0..self.frames.len() as u32)
            .filter(|&u| self.lies_within(a, u) && self.lies_within(b, u))
            .min_by_key(|&u| {
                (0..self.frames.len() as u32)
                    .filter(|&x| self.lies_within(x, u))
                    .count()
            })
    }

    /// Every frame that the tokens evoke, in order of the text. Longer triggers win over shorter ones.
    pub fn evoked(&self, parse: &Parse, tokens: impl Iterator<Item = u32>) -> Vec<Evoked> {
        let mut out: Vec<Evoked> = Vec::new();
        let mut covered: Vec<u32> = Vec::new();
        let mut key = (Class::Verb, String::new());
        for t in tokens {
            let mut best: Vec<(u32, u32, u32)> = Vec::new();
            let mut length = 0;
            for &class in classes(parse, t) {
                // "a shot" is a noun; "11 others shot" is a participle that the tagger took for one.
                let determined =
                    parse.child(t, Dep::Det).is_some() || parse.child(t, Dep::Compound).is_some();
                if class == Class::Adjective
                    && parse.tag(t) == Tag::Nn
                    && determined
                    && !self.in_list("collective", parse.lower(t))
                {
                    continue;
                }
                key.0 = class;
                for lemma in forms(parse, t, class) {
                    key.1.clear();
                    key.1.push_str(&lemma);
                    let Some(triggers) = self.by_head.get(&key) else {
                        continue;
                    };
                    for &i in triggers {
                        let trigger = &self.triggers[i as usize];
                        let Some((first, last)) = matches(parse, t, trigger) else {
                            continue;
                        };
                        if best.iter().any(|b| b.0 == i) {
                            continue;
                        }
                        match trigger.words.len().cmp(&length) {
                            // What an earlier class of the word evokes gives way only to a longer trigger: "four shot
                            // to death" with "shot" taken for an adjective.
                            std::cmp::Ordering::Equal
                                if best
                                    .iter()
                                    .all(|b| self.triggers[b.0 as usize].class == class) =>
                            {
                                best.push((i, first, last));
                            }
                            std::cmp::Ordering::Less | std::cmp::Ordering::Equal => {}
                            std::cmp::Ordering::Greater => {
                                length = trigger.words.len();
                                best = vec![(i, first, last)];
                            }
                        }
                    }
                }
            }
            if best.is_empty() {
                continue;
            }
            let found = arguments(parse, t);
            for (i, first, last) in best {
                if length > 1 {
                    covered.extend((first..=last).filter(|&x| x != t));
                }
                out.push(Evoked {
                    frame: self.triggers[i as usize].frame,
                    trigger: i,
                    head: t,
                    first,
                    last,
                    arguments: found.clone(),
                });
            }
        }
        covered.sort_unstable();
        out.retain(|e| covered.binary_search(&e.head).is_err());
        out
    }

    /// Fillers of a role, best first: the logical argument, its token and how it was found.
    pub fn fillers<'a>(&self, parse: &Parse, evoked: &'a Evoked, role: &str) -> Vec<&'a Argument> {
        let trigger = &self.triggers[evoked.trigger as usize];
        let mut out: Vec<&Argument> = Vec::new();
        for (name, places) in &trigger.roles {
            if name != role {
                continue;
            }
            for place in places {
                for a in evoked.arguments.iter().filter(|a| place.meets(parse, a)) {
                    if !out.contains(&a) {
                        out.push(a);
                    }
                }
            }
        }
        out
    }
}

/// The classes a token may be a trigger of. The tagger confuses participles with adjectives and, in headlines, both
/// with nouns, so a word may be tried as more than one.
fn classes(parse: &Parse, t: u32) -> &'static [Class] {
    match (parse.pos(t), parse.tag(t)) {
        (_, Tag::Vbn | Tag::Vbd) => &[Class::Verb, Class::Adjective],
        (_, Tag::Vb | Tag::Vbz | Tag::Vbp | Tag::Vbg) => &[Class::Verb, Class::Noun],
        (Pos::Adj | Pos::Adv, _) => &[Class::Adjective],
        (Pos::Noun, _) => &[Class::Noun, Class::Adjective, Class::Verb],
        (Pos::Propn, _) => &[Class::Noun, Class::Adjective],
        _ => &[],
    }
}

/// The forms under which a token is looked up: its lemma and, where the tagger may have been wrong, the word itself.
fn forms(parse: &Parse, t: u32, class: Class) -> Vec<String> {
    let lemma = parse.lemma(t).to_lowercase();
    let lower = parse.lower(t).to_owned();
    let mut out = vec![lemma];
    match class {
        Class::Adjective => out = vec![lower],
        Class::Noun => {
            if lower.ends_with('s') && lower.len() > 3 {
                if let Some(stem) = lower.strip_suffix("ies") {
                    out.push(format!("{stem}y"));
                }
                out.push(lower[..lower.len() - 1].to_owned());
            }
            out.push(lower);
        }
        Class::Verb => {
            if parse.pos(t) == Pos::Noun {
                // "hurt" read as a noun and the like: only the bare form could be a verb.
                out = if parse.tag(t) == Tag::Nns && lower.ends_with('s') {
                    vec![lower[..lower.len() - 1].to_owned()]
                } else {
                    vec![lower]
                };
            }
        }
    }
    out.dedup();
    out
}

/// Whether the trigger's words stand around their head `t`; gives the first and last token.
fn matches(parse: &Parse, t: u32, trigger: &Trigger) -> Option<(u32, u32)> {
    let is = |token: u32, word: &str| {
        parse.lower(token) == word || parse.lemma(token).eq_ignore_ascii_case(word)
    };
    let (mut first, mut last) = (t, t);
    if trigger.words.len() == 1 {
        return Some((t, t));
    }
    let sentence = parse.sentences.get(parse.sentence_of(t))?;
    match trigger.class {
        Class::Noun => {
            let mut at = t;
            for word in trigger.words.iter().rev().skip(1) {
                at = at.checked_sub(1).filter(|&a| a >= sentence.start)?;
                if !is(at, word) {
                    return None;
                }
                first = at;
            }
        }
        Class::Verb | Class::Adjective => {
            let mut at = t;
            for word in &trigger.words[1..] {
                // The next word of the trigger is a dependent further on, or stands within reach: "lay 300 people off".
                let dependent = parse.children(t).iter().copied().find(|&c| {
                    c > at
                        && is(c, word)
                        && !matches!(parse.dep(c), Dep::Nsubj | Dep::Conj | Dep::Advcl)
                });
                // An adverb that belongs to another word says nothing of this one: "four were shot, one fatally".
                let near = (at + 1..(at + 4).min(sentence.end))
                    .take_while(|&c| !matches!(parse.lower(c), "," | ";" | ":"))
                    .find(|&c| {
                        is(c, word)
                            && (parse.pos(c) != Pos::Adv
                                || parse.head(c) == t
                                || parse.head(c) == at)
                    });
                // "fatally shot", "mortally wounded"
                let before = || {
                    let c = t.checked_sub(1).filter(|&c| c >= sentence.start)?;
                    (at == t && parse.pos(c) == Pos::Adv && is(c, word)).then_some(c)
                };
                let Some(found) = dependent.or(near) else {
                    first = before()?;
                    continue;
                };
                at = found;
                last = last.max(at);
            }
        }
    }
    Some((first, last))
}
