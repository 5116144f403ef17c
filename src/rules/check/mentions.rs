//! Where each concept is mentioned in a notice.

use crate::language::reading::Reading;
use crate::language::vocabulary::ConceptId;

/// Clause and mention.
pub type At = (u32, u32);

/// Where each concept is mentioned, in the order of the text.
#[derive(Debug, Default)]
pub struct Mentions {
    /// Where the places of each concept begin; one more than there are concepts.
    starts: Vec<u32>,
    places: Vec<At>,
}

impl Mentions {
    pub fn of(reading: &Reading, concepts: usize) -> Mentions {
        let mentions = || reading.clauses.iter().flat_map(|k| &k.mentions);
        let mut starts = vec![0u32; concepts + 2];
        for m in mentions() {
            starts[usize::from(m.concept) + 2] += 1;
        }
        for i in 2..starts.len() {
            starts[i] += starts[i - 1];
        }
        // While they are filled in, each start stands one further.
        let mut places = vec![(0, 0); mentions().count()];
        for (c, clause) in reading.clauses.iter().enumerate() {
            for (m, mention) in clause.mentions.iter().enumerate() {
                let next = &mut starts[usize::from(mention.concept) + 1];
                places[*next as usize] = (c as u32, m as u32);
                *next += 1;
            }
        }
        starts.pop();
        Mentions { starts, places }
    }

    pub fn get(&self, concept: ConceptId) -> &[At] {
        let i = usize::from(concept);
        match self.starts.get(i..i + 2) {
            Some([from, to]) => &self.places[*from as usize..*to as usize],
            _ => &[],
        }
    }

    pub fn has(&self, concept: ConceptId) -> bool {
        !self.get(concept).is_empty()
    }

    /// Whether one of these clauses mentions it.
    pub fn has_in(&self, concept: ConceptId, clauses: &std::ops::Range<usize>) -> bool {
        let all = self.get(concept);
        let first = all.partition_point(|&(k, _)| (k as usize) < clauses.start);
        all.get(first)
            .is_some_and(|&(k, _)| (k as usize) < clauses.end)
    }
}
