//! The command line: reads files, walks folders, prints, exits. What is found and how it looks is decided in the library.

mod args;
mod check;
mod claims;
mod compare;
mod configs;
mod deadlines;
mod destination;
mod explain;
mod facts;
mod fix;
mod init;
mod known;
mod localised;
mod names;
mod others;
mod output;
mod progress;
mod read;
mod rules;
mod run;
mod schema;
mod settings;
mod shell;
mod show_config;
mod stream;
mod test;
mod walk;
mod write;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use args::{Args, Command};

/// What the exit code says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Nothing at or above `--fail-on`.
    Clean,
    /// Findings, or examples that failed.
    Findings,
    /// The program could not do its work, or not all of it.
    Failed,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(match exit {
            Exit::Clean => 0,
            Exit::Findings => 1,
            Exit::Failed => 2,
        })
    }
}

/// Does what the arguments of the process say.
///
/// # Errors
/// When the report cannot be written (a closed pipe is no error).
pub fn run() -> anyhow::Result<Exit> {
    match parsed().command {
        Command::Check(args) => check::run(args),
        Command::Baseline(args) => known::run(args),
        Command::Fix(args) => fix::run(args),
        Command::Claims(args) => claims::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Rules(args) => rules::run(args),
        Command::Stream(args) => stream::run(args),
        Command::Test(args) => test::run(args),
        Command::Compare(args) => compare::run(args),
        Command::Deadlines(args) => deadlines::run(args),
        Command::Init(args) => init::run(args),
        Command::Schema(args) => schema::run(args),
        Command::Completions(args) => shell::completions(&args, output::Output::plain()),
        Command::Man(args) => shell::man(&args, output::Output::plain()),
    }
}

/// What was typed. Help, version and mistakes are told at once, and end the program.
fn parsed() -> Args {
    let typed: Vec<std::ffi::OsString> = std::env::args_os().collect();
    let args = localised::in_order(typed.clone());
    let command = match localised::asks_for_help(&args) {
        true => localised::command(Args::command(), localised::lang(&typed)),
        false => Args::command(),
    };
    let parsed = Args::from_arg_matches(&command.get_matches_from(args));
    parsed.unwrap_or_else(|error| error.exit())
}
