//! Files and folders to captures, with every way in which a file can be wrong told in one sentence.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use sayso_model::{Capture, Media};

/// The largest report that is read, in bytes: fifty times the longest we have met.
pub const LARGEST: u64 = 32 << 20;

/// Deepest nesting of folders that is followed.
const DEEPEST: usize = 16;

/// A report to read and whether it was found in a folder (then what cannot be read is skipped with a notice).
#[derive(Debug)]
pub struct Report {
    /// Where it is.
    pub path: PathBuf,
    /// Whether a folder led to it.
    pub in_folder: bool,
}

/// The reports that the arguments name; a folder stands for the reports in it, in order of their names.
pub fn reports(files: &[PathBuf]) -> Result<Vec<Report>> {
    if files.is_empty() {
        bail!("no report named: give a file, a folder, or - for standard input");
    }
    let mut out = Vec::new();
    for path in files {
        if path.as_os_str() == "-" {
            out.push(Report {
                path: path.clone(),
                in_folder: false,
            });
            continue;
        }
        let meta = fs::metadata(path).with_context(|| format!("cannot read {}", path.display()))?;
        if meta.is_dir() {
            let before = out.len();
            walk(path, 0, &mut out)?;
            if out.len() == before {
                bail!(
                    "{}: the folder holds no report (.txt, .md, .html)",
                    path.display()
                );
            }
        } else {
            out.push(Report {
                path: path.clone(),
                in_folder: false,
            });
        }
    }
    Ok(out)
}

fn walk(folder: &Path, depth: usize, out: &mut Vec<Report>) -> Result<()> {
    if depth > DEEPEST {
        bail!(
            "{}: folders are nested more than {DEEPEST} deep",
            folder.display()
        );
    }
    let mut entries: Vec<_> = fs::read_dir(folder)
        .and_then(Iterator::collect)
        .with_context(|| format!("cannot read {}", folder.display()))?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        let kind = entry
            .file_type()
            .with_context(|| format!("cannot read {}", path.display()))?;
        if hidden || kind.is_symlink() {
            continue;
        }
        if kind.is_dir() {
            walk(&path, depth + 1, out)?;
        } else if media_of(&path).is_some()
            && !path
                .file_stem()
                .is_some_and(|s| s.eq_ignore_ascii_case("readme"))
        {
            out.push(Report {
                path,
                in_folder: true,
            });
        }
    }
    Ok(())
}

fn media_of(path: &Path) -> Option<Media> {
    match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "txt" | "text" => Some(Media::Plain),
        "md" | "markdown" => Some(Media::Markdown),
        "html" | "htm" | "xhtml" => Some(Media::Html),
        _ => None,
    }
}

/// The bytes of a report, its media type found from its name, else from its first bytes.
pub fn capture(path: &Path) -> Result<Capture> {
    let name = path.display();
    let mut bytes = Vec::new();
    if path.as_os_str() == "-" {
        std::io::stdin()
            .lock()
            .take(LARGEST + 1)
            .read_to_end(&mut bytes)
            .context("cannot read standard input")?;
    } else {
        let file = fs::File::open(path).with_context(|| format!("cannot read {name}"))?;
        let size = file.metadata().map(|m| m.len()).unwrap_or(0);
        if size <= LARGEST {
            file.take(LARGEST + 1)
                .read_to_end(&mut bytes)
                .with_context(|| format!("cannot read {name}"))?;
        } else {
            bail!(
                "{name}: {} MB is more than the {} MB that a report may have",
                size >> 20,
                LARGEST >> 20
            );
        }
    }
    if bytes.len() as u64 > LARGEST {
        bail!(
            "{name}: more than the {} MB that a report may have",
            LARGEST >> 20
        );
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        bail!("{name}: the file is empty");
    }
    if looks_binary(&bytes) {
        bail!("{name}: not text (sayso reads plain text, Markdown and HTML)");
    }
    let media = media_of(path).unwrap_or_else(|| {
        if looks_like_html(&bytes) {
            Media::Html
        } else {
            Media::Plain
        }
    });
    Ok(Capture::new(media, bytes, Some(name.to_string())))
}

/// Control characters that no encoding of prose has, outside the byte-order marks of UTF-16.
fn looks_binary(bytes: &[u8]) -> bool {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return false;
    }
    let head = &bytes[..bytes.len().min(64 << 10)];
    let odd = head
        .iter()
        .filter(|&&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B))
        .count();
    head.contains(&0) || odd * 100 > head.len()
}

fn looks_like_html(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
    ["<!doctype html", "<html", "<head", "<body", "<article"]
        .iter()
        .any(|t| head.contains(t))
}
