//! A plain text or Markdown capture to a document: decoding, parts, and what its head says of itself.

use crate::{Hints, dates, decode, language, plain};
use sayso_model::{Capture, Date, Document, Located, Part, PartKind, Published, SourceMap, Span};

/// Reads a plain text or Markdown capture.
pub(crate) fn read(capture: &Capture, hints: &Hints) -> Document {
    let decoded = decode::decode(&capture.bytes, false);
    let text = decoded.text;
    let parts = plain::parts(&text, hints);
    let language = language::of(
        &mut parts
            .iter()
            .filter(|p| p.kind.is_content())
            .map(|p| p.span.of(&text)),
    );
    let front = front_matter(&text, &parts);
    let key = |names: &[&str]| -> Option<Located> {
        front
            .iter()
            .find(|(k, _)| names.contains(&k.to_lowercase().as_str()))
            .map(|(_, l)| l.clone())
    };
    let part = |kind: &PartKind| parts.iter().find(|p| p.kind == *kind);
    let located = |p: &Part| Located {
        text: p.span.of(&text).to_owned(),
        span: Some(p.span),
    };
    let given = |s: &Option<String>| {
        s.as_ref().map(|s| Located {
            text: s.clone(),
            span: None,
        })
    };

    let title = match (given(&hints.title), part(&PartKind::Title)) {
        (Some(mut t), Some(p)) => {
            t.span = crate::furniture::same_words(&t.text, p.span.of(&text)).then_some(p.span);
            Some(t)
        }
        (Some(t), None) => Some(t),
        (None, p) => key(&["title"]).or_else(|| p.map(located)),
    };
    let byline = key(&["author", "authors", "byline"])
        .or_else(|| part(&PartKind::Byline).map(|p| byline(&text, p)));
    let outlet =
        given(&hints.outlet).or_else(|| key(&["outlet", "publisher", "source", "publication"]));
    let published = given_date(hints)
        .or_else(|| {
            let l = key(&["date", "published", "publish_date", "pubdate"])?;
            let found = dates::first(&l.text)?;
            Some(published_at(&text, l.span?, found, "meta"))
        })
        .or_else(|| {
            [
                (PartKind::Dateline, "dateline"),
                (PartKind::Byline, "byline"),
            ]
            .iter()
            .find_map(|(kind, from)| {
                let p = part(kind)?;
                let found = dates::first(p.span.of(&text))?;
                Some(published_at(&text, p.span, found, from))
            })
        })
        .or_else(|| {
            let date = dates::in_address(hints.url.as_deref()?)?;
            Some(Published {
                date,
                value: date.to_string(),
                found_in: "url".into(),
                span: None,
            })
        });

    Document {
        id: capture.id,
        from: capture.from.clone(),
        title,
        byline,
        outlet,
        published,
        language,
        parts,
        map: SourceMap {
            pieces: decoded.pieces,
        },
        troubles: decoded.troubles,
        text,
    }
}

/// The publication date given from outside.
pub(crate) fn given_date(hints: &Hints) -> Option<Published> {
    let value = hints.published.as_deref()?.trim();
    let date = value
        .get(..10)
        .and_then(|d| d.parse::<Date>().ok())
        .or_else(|| dates::first(value).map(|f| f.date));
    // A year, or a year and month, is a date of less grain. Its last day stands for it: what the report tells of lies
    // before it was printed, not after.
    let date = date
        .or_else(|| {
            let first: Date = format!("{value}-01").parse().ok()?;
            Some(first.last_of_month())
        })
        .or_else(|| format!("{value}-12-31").parse().ok())?;
    Some(Published {
        date,
        value: value.to_owned(),
        found_in: "given".into(),
        span: None,
    })
}

fn published_at(
    text: &str,
    within: Span<sayso_model::Text>,
    found: dates::Found,
    from: &str,
) -> Published {
    let span = Span::new(
        within.start + found.start as u32,
        within.start + found.end as u32,
    );
    debug_assert!(!span.of(text).is_empty());
    Published {
        date: found.date,
        value: found.date.to_string(),
        found_in: from.to_owned(),
        span: Some(span),
    }
}

