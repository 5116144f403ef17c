//! Rules and words of one's own: what may be added to the built-in ones, and what is refused aloud.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

fn folder(files: &[(&str, &str)]) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = root.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    root
}

fn run(cwd: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_noticelint"))
        .args(args)
        .args(["--lang", "en"])
        .current_dir(cwd)
        .output()
        .unwrap()
}

/// A rule of a house's own with this head and check.
fn rule(lines: &str) -> String {
    format!(
        "title: {{ ko: 시험, en: Trial }}\nseverity: error\nauthority:\n  body: {{ ko: 회사, en: House }}\n  instrument: {{ ko: 지침, en: Style }}\n  \
         provision: {{ ko: 1쪽, en: page 1 }}\n  date: 2026-10-01\n  url: https://acme.example/\n  basis: practice\n{lines}\n\
         message: {{ ko: '고치십시오', en: 'mend it' }}\nhelp: {{ ko: 고치십시오, en: Mend it }}\n"
    )
}

/// What `check` says on standard error of a rule with these lines; the exit code is 2.
fn refused(lines: &str) -> String {
    let root = folder(&[
        ("r/acme/x.yaml", &rule(lines)),
        ("a.md", "# 개인정보 유출 안내\n"),
    ]);
    let output = run(root.path(), &["check", "a.md", "--rules", "r"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{lines}\n{said}");
    said
}

#[test]
fn names_that_are_unknown_are_mistakes_with_a_suggestion() {
    let forbid = "forbid: { say: [{ all: [leak] }] }";
    for (lines, place, hint) in [
        (format!("when: {{ language: [ko, kr] }}\n{forbid}"), "x.yaml:10:24", "did you mean `ko`?"),
        (format!("when: {{ jurisdiction: [korea] }}\n{forbid}"), "x.yaml:10:24", "such as kr"),
        (format!("when: {{ jurisdiction: [KR] }}\n{forbid}"), "x.yaml:10:24", "such as kr"),
        (
            "require: { any: [{ all: [leak], date: [occured] }] }".to_owned(),
            "x.yaml:10:40",
            "did you mean `occurred`?",
        ),
        (
            format!("{forbid}\nfix: {{ title: {{ ko: 고침, en: mend }} }}"),
            "x.yaml:11:6",
            "replace",
        ),
        (
            "require: { any: [{ all: [leak] }] }\nfix: { title: { ko: 고침, en: mend }, replace: { a: b } }".to_owned(),
            "x.yaml:11:6",
            "help",
        ),
        (
            "hidden: { find: asterisks }\nfix: { title: { ko: 고침, en: mend }, replace: { a: b } }".to_owned(),
            "x.yaml:11:6",
            "leave `replace` out",
        ),
    ] {
        let said = refused(&lines);
        assert!(said.contains(place) && said.contains(hint), "{lines}\n{said}");
    }
    for good in [
        "when: { jurisdiction: [us-ca, kr, jp], language: [ko, en] }",
        "when: {}",
    ] {
        let root = folder(&[
            ("r/acme/x.yaml", &rule(&format!("{good}\n{forbid}"))),
            ("a.md", "# 안내\n"),
        ]);
        let output = run(
            root.path(),
            &["check", "a.md", "--rules", "r", "--select", "acme"],
        );
        assert_ne!(
            output.status.code(),
            Some(2),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

#[test]
fn headings_and_advice_are_added_to() {
    let root = folder(&[
        (
            "r/vocabulary/words.yaml",
            "concepts:\n  hotline-app:\n    kind: term\n    ko: [안심앱]\n    en: [safety app]\n",
        ),
        (
            "r/vocabulary/sections.yaml",
            "sections:\n  measures:\n    ko: [우리가 해낸 것]\n  app:\n    ko: [안심앱 쓰는 법]\n",
        ),
        (
            "r/vocabulary/advice.yaml",
            "advice:\n  use-app:\n    - { all: [hotline-app] }\n",
        ),
        (
            "r/acme/measures.yaml",
            &rule("require: { any: [{ any: [leak], section: [measures] }] }"),
        ),
        (
            "r/acme/app.yaml",
            &rule("require: { any: [{ advice: [use-app], section: [app] }] }"),
        ),
        (
            "good.md",
            "# 안내\n\n## 우리가 해낸 것\n\n유출을 막았고 정보가 유출되었습니다.\n\n## 안심앱 쓰는 법\n\n안심앱을 설치해 주십시오.\n",
        ),
        (
            "bad.md",
            "# 안내\n\n## 다른 것\n\n정보가 유출되었습니다.\n\n## 또 다른 것\n\n안심앱을 설치해 주십시오.\n",
        ),
    ]);
    let check = |file: &str| {
        let output = run(
            root.path(),
            &["check", file, "--rules", "r", "--select", "acme"],
        );
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.code().unwrap(), said)
    };
    assert_eq!(check("good.md"), (0, String::new()));
    assert_eq!(check("bad.md"), (1, String::new()));
}

#[test]
fn what_cannot_be_added_to_is_refused() {
    for (name, text, said) in [
        ("values.yaml", "dates: []\n", "cannot be added to"),
        (
            "sections.yaml",
            "sections:\n  app:\n    ko: [유출 항목]\n",
            "already belongs to `items`",
        ),
        (
            "sections.yaml",
            "sections:\n  app:\n    ko: ['']\n",
            "a wording is empty",
        ),
        (
            "sections.yaml",
            "section:\n  app: {}\n",
            "did you mean `sections`?",
        ),
        (
            "advice.yaml",
            "advice:\n  use-app:\n    - { all: [pasword] }\n",
            "did you mean `password`?",
        ),
        (
            "grammar-ko.yaml",
            "language: ko\n",
            "the grammar of `ko` is already there",
        ),
    ] {
        let path = format!("r/vocabulary/{name}");
        let root = folder(&[(&path, text), ("a.md", "# 개인정보 유출 안내\n")]);
        let output = run(root.path(), &["check", "a.md", "--rules", "r"]);
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{name}: {told}");
        assert!(
            told.contains(said) && told.contains(&path),
            "{name}: {told}"
        );
    }
}
