//! Named entities: one step a token over begin, in, last, unit, out (spaCy's `ner.pyx`).

use std::ops::Range;

use crate::error::ModelError;
use crate::labels::EntityType;
use crate::scorer::{Steps, best};

/// The recogniser's transitions, in runs by kind; within a kind the labels have one order.
pub(crate) struct Transitions {
    begin: usize,
    inside: usize,
    last: usize,
    unit: usize,
    out: usize,
    labels: Vec<EntityType>,
    classes: usize,
}

impl Transitions {
    /// From the model's list: 1 begin, 2 in, 3 last, 4 unit, 5 out.
    pub(crate) fn new(moves: &[(u8, String)]) -> Result<Transitions, ModelError> {
        let run = |kind: u8| {
            let start = moves.partition_point(|(k, _)| *k < kind);
            let end = moves.partition_point(|(k, _)| *k <= kind);
            start..end
        };
        if moves.iter().any(|(k, _)| !(1..=5).contains(k)) || !moves.is_sorted_by_key(|(k, _)| *k) {
            return Err(ModelError::Damaged);
        }
        let of = |range: Range<usize>| moves[range].iter().map(|(_, l)| l.as_str());
        let names: Vec<&str> = of(run(1)).collect();
        // Units may have an empty label besides, which only preset entities use.
        let same = |kind: u8| {
            of(run(kind)).take(names.len()).eq(names.iter().copied())
                && of(run(kind)).skip(names.len()).all(str::is_empty)
        };
        if !(same(2) && same(3) && same(4)) || run(5).len() != 1 {
            return Err(ModelError::Damaged);
        }
        let labels = names
            .iter()
            .map(|l| EntityType::from_text(l).ok_or_else(|| ModelError::Label((*l).to_owned())))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Transitions {
            begin: run(1).start,
            inside: run(2).start,
            last: run(3).start,
            unit: run(4).start,
            out: run(5).start,
            labels,
            classes: moves.len(),
        })
    }

    pub(crate) fn classes(&self) -> usize {
        self.classes
    }

    /// Entities of a document, in order, with their tokens. `starts` are the sentence starts, which no entity
    /// crosses.
    pub(crate) fn entities(
        &self,
        starts: &[bool],
        is_space: &dyn Fn(u32) -> bool,
        steps: &mut Steps<'_>,
        mut found: impl FnMut(Range<u32>, EntityType),
    ) {
        let n = self.labels.len();
        let mut open: Option<(u32, usize)> = None;
        for token in 0..starts.len() as u32 {
            let goes_on = starts.get(token as usize + 1).is_some_and(|start| !start);
            let slots = [
                Some(token),
                open.map(|(start, _)| start),
                open.map(|_| token.saturating_sub(1)),
            ];
            let one = |first: usize, label: usize, ok: bool| {
                if ok {
                    first + label..first + label + 1
                } else {
                    0..0
                }
            };
            let all = |first: usize, ok: bool| if ok { first..first + n } else { 0..0 };
            let scores = steps.scores(&slots);
            let class = match open {
                Some((_, k)) => best(
                    scores,
                    &[one(self.inside, k, goes_on), one(self.last, k, true)],
                ),
                None => {
                    let word = !is_space(token);
                    best(
                        scores,
                        &[
                            all(self.begin, goes_on && word),
                            all(self.unit, word),
                            one(self.out, 0, true),
                        ],
                    )
                }
            };
            let Some(class) = class else { continue };
            if (self.begin..self.begin + n).contains(&class) {
                open = Some((token, class - self.begin));
            } else if (self.last..self.last + n).contains(&class) {
                if let Some((start, k)) = open.take() {
                    found(start..token + 1, self.labels[k]);
                }
            } else if (self.unit..self.unit + n).contains(&class) {
                found(token..token + 1, self.labels[class - self.unit]);
            }
        }
    }
}
