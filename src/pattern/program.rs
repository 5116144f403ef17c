//! A compiled pattern as bytes that are run as they are, tried only at letters with which a match can begin.
//!
//! Nothing is loaded or set up, and a failed try costs a few steps. Alternatives are taken in their order, as everywhere else;
//! what was tried is not remembered, so a pattern that goes back too often is given up, and another engine takes over.
//!
//! The build script uses this module too. The states are those of `regex-automata`'s automaton.

use regex_automata::nfa::thompson::{NFA, State};
use regex_automata::util::look::{Look, LookMatcher};
use regex_automata::util::primitives::{NonMaxUsize, PatternID, StateID};

const RANGE: u32 = 0;
const SPARSE: u32 = 1;
const LOOK: u32 = 2;
const UNION: u32 = 3;
const CAPTURE: u32 = 4;
const FAIL: u32 = 5;
const MATCH: u32 = 6;
/// A union of many, with a list of those that can go on for each byte.
const CHOICE: u32 = 7;

/// Unions of more than these are choices.
const FEW: usize = 4;
/// Words of a choice before the places of its lists: its head, the number of the list of each byte, and of the end of the text.
const LISTS: u32 = 1 + 64 + 1;

/// Words of a mask: one bit for each byte.
const MASK: usize = 8;
/// The mask of what can go on without a byte.
const ANYTHING: u32 = 0;
/// Words before the first mask: the start, the number of masks, and for each ASCII letter that a match begins with the
/// mask of the byte behind it.
const HEADER: usize = 2 + ASCII;
const ASCII: usize = 128;

/// Steps that a search may take for each byte of its text, besides [`FREE`].
const STEPS: usize = 24;
const FREE: usize = 4096;

/// Why there is no answer.
pub struct GivenUp;

/// What is left to try.
enum Job {
    Go {
        state: u32,
        at: usize,
    },
    Restore {
        slot: usize,
        value: Option<NonMaxUsize>,
    },
}

/// A program in its bytes.
#[derive(Debug, Clone, Copy)]
pub struct Program<'p> {
    words: &'p [Word],
    start: u32,
}

/// A word of a program.
type Word = [u8; 4];

#[inline]
fn number(word: &Word) -> u32 {
    u32::from_le_bytes(*word)
}

/// The memory of a search.
#[derive(Default)]
pub struct Memory {
    jobs: Vec<Job>,
    /// The byte behind the last one that the last try looked at.
    reach: usize,
}

impl Memory {
    /// The byte behind the last one that the last try looked at; it looked at none before its start. `usize::MAX` if it may
    /// have looked anywhere.
    pub fn reach(&self) -> usize {
        self.reach
    }
}

impl<'p> Program<'p> {
    pub fn new(bytes: &'p [u8]) -> Program<'p> {
        let words = bytes.as_chunks().0;
        Program {
            words,
            start: words.first().map_or(0, number),
        }
    }

    #[inline]
    fn word(&self, at: u32) -> u32 {
        self.words.get(at as usize).map_or(FAIL, number)
    }

    /// So many pairs of words from a place on.
    #[inline]
    fn pairs(&self, at: u32, n: u32) -> &'p [[Word; 2]] {
        let (from, words) = (at as usize, 2 * n as usize);
        let words = self.words.get(from..from + words);
        words.unwrap_or_default().as_chunks().0
    }

    /// Whether what has this mask can go on with a byte.
    #[inline]
    fn allows(&self, mask: u32, byte: Option<u8>) -> bool {
        let Some(byte) = byte else {
            return mask == ANYTHING;
        };
        let word = HEADER as u32 + mask * MASK as u32 + u32::from(byte / 32);
        mask == ANYTHING || self.word(word) & (1 << (byte % 32)) != 0
    }

    /// Whether a match may begin with the byte at `from`, as far as an ASCII letter and the byte behind it tell.
    #[inline]
    pub fn may_begin(&self, text: &str, from: usize) -> bool {
        let bytes = text.as_bytes();
        match bytes.get(from) {
            Some(byte) if byte.is_ascii() => {
                let mask = self.word(2 + u32::from(*byte));
                self.allows(mask, bytes.get(from + 1).copied())
            }
            _ => true,
        }
    }

