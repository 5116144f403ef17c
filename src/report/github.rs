//! Workflow commands of GitHub Actions, which become annotations of a change.
//!
//! GitHub shows at most 10 errors, 10 warnings and 10 notices of a step, and 50 annotations of a job; the log has them all.

use super::cells::{harmless, harmless_line};
use super::diagnostic::Region;
use super::human::{authority, summary_text};
use super::wording::Wording;
use super::{Report, Severity};

pub fn render(report: &Report, words: Wording) -> String {
    let mut out = String::new();
    for diagnostic in report.diagnostics() {
        let finding = diagnostic.finding;
        let mut lines = vec![harmless_line(&finding.message)];
        if !finding.help.is_empty() {
            lines.push(harmless(&finding.help).into_owned());
        }
        lines.push(harmless(&authority(&finding.authority, words)).into_owned());
        let (level, title) = match &finding.waived {
            None => (level(finding.severity), finding.rule.to_string()),
            Some(waived) => {
                lines.push(waived.text(words));
                let title = format!("{} {}", finding.rule, words.text("waived"));
                ("notice", title)
            }
        };
        let path = report.path_in_repository(&diagnostic.notice.path);
        command(
            &mut out,
            level,
            path,
            diagnostic.region,
            &title,
            &lines.join("\n"),
        );
    }
    for problem in &report.problems {
        let path = problem
            .file()
            .map_or("", |path| report.path_in_repository(path));
        let title = words.text("problem");
        command(
            &mut out,
            "error",
            path,
            problem.region(),
            title,
            &problem.text(),
        );
    }
    // A plain line for those who read the log.
    out.push_str(&summary_text(report, words));
    out.push('\n');
    out
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    }
}

fn command(out: &mut String, level: &str, path: &str, region: Region, title: &str, message: &str) {
    out.push_str(&format!("::{level} "));
    if !path.is_empty() {
        let path = property(path);
        out.push_str(&format!(
            "file={path},line={},endLine={},",
            region.line, region.end_line
        ));
        // Columns count within one line only.
        if region.line == region.end_line {
            let end = region.end_column.max(region.column);
            out.push_str(&format!("col={},endColumn={end},", region.column));
        }
    }
    out.push_str(&format!("title={}::{}\n", property(title), data(message)));
}

/// What follows the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The value of a property.
fn property(text: &str) -> String {
    let text = harmless_line(text);
    data(&text).replace(':', "%3A").replace(',', "%2C")
}
