//! How figures of a sentence, list or table hang together. Rules of arithmetic alarm on these, so a relation needs
//! words that say it: nothing is concluded from the numbers themselves.

use std::ops::Range;

use sayso_model::{Document, FigureKind, PartKind, Relation, RelationKind};

use crate::figures::Found;
use crate::units::View;

/// How many figures away a relation is looked for within a sentence.
const NEAR: usize = 16;

/// The relations of all figures. `sentences` are atom ranges; `found` is in order of the text.
pub(crate) fn relations(
    v: &View<'_>,
    document: &Document,
    sentences: &[Range<usize>],
    found: &[Found],
) -> Vec<Relation> {
    let mut out = Vec::new();
    let mut first = 0;
    for s in sentences {
        let last = first + found[first..].partition_point(|f| f.core.start < s.end);
        if last > first {
            in_sentence(v, s, found, first..last, &mut out);
        }
        first = last;
    }
    listed(v, document, found, &mut out);
    out.sort_by_key(|r: &Relation| (r.from, r.to, r.kind as u8));
    out.dedup();
    out
}

fn relate(out: &mut Vec<Relation>, kind: RelationKind, from: usize, to: usize) {
    let (Ok(from), Ok(to)) = (u32::try_from(from), u32::try_from(to)) else {
        return;
    };
    if from != to
        && !out
            .iter()
            .rev()
            .take(8)
            .any(|r| r.from == from && r.to == to)
    {
        out.push(Relation { kind, from, to });
    }
}

fn share(f: &Found) -> bool {
    matches!(f.figure.kind, FigureKind::Percent | FigureKind::Ratio)
}

fn counts(f: &Found) -> bool {
    f.figure.kind == FigureKind::Cardinal
}

fn money(f: &Found) -> bool {
    f.figure.kind == FigureKind::Money
}

/// Same kind, unit and currency, so that one can hold the other.
fn alike(a: &Found, b: &Found) -> bool {
    a.figure.kind == b.figure.kind
        && a.figure.unit == b.figure.unit
        && a.figure.currency == b.figure.currency
        && a.figure.per.is_empty() == b.figure.per.is_empty()
}

/// Whether only articles, pronouns and adverbs stand between two atoms.
fn thin(v: &View<'_>, range: Range<usize>, most: usize) -> bool {
    range.len() <= most
        && range.into_iter().all(|k| {
            matches!(
                v.atoms.text(k),
                "the"
                    | "its"
                    | "their"
                    | "those"
                    | "these"
                    | "all"
                    | "some"
                    | "a"
                    | "an"
                    | "only"
                    | "just"
                    | "estimated"
                    | "total"
                    | "original"
                    | "initial"
                    | "to"
            )
        })
}

fn in_sentence(
    v: &View<'_>,
    s: &Range<usize>,
    found: &[Found],
    own: Range<usize>,
    out: &mut Vec<Relation>,
) {
    for k in own.clone() {
        let f = &found[k];
        let next = (k + 1 < own.end).then(|| &found[k + 1]);
        if let Some(g) = next {
            adjacent(v, (k, f), (k + 1, g), out);
        }
        // "12 of them", ", of whom 12": the last count before.
        let of_them = v.atoms.is(f.core.end, "of")
            && matches!(v.atoms.word(f.core.end + 1), "them" | "whom" | "which");
        let start = f.atoms.start;
        let of_whom = start >= s.start + 2
            && v.atoms.is(start - 2, "of")
            && matches!(v.atoms.word(start - 1), "whom" | "which" | "them" | "these")
            || start >= s.start + 2
                && v.atoms.is(start - 2, "among")
                && matches!(v.atoms.word(start - 1), "them" | "whom");
        if (of_them || of_whom)
            && (counts(f) || share(f) || money(f))
            && let Some(w) = (own.start..k).rev().take(NEAR).find(|&w| {
                counts(&found[w]) && !money(f) || money(&found[w]) && (money(f) || share(f))
            })
        {
            relate(
                out,
                if share(f) {
                    RelationKind::PercentOf
                } else {
                    RelationKind::PartOf
                },
                k,
                w,
            );
        }
        // "Of the 40 soldiers, 12 were …"
        let opens = (f.atoms.start.saturating_sub(3).max(s.start)..f.atoms.start).find(|&o| {
            matches!(v.atoms.word(o), "of" | "out")
                && (o == s.start
                    || matches!(v.atoms.text(o - 1), "," | ";" | "that" | "and" | "out"))
                && thin(v, o + 1..f.atoms.start, 2)
        });
        if opens.is_some()
            && (counts(f) || money(f))
            && let Some(g) = next
            && let Some(comma) = (f.core.end..g.atoms.start).find(|&c| v.atoms.is(c, ","))
            && g.atoms.start - comma <= 8
            && (counts(g) || share(g) || money(f) && alike(f, g))
        {
            for w in (k + 1..own.end).take(6) {
                let h = &found[w];
                let run = w == k + 1 || joined(v, found, w - 1, w);
                // "nine of them" has been told already.
                if v.atoms.is(h.core.end, "of")
                    && matches!(v.atoms.word(h.core.end + 1), "them" | "whom" | "which")
                {
                    break;
                }
                if !run || !(counts(h) && counts(f) || share(h) || money(f) && alike(f, h)) {
                    break;
                }
                relate(
                    out,
                    if share(h) {
                        RelationKind::PercentOf
                    } else {
                        RelationKind::PartOf
                    },
                    w,
                    k,
                );
            }
        }
        parts(v, found, k, own.clone(), out);
        sum(v, s, found, k, own.clone(), out);
        rate(found, k, own.clone(), out);
    }
}

