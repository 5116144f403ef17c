//! Rules and vocabulary from the built-in packs and from folders.

use std::collections::{HashMap, HashSet};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use sha2::{Digest, Sha256};

use crate::lang::Lang;
use crate::language::Language;
use crate::language::vocabulary::VocabularySource;
use crate::pattern::PatternBook;
use crate::prepared;
use crate::report::{Authority, Problem, Severity};
use crate::yaml::{self, Ordered, Places};

use super::compile::Compiler;
use super::schema::{RuleFile, SeverityName};
use super::texts::{fix_fault, texts};
use super::{AuthoritySource, Example, Examples, InForce, Rule, RuleSet};

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/rules");

/// The folder of the vocabulary inside a folder of rules.
const VOCABULARY: &str = "vocabulary/";

/// Examples that a built-in rule must have, of each kind.
const LEAST_EXAMPLES: usize = 2;

/// Most files of rules and words that are read from a folder.
const MAX_FILES: usize = 10_000;

/// A rule or vocabulary file.
#[derive(Clone)]
struct File {
    /// Path as shown in messages.
    path: String,
    /// Path inside its folder of rules, with `/`.
    inner: String,
    text: String,
    built_in: bool,
}

impl File {
    /// The id of the rule in it.
    fn id(&self) -> &str {
        self.inner
            .trim_end_matches(".yaml")
            .trim_end_matches(".yml")
    }
}

fn is_words(file: &File) -> bool {
    file.inner.starts_with(VOCABULARY)
}

impl RuleSet {
    /// The packs that are part of the program, as they were prepared when it was built.
    ///
    /// # Errors
    /// Mistakes in the rules: never for a released program.
    pub fn builtin() -> Result<RuleSet, Vec<Problem>> {
        Self::load(&[])
    }

    /// The same, read from the files as a user's rules are, with all checks.
    ///
    /// # Errors
    /// Mistakes in the rules: never for a released program.
    pub fn builtin_checked() -> Result<RuleSet, Vec<Problem>> {
        Self::finish(built_in(|_| true), Vec::new())
    }

    /// The built-in packs without the files that `keep` refuses (paths such as `kr/when.yaml`).
    ///
    /// # Errors
    /// As [`RuleSet::builtin`].
    pub fn builtin_where(keep: impl Fn(&str) -> bool) -> Result<RuleSet, Vec<Problem>> {
        Self::finish(built_in(keep), Vec::new())
    }

    /// The built-in packs and those in further folders, whose `vocabulary` folder adds words.
    ///
    /// # Errors
    /// All mistakes in all files.
    pub fn load(extra: &[PathBuf]) -> Result<RuleSet, Vec<Problem>> {
        let mut files = Vec::new();
        let mut problems = Vec::new();
        for folder in extra {
            read_folder(folder, &mut files, &mut problems);
        }
        if problems.is_empty()
            && !files.iter().any(is_words)
            && let Some(rules) = Self::quick(&files)
        {
            return Ok(rules);
        }
        files.extend(built_in(|_| true));
        Self::finish(files, problems)
    }

    /// The rules of one folder in place of the built-in ones; words are added to the built-in vocabulary, or stand
    /// for it if the folder has a vocabulary of the same files.
    ///
    /// # Errors
    /// All mistakes in all files.
    pub fn only(folder: &Path) -> Result<RuleSet, Vec<Problem>> {
        let mut own = Vec::new();
        let mut problems = Vec::new();
        read_folder(folder, &mut own, &mut problems);
        let replaced: Vec<String> = own.iter().map(|f| f.inner.clone()).collect();
        let mut files =
            built_in(|path| path.starts_with(VOCABULARY) && !replaced.iter().any(|r| r == path));
        files.extend(own);
        Self::finish(files, problems)
    }

    /// Puts a rule written as `text` in the place of that of this id, for trying out changes.
    ///
    /// # Errors
    /// All mistakes in it.
    pub fn replace(&mut self, id: &str, text: &str) -> Result<(), Vec<Problem>> {
        let file = File {
            path: format!("{id}.yaml"),
            inner: format!("{id}.yaml"),
            text: text.to_owned(),
            built_in: false,
        };
        let mut book = PatternBook::detached();
        let rule = rule(&self.language, &mut book, id, &file)?;
        if let Some(old) = self.rules.iter_mut().find(|rule| &*rule.id == id) {
            *old = rule;
        }
        Ok(())
    }

