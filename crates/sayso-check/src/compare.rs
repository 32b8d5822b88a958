//! Two figures set against one another: which pairs a share, a change or a multiple can be about.

use sayso_model::{Decimal, Exactness, FigureKind};

use crate::reckon::Reach;
use crate::words::{Mention, View, has};

/// How far back, in sentences, a share or multiple may look for what it compares.
const BACK: usize = 3;

/// Whether a figure can be one side of a comparison: an amount, no share, no length of time, no rank.
pub fn is_amount(m: &Mention<'_>) -> bool {
    matches!(
        m.figure.kind,
        FigureKind::Cardinal | FigureKind::Money | FigureKind::Measure
    ) && m.value > Decimal::ZERO
        && m.figure.change.is_none()
}

/// Whether two amounts may be set against one another: same kind, unit and currency; plain numbers go with any unit,
/// which is often left out the second time ("494,000 tonnes from 650,000").
pub fn comparable(a: &Mention<'_>, b: &Mention<'_>) -> bool {
    let (x, y) = (a.figure, b.figure);
    let bare = |m: &Mention<'_>| m.figure.kind == FigureKind::Cardinal && m.figure.unit.is_none();
    let unit = |m: &Mention<'_>| m.figure.currency.clone().or(m.figure.unit.clone());
    unit(a) == unit(b) && (x.kind == y.kind || bare(a) || bare(b)) || bare(a) != bare(b)
}

/// The amounts of a sentence.
pub fn amounts<'v, 'a>(view: &'v View<'a>, sentence: usize) -> Vec<&'v Mention<'a>> {
    view.in_sentence(sentence)
        .iter()
        .filter(|m| is_amount(m))
        .collect()
}

/// The amounts of a sentence and of those shortly before it in the same part or the one before, in order.
pub fn amounts_around<'v, 'a>(view: &'v View<'a>, m: &Mention<'a>) -> Vec<&'v Mention<'a>> {
    let first = m.sentence.saturating_sub(BACK);
    (first..=m.sentence)
        .flat_map(|s| amounts(view, s))
        .filter(|a| a.part + 1 >= m.part)
        .collect()
}

/// Every pair of comparable amounts, the earlier first.
pub fn pairs<'v, 'a>(list: &[&'v Mention<'a>]) -> Vec<(&'v Mention<'a>, &'v Mention<'a>)> {
    let mut out = Vec::new();
    for (i, a) in list.iter().enumerate().take(12) {
        for b in list[i + 1..].iter().take(12) {
            if comparable(a, b) {
                out.push((*a, *b));
            }
        }
    }
    out
}

/// The ratio of the first to the second.
pub fn ratio(a: &Mention<'_>, b: &Mention<'_>) -> Reach {
    Reach::loose(a.figure).over(Reach::loose(b.figure))
}

/// Softening words just before a token that a figure may lack when it is no number ("nearly tripled").
pub fn softened(view: &View<'_>, token: u32) -> Exactness {
    let words = view.before(token, 3);
    if [
        "more than",
        "over",
        "at least",
        "less than",
        "under",
        "up to",
    ]
    .iter()
    .any(|w| has(&words, w))
    {
        Exactness::Bound
    } else if [
        "about",
        "nearly",
        "almost",
        "roughly",
        "some",
        "around",
        "approximately",
        "close to",
        "virtually",
        "practically",
    ]
    .iter()
    .any(|w| has(&words, w))
    {
        Exactness::Approximate
    } else {
        Exactness::Exact
    }
}
