//! The stored form: the JSON contract of [`wire`](crate::wire) with all that reading back needs, and the way back.
//!
//! What [`wire`](crate::wire) writes for other programs leaves out what only sayso uses: head words, the days a time
//! denotes, why a claim was read so. The stored form of a claim is the contract form with one more key, `rest`, that
//! holds those; a claim without `rest` (written by another program) reads back with them empty. The property that
//! binds: storing and reading back gives an equal value.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Mutex, OnceLock, PoisonError};

use serde_json::{Map, Value, json};

use crate::{
    Act, Cell, Change, Claim, ClaimId, CodePoints, CodedDays, Count, Date, Decimal, Document,
    DocumentId, Evidence, Exactness, Figure, FigureKind, Filler, Finding, Located, Modality, Part,
    PartKind, Per, Phrase, PlaceRef, Polarity, Published, Quote, Severity, SourceKind, SourceLink,
    SourceMap, SourcePiece, Span, Text, TimeFlaw, TimeRelation, Timex, TimexKind, Trouble, When,
    wire,
};

/// What is wrong with a stored value, in a few words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed(pub String);

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Malformed {}

type Read<T> = Result<T, Malformed>;

fn bad<T>(what: &str) -> Read<T> {
    Err(Malformed(format!("no valid `{what}`")))
}

// Writing.

fn ends(points: &CodePoints, span: Span<Text>) -> Value {
    let (start, end) = points.span(span);
    json!([start, end])
}

fn when_rest(points: &CodePoints, w: &Option<When>) -> Value {
    w.as_ref().map_or(Value::Null, |w| {
        json!({
            "interval": w.interval.map(|(a, b)| json!([a.to_string(), b.to_string()])),
            "span": w.span.map(|s| ends(points, s)),
        })
    })
}

/// The stored form of a claim.
pub fn claim(points: &CodePoints, c: &Claim) -> Value {
    let heads: Map<String, Value> = c
        .roles
        .iter()
        .map(|(role, fillers)| {
            let heads = fillers.iter().map(|f| json!(f.phrase.head)).collect();
            (role.clone(), heads)
        })
        .collect();
    let rest = json!({
        "heads": heads,
        "figure": c.figure.as_ref().map(|f| json!({
            "thing": f.thing.as_ref().map(|t| &t.head),
            "concepts": f.concepts,
            "per": f.per.iter().map(|p| ends(points, p.span)).collect::<Value>(),
        })),
        "links": c.attribution.iter()
            .map(|l| json!([l.source.head, l.cue.as_ref().map(|c| &c.head)])).collect::<Value>(),
        "hedge": c.hedge.as_ref().map(|h| json!({"span": ends(points, h.span), "head": h.head})),
        "due": when_rest(points, &c.due),
        "as_of": when_rest(points, &c.as_of),
        "event_time": when_rest(points, &c.event_time),
        "said_at": when_rest(points, &c.said_at),
        "published": when_rest(points, &c.published),
        "place": c.place.as_ref().map(|p| ends(points, p.span)),
        "trigger": c.trigger.map(|s| ends(points, s)),
        "cell": c.cell.map(|c| json!([c.table, c.row, c.column, c.header])),
        "why": c.why,
    });
    let mut out = wire::claim(points, c);
    if let Value::Object(o) = &mut out {
        o.insert("rest".into(), rest);
    }
    out
}

fn located(points: &CodePoints, l: &Option<Located>) -> Value {
    l.as_ref().map_or(
        Value::Null,
        |l| json!({"text": l.text, "span": l.span.map(|s| ends(points, s))}),
    )
}

