//! Notices of a mail merge that differ in words on which nothing depends: names of recipients, mostly.
//!
//! Two notices of the same length are alike but for letters in ordinary lines ("Dear …,"). Then Markdown reads both in the same way,
//! and a notice need not be parsed again: the words are put into the blocks of the one before. Its text is always read as any
//! other. If it says the same, clause by clause, and no rule has looked at the text of the blocks in question, rules cannot find
//! anything else, and the result is that of the notice before. In builds with debug assertions the notice is checked
//! all the same, and the results are compared.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use crate::language::Language;
use crate::language::reading::{self, Reading};
use crate::linter::Linted;
use crate::notice::{BlockKind, Notice};
use crate::report::Finding;

use super::Done;
use super::memo::{Key, Own};

/// The longest notice, in bytes, that is compared with others.
const LONGEST: usize = 1 << 16;
/// So many of the last notices are compared with a new one.
const RECENT: usize = 256;
/// Most bytes of those.
const RECENT_BYTES: usize = 1 << 20;
/// So many readings are kept, at most twice: each takes some twenty times as much memory as its text.
const KEPT: usize = 160;
/// What the notices of a pattern say can differ in so many ways, if words mean something.
const WAYS: usize = 12;
/// A pattern of which so many notices said something else each time is given up.
const TRIES: u32 = 64;
/// Most places in which notices differ.
const SLOTS: usize = 12;

/// What notices are compared with, for one thread.
#[derive(Default)]
pub(super) struct Merge {
    /// The stream whose notices these are.
    stream: u64,
    recent: Vec<Box<str>>,
    /// The place in `recent` of the next notice.
    next: usize,
    bytes: usize,
    young: Patterns,
    old: Patterns,
}

thread_local! {
    static MERGE: RefCell<Merge> = RefCell::default();
}

/// Patterns by the length of their text.
#[derive(Default)]
struct Patterns {
    by_length: HashMap<usize, Vec<Pattern>>,
    /// Readings.
    count: usize,
}

/// Notices that are alike but for words in some places.
struct Pattern {
    /// The first one.
    of: Own,
    slots: Vec<Slot>,
    /// The blocks, with the words of the last one.
    notice: Notice,
    ways: Vec<Way>,
    /// How many notices said something else, less those that did not.
    tries: u32,
}

/// What some notices of a pattern say, and the result.
struct Way {
    reading: Reading,
    done: Arc<Done>,
}

/// A place in which notices differ.
struct Slot {
    /// Bytes of the source.
    at: Range<usize>,
    block: usize,
    /// Where it begins in the text of the block.
    start: usize,
}

/// What is to be done with a notice that is checked.
pub(super) enum Search {
    Found(Arc<Done>),
    /// It follows a pattern, and says something new.
    Way,
    /// It differs from a recent one in these bytes of the source: the two make a pattern.
    Pattern(Vec<Range<usize>>),
    New,
}

/// Looks for a notice that says the same, and compares with the recent ones.
pub(super) fn find(stream: u64, key: Key<'_>, language: &Language) -> Search {
    if key.markdown.len() > LONGEST {
        return Search::New;
    }
    MERGE.with_borrow_mut(|merge| {
        if merge.stream != stream {
            *merge = Merge {
                stream,
                ..Merge::default()
            };
        }
        if let Some((length, index)) = merge.old.followed(key)
            && let Some(pattern) = merge.old.take(length, index)
        {
            merge.put(pattern);
        }
        if let Some(pattern) = merge.young.follow(key) {
            return pattern.find(key.markdown, language);
        }
        let recent = merge.recent.iter().rev();
        let found = recent
            .filter_map(|other| differences(key.markdown, other))
            .next();
        merge.note(key.markdown);
        found.map_or(Search::New, Search::Pattern)
    })
}

/// Keeps what a notice says that was checked.
pub(super) fn keep(key: Key<'_>, search: Search, linted: Linted, done: &Arc<Done>) {
    let Linted {
        outcome,
        notice,
        mut reading,
    } = linted;
    if !outcome.problems.is_empty() {
        return;
    }
    // What is noted of texts is kept elsewhere, as long as it is of use.
    reading.texts = Vec::new();
    let way = Way {
        reading,
        done: Arc::clone(done),
    };
    let plain = |slot: &Slot| slot.decides_nothing(key.markdown, &notice, &outcome.report.findings);
    match search {
        Search::Found(_) | Search::New => {}
        Search::Way => MERGE.with_borrow_mut(|merge| {
            if let Some(pattern) = merge.young.follow(key)
                && pattern.ways.len() < WAYS
                && pattern.slots.iter().all(plain)
            {
                pattern.ways.push(way);
                merge.young.count += 1;
                merge.turn();
            }
        }),
        Search::Pattern(places) => {
            let slots = places.into_iter().map(|at| Slot::of(&notice, at));
            let Some(slots) = slots.collect::<Option<Vec<Slot>>>() else {
                return;
            };
            if slots.iter().all(plain) {
                let pattern = Pattern {
                    of: key.to_own(),
                    slots,
                    notice,
                    ways: vec![way],
                    tries: 0,
                };
                MERGE.with_borrow_mut(|merge| merge.put(pattern));
            }
        }
    }
}

