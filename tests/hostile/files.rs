//! Rules, facts and front matter that are meant to hurt: a clear error with its place, or a bounded run.

use std::fs;
use std::time::{Duration, Instant};

use super::{FACTS, folder, run, text};

/// Far more than is needed on a busy machine, far less than a bomb takes.
const BOUND: Duration = Duration::from_secs(60);

const NOTICE: &str = "# 개인정보 유출 안내\n\n이름이 유출되었습니다. aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\n";

/// A rule with this check.
fn rule(check: &str) -> String {
    format!(
        "title: {{ ko: 시험, en: Trial }}\nseverity: error\nauthority:\n  body: {{ ko: 회사, en: House }}\n  instrument: {{ ko: 지침, en: Style }}\n  \
         provision: {{ ko: 1쪽, en: page 1 }}\n  date: 2026-10-01\n  url: https://acme.example/\n  basis: practice\n{check}\n\
         message: {{ ko: '고치십시오', en: 'mend it' }}\nhelp: {{ ko: 고치십시오, en: Mend it }}\n"
    )
}

fn patterns(list: &str) -> String {
    rule(&format!("forbid: {{ patterns: [{list}] }}"))
}

/// Ten to the power of `levels` values, in a few lines.
fn bomb(levels: usize) -> String {
    let mut out = "[&a0 [x, x, x, x, x, x, x, x, x, x]".to_owned();
    for level in 1..levels {
        let below = format!("*a{}, ", level - 1).repeat(10);
        out += &format!(", &a{level} [{below}]");
    }
    out + "]"
}

#[test]
fn hostile_rules_are_refused_with_their_place() {
    let nested = |open: &str, close: &str| {
        format!("forbid: {}1{}", open.repeat(100_000), close.repeat(100_000))
    };
    let cases = [
        (
            "alias bomb",
            rule(&format!("forbid: {{ patterns: {} }}", bomb(9))),
            "10:",
            "more than 200000 values",
        ),
        (
            "lists in lists",
            rule(&nested("[", "]")),
            "10:",
            "nested too deep",
        ),
        (
            "mappings in mappings",
            rule(&nested("{a: ", "}")),
            "10:",
            "nested more than 64 levels",
        ),
        (
            "a huge repetition",
            patterns("'(?:a{1000}){1000}'"),
            "10:22",
            "too large when compiled",
        ),
        (
            "a huge class",
            patterns(r"'(?:\p{L}{100}){100}'"),
            "10:22",
            "too large when compiled",
        ),
        (
            "a long literal",
            patterns(&format!("'{}'", "가".repeat(400_000))),
            "10:22",
            "too large when compiled",
        ),
        (
            "groups in groups",
            patterns(&format!("'{}a{}'", "(".repeat(5_000), ")".repeat(5_000))),
            "10:22",
            "nested parentheses",
        ),
        (
            "look-ahead",
            patterns("'유출(?=되)'"),
            "10:22",
            "look-ahead is not supported",
        ),
        (
            "look-behind",
            patterns("'(?<!비)유출'"),
            "10:22",
            "look-behind is not supported",
        ),
        (
            "a back reference",
            patterns(r"'(a)\1'"),
            "10:22",
            "backreferences are not supported",
        ),
        ("empty", patterns("''"), "10:22", "matches the empty text"),
        (
            "may be empty",
            patterns("'(유출)?'"),
            "10:22",
            "matches the empty text",
        ),
        (
            "an anchor",
            patterns("'$'"),
            "10:22",
            "matches the empty text",
        ),
        (
            "no text at all",
            patterns(r"'[^\s\S]'"),
            "10:22",
            "can never match",
        ),
        (
            "many megabytes",
            format!("# {}\n{}", "x".repeat(5 << 20), patterns("a1b")),
            "1:1",
            "larger than 4 MiB",
        ),
        (
            "no end",
            "a: \"".to_owned() + &"x\n".repeat(100_000),
            "",
            "not closed",
        ),
    ];
    for (name, rule, place, said) in cases {
        let root = folder(&[
            ("r/acme/x.yaml", rule.as_bytes()),
            ("a.md", NOTICE.as_bytes()),
        ]);
        let start = Instant::now();
        let output = run(root.path(), &["check", "a.md", "--rules", "r"]);
        let found = text(&output.stderr);
        assert!(start.elapsed() < BOUND, "{name}: {:?}", start.elapsed());
        assert_eq!(output.status.code(), Some(2), "{name}\n{found}");
        assert!(found.contains(said), "{name}\n{found}");
        assert!(
            found.contains(&format!("x.yaml:{place}")),
            "{name}\n{found}"
        );
        // Nobody wants a megabyte of it.
        assert!(found.len() < 200_000, "{name}: {} bytes", found.len());
    }
}

