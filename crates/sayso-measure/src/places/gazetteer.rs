//! The gazetteer as one run of bytes: records of fixed length, names, postings, and a finite-state map from folded
//! names to postings. Nothing is parsed when it is opened; a look-up walks the map and reads a few records.
//!
//! Layout (little-endian): magic, five section lengths (`u32`), then the sections: records, names, postings, map,
//! credits. A record is 19 bytes: GeoNames number (4), degrees north and east in units of 360/2^24 (3 each), people
//! as eighths of a binary logarithm (1), offset of the name (3), one more than the record of the region that holds it
//! (2), kind (1), ISO code of the country (2). Regions come first, so that two bytes name any of them.

use std::sync::Arc;

use fst::raw::{CompiledAddr, Fst};

/// What the file starts with; the last byte changes with the layout or with what is put in.
pub(super) const MAGIC: &[u8; 8] = b"SAYSOPL\x01";
pub(super) const RECORD: usize = 19;
/// Bit of a posting that says that the name is not the place's own but another one.
pub(super) const ALIAS: u32 = 1 << 31;
/// A name may mean at most this many places; the least known of more are left out.
pub(super) const MOST: usize = 127;

/// What kind of place a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RecordKind {
    City,
    /// First-level region.
    Region,
    /// Second-level region.
    County,
    /// Third-level region or one of no known level.
    District,
    Airport,
}

impl RecordKind {
    pub(super) fn code(self) -> u8 {
        self as u8
    }

    fn of(code: u8) -> RecordKind {
        match code {
            1 => RecordKind::Region,
            2 => RecordKind::County,
            3 => RecordKind::District,
            4 => RecordKind::Airport,
            _ => RecordKind::City,
        }
    }
}

/// One place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Record {
    pub geonames: u32,
    pub lat: f64,
    pub lon: f64,
    /// Logarithm to base ten of its people and one.
    pub people: f64,
    pub parent: Option<u32>,
    pub kind: RecordKind,
    pub country: [u8; 2],
    name: u32,
}

/// The map's bytes: a window on the file's.
#[derive(Clone, Debug)]
struct Window(Arc<Vec<u8>>, usize, usize);

impl AsRef<[u8]> for Window {
    fn as_ref(&self) -> &[u8] {
        self.0.get(self.1..self.2).unwrap_or_default()
    }
}

/// Places of the world by name.
pub struct Gazetteer {
    bytes: Arc<Vec<u8>>,
    records: usize,
    names: (usize, usize),
    postings: (usize, usize),
    credits: (usize, usize),
    map: Fst<Window>,
    count: u32,
}

impl std::fmt::Debug for Gazetteer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Gazetteer({} places)", self.count)
    }
}

/// Why bytes are no gazetteer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAGazetteer;

impl std::fmt::Display for NotAGazetteer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("it is not a whole gazetteer of this version")
    }
}

impl std::error::Error for NotAGazetteer {}

/// How far a walk through the map has come.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Walk {
    at: CompiledAddr,
    value: u64,
}

