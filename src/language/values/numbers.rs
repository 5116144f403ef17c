//! Numbers of people, accounts and records.

use super::roles::clause_at;
use super::*;

/// What says of a count that it is of those whose data leaked.
#[derive(Debug, Clone)]
pub(super) enum Said {
    /// A word at this range of the block's text.
    By(Range<usize>),
    ByHeading,
}

impl Values {
    #[allow(clippy::too_many_arguments)]
    pub(super) fn counts(
        &self,
        view: &View<'_>,
        block: BlockId,
        range: &Range<usize>,
        clauses: &[Clause],
        section: Option<&str>,
        found: &Found,
        out: &mut Vec<CountValue>,
    ) {
        let text = &view.text[range.clone()];
        // What is said of a clause holds for all its counts.
        let mut known: Option<(usize, Option<Said>)> = None;
        for c in &found.numbers {
            let groups = &self.number_groups;
            let (Some(whole), Some(number)) = (c.get(text, 0), c.any(text, &groups.number)) else {
                continue;
            };
            if text[..number.start()]
                .chars()
                .next_back()
                .is_some_and(|p| p.is_alphanumeric() || matches!(p, '-' | '.' | '₩' | '$'))
            {
                continue;
            }
            let Some(value) = self.number_of(number.as_str()) else {
                continue;
            };
            let Some(unit) = c
                .any(text, &groups.unit)
                .and_then(|u| self.units.get(&u.as_str().to_lowercase()))
            else {
                continue;
            };
            let at = range.start + number.start()..range.start + whole.end();
            let of_clause = clause_at(clauses, &at).and_then(|k| match &known {
                Some((clause, said)) if *clause == k => said.clone(),
                _ => {
                    let said = self.affected(view, &clauses[k], section);
                    known = Some((k, said.clone()));
                    said
                }
            });
            let affected = of_clause.is_some()
                && !self.is_around(Around::Whole, found, text, whole.end()..text.len())
                && !self.is_around(
                    Around::OthersBefore,
                    found,
                    text,
                    tail_of(text, whole.start()),
                );
            out.push(CountValue {
                value,
                unit: unit.clone(),
                approximate: c.any(text, &groups.about).is_some(),
                affected,
                at: Slice { block, range: at },
                governed_by: of_clause.and_then(|said| match said {
                    Said::By(range) => Some(Slice { block, range }),
                    Said::ByHeading => None,
                }),
            });
        }
    }

    /// What says that the counts of a clause are of those whose data leaked, if anything does.
    pub(super) fn affected(
        &self,
        view: &View<'_>,
        k: &Clause,
        section: Option<&str>,
    ) -> Option<Said> {
        let named = |list: &[String]| {
            k.mentions.iter().find(|m| {
                let c = view.vocabulary.concept(m.concept);
                list.contains(&c.id)
                    && !matches!(
                        m.stance,
                        Stance::Denied | Stance::Foreign | Stance::Question | Stance::Conditional
                    )
            })
        };
        // A negation elsewhere in the clause says nothing of the event that is asserted.
        let asserted = || {
            k.mentions.iter().any(|m| {
                m.stance == Stance::Asserted
                    && self
                        .affected_concepts
                        .contains(&view.vocabulary.concept(m.concept).id)
            })
        };
        if matches!(
            k.stance,
            Stance::Foreign | Stance::Question | Stance::Advised
        ) || k.stance == Stance::Denied && !asserted()
        {
            return None;
        }
        if named(&self.other_concepts).is_some() {
            return None;
        }
        if let Some(m) = named(&self.affected_concepts) {
            return Some(Said::By(m.range.clone()));
        }
        section
            .is_some_and(|s| self.affected_sections.iter().any(|a| a == s))
            .then_some(Said::ByHeading)
    }

    /// Whether the counts in this section are of those whose data leaked.
    pub(in crate::language) fn counts_affected(&self, section: &str) -> bool {
        self.affected_sections.iter().any(|a| a == section)
    }

