//! The same claims as CSV, JSON Lines and JSON-LD.

use sayso_model::{Decimal, wire};
use serde_json::{Value, json};

use crate::view::{ClaimView, View, thing};
use crate::words;

const COLUMNS: [&str; 22] = [
    "number",
    "document",
    "outlet",
    "title",
    "frame",
    "thing",
    "figure",
    "low",
    "best",
    "high",
    "low_open",
    "high_open",
    "unit",
    "currency",
    "origin",
    "relays",
    "as_of",
    "event_time",
    "place",
    "polarity",
    "modality",
    "sentence",
];

/// One claim a row, RFC 4180.
pub fn csv(view: &View<'_>) -> String {
    let mut out = COLUMNS.join(",") + "\r\n";
    for c in &view.claims {
        let row: Vec<String> = csv_row(view, c).iter().map(|cell| quoted(cell)).collect();
        out += &(row.join(",") + "\r\n");
    }
    out
}

fn csv_row(view: &View<'_>, c: &ClaimView<'_>) -> [String; 22] {
    let claim = c.claim;
    let figure = claim.figure.as_ref();
    let decimal = |d: Option<Decimal>| d.map(|d| d.normalize().to_string()).unwrap_or_default();
    let flag = |f: Option<bool>| f.map(|f| f.to_string()).unwrap_or_default();
    let when = |w: &Option<sayso_model::When>| w.as_ref().map(|w| w.value.clone());
    let relays: Vec<&str> = c.relays.iter().map(|r| &*view.sources[*r].name).collect();
    let document = &view.documents[c.document].document;
    let text = |t: &str| harmless(&words::brief(t, usize::MAX));
    [
        c.number.to_string(),
        document.id.to_string(),
        text(view.outlet(c.document)),
        text(view.document_title(c.document)),
        claim.frame.clone(),
        text(thing(claim).unwrap_or_default()),
        text(figure.map_or("", |f| &f.text)),
        decimal(figure.and_then(|f| f.low)),
        decimal(figure.and_then(|f| f.best)),
        decimal(figure.and_then(|f| f.high)),
        flag(figure.map(|f| f.low_open)),
        flag(figure.map(|f| f.high_open)),
        figure.and_then(|f| f.unit.clone()).unwrap_or_default(),
        figure.and_then(|f| f.currency.clone()).unwrap_or_default(),
        text(&view.sources[c.origin].name),
        text(&relays.join("; ")),
        when(&claim.as_of).unwrap_or_default(),
        when(&claim.event_time).unwrap_or_default(),
        text(claim.place.as_ref().map_or("", |p| &p.text)),
        match claim.polarity {
            sayso_model::Polarity::Affirmed => "affirmed".into(),
            sayso_model::Polarity::Denied => "denied".into(),
        },
        claim.modality.as_str().into(),
        text(document.words(claim.sentence)),
    ]
}

/// A text that no spreadsheet takes for a formula.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

fn quoted(cell: &str) -> String {
    if cell.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

/// One claim a line, in the JSON contract.
pub fn jsonl(view: &View<'_>) -> String {
    let mut out = String::new();
    for c in &view.claims {
        out += &wire::claim(&view.points[c.document], c.claim).to_string();
        out.push('\n');
    }
    out
}

/// The dossier in the terms of schema.org: a report, what it is based on, and the claims it holds.
pub fn json_ld(view: &View<'_>) -> String {
    let documents: Vec<Value> = (0..view.documents.len())
        .map(|i| {
            let d = &view.documents[i].document;
            json!({
                "@type": "Article",
                "@id": format!("urn:sha256:{}", d.id),
                "headline": view.document_title(i),
                "datePublished": d.published.as_ref().map(|p| p.value.clone()),
                "publisher": d.outlet.as_ref()
                    .map(|o| json!({"@type": "Organization", "name": o.text})),
                "author": d.byline.as_ref().map(|b| b.text.clone()),
                "inLanguage": d.language,
            })
        })
        .collect();
    let claims: Vec<Value> = view
        .claims
        .iter()
        .map(|c| {
            let document = &view.documents[c.document].document;
            json!({
                "@type": "Claim",
                "@id": format!("index.html#{}", c.row()),
                "text": words::brief(document.words(c.claim.sentence), usize::MAX),
                "about": view.about(c.claim),
                "author": {"@type": "Thing", "name": view.sources[c.origin].name},
                "appearance": {"@id": format!("urn:sha256:{}", document.id)},
                "url": format!("index.html#{}", c.said()),
            })
        })
        .collect();
    let mut out = serde_json::to_string_pretty(&json!({
        "@context": "https://schema.org",
        "@type": "Report",
        "name": view.title,
        "isBasedOn": documents,
        "hasPart": claims,
    }))
    .unwrap_or_default();
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_neither_a_formula_nor_two_cells() {
        assert_eq!(harmless("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(harmless("3,800-4,000"), "3,800-4,000");
        assert_eq!(
            quoted("the \"Kestrel\", she"),
            "\"the \"\"Kestrel\"\", she\""
        );
        assert_eq!(quoted("plain"), "plain");
    }
}
