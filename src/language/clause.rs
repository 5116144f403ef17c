//! Clauses and their stance.

use std::ops::Range;

use super::head_initial;
use super::polarity::{Polarity, Stance};
use super::sentence_view::View;
use super::vocabulary::{Ending, Role, ends_with, listed};

/// The part of a sentence around one predicate.
#[derive(Debug, Clone)]
pub struct Part {
    pub units: Range<usize>,
    pub stance: Stance,
}

/// How many words at the end of a head-final clause belong to its verb.
const TAIL: usize = 4;

/// Cuts a head-final sentence into clauses, each with its stance.
pub fn head_final(view: &View<'_>) -> Vec<Part> {
    let mut out: Vec<Part> = Vec::new();
    let mut start = view.from;
    for i in view.from..view.to {
        let u = view.units[i];
        if view.bracket(i).is_some() || !u.is_word() {
            continue;
        }
        let closes = u.ending.is_some_and(|e| e.closes_clause()) && !auxiliary_follows(view, i);
        if closes && i + 1 < view.to {
            out.push(part(view, start..i + 1));
            start = i + 1;
        }
    }
    if start < view.to {
        let rest = start..view.to;
        if !out.is_empty() && rest.clone().all(|i| !view.units[i].is_word()) {
            if let Some(last) = out.last_mut() {
                last.units.end = view.to;
            }
        } else {
            out.push(part(view, rest));
        }
    }
    // "Do this, and do that": the request at the end holds for the clauses that it is joined to.
    for i in (1..out.len()).rev() {
        let joins = last_ending(view, &out[i - 1].units) == Some(Ending::Sequence);
        // "Do this, and if so, do that": the condition is on the second only.
        let reader = honoured(view, &out[i - 1].units);
        // "…, and, because …, do that".
        let reasons = [Some(Ending::Cause), Some(Ending::Link)];
        let reason = |c: &&Part| !reader || !reasons.contains(&last_ending(view, &c.units));
        let next = out[i..]
            .iter()
            .filter(reason)
            .map(|c| match c.stance {
                // "And if so, please do that": a request all the same.
                Stance::Conditional if requests(view, &c.units) => Stance::Advised,
                stance => stance,
            })
            .find(|&s| s != Stance::Conditional)
            .unwrap_or(out[i].stance);
        if joins
            && matches!(next, Stance::Advised | Stance::Promised | Stance::Purpose)
            && (matches!(out[i - 1].stance, Stance::Asserted) || next == Stance::Advised && reader)
            && !spoken_for(view, &out[i - 1].units)
        {
            out[i - 1].stance = next;
        }
    }
    out
}

/// Whether a clause asks for something.
fn requests(view: &View<'_>, units: &Range<usize>) -> bool {
    units.clone().any(|i| view.has_role(i, Role::Advise))
}

/// Whether the verb that ends a clause honours the reader, who is the one to do it then.
fn honoured(view: &View<'_>, units: &Range<usize>) -> bool {
    let last = units
        .clone()
        .rev()
        .find(|&i| view.units[i].is_word() && view.bracket(i).is_none());
    last.is_some_and(|i| ends_with(&view.vocabulary.honorifics, view.text_of(i)))
}

/// A clause about the operator, or with its verb in the past tense, speaks for itself.
fn spoken_for(view: &View<'_>, units: &Range<usize>) -> bool {
    let word = |i: &usize| view.units[*i].is_word() && view.bracket(*i).is_none();
    let verb = units.clone().rev().find(word);
    units.clone().any(|i| view.has_role(i, Role::Own)) || verb.is_some_and(|i| view.is_past(i))
}

fn last_ending(view: &View<'_>, units: &Range<usize>) -> Option<Ending> {
    units
        .clone()
        .rev()
        .find(|&i| view.units[i].is_word() && view.bracket(i).is_none())
        .and_then(|i| view.units[i].ending)
}

/// Whether the word behind unit `i` is an auxiliary of its verb ("is being …", "have … done").
pub(super) fn auxiliary_follows(view: &View<'_>, i: usize) -> bool {
    let ending = view.units[i].ending;
    // "You have to …": the verb that says so means nothing by itself.
    let obliged = ending == Some(Ending::Request)
        && i + 1 < view.to
        && view.units[i + 1].is_word()
        && view.units[i + 1].ending == Some(Ending::Final)
        && view.tokens_of(i + 1).next().is_none();
    obliged
        || matches!(ending, Some(Ending::Sequence | Ending::Link))
            && i + 1 < view.to
            && view.units[i + 1].is_word()
            && (view.tokens_of(i + 1).any(|t| {
                matches!(
                    view.role(t),
                    Some(Role::Ongoing | Role::Neg | Role::Passive | Role::Advise | Role::NoNeed)
                )
            }) || ending == Some(Ending::Link)
                && view.vocabulary.is_auxiliary(view.text_of(i + 1)))
}

