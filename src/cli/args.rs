//! What was typed. What it means is in `settings`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

/// Checks draft breach notices against the law and against the facts of the incident
#[derive(Debug, Parser)]
#[command(name = "noticelint", version, about, arg_required_else_help = true)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Check(CheckArgs),
    Claims(ClaimsArgs),
    Explain(ExplainArgs),
    Rules(RulesArgs),
    Test(TestArgs),
    Schema(super::schema::SchemaArgs),
}

// Wrapped by hand, to fit into 80 columns with its indentation.
const CHECK_HELP: &str = "\
Which files are notices:
  A file named on the command line is always checked. In a folder, a file
  ending in .md or .markdown is checked if its front matter (YAML between
  `---` lines at the very start) has at least one of the keys kind, incident,
  cohort, channel, notify-at, posted or replaces, and does not say
  `notice: false`. Hidden files, and files that .gitignore or .ignore leave
  out, are not looked at; symbolic links are not followed. What is left out is
  counted in the report, and listed with --verbose and in the JSON report
  under `skipped`.

Facts of the incident:
  --incident FILE, else `incident:` in the notice's front matter, else
  incident.yaml beside the notice or in a folder above it, up to the root of
  the repository.

Exit code:
  0  nothing at or above --fail-on
  1  findings at or above --fail-on
  2  the work could not be done, or not all of it: bad arguments, an
     unreadable file, bad rules or facts, no notice found";

/// Check notices: the main job
#[derive(Debug, ClapArgs)]
#[command(after_long_help = CHECK_HELP, after_help = "`--help` says which files are notices, where facts come from, and the exit codes.")]
pub struct CheckArgs {
    /// Files and folders to check; `-` is standard input
    #[arg(default_value = ".")]
    pub paths: Vec<PathBuf>,

    /// How to report
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,

    /// Facts of the incident, for all notices
    #[arg(long, value_name = "FILE")]
    pub incident: Option<PathBuf>,

    /// Apply only these rules or packs (repeatable)
    #[arg(long, value_name = "RULE|PACK", value_delimiter = ',')]
    pub select: Vec<String>,

    /// Do not apply these rules or packs (repeatable)
    #[arg(long, value_name = "RULE|PACK", value_delimiter = ',')]
    pub ignore: Vec<String>,

    /// The least severity that makes the exit code 1
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t = FailOn::Error)]
    pub fail_on: FailOn,

    /// Name of what is read from standard input
    #[arg(long, value_name = "NAME")]
    pub stdin_filename: Option<PathBuf>,

    /// Judge as on this day (2026-09-11); the clock is never read
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,

    /// How many files to check at a time (default: as many as there are processors)
    #[arg(long, value_name = "N")]
    pub threads: Option<NonZeroUsize>,

    /// Also list the files that were left out
    #[arg(long, short)]
    pub verbose: bool,

    #[command(flatten)]
    pub rules: RuleArgs,

    #[command(flatten)]
    pub common: CommonArgs,
}

/// Show what a notice says: its clauses and their stance, and the claims drawn from them
#[derive(Debug, ClapArgs)]
pub struct ClaimsArgs {
    /// The notice; `-` is standard input
    pub file: PathBuf,

    /// How to report
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,

    #[command(flatten)]
    pub rules: RuleArgs,

    #[command(flatten)]
    pub common: CommonArgs,
}

/// Explain a rule: the obligation, its authority, when it applies, examples
#[derive(Debug, ClapArgs)]
pub struct ExplainArgs {
    /// The rule's id, such as kr/items-complete
    pub rule: String,

    #[command(flatten)]
    pub rules: RuleArgs,

    #[command(flatten)]
    pub common: CommonArgs,
}

/// List all rules
#[derive(Debug, ClapArgs)]
pub struct RulesArgs {
    /// How to report
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,

    #[command(flatten)]
    pub rules: RuleArgs,

    #[command(flatten)]
    pub common: CommonArgs,
}

/// Run the examples of the rules: the built-in ones, or those of a folder
#[derive(Debug, ClapArgs)]
pub struct TestArgs {
    /// A folder of rules
    pub dir: Option<PathBuf>,

    #[command(flatten)]
    pub common: CommonArgs,
}

#[derive(Debug, ClapArgs)]
pub struct RuleArgs {
    /// Add the rules of a folder to the built-in ones (repeatable)
    #[arg(long = "rules", value_name = "DIR")]
    pub folders: Vec<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub struct CommonArgs {
    /// Language of the messages (default: from LC_ALL, LC_MESSAGES or LANG)
    #[arg(long, value_enum)]
    pub lang: Option<LangArg>,

    /// When to use colours; `auto` is on a terminal, unless NO_COLOR is set
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = ColorArg::Auto)]
    pub color: ColorArg,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Human,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    Error,
    Warning,
    Info,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LangArg {
    Ko,
    En,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorArg {
    Auto,
    Always,
    Never,
}
