//! Tells in one quick pass that a pattern matches nowhere in a text, or from where on it may.
//!
//! A sieve is an automaton of a pattern that is looser: what a place must look like (`\b`, `$`) is left out, long repetitions
//! have no bound, and where it would need too many states it says that there may be a match. The build script makes it,
//! so that nothing is loaded or set up.

use std::collections::HashMap;

use regex_automata::nfa::thompson::{Config, NFA, State, WhichCaptures};
use regex_automata::util::primitives::StateID;
use regex_syntax::hir::{Hir, HirKind, Repetition};

/// There may be a match.
const MAYBE: u16 = u16::MAX;
/// There is none, whatever follows.
const DEAD: u16 = u16::MAX - 1;
/// Repetitions up to this bound are counted.
const COUNTED: u32 = 4;

/// A sieve in its bytes: the class of each byte, how many classes leave the first state as it is, how many there are, and
/// for each state and class the next state.
#[derive(Debug, Clone, Copy)]
pub struct Sieve<'s> {
    classes: &'s [u8; 256],
    /// Classes below this one leave the first state as it is.
    idle: u8,
    stride: usize,
    table: &'s [[u8; 2]],
}

impl<'s> Sieve<'s> {
    /// `None` for no bytes.
    #[inline]
    pub fn new(bytes: &'s [u8]) -> Option<Sieve<'s>> {
        let (classes, rest) = bytes.split_first_chunk()?;
        let (idle, rest) = rest.split_first()?;
        let (stride, table) = rest.split_first_chunk()?;
        Some(Sieve {
            classes,
            idle: *idle,
            stride: usize::from(u16::from_le_bytes(*stride)),
            table: table.as_chunks().0,
        })
    }

    /// The byte from which on the first match that begins at `from` or behind it stands, if there may be any.
    #[inline]
    pub fn begin(&self, text: &str, from: usize) -> Option<usize> {
        let bytes = text.as_bytes();
        let mut at = from;
        loop {
            // No match has begun.
            let begins = |byte: &u8| self.classes[usize::from(*byte)] >= self.idle;
            at += bytes.get(at..)?.iter().position(begins)?;
            let start = at;
            let mut state = 0;
            loop {
                let class = usize::from(self.classes[usize::from(*bytes.get(at)?)]);
                let next = self.table.get(state * self.stride + class);
                at += 1;
                match next.map_or(MAYBE, |next| u16::from_le_bytes(*next)) {
                    0 => break,
                    MAYBE => {
                        return (start..=text.len()).find(|start| text.is_char_boundary(*start));
                    }
                    DEAD => return None,
                    next => state = usize::from(next),
                }
            }
        }
    }
}

/// The sieve of a pattern with so many states at most; empty if it would tell nothing. `anchored`: it matches at the
/// start of a text only.
#[allow(dead_code)] // For the build script.
pub fn build(hir: &Hir, anchored: bool, most: usize) -> Vec<u8> {
    let nfa = NFA::compiler()
        .configure(Config::new().which_captures(WhichCaptures::None))
        .build_from_hir(&loose(hir));
    nfa.ok()
        .and_then(|nfa| table(&nfa, anchored, most))
        .unwrap_or_default()
}

/// A pattern that matches wherever this one does, and is simpler.
fn loose(hir: &Hir) -> Hir {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Hir::empty(),
        HirKind::Literal(_) | HirKind::Class(_) => hir.clone(),
        HirKind::Capture(c) => loose(&c.sub),
        HirKind::Concat(list) => Hir::concat(list.iter().map(loose).collect()),
        HirKind::Alternation(list) => Hir::alternation(list.iter().map(loose).collect()),
        HirKind::Repetition(r) => Hir::repetition(Repetition {
            min: r.min.min(COUNTED),
            max: r.max.filter(|max| *max <= COUNTED),
            greedy: r.greedy,
            sub: Box::new(loose(&r.sub)),
        }),
    }
}

