//! What the reader is told to do, clause by clause.

use std::cell::{LazyCell, OnceCell};
use std::collections::HashSet;

use memchr::memchr;

use super::*;
use crate::work;

/// How many blocks away an entry of the same list may stand.
const NEAR: usize = 12;
/// How many characters may stand between what can be done and that it is left to the reader.
const WISH: usize = 10;
/// How many clauses of the sentence before are looked at for what is asked about.
const BEFORE: usize = 8;
/// How many between a verb and the word that makes it a request.
const REQUEST: usize = 4;

impl Reader<'_> {
    pub(super) fn advice(&mut self, id: BlockId, first_clause: usize, local: &Frame) {
        let in_advice = local.section.is_some() && local.section == self.advice_section;
        let clauses = &self.out.clauses[first_clause..];
        let kinds = &self.language.advice;
        let named = clauses.iter().flat_map(|k| &k.mentions).map(|m| m.concept);
        let asked: &[ConceptId] = match self.answers(id) {
            true => &self.asked_about.0,
            false => &[],
        };
        let section_name = local.section.map(|s| self.language.sections.name(s));
        let asked_here: Vec<usize> = kinds.asked_in(section_name).collect();
        if asked_here.is_empty()
            && !named
                .chain(asked.iter().copied())
                .any(|c| kinds.concerns(c))
        {
            return;
        }
        // What the operator will do is no object of what the reader is asked.
        let left: Vec<bool> = clauses.iter().map(|k| self.left_to_reader(k)).collect();
        // "There is no password to change" asks for no change.
        let item = |c: ConceptId| self.language.vocabulary.concept(c).kind == Kind::Item;
        let named = LazyCell::new(|| Named::of(clauses, &left, item));
        let sentence_has = |c: ConceptId| named.asked.contains(&c);
        let heading = LazyCell::new(|| self.opener(id, local.section));
        let give = |kind: usize, stance: Stance, k: &Clause| Advice {
            kind,
            stance,
            at: Slice {
                block: id,
                range: k.range.clone(),
            },
            governed_by: self.request(id, k).or_else(|| heading.clone()),
        };
        let mut found: Vec<Advice> = Vec::new();
        let names_data = OnceCell::new();
        for k in clauses {
            let own = |c: ConceptId| names(k, c);
            if !matches!(
                k.stance,
                Stance::AdvisedAgainst
                    | Stance::Foreign
                    | Stance::Quoted
                    | Stance::Denied
                    | Stance::Question
            ) && !k.opens_section
            {
                let section = local.section.map(|s| self.language.sections.name(s));
                let implied = kinds.implied(own, section);
                found.extend(implied.map(|kind| give(kind, Stance::Advised, k)));
            }
            if k.stance == Stance::Advised && !k.opens_section {
                found.extend(
                    asked_here
                        .iter()
                        .map(|&kind| give(kind, Stance::Advised, k)),
                );
            }
            let stance = match k.stance {
                Stance::Advised | Stance::AdvisedAgainst | Stance::Available => k.stance,
                Stance::Asserted | Stance::Purpose
                    if in_advice && !k.opens_section && (k.fragment || k.bare) =>
                {
                    Stance::Advised
                }
                _ => continue,
            };
            let left = self.left_acts(k);
            let before = found.len();
            found.extend(kinds.matching(own).map(|kind| {
                // "If you want to change it, order a new card": that is asked.
                let mut asked = kinds.matching(|c| own(c) && !left.contains(&c));
                let free = stance == Stance::Advised
                    && !left.is_empty()
                    && !asked.any(|other| other == kind);
                give(kind, if free { Stance::Available } else { stance }, k)
            }));
            if found.len() == before && self.answers(id) {
                // "Do I have to change my password? We recommend that you change it."
                let asked = &self.asked_about.0;
                let wider = kinds.matching(|c| own(c) || asked.contains(&c));
                found.extend(wider.map(|kind| give(kind, stance, k)));
            }
            if found[before..].iter().all(|a| kinds.is_partial(a.kind)) {
                // The object may stand in the clause before.
                let section = local.section.map(|s| self.language.sections.name(s));
                let any = |c: ConceptId| named.at.contains_key(&c);
                let itself = self.asks_to_do(k, &named);
                let wider = kinds.matching(|c| match itself {
                    true => any(c),
                    false => sentence_has(c),
                });
                let wider = wider.chain(kinds.implied(sentence_has, section));
                // What the other clauses say without this one is theirs.
                let partial = found.len() > before;
                let other = |c: ConceptId| {
                    let places = named.at.get(&c).into_iter().flatten().flatten();
                    places.into_iter().any(|place| *place != k.range)
                };
                let added = |&kind: &usize| {
                    !partial || !kinds.is_partial(kind) && kinds.matching(other).all(|o| o != kind)
                };
                found.extend(wider.filter(added).map(|kind| give(kind, stance, k)));
            }
            if found.len() == before
                && stance == Stance::Advised
                && !*names_data.get_or_init(|| self.names_data(clauses))
            {
                // "Your password leaked. Change it."
                let earlier = &self.out.clauses[..first_clause];
                let earlier = || {
                    let last = earlier.last().map(|k| k.sentence);
                    let near = earlier.iter().rev();
                    near.take_while(move |k| k.block == id && Some(k.sentence) == last)
                        .take(BEFORE)
                };
                let wider = |c: ConceptId| own(c) || earlier().any(|k| names(k, c));
                let taken = kinds.taken_up(own, wider);
                found.extend(taken.map(|kind| give(kind, stance, k)));
            }
        }
        let terse: Vec<Advice> = clauses
            .iter()
            .filter(|k| {
                local.section.is_none()
                    && k.fragment
                    && k.stance == Stance::Asserted
                    && !k.opens_section
                    && !matches!(k.place, Place::Title | Place::Heading | Place::Quotation)
            })
            .flat_map(|k| {
                let matching = kinds.matching(move |c| names(k, c));
                matching.map(move |kind| (kind, k))
            })
            .map(|(kind, k)| give(kind, Stance::Advised, k))
            .collect();
        self.out.advice.extend(found);
        self.terse.extend(terse);
    }

    /// "Change of password" beside "beware of phishing" in the same list asks for it.
    pub(super) fn terse_advice(&mut self) {
        let blocks = &self.notice.blocks;
        let beside = |a: &Advice, b: &Advice| {
            let (x, y) = (a.at.block, b.at.block);
            let list = |b: BlockId| blocks[b].list_depth > 0 && blocks[b].cell.is_none();
            x == y
                || list(x)
                    && list(y)
                    && blocks[x].list_depth == blocks[y].list_depth
                    && blocks[x].governor == blocks[y].governor
                    && blocks[x].heading == blocks[y].heading
        };
        let terse = std::mem::take(&mut self.terse);
        let given = &self.out.advice;
        let asked: Vec<Advice> = terse
            .into_iter()
            .filter(|t| {
                let near = given.partition_point(|a| a.at.block + NEAR < t.at.block);
                given[near..]
                    .iter()
                    .take_while(|a| a.at.block <= t.at.block + NEAR)
                    .any(|a| a.stance == Stance::Advised && beside(a, t))
            })
            .collect();
        self.out.advice.extend(asked);
        self.out
            .advice
            .sort_by_key(|a| (a.at.block, a.at.range.start));
    }

    /// Whether a clause leaves it to the reader to do what it names: "if you want to change it", "the change is optional".
    fn left_to_reader(&self, k: &Clause) -> bool {
        self.beside(k, Role::Act, Role::Intend, WISH)
            // "When you change it, mix letters and figures".
            || self.beside(k, Role::Act, Role::Condition, REQUEST)
    }

    /// Whether the clauses name some item.
    fn names_data(&self, clauses: &[Clause]) -> bool {
        let mut mentions = clauses.iter().flat_map(|k| &k.mentions);
        let concept = |m: &Mention| self.language.vocabulary.concept(m.concept);
        mentions.any(|m| concept(m).kind == Kind::Item)
    }

    /// What a clause leaves to the reader.
    fn left_acts(&self, k: &Clause) -> Vec<ConceptId> {
        if !self.left_to_reader(k) {
            return Vec::new();
        }
        let role = |m: &Mention| self.language.vocabulary.concept(m.concept).role;
        let wish = |m: &Mention| matches!(role(m), Some(Role::Intend | Role::Condition));
        let before = k.mentions.iter().take_while(|m| !wish(m));
        let acts = before.filter(|m| role(m) == Some(Role::Act));
        acts.map(|m| m.concept).collect()
    }

    /// Whether what a clause asks for is what its own verb names: "do change it", not "press ‘change’"; or something else than
    /// what is left to the reader in its sentence.
    fn asks_to_do(&self, k: &Clause, sentence: &Named) -> bool {
        let role = |m: &Mention| self.language.vocabulary.concept(m.concept).role;
        let other = |m: &Mention| role(m) == Some(Role::Act) && !sentence.left.contains(&m.concept);
        self.beside(k, Role::Act, Role::Advise, REQUEST) || k.mentions.iter().any(other)
    }

    /// Whether a word with the second role stands so close behind one with the first.
    fn beside(&self, k: &Clause, first: Role, second: Role, characters: usize) -> bool {
        let with = |role: Role| {
            let vocabulary = &self.language.vocabulary;
            let has = move |m: &&Mention| vocabulary.concept(m.concept).role == Some(role);
            k.mentions.iter().filter(has)
        };
        let mut acts = with(first).peekable();
        if acts.peek().is_none() {
            return false;
        }
        // Mentions are in their order.
        let starts: Vec<usize> = with(second).map(|m| m.range.start).collect();
        let text = self.notice.blocks[k.block].text.as_str();
        acts.any(|a| {
            let end = a.range.end;
            let behind = &starts[starts.partition_point(|start| *start < end)..];
            let near = behind
                .iter()
                .take_while(|start| **start - end <= 4 * characters);
            near.into_iter().any(|start| {
                let between = text.get(end..*start);
                between.is_some_and(|t| t.chars().nth(characters).is_none())
            })
        })
    }

    /// The words of a clause that make it a request, a permission or the like: the cue, else the verb that asks.
    fn request(&self, id: BlockId, k: &Clause) -> Option<Slice> {
        let role = |m: &&Mention| self.language.vocabulary.concept(m.concept).role;
        let cue = k
            .mentions
            .iter()
            .find(|m| matches!(role(m), Some(Role::Advise | Role::NoNeed | Role::Available)));
        let verb = || {
            let asks = |m: &&Mention| matches!(role(m), Some(Role::Act | Role::Do));
            k.mentions.iter().find(asks)
        };
        cue.or_else(verb).map(|m| Slice {
            block: id,
            range: m.range.clone(),
        })
    }

    /// The heading or label that opened the section of block `id`.
    pub(super) fn opener(&self, id: BlockId, section: Option<SectionId>) -> Option<Slice> {
        let section = section?;
        let block = match self.out.opened.get(id) {
            Some(own) if *own == Some(section) => id,
            _ => *self.openers.get(&section)?,
        };
        let text = self.notice.blocks[block].text.as_str();
        let line = memchr(b'\n', text.as_bytes()).unwrap_or(text.len());
        Some(Slice {
            block,
            range: 0..line,
        })
    }
}

