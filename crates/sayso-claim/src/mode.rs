//! In what mode a claim is put: denied, hedged, conditional, planned, forecast or rumoured.

use std::collections::{HashMap, HashSet};

use sayso_model::{Modality, Polarity};
use sayso_packs::Packs;
use sayso_parse::{Dep, Parse, Pos, Tag};

/// Steps up the tree that are looked at.
const STEPS: usize = 6;

/// Words that set a mode, from the packs.
#[derive(Debug, Default)]
pub struct Modes {
    /// Lemma or lower-case word to the modality that it sets.
    pub words: HashMap<String, Modality>,
    /// Verbs that, denied, leave open what stands under them: "has not confirmed that …".
    pub vouching: HashSet<String>,
    /// Verbs whose denial is that of what stands under them: "does not believe that …".
    pub raising: HashSet<String>,
    /// Nouns that, denied, leave open what stands under them: "no evidence that …".
    pub grounds: HashSet<String>,
}

/// How a claim is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mode {
    /// Affirmed or denied.
    pub polarity: Polarity,
    /// The mode.
    pub modality: Modality,
    /// The token that hedges.
    pub hedge: Option<u32>,
    /// Why, for `--explain`.
    pub why: Option<&'static str>,
}

impl Modes {
    /// The words of the packs in force.
    pub fn compile(packs: &Packs) -> Modes {
        let list = |id: &str| packs.words(id).iter().cloned().collect();
        let mut words = HashMap::new();
        for h in &packs.entries().hedges {
            let modality = [
                Modality::Hedged,
                Modality::Conditional,
                Modality::Planned,
                Modality::Forecast,
                Modality::Rumour,
            ]
            .into_iter()
            .find(|m| m.as_str() == h.modality);
            if let Some(m) = modality {
                words.extend(h.words.iter().map(|w| (w.clone(), m)));
            }
        }
        Modes {
            words,
            vouching: list("vouching_verbs"),
            raising: list("neg_raising_verbs"),
            grounds: list("grounds"),
        }
    }

    /// What the verb or noun above a clause makes of it: whether it is left open, and by which word, and whether it is
    /// denied.
    fn above_clause(&self, parse: &Parse, above: u32) -> (Option<(Modality, u32)>, bool) {
        let lemma = parse.lemma(above);
        if self.vouching.contains(lemma) && (refused(parse, above) || balks(parse, above)) {
            return (Some((Modality::Hedged, above)), false);
        }
        if self.raising.contains(lemma) && refused(parse, above) {
            return (None, true);
        }
        if parse.pos(above) == Pos::Noun {
            if self.grounds.contains(lemma) && refused(parse, above) {
                return (Some((Modality::Hedged, above)), false);
            }
            if let Some(m) = self.of(parse, above) {
                return (Some((m, above)), false);
            }
            // "could not verify reports that …", "unconfirmed reports that …"
            let verb = parse.head(above);
            if verb != above
                && parse.dep(above) == Dep::Dobj
                && self.vouching.contains(parse.lemma(verb))
                && (refused(parse, verb) || balks(parse, verb))
            {
                return (Some((Modality::Hedged, verb)), false);
            }
        }
        // "an unconfirmed report said", "unconfirmed reports that …"
        let noun = if parse.pos(above) == Pos::Noun {
            Some(above)
        } else {
            parse.child(above, Dep::Nsubj)
        };
        let hedge = noun.and_then(|n| {
            parse.children(n).iter().copied().find_map(|c| {
                let m = (parse.dep(c) == Dep::Amod).then(|| self.of(parse, c))??;
                Some((m, c))
            })
        });
        // "I think that …": what a speaker only believes
        let own = (self.raising.contains(lemma)
            && parse
                .child(above, Dep::Nsubj)
                .is_some_and(|s| matches!(parse.lower(s), "i" | "we")))
        .then_some((Modality::Hedged, above));
        (hedge.or(own), false)
    }

    fn of(&self, parse: &Parse, t: u32) -> Option<Modality> {
        self.words
            .get(parse.lower(t))
            .or_else(|| self.words.get(&parse.lemma(t).to_lowercase()))
            .copied()
    }

