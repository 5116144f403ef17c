//! The reading of single sentences: each file of `fixtures/reading/` lists texts with the claims that they make.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use noticelint::rules::RuleSet;
use noticelint::source::Source;
use noticelint::{Linter, Settings};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Case {
    text: String,
    #[serde(default)]
    leaked: Vec<String>,
    #[serde(default)]
    not_leaked: Vec<String>,
    #[serde(default)]
    possibly_leaked: Vec<String>,
    #[serde(default)]
    advice: Vec<String>,
    dates: Option<Vec<DateCase>>,
    counts: Option<Vec<CountCase>>,
    leak: Option<String>,
    #[serde(default)]
    hard: bool,
    #[allow(dead_code)]
    note: Option<String>,
    /// The program is known to read this wrong; the reason. The test fails when it reads it right.
    unsettled: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DateCase {
    role: String,
    from: Option<String>,
    to: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CountCase {
    value: u64,
    unit: String,
}

/// What differs between the expected and the found claims of a text, empty if nothing does.
fn differences(linter: &Linter, case: &Case) -> String {
    let source = Source::decode("sentence.md", case.text.clone().into_bytes()).unwrap();
    let report = linter.lint(&source, None).report;
    let mut out = String::new();
    let mut compare = |what: &str, wanted: BTreeSet<String>, found: BTreeSet<String>| {
        let extra: Vec<_> = found.difference(&wanted).cloned().collect();
        let missing: Vec<_> = wanted.difference(&found).cloned().collect();
        if !extra.is_empty() || !missing.is_empty() {
            write!(out, " {what}:").unwrap();
            extra.iter().for_each(|x| write!(out, " +{x}").unwrap());
            missing.iter().for_each(|x| write!(out, " -{x}").unwrap());
        }
    };
    for (status, wanted) in [
        ("leaked", &case.leaked),
        ("not-leaked", &case.not_leaked),
        ("possibly-leaked", &case.possibly_leaked),
    ] {
        let found = report
            .claims
            .items
            .iter()
            .filter(|i| i.status == status && i.item != "address-book");
        compare(
            status,
            wanted
                .iter()
                .filter(|w| *w != "address-book")
                .cloned()
                .collect(),
            found.map(|i| i.item.clone()).collect(),
        );
    }
    let ignored = ["other", "no-action-needed"];
    let found = report
        .claims
        .advice
        .iter()
        .filter(|a| a.status == "advised" && !ignored.contains(&a.advice.as_str()));
    let wanted = case
        .advice
        .iter()
        .filter(|a| !ignored.contains(&a.as_str()));
    compare(
        "advice",
        wanted.cloned().collect(),
        found.map(|a| a.advice.clone()).collect(),
    );
    if let Some(dates) = &case.dates {
        let wanted = dates.iter().map(|d| {
            format!(
                "{} {}..{}",
                d.role,
                d.from.as_deref().unwrap_or(""),
                d.to.as_deref().unwrap_or("")
            )
        });
        let found = report
            .claims
            .dates
            .iter()
            .filter(|d| d.role != "other")
            .map(|d| {
                format!(
                    "{} {}..{}",
                    d.role,
                    d.from.as_deref().unwrap_or(""),
                    d.to.as_deref().unwrap_or("")
                )
            });
        compare("dates", wanted.collect(), found.collect());
    }
    if let Some(counts) = &case.counts {
        let wanted = counts.iter().map(|c| format!("{} {}", c.value, c.unit));
        let found = report
            .claims
            .counts
            .iter()
            .map(|c| format!("{} {}", c.value, c.unit));
        compare("counts", wanted.collect(), found.collect());
    }
    if let Some(leak) = &case.leak {
        compare(
            "leak",
            [leak.clone()].into(),
            [report.claims.leak.to_owned()].into(),
        );
    }
    out
}

#[test]
fn sentences_are_read_as_written_down() {
    let linter = Linter::new(RuleSet::builtin().unwrap(), Settings::default());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/reading");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    files.sort();
    let (mut texts, mut hard, mut unsettled) = (0, 0, 0);
    let mut wrong = String::new();
    for file in files
        .iter()
        .filter(|f| f.extension().is_some_and(|e| e == "yaml"))
    {
        let name = file.file_name().unwrap().to_string_lossy();
        let cases: Vec<Case> =
            serde_yaml::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        for (i, case) in cases.iter().enumerate() {
            texts += 1;
            hard += usize::from(case.hard);
            let found = differences(&linter, case);
            match (&case.unsettled, found.is_empty()) {
                (None, true) => {}
                (Some(_), false) => unsettled += 1,
                (None, false) => {
                    writeln!(
                        wrong,
                        "{name}#{i}:{found}\n    {}",
                        case.text.trim().replace('\n', "\n    ")
                    )
                    .unwrap();
                }
                (Some(_), true) => {
                    writeln!(wrong, "{name}#{i}: is read right now; delete `unsettled`").unwrap()
                }
            }
        }
    }
    println!("{texts} texts, {hard} hard, {unsettled} unsettled");
    assert!(
        texts >= 250 && hard * 2 >= texts,
        "{texts} texts, {hard} hard"
    );
    assert!(
        wrong.is_empty(),
        "{} wrong\n{wrong}",
        wrong.lines().filter(|l| !l.starts_with(' ')).count()
    );
}
