//! The rules: what does not add up, what is unsupported, which law is miscited.
//!
//! In come a reading, its attributions and claims and the packs ([`Subject`]); out go findings in order of the text,
//! each with the evidence it rests on. One file a rule under `rules/`, documented in place: [`explain`] and the
//! documentation pages are made from the rule's own [`Docs`], whose examples the tests run.

pub mod compare;
mod law;
pub mod listed;
pub mod reckon;
pub mod rules;
pub mod sheet;
pub mod words;

use sayso_measure::Reading;
use sayso_model::{Attribution, Claim, Finding};
use sayso_packs::Packs;

pub use rules::RULES;

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

/// A rule: its code, what it is called, its documentation and how it is run.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Code such as `A001`.
    pub code: &'static str,
    /// A few words.
    pub title: &'static str,
    /// Its documentation.
    pub docs: Docs,
    /// Runs it: what it finds is put at the end of the list.
    pub run: fn(&Subject<'_>, &mut Vec<Finding>),
}

/// The documentation of a rule, in plain sentences. The examples are short reports of our own, read as published on
/// [`EXAMPLE_DATE`]; a test runs the rule over both.
#[derive(Clone, Copy, Debug)]
pub struct Docs {
    /// What it reports.
    pub reports: &'static str,
    /// Why that matters to a reader or a writer.
    pub matters: &'static str,
    /// A report on which it fires.
    pub wrong: &'static str,
    /// The same report put right, on which it is silent.
    pub right: &'static str,
    /// How it decides.
    pub decides: &'static str,
    /// When it stays silent on purpose.
    pub silent: &'static str,
}

/// The publication date of the examples in [`Docs`].
pub const EXAMPLE_DATE: &str = "2025-06-18";

impl Rule {
    /// The documentation as Markdown, headings and examples in place.
    pub fn markdown(&self) -> String {
        let Docs {
            reports,
            matters,
            wrong,
            right,
            decides,
            silent,
        } = self.docs;
        format!(
            "# {}: {}\n\n{}\n\n## Why it matters\n\n{}\n\n## Example\n\n{}\n\nPut right:\n\n{}\n\n\
             ## How it decides\n\n{}\n\n## When it is silent\n\n{}\n",
            self.code,
            self.title,
            reports.trim(),
            matters.trim(),
            quoted(wrong),
            quoted(right),
            decides.trim(),
            silent.trim(),
        )
    }
}

/// A block quotation in Markdown.
fn quoted(text: &str) -> String {
    text.trim()
        .lines()
        .map(|l| format!("> {l}").trim_end().to_owned())
        .collect::<Vec<_>>()
        .join("\n")
}

/// The documentation of the rule with this code (any case), as Markdown.
pub fn explain(code: &str) -> Option<String> {
    RULES
        .iter()
        .find(|r| r.code.eq_ignore_ascii_case(code))
        .map(Rule::markdown)
}

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
