//! One pass over a text with the automaton of all wordings; the longest wording wins.

use super::vocabulary::{ConceptId, Vocabulary};

/// A wording found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Bytes of the scanned text.
    pub start: usize,
    pub end: usize,
    pub concept: ConceptId,
    /// The wording is a stem: what follows inside the word belongs to it.
    pub stem: bool,
}

/// Syllable blocks: letters of a script that writes particles onto its nouns.
pub(crate) fn is_syllabic(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}')
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric()
}

/// What two texts must have in common to match: see [`Folded`].
pub(crate) fn fold_wording(wording: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let composed: String = wording.nfc().collect();
    let mut folded = Folded::default();
    folded.fill(&composed);
    folded.text
}

/// A text made ready for matching: ASCII lower case; hyphens as spaces; no space beside a syllable block; other white
/// space as one space. Line breaks that end a line for the reader stay.
#[derive(Debug, Default)]
pub(crate) struct Folded {
    pub text: String,
    /// For each byte of `text`, the byte of the original where its character begins.
    origin: Vec<u32>,
    /// The character before this byte was set off by white space that has been dropped.
    spaced: Vec<bool>,
}

impl Folded {
    pub fn fill(&mut self, original: &str) {
        self.text.clear();
        self.origin.clear();
        self.spaced.clear();
        let mut previous: Option<char> = None;
        let mut gap: Option<u32> = None;
        let mut chars = original.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let c = match c {
                '\u{2019}' | '\u{2018}' => '\'',
                c => c.to_ascii_lowercase(),
            };
            let hyphen = matches!(c, '-' | '\u{2010}' | '\u{2011}')
                && previous.is_some_and(|p| p.is_ascii_alphanumeric())
                && chars.peek().is_some_and(|(_, n)| n.is_ascii_alphanumeric());
            if hyphen || c == ' ' || c == '\t' || c == '\n' {
                if previous.is_some() {
                    gap.get_or_insert(at as u32);
                }
                continue;
            }
            let mut spaced = false;
            if let Some(gap_at) = gap.take() {
                if previous.is_some_and(is_syllabic) || is_syllabic(c) {
                    spaced = true;
                } else {
                    self.push(' ', gap_at, false);
                }
            }
            self.push(c, at as u32, spaced);
            previous = Some(c);
        }
    }

    fn push(&mut self, c: char, at: u32, spaced: bool) {
        self.text.push(c);
        for i in 0..c.len_utf8() {
            self.origin.push(at);
            self.spaced.push(spaced && i == 0);
        }
    }

    fn original_start(&self, at: usize) -> usize {
        self.origin.get(at).map_or(0, |&o| o as usize)
    }

    /// The end, in the original, of the character that ends at `end` of the folded text.
    fn original_end(&self, end: usize, original: &str) -> usize {
        let Some(&start) = self.origin.get(end.wrapping_sub(1)) else {
            return 0;
        };
        let start = start as usize;
        start + original[start..].chars().next().map_or(0, char::len_utf8)
    }
}

#[derive(Clone, Copy)]
struct Candidate {
    start: u32,
    end: u32,
    wording: u32,
}

/// Memory that is used again for every block.
#[derive(Default)]
pub(crate) struct Scanner {
    folded: Folded,
    candidates: Vec<Candidate>,
    /// Positions at which an acceptable wording begins.
    begins: Vec<u32>,
}

impl Scanner {
    /// All wordings of `text`, left to right, not overlapping.
    pub fn scan(&mut self, vocabulary: &Vocabulary, text: &str, tokens: &mut Vec<Token>) {
        tokens.clear();
        self.folded.fill(text);
        self.candidates.clear();
        let folded = &self.folded;
        let hay = folded.text.as_str();
        for m in vocabulary.automaton.find_overlapping_iter(hay) {
            self.candidates.push(Candidate {
                start: m.start() as u32,
                end: m.end() as u32,
                wording: m.pattern().as_u32(),
            });
        }
        // From the right: what may stand behind a wording depends on the wordings behind it.
        self.candidates
            .sort_unstable_by_key(|c| std::cmp::Reverse((c.start, c.end)));
        self.begins.clear();
        let begins = &mut self.begins;
        self.candidates.retain(|c| {
            let ok =
                right_side(vocabulary, folded, hay, *c, begins) && !splits_word(folded, hay, *c);
            if ok && begins.last() != Some(&c.start) {
                begins.push(c.start);
            }
            ok
        });
        // From the left: the longest acceptable wording at each place.
        let mut free_from = 0u32;
        let mut i = self.candidates.len();
        while i > 0 {
            // Candidates with the same start are adjacent; the longest is the first of them in this order.
            let start = self.candidates[i - 1].start;
            let mut first = i - 1;
            while first > 0 && self.candidates[first - 1].start == start {
                first -= 1;
            }
            if start >= free_from {
                for c in &self.candidates[first..i] {
                    if left_side(vocabulary, folded, hay, *c, tokens, free_from as usize) {
                        let w = vocabulary.wordings[c.wording as usize];
                        let begin = folded.original_start(c.start as usize);
                        tokens.push(Token {
                            start: begin,
                            end: folded.original_end(c.end as usize, text).max(begin),
                            concept: w.concept,
                            stem: w.stem,
                        });
                        free_from = c.end;
                        break;
                    }
                }
            }
            i = first;
        }
    }
}

