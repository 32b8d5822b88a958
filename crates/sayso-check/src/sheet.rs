//! Tables and lists of figures: rows with a label and numbers, whether drawn as a table or written as lines
//! ("Northern depot: 420").

use std::collections::{BTreeMap, BTreeSet};

use sayso_model::{PartKind, Span, Text};

use crate::words::{Mention, View};

/// One row: a label and its numbers by column.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    /// The label's words.
    pub label: String,
    /// Where the whole row stands.
    pub span: Span<Text>,
    /// Column and figure, in order.
    pub values: Vec<(u32, Mention<'a>)>,
}

/// A run of rows and what stands just above it.
#[derive(Clone, Debug)]
pub struct Sheet<'a> {
    /// The rows, two at least.
    pub rows: Vec<Row<'a>>,
    /// Words heading the columns, by column; empty for lines.
    pub headers: BTreeMap<u32, String>,
    /// The part or line that introduces it: a caption, a heading, a sentence.
    pub intro: Option<Span<Text>>,
    /// Index of the first part that holds a row.
    pub part: usize,
}

impl<'a> Sheet<'a> {
    /// From the first row to the last.
    pub fn span(&self) -> Span<Text> {
        let first = self.rows.first().map_or(Span::new(0, 0), |r| r.span);
        self.rows.iter().fold(first, |s, r| s.join(r.span))
    }

    /// The columns in which at least two rows have a figure.
    pub fn columns(&self) -> Vec<u32> {
        let mut count: BTreeMap<u32, usize> = BTreeMap::new();
        for (c, _) in self.rows.iter().flat_map(|r| &r.values) {
            *count.entry(*c).or_default() += 1;
        }
        count.into_iter().filter(|c| c.1 > 1).map(|c| c.0).collect()
    }

    /// Whether a position of the text lies within the sheet.
    pub fn holds(&self, at: u32) -> bool {
        self.span().contains(at)
    }
}

/// The sheets of a report, in order of the text.
pub fn sheets<'a>(view: &View<'a>) -> Vec<Sheet<'a>> {
    let mut out = tables(view);
    out.extend(line_sheets(view));
    out.sort_by_key(|s| s.span());
    out
}

fn mentions_in<'v, 'a>(
    view: &'v View<'a>,
    span: Span<Text>,
) -> impl Iterator<Item = &'v Mention<'a>> {
    let first = view
        .mentions
        .partition_point(|m| m.figure.span.start < span.start);
    view.mentions[first..]
        .iter()
        .take_while(move |m| m.figure.span.start < span.end)
}

/// Sheets drawn as tables.
fn tables<'a>(view: &View<'a>) -> Vec<Sheet<'a>> {
    struct Building<'a> {
        first_part: usize,
        rows: BTreeMap<u32, Row<'a>>,
        headers: BTreeMap<u32, String>,
    }
    let document = view.reading.document;
    let mut by_table: BTreeMap<u32, Building<'a>> = BTreeMap::new();
    // A row heads the columns if all its cells are headers; else a header in it is the row's own label.
    let with_values: BTreeSet<(u32, u32)> = document
        .parts
        .iter()
        .filter_map(|p| match p.kind {
            PartKind::Cell(c) if !c.header => Some((c.table, c.row)),
            _ => None,
        })
        .collect();
    for (i, part) in document.parts.iter().enumerate() {
        let PartKind::Cell(cell) = part.kind else {
            continue;
        };
        let table = by_table.entry(cell.table).or_insert_with(|| Building {
            first_part: i,
            rows: BTreeMap::new(),
            headers: BTreeMap::new(),
        });
        let words = document.words(part.span).trim();
        if cell.header && cell.row == 0 && !with_values.contains(&(cell.table, cell.row)) {
            table.headers.insert(cell.column, words.to_owned());
            continue;
        }
        let row = table.rows.entry(cell.row).or_insert_with(|| Row {
            label: String::new(),
            span: part.span,
            values: Vec::new(),
        });
        row.span = row.span.join(part.span);
        match mentions_in(view, part.span).next() {
            // A cell is a number's where the number leads it; "2 Harbour Road" in the first column is a label.
            Some(m) if cell.column > 0 && letters_before(words, part.span, m) == 0 => {
                row.values.push((cell.column, m.clone()));
            }
            _ if row.label.is_empty() => row.label = words.to_owned(),
            _ => {}
        }
    }
    by_table
        .into_values()
        .map(|b| Sheet {
            intro: before_part(view, b.first_part),
            part: b.first_part,
            rows: b.rows.into_values().collect(),
            headers: b.headers,
        })
        .filter(|s| s.rows.iter().filter(|r| !r.values.is_empty()).count() > 1)
        .collect()
}

fn letters_before(words: &str, span: Span<Text>, m: &Mention<'_>) -> usize {
    let upto = (m.figure.span.start - span.start.min(m.figure.span.start)) as usize;
    words
        .get(..upto.min(words.len()))
        .map_or(0, |w| w.chars().filter(|c| c.is_alphabetic()).count())
}

