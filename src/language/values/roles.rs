//! What a date is the date of.

use std::ops::Range;

use super::super::polarity::Stance;
use super::super::reading::Slice;
use super::super::reading::{Clause, Mention};
use super::super::sentence_view::View;
use super::super::vocabulary::{Ending, Role, listed};
use super::DateValue;
use super::Values;
use super::source::RoleSource;

/// How many clauses to either side of its own a date looks at for what it is the date of.
const CLAUSES: usize = 8;
/// How many bytes a topic's particle and the space behind it have at most.
const TOPIC: usize = 8;
/// How many mentions of a long clause a date looks at, around it and at the clause's end.
const MENTIONS: usize = 64;
/// How many bytes before and behind a value are looked at.
const NEAR: usize = 240;
/// Roles of dates, as `values.yaml` names them.
pub(crate) const OCCURRED: &str = "occurred";
pub(super) const OTHER: &str = "other";
pub(super) const DISCOVERED: &str = "discovered";

impl Values {
    /// What the date at `at` is the date of, and the words that tell, unless a heading does.
    pub(super) fn role_of(
        &self,
        view: &View<'_>,
        at: &Range<usize>,
        clauses: &[Clause],
        section: Option<&str>,
    ) -> (String, Option<Range<usize>>) {
        let (role, by) = self.role_by_context(view, at, clauses, section);
        // What was done since is not what happened.
        let aside = self.section_role(section).filter(|r| r == OTHER);
        let speaks = || {
            clause_at(clauses, at).is_some_and(|i| {
                mentions_around(&clauses[i], at.start).any(|m| {
                    m.stance == Stance::Asserted
                        && matches!(
                            view.vocabulary.concept(m.concept).role,
                            Some(Role::Leak | Role::LeakNoun | Role::SoftLeak)
                        )
                })
            })
        };
        // "(learned from the supplier)" right behind the date tells what it is the date of.
        let learned = || {
            let behind = head(&view.text[at.end..]);
            let open = behind.find('(').filter(|&n| n <= 24)?;
            let close = open + behind[open..].find(')')?;
            if behind[open..close].contains(|c: char| c.is_ascii_digit()) {
                return None;
            }
            let inside = at.end + open..at.end + close;
            let mentions = clauses.iter().flat_map(|k| &k.mentions);
            mentions
                .filter(|m| m.range.start >= inside.start && m.range.end <= inside.end)
                .find_map(|m| {
                    let c = view.vocabulary.concept(m.concept);
                    self.role_by_concept(&c.id, c.role)
                        .filter(|r| r == DISCOVERED)
                        .map(|r| (r, Some(m.range.clone())))
                })
        };
        if role == OCCURRED
            && let Some(role) = learned()
        {
            return role;
        }
        // "Time: 4 November, when we learned of it".
        let only_learned = || {
            let k = &clauses[clause_at(clauses, at)?];
            let role_of = |m: &Mention| {
                let c = view.vocabulary.concept(m.concept);
                self.role_by_concept(&c.id, c.role).map(|r| (r, c.role))
            };
            let learned = mentions_around(k, at.start)
                .filter(|m| m.range.start >= at.end)
                .filter(|m| bracket_around(view.text, &m.range).is_none())
                .find(|m| role_of(m).is_some_and(|(r, _)| r == DISCOVERED))
                .map(|m| m.range.clone());
            let leak = mentions_around(k, at.start).any(|m| {
                matches!(
                    view.vocabulary.concept(m.concept).role,
                    Some(Role::Leak | Role::LeakNoun | Role::SoftLeak)
                )
            });
            learned
                .filter(|_| k.fragment && !leak)
                .map(|by| (DISCOVERED.to_owned(), Some(by)))
        };
        if role == OCCURRED
            && let Some(role) = only_learned()
        {
            return role;
        }
        let wrong = || {
            clause_at(clauses, at).and_then(|i| {
                mentions_around(&clauses[i], at.start)
                    .find(|m| {
                        m.stance == Stance::Asserted
                            && self.wrongs.contains(&view.vocabulary.concept(m.concept).id)
                    })
                    .map(|m| m.range.clone())
            })
        };
        if role == OTHER
            && aside.is_none()
            && let Some(by) = wrong()
        {
            return (OCCURRED.to_owned(), Some(by));
        }
        // "2 March: a customer tells us …", in a timeline: what is told of the day is not the event.
        let opens_line = || {
            let line = tail(&view.text[..at.start]).rsplit('\n').next();
            line.is_some_and(|l| !l.contains(char::is_alphanumeric))
                && head(&view.text[at.end..])
                    .trim_start_matches(|c: char| c.is_ascii_digit() || ", ".contains(c))
                    .starts_with([':', '–', '—', '-'])
        };
        let told = || {
            let last = clauses.last();
            !view.inflected && last.is_some_and(|k| !k.fragment)
        };
        if role == OCCURRED && by.is_none() && told() && opens_line() && !speaks() {
            return (OTHER.to_owned(), None);
        }
        match aside {
            Some(aside) if role == OCCURRED && !speaks() => (aside, None),
            _ => (role, by),
        }
    }

