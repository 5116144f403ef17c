//! `noticelint.yaml`: which rules are checked in a repository, and how.

mod globs;
mod place;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::Deserialize;

use crate::lang::Lang;
use crate::linter::Profile;
use crate::report::wording::Wording;
use crate::report::{Place, Problem, Severity, sha256};
use crate::rules::{RuleSet, names};
use crate::yaml::{self, Ordered, Places, Spanned};

pub use globs::Globs;
pub use place::{Base, find, root_of, without_dots};

/// The name of a configuration that is found without being named.
pub const FILE_NAME: &str = "noticelint.yaml";

/// What a configuration file says, as it stands there. Spans are bytes of the file.
#[derive(Debug)]
pub struct Config {
    /// As shown in reports.
    pub path: String,
    /// `sha256:…` of the file's text.
    pub hash: String,
    /// What the paths in it are relative to, and what they may not leave.
    pub base: Base,
    /// Language of the messages.
    pub lang: Option<Spanned<Lang>>,
    pub fail_on: Option<Spanned<FailOn>>,
    /// Rules and packs, for all notices.
    pub rules: Vec<Setting>,
    /// Folders of further rules, as written.
    pub rule_folders: Vec<Spanned<String>>,
    /// A Markdown file that these match is a notice, and only such a one.
    pub include: Option<Spanned<Globs>>,
    /// A file that these match is none.
    pub exclude: Option<Spanned<Globs>>,
    /// For some notices; a later one is stronger than an earlier one.
    pub overrides: Vec<Override>,
    /// Known findings, as written.
    pub baseline: Option<Spanned<String>>,
    places: Places,
}

/// What is to become of a rule or of all rules of a pack.
#[derive(Debug, Clone)]
pub struct Setting {
    /// Id of the rule, or name of the pack.
    pub name: Spanned<String>,
    pub level: Level,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    Off,
    /// With its own severity.
    On,
    Error,
    Warning,
    Info,
}

impl Level {
    /// As it is written in the file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::On => "on",
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }

    fn severity(self) -> Option<Severity> {
        match self {
            Self::Off | Self::On => None,
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
        }
    }
}

/// The least severity that makes a check fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FailOn {
    Error,
    Warning,
    Info,
    Never,
}

impl FailOn {
    /// As it is written in the file and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
            Self::Never => "never",
        }
    }

    /// `None`: no finding does.
    pub fn least(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Never => None,
        }
    }
}

/// What differs for some notices.
#[derive(Debug)]
pub struct Override {
    pub paths: Spanned<Globs>,
    pub rules: Vec<Setting>,
}

/// `noticelint.yaml`.
#[derive(Deserialize, Default, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct Raw {
    /// Language of the messages.
    lang: Option<RawLang>,
    /// The least severity that makes a check fail; `error` if it is not given.
    fail_on: Option<FailOn>,
    /// Rules and packs, for all notices. A rule is stronger than its pack.
    rules: Ordered<Level>,
    /// Folders of further rules, relative to this file.
    rule_folders: Vec<String>,
    /// Which files in a folder are notices.
    notices: RawNotices,
    /// What differs for some notices; a later one is stronger.
    overrides: Vec<RawOverride>,
    /// A file made by `noticelint baseline`.
    baseline: Option<String>,
}

#[derive(Deserialize, Clone, Copy, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum RawLang {
    Ko,
    En,
}

#[derive(Deserialize, Default, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct RawNotices {
    /// Patterns of paths as in `.gitignore`: these files are notices, and no others.
    include: Option<Vec<String>>,
    /// Patterns of paths as in `.gitignore`: these files are none.
    exclude: Option<Vec<String>>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawOverride {
    /// Patterns of paths as in `.gitignore`.
    paths: Vec<String>,
    rules: Ordered<Level>,
}

/// Why a file found in a folder is taken for a notice or not, by its path alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Nothing is said of it: its front matter decides.
    Open,
    /// `include` matches.
    Included,
    /// `include` is given and does not match.
    NotIncluded,
    /// `exclude` matches.
    Excluded,
}

