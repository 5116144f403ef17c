//! Finds and reads the facts of notices; each facts file is read once, however many notices share it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use noticelint::config::{self, Base};
use noticelint::facts::{self, Facts, Named};
use noticelint::front::Front;
use noticelint::notice;
use noticelint::report::wording::Wording;
use noticelint::report::{Place, Problem};
use noticelint::source::{MAX_BYTES, Source};

use super::read;
use super::walk::shown;

/// A facts file that was read.
#[derive(Debug)]
pub struct Loaded {
    pub path: PathBuf,
    pub facts: Arc<Facts>,
    pub source: Arc<Source>,
}

type Reading = Result<Arc<Loaded>, Vec<Problem>>;

/// The id of an item by one of its wordings.
type ItemNamed<'a> = dyn Fn(&str) -> Option<String> + Sync + 'a;

/// The facts files of a run.
pub struct FactsFiles<'a> {
    /// Ids of the vocabulary.
    items: Vec<&'a str>,
    /// Given with `--incident`, for all notices.
    given: Option<&'a Path>,
    /// A notice may name facts outside of its repository.
    outside: bool,
    words: Wording,
    /// The id of an item by one of its wordings.
    named: Box<ItemNamed<'a>>,
    read: Mutex<BTreeMap<PathBuf, Reading>>,
}

impl<'a> FactsFiles<'a> {
    pub fn new(
        given: Option<&'a Path>,
        items: Vec<&'a str>,
        outside: bool,
        words: Wording,
    ) -> Self {
        Self {
            items,
            given,
            outside,
            words,
            named: Box::new(|_| None),
            read: Mutex::default(),
        }
    }

    /// With the vocabularies in which a wording of an item is looked up.
    pub fn with_names(mut self, named: impl Fn(&str) -> Option<String> + Sync + 'a) -> Self {
        self.named = Box::new(named);
        self
    }

    /// Whether a notice may name what lies outside of its repository.
    pub fn outside(&self) -> bool {
        self.outside
    }

    /// The facts for a notice, if there are any.
    ///
    /// # Errors
    /// Facts that are named and missing, or cannot be read or understood.
    pub fn of(&self, notice: &Path, source: &Source) -> Result<Option<Arc<Loaded>>, Vec<Problem>> {
        let path = match self.given {
            Some(path) => path.to_owned(),
            None => match self
                .find(notice, source)
                .map_err(|problem| vec![*problem])?
            {
                Some(path) => path,
                None => return Ok(None),
            },
        };
        // The lock is held while reading, so that two threads never read the same file.
        let mut known = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(reading) = known.get(&path) {
            return reading.clone().map(Some);
        }
        let reading = self.load(&path);
        known.insert(path, reading.clone());
        reading.map(Some)
    }

    /// An item may be written as a notice calls it; then its id is known.
    fn name_item(&self, problem: &mut Problem) {
        let wrong = problem.message.strip_prefix("unknown item `");
        let id = wrong
            .and_then(|rest| rest.strip_suffix('`'))
            .and_then(|name| (self.named)(name));
        if let Some(id) = id {
            problem.hint = Some(format!("did you mean `{id}`?"));
        }
    }

    fn load(&self, path: &Path) -> Reading {
        let source = read::file(path, &shown(path), MAX_BYTES as u64, self.words)
            .map_err(|problem| vec![*problem])?;
        let facts = Facts::parse(&source.path, &source.text, &self.items);
        let facts = facts.map_err(|mut problems| {
            problems
                .iter_mut()
                .for_each(|problem| self.name_item(problem));
            problems
        })?;
        Ok(Arc::new(Loaded {
            path: path.to_owned(),
            facts: Arc::new(facts),
            source: Arc::new(source),
        }))
    }

    /// The facts file of a notice: what its front matter names, else the one beside or above it. What is wrong with the front
    /// matter is told by the linter.
    fn find(&self, notice: &Path, source: &Source) -> Result<Option<PathBuf>, Box<Problem>> {
        let front = notice::cut_front_matter(&source.text)
            .filter(|front| front.closed)
            .and_then(|front| Front::read(&source.path, &source.text, front.yaml).ok());
        let incident = front.and_then(|front| front.incident);
        let folder = std::path::absolute(notice).unwrap_or_default();
        let folder = config::without_dots(&folder);
        let folder = folder.parent().unwrap_or(notice);
        let base = Base::new(folder);
        // Without a repository there is nothing to leave.
        let bounded = config::root_of(folder).is_some() && !self.outside;
        let leaves = |file: &str| bounded && base.resolve(file, false).is_none();
        let refused = |path: &str, at: Option<Place>, file: &str| {
            let root = noticelint::report::shown_path(&base.root);
            let values = [("path", file), ("root", root.as_str())];
            Box::new(Problem {
                path: path.to_owned(),
                message: self.words.fill("outside-root", &values),
                hint: Some(self.words.text("outside-root-hint").to_owned()),
                at,
            })
        };
        let Some(incident) = incident else {
            let found = facts::find(notice, None, None)?;
            // Nobody named it, but it may be a link.
            let full = |path: &PathBuf| std::path::absolute(path).unwrap_or_default();
            if let Some(path) = found.as_ref().filter(|p| leaves(&shown(&full(p)))) {
                let real = std::fs::read_link(path).unwrap_or_default();
                return Err(refused(&shown(path), None, &shown(&real)));
            }
            return Ok(found);
        };
        let at = Place::of(source, incident.span);
        if leaves(&incident.value) {
            return Err(refused(&source.path, Some(at), &incident.value));
        }
        let file = &incident.value;
        facts::find(notice, Some(Named { file, at }), None)
    }
}
