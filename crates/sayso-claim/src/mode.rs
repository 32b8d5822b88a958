//! In what mode a claim is put: denied, hedged, conditional, planned, forecast or rumoured.

use std::collections::HashMap;

use sayso_model::{Modality, Polarity};
use sayso_parse::{Dep, Parse, Pos, Tag};

/// Steps up the tree that are looked at.
const STEPS: usize = 6;

/// Words that set a mode, from the packs: lemma or lower-case word to modality.
#[derive(Debug, Default)]
pub struct Modes {
    /// Single words.
    pub words: HashMap<String, Modality>,
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
                        mode.polarity = match mode.polarity {
                            Polarity::Affirmed => Polarity::Denied,
                            Polarity::Denied => Polarity::Affirmed,
                        };
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
                    if matches!(
                        parse.lemma(above),
                        "fail" | "refuse" | "decline" | "deny" | "avoid"
                    ) && !noun_object
                    {
                        mode.polarity = Polarity::Denied;
                    }
                    if clause {
                        break;
                    }
                }
                Dep::Acl if infinitive => {
                    let m = self.of(parse, above).unwrap_or(Modality::Planned);
                    set(&mut mode, m, above, "infinitive after a noun");
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