    /// What was prepared at build time and the rules of further files; `None` if anything is wrong.
    fn quick(extra: &[File]) -> Option<RuleSet> {
        if !prepared::is_ready() {
            return None;
        }
        let mut book = PatternBook::new(true);
        let mut language = Language::prepared(&mut book)?;
        let made: Ordered<RuleFile> = serde_json::from_str(prepared::RULES).ok()?;
        let mut rules = Vec::with_capacity(made.0.len() + extra.len());
        let nowhere = Places::default();
        let mut taken = HashSet::new();
        for (id, source) in made.0 {
            taken.insert(id.clone());
            rules.push(
                compiled(
                    &language,
                    &mut book,
                    &id,
                    source,
                    &nowhere,
                    Examples::Prepared,
                )
                .ok()?,
            );
        }
        for file in extra {
            let id = file.id();
            if !taken.insert(id.to_owned()) {
                return None;
            }
            rules.push(rule(&language, &mut book, id, file).ok()?);
        }
        if !rules.iter().all(|rule| rule.names_only(&rules)) {
            return None;
        }
        rules.sort_by(|a, b| a.id.cmp(&b.id));
        language.patterns = book.finish();
        let hash = if extra.is_empty() {
            prepared::HASH.to_owned()
        } else {
            let mut files = built_in(|_| true);
            files.extend(extra.iter().cloned());
            hash(&mut files)
        };
        Some(RuleSet {
            rules,
            aside: Vec::new(),
            language,
            hash,
        })
    }

