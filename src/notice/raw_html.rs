//! Raw HTML among the Markdown: which elements are open, and what they do to the text in them.

use std::borrow::Cow;

use crate::source::Span;

use super::blocks::Assembler;
use super::entities::Entities;
use super::html::{self, Element, Token};
use super::text::{GAP, LINE_BREAK};
use super::{BlockKind, HiddenKind};

/// How far up an end tag looks for its element. Real nesting is far less; a bound keeps unmatched tags cheap.
const REACH: usize = 256;

/// Blocks of a first row that are looked at to tell whether it is a header row; a bound for tables in tables in tables.
const LONGEST_ROW: usize = 1024;

#[derive(Debug)]
struct OpenElement {
    name: Box<str>,
    element: Element,
    hides: bool,
    /// Containers that were open before it, if it is one.
    containers: Option<usize>,
    /// Whether it put something on the stack of open formatting.
    formats: bool,
}

/// The state of raw HTML, which outlasts blocks: `<details>` may hold any Markdown.
#[derive(Debug, Default)]
pub(super) struct RawHtml {
    elements: Vec<OpenElement>,
    preformatted: usize,
    /// Where a comment began that is still open.
    pub comment_from: Option<usize>,
    entities: Entities,
    gathered: String,
    /// Byte in `gathered`, byte in the source.
    places: Vec<(usize, usize)>,
}

impl RawHtml {
    pub fn depth(&self) -> usize {
        self.elements.len()
    }

    pub fn top_is_inline(&self) -> bool {
        self.elements
            .last()
            .is_some_and(|open| open.element.is_inline())
    }

    /// Adds a line of an HTML block, which stands at byte `start` of the source.
    pub fn gather(&mut self, line: &str, start: usize) {
        self.places.push((self.gathered.len(), start));
        self.gathered.push_str(line);
    }

    pub fn take_gathered(&mut self) -> (String, Vec<(usize, usize)>) {
        (
            std::mem::take(&mut self.gathered),
            std::mem::take(&mut self.places),
        )
    }
}

/// Turns bytes of a chunk into bytes of the source.
#[derive(Clone, Copy)]
struct Places<'p>(&'p [(usize, usize)]);

impl Places<'_> {
    /// Where the byte at `at` stands.
    fn start(self, at: usize) -> usize {
        let index = self.0.partition_point(|&(chunk, _)| chunk <= at);
        let place = index.checked_sub(1).and_then(|index| self.0.get(index));
        place.map_or(0, |&(chunk, source)| source + (at - chunk))
    }

    /// Where what ends before `at` ends.
    fn end(self, at: usize) -> usize {
        at.checked_sub(1)
            .map_or_else(|| self.start(0), |last| self.start(last) + 1)
    }
}

