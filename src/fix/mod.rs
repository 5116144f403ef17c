//! Applies the fixes that findings offer, until there is nothing more to apply.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::LintOutcome;
use crate::report::{Edit, Fix};
use crate::source::Source;

/// Rounds after which a text is left as it is. A fix can open the way for another, but two that undo each other must end.
const ROUNDS: usize = 10;

/// A notice with its fixes applied.
#[derive(Debug)]
pub struct Fixed {
    pub text: String,
    /// How often each rule's fixes were applied.
    pub applied: BTreeMap<String, usize>,
    /// Fixes that are left because they need a person's decision.
    pub undecided: usize,
}

/// Applies the safe fixes of the findings that were not set aside; with `all` also those that need a decision.
///
/// Of fixes that overlap the first in the text is applied, and the text is read again. If a fix breaks the front
/// matter, the text from before it stands.
pub fn fix(source: &Source, all: bool, lint: impl Fn(&Source) -> LintOutcome) -> Fixed {
    let mut applied = BTreeMap::new();
    let mut current = source.clone();
    let mut outcome = lint(&current);
    let broken = outcome.problems.len();
    for _ in 0..ROUNDS {
        let chosen = choose(&outcome, all);
        if chosen.is_empty() {
            break;
        }
        let mut edits: Vec<&Edit> = chosen.iter().flat_map(|(_, fix)| &fix.edits).collect();
        edits.sort_by_key(|edit| edit.span);
        edits.dedup_by(|a, b| a.span == b.span && a.text == b.text);
        let text = apply(&current.text, &edits);
        let Ok(next) = Source::decode_up_to(source.path.clone(), text.into_bytes(), usize::MAX)
        else {
            break;
        };
        if next.text == current.text {
            break;
        }
        let then = lint(&next);
        if then.problems.len() > broken {
            break;
        }
        for (rule, _) in &chosen {
            *applied.entry((*rule).to_owned()).or_insert(0) += 1;
        }
        (current, outcome) = (next, then);
    }
    let undecided = open(&outcome).filter(|(_, fix)| !fix.safe && !all).count();
    Fixed {
        text: current.text,
        applied,
        undecided,
    }
}

/// The first fix of each finding that counts.
fn open(outcome: &LintOutcome) -> impl Iterator<Item = (&str, &Fix)> {
    outcome
        .report
        .findings
        .iter()
        .filter(|finding| finding.waived.is_none())
        .filter_map(|finding| Some((&*finding.rule, finding.fixes.first()?)))
}

/// Fixes that do not overlap, each with its rule.
fn choose(outcome: &LintOutcome, all: bool) -> Vec<(&str, &Fix)> {
    let mut fixes: Vec<(&str, &Fix)> = open(outcome)
        .filter(|(_, fix)| (fix.safe || all) && !fix.edits.is_empty())
        .collect();
    fixes.sort_by_key(|(_, fix)| fix.edits.iter().map(|edit| edit.span).min());
    let mut chosen: Vec<(&str, &Fix)> = Vec::new();
    for (rule, fix) in fixes {
        let clash = |edit: &Edit| {
            let mut others = chosen.iter().flat_map(|(_, other)| &other.edits);
            others.any(|other| overlap(edit, other))
        };
        if !fix.edits.iter().any(clash) {
            chosen.push((rule, fix));
        }
    }
    chosen
}

/// Whether two edits cannot both be made. The same edit asked for twice can: it is made once.
fn overlap(a: &Edit, b: &Edit) -> bool {
    if a.span == b.span && a.text == b.text {
        return false;
    }
    // Touching counts: two insertions at one place have no order.
    a.span.start <= b.span.end && b.span.start <= a.span.end
}

/// The text with edits made, which are sorted and do not overlap.
fn apply(text: &str, edits: &[&Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        out.push_str(text.get(at..edit.span.start).unwrap_or_default());
        out.push_str(&edit.text);
        at = edit.span.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}
