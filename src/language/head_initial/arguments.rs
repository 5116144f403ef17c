//! Negations of one argument, and clauses that leave their verb or their subject to a neighbour.

use super::super::predicate::Reading;
use super::super::vocabulary::{ends_with, listed};
use super::*;

/// Whether the negation in unit `i` belongs to the noun phrase behind it ("no card numbers", "nor your address"): only words
/// without a role stand between it and an item.
pub(super) fn negates_argument(view: &View<'_>, i: usize) -> bool {
    for j in i + 1..(i + 9).min(view.to) {
        if !view.units[j].is_word() {
            return false;
        }
        if view.has_item(j) {
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
    let mut unknown = 0;
    for i in (start..begin).rev().take(FAR) {
        let u = view.units[i];
        if u.kind == UnitKind::Comma {
            // "names, no card numbers": what stands before the comma is another member.
            unknown = 0;
            continue;
        }
        if !u.is_word() {
            return None;
        }
        let mut roles = view.tokens_of(i).filter_map(|t| view.role(t));
        let item = view.has_data(i);
        if let Some(r) = roles
            .clone()
            .find(|r| matches!(r, Role::Neg | Role::Lacking | Role::Except))
        {
            return match r {
                Role::Except => Some(false),
                _ => (i + 1 == begin || negates_argument(view, i)).then_some(true),
            };
        }
        let and = view.has_role(i, Role::Coordinate);
        // "API requests," is no verb, "exports," nothing that holds what follows.
        let noun = (view.has_role(i, Role::Act) || view.has_role(i, Role::Container))
            && view
                .units
                .get(i + 1)
                .is_some_and(|n| n.kind == UnitKind::Comma);
        let passes = item
            || and
            || noun
            || roles.all(|r| {
                matches!(
                    r,
                    Role::Reader | Role::Form | Role::PlainForm | Role::Coordinate | Role::Some
                )
            });
        let bare = view.tokens_of(i).next().is_none() && !u.continued;
        unknown = if bare { unknown + 1 } else { 0 };
        if unknown > UNKNOWN || !passes {
            return None;
        }
    }
    None
}

/// The most words of no meaning in a row that one member of a list may have.
const UNKNOWN: usize = 3;

/// Whether a clause says that something is not in some place: "were not on the stick", "aren't among them".
pub(super) fn placed_elsewhere(view: &View<'_>, units: Range<usize>, level: Option<usize>) -> bool {
    let places = &view.vocabulary.places;
    within(&view.marks.neg, units).iter().take(FAR).any(|&i| {
        let i = i as usize;
        // "isn't printed on it"
        let participle = |i: usize| {
            let known = view.tokens_of(i).any(|t| is_predicate(view.role(t)));
            !known && past(view, i)
        };
        let mut next = i + 1;
        // "have never been in that file"
        while next < view.to.min(i + 3) && (participle(next) || view.has_role(next, Role::Passive))
        {
            next += 1;
        }
        view.bracket(i) == level && next < view.to && listed(places, view.text_of(next))
    })
}

/// The noun that the participle in `unit` is put before: "the leaked files", "a compromised e-mail account", "affected users".
pub(super) fn attributed(
    view: &View<'_>,
    clause: &Range<usize>,
    unit: usize,
    role: Role,
) -> Option<usize> {
    let next = unit + 1;
    if next >= clause.end || !view.units[next].is_word() || role == Role::LeakNoun {
        return None;
    }
    let noun = |t: usize| {
        let c = view.concept(t);
        matches!(c.role, Some(Role::DataHead | Role::Container)) || c.kind == Kind::Umbrella
    };
    let start = view.units[next].start;
    let last = clause.end.min(next + 3);
    let known = (next..last).find(|&i| {
        view.tokens_of(i)
            .any(|t| view.tokens[t].start == start && noun(t))
    });
    // Whoever is affected is no list.
    let anyone = || {
        let plain =
            view.tokens_of(next).all(|t| view.role(t).is_none()) && !view.units[next].continued;
        // "… do not appear in the file" is one wording.
        let word = view.tokens_of(unit).any(|t| {
            view.role(t) == Some(Role::Affect) && view.tokens[t].start == view.units[unit].start
        });
        (role == Role::Affect && word && plain && !view.has_data(next)).then_some(next)
    };
    known.or_else(anyone)
}

/// The event that a membership refers to by what stands behind it: "were among the data copied".
pub(super) fn event_behind<'p>(
    view: &View<'_>,
    right: &'p [Predicate],
    p: &Predicate,
) -> Option<&'p Predicate> {
    let n = right.iter().find(|n| {
        n.unit > p.unit && matches!(n.role, Role::Leak | Role::SoftLeak | Role::Affect)
    })?;
    let items = (p.unit + 1..n.unit).any(|i| view.has_item(i));
    (!items && n.stance == Stance::Asserted).then_some(n)
}

