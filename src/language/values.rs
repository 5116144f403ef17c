//! Dates, counts and contacts, with what they are the date, count and contact of.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

use crate::notice::BlockId;
use crate::pattern::stored::alternatives;
use crate::pattern::{Captures, Hits, Pattern, PatternBook};
use crate::report::Problem;
use crate::yaml;

use super::polarity::Stance;
use super::reading::{Clause, Slice};
use super::sentence_view::View;
use super::vocabulary::VocabularySource;

mod groups;
mod kept;
mod numbers;
mod roles;
mod said;
pub(super) mod source;

use groups::{DateGroups, NumberGroups};
pub(crate) use roles::OCCURRED;
use roles::{OTHER, tail};
use source::{RoleSource, ValuesFile};

/// A date of month precision or better; `day` is 0 when only the month is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PlainDate {
    pub year: i16,
    pub month: i8,
    pub day: i8,
}

impl PlainDate {
    /// `YYYY-MM-DD` or `YYYY-MM`.
    pub fn iso(&self) -> String {
        if self.day == 0 {
            format!("{:04}-{:02}", self.year, self.month)
        } else {
            format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
        }
    }
}

/// Whether "11/5" at `at` can be no fraction or page, and stands before a word as the day of it.
fn stands_as_day(text: &str, at: Range<usize>) -> bool {
    let Some((month, day)) = text[at.clone()].split_once('/') else {
        return false;
    };
    let number = |t: &str| t.trim().parse::<u8>().unwrap_or(0);
    let (month, day) = (number(month), number(day));
    let mut behind = text[at.end..].chars();
    (day > 12 || month > day)
        && text[..at.start]
            .chars()
            .next_back()
            .is_none_or(char::is_whitespace)
        && behind.next().is_some_and(char::is_whitespace)
        && behind.next().is_some_and(super::fold::is_syllabic)
}

/// A date or period in the notice.
#[derive(Debug, Clone, PartialEq)]
pub struct DateValue {
    /// As named in `values.yaml`: `occurred`, `discovered`, `notified`, `posted-until`, `other`.
    pub role: String,
    pub from: Option<PlainDate>,
    pub to: Option<PlainDate>,
    /// The year was written, not supplied from other dates.
    pub year_given: bool,
    pub at: Slice,
    /// What gave it its role: a word of its sentence, or the heading.
    pub governed_by: Option<Slice>,
    /// Nothing in its sentence or above it says what it is the date of: what follows may.
    pub(crate) open: bool,
}

/// A number of people, accounts or records.
#[derive(Debug, Clone, PartialEq)]
pub struct CountValue {
    pub value: u64,
    pub unit: String,
    pub approximate: bool,
    /// It is said of those whose data leaked.
    pub affected: bool,
    pub at: Slice,
    /// What says so: a word of its clause, or the heading.
    pub governed_by: Option<Slice>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContactKind {
    Phone,
    Email,
    Url,
}

/// A way to reach somebody.
#[derive(Debug, Clone, PartialEq)]
pub struct Contact {
    pub kind: ContactKind,
    pub text: String,
    pub at: Slice,
}

/// What looks like a value in a sentence, before it is known what the sentence says.
#[derive(Debug, Default)]
pub(super) struct Found {
    contacts: Vec<(ContactKind, Range<usize>)>,
    periods: Vec<Captures>,
    dates: Vec<Captures>,
    numbers: Vec<Captures>,
    /// Whether the patterns around values can match at all.
    may: [bool; AROUND],
    /// Which of them matched where.
    noted: RefCell<Vec<(Around, usize, usize, bool)>>,
}

impl Found {
    /// Whether there is anything but contacts.
    pub fn is_of_values(&self) -> bool {
        !self.periods.is_empty() || !self.dates.is_empty() || !self.numbers.is_empty()
    }
}

/// Most matches of patterns around values that are noted for a sentence.
const NOTED: usize = 32;

/// A pattern that looks at what stands before or behind a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Around {
    Between,
    Until,
    CutoffBehind,
    CutoffBefore,
    Whole,
    OthersBefore,
}

impl Around {
    const ALL: [Around; AROUND] = [
        Around::Between,
        Around::Until,
        Around::CutoffBehind,
        Around::CutoffBefore,
        Around::Whole,
        Around::OthersBefore,
    ];
}

/// So many of them.
const AROUND: usize = 6;

/// The range of what stands before a byte, as far as it is looked at.
fn tail_of(text: &str, end: usize) -> Range<usize> {
    end - tail(&text[..end]).len()..end
}

