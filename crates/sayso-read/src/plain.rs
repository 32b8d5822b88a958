//! Plain text and Markdown to parts, the layout of the page often lost.
//!
//! The text is taken line by line. Blank lines part paragraphs; hand-broken lines are joined; where there are no blank
//! lines each line is a paragraph. What a line is follows from its marks (Markdown, bullets), its length, its last
//! character and what stands after it.

use crate::Hints;
use crate::furniture::{
    is_chrome, is_credit, is_labelled_caption, is_source_heading, is_source_note, plain_words,
    same_words,
};
use crate::lines::{Line, Lines, begins_lower, ends_sentence, marker};
use crate::{dates, table, words};
use sayso_model::{Cell, Part, PartKind, Span};

/// Longest heading, in characters and in words.
const HEADING: (usize, usize) = (100, 14);
/// Longest caption, byline and question, in characters.
const CAPTION: usize = 260;
const BYLINE: usize = 120;
const QUESTION: usize = 220;

/// Lines taken at once as items of a list without bullets.
const LONGEST_BARE_LIST: usize = 300;

/// The parts of a plain text, in order, without overlap.
pub(crate) fn parts(text: &str, hints: &Hints) -> Vec<Part> {
    let lines = Lines::of(text);
    let mut reader = Reader {
        text,
        lines: &lines,
        hints,
        parts: Vec::new(),
        tables: 0,
        prose: 0,
        titled: false,
        after_figure: false,
    };
    let mut at = front_matter(text, &lines, &mut reader.parts);
    while at < lines.all.len() {
        at = reader.step(at).max(at + 1);
    }
    let mut parts = reader.parts;
    questions(text, &mut parts);
    parts
}

struct Reader<'a> {
    text: &'a str,
    lines: &'a Lines,
    hints: &'a Hints,
    parts: Vec<Part>,
    tables: u32,
    /// Paragraphs so far.
    prose: usize,
    titled: bool,
    /// Whether a caption or table stands just before.
    after_figure: bool,
}

