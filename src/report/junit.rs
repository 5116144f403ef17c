//! JUnit's XML, as CI systems read it: a suite per notice, a test per rule.
//!
//! Every finding that was not set aside fails its test, whatever its severity (`type` names it). What is not applicable, to be
//! checked by hand or waived is skipped, and says why. Times are left out, because the clock is never read.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::cells::{harmless, harmless_line, harmless_path};
use super::diagnostic::Diagnostic;
use super::human::authority;
use super::json::severity;
use super::wording::Wording;
use super::{ChecklistEntry, NoticeReport, Report, Severity, Status};

pub fn render(report: &Report, words: Wording) -> String {
    let mut xml = Xml(Writer::new_with_indent(Vec::new(), b' ', 2));
    // Writing to memory cannot fail.
    let written = document(&mut xml, report, words);
    debug_assert!(written.is_ok());
    let mut text = String::from_utf8_lossy(&xml.0.into_inner()).into_owned();
    text.push('\n');
    text
}

/// A writer that lets no character through that XML has no place for.
struct Xml(Writer<Vec<u8>>);

impl Xml {
    fn start(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.0.write_event(Event::Start(element(name, attributes)))
    }

    fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.0.write_event(Event::Empty(element(name, attributes)))
    }

    fn end(&mut self, name: &str) -> io::Result<()> {
        self.0.write_event(Event::End(BytesEnd::new(name)))
    }

    fn text(&mut self, text: &str) -> io::Result<()> {
        let text = harmless(text);
        self.0.write_event(Event::Text(BytesText::new(&text)))
    }
}

fn element<'a>(name: &'a str, attributes: &[(&str, &str)]) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (key, value) in attributes {
        start.push_attribute((*key, harmless_line(value).as_str()));
    }
    start
}

/// What the tests of a suite came to.
#[derive(Default)]
struct Sum {
    tests: usize,
    failures: usize,
    errors: usize,
    skipped: usize,
}

fn failed(entry: &ChecklistEntry) -> bool {
    entry.status == Status::Fail
}

fn sum(notice: &NoticeReport) -> Sum {
    let count = |test: &dyn Fn(&ChecklistEntry) -> bool| {
        notice.checklist.iter().filter(|entry| test(entry)).count()
    };
    Sum {
        tests: notice.checklist.len(),
        failures: count(&failed),
        errors: 0,
        skipped: count(&|entry| {
            matches!(
                entry.status,
                Status::NotApplicable | Status::Manual | Status::Waived
            )
        }),
    }
}

fn document(xml: &mut Xml, report: &Report, words: Wording) -> io::Result<()> {
    xml.0
        .write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let sums: Vec<Sum> = report.notices.iter().map(sum).collect();
    let problems = report.problems.len();
    let total = |of: fn(&Sum) -> usize| sums.iter().map(of).sum::<usize>();
    xml.start(
        "testsuites",
        &[
            ("name", env!("CARGO_PKG_NAME")),
            ("tests", &(total(|sum| sum.tests) + problems).to_string()),
            ("failures", &total(|sum| sum.failures).to_string()),
            ("errors", &(total(|sum| sum.errors) + problems).to_string()),
        ],
    )?;
    let diagnostics: Vec<Diagnostic<'_>> = report.diagnostics().collect();
    for (notice, sum) in report.notices.iter().zip(&sums) {
        open(xml, report.path_in_repository(&notice.path), sum)?;
        properties(xml, report, notice)?;
        let own: Vec<&Diagnostic<'_>> = diagnostics
            .iter()
            .filter(|diagnostic| std::ptr::eq(diagnostic.notice, notice))
            .collect();
        for entry in &notice.checklist {
            test(xml, report, notice, entry, &own, words)?;
        }
        xml.end("testsuite")?;
    }
    if problems > 0 {
        tell_problems(xml, report, words)?;
    }
    xml.end("testsuites")
}

fn open(xml: &mut Xml, name: &str, sum: &Sum) -> io::Result<()> {
    xml.start(
        "testsuite",
        &[
            ("name", name),
            ("tests", &sum.tests.to_string()),
            ("failures", &sum.failures.to_string()),
            ("errors", &sum.errors.to_string()),
            ("skipped", &sum.skipped.to_string()),
        ],
    )
}

