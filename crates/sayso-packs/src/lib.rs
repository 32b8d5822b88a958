//! Declarative knowledge: frames, cues, units, offices, instruments, outlets.
//!
//! In come TOML folders (the built-in ones compiled at build time, a user's merged at start, read by the binary); out
//! goes [`Packs`], which every other room reads: the entries in order of their ids, and maps from words to entries.
//! Domain knowledge lives in `packs/` and not in code.

mod load;
mod lookup;
pub mod schema;
mod validate;

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

pub use load::PackError;
pub use lookup::Lookup;
use schema::{
    Conduct, Country, Cue, Currency, Entries, Frame, Hedge, Holiday, Instrument, Month,
    NamedEntity, NumberWord, Office, Outlet, Provision, Series, SourceKindWords, Term, Unit,
    Weekday, WordClass, WordList,
};

static BLOB: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/packs.bin"));

/// How deep the frame lattice is followed; a pack cannot make the walk longer.
const LATTICE_DEPTH: usize = 16;

/// All packs in force: the entries and the look-ups over them.
#[derive(Debug, Default)]
pub struct Packs {
    entries: Entries,
    hash: [u8; 32],
    cues: Lookup,
    hedges: Lookup,
    verbs: Lookup,
    nouns: Lookup,
    adjectives: Lookup,
    phrases: Lookup,
    source_kinds: Lookup,
    outlets: Lookup,
    entities: Lookup,
    units: Lookup,
    symbols: HashMap<Box<str>, u32>,
    currencies: Lookup,
    currency_symbols: HashMap<Box<str>, u32>,
    numbers: Lookup,
    months: Lookup,
    weekdays: Lookup,
    holidays: Lookup,
    countries: Lookup,
    lists: HashMap<Box<str>, u32>,
    frame_names: HashMap<Box<str>, Vec<u32>>,
    persons: OnceLock<Lookup>,
    provisions: HashMap<Box<str>, Vec<u32>>,
}

fn pick<'a, T>(list: &'a [T], at: &'a [u32]) -> impl Iterator<Item = &'a T> {
    at.iter().filter_map(|&i| list.get(i as usize))
}

