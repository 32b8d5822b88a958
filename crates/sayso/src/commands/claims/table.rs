//! Claims on a terminal: who says how many of what, in columns that fit the width.

use std::io::Write;

use anyhow::Result;
use comfy_table::{
    Attribute, Cell, CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Table,
    TableStyle, Width,
};
use sayso_model::{Claim, CodePoints, Exactness};

use super::{Read, flat, who};
use crate::render;

/// Below this many columns a claim is told in lines of its own: seven columns have no room.
const NARROW: usize = 88;

/// A claim in the words of a row.
struct Row {
    figure: String,
    claim: String,
    who: String,
    when: String,
    place: String,
    line: String,
    id: String,
}

/// The claims of one document under its headline.
pub fn table(out: &mut dyn Write, read: &Read, claims: &[&Claim]) -> Result<()> {
    let document = &read.document;
    let title = document
        .title
        .as_ref()
        .map_or("untitled", |t| t.text.as_str());
    let date = document
        .published
        .as_ref()
        .map_or_else(|| "undated".to_owned(), |p| p.date.to_string());
    let bold = render::BOLD;
    writeln!(
        out,
        "{bold}{title}{bold:#} ({date}) — {}",
        document.from.as_deref().unwrap_or("standard input")
    )?;
    let points = CodePoints::new(&document.text);
    let rows: Vec<Row> = claims.iter().map(|c| row(read, &points, c)).collect();
    let width = render::width();
    if width < NARROW {
        stacked(out, &rows, width)?;
    } else {
        columns(out, &rows, width)?;
    }
    writeln!(
        out,
        "{}\n",
        render::counted(claims.len(), "claim", "claims")
    )?;
    Ok(())
}

fn row(read: &Read, points: &CodePoints, claim: &Claim) -> Row {
    let figure = claim.figure.as_ref();
    let thing = figure.and_then(|f| f.thing.as_ref()).map(|t| flat(&t.text));
    let what = thing.unwrap_or_else(|| about(claim));
    let frame = claim.frame.replace('_', " ");
    let mut said = match (frame.as_str(), what.as_str()) {
        ("other", what) => what.to_owned(),
        (frame, "") => frame.to_owned(),
        (frame, what) => format!("{frame}: {what}"),
    };
    said = render::shorten(&said, 120);
    let manner = manner(claim);
    if !manner.is_empty() {
        said += &format!(" [{manner}]");
    }
    let at = figure.map_or(claim.sentence, |f| f.span);
    Row {
        figure: figure.map_or_else(String::new, |f| match f.exactness {
            Exactness::Implicit => f.best.map_or_else(String::new, |b| format!("({b})")),
            _ => flat(&f.text),
        }),
        claim: said,
        who: render::shorten(&who(claim), 100),
        when: claim
            .as_of
            .as_ref()
            .or(claim.event_time.as_ref())
            .map_or_else(String::new, |w| w.value.clone()),
        place: claim
            .place
            .as_ref()
            .map_or_else(String::new, |p| flat(&p.text)),
        line: read.line(points, at).to_string(),
        id: claim.id.to_string().get(..8).unwrap_or("").to_owned(),
    }
}

/// Whom or what a claim without a counted thing is about: the words of the role that it befalls, then two others by
/// name. Where and when have columns of their own.
fn about(claim: &Claim) -> String {
    let rank = |name: &str| match name {
        "victim" | "object" | "thing" => 0,
        "place" | "time" | "subject" => 2,
        _ => 1,
    };
    let mut roles: Vec<(&String, String)> = claim
        .roles
        .iter()
        .filter(|(name, _)| rank(name) < 2)
        .map(|(name, fillers)| {
            let words: Vec<String> = fillers.iter().map(|f| flat(&f.phrase.text)).collect();
            (name, words.join(", "))
        })
        .collect();
    roles.sort_by_key(|(name, _)| rank(name));
    let told = roles
        .into_iter()
        .take(3)
        .enumerate()
        .map(|(i, (name, words))| match i {
            0 if rank(name) == 0 => words,
            _ => format!("{} {words}", name.replace('_', " ")),
        });
    told.collect::<Vec<_>>().join("; ")
}

