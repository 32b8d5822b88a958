//! `cargo xtask places`: makes the gazetteer anew from its pinned packages, in the folder where the tests keep it.
//!
//! The program itself does the work (`sayso places install`), so that what a chore makes is what a user gets.

use std::path::Path;
use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    match asked.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["places"] => places(),
        _ => {
            eprintln!("usage: cargo xtask places");
            ExitCode::from(2)
        }
    }
}

fn places() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let done = Command::new(cargo)
        .args([
            "run",
            "--release",
            "--quiet",
            "--package",
            "sayso",
            "--",
            "places",
            "install",
        ])
        .env("SAYSO_DATA", root.join("target/sayso-model"))
        .current_dir(root)
        .status();
    match done {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}
