//! What a sentence says of a mention: by the predicate that governs it, or by what stands around it.

use super::super::predicate::Reading;
use super::super::vocabulary::listed;
use super::arguments::{
    all_describe, described, ellipsis, event_behind, left_out, opens_with_place, other_subject,
    over_mention, participle, placed_elsewhere, relative, taken_up,
};
use super::behind::{
    behind_passing, denied_behind, each_behind, placed, shared_subject, was_within,
};
use super::nouns::{describes_another, only_described, stands_on, still_listing};
use super::*;

/// How many words a container may stand behind the mention that it holds.
const RELATIVE: usize = 12;

/// How many words may stand between a word of means and the means.
const MEANS: usize = 4;

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
    if is_means(view, &clause, begin, unit, token)
        || stands_on(view, clause.start, begin)
        || describes_another(view, clause.start, begin)
    {
        return (Reading::Mentioned, None);
    }
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
            // "no card numbers were on the tablet"
            Reading::Mentioned if by.is_none() && placed(view, unit, clause.end) => {
                (Reading::NotLeaked, None)
            }
            // "holds no account numbers"
            Reading::Mentioned if said_by(predicates, by, Role::Hold) => (Reading::NotLeaked, by),
            other => (other, by),
        },
        // "Besides your name, your address leaked as well."
        Some(false)
            if (unit + 1..view.to)
                .take(FAR)
                .any(|i| listed(&view.vocabulary.linking.also, view.text_of(i))) =>
        {
            (verdict, by)
        }
        Some(false) => match verdict {
            Reading::NotLeaked => (Reading::Leaked, by),
            Reading::Leaked => (Reading::NotLeaked, by),
            other => (other, by),
        },
        None => (verdict, by),
    }
}

/// How many words may stand between an article and its noun.
const NOUN_PHRASE: usize = 4;

/// Whether the mention is no reader's data but what the event came about by: "obtained a password of …", "our supplier of text
/// messages".
fn is_means(
    view: &View<'_>,
    clause: &Range<usize>,
    begin: usize,
    unit: usize,
    token: usize,
) -> bool {
    let linking = &view.vocabulary.linking;
    let word = |list: &[String], i: usize| listed(list, view.text_of(i));
    let before = || {
        (clause.start..begin)
            .rev()
            .take(NOUN_PHRASE)
            .take_while(|&i| view.units[i].is_word())
    };
    // "The supplier of …".
    let mut near = before();
    if near.next().is_some_and(|i| word(&linking.genitives, i))
        && near.next().is_some_and(|i| view.has_role(i, Role::Staff))
    {
        return true;
    }
    // "the password of a contractor"
    let whose = unit + 1;
    if view.role(token) == Some(Role::Key)
        && whose + 1 < clause.end
        && word(&linking.genitives, whose)
        && (word(&linking.articles, whose + 1) || view.has_role(whose + 1, Role::Staff))
    {
        return true;
    }
    // "A hash of your password" is one wording.
    let own = || (begin..=unit).any(|i| word(&linking.genitives, i));
    if view.role(token) != Some(Role::Key) || own() {
        return false;
    }
    let article = before()
        .take_while(|&i| !view.has_role(i, Role::Reader) && !view.has_role(i, Role::Coordinate))
        .any(|i| word(&linking.articles, i));
    let alone = || {
        clause
            .clone()
            .take(FAR)
            .all(|i| i == unit || i >= begin && i < unit || !view.has_item(i))
    };
    article && alone() && !any_within(&view.marks.colon, clause.start..begin)
}

/// Whether the predicate of token `by` has this role and is plainly affirmed or denied.
fn said_by(predicates: &[Predicate], by: Option<usize>, role: Role) -> bool {
    let says =
        |p: &Predicate| p.role == role && matches!(p.stance, Stance::Asserted | Stance::Denied);
    by.and_then(|by| predicates.binary_search_by_key(&by, |p| p.token).ok())
        .is_some_and(|n| says(&predicates[n]))
}

