//! The commands on the sample reports, as a user sees them.

use std::fs;

use serde_json::Value;

use crate::architecture::root;
use crate::support::{Folder, outcome, outcome_with_input, sayso, with_model};

fn example(name: &str) -> String {
    format!("examples/kursk/{name}")
}

/// Runs in the repository's root, so that file names are printed as a reader of the README types them.
fn run(args: &[&str]) -> (i32, String, String) {
    outcome(with_model(args).current_dir(root()))
}

/// Code and severity of each finding of a sample report.
fn codes(name: &str) -> Vec<(String, String)> {
    let (_, out, err) = run(&["check", "--format", "json", &example(name)]);
    let line: Value = serde_json::from_str(&out).unwrap_or_else(|e| panic!("{name}: {e}: {err}"));
    let text = |v: &Value| v.as_str().unwrap_or("").to_owned();
    let findings = line["findings"].as_array().cloned().unwrap_or_default();
    findings
        .iter()
        .map(|f| (text(&f["code"]), text(&f["severity"])))
        .collect()
}

/// Codes of the findings that are at least warnings.
fn loud(name: &str) -> Vec<String> {
    codes(name)
        .into_iter()
        .filter(|(_, s)| s != "information")
        .map(|(c, _)| c)
        .collect()
}

#[test]
fn a_clean_report_is_silent() {
    let (code, out, err) = run(&["check", &example("08-clean.txt")]);
    assert_eq!((code, out.as_str(), err.as_str()), (0, "", ""));
}

