//! What was found in sentences, kept for those that come again in texts that are new as a whole: a paragraph of which one
//! number differs from notice to notice.
//!
//! What is found in a sentence depends on its own text only; the literals of the text around it save searches and
//! change nothing.

use std::cell::RefCell;
use std::hash::BuildHasher;
use std::rc::Rc;

use foldhash::fast::FixedState;

use super::{Found, Values};
use crate::pattern::Hits;

/// So many sentences are kept in a thread, each in the place that its hash gives it.
const PLACES: usize = 512;
/// The longest sentence that is kept, in bytes.
const LONGEST: usize = 512;

/// A sentence with what was found in it.
struct Entry {
    /// The language in which it was read.
    language: u64,
    text: Box<str>,
    found: Rc<Found>,
}

thread_local! {
    static KEPT: RefCell<Vec<Option<Entry>>> = const { RefCell::new(Vec::new()) };
}

impl Values {
    /// As [`Values::find`] for a sentence of a text with these literals, in the language with this number.
    pub(in crate::language) fn find_or_recall(
        &self,
        language: u64,
        text: &str,
        hits: &Hits,
    ) -> Rc<Found> {
        if text.len() > LONGEST || !self.may_find(hits) {
            return Rc::new(self.find(text, hits));
        }
        let place = FixedState::default().hash_one(text) as usize % PLACES;
        let same = |entry: &&Entry| entry.language == language && *entry.text == *text;
        let kept = KEPT.with_borrow(|kept| {
            let entry = kept.get(place).and_then(Option::as_ref).filter(same);
            entry.map(|entry| Rc::clone(&entry.found))
        });
        kept.unwrap_or_else(|| {
            let found = Rc::new(self.find(text, hits));
            let entry = Entry {
                language,
                text: text.into(),
                found: Rc::clone(&found),
            };
            KEPT.with_borrow_mut(|kept| {
                kept.resize_with(PLACES, || None);
                kept[place] = Some(entry);
            });
            found
        })
    }

    /// Whether anything can be found in a text with these literals.
    fn may_find(&self, hits: &Hits) -> bool {
        let contacts = [&self.email, &self.url, &self.phone];
        let others = [&self.period, &self.date, &self.number];
        contacts.into_iter().chain(others).any(|p| hits.may(p))
    }
}
