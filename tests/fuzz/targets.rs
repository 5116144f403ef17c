//! What is fuzzed: each function takes any bytes and panics if the program breaks one of its promises on them.
//!
//! `fuzz/` runs them on bytes that a fuzzer makes up, `tests/fuzz/main.rs` on those kept in `seeds/`.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use noticelint::baseline::Baseline;
use noticelint::config::{Base, Config};
use noticelint::deadlines::deadlines;
use noticelint::facts::Facts;
use noticelint::fix::fix as apply_fixes;
use noticelint::front::Front;
use noticelint::lang::Lang;
use noticelint::report::wording::Wording;
use noticelint::report::{Format, Look, NoticeReport, Problem, Report, problems};
use noticelint::rules::RuleSet;
use noticelint::source::{Source, Span};
use noticelint::stream::{Outcome, Stream};
use noticelint::{LintOutcome, Linter, Settings, yaml};
use serde_json::Value;

const FACTS: &str = "incident: seeds\njurisdictions: [kr]\nstatus: confirmed\noccurred: { from: 2026-09-01, to: 2026-09-07 }\n\
    aware-at: 2026-10-01T09:00+09:00\ncohorts:\n  members:\n    count: { value: 1200, unit: persons }\n    \
    leaked: [name, email, entrance-code]\n    not-leaked: [card]\n";
const FACTS_PATH: &str = "incident.yaml";

/// For rules and facts: small, in both languages, with items, advice, values and a table.
const NOTICE: &str = "---\nkind: full\n---\n# 개인정보 유출 안내\n\n2026년 9월 1일 고객 1,200명의 이름, 이메일 주소가 유출되었습니다. 카드번호는 유출되지 않았습니다.\n\n\
    | 항목 | 여부 |\n|---|---|\n| 공동현관 비밀번호 | 유출 |\n\nPlease change your password. Your name may have been exposed.\n\n\
    - 고객센터 02-000-0000, privacy@acme.example\n";

/// A rule of the packs, whose place the rules under test take.
const RULE: &str = "kr/when";

thread_local! {
    static LINTER: Linter = Linter::new(packs(), Settings::default());
    static STREAM: Stream = Stream::new(Linter::new(packs(), Settings::default()), None, None);
    static TRIAL: RefCell<Linter> = RefCell::new(Linter::new(
        packs(),
        Settings { select: vec![RULE.to_owned()], ..Settings::default() },
    ));
}

fn packs() -> RuleSet {
    RuleSet::builtin().expect("the packs are right")
}

fn known_facts(linter: &Linter) -> Facts {
    let items: Vec<&str> = linter.rules().item_ids().collect();
    Facts::parse(FACTS_PATH, FACTS, &items).expect("the facts are right")
}

fn look(lang: Lang) -> Look {
    let words = Wording::new(lang);
    Look {
        words,
        coloured: false,
        verbose: true,
    }
}

/// Any bytes as a notice: refused with the place, or read; then every span is one, and every format is what it says.
pub fn notice(bytes: &[u8]) {
    let Some(source) = decoded(bytes) else { return };
    LINTER.with(|linter| {
        let facts = known_facts(linter);
        let outcome = linter.lint(&source, Some((&facts, FACTS_PATH)));
        check_outcome(&source, &outcome);
        let rest = linter.lint(&source, None);
        check_outcome(&source, &rest);
        check_formats(source, outcome, facts);
    });
}

/// Any bytes as front matter.
pub fn front(bytes: &[u8]) {
    let text = [b"---\n", bytes, b"\n---\n# t\n\n", NOTICE.as_bytes()].concat();
    let Some(source) = decoded(&text) else { return };
    let inner = Span::new(4, 4 + bytes.len());
    if let Err(problems) = Front::read(&source.path, &source.text, inner) {
        check_problems(&source, &problems);
    }
    LINTER.with(|linter| {
        let facts = known_facts(linter);
        check_outcome(&source, &linter.lint(&source, Some((&facts, FACTS_PATH))));
    });
}

/// Any bytes as facts.
pub fn facts(bytes: &[u8]) {
    let Some(source) = yaml_text(FACTS_PATH, bytes) else {
        return;
    };
    LINTER.with(|linter| {
        let items: Vec<&str> = linter.rules().item_ids().collect();
        match Facts::parse(FACTS_PATH, &source.text, &items) {
            Err(problems) => check_problems(&source, &problems),
            Ok(facts) => {
                deadlines(&facts, linter.rules(), None, Lang::Ko);
                let notice = decoded(NOTICE.as_bytes()).expect("it is UTF-8");
                let outcome = linter.lint(&notice, Some((&facts, FACTS_PATH)));
                check_outcome(&notice, &outcome);
                for label in outcome.report.findings.iter().flat_map(|f| &f.labels) {
                    if label.file.is_some() {
                        check_span(&source, label.span);
                    }
                }
                check_formats(notice, outcome, facts);
            }
        }
    });
}

