//! Where one clause of a sentence ends and the next begins.

use super::super::clause::imperative;
use super::super::vocabulary::listed;
use super::*;

/// Cuts a sentence into clauses (ranges of units).
pub fn clauses(view: &View<'_>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = view.from;
    let mut predicate_seen = false;
    // Within what is said in passing: "the codes, which are stored in encrypted form, …".
    let mut aside = false;
    // The dash behind what is only named: "what you told us – your name, your birthday – is not in it".
    let mut named_until = 0;
    let mut i = view.from;
    while i < view.to {
        let u = view.units[i];
        if u.kind == UnitKind::Comma {
            aside = !aside && !predicate_seen && relative_at(view, i + 1);
        }
        let inside = view.bracket(i).is_some();
        let boundary = if inside {
            None
        } else {
            match u.kind {
                UnitKind::Dash if i < named_until => None,
                UnitKind::Semicolon | UnitKind::Dash
                    if !u.joined || u.kind == UnitKind::Semicolon =>
                {
                    match named_between(view, i) {
                        Some(end) => {
                            named_until = end + 1;
                            None
                        }
                        None => Some(i + 1),
                    }
                }
                UnitKind::Word
                    if view.has_role(i, Role::Contrast) && i > start && !enclosed(view, i) =>
                {
                    Some(i)
                }
                UnitKind::Comma
                    if starts_clause(view, i + 1, predicate_seen) || request(view, start, i) =>
                {
                    Some(i + 1)
                }
                UnitKind::Word if i > start && view.has_role(i, Role::Coordinate) => {
                    starts_clause(view, i + 1, predicate_seen).then_some(i)
                }
                _ => None,
            }
        };
        if let Some(at) = boundary
            && at > start
        {
            out.push(start..at);
            start = at;
            predicate_seen = false;
        }
        predicate_seen |= !inside
            && !aside
            && view.tokens_of(i).any(|t| match view.role(t) {
                // "none of the stored messages": a verb only where somebody does it.
                Some(Role::Hold) => finite(view, &(start..i), i),
                role => is_predicate(role),
            });
        i += 1;
    }
    if start < view.to {
        out.push(start..view.to);
    }
    out
}

/// The dash that ends what the one at `open` begins, if nothing but data is named between them and the sentence goes on.
fn named_between(view: &View<'_>, open: usize) -> Option<usize> {
    let dash = |i: usize| view.units[i].kind == UnitKind::Dash && !view.units[i].joined;
    if !dash(open) {
        return None;
    }
    let close = (open + 1..view.to.min(open + FAR)).find(|&i| dash(i))?;
    let between = open + 1..close;
    let named = any_within(&view.marks.named, between.clone());
    let verbs = any_within(&view.marks.predicate, between.clone())
        || any_within(&view.marks.passive, between.clone())
        || any_within(&view.marks.neg, between);
    let goes_on = (close + 1..view.to).any(|i| view.units[i].is_word());
    let begun = (view.from..open).any(|i| view.units[i].is_word());
    (named && !verbs && goes_on && begun).then_some(close)
}

/// Whether the comma in unit `at` ends what was put before a request: "if you have an account, change …", "when you log in, pick …".
fn request(view: &View<'_>, start: usize, at: usize) -> bool {
    let openers = &view.vocabulary.linking.openers;
    let mut words = (start..at).filter(|&i| view.units[i].is_word());
    let opens = |i: usize| view.opens(i, Role::Condition) || listed(openers, view.text_of(i));
    words.next().is_some_and(opens) && imperative(view, &(at + 1..view.to))
}

/// Whether a clause about the noun before it begins at `at`, and something follows behind the comma that ends it.
fn relative_at(view: &View<'_>, at: usize) -> bool {
    let far = view.to.min(at + FAR);
    at < far
        && view.units[at].is_word()
        && listed(&view.vocabulary.linking.relatives, view.text_of(at))
        && (at..far)
            .find(|&i| view.units[i].kind == UnitKind::Comma)
            .is_some_and(|end| end + 1 < view.to)
}

/// Whether somebody does what the word in `unit` says, or it is done: not so in "none of the stored messages".
pub(super) fn finite(view: &View<'_>, clause: &Range<usize>, unit: usize) -> bool {
    (clause.start..unit).any(|j| view.has_role(j, Role::Subject) || view.has_role(j, Role::Passive))
}

/// Whether the word in unit `i` stands between commas: "addresses, however, were".
fn enclosed(view: &View<'_>, i: usize) -> bool {
    let comma = |j: usize| view.units.get(j).is_some_and(|u| u.kind == UnitKind::Comma);
    i > view.from && comma(i - 1) && comma(i + 1)
}

/// Whether a new clause begins at `at`, behind a comma or "and".
fn starts_clause(view: &View<'_>, at: usize, predicate_seen: bool) -> bool {
    let far = view.to.min(at + FAR);
    let mut at = at;
    while at < far
        && (view.has_role(at, Role::Coordinate) || view.units[at].kind == UnitKind::Comma)
    {
        at += 1;
    }
    if at >= far {
        return false;
    }
    // "Log in, and set a new password"
    let comma = |i: usize| i >= view.from && view.units[i].kind == UnitKind::Comma;
    if view.has_role(at - 1, Role::Coordinate)
        && (view.opens(at, Role::Do) || at > 1 && comma(at - 2) && view.opens(at, Role::Act))
    {
        return true;
    }
    if view.has_role(at, Role::Subject)
        || view.has_role(at, Role::Contrast)
        || view.has_role(at, Role::Condition)
    {
        return true;
    }
    // "…, no card data was involved"
    // "…, and neither was the address"
    let auxiliary_behind = || {
        at + 1 < far
            && (view.has_role(at + 1, Role::Passive) || view.has_role(at + 1, Role::Support))
    };
    if view.has_role(at, Role::Neg) && (predicate_seen || auxiliary_behind()) {
        return true;
    }
    if !predicate_seen {
        return false;
    }
    // ", and your names and numbers were not": a list of its own behind a comma, unless the verb follows its "and".
    let listed_subject = at > 1 && view.has_role(at - 1, Role::Coordinate) && comma(at - 2);
    let linking = &view.vocabulary.linking;
    // "copied names and passwords were not affected": a verb follows before the next comma or "and".
    for i in at..(at + 9).min(view.to) {
        if view.bracket(i).is_some() {
            continue;
        }
        let u = view.units[i];
        if listed_subject
            && view.has_role(i, Role::Coordinate)
            && view.has_data(i - 1)
            && i + 1 < far
            && view.units[i + 1].is_word()
            && !view.has_role(i + 1, Role::Passive)
        {
            continue;
        }
        if listed_subject && i > at && listed(&linking.relatives, view.text_of(i)) {
            return false;
        }
        if u.kind == UnitKind::Comma
            || view.has_role(i, Role::Coordinate)
            || view.has_role(i, Role::Quote)
        {
            return false;
        }
        if i > at && (view.has_role(i, Role::Passive) || auxiliary(view, i)) {
            return true;
        }
        if view.tokens_of(i).any(|t| is_predicate(view.role(t))) {
            return false;
        }
    }
    false
}

/// Whether unit `i` is the auxiliary that a wording of several words begins with: "were deleted".
fn auxiliary(view: &View<'_>, i: usize) -> bool {
    view.units[i].continued && listed(&view.vocabulary.question_openers, view.text_of(i))
}
