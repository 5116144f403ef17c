//! Searching with one pattern.

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use regex_automata::meta;
use regex_automata::nfa::thompson::backtrack::{self, BoundedBacktracker};
use regex_automata::util::primitives::{NonMaxUsize, PatternID};
use regex_automata::{Anchored, Input};
use thiserror::Error;

use super::index::SetIds;
use super::letters::Letters;
use super::needs::{Needs, needs};
use super::program::{self, GivenUp, Memory, Program};
use super::sieve::Sieve;
use super::stored;

/// Largest compiled size of a pattern, in bytes.
const LIMIT: usize = 1 << 22;
/// After so many searches a pattern is worth compiling into a faster form.
const OFTEN: u32 = 400;

/// So many pairs of letters are remembered for a pattern.
const PAIRS: usize = 512;

/// Why a pattern cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PatternError {
    #[error("this pattern is too large when compiled")]
    TooLarge,
    #[error("this pattern matches the empty text, so it would match everywhere")]
    MatchesNothing,
    #[error("this pattern can never match")]
    NeverMatches,
    #[error("there are more than {0} patterns; so many are not read")]
    TooMany(usize),
    /// The parser's own words.
    #[error("bad pattern: {0}")]
    Syntax(String),
}

type Slots = Vec<Option<NonMaxUsize>>;

thread_local! {
    static CACHE: RefCell<Option<backtrack::Cache>> = const { RefCell::new(None) };
    static MEMORY: RefCell<Memory> = RefCell::default();
}

/// A pattern as it was made at build time.
#[derive(Debug)]
pub struct Made {
    pub source: &'static str,
    pub needs: &'static [u16],
    /// Names of its groups; empty for those without.
    pub names: &'static [&'static str],
    /// The letters with which a match begins, if it is a program; none: at the start of the text.
    pub first: &'static [(u32, u32)],
    pub program: bool,
    /// Where its automaton and its sieve behind it stand.
    pub at: (usize, usize),
    /// The length of the automaton.
    pub automaton: usize,
}

/// A regular expression without regard to case.
#[derive(Debug)]
pub struct Pattern {
    source: Cow<'static, str>,
    needs: SetIds,
    /// What was made at build time, and its automaton with the sieve behind it.
    made: Option<(&'static Made, &'static [u8])>,
    /// The letters with which a match begins, ready to look up.
    letters: OnceLock<Box<Letters>>,
    /// Its automaton where it is no program, ready to run.
    cold: OnceLock<Option<Box<BoundedBacktracker>>>,
    /// Its faster form.
    hot: OnceLock<Option<meta::Regex>>,
    uses: AtomicU32,
    /// Pairs of letters with which no match begins, as far as tries have shown.
    failed: OnceLock<Box<[AtomicU64; PAIRS]>>,
    /// No other pattern of this process has the same.
    id: u32,
}

fn id() -> u32 {
    static LAST: AtomicU32 = AtomicU32::new(0);
    LAST.fetch_add(1, Ordering::Relaxed)
}

impl Pattern {
    pub(super) fn stored(made: &'static Made, automaton: &'static [u8]) -> Pattern {
        Pattern {
            source: made.source.into(),
            needs: made.needs.into(),
            made: Some((made, automaton)),
            letters: OnceLock::new(),
            cold: OnceLock::new(),
            hot: OnceLock::new(),
            uses: AtomicU32::new(0),
            failed: OnceLock::new(),
            id: id(),
        }
    }

    /// Compiles at once, so that every mistake is known.
    pub(super) fn compile(
        source: &str,
        mut add: impl FnMut(&Needs) -> SetIds,
    ) -> Result<Pattern, PatternError> {
        let hir = regex_syntax::ParserBuilder::new()
            .case_insensitive(true)
            .build()
            .parse(source)
            .map_err(|e| {
                let text = e.to_string();
                let last = text.lines().rev().find(|l| l.starts_with("error:"));
                let last = last.unwrap_or(&text).trim_start_matches("error: ");
                PatternError::Syntax(last.to_owned())
            })?;
        // Also an anchor or a word boundary on its own, which is found in the middle of a text.
        match hir.properties().minimum_len() {
            Some(0) => return Err(PatternError::MatchesNothing),
            Some(_) => {}
            None => return Err(PatternError::NeverMatches),
        }
        let regex = meta::Builder::new()
            .configure(meta::Config::new().nfa_size_limit(Some(LIMIT)))
            .build_from_hir(&hir)
            .map_err(|e| {
                if e.size_limit().is_some() {
                    PatternError::TooLarge
                } else {
                    PatternError::Syntax(e.to_string())
                }
            })?;
        Ok(Pattern {
            source: source.to_owned().into(),
            needs: add(&needs(&hir)),
            made: None,
            letters: OnceLock::new(),
            cold: OnceLock::from(None),
            hot: OnceLock::from(Some(regex)),
            uses: AtomicU32::new(0),
            failed: OnceLock::new(),
            id: id(),
        })
    }

