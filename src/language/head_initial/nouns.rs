//! Noun phrases with clauses behind them, and things that tell what stands in them.

use super::super::vocabulary::{Linking, ends_with, listed};
use super::*;

/// The most words of the subject of a verb that tells what stands in something: "each line of the leaked file gives".
const SUBJECT: usize = 10;

/// Whether the word in unit `i` is one that nothing is known of.
fn plain(view: &View<'_>, i: usize) -> bool {
    view.units[i].is_word() && view.tokens_of(i).next().is_none() && !view.units[i].continued
}

/// Whether all verbs of a clause stand in clauses about the nouns before them, so that it only names things: "the address you
/// signed up with", "the bays in which you parked", "a number, where you gave one".
pub(super) fn only_described(view: &View<'_>, clause: &Range<usize>) -> bool {
    if clause.len() > FAR {
        return false;
    }
    let linking = &view.vocabulary.linking;
    let mut verbs = within(&view.marks.verb, clause.clone()).iter();
    let mut verb = verbs.next().map(|&v| v as usize);
    let mut about = false;
    let mut named = false;
    let first = clause
        .clone()
        .find(|&i| view.units[i].is_word() && !view.has_role(i, Role::Coordinate))
        .unwrap_or(clause.end);
    let mut i = clause.start;
    while i < clause.end {
        let u = view.units[i];
        if view.bracket(i).is_some() {
            i += 1;
            continue;
        }
        let behind = i > clause.start && view.units[i - 1].is_word();
        if !u.is_word() || view.has_role(i, Role::Coordinate) {
            about = false;
        } else if i == first
            && (view.has_role(i, Role::Contrast)
                || view.has_role(i, Role::Condition)
                || listed(&linking.openers, view.text_of(i)))
        {
            // "where a child is registered, also the child's name"
            about = true;
        } else {
            named |= view.has_data(i);
            let word = view.text_of(i);
            let opens = listed(&linking.relatives, word)
                || listed(&linking.complements, word)
                || listed(&linking.openers, word)
                    && i > clause.start
                    && named
                    && !behind_verb(view, i);
            // "the name your parents gave": a subject that stands right behind a noun.
            let subject = view.has_role(i, Role::Subject)
                || view.has_role(i, Role::Own)
                || view.has_role(i, Role::Reader);
            let noun = behind
                && (view.has_data(i - 1)
                    || plain(view, i - 1) && noun_like(linking, view.text_of(i - 1)));
            about |= named && (opens || subject && noun);
        }
        if verb == Some(i) {
            if !about {
                return false;
            }
            verb = verbs.next().map(|&v| v as usize);
        }
        i += 1;
    }
    named
}

/// The verb of the clause before whose objects go on in this one, which only names things.
pub(super) fn still_listing<'p>(
    view: &View<'_>,
    clause: &Range<usize>,
    predicates: &'p [Predicate],
) -> Option<&'p Predicate> {
    let first = clause.clone().find(|&i| view.units[i].is_word())?;
    let last = (view.from..first).rfind(|&i| view.units[i].is_word())?;
    let goes_on =
        view.units[first - 1].kind == UnitKind::Comma || view.has_role(first, Role::Coordinate);
    let p = predicates[..predicates.partition_point(|p| p.unit < clause.start)].last()?;
    // "Stolen were names and, where known, dates of birth."
    let behind = any_within(&view.marks.named, p.unit + 1..clause.start)
        && !any_within(&view.marks.named, view.from..p.unit);
    let takes = matches!(p.role, Role::Member | Role::Leak | Role::SoftLeak)
        && (p.active || behind)
        && p.head.is_none()
        && p.stance == Stance::Asserted
        && p.unit < last;
    (takes
        && goes_on
        && !any_within(&view.marks.passive, clause.start..clause.end)
        && only_described(view, clause))
    .then_some(p)
}

/// Whether the word before unit `i` is a verb or an auxiliary.
fn behind_verb(view: &View<'_>, i: usize) -> bool {
    any_within(&view.marks.verb, i - 1..i) || any_within(&view.marks.predicate, i - 1..i)
}

/// Whether a word that nothing is known of may be a noun: no preposition, no article.
fn noun_like(linking: &Linking, word: &str) -> bool {
    (word.len() > 3 || listed(&linking.totals, word))
        && !listed(&linking.openers, word)
        && !listed(&linking.definite, word)
}

