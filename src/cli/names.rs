//! Names of rules and packs as typed.

use noticelint::report::Problem;
use noticelint::report::wording::Wording;
use noticelint::rules::{Rule, RuleSet, names};

pub use names::is as names;

/// A problem for each of `typed` (given to `option`) that is neither rule nor pack.
pub fn unknown(option: &str, typed: &[String], rules: &RuleSet, words: Wording) -> Vec<Problem> {
    typed
        .iter()
        .filter(|name| !rules.iter().any(|rule| names(name, &rule.id)))
        .map(|name| unknown_one(option, name, rules, words, true))
        .collect()
}

/// The rule of this id.
///
/// # Errors
/// There is none: a problem with the nearest name.
pub fn find<'a>(id: &str, rules: &'a RuleSet, words: Wording) -> Result<&'a Rule, Box<Problem>> {
    rules
        .iter()
        .find(|rule| &*rule.id == id)
        .ok_or_else(|| Box::new(unknown_one("explain", id, rules, words, false)))
}

fn unknown_one(option: &str, name: &str, rules: &RuleSet, words: Wording, packs: bool) -> Problem {
    Problem {
        path: option.to_owned(),
        message: words.fill("unknown-rule", &[("name", name)]),
        hint: Some(names::hint(name, rules, packs, words)),
        at: None,
    }
}
