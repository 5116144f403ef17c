//! Reading a sentence whose predicates come last (Korean): arguments look to the right for their predicate, and the
//! predicate looks to the right for negations and doubts.

use super::polarity::{Polarity, Stance};
use super::predicate::{ListFrame, Predicate, Reading};
use super::sentence_view::{View, any_within, first_from, within};
use super::units::UnitKind;
use super::vocabulary::{Ending, Kind, Role};

mod lists;

pub use lists::frames;

/// How many predicates a mention looks at before it gives up.
const REACH: usize = 8;
/// How many units a predicate is followed for, and how many predicates and frames are looked at in all.
const FAR: usize = 400;

/// The predicates of a sentence, in order.
pub fn predicates(view: &View<'_>) -> Vec<Predicate> {
    let mut out: Vec<Predicate> = Vec::new();
    for unit in view.from..view.to {
        for token in view.tokens_of(unit) {
            let Some(role) = view.role(token) else {
                continue;
            };
            let wanted = matches!(
                role,
                Role::Leak
                    | Role::SoftLeak
                    | Role::Member
                    | Role::Affect
                    | Role::Unaffected
                    | Role::Hold
                    | Role::Act
            );
            if wanted {
                out.push(chain(view, unit, token, role));
            } else if matches!(role, Role::Neg | Role::NotBe) && negates_noun(view, unit, token) {
                out.push(absence(view, unit, token, role));
            }
        }
    }
    out
}

/// Whether a negation is the verb of the item before it ("there is no …", "is not …"), not part of another verb.
fn negates_noun(view: &View<'_>, unit: usize, token: usize) -> bool {
    let Some(before) = unit.checked_sub(1).filter(|b| *b >= view.from) else {
        return false;
    };
    view.tokens[token].start == view.units[unit].start
        && view.units[unit].ending != Some(Ending::Adnominal)
        && view
            .tokens_of(before)
            .any(|t| view.concept(t).kind == Kind::Item)
        && matches!(
            view.units[before].ending,
            None | Some(Ending::Topic | Ending::Subject | Ending::Also)
        )
}

fn absence(view: &View<'_>, unit: usize, token: usize, role: Role) -> Predicate {
    let mut stance = Stance::Denied;
    if view.question {
        stance = Stance::Question;
    }
    let _ = role;
    Predicate {
        token,
        unit,
        role: Role::Member,
        stance,
        nominal: false,
        decisive: true,
        head: None,
        end: unit,
        active: false,
        event: stance,
    }
}

