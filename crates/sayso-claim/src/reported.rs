//! When something was said: the day that a paragraph names for its source's words holds for the sentences after it.

use std::collections::BTreeMap;

use sayso_model::{Figure, Filler, SourceLink, Span, Text, When};

use crate::claims::{Maker, parse_word};
use crate::when;

/// Figures smaller than this come again by chance.
const SAME_AGAIN: u32 = 1000;
/// Claims that are looked through for a figure that comes again.
const LOOK_BACK: usize = 200;

/// A day on which something was said or published, for the sentences after it.
#[derive(Clone, Debug)]
pub(crate) struct Reported {
    /// When.
    pub when: When,
    /// By whom; anybody after a document was published.
    pub speaker: Option<String>,
}

impl Maker<'_> {
    /// Whether the sources foretell: "analysts foresee", "the bank projects".
    pub(crate) fn foretold(
        &self,
        chain: &[SourceLink],
        roles: &BTreeMap<String, Vec<Filler>>,
    ) -> bool {
        let foretells = |w: &str| self.frames.in_list("foretells", w);
        chain
            .last()
            .and_then(|l| l.cue.as_ref())
            .is_some_and(|c| foretells(&c.head))
            || roles
                .get("thing")
                .is_some_and(|list| list.iter().any(|f| foretells(&f.phrase.head)))
    }

    /// When the same figure of the same frame held, where the report told it before with a day: a figure that comes
    /// again keeps its day.
    pub(crate) fn told_before(&self, figure: &Figure, frame: &str) -> Option<When> {
        if figure.best.is_none_or(|b| b < SAME_AGAIN.into()) {
            return None;
        }
        self.out
            .iter()
            .rev()
            .take(LOOK_BACK)
            .find(|c| {
                c.frame == frame
                    && c.figure
                        .as_ref()
                        .is_some_and(|f| f.best == figure.best && f.kind == figure.kind)
            })
            .and_then(|c| c.as_of.clone())
            .filter(|w| w.span.is_some())
    }

    /// Remembers when a sentence says that something was said or happened.
    pub(crate) fn note_times(&mut self, sentence: Span<Text>) {
        let times = self.times_in(sentence);
        for &t in &times {
            let Some(root) = when::dated(self.parse, t) else {
                continue;
            };
            let Some(verb) = when::verb_above(self.parse, root)
                .filter(|_| t.relation.is_none() && when::owner(self.reading, t).is_none())
            else {
                continue;
            };
            let bytes = self.parse.bytes(verb..verb + 1);
            let said = self
                .attributions
                .iter()
                .find(|a| a.cue.iter().any(|c| c.contains(bytes.start)));
            let speaker = match said {
                Some(_) if !when::direct(self.parse, root) => continue,
                Some(a) => a.speaker.clone().or_else(|| {
                    let source = a.source.first()?;
                    Some(self.reading.document.words(*source).to_lowercase())
                }),
                None if self
                    .frames
                    .in_list("publishes", &parse_word(self.parse, verb)) =>
                {
                    // Somebody who speaks in the same sentence published it.
                    self.attributions
                        .iter()
                        .find(|a| a.cue.iter().any(|c| sentence.covers(*c)) && a.speaker.is_some())
                        .and_then(|a| a.speaker.clone())
                }
                None => continue,
            };
            self.reported = Some(Reported {
                when: when::when(t),
                speaker,
            });
        }
        self.narrated = when::narrated(self.reading, &times).or(self.narrated.take());
    }

    /// The day on which the sentences before say that these sources spoke.
    pub(crate) fn reported_by(&self, chain: &[SourceLink]) -> Option<When> {
        let reported = self.reported.as_ref()?;
        let last = chain.last()?;
        let pronoun = matches!(
            last.source.text.to_lowercase().as_str(),
            "he" | "she" | "it" | "they"
        );
        let same = match &reported.speaker {
            None => true,
            Some(s) => {
                pronoun || last.entity.as_ref() == Some(s) || last.source.text.to_lowercase() == *s
            }
        };
        same.then(|| reported.when.clone())
    }
}
