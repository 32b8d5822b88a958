//! Claims made by hand, for the tests of this room.

use std::collections::BTreeMap;

use sayso_model::{
    Act, Claim, Count, Decimal, DocumentId, Exactness, Figure, FigureKind, Modality, Phrase,
    Polarity, Quote, SourceKind, SourceLink, Span, When,
};

/// Whom most of them count.
pub const MEN: (&str, &str) = ("miners", "miner");

/// Of document `n`: so many `thing` (its head `head`), says `who`, as of `day`.
pub fn claim(
    n: u32,
    frame: &str,
    figure: i64,
    (thing, head): (&str, &str),
    who: &str,
    day: &str,
) -> Claim {
    let document = DocumentId::of(&n.to_le_bytes());
    let sentence = Span::new(0, 40);
    let phrase = |text: &str, head: &str, at: u32| Phrase {
        span: Span::new(at, at + text.len() as u32),
        text: text.into(),
        head: head.into(),
    };
    let when = When {
        value: day.into(),
        interval: day.parse().ok().map(|d| (d, d)),
        span: None,
    };
    let number = Some(Decimal::from(figure));
    let link = SourceLink {
        source: phrase(who, who, 30),
        entity: Some(who.into()),
        cue: None,
        kind: SourceKind::Official,
        act: Act::Speech,
        country: None,
    };
    let figure = Figure {
        span: Span::new(0, 3),
        text: figure.to_string(),
        low: number,
        best: number,
        high: number,
        low_open: false,
        high_open: false,
        exactness: Exactness::Exact,
        kind: FigureKind::Cardinal,
        unit: None,
        currency: None,
        per: vec![],
        change: None,
        thing: Some(phrase(thing, head, 4)).filter(|p| !p.text.is_empty()),
        concepts: vec![],
    };
    let roles = BTreeMap::new();
    Claim {
        id: Claim::identify(document, frame, sentence, None, Some(&figure), &roles),
        document,
        frame: frame.into(),
        roles,
        figure: Some(figure),
        part_of: None,
        count: Some(Count::Cumulative),
        main: false,
        historic: false,
        attribution: if who.is_empty() { vec![] } else { vec![link] },
        quote: Quote::None,
        polarity: Polarity::Affirmed,
        modality: Modality::Asserted,
        hedge: None,
        due: None,
        as_of: Some(when.clone()),
        event_time: None,
        said_at: None,
        published: Some(when),
        place: None,
        trigger: None,
        sentence,
        cell: None,
        why: vec![],
    }
}
