//! What stands inside a block: text, code, links, images, and what is hidden among them.

use std::ops::Range;

use pulldown_cmark::LinkType;

use crate::source::{Span, ceil_boundary, floor_boundary};

use super::blocks::Assembler;
use super::text::GAP;
use super::{BlockKind, HiddenKind};

/// Formatting that is open, whichever block it stands in.
#[derive(Default)]
pub(super) struct Inline {
    pub strong: usize,
    pub code: usize,
    pub links: Vec<String>,
}

impl Assembler<'_> {
    pub fn text(&mut self, text: &str, range: Range<usize>) {
        self.end_date(range.start);
        if self.in_code_block {
            self.visible(text, range, false);
            return;
        }
        let escape = self.escape_start(range.start);
        let first = text.chars().next().map_or(0, char::len_utf8);
        if escape < range.start && self.source.get(range.clone()) == Some(text) {
            let end = range.start + first;
            self.visible(&text[..first], escape..end, false);
            self.visible(&text[first..], end..range.end, true);
        } else {
            self.visible(text, range, true);
        }
    }

    /// Where the backslashes begin that the parser left out right before `start`.
    fn escape_start(&self, start: usize) -> usize {
        let gap = self
            .source
            .as_bytes()
            .get(self.inline_end..start)
            .unwrap_or_default();
        start - gap.iter().rev().take_while(|&&byte| byte == b'\\').count()
    }

    pub fn code(&mut self, text: &str, range: Range<usize>) {
        self.end_date(range.start);
        // Inside `<code>` of raw HTML it is code anyway.
        let shown = self.is_shown() && self.inline.code == 0;
        if shown {
            self.ensure_open(range.start).begin_code();
        }
        let raw = self.source.get(range.clone()).unwrap_or_default();
        let ticks = raw.len() - raw.trim_start_matches('`').len();
        let start = range.start + ticks;
        let end = range.end.saturating_sub(ticks).max(start);
        let inner = self.source.get(start..end).unwrap_or_default();
        if let Some(at) = inner.find(text) {
            self.visible(text, start + at..start + at + text.len(), false);
        } else {
            let open = self.open.as_ref().map(|open| &open.place);
            let quotes = open.map_or(0, |place| place.quote_depth);
            let in_table = open.is_some_and(|place| place.kind == BlockKind::TableCell);
            for (text, at) in code_pieces(inner, quotes, in_table) {
                self.visible(text, start + at.start..start + at.end, false);
            }
        }
        if shown && let Some(open) = &mut self.open {
            open.end_code();
        }
        self.inline_end = self.inline_end.max(range.end);
    }

    /// Whether text is seen where we are.
    pub fn is_shown(&self) -> bool {
        !self.hiding.is_active() && self.html.comment_from.is_none()
    }

    /// Text that is seen unless something hides it. `marks`: its asterisks may be emphasis gone wrong.
    pub fn visible(&mut self, text: &str, range: Range<usize>, marks: bool) {
        self.inline_end = self.inline_end.max(range.end);
        if self.html.comment_from.is_some() || text.is_empty() {
            return;
        }
        if self.hiding.is_active() {
            self.hiding.push(text);
            return;
        }
        let verbatim = self.source.get(range.clone()) == Some(text);
        let span = self.clean(range);
        let open = self.ensure_open(span.start);
        if verbatim {
            open.push(text, span.start, marks);
        } else {
            open.push_as(text, span);
        }
    }

    /// A break or gap; it begins no block.
    pub fn mark(&mut self, mark: char, range: Range<usize>) {
        self.inline_end = self.inline_end.max(range.end);
        if self.hiding.is_active() {
            self.hiding.push("\n");
            return;
        }
        let span = self.clean(range);
        if self.html.comment_from.is_none()
            && let Some(open) = &mut self.open
        {
            open.push_mark(mark, span);
        }
    }

    pub fn begin_hidden(&mut self, kind: HiddenKind, start: usize) {
        if !self.hiding.is_active() {
            self.mark(GAP, start..start);
        }
        self.hiding.begin(kind, start);
    }

    pub fn begin_strong(&mut self) {
        self.inline.strong += 1;
        if self.inline.strong == 1
            && let Some(open) = &mut self.open
        {
            open.begin_strong();
        }
    }

    pub fn end_strong(&mut self) {
        self.inline.strong = self.inline.strong.saturating_sub(1);
        if self.inline.strong == 0
            && let Some(open) = &mut self.open
        {
            open.end_strong();
        }
    }

    pub fn begin_link(&mut self, target: String) {
        if let Some(open) = &mut self.open {
            open.begin_link(target.clone());
        }
        self.inline.links.push(target);
    }

    pub fn end_link(&mut self) {
        self.inline.links.pop();
        if let Some(open) = &mut self.open {
            open.end_link();
        }
    }

    /// Records where the link or image that ends here leads. What lies between its text and `end` is not seen.
    pub fn link_target(&mut self, end: usize) {
        let Some((link_type, target, title)) = self.link_targets.pop() else {
            return;
        };
        // The target of the others is seen (autolinks) or stands in a definition.
        if link_type != LinkType::Inline {
            return;
        }
        let tail = self.source.get(self.inline_end..end).unwrap_or_default();
        for (text, from) in [(&target, 0), (&title, target.len())] {
            let found = tail.get(from..).and_then(|tail| tail.find(text.as_str()));
            let span = match found {
                Some(at) => Span::new(
                    self.inline_end + from + at,
                    self.inline_end + from + at + text.len(),
                ),
                None => self.clean(self.inline_end..end),
            };
            self.hiding.record(HiddenKind::LinkTarget, span, text);
        }
    }

    /// A range of the source on character boundaries.
    pub fn clean(&self, range: Range<usize>) -> Span {
        let start = floor_boundary(self.source, range.start);
        Span::new(start, ceil_boundary(self.source, range.end).max(start))
    }
}

/// The text of a code span that is not in the source as it is, piece by piece with its place in `inner`: a line end and the
/// marks of the quotation at the start of the next line are a space, `\|` in a table is `|`.
///
/// The parser's own rendering is not used: it makes two spaces of a CRLF, and has no places.
fn code_pieces(inner: &str, quotes: u8, in_table: bool) -> Vec<(&str, Range<usize>)> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(rest) = inner.get(at..).filter(|rest| !rest.is_empty()) {
        let special = |c: char| matches!(c, '\n' | '\r') || (in_table && c == '\\');
        let length = rest.find(special).unwrap_or(rest.len());
        if length > 0 {
            pieces.push((&rest[..length], at..at + length));
            at += length;
        } else if rest.starts_with('\\') {
            let length = if rest.starts_with("\\|") { 2 } else { 1 };
            pieces.push((&rest[length - 1..length], at..at + length));
            at += length;
        } else {
            let mut next = rest.trim_start_matches(['\n', '\r', ' ', '\t']);
            for _ in 0..quotes {
                let Some(inside) = next.strip_prefix('>') else {
                    break;
                };
                next = inside.trim_start_matches([' ', '\t']);
            }
            let end = at + rest.len() - next.len();
            pieces.push((" ", at..end));
            at = end;
        }
    }
    pieces
}
