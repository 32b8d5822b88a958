//! O001: the person did not hold the named office then.

use sayso_match::{Key, bind};
use sayso_model::{Claim, Condition, Date, Finding, Pattern, RoleCondition};
use sayso_packs::Packs;
use sayso_packs::schema::{Entry, Office, Term};

use crate::law::{entry, interval, severity, shown_date, widened};
use crate::{Docs, Rule, Subject};

/// The rule.
pub const RULE: Rule = Rule {
    code: "O001",
    title: "person did not hold the named office then",
    docs: Docs {
        reports: "A person named with an office that somebody else held at the time.",
        matters: "An office gone stale is the mark of a text put together from memory or from old copy, and makes \
                  every quotation beside it doubtful.",
        wrong: "The canal treaty was welcomed by UN Secretary-General Ban Ki-moon on Monday.",
        right: "The canal treaty was welcomed by UN Secretary-General Antonio Guterres on Monday.",
        decides: "Persons and offices come from the packs. An office term is a pattern of person, office and interval; \
                  the claim's day is that of a date in its paragraph, else the day of publication. It reports a claim that meets \
                  no term of this person, with some days allowed for the handover, where a verified \
                  term has another person in the same office on that day.",
        silent: "If the sentence puts the office at another time (\"former\", \"then\", \"until\", \"will become\") or makes \
                 it another one (\"deputy\", \"acting\"); if a year in the paragraph lies within the person's term; \
                 if no verified holder for that day is known; if the report has no date.",
    },
    run,
};

/// Oath, appointment and handover differ by source.
const HANDOVER: i64 = 31;
/// Tokens before and after the sentence that are asked for years, at most.
const NEAR: u32 = 300;
/// How long a verified successor without a known end is taken to have stayed, in days.
const STAYED: i64 = 1096;

fn run(subject: &Subject<'_>, out: &mut Vec<Finding>) {
    for claim in subject.claims.iter().filter(|c| c.frame == "holds_office") {
        out.extend(finding(subject, claim));
    }
}

/// The pattern of an office term, a handover wider at both ends.
fn pattern(term: &Term) -> Option<Pattern> {
    let (from, until) = reach(term)?;
    let entity = |name: &str, id: &str| RoleCondition {
        names: vec![name.to_owned()],
        condition: Condition::Entity(vec![id.to_owned()]),
    };
    Some(Pattern {
        frames: vec!["holds_office".to_owned()],
        roles: vec![
            entity("person", &term.person),
            entity("office", &term.office),
        ],
        from: Some(from),
        until: Some(until),
        ..Pattern::default()
    })
}

/// First and last day on which a term may be running; one without an end runs on.
fn reach(term: &Term) -> Option<(Date, Date)> {
    let first = interval(&term.start)?.0;
    let last = if term.end.is_empty() {
        Date::MAX
    } else {
        interval(&term.end)?.1
    };
    Some(widened((first, last), HANDOVER))
}

fn finding(subject: &Subject<'_>, claim: &Claim) -> Option<Finding> {
    let packs = subject.packs;
    let person = claim.role("person")?;
    let day = subject.reading.document.published.as_ref()?.date;
    if elsewhen(subject, claim) {
        return None;
    }
    let offices: Vec<&Office> = claim
        .role("office")?
        .entity
        .as_deref()?
        .split('|')
        .filter_map(|id| packs.office(id))
        .collect();
    // The claim may stand for any of these offices; each must be contradicted.
    let mut worst = None;
    for office in &offices {
        worst = Some(against(subject, claim, office, day, packs)?);
    }
    let (office, own, holder, verified) = worst?;
    let name = &person.phrase.text;
    let date = shown_date(&day.to_string(), packs);
    let since = shown_date(&holder.start, packs);
    let mut evidence = vec![entry(
        holder,
        match holder.end.as_str() {
            "" => format!("{} has been {} since {since}", holder.person, office.name),
            end => format!(
                "{} was {} from {since} to {}",
                holder.person,
                office.name,
                shown_date(end, packs)
            ),
        },
    )];
    let start = shown_date(&own.start, packs);
    evidence.push(entry(
        own,
        match own.end.as_str() {
            "" => format!("{} took office on {start}", own.person),
            end => format!(
                "{} held it from {start} to {}",
                own.person,
                shown_date(end, packs)
            ),
        },
    ));
    Some(Finding {
        code: RULE.code,
        severity: severity(verified),
        message: format!(
            "{name} was not {} on {date}; {} was",
            office.name, holder.person
        ),
        span: claim.role("office")?.phrase.span.join(person.phrase.span),
        evidence,
        help: Some(format!(
            "Name {}, or write \u{201c}former\u{201d} or \u{201c}then\u{201d} before the office.",
            holder.person
        )),
    })
}

