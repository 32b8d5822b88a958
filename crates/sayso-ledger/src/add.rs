//! A document and all that was read from it, in one transaction.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};
use rust_decimal::prelude::ToPrimitive;
use sayso_model::{
    Capture, Claim, CodePoints, Date, Decimal, Document, DocumentId, Finding, Media, Timex, stored,
    wire,
};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::squeeze::{MAX_CAPTURE, pack};
use crate::{Error, Ledger, Result};

/// What did the reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extractor {
    /// Version of sayso.
    pub version: String,
    /// Hash of the language model.
    pub model: String,
    /// Hash of the packs.
    pub packs: String,
}

/// All that is added together.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// The bytes.
    pub capture: &'a Capture,
    /// What was read from them.
    pub document: &'a Document,
    /// Its claims.
    pub claims: &'a [Claim],
    /// What check found in it.
    pub findings: &'a [Finding],
    /// Its time expressions.
    pub times: &'a [Timex],
}

/// What adding did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// The document was not in the ledger.
    New,
    /// It was, read by another extractor; this reading now stands beside that one.
    Reread,
    /// It was, read by this extractor: nothing changed.
    Known,
}

impl Ledger {
    /// Adds a capture and what `extractor` read from it. All of it is there afterwards, or none.
    ///
    /// # Errors
    /// The capture, document and claims do not belong together, the capture is larger than [`MAX_CAPTURE`], or the
    /// file cannot be written.
    pub fn add(
        &mut self,
        entry: &Entry<'_>,
        extractor: &Extractor,
        recorded: Timestamp,
    ) -> Result<Added> {
        examine(entry)?;
        let path = self.path.clone();
        let sql = |e: rusqlite::Error| Error::sql(&path, &e);
        let change = self
            .db
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(sql)?;
        let added = append(&change, entry, extractor, recorded).map_err(sql)?;
        change.commit().map_err(sql)?;
        Ok(added)
    }
}

fn examine(entry: &Entry<'_>) -> Result<()> {
    let refuse = |why| {
        let what = entry.capture.from.clone();
        Err(Error::Refused {
            what: what.unwrap_or_else(|| entry.capture.id.to_string()),
            why,
        })
    };
    if entry.capture.bytes.len() > MAX_CAPTURE {
        return refuse("it is larger than 256 MiB");
    }
    if DocumentId::of(&entry.capture.bytes) != entry.capture.id {
        return refuse("its id is not the hash of its bytes");
    }
    if entry.document.id != entry.capture.id {
        return refuse("the document was read from another capture");
    }
    if entry.claims.iter().any(|c| c.document != entry.document.id) {
        return refuse("a claim was read from another document");
    }
    Ok(())
}

fn append(
    db: &Transaction<'_>,
    entry: &Entry<'_>,
    extractor: &Extractor,
    recorded: Timestamp,
) -> rusqlite::Result<Added> {
    let Entry {
        capture, document, ..
    } = *entry;
    let recorded = moment(recorded);
    let extractor = extractor_seq(db, extractor)?;
    let known: bool = db.query_row(
        "SELECT EXISTS (SELECT 1 FROM capture WHERE id = ?1)",
        [&capture.id.0[..]],
        |r| r.get(0),
    )?;
    let read: bool = db.query_row(
        "SELECT EXISTS (SELECT 1 FROM reading WHERE document = ?1 AND extractor = ?2)",
        params![&document.id.0[..], extractor],
        |r| r.get(0),
    )?;
    if read {
        return Ok(Added::Known);
    }
    if !known {
        db.execute(
            "INSERT INTO capture (id, media, size, packed, retrieved, source, recorded)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                &capture.id.0[..],
                media_name(capture.media),
                capture.bytes.len() as i64,
                pack(&capture.bytes),
                capture.retrieved,
                capture.from,
                recorded
            ],
        )?;
    }
    let points = CodePoints::new(&document.text);
    let about = stored::document(&points, document).to_string();
    let times: Value = entry.times.iter().map(|t| wire::time(&points, t)).collect();
    db.execute(
        "INSERT INTO reading
           (document, extractor, recorded, published, title, outlet, text, about_size, about, times)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        params![
            &document.id.0[..],
            extractor,
            recorded,
            document.published.as_ref().map(|p| p.date.to_string()),
            document.title.as_ref().map(|t| &t.text),
            document.outlet.as_ref().map(|t| &t.text),
            document.text,
            about.len() as i64,
            pack(about.as_bytes()),
            times.to_string()
        ],
    )?;
    let reading = db.last_insert_rowid();
    db.execute(
        "INSERT INTO words (rowid, title, text) SELECT seq, title, text FROM reading WHERE seq = ?1",
        [reading],
    )?;
    for claim in entry.claims {
        append_claim(db, reading, &points, claim)?;
    }
    for finding in entry.findings {
        let json = wire::finding(&points, finding).to_string();
        db.prepare_cached(
            "INSERT INTO finding (reading, id, code, severity, json) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            reading,
            &Sha256::digest(json.as_bytes())[..16],
            finding.code,
            finding.severity.as_str(),
            json
        ])?;
    }
    Ok(if known { Added::Reread } else { Added::New })
}