impl Assembler<'_> {
    /// Reads a piece of raw HTML. `places`: where its lines stand, as (byte in the piece, byte in the source).
    pub(super) fn raw_html(&mut self, chunk: &str, places: &[(usize, usize)]) {
        let places = Places(places);
        let mut at = 0;
        if let Some(start) = self.html.comment_from {
            let Some(end) = html::comment_end(chunk) else {
                return;
            };
            at = end.end;
            self.html.comment_from = None;
            let end = places.end(end.end);
            let inside = self
                .source
                .get(start + "<!--".len()..end)
                .unwrap_or_default();
            let inside = inside.trim_end_matches(['-', '!', '>']).to_owned();
            let from = start + "<!--".len();
            self.comment(&inside, Span::new(start, end), |at| from + at);
        }
        loop {
            if let Some(raw) = self
                .html
                .elements
                .last()
                .filter(|open| open.element.is_raw())
            {
                let name = raw.name.clone();
                let rest = chunk.get(at..).unwrap_or_default();
                let length = html::raw_text_end(rest, &name).unwrap_or(rest.len());
                self.html_text(chunk, at, at + length, places);
                at += length;
            }
            let Some((token, range)) = html::token(chunk, at) else {
                return;
            };
            at = range.end;
            let span = self.clean(places.start(range.start)..places.end(range.end));
            match token {
                Token::Text => self.html_text(chunk, range.start, range.end, places),
                Token::Open { name, attributes } => {
                    let attributes = chunk.get(attributes).unwrap_or_default();
                    self.open_tag(&name, attributes, span);
                    self.inline_end = self.inline_end.max(span.end);
                }
                Token::Close { name } => {
                    self.close_tag(&name, span);
                    self.inline_end = self.inline_end.max(span.end);
                }
                Token::Comment {
                    inside,
                    closed: true,
                } => {
                    self.mark(GAP, span.start..span.end);
                    let from = inside.start;
                    let inside = chunk.get(inside).unwrap_or_default();
                    self.comment(inside, span, |at| {
                        places.end(from + at).max(places.start(from))
                    });
                }
                Token::Comment { .. } => {
                    self.close_block();
                    self.html.comment_from = Some(span.start);
                    return;
                }
            }
        }
    }

    fn open_tag(&mut self, name: &str, attributes: &str, span: Span) {
        let element = Element::of(name);
        if !element.is_inline()
            && !matches!(element, Element::Break | Element::Image | Element::Void)
        {
            self.close_block();
        }
        let mut hides = matches!(element, Element::Struck | Element::Unseen(_));
        let mut target = None;
        let (mut columns, mut rows) = (1, 1);
        let mut open_dialog = false;
        for (attribute, value) in html::attributes(attributes) {
            match attribute.as_str() {
                "hidden" => hides = true,
                "style" => hides = hides || html::style_hides(value),
                "href" => target = Some(self.html.entities.decode_all(value)),
                "src" | "alt" if element == Element::Image => {
                    let text = self.html.entities.decode_all(value);
                    let kind = if attribute == "alt" {
                        HiddenKind::ImageText
                    } else {
                        HiddenKind::LinkTarget
                    };
                    self.hiding.record(kind, span, &text);
                }
                "colspan" => columns = value.trim().parse().unwrap_or(1),
                "rowspan" => rows = value.trim().parse().unwrap_or(1),
                "open" => open_dialog = true,
                _ => {}
            }
        }
        hides = hides || (name == "dialog" && !open_dialog);
        match element {
            Element::Break => return self.mark(LINE_BREAK, span.start..span.end),
            Element::Image => return self.mark(GAP, span.start..span.end),
            Element::Rule => return self.containers.break_above(),
            Element::Void => return,
            _ => {}
        }
        self.end_implied(element, span.start);
        let containers = self.push_container(element, (columns, rows), name == "ol", span.start);
        if hides {
            let kind = if element == Element::Struck {
                HiddenKind::Strikethrough
            } else {
                HiddenKind::Html
            };
            self.begin_hidden(kind, span.start);
        }
        let formats = self.begin_element(element, target, span);
        self.html.elements.push(OpenElement {
            name: name.into(),
            element,
            hides,
            containers,
            formats,
        });
    }

    /// Begins the container that an element is; gives back how many were open before.
    fn push_container(
        &mut self,
        element: Element,
        (columns, rows): (usize, usize),
        ordered: bool,
        start: usize,
    ) -> Option<usize> {
        let depth = self.containers.depth();
        match element {
            Element::Quote => self.containers.push_quote(),
            Element::List => self.containers.push_list(ordered, true),
            Element::Item if self.containers.is_list() => self.containers.push_item(start),
            Element::Table => self.containers.push_table(self.notice.blocks.len()),
            Element::TableHead => {
                if let Some(table) = self.html_table() {
                    table.set_head(true);
                }
            }
            Element::Row => {
                self.end_row();
                if let Some(table) = self.html_table() {
                    table.next_row();
                }
            }
            Element::HeaderCell | Element::DataCell => {
                let header = element == Element::HeaderCell;
                if let Some(table) = self.html_table() {
                    if !table.has_row() {
                        table.next_row();
                    }
                    let cell = table.next_cell(header, columns, rows);
                    self.containers.push_cell(cell);
                }
            }
            _ => {}
        }
        (self.containers.depth() > depth).then_some(depth)
    }

    /// Begins what an element does to the text in it; true when it must be undone.
    fn begin_element(&mut self, element: Element, target: Option<String>, span: Span) -> bool {
        match element {
            Element::Heading(level) => {
                if self.is_shown() {
                    self.open_block(BlockKind::Heading(level), span.start);
                }
            }
            Element::Preformatted => {
                self.html.preformatted += 1;
                if self.is_shown() {
                    self.open_block(BlockKind::CodeBlock, span.start);
                }
            }
            Element::Strong => self.begin_strong(),
            Element::Code => {
                self.inline.code += 1;
                if self.inline.code == 1
                    && let Some(open) = &mut self.open
                {
                    open.begin_code();
                }
            }
            Element::Link => {
                let Some(target) = target else { return false };
                self.hiding.record(HiddenKind::LinkTarget, span, &target);
                self.begin_link(target);
            }
            _ => return false,
        }
        true
    }

    /// Ends elements whose end tag may be left out before this one.
    fn end_implied(&mut self, element: Element, at: usize) {
        if element.is_inline() {
            return;
        }
        let floor = self.element_floor();
        let elements = &self.html.elements;
        let lowest = floor.max(elements.len().saturating_sub(REACH));
        let mut found = None;
        let mut in_paragraph = true;
        for index in (lowest..elements.len()).rev() {
            let other = &elements[index];
            if element.ends(other.element) {
                found = Some(index);
                // A row ends the cell and the row around it.
                if element != Element::Row || other.element == Element::Row {
                    break;
                }
            } else if other.element.is_boundary() {
                break;
            } else if in_paragraph && &*other.name == "p" {
                found = Some(index);
            }
            in_paragraph = in_paragraph && other.element.is_inline();
        }
        if let Some(index) = found {
            self.close_block();
            self.pop_elements(index, at);
        }
    }

    fn close_tag(&mut self, name: &str, span: Span) {
        let element = Element::of(name);
        if !element.is_inline() {
            self.close_block();
        }
        if element == Element::Break {
            return self.mark(LINE_BREAK, span.start..span.end);
        }
        let floor = self.element_floor();
        let lowest = floor.max(self.html.depth().saturating_sub(REACH));
        let elements = self.html.elements.iter().enumerate().skip(lowest).rev();
        let mut found = None;
        for (index, open) in elements {
            if *open.name == *name {
                found = Some(index);
                break;
            }
            // `</b>` in a cell does not end the table.
            if element.is_inline() && open.containers.is_some() {
                break;
            }
        }
        if let Some(index) = found {
            self.pop_elements(index, span.end);
        }
    }

    /// Ends elements until `depth` are left; the last of them ends at byte `end` of the source.
    pub(super) fn pop_elements(&mut self, depth: usize, end: usize) {
        while self.html.elements.len() > depth {
            let Some(open) = self.html.elements.pop() else {
                return;
            };
            if !open.element.is_inline() {
                self.close_block();
            }
            match open.element {
                Element::Preformatted => {
                    self.html.preformatted = self.html.preformatted.saturating_sub(1)
                }
                Element::Strong => self.end_strong(),
                Element::Code => {
                    self.inline.code = self.inline.code.saturating_sub(1);
                    if self.inline.code == 0
                        && let Some(open) = &mut self.open
                    {
                        open.end_code();
                    }
                }
                Element::Link if open.formats => self.end_link(),
                Element::Row => self.end_row(),
                Element::TableHead => {
                    if let Some(table) = self.html_table() {
                        table.set_head(false);
                    }
                }
                Element::Table => self.end_row(),
                _ => {}
            }
            if open.hides {
                self.hiding.end(end);
            }
            if let Some(containers) = open.containers {
                self.containers.truncate(containers);
            }
        }
    }

    /// Only at the end of the first row is it known whether it is a header row.
    fn end_row(&mut self) {
        let Some(table) = self.html_table() else {
            return;
        };
        if !table.first_row_was_data() {
            return;
        }
        let index = table.index();
        let first = table.first_block;
        for block in self.notice.blocks.iter_mut().skip(first).take(LONGEST_ROW) {
            if let Some(cell) = &mut block.cell
                && cell.table == index
            {
                cell.row = 1;
            }
        }
    }

    /// Text of raw HTML: references are resolved, white space is one space or line break.
    fn html_text(&mut self, chunk: &str, from: usize, to: usize, places: Places<'_>) {
        let raw = self
            .html
            .elements
            .last()
            .is_some_and(|open| open.element.is_raw());
        let preformatted = self.html.preformatted > 0;
        let mut at = from;
        while let Some(rest) = chunk.get(at..to).filter(|rest| !rest.is_empty()) {
            let spaces = rest.len()
                - rest
                    .trim_start_matches(|c: char| c.is_ascii_whitespace())
                    .len();
            if spaces > 0 {
                let span = places.start(at)..places.end(at + spaces);
                let text = if preformatted {
                    Cow::Borrowed(&rest[..spaces])
                } else {
                    one_space(&rest[..spaces])
                };
                let wanted = match &mut self.open {
                    Some(open) => preformatted || !open.ends_with_space(),
                    None => false,
                };
                if wanted || self.hiding.is_active() {
                    self.visible(&text, span, false);
                }
                at += spaces;
                continue;
            }
            if !raw
                && rest.starts_with('&')
                && let Some((text, length)) = self.html.entities.decode(rest)
            {
                self.visible(&text, places.start(at)..places.end(at + length), false);
                at += length;
                continue;
            }
            let ends = |c: char| c.is_ascii_whitespace() || c == '&';
            let first = rest.chars().next().map_or(1, char::len_utf8);
            let length = rest[first..]
                .find(ends)
                .map_or(rest.len(), |end| first + end);
            self.visible(
                &rest[..length],
                places.start(at)..places.end(at + length),
                true,
            );
            at += length;
        }
    }
}

fn one_space(white: &str) -> Cow<'_, str> {
    Cow::Borrowed(if white.contains(['\n', '\r']) {
        "\n"
    } else {
        " "
    })
}