/// Follows a predicate to the end of its clause.
fn chain(view: &View<'_>, unit: usize, token: usize, role: Role) -> Predicate {
    let start = if role == Role::Unaffected {
        Stance::Denied
    } else {
        Stance::Asserted
    };
    let mut polarity = Polarity::new(start);
    let u = view.units[unit];
    let last_token = view.tokens_of(unit).end == token + 1;
    let verbal = !last_token && !later_noun(view, unit, token)
        || last_token && u.ending.is_some_and(|e| !e.is_particle() && !is_copula(e))
        || last_token && u.ending.is_none() && view.tokens[token].stem;
    let mut head = None;
    let mut factive = false;
    let mut end = unit;
    let mut i = unit;
    let mut from_token = token + 1;
    if foreign_before(view, unit) {
        polarity.apply(Role::Foreign);
    }
    while i < view.to.min(unit + FAR) {
        let u = view.units[i];
        end = i;
        match u.kind {
            UnitKind::Stop | UnitKind::Break | UnitKind::Semicolon | UnitKind::Colon => break,
            UnitKind::QuestionMark => {
                polarity.apply(Role::Question);
                break;
            }
            UnitKind::Close
                if view.bracket(unit).is_some() && view.bracket(i) != view.bracket(unit) =>
            {
                break;
            }
            _ => {}
        }
        if i > unit && u.is_word() && view.bracket(i) != view.bracket(unit) {
            i += 1;
            continue;
        }
        for t in view.tokens_of(i) {
            if t < from_token {
                continue;
            }
            let Some(r) = view.role(t) else { continue };
            let closing = matches!(
                r,
                Role::Purpose
                    | Role::Condition
                    | Role::Advise
                    | Role::Promise
                    | Role::Question
                    | Role::NoNeed
            );
            if closing && factive {
                return finish(view, token, unit, role, polarity, verbal, head, end);
            }
            match r {
                Role::Advise => polarity.stance = Stance::Advised,
                Role::NoNeed => polarity.stance = Stance::AdvisedAgainst,
                Role::Promise if polarity.stance == Stance::Asserted && !verbal => {
                    polarity.stance = Stance::Promised
                }
                Role::Foreign if verbal => {}
                // What is said is the leak's own containment, not another one.
                Role::Member if t == token => {}
                Role::FactHead => factive = true,
                Role::Leak | Role::SoftLeak if i > unit && verbal => {
                    // Another predicate of its own.
                    return finish(view, token, unit, role, polarity, verbal, head, end);
                }
                _ => polarity.apply(r),
            }
        }
        from_token = 0;
        if u.is_word() {
            match u.ending {
                Some(Ending::Adnominal | Ending::CopulaAdnominal) => {
                    let next = view.next_word(i);
                    let Some(n) = next else { break };
                    let goes_on = view.tokens_of(n).any(|t| {
                        matches!(
                            view.role(t),
                            Some(
                                Role::FactHead
                                    | Role::Possible
                                    | Role::Neg
                                    | Role::Condition
                                    | Role::Purpose
                                    | Role::Ongoing
                                    | Role::Say
                                    | Role::Available
                                    | Role::Verify
                                    | Role::Evidence
                                    | Role::Whether
                                    | Role::NotBe
                            )
                        )
                    }) || view.units[n].continued;
                    if !goes_on {
                        head = Some(n);
                        if apart_from_event(view, n) {
                            polarity.apply(Role::Foreign);
                        } else if leads_condition(view, n) {
                            polarity.apply(Role::Condition);
                        }
                        break;
                    }
                }
                Some(Ending::Request) => {
                    polarity.stance = if factive {
                        polarity.stance
                    } else {
                        Stance::Advised
                    }
                }
                Some(Ending::Condition) if !factive => {
                    polarity.apply(Role::Condition);
                    break;
                }
                Some(Ending::Purpose) if !factive => {
                    polarity.apply(Role::Purpose);
                    break;
                }
                Some(Ending::Quotative) => polarity.apply(Role::Say),
                Some(Ending::Whether) if !factive => polarity.apply(Role::Whether),
                Some(Ending::Question) => {
                    polarity.apply(Role::Question);
                    break;
                }
                Some(e) if e.closes_clause() => {
                    // "… 하고 있": the auxiliary goes with the verb.
                    let auxiliary = matches!(e, Ending::Sequence | Ending::Cause)
                        && view.next_word(i).is_some_and(|n| {
                            n == i + 1
                                && view.tokens_of(n).any(|t| {
                                    matches!(
                                        view.role(t),
                                        Some(Role::Ongoing | Role::Neg | Role::Passive)
                                    )
                                })
                        });
                    if !auxiliary {
                        break;
                    }
                }
                _ => {}
            }
        }
        i += 1;
    }
    finish(view, token, unit, role, polarity, verbal, head, end)
}

/// Whether the event named in `head` is then set apart from one's own: "the accident … has nothing to do with us".
fn apart_from_event(view: &View<'_>, head: usize) -> bool {
    view.has_role(head, Role::EventHead)
        && view.units[head].ending == Some(Ending::And)
        && any_within(&view.marks.unaffected, head..view.to)
}

/// Whether the clause that `head` is part of is a condition.
fn leads_condition(view: &View<'_>, head: usize) -> bool {
    let end = clause_end(view, head);
    end < view.to && view.units[end].ending == Some(Ending::Condition)
}

#[allow(clippy::too_many_arguments)]
fn finish(
    view: &View<'_>,
    token: usize,
    unit: usize,
    role: Role,
    polarity: Polarity,
    verbal: bool,
    head: Option<usize>,
    end: usize,
) -> Predicate {
    let mut stance = polarity.stance;
    if view.question
        && matches!(stance, Stance::Asserted | Stance::Denied | Stance::Possible)
        && head.is_none()
    {
        stance = Stance::Question;
    }
    Predicate {
        token,
        unit,
        role,
        stance,
        nominal: !verbal,
        decisive: verbal || polarity.decisive,
        head,
        end,
        active: false,
        event: stance,
    }
}

fn is_copula(e: Ending) -> bool {
    matches!(
        e,
        Ending::CopulaFinal | Ending::CopulaSequence | Ending::CopulaAdnominal
    )
}

/// In a compound ("leak" + "item"), the first part is a noun.
fn later_noun(view: &View<'_>, unit: usize, token: usize) -> bool {
    view.tokens_of(unit).end > token + 1
}

