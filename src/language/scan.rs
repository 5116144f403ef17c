//! One pass over a text with all wordings; the longest one wins.

use crate::pattern::{Hits, Patterns};

use super::fold::{Folded, Letter};
use super::trie::{Code, Node};
use super::vocabulary::{ConceptId, Kind, Vocabulary};
use super::wording::{WHOLE, Wording};

pub(crate) use super::fold::{is_syllabic, is_word};

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

/// Most letters of a word in which particles are looked for.
const PARTICLES: usize = 9;

/// A wording that may stand where it was found, as far as its right side tells.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    /// Letters of the folded text.
    start: u32,
    end: u32,
    wording: Wording,
}

/// Whether a word that ends before a letter would be followed by particles only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Particles {
    Unknown,
    Yes,
    No,
}

/// The wording taken last.
#[derive(Clone, Copy)]
struct Last {
    /// Letters.
    end: usize,
    /// Bytes of the scanned text.
    source_end: u32,
    stem: bool,
}

/// Memory that is used again for every block.
#[derive(Default)]
pub(crate) struct Scanner {
    folded: Folded,
    codes: Vec<Code>,
    candidates: Vec<Candidate>,
    /// An acceptable wording begins at this letter that may stand behind another.
    begins: Vec<bool>,
    particles: Vec<Particles>,
    rest: String,
}

impl Scanner {
    /// All wordings of `text`, left to right, not overlapping.
    pub fn scan(&mut self, vocabulary: &Vocabulary, text: &str, tokens: &mut Vec<Token>) {
        tokens.clear();
        self.folded.fill(text);
        self.candidates.clear();
        let n = self.folded.letters.len();
        self.begins.clear();
        self.begins.resize(n + 1, false);
        self.particles.clear();
        self.particles.resize(n + 1, Particles::Unknown);
        let trie = &vocabulary.wordings.trie;
        self.codes.clear();
        self.codes
            .extend(self.folded.letters.iter().map(|l| trie.code(l.c)));
        let ends = trie.root(trie.code(WHOLE));
        // From the right: what may stand behind a wording depends on the wordings behind it.
        for start in (0..n).rev() {
            self.find(vocabulary, start, ends);
        }
        self.choose(vocabulary, text, tokens);
    }

    /// The literals of patterns in the text scanned last.
    pub fn hits(&self, patterns: &Patterns) -> Hits {
        patterns.hits(&self.folded.letters)
    }

    /// Collects the wordings that begin at a letter and whose right side is in order; the longest one last.
    fn find(&mut self, vocabulary: &Vocabulary, start: usize, ends: Option<Node>) {
        let letters = self.folded.letters.as_slice();
        // No wording begins inside a Latin word.
        let first = letters[start];
        if !is_syllabic(first.c)
            && !first.spaced
            && start > 0
            && is_word(letters[start - 1].c)
            && !is_syllabic(letters[start - 1].c)
        {
            return;
        }
        let inside = start > 0 && !first.spaced && is_word(letters[start - 1].c);
        let trie = &vocabulary.wordings.trie;
        let from = self.candidates.len();
        let code = self.codes[start];
        let next = self.codes.get(start + 1);
        let root = trie.root(code).filter(|root| {
            next.is_some_and(|next| trie.begins(code, *next)) || trie.value(*root).is_some()
        });
        self.walk(vocabulary, start, root);
        if inside {
            let ends = ends.and_then(|node| trie.child(node, self.codes[start]));
            self.walk(vocabulary, start, ends);
            if self.candidates.len() > from + 1 {
                self.candidates[from..].sort_unstable_by_key(|c| (c.end, c.wording.whole));
            }
        }
    }

    /// Collects the wordings on the way from a node, the one of the letter at `start`.
    fn walk(&mut self, vocabulary: &Vocabulary, start: usize, mut next: Option<Node>) {
        let words = &vocabulary.wordings;
        let mut end = start;
        while let Some(node) = next {
            end += 1;
            if let Some(wording) = words.trie.value(node).and_then(|v| words.get(v))
                && self.right_side(vocabulary, wording, end)
                && (wording.tail || !self.splits_word(start, end))
                && !self.determined(vocabulary, wording, start, end)
            {
                self.begins[start] |= !wording.start && !wording.whole;
                self.candidates.push(Candidate {
                    start: start as u32,
                    end: end as u32,
                    wording,
                });
            }
            self.substituted(vocabulary, start, end, node);
            next = self
                .codes
                .get(end)
                .and_then(|&code| words.trie.child(node, code));
        }
    }

