//! L001: the cited instrument does not say this.

use sayso_model::{Finding, Severity};
use sayso_packs::schema::{Conduct, Entry, Provision};

use crate::law::{
    Citation, capital, citations, entry, meets, pattern, provisions, severity, shown,
};
use crate::{Docs, Rule, Subject};

/// The rule.
pub const RULE: Rule = Rule {
    code: "L001",
    title: "cited provision does not say this",
    docs: Docs {
        reports: "An instrument that is said to order or forbid something which it does not deal with, or of which it only \
                  voices concern.",
        matters: "A reader cannot tell a ban from an appeal by its number. A report that cites the wrong text gives \
                  the accused an easy way out and the reader the wrong law.",
        wrong: "The shipyard employs forty welders from North Korea.\n\n\
                UN Security Council resolution 2356 prohibits the hiring of North Korean workers.",
        right: "The shipyard employs forty welders from North Korea.\n\n\
                UN Security Council resolution 2397 prohibits the hiring of North Korean workers.",
        decides: "The words of the clause tell what conduct is meant and whether the instrument is said to bind. The \
                  packs tell which paragraphs bind about that conduct. It reports an instrument that has none, where \
                  the pack holds all that the instrument does. \"Calls upon\" and \"expresses concern\" do not bind.",
        silent: "On instruments and conduct that no pack knows; where the report says that the instrument only asks; \
                 where the clause says that the citation is in dispute. It gives information, not a warning, where \
                 the paragraphs that decide are unverified.",
    },
    run,
};

fn run(subject: &Subject<'_>, out: &mut Vec<Finding>) {
    for c in citations(subject) {
        if c.ids("deontic") != ["binding"] {
            continue;
        }
        let conducts = c.conducts(subject.packs);
        let met = |conduct: &&Conduct| {
            let binding = provisions(&conduct.binding, subject.packs);
            meets(
                c.claim,
                &pattern(conduct, &binding, subject.packs),
                subject.packs,
            )
        };
        // One reading of the clause under which the citation is right is enough.
        if conducts.iter().any(met) {
            continue;
        }
        if let Some(conduct) = conducts.first() {
            out.extend(finding(subject, &c, conduct));
        }
    }
}

fn finding(subject: &Subject<'_>, c: &Citation<'_>, conduct: &Conduct) -> Option<Finding> {
    let instrument = c.instrument.filter(|i| i.complete)?;
    let packs = subject.packs;
    let binding = provisions(&conduct.binding, packs);
    let soft = provisions(&conduct.soft, packs);
    let own: Option<&Provision> = soft.into_iter().find(|p| p.instrument == instrument.id);
    let right = binding.iter().find(|p| p.verified()).or(binding.first())?;
    let right_in = packs.instrument(&right.instrument)?;
    let verified = instrument.verified() && conduct.verified() && right.verified();
    let mut evidence = Vec::new();
    for role in ["deontic", "conduct"] {
        if let Some(f) = c.claim.role(role) {
            let note = if role == "deontic" {
                "said to bind"
            } else {
                "about this"
            };
            evidence.push(shown(f.phrase.span, note));
        }
    }
    let message = match own {
        Some(p) => {
            evidence.push(entry(p, format!("{}: {}", p.paragraph, p.says)));
            format!(
                "{} does not bind on {}: it only voices concern or asks",
                c.name(),
                conduct.what
            )
        }
        None => {
            evidence.push(entry(instrument, instrument.title.clone()));
            format!("{} says nothing that binds on {}", c.name(), conduct.what)
        }
    };
    evidence.push(entry(
        *right,
        format!("{} {}: {}", right_in.number, right.paragraph, right.says),
    ));
    Some(Finding {
        code: RULE.code,
        severity: severity(verified).min(Severity::Warning),
        message,
        span: c.cited.phrase.span,
        evidence,
        help: Some(format!(
            "{} is the business of {} {}, {}",
            capital(&conduct.what),
            c.series.name,
            right_in.number,
            right.paragraph
        )),
    })
}
