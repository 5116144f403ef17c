//! The words of the languages, as data: concepts with their wordings, particles and endings.
//!
//! Everything is read from the YAML under `rules/vocabulary/`; a concept is known to the program by its id and its role only.

use std::collections::{HashMap, HashSet};

use foldhash::fast::FixedState;
use serde::Deserialize;

use crate::lang::Localized;
use crate::report::Problem;
use crate::work;
use crate::yaml::{self, Ordered, Places};

use super::fold::fold_wording;
use super::wording::{Wording, Wordings};

mod boxes;
mod grammar;
mod roles;
mod together;

pub(super) use grammar::GrammarFile;
pub(crate) use grammar::{Command, Linking, begins_with, ends_with, listed, listed_stem};
pub use roles::{Ending, Role};
use together::{Together, TogetherSource};

/// Index of a concept in [`Vocabulary::concepts`].
pub type ConceptId = u16;

/// What a concept is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A kind of personal data.
    Item,
    /// A vague word that stands for items.
    Umbrella,
    /// A wording that contains an item's word and means something else; it only keeps the item from matching.
    Decoy,
    /// A word that rules ask for.
    Term,
    /// A word of grammar.
    Cue,
}

/// One meaning.
#[derive(Debug)]
pub struct Concept {
    pub id: String,
    pub kind: Kind,
    pub role: Option<Role>,
    pub label: Localized,
    /// For a container item: the items it stands for.
    pub expands: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct VocabularyFile {
    concepts: Ordered<ConceptSource>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ConceptSource {
    kind: Kind,
    #[serde(default)]
    role: Option<Role>,
    #[serde(default)]
    label: Option<Localized>,
    #[serde(default)]
    expands: Vec<String>,
    /// Combinations of other concepts that make this one where they stand in one clause: of each group, one.
    #[serde(default)]
    together: Vec<Vec<Vec<String>>>,
    #[serde(default)]
    ko: Vec<String>,
    #[serde(default)]
    en: Vec<String>,
}

/// Ends of words with what they say.
type Words = HashMap<String, Ending, FixedState>;

/// All words, compiled.
#[derive(Debug)]
pub struct Vocabulary {
    pub concepts: Vec<Concept>,
    by_id: HashMap<String, ConceptId>,
    pub(crate) wordings: Wordings,
    pub(crate) endings: Words,
    pub(crate) particles: Words,
    pub(crate) verbal: Vec<String>,
    pub(crate) abbreviations: Vec<String>,
    pub(crate) not_endings: HashSet<String, FixedState>,
    pub(crate) inflections: Vec<String>,
    pub(crate) substitutions: Vec<(String, char)>,
    pub(crate) beside_figures: Vec<String>,
    pub(crate) places: Vec<String>,
    pub(crate) linking: Linking,
    pub(crate) vowels: Vec<char>,
    auxiliaries: Vec<String>,
    /// Number of the final consonant that marks the past tense; 0 if none does.
    pub(crate) past_final: u32,
    pub(crate) not_past: Vec<char>,
    pub(crate) bullets: Vec<char>,
    pub(crate) ordinals: Vec<char>,
    pub(crate) adverbs: Vec<String>,
    boxes: Vec<char>,
    empty_boxes: Vec<char>,
    slots: Vec<String>,
    /// All boxes are among these.
    box_letters: std::ops::RangeInclusive<char>,
    pub(crate) prohibitions: Vec<String>,
    pub(crate) not_bare: Vec<String>,
    pub(crate) question_openers: Vec<String>,
    pub(crate) particle_words: Words,
    pub(crate) compound_heads: Vec<String>,
    pub(crate) determiners: Vec<char>,
    pub(crate) honorifics: Vec<String>,
    pub(crate) persons: Vec<String>,
    pub(crate) some_persons: Vec<String>,
    pub(crate) some_conditions: Vec<String>,
    pub(crate) all_persons: Vec<String>,
    pub(crate) question_words: Vec<String>,
    pub(crate) quantity_words: Vec<String>,
    pub(crate) command: Option<Command>,
    pub(crate) topic_words: Vec<String>,
    pub(crate) quote_words: Vec<String>,
    pub(crate) yes: Vec<String>,
    pub(crate) no: Vec<String>,
    pub(crate) together: Vec<Together>,
    /// Codes of the languages, and whether their predicates come last.
    languages: Vec<(String, bool)>,
    longest_ending: usize,
}

/// One file of vocabulary: its path for messages, and its text.
pub struct VocabularySource<'a> {
    pub path: String,
    pub text: &'a str,
}

impl Vocabulary {
    /// Reads concept files and grammar files (told apart by their name: `grammar-*.yaml`).
    ///
    /// # Errors
    /// All mistakes of all files, each with its place.
    pub fn load(sources: &[VocabularySource<'_>]) -> Result<Vocabulary, Vec<Problem>> {
        let mut builder = Builder::default();
        for source in sources {
            let name = source.path.rsplit('/').next().unwrap_or(&source.path);
            if name.starts_with("grammar") {
                builder.grammar(source);
            } else {
                builder.concepts(source);
            }
        }
        builder.finish(None)
    }

    /// From what was prepared at build time: the same files without the wordings of concepts, and these.
    pub(super) fn prepared(
        concepts: Ordered<ConceptSource>,
        grammar: Vec<GrammarFile>,
        wordings: Wordings,
    ) -> Result<Vocabulary, Vec<Problem>> {
        let mut builder = Builder::default();
        let places = Places::default();
        builder.concepts_of(concepts, &places, "");
        for g in grammar {
            builder.grammar_of(g, &places);
        }
        builder.finish(Some(wordings))
    }

    pub fn concept(&self, id: ConceptId) -> &Concept {
        work::step();
        &self.concepts[usize::from(id)]
    }

    pub fn id_of(&self, id: &str) -> Option<ConceptId> {
        self.by_id.get(id).copied()
    }

    /// All concepts.
    pub fn concepts(&self) -> impl Iterator<Item = &Concept> {
        self.concepts.iter()
    }

    /// The ids of all kinds of personal data.
    pub fn items(&self) -> impl Iterator<Item = &Concept> {
        self.concepts.iter().filter(|c| c.kind == Kind::Item)
    }

    /// Codes of the languages.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.languages.iter().map(|(code, _)| code.as_str())
    }

