//! Strict reading of YAML: every mistake is a [`Problem`] with its place and, where there is one, a way to mend it.
//!
//! Two parsers look at a file. The first one (`saphyr-parser`) decides on syntax, finds duplicate keys and notes where
//! everything stands; the second one (`serde_yaml`) makes the value. The order matters: what would hurt the second
//! one (deep nesting, aliases that multiply) has been refused by then.

mod dates;
mod explain;
mod places;
mod rest;
#[cfg(test)]
pub(crate) mod tests;

use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, DeserializeOwned, Deserializer, MapAccess, Visitor};

use crate::report::{Place, Problem};
use crate::source::{Source, Span};

pub use dates::{Complaint, date, zoned};
pub use explain::{hint_for, nearest, shown};
pub use places::Places;

/// Largest YAML text that is read, in bytes. Written by hand, none comes near it.
pub const MAX_BYTES: usize = 4 << 20;

/// Most problems that are shown of one file; after so many the rest is noise.
pub const MAX_PROBLEMS: usize = 100;

/// A value and where everything in it stands.
#[derive(Debug, Clone)]
pub struct Yaml<T> {
    pub value: T,
    pub places: Places,
}

/// A value and the bytes of the file it was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spanned<T> {
    pub value: T,
    pub span: Span,
}

impl<T> Spanned<T> {
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// Reads a whole file. `path` is only shown.
///
/// # Errors
/// Everything that is wrong with the text, in the order of the file: all syntax-level mistakes and duplicate keys
/// that could be seen, else all that does not fit `T`.
pub fn read<T: DeserializeOwned>(path: &str, source: &str) -> Result<Yaml<T>, Vec<Problem>> {
    read_part(path, source, Span::new(0, source.len()))
}

/// Reads the part `yaml` (bytes) of `source`; all positions are those of the whole `source`.
///
/// # Errors
/// As [`read`].
pub fn read_part<T: DeserializeOwned>(
    path: &str,
    source: &str,
    yaml: Span,
) -> Result<Yaml<T>, Vec<Problem>> {
    let (text, offset) = part(source, yaml);
    let places = Places::scan(path, source, text, offset)?;
    match serde_yaml::from_str(text) {
        Ok(value) => Ok(Yaml { value, places }),
        Err(error) => Err(rest::problems::<T>(&error, &places, text, offset)),
    }
}

/// The text at `yaml` without a byte order mark, and the byte of `source` it begins at.
fn part(source: &str, yaml: Span) -> (&str, usize) {
    let text = source.get(yaml.start..yaml.end).unwrap_or_default();
    match text.strip_prefix('\u{feff}') {
        Some(rest) => (rest, yaml.start + '\u{feff}'.len_utf8()),
        None => (text, yaml.start),
    }
}

/// The bytes of a file as text.
///
/// # Errors
/// A problem at the first byte that is not UTF-8.
pub fn decode<'a>(path: &str, bytes: &'a [u8]) -> Result<&'a str, Box<Problem>> {
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(text),
        Err(error) => error,
    };
    let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
    let good = std::str::from_utf8(good).unwrap_or_default();
    let good = Source::index(path.to_owned(), good.to_owned());
    let end = good.text.len();
    let at = Place::of(&good, Span::new(end, end));
    let what = match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "the file is UTF-16, not UTF-8",
        _ => "the file is not UTF-8 text",
    };
    Err(Box::new(Problem {
        path: path.to_owned(),
        message: what.to_owned(),
        hint: Some("save it as UTF-8 in your editor".to_owned()),
        at: Some(at),
    }))
}

/// A mapping whose keys are names the writer chooses, in the order of the file.
#[derive(Debug, Clone)]
pub struct Ordered<T>(pub Vec<(String, T)>);

impl<T> Default for Ordered<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: JsonSchema> JsonSchema for Ordered<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("mapping-of-{}", T::schema_name()).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<T>();
        json_schema!({ "type": "object", "additionalProperties": value })
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Ordered<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Entries<T> {
            type Value = Ordered<T>;

            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Ordered(entries))
            }
        }

        deserializer.deserialize_map(Entries(PhantomData))
    }
}
