//! A desk and a way to reach it, in one place.

use crate::language::reading::Slice;
use crate::language::values::ContactKind;
use crate::language::vocabulary::ConceptId;
use crate::notice::BlockId;
use crate::report::Evidence;
use crate::rules::compile::Contact;

use super::{Complaint, Context, Verdict};

/// How many blocks one place may span: a label and its value in a list, two cells of a row.
const REACH: usize = 2;

/// How many bytes before a contact the name of whose it is may stand.
const BESIDE: usize = 40;

/// How many bytes a bracket between the two may have.
const BRACKET: usize = 80;

/// How many mentions of one concept around a contact are looked at, to either side.
const WINDOW: usize = 64;

pub fn run(c: &Contact, cx: &Context<'_>) -> Verdict {
    let section = cx.language.sections.id_of("contact");
    let mut generic_only = None;
    for contact in &cx.reading.contacts {
        if contact.kind == ContactKind::Url {
            continue;
        }
        // A number that stands behind the name of another body is that body's.
        if nearest_owner(cx, &contact.at, &c.others, &c.desk) {
            continue;
        }
        let near = |list: &[ConceptId]| find_near(cx, &contact.at, list);
        if let Some(desk) = near(&c.desk) {
            return Verdict::pass(vec![evidence(cx, &desk, &contact.at)]);
        }
        if let Some(desk) = named_before(c, cx, &contact.at) {
            return Verdict::pass(vec![evidence(cx, &desk, &contact.at)]);
        }
        if contact.kind == ContactKind::Email
            && c.mailbox.is_match(&contact.text)
            && in_language(c, cx, contact.at.block)
        {
            return Verdict::pass(vec![cx.evidence(&contact.at)]);
        }
        if let Some(generic) = near(&c.generic) {
            // What another paragraph says of damage does not make the switchboard its desk.
            let says_so = near(&c.generic_with).filter(|with| {
                let (a, b) = (
                    &cx.notice.blocks[with.block],
                    &cx.notice.blocks[generic.block],
                );
                with.block == generic.block
                    || b.heading == Some(with.block)
                    || a.cell.is_some() && b.cell.is_some()
                    || a.list_depth > 0 && b.list_depth > 0
            });
            if says_so.is_some() {
                return Verdict::pass(vec![evidence(cx, &generic, &contact.at)]);
            }
            generic_only = Some(generic);
        } else if near(&c.labels).is_some()
            && contact.kind == ContactKind::Email
            && in_language(c, cx, contact.at.block)
        {
            return Verdict::pass(vec![cx.evidence(&contact.at)]);
        }
    }
    let span = generic_only
        .as_ref()
        .map_or_else(|| cx.place_for(section), |at| cx.span(at));
    let key = generic_only.as_ref().map_or("", |at| cx.text(at));
    Verdict::of(
        vec![Complaint {
            span,
            key: key.to_owned(),
            ..Complaint::default()
        }],
        Vec::<Evidence>::new(),
    )
}

fn in_language(c: &Contact, cx: &Context<'_>, _block: BlockId) -> bool {
    c.mailbox_language.is_empty() || c.mailbox_language.iter().any(|l| l == cx.notice_language)
}

fn evidence(cx: &Context<'_>, desk: &Slice, contact: &Slice) -> Evidence {
    let mut e = cx.evidence(desk);
    e.text = format!("{}, {}", e.text, cx.text(contact));
    e
}

/// A mention of one of `list` in the block of `at` or directly around it.
fn find_near(cx: &Context<'_>, at: &Slice, list: &[ConceptId]) -> Option<Slice> {
    let blocks = &cx.notice.blocks;
    let here = &blocks[at.block];
    list.iter()
        .flat_map(|c| around(cx, at, *c, REACH + 1))
        .map(|&(k, m)| {
            let clause = &cx.reading.clauses[k as usize];
            Slice {
                block: clause.block,
                range: clause.mentions[m as usize].range.clone(),
            }
        })
        .filter(|s| {
            let other = &blocks[s.block];
            let distance = at.block.abs_diff(s.block);
            let mut between = at.block.min(s.block) + 1..=at.block.max(s.block);
            let heading_between =
                between.any(|b| matches!(blocks[b].kind, crate::notice::BlockKind::Heading(_)));
            let headed = here.heading == Some(s.block) && distance <= REACH + 1;
            distance == 0
                || headed
                || distance <= REACH && !heading_between && same_group(here, other, distance)
        })
        .min_by_key(|s| {
            (
                at.block.abs_diff(s.block),
                at.range.start.abs_diff(s.range.start),
            )
        })
}

