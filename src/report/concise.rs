//! One line per finding: `path:line:column: severity rule message`. Names of severities are those of the JSON contract, whatever the
//! language of the messages, so that an editor's pattern for them holds.

use super::Report;
use super::cells::{harmless_line, harmless_path};
use super::diagnostic::Region;
use super::json::severity;
use super::wording::Wording;

pub fn render(report: &Report, words: Wording, verbose: bool) -> String {
    let mut out = String::new();
    for diagnostic in report.diagnostics() {
        let finding = diagnostic.finding;
        // What a baseline knows is told when all is asked for.
        if !verbose && finding.waived.as_ref().is_some_and(|w| w.known) {
            continue;
        }
        let message = harmless_line(&finding.message);
        let (level, message) = match &finding.waived {
            None => (severity(finding.severity), message),
            Some(waived) => ("waived", format!("{message} ({})", waived.text(words))),
        };
        line(
            &mut out,
            &diagnostic.notice.path,
            diagnostic.region,
            &format!("{level} {} {message}", harmless_line(&finding.rule)),
        );
    }
    out
}

/// Problems in the same form, for a file that must tell all by itself.
pub fn problems(report: &Report) -> String {
    let mut out = String::new();
    for problem in &report.problems {
        let text = format!("problem {}", problem.text());
        match problem.file() {
            Some(path) => line(&mut out, path, problem.region(), &text),
            None => out.push_str(&format!("{text}\n")),
        }
    }
    out
}

fn line(out: &mut String, path: &str, region: Region, text: &str) {
    let path = harmless_path(path);
    out.push_str(&format!(
        "{path}:{}:{}: {text}\n",
        region.line, region.column
    ));
}
