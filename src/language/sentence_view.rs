//! A sentence laid out for reading: its units with their tokens, roles, brackets and cases.

use crate::work;

use super::scan::Token;
use super::units::{Unit, UnitKind};
use super::vocabulary::{Concept, Ending, Kind, Role, Vocabulary, begins_with};

/// Syllable blocks are ordered by their final consonant, of which there are 28 with none (Unicode, section 3.12).
const SYLLABLES_PER_FINAL: u32 = 28;

/// The most words of a wording that are looked at from its first one.
const WORDING: usize = 5;

/// A sentence's units with lookups. Indexes of units are those of the block.
pub struct View<'a> {
    pub vocabulary: &'a Vocabulary,
    pub text: &'a str,
    pub tokens: &'a [Token],
    pub units: &'a [Unit],
    pub from: usize,
    pub to: usize,
    pub question: bool,
    layout: &'a [Layout],
    last_word: Option<usize>,
    /// Whether a word of the sentence has an ending.
    pub inflected: bool,
    pub marks: &'a Marks,
}

/// How a unit stands among the others.
#[derive(Debug, Clone, Copy, Default)]
struct Layout {
    /// The opening bracket it stands in.
    bracket: Option<u32>,
    /// The unit that closes the bracket that it opens.
    closing: Option<u32>,
    /// The next word on its level of brackets.
    next: Option<u32>,
    /// The particle that the list it is part of ends in.
    case: Option<Ending>,
    /// It stands in a slot.
    slot: bool,
}

/// What a [`View`] looks up. Its memory can be used again.
#[derive(Debug, Default)]
pub struct Room {
    layout: Vec<Layout>,
    stack: Vec<(u32, bool)>,
    last_word: Option<usize>,
    inflected: bool,
    marks: Marks,
}

/// Units of a sentence by what they hold, in order: what is asked of every mention or predicate over long stretches.
#[derive(Debug, Default)]
pub struct Marks {
    pub foreign: Vec<u32>,
    pub same: Vec<u32>,
    pub unaffected: Vec<u32>,
    pub neg: Vec<u32>,
    pub passive: Vec<u32>,
    /// Passives outside of brackets.
    pub passive_outside: Vec<u32>,
    /// Subjects and quotations.
    pub subject: Vec<u32>,
    /// Colons outside of brackets.
    pub colon: Vec<u32>,
    /// Data and containers.
    pub object: Vec<u32>,
    /// Items and umbrella words.
    pub named: Vec<u32>,
    /// Words outside of brackets that are not data.
    pub other_word: Vec<u32>,
    /// Words that close a clause.
    pub clause_end: Vec<u32>,
    /// Words that end a noun phrase with its list.
    pub phrase_end: Vec<u32>,
    /// What makes a clause one with a verb, outside of brackets.
    pub verb: Vec<u32>,
    pub hold: Vec<u32>,
    /// Predicates other than `hold` and nouns.
    pub predicate: Vec<u32>,
    /// Words that make an exception of what stands before them, or add to it.
    pub apart: Vec<u32>,
}

impl Marks {
    fn clear(&mut self) {
        let Marks {
            foreign,
            same,
            unaffected,
            neg,
            passive,
            passive_outside,
            subject,
            colon,
            object,
            named,
            other_word,
            clause_end,
            phrase_end,
            verb,
            hold,
            predicate,
            apart,
        } = self;
        for list in [
            foreign,
            same,
            unaffected,
            neg,
            passive,
            passive_outside,
            subject,
            colon,
            object,
            named,
            other_word,
            clause_end,
            phrase_end,
            verb,
            hold,
            predicate,
            apart,
        ] {
            list.clear();
        }
    }
}

/// The marks within a range.
pub fn within(marks: &[u32], range: std::ops::Range<usize>) -> &[u32] {
    let low = marks.partition_point(|&m| (m as usize) < range.start);
    let high = marks.partition_point(|&m| (m as usize) < range.end);
    &marks[low..high.max(low)]
}

/// Whether there is a mark within a range.
pub fn any_within(marks: &[u32], range: std::ops::Range<usize>) -> bool {
    !within(marks, range).is_empty()
}

