//! Cells of tables: the header says what the number counts, whose it is and when it held.

use sayso_measure::Reading;
use sayso_model::{
    Cell, Date, Filler, Part, PartKind, Phrase, PlaceRef, Quote, SourceLink, Span, Text, When,
};

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
    let parts = &reading.document.parts;
    let headers = headers(parts, part, cell);
    // A column of dates holds no figures, however a date's day reads.
    if headers
        .iter()
        .any(|&h| column_of(parts, h) == Some(cell.column) && maker.heads("date_heads", h))
    {
        return;
    }
    let around = Around::of(maker, part, cell);
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
        if !around.chain.is_empty() {
            claim.attribution.clone_from(&around.chain);
            claim.quote = Quote::Indirect;
        }
        if let Some(place) = &around.place {
            claim.place = Some(place.clone());
            let phrase = Phrase {
                span: place.span,
                text: place.text.clone(),
                head: place.text.to_lowercase(),
            };
            claim.roles.insert(
                "place".to_owned(),
                vec![Filler {
                    phrase,
                    entity: None,
                }],
            );
        }
        // A date in the row's head or the column's says as of when; else one in a cell beside it, else the caption.
        let beside = row_of(&reading.document.parts, part, cell);
        let dates = headers.iter().chain(&beside).chain(&around.caption);
        if let Some(date) = dates
            .copied()
            .find_map(|h| date_in(reading, reading.document.parts[h].span))
        {
            claim.as_of = Some(date);
        }
    }
}

/// What stands around a cell and holds for it.
struct Around {
    /// Who gives the figure.
    chain: Vec<SourceLink>,
    /// Where it was counted.
    place: Option<PlaceRef>,
    /// The part before the table, if it is a caption or a short line.
    caption: Option<usize>,
}

impl Around {
    fn of(maker: &Maker<'_>, part: usize, cell: Cell) -> Around {
        let reading = maker.reading;
        let parts = &reading.document.parts;
        let table = table_of(parts, part, cell);
        let caption = table.start.checked_sub(1).filter(|&c| {
            matches!(
                parts[c].kind,
                PartKind::Caption | PartKind::Heading(_) | PartKind::Paragraph
            ) && !reading
                .document
                .words(parts[c].span)
                .trim_end()
                .ends_with('.')
        });
        let row = row_of(parts, part, cell);
        let mut chain = Vec::new();
        // A cell of this row under "Source", or of this column beside it.
        let source = row
            .iter()
            .copied()
            .find(|&i| {
                column_head(parts, i).is_some_and(|h| h != i && maker.heads("source_heads", h))
            })
            .or_else(|| {
                table.clone().find(|&i| {
                    column_of(parts, i) == Some(cell.column)
                        && i != part
                        && row_head(parts, i)
                            .is_some_and(|h| h != i && maker.heads("source_heads", h))
                })
            });
        if let Some(link) = source.and_then(|i| maker.source_in(parts[i].span)) {
            chain.push(link);
        } else if let Some(link) = parts.get(table.end).and_then(|p| maker.credited(p.span)) {
            // "Source: Ministry of Health" under the table.
            chain.push(link);
        } else if let Some(c) = caption {
            let span = parts[c].span;
            let end = Span::new(span.start, span.start + 1);
            let held = crate::chain_at(maker.attributions, end);
            chain = crate::links(reading, maker.attributions, &held);
        }
        let place = row
            .iter()
            .copied()
            .find(|&i| {
                column_head(parts, i).is_some_and(|h| h != i && maker.heads("place_heads", h))
            })
            .map(|i| parts[i].span)
            .or_else(|| {
                let first = row
                    .iter()
                    .copied()
                    .find(|&i| column_of(parts, i) == Some(0))?;
                let span = parts[first].span;
                let lo = reading.places.partition_point(|p| p.span.end <= span.start);
                reading
                    .places
                    .get(lo)
                    .filter(|p| p.span.start < span.end && chain.is_empty())
                    .map(|_| span)
            })
            .map(|span| {
                let lo = reading.places.partition_point(|p| p.span.end <= span.start);
                let known = reading.places.get(lo).filter(|p| p.span.start < span.end);
                PlaceRef {
                    text: reading.document.words(span).trim().to_owned(),
                    id: known.and_then(|p| p.id.clone()),
                    span,
                }
            });
        Around {
            chain,
            place,
            caption,
        }
    }
}

