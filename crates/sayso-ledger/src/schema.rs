//! The tables, the triggers that refuse change, the version of the file.
//!
//! ```text
//! extractor  what read: sayso's version, the model's hash, the packs' hash
//! capture    bytes as fetched or given, packed; id = their SHA-256
//! reading    what one extractor read from one capture: text, parts, metadata, times
//! claim      one claim of a reading: its stored JSON, and columns to look it up by
//! entity     who and what a claim names, for look-up
//! finding    one finding of a reading
//! words      FTS5 over title and text of readings
//! ```
//!
//! A newer extractor reads a capture again beside the old reading; what is shown as of a moment is, for each capture,
//! the last reading recorded by then.

/// Version of the tables, kept in SQLite's `user_version`.
pub const SCHEMA_VERSION: i64 = 1;

/// SQLite's `application_id` of a ledger: "SAYO" in ASCII.
pub(crate) const APPLICATION_ID: i64 = 0x5341_594F;

/// Name of each table that only grows, and what makes a row the same as one that is there.
const TABLES: [(&str, &str); 6] = [
    (
        "extractor",
        "version = NEW.version AND model = NEW.model AND packs = NEW.packs",
    ),
    ("capture", "id = NEW.id"),
    (
        "reading",
        "document = NEW.document AND extractor = NEW.extractor",
    ),
    ("claim", "reading = NEW.reading AND id = NEW.id"),
    (
        "entity",
        "claim = NEW.claim AND role = NEW.role AND name = NEW.name",
    ),
    ("finding", "reading = NEW.reading AND id = NEW.id"),
];

const CREATE: &str = "
CREATE TABLE extractor (
  seq INTEGER PRIMARY KEY,
  version TEXT NOT NULL,
  model TEXT NOT NULL,
  packs TEXT NOT NULL,
  UNIQUE (version, model, packs)
) STRICT;
CREATE TABLE capture (
  seq INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 32),
  media TEXT NOT NULL,
  size INTEGER NOT NULL,
  packed BLOB NOT NULL,
  retrieved TEXT,
  source TEXT,
  recorded TEXT NOT NULL
) STRICT;
CREATE TABLE reading (
  seq INTEGER PRIMARY KEY,
  document BLOB NOT NULL REFERENCES capture (id),
  extractor INTEGER NOT NULL REFERENCES extractor (seq),
  recorded TEXT NOT NULL,
  published TEXT,
  title TEXT,
  outlet TEXT,
  text TEXT NOT NULL,
  about_size INTEGER NOT NULL,
  about BLOB NOT NULL,
  times TEXT NOT NULL,
  UNIQUE (document, extractor)
) STRICT;
CREATE TABLE claim (
  seq INTEGER PRIMARY KEY,
  reading INTEGER NOT NULL REFERENCES reading (seq),
  id BLOB NOT NULL CHECK (length(id) = 16),
  frame TEXT NOT NULL,
  first_day TEXT,
  last_day TEXT,
  low REAL,
  high REAL,
  json TEXT NOT NULL,
  UNIQUE (reading, id)
) STRICT;
CREATE INDEX claim_frame ON claim (frame, first_day);
CREATE INDEX claim_days ON claim (first_day, last_day);
CREATE INDEX claim_figure ON claim (low, high);
CREATE TABLE entity (
  claim INTEGER NOT NULL REFERENCES claim (seq),
  role TEXT NOT NULL,
  name TEXT NOT NULL COLLATE NOCASE,
  PRIMARY KEY (name, claim, role)
) STRICT, WITHOUT ROWID;
CREATE INDEX entity_claim ON entity (claim);
CREATE TABLE finding (
  seq INTEGER PRIMARY KEY,
  reading INTEGER NOT NULL REFERENCES reading (seq),
  id BLOB NOT NULL CHECK (length(id) = 16),
  code TEXT NOT NULL,
  severity TEXT NOT NULL,
  json TEXT NOT NULL,
  UNIQUE (reading, id)
) STRICT;
CREATE VIRTUAL TABLE words USING fts5 (
  title, text, content = 'reading', content_rowid = 'seq',
  tokenize = 'porter unicode61 remove_diacritics 2'
);
";

/// The SQL that makes an empty ledger, but for the transaction around it.
///
/// A row that is there already is passed over by a trigger, so that not even another program's `INSERT OR REPLACE`
/// (which deletes without firing delete triggers) can change one.
pub(crate) fn create() -> String {
    let mut sql = CREATE.to_owned();
    for (table, same) in TABLES {
        let key = if table == "entity" {
            String::new()
        } else {
            " OR seq = NEW.seq".to_owned()
        };
        sql += &format!(
            "CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} BEGIN
  SELECT RAISE(ABORT, 'a ledger only grows: nothing in it is changed');
END;
CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} BEGIN
  SELECT RAISE(ABORT, 'a ledger only grows: nothing in it is deleted');
END;
CREATE TRIGGER {table}_again BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}{key}) BEGIN
  SELECT RAISE(IGNORE);
END;
"
        );
    }
    sql += &format!(
        "PRAGMA application_id = {APPLICATION_ID};\nPRAGMA user_version = {SCHEMA_VERSION};\n"
    );
    sql
}