impl<'a> Reader<'a> {
    fn line(&self, i: usize) -> Option<&'a Line> {
        self.lines.all.get(i)
    }

    fn words(&self, i: usize) -> &'a str {
        self.line(i).map_or("", |l| l.of(self.text))
    }

    fn put(&mut self, start: usize, end: usize, kind: PartKind) {
        if start < end {
            self.parts.push(Part {
                span: Span::new(start as u32, end as u32),
                kind,
            });
        }
    }

    /// Whether line `i` neither goes on in the next nor was begun in the one before.
    fn alone(&self, i: usize) -> bool {
        !self.lines.goes_on(self.text, i)
    }

    /// Reads what begins at line `at`; gives the line after it.
    fn step(&mut self, at: usize) -> usize {
        let Some(line) = self.line(at).copied() else {
            return at + 1;
        };
        let s = line.of(self.text);
        let after_figure = std::mem::take(&mut self.after_figure);

        if is_rule(s) {
            return at + 1;
        }
        if let Some(next) = self.fence(at, s) {
            return next;
        }
        if let Some(t) = table::at(self.text, self.lines, at) {
            return self.table(at, t);
        }
        if let Some((level, lead)) = hashes(s) {
            return self.marked_heading(at, &line, level, lead);
        }
        // A rule of "=" or "-" beneath a line makes it a heading.
        if let Some(next) = self.line(at + 1)
            && !next.gap
            && let Some(level) = underline(next.of(self.text))
            && line.chars <= HEADING.0
        {
            self.heading(&line, level);
            return at + 2;
        }
        if !self.titled && self.prose == 0 && self.is_hinted_title(s) {
            self.titled = true;
            self.put(line.start, line.end, PartKind::Title);
            return at + 1;
        }
        if let Some(quoted) = s.strip_prefix('>') {
            return self.quotation(at, &line, s.len() - quoted.len());
        }
        if is_source_heading(s) && !self.words(at + 1).is_empty() {
            return self.source_list(at, &line);
        }
        if let Some(end) = self.inline_sources(at, &line) {
            return end;
        }
        if self.alone(at) && is_chrome(s) {
            self.put(line.start, line.end, PartKind::Chrome);
            return at + 1;
        }
        if let Some(lead) = marker(s) {
            return self.item(at, &line, lead);
        }
        if self.alone(at) && is_row_of_figures(s) {
            self.put(line.start, line.end, PartKind::ListItem);
            return at + 1;
        }
        if self.alone(at) && begins_with_clock(s) && line.chars <= HEADING.0 {
            self.put(line.start, line.end, PartKind::Chrome);
            return at + 1;
        }
        if self.alone(at) && self.picture_line(&line, after_figure) {
            self.after_figure = true;
            return at + 1;
        }
        if self.prose <= 1 && self.alone(at) && line.chars <= BYLINE {
            if is_byline(s) {
                self.put(line.start, line.end, PartKind::Byline);
                return at + 1;
            }
            if is_dateline(s) {
                self.put(line.start, line.end, PartKind::Dateline);
                return at + 1;
            }
        }
        if self.alone(at)
            && line.chars <= QUESTION
            && one_question(strip_bold(s).2)
            && self.line(at + 1).is_some()
        {
            let (lead, tail, _) = strip_bold(s);
            self.put(line.start + lead, line.end - tail, PartKind::Question);
            return at + 1;
        }
        if self.alone(at) && self.is_heading(at, &line) {
            if let Some(next) = self.bare_list(at) {
                return next;
            }
            self.heading(&line, 2);
            return at + 1;
        }
        self.paragraph(at)
    }

    fn is_hinted_title(&self, s: &str) -> bool {
        self.hints
            .title
            .as_deref()
            .is_some_and(|t| same_words(t, s))
    }

    /// The last line of the paragraph that begins at `at`.
    fn last(&self, at: usize) -> usize {
        let mut last = at;
        while self.lines.goes_on(self.text, last) && !begins_block(self.words(last + 1)) {
            last += 1;
        }
        last
    }

    fn paragraph(&mut self, at: usize) -> usize {
        let last = self.last(at);
        if let (Some(a), Some(b)) = (self.line(at), self.line(last)) {
            let (start, end) = (a.start, b.end);
            self.prose += usize::from(end - start > 60);
            self.put(start, end, PartKind::Paragraph);
        }
        last + 1
    }

    fn item(&mut self, at: usize, line: &Line, lead: usize) -> usize {
        // An item goes on in lines that are indented or that a hand-broken line needs.
        let mut last = at;
        while let Some(next) = self.line(last + 1) {
            let more = !next.gap
                && !begins_block(next.of(self.text))
                && (self.lines.goes_on(self.text, last) || next.indent >= line.indent + 2);
            if !more {
                break;
            }
            last += 1;
        }
        let end = self.line(last).map_or(line.end, |l| l.end);
        let sources = self
            .parts
            .last()
            .is_some_and(|p| p.kind == PartKind::SourceEntry);
        self.put(
            line.start + lead,
            end,
            if sources {
                PartKind::SourceEntry
            } else {
                PartKind::ListItem
            },
        );
        last + 1
    }

    fn quotation(&mut self, at: usize, line: &Line, lead: usize) -> usize {
        let mut last = at;
        while self
            .line(last + 1)
            .is_some_and(|n| !n.gap && n.of(self.text).starts_with('>'))
        {
            last += 1;
        }
        let end = self.line(last).map_or(line.end, |l| l.end);
        let inner = self.text.get(line.start + lead..end).unwrap_or("");
        let blank = inner.len() - inner.trim_start().len();
        self.put(line.start + lead + blank, end, PartKind::Quotation);
        last + 1
    }

    fn fence(&mut self, at: usize, s: &str) -> Option<usize> {
        let mark = ["```", "~~~"].into_iter().find(|m| s.starts_with(m))?;
        let close = (at + 1..self.lines.all.len()).find(|&i| self.words(i).starts_with(mark))?;
        if let (Some(a), Some(b)) = (self.line(at + 1), self.line(close - 1))
            && close > at + 1
        {
            let (start, end) = (a.start, b.end);
            self.put(start, end, PartKind::Paragraph);
        }
        Some(close + 1)
    }

    fn table(&mut self, at: usize, t: table::Table) -> usize {
        for (r, row) in t.rows.iter().enumerate() {
            for (c, cell) in row.iter().enumerate() {
                let words = &self.text[cell.clone()];
                let header =
                    (r == 0 && t.header) || (c == 0 && row.len() > 1 && !table::numberish(words));
                self.put(
                    cell.start,
                    cell.end,
                    PartKind::Cell(Cell {
                        table: self.tables,
                        row: r as u32,
                        column: c as u32,
                        header,
                    }),
                );
            }
        }
        self.tables += 1;
        self.after_figure = true;
        at + t.lines
    }

    fn marked_heading(&mut self, at: usize, line: &Line, level: u8, lead: usize) -> usize {
        let s = line.of(self.text);
        let tail = s.len() - s.trim_end_matches(['#', ' ']).len();
        let inner = Line {
            start: line.start + lead,
            end: line.end - tail,
            ..*line
        };
        let words = inner.of(self.text);
        if is_source_heading(words) && !self.words(at + 1).is_empty() {
            return self.source_list(at, &inner);
        }
        if one_question(words) && (self.prose != 0 || self.titled) {
            self.put(inner.start, inner.end, PartKind::Question);
        } else if is_chrome(words) {
            self.put(inner.start, inner.end, PartKind::Chrome);
        } else {
            self.heading(&inner, level);
        }
        at + 1
    }

    /// A heading, or the title where it is the first.
    fn heading(&mut self, line: &Line, level: u8) {
        let (lead, tail, words) = strip_bold(line.of(self.text));
        let first =
            !self.titled && self.prose == 0 && self.parts.iter().all(|p| !p.kind.is_content());
        let title = first
            && match &self.hints.title {
                Some(t) => same_words(t, words) || level == 1,
                None => true,
            };
        self.titled |= title;
        let kind = if title {
            PartKind::Title
        } else {
            PartKind::Heading(level)
        };
        self.put(line.start + lead, line.end - tail, kind);
    }

    fn is_heading(&self, at: usize, line: &Line) -> bool {
        let (_, _, words) = strip_bold(line.of(self.text));
        let Some(next) = self.line(at + 1) else {
            return false;
        };
        let count = words.split_whitespace().count();
        if line.chars > HEADING.0
            || count > HEADING.1
            || begins_lower(words)
            || !words.chars().any(char::is_alphabetic)
        {
            return false;
        }
        let bold = words.len() < line.end - line.start;
        let stops = words.ends_with([',', ';', '—', '–', '-'])
            || (ends_sentence(words) && !words.ends_with([':', '?']));
        if stops && !bold {
            return false;
        }
        if words.ends_with(':') && (count > 6 || marker(next.of(self.text)).is_some()) {
            return false;
        }
        if words.starts_with(['"', '“', '(', '\'', '‘']) && (self.prose != 0 || self.titled) {
            return false;
        }
        // What it stands over: text longer than itself, a list, a table, or another heading; apart from it or hard
        // below it, but not as the line before in the same block.
        let apart = line.gap
            || self
                .parts
                .last()
                .is_none_or(|p| !matches!(p.kind, PartKind::ListItem));
        apart && (next.gap || next.chars > line.chars || marker(next.of(self.text)).is_some())
    }

    /// Three short lines or more, hard below one another and without a stop, are the items of a list.
    fn bare_list(&mut self, at: usize) -> Option<usize> {
        let mut end = at;
        while let Some(line) = self.line(end)
            && end - at < LONGEST_BARE_LIST
        {
            let s = line.of(self.text);
            let item = (end == at || !line.gap)
                && line.chars <= HEADING.0
                && !ends_sentence(s)
                && !begins_block(s)
                && !is_chrome(s)
                && !is_byline(s);
            if !item {
                break;
            }
            end += 1;
        }
        // The first of them may be the title or a heading over the rest; a long line after them speaks for headings.
        if end - at < 3
            || (self.prose == 0 && !self.titled)
            || (end - at < LONGEST_BARE_LIST && self.line(end).is_some_and(|l| !l.gap))
        {
            return None;
        }
        for i in at..end {
            if let Some(l) = self.line(i).copied() {
                self.put(l.start, l.end, PartKind::ListItem);
            }
        }
        Some(end)
    }

    /// A caption, a credit, or both in one line.
    fn picture_line(&mut self, line: &Line, after_figure: bool) -> bool {
        // The marks of bold or italic around the whole line are no part of it.
        let (lead, tail, _) = strip_bold(line.of(self.text));
        let line = &Line {
            start: line.start + lead,
            end: line.end - tail,
            ..*line
        };
        let s = line.of(self.text);
        if line.chars > CAPTION {
            return false;
        }
        if let Some(bar) = s.rfind(" | ")
            && is_credit(&s[bar + 3..])
        {
            self.put(line.start, line.start + bar, PartKind::Caption);
            self.put(line.start + bar + 3, line.end, PartKind::Credit);
            return true;
        }
        if is_credit(s) && line.chars <= BYLINE + 40 {
            self.put(line.start, line.end, PartKind::Credit);
            return true;
        }
        if is_source_note(s) && !s.contains(';') {
            let kind = if after_figure {
                PartKind::Credit
            } else {
                PartKind::SourceEntry
            };
            self.put(line.start, line.end, kind);
            return true;
        }
        if let Some(open) = s.rfind(['(', '['])
            && s.trim_end_matches('.').ends_with([')', ']'])
        {
            let inner = &s[open + 1..];
            if open > 0 && (is_credit(inner) || is_source_note(inner)) {
                let caption = s[..open].trim_end().len();
                self.put(line.start, line.start + caption, PartKind::Caption);
                self.put(line.start + open, line.end, PartKind::Credit);
                return true;
            }
        }
        if is_labelled_caption(s) {
            self.put(line.start, line.end, PartKind::Caption);
            return true;
        }
        false
    }

    /// "Sources" on a line of its own and the entries beneath it.
    fn source_list(&mut self, at: usize, line: &Line) -> usize {
        let (lead, tail, _) = strip_bold(line.of(self.text));
        self.put(line.start + lead, line.end - tail, PartKind::Heading(2));
        let mut i = at + 1;
        let mut bullets = None;
        let mut gaps = None;
        while let Some(l) = self.line(i).copied() {
            let s = l.of(self.text);
            let lead = marker(s).or_else(|| reference_mark(s));
            if hashes(s).is_some() || is_chrome(s) || is_rule(s) {
                break;
            }
            let bulleted = *bullets.get_or_insert(lead.is_some());
            if bulleted && lead.is_none() {
                break;
            }
            // Entries without bullets stand as the first two do: hard below one another or each apart.
            if !bulleted && i > at + 1 && l.gap != *gaps.get_or_insert(l.gap) && l.gap {
                break;
            }
            let mut last = i;
            while self.lines.goes_on(self.text, last) && marker(self.words(last + 1)).is_none() {
                last += 1;
            }
            let end = self.line(last).map_or(l.end, |x| x.end);
            self.put(l.start + lead.unwrap_or(0), end, PartKind::SourceEntry);
            i = last + 1;
        }
        i
    }

    /// "Sources: one; another; a third" in one line, or broken by hand over several.
    fn inline_sources(&mut self, at: usize, line: &Line) -> Option<usize> {
        let s = line.of(self.text);
        let colon = s.get(..s.len().min(60))?.find(':')?;
        let label = s[..colon].trim_matches(['*', '_']);
        if !is_source_heading(label) {
            return None;
        }
        let last = self.last(at);
        let end = self.line(last)?.end;
        let mut from = line.start + colon + 1;
        while self.text[from..end].starts_with(['*', '_']) {
            from += 1;
        }
        let list = self.text.get(from..end)?;
        let by = if list.contains(';') {
            ';'
        } else if list.split(',').count() > 1
            && list.split(',').all(|e| e.split_whitespace().count() <= 6)
        {
            ','
        } else {
            '\n'
        };
        self.put(line.start, line.start + colon + 1, PartKind::Heading(4));
        let mut start = from;
        for entry in list.split(by) {
            let lead = entry.len() - entry.trim_start().len();
            let words = entry.trim();
            self.put(
                start + lead,
                start + lead + words.len(),
                PartKind::SourceEntry,
            );
            start += entry.len() + 1;
        }
        Some(last + 1)
    }
}

