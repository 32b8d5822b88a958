//! Claims that a person holds an office: "NATO Secretary General Ann Ames", "Ann Ames, the fund's managing director".
//!
//! Only persons that some pack lists as holders of an office are looked for, by their full names, and only offices
//! that such a person held at some time: a report that gives an office to the right person at the wrong time is the
//! slip that can be told from a namesake.

use std::collections::BTreeMap;

use sayso_measure::Reading;
use sayso_model::{Claim, Filler, Modality, Phrase, Polarity, Quote, SourceLink, Span, Text, When};
use sayso_packs::Packs;
use sayso_packs::schema::Office;

/// Most tokens a name has.
const NAME: u32 = 9;

/// Bytes looked at before and after a name for a title.
const REACH: usize = 120;

/// The claims of the frame `holds_office`, in order of the text. The office's `entity` is the ids of the offices
/// that the words may mean, joined with `|`.
pub fn offices(
    reading: &Reading<'_>,
    chain: &dyn Fn(Span<Text>) -> Vec<SourceLink>,
    packs: &Packs,
) -> Vec<Claim> {
    let parse = &reading.parse;
    let names = packs.term_names();
    let mut out = Vec::new();
    let mut at = 0;
    while at < parse.len() as u32 {
        let found = if names.longest(parse.lower(at)) >= 2 {
            name(reading, at, packs)
        } else {
            None
        };
        match found {
            Some(end) => {
                out.extend(held(reading, at, end, chain, packs));
                at = end;
            }
            None => at += 1,
        }
    }
    out
}

/// One past the last token of the longest holder's name that starts at a token.
fn name(reading: &Reading<'_>, start: u32, packs: &Packs) -> Option<u32> {
    let parse = &reading.parse;
    let sentence = parse.sentences.get(parse.sentence_of(start))?;
    let last = sentence.end.min(start + NAME);
    (start + 2..=last).rev().find(|&end| {
        let bytes = parse.bytes(start..end);
        let words = Span::<Text>::new(bytes.start, bytes.end).of(&reading.document.text);
        !packs.term_names().get(&plain(words)).is_empty()
    })
}

/// Lower case, one space between words.
fn plain(text: &str) -> String {
    let lower = text.replace('\u{2019}', "'").to_lowercase();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// As titles are compared: lower case, no hyphens, no possessive endings, one space between words.
fn title_form(text: &str) -> String {
    let text = plain(text).replace(['-', '\u{2010}', '\u{2011}'], " ");
    text.split(' ')
        .map(|w| w.strip_suffix("'s").unwrap_or(w))
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// How an office is named before or after a name.
struct Named {
    /// The words of the title as compared.
    title: String,
    /// Whether country or body stand with it.
    qualified: bool,
}

/// All ways in which the title of an office is written with its country or body.
fn full_titles(office: &Office) -> Vec<String> {
    let mut out: Vec<String> = office.titles.iter().map(|t| title_form(t)).collect();
    out.push(title_form(&office.name));
    for short in &office.short {
        for of in office.of.iter().map(|o| title_form(o)) {
            out.push(format!("{of} {short}"));
            out.push(format!("{short} of {of}"));
            out.push(format!("{short} of the {of}"));
        }
    }
    out.sort_by_key(|t| std::cmp::Reverse(t.len()));
    out.dedup();
    out
}

fn ends_with(text: &str, words: &str) -> bool {
    text.strip_suffix(words).is_some_and(|rest| {
        rest.is_empty() || rest.ends_with([' ', '(', '"', '\u{201c}', '\u{2018}'])
    })
}

fn starts_with(text: &str, words: &str) -> bool {
    text.strip_prefix(words)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ',', '.', ';', ')', ':']))
}

/// The title right before a name.
fn before(text: &str, office: &Office, packs: &Packs) -> Option<Named> {
    let text = text.trim_end_matches([',', ' ']);
    let full = full_titles(office);
    let (title, qualified) = match full.into_iter().find(|t| ends_with(text, t)) {
        Some(t) => (t, true),
        None => (
            office.short.iter().find(|t| ends_with(text, t))?.clone(),
            false,
        ),
    };
    let rest = text[..text.len() - title.len()].trim_end();
    let word = rest.rsplit([' ', '(']).next().unwrap_or("");
    if packs.in_list("office_elsewhen", word) {
        return None;
    }
    // "Norwegian Prime Minister": another country's, unless one of this office's.
    if !qualified && packs.countries(word).next().is_some() {
        return None;
    }
    let two: Vec<&str> = rest.rsplit(' ').take(2).collect();
    if let (false, [last, first]) = (qualified, &two[..])
        && packs.countries(&format!("{first} {last}")).next().is_some()
    {
        return None;
    }
    Some(Named { title, qualified })
}

/// The title right after a name: ", the NATO secretary general".
fn after(text: &str, office: &Office) -> Option<Named> {
    let text = text.strip_prefix([',', '('])?.trim_start();
    let text = text.strip_prefix("who is ").unwrap_or(text);
    let text = text.strip_prefix("the ").unwrap_or(text);
    if let Some(title) = full_titles(office)
        .into_iter()
        .find(|t| starts_with(text, t))
    {
        return Some(Named {
            title,
            qualified: true,
        });
    }
    let title = office.short.iter().find(|t| starts_with(text, t))?.clone();
    let rest = text[title.len()..].trim_start();
    // "the president of the bank" is another office than the one of this country.
    (!rest.starts_with("of ") && !rest.starts_with("for ")).then_some(Named {
        title,
        qualified: false,
    })
}