/// The stored form of a document, all but its text.
pub fn document(points: &CodePoints, d: &Document) -> Value {
    json!({
        "id": d.id.to_string(),
        "from": d.from,
        "title": located(points, &d.title),
        "byline": located(points, &d.byline),
        "outlet": located(points, &d.outlet),
        "published": d.published.as_ref().map(|p| json!({
            "date": p.date.to_string(), "value": p.value, "found_in": p.found_in,
            "span": p.span.map(|s| ends(points, s)),
        })),
        "language": d.language,
        "parts": d.parts.iter().map(|p| wire::part(points, p)).collect::<Value>(),
        // Bytes on both sides: one is the capture's, and a piece need not begin where a character does.
        "map": d.map.pieces.iter()
            .map(|p| json!([p.text.start, p.text.end, p.bytes.start, p.bytes.end, p.verbatim]))
            .collect::<Value>(),
        "troubles": d.troubles.iter()
            .map(|t| json!({"message": t.message, "at": t.at.map(|s| json!([s.start, s.end]))}))
            .collect::<Value>(),
    })
}

// Reading back.

fn text(v: &Value, key: &str) -> Read<String> {
    v[key]
        .as_str()
        .map_or_else(|| bad(key), |s| Ok(s.to_owned()))
}

fn maybe_text(v: &Value) -> Option<String> {
    v.as_str().map(str::to_owned)
}

fn small(v: &Value, what: &str) -> Read<u32> {
    v.as_u64()
        .and_then(|n| u32::try_from(n).ok())
        .map_or_else(|| bad(what), Ok)
}

fn named<T: Copy>(all: &[T], name: fn(T) -> &'static str, v: &Value, what: &str) -> Read<T> {
    let text = v.as_str().unwrap_or_default();
    all.iter()
        .copied()
        .find(|&t| name(t) == text)
        .map_or_else(|| bad(what), Ok)
}

fn list<T>(v: &Value, mut read: impl FnMut(&Value) -> Read<T>) -> Read<Vec<T>> {
    v.as_array().into_iter().flatten().map(&mut read).collect()
}

fn maybe<T>(v: &Value, read: impl FnOnce(&Value) -> Read<T>) -> Read<Option<T>> {
    if v.is_null() {
        Ok(None)
    } else {
        read(v).map(Some)
    }
}

fn between(points: &CodePoints, start: &Value, end: &Value) -> Read<Span<Text>> {
    let byte = |v, what| small(v, what).map(|p| points.byte(p));
    Ok(Span::new(byte(start, "start")?, byte(end, "end")?))
}

fn span_fields(points: &CodePoints, v: &Value) -> Read<Span<Text>> {
    between(points, &v["start"], &v["end"])
}

fn span_pair(points: &CodePoints, v: &Value) -> Read<Span<Text>> {
    between(points, &v[0], &v[1])
}

fn phrase(points: &CodePoints, v: &Value, head: &Value) -> Read<Phrase> {
    Ok(Phrase {
        span: span_fields(points, v)?,
        text: text(v, "text")?,
        head: maybe_text(head).unwrap_or_default(),
    })
}

fn date(v: &Value) -> Read<Date> {
    v.as_str()
        .and_then(|s| s.parse().ok())
        .map_or_else(|| bad("date"), Ok)
}

fn interval(v: &Value) -> Read<(Date, Date)> {
    Ok((date(&v[0])?, date(&v[1])?))
}

fn when(points: &CodePoints, c: &Value, key: &str) -> Read<Option<When>> {
    let rest = &c["rest"][key];
    maybe(&c[key], |v| {
        Ok(When {
            value: v.as_str().map_or_else(|| bad(key), |s| Ok(s.to_owned()))?,
            interval: maybe(&rest["interval"], interval)?,
            span: maybe(&rest["span"], |v| span_pair(points, v))?,
        })
    })
}

fn decimal(v: &Value) -> Read<Option<Decimal>> {
    maybe(v, |v| {
        v.as_str()
            .and_then(|s| Decimal::from_str_exact(s).ok())
            .map_or_else(|| bad("number"), Ok)
    })
}

fn flag(v: &Value) -> bool {
    v.as_bool().unwrap_or(false)
}