/// The names of a byline, without its cue and what follows them.
fn byline(text: &str, part: &Part) -> Located {
    let line = part.span.of(text);
    let (start, end) = names(line);
    let span = Span::new(part.span.start + start as u32, part.span.start + end as u32);
    Located {
        text: span.of(text).to_owned(),
        span: Some(span),
    }
}

/// Where in a byline the names stand.
pub(crate) fn names(line: &str) -> (usize, usize) {
    let mut start = 0;
    for word in line.split_inclusive(char::is_whitespace) {
        let w = word.trim().trim_end_matches(':').to_lowercase();
        if !matches!(w.as_str(), "by" | "written" | "author" | "reported" | "") {
            break;
        }
        start += word.len();
    }
    let rest = &line[start..];
    let mut end = rest.len();
    for stop in [
        " | ", " – ", " — ", " - ", " in ", " on ", "\t", " • ", " · ",
    ] {
        if let Some(i) = rest.find(stop) {
            end = end.min(i);
        }
    }
    if let Some(found) = dates::first(&rest[..end]) {
        end = found.start;
    }
    let kept = rest[..end].trim_end_matches(|c: char| !c.is_alphanumeric() && c != '.' && c != ')');
    if kept.is_empty() {
        (start, line.len())
    } else {
        (start, start + kept.len())
    }
}

/// The keys of YAML front matter and where their values stand.
fn front_matter<'a>(text: &'a str, parts: &[Part]) -> Vec<(&'a str, Located)> {
    let Some(first) = parts.first().filter(|p| p.kind == PartKind::Chrome) else {
        return Vec::new();
    };
    let block = first.span.of(text);
    if !block.starts_with("---") {
        return Vec::new();
    }
    let mut out = Vec::new();
    let mut at = first.span.start as usize;
    for raw in block.split_inclusive('\n') {
        if let Some((k, v)) = raw.split_once(':') {
            let words = v.trim().trim_matches(['"', '\'']);
            if let Some(i) = v.find(words)
                && !words.is_empty()
            {
                let start = at + k.len() + 1 + i;
                let span = Span::new(start as u32, (start + words.len()) as u32);
                out.push((
                    k.trim(),
                    Located {
                        text: words.to_owned(),
                        span: Some(span),
                    },
                ));
            }
        }
        at += raw.len();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use sayso_model::Media;

    fn doc(text: &str, hints: &Hints) -> Document {
        read(
            &Capture::new(Media::Plain, text.as_bytes().to_vec(), None),
            hints,
        )
    }

    #[test]
    fn the_head_of_a_text_gives_its_metadata() {
        let d = doc(
            "Cranes stop at Leith\n\nBy Ana Brack and Tom Ide | 9 March 2021\n\nNine cranes stopped on Friday, and the harbour board has not said when they will run.\n",
            &Hints::default(),
        );
        assert_eq!(d.title.unwrap().text, "Cranes stop at Leith");
        let by = d.byline.unwrap();
        assert_eq!(by.text, "Ana Brack and Tom Ide");
        assert_eq!(by.span.unwrap().of(&d.text), by.text);
        let p = d.published.unwrap();
        assert_eq!(
            (p.date, p.found_in.as_str()),
            (Date::constant(2021, 3, 9), "byline")
        );
        assert_eq!(p.span.unwrap().of(&d.text), "9 March 2021");
        assert_eq!(d.language.as_deref(), Some("en"));
    }

    #[test]
    fn what_is_given_wins() {
        let hints = Hints {
            title: Some("T".into()),
            published: Some("2020-02".into()),
            ..Hints::default()
        };
        let d = doc(
            "---\ntitle: Other\nauthor: \"Ana Brack\"\n---\nNine cranes stopped.",
            &hints,
        );
        assert_eq!(d.title.unwrap().text, "T");
        assert_eq!(d.byline.unwrap().text, "Ana Brack");
        assert_eq!(d.published.unwrap().date, Date::constant(2020, 2, 29));
    }
}
