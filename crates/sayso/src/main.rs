//! The `sayso` program: the only room that prints, reads the clock, the environment and files.
//!
//! `main` is a table of contents: one file a command under `commands/`, what they share beside it.

mod cli;
mod commands;
mod engine;
mod fail;
mod fetched;
mod input;
mod jsonl;
mod model_file;
mod places_file;
mod render;

use std::process::ExitCode;

use clap::Parser;

use cli::{Cli, Command};

fn main() -> ExitCode {
    let cli = Cli::parse();
    let global = &cli.global;
    let done = match cli.command {
        Command::Check(args) => commands::check::run(global, &args),
        Command::Read(args) => commands::read::run(global, &args),
        Command::Claims(args) => commands::claims::run(global, &args),
        Command::Compare(args) => commands::compare::run(global, &args),
        Command::Show(args) => commands::show::run(global, &args),
        Command::Annotate(args) => commands::annotate::run(global, &args),
        Command::Explain(args) => commands::explain::run(&args),
        Command::Add(args) => commands::add::run(global, &args),
        Command::Dossier(args) => commands::dossier::run(global, &args),
        Command::Model(args) => commands::model::run(global, &args),
        Command::Places(args) => commands::places::run(global, &args),
        Command::Packs(args) => commands::packs::run(global, &args),
    };
    match done {
        Ok(code) => code,
        Err(error) if fail::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!(
                "{}error{}: {error:#}",
                render::ERROR,
                render::ERROR.render_reset()
            );
            ExitCode::from(2)
        }
    }
}
