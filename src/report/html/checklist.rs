//! Every legal requirement that was looked at, with what became of it.

use maud::{Markup, html};

use super::{Page, Subject, parts, shown};
use crate::report::{ChecklistEntry, Finding, RuleInfo, Status};

/// What needs a person first.
const ORDER: [Status; 5] = [
    Status::Fail,
    Status::Manual,
    Status::Waived,
    Status::Pass,
    Status::NotApplicable,
];

fn class(status: Status) -> &'static str {
    match status {
        Status::Fail => "fail",
        Status::Manual => "manual",
        Status::Waived => "waived",
        Status::Pass => "pass",
        Status::NotApplicable => "not-applicable",
    }
}

/// A sign beside the word, so that nothing depends on colour.
fn sign(status: Status) -> &'static str {
    match status {
        Status::Fail => "\u{2717}",
        Status::Manual => "\u{25a1}",
        Status::Waived => "\u{2212}",
        Status::Pass => "\u{2713}",
        Status::NotApplicable => "\u{00b7}",
    }
}

pub fn checklist(page: Page<'_>, subject: Subject<'_>) -> Markup {
    let words = page.words;
    let list = &subject.notice.checklist;
    let word = |status| {
        let key = format!("status-{}", class(status));
        words.find(&key).unwrap_or_default()
    };
    let of = |status: Status| list.iter().filter(move |entry| entry.status == status);
    html! {
        p.small {
            @for (at, status) in ORDER.into_iter().enumerate() {
                @if at > 0 { " · " }
                (sign(status)) " " (word(status)) " " (of(status).count())
            }
        }
        table.checklist {
            thead { tr {
                th { (words.text("html-result")) }
                th { (words.text("html-requirement")) }
                th { (words.text("html-evidence")) }
            } }
            @for status in ORDER {
                tbody {
                    @for entry in of(status) {
                        tr class=(class(status)) {
                            td.status { span class={ "badge " (class(status)) } { (sign(status)) " " (word(status)) } }
                            td { (requirement(page, entry)) }
                            td { (evidence(page, subject, entry)) }
                        }
                    }
                }
            }
        }
    }
}

fn requirement(page: Page<'_>, entry: &ChecklistEntry) -> Markup {
    let rule: Option<&RuleInfo> = page
        .report
        .rules
        .iter()
        .find(|rule| *rule.id == *entry.rule);
    html! {
        @if let Some(rule) = rule { b { (shown(&rule.title)) } " " }
        code { (shown(&entry.rule)) }
        @if let Some(rule) = rule { div.small { (parts::authority(page, &rule.authority)) } }
    }
}

fn evidence(page: Page<'_>, subject: Subject<'_>, entry: &ChecklistEntry) -> Markup {
    let words = page.words;
    let findings: Vec<(usize, &Finding)> = subject
        .notice
        .findings
        .iter()
        .enumerate()
        .filter(|(_, finding)| finding.rule == entry.rule)
        .map(|(at, finding)| (at + 1, finding))
        .collect();
    let nothing = findings.is_empty() && entry.evidence.is_empty() && entry.because.is_empty();
    html! {
        @for (number, finding) in findings {
            div {
                a.number href=(subject.link(&format!("f{number}"))) { (number) }
                " " (shown(&finding.message))
                @if let Some(waived) = &finding.waived { div.small { (waived.text(words)) } }
            }
        }
        @for evidence in &entry.evidence {
            div { (parts::quote(page, subject, &evidence.text, evidence.span)) }
        }
        @if !entry.because.is_empty() { div { (shown(&entry.because)) } }
        @if entry.status == Status::Manual {
            div.checked { (words.text("html-checked-by")) span.rule {} }
        }
        @if nothing && entry.status == Status::Pass {
            div.small { (words.text("html-nothing-found")) }
        }
    }
}