impl Merge {
    fn note(&mut self, text: &str) {
        if self.recent.len() < RECENT && self.bytes < RECENT_BYTES {
            self.bytes += text.len();
            self.recent.push(text.into());
            return;
        }
        self.next = (self.next + 1) % self.recent.len().max(1);
        if let Some(place) = self.recent.get_mut(self.next) {
            self.bytes = self.bytes - place.len() + text.len();
            *place = text.into();
        }
        // Longer ones in place of shorter ones.
        while self.bytes > RECENT_BYTES && self.recent.len() > 1 {
            self.bytes -= self.recent.pop().map_or(0, |text| text.len());
        }
    }

    fn put(&mut self, pattern: Pattern) {
        self.turn();
        self.young.count += pattern.ways.len();
        let same = self.young.by_length.entry(pattern.of.markdown.len());
        same.or_default().push(pattern);
    }
}

impl Merge {
    /// Forgets what has not been asked for since the last turn, if there is much.
    fn turn(&mut self) {
        if self.young.count >= KEPT {
            self.old = std::mem::take(&mut self.young);
        }
    }
}

impl Patterns {
    /// The place of the pattern that a notice follows.
    fn followed(&self, key: Key<'_>) -> Option<(usize, usize)> {
        let length = key.markdown.len();
        let mut same = self.by_length.get(&length)?.iter();
        Some((length, same.position(|pattern| pattern.fits(key))?))
    }

    fn follow(&mut self, key: Key<'_>) -> Option<&mut Pattern> {
        let (length, index) = self.followed(key)?;
        self.by_length.get_mut(&length)?.get_mut(index)
    }

    fn take(&mut self, length: usize, index: usize) -> Option<Pattern> {
        let pattern = self.by_length.get_mut(&length)?.swap_remove(index);
        self.count = self.count.saturating_sub(pattern.ways.len());
        Some(pattern)
    }
}

impl Pattern {
    /// Whether a notice is the same but for words in the places for them.
    fn fits(&self, key: Key<'_>) -> bool {
        let (own, other) = (self.of.markdown.as_bytes(), key.markdown.as_bytes());
        let mut from = 0;
        for slot in &self.slots {
            if own[from..slot.at.start] != other[from..slot.at.start] {
                return false;
            }
            from = slot.at.end;
        }
        let words = |slot: &Slot| key.markdown.get(slot.at.clone()).is_some_and(is_wording);
        own[from..] == other[from..] && self.of.is_beside(key) && self.slots.iter().all(words)
    }

    /// Reads a notice that fits.
    fn find(&mut self, text: &str, language: &Language) -> Search {
        if self.tries > TRIES {
            return Search::New;
        }
        for slot in &self.slots {
            let block = &mut self.notice.blocks[slot.block];
            block.text.put(slot.start, &text[slot.at.clone()]);
        }
        let reading = reading::read(language, &self.notice);
        let same = |way: &&Way| reading.says_the_same(&way.reading, &language.patterns);
        match self.ways.iter().find(same) {
            Some(way) => {
                self.tries = self.tries.saturating_sub(1);
                Search::Found(Arc::clone(&way.done))
            }
            None => {
                self.tries += 1;
                Search::Way
            }
        }
    }
}

impl Slot {
    /// The place of a stretch of the source in the blocks, if it stands there as ordinary text.
    fn of(notice: &Notice, at: Range<usize>) -> Option<Slot> {
        let ends =
            |f: &crate::notice::FrontMatterText| if f.closed { f.whole.end } else { usize::MAX };
        let front = notice.front.as_ref().map_or(0, ends);
        let (block, start) = place_in(notice, &at)?;
        (at.start >= front).then_some(Slot { at, block, start })
    }

    /// Whether no rule has looked at its text, and no finding stands in its lines.
    fn decides_nothing(&self, text: &str, notice: &Notice, findings: &[Finding]) -> bool {
        let lines = lines_of(text, &self.at);
        let block = &notice.blocks[self.block];
        let start = lines.start.min(block.span.start);
        let end = lines.end.max(block.span.end);
        !block.text.was_looked_at()
            && findings
                .iter()
                .all(|f| f.span.end < start || end < f.span.start)
    }
}