    /// The code of the language of a text of which this share of sentences has its predicates last.
    pub fn language_of(&self, head_final_share: f64) -> &str {
        let wanted = head_final_share >= 0.5;
        self.languages
            .iter()
            .find(|(_, h)| *h == wanted)
            .map_or("und", |(code, _)| code)
    }

    /// The nearest concept id, for "did you mean".
    pub fn nearest<'a>(&'a self, id: &str) -> Option<&'a str> {
        yaml::nearest(id, self.concepts.iter().map(|c| c.id.as_str()))
    }

    /// Whether a word behind a verb's stem is an auxiliary of it.
    pub(crate) fn is_auxiliary(&self, word: &str) -> bool {
        listed_stem(&self.auxiliaries, word)
    }

    /// The longest known verbal ending of a word.
    pub(crate) fn suffix_ending(&self, word: &str) -> Option<Ending> {
        let mut starts: [usize; 8] = [0; 8];
        let mut n = 0;
        for (at, _) in word.char_indices().rev() {
            if n == starts.len() || n == self.longest_ending {
                break;
            }
            starts[n] = at;
            n += 1;
        }
        (0..n)
            .rev()
            .find_map(|i| self.endings.get(&word[starts[i]..]).copied())
    }

    /// Whether `rest` consists of particles only (at most three), and the class of the last.
    pub(crate) fn particle(&self, rest: &str) -> Option<Ending> {
        if let Some(&e) = self.particles.get(rest) {
            return Some(e);
        }
        self.particle_chain(rest, 3)
    }

    fn particle_chain(&self, rest: &str, depth: usize) -> Option<Ending> {
        if let Some(&e) = self.particles.get(rest) {
            return Some(e);
        }
        if depth == 0 {
            return None;
        }
        for (at, _) in rest.char_indices().skip(1).take(3) {
            if self.particles.contains_key(&rest[..at])
                && let Some(e) = self.particle_chain(&rest[at..], depth - 1)
            {
                return Some(e);
            }
        }
        None
    }
}

#[derive(Default)]
struct Builder {
    concepts: Vec<Concept>,
    by_id: HashMap<String, ConceptId>,
    wordings: Vec<(String, Wording)>,
    /// Pattern to its concept and place, for duplicates.
    seen: HashMap<String, (ConceptId, String)>,
    endings: Words,
    particles: Words,
    verbal: Vec<String>,
    abbreviations: Vec<String>,
    not_endings: HashSet<String, FixedState>,
    inflections: Vec<String>,
    substitutions: Vec<(String, char)>,
    beside_figures: Vec<String>,
    places: Vec<String>,
    linking: Linking,
    vowels: Vec<char>,
    auxiliaries: Vec<String>,
    past_final: u32,
    not_past: Vec<char>,
    bullets: Vec<char>,
    ordinals: Vec<char>,
    adverbs: Vec<String>,
    boxes: Vec<char>,
    empty_boxes: Vec<char>,
    slots: Vec<String>,
    prohibitions: Vec<String>,
    not_bare: Vec<String>,
    question_openers: Vec<String>,
    particle_words: Words,
    compound_heads: Vec<String>,
    determiners: Vec<char>,
    honorifics: Vec<String>,
    persons: Vec<String>,
    some_persons: Vec<String>,
    some_conditions: Vec<String>,
    all_persons: Vec<String>,
    question_words: Vec<String>,
    quantity_words: Vec<String>,
    command: Option<Command>,
    topic_words: Vec<String>,
    quote_words: Vec<String>,
    yes: Vec<String>,
    no: Vec<String>,
    languages: Vec<(String, bool)>,
    roles: Vec<(String, Role, Option<Problem>)>,
    together: Vec<TogetherSource>,
    problems: Vec<Problem>,
}

