//! What stands behind a mention and says of it whether it leaked, or only where it was.

use super::super::predicate::Reading;
use super::super::vocabulary::listed;
use super::arguments::{placed_elsewhere, taken_up};
use super::*;

/// How many words a clause about the mention before it may have up to its verb.
const ABOUT: usize = 8;

/// The verb of a clause that follows the mention at once and says that it did not leak: "your password, which was not taken".
pub(super) fn denied_behind(
    view: &View<'_>,
    predicates: &[Predicate],
    unit: usize,
) -> Option<usize> {
    let comma = unit + 1;
    let from = comma + 1;
    if from >= view.to
        || view.units[comma].kind != UnitKind::Comma
        || !listed(&view.vocabulary.linking.relatives, view.text_of(from))
    {
        return None;
    }
    let p = predicates.get(predicates.partition_point(|p| p.unit < from))?;
    let says = matches!(p.role, Role::Leak | Role::SoftLeak | Role::Affect)
        && p.stance == Stance::Denied
        && !p.active
        && p.head.is_none()
        && p.unit < from + ABOUT;
    (says && !any_within(&view.marks.named, from..p.unit)).then_some(p.token)
}

/// What a clause about all of the things before it says: "your name and your number, both of which were downloaded".
pub(super) fn each_behind(
    view: &View<'_>,
    predicates: &[Predicate],
    unit: usize,
) -> Option<(Reading, Option<usize>)> {
    let linking = &view.vocabulary.linking;
    let comma = (unit + 1..view.to.min(unit + FAR)).find(|&i| {
        !view.has_data(i) && !view.has_role(i, Role::Coordinate) && !view.has_role(i, Role::Reader)
    })?;
    let which = comma + 3;
    if which >= view.to || view.units[comma].kind != UnitKind::Comma {
        return None;
    }
    let denied = view.has_role(comma + 1, Role::Neg);
    let each = denied || listed(&linking.totals, view.text_of(comma + 1));
    let of = |list: &[String], i: usize| listed(list, view.text_of(i));
    // "none of" is one wording.
    let relative = of(&linking.genitives, comma + 2) && of(&linking.relatives, which);
    if !each || !relative {
        return None;
    }
    let p = predicates.get(predicates.partition_point(|p| p.unit < which))?;
    let says = matches!(p.role, Role::Leak | Role::SoftLeak | Role::Affect)
        && !p.active
        && p.head.is_none()
        && p.unit < which + ABOUT;
    let reading = match denied {
        true => Reading::NotLeaked,
        false => Reading::of(p.stance),
    };
    says.then_some((reading, Some(p.token)))
}

/// What the next clause says of the subject of `clause`, if it goes on with another verb for it ("and were not …").
pub(super) fn shared_subject(
    view: &View<'_>,
    clause: &Range<usize>,
    predicates: &[Predicate],
) -> Option<(Reading, Option<usize>)> {
    let next = clause.end..view.to;
    let mut words = next.clone().filter(|&i| view.units[i].is_word());
    let (and, mut verb) = (words.next()?, words.next()?);
    let joins = view.has_role(and, Role::Coordinate) || view.has_role(and, Role::Contrast);
    // "…, so neither was on the device"
    if joins && view.has_role(verb, Role::Neg) {
        verb = words.next()?;
    }
    // "…, so it was not on the laptop"
    let linking = &view.vocabulary.linking;
    let pronoun = |i: usize| {
        let word = view.text_of(i);
        listed(&linking.singulars, word) || listed(&linking.plurals, word)
    };
    if joins && pronoun(verb) {
        verb = words.next()?;
    }
    let auxiliary = view.has_role(verb, Role::Passive) || view.has_role(verb, Role::Support);
    if !joins || !auxiliary {
        return None;
    }
    if placed_elsewhere(view, next.clone(), None) {
        return Some((Reading::NotLeaked, None));
    }
    taken_up(view, clause, predicates)
}

/// Whether the words behind a mention only say where it is: "were on the tablet".
pub(super) fn placed(view: &View<'_>, unit: usize, end: usize) -> bool {
    let mut words = (unit + 1..end).filter(|&i| view.units[i].is_word());
    let place = |i: usize| listed(&view.vocabulary.places, view.text_of(i));
    // "There were no card numbers in the bag", "no card numbers were in the bag"
    words.next().is_some_and(|i| {
        place(i) || view.has_role(i, Role::Passive) && words.next().is_some_and(place)
    })
}

/// Whether the words behind a mention say that it was in something definite: "were in the file".
pub(super) fn was_within(view: &View<'_>, clause: &Range<usize>, unit: usize) -> bool {
    let open = |r: Role| {
        use Role::{Condition, Evidence, Ongoing, Possible, Verify, Whether};
        matches!(
            r,
            Condition | Evidence | Ongoing | Possible | Verify | Whether
        )
    };
    let unsettled = |i: usize| view.tokens_of(i).filter_map(|t| view.role(t)).any(open);
    if clause.clone().take(FAR).any(unsettled) {
        return false;
    }
    let end = clause.end;
    let linking = &view.vocabulary.linking;
    let Some(&verb) = within(&view.marks.passive, unit + 1..end).first() else {
        return false;
    };
    let verb = verb as usize;
    let mut words = (verb + 1..end).take_while(|&i| view.units[i].is_word());
    let mut next = |list: &[String]| words.next().is_some_and(|i| listed(list, view.text_of(i)));
    linking.past_words.has(view.text_of(verb))
        && next(&view.vocabulary.places)
        && next(&linking.definite)
        && words.take(2).any(|i| view.has_role(i, Role::Container))
}

/// Where what is said in passing of the mention before it ends: "your card, which we ask for at the gate, was not …".
pub(super) fn behind_passing(view: &View<'_>, unit: usize) -> usize {
    let comma = unit + 1;
    let opens = comma + 1 < view.to
        && view.units[comma].kind == UnitKind::Comma
        && (comma + 1..view.to.min(comma + 3))
            .take_while(|&i| view.units[i].is_word())
            .any(|i| listed(&view.vocabulary.linking.relatives, view.text_of(i)));
    let end = || {
        (comma + 2..view.to.min(unit + FAR))
            .find(|&i| view.units[i].kind == UnitKind::Comma && view.bracket(i).is_none())
    };
    if !opens {
        return unit;
    }
    end().map_or(unit, |end| end + 1)
}
