//! The record of an incident (`incident.yaml`): what is known, against which a notice is checked.

mod checked;
mod find;
mod item;
mod raw;
#[cfg(test)]
mod tests;

use std::path::Path;

use jiff::Zoned;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::front::Kind;
use crate::report::Problem;
use crate::source::Span;
use crate::yaml::{self, Spanned};

pub use find::{FILE_NAME, Named, find, without_dots};
pub(crate) use raw::RawFacts;

/// An incident as the organisation knows it. Spans are bytes of the facts file.
#[derive(Debug, Clone)]
pub struct Facts {
    /// Where the file is, as it is shown.
    pub path: String,
    /// The organisation's own name for the incident.
    pub incident: Spanned<String>,
    /// Such as `kr`; at least one.
    pub jurisdictions: Vec<Spanned<String>>,
    pub status: Spanned<Status>,
    pub occurred: Option<Spanned<Period>>,
    /// When the organisation came to know of it; see [`Facts::aware_at`].
    pub aware_at: Spanned<Zoned>,
    /// When what was suspected or open was settled; what is due "at once" is due from then.
    pub confirmed_at: Option<Spanned<Zoned>>,
    /// The name of the organisation, as its notices give it.
    pub organisation: Option<Spanned<String>>,
    /// Items whose leak is not settled.
    pub open_questions: Vec<Spanned<String>>,
    /// Desks that take reports and questions.
    pub contacts: Vec<Contact>,
    /// Where people can look up whether they are concerned.
    pub lookup: Option<Lookup>,
    /// Statements on the incident, with who stands behind them.
    pub claims: Vec<Claim>,
    /// What was sent or posted so far, in the order of the file.
    pub earlier_notices: Vec<EarlierNotice>,
    /// At least one, in the order of the file.
    pub cohorts: Vec<Cohort>,
}

/// A desk and the ways to reach it; at least one way is given.
#[derive(Debug, Clone)]
pub struct Contact {
    pub desk: Option<Spanned<String>>,
    pub phone: Option<Spanned<String>>,
    pub email: Option<Spanned<String>>,
    pub url: Option<Spanned<String>>,
}

/// A look-up of one's own case; at least one of the two is given.
#[derive(Debug, Clone)]
pub struct Lookup {
    /// The span is that of the key `lookup`.
    pub span: Span,
    pub url: Option<Spanned<String>>,
    /// The way through an app or menu, for messages without links.
    pub path: Option<Spanned<String>>,
}

/// A statement on the incident.
#[derive(Debug, Clone)]
pub struct Claim {
    /// Words by which it is known in a notice.
    pub says: Spanned<String>,
    pub confirmed_by: Spanned<ConfirmedBy>,
    /// The body that confirmed it, and when.
    pub by: Option<Spanned<String>>,
    pub on: Option<Spanned<Date>>,
}

/// A notice that was sent or posted before.
#[derive(Debug, Clone)]
pub struct EarlierNotice {
    pub kind: Spanned<Kind>,
    /// Name of a cohort of the same file; `None`: all of them.
    pub cohort: Option<Spanned<String>>,
    pub sent_at: Option<Spanned<Zoned>>,
    pub posted: Option<Spanned<PostedPeriod>>,
    /// Path of its text, relative to the facts.
    pub file: Option<Spanned<String>>,
}

/// From when until when something stood on the homepage; `until` is never before `from`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PostedPeriod {
    pub from: Spanned<Date>,
    pub until: Option<Spanned<Date>>,
}

/// A group of people to whom the same happened, and who get the same notice.
#[derive(Debug, Clone)]
pub struct Cohort {
    /// The span is that of the key.
    pub name: Spanned<String>,
    /// `member` when the file does not say; the span is that of the name then.
    pub audience: Spanned<Audience>,
    pub count: Option<Spanned<Count>>,
    /// Only if it differs from that of the incident; see [`Facts::aware_at`].
    pub aware_at: Option<Spanned<Zoned>>,
    /// Why the 72 hours were exceeded, if they were.
    pub late_reason: Option<Spanned<LateReason>>,
    /// Only if it differs from that of the incident; see [`Facts::occurred`].
    pub occurred: Option<Spanned<Period>>,
    /// Only if it differs from that of the incident; see [`Facts::confirmed_at`].
    pub confirmed_at: Option<Spanned<Zoned>>,
    /// Item ids. While the incident is `suspected`: what may have leaked.
    pub leaked: Vec<Spanned<String>>,
    /// The form in which an item of `leaked` left, where it was not the plain one.
    pub forms: Vec<(String, Spanned<Form>)>,
    /// Item ids of what did not leak.
    pub not_leaked: Vec<Spanned<String>>,
}

/// From when until when it happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    pub from: Spanned<Date>,
    /// Never before `from`.
    pub to: Option<Spanned<Date>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    Suspected,
    Confirmed,
    RuledOut,
}

/// Who gets a notice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    #[default]
    Member,
    NonMember,
    Employee,
    Patient,
}

/// How many are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Count {
    pub value: u64,
    pub unit: Unit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    Persons,
    Accounts,
    Records,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LateReason {
    /// Telling at once would have hindered closing the leak.
    Containment,
    Disaster,
}

/// In what form an item left.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    #[default]
    Plain,
    Hashed,
    Encrypted,
    /// Some of its characters were replaced, such as by `*`.
    Masked,
    /// A part only, such as the last four digits.
    Partial,
}

