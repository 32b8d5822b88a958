//! Claims that answer one question, set side by side.
//!
//! A question is a frame (with the frames that hold it or that it holds, by the lattice), whom or what is counted, a
//! unit, and a place. What says little ("31 casualties", no place) joins the one question it can belong to, and stands
//! alone where there are several. Claims of an earlier event, changes, and what merely a source wishes are left out.
//!
//! Cost: each claim is held against the questions of its own frames and unit.

use std::collections::{BTreeMap, BTreeSet};

use sayso_model::{Claim, Decimal, Figure, FigureKind, Place, SourceKind};
use sayso_packs::Packs;

use crate::population::Population;
use crate::standing::{self, Standing};

/// A claim offered for comparison.
#[derive(Clone, Copy, Debug)]
pub struct Offer<'a> {
    /// Number of its document.
    pub document: usize,
    /// Who published the document, if that is known.
    pub outlet: Option<&'a str>,
    /// The claim.
    pub claim: &'a Claim,
    /// Its place as it was resolved, if it was.
    pub place: Option<&'a Place>,
}

/// One line of a question: what one source says in one report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The offers that say so, by index; the first is shown, the rest repeat it in the same report.
    pub offers: Vec<usize>,
    /// Number of its origin among the question's origins.
    pub origin: usize,
    /// Lines that its figure cannot be reconciled with, and why.
    pub against: Vec<(usize, Standing)>,
    /// Lines of reports whose outlet it relays.
    pub relays: Vec<usize>,
    /// Lines of other reports that give the same figure from the same origin.
    pub same_origin: Vec<usize>,
}

/// Claims that answer one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The widest frame among its lines.
    pub frame: String,
    /// Every frame among its lines, the widest first.
    pub frames: Vec<String>,
    /// Whom or what it counts, in the words that say most; empty where none does.
    pub population: String,
    /// Unit, currency and denominators; empty for a count.
    pub unit: String,
    /// The place, in words; empty where none is said.
    pub place: String,
    /// Its lines: by frame, then by time.
    pub lines: Vec<Line>,
    /// How many origins its lines have.
    pub origins: usize,
}

impl Question {
    /// Whether there is anything to compare: two reports, two origins, or a disagreement.
    pub fn is_compared(&self, offers: &[Offer<'_>]) -> bool {
        let documents: BTreeSet<usize> = self
            .lines
            .iter()
            .filter_map(|l| offers.get(*l.offers.first()?))
            .map(|o| o.document)
            .collect();
        documents.len() > 1 || self.origins > 1 || self.disagrees()
    }

    /// Whether two of its lines cannot be reconciled.
    pub fn disagrees(&self) -> bool {
        self.lines.iter().any(|l| !l.against.is_empty())
    }

    /// Least and greatest figure among the lines of its own frame that are told as so.
    pub fn spread(&self, offers: &[Offer<'_>]) -> Option<(Decimal, Decimal)> {
        let values = self.lines.iter().filter_map(|l| {
            let claim = offers.get(*l.offers.first()?)?.claim;
            let own = claim.frame == self.frame && standing::is_told(claim);
            claim.figure.as_ref().filter(|_| own)?.value()
        });
        values.fold(None, |all, v| match all {
            None => Some((v, v)),
            Some((low, high)) => Some((v.min(low), v.max(high))),
        })
    }
}

/// Unit, currency and denominators of a figure, which two figures must share.
fn unit(figure: &Figure) -> String {
    let mut out: Vec<String> = Vec::new();
    match (&figure.currency, &figure.unit) {
        (Some(c), _) => out.push(c.clone()),
        (None, Some(u)) => out.push(u.clone()),
        (None, None) if figure.kind == FigureKind::Percent => out.push("%".into()),
        (None, None) => {}
    }
    let mut per: Vec<String> = figure
        .per
        .iter()
        .map(|p| format!("per {}", p.unit))
        .collect();
    per.sort();
    out.extend(per);
    out.join(" ")
}

/// Whether a claim can stand beside others.
fn is_offered(claim: &Claim) -> bool {
    let figure = claim.figure.as_ref().is_some_and(|f| {
        f.change.is_none()
            && matches!(
                f.kind,
                FigureKind::Cardinal
                    | FigureKind::Money
                    | FigureKind::Percent
                    | FigureKind::Measure
            )
    });
    figure && !claim.historic
}

/// A question in the making.
struct Making<'a> {
    population: Population,
    words: (usize, String),
    place: Option<Where<'a>>,
    members: Vec<usize>,
}

/// A place by its words and what they were resolved to.
#[derive(Clone, Copy)]
struct Where<'a> {
    words: &'a str,
    place: Option<&'a Place>,
}

