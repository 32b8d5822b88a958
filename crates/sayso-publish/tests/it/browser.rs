//! What only a browser can tell, in headless Chromium from `file://`.
//!
//! Without Chromium on the path (or, for the second test, without `npm ci --prefix crates/sayso-publish/browser`)
//! there is nothing to run them in: they say so and pass.
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]

use std::path::{Path, PathBuf};
use std::process::Command;

use sayso_publish::publish;

use crate::sample;

fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .flat_map(|folder| names.iter().map(move |n| folder.join(n)))
        .find(|p| p.is_file())
}

fn chromium() -> Option<PathBuf> {
    let found = on_path(&["chromium", "chromium-browser", "google-chrome"]);
    if found.is_none() {
        eprintln!("skipped: no Chromium on the path");
    }
    found
}

/// The page of the sample, written to a folder of its own.
fn page(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    for file in publish(&sample::dossier()) {
        std::fs::write(folder.join(file.name), file.bytes).unwrap();
    }
    folder.join("index.html")
}

#[test]
fn the_script_is_allowed_by_the_page_and_runs() {
    let Some(chromium) = chromium() else { return };
    let page = page("browser-script");
    let profile = page.with_file_name("profile");
    let out = Command::new(chromium)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
        ])
        .args([
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
        ])
        .args([
            "--disable-component-update",
            "--disable-sync",
            "--virtual-time-budget=2000",
        ])
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg("--dump-dom")
        .arg(format!("file://{}", page.display()))
        .output()
        .unwrap();
    let dom = String::from_utf8_lossy(&out.stdout);
    assert!(dom.contains("13 claims</output>"), "the script did not run");
    let heads = dom.matches("<button type=\"button\">").count();
    assert_eq!(heads, 8, "no buttons to sort by");
}

/// Runs one of the scripts of `browser/` on a page.
fn script(name: &str, page: &Path) {
    let Some(chromium) = chromium() else { return };
    let browser = Path::new(env!("CARGO_MANIFEST_DIR")).join("browser");
    if !browser.join("node_modules").is_dir() {
        eprintln!("skipped: run `npm ci --prefix crates/sayso-publish/browser` first");
        return;
    }
    let Some(node) = on_path(&["node"]) else {
        eprintln!("skipped: no Node.js on the path");
        return;
    };
    let out = Command::new(node)
        .arg(browser.join(name))
        .arg(chromium)
        .arg(page)
        .output()
        .unwrap();
    assert!(
        out.status.success(),
        "{}",
        String::from_utf8_lossy(&out.stderr)
    );
}

#[test]
fn links_light_up_their_words_and_no_barrier_is_known() {
    script("page.mjs", &page("browser-page"));
}

#[test]
fn a_chosen_word_shows_what_was_read_and_no_barrier_is_known() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser-show");
    std::fs::create_dir_all(&folder).unwrap();
    let page = folder.join("show.html");
    std::fs::write(&page, crate::show::page()).unwrap();
    script("show.mjs", &page);
}

#[test]
fn no_barrier_is_known_on_a_page_of_claims_side_by_side() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser-compare");
    std::fs::create_dir_all(&folder).unwrap();
    let page = folder.join("compare.html");
    std::fs::write(&page, crate::compare::page()).unwrap();
    script("plain.mjs", &page);
}
