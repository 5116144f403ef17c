//! The report as JSON: the contract of `check --format json`, version 1. Names and nesting never change within a version.

use std::io;

use serde::{Serialize, Serializer};
use serde_json::ser::{Formatter as _, PrettyFormatter};

use super::json_escape;
pub use super::json_escape::to_line;
use super::json_parts;
use super::{
    Authority, ChecklistEntry, Claims, ClauseView, Evidence, Finding, Fix, KnownEntry, Label,
    NoticeReport, Problem, Report, Severity, Status, Waived, shown_path,
};
use crate::source::{Source, Span};

pub(super) const VERSION: u32 = 1;

/// What differs between commands that share the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// `check`: findings, checklist, claims.
    Check,
    /// `claims`: claims and the clauses they were drawn from.
    Claims,
}

/// The report as pretty JSON with a line end. What a terminal would obey (controls, bidi marks) is escaped.
pub fn render(report: &Report, content: Content) -> String {
    let mut bytes = Vec::new();
    // Writing to memory cannot fail.
    let written = write(report, content, 1, &mut bytes);
    debug_assert!(written.is_ok());
    String::from_utf8(bytes).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned())
}

/// So many notices are put into their form at a time by each thread.
const AT_A_TIME: usize = 16;
/// The longest notice, in bytes, of which the form is kept in memory before it is written.
const KEPT: usize = 1 << 16;
/// What the document has where the notices belong.
const NO_NOTICES: &str = "\"notices\": []";

/// Writes what [`render`] gives, with the help of some threads; the whole of it is never in memory, where it would be many
/// times as long as the notices.
///
/// # Errors
/// When it cannot be written.
pub fn write(
    report: &Report,
    content: Content,
    threads: usize,
    mut to: impl io::Write,
) -> io::Result<()> {
    let document = to_text(&document(report));
    let (before, behind) = match document.split_once(NO_NOTICES) {
        Some(parts) if !report.notices.is_empty() => parts,
        _ => return to.write_all(document.as_bytes()),
    };
    to.write_all(before.as_bytes())?;
    to.write_all(b"\"notices\": [")?;
    let sources = Sources(report);
    let kept = |notice: &NoticeReport| {
        threads > 1
            && sources
                .source(&notice.path)
                .is_none_or(|s| s.text.len() <= KEPT)
    };
    let mut comma = "";
    let mut rest = report.notices.as_slice();
    while let Some(first) = rest.first() {
        let together = rest.iter().take(threads.saturating_mul(AT_A_TIME));
        let together = together.take_while(|n| kept(n)).count();
        let (now, later) = rest.split_at(together.max(1));
        if together < 2 {
            to.write_all(comma.as_bytes())?;
            sources.write(first, content, &mut to)?;
        } else {
            let form =
                |notice: &NoticeReport, text: &mut Vec<u8>| sources.write(notice, content, text);
            for text in json_parts::of(now, threads, form)? {
                to.write_all(comma.as_bytes())?;
                to.write_all(&text)?;
                comma = ",";
            }
        }
        comma = ",";
        rest = later;
    }
    to.write_all(b"\n  ]")?;
    to.write_all(behind.as_bytes())
}

/// The whole of the document but for the notices.
fn document(report: &Report) -> Document<'_> {
    Document {
        version: VERSION,
        tool: Tool::new(&report.rules_hash),
        as_of: report.as_of.as_deref(),
        notices: [],
        skipped: skipped(report).collect(),
        stale: stale(report),
        problems: report.problems.iter().map(problem).collect(),
        summary: summary(report),
    }
}

pub(super) fn skipped(report: &Report) -> impl Iterator<Item = Skipped<'_>> {
    report
        .skipped
        .iter()
        .map(|(path, reason)| Skipped { path, reason })
}

/// Entries of baselines that no finding answers to.
pub(super) fn stale(report: &Report) -> &[KnownEntry] {
    report.known.as_ref().map_or(&[], |known| &known.stale)
}