/// Whether the verb at `verb` says what a container holds: "the files that were copied hold names".
pub(super) fn contains(view: &View<'_>, clause: &Range<usize>, p: &Predicate) -> bool {
    let container = (clause.start..p.unit)
        .rev()
        .find(|&i| view.has_role(i, Role::Container));
    container.is_some_and(|at| {
        let own = |i: usize| view.has_role(i, Role::Subject);
        let verb = |i: usize| view.tokens_of(i).any(|t| is_predicate(view.role(t)));
        let subject = (at + 1..p.unit).rev().find(|&i| own(i));
        let other = (at + 1..p.unit).rev().find(|&i| verb(i));
        let near = other.map_or(0, |o| o + 1).max(p.unit.saturating_sub(2));
        !any_within(&view.marks.passive, near..p.unit)
            && subject.is_none_or(|s| (s + 1..p.unit).any(verb))
    })
}

/// Whether a predicate is a participle that only describes the data behind it ("and encrypted passwords") or before it ("the
/// account number used for refunds").
pub(super) fn participle(view: &View<'_>, clause: &Range<usize>, p: &Predicate) -> bool {
    if !matches!(p.role, Role::Act | Role::Hold) || p.unit <= clause.start {
        return false;
    }
    let word = view.text_of(p.unit).to_ascii_lowercase();
    let endings = &view.vocabulary.not_bare;
    if !ends_with(endings, &word) {
        return false;
    }
    let before = p.unit - 1;
    if p.role == Role::Act && (view.has_data(before) || undone(view, clause)) {
        return true;
    }
    let next = p.unit + 1;
    let describes = next < view.to
        && (view.has_data(next) || view.units[next].continued)
        && view.units[next].is_word();
    describes
        && (!view.units[before].is_word()
            || view.has_role(before, Role::Coordinate)
            || view.has_role(before, Role::Reader)
            || view.tokens_of(before).next().is_none()
                && !view.units[before].continued
                && view
                    .text_of(before)
                    .starts_with(|c: char| c.is_ascii_lowercase()))
}

/// Whether nobody does anything in a clause, and nothing is done: "the account used for refunds, …".
fn undone(view: &View<'_>, clause: &Range<usize>) -> bool {
    let done = |list: &[u32]| any_within(list, clause.clone());
    let marks = &view.marks;
    !done(&marks.subject) && !done(&marks.passive) && !done(&marks.neg)
}

/// Whether all verbs of a clause are participles that describe the nouns before them.
pub(super) fn all_describe(
    view: &View<'_>,
    clause: &Range<usize>,
    predicates: &[Predicate],
) -> bool {
    let verbs = within(&view.marks.verb, clause.clone());
    !verbs.is_empty()
        && verbs.iter().take(FAR).all(|&v| {
            let from = predicates.partition_point(|p| p.unit < v as usize);
            predicates[from..]
                .iter()
                .take_while(|p| p.unit == v as usize)
                .any(|p| participle(view, clause, p))
        })
}

