//! What can go wrong with a ledger, each as one sentence that names the file.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;
use sayso_model::stored::Malformed;

/// The result of an operation on a ledger.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a ledger could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Nothing is there.
    #[error("there is no ledger at {0}; `sayso add` makes one")]
    Missing(PathBuf),
    /// A folder, or a file in a folder that does not exist.
    #[error("{0} cannot be a ledger: {1}")]
    Path(PathBuf, &'static str),
    /// Another kind of file.
    #[error("{0} is not a ledger")]
    NotALedger(PathBuf),
    /// Written by a later version.
    #[error(
        "{path} was written by a newer sayso (ledger version {found}, this sayso reads up to {known})"
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Version of the file.
        found: i64,
        /// Last version that is known.
        known: i64,
    },
    /// Another writer has it.
    #[error("{0} is being written by another program; try again when that is done")]
    Locked(PathBuf),
    /// What is in it cannot be read back.
    #[error("{0} is damaged: {1}")]
    Damaged(PathBuf, String),
    /// What was to be added does not hang together.
    #[error("cannot add {what}: {why}")]
    Refused {
        /// Where it came from.
        what: String,
        /// Why.
        why: &'static str,
    },
    /// Everything else the file system or SQLite may say.
    #[error("{path}: {message}")]
    Other {
        /// The file.
        path: PathBuf,
        /// What was said.
        message: String,
    },
}

impl Error {
    pub(crate) fn sql(path: &Path, error: &rusqlite::Error) -> Error {
        let path = path.to_owned();
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::Locked(path),
            Some(ErrorCode::NotADatabase) => Error::NotALedger(path),
            Some(ErrorCode::DatabaseCorrupt) => {
                Error::Damaged(path, "SQLite finds its pages broken".into())
            }
            Some(ErrorCode::ReadOnly) => Error::Path(path, "it may only be read"),
            Some(ErrorCode::DiskFull) => Error::Other {
                path,
                message: "the disk is full; nothing was added".into(),
            },
            _ => Error::Other {
                path,
                message: error.to_string(),
            },
        }
    }

    pub(crate) fn malformed(path: &Path, what: &str, error: &Malformed) -> Error {
        Error::Damaged(path.to_owned(), format!("{what}: {error}"))
    }
}