/// Makes the table of a sieve.
struct Maker<'n> {
    nfa: &'n NFA,
    anchored: bool,
    most: usize,
    /// For each state those that are reached without a byte and wait for one; `None` where a match ends.
    waiting: HashMap<StateID, Option<Vec<StateID>>>,
    /// The states of the sieve: each is what may wait for the next byte.
    sets: Vec<Vec<StateID>>,
    /// The number of a state of the sieve, by what was reached with the last byte and by what waits then.
    reached: HashMap<Vec<StateID>, u16>,
    numbers: HashMap<Vec<StateID>, u16>,
}

impl Maker<'_> {
    fn waiting(&mut self, from: StateID) -> &Option<Vec<StateID>> {
        let nfa = self.nfa;
        self.waiting.entry(from).or_insert_with(|| {
            let (mut todo, mut seen, mut out) = (vec![from], vec![from], Vec::new());
            while let Some(id) = todo.pop() {
                let next = match nfa.state(id) {
                    State::Look { next, .. } | State::Capture { next, .. } => vec![*next],
                    State::Union { alternates } => alternates.to_vec(),
                    State::BinaryUnion { alt1, alt2 } => vec![*alt1, *alt2],
                    State::Match { .. } => return None,
                    State::Fail => Vec::new(),
                    State::ByteRange { .. } | State::Sparse(_) | State::Dense(_) => {
                        out.push(id);
                        continue;
                    }
                };
                for id in next {
                    if !seen.contains(&id) {
                        seen.push(id);
                        todo.push(id);
                    }
                }
            }
            Some(out)
        })
    }

    /// The state of the sieve when these were reached with a byte.
    fn number(&mut self, mut reached: Vec<StateID>) -> u16 {
        if reached.is_empty() {
            return if self.anchored { DEAD } else { 0 };
        }
        reached.sort_unstable();
        reached.dedup();
        if let Some(known) = self.reached.get(&reached) {
            return *known;
        }
        let again = (!self.anchored).then(|| self.nfa.start_anchored());
        let mut set = Vec::new();
        for id in reached.iter().copied().chain(again) {
            match self.waiting(id) {
                None => return MAYBE,
                Some(list) => set.extend_from_slice(list),
            }
        }
        set.sort_unstable();
        set.dedup();
        let number = match self.numbers.get(&set) {
            Some(known) => *known,
            None if self.sets.len() >= self.most => MAYBE,
            None => {
                let number = self.sets.len() as u16;
                self.numbers.insert(set.clone(), number);
                self.sets.push(set);
                number
            }
        };
        self.reached.insert(reached, number);
        number
    }

    /// What follows each byte in a state of the sieve.
    fn row(&mut self, set: &[StateID]) -> Option<[u16; 256]> {
        let mut steps: Vec<(u8, u8, StateID)> = Vec::new();
        for id in set {
            match self.nfa.state(*id) {
                State::ByteRange { trans: t } => steps.push((t.start, t.end, t.next)),
                State::Sparse(s) => {
                    steps.extend(s.transitions.iter().map(|t| (t.start, t.end, t.next)));
                }
                _ => return None,
            }
        }
        // Between these bytes nothing changes.
        let mut edges = vec![0, 256];
        edges.extend(steps.iter().map(|s| usize::from(s.0)));
        edges.extend(steps.iter().map(|s| usize::from(s.1) + 1));
        edges.sort_unstable();
        edges.dedup();
        let mut reached = vec![Vec::new(); edges.len()];
        for (start, end, next) in steps {
            let first = edges.partition_point(|e| *e < usize::from(start));
            let behind = edges.partition_point(|e| *e <= usize::from(end));
            reached[first..behind].iter_mut().for_each(|r| r.push(next));
        }
        let mut row = [DEAD; 256];
        for (bounds, reached) in edges.windows(2).zip(reached) {
            row[bounds[0]..bounds[1]].fill(self.number(reached));
        }
        Some(row)
    }
}

