//! What a text says where it stands, kept for texts that come again in the same standing.
//!
//! What a block says depends on its text, on what governs it, and on little else: that is its [`Standing`]. Where a text
//! was read before in the same standing, what it said is put in again, with the numbers of blocks, sentences and clauses
//! moved. Texts that ask or answer, and texts with dates or numbers, depend on more (the question, the date before), so
//! they are always read. In builds with debug assertions, what is put in again is compared with what reading gives.

use super::*;

/// Most standings that are kept for a text.
const STANDINGS: usize = 8;

/// In place of a block's number: the block itself, what set the list that it stands in, the heading of its section.
const ITSELF: BlockId = 0;
const BY_LIST: BlockId = 1;
const BY_OPENER: BlockId = 2;

/// All that the reading of a block depends on besides its text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Standing {
    kind: BlockKind,
    list_depth: u8,
    quote_depth: u8,
    task: Option<bool>,
    /// For a cell: whether it is one of the first row, and of the first column.
    cell: Option<(bool, bool)>,
    place: Place,
    /// No sentence stands before it.
    first: bool,
    /// It governs the block behind it.
    governs: bool,
    /// It is all of its list, over the text behind it.
    alone: bool,
    /// A list or a table stands below it.
    over_entries: bool,
    /// It is a cell beside one that denies what it says.
    beside_denial: bool,
    section: Option<SectionId>,
    list: Option<Stance>,
    /// The list is set by the title.
    by_title: bool,
    /// The section has a heading.
    opened: bool,
    /// That heading as a whole is what sets the list.
    opener_lists: bool,
}

/// What a block says in one standing. Blocks, sentences and clauses are counted from its own.
#[derive(Debug)]
pub(super) struct Said {
    sentences: Vec<SentenceInfo>,
    clauses: Vec<Clause>,
    items: Vec<Item>,
    umbrellas: Vec<Item>,
    pending: Vec<Pending>,
    advice: Vec<Advice>,
    terse: Vec<Advice>,
    contacts: Vec<Contact>,
    opened: Option<SectionId>,
    exported: Frame,
}

/// How much was there before a block.
#[derive(Clone, Copy)]
struct Before {
    sentences: usize,
    clauses: usize,
    items: usize,
    umbrellas: usize,
    pending: usize,
    advice: usize,
    terse: usize,
    contacts: usize,
}

impl Before {
    /// How many items, or vague words, there were.
    fn of_kind(&self, p: &Pending) -> usize {
        match p.umbrella {
            true => self.umbrellas,
            false => self.items,
        }
    }
}

/// What stands outside of a block and is named as the reason for what it says.
struct Reasons {
    list: Option<Slice>,
    opener: Option<Slice>,
}

impl Reasons {
    /// A slice as it is kept; `None` if it stands anywhere else.
    fn keep(&self, id: BlockId, at: &Slice) -> Option<Slice> {
        let block = match at {
            at if at.block == id => ITSELF,
            at if self.list.as_ref() == Some(at) => BY_LIST,
            at if self.opener.as_ref() == Some(at) => BY_OPENER,
            _ => return None,
        };
        let range = at.range.clone();
        Some(Slice { block, range })
    }

    /// A slice that was kept, where it stands now.
    fn give(&self, id: BlockId, kept: &Slice) -> Option<Slice> {
        match kept.block {
            BY_LIST => self.list.clone(),
            BY_OPENER => self.opener.clone(),
            _ => Some(Slice {
                block: id,
                range: kept.range.clone(),
            }),
        }
    }
}

/// The standings of a text, with what it says in each.
pub(super) type Kept = Vec<(Standing, Said)>;