/// The first mark at `from` or behind it.
pub fn first_from(marks: &[u32], from: usize) -> Option<usize> {
    let at = marks.partition_point(|&m| (m as usize) < from);
    marks.get(at).map(|&m| m as usize)
}

impl Room {
    /// Lays out the units `range` of a block.
    pub fn lay(
        &mut self,
        vocabulary: &Vocabulary,
        text: &str,
        tokens: &[Token],
        units: &[Unit],
        range: std::ops::Range<usize>,
    ) {
        let nothing = Room::default();
        let bare = View::new(
            vocabulary,
            text,
            tokens,
            units,
            range.clone(),
            false,
            &nothing,
        );
        self.layout.clear();
        self.layout.resize(range.len(), Layout::default());
        self.last_word = None;
        self.inflected = units[range].iter().any(|u| u.ending.is_some());
        self.find_brackets(&bare);
        self.find_cases(&bare);
        self.find_words(&bare);
        self.find_marks(&bare);
    }

    fn find_brackets(&mut self, view: &View<'_>) {
        let stack = &mut self.stack;
        stack.clear();
        for i in view.from..view.to {
            let kind = view.units[i].kind;
            if kind == UnitKind::Close
                && let Some((open, _)) = stack.pop()
            {
                self.layout[open as usize - view.from].closing = Some(i as u32);
            }
            let (around, slot) = stack
                .last()
                .map_or((None, false), |&(open, slot)| (Some(open), slot));
            let here = &mut self.layout[i - view.from];
            here.bracket = around;
            here.slot = slot;
            if kind == UnitKind::Open {
                stack.push((i as u32, slot || matches!(view.text_of(i), "[" | "{")));
            }
        }
    }

    fn find_words(&mut self, view: &View<'_>) {
        let mut outside: Option<u32> = None;
        for i in (view.from..view.to).rev() {
            // By the bracket around it: the last word seen, from the end. An opening bracket keeps it in its own place
            // until it is reached itself.
            let around = self.layout[i - view.from].bracket.map(|b| b as usize);
            let seen = match around {
                Some(open) => self.layout[open - view.from].next,
                None => outside,
            };
            let word = view.units[i].is_word();
            self.layout[i - view.from].next = seen;
            if word {
                match around {
                    Some(open) => self.layout[open - view.from].next = Some(i as u32),
                    None => outside = Some(i as u32),
                }
                if self.last_word.is_none() && around.is_none() {
                    self.last_word = Some(i);
                }
            }
        }
    }

    fn find_marks(&mut self, view: &View<'_>) {
        let marks = &mut self.marks;
        marks.clear();
        for i in view.from..view.to {
            let at = i as u32;
            let u = view.units[i];
            let outside = self.layout[i - view.from].bracket.is_none();
            let once = |list: &mut Vec<u32>| {
                if list.last() != Some(&at) {
                    list.push(at);
                }
            };
            let mut data = false;
            for t in view.tokens_of(i) {
                let concept = view.concept(t);
                if matches!(concept.kind, Kind::Item | Kind::Umbrella) {
                    data = true;
                    once(&mut marks.named);
                }
                let Some(role) = concept.role else { continue };
                match role {
                    Role::DataHead => data = true,
                    Role::Container => once(&mut marks.object),
                    Role::Foreign => once(&mut marks.foreign),
                    Role::Same | Role::Opposite => once(&mut marks.same),
                    Role::Neg => once(&mut marks.neg),
                    Role::Subject | Role::Quote => once(&mut marks.subject),
                    Role::Hold => once(&mut marks.hold),
                    Role::Unreached => once(&mut marks.predicate),
                    Role::Except | Role::Besides => once(&mut marks.apart),
                    Role::Unaffected => {
                        once(&mut marks.unaffected);
                        once(&mut marks.predicate);
                    }
                    Role::Leak | Role::SoftLeak | Role::Member | Role::Affect | Role::Act => {
                        once(&mut marks.predicate);
                    }
                    Role::Passive => {
                        once(&mut marks.passive);
                        if outside {
                            once(&mut marks.passive_outside);
                        }
                    }
                    _ => {}
                }
                let verb = matches!(
                    role,
                    Role::Passive
                        | Role::Subject
                        | Role::Advise
                        | Role::Promise
                        | Role::Act
                        | Role::Ongoing
                );
                if verb && outside {
                    once(&mut marks.verb);
                }
            }
            if data {
                once(&mut marks.object);
            }
            if u.is_word() {
                if outside && !data {
                    marks.other_word.push(at);
                }
                if u.ending.is_some_and(|e| e.closes_clause()) {
                    marks.clause_end.push(at);
                }
                if u.ending
                    .is_some_and(|e| !matches!(e, Ending::And | Ending::Genitive))
                {
                    marks.phrase_end.push(at);
                }
            } else if u.kind == UnitKind::Colon && outside {
                marks.colon.push(at);
            }
        }
    }

