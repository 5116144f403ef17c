//! `noticelint deadlines`.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args as ClapArgs;
use noticelint::deadlines::{self, AsOf};
use noticelint::facts::Facts;
use noticelint::report::{Problem, deadlines as report};
use noticelint::source::MAX_BYTES;

use super::args::{CommonArgs, PlainFormat, RuleArgs};
use super::{Exit, read, rules, settings, walk};

const HELP: &str = "\
Exit code:
  0  nothing is late, as far as can be told
  1  something is late, overdue, or not posted long enough
  2  the work could not be done: bad arguments, bad facts";

/// Show what is due when: the 72 hours of each cohort, postings, what is due at once
#[derive(Debug, ClapArgs)]
#[command(after_help = HELP)]
pub struct DeadlinesArgs {
    /// The facts of the incident
    #[arg(default_value = "incident.yaml")]
    pub incident: PathBuf,

    /// Judge as of this day or time (2026-10-14, 2026-10-14T09:00+09:00); the clock is never read
    #[arg(long, value_name = "WHEN")]
    pub as_of: Option<String>,

    /// How to report
    #[arg(long, value_enum, default_value_t = PlainFormat::Human)]
    pub format: PlainFormat,

    #[command(flatten)]
    pub rules: RuleArgs,

    #[command(flatten)]
    pub common: CommonArgs,
}

pub fn run(args: DeadlinesArgs) -> anyhow::Result<Exit> {
    let output = settings::output(&args.common);
    let words = output.words;
    let mut sources = BTreeMap::new();
    let mut made = || -> Result<(String, bool), Vec<Problem>> {
        let as_of = args
            .as_of
            .as_deref()
            .map(as_of)
            .transpose()
            .map_err(|problem| vec![*problem])?;
        let rules = rules::load(&args.rules.folders, words)?;
        let shown = walk::shown(&args.incident);
        let source = read::file(&args.incident, &shown, MAX_BYTES as u64, words)
            .map_err(|problem| vec![*problem])?;
        let source = Arc::new(source);
        sources.insert(shown.clone(), Arc::clone(&source));
        let items: Vec<&str> = rules.item_ids().collect();
        let facts = Facts::parse(&shown, &source.text, &items)?;
        let clocks = deadlines::deadlines(&facts, &rules, as_of.as_ref(), words.lang());
        let late = clocks
            .iter()
            .flat_map(|cohort| &cohort.clocks)
            .any(|clock| clock.state.is_bad());
        let text = match args.format {
            PlainFormat::Json => report::json(&facts, &clocks, as_of.as_ref(), rules.hash()),
            _ => report::render(
                &facts,
                &clocks,
                as_of.as_ref(),
                rules.language(),
                output.look(false),
            ),
        };
        Ok((text, late))
    };
    let made = made();
    match made {
        Ok((text, late)) => {
            output.report(&text)?;
            Ok(if late { Exit::Findings } else { Exit::Clean })
        }
        Err(problems) => {
            output.problems(&problems, &sources);
            Ok(Exit::Failed)
        }
    }
}

/// A day, or a time with its zone.
fn as_of(text: &str) -> Result<AsOf, Box<Problem>> {
    let read = match text.contains(['T', 't', ' ']) {
        false => noticelint::yaml::date(text).map(AsOf::Day),
        true => noticelint::yaml::zoned(text).map(AsOf::At),
    };
    read.map_err(|(message, hint)| {
        Box::new(Problem {
            path: "--as-of".to_owned(),
            message,
            hint,
            at: None,
        })
    })
}
