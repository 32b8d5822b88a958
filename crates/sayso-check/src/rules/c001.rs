//! C001: the report says of the same act that it is planned here and done there.

use sayso_model::{Finding, Severity};
use sayso_parse::{Dep, Parse, Pos, Tag};

use crate::words::{View, shown};
use crate::{Docs, Rule, Subject};

/// The rule.
pub const RULE: Rule = Rule {
    code: "C001",
    title: "planned here and done there",
    docs: Docs {
        reports: "An act that the report tells as done in one place and as still planned in another.",
        matters: "One of the two is out of date, most often because a report was updated in one place only.",
        wrong: "On Friday the council sold the old mill to a brewery, and the keys were handed over. Neighbours were \
                surprised.\n\nThe council hopes to sell the old mill before the end of the year, its clerk said.",
        right: "On Friday the council sold the old mill to a brewery, and the keys were handed over. Neighbours were \
                surprised.\n\nThe council hopes to sell the old school before the end of the year, its clerk said.",
        decides: "It compares acts by verb and object: one told in the past as done, and one after a verb of plan or \
                  hope in the present (\"hopes to\", \"is due to\", \"will\"). Verbs of one meaning are listed in a pack.",
        silent: "If the plan is told in the past (\"had planned to\"), if the act can be done again (\"another\", \"again\", \
                 \"next\"), if the object is not the same definite thing, and if either is denied.",
    },
    run,
};

/// An act: what is done to what.
struct Act {
    verb: u32,
    /// Verb, or the name of its group of like verbs.
    name: String,
    object: Object,
}

/// What an act is done to.
enum Object {
    /// A noun: its lemma and its modifiers.
    Noun(String, Vec<String>),
    /// "it", "them": the nouns of the sentence before that it may stand for.
    Pronoun(Vec<String>),
}

fn run(subject: &Subject<'_>, out: &mut Vec<Finding>) {
    let view = View::new(subject);
    let parse = view.parse();
    let (mut done, mut planned) = (Vec::new(), Vec::new());
    for t in 0..parse.len() as u32 {
        if !matches!(parse.pos(t), Pos::Verb) || denied(parse, t) {
            continue;
        }
        let Some(part) = view
            .reading
            .document
            .part_at(parse.tokens[t as usize].start)
        else {
            continue;
        };
        if !view.is_prose(part) {
            continue;
        }
        let Some(object) = object(&view, t) else {
            continue;
        };
        let act = Act {
            verb: t,
            name: name(&view, t),
            object,
        };
        if is_planned(&view, t) {
            planned.push(act);
        } else if is_done(parse, t) {
            done.push(act);
        }
    }
    planned.extend(nominal(&view));
    for plan in &planned {
        let Object::Noun(noun, modifiers) = &plan.object else {
            continue;
        };
        let fact = done.iter().find(|d| {
            d.name == plan.name
                && same_doer(parse, d.verb, plan.verb)
                && match &d.object {
                    Object::Noun(n, m) => {
                        n == noun && (m.is_empty() || modifiers.is_empty() || m == modifiers)
                    }
                    Object::Pronoun(nouns) => nouns.contains(noun),
                }
        });
        let Some(fact) = fact else { continue };
        let span = |t: u32| {
            let range = parse.subtree(t);
            let s = view.sentence(parse.sentence_of(t));
            let near =
                range.start.max(s.start).max(t.saturating_sub(8))..range.end.min(s.end).min(t + 8);
            sayso_model::Span::from(parse.bytes(near))
        };
        out.push(Finding {
            code: RULE.code,
            severity: Severity::Warning,
            message: format!(
                "“{} … {}” is told here as planned and elsewhere as done",
                parse.lemma(plan.verb),
                noun
            ),
            span: span(plan.verb),
            evidence: vec![shown(span(fact.verb), "told as done")],
            help: Some("bring the older of the two up to date".into()),
        });
    }
}