impl Builder {
    fn concepts(&mut self, source: &VocabularySource<'_>) {
        let file = match yaml::read::<VocabularyFile>(&source.path, source.text) {
            Ok(file) => file,
            Err(problems) => return self.problems.extend(problems),
        };
        self.concepts_of(file.value.concepts, &file.places, &source.path);
    }

    fn concepts_of(&mut self, concepts: Ordered<ConceptSource>, places: &Places, file: &str) {
        for (id, c) in concepts.0 {
            let path = ["concepts", id.as_str()];
            if let Some(&known) = self.by_id.get(&id) {
                let message = format!(
                    "concept `{}` is defined twice",
                    self.concepts[usize::from(known)].id
                );
                self.problem(places, &path, message, None);
                continue;
            }
            let concept = self.concepts.len() as ConceptId;
            self.by_id.insert(id.clone(), concept);
            let label = c.label.unwrap_or_else(|| Localized::same(&id));
            self.concepts.push(Concept {
                id: id.clone(),
                kind: c.kind,
                role: c.role,
                label,
                expands: c.expands,
            });
            for (i, groups) in c.together.into_iter().enumerate() {
                let index = i.to_string();
                let at = ["concepts", id.as_str(), "together", index.as_str()];
                let problem = places.problem(places.near(&at), String::new(), None);
                self.together.push(TogetherSource {
                    concept,
                    groups,
                    problem,
                });
            }
            for (key, list) in [("ko", &c.ko), ("en", &c.en)] {
                for (i, wording) in list.iter().enumerate() {
                    let index = i.to_string();
                    let at = ["concepts", id.as_str(), key, index.as_str()];
                    if let Err((message, hint)) = self.wording(concept, wording, file) {
                        self.problem(places, &at, message, hint);
                    }
                }
            }
        }
    }

    fn wording(
        &mut self,
        concept: ConceptId,
        wording: &str,
        path: &str,
    ) -> Result<(), (String, Option<String>)> {
        let (pattern, parsed) = Wording::parse(wording, concept);
        if pattern.is_empty() {
            return Err(("this wording is empty and can never match".into(), None));
        }
        if let Some((other, other_path)) = self.seen.get(&pattern) {
            let other = &self.concepts[usize::from(*other)].id;
            let hint = Some("a wording can have one meaning only; delete one of them".into());
            return Err((
                format!("wording `{wording}` already belongs to `{other}` ({other_path})"),
                hint,
            ));
        }
        self.seen
            .insert(pattern.clone(), (concept, path.to_owned()));
        self.wordings.push((pattern, parsed));
        Ok(())
    }

    fn grammar(&mut self, source: &VocabularySource<'_>) {
        let file = match yaml::read::<GrammarFile>(&source.path, source.text) {
            Ok(file) => file,
            Err(problems) => return self.problems.extend(problems),
        };
        self.grammar_of(file.value, &file.places);
    }

