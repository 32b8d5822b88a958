//! temporary
#![allow(clippy::print_stdout)]
use std::io::{BufRead, Write};
fn main() {
    let stdin = std::io::stdin().lock();
    let mut out = std::io::stdout().lock();
    for line in stdin.lines() {
        let v: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
        let c = sayso_model::Capture::new(
            sayso_model::Media::Html,
            v["html"].as_str().unwrap().as_bytes().to_vec(),
            None,
        );
        let h = sayso_read::Hints {
            url: v["url"].as_str().map(str::to_owned),
            ..Default::default()
        };
        let d = sayso_read::read(&c, &h);
        let parts: Vec<_> = d
            .parts
            .iter()
            .map(|p| serde_json::json!([p.kind.as_str(), d.words(p.span)]))
            .collect();
        let o = serde_json::json!({"id": v["id"], "body": sayso_read::body(&d), "published": d.published.as_ref().map(|p| p.date.to_string()), "from": d.published.as_ref().map(|p| p.found_in.clone()), "title": d.title.map(|t| t.text), "byline": d.byline.map(|t| t.text), "outlet": d.outlet.map(|t| t.text), "language": d.language, "parts": parts});
        writeln!(out, "{o}").unwrap();
    }
}
