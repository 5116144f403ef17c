//! What a sentence predicates, and of which mention.

use super::polarity::Stance;
use super::vocabulary::Role;

/// A predicate that decides whether data leaked.
#[derive(Debug, Clone, Copy)]
pub struct Predicate {
    pub token: usize,
    pub unit: usize,
    pub role: Role,
    pub stance: Stance,
    /// A noun ("leak") rather than a verb ("was leaked").
    pub nominal: bool,
    /// An operator or a membership makes it decide about its arguments even as a noun.
    pub decisive: bool,
    /// It is put before a noun as its attribute; this is the noun's unit.
    pub head: Option<usize>,
    /// Last unit that was read for it.
    pub end: usize,
    /// Predicates of this kind take their arguments from the right (active transitive in a head-initial language).
    pub active: bool,
    /// It is made a noun that the clause is about ("what leaked is …"): that noun's unit, and the stance up to it.
    pub topic: Option<(usize, Stance)>,
    /// The stance of the event itself; a negation of one argument counts here, and not in `stance`.
    pub event: Stance,
}

/// What a sentence says about a mention of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    Leaked,
    NotLeaked,
    Possible,
    Mentioned,
    /// The sentence has no word on it: what governs the sentence decides.
    Inherit,
    /// The same as of the item before.
    Same,
    /// The opposite of what was said of the item before.
    Opposite,
    /// The verb is left out: it is that of the sentence before ("Passwords were not.", "so were your addresses").
    LeftOut {
        /// Whether it says no; nothing where it says the same as before.
        denied: Option<bool>,
    },
    /// The sentence only says that it belongs to what is being listed.
    InheritMember {
        denied: bool,
    },
}

impl Reading {
    pub fn of(stance: Stance) -> Reading {
        match stance {
            Stance::Asserted => Reading::Leaked,
            Stance::Denied => Reading::NotLeaked,
            Stance::Possible => Reading::Possible,
            _ => Reading::Mentioned,
        }
    }
}

/// A noun phrase that introduces a list: "leaked items", "information not affected".
#[derive(Debug, Clone, Copy)]
pub struct ListFrame {
    pub unit: usize,
    pub stance: Stance,
    /// Token that gave the stance.
    pub token: usize,
    /// The last unit that it governs.
    pub until: usize,
}