/// Relations that two neighbouring figures say of each other.
fn adjacent(
    v: &View<'_>,
    (k, f): (usize, &Found),
    (n, g): (usize, &Found),
    out: &mut Vec<Relation>,
) {
    let gap = f.atoms.end..g.atoms.start;
    if gap.start > gap.end {
        return;
    }
    // "20% of the 15,000", "12 of the 40"
    if v.atoms.is(f.core.end, "of")
        && thin(v, f.core.end + 1..g.atoms.start, 3)
        && !matches!(g.figure.kind, FigureKind::Ordinal)
    {
        if share(f) {
            relate(out, RelationKind::PercentOf, k, n);
        } else if counts(f) && counts(g) {
            relate(out, RelationKind::PartOf, k, n);
        }
    }
    // "100 times the 20", "three times more than the 50", "twice as many as the 30"
    if f.figure.kind == FigureKind::Ratio && gap.len() <= 6 && counts(g) {
        let says = gap
            .clone()
            .any(|j| matches!(v.atoms.word(j), "than" | "as" | "the" | "of"))
            && gap.clone().all(|j| {
                matches!(
                    v.atoms.word(j),
                    "more"
                        | "as"
                        | "many"
                        | "much"
                        | "than"
                        | "the"
                        | "of"
                        | "higher"
                        | "greater"
                        | "previous"
                        | "last"
                        | "year"
                        | "s"
                        | "an"
                        | "a"
                        | "original"
                )
            });
        let multiple =
            v.atoms.is(f.core.end - 1, "times") || f.figure.value().is_some_and(|x| x >= 2.into());
        if says && multiple {
            relate(out, RelationKind::Times, k, n);
        }
    }
    let level_alike = f.figure.kind == g.figure.kind
        && f.figure.unit == g.figure.unit
        && f.figure.currency == g.figure.currency;
    if level_alike || f.figure.change.is_some() {
        let before = if g.atoms.start > 0 {
            v.atoms.word(g.atoms.start - 1)
        } else {
            ""
        };
        // "from 400 to 600"
        let from = f.atoms.start > 0 && v.atoms.is(f.atoms.start - 1, "from");
        let short = gap.len() <= 6
            && !gap
                .clone()
                .any(|j| matches!(v.atoms.text(j), "," | ";" | "and"));
        if from && before == "to" && short && level_alike {
            relate(out, RelationKind::From, k, n);
        } else if f.figure.change.is_some() && g.figure.change.is_none() && before == "to" && short
        {
            relate(out, RelationKind::To, k, n);
        } else if f.figure.change.is_some()
            && g.figure.change.is_none()
            && before == "from"
            && short
        {
            relate(out, RelationKind::From, n, k);
        }
    }
    // "to 600, up 40 from …" is told by the words between: "600, up 40"
    if g.figure.change.is_some()
        && f.figure.change.is_none()
        && gap.len() <= 3
        && f.figure.kind == g.figure.kind
        && f.figure.currency == g.figure.currency
    {
        let comma = gap.clone().any(|j| matches!(v.atoms.text(j), "," | "("));
        let word = gap
            .clone()
            .any(|j| matches!(v.atoms.word(j), "up" | "down"));
        if comma && word {
            relate(out, RelationKind::To, n, k);
        }
    }
}

