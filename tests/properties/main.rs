//! What holds for every notice, however it is written, on notices made at random of sentences, blocks and marks.

mod known;
mod notices;
mod runs;
mod twins;

use noticelint::facts::Facts;
use noticelint::fix;
use noticelint::notice::fold;
use noticelint::report::NoticeReport;
use noticelint::rules::RuleSet;
use noticelint::source::{Source, Span};
use noticelint::{LintOutcome, Linter, Settings};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

const FACTS: &str = "incident: x\njurisdictions: [kr]\nstatus: confirmed\naware-at: 2026-10-01T09:00+09:00\n\
    cohorts:\n  members:\n    count: { value: 1200, unit: persons }\n    leaked: [name, email, entrance-code]\n    not-leaked: [card]\n";

thread_local! {
    static LINTER: Linter = Linter::new(RuleSet::builtin().unwrap(), Settings::default());
}

/// The same notices in every run. `PROPTEST_CASES` and `PROPTEST_RNG_SEED` ask for others.
fn cases(cases: u32) -> ProptestConfig {
    let default = ProptestConfig::default();
    ProptestConfig {
        cases: if std::env::var_os("PROPTEST_CASES").is_some() {
            default.cases
        } else {
            cases
        },
        rng_seed: match default.rng_seed {
            RngSeed::Random => RngSeed::Fixed(20_261_001),
            fixed => fixed,
        },
        failure_persistence: None,
        ..default
    }
}

fn source(text: &str) -> Source {
    Source::decode("notice.md", text.as_bytes().to_vec()).unwrap()
}

fn lint_source(source: &Source) -> LintOutcome {
    LINTER.with(|linter| {
        let items: Vec<&str> = linter.rules().item_ids().collect();
        let facts = Facts::parse("incident.yaml", FACTS, &items).unwrap();
        linter.lint(source, Some((&facts, "incident.yaml")))
    })
}

fn lint(text: &str) -> NoticeReport {
    lint_source(&source(text)).report
}

/// What the report quotes, and where it says that it stands.
fn quoted(report: &NoticeReport) -> Vec<(Span, &str)> {
    let claims = &report.claims;
    let mut out: Vec<(Span, &str)> = Vec::new();
    for item in &claims.items {
        out.push((item.span, &item.text));
        out.extend(
            item.governed_by
                .iter()
                .map(|by| (by.span, by.text.as_str())),
        );
    }
    out.extend(claims.advice.iter().map(|a| (a.span, a.text.as_str())));
    out.extend(claims.counts.iter().map(|c| (c.span, c.text.as_str())));
    out.extend(claims.dates.iter().map(|d| (d.span, d.text.as_str())));
    let evidence = report.checklist.iter().flat_map(|entry| &entry.evidence);
    out.extend(evidence.map(|e| (e.span, e.text.as_str())));
    out
}

/// Folded, without the marks that [`notices`] puts into words, and without spaces: line breaks may be any of them.
fn bare(text: &str) -> String {
    let mut text = text.to_owned();
    for mark in ["<b>", "</b>", "<br>", "<!-- x -->", "&nbsp;", "\u{1f}"] {
        text = text.replace(mark, "");
    }
    let mark = |c: char| c.is_whitespace() || matches!(c, '*' | '`' | '\\' | '_' | '>');
    fold(&text).chars().filter(|c| !mark(*c)).collect()
}

proptest! {
    #![proptest_config(cases(160))]

    #[test]
    fn spans_stand_in_the_file_and_show_what_was_read(text in notices::notice()) {
        let report = lint(&text);
        for (span, said) in quoted(&report) {
            let slice = text.get(span.start..span.end);
            prop_assert!(slice.is_some(), "{:?} {:?}", span, said);
            let (slice, said) = (bare(slice.unwrap_or_default()), bare(said));
            prop_assert_eq!(slice, said, "{:?}", span);
        }
        let findings = report.findings.iter();
        let edits = findings.clone().flat_map(|f| &f.fixes).flat_map(|f| &f.edits);
        let spans = findings.map(|f| f.span).chain(edits.map(|e| e.span));
        for span in spans.chain(report.clauses.iter().map(|c| c.span)) {
            prop_assert!(text.get(span.start..span.end).is_some(), "{:?}", span);
        }
    }

    #[test]
    fn a_second_fix_changes_nothing(text in notices::notice()) {
        let fixed = fix::fix(&source(&text), false, lint_source);
        let again = fix::fix(&source(&fixed.text), false, lint_source);
        prop_assert_eq!(&again.text, &fixed.text);
        prop_assert!(again.applied.is_empty(), "{:?}", again.applied);
        if fixed.applied.is_empty() {
            prop_assert_eq!(&fixed.text, &text);
        }
    }
}