/// Who stands behind a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ConfirmedBy {
    /// An authority or court, publicly.
    Authority,
    /// The organisation alone.
    #[serde(rename = "self")]
    Own,
    None,
}

impl Form {
    pub const ALL: [Self; 5] = [
        Self::Plain,
        Self::Hashed,
        Self::Encrypted,
        Self::Masked,
        Self::Partial,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Hashed => "hashed",
            Self::Encrypted => "encrypted",
            Self::Masked => "masked",
            Self::Partial => "partial",
        }
    }
}

impl Status {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Suspected => "suspected",
            Self::Confirmed => "confirmed",
            Self::RuledOut => "ruled-out",
        }
    }
}

impl Audience {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::NonMember => "non-member",
            Self::Employee => "employee",
            Self::Patient => "patient",
        }
    }
}

impl Unit {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Persons => "persons",
            Self::Accounts => "accounts",
            Self::Records => "records",
        }
    }
}

impl LateReason {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Containment => "containment",
            Self::Disaster => "disaster",
        }
    }
}

/// Why no cohort could be chosen. The place is the caller's: it is where the notice names the cohort, or does not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CohortError {
    #[error("the facts have no cohort `{}`", yaml::shown(.name))]
    Unknown { name: String, hint: Option<String> },
    #[error("say which cohort this notice is for")]
    Several { known: Vec<String> },
}

impl CohortError {
    /// How to mend it.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Unknown { hint, .. } => hint.clone(),
            Self::Several { known } => {
                let known: Vec<String> = known
                    .iter()
                    .map(|name| format!("`cohort: {name}`"))
                    .collect();
                Some(format!(
                    "write one of these into the front matter: {}",
                    known.join(", ")
                ))
            }
        }
    }
}

impl Cohort {
    /// The form in which an item left; plain unless the facts say otherwise.
    pub fn form(&self, item: &str) -> Option<&Spanned<Form>> {
        let form = self.forms.iter().find(|(id, _)| id == item);
        form.map(|(_, form)| form)
    }
}

impl Facts {
    /// Reads a file. `known_items` are the ids of the vocabulary.
    ///
    /// # Errors
    /// All that is wrong with the file; or that it cannot be read.
    pub fn load(path: &Path, known_items: &[&str]) -> Result<Self, Vec<Problem>> {
        let shown = crate::report::shown_path(path);
        let bytes = std::fs::read(path).map_err(|error| {
            vec![Problem {
                path: shown.clone(),
                message: format!("the facts cannot be read: {error}"),
                hint: None,
                at: None,
            }]
        })?;
        let text = yaml::decode(&shown, &bytes).map_err(|problem| vec![*problem])?;
        Self::parse(&shown, text, known_items)
    }

    /// Reads the text of a file. `path` is only shown.
    ///
    /// # Errors
    /// All that is wrong with the text, as far as its structure can be read.
    pub fn parse(path: &str, text: &str, known_items: &[&str]) -> Result<Self, Vec<Problem>> {
        raw::parse(path, text, known_items)
    }

    /// The cohort of this name; without a name, the only one there is.
    ///
    /// # Errors
    /// There is no such cohort, or there are several and none was named.
    pub fn cohort(&self, name: Option<&str>) -> Result<&Cohort, CohortError> {
        let known: Vec<&str> = self
            .cohorts
            .iter()
            .map(|cohort| cohort.name.value.as_str())
            .collect();
        match (name, self.cohorts.as_slice()) {
            (None, [only]) => Ok(only),
            (None, _) => Err(CohortError::Several {
                known: known.iter().map(|name| yaml::shown(name)).collect(),
            }),
            (Some(name), cohorts) => cohorts
                .iter()
                .find(|cohort| cohort.name.value == name)
                .ok_or_else(|| CohortError::Unknown {
                    name: name.to_owned(),
                    hint: yaml::hint_for(name, &known),
                }),
        }
    }

    /// When the organisation came to know that a cohort is concerned: the cohort's own time, else the incident's.
    pub fn aware_at<'a>(&'a self, cohort: &'a Cohort) -> &'a Spanned<Zoned> {
        cohort.aware_at.as_ref().unwrap_or(&self.aware_at)
    }

    /// When it happened to a cohort: the cohort's own period, else the incident's.
    pub fn occurred<'a>(&'a self, cohort: Option<&'a Cohort>) -> Option<&'a Spanned<Period>> {
        cohort
            .and_then(|cohort| cohort.occurred.as_ref())
            .or(self.occurred.as_ref())
    }

    /// When what was open for a cohort was settled: the cohort's own time, else the incident's.
    pub fn confirmed_at<'a>(&'a self, cohort: Option<&'a Cohort>) -> Option<&'a Spanned<Zoned>> {
        cohort
            .and_then(|cohort| cohort.confirmed_at.as_ref())
            .or(self.confirmed_at.as_ref())
    }

    /// What was sent or posted before to a cohort, or to all.
    pub fn earlier<'a>(&'a self, cohort: &'a Cohort) -> impl Iterator<Item = &'a EarlierNotice> {
        self.earlier_notices.iter().filter(|earlier| {
            earlier
                .cohort
                .as_ref()
                .is_none_or(|name| name.value == cohort.name.value)
        })
    }

    /// Whether it is an open question if this item leaked.
    pub fn is_open(&self, item: &str) -> bool {
        self.open_questions.iter().any(|open| open.value == item)
    }
}
