//! What a text says by itself, whatever stands around it; kept for texts that come again.
//!
//! Notices of one mail merge share almost all of their text. What is kept depends on nothing but the key, so a text
//! is read the same whether it was known or not. A text is kept from its second time on, and the least recent are
//! forgotten: memory has a bound.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::hash::BuildHasher;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use foldhash::fast::FixedState;

use super::super::values::Found;
use super::super::vocabulary::Vocabulary;
use super::*;
use crate::pattern::Pattern;

/// Bytes of the texts that are kept in a thread, at most twice: what is kept takes some twenty times as much.
const KEPT: usize = 1 << 18;
/// The longest text that is kept, in bytes.
const LONGEST: usize = 4096;
/// So many of the last texts are remembered to have been there.
const SEEN: usize = 1 << 12;

/// What is known of a text.
#[derive(Debug, Default)]
pub struct Known {
    pub tokens: Vec<Token>,
    pub hits: Arc<Hits>,
    pub units: Vec<Unit>,
    pub sentences: Vec<Sentence>,
    /// Of sentences; as a statement and as a question: most are laid out as one of them, if at all. Of texts that are kept only.
    laid: Vec<[OnceCell<Rc<Laid>>; 2]>,
    about: Vec<About>,
    stands_over: OnceCell<bool>,
    /// It is kept, so that what is found out of it is worth noting.
    kept: bool,
    /// What it says where it stands.
    pub(super) said: RefCell<replay::Kept>,
    /// What patterns matched, each in a range of the text.
    matched: RefCell<Vec<(Searched, Matches)>>,
    /// Memory to be used again.
    rooms: RefCell<Vec<Room>>,
}

/// A pattern by its number, and the range of the text.
type Searched = (u32, Range<usize>);

/// Where it matched.
type Matches = Rc<[Range<usize>]>;

/// Most searches of patterns that are noted for a text.
const SEARCHES: usize = 64;

/// What is known of a sentence, as far as it was asked for.
#[derive(Debug, Default)]
struct About {
    opens: OnceCell<bool>,
    /// The section that it names as a heading.
    section: OnceCell<Option<SectionId>>,
}

/// What is known of a sentence laid out.
#[derive(Debug)]
pub(super) struct Laid {
    room: Room,
    pub parts: Vec<Part>,
    pub ranges: Vec<Range<usize>>,
    pub predicates: Vec<Predicate>,
    pub frames: Vec<ListFrame>,
    pub fragment: bool,
    /// Some of it stands in a slot that is still to be filled.
    pub slots: bool,
    /// Its clauses, as they are where nothing around them matters.
    pub clauses: OnceCell<Vec<Clause>>,
    /// Dates, numbers and contacts.
    pub found: OnceCell<Rc<Found>>,
}

impl Known {
    /// Forgets all but the memory.
    pub fn clear(&mut self) {
        self.tokens.clear();
        self.units.clear();
        self.sentences.clear();
        self.stands_over.take();
        self.matched.get_mut().clear();
        self.said.get_mut().clear();
        self.laid.clear();
        self.about.clear();
    }

    /// Takes back the memory of a sentence that was laid out, unless that is kept.
    pub(super) fn done(&self, laid: Rc<Laid>) {
        if let Ok(laid) = Rc::try_unwrap(laid) {
            self.rooms.borrow_mut().push(laid.room);
        }
    }

    /// Gives the memory that is not in use to another text.
    pub fn give_rooms(&mut self, other: &mut Known) {
        std::mem::swap(&mut self.rooms, &mut other.rooms);
    }

    /// Makes place for what is known of the sentences.
    pub fn open(&mut self) {
        self.about
            .resize_with(self.sentences.len(), Default::default);
    }

    /// Says that it will be kept.
    pub fn set_kept(&mut self) {
        self.kept = true;
        self.laid
            .resize_with(self.sentences.len(), Default::default);
    }

    pub fn is_kept(&self) -> bool {
        self.kept
    }

    /// Whether dates or numbers were found in it.
    pub fn has_values(&self) -> bool {
        let laid = self.laid.iter().flatten();
        let found = laid.filter_map(|laid| laid.get()?.found.get());
        found.into_iter().any(|found| found.is_of_values())
    }

