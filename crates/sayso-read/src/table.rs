//! Rows of tables in plain text: cells parted by pipes, tabs or wide gaps, and glued rows, whose cells stand without
//! anything between them.
//!
//! A glued row is cut where a cell can end: a small letter before a capital, a letter before a digit, a digit before a
//! capital, a bracket or percent sign before a word, a year before a number. The header says how many cells there are;
//! where a row offers more cuts than it needs, those are taken that agree with the other rows about what each column
//! holds.

use crate::lines::{Lines, ends_sentence, marker};
use std::ops::Range;

/// A table: rows of cells, each a range of the text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Table {
    /// Rows, the header first where there is one.
    pub rows: Vec<Vec<Range<usize>>>,
    /// Whether the first row heads the columns.
    pub header: bool,
    /// Lines taken.
    pub lines: usize,
}

/// Most columns a table may have.
const MOST_COLUMNS: usize = 24;
/// Longest glued row, in bytes.
const LONGEST_ROW: usize = 240;

/// The table that begins at line `at`, if one does.
pub(crate) fn at(text: &str, lines: &Lines, at: usize) -> Option<Table> {
    piped(text, lines, at)
        .or_else(|| parted(text, lines, at, Part::Tab))
        .or_else(|| parted(text, lines, at, Part::Gap))
        .or_else(|| labelled(text, lines, at))
        .or_else(|| glued(text, lines, at))
}

/// Three lines or more, hard below one another, each a label, a colon and a figure.
fn labelled(text: &str, lines: &Lines, at: usize) -> Option<Table> {
    let mut rows = Vec::new();
    for (n, line) in lines.all[at..].iter().enumerate() {
        let s = line.of(text);
        let row = s.split_once(": ").filter(|(label, value)| {
            let figure = value
                .trim_start()
                .trim_start_matches(['$', '€', '£', '~', '+', '-']);
            s.len() <= 80
                && !label.contains(|c: char| c.is_ascii_digit() || c == ':')
                && marker(s).is_none()
                && figure.starts_with(|c: char| c.is_ascii_digit())
                && !ends_sentence(value)
        });
        let Some((label, _)) = row.filter(|_| n == 0 || !line.gap) else {
            break;
        };
        let colon = line.start + label.len();
        rows.push(vec![line.start..colon, trimmed(text, colon + 1..line.end)]);
    }
    (rows.len() >= 3).then_some(Table {
        lines: rows.len(),
        rows,
        header: false,
    })
}

fn trimmed(text: &str, r: Range<usize>) -> Range<usize> {
    let s = text.get(r.clone()).unwrap_or("");
    let lead = s.len() - s.trim_start().len();
    let len = s.trim().len();
    r.start + lead..r.start + lead + len
}

// ---- pipes, tabs, gaps

fn pipe_cells(text: &str, start: usize, end: usize) -> Vec<Range<usize>> {
    let (mut start, mut end) = (start, end);
    let bytes = text.as_bytes();
    if bytes.get(start) == Some(&b'|') {
        start += 1;
    }
    if end > start && bytes.get(end - 1) == Some(&b'|') {
        end -= 1;
    }
    let mut cells = Vec::new();
    let mut from = start;
    for i in start..end {
        if bytes[i] == b'|' && bytes[i - usize::from(i > start)] != b'\\' {
            cells.push(trimmed(text, from..i));
            from = i + 1;
        }
    }
    cells.push(trimmed(text, from..end));
    cells
}

fn is_rule(text: &str, start: usize, end: usize) -> bool {
    let s = text.get(start..end).unwrap_or("");
    s.contains('-')
        && s.contains('|')
        && s.chars()
            .all(|c| matches!(c, '-' | '|' | ':' | ' ' | '+' | '\t'))
}

