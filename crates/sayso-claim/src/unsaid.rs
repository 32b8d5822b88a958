//! What the figures of claims leave unsaid: people named without a number, numbers that stand alone, bounds told by
//! the verb, numbers that count nothing.

use rust_decimal::Decimal;
use sayso_model::{Exactness, Figure, FigureKind, Filler, Phrase, Span};
use sayso_parse::{Dep, Pos};

use crate::arguments::{Argument, Slot};
use crate::claims::{Draft, Maker, parse_word};
use crate::counted::Counted;
use crate::frames::Evoked;
use crate::phrases;

impl Maker<'_> {
    /// The figure of a phrase that names so many without a number.
    pub fn unwritten(&self, members: &[u32], n: u32) -> Figure {
        let text = &self.reading.document.text;
        let phrase = members
            .iter()
            .map(|&m| phrases::phrase(text, self.parse, m))
            .reduce(|a, b| {
                let span = a.span.join(b.span);
                Phrase {
                    span,
                    text: span.of(text).to_owned(),
                    head: a.head,
                }
            })
            .unwrap_or(Phrase {
                span: Span::new(0, 0),
                text: String::new(),
                head: String::new(),
            });
        let value = Some(Decimal::from(n));
        Figure {
            span: phrase.span,
            text: phrase.text.clone(),
            low: value,
            best: value,
            high: value,
            low_open: false,
            high_open: false,
            exactness: Exactness::Implicit,
            kind: FigureKind::Cardinal,
            unit: None,
            currency: None,
            per: Vec::new(),
            change: None,
            thing: Some(phrase),
            concepts: Vec::new(),
        }
    }

    /// A figure bounded by its verb: "topped 47,000" says more than that many, "nears 16,000" not quite.
    pub fn bounded(&self, figure: &Figure, counted: &Counted) -> Figure {
        let mut figure = figure.clone();
        if figure.exactness != Exactness::Exact || figure.kind != FigureKind::Cardinal {
            return figure;
        }
        let parse = self.parse;
        let before = parse
            .tokens_in(figure.span.start..figure.span.end)
            .start
            .checked_sub(1);
        let verb = (parse.dep(counted.number) == Dep::Dobj).then(|| parse.head(counted.number));
        for t in [verb, before].into_iter().flatten() {
            let is = |list: &str| {
                self.frames.in_list(list, &parse_word(parse, t))
                    || self.frames.in_list(list, parse.lower(t))
            };
            if is("exceeding") {
                figure.low = figure.best;
                figure.low_open = true;
                (figure.best, figure.high) = (None, None);
                figure.exactness = Exactness::Bound;
                break;
            }
            if is("nearing") {
                figure.low = None;
                figure.high_open = true;
                figure.exactness = Exactness::Approximate;
                break;
            }
        }
        figure
    }

    /// What a bare number counts: the word that evoked the frame ("the toll rose to nine"), else what was counted
    /// just before in the sentence ("12 people were killed and 30 injured"), else the subject of its verb.
    pub fn unsaid(&self, draft: &Draft<'_>) -> Option<Vec<Filler>> {
        let parse = self.parse;
        let text = &self.reading.document.text;
        let filler = |t: u32| {
            vec![Filler {
                phrase: phrases::phrase(text, parse, t),
                entity: None,
            }]
        };
        if let Some(e) = draft.evoked {
            let trigger = &self.frames.triggers[e.trigger as usize];
            if trigger.class != crate::frames::Class::Verb
                && self
                    .frames
                    .fillers(parse, e, &self.frames.frames[e.frame as usize].counted)
                    .iter()
                    .any(|a| matches!(a.slot, Slot::Itself | Slot::Value))
            {
                return Some(filler(e.head));
            }
        }
        // "Houses destroyed: 146": the label says what is counted.
        if let Some(e) = draft.evoked
            && e.last < draft.at
            && let Some(a) = self
                .frames
                .fillers(parse, e, &self.frames.frames[e.frame as usize].counted)
                .into_iter()
                .find(|a| parse.pos(a.token) == Pos::Noun && a.token < draft.at)
        {
            return Some(filler(a.token));
        }
        if draft.frame.is_some() {
            return self
                .just_counted
                .as_ref()
                .filter(|j| j.0 == draft.sentence || draft.evoked.is_none())
                .map(|j| j.1.clone());
        }
        let mut at = draft.at;
        for _ in 0..6 {
            let head = parse.head(at);
            if head == at {
                return None;
            }
            if matches!(parse.pos(head), Pos::Verb | Pos::Aux) {
                let subject = parse
                    .children(head)
                    .iter()
                    .copied()
                    .find(|&c| matches!(parse.dep(c), Dep::Nsubj | Dep::Nsubjpass));
                return subject
                    .filter(|&s| s != at && matches!(parse.pos(s), Pos::Noun | Pos::Propn))
                    .map(filler);
            }
            if parse.pos(head) == Pos::Noun {
                return Some(filler(head));
            }
            at = head;
        }
        None
    }

    /// Whether the words that were measured as a fraction count one person more: "injured a fourth".
    pub fn is_one_more(&self, figure: &Figure, counted: &Counted) -> bool {
        let parse = self.parse;
        figure
            .best
            .is_some_and(|b| !b.is_zero() && b < Decimal::ONE)
            && phrases::ordinal(parse.lower(counted.number))
            && parse
                .children(counted.number)
                .iter()
                .all(|&c| parse.lower(c) != "of")
            && parse
                .lower(counted.number.saturating_sub(1))
                .starts_with('a')
    }

    /// The subject for a reflexive object: "shot himself" befalls him who shot.
    pub fn itself(&self, mut argument: Argument, event: &Evoked) -> Argument {
        if phrases::reflexive(self.parse, argument.token)
            && let Some(s) = event.arguments.iter().find(|a| a.slot == Slot::Subject)
            && !phrases::reflexive(self.parse, s.token)
        {
            argument.token = s.token;
        }
        argument
    }

    /// Members of a coordination without those that only name the number before them: "two reporters, Ann Hart and
    /// Jo Kell".
    pub fn told_once(&self, members: Vec<u32>, numbered: &[(u32, usize)]) -> Vec<u32> {
        let parse = self.parse;
        let Some((&first, rest)) = members.split_first() else {
            return members;
        };
        let counted = numbered
            .iter()
            .find(|n| n.0 == first)
            .and_then(|n| self.reading.figures.get(n.1))
            .and_then(|f| f.best);
        if rest.is_empty() || counted != Some(Decimal::from(rest.len())) {
            return members;
        }
        let named = rest.iter().all(|&m| parse.pos(m) == Pos::Propn);
        let comma = parse.lower(first + 1) == ",";
        if named && comma { vec![first] } else { members }
    }

    /// Whether a number only marks a note or numbers an entry: "[5]", or a line that holds nothing else.
    pub fn is_mark(&self, figure: &Figure) -> bool {
        let text = &self.reading.document.text;
        let before = text.get(..figure.span.start as usize).unwrap_or("");
        let after = text.get(figure.span.end as usize..).unwrap_or("");
        if before.ends_with('[') && after.starts_with([']', ',', '-', '\u{2013}']) {
            return true;
        }
        let alone = self
            .reading
            .document
            .part_at(figure.span.start)
            .and_then(|p| self.reading.document.parts.get(p));
        alone.is_some_and(|p| {
            let rest = self.reading.document.words(p.span).trim();
            rest.strip_prefix(figure.text.as_str())
                .is_some_and(|r| r.chars().all(|c| matches!(c, '.' | ')' | ' ')))
        })
    }
}
