//! Results of notices that come again: in a merge without names, or with few kinds of recipients, most are the same.
//!
//! A result is kept from the second time on that its notice is seen, and the least recent ones are forgotten, so that memory has a
//! bound. What is kept depends on all that a result depends on: the text, the cohort, the facts.

use std::collections::HashMap;
use std::hash::BuildHasher;
use std::sync::{Arc, Mutex, PoisonError};

use foldhash::fast::FixedState;

use crate::facts::Facts;

use super::Done;

/// Bytes of the results that are kept before they are turned over: at most twice so many, and the last notice of each turn.
const KEPT: usize = 4 << 20;
/// So many of the last notices are remembered to have been there.
const SEEN: usize = 1 << 14;

/// All that a result depends on, besides what is the same for all lines.
#[derive(Clone, Copy)]
pub(super) struct Key<'a> {
    pub markdown: &'a str,
    pub cohort: Option<&'a str>,
    /// Those that the line brings.
    pub facts: Option<&'a Arc<Facts>>,
}

impl Key<'_> {
    pub fn to_own(self) -> Own {
        Own {
            markdown: self.markdown.into(),
            cohort: self.cohort.map(Into::into),
            facts: self.facts.map(Arc::clone),
        }
    }
}

/// A [`Key`] of its own.
#[derive(Debug)]
pub(super) struct Own {
    pub markdown: Box<str>,
    cohort: Option<Box<str>>,
    facts: Option<Arc<Facts>>,
}

impl Own {
    /// Whether all but the text is the same.
    pub fn is_beside(&self, key: Key<'_>) -> bool {
        let same_facts = match (&self.facts, key.facts) {
            (Some(own), Some(facts)) => Arc::ptr_eq(own, facts),
            (None, None) => true,
            _ => false,
        };
        same_facts && self.cohort.as_deref() == key.cohort
    }

    fn is_of(&self, key: Key<'_>) -> bool {
        self.is_beside(key) && *self.markdown == *key.markdown
    }
}

/// A result that is kept.
#[derive(Debug)]
struct Entry {
    of: Own,
    done: Arc<Done>,
}

/// What became of a search.
pub(super) enum Search {
    Found(Arc<Done>),
    /// It is to be kept under this hash.
    Keep(u64),
    New,
}

#[derive(Debug, Default)]
pub(super) struct Memo(Mutex<Memory>);

/// The results by the hash of their keys.
#[derive(Debug, Default)]
struct Memory {
    young: HashMap<u64, Arc<Entry>, FixedState>,
    old: HashMap<u64, Arc<Entry>, FixedState>,
    /// Bytes of the young ones.
    bytes: usize,
    /// Hashes of notices that were not kept.
    seen: Vec<u64>,
}

impl Memo {
    pub fn search(&self, key: Key<'_>) -> Search {
        let hash = FixedState::default().hash_one((key.markdown, key.cohort));
        match self.with(|memory| memory.search(hash)) {
            Ok(entry) if entry.of.is_of(key) => Search::Found(Arc::clone(&entry.done)),
            Ok(_) | Err(false) => Search::New,
            Err(true) => Search::Keep(hash),
        }
    }

    pub fn keep(&self, hash: u64, key: Key<'_>, done: &Arc<Done>) {
        let entry = Arc::new(Entry {
            of: key.to_own(),
            done: Arc::clone(done),
        });
        self.with(|memory| memory.put(hash, entry));
    }

    fn with<T>(&self, f: impl FnOnce(&mut Memory) -> T) -> T {
        f(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Memory {
    /// What is kept under a hash, or whether a notice with it was seen.
    fn search(&mut self, hash: u64) -> Result<Arc<Entry>, bool> {
        if let Some(entry) = self.young.get(&hash) {
            return Ok(Arc::clone(entry));
        }
        if let Some(entry) = self.old.remove(&hash) {
            self.put(hash, Arc::clone(&entry));
            return Ok(entry);
        }
        self.seen.resize(SEEN, 0);
        let seen = &mut self.seen[hash as usize % SEEN];
        Err(std::mem::replace(seen, hash) == hash)
    }

    fn put(&mut self, hash: u64, entry: Arc<Entry>) {
        // What has not been asked for since the last turn is forgotten.
        if self.bytes > KEPT {
            self.old = std::mem::take(&mut self.young);
            self.bytes = 0;
        }
        self.bytes += entry.of.markdown.len() + entry.done.text.len();
        self.young.insert(hash, entry);
    }
}
