//! The lines of a plain text, and whether one goes on in the next.

/// A line that is not blank.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    /// First byte that is not white space.
    pub start: usize,
    /// One past the last byte that is not white space.
    pub end: usize,
    /// Characters of white space before it.
    pub indent: usize,
    /// Whether a blank line, or the beginning of the text, stands before it.
    pub gap: bool,
    /// Its length in characters.
    pub chars: usize,
}

impl Line {
    /// Its words.
    pub fn of<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.start..self.end).unwrap_or("")
    }
}

/// Where and how a text is broken into lines.
pub(crate) struct Lines {
    /// The lines that are not blank.
    pub all: Vec<Line>,
    /// The width at which lines were broken by hand, if they were.
    pub width: Option<usize>,
}

fn blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}')
}

impl Lines {
    /// Finds the lines of a text. A lone carriage return ends a line where no line feed does.
    pub fn of(text: &str) -> Lines {
        let stop = if text.contains('\n') { '\n' } else { '\r' };
        let mut all = Vec::new();
        let mut at = 0;
        let mut gap = true;
        for raw in text.split_inclusive(stop) {
            let start = at;
            at += raw.len();
            let words = raw.trim_matches(blank);
            if words.is_empty() {
                gap = true;
                continue;
            }
            let lead = raw.len() - raw.trim_start_matches(blank).len();
            all.push(Line {
                start: start + lead,
                end: start + lead + words.len(),
                indent: raw[..lead].chars().count(),
                gap,
                chars: words.chars().count(),
            });
            gap = false;
        }
        let width = width(text, &all);
        Lines { all, width }
    }

    /// Whether line `i + 1` goes on where line `i` breaks off.
    pub fn goes_on(&self, text: &str, i: usize) -> bool {
        let (Some(here), Some(next)) = (self.all.get(i), self.all.get(i + 1)) else {
            return false;
        };
        if next.gap {
            return false;
        }
        let lower = begins_lower(next.of(text));
        match self.width {
            Some(_) if next.indent >= here.indent + 2 => false,
            Some(width) => {
                let first = next
                    .of(text)
                    .split_whitespace()
                    .next()
                    .map_or(0, |w| w.chars().count());
                lower || here.chars + here.indent + 1 + first + SLACK > width
            }
            None => lower && here.chars > 40 && !ends_sentence(here.of(text)),
        }
    }
}

/// How far short of the width a hand-broken line may fall with room for the next word.
const SLACK: usize = 10;
/// Lines longer than this were not broken by hand.
const WIDEST: usize = 120;

/// The width of hand-broken lines: most breaks then fall within a sentence.
fn width(text: &str, lines: &[Line]) -> Option<usize> {
    let long = lines.iter().filter(|l| l.chars > WIDEST).count();
    if lines.len() < 2 || long * 20 > lines.len() {
        return None;
    }
    let (mut pairs, mut within) = (0usize, 0usize);
    for pair in lines.windows(2) {
        let [a, b] = pair else { continue };
        if b.gap {
            continue;
        }
        pairs += 1;
        within += usize::from(
            a.chars >= 30 && !ends_sentence(a.of(text)) && marker(b.of(text)).is_none(),
        );
    }
    if pairs == 0 || within * 2 < pairs {
        return None;
    }
    // Rows, names and headings are short and end without a stop; prose goes on in lower case somewhere.
    let lower = lines
        .windows(2)
        .any(|p| !p[1].gap && begins_lower(p[1].of(text)));
    let shout = !text.chars().any(char::is_lowercase);
    if !lower && !shout {
        return None;
    }
    lines
        .iter()
        .map(|l| l.chars + l.indent)
        .filter(|&c| c <= WIDEST)
        .max()
}

/// Whether words end as a sentence does.
pub(crate) fn ends_sentence(words: &str) -> bool {
    let core = words.trim_end_matches(|c: char| {
        matches!(
            c,
            '"' | '”' | '’' | '\'' | ')' | ']' | '*' | '_' | '»' | '」' | '』' | '）'
        )
    });
    core.ends_with(['.', '!', '?', ':', '…', ';', '。', '！', '？', '．', '।'])
}

/// Whether words begin with a small letter.
pub(crate) fn begins_lower(words: &str) -> bool {
    words.chars().next().is_some_and(char::is_lowercase)
}

/// Bytes of a bullet or number and the white space after it, if the line begins with one.
pub(crate) fn marker(words: &str) -> Option<usize> {
    let mut chars = words.char_indices();
    let (_, c) = chars.next()?;
    if matches!(
        c,
        '-' | '*' | '+' | '•' | '·' | '▪' | '‣' | '◦' | '–' | '●' | '■' | '➤' | '►' | '○'
    ) {
        let rest = &words[c.len_utf8()..];
        let trimmed = rest.trim_start();
        // Bullets of typewriters need their space; typographic ones are often glued to the first word.
        let spaced = trimmed.len() < rest.len() || !matches!(c, '-' | '*' | '+' | '–' | '·');
        return (spaced && !trimmed.is_empty()).then_some(words.len() - trimmed.len());
    }
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=2).contains(&digits) {
        let rest = words[digits..].strip_prefix(['.', ')'])?;
        let trimmed = rest.trim_start();
        return (trimmed.len() < rest.len() && !trimmed.is_empty())
            .then_some(words.len() - trimmed.len());
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(text: &str) -> Vec<bool> {
        let lines = Lines::of(text);
        (0..lines.all.len().saturating_sub(1))
            .map(|i| lines.goes_on(text, i))
            .collect()
    }

    #[test]
    fn hand_broken_lines_go_on_and_paragraph_lines_do_not() {
        let broken = "The harbour board met at dawn on Friday and heard\nthat nine cranes had stopped. It will meet again\nnext week.\n";
        assert_eq!(joined(broken), [true, true]);
        let lines = "The harbour board met at dawn on Friday.\nNine cranes had stopped, it was told.\nIt will meet again.\n";
        assert_eq!(joined(lines), [false, false]);
    }

    #[test]
    fn bullets_and_numbers_are_markers_and_years_are_not() {
        assert_eq!(marker("- nine cranes"), Some(2));
        assert_eq!(marker("•nine cranes"), Some("•".len()));
        assert_eq!(marker("12) nine cranes"), Some(4));
        assert_eq!(marker("2019. A bad year"), None);
        assert_eq!(marker("-9 degrees"), None);
    }
}
