//! Captures and claims kept: append-only SQLite.
//!
//! In come captures with the documents, claims, findings and times read from them, and the moment they are recorded
//! (a value: this room reads no clock); out they come again, as of any moment. The only room that knows SQL.
//!
//! - [`schema`]: the tables, the triggers that refuse change, the version of the file.
//! - [`open`]: a path becomes a [`Ledger`], or one sentence says why not.
//! - [`add`]: a document and all that was read from it, in one transaction.
//! - [`query`]: documents, claims, captures, dossiers as of a moment.
//! - [`search`]: words in the texts.
//! - [`squeeze`]: bytes made small, and back under a bound.
//!
//! What holds: nothing is ever updated or deleted; adding the same input twice changes nothing; a ledger whose writer
//! was killed at any instant opens clean, and running the same command again completes it.

mod add;
mod error;
mod open;
mod query;
mod schema;
mod search;
mod squeeze;

pub use add::{Added, Entry, Extractor};
pub use error::{Error, Result};
pub use open::{Ledger, Mode};
pub use query::{AsOf, Filter, Summary};
pub use schema::SCHEMA_VERSION;
pub use search::Hit;
pub use squeeze::MAX_CAPTURE;
