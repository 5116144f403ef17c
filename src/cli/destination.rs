//! Files that reports are written to: `--output FORMAT=FILE`. All of them are written whole, or none.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use noticelint::report::wording::Wording;
use noticelint::report::{Format, Problem};
use noticelint::{facts, yaml};
use tempfile::NamedTempFile;

use super::walk::shown;
use super::write;

const OPTION: &str = "--output";

/// A report to be written to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    pub format: Format,
    /// As it was typed.
    pub path: PathBuf,
    /// The same for every way to name this file.
    target: PathBuf,
}

/// What `--output` was given, each time.
///
/// # Errors
/// All that is wrong: no `FORMAT=FILE`, an unknown format, no such folder, a folder instead of a file, a file named twice.
pub fn read(typed: &[String], words: Wording) -> Result<Vec<Destination>, Vec<Problem>> {
    let mut out: Vec<Destination> = Vec::new();
    let mut problems = Vec::new();
    for text in typed {
        match read_one(text, words) {
            Err(problem) => problems.push(*problem),
            Ok(new) if out.iter().any(|known| known.target == new.target) => {
                problems.push(about(&new.path, words.text("output-twice"), None));
            }
            Ok(new) => out.push(new),
        }
    }
    match problems.is_empty() {
        true => Ok(out),
        false => Err(problems),
    }
}

/// A problem with the option itself.
fn of_option(message: String, hint: Option<String>) -> Box<Problem> {
    Box::new(Problem {
        path: OPTION.to_owned(),
        message,
        hint,
        at: None,
    })
}

/// A problem with a file that is to be written.
fn about(path: &Path, message: &str, hint: Option<String>) -> Problem {
    Problem {
        path: shown(path),
        message: message.to_owned(),
        hint,
        at: None,
    }
}

fn read_one(text: &str, words: Wording) -> Result<Destination, Box<Problem>> {
    let names: Vec<&str> = Format::ALL.iter().map(|format| format.name()).collect();
    let formats = || words.fill("output-formats", &[("list", &names.join(", "))]);
    let (name, file) = match text.split_once('=') {
        Some((name, file)) if !name.is_empty() && !file.is_empty() => (name, file),
        _ => {
            let message = words.fill("output-form", &[("text", text)]);
            return Err(of_option(message, Some(formats())));
        }
    };
    let Some(format) = Format::named(name) else {
        let hint = match yaml::nearest(name, names.iter().copied()) {
            Some(near) => words.fill("did-you-mean", &[("name", near)]),
            None => formats(),
        };
        let message = words.fill("output-unknown", &[("name", name)]);
        return Err(of_option(message, Some(hint)));
    };
    if file == "-" {
        return Err(of_option(words.text("output-stdout").to_owned(), None));
    }
    let path = PathBuf::from(file);
    let target = target(&path, words)?;
    Ok(Destination {
        format,
        path,
        target,
    })
}

/// Where a file really is: links resolved, so that a link is not replaced by a file.
fn target(path: &Path, words: Wording) -> Result<PathBuf, Box<Problem>> {
    if path.is_dir() {
        return Err(Box::new(about(path, words.text("output-is-folder"), None)));
    }
    if let Ok(target) = fs::canonicalize(path) {
        return Ok(target);
    }
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let name = path.file_name().filter(|_| folder.is_dir());
    match (name, fs::canonicalize(folder)) {
        (Some(name), Ok(folder)) => Ok(folder.join(name)),
        _ => {
            let message = words.fill("output-no-folder", &[("folder", &shown(folder))]);
            Err(Box::new(about(path, &message, None)))
        }
    }
}

impl Destination {
    /// A problem if this file is one of those that were read.
    pub fn is_input<'a>(
        &self,
        mut read: impl Iterator<Item = &'a str>,
        words: Wording,
    ) -> Option<Problem> {
        let same = |path: &str| fs::canonicalize(path).is_ok_and(|path| path == self.target);
        read.any(same)
            .then(|| about(&self.path, words.text("output-is-input"), None))
    }
}

/// A report that stands beside its place, ready to be moved there.
enum Staged<'a> {
    Beside(NamedTempFile, &'a Destination),
    /// A device or pipe: there is nothing to replace.
    Stream(String, &'a Destination),
}

/// Writes all reports, or none if one of them cannot be written.
///
/// # Errors
/// What went wrong with which file.
pub fn write_all(
    reports: impl Iterator<Item = (String, Destination)>,
    words: Wording,
) -> Result<(), Vec<Problem>> {
    let reports: Vec<(String, Destination)> = reports.collect();
    let failed = |to: &Destination, error: &io::Error| {
        let message = words.fill("output-failed", &[("why", &error.to_string())]);
        about(&to.path, &message, None)
    };
    let mut problems = Vec::new();
    let mut staged = Vec::new();
    for (text, to) in &reports {
        match stage(text, to) {
            Ok(ready) => staged.push(ready),
            Err(error) => problems.push(failed(to, &error)),
        }
    }
    if problems.is_empty() {
        for ready in staged {
            let (done, to) = match ready {
                Staged::Beside(file, to) => (
                    file.persist(&to.target)
                        .map(drop)
                        .map_err(|error| error.error),
                    to,
                ),
                Staged::Stream(text, to) => (fs::write(&to.target, text), to),
            };
            if let Err(error) = done {
                problems.push(failed(to, &error));
            }
        }
    }
    match problems.is_empty() {
        true => Ok(()),
        false => Err(problems),
    }
}

fn stage<'a>(text: &str, to: &'a Destination) -> io::Result<Staged<'a>> {
    match fs::metadata(&to.target) {
        Ok(data) if !data.is_file() => Ok(Staged::Stream(text.to_owned(), to)),
        _ => Ok(Staged::Beside(
            write::beside(&to.target, text.as_bytes())?,
            to,
        )),
    }
}

/// Paths from the root of their repository, for those that are in one.
pub fn from_root<'a>(paths: impl Iterator<Item = &'a str>) -> BTreeMap<String, String> {
    let Ok(cwd) = std::env::current_dir() else {
        return BTreeMap::new();
    };
    let mut roots: BTreeMap<PathBuf, Option<PathBuf>> = BTreeMap::new();
    let mut out = BTreeMap::new();
    for path in paths {
        let full = facts::without_dots(&cwd.join(path));
        let Some(folder) = full.parent() else {
            continue;
        };
        let root = roots.entry(folder.to_owned()).or_insert_with(|| {
            folder
                .ancestors()
                .find(|folder| folder.join(".git").exists())
                .map(Path::to_owned)
        });
        if let Some(relative) = root
            .as_deref()
            .and_then(|root| full.strip_prefix(root).ok())
        {
            out.insert(path.to_owned(), shown(relative));
        }
    }
    out
}
