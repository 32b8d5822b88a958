//! Claims that an instrument says something: "Resolution 2321 bans …", "adopted on 5 August 2017", "by the end of 2019".
//!
//! One claim of the frame `cites` for each number that is cited, with what the report says of it: whom it is about
//! (`subject`), what conduct it deals with (`conduct`), whether it binds or asks (`deontic`), when it was adopted
//! (`adopted`) and by when it must be met (`deadline`). Words of a citation's own clause count, and of a following
//! sentence that has no citation of its own.

use std::collections::BTreeMap;
use std::ops::Range;

use sayso_measure::Reading;
use sayso_model::{
    Claim, Filler, Modality, PartKind, Phrase, Polarity, Quote, SourceLink, Span, Text, Timex,
    TimexKind, When,
};
use sayso_packs::Packs;
use sayso_packs::schema::{Series, Subject};
use sayso_parse::{Parse, Pos, Tag};

/// Tokens between "resolutions" and the first number ("resolutions read out, 1718 …").
const TO_NUMBER: u32 = 6;
/// Tokens between a verb of adoption and its date.
const TO_DATE: u32 = 14;
/// Tokens between a citation and the words right beside it that say whom it is about.
const BESIDE: u32 = 5;
/// Citations in a sentence beyond which it is a list and no statement.
const MOST: usize = 32;

/// One instrument as cited.
struct Cited<'a> {
    series: &'a Series,
    number: String,
    /// Its number's token.
    at: u32,
    /// Where its group ("resolutions 1718, 1874 and 2270") begins and ends.
    group: Range<u32>,
    sentence: usize,
    adopted: Option<&'a Timex>,
}

/// The claims of the frame `cites`, in order of the text. `entity` of `instrument` is `series:number`, of `subject` a
/// subject's id, of `conduct` ids of conducts joined with `|`, of `deontic` `binding` or `asking`, of `adopted` and
/// `deadline` a date of any grain.
pub fn citations(
    reading: &Reading<'_>,
    chain: &dyn Fn(Span<Text>) -> Vec<SourceLink>,
    packs: &Packs,
) -> Vec<Claim> {
    let cited = find(reading, packs);
    (0..cited.len())
        .filter(|&i| sentence_of(&cited, cited[i].sentence).len() <= MOST)
        .map(|i| claim(reading, &cited, i, chain, packs))
        .collect()
}

/// The citations of one sentence; they stand in order of the text.
fn sentence_of<'c, 'a>(cited: &'c [Cited<'a>], sentence: usize) -> &'c [Cited<'a>] {
    let first = cited.partition_point(|c| c.sentence < sentence);
    let end = cited.partition_point(|c| c.sentence <= sentence);
    &cited[first..end.max(first)]
}

/// Every instrument that the text cites by number.
fn find<'a>(reading: &'a Reading<'_>, packs: &'a Packs) -> Vec<Cited<'a>> {
    let parse = &reading.parse;
    let text = reading.document.text.to_lowercase();
    let mut out: Vec<Cited<'a>> = Vec::new();
    for series in &packs.entries().series {
        let known = series.context.iter().any(|c| text.contains(c.as_str()));
        let mut at = 0;
        while at < parse.len() as u32 {
            let start = at;
            at += 1;
            if !series.words.iter().any(|w| w == parse.lower(start))
                || other_body(parse, start, packs)
            {
                continue;
            }
            let sentence = parse.sentence_of(start);
            let Some(range) = parse.sentences.get(sentence) else {
                continue;
            };
            let plural = parse.lower(start).ends_with('s');
            let reach = if plural { TO_NUMBER } else { 1 };
            let first = (start + 1..range.end.min(start + 1 + reach)).find(|&t| number(parse, t));
            let Some(first) = first else { continue };
            let from = out.len();
            let end = group(
                reading, series, first, range.end, plural, sentence, &mut out,
            );
            // Without a word that names the body, only numbers that the pack knows are taken.
            if !known {
                let kept = out[from..]
                    .iter()
                    .all(|c| packs.numbered(&series.id, &c.number).is_some());
                if !kept {
                    out.truncate(from);
                }
            }
            let start = prefix(parse, start, range.start);
            out.iter_mut().skip(from).for_each(|c| c.group = start..end);
            at = end.max(at);
        }
    }
    out.sort_by_key(|c| c.at);
    out
}

/// Whether the resolution is said to be another body's.
fn other_body(parse: &Parse, at: u32, packs: &Packs) -> bool {
    (at.saturating_sub(3)..at).any(|t| packs.in_list("other_resolutions", parse.lower(t)))
}

