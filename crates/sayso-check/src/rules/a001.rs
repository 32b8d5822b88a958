//! A001: parts do not sum to the whole.

use sayso_model::{Decimal, FigureKind, Finding, Span, Text};

use crate::reckon::{Reach, share, show, sum_line};
use crate::sheet::{Sheet, sheets};
use crate::words::{Mention, View, has, reckoned, severity, shown};
use crate::{Docs, Rule, Subject};

/// The rule.
pub const RULE: Rule = Rule {
    code: "A001",
    title: "parts do not sum to the whole",
    docs: Docs {
        reports: "A whole and the parts it is said to be made of, where the parts add up to something else.",
        matters: "One of the numbers is wrong, and a reader cannot tell which. Whoever copies the report copies one of \
                  them.",
        wrong: "The ministry is sending 6,400 people, 1,000 deminers and 5,000 builders, a spokesman said.\n\n\
                Harvest by district, in tonnes\n\nNorth: 310\nSouth: 145\nEast: 90\nTotal: 565",
        right: "The ministry is sending 6,000 people, 1,000 deminers and 5,000 builders, a spokesman said.\n\n\
                Harvest by district, in tonnes\n\nNorth: 310\nSouth: 145\nEast: 90\nTotal: 545",
        decides: "It looks for numbers in a row that share a unit and that are tied to a whole: by a colon, brackets or \
                  \"of whom\"; as an apposition (\"137 pupils, 82 girls and 55 boys,\"); by \"a total of\" or \"in all\" after \
                  them; by \"the other nine\", which closes a set; as rows of a list under a sentence that names the whole; \
                  as rows above a row called total. Rounded numbers may be off by what rounding allows. Exact numbers \
                  give an error, rounded ones a warning.",
        silent: "Open sets (\"including\", \"among them\", \"such as\"), parts that may overlap, bounds that leave room, \
                 totals that carry earlier counts (\"bringing the total to\"), and sums so far off that the numbers are \
                 probably no parts of that whole. A mistake that the report itself corrects.",
    },
    run,
};

fn run(subject: &Subject<'_>, out: &mut Vec<Finding>) {
    let view = View::new(subject);
    let sheets = sheets(&view);
    let first = out.len();
    for sheet in &sheets {
        total_row(&view, sheet, out);
        whole_above(&view, sheet, out);
    }
    let in_sheet = |m: &Mention<'_>| sheets.iter().any(|s| s.holds(m.figure.span.start));
    let mut at = 0;
    while let Some(m) = view.mentions.get(at) {
        let sentence = m.sentence;
        let all = view.in_sentence(sentence);
        at += all.len().max(1);
        if in_sheet(m) || !view.is_prose(m.part) || view.is_corrected(sentence) {
            continue;
        }
        within_sentence(&view, all, out);
        closed_by_rest(&view, sentence, out);
    }
    // One mistake is reported once: the first way to see it is the best tied.
    let mut kept: Vec<Span<Text>> = Vec::new();
    let mut i = first;
    while i < out.len() {
        if kept.iter().any(|k| k.overlaps(out[i].span)) {
            out.remove(i);
        } else {
            kept.push(out[i].span);
            i += 1;
        }
    }
}

