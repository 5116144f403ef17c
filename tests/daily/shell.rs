//! What a shell needs.

use std::fs;

use super::support::{BAD, GOOD, RULE, command, ran, repository, run};

#[test]
fn completions_for_each_shell() {
    let root = repository(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = run(root.path(), &["completions", shell]);
        assert_eq!(ran.code, 0, "{shell}");
        assert!(
            ran.out.contains("noticelint")
                && ran.out.contains("show-config")
                // The other two offer no values.
                && (ran.out.contains("kr/items-complete") || ["powershell", "elvish"].contains(&shell)),
            "{shell}"
        );
    }
    assert_eq!(run(root.path(), &["completions", "tcsh"]).code, 2);
}

#[test]
fn help_in_korean() {
    let root = repository(&[]);
    let by_option = run(root.path(), &["--lang", "ko", "--help"]);
    assert_eq!(by_option.code, 0, "{}", by_option.text());
    insta::assert_snapshot!(by_option.out);
    let mut command = command(root.path(), &["check", "--help"]);
    command.env("LANG", "ko_KR.UTF-8");
    let check = ran(command.output().unwrap()).out;
    assert!(
        check.contains("사용법: noticelint check") && check.contains("종료 코드:"),
        "{check}"
    );
    assert!(!check.contains("How to report"), "{check}");
    let english = run(root.path(), &["check", "--help", "--lang", "en"]).out;
    assert!(english.contains("How to report"), "{english}");
    // Before the command, too.
    assert_eq!(run(root.path(), &["--lang", "ko", "rules"]).code, 0);
}

#[test]
fn manual_pages() {
    let root = repository(&[]);
    let one = run(root.path(), &["man"]);
    assert!(one.out.contains(".TH noticelint 1"), "{}", one.out);
    let all = run(root.path(), &["man", "-o", "pages"]);
    assert_eq!(all.code, 0, "{}", all.text());
    let check = fs::read_to_string(root.path().join("pages/noticelint-check.1")).unwrap();
    assert!(
        check.contains("show\\-config")
            && check.contains("Exit code")
            && check.contains(".SH EXIT STATUS"),
        "{check}"
    );
}

#[test]
fn the_size_of_files_is_limited() {
    let root = repository(&[("small.md", GOOD)]);
    let huge = fs::File::create(root.path().join("huge.md")).unwrap();
    huge.set_len(50 << 20).unwrap();
    let check = |args: &[&str]| run(root.path(), &[&["check", "--select", RULE], args].concat());
    let refused = check(&["huge.md", "small.md"]);
    assert_eq!(refused.code, 2);
    assert!(
        refused
            .err
            .contains("huge.md: the file is too large (50 MiB); at most 16 MiB"),
        "{}",
        refused.err
    );
    assert!(refused.err.contains("--max-size"), "{}", refused.err);
    assert!(refused.out.contains("1 notice"), "{}", refused.out);
    let stricter = check(&["small.md", "--max-size", "50"]);
    assert_eq!(stricter.code, 2);
    for bad in ["0", "x", "5T", "2G", "-1"] {
        assert_eq!(
            check(&["small.md", &format!("--max-size={bad}")]).code,
            2,
            "{bad}"
        );
    }
    // Let through, it is no text: NUL bytes.
    let through = check(&["huge.md", "--max-size", "64M"]);
    assert!(through.err.contains("NUL"), "{}", through.err);
}

#[cfg(unix)]
#[test]
fn a_loop_of_links_ends() {
    let root = repository(&[("n/a.md", BAD)]);
    std::os::unix::fs::symlink("..", root.path().join("n/up")).unwrap();
    std::os::unix::fs::symlink("b.md", root.path().join("n/c.md")).unwrap();
    std::os::unix::fs::symlink("c.md", root.path().join("n/b.md")).unwrap();
    let walked = run(root.path(), &["check", "--select", RULE]);
    assert_eq!(walked.code, 1, "{}", walked.text());
    assert!(walked.out.contains("1 notice"), "{}", walked.text());
    let named = run(root.path(), &["check", "n/b.md"]);
    assert_eq!(named.code, 2, "{}", named.text());
}

#[test]
fn no_bar_and_no_colour_where_nobody_watches() {
    let files: Vec<(String, &str)> = (0..300).map(|n| (format!("n/{n:03}.md"), GOOD)).collect();
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), *text))
        .collect();
    let root = repository(&files);
    let quiet = run(root.path(), &["check", "--select", RULE]);
    assert_eq!((quiet.code, quiet.err.as_str()), (0, ""));
    let mut forced = command(root.path(), &["check", "--select", RULE, "n/000.md"]);
    forced.env("NO_COLOR", "1").env("TERM", "xterm-256color");
    assert!(!ran(forced.output().unwrap()).out.contains('\u{1b}'));
}
