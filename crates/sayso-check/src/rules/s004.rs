//! S004: a listed source supports nothing in the text.

use sayso_model::{Finding, PartKind, Severity};

use crate::listed::{entries, found, words};
use crate::words::shown;
use crate::{Docs, Rule, Subject};

/// The rule.
pub const RULE: Rule = Rule {
    code: "S004",
    title: "listed source supports nothing in the text",
    docs: Docs {
        reports: "An entry of the report's list of sources of which nothing is found in the text: neither its name nor what \
                  it is listed for.",
        matters: "A list padded with sources that were not used makes a report look better founded than it is.",
        wrong: "The ferry has been out of service since Monday, according to the harbour master. Mechanics wait for a \
                part.\n\nSources:\n- Harbour master: state of the ferry\n- Chamber of beekeepers: honey prices in Tuscany",
        right: "The ferry has been out of service since Monday, according to the harbour master. Mechanics wait for a \
                part.\n\nSources:\n- Harbour master: state of the ferry\n- Log of the workshop: the mechanics' wait",
        decides: "It compares the content words of the entry's name and of what the entry is listed for with the words of \
                  the text, forms of one word counting as one.",
        silent: "If any word of what it is listed for, or more than half of its name, is found; if the entry is a bare name \
                 and does not say what it is for.",
    },
    run,
};

fn run(subject: &Subject<'_>, out: &mut Vec<Finding>) {
    let entries = entries(subject);
    if entries.len() < 2 {
        return;
    }
    let document = subject.reading.document;
    let mut body: Vec<String> = document
        .parts
        .iter()
        .filter(|p| p.kind.is_content() && p.kind != PartKind::SourceEntry)
        .flat_map(|p| words(document.words(p.span)))
        .chain(document.title.iter().flat_map(|t| words(&t.text)))
        .collect();
    body.sort_unstable();
    body.dedup();
    for entry in &entries {
        // A bare name says nothing of what it is for.
        if entry.topic_words.is_empty() || entry.name_words.len() + entry.topic_words.len() < 3 {
            continue;
        }
        if found(&entry.topic_words, &body) > 0 {
            continue;
        }
        let named = found(&entry.name_words, &body);
        if entry.name_words.is_empty()
            || named * 2 > entry.name_words.len()
            || (entry.topic_words.len() < 2 && named > 0)
        {
            continue;
        }
        out.push(Finding {
            code: RULE.code,
            severity: Severity::Warning,
            message: format!(
                "the listed source \"{}\" supports nothing in the text",
                entry.name
            ),
            span: entry.span,
            evidence: vec![shown(
                entry.span,
                format!("not in the text: {}", entry.topic_words.join(", ")),
            )],
            help: Some(
                "say in the text what comes from this source, or strike it from the list".into(),
            ),
        });
    }
}