/// Whether the reach of the sum meets that of the whole; `None` where an amount is too large to add.
fn adds_up(parts: &[&Mention<'_>], whole: &Mention<'_>) -> Option<(bool, Decimal)> {
    let mut sum = Decimal::ZERO;
    let mut reach = Reach::point(Decimal::ZERO);
    for p in parts {
        sum = sum.checked_add(p.value)?;
        reach = reach.plus(Reach::of(p.figure));
    }
    Some((reach.meets(Reach::of(whole.figure)), sum))
}

fn finding(parts: &[&Mention<'_>], whole: &Mention<'_>, sum: Decimal, span: Span<Text>) -> Finding {
    let exact = whole.exact() && parts.iter().all(|p| p.exact());
    let values: Vec<Decimal> = parts.iter().map(|p| p.value).collect();
    let mut evidence = vec![
        reckoned(sum_line(&values, sum)),
        shown(whole.figure.span, "the whole"),
    ];
    evidence.extend(parts.iter().map(|p| shown(p.figure.span, "a part")));
    Finding {
        code: RULE.code,
        severity: severity(exact),
        message: format!(
            "the parts add up to {}, but the whole is given as {}",
            show(sum),
            whole.figure.text.trim()
        ),
        span,
        evidence,
        help: Some(
            "check the whole and each part against the source, or say that parts are left out"
                .into(),
        ),
    }
}

/// Whether a sum is near enough to a whole for the numbers to be meant as its parts.
fn near(sum: Decimal, whole: Decimal, percent: u32) -> bool {
    (sum - whole).abs() <= share(whole, percent).max(Decimal::TWO)
}

/// Whether a row's label says that it adds up the others.
fn is_total(view: &View<'_>, label: &str) -> bool {
    let label = label.to_lowercase();
    let plain = label.trim_matches(|c: char| !c.is_alphanumeric());
    view.packs.in_list("reckoning_total_label", plain)
        || plain.starts_with("total ") && plain.split(' ').count() <= 4
}

/// Rows above (or below) a row called total.
fn total_row(view: &View<'_>, sheet: &Sheet<'_>, out: &mut Vec<Finding>) {
    let is_total = |label: &str| is_total(view, label);
    let totals: Vec<usize> = (0..sheet.rows.len())
        .filter(|&i| is_total(&sheet.rows[i].label))
        .collect();
    let [total] = totals[..] else {
        return; // subtotals: which rows make which sum is not plain
    };
    for column in sheet.columns() {
        let value = |i: usize| {
            sheet.rows[i]
                .values
                .iter()
                .find(|v| v.0 == column)
                .map(|v| &v.1)
        };
        let Some(whole) = value(total) else { continue };
        let rows = if total == 0 {
            1..sheet.rows.len()
        } else {
            0..total
        };
        let parts: Vec<&Mention<'_>> = rows.filter_map(value).collect();
        if parts.len() < 2 || parts.iter().any(|p| p.value.is_sign_negative()) {
            continue;
        }
        if let Some((false, sum)) = adds_up(&parts, whole) {
            // Rows may themselves hold subtotals, and then the sum counts twice.
            let doubled = whole.value.checked_mul(Decimal::TWO) == Some(sum);
            if !doubled && near(sum, whole.value, 60) {
                let mut span = whole.figure.span;
                if let Some(row) = sheet.rows.get(total) {
                    span = span.join(row.span);
                }
                out.push(finding(&parts, whole, sum, span));
            }
        }
    }
}

/// A list of parts under a sentence that names the whole.
fn whole_above(view: &View<'_>, sheet: &Sheet<'_>, out: &mut Vec<Finding>) {
    let Some(intro) = sheet.intro else { return };
    if sheet.rows.iter().any(|r| is_total(view, &r.label)) {
        return;
    }
    let parts: Vec<&Mention<'_>> = sheet
        .rows
        .iter()
        .filter_map(|r| match &r.values[..] {
            [(_, m)] => Some(m),
            _ => None,
        })
        .collect();
    let counted = |m: &Mention<'_>| {
        matches!(
            m.figure.kind,
            FigureKind::Cardinal | FigureKind::Measure | FigureKind::Money
        )
    };
    if parts.len() != sheet.rows.len() || parts.len() < 2 || !counted(parts[0]) {
        return;
    }
    if !parts.iter().all(|p| p.same_measure(parts[0])) {
        return;
    }
    let document = view.reading.document;
    let parse = view.parse();
    let intro_words = view.words(parse.tokens_in(intro.range().start as u32..intro.end));
    let leads_in = document.words(intro).trim_end().ends_with(':');
    let breaks_down = view.says("reckoning_breakdown", &intro_words);
    if view.is_open(&intro_words) || !(leads_in || breaks_down) {
        return;
    }
    // The whole stands in the introduction or, where that speaks of breaking something down, just above it.
    let from = match document.part_at(intro.start) {
        Some(i) if breaks_down => document.parts[i.saturating_sub(2)].span.start,
        Some(i) => document.parts[i].span.start,
        None => return,
    };
    let Some((_, sum)) = adds_up(&parts, parts[0]) else {
        return;
    };
    let most = parts.iter().map(|p| p.value).max().unwrap_or_default();
    let kind = |m: &Mention<'_>| {
        let (a, b) = (m.figure, parts[0].figure);
        a.kind == b.kind
            && a.unit == b.unit
            && a.currency == b.currency
            && (a.kind != FigureKind::Cardinal
                || breaks_down
                || view.thing(m) == view.thing(parts[0]))
    };
    let mut best: Option<&Mention<'_>> = None;
    for m in &view.mentions {
        let at = m.figure.span.start;
        if at < from || at >= sheet.span().start || !kind(m) {
            continue;
        }
        match adds_up(&parts, m) {
            Some((true, _)) => return,
            Some((false, _)) if m.value > most && near(sum, m.value, 30) => {
                let closer = |b: &Mention<'_>| (m.value - sum).abs() < (b.value - sum).abs();
                if best.is_none_or(closer) {
                    best = Some(m);
                }
            }
            _ => {}
        }
    }
    if let Some(whole) = best {
        out.push(finding(
            &parts,
            whole,
            sum,
            whole.figure.span.join(sheet.span()),
        ));
    }
}