/// Whether the verbs of a clause only describe the mention before them: "the account number used for refunds".
pub(super) fn described(view: &View<'_>, clause: &Range<usize>, unit: usize) -> bool {
    let verbs = within(&view.marks.verb, clause.clone());
    let verbs = &verbs[..verbs.len().min(FAR)];
    let Some(first) = verbs.first().map(|&v| v as usize).filter(|&v| v > unit) else {
        return false;
    };
    let asks = |v: usize| view.has_role(v, Role::Advise) || view.has_role(v, Role::Promise);
    if verbs.iter().any(|&v| asks(v as usize)) {
        return false;
    }
    // "the password, scrambled in a manner that can be undone"
    let linking = &view.vocabulary.linking;
    let says_more = (unit + 1..first).take(FAR).any(|i| {
        let word = view.text_of(i);
        listed(&linking.relatives, word) || listed(&linking.complements, word)
    });
    let passive = |v: usize| view.has_role(v, Role::Passive);
    says_more || view.has_role(first, Role::Act) && !verbs.iter().any(|&v| passive(v as usize))
}

/// Whether the predicate in unit `verb` stands behind a label that names the mention, and has a subject of its own: "payment
/// data: the game has always been sold through shops".
pub(super) fn other_subject(view: &View<'_>, unit: usize, verb: usize) -> bool {
    let Some(&colon) = within(&view.marks.colon, unit + 1..verb).last() else {
        return false;
    };
    let behind = colon as usize + 1;
    let Some(&auxiliary) = within(&view.marks.passive, behind..verb).first() else {
        return false;
    };
    let mut words = (behind..auxiliary as usize).filter(|&i| view.units[i].is_word());
    let own = |i: usize| view.has_role(i, Role::Subject);
    // "…: all three were taken".
    let totals = &view.vocabulary.linking.totals;
    if words.clone().all(|i| listed(totals, view.text_of(i))) {
        return false;
    }
    words.clone().any(|i| view.tokens_of(i).next().is_none()) && !words.any(own)
}

/// How many words may follow the auxiliary of a clause that leaves its verb out ("were not taken along either" has more).
const LEFT_OVER: usize = 2;

/// A clause that leaves its verb out ("card numbers were not", "addresses did, too") repeats that of the clause before it.
pub(super) fn ellipsis(
    view: &View<'_>,
    clause: &Range<usize>,
    predicates: &[Predicate],
) -> Option<(Stance, usize)> {
    if repeats(view, clause) {
        let earlier = predicates.partition_point(|p| p.unit < clause.start);
        let before = predicates[..earlier].last()?;
        let denied = any_within(&view.marks.neg, clause.clone());
        let stance = if denied {
            Stance::Denied
        } else {
            before.stance
        };
        return Some((stance, before.token));
    }
    // The auxiliary is what tells an ellipsis.
    let support = || {
        clause.clone().rev().take(FAR).find(|&i| {
            view.has_role(i, Role::Support)
                || listed(&view.vocabulary.linking.negated, view.text_of(i))
        })
    };
    let auxiliary = match within(&view.marks.passive, clause.clone()).last() {
        Some(&i) => i as usize,
        None => support()?,
    };
    let negation = within(&view.marks.neg, clause.clone()).last();
    let verb = negation.map_or(auxiliary, |&n| auxiliary.max(n as usize));
    let level = view.bracket(verb);
    let word = |i: &usize| view.units[*i].is_word() && view.bracket(*i) == level;
    let behind = (verb + 1..clause.end).filter(word);
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
            if let Some(
                r @ (Role::Neg
                | Role::Possible
                | Role::Evidence
                | Role::Verify
                | Role::Whether
                | Role::Ongoing),
            ) = view.role(t)
            {
                polarity.apply(r)
            }
        }
    }
    Some((polarity.stance, before.token))
}

