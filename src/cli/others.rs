//! The other notices that the front matter of a notice names: the one it replaces, the one it is a translation of.

use std::path::Path;
use std::sync::Arc;

use noticelint::config::{self, Base, without_dots};
use noticelint::front::Front;
use noticelint::report::wording::Wording;
use noticelint::report::{Place, Problem};
use noticelint::source::Source;
use noticelint::yaml::Spanned;
use noticelint::{Beside, notice};

use super::read;
use super::walk::shown;

/// The notices that one names.
#[derive(Debug, Default)]
pub struct Others {
    pub replaces: Option<Arc<Source>>,
    pub translation_of: Option<Arc<Source>>,
}

impl Others {
    pub fn beside(&self) -> Beside<'_> {
        Beside {
            replaces: self.replaces.as_deref(),
            translation_of: self.translation_of.as_deref(),
        }
    }

    pub fn sources(&self) -> impl Iterator<Item = &Arc<Source>> {
        self.replaces.iter().chain(&self.translation_of)
    }
}

/// What may be read.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of a file.
    pub max_size: u64,
    /// Also outside of the repository.
    pub outside: bool,
}

/// Reads what the front matter at the head of `source` names. What else is wrong with the front matter is told by the linter.
pub fn of(path: &Path, source: &Source, limits: Limits, words: Wording) -> (Others, Vec<Problem>) {
    let front = notice::cut_front_matter(&source.text)
        .filter(|front| front.closed)
        .and_then(|front| Front::read(&source.path, &source.text, front.yaml).ok());
    let Some(front) = front else {
        return (Others::default(), Vec::new());
    };
    let mut problems = Vec::new();
    let mut load = |key: &str, named: &Option<Spanned<String>>| {
        let named = named.as_ref()?;
        match one(path, source, key, named, limits, words) {
            Ok(other) => Some(Arc::new(other)),
            Err(problem) => {
                problems.push(*problem);
                None
            }
        }
    };
    let others = Others {
        replaces: load("replaces", &front.replaces),
        translation_of: load("translation-of", &front.translation_of),
    };
    (others, problems)
}

fn one(
    notice: &Path,
    source: &Source,
    key: &str,
    named: &Spanned<String>,
    limits: Limits,
    words: Wording,
) -> Result<Source, Box<Problem>> {
    let (line, column) = source.line_column(named.span.start);
    let (end_line, end_column) = source.line_column(named.span.end);
    let problem = |message: String, hint: Option<String>| {
        Box::new(Problem {
            path: source.path.clone(),
            message,
            hint,
            at: Some(Place {
                span: named.span,
                line,
                column,
                end_line,
                end_column,
            }),
        })
    };
    let folder = notice.parent().unwrap_or(Path::new(""));
    let path = without_dots(&folder.join(&named.value));
    let name = noticelint::yaml::shown(&named.value);
    let absolute = std::path::absolute(notice).unwrap_or_default();
    let absolute = absolute.parent().unwrap_or(folder);
    // Without a repository there is nothing to leave.
    let bounded = config::root_of(absolute).is_some() && !limits.outside;
    if bounded && Base::new(absolute).resolve(&named.value, false).is_none() {
        return Err(problem(
            words.fill("other-outside", &[("key", key), ("name", &name)]),
            Some(words.text("other-outside-hint").to_owned()),
        ));
    }
    let place = shown(&path);
    if !path.is_file() {
        return Err(problem(
            words.fill("other-missing", &[("key", key), ("name", &name)]),
            Some(words.fill("other-missing-hint", &[("path", &place)])),
        ));
    }
    read::file(&path, &place, limits.max_size, words).map_err(|why| {
        problem(
            words.fill(
                "other-unreadable",
                &[("key", key), ("name", &name), ("why", &why.message)],
            ),
            why.hint.clone(),
        )
    })
}