macro_rules! by_words {
    ($( $(#[$doc:meta])* $name:ident, $lookup:ident: $map:ident over $entries:ident -> $t:ty; )*) => {
        $(
            $(#[$doc])*
            pub fn $name<'a>(&'a self, words: &str) -> impl Iterator<Item = &'a $t> {
                pick(&self.entries.$entries, self.$map.get(words))
            }

            /// The map behind it, to ask how long its phrases are.
            pub fn $lookup(&self) -> &Lookup {
                &self.$map
            }
        )*
    };
}

impl Packs {
    /// The built-in packs.
    pub fn builtin() -> &'static Packs {
        static PACKS: OnceLock<Packs> = OnceLock::new();
        PACKS.get_or_init(|| {
            // The blob is made by the build script from the same types; a test decodes it.
            let (hash, entries): ([u8; 32], Entries) =
                postcard::from_bytes(BLOB).unwrap_or_default();
            Packs::index(entries, hash)
        })
    }

    /// The built-in packs with a user's merged over them: `(pack name, file name, TOML text)` each.
    ///
    /// An entry with the id of a built-in one replaces it.
    ///
    /// # Errors
    /// All bad entries, each as one sentence that names file, entry and field; then what the entries together get
    /// wrong (see [`Packs::validate`]).
    pub fn with_folders(files: &[(String, String, String)]) -> Result<Packs, Vec<PackError>> {
        let mut added = Entries::default();
        let mut errors = Vec::new();
        for (pack, file, text) in files {
            errors.extend(load::read(pack, file, text, &mut added));
        }
        errors.extend(validate::duplicates(&added).into_iter().map(whole));
        let mut entries = Packs::builtin().entries.clone();
        entries.merge(added);
        errors.extend(validate::problems(&entries).into_iter().map(whole));
        if errors.is_empty() {
            let hash = load::hash(&entries);
            Ok(Packs::index(entries, hash))
        } else {
            Err(errors)
        }
    }

    /// SHA-256 of the entries in canonical form; layout and comments of the files do not change it.
    pub fn pack_hash(&self) -> [u8; 32] {
        self.hash
    }

    /// All that is wrong with the packs in force, one sentence each; empty where they are sound.
    pub fn validate(&self) -> Vec<String> {
        validate::problems(&self.entries)
    }

    /// Every entry, by section.
    pub fn entries(&self) -> &Entries {
        &self.entries
    }

    /// The packs in force with their number of entries and of verified entries, by name.
    pub fn list(&self) -> Vec<(String, usize, usize)> {
        let mut counts: std::collections::BTreeMap<String, (usize, usize)> = Default::default();
        self.entries.each(|_, _, _, status, pack| {
            let c = counts.entry(pack.to_owned()).or_default();
            c.0 += 1;
            c.1 += usize::from(status == schema::Status::Verified);
        });
        counts.into_iter().map(|(p, (n, v))| (p, n, v)).collect()
    }

    fn index(entries: Entries, hash: [u8; 32]) -> Packs {
        let mut p = Packs {
            hash,
            ..Packs::default()
        };
        fn all(map: &mut Lookup, i: usize, words: &[String]) {
            words.iter().for_each(|w| map.add(w, i));
        }
        for (i, e) in entries.cues.iter().enumerate() {
            all(&mut p.cues, i, &e.words);
        }
        for (i, e) in entries.hedges.iter().enumerate() {
            all(&mut p.hedges, i, &e.words);
        }
        for (i, e) in entries.frames.iter().enumerate() {
            all(&mut p.verbs, i, &e.verbs);
            all(&mut p.nouns, i, &e.nouns);
            all(&mut p.adjectives, i, &e.adjectives);
            all(&mut p.phrases, i, &e.phrases);
            p.frame_names
                .entry(e.frame_name().into())
                .or_default()
                .push(i as u32);
        }
        for (i, e) in entries.source_kinds.iter().enumerate() {
            all(&mut p.source_kinds, i, &e.words);
        }
        for (i, e) in entries.outlets.iter().enumerate() {
            p.outlets.add(&e.name, i);
            all(&mut p.outlets, i, &e.aliases);
        }
        for (i, e) in entries.entities.iter().enumerate() {
            p.entities.add(&e.name, i);
            all(&mut p.entities, i, &e.aliases);
        }
        for (i, e) in entries.units.iter().enumerate() {
            all(&mut p.units, i, &e.words);
            for s in &e.symbols {
                p.symbols.insert(s.as_str().into(), i as u32);
            }
        }
        for (i, e) in entries.currencies.iter().enumerate() {
            all(&mut p.currencies, i, &e.words);
            for s in e.symbols.iter().chain([&e.code]) {
                p.currency_symbols.insert(s.as_str().into(), i as u32);
            }
        }
        for (i, e) in entries.number_words.iter().enumerate() {
            all(&mut p.numbers, i, &e.words);
        }
        for (i, e) in entries.months.iter().enumerate() {
            all(&mut p.months, i, &e.words);
        }
        for (i, e) in entries.weekdays.iter().enumerate() {
            all(&mut p.weekdays, i, &e.words);
        }
        for (i, e) in entries.holidays.iter().enumerate() {
            all(&mut p.holidays, i, &e.words);
        }
        for (i, e) in entries.countries.iter().enumerate() {
            p.countries.add(&e.name, i);
            all(&mut p.countries, i, &e.aliases);
            all(&mut p.countries, i, &e.adjectives);
            all(&mut p.countries, i, &e.people);
        }
        for (i, e) in entries.word_lists.iter().enumerate() {
            p.lists.insert(e.id.as_str().into(), i as u32);
        }
        for (i, e) in entries.provisions.iter().enumerate() {
            p.provisions
                .entry(e.instrument.as_str().into())
                .or_default()
                .push(i as u32);
        }
        p.entries = entries;
        p
    }

    by_words! {
        /// Cues with this lemma or phrase.
        cues, cue_words: cues over cues -> Cue;
        /// Hedges with this lemma or phrase.
        hedges, hedge_words: hedges over hedges -> Hedge;
        /// Kinds of source that this head lemma or phrase tells.
        source_kinds, source_kind_words: source_kinds over source_kinds -> SourceKindWords;
        /// Outlets of this name or alias.
        outlets, outlet_words: outlets over outlets -> Outlet;
        /// Entities of this name or alias.
        named_entities, entity_words: entities over entities -> NamedEntity;
        /// Units that this word names (for symbols see [`Packs::unit_symbol`]).
        units, unit_words: units over units -> Unit;
        /// Currencies that this word names (for symbols and codes see [`Packs::currency_symbol`]).
        currencies, currency_words: currencies over currencies -> Currency;
        /// Numbers that this word is.
        numbers, number_words: numbers over number_words -> NumberWord;
        /// The month of this name.
        months, month_words: months over months -> Month;
        /// The weekday of this name.
        weekdays, weekday_words: weekdays over weekdays -> Weekday;
        /// The holiday of this name.
        holidays, holiday_words: holidays over holidays -> Holiday;
        /// Countries of this name, alias, adjective or people's name.
        countries, country_words: countries over countries -> Country;
    }

    /// The unit with this symbol, case as in the pack.
    pub fn unit_symbol(&self, symbol: &str) -> Option<&Unit> {
        self.entries.units.get(*self.symbols.get(symbol)? as usize)
    }

    /// The currency with this symbol or ISO code, case as in the pack.
    pub fn currency_symbol(&self, symbol: &str) -> Option<&Currency> {
        let at = *self.currency_symbols.get(symbol)?;
        self.entries.currencies.get(at as usize)
    }

    /// The word list of this id; an empty slice where there is none.
    pub fn words(&self, list: &str) -> &[String] {
        let found = self.lists.get(list);
        found
            .and_then(|&i| self.entries.word_lists.get(i as usize))
            .map_or(&[], |l: &WordList| &l.words)
    }

    /// Whether a word stands in the word list of this id.
    pub fn in_list(&self, list: &str, word: &str) -> bool {
        self.words(list).iter().any(|w| w == word)
    }

    /// The map of frames' triggers of one class, keyed by lemma or phrase; see [`Packs::frames_for`].
    pub fn trigger_words(&self, class: WordClass) -> &Lookup {
        match class {
            WordClass::Verb => &self.verbs,
            WordClass::Noun => &self.nouns,
            WordClass::Adjective => &self.adjectives,
            _ => &self.phrases,
        }
    }

    /// Frame blocks that this lemma or phrase evokes, as a word of this class.
    pub fn frames_for<'a>(
        &'a self,
        class: WordClass,
        words: &str,
    ) -> impl Iterator<Item = &'a Frame> {
        pick(&self.entries.frames, self.trigger_words(class).get(words))
    }

    /// The frame blocks of this name.
    pub fn frame(&self, name: &str) -> impl Iterator<Item = &Frame> {
        let at = self.frame_names.get(name).map_or(&[][..], Vec::as_slice);
        pick(&self.entries.frames, at)
    }

    /// Whether `child` is `parent` or, by the lattice, a kind of it.
    pub fn frame_is_a(&self, child: &str, parent: &str) -> bool {
        self.climb(child, &|f| &f.parents).contains(parent)
    }

    /// Whether a figure of `whole` counts what a figure of `part` counts, and perhaps more.
    pub fn frame_holds(&self, whole: &str, part: &str) -> bool {
        self.climb(whole, &|f| &f.subsumes).contains(part) || self.frame_is_a(part, whole)
    }

    /// Whether claims of the two frames can be set side by side: one holds the other.
    pub fn comparable(&self, a: &str, b: &str) -> bool {
        a == b || self.frame_holds(a, b) || self.frame_holds(b, a)
    }

    /// Names of all frames that a claim may have and be a kind of `name`, `name` itself first.
    pub fn frame_and_kinds(&self, name: &str) -> Vec<String> {
        let mut out = vec![name.to_owned()];
        for f in &self.entries.frames {
            let n = f.frame_name();
            if !out.iter().any(|o| o == n) && self.frame_is_a(n, name) {
                out.push(n.to_owned());
            }
        }
        out
    }

    /// A frame's name and all names reached from it.
    fn climb<'a>(
        &'a self,
        name: &'a str,
        next: &dyn Fn(&'a Frame) -> &'a [String],
    ) -> HashSet<&'a str> {
        let mut seen = HashSet::from([name]);
        let mut edge = vec![name];
        for _ in 0..LATTICE_DEPTH {
            let mut further = Vec::new();
            for n in edge {
                for f in self.frame(n) {
                    for p in next(f) {
                        if seen.insert(p.as_str()) {
                            further.push(p.as_str());
                        }
                    }
                }
            }
            if further.is_empty() {
                break;
            }
            edge = further;
        }
        seen
    }

    /// Full names of office holders, lower case, to the indexes of their terms.
    pub fn term_names(&self) -> &Lookup {
        self.persons.get_or_init(|| {
            let mut map = Lookup::default();
            for (i, t) in self.entries.terms.iter().enumerate() {
                map.add(&t.person, i);
                t.aliases.iter().for_each(|n| map.add(n, i));
            }
            map
        })
    }

    /// The terms of persons of this full name, lower case.
    pub fn terms_of<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a Term> {
        pick(&self.entries.terms, self.term_names().get(name))
    }

    /// The terms of an office, in order of their ids.
    pub fn terms_in<'a>(&'a self, office: &'a str) -> impl Iterator<Item = &'a Term> {
        self.entries
            .terms
            .iter()
            .filter(move |t| t.office == office)
    }

    /// The office of this id.
    pub fn office(&self, id: &str) -> Option<&Office> {
        let at = self
            .entries
            .offices
            .binary_search_by(|o| o.id.as_str().cmp(id));
        self.entries.offices.get(at.ok()?)
    }

    /// The instrument of this id.
    pub fn instrument(&self, id: &str) -> Option<&Instrument> {
        let list = &self.entries.instruments;
        list.get(list.binary_search_by(|o| o.id.as_str().cmp(id)).ok()?)
    }

    /// The series of this id.
    pub fn series(&self, id: &str) -> Option<&Series> {
        self.entries.series.iter().find(|s| s.id == id)
    }

    /// The provisions of an instrument.
    pub fn provisions(&self, instrument: &str) -> impl Iterator<Item = &Provision> {
        let at = self
            .provisions
            .get(instrument)
            .map_or(&[][..], Vec::as_slice);
        pick(&self.entries.provisions, at)
    }

    /// The provision of this id.
    pub fn provision(&self, id: &str) -> Option<&Provision> {
        let list = &self.entries.provisions;
        list.get(list.binary_search_by(|o| o.id.as_str().cmp(id)).ok()?)
    }

    /// Whether a stretch of text is about conduct of this kind: its lemmas and its words, both lower case.
    pub fn is_conduct(conduct: &Conduct, lemmas: &[&str], words: &[&str]) -> bool {
        let says = |list: &[String]| {
            list.iter()
                .any(|p| in_order(p, lemmas) || in_order(p, words))
        };
        says(&conduct.words)
            && (conduct.with.is_empty() || says(&conduct.with))
            && !says(&conduct.without)
    }

    /// The instrument of a series with this number.
    pub fn numbered(&self, series: &str, number: &str) -> Option<&Instrument> {
        let list = &self.entries.instruments;
        list.iter()
            .find(|i| i.series == series && i.number == number)
    }
}