    /// See [`labels::stands_over`].
    pub fn stands_over(&self, block: &Block) -> bool {
        let make = || labels::stands_over(block, &self.sentences);
        *self.stands_over.get_or_init(make)
    }

    /// See [`labels::opens_section`].
    pub fn opens_section(&self, block: &Block, n: usize) -> bool {
        let make = || labels::opens_section(block, &self.sentences[n], &self.sentences, n);
        *self.about[n].opens.get_or_init(make)
    }

    /// The section that sentence `n` of a text names as a heading.
    pub fn section(&self, language: &Language, text: &str, n: usize) -> Option<SectionId> {
        let make = || {
            language
                .sections
                .of_heading(&text[self.sentences[n].range.clone()])
        };
        *self.about[n].section.get_or_init(make)
    }

    /// Where a pattern matches in a range of the text.
    pub(crate) fn matches(
        &self,
        pattern: &Pattern,
        text: &str,
        range: Range<usize>,
    ) -> Rc<[Range<usize>]> {
        let searched = (pattern.id(), range);
        let known = self.matched.borrow();
        if let Some((_, found)) = known.iter().find(|(s, _)| *s == searched) {
            return Rc::clone(found);
        }
        drop(known);
        let all = pattern.find_iter(&text[searched.1.clone()]);
        let found: Rc<[Range<usize>]> = all.map(|m| m.range()).collect();
        let mut known = self.matched.borrow_mut();
        if known.len() < SEARCHES {
            known.push((searched, Rc::clone(&found)));
        }
        found
    }
}

/// What is known of a sentence. Of a text that is not kept it is made anew, and the memory is to be given back with [`Known::done`].
pub(super) fn laid(
    language: &Language,
    known: &Known,
    text: &str,
    n: usize,
    question: bool,
) -> Rc<Laid> {
    let (vocabulary, s) = (&language.vocabulary, &known.sentences[n]);
    let (tokens, units) = (&known.tokens, &known.units);
    let make = || {
        let mut room = known.rooms.borrow_mut().pop().unwrap_or_default();
        room.lay(vocabulary, text, tokens, units, s.units.clone());
        let view = seen(vocabulary, known, (text, n, question), &room);
        let (parts, ranges) = clause::parts(&view, s.head_final);
        let (predicates, frames) = if s.head_final {
            let p = head_final::predicates(&view);
            let f = head_final::frames(&view, &p);
            (p, f)
        } else {
            let p = head_initial::predicates(&view, &ranges);
            let f = head_initial::frames(&view, &p);
            (p, f)
        };
        let fragment = Reader::is_fragment(&view, s, &ranges);
        Rc::new(Laid {
            parts,
            ranges,
            predicates,
            frames,
            slots: s.units.clone().any(|i| view.in_slot(i)),
            fragment,
            clauses: OnceCell::new(),
            found: OnceCell::new(),
            room,
        })
    };
    match known.laid.get(n) {
        Some(kept) => Rc::clone(kept[usize::from(question)].get_or_init(make)),
        None => make(),
    }
}

impl Laid {
    /// The view of sentence `n` of a text, of which this is known.
    pub fn view<'v>(
        &'v self,
        language: &'v Language,
        known: &'v Known,
        text: &'v str,
        n: usize,
        question: bool,
    ) -> View<'v> {
        let vocabulary = &language.vocabulary;
        seen(vocabulary, known, (text, n, question), &self.room)
    }
}

/// The view of sentence `n` of a text, asked as a question or not, as laid out in `room`.
fn seen<'v>(
    vocabulary: &'v Vocabulary,
    known: &'v Known,
    (text, n, question): (&'v str, usize, bool),
    room: &'v Room,
) -> View<'v> {
    let range = known.sentences[n].units.clone();
    View::new(
        vocabulary,
        text,
        &known.tokens,
        &known.units,
        range,
        question,
        room,
    )
}

/// All that the reading of a text by itself depends on, besides the language.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Key<'a> {
    pub text: &'a str,
    pub strong: &'a [Range<usize>],
    pub heading: bool,
    pub unwrapped: bool,
}

