//! Figures, their relations and times as read from prose, with the real language model. The sentences are invented.

#[path = "../../sayso-parse/tests/support/mod.rs"]
mod support;

use sayso_measure::{Reading, measure, segments};
use sayso_model::{Date, Document, DocumentId, Part, PartKind, Published, SourceMap, Span};
use sayso_packs::Packs;
use sayso_parse::{Options, Worker};

fn document(text: &str, parts: Vec<Part>) -> Document {
    let date: Date = "2025-06-20".parse().expect("a date");
    Document {
        id: DocumentId::of(text.as_bytes()),
        from: None,
        title: None,
        byline: None,
        outlet: None,
        published: Some(Published {
            date,
            value: date.to_string(),
            found_in: "given".to_owned(),
            span: None,
        }),
        language: None,
        text: text.to_owned(),
        parts,
        map: SourceMap::default(),
        troubles: Vec::new(),
    }
}

fn paragraph(text: &str) -> Document {
    let part = Part {
        span: Span::new(0, text.len() as u32),
        kind: PartKind::Paragraph,
    };
    document(text, vec![part])
}

fn read(document: &Document) -> Reading<'_> {
    let mut worker = Worker::new(support::model());
    let parse = worker.parse(&document.text, &segments(document), &Options::default());
    measure(document, parse, Packs::builtin())
}

/// A figure in a line: words, numbers (`[low` closed, `(low` open), kind or unit, currency, rate, change, thing.
fn figures(text: &str) -> Vec<String> {
    let document = paragraph(text);
    let reading = read(&document);
    reading
        .figures
        .iter()
        .map(|f| {
            let number = match (f.low, f.best, f.high) {
                (Some(l), Some(b), Some(h)) if l == b && b == h => b.to_string(),
                (None, None, None) => "?".to_owned(),
                (l, _, h) => format!(
                    "{}{},{}{}",
                    if f.low_open { "(" } else { "[" },
                    l.map_or(String::new(), |d| d.to_string()),
                    h.map_or(String::new(), |d| d.to_string()),
                    if f.high_open { ")" } else { "]" },
                ),
            };
            let mut line = format!("{} = {number} {}", f.text, f.exactness.as_str());
            line += &format!(" {}", f.kind.as_str());
            for part in [&f.unit, &f.currency].into_iter().flatten() {
                line += &format!(" {part}");
            }
            for p in &f.per {
                line += &format!(" /{}", p.unit);
            }
            if let Some(c) = f.change {
                line += &format!(" {}", c.as_str());
            }
            if let Some(t) = &f.thing {
                line += &format!(": {}", t.text);
            }
            line
        })
        .collect()
}

fn relations(text: &str) -> Vec<String> {
    let document = paragraph(text);
    let reading = read(&document);
    let name = |i: u32| reading.figures[i as usize].text.clone();
    reading
        .relations
        .iter()
        .map(|r| format!("{} {} {}", name(r.from), r.kind.as_str(), name(r.to)))
        .collect()
}

fn times(text: &str) -> Vec<String> {
    let document = paragraph(text);
    let reading = read(&document);
    reading
        .times
        .iter()
        .map(|t| {
            let mut line = format!(
                "{} = {} {}",
                document.words(t.span),
                t.kind.as_str(),
                t.value
            );
            if let Some(m) = t.modifier {
                line += &format!(" {m}");
            }
            if let Some(r) = t.relation {
                line += &format!(" {}", r.as_str());
            }
            line
        })
        .collect()
}

#[test]
fn bounds_ranges_and_vague_words() {
    for (text, expected) in [
        (
            "At least 600 soldiers were killed and more than 4,100 wounded near the river.",
            &[
                "At least 600 = [600,] bound cardinal: soldiers",
                "more than 4,100 = (4100,] bound cardinal: soldiers",
            ][..],
        ),
        (
            "Between 3,800 and 4,000 men crossed the border.",
            &["Between 3,800 and 4,000 = [3800,4000] range cardinal: men"],
        ),
        (
            "The ship carried 1,200-1,350 passengers.",
            &["1,200-1,350 = [1200,1350] range cardinal: passengers"],
        ),
        (
            "The contract is worth between $10 and $15 billion a year.",
            &["between $10 and $15 billion = [10000000000,15000000000] range money USD /year"],
        ),
        (
            "Dozens of villages were flooded.",
            &["Dozens = ? vague cardinal: villages"],
        ),
        (
            "The wall held some 300 vehicles.",
            &["some 300 = 300 approximate cardinal: vehicles"],
        ),
        (
            "No fewer than 90 trucks waited at the gate.",
            &["No fewer than 90 = [90,] bound cardinal: trucks"],
        ),
        (
            "Up to 4,000 tonnes of grain were stored there.",
            &["Up to 4,000 tonnes = [,4000] bound measure metric ton: grain"],
        ),
        (
            "Sand rose more than 100 kilometres (60 miles) above them.",
            &[
                "more than 100 kilometres = (100,] bound measure kilometre up",
                "60 miles = (60,] bound measure mile up",
            ],
        ),
    ] {
        assert_eq!(figures(text), expected, "{text}");
    }
}

