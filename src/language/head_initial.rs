//! Reading a sentence whose predicates come between their arguments (English): negations and doubts stand to the left
//! of the predicate; its arguments stand to the left (passive) or to the right (active).

use std::ops::Range;

use super::polarity::{Polarity, Stance};
use super::predicate::{ListFrame, Predicate};
use super::sentence_view::{View, any_within, first_from, within};
use super::units::UnitKind;
use super::vocabulary::{Kind, Role, listed};

mod arguments;
mod behind;
mod cutting;
mod mentions;
mod nouns;

use arguments::{attributed, contains, negates_argument};
pub use cutting::clauses;
use cutting::finite;
pub use mentions::{begins_with, counted, denies_place, past, predicative, read_mention};

/// How far to the left of a predicate its auxiliary may stand, in words.
const AUXILIARY_REACH: usize = 5;

/// How many units a predicate or a mention looks to either side, and how many predicates it looks at.
const FAR: usize = 400;

/// How far behind a predicate may be told that the event was elsewhere.
const BEHIND: usize = 12;

fn is_predicate(role: Option<Role>) -> bool {
    matches!(
        role,
        Some(
            Role::Leak
                | Role::SoftLeak
                | Role::Member
                | Role::Affect
                | Role::Unaffected
                | Role::Hold
                | Role::Act
        )
    )
}

/// The predicates of a sentence, clause by clause.
pub fn predicates(view: &View<'_>, clauses: &[Range<usize>]) -> Vec<Predicate> {
    let mut out: Vec<Predicate> = Vec::new();
    for clause in clauses {
        let first = out.len();
        for unit in clause.clone() {
            for token in view.tokens_of(unit) {
                let Some(mut role) = view.role(token) else {
                    continue;
                };
                if role == Role::LeakNoun && arguments::used_as_verb(view, unit) {
                    role = Role::Leak;
                }
                // "The forms carry your name."
                if matches!(role, Role::Act | Role::Support | Role::Tell | Role::Hold)
                    && nouns::tells(view, clause, unit, token)
                    && !(role == Role::Hold && nouns::in_container(view, clause, unit))
                {
                    role = Role::Member;
                }
                if role == Role::Member && !takes_members(view, clause, unit) {
                    continue;
                }
                // "no chats, API requests, passwords or …": a noun of a list.
                if role == Role::Act && listed_noun(view, clause, unit) {
                    continue;
                }
                if is_predicate(Some(role)) || role == Role::LeakNoun {
                    let p = read(view, clause, &out[first..], unit, token, role);
                    let p = elsewhere(view, clause, &out[..first], p);
                    out.push(p);
                }
            }
        }
    }
    out
}

/// Whether a word of membership is a verb: a noun ("the ban list and …") has nothing behind it that it could take.
fn takes_members(view: &View<'_>, clause: &Range<usize>, unit: usize) -> bool {
    let next = unit + 1;
    let behind = next < view.to
        && (view.units[next].is_word() && !view.has_role(next, Role::Coordinate)
            || matches!(
                view.units[next].kind,
                UnitKind::Colon
                    | UnitKind::Open
                    | UnitKind::Quote
                    | UnitKind::Break
                    | UnitKind::Dash
            ));
    behind
        || any_within(&view.marks.passive, clause.start..unit)
        || any_within(&view.marks.neg, clause.start..unit)
}

/// Whether a word of action is a noun: a comma, an "and" or the end follows it, and nobody acts.
fn listed_noun(view: &View<'_>, clause: &Range<usize>, unit: usize) -> bool {
    let next = unit + 1;
    let ends = next >= clause.end
        || view.units[next].kind == UnitKind::Comma
        || view.has_role(next, Role::Coordinate);
    ends && unit > clause.start && !finite(view, clause, unit)
}

/// What goes on from an event elsewhere is about that, unless the readers or the operator are named: "another firm was
/// hacked, and its passwords were sold".
fn elsewhere(
    view: &View<'_>,
    clause: &Range<usize>,
    before: &[Predicate],
    p: Predicate,
) -> Predicate {
    let event = |p: &Predicate| matches!(p.role, Role::Leak | Role::SoftLeak);
    let own = || {
        (clause.start..clause.end).take(FAR).any(|i| {
            view.has_role(i, Role::Reader)
                || view.has_role(i, Role::Subject)
                || view.has_role(i, Role::Own)
        })
    };
    let foreign = before.iter().rfind(|b| event(b));
    if event(&p) && foreign.is_some_and(|b| b.stance == Stance::Foreign) && !own() {
        return Predicate {
            stance: Stance::Foreign,
            event: Stance::Foreign,
            ..p
        };
    }
    p
}

