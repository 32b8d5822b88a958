//! Documents, claims, captures and dossiers as of a moment.

use jiff::Timestamp;
use rusqlite::types::Value as Sql;
use rusqlite::{OptionalExtension, params_from_iter};
use sayso_model::{
    Capture, Claim, CodePoints, Date, Decimal, Document, DocumentId, Dossier, DossierEntry,
    Finding, Media, Timex, stored,
};
use serde_json::Value;

use crate::add::{above, below, moment};
use crate::squeeze::unpack;
use crate::{Error, Ledger, Result};

/// What had been recorded, and what had been published, by then; nothing set is everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AsOf {
    /// Recorded at or before this moment.
    pub recorded: Option<Timestamp>,
    /// Published on or before this day; a document without a date is left out.
    pub published: Option<Date>,
}

/// Which claims; nothing set is every claim.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of one of these frames.
    pub frames: Vec<String>,
    /// Naming this entity in a role or as a source, in any case of letters.
    pub entity: Option<String>,
    /// About this day or later; a claim without any day is kept.
    pub from: Option<Date>,
    /// About this day or earlier; a claim without any day is kept.
    pub to: Option<Date>,
    /// Whose figure may be this or more; a figure without a highest value is kept.
    pub low: Option<Decimal>,
    /// Whose figure may be this or less; a figure without a lowest value is kept.
    pub high: Option<Decimal>,
    /// Of this document.
    pub document: Option<DocumentId>,
    /// As of when.
    pub as_of: AsOf,
    /// No more than so many.
    pub limit: Option<u32>,
}

/// A document in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Its id.
    pub id: DocumentId,
    /// Headline.
    pub title: Option<String>,
    /// Outlet.
    pub outlet: Option<String>,
    /// Day of publication, ISO 8601.
    pub published: Option<String>,
    /// Path or address it came from.
    pub from: Option<String>,
    /// When the reading shown was recorded, RFC 3339 in UTC.
    pub recorded: String,
    /// Number of claims.
    pub claims: u32,
    /// Number of findings.
    pub findings: u32,
}

/// The condition that `r` is the reading to show as of `as_of`, and its parameters.
pub(crate) fn shown(as_of: AsOf, params: &mut Vec<Sql>) -> String {
    let recorded = as_of.recorded.map_or(Sql::Null, |t| moment(t).into());
    let mut sql = match recorded {
        Sql::Null => "r.seq = (SELECT max(seq) FROM reading WHERE document = r.document)".into(),
        t => {
            params.push(t);
            format!(
                "r.seq = (SELECT max(seq) FROM reading WHERE document = r.document AND recorded <= ?{})",
                params.len()
            )
        }
    };
    if let Some(day) = as_of.published {
        params.push(day.to_string().into());
        sql += &format!(" AND r.published <= ?{}", params.len());
    }
    sql
}

/// Order of publication; documents without a date come last, in the order in which they were recorded.
const BY_PUBLICATION: &str = "r.published IS NULL, r.published, r.seq";

impl Ledger {
    /// The documents, in order of publication.
    ///
    /// # Errors
    /// The file cannot be read or is damaged.
    pub fn documents(&self, as_of: AsOf) -> Result<Vec<Summary>> {
        let mut params = Vec::new();
        let sql = format!(
            "SELECT r.document, r.title, r.outlet, r.published, c.source, r.recorded,
               (SELECT count(*) FROM claim WHERE reading = r.seq),
               (SELECT count(*) FROM finding WHERE reading = r.seq)
             FROM reading r JOIN capture c ON c.id = r.document
             WHERE {} ORDER BY {BY_PUBLICATION}",
            shown(as_of, &mut params)
        );
        self.rows(&sql, params, |r| {
            Ok(Summary {
                id: DocumentId(r.get(0)?),
                title: r.get(1)?,
                outlet: r.get(2)?,
                published: r.get(3)?,
                from: r.get(4)?,
                recorded: r.get(5)?,
                claims: r.get(6)?,
                findings: r.get(7)?,
            })
        })
    }

