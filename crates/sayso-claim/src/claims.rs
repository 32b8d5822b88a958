//! From the figures and triggers of a reading to claims.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use rust_decimal::Decimal;
use sayso_measure::Reading;
use sayso_model::{
    Attribution, Cell, Claim, ClaimId, Count, Exactness, Figure, FigureKind, Filler, Modality,
    PartKind, Phrase, PlaceRef, Polarity, RelationKind, Span, Text, Timex, When,
};
use sayso_packs::Packs;
use sayso_parse::{Dep, Parse, Pos};

use crate::arguments::Slot;
use crate::counted::{self, Counted, Governed};
use crate::frames::{Class, Evoked, Frames};
use crate::mode::Mode;
use crate::phrases;
use crate::reported::Reported;
use crate::sources::Cast;
use crate::when;
use crate::{chain_at, links};

/// A bare number as large as this may be an amount of money whose currency was said before.
const AN_AMOUNT: u32 = 1_000_000;

/// Everything the making of claims looks at.
pub(crate) struct Maker<'a> {
    pub reading: &'a Reading<'a>,
    pub parse: &'a Parse,
    pub attributions: &'a [Attribution],
    pub frames: &'a Frames,
    pub packs: &'a Packs,
    /// The names of the document, gathered when a source is first looked up.
    pub cast: OnceCell<Cast>,
    /// Tokens that attribute.
    pub cues: Vec<u32>,
    /// What the report is about, by its head.
    pub about: Vec<PlaceRef>,
    /// When something was last said in the part at hand.
    pub reported: Option<Reported>,
    /// The earlier day that the part at hand tells of.
    pub narrated: Option<When>,
    /// The one day after publication that the report names, if it names just one.
    pub horizon: Option<When>,
    /// What was counted last, and in which sentence, for a number that stands alone.
    pub just_counted: Option<(Span<Text>, Vec<Filler>)>,
    /// The frame last counted, for "the total".
    pub last: Option<u32>,
    /// What the question asked that the part at hand answers, until a figure has answered it.
    pub asked: Option<Evoked>,
    pub out: Vec<Claim>,
    /// Index into `out` of each figure's claim.
    pub of_figure: Vec<Option<usize>>,
}

/// What one claim is made from.
pub(crate) struct Draft<'a> {
    pub frame: Option<u32>,
    pub evoked: Option<&'a Evoked>,
    pub figure: Option<Figure>,
    /// Token of the number or of the phrase that is counted.
    pub at: u32,
    /// Tokens that fill the counted role, if the figure does not say what is counted.
    pub fillers: Vec<u32>,
    pub sentence: Span<Text>,
    pub cell: Option<Cell>,
    pub why: Vec<String>,
}

/// The claims of a reading, in order of the text.
pub fn claims(reading: &Reading<'_>, attributions: &[Attribution], packs: &Packs) -> Vec<Claim> {
    let frames = Frames::of(packs);
    let parse = &reading.parse;
    let mut cues: Vec<u32> = attributions
        .iter()
        .flat_map(|a| &a.cue)
        .flat_map(|c| parse.tokens_in(c.start..c.end))
        .collect();
    cues.sort_unstable();
    let mut maker = Maker {
        reading,
        parse,
        attributions,
        frames: &frames,
        packs,
        cast: OnceCell::new(),
        cues,
        about: crate::place::about(reading, &frames),
        reported: None,
        narrated: None,
        horizon: when::horizon(reading),
        just_counted: None,
        last: None,
        asked: None,
        out: Vec::new(),
        of_figure: vec![None; reading.figures.len()],
    };
    for (i, part) in reading.document.parts.iter().enumerate() {
        if !part.kind.is_content()
            || matches!(part.kind, PartKind::SourceEntry)
            || crate::marks::is_reference(part.span.of(&reading.document.text))
        {
            continue;
        }
        let Some(tokens) = reading.part_tokens.get(i).filter(|t| !t.is_empty()) else {
            continue;
        };
        if let PartKind::Cell(cell) = &part.kind {
            crate::tables::cell(&mut maker, i, *cell);
            continue;
        }
        match part.kind {
            PartKind::Question => {
                // "How many were sent?": the number that opens the answer counts what the question asks.
                let asks = tokens
                    .clone()
                    .any(|t| matches!(parse.lower(t), "many" | "much" | "number" | "toll"));
                maker.asked = frames
                    .evoked(parse, tokens.clone())
                    .into_iter()
                    .find(|_| asks);
            }
            PartKind::Answer => {}
            _ => maker.asked = None,
        }
        maker.reported = None;
        maker.narrated = None;
        let first = parse.sentence_of(tokens.start);
        let last = parse.sentence_of(tokens.end - 1);
        for sentence in &parse.sentences[first..=last] {
            maker.sentence(sentence.start.max(tokens.start)..sentence.end.min(tokens.end));
        }
    }
    maker.relate();
    crate::tally::mark(&mut maker.out, &frames, reading);
    let mut out = maker.out;
    let chain = |span| links(reading, attributions, &chain_at(attributions, span));
    out.extend(crate::offices::offices(reading, &chain, packs));
    out.extend(crate::citations::citations(reading, &chain, packs));
    out.sort_by_key(|c| c.sentence.start);
    out
}

