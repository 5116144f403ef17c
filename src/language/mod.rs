//! What a notice says: sentences, clauses and their stance, and the claims in them.
//!
//! The order of work on a block: [`scan`] finds wordings, [`units`] the words and marks, [`sentence`] the sentences,
//! [`clause`] the clauses; [`head_final`] or [`head_initial`] says which predicate holds for which mention; [`reading`]
//! adds what headings, lead-ins, labels and table headers pass on.

pub mod advice;
pub mod clause;
mod head_final;
mod head_initial;
pub mod polarity;
mod predicate;
pub mod reading;
pub(crate) mod scan;
pub mod sections;
mod sentence;
mod sentence_view;
pub mod units;
pub mod values;
pub mod vocabulary;

use crate::report::Problem;

use advice::AdviceKinds;
use sections::Sections;
use values::Values;
use vocabulary::{Vocabulary, VocabularySource};

/// Everything the program knows about language, compiled.
#[derive(Debug)]
pub struct Language {
    pub vocabulary: Vocabulary,
    pub sections: Sections,
    pub advice: AdviceKinds,
    pub values: Values,
}

impl Language {
    /// Reads the files of `rules/vocabulary/`.
    ///
    /// # Errors
    /// All mistakes of all files.
    pub fn load(sources: &[VocabularySource<'_>]) -> Result<Language, Vec<Problem>> {
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
        let find = |wanted: &str| {
            others
                .iter()
                .find(|(n, _)| n == wanted)
                .map(|(_, s)| s)
                .ok_or_else(|| {
                    vec![Problem {
                        path: format!("rules/vocabulary/{wanted}"),
                        message: "this file is missing".into(),
                        hint: None,
                        at: None,
                    }]
                })
        };
        let sections = Sections::load(find("sections.yaml")?)?;
        let advice = AdviceKinds::load(find("advice.yaml")?, &vocabulary)?;
        let values = Values::load(find("values.yaml")?)?;
        Ok(Language {
            vocabulary,
            sections,
            advice,
            values,
        })
    }
}
