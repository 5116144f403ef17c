//! The facts file as it is written, and the checks that make [`Facts`] of it.

use schemars::JsonSchema;
use serde::Deserialize;

use super::item::RawItem;
use super::{Audience, ConfirmedBy, Count, Facts, LateReason, Status};
use crate::front::Kind;
use crate::report::Problem;
use crate::yaml::{self, Ordered};

/// The record of an incident.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(rename = "incident")]
pub(crate) struct RawFacts {
    /// Your own name for the incident, such as 2025-11-leak.
    pub incident: String,
    /// The name of the organisation, as its notices give it.
    pub organisation: Option<String>,
    /// Whose law applies, such as [kr].
    #[schemars(length(min = 1))]
    pub jurisdictions: Vec<String>,
    /// What is known of the leak.
    pub status: Status,
    /// From when until when it happened.
    pub occurred: Option<RawPeriod>,
    /// When you came to know of it, with time and zone: 2025-11-18T22:52+09:00. It starts the 72 hours and decides which law is in force.
    #[schemars(extend("x-format" = "time"))]
    pub aware_at: String,
    /// When what was suspected or open was settled, with time and zone. What the law wants at once is due from then.
    #[schemars(extend("x-format" = "time"))]
    pub confirmed_at: Option<String>,
    /// Items whose leak is not settled.
    #[serde(default)]
    #[schemars(extend("x-enum" = "item"))]
    pub open_questions: Vec<String>,
    /// Desks that take reports and questions.
    #[serde(default)]
    pub contacts: Vec<RawContact>,
    /// Where people can look up whether they are concerned.
    pub lookup: Option<RawLookup>,
    /// Statements on the incident, with who stands behind them.
    #[serde(default)]
    pub claims: Vec<RawClaim>,
    /// What was sent or posted so far.
    #[serde(default)]
    pub earlier_notices: Vec<RawEarlier>,
    /// Groups of people to whom the same happened; one notice is for one of them.
    #[schemars(extend("minProperties" = 1))]
    pub cohorts: Ordered<RawCohort>,
}

/// A period of days.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "period")]
pub(crate) struct RawPeriod {
    /// The first day: 2025-06-24.
    #[schemars(extend("x-format" = "date"))]
    pub from: String,
    /// The last day, if it is known to have ended.
    #[schemars(extend("x-format" = "date"))]
    pub to: Option<String>,
}

/// A desk and the ways to reach it.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "contact")]
pub(crate) struct RawContact {
    /// Its name.
    pub desk: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub url: Option<String>,
}

/// A look-up of one's own case.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "lookup")]
pub(crate) struct RawLookup {
    pub url: Option<String>,
    /// The way through an app or menu, for messages without links.
    pub path: Option<String>,
}

/// A statement on the incident, with who stands behind it.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(rename = "claim")]
pub(crate) struct RawClaim {
    /// Words by which it is known in a notice.
    pub says: String,
    /// Who stands behind it: an authority, you alone, or nobody.
    pub confirmed_by: ConfirmedBy,
    /// The body that confirmed it.
    pub by: Option<String>,
    /// When.
    #[schemars(extend("x-format" = "date"))]
    pub on: Option<String>,
}

/// A notice that was sent or posted before.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(rename = "earlier-notice")]
pub(crate) struct RawEarlier {
    pub kind: Kind,
    /// Name of a cohort below; absent: all of them.
    pub cohort: Option<String>,
    /// When it was sent, with time and zone.
    #[schemars(extend("x-format" = "time"))]
    pub sent_at: Option<String>,
    /// From when until when it stood on the homepage.
    pub posted: Option<RawPostedPeriod>,
    /// Path of its text, from the folder of this file.
    pub file: Option<String>,
}

/// From when until when something stood on the homepage.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "posted-period")]
pub(crate) struct RawPostedPeriod {
    #[schemars(extend("x-format" = "date"))]
    pub from: String,
    #[schemars(extend("x-format" = "date"))]
    pub until: Option<String>,
}

/// A group of people to whom the same happened, and who get the same notice.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(rename = "cohort")]
pub(crate) struct RawCohort {
    /// Who they are; members if absent.
    pub audience: Option<Audience>,
    /// How many there are.
    pub count: Option<Count>,
    /// When you came to know that they are concerned, if later than of the incident.
    #[schemars(extend("x-format" = "time"))]
    pub aware_at: Option<String>,
    /// When what was open for them was settled, if it differs.
    #[schemars(extend("x-format" = "time"))]
    pub confirmed_at: Option<String>,
    /// When it happened to them, if it differs.
    pub occurred: Option<RawPeriod>,
    /// Why the 72 hours were exceeded, if they were.
    pub late_reason: Option<LateReason>,
    /// What leaked; while `status` is suspected: what may have leaked.
    #[serde(default)]
    pub leaked: Vec<RawItem>,
    /// What did not leak.
    #[serde(default)]
    #[schemars(extend("x-enum" = "item"))]
    pub not_leaked: Vec<String>,
}

pub(super) fn parse(path: &str, text: &str, known_items: &[&str]) -> Result<Facts, Vec<Problem>> {
    let yaml = yaml::read::<RawFacts>(path, text)?;
    super::checked::facts(yaml.value, &yaml.places, known_items)
}
