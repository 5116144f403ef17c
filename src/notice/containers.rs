//! What a block stands in: quotations, lists, items, tables, footnotes, of Markdown and of raw HTML alike.

use std::num::NonZeroU32;

use super::leaf::Place;
use super::{BlockId, BlockKind, Cell};

/// The number of a block, if any, in four bytes: of quotations and lists there can be half a million in each other. A
/// source has at most 16 MiB, and so fewer blocks than that.
#[derive(Debug, Clone, Copy, Default)]
struct Number(Option<NonZeroU32>);

impl Number {
    fn of(id: Option<BlockId>) -> Number {
        let next = id.and_then(|id| u32::try_from(id + 1).ok());
        Number(next.and_then(NonZeroU32::new))
    }

    fn get(self) -> Option<BlockId> {
        self.0.map(|next| next.get() as usize - 1)
    }
}

#[derive(Debug, Default)]
enum FrameKind {
    #[default]
    Document,
    Quote,
    List {
        ordered: bool,
        /// The text of the last item.
        last_item: Number,
    },
    Item {
        /// Whether it has text of its own already; what follows is further content.
        started: bool,
        /// Byte at which its marker stands.
        start: u32,
    },
    /// Its state is the last one of [`Containers::states`].
    Table,
    Cell,
    Footnote,
}

#[derive(Debug, Default)]
struct Frame {
    kind: FrameKind,
    quote_depth: u8,
    list_depth: u8,
    /// Which of [`Containers::cells`] it stands in.
    cell: Number,
    /// Governs paragraphs that stand directly in it.
    owner: Number,
    /// The paragraph or heading directly above what comes next.
    above: Number,
    /// The lists directly above what comes next, with nothing seen between them.
    lists: Option<Box<Lists>>,
    /// The nearest heading when it began, which is again the nearest when it ends.
    heading: Number,
}

/// Lists in a row. A reader takes them for one, or for a list whose items hold lists:
///
/// ```text
/// 1. Items
/// - name
/// - address
/// 2. Time
/// ```
///
/// A comment (a waiver for an item, say) cuts a list in two as well.
#[derive(Debug, Clone, Copy)]
struct Lists {
    first_ordered: bool,
    first_governor: Option<BlockId>,
    last_ordered: bool,
    last_governor: Option<BlockId>,
    last_item: Option<BlockId>,
}

impl Lists {
    /// What governs a further list. `adjacent`: no empty line parts it from the last one.
    fn governor(&self, ordered: bool, adjacent: bool) -> Option<BlockId> {
        if ordered == self.last_ordered {
            self.last_governor
        } else if ordered == self.first_ordered {
            self.first_governor
        } else {
            self.last_item.filter(|_| adjacent)
        }
    }
}

/// The containers open at a point of the document. The document itself is always there.
#[derive(Debug, Default)]
pub(super) struct Containers {
    frames: Vec<Frame>,
    /// The container to fall back on, so that no look-up can fail.
    document: Frame,
    heading: Option<BlockId>,
    tables: usize,
    /// Those of the tables that are open.
    states: Vec<TableState>,
    /// Table, row and column of each cell.
    cells: Vec<[u32; 3]>,
}

impl Containers {
    /// How many are open inside the document.
    pub fn depth(&self) -> usize {
        self.frames.len()
    }

    fn top(&self) -> &Frame {
        self.frames.last().unwrap_or(&self.document)
    }

    fn top_mut(&mut self) -> &mut Frame {
        self.frames.last_mut().unwrap_or(&mut self.document)
    }

    pub fn is_list(&self) -> bool {
        matches!(self.top().kind, FrameKind::List { .. })
    }

    pub fn table(&mut self) -> Option<&mut TableState> {
        match self.top().kind {
            FrameKind::Table => self.states.last_mut(),
            _ => None,
        }
    }

    fn push(&mut self, kind: FrameKind, change: impl FnOnce(&mut Frame)) {
        let parent = self.top();
        let mut frame = Frame {
            kind,
            quote_depth: parent.quote_depth,
            list_depth: parent.list_depth,
            cell: parent.cell,
            owner: parent.owner,
            above: Number::default(),
            lists: None,
            heading: Number::of(self.heading),
        };
        change(&mut frame);
        self.frames.push(frame);
    }