impl Where<'_> {
    /// Whether two places can be one: the same words, the same identifier, or one holds the other.
    fn meets(self, other: Where<'_>) -> bool {
        if self.words.eq_ignore_ascii_case(other.words) {
            return true;
        }
        let (Some(a), Some(b)) = (self.place, other.place) else {
            return false;
        };
        let holds = |outer: &Place, inner: &Place| match outer.kind.as_deref() {
            Some("country" | "nationality") => {
                outer.country.is_some() && outer.country == inner.country
            }
            _ => inner.region.as_ref() == Some(&outer.name) && outer.country == inner.country,
        };
        (a.id.is_some() && a.id == b.id) || holds(a, b) || holds(b, a)
    }

    /// The narrower of two places says more.
    fn is_narrower_than(self, other: Where<'_>) -> bool {
        let country = |w: Where<'_>| {
            let kind = w.place.and_then(|p| p.kind.as_deref());
            matches!(kind, Some("country" | "nationality"))
        };
        !country(self) && country(other)
    }
}

/// The questions that these claims answer: those that a pack knows first, then those of most reports and origins.
pub fn questions(offers: &[Offer<'_>], packs: &Packs) -> Vec<Question> {
    let related = related_frames(offers, packs);
    // By related frames and unit; what no pack knows is asked by what it counts.
    let mut by: BTreeMap<(usize, String), Vec<(usize, Population)>> = BTreeMap::new();
    for (i, offer) in offers
        .iter()
        .enumerate()
        .filter(|(_, o)| is_offered(o.claim))
    {
        let Some(figure) = &offer.claim.figure else {
            continue;
        };
        let population = Population::of(offer.claim, packs);
        let known = offer.claim.frame != "other";
        if !known && population.group.is_none() {
            continue;
        }
        if let Some(&family) = related.get(offer.claim.frame.as_str()) {
            by.entry((family, unit(figure)))
                .or_default()
                .push((i, population));
        }
    }
    let mut out = Vec::new();
    for ((_, unit), mut members) in by {
        // What says most comes first, so that what says less finds the question it belongs to.
        members.sort_by_key(|(i, p)| (std::cmp::Reverse(p.said()), *i));
        for making in gather(offers, members) {
            out.push(finished(offers, making, &unit, packs));
        }
    }
    let size = |q: &Question| {
        let first = q.lines.iter().filter_map(|l| l.offers.first()).min();
        let documents: BTreeSet<usize> = q
            .lines
            .iter()
            .filter_map(|l| offers.get(*l.offers.first()?).map(|o| o.document))
            .collect();
        (
            std::cmp::Reverse((documents.len(), q.origins)),
            first.copied(),
        )
    };
    out.sort_by_cached_key(size);
    out
}

/// Each frame's family: frames that the lattice lets stand side by side, through one that is present, are one.
fn related_frames<'a>(offers: &[Offer<'a>], packs: &Packs) -> BTreeMap<&'a str, usize> {
    let names: BTreeSet<&str> = offers.iter().map(|o| o.claim.frame.as_str()).collect();
    let names: Vec<&str> = names.into_iter().collect();
    let mut family: Vec<usize> = (0..names.len()).collect();
    for i in 0..names.len() {
        for j in 0..i {
            if packs.comparable(names[i], names[j]) && family[i] != family[j] {
                let (from, to) = (family[i], family[j]);
                family
                    .iter_mut()
                    .filter(|f| **f == from)
                    .for_each(|f| *f = to);
            }
        }
    }
    names.into_iter().zip(family).collect()
}