/// The mentions of a concept that are nearest to `at`, at most `reach` blocks away.
fn around<'a>(
    cx: &'a Context<'_>,
    at: &Slice,
    concept: ConceptId,
    reach: usize,
) -> &'a [(u32, u32)] {
    let all = cx.index.get(concept);
    let block = |k: u32| cx.reading.clauses[k as usize].block;
    // Mentions are in the order of the text.
    let low = all.partition_point(|&(k, _)| block(k) + reach < at.block);
    let high = all.partition_point(|&(k, _)| block(k) <= at.block + reach);
    let here = all.partition_point(|&(k, m)| {
        let start = cx.reading.clauses[k as usize].mentions[m as usize]
            .range
            .start;
        (block(k), start) < (at.block, at.range.start)
    });
    let low = low.max(here.saturating_sub(WINDOW));
    &all[low..high.min(here + WINDOW).max(low)]
}

/// Entries of one list, cells of one table, lines of one quotation, or paragraphs that follow one another.
fn same_group(a: &crate::notice::Block, b: &crate::notice::Block, distance: usize) -> bool {
    match (a.cell, b.cell) {
        (Some(x), Some(y)) => x.table == y.table && x.row.abs_diff(y.row) <= 1,
        (None, None) => a.list_depth > 0 && b.list_depth > 0 || distance == 1,
        _ => false,
    }
}

/// The word right before a contact, if it ends like the name of a desk and no general one: "… team, tel. 02-555-0101".
fn named_before(c: &Contact, cx: &Context<'_>, at: &Slice) -> Option<Slice> {
    let text = cx.notice.blocks[at.block].text.as_str();
    let end_of_word = |t: &str| t.trim_end_matches(|ch: char| !ch.is_alphanumeric()).len();
    let mut end = end_of_word(&text[..at.range.start]);
    while let Some(word) = c
        .channel_words
        .iter()
        .find(|w| text[..end].ends_with(w.as_str()))
    {
        end = end_of_word(&text[..end - word.len()]);
    }
    let mut aside = 0;
    // "The student office (in charge: …) 02-555-0101".
    if text[end..at.range.start].trim_start().starts_with(')')
        && let Some((open, _)) = text[..end]
            .char_indices()
            .rev()
            .take_while(|(at, _)| end - at <= BRACKET)
            .find(|(_, c)| *c == '(')
    {
        aside = end - open;
        end = end_of_word(&text[..open]);
    }
    let start = text[..end]
        .char_indices()
        .rev()
        .take_while(|(_, ch)| ch.is_alphanumeric())
        .last()?
        .0;
    let word = &text[start..end];
    // A word that is no more than such an ending goes with the one before it: "privacy team".
    let ending = c.desk_endings.iter().find(|e| word.ends_with(e.as_str()))?;
    let named = word.chars().count() > ending.chars().count() + 1
        || word == ending && text[..start].ends_with(' ');
    let general = || {
        c.generic
            .iter()
            .flat_map(|g| around(cx, at, *g, 0))
            .any(|&(k, m)| {
                let clause = &cx.reading.clauses[k as usize];
                let range = &clause.mentions[m as usize].range;
                clause.block == at.block && range.end == end
            })
    };
    (named && at.range.start - end <= BESIDE + aside && !general()).then_some(Slice {
        block: at.block,
        range: start..end,
    })
}

/// Whether a contact stands right behind the name of an own desk.
pub fn of_desk(cx: &Context<'_>, at: &Slice, own: &[ConceptId], others: &[ConceptId]) -> bool {
    let behind = last_before(cx, at, own).is_some_and(|end| at.range.start - end <= BESIDE);
    behind && !nearest_owner(cx, at, others, own)
}

/// Where the last mention of one of these concepts before `at` ends, in its block.
fn last_before(cx: &Context<'_>, at: &Slice, list: &[ConceptId]) -> Option<usize> {
    list.iter()
        .flat_map(|c| around(cx, at, *c, 0))
        .filter_map(|&(k, m)| {
            let clause = &cx.reading.clauses[k as usize];
            let range = &clause.mentions[m as usize].range;
            (clause.block == at.block && range.end <= at.range.start).then_some(range.end)
        })
        .max()
}

/// Whether the nearest name before `at` in its block is that of another body.
fn nearest_owner(cx: &Context<'_>, at: &Slice, others: &[ConceptId], own: &[ConceptId]) -> bool {
    match (last_before(cx, at, others), last_before(cx, at, own)) {
        (Some(o), Some(d)) => o > d,
        (Some(o), None) => at.range.start - o <= BESIDE,
        _ => false,
    }
}