/// A number that an instrument may have.
fn number(parse: &Parse, t: u32) -> bool {
    let w = parse.word(t);
    (3..=4).contains(&w.len()) && w.bytes().all(|b| b.is_ascii_digit())
}

/// Where the words that name the body before "resolution" begin.
fn prefix(parse: &Parse, at: u32, first: u32) -> u32 {
    let mut start = at;
    while start > first
        && start + 6 > at
        && (matches!(
            parse.pos(start - 1),
            Pos::Propn | Pos::Adj | Pos::Part | Pos::Det
        ) || matches!(
            parse.lower(start - 1),
            "un" | "u.n." | "security" | "council" | "-"
        ))
    {
        start -= 1;
    }
    start
}

/// A list of numbers with their dates, from the first on; gives one past its last token.
fn group<'a>(
    reading: &'a Reading<'_>,
    series: &'a Series,
    first: u32,
    limit: u32,
    plural: bool,
    sentence: usize,
    out: &mut Vec<Cited<'a>>,
) -> u32 {
    let parse = &reading.parse;
    let mut at = first;
    let mut end = first;
    while at < limit {
        let follows_of = at > first && matches!(parse.lower(at - 1), "of" | "(" | "in");
        let start = parse.tokens[at as usize].start;
        if at != first
            && let Some(time) = time_at(reading, start).filter(|_| follows_of)
        {
            if let Some(last) = out.last_mut() {
                last.adopted = Some(time);
            }
            at = parse
                .tokens_in(time.span.start..time.span.end)
                .end
                .max(at + 1);
            end = at;
            continue;
        }
        if number(parse, at) && !follows_of {
            if at != first && !plural {
                break;
            }
            out.push(Cited {
                series,
                number: parse.word(at).to_owned(),
                at,
                group: 0..0,
                sentence,
                adopted: None,
            });
            end = at + 1;
        } else if !(matches!(parse.lower(at), "," | "and" | "or" | "of" | "(" | ")" | "&")
            || number(parse, at))
        {
            break;
        } else if parse.lower(at) == ")" {
            end = at + 1;
        }
        at += 1;
    }
    end
}

/// The date that starts at a byte of the text.
fn time_at<'a>(reading: &'a Reading<'_>, byte: u32) -> Option<&'a Timex> {
    let i = reading.times.partition_point(|t| t.span.start < byte);
    let time = reading.times.get(i)?;
    (time.span.start == byte && time.kind == TimexKind::Date && time.interval.is_some())
        .then_some(time)
}

/// What a citation's own clause says of it.
struct Said {
    conduct: Option<(Range<u32>, String)>,
    deontic: Option<(u32, &'static str)>,
}

/// Whether a token says that an instrument binds (or only asks).
fn deontic(parse: &Parse, t: u32, first: u32, packs: &Packs) -> Option<&'static str> {
    let lemma = parse.lemma(t).to_lowercase();
    if packs.in_list("asking", &lemma) {
        return Some("asking");
    }
    if !packs.in_list("binding", &lemma) {
        return None;
    }
    let verb = matches!(parse.pos(t), Pos::Verb | Pos::Aux);
    if !verb && !packs.in_list("binding_nouns", &lemma) {
        return None;
    }
    let denied = (t.saturating_sub(3).max(first)..t)
        .any(|b| packs.in_list("disputed_citation", parse.lower(b)));
    (!denied).then_some("binding")
}

fn said(reading: &Reading<'_>, tokens: Range<u32>, packs: &Packs) -> Said {
    let parse = &reading.parse;
    let mut out = Said {
        conduct: None,
        deontic: None,
    };
    for t in tokens.clone() {
        match (deontic(parse, t, tokens.start, packs), &out.deontic) {
            (Some("asking"), _) => out.deontic = Some((t, "asking")),
            (Some(d), None) => out.deontic = Some((t, d)),
            _ => {}
        }
    }
    out.conduct = conducts(parse, tokens, packs);
    out
}

/// The conducts that a stretch is about.
fn conducts(parse: &Parse, tokens: Range<u32>, packs: &Packs) -> Option<(Range<u32>, String)> {
    let lemmas: Vec<String> = tokens
        .clone()
        .map(|t| parse.lemma(t).to_lowercase())
        .collect();
    let lemmas: Vec<&str> = lemmas.iter().map(String::as_str).collect();
    let words: Vec<&str> = tokens.clone().map(|t| parse.lower(t)).collect();
    let ids: Vec<&str> = packs
        .entries()
        .conducts
        .iter()
        .filter(|c| Packs::is_conduct(c, &lemmas, &words))
        .map(|c| c.id.as_str())
        .collect();
    (!ids.is_empty()).then(|| (tokens, ids.join("|")))
}