impl<'a> Maker<'a> {
    /// Figures whose words lie in these tokens.
    pub fn figures_in(&self, tokens: &std::ops::Range<u32>) -> std::ops::Range<usize> {
        let all = &self.reading.figure_tokens;
        let lo = all.partition_point(|f| f.end <= tokens.start);
        let hi = all.partition_point(|f| f.start < tokens.end);
        lo..hi.max(lo)
    }

    /// Whether a figure of this kind is a claim of its own.
    pub fn counts(figure: &Figure) -> bool {
        !matches!(figure.kind, FigureKind::Ordinal | FigureKind::Age)
    }

    fn sentence(&mut self, tokens: std::ops::Range<u32>) {
        let parse = self.parse;
        let bytes = trimmed(parse, tokens.clone());
        let evoked = self.frames.evoked(parse, tokens.clone());
        let totals: Vec<u32> = tokens
            .clone()
            .filter(|&t| {
                parse.pos(t) == Pos::Noun
                    && self
                        .frames
                        .in_list("totals", &parse.lemma(t).to_lowercase())
            })
            .collect();
        let mut used = vec![false; evoked.len()];
        let mut numbered: Vec<(u32, usize)> = Vec::new();
        let mut here: Option<u32> = None;
        for i in self.figures_in(&tokens) {
            let figure = &self.reading.figures[i];
            if !Self::counts(figure) || self.is_mark(figure) || self.counts_nothing(i) {
                continue;
            }
            let Some(counted) = counted::locate(self.reading, i, &totals) else {
                continue;
            };
            if counted.age || self.is_one_more(figure, &counted) {
                continue;
            }
            let (frame, chosen, why) = match self.frames.of_unit(figure) {
                Some((f, why)) => (Some(f), None, vec![why]),
                None => self.frame_of(figure, &counted, &evoked, &mut used),
            };
            let cardinal = figure.kind == FigureKind::Cardinal;
            if frame.is_none()
                && let Some(asked) = self.asked.clone()
                && self.fits(figure, &counted, &asked)
                && self.in_answer(bytes)
            {
                self.asked = None;
                let entry = &self.frames.frames[asked.frame as usize].entry;
                let draft = Draft {
                    frame: Some(asked.frame),
                    evoked: Some(&asked),
                    figure: Some(figure.clone()),
                    at: counted.number,
                    fillers: Vec::new(),
                    sentence: bytes,
                    cell: None,
                    why: vec![format!("{entry}: answers the question before it")],
                };
                self.of_figure[i] = Some(self.out.len());
                self.push(draft);
                continue;
            }
            let frame = frame
                .or_else(|| self.last.filter(|_| counted.bare_total && cardinal))
                // "four were hurt, two of them badly": part of those counted just before.
                .or_else(|| here.filter(|_| cardinal && counted.of_them))
                .or_else(|| self.frame_of_whole(i).filter(|_| cardinal))
                .or_else(|| self.frame_compared(i));
            if frame.is_none() && self.counts_sources(figure) {
                continue;
            }
            here = frame
                .filter(|&f| self.frames.frames[f as usize].implicit)
                .or(here);
            let people = figure
                .thing
                .as_ref()
                .is_some_and(|p| self.frames.in_list("people", &p.head));
            if let Some(f) = frame
                && (self.frames.frames[f as usize].implicit || people)
            {
                self.last = Some(f);
            }
            numbered.push((counted.noun.unwrap_or(counted.number), i));
            let draft = Draft {
                frame,
                evoked: chosen.map(|c| &evoked[c]),
                figure: Some(self.bounded(figure, &counted)),
                at: counted.number,
                // "put the number of its soldiers at 1,000": the number of them is the thing.
                fillers: counted
                    .of_total
                    .last()
                    .copied()
                    .filter(|_| {
                        chosen.is_none()
                            && figure.thing.is_none()
                            && !frame.is_some_and(|f| self.frames.frames[f as usize].implicit)
                    })
                    .into_iter()
                    .collect(),
                sentence: bytes,
                cell: None,
                why,
            };
            self.of_figure[i] = Some(self.out.len());
            self.push(draft);
        }
        for (e, event) in evoked.iter().enumerate() {
            if !used[e] && self.told_narrower(e, &evoked) {
                continue;
            }
            self.unnumbered(event, used[e], &numbered, bytes);
        }
        self.note_times(bytes);
    }

