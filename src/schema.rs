//! JSON Schemas of the files that people write, made from the types that read them, so that an editor completes and checks them.
//!
//! What the types cannot know (the items, concepts and rules that are loaded) is marked in them and filled in here.

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use crate::config;
use crate::facts::RawFacts;
use crate::front;
use crate::language::polarity::Stance;
use crate::language::reading::Place;
use crate::rules::RuleSet;
use crate::rules::schema::RuleFile;

/// Marks a text that names something loaded; see [`names`].
const NAMES: &str = "x-enum";
/// Marks a text that is a date or time.
const FORMAT: &str = "x-format";

/// `2025-11-18`.
const DATE: &str = r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$";
/// `2025-11-18T22:52+09:00`, `…Z` or `…[Asia/Seoul]`: never without a zone.
const TIME: &str = r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|[+-]\d{2}(:?\d{2})?|(\[[^\]]+\]))+$";

/// Keys of a rule file that are no check; every other one is, and a rule has exactly one of those.
const NO_CHECK: [&str; 10] = [
    "title",
    "severity",
    "authority",
    "when",
    "message",
    "help",
    "fix",
    "waivable",
    "yields-to",
    "examples",
];

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `incident.yaml`.
    Facts,
    /// The front matter of a notice.
    Notice,
    /// A rule.
    Rule,
    /// `noticelint.yaml`.
    Config,
}

impl Kind {
    pub const ALL: [Kind; 4] = [Kind::Facts, Kind::Notice, Kind::Rule, Kind::Config];

    pub fn name(self) -> &'static str {
        match self {
            Kind::Facts => "facts",
            Kind::Notice => "notice",
            Kind::Rule => "rule",
            Kind::Config => "config",
        }
    }
}

/// The JSON Schema (draft 2020-12) of a kind of file, with the names that `rules` know.
pub fn schema(kind: Kind, rules: &RuleSet) -> Value {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = match kind {
        Kind::Facts => generator.into_root_schema_for::<RawFacts>(),
        Kind::Notice => generator.into_root_schema_for::<front::Raw>(),
        Kind::Rule => generator.into_root_schema_for::<RuleFile>(),
        Kind::Config => generator.into_root_schema_for::<config::Raw>(),
    }
    .to_value();
    fill(&mut schema, rules);
    if kind == Kind::Rule {
        one_check(&mut schema);
    }
    sorted(schema)
}

/// The schema as it is written to a file.
pub fn text(kind: Kind, rules: &RuleSet) -> String {
    let mut text = serde_json::to_string_pretty(&schema(kind, rules)).unwrap_or_default();
    text.push('\n');
    text
}

fn names(of: &str, rules: &RuleSet) -> Vec<String> {
    let owned = |names: &mut dyn Iterator<Item = &str>| names.map(str::to_owned).collect();
    let language = rules.language();
    let mut names: Vec<String> = match of {
        "item" => owned(&mut rules.item_ids()),
        "rule" => owned(&mut rules.iter().map(|rule| &*rule.id)),
        "concept" => owned(&mut language.vocabulary.concepts().map(|c| c.id.as_str())),
        "section" => owned(&mut language.sections.names()),
        "advice" => owned(&mut language.advice.names()),
        "stance" => owned(&mut Stance::ALL.iter().map(|stance| stance.name())),
        "place" => owned(&mut Place::ALL.iter().map(|place| place.name())),
        _ => Vec::new(),
    };
    names.sort();
    names
}

/// Puts names and patterns where the types have marks.
fn fill(schema: &mut Value, rules: &RuleSet) {
    match schema {
        Value::Object(object) => {
            if let Some(Value::String(of)) = object.remove(NAMES) {
                let mut known: Vec<Value> =
                    names(&of, rules).into_iter().map(Value::from).collect();
                let list = object.get("type").is_some_and(|t| includes(t, "array"));
                if object.get("type").is_some_and(|t| includes(t, "null")) {
                    known.push(Value::Null);
                }
                // The rules that a notice may name also include those of other folders.
                let names = match of.as_str() {
                    "rule" => json!({ "examples": known }),
                    _ => json!({ "enum": known }),
                };
                if let Value::Object(names) = names {
                    let place = match object.get_mut("items").filter(|_| list) {
                        Some(Value::Object(items)) => items,
                        _ => object,
                    };
                    place.extend(names);
                }
            }
            if let Some(Value::String(format)) = object.remove(FORMAT) {
                let pattern = if format == "date" { DATE } else { TIME };
                object.insert("pattern".to_owned(), pattern.into());
            }
            // Bounds and formats that mean nothing to the writer of a YAML file.
            if object
                .get("format")
                .is_some_and(|f| f.as_str().is_some_and(|f| f.contains("int")))
            {
                object.remove("format");
            }
            object.values_mut().for_each(|value| fill(value, rules));
        }
        Value::Array(list) => list.iter_mut().for_each(|value| fill(value, rules)),
        _ => {}
    }
}

fn includes(types: &Value, name: &str) -> bool {
    types == name
        || types
            .as_array()
            .is_some_and(|list| list.iter().any(|t| t == name))
}

/// A rule has exactly one check; an example either passes or fails.
fn one_check(schema: &mut Value) {
    let required = |names: Vec<String>| -> Value {
        names
            .into_iter()
            .map(|name| json!({ "required": [name] }))
            .collect()
    };
    let checks = schema["properties"].as_object().map(|properties| {
        let checks = properties
            .keys()
            .filter(|key| !NO_CHECK.contains(&key.as_str()));
        checks.cloned().collect::<Vec<String>>()
    });
    if let (Some(checks), Some(object)) = (checks, schema.as_object_mut()) {
        object.insert("oneOf".to_owned(), required(checks));
    }
    if let Some(example) = schema["$defs"]["Example"].as_object_mut() {
        let either = vec!["pass".to_owned(), "fail".to_owned()];
        example.insert("oneOf".to_owned(), required(either));
    }
}

/// Keys in one order, whatever the order of the generator: first what a reader looks for.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(object) => {
            let rank = |key: &str| match key {
                "$schema" => 0,
                "title" => 1,
                "description" => 2,
                "type" => 3,
                "$defs" => 9,
                _ => 5,
            };
            let mut entries: Vec<(String, Value)> = object.into_iter().collect();
            entries.sort_by(|(a, _), (b, _)| (rank(a), a).cmp(&(rank(b), b)));
            let entries = entries.into_iter().map(|(key, value)| (key, sorted(value)));
            Value::Object(entries.collect::<Map<String, Value>>())
        }
        Value::Array(list) => Value::Array(list.into_iter().map(sorted).collect()),
        other => other,
    }
}
