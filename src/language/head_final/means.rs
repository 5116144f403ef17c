//! What the attackers used to get in is not what leaked.

use super::*;

/// How many words before a mention may stand between it and the one whose it is.
const HOLDER: usize = 8;

/// Whether the sentence tells of `unit` as the means of what came then: "they took the password of an employee and …".
/// `governor` is the predicate that says what became of it.
pub fn is_means(
    view: &View<'_>,
    predicates: &[Predicate],
    unit: usize,
    governor: Option<usize>,
) -> bool {
    let opens = view
        .tokens_of(unit)
        .any(|t| view.role(t) == Some(Role::Key) || view.concept(t).kind == Kind::Umbrella);
    // "A password that had leaked elsewhere was used."
    let used = |n: usize| begins_with(&view.vocabulary.linking.used, view.text_of(n));
    if opens
        && governor.is_some_and(|g| view.tokens[g].end <= view.units[unit].start)
        && view.next_word(unit).is_some_and(used)
    {
        return true;
    }
    let Some(governor) = governor.filter(|_| opens && of_staff(view, unit)) else {
        return false;
    };
    let behind = &predicates[predicates.partition_point(|p| p.token <= governor)..];
    let said = view.tokens[governor].start;
    // "Who had found out the password downloaded …".
    let relative = || {
        let between = (unit + 1..view.to).take(FAR);
        let mut between = between.take_while(|&i| view.units[i].end <= said);
        between.any(|i| view.units[i].ending == Some(Ending::Adnominal))
    };
    behind.iter().take(FAR).any(|p| is_event(p.role)) || relative()
}

/// Whether what `unit` names belongs to somebody who works for the operator: "the ID and password of an employee".
fn of_staff(view: &View<'_>, unit: usize) -> bool {
    for i in (view.from..unit).rev().take(HOLDER) {
        let ending = view.units[i].ending;
        if view.has_role(i, Role::Staff) {
            return matches!(ending, None | Some(Ending::Genitive));
        }
        // "The ID of an employee" may be one wording, which is no kind of data.
        let decoy = view
            .tokens_of(i)
            .any(|t| view.concept(t).kind == Kind::Decoy);
        if decoy {
            return ending == Some(Ending::And);
        }
        let listed = !view.units[i].is_word()
            || view.units[i].continued
            || view.has_role(i, Role::Coordinate)
            || view.has_data(i) && matches!(ending, None | Some(Ending::And));
        if !listed {
            return false;
        }
    }
    false
}