    /// Whether it matches from byte `from` on. `steps` is what may be spent.
    pub fn matches_at(
        &self,
        text: &str,
        from: usize,
        slots: &mut [Option<NonMaxUsize>],
        memory: &mut Memory,
        steps: &mut usize,
    ) -> Result<bool, GivenUp> {
        let Memory { jobs, reach } = memory;
        *reach = from;
        jobs.clear();
        jobs.push(Job::Go {
            state: self.start,
            at: from,
        });
        while let Some(job) = jobs.pop() {
            match job {
                Job::Restore { slot, value } => slots[slot] = value,
                Job::Go { state, at } => {
                    if self.run(text, state, at, slots, jobs, reach, steps)? {
                        return Ok(true);
                    }
                }
            }
        }
        Ok(false)
    }

    #[allow(clippy::too_many_arguments)]
    fn run(
        &self,
        text: &str,
        mut state: u32,
        mut at: usize,
        slots: &mut [Option<NonMaxUsize>],
        jobs: &mut Vec<Job>,
        reach: &mut usize,
        steps: &mut usize,
    ) -> Result<bool, GivenUp> {
        let bytes = text.as_bytes();
        loop {
            *steps = steps.checked_sub(1).ok_or(GivenUp)?;
            let head = self.word(state);
            match head & 0xff {
                RANGE => {
                    *reach = (*reach).max(at + 1);
                    let Some(byte) = bytes.get(at) else {
                        return Ok(false);
                    };
                    let byte = u32::from(*byte);
                    if byte < head >> 8 & 0xff || byte > head >> 16 & 0xff {
                        return Ok(false);
                    }
                    at += 1;
                    state = self.word(state + 1);
                }
                SPARSE => {
                    *reach = (*reach).max(at + 1);
                    let Some(byte) = bytes.get(at) else {
                        return Ok(false);
                    };
                    let byte = u32::from(*byte);
                    // They are in order.
                    let found = self
                        .pairs(state + 1, head >> 8)
                        .iter()
                        .find(|[range, _]| byte <= number(range) >> 8)
                        .filter(|[range, _]| byte >= number(range) & 0xff)
                        .map(|[_, next]| number(next));
                    let Some(next) = found else {
                        return Ok(false);
                    };
                    at += 1;
                    state = next;
                }
                LOOK => {
                    *reach = usize::MAX;
                    let look = Look::from_repr(self.word(state + 1)).ok_or(GivenUp)?;
                    if !LookMatcher::new().matches(look, bytes, at) {
                        return Ok(false);
                    }
                    state = self.word(state + 2);
                }
                UNION => {
                    *reach = (*reach).max(at + 1);
                    let byte = bytes.get(at).copied();
                    let alternates = self.pairs(state + 1, head >> 8);
                    *steps = steps.saturating_sub(alternates.len() / 8);
                    let mut first = None;
                    for [next, mask] in alternates.iter().rev() {
                        if self.allows(number(mask), byte)
                            && let Some(state) = first.replace(number(next))
                        {
                            jobs.push(Job::Go { state, at });
                        }
                    }
                    let Some(first) = first else {
                        return Ok(false);
                    };
                    state = first;
                }
                CHOICE => {
                    *reach = (*reach).max(at + 1);
                    let number_of_list = match bytes.get(at) {
                        Some(byte) => {
                            let four = self.word(state + 1 + u32::from(byte / 4));
                            four >> (8 * (byte % 4)) & 0xff
                        }
                        None => self.word(state + LISTS - 1),
                    };
                    let list = (state + self.word(state + LISTS + number_of_list)) as usize;
                    let n = self.word(list as u32) as usize;
                    let nexts = self.words.get(list + 1..list + 1 + n);
                    let Some((first, others)) = nexts.and_then(<[Word]>::split_first) else {
                        return Ok(false);
                    };
                    *steps = steps.saturating_sub(n / 8);
                    let others = others.iter().rev().map(number);
                    jobs.extend(others.map(|state| Job::Go { state, at }));
                    state = number(first);
                }
                CAPTURE => {
                    let slot = (head >> 8) as usize;
                    if let Some(value) = slots.get_mut(slot) {
                        jobs.push(Job::Restore {
                            slot,
                            value: *value,
                        });
                        *value = NonMaxUsize::new(at);
                    }
                    state = self.word(state + 1);
                }
                MATCH => return Ok(true),
                _ => return Ok(false),
            }
        }
    }
}

