//! The documents themselves: every word that was read, by its parts, with what was left out folded away.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, PreEscaped, html};
use sayso_model::{Cell, Part, PartKind};

use crate::marked::Marked;
use crate::view::{View, file_name};
use crate::words;

/// A table's cells are put in a grid no wider than this; a document can claim any column.
const WIDEST: u32 = 64;

pub fn section(view: &View<'_>, placed: &mut BTreeSet<String>) -> Markup {
    html! {
        section #documents aria-labelledby="documents-title" {
            h2 #documents-title { "Documents" }
            p.lead {
                "What was read, word for word. The small numbers lead from a sentence to its claims; underlined words "
                "lead to what was found about them."
            }
            @if view.documents.len() > 1 { (index(view)) }
            @for document in 0..view.documents.len() { (article(view, document, placed)) }
        }
    }
}

fn index(view: &View<'_>) -> Markup {
    let mut claims = vec![0; view.documents.len()];
    view.claims.iter().for_each(|c| claims[c.document] += 1);
    html! {
        ol.index {
            @for (i, entry) in view.documents.iter().enumerate() {
                li {
                    a href={ "#document-" (i + 1) } { (view.document_title(i)) }
                    span.note {
                        (view.outlet(i))
                        @if let Some(p) = &entry.document.published { " · " (words::day(p.date)) }
                        " · " (words::count(claims[i], "claim"))
                    }
                }
            }
        }
    }
}

fn article(view: &View<'_>, index: usize, placed: &mut BTreeSet<String>) -> Markup {
    let marked = Marked::new(view, index);
    let document = &view.documents[index].document;
    let title = document
        .parts
        .iter()
        .position(|p| p.kind == PartKind::Title);
    let id = format!("document-{}", index + 1);
    let body = body(view, index, &marked, title, placed);
    let heading = match title {
        Some(part) => marked.part(view, index, part, placed),
        None => html! { (view.document_title(index)) },
    };
    let chrome: Vec<usize> = (0..document.parts.len())
        .filter(|i| document.parts[*i].kind == PartKind::Chrome)
        .collect();
    let claims = view.claims.iter().filter(|c| c.document == index).count();
    html! {
        article.document id=(id) aria-labelledby={ (id) "-title" } {
            header {
                p.outlet {
                    (view.outlet(index))
                    @if let Some(p) = &document.published {
                        " · " time datetime=(p.date) { (words::day(p.date)) }
                    }
                }
                h3 id={ (id) "-title" } { (heading) }
                p.origin {
                    (words::count(claims, "claim"))
                    @if let Some(b) = &document.byline { " · " (b.text) }
                    @if let Some(from) = &document.from { " · " span.file { (file_name(from)) } }
                }
                @for t in &document.troubles { p.trouble { "While reading: " (t.message) } }
            }
            (body)
            @if !chrome.is_empty() {
                details.leftout {
                    summary { "Left out: " (words::count(chrome.len(), "part")) " of page furniture" }
                    @for i in chrome { p { (document.words(document.parts[i].span)) } }
                }
            }
            p.identity { "SHA-256 of the capture " span.hash { (document.id) } }
        }
    }
}

/// Runs of parts that belong together: a list, a table, a single part.
enum Block {
    One(usize),
    List(Vec<usize>),
    Sources(Vec<usize>),
    Table(Vec<(usize, Cell)>),
}

fn blocks(parts: &[Part], title: Option<usize>) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    for (i, part) in parts.iter().enumerate() {
        match (part.kind.clone(), out.last_mut()) {
            (PartKind::Chrome, _) => {}
            _ if Some(i) == title => {}
            (PartKind::ListItem, Some(Block::List(list)))
            | (PartKind::SourceEntry, Some(Block::Sources(list))) => list.push(i),
            (PartKind::Cell(cell), Some(Block::Table(cells)))
                if cells.last().is_some_and(|(_, c)| c.table == cell.table) =>
            {
                cells.push((i, cell));
            }
            (PartKind::ListItem, _) => out.push(Block::List(vec![i])),
            (PartKind::SourceEntry, _) => out.push(Block::Sources(vec![i])),
            (PartKind::Cell(cell), _) => out.push(Block::Table(vec![(i, cell)])),
            _ => out.push(Block::One(i)),
        }
    }
    out
}

fn body(
    view: &View<'_>,
    index: usize,
    marked: &Marked,
    title: Option<usize>,
    placed: &mut BTreeSet<String>,
) -> Markup {
    let parts = &view.documents[index].document.parts;
    let mut out = String::new();
    // Headings stand below the document's own, the third level of the page, and never skip a level: a document's
    // may begin anywhere.
    let mut level = 3;
    for block in blocks(parts, title) {
        let mut words = |i: usize| marked.part(view, index, i, placed);
        let markup = match block {
            Block::One(i) => match parts[i].kind {
                PartKind::Heading(wanted) => {
                    level = wanted.saturating_add(2).clamp(4, 6).min(level + 1);
                    heading(level, &words(i))
                }
                ref kind => one(kind, &words(i)),
            },
            Block::List(list) => html! { ul { @for i in list { li { (words(i)) } } } },
            Block::Sources(list) => {
                html! { ul.source-list { @for i in list { li { (words(i)) } } } }
            }
            Block::Table(cells) => table(&cells, words),
        };
        out += &markup.into_string();
    }
    PreEscaped(out)
}

fn heading(level: u8, words: &Markup) -> Markup {
    match level {
        4 => html! { h4 { (words) } },
        5 => html! { h5 { (words) } },
        _ => html! { h6 { (words) } },
    }
}

fn one(kind: &PartKind, words: &Markup) -> Markup {
    match kind {
        PartKind::Title => html! { h4 { (words) } },
        PartKind::Quotation => html! { blockquote { p { (words) } } },
        PartKind::Caption => html! { p.caption { (words) } },
        PartKind::Credit => html! { p.credit { (words) } },
        PartKind::Question => html! { p.question { (words) } },
        PartKind::Answer => html! { p.answer { (words) } },
        PartKind::Byline | PartKind::Dateline => html! { p.byline { (words) } },
        _ => html! { p { (words) } },
    }
}

fn table(cells: &[(usize, Cell)], mut words: impl FnMut(usize) -> Markup) -> Markup {
    let mut rows: BTreeMap<u32, BTreeMap<u32, (usize, Cell)>> = BTreeMap::new();
    for &(i, cell) in cells {
        rows.entry(cell.row)
            .or_default()
            .entry(cell.column.min(WIDEST))
            .or_insert((i, cell));
    }
    let width = cells.iter().map(|c| c.1.column.min(WIDEST) + 1).max();
    // Two cells said to be at one place (or past the widest column) are kept: after the table, as paragraphs.
    let shown: BTreeSet<usize> = rows
        .values()
        .flat_map(|r| r.values().map(|c| c.0))
        .collect();
    html! {
        div.scroll {
            table.of-document {
                @for row in rows.values() {
                    tr {
                        @for column in 0..width.unwrap_or(0) {
                            @match row.get(&column) {
                                Some((i, cell)) if cell.header => {
                                    th scope=(if cell.row == 0 { "col" } else { "row" }) { (words(*i)) }
                                }
                                Some((i, _)) => td { (words(*i)) },
                                None => td {},
                            }
                        }
                    }
                }
            }
        }
        @for (i, _) in cells.iter().filter(|c| !shown.contains(&c.0)) { p { (words(*i)) } }
    }
}
