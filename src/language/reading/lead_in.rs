//! What a sentence passes on to the list or table below it.

use super::labels::*;
use super::*;

/// The most words of a lead-in that says of the rest that it did not leak: "the following were not:".
const OVER_THE_REST: usize = 8;

/// How many words a sentence has.
pub(super) fn words(units: &[Unit], s: &Sentence) -> usize {
    s.units.clone().filter(|&i| units[i].is_word()).count()
}

impl Reader<'_> {
    /// What the last sentence of a paragraph passes on to the list or table below it.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn lead_in(
        &self,
        view: &View<'_>,
        known: &Known,
        n: usize,
        predicates: &[Predicate],
        frames: &[ListFrame],
        parts: &[Part],
        id: BlockId,
        local: Frame,
        label: Option<usize>,
    ) -> Frame {
        let s = &known.sentences[n];
        let ends_in_colon = (s.units.start..s.units.end)
            .rev()
            .find(|&i| view.units[i].kind != UnitKind::Break)
            .is_some_and(|i| view.units[i].kind == UnitKind::Colon);
        // "The register contains each holder's", over a table.
        let breaks_off = !s.head_final
            && n + 1 == known.sentences.len()
            && view.text[s.range.clone()]
                .trim_end()
                .ends_with(char::is_alphanumeric)
            && self.governs_entries(id);
        let introduces = ends_in_colon
            || breaks_off
            || s.units.clone().any(|i| view.has_role(i, Role::Introduce));
        let item = self.notice.blocks[id].list_depth > 0 || self.notice.blocks[id].cell.is_some();
        let mut frame = local;
        if self.notice.blocks[id].cell.is_some()
            && let Some(section) = known.section(self.language, view.text, n)
        {
            frame.section = Some(section);
            // "What was not on the disk", over a row or a column.
            if frame.section == self.not_leaked_section && view.inflected && frames.is_empty() {
                let range = s.range.clone();
                frame.list = Some((Stance::Denied, Slice { block: id, range }));
                return frame;
            }
        }
        if label.is_some() && !ends_in_colon {
            return frame;
        }
        let names_items = s.units.clone().any(|i| view.has_item(i));
        let advised = parts.last().is_some_and(|p| p.stance == Stance::Advised);
        if advised && !names_items {
            return Frame {
                section: self.advice_section,
                list: None,
            };
        }
        if introduces || item || !names_items && !frames.is_empty() {
            if let Some(list) = own_list(view, predicates, frames, id)
                .or_else(|| bare_event(view, s, predicates, id))
            {
                frame.list = Some(list);
                return frame;
            }
            // "The following was not:", behind a list of what was.
            let short = || words(view.units, s) <= OVER_THE_REST;
            if introduces && ends_in_colon && predicates.is_empty() && !names_items && short() {
                let denied = (s.units.clone())
                    .rfind(|&i| view.units[i].is_word())
                    .filter(|&i| view.has_role(i, Role::Neg));
                if let Some(token) = denied.and_then(|i| view.tokens_of(i).last()) {
                    frame.list = Some((Stance::Denied, slice(view, id, token)));
                    return frame;
                }
            }
            // "In the letter", beside "Not in the letter".
            if item && predicates.is_empty() && !names_items && self.beside_its_denial(id) {
                let range = s.range.clone();
                frame.list = Some((Stance::Asserted, Slice { block: id, range }));
                return frame;
            }
            // "Not in the letter", over a column or before a row.
            if item
                && self.notice.blocks[id]
                    .cell
                    .is_some_and(|c| c.row == 0 || c.column == 0)
                && head_initial::denies_place(view)
                && let Some(list) = negated(view, s.units.clone(), predicates, id)
            {
                frame.list = Some(list);
                return frame;
            }
            if introduces {
                if parts.iter().any(|p| p.stance == Stance::Advised) {
                    frame = Frame {
                        section: self.advice_section,
                        list: None,
                    };
                } else if let Some(p) = predicates.iter().rev().find(|p| p.role == Role::Member) {
                    // "… contained:": the event decides, unless something above already has.
                    let titled = |by: &Slice| Some(by.block) == self.out.title;
                    frame.list = frame.list.filter(|(_, by)| !titled(by));
                    if frame.list.is_none() && p.stance == Stance::Asserted {
                        frame.section = self.items_section;
                    } else if p.stance == Stance::Denied {
                        frame.list = Some((Stance::Denied, slice(view, id, p.token)));
                    }
                } else if let Some(section) = known.section(self.language, view.text, n) {
                    frame = Frame {
                        section: Some(section),
                        list: None,
                    };
                }
            }
        }
        frame
    }
}
