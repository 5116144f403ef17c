//! `noticelint.yaml`.

use super::support::{BAD, GOOD, RULE, found, repository, run, write};

/// A rule of a house's own, which finds one word.
const HOUSE_RULE: &str = "\
title: { ko: 고객님 대신 회원님, en: no customer }
severity: info
authority:
  body: { ko: 회사, en: House }
  instrument: { ko: 지침, en: Style }
  provision: { ko: 1쪽, en: page 1 }
  date: 2026-10-01
  url: https://acme.example/style
  basis: practice
forbid: { patterns: ['고객님의 이름'] }
message: { ko: '‘{text}’', en: 'house word: {text}' }
help: { ko: 바꿔 쓰십시오., en: Use another. }
examples: []
";

#[test]
fn rules_are_off_and_have_another_severity() {
    let root = repository(&[("a.md", BAD), ("en/b.md", BAD)]);
    let check = |config: &str| {
        write(root.path(), "noticelint.yaml", config);
        let ran = run(root.path(), &["check", "--format", "json"]);
        let mut found = found(&ran.json());
        found.retain(|line| line.contains(RULE));
        (ran.code, found)
    };
    let only = "rules: { kr: off, common: off, kr/no-exposure-euphemism: on }\n";
    let both = [
        "error kr/no-exposure-euphemism a.md:6",
        "error kr/no-exposure-euphemism en/b.md:6",
    ];
    assert_eq!(check(only), (1, both.map(str::to_owned).to_vec()));
    let warning = only.replace(": on }", ": warning }");
    let warned = both.map(|line| line.replace("error ", "warning "));
    assert_eq!(check(&warning), (0, warned.to_vec()));
    let strict = format!("{warning}fail-on: warning\n");
    assert_eq!(check(&strict), (1, warned.to_vec()));
    let special = format!(
        "{only}overrides:\n  - paths: [en/]\n    rules: {{ {RULE}: off, kr/when: info }}\n"
    );
    assert_eq!(check(&special), (1, vec![both[0].to_owned()]));
}

#[test]
fn the_command_line_is_stronger() {
    let root = repository(&[
        ("a.md", BAD),
        (
            "noticelint.yaml",
            "lang: ko\nfail-on: never\nrules: { kr: off }\n",
        ),
    ]);
    let plain = run(root.path(), &["check"]);
    assert_eq!(plain.code, 0, "{}", plain.text());
    assert!(plain.out.contains("통지문 1건"), "{}", plain.text());
    let asked = [
        "check",
        "--lang",
        "en",
        "--fail-on",
        "error",
        "--select",
        RULE,
    ];
    let asked = run(root.path(), &asked);
    assert_eq!(asked.code, 1, "{}", asked.text());
    assert!(
        asked.out.contains("1 error in 1 notice"),
        "{}",
        asked.text()
    );
    let none = run(root.path(), &["check", "--no-config", "--select", RULE]);
    assert_eq!(none.code, 1);
    assert!(none.out.contains("1 error in 1 notice"), "{}", none.text());
}

#[test]
fn the_nearest_file_up_to_the_repository_is_used() {
    let root = repository(&[
        ("repo/.git/HEAD", ""),
        ("repo/a/b/n.md", BAD),
        ("noticelint.yaml", "fail-on: never\n"),
    ]);
    let repo = root.path().join("repo");
    let code = |cwd: &std::path::Path, args: &[&str]| {
        let ran = run(cwd, &[&["check", "--select", RULE], args].concat());
        assert!(ran.err.is_empty(), "{}", ran.text());
        ran.code
    };
    // The file above the repository is none of its business.
    assert_eq!(code(&repo, &["a"]), 1);
    write(&repo, "noticelint.yaml", "fail-on: never\n");
    assert_eq!(code(&repo, &["a"]), 0);
    assert_eq!(code(&repo.join("a/b"), &[]), 0);
    assert_eq!(code(root.path(), &["repo/a/b/n.md"]), 0);
    write(&repo, "a/noticelint.yaml", "fail-on: error\n");
    assert_eq!(code(&repo, &["a/b/n.md"]), 1);
    // Given, one file is for all, and its paths are relative to the working folder.
    assert_eq!(code(&repo, &["a", "--config", "noticelint.yaml"]), 0);
}