/// Whether a line cannot go on a paragraph whatever its neighbours.
fn begins_block(s: &str) -> bool {
    marker(s).is_some()
        || hashes(s).is_some()
        || is_rule(s)
        || s.starts_with('>')
        || s.starts_with("```")
}

fn is_rule(s: &str) -> bool {
    s.len() >= 3
        && s.chars().all(|c| {
            matches!(
                c,
                '-' | '=' | '*' | '_' | '~' | ' ' | '—' | '–' | '•' | '·' | '#'
            )
        })
        && s.chars().filter(|c| *c != ' ').count() >= 3
}

fn underline(s: &str) -> Option<u8> {
    let of = |c: char| s.len() >= 3 && s.chars().all(|x| x == c);
    if of('=') {
        Some(1)
    } else if of('-') {
        Some(2)
    } else {
        None
    }
}

/// Level of a heading marked by "#", and the bytes of the mark.
fn hashes(s: &str) -> Option<(u8, usize)> {
    let level = s.bytes().take_while(|&b| b == b'#').count();
    let rest = s.get(level..)?;
    ((1..=6).contains(&level) && rest.starts_with([' ', '\t']))
        .then(|| (level as u8, s.len() - rest.trim_start().len()))
}

/// "[3]" or "3." before a reference.
fn reference_mark(s: &str) -> Option<usize> {
    let rest = s.strip_prefix('[')?;
    let close = rest.get(..rest.len().min(5))?.find(']')?;
    rest[..close].bytes().all(|b| b.is_ascii_digit()).then(|| {
        let after = &rest[close + 1..];
        s.len() - after.trim_start().len()
    })
}

