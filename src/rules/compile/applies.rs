//! When a rule applies, in words.

use crate::facts::{Audience, Status};
use crate::front::Channel;
use crate::lang::Lang;
use crate::report::wording::Wording;
use crate::rules::Rule;

impl Rule {
    /// When the rule applies, a line for each condition.
    pub fn applies(&self, lang: Lang) -> Vec<String> {
        let words = Wording::new(lang);
        let when = &self.when.source;
        let mut out = Vec::new();
        let mut list = |key: &str, values: Vec<&str>| {
            if !values.is_empty() {
                out.push(words.fill(key, &[("list", &values.join(", "))]));
            }
        };
        list(
            "applies-jurisdiction",
            when.jurisdiction.iter().map(String::as_str).collect(),
        );
        list(
            "applies-language",
            when.language.iter().map(String::as_str).collect(),
        );
        list(
            "applies-kind",
            when.kind.iter().map(|k| k.as_str()).collect(),
        );
        list(
            "applies-not-kind",
            when.not_kind.iter().map(|k| k.as_str()).collect(),
        );
        list(
            "applies-channel",
            when.channel.iter().map(|k: &Channel| k.as_str()).collect(),
        );
        list(
            "applies-audience",
            when.audience
                .iter()
                .map(|k: &Audience| k.as_str())
                .collect(),
        );
        list(
            "applies-not-audience",
            when.not_audience.iter().map(|k| k.as_str()).collect(),
        );
        list(
            "applies-status",
            when.status.iter().map(|k: &Status| k.as_str()).collect(),
        );
        list(
            "applies-leaked",
            when.leaked_any.iter().map(String::as_str).collect(),
        );
        if when.facts {
            out.push(words.text("applies-facts").to_owned());
        }
        if out.is_empty() {
            out.push(words.text("applies-always").to_owned());
        }
        out
    }
}
