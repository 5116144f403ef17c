//! The rules: what their files say ([`schema`]), how they are loaded and compiled, and how they are checked.

pub mod check;
mod compile;
mod examples;
mod load;
pub mod names;
pub mod schema;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::lang::{Lang, Localized};
use crate::language::Language;
use crate::report::Severity;

pub use compile::{Check, CompiledSay, CompiledWhen};
pub use examples::{ExampleOutcome, Outcome};
pub use load::hash_of;
pub use schema::{Basis, Fix};

/// On whose authority a rule speaks.
#[derive(Debug, Clone, Default)]
pub struct AuthoritySource {
    pub body: Localized,
    pub instrument: Localized,
    pub provision: Localized,
    pub date: String,
    pub url: String,
    /// `statute`, `order`, `guidance` or `practice`.
    pub basis: String,
    /// How it was checked: `read`, `second-hand`, `inference` or `memory`.
    pub checked: String,
}

/// From when until when (ISO dates, by the date of awareness) a rule is in force.
#[derive(Debug, Clone, Default)]
pub struct InForce {
    pub from: Option<String>,
    pub until: Option<String>,
}

/// A text with what its rule must make of it.
#[derive(Debug, Clone)]
pub struct Example {
    pub pass: bool,
    pub text: String,
    /// The slice that the finding covers; `None` where something is missing.
    pub covers: Option<String>,
    pub facts: Option<String>,
}

/// A rule, ready to be checked.
#[derive(Debug)]
pub struct Rule {
    pub id: Arc<str>,
    pub title: Localized,
    pub severity: Severity,
    pub authority: AuthoritySource,
    pub when: CompiledWhen,
    pub check: Check,
    pub message: Localized,
    pub help: Localized,
    pub fix: Option<Fix>,
    /// Whether it can be set aside.
    pub waivable: bool,
    pub in_force: InForce,
    pub examples: Vec<Example>,
    authorities: [Arc<crate::report::Authority>; 2],
}

impl Rule {
    /// The pack: the part of the id before the first slash.
    pub fn pack(&self) -> &str {
        self.id.split('/').next().unwrap_or(&self.id)
    }

    pub(crate) fn authority_in(&self, lang: Lang) -> &Arc<crate::report::Authority> {
        match lang {
            Lang::Ko => &self.authorities[0],
            Lang::En => &self.authorities[1],
        }
    }
}

/// All rules, with the language that they are written in.
#[derive(Debug)]
pub struct RuleSet {
    pub(crate) rules: Vec<Rule>,
    pub(crate) language: Language,
    hash: String,
}

impl RuleSet {
    pub fn iter(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter()
    }

    pub fn get(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|r| &*r.id == id)
    }

    /// Ids of the kinds of personal data in the vocabulary.
    pub fn item_ids(&self) -> impl Iterator<Item = &str> {
        self.language.vocabulary.items().map(|c| c.id.as_str())
    }

    /// Names of the kinds of personal data, by id.
    pub fn item_names(&self, lang: Lang) -> BTreeMap<String, String> {
        let items = self.language.vocabulary.items();
        items
            .map(|item| (item.id.clone(), item.label.get(lang).to_owned()))
            .collect()
    }

    /// `sha256:…` over all rule and vocabulary files.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    pub fn language(&self) -> &Language {
        &self.language
    }
}
