//! What check found: severity, message, the words, the evidence, what can be done.

use maud::{Markup, html};
use sayso_model::{Evidence, Severity};

use crate::marked::evidence_id;
use crate::view::{FindingView, View};
use crate::words;

pub fn section(view: &View<'_>) -> Markup {
    html! {
        section #findings aria-labelledby="findings-title" {
            h2 #findings-title { "Findings" }
            @if view.findings.is_empty() {
                p.none { "Nothing was found that does not add up." }
            } @else {
                p.lead {
                    "What does not add up, is not supported, or is miscited. An error cannot be true as written; a "
                    "warning is contradicted by something cited; the rest is for information."
                }
                ol.findings { @for f in &view.findings { (finding(view, f)) } }
            }
        }
    }
}

fn severity(s: Severity) -> &'static str {
    match s {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Information => "Note",
    }
}

fn finding(view: &View<'_>, f: &FindingView<'_>) -> Markup {
    let document = &view.documents[f.document].document;
    let class = format!("finding {}", f.finding.severity.as_str());
    html! {
        li class=(class) id=(f.id()) {
            p.kind {
                span.severity { (severity(f.finding.severity)) }
                " " span.code { (f.finding.code) }
                " in " a href={ "#document-" (f.document + 1) } { (view.document_title(f.document)) }
            }
            h3 { (words::capital(&f.finding.message)) }
            (excerpt(view, &document.text, f))
            @if !f.finding.evidence.is_empty() {
                ul.evidence-list {
                    @for (i, e) in f.finding.evidence.iter().enumerate() {
                        li { (evidence(view, f, i, e)) }
                    }
                }
            }
            @if let Some(help) = &f.finding.help {
                p.help { strong { "What to do. " } (words::capital(help)) }
            }
        }
    }
}

/// The words, underlined, with a little of what stands around them.
fn excerpt(view: &View<'_>, text: &str, f: &FindingView<'_>) -> Markup {
    let span = f.finding.span;
    let before = text.get(..span.start as usize).unwrap_or("");
    let after = text.get(span.end as usize..).unwrap_or("");
    let line_before = before.rsplit('\n').next().unwrap_or("");
    let line_after = after.split('\n').next().unwrap_or("");
    let lead = tail(line_before, 70);
    let rest = words::brief(line_after, 70);
    let words_found = words::brief(span.of(text), 240);
    if words_found.is_empty() {
        return html! {};
    }
    let gap_before = line_before.ends_with(char::is_whitespace);
    let gap_after = line_after.starts_with(char::is_whitespace);
    html! {
        blockquote {
            p {
                (lead) @if gap_before { " " }
                a.words href=(view.to(f.words(), f.document)) { (words_found) }
                @if gap_after { " " }
                (rest)
            }
        }
    }
}

/// The last `most` characters, from the start of a word on.
fn tail(text: &str, most: usize) -> String {
    let text = text.trim();
    let skip = text.chars().count().saturating_sub(most);
    if skip == 0 {
        return text.to_owned();
    }
    let rest: String = text.chars().skip(skip).collect();
    let from = rest.find(' ').map_or(0, |i| i + 1);
    format!("…{}", rest.get(from..).unwrap_or(""))
}

fn evidence(view: &View<'_>, f: &FindingView<'_>, index: usize, e: &Evidence) -> Markup {
    let document = &view.documents[f.document].document;
    match e {
        Evidence::Words { span, note } => html! {
            a href=(view.to(evidence_id(f.number, index), f.document)) { "“" (words::brief(document.words(*span), 160)) "”" }
            @if !note.is_empty() { ": " (note) }
        },
        Evidence::Claim { id, note, .. } => html! {
            @if let Some(c) = view.claim(*id) {
                a href={ "#" (c.row()) } { "Claim " (c.number) }
                @if !note.is_empty() { ": " (note) }
            } @else { (note) }
        },
        Evidence::Entry {
            entry,
            note,
            source,
            verified,
        } => html! {
            (note)
            span.note {
                " (" span.entry { (entry) } ", " (if *verified { "verified" } else { "not verified" })
                @for s in source { "; " (reference(s)) }
                ")"
            }
        },
        Evidence::Reckoning { note } => html! { span.reckoning { (note) } },
    }
}

/// Where a pack has something from: a link where it is one.
fn reference(source: &str) -> Markup {
    let link = ["https://", "http://"]
        .iter()
        .any(|p| source.starts_with(p));
    html! {
        @if link && !source.contains(char::is_whitespace) { a href=(source) rel="noreferrer" { (source) } }
        @else { (source) }
    }
}
