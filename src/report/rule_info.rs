//! What a report says about a rule as such.

use super::catalogue::authority_in;
use super::{Authority, Severity};
use crate::lang::Lang;
use crate::rules::Rule;

/// A rule in the language of the messages.
#[derive(Debug, Clone)]
pub struct RuleInfo {
    pub id: String,
    pub title: String,
    pub severity: Severity,
    pub help: String,
    pub authority: Authority,
    /// ISO dates.
    pub in_force: (Option<String>, Option<String>),
}

impl RuleInfo {
    pub fn new(rule: &Rule, lang: Lang) -> Self {
        Self {
            id: rule.id.to_string(),
            title: rule.title.get(lang).to_owned(),
            severity: rule.severity,
            help: rule.help.get(lang).to_owned(),
            authority: authority_in(&rule.authority, lang),
            in_force: (rule.in_force.from.clone(), rule.in_force.until.clone()),
        }
    }

    /// The pack: the part of the id before the first slash.
    pub fn pack(&self) -> &str {
        self.id.split('/').next().unwrap_or(&self.id)
    }
}
