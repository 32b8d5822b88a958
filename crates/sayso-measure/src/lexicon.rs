//! The packs' words as the algorithms need them, compiled once.

use std::collections::{HashMap, HashSet};

use rust_decimal::Decimal;
use sayso_model::TimeRelation;
use sayso_packs::Packs;
use sayso_packs::schema::{Currency, Holiday, Month, NumberWord, Unit, Weekday};

/// What a word of number is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Numeral {
    /// "seven", "forty"
    Cardinal(Decimal),
    /// "million": multiplies what stands before it.
    Scale(Decimal),
    /// "dozens"
    Vague,
}

/// What a phrase beside a number says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Softener {
    AtLeast,
    MoreThan,
    AtMost,
    LessThan,
    /// "nearly": approximate and not reached.
    Nearly,
    About,
}

/// Phrases of several words, found by one of them.
#[derive(Debug)]
pub(crate) struct Phrases<T> {
    by: HashMap<String, Vec<(Vec<String>, T)>>,
    last: bool,
}

impl<T: Copy> Phrases<T> {
    fn new(last: bool) -> Self {
        Phrases {
            by: HashMap::new(),
            last,
        }
    }

    fn add(&mut self, phrase: &str, value: T) {
        let words = split(phrase);
        let key = if self.last {
            words.last()
        } else {
            words.first()
        };
        if let Some(key) = key.cloned() {
            let list = self.by.entry(key).or_default();
            list.push((words, value));
            list.sort_by_key(|(w, _)| std::cmp::Reverse(w.len()));
        }
    }

    /// The longest phrase that ends before atom `end`, not before `floor`: its first atom and value.
    pub fn before(
        &self,
        atoms: &crate::atoms::Atoms,
        floor: usize,
        end: usize,
    ) -> Option<(usize, T)> {
        if end <= floor {
            return None;
        }
        let list = self.by.get(atoms.text(end - 1))?;
        list.iter().find_map(|(words, value)| {
            let start = end.checked_sub(words.len())?;
            let fits = start >= floor
                && words
                    .iter()
                    .enumerate()
                    .all(|(k, w)| atoms.is(start + k, w));
            fits.then_some((start, *value))
        })
    }

    /// A phrase of one word, or one that [`Phrases::before`] would find, that starts at atom `start`.
    pub fn after_forward(
        &self,
        atoms: &crate::atoms::Atoms,
        start: usize,
        ceiling: usize,
    ) -> Option<(usize, T)> {
        (start + 1..=(start + 5).min(ceiling))
            .rev()
            .find_map(|end| {
                self.before(atoms, start, end)
                    .filter(|&(from, _)| from == start)
                    .map(|(_, t)| (end, t))
            })
    }

    /// The longest phrase that starts at atom `start`, not past `ceiling`: one past its last atom, and value.
    pub fn after(
        &self,
        atoms: &crate::atoms::Atoms,
        start: usize,
        ceiling: usize,
    ) -> Option<(usize, T)> {
        if start >= ceiling {
            return None;
        }
        let list = self.by.get(atoms.text(start))?;
        list.iter().find_map(|(words, value)| {
            let end = start + words.len();
            let fits = end <= ceiling
                && words
                    .iter()
                    .enumerate()
                    .all(|(k, w)| atoms.is(start + k, w));
            fits.then_some((end, *value))
        })
    }
}

/// A phrase as atoms would cut it.
fn split(phrase: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut in_word = false;
    for c in phrase.chars() {
        if c.is_whitespace() {
            in_word = false;
        } else if c.is_alphabetic() {
            match out.last_mut() {
                Some(w) if in_word => w.push(c.to_ascii_lowercase()),
                _ => out.push(c.to_ascii_lowercase().to_string()),
            }
            in_word = true;
        } else {
            out.push(c.to_string());
            in_word = false;
        }
    }
    out
}

/// A unit of measure.
#[derive(Clone, Debug)]
pub(crate) struct UnitEntry {
    pub name: String,
    pub dimension: String,
}

