//! How dates, numbers, frames and modes are put in words.

use sayso_model::{Claim, Date, Decimal, Exactness, Figure, Modality, Polarity, Quote, When};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

pub fn month(number: i8) -> &'static str {
    let index = usize::try_from(number - 1).unwrap_or(0);
    MONTHS.get(index).copied().unwrap_or("")
}

/// "17 June 2025".
pub fn day(d: Date) -> String {
    format!("{} {} {}", d.day(), month(d.month()), d.year())
}

/// A stretch of days in as few words as tell it: a day, a month, a year, "3–9 June 2025", "June–August 2025".
pub fn days((a, b): (Date, Date)) -> String {
    let last = |d: Date| d == d.last_of_month();
    let whole_months = a.day() == 1 && last(b);
    let same_year = a.year() == b.year();
    let same_month = same_year && a.month() == b.month();
    if a == b {
        day(a)
    } else if whole_months && same_month {
        format!("{} {}", month(a.month()), a.year())
    } else if whole_months && same_year && (a.month(), b.month()) == (1, 12) {
        a.year().to_string()
    } else if whole_months && same_year {
        format!("{}–{} {}", month(a.month()), month(b.month()), a.year())
    } else if whole_months && (a.month(), b.month()) == (1, 12) {
        format!("{}–{}", a.year(), b.year())
    } else if same_month {
        format!("{}–{} {} {}", a.day(), b.day(), month(a.month()), a.year())
    } else if same_year {
        let (from, to) = (month(a.month()), month(b.month()));
        format!("{} {from} – {} {to} {}", a.day(), b.day(), a.year())
    } else {
        format!("{} – {}", day(a), day(b))
    }
}

/// A time of a claim.
pub fn when(w: &When) -> String {
    match (w.interval, w.value.parse::<Date>()) {
        (Some(interval), _) => days(interval),
        (None, Ok(date)) => day(date),
        (None, Err(_)) => w.value.clone(),
    }
}

/// The time by which a claim is put in order, and what kind of time it is: as of when it counts, else when it
/// happened, was said, was published.
pub fn time_of(claim: &Claim) -> Option<(&When, &'static str)> {
    [
        (&claim.as_of, "as of"),
        (&claim.event_time, "happened"),
        (&claim.said_at, "said"),
        (&claim.published, "published"),
    ]
    .into_iter()
    .find_map(|(w, kind)| w.as_ref().map(|w| (w, kind)))
}

/// A number with its thousands set apart: "6,000", "0.75".
pub fn number(d: Decimal) -> String {
    let text = d.normalize().to_string();
    let (sign, text) = text
        .strip_prefix('-')
        .map_or(("", text.as_str()), |t| ("−", t));
    let (whole, fraction) = text.split_once('.').map_or((text, ""), |(w, f)| (w, f));
    let mut out = sign.to_owned();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// What the figure comes to: "≥ 5,000", "> 6,000", "3,800–4,000", "≈ 6,000". The words as written stand beside it.
pub fn amount(f: &Figure) -> Option<String> {
    let n = number;
    let sign = match (f.exactness, f.best) {
        (Exactness::Approximate, Some(_)) => "≈ ",
        _ => "",
    };
    match (f.low, f.best, f.high) {
        (Some(l), _, Some(h)) if l != h => Some(format!("{}–{}", n(l), n(h))),
        (_, Some(b), _) => Some(format!("{sign}{}", n(b))),
        (Some(l), None, None) if f.low_open => Some(format!("> {}", n(l))),
        (Some(l), None, None) => Some(format!("≥ {}", n(l))),
        (None, None, Some(h)) if f.high_open => Some(format!("< {}", n(h))),
        (None, None, Some(h)) => Some(format!("≤ {}", n(h))),
        (Some(l), None, Some(_)) => Some(n(l)),
        (None, None, None) => None,
    }
}

/// A pack's name in words: "killed_or_injured" is "Killed or injured".
pub fn name(snake: &str) -> String {
    capital(&snake.replace('_', " "))
}

/// With its first letter a capital.
pub fn capital(text: &str) -> String {
    let mut rest = text.chars();
    rest.next()
        .map_or_else(String::new, |c| c.to_uppercase().chain(rest).collect())
}

/// How a claim is put: "asserted", "denied", "hedged (“reportedly”)", "forecast, due June 2026", "quoted".
pub fn mode(claim: &Claim) -> String {
    let mut out = match (claim.polarity, claim.modality) {
        (Polarity::Denied, Modality::Asserted) => "denied".to_owned(),
        (Polarity::Denied, m) => format!("denied, {}", m.as_str()),
        (Polarity::Affirmed, m) => m.as_str().to_owned(),
    };
    if let Some(hedge) = &claim.hedge {
        out += &format!(" (“{}”)", hedge.text);
    }
    if let Some(due) = &claim.due {
        out += &format!(", due {}", when(due));
    }
    if matches!(claim.quote, Quote::Direct | Quote::Mixed) {
        out += ", quoted";
    }
    if claim.historic {
        out += ", earlier event";
    }
    out
}

/// "1 claim", "2 claims".
pub fn count(n: usize, one: &str) -> String {
    let n = number(Decimal::from(n));
    if n == "1" {
        format!("1 {one}")
    } else {
        format!("{n} {one}s")
    }
}

/// White space runs as one space; no more than `most` characters, cut at a word.
pub fn brief(text: &str, most: usize) -> String {
    let mut out = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        let more = word.chars().count() + usize::from(length > 0);
        if length + more > most && length > 0 {
            out.push('…');
            return out;
        }
        if length > 0 {
            out.push(' ');
        }
        out.extend(word.chars().take(most));
        length += more;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_told_in_few_words() {
        let d = |y, m, d| Date::constant(y, m, d);
        for (a, b, words) in [
            (d(2031, 6, 17), d(2031, 6, 17), "17 June 2031"),
            (d(2031, 6, 1), d(2031, 6, 30), "June 2031"),
            (d(2031, 1, 1), d(2031, 12, 31), "2031"),
            (d(2031, 1, 1), d(2031, 3, 31), "January–March 2031"),
            (d(2030, 1, 1), d(2031, 12, 31), "2030–2031"),
            (d(2031, 6, 3), d(2031, 6, 9), "3–9 June 2031"),
            (d(2031, 5, 30), d(2031, 6, 9), "30 May – 9 June 2031"),
            (
                d(2030, 12, 30),
                d(2031, 1, 2),
                "30 December 2030 – 2 January 2031",
            ),
        ] {
            assert_eq!(days((a, b)), words);
        }
    }

    #[test]
    fn numbers_are_set_in_thousands() {
        for (text, words) in [
            ("0", "0"),
            ("999", "999"),
            ("1000", "1,000"),
            ("-1234567.50", "−1,234,567.5"),
            ("0.75", "0.75"),
        ] {
            assert_eq!(number(text.parse().unwrap()), words);
        }
    }

    #[test]
    fn long_texts_are_cut_at_a_word() {
        assert_eq!(brief(" one\n two  three ", 20), "one two three");
        assert_eq!(brief("one two three", 8), "one two…");
        assert_eq!(brief("ÅÅÅÅÅÅ", 3), "ÅÅÅ");
    }
}
