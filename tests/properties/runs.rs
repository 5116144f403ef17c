//! The output of a run is the same whatever the number of threads and the order of the arguments.

use std::fs;
use std::process::Command;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};

use super::{FACTS, cases, notices};

fn check(folder: &std::path::Path, args: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_noticelint"))
        .arg("check")
        .args(args)
        .args(["--lang", "en", "--format", "json"])
        .current_dir(folder)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

#[test]
fn threads_and_order_of_arguments_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("incident.yaml"), FACTS).unwrap();
    let mut runner = TestRunner::new(Config { ..cases(1) });
    let mut names = Vec::new();
    for n in 0..24 {
        let text = notices::notice().new_tree(&mut runner).unwrap().current();
        let name = format!("{n:02}.md");
        fs::write(folder.path().join(&name), text).unwrap();
        names.push(name);
    }
    // One that cannot be read, and one that is not there.
    fs::write(folder.path().join("24.md"), b"# \xb0\xb3\xc0\xce\n").unwrap();
    names.extend(["24.md".to_owned(), "25.md".to_owned()]);
    let mut args: Vec<&str> = names.iter().map(String::as_str).collect();
    let first = check(folder.path(), &[&args[..], &["--threads", "1"]].concat());
    assert_eq!(first.0, Some(2), "{}", first.2);
    for threads in ["1", "2", "3", "16"] {
        args.reverse();
        args.rotate_left(5);
        let again = check(
            folder.path(),
            &[&args[..], &["--threads", threads]].concat(),
        );
        assert_eq!(again, first, "{threads} threads");
    }
    // The same one twice is checked once.
    args.extend_from_within(..3);
    assert_eq!(check(folder.path(), &args), first);
}
