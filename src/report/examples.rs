//! What became of the rules' own examples, for `noticelint test`.

use std::collections::BTreeMap;

use super::cells::{harmless_line, shortened};
use super::paint::Painter;
use super::{Look, Severity, snippet};
use crate::rules::{Check, ExampleOutcome, Outcome, Rule};

/// Cells of an example's text that are shown in a line.
const TEXT_CELLS: usize = 72;
/// A rule with fewer examples of either kind is not covered (design: at least two of each).
const ENOUGH: usize = 2;

/// The report, and whether every example came out as it says.
pub fn render<'a>(
    rules: impl Iterator<Item = &'a Rule>,
    outcomes: &[ExampleOutcome],
    look: Look,
) -> (String, bool) {
    let mut painter = Painter::new(look.coloured);
    let words = look.words;
    let mut by_rule: BTreeMap<&str, Vec<&ExampleOutcome>> = BTreeMap::new();
    for outcome in outcomes {
        by_rule.entry(&outcome.rule).or_default().push(outcome);
    }
    let (mut failed, mut run, mut covered, mut all) = (0, 0, 0, 0);
    for rule in rules {
        // What no text can break needs no failing example.
        let breakable = !matches!(rule.check, Check::Remind);
        all += usize::from(breakable);
        let enough = |pass: bool| {
            rule.examples()
                .iter()
                .filter(|example| example.pass == pass)
                .count()
                >= ENOUGH
        };
        covered += usize::from(breakable && enough(true) && enough(false));
        let own = by_rule.remove(&*rule.id).unwrap_or_default();
        let bad: Vec<_> = own
            .iter()
            .filter(|outcome| outcome.outcome != Outcome::Validated)
            .collect();
        run += own.len();
        failed += bad.len();
        let (severity, state) = match (own.is_empty(), bad.is_empty()) {
            (true, _) => (Severity::Warning, words.text("test-none").to_owned()),
            (false, true) => (Severity::Info, words.count("test-ok", own.len(), &[])),
            (false, false) => (
                Severity::Error,
                words.count("test-failed", bad.len(), &[("of", &own.len().to_string())]),
            ),
        };
        painter.bold(&harmless_line(&rule.id));
        painter.push(": ");
        painter.levelled(snippet::level(severity), &state);
        painter.line("");
        for outcome in bad {
            painter.line(&format!("  {}", describe(outcome, look)));
            painter.line(&format!("    {}", shortened(&outcome.text, TEXT_CELLS)));
        }
    }
    painter.line("");
    painter.line(&words.count("test-coverage", covered, &[("of", &all.to_string())]));
    let of = |is: fn(&Outcome) -> bool| {
        let all = outcomes.iter().filter(|outcome| is(&outcome.outcome));
        all.count().to_string()
    };
    let values = [
        ("validated", of(|o| *o == Outcome::Validated)),
        ("missing", of(|o| matches!(o, Outcome::Missing { .. }))),
        ("noisy", of(|o| matches!(o, Outcome::Noisy { .. }))),
        ("wrong", of(|o| matches!(o, Outcome::WrongPlace { .. }))),
    ];
    let values = values.each_ref().map(|(key, n)| (*key, n.as_str()));
    let sum = words.count("test-sum", run, &values);
    painter.bold(&sum);
    painter.line("");
    (painter.into_text(), failed == 0)
}

/// What is wrong with one example, its number counted from 1.
fn describe(outcome: &ExampleOutcome, look: Look) -> String {
    let number = (outcome.index + 1).to_string();
    let words = look.words;
    match &outcome.outcome {
        Outcome::Validated => String::new(),
        Outcome::Missing { expected } => words.fill(
            "test-missing",
            &[
                ("number", &number),
                ("text", &shortened(expected, TEXT_CELLS)),
            ],
        ),
        Outcome::Noisy { rule, text } => words.fill(
            "test-noisy",
            &[
                ("number", &number),
                ("rule", &harmless_line(rule)),
                ("text", &shortened(text, TEXT_CELLS)),
            ],
        ),
        Outcome::WrongPlace { expected, found } => words.fill(
            "test-wrong-place",
            &[
                ("number", &number),
                ("text", &shortened(expected, TEXT_CELLS)),
                ("found", &shortened(found, TEXT_CELLS)),
            ],
        ),
    }
}
