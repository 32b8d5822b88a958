//! Compiles `packs/**/*.toml` to one blob. A bad entry stops the build with a sentence that names it.

#[path = "src/load.rs"]
mod load;
#[path = "src/schema.rs"]
#[allow(
    missing_docs,
    dead_code,
    reason = "shared with the library, which documents and uses it"
)]
mod schema;
#[path = "src/validate.rs"]
mod validate;

use std::path::{Path, PathBuf};
use std::{env, fs, io, process};

use schema::Entries;

fn files(folder: &Path, out: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files(&path, out)?;
        } else if path.extension().is_some_and(|e| e == "toml") {
            out.push(path);
        }
    }
    Ok(())
}

#[allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a build script speaks to cargo"
)]
fn main() -> io::Result<()> {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").unwrap_or_default()).join("../../packs");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut paths = Vec::new();
    files(&root, &mut paths)?;
    paths.sort();
    let mut entries = Entries::default();
    let mut troubles = Vec::new();
    for path in &paths {
        let inner = path.strip_prefix(&root).unwrap_or(path);
        let pack = inner
            .parent()
            .unwrap_or(inner)
            .to_string_lossy()
            .replace('\\', "/");
        let name = format!("packs/{}", inner.display());
        let found = load::read(&pack, &name, &fs::read_to_string(path)?, &mut entries);
        troubles.extend(found.into_iter().map(|e| e.to_string()));
    }
    entries.sort();
    troubles.extend(validate::problems(&entries));
    if !troubles.is_empty() {
        for t in &troubles {
            println!("cargo::error={t}");
        }
        process::exit(1);
    }
    let hash = load::hash(&entries);
    let blob = postcard::to_allocvec(&(hash, &entries)).map_err(io::Error::other)?;
    fs::write(
        Path::new(&env::var("OUT_DIR").unwrap_or_default()).join("packs.bin"),
        blob,
    )
}
