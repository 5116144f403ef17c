//! All literals that patterns need, found in one pass over a text.
//!
//! The build script uses this module too.

use std::borrow::Cow;
use std::collections::HashMap;

use super::literals::Literals;
use super::needs::{Needs, Set, alike};
use super::trie::Trie;

/// Stands between the alternatives of [`SetIds`].
pub const OR: u16 = u16::MAX;

/// The sets that a pattern needs: all up to the next [`OR`], or else all behind it. Empty: it may match anything.
pub type SetIds = Vec<u16>;

/// Where each literal is found, and which sets it belongs to.
#[derive(Debug, Clone)]
pub struct Index {
    pub trie: Trie,
    pub literals: Literals,
    /// For each literal the number of its sets and their numbers, as 16-bit words.
    table: Cow<'static, [u8]>,
    /// One more than the highest set.
    pub end: u16,
}

impl Index {
    pub fn from_parts(
        trie: &'static [u8],
        literals: &'static [u8],
        table: &'static [u8],
        end: u16,
    ) -> Index {
        Index {
            trie: Trie::from_bytes(trie.into()),
            literals: Literals::from_bytes(literals.into()),
            table: table.into(),
            end,
        }
    }

    #[allow(dead_code)] // For the build script.
    pub fn parts(&self) -> [&[u8]; 3] {
        [self.trie.letters(), self.literals.as_bytes(), &self.table]
    }

    /// The sets of the literal with a number that the trie gave.
    #[inline]
    pub fn sets(&self, literal: u32) -> impl Iterator<Item = u16> {
        let data = self.table.get(literal as usize..).unwrap_or_default();
        let mut words = data.chunks_exact(2).map(|c| match c {
            [a, b] => u16::from_le_bytes([*a, *b]),
            _ => 0,
        });
        let n = words.next().unwrap_or_default();
        words.take(usize::from(n))
    }
}

/// Collects what patterns need.
#[derive(Debug, Default)]
pub struct IndexBuilder {
    sets: HashMap<Set, u16>,
    literals: HashMap<String, Vec<u16>>,
    first: u16,
}

impl IndexBuilder {
    /// Sets are numbered from `first` on.
    pub fn starting_at(first: u16) -> IndexBuilder {
        IndexBuilder {
            first,
            ..IndexBuilder::default()
        }
    }

    pub fn is_empty(&self) -> bool {
        self.sets.is_empty()
    }

    /// The numbers of the sets that a pattern needs.
    pub fn add(&mut self, needs: &Needs) -> SetIds {
        let mut out = SetIds::new();
        for (i, branch) in needs.iter().enumerate() {
            if i > 0 {
                out.push(OR);
            }
            for set in branch {
                let mut set = set.clone();
                set.sort();
                set.dedup();
                let next = usize::from(self.first) + self.sets.len();
                if next >= usize::from(OR) && !self.sets.contains_key(&set) {
                    // A great many patterns: this one is always tried.
                    return SetIds::new();
                }
                let id = *self.sets.entry(set.clone()).or_insert(next as u16);
                if usize::from(id) == next {
                    for literal in set {
                        self.literals.entry(literal).or_default().push(id);
                    }
                }
                out.push(id);
            }
        }
        out
    }

    pub fn build(self) -> Index {
        let mut table: Vec<u8> = Vec::new();
        let mut literals: Vec<(String, Vec<u16>)> = self.literals.into_iter().collect();
        literals.sort();
        let mut numbered = Vec::new();
        for (literal, sets) in literals {
            numbered.push((literal, table.len() as u32));
            table.extend((sets.len() as u16).to_le_bytes());
            table.extend(sets.iter().flat_map(|s| s.to_le_bytes()));
        }
        let trie = Trie::build(&numbered, alike);
        Index {
            literals: Literals::of(&trie),
            trie,
            table: table.into(),
            end: self.first + self.sets.len() as u16,
        }
    }
}
