//! The JSON contract (version 1): what other programs read. Offsets are code points of the canonical text, decimals
//! are strings, absent values are `null`.

use serde_json::{Map, Value, json};

use crate::{
    Attribution, Claim, CodePoints, Document, Evidence, Figure, Filler, Finding, Part, PartKind,
    Phrase, Place, Relation, SourceLink, Span, Text, Timex, When,
};

fn spans(points: &CodePoints, list: &[Span<Text>]) -> Value {
    list.iter()
        .map(|&s| points.span(s))
        .map(|(a, b)| json!([a, b]))
        .collect()
}

fn phrase(points: &CodePoints, p: &Phrase) -> Value {
    let (start, end) = points.span(p.span);
    json!({"text": p.text, "start": start, "end": end})
}

/// A part.
pub fn part(points: &CodePoints, p: &Part) -> Value {
    let (start, end) = points.span(p.span);
    let mut out = json!({"start": start, "end": end, "kind": p.kind.as_str()});
    if let Value::Object(o) = &mut out {
        match &p.kind {
            PartKind::Heading(level) => {
                o.insert("level".into(), json!(level));
            }
            PartKind::Cell(c) => {
                for (k, v) in [("table", c.table), ("row", c.row), ("column", c.column)] {
                    o.insert(k.into(), json!(v));
                }
                o.insert("header".into(), json!(c.header));
            }
            _ => {}
        }
    }
    out
}

/// A document's own description, without its text.
pub fn document(doc: &Document) -> Value {
    let words = |l: &Option<crate::Located>| l.as_ref().map(|l| l.text.clone());
    json!({
        "id": doc.id.to_string(),
        "from": doc.from,
        "title": words(&doc.title),
        "byline": words(&doc.byline),
        "outlet": words(&doc.outlet),
        "published": doc.published.as_ref().map(|p| p.value.clone()),
        "language": doc.language,
    })
}

fn figure_fields(points: &CodePoints, f: &Figure) -> Map<String, Value> {
    let (start, end) = points.span(f.span);
    let number = |d: &Option<crate::Decimal>| d.map(|d| d.normalize().to_string());
    let value = json!({
        "start": start, "end": end, "text": f.text,
        "low": number(&f.low), "best": number(&f.best), "high": number(&f.high),
        "low_open": f.low_open, "high_open": f.high_open,
        "exactness": f.exactness.as_str(), "kind": f.kind.as_str(),
        "unit": f.unit, "currency": f.currency,
        "per": f.per.iter().map(|p| json!({"text": p.text, "unit": p.unit})).collect::<Value>(),
        "change": f.change.map(|c| c.as_str()),
        "thing": f.thing.as_ref().map(|t| phrase(points, t)),
    });
    match value {
        Value::Object(o) => o,
        _ => Map::new(),
    }
}

/// A quantity. `levels`: where a change from one level to another starts and ends ("from 600 to 400").
pub fn quantity(
    points: &CodePoints,
    f: &Figure,
    levels: Option<(crate::Decimal, crate::Decimal)>,
) -> Value {
    let mut out = figure_fields(points, f);
    if let Some((a, b)) = levels {
        let ends = json!([a.normalize().to_string(), b.normalize().to_string()]);
        out.insert("levels".into(), ends);
    }
    if !f.concepts.is_empty() {
        out.insert("concepts".into(), json!(f.concepts));
    }
    Value::Object(out)
}

/// A relation between quantities.
pub fn relation(r: &Relation) -> Value {
    json!({"kind": r.kind.as_str(), "from": r.from, "to": r.to})
}

/// A time expression.
pub fn time(points: &CodePoints, t: &Timex) -> Value {
    let (start, end) = points.span(t.span);
    json!({
        "start": start, "end": end, "type": t.kind.as_str(), "value": t.value, "mod": t.modifier,
        "relation": t.relation.map(|r| r.as_str()),
        "interval": t.interval.map(|(a, b)| json!([a.to_string(), b.to_string()])),
        "flaw": t.flaw.map(|f| f.as_str()),
        "ucdp": t.ucdp.map(|c| json!({
            "interval": [c.first.to_string(), c.last.to_string()], "precision": c.precision,
        })),
    })
}