fn gather<'a>(offers: &[Offer<'a>], members: Vec<(usize, Population)>) -> Vec<Making<'a>> {
    let mut out: Vec<Making<'a>> = Vec::new();
    for (i, population) in members {
        let Some(offer) = offers.get(i) else { continue };
        let place = offer.claim.place.as_ref().map(|p| Where {
            words: &p.text,
            place: offer.place,
        });
        let meets = |m: &Making<'_>| {
            let places = match (m.place, place) {
                (Some(a), Some(b)) => a.meets(b),
                _ => true,
            };
            places && m.population.meets(&population)
        };
        let mut fitting = out.iter_mut().filter(|m| meets(m));
        let (first, second) = (fitting.next(), fitting.next());
        let thing = offer.claim.figure.as_ref().and_then(|f| f.thing.as_ref());
        let words = thing.map_or("", |t| t.text.as_str());
        match (first, second) {
            (Some(m), None) => {
                m.members.push(i);
                m.population.join(&population);
                if m.place
                    .is_none_or(|old| place.is_some_and(|p| p.is_narrower_than(old)))
                {
                    m.place = place.or(m.place);
                }
                if population.said() > m.words.0 {
                    m.words = (population.said(), words.to_owned());
                }
            }
            _ => out.push(Making {
                words: (population.said(), words.to_owned()),
                population,
                place,
                members: vec![i],
            }),
        }
    }
    out
}

/// Whether a claim is told in its report's own voice.
fn is_own(claim: &Claim) -> bool {
    claim.origin().is_none_or(|l| l.kind == SourceKind::Own)
}

/// The key of a claim's origin: the same for the same source in two reports, its own for each that is not named.
fn origin(offer: &Offer<'_>, packs: &Packs) -> String {
    let own = || match offer.outlet {
        Some(outlet) => canonical(outlet, packs),
        None => format!("\u{0}document {}", offer.document),
    };
    match offer.claim.origin() {
        None => own(),
        Some(l) if l.kind == SourceKind::Own => own(),
        Some(l) => match &l.entity {
            Some(e) => canonical(e, packs),
            // "a senior official" of one report is not known to be that of another.
            None if l.kind == SourceKind::Anonymous => {
                format!(
                    "\u{0}unnamed {} {}",
                    offer.document,
                    l.source.text.to_lowercase()
                )
            }
            None => canonical(&l.source.text, packs),
        },
    }
}

/// A source's name, whatever it is called.
fn canonical(name: &str, packs: &Packs) -> String {
    let lower = name.split('|').next().unwrap_or(name).trim().to_lowercase();
    let lower = lower.strip_prefix("the ").unwrap_or(&lower);
    let outlet = packs.outlets(lower).next().map(|o| o.name.to_lowercase());
    let entity = || {
        packs
            .named_entities(lower)
            .next()
            .map(|e| e.name.to_lowercase())
    };
    outlet.or_else(entity).unwrap_or_else(|| lower.to_owned())
}

