//! `noticelint baseline` and `check --baseline`.

use std::fs;

use super::support::{BAD, GOOD, RULE, read, repository, run, write};

#[test]
fn what_is_known_is_not_counted_and_what_is_new_is() {
    let root = repository(&[("n/a.md", BAD), ("n/b.md", GOOD)]);
    let made = run(
        root.path(),
        &["baseline", "--select", RULE, "-o", "known.yaml"],
    );
    assert_eq!(made.code, 0, "{}", made.text());
    assert_eq!(
        (made.out.as_str(), made.err.as_str()),
        ("", "1 finding written to known.yaml\n")
    );
    insta::assert_snapshot!("the_file", read(root.path(), "known.yaml"));

    let check = ["check", "--select", RULE, "--baseline", "known.yaml"];
    let known = run(root.path(), &check);
    insta::assert_snapshot!("known", known.text());
    // Inserted lines, a renamed folder.
    write(root.path(), "n/a.md", &BAD.replace("\n# ", "\n\n\n# "));
    assert_eq!(run(root.path(), &check).code, 0);
    fs::rename(root.path().join("n"), root.path().join("m")).unwrap();
    assert_eq!(run(root.path(), &check).code, 0);
    // One more is new.
    write(root.path(), "m/b.md", &BAD.replace("이름이", "전화번호가"));
    let new = run(root.path(), &check);
    assert_eq!(new.code, 1, "{}", new.text());
    assert!(new.out.contains("1 error, 1 known"), "{}", new.text());
}

#[test]
fn what_is_mended_is_told() {
    let root = repository(&[("a.md", BAD), ("b.md", BAD)]);
    run(
        root.path(),
        &["baseline", "--select", RULE, "-o", "known.yaml"],
    );
    write(root.path(), "a.md", GOOD);
    let check = ["check", "--select", RULE, "--baseline", "known.yaml"];
    let ran = run(root.path(), &check);
    insta::assert_snapshot!("stale", ran.text());
    let json = run(root.path(), &[&check[..], &["--format", "json"]].concat());
    assert_eq!(json.json()["stale-baseline"][0]["path"], "a.md");
    // Looking at one notice says nothing of the other.
    let one = run(root.path(), &[&check[..], &["b.md"]].concat());
    assert!(!one.out.contains("found no more"), "{}", one.text());
    fs::remove_file(root.path().join("a.md")).unwrap();
    assert!(run(root.path(), &check).out.contains("found no more"));
}

#[test]
fn the_configuration_names_it_and_mistakes_in_it_are_told() {
    let root = repository(&[
        ("n/a.md", BAD),
        ("noticelint.yaml", "baseline: known.yaml\n"),
    ]);
    // Without the file there is nothing to be known.
    assert_eq!(run(root.path(), &["check"]).code, 2);
    let made = run(
        root.path(),
        &["baseline", "--select", RULE, "-o", "known.yaml"],
    );
    assert_eq!(made.code, 0, "{}", made.text());
    assert_eq!(run(root.path(), &["check", "--select", RULE]).code, 0);
    assert_eq!(
        run(&root.path().join("n"), &["check", "--select", RULE]).code,
        0
    );
    let text = read(root.path(), "known.yaml");
    write(
        root.path(),
        "known.yaml",
        &text.replace("euphemism", "euphemisms"),
    );
    let ran = run(root.path(), &["check", "--select", RULE]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("known.yaml:5:15"), "{}", ran.text());
    assert!(ran.err.contains(RULE), "{}", ran.text());
    write(root.path(), "noticelint.yaml", "baseline: ../known.yaml\n");
    let out = run(root.path(), &["check", "--select", RULE]);
    assert!(out.err.contains("--allow-outside-root"), "{}", out.text());
}

#[test]
fn a_baseline_of_half_of_the_notices_is_not_written() {
    let root = repository(&[("a.md", BAD)]);
    let ran = run(
        root.path(),
        &["baseline", "a.md", "gone.md", "-o", "known.yaml"],
    );
    assert_eq!(ran.code, 2);
    assert!(!root.path().join("known.yaml").exists());
    let unwritable = run(root.path(), &["baseline", "a.md", "-o", "gone/known.yaml"]);
    assert_eq!(unwritable.code, 2, "{}", unwritable.text());
    // To standard output, if no file is named.
    assert!(
        run(root.path(), &["baseline", "a.md"])
            .out
            .contains("version: 1\n")
    );
}