/// Whether words of the sentence, or a year of the paragraph, put the office at another time.
fn elsewhen(subject: &Subject<'_>, claim: &Claim) -> bool {
    let parse = &subject.reading.parse;
    let packs = subject.packs;
    let sentence = parse.tokens_in(claim.sentence.start..claim.sentence.end);
    let mut tokens = sentence.clone();
    let list = "office_elsewhen";
    if tokens.any(|t| packs.in_list(list, parse.lower(t)) || packs.in_list(list, parse.lemma(t))) {
        return true;
    }
    let document = subject.reading.document;
    let Some(part) = document
        .part_at(claim.sentence.start)
        .and_then(|i| document.parts.get(i))
    else {
        return false;
    };
    let Some(person) = claim.role("person").and_then(|p| p.entity.clone()) else {
        return true;
    };
    let terms: Vec<(Date, Date)> = packs
        .terms_of(&person.to_lowercase())
        .filter_map(reach)
        .collect();
    let published = document.published.as_ref().map(|p| p.date);
    let tokens = parse.tokens_in(part.span.start..part.span.end);
    let near =
        tokens.start.max(sentence.start.saturating_sub(NEAR))..tokens.end.min(sentence.end + NEAR);
    let mut near = near;
    near.any(|t| {
        let word = parse.word(t);
        if word.len() != 4 || !word.starts_with(['1', '2']) {
            return false;
        }
        let Some(year) =
            interval(word).filter(|y| published.is_none_or(|p| p.year() != y.0.year()))
        else {
            return false;
        };
        terms.iter().any(|t| t.0 <= year.1 && year.0 <= t.1)
    })
}

/// Office, a term of the person in it, the holder of the day, and whether all is verified; `None` where the claim
/// may be right.
fn against<'p>(
    subject: &Subject<'_>,
    claim: &Claim,
    office: &'p Office,
    day: Date,
    packs: &'p Packs,
) -> Option<(&'p Office, &'p Term, &'p Term, bool)> {
    let person = claim.role("person")?.entity.clone()?;
    let own: Vec<&Term> = packs
        .terms_of(&person.to_lowercase())
        .filter(|t| t.office == office.id)
        .collect();
    for term in &own {
        let pattern = pattern(term)?;
        if bind(&pattern, &Key::of(&pattern, packs), claim, packs).is_some() {
            return None;
        }
    }
    // A date of the sentence at which the person did hold it.
    let times = &subject.reading.times;
    let first = times.partition_point(|t| t.span.start < claim.sentence.start);
    let inside = times
        .iter()
        .skip(first)
        .take_while(|t| t.span.start < claim.sentence.end);
    for time in inside.filter_map(|t| t.interval) {
        if own
            .iter()
            .filter_map(|t| reach(t))
            .any(|r| r.0 <= time.1 && time.0 <= r.1)
        {
            return None;
        }
    }
    let nearest = own.iter().copied().min_by_key(|t| {
        reach(t).map_or(i64::MAX, |r| {
            let away = |d: Date| (d - day).get_days().abs();
            i64::from(away(r.0).min(if t.end.is_empty() {
                i32::MAX
            } else {
                away(r.1)
            }))
        })
    })?;
    let ended = nearest.verified() && !nearest.end.is_empty();
    let holder = packs.terms_in(&office.id).find(|t| {
        let Some((first, _)) = interval(&t.start) else {
            return false;
        };
        if t.person == nearest.person || !t.verified() || day < widened((first, first), 0).0 {
            return false;
        }
        match (t.end.as_str(), t.as_of.as_str()) {
            ("", "") => false,
            // Known to be in office on the day, or the verified successor of one who is known to have left.
            ("", seen) => interval(seen).is_some_and(|s| {
                let stayed = widened(s, STAYED).1;
                day <= s.1 || (ended && day <= stayed)
            }),
            (end, _) => interval(end).is_some_and(|e| day <= e.1),
        }
    })?;
    // What the report says is contradicted by the holder's term alone; the person's own tells when it was true.
    Some((
        office,
        nearest,
        holder,
        office.verified() && holder.verified(),
    ))
}
