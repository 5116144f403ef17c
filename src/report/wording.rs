//! The words of the program itself: summary, labels, its own error messages.
//!
//! They are data (`rules/messages.yaml`), so that a language is added without touching code.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::lang::Lang;

#[cfg(test)]
const MESSAGES: &str = include_str!("../../rules/messages.yaml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    ko: String,
    en: String,
    /// English for exactly one, where it differs.
    #[serde(default)]
    one: Option<String>,
}

/// An unreadable file leaves the table empty and every text is its key; a test makes sure that never ships.
static TABLE: LazyLock<BTreeMap<String, Entry>> =
    LazyLock::new(|| serde_json::from_str(crate::prepared::MESSAGES).unwrap_or_default());

/// All keys with their English texts.
pub(super) fn entries() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLE
        .iter()
        .map(|(key, entry)| (key.as_str(), entry.en.as_str()))
}

/// The program's words in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wording {
    lang: Lang,
}

impl Wording {
    pub fn new(lang: Lang) -> Self {
        Self { lang }
    }

    pub fn lang(self) -> Lang {
        self.lang
    }

    /// The text of `key`; the key itself when there is none.
    pub fn text(self, key: &str) -> &str {
        match TABLE.get(key) {
            Some(entry) => match self.lang {
                Lang::Ko => &entry.ko,
                Lang::En => &entry.en,
            },
            None => key,
        }
    }

    /// The text of `key` if the table has it.
    pub fn find(self, key: &str) -> Option<&'static str> {
        TABLE.get(key).map(|entry| match self.lang {
            Lang::Ko => entry.ko.as_str(),
            Lang::En => entry.en.as_str(),
        })
    }

    /// The text of `key` with each `{name}` replaced by its value.
    pub fn fill(self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.text(key), values)
    }

    /// A number of those affected: persons, accounts or records.
    pub fn counted(self, value: u64, unit: &str) -> String {
        let number = super::grouped(value);
        self.fill(&format!("count-{unit}"), &[("n", &number)])
    }

    /// Like [`Wording::fill`], with `{n}` and the singular for 1 where the language has one.
    pub fn count(self, key: &str, n: usize, values: &[(&str, &str)]) -> String {
        let template = match (self.lang, TABLE.get(key)) {
            (Lang::En, Some(Entry { one: Some(one), .. })) if n == 1 => one.as_str(),
            _ => self.text(key),
        };
        let number = n.to_string();
        let mut all = vec![("n", number.as_str())];
        all.extend_from_slice(values);
        fill(template, &all)
    }
}

/// Replaces `{name}` in one pass, so that a value holding braces is never expanded again.
fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        let tail = &rest[open..];
        let Some(close) = tail.find('}') else {
            rest = tail;
            break;
        };
        match values.iter().find(|(name, _)| *name == &tail[1..close]) {
            Some((_, value)) => out.push_str(value),
            None => out.push_str(&tail[..=close]),
        }
        rest = &tail[close + 1..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names in braces, sorted.
    fn placeholders(text: &str) -> Vec<&str> {
        let mut names: Vec<&str> = text
            .split('{')
            .skip(1)
            .filter_map(|part| part.split('}').next())
            .collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn the_table_is_readable_and_both_languages_hold_the_same_values() {
        let table: BTreeMap<String, Entry> = serde_yaml::from_str(MESSAGES).unwrap();
        assert!(table.len() > 20);
        for (key, entry) in &table {
            assert_eq!(placeholders(&entry.ko), placeholders(&entry.en), "{key}");
            assert!(!entry.ko.is_empty() && !entry.en.is_empty(), "{key}");
        }
    }

    #[test]
    fn every_key_used_in_the_source_exists() {
        let sources = [
            include_str!("human.rs"),
            include_str!("problems.rs"),
            include_str!("catalogue.rs"),
            include_str!("examples.rs"),
            include_str!("claims.rs"),
            include_str!("compare.rs"),
            include_str!("deadlines.rs"),
            include_str!("../cli/init.rs"),
            include_str!("../cli/others.rs"),
            include_str!("../rules/check/others.rs"),
            include_str!("../rules/check/values.rs"),
            include_str!("concise.rs"),
            include_str!("diagnostic.rs"),
            include_str!("github.rs"),
            include_str!("gitlab.rs"),
            include_str!("junit.rs"),
            include_str!("sarif.rs"),
            include_str!("html/mod.rs"),
            include_str!("html/checklist.rs"),
            include_str!("html/comparison.rs"),
            include_str!("html/findings.rs"),
            include_str!("html/notice_text.rs"),
            include_str!("html/parts.rs"),
            include_str!("html/state.rs"),
            include_str!("../cli/check.rs"),
            include_str!("../cli/destination.rs"),
            include_str!("../cli/walk.rs"),
            include_str!("../cli/settings.rs"),
            include_str!("../cli/mod.rs"),
            include_str!("../cli/rules.rs"),
            include_str!("../cli/explain.rs"),
            include_str!("../cli/claims.rs"),
            include_str!("../cli/test.rs"),
        ];
        let call = regex::Regex::new(r#"\.(?:text|fill|count)\(\s*"([^"]+)""#).unwrap();
        let mut seen = 0;
        for source in sources {
            for found in call.captures_iter(source) {
                seen += 1;
                assert!(TABLE.contains_key(&found[1]), "{} is no message", &found[1]);
            }
        }
        assert!(seen > 20, "only {seen} uses found");
    }

    #[test]
    fn values_are_never_expanded_again() {
        assert_eq!(
            fill("{a} and {b}", &[("a", "{b}"), ("b", "x")]),
            "{b} and x"
        );
        assert_eq!(fill("{open", &[("open", "x")]), "{open");
        assert_eq!(fill("{unknown}", &[]), "{unknown}");
    }
}
