//! Reading a sentence whose predicates come last (Korean): arguments look to the right for their predicate, and the
//! predicate looks to the right for negations and doubts.

use super::polarity::{Polarity, Stance};
use super::predicate::{ListFrame, Predicate, Reading};
use super::sentence_view::{View, any_within, first_from, within};
use super::units::UnitKind;
use super::vocabulary::{Ending, Kind, Role, begins_with, ends_with, listed};

mod lists;
mod means;
mod mentions;
mod readers;

pub use lists::frames;
pub use means::is_means;
pub use mentions::read_mention;
pub use readers::of_some_readers;

/// How many predicates a mention looks at before it gives up.
const REACH: usize = 8;
/// How many words before a verb of sending its recipients may stand.
const RECIPIENT: usize = 8;
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
            ) || role == Role::Unreached && !said_before(view, unit);
            if wanted {
                out.push(chain(view, unit, token, role));
            } else if role == Role::Send && to_others(view, unit) {
                out.push(chain(view, unit, token, Role::Leak));
            } else if role == Role::Show && shows_data(view, unit) {
                out.push(chain(view, unit, token, Role::SoftLeak));
            } else if matches!(role, Role::Neg | Role::NotBe) && negates_noun(view, unit, token) {
                out.push(absence(view, unit, token));
            }
        }
    }
    out
}

/// Whether the verb behind the quotation in `unit` tells what an earlier notice said and turns from it: "that it did not
/// leak, we wrote, but …".
fn told_before(view: &View<'_>, unit: usize) -> bool {
    view.next_word(unit).is_some_and(|n| {
        let told = &view.vocabulary.linking.told;
        let word = view.text_of(n);
        let verb = if view.is_past(n) {
            Some(n)
        } else {
            view.next_word(n).filter(|&m| m == n + 1 && view.is_past(m))
        };
        let verb = verb.filter(|&v| view.units[v].ending == Some(Ending::Contrast));
        verb.is_some() && begins_with(told, word)
    })
}

/// Whether what is sent in `unit` goes to people who should not have it: "to other customers".
fn to_others(view: &View<'_>, unit: usize) -> bool {
    let linking = &view.vocabulary.linking;
    let starts = |i: usize| begins_with(&linking.others, view.text_of(i));
    let before = (view.from..unit).rev().take(RECIPIENT);
    let recipient = before
        .take_while(|&i| !view.units[i].ending.is_some_and(Ending::closes_clause))
        .find(|&i| ends_with(&linking.recipients, view.text_of(i)));
    recipient.is_some_and(|i| (view.from..=i).rev().take(RECIPIENT / 2).any(starts))
}

/// Whether what can be seen in `unit` is data, or is seen by people who should not see it.
fn shows_data(view: &View<'_>, unit: usize) -> bool {
    let before = unit.checked_sub(1).filter(|&b| b >= view.from);
    before.is_some_and(|b| {
        view.units[b].ending == Some(Ending::Subject)
            && (view.has_data(b) || view.has_role(b, Role::Container))
    }) || to_others(view, unit)
}

/// Whether the word of sending or showing in `unit` says that people got to see what they should not.
pub(super) fn goes_astray(view: &View<'_>, unit: usize, role: Role) -> bool {
    match role {
        Role::Send => to_others(view, unit),
        Role::Show => shows_data(view, unit),
        _ => false,
    }
}

