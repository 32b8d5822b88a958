//! The docs' links lead somewhere, and what they say of the command line is so.

use std::fs;
use std::path::{Path, PathBuf};

use crate::architecture::root;

fn pages(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') || name == "target" || name == "node_modules" {
            continue;
        }
        if path.is_dir() {
            pages(&path, out);
        } else if name.ends_with(".md") {
            out.push(path);
        }
    }
}

#[test]
fn every_relative_link_of_every_page_leads_to_a_file() {
    let mut all = Vec::new();
    pages(&root(), &mut all);
    assert!(all.len() > 3, "the pages were found");
    for page in all {
        let text = fs::read_to_string(&page).expect("a page is text");
        for target in text.split("](").skip(1).filter_map(|r| r.split(')').next()) {
            let target = target.split('#').next().unwrap_or("");
            if target.is_empty() || target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            let path = page.parent().unwrap_or(Path::new(".")).join(target);
            assert!(
                path.exists(),
                "{}: the link to {target} leads nowhere",
                page.display()
            );
        }
    }
}
