//! What the page holds.

use std::collections::BTreeSet;

use sayso_model::Dossier;
use sayso_publish::{File, publish};

use crate::sample;

fn file(files: &[File], name: &str) -> String {
    let file = files.iter().find(|f| f.name == name).unwrap();
    String::from_utf8(file.bytes.clone()).unwrap()
}

#[test]
fn write_it_out() {
    let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("dossier");
    std::fs::create_dir_all(&folder).unwrap();
    for f in publish(&sample::dossier()) {
        std::fs::write(folder.join(f.name), f.bytes).unwrap();
    }
}
