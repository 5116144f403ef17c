//! Tables: cells that say of another cell whether it leaked, and rows that begin with labels.

use super::*;
use crate::notice::Cell;

/// How many cells around one are looked at for what its marks mean.
const FAR: usize = 200;

impl Reader<'_> {
    /// A cell that says of the first cell of its row whether it leaked.
    pub(super) fn status_cell(&mut self, id: BlockId) {
        let block = &self.notice.blocks[id];
        let Some(cell) = block.cell.filter(|c| c.row > 0) else {
            return;
        };
        let text = block.text.as_str().trim();
        // A cell that names items speaks of those.
        if self.out.items.last().is_some_and(|i| i.at.block == id) {
            return;
        }
        let vocabulary = &self.language.vocabulary;
        // "no, the shop keeps it"
        let word = text.split([',', ';', '(', '–', '—', '.', ':']).next();
        let word = word.map_or(text, str::trim);
        let marked = |list: &[String]| list.iter().any(|m| m == text || m == word);
        // Under "not in the file", a mark says that it was not.
        let header = self.heads.of_table(cell);
        let denies = |b: BlockId| {
            let list = self.exported[b].list.as_ref();
            list.is_some_and(|(s, by)| *s == Stance::Denied && by.block == b)
        };
        let denied = header.is_some_and(denies);
        let crossed = self.crosses(id, cell);
        let yes = marked(&vocabulary.yes) || crossed;
        let no = marked(&vocabulary.no) && !crossed;
        let stance = if denied && yes {
            Some(Stance::Denied)
        } else if yes {
            Some(Stance::Asserted)
        } else if denied && no {
            None
        } else if no {
            Some(Stance::Denied)
        } else {
            self.exported[id]
                .list
                .as_ref()
                .filter(|(_, by)| by.block == id)
                .map(|(s, _)| *s)
        };
        // Or what it finds about the question that the header asks.
        let stance = stance.or_else(|| {
            self.out
                .clauses
                .last()
                .filter(|k| k.block == id)
                .map(|k| k.stance)
                .filter(|s| matches!(s, Stance::Unsettled | Stance::Possible))
        });
        let status = match stance {
            Some(Stance::Asserted) => ItemStatus::Leaked,
            Some(Stance::Denied) => ItemStatus::NotLeaked,
            Some(Stance::Possible) => ItemStatus::PossiblyLeaked,
            Some(Stance::Unsettled) => ItemStatus::Mentioned,
            _ => return,
        };
        // Only under a header that speaks of the event, or where the cell itself does.
        let says = |b: BlockId| {
            let clauses = &self.out.clauses;
            clauses[clauses.partition_point(|k| k.block < b)..]
                .iter()
                .take_while(|k| k.block == b)
                .any(|k| {
                    k.mentions.iter().any(|m| {
                        matches!(
                            vocabulary.concept(m.concept).role,
                            Some(
                                Role::Leak
                                    | Role::LeakNoun
                                    | Role::SoftLeak
                                    | Role::Affect
                                    | Role::Unaffected
                                    | Role::Whether
                                    | Role::Member
                            )
                        )
                    })
                })
        };
        let over = header.is_some_and(says) || self.heads.row_of(cell).is_some_and(says);
        // "Members", "On the disk?": whatever the column is for, unless it tells of something else.
        let plainly = yes || no;
        let open = plainly && header.is_some_and(|h| !self.heads_something_else(h));
        if !says(id) && !denied && !over && !open {
            return;
        }
        let group = !says(id) && !denied && !over;
        let at = Slice {
            block: id,
            range: 0..block.text.len(),
        };
        // "Name | E-mail" over "leaked | not leaked": the cell speaks of what stands over it.
        // Items stand in the order of their blocks.
        let items = &self.out.items;
        let of_block = |b: BlockId| {
            let from = items.partition_point(|i| i.at.block < b);
            from..items.partition_point(|i| i.at.block <= b)
        };
        let named = |b: BlockId| !of_block(b).is_empty();
        let by_column = header.filter(|&h| named(h) && !self.heads.row_of(cell).is_some_and(named));
        let notice = self.notice;
        let in_row = |i: &Item| {
            let at = notice.blocks[i.at.block].cell;
            at.is_some_and(|c| c.table == cell.table && c.row == cell.row)
        };
        let before = |i: &Item| {
            let at = notice.blocks[i.at.block].cell;
            at.is_some_and(|c| c.column < cell.column)
        };
        let settled: Vec<usize> = match by_column {
            Some(header) => of_block(header).rev().collect(),
            None => (0..items.len())
                .rev()
                .take_while(|&n| in_row(&items[n]))
                .filter(|&n| before(&items[n]))
                .collect(),
        };
        // What only describes another item ("account number for your wages") is not spoken of.
        let waits = |n: usize| {
            let last = self.pending.iter().rev().take(FAR);
            self.out.items[n].status != ItemStatus::Mentioned
                || last.filter(|p| !p.umbrella).any(|p| p.item == n)
        };
        let waiting: Vec<usize> = settled.iter().copied().filter(|&n| waits(n)).collect();
        let settled = if waiting.is_empty() { settled } else { waiting };
        for &n in &settled {
            let item = &mut self.out.items[n];
            // Leaked for one group of readers, and not for the next.
            let for_some = |by: &Slice| {
                notice.blocks[by.block]
                    .cell
                    .is_some_and(|c| c.table == cell.table && c.row == cell.row)
            };
            if group
                && status == ItemStatus::NotLeaked
                && item.status == ItemStatus::Leaked
                && item.governed_by.as_ref().is_some_and(for_some)
            {
                continue;
            }
            item.status = status;
            item.governed_by = Some(at.clone());
        }
        if let Some(first) = settled.iter().min() {
            let later = self.pending.iter().rev();
            let later = later.take_while(|p| p.umbrella || p.item >= *first).count();
            let from = self.pending.len() - later;
            let rest = self.pending.split_off(from);
            let open = |p: &Pending| p.umbrella || !settled.contains(&p.item);
            self.pending.extend(rest.into_iter().filter(open));
        }
        if status == ItemStatus::Leaked {
            self.ticked = true;
        }
    }

    /// Whether a cell is ticked with a cross: its table has empty cells beside crosses, and no other mark.
    fn crosses(&self, id: BlockId, cell: Cell) -> bool {
        let blocks = &self.notice.blocks;
        let cross = |b: &Block| matches!(b.text.as_str().trim(), "x" | "X");
        if !cross(&blocks[id]) {
            return false;
        }
        let of_table = |b: &&Block| b.cell.is_some_and(|c| c.table == cell.table);
        let behind = blocks[id..].iter().take(FAR).take_while(of_table);
        let before = blocks[..id].iter().rev().take(FAR).take_while(of_table);
        let (mut cells, mut rows, mut columns, mut other) = (0, 0, 0, false);
        for (b, c) in behind.chain(before).filter_map(|b| Some((b, b.cell?))) {
            let text = b.text.as_str().trim();
            cells += usize::from(!text.is_empty());
            rows = rows.max(c.row + 1);
            columns = columns.max(c.column + 1);
            other |= !cross(b) && self.language.vocabulary.yes.iter().any(|y| y == text);
        }
        !other && cells < rows * columns
    }

    /// Whether a column is about something else than what leaked: how data is kept, what to do, what was done.
    fn heads_something_else(&self, header: BlockId) -> bool {
        let aside = self.exported[header].section;
        if aside.is_some_and(|s| self.aside.contains(&s)) {
            return true;
        }
        let clauses = &self.out.clauses;
        let own = clauses[clauses.partition_point(|k| k.block < header)..].iter();
        own.take_while(|k| k.block == header).any(|k| {
            matches!(
                k.stance,
                Stance::Advised | Stance::AdvisedAgainst | Stance::Promised
            ) || k.mentions.iter().any(|m| {
                let role = self.language.vocabulary.concept(m.concept).role;
                use Role::{Act, Advise, Do, Form, Hold, PlainForm};
                matches!(role, Some(Act | Advise | Do | Form | Hold | PlainForm))
            })
        })
    }

    /// In a table whose rows begin with labels ("Leaked items", "When", "Contact"), the labels name no data.
    pub(super) fn label_rows(&mut self) {
        let blocks = &self.notice.blocks;
        let heads_row = |b: BlockId| blocks[b].cell.filter(|c| c.column == 0);
        let opens = |b: &BlockId| {
            let section = self.exported[*b].section;
            section.is_some() && section != self.out.sections[*b]
        };
        let labels = (0..blocks.len()).filter(|&b| heads_row(b).is_some_and(|c| c.row > 0));
        let (mut labelled, mut itemised) = (Vec::new(), Vec::new());
        for b in labels.filter(opens) {
            let Some(table) = blocks[b].cell.map(|c| c.table) else {
                continue;
            };
            labelled.push(table);
            if self.exported[b].section == self.items_section {
                itemised.push(table);
            }
        }
        labelled.dedup();
        itemised.dedup();
        if labelled.is_empty() {
            return;
        }
        let label =
            |b: BlockId| heads_row(b).is_some_and(|c| labelled.binary_search(&c.table).is_ok());
        let (items, umbrellas) = (&self.out.items, &self.out.umbrellas);
        self.pending.retain(|p| {
            let list = if p.umbrella { umbrellas } else { items };
            let block = list[p.item].at.block;
            // "Classes concerned | grades 3 to 5", below "Leaked items | name, …"
            let beside = || {
                let of_table = |c: Cell| itemised.binary_search(&c.table).is_ok();
                blocks[block].cell.is_some_and(of_table)
            };
            !(p.entry && (label(block) || !p.in_items_section && beside()))
        });
    }
}