/// Everything the packs know that reading figures, times and places needs.
#[derive(Debug)]
pub(crate) struct Lexicon {
    /// Places of the packs.
    pub places: crate::places::Tables,
    pub numerals: HashMap<String, Numeral>,
    pub short_scales: HashMap<String, Decimal>,
    pub ordinals: HashMap<String, u32>,
    pub fractions: HashMap<String, u32>,
    pub multiples: HashMap<String, Decimal>,
    pub before: Phrases<Softener>,
    pub after: Phrases<Softener>,
    /// "under the age of" and the like.
    pub age_bounds: Phrases<Softener>,
    /// Names of units in lower case; the value is an index into `units`.
    pub unit_names: Phrases<u16>,
    /// Units whose name may stand before the number, by word.
    pub units_before: HashMap<String, u16>,
    /// Symbols whose case counts; atoms are compared in lower case first, then in the document's own.
    pub unit_symbols: Phrases<u16>,
    symbol_spelling: HashMap<String, Vec<(String, u16)>>,
    pub units: Vec<UnitEntry>,
    pub currency_names: Phrases<u16>,
    pub currency_before: Phrases<u16>,
    pub currency_after: Phrases<u16>,
    pub currency_codes: HashMap<String, u16>,
    /// Names of currencies that are other words too.
    pub currency_homonyms: HashSet<String>,
    /// Signs as transliteration to ASCII writes them.
    pub lost_signs: HashMap<String, u16>,
    /// Countries behind an amount that say whose dollars they are.
    pub currency_qualifiers: Phrases<u16>,
    /// Currency symbols as the pack spells them, spaces left out.
    pub currency_spelled: HashSet<String>,
    pub currencies: Vec<String>,
    /// Letters before an ISO code that multiply: "MUSD".
    pub currency_prefixes: HashMap<String, Decimal>,
    pub up: HashMap<String, ()>,
    pub down: HashMap<String, ()>,
    pub labelled: HashMap<String, ()>,
    pub streets: HashMap<String, ()>,
    /// Names that a bare number after them belongs to: "S&P"; true for those that are also common words.
    pub numbered_names: Phrases<bool>,
    /// Short forms of "years old".
    pub age_marks: HashSet<String>,
    /// Index of the year in `units`.
    pub year: u16,
    /// Numbers that name a model where a capitalised word follows: "737".
    pub models: HashSet<String>,
    /// Nouns that a house number stands before: "block".
    pub address_nouns: HashSet<String>,
    /// Verbs whose number is a telephone's: "call", "dial".
    pub dialling: HashSet<String>,
    /// Words that make a length of time a date: "a year earlier".
    pub time_shifts: HashSet<String>,
    /// Words behind a measured length: "deep".
    pub extents: HashSet<String>,
    /// Modifiers that say nothing of what a thing is: "total".
    pub general_modifiers: HashSet<String>,
    /// Nouns that are singular in form and many in number: "personnel".
    pub collective: HashSet<String>,
    /// Words of a sentence that speak for one of several units with the same symbol; each gives their names and codes.
    pub unit_context: HashMap<String, Vec<String>>,
    pub months: HashMap<String, i8>,
    pub weekdays: HashMap<String, i8>,
    pub holidays: Phrases<u16>,
    pub holiday_rules: Vec<String>,
    pub time_units: HashMap<String, String>,
    pub seasons: HashMap<String, String>,
    pub day_parts: HashMap<String, String>,
    pub now: Phrases<()>,
    pub past: Phrases<()>,
    pub future: Phrases<()>,
    /// Modifiers that stand before a time, by TIMEX3's name.
    pub time_modifiers: Phrases<&'static str>,
    /// What a time's relation is, by the words before it.
    pub time_relations: Phrases<TimeRelation>,
    /// Words that may stand between a relation's and the time.
    pub time_fillers: HashSet<String>,
    /// As written, capitals and all.
    pub time_zones: HashSet<String>,
    /// Decades by name: first three digits of their years.
    pub decade_words: HashMap<String, String>,
    /// Words whose matter lies ahead of them: "plan", "due".
    pub ahead: HashSet<String>,
    /// Verbs after which "until" looks ahead: "postpone".
    pub kept_until: HashSet<String>,
    /// Verbs whose present tells no plan: "say", "be".
    pub no_plan: HashSet<String>,
    /// Words before a date of effect: "effective", "payable".
    pub near_dates: HashSet<String>,
    /// Plural nouns that take a year before them: "2012 elections".
    pub year_nouns: HashSet<String>,
    /// Words that lead to a time.
    pub time_leads: HashSet<String>,
    /// Words before "of the year" and the like: "end", "rest".
    pub time_parts: HashSet<String>,
    /// Numbers of the UCDP date-phrase table, by phrase.
    pub ucdp: HashMap<String, String>,
}

/// TIMEX3's modifiers that packs may name.
const MODIFIERS: [&str; 8] = [
    "START",
    "MID",
    "END",
    "APPROX",
    "LESS_THAN",
    "MORE_THAN",
    "EQUAL_OR_LESS",
    "EQUAL_OR_MORE",
];

/// Relations of times that packs may name.
const RELATIONS: [TimeRelation; 7] = [
    TimeRelation::AsOf,
    TimeRelation::Since,
    TimeRelation::By,
    TimeRelation::Within,
    TimeRelation::Until,
    TimeRelation::Before,
    TimeRelation::After,
];

