//! Where in a notice a block stands: title, quotation of an earlier notice, text below a numbered line.

use super::*;

impl Reader<'_> {
    pub(super) fn place(
        &self,
        id: BlockId,
        block: &Block,
        headings: usize,
        frame: &Frame,
    ) -> Place {
        if Some(id) == self.out.title {
            return Place::Title;
        }
        match block.kind {
            BlockKind::Heading(_) => Place::Heading,
            BlockKind::CodeBlock => Place::Code,
            _ if block.quote_depth > 0 && self.quotes_earlier(block) => Place::Quotation,
            _ if self.heads.cites(id, self.notice, &self.language.vocabulary) => Place::Quotation,
            _ if frame.section.is_some() && frame.section == self.faq_section => Place::Faq,
            _ if headings <= 1 => Place::First,
            _ => Place::Body,
        }
    }

    /// Whether the text above a quotation says that it is an earlier one.
    fn quotes_earlier(&self, block: &Block) -> bool {
        let above = self.above.iter().rev();
        let mut outside = above.filter(|(depth, _)| *depth < block.quote_depth);
        outside.next().is_some_and(|(_, earlier)| *earlier)
    }

    /// Notes what the clauses of a block, those from `first` on, are to quotations below it.
    pub(super) fn pass(&mut self, block: &Block, first: usize) {
        let clauses = &self.out.clauses[first..];
        if clauses.is_empty() {
            return;
        }
        let vocabulary = &self.language.vocabulary;
        let mut mentions = clauses.iter().flat_map(|k| &k.mentions);
        // "The following was wrong:" quotes what was said before, too.
        let earlier = mentions.any(|m| {
            let role = vocabulary.concept(m.concept).role;
            matches!(role, Some(Role::Earlier | Role::Untrue))
        });
        self.above.retain(|(depth, _)| *depth < block.quote_depth);
        self.above.push((block.quote_depth, earlier));
    }

    /// Whether an entry is all of its list, with text below it: "2) What was leaked", as headings are numbered.
    pub(super) fn stands_alone(&self, id: BlockId) -> bool {
        let blocks = &self.notice.blocks;
        let block = &blocks[id];
        let outside = |b: &Block| b.list_depth == 0 && b.quote_depth == block.quote_depth;
        block.list_depth == 1
            && block.kind == BlockKind::ListItem
            && id
                .checked_sub(1)
                .is_none_or(|before| outside(&blocks[before]))
            && blocks
                .get(id + 1)
                .is_some_and(|next| next.kind == BlockKind::Paragraph && outside(next))
    }

    /// Whether a paragraph stands over a list or a table.
    pub(super) fn governs_entries(&self, id: BlockId) -> bool {
        let blocks = &self.notice.blocks;
        let plain = blocks[id].list_depth == 0 && blocks[id].cell.is_none();
        let entry = |b: &Block| b.list_depth > 0 || b.cell.is_some();
        plain && blocks.get(id + 1).is_some_and(entry)
    }

    /// Whether the cell stands beside one that says the same with one word before it: "In the file" beside "Not in the file".
    pub(super) fn beside_its_denial(&self, id: BlockId) -> bool {
        let blocks = &self.notice.blocks;
        let text = blocks[id].text.as_str().trim();
        let near = [id.checked_sub(1), Some(id + 1)];
        let mut near = near.into_iter().flatten().filter_map(|b| blocks.get(b));
        !text.is_empty()
            && near.any(|b| {
                let row = |b: &Block| b.cell.map(|c| (c.table, c.row));
                let other = b.text.as_str().trim();
                let before = other.len().checked_sub(text.len());
                let before = before.and_then(|n| other.split_at_checked(n));
                row(b) == row(&blocks[id])
                    && before.is_some_and(|(word, rest)| {
                        rest.eq_ignore_ascii_case(text)
                            && word.ends_with(' ')
                            && !word.trim().is_empty()
                            && !word.trim().contains(' ')
                    })
            })
    }
}

/// The most characters of a line of a list.
const LINE: usize = 50;

/// Whether a text is a list pasted as plain lines: several short ones.
pub(super) fn short_lines(text: &str) -> bool {
    text.contains('\n') && text.lines().all(|l| l.chars().nth(LINE).is_none())
}
