//! Regular expressions of rules and values: compiled when first needed, tried only where they can match.
//!
//! Some hundred patterns look at every notice, and almost none of them matches. So [`Patterns`] finds, in one pass over
//! a block, the literals without which a pattern cannot match; only those left are searched for. The automata of the
//! built-in patterns are made at build time ([`stored`]); one that is used often is compiled into a faster one.

pub(crate) mod index;
pub(crate) mod needs;
mod search;
pub(crate) mod stored;

use crate::language::trie;

pub use search::{Captures, Match, Pattern, PatternError};

use index::{Index, IndexBuilder, OR, SetIds};

use crate::language::fold::Letter;
use crate::prepared;

/// Which sets of literals occur in a text.
#[derive(Debug, Clone, Default)]
pub struct Hits(Vec<u64>);

impl Hits {
    /// Whether a pattern that needs these sets can match anywhere in the text.
    fn allow(&self, needs: &SetIds) -> bool {
        let has = |set: &u16| {
            let word = self.0.get(usize::from(*set) / 64);
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
}

impl Patterns {
    pub(crate) fn unprepared(&self) -> impl Iterator<Item = &str> {
        self.compiled.iter().map(|s| &**s)
    }

    /// Which sets of literals occur in a folded text.
    pub(crate) fn hits(&self, letters: &[Letter]) -> Hits {
        let end = self.indexes.iter().map(|i| i.end).max().unwrap_or_default();
        let mut bits = vec![0u64; usize::from(end).div_ceil(64)];
        for index in &self.indexes {
            let trie = &index.trie;
            for (start, l) in letters.iter().enumerate() {
                let mut node = trie.root(trie.code(l.c));
                let mut rest = letters[start + 1..].iter();
                while let Some(here) = node {
                    if let Some(literal) = trie.value(here) {
                        for set in index.sets(literal) {
                            bits[usize::from(set) / 64] |= 1 << (set % 64);
                        }
                    }
                    node = rest.next().and_then(|l| trie.child(here, trie.code(l.c)));
                }
            }
        }
        Hits(bits)
    }
}

/// Makes patterns, and collects their literals.
#[derive(Debug)]
pub struct PatternBook {
    prepared: bool,
    detached: bool,
    extra: IndexBuilder,
    compiled: Vec<Box<str>>,
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
        }
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
            && let Some((needs, nfa)) = prepared::pattern(source)
        {
            return Ok(Pattern::stored(source, needs.to_vec(), nfa));
        }
        self.compiled.push(source.into());
        let detached = self.detached;
        Pattern::compile(source, |needs| {
            if detached {
                SetIds::new()
            } else {
                self.extra.add(needs)
            }
        })
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
        }
    }
}

#[cfg(test)]
mod tests;