fn part(view: &View<'_>, units: Range<usize>) -> Part {
    let stance = head_final_stance(view, &units);
    Part { units, stance }
}

fn head_final_stance(view: &View<'_>, units: &Range<usize>) -> Stance {
    let words: Vec<usize> = units
        .clone()
        .filter(|&i| view.units[i].is_word() && view.bracket(i) == view.bracket(units.start))
        .collect();
    let tail = &words[words.len().saturating_sub(TAIL)..];
    let mut polarity = Polarity::new(Stance::Asserted);
    let mut advised = None;
    for (n, &i) in words.iter().enumerate() {
        let in_tail = n + TAIL >= words.len();
        for t in view.tokens_of(i) {
            let Some(r) = view.role(t) else { continue };
            // "Check whether there is no …" says neither that there is nor that there is not.
            let asked = view.units[i].ending == Some(Ending::Whether);
            if asked && matches!(r, Role::Neg | Role::NotBe) {
                continue;
            }
            match r {
                Role::Advise => {
                    // A request reported or put before a noun is none.
                    let attribute = view.units[i].ending == Some(Ending::Adnominal);
                    if !attribute {
                        advised = Some(Stance::Advised);
                    }
                }
                Role::NoNeed => advised = Some(Stance::AdvisedAgainst),
                Role::Available if in_tail => advised = advised.or(Some(Stance::Available)),
                Role::Promise if in_tail => advised = advised.or(Some(Stance::Promised)),
                Role::Condition if in_tail && !super::head_final::topical(view, i) => {
                    polarity.apply(r);
                }
                // "We are not asking you to …".
                Role::NotBe if advised == Some(Stance::Advised) => {
                    advised = Some(Stance::AdvisedAgainst);
                }
                Role::Purpose if in_tail => polarity.apply(r),
                Role::Quote | Role::Question if in_tail => polarity.apply(r),
                Role::Neg
                | Role::NotBe
                | Role::Unreached
                | Role::Possible
                | Role::Evidence
                | Role::Whether
                | Role::Ongoing
                | Role::Verify
                | Role::Say
                | Role::Exclude
                    if in_tail =>
                {
                    polarity.apply(r);
                }
                _ => {}
            }
        }
    }
    let last = tail.last().and_then(|&i| view.units[i].ending);
    // "You have to …".
    let obliged = last == Some(Ending::Final)
        && tail.len() > 1
        && view.tokens_of(tail[tail.len() - 1]).next().is_none()
        && view.units[tail[tail.len() - 2]].ending == Some(Ending::Request);
    if advised.is_none() && (last == Some(Ending::Request) || obliged) {
        advised = Some(Stance::Advised);
    }
    match last {
        Some(Ending::Condition) => return Stance::Conditional,
        Some(Ending::Purpose) => return Stance::Purpose,
        Some(Ending::Question) => return Stance::Question,
        _ => {}
    }
    if units.end == view.to && view.question {
        return Stance::Question;
    }
    if let Some(stance) = advised {
        if stance == Stance::Advised && polarity.stance == Stance::Conditional {
            return Stance::Conditional;
        }
        return stance;
    }
    polarity.stance
}

/// The stance of each clause of a head-initial sentence.
pub fn head_initial(view: &View<'_>, clauses: &[Range<usize>]) -> Vec<Part> {
    let mut out: Vec<Part> = Vec::new();
    for units in clauses {
        let mut stance = head_initial_stance(view, units);
        // "do this and do that": an imperative joined to an imperative or request.
        if stance == Stance::Asserted {
            let joined = out
                .last()
                .is_some_and(|p| matches!(p.stance, Stance::Advised))
                && imperative(view, units);
            if joined {
                stance = Stance::Advised;
            }
        }
        out.push(Part {
            units: units.clone(),
            stance,
        });
    }
    out
}

fn head_initial_stance(view: &View<'_>, units: &Range<usize>) -> Stance {
    let mut polarity = Polarity::new(Stance::Asserted);
    let mut found = None;
    for i in units.clone() {
        if view.bracket(i).is_some() {
            continue;
        }
        for t in view.tokens_of(i) {
            let Some(r) = view.role(t) else { continue };
            match r {
                Role::Advise => found = Some(Stance::Advised),
                Role::NoNeed => found = Some(Stance::AdvisedAgainst),
                Role::Available => found = found.or(Some(Stance::Available)),
                Role::Promise => found = found.or(Some(Stance::Promised)),
                Role::Condition => polarity.apply(r),
                Role::Question | Role::Quote => polarity.apply(r),
                _ => {}
            }
        }
    }
    if units.end == view.to && view.question {
        return Stance::Question;
    }
    let behind_label = view
        .marks
        .colon
        .iter()
        .map(|&c| c as usize + 1)
        .rfind(|c| units.contains(c))
        .is_some_and(|from| imperative(view, &(from..units.end)));
    if imperative(view, units) || behind_label {
        return Stance::Advised;
    }
    if let Some(stance) = found {
        return stance;
    }
    if polarity.stance != Stance::Asserted {
        return polarity.stance;
    }
    let mut operators: Vec<Role> = Vec::new();
    for i in units.clone() {
        operators.extend(view.tokens_of(i).filter_map(|t| view.role(t)).filter(|r| {
            matches!(
                r,
                Role::Neg
                    | Role::Possible
                    | Role::Evidence
                    | Role::Ongoing
                    | Role::Verify
                    | Role::Exclude
            )
        }));
    }
    for r in operators.into_iter().rev() {
        polarity.apply(r);
    }
    polarity.stance
}

