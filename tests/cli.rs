//! What the command does as a whole: exit codes, streams, order. Reports themselves are tested where they are made.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// One rule that needs no facts and finds one word, so that these tests do not hang on the others.
const RULE: &str = "kr/no-exposure-euphemism";
const BAD: &str = "---\nkind: full\n---\n# 개인정보 유출 안내\n\n고객님의 이름이 노출되었습니다.\n";
const GOOD: &str =
    "---\nkind: full\n---\n# 개인정보 유출 안내\n\n고객님의 이름이 유출되었습니다.\n";

/// A folder with the given files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = root.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    root
}

fn command(cwd: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_noticelint"));
    command.args(args).current_dir(cwd);
    for name in [
        "LC_ALL",
        "LC_MESSAGES",
        "LANG",
        "NO_COLOR",
        "CLICOLOR_FORCE",
    ] {
        command.env_remove(name);
    }
    command
}

fn run(cwd: &Path, args: &[&str]) -> Output {
    command(cwd, args).output().unwrap()
}

/// `check --select RULE` with further arguments.
fn check(cwd: &Path, args: &[&str]) -> Output {
    run(cwd, &[&["check", "--select", RULE], args].concat())
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn with_stdin(cwd: &Path, args: &[&str], input: &str) -> Output {
    let mut child = command(cwd, args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(input.as_bytes())
        .unwrap();
    child.wait_with_output().unwrap()
}

fn json(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", stdout(output)))
}

#[test]
fn exit_codes_of_findings() {
    let root = folder(&[("good.md", GOOD), ("bad.md", BAD)]);
    for (args, expected) in [
        (&["good.md"][..], 0),
        (&["bad.md"], 1),
        (&["."], 1),
        (&[], 1),
        (&["bad.md", "--fail-on", "warning"], 1),
        (&["bad.md", "--fail-on", "info"], 1),
        (&["bad.md", "--fail-on", "never"], 0),
        (&["good.md", "--fail-on", "info"], 0),
    ] {
        let output = check(root.path(), args);
        assert_eq!(code(&output), expected, "{args:?}: {}", stderr(&output));
        assert_eq!(stderr(&output), "", "{args:?}");
    }
}

#[test]
fn exit_code_2_says_what_and_where_and_the_rest_is_checked() {
    let root = folder(&[
        ("bad.md", BAD),
        ("README.md", "# hello\n"),
        ("empty/x.txt", ""),
    ]);
    fs::write(
        root.path().join("binary.md"),
        b"---\nkind: full\n---\n\xb0\xb3\xc0\xce\n",
    )
    .unwrap();
    for (args, said) in [
        (&["gone.md", "bad.md"][..], "gone.md"),
        (&["binary.md", "bad.md"], "binary.md:4:1"),
        (&[".", "--format", "human"], "binary.md:4:1"),
    ] {
        let output = check(root.path(), args);
        assert_eq!(code(&output), 2, "{args:?}");
        assert!(
            stderr(&output).contains(said),
            "{args:?}: {}",
            stderr(&output)
        );
        assert!(
            stdout(&output).contains("bad.md:6:"),
            "{args:?}: {}",
            stdout(&output)
        );
    }
    for (args, said) in [
        (&["empty"][..], "no notice found"),
        (&["--stdin-filename", "x.md", "bad.md"], "--stdin-filename"),
        (&["-", "-"], "only once"),
        (&["--as-of", "tomorrow", "bad.md"], "tomorrow"),
        (&["--incident", "gone.yaml", "bad.md"], "gone.yaml"),
        (&["--rules", "gone", "bad.md"], "gone"),
        (&["--no-such-option"], "--no-such-option"),
        (&["--ignore", RULE, "bad.md"], "no rule"),
    ] {
        let output = check(root.path(), args);
        assert_eq!(code(&output), 2, "{args:?}: {}", stdout(&output));
        assert!(
            stderr(&output).contains(said),
            "{args:?}: {}",
            stderr(&output)
        );
    }
}

#[test]
fn nothing_checked_is_never_green() {
    let root = folder(&[("README.md", "# hello\n")]);
    let output = check(root.path(), &[]);
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains("no notice found"),
        "{}",
        stderr(&output)
    );
    assert!(
        stdout(&output).contains("1 file: no front matter"),
        "{}",
        stdout(&output)
    );
    let output = check(root.path(), &["--format", "json"]);
    assert_eq!(code(&output), 2);
    assert_eq!(json(&output)["skipped"][0]["path"], "README.md");
    assert_eq!(json(&output)["skipped"][0]["reason"], "no-front-matter");
    assert_eq!(json(&output)["summary"]["problems"], 1);
    // Named, the same file is checked.
    assert_eq!(code(&check(root.path(), &["README.md"])), 0);
}

#[test]
fn unknown_names_are_said_with_the_nearest() {
    let root = folder(&[("bad.md", BAD)]);
    for (args, near) in [
        (["check", "--select", "kr/no-exposure-eufemism"], RULE),
        (["check", "--ignore", "no-exposure-euphemism"], RULE),
        (["check", "--select", "kr/no-exposure"], RULE),
        (["check", "--select", "krr"], "`kr`"),
        (["explain", "kr/no-exposure-euphemisms", "--lang=en"], RULE),
    ] {
        let output = run(root.path(), &args);
        assert_eq!(code(&output), 2, "{args:?}");
        assert!(
            stderr(&output).contains(near),
            "{args:?}: {}",
            stderr(&output)
        );
        assert_eq!(stdout(&output), "", "{args:?}");
    }
}

#[test]
fn packs_are_selected_and_rules_ignored() {
    let root = folder(&[("bad.md", BAD)]);
    let args = ["check", "--format", "json", "bad.md", "--select", "kr"];
    let select = run(root.path(), &args);
    assert!(
        json(&select)["notices"][0]["findings"]
            .to_string()
            .contains(RULE)
    );
    let args = ["check", "--format", "json", "bad.md", "--ignore", RULE];
    let ignore = run(root.path(), &args);
    assert!(!json(&ignore)["notices"].to_string().contains(RULE));
}

#[test]
fn standard_input() {
    let root = folder(&[]);
    let args = ["check", "--select", RULE, "-"];
    let output = with_stdin(root.path(), &args, BAD);
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    assert!(
        stdout(&output).contains("<stdin>:6:10"),
        "{}",
        stdout(&output)
    );
    let named = [&args[..], &["--stdin-filename", "./drafts/a.md"]].concat();
    let named = with_stdin(root.path(), &named, BAD);
    assert!(
        stdout(&named).contains("drafts/a.md:6:10"),
        "{}",
        stdout(&named)
    );
    // What is typed is checked even if it does not look like a notice.
    let plain = with_stdin(root.path(), &args, "이름이 노출되었습니다.\n");
    assert_eq!(code(&plain), 1);
}

#[test]
fn standard_input_stands_for_the_file_of_its_name() {
    let root = folder(&[("a.md", BAD)]);
    let args = [
        "check",
        "--select",
        RULE,
        "-",
        "a.md",
        "--stdin-filename",
        "a.md",
    ];
    let output = with_stdin(root.path(), &args, GOOD);
    assert_eq!(code(&output), 0, "{}{}", stdout(&output), stderr(&output));
}

#[test]
fn the_same_bytes_for_any_threads_order_and_folder() {
    let files: Vec<(String, &str)> = (0..40)
        .map(|n| (format!("n/{n:02}.md"), if n % 3 == 0 { GOOD } else { BAD }))
        .collect();
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), *text))
        .collect();
    let root = folder(&files);
    let here = root.path().to_str().unwrap();
    let (n, one) = (format!("{here}/n"), format!("{here}/n/07.md"));
    let elsewhere = tempfile::tempdir().unwrap();
    for format in ["human", "json"] {
        let args = [&n, &one, "--threads", "1", "--format", format];
        let expected = check(root.path(), &args);
        for (cwd, args) in [
            (root.path(), [one.as_str(), n.as_str(), "--threads", "8"]),
            (
                elsewhere.path(),
                [n.as_str(), one.as_str(), "--threads", "3"],
            ),
        ] {
            let output = check(cwd, &[&args[..], &["--format", format]].concat());
            assert_eq!(stdout(&output), stdout(&expected));
            assert_eq!(code(&output), 1);
        }
    }
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let long = format!("{GOOD}{}", "\n이름이 노출되었습니다.\n".repeat(3000));
    let root = folder(&[("bad.md", &long)]);
    let mut child = command(root.path(), &["check", "--select", RULE, "bad.md"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(stderr(&output), "");
    assert_eq!(code(&output), 1);
}

/// The report on `bad.md` with further arguments and variables.
fn report(args: &[&str], variables: &[(&str, &str)]) -> String {
    let root = folder(&[("bad.md", BAD)]);
    let args = [&["check", "--select", RULE, "bad.md"], args].concat();
    let mut command = command(root.path(), &args);
    command.envs(variables.iter().copied());
    stdout(&command.output().unwrap())
}

#[test]
fn colours_when_asked_for_only() {
    let coloured =
        |args: &[&str], variables: &[(&str, &str)]| report(args, variables).contains('\u{1b}');
    assert!(!coloured(&[], &[]));
    assert!(!coloured(&[], &[("NO_COLOR", "1")]));
    assert!(!coloured(&["--color", "never"], &[]));
    assert!(coloured(&["--color", "always"], &[]));
    assert!(coloured(&["--color", "always"], &[("NO_COLOR", "1")]));
}

#[test]
fn the_language_of_messages() {
    let korean = |args: &[&str], variables: &[(&str, &str)]| {
        report(args, variables).contains("통지문 1건: 오류 1건")
    };
    assert!(!korean(&[], &[]));
    assert!(korean(&["--lang", "ko"], &[]));
    assert!(korean(&[], &[("LANG", "ko_KR.UTF-8")]));
    assert!(!korean(&["--lang", "en"], &[("LANG", "ko_KR.UTF-8")]));
    assert!(!korean(&[], &[("LC_ALL", "C"), ("LANG", "ko_KR.UTF-8")]));
}

#[test]
fn the_facts_beside_a_notice_are_used_and_named() {
    let facts = "incident: x\njurisdictions: [kr]\nstatus: confirmed\naware-at: 2026-01-01T00:00+09:00\n\
                 cohorts:\n  members:\n    leaked: [name]\n";
    let root = folder(&[("n/a.md", BAD), ("n/incident.yaml", facts)]);
    let output = check(root.path(), &["n", "--format", "json"]);
    let incident = &json(&output)["notices"][0]["incident"];
    assert_eq!(incident, "n/incident.yaml", "{}", stderr(&output));
    fs::write(
        root.path().join("n/incident.yaml"),
        format!("{facts}colour: red\n"),
    )
    .unwrap();
    let broken = check(root.path(), &["n", "--format", "json"]);
    assert_eq!(code(&broken), 2);
    assert!(
        stderr(&broken).contains("n/incident.yaml:8:1"),
        "{}",
        stderr(&broken)
    );
    assert_eq!(json(&broken)["notices"].as_array().unwrap().len(), 1);
}

#[test]
fn the_date_given_is_recorded() {
    let root = folder(&[("good.md", GOOD)]);
    let output = check(root.path(), &["--as-of", "2026-09-11", "--format", "json"]);
    assert_eq!(json(&output)["as-of"], "2026-09-11");
    let without = check(root.path(), &["--format", "json"]);
    assert!(json(&without).get("as-of").is_none());
}

#[test]
fn a_huge_file_is_refused() {
    let root = folder(&[("good.md", GOOD)]);
    let file = fs::File::create(root.path().join("huge.md")).unwrap();
    file.set_len(50 << 20).unwrap();
    let output = check(root.path(), &["huge.md", "good.md"]);
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains("huge.md: the file is too large (50 MiB)"),
        "{}",
        stderr(&output)
    );
    assert!(stdout(&output).contains("1 notice"), "{}", stdout(&output));
}