/// What a search over so many bytes may spend.
pub fn budget(bytes: usize) -> usize {
    FREE + STEPS * bytes
}

/// Writes down an automaton with one pattern; `None` if it has something that cannot be.
#[allow(dead_code)] // For the build script.
pub fn write(nfa: &NFA) -> Option<Vec<u8>> {
    let mut masks: Vec<[u32; MASK]> = vec![[u32::MAX; MASK]];
    let mut states: Vec<Vec<u32>> = Vec::new();
    // Next states are noted by their number, and are put in their place when that is known.
    let mut links: Vec<(usize, usize, StateID)> = Vec::new();
    for (i, state) in nfa.states().iter().enumerate() {
        let mut words = Vec::new();
        let mut link = |words: &mut Vec<u32>, next: StateID| {
            links.push((i, words.len(), next));
            words.push(0);
        };
        match state {
            State::ByteRange { trans } => {
                words.push(RANGE | u32::from(trans.start) << 8 | u32::from(trans.end) << 16);
                link(&mut words, trans.next);
            }
            State::Sparse(sparse) => {
                words.push(SPARSE | (sparse.transitions.len() as u32) << 8);
                for t in &sparse.transitions {
                    words.push(u32::from(t.start) | u32::from(t.end) << 8);
                    link(&mut words, t.next);
                }
            }
            State::Look { look, next } => {
                words.extend([LOOK, look.as_repr()]);
                link(&mut words, *next);
            }
            State::Union { alternates } if alternates.len() > FEW => {
                let sets: Vec<_> = alternates.iter().map(|a| first_bytes(nfa, &[*a])).collect();
                let goes_on = |set: &Option<[u32; MASK]>, byte: Option<u8>| match (set, byte) {
                    (None, _) => true,
                    (Some(set), Some(byte)) => has(set, byte),
                    (Some(_), None) => false,
                };
                let list_of = |byte: Option<u8>| -> Vec<StateID> {
                    let all = alternates.iter().zip(&sets);
                    let some = all.filter(|(_, set)| goes_on(set, byte));
                    some.map(|(alternate, _)| *alternate).collect()
                };
                let mut lists: Vec<Vec<StateID>> = Vec::new();
                let mut numbers = Vec::new();
                for byte in (0..=u8::MAX).map(Some).chain([None]) {
                    let list = list_of(byte);
                    let known = lists.iter().position(|l| *l == list);
                    numbers.push(u8::try_from(known.unwrap_or(lists.len())).ok()?);
                    if known.is_none() {
                        lists.push(list);
                    }
                }
                let end = numbers.pop()?;
                words.push(CHOICE);
                words.extend(numbers.as_chunks().0.iter().map(|n| u32::from_le_bytes(*n)));
                words.push(u32::from(end));
                let mut place = words.len() + lists.len();
                for list in &lists {
                    words.push(place as u32);
                    place += 1 + list.len();
                }
                for list in lists {
                    words.push(list.len() as u32);
                    list.into_iter().for_each(|next| link(&mut words, next));
                }
            }
            State::Union { alternates } => {
                words.push(UNION | (alternates.len() as u32) << 8);
                for a in alternates {
                    link(&mut words, *a);
                    words.push(mask(nfa, *a, &mut masks));
                }
            }
            State::BinaryUnion { alt1, alt2 } => {
                words.push(UNION | 2 << 8);
                for a in [alt1, alt2] {
                    link(&mut words, *a);
                    words.push(mask(nfa, *a, &mut masks));
                }
            }
            State::Capture { next, slot, .. } => {
                words.push(CAPTURE | (slot.as_usize() as u32) << 8);
                link(&mut words, *next);
            }
            State::Fail => words.push(FAIL),
            State::Match { .. } => words.push(MATCH),
            State::Dense(_) => return None,
        }
        states.push(words);
    }
    let second: Vec<u32> = (0..ASCII as u8)
        .map(|byte| mask_of(nfa, &behind(nfa, byte), &mut masks))
        .collect();
    let mut places = Vec::new();
    let mut end = HEADER + MASK * masks.len();
    for s in &states {
        places.push(end as u32);
        end += s.len();
    }
    for (state, word, next) in links {
        states[state][word] = *places.get(next.as_usize())?;
    }
    let start = *places.get(nfa.start_anchored().as_usize())?;
    let words = [start, masks.len() as u32]
        .into_iter()
        .chain(second)
        .chain(masks.into_iter().flatten())
        .chain(states.into_iter().flatten());
    Some(words.flat_map(u32::to_le_bytes).collect())
}