pub(super) fn summary(report: &Report) -> Summary {
    let counts = report.counts();
    Summary {
        notices: report.notices.len(),
        errors: counts.errors,
        warnings: counts.warnings,
        infos: counts.infos,
        problems: report.problems.len(),
    }
}

/// Any value as pretty JSON with a line end, escaped for terminals.
pub fn to_text(value: &impl Serialize) -> String {
    json_escape::to_text(value, PrettyFormatter::new())
}

/// The program and the rules it used.
#[derive(Serialize)]
pub struct Tool<'a> {
    name: &'static str,
    version: &'static str,
    rules: &'a str,
}

impl<'a> Tool<'a> {
    pub fn new(rules_hash: &'a str) -> Self {
        Self {
            name: env!("CARGO_PKG_NAME"),
            version: env!("CARGO_PKG_VERSION"),
            rules: rules_hash,
        }
    }
}

/// The names used in the contract.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Pass => "pass",
        Status::Fail => "fail",
        Status::NotApplicable => "not-applicable",
        Status::Manual => "manual",
        Status::Waived => "waived",
    }
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    tool: Tool<'a>,
    #[serde(rename = "as-of", skip_serializing_if = "Option::is_none")]
    as_of: Option<&'a str>,
    /// They are written by themselves.
    notices: [(); 0],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    skipped: Vec<Skipped<'a>>,
    #[serde(rename = "stale-baseline", skip_serializing_if = "<[_]>::is_empty")]
    stale: &'a [KnownEntry],
    problems: Vec<ProblemOut<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
pub(super) struct NoticeOut<'a> {
    path: &'a str,
    language: &'a str,
    incident: Option<&'a str>,
    cohort: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    findings: Option<Findings<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    checklist: Option<Vec<ChecklistOut<'a>>>,
    claims: ClaimsOut<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    clauses: Option<Vec<ClauseOut<'a>>>,
}

/// Each finding is put into its form when it is written: there can be very many.
struct Findings<'a>(Sources<'a>, &'a NoticeReport);

impl Serialize for Findings<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Findings(sources, notice) = self;
        to.collect_seq(notice.findings.iter().map(|f| sources.finding(f, notice)))
    }
}

#[derive(Serialize)]
struct FindingOut<'a> {
    rule: &'a str,
    severity: &'static str,
    message: &'a str,
    help: &'a str,
    fingerprint: &'a str,
    authority: &'a Authority,
    span: Option<SpanOut>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    labels: Vec<LabelOut<'a>>,
    fixes: Vec<FixOut<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    waived: Option<WaivedOut<'a>>,
}

#[derive(Serialize)]
struct SpanOut {
    start: PositionOut,
    end: PositionOut,
}

#[derive(Serialize)]
struct PositionOut {
    byte: usize,
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct LabelOut<'a> {
    path: String,
    span: Option<SpanOut>,
    text: &'a str,
}

#[derive(Serialize)]
struct WaivedOut<'a> {
    reason: &'a str,
    #[serde(rename = "approved-by")]
    approved_by: Option<&'a str>,
    /// The last day on which it counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<&'a str>,
    /// A baseline knows it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    known: bool,
}

#[derive(Serialize)]
struct FixOut<'a> {
    title: &'a str,
    safe: bool,
    edits: Vec<EditOut<'a>>,
}

#[derive(Serialize)]
struct EditOut<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

#[derive(Serialize)]
struct ChecklistOut<'a> {
    rule: &'a str,
    status: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    because: &'a str,
    evidence: Vec<EvidenceOut<'a>>,
}

#[derive(Serialize)]
struct EvidenceOut<'a> {
    span: Option<SpanOut>,
    text: &'a str,
}

#[derive(Serialize)]
struct ClaimsOut<'a> {
    leak: &'a str,
    items: Vec<ItemOut<'a>>,
    advice: Vec<AdviceOut<'a>>,
    counts: Vec<CountOut<'a>>,
    dates: Vec<DateOut<'a>>,
}

