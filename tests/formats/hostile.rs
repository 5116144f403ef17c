//! Text from a draft, a file name, facts or a waiver drives nothing: no terminal, no CI log, no page, no XML, no JSON.

use std::fs;

use crate::support::*;

/// What is tried: escapes, bidi, commands of CI logs, ends of CDATA, scripts and comments, attributes.
const EVIL: &str = "\u{1b}[31m\u{202e}gnp\u{2066}\u{7}\u{9b}2J ]]> </script><script>alert(1)</script> <img src=x onerror=alert(2)> \
                    --> \" ' & %0A ##[error]boo ##vso[task.setvariable]x \u{2028}::error::boo";
const NAME: &str = "::error file=x,line=1::\u{1b}[2J\u{202e}\"<script>%0A\n::warning::b&]]>.md";

fn evil_notice() -> String {
    format!(
        "---\nkind: full\nnotify-at: 2026-03-09T10:00+09:00\nwaive:\n  - rule: kr/no-disclaimer\n    \
         reason: \"a\\0b\\e[31m\\u202e\\n::error::boo ]]> </script><script>alert(1)</script> ##[error]x\"\n    \
         approved-by: \"<img src=x onerror=alert(3)>\\r\\n::error::boo\"\n---\n\
         # 개인정보 노출 안내 {EVIL}\n\n::error file=a::boo\n\n고객님의 이름이 노출{EVIL}되었습니다. \
         약 1,000명입니다. {EVIL} 당사는 책임을 지지 않습니다.\n\n##[error]boo\n\n[이름](javascript:alert(1)) 노출 <!-- {EVIL}"
    )
}

fn evil_facts() -> String {
    FACTS.replace(
        "2026-03-saebyeok",
        "\"<script>alert(1)</script>\\e[31m\\u202e\\0\\n::error::boo ]]> ##[error]x\"",
    )
}

/// Nothing that a terminal obeys, and nothing that a CI log takes for a command.
fn assert_harmless(format: &str, text: &str) {
    for (number, line) in text.lines().enumerate() {
        let obeyed = line.chars().find(|c| {
            c.is_control() && *c != '\t'
                || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
        });
        assert_eq!(obeyed, None, "{format}, line {number}: {line:?}");
        for command in ["##[", "##vso["] {
            assert!(!line.contains(command), "{format}, line {number}: {line}");
        }
        let starts = line.trim_start().starts_with("::");
        let own = ["::error file=", "::warning file=", "::notice file="]
            .iter()
            .any(|start| line.starts_with(start));
        assert!(
            !starts || format == "github" && own,
            "{format}, line {number}: {line}"
        );
    }
}

#[test]
fn nothing_in_a_draft_drives_what_shows_the_report() {
    let root = folder(&[("incident.yaml", &evil_facts())]);
    // Not every system allows such a name.
    let name = match fs::write(root.path().join(NAME), evil_notice()) {
        Ok(()) => NAME,
        Err(_) => "plain.md",
    };
    fs::write(root.path().join(name), evil_notice()).unwrap();
    fs::write(root.path().join("broken.md"), b"# \0 ::error::boo\n").unwrap();
    let missing = format!("gone{}.md", EVIL.replace('/', "-"));
    let found = stdout(&check(root.path(), &[name, "--format", "json"]));
    let found: serde_json::Value = serde_json::from_str(&found).unwrap();
    let findings = found["notices"][0]["findings"].as_array().unwrap().len();
    assert!(findings > 5, "{found}");
    for lang in ["ko", "en"] {
        let args = [
            name,
            "broken.md",
            &missing,
            "--format=human",
            "--lang",
            lang,
        ];
        let (reports, output) = every_format(root.path(), &args);
        assert_eq!(code(&output), 2, "{}", stderr(&output));
        assert_harmless("problems", &stderr(&output));
        assert_harmless("standard output", &stdout(&output));
        for (format, text) in reports {
            assert_harmless(format, &text);
            assert!(text.contains("gone"), "{format} tells the problem");
            match format {
                "github" => {
                    let commands = text.lines().filter(|line| line.starts_with("::"));
                    assert_eq!(commands.count(), findings + 2, "{text}");
                }
                "json" | "sarif" | "gitlab" => {
                    serde_json::from_str::<serde_json::Value>(&text).unwrap();
                }
                "jsonl" => {
                    for line in text.lines() {
                        serde_json::from_str::<serde_json::Value>(line).unwrap();
                    }
                }
                "junit" => {
                    let mut reader = quick_xml::Reader::from_str(&text);
                    while reader.read_event().unwrap() != quick_xml::events::Event::Eof {}
                    assert!(!text.contains("]]>") && !text.contains("<script"), "{text}");
                }
                "html" => {
                    for tag in ["<script", "<img", "<!--", "javascript:alert(1)\""] {
                        assert!(!text.contains(tag), "{tag}");
                    }
                    assert_eq!(text.matches("<style>").count(), 1);
                    assert!(text.contains("&lt;script&gt;alert(1)"), "it is shown");
                }
                _ => {}
            }
        }
    }
}

