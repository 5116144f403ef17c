//! What `values.yaml` may say.

use serde::Deserialize;

use super::super::vocabulary::Role;
use crate::yaml::Ordered;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::language) struct ValuesFile {
    /// Patterns of a date with the groups year, month, day, month-name (as `name`).
    pub(super) dates: Vec<String>,
    pub(super) periods: Vec<String>,
    pub(super) cutoff_behind: String,
    pub(super) cutoff_before: String,
    /// What may stand between the two dates of a period.
    pub(super) between: String,
    pub(super) slash_behind: String,
    pub(super) slash_period: String,
    /// What stands behind a date that only ends or only begins a period.
    pub(super) until: String,
    /// What closes a list that an open word stands behind: "3 items in all".
    pub(super) closing_count: String,
    pub(super) months: Ordered<i8>,
    /// In this order; the first that fits.
    /// Roles that a period under a heading of the event does not have.
    #[serde(default)]
    pub(super) points: Vec<String>,
    pub(super) date_roles: Vec<RoleSource>,
    /// Concepts that make a date the leak's although something was repaired in the same clause.
    #[serde(default)]
    pub(super) wrongs: Vec<String>,
    /// Concepts of being told: a date before them is that of the finding, whatever the sentence then tells of the event.
    #[serde(default)]
    pub(super) learned: Vec<String>,
    pub(super) numbers: NumbersSource,
    pub(super) phone: String,
    pub(super) email: String,
    pub(super) url: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RoleSource {
    pub(super) role: String,
    #[serde(default)]
    pub(super) sections: Vec<String>,
    #[serde(default)]
    pub(super) concepts: Vec<String>,
    #[serde(default)]
    pub(super) roles: Vec<Role>,
    /// Right behind one of these concepts it is somebody else's: "the police were informed".
    #[serde(default)]
    pub(super) not_after: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct NumbersSource {
    /// Words that join the parts of a number in words.
    #[serde(default)]
    pub(super) joiners: Vec<String>,
    /// Words behind a number that is alone.
    #[serde(default)]
    pub(super) counters: Vec<String>,
    /// Words before a number that is not exact.
    #[serde(default)]
    pub(super) about: Vec<String>,
    /// A number with the groups `number`, `unit` and perhaps `about`.
    pub(super) patterns: Vec<String>,
    /// Factors written behind digits.
    pub(super) factors: Ordered<u64>,
    /// Numbers written as words.
    pub(super) words: Ordered<u64>,
    /// Words of units.
    pub(super) units: Ordered<Vec<String>>,
    /// Concepts (or sections) that make a count one of those affected.
    pub(super) affected_concepts: Vec<String>,
    pub(super) affected_sections: Vec<String>,
    /// Concepts that make it something else.
    pub(super) other_concepts: Vec<String>,
    pub(super) whole: String,
    pub(super) others_before: String,
}
