//! The findings one by one, and what was set aside.

use maud::{Markup, html};

use super::{Page, Subject, parts, shown};
use crate::report::cells::{harmless_line, shortened};
use crate::report::human::severity_name;
use crate::report::{Finding, Fix, Label, Waived, shown_path};
use crate::source::Source;

/// Cells of a text that is quoted.
const QUOTE_CELLS: usize = 120;

pub fn findings(page: Page<'_>, subject: Subject<'_>) -> Markup {
    let list = &subject.notice.findings;
    html! {
        @if list.is_empty() {
            p { (page.words.text("html-no-findings")) }
        } @else {
            ol.findings {
                @for group in groups(list) { (entry(page, subject, &group)) }
            }
        }
    }
}

/// A finding with its number in the notice.
type Numbered<'a> = (usize, &'a Finding);

/// Findings that say the same of several places stand together, where the first of them would.
fn groups(list: &[Finding]) -> Vec<Vec<Numbered<'_>>> {
    let same = |a: &Finding, b: &Finding| {
        a.rule == b.rule
            && a.help == b.help
            && a.severity == b.severity
            && a.waived.is_some() == b.waived.is_some()
    };
    let mut out: Vec<Vec<Numbered<'_>>> = Vec::new();
    for (at, finding) in list.iter().enumerate() {
        let known = out
            .iter_mut()
            .find(|group| group.iter().any(|(_, first)| same(first, finding)));
        match known {
            Some(group) => group.push((at + 1, finding)),
            None => out.push(vec![(at + 1, finding)]),
        }
    }
    out
}

/// The class by which a finding is coloured.
pub fn class(finding: &Finding) -> &'static str {
    match &finding.waived {
        Some(_) => "waived",
        None => parts::severity_class(finding.severity),
    }
}

fn title<'a>(page: Page<'a>, id: &str) -> Option<&'a str> {
    let rule = page.report.rules.iter().find(|rule| rule.id == id);
    rule.map(|rule| rule.title.as_str())
}

fn entry(page: Page<'_>, subject: Subject<'_>, group: &[Numbered<'_>]) -> Markup {
    let words = page.words;
    let Some((_, first)) = group.first() else {
        return html! {};
    };
    let word = match &first.waived {
        Some(_) => words.text("waived"),
        None => severity_name(first.severity, words),
    };
    html! {
        li class=(class(first)) {
            p.head {
                span class={ "badge " (class(first)) } { (word) }
                " "
                b { (shown(title(page, &first.rule).unwrap_or(&first.rule))) }
                " "
                code { (shown(&first.rule)) }
            }
            @for (number, finding) in group { (one(page, subject, *number, finding)) }
            @if !first.help.is_empty() {
                p.help { span.label { (words.text("help")) } " " (shown(first.help.trim_end())) }
            }
            p.help {
                span.label { (words.text("authority")) } " "
                (parts::authority(page, &first.authority))
            }
        }
    }
}

fn one(page: Page<'_>, subject: Subject<'_>, number: usize, finding: &Finding) -> Markup {
    let source = parts::source(page, &subject.notice.path);
    let text = source
        .map(|source| source.slice(finding.span))
        .filter(|text| !text.trim().is_empty());
    html! {
        div.one id=(subject.id(&format!("f{number}"))) {
            p.message {
                a.number href=(subject.link(&format!("m{number}"))) { (number) }
                " " (shown(&finding.message))
            }
            p.place {
                @match text {
                    Some(text) => (parts::quote(page, subject, &shortened(text, QUOTE_CELLS), finding.span)),
                    None => (parts::line_link(page, subject, finding.span)),
                }
            }
            @for label in &finding.labels { (place(page, subject, label)) }
            @for fix in &finding.fixes { (change(page, fix, source)) }
            @if let Some(waived) = &finding.waived { (set_aside(page, waived)) }
        }
    }
}

fn place(page: Page<'_>, subject: Subject<'_>, label: &Label) -> Markup {
    html! {
        p.place {
            @match label.file.as_deref().map(shown_path) {
                None => (parts::line_link(page, subject, label.span)),
                Some(path) => span.path { (parts::file_place(page, &path, label.span)) },
            }
            ": " (shown(&label.text))
        }
    }
}

fn change(page: Page<'_>, fix: &Fix, source: Option<&Source>) -> Markup {
    let words = page.words;
    let how = words.text(if fix.safe { "fix-safe" } else { "fix-unsafe" });
    html! {
        p.help {
            span.label { (words.text("fix")) } " " (shown(&fix.title)) " (" (how) ")"
            @for edit in &fix.edits {
                " "
                del { (source.map_or(String::new(), |source| harmless_line(source.slice(edit.span)))) }
                " "
                ins { (harmless_line(&edit.text)) }
            }
        }
    }
}

fn set_aside(page: Page<'_>, waived: &Waived) -> Markup {
    html! { p.help { span.label { (page.words.text("waived")) } " " (waived.text(page.words)) } }
}

/// Every finding that was set aside, with its reason and who approved it.
pub fn waivers(page: Page<'_>, subject: Subject<'_>) -> Markup {
    let words = page.words;
    let list: Vec<(usize, &Finding, &Waived)> = subject
        .notice
        .findings
        .iter()
        .enumerate()
        .filter_map(|(at, finding)| Some((at + 1, finding, finding.waived.as_ref()?)))
        .collect();
    html! {
        @if list.is_empty() {
            p { (words.text("html-no-waivers")) }
        } @else {
            table {
                thead { tr {
                    th.number { (words.text("html-number")) }
                    th { (words.text("html-requirement")) }
                    th { (words.text("html-reason")) }
                    th { (words.text("html-approved-by")) }
                    th { (words.text("html-until")) }
                } }
                tbody {
                    @for (number, finding, waived) in list {
                        tr {
                            td.number { a href=(subject.link(&format!("f{number}"))) { (number) } }
                            td {
                                (shown(title(page, &finding.rule).unwrap_or(&finding.rule)))
                                div { code { (shown(&finding.rule)) } }
                                div.small { (shown(&finding.message)) }
                            }
                            td { (shown(&waived.reason)) }
                            td {
                                @match &waived.approved_by {
                                    Some(who) => (shown(who)),
                                    None => span.missing { (words.text("html-not-named")) },
                                }
                            }
                            td { (waived.until.as_deref().map_or_else(|| "\u{2013}".to_owned(), shown)) }
                        }
                    }
                }
            }
        }
    }
}
