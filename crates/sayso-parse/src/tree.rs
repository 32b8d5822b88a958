//! From arcs to a tree: roots, edges of subtrees, sentences, and lifted arcs back to where they belong (spaCy's
//! `set_children_from_heads` in `doc.pyx` and `nonproj.pyx`).

use crate::arc_eager::{ArcLabel, NONE};
use crate::labels::Dep;

/// How many tokens a search for a lifted arc's head looks at before it gives up. No sentence of real text comes near;
/// the bound keeps the time linear on text without sentences.
const SEARCH_LIMIT: usize = 4096;

/// Heads, labels, edges and sentence starts of a document.
#[derive(Default)]
pub(crate) struct Tree {
    pub(crate) heads: Vec<u32>,
    pub(crate) deps: Vec<Dep>,
    /// First and last token of each token's subtree.
    pub(crate) left: Vec<u32>,
    pub(crate) right: Vec<u32>,
    pub(crate) starts: Vec<bool>,
    opens: Vec<bool>,
    child_at: Vec<u32>,
    children: Vec<u32>,
}

impl Tree {
    /// Makes the tree of the parser's arcs. `is_space` tells white-space tokens.
    pub(crate) fn build(
        &mut self,
        heads: &[u32],
        labels: &[Option<ArcLabel>],
        is_space: &dyn Fn(u32) -> bool,
    ) {
        let n = heads.len();
        self.heads.clear();
        self.heads.extend(
            heads
                .iter()
                .enumerate()
                .map(|(i, &h)| if h == NONE { i as u32 } else { h }),
        );
        self.edges();
        self.deps.clear();
        self.deps
            .extend(labels.iter().zip(heads).map(|(l, &h)| match l {
                Some(label) if h != NONE => label.dep,
                _ => Dep::Root,
            }));
        let lifted: Vec<(u32, Dep)> = (0..n as u32)
            .filter(|&i| heads[i as usize] != NONE)
            .filter_map(|i| Some((i, labels[i as usize]?.lifted_to?)))
            .collect();
        if !lifted.is_empty() {
            self.lower_arcs(&lifted, is_space);
            self.edges();
        }
        self.starts.clear();
        self.starts.resize(n, false);
        for i in 0..n {
            if self.heads[i] == i as u32 {
                self.starts[self.left[i] as usize] = true;
            }
        }
    }

    /// Edges of all subtrees: from token to head, forward and back, again while some head lies outside its sentence,
    /// which only happens with crossing arcs.
    fn edges(&mut self) {
        let n = self.heads.len();
        self.left.clear();
        self.left.extend(0..n as u32);
        self.right.clear();
        self.right.extend(0..n as u32);
        for _ in 0..=11 {
            for i in (0..n).chain((0..n).rev()) {
                let head = self.heads[i] as usize;
                self.left[head] = self.left[head].min(self.left[i]);
                self.right[head] = self.right[head].max(self.right[i]);
            }
            if self.heads_within_sentences() {
                break;
            }
        }
    }

    fn heads_within_sentences(&mut self) -> bool {
        let n = self.heads.len();
        self.opens.clear();
        self.opens.resize(n, false);
        for i in 0..n {
            if self.heads[i] == i as u32 {
                self.opens[self.left[i] as usize] = true;
            }
        }
        let mut start = 0;
        for i in 0..n {
            if i > 0 && self.opens[i] || i + 1 == n {
                let outside = |&h: &u32| (h as usize) < start || h as usize > i;
                if self.heads[start..i].iter().any(outside) {
                    return false;
                }
                start = i;
            }
        }
        true
    }

    /// Gives each lifted token its head: the first token with the label looked for, breadth first, left to right, in
    /// the subtree of the present head. Edges are those from before; heads changed here count at once.
    fn lower_arcs(&mut self, lifted: &[(u32, Dep)], is_space: &dyn Fn(u32) -> bool) {
        let n = self.heads.len();
        self.child_at.clear();
        self.child_at.resize(n + 1, 0);
        for (i, &h) in self.heads.iter().enumerate() {
            if h != i as u32 {
                self.child_at[h as usize + 1] += 1;
            }
        }
        for i in 0..n {
            self.child_at[i + 1] += self.child_at[i];
        }
        let mut fill = self.child_at.clone();
        self.children.clear();
        self.children.resize(self.child_at[n] as usize, 0);
        for (i, &h) in self.heads.iter().enumerate() {
            if h != i as u32 {
                self.children[fill[h as usize] as usize] = i as u32;
                fill[h as usize] += 1;
            }
        }
        // A token whose arc is lifted has its whole label ("X||Y") until its turn, which no search looks for.
        let mut pending = vec![false; n];
        for &(token, _) in lifted {
            pending[token as usize] = true;
        }
        let mut moved: Vec<(u32, u32)> = Vec::new();
        let (mut queue, mut next, mut kids) = (Vec::new(), Vec::new(), Vec::new());
        for &(token, wanted) in lifted {
            queue.clear();
            queue.push(self.heads[token as usize]);
            let mut seen = 0;
            let mut found = None;
            'search: while !queue.is_empty() {
                next.clear();
                for &q in &queue {
                    self.current_children(q, &moved, &mut kids);
                    for &child in &kids {
                        seen += 1;
                        if seen > SEARCH_LIMIT {
                            break 'search;
                        }
                        if child == token || is_space(child) {
                            continue;
                        }
                        if self.deps[child as usize] == wanted && !pending[child as usize] {
                            found = Some(child);
                            break 'search;
                        }
                        next.push(child);
                    }
                }
                std::mem::swap(&mut queue, &mut next);
            }
            if let Some(head) = found {
                self.heads[token as usize] = head;
                moved.push((head, token));
            }
            pending[token as usize] = false;
        }
    }

    /// The children of `token` now, in order, within its edges.
    fn current_children(&self, token: u32, moved: &[(u32, u32)], out: &mut Vec<u32>) {
        out.clear();
        let t = token as usize;
        let range = self.child_at[t] as usize..self.child_at[t + 1] as usize;
        out.extend(
            self.children[range]
                .iter()
                .filter(|&&c| self.heads[c as usize] == token),
        );
        let before = out.len();
        // Moves are few, and only the latest ones can be near: looking through them backwards a little way is enough.
        for &(head, child) in moved.iter().rev().take(64) {
            if head == token
                && self.heads[child as usize] == token
                && child >= self.left[t]
                && child <= self.right[t]
                && !out.contains(&child)
            {
                out.push(child);
            }
        }
        if out.len() > before {
            out.sort_unstable();
        }
    }
}
