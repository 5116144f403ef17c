//! The facts file as it is written, and the checks that make [`Facts`] of it.

use std::collections::HashMap;

use jiff::civil::Date;
use serde::Deserialize;

use super::{Audience, Cohort, Count, Facts, LateReason, Period, Status};
use crate::report::Problem;
use crate::source::Span;
use crate::yaml::{self, Complaint, MAX_PROBLEMS, Ordered, Places, Spanned, hint_for, shown};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawFacts {
    incident: String,
    jurisdictions: Vec<String>,
    status: Status,
    occurred: Option<RawPeriod>,
    aware_at: String,
    #[serde(default)]
    open_questions: Vec<String>,
    cohorts: Ordered<RawCohort>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPeriod {
    from: String,
    to: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawCohort {
    audience: Option<Audience>,
    count: Option<Count>,
    aware_at: Option<String>,
    late_reason: Option<LateReason>,
    #[serde(default)]
    leaked: Vec<String>,
    #[serde(default)]
    not_leaked: Vec<String>,
}

pub(super) fn parse(path: &str, text: &str, known_items: &[&str]) -> Result<Facts, Vec<Problem>> {
    let yaml = yaml::read::<RawFacts>(path, text)?;
    let mut check = Check {
        places: &yaml.places,
        known_items,
        problems: Vec::new(),
    };
    let facts = check.facts(yaml.value);
    let mut problems = check.problems;
    match facts {
        Some(facts) if problems.is_empty() => Ok(facts),
        _ => {
            problems.sort_by_key(|problem| problem.at.map(|at| at.span));
            Err(problems)
        }
    }
}

struct Check<'a> {
    places: &'a Places,
    known_items: &'a [&'a str],
    problems: Vec<Problem>,
}

