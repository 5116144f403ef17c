//! The report for people.

use std::collections::BTreeMap;

use super::cells::{harmless_line, shortened};
use super::paint::Painter;
use super::snippet::{self, Drawing, Mark};
use super::wording::Wording;
use super::{Authority, Counts, Finding, Fix, Look, NoticeReport, Report, Severity, shown_path};
use crate::source::Source;

/// Cells of a replacement that are shown in the line that offers it.
const FIX_CELLS: usize = 60;

/// The whole report: findings with their places, what was set aside, what could not be checked, the sum.
pub fn render(report: &Report, look: Look) -> String {
    let mut painter = Painter::new(look.coloured);
    for notice in &report.notices {
        // The help and the authority of a rule are told once for a notice.
        let mut told: BTreeMap<&str, &str> = BTreeMap::new();
        for finding in notice
            .findings
            .iter()
            .filter(|finding| finding.waived.is_none())
        {
            let again = told.get(&*finding.rule) == Some(&&*finding.help);
            draw_finding(report, notice, finding, again, look.words, &mut painter);
            told.entry(&finding.rule).or_insert(&finding.help);
        }
    }
    waived(report, look, &mut painter);
    stale(report, look.words, &mut painter);
    remarks(report, look.words, &mut painter);
    skipped(report, look, &mut painter);
    summary(report, look.words, &mut painter);
    painter.into_text()
}

/// The name of a severity in the language of the messages.
pub(super) fn severity_name(severity: Severity, words: Wording) -> &'static str {
    words.find(severity_key(severity)).unwrap_or_default()
}

