//! What dates and counts stand for that no word of their sentence governs.

use super::super::values::{CountValue, OCCURRED};
use super::super::vocabulary::ends_with;
use super::*;

/// How many words behind a date may say that it is still to come.
const BEHIND: usize = 40;

/// How many sentences behind its own may say what a date is the date of.
const FOLLOWING: usize = 3;

/// The longest cell that is looked at for a number alone, in bytes.
const ALONE: usize = 32;

/// How many cells before its own the label of a row is looked for.
const ROW: usize = 8;

impl Reader<'_> {
    /// A cell that is a number alone counts what the label of its row names: "| Accounts | 58,120 |".
    pub(super) fn bare_counts(&mut self) {
        let known = self.out.counts.len();
        let values = &self.language.values;
        for (id, block) in self.notice.blocks.iter().enumerate() {
            let Some(cell) = block.cell.filter(|c| c.column > 0) else {
                continue;
            };
            let text = block.text.as_str();
            if text.len() > ALONE || !text.contains(|c: char| c.is_ascii_digit()) {
                continue;
            }
            let Some((value, approximate)) = values.alone(text) else {
                continue;
            };
            let own = |b: &BlockId| {
                let cell_of = self.notice.blocks[*b].cell;
                cell_of.is_some_and(|c| (c.table, c.row, c.column) == (cell.table, cell.row, 0))
            };
            let Some(head) = (id.saturating_sub(ROW)..id).rev().find(own) else {
                continue;
            };
            let label = self.notice.blocks[head].text.as_str();
            let section = self.exported[head].section;
            let scale =
                || section.is_some_and(|s| values.counts_affected(self.language.sections.name(s)));
            if let Some(unit) = values.unit_in(label, scale) {
                self.out.counts.push(CountValue {
                    value,
                    unit,
                    approximate,
                    affected: true,
                    at: Slice {
                        block: id,
                        range: 0..text.len(),
                    },
                    governed_by: Some(Slice {
                        block: head,
                        range: 0..label.len(),
                    }),
                });
            }
        }
        if self.out.counts.len() > known {
            let place = |c: &CountValue| (c.at.block, c.at.range.start);
            self.out.counts.sort_by_key(place);
        }
    }

    /// Dates and counts that no word of their sentence governs stand for what their heading says.
    pub(super) fn by_heading(
        &mut self,
        id: BlockId,
        section: Option<SectionId>,
        known: (usize, usize),
    ) {
        let (dates, counts) = known;
        if self.out.dates.len() == dates && self.out.counts.len() == counts {
            return;
        }
        let opener = self.opener(id, section);
        let roles = self.out.dates[dates..].iter_mut();
        for date in
            roles.filter(|d| d.governed_by.is_none() && self.language.values.is_role(&d.role))
        {
            date.governed_by = opener.clone();
        }
        for count in self.out.counts[counts..].iter_mut() {
            if count.affected && count.governed_by.is_none() {
                count.governed_by = opener.clone();
            }
        }
    }

    /// "On 3 May an office sent a letter to 80 students. A list was enclosed. With it, your data leaked": the sentence that
    /// names the event tells what the date of the story before it is the date of.
    pub(super) fn dated_by_what_follows(
        &mut self,
        id: BlockId,
        place: Place,
        fragment: bool,
        sentence: usize,
        known: usize,
    ) {
        let told = |k: &Clause| k.stance == Stance::Asserted && !k.fragment;
        let (waiting, from) = &mut self.dated;
        waiting.retain(|&d| self.out.dates[d].at.block == id);
        if !waiting.is_empty() && sentence <= *from + FOLLOWING {
            let vocabulary = &self.language.vocabulary;
            let clauses = self.out.clauses.iter().rev();
            let clauses = clauses.take_while(|k| k.sentence == sentence);
            let event = clauses
                .filter(|k| told(k))
                .flat_map(|k| &k.mentions)
                .find(|m| {
                    let role = vocabulary.concept(m.concept).role;
                    m.stance == Stance::Asserted
                        && matches!(role, Some(Role::Leak | Role::LeakNoun | Role::SoftLeak))
                });
            if let Some(m) = event {
                let by = Slice {
                    block: id,
                    range: m.range.clone(),
                };
                for d in waiting.drain(..) {
                    let date = &mut self.out.dates[d];
                    date.role = OCCURRED.to_owned();
                    date.governed_by = Some(by.clone());
                }
            }
        }
        if self.out.dates.len() > known {
            waiting.clear();
        }
        let narrates = !fragment && matches!(place, Place::First | Place::Body);
        let clauses = &self.out.clauses;
        let own = &clauses[clauses.partition_point(|k| k.sentence < sentence)..];
        let open: Vec<usize> = (known..self.out.dates.len())
            .filter(|&d| {
                let date = &self.out.dates[d];
                let at = date.at.range.start;
                let stated = || {
                    let n = own.partition_point(|k| k.range.end <= at);
                    own.get(n).is_some_and(|k| k.range.contains(&at) && told(k))
                };
                let end = own.last().map_or(date.at.range.end, |k| k.range.end);
                date.open && narrates && stated() && !self.coming(&date.at, end)
            })
            .collect();
        if !open.is_empty() {
            self.dated.0.extend(open);
            self.dated.1 = sentence;
        }
    }

    /// Whether what stands behind a date, up to byte `end`, is still to come or goes on since: "the week of talks that is held from
    /// 15 to 19 June".
    pub(super) fn coming(&self, at: &Slice, end: usize) -> bool {
        let text = self.notice.blocks[at.block].text.as_str();
        let rest = text.get(at.range.end..end).unwrap_or_default();
        let linking = &self.language.vocabulary.linking;
        rest.split_whitespace()
            .take(BEHIND)
            .enumerate()
            .any(|(n, w)| {
                let word = w.trim_end_matches(|c: char| !c.is_alphanumeric());
                n < 2 && ends_with(&linking.ongoing, w) || linking.since.iter().any(|s| s == word)
            })
    }
}