#[test]
fn the_other_commands() {
    let root = folder(&[("bad.md", BAD)]);
    let rules = run(root.path(), &["rules"]);
    assert_eq!(code(&rules), 0);
    assert!(
        stdout(&rules).lines().any(|line| line.starts_with(RULE)),
        "{}",
        stdout(&rules)
    );
    let rules = json(&run(root.path(), &["rules", "--format", "json"]));
    let rules = rules["rules"].as_array().unwrap();
    assert!(rules.iter().any(|rule| rule["id"] == RULE));
    for lang in ["ko", "en"] {
        let explain = run(root.path(), &["explain", RULE, "--lang", lang]);
        assert_eq!(code(&explain), 0);
        assert!(
            stdout(&explain).contains("https://"),
            "{}",
            stdout(&explain)
        );
    }
    let claims = run(root.path(), &["claims", "bad.md"]);
    assert_eq!(code(&claims), 0, "{}", stderr(&claims));
    assert!(stdout(&claims).contains("bad.md"));
    let claims = run(root.path(), &["claims", "bad.md", "--format", "json"]);
    assert!(json(&claims)["notices"][0]["clauses"].is_array());
    assert_eq!(code(&run(root.path(), &["claims", "gone.md"])), 2);
    assert_eq!(code(&run(root.path(), &["test", "gone"])), 2);
    assert_eq!(code(&run(root.path(), &[])), 2);
    assert_eq!(code(&run(root.path(), &["--version"])), 0);
}

