//! What is said of a date directly, in languages with the verb last: in its brackets, by the noun before it, by the verb behind.

use std::ops::Range;

use super::super::head_final::goes_astray;
use super::super::polarity::Stance;
use super::super::reading::{Clause, Mention};
use super::super::sentence_view::View;
use super::super::vocabulary::{Ending, Role};
use super::Values;
use super::roles::{DISCOVERED, OCCURRED, bracket_around, clause_at, mentions_around, topic};
use super::source::RoleSource;

/// How many words may stand between "the day on which …" and the date.
const BETWEEN: usize = 3;
/// How many words before that noun its verb may stand.
const VERB: usize = 3;

type Told = (String, Option<Range<usize>>);

impl Values {
    /// What the words right around a date say that it is the date of.
    pub(super) fn said_of(
        &self,
        view: &View<'_>,
        at: &Range<usize>,
        clauses: &[Clause],
    ) -> Option<Told> {
        let own = clause_at(clauses, at)?;
        self.in_bracket(view, at, &clauses[own])
            .or_else(|| self.named_before(view, at, clauses, own))
            .or_else(|| self.learned_behind(view, at, clauses, own))
    }

    /// "(found 5 November)": nothing else in the bracket.
    pub(super) fn only_found(view: &View<'_>, at: &Range<usize>) -> Option<Told> {
        let open = bracket_around(view.text, at)?;
        let close = at.end + view.text[at.end..].find(')')?;
        let bare = |range: Range<usize>| {
            let text = view.text.get(range).unwrap_or_default();
            text.trim_matches(|c: char| !c.is_alphanumeric())
        };
        let (before, behind) = (bare(open..at.start), bare(at.end..close));
        let finding = &view.vocabulary.linking.finding;
        let found = |word: &str| finding.iter().any(|f| f == word);
        let only = found(behind) && before.is_empty() || found(before) && behind.is_empty();
        only.then(|| (DISCOVERED.to_owned(), Some(open + 1..close)))
    }

    /// "(found on 5 November, by a customer)", "by a customer (5 November)".
    fn in_bracket(&self, view: &View<'_>, at: &Range<usize>, k: &Clause) -> Option<Told> {
        let open = bracket_around(view.text, at)?;
        let inside = || {
            let all = mentions_around(k, at.start);
            all.filter(|m| bracket_around(view.text, &m.range) == Some(open))
        };
        let discovered = |by: Range<usize>| Some((DISCOVERED.to_owned(), Some(by)));
        // "By a report of a customer (5 November)".
        let before = |m: &&Mention| {
            let gap = view.text.get(m.range.end..open);
            gap.is_some_and(|g| g.trim().is_empty())
        };
        if let Some(m) = k
            .mentions
            .iter()
            .find(|m| before(m) && self.is_learned(view, m))
        {
            return discovered(m.range.clone());
        }
        if inside().any(|m| self.happened(view, m)) {
            return None;
        }
        if let Some(m) = inside().find(|m| self.is_learned(view, m)) {
            return discovered(m.range.clone());
        }
        None
    }

    /// "The day on which we learned of it was 5 November."
    fn named_before(
        &self,
        view: &View<'_>,
        at: &Range<usize>,
        clauses: &[Clause],
        own: usize,
    ) -> Option<Told> {
        let date = unit_at(view, at.start);
        let instants = &view.vocabulary.linking.instants;
        let noun = (view.from..date).rev().take(BETWEEN).find(|&i| {
            let word = view.text_of(i);
            let particle = instants.iter().find_map(|n| word.strip_prefix(n.as_str()));
            particle.is_some_and(|p| view.vocabulary.particles.get(p) == Some(&Ending::Topic))
        })?;
        let from = noun.saturating_sub(VERB).max(view.from);
        let (from, to) = (view.units[from].start, view.units[noun].end);
        let near = clauses[own.saturating_sub(1)..=own].iter();
        near.flat_map(|k| mentions_around(k, at.start))
            .filter(|m| m.range.start >= from && m.range.end <= to)
            .filter_map(|m| {
                let event = view.vocabulary.concept(m.concept).role == Some(Role::Event);
                let role = match self.source_of(view, m) {
                    _ if self.is_learned(view, m) => DISCOVERED,
                    Some(source) => source.role.as_str(),
                    None => Some(OCCURRED).filter(|_| event)?,
                };
                Some((role.to_owned(), Some(m.range.clone())))
            })
            .last()
    }

