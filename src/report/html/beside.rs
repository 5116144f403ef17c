//! What the notice says otherwise than the one that it replaces, or that it is a translation of.

use maud::{Markup, html};

use super::{Page, Subject, parts, shown};
use crate::report::{BesideView, DifferenceView};

/// Nothing, if there is no such notice.
pub fn beside(page: Page<'_>, subject: Subject<'_>) -> Markup {
    html! {
        @for other in &subject.notice.beside { (one(page, subject, other)) }
    }
}

fn one(page: Page<'_>, subject: Subject<'_>, other: &BesideView) -> Markup {
    let words = page.words;
    let what = match other.what {
        "replaces" => "html-replaces",
        _ => "html-translation-of",
    };
    html! {
        p.small { (words.find(what).unwrap_or_default()) ": " span.path { (super::path(page, &other.path)) } }
        @if other.differences.is_empty() {
            p { (words.text("html-no-differences")) }
        } @else {
            table.beside {
                thead { tr {
                    th { (words.text("html-what")) }
                    th { (words.text("html-by-other")) }
                    th { (words.text("html-by-notice")) }
                } }
                tbody {
                    @for line in &other.differences { (row(page, subject, line)) }
                }
            }
        }
    }
}

fn row(page: Page<'_>, subject: Subject<'_>, line: &DifferenceView) -> Markup {
    html! {
        tr {
            td { (shown(&line.what)) }
            td { (shown(&line.old)) }
            td {
                (shown(&line.new))
                @if let Some(span) = line.span { " " (parts::line_link(page, subject, span)) }
            }
        }
    }
}
