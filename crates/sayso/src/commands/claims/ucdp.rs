//! Deaths by event, in rows shaped like UCDP's event data.
//!
//! The columns and the codes for how exact a place and a date are follow the codebook of UCDP GED (23.1); what a report
//! does not say is left empty, never guessed.

use std::io::Write;

use anyhow::Result;
use jiff::civil::Date;
use sayso_match::{Event, Offer, events};
use sayso_model::{Decimal, Place, SourceKind};
use sayso_packs::Packs;

use super::{Read, flat, who};

/// The columns: UCDP's, and the ids of the claims that a row rests on.
const COLUMNS: [&str; 24] = [
    "id",
    "source_article",
    "source_original",
    "where_coordinates",
    "where_description",
    "adm_1",
    "country",
    "latitude",
    "longitude",
    "where_prec",
    "date_start",
    "date_end",
    "date_prec",
    "side_a",
    "side_b",
    "dyad",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "claims",
];

/// One row an event in which someone was killed.
pub fn ucdp(out: &mut dyn Write, read: &[Read], packs: &Packs) -> Result<()> {
    let offers: Vec<Offer<'_>> = read
        .iter()
        .enumerate()
        .flat_map(|(n, r)| r.offers(n))
        .collect();
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(COLUMNS)?;
    for event in events(&offers, packs) {
        let rows: Vec<(&Offer<'_>, &Read)> = event
            .offers
            .iter()
            .filter_map(|i| offers.get(*i))
            .filter_map(|o| Some((o, read.get(o.document)?)))
            .collect();
        writer.write_record(row(&event, &offers, &rows, read))?;
    }
    writer.flush()?;
    Ok(())
}

fn row(
    event: &Event,
    offers: &[Offer<'_>],
    rows: &[(&Offer<'_>, &Read)],
    read: &[Read],
) -> [String; 24] {
    let told = event.place.and_then(|i| offers.get(i));
    let place = told.and_then(|o| o.place);
    let words = told.and_then(|o| o.claim.place.as_ref());
    let near = told.zip(words).is_some_and(|(o, w)| {
        let before = read
            .get(o.document)
            .and_then(|r| r.document.text.get(..w.span.start as usize))
            .unwrap_or("");
        let last = before.split_whitespace().next_back().unwrap_or("");
        matches!(last.to_lowercase().as_str(), "near" | "outside" | "around")
    });
    let ids: Vec<String> = rows.iter().map(|(o, _)| o.claim.id.to_string()).collect();
    let known = place.is_some_and(|p| p.id.is_some());
    let text = |s: Option<&str>| s.unwrap_or_default().to_owned();
    let number = |d: Option<f64>| d.map(|d| format!("{d:.6}")).unwrap_or_default();
    let (start, end) = match (event.days, event.as_of) {
        (Some((a, b)), _) => (Some(a), Some(b)),
        (None, as_of) => (None, as_of),
    };
    let dyad = match (event.side_a.as_str(), event.side_b.as_str()) {
        ("", _) | (_, "") => String::new(),
        (a, b) => format!("{a} - {b}"),
    };
    let day = |d: Option<Date>| d.map(|d| d.to_string()).unwrap_or_default();
    let count = |d: Decimal| d.normalize().to_string();
    [
        // The first claim's id is the row's: the same reports give the same row.
        ids.first().cloned().unwrap_or_default(),
        once(rows.iter().map(|(_, r)| article(r))),
        once(rows.iter().map(|(o, _)| original(o))),
        if known {
            text(place.map(|p| p.name.as_str()))
        } else {
            String::new()
        },
        words.map(|w| flat(&w.text)).unwrap_or_default(),
        text(place.and_then(|p| p.region.as_deref())),
        text(place.and_then(|p| p.country.as_deref())),
        number(place.and_then(|p| p.lat)),
        number(place.and_then(|p| p.lon)),
        place
            .filter(|_| known)
            .map(|p| where_prec(p, near).to_string())
            .unwrap_or_default(),
        day(start),
        day(end),
        start
            .zip(end)
            .map(|(a, b)| date_prec(a, b).to_string())
            .unwrap_or_default(),
        event.side_a.clone(),
        event.side_b.clone(),
        dyad,
        count(event.deaths_a),
        count(event.deaths_b),
        count(event.deaths_civilians),
        count(event.deaths_unknown),
        count(event.deaths.best),
        count(event.deaths.high),
        count(event.deaths.low),
        ids.join(";"),
    ]
}

/// Different texts, each once, in order.
fn once(texts: impl Iterator<Item = String>) -> String {
    let mut out: Vec<String> = Vec::new();
    for text in texts {
        if !text.is_empty() && !out.contains(&text) {
            out.push(text);
        }
    }
    out.join("; ")
}

/// "Outlet, 2025-06-17, Headline".
fn article(r: &Read) -> String {
    let d = &r.document;
    let parts = [
        d.outlet
            .as_ref()
            .map(|o| flat(&o.text))
            .or_else(|| d.from.clone()),
        d.published.as_ref().map(|p| p.date.to_string()),
        d.title.as_ref().map(|t| flat(&t.text)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Who the outlet has it from: the origin of the chain.
fn original(o: &Offer<'_>) -> String {
    match o.claim.origin() {
        Some(l) if l.kind != SourceKind::Own => flat(l.entity.as_deref().unwrap_or(&l.source.text)),
        _ => who(o.claim),
    }
}

/// How exact a place is: 1 the place itself, 2 near it, 3 a district, 4 a first-level region, 5 a line or an area
/// without borders of its own, 6 a country, 7 the sea or the air above it.
fn where_prec(place: &Place, near: bool) -> u8 {
    let kind = place.kind.as_deref().unwrap_or_default().to_lowercase();
    let is = |words: &[&str]| words.iter().any(|w| kind.contains(w));
    if is(&["country", "nationality", "nation"]) {
        6
    } else if is(&["sea", "ocean", "strait", "gulf"]) {
        7
    } else if is(&["county", "district", "adm2", "admin2", "municipality"]) {
        3
    } else if is(&["region", "state", "province", "oblast", "adm1", "admin1"]) {
        4
    } else if is(&[
        "river",
        "road",
        "border",
        "mountain",
        "island",
        "lake",
        "desert",
        "area",
        "continent",
    ]) {
        5
    } else if near {
        2
    } else {
        1
    }
}

/// How exact a date is: 1 a day, 2 two to six days, 3 a week, 4 up to a month, 5 more.
fn date_prec(a: Date, b: Date) -> u8 {
    let days = a.until(b).map_or(0, |s| s.get_days()) + 1;
    match days {
        ..=1 => 1,
        2..=6 => 2,
        7 => 3,
        8..=31 => 4,
        _ => 5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn precision_follows_the_codebook() {
        let d = |m, d| Date::constant(2031, m, d);
        for (a, b, prec) in [
            (d(5, 1), d(5, 1), 1),
            (d(5, 1), d(5, 2), 2),
            (d(5, 1), d(5, 7), 3),
            (d(5, 1), d(5, 31), 4),
            (d(1, 1), d(12, 31), 5),
        ] {
            assert_eq!(date_prec(a, b), prec);
        }
    }
}
