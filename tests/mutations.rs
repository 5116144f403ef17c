//! Every part of every rule is there for a reason: without it, an example or a fixture comes out otherwise.
//!
//! A part is a statement or pattern of a check. One whose loss nobody notices is listed in the snapshot; the list may only get shorter.
//!
//! A part that is new needs an example, a fixture, or a line in `fixtures/patterns`. When the list gets shorter:
//! `INSTA_UPDATE=always cargo test --release --test mutations`.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use noticelint::facts::{self, Facts, Named};
use noticelint::front::Front;
use noticelint::notice::Notice;
use noticelint::report::Place;
use noticelint::rules::{Outcome, RuleSet};
use noticelint::source::{Source, Span};
use noticelint::{Linter, Profile, Settings};
use serde_yaml::Value;

/// Lists of which each element is a part.
const LISTS: [&[&str]; 11] = [
    &["forbid", "say"],
    &["forbid", "always"],
    &["forbid", "unless"],
    &["forbid", "unless-said"],
    &["forbid", "patterns"],
    &["forbid", "except"],
    &["require", "any"],
    &["require", "all"],
    &["when", "said"],
    &["when", "not-said"],
    &["when", "but-said"],
];

fn rules() -> Vec<(String, String)> {
    let mut out = Vec::new();
    for pack in ["common", "kr"] {
        for file in fs::read_dir(format!("rules/{pack}")).unwrap() {
            let path = file.unwrap().path();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            out.push((format!("{pack}/{name}"), fs::read_to_string(path).unwrap()));
        }
    }
    out.sort();
    out
}

fn list<'a>(rule: &'a mut Value, path: &[&str]) -> Option<&'a mut Vec<Value>> {
    let mut value = rule;
    for key in path {
        value = value.get_mut(*key)?;
    }
    value.as_sequence_mut()
}

/// The rule without each of its parts, with the name of the part.
fn mutants(text: &str) -> Vec<(String, String)> {
    let rule: Value = serde_yaml::from_str(text).unwrap();
    let mut out = Vec::new();
    let mut without = |path: &[&str], index: usize| {
        let mut mutant = rule.clone();
        let Some(list) = list(&mut mutant, path) else {
            return;
        };
        list.remove(index);
        let name = format!("{}[{index}]", path.join("."));
        out.push((name, serde_yaml::to_string(&mutant).unwrap()));
    };
    let length = |path: &[&str]| list(&mut rule.clone(), path).map_or(0, |list| list.len());
    for path in LISTS {
        (0..length(path)).for_each(|index| without(path, index));
    }
    let mut copy = rule.clone();
    let needs = list(&mut copy, &["require", "all"]).map_or(0, |needs| needs.len());
    for need in 0..needs {
        let mut copy = rule.clone();
        let Some(needs) = list(&mut copy, &["require", "all"]) else {
            continue;
        };
        let any = needs[need]
            .get("any")
            .and_then(Value::as_sequence)
            .map_or(0, Vec::len);
        for index in 0..any {
            let mut mutant = rule.clone();
            let needs = list(&mut mutant, &["require", "all"]).unwrap();
            let any = needs[need].get_mut("any").unwrap();
            any.as_sequence_mut().unwrap().remove(index);
            let name = format!("require.all[{need}].any[{index}]");
            out.push((name, serde_yaml::to_string(&mutant).unwrap()));
        }
    }
    out
}

struct Case {
    source: Source,
    facts: Option<Facts>,
}

/// The notices under `fixtures/notices`, with their facts.
fn cases(rules: &RuleSet) -> Vec<Case> {
    let items: Vec<&str> = rules.item_ids().collect();
    let mut paths = Vec::new();
    for folder in fs::read_dir("fixtures/notices").unwrap() {
        for file in fs::read_dir(folder.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|e| e == "md") {
                paths.push(path);
            }
        }
    }
    paths.sort();
    paths.iter().map(|path| case(path, &items)).collect()
}

fn case(path: &Path, items: &[&str]) -> Case {
    let source = Source::decode(path.to_string_lossy(), fs::read(path).unwrap()).unwrap();
    let notice = Notice::parse(&source);
    let front = notice.front.as_ref().filter(|f| f.closed);
    let front = front.and_then(|f| Front::read("x", &source.text, f.yaml).ok());
    let incident = front.and_then(|f| f.incident);
    let at = Place {
        span: Span::default(),
        line: 1,
        column: 1,
        end_line: 1,
        end_column: 1,
    };
    let named = incident.as_ref().map(|i| Named { file: &i.value, at });
    let file: Option<PathBuf> = facts::find(path, named, None).unwrap();
    let facts = file.map(|file| Facts::load(&file, items).unwrap());
    Case { source, facts }
}

/// What one rule says of every fixture.
fn said(linter: &Linter, id: &str, cases: &[Case]) -> Vec<String> {
    let mut only = Profile::default();
    for rule in linter.rules().iter().filter(|rule| &*rule.id != id) {
        only.turn_off(&rule.id);
    }
    let one = |case: &Case| {
        let facts = case.facts.as_ref().map(|f| (f, f.path.as_str()));
        let report = linter.lint_as(&case.source, facts, &only).report;
        let findings = report
            .findings
            .iter()
            .map(|f| format!("{:?} {}", f.span, f.message));
        let states = report.checklist.iter().map(|c| format!("{:?}", c.status));
        findings.chain(states).collect::<Vec<_>>().join("; ")
    };
    let patterns = support::patterns();
    let lines = patterns.iter().filter(|(rule, _)| rule == id);
    let lines = lines.flat_map(|(_, lines)| lines);
    let lines = lines.map(|line| support::found(linter, id, line).join(" | "));
    cases.iter().map(one).chain(lines).collect()
}

/// Whether nobody notices that this rule stands in the place of that of its id.
fn survives(
    linter: &mut Linter,
    id: &str,
    mutant: &str,
    cases: &[Case],
    before: &[String],
) -> bool {
    if linter.replace_rule(id, mutant).is_err() {
        return false;
    }
    let rule = linter.rules().get(id).unwrap();
    let outcomes = linter.test_rule(rule);
    outcomes.iter().all(|o| o.outcome == Outcome::Validated) && said(linter, id, cases) == before
}

#[test]
fn no_part_of_a_rule_is_there_for_nothing() {
    let rules = rules();
    let next = AtomicUsize::new(0);
    let survivors = Mutex::new(BTreeMap::new());
    let tried = AtomicUsize::new(0);
    let work = || {
        let mut linter = Linter::new(RuleSet::builtin().unwrap(), Settings::default());
        let cases = cases(linter.rules());
        while let Some((id, text)) = rules.get(next.fetch_add(1, Ordering::Relaxed)) {
            let before = said(&linter, id, &cases);
            let mut left = Vec::new();
            for (part, mutant) in mutants(text) {
                tried.fetch_add(1, Ordering::Relaxed);
                if survives(&mut linter, id, &mutant, &cases, &before) {
                    left.push(part);
                }
            }
            linter.replace_rule(id, text).unwrap();
            survivors.lock().unwrap().insert(id.clone(), left);
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(work);
        }
    });
    let tried = tried.into_inner();
    assert!(tried > 200, "{tried}");
    let survivors = survivors.into_inner().unwrap();
    let lines = survivors
        .iter()
        .flat_map(|(id, parts)| parts.iter().map(move |part| format!("{id}: {part}")));
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"));
}
