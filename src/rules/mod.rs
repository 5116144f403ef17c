//! The rules: what their files say ([`schema`]), how they are loaded and compiled, and how they are checked.

pub mod check;
mod compile;
mod examples;
mod load;
pub mod names;
pub mod schema;
mod texts;
mod yields;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock};

use crate::lang::{Lang, Localized};
use crate::language::Language;
use crate::language::scan::Scanner;
use crate::prepared;
use crate::report::Severity;
use crate::yaml::Ordered;

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
    /// The notices that `replaces` and `translation-of` name.
    pub replaces: Option<String>,
    pub translation_of: Option<String>,
}

/// The examples of a rule.
#[derive(Debug)]
enum Examples {
    Given(Vec<Example>),
    /// Those of a built-in rule, read when somebody asks.
    Prepared,
}

/// The examples of all built-in rules.
static PREPARED: LazyLock<HashMap<String, Vec<Example>>> = LazyLock::new(|| {
    let made: Ordered<Vec<schema::Example>> =
        serde_json::from_str(prepared::EXAMPLES).unwrap_or_default();
    let example = |e: schema::Example| Example {
        pass: e.pass.is_some(),
        text: e.pass.or(e.fail).unwrap_or_default(),
        covers: e.covers,
        facts: e.facts,
        replaces: e.replaces,
        translation_of: e.translation_of,
    };
    made.0
        .into_iter()
        .map(|(id, list)| (id, list.into_iter().map(example).collect()))
        .collect()
});

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
    /// Ids of rules to which it leaves the places where they find something.
    pub yields_to: Vec<String>,
    pub in_force: InForce,
    examples: Examples,
    authorities: [Arc<crate::report::Authority>; 2],
}

impl Rule {
    /// The pack: the part of the id before the first slash.
    pub fn pack(&self) -> &str {
        self.id.split('/').next().unwrap_or(&self.id)
    }

    /// Texts with what the rule must make of each.
    pub fn examples(&self) -> &[Example] {
        match &self.examples {
            Examples::Given(list) => list,
            Examples::Prepared => PREPARED.get(&*self.id).map_or(&[], Vec::as_slice),
        }
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
    /// Built-in rules that are not among them, but meet needs of theirs: to take a rule out changes no other one.
    aside: Vec<Rule>,
    pub(crate) language: Language,
    hash: String,
}

impl RuleSet {
    pub fn iter(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter()
    }

    /// The rule that meets a need of another one.
    pub(crate) fn meeting(&self, id: &str) -> Option<&Rule> {
        match self.rules.binary_search_by(|rule| (*rule.id).cmp(id)) {
            Ok(at) => Some(&self.rules[at]),
            Err(_) => self.aside.iter().find(|rule| *rule.id == *id),
        }
    }

    pub fn get(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|r| &*r.id == id)
    }

    /// Ids of the kinds of personal data in the vocabulary.
    pub fn item_ids(&self) -> impl Iterator<Item = &str> {
        self.language.vocabulary.items().map(|c| c.id.as_str())
    }

    /// The id of the kind of personal data that `text` is a wording of, and nothing else.
    pub fn item_named(&self, text: &str) -> Option<&str> {
        let vocabulary = &self.language.vocabulary;
        let mut tokens = Vec::new();
        Scanner::default().scan(vocabulary, text.trim(), &mut tokens);
        let [one] = tokens.as_slice() else {
            return None;
        };
        let item = vocabulary
            .items()
            .find(|item| vocabulary.id_of(&item.id) == Some(one.concept));
        let whole = one.start == 0 && one.end >= text.trim().len();
        item.filter(|_| whole).map(|item| item.id.as_str())
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

    /// Whether it was prepared at build time.
    pub fn is_prepared(&self) -> bool {
        self.rules
            .iter()
            .any(|r| matches!(r.examples, Examples::Prepared))
    }

    /// Patterns that are compiled while the program runs, though the rest was prepared.
    pub fn unprepared_patterns(&self) -> Vec<&str> {
        self.language.patterns.unprepared().collect()
    }

    pub fn language(&self) -> &Language {
        &self.language
    }
}
