//! Finds many literals at a time: one step for almost every letter, however many there are.
//!
//! The build script uses this module too. It is the automaton of Aho and Corasick, laid out so that the next place is found
//! by adding the code of a letter.

use std::borrow::Cow;
use std::collections::{HashMap, VecDeque};

use super::trie::{Code, Node, Trie};

/// Words of a place: where those behind it begin, the one before it, the one to go on from when none fits, and the first
/// literal that ends here.
const PLACE: usize = 4;
/// Bytes of a literal: its number, and the next one that ends at the same letter.
const LITERAL: usize = 8;
/// No place, no literal.
const NONE: u32 = u32::MAX;
/// So many gaps, among so many of the last places, are tried for what stands behind one before it is put at the end.
const TRIES: usize = 200;
const WINDOW: usize = 4096;

/// The letters that follow somewhere, and where each leads.
type Behind = Vec<(Code, Node)>;

/// Literals that are looked for together.
#[derive(Debug, Clone)]
pub struct Literals {
    data: Cow<'static, [u8]>,
    /// Where the literals stand, behind the places.
    literals: usize,
}

impl Literals {
    /// From the bytes of another one.
    pub fn from_bytes(data: Cow<'static, [u8]>) -> Literals {
        let places = data.first_chunk().map_or(0, |n| u32::from_le_bytes(*n));
        Literals {
            literals: 4 + 4 * PLACE * places as usize,
            data,
        }
    }

    #[allow(dead_code)] // For the build script.
    pub fn as_bytes(&self) -> &[u8] {
        &self.data
    }

    /// Calls `found` for every literal in a text of these letters, each once.
    pub fn find(&self, codes: impl Iterator<Item = Code>, mut found: impl FnMut(u32)) {
        let (places, all) = self
            .data
            .split_at_checked(self.literals)
            .unwrap_or_default();
        let places = places.get(4..).unwrap_or_default().as_chunks::<4>().0;
        let all = all.as_chunks::<LITERAL>().0;
        let mut seen = vec![0u64; all.len().div_ceil(64)];
        let place = |at: u32| places.get(PLACE * at as usize..)?.first_chunk::<PLACE>();
        let Some(root) = place(0) else { return };
        let (mut here, mut at) = (root, 0);
        for code in codes {
            if code == 0 {
                (here, at) = (root, 0);
                continue;
            }
            loop {
                let next = u32::from_le_bytes(here[0]) + u32::from(code);
                if let Some(behind) = place(next)
                    && u32::from_le_bytes(behind[1]) == at
                {
                    (here, at) = (behind, next);
                    break;
                }
                if at == 0 {
                    break;
                }
                at = u32::from_le_bytes(here[2]);
                here = place(at).unwrap_or(root);
            }
            let mut literal = u32::from_le_bytes(here[3]);
            while let Some([a, b, c, d, e, f, g, h]) = all.get(literal as usize) {
                let (word, bit) = (literal as usize / 64, 1 << (literal % 64));
                // Those that end here too were seen with it.
                if seen[word] & bit != 0 {
                    break;
                }
                seen[word] |= bit;
                found(u32::from_le_bytes([*a, *b, *c, *d]));
                literal = u32::from_le_bytes([*e, *f, *g, *h]);
            }
        }
    }

