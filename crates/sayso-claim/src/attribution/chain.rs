//! The attribution chain of a stretch of text: every attribution whose content holds it, outermost relay first.

use sayso_measure::Reading;
use sayso_model::{Attribution, Phrase, SourceLink, Span, Text};

/// Indexes of the attributions whose content holds `span`, outermost relay first.
///
/// A content holds a span when one of its fragments covers it. What holds more stands further out, so that in
/// "the agency wrote that officials counted nine" the agency comes before the officials. Attributions of equal reach
/// keep the order given by [`Attribution::within`], then that of the slice.
pub fn chain_at(attributions: &[Attribution], span: Span<Text>) -> Vec<usize> {
    let mut chain: Vec<usize> = (0..attributions.len())
        .filter(|&i| attributions[i].content.iter().any(|c| c.covers(span)))
        .collect();
    chain.sort_by_key(|&i| {
        let reach: u32 = attributions[i].content.iter().map(|c| c.len()).sum();
        (depth(attributions, i), std::cmp::Reverse(reach), i)
    });
    chain
}

/// How many attributions stand around this one.
fn depth(attributions: &[Attribution], mut at: usize) -> usize {
    let mut depth = 0;
    while let Some(outer) = attributions.get(at).and_then(|a| a.within) {
        depth += 1;
        at = outer as usize;
        if depth > attributions.len() {
            break;
        }
    }
    depth
}

/// The links of a chain as a claim shows them. An attribution without a source gives no link: nobody stands behind it.
pub fn links(
    reading: &Reading<'_>,
    attributions: &[Attribution],
    chain: &[usize],
) -> Vec<SourceLink> {
    let text = &reading.document.text;
    let phrase = |spans: &[Span<Text>]| {
        let whole = spans.iter().copied().reduce(Span::join)?;
        Some(Phrase {
            span: whole,
            text: whole.of(text).to_owned(),
            head: head_lemma(reading, whole),
        })
    };
    chain
        .iter()
        .filter_map(|&i| {
            let a = attributions.get(i)?;
            Some(SourceLink {
                source: phrase(&a.source)?,
                entity: a.speaker.clone(),
                cue: phrase(&a.cue),
                kind: a.source_kind,
                act: a.act,
                country: a.country.clone(),
            })
        })
        .collect()
}

/// Lemma, in lower case, of the word that the rest of the span hangs on; empty where there is none.
fn head_lemma(reading: &Reading<'_>, span: Span<Text>) -> String {
    let tokens = reading.parse.tokens_in(span.start..span.end);
    let parse = &reading.parse;
    tokens
        .clone()
        .find(|&t| parse.head(t) == t || !tokens.contains(&parse.head(t)))
        .map_or_else(String::new, |t| parse.lemma(t).to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use sayso_model::{Act, QuoteKind, SourceKind};

    fn attribution(content: std::ops::Range<u32>, within: Option<u32>) -> Attribution {
        Attribution {
            source: vec![Span::new(0, 3)],
            cue: Vec::new(),
            content: vec![content.into()],
            kind: QuoteKind::Indirect,
            act: Act::Speech,
            source_kind: SourceKind::Person,
            speaker: None,
            country: None,
            denied: false,
            within,
        }
    }

    #[test]
    fn a_chain_runs_from_the_outermost_relay_inwards() {
        let all = [
            attribution(40..60, Some(1)),
            attribution(20..80, None),
            attribution(90..99, None),
        ];
        assert_eq!(chain_at(&all, Span::new(45, 50)), vec![1, 0]);
        assert_eq!(chain_at(&all, Span::new(61, 70)), vec![1]);
        assert!(chain_at(&all, Span::new(82, 85)).is_empty());
    }

    #[test]
    fn a_loop_of_within_ends() {
        let all = [attribution(0..10, Some(1)), attribution(0..10, Some(0))];
        assert_eq!(chain_at(&all, Span::new(1, 2)).len(), 2);
    }
}
