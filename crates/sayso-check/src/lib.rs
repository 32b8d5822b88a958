//! The rules: what does not add up, what is unsupported, which law is miscited.
//!
//! In come a reading, its attributions and claims and the packs; out go findings in order of the text, each with the
//! evidence it rests on. One file a rule; `explain` and the docs are made from the rule's own documentation.

use sayso_measure::Reading;
use sayso_model::{Attribution, Claim, Finding};
use sayso_packs::Packs;

/// All that a rule may look at.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The reading.
    pub reading: &'a Reading<'a>,
    /// Its attributions.
    pub attributions: &'a [Attribution],
    /// Its claims.
    pub claims: &'a [Claim],
    /// The packs in force.
    pub packs: &'a Packs,
}

/// A rule: its code, what it is called, its documentation (Markdown) and how it is run.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Code such as `A001`.
    pub code: &'static str,
    /// A few words.
    pub title: &'static str,
    /// What it reports, why that matters, an example, how it decides, when it stays silent.
    pub docs: &'static str,
    /// Runs it.
    pub run: fn(&Subject<'_>, &mut Vec<Finding>),
}

/// Every rule, by code.
pub const RULES: &[Rule] = &[];

/// What all rules find, in order of the text.
pub fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for rule in RULES {
        (rule.run)(subject, &mut out);
    }
    out.sort_by(|a, b| (a.span, a.code).cmp(&(b.span, b.code)));
    out.dedup();
    out
}