/// Whether a sentence says what a container holds.
pub fn says_what_is_in(view: &View<'_>, predicates: &[Predicate]) -> bool {
    let whole = view.from..view.to;
    predicates
        .iter()
        .any(|p| p.role == Role::Hold && p.stance == Stance::Asserted && contains(view, &whole, p))
}

fn read(
    view: &View<'_>,
    clause: &Range<usize>,
    earlier: &[Predicate],
    unit: usize,
    token: usize,
    role: Role,
) -> Predicate {
    let start = if role == Role::Unaffected {
        Stance::Denied
    } else {
        Stance::Asserted
    };
    let mut polarity = Polarity::new(start);
    let begin = first_unit(view, token, unit);
    let mut passive = false;
    let mut words = 0;
    let mut shared = true;
    // "no card numbers were …": the negation belongs to the argument.
    let mut argument_denied = false;
    // "… are not sent by post and were not copied": behind the "and", a verb with its own auxiliary says its own yes or no.
    let mut apart = false;
    let mut auxiliary = unit;
    // An attribute: "the leaked files". The noun follows at once.
    let attribute = attributed(view, clause, unit, role).filter(|_| {
        !(clause.start..begin)
            .rev()
            .take(2)
            .any(|i| view.has_role(i, Role::Passive) || view.has_role(i, Role::Subject))
    });
    // A verb in the past tense that an "and" joins to what could be done.
    let in_past = past(view, unit);
    let mut happened = false;
    for i in (clause.start..begin).rev().take(FAR) {
        let u = view.units[i];
        if view.bracket(i) != view.bracket(unit) {
            continue;
        }
        if u.kind == UnitKind::Colon {
            break;
        }
        happened |= in_past && auxiliary == unit && view.has_role(i, Role::Coordinate);
        if !u.is_word() {
            continue;
        }
        words += 1;
        // "aren't in it and weren't accessed"
        if view.has_role(i, Role::Passive)
            || listed(&view.vocabulary.linking.negated, view.text_of(i))
        {
            auxiliary = i;
        }
        let quantifiers = &view.vocabulary.linking.quantifiers;
        apart |= attribute.is_none()
            && view.has_role(i, Role::Coordinate)
            && (auxiliary == i + 1 && auxiliary < begin
                // "None was written down, and none leaked."
                || i + 1 < begin && listed(quantifiers, view.text_of(i + 1)));
        let known = earlier.partition_point(|p| p.unit <= i);
        if let Some(other) = earlier[..known].last().filter(|p| p.unit == i)
            && other.role != Role::Act
            && (other.role != Role::Hold || finite(view, clause, other.unit))
        {
            // "were not accessed or copied": the auxiliaries are shared.
            let joined = (i + 1..begin)
                .all(|j| !view.units[j].is_word() || view.has_role(j, Role::Coordinate));
            if !joined && other.role != Role::LeakNoun {
                shared = false;
            }
            if joined {
                passive |= !other.active;
            }
            if other.head.is_some() {
                shared = true;
            }
        }
        if !shared && attribute.is_none() {
            break;
        }
        for t in view.tokens_of(i).rev() {
            let Some(r) = view.role(t) else { continue };
            if r == Role::Neg && attribute.is_none() && negates_argument(view, i) {
                argument_denied = true;
                continue;
            }
            match r {
                Role::Passive => passive |= words <= AUXILIARY_REACH,
                Role::Neg | Role::Possible | Role::Verify | Role::Evidence | Role::Exclude
                    if apart => {}
                // "… could see them and downloaded them".
                Role::Possible if happened && plain_behind(view, i, t) => {}
                Role::Advise | Role::Member | Role::Leak | Role::SoftLeak | Role::Affect => {}
                Role::Neg | Role::Possible | Role::Verify | Role::Say | Role::Exclude
                    if attribute.is_some() =>
                {
                    // An attribute is not reached by the clause's negation, only by one of its own ("non-leaked").
                    if words == 1 && r == Role::Neg {
                        polarity.apply(r);
                    }
                }
                _ => polarity.apply(r),
            }
        }
    }
    // To the right: what completes the predicate itself.
    if role == Role::LeakNoun || role == Role::Leak {
        for i in (unit + 1..clause.end).take(FAR) {
            if view.bracket(i) != view.bracket(unit) {
                continue;
            }
            for t in view.tokens_of(i) {
                match view.role(t) {
                    Some(Role::Exclude) => {
                        let negated = any_within(&view.marks.neg, unit + 1..i + 1);
                        polarity.apply(if negated { Role::Possible } else { Role::Neg });
                    }
                    // "… leaked to another company": whom it reached.
                    Some(Role::Foreign) if i <= unit + BEHIND && !reached(view, i, t) => {
                        polarity.apply(Role::Foreign);
                    }
                    _ => {}
                }
            }
        }
        if disproved(view, unit) {
            polarity.apply(Role::Untrue);
        }
    }
    let mut stance = polarity.stance;
    if view.question && matches!(stance, Stance::Asserted | Stance::Denied | Stance::Possible) {
        stance = Stance::Question;
    }
    let transitive = any_within(&view.marks.object, unit + 1..clause.end);
    let event = if argument_denied && stance == Stance::Asserted {
        Stance::Denied
    } else {
        stance
    };
    Predicate {
        token,
        unit,
        role,
        stance,
        event,
        nominal: role == Role::LeakNoun,
        decisive: role != Role::LeakNoun,
        head: attribute,
        topic: None,
        end: unit,
        active: !passive
            && (transitive || matches!(role, Role::Member | Role::Act | Role::Hold))
            && matches!(
                role,
                Role::Leak | Role::SoftLeak | Role::Member | Role::Act | Role::Hold | Role::Affect
            ),
    }
}

