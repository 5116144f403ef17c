//! What a notice says: sentences, clauses and their stance, and the claims in them.
//!
//! The order of work on a block: [`scan`] finds wordings, [`units`] the words and marks, [`sentence`] the sentences,
//! [`clause`] the clauses; [`head_final`] or [`head_initial`] says which predicate holds for which mention; [`reading`]
//! adds what headings, lead-ins, labels and table headers pass on.

pub mod advice;
pub mod clause;
pub(crate) mod fold;
mod head_final;
mod head_initial;
pub mod polarity;
mod predicate;
pub mod reading;
pub(crate) mod scan;
pub mod sections;
mod sentence;
mod sentence_view;
pub(crate) mod trie;
pub mod units;
pub mod values;
pub mod vocabulary;
pub(crate) mod wording;

use std::sync::atomic::{AtomicU64, Ordering};

use serde::Deserialize;

use crate::pattern::{PatternBook, Patterns};
use crate::prepared;
use crate::report::Problem;
use crate::yaml::Ordered;

use advice::AdviceKinds;
use sections::Sections;
use values::Values;
use vocabulary::{Vocabulary, VocabularySource};

/// The vocabulary as the build script leaves it.
#[derive(Debug, Deserialize)]
struct Prepared {
    concepts: Ordered<vocabulary::ConceptSource>,
    grammar: Vec<vocabulary::GrammarFile>,
    /// Names only; the wordings are elsewhere.
    sections: Vec<String>,
    /// The wordings of sections that have a gap.
    gapped: Vec<(String, String, sections::SectionId)>,
    advice: advice::AdviceFile,
    values: values::source::ValuesFile,
}

/// Everything the program knows about language, compiled.
#[derive(Debug)]
pub struct Language {
    pub vocabulary: Vocabulary,
    pub sections: Sections,
    pub advice: AdviceKinds,
    pub values: Values,
    /// The literals of all patterns, of values and of rules.
    pub patterns: Patterns,
    /// No other language of this process has the same.
    pub(crate) identity: u64,
}

/// A number for a language.
fn identity() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed) + 1
}

impl Language {
    /// Reads the files of `rules/vocabulary/`.
    ///
    /// # Errors
    /// All mistakes of all files.
    pub fn load(
        sources: &[VocabularySource<'_>],
        book: &mut PatternBook,
    ) -> Result<Language, Vec<Problem>> {
        let (mut words, mut others) = (Vec::new(), Vec::new());
        for s in sources {
            let name = s.path.rsplit('/').next().unwrap_or(&s.path);
            let special = matches!(name, "sections.yaml" | "advice.yaml" | "values.yaml");
            let copy = VocabularySource {
                path: s.path.clone(),
                text: s.text,
            };
            if special {
                others.push((name.to_owned(), copy))
            } else {
                words.push(copy)
            }
        }
        let vocabulary = Vocabulary::load(&words)?;
        let all = |wanted: &str| -> Result<Vec<&VocabularySource<'_>>, Vec<Problem>> {
            let named = others.iter().filter(|(name, _)| name == wanted);
            let found: Vec<_> = named.map(|(_, source)| source).collect();
            match found.is_empty() {
                false => Ok(found),
                true => Err(vec![Problem {
                    path: format!("rules/vocabulary/{wanted}"),
                    message: "this file is missing".into(),
                    hint: None,
                    at: None,
                }]),
            }
        };
        let sections = Sections::load(&all("sections.yaml")?)?;
        let advice = AdviceKinds::load(&all("advice.yaml")?, &vocabulary)?;
        let values = all("values.yaml")?;
        if let [_, more, ..] = values[..] {
            return Err(vec![Problem {
                path: more.path.clone(),
                message: "dates, numbers and contacts cannot be added to from outside".into(),
                hint: Some("sections.yaml, advice.yaml and files of concepts can".into()),
                at: None,
            }]);
        }
        let values = Values::load(values[0], book)?;
        Ok(Language {
            vocabulary,
            sections,
            advice,
            values,
            patterns: Patterns::default(),
            identity: identity(),
        })
    }

    /// What was prepared at build time; `None` if that cannot be used.
    pub(crate) fn prepared(book: &mut PatternBook) -> Option<Language> {
        let made: Prepared = serde_json::from_str(prepared::LANGUAGE).ok()?;
        let vocabulary =
            Vocabulary::prepared(made.concepts, made.grammar, prepared::wordings()).ok()?;
        let sections = Sections::prepared(made.sections, prepared::sections(), made.gapped);
        let advice = AdviceKinds::prepared(made.advice, &vocabulary)?;
        let values = Values::from_file(made.values, "", book).ok()?;
        Some(Language {
            vocabulary,
            sections,
            advice,
            values,
            patterns: Patterns::default(),
            identity: identity(),
        })
    }
}
