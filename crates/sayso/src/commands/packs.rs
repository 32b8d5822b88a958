//! `sayso packs check|list`, and the packs in force for every command.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow, bail};
use sayso_packs::Packs;

use crate::cli::{self, Global, PacksAction};

/// The largest pack file that is read, in bytes.
const LARGEST: u64 = 64 << 20;

/// The built-in packs with those that `--pack` names merged over them.
pub fn in_force(global: &Global) -> Result<&'static Packs> {
    if global.pack.is_empty() {
        return Ok(Packs::builtin());
    }
    let packs = merged(global)?.map_err(|problems| match problems.as_slice() {
        [one] => anyhow!("{one}"),
        [first, rest @ ..] => anyhow!(
            "{first} (and {} more: `sayso packs check` lists them)",
            rest.len()
        ),
        [] => anyhow!("a pack named by --pack is not sound"),
    })?;
    // One set of packs a run; it lives as long as the program.
    Ok(Box::leak(Box::new(packs)))
}

fn merged(global: &Global) -> Result<std::result::Result<Packs, Vec<String>>> {
    let mut files = Vec::new();
    for folder in &global.pack {
        toml_files(folder, &mut files)?;
    }
    Ok(Packs::with_folders(&files).map_err(|e| e.iter().map(ToString::to_string).collect()))
}

/// The TOML files of a pack's folder, in order of their names: pack, file, text.
fn toml_files(folder: &Path, out: &mut Vec<(String, String, String)>) -> Result<()> {
    let name = folder.display();
    let pack = folder
        .file_name()
        .map_or_else(|| name.to_string(), |n| n.to_string_lossy().into_owned());
    let mut paths: Vec<_> = fs::read_dir(folder)
        .with_context(|| format!("cannot read the pack {name}"))?
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.extension().is_some_and(|e| e == "toml"))
        .collect();
    paths.sort();
    if paths.is_empty() {
        bail!("{name}: the folder holds no pack (no .toml file)");
    }
    for path in paths {
        let size = fs::metadata(&path).map(|m| m.len()).unwrap_or(0);
        if size > LARGEST {
            bail!(
                "{}: more than the {} MB that a pack's file may have",
                path.display(),
                LARGEST >> 20
            );
        }
        let text =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        out.push((pack.clone(), path.display().to_string(), text));
    }
    Ok(())
}

pub fn run(global: &Global, args: &cli::Packs) -> Result<ExitCode> {
    let mut out = anstream::stdout().lock();
    match args.action {
        PacksAction::Check => {
            let problems = match merged(global)? {
                Ok(packs) => packs.validate(),
                Err(problems) => problems,
            };
            for problem in &problems {
                writeln!(out, "{problem}")?;
            }
            Ok(if problems.is_empty() {
                ExitCode::SUCCESS
            } else {
                ExitCode::from(1)
            })
        }
        PacksAction::List => {
            let packs = in_force(global)?;
            for (name, entries, verified) in packs.list() {
                writeln!(
                    out,
                    "{name:<24} {entries:>6} entries, {verified:>6} verified"
                )?;
            }
            writeln!(out, "hash {}", hex(&packs.pack_hash()))?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