    /// The wordings of a trie.
    pub fn of(trie: &Trie) -> Literals {
        let mut places = Places::default();
        places.put(0, [0, NONE, 0, NONE]);
        let mut literals: Vec<[u32; 2]> = Vec::new();
        // For each place the one of the longest end of what led there that begins a literal, and what follows it.
        let mut ends: HashMap<u32, (u32, Behind)> = HashMap::new();
        let mut todo = VecDeque::from([(0, 0, trie.roots())]);
        while let Some((parent, end, children)) = todo.pop_front() {
            if let Some(first) = places.room(&children) {
                places.all[parent as usize][0] = first;
                for (code, node) in &children {
                    let mut before = (parent != 0).then_some(end);
                    let end = loop {
                        let Some(shorter) = before else { break 0 };
                        if let Some(next) = places.behind(shorter, *code) {
                            break next;
                        }
                        before = ends.get(&shorter).map(|(end, _)| *end);
                    };
                    let mut literal = places.all[end as usize][3];
                    if let Some(number) = trie.value(*node) {
                        literals.push([number, literal]);
                        literal = literals.len() as u32 - 1;
                    }
                    let at = first + u32::from(*code);
                    places.put(at, [0, parent, 0, literal]);
                    todo.push_back((at, end, trie.children(*node)));
                }
            }
            if parent != 0 {
                // Where nothing else follows than here, nothing is to be tried either.
                let has = |c: Code| children.iter().any(|(code, _)| *code == c);
                let mut on = end;
                while let Some((shorter, theirs)) = ends.get(&on)
                    && theirs.iter().all(|(c, _)| has(*c))
                {
                    on = *shorter;
                }
                places.all[parent as usize][2] = on;
                ends.insert(parent, (end, children));
            }
        }
        let words = places.all.iter().flatten();
        let words = words.chain(literals.iter().flatten());
        let n = places.all.len() as u32;
        let data = n.to_le_bytes().into_iter();
        let data: Vec<u8> = data.chain(words.flat_map(|w| w.to_le_bytes())).collect();
        Literals::from_bytes(data.into())
    }
}

/// Places while they are given away.
#[derive(Default)]
struct Places {
    all: Vec<[u32; 4]>,
    taken: Vec<bool>,
    /// All before this one are taken.
    free: usize,
}

impl Places {
    fn put(&mut self, at: u32, place: [u32; 4]) {
        let at = at as usize;
        if at >= self.all.len() {
            self.all.resize(at + 1, [0, NONE, 0, NONE]);
            self.taken.resize(at + 1, false);
        }
        self.all[at] = place;
        self.taken[at] = true;
        while self.taken.get(self.free) == Some(&true) {
            self.free += 1;
        }
    }

    /// Where places for all these letters are free; they are in order.
    fn room(&self, children: &[(Code, Node)]) -> Option<u32> {
        let lowest = usize::from(children.first()?.0);
        let is_free = |at: usize| self.taken.get(at) != Some(&true);
        let fits = |first: &usize| {
            children
                .iter()
                .all(|(c, _)| is_free(first + usize::from(*c)))
        };
        let from = self.free.max(self.taken.len().saturating_sub(WINDOW));
        let mut gaps = (from..self.taken.len())
            .filter(|at| is_free(*at))
            .filter_map(|at| at.checked_sub(lowest))
            .take(TRIES);
        let first = gaps.find(fits).unwrap_or(self.taken.len());
        Some(first as u32)
    }

    /// The place behind one with a letter.
    fn behind(&self, at: u32, code: Code) -> Option<u32> {
        let next = self.all[at as usize][0] + u32::from(code);
        let place = self.all.get(next as usize)?;
        (place[1] == at).then_some(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(words: &[&str], text: &str) -> Vec<String> {
        let numbered: Vec<(&str, u32)> = words.iter().copied().zip(0..).collect();
        let trie = Trie::build(&numbered, |c| c);
        let literals = Literals::of(&trie);
        let mut out = Vec::new();
        let codes = text.chars().map(|c| trie.code(c));
        literals.find(codes, |n| out.push(words[n as usize].to_owned()));
        out.sort();
        out
    }

    #[test]
    fn finds_what_stands_in_a_text_and_nothing_else() {
        let letters = ['a', 'b', '주', '소'];
        let mut words: Vec<String> = vec![String::new()];
        for at in 0..85 {
            words.extend(letters.map(|c| format!("{}{c}", words[at])));
        }
        words.remove(0);
        // Some of all the words of up to four letters.
        for step in [1, 2, 3, 7, 11, 50] {
            let some: Vec<&str> = words.iter().step_by(step).map(String::as_str).collect();
            for text in words
                .iter()
                .map(|w| format!("{w}{w}xa{w}"))
                .chain(["abba주소b소주aab주주소".to_owned()])
            {
                let mut expected: Vec<String> = some
                    .iter()
                    .filter(|w| text.contains(**w))
                    .map(|w| (*w).to_owned())
                    .collect();
                expected.sort();
                assert_eq!(found(&some, &text), expected, "{text}");
            }
        }
        assert!(found(&[], "a").is_empty());
    }
}