#[test]
fn number_words_money_rates_ages_and_changes() {
    for (text, expected) in [
        (
            "The town needs three and a half thousand tents.",
            &["three and a half thousand = 3500 exact cardinal: tents"][..],
        ),
        (
            "Each recruit is paid $2,000 a month.",
            &["$2,000 = 2000 exact money USD /month"],
        ),
        (
            "Marta Lind, 44, bought 3.5 million shares.",
            &[
                "44 = 44 exact age year",
                "3.5 million = 3500000 exact cardinal: shares",
            ],
        ),
        (
            "The 6-year-old walked 40 km in 12 hours.",
            &[
                "6-year-old = 6 exact age year",
                "40 km = 40 exact measure kilometre",
                "12 hours = 12 exact duration hour",
            ],
        ),
        (
            "Orders rose by 40 to 600.",
            &["40 = 40 exact cardinal up", "600 = 600 exact cardinal"],
        ),
        (
            "Bread prices fell 3%.",
            &["3% = 3 exact percent percent down"],
        ),
        (
            "One in five pupils was absent.",
            &["One in five = 0.2 exact ratio: pupils"],
        ),
    ] {
        assert_eq!(figures(text), expected, "{text}");
    }
}

#[test]
fn numbers_that_are_names_are_no_figures() {
    for text in [
        "The B-52 landed on 18 June 2024 under Resolution 2397, article 8.",
        "They won 3-1 in Lisbon on 6 May.",
        "Call 555-0142 or write to 12 Harbour Road.",
        "The doors open at 8:30 and close at 5 p.m. on Friday.",
        "Nothing has changed since the 1990s.",
    ] {
        assert_eq!(figures(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn relations_need_words_that_say_them() {
    for (text, expected) in [
        (
            "The ministry will send 6,000 workers, including 1,000 deminers and 5,000 military builders.",
            &["1,000 part_of 6,000", "5,000 part_of 6,000"][..],
        ),
        (
            "About 20% of the 15,000 workers went home.",
            &["About 20% percent_of 15,000"],
        ),
        (
            "Of the 40 wagons, 12 were empty and 9 were damaged.",
            &["12 part_of 40", "9 part_of 40"],
        ),
        (
            "The army hired 30,000 workers; 12,000 of them are women.",
            &["12,000 part_of 30,000"],
        ),
        ("Orders rose by 40 to 600.", &["40 to 600"]),
        (
            "Output grew from 400 to 600 tonnes.",
            &["400 from 600 tonnes"],
        ),
        (
            "The brigade lost 200 men in May and 150 in June, a total of 350.",
            &["350 sum_of 200", "350 sum_of 150"],
        ),
        (
            "Marta Lind bought 3,000 shares at £2.40 each.",
            &["£2.40 per 3,000"],
        ),
        ("The fair drew 500 guests, 40 stalls and 12 bands.", &[]),
    ] {
        assert_eq!(relations(text), expected, "{text}");
    }
}

#[test]
fn a_list_under_a_sum_and_a_table_under_a_header() {
    let text =
        "The relief column brought 120 vehicles:\n80 lorries\n40 ambulances\nNumber of tents\n310";
    let part = |words: &str, kind: PartKind| {
        let start = text.find(words).expect("words stand in the text") as u32;
        Part {
            span: Span::new(start, start + words.len() as u32),
            kind,
        }
    };
    let cell = |row, header| {
        PartKind::Cell(sayso_model::Cell {
            table: 0,
            row,
            column: 0,
            header,
        })
    };
    let document = document(
        text,
        vec![
            part(
                "The relief column brought 120 vehicles:",
                PartKind::Paragraph,
            ),
            part("80 lorries", PartKind::ListItem),
            part("40 ambulances", PartKind::ListItem),
            part("Number of tents", cell(0, true)),
            part("310", cell(1, false)),
        ],
    );
    let reading = read(&document);
    let told: Vec<_> = reading
        .relations
        .iter()
        .map(|r| (r.kind.as_str(), r.from, r.to))
        .collect();
    assert_eq!(told, [("part_of", 1, 0), ("part_of", 2, 0)]);
    let thing = reading
        .figures
        .last()
        .and_then(|f| f.thing.clone())
        .expect("a thing");
    assert_eq!(
        (thing.text.as_str(), thing.head.as_str()),
        ("Number of tents", "tent")
    );
}

#[test]
fn times_are_resolved_and_keep_their_relation() {
    for (text, expected) in [
        (
            "Since August 2024 many have fled, officials said on Tuesday.",
            &[
                "August 2024 = DATE 2024-08 since",
                "Tuesday = DATE 2025-06-17",
            ][..],
        ),
        (
            "The bridge stays closed until the end of 2025.",
            &["the end of 2025 = DATE 2025 END until"],
        ),
        (
            "The talks begin next week and end within three months.",
            &[
                "next week = DATE 2025-W26",
                "three months = DURATION P3M within",
            ],
        ),
        (
            "It happened at 8 a.m. on Friday.",
            &["8 a.m. on Friday = TIME 2025-06-20T08:00"],
        ),
        (
            "As of April 2025 the road was shut.",
            &["April 2025 = DATE 2025-04 as_of"],
        ),
        (
            "The third quarter of 2019 was good.",
            &["The third quarter of 2019 = DATE 2019-Q3"],
        ),
        ("She was born in the 1990s.", &["the 1990s = DATE 199"]),
        (
            "They met on 14 March and left five years ago.",
            &["14 March = DATE 2025-03-14", "five years ago = DATE 2020"],
        ),
    ] {
        assert_eq!(times(text), expected, "{text}");
    }
}

#[test]
fn without_a_date_relative_times_stay_open() {
    let mut document = paragraph("It rained yesterday, and in October, and on Monday.");
    document.published = None;
    let reading = read(&document);
    let values: Vec<&str> = reading.times.iter().map(|t| t.value.as_str()).collect();
    assert_eq!(values, ["XXXX-XX-XX", "XXXX-10", "XXXX-WXX-1"]);
    assert!(reading.times.iter().all(|t| t.interval.is_none()));
}