fn read_in_clause(
    view: &View<'_>,
    clause: &Range<usize>,
    predicates: &[Predicate],
    frames: &[ListFrame],
    unit: usize,
    token: usize,
) -> (Reading, Option<usize>) {
    if let Some(by) = denied_behind(view, predicates, unit) {
        return (Reading::NotLeaked, Some(by));
    }
    if let Some(found) = each_behind(view, predicates, unit) {
        return found;
    }
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
        // "telephone number (leaked)"; not so with "(… your password is not among them)".
        let bracketed =
            || theirs == Some(unit + 1) && !any_within(&view.marks.named, unit + 1..p.unit);
        (theirs == level || theirs.is_none() || bracketed())
            && p.role != Role::LeakNoun
            && !participle(view, clause, p)
    };
    let after_colon = within(&view.marks.colon, clause.start..begin)
        .last()
        .map(|&c| c as usize);
    // A predicate behind the mention that takes its subject.
    let passing = behind_passing(view, unit);
    if let Some(p) = right
        .iter()
        .filter(|p| p.unit >= passing)
        .find(|p| usable(p) && !other_subject(view, unit, p.unit))
    {
        let takes_subject = match p.role {
            Role::Leak | Role::SoftLeak | Role::Affect => {
                // "password (not leaked)"
                let bracketed = view.bracket(p.unit) == Some(unit + 1);
                p.head.is_none() && (!p.active || p.role == Role::Affect || bracketed)
            }
            Role::Unaffected | Role::Hold => true,
            Role::Member => true,
            // "… are encrypted and have not been leaked"
            Role::Act if goes_on(view, right, p) => true,
            // "were never entered on the sheets"
            Role::Act => {
                !p.active
                    && p.stance == Stance::Denied
                    && (p.unit + 1..clause.end)
                        .take(FAR)
                        .any(|i| view.has_role(i, Role::Container))
            }
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
                Role::Hold if p.stance != Stance::Denied && untouched(view, clause, p) => {
                    return (Reading::NotLeaked, Some(p.token));
                }
                Role::Hold | Role::Act if p.stance != Stance::Denied => {
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
                        // "… are stored elsewhere and were not sent"
                        if n.role == Role::Act && n.stance == Stance::Denied && !n.active {
                            return (Reading::NotLeaked, Some(n.token));
                        }
                    }
                }
                Role::Member => return belongs(view, frame, right, p),
                _ => return (Reading::of(p.stance), Some(p.token)),
            }
        }
    }
    // "… are kept elsewhere and were not in the parcel"
    if left.is_empty()
        && placed_elsewhere(view, begin..clause.end, level)
        && !subject_between(view, unit, clause.end)
    {
        return (Reading::NotLeaked, None);
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
            // "We have never asked for it, so it cannot have leaked."
            Role::Act
                if p.stance == Stance::Denied
                    && let Some(found) = taken_up(view, clause, predicates)
                        .filter(|(r, _)| *r == Reading::NotLeaked) =>
            {
                return found;
            }
            // "We never asked for it": what one never had.
            Role::Act
                if p.stance == Stance::Denied
                    && p.active
                    && (acts(view, clause.start..p.unit) && past(view, p.unit)
                        || did_not(view, clause.start..p.unit)) =>
            {
                return (Reading::NotLeaked, Some(p.token));
            }
            // "… accessed records by means of login data": not what was accessed.
            Role::Leak | Role::SoftLeak if means_before(view, p.unit, begin) => {
                return (Reading::Mentioned, Some(p.token));
            }
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
    // "Your card number is in the stolen file."
    if left.is_empty()
        && placed(view, unit, clause.end)
        && let Some(p) = right.iter().find(|p| {
            p.head.is_some_and(|h| view.has_role(h, Role::Container))
                && matches!(p.role, Role::Leak | Role::SoftLeak)
        })
        && !any_within(&view.marks.neg, clause.clone())
    {
        return (Reading::of(p.stance), Some(p.token));
    }
    // "Your name was in the list that we mailed to all members."
    if left.is_empty()
        && placed(view, unit, clause.end)
        && !any_within(&view.marks.neg, clause.clone())
        && let Some(p) = right.first().filter(|p| {
            matches!(p.role, Role::Leak | Role::SoftLeak)
                && p.stance == Stance::Asserted
                && p.head.is_none()
                && (unit + 1..p.unit)
                    .take(RELATIVE)
                    .any(|i| view.has_role(i, Role::Container))
        })
    {
        return (Reading::of(p.stance), Some(p.token));
    }
    // "The same is true of …"
    if own.is_empty() && any_within(&view.marks.same, clause.start..begin) {
        return (Reading::LeftOut { denied: None }, None);
    }
    let verbs = any_within(&view.marks.predicate, clause.clone());
    if !verbs
        && !any_within(&view.marks.hold, clause.clone())
        && let Some((stance, by)) = ellipsis(view, clause, predicates)
    {
        return (Reading::of(stance), Some(by));
    }
    if !verbs && let Some(found) = taken_up(view, clause, predicates) {
        return found;
    }
    if !verbs
        && predicates.is_empty()
        && let Some(denied) = left_out(view, clause, unit)
    {
        return (Reading::LeftOut { denied }, None);
    }
    // "We cannot rule out that your address was …": whatever the verb.
    if not_excluded(view, clause.start..begin) {
        return (Reading::Possible, None);
    }
    // "Neither names nor card numbers" without a verb, "no passwords".
    if negated_alone(view, clause.start, begin) {
        return (Reading::NotLeaked, None);
    }
    if after_colon.is_none() && opens_with_place(view, clause, begin)
        || left.is_empty() && right.is_empty() && was_within(view, clause, unit)
    {
        return (Reading::InheritMember { denied: false }, None);
    }
    // "… were handed in on another form, and are not in the file": the next verb has the same subject.
    if left.is_empty()
        && after_colon.is_none()
        && let Some(found) = shared_subject(view, clause, predicates)
    {
        return found;
    }
    // "It shows who stayed, when, and in which room, together with the passport number you gave."
    if left.is_empty()
        && after_colon.is_none()
        && let Some(p) = still_listing(view, clause, predicates)
    {
        return match p.role {
            Role::Member => member(frame, p),
            _ => (Reading::of(p.stance), Some(p.token)),
        };
    }
    if predicative(view, clause)
        && !all_describe(view, clause, own)
        && !described(view, clause, unit)
        && !only_described(view, clause)
        && after_colon.is_none()
        && (!relative(view, unit) || any_within(&view.marks.verb, clause.start..begin))
    {
        return (Reading::Mentioned, None);
    }
    (Reading::Inherit, None)
}