fn extractor_seq(db: &Transaction<'_>, e: &Extractor) -> rusqlite::Result<i64> {
    let find = "SELECT seq FROM extractor WHERE version = ?1 AND model = ?2 AND packs = ?3";
    let names = params![e.version, e.model, e.packs];
    if let Some(seq) = db.query_row(find, names, |r| r.get(0)).optional()? {
        return Ok(seq);
    }
    db.execute(
        "INSERT INTO extractor (version, model, packs) VALUES (?1, ?2, ?3)",
        names,
    )?;
    Ok(db.last_insert_rowid())
}

fn append_claim(
    db: &Transaction<'_>,
    reading: i64,
    points: &CodePoints,
    claim: &Claim,
) -> rusqlite::Result<()> {
    let days = days(claim);
    let figure = claim.figure.as_ref();
    let added = db
        .prepare_cached(
            "INSERT INTO claim (reading, id, frame, first_day, last_day, low, high, json)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            reading,
            &claim.id.0[..],
            claim.frame,
            days.map(|d| d.0.to_string()),
            days.map(|d| d.1.to_string()),
            figure.and_then(|f| f.low).and_then(below),
            figure.and_then(|f| f.high).and_then(above),
            stored::claim(points, claim).to_string()
        ])?;
    if added == 0 {
        return Ok(()); // the same claim twice in one reading
    }
    let seq = db.last_insert_rowid();
    let fillers = claim.roles.iter().flat_map(|(role, fillers)| {
        fillers
            .iter()
            .map(|f| (role.as_str(), f.entity.as_ref().unwrap_or(&f.phrase.text)))
    });
    let links = claim
        .attribution
        .iter()
        .map(|l| ("source", l.entity.as_ref().unwrap_or(&l.source.text)));
    for (role, name) in fillers.chain(links) {
        db.prepare_cached("INSERT INTO entity (claim, role, name) VALUES (?1, ?2, ?3)")?
            .execute(params![seq, role, name])?;
    }
    Ok(())
}

/// The days a claim is looked up by: all that it may be about. Without any it is a candidate for every day.
fn days(claim: &Claim) -> Option<(Date, Date)> {
    let own = [&claim.event_time, &claim.as_of];
    let told = [&claim.said_at, &claim.published];
    let hull = |times: &[&Option<sayso_model::When>]| {
        times
            .iter()
            .filter_map(|w| w.as_ref()?.interval)
            .reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
    };
    hull(&own).or_else(|| hull(&told))
}

/// A number for the index at or below the decimal, so that looking up by it loses nothing; the decimal itself stays
/// in the JSON.
pub(crate) fn below(d: Decimal) -> Option<f64> {
    d.to_f64().map(f64::next_down)
}

/// As [`below`], at or above.
pub(crate) fn above(d: Decimal) -> Option<f64> {
    d.to_f64().map(f64::next_up)
}

/// A moment as it is kept: UTC, whole seconds, so that text order is the order of time.
pub(crate) fn moment(t: Timestamp) -> String {
    t.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

pub(crate) const fn media_name(media: Media) -> &'static str {
    match media {
        Media::Plain => "text/plain",
        Media::Markdown => "text/markdown",
        Media::Html => "text/html",
    }
}
