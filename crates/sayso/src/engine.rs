//! The way from a capture to findings, each room called once.

use anyhow::{Result, bail};
use sayso_check::Subject;
use sayso_claim::{Headline, Tally, attributions, claims};
use sayso_measure::{Gazetteer, Reading, measure_with, segments};
use sayso_model::{Attribution, Capture, Claim, Document, Finding, Media};
use sayso_packs::Packs;
use sayso_parse::{Model, Options, Parse, Worker};
use sayso_read::Hints;

use crate::cli::Global;
use crate::{model_file, places_file};

/// Model, packs and gazetteer, loaded once a run.
pub struct Engine {
    pub model: Model,
    pub packs: &'static Packs,
    /// Places of the world; without it only those of the packs are known.
    pub gazetteer: Option<Gazetteer>,
}

/// Everything that was made of one document.
pub struct Analysis<'d> {
    pub reading: Reading<'d>,
    pub attributions: Vec<Attribution>,
    pub claims: Vec<Claim>,
    pub findings: Vec<Finding>,
}

impl Engine {
    /// Loads the packs, the model and the gazetteer; what is missing is installed.
    pub fn load(global: &Global) -> Result<Engine> {
        let packs = crate::commands::packs::in_force(global)?;
        // Two files of 14 MB are read at once. What must be fetched is fetched one after the other, the model first:
        // without it nothing goes on.
        let (model, gazetteer) = if places_file::installed() && model_file::installed() {
            std::thread::scope(|s| {
                let gazetteer = s.spawn(|| places_file::load(global));
                let model = model_file::load(global);
                (model, gazetteer.join().unwrap_or_default())
            })
        } else {
            let model = model_file::load(global)?;
            (Ok(model), places_file::load(global))
        };
        Ok(Engine {
            model: model?,
            packs,
            gazetteer,
        })
    }

    /// The same without the gazetteer, for layers that need no places.
    pub fn without_places(global: &Global) -> Result<Engine> {
        Ok(Engine {
            packs: crate::commands::packs::in_force(global)?,
            model: model_file::load(global)?,
            gazetteer: None,
        })
    }

    /// A worker for one thread.
    pub fn worker(&self) -> Worker<'_> {
        Worker::new(&self.model)
    }

    /// How many were killed and injured in what a report is about, its headline weighed too.
    pub fn tally(&self, worker: &mut Worker<'_>, reading: &Reading<'_>, claims: &[Claim]) -> Tally {
        let Some(title) = &reading.document.title else {
            return sayso_claim::tally(reading, claims, None, self.packs);
        };
        let capture = Capture::new(Media::Plain, title.text.clone().into_bytes(), None);
        let document = sayso_read::read(&capture, &Hints::default());
        let parse = worker.parse(&document.text, &segments(&document), &Options::default());
        let headline = self.measure(&document, parse);
        let attributions = attributions(&headline, self.packs);
        let of_title = sayso_claim::claims(&headline, &attributions, self.packs);
        let headline = Headline {
            reading: &headline,
            claims: &of_title,
        };
        sayso_claim::tally(reading, claims, Some(headline), self.packs)
    }

    /// Document and parse to a reading.
    pub fn measure<'d>(&self, document: &'d Document, parse: Parse) -> Reading<'d> {
        measure_with(document, parse, self.packs, self.gazetteer.as_ref())
    }

    /// Document to findings.
    pub fn analyse<'d>(&self, worker: &mut Worker<'_>, document: &'d Document) -> Analysis<'d> {
        let parse = worker.parse(&document.text, &segments(document), &Options::default());
        let reading = self.measure(document, parse);
        let attributions = attributions(&reading, self.packs);
        let claims = claims(&reading, &attributions, self.packs);
        let findings = sayso_check::check(&Subject {
            reading: &reading,
            attributions: &attributions,
            claims: &claims,
            packs: self.packs,
        });
        Analysis {
            reading,
            attributions,
            claims,
            findings,
        }
    }
}

/// Reads a capture that must be in English.
pub fn read_english(capture: &Capture, hints: &Hints) -> Result<Document> {
    let document = sayso_read::read(capture, hints);
    match document.language.as_deref() {
        None | Some("en") => Ok(document),
        Some(other) => bail!(
            "{}: the text is in {}, and sayso reads reports in English only",
            capture.from.as_deref().unwrap_or("the report"),
            language_name(other)
        ),
    }
}

/// The English name of a language by its ISO 639-1 code; the code itself where we have no name.
fn language_name(code: &str) -> String {
    const NAMES: &[(&str, &str)] = &[
        ("ar", "Arabic"),
        ("bg", "Bulgarian"),
        ("cs", "Czech"),
        ("da", "Danish"),
        ("de", "German"),
        ("el", "Greek"),
        ("es", "Spanish"),
        ("et", "Estonian"),
        ("fa", "Persian"),
        ("fi", "Finnish"),
        ("fr", "French"),
        ("he", "Hebrew"),
        ("hi", "Hindi"),
        ("hr", "Croatian"),
        ("hu", "Hungarian"),
        ("id", "Indonesian"),
        ("it", "Italian"),
        ("ja", "Japanese"),
        ("ko", "Korean"),
        ("lt", "Lithuanian"),
        ("lv", "Latvian"),
        ("nl", "Dutch"),
        ("no", "Norwegian"),
        ("nb", "Norwegian"),
        ("pl", "Polish"),
        ("pt", "Portuguese"),
        ("ro", "Romanian"),
        ("ru", "Russian"),
        ("sk", "Slovak"),
        ("sl", "Slovene"),
        ("sr", "Serbian"),
        ("sv", "Swedish"),
        ("th", "Thai"),
        ("tr", "Turkish"),
        ("uk", "Ukrainian"),
        ("vi", "Vietnamese"),
        ("zh", "Chinese"),
    ];
    NAMES
        .iter()
        .find(|(c, _)| *c == code)
        .map_or_else(|| code.to_owned(), |(_, n)| (*n).to_owned())
}
