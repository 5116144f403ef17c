//! `noticelint fix`.

use std::io::Write as _;
use std::process::{Command, Stdio};

use super::support::{BAD, GOOD, RULE, read, repository, run, write};

#[test]
fn the_diff_applies_with_patch() {
    let text = format!("{BAD}\n끝.\n\n이름이 노출되었습니다.");
    let root = repository(&[
        ("n/한글 이름.md", &text),
        ("n/crlf.md", &BAD.replace('\n', "\r\n")),
        ("n/good.md", GOOD),
    ]);
    let fix = ["fix", "--select", RULE, "--unsafe"];
    let shown = run(root.path(), &fix);
    assert_eq!(shown.code, 1, "{}", shown.text());
    insta::assert_snapshot!("diff", shown.text());
    assert_eq!(read(root.path(), "n/한글 이름.md"), text);
    let mut patch = Command::new("patch")
        .args(["-p1", "--binary"])
        .current_dir(root.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    patch
        .stdin
        .take()
        .unwrap()
        .write_all(shown.out.as_bytes())
        .unwrap();
    let patched = patch.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&patched.stdout).into_owned();
    assert!(
        patched.status.success() && !said.contains("fuzz") && !said.contains("offset"),
        "{said}"
    );
    assert_eq!(read(root.path(), "n/crlf.md"), GOOD.replace('\n', "\r\n"));
    let again = run(root.path(), &fix);
    assert_eq!(
        (again.code, again.out.as_str(), again.err.as_str()),
        (0, "", "nothing to fix.\n")
    );
}

#[test]
fn files_are_written_once() {
    let root = repository(&[("a.md", BAD), ("b.md", GOOD)]);
    let fix = ["fix", "--select", RULE, "--unsafe", "--write"];
    let first = run(root.path(), &fix);
    assert_eq!(
        first.text(),
        "exit code 0\n--- stdout\na.md\n--- stderr\n1 fix made.\n"
    );
    assert_eq!(read(root.path(), "a.md"), GOOD);
    assert_eq!(read(root.path(), "b.md"), GOOD);
    let second = run(root.path(), &fix);
    assert_eq!(
        second.text(),
        "exit code 0\n--- stdout\n--- stderr\nnothing to fix.\n"
    );
    let left: Vec<_> = std::fs::read_dir(root.path()).unwrap().collect();
    assert_eq!(left.len(), 3, "{left:?}");
}

#[cfg(unix)]
#[test]
fn links_and_permissions_stay() {
    use std::os::unix::fs::PermissionsExt as _;
    let root = repository(&[("real/a.md", BAD)]);
    let real = root.path().join("real/a.md");
    std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink("real/a.md", root.path().join("link.md")).unwrap();
    let ran = run(
        root.path(),
        &["fix", "link.md", "--select", RULE, "--unsafe", "--write"],
    );
    assert_eq!(ran.code, 0, "{}", ran.text());
    assert!(root.path().join("link.md").is_symlink());
    assert_eq!(read(root.path(), "real/a.md"), GOOD);
    assert_eq!(
        std::fs::metadata(&real).unwrap().permissions().mode() & 0o777,
        0o640
    );
}

#[test]
fn what_is_waived_is_left() {
    let waived = BAD.replace(
        "\n고객님",
        &format!("\n<!-- noticelint-ignore {RULE}: 법 제34조의2 -->\n고객님"),
    );
    let root = repository(&[("a.md", &waived)]);
    let ran = run(
        root.path(),
        &["fix", "--select", RULE, "--unsafe", "--write"],
    );
    assert_eq!(ran.code, 0, "{}", ran.text());
    assert_eq!(read(root.path(), "a.md"), waived);
}

#[test]
fn what_cannot_be_fixed_is_told_and_the_rest_is_fixed() {
    let root = repository(&[
        ("a.md", BAD),
        ("broken.md", "---\nkind: ful\n---\n# 노출\n"),
    ]);
    let ran = run(
        root.path(),
        &[
            "fix",
            "a.md",
            "broken.md",
            "gone.md",
            "--select",
            RULE,
            "--unsafe",
            "--write",
        ],
    );
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("broken.md:2:7") && ran.err.contains("gone.md"),
        "{}",
        ran.text()
    );
    assert_eq!(read(root.path(), "a.md"), GOOD);
    assert_eq!(run(root.path(), &["fix", "-"]).code, 2);
    assert_eq!(run(root.path(), &["fix", "--diff", "--write"]).code, 2);
    write(root.path(), "empty/x.txt", "");
    assert_eq!(run(root.path(), &["fix", "empty"]).code, 2);
}
