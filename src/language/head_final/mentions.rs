//! What a sentence says about one mention: the predicate, list or exception that decides.

use super::*;

/// How many units behind an object what takes it up may stand.
const TAKEN_UP: usize = 16;

/// What the sentence says about the mention in `unit`, and the predicate or frame token that says it.
pub fn read_mention(
    view: &View<'_>,
    predicates: &[Predicate],
    frames: &[ListFrame],
    unit: usize,
) -> (Reading, Option<usize>) {
    let case = view.case(unit);
    let own_bracket = view.bracket(unit);
    let frame = frames[..frames.partition_point(|f| f.unit <= unit)]
        .iter()
        .rev()
        .take(FAR)
        .find(|f| unit <= f.until && (f.unit < unit || f.unit == unit && own_bracket.is_none()));
    if case == Some(Ending::Oblique) && own_bracket.is_none() && frame.is_none() {
        return (Reading::Mentioned, None);
    }
    if view.units[unit].ending == Some(Ending::Oblique) && own_bracket.is_some() {
        return (Reading::Mentioned, None);
    }
    // "The leaked data (name, address) …": what the brackets list is that data, whatever the sentence then says of other data.
    if let (Some(f), Some(open)) = (frame, own_bracket)
        && f.unit + 1 == open
        && !predicates[predicates.partition_point(|p| p.unit < open)..]
            .iter()
            .take(FAR)
            .any(|p| view.bracket(p.unit) == own_bracket)
    {
        return (Reading::of(f.stance), Some(f.token));
    }
    if let Some(role) = excepted(view, unit) {
        return exception(view, predicates, frame, unit, role);
    }
    // What something is said to be: only what stands before it counts.
    if case.is_some_and(is_copula) && own_bracket.is_none() {
        if let Some(f) = frame {
            return (Reading::of(f.stance), Some(f.token));
        }
        if case != Some(Ending::CopulaAdnominal) {
            // "What it held is …".
            let held = predicates.iter().find(|p| {
                p.role == Role::Member
                    && p.unit < unit
                    && p.stance == Stance::Asserted
                    && p.topic.is_some()
            });
            return match held {
                Some(p) => (Reading::InheritMember { denied: false }, Some(p.token)),
                None => (Reading::Inherit, None),
            };
        }
    }
    // "If you entered the code, that number leaked, too": what takes it up behind speaks of it.
    let taken_up = || {
        let behind = unit + 1..view.to.min(unit + TAKEN_UP);
        let taken_up = behind.clone().find(|&i| view.has_role(i, Role::Anaphor));
        taken_up.filter(|&up| !(unit + 1..up).any(|i| view.has_item(i)))
    };
    let (mut object_until, mut from) = (view.to, unit);
    if case == Some(Ending::Object) {
        match taken_up() {
            Some(up) => from = up,
            None => object_until = clause_end(view, unit),
        }
    }
    let mut member: Option<&Predicate> = None;
    let first = predicates.partition_point(|p| p.unit < unit);
    let mut seen = 0;
    for p in predicates[first..].iter().take(FAR) {
        if p.unit == unit && !after_mention(view, p, unit) {
            continue;
        }
        if !reachable(view, own_bracket, unit, p) {
            continue;
        }
        seen += 1;
        if seen > REACH || p.unit > object_until {
            break;
        }
        // "What leaked is no more than the name, and the password …": another topic takes the verb.
        if frame.is_some_and(|f| f.unit < unit) && turned(view, unit, p.unit) {
            break;
        }
        // A remark in brackets says something of the mention only if it speaks of the event.
        let aside = view.bracket(p.unit) != own_bracket && view.bracket(p.unit).is_some();
        if aside
            && (matches!(p.role, Role::Act | Role::Hold)
                || p.role == Role::Member && p.stance != Stance::Denied)
        {
            continue;
        }
        // "The password was the default, and a stranger downloaded the file": another subject or object takes the verb.
        if matches!(case, Some(Ending::Subject | Ending::Topic))
            && own_bracket.is_none()
            && is_event(p.role)
            && taken_by_others(view, unit, p)
        {
            continue;
        }
        match p.role {
            Role::Act if p.unit <= from && from > unit => {}
            Role::Act => {
                // What describes the next member of a list says nothing of this one.
                let goes_on = || {
                    let end = clause_end(view, p.unit);
                    any_within(&view.marks.named, p.unit + 1..end)
                };
                let next_member = (unit..p.unit).any(|i| view.units[i].kind == UnitKind::Comma)
                    && (p.head.is_some() || p.nominal && goes_on());
                let takes = case == Some(Ending::Object)
                    || adjacent(view, unit, p.unit) && !next_member
                    || matches!(p.stance, Stance::Advised | Stance::AdvisedAgainst);
                if takes {
                    return (Reading::Mentioned, Some(p.token));
                }
            }
            Role::Hold if p.stance == Stance::Denied && p.head.is_none() => {
                return (Reading::NotLeaked, Some(p.token));
            }
            Role::Member => {
                if p.stance == Stance::Denied {
                    return (member_denied(frame), Some(p.token));
                }
                member = Some(p);
            }
            Role::Unaffected => {
                // "Who did not leave a message": readers who are honoured, not data.
                let honoured = p.head.is_some_and(|h| {
                    let list = &view.vocabulary.linking.honoured;
                    let verb = view.text_of(h - 1);
                    ends_with(list, verb)
                });
                let reading = if honoured {
                    Reading::Mentioned
                } else {
                    Reading::of(p.stance)
                };
                return (reading, Some(p.token));
            }
            Role::Unreached => {
                // Of what cannot be seen, only the topic is known not to have been there.
                let topic = matches!(case, Some(Ending::Topic | Ending::Also));
                if p.head.is_none() && (topic || p.unit <= clause_end(view, unit)) {
                    return (Reading::of(p.stance), Some(p.token));
                }
            }
            Role::Leak | Role::SoftLeak | Role::Affect => {
                if p.nominal && !p.decisive && !adjacent(view, unit, p.unit) {
                    continue;
                }
                if p.nominal && p.head.is_some() {
                    continue;
                }
                // "… has nothing to do with the leak of names there": of those, nothing is said.
                if p.nominal
                    && p.stance == Stance::Denied
                    && matches!(
                        view.units[p.unit].ending,
                        Some(Ending::And | Ending::Topic | Ending::Oblique)
                    )
                    && adjacent(view, unit, p.unit)
                    && any_within(&view.marks.unaffected, p.unit..(p.unit + 4).min(view.to))
                {
                    return (Reading::Mentioned, Some(p.token));
                }
                // "… belongs to what leaked": whether it does is said behind.
                if let Some(h) = p.head
                    && view.units[h].ending == Some(Ending::Oblique)
                    && let Some(m) = predicates.iter().find(|m| m.unit > h)
                    && m.role == Role::Member
                    && m.head.is_none()
                    && !view.marks.clause_end.iter().any(|&c| {
                        let c = c as usize;
                        c > h && c < m.unit
                    })
                {
                    let reading = match (m.stance, p.stance) {
                        (Stance::Denied, Stance::Asserted | Stance::Possible) => Reading::NotLeaked,
                        (Stance::Asserted, stance) => Reading::of(stance),
                        _ => Reading::Mentioned,
                    };
                    return (reading, Some(m.token));
                }
                // A topic is outside of a relative clause.
                if p.head.is_some() && matches!(case, Some(Ending::Topic | Ending::Also)) {
                    continue;
                }
                return (Reading::of(p.stance), Some(p.token));
            }
            _ => {}
        }
    }
    if let Some(p) = member {
        return match (frame, p.stance) {
            (Some(f), _) => (Reading::of(f.stance), Some(f.token)),
            (None, Stance::Asserted) => (Reading::InheritMember { denied: false }, Some(p.token)),
            (None, stance) => (Reading::of(stance), Some(p.token)),
        };
    }
    if let Some(f) = frame {
        return (Reading::of(f.stance), Some(f.token));
    }
    if let Some(t) = first_from(&view.marks.same, unit).and_then(|i| {
        view.tokens_of(i)
            .find(|&t| matches!(view.role(t), Some(Role::Same | Role::Opposite)))
    }) {
        return match view.role(t) {
            Some(Role::Same) => (Reading::Same, Some(t)),
            _ => (Reading::Opposite, Some(t)),
        };
    }
    if predicative(view) && own_bracket.is_none() {
        return (Reading::Mentioned, None);
    }
    (Reading::Inherit, None)
}