fn piped(text: &str, lines: &Lines, at: usize) -> Option<Table> {
    let first = lines.all.get(at)?;
    if !first.of(text).contains('|') || is_rule(text, first.start, first.end) {
        return None;
    }
    let columns = pipe_cells(text, first.start, first.end).len();
    let framed = first.of(text).starts_with('|') && columns >= 1;
    if !(2..=MOST_COLUMNS).contains(&columns) && !framed {
        return None;
    }
    let mut rows = Vec::new();
    let mut header = false;
    let mut used = 0;
    for (n, line) in lines.all[at..].iter().enumerate() {
        if (n > 0 && line.gap) || !line.of(text).contains('|') {
            break;
        }
        used += 1;
        if is_rule(text, line.start, line.end) {
            header |= rows.len() == 1;
            continue;
        }
        let mut cells = pipe_cells(text, line.start, line.end);
        // Without a rule beneath the header the rows must agree; with one, Markdown forgives.
        if !header && n > 0 && cells.len() != columns {
            used -= 1;
            break;
        }
        cells.truncate(MOST_COLUMNS);
        rows.push(cells);
    }
    if rows.len() < 2 && !header {
        return None;
    }
    header |= heads(text, &rows);
    Some(Table {
        rows,
        header,
        lines: used,
    })
}

#[derive(Clone, Copy, PartialEq)]
enum Part {
    Tab,
    Gap,
}

fn parted_cells(text: &str, start: usize, end: usize, by: Part) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut cells = Vec::new();
    let mut from = start;
    let mut i = start;
    while i < end {
        let run = bytes[i..end]
            .iter()
            .take_while(|&&b| matches!(b, b' ' | b'\t'))
            .count();
        let cut = match by {
            Part::Tab => bytes[i..i + run].contains(&b'\t'),
            Part::Gap => run >= 2 && !bytes[i..i + run].contains(&b'\t'),
        };
        if cut {
            cells.push(from..i);
            from = i + run;
        }
        i += run.max(1);
    }
    cells.push(from..end);
    cells
}

fn parted(text: &str, lines: &Lines, at: usize, by: Part) -> Option<Table> {
    let first = lines.all.get(at)?;
    let sign = if by == Part::Tab { "\t" } else { "  " };
    if !first.of(text).contains(sign) {
        return None;
    }
    let mut rows: Vec<Vec<Range<usize>>> = Vec::new();
    for (n, line) in lines.all[at..].iter().enumerate() {
        if (n > 0 && line.gap) || marker(line.of(text)).is_some() {
            break;
        }
        let cells = parted_cells(text, line.start, line.end, by);
        let fits = (2..=MOST_COLUMNS).contains(&cells.len())
            && rows.first().is_none_or(|f| f.len() == cells.len())
            && cells
                .iter()
                .all(|c| c.len() <= if by == Part::Tab { 200 } else { 60 });
        // Two cells a row and no figure in the second row: not a table, and no need to look on.
        let figure = cells.iter().any(|c| numberish(&text[c.clone()]));
        if !fits || (by == Part::Gap && n > 0 && cells.len() < 3 && !figure) {
            break;
        }
        rows.push(cells);
    }
    if rows.len() < 2 {
        return None;
    }
    // Two spaces after a full stop are a typist's habit, not a table.
    if by == Part::Gap {
        let numeric = |r: &Vec<Range<usize>>| r.iter().any(|c| numberish(&text[c.clone()]));
        let prose = rows.iter().any(|r| {
            r.iter()
                .rev()
                .skip(1)
                .any(|c| ends_sentence(&text[c.clone()]))
        });
        if prose || !(rows[0].len() >= 3 || rows.iter().skip(1).all(numeric)) {
            return None;
        }
    }
    let header = heads(text, &rows);
    Some(Table {
        lines: rows.len(),
        rows,
        header,
    })
}

/// Whether a cell holds a figure rather than words.
pub(crate) fn numberish(cell: &str) -> bool {
    let cell = cell.trim();
    let digits = cell.chars().filter(char::is_ascii_digit).count();
    let letters = cell.chars().filter(|c| c.is_alphabetic()).count();
    digits > 0
        && (digits >= letters
            || cell.starts_with(|c: char| {
                c.is_ascii_digit()
                    || matches!(c, '$' | '€' | '£' | '+' | '-' | '−' | '~' | '<' | '>')
            }))
}

/// Whether the first row heads the others: words over figures, or all words and no figure anywhere else to tell.
fn heads(text: &str, rows: &[Vec<Range<usize>>]) -> bool {
    let Some((first, rest)) = rows.split_first() else {
        return false;
    };
    if rest.is_empty() || first.iter().any(|c| ends_sentence(&text[c.clone()])) {
        return false;
    }
    let figure = |c: &Range<usize>| numberish(&text[c.clone()]);
    let over = (0..first.len()).any(|col| {
        let below = rest.iter().filter_map(|r| r.get(col));
        !figure(&first[col])
            && below.clone().count() > 0
            && below.filter(|c| figure(c)).count() * 2 > rest.len()
    });
    over || (!rest.iter().flatten().any(figure)
        && !first.iter().any(figure)
        && first.iter().all(|c| c.len() <= 40))
}

