//! The JSON Schemas under `docs/schema`: they are those of the program, and every shipped file fits them.
//!
//! After a change of the types or of the vocabulary: `UPDATE_SCHEMAS=1 cargo test --test schema`.

use std::fs;
use std::path::{Path, PathBuf};

use jsonschema::Validator;
use noticelint::notice;
use noticelint::rules::RuleSet;
use noticelint::schema::{self, Kind};
use serde_json::{Value, json};

fn committed(kind: Kind) -> PathBuf {
    Path::new("docs/schema").join(format!("{}.json", kind.name()))
}

fn validator(kind: Kind) -> Validator {
    let text = fs::read_to_string(committed(kind)).unwrap();
    let schema: Value = serde_json::from_str(&text).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap()
}

/// Files below `folder` whose name ends in `end`.
fn files(folder: &str, end: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false if path.to_string_lossy().ends_with(end) => found.push(path),
                false => {}
            }
        }
    }
    found.sort();
    found
}

fn assert_fits(validator: &Validator, value: &Value, name: &str) {
    let errors: Vec<String> = validator
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{name}: {errors:#?}");
}

#[test]
fn the_committed_schemas_are_those_of_the_program() {
    let rules = RuleSet::builtin().unwrap();
    for kind in Kind::ALL {
        let path = committed(kind);
        let text = schema::text(kind, &rules);
        if std::env::var_os("UPDATE_SCHEMAS").is_some() {
            fs::create_dir_all("docs/schema").unwrap();
            fs::write(&path, &text).unwrap();
        }
        let old = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            old == text,
            "{} is out of date: UPDATE_SCHEMAS=1 cargo test --test schema",
            path.display()
        );
    }
}

#[test]
fn every_shipped_rule_fits() {
    let rule = validator(Kind::Rule);
    let facts = validator(Kind::Facts);
    let front = validator(Kind::Notice);
    let mut seen = 0;
    for pack in fs::read_dir("rules").unwrap() {
        let pack = pack.unwrap().path();
        let name = pack.file_name().unwrap().to_string_lossy().into_owned();
        if !pack.is_dir() || ["vocabulary", "templates"].contains(&&*name) {
            continue;
        }
        for file in files(&pack.to_string_lossy(), ".yaml") {
            let name = file.display().to_string();
            let value = yaml(&fs::read_to_string(&file).unwrap());
            assert_fits(&rule, &value, &name);
            for example in value["examples"].as_array().into_iter().flatten() {
                if let Some(text) = example["facts"].as_str() {
                    assert_fits(&facts, &yaml(text), &name);
                }
                let text = example["pass"]
                    .as_str()
                    .or(example["fail"].as_str())
                    .unwrap();
                fits_front(&front, text, &name);
            }
            seen += 1;
        }
    }
    assert!(seen > 50, "{seen}");
}

fn fits_front(validator: &Validator, text: &str, name: &str) {
    if let Some(front) = notice::cut_front_matter(text).filter(|front| front.closed) {
        let text = &text[front.yaml.start..front.yaml.end];
        let value = yaml(text);
        if !value.is_null() {
            assert_fits(validator, &value, name);
        }
    }
}

#[test]
fn every_shipped_fact_and_notice_fits() {
    let facts = validator(Kind::Facts);
    let front = validator(Kind::Notice);
    let mut seen = 0;
    for file in files("fixtures/notices", ".yaml") {
        let value = yaml(&fs::read_to_string(&file).unwrap());
        assert_fits(&facts, &value, &file.display().to_string());
        seen += 1;
    }
    for file in files("fixtures/notices", ".md") {
        fits_front(
            &front,
            &fs::read_to_string(&file).unwrap(),
            &file.display().to_string(),
        );
        seen += 1;
    }
    assert!(seen > 30, "{seen}");
}

/// A schema that takes everything would fit everything.
#[test]
fn what_the_program_refuses_the_schemas_refuse() {
    let facts = validator(Kind::Facts);
    let good = json!({
        "incident": "x", "jurisdictions": ["kr"], "status": "confirmed", "aware-at": "2026-10-01T09:00+09:00",
        "cohorts": { "members": { "leaked": ["name", { "item": "password", "form": "hashed" }], "late-reason": null } },
    });
    assert!(facts.is_valid(&good));
    let with = |path: &str, value: Value| {
        let mut changed = good.clone();
        *changed
            .pointer_mut(path)
            .unwrap_or_else(|| panic!("{path}")) = value;
        changed
    };
    for bad in [
        with("/status", json!("confirmd")),
        with("/aware-at", json!("2026-10-01")),
        with("/aware-at", json!("2026-10-01T09:00")),
        with("/aware-at", json!("2026-13-01T09:00Z")),
        with("/jurisdictions", json!([])),
        with("/cohorts", json!({})),
        with("/cohorts/members/leaked", json!(["nmae"])),
        with(
            "/cohorts/members/leaked/1",
            json!({ "item": "password", "form": "hash" }),
        ),
        with("/cohorts/members/leaked/1", json!({ "id": "password" })),
        with("/cohorts/members", json!({ "leeked": [] })),
        with(
            "/cohorts/members",
            json!({ "count": { "value": -1, "unit": "persons" } }),
        ),
    ] {
        assert!(!facts.is_valid(&bad), "{bad}");
    }
    let front = validator(Kind::Notice);
    assert!(
        front.is_valid(&json!({ "kind": "full", "posted": { "from": "2026-10-01" }, "waive": [] }))
    );
    for bad in [
        json!({ "kind": "whole" }),
        json!({ "tags": [] }),
        json!({ "notify-at": "2026-10-01" }),
        json!({ "posted": { "from": "1 Oct" } }),
        json!({ "waive": [{ "reason": "x" }] }),
    ] {
        assert!(!front.is_valid(&bad), "{bad}");
    }
    let rule = validator(Kind::Rule);
    let text = fs::read_to_string("rules/kr/count.yaml").unwrap();
    let good = yaml(&text);
    let with = |key: &str, value: Value| {
        let mut changed = good.clone();
        changed[key] = value;
        changed
    };
    for bad in [
        with("severity", json!("fatal")),
        with("agree", json!({ "value": "colour" })),
        with("remind", json!({})),
        with("when", json!({ "leaked-any": ["nmae"] })),
        with("forbid", json!({ "say": [{ "all": ["no-such-concept"] }] })),
        with("examples", json!([{ "covers": "x" }])),
    ] {
        assert!(!rule.is_valid(&bad), "{bad}");
    }
}