impl Reader<'_> {
    /// As [`Reader::block`]; puts in what the block is known to say in its standing.
    pub(super) fn placed(
        &mut self,
        id: BlockId,
        known: &Known,
        inherited: Frame,
        place: Place,
    ) -> Frame {
        if !known.is_kept() || self.asks_or_answers(id, known) {
            return self.block(id, known, inherited, place);
        }
        let reasons = Reasons {
            list: inherited.list.as_ref().map(|(_, by)| by.clone()),
            opener: self.opener(id, inherited.section),
        };
        let standing = self.standing(id, &inherited, place, &reasons);
        let before = self.before();
        if let Some((_, said)) = known.said.borrow().iter().find(|(s, _)| *s == standing) {
            let exported = self.put(id, said, inherited.section, &reasons);
            #[cfg(debug_assertions)]
            self.compare(id, known, inherited, place, before, &exported);
            return exported;
        }
        let section = inherited.section;
        let exported = self.block(id, known, inherited, place);
        let mut kept = known.said.borrow_mut();
        if kept.len() < STANDINGS
            && !known.has_values()
            && let Some(said) = self.said(id, before, section, &reasons, &exported)
        {
            kept.push((standing, said));
        }
        exported
    }

    /// Whether the block asks, or may answer what another asks.
    fn asks_or_answers(&self, id: BlockId, known: &Known) -> bool {
        !self.asked.is_empty() || self.answers(id) || known.sentences.iter().any(|s| s.question)
    }

    fn standing(&self, id: BlockId, above: &Frame, place: Place, reasons: &Reasons) -> Standing {
        let block = &self.notice.blocks[id];
        let next = self.notice.blocks.get(id + 1);
        let by_title = |by: &Slice| Some(by.block) == self.out.title;
        Standing {
            kind: block.kind,
            list_depth: block.list_depth,
            quote_depth: block.quote_depth,
            task: block.task,
            cell: block.cell.map(|c| (c.row == 0, c.column == 0)),
            place,
            first: self.out.sentences.is_empty(),
            governs: next.is_some_and(|b| b.governor == Some(id)),
            alone: self.stands_alone(id),
            over_entries: self.governs_entries(id),
            beside_denial: block.cell.is_some() && self.beside_its_denial(id),
            section: above.section,
            list: above.list.as_ref().map(|(stance, _)| *stance),
            by_title: reasons.list.as_ref().is_some_and(by_title),
            opened: reasons.opener.is_some(),
            opener_lists: reasons.list.is_some() && reasons.list == reasons.opener,
        }
    }

    fn before(&self) -> Before {
        Before {
            sentences: self.out.sentences.len(),
            clauses: self.out.clauses.len(),
            items: self.out.items.len(),
            umbrellas: self.out.umbrellas.len(),
            pending: self.pending.len(),
            advice: self.out.advice.len(),
            terse: self.terse.len(),
            contacts: self.out.contacts.len(),
        }
    }

    /// What the last block said, if it can be put in again elsewhere.
    fn said(
        &self,
        id: BlockId,
        before: Before,
        section: Option<SectionId>,
        reasons: &Reasons,
        exported: &Frame,
    ) -> Option<Said> {
        let out = &self.out;
        let opened = out.opened[id];
        // Other sections have headings of their own.
        let clauses = &out.clauses[before.clauses..];
        if clauses
            .iter()
            .any(|k| k.section != section && k.section != opened)
        {
            return None;
        }
        let reason = |by: &Option<Slice>| match by {
            Some(by) => reasons.keep(id, by).map(Some),
            None => Some(None),
        };
        let own = |at: &Slice| Slice {
            block: ITSELF,
            range: at.range.clone(),
        };
        let items = |list: &[Item]| -> Option<Vec<Item>> {
            let one = |i: &Item| {
                Some(Item {
                    at: own(&i.at),
                    governed_by: reason(&i.governed_by)?,
                    sentence: i.sentence - before.sentences,
                    sentence_range: i.sentence_range.clone(),
                    ..*i
                })
            };
            list.iter().map(one).collect()
        };
        let advice = |list: &[Advice]| -> Option<Vec<Advice>> {
            let one = |a: &Advice| {
                Some(Advice {
                    at: own(&a.at),
                    governed_by: reason(&a.governed_by)?,
                    ..*a
                })
            };
            list.iter().map(one).collect()
        };
        let list = match &exported.list {
            Some((stance, by)) => Some((*stance, reasons.keep(id, by)?)),
            None => None,
        };
        Some(Said {
            sentences: out.sentences[before.sentences..]
                .iter()
                .map(|s| SentenceInfo {
                    block: ITSELF,
                    clauses: s.clauses.start - before.clauses..s.clauses.end - before.clauses,
                    ..s.clone()
                })
                .collect(),
            clauses: clauses
                .iter()
                .map(|k| Clause {
                    block: ITSELF,
                    sentence: k.sentence - before.sentences,
                    ..k.clone()
                })
                .collect(),
            items: items(&out.items[before.items..])?,
            umbrellas: items(&out.umbrellas[before.umbrellas..])?,
            pending: self.pending[before.pending..]
                .iter()
                .map(|p| Pending {
                    item: p.item - before.of_kind(p),
                    ..*p
                })
                .collect(),
            advice: advice(&out.advice[before.advice..])?,
            terse: advice(&self.terse[before.terse..])?,
            contacts: out.contacts[before.contacts..]
                .iter()
                .map(|c| Contact {
                    at: own(&c.at),
                    ..c.clone()
                })
                .collect(),
            opened,
            exported: Frame {
                section: exported.section,
                list,
            },
        })
    }

    /// Puts in what block `id` says; returns what it passes on.
    fn put(
        &mut self,
        id: BlockId,
        said: &Said,
        section: Option<SectionId>,
        reasons: &Reasons,
    ) -> Frame {
        let before = self.before();
        let out = &mut self.out;
        let own = |at: &Slice| Slice {
            block: id,
            range: at.range.clone(),
        };
        let reason = |by: &Option<Slice>| by.as_ref().and_then(|by| reasons.give(id, by));
        let item = |i: &Item| Item {
            at: own(&i.at),
            governed_by: reason(&i.governed_by),
            sentence: before.sentences + i.sentence,
            sentence_range: i.sentence_range.clone(),
            ..*i
        };
        let advice = |a: &Advice| Advice {
            at: own(&a.at),
            governed_by: reason(&a.governed_by),
            ..*a
        };
        out.sections.push(section);
        out.opened.push(said.opened);
        out.sentences
            .extend(said.sentences.iter().map(|s| SentenceInfo {
                block: id,
                clauses: before.clauses + s.clauses.start..before.clauses + s.clauses.end,
                ..s.clone()
            }));
        out.clauses.extend(said.clauses.iter().map(|k| Clause {
            block: id,
            sentence: before.sentences + k.sentence,
            ..k.clone()
        }));
        out.items.extend(said.items.iter().map(item));
        out.umbrellas.extend(said.umbrellas.iter().map(item));
        self.pending.extend(said.pending.iter().map(|p| Pending {
            item: p.item + before.of_kind(p),
            ..*p
        }));
        out.advice.extend(said.advice.iter().map(advice));
        self.terse.extend(said.terse.iter().map(advice));
        out.contacts.extend(said.contacts.iter().map(|c| Contact {
            at: own(&c.at),
            ..c.clone()
        }));
        let list = said.exported.list.as_ref();
        Frame {
            section: said.exported.section,
            list: list.and_then(|(stance, by)| Some((*stance, reasons.give(id, by)?))),
        }
    }

    /// Whether reading gives the same as what was put in; reading has the last word.
    #[cfg(debug_assertions)]
    fn compare(
        &mut self,
        id: BlockId,
        known: &Known,
        inherited: Frame,
        place: Place,
        before: Before,
        exported: &Frame,
    ) {
        let put = self.since(id, before, exported);
        let out = &mut self.out;
        out.sections.pop();
        out.opened.pop();
        out.sentences.truncate(before.sentences);
        out.clauses.truncate(before.clauses);
        out.items.truncate(before.items);
        out.umbrellas.truncate(before.umbrellas);
        self.pending.truncate(before.pending);
        out.advice.truncate(before.advice);
        self.terse.truncate(before.terse);
        out.contacts.truncate(before.contacts);
        let exported = self.block(id, known, inherited, place);
        let read = self.since(id, before, &exported);
        assert_eq!(
            put, read,
            "what a block says depends on more than its standing"
        );
    }

    #[cfg(debug_assertions)]
    fn since(&self, id: BlockId, from: Before, exported: &Frame) -> String {
        let out = &self.out;
        format!(
            "{:#?}",
            (
                (&out.sections[id..], &out.opened[id..], exported),
                (
                    &out.sentences[from.sentences..],
                    &out.clauses[from.clauses..]
                ),
                (&out.items[from.items..], &out.umbrellas[from.umbrellas..]),
                &self.pending[from.pending..],
                (&out.advice[from.advice..], &self.terse[from.terse..]),
                (
                    &out.contacts[from.contacts..],
                    out.dates.len(),
                    out.counts.len()
                ),
            )
        )
    }
}