#[test]
fn patterns_that_hurt_other_engines_are_just_run() {
    for list in [
        "'(a+)+$'",
        "'(x+x+)+y'",
        "'(a|a)*!'",
        "'(.*)*!'",
        "'a{1,50}a{1,50}a{1,50}b'",
    ] {
        let root = folder(&[
            ("r/acme/x.yaml", patterns(list).as_bytes()),
            ("a.md", NOTICE.repeat(200).as_bytes()),
        ]);
        let start = Instant::now();
        let output = run(
            root.path(),
            &["check", "a.md", "--rules", "r", "--select", "acme"],
        );
        assert!(start.elapsed() < BOUND, "{list}: {:?}", start.elapsed());
        assert!(
            output.status.code().is_some_and(|code| code < 2),
            "{list}\n{}",
            text(&output.stderr)
        );
    }
}

#[test]
fn a_million_rules_are_not_read() {
    let root = folder(&[("a.md", NOTICE.as_bytes())]);
    fs::create_dir_all(root.path().join("r/acme")).unwrap();
    for n in 0..10_001 {
        fs::write(root.path().join(format!("r/acme/{n}.yaml")), "").unwrap();
    }
    let output = run(root.path(), &["check", "a.md", "--rules", "r"]);
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output.stderr);
    assert!(
        said.contains("r: more than 10000 files of rules")
            || said.contains("more than 10000 files of rules"),
        "{said}"
    );
    assert!(said.lines().count() < 10, "{said}");
}

#[test]
fn hostile_facts_and_front_matter_are_refused_with_their_place() {
    let deep = format!(
        "incident: {}x{}\n",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    let cases = [
        (
            "alias bomb",
            format!("{FACTS}claims: {}\n", bomb(9)),
            "more than 200000 values",
        ),
        ("depth", deep, "nested"),
        (
            "an alias to itself",
            "incident: &a [*a]\n".to_owned(),
            ":1:",
        ),
        (
            "two documents",
            format!("{FACTS}---\n{FACTS}"),
            "a second document",
        ),
        ("a key twice", format!("{FACTS}incident: y\n"), "twice"),
        (
            "a huge number",
            FACTS.replace("1200", &"9".repeat(100_000)),
            ":7:",
        ),
        (
            "a huge key",
            format!("{FACTS}{}: 1\n", "k".repeat(1_000)),
            "unknown key",
        ),
        (
            "a huge year",
            FACTS.replace("2026-10-01T", "+999999999-10-01T"),
            ":4:",
        ),
    ];
    for (name, yaml, said) in cases {
        let root = folder(&[
            ("incident.yaml", yaml.as_bytes()),
            ("a.md", NOTICE.as_bytes()),
        ]);
        let front = format!("---\n{}\n---\n{NOTICE}", yaml.replace("---\n", "--- \n"));
        fs::write(root.path().join("b.md"), front).unwrap();
        fs::write(root.path().join("none.yaml"), FACTS).unwrap();
        let start = Instant::now();
        let facts = run(
            root.path(),
            &["check", "a.md", "--incident", "incident.yaml"],
        );
        let front = run(root.path(), &["check", "b.md", "--incident", "none.yaml"]);
        assert!(start.elapsed() < BOUND, "{name}: {:?}", start.elapsed());
        let found = text(&facts.stderr);
        assert_eq!(facts.status.code(), Some(2), "{name}\n{found}");
        assert!(
            found.contains(said) && found.contains("incident.yaml:"),
            "{name}\n{found}"
        );
        assert!(found.len() < 20_000, "{name}: {} bytes", found.len());
        let found = text(&front.stderr);
        assert_eq!(front.status.code(), Some(2), "{name}\n{found}");
        assert!(found.contains("b.md:"), "{name}\n{found}");
        assert!(found.len() < 20_000, "{name}: {} bytes", found.len());
    }
}