/// What the clauses of a sentence name.
struct Named {
    /// Each concept with the clauses that name it, no more than two.
    at: HashMap<ConceptId, [Option<Range<usize>>; 2]>,
    /// Concepts in clauses of what the reader is to do.
    asked: HashSet<ConceptId>,
    /// Concepts in clauses of what is left to the reader.
    left: HashSet<ConceptId>,
}

impl Named {
    /// `left`: for each clause whether it leaves to the reader what it names.
    /// What a denied clause names is not asked for, except items.
    fn of(clauses: &[Clause], left: &[bool], item: impl Fn(ConceptId) -> bool) -> Named {
        let mut named = Named {
            at: HashMap::new(),
            asked: HashSet::new(),
            left: HashSet::new(),
        };
        for (k, left) in clauses.iter().zip(left) {
            for concept in k.mentions.iter().map(|m| m.concept) {
                let [first, second] = named.at.entry(concept).or_default();
                match first {
                    None => *first = Some(k.range.clone()),
                    Some(first) if *first == k.range => {}
                    Some(_) => *second = Some(k.range.clone()),
                }
                if *left {
                    named.left.insert(concept);
                } else if k.stance != Stance::Promised
                    && (k.stance != Stance::Denied || item(concept))
                {
                    named.asked.insert(concept);
                }
            }
        }
        named
    }
}

fn names(k: &Clause, concept: ConceptId) -> bool {
    work::step();
    k.mentions.iter().any(|m| m.concept == concept)
}