#[derive(Serialize)]
struct ItemOut<'a> {
    item: &'a str,
    status: &'a str,
    text: &'a str,
    span: Option<SpanOut>,
    #[serde(rename = "governed-by", skip_serializing_if = "Option::is_none")]
    governed_by: Option<EvidenceOut<'a>>,
}

#[derive(Serialize)]
struct AdviceOut<'a> {
    advice: &'a str,
    status: &'a str,
    text: &'a str,
    span: Option<SpanOut>,
    #[serde(rename = "governed-by", skip_serializing_if = "Option::is_none")]
    governed_by: Option<EvidenceOut<'a>>,
}

#[derive(Serialize)]
struct CountOut<'a> {
    value: u64,
    unit: &'a str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    approximate: bool,
    text: &'a str,
    span: Option<SpanOut>,
    #[serde(rename = "governed-by", skip_serializing_if = "Option::is_none")]
    governed_by: Option<EvidenceOut<'a>>,
}

#[derive(Serialize)]
struct DateOut<'a> {
    role: &'a str,
    from: Option<&'a str>,
    to: Option<&'a str>,
    text: &'a str,
    span: Option<SpanOut>,
    #[serde(rename = "governed-by", skip_serializing_if = "Option::is_none")]
    governed_by: Option<EvidenceOut<'a>>,
}

#[derive(Serialize)]
struct ClauseOut<'a> {
    span: Option<SpanOut>,
    text: &'a str,
    stance: &'a str,
    place: &'a str,
    concepts: &'a [String],
}

#[derive(Serialize)]
pub(super) struct Skipped<'a> {
    path: &'a str,
    reason: &'a str,
}

#[derive(Serialize)]
pub(super) struct ProblemOut<'a> {
    path: &'a str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<&'a str>,
    span: Option<SpanOut>,
}

#[derive(Serialize)]
pub(super) struct Summary {
    notices: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
    problems: usize,
}

pub(super) fn problem(problem: &Problem) -> ProblemOut<'_> {
    let span = problem.at.map(|at| SpanOut {
        start: PositionOut {
            byte: at.span.start,
            line: at.line,
            column: at.column,
        },
        end: PositionOut {
            byte: at.span.end,
            line: at.end_line,
            column: at.end_column,
        },
    });
    ProblemOut {
        path: &problem.path,
        message: &problem.message,
        hint: problem.hint.as_deref(),
        span,
    }
}

fn fix(fix: &Fix) -> FixOut<'_> {
    let edits = fix.edits.iter().map(|edit| EditOut {
        start: edit.span.start,
        end: edit.span.end,
        text: &edit.text,
    });
    FixOut {
        title: &fix.title,
        safe: fix.safe,
        edits: edits.collect(),
    }
}

fn waived(waived: &Waived) -> WaivedOut<'_> {
    WaivedOut {
        reason: &waived.reason,
        approved_by: waived.approved_by.as_deref(),
        until: waived.until.as_deref(),
        known: waived.known,
    }
}

/// Finds the source that a span belongs to.
#[derive(Clone, Copy)]
pub(super) struct Sources<'a>(pub(super) &'a Report);

