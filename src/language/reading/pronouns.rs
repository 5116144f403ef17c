//! Words that stand for what was named before: "that information", "they were not copied", "none of them was taken".

use super::super::vocabulary::listed;
use super::labels::*;
use super::*;

/// How many words may stand between a subject and its verb in the passive.
const PASSIVE_REACH: usize = 6;

/// How many words may stand between a verb and the word behind it that stands for what was named before.
const OBJECT_REACH: usize = 3;

/// How a sentence takes up what was named before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Taken {
    /// "They", "them".
    Several,
    /// "It".
    One,
    /// "None of them": also over a sentence that names nothing.
    Each,
}

/// How the subject of a passive predicate takes up what was named before: "they were not copied".
fn subject_of(view: &View<'_>, p: &Predicate) -> Option<Taken> {
    let linking = &view.vocabulary.linking;
    let mut unknown = false;
    let near = (view.from..p.unit).rev().take(PASSIVE_REACH);
    for i in near.take_while(|&i| view.units[i].is_word() && !view.has_data(i)) {
        let word = view.text_of(i);
        // "None of them was", "neither has been": nothing else is spoken of.
        if listed(&linking.quantifiers, word) {
            return (!unknown && of_them(view, i)).then_some(Taken::Each);
        }
        if view.has_role(i, Role::Subject) {
            return if listed(&linking.plurals, word) {
                Some(Taken::Several)
            } else {
                listed(&linking.singulars, word).then_some(Taken::One)
            };
        }
        let plain = view.tokens_of(i).next().is_none() && !view.units[i].continued;
        let noun = plain && word.len() > OF && !listed(&linking.objects, word);
        unknown |= view.has_role(i, Role::Container) || noun;
    }
    None
}

/// Whether the quantifier in unit `i` stands alone or before a word that takes up what was named: not so in "neither of us".
fn of_them(view: &View<'_>, i: usize) -> bool {
    let known = |j: usize| view.tokens_of(j).next().is_some() || view.units[j].continued;
    let next = i + 1;
    if next >= view.to || !view.units[next].is_word() || known(next) {
        return true;
    }
    let linking = &view.vocabulary.linking;
    let behind = next + 1;
    behind < view.to
        && (listed(&linking.objects, view.text_of(behind)) || view.has_role(behind, Role::Anaphor))
}

/// Longer words that mean nothing known are taken for nouns.
const OF: usize = 3;

/// How the object of a predicate takes up what was named before: "does not hold them", "nobody copied it".
fn object_of(view: &View<'_>, p: &Predicate) -> Option<Taken> {
    let linking = &view.vocabulary.linking;
    // The wording may end in the word itself: "does not know it".
    let near = p.unit..view.to.min(p.unit + 1 + OBJECT_REACH);
    let mut objects = near
        .take_while(|&i| view.units[i].is_word() && !view.has_data(i))
        .filter(|&i| listed(&linking.objects, view.text_of(i)));
    let first = objects.next()?;
    // "Those files": no word of its own.
    let last = objects.next().unwrap_or(first);
    let next = last + 1;
    let goes_on = |i: usize| {
        let plain = view.tokens_of(i).next().is_none() && !view.units[i].continued;
        plain && view.text_of(i).len() <= OF
            || view.has_role(i, Role::Coordinate)
            || view.has_role(i, Role::Contrast)
    };
    if next < view.to && view.units[next].is_word() && !goes_on(next) {
        return None;
    }
    match listed(&linking.singulars, view.text_of(first)) {
        true => Some(Taken::One),
        false => Some(Taken::Several),
    }
}

/// What a predicate says of what was named before, if it takes that up.
fn taken_up_by(view: &View<'_>, p: &Predicate) -> Option<(Taken, Stance)> {
    if view.vocabulary.linking.plurals.is_empty() || p.head.is_some() {
        return None;
    }
    let subject = || subject_of(view, p);
    let (taken, stance) = match p.role {
        Role::Leak | Role::SoftLeak if !p.active => {
            (subject().or_else(|| object_of(view, p))?, p.event)
        }
        Role::Leak | Role::SoftLeak => (object_of(view, p)?, p.event),
        // "They are not affected" may speak of people.
        Role::Affect | Role::Unaffected => {
            let each = || subject().filter(|&t| t == Taken::Each);
            (object_of(view, p).or_else(each)?, p.event)
        }
        // "The tablet does not hold them", "they are not among it".
        Role::Hold | Role::Member if p.stance == Stance::Denied => {
            (object_of(view, p).or_else(subject)?, p.stance)
        }
        _ => return None,
    };
    // "Neither was among the files" denies by itself.
    (taken != Taken::One || stance == Stance::Denied).then_some((taken, stance))
}