/// Bytes of bold or italic marks around a whole line, before and after, and the words between.
fn strip_bold(s: &str) -> (usize, usize, &str) {
    for mark in ["***", "**", "__", "*", "_"] {
        if let Some(inner) = s.strip_prefix(mark).and_then(|x| x.strip_suffix(mark))
            && !inner.is_empty()
            && !inner.contains(mark)
        {
            return (mark.len(), mark.len(), inner);
        }
    }
    (0, 0, s)
}

/// Whether words are one question: a question mark at the end and no sentence end before it.
fn one_question(s: &str) -> bool {
    let s = s
        .strip_prefix("Q:")
        .or_else(|| s.strip_prefix("Q."))
        .unwrap_or(s)
        .trim();
    let core = s.trim_end_matches(['"', '”', '*', '_', ')']);
    core.ends_with('?')
        && !s.starts_with(['"', '“'])
        && first_stop(core).is_none_or(|i| i + 1 >= core.len())
}

/// The first place where a sentence ends and another may begin.
fn first_stop(s: &str) -> Option<usize> {
    let bytes = s.as_bytes();
    (0..bytes.len()).find(|&i| {
        matches!(bytes[i], b'.' | b'?' | b'!')
            && bytes
                .get(i + 1)
                .is_none_or(|b| b.is_ascii_whitespace() || *b == b'*' || *b == b'"')
            && !(bytes[i] == b'.' && abbreviated(&s[..i]))
    })
}