    /// A text that is a number alone, "about 58,120", and whether it is approximate.
    pub(crate) fn alone(&self, text: &str) -> Option<(u64, bool)> {
        let text = text.trim();
        let begins = |w: &&String| text.starts_with(w.as_str());
        let about = self.about.iter().filter(begins).map(String::len).max();
        let number = text[about.unwrap_or(0)..].trim_start();
        let mut counters = self.counters.iter();
        let number = counters
            .find_map(|w| number.strip_suffix(w.as_str()))
            .unwrap_or(number);
        let factor = |c: char| self.factors.iter().any(|(f, _)| f.chars().eq([c]));
        let figures =
            |c: char| c.is_ascii_digit() || c == ',' || c == ' ' || !c.is_ascii() && factor(c);
        if !number.starts_with(|c: char| c.is_ascii_digit()) || !number.chars().all(figures) {
            return None;
        }
        Some((self.number_of(number)?, about.is_some()))
    }

    /// The unit that a label names: "Number of accounts"; that of people where it names none, but counts (`counts`).
    pub(crate) fn unit_in(&self, label: &str, counts: impl FnOnce() -> bool) -> Option<String> {
        let words = label.split(|c: char| !c.is_alphanumeric());
        let words = words.filter(|w| w.chars().nth(1).is_some());
        let mut found = words.filter_map(|w| self.units.get(&w.to_lowercase()));
        let unit = found
            .next()
            .or_else(|| self.units.get("people").filter(|_| counts()));
        unit.cloned()
    }

    /// "3,370만", "3천370만", "33.7 million", "16.5k", a number word.
    pub(super) fn number_of(&self, text: &str) -> Option<u64> {
        let compact: String = text
            .to_lowercase()
            .chars()
            .filter(|c| !c.is_whitespace() && *c != ',')
            .collect();
        if let Some(&v) = self.words.get(&compact) {
            return Some(v);
        }
        if let Some(v) = self.spelled(text) {
            return Some(v);
        }
        let mut total: f64 = 0.0;
        let mut group: f64 = 0.0;
        let mut rest = compact.as_str();
        while !rest.is_empty() {
            let digits = rest.len()
                - rest
                    .trim_start_matches(|c: char| c.is_ascii_digit() || c == '.')
                    .len();
            // A figure, or a numeral: "twenty" "seven", "two" "hundred".
            let word = self
                .words
                .iter()
                .filter(|(w, _)| digits == 0 && rest.starts_with(w.as_str()))
                .max_by_key(|(w, _)| w.len());
            let number: f64 = match word {
                Some((_, v)) => *v as f64,
                None if digits > 0 => rest[..digits].parse().ok()?,
                None => 1.0,
            };
            let digits = word.map_or(digits, |(w, _)| w.len());
            rest = &rest[digits..];
            let factor = self
                .factors
                .iter()
                .filter(|(w, _)| rest.starts_with(w.as_str()))
                .max_by_key(|(w, _)| w.len());
            match factor {
                Some((w, f)) => {
                    rest = &rest[w.len()..];
                    let f = *f as f64;
                    if f >= 10_000.0 {
                        total += (group
                            + if digits > 0 {
                                number
                            } else if group > 0.0 {
                                0.0
                            } else {
                                1.0
                            })
                            * f;
                        group = 0.0;
                    } else {
                        group += number * f;
                    }
                }
                None if digits > 0 => {
                    group += number;
                }
                None => return None,
            }
        }
        let value = total + group;
        (1.0..1e15).contains(&value).then_some(value.round() as u64)
    }

    /// A number in several words: "four thousand two hundred and six", "twenty-one".
    fn spelled(&self, text: &str) -> Option<u64> {
        let lower = text.to_lowercase();
        let mut words = lower
            .split(|c: char| c.is_whitespace() || c == '-')
            .filter(|w| !w.is_empty() && !self.joiners.iter().any(|j| j == w))
            .peekable();
        words.peek()?;
        let (mut total, mut group) = (0u64, 0u64);
        for word in words {
            let factor = self.factors.iter().find(|(w, _)| w == word);
            match (self.words.get(word), factor) {
                (Some(v), _) => group = group.checked_add(*v)?,
                (None, Some((_, f))) if *f >= 1000 => {
                    total = total.checked_add(group.max(1).checked_mul(*f)?)?;
                    group = 0;
                }
                (None, Some((_, f))) => group = group.max(1).checked_mul(*f)?,
                (None, None) => return None,
            }
        }
        let value = total.checked_add(group)?;
        (value > 0).then_some(value)
    }
}
