//! A hostile notice of a megabyte takes no more than 200 MB of memory, the program included.

use std::fs;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use super::FACTS;

const BOUND: u64 = 200_000;

/// The most memory in KB that the program has had so far.
fn most(pid: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

fn check(name: &str, text: &str) {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("incident.yaml"), FACTS).unwrap();
    let notice = dir.path().join("notice.md");
    fs::write(&notice, format!("---\nkind: full\n---\n{text}")).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_noticelint"))
        .args(["check", "--format", "json"])
        .arg(&notice)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut memory = 0;
    while child.try_wait().unwrap().is_none() {
        memory = memory.max(most(child.id()).unwrap_or_default());
        sleep(Duration::from_millis(1));
    }
    println!("{name}: {memory} KB");
    assert!(memory < BOUND, "{name}: {memory} KB");
}

#[test]
fn half_a_million_sentences() {
    check("full stops", &". ".repeat(500_000));
}

#[test]
fn half_a_million_quotations_in_each_other() {
    let text = "> ".repeat(512_000) + "이름이 유출되었습니다.\n";
    check("quotations", &text);
}

#[test]
fn half_a_million_lists_in_each_other() {
    let text = "- ".repeat(512_000) + "이름이 유출되었습니다.\n";
    check("lists", &text);
}

#[test]
fn a_cell_of_items() {
    let items = "이름, ".repeat(100_000);
    let text = format!("다음이 유출되었습니다.\n\n| 항목 |\n|---|\n| {items}주소 |\n");
    check("a cell", &text);
}

#[test]
fn denials_that_the_facts_contradict() {
    let text = "이름, ".repeat(125_000) + "주소는 유출되지 않았습니다.\n";
    check("denials", &text);
}