    /// A wording of which the last letter is written another way here: "histories" for "history".
    fn substituted(&mut self, vocabulary: &Vocabulary, start: usize, end: usize, node: Node) {
        let words = &vocabulary.wordings;
        let letters = self.folded.letters.as_slice();
        let behind = letters.get(end..).unwrap_or_default();
        for (ending, last) in &vocabulary.substitutions {
            if !inflected(behind, ending) {
                continue;
            }
            let child = words.trie.child(node, words.trie.code(*last));
            let wording = child
                .and_then(|n| words.trie.value(n))
                .and_then(|v| words.get(v));
            if let Some(wording) = wording.filter(|w| !w.end && !w.stem) {
                self.begins[start] |= !wording.start && !wording.whole;
                self.candidates.push(Candidate {
                    start: start as u32,
                    end: (end + ending.chars().count()) as u32,
                    wording,
                });
            }
        }
    }

    /// From the left: the longest acceptable wording at each place.
    fn choose(&self, vocabulary: &Vocabulary, text: &str, tokens: &mut Vec<Token>) {
        let letters = self.folded.letters.as_slice();
        let mut free_from = 0;
        let mut last_token = None;
        let mut rest = self.candidates.as_slice();
        while let Some(&Candidate { start, .. }) = rest.last() {
            // Those that begin here are adjacent, the longest last.
            let first = rest
                .iter()
                .rposition(|c| c.start != start)
                .map_or(0, |i| i + 1);
            let (before, here) = rest.split_at(first);
            rest = before;
            if start < free_from {
                continue;
            }
            let acceptable = |c: &&Candidate| left_side(vocabulary, letters, c, last_token);
            let found = here.iter().rev().find(acceptable);
            if let Some(c) = found.filter(|c| !self.beside_figure(vocabulary, text, c)) {
                let whole = c.wording.whole;
                let first = match whole {
                    true => letters[word_start(letters, start as usize)],
                    false => letters[start as usize],
                };
                // "connection IP" + "IP address": two names of the same that overlap are one.
                let overlapping = rest
                    .iter()
                    .rev()
                    .take_while(|o| o.start < c.end)
                    .filter(|o| {
                        o.end > c.end && o.wording.concept == c.wording.concept && !o.wording.whole
                    })
                    .map(|o| o.end)
                    .max();
                let end = overlapping.unwrap_or(c.end);
                let last = letters[end as usize - 1];
                // The whole word is one name, whatever its first part means by itself.
                while whole
                    && tokens
                        .last()
                        .is_some_and(|t| t.start >= first.start as usize)
                {
                    tokens.pop();
                }
                tokens.push(Token {
                    start: first.start as usize,
                    end: last.end as usize,
                    concept: c.wording.concept,
                    stem: c.wording.stem,
                });
                free_from = end;
                last_token = Some(Last {
                    end: end as usize,
                    source_end: last.end,
                    stem: c.wording.stem,
                });
            }
        }
    }

    /// The name of a month that is a word of grammar elsewhere: a figure follows, or a day stands before the capital.
    fn beside_figure(&self, vocabulary: &Vocabulary, text: &str, c: &Candidate) -> bool {
        let letters = self.folded.letters.as_slice();
        let (start, end) = (c.start as usize, c.end as usize);
        let months = vocabulary.beside_figures.iter();
        let known = |m: &String| m.len() == end - start && starts_with(&letters[start..end], m);
        let digit = |i: usize| letters.get(i).is_some_and(|l| l.c.is_ascii_digit());
        let capital = || {
            let first = text.get(letters[start].start as usize..);
            first.is_some_and(|t| t.starts_with(|c: char| c.is_uppercase()))
        };
        let day = || start > 1 && letters[start - 1].c == ' ' && digit(start - 2);
        // "no. 3"
        let numbered =
            || letters.get(end).is_some_and(|l| l.c == '.') && (digit(end + 1) || digit(end + 2));
        months.into_iter().any(known) && (digit(end + 1) || numbered() || day() && capital())
    }

    /// A wording that runs over a dropped space must begin where a word begins.
    fn splits_word(&self, start: usize, end: usize) -> bool {
        let letters = self.folded.letters.as_slice();
        let first = letters[start];
        start > 0
            && !first.spaced
            && is_syllabic(first.c)
            && is_syllabic(letters[start - 1].c)
            && letters[start + 1..end].iter().any(|l| l.spaced)
    }

    /// A determiner and a noun ("this mail") that together are spelt like a kind of data.
    fn determined(&self, vocabulary: &Vocabulary, w: Wording, start: usize, end: usize) -> bool {
        let letters = self.folded.letters.as_slice();
        end - start > 2
            && letters[start + 1].spaced
            && vocabulary.determiners.contains(&letters[start].c)
            && vocabulary.concept(w.concept).kind == Kind::Item
    }