fn properties(xml: &mut Xml, report: &Report, notice: &NoticeReport) -> io::Result<()> {
    xml.start("properties", &[])?;
    let mut list = vec![
        ("version", env!("CARGO_PKG_VERSION")),
        ("rules", report.rules_hash.as_str()),
        ("language", notice.language.as_str()),
    ];
    let incident = notice.incident.as_deref();
    list.extend(incident.map(|path| ("incident", report.path_in_repository(path))));
    list.extend(notice.cohort.as_deref().map(|name| ("cohort", name)));
    list.extend(report.as_of.as_deref().map(|date| ("as-of", date)));
    for (name, value) in list {
        xml.empty("property", &[("name", name), ("value", value)])?;
    }
    xml.end("properties")
}

fn test(
    xml: &mut Xml,
    report: &Report,
    notice: &NoticeReport,
    entry: &ChecklistEntry,
    own: &[&Diagnostic<'_>],
    words: Wording,
) -> io::Result<()> {
    let attributes = [
        ("name", &*entry.rule),
        ("classname", report.path_in_repository(&notice.path)),
    ];
    let findings: Vec<&&Diagnostic<'_>> = own
        .iter()
        .filter(|diagnostic| diagnostic.finding.rule == entry.rule)
        .collect();
    if entry.status == Status::Pass {
        return xml.empty("testcase", &attributes);
    }
    xml.start("testcase", &attributes)?;
    match entry.status {
        Status::Pass => {}
        Status::Fail => failure(xml, attributes[1].1, &findings, words)?,
        Status::NotApplicable => skip(xml, &said(words, "not-applicable", &entry.because))?,
        Status::Manual => skip(xml, &said(words, "manual-check", &entry.because))?,
        Status::Waived => {
            let mut reasons: Vec<String> = findings
                .iter()
                .filter_map(|diagnostic| diagnostic.finding.waived.as_ref())
                .map(|waived| waived.text(words))
                .collect();
            reasons.dedup();
            skip(xml, &said(words, "waived", &reasons.join("; ")))?;
        }
    }
    xml.end("testcase")
}

fn said(words: Wording, key: &str, why: &str) -> String {
    match why {
        "" => words.find(key).unwrap_or(key).to_owned(),
        _ => format!("{}: {why}", words.find(key).unwrap_or(key)),
    }
}

fn skip(xml: &mut Xml, message: &str) -> io::Result<()> {
    xml.empty("skipped", &[("message", message)])
}

/// One failure for all findings of a rule: many readers of the format look at the first only.
fn failure(
    xml: &mut Xml,
    path: &str,
    findings: &[&&Diagnostic<'_>],
    words: Wording,
) -> io::Result<()> {
    let open: Vec<&&&Diagnostic<'_>> = findings
        .iter()
        .filter(|diagnostic| diagnostic.finding.waived.is_none())
        .collect();
    let gravest = open
        .iter()
        .map(|diagnostic| diagnostic.finding.severity)
        .max();
    let message = open
        .first()
        .map_or("", |diagnostic| &diagnostic.finding.message);
    let gravest = severity(gravest.unwrap_or(Severity::Error));
    xml.start("failure", &[("message", message), ("type", gravest)])?;
    let mut text = String::new();
    for diagnostic in open {
        let finding = diagnostic.finding;
        text.push_str(&format!(
            "{}:{}:{}: {}\n{}\n{}: {}\n",
            harmless_path(path),
            diagnostic.region.line,
            diagnostic.region.column,
            harmless_line(&finding.message),
            finding.help.trim_end(),
            words.text("authority"),
            authority(&finding.authority, words),
        ));
    }
    xml.text(&text)?;
    xml.end("failure")
}

fn tell_problems(xml: &mut Xml, report: &Report, words: Wording) -> io::Result<()> {
    let count = report.problems.len();
    let sum = Sum {
        tests: count,
        errors: count,
        ..Sum::default()
    };
    open(xml, words.text("problem"), &sum)?;
    for problem in &report.problems {
        let path = problem
            .file()
            .map_or("", |path| report.path_in_repository(path));
        let place = match problem.at {
            Some(at) => format!("{path}:{}:{}", at.line, at.column),
            None => path.to_owned(),
        };
        let name = match place.as_str() {
            "" => words.text("problem"),
            place => place,
        };
        xml.start(
            "testcase",
            &[("name", name), ("classname", words.text("problem"))],
        )?;
        xml.empty(
            "error",
            &[("message", &problem.text()), ("type", "problem")],
        )?;
        xml.end("testcase")?;
    }
    xml.end("testsuite")
}
