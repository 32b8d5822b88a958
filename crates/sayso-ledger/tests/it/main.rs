//! The ledger as its users meet it.

mod files;
mod killed;
mod laws;
mod sample;

use std::path::PathBuf;

/// An empty folder of its own for one test, under the build's own scratch folder.
fn folder(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
        .join(format!("ledger-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).unwrap();
    path
}
