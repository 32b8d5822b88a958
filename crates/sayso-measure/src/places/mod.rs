//! Places named in a document, found and put on the map.
//!
//! `find.rs` says which words are names of places; `candidates.rs` what a name may mean, from the packs' tables and the
//! gazetteer; `resolve.rs` chooses. Without a gazetteer the tables alone are used: countries with their peoples, states,
//! parts of the world, seas and known points.

use std::collections::HashMap;
use std::ops::Range;

use sayso_model::{Document, Place, PlaceAlternative, Span, Text};
use sayso_parse::{EntityType, Parse};

mod candidates;
mod compile;
mod find;
mod gazetteer;
mod key;
mod resolve;
mod tables;
mod words;

pub use compile::{CompileError, Sources, compile};
pub use gazetteer::{Gazetteer, NotAGazetteer};
pub(crate) use tables::Tables;

use candidates::{Candidate, Kind, Wanted, What, candidates};
use find::{Finder, Mention};
use resolve::Group;

/// How many alternatives an answer carries.
const ALTERNATIVES: usize = 4;

fn content(document: &Document) -> impl Iterator<Item = Range<usize>> + '_ {
    document
        .parts
        .iter()
        .filter(|p| p.kind.is_content())
        .map(|p| p.span.start as usize..p.span.end as usize)
}

/// Places in order of the text.
pub(crate) fn places(
    document: &Document,
    parse: &Parse,
    tables: &Tables,
    gazetteer: Option<&Gazetteer>,
) -> Vec<Place> {
    let words = words::words(&document.text, content(document));
    let finder = Finder {
        text: &document.text,
        words: &words,
        parse,
        tables,
        gazetteer,
        persons: find::persons(&document.text, parse),
    };
    let mentions = finder.find();
    answer(&document.text, mentions, tables, gazetteer)
}

/// The places that the given spans name, one each, in order.
pub(crate) fn of_mentions(
    document: &Document,
    parse: &Parse,
    spans: &[Span<Text>],
    tables: &Tables,
    gazetteer: Option<&Gazetteer>,
) -> Vec<Place> {
    let text = document.text.as_str();
    let mentions = spans
        .iter()
        .map(|s| {
            let bytes = s.start as usize..s.end as usize;
            let words = words::words(text, std::iter::once(bytes.clone()));
            let label = parse
                .entity_of(parse.tokens_in(s.start..s.end).start)
                .map(|e| parse.entities[e].label);
            let (key, wanted, candidates) = given(text, bytes.end, &words, tables, gazetteer);
            Mention {
                bytes,
                words: 0..0,
                key,
                wanted,
                label,
                candidates,
            }
        })
        .collect();
    answer(text, mentions, tables, gazetteer)
}

/// What a given name may mean: the whole of it, else without modifiers and words for kinds.
fn given(
    text: &str,
    end: usize,
    words: &[words::Word],
    tables: &Tables,
    gazetteer: Option<&Gazetteer>,
) -> (String, Wanted, Vec<Candidate>) {
    let keys: Vec<&str> = words.iter().map(|w| w.key.as_str()).collect();
    let whole = keys.join(" ");
    let next = text
        .get(end..)
        .and_then(|t| t.split_whitespace().next())
        .filter(|_| text.get(end..).is_some_and(|t| t.starts_with(' ')))
        .map(key::fold);
    let follows = next.is_some_and(|n| tables.region_words.contains(&n));
    let ask =
        |key: &str, region: bool| candidates(tables, gazetteer, key, |_| true, Wanted { region });
    let last_is_region = keys.len() > 1
        && keys
            .last()
            .is_some_and(|k| tables.region_words.contains(*k));
    let region = follows || last_is_region;
    let list = ask(&whole, region);
    if !list.is_empty() {
        let wanted = Wanted {
            region: region
                && list
                    .iter()
                    .all(|c| !matches!(c.kind, Kind::City | Kind::Airport | Kind::Country)),
        };
        return (whole, wanted, list);
    }
    // Without the words for kinds at the end and modifiers at the start.
    let mut from = 0;
    let mut to = keys.len();
    let mut asked = region;
    while to > from + 1 && tables.region_words.contains(keys[to - 1]) {
        to -= 1;
        asked = true;
    }
    loop {
        let k = keys[from..to].join(" ");
        let list = if k.is_empty() {
            Vec::new()
        } else {
            ask(&k, asked)
        };
        if !list.is_empty() {
            return (k, Wanted { region: asked }, list);
        }
        if from + 1 < to && tables.modifiers.contains(keys[from]) {
            from += 1;
        } else {
            break;
        }
    }
    (whole, Wanted { region }, Vec::new())
}