/// The first subject whose words stand in a stretch, and where.
fn subject<'a>(
    parse: &Parse,
    tokens: Range<u32>,
    packs: &'a Packs,
) -> Option<(&'a Subject, Range<u32>)> {
    tokens.clone().find_map(|t| {
        packs.entries().subjects.iter().find_map(|s| {
            // Only subjects whose instruments the packs hold whole are asked about.
            if !packs.entries().rolls.iter().any(|r| r.subject == s.id) {
                return None;
            }
            s.words.iter().find_map(|w| {
                let parts: Vec<&str> = w.split(' ').collect();
                let end = t + parts.len() as u32;
                let same = end <= tokens.end
                    && parts.iter().zip(t..end).all(|(p, i)| parse.lower(i) == *p);
                same.then_some((s, t..end))
            })
        })
    })
}

fn claim(
    reading: &Reading<'_>,
    cited: &[Cited<'_>],
    index: usize,
    chain: &dyn Fn(Span<Text>) -> Vec<SourceLink>,
    packs: &Packs,
) -> Claim {
    let parse = &reading.parse;
    let c = &cited[index];
    let range = parse.sentences.get(c.sentence).cloned().unwrap_or(0..0);
    let cut = |t: u32| parse.lower(t) == ";";
    let here = sentence_of(cited, c.sentence);
    let others = || here.iter().filter(|o| o.group != c.group);
    let after_end = others()
        .map(|o| o.group.start)
        .filter(|&s| s >= c.group.end)
        .min();
    let after_end = after_end.unwrap_or(range.end);
    let forward = c.group.end
        ..(c.group.end..after_end)
            .find(|&t| cut(t))
            .unwrap_or(after_end);
    let before_start = others()
        .map(|o| o.group.end)
        .filter(|&e| e <= c.group.start)
        .max();
    let before_start = before_start.unwrap_or(range.start);
    let cut_back = (before_start..c.group.start)
        .rev()
        .find(|&t| cut(t) || parse.lower(t) == ":");
    let backward = cut_back.map_or(before_start, |t| t + 1)..c.group.start;

    let mut roles: BTreeMap<String, Vec<Filler>> = BTreeMap::new();
    let mut why = Vec::new();
    let mut put = |name: &str, span: Span<Text>, head: u32, entity: Option<String>| {
        let phrase = Phrase {
            span,
            text: span.of(&reading.document.text).to_owned(),
            head: parse.lemma(head).to_lowercase(),
        };
        roles
            .entry(name.to_owned())
            .or_insert_with(|| vec![Filler { phrase, entity }]);
    };
    let span = |tokens: Range<u32>| {
        let b = parse.bytes(tokens);
        Span::<Text>::new(b.start, b.end)
    };
    put(
        "instrument",
        span(c.at..c.at + 1),
        c.at,
        Some(format!("{}:{}", c.series.id, c.number)),
    );

    // What it is said to do: the words after it, else those before it ("is banned by resolution …").
    let mut own = said(reading, forward.clone(), packs);
    let mut clause = forward.clone();
    if own.deontic.is_none() {
        let back = said(reading, backward.clone(), packs);
        if back.deontic.is_some() || own.conduct.is_none() {
            own = back;
            clause = backward.clone();
        }
    }
    // "Is the trade lawful? No. Resolution N bans it": the words of the sentence before are the report's, not its.
    if let Some((tokens, ids)) = own.conduct {
        let head = tokens.start;
        put("conduct", span(tokens), head, Some(ids));
    }
    if let Some((t, how)) = own.deontic {
        put("deontic", span(t..t + 1), t, Some(how.to_owned()));
    }

    // Whom it is about: words right beside it, else those of the clause that says what it does.
    let beside = c.group.end..forward.end.min(c.group.end + BESIDE);
    let on = beside
        .clone()
        .find(|&t| matches!(parse.lower(t), "on" | "against" | "concerning" | "about"));
    let right = on.and_then(|t| subject(parse, t + 1..forward.end.min(t + 5), packs));
    let left = subject(
        parse,
        c.group.start.saturating_sub(3).max(backward.start)..c.at,
        packs,
    );
    let found = match (left.or(right), own.deontic) {
        (Some(f), _) => {
            why.push("the subject stands beside the number".to_owned());
            Some(f)
        }
        (None, Some(_)) => subject(parse, clause, packs).inspect(|_| {
            why.push("the subject stands in the clause that says what it does".to_owned());
        }),
        (None, None) => None,
    };
    if let Some((s, at)) = found {
        let head = at.end - 1;
        put("subject", span(at), head, Some(s.id.clone()));
    }

    let follower = next_sentence(reading, cited, index);
    let single =
        others().next().is_none() && here.iter().filter(|o| o.group == c.group).count() == 1;
    let mut adopted = c.adopted;
    if single && adopted.is_none() {
        adopted = adoption(reading, range.clone(), packs)
            .or_else(|| follower.clone().and_then(|f| adoption(reading, f, packs)));
    }
    if let Some(t) = adopted {
        let head = parse.tokens_in(t.span.start..t.span.end).start;
        put("adopted", t.span, head, Some(t.value.clone()));
    }
    if single {
        for stretch in [Some(range.clone()), follower].into_iter().flatten() {
            let due = deadline(reading, stretch.clone());
            if let (Some(t), Some((tokens, ids))) = (due, conducts(parse, stretch, packs)) {
                let head = parse.tokens_in(t.span.start..t.span.end).start;
                put("deadline", t.span, head, Some(t.value.clone()));
                put("conduct", span(tokens.clone()), tokens.start, Some(ids));
                break;
            }
        }
    }

    let sentence = span(range);
    let trigger = Some(span(c.group.clone()));
    let document = reading.document.id;
    let published = reading.document.published.as_ref().map(|p| When {
        value: p.date.to_string(),
        interval: Some((p.date, p.date)),
        span: p.span,
    });
    Claim {
        id: Claim::identify(document, "cites", sentence, trigger, None, &roles),
        document,
        frame: "cites".to_owned(),
        roles,
        figure: None,
        part_of: None,
        count: None,
        main: false,
        historic: false,
        attribution: chain(span(c.at..c.at + 1)),
        quote: Quote::None,
        polarity: Polarity::Affirmed,
        modality: Modality::Asserted,
        hedge: None,
        due: None,
        as_of: None,
        event_time: None,
        said_at: None,
        published,
        place: None,
        trigger,
        sentence,
        cell: None,
        why,
    }
}

/// The sentence after a citation's, where it is of the same part and cites nothing itself.
fn next_sentence(reading: &Reading<'_>, cited: &[Cited<'_>], index: usize) -> Option<Range<u32>> {
    let parse = &reading.parse;
    let next = cited[index].sentence + 1;
    let range = parse.sentences.get(next)?.clone();
    let part = |t: u32| {
        let token = parse.tokens.get(t as usize)?;
        reading.document.part_at(token.start)
    };
    let here = part(cited[index].at)?;
    let same = part(range.start) == Some(here);
    let prose = reading
        .document
        .parts
        .get(here)
        .is_some_and(|p| !matches!(p.kind, PartKind::Cell(_)));
    (same && prose && sentence_of(cited, next).is_empty()).then_some(range)
}

