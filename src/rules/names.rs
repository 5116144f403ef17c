//! Names of rules and packs as people write them, and the nearest ones that exist.

use std::collections::BTreeSet;

use crate::report::wording::Wording;
use crate::yaml;

use super::RuleSet;

/// What a waiver in the text begins with.
pub const DIRECTIVE: &str = "noticelint-ignore";

/// Fewer bytes than this are the beginning of too many names.
const BEGINNING: usize = 4;

/// The pack of a rule's id: `kr` of `kr/when`.
pub fn pack(id: &str) -> &str {
    id.split_once('/').map_or(id, |(pack, _)| pack)
}

/// Whether `name` is the rule's id or its pack.
pub fn is(name: &str, id: &str) -> bool {
    name == id || name == pack(id)
}

/// What to say behind an unknown name: the nearest one, else where all are listed.
pub fn hint(name: &str, rules: &RuleSet, packs: bool, words: Wording) -> String {
    match nearest(name, rules, packs) {
        Some(near) => words.fill("did-you-mean", &[("name", &near)]),
        None => words.text("rules-hint").to_owned(),
    }
}

/// The name that was probably meant: one that is spelled almost so; else one of another pack, or with the pack left out;
/// else one that begins so.
pub fn nearest(name: &str, rules: &RuleSet, packs: bool) -> Option<String> {
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
