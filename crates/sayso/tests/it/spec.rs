//! Runs the literate specs of `spec/quantities`, `spec/times`, `spec/places` and `spec/attributions` through the
//! binary: paragraphs of our own and what a layer must yield for each. `spec/README.md` says how they are written.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::architecture::root;
use crate::support::{outcome_with_input, with_model};

/// One expectation below a paragraph.
enum Wish {
    /// An entry of these words with these fields.
    Entry(String, Vec<(String, String)>),
    /// No entry of these words, or none with these fields.
    Barred(String, Vec<(String, String)>),
    /// A relation between the quantities of these words.
    Relation(String, String, String),
}

struct Case {
    at: String,
    text: String,
    published: Option<String>,
    wishes: Vec<Wish>,
}

/// The words between the quotation marks that a line begins with, and the rest of the line.
fn quoted(line: &str) -> Option<(&str, &str)> {
    line.strip_prefix('"')?.split_once('"')
}

fn fields(rest: &str) -> Vec<(String, String)> {
    rest.trim_start_matches(':')
        .split(';')
        .filter_map(|f| f.trim().split_once(' '))
        .map(|(k, v)| (k.to_owned(), v.trim().to_owned()))
        .collect()
}

fn wish(line: &str) -> Option<Wish> {
    let (mark, rest) = line.split_at_checked(2)?;
    let (words, rest) = quoted(rest)?;
    match mark {
        "- " => Some(Wish::Entry(words.to_owned(), fields(rest))),
        "! " => Some(Wish::Barred(words.to_owned(), fields(rest))),
        "~ " => {
            let (kind, to) = rest.trim().split_once(' ')?;
            let (to, _) = quoted(to)?;
            Some(Wish::Relation(
                words.to_owned(),
                kind.to_owned(),
                to.to_owned(),
            ))
        }
        _ => None,
    }
}

fn cases(name: &str, file: &str) -> Vec<Case> {
    let mut out: Vec<Case> = Vec::new();
    let mut published = None;
    let mut open = false;
    for (n, line) in file.lines().enumerate() {
        let at = || format!("{name}:{}", n + 1);
        if let Some(date) = line.strip_prefix("published: ") {
            published = (date.trim() != "none").then(|| date.trim().to_owned());
        } else if line == ">" && open {
            if let Some(last) = out.last_mut() {
                last.text.push('\n');
            }
            continue;
        } else if let Some(words) = line.strip_prefix("> ") {
            match out.last_mut() {
                Some(last) if open => {
                    last.text
                        .push(if last.text.ends_with('\n') { '\n' } else { ' ' });
                    last.text.push_str(words);
                }
                _ => out.push(Case {
                    at: at(),
                    text: words.to_owned(),
                    published: published.clone(),
                    wishes: Vec::new(),
                }),
            }
            open = true;
            continue;
        } else if ["- \"", "! \"", "~ \""].iter().any(|m| line.starts_with(m)) {
            let wish = wish(line).unwrap_or_else(|| panic!("{}: not an expectation: {line}", at()));
            let case = out
                .last_mut()
                .unwrap_or_else(|| panic!("{}: no paragraph before it", at()));
            case.wishes.push(wish);
        }
        open = false;
    }
    out
}

/// A value of the contract as the specs write it.
fn shown(value: &Value) -> String {
    match value {
        Value::String(s) => s.clone(),
        Value::Null => "null".into(),
        Value::Array(all) if all.is_empty() => "null".into(),
        Value::Array(all) => all.iter().map(shown).collect::<Vec<_>>().join(".."),
        other => other.to_string(),
    }
}

fn field<'v>(entry: &'v Value, path: &str) -> &'v Value {
    path.split('.').fold(entry, |v, key| match v {
        Value::Array(all) => key
            .parse::<usize>()
            .ok()
            .and_then(|i| all.get(i))
            .unwrap_or(&Value::Null),
        other => other.get(key).unwrap_or(&Value::Null),
    })
}

fn span_words(text: &[char], span: (&Value, &Value)) -> String {
    let at = |v: &Value| v.as_u64().map_or(0, |n| n as usize);
    text.get(at(span.0)..at(span.1))
        .map(|c| c.iter().collect())
        .unwrap_or_default()
}

/// The words by which a spec names an entry: its own, or those of an attribution's source.
fn words(text: &[char], layer: &str, entry: &Value) -> String {
    if layer == "attributions" {
        let spans = entry["source"].as_array().cloned().unwrap_or_default();
        spans
            .iter()
            .map(|s| span_words(text, (&s[0], &s[1])))
            .collect::<Vec<_>>()
            .join(" … ")
    } else {
        span_words(text, (&entry["start"], &entry["end"]))
    }
}

