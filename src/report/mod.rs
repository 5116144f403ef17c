//! What a run found, and how it is shown. Nothing else in the program prints.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::facts::Facts;
use crate::source::{Source, Span};

pub mod catalogue;
mod cells;
pub mod claims;
pub mod compare;
mod concise;
pub mod deadlines;
mod diagnostic;
pub mod examples;
mod format;
mod github;
mod gitlab;
mod html;
pub mod human;
pub mod json;
mod json_escape;
mod json_parts;
mod jsonl;
mod junit;
pub mod pages;
mod paint;
pub mod problems;
mod rule_info;
mod sarif;
mod snippet;
#[cfg(test)]
mod tests;
pub mod translate;
pub mod wording;

pub use format::Format;
pub use rule_info::RuleInfo;

/// How a report for people is to look.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    pub words: wording::Wording,
    /// With ANSI colours.
    pub coloured: bool,
    /// Also what is usually only counted: files left out, and why.
    pub verbose: bool,
}

/// How grave a finding is. The order is that of `--fail-on`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Info,
    Warning,
    Error,
}

/// The authority of a rule, in the language of the messages. The fields are those of the JSON contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Authority {
    pub body: String,
    pub instrument: String,
    pub provision: String,
    /// ISO date.
    pub date: String,
    pub url: String,
    /// `statute`, `order`, `guidance` or `practice`.
    pub basis: String,
}

/// A rule's complaint about a notice.
#[derive(Debug, Clone)]
pub struct Finding {
    pub rule: Arc<str>,
    pub severity: Severity,
    pub message: String,
    /// Shared by findings of a rule that say the same.
    pub help: Arc<str>,
    /// Hash of rule, section and matched text; never of a line number.
    pub fingerprint: String,
    pub authority: Arc<Authority>,
    /// Bytes of the notice's file.
    pub span: Span,
    /// Further places, each with what it shows.
    pub labels: Vec<Label>,
    pub fixes: Vec<Fix>,
    /// Why it was set aside, if it was.
    pub waived: Option<Waived>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// `None`: the notice itself; else another file (the facts) of this path.
    pub file: Option<PathBuf>,
    pub span: Span,
    pub text: String,
}

#[derive(Debug, Clone)]
pub struct Waived {
    pub reason: String,
    pub approved_by: Option<String>,
    /// The last day on which it counts, ISO.
    pub until: Option<String>,
    /// Not by anybody's decision: a baseline knows it.
    pub known: bool,
}

#[derive(Debug, Clone)]
pub struct Fix {
    pub title: String,
    /// Safe to apply without a person's decision.
    pub safe: bool,
    pub edits: Vec<Edit>,
}

#[derive(Debug, Clone)]
pub struct Edit {
    pub span: Span,
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Pass,
    Fail,
    NotApplicable,
    Manual,
    Waived,
}

/// One line of the checklist: what became of one active rule.
#[derive(Debug, Clone)]
pub struct ChecklistEntry {
    pub rule: Arc<str>,
    pub status: Status,
    pub evidence: Vec<Evidence>,
    /// Why it is not applicable or manual; empty otherwise.
    pub because: String,
}

/// A place in the notice that shows something.
#[derive(Debug, Clone)]
pub struct Evidence {
    pub span: Span,
    pub text: String,
}

#[derive(Debug, Clone, Default)]
pub struct Claims {
    pub items: Vec<ItemClaim>,
    pub advice: Vec<AdviceClaim>,
    pub counts: Vec<CountClaim>,
    pub dates: Vec<DateClaim>,
    /// How the notice holds that personal data leaked: `asserted`, `possible`, `denied` or `none`.
    pub leak: &'static str,
}

#[derive(Debug, Clone)]
pub struct ItemClaim {
    pub item: String,
    /// `leaked`, `not-leaked`, `possibly-leaked` or `mentioned`.
    pub status: &'static str,
    pub text: String,
    pub span: Span,
    /// What gave it this status: the predicate, lead-in, header or heading.
    pub governed_by: Option<Evidence>,
}

