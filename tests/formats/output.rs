//! `--output FORMAT=FILE`.

use std::fs;
use std::path::Path;

use crate::support::*;

fn text(root: &Path, name: &str) -> String {
    fs::read_to_string(root.join(name)).unwrap()
}

/// Names in a folder.
fn names(root: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn several_formats_in_one_run() {
    let root = folder(&[("a.md", NOTICE), ("incident.yaml", FACTS)]);
    let args = [
        "a.md",
        "--format",
        "concise",
        "--output",
        "html=out.html",
        "--output=sarif=out.sarif",
        "--output",
        "human=out=1.txt",
    ];
    let output = check(root.path(), &args);
    assert_eq!(code(&output), 1);
    assert_eq!(stderr(&output), "");
    assert!(stdout(&output).starts_with("a.md:"), "{}", stdout(&output));
    assert!(text(root.path(), "out.html").starts_with("<!DOCTYPE html>"));
    assert!(text(root.path(), "out.sarif").contains("\"2.1.0\""));
    assert!(text(root.path(), "out=1.txt").contains("a.md:"));
    // Nothing is left beside them.
    assert_eq!(
        names(root.path()),
        [
            "a.md",
            "incident.yaml",
            "out.html",
            "out.sarif",
            "out=1.txt"
        ]
    );
}

#[test]
fn mistakes_are_said_before_anything_is_checked_or_written() {
    let root = folder(&[("a.md", NOTICE), ("folder/x", ""), ("incident.yaml", FACTS)]);
    for (args, said) in [
        (&["html"][..], "FORMAT=FILE"),
        (&["=x"], "FORMAT=FILE"),
        (&["html="], "FORMAT=FILE"),
        (&["sarfi=x.sarif"], "did you mean `sarif`?"),
        (
            &["pdf=x.pdf"],
            "human, concise, json, jsonl, sarif, github, gitlab, junit, html",
        ),
        (&["html=none/x.html"], "there is no folder none"),
        (&["html=folder"], "this is a folder"),
        (&["html=x", "sarif=x"], "two reports"),
        (&["html=x", "sarif=folder/../x"], "two reports"),
        (&["json=-"], "--format"),
        (&["html=x.html", "json=none/x"], "there is no folder none"),
    ] {
        let mut all = vec!["a.md"];
        for arg in args {
            all.extend(["--output", arg]);
        }
        let output = check(root.path(), &all);
        assert_eq!(code(&output), 2, "{args:?}");
        assert!(
            stderr(&output).contains(said),
            "{args:?}: {}",
            stderr(&output)
        );
        assert_eq!(stdout(&output), "", "{args:?}");
        assert_eq!(names(root.path()), ["a.md", "folder", "incident.yaml"]);
    }
    // All of them at once, in Korean.
    let args = ["a.md", "--lang=ko", "--output=x", "--output=htm=y"];
    let errors = stderr(&check(root.path(), &args));
    assert!(
        errors.contains("형식=파일") && errors.contains("html"),
        "{errors}"
    );
    let output = check(root.path(), &["a.md", "--format", "sarfi"]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("'sarif'"), "{}", stderr(&output));
}

#[test]
fn what_was_read_is_never_overwritten() {
    let root = folder(&[("a.md", NOTICE), ("incident.yaml", FACTS)]);
    for (file, kept) in [("./a.md", NOTICE), ("incident.yaml", FACTS)] {
        let to = format!("html={file}");
        let args = ["a.md", "--output", &to, "--output", "json=x.json"];
        let output = check(root.path(), &args);
        assert_eq!(code(&output), 2);
        assert!(
            stderr(&output).contains("not overwritten"),
            "{}",
            stderr(&output)
        );
        // The report itself is told all the same.
        assert!(stdout(&output).contains("a.md:"));
        assert_eq!(text(root.path(), file), kept);
        assert!(!root.path().join("x.json").exists(), "whole or not at all");
    }
}

#[test]
fn an_older_report_is_replaced_whole_even_when_the_check_fails() {
    let root = folder(&[("a.md", NOTICE), ("out.json", "old")]);
    let args = ["gone.md", "--output", "json=out.json"];
    assert_eq!(code(&check(root.path(), &args)), 2);
    let json: serde_json::Value = serde_json::from_str(&text(root.path(), "out.json")).unwrap();
    assert_eq!(json["summary"]["problems"], 1);
}

#[cfg(unix)]
#[test]
fn links_devices_and_permissions_are_kept() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let root = folder(&[("a.md", NOTICE), ("real/out.json", "old")]);
    symlink("real/out.json", root.path().join("link.json")).unwrap();
    let real = root.path().join("real/out.json");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    let args = [
        "a.md",
        "--output=json=link.json",
        "--output=html=/dev/null",
        "--output=concise=new.txt",
        "--color=always",
    ];
    let output = check(root.path(), &args);
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    let link = fs::symlink_metadata(root.path().join("link.json")).unwrap();
    assert!(link.file_type().is_symlink());
    assert!(text(root.path(), "real/out.json").starts_with('{'));
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&real), 0o640);
    // As any new file: others may read it if the umask lets them.
    fs::write(root.path().join("plain"), "").unwrap();
    assert_eq!(
        mode(&root.path().join("new.txt")),
        mode(&root.path().join("plain"))
    );
    assert!(!text(root.path(), "new.txt").contains('\u{1b}'));
}