#[test]
fn reports_without_a_planted_mistake_raise_no_alarm() {
    for name in ["01-contingent.html", "07-copy.txt"] {
        assert_eq!(loud(name), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn every_planted_mistake_is_found() {
    let planted: [(&str, &[&str]); 6] = [
        ("02-casualties.html", &["F002"]),
        ("03-pay.txt", &["A002", "A004"]),
        ("04-resolutions.txt", &["L001", "L002", "L003"]),
        ("05-alliance.html", &["O001"]),
        ("06-explainer.txt", &["C001", "S004", "S005"]),
        ("09-parts.txt", &["A001", "A003"]),
    ];
    for (name, expected) in planted {
        let mut found = loud(name);
        found.sort();
        found.dedup();
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn check_reads_like_a_compiler() {
    let (code, out, err) = run(&["check", &example("03-pay.txt")]);
    assert_eq!((code, err.as_str()), (1, ""));
    insta::assert_snapshot!(out);
}

#[test]
fn fail_on_decides_the_exit_code() {
    assert_eq!(
        run(&["check", "--fail-on", "never", &example("09-parts.txt")]).0,
        0
    );
    assert_eq!(
        run(&["check", "--fail-on", "error", &example("09-parts.txt")]).0,
        1
    );
}

#[test]
fn line_and_column_of_a_page_are_those_of_its_file() {
    let (_, out, _) = run(&["check", "--format", "json", &example("05-alliance.html")]);
    let line: Value = serde_json::from_str(&out).expect("a line of JSON");
    let finding = &line["findings"][0];
    let source = fs::read_to_string(root().join(example("05-alliance.html"))).expect("the page");
    let row = finding["line"].as_u64().unwrap_or(0) as usize;
    assert!(
        source
            .lines()
            .nth(row - 1)
            .is_some_and(|l| l.contains("Stoltenberg")),
        "{finding}"
    );
}

#[test]
fn claims_tell_who_says_how_many_of_what() {
    let (code, out, err) = run(&[
        "claims",
        "--format",
        "jsonl",
        &example("01-contingent.html"),
    ]);
    assert_eq!(code, 0, "{err}");
    let claims: Vec<Value> = out
        .lines()
        .map(|l| serde_json::from_str(l).expect("JSON"))
        .collect();
    let chains: Vec<Vec<&str>> = claims
        .iter()
        .filter(|c| c["frame"] == "deployed" && c["figure"]["best"] == "6000")
        .map(|c| {
            c["attribution"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|l| l["source"]["entity"].as_str())
                .collect()
        })
        .collect();
    assert!(
        chains.contains(&vec!["TASS", "Sergei Shoigu"]),
        "relay, then origin: {chains:?}"
    );
}

#[test]
fn the_same_reading_twice_gives_the_same_bytes() {
    let args = [
        "annotate",
        "--layer",
        "parts,tokens,quantities,times,places,attributions,claims",
        "examples/kursk",
    ];
    assert_eq!(run(&args), run(&args));
}

#[test]
fn documents_over_json_lines_and_as_files_give_the_same_claims() {
    let text = fs::read_to_string(root().join(example("08-clean.txt"))).expect("the report");
    let line = serde_json::json!({"id": "a", "text": text});
    let (_, over, _) = outcome_with_input(
        &mut with_model(&["annotate", "--layer", "claims"]),
        &line.to_string(),
    );
    let over: Value = serde_json::from_str(&over).expect("JSON");
    let (_, out, _) = run(&["annotate", "--layer", "claims", &example("08-clean.txt")]);
    let file: Value = serde_json::from_str(&out).expect("JSON");
    assert!(
        over["claims"].as_array().is_some_and(|c| !c.is_empty()),
        "there are claims"
    );
    assert_eq!(over["claims"], file["claims"]);
}

#[test]
fn a_layer_says_the_same_alone_as_with_others() {
    let layers = |list: &str, file: &str| -> Value {
        let (_, out, err) = run(&["annotate", "--layer", list, file]);
        serde_json::from_str(&out).unwrap_or_else(|e| panic!("{file}: {e}: {err}"))
    };
    let folder = fs::read_dir(root().join("examples/kursk")).expect("the sample reports");
    for file in folder.filter_map(Result::ok) {
        let name = file.file_name().to_string_lossy().into_owned();
        if !name.ends_with(".txt") && !name.ends_with(".html") {
            continue;
        }
        let all = layers("quantities,times,places,claims", &example(&name));
        let figures = layers("quantities", &example(&name));
        for layer in ["quantities", "relations"] {
            assert_eq!(all[layer], figures[layer], "{name}: {layer}");
        }
        let times = layers("times", &example(&name));
        assert_eq!(all["times"], times["times"], "{name}");
    }
}

#[test]
fn every_finding_can_be_explained() {
    let (code, list, _) = outcome(&mut sayso(&["explain"]));
    assert_eq!(code, 0);
    let codes: Vec<&str> = list
        .lines()
        .filter_map(|l| l.split_whitespace().next())
        .collect();
    for wanted in [
        "A001", "A002", "A003", "A004", "F001", "F002", "O001", "L001", "L002", "L003", "S004",
        "S005", "C001",
    ] {
        assert!(codes.contains(&wanted), "{wanted} is listed");
    }
    for code in codes {
        let (status, page, _) = outcome(&mut sayso(&["explain", code]));
        assert!(
            status == 0 && page.contains(code) && page.len() > 300,
            "{code}: {page}"
        );
    }
    let (status, _, err) = outcome(&mut sayso(&["explain", "Z999"]));
    assert_eq!((status, err.lines().count()), (2, 1));
}

#[test]
fn adding_twice_changes_nothing_and_the_dossier_comes_from_the_ledger_or_the_files_alike() {
    let folder = Folder::new("ledger");
    let ledger = folder.path().join("t.ledger").display().to_string();
    let (code, first, err) = run(&["add", "--ledger", &ledger, "examples/kursk"]);
    assert_eq!(code, 0, "{err}");
    assert!(first.contains("9 documents added"), "{first}");
    let (_, second, _) = run(&["add", "--ledger", &ledger, "examples/kursk"]);
    assert!(
        second.contains("0 documents added") && second.contains("9 already there"),
        "{second}"
    );
    let (_, from_ledger, _) = run(&["claims", "--format", "jsonl", "--ledger", &ledger]);
    let (_, from_files, _) = run(&["claims", "--format", "jsonl", "examples/kursk"]);
    let sorted = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert!(!from_ledger.is_empty());
    assert_eq!(sorted(&from_ledger), sorted(&from_files));
    let out = folder.path().join("site").display().to_string();
    let (code, _, err) = run(&["dossier", "--ledger", &ledger, "--out", &out]);
    assert_eq!(code, 0, "{err}");
    let page = fs::read_to_string(folder.path().join("site/index.html")).expect("the page");
    assert!(page.contains("6,000") && !page.contains("http-equiv=\"refresh\""));
}

#[test]
fn a_missing_ledger_says_what_makes_one() {
    let (code, _, err) = outcome(&mut sayso(&["claims", "--ledger", "no/such.ledger"]));
    assert_eq!((code, err.lines().count()), (2, 1), "{err}");
    assert!(err.contains("sayso add"), "{err}");
}

#[test]
fn the_packs_are_sound_and_a_bad_one_is_named() {
    let (code, out, err) = outcome(&mut sayso(&["packs", "check"]));
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    let folder = Folder::new("pack");
    folder.file(
        "bad.toml",
        "[[frame]]\nid = \"loaned\"\nverbs = [\"lend\"]\n",
    );
    let pack = folder.path().display().to_string();
    let (code, out, _) = outcome(&mut sayso(&["packs", "check", "--pack", &pack]));
    assert_eq!(code, 1);
    assert!(
        out.contains("bad.toml") && out.contains("loaned") && out.contains("source"),
        "{out}"
    );
}
