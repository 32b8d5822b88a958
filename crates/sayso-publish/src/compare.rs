//! Claims of several reports side by side: one block a question, one line a report and source.

use maud::{Markup, html};
use sayso_match::{Line, Offer, Question};
use sayso_model::{Claim, Document, SourceKind};

use crate::shell;
use crate::view::file_name;
use crate::words;

const STYLE: &str = include_str!("assets/compare.css");

/// What is shown: the reports, their claims, and the questions that these answer.
#[derive(Clone, Copy, Debug)]
pub struct Compared<'a> {
    /// The reports; an offer names its own by number.
    pub documents: &'a [&'a Document],
    /// The claims.
    pub offers: &'a [Offer<'a>],
    /// The questions to show.
    pub questions: &'a [Question],
}

/// Letter of a line within its question: a, b, … z, aa.
pub fn letter(mut n: usize) -> String {
    let mut out = String::new();
    loop {
        out.insert(0, char::from(b'a' + (n % 26) as u8));
        if n < 26 {
            return out;
        }
        n = n / 26 - 1;
    }
}

/// The page, as HTML; it runs no script. The same claims always give the same bytes.
pub fn compare(shown: &Compared<'_>) -> String {
    let disagreeing = shown.questions.iter().filter(|q| q.disagrees()).count();
    let title = format!("{} compared", words::count(shown.documents.len(), "report"));
    let body = html! {
        a.skip href="#main" { "Skip to the questions" }
        header.masthead {
            p.kicker { "Claims side by side" }
            h1 { (title) }
            p.summary {
                (words::count(shown.questions.len(), "question")) " that more than one report or source answers"
                @if disagreeing > 0 {
                    ", " (words::number(disagreeing.into())) " with figures that cannot all hold"
                }
                "."
            }
            p.how { "Each line is what one source says in one report. It is not said who is right." }
        }
        main #main tabindex="-1" {
            section aria-labelledby="reports-title" {
                h2 #reports-title { "Reports" }
                ol.reports {
                    @for d in shown.documents {
                        li {
                            (title_of(d))
                            span.note {
                                (outlet(d))
                                @if let Some(p) = &d.published { " · " (words::day(p.date)) }
                            }
                        }
                    }
                }
            }
            section aria-labelledby="questions-title" {
                h2 #questions-title { "Questions" }
                @if shown.questions.is_empty() {
                    p.none { "No two reports or sources answer the same question." }
                }
                @for (i, q) in shown.questions.iter().enumerate() { (question(shown, i, q)) }
            }
        }
        footer.colophon { p { "Made by sayso from these reports and from nothing else." } }
    };
    shell::shell(&title, STYLE, "", &body)
}

fn title_of(d: &Document) -> &str {
    let title = d.title.as_ref().map(|t| t.text.as_str());
    title
        .or(d.from.as_deref().map(file_name))
        .unwrap_or("Untitled document")
}

fn outlet(d: &Document) -> &str {
    let outlet = d.outlet.as_ref().map(|o| o.text.as_str());
    outlet
        .or(d.from.as_deref().map(file_name))
        .unwrap_or("unnamed")
}

/// "Killed or injured: North Korean soldiers, Kursk".
fn asks(q: &Question) -> Markup {
    html! {
        @if q.frame != "other" { (words::name(&q.frame)) }
        @if !q.population.is_empty() {
            @if q.frame != "other" { ": " }
            (words::brief(&q.population, 80))
        }
        @if !q.unit.is_empty() { " (" (q.unit) ")" }
        @if !q.place.is_empty() { span.place { (words::brief(&q.place, 60)) } }
    }
}

fn question(shown: &Compared<'_>, i: usize, q: &Question) -> Markup {
    let id = format!("question-{}", i + 1);
    html! {
        section.question.disagrees[q.disagrees()] id=(id) aria-labelledby={ (id) "-title" } {
            h3 id={ (id) "-title" } { (asks(q)) }
            p.note {
                (words::count(q.lines.len(), "line")) ", " (words::count(q.origins, "origin"))
                @if let Some((low, high)) = q.spread(shown.offers) {
                    ": " (words::number(low))
                    @if high != low { " to " (words::number(high)) }
                }
            }
            div.scroll {
                table {
                    thead {
                        tr {
                            th scope="col" { span.visually-hidden { "Line" } }
                            th.number scope="col" { "Figure" }
                            @if q.frames.len() > 1 { th scope="col" { "Counts" } }
                            th scope="col" { "Who says so" }
                            th scope="col" { "As of" }
                            th scope="col" { "Report" }
                            th scope="col" { "Beside the others" }
                        }
                    }
                    tbody {
                        @for (n, line) in q.lines.iter().enumerate() { (row(shown, i, q, n, line)) }
                    }
                }
            }
        }
    }
}

fn row(shown: &Compared<'_>, i: usize, q: &Question, n: usize, line: &Line) -> Markup {
    let Some(offer) = line.offers.first().and_then(|o| shown.offers.get(*o)) else {
        return html! {};
    };
    let claim = offer.claim;
    let Some(document) = shown.documents.get(offer.document) else {
        return html! {};
    };
    let id = |n: usize| format!("line-{}-{}", i + 1, letter(n));
    html! {
        tr id=(id(n)) class=[(!line.against.is_empty()).then_some("against")] {
            th.letter scope="row" { (letter(n)) }
            td.number.figure-cell { @if let Some(f) = &claim.figure { (words::brief(&f.text, 60)) } }
            @if q.frames.len() > 1 { td { (words::name(&claim.frame)) } }
            td {
                (who(claim, document))
                @let mode = words::mode(claim);
                @if mode != "asserted" { span.note { (mode) } }
            }
            td { @if let Some((when, _)) = words::time_of(claim) { (words::when(when)) } }
            td {
                (outlet(document))
                q.sentence { (words::brief(document.words(claim.sentence), 220)) }
            }
            td {
                @for (other, standing) in &line.against {
                    span.standing { (standing.as_str()) " " a href={ "#" (id(*other)) } { (letter(*other)) } }
                }
                @for other in &line.relays {
                    span.note { "relays " a href={ "#" (id(*other)) } { (letter(*other)) } }
                }
                @for other in &line.same_origin {
                    span.note { "same origin as " a href={ "#" (id(*other)) } { (letter(*other)) } }
                }
                @if line.offers.len() > 1 {
                    span.note { "said " (words::number(line.offers.len().into())) " times" }
                }
            }
        }
    }
}

/// The chain, outermost relay first; the outlet itself where there is none.
fn who(claim: &Claim, document: &Document) -> String {
    let names: Vec<String> = claim
        .attribution
        .iter()
        .filter(|l| l.kind != SourceKind::Own)
        .map(|l| words::brief(l.entity.as_deref().unwrap_or(&l.source.text), 80))
        .collect();
    if names.is_empty() {
        format!("{} itself", outlet(document))
    } else {
        names.join(" ‹ ")
    }
}

#[cfg(test)]
mod tests {
    use super::letter;

    #[test]
    fn lines_are_lettered_past_z() {
        assert_eq!(
            [0, 25, 26, 51, 52, 701, 702].map(letter),
            ["a", "z", "aa", "az", "ba", "zz", "aaa"]
        );
    }
}
