//! How things look on a terminal: findings like a good compiler's, widths, colours.

use std::io::{IsTerminal, Write};

use anstyle::{AnsiColor, Style};
use anyhow::Result;
use sayso_model::{CodePoints, Document, Evidence, Finding, Severity, Span, Text};

/// Colour of errors.
pub const ERROR: Style = AnsiColor::Red.on_default().bold();
/// Colour of warnings.
pub const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const INFORMATION: Style = AnsiColor::Cyan.on_default().bold();
const FRAME: Style = AnsiColor::Blue.on_default().bold();
/// What stands out.
pub const BOLD: Style = Style::new().bold();
/// What stands back.
pub const DIM: Style = Style::new().dimmed();

/// Columns to write in: `COLUMNS` where it is set, else those of the terminal, else 100.
pub fn width() -> usize {
    let wanted = std::env::var("COLUMNS")
        .ok()
        .and_then(|c| c.trim().parse().ok());
    let terminal = || {
        let table = comfy_table::Table::new();
        let is_terminal = std::io::stdout().is_terminal();
        table.width().filter(|_| is_terminal).map(usize::from)
    };
    wanted.or_else(terminal).unwrap_or(100).clamp(40, 160)
}

/// Whether colours and weights are written: on a terminal, unless the environment forbids them (`NO_COLOR`).
pub fn coloured() -> bool {
    anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never
}

/// Standard output: for people with the weights that their terminal shows, for programs byte for byte.
pub fn output(people: bool) -> Box<dyn Write> {
    if people {
        Box::new(std::io::BufWriter::new(anstream::stdout().lock()))
    } else {
        Box::new(std::io::BufWriter::new(std::io::stdout().lock()))
    }
}

/// A text in lines of no more than `width` characters, broken between words; a longer word has a line of its own.
pub fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        let more = word.chars().count();
        match lines.last_mut() {
            Some(line) if length + 1 + more <= width => {
                line.push(' ');
                line.push_str(word);
                length += 1 + more;
            }
            _ => {
                lines.push(word.to_owned());
                length = more;
            }
        }
    }
    lines
}

/// "1 error", "2 errors".
pub fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// `text`, or its beginning and an ellipsis where it has more than `width` characters.
pub fn shorten(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let mut out: String = text.chars().take(width.saturating_sub(1)).collect();
    out.truncate(out.trim_end().len());
    out.push('…');
    out
}

/// What went wrong while reading a document, a line each on standard error.
pub fn troubles(document: &Document) {
    let name = document.from.as_deref().unwrap_or("standard input");
    for trouble in &document.troubles {
        anstream::eprintln!(
            "{INFORMATION}notice{INFORMATION:#}: {name}: {}",
            trouble.message
        );
    }
}

/// Line and column, from 1 and in characters, of a byte of a captured file.
pub fn source_position(bytes: &[u8], at: u32) -> (u32, u32) {
    let before = &bytes[..(at as usize).min(bytes.len())];
    let line = before.iter().filter(|&&b| b == b'\n').count() as u32 + 1;
    let start = before
        .iter()
        .rposition(|&b| b == b'\n')
        .map_or(0, |i| i + 1);
    (
        line,
        String::from_utf8_lossy(&before[start..]).chars().count() as u32 + 1,
    )
}

/// The findings of one document.
pub fn findings(
    out: &mut dyn Write,
    name: &str,
    document: &Document,
    bytes: &[u8],
    list: &[Finding],
) -> Result<()> {
    if list.is_empty() {
        return Ok(());
    }
    let points = CodePoints::new(&document.text);
    let width = width();
    for finding in list {
        one(out, name, document, bytes, &points, finding, width)?;
    }
    let of = |s: Severity| list.iter().filter(|f| f.severity == s).count();
    let parts: Vec<String> = [
        (of(Severity::Error), "error", "errors"),
        (of(Severity::Warning), "warning", "warnings"),
        (of(Severity::Information), "information", "informations"),
    ]
    .into_iter()
    .filter(|(n, ..)| *n > 0)
    .map(|(n, one, many)| {
        if one == "information" {
            format!("{n} for information")
        } else {
            counted(n, one, many)
        }
    })
    .collect();
    writeln!(out, "{BOLD}{name}{BOLD:#}: {}\n", parts.join(", "))?;
    Ok(())
}

