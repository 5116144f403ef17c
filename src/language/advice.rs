//! What the reader is told to do: kinds of advice, put together from concepts.

use serde::Deserialize;

use crate::report::Problem;
use crate::yaml::{self, Ordered, Places};

use super::vocabulary::{ConceptId, Vocabulary, VocabularySource};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AdviceFile {
    advice: Ordered<Vec<CombinationSource>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CombinationSource {
    #[serde(default)]
    all: Vec<String>,
    #[serde(default)]
    any: Vec<String>,
    #[serde(default)]
    none: Vec<String>,
    /// Counts however the clause is put: to be told where to turn is advice enough.
    #[serde(default, rename = "any-stance")]
    any_stance: bool,
    /// Its words say themselves that nothing is to be done: a clause that advises against has given it.
    #[serde(default)]
    negative: bool,
    /// Says too little alone: what it is about may stand in the clause before.
    #[serde(default)]
    partial: bool,
    /// What is named first may stand in the sentence behind the rest.
    #[serde(default, rename = "taken-up")]
    taken_up: bool,
    /// Only in these sections.
    #[serde(default)]
    sections: Vec<String>,
}

/// Concepts that must stand together in a clause.
#[derive(Debug)]
struct Combination {
    all: Vec<ConceptId>,
    any: Vec<ConceptId>,
    none: Vec<ConceptId>,
    any_stance: bool,
    negative: bool,
    partial: bool,
    taken_up: bool,
    sections: Vec<String>,
}

impl Combination {
    /// Concepts of which it needs at least one; none if it needs none.
    fn anchors(&self) -> &[ConceptId] {
        match self.all.as_slice() {
            [first, ..] => std::slice::from_ref(first),
            [] => &self.any,
        }
    }

    /// Whether it is made of no concepts: any request in its sections.
    fn is_any_request(&self) -> bool {
        self.all.is_empty() && self.any.is_empty() && !self.sections.is_empty()
    }

    fn fits(&self, has: impl Fn(ConceptId) -> bool) -> bool {
        self.all.iter().all(|&id| has(id))
            && (self.any.is_empty() || self.any.iter().any(|&id| has(id)))
            && !self.none.iter().any(|&id| has(id))
    }
}

/// The kinds of advice.
#[derive(Debug)]
pub struct AdviceKinds {
    kinds: Vec<(String, Vec<Combination>)>,
    /// For each concept, whether advice may begin with it: without any of these there is none.
    anchors: Vec<bool>,
}

impl AdviceKinds {
    /// Reads one file and what others add to it: combinations to its kinds, and kinds of their own.
    ///
    /// # Errors
    /// Every mistake in the files, such as an unknown concept.
    pub fn load(
        sources: &[&VocabularySource<'_>],
        vocabulary: &Vocabulary,
    ) -> Result<AdviceKinds, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut kinds: Vec<(String, Vec<Combination>)> = Vec::new();
        for source in sources {
            let file = yaml::read::<AdviceFile>(&source.path, source.text)?;
            problems.extend(Self::add(file.value, &file.places, vocabulary, &mut kinds));
        }
        match problems.is_empty() {
            true => Ok(AdviceKinds::of(kinds, vocabulary)),
            false => Err(problems),
        }
    }

    /// From what was prepared at build time.
    pub(super) fn prepared(file: AdviceFile, vocabulary: &Vocabulary) -> Option<AdviceKinds> {
        let mut kinds = Vec::new();
        Self::add(file, &Places::default(), vocabulary, &mut kinds)
            .is_empty()
            .then(|| AdviceKinds::of(kinds, vocabulary))
    }

    fn of(kinds: Vec<(String, Vec<Combination>)>, vocabulary: &Vocabulary) -> AdviceKinds {
        let mut anchors = vec![false; vocabulary.concepts.len()];
        let combinations = kinds.iter().flat_map(|(_, combinations)| combinations);
        for c in combinations.filter(|c| !c.is_any_request()) {
            match c.anchors() {
                [] => anchors.fill(true),
                of => of.iter().for_each(|id| anchors[usize::from(*id)] = true),
            }
        }
        AdviceKinds { kinds, anchors }
    }

    /// Whether advice may come of this concept, with others. Where none such is named, there is no advice of any kind.
    pub fn concerns(&self, concept: ConceptId) -> bool {
        self.anchors.get(usize::from(concept)) == Some(&true)
    }

    fn add(
        file: AdviceFile,
        places: &Places,
        vocabulary: &Vocabulary,
        kinds: &mut Vec<(String, Vec<Combination>)>,
    ) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (name, list) in file.advice.0 {
            let mut combinations = Vec::new();
            for (i, c) in list.iter().enumerate() {
                let mut ids = |key: &str, names: &[String]| -> Vec<ConceptId> {
                    let mut out = Vec::new();
                    for (j, n) in names.iter().enumerate() {
                        match vocabulary.id_of(n) {
                            Some(id) => out.push(id),
                            None => {
                                let (i, j) = (i.to_string(), j.to_string());
                                let hint = vocabulary
                                    .nearest(n)
                                    .map(|n| format!("did you mean `{n}`?"));
                                let at = places.near(&["advice", &name, &i, key, &j]);
                                problems.push(places.problem(
                                    at,
                                    format!("unknown concept `{n}`"),
                                    hint,
                                ));
                            }
                        }
                    }
                    out
                };
                combinations.push(Combination {
                    all: ids("all", &c.all),
                    any: ids("any", &c.any),
                    none: ids("none", &c.none),
                    any_stance: c.any_stance,
                    negative: c.negative,
                    partial: c.partial,
                    taken_up: c.taken_up,
                    sections: c.sections.clone(),
                });
            }
            match kinds.iter_mut().find(|(known, _)| *known == name) {
                Some((_, known)) => known.extend(combinations),
                None => kinds.push((name, combinations)),
            }
        }
        problems
    }

    /// The kinds of which one combination fits.
    fn where_one<'a>(
        &'a self,
        fits: impl Fn(&Combination) -> bool + 'a,
    ) -> impl Iterator<Item = usize> + 'a {
        let kinds = self.kinds.iter().enumerate();
        kinds.filter_map(move |(i, (_, list))| list.iter().any(&fits).then_some(i))
    }

    /// Index of each kind whose concepts `has` knows.
    pub fn matching<'a>(
        &'a self,
        has: impl Fn(ConceptId) -> bool + 'a,
    ) -> impl Iterator<Item = usize> + 'a {
        self.where_one(move |c| !c.any_stance && !c.is_any_request() && c.fits(&has))
    }

    /// The kinds that a clause gives of what the sentence before named: `own` knows the clause, `wider` both.
    pub fn taken_up<'a>(
        &'a self,
        own: impl Fn(ConceptId) -> bool + 'a,
        wider: impl Fn(ConceptId) -> bool + 'a,
    ) -> impl Iterator<Item = usize> + 'a {
        self.where_one(move |c| {
            c.taken_up && c.all.first().is_some_and(|&f| own(f)) && c.fits(&wider)
        })
    }

    /// The kinds that a clause gives however it is put, in this section.
    pub fn implied<'a>(
        &'a self,
        has: impl Fn(ConceptId) -> bool + 'a,
        section: Option<&'a str>,
    ) -> impl Iterator<Item = usize> + 'a {
        let here = move |c: &Combination| {
            c.sections.is_empty() || section.is_some_and(|s| c.sections.iter().any(|x| x == s))
        };
        self.where_one(move |c| c.any_stance && here(c) && c.fits(&has))
    }

    /// The kinds that any request in this section gives.
    pub fn asked_in<'a>(&'a self, section: Option<&'a str>) -> impl Iterator<Item = usize> + 'a {
        self.where_one(move |c| {
            c.is_any_request() && section.is_some_and(|s| c.sections.iter().any(|x| x == s))
        })
    }

    /// Whether its words say themselves that nothing is to be done.
    pub fn is_negative(&self, kind: usize) -> bool {
        self.kinds[kind].1.iter().any(|c| c.negative)
    }

    /// Whether its words say too little without those of the clause before.
    pub fn is_partial(&self, kind: usize) -> bool {
        self.kinds[kind].1.iter().all(|c| c.partial)
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.kinds.iter().map(|(n, _)| n.as_str())
    }

    pub fn name(&self, kind: usize) -> &str {
        &self.kinds[kind].0
    }
}
