//! Smaller parts of the page: title and particulars of a notice, places, authorities, versions, signatures.

use maud::{Markup, html};

use super::{Page, Subject, shown};
use crate::front::Front;
use crate::notice::{BlockKind, Notice};
use crate::report::cells::harmless_line;
use crate::report::human;
use crate::report::{Authority, Severity, sha256};
use crate::source::{Source, Span};

pub fn severity_class(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

pub fn source<'a>(page: Page<'a>, path: &str) -> Option<&'a Source> {
    page.report.sources.get(path).map(AsRef::as_ref)
}

/// The front matter, if there is any that can be read.
pub fn front(page: Page<'_>, subject: Subject<'_>) -> Front {
    let Some(source) = source(page, &subject.notice.path) else {
        return Front::default();
    };
    crate::notice::cut_front_matter(&source.text)
        .filter(|front| front.closed)
        .and_then(|front| Front::read(&source.path, &source.text, front.yaml).ok())
        .unwrap_or_default()
}

/// The title of a notice: its subject, else its first heading, else its path.
pub fn name(page: Page<'_>, subject: Subject<'_>) -> String {
    if let Some(title) = front(page, subject).title {
        return harmless_line(&title.value);
    }
    let heading = source(page, &subject.notice.path).and_then(|source| {
        let notice = Notice::parse(source);
        let heading = notice
            .blocks
            .iter()
            .find(|block| matches!(block.kind, BlockKind::Heading(_)))?;
        Some(harmless_line(&crate::rules::check::one_line(
            heading.text.as_str(),
        )))
    });
    heading
        .filter(|title| !title.is_empty())
        .unwrap_or_else(|| harmless_line(&subject.notice.path))
}

/// What was checked: file, facts, kind, when it goes out.
pub fn particulars(page: Page<'_>, subject: Subject<'_>) -> Markup {
    let words = page.words;
    let notice = subject.notice;
    let front = front(page, subject);
    let mut rows: Vec<(&str, String)> = vec![("html-file", super::path(page, &notice.path))];
    let incident = notice.incident.as_deref();
    rows.push((
        "html-incident",
        incident.map_or_else(
            || words.text("html-no-facts").to_owned(),
            |path| super::path(page, path),
        ),
    ));
    rows.extend(notice.cohort.clone().map(|name| ("html-cohort", name)));
    let kind = front.kind.map(|kind| kind.value.as_str());
    rows.extend(kind.map(|kind| ("html-kind", named(page, "kind", kind))));
    let channel = front.channel.map(|channel| channel.value.as_str());
    rows.extend(channel.map(|channel| ("html-channel", named(page, "channel", channel))));
    rows.push(("html-language", named(page, "language", &notice.language)));
    let sent = front.notify_at.map(|at| moment(&at.value));
    let sent = sent.unwrap_or_else(|| words.text("html-not-given").to_owned());
    rows.push(("html-notify-at", sent));
    rows.extend(
        page.report
            .as_of
            .clone()
            .map(|date| ("html-as-of-date", date)),
    );
    html! {
        dl.particulars {
            @for (key, value) in rows {
                div { dt { (words.find(key).unwrap_or(key)) } dd { (shown(&value)) } }
            }
        }
    }
}

/// The name of a value of front matter or facts, and the value itself as it is written there.
pub fn named(page: Page<'_>, what: &str, value: &str) -> String {
    match page.words.find(&format!("{what}-{value}")) {
        Some(name) if name != value => format!("{name} ({value})"),
        _ => value.to_owned(),
    }
}

/// A time as people write it, with its distance from UTC.
pub fn moment(at: &jiff::Zoned) -> String {
    at.strftime("%Y-%m-%d %H:%M (UTC%:z)").to_string()
}

/// A link to a line of the notice.
pub fn line_link(page: Page<'_>, subject: Subject<'_>, span: Span) -> Markup {
    let Some(source) = source(page, &subject.notice.path) else {
        return html! {};
    };
    let (line, _) = source.line_column(span.start);
    let text = page.words.fill("html-line", &[("line", &line.to_string())]);
    html! { a.line href=(subject.link(&format!("l{line}"))) { (text) } }
}

