//! Concepts that are read where others stand together: "an employee" and "by mistake" make a cause, whatever the words
//! between them.

use super::{Builder, ConceptId, Vocabulary};
use crate::report::Problem;

/// A concept, and the groups of which one each must stand in the clause.
#[derive(Debug)]
pub(crate) struct Together {
    pub concept: ConceptId,
    pub groups: Vec<Vec<ConceptId>>,
}

/// What a vocabulary file says of one combination, with the problem to report should a name be unknown.
pub(super) struct TogetherSource {
    pub concept: ConceptId,
    pub groups: Vec<Vec<String>>,
    pub problem: Problem,
}

impl Builder {
    /// The combinations with names looked up; unknown names are problems.
    pub(super) fn combinations(&mut self) -> Vec<Together> {
        let mut out = Vec::new();
        for mut source in std::mem::take(&mut self.together) {
            let unknown = source
                .groups
                .iter()
                .flatten()
                .find(|name| !self.by_id.contains_key(*name));
            if let Some(name) = unknown {
                source.problem.message = format!("unknown concept `{name}`");
                self.problems.push(source.problem);
                continue;
            }
            let groups = source
                .groups
                .iter()
                .map(|g| g.iter().map(|name| self.by_id[name]).collect())
                .collect();
            out.push(Together {
                concept: source.concept,
                groups,
            });
        }
        out
    }
}

impl Vocabulary {
    /// The concepts that stand together in a clause, each with the index of the mention that shows it.
    ///
    /// `mentions` are the concepts of the clause, in order; all groups but the last may also stand in the clause
    /// `before` it.
    pub(crate) fn stand_together(
        &self,
        before: &[ConceptId],
        mentions: &[ConceptId],
    ) -> Vec<(ConceptId, usize)> {
        let mut out: Vec<(ConceptId, usize)> = Vec::new();
        if mentions.is_empty() || mentions.len() + before.len() < 2 {
            return out;
        }
        for t in &self.together {
            if out.iter().any(|(c, _)| *c == t.concept) || mentions.contains(&t.concept) {
                continue;
            }
            let Some((last, first)) = t.groups.split_last() else {
                continue;
            };
            let Some(at) = mentions.iter().rposition(|m| last.contains(m)) else {
                continue;
            };
            let all = first.iter().all(|g| {
                mentions.iter().any(|m| g.contains(m)) || before.iter().any(|m| g.contains(m))
            });
            if all {
                out.push((t.concept, at));
            }
        }
        out
    }
}
