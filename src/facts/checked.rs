//! From what is written to [`Facts`]: values are read, and what cannot be true is said.

use std::collections::HashMap;

use jiff::Zoned;
use jiff::civil::Date;

use super::item::RawItem;
use super::raw::{
    RawClaim, RawCohort, RawContact, RawEarlier, RawFacts, RawLookup, RawPeriod, RawPostedPeriod,
};
use super::{
    Audience, Claim, Cohort, ConfirmedBy, Contact, EarlierNotice, Facts, Form, Lookup, Period,
    PostedPeriod, Status,
};
use crate::report::Problem;
use crate::source::Span;
use crate::yaml::{self, Complaint, MAX_PROBLEMS, Places, Spanned, hint_for, shown};

/// # Errors
/// All that is wrong.
pub(super) fn facts(
    raw: RawFacts,
    places: &Places,
    known_items: &[&str],
) -> Result<Facts, Vec<Problem>> {
    let mut check = Check {
        places,
        known_items,
        problems: Vec::new(),
    };
    let facts = check.facts(raw);
    let mut problems = check.problems;
    match facts {
        Some(facts) if problems.is_empty() => Ok(facts),
        _ => {
            problems.sort_by_key(|problem| problem.at.map(|at| at.span));
            Err(problems)
        }
    }
}

