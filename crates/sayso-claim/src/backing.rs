//! Who stands behind a figure: which attributions of the text reach it, and which do not although they hold it.
//!
//! An attribution's content is as long as the grammar lets it be. A figure in it may still be the report's own: what
//! a writer sets against somebody's words ("while …"), what stands behind a semicolon, what only describes ("the
//! firm's 9,000-strong staff"). And a figure outside of it may be the source's: what follows the cue without a clause
//! of its own ("…, the mayor said, five of them children"), and what somebody is said to reckon without a clause to
//! reckon it in ("police put the number at 300").

use sayso_model::{Act, Attribution, PartKind, Phrase, Quote, QuoteKind, SourceLink, Span, Text};
use sayso_parse::{Dep, Parse, Pos};

use crate::arguments::{Slot, arguments};
use crate::claims::{Maker, parse_word};
use crate::{chain_at, links};

/// Steps a climb through the tree may take.
const STEPS: usize = 16;

/// What stands behind a figure.
#[derive(Debug)]
pub(crate) struct Backing {
    /// The chain, outermost relay first.
    pub links: Vec<SourceLink>,
    /// Whether the words are the source's own.
    pub quote: Quote,
    /// Whether the source denies.
    pub denied: bool,
    /// How it was found, where it is not simply said.
    pub why: Option<&'static str>,
    /// The attributions that the chain was made from.
    pub attributions: Vec<Attribution>,
}

