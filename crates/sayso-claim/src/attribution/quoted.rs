//! Quotations joined to their cues: the content that a cue has by grammar is widened to the quotation it lies in, and
//! a quotation that grammar leaves alone is given to the cue beside it, to the quotation before it in the same
//! paragraph, or to the cue that ends the paragraph before.

use std::ops::Range;

use sayso_packs::Packs;
use sayso_parse::{Dep, EntityType, Parse, Pos, Tag};

use super::candidates::{Candidate, Shape};
use super::grammar::{is_verb, merge, phrase, subject, trim, verb_group};
use super::lexicon::Cue;
use super::quotes::Quotations;

/// How far from a quotation its cue may stand, in tokens: a name with titles and an apposition fit.
const REACH: u32 = 14;

/// Joins quotations to `found` and adds what only the marks show.
pub(crate) fn join<'p>(
    parse: &'p Parse,
    paragraph: &[u32],
    quotations: &Quotations,
    packs: &'p Packs,
    found: &mut Vec<Candidate<'p>>,
) {
    let mut owner = widen(quotations, found);
    let cues: Vec<u32> = found.iter().map(|c| c.at).collect();
    let place = Place {
        parse,
        paragraph,
        quotations,
        packs,
    };
    // the attribution that a following quotation goes on with
    let mut last: Option<usize> = None;
    for q in 0..quotations.all.len() {
        let quotation = &quotations.all[q];
        let tokens = quotation.tokens.clone();
        let here = paragraph[tokens.start as usize];
        if let Some(of) = owner[q] {
            last = Some(of);
            continue;
        }
        if let Some(of) = place.cue_just_before(&cues, found, tokens.start) {
            let newer = last.is_none_or(|l| {
                paragraph[found[l].at as usize] != here || found[of].at > found[l].at
            });
            if newer {
                last = Some(of);
            }
        }
        if quotation.words() < 2 {
            continue;
        }
        if let Some(v) = place.cue_after(q).or_else(|| place.cue_before(q)) {
            let of = place.give(found, v, tokens);
            owner[q] = Some(of);
            last = Some(of);
            continue;
        }
        if let Some(c) = place.named_before(tokens.clone()) {
            found.push(c);
            owner[q] = Some(found.len() - 1);
            last = owner[q];
            continue;
        }
        let Some(l) = last else {
            if let Some(v) = place.cue_of_last_line(tokens.start) {
                let of = place.give(found, v, tokens);
                owner[q] = Some(of);
                last = Some(of);
            }
            continue;
        };
        let same = paragraph[found[l].at as usize] == here
            || found[l]
                .content
                .last()
                .is_some_and(|r| paragraph[r.end as usize - 1] == here);
        if same && quotation.words() >= 3 && place.opens_sentence(tokens.start) {
            widen_content(&mut found[l], tokens);
            owner[q] = Some(l);
        } else if place.opens_paragraph(tokens.start) && quotation.words() >= 4 {
            if q > 0
                && owner[q - 1] == Some(l)
                && !quotations.all[q - 1].closed
                && quotations.all[q - 1].tokens.end == tokens.start
            {
                widen_content(&mut found[l], tokens);
                owner[q] = Some(l);
            } else if let Some(v) = place.cue_of_last_line(tokens.start) {
                let of = place.give(found, v, tokens);
                owner[q] = Some(of);
                last = Some(of);
            } else if place.whole_paragraph(&tokens) && place.paragraph_before(&found[l], here) {
                // a paragraph that is all quotation goes on where the speaker of the one before left off
                widen_content(&mut found[l], tokens);
                owner[q] = Some(l);
            }
        }
    }
    for c in found.iter_mut() {
        place.repair_source(c);
    }
}

fn widen_content(c: &mut Candidate<'_>, more: Range<u32>) {
    c.content.push(more);
    c.content = merge(std::mem::take(&mut c.content));
}