    fn finish(mut files: Vec<File>, mut problems: Vec<Problem>) -> Result<RuleSet, Vec<Problem>> {
        let hash = hash(&mut files);
        let words: Vec<VocabularySource<'_>> = files
            .iter()
            .filter(|f| is_words(f))
            .map(|f| VocabularySource {
                path: f.path.clone(),
                text: &f.text,
            })
            .collect();
        let mut book = PatternBook::new(false);
        let mut language = match Language::load(&words, &mut book) {
            Ok(language) => language,
            Err(more) => {
                problems.extend(more);
                return Err(problems);
            }
        };
        let mut rules = Vec::new();
        // Where each id is taken; `None` is inside of the program.
        let mut seen: HashMap<String, Option<String>> = HashMap::new();
        for file in files.iter().filter(|f| !is_words(f)) {
            let id = file.id();
            if let Some(first) = seen.get(id) {
                let first = first.as_deref().unwrap_or("built into the program");
                problems.push(Problem {
                    path: file.path.clone(),
                    message: format!("rule `{id}` is defined twice; the first one is {first}"),
                    hint: Some("an id is the path of its file: rename the file".into()),
                    at: None,
                });
                continue;
            }
            seen.insert(id.to_owned(), (!file.built_in).then(|| file.path.clone()));
            match rule(&language, &mut book, id, file) {
                Ok(rule) => rules.push(rule),
                Err(more) => problems.extend(more),
            }
        }
        let built_in = built_in(|_| true);
        let known = files.iter().chain(&built_in).filter(|f| !is_words(f));
        let known: HashSet<&str> = known.map(File::id).collect();
        for file in files.iter().filter(|f| super::yields::names_rules(&f.text)) {
            problems.extend(super::yields::unknown(
                &file.path, &file.text, &known, &rules,
            ));
        }
        let mut aside = Vec::new();
        for file in built_in.iter().filter(|f| !seen.contains_key(f.id())) {
            if !(rules.iter().flat_map(Rule::met_by)).any(|id| id == file.id()) {
                continue;
            }
            match rule(&language, &mut book, file.id(), file) {
                Ok(rule) => aside.push(rule),
                Err(more) => problems.extend(more),
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        rules.sort_by(|a, b| a.id.cmp(&b.id));
        language.patterns = book.finish();
        Ok(RuleSet {
            hash,
            rules,
            aside,
            language,
        })
    }
}

/// Sorts the files, the built-in ones first, and hashes them.
fn hash(files: &mut [File]) -> String {
    files.sort_by(|a, b| (!a.built_in, &a.inner, &a.path).cmp(&(!b.built_in, &b.inner, &b.path)));
    let parts = files.iter().flat_map(|f| [f.inner.as_str(), &f.text]);
    hash_of(&parts.collect::<Vec<_>>())
}

/// `sha256:…` over texts.
pub fn hash_of(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    let digest = hasher.finalize();
    let hex: String = digest.iter().map(|b| format!("{b:02x}")).collect();
    format!("sha256:{hex}")
}

fn built_in(keep: impl Fn(&str) -> bool) -> Vec<File> {
    let mut out = Vec::new();
    let mut folders = vec![&BUILT_IN];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for f in folder.files() {
            let inner = f.path().to_string_lossy().replace('\\', "/");
            // Files at the top are the program's own words.
            let template = inner.starts_with("templates/");
            if !inner.contains('/') || template || !inner.ends_with(".yaml") || !keep(&inner) {
                continue;
            }
            let text = String::from_utf8_lossy(f.contents()).into_owned();
            out.push(File {
                path: format!("rules/{inner}"),
                inner,
                text,
                built_in: true,
            });
        }
    }
    out
}

fn read_folder(folder: &Path, files: &mut Vec<File>, problems: &mut Vec<Problem>) {
    let mut found = Vec::new();
    for entry in ignore::WalkBuilder::new(folder)
        .follow_links(false)
        .require_git(false)
        .build()
    {
        match entry {
            Ok(entry) => {
                let yaml = entry
                    .path()
                    .extension()
                    .is_some_and(|e| e == "yaml" || e == "yml");
                if yaml && entry.file_type().is_some_and(|t| t.is_file()) {
                    found.push(entry.into_path());
                }
                if found.len() > MAX_FILES {
                    problems.push(Problem {
                        path: crate::report::shown_path(folder),
                        message: format!(
                            "more than {MAX_FILES} files of rules; so many are not read"
                        ),
                        hint: Some("name the folder that holds the rules".into()),
                        at: None,
                    });
                    return;
                }
            }
            Err(error) => problems.push(Problem {
                path: crate::report::shown_path(folder),
                message: error.to_string(),
                hint: None,
                at: None,
            }),
        }
    }
    found.sort();
    for path in found {
        let shown = crate::report::shown_path(&path);
        let inner = path.strip_prefix(folder).unwrap_or(&path);
        let mut inner = crate::report::shown_path(inner);
        if !inner.contains('/') {
            if inner == "messages.yaml" {
                continue;
            }
            // A rule outside of a pack belongs to the pack of its folder's name.
            let pack = folder
                .file_name()
                .map_or_else(|| "local".into(), |n| n.to_string_lossy().into_owned());
            inner = format!(
                "{}/{inner}",
                if pack == "." || pack == ".." {
                    "local".into()
                } else {
                    pack
                }
            );
        }
        match read_up_to(&path, yaml::MAX_BYTES) {
            Err(error) => {
                problems.push(Problem {
                    path: shown,
                    message: error.to_string(),
                    hint: None,
                    at: None,
                });
            }
            Ok(bytes) => match yaml::decode(&shown, &bytes) {
                Err(problem) => problems.push(*problem),
                Ok(text) => files.push(File {
                    path: shown,
                    inner,
                    text: text.to_owned(),
                    built_in: false,
                }),
            },
        }
    }
}

/// The bytes of a file; of one that has more than `limit`, so many that it is seen.
fn read_up_to(path: &Path, limit: usize) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path)?;
    file.take(limit as u64 + 4).read_to_end(&mut bytes)?;
    if bytes.len() > limit
        && let Err(error) = std::str::from_utf8(&bytes)
        && error.error_len().is_none()
    {
        // Cut inside of a character.
        bytes.truncate(error.valid_up_to());
    }
    Ok(bytes)
}