/// Whether the clause begins with the plain form of a verb that asks for something.
pub(super) fn imperative(view: &View<'_>, units: &Range<usize>) -> bool {
    // What stands in brackets before it ("[If you have an account] Change …") asks nothing.
    let outside = |i: &usize| view.units[*i].is_word() && view.bracket(*i).is_none();
    // "A change in the cache …": a noun.
    let first = units.clone().find(outside);
    let article = |i: usize| listed(&view.vocabulary.linking.articles, view.text_of(i));
    if first.is_some_and(|i| article(i) && i + 1 < view.to && view.has_role(i + 1, Role::Act)) {
        return false;
    }
    // "Sign in and set …"
    let leads = |i: usize| listed(&view.vocabulary.linking.preludes, view.text_of(i));
    let asks = |i: usize| view.opens(i, Role::Act) || view.opens(i, Role::Do);
    if first.is_some_and(|i| leads(i) && !asks(i))
        && (units.start + 1..units.end).any(|i| view.has_role(i - 1, Role::Coordinate) && asks(i))
    {
        return true;
    }
    for i in units.clone().filter(outside).take(4) {
        let u = view.units[i];
        let mut skip = u.continued;
        if prohibits(view, i) {
            return true;
        }
        // "Give your account a new …": a wording of several words.
        if let Some(t) =
            longer(view, i).filter(|&t| matches!(view.role(t), Some(Role::Do | Role::Act)))
        {
            return bare_form(view, t);
        }
        for t in view.tokens_of(i) {
            match view.role(t) {
                Some(Role::Act) => return view.tokens[t].end == u.end && bare_form(view, t),
                Some(Role::Do) => return bare_form(view, t),
                // "No need to change it."
                Some(Role::NoNeed) => return false,
                Some(Role::Coordinate | Role::Contrast | Role::Reader | Role::Form) => skip = true,
                // "Do change your password."
                Some(Role::Support) => skip = true,
                _ => {}
            }
        }
        if !skip && !listed(&view.vocabulary.adverbs, view.text_of(i)) {
            return false;
        }
    }
    false
}

/// The token that begins with unit `i` and ends in a later one.
fn longer(view: &View<'_>, i: usize) -> Option<usize> {
    let start = view.units[i].start;
    let near = i + 1..view.to.min(i + WORDING);
    near.flat_map(|j| view.tokens_of(j))
        .find(|&t| view.tokens[t].start == start)
}

/// The most words of a wording that are looked at from its first one.
const WORDING: usize = 7;

/// Whether the word in unit `i`, which begins a clause, forbids: "never click", "do not reply".
fn prohibits(view: &View<'_>, i: usize) -> bool {
    let negated = i + 1 < view.to && view.has_role(i + 1, Role::Neg);
    let does = || listed(&view.vocabulary.linking.commands, view.text_of(i));
    listed(&view.vocabulary.prohibitions, view.text_of(i))
        || view.has_role(i, Role::Support) && does() && negated
}

/// Whether a token begins with the plain form of its verb.
fn bare_form(view: &View<'_>, token: usize) -> bool {
    let t = view.tokens[token];
    let first = view.text[t.start..t.end].split(' ').next().unwrap_or("");
    let first = first.to_ascii_lowercase();
    !view.vocabulary.not_bare.iter().any(|s| {
        // "ring", "bring": what is left of an inflected verb has a vowel.
        let stem = first.strip_suffix(s.as_str());
        stem.is_some_and(|stem| stem.contains(view.vocabulary.vowels.as_slice()))
    })
}

/// The clauses of a sentence in either order of predicates.
pub fn parts(view: &View<'_>, is_head_final: bool) -> (Vec<Part>, Vec<Range<usize>>) {
    if is_head_final {
        let parts = head_final(view);
        let ranges = parts.iter().map(|p| p.units.clone()).collect();
        (parts, ranges)
    } else {
        let ranges = head_initial::clauses(view);
        (head_initial(view, &ranges), ranges)
    }
}
