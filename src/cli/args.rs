//! What was typed. What it means is in `settings`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use noticelint::report::Format;

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
    Baseline(BaselineArgs),
    Fix(FixArgs),
    Claims(ClaimsArgs),
    Explain(ExplainArgs),
    Rules(RulesArgs),
    Test(TestArgs),
    Schema(super::schema::SchemaArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
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

Configuration:
  --config FILE, else noticelint.yaml in the notice's folder or one above it,
  up to the root of the repository. The command line is stronger than the
  file. --show-config says what is in force.

Exit code:
  0  nothing at or above --fail-on
  1  findings at or above --fail-on
  2  the work could not be done, or not all of it: bad arguments, an
     unreadable file, bad rules or facts, no notice found";

/// Check notices: the main job
#[derive(Debug, ClapArgs)]
#[command(after_long_help = CHECK_HELP, after_help = "`--help` says which files are notices, where facts come from, and the exit codes.")]
pub struct CheckArgs {
    #[command(flatten)]
    pub what: WhatArgs,

    /// How to report
    #[arg(long, value_name = "FORMAT", value_parser = report_formats(), default_value = "human")]
    pub format: Format,

    /// Also write a report to a file (repeatable): html=report.html
    #[arg(long, value_name = "FORMAT=FILE")]
    pub output: Vec<String>,

    /// The least severity that makes the exit code 1 [default: error]
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub fail_on: Option<FailOn>,

    /// Name of what is read from standard input
    #[arg(long, value_name = "NAME")]
    pub stdin_filename: Option<PathBuf>,

    /// Do not count the findings that this file knows; see `noticelint baseline`
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,

    /// Also list the files that were left out
    #[arg(long, short)]
    pub verbose: bool,

    /// Do not check: say which configuration and which values are in force, and whence
    #[arg(long)]
    pub show_config: bool,

    #[command(flatten)]
    pub common: CommonArgs,
}

/// What is checked, and how: the same for every command that checks notices.
#[derive(Debug, ClapArgs)]
pub struct WhatArgs {
    /// Files and folders; `-` is standard input, for `check`
    #[arg(default_value = ".")]
    pub paths: Vec<PathBuf>,

    /// Facts of the incident, for all notices
    #[arg(long, value_name = "FILE")]
    pub incident: Option<PathBuf>,

    /// Apply only these rules or packs (repeatable)
    #[arg(long, value_name = "RULE|PACK", value_delimiter = ',')]
    pub select: Vec<String>,

    /// Do not apply these rules or packs (repeatable)
    #[arg(long, value_name = "RULE|PACK", value_delimiter = ',')]
    pub ignore: Vec<String>,

    /// Judge as on this day (2026-09-11); the clock is never read
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,

    /// How many files to check at a time (default: as many as there are processors)
    #[arg(long, value_name = "N")]
    pub threads: Option<NonZeroUsize>,

    /// Refuse larger files; K, M and G are units
    #[arg(long, value_name = "SIZE", default_value = "16M", value_parser = super::settings::size)]
    pub max_size: u64,

    #[command(flatten)]
    pub rules: RuleArgs,

    #[command(flatten)]
    pub config: ConfigArgs,
}

#[derive(Debug, ClapArgs)]
pub struct ConfigArgs {
    /// Use this configuration for all notices, in place of the `noticelint.yaml` above each; its paths are relative to the working folder
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub config: Option<PathBuf>,

    /// Read no `noticelint.yaml`
    #[arg(long)]
    pub no_config: bool,

    /// Let paths in a configuration or a notice lead out of the repository
    #[arg(long)]
    pub allow_outside_root: bool,
}

/// Show what a notice says: its clauses and their stance, and the claims drawn from them
#[derive(Debug, ClapArgs)]
pub struct ClaimsArgs {
    /// The notice; `-` is standard input
    pub file: PathBuf,

    /// How to report
    #[arg(long, value_enum, default_value_t = PlainFormat::Human)]
    pub format: PlainFormat,

    #[command(flatten)]
    pub rules: RuleArgs,

    #[command(flatten)]
    pub config: ConfigArgs,

    #[command(flatten)]
    pub common: CommonArgs,
}

/// Write down the findings there are, so that `check --baseline` tells only new ones
#[derive(Debug, ClapArgs)]
pub struct BaselineArgs {
    #[command(flatten)]
    pub what: WhatArgs,

    /// The file to write; standard output if it is not given
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,

    #[command(flatten)]
    pub common: CommonArgs,
}

/// Apply the fixes that rules offer: show them as a diff, or write them
#[derive(Debug, ClapArgs)]
pub struct FixArgs {
    #[command(flatten)]
    pub what: WhatArgs,

    /// Show what would change, for `patch -p1` or `git apply` (the default); exit code 1 if anything would
    #[arg(long, conflicts_with = "write")]
    pub diff: bool,

    /// Change the files
    #[arg(long)]
    pub write: bool,

    /// Also apply fixes that need your decision: read the result
    #[arg(long = "unsafe")]
    pub all: bool,

    #[command(flatten)]
    pub common: CommonArgs,
}

/// Print a completion script for a shell
#[derive(Debug, ClapArgs)]
pub struct CompletionsArgs {
    pub shell: clap_complete::Shell,
}

/// Print the manual page, or write those of all commands into a folder
#[derive(Debug, ClapArgs)]
pub struct ManArgs {
    /// Write noticelint.1, noticelint-check.1 … here
    #[arg(long, short, value_name = "DIR")]
    pub output: Option<PathBuf>,
}

/// Explain a rule: the obligation, its authority, when it applies, examples
#[derive(Debug, ClapArgs)]
pub struct ExplainArgs {
    /// The rule's id, such as kr/items-complete
    #[arg(required_unless_present = "all")]
    pub rule: Option<String>,

    /// Explain all rules
    #[arg(long, conflicts_with = "rule")]
    pub all: bool,

    /// For the terminal, or as a page in both languages
    #[arg(long, value_enum, default_value_t = ExplainFormat::Human)]
    pub format: ExplainFormat,

    /// With --all --format markdown: write index.md and a page for each rule into this folder
    #[arg(long, short, value_name = "DIR", requires = "all")]
    pub output: Option<PathBuf>,

    #[command(flatten)]
    pub rules: RuleArgs,

    #[command(flatten)]
    pub common: CommonArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExplainFormat {
    Human,
    Markdown,
}

/// List all rules
#[derive(Debug, ClapArgs)]
pub struct RulesArgs {
    /// How to report
    #[arg(long, value_enum, default_value_t = PlainFormat::Human)]
    pub format: PlainFormat,

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
pub enum PlainFormat {
    Human,
    Json,
}

/// The formats of `check`, with a word on each.
fn report_formats() -> impl TypedValueParser<Value = Format> {
    let values = Format::ALL.map(|format| {
        PossibleValue::new(format.name()).help(match format {
            Format::Human => "each finding with its place drawn",
            Format::Concise => "one line per finding: path:line:column: severity rule message",
            Format::Json => "everything, for programs",
            Format::Jsonl => "the same, one line per notice",
            Format::Sarif => "SARIF 2.1.0, for code scanning",
            Format::Github => "annotations of GitHub Actions",
            Format::Gitlab => "code quality report of GitLab",
            Format::Junit => "JUnit XML",
            Format::Html => "one page for the officer who signs",
        })
    });
    PossibleValuesParser::new(values).map(|name| Format::named(&name).unwrap_or(Format::Human))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    Error,
    Warning,
    Info,
    Never,
}

impl From<FailOn> for noticelint::config::FailOn {
    fn from(typed: FailOn) -> Self {
        match typed {
            FailOn::Error => Self::Error,
            FailOn::Warning => Self::Warning,
            FailOn::Info => Self::Info,
            FailOn::Never => Self::Never,
        }
    }
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
