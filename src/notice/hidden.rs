//! Collects what stands in the source and is not seen.

use crate::source::Span;

use super::text::fold;
use super::{Hidden, HiddenKind};

/// Hidden passages may lie in one another (`~~a <del>b</del>~~`); the outermost one is recorded.
#[derive(Debug, Default)]
pub(super) struct Hiding {
    depth: usize,
    kind: Option<HiddenKind>,
    start: usize,
    text: String,
    done: Vec<Hidden>,
}

impl Hiding {
    pub fn is_active(&self) -> bool {
        self.depth > 0
    }

    pub fn begin(&mut self, kind: HiddenKind, start: usize) {
        if self.depth == 0 {
            self.kind = Some(kind);
            self.start = start;
            self.text.clear();
        }
        self.depth += 1;
    }

    pub fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    pub fn end(&mut self, end: usize) {
        self.depth = self.depth.saturating_sub(1);
        if self.depth == 0
            && let Some(kind) = self.kind.take()
        {
            let text = std::mem::take(&mut self.text);
            self.record(kind, Span::new(self.start, end), &text);
        }
    }

    /// Records a passage of its own. One without text is left out, except for a comment that hides the rest.
    pub fn record(&mut self, kind: HiddenKind, span: Span, text: &str) {
        let text = fold(text.trim());
        if !text.is_empty() || kind == HiddenKind::UnclosedComment {
            self.done.push(Hidden { kind, span, text });
        }
    }

    /// Closes what is still open at `end`; all passages in the order of the source.
    pub fn finish(mut self, end: usize) -> Vec<Hidden> {
        if self.depth > 0 {
            self.depth = 1;
            self.end(end);
        }
        self.done.sort_by_key(|hidden| hidden.span);
        self.done
    }
}

/// The wording of raw Markdown without the marks that are simple to take away.
pub(super) fn without_marks(raw: &str) -> String {
    raw.replace("**", "").replace("__", "").replace('`', "")
}

/// The cells in `row` (what follows the last cell that the parser kept), each with its place in `row`.
pub(super) fn surplus_cells(row: &str) -> Vec<(usize, &str)> {
    let mut cells = Vec::new();
    let Some(first) = row.find('|') else {
        return cells;
    };
    let mut start = first + 1;
    let mut escaped = false;
    let mut add = |start: usize, end: usize| {
        let cell = &row[start..end];
        let bare = cell.trim();
        if !bare.is_empty() {
            cells.push((start + (cell.len() - cell.trim_start().len()), bare));
        }
    };
    for (at, byte) in row.bytes().enumerate().skip(start) {
        if byte == b'|' && !escaped {
            add(start, at);
            start = at + 1;
        }
        escaped = byte == b'\\' && !escaped;
    }
    add(start, row.len());
    cells
}
