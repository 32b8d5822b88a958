//! What holds of every capture, whatever is in it.

use proptest::prelude::*;
use sayso_model::{Capture, Document, Media, Part, Span};
use sayso_read::{Hints, body, read};

fn doc(media: Media, bytes: &[u8]) -> Document {
    read(
        &Capture::new(media, bytes.to_vec(), None),
        &Hints::default(),
    )
}

/// Words as they stand in a page's source: references decoded, white space single.
fn plain(source: &str) -> String {
    let mut out = source.to_owned();
    for (reference, words) in [
        ("&nbsp;", "\u{a0}"),
        ("&mdash;", "—"),
        ("&#8212;", "—"),
        ("&#x27;", "'"),
        ("&quot;", "\""),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ] {
        out = out.replace(reference, words);
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn well_formed(d: &Document, length: usize) {
    let mut end = 0;
    for Part { span, .. } in &d.parts {
        assert!(span.start >= end && span.end as usize <= d.text.len() && !span.is_empty());
        assert!(
            d.text.is_char_boundary(span.start as usize)
                && d.text.is_char_boundary(span.end as usize)
        );
        end = span.end;
    }
    let (mut text, mut bytes) = (0, 0);
    for p in &d.map.pieces {
        assert!(p.text.start >= text && p.bytes.start >= bytes && p.bytes.end as usize <= length);
        assert!(!p.verbatim || p.text.len() == p.bytes.len());
        (text, bytes) = (p.text.end, p.bytes.start);
    }
    for l in [&d.title, &d.byline].into_iter().flatten() {
        if let Some(s) = l.span {
            assert!(!s.of(&d.text).is_empty());
        }
    }
    let _ = body(d);
}

/// A page of paragraphs, lists, tables and links with all that makes offsets hard.
fn page() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "[a-z]{1,9}",
        Just("na&iuml;ve".to_owned()).prop_map(|_| "&mdash;".to_owned()),
        Just("&#8212;".to_owned()),
        Just("it&#x27;s".to_owned()),
        Just("&quot;so&quot;".to_owned()),
        Just("caf\u{e9}".to_owned()),
        Just("R&amp;D".to_owned()),
        Just("a&nbsp;b".to_owned()),
        Just("\u{a0}".to_owned()),
        Just("“Nine”".to_owned()),
        Just("<b>bold</b>".to_owned()),
        Just("<a href='/x'>link</a>".to_owned()),
        Just("<!-- no -->".to_owned()),
        Just("<br>".to_owned()),
    ];
    let space = prop_oneof![
        Just(" "),
        Just("  "),
        Just("\r\n"),
        Just("\n\t"),
        Just("&nbsp;")
    ];
    let words = prop::collection::vec((word, space), 0..24).prop_map(|v| {
        v.into_iter()
            .map(|(w, s)| format!("{w}{s}"))
            .collect::<String>()
    });
    let block = (words, 0..9usize).prop_map(|(w, n)| match n {
        0 => format!("<h2>{w}</h2>"),
        1 => format!("<ul><li>{w}<li>{w}</ul>"),
        2 => format!("<table><tr><th>{w}<th>b<tr><td>{w}<td>2</table>"),
        3 => format!("<blockquote><p>{w}</blockquote>"),
        4 => format!("<figure><img src=x><figcaption>{w}</figcaption></figure>"),
        5 => format!("<div class=related>{w}</div>"),
        6 => format!("<pre>{w}</pre>"),
        _ => format!("<p>{w}</p>\r\n"),
    });
    prop::collection::vec(block, 0..12).prop_map(|b| {
        format!(
            "<!doctype html><title>T</title><body><article>{}</article>",
            b.concat()
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        for media in [Media::Plain, Media::Markdown, Media::Html] {
            well_formed(&doc(media, &bytes), bytes.len());
        }
    }

    #[test]
    fn any_marks_are_read(text in "([a-zA-Z0-9 .?|#*>:;,\t\n\r-]|Sources: |Q: |<p>|<table>|<td>|</div>|<li>|&amp;|&#0;|é|—){0,120}") {
        for media in [Media::Plain, Media::Html] {
            well_formed(&doc(media, text.as_bytes()), text.len());
        }
    }

    #[test]
    fn words_of_a_page_stand_at_their_bytes(html in page(), wide in any::<bool>()) {
        // In an encoding of one byte a character, too: what it lacks is written as a reference.
        let bytes: Vec<u8> = if wide {
            html.clone().into_bytes()
        } else {
            html.replace(['“', '”'], "&quot;").replace("</title>", "</title><meta charset=windows-1252>").chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect()
        };
        let decode = |b: &[u8]| -> String {
            if wide { String::from_utf8_lossy(b).into_owned() } else { b.iter().map(|&b| char::from(b)).collect() }
        };
        let d = doc(Media::Html, &bytes);
        well_formed(&d, bytes.len());
        for p in &d.map.pieces {
            let source = decode(&bytes[p.bytes.range()]);
            prop_assert_eq!(plain(p.text.of(&d.text)), plain(&source), "piece {:?}", p);
        }
        // A word taken from anywhere in the text leads to bytes that hold it.
        for part in &d.parts {
            let words = part.span.of(&d.text);
            let mut at = part.span.start;
            for w in words.split_inclusive(char::is_whitespace) {
                let word = w.trim_end();
                let span = Span::new(at, at + word.len() as u32);
                at += w.len() as u32;
                if word.is_empty() { continue }
                let bytes_at = d.map.bytes(span);
                prop_assert!(bytes_at.is_some(), "{word:?} has no bytes");
                let mut source = decode(&bytes[bytes_at.unwrap().range()]);
                // Tags and comments may stand within a word.
                while let (Some(a), Some(b)) = (source.find('<'), source.find('>')) {
                    if b < a { break }
                    source.replace_range(a..=b, "");
                }
                prop_assert_eq!(plain(&source), plain(word));
            }
        }
    }

    #[test]
    fn plain_text_is_the_file(text in "(\u{feff})?[ -~é—\n\r\t]{0,300}") {
        let d = doc(Media::Plain, text.as_bytes());
        prop_assert_eq!(d.text.as_str(), text.strip_prefix('\u{feff}').unwrap_or(&text));
    }
}

#[test]
fn depth_and_length_do_not_matter() {
    let deep = format!(
        "{}<p>Nine cranes stopped at the north quay on Friday.{}",
        "<div><b><a>".repeat(100_000),
        "</div>".repeat(100_000)
    );
    let d = doc(Media::Html, deep.as_bytes());
    assert!(d.text.contains("Nine cranes"));
    for unit in [
        "<p>",
        "<table><tr><td>",
        "<li><div>",
        "</p>",
        "<i></b>",
        "<div><td></div>",
        "&amp",
        "<a b=c d",
        "\u{e9}<br>",
        "<select><option>",
        "<dd><dt>",
    ] {
        let many = unit.repeat(40_000);
        let _ = doc(Media::Html, many.as_bytes());
    }
    for unit in [
        "a ",
        "A\n",
        "- b\n",
        "x|y\n",
        "Aa1\n",
        "Q?\n\n",
        "Sources: a;",
        "(",
        "**",
        "1,2",
        ">",
        "20241,200\n",
    ] {
        let many = unit.repeat(40_000);
        let _ = doc(Media::Plain, many.as_bytes());
    }
}
