//! An item of a list: its id alone, or with the form in which it left.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

use super::Form;

/// `password`, or `{ item: password, form: hashed }`.
pub(crate) struct RawItem {
    pub id: String,
    pub form: Option<Form>,
    /// Written as a mapping.
    pub mapping: bool,
}

/// An item with the form in which it left.
#[derive(serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "item-in-a-form")]
struct Mapping {
    #[schemars(extend("x-enum" = "item"))]
    item: String,
    form: Option<Form>,
}

// By hand, because an untagged enum would lose the place of a mistake.
impl<'de> Deserialize<'de> for RawItem {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;

        impl<'de> Visitor<'de> for Either {
            type Value = RawItem;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an item (`name`) or an item with its form (`{ item: password, form: hashed }`)")
            }

            fn visit_str<E>(self, id: &str) -> Result<RawItem, E> {
                Ok(RawItem {
                    id: id.to_owned(),
                    form: None,
                    mapping: false,
                })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RawItem, A::Error> {
                let Mapping { item, form } = Mapping::deserialize(MapAccessDeserializer::new(map))?;
                Ok(RawItem {
                    id: item,
                    form,
                    mapping: true,
                })
            }
        }

        deserializer.deserialize_any(Either)
    }
}

impl JsonSchema for RawItem {
    fn schema_name() -> Cow<'static, str> {
        "leaked-item".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mapping = generator.subschema_for::<Mapping>();
        json_schema!({
            "description": "An item, or an item with the form in which it left.",
            "anyOf": [{ "type": "string", "x-enum": "item" }, mapping],
        })
    }
}