    /// Whether a stretch stands in an answer.
    fn in_answer(&self, at: Span<Text>) -> bool {
        let part = self.reading.document.part_at(at.start);
        part.and_then(|p| self.reading.document.parts.get(p))
            .is_some_and(|p| matches!(p.kind, PartKind::Answer))
    }

    /// The frame of a figure, the trigger that says so, and why.
    pub fn frame_of(
        &self,
        figure: &Figure,
        counted: &Counted,
        evoked: &[Evoked],
        used: &mut [bool],
    ) -> (Option<u32>, Option<usize>, Vec<String>) {
        let parse = self.parse;
        let candidates: Vec<Governed> = counted::governing(parse, self.frames, evoked, counted)
            .into_iter()
            .filter(|g| self.fits(figure, counted, &evoked[g.evoked]))
            .collect();
        let Some(best) = candidates.first() else {
            return (None, None, Vec::new());
        };
        let mut frame = evoked[best.evoked].frame;
        let mut chosen = best.evoked;
        used[best.evoked] = true;
        let mut why = vec![format!(
            "{}: {} ({})",
            self.frames.frames[frame as usize].entry,
            self.frames.triggers[evoked[best.evoked].trigger as usize]
                .words
                .join(" "),
            best.how
        )];
        // "have been killed or wounded": two words beside each other count the same, whatever the tree says.
        for (i, other) in evoked.iter().enumerate() {
            let best = &evoked[chosen];
            let beside = (other.first == best.last + 2
                && matches!(parse.lower(best.last + 1), "or" | "and"))
                || (best.first == other.last + 2
                    && matches!(parse.lower(other.last + 1), "or" | "and"));
            if i != chosen
                && beside
                && !used[i]
                && !candidates.iter().any(|g| g.evoked == i)
                && !self.frames.lies_within(frame, other.frame)
                && !self.frames.lies_within(other.frame, frame)
                && let Some(u) = self.frames.union(frame, other.frame)
            {
                frame = u;
                used[i] = true;
            }
        }
        for g in &candidates[1..] {
            let (a, b) = (&evoked[chosen], &evoked[g.evoked]);
            // "a shooting victim has died": what the noun leaves open the verb tells.
            let told_of = self.frames.triggers[a.trigger as usize].class == Class::Noun
                && b.frame != frame
                && self.frames.lies_within(b.frame, frame);
            let joined = coordinated(parse, a.head, b.head) || a.head == b.head || told_of;
            if !joined {
                continue;
            }
            let (x, y) = (frame, b.frame);
            if self.frames.lies_within(y, x) {
                // "shot and killed": the narrower says more.
                if x != y {
                    chosen = g.evoked;
                    frame = y;
                }
            } else if self.frames.lies_within(x, y) {
            } else if let Some(u) = self.frames.union(x, y) {
                why.push(format!(
                    "{} and {} together",
                    self.frames.frames[x as usize].name, self.frames.frames[y as usize].name
                ));
                frame = u;
            } else {
                continue;
            }
            used[g.evoked] = true;
        }
        (Some(frame), Some(chosen), why)
    }