    fn role_by_context(
        &self,
        view: &View<'_>,
        at: &Range<usize>,
        clauses: &[Clause],
        section: Option<&str>,
    ) -> (String, Option<Range<usize>>) {
        if let Some(told) = Self::only_found(view, at) {
            return told;
        }
        let clause = clause_at(clauses, at);
        let head_final = clause.is_some() && view.inflected;
        // A date set off by a comma belongs to the sentence.
        let set_off = head_final
            && head(&view.text[at.end..])
                .trim_start_matches(|c: char| c != ',' && !c.is_alphabetic())
                .starts_with(',');
        // A label directly before the date tells.
        let before = tail(&view.text[view.units[view.from].start.min(at.start)..at.start]);
        let label = before.rfind(':').map(|colon| {
            let start = before[..colon]
                .rfind(['(', ',', ';', '/'])
                .map_or(0, |i| i + 1);
            let base = at.start - before.len();
            base + start..base + colon
        });
        if let Some(label) = label.filter(|l| l.end - l.start <= 60 && at.start - l.end <= 8) {
            let first = clauses.partition_point(|k| k.range.end <= label.start);
            for k in clauses[first..]
                .iter()
                .take_while(|k| k.range.start < label.end)
            {
                let mut inside = mentions_around(k, label.end)
                    .rev()
                    .filter(|m| m.range.start >= label.start && m.range.end <= label.end);
                if let Some(role) = inside.find_map(|m| self.told_by(view, m)) {
                    return role;
                }
            }
        }
        // "The leak was on 1 May, the finding on 3 May": a topic that names a date, right before it.
        let named = clause.filter(|_| head_final).and_then(|i| {
            let mut near = mentions_around(&clauses[i], at.start).rev();
            near.find(|m| {
                let gap = view.text.get(m.range.end..at.start);
                let gap = gap.filter(|g| g.len() <= TOPIC && !g.contains([',', '.']));
                gap.is_some() && topic(view, m.range.end - 1)
            })
        });
        if let Some(role) = named.and_then(|m| self.told_by(view, m)) {
            return role;
        }
        if let Some(role) = clause
            .filter(|_| head_final)
            .and_then(|_| self.said_of(view, at, clauses))
        {
            return role;
        }
        // "today (Friday 29 June)": a bracket with nothing else in it is no place of its own.
        let alone = |open: &usize| {
            let near = clause.map(|i| mentions_around(&clauses[i], at.start));
            let mut near = near.into_iter().flatten();
            !near.any(|m| bracket_around(view.text, &m.range) == Some(*open))
        };
        let bracket = bracket_around(view.text, at).filter(|open| head_final || !alone(open));
        let scope: Vec<&Clause> = match clause {
            // "We, on 22 October, …", "On 22 October we …": what the sentence ends in is what was done that day.
            Some(i) if head_final && self.begins_with_own(view, clauses, i, at, set_off) => {
                clauses[i..].iter().take(CLAUSES).rev().collect()
            }
            Some(i) if head_final && set_off => clauses[i..].iter().take(CLAUSES).collect(),
            Some(i) => std::iter::once(&clauses[i])
                .chain(clauses[i + 1..].iter().take(CLAUSES))
                .chain(clauses[..i].iter().rev().take(CLAUSES))
                .collect(),
            None => clauses.iter().take(2 * CLAUSES).collect(),
        };
        // "Leaked 1 May · found 3 May": each part of a line without a verb has its own date.
        let parted = || head(&view.text[at.end..]).contains(" / ") || before.contains(" / ");
        if clause.is_some_and(|i| head_final && clauses[i].fragment || parted()) {
            let start = before.rfind(['·', '|', '/', ';']).map_or(0, |n| {
                n + before[n..].chars().next().map_or(1, char::len_utf8)
            });
            let from = at.start - before.len() + start;
            let inside = clause
                .into_iter()
                .flat_map(|i| mentions_around(&clauses[i], at.start));
            let own = inside
                .filter(|m| m.range.start >= from && m.range.end <= at.start)
                .filter_map(|m| self.told_by(view, m))
                .last();
            let rest = head(&view.text[at.end..]);
            if let (Some(role), true) = (own, start > 0 || rest.contains('·')) {
                return role;
            }
            // "1 May leaked / 3 May found".
            let until = rest.find(['·', '|', '/', ';', '\n']);
            let until = at.end + until.unwrap_or(rest.len());
            let unlabelled = clause.filter(|_| before[start..].trim().is_empty());
            let role = unlabelled.and_then(|i| {
                let behind = |m: &&Mention| m.range.start >= at.end && m.range.end <= until;
                let mut near = mentions_around(&clauses[i], at.end).filter(behind);
                near.find_map(|m| self.told_by(view, m))
            });
            if let Some(role) = role {
                return role;
            }
        }
        for (n, k) in scope.iter().enumerate() {
            let mut found: Option<(usize, &RoleSource, &Mention)> = None;
            for m in mentions_around(k, at.start) {
                if bracket_around(view.text, &m.range) != bracket {
                    continue;
                }
                let Some(role) = self.source_of(view, m) else {
                    continue;
                };
                if matches!(
                    m.stance,
                    Stance::Advised | Stance::Foreign | Stance::Question
                ) && n == 0
                {
                    continue;
                }
                // "The agency was informed on 5 May."
                let before = k
                    .mentions
                    .partition_point(|x| x.range.start < m.range.start);
                let others = || {
                    let by = &k.mentions[before.checked_sub(1)?];
                    let near = m.range.start.checked_sub(by.range.end)? <= 1;
                    Some(
                        near && role
                            .not_after
                            .contains(&view.vocabulary.concept(by.concept).id),
                    )
                };
                if !role.not_after.is_empty() && others().unwrap_or_default() {
                    continue;
                }
                // "It was found that, between 2 and 4 November, …": the date is of what was found.
                if !head_final
                    && role.role == DISCOVERED
                    && self.reports_event(view, clauses, m, at)
                {
                    continue;
                }
                let confirmed = head_final && !set_off && role.role == DISCOVERED;
                if confirmed && self.found_to_have(view, k, m, at) {
                    continue;
                }
                // The main verb of a head-final clause is its last; elsewhere the nearest counts.
                let distance = if head_final {
                    usize::MAX - m.range.start
                } else if m.range.start >= at.end {
                    (m.range.start - at.end) * if k.range.start + 4 >= at.start { 1 } else { 3 }
                } else {
                    at.start.saturating_sub(m.range.end)
                };
                if found.is_none_or(|(d, ..)| distance < d) {
                    found = Some((distance, role, m));
                }
            }
            if let Some((_, role, m)) = found {
                if !head_final
                    && role.role == OCCURRED
                    && let Some(by) = self.event_found(view, k, m, at)
                {
                    return (DISCOVERED.to_owned(), Some(by));
                }
                return (role.role.clone(), Some(m.range.clone()));
            }
            // "We sent the wrong file on 2 November and noticed it at once": what went wrong has the date of its own clause.
            if head_final
                && n == 0
                && scope.len() > 1
                && clause.is_some_and(|i| std::ptr::eq(*k, &clauses[i]))
                && let Some(by) = self.went_wrong(view, k)
            {
                return (OCCURRED.to_owned(), Some(by));
            }
            // "On 15 February, we discovered …": a clause of nothing but the date says nothing.
            let alone = !head_final && k.mentions.is_empty() && scope.len() > 1;
            if n == 0
                && !set_off
                && !alone
                && let Some(r) = self.section_role(section)
            {
                return (r, None);
            }
        }
        let role = self.section_role(section);
        (role.unwrap_or_else(|| OTHER.to_owned()), None)
    }