    /// The claims that meet a filter, by document in order of publication and then in order of the text.
    ///
    /// # Errors
    /// The file cannot be read or is damaged.
    pub fn claims(&self, filter: &Filter) -> Result<Vec<Claim>> {
        let (conditions, params) = conditions(filter);
        let limit = filter
            .limit
            .map(|n| format!("LIMIT {n}"))
            .unwrap_or_default();
        let sql = format!(
            "SELECT r.seq, c.json FROM claim c JOIN reading r ON r.seq = c.reading
             WHERE {conditions} ORDER BY {BY_PUBLICATION}, c.seq {limit}"
        );
        let rows: Vec<(i64, String)> = self.rows(&sql, params, |r| Ok((r.get(0)?, r.get(1)?)))?;
        let mut out = Vec::with_capacity(rows.len());
        let mut points: Option<(i64, CodePoints)> = None;
        for (reading, json) in rows {
            if points.as_ref().is_none_or(|p| p.0 != reading) {
                points = Some((reading, CodePoints::new(&self.text_of(reading)?)));
            }
            if let Some((_, points)) = &points {
                out.push(self.claim_from(points, &json)?);
            }
        }
        Ok(out)
    }

    /// The capture of this id, its bytes unpacked and checked against the id.
    ///
    /// # Errors
    /// The file cannot be read, or the bytes are not those that were added.
    pub fn capture(&self, id: DocumentId) -> Result<Option<Capture>> {
        type Row = (String, i64, Vec<u8>, Option<String>, Option<String>);
        let row: Option<Row> = self
            .db
            .query_row(
                "SELECT media, size, packed, retrieved, source FROM capture WHERE id = ?1",
                [&id.0[..]],
                |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?)),
            )
            .optional()
            .map_err(|e| self.err(&e))?;
        let Some((media, size, packed, retrieved, from)) = row else {
            return Ok(None);
        };
        let damaged =
            |what: &str| Error::Damaged(self.path.clone(), format!("capture {id}: {what}"));
        let bytes = unpack(&packed, size).ok_or_else(|| damaged("its bytes do not unpack"))?;
        if DocumentId::of(&bytes) != id {
            return Err(damaged("its bytes are not those that were added"));
        }
        let media = match media.as_str() {
            "text/plain" => Media::Plain,
            "text/markdown" => Media::Markdown,
            "text/html" => Media::Html,
            _ => return Err(damaged("its media type is unknown")),
        };
        Ok(Some(Capture {
            id,
            media,
            bytes,
            retrieved,
            from,
        }))
    }

    /// All documents with what was read from each, in order of publication.
    ///
    /// # Errors
    /// The file cannot be read or is damaged.
    pub fn dossier(&self, title: &str, as_of: AsOf) -> Result<Dossier> {
        let mut params = Vec::new();
        let sql = format!(
            "SELECT r.seq FROM reading r WHERE {} ORDER BY {BY_PUBLICATION}",
            shown(as_of, &mut params)
        );
        let readings: Vec<i64> = self.rows(&sql, params, |r| r.get(0))?;
        Ok(Dossier {
            title: title.to_owned(),
            documents: readings
                .into_iter()
                .map(|seq| self.entry(seq))
                .collect::<Result<_>>()?,
        })
    }

    fn entry(&self, reading: i64) -> Result<DossierEntry> {
        let (text, size, about, times): (String, i64, Vec<u8>, String) = self
            .db
            .query_row(
                "SELECT text, about_size, about, times FROM reading WHERE seq = ?1",
                [reading],
                |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)),
            )
            .map_err(|e| self.err(&e))?;
        let points = CodePoints::new(&text);
        let about = unpack(&about, size)
            .and_then(|b| serde_json::from_slice(&b).ok())
            .unwrap_or(Value::Null);
        let document: Document = stored::document_from_json(&points, &about)
            .map_err(|e| Error::malformed(&self.path, "a document", &e))?;
        let times: Vec<Timex> = self
            .json(&times)?
            .as_array()
            .into_iter()
            .flatten()
            .map(|t| stored::time_from_json(&points, t))
            .collect::<std::result::Result<_, _>>()
            .map_err(|e| Error::malformed(&self.path, "a time", &e))?;
        let claims = self.rows(
            "SELECT json FROM claim WHERE reading = ?1 ORDER BY seq",
            vec![reading.into()],
            |r| r.get::<_, String>(0),
        )?;
        let findings = self.rows(
            "SELECT json FROM finding WHERE reading = ?1 ORDER BY seq",
            vec![reading.into()],
            |r| r.get::<_, String>(0),
        )?;
        Ok(DossierEntry {
            claims: claims
                .iter()
                .map(|json| self.claim_from(&points, json))
                .collect::<Result<_>>()?,
            findings: findings
                .iter()
                .map(|json| self.finding_from(&points, json))
                .collect::<Result<_>>()?,
            document,
            times,
        })
    }

    fn text_of(&self, reading: i64) -> Result<String> {
        self.db
            .query_row("SELECT text FROM reading WHERE seq = ?1", [reading], |r| {
                r.get(0)
            })
            .map_err(|e| self.err(&e))
    }

    fn json(&self, text: &str) -> Result<Value> {
        serde_json::from_str(text)
            .map_err(|e| Error::Damaged(self.path.clone(), format!("JSON in it: {e}")))
    }

    fn claim_from(&self, points: &CodePoints, json: &str) -> Result<Claim> {
        stored::claim_from_json(points, &self.json(json)?)
            .map_err(|e| Error::malformed(&self.path, "a claim", &e))
    }

    fn finding_from(&self, points: &CodePoints, json: &str) -> Result<Finding> {
        stored::finding_from_json(points, &self.json(json)?)
            .map_err(|e| Error::malformed(&self.path, "a finding", &e))
    }

    pub(crate) fn rows<T>(
        &self,
        sql: &str,
        params: Vec<Sql>,
        read: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let run = || {
            let mut statement = self.db.prepare_cached(sql)?;
            statement
                .query_map(params_from_iter(params), read)?
                .collect::<rusqlite::Result<Vec<T>>>()
        };
        run().map_err(|e| self.err(&e))
    }
}