impl Config {
    /// Reads the text of a configuration file.
    ///
    /// # Errors
    /// All that is wrong with it, as far as its structure can be read.
    pub fn read(path: &str, text: &str, base: Base, words: Wording) -> Result<Self, Vec<Problem>> {
        let hash = sha256(text);
        let empty = |line: &str| line.is_empty() || line.starts_with('#');
        // A file of comments only asks for nothing; everything else must be a mapping.
        let text = match text.lines().map(str::trim).all(empty) {
            true => "{}",
            false => text,
        };
        let yaml = yaml::read::<Raw>(path, text)?;
        let mut reader = Reader {
            places: &yaml.places,
            words,
            problems: Vec::new(),
        };
        let raw = yaml.value;
        let lang = raw.lang.map(|lang| match lang {
            RawLang::Ko => Lang::Ko,
            RawLang::En => Lang::En,
        });
        let rules = reader.settings(&["rules"], &raw.rules);
        let rule_folders = reader.texts(&["rule-folders"], raw.rule_folders);
        let include = reader.globs(&["notices", "include"], raw.notices.include);
        let exclude = reader.globs(&["notices", "exclude"], raw.notices.exclude);
        let mut overrides = Vec::new();
        for (n, raw) in raw.overrides.into_iter().enumerate() {
            let n = n.to_string();
            let settings = reader.settings(&["overrides", &n, "rules"], &raw.rules);
            let at = ["overrides", n.as_str(), "paths"];
            if let Some(paths) = reader.globs(&at, Some(raw.paths)) {
                overrides.push(Override {
                    paths,
                    rules: settings,
                });
            }
        }
        let baseline = raw.baseline.and_then(|text| {
            let at = yaml.places.near(&["baseline"]);
            reader.not_empty(at, text)
        });
        let (lang, fail_on) = (
            lang.map(|value| Spanned::new(value, yaml.places.near(&["lang"]))),
            raw.fail_on
                .map(|value| Spanned::new(value, yaml.places.near(&["fail-on"]))),
        );
        let problems = reader.problems;
        match problems.is_empty() {
            true => Ok(Self {
                path: path.to_owned(),
                hash,
                base,
                lang,
                fail_on,
                rules,
                rule_folders,
                include,
                exclude,
                overrides,
                baseline,
                places: yaml.places,
            }),
            false => Err(problems),
        }
    }

    /// Line and column of something in the file.
    pub fn place(&self, span: crate::source::Span) -> Place {
        self.places.place(span)
    }

    /// A problem at something in the file.
    pub fn problem(
        &self,
        span: crate::source::Span,
        message: String,
        hint: Option<String>,
    ) -> Problem {
        self.places.problem(span, message, hint)
    }

    /// All settings of rules, those for some notices behind those for all.
    pub fn settings(&self) -> impl Iterator<Item = &Setting> {
        let special = self.overrides.iter().flat_map(|o| &o.rules);
        self.rules.iter().chain(special)
    }

    /// A problem for each name that is neither a rule nor a pack of `rules`.
    pub fn unknown_rules(&self, rules: &RuleSet, words: Wording) -> Vec<Problem> {
        self.settings()
            .filter(|setting| !rules.iter().any(|r| names::is(&setting.name.value, &r.id)))
            .map(|setting| {
                let name = &setting.name.value;
                let message = words.fill("unknown-rule", &[("name", &yaml::shown(name))]);
                let hint = names::hint(name, rules, true, words);
                self.problem(setting.name.span, message, Some(hint))
            })
            .collect()
    }

    /// Which rules are off for a notice, and which have another severity. `notice` is an absolute path.
    ///
    /// Of the settings of one list, that of a rule is stronger than that of its pack, wherever it stands.
    pub fn profile(&self, notice: &Path, rules: &RuleSet) -> Profile {
        let lists = self.lists(notice);
        let mut profile = Profile::default();
        for rule in rules.iter() {
            match setting_in(&lists, &rule.id).map(|setting| setting.level) {
                None | Some(Level::On) => {}
                Some(Level::Off) => profile.turn_off(&rule.id),
                Some(level) => profile.set(&rule.id, level.severity().unwrap_or(rule.severity)),
            }
        }
        profile
    }

