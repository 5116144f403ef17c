//! What the reader is told to do, clause by clause.

use super::*;

impl Reader<'_> {
    pub(super) fn advice(
        &mut self,
        id: BlockId,
        first_clause: usize,
        local: &Frame,
        parts: &[Part],
    ) {
        let in_advice = local.section.is_some() && local.section == self.advice_section;
        let sentence_has = |c: ConceptId, clauses: &[Clause]| {
            clauses
                .iter()
                .any(|k| k.mentions.iter().any(|m| m.concept == c))
        };
        let clauses = &self.out.clauses[first_clause..];
        let mut found: Vec<Advice> = Vec::new();
        let _ = parts;
        for k in clauses {
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
                let own = |c: ConceptId| k.mentions.iter().any(|m| m.concept == c);
                for kind in self.language.advice.implied(own, section) {
                    found.push(Advice {
                        kind,
                        stance: Stance::Advised,
                        at: Slice {
                            block: id,
                            range: k.range.clone(),
                        },
                    });
                }
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
            let own = |c: ConceptId| k.mentions.iter().any(|m| m.concept == c);
            let mut any = false;
            for kind in self.language.advice.matching(own) {
                any = true;
                found.push(Advice {
                    kind,
                    stance,
                    at: Slice {
                        block: id,
                        range: k.range.clone(),
                    },
                });
            }
            if !any && self.answers(id) {
                // "Do I have to change my password? We recommend that you change it."
                let asked = &self.asked_about.0;
                for kind in self
                    .language
                    .advice
                    .matching(|c| own(c) || asked.contains(&c))
                {
                    any = true;
                    found.push(Advice {
                        kind,
                        stance,
                        at: Slice {
                            block: id,
                            range: k.range.clone(),
                        },
                    });
                }
            }
            if !any {
                // The object may stand in the clause before.
                let section = local.section.map(|s| self.language.sections.name(s));
                let has = |c| sentence_has(c, clauses);
                let kinds = self.language.advice.matching(has);
                for kind in kinds.chain(self.language.advice.implied(has, section)) {
                    found.push(Advice {
                        kind,
                        stance,
                        at: Slice {
                            block: id,
                            range: k.range.clone(),
                        },
                    });
                }
            }
        }
        self.out.advice.extend(found);
    }
}
