//! Claims that may stand side by side: the same frame, the same thing counted, the same unit.
//!
//! What is not surely the same question is kept apart: "killed" and "killed or injured" are two frames and so two
//! series, and so are soldiers and civilians. A figure that names nothing but the event itself ("31 casualties", a bare
//! number in a table) joins the one thing that its frame counts elsewhere, where there is only one. A frame that no
//! pack knows (`other`) makes no series.

use std::collections::BTreeMap;

use sayso_model::{Claim, Date, Decimal, Figure, FigureKind, Polarity};

use crate::view::{ClaimView, View};
use crate::words;

/// One figure of a series: the same source, day and numbers, in however many documents.
pub struct Point<'v> {
    /// The claims that give it, in order of the page.
    pub claims: Vec<&'v ClaimView<'v>>,
    /// Its origin, by index of source.
    pub origin: usize,
    /// The day it is drawn at.
    pub day: Option<Date>,
    /// Its time in words.
    pub when: String,
    /// The figure.
    pub figure: &'v Figure,
}

/// Figures that answer the same question.
pub struct Series<'v> {
    /// "Killed or injured".
    pub frame: String,
    /// What is counted, as most claims put it.
    pub thing: String,
    /// Unit, currency and denominators, if any.
    pub unit: String,
    /// Its figures by day; those without a day come last.
    pub points: Vec<Point<'v>>,
}

impl Series<'_> {
    /// "Killed or injured: North Korean soldiers".
    pub fn title(&self) -> String {
        let mut out = self.frame.clone();
        if !self.thing.is_empty() {
            out += &format!(": {}", self.thing);
        }
        if !self.unit.is_empty() {
            out += &format!(" ({})", self.unit);
        }
        out
    }

    /// The origins of its figures, in order of first appearance.
    pub fn origins(&self) -> Vec<usize> {
        let mut out = Vec::new();
        for p in &self.points {
            if !out.contains(&p.origin) {
                out.push(p.origin);
            }
        }
        out
    }

    /// Number of different days.
    pub fn days(&self) -> usize {
        let mut days: Vec<Date> = self.points.iter().filter_map(|p| p.day).collect();
        days.sort();
        days.dedup();
        days.len()
    }
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Question {
    frame: String,
    thing: String,
    unit: String,
}

fn question(claim: &Claim) -> Option<Question> {
    let figure = claim.figure.as_ref()?;
    let comparable = matches!(
        figure.kind,
        FigureKind::Cardinal | FigureKind::Money | FigureKind::Percent | FigureKind::Measure
    );
    // A part stands for less than its series, an earlier event or a change for something else.
    let told = claim.polarity == Polarity::Affirmed
        && !claim.historic
        && claim.part_of.is_none()
        && figure.change.is_none();
    if !comparable || !told || claim.frame == "other" || figure.value().is_none() {
        return None;
    }
    let mut unit: Vec<String> = Vec::new();
    unit.extend(figure.currency.clone());
    unit.extend(figure.unit.clone().filter(|_| figure.currency.is_none()));
    if figure.kind == FigureKind::Percent && unit.is_empty() {
        unit.push("%".into());
    }
    let mut pers: Vec<String> = figure
        .per
        .iter()
        .map(|p| format!("per {}", p.unit))
        .collect();
    pers.sort();
    unit.extend(pers);
    Some(Question {
        frame: claim.frame.clone(),
        thing: counted(claim, figure),
        unit: unit.join(" "),
    })
}

/// Lemma of what is counted; empty where that is not named or is the event itself.
fn counted(claim: &Claim, figure: &Figure) -> String {
    figure
        .thing
        .as_ref()
        .filter(|t| {
            claim
                .trigger
                .is_none_or(|trigger| !trigger.overlaps(t.span))
        })
        .map(|t| t.head.clone())
        .unwrap_or_default()
}

/// Lets figures that name nothing join the one thing that is named for the same frame and unit.
fn join_unnamed<T>(by_question: &mut BTreeMap<Question, Vec<T>>) {
    let unnamed: Vec<Question> = by_question
        .keys()
        .filter(|q| q.thing.is_empty())
        .cloned()
        .collect();
    for question in unnamed {
        let same = |q: &&Question| q.frame == question.frame && q.unit == question.unit;
        let mut named = by_question
            .keys()
            .filter(|q| same(q) && !q.thing.is_empty());
        if let (Some(one), None) = (named.next().cloned(), named.next()) {
            let claims = by_question.remove(&question).unwrap_or_default();
            by_question.entry(one).or_default().extend(claims);
        }
    }
}

/// The day in the middle of what a claim's time denotes.
fn day(claim: &Claim) -> Option<Date> {
    let (a, b) = words::time_of(claim)?.0.interval?;
    let half = a.until(b).ok()?.get_days() / 2;
    a.checked_add(jiff::Span::new().try_days(half).ok()?).ok()
}

/// The series of a dossier that two sources or two days make worth comparing, those with most origins first.
pub fn series<'v>(view: &'v View<'v>) -> Vec<Series<'v>> {
    let mut by_question: BTreeMap<Question, Vec<&'v ClaimView<'v>>> = BTreeMap::new();
    for claim in &view.claims {
        if let Some(question) = question(claim.claim) {
            by_question.entry(question).or_default().push(claim);
        }
    }
    join_unnamed(&mut by_question);
    let mut out: Vec<Series<'v>> = by_question
        .into_iter()
        .filter_map(|(question, claims)| {
            let series = Series {
                frame: words::name(&question.frame),
                thing: usual_words(&claims),
                unit: question.unit,
                points: points(&claims),
            };
            (series.origins().len() > 1 || series.days() > 1).then_some(series)
        })
        .collect();
    out.sort_by_key(|s| {
        let size = (s.origins().len(), s.points.len());
        (std::cmp::Reverse(size), s.title())
    });
    out
}

fn points<'v>(claims: &[&'v ClaimView<'v>]) -> Vec<Point<'v>> {
    type Same = (usize, Option<Date>, [Option<Decimal>; 3]);
    let mut by: BTreeMap<Same, Point<'v>> = BTreeMap::new();
    for &view in claims {
        let Some(figure) = &view.claim.figure else {
            continue;
        };
        let day = day(view.claim);
        let numbers = [figure.low, figure.best, figure.high];
        by.entry((view.origin, day, numbers))
            .or_insert_with(|| Point {
                claims: Vec::new(),
                origin: view.origin,
                day,
                when: words::time_of(view.claim)
                    .map_or_else(|| "no date".to_owned(), |t| words::when(t.0)),
                figure,
            })
            .claims
            .push(view);
    }
    let mut out: Vec<Point<'v>> = by.into_values().collect();
    out.sort_by_key(|p| (p.day.is_none(), p.day, p.figure.value(), p.origin));
    out
}

/// The words most claims use for what they count; the longest of those used equally often.
fn usual_words(claims: &[&ClaimView<'_>]) -> String {
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for c in claims {
        if let Some(t) = c.claim.figure.as_ref().and_then(|f| f.thing.as_ref()) {
            *uses.entry(t.text.as_str()).or_default() += 1;
        }
    }
    uses.into_iter()
        .max_by_key(|&(words, n)| (n, words.len()))
        .map(|(words, _)| words::brief(words, 60))
        .unwrap_or_default()
}