impl Maker<'_> {
    /// The chain of a figure (or of a trigger without one) whose number stands at token `at`.
    pub(crate) fn backing(
        &self,
        at: u32,
        span: Span<Text>,
        sentence: Span<Text>,
        trigger: Option<std::ops::Range<u32>>,
    ) -> Backing {
        let found = chain_at(self.attributions, span);
        let held = !found.is_empty();
        let chain: Vec<usize> = found
            .into_iter()
            .filter(|&i| {
                !trigger.as_ref().is_some_and(|t| self.is_deed(i, t))
                    && self.reaches(i, at, span, sentence)
            })
            .collect();
        if !chain.is_empty() || held {
            return self.of_chain(&chain, None);
        }
        if describes(self.parse, &self.reading.document.text, at, span) {
            return self.of_chain(&[], None);
        }
        if let Some(chain) = self.resumed(at, sentence) {
            return self.of_chain(&chain, Some("goes on after the source is named"));
        }
        let mut none = self.of_chain(&[], None);
        if let Some(link) = self.reckoned(at, sentence) {
            none.links.push(link);
            none.quote = Quote::Indirect;
            none.why = Some("is what somebody reckons");
        }
        none
    }

    fn of_chain(&self, chain: &[usize], why: Option<&'static str>) -> Backing {
        let quote = chain
            .last()
            .map_or(Quote::None, |&i| match self.attributions[i].kind {
                QuoteKind::Direct => Quote::Direct,
                QuoteKind::Mixed => Quote::Mixed,
                QuoteKind::Indirect => Quote::Indirect,
            });
        Backing {
            links: links(self.reading, self.attributions, chain),
            quote,
            denied: chain.iter().any(|&i| self.attributions[i].denied),
            why,
            attributions: chain
                .iter()
                .filter_map(|&i| self.attributions.get(i).cloned())
                .collect(),
        }
    }

    /// Whether an attribution's cue is the very word that evokes the frame: who "orders 3 hospitals evacuated" or
    /// "blacklists 40 firms" does it and does not say it.
    fn is_deed(&self, i: usize, trigger: &std::ops::Range<u32>) -> bool {
        let parse = self.parse;
        let Some(cue) = self.attributions[i].cue.first() else {
            return false;
        };
        parse.tokens_in(cue.start..cue.end).any(|t| {
            trigger.contains(&t)
                && matches!(parse.pos(t), Pos::Verb)
                && !self.frames.in_list("reckons", &parse_word(parse, t))
        })
    }

    /// Whether an attribution whose content holds a figure stands behind it.
    fn reaches(&self, i: usize, at: u32, span: Span<Text>, sentence: Span<Text>) -> bool {
        let parse = self.parse;
        let a = &self.attributions[i];
        // To want or to plan is not to say: who tells us of the plan stands behind the figure.
        if a.act == Act::Intention {
            return false;
        }
        if a.kind == QuoteKind::Direct {
            return true;
        }
        let text = &self.reading.document.text;
        if describes(parse, text, at, span) {
            return false;
        }
        let Some(cue) = a.cue.first().or(a.source.first()) else {
            return true;
        };
        let same = |s: Span<Text>| s.start >= sentence.start && s.start < sentence.end;
        if !same(*cue) {
            return true;
        }
        // Headlines and summaries string statements together with semicolons; a source has its own only.
        let (from, to) = (span.end.min(cue.end), span.start.max(cue.start));
        if self.is_headline(sentence)
            && text
                .get(from as usize..to as usize)
                .is_some_and(|between| between.contains(';'))
        {
            return false;
        }
        // "14 dead, ministry confirms first case": the cue has an object of its own further on.
        if span.end <= cue.start
            && parse.tokens_in(cue.start..cue.end).any(|v| {
                parse.pos(v) == Pos::Verb
                    && parse.child(v, Dep::Dobj).is_some_and(|o| {
                        o > v
                            && !self.frames.in_list("people", &parse_word(parse, o))
                            && parse.pos(o) == Pos::Noun
                    })
            })
            && self.is_headline(sentence)
        {
            return false;
        }
        // "X said it would cut 40, while Y is to cut 90": the writer's comparison, where it has its own subject.
        if cue.start < span.start {
            let said = parse.tokens_in(cue.start..cue.end);
            let mut here = at;
            for _ in 0..STEPS {
                let head = parse.head(here);
                if head == here || said.contains(&here) {
                    break;
                }
                if parse.dep(here) == Dep::Advcl && self.contrasts(here) && here > said.start {
                    return false;
                }
                here = head;
            }
        }
        true
    }

    /// Whether a sentence stands in a part that ends without a full stop, as titles and summaries do.
    fn is_headline(&self, sentence: Span<Text>) -> bool {
        let document = &self.reading.document;
        document
            .part_at(sentence.start)
            .and_then(|p| document.parts.get(p))
            .is_some_and(|p| {
                matches!(p.kind, PartKind::Title | PartKind::Heading(_))
                    || !p
                        .span
                        .of(&document.text)
                        .trim_end_matches(['"', '\'', '\u{201d}', '\u{2019}', ')', ' ', '\n'])
                        .ends_with(['.', '!', '?', '\u{2026}', ':'])
            })
    }

    /// Whether a clause is set against what stands before it: "while" or "whereas", with a noun of its own as subject.
    fn contrasts(&self, clause: u32) -> bool {
        let parse = self.parse;
        let children = parse.children(clause);
        let against = children.iter().any(|&c| {
            matches!(parse.dep(c), Dep::Mark | Dep::Advmod)
                && matches!(parse.lower(c), "while" | "whereas")
                && c > 0
                && matches!(parse.pos(c - 1), Pos::Punct)
        });
        against
            && children.iter().any(|&c| {
                matches!(parse.dep(c), Dep::Nsubj | Dep::Nsubjpass)
                    && matches!(parse.pos(c), Pos::Noun | Pos::Propn)
            })
    }

    /// The chain of a figure that follows the cue of its sentence in words without a clause of their own: "…, the mayor
    /// said, five of them children", "…, she said, down from 40 on Monday".
    fn resumed(&self, at: u32, sentence: Span<Text>) -> Option<Vec<usize>> {
        let parse = self.parse;
        let number = parse.bytes(at..at + 1);
        let (i, end) = self
            .attributions
            .iter()
            .enumerate()
            .filter_map(|(i, a)| {
                let cue = a.cue.iter().chain(&a.source).copied().reduce(Span::join)?;
                let content = a.content.first()?;
                let here = cue.start >= sentence.start
                    && cue.end <= number.start
                    && content.start < cue.start
                    && content.start >= sentence.start;
                here.then_some((i, cue.end))
            })
            .max_by_key(|x| x.1)?;
        let mut between = parse.tokens_in(end..number.start);
        // "…, the service said on Thursday, bringing the total to 5,500"
        if let Some(comma) =
            (between.start..between.end.min(between.start + 5)).find(|&t| parse.lower(t) == ",")
            && (between.start..comma)
                .all(|t| matches!(parse.pos(t), Pos::Adp | Pos::Propn | Pos::Num | Pos::Noun))
        {
            between.start = comma;
        }
        if between.is_empty()
            || !matches!(
                parse.lower(between.start),
                "," | "-" | "\u{2013}" | "\u{2014}"
            )
        {
            return None;
        }
        let own_clause = between.clone().any(|t| {
            matches!(parse.dep(t), Dep::Nsubj | Dep::Nsubjpass | Dep::Csubj)
                || matches!(parse.lower(t), ";" | "but" | "while")
        }) || {
            // The number itself may be the subject of what follows: "…, she said, and 30 fled".
            let mut here = at;
            let mut subject = false;
            for _ in 0..STEPS {
                if matches!(parse.dep(here), Dep::Nsubj | Dep::Nsubjpass) {
                    subject = true;
                    break;
                }
                let head = parse.head(here);
                if head == here || head < between.start {
                    break;
                }
                here = head;
            }
            subject && !between.clone().any(|t| parse.lower(t) == "and")
        };
        if own_clause {
            return None;
        }
        let content = self.attributions[i].content.first()?;
        let chain: Vec<usize> = chain_at(
            self.attributions,
            Span::new(content.start, content.start + 1),
        );
        Some(if chain.contains(&i) { chain } else { vec![i] })
    }

    /// Somebody who reckons the figure: subject of a verb such as "estimate" whose object the figure is or belongs to,
    /// or of one such as "raise" whose object is a total that the figure is said to be ("raised the toll to nine").
    fn reckoned(&self, at: u32, sentence: Span<Text>) -> Option<SourceLink> {
        let parse = self.parse;
        let mut here = at;
        for _ in 0..STEPS {
            // "the 180 posts the firm expects to cut"
            if parse.pos(here) == Pos::Noun
                && let Some(verb) = parse.child(here, Dep::Relcl)
                && self.frames.in_list("reckons", &parse_word(parse, verb))
                && parse
                    .child(verb, Dep::Nsubj)
                    .is_some_and(|s| matches!(parse.pos(s), Pos::Noun | Pos::Propn))
                && let Some(link) = self.link(verb, sentence)
            {
                return Some(link);
            }
            let head = parse.head(here);
            if head == here {
                return None;
            }
            let dep = parse.dep(here);
            here = head;
            if !matches!(parse.pos(here), Pos::Verb) || matches!(dep, Dep::Nsubj | Dep::Nsubjpass) {
                continue;
            }
            let lemma = parse_word(parse, here);
            let object = || {
                parse
                    .child(here, Dep::Dobj)
                    .is_some_and(|o| o != at && self.is_total(o))
            };
            let reckons = self.frames.in_list("reckons", &lemma)
                && !matches!(dep, Dep::Advcl | Dep::Conj | Dep::Agent);
            let listed = self.frames.in_list("documents_tell", &lemma)
                && parse
                    .child(here, Dep::Nsubj)
                    .is_some_and(|s| self.is_document(s));
            if (reckons || listed || self.frames.in_list("moves_totals", &lemma) && object())
                && let Some(link) = self.link(here, sentence)
            {
                return Some(link);
            }
        }
        None
    }

    fn is_total(&self, noun: u32) -> bool {
        self.frames.in_list("totals", &parse_word(self.parse, noun))
    }

    /// The subject of a verb as a source, where it is one that can speak.
    fn link(&self, verb: u32, sentence: Span<Text>) -> Option<SourceLink> {
        let parse = self.parse;
        if crate::arguments::is_passive(parse, verb) {
            return None;
        }
        let subject = arguments(parse, verb)
            .into_iter()
            .find(|a| a.slot == Slot::Subject)?
            .token;
        let words = parse.subtree(subject);
        let first = words.start;
        // The name or description alone: not the clauses that hang on it.
        let last = parse
            .children(subject)
            .iter()
            .copied()
            .filter(|&c| {
                c > subject && matches!(parse.dep(c), Dep::Prep | Dep::Appos | Dep::Conj | Dep::Cc)
            })
            .map(|c| parse.subtree(c).end)
            .max()
            .unwrap_or(subject + 1)
            .min(words.end)
            .min(if verb > subject { verb } else { words.end });
        if last <= first || !self.may_speak(subject) {
            return None;
        }
        let bytes = parse.bytes(first..last.max(subject + 1));
        let span: Span<Text> = bytes.into();
        if !sentence.covers(span) {
            return None;
        }
        let text = &self.reading.document.text;
        let phrase = |span: Span<Text>, head: u32| Phrase {
            span,
            text: span.of(text).to_owned(),
            head: parse.lemma(head).to_lowercase(),
        };
        let who = self.resolve(first..last.max(subject + 1), subject);
        let cue: Span<Text> = parse.bytes(verb..verb + 1).into();
        Some(SourceLink {
            source: phrase(span, subject),
            entity: who.speaker,
            cue: Some(phrase(cue, verb)),
            kind: who.kind,
            act: Act::Speech,
            country: who.country,
        })
    }

    /// Whether a noun is one that can speak: a name, a pronoun for one, or a word the packs know as a kind of source.
    fn may_speak(&self, t: u32) -> bool {
        let parse = self.parse;
        if parse.pos(t) == Pos::Pron {
            return matches!(parse.lower(t), "he" | "she" | "they" | "it");
        }
        let word = parse_word(parse, t);
        crate::attribution::speaks(parse, self.packs, t)
            || ["source_institution", "also_speak"]
                .iter()
                .any(|l| self.frames.in_list(l, &word))
            || self.is_document(t)
            || (self.frames.in_list("people", &word) && parse.pos(t) == Pos::Noun)
    }

    fn is_document(&self, t: u32) -> bool {
        let word = parse_word(self.parse, t);
        self.frames.in_list("source_document", &word) || self.frames.in_list("tells", &word)
    }

    /// The name behind a source, its kind and its country.
    pub(crate) fn resolve(
        &self,
        source: std::ops::Range<u32>,
        head: u32,
    ) -> crate::sources::Resolved {
        // A copy: what one look-up learns of a name must not change another's.
        let gathered = self
            .cast
            .get_or_init(|| crate::sources::Cast::new(self.parse, self.packs));
        gathered
            .clone()
            .resolve(self.parse, self.packs, &source, Some(head), &[])
    }
}

/// Whether a number only describes what somebody has: "the firm's 9,000-strong staff", "its 200-bed hospital".
fn describes(parse: &Parse, text: &str, at: u32, span: Span<Text>) -> bool {
    let glued = text.get(span.end as usize..).is_some_and(|rest| {
        let mut chars = rest.chars();
        matches!(chars.next(), Some('-' | '\u{2010}' | '\u{2011}'))
            && chars.next().is_some_and(char::is_alphabetic)
    });
    if !glued {
        return false;
    }
    let mut here = at;
    for _ in 0..4 {
        let owned = parse.child(here, Dep::Poss).is_some();
        if owned {
            return true;
        }
        let head = parse.head(here);
        if head == here || !matches!(parse.pos(head), Pos::Noun | Pos::Propn | Pos::Adj) {
            break;
        }
        here = head;
    }
    false
}
