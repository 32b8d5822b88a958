//! The packs' places: countries with their peoples, states with their abbreviations, parts of the world, seas, points.

use std::collections::{HashMap, HashSet};

use sayso_packs::Packs;

use super::key::key;

/// How a name of the tables must be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A name.
    Name,
    /// An adjective or a people: "Texan".
    People,
    /// An abbreviation with a full stop: "Ala."
    Short,
    /// Capital letters that mean it anywhere: "UK".
    Code,
    /// Capital letters that mean it only behind a place: "Dover, DE".
    Postal,
}

/// A place of the packs.
#[derive(Debug)]
pub(super) struct TablePlace {
    pub name: String,
    pub kind: String,
    pub lat: f64,
    pub lon: f64,
    pub country: [u8; 2],
    pub geonames: u32,
    pub weight: f64,
    pub reach: f64,
}

/// The tables, compiled once.
#[derive(Debug)]
pub(crate) struct Tables {
    pub(super) places: Vec<TablePlace>,
    names: HashMap<String, Vec<(u32, Form)>>,
    longest: HashMap<String, usize>,
    pub(super) region_words: HashSet<String>,
    pub(super) modifiers: HashSet<String>,
    pub(super) prepositions: HashSet<String>,
    pub(super) sure_prepositions: HashSet<String>,
    pub(super) kinds: HashSet<String>,
    pub(super) bodies: HashSet<String>,
    pub(super) illness: HashSet<String>,
    /// Names that are more often something else than a place: common words, and the packs' organisations and outlets.
    pub(super) homonyms: HashSet<String>,
}

impl Tables {
    pub(crate) fn new(packs: &Packs) -> Tables {
        let set = |id: &str| packs.words(id).iter().cloned().collect();
        let mut t = Tables {
            places: Vec::new(),
            names: HashMap::new(),
            longest: HashMap::new(),
            region_words: set("region_words"),
            modifiers: set("place_modifiers"),
            prepositions: set("place_prepositions"),
            sure_prepositions: set("place_prepositions_sure"),
            kinds: set("place_kinds"),
            bodies: set("place_bodies"),
            illness: set("illness_words"),
            homonyms: set("place_homonyms"),
        };
        for c in &packs.entries().countries {
            if c.lat == 0.0 && c.lon == 0.0 {
                continue;
            }
            let at = t.places.len() as u32;
            t.add(&c.name, at, Form::Name);
            for a in &c.aliases {
                t.add(a, at, written(a, false));
            }
            for p in c.adjectives.iter().chain(&c.people) {
                t.add(p, at, Form::People);
            }
            t.places.push(TablePlace {
                name: c.name.clone(),
                kind: "country".to_owned(),
                lat: c.lat,
                lon: c.lon,
                country: iso(&c.code),
                geonames: c.geonames,
                weight: 7.0 + ((c.population as f64 + 1.0).log10() - 6.0) * 0.6,
                reach: 500.0,
            });
        }
        for p in &packs.entries().places {
            let at = t.places.len() as u32;
            t.add(&p.name, at, Form::Name);
            for a in &p.aliases {
                t.add(a, at, written(a, p.kind == "region"));
            }
            for a in &p.people {
                t.add(a, at, Form::People);
            }
            t.places.push(TablePlace {
                name: p.name.clone(),
                kind: p.kind.clone(),
                lat: p.lat,
                lon: p.lon,
                country: iso(&p.country),
                geonames: p.geonames,
                weight: p.weight,
                reach: f64::from(p.reach),
            });
        }
        let entities = packs.entries().entities.iter();
        let organised = entities
            .filter(|e| !matches!(e.kind.as_str(), "government" | "place"))
            .flat_map(|e| std::iter::once(&e.name).chain(&e.aliases));
        let outlets = packs.entries().outlets.iter();
        let printed = outlets.flat_map(|o| std::iter::once(&o.name).chain(&o.aliases));
        for name in organised.chain(printed) {
            let key = key(name);
            if !t.names.contains_key(&key) {
                t.homonyms.insert(key);
            }
        }
        t
    }

    fn add(&mut self, name: &str, place: u32, form: Form) {
        let key = key(name);
        let Some(first) = key.split(' ').next().filter(|f| !f.is_empty()) else {
            return;
        };
        let words = key.split(' ').count();
        let longest = self.longest.entry(first.to_owned()).or_default();
        *longest = words.max(*longest);
        let list = self.names.entry(key).or_default();
        if !list.contains(&(place, form)) {
            list.push((place, form));
        }
    }

    /// The places that a folded name may mean.
    pub(super) fn get(&self, key: &str) -> &[(u32, Form)] {
        self.names.get(key).map_or(&[], Vec::as_slice)
    }

    /// How many words the longest name has that starts with this one.
    pub(super) fn longest(&self, first: &str) -> usize {
        self.longest.get(first).copied().unwrap_or(0)
    }
}

/// How another name must be written.
fn written(alias: &str, region: bool) -> Form {
    let capitals = alias.len() <= 4
        && alias.chars().all(|c| c.is_ascii_uppercase() || c == '.')
        && alias.contains(|c: char| c.is_ascii_uppercase());
    if alias.ends_with('.') && !capitals {
        Form::Short
    } else if capitals && region && !alias.contains('.') && alias.len() == 2 {
        Form::Postal
    } else if capitals {
        Form::Code
    } else {
        Form::Name
    }
}

fn iso(code: &str) -> [u8; 2] {
    code.as_bytes().try_into().unwrap_or([0; 2])
}
