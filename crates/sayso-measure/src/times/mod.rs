//! Time expressions: found by a grammar over atoms, resolved against the document's date and the narrative's moving
//! reference, given as TIMEX3 with the interval they denote.
//!
//! Values follow the TimeML annotation guidelines 1.2.1. A document without a date leaves relative times unresolved.

mod calendar;
mod dates;
mod fiscal;
mod grammar;
mod moving;
mod relation;
mod resolve;
mod stretches;
mod tense;
mod ucdp;
mod years;

use std::ops::Range;

use sayso_model::{Date, Document, PartKind, Span, TimeRelation, Timex, TimexKind};

use crate::atoms::{Atoms, Kind};
use crate::units::View;
use calendar::Grain;
use grammar::{Expression, What};
use resolve::Clockwork;
use tense::{Ahead, ahead};

/// Expressions found, each with the atoms of the stretch of text that it stands in.
type Found = Vec<(Expression, Range<usize>)>;

/// The time expressions of a document, and which atoms are part of a date or clock time and so of no quantity.
pub(crate) fn times(
    v: &View<'_>,
    sentences: &[Range<usize>],
    document: &Document,
) -> (Vec<Timex>, Vec<bool>) {
    let published = document.published.as_ref().map(|p| p.date);
    let (lines, line_times, written) = datelines(v, document, published);
    // The text's own date line, where it is close to the date given: its "yesterday" counts from there.
    let own = written
        .filter(|w| published.is_none_or(|p| p.until(*w).is_ok_and(|s| s.get_days().abs() <= 3)));
    let base = own.or(published);

    let mut taken = vec![false; v.atoms.all.len()];
    let mut found = Vec::new();
    for (s, headline) in stretches_of_text(v, sentences, document) {
        let first = found.len();
        find(v, &s, headline, &mut taken, &mut found);
        years_from_behind(v, &mut found[first..]);
    }
    let mut clock = Clockwork::new(base, &found);
    let mut out = Vec::with_capacity(found.len() + line_times.len());
    for (k, (e, s)) in found.iter().enumerate() {
        out.extend(timex(v, &mut clock, k, e, s));
    }
    if !line_times.is_empty() {
        let lined = View {
            atoms: &lines,
            ..*v
        };
        let mut clock = Clockwork::new(base, &line_times);
        for (k, (e, s)) in line_times.iter().enumerate() {
            out.extend(timex(&lined, &mut clock, k, e, s));
        }
        out.sort_by_key(|t| t.span.start);
    }
    (out, taken)
}

/// Finds the expressions of a stretch of text.
fn find(v: &View<'_>, s: &Range<usize>, headline: bool, taken: &mut [bool], found: &mut Found) {
    let mut i = s.start;
    while i < s.end {
        let Some(mut e) = grammar::expression(v, i, s) else {
            i += 1;
            continue;
        };
        e.end = e.end.min(s.end);
        e.headline = headline;
        i = e.end.max(i + 1);
        e.ends_range = e.start > s.start
            && matches!(
                v.atoms.text(e.start - 1),
                "to" | "and" | "through" | "until" | "till" | "-" | "\u{2013}"
            )
            && found
                .last()
                .is_some_and(|(p, r)| p.end + 1 == e.start && opens_range(v, p, r));
        // "May 3rd, 5th and 7th", "1998-99"
        let mut row = vec![e];
        for _ in 0..8 {
            let Some(last) = row.last() else { break };
            let Some(b) = dates::second_day(v, last, s).or_else(|| years::second_year(v, last, s))
            else {
                break;
            };
            row.push(b);
        }
        // "June 18-20, 2024": the year is all days'.
        let later = row.last().and_then(|b| match b.what {
            What::Date { year, .. } => year,
            _ => None,
        });
        for e in &mut row {
            if let What::Date {
                year: year @ None,
                day: Some(_),
                ..
            } = &mut e.what
            {
                *year = later;
            }
        }
        for e in row {
            if e.calendar {
                for t in taken.iter_mut().take(e.end).skip(e.start) {
                    *t = true;
                }
            }
            i = i.max(e.end);
            if !e.silent {
                found.push((e, s.clone()));
            }
        }
    }
}

/// Whether "from" or "between" stands before an expression.
fn opens_range(v: &View<'_>, e: &Expression, s: &Range<usize>) -> bool {
    e.start > s.start && matches!(v.atoms.word(e.start - 1), "from" | "between")
}

/// Gives a month or day without a year the year that follows it: "in April and June 1955", "from May 15 to August 16,
/// 1988".
fn years_from_behind(v: &View<'_>, found: &mut [(Expression, Range<usize>)]) {
    for k in (1..found.len()).rev() {
        let (head, tail) = found.split_at_mut(k);
        let (Some((a, _)), Some((b, _))) = (head.last_mut(), tail.first()) else {
            return;
        };
        let What::Date {
            year: Some(y),
            month: Some(later),
            ..
        } = b.what
        else {
            continue;
        };
        let What::Date {
            year: year @ None,
            month: Some(m),
            ..
        } = &mut a.what
        else {
            continue;
        };
        let gap = b.start.saturating_sub(a.end);
        let joined = (1..=2).contains(&gap)
            && (a.end..b.start).all(|i| {
                v.atoms.dash(i)
                    || matches!(
                        v.atoms.text(i),
                        "," | "and" | "to" | "or" | "until" | "till" | "through" | "/"
                    )
            })
            && !(gap == 1 && v.atoms.is(a.end, ","));
        if joined {
            *year = Some(y - i16::from(*m > later));
        }
    }
}