/// Whether the clause of predicate `p`, a later one than that of `unit`, names who did it to what.
fn taken_by_others(view: &View<'_>, unit: usize, p: &Predicate) -> bool {
    let Some(&end) = within(&view.marks.clause_end, unit..p.unit).last() else {
        return false;
    };
    let own = |wanted: Ending| {
        (end as usize + 1..p.unit)
            .any(|i| view.units[i].ending == Some(wanted) && view.bracket(i).is_none())
    };
    own(Ending::Subject) && own(Ending::Object)
}

/// Whether the clause of `unit` ends before `verb`, which has a topic among the data behind.
fn turned(view: &View<'_>, unit: usize, verb: usize) -> bool {
    let end = clause_end(view, unit);
    end < verb
        && (end + 1..verb)
            .take(FAR)
            .any(|i| view.units[i].ending == Some(Ending::Topic) && view.has_item(i))
}

fn member_denied(frame: Option<&ListFrame>) -> Reading {
    match frame.map(|f| f.stance) {
        Some(Stance::Denied) => Reading::Leaked,
        Some(Stance::Foreign) => Reading::Mentioned,
        _ => Reading::NotLeaked,
    }
}

/// "Apart from …": the mention is the exception to what the clause says, or what it adds to.
fn excepted(view: &View<'_>, unit: usize) -> Option<Role> {
    let role = |i: usize| {
        [Role::Except, Role::Besides]
            .into_iter()
            .find(|&r| view.has_role(i, r))
    };
    first_from(&view.marks.apart, unit)?;
    // The last member of a list carries the word.
    let mut last = unit;
    let goes_on = |last: usize| {
        let comma = view.units.get(last + 1);
        view.units[last].ending == Some(Ending::And)
            || comma.is_some_and(|u| u.kind == UnitKind::Comma) && view.units[last].ending.is_none()
    };
    while last < unit + FAR && goes_on(last) {
        let Some(mut n) = view.next_word(last).filter(|&n| n <= last + 2) else {
            break;
        };
        // A wording of several words ends in its last.
        while n < view.to && view.units[n].continued {
            n += 1;
        }
        if n >= view.to || !view.has_item(n) {
            break;
        }
        last = n;
    }
    role(last).or_else(|| {
        let n = view.next_word(last).filter(|&n| n == last + 1)?;
        let joined = view.units[last]
            .ending
            .is_none_or(|e| matches!(e, Ending::Object | Ending::And));
        role(n).filter(|_| joined)
    })
}