impl<'a> Sources<'a> {
    fn source(&self, path: &str) -> Option<&'a Source> {
        self.0.sources.get(path).map(AsRef::as_ref)
    }

    /// Writes a notice as an entry of the list of them.
    fn write(
        &self,
        notice: &'a NoticeReport,
        content: Content,
        mut to: &mut dyn io::Write,
    ) -> io::Result<()> {
        // It stands two levels deep: in the document, and in the list there.
        let mut form = PrettyFormatter::new();
        form.begin_object(&mut io::sink())?;
        form.begin_array(&mut io::sink())?;
        to.write_all(b"\n    ")?;
        json_escape::value(&self.notice(notice, content), form, &mut to)
    }

    pub(super) fn notice(&self, notice: &'a NoticeReport, content: Content) -> NoticeOut<'a> {
        let source = self.source(&notice.path);
        let check = content == Content::Check;
        NoticeOut {
            path: &notice.path,
            language: &notice.language,
            incident: notice.incident.as_deref(),
            cohort: notice.cohort.as_deref(),
            findings: check.then_some(Findings(*self, notice)),
            checklist: check.then(|| {
                notice
                    .checklist
                    .iter()
                    .map(|entry| checklist(entry, source))
                    .collect()
            }),
            claims: claims(&notice.claims, source),
            clauses: (!check).then(|| {
                notice
                    .clauses
                    .iter()
                    .map(|clause| clause_out(clause, source))
                    .collect()
            }),
        }
    }

    fn finding(&self, finding: &'a Finding, notice: &'a NoticeReport) -> FindingOut<'a> {
        FindingOut {
            rule: &finding.rule,
            severity: severity(finding.severity),
            message: &finding.message,
            help: &finding.help,
            fingerprint: &finding.fingerprint,
            authority: &finding.authority,
            span: span(self.source(&notice.path), finding.span),
            labels: finding
                .labels
                .iter()
                .map(|label| self.label(label, notice))
                .collect(),
            fixes: finding.fixes.iter().map(fix).collect(),
            waived: finding.waived.as_ref().map(waived),
        }
    }

    fn label(&self, label: &'a Label, notice: &NoticeReport) -> LabelOut<'a> {
        let path = label
            .file
            .as_deref()
            .map_or_else(|| notice.path.clone(), shown_path);
        LabelOut {
            span: span(self.source(&path), label.span),
            path,
            text: &label.text,
        }
    }
}

/// `null` only when the file is not at hand.
fn span(source: Option<&Source>, span: Span) -> Option<SpanOut> {
    let source = source?;
    let position = |byte: usize| {
        let (line, column) = source.line_column(byte);
        PositionOut { byte, line, column }
    };
    Some(SpanOut {
        start: position(span.start),
        end: position(span.end),
    })
}

fn checklist<'a>(entry: &'a ChecklistEntry, source: Option<&Source>) -> ChecklistOut<'a> {
    ChecklistOut {
        rule: &entry.rule,
        status: status(entry.status),
        because: &entry.because,
        evidence: entry
            .evidence
            .iter()
            .map(|one| evidence(one, source))
            .collect(),
    }
}

fn evidence<'a>(evidence: &'a Evidence, source: Option<&Source>) -> EvidenceOut<'a> {
    EvidenceOut {
        span: span(source, evidence.span),
        text: &evidence.text,
    }
}

fn clause_out<'a>(clause: &'a ClauseView, source: Option<&Source>) -> ClauseOut<'a> {
    ClauseOut {
        span: span(source, clause.span),
        text: &clause.text,
        stance: clause.stance,
        place: clause.place,
        concepts: &clause.concepts,
    }
}

fn claims<'a>(claims: &'a Claims, source: Option<&Source>) -> ClaimsOut<'a> {
    let items = claims.items.iter().map(|claim| ItemOut {
        item: &claim.item,
        status: claim.status,
        text: &claim.text,
        span: span(source, claim.span),
        governed_by: claim.governed_by.as_ref().map(|by| evidence(by, source)),
    });
    let advice = claims.advice.iter().map(|claim| AdviceOut {
        advice: &claim.advice,
        status: claim.status,
        text: &claim.text,
        span: span(source, claim.span),
        governed_by: claim.governed_by.as_ref().map(|by| evidence(by, source)),
    });
    let counts = claims.counts.iter().map(|claim| CountOut {
        value: claim.value,
        unit: &claim.unit,
        approximate: claim.approximate,
        text: &claim.text,
        span: span(source, claim.span),
        governed_by: claim.governed_by.as_ref().map(|by| evidence(by, source)),
    });
    let dates = claims.dates.iter().map(|claim| DateOut {
        role: &claim.role,
        from: claim.from.as_deref(),
        to: claim.to.as_deref(),
        text: &claim.text,
        span: span(source, claim.span),
        governed_by: claim.governed_by.as_ref().map(|by| evidence(by, source)),
    });
    ClaimsOut {
        leak: claims.leak,
        items: items.collect(),
        advice: advice.collect(),
        counts: counts.collect(),
        dates: dates.collect(),
    }
}
