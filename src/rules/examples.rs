//! Running the examples of the rules.

use std::sync::Arc;

use crate::facts::Facts;
use crate::linter::{Beside, Linter, Profile};
use crate::report::{Finding, Problem};
use crate::source::Source;

use super::{Check, Example, Rule};

/// What became of an example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// As it should be.
    Validated,
    /// The rule should have complained.
    Missing { expected: String },
    /// A rule complained that should not have.
    Noisy { rule: Arc<str>, text: String },
    /// The complaint stands elsewhere.
    WrongPlace { expected: String, found: String },
}

/// The outcome of the example number `index` of a rule.
#[derive(Debug, Clone)]
pub struct ExampleOutcome {
    pub rule: Arc<str>,
    pub index: usize,
    pub outcome: Outcome,
    pub text: String,
}

impl Linter {
    /// Runs every example of every rule. A passing one must be silent for its rule and for every `forbid` rule of its
    /// pack; after a fix of a failing one its rule must be silent at that place.
    pub fn test_examples(&self) -> Vec<ExampleOutcome> {
        let rules = self.rules().iter();
        rules.flat_map(|rule| self.test_rule(rule)).collect()
    }

    /// Runs every example of one rule of this linter.
    pub fn test_rule(&self, rule: &Rule) -> Vec<ExampleOutcome> {
        let examples = rule.examples().iter().enumerate();
        examples
            .map(|(index, example)| ExampleOutcome {
                rule: Arc::clone(&rule.id),
                index,
                outcome: self.example(rule, example),
                text: example.text.clone(),
            })
            .collect()
    }

    /// Puts a rule written as `text` in the place of that of this id, for trying out changes.
    ///
    /// # Errors
    /// All mistakes in it.
    pub fn replace_rule(&mut self, id: &str, text: &str) -> Result<(), Vec<Problem>> {
        self.rules_mut().replace(id, text)
    }

    fn example(&self, rule: &Rule, example: &Example) -> Outcome {
        let noisy = |text: String| Outcome::Noisy {
            rule: Arc::clone(&rule.id),
            text,
        };
        let items: Vec<&str> = self.rules().item_ids().collect();
        let facts = match &example.facts {
            Some(text) => match Facts::parse("incident.yaml", text, &items) {
                Ok(facts) => Some(facts),
                Err(problems) => {
                    let all: Vec<String> = problems.iter().map(|p| p.message.clone()).collect();
                    return noisy(all.join("; "));
                }
            },
            None => None,
        };
        let findings = match self.findings(rule, example, &example.text, facts.as_ref()) {
            Ok(findings) => findings,
            Err(message) => return noisy(message),
        };
        let own: Vec<&Finding> = findings.iter().filter(|f| f.rule == rule.id).collect();
        let slice = |f: &Finding| {
            example
                .text
                .get(f.span.start..f.span.end)
                .unwrap_or_default()
                .to_owned()
        };
        if example.pass {
            return match findings.first() {
                Some(f) => Outcome::Noisy {
                    rule: Arc::clone(&f.rule),
                    text: slice(f),
                },
                None => Outcome::Validated,
            };
        }
        if own.is_empty() {
            return Outcome::Missing {
                expected: example.covers.clone().unwrap_or_default(),
            };
        }
        if let Some(covers) = &example.covers
            && !own.iter().any(|f| slice(f) == *covers)
        {
            return Outcome::WrongPlace {
                expected: covers.clone(),
                found: slice(own[0]),
            };
        }
        self.after_fix(rule, example, facts.as_ref(), &own)
    }

    fn after_fix(
        &self,
        rule: &Rule,
        example: &Example,
        facts: Option<&Facts>,
        own: &[&Finding],
    ) -> Outcome {
        let mut text = example.text.clone();
        let mut edits: Vec<&crate::report::Edit> = own
            .iter()
            .flat_map(|f| f.fixes.iter().take(1))
            .flat_map(|f| &f.edits)
            .collect();
        if edits.is_empty() {
            return Outcome::Validated;
        }
        edits.sort_by_key(|e| std::cmp::Reverse(e.span));
        for e in edits {
            text.replace_range(e.span.start..e.span.end, &e.text);
        }
        match self.findings(rule, example, &text, facts) {
            Ok(findings) => match findings
                .iter()
                .find(|f| f.rule == rule.id && !f.fixes.is_empty())
            {
                Some(f) => Outcome::Noisy {
                    rule: Arc::clone(&rule.id),
                    text: text
                        .get(f.span.start..f.span.end)
                        .unwrap_or_default()
                        .to_owned(),
                },
                None => Outcome::Validated,
            },
            Err(message) => Outcome::Noisy {
                rule: Arc::clone(&rule.id),
                text: message,
            },
        }
    }

    /// Findings of the rule itself and of the `forbid` rules of its pack.
    fn findings(
        &self,
        rule: &Rule,
        example: &Example,
        text: &str,
        facts: Option<&Facts>,
    ) -> Result<Vec<Finding>, String> {
        let other = |name: &str, text: &Option<String>| match text {
            Some(text) => Source::decode(name, text.as_bytes().to_vec())
                .map(Some)
                .map_err(|e| e.to_string()),
            None => Ok(None),
        };
        let replaces = other("earlier.md", &example.replaces)?;
        let original = other("original.md", &example.translation_of)?;
        let beside = Beside {
            replaces: replaces.as_ref(),
            translation_of: original.as_ref(),
        };
        let source =
            Source::decode("example.md", text.as_bytes().to_vec()).map_err(|e| e.to_string())?;
        let linted = self.lint_rules(
            &source,
            facts.map(|f| (f, "incident.yaml")),
            &Profile::default(),
            beside,
            &|other| {
                other.id == rule.id
                    || other.pack() == rule.pack() && matches!(other.check, Check::Forbid(_))
                    || matches!(rule.check, Check::Waiver(_))
            },
            false,
        );
        let outcome = linted.outcome;
        if let Some(p) = outcome.problems.first() {
            return Err(p.message.clone());
        }
        let relevant = |f: &Finding| f.rule == rule.id || !matches!(rule.check, Check::Waiver(_));
        Ok(outcome
            .report
            .findings
            .into_iter()
            .filter(|f| f.waived.is_none() && relevant(f))
            .collect())
    }
}