    /// Whether a figure of this kind, counting this noun, can fill the frame's counted role.
    fn fits(&self, figure: &Figure, counted: &Counted, evoked: &Evoked) -> bool {
        let trigger = &self.frames.triggers[evoked.trigger as usize];
        let kind = figure.kind.as_str();
        // "a profit of 95 million": the currency was said before.
        let elliptic = figure.kind == FigureKind::Cardinal
            && counted.noun.is_none()
            && figure.best.is_some_and(|b| b >= AN_AMOUNT.into())
            && trigger
                .kinds
                .iter()
                .any(|k| k == FigureKind::Money.as_str());
        if !trigger.kinds.is_empty() && !elliptic && !trigger.kinds.iter().any(|k| k == kind) {
            return false;
        }
        let frame = &self.frames.frames[evoked.frame as usize];
        let role = &frame.counted;
        // Nobody counts people in fractions.
        if frame.implicit
            && figure.best.is_some_and(|b| !b.fract().is_zero())
            && figure.kind == FigureKind::Cardinal
        {
            return false;
        }
        // "was hit five times": what stands right after the number is counted, whatever it was carried to.
        if frame.implicit
            && (counted.number as usize + 1) < self.parse.len()
            && self
                .frames
                .in_list("things", &parse_word(self.parse, counted.number + 1))
            && counted.noun.is_none_or(|n| n <= counted.number + 1)
        {
            return false;
        }
        let Some(noun) = counted.noun else {
            return true;
        };
        if [evoked.head, evoked.first, evoked.last].contains(&noun) {
            return true;
        }
        self.frames
            .accepts(trigger, role, &parse_word(self.parse, noun), true)
    }

