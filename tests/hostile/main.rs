//! Input that is meant to hurt: each is read right or refused aloud, in a time that grows with its length only.

mod bytes;
mod files;
mod linear;
#[cfg(target_os = "linux")]
mod memory;
mod shapes;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const FACTS: &str = "incident: x\njurisdictions: [kr]\nstatus: confirmed\naware-at: 2026-10-01T09:00+09:00\n\
    cohorts:\n  members:\n    count: { value: 1200, unit: persons }\n    leaked: [name, email, entrance-code, { item: password, form: hashed }]\n    not-leaked: [card]\n";

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = root.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
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

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}
