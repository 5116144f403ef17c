use std::sync::Arc;

use crate::facts::Facts;
use crate::report::{Authority, Finding, Severity};
use crate::rules::RuleSet;
use crate::source::Span;
use crate::{Linter, Settings};

use super::*;

fn source(text: &str) -> Source {
    Source::decode("a.md", text.as_bytes().to_vec()).unwrap()
}

/// An outcome with these fixes: bytes, replacement, safe.
fn outcome(fixes: &[(usize, usize, &str, bool)]) -> LintOutcome {
    let linter = Linter::new(
        RuleSet::builtin_where(|p| p.starts_with("vocabulary/")).unwrap(),
        Settings::default(),
    );
    let mut outcome = linter.lint(&source("x"), None);
    outcome.report.findings = fixes
        .iter()
        .map(|(start, end, text, safe)| Finding {
            rule: "x/y".into(),
            severity: Severity::Error,
            message: String::new(),
            help: "".into(),
            fingerprint: String::new(),
            authority: Arc::new(Authority {
                body: String::new(),
                instrument: String::new(),
                provision: String::new(),
                date: String::new(),
                url: String::new(),
                basis: String::new(),
            }),
            span: Span::new(*start, *end),
            labels: Vec::new(),
            fixes: vec![Fix {
                title: String::new(),
                safe: *safe,
                edits: vec![Edit {
                    span: Span::new(*start, *end),
                    text: (*text).to_owned(),
                }],
            }],
            waived: None,
        })
        .collect();
    outcome
}

/// Fixes offered for the text as it is at first, and never again.
fn once(text: &str, all: bool, fixes: &[(usize, usize, &str, bool)]) -> String {
    fix(&source(text), all, |now| {
        outcome(if now.text == text { fixes } else { &[] })
    })
    .text
}

#[test]
fn fixes_that_overlap_are_not_both_made() {
    assert_eq!(
        once("abcdef", false, &[(1, 3, "X", true), (2, 5, "Y", true)]),
        "aXdef"
    );
    assert_eq!(
        once("abcdef", false, &[(2, 5, "Y", true), (1, 3, "X", true)]),
        "aXdef"
    );
    assert_eq!(
        once("abcdef", false, &[(0, 1, "X", true), (4, 6, "Y", true)]),
        "XbcdY"
    );
    // The same edit asked for by two rules.
    assert_eq!(
        once("abc", false, &[(1, 2, "X", true), (1, 2, "X", true)]),
        "aXc"
    );
}

#[test]
fn what_needs_a_decision_is_left_and_counted() {
    assert_eq!(once("abc", false, &[(0, 1, "X", false)]), "abc");
    assert_eq!(once("abc", true, &[(0, 1, "X", false)]), "Xbc");
    let fixed = fix(&source("abc"), false, |_| outcome(&[(0, 1, "X", false)]));
    assert_eq!(fixed.undecided, 1);
}

#[test]
fn fixes_that_undo_each_other_end() {
    let fixed = fix(&source("a"), false, |now| {
        let other = if now.text == "a" { "b" } else { "a" };
        outcome(&[(0, 1, other, true)])
    });
    assert_eq!(fixed.applied["x/y"], ROUNDS);
}

/// Every example of every rule: after its fixes a second run changes nothing, and no rule that offered a fix offers one still.
#[test]
fn every_example_is_fixed_in_one_run() {
    let linter = Linter::new(RuleSet::builtin().unwrap(), Settings::default());
    let items: Vec<&str> = linter.rules().item_ids().collect();
    let (mut fixed, mut seen) = (0, 0);
    for rule in linter.rules().iter() {
        for example in rule.examples() {
            let facts = example.facts.as_ref();
            let facts = facts.map(|text| Facts::parse("incident.yaml", text, &items).unwrap());
            let lint =
                |source: &Source| linter.lint(source, facts.as_ref().map(|f| (f, "incident.yaml")));
            for all in [false, true] {
                let once = fix(&source(&example.text), all, lint);
                let twice = fix(&source(&once.text), all, lint);
                assert_eq!(once.text, twice.text, "{}", rule.id);
                let left: Vec<_> = open(&lint(&source(&once.text)))
                    .filter(|(_, fix)| fix.safe || all)
                    .map(|(rule, fix)| format!("{rule}: {fix:?}"))
                    .collect();
                assert!(left.is_empty(), "{}: {left:?}\n{}", rule.id, once.text);
                fixed += once.applied.values().sum::<usize>();
                seen += 1;
            }
        }
    }
    assert!(seen > 100 && fixed > 3, "{seen}, {fixed}");
}