/// The content part that stands right before a part, and where it stands.
fn before_part(view: &View<'_>, index: usize) -> Option<Span<Text>> {
    view.reading.document.parts[..index]
        .iter()
        .rev()
        .find(|p| p.kind.is_content())
        .map(|p| p.span)
}

/// A line of a part, trimmed.
struct Line {
    span: Span<Text>,
    part: usize,
}

fn lines(view: &View<'_>) -> Vec<Line> {
    let document = view.reading.document;
    let mut out = Vec::new();
    for (i, part) in document.parts.iter().enumerate() {
        if !matches!(
            part.kind,
            PartKind::Paragraph
                | PartKind::ListItem
                | PartKind::Answer
                | PartKind::Caption
                | PartKind::Heading(_)
                | PartKind::Quotation
        ) {
            continue;
        }
        let mut at = part.span.start;
        for line in document.words(part.span).split('\n') {
            let lead = (line.len() - line.trim_start().len()) as u32;
            let span = Span::new(at + lead, at + lead + line.trim().len() as u32);
            if !span.is_empty() {
                out.push(Line { span, part: i });
            }
            at += line.len() as u32 + 1;
        }
    }
    out
}

/// Runs of lines of which each is a label and its numbers.
fn line_sheets<'a>(view: &View<'a>) -> Vec<Sheet<'a>> {
    let lines = lines(view);
    let mut out = Vec::new();
    let mut rows: Vec<Row<'a>> = Vec::new();
    let mut first = 0;
    for (i, line) in lines.iter().enumerate() {
        let row = row(view, line);
        let follows = i > 0 && line.part <= lines[i - 1].part + 1;
        if (row.is_none() || !follows) && !rows.is_empty() {
            finish(view, &lines, &mut out, std::mem::take(&mut rows), first);
        }
        if let Some(row) = row {
            if rows.is_empty() {
                first = i;
            }
            rows.push(row);
        }
    }
    finish(view, &lines, &mut out, rows, first);
    out
}

fn finish<'a>(
    view: &View<'a>,
    lines: &[Line],
    out: &mut Vec<Sheet<'a>>,
    rows: Vec<Row<'a>>,
    first: usize,
) {
    if rows.len() < 2 {
        return;
    }
    let intro = match first.checked_sub(1).map(|i| &lines[i]) {
        Some(l) if l.part + 1 >= lines[first].part => Some(l.span),
        _ => before_part(view, lines[first].part),
    };
    out.push(Sheet {
        rows,
        headers: BTreeMap::new(),
        intro,
        part: lines[first].part,
    });
}

/// Longest line that is taken for a row, in bytes.
const ROW: u32 = 120;

fn row<'a>(view: &View<'a>, line: &Line) -> Option<Row<'a>> {
    let text = view.reading.document.words(line.span);
    if line.span.len() > ROW || text.ends_with(['?', '!']) || text.ends_with("\"") {
        return None;
    }
    let found: Vec<&Mention<'a>> = mentions_in(view, line.span).collect();
    let lead = found.first()?;
    let offset = |at: u32| (at - line.span.start) as usize;
    let before = text.get(..offset(lead.figure.span.start))?;
    let bare = before.trim_matches(|c: char| !c.is_alphanumeric());
    let item = view
        .part(line.part)
        .is_some_and(|p| p.kind == PartKind::ListItem);
    if bare.is_empty() {
        // "1,240 adults aged 25 and over": the number leads.
        let rest = text.get(offset(lead.figure.span.end)..)?.trim();
        if !item && !before.contains(['-', '*', '•', '–']) || ends_as_sentence(rest) {
            return None;
        }
        return Some(Row {
            label: rest.to_owned(),
            span: line.span,
            values: vec![(1, (*lead).clone())],
        });
    }
    let label = before.trim_end_matches([' ', '\t']);
    let marked = label.ends_with([':', '|', '\t', '–', '—', '-', '=', '…', '.'])
        || before.ends_with("  ")
        || before.ends_with('\t');
    // "Bekara 14 / 9 / 11": columns parted by bars, no mark after the label.
    let gap = |a: &Mention<'_>, b: &Mention<'_>| {
        text.get(offset(a.figure.span.end)..offset(b.figure.span.start))
            .is_some_and(|g| {
                let g = g.trim();
                g.is_empty() || matches!(g, "/" | "|" | "," | ";" | "–" | "-")
            })
    };
    let run = 1 + found.windows(2).take_while(|w| gap(w[0], w[1])).count();
    let tail = text
        .get(offset(found.get(run - 1)?.figure.span.end)..)?
        .trim();
    if !marked && (run < 2 || !tail.is_empty()) || ends_as_sentence(tail) {
        return None;
    }
    Some(Row {
        label: label
            .trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ')' | '('))
            .to_owned(),
        span: line.span,
        values: (1..)
            .zip(found[..run].iter().map(|m| (*m).clone()))
            .collect(),
    })
}

/// Whether what follows the numbers of a line is prose: more than a few words that close with a full stop.
fn ends_as_sentence(tail: &str) -> bool {
    tail.split_whitespace().count() > 4 && tail.ends_with('.')
}
