//! Dates, counts and contacts, with what they are the date, count and contact of.

use std::collections::HashMap;
use std::ops::Range;

use crate::notice::BlockId;
use crate::pattern::stored::alternatives;
use crate::pattern::{Captures, Hits, Pattern, PatternBook};
use crate::report::Problem;
use crate::yaml;

use super::polarity::Stance;
use super::reading::{Clause, Mention, Slice};
use super::sentence_view::View;
use super::vocabulary::{Role, VocabularySource};

mod numbers;
pub(super) mod source;

use source::{RoleSource, ValuesFile};

/// How many clauses to either side of its own a date looks at for what it is the date of.
const CLAUSES: usize = 8;
/// How many mentions of a long clause a date looks at, around it and at the clause's end.
const MENTIONS: usize = 64;
/// How many bytes before and behind a value are looked at.
const NEAR: usize = 240;

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

/// A date or period in the notice.
#[derive(Debug, Clone)]
pub struct DateValue {
    /// As named in `values.yaml`: `occurred`, `discovered`, `notified`, `posted-until`, `other`.
    pub role: String,
    pub from: Option<PlainDate>,
    pub to: Option<PlainDate>,
    /// The year was written, not supplied from other dates.
    pub year_given: bool,
    pub at: Slice,
}

/// A number of people, accounts or records.
#[derive(Debug, Clone)]
pub struct CountValue {
    pub value: u64,
    pub unit: String,
    pub approximate: bool,
    /// It is said of those whose data leaked.
    pub affected: bool,
    pub at: Slice,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContactKind {
    Phone,
    Email,
    Url,
}

/// A way to reach somebody.
#[derive(Debug, Clone)]
pub struct Contact {
    pub kind: ContactKind,
    pub text: String,
    pub at: Slice,
}

/// Patterns of values, compiled.
#[derive(Debug)]
pub struct Values {
    date: Pattern,
    period: Pattern,
    cutoff_behind: Pattern,
    cutoff_before: Pattern,
    points: Vec<String>,
    whole: Pattern,
    others_before: Pattern,
    between: Pattern,
    until: Pattern,
    since: Pattern,
    pub(crate) closing_count: Pattern,
    months: HashMap<String, i8>,
    roles: Vec<RoleSource>,
    number: Pattern,
    factors: Vec<(String, u64)>,
    words: HashMap<String, u64>,
    joiners: Vec<String>,
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
        Ok(Values {
            date: regex(&alternatives(&file.dates))?,
            period: regex(&alternatives(&file.periods))?,
            cutoff_behind: regex(&file.cutoff_behind)?,
            cutoff_before: regex(&file.cutoff_before)?,
            points: file.points,
            whole: regex(&n.whole)?,
            others_before: regex(&n.others_before)?,
            between: regex(&file.between)?,
            until: regex(&file.until)?,
            since: regex(&file.since)?,
            closing_count: regex(&file.closing_count)?,
            months: file.months.0.into_iter().collect(),
            roles: file.date_roles,
            number: regex(&alternatives(&n.patterns))?,
            factors: n.factors.0,
            words: n.words.0.into_iter().collect(),
            joiners: n.joiners,
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

    /// Adds the values of one sentence.
    #[allow(clippy::too_many_arguments)]
    pub(crate) fn read(
        &self,
        view: &View<'_>,
        block: BlockId,
        range: Range<usize>,
        clauses: &[Clause],
        section: Option<&str>,
        hits: &Hits,
        dates: &mut Vec<DateValue>,
        counts: &mut Vec<CountValue>,
        contacts: &mut Vec<Contact>,
    ) {
        let text = &view.text[range.clone()];
        for (pattern, kind) in [
            (&self.email, ContactKind::Email),
            (&self.url, ContactKind::Url),
            (&self.phone, ContactKind::Phone),
        ] {
            if hits.may(pattern) {
                self.contacts(pattern, kind, text, block, range.start, contacts);
            }
        }
        if hits.may(&self.date) || hits.may(&self.period) {
            self.dates(view, block, &range, clauses, section, dates);
        }
        if hits.may(&self.number) {
            self.counts(view, block, &range, clauses, section, counts);
        }
    }

    fn contacts(
        &self,
        pattern: &Pattern,
        kind: ContactKind,
        text: &str,
        block: BlockId,
        base: usize,
        out: &mut Vec<Contact>,
    ) {
        for m in pattern.find_iter(text) {
            let at = Slice {
                block,
                range: base + m.start()..base + m.end(),
            };
            out.push(Contact {
                kind,
                text: m.as_str().to_owned(),
                at,
            });
        }
    }

    fn dates(
        &self,
        view: &View<'_>,
        block: BlockId,
        range: &Range<usize>,
        clauses: &[Clause],
        section: Option<&str>,
        out: &mut Vec<DateValue>,
    ) {
        let text = &view.text[range.clone()];
        let mut known: Option<PlainDate> = out.last().and_then(|d| d.to.or(d.from));
        let mut atoms: Vec<(Range<usize>, PlainDate, bool)> = Vec::new();
        let mut taken: Vec<Range<usize>> = Vec::new();
        for c in self.period.captures_iter(text) {
            let Some(whole) = c.get(0) else { continue };
            let Some((first, given)) = self.date_of(&c, known, false) else {
                continue;
            };
            let last = (0..6)
                .find_map(|i| c.name(&format!("daytwo{i}")))
                .and_then(|d| d.as_str().parse::<i8>().ok())
                .filter(|d| (1..=31).contains(d));
            let Some(day) = last else { continue };
            known = Some(first);
            taken.push(whole.range());
            let at = range.start + whole.start()..range.start + whole.end();
            let role = self.role_of(view, &at, clauses, section);
            let (from, to) = (Some(first), Some(PlainDate { day, ..first }));
            out.push(DateValue {
                role,
                from,
                to,
                year_given: given,
                at: Slice { block, range: at },
            });
        }
        for c in self.date.captures_iter(text) {
            let Some(whole) = c.get(0) else { continue };
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
            let behind_connector = atoms
                .last()
                .is_some_and(|(r, ..)| self.between.is_match(&text[r.end..whole.start()]));
            let Some((date, given)) = self.date_of(&c, known, behind_connector) else {
                continue;
            };
            known = Some(date);
            atoms.push((whole.range(), date, given));
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
                && self.between.is_match(&text[r.end..r2.start])
            {
                b = Some(*to);
                end = r2.end;
                i += 1;
            }
            if b.is_none() && self.until.is_match(&text[end..]) {
                (a, b) = (None, Some(from));
            } else if b.is_none() && self.since.is_match(&text[end..]) {
                b = None;
            }
            let at = range.start + r.start..range.start + end;
            let cut = self.cutoff_behind.is_match(&text[end..])
                || self.cutoff_before.is_match(tail(&text[..r.start]));
            let mut role = if cut {
                "other".to_owned()
            } else {
                self.role_of(view, &at, clauses, section)
            };
            // A period under the heading of the event is the event's, whatever was found out in it.
            if b.is_some()
                && !cut
                && self.points.contains(&role)
                && let Some(r) = self.section_role(section)
            {
                role = r;
            }
            if role == "posted-until" {
                // A posting is named by its end.
                (a, b) = (b.or(a), None);
            }
            out.push(DateValue {
                role,
                from: a,
                to: b,
                year_given: given,
                at: Slice { block, range: at },
            });
            i += 1;
        }
    }

    fn date_of(
        &self,
        c: &Captures<'_>,
        known: Option<PlainDate>,
        in_range: bool,
    ) -> Option<(PlainDate, bool)> {
        let group = |name: &str| {
            (0..6)
                .find_map(|i| c.name(&format!("{name}{i}")))
                .map(|m| m.as_str())
        };
        let year_text = group("year");
        let year = match year_text {
            Some(y) => {
                let y: i16 = y.trim_start_matches(['\'', '\u{2019}']).parse().ok()?;
                Some(if y < 100 { 2000 + y } else { y })
            }
            None => None,
        };
        let month = match (group("month"), group("name")) {
            (Some(m), _) => Some(m.parse::<i8>().ok()?),
            (None, Some(name)) => {
                Some(*self.months.get(name.to_lowercase().trim_end_matches('.'))?)
            }
            _ => None,
        };
        let day = match group("day") {
            Some(d) => Some(d.parse::<i8>().ok()?),
            None => None,
        };
        let month = match month {
            Some(m) => m,
            None if in_range => known?.month,
            None => return None,
        };
        let year_given = year.is_some();
        let year = year.or(known.map(|k| k.year)).unwrap_or_default();
        if !(1..=12).contains(&month)
            || !(0..=31).contains(&day.unwrap_or(0))
            || year != 0 && !(1990..=2100).contains(&year)
        {
            return None;
        }
        if day.is_none() && !year_given && !in_range {
            return None;
        }
        if group("short").is_some() && !in_range && known.is_none() {
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

    /// What the date at `at` is the date of.
    fn role_of(
        &self,
        view: &View<'_>,
        at: &Range<usize>,
        clauses: &[Clause],
        section: Option<&str>,
    ) -> String {
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
                let inside = mentions_around(k, label.end)
                    .rev()
                    .filter(|m| m.range.start >= label.start && m.range.end <= label.end);
                for m in inside {
                    let c = view.vocabulary.concept(m.concept);
                    if let Some(r) = self.role_by_concept(&c.id, c.role) {
                        return r;
                    }
                }
            }
        }
        let bracket = bracket_around(view.text, at);
        let scope: Vec<&Clause> = match clause {
            Some(i) if head_final && set_off => clauses[i..].iter().take(CLAUSES).collect(),
            Some(i) => std::iter::once(&clauses[i])
                .chain(clauses[i + 1..].iter().take(CLAUSES))
                .chain(clauses[..i].iter().rev().take(CLAUSES))
                .collect(),
            None => clauses.iter().take(2 * CLAUSES).collect(),
        };
        let names = |id: u16| view.vocabulary.concept(id);
        for (n, k) in scope.iter().enumerate() {
            let mut found: Option<(usize, &RoleSource)> = None;
            for m in mentions_around(k, at.start) {
                if bracket_around(view.text, &m.range) != bracket {
                    continue;
                }
                let c = names(m.concept);
                let Some(role) = self.roles.iter().find(|r| {
                    r.concepts.contains(&c.id) || c.role.is_some_and(|x| r.roles.contains(&x))
                }) else {
                    continue;
                };
                if matches!(
                    m.stance,
                    Stance::Advised | Stance::Foreign | Stance::Question
                ) && n == 0
                {
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
                if found.is_none_or(|(d, _)| distance < d) {
                    found = Some((distance, role));
                }
            }
            if let Some((_, role)) = found {
                return role.role.clone();
            }
            if n == 0
                && !set_off
                && let Some(r) = self.section_role(section)
            {
                return r;
            }
        }
        self.section_role(section)
            .unwrap_or_else(|| "other".to_owned())
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

    fn section_role(&self, section: Option<&str>) -> Option<String> {
        let section = section?;
        self.roles
            .iter()
            .find(|r| r.sections.iter().any(|s| s == section))
            .map(|r| r.role.clone())
    }
}

/// The clause that a value begins in.
fn clause_at(clauses: &[Clause], at: &Range<usize>) -> Option<usize> {
    let i = clauses.partition_point(|k| k.range.end <= at.start);
    (clauses.get(i)?.range.start <= at.start).then_some(i)
}

/// The mentions of a clause; of a long one, those around the byte `at` and the last ones.
fn mentions_around(k: &Clause, at: usize) -> impl DoubleEndedIterator<Item = &Mention> {
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
fn tail(text: &str) -> &str {
    let mut from = text.len().saturating_sub(NEAR);
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    &text[from..]
}

/// The first bytes of a text.
fn head(text: &str) -> &str {
    let mut to = text.len().min(NEAR);
    while !text.is_char_boundary(to) {
        to += 1;
    }
    &text[..to]
}

/// The bracket that a range stands in: the byte at which it opens.
fn bracket_around(text: &str, range: &Range<usize>) -> Option<usize> {
    let mut from = range.start.saturating_sub(120);
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    let before = &text[from..range.start];
    let open = before.rfind('(')?;
    (!before[open..].contains(')')).then_some(from + open)
}
