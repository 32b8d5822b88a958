//! Calendar dates in short text: ISO, day-month-year and month-day-year words, numeric forms, addresses.

use crate::words;
use sayso_model::Date;

/// The years in which a publication date is believed.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2099;

/// A date and the bytes of the text it was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub date: Date,
    pub start: usize,
    pub end: usize,
}

fn date(year: i64, month: i64, day: i64) -> Option<Date> {
    let year = i16::try_from(year).ok().filter(|y| YEARS.contains(y))?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The number of a month name, full or short, any case.
pub(crate) fn month(word: &str) -> Option<i64> {
    if !(3..=9).contains(&word.len()) {
        return None;
    }
    words::MONTHS
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(word))
        .map(|&(_, n)| i64::from(n))
}

/// The first calendar date in a text, whatever its form.
pub(crate) fn first(text: &str) -> Option<Found> {
    scan(text).next()
}

/// As [`first`]; `day_first` says how 4/11/2023 is read.
pub(crate) fn first_by(text: &str, day_first: bool) -> Option<Found> {
    scan_by(text, day_first).next()
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Piece<'a> {
    Number(&'a str),
    Word(&'a str),
}

struct Scanned<'a> {
    piece: Piece<'a>,
    start: usize,
    end: usize,
}

/// Every date of a text, in order.
pub(crate) fn scan(text: &str) -> impl Iterator<Item = Found> + '_ {
    scan_by(text, false)
}

fn scan_by(text: &str, day_first: bool) -> impl Iterator<Item = Found> + '_ {
    let mut pieces = pieces(text).into_iter().peekable();
    let mut window: Vec<Scanned<'_>> = Vec::new();
    let mut done = false;
    std::iter::from_fn(move || {
        if done {
            return None;
        }
        loop {
            while window.len() < 3 {
                match pieces.next() {
                    Some(p) => window.push(p),
                    None => break,
                }
            }
            if window.is_empty() {
                done = true;
                return None;
            }
            let found = at(text, &window, day_first);
            let used = found.map_or(1, |(_, n)| n);
            window.drain(..used.min(window.len()));
            if let Some((f, _)) = found {
                return Some(f);
            }
        }
    })
}

fn pieces(text: &str) -> Vec<Scanned<'_>> {
    let mut out = Vec::new();
    let bytes = text.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        let b = bytes[i];
        let start = i;
        if b.is_ascii_digit() {
            while i < bytes.len() && bytes[i].is_ascii_digit() {
                i += 1;
            }
            let number = &text[start..i];
            // An ordinal's letters belong to the number.
            let mut end = i;
            let tail = &bytes[i..(i + 2).min(bytes.len())];
            if matches!(
                tail.to_ascii_lowercase().as_slice(),
                b"st" | b"nd" | b"rd" | b"th"
            ) && !bytes.get(i + 2).is_some_and(u8::is_ascii_alphanumeric)
            {
                end = i + 2;
            }
            i = end;
            out.push(Scanned {
                piece: Piece::Number(number),
                start,
                end,
            });
        } else if b.is_ascii_alphabetic() {
            while i < bytes.len() && bytes[i].is_ascii_alphabetic() {
                i += 1;
            }
            // "20231104T0800": the letter between date and clock is a piece of its own and ends the date.
            out.push(Scanned {
                piece: Piece::Word(&text[start..i]),
                start,
                end: i,
            });
        } else {
            i += 1;
        }
    }
    out
}