impl Check<'_> {
    fn complain(&mut self, span: Span, message: impl Into<String>, hint: Option<String>) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(self.places.problem(span, message, hint));
        }
    }

    /// Nothing only where a problem was added.
    fn facts(&mut self, raw: RawFacts) -> Option<Facts> {
        let incident = self.spanned(&["incident"], raw.incident);
        if incident.value.trim().is_empty() {
            self.complain(
                incident.span,
                "`incident` is empty",
                Some("give the incident a name, such as 2025-11-leak".to_owned()),
            );
        }
        let jurisdictions = self.list(&["jurisdictions"], raw.jurisdictions);
        if jurisdictions.is_empty() {
            self.complain(
                self.places.near(&["jurisdictions"]),
                "`jurisdictions` is empty",
                Some("say whose law applies, such as [kr]".to_owned()),
            );
        }
        for jurisdiction in &jurisdictions {
            if jurisdiction.value.trim().is_empty() {
                self.complain(jurisdiction.span, "a jurisdiction is empty", None);
            }
        }
        let status = self.spanned(&["status"], raw.status);
        let occurred = raw.occurred.and_then(|raw| self.period(&raw));
        let aware_at = self.read(&["aware-at"], &raw.aware_at, yaml::zoned);
        let open_questions = self.items(&["open-questions"], raw.open_questions);

        if raw.cohorts.0.is_empty() {
            self.complain(
                self.places.near(&["cohorts"]),
                "there is no cohort",
                Some(
                    "add at least one group of people, such as `members:` with `leaked: [name]`"
                        .to_owned(),
                ),
            );
        }
        let cohorts = raw
            .cohorts
            .0
            .into_iter()
            .map(|(name, raw)| self.cohort(name, raw))
            .collect();
        Some(Facts {
            path: self.places.path().to_owned(),
            incident,
            jurisdictions,
            status,
            occurred,
            aware_at: aware_at?,
            open_questions,
            cohorts,
        })
    }

    fn cohort(&mut self, name: String, raw: RawCohort) -> Cohort {
        let path = ["cohorts", name.as_str()];
        let at = |key| [path[0], path[1], key];
        let key = self
            .places
            .key(&path)
            .unwrap_or_else(|| self.places.near(&path));
        if name.trim().is_empty() {
            self.complain(key, "a cohort has no name", None);
        }
        let audience = match raw.audience {
            Some(audience) => self.spanned(&at("audience"), audience),
            None => Spanned::new(Audience::default(), key),
        };
        let count = raw.count.map(|count| self.spanned(&at("count"), count));
        let aware_at = raw
            .aware_at
            .and_then(|text| self.read(&at("aware-at"), &text, yaml::zoned));
        let late_reason = raw
            .late_reason
            .map(|reason| self.spanned(&at("late-reason"), reason));
        let leaked = self.items(&at("leaked"), raw.leaked);
        let not_leaked = self.items(&at("not-leaked"), raw.not_leaked);

        let lines: HashMap<&str, Span> = leaked
            .iter()
            .map(|item| (item.value.as_str(), item.span))
            .collect();
        for item in &not_leaked {
            if let Some(&span) = lines.get(item.value.as_str()) {
                let line = self.places.place(span).line;
                let message = format!(
                    "`{}` is both leaked and not leaked in the cohort `{}`",
                    shown(&item.value),
                    shown(&name)
                );
                let hint = format!(
                    "`leaked` names it in line {line}; remove one, or make it an open question"
                );
                self.complain(item.span, message, Some(hint));
            }
        }
        Cohort {
            name: Spanned::new(name, key),
            audience,
            count,
            aware_at,
            late_reason,
            leaked,
            not_leaked,
        }
    }

    fn period(&mut self, raw: &RawPeriod) -> Option<Spanned<Period>> {
        let from: Option<Spanned<Date>> = self.read(&["occurred", "from"], &raw.from, yaml::date);
        let to = raw
            .to
            .as_ref()
            .and_then(|to| self.read(&["occurred", "to"], to, yaml::date));
        let from = from?;
        if let Some(to) = to
            && to.value < from.value
        {
            self.complain(
                to.span,
                format!(
                    "`to` is before `from`: {} is before {}",
                    to.value, from.value
                ),
                Some("swap them, or correct one".to_owned()),
            );
        }
        Some(self.spanned(&["occurred"], Period { from, to }))
    }

    /// Reads a date or time. Nothing if it is wrong, which is said then.
    fn read<T>(
        &mut self,
        path: &[&str],
        text: &str,
        read: fn(&str) -> Result<T, Complaint>,
    ) -> Option<Spanned<T>> {
        let span = self.places.near(path);
        match read(text) {
            Ok(value) => Some(Spanned::new(value, span)),
            Err((message, hint)) => {
                let key = path.last().copied().unwrap_or_default();
                self.complain(span, format!("`{key}`: {message}"), hint);
                None
            }
        }
    }

    /// A list of item ids of the vocabulary.
    fn items(&mut self, path: &[&str], ids: Vec<String>) -> Vec<Spanned<String>> {
        let items = self.list(path, ids);
        for item in &items {
            // Past the last problem that is shown, looking for near names would only cost time.
            if self.problems.len() >= MAX_PROBLEMS {
                break;
            }
            if !self.known_items.contains(&item.value.as_str()) {
                let message = format!("unknown item `{}`", shown(&item.value));
                self.complain(item.span, message, hint_for(&item.value, self.known_items));
            }
        }
        items
    }

    /// A list in which everything stands once.
    fn list(&mut self, path: &[&str], values: Vec<String>) -> Vec<Spanned<String>> {
        let mut first: HashMap<String, Span> = HashMap::new();
        let mut list = Vec::new();
        for (index, value) in values.into_iter().enumerate() {
            let index = index.to_string();
            let path: Vec<&str> = path.iter().copied().chain([index.as_str()]).collect();
            let span = self.places.near(&path);
            if let Some(&earlier) = first.get(&value) {
                if self.problems.len() < MAX_PROBLEMS {
                    let key = path.iter().rev().nth(1).copied().unwrap_or_default();
                    let line = self.places.place(earlier).line;
                    self.complain(
                        span,
                        format!("`{}` is twice in `{key}`", shown(&value)),
                        Some(format!("it is already in line {line}; remove one of them")),
                    );
                }
                continue;
            }
            first.insert(value.clone(), span);
            list.push(Spanned::new(value, span));
        }
        list
    }

    fn spanned<T>(&self, path: &[&str], value: T) -> Spanned<T> {
        Spanned::new(value, self.places.near(path))
    }
}
