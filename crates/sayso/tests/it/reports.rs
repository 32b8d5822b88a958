//! Whole reports of our own and the claims they must yield: `spec/reports`.

use std::collections::BTreeSet;
use std::io::Write;
use std::process::Stdio;

use serde_json::{Value, json};

use crate::architecture::root;
use crate::support::with_model;

/// Least F1 over all reports of claims with figure and source right.
const CLAIM: f64 = 0.9;
/// The same with thing and frame right as well: what was reached, so that it is not lost.
const FULL: f64 = 0.85;
/// The same with day and place right as well.
const WHOLE: f64 = 0.79;

/// Words that say nothing of what is counted or who counts.
const EMPTY: &[&str] = &[
    "the", "a", "an", "of", "in", "on", "at", "by", "to", "for", "from", "and", "or", "with",
    "said", "who", "that", "its", "his", "her", "their", "was", "were", "is", "are", "be", "been",
    "as", "than", "more", "about",
];

struct Row {
    start: usize,
    end: usize,
    figure: String,
    value: String,
    frame: String,
    thing: String,
    source: Vec<String>,
    as_of: String,
    place: String,
}

struct Report {
    name: String,
    line: Value,
    rows: Vec<Row>,
}

/// A report and its rows; offsets count code points, as the program's answers do.
fn report(name: &str, file: &str) -> Report {
    let mut pieces = file.split("~~~\n");
    let (head, text, table) = (
        pieces.next().expect("a head"),
        pieces.next().expect("a report"),
        pieces.next().expect("rows"),
    );
    let meta = |key: &str| {
        head.lines()
            .find_map(|l| l.strip_prefix(key)?.strip_prefix(": "))
            .expect("published, outlet and title")
    };
    let points = |bytes: usize| text[..bytes].chars().count();
    let mut at = 0;
    let rows = table
        .lines()
        .filter(|l| l.starts_with("| "))
        .skip(1)
        .map(|line| {
            let cells: Vec<String> = line
                .trim_matches('|')
                .split('|')
                .map(|c| c.trim().to_owned())
                .collect();
            let [figure, value, frame, thing, source, as_of, place] =
                <[String; 7]>::try_from(cells).expect("seven columns");
            let start = at
                + text[at..]
                    .find(&figure)
                    .unwrap_or_else(|| panic!("{name}: {figure}"));
            at = start + figure.len();
            Row {
                start: points(start),
                end: points(at),
                source: if source == "-" {
                    Vec::new()
                } else {
                    source.split(" > ").map(str::to_owned).collect()
                },
                figure,
                value,
                frame,
                thing,
                as_of,
                place,
            }
        })
        .collect();
    Report {
        name: name.to_owned(),
        line: json!({"id": name, "text": text, "dct": meta("published"), "outlet": meta("outlet"), "title": meta("title")}),
        rows,
    }
}

fn words(text: &str) -> BTreeSet<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.len() > 1 && !EMPTY.contains(w))
        .map(|w| w.chars().take(5).collect())
        .collect()
}

/// Whether two phrases name the same: half of their words in common, or one within the other.
fn same(a: &str, b: &str) -> bool {
    let (a, b) = (words(a), words(b));
    let common = a.intersection(&b).count();
    common > 0 && (4 * common >= a.len() + b.len() || common == a.len().min(b.len()))
}

fn text(v: &Value) -> Option<&str> {
    v["text"].as_str().or(v.as_str())
}

fn list(v: &Value) -> Vec<&Value> {
    match v {
        Value::Array(a) => a.iter().collect(),
        Value::Null => Vec::new(),
        one => vec![one],
    }
}

fn value(figure: &Value) -> String {
    let n = |key: &str| {
        figure[key].as_str().map(|s| {
            if s.contains('.') {
                s.trim_end_matches('0').trim_end_matches('.').to_owned()
            } else {
                s.to_owned()
            }
        })
    };
    match (n("low"), n("best"), n("high")) {
        (Some(low), _, None) => format!(">={low}"),
        (None, _, Some(high)) => format!("<={high}"),
        (_, Some(best), _) => best,
        (Some(low), None, Some(high)) => format!("{low}-{high}"),
        _ => String::new(),
    }
}

/// What is wrong with a claim, by the row that it meets.
fn wrong(row: &Row, claim: &Value) -> Vec<&'static str> {
    let mut out = Vec::new();
    let figure = &claim["figure"];
    if value(figure) != row.value {
        out.push("value");
    }
    if row.frame != "other" && claim["frame"] != row.frame.as_str() {
        out.push("frame");
    }
    let roles = claim["roles"].as_object().expect("roles");
    let told = roles
        .values()
        .flat_map(list)
        .chain([&figure["thing"], &figure["unit"], &figure["currency"]])
        .filter_map(text)
        .map(words)
        .fold(BTreeSet::new(), |mut all, w| {
            all.extend(w);
            all
        });
    if words(&row.thing).is_disjoint(&told) {
        out.push("thing");
    }
    let chain: Vec<&Value> = list(&claim["attribution"])
        .into_iter()
        .filter(|l| l["kind"] != "own")
        .collect();
    let names = |name: &str, link: &Value| {
        let s = &link["source"];
        [&s["text"], &s["entity"]]
            .iter()
            .filter_map(|v| v.as_str())
            .any(|t| same(name, t))
    };
    let right = match (row.source.last(), chain.last()) {
        (None, None) => true,
        (Some(origin), Some(last)) => {
            names(origin, last) && row.source.iter().all(|n| chain.iter().any(|l| names(n, l)))
        }
        _ => false,
    };
    if !right {
        out.push("source");
    }
    let dated = |key: &str| {
        claim[key]
            .as_str()
            .is_some_and(|v| v.starts_with(&row.as_of))
    };
    if !dated("as_of") && !dated("event_time") {
        out.push("as of");
    }
    if row.place != "-" {
        let wanted = words(&row.place);
        let placed = ["place", "destination"]
            .iter()
            .filter_map(|r| roles.get(*r))
            .flat_map(list)
            .chain([&claim["place"]])
            .filter_map(text)
            .any(|t| wanted.is_subset(&words(t)));
        if !placed {
            out.push("place");
        }
    }
    out
}