/// Any bytes as a rule.
pub fn rule(bytes: &[u8]) {
    let Some(source) = yaml_text(&format!("{RULE}.yaml"), bytes) else {
        return;
    };
    TRIAL.with_borrow_mut(|linter| match linter.replace_rule(RULE, &source.text) {
        Err(problems) => check_problems(&source, &problems),
        Ok(()) => {
            let facts = known_facts(linter);
            let notice = decoded(NOTICE.as_bytes()).expect("it is UTF-8");
            check_outcome(&notice, &linter.lint(&notice, Some((&facts, FACTS_PATH))));
            let rule = linter.rules().get(RULE).expect("it took its place");
            linter.test_rule(rule);
        }
    });
}

/// Any bytes as a configuration and as a baseline.
pub fn config(bytes: &[u8]) {
    let Some(source) = yaml_text("noticelint.yaml", bytes) else {
        return;
    };
    let words = Wording::new(Lang::En);
    let base = Base::new(std::path::Path::new("/nowhere"));
    LINTER.with(|linter| {
        match Config::read(&source.path, &source.text, base, words) {
            Err(problems) => check_problems(&source, &problems),
            Ok(config) => {
                check_problems_if_any(&source, &config.unknown_rules(linter.rules(), words))
            }
        }
        match Baseline::read(&source.path, &source.text, words) {
            Err(problems) => check_problems(&source, &problems),
            Ok(known) => {
                check_problems_if_any(&source, &known.unknown_rules(&[linter.rules()], words));
            }
        }
    });
}

/// Any bytes as a line of `stream`: one line of JSON comes back, with the number and the id of the line.
pub fn stream(bytes: &[u8]) {
    let result = STREAM.with(|stream| stream.check(7, bytes));
    assert!(!result.text.contains(['\n', '\r']), "{}", result.text);
    let out: Value = serde_json::from_str(&result.text).expect("JSON");
    assert_eq!(out["line"], 7);
    let status = match result.outcome {
        Outcome::Passed => "pass",
        Outcome::Failed => "fail",
        Outcome::Bad => "bad",
    };
    assert_eq!(out["status"], status);
    if result.outcome == Outcome::Bad {
        assert!(out["problems"].as_array().is_some_and(|p| !p.is_empty()));
    } else {
        let record: Value = serde_json::from_slice(bytes).expect("it was read");
        assert_eq!(out["id"], record["id"]);
        let markdown = record["markdown"].as_str().expect("it was read");
        for finding in out["findings"].as_array().into_iter().flatten() {
            let at = |key: &str| finding[key].as_u64().expect("a number") as usize;
            assert!(markdown.get(at("start")..at("end")).is_some(), "{finding}");
        }
    }
}

/// Any bytes as a notice whose fixes are applied: the result is text, what is not fixed stands as it was, and a second
/// run changes nothing.
pub fn fix(bytes: &[u8]) {
    let Some(source) = decoded(bytes) else { return };
    LINTER.with(|linter| {
        let facts = known_facts(linter);
        let lint = |source: &Source| linter.lint(source, Some((&facts, FACTS_PATH)));
        for all in [false, true] {
            let fixed = apply_fixes(&source, all, lint);
            let then = Source::decode(source.path.clone(), fixed.text.clone().into_bytes());
            let then = then.expect("a fixed notice can be read");
            if fixed.applied.is_empty() {
                assert_eq!(fixed.text, source.text);
            }
            let outcome = lint(&then);
            check_outcome(&then, &outcome);
            assert!(outcome.problems.len() <= lint(&source).problems.len());
            // What needs a decision may offer a choice without end; what is safe may not.
            if !all {
                let again = apply_fixes(&then, false, lint);
                assert_eq!(again.text, then.text, "a second run changes more");
            }
        }
    });
}

/// The bytes as a notice; `None` if they are refused, with a place that is one.
fn decoded(bytes: &[u8]) -> Option<Source> {
    match Source::decode("notice.md", bytes.to_vec()) {
        Ok(source) => Some(source),
        Err(error) => {
            assert!(!error.to_string().is_empty());
            None
        }
    }
}