/// Widens contents that end within a quotation to all of it; returns who owns each quotation.
fn widen(quotations: &Quotations, found: &mut [Candidate<'_>]) -> Vec<Option<usize>> {
    let mut owner = vec![None; quotations.all.len()];
    for (i, c) in found.iter_mut().enumerate() {
        let (at, cue) = (c.at, c.cue.clone());
        for r in &mut c.content {
            let first = quotations.all.partition_point(|q| q.tokens.end <= r.start);
            for (k, q) in quotations.all.iter().enumerate().skip(first) {
                let t = &q.tokens;
                if t.start >= r.end {
                    break;
                }
                if t.contains(&at) {
                    continue;
                }
                let shared = r.end.min(t.end).saturating_sub(r.start.max(t.start));
                if shared < 3.min((t.len() as u32).saturating_sub(2)) {
                    continue;
                }
                let cue_between = t.start < cue.end && cue.start < r.start;
                if t.start < r.start && !cue_between {
                    r.start = t.start;
                }
                if t.end > r.end && !(cue.start < t.end && cue.end > r.end) {
                    r.end = t.end;
                }
                if owner[k].is_none() {
                    owner[k] = Some(i);
                }
            }
        }
        c.content = merge(std::mem::take(&mut c.content));
    }
    owner
}

struct Place<'a, 'p> {
    parse: &'p Parse,
    paragraph: &'a [u32],
    quotations: &'a Quotations,
    packs: &'p Packs,
}

impl<'p> Place<'_, 'p> {
    fn same_paragraph(&self, a: u32, b: u32) -> bool {
        self.paragraph[a as usize] == self.paragraph[b as usize]
    }

    fn opens_paragraph(&self, t: u32) -> bool {
        t == 0 || !self.same_paragraph(t - 1, t)
    }

    fn opens_sentence(&self, t: u32) -> bool {
        self.opens_paragraph(t)
            || matches!(
                self.parse.word(t - 1),
                "." | "!" | "?" | "”" | "\"" | "''" | "—" | "," | ":"
            )
            || self.parse.tokens[t as usize].sentence_start
            || self
                .parse
                .tokens
                .get(t as usize + 1)
                .is_some_and(|n| n.sentence_start)
    }

    /// Gives a cue behind a quotation its speaker where the tree took a word of the quotation, a day or nothing at all
    /// for the subject: "“My fault, my fault,” Berg said Monday".
    fn repair_source(&self, c: &mut Candidate<'p>) {
        let p = self.parse;
        if self.quotations.of(c.at).is_some()
            || c.passive
            || !matches!(c.shape, Shape::Clause | Shape::Quotation | Shape::Inserted)
        {
            return;
        }
        let day = c.who.is_some_and(|w| {
            matches!(
                p.tokens[w as usize].entity,
                Some(EntityType::Date | EntityType::Time)
            )
        });
        let inside = !c.source.is_empty()
            && self.quotations.inside_speech(c.source.start)
            && self.quotations.inside_speech(c.source.end - 1);
        if !(day || inside || c.source.is_empty()) {
            return;
        }
        let end = c.content.iter().map(|r| r.end).filter(|&e| e <= c.at).max();
        let Some(end) = end.filter(|&e| self.quotations.of(e - 1).is_some()) else {
            return;
        };
        let (who, source) = self.speaker_beside(c.at, end);
        let sound = !source.is_empty()
            && source.len() as u32 <= 2 * REACH
            && !self.quotations.inside_speech(source.start)
            && who.is_some_and(|w| {
                !matches!(
                    p.tokens[w as usize].entity,
                    Some(EntityType::Date | EntityType::Time)
                )
            });
        if sound {
            (c.who, c.source) = (who, source);
        }
    }

    /// Whether a quotation fills its paragraph.
    fn whole_paragraph(&self, tokens: &Range<u32>) -> bool {
        let end = tokens.end;
        self.opens_paragraph(tokens.start)
            && (end as usize >= self.parse.len()
                || (end..(end + 3).min(self.parse.len() as u32))
                    .find(|&t| self.parse.tag(t) != Tag::Space && self.parse.word(t) != ".")
                    .is_none_or(|t| !self.same_paragraph(t, tokens.start)))
    }

    /// Whether the quotation that an attribution has ends the paragraph before this one.
    fn paragraph_before(&self, c: &Candidate<'_>, here: u32) -> bool {
        let Some(last) = c.content.last() else {
            return false;
        };
        let end = last.end - 1;
        self.paragraph[end as usize] + 1 == here && self.quotations.of(end).is_some()
    }

    /// A finite verb outside quotations with which a quotation can go.
    fn quoting_verb(&self, t: u32) -> bool {
        let p = self.parse;
        // "the board notes, “…”": a plural noun to the tagger, with a subject
        let noun = p.tag(t) == Tag::Nns && p.child(t, Dep::Nsubj).is_some();
        (is_verb(p, t) || noun)
            && !matches!(p.dep(t), Dep::Aux | Dep::Auxpass)
            && self.quotations.of(t).is_none()
            && Cue::find(self.packs, p.lemma(t), Pos::Verb).is_some_and(|c| c.quotes())
    }

    /// "…," she said: the first quoting verb after the quotation within its sentence.
    fn cue_after(&self, q: usize) -> Option<u32> {
        let p = self.parse;
        let quotation = &self.quotations.all[q];
        let end = quotation.tokens.end;
        let ends_clause = end >= 2 && matches!(p.word(end - 2), "," | "." | "!" | "?" | "—");
        if !ends_clause && quotation.words() < 4 {
            return None;
        }
        (end..(end + REACH).min(p.len() as u32))
            .take_while(|&t| {
                self.same_paragraph(t, quotation.tokens.start)
                    && !matches!(
                        p.word(t),
                        "." | "!" | "?" | ":" | ";" | "“" | "\"" | "''" | "``"
                    )
            })
            .find(|&t| self.quoting_verb(t) && p.tag(t) != Tag::Vb)
    }

    /// She said, "…": the last quoting verb before the quotation within its sentence.
    fn cue_before(&self, q: usize) -> Option<u32> {
        let p = self.parse;
        let start = self.quotations.all[q].tokens.start;
        (start.saturating_sub(REACH)..start)
            .rev()
            .take_while(|&t| {
                self.same_paragraph(t, start) && !matches!(p.word(t), "." | "!" | "?" | ";" | "”")
            })
            .find(|&t| {
                self.quoting_verb(t)
                    && (t + 1 == start
                        || matches!(p.word(start - 1), "," | ":")
                        || matches!(p.lower(start - 1), "that" | "to" | "as"))
            })
    }

    /// The quoting verb of a line that ends in a colon right before a quotation that opens a paragraph.
    fn cue_of_last_line(&self, start: u32) -> Option<u32> {
        let p = self.parse;
        let mut colon = start.checked_sub(1)?;
        while p.tag(colon) == Tag::Space && colon > 0 {
            colon -= 1;
        }
        if !self.opens_paragraph(start) || p.word(colon) != ":" {
            return None;
        }
        (colon.saturating_sub(4 * REACH)..colon)
            .rev()
            .take_while(|&t| self.same_paragraph(t, colon) && !matches!(p.word(t), "." | "!" | "?"))
            .find(|&t| self.quoting_verb(t))
    }

    /// "This did not surprise Anna Weller: “…”": a person named right before a colon and a quotation speaks.
    fn named_before(&self, tokens: Range<u32>) -> Option<Candidate<'p>> {
        let p = self.parse;
        let colon = tokens.start.checked_sub(1)?;
        let name = colon.checked_sub(1)?;
        if p.word(colon) != ":"
            || !self.same_paragraph(name, tokens.start)
            || p.tokens[name as usize].entity != Some(EntityType::Person)
        {
            return None;
        }
        let mut head = name;
        while head > 0
            && matches!(p.pos(head - 1), Pos::Propn | Pos::Noun | Pos::Adj)
            && name - head < REACH
        {
            head -= 1;
        }
        Some(Candidate {
            at: colon,
            cue_word: None,
            shape: Shape::Quotation,
            who: Some(name),
            source: head..colon,
            cue: colon..colon + 1,
            content: vec![tokens],
            relayed_by: None,
            passive: false,
        })
    }

    /// The attribution whose cue closes the sentence right before a quotation: "…, she said. “…”"
    fn cue_just_before(&self, cues: &[u32], found: &[Candidate<'_>], start: u32) -> Option<usize> {
        let p = self.parse;
        let i = cues.partition_point(|&c| c < start).checked_sub(1)?;
        let c = &found[i];
        let follows = matches!(
            c.shape,
            Shape::Clause | Shape::Inserted | Shape::Quotation | Shape::According
        ) && c.content.first().is_some_and(|r| r.start < c.at);
        if start - c.at > 2 * REACH {
            return None;
        }
        let closed = (c.at..start.saturating_sub(1)).all(|t| !matches!(p.word(t), "." | "!" | "?"));
        (follows && closed && self.same_paragraph(c.at, start)).then_some(i)
    }

    /// Gives a quotation to the attribution of a verb, a new one where it has none yet.
    fn give(&self, found: &mut Vec<Candidate<'p>>, v: u32, quotation: Range<u32>) -> usize {
        if let Some(i) = found.iter().rposition(|c| c.at == v) {
            let c = &mut found[i];
            if matches!(c.shape, Shape::Clause | Shape::Quotation) {
                widen_content(c, quotation);
            } else {
                c.content = vec![quotation];
                c.shape = Shape::Quotation;
            }
            return i;
        }
        let p = self.parse;
        let mut who = subject(p, v);
        let mut source = who.map_or(0..0, |s| phrase(p, s));
        if source.start < quotation.end && quotation.start < source.end {
            who = None;
            source = 0..0;
        }
        if who.is_none() && v >= quotation.end {
            (who, source) = self.speaker_beside(v, quotation.end);
        }
        found.push(Candidate {
            at: v,
            cue_word: Cue::find(self.packs, p.lemma(v), Pos::Verb),
            shape: Shape::Quotation,
            who,
            source,
            cue: verb_group(p, v),
            content: vec![quotation],
            relayed_by: None,
            passive: false,
        });
        found.len() - 1
    }

    /// Where the parse gives a verb after a quotation no subject: the name after it, else what stands before it.
    fn speaker_beside(&self, v: u32, quotation_end: u32) -> (Option<u32>, Range<u32>) {
        let p = self.parse;
        let before = trim(p, quotation_end..verb_group(p, v).start);
        if !before.is_empty()
            && matches!(
                p.pos(before.start),
                Pos::Propn | Pos::Pron | Pos::Det | Pos::Noun | Pos::Adj
            )
        {
            let head = before
                .clone()
                .take_while(|&t| p.word(t) != ",")
                .filter(|&t| matches!(p.pos(t), Pos::Propn | Pos::Pron | Pos::Noun))
                .last();
            if let Some(head) = head {
                return (Some(head), before);
            }
        }
        let next = v + 1;
        if next < p.len() as u32
            && self.same_paragraph(next, v)
            && matches!(
                p.pos(next),
                Pos::Propn | Pos::Pron | Pos::Det | Pos::Noun | Pos::Adj
            )
        {
            let mut head = next;
            for _ in 0..REACH {
                let up = p.head(head);
                if up <= head || up == v {
                    break;
                }
                head = up;
            }
            let whole = phrase(p, head);
            return (Some(head), whole.start.max(next)..whole.end);
        }
        (None, 0..0)
    }
}
