//! What lies over the words, and which entry a word leads to.
//!
//! A piece of words carries the names of every mark over it (`q1` a figure, `t1` a time, `p1` a place, `a1` an
//! attribution, `c1` a claim, with the part it plays after a point), for the script. It is a link where something small
//! stands there; words that are only within a source's content are no link, or the whole text would be one.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, PreEscaped, html};
use sayso_model::{Claim, Span, Text};

use super::Shown;
use crate::cut::{ByPart, Cutter, Mark};

/// How deep contents within contents are told apart by their line.
const DEEPEST: u8 = 3;

/// What lies over a stretch of words; numbers are indexes.
#[derive(Clone, Debug)]
pub enum Cover {
    Figure(usize),
    Time(usize),
    Place(usize),
    Source(usize),
    Cue(usize),
    /// With its depth among contents.
    Content(usize, u8),
    /// A claim and what the words are to it.
    Claim(usize, String),
}

impl Cover {
    /// The id of the entry.
    fn entry(&self) -> String {
        match self {
            Cover::Figure(i) => format!("q{}", i + 1),
            Cover::Time(i) => format!("t{}", i + 1),
            Cover::Place(i) => format!("p{}", i + 1),
            Cover::Source(i) | Cover::Cue(i) | Cover::Content(i, _) => format!("a{}", i + 1),
            Cover::Claim(i, _) => format!("c{}", i + 1),
        }
    }

    /// The entry with the part that the words play in it.
    fn token(&self) -> String {
        let part = match self {
            Cover::Figure(_) | Cover::Time(_) | Cover::Place(_) => return self.entry(),
            Cover::Source(_) => "source",
            Cover::Cue(_) => "cue",
            Cover::Content(..) => "content",
            Cover::Claim(_, role) => role,
        };
        format!("{}.{part}", self.entry())
    }

    /// Which of the marks of a piece its link leads to: the least.
    fn rank(&self) -> u8 {
        match self {
            Cover::Figure(_) => 0,
            Cover::Time(_) => 1,
            Cover::Place(_) => 2,
            Cover::Cue(_) => 3,
            Cover::Source(_) => 4,
            Cover::Claim(..) => 5,
            Cover::Content(..) => 6,
        }
    }

    /// The class by which the style knows it.
    fn class(&self) -> &'static str {
        match self {
            Cover::Figure(_) => "q",
            Cover::Time(_) => "t",
            Cover::Place(_) => "p",
            Cover::Source(_) => "as",
            Cover::Cue(_) => "ac",
            Cover::Content(..) => "",
            // Only the words that evoke a claim are marked as such; its other words light up with it.
            Cover::Claim(_, role) if role == "figure" || role == "words" => "c",
            Cover::Claim(..) => "",
        }
    }
}

/// A piece that is a link is one when something of this rank stands there.
const CONTENT: u8 = 6;

/// The marks of a document, being laid over its words part by part.
pub struct Marks<'a> {
    shown: &'a Shown<'a>,
    by_part: ByPart<Cover>,
    /// Claims by the end of the words that they are numbered at.
    numbers: BTreeMap<u32, Vec<usize>>,
    placed: BTreeSet<String>,
}

/// The words at which a claim is numbered: its figure, else what evoked it, else its sentence.
fn anchor(claim: &Claim) -> Span<Text> {
    let figure = claim.figure.as_ref().map(|f| f.span);
    figure.or(claim.trigger).unwrap_or(claim.sentence)
}

