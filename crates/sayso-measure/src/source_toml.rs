//! DEV: packs from TOML until the packs room reads them.
use crate::lexicon::Source;
use toml::{Table, Value};

fn strings(v: Option<&Value>) -> Vec<String> {
    match v {
        Some(Value::Array(a)) => a.iter().filter_map(|x| x.as_str()).map(str::to_owned).collect(),
        Some(Value::String(s)) => vec![s.clone()],
        _ => Vec::new(),
    }
}

pub(crate) fn builtin() -> Source {
    let mut s = Source::default();
    for text in [
        include_str!("../../../packs/core/numbers.toml"),
        include_str!("../../../packs/core/quantity_words.toml"),
        include_str!("../../../packs/core/units.toml"),
        include_str!("../../../packs/core/currencies.toml"),
        include_str!("../../../packs/core/times.toml"),
    ] {
        let t: Table = text.parse().unwrap();
        for (section, list) in &t {
            let Value::Array(list) = list else { continue };
            for e in list {
                let str = |k: &str| e.get(k).and_then(|v| v.as_str()).unwrap_or("").to_owned();
                let num = || e.get("number").and_then(|v| v.as_integer()).unwrap_or(0) as u8;
                let words = strings(e.get("words"));
                match section.as_str() {
                    "number_word" => s.number_words.push((words, str("value"), str("kind"))),
                    "unit" => s.units.push((str("name"), str("dimension"), words, strings(e.get("symbols")))),
                    "currency" => s.currencies.push((str("code"), words, strings(e.get("symbols")))),
                    "month" => s.months.push((words, num())),
                    "weekday" => s.weekdays.push((words, num())),
                    "holiday" => s.holidays.push((words, str("rule"))),
                    "word_list" => drop(s.lists.insert(str("id"), words)),
                    _ => {}
                }
            }
        }
    }
    s
}
