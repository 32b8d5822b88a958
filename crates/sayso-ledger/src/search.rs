//! Words in the texts.

use rusqlite::types::Value as Sql;
use sayso_model::DocumentId;

use crate::query::shown;
use crate::{AsOf, Ledger, Result};

/// A document that holds the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The document.
    pub document: DocumentId,
    /// Headline.
    pub title: Option<String>,
    /// Outlet.
    pub outlet: Option<String>,
    /// Day of publication, ISO 8601.
    pub published: Option<String>,
    /// A stretch of its text about the words, in pieces; `true` marks those that were looked for.
    pub snippet: Vec<(String, bool)>,
}

/// Marks around a found word: characters that no text is meant to hold.
const OPEN: char = '\u{E000}';
const CLOSE: char = '\u{E001}';

impl Ledger {
    /// The documents that hold all of the words (in any form: "ferry" finds "ferries"), best first, `limit` at most.
    /// Words within quotation marks must stand next to each other. No words find nothing.
    ///
    /// # Errors
    /// The file cannot be read or is damaged.
    pub fn search(&self, words: &str, as_of: AsOf, limit: u32) -> Result<Vec<Hit>> {
        let query = query(words);
        if query.is_empty() {
            return Ok(Vec::new());
        }
        let mut params: Vec<Sql> = vec![query.into()];
        let sql = format!(
            "SELECT r.document, r.title, r.outlet, r.published,
               snippet(words, 1, '{OPEN}', '{CLOSE}', ' … ', 32)
             FROM words JOIN reading r ON r.seq = words.rowid
             WHERE words MATCH ?1 AND {} ORDER BY bm25(words, 4.0, 1.0), r.seq LIMIT {limit}",
            shown(as_of, &mut params)
        );
        self.rows(&sql, params, |r| {
            Ok(Hit {
                document: DocumentId(r.get(0)?),
                title: r.get(1)?,
                outlet: r.get(2)?,
                published: r.get(3)?,
                snippet: pieces(&r.get::<_, String>(4)?),
            })
        })
    }
}

/// What FTS5 is asked: each word or quoted run of words as an FTS5 string, so that nothing a user types is an
/// operator.
fn query(words: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    for (i, stretch) in words.split(['"', '“', '”']).enumerate() {
        // Every second stretch stands within quotation marks.
        let runs: Vec<&str> = if i % 2 == 1 {
            vec![stretch.trim()]
        } else {
            stretch.split_whitespace().collect()
        };
        let runs = runs
            .into_iter()
            .filter(|r| r.chars().any(char::is_alphanumeric));
        out.extend(runs.map(|r| format!("\"{}\"", r.replace('\0', " "))));
    }
    out.join(" ")
}

fn pieces(marked: &str) -> Vec<(String, bool)> {
    let mut out = Vec::new();
    for (i, stretch) in marked.split(OPEN).enumerate() {
        match stretch.split_once(CLOSE) {
            Some((found, rest)) if i > 0 => {
                out.push((found.to_owned(), true));
                out.push((rest.to_owned(), false));
            }
            _ => out.push((stretch.to_owned(), false)),
        }
    }
    out.retain(|p| !p.0.is_empty());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_typed_is_an_operator() {
        assert_eq!(query("ferry NOT ice*"), r#""ferry" "NOT" "ice*""#);
        assert_eq!(
            query(r#"the "harbour board" -"#),
            r#""the" "harbour board""#
        );
        assert_eq!(query(" \" ) "), "");
    }
}
