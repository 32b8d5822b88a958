//! Every rule's own examples, read with the language model: the wrong one must fire, the right one must not.

#[path = "../../sayso-parse/tests/support/mod.rs"]
mod support;

use sayso_check::{EXAMPLE_DATE, RULES, Subject, check};
use sayso_model::{Capture, Finding, Media};
use sayso_packs::Packs;
use sayso_parse::{Options, Worker};
use sayso_read::Hints;

/// What all rules find in a report of plain text.
fn findings(text: &str) -> Vec<Finding> {
    let capture = Capture::new(Media::Plain, text.as_bytes().to_vec(), None);
    let hints = Hints {
        published: Some(EXAMPLE_DATE.into()),
        ..Hints::default()
    };
    let document = sayso_read::read(&capture, &hints);
    let packs = Packs::builtin();
    let parse = Worker::new(support::model()).parse(
        &document.text,
        &sayso_measure::segments(&document),
        &Options::default(),
    );
    let reading = sayso_measure::measure(&document, parse, packs);
    let attributions = sayso_claim::attributions(&reading, packs);
    let claims = sayso_claim::claims(&reading, &attributions, packs);
    check(&Subject {
        reading: &reading,
        attributions: &attributions,
        claims: &claims,
        packs,
    })
}

fn codes(text: &str) -> Vec<&'static str> {
    findings(text).iter().map(|f| f.code).collect()
}

#[test]
fn every_rule_fires_on_its_wrong_example_and_is_silent_on_the_right_one() {
    let mut wrong = Vec::new();
    for rule in RULES {
        if !codes(rule.docs.wrong).contains(&rule.code) {
            wrong.push(format!("{} is silent on its own example", rule.code));
        }
        let loud = codes(rule.docs.right);
        if !loud.is_empty() {
            wrong.push(format!("{}: the right example gives {loud:?}", rule.code));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn findings_point_into_the_text_and_say_what_they_rest_on() {
    for rule in RULES {
        for f in findings(rule.docs.wrong) {
            assert!(!f.span.is_empty() && !f.evidence.is_empty(), "{f:?}");
            assert!(
                !f.message.ends_with('.') && !f.message.contains('\n'),
                "{f:?}"
            );
        }
    }
}

/// Reports that look suspicious and are right.
#[test]
fn silent_where_figures_only_seem_to_disagree() {
    for text in [
        "The choir has 30 singers, including 9 teachers, 7 nurses and a judge.",
        "Nearly 2,000 people came, 1,240 on Friday and 730 on Saturday.",
        "The hall cost 4 million pounds, of which the state paid 1.5 million and the town 1 million.",
        "Unemployment fell by two points, from 10 percent to eight, or by a fifth.",
        "Of the 900 trees in the park 298, about a third, are oaks.",
        "Police counted 4,000 marchers. The organisers say that 9,000 came.",
        "A pass costs 20 pounds a month. The pool is open for five months, so a year costs 100 pounds.",
        "Forty people were rescued. Twelve of them were children, and eight are still in hospital.",
    ] {
        assert_eq!(codes(text), Vec::<&str>::new(), "{text}");
    }
}