    fn find_cases(&mut self, view: &View<'_>) {
        let mut next: Option<Ending> = None;
        // The case of the data named next: members of one list share it, whatever the words say that describe them.
        let mut listed: Option<Option<Ending>> = None;
        let mut depth: Vec<(Option<Ending>, Option<Option<Ending>>)> = Vec::new();
        for i in (view.from..view.to).rev() {
            let u = view.units[i];
            match u.kind {
                UnitKind::Close => {
                    depth.push((next, listed));
                    listed = None;
                }
                UnitKind::Open => (next, listed) = depth.pop().unwrap_or((next, None)),
                UnitKind::Word => {
                    let data = view.has_data(i);
                    let before_comma = || {
                        let behind = view.units.get(i + 1).filter(|_| i + 1 < view.to);
                        behind.is_some_and(|n| n.kind == UnitKind::Comma)
                    };
                    next = match u.ending {
                        Some(Ending::And) if data => listed.unwrap_or(next),
                        Some(Ending::And) => next,
                        Some(e) => Some(e),
                        None if data && before_comma() => listed.unwrap_or(next),
                        None => next,
                    };
                    // A noun with "in" or "to" belongs to what describes the list's next member.
                    if data
                        && !view.attributive(i)
                        && (listed.is_none() || u.ending != Some(Ending::Oblique))
                    {
                        listed = Some(next);
                    }
                }
                UnitKind::Colon | UnitKind::Semicolon | UnitKind::Stop => {
                    next = None;
                    listed = None;
                }
                _ => {}
            }
            self.layout[i - view.from].case = next;
        }
    }
}

impl<'a> View<'a> {
    /// The view of the units `range`, which were laid out in `room`.
    pub fn new(
        vocabulary: &'a Vocabulary,
        text: &'a str,
        tokens: &'a [Token],
        units: &'a [Unit],
        range: std::ops::Range<usize>,
        question: bool,
        room: &'a Room,
    ) -> Self {
        View {
            vocabulary,
            text,
            tokens,
            units,
            from: range.start,
            to: range.end,
            question,
            layout: &room.layout,
            last_word: room.last_word,
            inflected: room.inflected,
            marks: &room.marks,
        }
    }

    fn layout(&self, i: usize) -> Layout {
        work::step();
        let here = self.layout.get(i.wrapping_sub(self.from));
        here.copied().unwrap_or_default()
    }

    /// The particle (or ending) that closes the noun phrase or list that unit `i` stands in.
    pub fn case(&self, i: usize) -> Option<Ending> {
        self.layout(i).case
    }

    /// The opening bracket around unit `i`.
    pub fn bracket(&self, i: usize) -> Option<usize> {
        self.layout(i).bracket.map(|b| b as usize)
    }

    /// Whether unit `i` stands in a slot that is still to be filled: square or curly brackets.
    pub fn in_slot(&self, i: usize) -> bool {
        self.layout(i).slot
    }

    /// The unit behind the bracket that opens at `open`.
    pub fn behind_bracket(&self, open: usize) -> usize {
        let closing = self.layout(open).closing;
        closing.map_or(self.to, |close| close as usize + 1)
    }

    /// Indexes of the tokens that end in unit `i`.
    pub fn tokens_of(&self, i: usize) -> std::ops::Range<usize> {
        work::step();
        let (a, b) = self.units[i].tokens;
        a as usize..b as usize
    }