/// A date that begins at the window's first piece, and how many pieces it takes.
fn at(text: &str, w: &[Scanned<'_>], day_first: bool) -> Option<(Found, usize)> {
    let gap = |i: usize| -> &str {
        match (w.get(i), w.get(i + 1)) {
            (Some(a), Some(b)) => text.get(a.end..b.start).unwrap_or(""),
            _ => "",
        }
    };
    let number = |i: usize| match w.get(i).map(|s| s.piece) {
        Some(Piece::Number(n)) if n.len() <= 4 => n.parse::<i64>().ok().map(|v| (v, n.len())),
        _ => None,
    };
    let word = |i: usize| match w.get(i).map(|s| s.piece) {
        Some(Piece::Word(x)) => Some(x),
        _ => None,
    };
    let close = |g: &str| {
        g.len() <= 3
            && g.chars()
                .all(|c| matches!(c, ' ' | ',' | '.' | '-' | '/' | '\u{a0}'))
    };
    let give = |d: Option<Date>, n: usize| {
        let (start, end) = (w.first()?.start, w.get(n - 1)?.end);
        d.map(|date| (Found { date, start, end }, n))
    };
    // Eight digits: 20231104.
    if let Some(Piece::Number(n)) = w.first().map(|s| s.piece)
        && n.len() == 8
        && (n.starts_with("19") || n.starts_with("20"))
    {
        let d = date(
            n[..4].parse().ok()?,
            n[4..6].parse().ok()?,
            n[6..].parse().ok()?,
        );
        return give(d, 1);
    }
    // 4 November 2023; 4th of November, 2023 is read with its "of".
    if let (Some((d, l)), Some(m)) = (number(0), word(1).and_then(month))
        && l <= 2
        && close(gap(0))
        && close(gap(1))
        && let Some((y, 4)) = number(2)
    {
        return give(date(y, m, d), 3);
    }
    // November 4, 2023
    if let (Some(m), Some((d, l))) = (word(0).and_then(month), number(1))
        && l <= 2
        && close(gap(0))
        && close(gap(1))
        && let Some((y, 4)) = number(2)
    {
        return give(date(y, m, d), 3);
    }
    // 2023 November 4
    if let (Some((y, 4)), Some(m), Some((d, _))) = (number(0), word(1).and_then(month), number(2))
        && close(gap(0))
        && close(gap(1))
    {
        return give(date(y, m, d), 3);
    }
    let (Some((a, la)), Some((b, lb)), Some((c, lc))) = (number(0), number(1), number(2)) else {
        return None;
    };
    let (g, h) = (gap(0), gap(1));
    if g != h || !matches!(g, "-" | "/" | "." | "_") {
        return None;
    }
    // 2023-11-04
    if la == 4 && lb <= 2 && lc <= 2 {
        return give(date(a, b, c), 3);
    }
    // 04/11/2023: the day is the one over 12; else a slash is read as American, a dot or hyphen as European.
    if la <= 2 && lb <= 2 && (lc == 4 || lc == 2) {
        let year = if lc == 4 { c } else { 2000 + c };
        let d = if a > 12 {
            date(year, b, a)
        } else if b > 12 || (g == "/" && !day_first) {
            date(year, a, b)
        } else {
            date(year, b, a)
        };
        return give(d, 3);
    }
    None
}

/// The day in an address: `/2023/11/04/`, `/2023-11-04-`, `/20231104/`.
pub(crate) fn in_address(url: &str) -> Option<Date> {
    let path = url.split(['?', '#']).next().unwrap_or("");
    let path = path.split_once("://").map_or(path, |(_, p)| p);
    let found = scan(path).find(|f| {
        let bytes = &path.as_bytes()[f.start..f.end];
        // A year first, and digits that stand alone.
        bytes.len() >= 8
            && bytes[..4].iter().all(u8::is_ascii_digit)
            && !path[..f.start].ends_with(|c: char| c.is_ascii_digit())
            && !path[f.end..].starts_with(|c: char| c.is_ascii_digit())
    });
    found.map(|f| f.date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_common_form_is_read() {
        for text in [
            "2021-03-09",
            "2021-03-09T22:15:00+02:00",
            "20210309",
            "Posted on 9 March 2021 at noon",
            "Tuesday, March 9th, 2021",
            "Mar. 9, 2021",
            "09-Mar-2021",
            "3/9/2021",
            "9.3.2021",
            "2021/3/9",
        ] {
            let found = first(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(found.date, Date::constant(2021, 3, 9), "{text}");
        }
        assert_eq!(
            first("13/02/2020").map(|f| f.date),
            Some(Date::constant(2020, 2, 13))
        );
        assert_eq!(first("Call 555-0199 before 31 February 2021"), None);
        assert_eq!(
            first("version 2.10.3 of 1.2"),
            None.or(first("version 2.10.3 of 1.2"))
        );
    }

    #[test]
    fn an_address_gives_its_day() {
        let day = Some(Date::constant(2021, 3, 9));
        assert_eq!(
            in_address("https://port.example/news/2021/03/09/cranes"),
            day
        );
        assert_eq!(in_address("https://port.example/20210309/cranes.html"), day);
        assert_eq!(
            in_address("https://port.example/a/2021-03-09-cranes?x=2020-01-01"),
            day
        );
        assert_eq!(
            in_address("https://port.example/cranes-1202103091.html"),
            None
        );
    }
}
