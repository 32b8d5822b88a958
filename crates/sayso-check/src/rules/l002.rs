//! L002: wrong date of adoption, or wrong deadline.

use sayso_model::{Date, Finding};
use sayso_packs::schema::Entry;

use crate::law::{
    Citation, citations, entry, interval, provisions, severity, shown, shown_date, widened,
};
use crate::{Docs, Rule, Subject};

/// The rule.
pub const RULE: Rule = Rule {
    code: "L002",
    title: "wrong date of adoption or deadline",
    docs: Docs {
        reports: "A date of adoption that is not the instrument's, or a deadline that its provision does not set.",
        matters: "Whether something was forbidden when it was done hangs on these dates, and a wrong one is copied \
                  from report to report.",
        wrong: "Coal from North Korea may not be landed since UN Security Council resolution 2371, adopted on \
                5 September 2017.",
        right: "Coal from North Korea may not be landed since UN Security Council resolution 2371, adopted on \
                5 August 2017.",
        decides: "It compares the date said with the pack's day at the place of adoption, to the grain of what is \
                  said, and a deadline with all dates that the provision about the same conduct sets. The date \
                  of an instrument that no pack has must lie between those of its neighbours, since numbers rise with \
                  the days.",
        silent: "About a day more than at the place of adoption, since it is tomorrow in Asia; about dates of drafts, \
                 of signature and entry into force where the pack has them; and about dates that are not said to be \
                 those of adoption.",
    },
    run,
};

fn run(subject: &Subject<'_>, out: &mut Vec<Finding>) {
    for c in citations(subject) {
        out.extend(adoption(subject, &c));
        out.extend(deadline(subject, &c));
    }
}

fn overlap(a: (Date, Date), b: (Date, Date)) -> bool {
    a.0 <= b.1 && b.0 <= a.1
}

fn adoption(subject: &Subject<'_>, c: &Citation<'_>) -> Option<Finding> {
    let packs = subject.packs;
    let said = c.claim.role("adopted")?;
    let value = said.entity.as_deref()?;
    let stated = interval(value)?;
    let slack = i64::from(c.series.slack_days);
    let (right, verified, evidence) = match c.instrument {
        Some(i) => {
            let mut days = vec![i.adopted.as_str()];
            days.extend(i.dates.values().map(String::as_str));
            let fits = |d: &&str| interval(d).is_some_and(|d| overlap(widened(d, slack), stated));
            if days.iter().any(fits) {
                return None;
            }
            let day = shown_date(&i.adopted, packs);
            let note = format!("{} was adopted on {day}", c.name());
            (
                format!("it was adopted on {day}"),
                i.verified(),
                vec![entry(i, note)],
            )
        }
        None => neighbours(subject, c, stated, slack)?,
    };
    let mut all = vec![shown(said.phrase.span, "the date said")];
    all.extend(evidence);
    Some(Finding {
        code: RULE.code,
        severity: severity(verified),
        message: format!(
            "{} was not adopted {} {}",
            c.name(),
            if value.len() > 7 { "on" } else { "in" },
            shown_date(value, packs)
        ),
        span: said.phrase.span,
        evidence: all,
        help: Some(right),
    })
}

/// For a number that no pack has: what the numbers below and above it say about its day.
fn neighbours(
    subject: &Subject<'_>,
    c: &Citation<'_>,
    stated: (Date, Date),
    slack: i64,
) -> Option<(String, bool, Vec<sayso_model::Evidence>)> {
    let number: u32 = c.number.parse().ok()?;
    let packs = subject.packs;
    let mut known: Vec<_> = packs
        .entries()
        .instruments
        .iter()
        .filter(|i| i.series == c.series.id && i.verified())
        .filter_map(|i| Some((i.number.parse::<u32>().ok()?, i)))
        .collect();
    known.sort_by_key(|k| k.0);
    let above = known.partition_point(|k| k.0 < number);
    let (lower, upper) = (known.get(above.checked_sub(1)?)?, known.get(above)?);
    let first = interval(&lower.1.adopted)?.0;
    let last = interval(&upper.1.adopted)?.1;
    if overlap(widened((first, last), slack), stated) {
        return None;
    }
    let day = |i: &sayso_packs::schema::Instrument| shown_date(&i.adopted, packs);
    Some((
        format!(
            "Numbers rise with the days: it was adopted between {} and {}",
            day(lower.1),
            day(upper.1)
        ),
        true,
        [lower, upper]
            .map(|n| {
                entry(
                    n.1,
                    format!("{} {} was adopted on {}", c.series.name, n.0, day(n.1)),
                )
            })
            .to_vec(),
    ))
}

fn deadline(subject: &Subject<'_>, c: &Citation<'_>) -> Option<Finding> {
    let packs = subject.packs;
    let instrument = c.instrument?;
    let said = c.claim.role("deadline")?;
    let value = said.entity.as_deref()?;
    let stated = interval(value)?;
    let slack = i64::from(c.series.slack_days);
    let mut wrong = None;
    for conduct in c.conducts(packs) {
        for p in provisions(&conduct.binding, packs) {
            if p.instrument != instrument.id || p.deadline.is_empty() {
                continue;
            }
            let mut days = vec![&p.deadline];
            days.extend(&p.other_deadlines);
            let fits =
                |d: &&String| interval(d).is_some_and(|d| overlap(widened(d, slack), stated));
            if days.iter().any(fits) {
                return None;
            }
            wrong.get_or_insert((conduct, p));
        }
    }
    let (conduct, p) = wrong?;
    let day = shown_date(&p.deadline, packs);
    Some(Finding {
        code: RULE.code,
        severity: severity(p.verified() && instrument.verified()),
        message: format!(
            "{} does not set {} as the deadline for {}",
            c.name(),
            shown_date(value, packs),
            conduct.what
        ),
        span: said.phrase.span,
        evidence: vec![
            shown(said.phrase.span, "the deadline said"),
            entry(p, format!("{}: by {day}: {}", p.paragraph, p.says)),
        ],
        help: Some(format!("{} sets {day}", p.paragraph)),
    })
}
