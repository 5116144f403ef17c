//! The other notices that a notice is read beside: the one it replaces and the one it is a translation of, as its front matter names
//! them; for a correction, supplement or all-clear that names none, the last of the facts' `earlier-notices`.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use noticelint::config::{self, Base, without_dots};
use noticelint::facts::EarlierNotice;
use noticelint::front::{Front, Kind};
use noticelint::report::wording::Wording;
use noticelint::report::{Place, Problem};
use noticelint::source::Source;
use noticelint::yaml::Spanned;
use noticelint::{Beside, notice};

use super::facts::Loaded;
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

/// Reads what the front matter at the head of `source` names, or the facts name as earlier. What else is wrong with the front matter
/// is told by the linter.
pub fn of(
    path: &Path,
    source: &Source,
    facts: Option<&Loaded>,
    limits: Limits,
    words: Wording,
) -> (Others, Vec<Problem>) {
    let front = notice::cut_front_matter(&source.text)
        .filter(|front| front.closed)
        .and_then(|front| Front::read(&source.path, &source.text, front.yaml).ok());
    let Some(front) = front else {
        return (Others::default(), Vec::new());
    };
    let mut problems = Vec::new();
    let mut load = |from: &Path, source: &Source, key: &str, named: &Spanned<String>| match one(
        from, source, key, named, limits, words,
    ) {
        Ok(other) => Some(Arc::new(other)),
        Err(problem) => {
            problems.push(*problem);
            None
        }
    };
    let translation_of = front.translation_of.as_ref();
    let translation_of =
        translation_of.and_then(|named| load(path, source, "translation-of", named));
    let replaces = match (&front.replaces, facts) {
        (Some(named), _) => load(path, source, "replaces", named),
        (None, Some(facts)) => earlier(path, &front, facts)
            .and_then(|named| load(&facts.path, &facts.source, "file", named)),
        (None, None) => None,
    };
    let others = Others {
        replaces,
        translation_of,
    };
    (others, problems)
}

/// The file of the last notice that went out before this one to the same people, if this one follows on an earlier one.
fn earlier<'a>(notice: &Path, front: &Front, facts: &'a Loaded) -> Option<&'a Spanned<String>> {
    let kind = front.kind.as_ref()?.value;
    if !matches!(kind, Kind::Supplement | Kind::Correction | Kind::AllClear) {
        return None;
    }
    let name = front.cohort.as_ref().map(|cohort| cohort.value.as_str());
    let cohort = facts.facts.cohort(name).ok()?;
    let absolute = |path: &Path| without_dots(&std::path::absolute(path).unwrap_or_default());
    let own = absolute(notice);
    let folder = facts.path.parent().unwrap_or(Path::new(""));
    let day = |earlier: &EarlierNotice| {
        let posted = earlier
            .posted
            .as_ref()
            .map(|posted| posted.value.from.value);
        earlier
            .sent_at
            .as_ref()
            .map(|at| at.value.date())
            .or(posted)
    };
    let until = front.notify_at.as_ref().map(|at| at.value.date());
    let before = |earlier: &&EarlierNotice| match (day(earlier), until) {
        (Some(day), Some(until)) => day <= until,
        (day, _) => day.is_some(),
    };
    let with_file = facts
        .facts
        .earlier(cohort)
        .filter(before)
        .filter(|earlier| {
            let file = earlier.file.as_ref();
            file.is_some_and(|file| absolute(&folder.join(&file.value)) != own)
        });
    with_file.max_by_key(|earlier| day(earlier))?.file.as_ref()
}

/// A path without `.`, and without `..` but at its beginning: from there it is the working folder's.
fn tidy(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match (part, out.components().next_back()) {
            (Component::CurDir, _) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => {
                out.pop();
            }
            _ => out.push(part),
        }
    }
    out
}

fn one(
    notice: &Path,
    source: &Source,
    key: &str,
    named: &Spanned<String>,
    limits: Limits,
    words: Wording,
) -> Result<Source, Box<Problem>> {
    let problem = |message: String, hint: Option<String>| {
        Box::new(Problem {
            path: source.path.clone(),
            message,
            hint,
            at: Some(Place::of(source, named.span)),
        })
    };
    let folder = notice.parent().unwrap_or(Path::new(""));
    let path = tidy(&folder.join(&named.value));
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