/// A [`Key`] of its own, and what is known of it.
struct Entry {
    text: Box<str>,
    strong: Box<[Range<usize>]>,
    heading: bool,
    unwrapped: bool,
    known: Rc<Known>,
}

impl Entry {
    fn is_of(&self, key: Key<'_>) -> bool {
        let own = Key {
            text: &self.text,
            strong: &self.strong,
            heading: self.heading,
            unwrapped: self.unwrapped,
        };
        own == key
    }
}

/// The texts that are kept, by the hash of their keys.
#[derive(Default)]
struct Memory {
    /// The language in which they were read.
    language: u64,
    young: HashMap<u64, Entry, FixedState>,
    old: HashMap<u64, Entry, FixedState>,
    /// Bytes of the young ones.
    bytes: usize,
    /// Hashes of texts that were not kept.
    seen: Vec<u64>,
}

thread_local! {
    static MEMORY: RefCell<Memory> = RefCell::default();
}

/// What became of a search.
pub(super) enum Search {
    Found(Rc<Known>),
    /// It is to be kept under this hash.
    Keep(u64),
    New,
}

/// Looks for a text among those that are kept.
pub(super) fn search(language: u64, key: Key<'_>) -> Search {
    if key.text.len() > LONGEST {
        return Search::New;
    }
    let hash = FixedState::default().hash_one(key);
    MEMORY.with_borrow_mut(|memory| {
        if memory.language != language {
            *memory = Memory {
                language,
                seen: vec![0; SEEN],
                ..Memory::default()
            };
        }
        if let Some(entry) = memory.young.get(&hash) {
            return match entry.is_of(key) {
                true => Search::Found(Rc::clone(&entry.known)),
                false => Search::New,
            };
        }
        if let Some(entry) = memory.old.remove(&hash)
            && entry.is_of(key)
        {
            let known = Rc::clone(&entry.known);
            memory.put(hash, entry);
            return Search::Found(known);
        }
        let seen = &mut memory.seen[hash as usize % SEEN];
        match std::mem::replace(seen, hash) == hash {
            true => Search::Keep(hash),
            false => Search::New,
        }
    })
}

/// Keeps what is known of a text.
pub(super) fn keep(hash: u64, key: Key<'_>, known: &Rc<Known>) {
    let entry = Entry {
        text: key.text.into(),
        strong: key.strong.into(),
        heading: key.heading,
        unwrapped: key.unwrapped,
        known: Rc::clone(known),
    };
    MEMORY.with_borrow_mut(|memory| memory.put(hash, entry));
}

impl Memory {
    fn put(&mut self, hash: u64, entry: Entry) {
        // What has not been asked for since the last turn is forgotten.
        if self.bytes > KEPT {
            self.old = std::mem::take(&mut self.young);
            self.bytes = 0;
        }
        self.bytes += entry.text.len() + 64;
        self.young.insert(hash, entry);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_so_much_is_kept() {
        MEMORY.with_borrow_mut(|memory| *memory = Memory::default());
        let known = Rc::new(Known::default());
        let texts: Vec<String> = (0..2000).map(|n| format!("{n:>1000}")).collect();
        let key = |text| Key {
            text,
            strong: &[],
            heading: false,
            unwrapped: false,
        };
        // Once is not enough; then all are put in, and each is there directly afterwards.
        for text in &texts {
            assert!(matches!(search(7, key(text)), Search::New));
            let Search::Keep(hash) = search(7, key(text)) else {
                panic!("{text} is to be kept");
            };
            keep(hash, key(text), &known);
            assert!(matches!(search(7, key(text)), Search::Found(_)));
        }
        MEMORY.with_borrow(|memory| {
            let kept = memory.young.values().chain(memory.old.values());
            let bytes: usize = kept.map(|entry| entry.text.len()).sum();
            assert!(bytes > KEPT && bytes < 2 * KEPT + 2 * LONGEST, "{bytes}");
        });
        // The first one is forgotten; nothing of one language is found in another.
        let last = texts.last().unwrap();
        assert!(!matches!(search(7, key(&texts[0])), Search::Found(_)));
        assert!(matches!(search(7, key(last)), Search::Found(_)));
        assert!(!matches!(search(8, key(last)), Search::Found(_)));
    }
}