fn conditions(filter: &Filter) -> (String, Vec<Sql>) {
    let mut params = Vec::new();
    let mut all = vec![shown(filter.as_of, &mut params)];
    let mut add = |condition: &str, value: Sql| {
        params.push(value);
        all.push(condition.replace('?', &format!("?{}", params.len())));
    };
    if let Some(name) = &filter.entity {
        add(
            "c.seq IN (SELECT claim FROM entity WHERE name = ?)",
            name.clone().into(),
        );
    }
    if let Some(day) = filter.from {
        add(
            "(c.last_day IS NULL OR c.last_day >= ?)",
            day.to_string().into(),
        );
    }
    if let Some(day) = filter.to {
        add(
            "(c.first_day IS NULL OR c.first_day <= ?)",
            day.to_string().into(),
        );
    }
    if let Some(low) = filter.low.and_then(below) {
        add("(c.high IS NULL OR c.high >= ?)", low.into());
    }
    if let Some(high) = filter.high.and_then(above) {
        add("(c.low IS NULL OR c.low <= ?)", high.into());
    }
    if let Some(id) = filter.document {
        add("r.document = ?", id.0.to_vec().into());
    }
    if !filter.frames.is_empty() {
        let frames = Value::from(filter.frames.clone()).to_string();
        add("c.frame IN (SELECT value FROM json_each(?))", frames.into());
    }
    (all.join(" AND "), params)
}
