//! The file of a converted model: a header, a table of sections, the sections. All numbers are little-endian.
//!
//! | bytes | what |
//! |---|---|
//! | 0–7 | magic |
//! | 8–11 | version of the format |
//! | 12–15 | number of sections |
//! | 16–23 | length of the whole file |
//! | 24–31 | checksum of everything from byte 64 on (catches damage, not malice) |
//! | 32–63 | SHA-256 of the content: all sections but the notices |
//! | 64– | per section: kind, 0, offset, length |
//!
//! The content hash leaves the notices out, so that two packages of the same model give the same hash.

use std::ops::Range;

use sha2::{Digest, Sha256};

use crate::error::ModelError;

const MAGIC: [u8; 8] = *b"CNNPIPE\x1a";
/// Version of the format this build reads and writes.
pub const FORMAT_VERSION: u32 = 1;
const HEADER: usize = 64;
const ENTRY: usize = 24;
const ALIGN: usize = 64;

/// What a section holds; the number is its kind in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u32)]
pub(crate) enum Section {
    Notices = 1,
    Labels = 2,
    Exceptions = 3,
    Norms = 4,
    Rules = 5,
    Lemmas = 6,
    Weights = 7,
}

/// A checksum at memory speed over four lanes of eight bytes.
fn checksum(bytes: &[u8]) -> u64 {
    const M: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut lanes = [1u64, 2, 3, 4];
    let mut blocks = bytes.chunks_exact(32);
    for block in &mut blocks {
        for (lane, word) in lanes.iter_mut().zip(block.chunks_exact(8)) {
            let word = word.iter().rev().fold(0u64, |k, &b| k << 8 | u64::from(b));
            *lane = (*lane ^ word).wrapping_mul(M).rotate_left(29);
        }
    }
    let mut h = bytes.len() as u64;
    for lane in lanes {
        h = (h ^ lane).wrapping_mul(M).rotate_left(31);
    }
    for &b in blocks.remainder() {
        h = (h ^ u64::from(b)).wrapping_mul(M).rotate_left(31);
    }
    h ^ h >> 32
}

/// Puts sections together into a file. Sections are written in the order of their kinds.
pub(crate) fn write(mut sections: Vec<(Section, Vec<u8>)>) -> Vec<u8> {
    sections.sort_by_key(|(kind, _)| *kind);
    let content = content_hash(sections.iter().map(|(k, b)| (*k as u32, b.as_slice())));
    let mut at = (HEADER + ENTRY * sections.len()).next_multiple_of(ALIGN);
    let mut table = Vec::new();
    let mut body = vec![0u8; at - HEADER - ENTRY * sections.len()];
    for (kind, bytes) in &sections {
        table.extend((*kind as u32).to_le_bytes());
        table.extend(0u32.to_le_bytes());
        table.extend((at as u64).to_le_bytes());
        table.extend((bytes.len() as u64).to_le_bytes());
        body.extend_from_slice(bytes);
        let padded = bytes.len().next_multiple_of(ALIGN);
        body.resize(body.len() + padded - bytes.len(), 0);
        at += padded;
    }
    let mut rest = table;
    rest.append(&mut body);
    let mut file = Vec::with_capacity(HEADER + rest.len());
    file.extend(MAGIC);
    file.extend(FORMAT_VERSION.to_le_bytes());
    file.extend((sections.len() as u32).to_le_bytes());
    file.extend(((HEADER + rest.len()) as u64).to_le_bytes());
    file.extend(checksum(&rest).to_le_bytes());
    file.extend(content);
    file.append(&mut rest);
    file
}

fn content_hash<'a>(sections: impl Iterator<Item = (u32, &'a [u8])>) -> [u8; 32] {
    let mut sha = Sha256::new();
    for (kind, bytes) in sections.filter(|(k, _)| *k != Section::Notices as u32) {
        sha.update(kind.to_le_bytes());
        sha.update((bytes.len() as u64).to_le_bytes());
        sha.update(bytes);
    }
    sha.finalize().into()
}

/// The sections of a file, checked against its length and checksum.
pub(crate) struct File {
    sections: Vec<(u32, Range<usize>)>,
    /// The content hash that the header states.
    pub(crate) content: [u8; 32],
}