/// Resolves the names together and makes the answers.
fn answer(
    text: &str,
    mentions: Vec<Mention>,
    tables: &Tables,
    gazetteer: Option<&Gazetteer>,
) -> Vec<Place> {
    let mut groups: Vec<Group> = Vec::new();
    let mut by_key: HashMap<(&str, Wanted), usize> = HashMap::new();
    let mut of: Vec<Option<usize>> = Vec::with_capacity(mentions.len());
    for m in &mentions {
        if m.candidates.is_empty() {
            of.push(None);
            continue;
        }
        let at = *by_key.entry((m.key.as_str(), m.wanted)).or_insert_with(|| {
            groups.push(Group::default());
            groups.len() - 1
        });
        if let Some(g) = groups.get_mut(at) {
            g.count += 1;
            // Mentions of one name may differ in what their writing allows: all of it counts.
            if g.candidates.is_empty() {
                g.candidates.clone_from(&m.candidates);
                of.push(Some(at));
                continue;
            }
            if g.candidates.len() == m.candidates.len() {
                of.push(Some(at));
                continue;
            }
            for c in &m.candidates {
                if !g.candidates.iter().any(|o| o.what == c.what) {
                    g.candidates.push(*c);
                }
            }
        }
        of.push(Some(at));
    }
    for (i, pair) in mentions.windows(2).enumerate() {
        let [a, b] = pair else { continue };
        let between = text.get(a.bytes.end..b.bytes.start).unwrap_or("");
        let holds = matches!(between.trim(), "," | "(" | "in" | "., " | ".,");
        if holds
            && let (Some(Some(inner)), Some(Some(outer))) = (of.get(i), of.get(i + 1))
            && inner != outer
            && let Some(g) = groups.get_mut(*inner)
        {
            g.holders.push(*outer);
        }
    }
    resolve::resolve(&mut groups);
    let focus = resolve::focus(&groups);
    let found: Vec<Option<Candidate>> = of
        .iter()
        .map(|g| {
            let g = groups.get((*g)?)?;
            g.candidates.get(g.best?).copied()
        })
        .collect();
    let mut out = Vec::with_capacity(mentions.len());
    for (i, m) in mentions.iter().enumerate() {
        let span = Span::new(m.bytes.start as u32, m.bytes.end as u32);
        let words = text.get(m.bytes.clone()).unwrap_or("");
        let place = match (found[i], of[i].and_then(|g| groups.get(g))) {
            (Some(c), Some(g)) => resolved(span, &c, g, tables, gazetteer),
            _ => unlisted(
                span,
                words,
                m,
                nearest(&mentions, &found, i).or(focus),
                tables,
                gazetteer,
            ),
        };
        out.push(place);
    }
    out
}

/// The place named nearest to a name that no gazetteer has: a town or county, else what there is.
fn nearest(mentions: &[Mention], found: &[Option<Candidate>], at: usize) -> Option<Candidate> {
    /// Bytes beyond which a neighbour says nothing.
    const FAR: usize = 600;
    let here = &mentions.get(at)?.bytes;
    let gap = |b: &Range<usize>| {
        if b.end <= here.start {
            here.start - b.end
        } else {
            // What follows ("Main Street, Corvel") says more than what went before.
            b.start.saturating_sub(here.end) / 2
        }
    };
    let around = at.saturating_sub(8)..(at + 9).min(mentions.len());
    around
        .filter(|&i| i != at)
        .filter_map(|i| Some((gap(&mentions[i].bytes), (*found.get(i)?)?)))
        .filter(|(gap, c)| {
            *gap < FAR && !c.people && !matches!(c.kind, Kind::Country | Kind::Area | Kind::Region)
        })
        .min_by_key(|x| x.0)
        .map(|x| x.1)
}