impl<'a> Marks<'a> {
    /// The marks of what is shown.
    pub fn new(shown: &'a Shown<'a>) -> Marks<'a> {
        let parts = &shown.document.parts;
        let mut by_part = ByPart::new(parts);
        let mut put = |span, cover| by_part.put(parts, span, &cover);
        for (i, a) in shown.attributions.iter().enumerate() {
            let depth = depth(shown, i);
            a.content
                .iter()
                .for_each(|&s| put(s, Cover::Content(i, depth)));
            a.source.iter().for_each(|&s| put(s, Cover::Source(i)));
            a.cue.iter().for_each(|&s| put(s, Cover::Cue(i)));
        }
        for (i, c) in shown.claims.iter().enumerate() {
            let mut role = |span, name: &str| put(span, Cover::Claim(i, name.to_owned()));
            if let Some(f) = &c.figure {
                role(f.span, "figure");
                if let Some(t) = &f.thing {
                    role(t.span, "counted");
                }
            }
            if let Some(t) = c.trigger {
                role(t, "words");
            }
            for (name, fillers) in &c.roles {
                for filler in fillers {
                    let counted = c.figure.as_ref().and_then(|f| f.thing.as_ref());
                    if counted.is_none_or(|t| t.span != filler.phrase.span) {
                        role(filler.phrase.span, name);
                    }
                }
            }
            let times = [
                (&c.as_of, "as of"),
                (&c.event_time, "when"),
                (&c.due, "due"),
                (&c.said_at, "said"),
            ];
            for (when, name) in times {
                if let Some(span) = when.as_ref().and_then(|w| w.span) {
                    role(span, name);
                }
            }
            if let Some(p) = &c.place {
                role(p.span, "where");
            }
            if let Some(h) = &c.hedge {
                role(h.span, "hedge");
            }
            for link in &c.attribution {
                role(link.source.span, "who");
            }
        }
        let layers = shown.figures.iter().enumerate();
        layers.for_each(|(i, f)| put(f.span, Cover::Figure(i)));
        let layers = shown.times.iter().enumerate();
        layers.for_each(|(i, t)| put(t.span, Cover::Time(i)));
        let layers = shown.places.iter().enumerate();
        layers.for_each(|(i, p)| put(p.span, Cover::Place(i)));
        let mut numbers: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (i, c) in shown.claims.iter().enumerate() {
            // A span may end where no part does; the number then stands at the end of its part.
            let span = anchor(c);
            let part = shown.document.part_at(span.start);
            let end = part.map_or(span.end, |p| span.end.min(parts[p].span.end));
            numbers.entry(end).or_default().push(i);
        }
        Marks {
            shown,
            by_part,
            numbers,
            placed: BTreeSet::new(),
        }
    }

    /// Whether the words of an entry were anchored in the text.
    pub fn placed(&self, entry: &str) -> bool {
        self.placed.contains(entry)
    }

    /// The words of a part, its marks laid over them.
    pub fn part(&mut self, part: usize) -> Markup {
        let Some(whole) = self.shown.document.parts.get(part).map(|p| p.span) else {
            return html! {};
        };
        let by_part = &self.by_part;
        // Numbers stand where no mark may end (the end of a sentence): the text is cut there too.
        let stops: Vec<u32> = self
            .numbers
            .range(whole.start + 1..=whole.end.max(whole.start + 1))
            .map(|(&at, _)| at)
            .chain([whole.end])
            .collect();
        let mut cutter = Cutter::new(by_part.of(part).iter().collect());
        let (numbers, placed) = (&self.numbers, &mut self.placed);
        let mut out = String::new();
        let mut at = whole.start;
        for stop in stops {
            cutter.cut(
                &self.shown.document.text,
                Span::new(at, stop),
                |words, span, over| {
                    out += &piece(words, span, over, placed).into_string();
                },
            );
            if let Some(claims) = numbers.get(&stop).filter(|_| stop > at) {
                out += &reference(claims, placed).into_string();
            }
            at = at.max(stop);
        }
        PreEscaped(out)
    }
}

/// How many contents an attribution's content lies in.
fn depth(shown: &Shown<'_>, mut i: usize) -> u8 {
    let mut depth = 0;
    // A chain that runs in a circle would be a mistake of the reading; the look ends at the deepest either way.
    while depth < DEEPEST
        && let Some(outer) = shown.attributions.get(i).and_then(|a| a.within)
    {
        depth += 1;
        i = outer as usize;
    }
    depth
}

fn reference(claims: &[usize], placed: &mut BTreeSet<String>) -> Markup {
    html! {
        sup.refs {
            @for (i, c) in claims.iter().enumerate() {
                @let id = format!("c{}", c + 1);
                @let new = placed.insert(id.clone());
                @if i > 0 { " " }
                a.ref id=[new.then(|| format!("w-{id}"))] href={ "#" (id) } data-m=(id)
                    aria-label={ "Claim " (c + 1) } { (c + 1) }
            }
        }
    }
}

fn piece(
    words: &str,
    at: Span<Text>,
    over: &[&Mark<Cover>],
    placed: &mut BTreeSet<String>,
) -> Markup {
    if over.is_empty() {
        return html! { (words) };
    }
    let mut tokens: Vec<String> = over.iter().map(|m| m.cover.token()).collect();
    tokens.sort_unstable();
    tokens.dedup();
    let tokens = tokens.join(" ");
    let mut classes: Vec<&str> = over.iter().map(|m| m.cover.class()).collect();
    classes.retain(|c| !c.is_empty());
    // The frame around a claim's words is drawn in one, however many pieces they are in.
    if classes.contains(&"c") {
        let framed = || over.iter().filter(|m| m.cover.class() == "c");
        if framed().any(|m| m.span.start == at.start) {
            classes.push("c-start");
        }
        if framed().any(|m| m.span.end == at.end) {
            classes.push("c-end");
        }
    }
    classes.sort_unstable();
    classes.dedup();
    let lead = over.iter().map(|m| &m.cover).min_by_key(|c| c.rank());
    let new: Vec<String> = over
        .iter()
        .filter(|m| !matches!(m.cover, Cover::Claim(..)))
        .map(|m| m.cover.entry())
        .filter(|id| placed.insert(id.clone()))
        .collect();
    // Of a stretch in several pieces the keyboard stops at the first.
    let first = lead.is_some_and(|l| new.contains(&l.entry()));
    let ids = html! { @for id in new.iter().skip(1) { span id={ "w-" (id) } {} } };
    let id = new.first().map(|id| format!("w-{id}"));
    let mut out = match lead.filter(|l| l.rank() < CONTENT && !classes.is_empty()) {
        Some(lead) => {
            let stop = (!first && !matches!(lead, Cover::Claim(..))).then_some("-1");
            html! {
                a.m.(classes.join(" ")) id=[id] href={ "#" (lead.entry()) } data-m=(tokens) tabindex=[stop] {
                    (ids) (words)
                }
            }
        }
        None => html! { span.m id=[id] data-m=(tokens) { (ids) (words) } },
    };
    let mut depths: Vec<u8> = over
        .iter()
        .filter_map(|m| match m.cover {
            Cover::Content(_, depth) => Some(depth),
            _ => None,
        })
        .collect();
    depths.sort_unstable();
    depths.dedup();
    for depth in depths.into_iter().rev() {
        out = html! { span.content.{ "d" (depth) } { (out) } };
    }
    out
}
