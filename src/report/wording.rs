//! The words of the program itself: summary, labels, its own error messages.
//!
//! They are data (`rules/messages.yaml`), so that a language is added without touching code.

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::FixedState;

use crate::lang::Lang;
use crate::prepared::{MESSAGES as TABLE, Message};

#[cfg(test)]
const MESSAGES: &str = include_str!("../../rules/messages.yaml");

/// The messages by their keys: each rule asks for some.
static BY_KEY: LazyLock<HashMap<&'static str, &'static Message, FixedState>> =
    LazyLock::new(|| TABLE.iter().map(|m| (m.key, m)).collect());

fn find(key: &str) -> Option<&'static Message> {
    BY_KEY.get(key).copied()
}

/// All keys with their English texts.
pub(super) fn entries() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLE.iter().map(|message| (message.key, message.en))
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
        self.find(key).unwrap_or(key)
    }

    /// The text of `key` if the table has it.
    pub fn find(self, key: &str) -> Option<&'static str> {
        find(key).map(|entry| match self.lang {
            Lang::Ko => entry.ko,
            Lang::En => entry.en,
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
        let template = match (self.lang, find(key)) {
            (Lang::En, Some(Message { one: Some(one), .. })) if n == 1 => one,
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
    use std::collections::BTreeMap;

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
        let file: BTreeMap<String, BTreeMap<String, String>> =
            serde_yaml::from_str(MESSAGES).unwrap();
        assert!(file.len() > 20);
        assert!(file.keys().eq(TABLE.iter().map(|m| m.key)));
        for message in TABLE {
            let key = message.key;
            assert_eq!(placeholders(message.ko), placeholders(message.en), "{key}");
            assert!(!message.ko.is_empty() && !message.en.is_empty(), "{key}");
            assert_eq!(file[key]["ko"], message.ko);
            assert_eq!(file[key]["en"], message.en);
            assert_eq!(file[key].get("one").map(String::as_str), message.one);
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
                assert!(
                    super::find(&found[1]).is_some(),
                    "{} is no message",
                    &found[1]
                );
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
