//! The lines under `fixtures/patterns`, and what a rule finds in one.

use std::fs;

use noticelint::source::Source;
use noticelint::{Linter, Profile};

/// The id of each rule with its lines.
pub fn patterns() -> Vec<(String, Vec<String>)> {
    let mut out = Vec::new();
    for pack in fs::read_dir("fixtures/patterns").unwrap() {
        let pack = pack.unwrap();
        for file in fs::read_dir(pack.path()).unwrap() {
            let path = file.unwrap().path();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let text = fs::read_to_string(&path).unwrap();
            let id = format!("{}/{name}", pack.file_name().to_string_lossy());
            out.push((id, text.lines().map(str::to_owned).collect()));
        }
    }
    out.sort();
    out
}

/// The slices that one rule finds in a line. A line with `\\n` is a whole notice; then also what the rule says of it.
pub fn found(linter: &Linter, id: &str, line: &str) -> Vec<String> {
    let mut only = Profile::default();
    for rule in linter.rules().iter().filter(|rule| &*rule.id != id) {
        only.turn_off(&rule.id);
    }
    let text = line.replace("\\n", "\n");
    let source = Source::decode("line.md", text.clone().into_bytes()).unwrap();
    let report = linter.lint_as(&source, None, &only).report;
    let slices = report.findings.iter().map(|f| match text == line {
        true => source.slice(f.span).to_owned(),
        false => format!("{}: {}", source.slice(f.span), f.message),
    });
    slices.collect()
}