fn finished(offers: &[Offer<'_>], making: Making<'_>, unit: &str, packs: &Packs) -> Question {
    let mut frames: Vec<String> = making
        .members
        .iter()
        .filter_map(|i| offers.get(*i).map(|o| o.claim.frame.clone()))
        .collect();
    frames.sort();
    frames.dedup();
    // The widest first: it holds most of the others.
    let holds = |f: &String| {
        let others = frames.iter().filter(|o| *o != f && packs.frame_holds(f, o));
        others.count()
    };
    let mut ordered = frames.clone();
    ordered.sort_by_key(|f| std::cmp::Reverse(holds(f)));

    let mut members = making.members;
    let rank = |i: &usize| {
        offers.get(*i).map(|o| {
            let frame = ordered.iter().position(|f| *f == o.claim.frame);
            (frame, standing::day(o.claim), o.document, o.claim.sentence)
        })
    };
    members.sort_by_key(|i| (rank(i), *i));

    let mut origins: Vec<String> = Vec::new();
    let mut lines: Vec<Line> = Vec::new();
    type Said<'k> = (usize, &'k str, [Option<Decimal>; 3], bool);
    let mut seen: BTreeMap<(Said<'_>, usize), usize> = BTreeMap::new();
    let mut sourced: BTreeMap<Said<'_>, usize> = BTreeMap::new();
    let mut own: Vec<(usize, Said<'_>)> = Vec::new();
    for i in members {
        let Some(offer) = offers.get(i) else { continue };
        let numbers = offer.claim.figure.as_ref().map(|f| [f.low, f.best, f.high]);
        let said = (
            offer.document,
            offer.claim.frame.as_str(),
            numbers.unwrap_or_default(),
            standing::is_told(offer.claim),
        );
        let key = origin(offer, packs);
        let origin = origins.iter().position(|o| *o == key).unwrap_or_else(|| {
            origins.push(key);
            origins.len() - 1
        });
        if let Some(line) = seen.get(&(said, origin)).and_then(|&l| lines.get_mut(l)) {
            line.offers.push(i);
            continue;
        }
        seen.insert((said, origin), lines.len());
        if is_own(offer.claim) {
            own.push((lines.len(), said));
        } else {
            sourced.entry(said).or_insert(lines.len());
        }
        lines.push(Line {
            offers: vec![i],
            origin,
            against: Vec::new(),
            relays: Vec::new(),
            same_origin: Vec::new(),
        });
    }
    // A headline repeats what its report has from a source: it is no second voice.
    for (line, said) in own.into_iter().rev() {
        if let Some(&target) = sourced.get(&said) {
            let repeats = lines.remove(line).offers;
            let target = if target > line { target - 1 } else { target };
            if let Some(line) = lines.get_mut(target) {
                line.offers.extend(repeats);
            }
            sourced
                .values_mut()
                .filter(|t| **t > line)
                .for_each(|t| *t -= 1);
        }
    }
    // Origins are numbered anew in order of the lines that are left.
    let mut left: Vec<usize> = Vec::new();
    for line in &mut lines {
        line.origin = left
            .iter()
            .position(|o| *o == line.origin)
            .unwrap_or_else(|| {
                left.push(line.origin);
                left.len() - 1
            });
    }
    relate(offers, &mut lines, packs);
    Question {
        frame: ordered.first().cloned().unwrap_or_default(),
        frames: ordered,
        population: making.words.1,
        unit: unit.to_owned(),
        place: making
            .place
            .map_or_else(String::new, |w| w.words.to_owned()),
        origins: left.len(),
        lines,
    }
}

/// What each line is to the others.
fn relate(offers: &[Offer<'_>], lines: &mut [Line], packs: &Packs) {
    let shown: Vec<Option<&Offer<'_>>> = lines
        .iter()
        .map(|l| l.offers.first().and_then(|i| offers.get(*i)))
        .collect();
    let outlets: Vec<Option<String>> = shown
        .iter()
        .map(|o| o.and_then(|o| o.outlet).map(|o| canonical(o, packs)))
        .collect();
    for a in 0..lines.len() {
        let Some(x) = shown[a] else { continue };
        let named: BTreeSet<String> = x
            .claim
            .attribution
            .iter()
            .map(|l| canonical(l.entity.as_deref().unwrap_or(&l.source.text), packs))
            .collect();
        for b in 0..lines.len() {
            let Some(y) = shown[b].filter(|_| a != b) else {
                continue;
            };
            if let Some(standing) = standing::between(x.claim, y.claim, packs) {
                lines[a].against.push((b, standing));
            }
            if x.document == y.document {
                continue;
            }
            if outlets[b].as_ref().is_some_and(|o| named.contains(o)) {
                lines[a].relays.push(b);
            }
            if lines[a].origin == lines[b].origin && standing::same_figure(x.claim, y.claim) {
                lines[a].same_origin.push(b);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap as Roles;

    use sayso_model::{
        Act, Count, DocumentId, Exactness, Modality, Phrase, PlaceRef, Polarity, Quote, SourceLink,
        Span, When,
    };

    use super::*;

    /// Of document `n`: so many `thing` (its head `head`), says `who`, as of `day`.
    fn claim(
        n: u32,
        frame: &str,
        figure: i64,
        (thing, head): (&str, &str),
        who: &str,
        day: &str,
    ) -> Claim {
        let document = DocumentId::of(&n.to_le_bytes());
        let sentence = Span::new(0, 40);
        let phrase = |text: &str, head: &str, at: u32| Phrase {
            span: Span::new(at, at + text.len() as u32),
            text: text.into(),
            head: head.into(),
        };
        let when = When {
            value: day.into(),
            interval: day.parse().ok().map(|d| (d, d)),
            span: None,
        };
        let number = Some(Decimal::from(figure));
        let link = SourceLink {
            source: phrase(who, "x", 30),
            entity: Some(who.into()),
            cue: None,
            kind: SourceKind::Official,
            act: Act::Speech,
            country: None,
        };
        let figure = Figure {
            span: Span::new(0, 3),
            text: figure.to_string(),
            low: number,
            best: number,
            high: number,
            low_open: false,
            high_open: false,
            exactness: Exactness::Exact,
            kind: FigureKind::Cardinal,
            unit: None,
            currency: None,
            per: vec![],
            change: None,
            thing: Some(phrase(thing, head, 4)).filter(|p| !p.text.is_empty()),
            concepts: vec![],
        };
        let roles = Roles::new();
        Claim {
            id: Claim::identify(document, frame, sentence, None, Some(&figure), &roles),
            document,
            frame: frame.into(),
            roles,
            figure: Some(figure),
            part_of: None,
            count: Some(Count::Cumulative),
            main: false,
            historic: false,
            attribution: if who.is_empty() { vec![] } else { vec![link] },
            quote: Quote::None,
            polarity: Polarity::Affirmed,
            modality: Modality::Asserted,
            hedge: None,
            due: None,
            as_of: Some(when.clone()),
            event_time: None,
            said_at: None,
            published: Some(when),
            place: None,
            trigger: None,
            sentence,
            cell: None,
            why: vec![],
        }
    }

    fn asked(claims: &[Claim], outlets: &[&str]) -> (Vec<Question>, Vec<(usize, usize)>) {
        let packs = Packs::builtin();
        let documents: Vec<DocumentId> = {
            let mut all: Vec<DocumentId> = Vec::new();
            claims.iter().for_each(|c| {
                if !all.contains(&c.document) {
                    all.push(c.document);
                }
            });
            all
        };
        let number = |c: &Claim| documents.iter().position(|d| *d == c.document).unwrap_or(0);
        let offers: Vec<Offer<'_>> = claims
            .iter()
            .map(|c| Offer {
                document: number(c),
                outlet: outlets.get(number(c)).copied(),
                claim: c,
                place: None,
            })
            .collect();
        let q = questions(&offers, packs);
        let sizes = q.iter().map(|q| (q.lines.len(), q.origins)).collect();
        (q, sizes)
    }

    const MEN: (&str, &str) = ("miners", "miner");

    #[test]
    fn comparable_frames_meet_and_are_not_merged() {
        let claims = [
            claim(1, "killed", 12, MEN, "Mines Board", "2031-05-01"),
            claim(
                2,
                "killed_or_injured",
                40,
                MEN,
                "Miners Union",
                "2031-05-01",
            ),
            claim(3, "injured", 28, MEN, "Mines Board", "2031-05-01"),
            claim(3, "paid", 28, MEN, "Mines Board", "2031-05-01"),
        ];
        let (q, sizes) = asked(&claims, &[]);
        assert_eq!(sizes[0], (3, 2));
        assert_eq!(q[0].frames[0], "killed_or_injured");
        assert!(!q[0].disagrees());
        assert_eq!(q.len(), 2, "{q:#?}");
    }

    #[test]
    fn a_part_above_its_whole_and_two_figures_of_one_day_cannot_hold() {
        let claims = [
            claim(1, "killed", 60, MEN, "Mines Board", "2031-05-01"),
            claim(
                2,
                "killed_or_injured",
                40,
                MEN,
                "Miners Union",
                "2031-05-01",
            ),
            claim(3, "killed", 70, MEN, "Corbel News", "2031-05-01"),
        ];
        let (q, _) = asked(&claims, &[]);
        let against: Vec<Vec<&str>> = q[0]
            .lines
            .iter()
            .map(|l| l.against.iter().map(|a| a.1.as_str()).collect())
            .collect();
        assert_eq!(
            against,
            [
                vec!["exceeds", "exceeds"],
                vec!["exceeds", "differs"],
                vec!["exceeds", "differs"]
            ]
        );
    }

    #[test]
    fn a_tally_may_grow_and_not_fall() {
        let grows = [
            claim(1, "killed", 12, MEN, "Mines Board", "2031-05-01"),
            claim(2, "killed", 15, MEN, "Mines Board", "2031-05-02"),
        ];
        assert!(!asked(&grows, &[]).0[0].disagrees());
        let falls = [
            claim(1, "killed", 15, MEN, "Mines Board", "2031-05-01"),
            claim(2, "killed", 12, MEN, "Mines Board", "2031-05-02"),
        ];
        assert_eq!(
            asked(&falls, &[]).0[0].lines[0].against[0].1,
            Standing::Falls
        );
        let mut prices = falls.clone();
        prices.iter_mut().for_each(|c| c.count = None);
        assert!(!asked(&prices, &[]).0[0].disagrees());
    }

    #[test]
    fn approximations_bounds_plans_and_denials_are_weighed() {
        let one = |f: &dyn Fn(&mut Claim)| {
            let mut claims = [
                claim(1, "killed", 100, MEN, "Mines Board", "2031-05-01"),
                claim(2, "killed", 95, MEN, "Miners Union", "2031-05-01"),
            ];
            f(&mut claims[1]);
            let (q, _) = asked(&claims, &[]);
            q[0].lines[0].against.first().map(|a| a.1)
        };
        let figure = |c: &mut Claim| c.figure.take().unwrap_or_else(|| panic!("a figure"));
        assert_eq!(one(&|_| ()), Some(Standing::Differs));
        let about = |c: &mut Claim| {
            let f = figure(c);
            c.figure = Some(Figure {
                exactness: Exactness::Approximate,
                ..f
            });
        };
        assert_eq!(one(&about), None);
        let at_least = |c: &mut Claim| {
            let f = figure(c);
            c.figure = Some(Figure {
                best: None,
                high: None,
                ..f
            });
        };
        assert_eq!(one(&at_least), None);
        assert_eq!(one(&|c| c.modality = Modality::Planned), None);
        let denied = |c: &mut Claim| {
            at_least(c);
            c.polarity = Polarity::Denied;
        };
        assert_eq!(one(&denied), Some(Standing::Denied));
    }

    #[test]
    fn one_origin_told_by_two_reports_is_one_and_a_relay_is_named() {
        let mut relayed = claim(2, "killed", 12, MEN, "Mines Board", "2031-05-01");
        let mut relay = relayed.attribution[0].clone();
        relay.entity = Some("Corbel News".into());
        relayed.attribution.insert(0, relay);
        let claims = [
            claim(1, "killed", 12, MEN, "Mines Board", "2031-05-01"),
            relayed,
        ];
        let (q, sizes) = asked(&claims, &["Corbel News", "Lorn Echo"]);
        assert_eq!(sizes, [(2, 1)]);
        assert_eq!(
            (&q[0].lines[0].same_origin, &q[0].lines[1].relays),
            (&vec![1], &vec![0])
        );
    }

    #[test]
    fn a_headline_that_repeats_a_source_is_no_second_voice() {
        let claims = [
            claim(1, "killed", 12, MEN, "", "2031-05-01"),
            claim(1, "killed", 12, MEN, "Mines Board", "2031-05-01"),
            claim(1, "killed", 14, MEN, "", "2031-05-01"),
        ];
        let (q, sizes) = asked(&claims, &[]);
        assert_eq!(sizes, [(2, 2)]);
        let offers: Vec<&[usize]> = q[0].lines.iter().map(|l| l.offers.as_slice()).collect();
        assert_eq!(offers, [&[1, 0][..], &[2]]);
    }

    #[test]
    fn what_says_little_joins_only_where_there_is_one_question() {
        let bare = ("", "");
        let claims = [
            claim(1, "killed", 12, MEN, "Mines Board", "2031-05-01"),
            claim(2, "killed", 12, bare, "Corbel News", "2031-05-01"),
        ];
        assert_eq!(asked(&claims, &[]).1, [(2, 2)]);
        let mut several = claims.to_vec();
        several.push(claim(
            3,
            "killed",
            3,
            ("soldiers", "soldier"),
            "Army",
            "2031-05-01",
        ));
        assert_eq!(asked(&several, &[]).0.len(), 3);
        let mut placed = [
            claim(1, "killed", 12, MEN, "Mines Board", "2031-05-01"),
            claim(2, "killed", 4, MEN, "Mines Board", "2031-05-01"),
        ];
        for (c, place) in placed.iter_mut().zip(["Lorn", "Brack"]) {
            c.place = Some(PlaceRef {
                text: place.into(),
                id: None,
                span: Span::new(20, 24),
            });
        }
        assert_eq!(asked(&placed, &[]).0.len(), 2);
    }
}
