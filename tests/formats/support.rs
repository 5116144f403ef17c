//! Runs the command in a folder made for a test.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

pub const FORMATS: [&str; 9] = [
    "human", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "html",
];

/// A folder with the given files.
pub fn folder(files: &[(&str, &str)]) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = root.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    root
}

/// `noticelint check` with further arguments.
pub fn check(cwd: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_noticelint"));
    command.arg("check").args(args).current_dir(cwd);
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

pub fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The report on `paths` in one format.
pub fn report(cwd: &Path, format: &str, args: &[&str]) -> String {
    stdout(&check(cwd, &[&["--format", format], args].concat()))
}

/// The report in every format, made in one run, and the run itself.
pub fn every_format(cwd: &Path, args: &[&str]) -> (Vec<(&'static str, String)>, Output) {
    let into = tempfile::tempdir().unwrap();
    let file = |format: &str| into.path().join(format).to_str().unwrap().to_owned();
    let outputs = FORMATS.map(|format| format!("--output={format}={}", file(format)));
    let outputs: Vec<&str> = outputs.iter().map(String::as_str).collect();
    let output = check(cwd, &[args, &outputs].concat());
    let read = |format| {
        let text = fs::read_to_string(file(format));
        (
            format,
            text.unwrap_or_else(|_| panic!("{}", stderr(&output))),
        )
    };
    (FORMATS.into_iter().map(read).collect(), output)
}

pub fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A notice with findings of several severities, a waiver, facts and a Korean path with a space.
pub const NOTICE: &str = "\
---
kind: full
channel: email
notify-at: 2026-03-09T10:00+09:00
waive:
  - rule: kr/no-disclaimer
    reason: \"법무팀 검토 완료\"
    approved-by: \"김하늘\"
---
# 새벽마을 개인정보 노출 안내

고객님의 이름이 노출되었습니다. 약 1,000명입니다.

당사는 책임을 지지 않습니다.
";

pub const FACTS: &str = "\
incident: 2026-03-saebyeok
jurisdictions: [kr]
status: confirmed
occurred: { from: 2026-03-01, to: 2026-03-02 }
aware-at: 2026-03-04T09:00+09:00
cohorts:
  members:
    count: { value: 4200, unit: persons }
    leaked: [name, phone]
    not-leaked: [card]
";

/// [`NOTICE`] and [`FACTS`] in a repository, under a Korean path with a space.
pub fn sample() -> TempDir {
    let root = folder(&[
        ("통지/1차 안내.md", NOTICE),
        ("통지/incident.yaml", FACTS),
        ("통지/README.md", "# 메모\n"),
    ]);
    fs::create_dir(root.path().join(".git")).unwrap();
    root
}