    /// "On 5 November we were told, and found that …": what leads to the finding stands before what was found.
    fn learned_behind(
        &self,
        view: &View<'_>,
        at: &Range<usize>,
        clauses: &[Clause],
        own: usize,
    ) -> Option<Told> {
        let behind = || {
            let near = clauses[own..].iter().take(2);
            near.flat_map(|k| mentions_around(k, at.end))
                .filter(|m| m.range.start >= at.end)
        };
        let learned = behind().find(|m| self.is_learned(view, m))?;
        let unit = unit_at(view, learned.range.end - 1);
        // The verb's own ending, where the wording is only its stem.
        let joins = matches!(
            view.units.get(unit)?.ending,
            None | Some(
                Ending::Sequence
                    | Ending::Link
                    | Ending::Cause
                    | Ending::Contrast
                    | Ending::Condition
                    | Ending::Oblique
            )
        );
        let held = matches!(learned.stance, Stance::Asserted | Stance::Possible);
        let first = unit_at(view, learned.range.start);
        let event = behind()
            .take_while(|m| m.range.end <= learned.range.start)
            .filter(|m| self.happened(view, m))
            .any(|m| {
                let at = unit_at(view, m.range.end - 1);
                let told = view.units.get(at).and_then(|u| u.ending) == Some(Ending::Quotative);
                !told && at + 1 < first
            });
        (joins && held && !event).then(|| (DISCOVERED.to_owned(), Some(learned.range.clone())))
    }

    /// Whether what was sent that day was sent wrongly, and is no notice: "on 2 November we sent the wrong file". Of a notice one
    /// says that it was wrong.
    pub(super) fn sent_wrong(
        &self,
        view: &View<'_>,
        at: &Range<usize>,
        clauses: &[Clause],
    ) -> bool {
        let own = clause_at(clauses, at).filter(|_| view.inflected);
        let by = own.and_then(|own| self.went_wrong(view, &clauses[own]));
        by.is_some_and(|by| {
            let mut between = unit_at(view, at.end)..unit_at(view, by.start);
            !between.any(|i| topic(view, view.units[i].start))
        })
    }

    /// Whether the day is that of a message to the operator, not of one to its readers: "a customer let us know".
    pub(super) fn told_us(&self, view: &View<'_>, at: &Range<usize>, clauses: &[Clause]) -> bool {
        let own = clause_at(clauses, at).filter(|_| view.inflected);
        let by = own.and_then(|own| self.learned_behind(view, at, clauses, own)?.1);
        by.is_some_and(|by| {
            let unit = view.units.get(unit_at(view, by.end - 1));
            unit.is_some_and(|u| matches!(u.ending, None | Some(Ending::Cause)))
        })
    }

    fn is_learned(&self, view: &View<'_>, m: &Mention) -> bool {
        self.learned
            .contains(&view.vocabulary.concept(m.concept).id)
    }

    fn happened(&self, view: &View<'_>, m: &Mention) -> bool {
        self.source_of(view, m).is_some_and(|r| r.role == OCCURRED)
    }

    /// What a mention makes a date the date of; what was sent or shown to the wrong people is the event.
    pub(super) fn source_of(&self, view: &View<'_>, m: &Mention) -> Option<&RoleSource> {
        let c = view.vocabulary.concept(m.concept);
        let role = self
            .roles
            .iter()
            .find(|r| r.concepts.contains(&c.id) || c.role.is_some_and(|x| r.roles.contains(&x)));
        role.or_else(|| {
            let astray = c.role.is_some_and(|r| {
                matches!(r, Role::Send | Role::Show)
                    && view.inflected
                    && goes_astray(view, unit_at(view, m.range.start), r)
            });
            let mut roles = self.roles.iter();
            roles.find(|r| astray && r.role == OCCURRED)
        })
    }

    /// Whether the clause tells in the past of something that went wrong.
    pub(super) fn went_wrong(&self, view: &View<'_>, k: &Clause) -> Option<Range<usize>> {
        let wrong = |m: &&Mention| {
            m.stance == Stance::Asserted
                && self.wrongs.contains(&view.vocabulary.concept(m.concept).id)
        };
        let told = k.past && !k.fragment;
        let found = k.mentions.iter().find(wrong);
        found.filter(|_| told).map(|m| m.range.clone())
    }
}

/// The unit that the byte `at` is in, or the next one.
fn unit_at(view: &View<'_>, at: usize) -> usize {
    view.units.partition_point(|u| u.end <= at)
}