    fn grammar_of(&mut self, g: GrammarFile, places: &Places) {
        let classes = [
            ("endings", g.endings),
            ("particles", g.particles),
            ("particle-words", g.particle_words),
        ];
        for (section, map) in classes {
            for (class, list) in map.0 {
                let Some(ending) = ending_class(&class) else {
                    let message = format!("unknown class of endings `{class}`");
                    self.problem(places, &[section, &class], message, None);
                    continue;
                };
                let target = match section {
                    "endings" => &mut self.endings,
                    "particles" => &mut self.particles,
                    _ => &mut self.particle_words,
                };
                for w in list {
                    target.insert(fold_wording(&w), ending);
                }
            }
        }
        self.verbal.extend(g.verbal.iter().map(|w| fold_wording(w)));
        self.not_endings
            .extend(g.not_endings.iter().map(|w| fold_wording(w)));
        self.abbreviations.extend(g.abbreviations);
        self.inflections.extend(g.inflections);
        self.substitutions.extend(g.substitutions.0);
        self.beside_figures.extend(g.beside_figures);
        self.places.extend(g.places);
        self.linking.extend(g.linking);
        self.vowels.extend(g.vowels);
        self.auxiliaries.extend(g.auxiliaries);
        if let Some(c) = g.past.filter(|c| super::fold::is_syllabic(*c)) {
            self.past_final = (c as u32 - 0xac00) % 28;
        }
        self.not_past.extend(g.not_past);
        self.bullets.extend(g.bullets);
        self.ordinals.extend(g.ordinals);
        self.adverbs.extend(g.adverbs);
        self.boxes.extend(g.boxes);
        self.empty_boxes.extend(g.empty_boxes);
        self.slots.extend(g.slots);
        self.prohibitions.extend(g.prohibitions);
        self.not_bare.extend(g.not_bare);
        self.question_openers.extend(g.question_openers);
        self.compound_heads.extend(g.compound_heads);
        self.determiners.extend(g.determiners);
        self.honorifics.extend(g.honorifics);
        self.persons.extend(g.persons);
        self.some_persons.extend(g.some_persons);
        self.some_conditions.extend(g.some_conditions);
        self.all_persons.extend(g.all_persons);
        self.question_words.extend(g.question_words);
        self.quantity_words.extend(g.quantity_words);
        self.command = self.command.take().or(g.command);
        self.topic_words.extend(g.topic_words);
        self.quote_words.extend(g.quote_words);
        self.yes.extend(g.yes);
        self.no.extend(g.no);
        if self.languages.iter().any(|(code, _)| *code == g.language) {
            let message = format!(
                "the grammar of `{}` is already there",
                yaml::shown(&g.language)
            );
            self.problem(places, &["language"], message, None);
            return;
        }
        self.languages.push((g.language, g.head_final));
        for (id, role) in g.roles.0 {
            let message = format!("a role is given to `{id}`, which no vocabulary file defines");
            let problem = places.problem(places.near(&["roles", &id]), message, None);
            self.roles.push((id, role, Some(problem)));
        }
    }

    fn problem(&mut self, places: &Places, path: &[&str], message: String, hint: Option<String>) {
        self.problems
            .push(places.problem(places.near(path), message, hint));
    }

    fn finish(mut self, wordings: Option<Wordings>) -> Result<Vocabulary, Vec<Problem>> {
        for (id, role, problem) in std::mem::take(&mut self.roles) {
            match self.by_id.get(&id) {
                Some(&c) => self.concepts[usize::from(c)].role = Some(role),
                None => self.problems.extend(problem),
            }
        }
        let together = self.combinations();
        if !self.problems.is_empty() {
            return Err(self.problems);
        }
        let longest_ending = self
            .endings
            .keys()
            .map(|e| e.chars().count())
            .max()
            .unwrap_or(0);
        let boxes = || self.boxes.iter().chain(&self.empty_boxes).copied();
        let box_letters = boxes().min().unwrap_or(char::MAX)..=boxes().max().unwrap_or('\0');
        Ok(Vocabulary {
            box_letters,
            concepts: self.concepts,
            by_id: self.by_id,
            wordings: wordings.unwrap_or_else(|| Wordings::build(&self.wordings)),
            endings: self.endings,
            particles: self.particles,
            verbal: self.verbal,
            abbreviations: self.abbreviations,
            not_endings: self.not_endings,
            inflections: self.inflections,
            substitutions: self.substitutions,
            beside_figures: self.beside_figures,
            places: self.places,
            linking: self.linking,
            vowels: self.vowels,
            auxiliaries: self.auxiliaries,
            past_final: self.past_final,
            not_past: self.not_past,
            bullets: self.bullets,
            ordinals: self.ordinals,
            adverbs: self.adverbs,
            boxes: self.boxes,
            empty_boxes: self.empty_boxes,
            slots: self.slots,
            prohibitions: self.prohibitions,
            not_bare: self.not_bare,
            question_openers: self.question_openers,
            particle_words: self.particle_words,
            compound_heads: self.compound_heads,
            determiners: self.determiners,
            honorifics: self.honorifics,
            persons: self.persons,
            some_persons: self.some_persons,
            some_conditions: self.some_conditions,
            all_persons: self.all_persons,
            question_words: self.question_words,
            quantity_words: self.quantity_words,
            command: self.command,
            topic_words: self.topic_words,
            quote_words: self.quote_words,
            yes: self.yes,
            no: self.no,
            languages: self.languages,
            together,
            longest_ending,
        })
    }
}

fn ending_class(name: &str) -> Option<Ending> {
    serde_yaml::from_str(name).ok()
}
