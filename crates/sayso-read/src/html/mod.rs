//! An HTML capture to a document.

mod content;
mod hints;
mod meta;
mod page;
mod tags;

use crate::{Hints, decode, language};
use sayso_model::{Capture, Document, PartKind, SourceMap, SourcePiece, Span, Trouble};

/// Reads an HTML capture.
pub(crate) fn read(capture: &Capture, given: &Hints) -> Document {
    let decoded = decode::decode(&capture.bytes, true);
    let mut troubles = decoded.troubles;
    let page = page::page(&decoded.text);
    if page.crowded {
        troubles.push(Trouble {
            message:
                "the page has more elements than are told apart; the rest was read without them"
                    .into(),
            at: None,
        });
    }
    let url = given
        .url
        .clone()
        .or_else(|| capture.from.clone().filter(|f| f.contains("://")));
    let facts = meta::Facts::of(&page);
    let titles = facts.titles(&page);
    let titles: Vec<&str> = given
        .title
        .iter()
        .map(String::as_str)
        .chain(titles.iter().map(String::as_str))
        .collect();
    let parts = content::parts(&page, &titles);
    let language = language::of(
        &mut parts
            .iter()
            .filter(|p| p.kind.is_content())
            .map(|p| p.span.of(&page.text)),
    );
    if !parts
        .iter()
        .any(|p| !matches!(p.kind, PartKind::Chrome | PartKind::Title))
    {
        troubles.push(Trouble {
            message: "no article was found on the page".into(),
            at: None,
        });
    }
    let found = facts.metadata(&decoded.text, &page, &parts, given, url.as_deref());
    let map = SourceMap {
        pieces: compose(&page.pieces, &decoded.pieces),
    };
    Document {
        id: capture.id,
        from: capture.from.clone(),
        title: found.title,
        byline: found.byline,
        outlet: found.outlet,
        published: found.published,
        language,
        parts,
        map,
        troubles,
        text: page.text,
    }
}

/// The map from text to bytes, of the maps from text to decoded page and from decoded page to bytes.
fn compose(outer: &[SourcePiece], inner: &[SourcePiece]) -> Vec<SourcePiece> {
    let mut out = Vec::with_capacity(outer.len());
    let mut at = 0;
    for o in outer {
        while inner.get(at).is_some_and(|i| i.text.end <= o.bytes.start) {
            at += 1;
        }
        let mut whole: Option<Span<sayso_model::Bytes>> = None;
        for i in inner[at..]
            .iter()
            .take_while(|i| i.text.start < o.bytes.end)
        {
            let (lo, hi) = (o.bytes.start.max(i.text.start), o.bytes.end.min(i.text.end));
            let bytes = if i.verbatim {
                Span::new(
                    i.bytes.start + (lo - i.text.start),
                    i.bytes.start + (hi - i.text.start),
                )
            } else {
                i.bytes
            };
            if o.verbatim {
                let start = o.text.start + (lo - o.bytes.start);
                out.push(SourcePiece {
                    text: Span::new(start, start + (hi - lo)),
                    bytes,
                    verbatim: i.verbatim,
                });
            } else {
                whole = Some(whole.map_or(bytes, |w| w.join(bytes)));
            }
        }
        if let Some(bytes) = whole {
            out.push(SourcePiece {
                text: o.text,
                bytes,
                verbatim: false,
            });
        }
    }
    out
}