/// The bytes as a YAML file; `None` if they are refused.
fn yaml_text(path: &str, bytes: &[u8]) -> Option<Source> {
    match yaml::decode(path, bytes) {
        // The reader of notices refuses more than the reader of YAML does; it only gives the places here.
        Ok(text) => Source::decode(path, text.as_bytes().to_vec())
            .ok()
            .or_else(|| {
                let _ = yaml::read::<Value>(path, text);
                None
            }),
        Err(problem) => {
            assert!(problem.at.is_some(), "{problem:?}");
            None
        }
    }
}

fn check_span(source: &Source, span: Span) {
    assert!(span.start <= span.end, "{span:?}");
    let inside = source.text.get(span.start..span.end).is_some();
    assert!(inside, "{span:?} of {} bytes", source.text.len());
}

fn check_problems(source: &Source, problems: &[Problem]) {
    assert!(!problems.is_empty());
    check_problems_if_any(source, problems);
}

fn check_problems_if_any(source: &Source, found: &[Problem]) {
    for problem in found {
        let at = problem
            .at
            .unwrap_or_else(|| panic!("no place: {problem:?}"));
        check_span(source, at.span);
        assert_eq!(
            (at.line, at.column),
            source.line_column(at.span.start),
            "{problem:?}"
        );
    }
    let sources = BTreeMap::from([(source.path.clone(), Arc::new(source.clone()))]);
    check_text(&problems::render(found, &sources, look(Lang::En)));
}

fn check_outcome(source: &Source, outcome: &LintOutcome) {
    if !outcome.problems.is_empty() {
        check_problems(source, &outcome.problems);
    }
    let NoticeReport {
        findings,
        checklist,
        claims,
        clauses,
        ..
    } = &outcome.report;
    for finding in findings {
        check_span(source, finding.span);
        assert!(!finding.message.is_empty());
        for label in finding.labels.iter().filter(|label| label.file.is_none()) {
            check_span(source, label.span);
        }
        for edit in finding.fixes.iter().flat_map(|fix| &fix.edits) {
            check_span(source, edit.span);
        }
    }
    let evidence = checklist.iter().flat_map(|entry| &entry.evidence);
    evidence.for_each(|e| check_span(source, e.span));
    for item in &claims.items {
        check_span(source, item.span);
        if let Some(by) = &item.governed_by {
            check_span(source, by.span);
        }
    }
    claims
        .advice
        .iter()
        .for_each(|a| check_span(source, a.span));
    claims
        .counts
        .iter()
        .for_each(|c| check_span(source, c.span));
    claims.dates.iter().for_each(|d| check_span(source, d.span));
    clauses.iter().for_each(|c| check_span(source, c.span));
}

/// Nothing that a terminal would obey.
fn check_text(text: &str) {
    let bad = |c: &char| c.is_control() && !matches!(c, '\n' | '\t');
    if let Some(c) = text.chars().find(bad) {
        panic!("{c:?} in {text:?}");
    }
}

fn check_formats(source: Source, outcome: LintOutcome, facts: Facts) {
    let facts_source = Source::decode(FACTS_PATH, FACTS.as_bytes().to_vec());
    let sources = [source, facts_source.expect("it is UTF-8")];
    let report = Report {
        notices: vec![outcome.report],
        problems: outcome.problems,
        rules_hash: "sha256:0".to_owned(),
        sources: sources
            .into_iter()
            .map(|s| (s.path.clone(), Arc::new(s)))
            .collect(),
        facts: BTreeMap::from([(FACTS_PATH.to_owned(), Arc::new(facts))]),
        ..Report::default()
    };
    let json = |text: &str| {
        serde_json::from_str::<Value>(text).expect("JSON");
    };
    for format in Format::ALL {
        let lang = if format == Format::Github {
            Lang::Ko
        } else {
            Lang::En
        };
        let text = format.render_file(&report, look(lang));
        check_text(&text);
        match format {
            Format::Json | Format::Sarif | Format::Gitlab => json(&text),
            Format::Jsonl => text.lines().for_each(json),
            Format::Github => {
                for line in text.lines().filter(|line| line.starts_with("::")) {
                    let known = ["::error ", "::warning ", "::notice "];
                    assert!(known.iter().any(|k| line.starts_with(k)), "{line}");
                }
            }
            Format::Html => assert!(!text.contains("<script")),
            Format::Human | Format::Concise | Format::Junit => {}
        }
    }
}