fn figure(points: &CodePoints, v: &Value, rest: &Value) -> Read<Figure> {
    let mut pers = rest["per"].as_array().into_iter().flatten();
    let span = span_fields(points, v)?;
    Ok(Figure {
        span,
        text: text(v, "text")?,
        low: decimal(&v["low"])?,
        best: decimal(&v["best"])?,
        high: decimal(&v["high"])?,
        low_open: flag(&v["low_open"]),
        high_open: flag(&v["high_open"]),
        exactness: named(
            &[
                Exactness::Exact,
                Exactness::Approximate,
                Exactness::Bound,
                Exactness::Range,
                Exactness::Vague,
                Exactness::Implicit,
            ],
            Exactness::as_str,
            &v["exactness"],
            "exactness",
        )?,
        kind: named(
            &[
                FigureKind::Cardinal,
                FigureKind::Ordinal,
                FigureKind::Percent,
                FigureKind::Money,
                FigureKind::Duration,
                FigureKind::Measure,
                FigureKind::Ratio,
                FigureKind::Age,
            ],
            FigureKind::as_str,
            &v["kind"],
            "kind",
        )?,
        unit: maybe_text(&v["unit"]),
        currency: maybe_text(&v["currency"]),
        per: list(&v["per"], |p| {
            Ok(Per {
                text: text(p, "text")?,
                unit: text(p, "unit")?,
                // Without `rest` the words stand somewhere in the figure: that is all that is known.
                span: pers.next().map_or(Ok(span), |s| span_pair(points, s))?,
            })
        })?,
        change: maybe(&v["change"], |v| {
            named(&[Change::Up, Change::Down], Change::as_str, v, "change")
        })?,
        thing: maybe(&v["thing"], |t| phrase(points, t, &rest["thing"]))?,
        concepts: list(&rest["concepts"], |c| {
            c.as_str()
                .map_or_else(|| bad("concepts"), |s| Ok(s.to_owned()))
        })?,
    })
}

fn link(points: &CodePoints, v: &Value, rest: &Value) -> Read<SourceLink> {
    Ok(SourceLink {
        source: phrase(points, &v["source"], &rest[0])?,
        entity: maybe_text(&v["source"]["entity"]),
        cue: maybe(&v["cue"], |c| phrase(points, c, &rest[1]))?,
        kind: named(&SourceKind::ALL, SourceKind::as_str, &v["kind"], "kind")?,
        act: v["act"]
            .as_str()
            .and_then(Act::from_text)
            .map_or_else(|| bad("act"), Ok)?,
        country: maybe_text(&v["country"]),
    })
}

fn roles(points: &CodePoints, v: &Value, heads: &Value) -> Read<BTreeMap<String, Vec<Filler>>> {
    let mut out = BTreeMap::new();
    for (name, value) in v.as_object().into_iter().flatten() {
        let one = std::slice::from_ref(value);
        let values = value.as_array().map_or(one, Vec::as_slice);
        let fillers = values.iter().enumerate().map(|(i, f)| {
            Ok(Filler {
                phrase: phrase(points, f, &heads[name][i])?,
                entity: maybe_text(&f["entity"]),
            })
        });
        out.insert(name.clone(), fillers.collect::<Read<Vec<Filler>>>()?);
    }
    Ok(out)
}

fn claim_id(v: &Value, what: &str) -> Read<ClaimId> {
    v.as_str()
        .and_then(ClaimId::from_hex)
        .map_or_else(|| bad(what), Ok)
}

fn document_id(v: &Value, what: &str) -> Read<DocumentId> {
    v.as_str()
        .and_then(DocumentId::from_hex)
        .map_or_else(|| bad(what), Ok)
}

fn cell(v: &Value) -> Read<Cell> {
    Ok(Cell {
        table: small(&v[0], "cell")?,
        row: small(&v[1], "cell")?,
        column: small(&v[2], "cell")?,
        header: flag(&v[3]),
    })
}

