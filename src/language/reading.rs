//! The reading of a whole notice.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use foldhash::fast::FixedState;

use crate::notice::{Block, BlockId, BlockKind, Notice};
use crate::pattern::{Hits, Patterns, Spread};

use super::Language;
use super::clause::{self, Part};
use super::polarity::Stance;
use super::predicate::{ListFrame, Predicate, Reading as Verdict};
use super::scan::{Scanner, Token};
use super::sections::SectionId;
use super::sentence::{self, Sentence};
use super::sentence_view::{Room, View};
use super::units::{self, Unit, UnitKind};
use super::values::{Contact, CountValue, DateValue};
use super::vocabulary::{ConceptId, Kind, Role};
use super::{head_final, head_initial};

mod advised;
mod answers;
mod claims;
mod dated;
mod forms;
mod heads;
mod known;
mod labels;
mod lead_in;
mod place;
mod pronouns;
mod reader;
mod replay;
mod settle;
mod tables;

use heads::Heads;
use known::{Key, Laid, Search, laid};

pub(crate) use known::Known;

/// Where in the notice something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    Title,
    Heading,
    /// The text before the second heading.
    First,
    Body,
    Faq,
    /// A quotation of another text.
    Quotation,
    Code,
}

impl Place {
    pub fn name(self) -> &'static str {
        match self {
            Place::Title => "title",
            Place::Heading => "heading",
            Place::First => "first",
            Place::Body => "body",
            Place::Faq => "faq",
            Place::Quotation => "quotation",
            Place::Code => "code",
        }
    }

    pub const ALL: [Place; 7] = [
        Place::Title,
        Place::Heading,
        Place::First,
        Place::Body,
        Place::Faq,
        Place::Quotation,
        Place::Code,
    ];
}

/// A place in the visible text of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slice {
    pub block: BlockId,
    pub range: Range<usize>,
}

/// A concept in a clause.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    pub concept: ConceptId,
    pub range: Range<usize>,
    pub stance: Stance,
    /// It only describes a noun that is not the event: "the leaked file", "the way of the leak". Read where predicates come last.
    pub attributive: bool,
}

/// A clause of the notice.
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    pub block: BlockId,
    /// Number of the sentence in the notice.
    pub sentence: usize,
    pub range: Range<usize>,
    pub stance: Stance,
    pub place: Place,
    pub section: Option<SectionId>,
    pub mentions: Vec<Mention>,
    /// A verb of it is in the past tense.
    pub past: bool,
    /// It has no verb: a label, a heading, an entry of a list.
    pub fragment: bool,
    /// It names nobody who acts.
    pub bare: bool,
    /// Some emphasis or marker makes it a heading of what follows.
    pub opens_section: bool,
}

/// How the notice holds that an item leaked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ItemStatus {
    Leaked,
    NotLeaked,
    PossiblyLeaked,
    Mentioned,
}

impl ItemStatus {
    pub fn name(self) -> &'static str {
        match self {
            ItemStatus::Leaked => "leaked",
            ItemStatus::NotLeaked => "not-leaked",
            ItemStatus::PossiblyLeaked => "possibly-leaked",
            ItemStatus::Mentioned => "mentioned",
        }
    }
}

/// An item with what the notice says about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    pub concept: ConceptId,
    pub status: ItemStatus,
    pub at: Slice,
    pub governed_by: Option<Slice>,
    pub sentence: usize,
    /// Bytes of the block's text: the sentence.
    pub sentence_range: Range<usize>,
}

/// Advice to the reader.
#[derive(Debug, Clone, PartialEq)]
pub struct Advice {
    pub kind: usize,
    pub stance: Stance,
    pub at: Slice,
    /// The words that ask, or the heading it stands under.
    pub governed_by: Option<Slice>,
}

/// One sentence, for rules that look at wider contexts than a clause.
#[derive(Debug, Clone, PartialEq)]
pub struct SentenceInfo {
    pub block: BlockId,
    pub range: Range<usize>,
    pub clauses: Range<usize>,
    pub head_final: bool,
    /// Words, for measures of length.
    pub words: usize,
}

/// What a notice says.
#[derive(Debug, Default)]
pub struct Reading {
    pub clauses: Vec<Clause>,
    pub sentences: Vec<SentenceInfo>,
    pub items: Vec<Item>,
    /// Vague words for items, read like items.
    pub umbrellas: Vec<Item>,
    pub advice: Vec<Advice>,
    pub dates: Vec<DateValue>,
    pub counts: Vec<CountValue>,
    pub contacts: Vec<Contact>,
    /// Section of each block.
    pub sections: Vec<Option<SectionId>>,
    /// The section that each block opens as a heading or label.
    pub opened: Vec<Option<SectionId>>,
    /// The block that serves as title, if any.
    pub title: Option<BlockId>,
    /// What literals of patterns each block has.
    pub hits: Vec<Arc<Hits>>,
    /// What is kept of the text of each block.
    pub(crate) texts: Vec<Option<Rc<Known>>>,
    /// In which blocks patterns can match, when it is asked for.
    spread: OnceCell<Spread>,
    /// How the event itself is held over the whole notice.
    pub event: Option<Stance>,
}

impl Reading {
    /// With memory for so many blocks.
    fn of_blocks(blocks: usize) -> Reading {
        Reading {
            clauses: Vec::with_capacity(2 * blocks),
            sentences: Vec::with_capacity(2 * blocks),
            items: Vec::with_capacity(blocks),
            sections: Vec::with_capacity(blocks),
            opened: Vec::with_capacity(blocks),
            hits: Vec::with_capacity(blocks),
            texts: Vec::with_capacity(blocks),
            ..Reading::default()
        }
    }