#[test]
fn what_is_a_notice_is_decided_by_patterns() {
    let plain = "# 개인정보 유출 안내\n\n이름이 노출되었습니다.\n";
    let root = repository(&[
        ("notices/plain.md", plain),
        ("notices/text.txt", plain),
        ("notices/none.md", "---\nnotice: false\n---\n"),
        ("old/a.md", BAD),
        ("README.md", plain),
    ]);
    let report = |config: &str, paths: &[&str]| {
        write(root.path(), "noticelint.yaml", config);
        let ran = run(
            root.path(),
            &[&["check", "--format", "json", "--select", RULE], paths].concat(),
        );
        let json = ran.json();
        let paths = |list: &serde_json::Value| -> Vec<String> {
            let list = list.as_array().cloned().unwrap_or_default();
            list.iter()
                .map(|entry| {
                    let reason = entry["reason"]
                        .as_str()
                        .map_or(String::new(), |r| format!(" {r}"));
                    format!("{}{reason}", entry["path"].as_str().unwrap())
                })
                .collect()
        };
        (paths(&json["notices"]), paths(&json["skipped"]))
    };
    let (notices, skipped) = report("notices: { include: [notices/] }\n", &[]);
    assert_eq!(notices, ["notices/plain.md", "notices/text.txt"]);
    assert_eq!(
        skipped,
        [
            "README.md not-included",
            "notices/none.md notice-false",
            "old/a.md not-included"
        ]
    );
    // From a folder below, the same files are the same.
    let below = run(
        &root.path().join("old"),
        &["check", "..", "--format", "json", "--select", RULE],
    );
    assert_eq!(
        below.json()["notices"][0]["path"],
        "../notices/plain.md",
        "{}",
        below.text()
    );
    let (notices, skipped) = report("notices: { exclude: [old/] }\n", &[]);
    assert!(notices.is_empty());
    assert!(
        skipped.contains(&"old/a.md excluded".to_owned()),
        "{skipped:?}"
    );
    // Named, a file is checked whatever the patterns say.
    assert_eq!(
        report("notices: { exclude: [old/] }\n", &["old/a.md"]).0,
        ["old/a.md"]
    );
}

#[test]
fn rules_of_ones_own_are_loaded_and_stay_inside() {
    let root = repository(&[
        ("repo/.git/HEAD", ""),
        ("repo/a.md", GOOD),
        ("repo/house/acme/word.yaml", HOUSE_RULE),
        (
            "repo/noticelint.yaml",
            "rule-folders: [house]\nrules: { acme/word: warning }\nfail-on: warning\n",
        ),
        ("outside/acme/word.yaml", HOUSE_RULE),
    ]);
    let repo = root.path().join("repo");
    let ran = run(&repo, &["check", "--select", "acme"]);
    assert_eq!(ran.code, 1, "{}", ran.text());
    assert!(
        ran.out.contains("warning[acme/word]: house word"),
        "{}",
        ran.text()
    );
    // The same folder once more is no second definition.
    let twice = run(&repo, &["check", "--select", "acme", "--rules", "house"]);
    assert_eq!(twice.code, 1, "{}", twice.text());

    write(&repo, "noticelint.yaml", "rule-folders: [../outside]\n");
    let out = run(&repo, &["check"]);
    let here = root.path().to_str().unwrap();
    let text = out.text().replace(here, "[folder]");
    insta::assert_snapshot!("a_path_outside_of_the_repository", text);
    let allowed = run(
        &repo,
        &["check", "--allow-outside-root", "--select", "acme"],
    );
    assert_eq!(allowed.code, 0, "{}", allowed.text());
    write(&repo, "noticelint.yaml", "rule-folders: [gone]\n");
    let gone = run(&repo, &["check"]);
    assert_eq!(gone.code, 2);
    assert!(gone.err.contains("noticelint.yaml:1:16"), "{}", gone.text());
}

