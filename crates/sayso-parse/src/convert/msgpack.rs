//! A reader of MessagePack, as far as spaCy's files use it. Borrows strings and arrays of numbers from the file.

/// A value. Strings and binary strings are one kind, because writers of these files use either for the same thing.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value<'a> {
    Nil,
    Bool(bool),
    UInt(u64),
    Int(i64),
    Float(f64),
    Bytes(&'a [u8]),
    Array(Vec<Value<'a>>),
    Map(Vec<(Value<'a>, Value<'a>)>),
}

impl<'a> Value<'a> {
    pub(super) fn bytes(&self) -> Option<&'a [u8]> {
        match self {
            Value::Bytes(b) => Some(b),
            _ => None,
        }
    }

    pub(super) fn str(&self) -> Option<&'a str> {
        std::str::from_utf8(self.bytes()?).ok()
    }

    pub(super) fn uint(&self) -> Option<u64> {
        match *self {
            Value::UInt(n) => Some(n),
            Value::Int(n) => u64::try_from(n).ok(),
            _ => None,
        }
    }

    pub(super) fn array(&self) -> Option<&[Value<'a>]> {
        match self {
            Value::Array(v) => Some(v),
            _ => None,
        }
    }

    pub(super) fn map(&self) -> Option<&[(Value<'a>, Value<'a>)]> {
        match self {
            Value::Map(v) => Some(v),
            _ => None,
        }
    }

    /// The value of a key of a map.
    pub(super) fn get(&self, key: &str) -> Option<&Value<'a>> {
        self.map()?
            .iter()
            .find(|(k, _)| k.bytes() == Some(key.as_bytes()))
            .map(|(_, v)| v)
    }
}

/// Nesting beyond this is refused: no file of a pipeline comes near it.
const DEPTH: usize = 32;

/// The value that the bytes hold, if they hold one.
pub(super) fn read(bytes: &[u8]) -> Option<Value<'_>> {
    let mut reader = Reader { bytes };
    reader.value(DEPTH)
}

struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, n: usize) -> Option<&'a [u8]> {
        let (head, tail) = self.bytes.split_at_checked(n)?;
        self.bytes = tail;
        Some(head)
    }

    fn big_endian(&mut self, n: usize) -> Option<u64> {
        Some(self.take(n)?.iter().fold(0, |v, &b| v << 8 | u64::from(b)))
    }

    fn sized(&mut self, n: usize) -> Option<usize> {
        usize::try_from(self.big_endian(n)?).ok()
    }

    fn value(&mut self, depth: usize) -> Option<Value<'a>> {
        let depth = depth.checked_sub(1)?;
        let tag = *self.take(1)?.first()?;
        Some(match tag {
            0x00..=0x7f => Value::UInt(u64::from(tag)),
            0x80..=0x8f => self.map(usize::from(tag & 0x0f), depth)?,
            0x90..=0x9f => self.array(usize::from(tag & 0x0f), depth)?,
            0xa0..=0xbf => Value::Bytes(self.take(usize::from(tag & 0x1f))?),
            0xc0 => Value::Nil,
            0xc2 | 0xc3 => Value::Bool(tag == 0xc3),
            0xc4..=0xc6 => {
                let n = self.sized(1 << (tag - 0xc4))?;
                Value::Bytes(self.take(n)?)
            }
            0xca => Value::Float(f64::from(f32::from_bits(self.big_endian(4)? as u32))),
            0xcb => Value::Float(f64::from_bits(self.big_endian(8)?)),
            0xcc..=0xcf => Value::UInt(self.big_endian(1 << (tag - 0xcc))?),
            0xd0 => Value::Int(i64::from(self.big_endian(1)? as u8 as i8)),
            0xd1 => Value::Int(i64::from(self.big_endian(2)? as u16 as i16)),
            0xd2 => Value::Int(i64::from(self.big_endian(4)? as u32 as i32)),
            0xd3 => Value::Int(self.big_endian(8)? as i64),
            0xd9..=0xdb => {
                let n = self.sized(1 << (tag - 0xd9))?;
                Value::Bytes(self.take(n)?)
            }
            0xdc | 0xdd => {
                let n = self.sized(2 << (tag - 0xdc))?;
                self.array(n, depth)?
            }
            0xde | 0xdf => {
                let n = self.sized(2 << (tag - 0xde))?;
                self.map(n, depth)?
            }
            0xe0..=0xff => Value::Int(i64::from(tag as i8)),
            _ => return None,
        })
    }

    fn array(&mut self, n: usize, depth: usize) -> Option<Value<'a>> {
        if n > self.bytes.len() {
            return None;
        }
        (0..n)
            .map(|_| self.value(depth))
            .collect::<Option<_>>()
            .map(Value::Array)
    }

    fn map(&mut self, n: usize, depth: usize) -> Option<Value<'a>> {
        if n > self.bytes.len() {
            return None;
        }
        (0..n)
            .map(|_| Some((self.value(depth)?, self.value(depth)?)))
            .collect::<Option<_>>()
            .map(Value::Map)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_should_and_refuses_the_rest() {
        let v = read(b"\x82\xa1a\x93\x01\xff\xc3\xc4\x01b\xcd\x01\x00").unwrap();
        assert_eq!(v.get("b").unwrap().uint(), Some(256));
        assert_eq!(v.get("a").unwrap().array().unwrap()[1], Value::Int(-1));
        assert_eq!(
            read(b"\xdd\xff\xff\xff\xff\x01"),
            None,
            "a count beyond the bytes"
        );
        assert_eq!(read(&[0x91; 100_000]), None, "nested too deeply");
        assert_eq!(read(b"\xa5abc"), None);
    }
}