/// The sentences, with those of one cell or heading joined (its words are too few for the parser to cut them well), and
/// those that no mark of punctuation ends. With each, whether it is a headline.
fn stretches_of_text(
    v: &View<'_>,
    sentences: &[Range<usize>],
    document: &Document,
) -> Vec<(Range<usize>, bool)> {
    let mut out: Vec<(Range<usize>, bool)> = Vec::with_capacity(sentences.len());
    let mut parts = document.parts.iter().peekable();
    let mut last_part = None;
    for s in sentences {
        let Some(a) = v.atoms.all.get(s.start) else {
            continue;
        };
        while parts.next_if(|p| p.span.end <= a.start).is_some() {}
        let part = parts.peek().map(|p| p.span.start);
        let kind = parts.peek().map(|p| &p.kind);
        let short = matches!(
            kind,
            Some(PartKind::Cell(_) | PartKind::Title | PartKind::Heading(_))
        );
        let headline = matches!(kind, Some(PartKind::Title | PartKind::Heading(_)));
        let same = part == last_part && part.is_some();
        let open = s.start > 0
            && v.atoms
                .all
                .get(s.start - 1)
                .is_some_and(|a| a.kind != Kind::Symbol);
        match out.last_mut() {
            Some((r, _)) if same && (short || open) && r.end == s.start => r.end = s.end,
            _ => out.push((s.clone(), headline)),
        }
        last_part = part;
    }
    out
}

/// The times of the document's date lines, which are not parsed: their atoms, the expressions, and the first date that
/// is written out in full.
fn datelines(
    v: &View<'_>,
    document: &Document,
    published: Option<Date>,
) -> (Atoms, Found, Option<Date>) {
    let ranges: Vec<Range<usize>> = document
        .parts
        .iter()
        .filter(|p| p.kind == PartKind::Dateline)
        .map(|p| p.span.start as usize..p.span.end as usize)
        .collect();
    let (atoms, lines) = Atoms::unparsed(&v.atoms.lower, &ranges);
    let mut found = Vec::new();
    if lines.is_empty() {
        return (atoms, found, None);
    }
    let view = View {
        atoms: &atoms,
        ..*v
    };
    let mut taken = Vec::new();
    for s in &lines {
        find(&view, s, false, &mut taken, &mut found);
    }
    let mut clock = Clockwork::new(published, &found);
    let mut written = None;
    for (k, (e, _)) in found.iter().enumerate() {
        let full = matches!(
            e.what,
            What::Date {
                year: Some(_),
                day: Some(_),
                ..
            }
        );
        if full && let Some((_, value, None)) = clock.value(&view, k, e) {
            written = calendar::interval(&value).map(|(day, _)| day);
            break;
        }
    }
    (atoms, found, written)
}

/// An expression as a TIMEX3.
fn timex(
    v: &View<'_>,
    clock: &mut Clockwork,
    k: usize,
    e: &Expression,
    s: &Range<usize>,
) -> Option<Timex> {
    let (kind, value, flaw) = clock.value(v, k, e)?;
    let (a, b) = (
        v.atoms.all.get(e.start)?,
        v.atoms.all.get(e.end.checked_sub(1)?)?,
    );
    let relation = relation::relation(v, e.start, s.start)
        .or_else(|| relation::from(v, e.start, e.end, s.start).then_some(TimeRelation::Since))
        .or_else(|| e.ends_range.then_some(TimeRelation::Until));
    let interval = match kind {
        TimexKind::Duration => {
            stretch(v, e, clock.today(), relation).or_else(|| calendar::interval(&value))
        }
        _ => calendar::interval(&value),
    };
    let ucdp = ucdp::coded(v.lex, e, interval, clock.today(), relation);
    Some(Timex {
        span: Span::new(a.start, b.end),
        kind,
        value,
        modifier: e.modifier,
        relation,
        interval,
        flaw,
        ucdp,
    })
}

/// First and last day of a duration that ends or begins with the document's date.
fn stretch(
    v: &View<'_>,
    e: &Expression,
    today: Option<Date>,
    relation: Option<TimeRelation>,
) -> Option<(Date, Date)> {
    let (grain, n) = e.length?;
    let mut toward = e.toward;
    if toward == 0 && relation == Some(TimeRelation::Within) {
        toward = i8::from(matches!(ahead(v, e), Ahead::Maybe | Ahead::Yes));
    }
    let today = today.filter(|_| toward != 0)?;
    let (grain, n) = match grain {
        Grain::Second | Grain::Minute => (Grain::Day, 0),
        // A stretch of hours reaches into as many days as it may.
        Grain::Hour => (Grain::Day, n.checked_add(23)? / 24),
        g => (g, n),
    };
    let other = calendar::moved(today, grain, n.checked_mul(i64::from(toward))?)?;
    Some((today.min(other), today.max(other)))
}
