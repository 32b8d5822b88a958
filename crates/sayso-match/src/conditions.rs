//! One function a kind of condition: `Some` where it holds, and then a reason in words.

use jiff::civil::Date;
use rust_decimal::Decimal;
use sayso_model::{
    Binding, Claim, Condition, Figure, FigureCondition, Pattern, Phrase, RoleCondition,
};
use sayso_packs::Packs;

use crate::Key;

pub(crate) fn frame(pattern: &Pattern, key: &Key, claim: &Claim, out: &mut Binding) -> Option<()> {
    if pattern.frames.is_empty() {
        return Some(());
    }
    if !key.frames.contains(&claim.frame) {
        return None;
    }
    out.reasons.push(if pattern.frames.contains(&claim.frame) {
        format!("it is about {}", claim.frame)
    } else {
        format!(
            "{} is a kind of {}",
            claim.frame,
            pattern.frames.join(" or ")
        )
    });
    Some(())
}

/// What stands in a slot, whatever the slot.
struct Slot<'a> {
    phrase: &'a Phrase,
    entity: Option<&'a str>,
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '-')
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
}

fn says(slot: &Slot<'_>, list: &[String]) -> Option<String> {
    let present: Vec<String> = words(&slot.phrase.text).collect();
    list.iter()
        .find(|w| {
            slot.phrase.head == **w
                || present.contains(w)
                || (w.contains(' ') && present.join(" ").contains(w.as_str()))
        })
        .cloned()
}

/// Whether a slot meets a condition, with the reason; a hole is bound.
fn slot(
    condition: &Condition,
    name: &str,
    found: Option<&Slot<'_>>,
    packs: &Packs,
    out: &mut Binding,
) -> Option<()> {
    match condition {
        Condition::Any => Some(()),
        Condition::Hole(hole) => {
            let s = found?;
            let value = s.entity.unwrap_or(&s.phrase.text).to_owned();
            out.reasons.push(format!("its {name} is {value}"));
            out.holes.push((hole.clone(), value));
            Some(())
        }
        Condition::Entity(names) => {
            let s = found?;
            let same = |n: &String| {
                s.entity
                    .is_some_and(|e| e.split('|').any(|e| e.eq_ignore_ascii_case(n)))
                    || s.phrase.text.eq_ignore_ascii_case(n)
                    || packs
                        .named_entities(&s.phrase.text.to_lowercase())
                        .any(|e| e.name.eq_ignore_ascii_case(n))
            };
            let n = names.iter().find(|n| same(n))?;
            out.reasons.push(format!("its {name} is {n}"));
            Some(())
        }
        Condition::Words(list) => {
            let word = says(found?, list)?;
            out.reasons
                .push(format!("its {name} says \u{201c}{word}\u{201d}"));
            Some(())
        }
        Condition::Not(list) => {
            // An empty slot says none of them.
            if found.is_some_and(|s| says(s, list).is_some()) {
                return None;
            }
            Some(())
        }
        Condition::All(all) => all
            .iter()
            .try_for_each(|c| slot(c, name, found, packs, out)),
    }
}

pub(crate) fn role(
    wanted: &RoleCondition,
    claim: &Claim,
    packs: &Packs,
    out: &mut Binding,
) -> Option<()> {
    let filled = wanted
        .names
        .iter()
        .find_map(|n| claim.roles.get(n).filter(|f| !f.is_empty()).map(|f| (n, f)));
    let Some((name, fillers)) = filled else {
        let name = wanted.names.first().map_or("role", String::as_str);
        return slot(&wanted.condition, name, None, packs, out);
    };
    // One filler that meets the condition is enough.
    fillers.iter().find_map(|f| {
        let mark = (out.holes.len(), out.reasons.len());
        let s = Slot {
            phrase: &f.phrase,
            entity: f.entity.as_deref(),
        };
        let met = slot(&wanted.condition, name, Some(&s), packs, out);
        if met.is_none() {
            out.holes.truncate(mark.0);
            out.reasons.truncate(mark.1);
        }
        met
    })
}

/// Least and greatest value that a figure admits; `None` is open.
fn interval(f: &Figure) -> Option<(Option<Decimal>, Option<Decimal>)> {
    if f.low.is_none() && f.high.is_none() && f.best.is_none() {
        return None; // "dozens": a policy's to say
    }
    let exact = f.best.filter(|_| f.low.is_none() && f.high.is_none());
    Some((f.low.or(exact), f.high.or(exact)))
}

pub(crate) fn figure(wanted: &FigureCondition, claim: &Claim, out: &mut Binding) -> Option<()> {
    match wanted {
        FigureCondition::Any => Some(()),
        FigureCondition::Hole => {
            let f = claim.figure.as_ref()?;
            out.holes.push(("figure".to_owned(), f.text.clone()));
            out.reasons.push(format!("its figure is {}", f.text));
            Some(())
        }
        FigureCondition::Within { low, high } => {
            let f = claim.figure.as_ref()?;
            let (least, most) = interval(f)?;
            let too_low =
                matches!((most, low), (Some(m), Some(l)) if m < *l || (m == *l && f.high_open));
            let too_high =
                matches!((least, high), (Some(m), Some(h)) if m > *h || (m == *h && f.low_open));
            if too_low || too_high {
                return None;
            }
            out.reasons
                .push(format!("its figure {} is compatible", f.text));
            Some(())
        }
    }
}

pub(crate) fn source(
    wanted: Option<&Condition>,
    claim: &Claim,
    packs: &Packs,
    out: &mut Binding,
) -> Option<()> {
    let Some(condition) = wanted else {
        return Some(());
    };
    let link = claim.origin().map(|l| Slot {
        phrase: &l.source,
        entity: l.entity.as_deref(),
    });
    slot(condition, "source", link.as_ref(), packs, out)
}

pub(crate) fn mode(pattern: &Pattern, claim: &Claim, out: &mut Binding) -> Option<()> {
    if let Some(polarity) = pattern.polarity
        && claim.polarity != polarity
    {
        return None;
    }
    if !pattern.modality.is_empty() {
        if !pattern.modality.contains(&claim.modality) {
            return None;
        }
        out.reasons
            .push(format!("it is {}", claim.modality.as_str()));
    }
    Some(())
}

/// First and last day a claim speaks of: event, else as-of, else published.
fn days(claim: &Claim) -> Option<(Date, Date)> {
    [&claim.event_time, &claim.as_of, &claim.published]
        .into_iter()
        .flatten()
        .find_map(|w| w.interval)
}

pub(crate) fn time(pattern: &Pattern, claim: &Claim, out: &mut Binding) -> Option<()> {
    if pattern.from.is_none() && pattern.until.is_none() {
        return Some(());
    }
    // A claim without a time meets no interval: there is no "today".
    let (first, last) = days(claim)?;
    if pattern.from.is_some_and(|f| last < f) || pattern.until.is_some_and(|u| first > u) {
        return None;
    }
    out.reasons.push(if first == last {
        format!("its day, {first}, is within the time asked for")
    } else {
        format!("its time, {first} to {last}, meets the time asked for")
    });
    Some(())
}