/// A claim from its stored or contract form; `points` is the index of its document's text.
///
/// # Errors
/// A field is missing or has a value that no version of the contract gave it.
pub fn claim_from_json(points: &CodePoints, v: &Value) -> Read<Claim> {
    let rest = &v["rest"];
    let links = v["attribution"].as_array().map_or(&[][..], Vec::as_slice);
    Ok(Claim {
        id: claim_id(&v["id"], "id")?,
        document: document_id(&v["document"], "document")?,
        frame: text(v, "frame")?,
        roles: roles(points, &v["roles"], &rest["heads"])?,
        figure: maybe(&v["figure"], |f| figure(points, f, &rest["figure"]))?,
        part_of: maybe(&v["part_of"], |p| claim_id(p, "part_of"))?,
        count: maybe(&v["count"], |c| match c.as_str() {
            Some("cumulative") => Ok(Count::Cumulative),
            Some("event") => Ok(Count::Event),
            _ => bad("count"),
        })?,
        main: flag(&v["main"]),
        historic: flag(&v["historic"]),
        attribution: links
            .iter()
            .enumerate()
            .map(|(i, l)| link(points, l, &rest["links"][i]))
            .collect::<Read<_>>()?,
        quote: named(
            &[Quote::None, Quote::Direct, Quote::Mixed, Quote::Indirect],
            Quote::as_str,
            &v["quote"],
            "quote",
        )?,
        polarity: named(
            &[Polarity::Affirmed, Polarity::Denied],
            Polarity::as_str,
            &v["polarity"],
            "polarity",
        )?,
        modality: named(
            &[
                Modality::Asserted,
                Modality::Hedged,
                Modality::Conditional,
                Modality::Planned,
                Modality::Forecast,
                Modality::Rumour,
            ],
            Modality::as_str,
            &v["modality"],
            "modality",
        )?,
        hedge: maybe(&v["hedge"], |h| {
            Ok(Phrase {
                span: maybe(&rest["hedge"]["span"], |s| span_pair(points, s))?
                    .unwrap_or(Span::new(0, 0)),
                text: h
                    .as_str()
                    .map_or_else(|| bad("hedge"), |s| Ok(s.to_owned()))?,
                head: maybe_text(&rest["hedge"]["head"]).unwrap_or_default(),
            })
        })?,
        due: when(points, v, "due")?,
        as_of: when(points, v, "as_of")?,
        event_time: when(points, v, "event_time")?,
        said_at: when(points, v, "said_at")?,
        published: when(points, v, "published")?,
        place: maybe(&v["place"], |p| {
            Ok(PlaceRef {
                text: text(p, "text")?,
                id: maybe_text(&p["id"]),
                span: maybe(&rest["place"], |s| span_pair(points, s))?.unwrap_or(Span::new(0, 0)),
            })
        })?,
        trigger: maybe(&rest["trigger"], |s| span_pair(points, s))?,
        sentence: span_fields(points, &v["sentence"])?,
        cell: maybe(&rest["cell"], cell)?,
        why: list(&rest["why"], |w| {
            w.as_str().map_or_else(|| bad("why"), |s| Ok(s.to_owned()))
        })?,
    })
}

/// The one copy of a finding's code. A code is a capital letter and three digits, so that there can be no more than
/// 26,000 of them however many ledgers are read.
fn code(text: &str) -> Read<&'static str> {
    static CODES: OnceLock<Mutex<BTreeSet<&'static str>>> = OnceLock::new();
    let valid = match text.as_bytes() {
        [letter, digits @ ..] => {
            letter.is_ascii_uppercase()
                && digits.len() == 3
                && digits.iter().all(u8::is_ascii_digit)
        }
        [] => false,
    };
    if !valid {
        return bad("code");
    }
    let mut codes = CODES
        .get_or_init(Mutex::default)
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = codes.get(text) {
        return Ok(known);
    }
    let known: &'static str = Box::leak(text.to_owned().into_boxed_str());
    codes.insert(known);
    Ok(known)
}

fn evidence(points: &CodePoints, v: &Value) -> Read<Evidence> {
    let note = text(v, "note")?;
    match v["kind"].as_str() {
        Some("words") => Ok(Evidence::Words {
            span: span_fields(points, v)?,
            note,
        }),
        Some("claim") => Ok(Evidence::Claim {
            id: claim_id(&v["claim"], "claim")?,
            span: span_fields(points, v)?,
            note,
        }),
        Some("entry") => Ok(Evidence::Entry {
            entry: text(v, "entry")?,
            note,
            source: list(&v["source"], |s| {
                s.as_str()
                    .map_or_else(|| bad("source"), |s| Ok(s.to_owned()))
            })?,
            verified: v["status"] == "verified",
        }),
        Some("reckoning") => Ok(Evidence::Reckoning { note }),
        _ => bad("kind"),
    }
}

