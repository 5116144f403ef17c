//! In which parts of a notice patterns can match.

use std::sync::Arc;

use super::{Hits, Pattern};

/// In which stretches of a notice each set of literals occurs. A notice is at most 64 stretches of as many blocks each, so
/// that one word tells of a set; most notices have no more blocks than that.
#[derive(Debug, Default)]
pub struct Spread {
    /// For each set, a bit for each stretch.
    sets: Vec<u64>,
    /// Blocks of a stretch.
    each: usize,
    blocks: usize,
}

/// Stretches of a notice: a bit for each.
pub type Stretches = u64;

impl Spread {
    /// From the literals of all blocks.
    pub fn of(blocks: &[Arc<Hits>]) -> Spread {
        let words = blocks.iter().map(|hits| hits.bits.len()).max();
        let mut sets = vec![0; words.unwrap_or_default() * 64];
        let each = blocks.len().div_ceil(64).max(1);
        for (stretch, blocks) in blocks.chunks(each).enumerate() {
            for set in blocks.iter().flat_map(|hits| &hits.sets) {
                sets[usize::from(*set)] |= 1 << stretch;
            }
        }
        Spread {
            sets,
            each,
            blocks: blocks.len(),
        }
    }

    /// The stretches in which a pattern can match.
    pub fn stretches(&self, pattern: &Pattern) -> Stretches {
        let of = |set: &u16| self.sets.get(usize::from(*set)).copied().unwrap_or(0);
        match pattern.needs() {
            [] => u64::MAX,
            needs => needs.split(|set| *set == super::OR).fold(0, |any, all| {
                any | all.iter().fold(u64::MAX, |both, set| both & of(set))
            }),
        }
    }

    /// Whether a block stands in one of these stretches.
    pub fn has(&self, stretches: Stretches, block: usize) -> bool {
        block < self.blocks && stretches >> (block / self.each) & 1 != 0
    }

    /// The blocks of some stretches, in their order.
    pub fn blocks(&self, stretches: Stretches) -> impl Iterator<Item = usize> + use<> {
        let (each, blocks) = (self.each, self.blocks);
        let has = move |stretch: &usize| stretches >> stretch & 1 != 0;
        (0..64)
            .filter(has)
            .flat_map(move |stretch| stretch * each..(stretch + 1) * each)
            .take_while(move |block| *block < blocks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::PatternBook;

    /// Blocks of which those with these numbers have a literal of the pattern.
    fn notice(blocks: usize, with: &[usize], pattern: &str) -> (Spread, Pattern) {
        let mut book = PatternBook::new(false);
        let pattern = book.pattern(pattern).unwrap();
        let set = *pattern.needs().first().unwrap();
        let all = (0..blocks).map(|block| {
            let mut bits = vec![0; usize::from(set) / 64 + 1];
            let mut sets = Vec::new();
            if with.contains(&block) {
                bits[usize::from(set) / 64] |= 1 << (set % 64);
                sets.push(set);
            }
            Arc::new(Hits { bits, sets })
        });
        (Spread::of(&all.collect::<Vec<_>>()), pattern)
    }

    #[test]
    fn a_short_notice_has_a_stretch_for_each_block() {
        let (spread, pattern) = notice(40, &[3, 39], "exposed");
        let at = spread.stretches(&pattern);
        assert_eq!(spread.blocks(at).collect::<Vec<_>>(), [3, 39]);
        assert!(spread.has(at, 3) && !spread.has(at, 4));
    }

    #[test]
    fn a_long_notice_has_stretches_of_several_blocks() {
        let (spread, pattern) = notice(130, &[4, 129], "exposed");
        let at = spread.stretches(&pattern);
        assert_eq!(spread.blocks(at).collect::<Vec<_>>(), [3, 4, 5, 129]);
        assert!(spread.has(at, 129) && !spread.has(at, 6));
    }

    #[test]
    fn nothing_matches_in_a_notice_without_blocks() {
        let (spread, pattern) = notice(0, &[], "exposed");
        assert_eq!(spread.stretches(&pattern), 0);
        assert_eq!(spread.blocks(u64::MAX).count(), 0);
        assert!(!spread.has(u64::MAX, 0));
    }
}
