//! What the schema alone cannot see: duplicate ids, missing sources, roles nobody declared, terms that overlap.

use std::collections::{HashMap, HashSet};

use crate::schema::{Entries, Status};

/// Places a role may be looked for that are no prepositions.
const LOGICAL: &[&str] = &[
    "subject",
    "object",
    "dative",
    "itself",
    "possessor",
    "compound",
    "value",
    "clause",
];

/// Days by which two terms may overlap: oath, appointment and handover differ by source.
const HANDOVER_DAYS: i64 = 31;

/// All that is wrong with the entries, one sentence each, naming section, entry and field.
pub fn problems(entries: &Entries) -> Vec<String> {
    let mut out = duplicates(entries);
    entries.each(|section, id, source, _, pack| {
        if id.is_empty() {
            out.push(format!("{pack}: a {section} has an empty id"));
        }
        if source.iter().all(|s| s.trim().is_empty()) {
            out.push(format!("{pack}: {section} `{id}` has no source"));
        }
    });
    frames(entries, &mut out);
    closed_words(entries, &mut out);
    terms(entries, &mut out);
    instruments(entries, &mut out);
    out
}

/// Ids that stand twice in their section.
pub fn duplicates(entries: &Entries) -> Vec<String> {
    let mut out = Vec::new();
    let mut seen = HashSet::new();
    entries.each(|section, id, _, _, pack| {
        if !seen.insert((section, id.to_owned())) {
            out.push(format!("{pack}: {section} `{id}` is there twice"));
        }
    });
    out
}

fn frames(entries: &Entries, out: &mut Vec<String>) {
    let roles: HashSet<&str> = entries.roles.iter().map(|r| r.id.as_str()).collect();
    let lists: HashSet<&str> = entries.word_lists.iter().map(|w| w.id.as_str()).collect();
    let names: HashSet<&str> = entries.frames.iter().map(|f| f.frame_name()).collect();
    for f in &entries.frames {
        let at = format!("{}: frame `{}`", f.pack, f.id);
        for (role, places) in &f.places {
            if !roles.contains(role.as_str()) {
                out.push(format!(
                    "{at}: `places` names the role `{role}`, which no [[role]] declares"
                ));
            }
            for p in places {
                let word = p.bytes().all(|b| b.is_ascii_lowercase() || b == b' ');
                if !LOGICAL.contains(&p.as_str()) && !word {
                    out.push(format!(
                        "{at}: `places.{role}`: `{p}` is neither an argument nor a preposition"
                    ));
                }
            }
        }
        for role in &f.counted {
            if !roles.contains(role.as_str()) {
                out.push(format!(
                    "{at}: `counted` names the role `{role}`, which no [[role]] declares"
                ));
            }
        }
        for (role, words) in f.requires.iter().chain(&f.excludes) {
            for list in words.iter().filter_map(|w| w.strip_prefix('@')) {
                if !lists.contains(list) {
                    out.push(format!(
                        "{at}: role `{role}` refers to the word list `{list}`, which does not exist"
                    ));
                }
            }
        }
        for other in f.parents.iter().chain(&f.subsumes) {
            if !names.contains(other.as_str()) {
                out.push(format!(
                    "{at}: `parents` or `subsumes` names the frame `{other}`, which does not exist"
                ));
            }
        }
    }
}

fn closed_words(entries: &Entries, out: &mut Vec<String>) {
    let mut one_of = |at: String, field: &str, value: &str, allowed: &[&str]| {
        if !allowed.contains(&value) {
            out.push(format!(
                "{at}: `{field}` is `{value}`; it can be {}",
                allowed.join(", ")
            ));
        }
    };
    for c in &entries.cues {
        let acts = ["speech", "document", "evidence", "belief", "intention"];
        one_of(format!("{}: cue `{}`", c.pack, c.id), "act", &c.act, &acts);
    }
    for h in &entries.hedges {
        let modes = ["hedged", "conditional", "planned", "forecast", "rumour"];
        one_of(
            format!("{}: hedge `{}`", h.pack, h.id),
            "modality",
            &h.modality,
            &modes,
        );
    }
    for s in &entries.source_kinds {
        let kinds = [
            "official",
            "agency",
            "outlet",
            "analyst",
            "document",
            "person",
            "anonymous",
        ];
        one_of(
            format!("{}: source_kind `{}`", s.pack, s.id),
            "kind",
            &s.kind,
            &kinds,
        );
    }
    for o in &entries.outlets {
        one_of(
            format!("{}: outlet `{}`", o.pack, o.id),
            "kind",
            &o.kind,
            &["agency", "outlet"],
        );
    }
}

