//! Sentences that decide about what an earlier one asked or named: answers to questions, and "not leaked".

use super::super::vocabulary::{begins_with, listed};
use super::labels::*;
use super::*;

/// The most words of a sentence that says no more than whether something leaked.
const SHORT: usize = 4;

/// How many items back the sentence that says something of them is looked for.
const FAR: usize = 400;

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

    /// What a sentence without a verb of its own says of what it names: that of the sentence before, or the opposite.
    pub(super) fn repeats(
        &self,
        id: BlockId,
        view: &View<'_>,
        sentence: usize,
        denied: Option<bool>,
    ) -> ItemStatus {
        // "Yes, and so were …"
        let answer = || self.answered(view).filter(|_| !self.asked.is_empty());
        if let Some(yes) = answer().filter(|_| self.asked_event && denied != Some(true)) {
            return match yes {
                true => ItemStatus::Leaked,
                false => ItemStatus::NotLeaked,
            };
        }
        let near = |i: &&Item| i.at.block == id && i.sentence + 2 >= sentence;
        let said = self.out.items.iter().rev().take(FAR).take_while(near);
        let said = said.map(|i| i.status).find(|s| *s != ItemStatus::Mentioned);
        let open = || {
            let open = |p: &Pending| {
                let of = self.out.items.get(p.item).filter(|_| !p.umbrella);
                of.is_some_and(|i| near(&i)) && !p.excluded_section
            };
            self.pending.last().is_some_and(open)
        };
        match (said, denied) {
            (Some(_), Some(true)) => ItemStatus::NotLeaked,
            (Some(_), Some(false)) => ItemStatus::Leaked,
            (Some(s), None) => s,
            (None, Some(true)) if open() || self.names_event(id, sentence) => ItemStatus::NotLeaked,
            _ => ItemStatus::Mentioned,
        }
    }

    /// Whether the sentence before this one, in the same block, tells of the event.
    fn names_event(&self, id: BlockId, sentence: usize) -> bool {
        let clauses = self.out.clauses.iter().rev();
        let before = clauses
            .skip_while(|k| k.sentence >= sentence)
            .take_while(|k| k.block == id && k.sentence + 1 == sentence);
        before.flat_map(|k| &k.mentions).any(|m| {
            let role = self.language.vocabulary.concept(m.concept).role;
            matches!(role, Some(Role::Leak | Role::SoftLeak | Role::Affect))
        })
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
                // "And my password? My card?" ask what was asked before.
                let goes_on = !view.inflected
                    && predicates.is_empty()
                    && view.marks.verb.is_empty()
                    && view.marks.subject.is_empty()
                    && !(view.from..view.to).any(|i| view.has_role(i, Role::Support))
                    && !view.marks.named.is_empty();
                // "And the card number?"
                let named_last = view.inflected
                    && predicates.is_empty()
                    && view.last_word().is_some_and(|w| view.has_item(w));
                self.asked_event = goes_on
                    || named_last
                    || predicates.iter().any(|p| {
                        is_event(p.role) || matches!(p.role, Role::Member | Role::LeakNoun)
                    });
                self.asked.retain(|&i| {
                    let item = &self.out.items[i];
                    item.sentence == sentence
                        || goes_on && item.at.block == id && item.sentence + 1 == sentence
                });
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

    /// Whether a question of this part asks what leaked, or what did not: "Which data was spared?"
    pub(super) fn asks_for_items(&self, line: &str, section: Option<SectionId>) -> bool {
        let first = line.split_whitespace().next().unwrap_or_default();
        listed(&self.language.vocabulary.linking.asks, first)
            && section.is_some()
            && (section == self.items_section || section == self.not_leaked_section)
    }

    /// Whether a question is to be answered with yes or no.
    pub(super) fn asks_whether(&self, text: &str, units: &[Unit], s: &Sentence) -> bool {
        if s.head_final {
            let words = &self.language.vocabulary.question_words;
            return !words.is_empty()
                && !s.units.clone().filter(|&i| units[i].is_word()).any(|i| {
                    let word = &text[units[i].start..units[i].end];
                    begins_with(words, word)
                });
        }
        let mut words = s.units.clone().filter(|&i| units[i].is_word());
        let opens = |i: Option<usize>| {
            i.is_some_and(|i| {
                let word = &text[units[i].start..units[i].end];
                listed(&self.language.vocabulary.question_openers, word)
            })
        };
        // "So must I …?", "And was it …?"
        let (first, second) = (words.next(), words.next());
        // "And my password?"
        let mine = |i: Option<usize>| {
            i.is_some_and(|i| {
                let word = &text[units[i].start..units[i].end];
                listed(&self.language.vocabulary.linking.owners, word)
            })
        };
        mine(first)
            || mine(second)
            || opens(first)
            || first.is_some_and(|i| text[units[i].start..units[i].end].len() <= 3) && opens(second)
    }
}
