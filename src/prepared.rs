//! What the build script made of `rules/`, see `build.rs`.

use crate::language::trie::Trie;
use crate::language::wording::Wordings;
use crate::pattern::index::Index;
use crate::pattern::search::Made;

/// One of the program's own words.
#[derive(Debug)]
pub(crate) struct Message {
    pub key: &'static str,
    pub ko: &'static str,
    pub en: &'static str,
    /// English for exactly one, where it differs.
    pub one: Option<&'static str>,
}

mod made {
    use super::{Made, Message};
    include!(concat!(env!("OUT_DIR"), "/prepared.rs"));
}

pub(crate) use made::{HASH, MESSAGES, SETS};

macro_rules! bytes {
    ($name:literal) => {
        include_bytes!(concat!(env!("OUT_DIR"), "/", $name)).as_slice()
    };
}

macro_rules! text {
    ($name:literal) => {
        include_str!(concat!(env!("OUT_DIR"), "/", $name))
    };
}

/// Concepts without their wordings, grammar, sections, advice and values, as JSON.
pub(crate) static LANGUAGE: &str = text!("language.json");
/// All rules by id, without their examples, as JSON.
pub(crate) static RULES: &str = text!("rules.json");
/// The examples of the rules by id, as JSON.
pub(crate) static EXAMPLES: &str = text!("examples.json");
static AUTOMATA: &[u8] = bytes!("patterns.bin");

/// Whether there is something prepared. There is not if a file under `rules/` has a mistake; then the files are read
/// as they are, which tells what is wrong with them.
pub(crate) const fn is_ready() -> bool {
    made::READY
}

pub(crate) fn wordings() -> Wordings {
    Wordings::from_parts(bytes!("words.trie"), bytes!("words.table"))
}

pub(crate) fn sections() -> Trie {
    Trie::from_bytes(bytes!("sections.trie").into())
}

pub(crate) fn literals() -> Index {
    let letters = bytes!("literals.letters");
    Index::from_parts(
        letters,
        bytes!("literals.places"),
        bytes!("literals.table"),
        SETS,
    )
}

/// What is known of a pattern, and its automaton with the sieve behind it.
pub(crate) fn pattern(source: &str) -> Option<(&'static Made, &'static [u8])> {
    let list = made::PATTERNS;
    let at = list.binary_search_by(|p| p.source.cmp(source)).ok()?;
    let made = list.get(at)?;
    Some((made, AUTOMATA.get(made.at.0..made.at.1)?))
}
