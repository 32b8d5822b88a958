//! Claims of a trigger that no figure fills: events told without a number, people named one by one, none at all.

use sayso_model::{Span, Text};
use sayso_parse::Pos;

use crate::arguments::Slot;
use crate::claims::{Draft, Maker, coordinated, parse_word};
use crate::frames::Evoked;
use crate::phrases;

impl Maker<'_> {
    /// Whether a coordinated trigger says more of the same people: "shot and killed".
    pub(crate) fn told_narrower(&self, e: usize, evoked: &[Evoked]) -> bool {
        let event = &evoked[e];
        let frames = self.frames;
        let counted = |x: &Evoked| {
            frames
                .fillers(self.parse, x, &frames.frames[x.frame as usize].counted)
                .first()
                .map(|a| a.token)
        };
        let mine = counted(event);
        evoked.iter().enumerate().any(|(i, other)| {
            if i == e || mine.is_none() || counted(other) != mine {
                return false;
            }
            let joined =
                other.head == event.head || coordinated(self.parse, event.head, other.head);
            if frames.lies_within(other.frame, event.frame) {
                return joined && (other.frame != event.frame || i < e);
            }
            // One person is not both hurt and killed: "was shot in the leg and died", "died after being hurt". What
            // comes last, or stands above, is what became of them.
            let one = mine.is_some_and(|m| phrases::implied(self.parse, m, &|_| None) == Some(1));
            one && !frames.lies_within(event.frame, other.frame)
                && frames.union(other.frame, event.frame).is_some()
                && if joined {
                    other.head > event.head
                } else {
                    self.parse.is_within(event.head, other.head)
                }
        })
    }

    /// Claims of a trigger that no figure fills: events told without a number, people named one by one, none at all.
    pub(crate) fn unnumbered(
        &mut self,
        event: &Evoked,
        used: bool,
        numbered: &[(u32, usize)],
        sentence: Span<Text>,
    ) {
        let parse = self.parse;
        let frame = &self.frames.frames[event.frame as usize];
        let trigger = &self.frames.triggers[event.trigger as usize];
        let fillers = self.frames.fillers(parse, event, &frame.counted);
        let why = |how: &str| {
            vec![format!(
                "{}: {} ({how})",
                frame.entry,
                trigger.words.join(" ")
            )]
        };
        let head = fillers.iter().find(|a| {
            !matches!(a.slot, Slot::Value)
                && (matches!(a.slot, Slot::Itself)
                    || self.frames.accepts(
                        trigger,
                        &frame.counted,
                        &parse_word(parse, a.token),
                        false,
                    )
                    || phrases::names_person(parse, a.token))
        });
        if frame.implicit {
            // "four were shot, one fatally": where "one" was not read as a number.
            let said_of = parse.head(event.head);
            if parse.pos(event.head) == Pos::Adv {
                if !used && parse.lower(said_of) == "one" && said_of + 1 == event.head {
                    let figure = self.unwritten(&[said_of], 1);
                    self.push(Draft {
                        frame: Some(event.frame),
                        evoked: Some(event),
                        figure: Some(figure),
                        at: said_of,
                        fillers: vec![said_of],
                        sentence,
                        cell: None,
                        why: why("stands right after the figure"),
                    });
                }
                return;
            }
            let Some(&&argument) = head else {
                return;
            };
            if argument.slot == Slot::Itself {
                // "no casualties": the noun is counted, and there are none.
                if !used && phrases::is_none(parse, argument.token) {
                    let figure = self.unwritten(&[argument.token], 0);
                    self.push(Draft {
                        frame: Some(event.frame),
                        evoked: Some(event),
                        figure: Some(figure),
                        at: argument.token,
                        fillers: Vec::new(),
                        sentence,
                        cell: None,
                        why: why("none"),
                    });
                }
                return;
            }
            let argument = self.itself(argument, event);
            let members = self.told_once(phrases::members(parse, argument.token), numbered);
            let person = |m: u32| {
                phrases::names_person(parse, m)
                    || self.frames.in_list("people", &parse_word(parse, m))
                    || parse.pos(m) == Pos::Propn && parse.tokens[m as usize].entity.is_none()
            };
            let has_number = |m: u32| numbered.iter().any(|n| n.0 == m);
            // How many each member names that has no number of its own; those with a number have their own claims.
            let implied = |m: u32| {
                phrases::implied(parse, m, &|w| self.frames.group(w))
                    .filter(|&n| person(m) || n == 0)
            };
            let bare: Vec<u32> = members
                .iter()
                .copied()
                .filter(|&m| !has_number(m))
                .collect();
            if used && bare.len() == members.len() || bare.is_empty() {
                return;
            }
            let names = bare.iter().all(|&m| parse.pos(m) == Pos::Propn);
            // "the mayor and his driver" are told of one by one, "a couple and their son" together.
            let singles = bare.iter().all(|&m| implied(m) == Some(1));
            let apart = bare.len() > 1 && (bare.len() < members.len() || names || singles);
            let groups: Vec<Vec<u32>> = if apart {
                bare.iter().map(|&m| vec![m]).collect()
            } else {
                vec![bare]
            };
            for group in groups {
                let total: Option<u32> = group.iter().map(|&m| implied(m)).sum();
                let unknown_rest = total.is_none() && apart;
                let pronoun =
                    total.is_none() && group.len() == 1 && parse.pos(argument.token) == Pos::Pron;
                if unknown_rest || pronoun {
                    continue;
                }
                let figure = total.map(|n| self.unwritten(&group, n));
                self.push(Draft {
                    frame: Some(event.frame),
                    evoked: Some(event),
                    figure,
                    at: group.first().copied().unwrap_or(argument.token),
                    fillers: group,
                    sentence,
                    cell: None,
                    why: why(argument.how),
                });
            }
            return;
        }
        if used || !frame.event {
            return;
        }
        // An event is told when at least two of its roles, or its counted one, are filled by something with a name.
        let filled: Vec<&str> = trigger
            .roles
            .iter()
            .map(|r| r.0.as_str())
            .filter(|r| {
                *r != "place"
                    && self
                        .frames
                        .fillers(parse, event, r)
                        .iter()
                        .any(|a| a.slot != Slot::Itself && parse.pos(a.token) != Pos::Det)
            })
            .collect();
        let counted_filled = filled.contains(&frame.counted.as_str());
        let verb = matches!(parse.pos(event.head), Pos::Verb);
        if filled.len() < 2 && !(counted_filled && verb) {
            return;
        }
        if let Some(a) = fillers.first()
            && a.slot != Slot::Itself
            && !self
                .frames
                .accepts(trigger, &frame.counted, &parse_word(parse, a.token), true)
        {
            return;
        }
        let fillers = fillers
            .iter()
            .find(|a| a.slot != Slot::Itself)
            .map(|a| phrases::members(parse, a.token))
            .unwrap_or_default();
        self.push(Draft {
            frame: Some(event.frame),
            evoked: Some(event),
            figure: None,
            at: event.head,
            fillers,
            sentence,
            cell: None,
            why: why("event without a figure"),
        });
    }
}