    /// Whether a wording may be followed by what stands at `end`.
    fn right_side(&mut self, vocabulary: &Vocabulary, w: Wording, end: usize) -> bool {
        if w.stem {
            return true;
        }
        let letters = self.folded.letters.as_slice();
        let Some(&next) = letters.get(end) else {
            return true;
        };
        if !is_word(next.c) || next.spaced {
            return true;
        }
        let last = letters[end - 1].c;
        if !is_syllabic(next.c) {
            // A Latin or digit letter behind a syllable block begins another word.
            if is_syllabic(last) {
                return true;
            }
            if w.end
                || !last.is_ascii_alphabetic() && next.c.is_ascii_digit() == last.is_ascii_digit()
            {
                return false;
            }
            return vocabulary
                .inflections
                .iter()
                .any(|s| inflected(&letters[end..], s));
        }
        if w.end {
            return false;
        }
        if self.begins[end] {
            return true;
        }
        if self.particles[end] == Particles::Unknown {
            self.particles[end] = self.particles_at(vocabulary, end);
        }
        if self.particles[end] == Particles::Yes {
            return true;
        }
        let kind = vocabulary.concept(w.concept).kind;
        matches!(kind, Kind::Term | Kind::Cue)
            && vocabulary
                .verbal
                .iter()
                .any(|v| starts_with(self.word(end), v))
    }

    /// The part of a word from a letter on: up to the next space or other kind of character.
    fn word(&self, from: usize) -> &[Letter] {
        let rest = &self.folded.letters[from..];
        let stop = rest
            .iter()
            .take(PARTICLES)
            .enumerate()
            .position(|(i, l)| !is_syllabic(l.c) || i > 0 && l.spaced)
            .unwrap_or(rest.len().min(PARTICLES));
        &rest[..stop]
    }

    fn particles_at(&mut self, vocabulary: &Vocabulary, end: usize) -> Particles {
        let mut rest = std::mem::take(&mut self.rest);
        rest.clear();
        rest.extend(self.word(end).iter().map(|l| l.c));
        let fits = vocabulary.particle(&rest).is_some()
            // Written without a space, the particle may be followed by another wording.
            || rest
                .char_indices()
                .enumerate()
                .skip(1)
                .take(2)
                .any(|(i, (at, _))| {
                    self.begins[end + i] && vocabulary.particles.contains_key(&rest[..at])
                });
        self.rest = rest;
        if fits { Particles::Yes } else { Particles::No }
    }
}

/// Whether the letters begin with an ending that closes a Latin word.
fn inflected(letters: &[Letter], ending: &str) -> bool {
    let closed = || {
        let behind = letters.get(ending.chars().count());
        behind.is_none_or(|l| !l.c.is_ascii_alphanumeric())
    };
    starts_with(letters, ending) && closed()
}

fn starts_with(letters: &[Letter], text: &str) -> bool {
    let mut letters = letters.iter();
    text.chars()
        .all(|c| letters.next().is_some_and(|l| l.c == c))
}

fn left_side(
    vocabulary: &Vocabulary,
    letters: &[Letter],
    c: &Candidate,
    last: Option<Last>,
) -> bool {
    let w = c.wording;
    let start = c.start as usize;
    let first = letters[start];
    let Some(before) = start.checked_sub(1).map(|i| letters[i].c) else {
        return !w.whole;
    };
    if first.spaced || !is_word(before) {
        return !w.whole;
    }
    if w.whole {
        return start - word_start(letters, start) > 1;
    }
    if w.syllabic_start {
        if !is_syllabic(before) {
            return true;
        }
        if w.start {
            return false;
        }
        return w.tail
            || w.chars >= 3 && w.syllabic
            || last.is_some_and(|last| follows(vocabulary, letters, last, start));
    }
    // Latin letters or digits: a word begins here if the character before is of another kind.
    is_syllabic(before)
}

/// Where the word around a letter begins.
fn word_start(letters: &[Letter], at: usize) -> usize {
    let mut start = at;
    while start > 0 && !letters[start].spaced && is_word(letters[start - 1].c) {
        start -= 1;
    }
    start
}

/// Written without a space, a wording follows another one or that one's particle.
fn follows(vocabulary: &Vocabulary, letters: &[Letter], last: Last, start: usize) -> bool {
    if last.source_end == letters[start].start {
        return true;
    }
    let between = match letters.get(last.end..start) {
        Some(between) if !last.stem && !between.is_empty() && between.len() <= PARTICLES => between,
        _ => return false,
    };
    let particle = || between.iter().map(|l| l.c).collect::<String>();
    !between.iter().any(|l| l.spaced) && vocabulary.particles.contains_key(particle().as_str())
}
