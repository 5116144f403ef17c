//! Names of rules and packs as typed, and the nearest ones that exist.

use std::collections::BTreeSet;

use noticelint::report::Problem;
use noticelint::report::wording::Wording;
use noticelint::rules::{Rule, RuleSet};
use noticelint::yaml;

/// Fewer bytes than this are the beginning of too many names.
const BEGINNING: usize = 4;

/// The pack of a rule's id: `kr` of `kr/when`.
fn pack(id: &str) -> &str {
    id.split_once('/').map_or(id, |(pack, _)| pack)
}

/// Whether `name` is the rule's id or its pack.
pub fn names(name: &str, id: &str) -> bool {
    name == id || name == pack(id)
}

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
    let hint = match nearest(name, rules, packs) {
        Some(near) => words.fill("did-you-mean", &[("name", &near)]),
        None => words.text("rules-hint").to_owned(),
    };
    Problem {
        path: option.to_owned(),
        message: words.fill("unknown-rule", &[("name", name)]),
        hint: Some(hint),
        at: None,
    }
}

/// The name that was probably meant: one that is spelled almost so; else one of another pack, or with the pack left out;
/// else one that begins so.
fn nearest(name: &str, rules: &RuleSet, packs: bool) -> Option<String> {
    let ids: BTreeSet<&str> = rules.iter().map(|rule| &*rule.id).collect();
    let mut known = ids.clone();
    if packs {
        known.extend(ids.iter().map(|id| pack(id)));
    }
    if let Some(near) = yaml::nearest(name, known.iter().copied()) {
        return Some(near.to_owned());
    }
    let typed = bare(name);
    let near = yaml::nearest(typed, ids.iter().map(|id| bare(id)));
    ids.iter()
        .find(|id| near == Some(bare(id)))
        .or_else(|| {
            ids.iter()
                .find(|id| typed.len() >= BEGINNING && bare(id).starts_with(typed))
        })
        .map(|id| (*id).to_owned())
}

/// A rule's id without its pack.
fn bare(id: &str) -> &str {
    id.split_once('/').map_or(id, |(_, bare)| bare)
}