/// Whether a negation is the verb of the item before it ("there is no …", "is not …"), not part of another verb.
fn negates_noun(view: &View<'_>, unit: usize, token: usize) -> bool {
    let mut before = unit;
    // "… are not in that file": where it is not may stand between.
    loop {
        let Some(b) = before.checked_sub(1).filter(|b| *b >= view.from) else {
            return false;
        };
        before = b;
        let place = view.units[b].ending == Some(Ending::Oblique)
            && view.has_role(b, Role::Container)
            || unit > b + 1 && view.units[b].ending.is_none() && !view.has_data(b);
        if !place || unit > b + 4 {
            break;
        }
    }
    // "There is no password to be changed."
    let due = before
        .checked_sub(1)
        .filter(|&b| b >= view.from)
        .is_some_and(|b| listed(&view.vocabulary.linking.due, view.text_of(b)));
    if due {
        return false;
    }
    let first = view.tokens[token].start == view.units[unit].start;
    // "… is data that is not on that list".
    let place = || {
        let mut near = (view.from..unit).rev().take(3);
        near.any(|i| {
            view.units[i].ending == Some(Ending::Oblique) && !view.has_data(i)
                || view.has_role(i, Role::Container)
        })
    };
    if first
        && view.units[unit].ending == Some(Ending::Adnominal)
        && place()
        && view.next_word(unit).is_some_and(|n| said_to_be(view, n))
    {
        return true;
    }
    let begins = first && view.units[unit].ending != Some(Ending::Adnominal);
    // "… is not on the disk": the topic of the sentence is not there.
    let place = unit - 1;
    if begins
        && view.role(token) == Some(Role::Neg)
        && (view.units[place].ending == Some(Ending::Oblique)
            || view.units[place].ending == Some(Ending::Topic)
                && (view.has_role(place, Role::Container) || view.has_data(place)))
        && !view.has_item(place)
    {
        return true;
    }
    begins
        && view.has_item(before)
        && matches!(
            view.units[before].ending,
            None | Some(Ending::Topic | Ending::Subject | Ending::Also)
        )
}

/// Whether "cannot be seen" in `unit` is said of a quotation before it, or only says how something is done.
fn said_before(view: &View<'_>, unit: usize) -> bool {
    view.units[unit].ending == Some(Ending::Auxiliary)
        || (view.from..unit)
            .rev()
            .take(2)
            .any(|i| view.units[i].ending == Some(Ending::Quotative))
}

fn absence(view: &View<'_>, unit: usize, token: usize) -> Predicate {
    let mut stance = Stance::Denied;
    if view.question || view.units[unit].ending == Some(Ending::Whether) {
        stance = Stance::Question;
    }
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
        topic: None,
        event: stance,
    }
}

