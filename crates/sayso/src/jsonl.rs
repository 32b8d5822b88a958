//! JSON Lines in, JSON Lines out: the same order, many at once, memory bounded.

use std::io::{BufRead, Write};

use anyhow::{Context, Result, bail};
use rayon::prelude::*;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::input::LARGEST;

/// Lines worked on at a time.
const BATCH: usize = 64;

/// Reads objects `T` from `input`, gives each to `work` with a state made once a thread by `init`, and writes what
/// comes back as a line each, in the order of the input.
///
/// # Errors
///
/// A line that is not a `T` or is too long, named by its number; or failing input or output.
pub fn each<T, S>(
    input: &mut dyn BufRead,
    output: &mut dyn Write,
    init: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, T) -> Value + Sync,
) -> Result<()>
where
    T: DeserializeOwned + Send,
{
    let mut number = 0;
    loop {
        let mut batch: Vec<(usize, String)> = Vec::with_capacity(BATCH);
        while batch.len() < BATCH {
            let mut line = Vec::new();
            let got = std::io::Read::take(&mut *input, LARGEST + 1)
                .read_until(b'\n', &mut line)
                .context("cannot read standard input")?;
            if got == 0 {
                break;
            }
            number += 1;
            if line.len() as u64 > LARGEST {
                bail!("line {number} is longer than {} MB", LARGEST >> 20);
            }
            let line = String::from_utf8_lossy(&line).into_owned();
            if !line.trim().is_empty() {
                batch.push((number, line));
            }
        }
        if batch.is_empty() {
            return Ok(output.flush()?);
        }
        let done: Vec<Result<Vec<u8>>> = batch
            .par_iter()
            .map_init(&init, |state, (number, line)| {
                let item = serde_json::from_str(line)
                    .with_context(|| format!("line {number} of the input"))?;
                let mut out = serde_json::to_vec(&work(state, item))?;
                out.push(b'\n');
                Ok(out)
            })
            .collect();
        for line in done {
            output.write_all(&line?)?;
        }
    }
}
