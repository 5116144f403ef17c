//! Looking for a statement.

use crate::language::polarity::Stance;
use crate::language::reading::{Clause, ItemStatus, Slice};
use crate::language::vocabulary::{ConceptId, Kind, Role};
use crate::pattern::Pattern;
use crate::rules::compile::{CompiledSay, place_bit, stance_bit};
use crate::rules::schema::Within;

use super::Context;
use super::mentions::At;
use super::story;

/// The first place that says it.
pub fn first(cx: &Context<'_>, say: &CompiledSay) -> Option<Slice> {
    let mut found = None;
    each(cx, say, &mut |at, _| {
        found = Some(at);
        false
    });
    found
}

/// Calls `f` with every place that says it and the clause; `f` returns false to stop.
pub fn each(cx: &Context<'_>, say: &CompiledSay, f: &mut dyn FnMut(Slice, usize) -> bool) {
    if !say.kind.is_empty() && !say.kind.contains(&cx.kind()) {
        return;
    }
    if !possible(cx, say) {
        return;
    }
    let stretches = say.pattern.as_ref().map(|p| cx.stretches(p));
    if stretches == Some(0) {
        return;
    }
    let may =
        |clause: &Clause| stretches.is_none_or(|at| cx.reading.spread().has(at, clause.block));
    let clauses = &cx.reading.clauses;
    let anchors: &[ConceptId] = if say.all.is_empty() {
        &say.any
    } else {
        &say.all[..1]
    };
    if anchors.is_empty() {
        let candidates = clauses.iter().enumerate().filter(|(_, clause)| may(clause));
        for (i, clause) in candidates {
            if let Some(at) = without_concept(cx, say, clause, i)
                && !f(at, i)
            {
                return;
            }
        }
        return;
    }
    let mut several: Vec<At> = Vec::new();
    let hits = match anchors {
        [one] => cx.index.get(*one),
        _ => {
            several.extend(anchors.iter().flat_map(|c| cx.index.get(*c)));
            several.sort_unstable();
            &several
        }
    };
    for &(c, m) in hits {
        let i = c as usize;
        let clause = &clauses[i];
        let mention = &clause.mentions[m as usize];
        if !may(clause) || say.attributive.is_some_and(|a| a != mention.attributive) {
            continue;
        }
        if say.stance & stance_bit(mention.stance) == 0 || !fits(cx, say, clause, i) {
            continue;
        }
        if say.story > 0 && !story::told(cx, clause, mention.range.start, say.story) {
            continue;
        }
        let at = Slice {
            block: clause.block,
            range: mention.range.clone(),
        };
        if !f(at, i) {
            return;
        }
    }
}

/// Whether the notice has all that the statement cannot do without.
fn possible(cx: &Context<'_>, say: &CompiledSay) -> bool {
    let reading = cx.reading;
    say.all.iter().all(|c| cx.index.has(*c))
        && (say.any.is_empty() || say.any.iter().any(|c| cx.index.has(*c)))
        && (say.date.is_empty() || reading.dates.iter().any(|d| say.date.contains(&d.role)))
        && (say.advice.is_empty() || reading.advice.iter().any(|a| say.advice.contains(&a.kind)))
        && !(say.channel && reading.contacts.is_empty())
}

