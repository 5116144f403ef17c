//! A notice as its reader sees it: front matter, then blocks of visible text that know where every character came from.

use std::cell;
use std::ops::Range;

use crate::source::{Source, Span};

mod asterisks;
mod blocks;
mod containers;
mod dates;
mod directives;
mod entities;
mod front;
mod hidden;
mod html;
mod inline;
mod leaf;
mod parser_options;
mod raw_html;
mod text;

pub use front::{Mislaid, cut as cut_front_matter, mislaid as mislaid_front_matter};
pub use text::fold;

/// Index of a block in [`Notice::blocks`].
pub type BlockId = usize;

/// What a notice consists of.
#[derive(Debug, Default)]
pub struct Notice {
    /// Blocks in reading order.
    pub blocks: Vec<Block>,
    /// What stands in the source but is not seen by a reader.
    pub hidden: Vec<Hidden>,
    /// Runs of `*` that CommonMark did not take as emphasis and that readers will see (source bytes).
    pub stray_asterisks: Vec<Span>,
    /// `<!-- noticelint-ignore RULE: reason -->` comments and their wider forms.
    pub directives: Vec<Directive>,
    /// The YAML between the opening `---` at byte 0 and its closing line, if any.
    pub front: Option<FrontMatterText>,
}

/// Where the front matter stands.
#[derive(Debug, Clone)]
pub struct FrontMatterText {
    /// The YAML, without the `---` lines.
    pub yaml: Span,
    /// With the `---` lines.
    pub whole: Span,
    /// False when the closing `---` is missing: then nothing of the file is read as front matter.
    pub closed: bool,
}

/// One heading, paragraph, list item, table cell …
#[derive(Debug)]
pub struct Block {
    pub kind: BlockKind,
    pub text: VisibleText,
    /// The block in the source.
    pub span: Span,
    /// How many block quotes it stands in.
    pub quote_depth: u8,
    /// For an item of a list (and for paragraphs inside an item): how deep the list is nested, from 1. 0 outside of lists.
    pub list_depth: u8,
    /// `- [x]` is `Some(true)`, `- [ ]` is `Some(false)`.
    pub task: Option<bool>,
    /// What stands over it. For an item or a table cell: the paragraph or heading directly above its list or table in the
    /// same container (item, quotation, document), else the item that holds the list or table, else nothing. A comment
    /// between does not count; a rule or table between does. A list right below a list goes on with it, also when a
    /// comment cuts it in two; one of the other sort (bullets under `1. …`) without an empty line between belongs to the
    /// last item. For further content of an item: that item. For a paragraph outside of lists: nothing.
    pub governor: Option<BlockId>,
    /// The nearest heading above, not one inside a quotation, item or cell that ended before.
    pub heading: Option<BlockId>,
    /// Set for everything that stands in a cell, also for a list in a cell of an HTML table.
    pub cell: Option<Cell>,
    /// Ranges of `text` (bytes of the visible text) that are strong.
    pub strong: Vec<Range<usize>>,
    /// Ranges of `text` that are inline code. For a code block, the whole text.
    pub code: Vec<Range<usize>>,
    /// Visible link texts and where they lead.
    pub links: Vec<Link>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    Heading(u8),
    Paragraph,
    /// The text of a list item (tight, or the first paragraph of a loose one).
    ListItem,
    TableCell,
    CodeBlock,
    Footnote,
}

/// Place of a table cell, spans of HTML cells reckoned in. `row` 0 is the header row; an HTML table whose first row
/// holds a plain `<td>` outside of `<thead>` has none and starts with row 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    pub table: usize,
    pub row: usize,
    pub column: usize,
}

#[derive(Debug, Clone)]
pub struct Link {
    pub text: Range<usize>,
    pub target: String,
}

/// Text that is in the source but that no reader sees.
#[derive(Debug, Clone)]
pub struct Hidden {
    pub kind: HiddenKind,
    pub span: Span,
    /// The hidden wording itself, entities and marks resolved as far as that is simple.
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HiddenKind {
    Comment,
    /// A comment that is never closed: everything after it is hidden too.
    UnclosedComment,
    Strikethrough,
    /// `<script>`, `<style>`, `hidden`, `display:none` … (`<del>` is [`HiddenKind::Strikethrough`]).
    Html,
    /// The description of an image (`alt`).
    ImageText,
    LinkTarget,
    /// A cell to the right of the last column of its table; the parser drops it.
    SurplusCell,
}

/// A waiver written into the text.
#[derive(Debug, Clone)]
pub struct Directive {
    pub span: Span,
    pub form: DirectiveForm,
    pub rule: String,
    /// Bytes of the rule's name.
    pub rule_span: Span,
    /// Empty when missing.
    pub reason: String,
    pub block: Option<BlockId>,
}

/// What a directive speaks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DirectiveForm {
    /// `noticelint-ignore`: the block after it.
    Next,
    /// `noticelint-ignore-section`: the section that begins after it, else the one in which it stands.
    Section,
    /// `noticelint-ignore-start`: everything up to its `noticelint-ignore-end`.
    Start,
    End,
    /// `noticelint-` and something else: a slip of the pen. `rule` is what was written.
    Unknown,
}

/// What a reader sees of a block, and where each character of it stands in the source.
///
/// Folding that matching relies on has been done: NFC; no-break and other odd spaces are plain spaces; zero-width characters, soft hyphens and
/// bidi controls are dropped; full-width ASCII is ASCII. A soft break is `\n`; a hard break or `<br>` is `\u{2028}`; an
/// inline comment, struck-out or otherwise hidden text and an image are `\u{1f}` (so that words on both sides do not join).
/// [`fold`] does the same to a text from elsewhere.
#[derive(Debug, Default, Clone)]
pub struct VisibleText {
    text: String,
    /// Pieces in order; see [`Piece`].
    pieces: Vec<Piece>,
    /// Somebody has looked at the text since the last [`VisibleText::forget_looks`].
    looked_at: cell::Cell<bool>,
}

/// A run of visible text from one place of the source. 32-bit offsets keep a long notice small; a source has at most 16 MiB.
#[derive(Debug, Clone, Copy)]
struct Piece {
    /// Byte in `text`; the piece ends where the next one begins.
    at: u32,
    /// First byte in the source.
    start: u32,
    /// Byte after the last one in the source.
    end: u32,
    /// The bytes are the same in both, one for one; else the whole piece stands for the whole source span.
    verbatim: bool,
}

impl Notice {
    /// Reads a source as a notice. Every text is one: nothing in it is an error here.
    ///
    /// Time and memory are linear in the length of the text, however it is nested.
    pub fn parse(source: &Source) -> Notice {
        blocks::parse(&source.text)
    }

    /// Puts the title that the front matter gives (the subject of a message) before everything else, as a heading.
    ///
    /// `span` is where it stands in the source.
    pub fn add_title(&mut self, title: &str, span: Span) {
        for block in &mut self.blocks {
            block.governor = block.governor.map(|b| b + 1);
            block.heading = block.heading.map(|b| b + 1);
        }
        for directive in &mut self.directives {
            directive.block = directive.block.map(|b| b + 1);
        }
        let block = Block {
            kind: BlockKind::Heading(1),
            text: VisibleText::quoted(title, span),
            span,
            quote_depth: 0,
            list_depth: 0,
            task: None,
            governor: None,
            heading: None,
            cell: None,
            strong: Vec::new(),
            code: Vec::new(),
            links: Vec::new(),
        };
        self.blocks.insert(0, block);
    }
}
