//! Taking a waiver out of the text again.

use std::ops::Range;

use crate::report::Edit;
use crate::source::Span;

/// Takes comments out, each with its line where nothing else stands on it.
pub fn comments(text: &str, comments: &[Span]) -> Vec<Edit> {
    comments.iter().map(|span| comment(text, *span)).collect()
}

fn comment(text: &str, span: Span) -> Edit {
    let start = line_start(text, span.start);
    let end = line_end(text, span.end);
    let blank = |range: Range<usize>| text.get(range).is_some_and(|t| t.trim().is_empty());
    let alone = blank(start..span.start) && blank(span.end..end);
    let span = match alone {
        true => Span::new(start, end),
        false => span,
    };
    Edit {
        span,
        text: String::new(),
    }
}

/// Takes out the entry of the front matter's `waive` in which `at` stands, with the key if it is the only one. Nothing for an entry
/// that shares its line with others.
pub fn entry(text: &str, at: usize) -> Option<Edit> {
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let line = |start: usize| &text[start..line_end(text, start)];
    // The line that begins the entry.
    let mut start = line_start(text, at);
    while !line(start).trim_start().starts_with("- ") {
        start = line_start(text, start.checked_sub(1)?);
    }
    let depth = indent(line(start));
    let mut end = line_end(text, start);
    while end < text.len() && indent(line(end)) > depth && !line(end).trim().is_empty() {
        end = line_end(text, end);
    }
    if at >= end {
        return None;
    }
    let sibling = |start: usize| {
        start < text.len()
            && indent(line(start)) == depth
            && line(start).trim_start().starts_with("- ")
    };
    let key = line_start(text, start.checked_sub(1)?);
    let only = line(key).trim_end() == "waive:" && !sibling(end);
    Some(Edit {
        span: Span::new(if only { key } else { start }, end),
        text: String::new(),
    })
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// Behind the line's end.
fn line_end(text: &str, at: usize) -> usize {
    text[at..]
        .find('\n')
        .map_or(text.len(), |newline| at + newline + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(text: &str, edit: &Edit) -> String {
        format!("{}{}", &text[..edit.span.start], &text[edit.span.end..])
    }

    #[test]
    fn an_entry_goes_with_its_lines_and_the_last_one_with_the_key() {
        let text = "---\nkind: full\nwaive:\n  - rule: a/b\n    reason: x\n  - { rule: c/d, reason: y }\n---\n# T\n";
        let first = entry(text, text.find("a/b").unwrap()).unwrap();
        let rest = without(text, &first);
        assert_eq!(
            rest,
            "---\nkind: full\nwaive:\n  - { rule: c/d, reason: y }\n---\n# T\n"
        );
        let last = entry(&rest, rest.find("c/d").unwrap()).unwrap();
        assert_eq!(without(&rest, &last), "---\nkind: full\n---\n# T\n");
    }

    #[test]
    fn entries_on_one_line_are_left_to_a_person() {
        let text = "---\nwaive: [{ rule: a/b, reason: x }]\n---\n# T\n";
        assert!(entry(text, text.find("a/b").unwrap()).is_none());
    }

    #[test]
    fn a_comment_goes_with_its_line_if_nothing_else_stands_there() {
        let text = "a\n<!-- x -->\nb <!-- y --> c\n";
        let span = |part: &str| {
            let start = text.find(part).unwrap();
            Span::new(start, start + part.len())
        };
        let edits = comments(text, &[span("<!-- x -->"), span("<!-- y -->")]);
        assert_eq!(edits[0].span, Span::new(2, 13));
        assert_eq!(edits[1].span, span("<!-- y -->"));
    }
}
