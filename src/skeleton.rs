//! Skeletons of notices and facts: what a kind of notice must hold, filled from the facts where they have it.
//!
//! The texts are data, under `rules/templates`. What nobody but the writer can know stays a placeholder, which the linter reports until
//! it is filled.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Deserialize;

use crate::facts::{Audience, Cohort, Facts};
use crate::front::Kind;
use crate::lang::{Lang, Localized};
use crate::language::vocabulary::Vocabulary;
use crate::report::wording::Wording;
use crate::rules::check::message;
use crate::yaml::Ordered;

const NOTICE: &str = include_str!("../rules/templates/notice.yaml");
const INCIDENT_KO: &str = include_str!("../rules/templates/incident.ko.yaml");
const INCIDENT_EN: &str = include_str!("../rules/templates/incident.en.yaml");

/// Days that a posting is planned for: a little more than the law asks, so that a slip of a day does no harm.
const POSTED_DAYS: i64 = 34;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Template {
    placeholders: Ordered<Localized>,
    /// Items that a notice calls otherwise than a table does.
    items: Ordered<Localized>,
    blocks: Vec<Block>,
}

/// A part of a notice, with what it asks.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Block {
    #[serde(default)]
    kind: Vec<Kind>,
    #[serde(default)]
    not_kind: Vec<Kind>,
    #[serde(default)]
    audience: Vec<Audience>,
    #[serde(default)]
    not_audience: Vec<Audience>,
    /// One of these leaked.
    #[serde(default)]
    leaked: Vec<String>,
    /// These values are known.
    #[serde(default)]
    has: Vec<String>,
    /// Only if it became known on this day or later.
    aware_from: Option<String>,
    ko: String,
    en: String,
}

/// An unreadable file leaves nothing to write; a test makes sure that never ships.
static TEMPLATE: LazyLock<Template> =
    LazyLock::new(|| serde_yaml::from_str(NOTICE).unwrap_or_default());

/// Values for `{name}`, by name.
pub type Values = BTreeMap<String, String>;

/// A commented facts file.
pub fn incident(lang: Lang) -> &'static str {
    match lang {
        Lang::Ko => INCIDENT_KO,
        Lang::En => INCIDENT_EN,
    }
}

/// A notice to write on.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    pub kind: Kind,
    /// Language of the notice.
    pub lang: Lang,
    /// The facts, with the cohort that the notice is for.
    pub facts: Option<(&'a Facts, &'a Cohort)>,
    /// Path of the facts as it is to stand in the notice; `None` if they are found without.
    pub incident: Option<&'a str>,
}

/// The skeleton. `more` are values that no facts have, such as `cause`.
pub fn notice(wanted: Wanted<'_>, vocabulary: &Vocabulary, more: &Values) -> String {
    let mut values = wanted
        .facts
        .map(|(facts, cohort)| known(wanted, facts, cohort, vocabulary))
        .unwrap_or_default();
    values.extend(more.clone());
    let mut out = front(wanted, &values);
    let filled: Vec<(&str, String)> = TEMPLATE
        .placeholders
        .0
        .iter()
        .map(|(name, label)| {
            let value = values.get(name).cloned();
            let value = value.unwrap_or_else(|| format!("{{{{{}}}}}", label.get(wanted.lang)));
            (name.as_str(), value)
        })
        .collect();
    let filled: Vec<(&str, &str)> = filled.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let mut in_list = false;
    for block in TEMPLATE.blocks.iter().filter(|b| holds(b, wanted, &values)) {
        let text = match wanted.lang {
            Lang::Ko => &block.ko,
            Lang::En => &block.en,
        };
        let entry = text.starts_with("- ");
        // Entries of one list stand together.
        if !(in_list && entry) {
            out.push('\n');
        }
        in_list = entry;
        out.push_str(&message::fill(text, &filled));
        out.push('\n');
    }
    out
}

fn holds(block: &Block, wanted: Wanted<'_>, values: &Values) -> bool {
    let audience = wanted
        .facts
        .map_or(Audience::Member, |(_, cohort)| cohort.audience.value);
    let leaked = |id: &String| {
        let facts = wanted.facts;
        facts.is_some_and(|(_, cohort)| cohort.leaked.iter().any(|item| item.value == *id))
    };
    let in_force = match (&block.aware_from, wanted.facts) {
        (Some(from), Some((facts, cohort))) => from
            .parse::<Date>()
            .is_ok_and(|from| facts.aware_at(cohort).value.date() >= from),
        _ => true,
    };
    (block.kind.is_empty() || block.kind.contains(&wanted.kind))
        && !block.not_kind.contains(&wanted.kind)
        && (block.audience.is_empty() || block.audience.contains(&audience))
        && !block.not_audience.contains(&audience)
        && (block.leaked.is_empty() || block.leaked.iter().any(leaked))
        // Without facts, everything is offered.
        && block
            .has
            .iter()
            .all(|name| wanted.facts.is_none() || values.contains_key(name))
        && in_force
}

