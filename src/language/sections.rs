//! What part of a notice a heading or label opens.

use aho_corasick::{AhoCorasick, MatchKind};
use serde::Deserialize;

use crate::report::Problem;
use crate::yaml::{self, Ordered};

use super::scan;
use super::vocabulary::VocabularySource;

/// Index of a section in [`Sections::names`].
pub type SectionId = u8;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SectionsFile {
    sections: Ordered<SectionSource>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SectionSource {
    #[serde(default)]
    ko: Vec<String>,
    #[serde(default)]
    en: Vec<String>,
}

/// The kinds of sections with the wordings of their headings.
#[derive(Debug)]
pub struct Sections {
    names: Vec<String>,
    automaton: AhoCorasick,
    owners: Vec<SectionId>,
}

impl Sections {
    /// # Errors
    /// Every mistake in the file.
    pub fn load(source: &VocabularySource<'_>) -> Result<Sections, Vec<Problem>> {
        let file = yaml::read::<SectionsFile>(&source.path, source.text)?.value;
        let mut names = Vec::new();
        let mut patterns = Vec::new();
        let mut owners = Vec::new();
        for (name, s) in file.sections.0 {
            let id = names.len() as SectionId;
            names.push(name);
            for w in s.ko.iter().chain(&s.en) {
                patterns.push(scan::fold_wording(w));
                owners.push(id);
            }
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(&patterns)
            .map_err(|e| {
                vec![Problem {
                    path: source.path.clone(),
                    message: e.to_string(),
                    hint: None,
                    at: None,
                }]
            })?;
        Ok(Sections {
            names,
            automaton,
            owners,
        })
    }

    pub fn name(&self, id: SectionId) -> &str {
        &self.names[usize::from(id)]
    }

    pub fn id_of(&self, name: &str) -> Option<SectionId> {
        self.names
            .iter()
            .position(|n| n == name)
            .map(|i| i as SectionId)
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// The section that a heading of this text opens: the one with the longest wording in it, the earlier one at a tie.
    pub fn of_heading(&self, text: &str) -> Option<SectionId> {
        let folded = scan::fold_wording(text);
        let mut best: Option<(usize, SectionId)> = None;
        for m in self.automaton.find_overlapping_iter(&folded) {
            // Latin wordings are whole words.
            let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
            if latin(folded[..m.start()].chars().next_back())
                && latin(folded[m.start()..].chars().next())
                || latin(folded[m.end()..].chars().next())
                    && latin(folded[..m.end()].chars().next_back())
            {
                continue;
            }
            let owner = self.owners[m.pattern().as_usize()];
            let length = m.end() - m.start();
            if best.is_none_or(|(n, id)| length > n || length == n && owner < id) {
                best = Some((length, owner));
            }
        }
        best.map(|(_, id)| id)
    }
}