/// The names of an automaton's groups, by number; empty for one without.
#[allow(dead_code)] // For the build script.
pub fn names(nfa: &NFA) -> Vec<String> {
    nfa.group_info()
        .pattern_names(PatternID::ZERO)
        .map(|name| name.unwrap_or_default().to_owned())
        .collect()
}

/// The number of the mask with the bytes that can come first from a state on.
fn mask(nfa: &NFA, from: StateID, masks: &mut Vec<[u32; MASK]>) -> u32 {
    mask_of(nfa, &[from], masks)
}

/// The states behind the first byte of a match.
fn behind(nfa: &NFA, byte: u8) -> Vec<StateID> {
    let mut out = Vec::new();
    for id in closure(nfa, &[nfa.start_anchored()]) {
        match nfa.state(id) {
            State::ByteRange { trans } if trans.matches_byte(byte) => out.push(trans.next),
            State::Sparse(s) => out.extend(s.matches_byte(byte)),
            _ => {}
        }
    }
    out
}

/// The states that are reached without a byte.
fn closure(nfa: &NFA, from: &[StateID]) -> Vec<StateID> {
    let (mut seen, mut todo) = (from.to_vec(), from.to_vec());
    while let Some(id) = todo.pop() {
        let next = match nfa.state(id) {
            State::Look { next, .. } | State::Capture { next, .. } => vec![*next],
            State::Union { alternates } => alternates.to_vec(),
            State::BinaryUnion { alt1, alt2 } => vec![*alt1, *alt2],
            _ => Vec::new(),
        };
        for n in next {
            if !seen.contains(&n) {
                seen.push(n);
                todo.push(n);
            }
        }
    }
    seen
}

/// The bytes that can come first from these states on; `None` if nothing need come.
fn first_bytes(nfa: &NFA, from: &[StateID]) -> Option<[u32; MASK]> {
    let mut mask = [0u32; MASK];
    let mut put = |start: u8, end: u8| {
        for b in start..=end {
            mask[usize::from(b / 32)] |= 1 << (b % 32);
        }
    };
    for id in closure(nfa, from) {
        match nfa.state(id) {
            State::ByteRange { trans } => put(trans.start, trans.end),
            State::Sparse(s) => s.transitions.iter().for_each(|t| put(t.start, t.end)),
            State::Match { .. } | State::Dense(_) => return None,
            _ => {}
        }
    }
    Some(mask)
}

fn has(mask: &[u32; MASK], byte: u8) -> bool {
    mask[usize::from(byte / 32)] & 1 << (byte % 32) != 0
}

/// The number of the mask with the bytes that can come first from these states on.
fn mask_of(nfa: &NFA, from: &[StateID], masks: &mut Vec<[u32; MASK]>) -> u32 {
    let Some(mask) = first_bytes(nfa, from) else {
        return ANYTHING;
    };
    match masks.iter().position(|m| *m == mask) {
        Some(known) => known as u32,
        None => {
            masks.push(mask);
            masks.len() as u32 - 1
        }
    }
}