    pub fn push_quote(&mut self) {
        self.push(FrameKind::Quote, |frame| {
            frame.quote_depth = frame.quote_depth.saturating_add(1);
        });
    }

    /// `adjacent`: no empty line parts the list from what stands above.
    pub fn push_list(&mut self, ordered: bool, adjacent: bool) {
        let top = self.top();
        let lists = top.lists.as_ref();
        let from_lists = lists.and_then(|lists| lists.governor(ordered, adjacent));
        let governor = top.above.get().or(from_lists).or(top.owner.get());
        let kind = FrameKind::List {
            ordered,
            last_item: Number::default(),
        };
        self.push(kind, |frame| {
            frame.owner = Number::of(governor);
            frame.list_depth = frame.list_depth.saturating_add(1);
        });
    }

    pub fn push_item(&mut self, start: usize) {
        self.push(
            FrameKind::Item {
                started: false,
                start: u32::try_from(start).unwrap_or(u32::MAX),
            },
            |_| {},
        );
    }

    /// A place for a date that the parser took for an item: that of the list's surroundings.
    pub fn push_date(&mut self) {
        let around = match self.frames.len().checked_sub(2) {
            Some(index) => &self.frames[index],
            None => &self.document,
        };
        let (list_depth, owner) = (around.list_depth, around.owner);
        let kind = match around.kind {
            FrameKind::Item { started, start } => FrameKind::Item { started, start },
            FrameKind::Cell => FrameKind::Cell,
            FrameKind::Footnote => FrameKind::Footnote,
            _ => FrameKind::Document,
        };
        self.push(kind, |frame| {
            frame.list_depth = list_depth;
            frame.owner = owner;
        });
    }

    /// `first_block`: the number that the next block will have.
    pub fn push_table(&mut self, first_block: BlockId) {
        let governor = self.top().above.get().or(self.top().owner.get());
        self.states.push(TableState::new(self.tables, first_block));
        self.tables += 1;
        self.push(FrameKind::Table, |frame| {
            frame.owner = Number::of(governor);
        });
    }

    pub fn push_cell(&mut self, cell: Cell) {
        let place = [cell.table, cell.row, cell.column];
        self.cells
            .push(place.map(|n| u32::try_from(n).unwrap_or(u32::MAX)));
        let number = Number::of(Some(self.cells.len() - 1));
        self.push(FrameKind::Cell, |frame| frame.cell = number);
    }

    pub fn push_footnote(&mut self) {
        self.push(FrameKind::Footnote, |frame| frame.owner = Number::default());
    }

    /// Ends containers until `depth` are left.
    pub fn truncate(&mut self, depth: usize) {
        while self.frames.len() > depth {
            let Some(frame) = self.frames.pop() else {
                return;
            };
            self.heading = frame.heading.get();
            match frame.kind {
                FrameKind::Item { started, .. } => {
                    if let FrameKind::List { last_item, .. } = &mut self.top_mut().kind {
                        *last_item = match started {
                            true => frame.owner,
                            false => Number::default(),
                        };
                    }
                }
                FrameKind::List { ordered, last_item } => {
                    self.list_ended(ordered, frame.owner.get(), last_item.get())
                }
                FrameKind::Cell => {}
                FrameKind::Table => {
                    self.states.pop();
                    self.break_above();
                }
                _ => self.break_above(),
            }
        }
    }

    /// What comes next does not stand directly below the last paragraph.
    pub fn break_above(&mut self) {
        let top = self.top_mut();
        top.above = Number::default();
        top.lists = None;
    }

    fn list_ended(&mut self, ordered: bool, governor: Option<BlockId>, last_item: Option<BlockId>) {
        let top = self.top_mut();
        let (first_ordered, first_governor) = match &top.lists {
            Some(lists) => (lists.first_ordered, lists.first_governor),
            None => (ordered, governor),
        };
        top.above = Number::default();
        top.lists = Some(Box::new(Lists {
            first_ordered,
            first_governor,
            last_ordered: ordered,
            last_governor: governor,
            last_item,
        }));
    }