/// Whether a clause begins with words that repeat what was said before: "so were", "and as did", "nor was".
fn repeats(view: &View<'_>, clause: &Range<usize>) -> bool {
    let mut words = clause.clone().filter(|&i| view.units[i].is_word());
    let first = words.find(|&i| !view.has_role(i, Role::Coordinate));
    let again = |i: usize| {
        listed(&view.vocabulary.linking.repeats, view.text_of(i)) || view.has_role(i, Role::Neg)
    };
    first.is_some_and(again)
        && words
            .next()
            .is_some_and(|i| view.has_role(i, Role::Passive) || view.has_role(i, Role::Support))
}

/// The most words between a subject and the auxiliary that is all its clause has of a verb: "names certainly were".
const ADVERBS: usize = 1;

/// Whether a clause leaves its verb out, that of the sentence before, and whether it denies it: "your password was not", "so were
/// your names".
pub(super) fn left_out(
    view: &View<'_>,
    clause: &Range<usize>,
    unit: usize,
) -> Option<Option<bool>> {
    let auxiliary = |i: usize| {
        view.has_role(i, Role::Passive)
            || view.has_role(i, Role::Support)
            || listed(&view.vocabulary.linking.negated, view.text_of(i))
    };
    let denied = any_within(&view.marks.neg, clause.clone());
    if repeats(view, clause) {
        // "Nor were your names": denied, whatever stands before.
        return (!denied).then_some(None);
    }
    let linking = &view.vocabulary.linking;
    let last = clause.clone().rev().take(FAR).find(|&i| auxiliary(i))?;
    let mut behind = (last + 1..clause.end).filter(|&i| view.units[i].is_word());
    let rest = |i: usize| view.has_role(i, Role::Neg) || listed(&linking.repeats, view.text_of(i));
    // "Your name and e-mail address certainly were."
    let affirmed = || {
        view.has_role(last, Role::Passive)
            && (unit + 1..last)
                .filter(|&i| view.units[i].is_word())
                .count()
                <= ADVERBS
            && behind.clone().next().is_none()
            && !(unit + 1..last).any(|i| view.has_role(i, Role::Subject))
    };
    if last > unit && !denied && affirmed() {
        return Some(Some(false));
    }
    (last > unit && denied && behind.all(rest)).then_some(Some(true))
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

/// Whether the clause begins by naming a container, as what is in it follows: "On the stick were …".
pub(super) fn opens_with_place(view: &View<'_>, clause: &Range<usize>, before: usize) -> bool {
    let places = &view.vocabulary.places;
    let first = clause.clone().find(|&i| view.units[i].is_word());
    first.is_some_and(|first| {
        let mut near = (first + 1)..before.min(first + 5);
        listed(places, view.text_of(first))
            && near
                .rfind(|&i| {
                    view.has_role(i, Role::Container)
                        || listed(&view.vocabulary.linking.objects, view.text_of(i))
                })
                .is_some_and(|at| {
                    !(at + 1..before).any(|i| {
                        view.has_role(i, Role::Subject)
                            && !listed(&view.vocabulary.linking.givers, view.text_of(i))
                            || view.tokens_of(i).any(|t| is_predicate(view.role(t)))
                    })
                })
    })
}

/// Whether a clause that says more about the mention follows it at once: "the address you gave us", "diagnoses that you
/// recorded".
pub(super) fn relative(view: &View<'_>, unit: usize) -> bool {
    let plain = |i: usize| view.units[i].is_word() && view.tokens_of(i).next().is_none();
    let near = (unit + 1..(unit + 4).min(view.to)).take_while(|&i| plain(i));
    let relatives = &view.vocabulary.linking.relatives;
    if near.clone().any(|i| listed(relatives, view.text_of(i))) {
        return true;
    }
    (unit + 1..(unit + 4).min(view.to))
        .find(|&i| !plain(i))
        .is_some_and(|i| view.has_role(i, Role::Subject))
}
