//! GitLab's code quality report: the part of the Code Climate format that GitLab reads.

use std::collections::BTreeMap;

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::cells::harmless_line;
use super::diagnostic::Region;
use super::json::to_text;
use super::wording::Wording;
use super::{Report, Severity};

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: String,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

/// Fingerprints must be unique within a report: the second of the same kind gets another.
#[derive(Default)]
struct Fingerprints(BTreeMap<String, usize>);

impl Fingerprints {
    fn next(&mut self, parts: [&str; 2]) -> String {
        let key = parts.join("\0");
        let seen = self.0.entry(key.clone()).or_default();
        *seen += 1;
        let digest = Sha256::digest(format!("{key}\0{seen}"));
        digest.iter().take(16).map(|b| format!("{b:02x}")).collect()
    }
}

pub fn render(report: &Report, words: Wording) -> String {
    let mut fingerprints = Fingerprints::default();
    let mut issues = Vec::new();
    for diagnostic in report.diagnostics() {
        let finding = diagnostic.finding;
        let path = report.path_in_repository(&diagnostic.notice.path);
        let message = harmless_line(&finding.message);
        // The format knows nothing of what was set aside.
        let (severity, description) = match &finding.waived {
            None => (severity(finding.severity), message),
            Some(waived) => (
                "info",
                format!(
                    "{}: {message} ({})",
                    words.text("waived"),
                    waived.text(words)
                ),
            ),
        };
        issues.push(Issue {
            description,
            check_name: finding.rule.to_string(),
            fingerprint: fingerprints.next([path, &finding.fingerprint]),
            severity,
            location: location(path, diagnostic.region),
        });
    }
    for problem in &report.problems {
        let path = problem
            .file()
            .map_or(".", |path| report.path_in_repository(path));
        issues.push(Issue {
            description: problem.text(),
            check_name: "problem".to_owned(),
            fingerprint: fingerprints.next([path, &problem.message]),
            severity: "blocker",
            location: location(path, problem.region()),
        });
    }
    to_text(&issues)
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Info => "info",
    }
}

fn location(path: &str, region: Region) -> Location {
    Location {
        // GitLab links to this path: it is not to be changed, and JSON escapes it.
        path: path.to_owned(),
        lines: Lines {
            begin: region.line,
            end: region.end_line,
        },
    }
}