/// Whether figures `a` and `b` stand in one list: a comma or "and" between, no verb; each may have its place and time.
fn in_list(v: &View<'_>, found: &[Found], a: usize, b: usize) -> bool {
    let gap = found[a].atoms.end..found[b].atoms.start;
    gap.start <= gap.end
        && gap.len() <= 9
        && gap
            .clone()
            .any(|k| matches!(v.atoms.text(k), "," | "and" | ";" | "plus"))
        && !gap.clone().any(|k| {
            matches!(
                v.tag(k),
                sayso_parse::Tag::Vbd | sayso_parse::Tag::Vbz | sayso_parse::Tag::Vbp
            ) || matches!(
                v.atoms.word(k),
                "while"
                    | "compared"
                    | "against"
                    | "who"
                    | "that"
                    | "which"
                    | "but"
                    | "than"
                    | "from"
            )
        })
}

/// Whether figure `b` follows `a` in a list: a comma or "and" between, and no verb.
fn joined(v: &View<'_>, found: &[Found], a: usize, b: usize) -> bool {
    let gap = found[a].atoms.end..found[b].atoms.start;
    if gap.start > gap.end || gap.len() > 9 {
        return false;
    }
    let list = gap
        .clone()
        .any(|k| matches!(v.atoms.text(k), "," | "and" | ";" | "plus" | "or"));
    list && !gap.clone().any(|k| {
        matches!(v.pos(k), sayso_parse::Pos::Verb)
            && matches!(
                v.tag(k),
                sayso_parse::Tag::Vbd | sayso_parse::Tag::Vbz | sayso_parse::Tag::Vbp
            )
            || matches!(
                v.atoms.word(k),
                "in" | "since"
                    | "from"
                    | "while"
                    | "compared"
                    | "against"
                    | "who"
                    | "that"
                    | "which"
                    | "but"
                    | "after"
                    | "before"
                    | "than"
            )
    })
}

/// "6,000 workers, including 1,000 deminers and 5,000 builders", "600: 200 dead and 400 wounded".
fn parts(v: &View<'_>, found: &[Found], k: usize, own: Range<usize>, out: &mut Vec<Relation>) {
    let whole = &found[k];
    if !(counts(whole) || whole.figure.kind == FigureKind::Money) || k + 1 >= own.end {
        return;
    }
    let gap = whole.atoms.end..found[k + 1].atoms.start;
    if gap.start > gap.end || gap.len() > 14 {
        return;
    }
    let opener = gap.clone().find(|&j| match v.atoms.text(j) {
        "including" | "comprising" => true,
        "consisting" | "composed" => v.atoms.is(j + 1, "of"),
        "made" => v.atoms.is(j + 1, "up") && v.atoms.is(j + 2, "of"),
        ":" => true,
        _ => false,
    });
    let Some(opener) = opener else { return };
    let colon = v.atoms.is(opener, ":");
    if found[k + 1].atoms.start - opener > 4 {
        return;
    }
    let mut end = k + 1;
    while end < own.end
        && end - k <= 8
        && alike(&found[end], whole)
        && (end == k + 1 || joined(v, found, end - 1, end))
    {
        end += 1;
    }
    // A colon opens a breakdown only where at least two parts follow.
    if colon && end - k <= 2 {
        return;
    }
    for p in k + 1..end {
        relate(out, RelationKind::PartOf, p, k);
    }
}