impl Lexicon {
    /// Compiles the words of the packs.
    pub fn new(packs: &Packs) -> Lexicon {
        let source = packs.entries();
        let list = |name: &str| packs.words(name);
        let set = |name: &str| list(name).iter().map(|w| (w.clone(), ())).collect();
        let pairs = |name: &str| -> HashMap<String, String> {
            list(name)
                .iter()
                .filter_map(|w| w.split_once('='))
                .map(|(a, b)| (a.to_owned(), b.to_owned()))
                .collect()
        };
        let words = |name: &str| -> HashSet<String> { list(name).iter().cloned().collect() };
        let phrases = |name: &str| {
            let mut p = Phrases::new(false);
            list(name).iter().for_each(|w| p.add(w, ()));
            p
        };
        let mut lex = Lexicon {
            places: crate::places::Tables::new(packs),
            numerals: HashMap::new(),
            short_scales: HashMap::new(),
            ordinals: HashMap::new(),
            fractions: HashMap::new(),
            multiples: HashMap::new(),
            before: Phrases::new(true),
            after: Phrases::new(false),
            age_bounds: Phrases::new(true),
            unit_names: Phrases::new(false),
            units_before: HashMap::new(),
            unit_symbols: Phrases::new(false),
            symbol_spelling: HashMap::new(),
            units: Vec::new(),
            currency_names: Phrases::new(false),
            currency_before: Phrases::new(true),
            currency_after: Phrases::new(false),
            currency_codes: HashMap::new(),
            currency_homonyms: list("currency_homonym").iter().cloned().collect(),
            lost_signs: HashMap::new(),
            currency_qualifiers: Phrases::new(false),
            currency_spelled: HashSet::new(),
            currencies: Vec::new(),
            currency_prefixes: pairs("currency_prefix")
                .into_iter()
                .filter_map(|(w, v)| Some((w, v.parse().ok()?)))
                .collect(),
            up: set("change_up"),
            down: set("change_down"),
            labelled: set("labelled_by_number"),
            streets: set("street"),
            numbered_names: Phrases::new(true),
            age_marks: list("age_mark").iter().cloned().collect(),
            year: 0,
            collective: list("collective_noun").iter().cloned().collect(),
            general_modifiers: list("general_modifier").iter().cloned().collect(),
            extents: list("extent").iter().cloned().collect(),
            time_shifts: list("time_shift").iter().cloned().collect(),
            address_nouns: list("address_noun").iter().cloned().collect(),
            dialling: list("dialling").iter().cloned().collect(),
            models: list("model_number").iter().cloned().collect(),
            unit_context: HashMap::new(),
            months: HashMap::new(),
            weekdays: HashMap::new(),
            holidays: Phrases::new(false),
            holiday_rules: Vec::new(),
            time_units: pairs("time_unit"),
            seasons: pairs("season"),
            day_parts: pairs("day_part"),
            now: phrases("time_now"),
            past: phrases("time_past"),
            future: phrases("time_future"),
            time_modifiers: Phrases::new(false),
            time_relations: Phrases::new(true),
            time_fillers: words("time_filler"),
            time_zones: words("time_zone"),
            decade_words: pairs("decade_word"),
            ahead: words("time_ahead"),
            kept_until: words("time_kept_until"),
            no_plan: words("time_no_plan"),
            near_dates: words("time_near_date"),
            year_nouns: words("year_noun"),
            time_leads: words("time_lead"),
            time_parts: words("time_part"),
            ucdp: pairs("ucdp_days"),
        };
        for (name, common) in [("name_before_number", false), ("word_before_number", true)] {
            list(name)
                .iter()
                .for_each(|w| lex.numbered_names.add(w, common));
        }
        for (word, unit) in list("unit_context")
            .iter()
            .filter_map(|w| w.split_once('='))
        {
            let units = lex.unit_context.entry(word.to_owned()).or_default();
            units.push(unit.to_owned());
        }
        for (phrase, name) in pairs("time_modifier") {
            if let Some(m) = MODIFIERS.iter().find(|m| **m == name) {
                lex.time_modifiers.add(&phrase, m);
            }
        }
        for (phrase, name) in pairs("time_relation") {
            if let Some(r) = RELATIONS.iter().find(|r| r.as_str() == name) {
                lex.time_relations.add(&phrase, *r);
            }
        }
        for NumberWord {
            words, value, kind, ..
        } in &source.number_words
        {
            let number: Option<Decimal> = value.parse().ok();
            let small = number.and_then(|n| u32::try_from(n).ok());
            for w in words {
                let w = w.clone();
                match (kind.as_str(), number, small) {
                    ("cardinal", Some(n), _) => drop(lex.numerals.insert(w, Numeral::Cardinal(n))),
                    ("scale", Some(n), _) => drop(lex.numerals.insert(w, Numeral::Scale(n))),
                    ("scale_short", Some(n), _) => drop(lex.short_scales.insert(w, n)),
                    ("ordinal", _, Some(n)) => drop(lex.ordinals.insert(w, n)),
                    ("fraction", _, Some(n)) => drop(lex.fractions.insert(w, n)),
                    ("multiple", Some(n), _) => drop(lex.multiples.insert(w, n)),
                    ("vague", _, _) => drop(lex.numerals.insert(w, Numeral::Vague)),
                    _ => {}
                }
            }
        }
        for (name, softener) in [
            ("bound_at_least", Softener::AtLeast),
            ("bound_more_than", Softener::MoreThan),
            ("bound_at_most", Softener::AtMost),
            ("bound_less_than", Softener::LessThan),
            ("approximator_nearly", Softener::Nearly),
            ("approximators", Softener::About),
        ] {
            list(name).iter().for_each(|w| lex.before.add(w, softener));
        }
        for (name, softener) in [
            ("age_more_than", Softener::MoreThan),
            ("age_less_than", Softener::LessThan),
        ] {
            list(name)
                .iter()
                .for_each(|w| lex.age_bounds.add(w, softener));
        }
        for (name, softener) in [
            ("bound_at_least_after", Softener::AtLeast),
            ("bound_at_most_after", Softener::AtMost),
            ("approximator_after", Softener::About),
        ] {
            list(name).iter().for_each(|w| lex.after.add(w, softener));
        }
        for Unit {
            name,
            dimension,
            words,
            symbols,
            before,
            ..
        } in &source.units
        {
            let id = lex.units.len() as u16;
            if name == "year" {
                lex.year = id;
            }
            lex.units.push(UnitEntry {
                name: name.clone(),
                dimension: dimension.clone(),
            });
            words.iter().for_each(|w| lex.unit_names.add(w, id));
            if *before {
                lex.units_before
                    .extend(words.iter().map(|w| (w.clone(), id)));
            }
            for s in symbols {
                lex.unit_symbols.add(s, id);
                lex.symbol_spelling
                    .entry(s.to_ascii_lowercase())
                    .or_default()
                    .push((s.clone(), id));
            }
        }
        for Currency {
            code,
            words,
            symbols,
            ..
        } in &source.currencies
        {
            let id = lex.currencies.len() as u16;
            lex.currencies.push(code.clone());
            words.iter().for_each(|w| lex.currency_names.add(w, id));
            for s in symbols {
                lex.currency_before.add(s, id);
                lex.currency_after.add(s, id);
                lex.currency_spelled.insert(s.replace(' ', ""));
            }
            if code.len() == 3 {
                lex.currency_codes.insert(code.to_ascii_lowercase(), id);
            }
        }
        for (word, code) in list("currency_qualifier")
            .iter()
            .filter_map(|w| w.split_once('='))
        {
            if let Some(&id) = lex.currency_codes.get(&code.to_ascii_lowercase()) {
                lex.currency_qualifiers.add(word, id);
            }
        }
        for (sign, code) in list("currency_lost_sign")
            .iter()
            .filter_map(|w| w.split_once('='))
        {
            if let Some(&id) = lex.currency_codes.get(&code.to_ascii_lowercase()) {
                lex.lost_signs.insert(sign.to_owned(), id);
            }
        }
        for Month { words, number, .. } in &source.months {
            for w in words {
                lex.months.insert(w.clone(), *number as i8);
            }
        }
        for Weekday { words, number, .. } in &source.weekdays {
            for w in words {
                lex.weekdays.insert(w.clone(), *number as i8);
            }
        }
        for Holiday { words, rule, .. } in &source.holidays {
            let id = lex.holiday_rules.len() as u16;
            lex.holiday_rules.push(rule.clone());
            words.iter().for_each(|w| lex.holidays.add(w, id));
        }
        lex
    }

    /// Symbol of a unit as written in the document, `None` where the case is another. The first of several.
    pub fn symbol(&self, written: &str) -> Option<u16> {
        self.symbols(written).next()
    }

    /// The unit of this name.
    pub fn unit_by_name(&self, name: &str) -> Option<u16> {
        let at = self.units.iter().position(|u| u.name == name)?;
        u16::try_from(at).ok()
    }

    /// All units with this symbol, in the order of the packs.
    pub fn symbols<'a>(&'a self, written: &'a str) -> impl Iterator<Item = u16> + 'a {
        self.symbol_spelling
            .get(&written.to_ascii_lowercase())
            .into_iter()
            .flatten()
            .filter(move |(s, _)| s == written)
            .map(|&(_, id)| id)
    }
}
