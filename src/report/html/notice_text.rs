//! The notice as it is written, line by line, with every finding marked in its place.

use maud::{Markup, html};

use super::{Page, Subject, findings, parts};
use crate::notice::{BlockKind, HiddenKind, Notice};
use crate::report::cells::harmless;
use crate::report::{Finding, Severity};
use crate::source::{Source, Span};

/// What lies over a stretch of a line.
#[derive(Default)]
struct Piece<'a> {
    text: &'a str,
    /// Numbers of the findings that cover it.
    over: Vec<usize>,
    /// Numbers of the findings that begin here, and of those that end here.
    begins: Vec<usize>,
    ends: Vec<usize>,
    hidden: bool,
}

pub fn marked(page: Page<'_>, subject: Subject<'_>) -> Markup {
    let Some(source) = parts::source(page, &subject.notice.path) else {
        return html! { p { (page.words.text("html-no-source")) } };
    };
    let lines = lines(source, subject);
    html! {
        p.small { (page.words.text("html-text-key")) }
        div.source lang=(subject.notice.language) {
            @for (at, line) in lines.iter().enumerate() {
                div class={ "row " (line.kind) } id=(subject.id(&format!("l{}", at + 1))) {
                    span.no { (at + 1) }
                    span.line {
                        @for piece in pieces(source, at + 1 == lines.len(), at + 1, line) { (stretch(subject, &piece)) }
                    }
                }
            }
        }
    }
}

/// A line and what lies over it.
#[derive(Default)]
struct Line {
    span: Span,
    /// `front`, `heading` or nothing.
    kind: &'static str,
    /// Findings that touch it, with their numbers.
    findings: Vec<(usize, Span)>,
    hidden: Vec<Span>,
}

fn lines(source: &Source, subject: Subject<'_>) -> Vec<Line> {
    let mut out: Vec<Line> = (1..=source.line_count())
        .filter_map(|number| source.line_span(number))
        .map(|span| Line {
            span,
            ..Line::default()
        })
        .collect();
    // The empty line after the last line end is none to a reader, unless it is all there is.
    if out.len() > 1 && out.last().is_some_and(|line| line.span.is_empty()) {
        out.pop();
    }
    let last = out.len().saturating_sub(1);
    let touched = |span: Span| {
        let line = |byte| (source.line_column(byte).0 - 1).min(last);
        line(span.start)..=line(span.end)
    };
    let notice = Notice::parse(source);
    for block in &notice.blocks {
        if matches!(block.kind, BlockKind::Heading(_)) && block.cell.is_none() {
            for line in &mut out[touched(block.span)] {
                if line.span.start < block.span.end && !line.span.is_empty() {
                    line.kind = "heading";
                }
            }
        }
    }
    if let Some(front) = notice.front.as_ref().filter(|front| front.closed) {
        for line in &mut out[touched(front.whole)] {
            if line.span.start < front.whole.end {
                line.kind = "front";
            }
        }
    }
    // Link targets are no text that a writer hides.
    for hidden in &notice.hidden {
        if hidden.kind != HiddenKind::LinkTarget {
            for line in &mut out[touched(hidden.span)] {
                line.hidden.push(hidden.span);
            }
        }
    }
    for (at, finding) in subject.notice.findings.iter().enumerate() {
        let span = clip(finding, source);
        for line in &mut out[touched(span)] {
            line.findings.push((at + 1, span));
        }
    }
    out
}

/// Cuts a line wherever a finding or something hidden begins or ends.
fn pieces<'a>(source: &'a Source, is_last: bool, number: usize, line: &Line) -> Vec<Piece<'a>> {
    let bounds = line.span;
    let inside = |at: usize| at.clamp(bounds.start, bounds.end);
    let mut cuts = vec![bounds.start, bounds.end];
    for span in line
        .findings
        .iter()
        .map(|(_, span)| span)
        .chain(&line.hidden)
    {
        cuts.extend([inside(span.start), inside(span.end)]);
    }
    cuts.sort_unstable();
    cuts.dedup();
    if cuts.len() == 1 {
        cuts.push(bounds.end);
    }
    let mut out: Vec<Piece<'a>> = cuts
        .windows(2)
        .map(|pair| Piece {
            text: source.slice(Span::new(pair[0], pair[1])),
            ..Piece::default()
        })
        .collect();
    let last = out.len() - 1;
    let piece = |at: usize| cuts.partition_point(|cut| *cut < inside(at)).min(out.len());
    let covered = |span: Span| piece(span.start)..piece(span.end);
    let places: Vec<_> = line
        .findings
        .iter()
        .map(|(finding, span)| (*finding, *span, covered(*span)))
        .collect();
    let hidden: Vec<_> = line.hidden.iter().map(|span| covered(*span)).collect();
    for range in hidden {
        out[range].iter_mut().for_each(|piece| piece.hidden = true);
    }
    // What stands after the last line end is shown at the end of the last line.
    let on_this_line = |at: usize| {
        let own = source.line_column(at).0;
        own == number || is_last && own > number
    };
    for (finding, span, range) in places {
        if on_this_line(span.start) {
            out[range.start.min(last)].begins.push(finding);
        }
        // The last line of a finding is the one of its last byte.
        let end = span.end - usize::from(!span.is_empty());
        if on_this_line(end) {
            let at = match range.is_empty() {
                true => range.start.saturating_sub(1),
                false => range.end - 1,
            };
            out[at.min(last)].ends.push(finding);
        }
        for piece in &mut out[range] {
            piece.over.push(finding);
        }
    }
    out
}

/// The span of a finding inside its source.
fn clip(finding: &Finding, source: &Source) -> Span {
    let length = source.text.len();
    let end = finding.span.end.min(length);
    Span::new(finding.span.start.min(end), end)
}

fn stretch(subject: Subject<'_>, piece: &Piece<'_>) -> Markup {
    let of = |number: &usize| &subject.notice.findings[*number - 1];
    // The gravest finding gives the colour; one that was set aside gives way.
    let gravest = piece
        .over
        .iter()
        .map(of)
        .max_by_key(|finding| match finding.waived {
            Some(_) => (false, Severity::Info),
            None => (true, finding.severity),
        });
    let text = html! {
        @if piece.hidden { span.hidden { (harmless(piece.text)) } } @else { (harmless(piece.text)) }
    };
    html! {
        @for number in &piece.begins { span.anchor id=(subject.id(&format!("m{number}"))) {} }
        @match gravest {
            Some(finding) => mark class=(findings::class(finding)) { (text) },
            None => (text),
        }
        @for number in &piece.ends {
            sup { a class=(findings::class(of(number))) href=(subject.link(&format!("f{number}"))) { (number) } }
        }
    }
}
