//! `noticelint compare`.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args as ClapArgs;
use noticelint::front::Kind;
use noticelint::report::{Problem, compare as report};
use noticelint::source::MAX_BYTES;
use noticelint::{Linter, Settings, compare};

use super::args::{CommonArgs, PlainFormat, RuleArgs};
use super::{Exit, read, rules, settings, walk};

const HELP: &str = "\
Lines begin with + for what NEW adds, - for what it no longer says, and ~ for
what it says otherwise: the leak, the items, the count, the dates, the advice.

Exit code:
  0  both notices claim the same
  1  they differ
  2  the work could not be done";

/// Compare what two notices claim: a re-notice with the first one, a translation with its original
#[derive(Debug, ClapArgs)]
#[command(after_help = HELP)]
pub struct CompareArgs {
    /// The earlier notice, or the original
    pub old: PathBuf,

    /// The later notice, or the translation
    pub new: PathBuf,

    /// How to report
    #[arg(long, value_enum, default_value_t = PlainFormat::Human)]
    pub format: PlainFormat,

    #[command(flatten)]
    pub rules: RuleArgs,

    #[command(flatten)]
    pub common: CommonArgs,
}

pub fn run(args: CompareArgs) -> anyhow::Result<Exit> {
    let output = settings::output(&args.common);
    let words = output.words;
    let made = || -> Result<(String, bool), Vec<Problem>> {
        let rules = rules::load(&args.rules.folders, words)?;
        let mut problems = Vec::new();
        let mut load =
            |path: &PathBuf| match read::file(path, &walk::shown(path), MAX_BYTES as u64, words) {
                Ok(source) => Some(Arc::new(source)),
                Err(problem) => {
                    problems.push(*problem);
                    None
                }
            };
        let (old, new) = (load(&args.old), load(&args.new));
        let (Some(old), Some(new)) = (old, new) else {
            return Err(problems);
        };
        let linter = Linter::new(
            rules,
            Settings {
                lang: words.lang(),
                ..Settings::default()
            },
        );
        let vocabulary = &linter.rules().language().vocabulary;
        let (a, b) = (linter.other(&old), linter.other(&new));
        let mut differences = compare::compare(&a.claims, &b.claims, vocabulary);
        // A supplement tells what is new; what it does not repeat is not withdrawn.
        if b.kind == Kind::Supplement {
            differences.retain(|difference| difference.change != compare::Change::Withdrawn);
        }
        let text = match args.format {
            PlainFormat::Json => report::json(&old, &new, &differences, linter.rules().hash()),
            _ => report::render(&old, &new, &differences, vocabulary, output.look(false)),
        };
        Ok((text, differences.is_empty()))
    };
    let made = made();
    match made {
        Ok((text, same)) => {
            output.report(&text)?;
            Ok(if same { Exit::Clean } else { Exit::Findings })
        }
        Err(problems) => {
            output.problems(&problems, &BTreeMap::new());
            Ok(Exit::Failed)
        }
    }
}