/// Whether what is kept is then said not to have had something done to it, in a word that nothing is known of: "are stored
/// separately and were not sent".
fn untouched(view: &View<'_>, clause: &Range<usize>, p: &Predicate) -> bool {
    let mut words = (p.unit + 1..clause.end).filter(|&i| view.units[i].is_word());
    let Some(and) = words.find(|&i| view.has_role(i, Role::Coordinate)) else {
        return false;
    };
    let mut rest = (and + 1..clause.end).take_while(|&i| view.units[i].is_word());
    let mut next = |role: Role| rest.next().is_some_and(|i| view.has_role(i, role));
    next(Role::Passive)
        && next(Role::Neg)
        && rest.next().is_some_and(|i| {
            view.tokens_of(i).next().is_none() && !view.units[i].continued && past(view, i)
        })
}

/// Whether what is done to the subject of a passive verb is followed by what happened to it, with an auxiliary of its own.
fn goes_on(view: &View<'_>, right: &[Predicate], p: &Predicate) -> bool {
    let next = right.iter().find(|n| n.unit > p.unit);
    !p.active
        && p.stance == Stance::Asserted
        && next.is_some_and(|n| {
            let between = p.unit + 1..n.unit;
            matches!(n.role, Role::Leak | Role::SoftLeak | Role::Affect)
                && !n.active
                && n.head.is_none()
                && any_within(&view.marks.passive, between.clone())
                && !any_within(&view.marks.named, between.clone())
                && !any_within(&view.marks.subject, between)
        })
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

/// Whether a verb has a subject that is no word of a clause about others: not so in "borrowers who haven't used …".
fn acts(view: &View<'_>, before: Range<usize>) -> bool {
    let last = within(&view.marks.subject, before).last();
    last.is_some_and(|&i| !listed(&view.vocabulary.linking.relatives, view.text_of(i as usize)))
}

/// Whether the operator says before a verb that it did not do something then: "we did not ask for …".
fn did_not(view: &View<'_>, before: Range<usize>) -> bool {
    let linking = &view.vocabulary.linking;
    let near = before.end.saturating_sub(MEANS).max(before.start)..before.end;
    let support = |i: usize| {
        let word = view.text_of(i);
        view.has_role(i, Role::Support) && linking.past_words.has(word)
    };
    near.clone().any(|i| view.has_role(i, Role::Own)) && near.clone().any(support)
}

/// Whether the verb in `unit` is in the past tense.
pub fn past(view: &View<'_>, unit: usize) -> bool {
    let linking = &view.vocabulary.linking;
    let word = view.text_of(unit);
    // "need"
    let ends = |e: &String| {
        let stem = word.strip_suffix(e.as_str());
        stem.is_some_and(|stem| stem.len() > 1 && !stem.ends_with('e'))
    };
    view.units[unit].is_word() && (linking.pasts.iter().any(ends) || linking.past_words.has(word))
}

/// Whether a word of means stands right before the mention that begins in unit `begin`, or before the words that describe it.
fn means_before(view: &View<'_>, verb: usize, begin: usize) -> bool {
    let near = verb.max(begin.saturating_sub(MEANS)) + 1..begin;
    near.rev()
        .take_while(|&i| view.units[i].is_word() && !view.has_data(i))
        .any(|i| listed(&view.vocabulary.linking.means, view.text_of(i)))
}

/// Whether another subject stands between `unit` and the first negation behind it: "is kept with a key that was not …".
fn subject_between(view: &View<'_>, unit: usize, end: usize) -> bool {
    let negation = within(&view.marks.neg, unit + 1..end).first();
    let end = negation.map_or(end, |&n| n as usize);
    let linking = &view.vocabulary.linking;
    // "are collected only after you sign a contract and were not …"
    let opened = |i: usize| i > unit + 1 && listed(&linking.openers, view.text_of(i - 1));
    within(&view.marks.subject, unit + 1..end)
        .iter()
        .any(|&i| !opened(i as usize))
        || (unit + 1..end).any(|i| {
            listed(&linking.relatives, view.text_of(i))
                || listed(&linking.complements, view.text_of(i))
        })
}

/// Whether the verb at `verb` has a subject of its own between `unit` and it ("… and that they were not copied").
fn subject_behind(view: &View<'_>, unit: usize, verb: usize) -> bool {
    any_within(&view.marks.subject, unit + 1..verb)
}

/// Whether the words before a mention say that something cannot be ruled out.
fn not_excluded(view: &View<'_>, before: Range<usize>) -> bool {
    let Some(&negation) = within(&view.marks.neg, before.clone()).first() else {
        return false;
    };
    let from = negation as usize + 1;
    (from..before.end.min(from + MEANS)).any(|i| view.has_role(i, Role::Exclude))
}

/// A fragment that begins with a negation.
fn negated_alone(view: &View<'_>, start: usize, begin: usize) -> bool {
    let subject = any_within(&view.marks.subject, start..begin);
    !subject
        && (start..begin)
            .take(2)
            .any(|i| view.has_role(i, Role::Neg) || view.has_role(i, Role::Lacking))
}

/// Whether the mention in `unit` stands first in its clause, before any verb.
pub fn begins_with(view: &View<'_>, clauses: &[Range<usize>], unit: usize) -> bool {
    let n = clauses.partition_point(|c| c.end <= unit);
    clauses
        .get(n)
        .is_some_and(|c| !any_within(&view.marks.verb, c.start..unit))
}

/// Whether a figure says how many of what the token names there are: "52,310 delivery records".
pub fn counted(view: &View<'_>, unit: usize, token: usize) -> bool {
    let begin = first_unit(view, token, unit);
    let figure = |i: usize| view.text_of(i).starts_with(|c: char| c.is_ascii_digit());
    let last = view.text_of(unit);
    begin > view.from
        && view.units[begin - 1].is_word()
        && figure(begin - 1)
        && listed(&view.vocabulary.linking.counted, last)
}

/// Whether the clause has a verb.
pub fn predicative(view: &View<'_>, clause: &Range<usize>) -> bool {
    any_within(&view.marks.verb, clause.clone())
}
