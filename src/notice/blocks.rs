//! From the parser's events to blocks.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, LinkType, OffsetIter, Parser, Tag, TagEnd};

use crate::source::{BYTE_ORDER_MARK, Span};

use super::containers::{Containers, TableState};
use super::directives;
use super::hidden::{self, Hiding};
use super::inline::Inline;
use super::leaf::OpenBlock;
use super::parser_options::parser_options;
use super::raw_html::RawHtml;
use super::text::LINE_BREAK;
use super::{BlockKind, HiddenKind, Notice, dates, front};

/// Reads the text of a file as a notice.
pub(super) fn parse(text: &str) -> Notice {
    let text = &*with_line_feeds(text);
    let front = front::cut(text);
    let body = match &front {
        Some(front) if front.closed => front.whole.end,
        _ if text.starts_with(BYTE_ORDER_MARK) => BYTE_ORDER_MARK.len_utf8(),
        _ => 0,
    };
    let events =
        Parser::new_ext(text.get(body..).unwrap_or_default(), parser_options()).into_offset_iter();
    let mut assembler = Assembler::new(text);
    assembler.notice.front = front;
    assembler.reference_definitions(&events, body);
    for (event, range) in events {
        assembler.event(event, range.start + body..range.end + body);
    }
    assembler.finish()
}

/// The text with a line feed for each carriage return that ends a line on its own, which the parser takes for one in most places
/// only. No byte moves.
fn with_line_feeds(text: &str) -> Cow<'_, str> {
    let alone = |at: usize| text.as_bytes().get(at + 1) != Some(&b'\n');
    if !text.match_indices('\r').any(|(at, _)| alone(at)) {
        return Cow::Borrowed(text);
    }
    let ended = |(at, c)| if c == '\r' && alone(at) { '\n' } else { c };
    Cow::Owned(text.char_indices().map(ended).collect())
}

/// How many bytes above a list are searched for an empty line.
const NEAR: usize = 64;

/// What was open when a container of Markdown began; all that came after ends with it. There can be a million of them.
struct Mark {
    containers: u32,
    elements: u32,
}

pub(super) struct Assembler<'a> {
    pub source: &'a str,
    pub notice: Notice,
    pub open: Option<OpenBlock>,
    pub containers: Containers,
    pub hiding: Hiding,
    pub html: RawHtml,
    pub inline: Inline,
    /// Byte after the last inline event.
    pub inline_end: usize,
    marks: Vec<Mark>,
    /// Elements of raw HTML that were open when the present paragraph, heading or cell began.
    leaf_elements: usize,
    /// What the parser says of the links and images that are open: their type, target and title.
    pub link_targets: Vec<(LinkType, String, String)>,
    pub in_code_block: bool,
    /// The open block is a date of which only numbers in the form of list markers have been seen.
    in_date: bool,
    /// Columns of the present table of Markdown, those of the present row seen so far, and where its last cell ended.
    columns: usize,
    cells: usize,
    cell_end: usize,
}

impl<'a> Assembler<'a> {
    fn new(source: &'a str) -> Self {
        Self {
            source,
            notice: Notice::default(),
            open: None,
            containers: Containers::default(),
            hiding: Hiding::default(),
            html: RawHtml::default(),
            inline: Inline::default(),
            inline_end: 0,
            marks: Vec::new(),
            leaf_elements: 0,
            link_targets: Vec::new(),
            in_code_block: false,
            in_date: false,
            columns: 0,
            cells: 0,
            cell_end: 0,
        }
    }

    /// `[label]: target "title"` gives no event, wherever it stands.
    fn reference_definitions(&mut self, events: &OffsetIter<'_>, body: usize) {
        for (_, definition) in events.reference_definitions().iter() {
            let span = self.clean(definition.span.start + body..definition.span.end + body);
            let raw = self.source.get(span.start..span.end).unwrap_or_default();
            self.hiding.record(HiddenKind::LinkTarget, span, raw);
        }
    }

