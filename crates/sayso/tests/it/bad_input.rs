//! Every way in which the input can be wrong: one clear sentence, exit code 2, nothing half-written, no panic.

use std::fs;

use crate::support::{Folder, data_folder, outcome, outcome_with_input, sayso, with_model};

/// Runs `check` on a file and gives the one line that it says.
fn refusal(file: &str) -> String {
    let (code, out, err) = outcome(&mut with_model(&["check", file]));
    assert_eq!(code, 2, "{file}: {err}");
    assert_eq!(out, "");
    assert_eq!(err.lines().count(), 1, "one sentence: {err}");
    assert!(!err.contains("panicked"), "{err}");
    err
}

#[test]
fn a_missing_file_is_named() {
    let line = refusal("no/such/report.txt");
    assert!(line.contains("cannot read no/such/report.txt"), "{line}");
}

#[test]
fn a_folder_without_reports_is_named() {
    let folder = Folder::new("empty-folder");
    let line = refusal(&folder.path().display().to_string());
    assert!(line.contains("holds no report"), "{line}");
}

#[test]
fn an_empty_file_is_named() {
    let folder = Folder::new("empty-file");
    let line = refusal(&folder.file("empty.txt", " \n"));
    assert!(line.contains("empty.txt: the file is empty"), "{line}");
}

#[test]
fn a_binary_file_is_refused() {
    let folder = Folder::new("binary");
    let bytes: Vec<u8> = (0..4096u32).map(|i| (i * 7 % 256) as u8).collect();
    let line = refusal(&folder.file("picture.txt", bytes));
    assert!(line.contains("picture.txt: not text"), "{line}");
}

#[test]
fn a_file_of_a_hundred_megabytes_is_refused_unread() {
    let folder = Folder::new("large");
    let path = folder.file("large.txt", "");
    fs::File::options()
        .write(true)
        .open(&path)
        .and_then(|f| f.set_len(100 << 20))
        .expect("a sparse file");
    let line = refusal(&path);
    assert!(
        line.contains("large.txt: 100 MB is more than the 32 MB"),
        "{line}"
    );
}

#[test]
fn a_report_in_another_language_is_named() {
    let folder = Folder::new("french");
    let text = "Le ministère a annoncé mardi que six mille ouvriers partiraient pour la région avant la fin de \
                l'été. Les syndicats demandent que leurs contrats soient publiés et que les familles soient reçues.\n";
    let line = refusal(&folder.file("rapport.txt", text));
    assert!(
        line.contains("rapport.txt: the text is in French"),
        "{line}"
    );
}

#[test]
fn broken_utf_8_is_read_and_said() {
    let folder = Folder::new("utf8");
    let mut bytes = "Harbour talks fail\n\nThe port authority said on Monday that 40 ships were waiting — “for days”, it \
        said — outside the harbour’s mouth."
        .as_bytes()
        .to_vec();
    bytes.extend(b" It gave no\xFFreason.\n");
    let file = folder.file("broken.txt", bytes);
    let (code, _, err) = outcome(&mut with_model(&["check", &file]));
    assert_eq!(code, 0, "{err}");
    assert!(
        err.contains("broken.txt") && err.lines().count() == 1,
        "{err}"
    );
}

#[test]
fn html_nested_a_hundred_thousand_deep_is_read() {
    let folder = Folder::new("deep");
    let page = format!(
        "<html><body>{}<p>The mayor said on Monday that 12 houses were flooded after the rain in the valley.</p>{}</body></html>",
        "<div>".repeat(100_000),
        "</div>".repeat(100_000)
    );
    let (code, out, err) = outcome(&mut with_model(&["check", &folder.file("deep.html", page)]));
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
}

#[test]
fn a_truncated_or_foreign_model_is_named() {
    let folder = Folder::new("model");
    let report = folder.file(
        "a.txt",
        "The mayor said on Monday that 12 houses were flooded.\n",
    );
    let whole = {
        outcome(&mut with_model(&["model", "status"]));
        fs::read(data_folder().join("en_core_web_sm-3.8.0.sayso-model")).expect("the model")
    };
    let mut flipped = whole.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 0x40;
    for (name, bytes) in [
        ("half", &whole[..middle]),
        ("none", &[][..]),
        ("foreign", b"not a model at all".as_slice()),
    ] {
        folder.file("en_core_web_sm-3.8.0.sayso-model", bytes);
        let (code, out, err) = outcome(sayso(&["check", &report]).env("SAYSO_DATA", folder.path()));
        assert_eq!(
            (code, out.as_str(), err.lines().count()),
            (2, "", 1),
            "{name}: {err}"
        );
        assert!(err.contains("type `sayso model install`"), "{name}: {err}");
    }
    folder.file("en_core_web_sm-3.8.0.sayso-model", &flipped);
    let (code, _, err) = outcome(sayso(&["model", "status"]).env("SAYSO_DATA", folder.path()));
    assert_eq!((code, err.lines().count()), (2, 1), "{err}");
}

#[test]
fn offline_without_a_model_says_what_to_type() {
    let folder = Folder::new("offline");
    let report = folder.file(
        "a.txt",
        "The mayor said on Monday that 12 houses were flooded.\n",
    );
    let (code, _, err) =
        outcome(sayso(&["check", "--offline", &report]).env("SAYSO_DATA", folder.path()));
    assert_eq!((code, err.lines().count()), (2, 1), "{err}");
    assert!(err.contains("sayso model install"), "{err}");
}

#[test]
fn no_network_at_model_install_leaves_nothing_behind() {
    let folder = Folder::new("no-network");
    let empty = Folder::new("no-network-path");
    // An index at a closed port of this machine, and no other place to look.
    let (code, _, err) = outcome(
        sayso(&["model", "install"])
            .env("SAYSO_DATA", folder.path())
            .env("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
            .env("PIP_CONFIG_FILE", "/dev/null")
            .env("PIP_RETRIES", "0")
            .env_remove("PIP_FIND_LINKS")
            .env_remove("PIP_EXTRA_INDEX_URL"),
    );
    assert_eq!(code, 2, "{err}");
    let last = err.lines().last().unwrap_or("");
    assert!(last.contains("could not be fetched"), "{err}");
    assert_eq!(
        fs::read_dir(folder.path())
            .map(Iterator::count)
            .unwrap_or(0),
        0,
        "nothing is left"
    );
    let (code, _, err) = outcome(
        sayso(&["model", "install"])
            .env("SAYSO_DATA", folder.path())
            .env("PATH", empty.path()),
    );
    assert_eq!(code, 2, "{err}");
    assert!(err.contains("pip is not installed"), "{err}");
}

#[test]
fn a_line_that_is_not_json_is_named() {
    let (code, _, err) = outcome_with_input(
        &mut with_model(&["annotate", "--layer", "tokens"]),
        "{\"id\":1,\"text\":\"A boat sank.\"}\nnot json\n",
    );
    assert_eq!(code, 2);
    assert!(err.contains("line 2"), "the line is named");
}