/// How it is put, where that is not plainly asserted.
fn manner(claim: &Claim) -> String {
    let mut out = Vec::new();
    if claim.polarity == sayso_model::Polarity::Denied {
        out.push("denied".to_owned());
    }
    if claim.modality != sayso_model::Modality::Asserted {
        let hedge = claim
            .hedge
            .as_ref()
            .map(|h| format!(": {}", flat(&h.text)))
            .unwrap_or_default();
        out.push(format!("{}{hedge}", claim.modality.as_str()));
    }
    if claim.historic {
        out.push("earlier".to_owned());
    }
    out.join(", ")
}

fn columns(out: &mut dyn Write, rows: &[Row], width: usize) -> Result<()> {
    let mut table = Table::new();
    if render::coloured() {
        table.enforce_styling();
    } else {
        table.force_no_tty();
    }
    let head = |name: &str| Cell::new(name).add_attribute(Attribute::Dim);
    table
        .load_style(TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─')))
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(width as u16)
        .set_header([
            head("figure").set_alignment(CellAlignment::Right),
            head("claim"),
            head("who says so"),
            head("as of"),
            head("where"),
            head("line").set_alignment(CellAlignment::Right),
            head("id"),
        ]);
    for r in rows {
        table.add_row([
            Cell::new(&r.figure)
                .set_alignment(CellAlignment::Right)
                .add_attribute(Attribute::Bold),
            Cell::new(&r.claim),
            Cell::new(&r.who),
            Cell::new(&r.when),
            Cell::new(&r.place),
            Cell::new(&r.line).set_alignment(CellAlignment::Right),
            Cell::new(&r.id).add_attribute(Attribute::Dim),
        ]);
    }
    // A figure, a date, a line and an id are useless when they are broken; words are not. Who and where take what they
    // need up to their share, the claim takes the rest.
    let need = |f: &dyn Fn(&Row) -> &str, least: usize| {
        rows.iter()
            .map(|r| f(r).chars().count())
            .max()
            .unwrap_or(0)
            .max(least)
    };
    let figure = need(&|r| &r.figure, 6).min(18);
    let fixed = figure + need(&|r| &r.when, 5).min(10) + need(&|r| &r.line, 4) + 8 + 6 * 2 + 1;
    let rest = width.saturating_sub(fixed);
    let place = need(&|r| &r.place, 5).min(rest / 5).max(5);
    let who = need(&|r| &r.who, 11).min(rest * 2 / 5).max(11);
    let claim = rest.saturating_sub(place + who).max(12);
    let widths = [
        figure,
        claim,
        who,
        need(&|r| &r.when, 5).min(10),
        place,
        need(&|r| &r.line, 4),
        8,
    ];
    for (i, w) in widths.into_iter().enumerate() {
        if let Some(column) = table.column_mut(i) {
            column
                .set_padding((0, 1))
                .set_constraint(ColumnConstraint::Absolute(Width::Fixed(w as u16 + 1)));
        }
    }
    for line in table.to_string().lines() {
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// Where seven columns have no room: the figure and the claim, then who, when and where under it.
fn stacked(out: &mut dyn Write, rows: &[Row], width: usize) -> Result<()> {
    let figure = rows
        .iter()
        .map(|r| r.figure.chars().count())
        .max()
        .unwrap_or(0)
        .min(14);
    let (bold, dim) = (render::BOLD, render::DIM);
    let room = width.saturating_sub(figure + 2).max(16);
    for r in rows {
        let long = r.figure.chars().count() > figure;
        if long {
            writeln!(out, "{bold}{}{bold:#}", r.figure)?;
        }
        let shown = if long { "" } else { &r.figure };
        let claim = if r.claim.is_empty() {
            "a figure"
        } else {
            &r.claim
        };
        for (i, line) in render::wrapped(claim, room).iter().enumerate() {
            let shown = if i == 0 { shown } else { "" };
            writeln!(out, "{bold}{shown:>figure$}{bold:#}  {line}")?;
        }
        let at = format!("line {}", r.line);
        let facts = [&r.who, &r.when, &r.place, &at, &r.id];
        let facts: Vec<&str> = facts
            .into_iter()
            .filter(|f| !f.is_empty())
            .map(String::as_str)
            .collect();
        for line in render::wrapped(&facts.join(" · "), room) {
            writeln!(out, "{:figure$}  {dim}{line}{dim:#}", "")?;
        }
    }
    Ok(())
}