/// "40 in May and 60 in June, a total of 100", "100 in all".
fn sum(
    v: &View<'_>,
    s: &Range<usize>,
    found: &[Found],
    k: usize,
    own: Range<usize>,
    out: &mut Vec<Relation>,
) {
    let f = &found[k];
    if k < own.start + 2 || share(f) {
        return;
    }
    let from = f
        .atoms
        .start
        .saturating_sub(7)
        .max(s.start)
        .max(found[k - 1].atoms.end);
    let before = (from..f.atoms.start).any(|j| match v.atoms.word(j) {
        "total" => v.atoms.is(j + 1, "of") || v.atoms.is(j + 1, "to"),
        "totaling" | "totalling" | "altogether" => true,
        "all" => v.atoms.is(j.wrapping_sub(1), "in"),
        _ => false,
    });
    let after = v.atoms.is(f.atoms.end, "in")
        && matches!(v.atoms.word(f.atoms.end + 1), "all" | "total")
        && !v.noun(f.atoms.end + 2);
    if !before && !after {
        return;
    }
    let mut p = k;
    // The total itself stands behind a comma, a dash or "for".
    if found[k].atoms.start.saturating_sub(found[k - 1].atoms.end) > 7 {
        return;
    }
    p -= usize::from(alike(&found[k - 1], f));
    while p > own.start && k - p < 8 && alike(&found[p - 1], f) && in_list(v, found, p - 1, p) {
        p -= 1;
    }
    // The summands form one list right before; one alone is no sum.
    if k - p < 2 {
        return;
    }
    for q in p..k {
        relate(out, RelationKind::SumOf, k, q);
    }
}

/// "$2,000 per soldier" beside "10,000 soldiers": a rate and the count that it is for.
fn rate(found: &[Found], k: usize, own: Range<usize>, out: &mut Vec<Relation>) {
    let f = &found[k];
    if f.figure.per.is_empty() {
        return;
    }
    let each = f.figure.per.iter().any(|p| p.unit == "each");
    let names = |g: &Found| {
        let Some(thing) = g.figure.thing.as_ref() else {
            return false;
        };
        counts(g) && f.figure.per.iter().any(|p| p.unit == thing.head)
    };
    let from = k.saturating_sub(NEAR).max(own.start);
    let near: Vec<usize> = (from..(k + NEAR).min(own.end))
        .filter(|&g| g != k)
        .collect();
    let target = near
        .iter()
        .copied()
        .find(|&g| names(&found[g]))
        .or_else(|| {
            // "100 rifles at $400 each": the count right before.
            each.then(|| near.iter().copied().rfind(|&g| g < k && counts(&found[g])))
                .flatten()
        });
    if let Some(g) = target {
        relate(out, RelationKind::Per, k, g);
    }
}

/// A paragraph that ends in a colon with one count in its last sentence, and the items of the list below it.
fn listed(v: &View<'_>, document: &Document, found: &[Found], out: &mut Vec<Relation>) {
    let range = |part: usize| -> Range<usize> {
        document.parts.get(part).map_or(0..0, |p| {
            let a = found.partition_point(|f| f.figure.span.start < p.span.start);
            let b = found.partition_point(|f| f.figure.span.start < p.span.end);
            a..b.max(a)
        })
    };
    for (i, part) in document.parts.iter().enumerate() {
        if matches!(
            part.kind,
            PartKind::ListItem | PartKind::Cell(_) | PartKind::Chrome
        ) {
            continue;
        }
        if !document.words(part.span).trim_end().ends_with(':') {
            continue;
        }
        let own = range(i);
        let Some(last) = own.end.checked_sub(1).filter(|_| !own.is_empty()) else {
            continue;
        };
        let sentence = |k: usize| v.parse.sentence_of(v.token(found[k].anchor));
        let mut heads = own
            .clone()
            .filter(|&k| sentence(k) == sentence(last) && counts(&found[k]));
        let (Some(whole), None) = (heads.next(), heads.next()) else {
            continue;
        };
        let mut items = Vec::new();
        for (j, item) in document.parts.iter().enumerate().skip(i + 1).take(40) {
            if item.kind != PartKind::ListItem {
                break;
            }
            // The item's figure must open it: "1,000 deminers", "Deminers: 1,000".
            match range(j).find(|&k| alike(&found[k], &found[whole])) {
                Some(k) => items.push(k),
                None => {
                    items.clear();
                    break;
                }
            }
        }
        if items.len() >= 2 {
            for k in items {
                relate(out, RelationKind::PartOf, k, whole);
            }
        }
    }
}