    /// The mode of what `head` says. `willed` tells whether somebody does it on purpose: what is willed is planned, what
    /// befalls is forecast.
    pub fn mode(&self, parse: &Parse, head: u32, willed: bool) -> Mode {
        let mut mode = Mode {
            polarity: Polarity::Affirmed,
            modality: Modality::Asserted,
            hedge: None,
            why: None,
        };
        let ahead = if willed {
            Modality::Planned
        } else {
            Modality::Forecast
        };
        let set = |mode: &mut Mode, modality: Modality, token: u32, why: &'static str| {
            if mode.modality == Modality::Asserted {
                mode.modality = modality;
                mode.hedge = Some(token);
                mode.why = Some(why);
            }
        };
        let mut at = head;
        for step in 0..STEPS {
            if self.vouching.contains(parse.lemma(at)) && (refused(parse, at) || balks(parse, at)) {
                // "has not confirmed 40 dead", "refused to confirm that …"
                mode.modality = Modality::Hedged;
                mode.hedge = Some(at);
                mode.why = Some("left open by who tells it");
                break;
            }
            let mut infinitive = false;
            let perfect = parse
                .children(at)
                .iter()
                .any(|&c| parse.dep(c) == Dep::Aux && parse.lemma(c) == "have");
            for &c in parse.children(at) {
                let direct = step == 0
                    || matches!(parse.dep(c), Dep::Aux | Dep::Neg | Dep::Mark | Dep::Advmod);
                if !direct {
                    continue;
                }
                match (parse.dep(c), parse.tag(c)) {
                    (Dep::Neg, _) if parse.lower(c) != "only" => {
                        mode.polarity = flipped(mode.polarity);
                    }
                    (Dep::Aux, Tag::Md) => match parse.lower(c) {
                        "will" | "shall" | "'ll" | "wo" => set(&mut mode, ahead, c, "future"),
                        "would" if !perfect => {
                            set(&mut mode, ahead, c, "future seen from the past")
                        }
                        "would" => set(&mut mode, Modality::Conditional, c, "what would have been"),
                        "may" | "might" | "could" | "must" if perfect => {
                            set(&mut mode, Modality::Hedged, c, "modal")
                        }
                        "may" | "might" | "could" => set(&mut mode, ahead, c, "modal"),
                        "should" | "must" | "ought" => {
                            set(&mut mode, Modality::Conditional, c, "obligation")
                        }
                        _ => {}
                    },
                    (Dep::Aux, Tag::To) => infinitive = true,
                    (Dep::Mark | Dep::Advmod, _)
                        if matches!(parse.lower(c), "if" | "unless" | "whether" | "lest") =>
                    {
                        set(&mut mode, Modality::Conditional, c, "condition");
                    }
                    (Dep::Advmod | Dep::Amod, _) => {
                        if let Some(m) = self.of(parse, c) {
                            set(&mut mode, m, c, "hedge");
                        }
                    }
                    _ => {}
                }
            }
            let above = parse.head(at);
            if above == at {
                break;
            }
            match parse.dep(at) {
                Dep::Xcomp
                | Dep::Ccomp
                | Dep::Oprd
                | Dep::Acomp
                | Dep::Pcomp
                | Dep::Dobj
                | Dep::Attr => {
                    let clause = matches!(parse.dep(at), Dep::Ccomp);
                    let noun_object = matches!(parse.dep(at), Dep::Dobj | Dep::Attr);
                    if let Some(m) = self.of(parse, above) {
                        // "expects to cut", "feared dead"; a clause reported as expected has its own future.
                        if !clause || m == Modality::Hedged {
                            set(&mut mode, m, above, "governing word");
                        }
                    } else if infinitive && !perfect && !clause && parse.pos(above) == Pos::Noun {
                        set(
                            &mut mode,
                            Modality::Planned,
                            above,
                            "infinitive after a noun",
                        );
                    }
                    // what somebody denies is the attribution's to tell
                    if matches!(parse.lemma(above), "fail" | "refuse" | "decline" | "avoid")
                        && !noun_object
                    {
                        mode.polarity = Polarity::Denied;
                    }
                    if clause {
                        let (open, denied) = self.above_clause(parse, above);
                        if let Some((m, word)) = open {
                            set(&mut mode, m, word, "left open by who tells it");
                        }
                        if denied {
                            mode.polarity = flipped(mode.polarity);
                        }
                        break;
                    }
                }
                Dep::Acl if infinitive => {
                    let m = self.of(parse, above).unwrap_or(Modality::Planned);
                    set(&mut mode, m, above, "infinitive after a noun");
                    break;
                }
                Dep::Acl | Dep::Relcl
                    if parse
                        .children(at)
                        .iter()
                        .any(|&c| parse.dep(c) == Dep::Mark && parse.lower(c) == "that") =>
                {
                    let (open, denied) = self.above_clause(parse, above);
                    if let Some((m, word)) = open {
                        set(&mut mode, m, word, "left open by the noun it hangs on");
                    }
                    if denied {
                        mode.polarity = flipped(mode.polarity);
                    }
                    break;
                }
                Dep::Advcl => {
                    if infinitive {
                        set(&mut mode, Modality::Planned, at, "purpose");
                    }
                    // A participle clause shares the mode of its verb: "could collapse, killing hundreds".
                    if !matches!(parse.tag(at), Tag::Vbg) {
                        break;
                    }
                }
                Dep::Conj => {}
                // Nouns: "a planned deployment of", "plans for the deployment of"
                Dep::Pobj => {
                    if let Some(m) = self.of(parse, parse.head(above)) {
                        set(&mut mode, m, parse.head(above), "governing word");
                    }
                    break;
                }
                Dep::Nsubj | Dep::Nsubjpass => {
                    // "the deployment is planned", "deaths are feared"
                    if !matches!(parse.pos(at), Pos::Verb)
                        && let Some(m) = self.of(parse, above)
                    {
                        set(&mut mode, m, above, "governing word");
                    }
                    if parse.pos(at) == Pos::Noun {
                        for &c in parse.children(above) {
                            if parse.dep(c) == Dep::Aux
                                && matches!(
                                    parse.lower(c),
                                    "will" | "could" | "may" | "might" | "would"
                                )
                            {
                                set(&mut mode, ahead, c, "future");
                            }
                        }
                    }
                    break;
                }
                _ => break,
            }
            at = above;
        }
        mode
    }
}

fn flipped(polarity: Polarity) -> Polarity {
    match polarity {
        Polarity::Affirmed => Polarity::Denied,
        Polarity::Denied => Polarity::Affirmed,
    }
}

/// Whether a verb is negated or a noun is said to be missing.
fn refused(parse: &Parse, t: u32) -> bool {
    parse.child(t, Dep::Neg).is_some()
        || parse
            .children(t)
            .iter()
            .any(|&c| parse.dep(c) == Dep::Det && parse.lower(c) == "no")
}

/// Whether somebody will not or cannot do what a verb says: "refused to confirm", "was unable to verify".
fn balks(parse: &Parse, t: u32) -> bool {
    let head = parse.head(t);
    head != t
        && parse.dep(t) == Dep::Xcomp
        && matches!(
            parse.lemma(head),
            "refuse" | "decline" | "fail" | "unable" | "cannot"
        )
}
