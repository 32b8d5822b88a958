//! How things look on a terminal: findings like a good compiler's, widths, colours.

use std::io::{IsTerminal, Write};

use anstyle::{AnsiColor, Style};
use anyhow::Result;
use sayso_model::{CodePoints, Document, Evidence, Finding, Severity, Span, Text};

/// Colour of errors.
pub const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const INFORMATION: Style = AnsiColor::Cyan.on_default().bold();
const FRAME: Style = AnsiColor::Blue.on_default().bold();
const BOLD: Style = Style::new().bold();

/// Columns of the terminal; 100 where there is none.
pub fn width() -> usize {
    if !std::io::stdout().is_terminal() {
        return 100;
    }
    comfy_table::Table::new()
        .width()
        .map_or(100, usize::from)
        .clamp(60, 160)
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
    snippet(
        out,
        &points.text()[..],
        finding.span,
        at.0,
        gutter,
        width,
        style,
    )?;
    for evidence in &finding.evidence {
        match evidence {
            Evidence::Words { span, note } | Evidence::Claim { span, note, .. } => {
                let at = position(document, bytes, points, *span);
                note_line(
                    out,
                    gutter,
                    "note",
                    &format!("{note} ({name}:{}:{})", at.0, at.1),
                    width,
                )?;
                if *span != finding.span {
                    snippet(out, points.text(), *span, at.0, gutter, width, FRAME)?;
                }
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

/// The line of text around a span, cut to the width, the words underlined.
fn snippet(
    out: &mut dyn Write,
    text: &str,
    span: Span<Text>,
    line: u32,
    gutter: usize,
    width: usize,
    style: Style,
) -> Result<()> {
    let room = width.saturating_sub(gutter + 4).max(20);
    let words = span.of(text);
    let start = text[..span.start as usize].rfind('\n').map_or(0, |i| i + 1);
    let end = text[span.end as usize..]
        .find('\n')
        .map_or(text.len(), |i| i + span.end as usize);
    // A span over several lines is shown by its first.
    let shown_words: Vec<char> = words
        .lines()
        .next()
        .unwrap_or("")
        .chars()
        .take(room)
        .collect();
    let before: Vec<char> = text[start..span.start as usize].chars().map(flat).collect();
    let after: Vec<char> = text[span.end as usize..end].chars().map(flat).collect();
    let spare = room.saturating_sub(shown_words.len());
    let left = before
        .len()
        .min(spare.saturating_sub(after.len().min(spare / 2)));
    let right = after.len().min(spare.saturating_sub(left));
    let mut head: String = before[before.len() - left..].iter().collect();
    let mut tail: String = after[..right].iter().collect();
    if left < before.len() {
        head = ellipsis_left(&head);
    }
    if right < after.len() {
        tail = ellipsis_right(&tail);
    }
    let indent = head.chars().count();
    let body: String = shown_words.iter().map(|&c| flat(c)).collect();
    writeln!(out, "{FRAME}{:>gutter$} |{FRAME:#}", "")?;
    writeln!(out, "{FRAME}{line:>gutter$} |{FRAME:#} {head}{body}{tail}")?;
    writeln!(
        out,
        "{FRAME}{:>gutter$} |{FRAME:#} {:indent$}{style}{}{style:#}",
        "",
        "",
        "^".repeat(shown_words.len().max(1))
    )?;
    Ok(())
}

fn flat(c: char) -> char {
    if c.is_whitespace() { ' ' } else { c }
}

fn ellipsis_left(text: &str) -> String {
    let cut: String = text.chars().skip(1).collect();
    let rest = cut
        .find(' ')
        .filter(|&i| i < 20)
        .map_or(cut.as_str(), |i| &cut[i..]);
    format!("…{rest}")
}

fn ellipsis_right(text: &str) -> String {
    let mut cut: String = text.to_owned();
    cut.pop();
    let keep = cut
        .rfind(' ')
        .filter(|&i| cut.len() - i < 20)
        .unwrap_or(cut.len());
    cut.truncate(keep);
    format!("{cut} …")
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
    let mut line = String::new();
    let mut first = true;
    let mut flush = |line: &mut String, first: &mut bool| -> Result<()> {
        if *first {
            writeln!(
                out,
                "{:>gutter$} {FRAME}={FRAME:#} {BOLD}{label}{BOLD:#}: {line}",
                ""
            )?;
        } else {
            writeln!(out, "{:indent$}{line}", "")?;
        }
        *first = false;
        line.clear();
        Ok(())
    };
    for word in text.split_whitespace() {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > room {
            flush(&mut line, &mut first)?;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    flush(&mut line, &mut first)
}