impl File {
    /// Reads header and table. The checksum is computed: a millisecond, and it is what catches a damaged file.
    pub(crate) fn open(bytes: &[u8]) -> Result<File, ModelError> {
        let mut header = Cursor::new(bytes);
        if header.take(8)? != MAGIC {
            return Err(ModelError::NotAModel);
        }
        let version = header.u32()?;
        if version != FORMAT_VERSION {
            return Err(ModelError::Version {
                found: version,
                expected: FORMAT_VERSION,
            });
        }
        let count = header.u32()? as usize;
        let length = header.u64()?;
        if length != bytes.len() as u64 {
            return Err(ModelError::Length {
                found: bytes.len() as u64,
                expected: length,
            });
        }
        let sum = header.u64()?;
        let mut content = [0; 32];
        content.copy_from_slice(header.take(32)?);
        if checksum(bytes.get(HEADER..).ok_or(ModelError::Damaged)?) != sum {
            return Err(ModelError::Damaged);
        }
        let mut sections = Vec::new();
        for _ in 0..count.min(64) {
            let kind = header.u32()?;
            header.u32()?;
            let start = usize::try_from(header.u64()?).map_err(|_| ModelError::Damaged)?;
            let len = usize::try_from(header.u64()?).map_err(|_| ModelError::Damaged)?;
            let end = start.checked_add(len).ok_or(ModelError::Damaged)?;
            if end > bytes.len() {
                return Err(ModelError::Damaged);
            }
            sections.push((kind, start..end));
        }
        Ok(File { sections, content })
    }

    /// Where a section lies in the file.
    pub(crate) fn section(&self, kind: Section) -> Result<Range<usize>, ModelError> {
        self.sections
            .iter()
            .find(|(k, _)| *k == kind as u32)
            .map(|(_, r)| r.clone())
            .ok_or(ModelError::Damaged)
    }

    /// The SHA-256 of the content as it is, for comparison with the stated one.
    pub(crate) fn computed_hash(&self, bytes: &[u8]) -> [u8; 32] {
        content_hash(
            self.sections
                .iter()
                .map(|(k, r)| (*k, bytes.get(r.clone()).unwrap_or(&[]))),
        )
    }
}

/// Reads numbers and strings from bytes that may be damaged.
#[derive(Clone)]
pub(crate) struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Cursor { bytes, at: 0 }
    }

    pub(crate) fn at(&self) -> usize {
        self.at
    }

    pub(crate) fn take(&mut self, n: usize) -> Result<&'a [u8], ModelError> {
        let end = self.at.checked_add(n).ok_or(ModelError::Damaged)?;
        let out = self.bytes.get(self.at..end).ok_or(ModelError::Damaged)?;
        self.at = end;
        Ok(out)
    }

    pub(crate) fn u8(&mut self) -> Result<u8, ModelError> {
        Ok(self.take(1)?.first().copied().unwrap_or(0))
    }

    pub(crate) fn u32(&mut self) -> Result<u32, ModelError> {
        let mut b = [0; 4];
        b.copy_from_slice(self.take(4)?);
        Ok(u32::from_le_bytes(b))
    }

    pub(crate) fn u64(&mut self) -> Result<u64, ModelError> {
        let mut b = [0; 8];
        b.copy_from_slice(self.take(8)?);
        Ok(u64::from_le_bytes(b))
    }

    pub(crate) fn str(&mut self) -> Result<&'a str, ModelError> {
        let n = self.u32()? as usize;
        std::str::from_utf8(self.take(n)?).map_err(|_| ModelError::Damaged)
    }

    /// A count of things that take at least one byte each, so that a damaged count cannot ask for much memory.
    pub(crate) fn count(&mut self) -> Result<usize, ModelError> {
        let n = self.u32()? as usize;
        if n > self.bytes.len().saturating_sub(self.at) {
            return Err(ModelError::Damaged);
        }
        Ok(n)
    }
}

/// Writes what [`Cursor`] reads.
#[derive(Default)]
pub(crate) struct Writer(pub(crate) Vec<u8>);

impl Writer {
    pub(crate) fn u8(&mut self, n: u8) {
        self.0.push(n);
    }

    pub(crate) fn u32(&mut self, n: u32) {
        self.0.extend(n.to_le_bytes());
    }

    pub(crate) fn u64(&mut self, n: u64) {
        self.0.extend(n.to_le_bytes());
    }

    pub(crate) fn str(&mut self, s: &str) {
        self.u32(s.len() as u32);
        self.0.extend(s.as_bytes());
    }
}