/// Days since 1 March 0000 of an ISO date; `None` if it is none.
pub(crate) fn days(iso: &str) -> Option<i64> {
    let mut parts = iso.splitn(3, '-');
    let y: i64 = parts.next()?.parse().ok()?;
    let m: i64 = parts.next()?.parse().ok()?;
    let d: i64 = parts.next()?.parse().ok()?;
    if iso.len() != 10 || !(1..=12).contains(&m) || !(1..=31).contains(&d) {
        return None;
    }
    let (y, m) = if m < 3 { (y - 1, m + 9) } else { (y, m - 3) };
    Some(y * 365 + y.div_euclid(4) - y.div_euclid(100) + y.div_euclid(400) + (m * 306 + 5) / 10 + d)
}

fn terms(entries: &Entries, out: &mut Vec<String>) {
    let offices: HashSet<&str> = entries.offices.iter().map(|o| o.id.as_str()).collect();
    let mut of_office: HashMap<&str, Vec<(i64, i64, &str, &str)>> = HashMap::new();
    for t in &entries.terms {
        let at = format!("{}: term `{}`", t.pack, t.id);
        if !offices.contains(t.office.as_str()) {
            out.push(format!("{at}: the office `{}` does not exist", t.office));
        }
        let mut day = |field: &str, value: &str| -> Option<i64> {
            let d = days(value);
            if d.is_none() && !value.is_empty() {
                out.push(format!(
                    "{at}: `{field}` is `{value}`, not a date YYYY-MM-DD"
                ));
            }
            d
        };
        let (start, end, _) = (
            day("start", &t.start),
            day("end", &t.end),
            day("as_of", &t.as_of),
        );
        match (start, end) {
            (None, _) => {
                if t.start.is_empty() {
                    out.push(format!("{at}: `start` is empty"));
                }
            }
            (Some(s), Some(e)) if e < s => out.push(format!("{at}: it ends before it starts")),
            (Some(s), e) => {
                if t.status == Status::Verified {
                    of_office.entry(&t.office).or_default().push((
                        s,
                        e.unwrap_or(i64::MAX),
                        &t.id,
                        &t.pack,
                    ));
                }
            }
        }
    }
    let mut ids: Vec<_> = of_office.keys().copied().collect();
    ids.sort_unstable();
    for office in ids {
        let list = of_office.entry(office).or_default();
        list.sort_unstable();
        for pair in list.windows(2) {
            if pair[1].0.saturating_add(HANDOVER_DAYS) < pair[0].1 {
                out.push(format!(
                    "{}: the verified terms `{}` and `{}` of the office `{office}` overlap",
                    pair[1].3, pair[0].2, pair[1].2
                ));
            }
        }
    }
}

fn instruments(entries: &Entries, out: &mut Vec<String>) {
    let known: HashSet<&str> = entries.instruments.iter().map(|i| i.id.as_str()).collect();
    let series: HashSet<&str> = entries.series.iter().map(|s| s.id.as_str()).collect();
    let subjects: HashSet<&str> = entries.subjects.iter().map(|s| s.id.as_str()).collect();
    for i in &entries.instruments {
        let at = format!("{}: instrument `{}`", i.pack, i.id);
        if !i.series.is_empty() && !series.contains(i.series.as_str()) {
            out.push(format!("{at}: the series `{}` does not exist", i.series));
        }
        if !subjects.contains(i.subject.as_str()) {
            out.push(format!("{at}: the subject `{}` does not exist", i.subject));
        }
        if days(&i.adopted).is_none() {
            out.push(format!("{at}: `adopted` is `{}`, not a date", i.adopted));
        }
    }
    for p in &entries.provisions {
        if !known.contains(p.instrument.as_str()) {
            out.push(format!(
                "{}: provision `{}`: the instrument `{}` does not exist",
                p.pack, p.id, p.instrument
            ));
        }
    }
    let provisions: HashSet<&str> = entries.provisions.iter().map(|p| p.id.as_str()).collect();
    for c in &entries.conducts {
        for p in c.binding.iter().chain(&c.soft) {
            if !provisions.contains(p.as_str()) {
                out.push(format!(
                    "{}: conduct `{}`: the provision `{p}` does not exist",
                    c.pack, c.id
                ));
            }
        }
    }
    for r in &entries.rolls {
        let at = format!("{}: roll `{}`", r.pack, r.id);
        if !series.contains(r.series.as_str()) {
            out.push(format!("{at}: the series `{}` does not exist", r.series));
        }
        if !subjects.contains(r.subject.as_str()) {
            out.push(format!("{at}: the subject `{}` does not exist", r.subject));
        }
        for (field, value) in [("first", &r.first), ("last", &r.last)] {
            if days(value).is_none() {
                out.push(format!("{at}: `{field}` is `{value}`, not a date"));
            }
        }
    }
}
