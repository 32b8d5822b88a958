//! A path becomes a [`Ledger`], or one sentence says why not.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use crate::schema::{APPLICATION_ID, SCHEMA_VERSION, create};
use crate::{Error, Result};

/// What a ledger is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// To read; the file must be there.
    Read,
    /// To read and add; the file must be there.
    Write,
    /// To read and add; an empty ledger is made where there is no file.
    Create,
}

/// An open ledger.
#[derive(Debug)]
pub struct Ledger {
    pub(crate) db: Connection,
    pub(crate) path: PathBuf,
}

/// How long a second writer waits for the first: longer than any one document takes to add.
const PATIENCE: Duration = Duration::from_secs(5);

impl Ledger {
    /// Opens the ledger at `path`.
    ///
    /// # Errors
    /// It is missing, not a ledger, of a newer version, locked or damaged; each in one sentence.
    pub fn open(path: &Path, mode: Mode) -> Result<Ledger> {
        Ledger::open_within(path, mode, PATIENCE)
    }

    /// As [`Ledger::open`], waiting no longer than `patience` for another writer.
    ///
    /// # Errors
    /// As [`Ledger::open`].
    pub fn open_within(path: &Path, mode: Mode, patience: Duration) -> Result<Ledger> {
        let fresh = look(path, mode)?;
        let access = match mode {
            Mode::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
            Mode::Write => OpenFlags::SQLITE_OPEN_READ_WRITE,
            Mode::Create => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
        };
        let sql = |e: rusqlite::Error| Error::sql(path, &e);
        let db = Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)
            .map_err(sql)?;
        db.busy_timeout(patience).map_err(sql)?;
        // A ledger may come from anybody: nothing in its schema may call more than plain SQL, and its cells are
        // checked as they are read.
        db.execute_batch(
            "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON;
             PRAGMA recursive_triggers = ON;",
        )
        .map_err(sql)?;
        let mut ledger = Ledger {
            db,
            path: path.to_owned(),
        };
        if fresh || (mode == Mode::Create && ledger.is_blank()?) {
            ledger.make()?;
        }
        ledger.recognise()?;
        if mode != Mode::Read {
            // FULL: what was reported as added survives a power cut.
            ledger
                .db
                .execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;")
                .map_err(sql)?;
        }
        Ok(ledger)
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn err(&self, error: &rusqlite::Error) -> Error {
        Error::sql(&self.path, error)
    }

    fn pragma(&self, name: &str) -> Result<i64> {
        self.db
            .query_row(&format!("PRAGMA {name}"), [], |r| r.get(0))
            .map_err(|e| self.err(&e))
    }

    /// Whether this is a database in which nothing was ever made: what a kill at the very first moment leaves.
    fn is_blank(&self) -> Result<bool> {
        let tables: i64 = self
            .db
            .query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0))
            .map_err(|e| self.err(&e))?;
        Ok(tables == 0 && self.pragma("application_id")? == 0)
    }

    fn make(&mut self) -> Result<()> {
        let path = self.path.clone();
        let sql = |e: rusqlite::Error| Error::sql(&path, &e);
        self.db
            .execute_batch("PRAGMA journal_mode = WAL")
            .map_err(sql)?;
        let change = self
            .db
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(sql)?;
        // Another process may have made it since this one looked.
        let made: i64 = change
            .query_row("PRAGMA application_id", [], |r| r.get(0))
            .map_err(sql)?;
        if made == 0 {
            change.execute_batch(&create()).map_err(sql)?;
        }
        change.commit().map_err(sql)
    }

    fn recognise(&self) -> Result<()> {
        if self.pragma("application_id")? != APPLICATION_ID {
            return Err(Error::NotALedger(self.path.clone()));
        }
        let found = self.pragma("user_version")?;
        if found > SCHEMA_VERSION {
            return Err(Error::Newer {
                path: self.path.clone(),
                found,
                known: SCHEMA_VERSION,
            });
        }
        if found < 1 {
            return Err(Error::NotALedger(self.path.clone()));
        }
        Ok(())
    }
}

/// Looks at the file before SQLite does, so that no file of another kind is ever opened for writing. Returns whether
/// there is nothing yet.
fn look(path: &Path, mode: Mode) -> Result<bool> {
    let wrong = |why| Err(Error::Path(path.to_owned(), why));
    let mut head = [0; 16];
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == ErrorKind::NotFound && mode != Mode::Create => {
            return Err(Error::Missing(path.to_owned()));
        }
        Err(e) if e.kind() == ErrorKind::NotFound => {
            let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
            return if folder.is_none_or(Path::is_dir) {
                Ok(true)
            } else {
                wrong("its folder does not exist")
            };
        }
        Err(e) if e.kind() == ErrorKind::PermissionDenied => return wrong("it may not be read"),
        Err(e) => {
            return Err(Error::Other {
                path: path.to_owned(),
                message: e.to_string(),
            });
        }
    };
    if path.is_dir() {
        return wrong("it is a folder");
    }
    let mut got = 0;
    while got < head.len() {
        match file.read(&mut head[got..]) {
            Ok(0) => break,
            Ok(n) => got += n,
            Err(e) if e.kind() == ErrorKind::Interrupted => {}
            Err(_) => return wrong("it cannot be read"),
        }
    }
    match (got, mode) {
        (0, Mode::Create) => Ok(true),
        (0, _) => wrong("it is empty"),
        _ if &head == b"SQLite format 3\0" => Ok(false),
        _ => Err(Error::NotALedger(path.to_owned())),
    }
}