    /// Of several dates in a sentence whose verb comes last, those that belong to another verb than the one that was found for
    /// them.
    pub(super) fn untangle(&self, view: &View<'_>, clauses: &[Clause], dates: &mut [DateValue]) {
        if dates.len() < 2 || !view.inflected {
            return;
        }
        let start = |d: &DateValue| d.governed_by.as_ref().map(|by| by.range.start);
        for i in 0..dates.len().min(CLAUSES) {
            let (at, Some(by)) = (dates[i].at.range.clone(), start(&dates[i])) else {
                continue;
            };
            let Some(own) = clause_at(clauses, &at) else {
                continue;
            };
            // "Told by the police on 12 May, we found that it was sold on 1 May."
            let found_before = dates[..i].iter().any(|d| d.role == DISCOVERED);
            if dates[i].role == DISCOVERED && found_before {
                let event = clauses[own..]
                    .iter()
                    .take(CLAUSES)
                    .flat_map(|k| mentions_around(k, at.end))
                    .find(|e| e.range.start >= at.end && e.range.end <= by && self.occurs(view, e));
                if let Some(e) = event {
                    dates[i].role = OCCURRED.to_owned();
                    dates[i].governed_by = dates[i].governed_by.take().map(|by| Slice {
                        block: by.block,
                        range: e.range.clone(),
                    });
                }
            }
            // "What happened on 2 May we learned only on 12 May": the event stands between the two.
            let later = dates[i + 1..].iter().find(|d| start(d) == Some(by));
            if dates[i].role == DISCOVERED
                && let Some(later) = later.map(|d| d.at.range.start).filter(|&l| l <= by)
            {
                let event = mentions_around(&clauses[own], at.end).find(|e| {
                    e.range.start >= at.end && e.range.end <= later && self.occurs(view, e)
                });
                if let Some(e) = event {
                    dates[i].role = OCCURRED.to_owned();
                    dates[i].governed_by = dates[i].governed_by.take().map(|by| Slice {
                        block: by.block,
                        range: e.range.clone(),
                    });
                }
            }
            // "On 1 May a new version came out, but on 3 May the data leaked": the nearer date has the verb.
            let nearer = dates[i + 1..].iter().any(|d| {
                start(d) == Some(by)
                    && d.at.range.end <= by
                    && clause_at(clauses, &d.at.range).is_some_and(|k| k > own)
            });
            if dates[i].role == OCCURRED && nearer && by >= clauses[own].range.end {
                dates[i].role = OTHER.to_owned();
                dates[i].governed_by = None;
            }
        }
    }