/// A finding from its contract form.
///
/// # Errors
/// As [`claim_from_json`].
pub fn finding_from_json(points: &CodePoints, v: &Value) -> Read<Finding> {
    Ok(Finding {
        code: code(v["code"].as_str().unwrap_or_default())?,
        severity: v["severity"]
            .as_str()
            .and_then(Severity::from_text)
            .map_or_else(|| bad("severity"), Ok)?,
        message: text(v, "message")?,
        span: span_fields(points, v)?,
        evidence: list(&v["evidence"], |e| evidence(points, e))?,
        help: maybe_text(&v["help"]),
    })
}

/// Every value of TIMEX3's `mod`.
const MODIFIERS: [&str; 12] = [
    "BEFORE",
    "AFTER",
    "ON_OR_BEFORE",
    "ON_OR_AFTER",
    "LESS_THAN",
    "MORE_THAN",
    "EQUAL_OR_LESS",
    "EQUAL_OR_MORE",
    "START",
    "MID",
    "END",
    "APPROX",
];

/// A time expression from its contract form.
///
/// # Errors
/// As [`claim_from_json`].
pub fn time_from_json(points: &CodePoints, v: &Value) -> Read<Timex> {
    Ok(Timex {
        span: span_fields(points, v)?,
        kind: named(
            &[
                TimexKind::Date,
                TimexKind::Time,
                TimexKind::Duration,
                TimexKind::Set,
            ],
            TimexKind::as_str,
            &v["type"],
            "type",
        )?,
        value: text(v, "value")?,
        modifier: maybe(&v["mod"], |m| named(&MODIFIERS, |m| m, m, "mod"))?,
        relation: maybe(&v["relation"], |r| {
            named(
                &[
                    TimeRelation::AsOf,
                    TimeRelation::Since,
                    TimeRelation::By,
                    TimeRelation::Within,
                    TimeRelation::Until,
                    TimeRelation::Before,
                    TimeRelation::After,
                ],
                TimeRelation::as_str,
                r,
                "relation",
            )
        })?,
        interval: maybe(&v["interval"], interval)?,
        flaw: maybe(&v["flaw"], |f| {
            named(
                &[TimeFlaw::NoSuchDay, TimeFlaw::WrongWeekday],
                TimeFlaw::as_str,
                f,
                "flaw",
            )
        })?,
        ucdp: maybe(&v["ucdp"], |c| {
            let (first, last) = interval(&c["interval"])?;
            Ok(CodedDays {
                first,
                last,
                precision: u8::try_from(small(&c["precision"], "precision")?)
                    .or_else(|_| bad("precision"))?,
            })
        })?,
    })
}

fn part(points: &CodePoints, v: &Value) -> Read<Part> {
    let kind = match v["kind"].as_str() {
        Some("title") => PartKind::Title,
        Some("heading") => {
            PartKind::Heading(u8::try_from(small(&v["level"], "level")?).or_else(|_| bad("level"))?)
        }
        Some("paragraph") => PartKind::Paragraph,
        Some("list_item") => PartKind::ListItem,
        Some("quotation") => PartKind::Quotation,
        Some("cell") => PartKind::Cell(Cell {
            table: small(&v["table"], "table")?,
            row: small(&v["row"], "row")?,
            column: small(&v["column"], "column")?,
            header: flag(&v["header"]),
        }),
        Some("caption") => PartKind::Caption,
        Some("credit") => PartKind::Credit,
        Some("question") => PartKind::Question,
        Some("answer") => PartKind::Answer,
        Some("source_entry") => PartKind::SourceEntry,
        Some("byline") => PartKind::Byline,
        Some("dateline") => PartKind::Dateline,
        Some("chrome") => PartKind::Chrome,
        _ => return bad("kind"),
    };
    Ok(Part {
        span: span_fields(points, v)?,
        kind,
    })
}

