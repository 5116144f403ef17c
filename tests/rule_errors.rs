//! Mistakes in rule files: each is said with its file, line and column, all of them at once, and the exit code is 2.
//!
//! Every case is a file of its own in one folder of rules, named after the mistake, so that one run shows all of them
//! and a case that is accepted in silence is seen at once.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// Compares with the snapshot, which is to hold the text and not how this file makes it.
macro_rules! shows {
    ($said:expr) => {
        let said = $said;
        insta::assert_snapshot!(said);
    };
}

/// A rule without mistakes, from which the cases are made by replacing a line.
const RULE: &str = "\
title: { ko: 시험, en: Trial }
severity: warning
authority:
  body: { ko: 기관, en: Body }
  instrument: { ko: 지침, en: Guide }
  provision: { ko: 1쪽, en: page 1 }
  date: 2025-12-03
  url: https://example.org/
  basis: practice
when: { kind: [full] }
forbid: { say: [{ all: [leak], stance: [asserted] }] }
message: { ko: '{text:이/가} 있습니다', en: 'says {text}' }
help: { ko: 고치십시오, en: Change it }
examples:
  - { pass: fine }
";
const NOTICE: &str =
    "---\nkind: full\n---\n# 개인정보 유출 안내\n\n고객님의 이름이 유출되었습니다.\n";

/// The rule with the line that begins with `key:` replaced.
fn with(key: &str, line: &str) -> String {
    let start = format!("{key}:");
    let mut seen = false;
    let lines: Vec<&str> = RULE
        .lines()
        .map(|old| {
            if old.trim_start().starts_with(&start) && !seen {
                seen = true;
                line
            } else {
                old
            }
        })
        .collect();
    assert!(seen, "{key}");
    lines.join("\n") + "\n"
}

/// The rule with another check.
fn check(line: &str) -> String {
    with("forbid", line)
}

/// The rule with something asked for.
fn say(say: &str) -> String {
    check(&format!("forbid:\n  say:\n    - {say}"))
}

/// The rule with patterns.
fn pattern(pattern: &str) -> String {
    check(&format!("forbid:\n  patterns:\n    - '{pattern}'"))
}

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("notice.md"), NOTICE).unwrap();
    for (name, text) in files {
        let path = root.path().join("rules").join(format!("{name}.yaml"));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    root
}

fn run(cwd: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_noticelint"))
        .args(args)
        .args(["--rules", "rules", "--lang", "en"])
        .current_dir(cwd)
        .output()
        .unwrap()
}

/// What is said of these files, all of which are bad.
fn problems(files: &[(&str, &[u8])]) -> String {
    let root = folder(files);
    let output = run(root.path(), &["check", "notice.md"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "");
    for (name, _) in files {
        let place = format!("rules/{name}.yaml");
        assert!(
            said.contains(&place),
            "no mistake was seen in {name}:\n{said}"
        );
    }
    said
}

fn texts(cases: &[(&str, String)]) -> String {
    let files: Vec<(String, &[u8])> = cases
        .iter()
        .map(|(name, text)| (format!("trial/{name}"), text.as_bytes()))
        .collect();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(n, t)| (n.as_str(), *t)).collect();
    problems(&files)
}

#[test]
fn the_rule_that_the_cases_are_made_of_is_right() {
    let with_mark = format!("\u{feff}{RULE}").replace('\n', "\r\n");
    let root = folder(&[
        ("kr/plain", RULE.as_bytes()),
        ("kr/byte-order-mark", with_mark.as_bytes()),
    ]);
    let output = run(
        root.path(),
        &[
            "check",
            "notice.md",
            "--select",
            "kr/plain,kr/byte-order-mark",
        ],
    );
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let report = String::from_utf8(output.stdout).unwrap();
    assert!(report.contains("4 warnings in 1 notice"), "{report}");
}

