use std::fs;

use noticelint::lang::Lang;

use super::*;

/// Without a configuration.
fn open(_: &Path) -> Wanted {
    Wanted::Open
}

fn words() -> Wording {
    Wording::new(Lang::En)
}

#[test]
fn what_makes_a_notice() {
    for text in [
        "---\nkind: full\n---\n",
        "---\ntitle: x\nnotify-at: 2026-01-01T00:00+09:00\n---\n",
        "---\nposted: { from: 2026-01-01 }\n---\n",
        "---\r\nincident: incident.yaml\r\n---\r\n",
        "\u{feff}---\ncohort: members\n---\n",
        "---\nnotice: true\nchannel: email\n---\n",
        // Broken front matter must not hide its file.
        "---\nkind: [full\n---\n",
        "---\nkind: full\nkind: full\n---\n",
        "---\nkind: full\n\nnever closed",
    ] {
        assert_eq!(left_out(text, None), None, "{text:?}");
    }
}

#[test]
fn what_does_not() {
    for (text, reason) in [
        ("# README\n", "no-front-matter"),
        ("", "no-front-matter"),
        ("---\ntitle: x\nlanguage: ko\n---\n", "no-notice-key"),
        ("---\nnested:\n  kind: full\n---\n", "no-notice-key"),
        ("---\n---\n", "no-notice-key"),
        ("---\nkind: full\nnotice: false\n---\n", "notice-false"),
    ] {
        assert_eq!(left_out(text, None), Some(reason), "{text:?}");
    }
}

/// Front matter that was spoilt is told as a mistake, and not passed over.
#[test]
fn what_was_meant_as_a_notice() {
    for text in [
        "\n---\nkind: full\n---\n# 안내\n",
        "\u{2014}\nkind: full\n---\n# 안내\n",
        "---\nkind: full\n\n# 안내\n",
    ] {
        assert_eq!(left_out(text, None), None, "{text:?}");
    }
}

#[test]
fn every_reason_has_words() {
    for reason in [
        "no-front-matter",
        "no-notice-key",
        "notice-false",
        "symlink",
        "excluded",
        "not-included",
    ] {
        assert!(
            words().find(&format!("left-out-{reason}")).is_some(),
            "{reason}"
        );
    }
}

#[test]
fn the_keys_named_to_the_user_are_the_keys_used() {
    for key in NOTICE_KEYS {
        assert!(words().text("no-notice-hint").contains(key), "{key}");
        assert!(
            words().text("left-out-no-notice-key").contains(key),
            "{key}"
        );
    }
}

#[test]
fn paths_are_shown_without_dots() {
    for (path, expected) in [
        ("./a/./b.md", "a/b.md"),
        ("a//b.md", "a/b.md"),
        ("../b.md", "../b.md"),
        (".", "."),
        ("/x/y.md", "/x/y.md"),
    ] {
        assert_eq!(shown(Path::new(path)), expected);
    }
}

fn names(found: &Found) -> Vec<&str> {
    found
        .candidates
        .iter()
        .map(|candidate| candidate.shown.rsplit('/').next().unwrap_or_default())
        .collect()
}

#[test]
fn folders_are_walked_as_git_sees_them() {
    let root = tempfile::tempdir().unwrap();
    let at = |name: &str| root.path().join(name);
    fs::create_dir_all(at("sub/deep")).unwrap();
    fs::create_dir_all(at("drafts")).unwrap();
    for name in [
        "b.md",
        "a.MARKDOWN",
        "sub/deep/c.md",
        "x.txt",
        "drafts/d.md",
        ".hidden.md",
        "sub/e.md",
    ] {
        fs::write(at(name), "x").unwrap();
    }
    fs::write(at(".gitignore"), "drafts/\n").unwrap();
    fs::write(at("sub/.gitignore"), "e.md\n").unwrap();
    let found = find(&[root.path().to_owned()], &open, words());
    assert_eq!(names(&found), ["a.MARKDOWN", "b.md", "c.md"]);
    assert!(found.problems.is_empty() && found.skipped.is_empty());
    // Named, an ignored file is looked at.
    let found = find(&[at("drafts/d.md"), at("x.txt")], &open, words());
    assert_eq!(names(&found), ["d.md", "x.txt"]);
    assert!(found.candidates.iter().all(|candidate| candidate.named));
}

#[test]
fn a_file_is_looked_at_once_whatever_the_order() {
    let root = tempfile::tempdir().unwrap();
    let file = root.path().join("a.md");
    fs::write(&file, "x").unwrap();
    let odd = root
        .path()
        .join("../")
        .join(root.path().file_name().unwrap())
        .join("a.md");
    let paths = [root.path().to_owned(), file, odd];
    let mut reversed = paths.to_vec();
    reversed.reverse();
    let one = find(&paths, &open, words());
    assert_eq!(one.candidates.len(), 1);
    assert!(one.candidates[0].named);
    assert_eq!(
        one.candidates[0].shown,
        find(&reversed, &open, words()).candidates[0].shown
    );
}

#[test]
fn what_is_not_there_is_a_problem_and_the_rest_is_found() {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("a.md"), "x").unwrap();
    let found = find(
        &[root.path().join("gone.md"), root.path().to_owned()],
        &open,
        words(),
    );
    assert_eq!(names(&found), ["a.md"]);
    assert_eq!(found.problems.len(), 1);
    assert!(found.problems[0].path.ends_with("gone.md"));
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_and_said_so() {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("a.md"), "x").unwrap();
    std::os::unix::fs::symlink(root.path(), root.path().join("loop")).unwrap();
    std::os::unix::fs::symlink(root.path().join("a.md"), root.path().join("b.md")).unwrap();
    let found = find(&[root.path().to_owned()], &open, words());
    assert_eq!(names(&found), ["a.md"]);
    let reasons: Vec<&str> = found
        .skipped
        .iter()
        .map(|(_, reason)| reason.as_str())
        .collect();
    assert_eq!(reasons, ["symlink", "symlink"]);
}
