//! What part of a notice a heading or label opens.

use serde::Deserialize;

use crate::report::Problem;
use crate::yaml::{self, Ordered};

use super::fold::{Folded, fold_wording};
use super::trie::Trie;
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

/// How a wording with a gap begins and ends, and its section.
type Gapped = (String, String, SectionId);

/// The kinds of sections with the wordings of their headings.
#[derive(Debug)]
pub struct Sections {
    names: Vec<String>,
    trie: Trie,
    /// Wordings in two parts, with a few words between them.
    gapped: Vec<Gapped>,
}

/// The most words that may stand in the gap of a wording such as `how * happened`.
const GAP: usize = 4;

impl Sections {
    /// Reads one file and what others add to it: wordings to its sections, and sections of their own.
    ///
    /// # Errors
    /// Every mistake in the files.
    pub fn load(sources: &[&VocabularySource<'_>]) -> Result<Sections, Vec<Problem>> {
        let mut names: Vec<String> = Vec::new();
        let mut patterns: Vec<String> = Vec::new();
        let mut owners: Vec<SectionId> = Vec::new();
        let mut gapped: Vec<Gapped> = Vec::new();
        let mut problems = Vec::new();
        for (index, source) in sources.iter().enumerate() {
            let file = yaml::read::<SectionsFile>(&source.path, source.text)?;
            let built_in = patterns.len();
            for (name, s) in file.value.sections.0 {
                let id = names.iter().position(|n| *n == name).unwrap_or(names.len());
                let Ok(id) = SectionId::try_from(id) else {
                    let at = file.places.near(&["sections", &name]);
                    problems.push(file.places.problem(at, "too many sections", None));
                    break;
                };
                if usize::from(id) == names.len() {
                    names.push(name.clone());
                }
                for (lang, list) in [("ko", &s.ko), ("en", &s.en)] {
                    for (n, w) in list.iter().enumerate() {
                        if let Some((first, last)) = w.split_once('*') {
                            let part = |p: &str| fold_wording(p.trim());
                            gapped.push((part(first), part(last), id));
                            continue;
                        }
                        let folded = fold_wording(w);
                        let n = n.to_string();
                        let mut complain = |message: String| {
                            let at = file.places.near(&["sections", &name, lang, &n]);
                            problems.push(file.places.problem(at, message, None));
                        };
                        let taken = patterns[..built_in].iter().position(|p| *p == folded);
                        if folded.is_empty() {
                            complain("a wording is empty".to_owned());
                        } else if let Some(taken) = taken.filter(|_| index > 0) {
                            let owner = &names[usize::from(owners[taken])];
                            let w = yaml::shown(w);
                            complain(format!("heading `{w}` already belongs to `{owner}`"));
                        } else {
                            patterns.push(folded);
                            owners.push(id);
                        }
                    }
                }
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let mut wordings: Vec<(String, u32)> = patterns
            .into_iter()
            .zip(owners.into_iter().map(u32::from))
            .collect();
        // Of equal wordings the first counts.
        wordings.reverse();
        Ok(Sections {
            names,
            trie: Trie::build(&wordings, |c| c),
            gapped,
        })
    }

    /// From what was prepared at build time.
    pub(super) fn prepared(names: Vec<String>, trie: Trie, gapped: Vec<Gapped>) -> Sections {
        Sections {
            names,
            trie,
            gapped,
        }
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
        let mut folded = Folded::default();
        folded.fill(text);
        let letters = &folded.letters;
        // Latin wordings are whole words.
        let inside_word = |at: usize| {
            let latin = |i: usize| letters.get(i).is_some_and(|l| l.c.is_ascii_alphabetic());
            at > 0 && latin(at - 1) && latin(at)
        };
        let mut best: Option<(usize, SectionId)> = None;
        for start in (0..letters.len()).filter(|&at| !inside_word(at)) {
            let mut node = self.trie.root(self.trie.code(letters[start].c));
            let mut end = start;
            while let Some(here) = node {
                end += 1;
                if let Some(owner) = self.trie.value(here)
                    && !inside_word(end)
                {
                    let length = letters[start..end].iter().map(|l| l.c.len_utf8()).sum();
                    let owner = owner as SectionId;
                    if best.is_none_or(|(n, id)| length > n || length == n && owner < id) {
                        best = Some((length, owner));
                    }
                }
                let next = letters.get(end);
                node = next.and_then(|l| self.trie.child(here, self.trie.code(l.c)));
            }
        }
        let folded: String = letters.iter().map(|l| l.c).collect();
        for (first, last, owner) in &self.gapped {
            let length = first.len() + last.len();
            if best.is_none_or(|(n, _)| length > n) && spans(&folded, first, last) {
                best = Some((length, *owner));
            }
        }
        best.map(|(_, id)| id)
    }
}

/// Whether `first` begins the text and `last` follows as whole words, with a few words between them.
fn spans(text: &str, first: &str, last: &str) -> bool {
    let Some(rest) = text.strip_prefix(first) else {
        return false;
    };
    let Some(rest) = rest.strip_prefix(' ') else {
        return false;
    };
    let wanted: Vec<&str> = last.split(' ').collect();
    let words: Vec<&str> = rest
        .split(' ')
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()))
        .collect();
    (1..=GAP).any(|n| words.get(n..n + wanted.len()) == Some(&wanted[..]))
}
