//! What is the same: the pattern matcher over claims.
//!
//! In come a [`Pattern`] and anything that can list candidate claims ([`ClaimSource`]); out go bindings with spans and
//! reasons. Questions, statements to verify, provisions and office terms are all patterns.
//!
//! [`questions`] puts claims of several reports side by side: what answers one question, who relays whom, and which
//! figures cannot both hold. [`events`] tells the dead of each event by side.

mod conditions;
mod events;
mod population;
mod questions;
#[cfg(test)]
mod sample;
mod standing;

pub use events::{Deaths, Event, events};
pub use population::Population;
pub use questions::{Line, Offer, Question, questions};
pub use standing::Standing;

use sayso_model::{Binding, Claim, Pattern};
use sayso_packs::Packs;

/// What candidates are looked up by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Key {
    /// Frames, the lattice already applied; empty means all.
    pub frames: Vec<String>,
}

impl Key {
    /// The key of a pattern: its frames and all kinds of them.
    pub fn of(pattern: &Pattern, packs: &Packs) -> Key {
        let mut frames: Vec<String> = Vec::new();
        for f in &pattern.frames {
            for kind in packs.frame_and_kinds(f) {
                if !frames.contains(&kind) {
                    frames.push(kind);
                }
            }
        }
        Key { frames }
    }
}

/// Anything that can list candidate claims.
pub trait ClaimSource {
    /// The claims that may meet `key`; more than needed is allowed, fewer is not.
    fn candidates<'a>(&'a self, key: &Key) -> Box<dyn Iterator<Item = &'a Claim> + 'a>;
}

impl ClaimSource for [Claim] {
    fn candidates<'a>(&'a self, key: &Key) -> Box<dyn Iterator<Item = &'a Claim> + 'a> {
        let frames = key.frames.clone();
        Box::new(
            self.iter()
                .filter(move |c| frames.is_empty() || frames.contains(&c.frame)),
        )
    }
}

impl ClaimSource for &[Claim] {
    fn candidates<'a>(&'a self, key: &Key) -> Box<dyn Iterator<Item = &'a Claim> + 'a> {
        (**self).candidates(key)
    }
}

/// The claims that match a pattern, in the source's order, with what filled the holes and why.
pub fn matches(pattern: &Pattern, claims: &dyn ClaimSource, packs: &Packs) -> Vec<Binding> {
    let key = Key::of(pattern, packs);
    claims
        .candidates(&key)
        .filter_map(|c| bind(pattern, &key, c, packs))
        .collect()
}

/// Whether one claim matches a pattern, with what filled the holes and why.
pub fn bind(pattern: &Pattern, key: &Key, claim: &Claim, packs: &Packs) -> Option<Binding> {
    let mut binding = Binding {
        claim: claim.id,
        holes: Vec::new(),
        reasons: Vec::new(),
    };
    conditions::frame(pattern, key, claim, &mut binding)?;
    for condition in &pattern.roles {
        conditions::role(condition, claim, packs, &mut binding)?;
    }
    conditions::figure(&pattern.figure, claim, &mut binding)?;
    conditions::source(pattern.source.as_ref(), claim, packs, &mut binding)?;
    conditions::mode(pattern, claim, &mut binding)?;
    conditions::time(pattern, claim, &mut binding)?;
    Some(binding)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use sayso_model::{
        Condition, DocumentId, FigureCondition, Filler, Modality, Phrase, Polarity, Quote,
        RoleCondition, Span, When,
    };

    use super::*;

    fn phrase(text: &str, head: &str) -> Phrase {
        Phrase {
            span: Span::new(0, text.len() as u32),
            text: text.into(),
            head: head.into(),
        }
    }

    /// A claim that a role is filled by these words, published on this day.
    fn claim(frame: &str, role: &str, text: &str, head: &str, day: &str) -> Claim {
        let document = DocumentId::of(text.as_bytes());
        let filler = Filler {
            phrase: phrase(text, head),
            entity: None,
        };
        let roles = BTreeMap::from([(role.to_owned(), vec![filler])]);
        let date = day.parse().ok();
        Claim {
            id: Claim::identify(document, frame, Span::new(0, 9), None, None, &roles),
            document,
            frame: frame.into(),
            roles,
            figure: None,
            part_of: None,
            count: None,
            main: false,
            historic: false,
            attribution: vec![],
            quote: Quote::None,
            polarity: Polarity::Affirmed,
            modality: Modality::Asserted,
            hedge: None,
            due: None,
            as_of: None,
            event_time: None,
            said_at: None,
            published: Some(When {
                value: day.into(),
                interval: date.map(|d| (d, d)),
                span: None,
            }),
            place: None,
            trigger: None,
            sentence: Span::new(0, 9),
            cell: None,
            why: vec![],
        }
    }

    fn asks(name: &str, condition: Condition) -> Pattern {
        Pattern {
            roles: vec![RoleCondition {
                names: vec![name.into()],
                condition,
            }],
            ..Pattern::default()
        }
    }

    #[test]
    fn a_kind_of_the_frame_matches_and_its_whole_does_not() {
        let packs = Packs::builtin();
        let claims = [
            claim("killed", "victim", "nine weavers", "weaver", "2020-05-01"),
            claim(
                "killed_or_injured",
                "victim",
                "30 weavers",
                "weaver",
                "2020-05-01",
            ),
        ];
        let found = |frame: &str| {
            let pattern = Pattern {
                frames: vec![frame.into()],
                ..Pattern::default()
            };
            matches(&pattern, &claims.as_slice(), packs).len()
        };
        assert_eq!((found("killed_or_injured"), found("killed")), (2, 1));
    }

    #[test]
    fn roles_bind_holes_and_refuse_words() {
        let packs = Packs::builtin();
        let claims = [claim(
            "x",
            "victim",
            "the river pilots",
            "pilot",
            "2020-05-01",
        )];
        let on = |c: Condition| matches(&asks("victim", c), &claims.as_slice(), packs);
        let hole = on(Condition::Hole("who".into()));
        assert_eq!(
            hole[0].holes,
            [("who".to_owned(), "the river pilots".to_owned())]
        );
        assert_eq!(on(Condition::Words(vec!["pilot".into()])).len(), 1);
        assert!(on(Condition::Not(vec!["river".into()])).is_empty());
        let absent = asks("cargo", Condition::Not(vec!["river".into()]));
        assert_eq!(matches(&absent, &claims.as_slice(), packs).len(), 1);
        assert!(
            matches(
                &asks("cargo", Condition::Hole("h".into())),
                &claims.as_slice(),
                packs
            )
            .is_empty()
        );
    }

    #[test]
    fn time_and_figure_conditions_hold_or_not() {
        let packs = Packs::builtin();
        let claims = [claim("x", "victim", "a pilot", "pilot", "2020-05-01")];
        let within = |from: &str, until: &str| {
            let pattern = Pattern {
                from: from.parse().ok(),
                until: until.parse().ok(),
                ..Pattern::default()
            };
            matches(&pattern, &claims.as_slice(), packs).len()
        };
        assert_eq!(within("2020-01-01", "2020-05-01"), 1);
        assert_eq!(within("2020-05-02", "2021-01-01"), 0);
        let figure = Pattern {
            figure: FigureCondition::Hole,
            ..Pattern::default()
        };
        assert!(matches(&figure, &claims.as_slice(), packs).is_empty());
    }
}