/// A wording that runs over a dropped space must begin where a word begins.
fn splits_word(folded: &Folded, hay: &str, c: Candidate) -> bool {
    let (start, end) = (c.start as usize, c.end as usize);
    let crosses = folded.spaced[start + 1..end].iter().any(|&s| s);
    crosses
        && !folded.spaced[start]
        && hay[..start].chars().next_back().is_some_and(is_syllabic)
        && hay[start..].chars().next().is_some_and(is_syllabic)
}

fn right_side(
    vocabulary: &Vocabulary,
    folded: &Folded,
    hay: &str,
    c: Candidate,
    begins: &[u32],
) -> bool {
    let w = vocabulary.wordings[c.wording as usize];
    if w.stem {
        return true;
    }
    let end = c.end as usize;
    let rest = &hay[end..];
    let Some(next) = rest.chars().next() else {
        return true;
    };
    if !is_word(next) || folded.spaced[end] {
        return true;
    }
    let last = hay[..end].chars().next_back().unwrap_or(' ');
    if !is_syllabic(next) {
        // A Latin or digit letter behind a syllable block begins another word.
        if is_syllabic(last) {
            return true;
        }
        if w.end || !last.is_ascii_alphabetic() && next.is_ascii_digit() == last.is_ascii_digit() {
            return false;
        }
        return vocabulary.inflections.iter().any(|s| {
            rest.strip_prefix(s.as_str())
                .is_some_and(|r| r.chars().next().is_none_or(|n| !n.is_ascii_alphanumeric()))
        });
    }
    if w.end {
        return false;
    }
    // The particle part of the word: up to the next space or other kind of character.
    let mut stop = rest.len();
    for (i, ch) in rest.char_indices() {
        if !is_syllabic(ch) || i > 0 && folded.spaced[end + i] || i > 24 {
            stop = i;
            break;
        }
    }
    let rest = &rest[..stop];
    if begins.binary_search_by(|b| (end as u32).cmp(b)).is_ok() {
        return true;
    }
    if vocabulary.particle(rest).is_some() {
        return true;
    }
    // Written without a space, the particle may be followed by another wording.
    for (at, _) in rest.char_indices().skip(1).take(2) {
        if vocabulary.particles.contains_key(&rest[..at])
            && begins
                .binary_search_by(|b| ((end + at) as u32).cmp(b))
                .is_ok()
        {
            return true;
        }
    }
    let concept = vocabulary.concept(w.concept);
    use super::vocabulary::Kind;
    matches!(concept.kind, Kind::Term | Kind::Cue)
        && vocabulary
            .verbal
            .iter()
            .any(|v| rest.starts_with(v.as_str()))
}

fn left_side(
    vocabulary: &Vocabulary,
    folded: &Folded,
    hay: &str,
    c: Candidate,
    tokens: &[Token],
    last_end: usize,
) -> bool {
    let w = vocabulary.wordings[c.wording as usize];
    let start = c.start as usize;
    let Some(before) = hay[..start].chars().next_back() else {
        return true;
    };
    if folded.spaced[start] || !is_word(before) {
        return true;
    }
    if w.syllabic_start {
        if !is_syllabic(before) {
            return true;
        }
        if w.start {
            return false;
        }
        if w.tail || w.chars >= 3 && w.syllabic {
            return true;
        }
        let origin = folded.original_start(start);
        // Written without a space, it follows another wording or that wording's particle.
        return tokens.last().is_some_and(|t| {
            t.end == origin
                || !t.stem
                    && start > last_end
                    && !folded.spaced[last_end..start].contains(&true)
                    && vocabulary.particles.contains_key(&hay[last_end..start])
        });
    }
    // Latin letters or digits: a word begins here if the character before is of another kind.
    is_syllabic(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_case_hyphens_and_spaces_beside_syllables() {
        assert_eq!(fold_wording("E-Mail  Address"), "e mail address");
        assert_eq!(fold_wording("공동 현관 비밀 번호"), "공동현관비밀번호");
        assert_eq!(fold_wording("CI 정보"), "ci정보");
    }
}