/// A stretch of text of about `REACH` bytes that keeps to character boundaries.
fn stretch(text: &str, from: usize, to: usize) -> &str {
    let mut from = from;
    let mut to = to.min(text.len());
    while !text.is_char_boundary(from) {
        from += 1;
    }
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    text.get(from..to).unwrap_or("")
}

fn held(
    reading: &Reading<'_>,
    start: u32,
    end: u32,
    chain: &dyn Fn(Span<Text>) -> Vec<SourceLink>,
    packs: &Packs,
) -> Option<Claim> {
    let parse = &reading.parse;
    let text = &reading.document.text;
    let bytes = parse.bytes(start..end);
    let whole = parse.bytes(parse.sentences.get(parse.sentence_of(start))?.clone());
    let words = Span::<Text>::new(bytes.start, bytes.end);
    let from = (whole.start as usize).max((bytes.start as usize).saturating_sub(REACH));
    let ahead = title_form(stretch(text, from, bytes.start as usize));
    let to = (whole.end as usize).min(bytes.end as usize + REACH);
    // Commas stand apart in neither direction: a title that follows starts with one.
    let behind = title_form(stretch(text, bytes.end as usize, to));
    let mut found: Vec<(&Office, Named, bool)> = Vec::new();
    for term in packs.terms_of(&plain(words.of(text))) {
        let Some(office) = packs.office(&term.office) else {
            continue;
        };
        if found.iter().any(|f| f.0.id == office.id) {
            continue;
        }
        if let Some(n) = before(&ahead, office, packs) {
            found.push((office, n, true));
        } else if let Some(n) = after(&behind, office) {
            found.push((office, n, false));
        }
    }
    if found.iter().any(|f| f.1.qualified) {
        found.retain(|f| f.1.qualified);
    }
    let longest = found.iter().map(|f| f.1.title.len()).max()?;
    let is_before = found.iter().find(|f| f.1.title.len() == longest)?.2;
    let ids: Vec<&str> = found.iter().map(|f| f.0.id.as_str()).collect();
    let person = packs.terms_of(&plain(words.of(text))).next()?;
    // The title's words: as many tokens before or after the name as the title has words, roughly; the sentence of a
    // finding shows them in full.
    let office_span = title_span(reading, start, end, longest, is_before);
    let phrase = |span: Span<Text>, head: &str| Phrase {
        span,
        text: span.of(text).to_owned(),
        head: head.to_lowercase(),
    };
    let filler = |span, head: &str, entity: Option<String>| {
        vec![Filler {
            phrase: phrase(span, head),
            entity,
        }]
    };
    let mut roles = BTreeMap::new();
    let head = parse.lower(end - 1);
    roles.insert(
        "person".to_owned(),
        filler(words, head, Some(person.person.clone())),
    );
    roles.insert(
        "office".to_owned(),
        filler(office_span, "office", Some(ids.join("|"))),
    );
    let sentence = Span::new(whole.start, whole.end);
    let published = reading.document.published.as_ref().map(|p| When {
        value: p.date.to_string(),
        interval: Some((p.date, p.date)),
        span: p.span,
    });
    let trigger = Some(office_span);
    let document = reading.document.id;
    Some(Claim {
        id: Claim::identify(document, "holds_office", sentence, trigger, None, &roles),
        document,
        frame: "holds_office".to_owned(),
        roles,
        figure: None,
        part_of: None,
        count: None,
        main: false,
        historic: false,
        attribution: chain(words),
        quote: Quote::None,
        polarity: Polarity::Affirmed,
        modality: Modality::Asserted,
        hedge: None,
        due: None,
        as_of: None,
        event_time: None,
        said_at: None,
        published,
        place: None,
        trigger,
        sentence,
        cell: None,
        why: vec![format!(
            "a title of {} beside a name that the pack lists",
            ids.join(", ")
        )],
    })
}

/// Where a title of `length` bytes (as compared) stands before or after a name.
fn title_span(
    reading: &Reading<'_>,
    start: u32,
    end: u32,
    length: usize,
    before: bool,
) -> Span<Text> {
    let parse = &reading.parse;
    let sentence = parse.sentences.get(parse.sentence_of(start));
    let (first, last) = sentence.map_or((start, end), |s| (s.start, s.end));
    let mut covered = 0;
    if before {
        let mut at = start;
        while at > first && covered < length {
            at -= 1;
            covered += parse.word(at).len() + 1;
        }
        let bytes = parse.bytes(at..start);
        Span::new(bytes.start, bytes.end)
    } else {
        let mut at = end;
        while at < last && covered < length + 4 {
            covered += parse.word(at).len() + 1;
            at += 1;
        }
        let bytes = parse.bytes(end..at);
        Span::new(bytes.start, bytes.end)
    }
}