/// Whether a token names whom something reached: "to" stands before it.
fn reached(view: &View<'_>, unit: usize, token: usize) -> bool {
    let first = first_unit(view, token, unit);
    let before = first.checked_sub(1).filter(|i| *i >= view.from);
    before.is_some_and(|i| listed(&view.vocabulary.linking.infinitives, view.text_of(i)))
}

/// Whether the plain form of a verb follows the token in unit `i` ("could see"), so that it says nothing of a verb in the past tense.
fn plain_behind(view: &View<'_>, i: usize, token: usize) -> bool {
    let next = i + 1;
    let t = view.tokens[token];
    next < view.to
        && view.units[next].is_word()
        && !view.text[t.start..t.end].contains(' ')
        && !view.has_role(next, Role::Passive)
        && !view.has_role(next, Role::Support)
}

/// Whether what the sentence says from `unit` on is said not to be so: "… were stolen is not true".
fn disproved(view: &View<'_>, unit: usize) -> bool {
    for i in unit + 1..view.to.min(unit + FAR) {
        for t in view.tokens_of(i) {
            let role = view.role(t);
            if role == Some(Role::Untrue) {
                return true;
            }
            if is_predicate(role) || view.concept(t).kind == Kind::Item {
                return false;
            }
        }
    }
    false
}

/// The unit in which a token begins.
fn first_unit(view: &View<'_>, token: usize, unit: usize) -> usize {
    let start = view.tokens[token].start;
    (view.from..=unit)
        .rev()
        .take_while(|&i| view.units[i].end > start)
        .last()
        .unwrap_or(unit)
}

/// The noun phrases that introduce a list.
pub fn frames(view: &View<'_>, predicates: &[Predicate]) -> Vec<ListFrame> {
    let mut out = Vec::new();
    for p in predicates {
        if !matches!(
            p.role,
            Role::Leak | Role::SoftLeak | Role::Affect | Role::Unaffected
        ) {
            continue;
        }
        if let Some(head) = p.head {
            if !view.has_data(head) && !view.has_role(head, Role::Container) {
                continue;
            }
            out.push(ListFrame {
                unit: head,
                stance: p.stance,
                token: p.token,
                until: view.to,
            });
            continue;
        }
        // "the following information was accessed:", "data leaked:"
        let colon = first_from(&view.marks.colon, p.unit + 1);
        if let Some(colon) = colon {
            out.push(ListFrame {
                unit: colon,
                stance: p.stance,
                token: p.token,
                until: view.to,
            });
        }
    }
    out.sort_by_key(|f| f.unit);
    out
}