/// A rule of one's own is data, too: no line of a report is a command to a CI log by its help or its authority.
#[test]
fn nothing_in_a_rule_drives_what_shows_the_report() {
    let rule =
        fs::read_to_string(repository().join("rules/kr/no-exposure-euphemism.yaml")).unwrap();
    let evil = "\"a\\e[31m\\u202e\\n::error::boo\\n  ::warning::boo\\n##[error]x </script><script>alert(1)</script>\"";
    let mut lines = String::new();
    let mut inside = false;
    for line in rule.lines() {
        inside = inside && line.starts_with(' ');
        if line.starts_with("help:") || line.starts_with("message:") || line.starts_with("title:") {
            inside = true;
            let key = line.split(':').next().unwrap();
            lines.push_str(&format!("{key}: {{ ko: {evil}, en: {evil} }}\n"));
        } else if !inside {
            lines.push_str(line);
            lines.push('\n');
        }
    }
    let root = folder(&[("a.md", NOTICE), ("mine/own/no-exposure.yaml", &lines)]);
    let args = ["a.md", "--rules", "mine", "--select", "own", "--lang", "ko"];
    let (reports, output) = every_format(root.path(), &args);
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    assert_harmless("standard output", &stdout(&output));
    for (format, text) in reports {
        assert_harmless(format, &text);
        assert!(text.contains("boo"), "{format}");
        assert!(format != "html" || !text.contains("<script"), "{text}");
    }
}

/// Two names that are no UTF-8 are two names.
#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_text_are_told_apart() {
    use std::os::unix::ffi::OsStrExt as _;
    let root = folder(&[]);
    for (name, lines) in [(b"n-\xff.md", 1), (b"n-\xfe.md", 5)] {
        let path = root.path().join(std::ffi::OsStr::from_bytes(name));
        let text = format!(
            "---\nkind: full\n---\n{}# 개인정보 노출 안내\n",
            "\n".repeat(lines)
        );
        fs::write(path, text).unwrap();
    }
    let args = ["--select", "kr/no-exposure-euphemism"];
    let told = report(root.path(), "concise", &args);
    assert!(
        told.contains("n-\\xff.md:5:8: ") && told.contains("n-\\xfe.md:9:8: "),
        "{told}"
    );
}

/// A user's own rules may name any link; only one to the web is made one.
#[test]
fn a_link_of_a_rule_is_followed_to_the_web_only() {
    let rule =
        fs::read_to_string(repository().join("rules/kr/no-exposure-euphemism.yaml")).unwrap();
    let url = regex::Regex::new("(?m)^  url: .*$").unwrap();
    let rule = url.replace(&rule, "  url: \"javascript:alert(1)\"");
    let root = folder(&[("a.md", NOTICE), ("mine/own/no-exposure.yaml", &rule)]);
    let args = ["a.md", "--rules", "mine", "--select", "own"];
    let page = report(root.path(), "html", &args);
    if page.contains("own/no-exposure") {
        assert!(!page.contains("href=\"javascript"), "{page}");
        let sarif = report(root.path(), "sarif", &args);
        assert!(!sarif.contains("\"helpUri\""), "{sarif}");
    } else {
        // Or the rule is refused.
        assert_eq!(code(&check(root.path(), &args)), 2);
    }
}
