//! Captured bytes to characters, and the map from the characters back to the bytes.
//!
//! The encoding is taken from a byte-order mark; else UTF-8 where the bytes are UTF-8; else what the page declares in
//! its first kilobytes; else what `chardetng` (Firefox's detector) guesses. Bytes that cannot be decoded become U+FFFD
//! and are reported.

use encoding_rs::{CoderResult, Encoding, UTF_8, WINDOWS_1252};
use sayso_model::{Bytes, SourcePiece, Span, Text, Trouble};

/// Decoded characters.
pub(crate) struct Decoded {
    pub text: String,
    pub pieces: Vec<SourcePiece>,
    pub troubles: Vec<Trouble>,
}

/// Bytes of a page in which a declared encoding is looked for.
const DECLARED_WITHIN: usize = 4096;
/// Bytes the detector is shown.
const DETECT_WITHIN: usize = 1 << 20;
/// Longest capture read; spans count in `u32` and a character may take three bytes where its source took one.
const LONGEST: usize = 1 << 30;

/// Decodes bytes; `html` says that a declaration within the page counts.
pub(crate) fn decode(bytes: &[u8], html: bool) -> Decoded {
    let mut troubles = Vec::new();
    let kept = &bytes[..bytes.len().min(LONGEST)];
    if kept.len() < bytes.len() {
        troubles.push(Trouble {
            message: format!(
                "the capture is longer than {} MiB; what follows was not read",
                LONGEST >> 20
            ),
            at: Some(Span::new(
                kept.len() as u32,
                bytes.len().min(u32::MAX as usize) as u32,
            )),
        });
    }
    let (encoding, mark) = match Encoding::for_bom(kept) {
        Some((e, n)) => (e, n),
        None => (without_mark(kept, html), 0),
    };
    let body = &kept[mark..];
    if encoding == UTF_8
        && let Ok(s) = std::str::from_utf8(body)
    {
        let pieces = if s.is_empty() {
            Vec::new()
        } else {
            vec![piece(0, s.len(), mark, kept.len(), true)]
        };
        return Decoded {
            text: s.to_owned(),
            pieces,
            troubles,
        };
    }
    let (text, pieces, broken) = by_steps(body, mark, encoding);
    if let Some(at) = broken {
        troubles.push(Trouble {
            message: format!(
                "some bytes are not {}; each was replaced by U+FFFD",
                encoding.name()
            ),
            at: Some(at),
        });
    }
    Decoded {
        text,
        pieces,
        troubles,
    }
}

fn piece(t0: usize, t1: usize, b0: usize, b1: usize, verbatim: bool) -> SourcePiece {
    SourcePiece {
        text: Span::<Text>::new(t0 as u32, t1 as u32),
        bytes: Span::<Bytes>::new(b0 as u32, b1 as u32),
        verbatim,
    }
}

fn without_mark(bytes: &[u8], html: bool) -> &'static Encoding {
    if let Some(wide) = wide_without_mark(bytes) {
        return wide;
    }
    // Bytes that form UTF-8 beyond ASCII are UTF-8, whatever a page says of itself.
    match std::str::from_utf8(bytes) {
        Ok(_) => {
            return if iso_2022_jp(bytes) {
                encoding_rs::ISO_2022_JP
            } else {
                UTF_8
            };
        }
        // A file cut off within its last character, or broken in one place, is UTF-8 still.
        Err(e) if nearly_utf8(bytes, &e) => return UTF_8,
        Err(_) => {}
    }
    if html && let Some(e) = declared(bytes) {
        return e;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(&bytes[..bytes.len().min(DETECT_WITHIN)], true);
    let guess = detector.guess(None, chardetng::Utf8Detection::Deny);
    if guess == UTF_8 { WINDOWS_1252 } else { guess }
}

fn iso_2022_jp(bytes: &[u8]) -> bool {
    bytes.windows(3).any(|w| w == b"\x1b$B" || w == b"\x1b$@")
}

/// UTF-16 without a mark: zero bytes at every other place of the beginning.
fn wide_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(512) & !1];
    if head.len() < 8 {
        return None;
    }
    let zeros = |offset: usize| {
        head.iter()
            .skip(offset)
            .step_by(2)
            .filter(|&&b| b == 0)
            .count()
            * 2
    };
    let (even, odd) = (zeros(0), zeros(1));
    if odd * 10 > head.len() * 7 && even * 10 < head.len() {
        Some(encoding_rs::UTF_16LE)
    } else if even * 10 > head.len() * 7 && odd * 10 < head.len() {
        Some(encoding_rs::UTF_16BE)
    } else {
        None
    }
}

/// Whether bytes are UTF-8 but for damage: many whole multi-byte characters for each broken place.
fn nearly_utf8(bytes: &[u8], first: &std::str::Utf8Error) -> bool {
    if first.error_len().is_none() && bytes[..first.valid_up_to()].iter().any(|b| *b >= 0x80) {
        return true;
    }
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes[..bytes.len().min(DETECT_WITHIN)].utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad * 4
}

