//! Our own prose, with what spaCy 3.8 said of it (`parity/reference.py golden`): every field of every token.

mod support;

use sayso_parse::{Options, Worker};
use serde_json::Value;

/// What spaCy said, per token: start, end, tag, pos, lemma, head, dep, entity, sentence start, morphology.
fn reference(row: &Value) -> Vec<String> {
    let words = |key: &str| -> Vec<&str> { row[key].as_str().unwrap().split(' ').collect() };
    let numbers = |key: &str| -> Vec<i64> {
        row[key]
            .as_array()
            .unwrap()
            .iter()
            .map(|n| n.as_i64().unwrap())
            .collect()
    };
    let (tag, pos, dep, at, head) = (
        words("tag"),
        words("pos"),
        words("dep"),
        numbers("at"),
        numbers("head"),
    );
    let text: Vec<char> = row["text"].as_str().unwrap().chars().collect();
    let mut out = Vec::new();
    for i in 0..tag.len() {
        let (start, len) = (at[2 * i], at[2 * i + 1]);
        let word: String = text[start as usize..(start + len) as usize]
            .iter()
            .collect();
        let lemma = match row["lemma"].get(i.to_string()) {
            Some(lemma) => lemma.as_str().unwrap().to_owned(),
            None => word.to_lowercase(),
        };
        let inside =
            |e: &&Value| (e[0].as_i64().unwrap()..e[1].as_i64().unwrap()).contains(&(i as i64));
        let ent = row["ents"]
            .as_array()
            .unwrap()
            .iter()
            .find(inside)
            .map_or("O".to_owned(), |e| {
                let first = e[0].as_i64() == Some(i as i64);
                format!(
                    "{}-{}",
                    if first { "B" } else { "I" },
                    e[2].as_str().unwrap()
                )
            });
        let opens = numbers("sents").contains(&(i as i64));
        let morph = row["morphs"][row["morph"][i].as_u64().unwrap() as usize]
            .as_str()
            .unwrap();
        let head = i as i64 + head[i];
        out.push(format!(
            "{start} {} {} {} {lemma:?} {head} {} {ent} {opens} {morph}",
            start + len,
            tag[i],
            pos[i].trim_matches('-'),
            dep[i]
        ));
    }
    out
}

#[test]
fn our_prose_is_read_as_spacy_reads_it() {
    let mut worker = Worker::new(support::model());
    let rows = include_str!("golden/spacy.jsonl").lines();
    let mut sentences = 0;
    for row in rows.map(|l| serde_json::from_str::<Value>(l).unwrap()) {
        let text = row["text"].as_str().unwrap();
        let parse = worker.parse(
            text,
            &[],
            &Options {
                raw: true,
                ..Options::default()
            },
        );
        sentences += parse.sentences.len();
        let chars = |byte: u32| text[..byte as usize].chars().count();
        let ours: Vec<String> = (0..parse.len() as u32)
            .map(|i| {
                let t = &parse.tokens[i as usize];
                let ent = match t.entity {
                    Some(e) => format!("{}-{e}", if t.entity_start { "B" } else { "I" }),
                    None => "O".to_owned(),
                };
                let (start, end) = (chars(t.start), chars(t.end));
                format!(
                    "{start} {end} {} {} {:?} {} {} {ent} {} {}",
                    t.tag,
                    t.pos,
                    parse.lemma(i),
                    t.head,
                    t.dep,
                    t.sentence_start,
                    parse.morph(i)
                )
            })
            .collect();
        assert_eq!(ours, reference(&row), "{text}");
    }
    assert!(sentences >= 300, "{sentences} sentences");
}