    /// Makes the claim and keeps it.
    pub fn push(&mut self, draft: Draft<'_>) {
        let parse = self.parse;
        let reading = self.reading;
        let text = &reading.document.text;
        let unsaid = (draft.fillers.is_empty()
            && draft.cell.is_none()
            && draft.figure.as_ref().is_some_and(|f| f.thing.is_none()))
        .then(|| self.unsaid(&draft))
        .flatten()
        .filter(|list| {
            list.iter()
                .any(|f| f.phrase.text.chars().any(char::is_alphabetic))
        });
        let frame = draft.frame.map(|f| &self.frames.frames[f as usize]);
        let trigger = draft
            .evoked
            .map(|e| &self.frames.triggers[e.trigger as usize]);
        let name = frame.map_or("other", |f| f.name.as_str()).to_owned();
        let head = draft.evoked.map_or(draft.at, |e| e.head);
        let figure = draft.figure;
        let mut roles: BTreeMap<String, Vec<Filler>> = BTreeMap::new();
        let filler = |phrase: Phrase| Filler {
            phrase,
            entity: None,
        };
        let counted_role = frame.map_or("thing", |f| f.counted.as_str());
        if !draft.fillers.is_empty() {
            let list = draft
                .fillers
                .iter()
                .map(|&m| filler(phrases::phrase(text, parse, m)))
                .collect();
            roles.insert(counted_role.to_owned(), list);
        } else if let Some(thing) = figure.as_ref().and_then(|f| f.thing.clone()) {
            // "one farmer was killed and three others hurt": the others are what was counted just before.
            let before = self.just_counted.as_ref().filter(|j| {
                j.0 == draft.sentence
                    && frame.is_some_and(|f| f.implicit)
                    && matches!(thing.head.as_str(), "other" | "others")
            });
            let list = before.map_or_else(|| vec![filler(thing)], |j| j.1.clone());
            roles.insert(counted_role.to_owned(), list);
        } else if let Some(list) = unsaid {
            roles.insert(counted_role.to_owned(), list);
        }
        if let Some(e) = draft.evoked {
            let mut names: Vec<&str> = Vec::new();
            for (role, _) in &self.frames.triggers[e.trigger as usize].roles {
                if !names.contains(&role.as_str()) {
                    names.push(role);
                }
            }
            for role in names {
                if roles.contains_key(role) {
                    continue;
                }
                let found = self.frames.fillers(parse, e, role).into_iter().find(|a| {
                    !matches!(a.slot, Slot::Itself | Slot::Value)
                        && !self.is_figure(a.token, figure.as_ref())
                        && (role != counted_role
                            || figure.is_none()
                            || parse.pos(a.token) != Pos::Num)
                        && self.may_fill(role, a.token)
                        && !roles.values().flatten().any(|f| {
                            let b = &parse.tokens[a.token as usize];
                            f.phrase.span.contains(b.start)
                        })
                });
                if let Some(a) = found {
                    let list = phrases::members(parse, a.token)
                        .into_iter()
                        .filter(|&m| m == a.token || parse.pos(m) != Pos::Num)
                        .map(|m| filler(phrases::phrase(text, parse, m)))
                        .collect();
                    roles.insert(role.to_owned(), list);
                }
            }
        }
        // "17 people were pulled out. At least 60 are missing.": those counted just before in the same part.
        if !roles.contains_key(counted_role)
            && figure.is_some()
            && frame.is_some_and(|f| f.implicit)
            && let Some((at, list)) = &self.just_counted
            && reading.document.part_at(at.start) == reading.document.part_at(draft.sentence.start)
        {
            roles.insert(counted_role.to_owned(), list.clone());
        }
        if let Some(list) = roles.get(counted_role)
            && frame.is_some_and(|f| f.implicit)
        {
            self.just_counted = Some((draft.sentence, list.clone()));
        }
        let span = figure.as_ref().map(|f| f.span).unwrap_or_else(|| {
            let b = parse.bytes(head..head + 1);
            Span::new(b.start, b.end)
        });
        let trigger_tokens = draft.evoked.map(|e| e.first..e.last + 1);
        let backing = self.backing(draft.at, span, draft.sentence, trigger_tokens);
        let willed = trigger.is_some_and(|t| {
            t.roles
                .iter()
                .any(|r| matches!(r.0.as_str(), "agent" | "employer" | "payer"))
        });
        let mut mode = match draft.evoked {
            Some(e) => self.frames.modes.mode(parse, e.head, willed),
            None => self
                .frames
                .modes
                .mode(parse, governor(parse, draft.at), willed),
        };
        if let (Some(t), Modality::Asserted) = (trigger, mode.modality)
            && let Some(m) = t.modality
        {
            mode.modality = m;
        }
        // "could rise to 300 deaths", "analysts foresee 40 closures": told of what is to come.
        if mode.modality == Modality::Asserted
            && trigger.is_none_or(|t| t.class == crate::frames::Class::Noun)
        {
            if let Some(verb) = outcome(parse, draft.at) {
                mode = self.frames.modes.mode(parse, verb, willed);
            }
            if mode.modality == Modality::Asserted && self.foretold(&backing.links, &roles) {
                mode.modality = Modality::Forecast;
            }
        }
        if backing.denied {
            mode.polarity = match mode.polarity {
                Polarity::Affirmed => Polarity::Denied,
                Polarity::Denied => Polarity::Affirmed,
            };
        }
        if let Some(f) = &figure
            && sayso_measure::denied(parse, &parse.tokens_in(f.span.start..f.span.end))
        {
            mode.polarity = Polarity::Denied;
        }
        let zero = figure.as_ref().and_then(|f| f.best) == Some(Decimal::ZERO);
        if zero {
            mode.polarity = Polarity::Affirmed;
        }
        let mut count = trigger.and_then(|t| t.count);
        if count.is_none() {
            count = frame.and_then(|f| f.count);
        }
        if count == Some(Count::Event)
            && perfect(parse, head)
            && figure
                .as_ref()
                .is_some_and(|f| f.exactness != Exactness::Implicit)
        {
            // "have been killed", "has lost": so far, not at once.
            count = Some(Count::Cumulative);
        }
        let times_here = self.times_in(draft.sentence);
        let mut times = when::times(
            reading,
            &when::Standing {
                head,
                figure: figure.as_ref().map(|_| draft.at),
                times: &times_here,
                cues: &self.cues,
                sources: &backing.attributions,
                count,
                modality: mode.modality,
            },
        );
        if times.open && draft.cell.is_none() {
            let verb = when::verb_above(parse, draft.at).unwrap_or(head);
            if let Some(reported) = self.reported_by(&backing.links) {
                times.as_of = Some(reported);
            } else if backing.links.is_empty() && when::is_past(parse, verb) {
                times.event = self.narrated.clone().or(times.event);
            }
        }
        if times.due.is_none()
            && mode.modality == Modality::Forecast
            && draft.cell.is_none()
            && times.event.is_none()
        {
            // What is foreseen comes due on the one day ahead that the report names.
            times.due.clone_from(&self.horizon);
            times.event.clone_from(&self.horizon);
        }
        if let Some(f) = &figure
            && times.open
            && times.as_of.is_none()
            && times.event.is_none()
        {
            times.as_of = self.told_before(f, &name);
        }
        let published = when::published(reading);
        let as_of = times
            .as_of
            .or_else(|| times.said.clone())
            .or_else(|| published.clone())
            .or_else(|| times.event.clone());
        let mut why = draft.why;
        if let Some(w) = mode.why {
            why.push(format!("{}: {w}", mode.modality.as_str()));
        }
        let trigger_span = draft.evoked.map(|e| {
            let b = parse.bytes(e.first..e.last + 1);
            Span::new(b.start, b.end)
        });
        if let Some(w) = backing.why {
            why.push(format!("source: {w}"));
        }
        let mut places = crate::place::places(
            reading,
            self.frames,
            draft.sentence,
            draft.at,
            head,
            roles.get("place"),
            &backing.links,
        );
        // What harms people, or moves them, happens somewhere: where the report is about, if it says no more.
        if places.is_empty() && frame.is_some_and(|f| f.implicit) {
            places.clone_from(&self.about);
        }
        let place = places.first().cloned();
        let named_role = roles.get("place").is_some_and(|list| {
            places
                .iter()
                .any(|p| list.iter().any(|f| f.phrase.span.overlaps(p.span)))
        });
        if !places.is_empty() && !named_role && draft.evoked.is_some() {
            let list = places
                .iter()
                .map(|p| {
                    filler(Phrase {
                        span: p.span,
                        text: p.text.clone(),
                        head: p.text.to_lowercase(),
                    })
                })
                .collect();
            roles.insert("place".to_owned(), list);
        }
        for (role, phrase) in self.told_of(draft.at, figure.as_ref(), &roles) {
            roles.insert(role.to_owned(), vec![filler(phrase)]);
        }
        let id = Claim::identify(
            reading.document.id,
            &name,
            draft.sentence,
            trigger_span,
            figure.as_ref(),
            &roles,
        );
        self.out.push(Claim {
            id,
            document: reading.document.id,
            frame: name,
            roles,
            figure,
            part_of: None,
            count,
            main: false,
            historic: times.historic && frame.is_some_and(|f| f.implicit),
            attribution: backing.links,
            quote: backing.quote,
            polarity: mode.polarity,
            modality: mode.modality,
            hedge: hedge_phrase(parse, text, &mode),
            due: times.due,
            as_of,
            event_time: times.event,
            said_at: times.said,
            published,
            place,
            trigger: trigger_span,
            sentence: draft.sentence,
            cell: draft.cell,
            why,
        });
    }

