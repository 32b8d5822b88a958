//! What a name may mean: places of the tables and of the gazetteer, each with how well known it is.

use super::gazetteer::{Gazetteer, RecordKind};
use super::tables::{Form, Tables};

/// Of what kind a candidate is, as far as choosing cares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Country,
    Region,
    County,
    District,
    City,
    Airport,
    /// A part of the world, sea, river, island, point of the tables.
    Area,
}

/// Where a candidate comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Table(u32),
    Record(u32),
}

/// A place that a name may mean.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub what: What,
    pub kind: Kind,
    pub lat: f64,
    pub lon: f64,
    /// How well known it is: the logarithm of a town's people, and on that scale for other places.
    pub prior: f64,
    pub country: [u8; 2],
    pub geonames: u32,
    /// Numbers of the regions that hold it, the nearest first; 0 for none.
    pub within: [u32; 2],
    /// The first-level region that holds it (or that it is); 0 for none.
    pub region: u32,
    /// How far it reaches from its point, in kilometres.
    pub reach: f64,
    /// Whether the name was that of its people.
    pub people: bool,
}

impl Candidate {
    /// Whether `self` lies in `outer`.
    pub fn lies_in(&self, outer: &Candidate) -> bool {
        if self.what == outer.what {
            return false;
        }
        match outer.kind {
            Kind::Country => {
                outer.country != [0; 2]
                    && self.country == outer.country
                    && self.kind != Kind::Country
            }
            Kind::Region | Kind::County | Kind::District => {
                outer.geonames != 0
                    && (self.within.contains(&outer.geonames)
                        || (self.region == outer.geonames && self.geonames != outer.geonames))
                    || outer.kind == Kind::Region
                        && self.kind == Kind::Area
                        && distance(self, outer) < outer.reach
            }
            Kind::Area => distance(self, outer) < outer.reach && self.kind != Kind::Country,
            _ => false,
        }
    }
}

/// What it costs a candidate that the name is another than its own: a small town's own name goes before a city's name in
/// another language.
const ALIAS_COSTS: f64 = 2.0;

/// Kilometres between two points on the sphere.
pub(super) fn distance(a: &Candidate, b: &Candidate) -> f64 {
    let (la, lb) = (a.lat.to_radians(), b.lat.to_radians());
    let h = ((lb - la) / 2.0).sin().powi(2)
        + la.cos() * lb.cos() * ((b.lon - a.lon).to_radians() / 2.0).sin().powi(2);
    2.0 * 6371.0088 * h.sqrt().min(1.0).asin()
}

/// What is asked of a name beside its words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Wanted {
    /// A word for a region stands beside it: "Kursk region".
    pub region: bool,
}

/// A candidate of the tables.
pub(super) fn of_table(tables: &Tables, at: u32, form: Form) -> Option<Candidate> {
    let p = tables.places.get(at as usize)?;
    let kind = match p.kind.as_str() {
        "country" => Kind::Country,
        "region" => Kind::Region,
        "city" => Kind::City,
        _ => Kind::Area,
    };
    Some(Candidate {
        what: What::Table(at),
        kind,
        lat: p.lat,
        lon: p.lon,
        prior: p.weight,
        country: p.country,
        geonames: p.geonames,
        within: [0; 2],
        region: if kind == Kind::Region { p.geonames } else { 0 },
        reach: p.reach,
        people: form == Form::People,
    })
}

/// A candidate of the gazetteer.
pub(super) fn of_record(gazetteer: &Gazetteer, at: u32, alias: bool) -> Option<Candidate> {
    let r = gazetteer.record(at)?;
    let (kind, prior, reach) = match r.kind {
        RecordKind::City => (Kind::City, r.people, 15.0),
        RecordKind::Region => (Kind::Region, (r.people - 0.6).max(3.5), 200.0),
        RecordKind::County => (Kind::County, (r.people - 1.6).max(2.0), 50.0),
        RecordKind::District => (Kind::District, (r.people - 1.8).max(2.0), 50.0),
        RecordKind::Airport => (Kind::Airport, r.people, 5.0),
    };
    let mut within = [0; 2];
    let mut region = if kind == Kind::Region { r.geonames } else { 0 };
    let mut parent = r.parent;
    for slot in &mut within {
        let Some(p) = parent.and_then(|p| gazetteer.record(p)) else {
            break;
        };
        *slot = p.geonames;
        if p.kind == RecordKind::Region {
            region = p.geonames;
        }
        parent = p.parent;
    }
    Some(Candidate {
        what: What::Record(at),
        kind,
        lat: r.lat,
        lon: r.lon,
        prior: if alias { prior - ALIAS_COSTS } else { prior },
        country: r.country,
        geonames: r.geonames,
        within,
        region,
        reach,
        people: false,
    })
}

/// All that a folded name may mean, with the form of the tables' names; what the tables have is not said twice.
pub(super) fn candidates(
    tables: &Tables,
    gazetteer: Option<&Gazetteer>,
    key: &str,
    form: impl Fn(Form) -> bool,
    wanted: Wanted,
) -> Vec<Candidate> {
    let mut out: Vec<Candidate> = tables
        .get(key)
        .iter()
        .filter(|(_, f)| form(*f))
        .filter_map(|&(at, f)| of_table(tables, at, f))
        .collect();
    if let Some(g) = gazetteer
        && let Some(value) = g.get(key)
    {
        for (at, alias) in g.postings(value) {
            let Some(c) = of_record(g, at, alias) else {
                continue;
            };
            let known = c.geonames != 0 && out.iter().any(|o| o.geonames == c.geonames);
            if !known {
                out.push(c);
            }
        }
    }
    if wanted.region {
        let regions = |c: &Candidate| {
            matches!(
                c.kind,
                Kind::Region | Kind::County | Kind::District | Kind::Area
            )
        };
        if out.iter().any(regions) {
            out.retain(regions);
            for c in &mut out {
                // "X County" is one as often as "X Province": the word says which is meant, not the fame.
                c.prior = c.prior.max(4.0);
            }
        }
    }
    out
}
