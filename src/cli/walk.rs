//! Which files are looked at, and which Markdown found in a folder is a notice.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

use ignore::WalkBuilder;
use noticelint::config::Wanted;
use noticelint::notice;
use noticelint::report::wording::Wording;
use noticelint::report::{Problem, shown_path};

use super::read;

/// Front matter with one of these keys makes a Markdown file found in a folder a notice. `title`, `language` and `waive` do not:
/// other documents have a title too.
const NOTICE_KEYS: [&str; 7] = [
    "kind",
    "incident",
    "cohort",
    "channel",
    "notify-at",
    "posted",
    "replaces",
];
/// `notice: false` says that a file is none, whatever other keys it has.
const OPT_OUT_KEY: &str = "notice";
const EXTENSIONS: [&str; 2] = ["md", "markdown"];

/// A file to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub path: PathBuf,
    /// As named in reports.
    pub shown: String,
    /// Named on the command line, and so checked whatever it looks like.
    pub named: bool,
}

/// What a walk came upon.
#[derive(Debug, Default)]
pub struct Found {
    /// Sorted by the shown path, each file once.
    pub candidates: Vec<Candidate>,
    pub skipped: Vec<(String, String)>,
    pub problems: Vec<Problem>,
}

/// The path as shown in reports: as given or found, without `./`, with `/`.
pub fn shown(path: &Path) -> String {
    let clean: PathBuf = path
        .components()
        .filter(|part| !matches!(part, Component::CurDir))
        .collect();
    if clean.as_os_str().is_empty() {
        ".".to_owned()
    } else {
        shown_path(&clean)
    }
}

/// Every file named by `paths` and all Markdown below the folders among them.
///
/// `wanted` says what a configuration makes of a path found in a folder.
pub fn find(paths: &[PathBuf], wanted: &dyn Fn(&Path) -> Wanted, words: Wording) -> Found {
    let mut found = Found::default();
    // The same file may be named twice, or be named and found.
    let mut by_file: BTreeMap<PathBuf, Candidate> = BTreeMap::new();
    let mut add = |path: PathBuf, named: bool| {
        let key = fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
        let next = Candidate {
            shown: shown(&path),
            path,
            named,
        };
        match by_file.get_mut(&key) {
            None => {
                by_file.insert(key, next);
            }
            Some(known) => {
                let named = known.named || named;
                // The choice must not depend on the order of arguments.
                if (next.shown.len(), &next.shown) < (known.shown.len(), &known.shown) {
                    *known = next;
                }
                known.named = named;
            }
        }
    };
    for path in paths {
        match fs::metadata(path) {
            Ok(data) if data.is_dir() => walk(
                path,
                wanted,
                words,
                &mut add,
                &mut found.skipped,
                &mut found.problems,
            ),
            Ok(_) => add(path.clone(), true),
            Err(error) => {
                let mut problem = problem(path, read::io_message(&error, words));
                if error.kind() == std::io::ErrorKind::NotFound {
                    problem.hint = read::near_hint(path, words);
                }
                found.problems.push(problem);
            }
        }
    }
    found.candidates = by_file.into_values().collect();
    found.candidates.sort_by(|a, b| a.shown.cmp(&b.shown));
    found
}

fn problem(path: &Path, message: String) -> Problem {
    Problem {
        path: shown(path),
        message,
        hint: None,
        at: None,
    }
}

fn walk(
    root: &Path,
    wanted: &dyn Fn(&Path) -> Wanted,
    words: Wording,
    add: &mut impl FnMut(PathBuf, bool),
    skipped: &mut Vec<(String, String)>,
    problems: &mut Vec<Problem>,
) {
    let walker = WalkBuilder::new(root)
        // .gitignore counts outside of a repository too; a person's global excludes do not, or reports would differ.
        .require_git(false)
        .git_global(false)
        .follow_links(false)
        .build();
    for entry in walker {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error_path(&error).unwrap_or(root).to_owned();
                let message = match error.io_error() {
                    Some(io) => read::io_message(io, words),
                    None => words.fill("cannot-read", &[("why", &error.to_string())]),
                };
                problems.push(problem(&path, message));
                continue;
            }
        };
        // A mistake in an ignore file: the walk goes on without that line.
        if let Some(error) = entry.error() {
            problems.push(problem(
                entry.path(),
                words.fill("cannot-read", &[("why", &error.to_string())]),
            ));
        }
        let Some(kind) = entry.file_type() else {
            continue;
        };
        if kind.is_symlink() && (is_markdown(entry.path()) || entry.path().is_dir()) {
            skipped.push((shown(entry.path()), "symlink".to_owned()));
        } else if kind.is_file() {
            match (wanted(entry.path()), is_markdown(entry.path())) {
                (Wanted::Included, _) | (Wanted::Open, true) => add(entry.into_path(), false),
                (Wanted::NotIncluded, true) => {
                    skipped.push((shown(entry.path()), "not-included".to_owned()));
                }
                (Wanted::Excluded, true) => {
                    skipped.push((shown(entry.path()), "excluded".to_owned()));
                }
                (_, false) => {}
            }
        }
    }
}

fn error_path(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            error_path(err)
        }
        ignore::Error::Loop { child, .. } => Some(child),
        _ => None,
    }
}

fn is_markdown(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| {
        EXTENSIONS
            .iter()
            .any(|known| extension.eq_ignore_ascii_case(known))
    })
}

/// Why a Markdown file found in a folder is no notice (a reason as in `Report::skipped`); `None` if it is one. What a configuration
/// includes by its path needs no front matter.
pub fn left_out(text: &str, wanted: Option<Wanted>) -> Option<&'static str> {
    let included = wanted == Some(Wanted::Included);
    // Told as a mistake when it is checked.
    if notice::mislaid_front_matter(text).is_some() {
        return None;
    }
    let Some(front) = notice::cut_front_matter(text) else {
        return (!included).then_some("no-front-matter");
    };
    let keys = top_level(
        text.get(front.yaml.start..front.yaml.end)
            .unwrap_or_default(),
    );
    if keys
        .iter()
        .any(|(key, value)| key == OPT_OUT_KEY && value == "false")
    {
        return Some("notice-false");
    }
    let is_notice = included
        || keys
            .iter()
            .any(|(key, _)| NOTICE_KEYS.contains(&key.as_str()));
    (!is_notice).then_some("no-notice-key")
}

/// Keys of the outermost mapping with their values, as far as they are plain. Front matter that is broken must not make its file
/// disappear from the check, so it is read line by line then.
fn top_level(yaml: &str) -> Vec<(String, String)> {
    if let Ok(serde_yaml::Value::Mapping(mapping)) = serde_yaml::from_str::<serde_yaml::Value>(yaml)
    {
        let text = |value: &serde_yaml::Value| match value {
            serde_yaml::Value::String(text) => text.clone(),
            serde_yaml::Value::Bool(value) => value.to_string(),
            _ => String::new(),
        };
        return mapping
            .iter()
            .map(|(key, value)| (text(key), text(value)))
            .collect();
    }
    yaml.lines()
        .filter_map(|line| line.split_once(':'))
        .map(|(key, value)| {
            (
                key.trim_matches(['"', '\'', ' ']).to_owned(),
                value.trim().to_owned(),
            )
        })
        .filter(|(key, _)| !key.is_empty())
        .collect()
}

#[cfg(test)]
#[path = "walk_tests.rs"]
mod tests;
