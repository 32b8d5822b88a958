//! Choosing among candidates: fame first, then what the document says: "City, State", the countries and regions of the
//! other names, how near they lie. One sense a name and document.
//!
//! The choice is made in rounds. In each, every name's candidates are weighed against the best candidates of the other
//! names from the round before. The cost is bounded: names beyond the most frequent ones are weighed but weigh nothing.

use std::collections::HashMap;

use super::candidates::{Candidate, Kind, distance};

/// A name of the document with all places it may mean.
#[derive(Debug, Default)]
pub(super) struct Group {
    pub candidates: Vec<Candidate>,
    /// How often it stands in the text.
    pub count: u32,
    /// Other names that are said to hold it: "City, State".
    pub holders: Vec<usize>,
    /// Scores of the candidates, in step with them.
    pub scores: Vec<f64>,
    /// Index of the best one.
    pub best: Option<usize>,
}

/// How much each thing counts, in tenfolds of people. Chosen on the development halves, with every set left out once.
#[derive(Clone, Copy, Debug)]
struct Weights {
    /// The name beside it holds it.
    holder: f64,
    /// Share of the other names in its country.
    country: f64,
    /// Share of the other names in its first-level region.
    region: f64,
    /// Nearness to the other names.
    near: f64,
    /// How far nearness reaches, in kilometres.
    scale: f64,
    /// Other names that may mean the same county or a place in it.
    county: f64,
}

const WEIGHTS: Weights = Weights {
    holder: 6.0,
    country: 1.5,
    region: 3.0,
    near: 1.5,
    scale: 60.0,
    county: 2.0,
};

const ROUNDS: usize = 3;
/// Names that weigh in the choice of others.
const ANCHORS: usize = 48;

struct Anchor {
    group: usize,
    place: Candidate,
    weight: f64,
}

/// Chooses for all names.
pub(super) fn resolve(groups: &mut [Group]) {
    let w = WEIGHTS;
    for g in groups.iter_mut() {
        g.scores = g.candidates.iter().map(|c| c.prior).collect();
        pick(g);
    }
    for _ in 0..ROUNDS {
        let anchors = anchors(groups);
        let counties = counties(groups);
        let held: Vec<Vec<f64>> = groups
            .iter()
            .map(|g| holder_bonus(g, groups, w.holder))
            .collect();
        for (i, g) in groups.iter_mut().enumerate() {
            if g.candidates.is_empty() {
                continue;
            }
            g.scores = g
                .candidates
                .iter()
                .zip(&held[i])
                .map(|(c, held)| {
                    c.prior + held + support(c, i, &anchors, &w) + w.county * counties.beside(c, i)
                })
                .collect();
            pick(g);
        }
    }
}

/// How strongly each county is spoken of: by each name, the likelihood of its best candidate there.
#[derive(Debug, Default)]
struct Counties {
    by_name: HashMap<(usize, u32), f64>,
    sum: HashMap<u32, f64>,
}

/// The county that a candidate is or lies in; 0 for none.
fn county(c: &Candidate) -> u32 {
    match c.kind {
        Kind::County | Kind::District => c.geonames,
        Kind::City if c.within[0] != c.region => c.within[0],
        _ => 0,
    }
}

fn counties(groups: &[Group]) -> Counties {
    let mut out = Counties::default();
    for (i, g) in groups.iter().enumerate() {
        let top = g.scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        for (c, s) in g.candidates.iter().zip(&g.scores) {
            let of = county(c);
            if of == 0 {
                continue;
            }
            let likely = (s - top).exp();
            let best = out.by_name.entry((i, of)).or_insert(0.0);
            if likely > *best {
                *out.sum.entry(of).or_insert(0.0) += likely - *best;
                *best = likely;
            }
        }
    }
    out
}

impl Counties {
    /// How strongly the other names speak of a candidate's county, between 0 and 1.
    fn beside(&self, c: &Candidate, own: usize) -> f64 {
        let of = county(c);
        if of == 0 {
            return 0.0;
        }
        let sum = self.sum.get(&of).copied().unwrap_or(0.0);
        let own = self.by_name.get(&(own, of)).copied().unwrap_or(0.0);
        1.0 - (-2.0 * (sum - own).max(0.0)).exp()
    }
}