impl Gazetteer {
    /// Opens a gazetteer that [`compile`](super::compile) made.
    ///
    /// # Errors
    /// The bytes are none, not whole, or of another version.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Gazetteer, NotAGazetteer> {
        Self::open(Arc::new(bytes)).ok_or(NotAGazetteer)
    }

    fn open(bytes: Arc<Vec<u8>>) -> Option<Gazetteer> {
        if bytes.get(..8)? != MAGIC {
            return None;
        }
        let mut lengths = [0usize; 5];
        for (i, l) in lengths.iter_mut().enumerate() {
            *l = u32_at(&bytes, 8 + 4 * i)? as usize;
        }
        let mut at = 28usize;
        let mut sections = [(0, 0); 5];
        for (s, l) in sections.iter_mut().zip(lengths) {
            let end = at.checked_add(l)?;
            *s = (at, end);
            at = end;
        }
        if at != bytes.len() || lengths[0] % RECORD != 0 {
            return None;
        }
        let map = Fst::new(Window(Arc::clone(&bytes), sections[3].0, sections[3].1)).ok()?;
        // A map with a flipped bit could lead a walk astray: its checksum is looked at once.
        map.verify().ok()?;
        Some(Gazetteer {
            records: sections[0].0,
            names: sections[1],
            postings: sections[2],
            credits: sections[4],
            count: u32::try_from(lengths[0] / RECORD).ok()?,
            map,
            bytes,
        })
    }

    /// How many places it has.
    pub fn len(&self) -> usize {
        self.count as usize
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Whom the data are owed to, as their licences ask.
    pub fn credits(&self) -> &str {
        self.bytes
            .get(self.credits.0..self.credits.1)
            .and_then(|b| std::str::from_utf8(b).ok())
            .unwrap_or("")
    }

    pub(crate) fn record(&self, index: u32) -> Option<Record> {
        if index >= self.count {
            return None;
        }
        let at = self.records + index as usize * RECORD;
        let b = self.bytes.get(at..at + RECORD)?;
        let u24 = |i: usize| u32::from_le_bytes([b[i], b[i + 1], b[i + 2], 0]);
        let degrees = |i: usize| f64::from(u24(i)) * 360.0 / f64::from(1u32 << 24) - 180.0;
        let parent = u16::from_le_bytes([b[14], b[15]]);
        Some(Record {
            geonames: u32::from_le_bytes([b[0], b[1], b[2], b[3]]),
            lat: (degrees(4) * 1e5).round() / 1e5,
            lon: (degrees(7) * 1e5).round() / 1e5,
            people: f64::from(b[10]) / 8.0 * std::f64::consts::LOG10_2,
            name: u24(11),
            parent: parent.checked_sub(1).map(u32::from),
            kind: RecordKind::of(b[16]),
            country: [b[17], b[18]],
        })
    }

    /// The name of a record.
    pub(crate) fn name(&self, record: &Record) -> &str {
        let at = self.names.0 + record.name as usize;
        let length = self.bytes.get(at).copied().unwrap_or(0) as usize;
        self.bytes
            .get(at + 1..at + 1 + length)
            .filter(|_| at < self.names.1)
            .and_then(|b| std::str::from_utf8(b).ok())
            .unwrap_or("")
    }

    /// Where a walk starts.
    pub(crate) fn start(&self) -> Walk {
        Walk {
            at: self.map.root().addr(),
            value: 0,
        }
    }

    /// One further on, by these bytes; `None` where no name goes on so.
    pub(crate) fn step(&self, mut walk: Walk, bytes: &[u8]) -> Option<Walk> {
        for &b in bytes {
            let node = self.map.node(walk.at);
            let t = node.transition(node.find_input(b)?);
            walk.value += t.out.value();
            walk.at = t.addr;
        }
        Some(walk)
    }

    /// The postings of a name that ends here.
    pub(crate) fn found(&self, walk: Walk) -> Option<u64> {
        let node = self.map.node(walk.at);
        node.is_final()
            .then(|| walk.value + node.final_output().value())
    }

    /// The records of a posting list, best known first, each with whether the name is another than its own.
    pub(crate) fn postings(&self, value: u64) -> impl Iterator<Item = (u32, bool)> + '_ {
        let count = (value & 0x7f) as usize;
        let from = (value >> 7) as usize;
        (from..from + count).filter_map(move |i| {
            let at = self.postings.0 + 4 * i;
            let p = (at < self.postings.1).then(|| u32_at(&self.bytes, at))??;
            Some((p & !ALIAS, p & ALIAS != 0))
        })
    }

    /// The postings of a whole key.
    pub(crate) fn get(&self, key: &str) -> Option<u64> {
        self.found(self.step(self.start(), key.as_bytes())?)
    }
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}