fn front(wanted: Wanted<'_>, values: &Values) -> String {
    let mut out = format!(
        "---\nkind: {}\nlanguage: {}\n",
        wanted.kind.as_str(),
        wanted.lang.code()
    );
    if let Some(path) = wanted.incident {
        out.push_str(&format!("incident: {path}\n"));
    }
    if let Some((facts, cohort)) = wanted.facts
        && facts.cohorts.len() > 1
    {
        // As JSON, which is YAML, whatever the name holds.
        let name = serde_json::to_string(&cohort.name.value).unwrap_or_default();
        out.push_str(&format!("cohort: {name}\n"));
    }
    if wanted.kind == Kind::Posting {
        out.push_str("channel: homepage\n");
        if let (Some(from), Some(until)) = (
            values.get("posted-from-iso"),
            values.get("posted-until-iso"),
        ) {
            out.push_str(&format!("posted: {{ from: {from}, until: {until} }}\n"));
        } else {
            out.push_str("# posted: { from: 2026-01-12, until: 2026-02-15 }\n");
        }
    }
    if wanted.kind != Kind::Posting {
        out.push_str("# channel: email | sms | letter | homepage | app\n");
    }
    out.push_str("# notify-at: 2026-01-12T18:00+09:00\n");
    if matches!(
        wanted.kind,
        Kind::Supplement | Kind::Correction | Kind::AllClear
    ) {
        match values.get("replaces") {
            Some(file) => out.push_str(&format!("replaces: {file}\n")),
            None => out.push_str("# replaces: first.md\n"),
        }
    }
    out.push_str("---\n");
    out
}

/// What the facts have.
fn known(wanted: Wanted<'_>, facts: &Facts, cohort: &Cohort, vocabulary: &Vocabulary) -> Values {
    let lang = wanted.lang;
    let words = Wording::new(lang);
    let named = |id: &str| TEMPLATE.items.0.iter().find(|(name, _)| name == id);
    let label = |id: &str| match vocabulary.id_of(id) {
        _ if named(id).is_some() => named(id).map_or("", |(_, text)| text.get(lang)).to_owned(),
        Some(concept) => vocabulary.concept(concept).label.get(lang).to_owned(),
        None => id.to_owned(),
    };
    let list = |ids: Vec<&str>| -> Option<String> {
        let all: Vec<String> = ids.into_iter().map(label).collect();
        (!all.is_empty()).then(|| all.join(", "))
    };
    let mut values = Values::new();
    let mut put = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            values.insert(name.to_owned(), value);
        }
    };
    put(
        "organisation",
        facts.organisation.as_ref().map(|name| name.value.clone()),
    );
    let items: Vec<String> = cohort
        .leaked
        .iter()
        .map(|item| match cohort.form(&item.value) {
            Some(form) if form.value.as_str() != "plain" => {
                let form = words
                    .text(&format!("form-{}", form.value.as_str()))
                    .to_owned();
                format!("- {} ({form})", label(&item.value))
            }
            _ => format!("- {}", label(&item.value)),
        })
        .collect();
    put("items", (!items.is_empty()).then(|| items.join("\n")));
    let open = |id: &str| facts.is_open(id);
    let denied = cohort.not_leaked.iter().map(|item| item.value.as_str());
    // What is not settled is not denied.
    put("not-leaked", list(denied.filter(|id| !open(id)).collect()));
    let questions = facts.open_questions.iter().map(|item| item.value.as_str());
    let leaked = |id: &str| cohort.leaked.iter().any(|item| item.value == id);
    put("open", list(questions.filter(|id| !leaked(id)).collect()));
    let period = facts.occurred(Some(cohort)).map(|period| {
        let from = day(period.value.from.value, words);
        match period
            .value
            .to
            .filter(|to| to.value != period.value.from.value)
        {
            Some(to) => {
                let (first, last) = (period.value.from.value, to.value);
                match first.year() == last.year() {
                    // The year once, where it is the same.
                    true => words.fill(
                        "period-in-year",
                        &[
                            ("year", &last.year().to_string()),
                            ("month", month(first, words)),
                            ("day", &first.day().to_string()),
                            ("last-month", month(last, words)),
                            ("last-day", &last.day().to_string()),
                        ],
                    ),
                    false => words.fill("period", &[("from", &from), ("to", &day(last, words))]),
                }
            }
            None => from,
        }
    });
    put("occurred", period);
    let aware = &facts.aware_at(cohort).value;
    put("aware", Some(day(aware.date(), words)));
    let count = cohort.count.as_ref();
    put(
        "count",
        count.map(|count| words.counted(count.value.value, count.value.unit.as_str())),
    );
    let contact = facts.contacts.first();
    put(
        "desk",
        contact
            .and_then(|c| c.desk.as_ref())
            .map(|desk| desk.value.clone()),
    );
    put(
        "reach",
        contact.map(|c| {
            let ways = [&c.phone, &c.email, &c.url];
            let ways: Vec<&str> = ways
                .into_iter()
                .flatten()
                .map(|way| way.value.as_str())
                .collect();
            ways.join(", ")
        }),
    );
    let lookup = facts.lookup.as_ref();
    put(
        "lookup",
        lookup
            .and_then(|l| l.url.as_ref().or(l.path.as_ref()))
            .map(|way| way.value.clone()),
    );
    let earlier = facts.earlier(cohort).filter_map(|earlier| {
        let sent = earlier.sent_at.as_ref().map(|at| at.value.date());
        sent.or(earlier
            .posted
            .as_ref()
            .map(|posted| posted.value.from.value))
    });
    let file = facts.earlier(cohort).filter_map(|e| e.file.as_ref()).last();
    put(
        "replaces",
        file.map(|file| serde_json::Value::from(file.value.as_str()).to_string()),
    );
    put("earlier", earlier.max().map(|date| day(date, words)));
    let from = aware.date();
    if let Ok(until) = from.checked_add(jiff::Span::new().days(POSTED_DAYS)) {
        put("posted-from-iso", Some(from.to_string()));
        put("posted-until-iso", Some(until.to_string()));
        put("posted-until", Some(day(until, words)));
    }
    values
}

/// A day as a notice gives it.
fn day(date: Date, words: Wording) -> String {
    words.fill(
        "day",
        &[
            ("year", &date.year().to_string()),
            ("month", month(date, words)),
            ("day", &date.day().to_string()),
        ],
    )
}

fn month(date: Date, words: Wording) -> &'static str {
    words
        .find(&format!("month-{}", date.month()))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests;
