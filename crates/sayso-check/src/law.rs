//! What the rules about law share: a citation as a report makes it, beside what the packs hold of it.

use sayso_match::{Key, bind};
use sayso_model::{
    Claim, Condition, Date, Evidence, Filler, Pattern, RoleCondition, Severity, Span, Text,
};
use sayso_packs::Packs;
use sayso_packs::schema::{Conduct, Entry, Instrument, Provision, Series};

use crate::Subject;

/// A claim of the frame `cites` with its number taken apart.
pub struct Citation<'a> {
    /// The claim.
    pub claim: &'a Claim,
    /// The words of the number.
    pub cited: &'a Filler,
    /// The series.
    pub series: &'a Series,
    /// The number as cited.
    pub number: &'a str,
    /// The instrument, if a pack has it.
    pub instrument: Option<&'a Instrument>,
}

/// Every citation of the report, in order of the text.
pub fn citations<'a>(subject: &Subject<'a>) -> Vec<Citation<'a>> {
    let packs = subject.packs;
    subject
        .claims
        .iter()
        .filter(|c| c.frame == "cites")
        .filter_map(|claim| {
            let cited = claim.role("instrument")?;
            let (series, number) = cited.entity.as_deref()?.split_once(':')?;
            Some(Citation {
                claim,
                cited,
                series: packs.series(series)?,
                number,
                instrument: packs.numbered(series, number),
            })
        })
        .collect()
}

impl Citation<'_> {
    /// "Security Council resolution 2375"
    pub fn name(&self) -> String {
        format!("{} {}", self.series.name, self.number)
    }

    /// Ids that a role was resolved to.
    pub fn ids(&self, role: &str) -> Vec<&str> {
        self.claim
            .role(role)
            .and_then(|f| f.entity.as_deref())
            .map_or(Vec::new(), |e| e.split('|').collect())
    }

    /// The conducts that the citation is about.
    pub fn conducts<'p>(&self, packs: &'p Packs) -> Vec<&'p Conduct> {
        let ids = self.ids("conduct");
        let all = &packs.entries().conducts;
        all.iter()
            .filter(|c| ids.contains(&c.id.as_str()))
            .collect()
    }
}

/// The provisions of these ids.
pub fn provisions<'p>(ids: &[String], packs: &'p Packs) -> Vec<&'p Provision> {
    ids.iter().filter_map(|id| packs.provision(id)).collect()
}

/// The pattern that a citation of one of these provisions meets: the conduct, and an instrument that deals with it.
pub fn pattern(conduct: &Conduct, provisions: &[&Provision], packs: &Packs) -> Pattern {
    let instruments = provisions
        .iter()
        .filter_map(|p| packs.instrument(&p.instrument))
        .map(|i| format!("{}:{}", i.series, i.number))
        .collect();
    let entity = |role: &str, ids: Vec<String>| RoleCondition {
        names: vec![role.to_owned()],
        condition: Condition::Entity(ids),
    };
    Pattern {
        frames: vec!["cites".to_owned()],
        roles: vec![
            entity("conduct", vec![conduct.id.clone()]),
            entity("instrument", instruments),
        ],
        ..Pattern::default()
    }
}

/// Whether a claim meets a pattern.
pub fn meets(claim: &Claim, pattern: &Pattern, packs: &Packs) -> bool {
    bind(pattern, &Key::of(pattern, packs), claim, packs).is_some()
}

/// A pack's entry as evidence.
pub fn entry(e: &impl Entry, note: impl Into<String>) -> Evidence {
    Evidence::Entry {
        entry: e.reference(),
        note: note.into(),
        source: e.source().to_vec(),
        verified: e.verified(),
    }
}

/// Warning where every entry that decides is verified, information otherwise.
pub fn severity(verified: bool) -> Severity {
    if verified {
        Severity::Warning
    } else {
        Severity::Information
    }
}

/// First and last day of a date of any grain (`2017`, `2017-08`, `2017-08-05`).
pub fn interval(value: &str) -> Option<(Date, Date)> {
    let mut parts = value.split('-');
    let number = |p: Option<&str>| p.map(str::parse::<i16>);
    let year = number(parts.next())?.ok()?;
    let (month, day) = match (number(parts.next()), number(parts.next())) {
        (None, _) => (None, None),
        (Some(Ok(m)), None) => (Some(i8::try_from(m).ok()?), None),
        (Some(Ok(m)), Some(Ok(d))) => (Some(i8::try_from(m).ok()?), Some(i8::try_from(d).ok()?)),
        _ => return None,
    };
    let first = Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
    let last = match day {
        Some(_) => first,
        None => Date::new(year, month.unwrap_or(12), 1)
            .ok()?
            .last_of_month(),
    };
    Some((first, last))
}

/// `days` days before the first and after the last day of an interval.
pub fn widened((first, last): (Date, Date), days: i64) -> (Date, Date) {
    let span = |n: i64| sayso_days(n);
    (
        first.checked_sub(span(days)).unwrap_or(first),
        last.checked_add(span(days)).unwrap_or(last),
    )
}

fn sayso_days(days: i64) -> jiff::Span {
    jiff::Span::new().days(days.clamp(0, 36_500))
}

/// A date for people: "5 August 2017", "August 2017", "2017".
pub fn shown_date(value: &str, packs: &Packs) -> String {
    let Some((first, _)) = interval(value) else {
        return value.to_owned();
    };
    let months = &packs.entries().months;
    let month = months
        .iter()
        .find(|m| m.number == first.month().unsigned_abs())
        .and_then(|m| m.words.first())
        .map_or_else(|| first.month().to_string(), |w| capital(w));
    match value.len() {
        0..=4 => first.year().to_string(),
        5..=7 => format!("{month} {}", first.year()),
        _ => format!("{} {month} {}", first.day(), first.year()),
    }
}

/// A word with a capital first letter.
pub fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .map_or(String::new(), |c| c.to_uppercase().chain(chars).collect())
}

/// Words of the report as evidence.
pub fn shown(span: Span<Text>, note: &str) -> Evidence {
    Evidence::Words {
        span,
        note: note.to_owned(),
    }
}