    /// The kind of a text that says nothing of its own kind.
    pub fn text_kind(&self) -> BlockKind {
        match self.top().kind {
            FrameKind::Item { started: false, .. } => BlockKind::ListItem,
            FrameKind::Cell => BlockKind::TableCell,
            FrameKind::Footnote => BlockKind::Footnote,
            _ => BlockKind::Paragraph,
        }
    }

    /// Where a text that begins at `start` belongs, and where its block begins.
    pub fn place(&self, kind: BlockKind, start: usize) -> (Place, usize) {
        let top = self.top();
        let start = match top.kind {
            FrameKind::Item {
                started: false,
                start: marker,
            } => (marker as usize).min(start),
            _ => start,
        };
        let place = Place {
            kind,
            quote_depth: top.quote_depth,
            list_depth: top.list_depth,
            governor: top.owner.get(),
            heading: self.heading,
            cell: top.cell.get().and_then(|cell| {
                let [table, row, column] = self.cells.get(cell)?.map(|n| n as usize);
                Some(Cell { table, row, column })
            }),
        };
        (place, start)
    }

    /// Takes note of a finished block.
    pub fn finished(&mut self, id: BlockId, kind: BlockKind) {
        if matches!(kind, BlockKind::Heading(_)) {
            self.heading = Some(id);
        }
        let top = self.top_mut();
        let governs = !matches!(kind, BlockKind::CodeBlock);
        top.above = Number::of(governs.then_some(id));
        top.lists = None;
        if let FrameKind::Item { started, .. } = &mut top.kind
            && !*started
            && governs
        {
            *started = true;
            top.owner = Number::of(Some(id));
        }
    }
}

/// Counts rows and columns of a table.
#[derive(Debug)]
pub(super) struct TableState {
    index: usize,
    row: usize,
    column: usize,
    rows_seen: usize,
    in_head: bool,
    /// Whether the first row may still turn out to be a header row.
    first_is_header: bool,
    /// First block of the table, if it has any.
    pub first_block: BlockId,
    /// Cells that reach down from rows above: first column, columns, rows left.
    reaching: Vec<(usize, usize, usize)>,
}

/// Wider cells are taken as this wide, and no more cells than this reach into later rows: more is no table of a notice.
const WIDEST: usize = 64;

impl TableState {
    fn new(index: usize, first_block: BlockId) -> Self {
        Self {
            index,
            row: 0,
            column: 0,
            rows_seen: 0,
            in_head: false,
            first_is_header: true,
            first_block,
            reaching: Vec::new(),
        }
    }

    pub fn next_row(&mut self) {
        if self.rows_seen > 0 {
            self.row += 1;
        }
        self.rows_seen += 1;
        self.column = 0;
        for reach in &mut self.reaching {
            reach.2 = reach.2.saturating_sub(1);
        }
        self.reaching.retain(|reach| reach.2 > 0);
    }

    pub fn set_head(&mut self, in_head: bool) {
        self.in_head = in_head;
    }

    /// Whether a row has begun.
    pub fn has_row(&self) -> bool {
        self.rows_seen > 0
    }

    /// The place of the next cell. `header` is true for `<th>` and for the header row of Markdown.
    pub fn next_cell(&mut self, header: bool, columns: usize, rows: usize) -> Cell {
        let columns = columns.clamp(1, WIDEST);
        // In order of columns, because rows are filled from the left.
        let mut free = self.column;
        for &(start, length, _) in &self.reaching {
            if (start..start + length).contains(&free) {
                free = start + length;
            }
        }
        let cell = Cell {
            table: self.index,
            row: self.row,
            column: free,
        };
        self.column = free + columns;
        if rows > 1 && self.reaching.len() < WIDEST {
            self.reaching.push((free, columns, rows));
            self.reaching.sort_unstable();
        }
        if self.rows_seen == 1 && !header && !self.in_head {
            self.first_is_header = false;
        }
        cell
    }

    /// Called when a row ends: true, once, when the first row was no header row and its cells belong to row 1.
    pub fn first_row_was_data(&mut self) -> bool {
        let moved = self.rows_seen == 1 && self.row == 0 && !self.first_is_header;
        if moved {
            self.row = 1;
        }
        moved
    }

    pub fn index(&self) -> usize {
        self.index
    }
}
