//! What a run found, and how it is shown. Nothing else in the program prints.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::source::Span;

/// How grave a finding is. The order is that of `--fail-on`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Info,
    Warning,
    Error,
}

/// The authority of a rule, in the language of the messages.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    pub help: String,
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

#[derive(Debug, Clone)]
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
}

#[derive(Debug, Clone)]
pub struct CountClaim {
    pub value: u64,
    /// `persons`, `accounts` or `records`.
    pub unit: String,
    pub approximate: bool,
    pub text: String,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub struct DateClaim {
    /// `occurred`, `discovered`, `notified`, `posted-until`, `other`.
    pub role: &'static str,
    /// ISO date, `YYYY-MM` or `YYYY-MM-DD`.
    pub from: Option<String>,
    pub to: Option<String>,
    pub text: String,
    pub span: Span,
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

/// What a whole run found.
#[derive(Debug, Default)]
pub struct Report {
    pub notices: Vec<NoticeReport>,
    pub problems: Vec<Problem>,
    /// `sha256:…` of the rules in force.
    pub rules_hash: String,
    /// Sources by path, for drawing.
    pub sources: BTreeMap<String, Arc<crate::source::Source>>,
    /// Files looked at and left out, with the reason.
    pub skipped: Vec<(String, String)>,
}
