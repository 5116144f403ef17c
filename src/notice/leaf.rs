//! A block while its text is being gathered.

use std::ops::Range;

use memchr::memchr;

use crate::source::Span;

use super::asterisks::{self, Run};
use super::text::{Bookmark, GAP, Side, TextBuilder};
use super::{Block, BlockId, BlockKind, Cell, Link, VisibleText};

/// Everything about a block that is known before its text.
#[derive(Debug)]
pub(super) struct Place {
    pub kind: BlockKind,
    pub quote_depth: u8,
    pub list_depth: u8,
    pub governor: Option<BlockId>,
    pub heading: Option<BlockId>,
    pub cell: Option<Cell>,
}

#[derive(Debug)]
pub(super) struct OpenBlock {
    pub place: Place,
    pub task: Option<bool>,
    /// First byte of the block in the source.
    pub start: usize,
    /// Byte after its end, when the parser says so; else it ends with its text.
    pub end: Option<usize>,
    text: TextBuilder,
    text_end: usize,
    strong_from: Option<Bookmark>,
    code_from: Option<Bookmark>,
    open_links: Vec<(Bookmark, String)>,
    strong: Vec<Range<Bookmark>>,
    code: Vec<Range<Bookmark>>,
    links: Vec<(Range<Bookmark>, String)>,
    runs: Vec<Run>,
    visible: bool,
}

impl OpenBlock {
    pub fn new(place: Place, start: usize) -> Self {
        Self {
            place,
            task: None,
            start,
            end: None,
            text: TextBuilder::default(),
            text_end: start,
            strong_from: None,
            code_from: None,
            open_links: Vec::new(),
            strong: Vec::new(),
            code: Vec::new(),
            links: Vec::new(),
            runs: Vec::new(),
            visible: false,
        }
    }

    /// Whether anything but white space and gaps has been seen.
    pub fn has_text(&self) -> bool {
        self.visible
    }

    pub fn ends_with_space(&mut self) -> bool {
        self.text
            .so_far()
            .chars()
            .next_back()
            .is_none_or(char::is_whitespace)
    }

    /// Text that stands at byte `start` of the source as it is. With `marks`, its asterisks may be emphasis gone wrong.
    pub fn push(&mut self, text: &str, start: usize, marks: bool) {
        self.note(text, start + text.len());
        if !marks {
            self.text.push(text, start);
            return;
        }
        let mut at = 0;
        while let Some(found) = memchr(b'*', &text.as_bytes()[at..]) {
            self.text.push(&text[at..at + found], start + at);
            at += found;
            let visible = self.text.position();
            let source = Span::new(start + at, start + at + 1);
            match self.runs.last_mut() {
                Some(run) if run.source.end == source.start && run.at + run.len == visible => {
                    run.len += 1;
                    run.source.end = source.end;
                }
                _ => self.runs.push(Run {
                    at: visible,
                    len: 1,
                    source,
                }),
            }
            self.text.push("*", start + at);
            at += 1;
        }
        self.text.push(&text[at..], start + at);
    }

    /// Text that stands for all of `source`.
    pub fn push_as(&mut self, text: &str, source: Span) {
        self.note(text, source.end);
        self.text.push_as(text, source);
    }

    pub fn push_mark(&mut self, mark: char, source: Span) {
        self.text.push_mark(mark, source);
    }

    fn note(&mut self, text: &str, end: usize) {
        self.text_end = self.text_end.max(end);
        self.visible = self.visible || !text.trim_matches(is_blank).is_empty();
    }

    pub fn begin_strong(&mut self) {
        self.strong_from = Some(self.text.bookmark(Side::Before));
    }

    pub fn end_strong(&mut self) {
        if let Some(from) = self.strong_from.take() {
            let to = self.text.bookmark(Side::After);
            self.strong.push(from..to);
        }
    }

    pub fn begin_code(&mut self) {
        self.code_from = Some(self.text.bookmark(Side::Before));
    }

    pub fn end_code(&mut self) {
        if let Some(from) = self.code_from.take() {
            let to = self.text.bookmark(Side::After);
            self.code.push(from..to);
        }
    }

    pub fn begin_link(&mut self, target: String) {
        let from = self.text.bookmark(Side::Before);
        self.open_links.push((from, target));
    }

    pub fn end_link(&mut self) {
        if let Some((from, target)) = self.open_links.pop() {
            let to = self.text.bookmark(Side::After);
            self.links.push((from..to, target));
        }
    }

