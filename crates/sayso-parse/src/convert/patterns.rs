//! The attribute ruler's patterns: which tokens get which attributes. Written as sets of strings to compare with.

use super::msgpack::{self, Value};
use super::unreadable;
use crate::error::ConvertError;
use crate::format::Writer;

const FILE: &str = "attribute_ruler/patterns";

/// A condition's attribute, as a number in the file.
fn attribute(name: &str) -> Option<u8> {
    Some(match name {
        "TAG" => 0,
        "DEP" => 1,
        "LOWER" => 2,
        "IS_SPACE" => 3,
        _ => return None,
    })
}

/// Per rule: index of the token that is changed, the attributes set, the alternatives; per alternative its tokens;
/// per token its conditions; per condition attribute, whether it excludes, and the strings.
pub(super) fn rules(bytes: &[u8]) -> Result<Vec<u8>, ConvertError> {
    // The file is JSON in some packages and MessagePack in others.
    let json: serde_json::Value = match serde_json::from_slice(bytes) {
        Ok(json) => json,
        Err(_) => msgpack::read(bytes)
            .and_then(|v| to_json(&v))
            .ok_or_else(|| unreadable(FILE, "it is neither JSON nor MessagePack"))?,
    };
    let wrong = || unreadable(FILE, "a rule is malformed");
    let mut out = Writer::default();
    let rules = json.as_array().ok_or_else(wrong)?;
    out.u32(rules.len() as u32);
    for rule in rules {
        let index = rule
            .get("index")
            .and_then(|v| v.as_u64())
            .ok_or_else(wrong)?;
        out.u32(u32::try_from(index).map_err(|_| wrong())?);
        let attrs = rule
            .get("attrs")
            .and_then(|v| v.as_object())
            .ok_or_else(wrong)?;
        let mut attrs: Vec<(&String, &serde_json::Value)> = attrs.iter().collect();
        attrs.sort_by_key(|(k, _)| *k);
        out.u32(attrs.len() as u32);
        for (name, value) in attrs {
            if !["TAG", "POS", "MORPH", "LEMMA", "DEP"].contains(&name.as_str()) {
                return Err(ConvertError::Unknown(format!(
                    "an attribute rule that sets {name}"
                )));
            }
            out.str(name);
            out.str(value.as_str().ok_or_else(wrong)?);
        }
        let patterns = rule
            .get("patterns")
            .and_then(|v| v.as_array())
            .ok_or_else(wrong)?;
        out.u32(patterns.len() as u32);
        for pattern in patterns {
            let tokens = pattern.as_array().ok_or_else(wrong)?;
            out.u32(tokens.len() as u32);
            for token in tokens {
                conditions(token.as_object().ok_or_else(wrong)?, &mut out)?;
            }
        }
    }
    Ok(out.0)
}

fn conditions(
    token: &serde_json::Map<String, serde_json::Value>,
    out: &mut Writer,
) -> Result<(), ConvertError> {
    let wrong = || unreadable(FILE, "a condition is malformed");
    let mut rows: Vec<(u8, bool, Vec<String>)> = Vec::new();
    for (name, value) in token {
        let attribute = attribute(name).ok_or_else(|| {
            ConvertError::Unknown(format!("an attribute rule with a condition on {name}"))
        })?;
        let (excludes, strings) = match value {
            serde_json::Value::String(s) => (false, vec![s.clone()]),
            serde_json::Value::Bool(b) => (false, vec![if *b { "1" } else { "" }.to_owned()]),
            serde_json::Value::Object(ops) => {
                let mut ops = ops.iter();
                let (Some((op, value)), None) = (ops.next(), ops.next()) else {
                    return Err(wrong());
                };
                let list = || {
                    value
                        .as_array()
                        .and_then(|l| {
                            l.iter()
                                .map(|v| v.as_str().map(str::to_owned))
                                .collect::<Option<Vec<_>>>()
                        })
                        .ok_or_else(wrong)
                };
                match op.as_str() {
                    "IN" => (false, list()?),
                    "NOT_IN" => (true, list()?),
                    "REGEX" => {
                        let pattern = value.as_str().ok_or_else(wrong)?;
                        let strings = finite(pattern).ok_or_else(|| {
                            ConvertError::Unknown(format!("the pattern {pattern} in a rule"))
                        })?;
                        (false, strings)
                    }
                    _ => {
                        return Err(ConvertError::Unknown(format!(
                            "the operator {op} in an attribute rule"
                        )));
                    }
                }
            }
            _ => return Err(wrong()),
        };
        rows.push((attribute, excludes, strings));
    }
    rows.sort();
    out.u32(rows.len() as u32);
    for (attribute, excludes, strings) in rows {
        out.u8(attribute);
        out.u8(u8::from(excludes));
        out.u32(strings.len() as u32);
        strings.iter().for_each(|s| out.str(s));
    }
    Ok(())
}

/// The strings that a small anchored pattern matches: plain characters, `?` after one, and classes in brackets.
fn finite(pattern: &str) -> Option<Vec<String>> {
    let body = pattern.strip_prefix('^')?.strip_suffix('$')?;
    let mut all = vec![String::new()];
    let mut chars = body.chars().peekable();
    while let Some(c) = chars.next() {
        let choices: Vec<char> = match c {
            '[' => chars.by_ref().take_while(|&c| c != ']').collect(),
            '\\' | '.' | '*' | '+' | '(' | ')' | '|' | '{' | '}' | '?' => return None,
            c => vec![c],
        };
        if choices.iter().any(|c| matches!(c, '^' | '-' | '\\')) {
            return None;
        }
        let mut next = Vec::new();
        if chars.next_if_eq(&'?').is_some() {
            next.extend(all.iter().cloned());
        }
        for choice in choices {
            next.extend(all.iter().map(|s| format!("{s}{choice}")));
        }
        all = next;
        if all.len() > 64 {
            return None;
        }
    }
    Some(all)
}

fn to_json(value: &Value<'_>) -> Option<serde_json::Value> {
    Some(match value {
        Value::Nil => serde_json::Value::Null,
        Value::Bool(b) => (*b).into(),
        Value::UInt(n) => (*n).into(),
        Value::Int(n) => (*n).into(),
        Value::Float(n) => (*n).into(),
        Value::Bytes(b) => std::str::from_utf8(b).ok()?.into(),
        Value::Array(v) => v.iter().map(to_json).collect::<Option<Vec<_>>>()?.into(),
        Value::Map(v) => serde_json::Value::Object(
            v.iter()
                .map(|(k, v)| Some((k.str()?.to_owned(), to_json(v)?)))
                .collect::<Option<_>>()?,
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_patterns_become_lists() {
        assert_eq!(finite("^n'?t$").unwrap(), ["nt", "n't"]);
        assert_eq!(finite("^n[ou]x$").unwrap(), ["nox", "nux"]);
        assert_eq!(finite("^a.*$"), None);
        assert_eq!(finite("abc"), None);
    }
}