fn pick(g: &mut Group) {
    g.best = (0..g.scores.len()).reduce(|a, b| if g.scores[b] > g.scores[a] { b } else { a });
}

/// What each candidate gains from names that are said to hold it.
fn holder_bonus(g: &Group, groups: &[Group], most: f64) -> Vec<f64> {
    let total = g.holders.len().max(1) as f64;
    g.candidates
        .iter()
        .map(|c| {
            let mut sum = 0.0;
            for &h in g.holders.iter().take(8) {
                let Some(holder) = groups.get(h) else {
                    continue;
                };
                let top = holder.best.and_then(|b| holder.scores.get(b)).copied();
                for (d, s) in holder.candidates.iter().zip(&holder.scores) {
                    if c.lies_in(d) {
                        // A holder that is itself unlikely says less.
                        let doubt = top.map_or(0.0, |t| (t - s).max(0.0));
                        sum += most / (1.0 + doubt);
                        break;
                    }
                }
            }
            sum.min(most * total) / total
        })
        .collect()
}

fn anchors(groups: &[Group]) -> Vec<Anchor> {
    let mut out: Vec<Anchor> = groups
        .iter()
        .enumerate()
        .filter_map(|(group, g)| {
            let place = *g.candidates.get(g.best?)?;
            Some(Anchor {
                group,
                place,
                weight: f64::from(g.count).sqrt(),
            })
        })
        .collect();
    out.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    out.truncate(ANCHORS);
    out
}

fn support(c: &Candidate, own: usize, anchors: &[Anchor], w: &Weights) -> f64 {
    let (mut total, mut country, mut region, mut near) = (0.0, 0.0, 0.0, 0.0);
    let (mut located, mut regional) = (0.0, 0.0);
    for a in anchors.iter().filter(|a| a.group != own) {
        total += a.weight;
        if a.place.country == c.country && c.country != [0; 2] {
            country += a.weight;
        }
        if a.place.region != 0 {
            regional += a.weight;
            if a.place.region == c.region {
                region += a.weight;
            }
        }
        if matches!(
            a.place.kind,
            Kind::City | Kind::County | Kind::Airport | Kind::District
        ) {
            located += a.weight;
            // Four degrees of latitude are further than nearness reaches; most pairs end here.
            if (c.lat - a.place.lat).abs() < 4.0 {
                near += a.weight * (-distance(c, &a.place) / w.scale).exp();
            }
        }
    }
    if total == 0.0 {
        return 0.0;
    }
    let share = |part: f64, whole: f64| {
        if whole > 0.0 {
            part / (whole + 1.0)
        } else {
            0.0
        }
    };
    w.country * share(country, total)
        + w.region * share(region, regional)
        + w.near * (near / (1.0 + 0.3 * located)).min(1.0)
}

/// The most likely centre of the document: its best-supported town or county, by number of names near it.
pub(super) fn focus(groups: &[Group]) -> Option<Candidate> {
    let anchors = anchors(groups);
    let local: Vec<&Anchor> = anchors
        .iter()
        .filter(|a| !a.place.people && !matches!(a.place.kind, Kind::Country | Kind::Area))
        .collect();
    let near = |a: &Anchor| -> f64 {
        local
            .iter()
            .map(|b| b.weight * (-distance(&a.place, &b.place) / 100.0).exp())
            .sum()
    };
    local
        .iter()
        .map(|a| (near(a), a))
        .reduce(|a, b| if b.0 > a.0 { b } else { a })
        .map(|(_, a)| a.place)
        .or_else(|| anchors.first().map(|a| a.place))
}

/// Scores as shares of one, for the answer.
pub(super) fn shares(g: &Group) -> Vec<f64> {
    let top = g.scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let all: Vec<f64> = g.scores.iter().map(|s| ((s - top) * 1.5).exp()).collect();
    let sum: f64 = all.iter().sum();
    all.iter().map(|x| x / sum.max(f64::MIN_POSITIVE)).collect()
}
