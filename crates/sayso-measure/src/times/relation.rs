//! How a time stands to what is said, by the words before it.

use sayso_model::TimeRelation;

use crate::units::View;

/// The relation of the time that starts at `start`, words not before `floor`.
pub(super) fn relation(v: &View<'_>, start: usize, floor: usize) -> Option<TimeRelation> {
    let at = |end: usize| v.lex.time_relations.before(v.atoms, floor, end);
    // Words of the expression that its span leaves out: "since about 2019".
    let mut end = start;
    for _ in 0..2 {
        if let Some((_, r)) = at(end) {
            return Some(r);
        }
        if end <= floor || !v.lex.time_fillers.contains(v.atoms.word(end - 1)) {
            break;
        }
        end -= 1;
    }
    None
}

/// Whether the word before is "from" or "between" and one of `till` stands right after: the start of a range.
pub(super) fn from(v: &View<'_>, start: usize, end: usize, floor: usize) -> bool {
    if start <= floor {
        return false;
    }
    match v.atoms.word(start - 1) {
        "from" => matches!(
            v.atoms.word(end),
            "to" | "until" | "till" | "through" | "onward" | "onwards" | "on"
        ),
        "between" => v.atoms.is(end, "and"),
        _ => false,
    }
}
