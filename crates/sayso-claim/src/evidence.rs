//! Why a claim was read so: the tokens, the pattern, the entries of the packs, the rules for figure, time and source.
//!
//! It is found again from the reading when someone asks, and not kept with every claim: the same reading and packs give
//! the same answer.

use std::collections::BTreeSet;

use sayso_measure::Reading;
use sayso_model::{Claim, Exactness, Figure, Phrase, SourceLink, Span, Text, When};
use sayso_packs::Packs;
use sayso_packs::schema::Entry;

use crate::frames::{Evoked, Frames, Where};

/// A token of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenNote {
    /// The word as it stands.
    pub word: String,
    /// Its lemma.
    pub lemma: String,
    /// Its part of speech.
    pub pos: &'static str,
    /// Label of the arc to its head.
    pub dep: &'static str,
    /// Its head's word; empty for a root.
    pub head: String,
    /// What it is to the claim: `words`, `figure`, or the name of a role.
    pub part: String,
}

/// An entry of a pack that a step rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryNote {
    /// `pack/id`.
    pub entry: String,
    /// Kind of entry, as in the pack's files.
    pub section: &'static str,
    /// Where it has it from.
    pub source: Vec<String>,
    /// Whether that was checked.
    pub verified: bool,
}

/// One step of the reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it decides: `frame`, a role's name, `figure`, `as of`, `source` …
    pub about: String,
    /// How, as one sentence.
    pub how: String,
    /// What it rests on.
    pub entries: Vec<EntryNote>,
}

/// Why a claim was read so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    /// Its tokens in order of the text.
    pub tokens: Vec<TokenNote>,
    /// The steps, in the order in which they were taken.
    pub steps: Vec<Step>,
}

fn note<E: Entry>(entry: &E) -> EntryNote {
    EntryNote {
        entry: entry.reference(),
        section: E::SECTION,
        source: entry.source().to_vec(),
        verified: entry.verified(),
    }
}

/// Why `claim`, a claim of this reading, was read so.
pub fn explain(reading: &Reading<'_>, claim: &Claim, packs: &Packs) -> Explanation {
    let frames = Frames::of(packs);
    let mut out = Explanation {
        tokens: tokens(reading, claim),
        steps: Vec::new(),
    };
    let evoked = evoked(reading, claim, &frames);
    frame(claim, &frames, evoked.as_ref(), packs, &mut out.steps);
    roles(reading, claim, &frames, evoked.as_ref(), &mut out.steps);
    if let Some(f) = &claim.figure {
        out.steps.push(figure(f, packs));
    }
    times(reading, claim, &mut out.steps);
    place(reading, claim, &mut out.steps);
    for link in &claim.attribution {
        out.steps.push(source(reading, link, packs));
    }
    if claim.attribution.is_empty() {
        out.steps.push(step(
            "source",
            "no words attribute it: the outlet itself says so".into(),
        ));
    }
    if let Some(h) = &claim.hedge {
        let how = format!("“{}” puts it as {}", h.text, claim.modality.as_str());
        let words = [h.text.to_lowercase(), h.head.clone()];
        let entries = words.iter().flat_map(|w| packs.hedges(w)).map(note);
        out.steps.push(Step {
            about: "mode".into(),
            how,
            entries: once(entries),
        });
    }
    out
}

/// Entries, each once.
fn once(entries: impl Iterator<Item = EntryNote>) -> Vec<EntryNote> {
    let mut seen = BTreeSet::new();
    entries.filter(|e| seen.insert(e.entry.clone())).collect()
}

fn step(about: &str, how: String) -> Step {
    Step {
        about: about.to_owned(),
        how,
        entries: Vec::new(),
    }
}