    /// Whether the event stands between the date at `at` and the word of finding at `m`, as what was found: the date is the event's.
    fn found_to_have(&self, view: &View<'_>, k: &Clause, m: &Mention, at: &Range<usize>) -> bool {
        let before = view.text[..m.range.start].trim_end().rsplit(' ').next();
        before.is_some_and(|w| listed(&view.vocabulary.linking.complements, w))
            && mentions_around(k, at.end).any(|e| {
                e.range.start >= at.end && e.range.end <= m.range.start && self.occurs(view, e)
            })
    }

    /// The word of finding that follows the noun of the event at `m`, of which the clause then says no more: "on 7 October, a leak was
    /// detected".
    fn event_found(
        &self,
        view: &View<'_>,
        k: &Clause,
        m: &Mention,
        at: &Range<usize>,
    ) -> Option<Range<usize>> {
        let role = |m: &Mention| view.vocabulary.concept(m.concept).role;
        if m.range.start < at.end || role(m) != Some(Role::LeakNoun) {
            return None;
        }
        let mut behind = mentions_around(k, m.range.end).filter(|o| o.range.start >= m.range.end);
        let next = behind.find(|o| {
            let c = view.vocabulary.concept(o.concept);
            self.role_by_concept(&c.id, c.role).is_some()
        })?;
        let found = self.told_by(view, next)?;
        (found.0 == DISCOVERED).then(|| next.range.clone())
    }

    /// The role that a mention gives a date, and where it stands.
    fn told_by(&self, view: &View<'_>, m: &Mention) -> Option<(String, Option<Range<usize>>)> {
        let role = self.source_of(view, m)?.role.clone();
        Some((role, Some(m.range.clone())))
    }

    /// Whether a mention names the event itself.
    fn occurs(&self, view: &View<'_>, m: &Mention) -> bool {
        let c = view.vocabulary.concept(m.concept);
        self.role_by_concept(&c.id, c.role).as_deref() == Some(OCCURRED)
    }