/// Whether a stop after these words belongs to a short form: a single capital, or a title.
fn abbreviated(before: &str) -> bool {
    let word = before
        .rsplit(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or("");
    (word.chars().count() == 1 && word.chars().all(char::is_uppercase))
        || matches!(
            word,
            "Mr" | "Mrs"
                | "Ms"
                | "Dr"
                | "St"
                | "Gen"
                | "Col"
                | "Lt"
                | "Sen"
                | "Rep"
                | "Gov"
                | "Prof"
                | "No"
                | "vs"
        )
}

/// "By Ana Brack", perhaps with a place and a date after it.
pub(crate) fn is_byline(s: &str) -> bool {
    let lower = plain_words(s);
    let Some(rest) = lower
        .strip_prefix("by ")
        .or_else(|| lower.strip_prefix("by: "))
        .or_else(|| lower.strip_prefix("written by "))
        .or_else(|| lower.strip_prefix("author: "))
        .or_else(|| lower.strip_prefix("reported by "))
    else {
        return false;
    };
    // A name after it: the first word after the cue begins with a capital in the text.
    let name = s
        .split_whitespace()
        .skip_while(|w| !matches!(w.to_lowercase().as_str(), "by" | "by:" | "author:"))
        .nth(1);
    !ends_sentence(s.trim_end_matches('.'))
        && rest.split_whitespace().count() <= 16
        && !s.ends_with('.')
        && name.is_some_and(|n| n.chars().next().is_some_and(char::is_uppercase))
}

/// A line that is a date, perhaps labelled, perhaps with a clock time.
pub(crate) fn is_dateline(s: &str) -> bool {
    let Some(found) = dates::first(s) else {
        return false;
    };
    let rest = format!("{} {}", &s[..found.start], &s[found.end..]);
    rest.split(|c: char| !c.is_alphabetic())
        .filter(|w| !w.is_empty())
        .all(|w| {
            let w = w.to_lowercase();
            words::WEEKDAYS.contains(&w.as_str())
                || words::DATE_LABELS
                    .iter()
                    .any(|l| l.split(' ').any(|x| x == w))
                || matches!(
                    w.as_str(),
                    "on" | "at"
                        | "am"
                        | "pm"
                        | "a"
                        | "p"
                        | "m"
                        | "et"
                        | "est"
                        | "edt"
                        | "gmt"
                        | "utc"
                        | "bst"
                        | "cet"
                        | "pst"
                        | "pdt"
                        | "t"
                        | "z"
                        | "of"
                        | "last"
                        | "time"
                        | "local"
                        | "and"
                        | "by"
                        | "ago"
                        | "hour"
                        | "hours"
                        | "minutes"
                        | "days"
                        | "months"
                        | "read"
                )
        })
}

/// A short line with two figures or more, or one after a colon, and its end a figure: a row of a list of results.
fn is_row_of_figures(s: &str) -> bool {
    let words: Vec<&str> = s.split_whitespace().collect();
    let figure = |w: &&&str| table::numberish(w);
    words.len() >= 2
        && words.len() <= 10
        && words.last().is_some_and(|w| table::numberish(w))
        && dates::first(s).is_none()
        && (words.iter().filter(figure).count() >= 3 || s.contains(": "))
        && !ends_sentence(s)
}

/// "1:26 Film: …": a line that begins with the length of a film.
fn begins_with_clock(s: &str) -> bool {
    let Some((clock, rest)) = s.split_once(' ') else {
        return false;
    };
    clock.split_once(':').is_some_and(|(m, sec)| {
        (1..=2).contains(&m.len())
            && sec.len() == 2
            && m.bytes().chain(sec.bytes()).all(|b| b.is_ascii_digit())
    }) && rest.starts_with(char::is_uppercase)
        && !ends_sentence(rest)
        && !matches!(rest.get(..2), Some("PM" | "AM" | "GM" | "ET" | "BS"))
}

/// YAML front matter: kept as chrome; gives the line after it.
fn front_matter(text: &str, lines: &Lines, parts: &mut Vec<Part>) -> usize {
    let Some(first) = lines.all.first() else {
        return 0;
    };
    if first.of(text) != "---" {
        return 0;
    }
    let Some(close) = (1..lines.all.len().min(60)).find(|&i| lines.all[i].of(text) == "---") else {
        return 0;
    };
    let keyed = |l: &Line| {
        let s = l.of(text);
        s.starts_with(['-', '#']) || s.split_once(':').is_some_and(|(k, _)| !k.contains(' '))
    };
    if close < 2 || !lines.all[1..close].iter().all(keyed) {
        return 0;
    }
    parts.push(Part {
        span: Span::new(lines.all[0].start as u32, lines.all[close].end as u32),
        kind: PartKind::Chrome,
    });
    close + 1
}

/// Sets answers after questions, and parts paragraphs that hold a question and its answer.
fn questions(text: &str, parts: &mut Vec<Part>) {
    let inline = |p: &Part| -> Option<(u32, u32)> {
        if p.kind != PartKind::Paragraph {
            return None;
        }
        let words = p.span.of(text);
        let bold = words.starts_with("**");
        let stop = first_stop(words)?;
        if words.as_bytes()[stop] != b'?' || stop > QUESTION || words.starts_with(['"', '“']) {
            return None;
        }
        let mut end = stop + 1;
        while words[end..].starts_with('*') {
            end += 1;
        }
        let rest = &words[end..];
        let start = end + rest.len() - rest.trim_start().len();
        (start < words.len() && (!bold || words[..end].ends_with("**")))
            .then(|| (p.span.start + end as u32, p.span.start + start as u32))
    };
    let found = parts.iter().filter(|p| inline(p).is_some()).count();
    let marked = parts
        .iter()
        .filter(|p| p.kind == PartKind::Question)
        .count();
    if found >= 2 || (found == 1 && marked >= 1) {
        let mut out = Vec::with_capacity(parts.len() + found);
        for p in parts.drain(..) {
            match inline(&p) {
                Some((end, start)) => {
                    let lead = if p.span.of(text).starts_with("**") {
                        2
                    } else {
                        0
                    };
                    let tail = if lead > 0 { 2 } else { 0 };
                    out.push(Part {
                        span: Span::new(p.span.start + lead, end - tail),
                        kind: PartKind::Question,
                    });
                    out.push(Part {
                        span: Span::new(start, p.span.end),
                        kind: PartKind::Answer,
                    });
                }
                None => out.push(p),
            }
        }
        *parts = out;
    }
    // With several questions all prose up to the next heading answers; after a lone one, the next paragraph does.
    let many = parts
        .iter()
        .filter(|p| p.kind == PartKind::Question)
        .count()
        >= 2;
    let mut open = false;
    for part in parts.iter_mut() {
        match part.kind {
            PartKind::Question => open = true,
            PartKind::Paragraph if open => {
                part.kind = PartKind::Answer;
                open = many;
            }
            PartKind::Heading(_) | PartKind::Title | PartKind::SourceEntry => open = false,
            _ => {}
        }
    }
    // A question that nothing answers is a paragraph.
    for i in 0..parts.len() {
        if parts[i].kind == PartKind::Question
            && !parts[i + 1..].iter().take(3).any(|p| {
                matches!(
                    p.kind,
                    PartKind::Answer | PartKind::ListItem | PartKind::Cell(_)
                )
            })
        {
            parts[i].kind = PartKind::Paragraph;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(&'static str, &str)> {
        parts(text, &Hints::default())
            .iter()
            .map(|p| (p.kind.as_str(), p.span.of(text)))
            .collect()
    }

    #[test]
    fn a_page_whose_layout_was_lost_reads_well() {
        let text = "Cranes stop at Leith\n\nBy Ana Brack\n\nPublished: 9 March 2021\n\nListen\n\nNine cranes stopped on Friday. The board met.\n\nIdle cranes at the north quay (Source: Leith Harbour Trust)\n\nWhat stopped\n\n- Nine cranes\n- Two tugs\n\nWhen will they run again?\n\nNot before May, the board says.\n\nSources: Leith Harbour Trust; Board minutes, 8 March; the tug crews\n";
        assert_eq!(
            read(text),
            [
                ("title", "Cranes stop at Leith"),
                ("byline", "By Ana Brack"),
                ("dateline", "Published: 9 March 2021"),
                ("chrome", "Listen"),
                ("paragraph", "Nine cranes stopped on Friday. The board met."),
                ("caption", "Idle cranes at the north quay"),
                ("credit", "(Source: Leith Harbour Trust)"),
                ("heading", "What stopped"),
                ("list_item", "Nine cranes"),
                ("list_item", "Two tugs"),
                ("question", "When will they run again?"),
                ("answer", "Not before May, the board says."),
                ("heading", "Sources:"),
                ("source_entry", "Leith Harbour Trust"),
                ("source_entry", "Board minutes, 8 March"),
                ("source_entry", "the tug crews"),
            ]
        );
    }

    #[test]
    fn questions_within_paragraphs_are_parted_from_their_answers() {
        let text = "**Who pays?** The board does.\n\n**How much?** Nine crowns a day.";
        assert_eq!(
            read(text),
            [
                ("question", "Who pays?"),
                ("answer", "The board does."),
                ("question", "How much?"),
                ("answer", "Nine crowns a day.")
            ]
        );
        let lone = "Who pays? The board does.\n\nIt has nine crowns.";
        assert_eq!(read(lone)[0].0, "paragraph");
    }

    #[test]
    fn one_line_a_paragraph_and_broken_lines_give_the_same_paragraphs() {
        let lines = "The harbour board met at dawn on Friday and heard that nine cranes had stopped.\nIt will meet again next week, when the crews have been heard.\n";
        assert_eq!(read(lines).len(), 2);
        let broken = "The harbour board met at dawn on Friday and\nheard that nine cranes had stopped.\n\nIt will meet again next week, when the\ncrews have been heard.\n";
        assert_eq!(
            read(broken).iter().map(|p| p.0).collect::<Vec<_>>(),
            ["paragraph", "paragraph"]
        );
    }

    #[test]
    fn sources_one_a_line_and_front_matter_are_read() {
        let text = "---\ntitle: Cranes\ndate: 2021-03-09\n---\n\nNine cranes stopped on Friday, the board said.\n\n## Sources\n\n1. Board minutes\n2. Tug crews\n";
        assert_eq!(
            read(text)[1..],
            [
                (
                    "paragraph",
                    "Nine cranes stopped on Friday, the board said."
                ),
                ("heading", "Sources"),
                ("source_entry", "Board minutes"),
                ("source_entry", "Tug crews")
            ]
        );
    }

    #[test]
    fn a_headline_is_the_first_line_only_where_it_looks_like_one() {
        let prose = "Nine cranes stopped on Friday.\n\nThe board met.";
        assert_eq!(read(prose)[0].0, "paragraph");
        let hints = Hints {
            title: Some("Nine cranes stopped on Friday".into()),
            ..Hints::default()
        };
        assert_eq!(parts(prose, &hints)[0].kind, PartKind::Title);
    }
}
