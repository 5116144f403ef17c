//! What the README shows is what the program says.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const README: &str = include_str!("../README.md");
const RULES: &str = include_str!("../docs/rules.md");

fn run(cwd: &Path, arguments: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_noticelint"))
        .args(arguments.split(' '))
        .current_dir(cwd)
        .output()
        .unwrap()
}

/// The code blocks of `page` in this language.
fn blocks(page: &'static str, language: &str) -> Vec<&'static str> {
    let start = format!("\n```{language}\n");
    page.split(start.as_str())
        .skip(1)
        .map(|part| part.split("\n```").next().unwrap_or_default())
        .collect()
}

#[test]
fn reports_are_as_shown() {
    let mut shown = 0;
    for block in blocks(README, "text") {
        let (command, expected) = block.split_once('\n').unwrap();
        let arguments = command.strip_prefix("$ noticelint ").unwrap();
        let output = run(Path::new(env!("CARGO_MANIFEST_DIR")), arguments);
        let report = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(1), "{arguments}");
        for (line, wanted) in report.lines().zip(expected.lines()) {
            // Long lines are cut in the README.
            match wanted.strip_suffix(" …") {
                Some(start) => assert!(line.starts_with(start), "{line}\n{wanted}"),
                None => assert_eq!(line, wanted),
            }
        }
        assert_eq!(report.lines().count(), expected.lines().count());
        shown += 1;
    }
    assert_eq!(shown, 2);
}

#[test]
fn front_matter_and_facts_are_read() {
    let [front, facts] = blocks(README, "yaml")[..] else {
        panic!("two blocks of YAML")
    };
    let waiver = blocks(README, "markdown")[0];
    let root = tempfile::tempdir().unwrap();
    let notice = format!("{front}\n# 개인정보 유출 안내\n\n{waiver}\n");
    fs::write(root.path().join("notice.md"), notice).unwrap();
    fs::write(root.path().join("incident.yaml"), facts).unwrap();
    // The earlier notice that the front matter names.
    fs::write(root.path().join("first.md"), "# 개인정보 유출 안내\n").unwrap();
    fs::write(root.path().join("notice.ko.md"), "# 개인정보 유출 안내\n").unwrap();
    let output = run(root.path(), "check notice.md --format json");
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["notices"][0]["incident"], "incident.yaml");
    assert_eq!(report["notices"][0]["cohort"], "members");
    assert_eq!(report["summary"]["problems"], 0);
}

#[test]
fn items_are_known() {
    let rules = noticelint::rules::RuleSet::builtin().unwrap();
    let list = README.split("Item ids:").nth(1).unwrap();
    let list = list.split("; more with").next().unwrap();
    let known: Vec<&str> = rules.item_ids().collect();
    for id in list.split('`').skip(1).step_by(2) {
        assert!(known.contains(&id), "{id}");
    }
}

#[test]
fn the_rule_that_is_explained_works() {
    let [rule, words, more_words] = blocks(RULES, "yaml")[..] else {
        panic!("three blocks of YAML")
    };
    let root = tempfile::tempdir().unwrap();
    for (path, text) in [
        ("acme/empty-comfort.yaml", rule),
        ("vocabulary/acme.yaml", words),
        ("vocabulary/badge.yaml", more_words),
    ] {
        let path = root.path().join("my-rules").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let output = run(root.path(), "test my-rules --lang en");
    let said = String::from_utf8(output.stderr).unwrap();
    let report = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}{report}");
    assert!(report.contains("acme/empty-comfort"), "{report}");
    fs::write(
        root.path().join("draft.md"),
        "# Data leak\n\nYour data is in safe hands. Your turnstile pass number was leaked.\n",
    )
    .unwrap();
    let output = run(
        root.path(),
        "check --rules my-rules --select acme draft.md --format json --fail-on warning",
    );
    assert_eq!(output.status.code(), Some(1));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let notice = &report["notices"][0];
    assert_eq!(notice["findings"][0]["rule"], "acme/empty-comfort");
    assert_eq!(notice["claims"]["items"][0]["item"], "badge");
    assert_eq!(notice["claims"]["items"][0]["status"], "leaked");
}

#[test]
fn every_key_of_a_rule_is_explained() {
    let schema = include_str!("../src/rules/schema.rs");
    let keys = schema
        .lines()
        .filter_map(|line| line.trim().strip_prefix("pub ")?.split_once(": "))
        .map(|(name, _)| name.replace('_', "-"));
    let mut count = 0;
    for key in keys {
        let explained = [format!("`{key}`"), format!("`{key}: ")]
            .iter()
            .any(|name| RULES.contains(name));
        assert!(explained, "docs/rules.md says nothing of `{key}`");
        count += 1;
    }
    assert!(count > 60, "{count}");
}