#[test]
fn facts_named_in_a_notice_stay_inside_too() {
    let root = repository(&[
        ("repo/.git/HEAD", ""),
        (
            "repo/a.md",
            "---\nincident: ../secret.yaml\n---\n# 개인정보 유출 안내\n",
        ),
        ("secret.yaml", "password: hunter2\n"),
    ]);
    let repo = root.path().join("repo");
    let ran = run(&repo, &["check", "a.md"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("leads out of the repository"),
        "{}",
        ran.text()
    );
    assert!(!ran.err.contains("hunter2"), "{}", ran.text());
    let allowed = run(&repo, &["check", "a.md", "--allow-outside-root"]);
    assert!(
        allowed.err.contains("unknown key `password`"),
        "{}",
        allowed.text()
    );
}

#[test]
fn mistakes_are_told_with_their_place_and_nothing_is_green() {
    let root = repository(&[("a.md", GOOD), ("b/c.md", GOOD)]);
    for (config, said) in [
        ("langage: ko\n", "noticelint.yaml:1:1"),
        ("rules: { kr/whem: off }\n", "did you mean `kr/when`?"),
        (
            "overrides: [{ paths: [b/], rules: { kom: off } }]\n",
            "noticelint.yaml:1:37",
        ),
        ("lang: [\n", "noticelint.yaml"),
        ("rules: { kr: off, common: off }\n", "no rule"),
    ] {
        write(root.path(), "noticelint.yaml", config);
        let ran = run(root.path(), &["check"]);
        assert_eq!(ran.code, 2, "{config}{}", ran.text());
        assert!(ran.err.contains(said), "{config}{}", ran.text());
    }
    // A mistake in one folder does not keep the others from being checked.
    write(root.path(), "noticelint.yaml", "");
    write(root.path(), "b/noticelint.yaml", "langage: ko\n");
    let ran = run(root.path(), &["check", "--select", RULE]);
    assert_eq!(ran.code, 2);
    assert!(ran.out.contains("1 notice"), "{}", ran.text());
    let gone = run(root.path(), &["check", "--config", "gone.yaml"]);
    assert_eq!(gone.code, 2);
    assert!(gone.err.contains("gone.yaml"), "{}", gone.text());
}

#[test]
fn what_is_in_force_is_shown() {
    let root = repository(&[
        ("a.md", BAD),
        ("en/b.md", BAD),
        ("house/acme/word.yaml", HOUSE_RULE),
        ("old/x.md", BAD),
        (
            "noticelint.yaml",
            "lang: ko\nrules:\n  kr/plain: off\n  acme/word: error\nrule-folders: [house]\nnotices:\n  exclude: [old/]\n\
             overrides:\n  - paths: [en/]\n    rules:\n      kr/posting-front-page: off\n",
        ),
    ]);
    let fixed = root.path().join("noticelint.yaml");
    let text = std::fs::read_to_string(&fixed).unwrap();
    std::fs::write(&fixed, text.replace("kr/plain", "common/plain")).unwrap();
    let ran = run(
        root.path(),
        &["check", "--show-config", "--fail-on", "warning"],
    );
    insta::assert_snapshot!(ran.text());
    let json = run(root.path(), &["check", "--show-config", "--format", "json"]).json();
    assert_eq!(json["groups"][0]["config"], "noticelint.yaml");
    assert_eq!(json["groups"].as_array().unwrap().len(), 2);
    let none = run(
        root.path(),
        &["check", "--show-config", "--no-config", "a.md"],
    );
    insta::assert_snapshot!("without_a_configuration", none.text());
}

/// A link that lies where facts and configuration are looked for shows nothing of what lies elsewhere.
#[cfg(unix)]
#[test]
fn links_do_not_lead_out_of_the_repository() {
    let elsewhere = tempfile::tempdir().unwrap();
    let secret = elsewhere.path().join("secret.yaml");
    std::fs::write(&secret, "hunter2: x\n").unwrap();
    for name in ["incident.yaml", "noticelint.yaml"] {
        let root = repository(&[("a.md", BAD)]);
        std::os::unix::fs::symlink(&secret, root.path().join(name)).unwrap();
        let refused = run(root.path(), &["check", "a.md"]);
        assert_eq!(refused.code, 2, "{name}");
        assert!(!refused.text().contains("hunter2"), "{}", refused.text());
        assert!(
            refused.err.contains("--allow-outside-root"),
            "{}",
            refused.err
        );
        let allowed = run(root.path(), &["check", "a.md", "--allow-outside-root"]);
        assert!(allowed.err.contains("hunter2"), "{}", allowed.err);
    }
}
