//! Sentences that decide about what an earlier one asked or named: answers to questions, and "not leaked".

use super::super::vocabulary::listed;
use super::labels::*;
use super::*;

/// The most words of a sentence that says no more than whether something leaked.
const SHORT: usize = 4;

impl Reader<'_> {
    /// "Not leaked.", said of what the sentence before names; "They weren't.", of what it fears.
    pub(super) fn repeated(
        &mut self,
        id: BlockId,
        view: &View<'_>,
        predicates: &[Predicate],
        sentence: usize,
    ) -> bool {
        let mut words = (view.from..view.to).filter(|&i| view.units[i].is_word());
        if view.question
            || !view.marks.named.is_empty()
            || view.vocabulary.linking.plurals.is_empty()
        {
            return false;
        }
        let known = |i: usize| view.tokens_of(i).next().is_some() || view.units[i].continued;
        let short = words.clone().count() <= SHORT && words.clone().all(known);
        let event = predicates.iter().find(|p| is_event(p.role) && p.decisive);
        let (status, guessed) = match event {
            Some(p) if short && view.marks.subject.is_empty() => match p.stance {
                Stance::Asserted => (ItemStatus::Leaked, false),
                Stance::Denied => (ItemStatus::NotLeaked, false),
                _ => return false,
            },
            None if !view.marks.neg.is_empty() => {
                let plurals = &view.vocabulary.linking.plurals;
                let pronoun = words.find(|&i| listed(plurals, view.text_of(i)));
                let mut rest = words;
                let bare = |i: usize| {
                    view.has_role(i, Role::Passive)
                        || view.has_role(i, Role::Neg)
                        || view.has_role(i, Role::Support)
                };
                if pronoun.is_none() || rest.clone().next().is_none() || !rest.all(bare) {
                    return false;
                }
                (ItemStatus::NotLeaked, true)
            }
            _ => return false,
        };
        let items = self.out.items.iter_mut().enumerate().rev();
        let before = items.take_while(|(_, i)| i.at.block == id && i.sentence + 1 == sentence);
        let mut settled = Vec::new();
        for (n, item) in before.filter(|(_, i)| match i.status {
            ItemStatus::Mentioned => !guessed,
            ItemStatus::PossiblyLeaked => guessed,
            _ => false,
        }) {
            item.status = status;
            settled.push(n);
        }
        self.pending
            .retain(|p| p.umbrella || !settled.contains(&p.item));
        !settled.is_empty()
    }

    /// A question about an item is answered by the sentence behind it.
    pub(super) fn answer(
        &mut self,
        id: BlockId,
        view: &View<'_>,
        predicates: &[Predicate],
        question: bool,
        sentence: usize,
    ) {
        if question {
            let tokens = (view.from..view.to).flat_map(|i| view.tokens_of(i));
            let named = tokens.map(|t| view.tokens[t].concept).collect();
            self.asked_about = (named, id);
            self.asked_foreign = (view.from..view.to).any(|i| view.has_role(i, Role::Foreign));
        }
        if question || self.asked.is_empty() {
            if question {
                self.asked_event = predicates
                    .iter()
                    .any(|p| is_event(p.role) || matches!(p.role, Role::Member | Role::LeakNoun))
                    // "And the card number?"
                    || view.inflected
                        && predicates.is_empty()
                        && view.last_word().is_some_and(|w| view.has_item(w));
                self.asked
                    .retain(|&i| self.out.items[i].sentence == sentence);
            }
            return;
        }
        let own = self
            .out
            .items
            .iter()
            .rev()
            .take_while(|i| i.sentence == sentence)
            .any(|i| i.status != ItemStatus::Mentioned);
        let verdict = predicates
            .iter()
            .rfind(|p| {
                matches!(
                    p.role,
                    Role::Leak | Role::SoftLeak | Role::Affect | Role::Member | Role::Unaffected
                )
            })
            .filter(|p| p.decisive && p.head.is_none());
        if let (Some(yes), true) = (self.answered(view), self.asked_event) {
            for &i in &self.asked {
                self.out.items[i].status = if yes {
                    ItemStatus::Leaked
                } else {
                    ItemStatus::NotLeaked
                };
            }
            self.asked.clear();
            return;
        }
        if !own && verdict.is_none() && head_initial::denies_place(view) {
            for &i in &self.asked {
                self.out.items[i].status = ItemStatus::NotLeaked;
            }
            self.asked.clear();
            return;
        }
        if !own && verdict.is_none() {
            // "No." and the like: the answer is still to come.
            let first = self
                .asked
                .first()
                .map_or(sentence, |&i| self.out.items[i].sentence);
            if sentence <= first + 2 {
                return;
            }
        }
        if let (false, Some(p)) = (own, verdict) {
            let status = match p.stance {
                Stance::Asserted => ItemStatus::Leaked,
                Stance::Denied => ItemStatus::NotLeaked,
                Stance::Possible => ItemStatus::PossiblyLeaked,
                _ => ItemStatus::Mentioned,
            };
            for &i in &self.asked {
                self.out.items[i].status = status;
            }
        }
        self.asked.clear();
    }

    /// Whether block `id` is where the last question is answered: that block or the next.
    pub(super) fn answers(&self, id: BlockId) -> bool {
        !self.asked_about.0.is_empty() && id <= self.asked_about.1 + 1
    }

    /// A sentence that is, or begins with, a plain yes (true) or no (false).
    fn answered(&self, view: &View<'_>) -> Option<bool> {
        let first = (view.from..view.to).find(|&i| view.units[i].is_word())?;
        // "It was not.": nothing but pronoun, auxiliary and negation.
        let mut words = (view.from..view.to).filter(|&i| view.units[i].is_word());
        let short = words.clone().count() <= 4 && !view.question;
        let grammar = |i: usize| {
            let mut roles = view.tokens_of(i).map(|t| view.role(t)).peekable();
            roles.peek().is_some()
                && roles.all(|r| {
                    matches!(
                        r,
                        Some(Role::Subject | Role::Passive | Role::Neg | Role::Support)
                    )
                })
        };
        if short && words.clone().count() > 1 && words.all(grammar) {
            return Some(view.marks.neg.is_empty());
        }
        let behind = view.units.get(first + 1).filter(|u| u.is_word());
        // "It is not so."
        let alone = behind.is_none() || view.inflected && view.has_role(first + 1, Role::Neg);
        let word = view.text_of(first);
        let vocabulary = &self.language.vocabulary;
        let listed = |list: &[String]| list.iter().any(|w| w == word);
        if !alone {
            None
        } else if listed(&vocabulary.yes) {
            Some(true)
        } else if listed(&vocabulary.no) {
            Some(false)
        } else {
            None
        }
    }
}
