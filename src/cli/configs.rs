//! Finds and reads the configuration of each notice, and loads the rules it asks for.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use noticelint::config::{self, Base, Config, Wanted};
use noticelint::lang::Lang;
use noticelint::report::wording::Wording;
use noticelint::report::{Problem, shown_path};
use noticelint::rules::RuleSet;
use noticelint::source::MAX_BYTES;
use noticelint::{Linter, Settings};

use super::args::ConfigArgs;
use super::{names, read, rules, walk};

type Reading = Result<Arc<Config>, Vec<Problem>>;

/// The configurations of a run; each file is read once.
#[derive(Debug)]
pub struct Configs {
    cwd: PathBuf,
    words: Wording,
    /// Given with `--config`, for all notices.
    given: Option<PathBuf>,
    /// `--no-config`.
    none: bool,
    /// `--allow-outside-root`.
    pub outside: bool,
    found: Mutex<BTreeMap<PathBuf, Option<PathBuf>>>,
    read: Mutex<BTreeMap<PathBuf, Reading>>,
}

impl Configs {
    pub fn new(args: &ConfigArgs, words: Wording) -> Self {
        Self {
            cwd: std::env::current_dir().unwrap_or_default(),
            words,
            given: args.config.clone(),
            none: args.no_config,
            outside: args.allow_outside_root,
            found: Mutex::default(),
            read: Mutex::default(),
        }
    }

    /// The same files, read anew in another language of messages.
    pub fn in_words(self, words: Wording) -> Self {
        Self {
            words,
            found: Mutex::default(),
            read: Mutex::default(),
            ..self
        }
    }

    /// A path as the configurations see it: absolute, without dots.
    pub fn absolute(&self, path: &Path) -> PathBuf {
        config::without_dots(&self.cwd.join(path))
    }

    /// The configuration for a file (or for what lies in a folder), if there is one.
    ///
    /// # Errors
    /// It cannot be read, or not understood.
    pub fn of(&self, path: &Path) -> Result<Option<Arc<Config>>, Vec<Problem>> {
        if self.none {
            return Ok(None);
        }
        if let Some(given) = &self.given {
            return self.load(given, &self.cwd).map(Some);
        }
        let path = self.absolute(path);
        let folder = match path.is_dir() {
            true => path.as_path(),
            false => path.parent().unwrap_or(&self.cwd),
        };
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        let file = found
            .entry(folder.to_owned())
            .or_insert_with(|| config::find(&self.cwd, folder));
        match file {
            None => Ok(None),
            Some(file) => {
                let folder = file.parent().unwrap_or(&self.cwd).to_owned();
                let file = file.clone();
                drop(found);
                self.inside(&file, &folder)?;
                self.load(&file, &folder).map(Some)
            }
        }
    }

    /// A configuration that was found must not be a link out of the repository.
    fn inside(&self, file: &Path, folder: &Path) -> Result<(), Vec<Problem>> {
        let base = Base::new(folder);
        let Some(name) = file.file_name().and_then(|name| name.to_str()) else {
            return Ok(());
        };
        if base.resolve(name, self.outside).is_some() {
            return Ok(());
        }
        let link = shown_path(&std::fs::read_link(file).unwrap_or_default());
        let root = shown_path(&base.root);
        let values = [("path", link.as_str()), ("root", root.as_str())];
        let message = self.words.fill("outside-root", &values);
        let mut problem = read::plain_problem(&self.shown(file), message);
        problem.hint = Some(self.words.text("outside-root-hint").to_owned());
        Err(vec![problem])
    }

    fn load(&self, file: &Path, folder: &Path) -> Reading {
        let mut known = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(reading) = known.get(file) {
            return reading.clone();
        }
        let shown = self.shown(file);
        let reading = read::file(file, &shown, MAX_BYTES as u64, self.words)
            .map_err(|problem| vec![*problem])
            .and_then(|source| Config::read(&shown, &source.text, Base::new(folder), self.words))
            .map(Arc::new);
        known.insert(file.to_owned(), reading.clone());
        reading
    }

    /// A path as shown: relative to the working folder if it lies below.
    pub fn shown(&self, file: &Path) -> String {
        shown_path(file.strip_prefix(&self.cwd).unwrap_or(file))
    }

    /// The language that the configurations over `paths` agree on.
    pub fn lang(&self, paths: &[PathBuf]) -> Option<Lang> {
        let configs = paths.iter().filter_map(|path| self.of(path).ok()?);
        let mut langs: Vec<Lang> = configs.filter_map(|c| Some(c.lang?.value)).collect();
        langs.dedup();
        match langs.as_slice() {
            [lang] => Some(*lang),
            _ => None,
        }
    }

    /// Whether a file found in a folder is a notice, as far as its path tells.
    pub fn wanted(&self, file: &Path) -> Wanted {
        match self.of(file) {
            Ok(Some(config)) => config.wanted(&self.absolute(file)),
            // A broken configuration is told when the file is to be checked.
            Ok(None) | Err(_) => Wanted::Open,
        }
    }