#[derive(Debug, Clone)]
pub struct AdviceClaim {
    pub advice: String,
    /// `advised`, `advised-against`, `available` …
    pub status: &'static str,
    pub text: String,
    pub span: Span,
    /// What makes it advice: the words that ask, or the heading.
    pub governed_by: Option<Evidence>,
}

#[derive(Debug, Clone)]
pub struct CountClaim {
    pub value: u64,
    /// `persons`, `accounts` or `records`.
    pub unit: String,
    pub approximate: bool,
    pub text: String,
    pub span: Span,
    /// What makes it a count of those affected.
    pub governed_by: Option<Evidence>,
}

#[derive(Debug, Clone)]
pub struct DateClaim {
    /// `occurred`, `discovered`, `notified`, `posted-until`, `other`.
    pub role: String,
    /// ISO date, `YYYY-MM` or `YYYY-MM-DD`.
    pub from: Option<String>,
    pub to: Option<String>,
    pub text: String,
    pub span: Span,
    /// What gave it its role.
    pub governed_by: Option<Evidence>,
}

/// One sentence part with its stance, for `noticelint claims`.
#[derive(Debug, Clone)]
pub struct ClauseView {
    pub span: Span,
    pub text: String,
    pub stance: &'static str,
    pub place: &'static str,
    /// Concepts found, by id.
    pub concepts: Vec<String>,
}

/// Another notice of the same incident, and what this one says otherwise.
#[derive(Debug, Clone)]
pub struct BesideView {
    /// `replaces` or `translation-of`.
    pub what: &'static str,
    pub path: String,
    pub differences: Vec<DifferenceView>,
}

/// One difference in words, in the language of the messages.
#[derive(Debug, Clone)]
pub struct DifferenceView {
    pub what: String,
    pub old: String,
    pub new: String,
    /// Where this notice says it.
    pub span: Option<Span>,
}

/// A file that bore on how a notice was checked, besides the notice and the facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsedFile {
    /// The key of its name in the program's words.
    pub what: &'static str,
    pub path: String,
    /// `sha256:…` of its text.
    pub hash: String,
}

/// `sha256:…` of a text.
pub fn sha256(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{hex}")
}

/// All about one notice.
#[derive(Debug)]
pub struct NoticeReport {
    /// As given or found, with `/`.
    pub path: String,
    pub language: String,
    pub incident: Option<String>,
    pub cohort: Option<String>,
    pub findings: Vec<Finding>,
    pub checklist: Vec<ChecklistEntry>,
    pub claims: Claims,
    pub clauses: Vec<ClauseView>,
    /// The notices of the same incident that it was compared with.
    pub beside: Vec<BesideView>,
    /// Things said once about this notice that are no finding: what could not be checked without facts …
    pub remarks: Vec<String>,
}

/// Something that kept the program from doing its work: unreadable file, bad rule, bad facts. Exit code 2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub path: String,
    pub message: String,
    /// "did you mean …", how to mend it.
    pub hint: Option<String>,
    /// Line and column from 1 (columns count characters), with the byte, if the place is known.
    pub at: Option<Place>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub span: Span,
    pub line: usize,
    pub column: usize,
    pub end_line: usize,
    pub end_column: usize,
}

impl Place {
    /// Where a span stands in a file.
    pub fn of(source: &Source, span: Span) -> Self {
        let (line, column) = source.line_column(span.start);
        let (end_line, end_column) = source.line_column(span.end);
        Self {
            span,
            line,
            column,
            end_line,
            end_column,
        }
    }
}

