//! L003: there is no such instrument.

use sayso_model::{Finding, Severity};
use sayso_packs::schema::{Entry, Instrument};

use crate::law::{
    Citation, capital, citations, entry, interval, severity, shown, shown_date, widened,
};
use crate::{Docs, Rule, Subject};

/// The rule.
pub const RULE: Rule = Rule {
    code: "L003",
    title: "no such instrument",
    docs: Docs {
        reports: "A number that no instrument on the subject has, or that had not been reached when the report was \
                  published.",
        matters: "Two digits swapped send a reader to a text about something else, and the report's main proof is gone.",
        wrong: "The port refused the freighter. It relied on Security Council resolution 2379 on North Korea.",
        right: "The port refused the freighter. It relied on Security Council resolution 2375 on North Korea.",
        decides: "A pack may hold all instruments of a series on one subject for a stretch of years. A number within \
                  those years that is said to be on this subject, and is none of them, is reported. So is a number \
                  above one that was adopted only after the report was published.",
        silent: "Where nothing beside the number says what it is about: the number may well exist on another subject. \
                 On numbers before and after the years that the pack holds whole.",
    },
    run,
};

fn run(subject: &Subject<'_>, out: &mut Vec<Finding>) {
    for c in citations(subject) {
        if c.instrument.is_some() {
            continue;
        }
        let found = too_early(subject, &c).or_else(|| off_subject(subject, &c));
        // One slip is reported where it is first made.
        let again = |f: &Finding, o: &Finding| f.code == o.code && f.message == o.message;
        out.extend(found.filter(|f| !out.iter().any(|o| again(f, o))));
    }
}

/// Instruments of the citation's series with their numbers, verified ones only, in order.
fn known<'a>(subject: &Subject<'a>, c: &Citation<'_>) -> Vec<(u32, &'a Instrument)> {
    let all = &subject.packs.entries().instruments;
    let mut out: Vec<_> = all
        .iter()
        .filter(|i| i.series == c.series.id && i.verified())
        .filter_map(|i| Some((i.number.parse().ok()?, i)))
        .collect();
    out.sort_by_key(|k| k.0);
    out
}

fn too_early(subject: &Subject<'_>, c: &Citation<'_>) -> Option<Finding> {
    let number: u32 = c.number.parse().ok()?;
    let published = subject.reading.document.published.as_ref()?.date;
    let later = known(subject, c).into_iter().find(|(n, i)| {
        let day = interval(&i.adopted).map(|d| widened(d, i64::from(c.series.slack_days)).0);
        *n < number && day.is_some_and(|d| d > published)
    })?;
    let day = shown_date(&later.1.adopted, subject.packs);
    Some(Finding {
        code: RULE.code,
        severity: Severity::Warning,
        message: format!("there was no {} when this was published", c.name()),
        span: c.cited.phrase.span,
        evidence: vec![entry(
            later.1,
            format!(
                "{} {}, a lower number, was adopted only on {day}",
                c.series.name, later.0
            ),
        )],
        help: Some("Check the number.".to_owned()),
    })
}

fn off_subject(subject: &Subject<'_>, c: &Citation<'_>) -> Option<Finding> {
    let number: u32 = c.number.parse().ok()?;
    let about = c.claim.role("subject")?;
    let id = about.entity.as_deref()?;
    let packs = subject.packs;
    let roll = packs
        .entries()
        .rolls
        .iter()
        .find(|r| r.subject == id && r.series == c.series.id)?;
    let words = &packs.entries().subjects.iter().find(|s| s.id == id)?.words;
    let named = words
        .first()?
        .split(' ')
        .map(capital)
        .collect::<Vec<_>>()
        .join(" ");
    let (first, last) = (interval(&roll.first)?.0, interval(&roll.last)?.1);
    let all = &packs.entries().instruments;
    let mut members: Vec<(u32, &Instrument)> = all
        .iter()
        .filter(|i| i.series == c.series.id && i.subject == id)
        .filter(|i| interval(&i.adopted).is_some_and(|d| first <= d.0 && d.1 <= last))
        .filter_map(|i| Some((i.number.parse().ok()?, i)))
        .collect();
    members.sort_by_key(|k| k.0);
    let inside = members.first()?.0 < number && number < members.last()?.0;
    if !inside || members.iter().any(|m| m.0 == number) {
        return None;
    }
    let digits = |n: u32| {
        let mut d = n.to_string().into_bytes();
        d.sort_unstable();
        d
    };
    // The number meant: the same digits in another order, else one digit off.
    let one_off = |n: u32| {
        let (a, b) = (n.to_string(), number.to_string());
        a.len() == b.len() && a.bytes().zip(b.bytes()).filter(|(x, y)| x != y).count() == 1
    };
    let mut meant: Vec<u32> = members
        .iter()
        .map(|m| m.0)
        .filter(|&n| digits(n) == digits(number))
        .collect();
    meant.extend(members.iter().map(|m| m.0).filter(|&n| one_off(n)));
    let below = members.iter().rev().find(|m| m.0 < number)?;
    let above = members.iter().find(|m| m.0 > number)?;
    let name = |m: &(u32, &Instrument)| {
        format!(
            "{} {} of {}",
            c.series.name,
            m.0,
            shown_date(&m.1.adopted, packs)
        )
    };
    let mut evidence = vec![
        shown(about.phrase.span, "said to be about this"),
        entry(
            roll,
            format!(
                "{} instruments, none with the number {number}",
                members.len()
            ),
        ),
    ];
    evidence.push(entry(below.1, format!("{} is the one before", name(below))));
    evidence.push(entry(above.1, format!("{} is the one after", name(above))));
    let help = match meant.as_slice() {
        [] => "Check the number.".to_owned(),
        [one] => format!("Is {one} meant?"),
        [one, two, ..] => format!("Is {one} or {two} meant?"),
    };
    Some(Finding {
        code: RULE.code,
        severity: severity(roll.verified()),
        message: format!("there is no {} on {}", c.name(), named),
        span: c.cited.phrase.span,
        evidence,
        help: Some(help),
    })
}