fn located_from(points: &CodePoints, v: &Value) -> Read<Option<Located>> {
    maybe(v, |v| {
        Ok(Located {
            text: text(v, "text")?,
            span: maybe(&v["span"], |s| span_pair(points, s))?,
        })
    })
}

/// A document from its stored form and its text, of which `points` is the index.
///
/// # Errors
/// As [`claim_from_json`].
pub fn document_from_json(points: &CodePoints, v: &Value) -> Read<Document> {
    Ok(Document {
        id: document_id(&v["id"], "id")?,
        from: maybe_text(&v["from"]),
        title: located_from(points, &v["title"])?,
        byline: located_from(points, &v["byline"])?,
        outlet: located_from(points, &v["outlet"])?,
        published: maybe(&v["published"], |p| {
            Ok(Published {
                date: date(&p["date"])?,
                value: text(p, "value")?,
                found_in: text(p, "found_in")?,
                span: maybe(&p["span"], |s| span_pair(points, s))?,
            })
        })?,
        language: maybe_text(&v["language"]),
        text: points.text().to_owned(),
        parts: list(&v["parts"], |p| part(points, p))?,
        map: SourceMap {
            pieces: list(&v["map"], |p| {
                let at = |i: usize| small(&p[i], "map");
                Ok(SourcePiece {
                    text: Span::new(at(0)?, at(1)?),
                    bytes: Span::new(at(2)?, at(3)?),
                    verbatim: flag(&p[4]),
                })
            })?,
        },
        troubles: list(&v["troubles"], |t| {
            Ok(Trouble {
                message: text(t, "message")?,
                at: maybe(&t["at"], |s| {
                    Ok(Span::new(small(&s[0], "at")?, small(&s[1], "at")?))
                })?,
            })
        })?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A small generator of numbers (xorshift64), so that the same run always tries the same values.
    struct Dice(u64);

    impl Dice {
        fn below(&mut self, n: u64) -> u64 {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            self.0 % n.max(1)
        }
        fn coin(&mut self) -> bool {
            self.below(2) == 0
        }
        fn of<T: Copy>(&mut self, all: &[T]) -> T {
            all[self.below(all.len() as u64) as usize]
        }
        fn maybe<T>(&mut self, make: impl FnOnce(&mut Dice) -> T) -> Option<T> {
            if self.coin() { Some(make(self)) } else { None }
        }
        fn some<T>(&mut self, least: u64, mut make: impl FnMut(&mut Dice) -> T) -> Vec<T> {
            (0..least + self.below(3)).map(|_| make(self)).collect()
        }
        /// A span between two characters of the text.
        fn span(&mut self, text: &str) -> Span<Text> {
            let marks: Vec<usize> = text.char_indices().map(|(i, _)| i).collect();
            let (a, b) = (self.of(&marks) as u32, self.of(&marks) as u32);
            Span::new(a.min(b), a.max(b))
        }
        fn phrase(&mut self, text: &str) -> Phrase {
            let span = self.span(text);
            Phrase {
                span,
                text: span.of(text).to_owned(),
                head: self.of(&["miner", "Øl", ""]).to_owned(),
            }
        }
        fn date(&mut self) -> Date {
            Date::constant(2031, 1 + self.below(12) as i8, 1 + self.below(28) as i8)
        }
        fn decimal(&mut self) -> Decimal {
            Decimal::new(self.below(9_000_000) as i64 - 1000, self.below(4) as u32)
        }
        fn when(&mut self, text: &str) -> When {
            When {
                value: self.of(&["2031-04", "2031-W15", "PXM"]).to_owned(),
                interval: self.maybe(|d| (d.date(), d.date())),
                span: self.maybe(|d| d.span(text)),
            }
        }
        fn figure(&mut self, text: &str) -> Figure {
            Figure {
                span: self.span(text),
                text: "¾ of 12".into(),
                low: self.maybe(Dice::decimal),
                best: self.maybe(Dice::decimal),
                high: self.maybe(Dice::decimal),
                low_open: self.coin(),
                high_open: self.coin(),
                exactness: self.of(&[Exactness::Exact, Exactness::Range, Exactness::Vague]),
                kind: self.of(&[FigureKind::Cardinal, FigureKind::Money, FigureKind::Age]),
                unit: self.maybe(|_| "tonne".into()),
                currency: self.maybe(|_| "NOK".into()),
                per: self.some(0, |d| Per {
                    text: "a day".into(),
                    unit: "day".into(),
                    span: d.span(text),
                }),
                change: self.maybe(|d| d.of(&[Change::Up, Change::Down])),
                thing: self.maybe(|d| d.phrase(text)),
                concepts: self.some(0, |d| d.of(&["ferry", "ice"]).to_owned()),
            }
        }
        fn claim(&mut self, text: &str) -> Claim {
            let id = |d: &mut Dice| {
                let mut id = [0; 16];
                id.iter_mut().for_each(|b| *b = d.below(256) as u8);
                ClaimId(id)
            };
            Claim {
                id: id(self),
                document: DocumentId::of(&[self.below(256) as u8]),
                frame: self.of(&["other", "flooded"]).to_owned(),
                roles: ["place", "victim"]
                    .into_iter()
                    .filter(|_| !self.0.is_multiple_of(3))
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
                    .into_iter()
                    .map(|name| {
                        let fillers = self.some(1, |d| Filler {
                            phrase: d.phrase(text),
                            entity: d.maybe(|_| "Skerry Harbour Board".into()),
                        });
                        (name, fillers)
                    })
                    .collect(),
                figure: self.maybe(|d| d.figure(text)),
                part_of: self.maybe(id),
                count: self.maybe(|d| d.of(&[Count::Cumulative, Count::Event])),
                main: self.coin(),
                historic: self.coin(),
                attribution: self.some(0, |d| SourceLink {
                    source: d.phrase(text),
                    entity: d.maybe(|_| "Skerry Harbour Board".into()),
                    cue: d.maybe(|d| d.phrase(text)),
                    kind: d.of(&SourceKind::ALL),
                    act: d.of(&[Act::Speech, Act::Belief]),
                    country: d.maybe(|_| "NO".into()),
                }),
                quote: self.of(&[Quote::None, Quote::Direct, Quote::Mixed]),
                polarity: self.of(&[Polarity::Affirmed, Polarity::Denied]),
                modality: self.of(&[Modality::Asserted, Modality::Forecast, Modality::Rumour]),
                hedge: self.maybe(|d| d.phrase(text)),
                due: self.maybe(|d| d.when(text)),
                as_of: self.maybe(|d| d.when(text)),
                event_time: self.maybe(|d| d.when(text)),
                said_at: self.maybe(|d| d.when(text)),
                published: self.maybe(|d| d.when(text)),
                place: self.maybe(|d| PlaceRef {
                    text: "Østersund".into(),
                    id: d.maybe(|_| "geonames:1".into()),
                    span: d.span(text),
                }),
                trigger: self.maybe(|d| d.span(text)),
                sentence: self.span(text),
                cell: self.maybe(|d| Cell {
                    table: 1,
                    row: d.below(9) as u32,
                    column: 2,
                    header: d.coin(),
                }),
                why: self.some(0, |_| "conflict/kill: passive".into()),
            }
        }
    }

    const TEXT: &str =
        "“Twelve ferries,” said Åse Lindøy — the harbour’s pilot — “lie idle at €40 a day.”";

    #[test]
    fn a_claim_comes_back_equal_from_its_stored_form() {
        let points = CodePoints::new(TEXT);
        let mut dice = Dice(0x5eed);
        for _ in 0..2000 {
            let claim = dice.claim(TEXT);
            let text = super::claim(&points, &claim).to_string();
            let value: Value = serde_json::from_str(&text).unwrap();
            assert_eq!(claim_from_json(&points, &value).unwrap(), claim);
        }
    }

    #[test]
    fn a_claim_in_the_bare_contract_form_keeps_all_the_contract_has() {
        let points = CodePoints::new(TEXT);
        let mut dice = Dice(0xba5e);
        for _ in 0..200 {
            let value = wire::claim(&points, &dice.claim(TEXT));
            let back = claim_from_json(&points, &value).unwrap();
            assert_eq!(wire::claim(&points, &back), value);
        }
    }

    #[test]
    fn findings_times_and_documents_come_back_equal() {
        let points = CodePoints::new(TEXT);
        let mut dice = Dice(0xfade);
        let finding = Finding {
            code: "A002",
            severity: Severity::Warning,
            message: "twelve ferries at €40 are €480".into(),
            span: dice.span(TEXT),
            evidence: vec![
                Evidence::Words {
                    span: dice.span(TEXT),
                    note: "the rate".into(),
                },
                Evidence::Claim {
                    id: ClaimId([7; 16]),
                    span: dice.span(TEXT),
                    note: "the count".into(),
                },
                Evidence::Entry {
                    entry: "core/ferry".into(),
                    note: "a ferry is a ship".into(),
                    source: vec!["harbour register".into()],
                    verified: true,
                },
                Evidence::Reckoning {
                    note: "12 × 40 = 480".into(),
                },
            ],
            help: Some("say which is meant".into()),
        };
        let value = wire::finding(&points, &finding);
        assert_eq!(finding_from_json(&points, &value).unwrap(), finding);

        let time = Timex {
            span: dice.span(TEXT),
            kind: TimexKind::Set,
            value: "P1D".into(),
            modifier: Some("APPROX"),
            relation: Some(TimeRelation::Since),
            interval: Some((dice.date(), dice.date())),
            flaw: Some(TimeFlaw::WrongWeekday),
            ucdp: Some(CodedDays {
                first: dice.date(),
                last: dice.date(),
                precision: 5,
            }),
        };
        assert_eq!(
            time_from_json(&points, &wire::time(&points, &time)).unwrap(),
            time
        );

        let document = Document {
            id: DocumentId::of(TEXT.as_bytes()),
            from: Some("harbour.txt".into()),
            title: Some(Located {
                text: "Idle".into(),
                span: Some(dice.span(TEXT)),
            }),
            byline: None,
            outlet: Some(Located {
                text: "Skerry Courier".into(),
                span: None,
            }),
            published: Some(Published {
                date: dice.date(),
                value: "2031-04-02T08:00:00Z".into(),
                found_in: "meta".into(),
                span: None,
            }),
            language: Some("en".into()),
            text: TEXT.into(),
            parts: vec![
                Part {
                    span: dice.span(TEXT),
                    kind: PartKind::Heading(3),
                },
                Part {
                    span: dice.span(TEXT),
                    kind: PartKind::Cell(Cell {
                        table: 0,
                        row: 2,
                        column: 1,
                        header: true,
                    }),
                },
            ],
            map: SourceMap {
                pieces: vec![SourcePiece {
                    text: Span::new(0, 3),
                    bytes: Span::new(9, 17),
                    verbatim: false,
                }],
            },
            troubles: vec![Trouble {
                message: "a byte was not UTF-8".into(),
                at: Some(Span::new(4, 5)),
            }],
        };
        let value = super::document(&points, &document);
        assert_eq!(document_from_json(&points, &value).unwrap(), document);
    }

    #[test]
    fn what_is_not_a_claim_is_refused_not_guessed() {
        let points = CodePoints::new(TEXT);
        let mut value = super::claim(&points, &Dice(1).claim(TEXT));
        assert!(claim_from_json(&points, &Value::Null).is_err());
        value["modality"] = json!("certain");
        assert_eq!(
            claim_from_json(&points, &value),
            Err(Malformed("no valid `modality`".into()))
        );
        assert!(code("A01x").is_err() && code("").is_err() && code("a001").is_err());
        assert_eq!(code("Z999").unwrap(), "Z999");
    }
}