fn table(nfa: &NFA, anchored: bool, most: usize) -> Option<Vec<u8>> {
    let mut maker = Maker {
        nfa,
        anchored,
        most,
        waiting: HashMap::new(),
        sets: Vec::new(),
        reached: HashMap::new(),
        numbers: HashMap::new(),
    };
    // In the first state no match has begun. It has no number: another one may wait for the same.
    let start = maker.waiting(nfa.start_anchored()).clone()?;
    maker.sets.push(start);
    let mut rows: Vec<[u16; 256]> = Vec::new();
    while let Some(set) = maker.sets.get(rows.len()).cloned() {
        rows.push(maker.row(&set)?);
    }
    // Bytes of a class have the same everywhere. Those that leave the first state as it is come first.
    let column = |byte: usize| rows.iter().map(|row| row[byte]).collect::<Vec<u16>>();
    let mut columns: Vec<Vec<u16>> = (0..256).map(column).collect();
    columns.sort_by(|a, b| (a[0] != 0, a).cmp(&(b[0] != 0, b)));
    columns.dedup();
    let class: HashMap<&Vec<u16>, u8> = columns.iter().zip(0..=u8::MAX).collect();
    let mut out: Vec<u8> = (0..256).map(|byte| class[&column(byte)]).collect();
    let idle = columns.iter().filter(|column| column[0] == 0).count();
    out.push(u8::try_from(idle).unwrap_or(0));
    out.extend((columns.len() as u16).to_le_bytes());
    for state in 0..rows.len() {
        out.extend(columns.iter().flat_map(|c| c[state].to_le_bytes()));
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All texts of these letters up to a length.
    fn texts(letters: &[char], longest: usize) -> Vec<String> {
        let mut all = vec![String::new()];
        let mut last = all.clone();
        for _ in 0..longest {
            let longer = |text: &String| {
                letters
                    .iter()
                    .map(move |c| format!("{text}{c}"))
                    .collect::<Vec<_>>()
            };
            last = last.iter().flat_map(longer).collect();
            all.extend(last.iter().cloned());
        }
        all
    }

    #[test]
    fn lets_every_match_through_and_begins_no_later() {
        let texts = texts(&['1', '#', '명', '멍', ' ', 'a'], 5);
        for pattern in [
            r"#?1+",
            r"^\s*(?:1|명)a",
            r"(?:^|#)명",
            r"\d[\d#]*(?:\s*a)*\s*명?멍",
            r"\b1a\b",
            r"a$|[^#]{2,3}#",
            r"[a멍]{0,9}1",
        ] {
            let mut parser = regex_syntax::ParserBuilder::new()
                .case_insensitive(true)
                .build();
            let hir = parser.parse(pattern).unwrap();
            let regex = regex::Regex::new(&format!("(?i){pattern}")).unwrap();
            for most in [1, 3, 8, 500] {
                let bytes = build(&hir, pattern.starts_with('^'), most);
                let sieve = Sieve::new(&bytes).unwrap();
                let mut passed = 0;
                for text in &texts {
                    let begin = sieve.begin(text, 0);
                    passed += usize::from(begin.is_some());
                    if let Some(found) = regex.find(text) {
                        assert!(
                            begin.is_some_and(|b| b <= found.start()),
                            "{pattern} in {text:?}: {begin:?}"
                        );
                    }
                }
                assert!(passed < texts.len(), "{pattern} with {most} states");
            }
        }
    }

    #[test]
    fn begins_where_nothing_has_begun_before() {
        let hir = regex_syntax::parse("1+명").unwrap();
        let bytes = build(&hir, false, 100);
        let sieve = Sieve::new(&bytes).unwrap();
        assert_eq!(sieve.begin("1일 11명", 0), Some("1일 ".len()));
        assert_eq!(sieve.begin("명명 11명", 3), Some("명명 ".len()));
        assert_eq!(sieve.begin("11명 1일", "11명".len()), None);
        assert!(Sieve::new(&[]).is_none());
    }
}