/// What the exception to a statement is said to be.
fn exception(
    view: &View<'_>,
    predicates: &[Predicate],
    frame: Option<&ListFrame>,
    unit: usize,
    role: Role,
) -> (Reading, Option<usize>) {
    let first = predicates.partition_point(|p| p.unit <= unit);
    let own = view.bracket(unit);
    let Some(p) = predicates[first..]
        .iter()
        .take(REACH)
        .find(|p| view.bracket(p.unit) == own && p.decisive)
        .filter(|p| is_event(p.role))
    else {
        // "What leaked is nothing but …".
        return match frame {
            Some(f) if role == Role::Besides => (Reading::of(f.stance), Some(f.token)),
            _ => (Reading::Mentioned, None),
        };
    };
    let reading = match (role, p.stance) {
        (Role::Except, Stance::Asserted) => Reading::NotLeaked,
        (_, Stance::Denied) | (Role::Besides, Stance::Asserted) => Reading::Leaked,
        _ => Reading::Mentioned,
    };
    (reading, Some(p.token))
}

/// Inside one word, the predicate must stand behind the mention.
fn after_mention(view: &View<'_>, p: &Predicate, unit: usize) -> bool {
    view.tokens_of(unit)
        .any(|t| view.concept(t).kind == Kind::Item && t < p.token)
}

/// A predicate inside a bracket speaks for what is inside, and for the word before the bracket.
fn reachable(view: &View<'_>, own: Option<usize>, unit: usize, p: &Predicate) -> bool {
    let theirs = view.bracket(p.unit);
    if theirs == own || theirs.is_none() {
        return true;
    }
    theirs == Some(unit + 1)
        && !(unit + 2..view.to)
            .take(FAR)
            .take_while(|&i| view.bracket(i) == theirs)
            .any(|i| view.has_item(i))
}

/// Only members of the same list stand between.
fn adjacent(view: &View<'_>, unit: usize, predicate: usize) -> bool {
    if unit == predicate {
        return true;
    }
    // The last member of a list carries its particle.
    let topic = predicate > unit + 1
        && view.units[unit].ending == Some(Ending::And)
        && view.units[predicate - 1].ending == Some(Ending::Topic);
    !topic
        && !any_within(&view.marks.other_word, unit + 1..predicate)
        && view.units[unit].ending.is_none_or(|e| {
            matches!(
                e,
                Ending::And | Ending::Genitive | Ending::Object | Ending::Subject | Ending::Also
            )
        })
}