    /// Whether two notices say the same in the same places, and the same patterns can match in each block.
    pub(crate) fn says_the_same(&self, other: &Reading, patterns: &Patterns) -> bool {
        let Reading {
            clauses,
            sentences,
            items,
            umbrellas,
            advice,
            dates,
            counts,
            contacts,
            sections,
            opened,
            title,
            hits,
            // Only what is noted of a text by itself.
            texts: _,
            // It comes of `hits`.
            spread: _,
            event,
        } = self;
        let same_hits =
            |(a, b): (&Arc<Hits>, &Arc<Hits>)| Arc::ptr_eq(a, b) || patterns.same_can_match(a, b);
        *clauses == other.clauses
            && *sentences == other.sentences
            && *items == other.items
            && *umbrellas == other.umbrellas
            && *advice == other.advice
            && *dates == other.dates
            && *counts == other.counts
            && *contacts == other.contacts
            && *sections == other.sections
            && *opened == other.opened
            && *title == other.title
            && *event == other.event
            && hits.len() == other.hits.len()
            && hits.iter().zip(&other.hits).all(same_hits)
    }

    /// In which blocks patterns can match.
    pub fn spread(&self) -> &Spread {
        self.spread.get_or_init(|| Spread::of(&self.hits))
    }

    /// Share of the sentences whose predicates come last.
    pub fn head_final_share(&self) -> f64 {
        let n = self.sentences.iter().filter(|s| s.head_final).count();
        n as f64 / self.sentences.len().max(1) as f64
    }
}

/// What governs a text from above.
#[derive(Debug, Clone, Default)]
struct Frame {
    section: Option<SectionId>,
    list: Option<(Stance, Slice)>,
}

/// An item whose status depends on the notice as a whole.
#[derive(Debug, Clone, Copy)]
struct Pending {
    item: usize,
    /// It is one of the vague words.
    umbrella: bool,
    verdict: Verdict,
    in_items_section: bool,
    excluded_section: bool,
    container: bool,
    member: bool,
    /// Its box is empty.
    unticked: bool,
    /// An entry of a list or table under no known heading.
    entry: bool,
}

struct Reader<'a> {
    language: &'a Language,
    notice: &'a Notice,
    out: Reading,
    /// What each block passes on to the blocks it governs.
    exported: Vec<Frame>,
    /// The last blocks with clauses, each less deep in quotations than those behind it: how deep, and whether it speaks of something
    /// earlier.
    above: Vec<(u8, bool)>,
    /// The last block so far that opened each section.
    openers: HashMap<SectionId, BlockId, FixedState>,
    pending: Vec<Pending>,
    /// Dates of a story whose event is still to be named, and the sentence of the last one.
    dated: (Vec<usize>, usize),
    /// A cell of a table says that an item leaked.
    ticked: bool,
    /// Items of the last question, waiting for its answer.
    asked: Vec<usize>,
    /// That question is about the event.
    asked_event: bool,
    /// What that question names, and the block of it.
    asked_about: (Vec<ConceptId>, BlockId),
    /// That question is about somebody else.
    asked_foreign: bool,
    items_section: Option<SectionId>,
    not_leaked_section: Option<SectionId>,
    advice_section: Option<SectionId>,
    faq_section: Option<SectionId>,
    /// Sections that name data only in passing.
    aside: Vec<SectionId>,
    /// Entries in the style of lists that name what could be done, under no heading that is known.
    terse: Vec<Advice>,
    /// Sections whose lists are no lists of items.
    other_sections: Vec<SectionId>,
    /// The headers of the tables so far.
    heads: Heads,
    /// Memory for the concepts of a clause and of the one before it.
    concepts: (Vec<ConceptId>, Vec<ConceptId>),
}

/// Reads a notice.
pub fn read(language: &Language, notice: &Notice) -> Reading {
    let id = |name: &str| language.sections.id_of(name);
    let mut reader = Reader {
        language,
        notice,
        out: Reading::of_blocks(notice.blocks.len()),
        exported: Vec::with_capacity(notice.blocks.len()),
        above: Vec::new(),
        openers: HashMap::default(),
        pending: Vec::new(),
        dated: Default::default(),
        ticked: false,
        asked: Vec::new(),
        asked_event: false,
        asked_about: (Vec::new(), 0),
        asked_foreign: false,
        terse: Vec::new(),
        heads: Heads::default(),
        concepts: Default::default(),
        items_section: id("items"),
        not_leaked_section: id("not-leaked"),
        advice_section: id("advice"),
        faq_section: id("faq"),
        aside: ["measures", "contact", "redress", "rights"]
            .into_iter()
            .filter_map(id)
            .collect(),
        other_sections: [
            "advice", "measures", "contact", "redress", "rights", "faq", "when", "how",
        ]
        .into_iter()
        .filter_map(id)
        .collect(),
    };
    reader.out.title = title(notice);
    reader.run();
    reader.settle();
    reader.terse_advice();
    reader.empty_forms();
    reader.out
}

/// The block that serves as the title: the first heading.
fn title(notice: &Notice) -> Option<BlockId> {
    notice
        .blocks
        .iter()
        .position(|b| matches!(b.kind, BlockKind::Heading(_)))
}