    fn is_figure(&self, token: u32, figure: Option<&Figure>) -> bool {
        let Some(f) = figure else {
            return false;
        };
        let t = &self.parse.tokens[token as usize];
        f.span.contains(t.start) || f.thing.as_ref().is_some_and(|p| p.span.contains(t.start))
    }

    /// Times never fill a role, and a place must be one.
    fn may_fill(&self, role: &str, token: u32) -> bool {
        use sayso_parse::EntityType as E;
        let t = &self.parse.tokens[token as usize];
        let time = matches!(t.entity, Some(E::Date | E::Time));
        let in_time = {
            let i = self
                .reading
                .times
                .partition_point(|x| x.span.end <= t.start);
            self.reading
                .times
                .get(i)
                .is_some_and(|x| x.span.contains(t.start))
        };
        !time
            && !in_time
            && (role != "place" || matches!(self.parse.pos(token), Pos::Propn | Pos::Noun))
    }

    /// Times that stand in a stretch of text.
    pub fn times_in(&self, span: Span<Text>) -> Vec<&'a Timex> {
        let all = &self.reading.times;
        let lo = all.partition_point(|t| t.span.end <= span.start);
        all[lo..]
            .iter()
            .take_while(|t| t.span.start < span.end)
            .collect()
    }

    /// Parts and wholes: what the reading found between figures becomes what claims are part of.
    fn relate(&mut self) {
        let ids: Vec<Option<(usize, ClaimId)>> = self
            .of_figure
            .iter()
            .map(|c| c.and_then(|i| self.out.get(i).map(|c| (i, c.id))))
            .collect();
        for r in &self.reading.relations {
            let (part, whole) = match r.kind {
                RelationKind::PartOf => (r.from, r.to),
                RelationKind::SumOf => (r.to, r.from),
                _ => continue,
            };
            let at = |i: u32| ids.get(i as usize).copied().flatten();
            if let (Some((p, _)), Some((w, whole))) = (at(part), at(whole)) {
                self.out[p].part_of = Some(whole);
                // "of those, 40 were children": who counted the whole counted the part.
                if self.out[p].attribution.is_empty() && p > w {
                    self.out[p].attribution = self.out[w].attribution.clone();
                    self.out[p].quote = self.out[w].quote;
                }
            }
        }
    }
}