/// Items with their forms.
type Forms = Vec<(String, Spanned<Form>)>;

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
        let organisation = self.text(&["organisation"], raw.organisation);
        let occurred = raw
            .occurred
            .and_then(|raw| self.period(&["occurred"], &raw));
        let aware_at = self.read(&["aware-at"], &raw.aware_at, yaml::zoned);
        let confirmed_at = raw
            .confirmed_at
            .and_then(|text| self.read(&["confirmed-at"], &text, yaml::zoned));
        self.settled(status, confirmed_at.as_ref());
        let open_questions = self.items(&["open-questions"], raw.open_questions);
        let contacts = raw
            .contacts
            .into_iter()
            .enumerate()
            .map(|(n, raw)| self.contact(n, raw))
            .collect();
        let lookup = raw.lookup.map(|raw| self.lookup(raw));
        let claims = raw
            .claims
            .into_iter()
            .enumerate()
            .map(|(n, raw)| self.claim(n, raw))
            .collect();

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
        let cohorts: Vec<Cohort> = raw
            .cohorts
            .0
            .into_iter()
            .map(|(name, raw)| self.cohort(name, raw))
            .collect();
        for cohort in &cohorts {
            self.order(aware_at.as_ref(), occurred.as_ref(), cohort);
        }
        let names: Vec<&str> = cohorts.iter().map(|c| c.name.value.as_str()).collect();
        let earlier_notices = raw
            .earlier_notices
            .into_iter()
            .enumerate()
            .map(|(n, raw)| self.earlier(n, raw, &names))
            .collect();
        Some(Facts {
            path: self.places.path().to_owned(),
            incident,
            jurisdictions,
            status,
            organisation,
            occurred,
            aware_at: aware_at?,
            confirmed_at,
            open_questions,
            contacts,
            lookup,
            claims,
            earlier_notices,
            cohorts,
        })
    }

    /// What is only suspected was not settled yet.
    fn settled(&mut self, status: Spanned<Status>, confirmed_at: Option<&Spanned<Zoned>>) {
        if let Some(at) = confirmed_at.filter(|_| status.value == Status::Suspected) {
            let line = self.places.place(status.span).line;
            let hint = format!("`status` is `suspected` in line {line}; correct one of the two");
            self.complain(
                at.span,
                "`confirmed-at` is given, but nothing is confirmed",
                Some(hint),
            );
        }
    }

    /// Nobody knows of a leak before it began.
    fn order(
        &mut self,
        aware_at: Option<&Spanned<Zoned>>,
        occurred: Option<&Spanned<Period>>,
        cohort: &Cohort,
    ) {
        let own = cohort.aware_at.is_some() || cohort.occurred.is_some();
        let aware_at = cohort.aware_at.as_ref().or(aware_at);
        let occurred = cohort.occurred.as_ref().or(occurred);
        let (Some(aware), Some(occurred)) = (aware_at, occurred) else {
            return;
        };
        let from = occurred.value.from;
        // Dates are those of the clock that `aware-at` is given in.
        if aware.value.date() >= from.value {
            return;
        }
        let first = self
            .problems
            .iter()
            .any(|p| p.at.is_some_and(|at| at.span == aware.span));
        if own || !first {
            let line = self.places.place(from.span).line;
            self.complain(
                aware.span,
                format!(
                    "`aware-at` is before the leak began: {} is before {}",
                    aware.value.date(),
                    from.value
                ),
                Some(format!(
                    "`occurred` begins in line {line}; correct one of the two"
                )),
            );
        }
    }

    fn contact(&mut self, index: usize, raw: RawContact) -> Contact {
        let index = index.to_string();
        let at = |key| ["contacts", index.as_str(), key];
        let contact = Contact {
            desk: self.text(&at("desk"), raw.desk),
            phone: self.text(&at("phone"), raw.phone),
            email: self.text(&at("email"), raw.email),
            url: self.text(&at("url"), raw.url),
        };
        if contact.phone.is_none() && contact.email.is_none() && contact.url.is_none() {
            let span = self.places.near(&["contacts", &index]);
            let hint = "add `phone`, `email` or `url`".to_owned();
            self.complain(span, "this desk cannot be reached", Some(hint));
        }
        if let Some(email) = contact.email.as_ref().filter(|e| !e.value.contains('@')) {
            let message = format!("`{}` is not a mail address", shown(&email.value));
            self.complain(email.span, message, None);
        }
        contact
    }

    fn lookup(&mut self, raw: RawLookup) -> Lookup {
        let lookup = Lookup {
            span: self.places.near(&["lookup"]),
            url: self.text(&["lookup", "url"], raw.url),
            path: self.text(&["lookup", "path"], raw.path),
        };
        if lookup.url.is_none() && lookup.path.is_none() {
            let hint = "add `url`, or `path` for the way through an app".to_owned();
            self.complain(lookup.span, "`lookup` says nothing", Some(hint));
        }
        lookup
    }

    fn claim(&mut self, index: usize, raw: RawClaim) -> Claim {
        let index = index.to_string();
        let at = |key| ["claims", index.as_str(), key];
        let says = self.spanned(&at("says"), raw.says);
        if says.value.trim().is_empty() {
            let hint = "write the words by which a notice says it".to_owned();
            self.complain(says.span, "`says` is empty", Some(hint));
        }
        let confirmed_by = self.spanned(&at("confirmed-by"), raw.confirmed_by);
        let by = self.text(&at("by"), raw.by);
        if confirmed_by.value == ConfirmedBy::Authority && by.is_none() {
            let hint = "add `by: …`, the name of the body, and `on: …`, the day".to_owned();
            self.complain(
                confirmed_by.span,
                "which authority confirmed it is not said",
                Some(hint),
            );
        }
        Claim {
            says,
            confirmed_by,
            by,
            on: raw
                .on
                .and_then(|text| self.read(&at("on"), &text, yaml::date)),
        }
    }

    fn earlier(&mut self, index: usize, raw: RawEarlier, cohorts: &[&str]) -> EarlierNotice {
        let index = index.to_string();
        let at = |key| ["earlier-notices", index.as_str(), key];
        let cohort = self.text(&at("cohort"), raw.cohort);
        if let Some(name) = &cohort
            && !cohorts.contains(&name.value.as_str())
        {
            let message = format!("there is no cohort `{}`", shown(&name.value));
            self.complain(name.span, message, hint_for(&name.value, cohorts));
        }
        let sent_at = raw
            .sent_at
            .as_ref()
            .and_then(|text| self.read(&at("sent-at"), text, yaml::zoned));
        let posted = raw
            .posted
            .as_ref()
            .and_then(|posted| self.posted(&index, posted));
        if raw.sent_at.is_none() && raw.posted.is_none() {
            let span = self.places.near(&["earlier-notices", &index]);
            let hint = "add `sent-at: 2025-11-20T09:00+09:00`, or `posted: { from: …, until: … }`";
            self.complain(
                span,
                "when this notice went out is not said",
                Some(hint.to_owned()),
            );
        }
        EarlierNotice {
            kind: self.spanned(&at("kind"), raw.kind),
            cohort,
            sent_at,
            posted,
            file: self.text(&at("file"), raw.file),
        }
    }

    fn posted(&mut self, index: &str, raw: &RawPostedPeriod) -> Option<Spanned<PostedPeriod>> {
        let path = ["earlier-notices", index, "posted"];
        let at = |key| [path[0], path[1], path[2], key];
        let from = self.read(&at("from"), &raw.from, yaml::date);
        let until = raw
            .until
            .as_ref()
            .and_then(|until| self.read(&at("until"), until, yaml::date));
        let from = from?;
        self.in_order("until", from, until);
        Some(self.spanned(&path, PostedPeriod { from, until }))
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
        let confirmed_at = raw
            .confirmed_at
            .and_then(|text| self.read(&at("confirmed-at"), &text, yaml::zoned));
        let occurred = raw
            .occurred
            .and_then(|raw| self.period(&at("occurred"), &raw));
        let late_reason = raw
            .late_reason
            .map(|reason| self.spanned(&at("late-reason"), reason));
        let (leaked, forms) = self.leaked(&at("leaked"), raw.leaked);
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
            occurred,
            confirmed_at,
            leaked,
            forms,
            not_leaked,
        }
    }

    fn period(&mut self, path: &[&str], raw: &RawPeriod) -> Option<Spanned<Period>> {
        let at = |key| -> Vec<&str> { path.iter().copied().chain([key]).collect() };
        let from: Option<Spanned<Date>> = self.read(&at("from"), &raw.from, yaml::date);
        let to = raw
            .to
            .as_ref()
            .and_then(|to| self.read(&at("to"), to, yaml::date));
        let from = from?;
        self.in_order("to", from, to);
        Some(self.spanned(path, Period { from, to }))
    }

    fn in_order(&mut self, key: &str, from: Spanned<Date>, end: Option<Spanned<Date>>) {
        if let Some(end) = end.filter(|end| end.value < from.value) {
            self.complain(
                end.span,
                format!(
                    "`{key}` is before `from`: {} is before {}",
                    end.value, from.value
                ),
                Some("swap them, or correct one".to_owned()),
            );
        }
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

    /// Text that, if it is given, says something.
    fn text(&mut self, path: &[&str], value: Option<String>) -> Option<Spanned<String>> {
        let value = self.spanned(path, value?);
        if value.value.trim().is_empty() {
            let key = path.last().copied().unwrap_or_default();
            let hint = "write something behind it, or remove the line".to_owned();
            self.complain(value.span, format!("`{key}` is empty"), Some(hint));
        }
        Some(value)
    }

    /// What leaked, and the forms that are given.
    fn leaked(&mut self, path: &[&str], raw: Vec<RawItem>) -> (Vec<Spanned<String>>, Forms) {
        let mut forms = Vec::new();
        for (index, item) in raw.iter().enumerate() {
            if let Some(form) = item.form {
                let index = index.to_string();
                let at: Vec<&str> = path.iter().copied().chain([&*index, "form"]).collect();
                forms.push((item.id.clone(), self.spanned(&at, form)));
            }
        }
        let ids = raw.into_iter().map(|item| (item.id, item.mapping));
        (self.known(path, ids), forms)
    }

    /// A list of item ids of the vocabulary.
    fn items(&mut self, path: &[&str], ids: Vec<String>) -> Vec<Spanned<String>> {
        self.known(path, ids.into_iter().map(|id| (id, false)))
    }

    fn known(
        &mut self,
        path: &[&str],
        ids: impl Iterator<Item = (String, bool)>,
    ) -> Vec<Spanned<String>> {
        let items = self.entries(path, ids);
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

    fn list(&mut self, path: &[&str], values: Vec<String>) -> Vec<Spanned<String>> {
        self.entries(path, values.into_iter().map(|value| (value, false)))
    }

    /// A list in which everything stands once. What is written as a mapping has its value under `item`.
    fn entries(
        &mut self,
        path: &[&str],
        values: impl Iterator<Item = (String, bool)>,
    ) -> Vec<Spanned<String>> {
        let mut first: HashMap<String, Span> = HashMap::new();
        let mut list = Vec::new();
        for (index, (value, mapping)) in values.enumerate() {
            let index = index.to_string();
            let mut at: Vec<&str> = path.iter().copied().chain([index.as_str()]).collect();
            at.extend(mapping.then_some("item"));
            let span = self.places.near(&at);
            if let Some(&earlier) = first.get(&value) {
                if self.problems.len() < MAX_PROBLEMS {
                    let key = path.last().copied().unwrap_or_default();
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