impl Reader<'_> {
    /// "That was wrong.", "Both statements were wrong.", said of a denial in the sentence before.
    fn taken_back(&mut self, id: BlockId, view: &View<'_>, sentence: usize) -> bool {
        let first = (view.from..view.to).find(|&i| view.units[i].is_word());
        let pronoun = first.is_some_and(|i| {
            view.has_role(i, Role::Subject)
                || listed(&view.vocabulary.linking.definite, view.text_of(i))
                || listed(&view.vocabulary.linking.totals, view.text_of(i))
        });
        let wrong = (view.from..view.to)
            .any(|i| view.has_role(i, Role::Correct) || view.has_role(i, Role::Untrue));
        if !pronoun || !wrong || view.inflected || view.question || !view.marks.neg.is_empty() {
            return false;
        }
        let mut found = false;
        let items = self.out.items.iter_mut().rev();
        let before = items
            .skip_while(|i| i.sentence == sentence)
            .take_while(|i| i.at.block == id && i.sentence + 1 == sentence);
        for item in before.filter(|i| i.status == ItemStatus::NotLeaked) {
            item.status = ItemStatus::Leaked;
            found = true;
        }
        found
    }

    /// "That information was leaked": holds for the items that the sentence before named.
    pub(super) fn take_up(
        &mut self,
        id: BlockId,
        view: &View<'_>,
        predicates: &[Predicate],
        section: Option<SectionId>,
        sentence: usize,
    ) {
        // "They were not on the sheet."
        let mut words = (view.from..view.to).filter(|&i| view.units[i].is_word());
        let quantifiers = &view.vocabulary.linking.quantifiers;
        let opens =
            |i: usize| view.has_role(i, Role::Subject) || listed(quantifiers, view.text_of(i));
        let elsewhere = words.next().is_some_and(opens)
            && view.marks.named.is_empty()
            && head_initial::denies_place(view);
        if elsewhere {
            let items = self.out.items.iter_mut().rev();
            let before = items.take_while(|i| i.at.block == id && i.sentence + 1 == sentence);
            for item in before.filter(|i| i.status == ItemStatus::Mentioned) {
                item.status = ItemStatus::NotLeaked;
            }
            return;
        }
        if self.repeated(id, view, predicates, sentence) || self.taken_back(id, view, sentence) {
            return;
        }
        let anaphor = (view.from..view.to).any(|i| view.has_role(i, Role::Anaphor));
        let aside = section.is_some_and(|s| self.aside.contains(&s));
        let event = predicates.iter().find(|p| is_event(p.role) && p.decisive);
        let found = match event.filter(|_| anaphor) {
            Some(p) => Some((p, Taken::Several, p.stance)),
            None if aside || view.question => None,
            None => predicates
                .iter()
                .find_map(|p| taken_up_by(view, p).map(|(taken, stance)| (p, taken, stance))),
        };
        let Some((p, taken, stance)) = found else {
            return;
        };
        let status = match stance {
            Stance::Asserted => ItemStatus::Leaked,
            Stance::Denied => ItemStatus::NotLeaked,
            Stance::Possible => ItemStatus::PossiblyLeaked,
            _ => return,
        };
        let by = slice(view, id, p.token);
        // "They" may stand for what the same sentence named before.
        let own = |i: &Item| i.sentence == sentence && !anaphor && i.at.range.end <= by.range.start;
        let reach = if taken == Taken::Each { 3 } else { 2 };
        let items = self.out.items.iter().rev();
        let mut near = items
            .take_while(|i| i.sentence + reach > sentence && i.at.block == id)
            .filter(|i| i.sentence < sentence || own(i));
        let Some(from) = near.next().map(|i| i.sentence) else {
            return;
        };
        // "It" is one thing.
        let items = self.out.items.iter().rev();
        let mut named = items
            .skip_while(|i| i.sentence > from)
            .take_while(|i| i.sentence == from)
            .filter(|i| i.sentence < sentence || own(i));
        if taken == Taken::One
            && named
                .next()
                .is_some_and(|one| named.any(|i| i.concept != one.concept))
        {
            return;
        }
        // What the reader is to do with them says nothing of the event.
        let clauses = self.out.clauses.iter().rev();
        let asked: Vec<Range<usize>> = clauses
            .skip_while(|k| k.sentence > from)
            .take_while(|k| k.sentence == from && k.block == id)
            .filter(|k| matches!(k.stance, Stance::Advised | Stance::AdvisedAgainst))
            .map(|k| k.range.clone())
            .collect();
        // In the order of the clauses from the end.
        let asked = |at: &Slice| {
            let n = asked.partition_point(|a| a.start > at.range.start);
            asked.get(n).is_some_and(|a| a.contains(&at.range.start))
        };
        let items = self.out.items.iter_mut().rev();
        let items = items
            .skip_while(|i| i.sentence > from)
            .take_while(|i| i.sentence == from);
        for item in items
            .filter(|i| i.sentence < sentence || own(i))
            .filter(|i| i.status == ItemStatus::Mentioned && (anaphor || !asked(&i.at)))
        {
            item.status = status;
            item.governed_by = Some(by.clone());
        }
    }
}