fn one(
    out: &mut dyn Write,
    name: &str,
    document: &Document,
    bytes: &[u8],
    points: &CodePoints,
    finding: &Finding,
    width: usize,
) -> Result<()> {
    let style = match finding.severity {
        Severity::Error => ERROR,
        Severity::Warning => WARNING,
        Severity::Information => INFORMATION,
    };
    let label = finding.severity.as_str();
    writeln!(
        out,
        "{style}{label}[{}]{style:#}{BOLD}: {}{BOLD:#}",
        finding.code, finding.message
    )?;
    let at = position(document, bytes, points, finding.span);
    writeln!(out, "  {FRAME}-->{FRAME:#} {name}:{}:{}", at.0, at.1)?;
    let gutter = at.0.to_string().len().max(2);
    let line = Line {
        text: points.text(),
        number: at.0,
        gutter,
        width,
    };
    // Words on the finding's own line are underlined there; a line is not shown twice.
    let beside: Vec<Span<Text>> = finding.evidence.iter().filter_map(words_of).collect();
    let shown = snippet(out, &line, finding.span, &beside, style)?;
    for evidence in &finding.evidence {
        match evidence {
            Evidence::Words { span, note } | Evidence::Claim { span, note, .. } => {
                if finding.span.covers(*span) && *span != finding.span {
                    continue;
                }
                if shown.covers(*span) {
                    let words = span
                        .of(points.text())
                        .split_whitespace()
                        .collect::<Vec<_>>()
                        .join(" ");
                    let note = format!("“{}”: {note}", shorten(&words, 60));
                    note_line(out, gutter, "note", &note, width)?;
                    continue;
                }
                let at = position(document, bytes, points, *span);
                let note = format!("{note} ({name}:{}:{})", at.0, at.1);
                note_line(out, gutter, "note", &note, width)?;
                snippet(
                    out,
                    &Line {
                        number: at.0,
                        ..line
                    },
                    *span,
                    &[],
                    FRAME,
                )?;
            }
            Evidence::Entry {
                entry,
                note,
                source,
                verified,
            } => {
                let status = if *verified { "" } else { ", unverified" };
                note_line(
                    out,
                    gutter,
                    "pack",
                    &format!("{note} [{entry}{status}]"),
                    width,
                )?;
                for s in source.iter().take(3) {
                    note_line(out, gutter, "source", s, width)?;
                }
            }
            Evidence::Reckoning { note } => note_line(out, gutter, "reckoning", note, width)?,
        }
    }
    if let Some(help) = &finding.help {
        note_line(out, gutter, "help", help, width)?;
    }
    writeln!(out)?;
    Ok(())
}

fn position(
    document: &Document,
    bytes: &[u8],
    points: &CodePoints,
    span: Span<Text>,
) -> (u32, u32) {
    match document.map.bytes(span) {
        Some(source) => source_position(bytes, source.start),
        None => {
            let at = points.line_column(span.start);
            (at.line, at.column)
        }
    }
}

fn words_of(evidence: &Evidence) -> Option<Span<Text>> {
    match evidence {
        Evidence::Words { span, .. } => Some(*span),
        _ => None,
    }
}

/// Where a snippet is shown: the text, the line's number, and the room there is.
#[derive(Clone, Copy)]
struct Line<'t> {
    text: &'t str,
    number: u32,
    gutter: usize,
    width: usize,
}