/// Patterns of values, compiled.
#[derive(Debug)]
pub struct Values {
    date: Pattern,
    date_groups: DateGroups,
    period: Pattern,
    period_groups: DateGroups,
    cutoff_behind: Pattern,
    cutoff_before: Pattern,
    points: Vec<String>,
    whole: Pattern,
    others_before: Pattern,
    between: Pattern,
    slash_behind: Pattern,
    slash_period: Pattern,
    until: Pattern,
    pub(crate) closing_count: Pattern,
    months: HashMap<String, i8>,
    roles: Vec<RoleSource>,
    wrongs: Vec<String>,
    learned: Vec<String>,
    number: Pattern,
    number_groups: NumberGroups,
    factors: Vec<(String, u64)>,
    words: HashMap<String, u64>,
    joiners: Vec<String>,
    about: Vec<String>,
    counters: Vec<String>,
    units: HashMap<String, String>,
    affected_concepts: Vec<String>,
    affected_sections: Vec<String>,
    other_concepts: Vec<String>,
    phone: Pattern,
    email: Pattern,
    url: Pattern,
}

impl Values {
    /// # Errors
    /// Every mistake in the file; a pattern that does not compile is one.
    pub fn load(
        source: &VocabularySource<'_>,
        book: &mut PatternBook,
    ) -> Result<Values, Vec<Problem>> {
        let file = yaml::read::<ValuesFile>(&source.path, source.text)?.value;
        Self::from_file(file, &source.path, book)
    }

    pub(super) fn from_file(
        file: ValuesFile,
        path: &str,
        book: &mut PatternBook,
    ) -> Result<Values, Vec<Problem>> {
        let mut regex = |pattern: &str| {
            book.pattern(pattern).map_err(|e| {
                vec![Problem {
                    path: path.to_owned(),
                    message: format!("`{}`: {e}", yaml::shown(pattern)),
                    hint: None,
                    at: None,
                }]
            })
        };
        let n = file.numbers;
        let date = regex(&alternatives(&file.dates))?;
        let period = regex(&alternatives(&file.periods))?;
        let number = regex(&alternatives(&n.patterns))?;
        Ok(Values {
            date_groups: DateGroups::of(&date),
            date,
            period_groups: DateGroups::of(&period),
            period,
            cutoff_behind: regex(&file.cutoff_behind)?,
            cutoff_before: regex(&file.cutoff_before)?,
            points: file.points,
            whole: regex(&n.whole)?,
            others_before: regex(&n.others_before)?,
            between: regex(&file.between)?,
            slash_behind: regex(&file.slash_behind)?,
            slash_period: regex(&file.slash_period)?,
            until: regex(&file.until)?,
            closing_count: regex(&file.closing_count)?,
            months: file.months.0.into_iter().collect(),
            roles: file.date_roles,
            wrongs: file.wrongs,
            learned: file.learned,
            number_groups: NumberGroups::of(&number),
            number,
            factors: n.factors.0,
            words: n.words.0.into_iter().collect(),
            joiners: n.joiners,
            about: n.about,
            counters: n.counters,
            units: n
                .units
                .0
                .into_iter()
                .flat_map(|(u, ws)| ws.into_iter().map(move |w| (w, u.clone())))
                .collect(),
            affected_concepts: n.affected_concepts,
            affected_sections: n.affected_sections,
            other_concepts: n.other_concepts,
            phone: regex(&file.phone)?,
            email: regex(&file.email)?,
            url: regex(&file.url)?,
        })
    }

    /// What looks like a value in the text of a sentence, which is part of a text with these literals.
    pub(super) fn find(&self, text: &str, hits: &Hits) -> Found {
        let mut found = Found::default();
        for (pattern, kind) in [
            (&self.email, ContactKind::Email),
            (&self.url, ContactKind::Url),
            (&self.phone, ContactKind::Phone),
        ] {
            if hits.may(pattern) {
                let all = pattern.find_iter(text).map(|m| (kind, m.range()));
                found.contacts.extend(all);
            }
        }
        if hits.may(&self.period) {
            found.periods.extend(self.period.captures_iter(text));
        }
        if hits.may(&self.date) {
            found.dates.extend(self.date.captures_iter(text));
        }
        if hits.may(&self.number) {
            found.numbers.extend(self.number.captures_iter(text));
        }
        if !found.dates.is_empty() || !found.numbers.is_empty() {
            for around in Around::ALL {
                found.may[around as usize] = hits.may(self.around(around));
            }
        }
        found
    }