/// What a whole run found.
#[derive(Debug, Default)]
pub struct Report {
    pub notices: Vec<NoticeReport>,
    pub problems: Vec<Problem>,
    /// `sha256:…` of the rules in force.
    pub rules_hash: String,
    /// Sources by path, for drawing.
    pub sources: BTreeMap<String, Arc<Source>>,
    /// Files looked at and left out, with the reason: the key `left-out-<reason>` of the program's words.
    pub skipped: Vec<(String, String)>,
    /// The date given with `--as-of`, so that the report can be made again.
    pub as_of: Option<String>,
    /// What baselines did, if there are any.
    pub known: Option<KnownFindings>,
    /// The rules that were applied, by id.
    pub rules: Vec<RuleInfo>,
    /// Names of the kinds of personal data in the language of the messages, by id.
    pub item_names: BTreeMap<String, String>,
    /// The facts that notices were compared with, by the path of their file.
    pub facts: BTreeMap<String, Arc<Facts>>,
    /// Paths from the root of their repository, by the path as shown. One that is missing is its own: there is no
    /// repository, or it is no path.
    pub from_root: BTreeMap<String, String>,
    /// `sha256:…` of the program itself, where a format asks for it.
    pub program_hash: Option<String>,
    /// Configuration and baseline of each notice, by its path.
    pub used: BTreeMap<String, Vec<UsedFile>>,
}

/// What baselines did.
#[derive(Debug, Default)]
pub struct KnownFindings {
    /// Findings that were set aside because a baseline knows them.
    pub count: usize,
    /// Entries that no finding answers to.
    pub stale: Vec<KnownEntry>,
}

/// An entry of a baseline.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct KnownEntry {
    /// The notice, as it is named there.
    pub path: String,
    pub rule: String,
    pub fingerprint: String,
    /// The beginning of the text that was found.
    pub text: String,
    pub count: usize,
}

/// How many findings there are of each severity, those set aside not counted among them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub errors: usize,
    pub warnings: usize,
    pub infos: usize,
    pub waived: usize,
    /// Set aside because a baseline knows them.
    pub known: usize,
}

impl Counts {
    fn of<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Self {
        let mut counts = Self::default();
        for finding in findings {
            match (&finding.waived, finding.severity) {
                (Some(waived), _) if waived.known => counts.known += 1,
                (Some(_), _) => counts.waived += 1,
                (None, Severity::Error) => counts.errors += 1,
                (None, Severity::Warning) => counts.warnings += 1,
                (None, Severity::Info) => counts.infos += 1,
            }
        }
        counts
    }
}

impl Report {
    pub fn counts(&self) -> Counts {
        Counts::of(self.notices.iter().flat_map(|notice| &notice.findings))
    }

    /// The gravest severity among the findings that were not set aside.
    pub fn gravest(&self) -> Option<Severity> {
        let findings = self.notices.iter().flat_map(|notice| &notice.findings);
        findings
            .filter(|finding| finding.waived.is_none())
            .map(|finding| finding.severity)
            .max()
    }

    /// Puts everything into the one order in which it is shown, whatever the order of arguments and threads was.
    pub fn sort(&mut self) {
        self.notices.sort_by(|a, b| a.path.cmp(&b.path));
        for notice in &mut self.notices {
            notice.findings.sort_by(|a, b| {
                (a.span, std::cmp::Reverse(a.severity), &a.rule, &a.message).cmp(&(
                    b.span,
                    std::cmp::Reverse(b.severity),
                    &b.rule,
                    &b.message,
                ))
            });
        }
        let place = |problem: &Problem| problem.at.map(|at| at.span);
        self.problems
            .sort_by(|a, b| (&a.path, place(a), &a.message).cmp(&(&b.path, place(b), &b.message)));
        self.problems.dedup();
        self.skipped.sort();
        self.skipped.dedup();
    }
}

/// A path as it is shown everywhere: with `/`, whatever the system's separator.
pub fn shown_path(path: &std::path::Path) -> String {
    let mut text = String::new();
    // Names that differ are shown differently, also where they are no UTF-8.
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            text.push_str(&format!("\\x{byte:02x}"));
        }
    }
    if std::path::MAIN_SEPARATOR == '/' {
        text
    } else {
        text.replace(std::path::MAIN_SEPARATOR, "/")
    }
}

/// Digits in groups of three.
pub(crate) fn grouped(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}