/// Whether a part can be a part of a whole by its unit.
fn fits(whole: &Mention<'_>, part: &Mention<'_>) -> bool {
    use FigureKind::{Age, Duration, Ordinal, Percent, Ratio};
    if matches!(
        whole.figure.kind,
        Age | Duration | Ordinal | Percent | Ratio
    ) || !part.figure.per.is_empty()
    {
        return false;
    }
    part.same_measure(whole)
}

/// The run of parts that begins at `list[0]`: numbers of one unit joined by commas and "and", the last by "and".
fn run_of<'v, 'a>(view: &View<'a>, list: &'v [Mention<'a>]) -> Vec<&'v Mention<'a>> {
    let mut run: Vec<&Mention<'a>> = Vec::new();
    let mut closed = false;
    for m in list {
        if let Some(last) = run.last() {
            if closed || !m.same_measure(run[0]) {
                break;
            }
            let words = view.between(last, m);
            let joined = words.trim_end();
            let tokens = last.tokens.end..m.tokens.start;
            let and =
                joined.ends_with(" and") || joined.ends_with(" plus") || joined.ends_with(" &");
            if !and && !joined.ends_with([',', ';'])
                || tokens.len() > 16
                || (run.len() > 1 && view.has_finite_verb(tokens))
                || view.is_open(&words)
            {
                break;
            }
            closed = and;
        }
        run.push(m);
    }
    // One verb for all: "96 are in a school, 74 in a hall and 42 in tents". A last part with a verb of its own may
    // overlap with the others.
    let alone = run
        .last()
        .is_some_and(|m| !view.has_finite_verb(m.tokens.end..m.tokens.end + 2));
    if alone && (closed || run.len() > 2) {
        run
    } else {
        Vec::new()
    }
}

/// A whole and its parts in one sentence.
fn within_sentence(view: &View<'_>, all: &[Mention<'_>], out: &mut Vec<Finding>) {
    for start in 0..all.len() {
        let run = run_of(view, &all[start..]);
        if run.len() < 2 || run.iter().any(|m| !m.figure.per.is_empty()) {
            continue;
        }
        // Not in the middle of a longer run.
        if start > 0 && run_of(view, &all[start - 1..]).len() > run.len() {
            continue;
        }
        if let Some(whole) = whole_after(view, all, start + run.len(), &run) {
            report(&run, whole, out);
            continue;
        }
        if let Some(whole) = whole_before(view, &all[..start], &run) {
            report(&run, whole, out);
            continue;
        }
        // "of the 40 miners, …": the run's own first number is the whole.
        if run.len() > 2 && fits(run[0], run[1]) && apposed(view, run[0], &run[1..]) {
            report(&run[1..], run[0], out);
        }
    }
}

