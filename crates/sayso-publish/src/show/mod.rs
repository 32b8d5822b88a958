//! A report as the reader saw it: one page with every figure, time, place, attribution and claim marked in place.
//!
//! - `marks`: what lies over the words, and which mark a word leads to.
//! - `notes`: what each mark was read as, one entry a mark; they stand after the text, so that the page reads whole and
//!   prints whole without scripts.
//!
//! The script only adds: it shows the entries of a word beside the text when the word is clicked or focused, lights up
//! what belongs together, and lets a layer that is off be skipped by the keyboard.

mod claims;
mod index;
mod marks;
mod notes;

use maud::{Markup, html};
use sayso_model::{Attribution, Claim, Document, Figure, PartKind, Place, Relation, Timex};

use crate::body::{body, left_out};
use crate::shell;
use crate::view::file_name;
use crate::words;

use index::Index;
use marks::Marks;

const STYLE: &str = include_str!("../assets/show.css");
const SCRIPT: &str = include_str!("../assets/show.js");

/// A document and all that was read from it, to be shown.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its figures in order of the text.
    pub figures: &'a [Figure],
    /// Relations between them, by index.
    pub relations: &'a [Relation],
    /// Its time expressions.
    pub times: &'a [Timex],
    /// Its places.
    pub places: &'a [Place],
    /// Its attributions.
    pub attributions: &'a [Attribution],
    /// Its claims.
    pub claims: &'a [Claim],
}

/// What can be switched on and off: id, name, and how its marks look.
const LAYERS: [(&str, &str, &str); 5] = [
    ("figures", "Figures", "q"),
    ("times", "Times", "t"),
    ("places", "Places", "p"),
    ("attributions", "Attributions", "a"),
    ("claims", "Claims", "c"),
];

/// The page, as HTML. The same reading always gives the same bytes.
pub fn show(shown: &Shown<'_>) -> String {
    let document = shown.document;
    let title = document
        .parts
        .iter()
        .position(|p| p.kind == PartKind::Title);
    let index = Index::new(shown);
    let mut marks = Marks::new(shown);
    let heading = match title {
        Some(part) => marks.part(part),
        None => html! { (name(document)) },
    };
    let text = body(document, title, 1, |part| marks.part(part));
    let body = html! {
        a.skip href="#main" { "Skip to the report" }
        div.sheet {
            (masthead(document, &heading))
            (panel(shown))
            main #main tabindex="-1" {
                article.document.shown {
                    (text)
                    (left_out(document))
                }
            }
        }
        (notes::section(shown, &index, &marks))
        footer.colophon {
            p {
                "Made by sayso from this report and from nothing else. It shows what was read, not what is so. "
                "SHA-256 of the capture " span.hash { (document.id) }
            }
        }
    };
    shell::shell(name(document), STYLE, SCRIPT, &body)
}

fn name(document: &Document) -> &str {
    document
        .title
        .as_ref()
        .map(|t| t.text.as_str())
        .or_else(|| document.from.as_deref().map(file_name))
        .unwrap_or("Untitled document")
}

fn masthead(document: &Document, heading: &Markup) -> Markup {
    html! {
        header.masthead {
            p.kicker {
                @match &document.outlet {
                    Some(o) => (o.text),
                    None => "A report, as it was read",
                }
            }
            h1 { (heading) }
            p.origin {
                @if let Some(p) = &document.published { time datetime=(p.date) { (words::day(p.date)) } }
                @else { "undated: relative times stay unresolved" }
                @if let Some(b) = &document.byline { " · " (b.text) }
                @if let Some(from) = &document.from { " · " span.file { (file_name(from)) } }
            }
            @for t in &document.troubles { p.trouble { "While reading: " (t.message) } }
        }
    }
}

fn count(shown: &Shown<'_>, layer: &str) -> usize {
    match layer {
        "q" => shown.figures.len(),
        "t" => shown.times.len(),
        "p" => shown.places.len(),
        "a" => shown.attributions.len(),
        _ => shown.claims.len(),
    }
}

/// The legend, which switches layers, and the card, which shows what was chosen; until then, the report's claims.
fn panel(shown: &Shown<'_>) -> Markup {
    html! {
        aside.panel aria-label="What was read" {
            fieldset.layers {
                legend { "Layers" }
                @for (id, name, class) in LAYERS {
                    label.layer {
                        input type="checkbox" id={ "layer-" (id) } data-layer=(class) checked;
                        span.swatch { span.sample.{ "sample-" (class) } { (sample(class)) } }
                        span.layer-name { (name) }
                        span.count { (words::number(count(shown, class).into())) }
                    }
                }
            }
            p.key {
                span.key-source { "source" } " " span.key-cue { "cue" } " " span.key-content { "content" }
                " of an attribution; " span.key-claim { "words" } " that a claim was read from"
            }
            div #card .card role="region" aria-label="The chosen words" aria-live="polite" hidden {}
            (ledger(shown))
        }
    }
}

fn sample(class: &str) -> &'static str {
    match class {
        "q" => "12",
        "t" => "May",
        "p" => "Ulm",
        "a" => "said",
        _ => "¹",
    }
}

/// The report's claims in a line each, as a way in.
fn ledger(shown: &Shown<'_>) -> Markup {
    html! {
        nav.ledger aria-labelledby="ledger-title" {
            h2 #ledger-title { "What it claims" }
            @if shown.claims.is_empty() {
                p.none { "No claims were read from this report." }
            } @else {
                p.note { "Choose a marked word in the text, or a claim here." }
                ol {
                    @for (i, claim) in shown.claims.iter().enumerate() {
                        li {
                            a href={ "#c" (i + 1) } {
                                span.n { (i + 1) }
                                span.what { (claims::headline(claim)) }
                                span.by { (claims::by(claim)) }
                            }
                        }
                    }
                }
            }
        }
    }
}