    pub fn as_str(&self) -> &str {
        &self.source
    }

    pub(super) fn needs(&self) -> &[u16] {
        &self.needs
    }

    /// Whether its automaton was made at build time.
    pub fn is_prepared(&self) -> bool {
        self.made.is_some()
    }

    fn hot(&self) -> Option<&meta::Regex> {
        let make = || {
            meta::Builder::new()
                .syntax(stored::syntax())
                .build(&self.source)
                .ok()
        };
        self.hot.get_or_init(make).as_ref()
    }

    /// Searches `text` from byte `from` on; fills in where it and its groups matched. `steps` is what its program may still
    /// spend on this text, for all of its matches together.
    fn search(
        &self,
        text: &str,
        from: usize,
        slots: &mut [Option<NonMaxUsize>],
        steps: &mut usize,
    ) -> bool {
        let sieve = self
            .made
            .and_then(|(made, all)| Sieve::new(all.get(made.automaton..)?));
        let from = match sieve.map(|sieve| sieve.begin(text, from)) {
            Some(None) => return false,
            Some(Some(from)) => from,
            None => from,
        };
        if let Some((made, automaton)) = self.made
            && made.program
            && *steps > 0
        {
            let found = MEMORY.with_borrow_mut(|memory| {
                self.run(made, automaton, text, from, slots, steps, memory)
            });
            match found {
                Ok(found) => return found,
                Err(GivenUp) => {
                    *steps = 0;
                    slots.fill(None);
                }
            }
        }
        let input = Input::new(text)
            .range(from..text.len())
            .anchored(Anchored::No);
        if let Some(Some(regex)) = self.hot.get() {
            return regex.search_slots(&input, slots).is_some();
        }
        let cold = self.cold.get_or_init(|| {
            let (made, bytes) = self.made.filter(|(made, _)| !made.program)?;
            let automaton = stored::read(bytes.get(..made.automaton)?)?;
            let cold = BoundedBacktracker::new_from_nfa(automaton).ok()?;
            Some(Box::new(cold))
        });
        if let Some(cold) = cold
            && self.uses.fetch_add(1, Ordering::Relaxed) < OFTEN
            && text.len() - from < cold.max_haystack_len()
        {
            let found = CACHE.with_borrow_mut(|cache| {
                let cache = cache.get_or_insert_with(|| cold.create_cache());
                cache.reset(cold);
                cold.try_search_slots(cache, &input, slots)
            });
            if let Ok(found) = found {
                return found.is_some();
            }
        }
        self.hot()
            .is_some_and(|regex| regex.search_slots(&input, slots).is_some())
    }

    /// Runs its program wherever a match can begin.
    #[allow(clippy::too_many_arguments)]
    fn run(
        &self,
        made: &Made,
        automaton: &'static [u8],
        text: &str,
        from: usize,
        slots: &mut [Option<NonMaxUsize>],
        steps: &mut usize,
        memory: &mut Memory,
    ) -> Result<bool, GivenUp> {
        let program = Program::new(automaton);
        if made.first.is_empty() {
            return match from {
                0 => program.matches_at(text, 0, slots, memory, steps),
                _ => Ok(false),
            };
        }
        let letters = self
            .letters
            .get_or_init(|| Box::new(Letters::new(made.first)));
        for (i, c) in text[from..].char_indices() {
            let at = from + i;
            if !letters.has(c) || !program.may_begin(text, at) {
                continue;
            }
            if c.is_ascii() {
                if program.matches_at(text, at, slots, memory, steps)? {
                    return Ok(true);
                }
                continue;
            }
            // Among syllables the bytes tell little: what fails at a pair of letters always does.
            let behind = at + c.len_utf8();
            let next = text[behind..].chars().next();
            let pair = u64::from(c) << 32 | next.map_or(u64::from(u32::MAX), u64::from);
            let place = (pair.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 55) as usize % PAIRS;
            let failed = self.failed.get();
            if failed.is_some_and(|all| all[place].load(Ordering::Relaxed) == pair) {
                continue;
            }
            if program.matches_at(text, at, slots, memory, steps)? {
                return Ok(true);
            }
            if memory.reach() <= behind + next.map_or(1, char::len_utf8) {
                let make = || Box::new([const { AtomicU64::new(0) }; PAIRS]);
                self.failed.get_or_init(make)[place].store(pair, Ordering::Relaxed);
            }
        }
        Ok(false)
    }

    /// A number that no other pattern of this process has.
    pub(crate) fn id(&self) -> u32 {
        self.id
    }

