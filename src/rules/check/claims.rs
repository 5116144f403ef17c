//! What a notice claims, as it is reported and compared.

use std::collections::BTreeSet;

use crate::language::polarity::Stance;
use crate::report::{AdviceClaim, Claims, CountClaim, DateClaim, ItemClaim};

use super::{Context, one_line};

/// All claims of a notice.
pub fn of(cx: &Context<'_>) -> Claims {
    let reading = cx.reading;
    let mut out = Claims {
        leak: reading.event.map_or("none", Stance::name),
        ..Claims::default()
    };
    for i in &reading.items {
        let concept = cx.language.vocabulary.concept(i.concept);
        let governed_by = i.governed_by.as_ref().map(|g| cx.evidence(g));
        let mut push = |item: &str| {
            out.items.push(ItemClaim {
                item: item.to_owned(),
                status: i.status.name(),
                text: one_line(cx.text(&i.at)),
                span: cx.span(&i.at),
                governed_by: governed_by.clone(),
            });
        };
        push(&concept.id);
        concept.expands.iter().for_each(|e| push(e));
    }
    let mut seen = BTreeSet::new();
    for a in &reading.advice {
        let advice = cx.language.advice.name(a.kind);
        if !seen.insert((a.at.block, a.at.range.start, advice)) {
            continue;
        }
        out.advice.push(AdviceClaim {
            advice: advice.to_owned(),
            status: match a.stance {
                Stance::AdvisedAgainst if cx.language.advice.is_negative(a.kind) => {
                    Stance::Advised.name()
                }
                stance => stance.name(),
            },
            text: one_line(cx.text(&a.at)),
            span: cx.span(&a.at),
            governed_by: a.governed_by.as_ref().map(|g| cx.evidence(g)),
        });
    }
    for c in reading.counts.iter().filter(|c| c.affected) {
        out.counts.push(CountClaim {
            value: c.value,
            unit: c.unit.clone(),
            approximate: c.approximate,
            text: one_line(cx.text(&c.at)),
            span: cx.span(&c.at),
            governed_by: c.governed_by.as_ref().map(|g| cx.evidence(g)),
        });
    }
    for d in &reading.dates {
        out.dates.push(DateClaim {
            role: d.role.clone(),
            from: d.from.map(|x| x.iso()),
            to: d.to.map(|x| x.iso()),
            text: one_line(cx.text(&d.at)),
            span: cx.span(&d.at),
            governed_by: d.governed_by.as_ref().map(|g| cx.evidence(g)),
        });
    }
    out
}
