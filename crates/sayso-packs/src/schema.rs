//! What an entry of each kind holds. The build script reads the same file, so that the built-in packs and a user's
//! packs obey one schema.
//!
//! Every entry has `id`, `source`, `status` and, if wanted, `note`; `pack` is the folder it came from. A file may give
//! `source` and `status` once, in a table `[file]`, for all of its entries.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};

/// Whether an entry was checked against its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Checked against its source.
    Verified,
    /// Not checked: a rule that rests on it gives information, never an error.
    Unverified,
}

/// A part of speech a trigger or cue may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the name says it")]
pub enum WordClass {
    Verb,
    Noun,
    Adjective,
    Adverb,
    /// A preposition, perhaps of several words: "according to".
    Prep,
    /// Several words in this order.
    Phrase,
}

/// Whether a frame's figures are running totals or one event's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CountKind {
    /// A running total.
    Cumulative,
    /// One event's.
    Event,
    /// Neither.
    #[default]
    None,
}

/// What a provision does with the conduct it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deontic {
    /// Orders it.
    Shall,
    /// Forbids it.
    ShallNot,
    /// Asks for it; binds nobody.
    CallsUpon,
    /// Decides something that is neither order nor ban.
    Decides,
    /// Voices concern.
    Concern,
}

/// What all entries have in common.
pub trait Entry {
    /// Name of the section, as it stands in TOML: `[[cue]]` is `cue`.
    const SECTION: &'static str;
    /// Identifier, one in its section.
    fn id(&self) -> &str;
    /// Where the entry has it from.
    fn source(&self) -> &[String];
    /// Whether that was checked.
    fn status(&self) -> Status;
    /// The pack it came from.
    fn pack(&self) -> &str;
    /// `pack/id`, for evidence.
    fn reference(&self) -> String {
        format!("{}/{}", self.pack(), self.id())
    }
    /// Whether it is verified.
    fn verified(&self) -> bool {
        self.status() == Status::Verified
    }
}

/// Reads one string or a list of them.
fn one_or_many<'de, D: Deserializer<'de>>(d: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum OneOrMany {
        One(String),
        Many(Vec<String>),
    }
    if !d.is_human_readable() {
        return Vec::deserialize(d);
    }
    Ok(match OneOrMany::deserialize(d)? {
        OneOrMany::One(s) => vec![s],
        OneOrMany::Many(v) => v,
    })
}