/// Follows a predicate to the end of its clause.
fn chain(view: &View<'_>, unit: usize, token: usize, role: Role) -> Predicate {
    let start = if matches!(role, Role::Unaffected | Role::Unreached) {
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
    let mut topic = None;
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
            // A line that ends inside a sentence does not end the clause.
            UnitKind::Stop | UnitKind::Semicolon | UnitKind::Colon => break,
            UnitKind::QuestionMark => {
                polarity.apply(Role::Question);
                break;
            }
            // "Notice of a leak — what we told you was wrong": another sentence.
            UnitKind::Dash if !verbal && parts(view, i) => break,
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
        // "Because we do not take it, it is not concerned": the reason has a negation of its own.
        if i > unit
            && matches!(role, Role::Unaffected | Role::Unreached | Role::Hold)
            && begins_with(&view.vocabulary.linking.because, view.text_of(i))
        {
            break;
        }
        for t in view.tokens_of(i) {
            if t < from_token {
                continue;
            }
            let Some(r) = view.role(t) else { continue };
            if r == Role::Condition && topical(view, i) {
                continue;
            }
            let closing = matches!(
                r,
                Role::Purpose
                    | Role::Condition
                    | Role::Advise
                    | Role::Promise
                    | Role::Question
                    | Role::NoNeed
            );
            // "If it is found that … leaked".
            let open = r == Role::Condition && polarity.to_be_found();
            if closing && factive && !open {
                return finish(view, token, unit, role, polarity, verbal, head, end, topic);
            }
            match r {
                Role::Advise => polarity.stance = Stance::Advised,
                Role::NoNeed => polarity.stance = Stance::AdvisedAgainst,
                Role::Promise if polarity.stance == Stance::Asserted && !verbal => {
                    polarity.stance = Stance::Promised
                }
                // "It can have leaked" is a guess, not an offer.
                Role::Available if matches!(role, Role::Leak | Role::Affect) => {
                    polarity.apply(Role::Possible)
                }
                Role::Available if role == Role::SoftLeak => polarity.stance = Stance::Available,
                Role::Foreign if verbal => {}
                // What is said is the leak's own containment, not another one.
                Role::Member if t == token => {}
                Role::FactHead if u.ending == Some(Ending::Request) => {}
                Role::FactHead => factive = true,
                Role::Leak | Role::SoftLeak if i > unit && verbal => {
                    // Another predicate of its own.
                    return finish(view, token, unit, role, polarity, verbal, head, end, topic);
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
                    if topic.is_none()
                        && view.units[n].ending == Some(Ending::Topic)
                        && view.has_role(n, Role::FactHead)
                    {
                        topic = Some((n, polarity.stance));
                    }
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
                    }) || view.units[n].continued
                        || view.units[n].ending == Some(Ending::Quotative)
                        || said_to_be(view, n)
                        // "… is so made that we cannot see it".
                        || role == Role::Unreached && view.units[n].ending.is_some_and(is_copula);
                    if !goes_on {
                        head = Some(n);
                        if absent(view, n) {
                            polarity.apply(Role::Neg);
                        }
                        if let Some(r) = taken_back(view, n) {
                            polarity.apply(r);
                        }
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
                Some(Ending::Condition) if !factive || polarity.to_be_found() => {
                    polarity.apply(Role::Condition);
                    break;
                }
                Some(Ending::Purpose) if !factive => {
                    polarity.apply(Role::Purpose);
                    break;
                }
                Some(Ending::Quotative) => {
                    polarity.report();
                    if polarity.stance == Stance::Denied && told_before(view, i) {
                        polarity.apply(Role::Foreign);
                    }
                }
                Some(Ending::Whether) if !factive => polarity.apply(Role::Whether),
                Some(Ending::Question) => {
                    polarity.apply(Role::Question);
                    break;
                }
                Some(e) if e.closes_clause() => {
                    let auxiliary = super::clause::auxiliary_follows(view, i);
                    if !auxiliary {
                        break;
                    }
                }
                _ => {}
            }
        }
        i += 1;
    }
    finish(view, token, unit, role, polarity, verbal, head, end, topic)
}

/// Whether the dash in `unit` stands between words and has a sentence behind it, not only the rest of a label.
fn parts(view: &View<'_>, unit: usize) -> bool {
    let figure = |i: usize| view.text_of(i).starts_with(|c: char| c.is_ascii_digit());
    let apart = unit > view.from && !view.units[unit].joined && !figure(unit - 1);
    apart
        && predicative(view)
        && (unit + 1..view.to)
            .filter(|&i| view.units[i].is_word())
            .nth(2)
            .is_some()
}

/// Whether the topic of the clause is, or is not, the data that a relative clause describes: "is no item that leaked".
fn said_to_be(view: &View<'_>, head: usize) -> bool {
    let data = view
        .tokens_of(head)
        .any(|t| view.concept(t).kind == Kind::Umbrella || view.role(t) == Some(Role::DataHead));
    let is = view.units[head].ending.is_some_and(is_copula);
    let is_not = view.units[head].ending == Some(Ending::Subject)
        && view
            .next_word(head)
            .is_some_and(|n| n == head + 1 && view.has_role(n, Role::NotBe));
    data && (is && !view.has_role(head, Role::FactHead) && topic_before(view, head) || is_not)
}

/// Whether the sentence has data as its topic before `unit`.
fn topic_before(view: &View<'_>, unit: usize) -> bool {
    within(&view.marks.named, view.from..unit)
        .iter()
        .rev()
        .take(FAR)
        .any(|&i| matches!(view.case(i as usize), Some(Ending::Topic | Ending::Also)))
}

