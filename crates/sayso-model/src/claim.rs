//! A claim: frame, roles, figure, attribution chain, polarity, modality, times, place.

use std::collections::BTreeMap;
use std::fmt;

use sha2::{Digest, Sha256};

use crate::{Cell, Date, DocumentId, Figure, Phrase, SourceLink, Span, Text};

/// Content hash of a claim: document, spans, frame and roles.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClaimId(pub [u8; 16]);

impl ClaimId {
    /// From 32 hexadecimal digits.
    pub fn from_hex(hex: &str) -> Option<ClaimId> {
        let hex = hex.as_bytes();
        if hex.len() != 32 {
            return None;
        }
        let mut out = [0; 16];
        for (byte, pair) in out.iter_mut().zip(hex.chunks(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(ClaimId(out))
    }
}

impl fmt::Display for ClaimId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|b| write!(f, "{b:02x}"))
    }
}

impl fmt::Debug for ClaimId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Whether a figure is a running total or one event's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the name says it")]
pub enum Count {
    Cumulative,
    Event,
}

/// Whether the source affirms or denies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the name says it")]
pub enum Polarity {
    Affirmed,
    Denied,
}

impl Polarity {
    /// `+` or `-`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Polarity::Affirmed => "+",
            Polarity::Denied => "-",
        }
    }
}

/// In what mode a claim is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the name says it")]
pub enum Modality {
    Asserted,
    Hedged,
    Conditional,
    Planned,
    Forecast,
    Rumour,
}

impl Modality {
    /// The name used in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Modality::Asserted => "asserted",
            Modality::Hedged => "hedged",
            Modality::Conditional => "conditional",
            Modality::Planned => "planned",
            Modality::Forecast => "forecast",
            Modality::Rumour => "rumour",
        }
    }
}

/// Whether the claim's words are the source's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the name says it")]
pub enum Quote {
    None,
    Direct,
    Mixed,
    Indirect,
}

impl Quote {
    /// The name used in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Quote::None => "none",
            Quote::Direct => "direct",
            Quote::Mixed => "mixed",
            Quote::Indirect => "indirect",
        }
    }
}

/// A time of a claim: its TIMEX3 value, the days it denotes, and the words, if there are any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When {
    /// ISO 8601 / TIMEX3 value of any grain.
    pub value: String,
    /// First and last day.
    pub interval: Option<(Date, Date)>,
    /// Where it stands.
    pub span: Option<Span<Text>>,
}

/// What fills a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filler {
    /// The words.
    pub phrase: Phrase,
    /// The name they were resolved to.
    pub entity: Option<String>,
}

/// The place of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceRef {
    /// The words.
    pub text: String,
    /// Identifier, if resolved.
    pub id: Option<String>,
    /// Where they stand.
    pub span: Span<Text>,
}

/// A claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Content hash.
    pub id: ClaimId,
    /// The document it stands in.
    pub document: DocumentId,
    /// Frame name from a pack; `other` where no pack knows the event.
    pub frame: String,
    /// Role name to what fills it.
    pub roles: BTreeMap<String, Vec<Filler>>,
    /// The figure, if there is one.
    pub figure: Option<Figure>,
    /// The claim whose figure this one's is a part of.
    pub part_of: Option<ClaimId>,
    /// Running total or one event's.
    pub count: Option<Count>,
    /// Whether it is the report's own tally for its event.
    pub main: bool,
    /// Whether it is an earlier event, brought up for comparison.
    pub historic: bool,
    /// Attribution chain, outermost relay first; empty is the outlet's own voice.
    pub attribution: Vec<SourceLink>,
    /// Whether the words are the source's.
    pub quote: Quote,
    /// Affirmed or denied.
    pub polarity: Polarity,
    /// In what mode.
    pub modality: Modality,
    /// The hedging word.
    pub hedge: Option<Phrase>,
    /// When a plan or forecast comes due.
    pub due: Option<When>,
    /// As of when the figure counts.
    pub as_of: Option<When>,
    /// When the thing happened or held.
    pub event_time: Option<When>,
    /// When it was said.
    pub said_at: Option<When>,
    /// When the document was published.
    pub published: Option<When>,
    /// Where it happened.
    pub place: Option<PlaceRef>,
    /// The word or words that evoked the frame.
    pub trigger: Option<Span<Text>>,
    /// The sentence, cell or item it stands in.
    pub sentence: Span<Text>,
    /// The table cell that holds the figure.
    pub cell: Option<Cell>,
    /// Why it was read so: pattern and pack entry, for `--explain`.
    pub why: Vec<String>,
}

impl Claim {
    /// The id of a claim with these contents.
    pub fn identify(
        document: DocumentId,
        frame: &str,
        sentence: Span<Text>,
        trigger: Option<Span<Text>>,
        figure: Option<&Figure>,
        roles: &BTreeMap<String, Vec<Filler>>,
    ) -> ClaimId {
        let mut hash = Sha256::new();
        let mut put = |bytes: &[u8]| {
            hash.update((bytes.len() as u32).to_le_bytes());
            hash.update(bytes);
        };
        let span = |s: Span<Text>| [s.start.to_le_bytes(), s.end.to_le_bytes()].concat();
        put(&document.0);
        put(frame.as_bytes());
        put(&span(sentence));
        put(&trigger.map(span).unwrap_or_default());
        put(&figure.map(|f| span(f.span)).unwrap_or_default());
        for (name, fillers) in roles {
            put(name.as_bytes());
            fillers.iter().for_each(|f| put(&span(f.phrase.span)));
        }
        let mut id = [0; 16];
        id.copy_from_slice(&hash.finalize()[..16]);
        ClaimId(id)
    }

    /// The first filler of a role.
    pub fn role(&self, name: &str) -> Option<&Filler> {
        self.roles.get(name).and_then(|f| f.first())
    }

    /// The innermost link of the chain: who the claim comes from.
    pub fn origin(&self) -> Option<&SourceLink> {
        self.attribution.last()
    }
}
