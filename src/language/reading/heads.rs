//! The headers of tables: which block heads the row or the column of a cell.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::language::vocabulary::{Vocabulary, ends_with};
use crate::notice::{BlockId, Cell, Notice};

/// How many letters at the end of a header tell that its cells hold what an earlier notice said.
const FORMER: usize = 40;

/// The headers of the tables read so far.
#[derive(Debug, Default)]
pub(super) struct Heads {
    /// The last block of each header of a column, by table and column.
    columns: HashMap<(usize, usize), BlockId, FixedState>,
    /// Blocks of one table that follow one another: the table, the first and the last of them.
    run: Option<(usize, BlockId, BlockId)>,
    /// The first block of the last row in that run: row and block.
    row: Option<(usize, BlockId)>,
    /// The last cell is the first of its row, and only a number.
    numbered: bool,
}

impl Heads {
    /// Takes note of a block that has been read.
    pub fn add(&mut self, id: BlockId, cell: Option<Cell>, text: &str) {
        let Some(cell) = cell else { return };
        match &mut self.run {
            Some((table, _, last)) if *table == cell.table && *last + 1 == id => *last = id,
            _ => {
                self.run = Some((cell.table, id, id));
                self.row = None;
            }
        }
        if cell.row == 0 {
            self.columns.insert((cell.table, cell.column), id);
        }
        let new = self.row.is_none_or(|(row, _)| row != cell.row);
        if cell.column == 0 && new || cell.column == 1 && (self.numbered || new) {
            self.row = Some((cell.row, id));
        }
        // A number before the words that head the row.
        self.numbered = cell.column == 0 && !text.contains(|c: char| c.is_alphabetic());
    }

    /// Where the cells of the table right before block `id` begin.
    fn from(&self, id: BlockId, cell: Cell) -> Option<BlockId> {
        let (table, first, last) = self.run?;
        (table == cell.table && last + 1 == id).then_some(first)
    }

    /// The first cell of the row that the block `id` stands in.
    pub fn of_row(&self, id: BlockId, cell: Cell) -> Option<BlockId> {
        self.from(id, cell)?;
        let (row, block) = self.row?;
        (row == cell.row && cell.column > 0).then_some(block)
    }

    /// The first cell of the row that was read last.
    pub fn row_of(&self, cell: Cell) -> Option<BlockId> {
        let (row, block) = self.row?;
        (row == cell.row && cell.column > 0).then_some(block)
    }

    /// The header of the column that the block `id` stands in, if there are only cells between them.
    pub fn of_column(&self, id: BlockId, cell: Cell) -> Option<BlockId> {
        let from = self.from(id, cell)?;
        let header = self.of_table(cell)?;
        (cell.row > 0 && header >= from).then_some(header)
    }

    /// Whether the cell in block `id` holds the words of an earlier notice: they stand in quotation marks, or its column's header
    /// says so.
    pub fn cites(&self, id: BlockId, notice: &Notice, vocabulary: &Vocabulary) -> bool {
        let block = &notice.blocks[id];
        let Some(cell) = block.cell else { return false };
        let Some(header) = self.of_column(id, cell) else {
            return false;
        };
        let header = notice.blocks[header].text.as_str();
        let header = header.trim_end_matches([')', ']', ' ']);
        let end = header.char_indices().rev().nth(FORMER);
        let header = header[end.map_or(0, |(at, _)| at)..].to_lowercase();
        let former = &vocabulary.linking.former;
        cell.column > 0 && quoted(block.text.as_str()) || ends_with(former, &header)
    }

    /// The header of a cell's column.
    pub fn of_table(&self, cell: Cell) -> Option<BlockId> {
        self.columns.get(&(cell.table, cell.column)).copied()
    }
}

/// Whether a text stands in quotation marks as a whole.
fn quoted(text: &str) -> bool {
    const MARKS: [(char, char); 6] = [
        ('"', '"'),
        ('“', '”'),
        ('‘', '’'),
        ('\'', '\''),
        ('「', '」'),
        ('『', '』'),
    ];
    let text = text.trim();
    MARKS.iter().any(|&(open, close)| {
        let inner = text.strip_prefix(open).and_then(|t| t.strip_suffix(close));
        inner.is_some_and(|t| !t.is_empty() && !t.contains([open, close]))
    })
}
