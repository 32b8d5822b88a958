//! Bytes made small, and back under a bound.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;

/// Most bytes of one capture, and most that anything in a ledger may unpack to: 256 MiB.
pub const MAX_CAPTURE: usize = 256 << 20;

/// Packed bytes (zlib).
pub(crate) fn pack(bytes: &[u8]) -> Vec<u8> {
    let mut out = ZlibEncoder::new(Vec::new(), Compression::default());
    // Writing to memory cannot fail; were it to, what is stored would not unpack and be reported then.
    let _ = out.write_all(bytes);
    out.finish().unwrap_or_default()
}

/// The bytes again. `None` where they are not exactly `size` bytes or more than [`MAX_CAPTURE`]: a packed kilobyte
/// can claim to hold gigabytes, so no more than the stated size is ever unpacked.
pub(crate) fn unpack(packed: &[u8], size: i64) -> Option<Vec<u8>> {
    let size = usize::try_from(size).ok().filter(|&s| s <= MAX_CAPTURE)?;
    let mut out = Vec::new();
    ZlibDecoder::new(packed)
        .take(size as u64 + 1)
        .read_to_end(&mut out)
        .ok()?;
    (out.len() == size).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_back_and_nothing_else_does() {
        let bytes = "the tide was in ".repeat(500).into_bytes();
        let packed = pack(&bytes);
        assert!(packed.len() < bytes.len() / 10);
        assert_eq!(
            unpack(&packed, bytes.len() as i64).as_deref(),
            Some(&bytes[..])
        );
        for size in [0, 1, bytes.len() as i64 - 1, bytes.len() as i64 + 1, -1] {
            assert_eq!(unpack(&packed, size), None, "{size}");
        }
        assert_eq!(unpack(&packed[..9], bytes.len() as i64), None);
        assert_eq!(unpack(&packed, i64::MAX), None);
    }

    #[test]
    fn a_bomb_unpacks_no_further_than_its_stated_size() {
        let bomb = pack(&vec![0; 64 << 20]);
        assert!(bomb.len() < 100_000);
        assert_eq!(unpack(&bomb, 1000), None);
    }
}
