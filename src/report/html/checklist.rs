//! Every legal requirement that was looked at, with what became of it.

use std::collections::HashSet;

use maud::{Markup, html};

use super::{Page, Subject, parts, shown};
use crate::report::{ChecklistEntry, Finding, RuleInfo, Status};
use crate::source::Span;

/// In the order of the figures: what needs a person first.
const ORDER: [Status; 5] = [
    Status::Fail,
    Status::Manual,
    Status::Waived,
    Status::Pass,
    Status::NotApplicable,
];
/// Whose requirements are a duty.
const BINDING: [&str; 2] = ["statute", "order"];
/// The pack of rules that hang on no law.
const COMMON: &str = "common/";

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
    let of = |status: Status| list.iter().filter(move |entry| entry.status == status);
    let applied = list.iter().filter(|e| e.status != Status::NotApplicable);
    let (law, others): (Vec<_>, Vec<_>) = applied.partition(|entry| is_law(page, entry));
    // What is no duty and gave no cause to complain is only named.
    let (fine, practice): (Vec<_>, Vec<_>) = others
        .into_iter()
        .partition(|entry| entry.status == Status::Pass && entry.evidence.is_empty());
    let left = of(Status::NotApplicable).collect();
    let (mut law, mut practice) = (law, practice);
    for entries in [&mut law, &mut practice] {
        entries.sort_by_cached_key(|entry| place(page, entry));
    }
    html! {
        p.small {
            @for (at, status) in ORDER.into_iter().enumerate() {
                @if at > 0 { ", " }
                (word(page, status)) " " (of(status).count())
            }
        }
        @for (title, entries) in [("html-by-law", law), ("html-by-practice", practice)] {
            @if !entries.is_empty() {
                h3 { (words.find(title).unwrap_or_default()) }
                (table(page, subject, &entries))
            }
        }
        @for (title, entries) in [("html-fine", fine), ("html-not-applied", left)] {
            @if !entries.is_empty() {
                h3 { (words.find(title).unwrap_or_default()) }
                (named(page, &entries))
            }
        }
    }
}

/// Requirements that are named with no more than a reason.
fn named(page: Page<'_>, entries: &[&ChecklistEntry]) -> Markup {
    html! {
        ul.named {
            @for entry in entries {
                li {
                    (rule(page, entry).map_or_else(String::new, |rule| shown(&rule.title)))
                    " " code { (shown(&entry.rule)) }
                    @if !entry.because.is_empty() { ": " (shown(&entry.because)) }
                }
            }
        }
    }
}

fn word(page: Page<'_>, status: Status) -> &'static str {
    let key = format!("status-{}", class(status));
    page.words.find(&key).unwrap_or_default()
}

fn rule<'a>(page: Page<'a>, entry: &ChecklistEntry) -> Option<&'a RuleInfo> {
    let mut rules = page.report.rules.iter();
    rules.find(|rule| *rule.id == *entry.rule)
}

fn is_law(page: Page<'_>, entry: &ChecklistEntry) -> bool {
    let binding = |rule: &RuleInfo| BINDING.contains(&rule.authority.basis.as_str());
    rule(page, entry).is_some_and(binding) && !entry.rule.starts_with(COMMON)
}

/// The order of the law: statutes before orders, then by article, so that the elements of a notice stand together.
fn place(page: Page<'_>, entry: &ChecklistEntry) -> (bool, usize, String, String, String) {
    let authority = rule(page, entry).map(|rule| &rule.authority);
    let (basis, instrument, provision) = authority.map_or_else(Default::default, |authority| {
        let rank = BINDING.iter().position(|basis| *basis == authority.basis);
        let name = |text: &str| text.split('(').next().unwrap_or_default().trim().to_owned();
        (
            rank.unwrap_or(BINDING.len()),
            name(&authority.instrument),
            authority.provision.clone(),
        )
    });
    let common = entry.rule.starts_with(COMMON);
    (common, basis, instrument, provision, entry.rule.to_string())
}

fn table(page: Page<'_>, subject: Subject<'_>, entries: &[&ChecklistEntry]) -> Markup {
    let words = page.words;
    html! {
        table.checklist {
            thead { tr {
                th { (words.text("html-result")) }
                th { (words.text("html-requirement")) }
                th { (words.text("html-evidence")) }
            } }
            tbody {
                @for entry in entries {
                    @let status = entry.status;
                    tr class=(class(status)) {
                        td.status { span class={ "badge " (class(status)) } { (badge(page, entry)) } }
                        td { (requirement(page, entry)) }
                        td { (evidence(page, subject, entry)) }
                    }
                }
            }
        }
    }
}

/// The result of a requirement. What passes without a place that shows it was only not found to be broken.
fn badge(page: Page<'_>, entry: &ChecklistEntry) -> String {
    let shown = !entry.evidence.is_empty() || !entry.because.is_empty();
    match entry.status {
        Status::Pass if !shown => page.words.text("status-nothing").to_owned(),
        status => format!("{} {}", sign(status), word(page, status)),
    }
}

fn requirement(page: Page<'_>, entry: &ChecklistEntry) -> Markup {
    let rule = rule(page, entry);
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
        @for (text, span) in quotes(page, subject, entry) {
            div { (parts::quote(page, subject, text, span)) }
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

/// What is quoted as evidence: the same words of a line once.
fn quotes<'a>(
    page: Page<'_>,
    subject: Subject<'_>,
    entry: &'a ChecklistEntry,
) -> Vec<(&'a str, Span)> {
    let source = parts::source(page, &subject.notice.path);
    let line = |span: Span| source.map(|source| source.line_column(span.start).0);
    let mut seen = HashSet::new();
    let mut out = Vec::new();
    for evidence in &entry.evidence {
        if seen.insert((evidence.text.as_str(), line(evidence.span))) {
            out.push((evidence.text.as_str(), evidence.span));
        }
    }
    out
}