fn report(parts: &[&Mention<'_>], whole: &Mention<'_>, out: &mut Vec<Finding>) {
    let most = parts.iter().map(|p| p.value).max().unwrap_or_default();
    if let Some((false, sum)) = adds_up(parts, whole)
        && most < whole.value
        && near(sum, whole.value, 35)
    {
        let span = parts
            .iter()
            .fold(whole.figure.span, |s, p| s.join(p.figure.span));
        out.push(finding(parts, whole, sum, span));
    }
}

/// The whole that a run of parts ends in: "… and 5,000 builders, 6,000 in all".
fn whole_after<'v, 'a>(
    view: &View<'a>,
    all: &'v [Mention<'a>],
    next: usize,
    run: &[&Mention<'a>],
) -> Option<&'v Mention<'a>> {
    let whole = all.get(next)?;
    let last = run.last()?;
    let words = view.between(last, whole);
    let after = view.after(whole.tokens.end, 5);
    if !fits(whole, run[0]) || last.tokens.end + 14 < whole.tokens.start {
        return None;
    }
    if view.says("reckoning_running_total", &words) || view.is_open(&words) {
        return None;
    }
    (view.says("reckoning_total", &words) || view.says("reckoning_total_after", &after))
        .then_some(whole)
}

/// The whole that a run of parts opens out: "6,000: 1,000 deminers and 5,000 builders".
fn whole_before<'v, 'a>(
    view: &View<'a>,
    before: &'v [Mention<'a>],
    run: &[&Mention<'a>],
) -> Option<&'v Mention<'a>> {
    let first = run.first()?;
    let whole = before.iter().rev().find(|m| fits(m, first))?;
    let words = view.between(whole, first);
    let lead = view.before(whole.tokens.start, 3);
    if view.is_open(&words) || view.says("reckoning_running_total", &lead) {
        return None;
    }
    let tail = view.before(first.tokens.start, 3);
    let tied = view.says("reckoning_made_of", &tail) && whole.tokens.end + 30 > first.tokens.start;
    if tied || apposed(view, whole, run) {
        return Some(whole);
    }
    // "Of the 40 miners 25 work underground, 10 in the mill and 5 at the gate": one verb for all.
    (has(&lead, "of the") || has(&lead, "of"))
        .then_some(whole)
        .filter(|w| {
            let opens = view.sentence(w.sentence).start;
            w.tokens.start <= opens + 3
        })
}

/// Whether a run of parts stands in apposition to a whole: "all 137 pupils, 82 girls and 55 boys, …".
fn apposed(view: &View<'_>, whole: &Mention<'_>, parts: &[&Mention<'_>]) -> bool {
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else {
        return false;
    };
    let between = whole.tokens.end..first.tokens.start;
    let words = view.words(between.clone());
    if !words.trim_end().ends_with(',') || between.len() > 8 || view.has_finite_verb(between) {
        return false;
    }
    if parts.len() < 2 || view.is_open(&words) {
        return false;
    }
    let lead = view.before(whole.tokens.start, 3);
    let gathered = has(&lead, "all") || has(&lead, "a total of") || has(&lead, "both");
    let after = view.after(last.tokens.end, 6);
    let closed = after.contains(" , ")
        || after.contains(" ) ")
        || after.contains(" — ")
        || after.contains(" – ");
    // The parts are of other kinds than the whole: "6,000 people, 1,000 deminers and 5,000 builders".
    let things: Vec<_> = parts.iter().map(|p| view.thing(p)).collect();
    let thing = view.thing(whole);
    gathered || closed && thing.is_some() && things.iter().all(|t| t.is_some() && *t != thing)
}

/// Whether a number opens its sentence or its clause.
fn leads(view: &View<'_>, m: &Mention<'_>) -> bool {
    let start = view.sentence(m.sentence).start;
    let before = view.before(m.tokens.start, 1);
    m.tokens.start <= start + 1 || matches!(before.trim(), "," | ";" | "and")
}

/// "Nineteen of the dead were men. Eleven were women. The other nine were children."
fn closed_by_rest(view: &View<'_>, sentence: usize, out: &mut Vec<Finding>) {
    /// How many sentences back the set may reach.
    const BACK: usize = 5;
    for last in view.in_sentence(sentence) {
        let lead = view.before(last.tokens.start, 2);
        let inner = view.words(last.tokens.clone());
        let rest = |w: &str| has(w, "the other") || has(w, "the remaining") || has(w, "the last");
        if !last.is_count() || !(rest(&lead) || rest(&inner)) {
            continue;
        }
        // Going back, the first number that is larger than all parts so far and is no part itself is the whole.
        let Some(at) = view.mentions.iter().position(|m| m.index == last.index) else {
            continue;
        };
        let mut parts = vec![last];
        let mut best: Option<(Vec<&Mention<'_>>, &Mention<'_>)> = None;
        let mut settled = false;
        for m in view.mentions[..at].iter().rev() {
            if m.sentence + BACK < sentence || !view.is_prose(m.part) || parts.len() > 6 {
                break;
            }
            if !m.is_count() || !fits(m, last) {
                continue;
            }
            // A number among them that does not lead its sentence may count anything.
            if !parts.is_empty()
                && m.sentence != last.sentence
                && m.part == last.part
                && !leads(view, m)
            {
                break;
            }
            let most = parts.iter().map(|p| p.value).max().unwrap_or_default();
            if parts.len() > 1 && m.value > most {
                match adds_up(&parts, m) {
                    Some((true, _)) => {
                        settled = true;
                        break;
                    }
                    Some((false, sum))
                        if near(sum, m.value, 30)
                            && best.as_ref().is_none_or(|(_, w)| w.value < m.value) =>
                    {
                        best = Some((parts.iter().rev().copied().collect(), m));
                    }
                    _ => {}
                }
            }
            parts.push(m);
        }
        if let (Some((parts, whole)), false) = (best, settled) {
            let led = |p: &&Mention<'_>| p.index == last.index || leads(view, p);
            let same = parts.iter().all(led)
                && parts
                    .iter()
                    .all(|p| !view.says("reckoning_open", &view.before(p.tokens.start, 2)));
            if let (Some((false, sum)), true) = (adds_up(&parts, whole), same) {
                let span = parts
                    .iter()
                    .fold(last.figure.span, |s, p| s.join(p.figure.span));
                out.push(finding(&parts, whole, sum, span));
            }
        }
    }
}
