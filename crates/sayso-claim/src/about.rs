//! What a share, an amount of money or a figure that no frame knows is told of: "rose by 2.1%", "a loss of 310 million",
//! "is 20% contained" say of something what the number alone does not.

use std::collections::BTreeMap;

use sayso_model::{Figure, FigureKind, Filler, Phrase, RelationKind};
use sayso_parse::{Dep, Pos};

use crate::arguments::{Slot, arguments, is_passive};
use crate::claims::Maker;
use crate::phrases;

/// Steps a climb through the tree may take.
const STEPS: usize = 10;

impl Maker<'_> {
    /// The frame of the figure that figure `i` is a part of, where that counts people: "of whom 40 were children".
    pub(crate) fn frame_of_whole(&self, i: usize) -> Option<u32> {
        let whole = self
            .reading
            .relations
            .iter()
            .find(|r| r.kind == RelationKind::PartOf && r.from as usize == i)?;
        let claim = self.of_figure.get(whole.to as usize).copied().flatten()?;
        let frame = self.frames.find(&self.out.get(claim)?.frame)?;
        self.frames.frames[frame as usize].implicit.then_some(frame)
    }

    /// The frame of the figure before figure `i`, where `i` is what that one is compared with: "up from 15.5 billion".
    pub(crate) fn frame_compared(&self, i: usize) -> Option<u32> {
        let this = self.reading.figures.get(i)?;
        let j = i.checked_sub(1)?;
        let before = self.reading.figures.get(j)?;
        let tokens = self.reading.figure_tokens.get(i)?;
        let parse = self.parse;
        let compared = (tokens.start.saturating_sub(4)..tokens.start).any(|t| {
            matches!(
                parse.lower(t),
                "from" | "against" | "than" | "after" | "compared"
            )
        });
        let gap = tokens
            .start
            .saturating_sub(self.reading.figure_tokens.get(j)?.end);
        let like = (this.kind == before.kind && this.currency == before.currency)
            || (before.kind == FigureKind::Money && this.kind == FigureKind::Cardinal);
        if !compared || gap > 8 || !like {
            return None;
        }
        let claim = self.of_figure.get(j).copied().flatten()?;
        let claim = self.out.get(claim)?;
        (claim.sentence.covers(this.span)).then(|| self.frames.find(&claim.frame))?
    }

    /// Roles of a figure beyond those of its frame: `whole`, of what it is a share or an amount, and `subject`, of whom
    /// or what its clause tells it. People counted by a frame have both already.
    pub(crate) fn told_of(
        &self,
        at: u32,
        figure: Option<&Figure>,
        roles: &BTreeMap<String, Vec<Filler>>,
    ) -> Vec<(&'static str, Phrase)> {
        let mut out = Vec::new();
        let Some(figure) = figure else {
            return out;
        };
        let amount = matches!(
            figure.kind,
            FigureKind::Percent | FigureKind::Money | FigureKind::Ratio
        );
        if !amount && !roles.contains_key("thing") && !roles.is_empty() {
            return out;
        }
        let parse = self.parse;
        let text = &self.reading.document.text;
        let free = |t: u32| {
            let token = &parse.tokens[t as usize];
            !figure.span.contains(token.start)
                && !roles
                    .values()
                    .flatten()
                    .any(|f| f.phrase.span.contains(token.start))
        };
        let mut here = at;
        for _ in 0..STEPS {
            if amount && !out.iter().any(|o: &(&str, Phrase)| o.0 == "whole") {
                // "a loss of 310 million", "40% of the cargoes", "a 13% rise in sales"
                let of = parse
                    .children(here)
                    .iter()
                    .copied()
                    .filter(|&c| {
                        parse.dep(c) == Dep::Prep && matches!(parse.lower(c), "of" | "in" | "for")
                    })
                    .find_map(|c| parse.child(c, Dep::Pobj))
                    .filter(|&p| p > at && free(p) && parse.pos(p) == Pos::Noun);
                let noun =
                    (here != at && parse.pos(here) == Pos::Noun && free(here)).then_some(here);
                if let Some(t) = of.or(noun) {
                    out.push(("whole", phrases::phrase(text, parse, t)));
                }
            }
            let head = parse.head(here);
            if head == here {
                break;
            }
            here = head;
            if !matches!(parse.pos(here), Pos::Verb | Pos::Aux) {
                continue;
            }
            let wanted = if is_passive(parse, here) {
                Slot::Object
            } else {
                Slot::Subject
            };
            if let Some(s) = arguments(parse, here)
                .iter()
                .find(|a| a.slot == wanted && free(a.token))
            {
                out.push(("subject", phrases::phrase(text, parse, s.token)));
                break;
            }
            if !matches!(
                parse.dep(here),
                Dep::Conj | Dep::Xcomp | Dep::Advcl | Dep::Acl | Dep::Pcomp
            ) {
                break;
            }
        }
        out
    }
}
