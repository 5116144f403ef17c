//! Regular expressions of rules and values: compiled when first needed, tried only where they can match.
//!
//! Some hundred patterns look at every notice, and almost none of them matches. So [`Patterns`] finds, in one pass over
//! a block, the literals without which a pattern cannot match; only those left are searched for. The automata of the
//! built-in patterns are made at build time ([`stored`]); one that is used often is compiled into a faster one.

#[cfg(test)]
mod first;
pub(crate) mod index;
mod letters;
pub(crate) mod literals;
pub(crate) mod needs;
pub(crate) mod program;
pub(crate) mod search;
pub(crate) mod sieve;
mod spread;
pub(crate) mod stored;

use crate::language::trie;

pub use search::{Captures, Match, Pattern, PatternError};
pub use spread::{Spread, Stretches};

use std::sync::OnceLock;

use index::{Index, IndexBuilder, OR, SetIds};

use crate::language::fold::Letter;
use crate::prepared;

/// Which sets of literals occur in a text.
#[derive(Debug, Clone, Default)]
pub struct Hits {
    /// A bit for each set.
    bits: Vec<u64>,
    /// Those that occur, each once.
    sets: Vec<u16>,
}

impl Hits {
    /// Whether a pattern that needs these sets can match anywhere in the text.
    fn allow(&self, needs: &[u16]) -> bool {
        let has = |set: &u16| {
            let word = self.bits.get(usize::from(*set) / 64);
            word.is_some_and(|w| w & (1 << (set % 64)) != 0)
        };
        needs.is_empty() || needs.split(|s| *s == OR).any(|all| all.iter().all(has))
    }

    /// Whether the pattern can match anywhere in the text.
    pub fn may(&self, pattern: &Pattern) -> bool {
        self.allow(pattern.needs())
    }
}

/// The literals of all patterns.
#[derive(Debug, Default)]
pub struct Patterns {
    indexes: Vec<Index>,
    /// Sources of those that were not made at build time.
    compiled: Vec<Box<str>>,
    /// What each pattern needs that needs anything.
    needs: Vec<Box<[u16]>>,
    /// For each set of literals, the patterns that need it.
    users: OnceLock<Vec<Vec<u32>>>,
}

impl Patterns {
    /// Whether the same patterns can match in two texts.
    pub(crate) fn same_can_match(&self, one: &Hits, other: &Hits) -> bool {
        let same = |pattern: &u32| {
            let needs = self.needs.get(*pattern as usize);
            needs.is_none_or(|needs| one.allow(needs) == other.allow(needs))
        };
        let users = self.users.get_or_init(|| self.users());
        let both = [(one, other), (other, one)];
        both.into_iter().all(|(a, b)| {
            let alone = a.sets.iter().filter(|set| !b.allow(&[**set]));
            let patterns = alone.filter_map(|set| users.get(usize::from(*set)));
            patterns.flatten().all(same)
        })
    }

    fn users(&self) -> Vec<Vec<u32>> {
        let mut users: Vec<Vec<u32>> = Vec::new();
        for (pattern, needs) in (0..).zip(&self.needs) {
            for set in needs.iter().filter(|set| **set != OR) {
                let set = usize::from(*set);
                users.resize_with(users.len().max(set + 1), Vec::new);
                users[set].push(pattern);
            }
        }
        users
    }

    pub(crate) fn unprepared(&self) -> impl Iterator<Item = &str> {
        self.compiled.iter().map(|s| &**s)
    }

    /// Which sets of literals occur in a folded text.
    pub(crate) fn hits(&self, letters: &[Letter]) -> Hits {
        let end = self.indexes.iter().map(|i| i.end).max().unwrap_or_default();
        let mut bits = vec![0u64; usize::from(end).div_ceil(64)];
        let mut sets = Vec::new();
        for index in &self.indexes {
            let trie = &index.trie;
            let codes = letters.iter().map(|l| trie.code(l.c));
            index.literals.find(codes, |literal| {
                for set in index.sets(literal) {
                    let (word, bit) = (&mut bits[usize::from(set) / 64], 1 << (set % 64));
                    if *word & bit == 0 {
                        *word |= bit;
                        sets.push(set);
                    }
                }
            });
        }
        Hits { bits, sets }
    }
}

/// Most patterns that are compiled for a run. The packs have some hundreds, and each takes some kilobytes of memory.
const MAX_PATTERNS: usize = 10_000;

/// Makes patterns, and collects their literals.
#[derive(Debug)]
pub struct PatternBook {
    prepared: bool,
    detached: bool,
    extra: IndexBuilder,
    compiled: Vec<Box<str>>,
    needs: Vec<Box<[u16]>>,
    /// Patterns that were refused because there are too many.
    refused: usize,
}

impl PatternBook {
    /// `prepared`: built-in patterns are taken as they were made at build time.
    pub fn new(prepared: bool) -> PatternBook {
        let first = if prepared { prepared::SETS } else { 0 };
        PatternBook {
            prepared,
            detached: false,
            extra: IndexBuilder::starting_at(first),
            compiled: Vec::new(),
            needs: Vec::new(),
            refused: 0,
        }
    }

    /// Patterns that were refused because there are too many.
    pub(crate) fn refused(&self) -> usize {
        self.refused
    }

    /// For single patterns that are always tried.
    pub fn detached() -> PatternBook {
        PatternBook {
            detached: true,
            ..PatternBook::new(false)
        }
    }

    /// # Errors
    /// What is wrong with the pattern.
    pub fn pattern(&mut self, source: &str) -> Result<Pattern, PatternError> {
        if self.prepared
            && !self.detached
            && let Some((made, automaton)) = prepared::pattern(source)
        {
            return Ok(self.noted(Pattern::stored(made, automaton)));
        }
        if self.compiled.len() >= MAX_PATTERNS {
            self.refused += 1;
            return Err(PatternError::TooMany(MAX_PATTERNS));
        }
        self.compiled.push(source.into());
        let detached = self.detached;
        let pattern = Pattern::compile(source, |needs| {
            if detached {
                SetIds::new()
            } else {
                self.extra.add(needs)
            }
        })?;
        Ok(self.noted(pattern))
    }

    /// Takes note of what a pattern needs.
    fn noted(&mut self, pattern: Pattern) -> Pattern {
        if !pattern.needs().is_empty() {
            self.needs.push(pattern.needs().into());
        }
        pattern
    }

    /// The literals of all patterns that were made.
    pub fn finish(self) -> Patterns {
        let mut indexes = Vec::new();
        if self.prepared {
            indexes.push(prepared::literals());
        }
        if !self.extra.is_empty() {
            indexes.push(self.extra.build());
        }
        Patterns {
            indexes,
            compiled: self.compiled,
            needs: self.needs,
            users: OnceLock::new(),
        }
    }
}

#[cfg(test)]
mod tests;
