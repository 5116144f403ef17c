//! Twice as long takes twice as long: no shape of a notice costs more than in proportion to its length.
//!
//! Counted are steps of work (`src/work.rs`), which no load changes. How long the shapes take is measured by
//! `cargo bench --bench speed -- shapes`.

use std::fmt::Write as _;

use noticelint::facts::Facts;
use noticelint::rules::RuleSet;
use noticelint::source::Source;
use noticelint::{Linter, Settings, work};

use super::FACTS;
use super::shapes::{notice, shapes};

/// Four times the length may take so many times the steps: a quadratic shape takes sixteen.
const BOUND: f64 = 6.0;
/// The shorter of two notices of a shape has so many bytes: what is looked at up to a bound must have reached it.
const LENGTH: usize = 20_000;

/// The steps that a notice takes.
fn steps(linter: &Linter, facts: &Facts, text: String) -> Option<u64> {
    let source = Source::decode("notice.md", text.into_bytes()).unwrap();
    let before = work::steps()?;
    linter.lint(&source, Some((facts, "incident.yaml")));
    Some(work::steps()? - before)
}

#[test]
fn four_times_the_length_takes_four_times_the_work() {
    let linter = Linter::new(RuleSet::builtin().unwrap(), Settings::default());
    let items: Vec<&str> = linter.rules().item_ids().collect();
    let facts = Facts::parse("incident.yaml", FACTS, &items).unwrap();
    let mut much = String::new();
    for (name, _, shape) in shapes() {
        let one = (shape(64).len() - shape(32).len()).div_ceil(32).max(1);
        let n = LENGTH.div_ceil(one);
        let of = |n: usize| steps(&linter, &facts, notice(shape, n));
        // Only builds with debug assertions count.
        let (Some(short), Some(long)) = (of(n), of(4 * n)) else {
            return;
        };
        let growth = long as f64 / short.max(1) as f64;
        println!("{name}: {short} steps, four times the length {growth:.1} times as many");
        if growth > BOUND {
            writeln!(much, "{name}: {growth:.1} times").unwrap();
        }
    }
    assert!(much.is_empty(), "{much}");
}
