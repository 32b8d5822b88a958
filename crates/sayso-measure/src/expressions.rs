//! Quantities as expressions of the text: a change from one level to another is one expression with two ends.
//!
//! A reading keeps the two levels as two figures, for claims and arithmetic need each by itself ("deaths rose from 400 to
//! 600": 600 is the tally now). As annotated quantities they are one range that remembers where it starts, which is how
//! quantity annotation has them (Almasian et al., CQE, EMNLP 2023).

use sayso_model::{Decimal, Exactness, Figure, Relation, RelationKind, Span};

use crate::Reading;

/// One quantity of the text.
#[derive(Clone, Debug)]
pub struct Expression {
    /// Its figure; for a change of level a range over both levels.
    pub figure: Figure,
    /// The first and the second level of a change from the one to the other.
    pub levels: Option<(Decimal, Decimal)>,
}

/// The quantities of a reading as expressions of its text, and the relations between them by index.
pub fn expressions(reading: &Reading<'_>) -> (Vec<Expression>, Vec<Relation>) {
    let figures = &reading.figures;
    let mut joined = vec![false; figures.len()];
    for r in &reading.relations {
        let (from, to) = (r.from as usize, r.to as usize);
        if r.kind == RelationKind::From
            && to == from + 1
            && let (Some(a), Some(b)) = (figures.get(from), figures.get(to))
            && one_expression(a, b)
            && !joined.get(from).copied().unwrap_or(true)
            && let Some(j) = joined.get_mut(to)
        {
            *j = true;
        }
    }
    let mut index = Vec::with_capacity(figures.len());
    let mut out: Vec<Expression> = Vec::with_capacity(figures.len());
    for (figure, &second) in figures.iter().zip(&joined) {
        match out.last_mut() {
            Some(last) if second => merge(last, figure, &reading.document.text),
            _ => out.push(Expression {
                figure: figure.clone(),
                levels: None,
            }),
        }
        index.push(out.len() as u32 - 1);
    }
    let place = |i: u32| index.get(i as usize).copied().unwrap_or(i);
    let relations = reading
        .relations
        .iter()
        .map(|r| Relation {
            kind: r.kind,
            from: place(r.from),
            to: place(r.to),
        })
        .filter(|r| r.from != r.to)
        .collect();
    (out, relations)
}

/// Whether two neighbouring figures can be the two levels of one change.
fn one_expression(a: &Figure, b: &Figure) -> bool {
    let level = |f: &Figure| {
        let point = match (f.low, f.high) {
            (Some(l), Some(h)) => l == h,
            _ => true,
        };
        f.change.is_none() && f.value().is_some() && point
    };
    level(a) && level(b) && a.value() != b.value()
}

fn merge(into: &mut Expression, second: &Figure, text: &str) {
    let f = &mut into.figure;
    let (Some(a), Some(b)) = (f.value(), second.value()) else {
        return;
    };
    into.levels = Some((a, b));
    f.span = Span::new(f.span.start, second.span.end.max(f.span.end));
    if let Some(words) = text.get(f.span.start as usize..f.span.end as usize) {
        f.text = words.to_owned();
    }
    f.low = Some(a.min(b));
    f.high = Some(a.max(b));
    f.best = None;
    f.low_open = false;
    f.high_open = false;
    f.exactness = Exactness::Range;
    if f.unit.is_none() && f.currency.is_none() {
        f.kind = second.kind;
        f.unit = second.unit.clone();
        f.currency = second.currency.clone();
    }
    if f.per.is_empty() {
        f.per = second.per.clone();
    }
    if f.thing.is_none() {
        f.thing = second.thing.clone();
    }
}