/// Fields of an entry as the specs may name them: those of the contract and, for attributions, the words of the cue
/// and of the content.
fn holds(text: &[char], entry: &Value, wanted: &[(String, String)]) -> bool {
    wanted.iter().all(|(path, value)| {
        let said = match path.as_str() {
            "cue" | "content" => {
                let spans = entry[path.as_str()].as_array().cloned().unwrap_or_default();
                spans
                    .iter()
                    .map(|s| span_words(text, (&s[0], &s[1])))
                    .collect::<Vec<_>>()
                    .join(" … ")
            }
            _ => shown(field(entry, path)),
        };
        said == *value
    })
}

/// What a case lacks, one line each.
fn missing(layer: &str, case: &Case, line: &Value) -> Vec<String> {
    let text: &[char] = &case.text.chars().collect::<Vec<char>>();
    let none = Vec::new();
    let entries = line[layer].as_array().unwrap_or(&none);
    let named = |w: &str| -> Vec<&Value> {
        entries
            .iter()
            .filter(|e| words(text, layer, e) == w)
            .collect()
    };
    let mut out = Vec::new();
    for wish in &case.wishes {
        match wish {
            Wish::Entry(w, wanted) => {
                if !named(w).iter().any(|e| holds(text, e, wanted)) {
                    let read: Vec<String> = named(w).into_iter().map(Value::to_string).collect();
                    let read = if read.is_empty() {
                        let all: Vec<String> =
                            entries.iter().map(|e| words(text, layer, e)).collect();
                        format!("read were only {all:?}")
                    } else {
                        read.join("\n      ")
                    };
                    out.push(format!("“{w}” {wanted:?}\n      {read}"));
                }
            }
            Wish::Barred(w, wanted) => {
                if let Some(e) = named(w).into_iter().find(|e| holds(text, e, wanted)) {
                    out.push(format!("“{w}” {wanted:?} must not be read\n      {e}"));
                }
            }
            Wish::Relation(from, kind, to) => {
                let end = |r: &Value, key: &str| {
                    let i = r[key].as_u64().map_or(usize::MAX, |n| n as usize);
                    entries.get(i).map(|e| words(text, layer, e))
                };
                let found = line["relations"].as_array().is_some_and(|all| {
                    all.iter().any(|r| {
                        r["kind"] == kind.as_str()
                            && end(r, "from").as_ref() == Some(from)
                            && end(r, "to").as_ref() == Some(to)
                    })
                });
                if !found {
                    out.push(format!(
                        "“{from}” {kind} “{to}”\n      {}",
                        line["relations"]
                    ));
                }
            }
        }
    }
    out
}

fn run(layer: &str) {
    let folder = Path::new(&root()).join("spec").join(layer);
    let mut files: Vec<_> = fs::read_dir(&folder)
        .unwrap_or_else(|e| panic!("{}: {e}", folder.display()))
        .filter_map(Result::ok)
        .map(|e| e.path())
        .filter(|p| p.extension().is_some_and(|x| x == "md"))
        .collect();
    files.sort();
    let mut all = Vec::new();
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        all.extend(cases(&name, &fs::read_to_string(&file).unwrap_or_default()));
    }
    let input: String = all
        .iter()
        .map(|c| json!({"id": c.at, "text": c.text, "dct": c.published}).to_string() + "\n")
        .collect();
    let (code, out, err) =
        outcome_with_input(&mut with_model(&["annotate", "--layer", layer]), &input);
    assert_eq!(code, 0, "{err}");
    let mut report = String::new();
    let (mut wishes, mut lacking) = (0, 0);
    for (case, line) in all.iter().zip(out.lines()) {
        let line: Value = serde_json::from_str(line).unwrap_or_else(|e| panic!("{}: {e}", case.at));
        wishes += case.wishes.len();
        for lack in missing(layer, case, &line) {
            lacking += 1;
            let _ = writeln!(report, "  {} {lack}\n      in: {}", case.at, case.text);
        }
    }
    assert_eq!(out.lines().count(), all.len());
    assert!(wishes > 0, "spec/{layer} expects nothing");
    assert!(
        report.is_empty(),
        "spec/{layer}: {lacking} of {wishes} expectations are not met:\n{report}"
    );
}

#[test]
fn quantities() {
    run("quantities");
}

#[test]
fn times() {
    run("times");
}

#[test]
fn places() {
    run("places");
}

#[test]
fn attributions() {
    run("attributions");
}
