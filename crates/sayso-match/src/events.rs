//! Deaths by event: who was killed where and when, on which side, in the shape of published event data.
//!
//! An event is a place and a stretch of days. Its dead are civilians, fighters of one side or the other, or of unknown
//! standing; the four add up to the best figure, as UCDP's codebook wants it (GED codebook 23.1, p. 11). Where several
//! claims count the same dead, the latest counts as best (the report's own tally before others of that day), the least
//! as low and the greatest as high; a bound counts for itself. What is denied, planned, foretold or an earlier event's
//! is left out.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sayso_model::{Claim, Decimal, Filler};
use sayso_packs::Packs;

use crate::population::{self, Population};
use crate::questions::{Offer, Where};
use crate::standing::{self, is_told};

/// Low, best and high.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Deaths {
    /// Least.
    pub low: Decimal,
    /// The one taken.
    pub best: Decimal,
    /// Greatest.
    pub high: Decimal,
}

/// The dead of one event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The offers it rests on, by index, in order.
    pub offers: Vec<usize>,
    /// The offer that tells its place.
    pub place: Option<usize>,
    /// First and last day, where a claim dates it.
    pub days: Option<(Date, Date)>,
    /// Last day as of which its figures count.
    pub as_of: Option<Date>,
    /// Who killed, as the claims name them; empty where none does.
    pub side_a: String,
    /// Whose dead they are: the other side, or `Civilians`.
    pub side_b: String,
    /// Fighters of `side_a`.
    pub deaths_a: Decimal,
    /// Fighters of `side_b`.
    pub deaths_b: Decimal,
    /// Civilians.
    pub deaths_civilians: Decimal,
    /// Dead of unknown standing.
    pub deaths_unknown: Decimal,
    /// All of them.
    pub deaths: Deaths,
}

/// What the dead of a claim were.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    /// Of no standing that the words tell: perhaps all of the event's dead.
    Unknown,
    Civilian,
    /// Fighters, and of whom.
    Fighter(String),
}

/// An event in the making: its offers, the document of the last of them, where and when.
struct Found<'a> {
    members: Vec<usize>,
    document: usize,
    place: Option<Where<'a>>,
    days: Option<(Date, Date)>,
}

/// Events of killing among these claims, in order of their first claim.
pub fn events(offers: &[Offer<'_>], packs: &Packs) -> Vec<Event> {
    let killed = |c: &Claim| c.frame == "killed" || packs.frame_is_a(&c.frame, "killed");
    let counts = |c: &Claim| {
        let figure = c.figure.as_ref();
        killed(c)
            && is_told(c)
            && !c.historic
            && figure.is_some_and(|f| f.change.is_none() && f.value().is_some())
    };
    let mut out: Vec<Found<'_>> = Vec::new();
    for (i, offer) in offers.iter().enumerate().filter(|(_, o)| counts(o.claim)) {
        let place = Where::of(offer);
        let days = offer.claim.event_time.as_ref().and_then(|w| w.interval);
        // Neither place nor day may tell them apart, and something must tie them: one of the two, or one report.
        let meets = |e: &&mut Found<'_>| {
            let places = e.place.zip(place).map(|(a, b)| a.meets(b));
            let times = e.days.zip(days).map(|(a, b)| a.0 <= b.1 && b.0 <= a.1);
            let tied = places == Some(true) || times == Some(true) || e.document == offer.document;
            tied && places != Some(false) && times != Some(false)
        };
        match out.iter_mut().rev().find(meets) {
            Some(event) => {
                event.members.push(i);
                event.document = offer.document;
                event.place = match (event.place, place) {
                    (Some(a), Some(b)) if b.is_narrower_than(a) => Some(b),
                    (a, b) => a.or(b),
                };
                event.days = match (event.days, days) {
                    (Some(a), Some(b)) => Some((a.0.max(b.0), a.1.min(b.1))),
                    (a, b) => a.or(b),
                };
            }
            None => out.push(Found {
                members: vec![i],
                document: offer.document,
                place,
                days,
            }),
        }
    }
    out.into_iter()
        .filter_map(|found| event(offers, found, packs))
        .collect()
}

