//! Claims on a terminal: columns that fit, lines where they do not, and why a claim was read so.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::support::{Folder, outcome, with_model};

/// A report of our own, short and plain, so that its reading stays as it is.
const REPORT: &str = "\
Explosion at a mine near Lorn

12 May 2031

At least 12 miners were killed and about 40 were injured in Lorn on Monday, the interior ministry said.

According to Corbel News, a spokesman for the union said that 3 engineers were missing.
";

/// Runs `sayso claims` on the report with room for so many columns; ids are blotted out, for they hash the packs' words.
fn claims(columns: &str, more: &[&str]) -> (i32, String, String) {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let folder = Folder::new(&format!("claims-{}", NEXT.fetch_add(1, Ordering::Relaxed)));
    let path = folder.file("mine.txt", REPORT);
    let mut args = vec!["claims", "mine.txt"];
    args.extend(more);
    assert!(path.ends_with("mine.txt"));
    let mut command = with_model(&args);
    command.current_dir(folder.path()).env("COLUMNS", columns);
    outcome(&mut command)
}

fn blotted(text: &str) -> String {
    let mut out = String::new();
    let mut run = String::new();
    for c in text.chars().chain(['\n']) {
        if c.is_ascii_hexdigit() && !c.is_ascii_uppercase() {
            run.push(c);
            continue;
        }
        let id = run.len() >= 8 && run.len().is_multiple_of(8);
        out.push_str(if id { "········" } else { &run });
        run.clear();
        out.push(c);
    }
    out.pop();
    out
}

#[test]
fn columns_fit_the_width() {
    for columns in ["140", "100", "88"] {
        let (code, out, err) = claims(columns, &["--format", "table"]);
        assert_eq!((code, err.as_str()), (0, ""));
        let widest = out.lines().skip(1).map(|l| l.chars().count()).max();
        assert!(widest <= columns.parse().ok(), "{columns}: {out}");
        assert!(!out.contains('\u{1b}'), "colours in a pipe");
        for told in ["At least 12", "killed: miners", "interior", "mine.txt"] {
            assert!(out.contains(told), "{columns}: no {told}: {out}");
        }
    }
}

#[test]
fn a_wide_terminal_has_columns_and_a_narrow_one_lines() {
    let (_, wide, _) = claims("120", &["--format", "table"]);
    insta::assert_snapshot!("claims-120", blotted(&wide));
    let (_, narrow, _) = claims("48", &["--format", "table"]);
    insta::assert_snapshot!("claims-48", blotted(&narrow));
    assert!(
        narrow.lines().skip(1).all(|l| l.chars().count() <= 48),
        "{narrow}"
    );
}

#[test]
fn explain_shows_tokens_pattern_and_pack_entries() {
    let (_, lines, _) = claims("100", &["--format", "jsonl"]);
    let killed: serde_json::Value = lines
        .lines()
        .map(|l| serde_json::from_str(l).expect("JSON"))
        .find(|c: &serde_json::Value| c["frame"] == "killed")
        .expect("a claim of the dead");
    let id = killed["id"].as_str().unwrap_or("");
    let (code, out, err) = claims("100", &["--explain", &id[..10]]);
    assert_eq!((code, err.as_str()), (0, ""));
    insta::assert_snapshot!("explain", blotted(&out));
    for told in [
        "conflict/killed",
        "packs/conflict",
        "core/say",
        "bound_at_least",
        "nsubjpass",
    ] {
        assert!(out.contains(told), "no {told}: {out}");
    }
}

#[test]
fn an_id_that_is_none_or_several_is_told_in_a_sentence() {
    for id in ["ffffffffffff", "", "x"] {
        let (code, out, err) = claims("100", &["--explain", id]);
        assert_eq!(
            (code, out.as_str(), err.lines().count()),
            (2, "", 1),
            "{id}: {err}"
        );
    }
}

#[test]
fn in_a_pipe_claims_are_json_lines() {
    let (code, out, _) = claims("100", &[]);
    assert_eq!(code, 0);
    assert!(out.lines().count() >= 3);
    assert!(out.lines().all(|l| l.starts_with('{') && l.ends_with('}')));
}

/// Killing on several sides, in a report of our own.
const BATTLE: &str = "\
Shells hit the town of Brack

9 June 2031

Shelling by the army of Lorn killed 7 civilians in Brack on 8 June 2031, the mayor said.

At least 20 soldiers were killed near Hale on 5 June 2031, the army said. The ministry put the number of soldiers killed
near Hale on 5 June 2031 at 26.
";

#[test]
fn events_of_killing_are_rows_in_the_shape_of_event_data() {
    let folder = Folder::new("ucdp");
    folder.file("battle.txt", BATTLE);
    let mut command = with_model(&["claims", "--format", "ucdp", "battle.txt"]);
    let (code, out, err) = outcome(command.current_dir(folder.path()));
    assert_eq!((code, err.as_str()), (0, ""));
    let mut rows = out.lines();
    let head: Vec<&str> = rows.next().unwrap_or("").split(',').collect();
    assert_eq!(
        head[..4],
        [
            "id",
            "source_article",
            "source_original",
            "where_coordinates"
        ]
    );
    let column = |name: &str| head.iter().position(|h| *h == name).expect(name);
    let mut table = csv::Reader::from_reader(out.as_bytes());
    let rows: Vec<csv::StringRecord> = table.records().filter_map(Result::ok).collect();
    assert!(rows.len() >= 2, "{out}");
    for row in &rows {
        let number = |name: &str| row[column(name)].parse::<i64>().unwrap_or(-1);
        let by_side = ["deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"].map(number);
        assert_eq!(by_side.iter().sum::<i64>(), number("best"), "{out}");
        assert!(
            number("low") <= number("best") && number("best") <= number("high"),
            "{out}"
        );
    }
    let brack = rows
        .iter()
        .find(|r| &r[column("where_description")] == "Brack")
        .expect("Brack");
    assert_eq!(
        ["deaths_civilians", "date_start", "date_prec"].map(|c| &brack[column(c)]),
        ["7", "2031-06-08", "1"]
    );
}

#[test]
fn weights_are_written_where_they_are_asked_for_and_nowhere_else() {
    let folder = Folder::new("weights");
    folder.file("mine.txt", REPORT);
    let run = |force: bool, forbid: bool, format: &str| {
        let mut command = with_model(&["claims", "--format", format, "mine.txt"]);
        command
            .current_dir(folder.path())
            .env("COLUMNS", "100")
            .env_remove("NO_COLOR");
        if force {
            command.env("CLICOLOR_FORCE", "1");
        }
        if forbid {
            command.env("NO_COLOR", "1");
        }
        outcome(&mut command).1
    };
    let plain = run(false, false, "table");
    assert!(!plain.contains('\u{1b}'), "weights in a pipe");
    assert!(
        run(true, false, "table").contains('\u{1b}'),
        "none though forced"
    );
    assert_eq!(run(false, true, "table"), plain);
    for format in ["jsonl", "csv", "ucdp"] {
        assert!(
            !run(true, false, format).contains('\u{1b}'),
            "weights in {format}"
        );
    }
}
