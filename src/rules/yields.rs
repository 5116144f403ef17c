//! Rules that leave a place to another rule, so that one fault is one finding.

use std::collections::HashSet;

use super::Rule;
use super::check::{Context, Verdict};
use super::schema::RuleFile;
use crate::report::{Finding, Problem};
use crate::yaml;

impl Rule {
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

/// Rules that a file yields to and that do not exist.
pub(super) fn unknown(path: &str, text: &str, known: &HashSet<&str>) -> Vec<Problem> {
    let Ok(read) = yaml::read::<RuleFile>(path, text) else {
        return Vec::new();
    };
    let mut ids: Vec<&str> = known.iter().copied().collect();
    ids.sort_unstable();
    let named = read.value.yields_to.iter().enumerate();
    named
        .filter(|(_, id)| !known.contains(id.as_str()))
        .map(|(n, id)| {
            let at = read.places.near(&["yields-to", &n.to_string()]);
            let near = yaml::nearest(id, ids.iter().copied());
            let hint = near.map(|near| format!("did you mean `{near}`?"));
            let message = format!("there is no rule `{}`", yaml::shown(id));
            read.places.problem(at, message, hint)
        })
        .collect()
}