// ---- glued rows

/// A place where a cell may end, and how likely it does.
#[derive(Clone, Copy, Debug)]
struct Cut {
    at: usize,
    weight: i32,
}

fn cuts(row: &str) -> Vec<Cut> {
    let chars: Vec<(usize, char)> = row.char_indices().collect();
    let mut out = Vec::new();
    for i in 1..chars.len() {
        let (at, c) = chars[i];
        let p = chars[i - 1].1;
        let before = i.checked_sub(2).map(|j| chars[j].1);
        let after = chars.get(i + 1).map(|c| c.1);
        let weight = if p.is_lowercase() && c.is_uppercase() {
            // "McNab", "MacRae", "iPhone", "eBay": a capital inside a name.
            let word = row[..at]
                .rsplit(|c: char| !c.is_alphabetic())
                .next()
                .unwrap_or("");
            if matches!(word, "Mc" | "Mac" | "De" | "Di" | "La" | "Le" | "O" | "Van")
                || word.chars().count() == 1
            {
                1
            } else {
                10
            }
        } else if p.is_uppercase()
            && c.is_uppercase()
            && after.is_some_and(char::is_lowercase)
            && before.is_some_and(char::is_uppercase)
        {
            5
        } else if p.is_alphabetic() && c.is_ascii_digit() {
            // "B2", "F16": a letter or two before a digit is a name.
            let run = row[..at]
                .chars()
                .rev()
                .take_while(|c| c.is_alphabetic())
                .count();
            if run <= 1 || (run == 2 && p.is_uppercase()) {
                2
            } else {
                9
            }
        } else if p.is_ascii_digit() && c.is_uppercase() {
            // "5G", "40B": a sole capital after a digit is a unit.
            if after.is_some_and(char::is_lowercase)
                || after == Some(' ')
                || after.is_some_and(char::is_uppercase)
            {
                9
            } else {
                2
            }
        } else if p.is_ascii_digit() && c.is_lowercase() {
            1
        } else if (matches!(p, ')' | ']' | '%' | '”' | '*')
            && (c.is_alphanumeric() || matches!(c, '$' | '€' | '£' | '+' | '-' | '−')))
            || (matches!(c, '$' | '€' | '£' | '~' | '≈' | '+' | '<' | '>') && p.is_alphanumeric())
        {
            9
        } else if p.is_ascii_digit() && c.is_ascii_digit() {
            digits_cut(row, at)
        } else if matches!(p, '–' | '—' | '-')
            && c.is_uppercase()
            && before.is_some_and(|b| b.is_lowercase() || b.is_ascii_digit())
        {
            1
        } else {
            0
        };
        if weight > 0 {
            out.push(Cut { at, weight });
        }
    }
    out
}

/// Between two digits a cell may end where what is left is a year and what follows a whole number.
fn digits_cut(row: &str, at: usize) -> i32 {
    let run_start = row[..at]
        .rfind(|c: char| !c.is_ascii_digit() && c != ',' && c != '.')
        .map_or(0, |i| i + row[i..].chars().next().map_or(1, char::len_utf8));
    let run_end = row[at..]
        .find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.')
        .map_or(row.len(), |i| at + i);
    let left = &row[run_start..at];
    let right = row[at..run_end].trim_end_matches([',', '.']);
    if !whole_number(right) || !whole_number(left) {
        return 0;
    }
    let year = left.len() == 4 && (left.starts_with("19") || left.starts_with("20"));
    let right_year = right.len() == 4 && (right.starts_with("19") || right.starts_with("20"));
    match (
        whole_number(row[run_start..run_end].trim_end_matches([',', '.'])),
        year,
    ) {
        (_, true) if right_year => 9,
        (false, true) => 8,
        (true, true) => 4,
        // A number that is no number as it stands must be cut somewhere.
        (false, false) => 3,
        (true, false) => 0,
    }
}