#[test]
fn unknown_keys() {
    shows!(texts(&[
        ("root", with("severity", "severty: warning")),
        ("title", with("title", "title: { ko: 가, en: a, jp: b }")),
        (
            "authority",
            with("  url".trim(), "  link: https://example.org/")
        ),
        ("when", with("when", "when: { kinds: [full] }")),
        (
            "in-force",
            with("when", "when: { in-force: { since: 2026-09-11 } }")
        ),
        ("forbid", check("forbid: { says: [] }")),
        ("say", say("{ all: [leak], stances: [asserted] }")),
        ("require", check("require: { anyone: [] }")),
        (
            "need",
            check("require: { all: [{ name: { ko: 가, en: a }, some: [] }] }")
        ),
        ("items", check("items: { find: missing, only: [name] }")),
        ("agree", check("agree: { value: count, within: 3 }")),
        ("deadline", check("deadline: { notify-hour: 72 }")),
        (
            "contact",
            check("contact: { desks: [department], mailbox: x }")
        ),
        ("measure", check("measure: { word: 30 }")),
        ("hidden", check("hidden: { find: unclosed, also: 1 }")),
        ("waiver", check("waiver: { finds: unused }")),
        ("remind", check("remind: { me: true }")),
        ("message", with("message", "message: { ko: 가, eng: a }")),
        (
            "fix",
            with(
                "help",
                "help: { ko: 가, en: a }\nfix: { title: { ko: 가, en: a }, replaces: { a: b } }"
            )
        ),
        (
            "example",
            with("- { pass", "  - { passes: fine }").replace("  - { pass: fine }\n", "")
        ),
    ]));
}

#[test]
fn wrong_variants() {
    shows!(texts(&[
        ("severity", with("severity", "severity: warn")),
        ("basis", with("basis", "  basis: law")),
        ("checked", with("basis", "  basis: order\n  checked: maybe")),
        ("kind", with("when", "when: { kind: [fulll] }")),
        ("channel", with("when", "when: { channel: [e-mail] }")),
        ("audience", with("when", "when: { audience: [members] }")),
        ("status", with("when", "when: { status: [confirm] }")),
        ("within", say("{ all: [leak], within: paragraph }")),
        (
            "digits",
            check("forbid: { patterns: [x], digits: checksum }")
        ),
        ("items", check("items: { find: mising }")),
        ("agree", check("agree: { value: counts }")),
        (
            "excuse",
            check("deadline: { notify-hours: 72, excuses: [weekend] }")
        ),
        ("hidden", check("hidden: { find: asterisk }")),
        ("waiver", check("waiver: { find: un-used }")),
    ]));
}

#[test]
fn missing_keys_duplicate_keys_and_wrong_types() {
    shows!(texts(&[
        (
            "missing-root",
            with("help", "# no help").replace("# no help\n", "")
        ),
        (
            "missing-authority",
            with("basis", "#").replace("  date: 2025-12-03\n", "")
        ),
        ("missing-language", with("title", "title: { ko: 가 }")),
        ("missing-find", check("items: {}")),
        ("missing-name", check("require: { all: [{ any: [] }] }")),
        (
            "duplicate-root",
            with("severity", "severity: warning\nseverity: error")
        ),
        ("duplicate-say", say("{ all: [leak], all: [leak-noun] }")),
        ("type-text-for-mapping", with("title", "title: Trial")),
        (
            "type-mapping-for-list",
            check("forbid: { say: { all: [leak] } }")
        ),
        ("type-text-for-list", say("{ all: leak }")),
        ("type-text-for-number", check("measure: { words: many }")),
        ("type-text-for-yes", with("when", "when: { facts: 'yes' }")),
        ("type-nothing", check("forbid:")),
        (
            "type-list-at-root",
            format!("- {}", RULE.lines().next().unwrap())
        ),
    ]));
}