    /// The numbers of the groups with this name and one of the numbers that [`stored::alternatives`] gives.
    pub(crate) fn groups(&self, name: &str) -> Vec<usize> {
        let numbered = |group: &str| {
            let rest = group.strip_prefix(name);
            rest.is_some_and(|r| !r.is_empty() && r.bytes().all(|b| b.is_ascii_digit()))
        };
        let at = |names: &mut dyn Iterator<Item = Option<&str>>| {
            names
                .enumerate()
                .filter(|(_, n)| n.is_some_and(numbered))
                .map(|(i, _)| i)
                .collect()
        };
        match self.made {
            Some((made, _)) => at(&mut made.names.iter().map(|n| Some(*n))),
            None => self.hot().map_or_else(Vec::new, |regex| {
                at(&mut regex.group_info().pattern_names(PatternID::ZERO))
            }),
        }
    }

    pub fn is_match(&self, text: &str) -> bool {
        self.search(text, 0, &mut [], &mut program::budget(text.len()))
    }

    pub fn find<'t>(&self, text: &'t str) -> Option<Match<'t>> {
        self.find_iter(text).next()
    }

    /// Successive matches that do not overlap.
    pub fn find_iter<'p, 't>(
        &'p self,
        text: &'t str,
    ) -> impl Iterator<Item = Match<'t>> + use<'p, 't> {
        let mut next = Next::new(text);
        std::iter::from_fn(move || {
            let mut found = [None; 2];
            next.of(self, text, &mut found)
        })
    }

    /// The same with groups.
    pub fn captures_iter<'p, 't>(
        &'p self,
        text: &'t str,
    ) -> impl Iterator<Item = Captures> + use<'p, 't> {
        let groups = match self.made {
            Some((made, _)) => made.names.len(),
            None => self.hot().map_or(1, |regex| regex.captures_len()),
        };
        let mut next = Next::new(text);
        let mut slots: Slots = vec![None; 2 * groups.max(1)];
        std::iter::from_fn(move || {
            slots.fill(None);
            next.of(self, text, &mut slots)?;
            Some(Captures(slots.as_slice().into()))
        })
    }
}

/// Where a search goes on.
struct Next {
    from: Option<usize>,
    /// Where the last match ended.
    last: Option<usize>,
    /// What a program may still spend.
    steps: usize,
}

impl Next {
    fn new(text: &str) -> Next {
        Next {
            from: Some(0),
            last: None,
            steps: program::budget(text.len()),
        }
    }

    fn of<'t>(
        &mut self,
        pattern: &Pattern,
        text: &'t str,
        slots: &mut [Option<NonMaxUsize>],
    ) -> Option<Match<'t>> {
        loop {
            let start = self.from?;
            if start > text.len() || !pattern.search(text, start, slots, &mut self.steps) {
                self.from = None;
                return None;
            }
            let m = whole(text, slots)?;
            self.from = Some(m.end);
            if m.is_empty() {
                let step = text[m.end..].chars().next().map_or(1, char::len_utf8);
                self.from = Some(m.end + step);
                if self.last == Some(m.end) {
                    slots.fill(None);
                    continue;
                }
            }
            self.last = Some(m.end);
            return Some(m);
        }
    }
}

fn range(slots: &[Option<NonMaxUsize>], group: usize) -> Option<Range<usize>> {
    let start = slots.get(2 * group).copied()??;
    let end = slots.get(2 * group + 1).copied()??;
    Some(start.get()..end.get())
}

fn whole<'t>(text: &'t str, slots: &[Option<NonMaxUsize>]) -> Option<Match<'t>> {
    range(slots, 0).map(|r| Match {
        text,
        start: r.start,
        end: r.end,
    })
}

/// A place where a pattern matched.
#[derive(Debug, Clone, Copy)]
pub struct Match<'t> {
    text: &'t str,
    start: usize,
    end: usize,
}

impl<'t> Match<'t> {
    pub fn start(&self) -> usize {
        self.start
    }

    pub fn end(&self) -> usize {
        self.end
    }

    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    pub fn as_str(&self) -> &'t str {
        self.text.get(self.range()).unwrap_or_default()
    }

    pub fn len(&self) -> usize {
        self.end - self.start
    }

    pub fn is_empty(&self) -> bool {
        self.start == self.end
    }
}

/// A match with its groups, without the text.
#[derive(Debug, Clone)]
pub struct Captures(Box<[Option<NonMaxUsize>]>);

impl Captures {
    /// A group by its number; 0 is the whole match. `text` is the one that was searched.
    pub fn get<'t>(&self, text: &'t str, group: usize) -> Option<Match<'t>> {
        range(&self.0, group).map(|r| Match {
            text,
            start: r.start,
            end: r.end,
        })
    }

    /// The first of these groups that matched something.
    pub fn any<'t>(&self, text: &'t str, groups: &[usize]) -> Option<Match<'t>> {
        groups.iter().find_map(|g| self.get(text, *g))
    }
}