macro_rules! entries {
    ($(
        $(#[$doc:meta])* $section:literal $field:ident: $name:ident {
            $( $(#[$fdoc:meta])* $f:ident: $t:ty, )*
        }
    )*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
            #[serde(deny_unknown_fields)]
            pub struct $name {
                /// Identifier, one in its section.
                pub id: String,
                /// Where the entry has it from.
                #[serde(deserialize_with = "one_or_many")]
                pub source: Vec<String>,
                /// Whether that was checked.
                pub status: Status,
                /// Anything a reader should know.
                #[serde(default)]
                pub note: String,
                /// The pack it came from: its folder.
                pub pack: String,
                $( $(#[$fdoc])* pub $f: $t, )*
            }

            impl Entry for $name {
                const SECTION: &'static str = $section;
                fn id(&self) -> &str { &self.id }
                fn source(&self) -> &[String] { &self.source }
                fn status(&self) -> Status { self.status }
                fn pack(&self) -> &str { &self.pack }
            }
        )*

        /// All entries of a set of packs, each section sorted by id.
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        pub struct Entries {
            $( $(#[$doc])* pub $field: Vec<$name>, )*
        }

        impl Entries {
            /// Names of all sections.
            pub const SECTIONS: &'static [&'static str] = &[$($section),*];

            /// Adds one entry, read from TOML. `None` where there is no such section.
            pub(crate) fn add(&mut self, section: &str, value: toml::Value) -> Option<Result<(), String>> {
                match section {
                    $( $section => Some(
                        $name::deserialize(value)
                            .map(|e| self.$field.push(e))
                            .map_err(|e| e.message().replace('\n', " ")),
                    ), )*
                    _ => None,
                }
            }

            /// Adds all entries of `other`; one with the same id replaces the one that is there.
            #[allow(dead_code, reason = "the build script merges nothing")]
            pub fn merge(&mut self, other: Entries) {
                $(
                    for e in other.$field {
                        match self.$field.iter_mut().find(|old| old.id == e.id) {
                            Some(old) => *old = e,
                            None => self.$field.push(e),
                        }
                    }
                )*
                self.sort();
            }

            /// Brings every section into the order of its ids.
            pub(crate) fn sort(&mut self) {
                $( self.$field.sort_by(|a, b| a.id.cmp(&b.id)); )*
            }

            /// Calls `f` with section, id, sources, status and pack of every entry.
            pub fn each(&self, mut f: impl FnMut(&'static str, &str, &[String], Status, &str)) {
                $( for e in &self.$field { f($section, &e.id, &e.source, e.status, &e.pack); } )*
            }
        }
    };
}

entries! {
    /// A word that attributes: "say", "according to", "report".
    "cue" cues: Cue {
        /// Lemmas or phrases, lower case.
        #[serde(deserialize_with = "one_or_many")]
        words: Vec<String>,
        /// What it is.
        class: WordClass,
        /// `speech`, `document`, `evidence`, `belief` or `intention`.
        act: String,
        /// Whether it denies its content.
        #[serde(default)]
        denies: bool,
        /// What it takes: `that`, `to`, `object`, `quote`, `bare` …
        #[serde(default)]
        takes: Vec<String>,
        /// `strong` cues attribute alone; `weak` ones only with a quotation or a that-clause.
        #[serde(default)]
        strength: String,
    }

    /// A word that says in what mode something is put.
    "hedge" hedges: Hedge {
        /// Lemmas or phrases, lower case.
        #[serde(deserialize_with = "one_or_many")]
        words: Vec<String>,
        /// `hedged`, `conditional`, `planned`, `forecast` or `rumour`.
        modality: String,
        /// What it is, where that matters.
        #[serde(default)]
        class: Option<WordClass>,
    }

    /// A role that frames may have.
    "role" roles: Role {
        /// What fills it, in a few words.
        #[serde(default)]
        what: String,
    }

    /// A kind of event or state, over logical arguments. Several blocks may share one `name`: "kill" and "die" put the
    /// victim in different places.
    "frame" frames: Frame {
        /// Name in claims, snake_case; the id where it is not given.
        #[serde(default)]
        name: String,
        /// Verb lemmas, perhaps with a particle: "kill", "carry out".
        #[serde(default)]
        verbs: Vec<String>,
        /// Noun lemmas: "death", "killing".
        #[serde(default)]
        nouns: Vec<String>,
        /// Adjectives: "dead".
        #[serde(default)]
        adjectives: Vec<String>,
        /// Several words in this order, lemmas, lower case.
        #[serde(default)]
        phrases: Vec<String>,
        /// Role to the places it is looked for, first to last: `subject`, `object`, `dative`, `itself`, `possessor`,
        /// `compound`, `value`, `clause`, or a preposition.
        #[serde(default)]
        places: BTreeMap<String, Vec<String>>,
        /// Roles whose filler a figure may count, in order of preference.
        #[serde(default)]
        counted: Vec<String>,
        /// Whether its figures are running totals or one event's, where the text does not say.
        #[serde(default)]
        count: CountKind,
        /// Frames that this one is a kind of.
        #[serde(default)]
        parents: Vec<String>,
        /// Frames whose members it holds.
        #[serde(default)]
        subsumes: Vec<String>,
        /// Whether its figures are disputed by nature, so that one without a source is worth a word.
        #[serde(default)]
        contested: bool,
        /// Kinds of figure allowed (`cardinal`, `money` …); empty means all.
        #[serde(default)]
        figures: Vec<String>,
        /// Units that nothing else is measured in: a figure of one of them is of this frame, whatever stands around.
        #[serde(default)]
        units: Vec<String>,
        /// Role to words one of which its filler's head must be; `@id` names a word list.
        #[serde(default)]
        requires: BTreeMap<String, Vec<String>>,
        /// Role to words none of which its filler's head may be; `@id` names a word list.
        #[serde(default)]
        excludes: BTreeMap<String, Vec<String>>,
        /// Modality that the frame itself has: `planned`, `forecast`; empty for none.
        #[serde(default)]
        modality: String,
    }

    /// A word that tells the kind of a source.
    "source_kind" source_kinds: SourceKindWords {
        /// Head lemmas or phrases, lower case.
        #[serde(deserialize_with = "one_or_many")]
        words: Vec<String>,
        /// `official`, `agency`, `outlet`, `analyst`, `document`, `person`, `anonymous`.
        kind: String,
    }

    /// A news outlet or agency.
    "outlet" outlets: Outlet {
        /// Its name.
        name: String,
        /// What else it is called.
        #[serde(default)]
        aliases: Vec<String>,
        /// `agency` or `outlet`.
        kind: String,
        /// ISO 3166 code of its country.
        #[serde(default)]
        country: String,
        /// Whether others carry its copy.
        #[serde(default)]
        wire: bool,
        /// Who owns it, where that bears on independence: `state`, `public` or a name.
        #[serde(default)]
        owner: String,
        /// Its hosts.
        #[serde(default)]
        hosts: Vec<String>,
    }

    /// A body, force or person with one canonical name.
    "entity" entities: NamedEntity {
        /// Canonical name.
        name: String,
        /// What else it is called.
        #[serde(default)]
        aliases: Vec<String>,
        /// `organisation`, `government`, `forces`, `person` …
        kind: String,
        /// Country name or code.
        #[serde(default)]
        country: String,
        /// Kind of source it is when it speaks; empty where the words decide.
        #[serde(default)]
        source_kind: String,
    }

    /// A unit of measure or of time.
    "unit" units: Unit {
        /// Its name, singular.
        name: String,
        /// Symbols, with their case.
        #[serde(default)]
        symbols: Vec<String>,
        /// Words, singular and plural, lower case.
        #[serde(default)]
        words: Vec<String>,
        /// `length`, `mass`, `time`, `area` …
        dimension: String,
        /// How many of `base` it is, a decimal.
        factor: String,
        /// Unit that `factor` counts.
        base: String,
        /// Whether its name may stand before the number: "magnitude 6.8", "a magnitude of 6.8".
        #[serde(default)]
        before: bool,
    }

    /// A currency.
    "currency" currencies: Currency {
        /// ISO 4217.
        code: String,
        /// Symbols, with their case: "US$".
        #[serde(default)]
        symbols: Vec<String>,
        /// Words, lower case: "dollar", "dollars".
        #[serde(default)]
        words: Vec<String>,
    }

    /// A word that is a number.
    "number_word" number_words: NumberWord {
        /// The words, lower case.
        #[serde(deserialize_with = "one_or_many")]
        words: Vec<String>,
        /// Its value, a decimal; empty for a vague one.
        #[serde(default)]
        value: String,
        /// `cardinal`, `ordinal`, `scale` ("million"), `fraction`, `multiple` ("twice"), `vague` ("dozens").
        kind: String,
    }

    /// A month.
    "month" months: Month {
        /// Names and abbreviations, lower case.
        words: Vec<String>,
        /// 1 to 12.
        number: u8,
    }

    /// A day of the week.
    "weekday" weekdays: Weekday {
        /// Names and abbreviations, lower case.
        words: Vec<String>,
        /// Monday is 1.
        number: u8,
    }

    /// A feast with a date.
    "holiday" holidays: Holiday {
        /// Names, lower case.
        words: Vec<String>,
        /// `MM-DD`, `easter+N`, or `MM-W-N` (the N-th weekday W of a month, -1 the last).
        rule: String,
    }

    /// A country and the words made from it.
    "country" countries: Country {
        /// Name in plain English.
        name: String,
        /// ISO 3166-1 alpha-2.
        #[serde(default)]
        code: String,
        /// What else it is called: capital as government, official name, initials.
        #[serde(default)]
        aliases: Vec<String>,
        /// Adjectives: "North Korean".
        #[serde(default)]
        adjectives: Vec<String>,
        /// Words for its people, singular and plural.
        #[serde(default)]
        people: Vec<String>,
        /// Degrees north of its middle; 0 with `lon` 0 where it is not given.
        #[serde(default)]
        lat: f64,
        /// Degrees east of its middle.
        #[serde(default)]
        lon: f64,
        /// Its number in GeoNames; 0 where it is not given.
        #[serde(default)]
        geonames: u32,
        /// How many people live there, about.
        #[serde(default)]
        population: u64,
    }

    /// A place that is no town: a state with its abbreviations, a part of the world, a sea, an island, a known point.
    "place" places: PlaceEntry {
        /// Name in plain English.
        name: String,
        /// What else it is called; one that ends with a full stop is an abbreviation and must be written so.
        #[serde(default)]
        aliases: Vec<String>,
        /// Adjectives and words for its people.
        #[serde(default)]
        people: Vec<String>,
        /// `region`, `continent`, `world_region`, `sea`, `river`, `island`, `landmark` …
        kind: String,
        /// ISO 3166-1 alpha-2 of the country that holds it; empty where it is in none or several.
        #[serde(default)]
        country: String,
        /// Degrees north of its middle.
        lat: f64,
        /// Degrees east of its middle.
        lon: f64,
        /// Its number in GeoNames; 0 where it is not given.
        #[serde(default)]
        geonames: u32,
        /// How well known it is, on the scale of the logarithm of a town's people (a city of a million: 6).
        weight: f64,
        /// How far it reaches from its middle, in kilometres.
        reach: u32,
    }

    /// A small closed list of words, looked up by id.
    "word_list" word_lists: WordList {
        /// The words, in order.
        words: Vec<String>,
    }

    /// An office that one person holds at a time.
    "office" offices: Office {
        /// Full name.
        name: String,
        /// Country name; empty for an international body.
        #[serde(default)]
        country: String,
        /// Body it belongs to.
        #[serde(default)]
        organisation: String,
        /// Names and initials of country or body as news writes them, adjectives included.
        #[serde(default)]
        of: Vec<String>,
        /// Titles that name the office alone.
        #[serde(default)]
        titles: Vec<String>,
        /// Titles that need the country or body beside them: "president", "secretary general".
        #[serde(default)]
        short: Vec<String>,
    }

    /// Who held an office from when to when.
    "term" terms: Term {
        /// Office id.
        office: String,
        /// Full name.
        person: String,
        /// Other spellings of the name.
        #[serde(default)]
        aliases: Vec<String>,
        /// First day, ISO 8601.
        start: String,
        /// Last day; empty if not seen to end.
        #[serde(default)]
        end: String,
        /// The last date for which a source speaks, for a term without an end.
        #[serde(default)]
        as_of: String,
    }

    /// A numbered series of instruments.
    "series" series: Series {
        /// Full name: "United Nations Security Council resolution".
        name: String,
        /// Who adopts them.
        body: String,
        /// Phrases that name the series before a number, lower case.
        words: Vec<String>,
        /// Phrases that must stand somewhere near a bare number, lower case.
        #[serde(default)]
        context: Vec<String>,
        /// Days by which a date elsewhere on earth may differ from the day at the place of adoption.
        #[serde(default)]
        slack_days: u8,
    }

    /// A resolution, regulation or treaty.
    "instrument" instruments: Instrument {
        /// Series id; empty for one that has no number.
        #[serde(default)]
        series: String,
        /// Number as cited.
        #[serde(default)]
        number: String,
        /// Names it goes by.
        #[serde(default)]
        names: Vec<String>,
        /// Day of adoption at the place of adoption.
        adopted: String,
        /// What it does, in our words.
        title: String,
        /// What it is about: a subject id.
        subject: String,
        /// Who adopted it.
        #[serde(default)]
        body: String,
        /// Whether it is in force.
        #[serde(default)]
        state: String,
        /// Other dates news gives it: `signed`, `in_force`, `ended` …
        #[serde(default)]
        dates: BTreeMap<String, String>,
        /// Whether all that it does about topics the pack knows is in the pack, so that silence means no.
        #[serde(default)]
        complete: bool,
    }

    /// What instruments are about, and the words that say so.
    "subject" subjects: Subject {
        /// The words, lower case.
        words: Vec<String>,
    }

    /// A paragraph or article and what it does.
    "provision" provisions: Provision {
        /// Instrument id.
        instrument: String,
        /// As cited: `OP8(a)`, `Art. 4`.
        paragraph: String,
        /// Conduct id.
        topic: String,
        /// What it says, in our words.
        says: String,
        /// Order, ban, call or concern.
        deontic: Deontic,
        /// What is done to whom, in our words.
        #[serde(default)]
        conduct: String,
        /// When it must be done.
        #[serde(default)]
        deadline: String,
        /// Other dates it sets.
        #[serde(default)]
        other_deadlines: Vec<String>,
        /// What it leaves free.
        #[serde(default)]
        exceptions: String,
        /// Provisions that it replaces: `instrument paragraph`.
        #[serde(default)]
        supersedes: Vec<String>,
    }

    /// Conduct that provisions deal with, and how reports word it.
    "conduct" conducts: Conduct {
        /// What it is in messages: "sending workers home".
        what: String,
        /// Lemmas in order, gaps of a few words allowed: one of these must stand there.
        words: Vec<String>,
        /// If given, one of these must stand there too.
        #[serde(default)]
        with: Vec<String>,
        /// If one of these stands there, it is other conduct.
        #[serde(default)]
        without: Vec<String>,
        /// Provisions that order or forbid it.
        binding: Vec<String>,
        /// Provisions that only ask for something or voice concern about it.
        #[serde(default)]
        soft: Vec<String>,
    }

    /// A set of instruments that the packs hold whole.
    "roll" rolls: Roll {
        /// Series id.
        series: String,
        /// Subject id: all instruments of the series on it, adopted from `first` to `last`, are in the packs.
        subject: String,
        /// First day.
        first: String,
        /// Last day.
        last: String,
    }
}

impl Frame {
    /// The name in claims: `name`, or the id where none is given.
    pub fn frame_name(&self) -> &str {
        if self.name.is_empty() {
            &self.id
        } else {
            &self.name
        }
    }
}
