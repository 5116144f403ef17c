//! The commands about one incident: `deadlines`, `compare`, `init`, `schema`, and notices that name one another.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const FACTS: &str = "\
incident: x
jurisdictions: [kr]
status: confirmed
aware-at: 2026-10-12T09:40+09:00
cohorts:
  members: { count: { value: 412000, unit: accounts }, leaked: [name, entrance-code] }
";

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
    let mut command = Command::new(env!("CARGO_BIN_EXE_noticelint"));
    command.args(args).current_dir(cwd);
    for name in [
        "LC_ALL",
        "LC_MESSAGES",
        "LANG",
        "NO_COLOR",
        "CLICOLOR_FORCE",
    ] {
        command.env_remove(name);
    }
    command.output().unwrap()
}

/// Exit code, what was reported, and problems.
fn told(cwd: &Path, args: &[&str]) -> (i32, String, String) {
    let output = run(cwd, args);
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (
        output.status.code().unwrap(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

#[test]
fn deadlines_are_judged_as_of_a_time_that_is_given() {
    let root = folder(&[("incident.yaml", FACTS), ("bad.yaml", "incident: x\n")]);
    let at = root.path();
    let (code, text, _) = told(at, &["deadlines"]);
    assert_eq!(code, 0);
    assert!(text.contains("by 2026-10-15 09:40"), "{text}");
    let (code, text, _) = told(at, &["deadlines", "--as-of", "2026-10-14", "--lang", "ko"]);
    assert_eq!(code, 0);
    assert!(text.contains("남은 시간 33시간 40분"), "{text}");
    let (code, text, _) = told(at, &["deadlines", "--as-of", "2026-10-15T10:00+09:00"]);
    assert_eq!(code, 1);
    assert!(
        text.contains("not done, 0 h 20 min past the deadline"),
        "{text}"
    );
    let (code, text, _) = told(at, &["deadlines", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        (code, &json["cohorts"][0]["deadlines"][0]["due"]),
        (0, &"2026-10-15T09:40+09:00".into())
    );
    for wrong in [
        &["deadlines", "--as-of", "2026-10-15T10:00"][..],
        &["deadlines", "--as-of", "15 October"],
        &["deadlines", "none.yaml"],
        &["deadlines", "bad.yaml"],
    ] {
        let (code, text, problems) = told(at, wrong);
        assert_eq!((code, text.as_str()), (2, ""), "{wrong:?}");
        assert!(!problems.is_empty());
    }
}

const KO: &str = "# 개인정보 유출 안내\n\n4,500개 계정의 이름이 유출되었습니다.\n";
const NEW: &str =
    "# 개인정보 유출 안내\n\n41만 2천 개 계정의 이름과 공동현관 비밀번호가 유출되었습니다.\n";

#[test]
fn two_notices_are_compared() {
    let root = folder(&[("old.md", KO), ("new.md", NEW)]);
    let at = root.path();
    let (code, text, _) = told(at, &["compare", "old.md", "new.md", "--lang", "ko"]);
    assert_eq!(code, 1);
    assert!(text.contains("+ 항목 공동현관 비밀번호: 유출됨"), "{text}");
    assert!(
        text.contains("~ 규모: 4,500개 계정 → 412,000개 계정"),
        "{text}"
    );
    assert_eq!(told(at, &["compare", "old.md", "old.md"]).0, 0);
    let (_, text, _) = told(at, &["compare", "old.md", "new.md", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["summary"]["changed"], 1);
    let (code, _, problems) = told(at, &["compare", "old.md", "none.md"]);
    assert_eq!(code, 2);
    assert!(problems.contains("none.md"), "{problems}");
}

#[test]
fn what_a_notice_names_must_be_there_and_in_its_repository() {
    let notice = "---\nkind: correction\nreplaces: fisrt.md\ntranslation-of: ../outside.md\n---\n# 개인정보 유출 통지\n\n이름이 유출되었습니다.\n";
    let root = folder(&[
        ("outside.md", KO),
        ("repo/.git/HEAD", ""),
        ("repo/first.md", KO),
        ("repo/n.md", notice),
    ]);
    let at = root.path().join("repo");
    let (code, _, problems) = told(
        &at,
        &["check", "n.md", "--select", "common/translation-agrees"],
    );
    assert_eq!(code, 2);
    assert!(problems.contains("n.md:3:11"), "{problems}");
    assert!(
        problems.contains("there is no notice `fisrt.md`"),
        "{problems}"
    );
    assert!(
        problems.contains("lies outside of the repository"),
        "{problems}"
    );
    let good = notice
        .replace("fisrt", "first")
        .replace("translation-of: ../outside.md", "translation-of: first.md");
    fs::write(at.join("n.md"), good).unwrap();
    let (code, text, problems) = told(
        &at,
        &["check", "n.md", "--select", "common/translation-agrees"],
    );
    assert_eq!((code, problems.as_str()), (0, ""));
    // The count of the original is shown where it stands.
    assert!(text.contains("first.md:3:1"), "{text}");
}

#[test]
fn init_writes_what_check_reads_and_never_over_a_file() {
    let root = folder(&[]);
    let at = root.path();
    let (code, text, problems) = told(
        at,
        &["init", "new", "--kind", "partial", "--language", "ko"],
    );
    assert_eq!((code, problems.as_str()), (0, ""), "{text}");
    for file in ["new/incident.yaml", "new/partial.ko.md"] {
        assert!(text.contains(file), "{text}");
        assert!(at.join(file).is_file());
    }
    // It is a notice with facts, and what is left to fill is reported.
    let (code, text, problems) = told(at, &["check", "new"]);
    assert_eq!((code, problems.as_str()), (1, ""), "{text}");
    assert!(text.contains("common/placeholder"), "{text}");

    let before = fs::read_to_string(at.join("new/partial.ko.md")).unwrap();
    let (code, _, problems) = told(
        at,
        &["init", "new", "--kind", "partial", "--language", "ko"],
    );
    assert_eq!(code, 2);
    assert!(problems.contains("nothing was written"), "{problems}");
    assert_eq!(
        fs::read_to_string(at.join("new/partial.ko.md")).unwrap(),
        before
    );

    // From facts that are there, the notice is filled, and they are left alone.
    fs::write(at.join("new/incident.yaml"), FACTS).unwrap();
    let args = [
        "init",
        "new",
        "--kind",
        "partial",
        "--language",
        "ko",
        "--force",
    ];
    let (code, _, problems) = told(at, &args);
    assert_eq!((code, problems.as_str()), (0, ""));
    let after = fs::read_to_string(at.join("new/partial.ko.md")).unwrap();
    assert!(after.contains("- 공동현관 비밀번호"), "{after}");
    assert!(after.contains("412,000개 계정"), "{after}");
    assert_eq!(
        fs::read_to_string(at.join("new/incident.yaml")).unwrap(),
        FACTS
    );
    let (code, _, problems) = told(at, &["init", "new", "--cohort", "member", "--kind", "full"]);
    assert_eq!(code, 2);
    assert!(problems.contains("did you mean `members`?"), "{problems}");
}

#[test]
fn schemas_are_printed() {
    let root = folder(&[]);
    for of in ["facts", "notice", "rule"] {
        let (code, text, _) = told(root.path(), &["schema", of]);
        assert_eq!(code, 0);
        let json: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(
            json["$schema"],
            "https://json-schema.org/draft/2020-12/schema"
        );
    }
}
