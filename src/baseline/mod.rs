//! Findings that are known: written down once, so that a check tells only new ones.
//!
//! A finding is known by its rule and its fingerprint, in which no line number has a part, and by its notice. A notice that
//! was moved or renamed is recognised by its findings.

mod matching;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::report::wording::Wording;
use crate::report::{Problem, Report};
use crate::rules::{RuleSet, names};
use crate::source::{Source, Span};
use crate::yaml::{self, Ordered, Places};

pub use matching::Outcome;

/// The version of the file's form.
const VERSION: u32 = 1;

/// Characters of the matched text that are written down, for people.
const TEXT: usize = 60;

/// What is known of notices, by path; each list is sorted.
#[derive(Debug, Default)]
pub struct Baseline {
    /// As shown in reports.
    pub path: String,
    notices: BTreeMap<String, Vec<Entry>>,
    places: Option<Places>,
}

/// A finding that is known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    pub rule: String,
    pub fingerprint: String,
    /// The beginning of the text found; only for people.
    pub text: String,
    /// How many findings of the notice are the same in all this.
    pub count: usize,
    span: Span,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    version: u32,
    #[serde(default)]
    notices: Ordered<Vec<RawEntry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEntry {
    rule: String,
    fingerprint: String,
    #[serde(default)]
    text: String,
    #[serde(default = "one")]
    count: usize,
}

fn one() -> usize {
    1
}

impl Baseline {
    /// The findings of a report that were not set aside. `name` gives the path of a notice as it is to be written.
    pub fn of(report: &Report, name: impl Fn(&str) -> String) -> Self {
        let mut notices: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
        for notice in &report.notices {
            let source = report.sources.get(&notice.path);
            let mut counted: BTreeMap<(&str, &str), Entry> = BTreeMap::new();
            for finding in notice.findings.iter().filter(|f| f.waived.is_none()) {
                let entry = counted
                    .entry((&finding.rule, &finding.fingerprint))
                    .or_insert_with(|| Entry {
                        rule: finding.rule.to_string(),
                        fingerprint: finding.fingerprint.clone(),
                        text: source.map_or_else(String::new, |s| beginning(s, finding.span)),
                        count: 0,
                        span: Span::default(),
                    });
                entry.count += 1;
            }
            if !counted.is_empty() {
                let list = notices.entry(name(&notice.path)).or_default();
                list.extend(counted.into_values());
                list.sort();
            }
        }
        Self {
            notices,
            ..Self::default()
        }
    }

    /// The file: sorted, one line for each finding.
    pub fn to_text(&self, words: Wording) -> String {
        let mut out = String::new();
        for line in words.text("baseline-head").lines() {
            out.push_str(&format!("# {line}\n"));
        }
        out.push_str(&format!("version: {VERSION}\n"));
        if self.notices.is_empty() {
            out.push_str("notices: {}\n");
            return out;
        }
        out.push_str("notices:\n");
        for (path, entries) in &self.notices {
            out.push_str(&format!("  {}:\n", quoted(path)));
            for e in entries {
                let count = match e.count {
                    1 => String::new(),
                    n => format!(", count: {n}"),
                };
                out.push_str(&format!(
                    "    - {{ rule: {}, fingerprint: {}{count}, text: {} }}\n",
                    e.rule,
                    quoted(&e.fingerprint),
                    quoted(&e.text)
                ));
            }
        }
        out
    }

    /// Reads a file made by [`Baseline::to_text`].
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(path: &str, text: &str, words: Wording) -> Result<Self, Vec<Problem>> {
        let yaml = yaml::read::<Raw>(path, text)?;
        if yaml.value.version != VERSION {
            let values = [("version", yaml.value.version.to_string())];
            let values = values.each_ref().map(|(k, v)| (*k, v.as_str()));
            let message = words.fill("baseline-version", &values);
            let at = yaml.places.near(&["version"]);
            return Err(vec![yaml.places.problem(at, message, None)]);
        }
        let mut notices = BTreeMap::new();
        for (notice, raw) in yaml.value.notices.0 {
            let entries = raw.into_iter().enumerate().map(|(n, raw)| {
                let n = n.to_string();
                Entry {
                    span: yaml.places.near(&["notices", &notice, &n, "rule"]),
                    rule: raw.rule,
                    fingerprint: raw.fingerprint,
                    text: raw.text,
                    count: raw.count,
                }
            });
            let entries: Vec<Entry> = entries.collect();
            notices.insert(notice, entries);
        }
        Ok(Self {
            path: path.to_owned(),
            notices,
            places: Some(yaml.places),
        })
    }

    /// A problem for each entry whose rule does not exist.
    pub fn unknown_rules(&self, known: &[&RuleSet], words: Wording) -> Vec<Problem> {
        let (Some(places), Some(first)) = (&self.places, known.first()) else {
            return Vec::new();
        };
        let entries = self.notices.values().flatten();
        entries
            .filter(|e| !known.iter().any(|rules| rules.get(&e.rule).is_some()))
            .map(|e| {
                let message = words.fill("unknown-rule", &[("name", &yaml::shown(&e.rule))]);
                let hint = names::hint(&e.rule, first, false, words);
                places.problem(e.span, message, Some(hint))
            })
            .collect()
    }
}

/// The text at a span on one line, cut.
fn beginning(source: &Source, span: Span) -> String {
    let text = source.slice(span);
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    match text.char_indices().nth(TEXT) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}

/// A text in double quotes; JSON's form is one of YAML's.
fn quoted(text: &str) -> String {
    // Writing a string to memory cannot fail.
    let json = serde_json::to_string(text).unwrap_or_default();
    // YAML takes these for line ends, or does not print them.
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '\u{7f}'..='\u{9f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}' => {
                out.push_str(&format!("\\u{:04x}", c as u32));
            }
            c => out.push(c),
        }
    }
    out
}