    /// The setting that decides on a rule for a notice (an absolute path), if there is one.
    pub fn setting(&self, notice: &Path, rule: &str) -> Option<&Setting> {
        setting_in(&self.lists(notice), rule)
    }

    /// The settings for a notice, the weakest list first.
    fn lists(&self, notice: &Path) -> Vec<&[Setting]> {
        let mut lists = vec![self.rules.as_slice()];
        if let Some(relative) = self.relative(notice) {
            let of_notice = self
                .overrides
                .iter()
                .filter(|o| o.paths.value.matches(&relative));
            lists.extend(of_notice.map(|o| o.rules.as_slice()));
        }
        lists
    }

    /// Whether a file found in a folder is a notice, as far as its path tells. `file` is an absolute path.
    pub fn wanted(&self, file: &Path) -> Wanted {
        let Some(relative) = self.relative(file) else {
            return Wanted::Open;
        };
        let matches = |globs: &Option<Spanned<Globs>>| {
            globs.as_ref().map(|globs| globs.value.matches(&relative))
        };
        if matches(&self.exclude) == Some(true) {
            return Wanted::Excluded;
        }
        match matches(&self.include) {
            None => Wanted::Open,
            Some(true) => Wanted::Included,
            Some(false) => Wanted::NotIncluded,
        }
    }

    /// A path as the globs of this file see it; nothing for a file elsewhere.
    fn relative(&self, file: &Path) -> Option<PathBuf> {
        file.strip_prefix(&self.base.folder)
            .ok()
            .map(Path::to_owned)
    }
}

/// What the strongest list that speaks of a rule says: of the rule itself, else of its pack.
fn setting_in<'a>(lists: &[&'a [Setting]], id: &str) -> Option<&'a Setting> {
    lists.iter().rev().find_map(|list| {
        let named = |name: &str| list.iter().find(|s| s.name.value == name);
        named(id).or_else(|| named(names::pack(id)))
    })
}

struct Reader<'a> {
    places: &'a Places,
    words: Wording,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn settings(&self, path: &[&str], raw: &Ordered<Level>) -> Vec<Setting> {
        let settings = raw.0.iter().map(|(name, level)| {
            let at = [path, &[name.as_str()]].concat();
            let span = self.places.key(&at).unwrap_or_default();
            Setting {
                name: Spanned::new(name.clone(), span),
                level: *level,
            }
        });
        settings.collect()
    }

    fn texts(&mut self, path: &[&str], raw: Vec<String>) -> Vec<Spanned<String>> {
        let mut out = Vec::new();
        for (n, text) in raw.into_iter().enumerate() {
            let n = n.to_string();
            let span = self.places.near(&[path, &[n.as_str()]].concat());
            out.extend(self.not_empty(span, text));
        }
        out
    }

    fn not_empty(&mut self, span: crate::source::Span, text: String) -> Option<Spanned<String>> {
        if text.trim().is_empty() {
            let message = self.words.text("config-empty").to_owned();
            self.problems.push(self.places.problem(span, message, None));
            return None;
        }
        Some(Spanned::new(text, span))
    }

    fn globs(&mut self, path: &[&str], raw: Option<Vec<String>>) -> Option<Spanned<Globs>> {
        let raw = raw?;
        let span = self.places.near(path);
        if raw.is_empty() {
            let message = self.words.text("config-no-globs").to_owned();
            let hint = self.words.text("config-no-globs-hint").to_owned();
            self.problems
                .push(self.places.problem(span, message, Some(hint)));
            return None;
        }
        let mut written = Vec::new();
        for (n, glob) in raw.into_iter().enumerate() {
            let n = n.to_string();
            let at = self.places.near(&[path, &[n.as_str()]].concat());
            if let Some(why) = globs::fault(&glob) {
                let values = [("why", why.as_str())];
                let message = self.words.fill("config-bad-glob", &values);
                self.problems.push(self.places.problem(at, message, None));
            }
            written.push(glob);
        }
        Some(Spanned::new(Globs::new(written), span))
    }
}
