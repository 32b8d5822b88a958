//! The page of a report as it was read, through the binary.

use std::fs;

use crate::architecture::root;
use crate::support::{Folder, outcome, with_model};

const REPORT: &str = "examples/kursk/02-casualties.html";

fn run(args: &[&str]) -> (i32, String, String) {
    outcome(with_model(args).current_dir(root()))
}

#[test]
fn show_and_annotate_as_html_are_the_same_page() {
    let folder = Folder::new("show");
    let page = folder.path().join("page.html").display().to_string();
    let (code, out, err) = run(&["show", REPORT, "--out", &page]);
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    let written = fs::read_to_string(&page).expect("the page");
    let (code, shown, _) = run(&["show", REPORT]);
    assert_eq!((code, &shown), (0, &written));
    let (code, annotated, _) = run(&["annotate", "--format", "html", REPORT]);
    assert_eq!((code, &annotated), (0, &written));
    assert!(written.starts_with("<!DOCTYPE html>") && written.contains("3,800"));
    for layer in [
        "id=\"q1\"",
        "id=\"t1\"",
        "id=\"p1\"",
        "id=\"a1\"",
        "id=\"c1\"",
    ] {
        assert!(written.contains(layer), "no entry {layer}");
    }
}

#[test]
fn a_page_shows_one_report() {
    for args in [
        ["show", "examples/kursk"].as_slice(),
        &["annotate", "--format", "html"],
        &["annotate", "--format", "html", REPORT, REPORT],
        &["show", "no/such.txt"],
    ] {
        let (code, out, err) = run(args);
        assert_eq!(
            (code, out.as_str(), err.lines().count()),
            (2, "", 1),
            "{err}"
        );
    }
}
