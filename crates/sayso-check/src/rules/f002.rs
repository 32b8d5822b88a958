//! F002: a table or list disagrees with the text.

use sayso_model::{Decimal, FigureKind, Finding, Severity};

use crate::listed::alike;
use crate::reckon::Reach;
use crate::sheet::{Row, Sheet, sheets};
use crate::words::{Mention, View, has, shown};
use crate::{Docs, Rule, Subject};

/// The rule.
pub const RULE: Rule = Rule {
    code: "F002",
    title: "table disagrees with text",
    docs: Docs {
        reports: "A figure in the text that a table or list of the same report gives otherwise.",
        matters: "Readers quote whichever they saw first. Tables are often updated when the text is not.",
        wrong: "The north depot shipped 430 crates in May, more than any other.\n\nCrates shipped in May\n\nNorth depot: \
                340\nSouth depot: 210\nEast depot: 120",
        right: "The north depot shipped 340 crates in May, more than any other.\n\nCrates shipped in May\n\nNorth depot: \
                340\nSouth depot: 210\nEast depot: 120",
        decides: "A figure of the text belongs to a row if the row's label stands shortly before or after it in the \
                  sentence, no other row's label is nearer, and the unit or the thing counted is that of the table (its \
                  caption, header or row). It is then compared with the row's figures.",
        silent: "If the figure stands anywhere in the table, or is the sum, the difference or the share of figures in it, or one of two parts that make up a figure of it; if \
                 it is a bound or an approximation that the table's figure meets; if it is far from the table's figure, \
                 which speaks for another thing.",
    },
    run,
};

fn run(subject: &Subject<'_>, out: &mut Vec<Finding>) {
    let view = View::new(subject);
    let sheets = sheets(&view);
    for sheet in &sheets {
        // What is counted: the words of caption and headers.
        let about: Vec<String> = sheet
            .intro
            .iter()
            .map(|s| view.reading.document.words(*s).to_lowercase())
            .chain(sheet.headers.values().map(|h| h.to_lowercase()))
            .flat_map(|t| crate::listed::words(&t).collect::<Vec<_>>())
            .collect();
        for m in &view.mentions {
            if sheets.iter().any(|s| s.holds(m.figure.span.start)) || !view.is_prose(m.part) {
                continue;
            }
            if matches!(
                m.figure.kind,
                FigureKind::Duration | FigureKind::Age | FigureKind::Ratio | FigureKind::Ordinal
            ) || m.figure.change.is_some()
            {
                continue;
            }
            if let Some((row, other)) = contradicted(&view, sheet, &about, m) {
                out.push(Finding {
                    code: RULE.code,
                    severity: Severity::Warning,
                    message: format!(
                        "the text has {} where the table has {} for \"{}\"",
                        m.figure.text.trim(),
                        other.figure.text.trim(),
                        row.label
                    ),
                    span: m.figure.span,
                    evidence: vec![shown(row.span, "the row of the table")],
                    help: Some("find out which is right, and use it in both places".into()),
                });
            }
        }
    }
}