/// The tokens that evoke the claim, that are its figure, and that head what fills its roles.
fn tokens(reading: &Reading<'_>, claim: &Claim) -> Vec<TokenNote> {
    let parse = &reading.parse;
    let mut parts: Vec<(Span<Text>, &str)> = Vec::new();
    parts.extend(claim.trigger.map(|t| (t, "words")));
    parts.extend(claim.figure.as_ref().map(|f| (f.span, "figure")));
    let counted = claim.figure.as_ref().and_then(|f| f.thing.as_ref());
    parts.extend(counted.map(|t| (t.span, "counted")));
    for (name, fillers) in &claim.roles {
        parts.extend(fillers.iter().map(|f| (f.phrase.span, name.as_str())));
    }
    let mut out: Vec<(u32, TokenNote)> = Vec::new();
    for (span, part) in parts {
        let range = parse.tokens_in(span.start..span.end);
        let whole = matches!(part, "words" | "figure");
        // Of a phrase its head is told: the token whose own head lies outside it.
        let wanted = range.clone().filter(|&t| {
            let head = parse.head(t);
            whole || head == t || !range.contains(&head)
        });
        for t in wanted {
            if let Some((_, known)) = out.iter_mut().find(|(at, _)| *at == t) {
                if !known.part.split(", ").any(|p| p == part) {
                    known.part = format!("{}, {part}", known.part);
                }
                continue;
            }
            let head = parse.head(t);
            out.push((
                t,
                TokenNote {
                    word: parse.word(t).to_owned(),
                    lemma: parse.lemma(t).to_owned(),
                    pos: parse.pos(t).as_str(),
                    dep: parse.dep(t).as_str(),
                    head: if head == t {
                        String::new()
                    } else {
                        parse.word(head).to_owned()
                    },
                    part: part.to_owned(),
                },
            ));
        }
    }
    out.sort_by_key(|o| o.0);
    out.into_iter().map(|o| o.1).collect()
}

/// The trigger of the claim, found again: of those at its words the one of its frame before any other.
fn evoked(reading: &Reading<'_>, claim: &Claim, frames: &Frames) -> Option<Evoked> {
    let parse = &reading.parse;
    let trigger = claim.trigger?;
    let at = parse.tokens_in(trigger.start..trigger.end);
    // A cell's trigger stands in its header, which is another sentence than the claim's.
    let sentence = parse.sentences.get(parse.sentence_of(at.clone().next()?))?;
    let all = frames.evoked(parse, sentence.clone());
    let here = |e: &&Evoked| e.first < at.end && e.last >= at.start;
    let named = |e: &&Evoked| {
        frames
            .frames
            .get(e.frame as usize)
            .is_some_and(|f| f.name == claim.frame)
    };
    all.iter()
        .filter(here)
        .find(named)
        .or_else(|| all.iter().find(here))
        .cloned()
}

fn frame(
    claim: &Claim,
    frames: &Frames,
    evoked: Option<&Evoked>,
    packs: &Packs,
    out: &mut Vec<Step>,
) {
    let mut entries = Vec::new();
    if let Some(e) = evoked
        && let Some(f) = frames.frames.get(e.frame as usize)
        && let Some(t) = frames.triggers.get(e.trigger as usize)
    {
        let class = format!("{:?}", t.class).to_lowercase();
        let mut how = format!(
            "the {class} “{}” evokes {}",
            t.words.join(" "),
            f.name.replace('_', " ")
        );
        if f.name != claim.frame {
            how += &format!(
                ", and with what stands beside it {}",
                claim.frame.replace('_', " ")
            );
        }
        let known = packs
            .entries()
            .frames
            .iter()
            .filter(|p| p.reference() == f.entry);
        entries.extend(known.map(note));
        out.push(Step {
            about: "frame".into(),
            how,
            entries,
        });
    } else {
        out.push(step(
            "frame",
            if claim.frame == "other" {
                "no word that a pack knows governs the figure".into()
            } else {
                format!(
                    "{}, without a word of its own",
                    claim.frame.replace('_', " ")
                )
            },
        ));
    }
    out.extend(claim.why.iter().map(|w| step("pattern", w.clone())));
}