#[test]
fn broken_yaml() {
    let bomb = {
        let mut text = RULE.to_owned() + "bomb:\n- &a [x, x, x, x, x, x, x, x, x, x]\n";
        for (new, old) in ["ba", "cb", "dc", "ed", "fe", "gf"]
            .iter()
            .map(|p| p.split_at(1))
        {
            text += &format!("- &{new} [{}]\n", vec![format!("*{old}"); 10].join(", "));
        }
        text
    };
    let deep = with("title", &format!("title: {}", "[".repeat(2000)));
    let utf16: Vec<u8> = RULE
        .encode_utf16()
        .flat_map(|unit| unit.to_le_bytes())
        .collect();
    let utf16 = [&[0xff, 0xfe], utf16.as_slice()].concat();
    let cases: Vec<(&str, Vec<u8>)> = vec![
        (
            "unquoted-colon",
            with("title", "title: { ko: 시험, en: Trial: one }").into(),
        ),
        (
            "unquoted-colon-block",
            with("help", "help:\n  ko: 고치기: 이렇게\n  en: Change it").into(),
        ),
        (
            "bad-escape",
            check("forbid: { patterns: [\"\\d+\"] }").into(),
        ),
        ("tab", with("date", "\tdate: 2025-12-03").into()),
        (
            "bom-and-mistake",
            format!("\u{feff}{}", with("severity", "severty: warning")).into(),
        ),
        (
            "unclosed-quote",
            with("title", "title: { ko: '시험, en: Trial }").into(),
        ),
        (
            "unclosed-bracket",
            check("forbid: { say: [{ all: [leak }] }").into(),
        ),
        ("two-documents", format!("{RULE}---\n{RULE}").into()),
        ("empty", "".into()),
        ("only-comments", "# later\n".into()),
        ("bomb", bomb.into()),
        ("depth", deep.into()),
        (
            "not-utf-8",
            b"title: { ko: \xbd\xc3\xc7\xe8, en: Trial }\n".into(),
        ),
        ("utf-16", utf16),
    ];
    let names: Vec<String> = cases.iter().map(|(n, _)| format!("trial/{n}")).collect();
    let files: Vec<(&str, &[u8])> = names
        .iter()
        .zip(&cases)
        .map(|(name, (_, bytes))| (name.as_str(), bytes.as_slice()))
        .collect();
    shows!(problems(&files));
}

#[test]
fn what_means_nothing() {
    shows!(texts(&[
        ("concept-near", say("{ all: [leek] }")),
        (
            "concepts-everywhere",
            say("{ all: [leak, x-all], any: [x-any], none: [x-none] }")
        ),
        (
            "concept-of-when",
            with(
                "when",
                "when: { leaked-any: [entrance-cod], not-said: [{ any: [x-said] }] }"
            )
        ),
        (
            "concept-of-contact",
            check(
                "contact: { desk: [x-desk], generic: [], generic-with: [], others: [x-others], labels: [], mailbox: privacy, mailbox-language: [] }"
            )
        ),
        (
            "empty-of-contact",
            check(
                "contact: { desk: [desk], generic: [], generic-with: [], desk-endings: [''], channel-words: [tel, ''], others: [], labels: [], mailbox: privacy, mailbox-language: [] }"
            )
        ),
        ("section", say("{ all: [leak], section: [mesures] }")),
        (
            "yields-to-nothing",
            with("severity", "yields-to: [kr/wen]\nseverity: error")
        ),
        (
            "section-of-require",
            check("require: { any: [{ all: [leak] }], section: wen }")
        ),
        (
            "stance",
            say("{ all: [leak], stance: [assert], clause: [denies] }")
        ),
        (
            "place",
            say("{ all: [leak], place: [titel], not-place: [footer] }")
        ),
        ("advice", say("{ advice: [change-password] }")),
        (
            "never-matches",
            say("{ stance: [asserted], place: [title] }")
        ),
        (
            "forbids-nothing",
            check("forbid: { unless: [{ all: [leak] }] }")
        ),
        ("requires-nothing", check("require: { section: when }")),
        (
            "need-of-nothing",
            check("require: { all: [{ name: { ko: 가, en: a }, any: [] }] }")
        ),
        (
            "met-by-nothing",
            check("require: { all: [{ name: { ko: 가, en: a }, met: kr/mesures }] }")
        ),
        (
            "met-in-circles",
            check("require: { all: [{ name: { ko: 가, en: a }, met: kr/partial-content }] }")
        ),
        (
            "met-by-itself",
            check("require: { all: [{ name: { ko: 가, en: a }, met: trial/met-by-itself }] }")
        ),
        ("no-check", check("# none")),
        (
            "two-checks",
            check("forbid: { say: [{ all: [leak] }] }\nitems: { find: missing }")
        ),
        ("deadline-without-limit", check("deadline: {}")),
        ("measure-without-limit", check("measure: {}")),
        (
            "in-force",
            with(
                "when",
                "when: { in-force: { from: 2026-13-01, until: soon } }"
            )
        ),
        ("date-of-authority", with("date", "  date: 3 December 2025")),
        (
            "address-of-authority",
            with("url", "  url: see the web page")
        ),
        (
            "placeholder",
            with(
                "message",
                "message: { ko: '{txt:이/가} 있습니다', en: 'says {word}' }"
            )
        ),
        (
            "placeholder-open",
            with("help", "help: { ko: '{text를', en: 'drop {text' }")
        ),
        (
            "empty-text",
            with("message", "message: { ko: ' ', en: '' }")
        ),
        (
            "example-of-both",
            with(
                "examples",
                "examples:\n  - { pass: a, fail: b }\n  - { covers: c }"
            )
        ),
        (
            "example-does-not-cover",
            with(
                "examples",
                "examples:\n  - { fail: 이름이 유출, covers: 노출 }"
            )
        ),
        (
            "all-at-once",
            say("{ all: [leek], stance: [assert], place: [titel], section: [wen] }")
                .replace("{text", "{txt")
                .replace("{ pass: fine }", "{ pass: a, fail: b }")
        ),
    ]));
}

