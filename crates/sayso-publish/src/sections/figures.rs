//! The situation's figures by source over time: each series a chart with the same figures in a table beside it.

use maud::{Markup, html};

use crate::chart::{chart, legend_mark};
use crate::series::{Point, Series};
use crate::view::{View, thing};
use crate::words;

pub fn section(view: &View<'_>, series: &[Series<'_>]) -> Markup {
    html! {
        section #figures aria-labelledby="figures-title" {
            h2 #figures-title { "Figures by source" }
            p.lead {
                "Figures that answer the same question, side by side. A dot is the value a source gives, a bar runs "
                "from its lowest to its highest, an arrow marks an end that the source leaves open. Figures stand "
                "together only where the frame, the thing counted and the unit are the same."
            }
            @if series.is_empty() {
                p.none { "No two figures in these documents answer the same question." }
            }
            @for (i, s) in series.iter().enumerate() { (panel(view, s, i + 1)) }
        }
    }
}

fn panel(view: &View<'_>, series: &Series<'_>, number: usize) -> Markup {
    let id = format!("series-{number}");
    let origins = series.origins();
    let drawn = |origin: usize| {
        series
            .points
            .iter()
            .any(|p| p.origin == origin && p.day.is_some())
    };
    let undated = series.points.iter().filter(|p| p.day.is_none()).count();
    html! {
        figure.series aria-labelledby={ (id) "-name" } {
            figcaption {
                h3 id={ (id) "-name" } { (series.title()) }
            }
            div.side {
                div.drawing {
                    // The same chart twice: one drawn for a wide page, one for a narrow, where shrinking would make
                    // its words too small to read. Style shows one.
                    div.wide { (chart(view, series, &format!("{id}-w"), 680.0)) }
                    div.narrow { (chart(view, series, &format!("{id}-n"), 358.0)) }
                    // By source, each row is named in the drawing itself.
                    @if series.days() > 1 {
                        ul.legend aria-label="Sources" {
                            @for (place, origin) in origins.iter().enumerate().filter(|o| drawn(*o.1)) {
                                li { (legend_mark(place)) span { (view.sources[*origin].name) } }
                            }
                        }
                        @if undated > 0 {
                            p.note { (words::count(undated, "figure")) " without a date: in the table alone" }
                        }
                    }
                }
                div.beside {
                    table {
                        caption { "The same figures" span.visually-hidden { ": " (series.title()) } }
                        thead { tr {
                            th scope="col" { "As of" }
                            th scope="col" { "Source" }
                            th.number scope="col" { "Figure" }
                        } }
                        tbody { @for p in &series.points { (row(view, series, p)) } }
                    }
                }
            }
        }
    }
}

fn row(view: &View<'_>, series: &Series<'_>, p: &Point<'_>) -> Markup {
    let first = p.claims[0];
    let counted = thing(first.claim).filter(|t| *t != series.thing);
    html! {
        tr {
            td { (p.when) }
            th scope="row" {
                (view.sources[p.origin].name)
                @if p.claims.len() > 1 {
                    span.note { " in " (words::count(documents(p), "document")) }
                }
            }
            td.number {
                a href=(view.to_said(first)) { (words::brief(&p.figure.text, 60)) }
                @if let Some(t) = counted { span.note { " " (words::brief(t, 50)) } }
            }
        }
    }
}

fn documents(p: &Point<'_>) -> usize {
    let mut list: Vec<usize> = p.claims.iter().map(|c| c.document).collect();
    list.dedup();
    list.len()
}
