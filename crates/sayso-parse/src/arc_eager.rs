//! The arc-eager parser (spaCy's `arc_eager.pyx` and `_state.pxd`): one greedy pass over the whole document.

use std::ops::Range;

use crate::error::ModelError;
use crate::labels::Dep;
use crate::scorer::{Steps, best};

/// No token.
pub(crate) const NONE: u32 = u32::MAX;

/// Label of an arc as the parser assigns it: the label proper, and for a lifted arc the label of the token to which
/// it belongs ("X||Y").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ArcLabel {
    pub(crate) dep: Dep,
    pub(crate) lifted_to: Option<Dep>,
}

impl ArcLabel {
    fn parse(text: &str) -> Option<ArcLabel> {
        match text.split_once("||") {
            Some((dep, head)) => Some(ArcLabel {
                dep: Dep::from_text(dep)?,
                lifted_to: Some(Dep::from_text(head)?),
            }),
            None => Some(ArcLabel {
                dep: Dep::from_text(text)?,
                lifted_to: None,
            }),
        }
    }
}

/// The parser's transitions: classes of the scorer, in runs by kind.
pub(crate) struct Transitions {
    shift: Range<usize>,
    reduce: Range<usize>,
    left: Range<usize>,
    right: Range<usize>,
    sentence: Range<usize>,
    labels: Vec<Option<ArcLabel>>,
}

impl Transitions {
    /// From the model's list of kinds and labels.
    pub(crate) fn new(moves: &[(u8, String)]) -> Result<Transitions, ModelError> {
        let run = |kind: u8| {
            let start = moves.partition_point(|(k, _)| *k < kind);
            let end = moves.partition_point(|(k, _)| *k <= kind);
            start..end
        };
        if moves.iter().any(|(k, _)| *k > 4) || !moves.is_sorted_by_key(|(k, _)| *k) {
            return Err(ModelError::Damaged);
        }
        let mut labels = Vec::new();
        for (kind, label) in moves {
            labels.push(match kind {
                2 | 3 => {
                    Some(ArcLabel::parse(label).ok_or_else(|| ModelError::Label(label.clone()))?)
                }
                _ => None,
            });
        }
        Ok(Transitions {
            shift: run(0),
            reduce: run(1),
            left: run(2),
            right: run(3),
            sentence: run(4),
            labels,
        })
    }

    pub(crate) fn classes(&self) -> usize {
        self.labels.len()
    }
}

/// The state. Token numbers as `u32`, [`NONE`] for none.
#[derive(Default)]
pub(crate) struct State {
    tokens: u32,
    stack: Vec<u32>,
    /// Tokens put back, the front of the buffer at the end.
    put_back: Vec<u32>,
    next: u32,
    /// Head of each token so far, and the label of its arc.
    pub(crate) heads: Vec<u32>,
    pub(crate) labels: Vec<Option<ArcLabel>>,
    unshiftable: Vec<bool>,
    starts: Vec<bool>,
    last_left: Vec<u32>,
    last_right: Vec<u32>,
    /// The right child that came before this one.
    before: Vec<u32>,
}

impl State {
    fn reset(&mut self, starts: &[bool]) {
        let n = starts.len();
        self.tokens = n as u32;
        self.next = 0;
        self.stack.clear();
        self.put_back.clear();
        for list in [
            &mut self.heads,
            &mut self.last_left,
            &mut self.last_right,
            &mut self.before,
        ] {
            list.clear();
            list.resize(n, NONE);
        }
        self.labels.clear();
        self.labels.resize(n, None);
        self.unshiftable.clear();
        self.unshiftable.resize(n, false);
        self.starts.clear();
        self.starts.extend_from_slice(starts);
    }

    fn s(&self, i: usize) -> u32 {
        match self.stack.len().checked_sub(i + 1) {
            Some(at) => self.stack[at],
            None => NONE,
        }
    }

    fn b(&self, i: usize) -> u32 {
        match self.put_back.len().checked_sub(i + 1) {
            Some(at) => self.put_back[at],
            None => {
                let at = self.next + (i - self.put_back.len()) as u32;
                if at < self.tokens { at } else { NONE }
            }
        }
    }

    fn buffer_len(&self) -> usize {
        (self.tokens - self.next) as usize + self.put_back.len()
    }

    fn of(list: &[u32], token: u32) -> u32 {
        list.get(token as usize).copied().unwrap_or(NONE)
    }

    fn is_start(&self, token: u32) -> bool {
        self.starts.get(token as usize).copied().unwrap_or(false)
    }

    fn push(&mut self) {
        let token = self.put_back.pop().unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        });
        self.stack.push(token);
    }

    /// Adds an arc, in place of the one the child may have. An arc is replaced only while its head is below the
    /// child on the stack, so the child is then the head's last right child.
    fn attach(&mut self, head: u32, child: u32, label: Option<ArcLabel>) {
        let old = self.heads[child as usize];
        if old != NONE && self.last_right[old as usize] == child {
            self.last_right[old as usize] = self.before[child as usize];
        }
        self.heads[child as usize] = head;
        self.labels[child as usize] = label;
        if head > child {
            self.last_left[head as usize] = child;
        } else {
            self.before[child as usize] = self.last_right[head as usize];
            self.last_right[head as usize] = child;
        }
    }

    /// Parses a document. `starts` are the tokens that must open a sentence.
    pub(crate) fn parse(&mut self, moves: &Transitions, starts: &[bool], steps: &mut Steps<'_>) {
        self.reset(starts);
        // Two steps a token is usual. The bound only guards against weights that never finish.
        let mut left = starts.len() * 16 + 16;
        while (!self.stack.is_empty() || self.buffer_len() > 0) && left > 0 {
            left -= 1;
            let (s0, b0, b1) = (self.s(0), self.b(0), self.b(1));
            let buffer = self.buffer_len();
            let slots = [
                b0,
                b1,
                s0,
                self.s(1),
                self.s(2),
                Self::of(&self.last_left, b0),
                Self::of(&self.last_left, s0),
                Self::of(&self.last_right, s0),
            ]
            .map(|t| (t != NONE).then_some(t));
            let has_stack = !self.stack.is_empty();
            let start = self.is_start(b0);
            let can_shift = !has_stack || buffer >= 2 && !start && !self.unshiftable[b0 as usize];
            let can_attach = has_stack && buffer > 0 && !start;
            let can_break = buffer >= 2 && b1 == b0 + 1 && !self.is_start(b1);
            let when = |ok: bool, range: &Range<usize>| if ok { range.clone() } else { 0..0 };
            let scores = steps.scores(&slots);
            let class = best(
                scores,
                &[
                    when(can_shift, &moves.shift),
                    when(has_stack, &moves.reduce),
                    when(can_attach, &moves.left),
                    when(can_attach, &moves.right),
                    when(can_break, &moves.sentence),
                ],
            );
            let Some(class) = class else {
                break;
            };
            let label = moves.labels.get(class).copied().flatten();
            if moves.shift.contains(&class) {
                self.push();
            } else if moves.reduce.contains(&class) {
                let top = self.stack.pop();
                if let Some(top) = top
                    && self.heads[top as usize] == NONE
                    && !self.stack.is_empty()
                {
                    self.unshiftable[top as usize] = true;
                    self.put_back.push(top);
                }
            } else if moves.left.contains(&class) {
                self.attach(b0, s0, label);
                self.unshiftable[b0 as usize] = false;
                self.stack.pop();
            } else if moves.right.contains(&class) {
                self.attach(s0, b0, label);
                self.push();
            } else {
                self.starts[b1 as usize] = true;
            }
        }
    }
}