#[test]
fn patterns() {
    let nested = "(?:a{100}){100}{100}";
    shows!(texts(&[
        ("too-large", pattern(nested)),
        ("too-large-say", say(r"{ pattern: '\w{1000}{100}' }")),
        ("look-ahead", pattern("유출(?=되)")),
        ("look-ahead-negative", pattern("유출(?!입)")),
        ("look-behind", pattern("(?<=개인정보)유출")),
        ("look-behind-negative", pattern("(?<!미)유출")),
        ("word-boundary-behind", pattern(r"유출\b")),
        ("word-boundary-before", pattern(r"\b유출")),
        ("back-reference", pattern(r"(a)\1")),
        ("empty", pattern("")),
        ("matches-empty", pattern("유출*|(?:노출)?")),
        ("matches-empty-line", pattern("^$|x*")),
        ("matches-empty-boundary", pattern(r"\b")),
        ("matches-nothing", pattern(r"[^\s\S]")),
        ("unclosed", pattern("유출(")),
        (
            "except",
            check("forbid: { patterns: [유출], except: ['('] }")
        ),
        (
            "mailbox",
            check(
                "contact: { desk: [], generic: [], generic-with: [], others: [], labels: [], mailbox: '[', mailbox-language: [] }"
            )
        ),
    ]));
}

#[test]
fn words_of_ones_own() {
    let own = "concepts:\n  badge:\n    kind: item\n    ko: [출입증 사진, 유출]\n    en: ['', '^~', badge photo]\n  badge-two:\n    kind: itm\n";
    let again = "concepts:\n  leak:\n    kind: cue\n    ko: [새어나감]\n  tag:\n    kind: item\n    ko: [꼬리표]\n  tag-two:\n    kind: item\n    ko: [꼬리표]\n";
    let wording = "concepts:\n  badge:\n    kind: item\n    ko: [출입증 사진, '', '^~']\n    en: [leaked, badge photo, 'Badge-Photo']\n";
    shows!(problems(&[
        ("vocabulary/own", own.as_bytes()),
        ("vocabulary/again", again.as_bytes()),
        ("vocabulary/wording", wording.as_bytes()),
    ]));
}

#[test]
fn mistakes_of_several_files_are_all_shown_and_every_command_ends_with_2() {
    let first = with("severity", "severty: warning");
    let second = say("{ all: [leek] }");
    let root = folder(&[
        ("kr/first", first.as_bytes()),
        ("kr/good", RULE.as_bytes()),
        ("other/second", second.as_bytes()),
    ]);
    for args in [
        &["check", "notice.md"][..],
        &["check", "notice.md", "--format", "json"],
        &["check", "notice.md", "--select", "kr/good"],
        &["claims", "notice.md"],
        &["rules"],
        &["explain", "kr/when"],
    ] {
        let output = run(root.path(), args);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}: {said}");
        assert!(said.contains("rules/kr/first.yaml:2:1"), "{args:?}: {said}");
        assert!(
            said.contains("rules/other/second.yaml:13:15"),
            "{args:?}: {said}"
        );
        assert!(!said.contains("good.yaml"), "{args:?}: {said}");
    }
}

#[test]
fn an_id_that_is_taken() {
    shows!(problems(&[("kr/when", RULE.as_bytes())]));
}