/// Reads, checks and compiles a rule file.
fn rule(
    language: &Language,
    book: &mut PatternBook,
    id: &str,
    file: &File,
) -> Result<Rule, Vec<Problem>> {
    let read = yaml::read::<RuleFile>(&file.path, &file.text)?;
    let mut source = read.value;
    let mut problems = texts(&source, &read.places);
    let mut examples = Vec::new();
    for (i, e) in source.examples.iter().enumerate() {
        let index = i.to_string();
        let text = match (&e.pass, &e.fail) {
            (Some(text), None) => (true, text),
            (None, Some(text)) => (false, text),
            _ => {
                let at = read.places.near(&["examples", &index]);
                let message = "an example has either `pass` or `fail`, and not both";
                problems.push(read.places.problem(at, message, None));
                continue;
            }
        };
        if let Some(covers) = e
            .covers
            .as_ref()
            .filter(|covers| !text.1.contains(covers.as_str()))
        {
            let at = read.places.near(&["examples", &index, "covers"]);
            let message = format!("`{}` does not stand in the example", yaml::shown(covers));
            problems.push(read.places.problem(at, message, None));
        }
        examples.push(Example {
            pass: text.0,
            text: text.1.clone(),
            covers: e.covers.clone(),
            facts: e.facts.clone(),
            replaces: e.replaces.clone(),
            translation_of: e.translation_of.clone(),
        });
    }
    if file.built_in && source.remind.is_none() {
        let passing = examples.iter().filter(|e| e.pass).count();
        if passing < LEAST_EXAMPLES || examples.len() - passing < LEAST_EXAMPLES {
            let message = format!(
                "a built-in rule needs {LEAST_EXAMPLES} passing and {LEAST_EXAMPLES} failing examples"
            );
            problems.push(
                read.places
                    .problem(read.places.near(&["examples"]), message, None),
            );
        }
    }
    source.examples.clear();
    let examples = Examples::Given(examples);
    match compiled(language, book, id, source, &read.places, examples) {
        Ok(rule) if problems.is_empty() => Ok(rule),
        Ok(_) => {
            problems.sort_by_key(|problem| problem.at.map(|at| at.span));
            Err(problems)
        }
        Err(more) => {
            problems.extend(more);
            problems.sort_by_key(|problem| problem.at.map(|at| at.span));
            Err(problems)
        }
    }
}

/// Compiles what a rule file says.
fn compiled(
    language: &Language,
    book: &mut PatternBook,
    id: &str,
    source: RuleFile,
    places: &Places,
    examples: Examples,
) -> Result<Rule, Vec<Problem>> {
    let mut compiler = Compiler {
        language,
        book,
        places,
        problems: Vec::new(),
    };
    let check = compiler.check(&source);
    let when = compiler.when(source.when.clone());
    let mut problems = compiler.problems;
    problems.extend(fix_fault(&source, check.as_ref(), places));
    let Some(check) = check.filter(|_| problems.is_empty()) else {
        return Err(problems);
    };
    let a = source.authority;
    let authority = AuthoritySource {
        body: a.body,
        instrument: a.instrument,
        provision: a.provision,
        date: a.date,
        url: a.url,
        basis: a.basis.as_str().to_owned(),
        checked: a.checked.as_str().to_owned(),
    };
    let localized = |lang: Lang| {
        Arc::new(Authority {
            body: authority.body.get(lang).to_owned(),
            instrument: authority.instrument.get(lang).to_owned(),
            provision: authority.provision.get(lang).to_owned(),
            date: authority.date.clone(),
            url: authority.url.clone(),
            basis: authority.basis.clone(),
        })
    };
    Ok(Rule {
        id: id.into(),
        title: source.title,
        severity: match source.severity {
            SeverityName::Error => Severity::Error,
            SeverityName::Warning => Severity::Warning,
            SeverityName::Info => Severity::Info,
        },
        authorities: [localized(Lang::Ko), localized(Lang::En)],
        authority,
        in_force: InForce {
            from: source.when.in_force.from.clone(),
            until: source.when.in_force.until.clone(),
        },
        when,
        yields_to: source.yields_to,
        waivable: source.waivable.unwrap_or(true) && !matches!(check, super::Check::Waiver(_)),
        check,
        message: source.message,
        help: source.help,
        fix: source.fix,
        examples,
    })
}