fn whole(what: String) -> PackError {
    PackError {
        file: "packs".to_owned(),
        what,
    }
}

/// How many other words may stand between two words of a phrase.
const GAP: usize = 6;

/// Whether the words of `phrase` stand in `words` in order, at most [`GAP`] others between two.
fn in_order(phrase: &str, words: &[&str]) -> bool {
    let mut parts = phrase.split(' ');
    let Some(first) = parts.next() else {
        return false;
    };
    let rest: Vec<&str> = parts.collect();
    words.iter().enumerate().any(|(i, w)| {
        let mut at = i + 1;
        *w == first
            && rest.iter().all(|r| {
                let reach = &words[at.min(words.len())..(at + GAP + 1).min(words.len())];
                match reach.iter().position(|w| w == r) {
                    Some(n) => {
                        at += n + 1;
                        true
                    }
                    None => false,
                }
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(text: &str) -> Result<Packs, Vec<PackError>> {
        Packs::with_folders(&[("mine".into(), "mine/a.toml".into(), text.into())])
    }

    #[test]
    fn built_in_packs_decode_and_are_sound() {
        let packs = Packs::builtin();
        assert!(packs.cues("say").next().is_some());
        assert_eq!(packs.validate(), Vec::<String>::new());
        assert_eq!(load::hash(packs.entries()), packs.pack_hash());
    }

    #[test]
    fn a_users_entry_is_merged_and_changes_the_hash_while_layout_does_not() {
        let a = "[[cue]]\nid='opine'\nsource='own'\nstatus='unverified'\nwords='opine'\nclass='verb'\nact='belief'\n";
        let b = "# how they think\n[file]\nsource = 'own'\nstatus = 'unverified'\n\n[[cue]]\nact = 'belief'\nclass = 'verb'\n\
                 words = ['opine']\nid = 'opine'\n";
        let (a, b) = (user(a).unwrap(), user(b).unwrap());
        assert_eq!(a.cues("opine").next().unwrap().pack, "mine");
        assert_eq!(a.pack_hash(), b.pack_hash());
        assert_ne!(a.pack_hash(), Packs::builtin().pack_hash());
    }

    #[test]
    fn a_bad_entry_is_named_with_file_and_field() {
        let said = |t: &str| {
            let errors = user(t).unwrap_err();
            errors
                .iter()
                .map(|e| e.to_string())
                .collect::<Vec<_>>()
                .join("\n")
        };
        let head = "[file]\nsource='own'\nstatus='verified'\n";
        let e = said(&format!(
            "{head}[[cue]]\nid='x'\nword='x'\nclass='verb'\nact='speech'\n"
        ));
        assert!(
            e.starts_with("mine/a.toml: cue `x`: ") && e.contains("`word`"),
            "{e}"
        );
        let e = said("[[cue]]\nid='x'\nwords='x'\nclass='verb'\nact='speech'\nstatus='verified'\n");
        assert!(e.contains("cue `x`") && e.contains("`source`"), "{e}");
        let e = said(&format!(
            "{head}[[frame]]\nid='f'\nplaces={{cuprit=['subject']}}\n"
        ));
        assert!(e.contains("frame `f`") && e.contains("`cuprit`"), "{e}");
        let twice = "[[role]]\nid='mascot'\n".repeat(2);
        assert!(said(&format!("{head}{twice}")).contains("role `mascot` is there twice"));
        assert!(said("[[cue]\n").contains("line 1"));
        let terms = "[[office]]\nid='o'\nname='Warden of the Weir'\n\
            [[term]]\nid='t1'\noffice='o'\nperson='Ann Ames'\nstart='2001-01-01'\nend='2005-01-01'\n\
            [[term]]\nid='t2'\noffice='o'\nperson='Bo Bell'\nstart='2004-01-01'\n";
        assert!(
            said(&format!("{head}{terms}")).contains("`t1` and `t2` of the office `o` overlap")
        );
    }

    #[test]
    fn frames_compare_by_the_lattice_alone() {
        let packs = user(
            "[file]\nsource='own'\nstatus='verified'\n\
             [[frame]]\nid='felled'\nparents=['harmed']\n\
             [[frame]]\nid='scorched'\nparents=['harmed']\n\
             [[frame]]\nid='harmed'\nsubsumes=['uprooted']\n\
             [[frame]]\nid='uprooted'\n",
        )
        .unwrap();
        assert!(packs.frame_is_a("felled", "harmed") && !packs.frame_is_a("harmed", "felled"));
        assert!(packs.comparable("felled", "harmed") && packs.comparable("uprooted", "harmed"));
        assert!(!packs.comparable("felled", "scorched") && !packs.comparable("felled", "uprooted"));
        assert_eq!(
            packs.frame_and_kinds("harmed"),
            ["harmed", "felled", "scorched"]
        );
    }
}
