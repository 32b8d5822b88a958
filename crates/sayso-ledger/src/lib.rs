//! Captures and claims kept: append-only SQLite.
//!
//! In come captures, documents, claims and findings; out they come again, as of any date. The only room that knows SQL.
