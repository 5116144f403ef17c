//! The pages under `docs`: those that are made are those of the program, every page is linked, every link leads somewhere, and what
//! they show works.
//!
//! After a change of rules: `UPDATE_DOCS=1 cargo test --test docs`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use noticelint::report::pages;
use noticelint::rules::RuleSet;

const RULES: &str = "docs/rules";

/// All Markdown below a folder.
fn markdown(folder: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(markdown(&path));
        } else if path.extension().is_some_and(|e| e == "md") {
            found.insert(path);
        }
    }
    found
}

#[test]
fn the_pages_of_the_rules_are_those_of_the_program() {
    let rules = RuleSet::builtin().unwrap();
    let pages = pages::all(rules.iter());
    let expected: BTreeSet<PathBuf> = pages
        .iter()
        .map(|(name, _)| Path::new(RULES).join(name))
        .collect();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        for left in markdown(Path::new(RULES)).difference(&expected) {
            fs::remove_file(left).unwrap();
        }
        for (name, text) in &pages {
            let path = Path::new(RULES).join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }
    let why = "is out of date: UPDATE_DOCS=1 cargo test --test docs";
    assert_eq!(markdown(Path::new(RULES)), expected, "docs/rules {why}");
    for (name, text) in &pages {
        let path = Path::new(RULES).join(name);
        assert!(
            fs::read_to_string(&path).unwrap() == *text,
            "{} {why}",
            path.display()
        );
    }
}

#[test]
fn every_rule_is_explained_in_both_languages() {
    for lang in ["ko", "en"] {
        let output = run(Path::new("."), &["explain", "--all", "--lang", lang]);
        let text = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(0));
        let rules = RuleSet::builtin().unwrap();
        for rule in rules.iter() {
            assert!(text.contains(&format!("{} (", rule.id)), "{}", rule.id);
        }
        let korean = text.contains("근거 확인 방법");
        assert_eq!(korean, lang == "ko");
    }
}

#[test]
fn every_page_is_in_the_summary_and_every_link_leads_somewhere() {
    let docs = Path::new("docs");
    let summary = fs::read_to_string(docs.join("SUMMARY.md")).unwrap();
    let mut files = markdown(docs);
    files.remove(Path::new("docs/example/draft.md"));
    files.remove(Path::new("docs/SUMMARY.md"));
    for file in &files {
        let inner = file
            .strip_prefix(docs)
            .unwrap()
            .to_string_lossy()
            .into_owned();
        assert!(
            summary.contains(&format!("({inner})")),
            "docs/SUMMARY.md: {inner}"
        );
    }
    let links = regex::Regex::new(r"\]\(([^)#:\s]+)(#[^)]*)?\)").unwrap();
    let mut seen = 0;
    files.insert(docs.join("SUMMARY.md"));
    for name in ["README.md", "README.ko.md", "fixtures/README.md"] {
        files.insert(PathBuf::from(name));
    }
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        for link in links.captures_iter(&text) {
            let target = file.parent().unwrap().join(&link[1]);
            assert!(target.exists(), "{}: {}", file.display(), &link[1]);
            seen += 1;
        }
    }
    assert!(seen > 150, "{seen}");
}

fn run(cwd: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_noticelint"));
    for name in [
        "LC_ALL",
        "LC_MESSAGES",
        "LANG",
        "NO_COLOR",
        "CLICOLOR_FORCE",
    ] {
        command.env_remove(name);
    }
    command.args(args).current_dir(cwd).output().unwrap()
}

/// The blocks of code of this language on a page.
fn blocks<'a>(page: &'a str, language: &str) -> Vec<&'a str> {
    let start = format!("\n```{language}\n");
    page.split(start.as_str())
        .skip(1)
        .map(|part| part.split("\n```").next().unwrap())
        .collect()
}

#[test]
fn the_first_rule_works_as_it_is_told() {
    let page = fs::read_to_string("docs/first-rule.md").unwrap();
    let [words, rule, config] = blocks(&page, "yaml")[..] else {
        panic!("three blocks of YAML")
    };
    let root = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("my-rules/vocabulary/acme.yaml", words),
        ("my-rules/acme/no-flattery.yaml", rule),
        ("noticelint.yaml", config),
        (
            "draft.md",
            "# Data leak\n\nDear valued customer, your name was leaked.\n",
        ),
    ] {
        let path = root.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, format!("{text}\n")).unwrap();
    }
    let tested = run(root.path(), &["test", "my-rules"]);
    let said = String::from_utf8(tested.stdout).unwrap();
    assert_eq!(
        tested.status.code(),
        Some(0),
        "{said}{}",
        String::from_utf8_lossy(&tested.stderr)
    );
    let shown = page.split("$ noticelint test my-rules\n").nth(1).unwrap();
    assert_eq!(said, format!("{}\n", shown.split("\n```").next().unwrap()));
    let fixed = run(root.path(), &["fix", "draft.md", "--select", "acme"]);
    let diff = String::from_utf8(fixed.stdout).unwrap();
    assert!(
        diff.contains("+Dear customer, your name was leaked."),
        "{diff}"
    );
    // The mistake that is shown.
    let wrong = rule.replace("all: [flattery]", "all: [flatery]");
    fs::write(root.path().join("my-rules/acme/no-flattery.yaml"), wrong).unwrap();
    let failed = String::from_utf8(run(root.path(), &["test", "my-rules"]).stderr).unwrap();
    let shown = blocks(&page, "text")[0];
    for line in shown.lines() {
        assert!(failed.contains(line.trim()), "{line}\n{failed}");
    }
}

/// `noticelint.yaml` and the front matter as the pages show them are read.
#[test]
fn the_configuration_that_is_shown_is_read() {
    let page = fs::read_to_string("docs/configuration.md").unwrap();
    let root = tempfile::tempdir().unwrap();
    fs::create_dir_all(root.path().join("notices")).unwrap();
    fs::create_dir_all(root.path().join("house-rules")).unwrap();
    fs::create_dir_all(root.path().join(".git")).unwrap();
    fs::write(
        root.path().join("noticelint.yaml"),
        format!("{}\n", blocks(&page, "yaml")[0]),
    )
    .unwrap();
    fs::write(root.path().join("noticelint-baseline.yaml"), "version: 1\n").unwrap();
    fs::write(root.path().join("notices/a.md"), "# 개인정보 유출 안내\n").unwrap();
    let output = run(root.path(), &["check", "--format", "json"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    for page in ["docs/officers.ko.md", "docs/officers.md"] {
        let page = fs::read_to_string(page).unwrap();
        let [facts, front, waive] = blocks(&page, "yaml")[..] else {
            panic!("three blocks of YAML")
        };
        let front = front.trim_end().strip_suffix("---").unwrap();
        let notice = format!("{front}{waive}\n---\n# 개인정보 유출 안내\n\n{{{{name}}}}님\n");
        fs::write(root.path().join("notices/a.md"), notice).unwrap();
        fs::write(root.path().join("notices/incident.yaml"), facts).unwrap();
        let output = run(root.path(), &["check", "--no-config", "notices/a.md"]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{said}");
    }
}

/// The Korean page names every item with the name that the program has for it.
#[test]
fn the_korean_page_on_facts_has_every_item() {
    let page = fs::read_to_string("docs/facts.ko.md").unwrap();
    let rules = RuleSet::builtin().unwrap();
    for (id, name) in rules.item_names(noticelint::lang::Lang::Ko) {
        assert!(
            page.contains(&format!("| `{id}` | {name} |")),
            "{id}: {name}"
        );
    }
}
