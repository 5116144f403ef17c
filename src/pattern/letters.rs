//! A set of letters that is looked up fast.

use crate::language::fold::is_syllabic;

const FIRST: u32 = 0xac00;
/// Words with a bit for each syllable block.
const WORDS: usize = 175;

/// A set of letters.
#[derive(Debug)]
pub struct Letters {
    ascii: u128,
    syllables: Option<Box<[u64; WORDS]>>,
    ranges: &'static [(u32, u32)],
}

impl Letters {
    /// From ranges in order.
    pub fn new(ranges: &'static [(u32, u32)]) -> Letters {
        let all = || ranges.iter().flat_map(|(from, to)| *from..=*to);
        let mut syllables: Option<Box<[u64; WORDS]>> = None;
        let is_block = |c: &u32| char::from_u32(*c).is_some_and(is_syllabic);
        for c in all().filter(is_block) {
            let words = syllables.get_or_insert_with(|| Box::new([0; WORDS]));
            words[((c - FIRST) / 64) as usize] |= 1 << ((c - FIRST) % 64);
        }
        Letters {
            ascii: all().filter(|c| *c < 128).fold(0, |set, c| set | 1 << c),
            syllables,
            ranges,
        }
    }

    #[inline]
    pub fn has(&self, c: char) -> bool {
        let n = u32::from(c);
        if n < 128 {
            return self.ascii & (1 << n) != 0;
        }
        if is_syllabic(c) {
            let place = n - FIRST;
            return self
                .syllables
                .as_ref()
                .is_some_and(|words| words[(place / 64) as usize] & (1 << (place % 64)) != 0);
        }
        let next = self.ranges.partition_point(|(_, to)| *to < n);
        self.ranges.get(next).is_some_and(|(from, _)| *from <= n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn has_the_letters_of_its_ranges_only() {
        let pairs = [
            ('0', '9'),
            ('a', 'b'),
            ('\u{660}', '\u{669}'),
            ('가', '각'),
            ('힣', '힣'),
        ];
        let ranges: Vec<(u32, u32)> = pairs.map(|(a, b)| (a.into(), b.into())).into();
        let letters = Letters::new(ranges.leak());
        for c in '\0'..=char::MAX {
            let inside = pairs.iter().any(|(a, b)| (*a..=*b).contains(&c));
            assert_eq!(letters.has(c), inside, "{c:?}");
        }
    }
}
