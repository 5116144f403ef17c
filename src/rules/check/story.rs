//! Whether a sentence tells what led to what it says.

use crate::language::reading::Clause;
use crate::language::vocabulary::Ending;

use super::Context;

/// Whether the words of the sentence before byte `before` of the block tell a story: at least `least` of them are known to no concept,
/// date or count and are not hollow, and one of these ends as words do that what came of it follows.
pub fn told(cx: &Context<'_>, clause: &Clause, before: usize, least: usize) -> bool {
    let Some(sentence) = cx.reading.sentences.get(clause.sentence) else {
        return false;
    };
    if !sentence.head_final || before <= sentence.range.start {
        return false;
    }
    let linking = &cx.language.vocabulary.linking;
    let honorifics = &cx.language.vocabulary.honorifics;
    let text = &cx.notice.blocks[clause.block].text.as_str()[sentence.range.start..before];
    let mut unknown = 0;
    let mut leads = false;
    let mut behind = false;
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let start = sentence.range.start + (word.as_ptr() as usize - text.as_ptr() as usize);
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        // "We have done our best, but": what went before the turn did not lead to it.
        if cx.language.vocabulary.suffix_ending(word) == Some(Ending::Contrast) {
            (unknown, leads, behind) = (0, false, false);
            continue;
        }
        if !word.chars().any(char::is_alphabetic)
            || listed(&linking.hollow, word)
            || linking.leads.iter().any(|e| e == word)
            || words.peek().is_some_and(|w| listed(&linking.favours, w))
            || honorifics.iter().any(|e| word.ends_with(e.as_str()))
            || known(cx, clause, start..start + word.len())
        {
            // "Because of", "by means of": words of their own behind what is not known.
            leads |= behind && linking.leads.iter().any(|e| e == word);
            behind = !listed(&linking.hollow, word);
            continue;
        }
        unknown += 1;
        behind = true;
        leads |= linking.leads.iter().any(|e| word.ends_with(e.as_str()));
    }
    leads && unknown >= least
}

/// Whether the word is one of the list, whose `~` stands for any ending.
fn listed(list: &[String], word: &str) -> bool {
    list.iter().any(|h| match h.strip_suffix('~') {
        Some(stem) => word.starts_with(stem),
        None => word == h,
    })
}

/// Whether some concept, date or count stands there.
fn known(cx: &Context<'_>, clause: &Clause, at: std::ops::Range<usize>) -> bool {
    let meets = |range: &std::ops::Range<usize>| range.start < at.end && at.start < range.end;
    let reading = cx.reading;
    reading.clauses[reading.sentences[clause.sentence].clauses.clone()]
        .iter()
        .any(|k| k.mentions.iter().any(|m| meets(&m.range)))
        || (reading.dates.iter()).any(|d| d.at.block == clause.block && meets(&d.at.range))
        || (reading.counts.iter()).any(|c| c.at.block == clause.block && meets(&c.at.range))
}