/// The date on which a sentence says that something was adopted.
fn adoption<'a>(reading: &'a Reading<'_>, tokens: Range<u32>, packs: &Packs) -> Option<&'a Timex> {
    let parse = &reading.parse;
    let verb = tokens.clone().find(|&t| {
        packs.in_list("adoption", parse.lemma(t)) && matches!(parse.pos(t), Pos::Verb | Pos::Aux)
    })?;
    let finite = |t: u32| matches!(parse.tag(t), Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Md);
    let date = |t: u32| {
        let prep = matches!(parse.lower(t), "on" | "in" | "of");
        prep.then(|| parse.tokens.get(t as usize + 1))
            .flatten()
            .and_then(|n| time_at(reading, n.start))
    };
    let forward = (verb + 1..tokens.end.min(verb + TO_DATE))
        .take_while(|&t| !finite(t))
        .find_map(date);
    forward.or_else(|| {
        let start = verb.saturating_sub(TO_DATE).max(tokens.start);
        let aux = |t: u32| parse.pos(t) == Pos::Aux;
        (start..verb)
            .rev()
            .take_while(|&t| !finite(t) || aux(t))
            .find_map(date)
    })
}

/// The date by which a sentence says that something is due.
fn deadline<'a>(reading: &'a Reading<'_>, tokens: Range<u32>) -> Option<&'a Timex> {
    let parse = &reading.parse;
    tokens
        .clone()
        .filter(|&t| matches!(parse.lower(t), "by" | "until" | "before"))
        .find_map(|t| time_at(reading, parse.tokens.get(t as usize + 1)?.start))
}
