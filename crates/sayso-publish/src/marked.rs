//! A document's words with anchors, links and underlines laid over them.
//!
//! Marks may overlap in any way (a finding from one sentence into the next, two claims of one sentence): the text is
//! cut wherever a mark begins or ends, and each piece carries the marks that cover it. Every id is given once, on the
//! first piece of its mark.

use std::collections::BTreeSet;

use maud::{Markup, PreEscaped, html};
use sayso_model::{Severity, Span, Text};

use crate::cut::{ByPart, Cutter, Mark};
use crate::view::View;

/// What lies over a stretch of words.
#[derive(Clone, Debug)]
pub enum Cover {
    /// A sentence that holds claims, by index.
    Sentence(Vec<usize>),
    /// The figure of a claim, by index.
    Figure(usize),
    /// What a finding is about, by index.
    Finding(usize, Severity),
    /// A time expression: its id and its value.
    Time(String, String),
    /// Words that a finding rests on: the id.
    Evidence(String),
}

/// The marks of one document, by part, ready to be laid over its words.
pub struct Marked {
    by_part: ByPart<Cover>,
}

impl Marked {
    /// The marks of a document.
    pub fn new(view: &View<'_>, document: usize) -> Marked {
        let entry = &view.documents[document];
        let parts = &entry.document.parts;
        let mut out = ByPart::new(parts);
        let claims = || view.claims.iter().filter(|c| c.document == document);
        // Sentences that overlap become one, so that no two anchors cut each other.
        let mut sentences: Vec<(Span<Text>, Vec<usize>)> = Vec::new();
        for c in claims() {
            let span = c.claim.sentence;
            match sentences.last_mut() {
                Some((last, list)) if last.overlaps(span) || *last == span => {
                    *last = last.join(span);
                    list.push(c.number - 1);
                }
                _ => sentences.push((span, vec![c.number - 1])),
            }
        }
        for (span, list) in sentences {
            out.put(parts, span, &Cover::Sentence(list));
        }
        for c in claims() {
            if let Some(f) = &c.claim.figure {
                out.put(parts, f.span, &Cover::Figure(c.number - 1));
            }
        }
        for f in view.findings.iter().filter(|f| f.document == document) {
            let severity = f.finding.severity;
            let cover = Cover::Finding(f.number - 1, severity);
            out.put(parts, f.finding.span, &cover);
            for (i, e) in f.finding.evidence.iter().enumerate() {
                if let sayso_model::Evidence::Words { span, .. } = e {
                    out.put(parts, *span, &Cover::Evidence(evidence_id(f.number, i)));
                }
            }
        }
        for (i, t) in entry.times.iter().enumerate() {
            let cover = Cover::Time(time_id(document, i), t.value.clone());
            out.put(parts, t.span, &cover);
        }
        Marked { by_part: out }
    }

    /// The words of a part, its marks laid over them. `placed` holds the ids given so far, on the whole page.
    pub fn part(
        &self,
        view: &View<'_>,
        document: usize,
        part: usize,
        placed: &mut BTreeSet<String>,
    ) -> Markup {
        let entry = &view.documents[document].document;
        let Some(whole) = entry.parts.get(part).map(|p| p.span) else {
            return html! {};
        };
        let (sentences, inner): (Vec<&Mark<Cover>>, Vec<&Mark<Cover>>) = self
            .by_part
            .of(part)
            .iter()
            .partition(|m| matches!(m.cover, Cover::Sentence(_)));
        let mut cursor = Cutter::new(inner);
        let cut = |cursor: &mut Cutter<'_, Cover>, view, span, placed: &mut BTreeSet<String>| {
            let mut out = String::new();
            cursor.cut(&entry.text, span, |words, _, over| {
                out += &piece(view, words, over, placed);
            });
            out
        };
        let mut at = whole.start;
        let mut out = String::new();
        for sentence in sentences {
            let span = sentence.span;
            out += &cut(&mut cursor, view, Span::new(at, span.start), placed);
            let Cover::Sentence(claims) = &sentence.cover else {
                continue;
            };
            let words = cut(&mut cursor, view, span, placed);
            // A claim without a figure of its own in the text is anchored at its sentence.
            let ids: Vec<String> = claims
                .iter()
                .map(|c| view.claims[*c].said())
                .filter(|id| placed.insert(id.clone()))
                .collect();
            let markup = html! {
                span.said id=[ids.first()] {
                    @for id in ids.iter().skip(1) { span id=(id) {} }
                    (PreEscaped(words))
                }
                (references(view, claims))
            };
            out += &markup.into_string();
            at = span.end;
        }
        out += &cut(&mut cursor, view, Span::new(at, whole.end), placed);
        PreEscaped(out)
    }
}

/// Small numbers behind a sentence that lead to its claims.
fn references(view: &View<'_>, claims: &[usize]) -> Markup {
    html! {
        sup.refs {
            @for (i, c) in claims.iter().enumerate() {
                @let claim = &view.claims[*c];
                @if i > 0 { " " }
                a href={ "#" (claim.row()) } aria-label={ "Claim " (claim.number) } { (claim.number) }
            }
        }
    }
}

/// Id of a time expression.
pub fn time_id(document: usize, time: usize) -> String {
    format!("time-{}-{}", document + 1, time + 1)
}

/// Id of the words a finding rests on.
pub fn evidence_id(finding: usize, evidence: usize) -> String {
    format!("evidence-{finding}-{}", evidence + 1)
}

/// A piece of words with what lies over it.
fn piece(
    view: &View<'_>,
    words: &str,
    over: &[&Mark<Cover>],
    placed: &mut BTreeSet<String>,
) -> String {
    let mut out = html! { (words) };
    let figures: Vec<usize> = over
        .iter()
        .filter_map(|m| match m.cover {
            Cover::Figure(c) => Some(c),
            _ => None,
        })
        .collect();
    if let Some(&first) = figures.first() {
        let row = view.claims[first].row();
        let new: Vec<String> = figures
            .iter()
            .map(|c| view.claims[*c].said())
            .filter(|id| placed.insert(id.clone()))
            .collect();
        out = html! {
            a.figure id=[new.first()] href={ "#" (row) } {
                @for id in new.iter().skip(1) { span id=(id) {} }
                (out)
            }
        };
    }
    for mark in over.iter().rev() {
        let mut id = |id: &String| placed.insert(id.clone()).then(|| id.clone());
        out = match &mark.cover {
            Cover::Sentence(_) | Cover::Figure(_) => out,
            Cover::Time(name, value) => {
                let machine = is_machine_date(value).then_some(value);
                html! { time id=[id(name)] datetime=[machine] { (out) } }
            }
            Cover::Evidence(name) => html! { span.evidence id=[id(name)] { (out) } },
            Cover::Finding(f, severity) => {
                let finding = &view.findings[*f];
                let id = id(&finding.words());
                let first = id.is_some();
                html! {
                    span class={ "found " (severity.as_str()) } id=[id] {
                        @if first {
                            a.flag href={ "#" (finding.id()) }
                                aria-label={ "Finding " (finding.number) ": " (finding.finding.code) } {
                                (finding.finding.code)
                            }
                        }
                        (out)
                    }
                }
            }
        };
    }
    out.into_string()
}

/// Whether HTML knows a TIMEX3 value as a date: a year, a month or a day.
fn is_machine_date(value: &str) -> bool {
    let shape: String = value
        .chars()
        .map(|c| if c.is_ascii_digit() { '9' } else { c })
        .collect();
    matches!(shape.as_str(), "9999" | "9999-99" | "9999-99-99")
}