/// The row that gives a figure of the text otherwise, and its figure.
fn contradicted<'s, 'a>(
    view: &View<'a>,
    sheet: &'s Sheet<'a>,
    about: &[String],
    m: &Mention<'a>,
) -> Option<(&'s Row<'a>, &'s Mention<'a>)> {
    let reach = Reach::of(m.figure);
    let all: Vec<&Mention<'a>> = sheet
        .rows
        .iter()
        .flat_map(|r| r.values.iter().map(|v| &v.1))
        .collect();
    if all.iter().any(|v| Reach::of(v.figure).meets(reach)) || follows(&all, reach) {
        return None;
    }
    let row = row_of(view, sheet, m)?;
    let same_thing = |v: &Mention<'a>| {
        let text_unit = m.figure.unit.as_deref().or(m.figure.currency.as_deref());
        let row_unit = v.figure.unit.as_deref().or(v.figure.currency.as_deref());
        if text_unit.is_some() && text_unit == row_unit {
            return true;
        }
        let mut things: Vec<String> = m
            .figure
            .thing
            .iter()
            .flat_map(|t| crate::listed::words(&t.text).collect::<Vec<_>>())
            .collect();
        things.extend(view.thing(m));
        things.extend(m.figure.unit.clone());
        if m.figure.currency.is_some() || m.figure.kind == FigureKind::Percent {
            things.extend(crate::listed::words(&m.figure.text));
        }
        let row_words: Vec<String> =
            crate::listed::words(view.reading.document.words(row.span)).collect();
        things.iter().any(|t| {
            about
                .iter()
                .chain(&row_words)
                .any(|w| alike(t, w) || *t == "percent" && w == "percent")
        })
    };
    // In a table of several columns the column must be named, or the figure must be the likely slip of one of them.
    let near: Vec<&Mention<'a>> = row
        .values
        .iter()
        .map(|v| &v.1)
        .filter(|v| same_thing(v) || sheet_is_of(view, sheet, m))
        .filter(|v| close(v.value, m.value))
        .collect();
    let best = near
        .iter()
        .min_by_key(|v| (v.value - m.value).abs())
        .copied()?;
    // The text may give the parts of which the table has the sum.
    let parts = view.mentions.iter().any(|o| {
        o.sentence == m.sentence
            && o.figure.span != m.figure.span
            && o.value.checked_add(m.value) == Some(best.value)
    });
    (!parts).then_some((row, best))
}

/// Whether the figure's sentence speaks of the table's subject: a column's header stands in it.
fn sheet_is_of(view: &View<'_>, sheet: &Sheet<'_>, m: &Mention<'_>) -> bool {
    let sentence = view.words(view.sentence(m.sentence));
    sheet.headers.iter().filter(|(c, _)| **c > 0).any(|(_, h)| {
        crate::listed::words(h)
            .filter(|w| w.chars().count() > 4)
            .any(|w| {
                has(&sentence, &w)
                    || sentence.contains(&format!(" {w}-"))
                    || sentence.contains(&format!("{w} "))
            })
    })
}

/// Whether two numbers are of one size: a slip of the pen, not another quantity.
fn close(a: Decimal, b: Decimal) -> bool {
    let (small, large) = if a < b { (a, b) } else { (b, a) };
    small > Decimal::ZERO
        && small
            .checked_mul(Decimal::new(16, 1))
            .is_some_and(|v| v >= large)
}

/// Whether a figure follows from the table: the sum of all rows, of two, or the difference of two.
fn follows(all: &[&Mention<'_>], reach: Reach) -> bool {
    let meets = |v: Option<Decimal>| v.is_some_and(|v| Reach::point(v).meets(reach));
    let total = all
        .iter()
        .try_fold(Decimal::ZERO, |s, m| s.checked_add(m.value));
    meets(total)
        || all.iter().enumerate().take(40).any(|(i, a)| {
            all[i + 1..].iter().take(40).any(|b| {
                meets(a.value.checked_add(b.value))
                    || meets(a.value.checked_sub(b.value).map(|d| d.abs()))
            })
        })
}

/// The row whose label stands nearest to a figure in its sentence.
fn row_of<'s, 'a>(view: &View<'a>, sheet: &'s Sheet<'a>, m: &Mention<'a>) -> Option<&'s Row<'a>> {
    let parse = view.parse();
    let sentence = view.sentence(m.sentence);
    let mut best: Option<(u32, &Row<'a>)> = None;
    for row in &sheet.rows {
        let label: Vec<String> = crate::listed::words(&row.label).collect();
        let Some(first) = label.first() else { continue };
        if row.values.is_empty() || label.len() > 5 {
            continue;
        }
        // All words of the label in a row.
        let places = (sentence.start..sentence.end).filter(|&t| {
            alike(first, parse.lower(t))
                && label.iter().enumerate().all(|(i, w)| {
                    t + (i as u32) < sentence.end && alike(w, parse.lower(t + i as u32))
                })
        });
        for t in places {
            let end = t + label.len() as u32;
            let gap = if end <= m.tokens.start {
                m.tokens.start - end
            } else {
                t.saturating_sub(m.tokens.end)
            };
            if gap <= 30 && best.is_none_or(|(g, _)| gap < g) {
                best = Some((gap, row));
            }
        }
    }
    best.map(|(_, row)| row)
}
