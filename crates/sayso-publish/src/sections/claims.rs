//! Every claim: what, how many, who says so on whose authority, when, where, how it is put, and in which document.

use maud::{Markup, html};

use crate::view::{ClaimView, View, roles, thing};
use crate::words;

pub fn section(view: &View<'_>) -> Markup {
    let mut frames: Vec<&str> = view.claims.iter().map(|c| c.claim.frame.as_str()).collect();
    frames.sort_unstable();
    frames.dedup();
    html! {
        section #claims aria-labelledby="claims-title" {
            h2 #claims-title { "Claims" }
            @if view.claims.is_empty() {
                p.none { "No claims were read from these documents." }
            } @else {
                p.lead {
                    "What the documents say, one claim a row. A source is named once its words were resolved to a "
                    "name; “via” are those who relay it."
                }
                // Shown by the script, without which it could do nothing.
                form.filter role="search" aria-label="Filter the claims" hidden {
                    label { "Words " input type="search" name="words" autocomplete="off"; }
                    label { "Frame " select name="frame" {
                        option value="" { "all" }
                        @for f in &frames { option value=(f) { (words::name(f)) } }
                    } }
                    output aria-live="polite" {}
                }
                table.claims role="table" {
                    caption.visually-hidden { "All claims, numbered" }
                    thead role="rowgroup" { tr role="row" {
                        @for (name, class) in [("No.", "number"), ("Claim", ""), ("Figure", "number"),
                            ("Who says so", ""), ("As of", ""), ("Place", ""), ("How it is put", ""), ("Document", "")] {
                            th class=[Some(class).filter(|c| !c.is_empty())] role="columnheader" scope="col" { (name) }
                        }
                    } }
                    tbody role="rowgroup" { @for c in &view.claims { (row(view, c)) } }
                }
            }
        }
    }
}

fn row(view: &View<'_>, c: &ClaimView<'_>) -> Markup {
    let claim = c.claim;
    let time = words::time_of(claim);
    let sort_day = time.and_then(|(w, _)| w.interval).map(|i| i.0.to_string());
    let value = claim.figure.as_ref().and_then(|f| f.value());
    html! {
        tr role="row" id=(c.row()) data-frame=(claim.frame) {
            td.number.n role="cell" data-label="No." { (c.number) }
            th.what role="rowheader" scope="row" data-label="Claim" {
                (words::name(&claim.frame))
                @if let Some(t) = thing(claim) { span.thing { (words::brief(t, 120)) } }
                @for (role, words) in roles(claim).into_iter().take(4) {
                    span.role { span.role-name { (role.replace('_', " ")) } " " (words::brief(words, 70)) }
                }
                @if let Some(whole) = claim.part_of.and_then(|id| view.claim(id)) {
                    span.note { "part of " a href={ "#" (whole.row()) } { "claim " (whole.number) } }
                }
            }
            td.number.figure-cell role="cell" data-label="Figure" data-sort=[value.map(|v| v.normalize().to_string())] {
                @match &claim.figure {
                    Some(f) => a href=(view.to_said(c)) {
                        (words::brief(&f.text, 80))
                        @for p in f.per.iter().filter(|p| !f.span.covers(p.span)) { " " (p.text) }
                    },
                    None => a.sentence-link href=(view.to_said(c)) { "in words" },
                }
            }
            td role="cell" data-label="Who says so" { (who(view, c)) }
            td role="cell" data-label="As of" data-sort=[sort_day] {
                @if let Some((when, kind)) = time {
                    (words::when(when))
                    @if kind != "as of" { span.note { (kind) } }
                }
            }
            td role="cell" data-label="Place" { @if let Some(p) = &claim.place { (words::brief(&p.text, 60)) } }
            td.mode role="cell" data-label="How it is put" {
                @let mode = words::mode(claim);
                @if mode == "asserted" { span.plain { (mode) } } @else { (mode) }
            }
            td role="cell" data-label="Document" {
                a href={ "#document-" (c.document + 1) } { (view.outlet(c.document)) }
            }
        }
    }
}

fn who(view: &View<'_>, c: &ClaimView<'_>) -> Markup {
    let source = &view.sources[c.origin];
    html! {
        a.source href={ "#source-" (c.origin + 1) } { (source.name) }
        @if source.kind == sayso_model::SourceKind::Own { span.note { "own voice" } }
        @if !c.relays.is_empty() {
            span.note { "via "
                @for (i, r) in c.relays.iter().enumerate() {
                    @if i > 0 { ", " }
                    (view.sources[*r].name)
                }
            }
        }
    }
}