/// Whether the same clause says, before the predicate, that it is about somebody else.
fn foreign_before(view: &View<'_>, unit: usize) -> bool {
    let start = within(&view.marks.clause_end, view.from..unit)
        .last()
        .map_or(view.from, |&end| end as usize + 1);
    within(&view.marks.foreign, start..unit + 1)
        .iter()
        .rev()
        .take(FAR)
        .any(|&i| view.bracket(i as usize) == view.bracket(unit))
}

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
    if excepted(view, unit) {
        return (Reading::Mentioned, None);
    }
    // What something is said to be: only what stands before it counts.
    if case.is_some_and(is_copula) && own_bracket.is_none() {
        if let Some(f) = frame {
            return (Reading::of(f.stance), Some(f.token));
        }
        if case != Some(Ending::CopulaAdnominal) {
            return (Reading::Inherit, None);
        }
    }
    let object_until = if case == Some(Ending::Object) {
        clause_end(view, unit)
    } else {
        view.to
    };
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
        // A remark in brackets says something of the mention only if it speaks of the event.
        let aside = view.bracket(p.unit) != own_bracket && view.bracket(p.unit).is_some();
        if aside
            && (matches!(p.role, Role::Act | Role::Hold)
                || p.role == Role::Member && p.stance != Stance::Denied)
        {
            continue;
        }
        match p.role {
            Role::Act => {
                let takes = case == Some(Ending::Object)
                    || adjacent(view, unit, p.unit)
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
            Role::Unaffected => return (Reading::of(p.stance), Some(p.token)),
            Role::Leak | Role::SoftLeak | Role::Affect => {
                if p.nominal && !p.decisive && !adjacent(view, unit, p.unit) {
                    continue;
                }
                if p.nominal && p.head.is_some() {
                    continue;
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
            .find(|&t| view.role(t) == Some(Role::Same))
    }) {
        return (Reading::Same, Some(t));
    }
    if predicative(view) && own_bracket.is_none() {
        return (Reading::Mentioned, None);
    }
    (Reading::Inherit, None)
}

fn member_denied(frame: Option<&ListFrame>) -> Reading {
    match frame.map(|f| f.stance) {
        Some(Stance::Denied) => Reading::Leaked,
        Some(Stance::Foreign) => Reading::Mentioned,
        _ => Reading::NotLeaked,
    }
}

/// "Apart from …": the mention is the exception, not what the clause is about.
fn excepted(view: &View<'_>, unit: usize) -> bool {
    view.has_role(unit, Role::Except)
        || view.next_word(unit).is_some_and(|n| {
            n == unit + 1
                && view.has_role(n, Role::Except)
                && view.units[unit]
                    .ending
                    .is_none_or(|e| matches!(e, Ending::Object))
        })
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
            .any(|i| {
                view.tokens_of(i)
                    .any(|t| view.concept(t).kind == Kind::Item)
            })
}

/// Only members of the same list stand between.
fn adjacent(view: &View<'_>, unit: usize, predicate: usize) -> bool {
    if unit == predicate {
        return true;
    }
    !any_within(&view.marks.other_word, unit + 1..predicate)
        && view.units[unit].ending.is_none_or(|e| {
            matches!(
                e,
                Ending::And | Ending::Genitive | Ending::Object | Ending::Subject | Ending::Also
            )
        })
}

/// The last unit of the clause around `unit`.
fn clause_end(view: &View<'_>, unit: usize) -> usize {
    first_from(&view.marks.clause_end, unit).unwrap_or(view.to)
}

/// Whether the sentence ends in a verb of its own (and not in "… is" or a noun).
pub fn predicative(view: &View<'_>) -> bool {
    let Some(last) = view.last_word() else {
        return false;
    };
    if view.has_role(last, Role::DataHead) && view.units[last].ending.is_none_or(is_copula) {
        return false;
    }
    match view.units[last].ending {
        Some(
            Ending::Final
            | Ending::Request
            | Ending::Question
            | Ending::NominalFinal
            | Ending::Auxiliary,
        ) => !view.has_role(last, Role::Open) && !view.has_role(last, Role::Coordinate),
        Some(Ending::Sequence | Ending::Contrast | Ending::Cause | Ending::Condition) => true,
        _ => view.tokens_of(last).last().is_some_and(|t| {
            matches!(view.role(t), Some(Role::Promise | Role::Neg))
                && view.units[last].ending.is_none()
        }),
    }
}