fn roles(
    reading: &Reading<'_>,
    claim: &Claim,
    frames: &Frames,
    evoked: Option<&Evoked>,
    out: &mut Vec<Step>,
) {
    let parse = &reading.parse;
    for (role, fillers) in &claim.roles {
        for filler in fillers {
            let range = parse.tokens_in(filler.phrase.span.start..filler.phrase.span.end);
            let argument =
                evoked.and_then(|e| e.arguments.iter().find(|a| range.contains(&a.token)));
            let places = evoked
                .and_then(|e| frames.triggers.get(e.trigger as usize))
                .and_then(|t| t.roles.iter().find(|r| r.0 == *role))
                .map(|r| r.1.iter().map(place_name).collect::<Vec<_>>().join(", "));
            let mut how = format!("“{}”", flat(&filler.phrase.text));
            match argument {
                Some(a) => {
                    how += &format!(
                        " is the {} of “{}”",
                        a.how,
                        evoked.map_or("", |e| parse.word(e.head))
                    )
                }
                None if !claim.sentence.covers(filler.phrase.span) => {
                    how += " stands outside the sentence: in a header, or named before";
                }
                None => how += " stands beside it",
            }
            if let Some(places) = places {
                how += &format!(" (the pack looks at: {places})");
            }
            if let Some(e) = &filler.entity {
                how += &format!("; resolved to {}", e.replace('|', " or "));
            }
            out.push(step(role, how));
        }
    }
}

fn place_name(at: &Where) -> String {
    match at {
        Where::Slot(slot) => format!("{slot:?}").to_lowercase(),
        Where::Preposition(word) => format!("“{word}”"),
    }
}

/// The words of a figure that the packs know, and what it comes to.
fn figure(f: &Figure, packs: &Packs) -> Step {
    let n = |d: Option<sayso_model::Decimal>| {
        d.map_or("open".to_owned(), |d| d.normalize().to_string())
    };
    let values = match (f.low, f.best, f.high) {
        (None, None, None) => "its word is kept, a policy gives it numbers".to_owned(),
        (l, Some(b), h) if l == Some(b) && h == Some(b) => format!("{b}"),
        (l, b, h) => {
            let best = b.map_or(String::new(), |b| format!(", best {b}"));
            format!("low {}{best}, high {}", n(l), n(h))
        }
    };
    let mut how = format!(
        "“{}” is {}, {}: {values}",
        flat(&f.text),
        f.kind.as_str(),
        f.exactness.as_str()
    );
    if f.exactness == Exactness::Implicit {
        how += "; unwritten, those described are counted";
    }
    if let Some(u) = f.currency.as_ref().or(f.unit.as_ref()) {
        how += &format!("; unit {u}");
    }
    if let Some(c) = f.change {
        how += &format!("; a change {}", c.as_str());
    }
    if let Some(t) = &f.thing {
        how += &format!("; counts “{}”", flat(&t.text));
    }
    let text = flat(&f.text).to_lowercase();
    let words: Vec<&str> = text
        .split([' ', '-', '–'])
        .filter(|w| !w.is_empty())
        .collect();
    let mut entries: Vec<EntryNote> = Vec::new();
    let padded = format!(" {text} ");
    let lists = packs.entries().word_lists.iter().filter(|l| {
        ["bound_", "approximator", "change_"]
            .iter()
            .any(|p| l.id.starts_with(p))
            && l.words.iter().any(|w| padded.contains(&format!(" {w} ")))
    });
    entries.extend(lists.map(note));
    for w in words {
        entries.extend(packs.numbers(w).map(note));
        entries.extend(packs.units(w).map(note));
        entries.extend(packs.currencies(w).map(note));
    }
    let symbols = f
        .text
        .chars()
        .filter(|c| !c.is_alphanumeric() && !c.is_whitespace());
    for s in symbols {
        entries.extend(packs.currency_symbol(&s.to_string()).map(note));
        entries.extend(packs.unit_symbol(&s.to_string()).map(note));
    }
    Step {
        about: "figure".into(),
        how,
        entries: once(entries.into_iter()),
    }
}