/// Whether the verb in unit `unit` tells what stands in the thing that it has as its subject: "the forms carry your name", "it has no
/// addresses".
pub(super) fn tells(view: &View<'_>, clause: &Range<usize>, unit: usize, token: usize) -> bool {
    let linking = &view.vocabulary.linking;
    let t = view.tokens[token];
    // "set out" is one wording.
    let whole = &view.text[t.start..t.end];
    if !listed(&linking.tells, view.text_of(unit)) && !listed(&linking.tells, whole) {
        return false;
    }
    // "has leaked", "have to", "gives us"
    let next = unit + 1;
    if next < clause.end
        && (view.has_role(next, Role::Passive)
            || view.has_role(next, Role::Own)
            || is_leak(view, next)
            || past(view, next) && !view.has_data(next)
            || listed(&linking.infinitives, view.text_of(next)))
    {
        return false;
    }
    let mut words = 0;
    let mut head = None;
    for i in (clause.start..first_unit(view, token, unit)).rev() {
        let u = view.units[i];
        if view.bracket(i) != view.bracket(unit) {
            continue;
        }
        if !u.is_word() || view.has_role(i, Role::Coordinate) || view.has_role(i, Role::Contrast) {
            break;
        }
        words += 1;
        let thing = |i: usize| {
            let word = view.text_of(i);
            listed(&linking.plurals, word)
                || listed(&linking.singulars, word)
                || listed(&linking.totals, word)
        };
        if words > SUBJECT
            || view.has_role(i, Role::Passive)
            || view.has_role(i, Role::Staff)
            || view.has_role(i, Role::Own)
            || view.has_role(i, Role::Subject) && !thing(i)
            || view.has_item(i) && view.has_role(i, Role::Reader)
        {
            return false;
        }
        let grammar = view.has_role(i, Role::Neg) || view.has_role(i, Role::Support);
        if head.is_none() && !grammar {
            let container = view.has_role(i, Role::Container) || thing(i);
            let noun = !view.has_role(unit, Role::Hold)
                && no_cue(view, i)
                && u.end - u.start > 3
                && definite(view, clause, i);
            if !container && !noun {
                return false;
            }
            head = Some(i);
        }
    }
    head.is_some()
}

/// Whether a container stands before the verb in unit `unit`, which then has it as its subject.
pub(super) fn in_container(view: &View<'_>, clause: &Range<usize>, unit: usize) -> bool {
    (clause.start..unit).any(|i| view.has_role(i, Role::Container))
}

/// Whether nothing is known of the word in unit `i` but what rules ask for.
fn no_cue(view: &View<'_>, i: usize) -> bool {
    !view.units[i].continued
        && view.tokens_of(i).all(|t| {
            view.role(t).is_none() && !matches!(view.concept(t).kind, Kind::Item | Kind::Umbrella)
        })
}

fn is_leak(view: &View<'_>, i: usize) -> bool {
    view.tokens_of(i).any(|t| {
        matches!(
            view.role(t),
            Some(Role::Leak | Role::SoftLeak | Role::Affect)
        )
    })
}

/// Whether the noun in unit `i` stands behind a word that tells which one is meant: "the", "each", "a form has …".
fn definite(view: &View<'_>, clause: &Range<usize>, i: usize) -> bool {
    let linking = &view.vocabulary.linking;
    (clause.start..i)
        .rev()
        .take(3)
        .take_while(|&j| view.units[j].is_word())
        .any(|j| {
            let word = view.text_of(j);
            listed(&linking.definite, word)
                || listed(&linking.articles, word)
                || listed(&linking.totals, word)
        })
}

/// Whether the mention that begins in unit `begin` is only where another one stands: "the name printed on your card".
pub(super) fn stands_on(view: &View<'_>, start: usize, begin: usize) -> bool {
    let linking = &view.vocabulary.linking;
    let mut before = (start..begin)
        .rev()
        .take_while(|&i| view.units[i].is_word());
    let determined =
        |i: usize| view.has_role(i, Role::Reader) || listed(&linking.definite, view.text_of(i));
    let mention = begin;
    let own =
        view.has_role(mention, Role::Reader) || listed(&linking.definite, view.text_of(mention));
    let Some(mut place) = before.next() else {
        return false;
    };
    if determined(place) && !own {
        let Some(next) = before.next() else {
            return false;
        };
        place = next;
    } else if !own {
        return false;
    }
    if !listed(&linking.carriers, view.text_of(place)) {
        return false;
    }
    let Some(word) = before.next() else {
        return false;
    };
    let mut described = || {
        ends_with(
            &view.vocabulary.not_bare,
            &view.text_of(word).to_ascii_lowercase(),
        ) && !view.tokens_of(word).any(|t| is_predicate(view.role(t)))
            && before.next().is_some_and(|i| view.has_item(i))
    };
    view.has_item(word) || described()
}

/// Whether the mention that begins in unit `begin` stands in a clause about another one: "the medicines you told us of at your last
/// visit".
pub(super) fn describes_another(view: &View<'_>, start: usize, begin: usize) -> bool {
    for i in (start + 1..begin).rev().take(SUBJECT) {
        let event = view.has_role(i, Role::Passive) || is_leak(view, i);
        if !view.units[i].is_word() || view.has_role(i, Role::Coordinate) || event {
            return false;
        }
        if view.has_role(i, Role::Subject) || view.has_role(i, Role::Own) {
            return view.units[i - 1].is_word() && view.has_item(i - 1);
        }
    }
    false
}
