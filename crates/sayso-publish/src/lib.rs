//! A dossier as static pages with charts, and a report as it was read.
//!
//! In comes a [`Dossier`]; out go files as names and bytes. Nothing is written here.
//!
//! - `view`: the dossier numbered and named: claims, sources, findings, and where each is shown.
//! - `series`: claims that may stand side by side; `scale` and `chart` draw them as SVG.
//! - `marked`: a document's words with anchors, links and underlines laid over them.
//! - `sections`: one file a section of the page; `page` puts them together with the style and the script.
//! - `body`: a document's parts in the form that they have; `cut`: the text cut at the ends of marks.
//! - `show`: one report as it was read, every mark in place; `shell`: what every page is put in.
//! - `compare`: claims of several reports side by side, a question a block.
//! - `data`: the same claims as CSV, JSON Lines and JSON-LD.
//!
//! What holds: the page is one file that asks for nothing, from the network or elsewhere, and reads whole with
//! scripts off; every figure on it leads to the words it was read from; no word of a document is taken as markup.

mod body;
mod chart;
mod compare;
mod cut;
mod data;
mod marked;
mod page;
mod scale;
mod sections;
mod series;
mod shell;
mod show;
mod view;
mod words;

use sayso_model::Dossier;

pub use compare::{Compared, compare, letter};
pub use show::{Shown, show};
pub use words::number;

/// A file of the published dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Path within the folder, with `/`.
    pub name: String,
    /// Contents.
    pub bytes: Vec<u8>,
}

/// The files of the published dossier: the page `index.html`, and its claims as `claims.csv`, `claims.jsonl` and
/// `dossier.jsonld`. The same dossier always gives the same bytes.
pub fn publish(dossier: &Dossier) -> Vec<File> {
    let mut view = view::View::new(dossier);
    let page = page::page(&mut view);
    let file = |name: &str, text: String| File {
        name: name.to_owned(),
        bytes: text.into_bytes(),
    };
    vec![
        file("index.html", page),
        file("claims.csv", data::csv(&view)),
        file("claims.jsonl", data::jsonl(&view)),
        file("dossier.jsonld", data::json_ld(&view)),
    ]
}