/// A place.
pub fn place(points: &CodePoints, p: &Place) -> Value {
    let (start, end) = points.span(p.span);
    json!({
        "start": start, "end": end, "name": p.name, "id": p.id, "lat": p.lat, "lon": p.lon, "kind": p.kind,
        "region": p.region, "country": p.country,
        "alternatives": p.alternatives.iter()
            .map(|a| json!({"id": a.id, "name": a.name, "score": a.score})).collect::<Value>(),
    })
}

/// An attribution.
pub fn attribution(points: &CodePoints, a: &Attribution) -> Value {
    json!({
        "source": spans(points, &a.source), "cue": spans(points, &a.cue), "content": spans(points, &a.content),
        "kind": a.kind.as_str(), "act": a.act.as_str(), "source_kind": a.source_kind.as_str(),
        "speaker": a.speaker, "country": a.country, "denied": a.denied,
    })
}

fn link(points: &CodePoints, l: &SourceLink) -> Value {
    let mut source = phrase(points, &l.source);
    if let (Value::Object(o), Some(e)) = (&mut source, &l.entity) {
        o.insert("entity".into(), json!(e));
    }
    json!({
        "source": source, "cue": l.cue.as_ref().map(|c| phrase(points, c)),
        "kind": l.kind.as_str(), "act": l.act.as_str(), "country": l.country,
    })
}

fn filler(points: &CodePoints, f: &Filler) -> Value {
    let mut out = phrase(points, &f.phrase);
    if let (Value::Object(o), Some(e)) = (&mut out, &f.entity) {
        o.insert("entity".into(), json!(e));
    }
    out
}

/// A claim.
pub fn claim(points: &CodePoints, c: &Claim) -> Value {
    let (start, end) = points.span(c.sentence);
    let when = |w: &Option<When>| w.as_ref().map(|w| w.value.clone());
    let roles: Map<String, Value> = c
        .roles
        .iter()
        .filter_map(|(name, fillers)| {
            let value = match fillers.as_slice() {
                [] => return None,
                [one] => filler(points, one),
                many => many.iter().map(|f| filler(points, f)).collect(),
            };
            Some((name.clone(), value))
        })
        .collect();
    json!({
        "id": c.id.to_string(), "document": c.document.to_string(), "frame": c.frame, "roles": roles,
        "figure": c.figure.as_ref().map(|f| Value::Object(figure_fields(points, f))),
        "part_of": c.part_of.map(|p| p.to_string()),
        "count": c.count.map(|k| match k { crate::Count::Cumulative => "cumulative", crate::Count::Event => "event" }),
        "main": c.main, "historic": c.historic,
        "attribution": c.attribution.iter().map(|l| link(points, l)).collect::<Value>(),
        "quote": c.quote.as_str(), "polarity": c.polarity.as_str(), "modality": c.modality.as_str(),
        "hedge": c.hedge.as_ref().map(|h| h.text.clone()), "due": when(&c.due),
        "as_of": when(&c.as_of), "event_time": when(&c.event_time), "said_at": when(&c.said_at),
        "published": when(&c.published),
        "place": c.place.as_ref().map(|p| json!({"text": p.text, "id": p.id})),
        "sentence": {"start": start, "end": end},
    })
}

/// A finding, with line and column of the text.
pub fn finding(points: &CodePoints, f: &Finding) -> Value {
    let (start, end) = points.span(f.span);
    let at = points.line_column(f.span.start);
    let evidence: Vec<Value> = f
        .evidence
        .iter()
        .map(|e| match e {
            Evidence::Words { span, note } => {
                let (start, end) = points.span(*span);
                json!({"kind": "words", "start": start, "end": end, "text": span.of(points.text()), "note": note})
            }
            Evidence::Claim { id, span, note } => {
                let (start, end) = points.span(*span);
                json!({"kind": "claim", "claim": id.to_string(), "start": start, "end": end, "note": note})
            }
            Evidence::Entry { entry, note, source, verified } => {
                json!({"kind": "entry", "entry": entry, "note": note, "source": source,
                       "status": if *verified { "verified" } else { "unverified" }})
            }
            Evidence::Reckoning { note } => json!({"kind": "reckoning", "note": note}),
        })
        .collect();
    json!({
        "code": f.code, "severity": f.severity.as_str(), "message": f.message, "start": start, "end": end,
        "line": at.line, "column": at.column, "evidence": evidence, "help": f.help,
    })
}
