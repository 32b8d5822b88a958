//! Running the program as a user does, with the language model and the gazetteer under `target/`.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use crate::architecture::root;

/// The folder in which the tests keep the language model and the gazetteer.
pub fn data_folder() -> PathBuf {
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    target.join("sayso-model")
}

/// The program, from a folder of its own, with the tests' model; nothing of the user's is read or written.
pub fn sayso(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sayso"));
    command
        .args(args)
        .env("SAYSO_DATA", data_folder())
        .env("NO_COLOR", "1")
        .env_remove("SAYSO_LEDGER");
    command
}

/// The same after the model and the gazetteer were installed, by the program itself, once.
pub fn with_model(args: &[&str]) -> Command {
    static INSTALLED: OnceLock<()> = OnceLock::new();
    INSTALLED.get_or_init(|| {
        for (file, what) in [
            ("en_core_web_sm-3.8.0.sayso-model", "model"),
            ("places-2026-11.sayso-places", "places"),
        ] {
            if !data_folder().join(file).exists() {
                let out = sayso(&[what, "install"])
                    .output()
                    .expect("the program runs");
                assert!(
                    out.status.success(),
                    "{}",
                    String::from_utf8_lossy(&out.stderr)
                );
            }
        }
    });
    sayso(args)
}

/// Exit code, standard output, standard error.
pub fn outcome(command: &mut Command) -> (i32, String, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().expect("the program runs");
    let text = |b: Vec<u8>| String::from_utf8_lossy(&b).into_owned();
    (status.code().unwrap_or(-1), text(stdout), text(stderr))
}

/// The same with something on standard input, which may be longer than a pipe holds.
pub fn outcome_with_input(command: &mut Command, input: &str) -> (i32, String, String) {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut stdin = child.stdin.take().expect("its input");
    let Output {
        status,
        stdout,
        stderr,
    } = std::thread::scope(|s| {
        // a program that stops reading early closes the pipe: what it says of it is the outcome
        s.spawn(move || stdin.write_all(input.as_bytes()).is_ok());
        child.wait_with_output().expect("it ends")
    });
    let text = |b: Vec<u8>| String::from_utf8_lossy(&b).into_owned();
    (status.code().unwrap_or(-1), text(stdout), text(stderr))
}

/// A folder under `target/` that goes when it is dropped.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(name: &str) -> Folder {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join(format!("sayso-test-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("a folder can be made");
        Folder(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Writes a file and gives its path as text.
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.0.join(name);
        std::fs::write(&path, bytes).expect("a file can be written");
        path.display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
