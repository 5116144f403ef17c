//! What the reader is told to do, clause by clause.

use super::*;

impl Reader<'_> {
    pub(super) fn advice(&mut self, id: BlockId, first_clause: usize, local: &Frame) {
        let in_advice = local.section.is_some() && local.section == self.advice_section;
        let clauses = &self.out.clauses[first_clause..];
        // What the operator will do is no object of what the reader is asked.
        let asked = |k: &&Clause| k.stance != Stance::Promised;
        let sentence_has = |c: ConceptId| clauses.iter().filter(asked).any(|k| names(k, c));
        let kinds = &self.language.advice;
        let heading = self.opener(id, local.section);
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
            let stance = match k.stance {
                Stance::Advised | Stance::AdvisedAgainst | Stance::Available => k.stance,
                Stance::Asserted | Stance::Purpose
                    if in_advice && !k.opens_section && (k.fragment || k.bare) =>
                {
                    Stance::Advised
                }
                _ => continue,
            };
            let before = found.len();
            found.extend(kinds.matching(own).map(|kind| give(kind, stance, k)));
            if found.len() == before && self.answers(id) {
                // "Do I have to change my password? We recommend that you change it."
                let asked = &self.asked_about.0;
                let wider = kinds.matching(|c| own(c) || asked.contains(&c));
                found.extend(wider.map(|kind| give(kind, stance, k)));
            }
            if found.len() == before {
                // The object may stand in the clause before.
                let section = local.section.map(|s| self.language.sections.name(s));
                let wider = kinds.matching(sentence_has);
                let wider = wider.chain(kinds.implied(sentence_has, section));
                found.extend(wider.map(|kind| give(kind, stance, k)));
            }
        }
        self.out.advice.extend(found);
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
        let line = text.split('\n').next().unwrap_or(text);
        Some(Slice {
            block,
            range: 0..line.len(),
        })
    }
}

fn names(k: &Clause, concept: ConceptId) -> bool {
    k.mentions.iter().any(|m| m.concept == concept)
}