    fn finish(mut self) -> Notice {
        self.close_block();
        self.pop_elements(0, self.source.len());
        let end = self.source.len();
        if let Some(start) = self.html.comment_from.take() {
            let rest = self.source.get(start + "<!--".len()..).unwrap_or_default();
            let text = hidden::without_marks(rest);
            self.hiding
                .record(HiddenKind::UnclosedComment, Span::new(start, end), &text);
        }
        let mut notice = self.notice;
        notice.hidden = self.hiding.finish(end);
        notice.stray_asterisks.sort_unstable();
        let blocks = notice.blocks.len();
        for directive in &mut notice.directives {
            directive.block = directive.block.filter(|&id| id < blocks);
        }
        notice
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => self.text(&text, range),
            Event::Code(text) => self.code(&text, range),
            Event::Html(text) => self.html.gather(&text, range.start),
            Event::InlineHtml(text) => {
                let chunk = text.into_string();
                self.raw_html(&chunk, &[(0, range.start)]);
                self.inline_end = self.inline_end.max(range.end);
            }
            Event::SoftBreak => self.mark('\n', range),
            Event::HardBreak => self.mark(LINE_BREAK, range),
            Event::Rule => {
                self.close_block();
                self.containers.break_above();
            }
            Event::TaskListMarker(done) => {
                self.ensure_open(range.start).task = Some(done);
                self.inline_end = self.inline_end.max(range.end);
            }
            // A reader sees a raised number, which parts no word from its particle.
            Event::FootnoteReference(_) => self.inline_end = self.inline_end.max(range.end),
            // Not enabled; if it came, its text would be seen.
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text, range),
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph if self.continues_date(range.start) => {}
            Tag::Paragraph => {
                self.close_block();
                let kind = self.containers.text_kind();
                self.open_leaf(kind, range);
            }
            Tag::Heading { level, .. } => {
                self.close_block();
                self.open_leaf(BlockKind::Heading(level_number(level)), range);
            }
            Tag::CodeBlock(_) => {
                self.close_block();
                // The fence's own line (its language) is no text.
                self.open_leaf(BlockKind::CodeBlock, range);
                self.in_code_block = true;
            }
            Tag::HtmlBlock => self.close_block(),
            Tag::BlockQuote(_) => {
                self.begin_container();
                self.containers.push_quote();
            }
            Tag::FootnoteDefinition(_) => {
                self.begin_container();
                self.containers.push_footnote();
            }
            Tag::List(first) => {
                if !self.continues_date(range.start) {
                    self.close_block();
                }
                self.push_mark();
                let adjacent = !self.empty_line_before(range.start);
                self.containers.push_list(first.is_some(), adjacent);
            }
            Tag::Item => self.start_item(range),
            Tag::Table(columns) => {
                self.begin_container();
                self.containers.push_table(self.notice.blocks.len());
                self.columns = columns.len();
            }
            Tag::TableHead | Tag::TableRow => {
                self.cells = 0;
                self.cell_end = range.start;
                if let Some(table) = self.containers.table() {
                    table.next_row();
                }
            }
            Tag::TableCell => {
                self.begin_container();
                self.cells += 1;
                self.cell_end = self.cell_end.max(range.end);
                if let Some(table) = self.containers.table() {
                    let cell = table.next_cell(true, 1, 1);
                    self.containers.push_cell(cell);
                }
                self.open_leaf(BlockKind::TableCell, range);
            }
            Tag::Strong => self.begin_strong(),
            Tag::Strikethrough => self.begin_hidden(HiddenKind::Strikethrough, range.start),
            Tag::Image {
                link_type,
                dest_url,
                title,
                ..
            } => {
                self.begin_hidden(HiddenKind::ImageText, range.start);
                self.inline_end = self.inline_end.max(range.start);
                self.link_targets
                    .push((link_type, dest_url.into_string(), title.into_string()));
            }
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => {
                self.inline_end = self.inline_end.max(range.start);
                self.begin_link(dest_url.to_string());
                self.link_targets
                    .push((link_type, dest_url.into_string(), title.into_string()));
            }
            // Emphasis shows nothing of its own; the others are not enabled and are read through.
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) => {
                self.pop_inline_elements(range.end);
                self.close_block();
            }
            TagEnd::CodeBlock => {
                self.in_code_block = false;
                self.close_block();
            }
            TagEnd::HtmlBlock => {
                let (chunk, places) = self.html.take_gathered();
                self.raw_html(&chunk, &places);
                self.close_block();
            }
            TagEnd::BlockQuote(_)
            | TagEnd::FootnoteDefinition
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::Table
            | TagEnd::TableCell => self.end_container(range.end),
            TagEnd::TableHead | TagEnd::TableRow => self.surplus_cells(range.end),
            TagEnd::Strong => self.end_strong(),
            TagEnd::Strikethrough => self.hiding.end(range.end),
            TagEnd::Image => {
                self.hiding.end(self.inline_end);
                self.link_target(range.end);
            }
            TagEnd::Link => {
                self.end_link();
                self.link_target(range.end);
            }
            _ => {}
        }
        // Blocks do not move the end of the text before them.
        if matches!(
            tag,
            TagEnd::Emphasis
                | TagEnd::Strong
                | TagEnd::Strikethrough
                | TagEnd::Link
                | TagEnd::Image
        ) {
            self.inline_end = self.inline_end.max(range.end);
        }
    }

    fn push_mark(&mut self) {
        let short = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        self.marks.push(Mark {
            containers: short(self.containers.depth()),
            elements: short(self.html.depth()),
        });
    }

    fn begin_container(&mut self) {
        self.close_block();
        self.push_mark();
    }

    fn end_container(&mut self, end: usize) {
        self.close_block();
        let Some(mark) = self.marks.pop() else { return };
        self.pop_elements(mark.elements as usize, end);
        self.containers.truncate(mark.containers as usize);
    }

    /// Elements of raw HTML outside of the present container cannot be ended from inside.
    pub fn element_floor(&self) -> usize {
        self.marks.last().map_or(0, |mark| mark.elements as usize)
    }

    /// The innermost container, if it is a table of raw HTML and not one of Markdown.
    pub fn html_table(&mut self) -> Option<&mut TableState> {
        let outside = self.marks.last();
        let outside = outside.map_or(0, |mark| mark.containers as usize + 1);
        let inside = self.containers.depth() > outside;
        self.containers.table().filter(|_| inside)
    }

    /// Whether an empty line parts what starts here from the text before.
    fn empty_line_before(&self, start: usize) -> bool {
        // Lists may begin in lists many times in a line; an empty line is near or not there.
        let from = self.inline_end.max(start.saturating_sub(NEAR));
        let between = self.source.as_bytes().get(from..start).unwrap_or_default();
        let line_ends = between.iter().enumerate().filter(|&(at, &byte)| {
            byte == b'\n' || (byte == b'\r' && between.get(at + 1) != Some(&b'\n'))
        });
        line_ends.count() > 1
    }

    fn start_item(&mut self, range: Range<usize>) {
        // Items nest within a line; only its first characters matter.
        let end = range.end.min(range.start + dates::LONGEST);
        let window = self.clean(range.start..end);
        let item = self.source.get(window.start..window.end);
        let line = item.unwrap_or_default().split(['\n', '\r']).next();
        let line = line.unwrap_or_default();
        let marker = dates::marker(line);
        if self.continues_date(range.start)
            && let Some(length) = marker
        {
            self.push_mark();
            self.containers.push_date();
            self.date_text(self.inline_end..range.start + length);
            return;
        }
        self.begin_container();
        match marker.filter(|_| dates::is_date_item(line)) {
            Some(length) => {
                self.containers.push_date();
                self.date_text(range.start..range.start + length);
                self.in_date = true;
            }
            None => self.containers.push_item(range.start),
        }
    }

    /// Whether what starts here goes on with a date that the parser has broken up into lists.
    fn continues_date(&self, start: usize) -> bool {
        let between = self.source.get(self.inline_end..start);
        self.in_date && between.is_some_and(|text| text.trim_matches([' ', '\t']).is_empty())
    }

    /// Text follows: the date is no longer open, and on the same line the text is part of it.
    pub fn end_date(&mut self, start: usize) {
        if self.continues_date(start) {
            self.date_text(self.inline_end..start);
        } else if self.in_date {
            self.close_block();
        }
        self.in_date = false;
    }

    fn date_text(&mut self, range: Range<usize>) {
        let text = self.source.get(range.clone()).unwrap_or_default();
        self.visible(text, range, false);
    }

    /// Begins a paragraph, heading, cell or block of code whose extent is known.
    fn open_leaf(&mut self, kind: BlockKind, range: Range<usize>) {
        self.leaf_elements = self.html.depth();
        self.open_block(kind, range.start).end = Some(range.end);
    }

    pub fn open_block(&mut self, kind: BlockKind, start: usize) -> &mut OpenBlock {
        let block = self.new_block(kind, start);
        self.open.insert(block)
    }

    fn new_block(&self, kind: BlockKind, start: usize) -> OpenBlock {
        let (place, start) = self.containers.place(kind, start);
        let mut block = OpenBlock::new(place, start);
        if self.inline.strong > 0 {
            block.begin_strong();
        }
        if self.inline.code > 0 {
            block.begin_code();
        }
        if let Some(target) = self.inline.links.last() {
            block.begin_link(target.clone());
        }
        block
    }

    /// The open block; where none is (text of a tight item, of raw HTML), one is begun.
    pub fn ensure_open(&mut self, start: usize) -> &mut OpenBlock {
        let open = match self.open.take() {
            Some(open) => open,
            None => self.new_block(self.containers.text_kind(), start),
        };
        self.open.insert(open)
    }

    pub fn close_block(&mut self) {
        self.in_date = false;
        let Some(open) = self.open.take() else { return };
        let kind = open.place.kind;
        if let Some((block, stray)) = open.finish(self.source) {
            let id = self.notice.blocks.len();
            self.notice.blocks.push(block);
            self.notice.stray_asterisks.extend(stray);
            self.containers.finished(id, kind);
        }
    }

    /// Cells to the right of the last column give no event; they are read from the row's source.
    fn surplus_cells(&mut self, row_end: usize) {
        if self.cells < self.columns {
            return;
        }
        let from = self.cell_end;
        let rest = self.source.get(from..row_end).unwrap_or_default();
        for (at, cell) in hidden::surplus_cells(rest) {
            let span = Span::new(from + at, from + at + cell.len());
            self.hiding
                .record(HiddenKind::SurplusCell, span, &hidden::without_marks(cell));
        }
    }

    /// Records a finished comment and reads it as a directive.
    pub fn comment(&mut self, inside: &str, span: Span, place: impl Fn(usize) -> usize) {
        if let Some(mut directive) = directives::read(inside, span, place) {
            let begun = self.open.as_ref().is_some_and(OpenBlock::has_text);
            // Whether there is such a block is known at the end.
            directive.block = Some(self.notice.blocks.len() + usize::from(begun));
            self.notice.directives.push(directive);
        }
        self.hiding
            .record(HiddenKind::Comment, span, &hidden::without_marks(inside));
    }

    /// Ends elements that were begun in the present paragraph and live inside a line.
    fn pop_inline_elements(&mut self, end: usize) {
        while self.html.depth() > self.leaf_elements && self.html.top_is_inline() {
            let depth = self.html.depth() - 1;
            self.pop_elements(depth, end);
        }
    }
}

fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