    /// The absolute path that `written` in a configuration means.
    ///
    /// # Errors
    /// It leads out of the repository.
    pub fn resolve(
        &self,
        config: &Config,
        written: &noticelint::yaml::Spanned<String>,
    ) -> Result<PathBuf, Box<Problem>> {
        let path = config.base.resolve(&written.value, self.outside);
        path.ok_or_else(|| {
            let root = shown_path(&config.base.root);
            let values = [("path", written.value.as_str()), ("root", root.as_str())];
            let message = self.words.fill("outside-root", &values);
            let hint = self.words.text("outside-root-hint").to_owned();
            Box::new(config.problem(written.span, message, Some(hint)))
        })
    }
}

/// The linters of a run: one for each set of rule folders.
pub struct Linters<'a> {
    pub configs: &'a Configs,
    /// Given with `--rules`.
    pub folders: &'a [PathBuf],
    pub settings: Settings,
    pub words: Wording,
    made: BTreeMap<Vec<PathBuf>, Result<Arc<Linter>, Vec<Problem>>>,
    /// Configurations whose names of rules were looked up.
    looked_up: BTreeMap<String, Vec<Problem>>,
}

impl<'a> Linters<'a> {
    pub fn new(
        configs: &'a Configs,
        folders: &'a [PathBuf],
        settings: Settings,
        words: Wording,
    ) -> Self {
        Self {
            configs,
            folders,
            settings,
            words,
            made: BTreeMap::new(),
            looked_up: BTreeMap::new(),
        }
    }

    /// The linter for notices with this configuration.
    ///
    /// # Errors
    /// All that is wrong with the rules, or with what the configuration says of them.
    pub fn of(&mut self, config: Option<&Config>) -> Result<Arc<Linter>, Vec<Problem>> {
        let folders = self.rule_folders(config)?;
        let (settings, words) = (&self.settings, self.words);
        let linter = self
            .made
            .entry(folders)
            .or_insert_with_key(|folders| {
                let rules = rules::load(folders, words)?;
                Ok(Arc::new(Linter::new(rules, settings.clone())))
            })
            .clone()?;
        let Some(config) = config else {
            return Ok(linter);
        };
        let unknown = self
            .looked_up
            .entry(config.path.clone())
            .or_insert_with(|| config.unknown_rules(linter.rules(), words));
        match unknown.is_empty() {
            true => Ok(linter),
            false => Err(unknown.clone()),
        }
    }

    fn rule_folders(&self, config: Option<&Config>) -> Result<Vec<PathBuf>, Vec<Problem>> {
        let mut folders = self.folders.to_vec();
        let mut problems = Vec::new();
        for written in config.map_or(&[][..], |c| &c.rule_folders) {
            let Some(config) = config else { continue };
            match self.configs.resolve(config, written) {
                Err(problem) => problems.push(*problem),
                Ok(path) if !path.is_dir() => {
                    let message = self.words.text("rules-folder").to_owned();
                    problems.push(config.problem(written.span, message, None));
                }
                // Named twice, a folder would define its rules twice.
                Ok(path) if folders.iter().any(|f| self.configs.absolute(f) == path) => {}
                Ok(path) => {
                    let shown = path.strip_prefix(&self.configs.cwd).map(Path::to_owned);
                    folders.push(shown.unwrap_or(path));
                }
            }
        }
        match problems.is_empty() {
            true => Ok(folders),
            false => Err(problems),
        }
    }

    /// Names given to `option` that no linter of the run knows.
    pub fn unknown(&self, option: &str, typed: &[String]) -> Vec<Problem> {
        let sets: Vec<&RuleSet> = self
            .made
            .values()
            .filter_map(|made| made.as_ref().ok())
            .map(|linter| linter.rules())
            .collect();
        let known = |name: &str| {
            sets.iter()
                .any(|set| set.iter().any(|r| names::names(name, &r.id)))
        };
        let typed: Vec<String> = typed.iter().filter(|name| !known(name)).cloned().collect();
        sets.first().map_or_else(Vec::new, |set| {
            names::unknown(option, &typed, set, self.words)
        })
    }

    /// Whether some rules could be loaded.
    pub fn usable(&self) -> bool {
        self.made.values().any(Result::is_ok)
    }

    /// The hash of the rules in force: that of the one set, else one over those of all sets.
    pub fn hash(&self) -> String {
        let mut hashes: Vec<&str> = self
            .made
            .values()
            .filter_map(|made| made.as_ref().ok())
            .map(|linter| linter.rules().hash())
            .collect();
        hashes.sort_unstable();
        hashes.dedup();
        match hashes.as_slice() {
            [] => String::new(),
            [one] => (*one).to_owned(),
            many => noticelint::rules::hash_of(many),
        }
    }
}

/// The path as given, for messages.
pub fn shown_paths(paths: &[PathBuf]) -> String {
    let mut paths: Vec<String> = paths.iter().map(|path| walk::shown(path)).collect();
    paths.sort();
    paths.join(", ")
}
