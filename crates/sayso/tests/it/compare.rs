//! Several reports side by side.

use serde_json::Value;

use crate::support::{Folder, outcome, with_model};

/// Three reports of our own on one event: the second carries the first's wire, the third has another figure.
const REPORTS: [(&str, &str); 3] = [
    (
        "a.html",
        "<html><head><title>Mine blast near Lorn kills 12</title><meta property='og:site_name' content='Corbel News'>\
         <meta property='article:published_time' content='2031-05-12'></head><body><article><h1>Mine blast near Lorn</h1>\
         <p>An explosion in a coal mine killed 12 miners, the interior ministry said.</p>\
         <p>Rescue teams went down the shaft in the afternoon and were still at work when night fell over the valley.</p>\
         </article></body></html>",
    ),
    (
        "b.txt",
        "Explosion in mine\n\n12 May 2031\n\nTwelve miners were killed in an explosion, Corbel News reported, citing the interior ministry.\n",
    ),
    (
        "c.txt",
        "Union counts 19 dead\n\n12 May 2031\n\nThe miners' union said that 19 miners were killed and 30 were injured.\n",
    ),
];

fn compare(format: &str, columns: &str) -> (i32, String, String) {
    let folder = Folder::new(&format!("compare-{format}-{columns}"));
    for (name, text) in REPORTS {
        folder.file(name, text);
    }
    let args = ["compare", "--format", format, "a.html", "b.txt", "c.txt"];
    let mut command = with_model(&args);
    command.current_dir(folder.path()).env("COLUMNS", columns);
    outcome(&mut command)
}

#[test]
fn one_question_has_a_line_a_report_and_source() {
    let (code, out, err) = compare("json", "100");
    assert_eq!(code, 0, "{err}");
    let value: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(value["documents"].as_array().map(Vec::len), Some(3));
    let killed = value["questions"]
        .as_array()
        .and_then(|q| q.iter().find(|q| q["frame"] == "killed"))
        .expect("the question of the dead");
    let lines = killed["lines"].as_array().cloned().unwrap_or_default();
    assert_eq!(lines.len(), 3, "{killed}");
    assert_eq!(
        (&killed["low"], &killed["high"]),
        (&"12".into(), &"19".into())
    );
    assert_eq!(killed["disagrees"], true);
    let of = |n: usize| {
        lines
            .iter()
            .find(|l| l["document"] == n)
            .expect("a line of each report")
    };
    assert_eq!(
        of(1)["relays"].as_array().map(Vec::len),
        Some(1),
        "{killed}"
    );
    assert_eq!(
        of(0)["same_origin"].as_array().map(Vec::len),
        Some(1),
        "{killed}"
    );
    assert_eq!(
        of(2)["against"].as_array().map(Vec::len),
        Some(2),
        "{killed}"
    );
}

#[test]
fn on_a_terminal_blocks_fit_the_width() {
    let (code, out, err) = compare("table", "90");
    assert_eq!((code, err.as_str()), (0, ""));
    insta::assert_snapshot!("compare-90", out);
    let (_, narrow, _) = compare("table", "50");
    assert!(
        narrow
            .lines()
            .rev()
            .skip(1)
            .all(|l| l.chars().count() <= 50),
        "{narrow}"
    );
}

#[test]
fn csv_and_html_tell_the_same_lines() {
    let (code, csv, err) = compare("csv", "100");
    assert_eq!(code, 0, "{err}");
    assert!(csv.starts_with("question,line,frame,"));
    let (code, html, err) = compare("html", "100");
    assert_eq!(code, 0, "{err}");
    assert!(html.starts_with("<!DOCTYPE html>") && html.contains("line-1-c"));
    assert!(csv.contains("Twelve") && html.contains("Twelve"));
}