/// Whether what a relative clause describes is then said not to exist: "there is no member whose data leaked".
fn absent(view: &View<'_>, head: usize) -> bool {
    // The particle of a noun that is not in the vocabulary may look like the ending of a verb.
    let described = matches!(
        view.units[head].ending,
        Some(Ending::Topic | Ending::Subject | Ending::Also)
    ) || view.units[head].ending == Some(Ending::Adnominal)
        && view.tokens_of(head).next().is_none();
    let described = described && !view.has_item(head);
    described
        && view.next_word(head).is_some_and(|n| {
            // "not a single one": words without a meaning of their own may stand between.
            let n = (n..view.to.min(n + 3))
                .find(|&i| !view.units[i].is_word() || view.tokens_of(i).next().is_some())
                .unwrap_or(n);
            view.units[n].ending != Some(Ending::Adnominal)
                && view.tokens_of(n).next().is_some_and(|t| {
                    view.role(t) == Some(Role::Neg) && view.tokens[t].start == view.units[n].start
                })
        })
}

/// How the rest of the clause takes back the statement that `head` carries ("the notice that … is withdrawn").
fn taken_back(view: &View<'_>, head: usize) -> Option<Role> {
    let end = clause_end(view, head).min(view.to - 1);
    (head..=end.min(head + FAR)).find_map(|i| {
        view.tokens_of(i)
            .filter_map(|t| view.role(t))
            .find(|r| matches!(r, Role::Correct | Role::Untrue))
    })
}

/// Whether the event named in `head` is then set apart from one's own: "the accident … has nothing to do with us".
fn apart_from_event(view: &View<'_>, head: usize) -> bool {
    (view.has_role(head, Role::Event) || view.has_role(head, Role::EventHead))
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
    topic: Option<(usize, Stance)>,
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
        topic,
        event: stance,
    }
}

/// Whether predicates of this role speak of the event.
fn is_event(role: Role) -> bool {
    matches!(role, Role::Leak | Role::SoftLeak | Role::Affect)
}

/// Whether "in the case of" in unit `i` only names what is spoken of ("in the case of your password, …").
pub(super) fn topical(view: &View<'_>, i: usize) -> bool {
    i > view.from
        && view.units[i - 1].ending == Some(Ending::Genitive)
        && !view
            .tokens_of(i - 1)
            .any(|t| view.role(t).is_some_and(is_event))
}

fn is_copula(e: Ending) -> bool {
    matches!(
        e,
        Ending::CopulaFinal | Ending::CopulaSequence | Ending::CopulaAdnominal
    )
}

/// Whether a predicate only describes a noun that is not the event: "the leaked file", "the way of the leak".
pub fn describes(view: &View<'_>, p: &Predicate) -> bool {
    let event = |i: usize| {
        view.tokens_of(i).any(|t| {
            matches!(
                view.role(t),
                Some(Role::Event | Role::FactHead | Role::Verify)
            )
        })
    };
    if let Some(head) = p.head {
        let verb = view.units[head]
            .ending
            .is_some_and(|e| e.closes_clause() && !is_copula(e));
        return !verb && !event(head);
    }
    let next = p.unit + 1;
    p.nominal
        && view.units[p.unit].ending.is_none()
        && next < view.to
        && view.units[next].is_word()
        && view.units[next].ending.is_none_or(|e| e.is_particle())
        && !event(next)
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
        Some(
            Ending::Sequence | Ending::Contrast | Ending::Cause | Ending::Link | Ending::Condition,
        ) => true,
        _ => view.tokens_of(last).last().is_some_and(|t| {
            matches!(
                view.role(t),
                Some(Role::Promise | Role::Neg | Role::Advise | Role::NoNeed)
            ) && view.units[last].ending.is_none()
        }),
    }
}
