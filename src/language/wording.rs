//! How a wording is written in the vocabulary, and how it must stand in a text.
//!
//! The build script uses this module too.

use std::borrow::Cow;

use super::fold::{fold_wording, is_syllabic};
use super::trie::Trie;

/// How a wording must stand in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wording {
    /// Number of its concept.
    pub concept: u16,
    /// Anything may follow.
    pub stem: bool,
    /// Must begin a word.
    pub start: bool,
    /// May follow anything, however short it is.
    pub tail: bool,
    /// Ends a longer word, all of which belongs to it.
    pub whole: bool,
    /// Must end a word, without a particle.
    pub end: bool,
    /// Number of characters.
    pub chars: u16,
    /// Contains syllable blocks, so that the rules of particles hold.
    pub syllabic: bool,
    /// Begins with a syllable block.
    pub syllabic_start: bool,
}

/// Marks a wording that ends a longer word, in the vocabulary and before its text in the trie.
pub const WHOLE: char = '%';

/// Bytes of a wording in a table.
const SIZE: usize = 6;

impl Wording {
    /// A wording as the vocabulary writes it: the folded text to look for, and how it must stand.
    pub fn parse(written: &str, concept: u16) -> (String, Wording) {
        let mut core = written.trim();
        let tail = core.starts_with('*');
        core = core.strip_prefix('*').unwrap_or(core);
        let inner = core.strip_prefix(WHOLE).filter(|c| !c.starts_with(' '));
        let whole = inner.is_some();
        core = inner.unwrap_or(core);
        let start = core.starts_with('^');
        core = core.strip_prefix('^').unwrap_or(core);
        let stem = core.ends_with('~');
        core = core.strip_suffix('~').unwrap_or(core);
        let end = core.ends_with('$');
        core = core.strip_suffix('$').unwrap_or(core);
        let mut text = fold_wording(core);
        let wording = Wording {
            concept,
            stem,
            start,
            tail,
            whole,
            end,
            chars: text.chars().count().try_into().unwrap_or(u16::MAX),
            syllabic: text.chars().any(is_syllabic),
            syllabic_start: text.chars().next().is_some_and(is_syllabic),
        };
        // The end of a longer word may be a word of its own with another meaning.
        if whole && !text.is_empty() {
            text.insert(0, WHOLE);
        }
        (text, wording)
    }

    fn to_bytes(self) -> [u8; SIZE] {
        let flags = [
            self.stem,
            self.start,
            self.tail,
            self.end,
            self.syllabic,
            self.syllabic_start,
            self.whole,
        ];
        let bits = (0..).zip(flags).fold(0, |b, (i, f)| b | u8::from(f) << i);
        let [a, b] = self.concept.to_le_bytes();
        let [c, d] = self.chars.to_le_bytes();
        [a, b, c, d, bits, 0]
    }

    #[inline]
    fn from_bytes([a, b, c, d, bits, _]: [u8; SIZE]) -> Wording {
        let flag = |i: u8| bits & 1 << i != 0;
        Wording {
            concept: u16::from_le_bytes([a, b]),
            chars: u16::from_le_bytes([c, d]),
            stem: flag(0),
            start: flag(1),
            tail: flag(2),
            end: flag(3),
            syllabic: flag(4),
            syllabic_start: flag(5),
            whole: flag(6),
        }
    }
}

/// All wordings: where they are found, and how each must stand.
#[derive(Debug, Clone)]
pub struct Wordings {
    pub trie: Trie,
    table: Cow<'static, [u8]>,
}

impl Wordings {
    /// From folded texts.
    pub fn build(wordings: &[(String, Wording)]) -> Wordings {
        let numbered: Vec<(&str, u32)> =
            wordings.iter().map(|(w, _)| w.as_str()).zip(0..).collect();
        Wordings {
            trie: Trie::build(&numbered, |c| c),
            table: wordings
                .iter()
                .flat_map(|(_, w)| w.to_bytes())
                .collect::<Vec<u8>>()
                .into(),
        }
    }

    /// From the bytes of [`Wordings::parts`].
    pub fn from_parts(trie: &'static [u8], table: &'static [u8]) -> Wordings {
        Wordings {
            trie: Trie::from_bytes(trie.into()),
            table: table.into(),
        }
    }

    /// The bytes of the trie and of the table.
    #[allow(dead_code)] // For the build script.
    pub fn parts(&self) -> [&[u8]; 2] {
        [self.trie.as_bytes(), &self.table]
    }

    /// The wording with a number that the trie gave.
    #[inline]
    pub fn get(&self, number: u32) -> Option<Wording> {
        let bytes = self.table.get(SIZE * number as usize..)?.first_chunk()?;
        Some(Wording::from_bytes(*bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_survive_the_table() {
        let list: Vec<(String, Wording)> =
            ["유출되~", "^이름", "*번호$", "E-mail", "빠져 나가~", "%팀"]
                .iter()
                .zip(3..)
                .map(|(w, c)| Wording::parse(w, c))
                .collect();
        let wordings = Wordings::build(&list);
        for (i, (_, w)) in list.iter().enumerate() {
            assert_eq!(wordings.get(i as u32), Some(*w));
        }
        assert_eq!(wordings.get(99), None);
        assert_eq!(list[0].0, "유출되");
        assert!(list[0].1.stem && list[1].1.start && list[2].1.tail && list[2].1.end);
        assert!(list[5].1.whole && !list[3].1.whole);
        assert_eq!(
            (list[3].0.as_str(), list[4].0.as_str()),
            ("e mail", "빠져나가")
        );
    }
}
