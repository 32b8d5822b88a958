//! What a check reports.

use crate::{ClaimId, Span, Text};

/// How bad a finding is, least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Information,
    /// Contradicted by something cited.
    Warning,
    /// Cannot be true as written.
    Error,
}

impl Severity {
    /// The name used in JSON and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Severity::Information => "information",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }

    /// The severity of this name.
    pub fn from_text(text: &str) -> Option<Severity> {
        [Severity::Information, Severity::Warning, Severity::Error]
            .into_iter()
            .find(|s| s.as_str() == text)
    }
}

/// What a finding rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// Words of the document.
    Words {
        /// Where they stand.
        span: Span<Text>,
        /// What they show.
        note: String,
    },
    /// A claim.
    Claim {
        /// Its id.
        id: ClaimId,
        /// Where its sentence stands.
        span: Span<Text>,
        /// What it shows.
        note: String,
    },
    /// A pack's entry.
    Entry {
        /// `pack/entry-id`.
        entry: String,
        /// What it says.
        note: String,
        /// Where the pack has it from.
        source: Vec<String>,
        /// Whether the entry is verified against its source.
        verified: bool,
    },
    /// A reckoning, written out.
    Reckoning {
        /// "1,000 + 5,000 = 6,000"
        note: String,
    },
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Code such as `A001`.
    pub code: &'static str,
    /// How bad.
    pub severity: Severity,
    /// One sentence.
    pub message: String,
    /// The words it is about.
    pub span: Span<Text>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// What the writer can do.
    pub help: Option<String>,
}