    /// The finished block, if a reader sees anything of it, and the emphasis marks taken out of its text.
    pub fn finish(mut self, source: &str) -> Option<(Block, Vec<Span>)> {
        self.end_strong();
        self.end_code();
        while !self.open_links.is_empty() {
            self.end_link();
        }
        let (text, places) = self.text.finish();
        let verdicts = asterisks::stray(text.as_str(), &self.runs);
        let stray: Vec<&Run> = self
            .runs
            .iter()
            .zip(verdicts)
            .filter_map(|(run, stray)| stray.then_some(run))
            .collect();
        // Most texts stay as they are.
        let whole = stray.is_empty() && has_bare_ends(text.as_str());
        let kept = match whole {
            true => Vec::new(),
            false => kept_ranges(text.as_str(), &stray),
        };
        let text = match kept.as_slice() {
            _ if whole => text,
            [] => return None,
            ranges => text.keep(ranges),
        };
        let moved = Moved::new(&kept);
        let range = |marks: &Range<Bookmark>| match whole {
            true => places[marks.start]..places[marks.end],
            false => moved.range(places[marks.start], places[marks.end]),
        };
        let ranges = |marks: &[Range<Bookmark>]| -> Vec<Range<usize>> {
            let moved = marks.iter().map(range);
            moved.filter(|range| range.start < range.end).collect()
        };
        let strong = ranges(&self.strong);
        let code = if self.place.kind == BlockKind::CodeBlock {
            std::iter::once(0..text.len()).collect()
        } else {
            ranges(&self.code)
        };
        let links = self.links.into_iter().map(|(marks, target)| Link {
            text: range(&marks),
            target,
        });
        let mut links: Vec<Link> = links
            .filter(|link| link.text.start < link.text.end)
            .collect();
        links.sort_by_key(|link| (link.text.start, link.text.end));
        let block = Block {
            kind: self.place.kind,
            span: block_span(source, &text, self.start, self.end.unwrap_or(self.text_end)),
            text,
            quote_depth: self.place.quote_depth,
            list_depth: self.place.list_depth,
            task: self.task,
            governor: self.place.governor,
            heading: self.place.heading,
            cell: self.place.cell,
            strong,
            code,
            links,
        };
        Some((block, stray.iter().map(|run| run.source).collect()))
    }
}

/// From `start` to `end` without the white space around, and never less than the text.
fn block_span(source: &str, text: &VisibleText, start: usize, end: usize) -> Span {
    let shown = text.whole_span();
    let whole = shown.hull(Span::new(start.min(end), end));
    let raw = source.get(whole.start..whole.end).unwrap_or_default();
    let start = whole.start + (raw.len() - raw.trim_start().len());
    shown.hull(Span::new(start, whole.start + raw.trim_end().len()))
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == GAP
}

/// Whether a text begins and ends with letters that are no blanks.
fn has_bare_ends(text: &str) -> bool {
    let bare = |c: Option<char>| c.is_some_and(|c| !is_blank(c));
    bare(text.chars().next()) && bare(text.chars().next_back())
}

/// What is left of a text without blanks around and without the stray runs; empty when nothing a reader sees is left.
fn kept_ranges(text: &str, stray: &[&Run]) -> Vec<Range<usize>> {
    let mut kept = Vec::with_capacity(stray.len() + 1);
    let mut at = 0;
    for run in stray {
        kept.push(at..run.at);
        at = run.at + run.len;
    }
    kept.push(at..text.len());
    // Blanks at either end, also where they stand beside a stray run.
    for range in &mut kept {
        let part = &text[range.clone()];
        range.start += part.len() - part.trim_start_matches(is_blank).len();
        if range.start < range.end {
            break;
        }
    }
    for range in kept.iter_mut().rev() {
        let part = &text[range.clone()];
        range.end -= part.len() - part.trim_end_matches(is_blank).len();
        if range.start < range.end {
            break;
        }
    }
    kept.retain(|range| range.start < range.end);
    kept
}

/// Positions of the full text in the kept one.
struct Moved<'a> {
    kept: &'a [Range<usize>],
    /// Where each kept range begins now.
    starts: Vec<usize>,
}

impl<'a> Moved<'a> {
    fn new(kept: &'a [Range<usize>]) -> Self {
        let mut at = 0;
        let starts = kept.iter().map(|range| {
            let start = at;
            at += range.len();
            start
        });
        Self {
            starts: starts.collect(),
            kept,
        }
    }

    fn position(&self, old: usize) -> usize {
        let index = self.kept.partition_point(|range| range.start <= old);
        let Some(index) = index.checked_sub(1) else {
            return 0;
        };
        self.starts[index] + (old.min(self.kept[index].end) - self.kept[index].start)
    }

    fn range(&self, start: usize, end: usize) -> Range<usize> {
        self.position(start)..self.position(end)
    }
}
