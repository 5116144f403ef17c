//! Rules that name others: to leave a place to them, so that one fault is one finding, or to ask what they ask.

use std::collections::HashSet;

use super::Rule;
use super::check::{Context, Verdict};
use super::compile::Check;
use super::schema::RuleFile;
use crate::report::{Finding, Problem};
use crate::yaml;

/// Whether a rule file may name other rules.
pub(super) fn names_rules(text: &str) -> bool {
    text.contains("yields-to") || text.contains("met:")
}

impl Rule {
    /// Ids of the rules that meet a need of this one.
    pub(crate) fn met_by(&self) -> impl Iterator<Item = &String> {
        let needs = match &self.check {
            Check::Require(r) => &r.all[..],
            _ => &[],
        };
        needs.iter().filter_map(|need| need.met.as_ref())
    }

    /// Whether the rules that this one names are all among `rules`, and those that meet its needs have no such needs.
    pub(super) fn names_only(&self, rules: &[Rule]) -> bool {
        let known = |id: &String| rules.iter().find(|rule| *rule.id == **id);
        let last = |id: &String| known(id).is_some_and(|rule| rule.met_by().next().is_none());
        self.yields_to.iter().all(|id| known(id).is_some()) && self.met_by().all(last)
    }

    /// Takes out of a verdict what rules that this one yields to have found at the same place.
    pub(crate) fn leave_to_others(
        &self,
        mut verdict: Verdict,
        found: &[Finding],
        cx: &Context<'_>,
    ) -> Verdict {
        let mut told = None;
        verdict.complaints.retain(|complaint| {
            let by = found.iter().find(|finding| {
                let same = self.yields_to.iter().any(|id| **id == *finding.rule);
                same && finding.span.start < complaint.span.end
                    && complaint.span.start < finding.span.end
            });
            told = by.map(|finding| finding.rule.clone()).or(told.take());
            by.is_none()
        });
        match told {
            Some(rule) if verdict.complaints.is_empty() => {
                Verdict::not_applicable(cx.words.fill("na-told", &[("rule", &rule)]))
            }
            _ => verdict,
        }
    }
}

/// Rules that a file names and that do not exist, or that would go round in circles.
pub(super) fn unknown(
    path: &str,
    text: &str,
    known: &HashSet<&str>,
    rules: &[Rule],
) -> Vec<Problem> {
    let Ok(read) = yaml::read::<RuleFile>(path, text) else {
        return Vec::new();
    };
    let mut ids: Vec<&str> = known.iter().copied().collect();
    ids.sort_unstable();
    let index = |n: usize| n.to_string();
    let yields = (read.value.yields_to.iter().enumerate())
        .map(|(n, id)| (id, vec!["yields-to".to_owned(), index(n)]));
    let needs = read
        .value
        .require
        .iter()
        .flat_map(|r| r.all.iter().enumerate());
    let met = needs.filter_map(|(n, need)| {
        let path = ["require", "all", &index(n), "met"].map(str::to_owned);
        Some((need.met.as_ref()?, path.to_vec()))
    });
    let leads_on = |id: &str| {
        let rule = rules.iter().find(|rule| *rule.id == *id);
        rule.is_some_and(|rule| rule.met_by().next().is_some())
    };
    yields
        .chain(met)
        .filter_map(|(id, path)| {
            let shown = yaml::shown(id);
            let (message, hint) = if !known.contains(id.as_str()) {
                let near = yaml::nearest(id, ids.iter().copied());
                let hint = near.map(|near| format!("did you mean `{near}`?"));
                (format!("there is no rule `{shown}`"), hint)
            } else if path.len() > 2 && leads_on(id) {
                let hint = "name the rule that has the words".to_owned();
                (format!("`{shown}` has a `met` of its own"), Some(hint))
            } else {
                return None;
            };
            let path: Vec<&str> = path.iter().map(String::as_str).collect();
            Some(read.places.problem(read.places.near(&path), message, hint))
        })
        .collect()
}
