//! TOML to entries: one file at a time, each bad entry one sentence that names file, entry and field.

use crate::schema::Entries;

/// A pack that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {what}")]
pub struct PackError {
    /// File name as given.
    pub file: String,
    /// Entry, field and trouble, one sentence.
    pub what: String,
}

/// Reads one TOML file of the pack `pack` into `into`. All that is wrong with it comes back, not only the first.
pub fn read(pack: &str, file: &str, text: &str, into: &mut Entries) -> Vec<PackError> {
    let error = |what: String| PackError {
        file: file.to_owned(),
        what,
    };
    let table: toml::Table = match text.parse() {
        Ok(t) => t,
        Err(e) => {
            let e: toml::de::Error = e;
            let line = e.span().map_or(0, |s| {
                text.bytes().take(s.start).filter(|&b| b == b'\n').count() + 1
            });
            return vec![error(format!(
                "line {line}: {}",
                e.message().replace('\n', " ")
            ))];
        }
    };
    let mut errors = Vec::new();
    let common = table.get("file").and_then(|f| f.as_table()).cloned();
    for (section, value) in table {
        if section == "file" {
            continue;
        }
        let toml::Value::Array(list) = value else {
            errors.push(error(format!(
                "`{section}` is not a list of entries; write `[[{section}]]`"
            )));
            continue;
        };
        for (n, entry) in list.into_iter().enumerate() {
            let toml::Value::Table(mut entry) = entry else {
                errors.push(error(format!(
                    "`{section}` number {} is not a table",
                    n + 1
                )));
                continue;
            };
            for key in ["source", "status"] {
                if let (false, Some(v)) = (
                    entry.contains_key(key),
                    common.as_ref().and_then(|c| c.get(key)),
                ) {
                    entry.insert(key.to_owned(), v.clone());
                }
            }
            let name = match entry.get("id").and_then(|v| v.as_str()) {
                Some(id) => format!("{section} `{id}`"),
                None => format!("{section} number {}", n + 1),
            };
            if entry.contains_key("pack") {
                errors.push(error(format!("{name}: `pack` is the folder's to say")));
                continue;
            }
            entry.insert("pack".to_owned(), toml::Value::String(pack.to_owned()));
            match into.add(&section, toml::Value::Table(entry)) {
                Some(Ok(())) => {}
                Some(Err(e)) => errors.push(error(format!("{name}: {e}"))),
                None => {
                    errors.push(error(format!(
                        "there is no kind of entry `{section}`; the kinds are {}",
                        Entries::SECTIONS.join(", ")
                    )));
                    break;
                }
            }
        }
    }
    errors
}

/// SHA-256 of the entries in canonical form: order within files, layout and comments do not change it.
pub fn hash(entries: &Entries) -> [u8; 32] {
    use sha2::{Digest, Sha256};
    let mut sorted = entries.clone();
    sorted.sort();
    Sha256::digest(postcard::to_allocvec(&sorted).unwrap_or_default()).into()
}