/// The block in whose text a stretch of the source stands as it is, and where it begins there.
fn place_in(notice: &Notice, at: &Range<usize>) -> Option<(usize, usize)> {
    let mut found = None;
    for (id, block) in notice.blocks.iter().enumerate() {
        if let Some(start) = block.text.place_of(at) {
            let text = start..start + at.len();
            let plain = matches!(
                block.kind,
                BlockKind::Heading(_) | BlockKind::Paragraph | BlockKind::ListItem
            );
            let apart = |r: &Range<usize>| r.end <= text.start || text.end <= r.start;
            let links = block.links.iter().map(|link| &link.text);
            if found.is_some()
                || !plain
                || block.cell.is_some()
                || !block.code.iter().chain(links).all(apart)
            {
                return None;
            }
            found = Some((id, start));
        }
    }
    found
}

/// Where two texts of the same length differ, if all of that is words in ordinary lines.
fn differences(text: &str, other: &str) -> Option<Vec<Range<usize>>> {
    if text.len() != other.len() || text == other || text.contains("]:") {
        return None;
    }
    let (bytes, others) = (text.as_bytes(), other.as_bytes());
    let mut places: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    while let Some(n) = first_difference(&bytes[from..], &others[from..]) {
        if places.len() == SLOTS {
            return None;
        }
        let start = from + n;
        // All up to the end of the words.
        let (words, theirs) = (words_from(bytes, start), words_from(others, start));
        let end = (start..words.min(theirs))
            .rev()
            .find(|&i| bytes[i] != others[i])?
            + 1;
        let at = whole_words(text, start, end);
        let line = text.get(lines_of(text, &at))?;
        if !line.chars().all(is_ordinary)
            || !text.get(at.clone()).is_some_and(is_wording)
            || !other.get(at.clone()).is_some_and(is_wording)
        {
            return None;
        }
        from = at.end;
        places.push(at);
    }
    Some(places)
}

fn first_difference(a: &[u8], b: &[u8]) -> Option<usize> {
    const STEP: usize = 32;
    let steps = a.chunks(STEP).zip(b.chunks(STEP));
    let (n, (a, b)) = steps.enumerate().find(|(_, (a, b))| a != b)?;
    Some(n * STEP + a.iter().zip(b).position(|(a, b)| a != b)?)
}

/// Whether a byte is one of a letter, or a space between words.
fn is_of_words(byte: u8) -> bool {
    byte == b' ' || byte.is_ascii_alphabetic() || !byte.is_ascii()
}

/// Where the words that begin before `at` end.
fn words_from(bytes: &[u8], at: usize) -> usize {
    let rest = bytes[at..].iter();
    let length = rest.take_while(|b| is_of_words(**b)).count();
    at + length
}

/// The range, widened to whole words.
fn whole_words(text: &str, start: usize, end: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    let part = |b: &u8| is_of_words(*b) && *b != b' ';
    let before = bytes[..start].iter().rev().take_while(|b| part(b)).count();
    let behind = bytes[end..].iter().take_while(|b| part(b)).count();
    start - before..end + behind
}

/// The lines in which a range stands.
fn lines_of(text: &str, at: &Range<usize>) -> Range<usize> {
    let bytes = text.as_bytes();
    let start = memchr::memrchr(b'\n', &bytes[..at.start]).map_or(0, |n| n + 1);
    let end = memchr::memchr(b'\n', &bytes[at.end..]).map_or(bytes.len(), |n| at.end + n);
    start..end
}

/// A letter that means nothing to Markdown, and that nothing joins or folds.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '\u{ac00}'..='\u{d7a3}')
}

/// Words with one space between them.
fn is_wording(text: &str) -> bool {
    let mut spaced = true;
    for c in text.chars() {
        match c {
            ' ' if spaced => return false,
            ' ' => spaced = true,
            c if is_letter(c) => spaced = false,
            _ => return false,
        }
    }
    !spaced
}

/// A character of a line that is text and nothing else: no emphasis, link, code, entity, escape, tag or cell.
fn is_ordinary(c: char) -> bool {
    let signs = [
        ' ', '.', ',', '!', '?', ':', ';', '(', ')', '\'', '"', '/', '%', '#', '-', '“', '”', '‘',
        '’', '·', '…', '\r',
    ];
    is_letter(c) || c.is_ascii_digit() || signs.contains(&c)
}
