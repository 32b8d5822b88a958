//! Bytes as fetched or given, and the id that is their hash.

use sha2::{Digest, Sha256};
use std::fmt;

/// SHA-256 of a capture's bytes; the id of the capture and of the document read from it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DocumentId(pub [u8; 32]);

impl DocumentId {
    /// The id of these bytes.
    pub fn of(bytes: &[u8]) -> DocumentId {
        DocumentId(Sha256::digest(bytes).into())
    }

    /// From 64 hexadecimal digits.
    pub fn from_hex(hex: &str) -> Option<DocumentId> {
        let hex = hex.as_bytes();
        if hex.len() != 64 {
            return None;
        }
        let mut out = [0; 32];
        for (byte, pair) in out.iter_mut().zip(hex.chunks(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(DocumentId(out))
    }
}

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|b| write!(f, "{b:02x}"))
    }
}

impl fmt::Debug for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0[..4].iter().try_for_each(|b| write!(f, "{b:02x}"))
    }
}

/// What kind of bytes a capture holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Media {
    /// Plain text.
    Plain,
    /// Markdown.
    Markdown,
    /// HTML.
    Html,
}

/// Bytes as fetched or given; never changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capture {
    /// SHA-256 of `bytes`.
    pub id: DocumentId,
    /// What they are.
    pub media: Media,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// When they were retrieved (RFC 3339), if known.
    pub retrieved: Option<String>,
    /// A path or an address, if known.
    pub from: Option<String>,
}

impl Capture {
    /// A capture of these bytes.
    pub fn new(media: Media, bytes: Vec<u8>, from: Option<String>) -> Capture {
        Capture {
            id: DocumentId::of(&bytes),
            media,
            bytes,
            retrieved: None,
            from,
        }
    }
}