/// The subject of a verb, or of the verb that governs it.
fn doer(parse: &Parse, verb: u32) -> Option<u32> {
    let mut v = verb;
    for _ in 0..4 {
        if let Some(s) = parse
            .child(v, Dep::Nsubj)
            .or_else(|| parse.child(v, Dep::Agent))
        {
            let s = if parse.dep(s) == Dep::Agent {
                parse.child(s, Dep::Pobj)?
            } else {
                s
            };
            // "which hopes to": the noun that the clause hangs on.
            if matches!(parse.lower(s), "which" | "who" | "that") && parse.dep(v) == Dep::Relcl {
                return Some(parse.head(v));
            }
            return Some(s);
        }
        if parse.child(v, Dep::Nsubjpass).is_some() || parse.head(v) == v {
            return None;
        }
        v = parse.head(v);
    }
    None
}

/// Whether two verbs may have one subject: the same noun, or a pronoun that agrees in number.
fn same_doer(parse: &Parse, a: u32, b: u32) -> bool {
    let (Some(a), Some(b)) = (doer(parse, a), doer(parse, b)) else {
        return true;
    };
    let plural = |t: u32| {
        matches!(parse.tag(t), Tag::Nns | Tag::Nnps) || matches!(parse.lower(t), "they" | "we")
    };
    match (parse.pos(a), parse.pos(b)) {
        (Pos::Pron, _) | (_, Pos::Pron) => plural(a) == plural(b),
        (Pos::Propn, _) | (_, Pos::Propn) => true,
        _ => parse.lemma(a) == parse.lemma(b),
    }
}

fn denied(parse: &Parse, verb: u32) -> bool {
    parse
        .children(verb)
        .iter()
        .any(|&c| parse.dep(c) == Dep::Neg)
}

/// Plans told with a noun: "the withdrawal from the hill, which is due to begin next month".
fn nominal(view: &View<'_>) -> Vec<Act> {
    let parse = view.parse();
    let mut out = Vec::new();
    for t in 0..parse.len() as u32 {
        if parse.pos(t) != Pos::Verb
            || !view.packs.in_list("act_begin", parse.lemma(t))
            || !is_planned(view, t)
        {
            continue;
        }
        let Some(noun) = doer(parse, t).filter(|&n| parse.pos(n) == Pos::Noun) else {
            continue;
        };
        let lemma = parse.lemma(noun).to_lowercase();
        let group = view
            .packs
            .words("act_nouns")
            .iter()
            .filter_map(|w| w.split_once('='))
            .find(|(w, _)| *w == lemma)
            .map(|(_, g)| g.to_owned());
        let pobj = parse
            .children(noun)
            .iter()
            .find(|&&c| parse.dep(c) == Dep::Prep && matches!(parse.lower(c), "of" | "from" | "on"))
            .and_then(|&p| parse.child(p, Dep::Pobj));
        if let (Some(name), Some(object)) = (group, pobj.and_then(|o| definite_noun(parse, o))) {
            out.push(Act {
                verb: t,
                name,
                object,
            });
        }
    }
    out
}

/// The verb with its particle, or the group that the pack puts it in.
fn name(view: &View<'_>, verb: u32) -> String {
    let parse = view.parse();
    let mut name = parse.lemma(verb).to_lowercase();
    if let Some(p) = parse.child(verb, Dep::Prt) {
        name = format!("{name} {}", parse.lower(p));
    }
    view.packs
        .words("like_acts")
        .iter()
        .filter_map(|w| w.split_once('='))
        .find(|(w, _)| *w == name)
        .map_or(name, |(_, group)| group.to_owned())
}

/// The object of an act in the active, its subject in the passive, or what "vote on" and the like are about.
fn object(view: &View<'_>, verb: u32) -> Option<Object> {
    let parse = view.parse();
    let noun = parse
        .child(verb, Dep::Dobj)
        .or_else(|| parse.child(verb, Dep::Nsubjpass))
        .or_else(|| {
            let on = parse.children(verb).iter().copied().find(|&c| {
                parse.dep(c) == Dep::Prep && matches!(parse.lower(c), "on" | "from" | "over")
            })?;
            parse.child(on, Dep::Pobj)
        })?;
    match parse.pos(noun) {
        Pos::Pron if matches!(parse.lower(noun), "it" | "them") => {
            let sentence = parse.sentence_of(verb);
            let from = view.sentence(sentence.saturating_sub(1)).start;
            let nouns = (from..verb)
                .filter(|&t| {
                    parse.pos(t) == Pos::Noun
                        && matches!(parse.dep(t), Dep::Dobj | Dep::Nsubj | Dep::Nsubjpass)
                })
                .map(|t| parse.lemma(t).to_lowercase())
                .collect();
            Some(Object::Pronoun(nouns))
        }
        Pos::Noun | Pos::Propn => definite_noun(parse, noun),
        _ => None,
    }
}