/// The line of text around a span, cut to the width, the words underlined with `^`, those of `beside` that are in
/// sight with `-`. Gives the stretch of text that was shown.
fn snippet(
    out: &mut dyn Write,
    line: &Line<'_>,
    span: Span<Text>,
    beside: &[Span<Text>],
    style: Style,
) -> Result<Span<Text>> {
    let (text, gutter, number) = (line.text, line.gutter, line.number);
    let room = line.width.saturating_sub(gutter + 4).max(20);
    let start = text[..span.start as usize].rfind('\n').map_or(0, |i| i + 1);
    let end = text[span.start as usize..]
        .find('\n')
        .map_or(text.len(), |i| i + span.start as usize);
    // Byte offset and character of the line; a span over several lines is shown by its first.
    let chars: Vec<(u32, char)> = text[start..end]
        .char_indices()
        .map(|(i, c)| ((start + i) as u32, c))
        .collect();
    let at = |byte: u32| chars.partition_point(|c| c.0 < byte);
    let (first, last) = (at(span.start), at(span.end).max(at(span.start)));
    let length = (last - first).min(room);
    let spare = room - length;
    let after = chars.len() - (first + length);
    let left = first.min(spare - after.min(spare / 2));
    let right = after.min(spare - left);
    let mut from = first - left;
    let mut to = first + length + right;
    if from > 0 {
        from = next_word(&chars, from + 1, first);
    }
    if to < chars.len() {
        to = last_word(&chars, to.saturating_sub(2), first + length);
    }
    let body: String = chars[from..to].iter().map(|c| flat(c.1)).collect();
    let (head, tail) = (
        if from > 0 { "… " } else { "" },
        if to < chars.len() { " …" } else { "" },
    );
    let byte = |i: usize| chars.get(i).map_or(end as u32, |c| c.0);
    let shown = Span::new(byte(from), byte(to));
    let mut marks: Vec<char> = vec![' '; to - from];
    for other in beside.iter().filter(|o| shown.covers(**o)) {
        marks[at(other.start) - from..at(other.end) - from].fill('-');
    }
    marks[first - from..(first + length).min(to) - from].fill('^');
    if length == 0 {
        marks.push('^');
    }
    let marks: String = marks.into_iter().collect();
    writeln!(out, "{FRAME}{:>gutter$} |{FRAME:#}", "")?;
    writeln!(
        out,
        "{FRAME}{number:>gutter$} |{FRAME:#} {head}{body}{tail}"
    )?;
    let indent = head.chars().count();
    writeln!(
        out,
        "{FRAME}{:>gutter$} |{FRAME:#} {:indent$}{style}{}{style:#}",
        "",
        "",
        marks.trim_end()
    )?;
    Ok(shown)
}

/// The first beginning of a word at or after `from`, `limit` at the latest.
fn next_word(chars: &[(u32, char)], from: usize, limit: usize) -> usize {
    (from..limit)
        .find(|&i| chars[i - 1].1.is_whitespace())
        .unwrap_or(from.min(limit))
}

/// The last end of a word at or before `to`, `limit` at the earliest.
fn last_word(chars: &[(u32, char)], to: usize, limit: usize) -> usize {
    (limit..=to)
        .rev()
        .find(|&i| chars.get(i).is_some_and(|c| c.1.is_whitespace()))
        .unwrap_or(to.max(limit))
}

fn flat(c: char) -> char {
    if c.is_whitespace() { ' ' } else { c }
}

/// A labelled line under a snippet, wrapped.
fn note_line(
    out: &mut dyn Write,
    gutter: usize,
    label: &str,
    text: &str,
    width: usize,
) -> Result<()> {
    let indent = gutter + 3 + label.len() + 2;
    let room = width.saturating_sub(indent).max(20);
    for (i, line) in wrapped(text, room).iter().enumerate() {
        if i == 0 {
            writeln!(
                out,
                "{:>gutter$} {FRAME}={FRAME:#} {BOLD}{label}{BOLD:#}: {line}",
                ""
            )?;
        } else {
            writeln!(out, "{:indent$}{line}", "")?;
        }
    }
    Ok(())
}
