//! Members of a wheel: a zip archive, stored or deflated, taken from its central directory, within bounds.

use std::io::Read;

use crate::error::ConvertError;

/// The unpacked files of a package may be this large together; the published ones are 16 MB.
const UNPACKED_LIMIT: usize = 256 << 20;
const MEMBER_LIMIT: usize = 4096;

struct Member<'a> {
    name: &'a str,
    deflated: bool,
    packed: &'a [u8],
    size: usize,
}

/// A wheel's directory; members are unpacked when they are asked for.
pub(super) struct Wheel<'a> {
    members: Vec<Member<'a>>,
}

fn bad(why: &str) -> ConvertError {
    ConvertError::Archive(why.to_owned())
}

fn u16_at(bytes: &[u8], at: usize) -> Option<usize> {
    Some(usize::from(u16::from_le_bytes(
        bytes.get(at..at.checked_add(2)?)?.try_into().ok()?,
    )))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32::from_le_bytes(
        bytes.get(at..at.checked_add(4)?)?.try_into().ok()?,
    ))
    .ok()
}

impl<'a> Wheel<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, ConvertError> {
        Self::directory(bytes).ok_or_else(|| bad("it is not an intact zip archive"))
    }

    fn directory(bytes: &'a [u8]) -> Option<Self> {
        const END: &[u8] = b"PK\x05\x06";
        let from = bytes.len().saturating_sub(22 + 65_535);
        let end = bytes
            .get(from..)?
            .windows(4)
            .rposition(|w| w == END)?
            .checked_add(from)?;
        let count = u16_at(bytes, end + 10)?;
        let mut at = u32_at(bytes, end + 16)?;
        let mut members = Vec::new();
        let mut total = 0usize;
        for _ in 0..count.min(MEMBER_LIMIT) {
            if bytes.get(at..at.checked_add(4)?)? != b"PK\x01\x02" {
                return None;
            }
            let method = u16_at(bytes, at + 10)?;
            let packed_size = u32_at(bytes, at + 20)?;
            let size = u32_at(bytes, at + 24)?;
            let name_len = u16_at(bytes, at + 28)?;
            let skip = u16_at(bytes, at + 30)? + u16_at(bytes, at + 32)?;
            let local = u32_at(bytes, at + 42)?;
            let name = bytes.get(at + 46..at + 46 + name_len)?;
            at += 46 + name_len + skip;
            if bytes.get(local..local.checked_add(4)?)? != b"PK\x03\x04" {
                return None;
            }
            let data = local + 30 + u16_at(bytes, local + 26)? + u16_at(bytes, local + 28)?;
            let packed = bytes.get(data..data.checked_add(packed_size)?)?;
            total = total.checked_add(size)?;
            if total > UNPACKED_LIMIT || !matches!(method, 0 | 8) {
                return None;
            }
            members.push(Member {
                name: std::str::from_utf8(name).ok()?,
                deflated: method == 8,
                packed,
                size,
            });
        }
        Some(Wheel { members })
    }

    /// The folder that holds the pipeline: where `config.cfg` lies, with a slash at its end, or empty.
    pub(super) fn root(&self) -> Result<&'a str, ConvertError> {
        self.members
            .iter()
            .filter_map(|m| m.name.strip_suffix("config.cfg"))
            .min_by_key(|root| root.len())
            .ok_or_else(|| ConvertError::Missing("config.cfg".to_owned()))
    }

    /// A member's bytes; `None` if there is no such member or it does not unpack to its stated size.
    pub(super) fn get(&self, name: &str) -> Option<Vec<u8>> {
        let member = self.members.iter().find(|m| m.name == name)?;
        let bytes = if member.deflated {
            let mut out = Vec::with_capacity(member.size);
            flate2::read::DeflateDecoder::new(member.packed)
                .take(member.size as u64 + 1)
                .read_to_end(&mut out)
                .ok()?;
            out
        } else {
            member.packed.to_vec()
        };
        (bytes.len() == member.size).then_some(bytes)
    }
}
