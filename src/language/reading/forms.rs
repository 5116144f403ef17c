//! Items that a clause does not name: carried on from the sentence before, or known by their form only.

use std::collections::HashSet;

use super::super::vocabulary::{Ending, listed};
use super::labels::*;
use super::*;

/// How many words of a sentence, and items of a notice, are looked at.
const FAR: usize = 400;

impl Reader<'_> {
    /// "It also contains …" behind a sentence that says what leaked.
    pub(super) fn carried_on(
        &self,
        id: BlockId,
        view: &View<'_>,
        unit: usize,
        sentence: usize,
    ) -> bool {
        view.case(unit) == Some(Ending::Also)
            && self
                .out
                .items
                .iter()
                .rev()
                .take_while(|i| i.at.block == id && i.sentence + 1 >= sentence)
                .find(|i| i.sentence + 1 == sentence && i.status != ItemStatus::Mentioned)
                .is_some_and(|i| {
                    matches!(i.status, ItemStatus::Leaked | ItemStatus::PossiblyLeaked)
                })
    }

    /// "For 312 of you, also the passport number.": a sentence without a verb behind one that says what leaked.
    pub(super) fn goes_on(
        &self,
        id: BlockId,
        view: &View<'_>,
        predicates: &[Predicate],
        label: Option<usize>,
        section: Option<SectionId>,
        sentence: usize,
    ) -> bool {
        // "Your data has leaked. In detail: your name, …"
        let names = |at: usize| {
            let word = (at + 1..view.to).find(|&i| view.units[i].is_word());
            word.is_some_and(|i| {
                view.has_role(i, Role::Reader)
                    || view.has_data(i)
                    || view.units[i].continued
                    || listed(&view.vocabulary.linking.definite, view.text_of(i))
            })
        };
        let labelled =
            label.is_some_and(names) && (section.is_none() || section == self.items_section);
        if labelled && self.notice.blocks[id].cell.is_none() && self.follows_event(id, sentence, 1)
        {
            return true;
        }
        let linking = &view.vocabulary.linking;
        let also = |i: usize| listed(&linking.also, view.text_of(i));
        let first = (view.from..view.to).find(|&i| view.units[i].is_word());
        let opens = first.is_some_and(|i| listed(&linking.additions, view.text_of(i)));
        let block = &self.notice.blocks[id];
        predicates.is_empty()
            && view.marks.verb.is_empty()
            && view.marks.neg.is_empty()
            && block.cell.is_none()
            && !view.question
            && (opens || (view.from..view.to).take(FAR).any(also))
            && self
                .out
                .items
                .iter()
                .rev()
                .take(FAR)
                .skip_while(|i| i.sentence == sentence)
                .take_while(|i| i.at.block == id && i.sentence + 1 == sentence)
                .find(|i| i.status != ItemStatus::Mentioned)
                .is_some_and(|i| i.status == ItemStatus::Leaked)
    }

    /// "… only its hash was leaked": a form without its item is that of the item named last.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn forms(
        &mut self,
        id: BlockId,
        s: &Sentence,
        view: &View<'_>,
        parts: &[Part],
        predicates: &[Predicate],
        frames: &[ListFrame],
        sentence: usize,
    ) {
        for part in parts {
            let names = part.units.clone().any(|i| view.has_item(i));
            if names {
                continue;
            }
            let form = part.units.clone().find_map(|i| {
                view.tokens_of(i)
                    .find(|&t| view.role(t) == Some(Role::Form))
                    .map(|t| (i, t))
            });
            let Some((unit, token)) = form else { continue };
            let (verdict, governor) = head_final::read_mention(view, predicates, frames, unit);
            let status = match verdict {
                Verdict::Leaked => ItemStatus::Leaked,
                Verdict::Possible => ItemStatus::PossiblyLeaked,
                _ => continue,
            };
            let start = view.tokens[token].start;
            let near = self.out.items.iter().rev();
            let mut near = near.take_while(|i| i.at.block == id && i.sentence + 1 >= sentence);
            let Some(item) = near.find(|i| i.at.range.end <= start) else {
                continue;
            };
            let concept = item.concept;
            self.out.items.push(Item {
                concept,
                status,
                at: slice(view, id, token),
                governed_by: governor.map(|g| slice(view, id, g)),
                sentence,
                sentence_range: s.range.clone(),
            });
        }
    }

    /// What leaked in part did leak: to deny the rest of it in the same sentence denies nothing.
    pub(super) fn leaked_in_part(&mut self, sentence: usize) {
        let first = self
            .out
            .items
            .iter()
            .rposition(|i| i.sentence != sentence)
            .map_or(0, |n| n + 1);
        let leaked: HashSet<ConceptId> = self.out.items[first..]
            .iter()
            .filter(|i| i.status == ItemStatus::Leaked)
            .map(|i| i.concept)
            .collect();
        for item in &mut self.out.items[first..] {
            if item.status == ItemStatus::NotLeaked && leaked.contains(&item.concept) {
                item.status = ItemStatus::Mentioned;
            }
        }
    }
}

/// Whether a way to reach somebody stands right behind: "E-mail: help@…", "Tel. 02-…". Eight digits make a number.
pub(super) fn contact(behind: &str) -> bool {
    const DIGITS: usize = 8;
    let value = behind.trim_start_matches([' ', ':', '.', '(', '*', '/']);
    let word = value.split_whitespace().next().unwrap_or_default();
    let figures = value
        .chars()
        .take_while(|c| c.is_ascii_digit() || " -+().".contains(*c));
    // As they are dialled: from abroad, or within a country.
    let dialled = value.starts_with(['+', '0']);
    word.contains('@') || dialled && figures.filter(char::is_ascii_digit).count() >= DIGITS
}

/// Whether what is said of the mention in `unit` holds for readers only of whom the clause before it speaks: "if you paid cash, …".
pub(super) fn only_for_some(view: &View<'_>, unit: usize, clauses: &[Range<usize>]) -> bool {
    let Some(first) = (view.from..view.to).find(|&i| view.units[i].is_word()) else {
        return false;
    };
    let clause = clauses.iter().find(|c| c.contains(&first));
    let end = clause.map_or(view.to, |c| c.end);
    let reader = |i: usize| view.has_role(i, Role::Reader) || view.has_role(i, Role::Subject);
    let aside = view
        .marks
        .colon
        .first()
        .is_some_and(|&c| (c as usize) < unit);
    !aside
        && view.opens(first, Role::Condition)
        && unit >= end
        && (first..end.min(first + 4)).any(reader)
}
