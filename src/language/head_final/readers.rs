//! What is said of some of the readers only.

use super::*;

/// How many words behind a mention the readers may be named whom a clause with it describes.
const CLAUSE: usize = 8;

/// How many units before a mention the readers may be named.
const NEAR: usize = 100;

/// Whether what the sentence says of `unit` it says of some readers only: "who signs in with … has no password".
pub fn of_some_readers(view: &View<'_>, unit: usize) -> bool {
    let v = view.vocabulary;
    let begins = |i: usize, list: &[String]| begins_with(list, view.text_of(i));
    // The particle of a noun that is not in the vocabulary may look like the ending of a verb.
    let particle = |i: usize, wanted: Ending| {
        let word = view.text_of(i);
        let person = v.persons.iter().find(|p| word.starts_with(p.as_str()));
        person.is_some_and(|p| {
            let mut rest = word[p.len()..].char_indices();
            rest.any(|(at, _)| v.particles.get(&word[p.len() + at..]) == Some(&wanted))
        })
    };
    let condition = |i: usize| {
        let ends = |w: &String| view.text_of(i).ends_with(w.as_str());
        view.units[i].ending == Some(Ending::Condition) && v.some_conditions.iter().any(ends)
    };
    // Readers are named near what is said of them.
    let from = view.from.max(unit.saturating_sub(NEAR));
    if (from..unit).any(condition) {
        return true;
    }
    (from.max(view.from + 1)..view.to.min(unit + CLAUSE)).any(|i| {
        if !view.units[i].is_word() || !view.units[i - 1].is_word() || view.bracket(i).is_some() {
            return false;
        }
        let word = view.text_of(i - 1);
        let described = view.units[i - 1].ending == Some(Ending::Adnominal);
        if !described && (i >= unit || !v.some_persons.iter().any(|w| w == word)) {
            return false;
        }
        let about = particle(i, Ending::Topic)
            || particle(i, Ending::Genitive)
                && i + 1 < view.to
                && view.has_role(i + 1, Role::Condition);
        // "…, but of nobody did the card number leak": a new topic.
        let turned = || (i..unit).any(|j| view.units[j].ending == Some(Ending::Contrast));
        if !about || turned() {
            return false;
        }
        if !described {
            return true;
        }
        let start = within(&view.marks.clause_end, view.from..i)
            .last()
            .map_or(view.from, |&end| end as usize + 1);
        (i < unit || start <= unit)
            && !(start..i).any(|j| {
                begins(j, &v.all_persons)
                    || view.tokens_of(j).any(|t| {
                        matches!(
                            view.role(t),
                            Some(
                                Role::Leak
                                    | Role::SoftLeak
                                    | Role::Affect
                                    | Role::Event
                                    | Role::EventHead
                                    | Role::Earlier
                            )
                        )
                    })
            })
    })
}
