//! ARCHITECTURE.md held against `cargo metadata` and the sources.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The rooms, lowest first, as ARCHITECTURE.md lists them.
fn rooms_in_order(map: &str) -> Vec<String> {
    map.lines()
        .filter_map(|l| l.strip_prefix("**`"))
        .filter_map(|l| l.split_once("`**: "))
        .map(|(name, _)| name.to_owned())
        .collect()
}

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Room to the rooms that it imports (build and ordinary dependencies, not those of tests).
fn imports() -> BTreeMap<String, Vec<String>> {
    let out = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version",
            "1",
            "--no-deps",
            "--offline",
        ])
        .current_dir(root())
        .output()
        .expect("cargo metadata runs");
    let meta: serde_json::Value =
        serde_json::from_slice(&out.stdout).expect("cargo metadata is JSON");
    let packages = meta["packages"].as_array().expect("packages");
    packages
        .iter()
        .map(|p| {
            let deps = p["dependencies"].as_array().expect("dependencies").iter();
            let rooms = deps
                .filter(|d| d["kind"] != "dev")
                .filter_map(|d| d["name"].as_str())
                .filter(|n| n.starts_with("sayso"))
                .map(str::to_owned);
            (
                p["name"].as_str().expect("name").to_owned(),
                rooms.collect(),
            )
        })
        .collect()
}

#[test]
fn every_room_is_on_the_map_and_imports_run_downwards_only() {
    let map = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let order = rooms_in_order(&map);
    let height = |name: &str| order.iter().position(|r| r == name);
    for (room, below) in imports() {
        let Some(own) = height(&room) else {
            panic!("{room} is not on the map: give it a paragraph in ARCHITECTURE.md");
        };
        for other in below {
            let theirs = height(&other).unwrap_or_else(|| panic!("{other} is not on the map"));
            assert!(
                theirs < own,
                "{room} imports {other}, which does not stand below it"
            );
        }
    }
    assert_eq!(
        imports().get("sayso-parse").map(Vec::len),
        Some(0),
        "the language runtime stands alone"
    );
}

fn sources(room: &str) -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, out: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, out);
            } else if path.extension().is_some_and(|e| e == "rs") {
                out.push((path.clone(), fs::read_to_string(&path).unwrap_or_default()));
            }
        }
    }
    let mut out = Vec::new();
    walk(&root().join("crates").join(room).join("src"), &mut out);
    out
}

#[test]
fn rooms_without_a_world_touch_no_file_socket_clock_or_environment() {
    let forbidden = [
        "std::fs",
        "std::net",
        "std::env",
        "SystemTime",
        "Instant::now",
        "Zoned::now",
        "std::process",
    ];
    let rooms = [
        "model", "read", "parse", "measure", "claim", "match", "check", "publish",
    ];
    for room in rooms.map(|r| format!("sayso-{r}")) {
        for (path, text) in sources(&room) {
            let code: String = text.split("#[cfg(test)]").next().unwrap_or("").to_owned();
            let used = forbidden.iter().find(|f| {
                code.lines()
                    .any(|l| !l.trim_start().starts_with("//") && l.contains(*f))
            });
            assert!(
                used.is_none(),
                "{} uses {}",
                path.display(),
                used.unwrap_or(&"")
            );
        }
    }
}

#[test]
fn only_the_ledger_knows_sql_and_only_the_runtime_has_unsafe_code() {
    for room in imports().into_keys() {
        for (path, text) in sources(&room) {
            if room != "sayso-ledger" {
                assert!(!text.contains("rusqlite"), "{} knows SQL", path.display());
            }
            let has_unsafe = text
                .lines()
                .any(|l| !l.trim_start().starts_with("//") && l.contains("unsafe {"));
            assert!(
                room == "sayso-parse" || !has_unsafe,
                "{} has unsafe code",
                path.display()
            );
        }
    }
}
