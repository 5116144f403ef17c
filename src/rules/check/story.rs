//! Whether a sentence tells what led to what it says.

use std::ops::Range;

use crate::language::reading::{Clause, Slice};
use crate::language::vocabulary::{Ending, ends_with, listed_stem};

use super::Context;

/// How many words before a word may tell what led to it.
const WORDS: usize = 60;
/// How many mentions, dates and counts around these words are looked at.
const KNOWN: usize = 240;

/// Whether the words of the sentence before byte `before` of the block tell a story: at least `least` of them are known to no
/// concept, date or count and are not hollow, and one of these ends as words do that what came of it follows.
pub fn told(cx: &Context<'_>, clause: &Clause, before: usize, least: usize) -> bool {
    let Some(sentence) = cx.reading.sentences.get(clause.sentence) else {
        return false;
    };
    if !sentence.head_final || before <= sentence.range.start {
        return false;
    }
    let linking = &cx.language.vocabulary.linking;
    let honorifics = &cx.language.vocabulary.honorifics;
    let text = cx.notice.blocks[clause.block].text.as_str();
    let text = &text[sentence.range.start..before];
    let near = text.split_whitespace().rev().take(WORDS).last();
    let from = near.map_or(0, |w| w.as_ptr() as usize - text.as_ptr() as usize);
    let start = sentence.range.start + from;
    let text = &text[from..];
    let known = known(cx, clause, start..before);
    let mut unknown = 0;
    let mut leads = false;
    let mut behind = false;
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let at = start + (word.as_ptr() as usize - text.as_ptr() as usize);
        // "We have done our best, but": what went before the turn did not lead to it.
        if cx.language.vocabulary.suffix_ending(word) == Some(Ending::Contrast) {
            (unknown, leads, behind) = (0, false, false);
            continue;
        }
        let told = known
            .iter()
            .any(|k| k.start < at + word.len() && at < k.end);
        if !word.chars().any(char::is_alphabetic)
            || listed_stem(&linking.hollow, word)
            || linking.leads.iter().any(|e| e == word)
            || words
                .peek()
                .is_some_and(|w| listed_stem(&linking.favours, w))
            || ends_with(honorifics, word)
            || told
        {
            // "Because of", "by means of": words of their own behind what is not known.
            leads |= behind && linking.leads.iter().any(|e| e == word);
            behind = !listed_stem(&linking.hollow, word);
            continue;
        }
        unknown += 1;
        behind = true;
        leads |= ends_with(&linking.leads, word);
    }
    leads && unknown >= least
}

/// Where in `stretch` of the clause's sentence some concept, date or count stands.
fn known(cx: &Context<'_>, clause: &Clause, stretch: Range<usize>) -> Vec<Range<usize>> {
    let reading = cx.reading;
    let clauses = &reading.clauses[reading.sentences[clause.sentence].clauses.clone()];
    let first = clauses.partition_point(|k| k.range.end <= stretch.start);
    let mentions = clauses[first..]
        .iter()
        .take(KNOWN)
        .take_while(|k| k.range.start < stretch.end)
        .flat_map(|k| {
            let from = k.mentions.partition_point(|m| m.range.end <= stretch.start);
            k.mentions[from..].iter().take(KNOWN).map(|m| &m.range)
        });
    let behind = |at: &Slice| (at.block, at.range.end) <= (clause.block, stretch.start);
    let dates = &reading.dates[reading.dates.partition_point(|d| behind(&d.at))..];
    let counts = &reading.counts[reading.counts.partition_point(|c| behind(&c.at))..];
    let slices = (dates.iter().take(WORDS).map(|d| &d.at))
        .chain(counts.iter().take(WORDS).map(|c| &c.at))
        .filter(|at| at.block == clause.block)
        .map(|at| &at.range);
    mentions
        .chain(slices)
        .filter(|r| r.start < stretch.end && stretch.start < r.end)
        .cloned()
        .collect()
}
