//! Searching with one pattern.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use regex_automata::meta;
use regex_automata::nfa::thompson::backtrack::{self, BoundedBacktracker};
use regex_automata::util::captures::GroupInfo;
use regex_automata::util::primitives::{NonMaxUsize, PatternID};
use regex_automata::{Anchored, Input};
use thiserror::Error;

use super::index::SetIds;
use super::needs::{Needs, needs};
use super::stored;

/// Largest compiled size of a pattern, in bytes.
const LIMIT: usize = 1 << 22;
/// After so many searches a pattern is worth compiling into a faster form.
const OFTEN: u32 = 400;

/// Why a pattern cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PatternError {
    #[error("this pattern is too large when compiled")]
    TooLarge,
    #[error("this pattern matches the empty text, so it would match everywhere")]
    MatchesNothing,
    /// The parser's own words.
    #[error("bad pattern: {0}")]
    Syntax(String),
}

type Slots = Vec<Option<NonMaxUsize>>;

thread_local! {
    static CACHE: RefCell<Option<backtrack::Cache>> = const { RefCell::new(None) };
}

/// A regular expression without regard to case.
#[derive(Debug)]
pub struct Pattern {
    source: Box<str>,
    needs: SetIds,
    /// Its automaton as it was made at build time.
    bytes: Option<&'static [u8]>,
    /// That automaton, ready to run.
    cold: OnceLock<Option<BoundedBacktracker>>,
    /// Its faster form.
    hot: OnceLock<Option<meta::Regex>>,
    uses: AtomicU32,
}

impl Pattern {
    pub(super) fn stored(source: &str, needs: SetIds, bytes: &'static [u8]) -> Pattern {
        Pattern {
            source: source.into(),
            needs,
            bytes: Some(bytes),
            cold: OnceLock::new(),
            hot: OnceLock::new(),
            uses: AtomicU32::new(0),
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
        if regex.is_match("") {
            return Err(PatternError::MatchesNothing);
        }
        Ok(Pattern {
            source: source.into(),
            needs: add(&needs(&hir)),
            bytes: None,
            cold: OnceLock::from(None),
            hot: OnceLock::from(Some(regex)),
            uses: AtomicU32::new(0),
        })
    }

    pub fn as_str(&self) -> &str {
        &self.source
    }

    pub(super) fn needs(&self) -> &SetIds {
        &self.needs
    }

    /// Whether its automaton was made at build time.
    pub fn is_prepared(&self) -> bool {
        self.bytes.is_some()
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

    /// Searches `text` from byte `from` on; fills in where it and its groups matched.
    fn search(&self, text: &str, from: usize, slots: &mut [Option<NonMaxUsize>]) -> bool {
        let input = Input::new(text)
            .range(from..text.len())
            .anchored(Anchored::No);
        if let Some(Some(regex)) = self.hot.get() {
            return regex.search_slots(&input, slots).is_some();
        }
        let cold = self.cold.get_or_init(|| {
            let nfa = stored::read(self.bytes?)?;
            BoundedBacktracker::new_from_nfa(nfa).ok()
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

    fn group_info(&self) -> Option<GroupInfo> {
        if let Some(Some(regex)) = self.hot.get() {
            return Some(regex.group_info().clone());
        }
        if let Some(Some(cold)) = self.cold.get() {
            return Some(cold.get_nfa().group_info().clone());
        }
        self.hot().map(|r| r.group_info().clone())
    }

    pub fn is_match(&self, text: &str) -> bool {
        self.search(text, 0, &mut [])
    }

    pub fn find<'t>(&self, text: &'t str) -> Option<Match<'t>> {
        self.find_iter(text).next()
    }

    /// Successive matches that do not overlap.
    pub fn find_iter<'p, 't>(
        &'p self,
        text: &'t str,
    ) -> impl Iterator<Item = Match<'t>> + use<'p, 't> {
        self.each(text, 2)
            .filter_map(move |slots| whole(text, &slots))
    }

    /// The same with groups.
    pub fn captures_iter<'p, 't>(
        &'p self,
        text: &'t str,
    ) -> impl Iterator<Item = Captures<'t>> + use<'p, 't> {
        let mut info = None;
        let n = if self.hot.get().is_some() || self.cold.get().is_some() {
            self.group_info().map_or(2, |i| i.slot_len())
        } else {
            // Known once it has been searched with.
            self.search("", 0, &mut []);
            self.group_info().map_or(2, |i| i.slot_len())
        };
        self.each(text, n).filter_map(move |slots| {
            if info.is_none() {
                info = self.group_info();
            }
            Some(Captures {
                text,
                slots,
                info: info.clone()?,
            })
        })
    }

    fn each<'p, 't>(
        &'p self,
        text: &'t str,
        slots: usize,
    ) -> impl Iterator<Item = Slots> + use<'p, 't> {
        let mut from = Some(0);
        let mut last = None;
        std::iter::from_fn(move || {
            loop {
                let mut found: Slots = vec![None; slots];
                let start = from?;
                if start > text.len() || !self.search(text, start, &mut found) {
                    from = None;
                    return None;
                }
                let m = whole(text, &found)?;
                from = Some(m.end);
                if m.is_empty() {
                    let step = text[m.end..].chars().next().map_or(1, char::len_utf8);
                    from = Some(m.end + step);
                    if last == Some(m.end) {
                        continue;
                    }
                }
                last = Some(m.end);
                return Some(found);
            }
        })
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

/// A match with its groups.
#[derive(Debug, Clone)]
pub struct Captures<'t> {
    text: &'t str,
    slots: Slots,
    info: GroupInfo,
}

impl<'t> Captures<'t> {
    /// A group by its number; 0 is the whole match.
    pub fn get(&self, group: usize) -> Option<Match<'t>> {
        range(&self.slots, group).map(|r| Match {
            text: self.text,
            start: r.start,
            end: r.end,
        })
    }

    /// A group by its name.
    pub fn name(&self, name: &str) -> Option<Match<'t>> {
        self.get(self.info.to_index(PatternID::ZERO, name)?)
    }
}
