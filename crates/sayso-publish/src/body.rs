//! A document's parts in the form that they have: headings, lists, tables, quotations, captions.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, PreEscaped, html};
use sayso_model::{Cell, Document, Part, PartKind};

use crate::words;

/// A table's cells are put in a grid no wider than this; a document can claim any column.
const WIDEST: u32 = 64;

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

/// The body of a document, each part in its form: `words` gives the marked words of a part by its index. The part
/// `title` is left out, as is chrome. Headings stand below the level `above`, and never skip one: a document's may begin
/// anywhere.
pub fn body(
    document: &Document,
    title: Option<usize>,
    above: u8,
    mut words: impl FnMut(usize) -> Markup,
) -> Markup {
    let parts = &document.parts;
    let mut out = String::new();
    let mut level = above;
    for block in blocks(parts, title) {
        let markup = match block {
            Block::One(i) => match parts[i].kind {
                PartKind::Heading(wanted) => {
                    let below = wanted.saturating_add(above).saturating_sub(1);
                    level = below.clamp(above + 1, 6).min(level + 1);
                    heading(level, &words(i))
                }
                ref kind => one(kind, above + 1, &words(i)),
            },
            Block::List(list) => html! { ul { @for i in list { li { (words(i)) } } } },
            Block::Sources(list) => {
                html! { ul.source-list { @for i in list { li { (words(i)) } } } }
            }
            Block::Table(cells) => table(&cells, &mut words),
        };
        out += &markup.into_string();
    }
    PreEscaped(out)
}

fn heading(level: u8, words: &Markup) -> Markup {
    match level {
        0..=2 => html! { h2 { (words) } },
        3 => html! { h3 { (words) } },
        4 => html! { h4 { (words) } },
        5 => html! { h5 { (words) } },
        _ => html! { h6 { (words) } },
    }
}

fn one(kind: &PartKind, level: u8, words: &Markup) -> Markup {
    match kind {
        PartKind::Title => heading(level, words),
        PartKind::Quotation => html! { blockquote { p { (words) } } },
        PartKind::Caption => html! { p.caption { (words) } },
        PartKind::Credit => html! { p.credit { (words) } },
        PartKind::Question => html! { p.question { (words) } },
        PartKind::Answer => html! { p.answer { (words) } },
        PartKind::Byline | PartKind::Dateline => html! { p.byline { (words) } },
        _ => html! { p { (words) } },
    }
}

fn table(cells: &[(usize, Cell)], words: &mut dyn FnMut(usize) -> Markup) -> Markup {
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

/// The page furniture that was read and left out, folded away.
pub fn left_out(document: &Document) -> Markup {
    let chrome = || document.parts.iter().filter(|p| p.kind == PartKind::Chrome);
    let count = chrome().count();
    html! {
        @if count > 0 {
            details.leftout {
                summary { "Left out: " (words::count(count, "part")) " of page furniture" }
                @for part in chrome() { p { (document.words(part.span)) } }
            }
        }
    }
}
