//! The language of messages, and texts in both.

use schemars::JsonSchema;
use serde::Deserialize;

/// The language of messages. The language of a notice is another matter, and so is the jurisdiction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    Ko,
    #[default]
    En,
}

impl Lang {
    /// The code as used on the command line and in files.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Ko => "ko",
            Lang::En => "en",
        }
    }
}

/// A text for people in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "text-in-both-languages")]
pub struct Localized {
    pub ko: String,
    pub en: String,
}

impl Localized {
    /// The same text in both languages.
    pub fn same(text: &str) -> Self {
        Self {
            ko: text.to_owned(),
            en: text.to_owned(),
        }
    }

    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Ko => &self.ko,
            Lang::En => &self.en,
        }
    }
}