/// The encoding a page declares: `charset=` in a `meta` tag or an XML declaration.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(DECLARED_WITHIN)].to_ascii_lowercase();
    for label in [&b"charset"[..], b"encoding"] {
        let mut from = 0;
        while let Some(i) = head[from..].windows(label.len()).position(|w| w == label) {
            let rest = &head[from + i + label.len()..];
            let rest = &rest[rest.iter().take_while(|b| b.is_ascii_whitespace()).count()..];
            if let Some(value) = rest.strip_prefix(b"=") {
                let lead = value
                    .iter()
                    .take_while(|b| matches!(b, b' ' | b'"' | b'\''))
                    .count();
                let name: Vec<u8> = value[lead..]
                    .iter()
                    .copied()
                    .take_while(|b| {
                        b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':' | b'.')
                    })
                    .take(40)
                    .collect();
                // A page that says UTF-8 but is not, or says UTF-16 in ASCII, is wrong about itself.
                if let Some(e) = Encoding::for_label(&name)
                    && e != UTF_8
                    && e.is_ascii_compatible()
                {
                    return Some(e);
                }
            }
            from += i + label.len();
        }
    }
    None
}

/// Decodes a byte at a time, so that every character knows its bytes; runs of ASCII are copied whole.
fn by_steps(
    bytes: &[u8],
    offset: usize,
    encoding: &'static Encoding,
) -> (String, Vec<SourcePiece>, Option<Span<Bytes>>) {
    let plain = encoding.is_ascii_compatible() && encoding != encoding_rs::ISO_2022_JP;
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len());
    let mut pieces = Vec::new();
    let mut broken: Option<Span<Bytes>> = None;
    // Bytes before `done` have given their characters.
    let mut done = 0;
    let mut i = 0;
    while i < bytes.len() {
        if plain && done == i && bytes[i].is_ascii() {
            let run = bytes[i..].iter().take_while(|b| b.is_ascii()).count();
            if let Ok(s) = std::str::from_utf8(&bytes[i..i + run]) {
                pieces.push(piece(
                    text.len(),
                    text.len() + run,
                    offset + i,
                    offset + i + run,
                    true,
                ));
                text.push_str(s);
            }
            i += run;
            done = i;
            continue;
        }
        let mut buffer = [0u8; 32];
        let last = i + 1 == bytes.len();
        let mut source = &bytes[i..i + 1];
        let mut written = 0;
        let mut damaged = false;
        loop {
            let (result, read, wrote, replaced) =
                decoder.decode_to_utf8(source, &mut buffer[written..], last);
            written += wrote;
            damaged |= replaced;
            source = &source[read..];
            if result == CoderResult::InputEmpty || written + 4 > buffer.len() {
                break;
            }
        }
        i += 1;
        if written > 0 {
            if let Ok(s) = std::str::from_utf8(&buffer[..written]) {
                pieces.push(piece(
                    text.len(),
                    text.len() + written,
                    offset + done,
                    offset + i,
                    false,
                ));
                text.push_str(s);
            }
            if damaged && broken.is_none() {
                broken = Some(Span::new((offset + done) as u32, (offset + i) as u32));
            }
            done = i;
        }
    }
    (text, pieces, broken)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        decode(bytes, true).text
    }

    #[test]
    fn marks_declarations_and_guesses_give_the_characters() {
        assert_eq!(text(b"\xEF\xBB\xBFcaf\xC3\xA9"), "café");
        assert_eq!(text(b"\xFF\xFEc\0a\0f\0\xE9\0"), "café");
        assert_eq!(
            text(b"<meta charset=\"windows-1251\">\xCA\xE8\xE5\xE2"),
            "<meta charset=\"windows-1251\">Киев"
        );
        assert_eq!(
            text("<meta charset=windows-1252>né".as_bytes()),
            "<meta charset=windows-1252>né"
        );
        assert_eq!(
            text(b"It\x92s the caf\xE9 \x97 again"),
            "It’s the café — again"
        );
        let wide: Vec<u8> = "wide text without a mark"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(text(&wide), "wide text without a mark");
    }

    #[test]
    fn broken_bytes_are_replaced_and_reported() {
        let d = decode(
            "naïve café, très né\u{e9}"
                .as_bytes()
                .split_last()
                .unwrap()
                .1,
            false,
        );
        assert!(d.text.ends_with("né\u{fffd}"));
        assert_eq!(d.troubles.len(), 1);
    }

    #[test]
    fn each_character_knows_its_bytes() {
        let bytes = b"caf\xE9 \x97 bar";
        let d = decode(bytes, false);
        for p in &d.pieces {
            let (words, _, _) = encoding_rs::WINDOWS_1252.decode(&bytes[p.bytes.range()]);
            assert_eq!(p.text.of(&d.text), words);
        }
        assert_eq!(d.pieces.len(), 5);
    }
}
