//! Whether a figure measures a change, and in which direction.

use sayso_model::{Change, Figure, FigureKind};
use sayso_parse::{Dep, Pos};

use crate::figures::Found;
use crate::things::{core_tokens, root_of};
use crate::units::View;

/// The direction of change that a figure measures: "rose 5%", "by 40", "a 3% fall", "20 fewer".
///
/// "to 600" and "from 400" are levels, not changes.
pub(crate) fn change(v: &View<'_>, f: &Found, floor: usize, ceiling: usize) -> Option<Change> {
    let figure: &Figure = &f.figure;
    if matches!(
        figure.kind,
        FigureKind::Ordinal | FigureKind::Age | FigureKind::Duration
    ) {
        return None;
    }
    let start = f.atoms.start;
    let before = if start > floor {
        v.atoms.word(start - 1)
    } else {
        ""
    };
    if matches!(
        before,
        "to" | "from"
            | "at"
            | "than"
            | "with"
            | "for"
            | "since"
            | "between"
            | "in"
            | "until"
            | "on"
    ) {
        return None;
    }
    let direction = |word: &str| {
        if v.lex.up.contains_key(word) {
            Some(Change::Up)
        } else if v.lex.down.contains_key(word) {
            Some(Change::Down)
        } else {
            None
        }
    };
    let of = |k: usize| {
        direction(v.atoms.word(k)).or_else(|| direction(&v.lemma(k).to_ascii_lowercase()))
    };
    let counted = figure.kind == FigureKind::Cardinal;
    // "+0.2%", "-1.3%"
    if figure.kind == FigureKind::Percent {
        if v.atoms.is(f.core.start, "+") {
            return Some(Change::Up);
        }
        if v.atoms.dash(f.core.start) {
            return Some(Change::Down);
        }
    }
    // "up 19 cents", "down by 3%", "rose 5%", "an increase of 40", "rise by about 5"
    let mut k = start;
    if matches!(before, "by" | "of") {
        k -= 1;
    }
    let mut steps = 0;
    while k > floor && steps < 4 {
        k -= 1;
        steps += 1;
        let text = v.atoms.text(k);
        if let Some(c) = of(k) {
            let verb = v.pos(k) == Pos::Verb;
            // "lost 600 men", "added 5 stores": a count of things is what was lost or added, which is change in number
            // only after "by".
            if counted && verb && before != "by" && !matches!(text, "up" | "down") {
                return None;
            }
            if matches!(
                text,
                "more" | "extra" | "additional" | "further" | "less" | "off"
            ) && k + 1 != start
            {
                return None;
            }
            if text == "up" && v.atoms.is(k + 1, "to") || text == "cut" && counted {
                return None;
            }
            // "gave up 500": a particle of another verb.
            let t = v.token(k);
            if matches!(text, "up" | "down" | "off") && v.parse.dep(t) == Dep::Prt {
                return direction(&v.parse.lemma(v.parse.head(t)).to_ascii_lowercase());
            }
            // "a cut of 800 barrels" measures the cut: the noun says the direction.
            if before == "of" && !verb {
                return None;
            }
            if matches!(text, "more" | "extra" | "additional" | "further") {
                return None;
            }
            return Some(c);
        }
        let light = matches!(
            v.pos(k),
            Pos::Adv | Pos::Part | Pos::Adp | Pos::Det | Pos::Pron
        ) && !matches!(text, "to" | "from" | "at" | "in" | "than" | "of" | "for");
        if !(light || steps == 1 && before == "by") {
            break;
        }
    }
    // "3% higher", "20 more soldiers", "5 percent lower", "5% up", "a 3% rise", "a 20-point drop"
    let end = f.core.end;
    for k in end..(end + 3).min(ceiling) {
        let text = v.atoms.text(k);
        if v.atoms.dash(k) {
            continue;
        }
        if let Some(c) = of(k) {
            let more = matches!(
                text,
                "more"
                    | "fewer"
                    | "less"
                    | "higher"
                    | "lower"
                    | "up"
                    | "down"
                    | "off"
                    | "extra"
                    | "additional"
                    | "further"
            );
            let noun = v.noun(k);
            if more {
                if matches!(text, "up" | "down")
                    && (v.atoms.is(k + 1, "to") || v.atoms.is(k + 1, "by") || k + 1 >= ceiling)
                    || k > end && !matches!(text, "higher" | "lower")
                {
                    return None;
                }
                if text == "more" && counted && !v.atoms.is(k + 1, "than") {
                    return None;
                }
                return (!matches!(text, "further" | "extra" | "additional" | "off")
                    || text == "off")
                    .then_some(c);
            }
            // "a 19% drop" measures a drop: what it counts says the direction.
            if noun {
                return None;
            }
            break;
        }
        if !matches!(v.pos(k), Pos::Adj | Pos::Noun | Pos::Propn | Pos::Adv) {
            break;
        }
    }
    // By the tree: the verb or noun that the figure hangs on, with "by" or as its measure.
    let tokens = core_tokens(v, f);
    if tokens.is_empty() || tokens.end as usize > v.parse.len() {
        return None;
    }
    let root = root_of(v.parse, &tokens, v.token(f.anchor));
    let mut head = v.parse.head(root);
    let dep = v.parse.dep(root);
    let by = v.parse.dep(root) == Dep::Pobj && matches!(v.parse.lower(head), "by" | "of");
    if by {
        let of = v.parse.lower(head) == "of";
        head = v.parse.head(head);
        if of && v.pos_of(head) != Pos::Verb {
            return None;
        }
    }
    let measures = by || matches!(dep, Dep::Npadvmod | Dep::Dobj | Dep::Advmod) && !counted;
    if measures && head < root {
        return direction(v.parse.lower(head))
            .or_else(|| direction(&v.parse.lemma(head).to_ascii_lowercase()));
    }
    None
}
