//! The formats of other tools against their schemas and documents.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::support::*;

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// All that the official schema has to say against a SARIF file.
fn against_the_schema(sarif: &Value) -> Vec<String> {
    let schema = repository().join("tests/schemas/sarif-schema-2.1.0.json");
    let schema = json(&fs::read_to_string(schema).unwrap());
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap();
    validator
        .iter_errors(sarif)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

#[test]
fn sarif_is_valid_for_every_fixture() {
    for lang in ["ko", "en"] {
        let sarif = json(&report(
            &repository(),
            "sarif",
            &["fixtures/notices", "--lang", lang, "--as-of", "2026-11-01"],
        ));
        assert_eq!(against_the_schema(&sarif), Vec::<String>::new());
        assert!(sarif["runs"][0]["results"].as_array().unwrap().len() > 50);
    }
    // The check is one that can fail.
    let wrong = serde_json::json!({ "version": "2.1.0", "runs": [{}] });
    assert!(!against_the_schema(&wrong).is_empty());
}

#[test]
fn sarif_says_where_why_and_what_was_set_aside() {
    let root = sample();
    let sarif = json(&report(root.path(), "sarif", &[".", "--lang", "ko"]));
    assert_eq!(against_the_schema(&sarif), Vec::<String>::new());
    let run = &sarif["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    for result in results {
        let rule = &rules[result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        for key in ["text", "markdown"] {
            assert!(rule["help"][key].as_str().unwrap().len() > 20, "{rule}");
        }
        assert!(rule["helpUri"].as_str().unwrap().starts_with("https://"));
        assert!(rule["properties"]["authority"]["provision"].is_string());
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(
            place["artifactLocation"]["uri"],
            "%ED%86%B5%EC%A7%80/1%EC%B0%A8%20%EC%95%88%EB%82%B4.md"
        );
        assert_eq!(place["artifactLocation"]["uriBaseId"], "%SRCROOT%");
        assert!(result["partialFingerprints"]["noticelint/v1"].is_string());
    }
    let of = |rule: &str| {
        results
            .iter()
            .find(|result| result["ruleId"] == rule)
            .unwrap_or_else(|| panic!("no {rule}"))
    };
    // Columns are characters, the end is the one after the last.
    let euphemism = of("kr/no-exposure-euphemism");
    let region = &euphemism["locations"][0]["physicalLocation"]["region"];
    let line = NOTICE
        .lines()
        .nth(region["startLine"].as_u64().unwrap() as usize - 1)
        .unwrap();
    let from = region["startColumn"].as_u64().unwrap() as usize - 1;
    let to = region["endColumn"].as_u64().unwrap() as usize - 1;
    let marked: String = line.chars().skip(from).take(to - from).collect();
    assert_eq!(marked, "노출");
    assert_eq!(region["snippet"]["text"], "노출");
    assert!(euphemism["fixes"][0]["artifactChanges"][0]["replacements"][0].is_object());
    assert_eq!(euphemism["suppressions"], serde_json::json!([]));
    let waived = &of("kr/no-disclaimer")["suppressions"][0];
    assert_eq!(waived["kind"], "inSource");
    assert!(
        waived["justification"]
            .as_str()
            .unwrap()
            .contains("법무팀 검토 완료")
    );
    assert_eq!(waived["properties"]["approved-by"], "김하늘");
    // A place in the facts is told too.
    let related = of("kr/items-complete")["relatedLocations"].to_string();
    assert!(related.contains("incident.yaml"), "{related}");
    let notes = &run["invocations"][0]["toolExecutionNotifications"];
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
    assert_eq!(notes[0]["level"], "note", "{notes}");
}

#[test]
fn sarif_tells_problems_as_notifications() {
    let root = folder(&[
        ("a.md", NOTICE),
        ("incident.yaml", &FACTS.replace("status: ", "status: x")),
    ]);
    let args = ["a.md", "gone.md", "--format", "sarif"];
    let output = check(root.path(), &args);
    assert_eq!(code(&output), 2);
    let sarif = json(&stdout(&output));
    assert_eq!(against_the_schema(&sarif), Vec::<String>::new());
    let invocation = &sarif["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let notes = invocation["toolExecutionNotifications"].to_string();
    for said in ["gone.md", "incident.yaml", "\"startLine\":3"] {
        assert!(notes.contains(said), "{notes}");
    }
    // Nothing at all could be done.
    let args = ["a.md", "--select", "kr/wen", "--format", "sarif"];
    let sarif = json(&stdout(&check(root.path(), &args)));
    assert_eq!(against_the_schema(&sarif), Vec::<String>::new());
}

#[test]
fn github_commands_name_file_line_and_title() {
    let root = sample();
    let text = report(root.path(), "github", &["통지", "--lang", "ko"]);
    let lines: Vec<&str> = text.lines().collect();
    let (summary, commands) = lines.split_last().unwrap();
    assert!(summary.starts_with("통지문 1건: "), "{summary}");
    for line in commands {
        let rest = ["::error ", "::warning ", "::notice "]
            .iter()
            .find_map(|start| line.strip_prefix(start))
            .unwrap_or_else(|| panic!("{line}"));
        let (properties, message) = rest.split_once("::").unwrap();
        assert!(!message.is_empty());
        let keys: Vec<&str> = properties
            .split(',')
            .map(|property| property.split_once('=').unwrap().0)
            .collect();
        assert_eq!(
            keys,
            ["file", "line", "endLine", "col", "endColumn", "title"]
        );
        assert!(properties.starts_with("file=통지/1차 안내.md,line="));
    }
    let waived = commands
        .iter()
        .find(|line| line.contains("kr/no-disclaimer"));
    assert!(waived.unwrap().starts_with("::notice "), "{waived:?}");
    assert!(waived.unwrap().contains("법무팀 검토 완료"), "{waived:?}");
}

#[test]
fn paths_for_ci_are_those_of_the_repository_wherever_the_check_is_run() {
    let root = sample();
    let inside = root.path().join("통지");
    for format in ["sarif", "github", "gitlab", "junit", "html"] {
        let outside = report(root.path(), format, &["통지/1차 안내.md"]);
        let within = report(&inside, format, &["1차 안내.md"]);
        assert_eq!(outside, within, "{format}");
        assert!(
            within.contains("통지/1차 안내.md") || within.contains("%ED%86%B5%EC%A7%80/1"),
            "{within}"
        );
    }
}

#[test]
fn gitlab_issues_have_what_gitlab_asks_for() {
    let text = report(&repository(), "gitlab", &["fixtures/notices", "gone.md"]);
    let issues = json(&text);
    let issues = issues.as_array().unwrap();
    let mut seen = BTreeSet::new();
    for issue in issues {
        for key in ["description", "check_name", "fingerprint"] {
            assert!(!issue[key].as_str().unwrap().is_empty(), "{issue}");
        }
        assert!(
            seen.insert(issue["fingerprint"].as_str().unwrap()),
            "{issue}"
        );
        let severity = issue["severity"].as_str().unwrap();
        assert!(["info", "minor", "major", "blocker"].contains(&severity));
        let path = issue["location"]["path"].as_str().unwrap();
        assert!(!path.starts_with('/') && !path.starts_with("./"), "{path}");
        assert!(issue["location"]["lines"]["begin"].as_u64().unwrap() >= 1);
    }
    assert!(issues.iter().any(|issue| issue["severity"] == "blocker"));
    // A fingerprint stays when lines move.
    let root = sample();
    let prints = |root: &std::path::Path| -> Vec<String> {
        let issues = json(&report(root, "gitlab", &["통지"]));
        let issues = issues.as_array().unwrap().clone();
        let all = issues.iter().map(|issue| issue["fingerprint"].to_string());
        all.collect()
    };
    let before = prints(root.path());
    let moved = NOTICE.replace("고객님의", "안녕하십니까.\n\n고객님의");
    fs::write(root.path().join("통지/1차 안내.md"), moved).unwrap();
    assert_eq!(prints(root.path()), before);
}

/// Names of elements and attributes, the same as in the schema that Jenkins checks with (`tests/schemas/junit-10.xsd`).
#[test]
fn junit_has_a_suite_per_notice_and_a_test_per_rule() {
    let root = sample();
    let args = ["통지", "gone.md", "--lang", "ko", "--format", "junit"];
    let text = stdout(&check(root.path(), &args));
    let mut reader = quick_xml::Reader::from_str(&text);
    let mut open: Vec<String> = Vec::new();
    let mut counted = std::collections::BTreeMap::<String, usize>::new();
    loop {
        use quick_xml::events::Event;
        let event = reader.read_event().unwrap();
        let (start, closed) = match &event {
            Event::Start(start) => (start, false),
            Event::Empty(start) => (start, true),
            Event::End(_) => {
                open.pop();
                continue;
            }
            Event::Eof => break,
            _ => continue,
        };
        let name = start.name().as_ref().to_owned();
        let parent = open.last().map_or("", String::as_str);
        let (inside, attributes): (&str, &[&str]) = match name.as_str() {
            "testsuites" => ("", &["name", "tests", "failures", "errors"]),
            "testsuite" => (
                "testsuites",
                &["name", "tests", "failures", "errors", "skipped"],
            ),
            "properties" => ("testsuite", &[]),
            "property" => ("properties", &["name", "value"]),
            "testcase" => ("testsuite", &["name", "classname"]),
            "failure" | "error" => ("testcase", &["message", "type"]),
            "skipped" => ("testcase", &["message"]),
            other => panic!("{other} is no element of JUnit"),
        };
        assert_eq!(parent, inside, "{name}");
        let keys: Vec<String> = start
            .attributes()
            .map(|attribute| attribute.unwrap().key.as_ref().to_owned())
            .collect();
        assert_eq!(keys, attributes, "{name}");
        *counted.entry(name.clone()).or_default() += 1;
        if !closed {
            open.push(name);
        }
    }
    assert!(open.is_empty());
    assert_eq!(counted["testsuite"], 2);
    assert_eq!(counted["error"], 1);
    let total = format!(
        "tests=\"{}\" failures=\"{}\" errors=\"1\"",
        counted["testcase"], counted["failure"]
    );
    assert!(text.contains(&total), "{total}: {}", &text[..300]);
    for said in [
        "적용 제외: 사유: 법무팀 검토 완료; 승인: 김하늘",
        "해당 없음: ",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
}

/// Where `xmllint` is installed, it is asked too.
#[test]
fn junit_is_valid_by_the_schema_of_jenkins() {
    let known = Command::new("xmllint").arg("--version").output();
    if known.is_err() {
        return;
    }
    let root = sample();
    let file = root.path().join("junit.xml");
    for paths in [
        vec!["fixtures/notices"],
        vec!["fixtures/notices", "gone.md"],
        vec!["gone.md"],
    ] {
        fs::write(&file, report(&repository(), "junit", &paths)).unwrap();
        let output = Command::new("xmllint")
            .args(["--noout", "--schema"])
            .arg(repository().join("tests/schemas/junit-10.xsd"))
            .arg(&file)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", stderr(&output));
    }
}

#[test]
fn jsonl_is_the_contract_line_by_line() {
    let root = sample();
    let args = ["통지", "gone.md", "--as-of", "2026-03-10"];
    let whole = json(&report(root.path(), "json", &args));
    let text = report(root.path(), "jsonl", &args);
    let lines: Vec<Value> = text.lines().map(json).collect();
    let types: Vec<&str> = lines
        .iter()
        .map(|line| line["type"].as_str().unwrap())
        .collect();
    assert_eq!(types, ["notice", "skipped", "problem", "summary"]);
    let bare = |line: &Value| {
        let mut line = line.clone();
        line.as_object_mut().unwrap().remove("type");
        line
    };
    assert_eq!(bare(&lines[0]), whole["notices"][0]);
    assert_eq!(bare(&lines[1]), whole["skipped"][0]);
    assert_eq!(bare(&lines[2]), whole["problems"][0]);
    assert_eq!(lines[3]["errors"], whole["summary"]["errors"]);
    assert_eq!(lines[3]["as-of"], "2026-03-10");
    assert_eq!(lines[3]["tool"], whole["tool"]);
}

#[test]
fn concise_is_one_line_for_each_finding() {
    let root = sample();
    let text = report(root.path(), "concise", &["통지", "--lang", "ko"]);
    let whole = json(&report(root.path(), "json", &["통지", "--lang", "ko"]));
    let findings = whole["notices"][0]["findings"].as_array().unwrap();
    assert_eq!(text.lines().count(), findings.len());
    let pattern = regex::Regex::new(
        r"^통지/1차 안내\.md:\d+:\d+: (error|warning|info|waived) [a-z0-9/-]+ .+$",
    )
    .unwrap();
    for line in text.lines() {
        assert!(pattern.is_match(line), "{line}");
    }
    assert!(text.contains(": waived kr/no-disclaimer "), "{text}");
    assert!(
        text.contains("(사유: 법무팀 검토 완료; 승인: 김하늘)"),
        "{text}"
    );
}

/// The bytes of a report hang on what was checked, and on nothing else.
#[test]
fn every_format_is_the_same_for_any_threads_order_and_folder() {
    let root = sample();
    for n in 0..12 {
        let path = root.path().join(format!("통지/{n:02}.md"));
        fs::write(path, NOTICE.replace("약 1,000명", &format!("{n}00명"))).unwrap();
    }
    let here = root.path().to_str().unwrap();
    let (all, one) = (format!("{here}/통지"), format!("{here}/통지/07.md"));
    let elsewhere = tempfile::tempdir().unwrap();
    let (expected, first) = every_format(root.path(), &[&all, &one, "--threads", "1"]);
    assert_eq!(code(&first), 1, "{}", stderr(&first));
    for (cwd, args) in [
        (root.path(), [one.as_str(), &all, "--threads", "8"]),
        (elsewhere.path(), [&all, &one, "--threads", "3"]),
    ] {
        let (reports, _) = every_format(cwd, &args);
        for (got, expected) in reports.iter().zip(&expected) {
            assert!(got == expected, "{}", got.0);
        }
    }
    // The same on standard output.
    let sarif = report(root.path(), "sarif", &[&all, &one]);
    assert!(sarif == expected[4].1);
}