    fn around(&self, around: Around) -> &Pattern {
        match around {
            Around::Between => &self.between,
            Around::Until => &self.until,
            Around::CutoffBehind => &self.cutoff_behind,
            Around::CutoffBefore => &self.cutoff_before,
            Around::Whole => &self.whole,
            Around::OthersBefore => &self.others_before,
        }
    }

    /// Whether a pattern around values matches in a range of a sentence.
    fn is_around(&self, around: Around, found: &Found, text: &str, range: Range<usize>) -> bool {
        if !found.may[around as usize] {
            return false;
        }
        let mut noted = found.noted.borrow_mut();
        let searched = (around, range.start, range.end);
        let known = noted.iter().find(|(a, s, e, _)| (*a, *s, *e) == searched);
        if let Some((.., is)) = known {
            return *is;
        }
        let is = self.around(around).is_match(&text[range]);
        if noted.len() < NOTED {
            noted.push((searched.0, searched.1, searched.2, is));
        }
        is
    }

    /// Adds the values of one sentence.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn read(
        &self,
        view: &View<'_>,
        block: BlockId,
        range: Range<usize>,
        clauses: &[Clause],
        section: Option<&str>,
        found: &Found,
        dates: &mut Vec<DateValue>,
        counts: &mut Vec<CountValue>,
        contacts: &mut Vec<Contact>,
    ) {
        contacts.extend(found.contacts.iter().map(|(kind, at)| {
            let range = range.start + at.start..range.start + at.end;
            Contact {
                kind: *kind,
                text: view.text[range.clone()].to_owned(),
                at: Slice { block, range },
            }
        }));
        if !found.periods.is_empty() || !found.dates.is_empty() {
            self.dates(view, block, &range, clauses, section, found, dates);
        }
        if !found.numbers.is_empty() {
            self.counts(view, block, &range, clauses, section, found, counts);
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn dates(
        &self,
        view: &View<'_>,
        block: BlockId,
        range: &Range<usize>,
        clauses: &[Clause],
        section: Option<&str>,
        found: &Found,
        out: &mut Vec<DateValue>,
    ) {
        let text = &view.text[range.clone()];
        let before = out.len();
        let mut known: Option<PlainDate> = out.last().and_then(|d| d.to.or(d.from));
        let mut atoms: Vec<(Range<usize>, PlainDate, bool)> = Vec::new();
        let mut taken: Vec<Range<usize>> = Vec::new();
        for c in &found.periods {
            let Some(whole) = c.get(text, 0) else {
                continue;
            };
            let Some((first, given)) = self.date_of(text, c, &self.period_groups, known, false)
            else {
                continue;
            };
            let last = c
                .any(text, &self.period_groups.last)
                .and_then(|d| d.as_str().parse::<i8>().ok())
                .filter(|d| (1..=31).contains(d));
            let Some(day) = last else { continue };
            known = Some(first);
            taken.push(whole.range());
            let at = range.start + whole.start()..range.start + whole.end();
            let (role, by) = self.role_of(view, &at, clauses, section);
            let (from, to) = (Some(first), Some(PlainDate { day, ..first }));
            out.push(DateValue {
                open: section.is_none() && by.is_none() && role == OTHER,
                role,
                from,
                to,
                year_given: given,
                at: Slice { block, range: at },
                governed_by: by.map(|range| Slice { block, range }),
            });
        }
        for c in &found.dates {
            let Some(whole) = c.get(text, 0) else {
                continue;
            };
            let next = taken.partition_point(|t| t.end <= whole.start());
            if taken.get(next).is_some_and(|t| t.start < whole.end()) {
                continue;
            }
            if text[..whole.start()]
                .chars()
                .next_back()
                .is_some_and(|p| p.is_ascii_digit() || p == '-' || p == '.')
                || text[whole.end()..]
                    .chars()
                    .next()
                    .is_some_and(|n| n.is_ascii_digit())
            {
                continue;
            }
            let behind_connector = atoms.last().is_some_and(|(r, ..)| {
                self.is_around(Around::Between, found, text, r.end..whole.start())
            });
            // "9/10": a date or a fraction.
            let (before, behind) = (text[..whole.start()].trim_end(), &text[whole.end()..]);
            let first = before.is_empty() || before.ends_with([':', '|']);
            if c.any(text, &self.date_groups.slash).is_some()
                && !behind_connector
                && !self.slash_period.is_match(behind)
                && !(first && (behind.trim().is_empty() || self.slash_behind.is_match(behind)))
                && !stands_as_day(text, whole.range())
            {
                continue;
            }
            let Some((date, given)) =
                self.date_of(text, c, &self.date_groups, known, behind_connector)
            else {
                continue;
            };
            known = Some(date);
            // What told that it is a date is no part of it.
            let all = &text[whole.range()];
            let start = whole.end() - all.trim_start_matches('(').len();
            atoms.push((
                start..start + all.trim_matches(['(', ' ']).len(),
                date,
                given,
            ));
        }
        // A date without a year takes that of the next one.
        for i in (0..atoms.len().saturating_sub(1)).rev() {
            let next = atoms[i + 1].1.year;
            if atoms[i].1.year == 0 && next > 0 {
                atoms[i].1.year = next;
            }
        }
        let mut i = 0;
        while i < atoms.len() {
            let (r, from, given) = atoms[i].clone();
            let mut end = r.end;
            let (mut a, mut b) = (Some(from), None);
            if let Some((r2, to, _)) = atoms.get(i + 1)
                && r2.start >= r.end
                && self.is_around(Around::Between, found, text, r.end..r2.start)
            {
                let mut to = *to;
                if !atoms[i + 1].2 && from.year > 0 && (to.month, to.day) < (from.month, from.day) {
                    // From December to January.
                    to.year = from.year + 1;
                }
                b = Some(to);
                end = r2.end;
                i += 1;
            }
            if b.is_none() && self.is_around(Around::Until, found, text, end..text.len()) {
                (a, b) = (None, Some(from));
            }
            let at = range.start + r.start..range.start + end;
            let cut = self.is_around(Around::CutoffBehind, found, text, end..text.len())
                || self.is_around(Around::CutoffBefore, found, text, tail_of(text, r.start));
            let cut =
                cut && !self.sent_wrong(view, &at, clauses) && !self.told_us(view, &at, clauses);
            let (mut role, mut by) = if cut {
                ("other".to_owned(), None)
            } else {
                self.role_of(view, &at, clauses, section)
            };
            // A period under the heading of the event is the event's, whatever was found out in it.
            if b.is_some()
                && !cut
                && self.points.contains(&role)
                && let Some(r) = self.section_role(section)
            {
                (role, by) = (r, None);
            }
            if role == "posted-until" {
                // A posting is named by its end.
                (a, b) = (b.or(a), None);
            }
            out.push(DateValue {
                open: !cut && section.is_none() && by.is_none() && role == OTHER,
                role,
                from: a,
                to: b,
                year_given: given,
                at: Slice { block, range: at },
                governed_by: by.map(|range| Slice { block, range }),
            });
            i += 1;
        }
        self.untangle(view, clauses, &mut out[before..]);
    }

    fn date_of(
        &self,
        text: &str,
        c: &Captures,
        groups: &DateGroups,
        known: Option<PlainDate>,
        in_range: bool,
    ) -> Option<(PlainDate, bool)> {
        let group = |numbers: &[usize]| c.any(text, numbers).map(|m| m.as_str());
        let year_text = group(&groups.year);
        let year = match year_text {
            Some(y) => {
                let y: i16 = y.trim_start_matches(['\'', '\u{2019}']).parse().ok()?;
                Some(if y < 100 { 2000 + y } else { y })
            }
            None => None,
        };
        let month = match (group(&groups.month), group(&groups.name)) {
            (Some(m), _) => Some(m.parse::<i8>().ok()?),
            (None, Some(name)) => {
                Some(*self.months.get(name.to_lowercase().trim_end_matches('.'))?)
            }
            _ => None,
        };
        let day = match group(&groups.day) {
            Some(d) => Some(d.parse::<i8>().ok()?),
            None => None,
        };
        let month = match month {
            Some(m) => m,
            None if in_range => known?.month,
            None => return None,
        };
        let part = group(&groups.part).is_some();
        let year_given = year.is_some();
        let year = year.or(known.map(|k| k.year)).unwrap_or_default();
        if !(1..=12).contains(&month)
            || !(0..=31).contains(&day.unwrap_or(0))
            || year != 0 && !(1990..=2100).contains(&year)
        {
            return None;
        }
        if day.is_none() && !year_given && !in_range && !part {
            return None;
        }
        if group(&groups.short).is_some() && !in_range && known.is_none() {
            return None;
        }
        Some((
            PlainDate {
                year,
                month,
                day: day.unwrap_or(0),
            },
            year_given,
        ))
    }
}