fn country(code: [u8; 2]) -> Option<String> {
    std::str::from_utf8(&code)
        .ok()
        .filter(|c| c.bytes().all(|b| b.is_ascii_uppercase()))
        .map(str::to_owned)
}

fn name_of(c: &Candidate, tables: &Tables, gazetteer: Option<&Gazetteer>) -> String {
    match c.what {
        What::Table(at) => tables
            .places
            .get(at as usize)
            .map_or_else(String::new, |p| p.name.clone()),
        What::Record(at) => gazetteer
            .and_then(|g| g.record(at).map(|r| g.name(&r).to_owned()))
            .unwrap_or_default(),
    }
}

fn id_of(c: &Candidate) -> Option<String> {
    if c.geonames != 0 {
        Some(format!("geonames:{}", c.geonames))
    } else if c.kind == Kind::Country {
        country(c.country).map(|c| format!("iso:{c}"))
    } else {
        None
    }
}

fn kind_of(c: &Candidate, tables: &Tables) -> String {
    if c.people {
        return "nationality".to_owned();
    }
    match (c.kind, c.what) {
        (_, What::Table(at)) => tables
            .places
            .get(at as usize)
            .map_or_else(String::new, |p| p.kind.clone()),
        (Kind::Region, _) => "region".to_owned(),
        (Kind::County | Kind::District, _) => "county".to_owned(),
        (Kind::Airport, _) => "airport".to_owned(),
        _ => "city".to_owned(),
    }
}

/// The name of the first-level region that holds a place.
fn region_of(c: &Candidate, tables: &Tables, gazetteer: Option<&Gazetteer>) -> Option<String> {
    if c.kind == Kind::Region {
        return Some(name_of(c, tables, gazetteer));
    }
    let (What::Record(at), Some(g)) = (c.what, gazetteer) else {
        return None;
    };
    let mut record = g.record(at)?;
    for _ in 0..4 {
        record = g.record(record.parent?)?;
        if record.geonames == c.region {
            return Some(g.name(&record).to_owned());
        }
    }
    None
}

fn resolved(
    span: Span<Text>,
    c: &Candidate,
    group: &Group,
    tables: &Tables,
    gazetteer: Option<&Gazetteer>,
) -> Place {
    let shares = resolve::shares(group);
    let mut others: Vec<(f64, &Candidate)> = shares
        .iter()
        .copied()
        .zip(&group.candidates)
        .enumerate()
        .filter(|(i, (s, _))| Some(*i) != group.best && *s >= 0.005)
        .map(|x| x.1)
        .collect();
    others.sort_by(|a, b| b.0.total_cmp(&a.0));
    Place {
        span,
        name: name_of(c, tables, gazetteer),
        id: id_of(c),
        lat: Some(c.lat),
        lon: Some(c.lon),
        kind: Some(kind_of(c, tables)),
        region: region_of(c, tables, gazetteer),
        country: country(c.country),
        alternatives: others
            .into_iter()
            .filter_map(|(score, c)| {
                Some(PlaceAlternative {
                    id: id_of(c)?,
                    name: name_of(c, tables, gazetteer),
                    score: (score * 1000.0).round() / 1000.0,
                })
            })
            .take(ALTERNATIVES)
            .collect(),
    }
}

/// A name that neither the tables nor the gazetteer have: it is near the place that is named nearest.
fn unlisted(
    span: Span<Text>,
    words: &str,
    m: &Mention,
    near: Option<Candidate>,
    tables: &Tables,
    gazetteer: Option<&Gazetteer>,
) -> Place {
    // The middle of a country or region is no point for what lies somewhere in it.
    let point = near.filter(|c| !matches!(c.kind, Kind::Country | Kind::Area | Kind::Region));
    Place {
        span,
        name: words.to_owned(),
        id: None,
        lat: point.map(|c| c.lat),
        lon: point.map(|c| c.lon),
        kind: Some(
            match m.label {
                Some(EntityType::Fac) => "facility",
                Some(EntityType::Gpe) => "populated",
                _ => "location",
            }
            .to_owned(),
        ),
        region: near.and_then(|c| region_of(&c, tables, gazetteer)),
        country: near.and_then(|c| country(c.country)),
        alternatives: Vec::new(),
    }
}