/// Whether the clause meets all that is asked besides the concept shown.
fn fits(cx: &Context<'_>, say: &CompiledSay, clause: &Clause, i: usize) -> bool {
    if say.clause & stance_bit(clause.stance) == 0 || !in_place(cx, say, clause) {
        return false;
    }
    if say.fragment.is_some_and(|f| f != clause.fragment) {
        return false;
    }
    if say.past.is_some_and(|p| p != clause.past) {
        return false;
    }
    if say.words > 0
        && cx
            .reading
            .sentences
            .get(clause.sentence)
            .is_none_or(|s| s.words < say.words)
    {
        return false;
    }
    let section = |list: &[u8]| clause.section.is_some_and(|s| list.contains(&s));
    if !say.section.is_empty() && !section(&say.section) || section(&say.not_section) {
        return false;
    }
    let scope = scope(cx, say.within, i);
    let has = |c: &ConceptId| cx.index.has_in(*c, &scope);
    if !say.all.iter().skip(1).all(&has)
        || !say.any.is_empty() && !say.any.iter().any(&has)
        || say.none.iter().any(&has)
    {
        return false;
    }
    let range = clause.range.clone();
    let here = |at: &Slice| {
        at.block == clause.block && at.range.start >= range.start && at.range.start < range.end
    };
    let within_scope = |at: &Slice| {
        cx.reading.clauses[scope.clone()].iter().any(|k| {
            k.block == at.block && at.range.start >= k.range.start && at.range.start < k.range.end
        })
    };
    if !say.date.is_empty()
        && !cx
            .reading
            .dates
            .iter()
            .any(|d| say.date.contains(&d.role) && within_scope(&d.at))
    {
        return false;
    }
    if !say.advice.is_empty()
        && !cx
            .reading
            .advice
            .iter()
            .any(|a| say.advice.contains(&a.kind) && a.stance == Stance::Advised && here(&a.at))
    {
        return false;
    }
    if say.item {
        let any = cx.reading.clauses[scope.clone()].iter().any(|k| {
            k.mentions
                .iter()
                .any(|m| cx.language.vocabulary.concept(m.concept).kind == Kind::Item)
        });
        if !any {
            return false;
        }
    }
    if say.leaked_item
        && !cx
            .reading
            .items
            .iter()
            .any(|i| i.status == ItemStatus::Leaked && within_scope(&i.at))
    {
        return false;
    }
    if say.channel && !cx.reading.contacts.iter().any(|c| within_scope(&c.at)) {
        return false;
    }
    if !say.near.is_empty() {
        let block = self::scope(cx, Within::Block, i);
        if !say.near.iter().any(|c| cx.index.has_in(*c, &block)) {
            return false;
        }
    }
    if say.pattern.is_none() && say.not_pattern.is_none() {
        return true;
    }
    let range = match say.within {
        Within::Clause => range,
        Within::Sentence => cx
            .reading
            .sentences
            .get(clause.sentence)
            .map_or(range, |s| s.range.clone()),
        Within::Block => 0..cx.notice.blocks[clause.block].text.len(),
    };
    let says = |p: &Pattern| cx.may(clause.block, p) && cx.says(clause.block, p, range.clone());
    say.pattern.as_ref().is_none_or(says) && !say.not_pattern.as_ref().is_some_and(says)
}

fn in_place(cx: &Context<'_>, say: &CompiledSay, clause: &Clause) -> bool {
    if say.place & place_bit(clause.place) != 0 {
        return true;
    }
    // Without a title, the first sentence stands for it.
    cx.reading.title.is_none()
        && say.place & place_bit(crate::language::reading::Place::Title) != 0
        && clause.sentence == opening(cx)
}

/// How many marks of carriers may stand before a message.
const MARKS: usize = 4;

/// The first sentence that is no mere mark of the carrier.
fn opening(cx: &Context<'_>) -> usize {
    let vocabulary = &cx.language.vocabulary;
    let mark = |clause: &Clause| {
        let mut mentions = clause.mentions.iter();
        clause.fragment
            && mentions.any(|m| vocabulary.concept(m.concept).role == Some(Role::CarrierMark))
    };
    let sentences = &cx.reading.sentences;
    let first = sentences
        .iter()
        .take(MARKS)
        .position(|s| s.words > 2 || !cx.reading.clauses[s.clauses.clone()].iter().any(mark));
    first.unwrap_or(0)
}

fn without_concept(
    cx: &Context<'_>,
    say: &CompiledSay,
    clause: &Clause,
    i: usize,
) -> Option<Slice> {
    if !fits(cx, say, clause, i) {
        return None;
    }
    // Show what was asked for, else the clause.
    let inside = |at: &Slice| at.block == clause.block && clause.range.contains(&at.range.start);
    if !say.date.is_empty() {
        let date = cx
            .reading
            .dates
            .iter()
            .find(|d| say.date.contains(&d.role) && inside(&d.at));
        if let Some(d) = date {
            return Some(d.at.clone());
        }
    }
    if let Some(pattern) = &say.pattern {
        let text = &cx.notice.blocks[clause.block].text.as_str()[clause.range.clone()];
        // It may reach over more than the clause.
        if let Some(m) = pattern.find(text) {
            let start = clause.range.start + m.start();
            return Some(Slice {
                block: clause.block,
                range: start..start + m.len(),
            });
        }
    }
    Some(Slice {
        block: clause.block,
        range: clause.range.clone(),
    })
}

/// The clauses that stand "together" with clause `i`.
fn scope(cx: &Context<'_>, within: Within, i: usize) -> std::ops::Range<usize> {
    let clauses = &cx.reading.clauses;
    match within {
        Within::Clause => i..i + 1,
        Within::Sentence => cx
            .reading
            .sentences
            .get(clauses[i].sentence)
            .map_or(i..i + 1, |s| s.clauses.clone()),
        Within::Block => {
            let block = clauses[i].block;
            let start = clauses.partition_point(|k| k.block < block);
            let end = clauses.partition_point(|k| k.block <= block);
            start..end
        }
    }
}

/// Whether the sentence of clause `i` says it.
pub fn in_sentence(cx: &Context<'_>, say: &CompiledSay, i: usize) -> bool {
    let sentence = cx.reading.clauses[i].sentence;
    let mut found = false;
    each(cx, say, &mut |_, j| {
        found = cx.reading.clauses[j].sentence == sentence;
        !found
    });
    found
}