fn times(reading: &Reading<'_>, claim: &Claim, out: &mut Vec<Step>) {
    let each = [
        ("as of", &claim.as_of),
        ("happened", &claim.event_time),
        ("said", &claim.said_at),
        ("due", &claim.due),
    ];
    for (about, when) in each {
        if let Some(w) = when {
            out.push(step(about, time(reading, claim, w)));
        }
    }
}

fn time(reading: &Reading<'_>, claim: &Claim, w: &When) -> String {
    let of_publication = |p: &When| p.value == w.value && (w.span.is_none() || p.span == w.span);
    if claim.published.as_ref().is_some_and(of_publication) {
        return format!(
            "{}: the day of publication, for no date in the sentence is its own",
            w.value
        );
    }
    let found = w
        .span
        .and_then(|s| reading.times.iter().find(|t| t.span == s));
    match found {
        Some(t) => {
            let mut how = format!(
                "“{}” is {} {}",
                flat(reading.document.words(t.span)),
                t.kind.as_str(),
                w.value
            );
            if let Some(r) = t.relation {
                how += &format!(", read as “{}”", r.as_str().replace('_', " "));
            }
            if t.value != w.value {
                how += &format!("; TIMEX3 {}", t.value);
            }
            how
        }
        None => w.value.clone(),
    }
}

fn place(reading: &Reading<'_>, claim: &Claim, out: &mut Vec<Step>) {
    let Some(p) = &claim.place else { return };
    let found = reading.places.iter().find(|r| r.span == p.span);
    let mut how = format!("“{}”", flat(&p.text));
    match found.and_then(|f| f.id.as_ref().map(|id| (f, id))) {
        Some((f, id)) => {
            how += &format!(" is {} ({id})", f.name);
            if let (Some(lat), Some(lon)) = (f.lat, f.lon) {
                how += &format!(" at {lat:.2}, {lon:.2}");
            }
            if !f.alternatives.is_empty() {
                how += &format!(
                    "; others of that name that were weighed: {}",
                    f.alternatives.len()
                );
            }
        }
        None => how += " is not resolved",
    }
    out.push(step("where", how));
}

fn source(reading: &Reading<'_>, link: &SourceLink, packs: &Packs) -> Step {
    let words = flat(&link.source.text);
    let mut how = format!("“{words}” ({}, {})", link.kind.as_str(), link.act.as_str());
    if let Some(e) = link.entity.as_ref().filter(|e| **e != words) {
        how += &format!(", resolved to {}", e.replace('|', " or "));
    }
    let mut entries = Vec::new();
    match &link.cue {
        Some(c) => {
            how += &format!(", by the cue “{}”", flat(&c.text));
            for w in cue_words(reading, c) {
                entries.extend(packs.cues(&w).map(note));
            }
        }
        None => how += ", without a cue of its own",
    }
    let lower = words.to_lowercase();
    entries.extend(packs.source_kinds(&link.source.head).map(note));
    let names = [Some(lower), link.entity.as_ref().map(|e| e.to_lowercase())];
    for name in names.into_iter().flatten() {
        entries.extend(packs.named_entities(&name).map(note));
        entries.extend(packs.outlets(&name).map(note));
    }
    Step {
        about: "source".into(),
        how,
        entries: once(entries.into_iter()),
    }
}

/// The words under which a cue may stand in a pack: as written, by its lemmas, by each verb or noun alone.
fn cue_words(reading: &Reading<'_>, cue: &Phrase) -> Vec<String> {
    let parse = &reading.parse;
    let range = parse.tokens_in(cue.span.start..cue.span.end);
    let lemmas: Vec<String> = range
        .clone()
        .map(|t| parse.lemma(t).to_lowercase())
        .collect();
    let mut out = vec![flat(&cue.text).to_lowercase(), lemmas.join(" ")];
    if lemmas.len() > 1 {
        let own = range.filter(|&t| {
            matches!(
                parse.pos(t),
                sayso_parse::Pos::Verb | sayso_parse::Pos::Noun
            )
        });
        out.extend(own.map(|t| parse.lemma(t).to_lowercase()));
    }
    out.dedup();
    out
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
