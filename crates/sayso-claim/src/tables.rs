//! Cells of tables: the header says what the number counts, whose it is and when it held.

use sayso_model::{Cell, Part, PartKind, Span, Text};

use crate::claims::{Draft, Maker};
use crate::counted;
use crate::frames::Evoked;

/// Columns and rows of a table that are looked at for one cell; a table larger than that is data, not reporting.
const MOST: usize = 4096;

/// Claims of the figures in one cell.
pub(crate) fn cell(maker: &mut Maker<'_>, part: usize, cell: Cell) {
    if cell.header || cell.row == 0 {
        return;
    }
    let reading = maker.reading;
    let Some(tokens) = reading.part_tokens.get(part).cloned() else {
        return;
    };
    let figures = maker.figures_in(&tokens);
    if figures.is_empty() {
        return;
    }
    let span: Span<Text> = reading.document.parts[part].span;
    let headers = headers(&reading.document.parts, part, cell);
    // Frames by where they are named: the cell itself, then each of its headers.
    let mut evoked_by: Vec<Vec<Evoked>> = vec![maker.frames.evoked(maker.parse, tokens.clone())];
    let mut why = Vec::new();
    for &h in &headers {
        if let Some(t) = reading.part_tokens.get(h) {
            evoked_by.push(maker.frames.evoked(maker.parse, t.clone()));
        }
    }
    for i in figures {
        let figure = &reading.figures[i];
        if !Maker::counts(figure) {
            continue;
        }
        let Some(at) = counted::locate(reading, i, &[]) else {
            continue;
        };
        let fits = |e: &&Evoked| {
            let t = &maker.frames.triggers[e.trigger as usize];
            t.kinds.is_empty() || t.kinds.iter().any(|k| k == figure.kind.as_str())
        };
        let named = evoked_by.iter().find(|list| list.iter().any(|e| fits(&e)));
        let mut all = named.into_iter().flatten().filter(fits);
        let fitting = all.next();
        // "Killed or wounded" heads a count of both, never of the one named first.
        let frame =
            fitting.map(|e| all.fold(e.frame, |a, b| maker.frames.union(a, b.frame).unwrap_or(a)));
        why.clear();
        if let Some(e) = fitting {
            why.push(format!(
                "{}: header of the column or row",
                maker.frames.frames[e.frame as usize].entry
            ));
        }
        let mut figure = figure.clone();
        if figure.thing.is_none() {
            figure.thing = headers.first().map(|&h| {
                let p = &reading.document.parts[h];
                let words = reading.document.words(p.span);
                sayso_model::Phrase {
                    span: p.span,
                    text: words.trim().to_owned(),
                    head: words.trim().to_lowercase(),
                }
            });
        }
        maker.of_figure[i] = Some(maker.out.len());
        maker.push(Draft {
            frame,
            evoked: fitting,
            figure: Some(figure),
            at: at.number,
            fillers: Vec::new(),
            sentence: span,
            cell: Some(cell),
            why: why.clone(),
        });
        let Some(claim) = maker.out.last_mut() else {
            continue;
        };
        // A date in the row's head or the column's says as of when; else one in a cell beside it.
        let beside = row_of(&reading.document.parts, part, cell);
        for &h in headers.iter().chain(&beside) {
            let s = reading.document.parts[h].span;
            let lo = reading.times.partition_point(|t| t.span.end <= s.start);
            if let Some(t) = reading
                .times
                .get(lo)
                .filter(|t| t.span.start < s.end && t.interval.is_some())
            {
                claim.as_of = Some(sayso_model::When {
                    value: t.value.clone(),
                    interval: t.interval,
                    span: Some(t.span),
                });
                break;
            }
        }
    }
}

/// Parts that head a cell: its column's header, then the first cell of its row and the other cells that hold a word
/// and no number.
fn headers(parts: &[Part], at: usize, cell: Cell) -> Vec<usize> {
    let mut out = Vec::new();
    let of = |i: usize| match &parts[i].kind {
        PartKind::Cell(c) if c.table == cell.table => Some(*c),
        _ => None,
    };
    let lo = at.saturating_sub(MOST);
    let mut row = Vec::new();
    for i in (lo..at).rev() {
        let Some(c) = of(i) else {
            break;
        };
        if c.row == cell.row && (c.header || c.column == 0) {
            row.push(i);
        }
        if c.column == cell.column && (c.header || c.row == 0) {
            out.push(i);
            break;
        }
    }
    out.extend(row);
    out
}

/// The other cells of a cell's row.
fn row_of(parts: &[Part], at: usize, cell: Cell) -> Vec<usize> {
    let same = |p: &Part| matches!(&p.kind, PartKind::Cell(c) if c.table == cell.table && c.row == cell.row);
    let before = parts[..at]
        .iter()
        .rev()
        .take_while(|p| same(p))
        .count()
        .min(MOST);
    let after = parts[at + 1..]
        .iter()
        .take_while(|p| same(p))
        .count()
        .min(MOST);
    (at - before..=at + after).filter(|&i| i != at).collect()
}