/// A noun that names the same definite thing wherever it stands: "the mill", "its mill", a name. "Another" and "a second"
/// are other ones.
fn definite_noun(parse: &Parse, noun: u32) -> Option<Object> {
    let kids = parse.children(noun);
    let definite = parse.pos(noun) == Pos::Propn
        || kids.iter().any(|&c| {
            matches!(
                parse.lower(c),
                "the" | "this" | "that" | "its" | "their" | "his" | "her"
            ) || parse.dep(c) == Dep::Poss
        });
    let other = kids.iter().any(|&c| {
        matches!(
            parse.lower(c),
            "another"
                | "next"
                | "second"
                | "third"
                | "more"
                | "other"
                | "new"
                | "further"
                | "rest"
                | "remaining"
                | "last"
        ) || parse.dep(c) == Dep::Nummod
    });
    let modifiers = kids
        .iter()
        .filter(|&&c| matches!(parse.dep(c), Dep::Amod | Dep::Compound))
        .map(|&c| parse.lemma(c).to_lowercase())
        .collect();
    (definite && !other).then(|| Object::Noun(parse.lemma(noun).to_lowercase(), modifiers))
}

/// Whether a verb is told as done: simple past, present perfect, or their passives, outside conditions and plans.
fn is_done(parse: &Parse, verb: u32) -> bool {
    let aux = |w: &str| {
        parse
            .children(verb)
            .iter()
            .any(|&c| matches!(parse.dep(c), Dep::Aux | Dep::Auxpass) && parse.lower(c) == w)
    };
    let modal = parse
        .children(verb)
        .iter()
        .any(|&c| parse.tag(c) == Tag::Md || parse.tag(c) == Tag::To);
    let open = parse.children(verb).iter().any(|&c| {
        parse.dep(c) == Dep::Mark && matches!(parse.lower(c), "if" | "unless" | "whether")
    });
    if modal || open {
        return false;
    }
    match parse.tag(verb) {
        Tag::Vbd => true,
        Tag::Vbn => aux("has") || aux("have") || aux("was") || aux("were"),
        _ => false,
    }
}

/// Whether a verb is told as still to come: after a plan or hope in the present, after "will", or in the present after
/// "until".
fn is_planned(view: &View<'_>, verb: u32) -> bool {
    let parse = view.parse();
    let kids = parse.children(verb);
    let near = format!(
        "{}{}",
        view.before(verb, 6).trim_end(),
        view.after(verb + 1, 8)
    );
    if view.says("act_again", &near) {
        return false;
    }
    if kids
        .iter()
        .any(|&c| parse.dep(c) == Dep::Aux && matches!(parse.lower(c), "will" | "'ll" | "shall"))
    {
        return !kids.iter().any(|&c| parse.lower(c) == "have");
    }
    let until = kids.iter().any(|&c| {
        parse.dep(c) == Dep::Mark && matches!(parse.lower(c), "until" | "before" | "till")
    });
    if until && matches!(parse.tag(verb), Tag::Vbz | Tag::Vbp) {
        return true;
    }
    let to = kids.iter().any(|&c| parse.tag(c) == Tag::To);
    let head = parse.head(verb);
    if !to || head == verb || parse.dep(verb) == Dep::Relcl {
        return false;
    }
    let plan = view.packs.in_list("act_plan", parse.lemma(head))
        || view.packs.in_list("act_plan", parse.lower(head));
    let present = match parse.tag(head) {
        Tag::Vbz | Tag::Vbp => true,
        // "is due to", "is expected to": the tense is that of the auxiliary.
        _ => {
            let copula = if parse.pos(head) == Pos::Verb {
                head
            } else {
                parse.head(head)
            };
            parse
                .children(head)
                .iter()
                .chain(&[copula])
                .any(|&c| matches!(parse.lower(c), "is" | "are" | "'s" | "'re"))
                && !denied(parse, head)
        }
    };
    plan && present && !denied(parse, head)
}