    /// Whether the word of finding at `m` opens what was found, with the date at `at` and the event in it.
    fn reports_event(
        &self,
        view: &View<'_>,
        clauses: &[Clause],
        m: &Mention,
        at: &Range<usize>,
    ) -> bool {
        let between = view.text.get(m.range.end..at.start);
        // Behind what may be left of the word itself.
        let between = between.map(|t| t.trim_start_matches(char::is_alphanumeric));
        let first = between.and_then(|t| t.split([' ', ',']).find(|w| !w.is_empty()));
        let last = view.text[m.range.clone()].rsplit(' ').next();
        let opens = |w: &str| listed(&view.vocabulary.linking.complements, w);
        (m.range.end <= at.start && (first.is_some_and(opens) || last.is_some_and(opens)))
            && clauses
                .iter()
                .flat_map(|k| mentions_around(k, at.end))
                .any(|e| e.range.start >= m.range.end && self.occurs(view, e))
    }

    /// Whether a section can give a date this role.
    pub(crate) fn is_role(&self, role: &str) -> bool {
        let mut roles = self.roles.iter();
        roles.any(|r| r.role == role && !r.sections.is_empty())
    }

    /// Whether the operator is the topic of clause `i`, before the date at `at` that a comma sets off, or right behind the date.
    fn begins_with_own(
        &self,
        view: &View<'_>,
        clauses: &[Clause],
        i: usize,
        at: &Range<usize>,
        set_off: bool,
    ) -> bool {
        let own = |m: &&Mention| view.vocabulary.concept(m.concept).role == Some(Role::Own);
        let mut named = mentions_around(&clauses[i], at.start).filter(own);
        let near = |gap: &str| !gap.contains(char::is_alphanumeric);
        named.any(|m| {
            set_off && m.range.end <= at.start
                // What "we sent the file that day, and …" says is said of that day.
                || !(clauses[i].past && view.inflected)
                    && view.text.get(at.end..m.range.start).is_some_and(near)
                    && topic(view, m.range.start)
        })
    }

    /// The roles that a date can have.
    pub fn roles(&self) -> impl Iterator<Item = &str> {
        self.roles.iter().map(|r| r.role.as_str())
    }

    fn role_by_concept(&self, id: &str, role: Option<Role>) -> Option<String> {
        self.roles
            .iter()
            .find(|r| {
                r.concepts.iter().any(|c| c == id) || role.is_some_and(|x| r.roles.contains(&x))
            })
            .map(|r| r.role.clone())
    }

    pub(super) fn section_role(&self, section: Option<&str>) -> Option<String> {
        let section = section?;
        self.roles
            .iter()
            .find(|r| r.sections.iter().any(|s| s == section))
            .map(|r| r.role.clone())
    }
}

/// The clause that a value begins in.
pub(super) fn clause_at(clauses: &[Clause], at: &Range<usize>) -> Option<usize> {
    let i = clauses.partition_point(|k| k.range.end <= at.start);
    (clauses.get(i)?.range.start <= at.start).then_some(i)
}

/// The mentions of a clause; of a long one, those around the byte `at` and the last ones.
pub(super) fn mentions_around(k: &Clause, at: usize) -> impl DoubleEndedIterator<Item = &Mention> {
    let all = &k.mentions;
    let (mut low, mut high, mut last) = (0, all.len(), all.len());
    if all.len() > 3 * MENTIONS {
        let here = all.partition_point(|m| m.range.start < at);
        low = here.saturating_sub(MENTIONS);
        high = (here + MENTIONS).min(all.len());
        last = high.max(all.len() - MENTIONS);
    }
    all[low..high].iter().chain(&all[last..])
}

/// The last bytes of a text.
pub(super) fn tail(text: &str) -> &str {
    let mut from = text.len().saturating_sub(NEAR);
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    &text[from..]
}

/// The first bytes of a text.
pub(super) fn head(text: &str) -> &str {
    let mut to = text.len().min(NEAR);
    while !text.is_char_boundary(to) {
        to += 1;
    }
    &text[..to]
}

/// The bracket that a range stands in: the byte at which it opens.
pub(super) fn bracket_around(text: &str, range: &Range<usize>) -> Option<usize> {
    let mut from = range.start.saturating_sub(120);
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    let before = &text[from..range.start];
    let open = before.rfind('(')?;
    (!before[open..].contains(')')).then_some(from + open)
}

/// Whether the word at byte `start` is the topic of its clause.
pub(super) fn topic(view: &View<'_>, start: usize) -> bool {
    let unit = view.units.partition_point(|u| u.end <= start);
    view.units.get(unit).is_some_and(|u| {
        let word = &view.text[u.start..u.end];
        let last = word.char_indices().next_back().map_or(0, |(at, _)| at);
        u.ending == Some(Ending::Topic)
            || view.vocabulary.particles.get(&word[last..]) == Some(&Ending::Topic)
    })
}