fn severity_key(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

fn draw_finding(
    report: &Report,
    notice: &NoticeReport,
    finding: &Finding,
    again: bool,
    words: Wording,
    painter: &mut Painter,
) {
    let mut marks = Vec::new();
    let mut notes = Vec::new();
    match report.sources.get(&notice.path) {
        Some(source) => {
            marks.push(Mark {
                name: &notice.path,
                source,
                span: finding.span,
                text: String::new(),
                primary: true,
            });
        }
        None => notes.push(notice.path.clone()),
    }
    // Paths of labels live as long as the marks that show them.
    let others: Vec<String> = finding
        .labels
        .iter()
        .map(|label| {
            label
                .file
                .as_deref()
                .map_or_else(|| notice.path.clone(), shown_path)
        })
        .collect();
    for (label, path) in finding.labels.iter().zip(&others) {
        match report.sources.get(path) {
            Some(source) => marks.push(Mark {
                name: path,
                source,
                span: label.span,
                text: label.text.clone(),
                primary: false,
            }),
            None => notes.push(format!("{path}: {}", label.text)),
        }
    }
    if again {
        notes.push(words.fill("help-again", &[("rule", &finding.rule)]));
    } else {
        if !finding.help.is_empty() {
            notes.push(note("help", &finding.help, words));
        }
        let authority = authority(&finding.authority, words);
        notes.push(note("authority", &authority, words));
    }
    for fix in &finding.fixes {
        notes.push(note(
            "fix",
            &fix_line(
                fix,
                report.sources.get(&notice.path).map(AsRef::as_ref),
                words,
            ),
            words,
        ));
    }
    let drawing = Drawing {
        severity: finding.severity,
        head: format!(
            "{}[{}]",
            severity_name(finding.severity, words),
            finding.rule
        ),
        message: finding.message.clone(),
        marks,
        notes,
    };
    snippet::draw(&drawing, painter);
}

/// `label: text`, further lines of the text under the first.
pub(super) fn note(key: &str, text: &str, words: Wording) -> String {
    format!("{}: {}", words.find(key).unwrap_or(key), text.trim_end())
}

/// One line of authority, and its link on the next.
pub(super) fn authority(authority: &Authority, words: Wording) -> String {
    let Authority {
        body,
        instrument,
        provision,
        date,
        url,
        basis,
    } = authority;
    let basis_key = format!("basis-{basis}");
    let line = words.fill(
        "authority-line",
        &[
            ("body", body.as_str()),
            ("instrument", instrument.as_str()),
            ("provision", provision.as_str()),
            ("date", date.as_str()),
            ("basis", words.find(&basis_key).unwrap_or(basis.as_str())),
        ],
    );
    if url.is_empty() {
        line
    } else {
        format!("{line}\n{url}")
    }
}

/// `title (safe): old -> new`, for the first edits.
fn fix_line(fix: &Fix, source: Option<&Source>, words: Wording) -> String {
    let how = words.text(if fix.safe { "fix-safe" } else { "fix-unsafe" });
    let mut line = format!("{} ({how})", harmless_line(&fix.title));
    for edit in fix.edits.iter().take(3) {
        let old = source.map_or("", |source| source.slice(edit.span));
        let old = if old.is_empty() {
            words.text("nothing").to_owned()
        } else {
            quoted(old)
        };
        let new = if edit.text.is_empty() {
            words.text("nothing").to_owned()
        } else {
            quoted(&edit.text)
        };
        line.push_str(&format!("\n{old} \u{2192} {new}"));
    }
    if fix.edits.len() > 3 {
        line.push('\n');
        line.push_str(&words.count("fix-more", fix.edits.len() - 3, &[]));
    }
    line
}

fn quoted(text: &str) -> String {
    format!("\u{2018}{}\u{2019}", shortened(text, FIX_CELLS))
}

/// `path:line:column` of a byte of a notice.
pub(super) fn place(source: Option<&Source>, path: &str, byte: usize) -> String {
    let path = harmless_line(path);
    match source {
        Some(source) => {
            let (line, column) = source.line_column(byte);
            format!("{path}:{line}:{column}")
        }
        None => path,
    }
}

/// Entries of a baseline that no finding answers to: one line each.
fn stale(report: &Report, words: Wording, painter: &mut Painter) {
    let entries = report.known.as_ref().map_or(&[][..], |known| &known.stale);
    for entry in entries {
        painter.bold(&format!(
            "{}[{}]",
            words.text("stale"),
            harmless_line(&entry.rule)
        ));
        painter.line(&format!(
            ": {}: {}: \u{2018}{}\u{2019} ({})",
            harmless_line(&entry.path),
            words.text("stale-entry"),
            shortened(&entry.text, FIX_CELLS),
            harmless_line(&entry.fingerprint)
        ));
    }
    if !entries.is_empty() {
        painter.line(&format!("  {}", words.text("stale-hint")));
        painter.line("");
    }
}

/// Findings that were set aside: one line each, with the reason. Those that a baseline knows are only counted, unless all is asked for.
fn waived(report: &Report, look: Look, painter: &mut Painter) {
    let words = look.words;
    let mut any = false;
    for notice in &report.notices {
        let source = report.sources.get(&notice.path).map(AsRef::as_ref);
        for finding in &notice.findings {
            let Some(waived) = &finding.waived else {
                continue;
            };
            if waived.known && !look.verbose {
                continue;
            }
            any = true;
            painter.bold(&format!(
                "{}[{}]",
                words.text("waived"),
                harmless_line(&finding.rule)
            ));
            let mut line = format!(
                ": {}: {} ({})",
                place(source, &notice.path, finding.span.start),
                harmless_line(&finding.message),
                words.fill(
                    "waived-reason",
                    &[("reason", &harmless_line(&waived.reason))]
                ),
            );
            if let Some(who) = &waived.approved_by {
                line.push_str(&format!(
                    " ({})",
                    words.fill("waived-approved-by", &[("who", &harmless_line(who))])
                ));
            }
            painter.line(&line);
        }
    }
    if any {
        painter.line("");
    }
}

/// What could not be checked: each remark once, however many notices it is true of.
fn remarks(report: &Report, words: Wording, painter: &mut Painter) {
    let mut paths: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut order = Vec::new();
    for notice in &report.notices {
        for remark in &notice.remarks {
            let known = paths.entry(remark).or_default();
            if known.is_empty() {
                order.push(remark.as_str());
            }
            if known.last() != Some(&notice.path.as_str()) {
                known.push(&notice.path);
            }
        }
    }
    for remark in &order {
        let of = &paths[remark];
        let whom = match of.as_slice() {
            [one] => harmless_line(one),
            many => words.count("notices", many.len(), &[]),
        };
        painter.bold(words.text("note"));
        painter.line(&format!(": {whom}: {}", harmless_line(remark)));
    }
    if !order.is_empty() {
        painter.line("");
    }
}

/// Files that were looked at and left out: how many, for which reason; with `--verbose` each of them.
fn skipped(report: &Report, look: Look, painter: &mut Painter) {
    if report.skipped.is_empty() {
        return;
    }
    let mut by_reason: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (path, reason) in &report.skipped {
        by_reason.entry(reason).or_default().push(path);
    }
    for (reason, paths) in &by_reason {
        let why = reason_text(reason, look.words);
        painter.bold(look.words.text("left-out"));
        painter.line(&format!(
            ": {}",
            look.words
                .count("left-out-files", paths.len(), &[("why", &why)])
        ));
        if look.verbose {
            for path in paths {
                painter.line(&format!("  {}", harmless_line(path)));
            }
        }
    }
    if !look.verbose {
        painter.line(&format!("  {}", look.words.text("left-out-hint")));
    }
    painter.line("");
}

pub(super) fn reason_text(reason: &str, words: Wording) -> String {
    words
        .find(&format!("left-out-{reason}"))
        .map_or_else(|| harmless_line(reason), str::to_owned)
}

fn summary(report: &Report, words: Wording, painter: &mut Painter) {
    let line = summary_line(&report.counts(), report.notices.len(), words);
    painter.bold(&line);
    if !report.problems.is_empty() {
        let problems = words.count("summary-problems", report.problems.len(), &[]);
        painter.levelled(snippet::level(Severity::Error), &format!("; {problems}"));
    }
    painter.line("");
}

/// The last line of the report, as plain text.
pub(super) fn summary_text(report: &Report, words: Wording) -> String {
    let mut painter = Painter::new(false);
    summary(report, words, &mut painter);
    painter.into_text().trim_end().to_owned()
}

/// `3 errors, 1 warning in 2 notices`.
pub(super) fn summary_line(counts: &Counts, notices: usize, words: Wording) -> String {
    let mut parts = Vec::new();
    for (key, n) in [
        ("count-errors", counts.errors),
        ("count-warnings", counts.warnings),
        ("count-infos", counts.infos),
        ("count-waived", counts.waived),
        ("count-known", counts.known),
    ] {
        if n > 0 {
            parts.push(words.count(key, n, &[]));
        }
    }
    if parts.is_empty() {
        return words.count("summary-clean", notices, &[]);
    }
    words.count("summary", notices, &[("counts", &parts.join(", "))])
}