/// Whether a claim that meets no row counts against the program: not what counts nothing in the sense of the rows.
fn counts(claim: &Value) -> bool {
    let figure = &claim["figure"];
    let kind = figure["kind"].as_str().unwrap_or("");
    let exactness = figure["exactness"].as_str().unwrap_or("");
    let words = figure["text"].as_str().unwrap_or("").to_lowercase();
    !matches!(kind, "duration" | "ordinal" | "measure" | "age")
        && !matches!(exactness, "vague" | "implicit")
        && !matches!(words.as_str(), "one" | "a" | "an" | "no")
}

#[test]
fn whole_reports_yield_their_claims() {
    let folder = root().join("spec/reports");
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .expect("the reports")
        .map(|f| f.expect("a file").path())
        .filter(|p| p.extension().is_some_and(|e| e == "md") && !p.ends_with("README.md"))
        .collect();
    files.sort();
    assert!(files.len() >= 10, "ten reports at least");
    let reports: Vec<Report> = files
        .iter()
        .map(|p| {
            let name = p
                .file_stem()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            report(&name, &std::fs::read_to_string(p).expect("a report"))
        })
        .collect();
    let mut child = with_model(&["annotate", "--layer", "quantities,claims"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut stdin = child.stdin.take().expect("its input");
    for r in &reports {
        writeln!(stdin, "{}", r.line).expect("it reads");
    }
    drop(stdin);
    let out = child.wait_with_output().expect("it ends");
    assert!(out.status.success());
    let lines = String::from_utf8(out.stdout).expect("UTF-8");
    let (mut rows, mut said) = (0, 0);
    let mut right = [0u32; 3];
    let mut errors = Vec::new();
    for (report, line) in reports.iter().zip(lines.lines()) {
        let line: Value = serde_json::from_str(line).expect("JSON");
        let claims: Vec<&Value> = list(&line["claims"])
            .into_iter()
            .filter(|c| c["figure"].is_object())
            .collect();
        let span = |c: &Value| {
            let at = |k: &str| c["figure"][k].as_u64().unwrap_or(0) as usize;
            (at("start"), at("end"))
        };
        // One to one, the longest overlap first.
        let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
        for (i, row) in report.rows.iter().enumerate() {
            for (j, claim) in claims.iter().enumerate() {
                let (start, end) = span(claim);
                let overlap = row.end.min(end).saturating_sub(row.start.max(start));
                if overlap > 0 {
                    pairs.push((overlap, i, j));
                }
            }
        }
        pairs.sort_by_key(|&(overlap, i, j)| (std::cmp::Reverse(overlap), i, j));
        let mut met = vec![None; report.rows.len()];
        let mut used = vec![false; claims.len()];
        for (_, i, j) in pairs {
            if met[i].is_none() && !used[j] {
                met[i] = Some(j);
                used[j] = true;
            }
        }
        rows += report.rows.len();
        for (row, j) in report.rows.iter().zip(met) {
            let bad = j.map_or(vec!["missed"], |j| wrong(row, claims[j]));
            let without = |names: &[&str]| !bad.iter().any(|b| names.contains(b));
            let claim = without(&["missed", "value", "source"]);
            let full = claim && without(&["thing", "frame"]);
            for (n, ok) in right.iter_mut().zip([claim, full, bad.is_empty()]) {
                *n += u32::from(ok);
            }
            if !bad.is_empty() {
                errors.push(format!(
                    "{}: \"{}\": {}",
                    report.name,
                    row.figure,
                    bad.join(", ")
                ));
            }
        }
        for (claim, used) in claims.iter().zip(used) {
            if used || counts(claim) {
                said += 1;
            }
            if !used && counts(claim) {
                errors.push(format!(
                    "{}: {}: no row",
                    report.name, claim["figure"]["text"]
                ));
            }
        }
    }
    let f1 = right.map(|r| 2.0 * f64::from(r) / f64::from(rows as u32 + said));
    let told = format!(
        "whole reports: {rows} rows, {said} claims; F1 of figure and source {:.3}, of thing and frame too {:.3}, of day \
         and place too {:.3}\n{}",
        f1[0],
        f1[1],
        f1[2],
        errors.join("\n")
    );
    println!("{told}");
    assert!(f1[0] >= CLAIM && f1[1] >= FULL && f1[2] >= WHOLE, "{told}");
}
