//! What the packs say of a word as a cue: what it takes as content, what act it is.

use sayso_model::Act;
use sayso_packs::{Packs, schema::WordClass};
use sayso_parse::{Dep, Parse, Pos};

/// What stands as the content of a cue word; the words in `takes` of the packs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Takes<'a> {
    /// A clause, after the cue or before it: "said (that) …", "…, they said".
    Clause,
    /// A to-infinitive: "vowed to …".
    Infinitive,
    /// A gerund: "proposed closing …".
    Ing,
    /// An object: "denied the charge".
    Object,
    /// An object with what it is called or praised for: "described the raid as …", "thanked them for …".
    ObjectAs,
    /// An object and an infinitive: "urged both sides to …".
    ObjectInfinitive,
    /// A predicate without object: "called it off-limits".
    Name,
    /// A prepositional object: "warned of …".
    Of(&'a str),
    /// A prepositional object after a direct one: "accused them of …".
    ObjectOf(&'a str),
    /// The subject of a passive: "the plan was rejected by …".
    Passive,
    /// Subject and infinitive of a passive: "is expected to …".
    PassiveInfinitive,
    /// A clause of a passive: "it was reported that …".
    PassiveClause,
    /// A quotation, or a parenthesis in the middle of a sentence; the word relays other sources.
    Quote,
    /// As a participle, its object may be the source that is relayed ("…, citing officials").
    Source,
    /// The subject belongs to what is said, and nobody is named as saying it: "seems to …", "it appears that …".
    Raising,
    /// Its object is who is told ("told reporters that …").
    Addressee,
}

impl Takes<'_> {
    /// Whether a word of `takes` in a pack says this.
    fn is(self, word: &str) -> bool {
        match self {
            Takes::Clause => word == "clause",
            Takes::Infinitive => word == "infinitive",
            Takes::Ing => word == "ing",
            Takes::Object => word == "object",
            Takes::ObjectAs => word == "object as",
            Takes::ObjectInfinitive => word == "object infinitive",
            Takes::Name => word == "name",
            Takes::Of(preposition) => word == preposition,
            Takes::ObjectOf(preposition) => word
                .strip_prefix("object ")
                .is_some_and(|p| p == preposition),
            Takes::Passive => word == "passive",
            Takes::PassiveInfinitive => word == "passive infinitive",
            Takes::PassiveClause => word == "passive clause",
            Takes::Quote => word == "quote",
            Takes::Source => word == "source",
            Takes::Raising => word == "raising",
            Takes::Addressee => word == "addressee",
        }
    }
}

/// A word that the packs know as a cue of this class. Several entries for one word add up.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cue<'p> {
    packs: &'p Packs,
    lemma: &'p str,
    class: WordClass,
}

impl<'p> Cue<'p> {
    /// The cue that a lemma is in this part of speech, if the packs have it.
    pub fn find(packs: &'p Packs, lemma: &'p str, pos: Pos) -> Option<Cue<'p>> {
        let class = match pos {
            Pos::Verb | Pos::Aux => WordClass::Verb,
            Pos::Noun => WordClass::Noun,
            Pos::Adj => WordClass::Adjective,
            _ => return None,
        };
        let cue = Cue {
            packs,
            lemma,
            class,
        };
        cue.entries().next().is_some().then_some(cue)
    }

    /// The cue at a token: a verb with its particle ("rule out") where the packs have it so, else the word alone.
    pub fn of(packs: &'p Packs, parse: &'p Parse, t: u32) -> Option<Cue<'p>> {
        if parse.pos(t) == Pos::Verb
            && let Some(particle) = parse.child(t, Dep::Prt)
        {
            let both = format!("{} {}", parse.lemma(t), parse.lower(particle));
            let known = packs
                .cues(&both)
                .find(|e| e.class == WordClass::Verb)
                .and_then(|e| e.words.iter().find(|w| **w == both));
            if let Some(lemma) = known {
                return Some(Cue {
                    packs,
                    lemma,
                    class: WordClass::Verb,
                });
            }
        }
        Cue::find(packs, parse.lemma(t), parse.pos(t))
    }

    fn entries(self) -> impl Iterator<Item = &'p sayso_packs::schema::Cue> {
        self.packs
            .cues(self.lemma)
            .filter(move |e| e.class == self.class)
    }

    /// The part of speech.
    pub fn class(self) -> WordClass {
        self.class
    }

    /// The act; speech where the pack says nothing.
    pub fn act(self) -> Act {
        self.entries()
            .find_map(|e| Act::from_text(&e.act))
            .unwrap_or(Act::Speech)
    }

    /// Whether it says that its content is not so.
    pub fn denies(self) -> bool {
        self.entries().any(|e| e.denies)
    }

    /// Whether the word takes such a content.
    pub fn takes(self, what: Takes<'_>) -> bool {
        self.entries()
            .any(|e| e.takes.iter().any(|word| what.is(word)))
    }

    /// Whether a quotation goes with it.
    pub fn quotes(self) -> bool {
        self.takes(Takes::Quote)
    }
}