/// Digits with thousands parted rightly or not at all, with or without a decimal part.
fn whole_number(s: &str) -> bool {
    let (whole, fraction) = s.split_once('.').unwrap_or((s, "0"));
    if fraction.is_empty() || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let mut groups = whole.split(',');
    let Some(first) = groups.next() else {
        return false;
    };
    let mut parted = false;
    let rest = groups.all(|g| {
        parted = true;
        g.len() == 3 && g.bytes().all(|b| b.is_ascii_digit())
    });
    !first.is_empty()
        && first.bytes().all(|b| b.is_ascii_digit())
        && rest
        && (!parted || first.len() <= 3)
        && (first == "0" || !first.starts_with('0'))
}

/// What a cell holds, as far as columns are compared.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Holds {
    Year,
    Figure,
    Words,
}

fn holds(cell: &str) -> Holds {
    let cell = cell.trim();
    if cell.len() == 4
        && cell.bytes().all(|b| b.is_ascii_digit())
        && (cell.starts_with("19") || cell.starts_with("20"))
    {
        Holds::Year
    } else if numberish(cell) || matches!(cell, "-" | "–" | "—" | "n/a" | "N/A") {
        Holds::Figure
    } else {
        Holds::Words
    }
}

/// The best way to cut a row into `columns` cells, given what the columns are thought to hold.
fn cut_row(row: &str, columns: usize, want: &[Option<Holds>]) -> Option<(i32, Vec<Range<usize>>)> {
    let cuts = cuts(row);
    if cuts.len() + 1 < columns || cuts.len() > 40 {
        return None;
    }
    // best[k][j]: the best score with k cells ended at cut j.
    let mut places: Vec<(usize, i32)> = vec![(0, 0)];
    places.extend(cuts.iter().map(|c| (c.at, c.weight)));
    places.push((row.len(), 0));
    let n = places.len();
    let mut best = vec![vec![None::<(i32, usize)>; n]; columns + 1];
    best[0][0] = Some((0, 0));
    for k in 1..=columns {
        for j in 1..n {
            if (k == columns) != (j == n - 1) {
                continue;
            }
            for i in 0..j {
                let Some((score, _)) = best[k - 1][i] else {
                    continue;
                };
                let cell = &row[places[i].0..places[j].0];
                let held = holds(cell);
                let agree = match want.get(k - 1).copied().flatten() {
                    Some(w) if w == held => 4,
                    Some(Holds::Year) if held == Holds::Figure => 0,
                    Some(Holds::Figure) if held == Holds::Year => 1,
                    Some(_) => -4,
                    None => 0,
                };
                let clean = if cell.trim().is_empty() { -20 } else { 0 };
                let total = score + places[j].1 + agree + clean;
                if best[k][j].is_none_or(|(s, _)| total > s) {
                    best[k][j] = Some((total, i));
                }
            }
        }
    }
    let (score, _) = best[columns][n - 1]?;
    let mut cells = Vec::with_capacity(columns);
    let mut j = n - 1;
    for k in (1..=columns).rev() {
        let (_, i) = best[k][j]?;
        cells.push(places[i].0..places[j].0);
        j = i;
    }
    cells.reverse();
    Some((score, cells))
}

/// Whether a line could be a row: short, no sentence in it.
fn row_like(s: &str) -> bool {
    s.len() <= LONGEST_ROW
        && marker(s).is_none()
        && !s.contains(". ")
        && !s.contains("://")
        && !s.contains('@')
        && !s.contains(".com")
        && !s.contains("? ")
        && !s.ends_with(['.', '?', '!', ':', ';', ','])
}