/// The word under which lists know a token.
pub(crate) fn parse_word(parse: &Parse, t: u32) -> String {
    parse.lemma(t).to_lowercase()
}

/// Whether two predicates are coordinated, directly or through the first of a list.
pub(crate) fn coordinated(parse: &Parse, a: u32, b: u32) -> bool {
    let root = |mut t: u32| {
        for _ in 0..8 {
            if parse.dep(t) != Dep::Conj {
                break;
            }
            t = parse.head(t);
        }
        t
    };
    root(a) == root(b)
}

/// The verb in whose clause a token stands, or what the token hangs on last where there is none.
pub(crate) fn governor(parse: &Parse, t: u32) -> u32 {
    let mut at = t;
    for _ in 0..16 {
        if matches!(parse.pos(at), Pos::Verb | Pos::Aux) {
            return at;
        }
        let head = parse.head(at);
        if head == at {
            return at;
        }
        at = head;
    }
    at
}

/// The verb whose outcome a figure is, by way of its noun and a preposition: "could rise to 300 deaths".
fn outcome(parse: &Parse, number: u32) -> Option<u32> {
    let mut at = number;
    for _ in 0..6 {
        let head = parse.head(at);
        if head == at {
            return None;
        }
        match parse.dep(at) {
            Dep::Nummod | Dep::Quantmod | Dep::Compound | Dep::Amod | Dep::Pcomp => {}
            Dep::Pobj if matches!(parse.lower(head), "to" | "in" | "between" | "at") => {}
            Dep::Prep | Dep::Dobj | Dep::Attr
                if matches!(parse.pos(head), Pos::Verb | Pos::Aux) =>
            {
                return Some(head);
            }
            Dep::Prep => {}
            _ => return None,
        }
        at = head;
    }
    None
}

/// Whether the verb is in the perfect: "have been killed".
fn perfect(parse: &Parse, head: u32) -> bool {
    let mut at = head;
    for _ in 0..4 {
        if parse
            .children(at)
            .iter()
            .any(|&c| parse.dep(c) == Dep::Aux && parse.lemma(c) == "have")
        {
            return true;
        }
        if !matches!(
            parse.dep(at),
            Dep::Conj | Dep::Dobj | Dep::Acomp | Dep::Oprd
        ) {
            return false;
        }
        at = parse.head(at);
    }
    false
}

fn hedge_phrase(parse: &Parse, text: &str, mode: &Mode) -> Option<Phrase> {
    let t = mode.hedge?;
    if mode.modality == Modality::Asserted {
        return None;
    }
    let b = parse.bytes(t..t + 1);
    let span = Span::new(b.start, b.end);
    Some(Phrase {
        span,
        text: span.of(text).to_owned(),
        head: parse.lemma(t).to_lowercase(),
    })
}

/// Bytes of a token range without the white space at its ends.
pub(crate) fn trimmed(parse: &Parse, tokens: std::ops::Range<u32>) -> Span<Text> {
    let (mut first, mut end) = (tokens.start, tokens.end);
    while first < end && parse.pos(first) == Pos::Space {
        first += 1;
    }
    while end > first && parse.pos(end - 1) == Pos::Space {
        end -= 1;
    }
    let b = parse.bytes(first..end);
    Span::new(b.start, b.end)
}
