//! The nouns of sayso and nothing else: no I/O, no clock, no knowledge.
//!
//! Every other room speaks in these types. What goes out of the program as JSON is written in one place, [`wire`].
//! Positions are [`Span`]s typed by what they index: captured bytes, canonical text (UTF-8 bytes), or tokens; JSON
//! outside counts Unicode code points, and [`CodePoints`] converts at the edge.

mod attribution;
mod capture;
mod claim;
mod document;
mod dossier;
mod figure;
mod finding;
mod pattern;
mod place;
mod span;
pub mod stored;
mod time;
pub mod wire;

pub use attribution::{Act, Attribution, QuoteKind, SourceKind, SourceLink};
pub use capture::{Capture, DocumentId, Media};
pub use claim::{Claim, ClaimId, Count, Filler, Modality, PlaceRef, Polarity, Quote, When};
pub use document::{
    Cell, Document, Located, Part, PartKind, Published, SourceMap, SourcePiece, Trouble,
};
pub use dossier::{Dossier, DossierEntry};
pub use figure::{Change, Exactness, Figure, FigureKind, Per, Phrase, Relation, RelationKind};
pub use finding::{Evidence, Finding, Severity};
pub use jiff::civil::Date;
pub use pattern::{Binding, Condition, FigureCondition, Pattern, RoleCondition};
pub use place::{Place, PlaceAlternative};
pub use rust_decimal::Decimal;
pub use span::{Bytes, CodePoints, LineColumn, Span, Text, Tokens};
pub use time::{CodedDays, TimeFlaw, TimeRelation, Timex, TimexKind};