/// With all rules, as they come with the program.
#[test]
fn exit_codes_with_all_rules() {
    let left_open = "---\nkind: full\n---\n# 개인정보 유출 안내\n\n{{name}}님께 알려 드립니다.\n";
    let root = folder(&[
        ("bad.md", BAD),
        ("warned/left-open.md", left_open),
        ("none/notes.txt", ""),
        ("broken/kr/x.yaml", "titel: x\n"),
        ("front.md", "---\nkind: ful\n---\n# 개인정보 유출 안내\n"),
    ]);
    fs::write(root.path().join("binary.md"), b"# \xb0\xb3\n").unwrap();
    let warned = ["warned", "--select", "common/placeholder"];
    let table: [(&[&str], i32, &str); 21] = [
        // Findings at, above and below the level that fails.
        (&["bad.md"], 1, ""),
        (&["bad.md", "--fail-on", "warning"], 1, ""),
        (&["bad.md", "--fail-on", "never"], 0, ""),
        (&["bad.md", "--select", "kr", "--lang", "ko"], 1, ""),
        (&warned, 0, ""),
        (&[&warned[..], &["--fail-on", "error"]].concat(), 0, ""),
        (&[&warned[..], &["--fail-on", "warning"]].concat(), 1, ""),
        (&[&warned[..], &["--fail-on", "info"]].concat(), 1, ""),
        (&[&warned[..], &["--fail-on", "never"]].concat(), 0, ""),
        // Clean.
        (
            &["bad.md", "--select", "common/placeholder", "--fail-on=info"],
            0,
            "",
        ),
        // What could not be done, whatever else was found.
        (&["gone.md"], 2, "gone.md"),
        (&["gone.md", "bad.md", "--fail-on", "never"], 2, "gone.md"),
        (&["*.markdown"], 2, "*.markdown"),
        (&["none"], 2, "no notice found"),
        (&["bad.md", "--ignore", "kr,common"], 2, "no rule"),
        (&["bad.md", "--select", "kr/wen"], 2, "`kr/when`"),
        (&["bad.md", "--ignore", "kr/wen"], 2, "`kr/when`"),
        (&["bad.md", "--rules", "broken"], 2, "broken/kr/x.yaml:1:1"),
        (&["bad.md", "--rules", "none/notes.txt"], 2, "notes.txt"),
        (&["front.md", "bad.md"], 2, "front.md:2:7"),
        (&["binary.md", "bad.md"], 2, "binary.md:1:3"),
    ];
    for (args, expected, said) in table {
        let output = run(root.path(), &[&["check"], args].concat());
        let errors = stderr(&output);
        assert_eq!(code(&output), expected, "{args:?}: {errors}");
        assert!(errors.contains(said), "{args:?}: {errors}");
        assert_eq!(errors.is_empty(), said.is_empty(), "{args:?}: {errors}");
        // The rest has been checked all the same.
        let checked = stdout(&output).contains("bad.md:");
        let good = args[0].ends_with(".md") && args.len() > 1 && args[1] == "bad.md";
        assert!(checked || !good, "{args:?}: {}", stdout(&output));
    }
    assert_eq!(code(&run(root.path(), &["test"])), 0, "examples");
    assert_eq!(code(&run(root.path(), &["test", "broken"])), 2);
    assert_eq!(code(&run(root.path(), &["rules", "--rules", "broken"])), 2);
    assert_eq!(code(&run(root.path(), &["claims", "binary.md"])), 2);
    assert_eq!(code(&run(root.path(), &["explain", "kr"])), 2);
    assert_eq!(code(&run(root.path(), &["no-such-command"])), 2);
}

/// Waivers name rules as the command line does: a wrong name is said aloud, with the nearest one.
#[test]
fn an_unknown_rule_in_a_waiver_is_said_with_the_nearest() {
    let waived = BAD.replace(
        "kind: full\n",
        "kind: full\nwaive:\n  - { rule: kr/no-exposure-eufemism, reason: of course }\n",
    );
    let comment = BAD.replace(
        "고객님의",
        "<!-- noticelint-ignore no-exposure-euphemism: of course -->\n고객님의",
    );
    let root = folder(&[("front.md", &waived), ("comment.md", &comment)]);
    for (file, at) in [("front.md", "front.md:4:"), ("comment.md", "comment.md:6:")] {
        let output = run(root.path(), &["check", file, "--fail-on", "never"]);
        let report = stdout(&output);
        let part = report
            .split("\n\n")
            .find(|part| part.contains("waiver-unknown-rule"))
            .unwrap_or_else(|| panic!("{file}: {report}"));
        assert!(part.contains(at) && part.contains(RULE), "{part}");
        // It waives nothing.
        let by_rule = check(root.path(), &[file]);
        assert_eq!(code(&by_rule), 1, "{}", stdout(&by_rule));
    }
}