fn event(offers: &[Offer<'_>], found: Found<'_>, packs: &Packs) -> Option<Event> {
    let Found {
        members,
        place,
        days,
        ..
    } = found;
    let claims: Vec<&Claim> = members
        .iter()
        .filter_map(|i| offers.get(*i).map(|o| o.claim))
        .collect();
    let mut side_a = claims
        .iter()
        .find_map(|c| c.role("perpetrator"))
        .map(name)
        .unwrap_or_default();
    let mut by: BTreeMap<Standing, Vec<&Claim>> = BTreeMap::new();
    for claim in &claims {
        by.entry(standing_of(claim, packs)).or_default().push(claim);
    }
    // Fighters whose side is not said are of the one side that is.
    let mut sides = by
        .keys()
        .filter(|s| matches!(s, Standing::Fighter(side) if !side.is_empty()));
    if let (Some(one), None) = (sides.next().cloned(), sides.next())
        && let Some(more) = by.remove(&Standing::Fighter(String::new()))
    {
        by.entry(one).or_default().extend(more);
    }
    let tally: BTreeMap<&Standing, Deaths> = by.iter().map(|(s, list)| (s, deaths(list))).collect();
    let side = |of: &str| {
        tally
            .iter()
            .find(|(s, _)| matches!(s, Standing::Fighter(side) if side == of))
            .map_or(Deaths::default(), |t| *t.1)
    };
    // Sides in order of their dead; a side that kills is the first.
    let mut sides: Vec<(&str, Decimal)> = tally
        .iter()
        .filter_map(|(s, d)| match s {
            Standing::Fighter(side) => Some((side.as_str(), d.best)),
            _ => None,
        })
        .collect();
    sides.sort_by_key(|s| std::cmp::Reverse(s.1));
    let same = |a: &str, b: &str| a == b || population::same_names(a, b, packs);
    let killer = sides
        .iter()
        .position(|s| !side_a.is_empty() && same(s.0, &side_a));
    let first = killer.map(|k| sides.remove(k).0.to_owned());
    let second = sides.first().map(|s| s.0.to_owned());
    let (a, b) = (
        first.as_deref().map_or(Deaths::default(), side),
        second.as_deref().map_or(Deaths::default(), side),
    );
    // A third side has no column: its dead are told with the unknown.
    let others: Vec<Deaths> = sides.iter().skip(1).map(|s| side(s.0)).collect();
    let civilians = tally.get(&Standing::Civilian).copied().unwrap_or_default();
    let side_b = match second {
        Some(side) => side,
        None if civilians.best > Decimal::ZERO && first.is_none() => "Civilians".to_owned(),
        None => String::new(),
    };
    if side_a.is_empty() {
        side_a = first.unwrap_or_default();
    }
    let told = [a, b, civilians].into_iter().chain(others.iter().copied());
    let sum = told.fold(Deaths::default(), |x, y| Deaths {
        low: x.low.saturating_add(y.low),
        best: x.best.saturating_add(y.best),
        high: x.high.saturating_add(y.high),
    });
    // A figure of no standing is the whole, where it holds the parts; else its dead are other dead of the event's.
    let whole = tally.get(&Standing::Unknown).copied();
    let all = match whole {
        Some(w) if w.best >= sum.best => Deaths {
            low: w.low.max(sum.low).min(w.best),
            best: w.best,
            high: w.high.max(sum.high),
        },
        _ => sum,
    };
    if all.high < Decimal::ONE {
        return None;
    }
    Some(Event {
        place: place.and_then(|w| {
            members.iter().copied().find(|i| {
                offers
                    .get(*i)
                    .and_then(Where::of)
                    .is_some_and(|p| p.words == w.words)
            })
        }),
        days,
        as_of: claims.iter().filter_map(|c| standing::day(c).1).max(),
        side_a,
        side_b,
        deaths_a: a.best,
        deaths_b: b.best,
        deaths_civilians: civilians.best,
        deaths_unknown: all.best - a.best - b.best - civilians.best,
        deaths: all,
        offers: members,
    })
}

/// What several claims of the same dead come to.
fn deaths(claims: &[&Claim]) -> Deaths {
    let figures = claims.iter().filter_map(|c| Some((c, c.figure.as_ref()?)));
    let values: Vec<(&&Claim, Decimal, Decimal, Decimal)> = figures
        .filter_map(|(c, f)| {
            let v = f.value()?;
            Some((c, f.low.unwrap_or(v), v, f.high.unwrap_or(v)))
        })
        .collect();
    // The day first, then the report's own tally, then the greatest.
    let best = values
        .iter()
        .max_by_key(|(c, _, v, _)| (standing::day(c).1, c.main, *v));
    Deaths {
        low: values.iter().map(|v| v.1).min().unwrap_or_default(),
        best: best.map(|v| v.2).unwrap_or_default(),
        high: values.iter().map(|v| v.3).max().unwrap_or_default(),
    }
}

/// Whether the dead were civilians or fighters, by the role or the words of the pack `conflict`.
fn standing_of(claim: &Claim, packs: &Packs) -> Standing {
    let told = claim.role("civilian").map(|f| f.phrase.text.to_lowercase());
    let heads = || {
        let counted = claim.figure.as_ref().and_then(|f| f.thing.as_ref());
        let victims = claim
            .roles
            .get("victim")
            .into_iter()
            .flatten()
            .map(|f| &f.phrase);
        counted.into_iter().chain(victims)
    };
    let listed = |list: &str| {
        heads().any(|p| {
            packs.in_list(list, &p.head)
                || population::words(&p.text)
                    .iter()
                    .any(|w| packs.in_list(list, w))
        })
    };
    let civilian = match told.as_deref() {
        Some("yes") => true,
        Some("no") => false,
        _ => listed("civilians"),
    };
    if civilian {
        return Standing::Civilian;
    }
    if told.as_deref() != Some("no") && !listed("fighters") {
        return Standing::Unknown;
    }
    let side = claim
        .role("side")
        .or_else(|| claim.role("population"))
        .map(name);
    let names = || {
        Population::of(claim, packs)
            .names
            .into_iter()
            .collect::<Vec<_>>()
            .join(", ")
    };
    Standing::Fighter(side.unwrap_or_else(names))
}

fn name(filler: &Filler) -> String {
    let name = filler.entity.as_deref().unwrap_or(&filler.phrase.text);
    let name = name.split('|').next().unwrap_or(name);
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{MEN, claim};

    fn found(claims: &[Claim]) -> Vec<Event> {
        let offers: Vec<Offer<'_>> = claims
            .iter()
            .enumerate()
            .map(|(document, claim)| Offer {
                document,
                outlet: None,
                claim,
                place: None,
            })
            .collect();
        events(&offers, Packs::builtin())
    }

    const SOLDIERS: (&str, &str) = ("soldiers", "soldier");
    const PEOPLE: (&str, &str) = ("people", "people");

    /// As `claim`, at a place and on the day itself.
    fn at(place: &str, n: u32, figure: i64, what: (&str, &str), day: &str) -> Claim {
        let mut c = claim(n, "killed", figure, what, "Board", day);
        c.event_time.clone_from(&c.as_of);
        c.place = Some(sayso_model::PlaceRef {
            text: place.into(),
            id: None,
            span: sayso_model::Span::new(20, 24),
        });
        c
    }

    #[test]
    fn deaths_by_side_add_up_to_the_best_figure() {
        let day = "2031-05-01";
        let e = found(&[
            at("Lorn", 1, 20, PEOPLE, day),
            at("Lorn", 2, 7, MEN, day),
            at("Lorn", 3, 9, SOLDIERS, day),
        ]);
        assert_eq!(e.len(), 1);
        let n = |d: i64| Decimal::from(d);
        assert_eq!(
            (
                e[0].deaths_b,
                e[0].deaths_civilians,
                e[0].deaths_unknown,
                e[0].deaths.best
            ),
            (n(9), n(7), n(4), n(20))
        );
    }

    #[test]
    fn the_latest_is_best_the_least_low_and_the_greatest_high() {
        let mut claims = [
            at("Lorn", 1, 12, MEN, "2031-05-01"),
            at("Lorn", 2, 19, MEN, "2031-05-01"),
            at("Lorn", 3, 15, MEN, "2031-05-01"),
        ];
        let later = claim(9, "killed", 1, MEN, "Board", "2031-05-03").as_of;
        claims[2].as_of = later;
        let e = found(&claims);
        let n = |d: i64| Decimal::from(d);
        let deaths = Deaths {
            low: n(12),
            best: n(15),
            high: n(19),
        };
        assert_eq!((e.len(), e[0].deaths), (1, deaths));
        assert_eq!(e[0].side_b, "Civilians");
    }

    #[test]
    fn another_place_or_day_is_another_event_and_nothing_ties_strangers() {
        let apart = [
            at("Lorn", 1, 12, MEN, "2031-05-01"),
            at("Brack", 2, 12, MEN, "2031-05-01"),
            at("Lorn", 3, 12, MEN, "2031-05-09"),
            claim(4, "killed", 3, MEN, "Board", "2031-05-01"),
        ];
        assert_eq!(found(&apart).len(), 4);
        let mut denied = [claim(1, "killed", 3, MEN, "Board", "2031-05-01")];
        denied[0].polarity = sayso_model::Polarity::Denied;
        assert!(found(&denied).is_empty());
    }
}
