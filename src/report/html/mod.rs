//! One page for the officer who signs: self-contained, readable without scripts, network or colour, made to be printed on A4.
//!
//! Everything that comes from a file passes through [`shown`], which makes visible what a reader would not see, and is then
//! escaped by the template.

mod beside;
mod checklist;
mod comparison;
mod findings;
mod notice_text;
mod parts;
mod rest;
mod state;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::cells::harmless_line;
use super::human::reason_text;
use super::wording::Wording;
use super::{NoticeReport, Report};
use state::State;

const STYLE: &str = include_str!("style.css");
/// The hash of [`STYLE`], by which the policy allows this one style sheet and nothing else. A test keeps it right.
const STYLE_HASH: &str = include_str!("style.sha256");

/// A text from a file on one line (no line of the page may begin with it, see [`is_log_command`]), with what no reader would see
/// made visible. The template escapes it.
///
/// [`is_log_command`]: super::cells::is_log_command
fn shown(text: &str) -> String {
    harmless_line(text)
}

/// A path of the report as it is shown: from the root of the repository, so that the page is the same wherever it was made.
fn path(page: Page<'_>, path: &str) -> String {
    shown(page.report.path_in_repository(path))
}

/// What every part of the page is made from.
#[derive(Clone, Copy)]
struct Page<'a> {
    report: &'a Report,
    words: Wording,
}

/// A notice and its number on the page, from 1.
#[derive(Clone, Copy)]
struct Subject<'a> {
    number: usize,
    notice: &'a NoticeReport,
}

impl Subject<'_> {
    /// The id of a part of this notice, unique on the page.
    fn id(self, part: &str) -> String {
        format!("n{}-{part}", self.number)
    }

    fn link(self, part: &str) -> String {
        format!("#{}", self.id(part))
    }
}

pub fn render(report: &Report, words: Wording) -> String {
    let page = Page { report, words };
    let subjects: Vec<Subject<'_>> = report
        .notices
        .iter()
        .enumerate()
        .map(|(at, notice)| Subject {
            number: at + 1,
            notice,
        })
        .collect();
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        STYLE_HASH.trim()
    );
    let markup = html! {
        (DOCTYPE)
        html lang=(words.lang().code()) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                title { (title(page)) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                (head(page))
                (problems(page))
                @if subjects.len() > 1 { (contents(page, &subjects)) }
                @for subject in &subjects { (article(page, *subject)) }
                (stale(page))
                (left_out(page))
            }
        }
    };
    let mut text = markup.into_string();
    text.push('\n');
    text
}

fn title(page: Page<'_>) -> String {
    let title = page.words.text("html-title");
    match page.report.notices.as_slice() {
        [one] => format!("{title}: {}", path(page, &one.path)),
        _ => title.to_owned(),
    }
}

fn head(page: Page<'_>) -> Markup {
    let words = page.words;
    html! {
        header.top {
            p.kind { (words.text("html-title")) }
            p.made {
                (env!("CARGO_PKG_NAME")) " " (env!("CARGO_PKG_VERSION"))
                @if let Some(date) = &page.report.as_of {
                    " · " (words.fill("html-as-of", &[("date", date)]))
                }
            }
        }
    }
}

/// What kept the check from being complete stands before everything else.
fn problems(page: Page<'_>) -> Markup {
    let words = page.words;
    let problems = &page.report.problems;
    html! {
        @if !problems.is_empty() {
            section.problems {
                h2 { (words.text("html-incomplete")) }
                p { (words.count("summary-problems", problems.len(), &[])) }
                ul {
                    @for problem in problems {
                        li {
                            @if let Some(file) = problem.file() {
                                b.path { (path(page, file)) }
                                @if let Some(at) = problem.at { ":" (at.line) ":" (at.column) }
                                " "
                            }
                            (problem.text())
                        }
                    }
                }
            }
        }
    }
}

fn contents(page: Page<'_>, subjects: &[Subject<'_>]) -> Markup {
    let words = page.words;
    html! {
        nav.contents {
            h2 { (words.text("html-contents")) }
            table {
                thead { tr {
                    th.number { (words.text("html-number")) }
                    th { (words.text("html-notice")) }
                    th { (words.text("html-result")) }
                } }
                tbody {
                    @for subject in subjects {
                        @let state = State::new(page, *subject);
                        tr {
                            td.number { (subject.number) }
                            td {
                                a href=(subject.link("top")) { (parts::name(page, *subject)) }
                                div.path { (path(page, &subject.notice.path)) }
                            }
                            td {
                                span class={ "badge " (state.class()) } { (state.word(words)) }
                                div.small { (state.counted(words)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn article(page: Page<'_>, subject: Subject<'_>) -> Markup {
    let words = page.words;
    let state = State::new(page, subject);
    // The sections that there are, numbered in the order of the page.
    let sections = [
        ("findings", findings::findings(page, subject)),
        ("text", notice_text::marked(page, subject)),
        ("checklist", checklist::checklist(page, subject)),
        ("facts", comparison::facts(page, subject)),
        ("beside", beside::beside(page, subject)),
        ("waivers", findings::waivers(page, subject)),
        ("versions", parts::versions(page, subject)),
        ("sign", parts::signatures(page, subject)),
    ];
    html! {
        article id=(subject.id("top")) {
            h1 { (parts::name(page, subject)) }
            (parts::particulars(page, subject))
            div class={ "verdict " (state.class()) } {
                p.word { (state.word(words)) }
                p { (state.sentence(words)) }
                p.small { (state.counted(words)) }
                @for remark in &subject.notice.remarks { p.small { (shown(remark)) } }
            }
            @for (at, (key, body)) in sections.iter().filter(|(_, body)| !body.0.is_empty()).enumerate() {
                section class=(key) id=(subject.id(key)) {
                    h2 { (at + 1) ". " (words.find(&format!("html-{key}")).unwrap_or(key)) }
                    (body)
                }
            }
        }
    }
}

/// Entries of a baseline that nothing answers to any more.
fn stale(page: Page<'_>) -> Markup {
    let words = page.words;
    let entries = page
        .report
        .known
        .as_ref()
        .map_or(&[][..], |known| &known.stale);
    html! {
        @if !entries.is_empty() {
            section.stale {
                h2 { (words.text("html-stale")) }
                p { (words.text("html-stale-text")) }
                ul {
                    @for entry in entries {
                        li {
                            span.path { (shown(&entry.path)) } " " code { (shown(&entry.rule)) }
                            @if !entry.text.is_empty() { " " q { (shown(&entry.text)) } }
                            @if entry.count > 1 { " \u{d7}" (entry.count) }
                        }
                    }
                }
            }
        }
    }
}

fn left_out(page: Page<'_>) -> Markup {
    let words = page.words;
    html! {
        @if !page.report.skipped.is_empty() {
            section.left-out {
                h2 { (words.text("left-out")) }
                ul {
                    @for (file, reason) in &page.report.skipped {
                        li { span.path { (path(page, file)) } ": " (reason_text(reason, words)) }
                    }
                }
            }
        }
    }
}
