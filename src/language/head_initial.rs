//! Reading a sentence whose predicates come between their arguments (English): negations and doubts stand to the left
//! of the predicate; its arguments stand to the left (passive) or to the right (active).

use std::ops::Range;

use super::polarity::{Polarity, Stance};
use super::predicate::{ListFrame, Predicate, Reading};
use super::sentence_view::{View, any_within, first_from, within};
use super::units::UnitKind;
use super::vocabulary::{Kind, Role};

mod arguments;
mod cutting;

use arguments::{
    attributed, contains, ellipsis, event_behind, negates_argument, opens_with_place, over_mention,
    placed_elsewhere, relative, taken_up,
};
pub use cutting::clauses;
use cutting::finite;

/// How far to the left of a predicate its auxiliary may stand, in words.
const AUXILIARY_REACH: usize = 5;

/// How many units a predicate or a mention looks to either side, and how many predicates it looks at.
const FAR: usize = 400;

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
                if role == Role::Member && !takes_members(view, clause, unit) {
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
    behind || any_within(&view.marks.passive, clause.start..unit)
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
    // An attribute: "the leaked files". The noun follows at once.
    let attribute = attributed(view, clause, unit, role).filter(|_| {
        !(clause.start..begin)
            .rev()
            .take(2)
            .any(|i| view.has_role(i, Role::Passive) || view.has_role(i, Role::Subject))
    });
    for i in (clause.start..begin).rev().take(FAR) {
        let u = view.units[i];
        if view.bracket(i) != view.bracket(unit) {
            continue;
        }
        if u.kind == UnitKind::Colon {
            break;
        }
        if !u.is_word() {
            continue;
        }
        words += 1;
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
                    Some(Role::Foreign) if i <= unit + 8 => polarity.apply(Role::Foreign),
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

/// What the sentence says about the mention in `unit` (whose token is `token`).
pub fn read_mention(
    view: &View<'_>,
    clauses: &[Range<usize>],
    predicates: &[Predicate],
    frames: &[ListFrame],
    unit: usize,
    token: usize,
) -> (Reading, Option<usize>) {
    let clause = clauses
        .get(clauses.partition_point(|c| c.end <= unit))
        .filter(|c| c.contains(&unit))
        .cloned()
        .unwrap_or(view.from..view.to);
    let begin = first_unit(view, token, unit);
    let (verdict, by) = read_in_clause(view, &clause, predicates, frames, unit, token);
    match over_mention(view, clause.start, begin) {
        Some(true) => match verdict {
            // "no customer's address was spared"
            Reading::NotLeaked if said_by(predicates, by, Role::Unaffected) => {
                (Reading::Leaked, by)
            }
            Reading::Leaked | Reading::Inherit | Reading::InheritMember { .. }
                if by.is_some() || !predicative(view, &clause) =>
            {
                (Reading::NotLeaked, by)
            }
            // "holds no account numbers"
            Reading::Mentioned if said_by(predicates, by, Role::Hold) => (Reading::NotLeaked, by),
            other => (other, by),
        },
        Some(false) => match verdict {
            Reading::NotLeaked => (Reading::Leaked, by),
            Reading::Leaked => (Reading::NotLeaked, by),
            other => (other, by),
        },
        None => (verdict, by),
    }
}

/// Whether the predicate of token `by` has this role and is plainly affirmed or denied.
fn said_by(predicates: &[Predicate], by: Option<usize>, role: Role) -> bool {
    predicates.iter().any(|p| {
        Some(p.token) == by
            && p.role == role
            && matches!(p.stance, Stance::Asserted | Stance::Denied)
    })
}

fn read_in_clause(
    view: &View<'_>,
    clause: &Range<usize>,
    predicates: &[Predicate],
    frames: &[ListFrame],
    unit: usize,
    token: usize,
) -> (Reading, Option<usize>) {
    let begin = first_unit(view, token, unit);
    let frame = frames[..frames.partition_point(|f| f.unit < begin)].last();
    let low = predicates.partition_point(|p| p.unit < clause.start);
    let high = predicates.partition_point(|p| p.unit < clause.end);
    let own = &predicates[low..high];
    let split = own.partition_point(|p| p.unit < begin);
    let (left, right) = own.split_at(split);
    let left = &left[left.len().saturating_sub(FAR)..];
    let right = &right[..right.len().min(FAR)];
    let level = view.bracket(unit);
    let usable = |p: &&Predicate| {
        let theirs = view.bracket(p.unit);
        (theirs == level || theirs.is_none() || theirs == Some(unit + 1))
            && p.role != Role::LeakNoun
    };
    let after_colon = within(&view.marks.colon, clause.start..begin)
        .last()
        .map(|&c| c as usize);
    // A predicate behind the mention that takes its subject.
    if let Some(p) = right.iter().find(usable) {
        let takes_subject = match p.role {
            Role::Leak | Role::SoftLeak | Role::Affect => {
                p.head.is_none() && (!p.active || p.role == Role::Affect)
            }
            Role::Unaffected | Role::Hold => true,
            Role::Member => true,
            _ => false,
        };
        let object_of_left = left.iter().rev().find(usable).is_some_and(|l| {
            l.active
                && l.head.is_none()
                && after_colon.is_none_or(|c| c < l.unit)
                && !clause_verb_between(view, l.unit, unit)
                && (subject_behind(view, unit, p.unit)
                    // "contained A and B, which may include C"
                    || p.role == Role::Member && l.role == Role::Member)
        });
        if takes_subject && !object_of_left {
            match p.role {
                Role::Hold if p.stance == Stance::Denied => {
                    return (Reading::NotLeaked, Some(p.token));
                }
                Role::Hold => {
                    // Look further: "are kept separately and were not copied".
                    if let Some(n) = right
                        .iter()
                        .filter(|n| n.unit > p.unit && n.role != Role::Hold)
                        .find(usable)
                    {
                        if matches!(
                            n.role,
                            Role::Leak | Role::SoftLeak | Role::Affect | Role::Unaffected
                        ) {
                            return (Reading::of(n.stance), Some(n.token));
                        }
                        if n.role == Role::Member {
                            return belongs(view, frame, right, n);
                        }
                    }
                }
                Role::Member => return belongs(view, frame, right, p),
                _ => return (Reading::of(p.stance), Some(p.token)),
            }
        }
    }
    // A predicate before it that takes an object, or was completed by it.
    if let Some(p) = left
        .iter()
        .rev()
        .filter(|p| after_colon.is_none_or(|c| c < p.unit))
        .find(usable)
    {
        let held =
            p.role == Role::Hold && p.stance == Stance::Asserted && contains(view, clause, p);
        match p.role {
            Role::Act | Role::Hold
                if !held && (p.stance != Stance::Denied || p.role == Role::Act) =>
            {
                return (Reading::Mentioned, Some(p.token));
            }
            Role::Hold if !held => return (Reading::NotLeaked, Some(p.token)),
            Role::Member | Role::Hold => {
                let source = left.iter().rev().find(|l| {
                    l.unit < p.unit
                        && matches!(
                            l.role,
                            Role::Leak | Role::LeakNoun | Role::SoftLeak | Role::Affect
                        )
                });
                if frame.is_none()
                    && p.stance == Stance::Asserted
                    && let Some(s) = source
                {
                    return (Reading::of(s.stance), Some(s.token));
                }
                return member(frame, p);
            }
            _ => return (Reading::of(p.stance), Some(p.token)),
        }
    }
    if let Some(f) = frame {
        return (Reading::of(f.stance), Some(f.token));
    }
    let verbs = any_within(&view.marks.predicate, clause.clone());
    if !verbs
        && !any_within(&view.marks.hold, clause.clone())
        && let Some((stance, by)) = ellipsis(view, clause, predicates)
    {
        return (Reading::of(stance), Some(by));
    }
    if !verbs {
        if let Some(found) = taken_up(view, clause, predicates) {
            return found;
        }
        if left.is_empty() && placed_elsewhere(view, begin..clause.end, level) {
            return (Reading::NotLeaked, None);
        }
    }
    // "Neither names nor card numbers" without a verb, "no passwords".
    if negated_alone(view, clause.start, begin) {
        return (Reading::NotLeaked, None);
    }
    if after_colon.is_none() && opens_with_place(view, clause, begin) {
        return (Reading::InheritMember { denied: false }, None);
    }
    if predicative(view, clause)
        && after_colon.is_none()
        && (!relative(view, unit) || any_within(&view.marks.verb, clause.start..begin))
    {
        return (Reading::Mentioned, None);
    }
    (Reading::Inherit, None)
}

/// What a membership says of the mention before it: of what stands behind it, if that is the event.
fn belongs(
    view: &View<'_>,
    frame: Option<&ListFrame>,
    right: &[Predicate],
    p: &Predicate,
) -> (Reading, Option<usize>) {
    let behind = event_behind(view, right, p).filter(|_| frame.is_none());
    match behind {
        Some(n) => (Reading::of(p.stance), Some(n.token)),
        None => member(frame, p),
    }
}

fn member(frame: Option<&ListFrame>, p: &Predicate) -> (Reading, Option<usize>) {
    match (frame, p.stance) {
        (Some(f), Stance::Asserted) => (Reading::of(f.stance), Some(f.token)),
        (Some(f), Stance::Denied) if f.stance == Stance::Denied => (Reading::Leaked, Some(p.token)),
        (Some(f), Stance::Possible) if f.stance == Stance::Asserted => {
            (Reading::Possible, Some(p.token))
        }
        (_, Stance::Denied) => (Reading::NotLeaked, Some(p.token)),
        (None, Stance::Asserted) => (Reading::InheritMember { denied: false }, Some(p.token)),
        (_, stance) => (Reading::of(stance), Some(p.token)),
    }
}

/// Whether a sentence says that something is not in some place: "It isn't in there."
pub fn denies_place(view: &View<'_>) -> bool {
    placed_elsewhere(view, view.from..view.to, None)
}

fn clause_verb_between(view: &View<'_>, from: usize, to: usize) -> bool {
    any_within(&view.marks.passive_outside, from + 1..to)
}

/// Whether the verb at `verb` has a subject of its own between `unit` and it ("… and that they were not copied").
fn subject_behind(view: &View<'_>, unit: usize, verb: usize) -> bool {
    any_within(&view.marks.subject, unit + 1..verb)
}

/// A fragment that begins with a negation.
fn negated_alone(view: &View<'_>, start: usize, begin: usize) -> bool {
    (start..begin)
        .take(2)
        .any(|i| view.has_role(i, Role::Neg) || view.has_role(i, Role::Lacking))
}

/// Whether the clause has a verb.
pub fn predicative(view: &View<'_>, clause: &Range<usize>) -> bool {
    any_within(&view.marks.verb, clause.clone())
}