    pub fn concept(&self, token: usize) -> &'a Concept {
        self.vocabulary.concept(self.tokens[token].concept)
    }

    pub fn role(&self, token: usize) -> Option<Role> {
        self.concept(token).role
    }

    /// Whether a token of unit `i` has this role.
    pub fn has_role(&self, i: usize, role: Role) -> bool {
        self.tokens_of(i).any(|t| self.role(t) == Some(role))
    }

    /// Whether a token with this role begins with unit `i`; it may end in a later one.
    pub fn opens(&self, i: usize, role: Role) -> bool {
        let start = self.units[i].start;
        (i..self.to.min(i + WORDING)).any(|j| {
            self.tokens_of(j)
                .any(|t| self.tokens[t].start == start && self.role(t) == Some(role))
        })
    }

    /// Whether unit `i` names a kind of personal data.
    pub fn has_item(&self, i: usize) -> bool {
        self.tokens_of(i)
            .any(|t| self.concept(t).kind == Kind::Item)
    }

    /// Whether a token of unit `i` stands for a kind of data.
    pub fn has_data(&self, i: usize) -> bool {
        self.tokens_of(i).any(|t| {
            let c = self.concept(t);
            matches!(c.kind, Kind::Item | Kind::Umbrella) || c.role == Some(Role::DataHead)
        })
    }

    /// The word after unit `i`, on the same level of brackets or deeper.
    pub fn next_word(&self, i: usize) -> Option<usize> {
        self.layout(i).next.map(|n| n as usize)
    }

    /// The unit after `i` that is not inside a bracket that opens in between.
    pub fn step(&self, i: usize) -> usize {
        let n = i + 1;
        if n < self.to && self.units[n].kind == UnitKind::Open {
            self.behind_bracket(n)
        } else {
            n
        }
    }

    /// Whether unit `i` is a verb in the past tense: one of its syllables ends in the sign of the past.
    pub fn is_past(&self, i: usize) -> bool {
        let last = self.vocabulary.past_final;
        last > 0
            && self.units[i].is_word()
            && self.text_of(i).chars().any(|c| {
                super::scan::is_syllabic(c)
                    && (c as u32 - 0xac00) % SYLLABLES_PER_FINAL == last
                    && !self.vocabulary.not_past.contains(&c)
            })
    }

    /// Whether the noun in unit `i` only describes the one directly behind it: "the payment service", "the review plug-in".
    pub fn attributive(&self, i: usize) -> bool {
        let heads = &self.vocabulary.compound_heads;
        if heads.is_empty()
            || self.units[i].ending.is_some()
            || self.units[i].continued
            || i + 1 >= self.to
        {
            return false;
        }
        let next = self.units[i + 1];
        if !next.is_word() || next.joined || self.has_data(i + 1) {
            return false;
        }
        let word = self.text_of(i + 1);
        let begins = |list: &[String]| begins_with(list, word);
        // A noun that nothing is known of, with a particle of its own.
        let unknown = self.tokens_of(i + 1).next().is_none()
            && !next.continued
            && word.starts_with(super::scan::is_syllabic)
            && (matches!(
                next.ending,
                Some(
                    Ending::Object
                        | Ending::Subject
                        | Ending::Topic
                        | Ending::Genitive
                        | Ending::Oblique
                )
            ) || self.object_or_verb(word, next.ending))
            && !begins(&self.vocabulary.quantity_words);
        begins(heads) || unknown
    }

    /// Whether an unknown word that looks like a verb before a noun ends in the particle of an object as well.
    fn object_or_verb(&self, word: &str, ending: Option<Ending>) -> bool {
        let last = word.char_indices().next_back().map_or(0, |(at, _)| at);
        ending == Some(Ending::Adnominal)
            && self.vocabulary.particles.get(&word[last..]) == Some(&Ending::Object)
    }

    pub fn text_of(&self, i: usize) -> &'a str {
        work::step();
        &self.text[self.units[i].start..self.units[i].end]
    }

    /// The last word of the sentence outside of brackets.
    pub fn last_word(&self) -> Option<usize> {
        self.last_word
    }
}
