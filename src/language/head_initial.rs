//! Reading a sentence whose predicates come between their arguments (English): negations and doubts stand to the left
//! of the predicate; its arguments stand to the left (passive) or to the right (active).

use std::ops::Range;

use super::polarity::{Polarity, Stance};
use super::predicate::{ListFrame, Predicate, Reading};
use super::sentence_view::{View, any_within, first_from, within};
use super::units::UnitKind;
use super::vocabulary::{Kind, Role};

mod arguments;

use arguments::{ellipsis, negates_argument, over_mention, relative, taken_up};

/// How far to the left of a predicate its auxiliary may stand, in words.
const AUXILIARY_REACH: usize = 5;

/// How many units a predicate or a mention looks to either side, and how many predicates it looks at.
const FAR: usize = 400;

/// Cuts a sentence into clauses (ranges of units).
pub fn clauses(view: &View<'_>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = view.from;
    let mut predicate_seen = false;
    let mut i = view.from;
    while i < view.to {
        let u = view.units[i];
        let inside = view.bracket(i).is_some();
        let boundary = if inside {
            None
        } else {
            match u.kind {
                UnitKind::Semicolon | UnitKind::Dash
                    if !u.joined || u.kind == UnitKind::Semicolon =>
                {
                    Some(i + 1)
                }
                UnitKind::Word if view.has_role(i, Role::Contrast) && i > start => Some(i),
                UnitKind::Comma if starts_clause(view, i + 1, predicate_seen) => Some(i + 1),
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
        predicate_seen |= !inside && view.tokens_of(i).any(|t| is_predicate(view.role(t)));
        i += 1;
    }
    if start < view.to {
        out.push(start..view.to);
    }
    out
}

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
    if view.has_role(at, Role::Do) && view.has_role(at - 1, Role::Coordinate) {
        return true;
    }
    if view.has_role(at, Role::Subject)
        || view.has_role(at, Role::Contrast)
        || view.has_role(at, Role::Condition)
    {
        return true;
    }
    // "…, no card data was involved"
    if view.has_role(at, Role::Neg) && predicate_seen {
        return true;
    }
    if !predicate_seen {
        return false;
    }
    // "copied names and passwords were not affected": a verb follows before the next comma or "and".
    for i in at..(at + 9).min(view.to) {
        if view.bracket(i).is_some() {
            continue;
        }
        let u = view.units[i];
        if u.kind == UnitKind::Comma
            || view.has_role(i, Role::Coordinate)
            || view.has_role(i, Role::Quote)
        {
            return false;
        }
        if i > at && view.has_role(i, Role::Passive) {
            return true;
        }
        if view.tokens_of(i).any(|t| is_predicate(view.role(t))) {
            return false;
        }
    }
    false
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
                if is_predicate(Some(role)) || role == Role::LeakNoun {
                    let p = read(view, clause, &out[first..], unit, token, role);
                    out.push(p);
                }
            }
        }
    }
    out
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
    let attribute = (unit + 1 < clause.end)
        .then_some(unit + 1)
        .filter(|&n| view.units[n].is_word() && role != Role::LeakNoun)
        .filter(|&n| {
            view.tokens_of(n).any(|t| {
                let c = view.concept(t);
                matches!(c.role, Some(Role::DataHead | Role::Container)) || c.kind == Kind::Umbrella
            })
        })
        .filter(|_| {
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
            Reading::Leaked | Reading::Inherit | Reading::InheritMember { .. }
                if by.is_some() || !predicative(view, &clause) =>
            {
                (Reading::NotLeaked, by)
            }
            // "holds no account numbers"
            Reading::Mentioned
                if predicates.iter().any(|p| {
                    Some(p.token) == by
                        && p.role == Role::Hold
                        && matches!(p.stance, Stance::Asserted | Stance::Denied)
                }) =>
            {
                (Reading::NotLeaked, by)
            }
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
                !p.active && p.head.is_none() || p.role == Role::Affect
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
                            return member(frame, n);
                        }
                    }
                }
                Role::Member => return member(frame, p),
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
        match p.role {
            Role::Act | Role::Hold if p.stance != Stance::Denied || p.role == Role::Act => {
                return (Reading::Mentioned, Some(p.token));
            }
            Role::Hold => return (Reading::NotLeaked, Some(p.token)),
            Role::Member => {
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
        // "were not on the stick"
        let here = |marks: &[u32]| {
            within(marks, begin..clause.end)
                .iter()
                .take(FAR)
                .any(|&i| view.bracket(i as usize) == level)
        };
        if left.is_empty() && here(&view.marks.passive) && here(&view.marks.neg) {
            return (Reading::NotLeaked, None);
        }
    }
    // "Neither names nor card numbers" without a verb, "no passwords".
    if negated_alone(view, clause.start, begin) {
        return (Reading::NotLeaked, None);
    }
    if predicative(view, clause)
        && after_colon.is_none()
        && (!relative(view, unit) || any_within(&view.marks.verb, clause.start..begin))
    {
        return (Reading::Mentioned, None);
    }
    (Reading::Inherit, None)
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

fn clause_verb_between(view: &View<'_>, from: usize, to: usize) -> bool {
    any_within(&view.marks.passive_outside, from + 1..to)
}

/// Whether the verb at `verb` has a subject of its own between `unit` and it ("… and that they were not copied").
fn subject_behind(view: &View<'_>, unit: usize, verb: usize) -> bool {
    any_within(&view.marks.subject, unit + 1..verb)
}

/// A fragment that begins with a negation.
fn negated_alone(view: &View<'_>, start: usize, begin: usize) -> bool {
    (start..begin).take(2).any(|i| view.has_role(i, Role::Neg))
}

/// Whether the clause has a verb.
pub fn predicative(view: &View<'_>, clause: &Range<usize>) -> bool {
    any_within(&view.marks.verb, clause.clone())
}
