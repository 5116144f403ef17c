//! Runs the program in a folder of its own.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// One rule that needs no facts and finds one word, so that these tests do not hang on the others.
pub const RULE: &str = "kr/no-exposure-euphemism";
pub const BAD: &str =
    "---\nkind: full\n---\n# 개인정보 유출 안내\n\n고객님의 이름이 노출되었습니다.\n";
pub const GOOD: &str =
    "---\nkind: full\n---\n# 개인정보 유출 안내\n\n고객님의 이름이 유출되었습니다.\n";

/// A repository with the given files.
pub fn repository(files: &[(&str, &str)]) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir(root.path().join(".git")).unwrap();
    for (name, text) in files {
        write(root.path(), name, text);
    }
    root
}

pub fn write(root: &Path, name: &str, text: &str) {
    let path = root.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

pub fn read(root: &Path, name: &str) -> String {
    fs::read_to_string(root.join(name)).unwrap()
}

pub fn command(cwd: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_noticelint"));
    command.args(args).current_dir(cwd);
    for name in [
        "LC_ALL",
        "LC_MESSAGES",
        "LANG",
        "NO_COLOR",
        "CLICOLOR_FORCE",
        "COLUMNS",
    ] {
        command.env_remove(name);
    }
    command
}

/// What the program did.
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// All of it, for a snapshot.
    pub fn text(&self) -> String {
        format!(
            "exit code {}\n--- stdout\n{}--- stderr\n{}",
            self.code, self.out, self.err
        )
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }
}

pub fn ran(output: Output) -> Ran {
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

pub fn run(cwd: &Path, args: &[&str]) -> Ran {
    ran(command(cwd, args).output().unwrap())
}

/// `rule path:line` of each finding that was not set aside.
pub fn found(report: &serde_json::Value) -> Vec<String> {
    let notices = report["notices"].as_array().unwrap();
    let lines = notices.iter().flat_map(|notice| {
        let findings = notice["findings"].as_array().unwrap();
        findings.iter().filter(|f| f["waived"].is_null()).map(|f| {
            format!(
                "{} {} {}:{}",
                f["severity"].as_str().unwrap(),
                f["rule"].as_str().unwrap(),
                notice["path"].as_str().unwrap(),
                f["span"]["start"]["line"]
            )
        })
    });
    lines.collect()
}
