//! `noticelint rules`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use noticelint::report::wording::Wording;
use noticelint::report::{Problem, catalogue};
use noticelint::rules::RuleSet;

use super::args::{PlainFormat, RulesArgs};
use super::{Exit, settings, walk};

pub fn run(args: RulesArgs) -> anyhow::Result<Exit> {
    let output = settings::output(&args.common);
    match load(&args.rules.folders, output.words) {
        Err(problems) => {
            output.problems(&problems, &BTreeMap::new());
            Ok(Exit::Failed)
        }
        Ok(rules) => {
            let text = match args.format {
                PlainFormat::Human => catalogue::list(rules.iter(), output.look(false)),
                PlainFormat::Json => {
                    catalogue::json(rules.iter(), rules.hash(), output.words.lang())
                }
            };
            output.report(&text)?;
            Ok(Exit::Clean)
        }
    }
}

/// The built-in rules and those of `folders`.
///
/// # Errors
/// What is no folder, and all that is wrong with the rules.
pub fn load(folders: &[PathBuf], words: Wording) -> Result<RuleSet, Vec<Problem>> {
    let problems: Vec<Problem> = folders
        .iter()
        .filter_map(|folder| check_folder(folder, words).err())
        .map(|problem| *problem)
        .collect();
    if problems.is_empty() {
        RuleSet::load(folders)
    } else {
        Err(problems)
    }
}

/// # Errors
/// `folder` is none, or is not there.
pub fn check_folder(folder: &Path, words: Wording) -> Result<(), Box<Problem>> {
    if folder.is_dir() {
        return Ok(());
    }
    Err(Box::new(Problem {
        path: walk::shown(folder),
        message: words.text("rules-folder").to_owned(),
        hint: None,
        at: None,
    }))
}