impl Maker<'_> {
    /// Whether a cell's words are of a list of heads, or begin or end with one.
    fn heads(&self, list: &str, part: usize) -> bool {
        let Some(p) = self.reading.document.parts.get(part) else {
            return false;
        };
        let words = self.reading.document.words(p.span).trim().to_lowercase();
        self.frames.in_list(list, &words)
            || words
                .split(|c: char| !c.is_alphanumeric())
                .next_back()
                .is_some_and(|w| self.frames.in_list(list, w))
    }

    /// The words of a stretch as a source.
    fn source_in(&self, span: Span<Text>) -> Option<SourceLink> {
        let tokens = self.parse.tokens_in(span.start..span.end);
        let text = self.reading.document.words(span).trim();
        if text.is_empty() {
            return None;
        }
        // A credit line is not parsed; its words are all there is.
        let head = counted::root_of(self.parse, tokens.clone());
        let who = head.map(|h| self.resolve(tokens, h));
        let kind = who
            .as_ref()
            .map_or(sayso_model::SourceKind::Document, |w| w.kind);
        let (entity, country) = who.map_or((None, None), |w| (w.speaker, w.country));
        Some(SourceLink {
            source: Phrase {
                span,
                text: text.to_owned(),
                head: head.map_or_else(
                    || text.to_lowercase(),
                    |h| self.parse.lemma(h).to_lowercase(),
                ),
            },
            entity,
            cue: None,
            kind,
            act: sayso_model::Act::Document,
            country,
        })
    }

    /// The source that a line such as "Source: Ministry of Health" names.
    fn credited(&self, span: Span<Text>) -> Option<SourceLink> {
        let words = span.of(&self.reading.document.text);
        let (label, rest) = words.split_once(':')?;
        if !matches!(
            label.trim().to_lowercase().as_str(),
            "source" | "sources" | "data"
        ) {
            return None;
        }
        let start = span.start + (words.len() - rest.trim_start().len()) as u32;
        let end = start + rest.trim().trim_end_matches('.').len() as u32;
        self.source_in(Span::new(start, end))
    }
}

/// The parts around `at` that are all such, with it; no more than [`MOST`] to each side.
fn run_of(parts: &[Part], at: usize, same: impl Fn(&Part) -> bool) -> std::ops::Range<usize> {
    let before = parts[..at].iter().rev().take(MOST).take_while(|p| same(p));
    let after = parts[at + 1..].iter().take(MOST).take_while(|p| same(p));
    at - before.count()..at + after.count() + 1
}

/// The parts of a cell's table.
fn table_of(parts: &[Part], at: usize, cell: Cell) -> std::ops::Range<usize> {
    run_of(
        parts,
        at,
        |p| matches!(&p.kind, PartKind::Cell(c) if c.table == cell.table),
    )
}

fn cell_of(parts: &[Part], i: usize) -> Option<Cell> {
    match parts.get(i)?.kind {
        PartKind::Cell(c) => Some(c),
        _ => None,
    }
}

fn column_of(parts: &[Part], i: usize) -> Option<u32> {
    cell_of(parts, i).map(|c| c.column)
}

/// The cell in the first row of a cell's column.
fn column_head(parts: &[Part], i: usize) -> Option<usize> {
    let cell = cell_of(parts, i)?;
    (i.saturating_sub(MOST)..=i)
        .rev()
        .take_while(|&j| cell_of(parts, j).is_some_and(|c| c.table == cell.table))
        .find(|&j| cell_of(parts, j).is_some_and(|c| c.row == 0 && c.column == cell.column))
}

/// The cell in the first column of a cell's row.
fn row_head(parts: &[Part], i: usize) -> Option<usize> {
    let cell = cell_of(parts, i)?;
    (i.saturating_sub(MOST)..=i)
        .rev()
        .take_while(|&j| {
            cell_of(parts, j).is_some_and(|c| c.table == cell.table && c.row == cell.row)
        })
        .find(|&j| cell_of(parts, j).is_some_and(|c| c.column == 0))
}

/// The day that a stretch of text names. A cell that holds a date and nothing else is too short for grammar, so its
/// words are read as a date first.
fn date_in(reading: &Reading<'_>, span: Span<Text>) -> Option<When> {
    let words = span.of(&reading.document.text).trim();
    for form in ["%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%Y-%m-%d"] {
        if let Ok(date) = Date::strptime(form, words) {
            return Some(When {
                value: date.to_string(),
                interval: Some((date, date)),
                span: Some(span),
            });
        }
    }
    let lo = reading.times.partition_point(|t| t.span.end <= span.start);
    reading
        .times
        .get(lo)
        .filter(|t| t.span.start < span.end && t.interval.is_some())
        .map(crate::when::when)
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
    run_of(
        parts,
        at,
        |p| matches!(&p.kind, PartKind::Cell(c) if c.table == cell.table && c.row == cell.row),
    )
    .filter(|&i| i != at)
    .collect()
}