/// A text quoted from the notice, with a link to its line.
pub fn quote(page: Page<'_>, subject: Subject<'_>, text: &str, span: Span) -> Markup {
    html! {
        span.quote {
            q { (harmless_line(text)) }
            " " (line_link(page, subject, span))
        }
    }
}

/// `incident.yaml:5` for a place outside of the notice.
pub fn file_place(page: Page<'_>, path: &str, span: Span) -> String {
    let shown = page.report.path_in_repository(path);
    human::place(source(page, path), shown, span.start)
}

/// The authority, linked if its address is one of the web.
pub fn authority(page: Page<'_>, authority: &Authority) -> Markup {
    let plain = Authority {
        url: String::new(),
        ..authority.clone()
    };
    let line = harmless_line(&human::authority(&plain, page.words));
    let web = ["https://", "http://"]
        .iter()
        .any(|scheme| authority.url.starts_with(scheme));
    html! {
        @if web {
            a.authority href=(authority.url) rel="noreferrer noopener" { (line) }
        } @else {
            span.authority { (line) }
        }
    }
}

/// Versions and hashes, by which the check can be made again.
pub fn versions(page: Page<'_>, subject: Subject<'_>) -> Markup {
    let words = page.words;
    let report = page.report;
    let unknown = || words.text("html-unknown").to_owned();
    let of = |path: &str| source(page, path).map_or_else(unknown, |source| sha256(&source.text));
    let program = format!("{} {}", env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
    let rules = words.count("rules-sum", report.rules.len(), &[]);
    let mut rows = vec![
        (
            "html-program",
            program,
            report.program_hash.clone().unwrap_or_else(unknown),
        ),
        ("html-rules", rules, report.rules_hash.clone()),
        (
            "html-notice",
            super::path(page, &subject.notice.path),
            of(&subject.notice.path),
        ),
    ];
    rows.extend(
        subject
            .notice
            .incident
            .as_ref()
            .map(|path| ("html-incident", super::path(page, path), of(path))),
    );
    rows.extend(subject.notice.beside.iter().map(|other| {
        let what = match other.what {
            "replaces" => "html-replaces",
            _ => "html-translation-of",
        };
        (what, super::path(page, &other.path), of(&other.path))
    }));
    let used = report.used.get(&subject.notice.path);
    rows.extend(
        used.into_iter()
            .flatten()
            .map(|file| (file.what, super::path(page, &file.path), file.hash.clone())),
    );
    html! {
        table.hashes {
            thead { tr {
                th { (words.text("html-what")) }
                th { (words.text("html-version")) }
                th { "SHA-256" }
            } }
            tbody {
                @for (what, version, hash) in &rows {
                    tr {
                        td { (words.find(what).unwrap_or(what)) }
                        td.path { (shown(version)) }
                        td.hash { (hash.trim_start_matches("sha256:")) }
                    }
                }
            }
        }
        p.small {
            @match &report.as_of {
                Some(date) => (words.fill("html-as-of", &[("date", date)])),
                None => (words.text("html-no-as-of")),
            }
        }
    }
}

/// Lines to be filled in by hand.
pub fn signatures(page: Page<'_>, _subject: Subject<'_>) -> Markup {
    let words = page.words;
    html! {
        p { (words.text("html-sign-text")) }
        table.signatures {
            thead { tr {
                th { (words.text("html-role")) }
                th { (words.text("html-name")) }
                th { (words.text("html-date")) }
                th { (words.text("html-signature")) }
            } }
            tbody {
                @for role in ["html-role-author", "html-role-reviewer", "html-role-officer"] {
                    tr {
                        td { (words.find(role).unwrap_or_default()) }
                        td {} td {} td {}
                    }
                }
            }
        }
    }
}
