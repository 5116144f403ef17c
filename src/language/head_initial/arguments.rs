//! Negations of one argument, and clauses that leave their verb or their subject to a neighbour.

use super::*;

/// Whether the negation in unit `i` belongs to the noun phrase behind it ("no card numbers", "nor your address"): only words
/// without a role stand between it and an item.
pub(super) fn negates_argument(view: &View<'_>, i: usize) -> bool {
    for j in i + 1..(i + 6).min(view.to) {
        if !view.units[j].is_word() {
            return false;
        }
        if view
            .tokens_of(j)
            .any(|t| view.concept(t).kind == Kind::Item)
        {
            return true;
        }
        let plain = view.tokens_of(j).all(|t| {
            matches!(
                view.role(t),
                None | Some(Role::Reader | Role::Form | Role::PlainForm | Role::Some)
            )
        });
        if !plain {
            return false;
        }
    }
    false
}

/// Whether a negation (true) or an exception (false) stands over the mention that begins in unit `begin`, reaching it
/// over other members of its list.
pub(super) fn over_mention(view: &View<'_>, start: usize, begin: usize) -> Option<bool> {
    for i in (start..begin).rev().take(FAR) {
        let u = view.units[i];
        if u.kind == UnitKind::Comma {
            // "names, no card numbers": what stands before the comma is another member.
            continue;
        }
        if !u.is_word() {
            return None;
        }
        let mut roles = view.tokens_of(i).filter_map(|t| view.role(t));
        let item = view.has_data(i);
        if let Some(r) = roles
            .clone()
            .find(|r| matches!(r, Role::Neg | Role::Except))
        {
            return match r {
                Role::Except => Some(false),
                _ => (i + 1 == begin || negates_argument(view, i)).then_some(true),
            };
        }
        let and = view.has_role(i, Role::Coordinate);
        let passes = item
            || and
            || roles.all(|r| {
                matches!(
                    r,
                    Role::Reader | Role::Form | Role::PlainForm | Role::Coordinate | Role::Some
                )
            });
        let bare = view.tokens_of(i).next().is_none() && !u.continued;
        if bare && begin - i > 3 || !passes {
            return None;
        }
    }
    None
}

/// How many words may follow the auxiliary of a clause that leaves its verb out ("were not taken along either" has more).
const LEFT_OVER: usize = 2;

/// A clause that leaves its verb out ("card numbers were not", "addresses did, too") repeats that of the clause before it.
pub(super) fn ellipsis(
    view: &View<'_>,
    clause: &Range<usize>,
    predicates: &[Predicate],
) -> Option<(Stance, usize)> {
    // The auxiliary is what tells an ellipsis.
    let auxiliary = *within(&view.marks.passive, clause.clone()).last()? as usize;
    let negation = within(&view.marks.neg, clause.clone()).last();
    let verb = negation.map_or(auxiliary, |&n| auxiliary.max(n as usize));
    let behind = (verb + 1..clause.end).filter(|&i| view.units[i].is_word());
    if behind.count() > LEFT_OVER {
        return None;
    }
    let earlier = predicates.partition_point(|p| p.unit < clause.start);
    let before = predicates[..earlier].iter().rev().take(FAR).find(|p| {
        matches!(
            p.role,
            Role::Leak | Role::SoftLeak | Role::Affect | Role::Member
        )
    })?;
    let mut polarity = Polarity::new(Stance::Asserted);
    for i in clause.clone().rev().take(FAR) {
        for t in view.tokens_of(i).rev() {
            if let Some(r @ (Role::Neg | Role::Possible | Role::Evidence | Role::Verify)) =
                view.role(t)
            {
                polarity.apply(r)
            }
        }
    }
    Some((polarity.stance, before.token))
}

/// The clause behind takes the mention up ("…, so none could be taken"): it names no item of its own.
pub(super) fn taken_up(
    view: &View<'_>,
    clause: &Range<usize>,
    predicates: &[Predicate],
) -> Option<(Reading, Option<usize>)> {
    let later = predicates.partition_point(|p| p.unit < clause.end);
    let p = predicates[later..].iter().take(FAR).find(|p| {
        matches!(
            p.role,
            Role::Leak | Role::SoftLeak | Role::Affect | Role::Unaffected
        )
    })?;
    let named = any_within(&view.marks.named, clause.end..p.unit);
    (!named
        && !p.active
        && p.head.is_none()
        && matches!(
            p.event,
            Stance::Asserted | Stance::Denied | Stance::Possible
        ))
    .then(|| (Reading::of(p.event), Some(p.token)))
}

/// Whether a noun of the event in unit `i` is the plain form of its verb: "did not leak", "could leak", "names never leak".
pub(super) fn used_as_verb(view: &View<'_>, i: usize) -> bool {
    let calls = |j: usize| {
        view.tokens_of(j).any(|t| {
            matches!(
                view.role(t),
                Some(Role::Support | Role::Possible | Role::Promise)
            )
        })
    };
    let word = |j: usize| (j > view.from && view.units[j - 1].is_word()).then(|| j - 1);
    let Some(before) = word(i) else { return false };
    if calls(before) {
        return true;
    }
    view.has_role(before, Role::Neg) && word(before).is_some_and(|j| calls(j) || view.has_data(j))
}

/// Whether a clause that says more about the mention follows it at once: "the address you gave us", "diagnoses that you
/// recorded".
pub(super) fn relative(view: &View<'_>, unit: usize) -> bool {
    let plain = |i: usize| view.units[i].is_word() && view.tokens_of(i).next().is_none();
    (unit + 1..(unit + 4).min(view.to))
        .find(|&i| !plain(i))
        .is_some_and(|i| view.has_role(i, Role::Subject))
}