fn glued(text: &str, lines: &Lines, at: usize) -> Option<Table> {
    let header = lines.all.get(at)?;
    let head = header.of(text);
    if !row_like(head) || head.len() > 160 {
        return None;
    }
    let strong = cuts(head).into_iter().filter(|c| c.weight >= 5).count();
    if strong == 0 || strong >= MOST_COLUMNS {
        return None;
    }
    let columns = strong + 1;
    let (_, head_cells) = {
        // The header's own strong cuts, all of them.
        let mut at = vec![0];
        at.extend(
            cuts(head)
                .into_iter()
                .filter(|c| c.weight >= 5)
                .map(|c| c.at),
        );
        at.push(head.len());
        (0, at.windows(2).map(|w| w[0]..w[1]).collect::<Vec<_>>())
    };
    let next = lines.all.get(at + 1)?.of(text);
    if !row_like(next) {
        return None;
    }
    cut_row(next, columns, &[])?;
    let candidates: Vec<&str> = lines.all[at + 1..]
        .iter()
        .take_while(|l| row_like(l.of(text)))
        .take(500)
        .map(|l| l.of(text))
        .collect();
    // What the columns hold, learned from rows with no choice to make or a clear best, then used on all.
    let mut votes = vec![[0u32; 3]; columns];
    for row in &candidates {
        if let Some((score, cells)) = cut_row(row, columns, &[])
            && score >= 5 * (columns as i32 - 1)
        {
            for (k, c) in cells.iter().enumerate() {
                votes[k][holds(&row[c.clone()]) as usize] += 1;
            }
        }
    }
    let want: Vec<Option<Holds>> = votes
        .iter()
        .map(|v| {
            let all: u32 = v.iter().sum();
            [Holds::Year, Holds::Figure, Holds::Words]
                .into_iter()
                .find(|&h| all > 0 && v[h as usize] * 2 > all)
        })
        .collect();
    let mut rows = vec![
        head_cells
            .iter()
            .map(|c| header.start + c.start..header.start + c.end)
            .collect::<Vec<_>>(),
    ];
    for (line, row) in lines.all[at + 1..].iter().zip(&candidates) {
        let Some((score, cells)) = cut_row(row, columns, &want) else {
            break;
        };
        if score < 3 * (columns as i32 - 1) {
            break;
        }
        rows.push(
            cells
                .iter()
                .map(|c| trimmed(text, line.start + c.start..line.start + c.end))
                .collect(),
        );
    }
    let body = rows.len() - 1;
    // One glued line under another may be chance; figures in the rows, or more rows, are not.
    let figures = rows[1..]
        .iter()
        .flatten()
        .any(|c| holds(&text[c.clone()]) != Holds::Words);
    let enough = if columns >= 3 { body >= 1 } else { body >= 2 };
    if !enough || (!figures && body < 2) {
        return None;
    }
    Some(Table {
        lines: rows.len(),
        rows,
        header: true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Option<Vec<Vec<&str>>> {
        let lines = Lines::of(text);
        at(text, &lines, 0).map(|t| {
            t.rows
                .iter()
                .map(|r| r.iter().map(|c| &text[c.clone()]).collect())
                .collect()
        })
    }

    #[test]
    fn glued_rows_are_cut_where_header_and_rows_agree() {
        let text = "YearBoats lostHarbour office\n20191,204-1,310Skagen north\n20202,001Lowestoft\n2021980McDuff pier";
        assert_eq!(
            cells(text).unwrap(),
            [
                ["Year", "Boats lost", "Harbour office"],
                ["2019", "1,204-1,310", "Skagen north"],
                ["2020", "2,001", "Lowestoft"],
                ["2021", "980", "McDuff pier"],
            ]
        );
        let text = "SeasonTonnesPaid by\nWinter 2022340 to 410Guild\nSummer 202312Crown";
        assert_eq!(
            cells(text).unwrap()[1],
            ["Winter 2022", "340 to 410", "Guild"]
        );
        assert_eq!(cells(text).unwrap()[2], ["Summer 2023", "12", "Crown"]);
    }

    #[test]
    fn labels_over_one_another_with_figures_are_a_table() {
        assert_eq!(
            cells("Leith: 14\nOban: 9\nNorth quay: 1,200").unwrap()[2],
            ["North quay", "1,200"]
        );
        assert_eq!(cells("Leith: 14\nThe board met."), None);
    }

    #[test]
    fn names_with_inner_capitals_are_no_table() {
        assert_eq!(
            cells("YouTube and TikTok grow\nThe McAllister family farms"),
            None
        );
        assert_eq!(
            cells("The boats came home late on Friday\nNobody had seen them"),
            None
        );
    }

    #[test]
    fn parted_rows_are_tables_and_typists_gaps_are_not() {
        assert_eq!(
            cells("Port\tBoats\nLeith\t12\nOban\t9").unwrap()[2],
            ["Oban", "9"]
        );
        assert_eq!(
            cells("| Port | Boats |\n|---|---:|\n| Leith | 12 |").unwrap(),
            [["Port", "Boats"], ["Leith", "12"]]
        );
        assert_eq!(
            cells("Port     Boats\nLeith       12\nOban         9").unwrap()[1],
            ["Leith", "12"]
        );
        assert_eq!(
            cells("It was late.  Boats came.\nIt was dark.  Nobody saw 3."),
            None
        );
    }
}
