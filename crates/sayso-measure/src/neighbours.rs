//! What a figure takes from the one before it: unit, bound and direction that are said once.

use sayso_model::{Exactness, FigureKind};

use crate::figures::Found;
use crate::units::View;

/// A figure in brackets or after "or" that says the one before it again takes its bound and its direction: "more than
/// 100 kilometres (60 miles)", "lost 190 points, or 0.6%".
pub(crate) fn restated(v: &View<'_>, found: &mut [Found]) {
    for k in 1..found.len() {
        let (head, tail) = found.split_at_mut(k);
        let (Some(f), Some(g)) = (head.get(k - 1), tail.first_mut()) else {
            continue;
        };
        let gap = f.atoms.end..g.atoms.start;
        // "from 400 to 600 tonnes", "from 208 pounds to 193": the unit is said once.
        let levels = gap.len() == 1
            && v.atoms.is(gap.start, "to")
            && f.atoms.start > 0
            && v.atoms.is(f.atoms.start - 1, "from");
        let bare = |x: &Found| {
            x.figure.kind == FigureKind::Cardinal
                && x.figure.unit.is_none()
                && x.figure.thing.is_none()
        };
        if levels && bare(f) != bare(g) {
            let (from, to) = if bare(f) {
                (&g.figure, &mut head[k - 1].figure)
            } else {
                (&f.figure, &mut g.figure)
            };
            to.kind = from.kind;
            to.unit = from.unit.clone();
            to.currency = from.currency.clone();
            continue;
        }
        let says = match gap.len() {
            1 => matches!(v.atoms.text(gap.start), "(" | "/"),
            2 => matches!(v.atoms.text(gap.start), "," | "(") && v.atoms.is(gap.start + 1, "or"),
            _ => false,
        };
        let other = f.figure.unit != g.figure.unit || f.figure.currency != g.figure.currency;
        let plain = g.figure.exactness == Exactness::Exact && g.figure.best.is_some();
        if !says
            || !other
            || matches!(
                g.figure.kind,
                FigureKind::Age | FigureKind::Ordinal | FigureKind::Cardinal
            )
        {
            continue;
        }
        g.figure.concepts = f.figure.concepts.clone();
        let (x, of) = (g.figure.best, &f.figure);
        if plain
            && matches!(of.exactness, Exactness::Bound | Exactness::Approximate)
            && (of.low.is_none() || of.high.is_none() || of.low == of.high)
        {
            g.figure.exactness = of.exactness;
            g.figure.low = of.low.and(x);
            g.figure.high = of.high.and(x);
            g.figure.best = of.best.and(x);
            g.figure.low_open = of.low_open;
            g.figure.high_open = of.high_open;
        }
        if g.figure.change.is_none() {
            g.figure.change = f.figure.change;
        }
        if g.figure.per.is_empty() {
            g.figure.per = f.figure.per.clone();
        }
    }
}

/// A share that only "by" introduces in a list of changes moves the way that the one before it does: "ore fell 2%, coal
/// by 3%".
pub(crate) fn same_way(v: &View<'_>, found: &mut [Found]) {
    for k in 1..found.len() {
        let (head, tail) = found.split_at_mut(k);
        let (Some(f), Some(g)) = (head.last(), tail.first_mut()) else {
            continue;
        };
        let gap = f.atoms.end..g.atoms.start;
        let by = !gap.is_empty() && v.atoms.is(gap.end - 1, "by");
        let run = gap.len() <= 7
            && matches!(v.atoms.text(gap.start), "," | "and" | ";")
            && !gap.clone().any(|j| v.pos(j) == sayso_parse::Pos::Verb);
        let alike = f.figure.kind == g.figure.kind && f.figure.unit == g.figure.unit;
        if by && run && alike && g.figure.change.is_none() {
            g.figure.change = f.figure.change;
        }
    }
}

/// A bare level takes the unit of the change beside it: "4,577 (up 64 points)"; a bare amount with another currency in
/// brackets takes the currency of the amount before it that has one too: "2,435,000 yen ($22,480) or 2,380,000
/// ($21,972)".
pub(crate) fn elided(v: &View<'_>, found: &mut [Found]) {
    for k in 0..found.len().saturating_sub(1) {
        let bare = found.get(k).is_some_and(|f| {
            f.figure.kind == FigureKind::Cardinal
                && f.figure.unit.is_none()
                && f.figure.thing.is_none()
                && f.figure.best.is_some()
        });
        let (head, tail) = found.split_at_mut(k + 1);
        let (true, Some((f, before)), Some(g)) = (bare, head.split_last_mut(), tail.first()) else {
            continue;
        };
        let gap = f.atoms.end..g.atoms.start;
        let change = gap.len() <= 2
            && gap
                .clone()
                .any(|j| matches!(v.atoms.word(j), "up" | "down"))
            && g.figure.kind == FigureKind::Measure;
        if change {
            f.figure.kind = g.figure.kind;
            f.figure.unit = g.figure.unit.clone();
            continue;
        }
        let bracket = gap.len() == 1 && v.atoms.is(gap.start, "(");
        if bracket && g.figure.kind == FigureKind::Money {
            let parallel = before.iter().rev().take(12).find(|b| {
                b.figure.kind == FigureKind::Money
                    && b.figure.currency != g.figure.currency
                    && v.atoms.is(b.atoms.end, "(")
            });
            if let Some(b) = parallel {
                f.figure.kind = FigureKind::Money;
                f.figure.currency = b.figure.currency.clone();
                f.figure.unit = b.figure.unit.clone();
            }
        }
    }
}

/// The level behind a change is about what changed: "down 2 points at 126".
pub(crate) fn level_of_change(v: &View<'_>, found: &mut [Found]) {
    for k in 1..found.len() {
        let (head, tail) = found.split_at_mut(k);
        let (Some(f), Some(g)) = (head.last(), tail.first_mut()) else {
            continue;
        };
        let gap = f.atoms.end..g.atoms.start;
        if f.figure.change.is_some()
            && gap.len() == 1
            && matches!(v.atoms.word(gap.start), "to" | "at" | "from")
            && !f.figure.concepts.is_empty()
        {
            g.figure.concepts = f.figure.concepts.clone();
        }
    }
}

/// A bare number joined to an age is one: "between the ages of 15 and 17".
pub(crate) fn joined_ages(v: &View<'_>, found: &mut [Found]) {
    for k in 1..found.len() {
        let (head, tail) = found.split_at_mut(k);
        let (Some(f), Some(g)) = (head.last(), tail.first_mut()) else {
            continue;
        };
        let gap = f.atoms.end..g.atoms.start;
        let joined = gap.len() == 1 && matches!(v.atoms.text(gap.start), "and" | "or" | "to" | ",");
        let plural = f.atoms.start >= 2
            && v.atoms.is(f.atoms.start - 1, "of")
            && v.atoms.is(f.atoms.start - 2, "ages");
        if joined
            && plural
            && f.figure.kind == FigureKind::Age
            && g.figure.kind == FigureKind::Cardinal
            && g.figure.unit.is_none()
            && !v.noun(g.core.end)
        {
            g.figure.kind = FigureKind::Age;
            g.figure.unit = f.figure.unit.clone();
        }
    }
}
