//! S005: a source named in the text is not in its source list.

use sayso_model::{Finding, PartKind, Severity, SourceKind, Span};
use sayso_parse::{Dep, EntityType, Pos};

use crate::listed::{alike, entries, found, is_general, words};
use crate::words::shown;
use crate::{Docs, Rule, Subject};

/// The rule.
pub const RULE: Rule = Rule {
    code: "S005",
    title: "source named in the text is not in its source list",
    docs: Docs {
        reports: "A document, agency or institution on which the text rests a statement and that the report's own list of \
                  sources leaves out.",
        matters: "A reader who wants to check the statement looks in the list, and finds nothing.",
        wrong: "The ferry has been out of service since Monday, according to the harbour master. Its engine had failed \
                twice before, according to an insurance file.\n\nSources:\n- Harbour master: state of the ferry\n- Log of \
                the workshop: repairs",
        right: "The ferry has been out of service since Monday, according to the harbour master. Its engine had failed \
                twice before, according to the workshop's log.\n\nSources:\n- Harbour master: state of the ferry\n- Log of \
                the workshop: repairs",
        decides: "It takes the sources to which the text attributes statements and compares the content words of each with \
                  those of every entry of the list.",
        silent: "If there is no list; for persons and for sources without a name or kind of their own (\"officials\", \
                 \"neighbours\"); if half of the words that name the source stand in one entry.",
    },
    run,
};

fn run(subject: &Subject<'_>, out: &mut Vec<Finding>) {
    let entries = entries(subject);
    if entries.len() < 2 {
        return;
    }
    let lists: Vec<Vec<String>> = entries
        .iter()
        .map(|e| words(subject.reading.document.words(e.span)).collect())
        .collect();
    let document = subject.reading.document;
    let parse = &subject.reading.parse;
    let mut told: Vec<Vec<String>> = Vec::new();
    for a in subject.attributions {
        let Some(&span) = a.source.first() else {
            continue;
        };
        let in_list = document
            .part_at(span.start)
            .is_some_and(|i| document.parts[i].kind == PartKind::SourceEntry);
        if in_list || matches!(a.source_kind, SourceKind::Own) {
            continue;
        }
        // The head of the source and its own modifiers; what follows in a relative clause says other things.
        let tokens = parse.tokens_in(span.start..span.end);
        let Some(head) = tokens
            .clone()
            .find(|&t| !tokens.contains(&parse.head(t)) || parse.head(t) == t)
        else {
            continue;
        };
        if matches!(parse.pos(head), Pos::Pron | Pos::Det) {
            continue;
        }
        let person = tokens.clone().any(|t| {
            parse.tokens[t as usize].entity == Some(EntityType::Person)
                && (t == head || parse.head(t) == head && parse.dep(t) == Dep::Appos)
        });
        let role = subject.packs.in_list("source_document", parse.lemma(head));
        let institution = matches!(
            a.source_kind,
            SourceKind::Document | SourceKind::Agency | SourceKind::Outlet | SourceKind::Analyst
        ) || tokens
            .clone()
            .any(|t| t == head && parse.tokens[t as usize].entity == Some(EntityType::Org))
            || subject
                .packs
                .in_list("source_institution", parse.lemma(head));
        if !role && (person || !institution) {
            continue;
        }
        let clause = tokens
            .clone()
            .filter(|&t| t > head && parse.dep(t) == Dep::Relcl)
            .map(|t| parse.subtree(t).start)
            .min()
            .filter(|&c| c > head);
        let span = match clause {
            Some(c) => Span::from(parse.bytes(tokens.start..c)),
            None => span,
        };
        let all: Vec<String> = words(document.words(span)).collect();
        let own: Vec<String> = all
            .iter()
            .filter(|w| !is_general(subject.packs, w))
            .cloned()
            .collect();
        let head_word = parse.lower(head).to_owned();
        let listed = lists.iter().any(|l| {
            if own.is_empty() {
                // "the log", "the same register": known by its kind alone.
                l.iter().any(|w| alike(w, &head_word))
            } else {
                // The kind of source alone ("union", "agency") may be another's.
                let n = found(&own, l);
                n * 2 > own.len()
                    || n > 0 && l.iter().any(|w| alike(w, &head_word)) && own.len() < 3
            }
        });
        let definite = matches!(
            parse.lower(tokens.start),
            "the" | "its" | "their" | "this" | "that"
        );
        if listed || own.is_empty() || definite && own.len() < 2 || told.contains(&own) {
            continue;
        }
        told.push(own);
        let name = document.words(span).trim();
        let list = entries
            .iter()
            .skip(1)
            .fold(entries[0].span, |s, e| s.join(e.span));
        out.push(Finding {
            code: RULE.code,
            severity: Severity::Warning,
            message: format!("the text rests on \"{name}\", which the list of sources leaves out"),
            span,
            evidence: vec![shown(list, "the list of sources")],
            help: Some("add it to the list of sources".into()),
        });
    }
}
