//! Why a claim was read so.

use std::io::Write;

use anyhow::{Result, bail};
use sayso_claim::{EntryNote, Explanation};
use sayso_model::{Claim, CodePoints};

use super::{Read, flat};
use crate::engine::Engine;
use crate::render;

/// The reasons for the claim whose id begins with `id`: found again from its document, whatever it came from.
pub fn explain(out: &mut dyn Write, engine: &Engine, read: &[Read], id: &str) -> Result<()> {
    let id = id.to_ascii_lowercase();
    let mut hits = read
        .iter()
        .flat_map(|r| r.claims.iter().map(move |c| (r, c)));
    let mut hits = hits
        .by_ref()
        .filter(|(_, c)| c.id.to_string().starts_with(&id));
    let Some((read, claim)) = hits.next() else {
        bail!("no claim here has the id {id}");
    };
    if let Some((_, other)) = hits.find(|(_, c)| c.id != claim.id) {
        bail!(
            "{id} begins more than one id: {} and {}",
            claim.id,
            other.id
        );
    }
    let analysis = engine.analyse(&mut engine.worker(), &read.document);
    if !analysis.claims.iter().any(|c| c.id == claim.id) {
        bail!(
            "claim {} was read by another version or with other packs: `sayso add` reads its document anew",
            claim.id
        );
    }
    let why = sayso_claim::explain(&analysis.reading, claim, engine.packs);
    print(out, read, claim, &why)
}

fn print(out: &mut dyn Write, read: &Read, claim: &Claim, why: &Explanation) -> Result<()> {
    let (bold, dim) = (render::BOLD, render::DIM);
    let width = render::width();
    let points = CodePoints::new(&read.document.text);
    let at = claim.figure.as_ref().map_or(claim.sentence, |f| f.span);
    writeln!(
        out,
        "{bold}{}{bold:#} {dim}claim {}{dim:#}",
        claim.frame.replace('_', " "),
        claim.id
    )?;
    writeln!(
        out,
        "{dim}{}:{}{dim:#}",
        read.document.from.as_deref().unwrap_or("standard input"),
        read.line(&points, at)
    )?;
    for line in render::wrapped(
        &flat(read.document.words(claim.sentence)),
        width.saturating_sub(2),
    ) {
        writeln!(out, "  {line}")?;
    }
    if !why.tokens.is_empty() {
        writeln!(out, "\n{bold}tokens{bold:#}")?;
        let longest = |f: &dyn Fn(&sayso_claim::TokenNote) -> usize| {
            why.tokens.iter().map(f).max().unwrap_or(0)
        };
        let word = longest(&|t| t.word.chars().count()).min(24);
        let lemma = longest(&|t| t.lemma.chars().count()).min(24);
        let grammar: Vec<String> = why
            .tokens
            .iter()
            .map(|t| match t.head.as_str() {
                "" => t.dep.to_owned(),
                head => format!("{} of {head}", t.dep),
            })
            .collect();
        let tree = grammar
            .iter()
            .map(|g| g.chars().count())
            .max()
            .unwrap_or(0)
            .min(32);
        for (t, grammar) in why.tokens.iter().zip(&grammar) {
            writeln!(
                out,
                "  {:word$}  {dim}{:lemma$}  {:5}  {grammar:tree$}{dim:#}  {}",
                t.word,
                t.lemma,
                t.pos,
                t.part.replace('_', " ")
            )?;
        }
    }
    writeln!(out, "\n{bold}steps{bold:#}")?;
    let names = why
        .steps
        .iter()
        .map(|s| s.about.chars().count())
        .max()
        .unwrap_or(0)
        .min(16);
    for step in &why.steps {
        let room = width.saturating_sub(names + 4);
        for (i, line) in render::wrapped(&step.how, room).iter().enumerate() {
            let name = if i == 0 {
                step.about.replace('_', " ")
            } else {
                String::new()
            };
            writeln!(out, "  {bold}{name:names$}{bold:#}  {line}")?;
        }
        for entry in &step.entries {
            for line in render::wrapped(&told(entry), room) {
                writeln!(out, "  {:names$}  {dim}{line}{dim:#}", "")?;
            }
        }
    }
    Ok(())
}

/// "frame conflict/killed in packs/conflict; unverified; source: …"
fn told(e: &EntryNote) -> String {
    let pack = e.entry.split('/').next().unwrap_or("");
    let status = if e.verified { "verified" } else { "unverified" };
    format!(
        "[{} {}] packs/{pack}, {status}; source: {}",
        e.section.replace('_', " "),
        e.entry,
        e.source.join("; ")
    )
}
