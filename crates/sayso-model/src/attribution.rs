//! Who says what: attributions as they stand in the text, and the links of a claim's attribution chain.

use crate::{Phrase, Span, Text};

/// How the content is rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QuoteKind {
    /// All of it in quotation marks.
    Direct,
    /// None of it.
    Indirect,
    /// Some of it.
    Mixed,
}

impl QuoteKind {
    /// The name used in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            QuoteKind::Direct => "direct",
            QuoteKind::Indirect => "indirect",
            QuoteKind::Mixed => "mixed",
        }
    }
}

/// What the source does with the content. What it merely believes or intends is never counted as said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the name says it")]
pub enum Act {
    Speech,
    Document,
    Evidence,
    Belief,
    Intention,
}

impl Act {
    /// The name used in JSON and in packs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Act::Speech => "speech",
            Act::Document => "document",
            Act::Evidence => "evidence",
            Act::Belief => "belief",
            Act::Intention => "intention",
        }
    }

    /// The act of this name.
    pub fn from_text(text: &str) -> Option<Act> {
        [
            Act::Speech,
            Act::Document,
            Act::Evidence,
            Act::Belief,
            Act::Intention,
        ]
        .into_iter()
        .find(|a| a.as_str() == text)
    }
}

/// What kind of source a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the name says it")]
pub enum SourceKind {
    Official,
    Agency,
    Outlet,
    Analyst,
    Document,
    Person,
    Anonymous,
    Own,
}

impl SourceKind {
    /// Every kind.
    pub const ALL: [SourceKind; 8] = [
        SourceKind::Official,
        SourceKind::Agency,
        SourceKind::Outlet,
        SourceKind::Analyst,
        SourceKind::Document,
        SourceKind::Person,
        SourceKind::Anonymous,
        SourceKind::Own,
    ];

    /// The name used in JSON and in packs.
    pub const fn as_str(self) -> &'static str {
        match self {
            SourceKind::Official => "official",
            SourceKind::Agency => "agency",
            SourceKind::Outlet => "outlet",
            SourceKind::Analyst => "analyst",
            SourceKind::Document => "document",
            SourceKind::Person => "person",
            SourceKind::Anonymous => "anonymous",
            SourceKind::Own => "own",
        }
    }

    /// The kind of this name.
    pub fn from_text(text: &str) -> Option<SourceKind> {
        SourceKind::ALL.into_iter().find(|k| k.as_str() == text)
    }
}

/// An attribution as it stands in the text. A role may have several fragments, or none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// Who.
    pub source: Vec<Span<Text>>,
    /// The words that attribute.
    pub cue: Vec<Span<Text>>,
    /// What.
    pub content: Vec<Span<Text>>,
    /// Direct, indirect or mixed.
    pub kind: QuoteKind,
    /// What the source does.
    pub act: Act,
    /// The kind of source.
    pub source_kind: SourceKind,
    /// The source resolved to a name, where it could be.
    pub speaker: Option<String>,
    /// ISO 3166 code of the country that the source speaks from, where its name or the words tell.
    pub country: Option<String>,
    /// Whether the source denies the content.
    pub denied: bool,
    /// Index of the attribution whose content holds this one, outermost relay first.
    pub within: Option<u32>,
}

/// One link of an attribution chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceLink {
    /// The words that name the source.
    pub source: Phrase,
    /// The name it was resolved to.
    pub entity: Option<String>,
    /// The words that attribute.
    pub cue: Option<Phrase>,
    /// What kind of source.
    pub kind: SourceKind,
    /// What it does.
    pub act: Act,
    /// ISO 3166 code of its country, where its name or the words tell.
    pub country: Option<String>,
}
