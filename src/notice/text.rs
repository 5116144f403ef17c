//! Visible text that knows where each of its characters stands in the source.

use std::ops::Range;

use unicode_normalization::char::{canonical_combining_class, decompose_canonical};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::source::{Span, ceil_boundary, floor_boundary};

use super::{Piece, VisibleText};

/// Stands for something that parts two words without being a space: a comment, struck-out text, an image.
pub(super) const GAP: char = '\u{1f}';
/// A hard break or `<br>`.
pub(super) const LINE_BREAK: char = '\u{2028}';

/// The folding of [`VisibleText`] for a text that has no place in a notice: wordings of rules, values of facts.
///
/// Folding a second time changes nothing.
pub fn fold(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .filter_map(fold_char)
        .nfc()
        .collect()
}

/// One character after folding; `None` for one that no reader sees. NFC is not done here: it needs the neighbours.
fn fold_char(c: char) -> Option<char> {
    match c {
        ' '..='~' | '\n' | '\u{ac00}'..='\u{d7a3}' => Some(c),
        '\r' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\t' | '\u{b}' | '\u{c}' | '\u{85}' => Some(' '),
        // Spaces of every width, and the two fillers that look like one (Unicode category Zs, U+3164, U+FFA0).
        '\u{a0}'
        | '\u{1680}'
        | '\u{2000}'..='\u{200a}'
        | '\u{202f}'
        | '\u{205f}'
        | '\u{3000}'
        | '\u{3164}'
        | '\u{ffa0}' => Some(' '),
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => None,
        // Soft hyphen, joiners, zero-width spaces, bidi controls, invisible operators, variation selectors, tags.
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{e0000}'..='\u{e01ef}' => None,
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0),
        _ => Some(c),
    }
}

/// Whether folding leaves `c` as it is, and NFC never joins it to what stands before it.
fn is_plain(c: char) -> bool {
    matches!(c, ' '..='~' | '\n' | '\u{ac00}'..='\u{d7a3}')
}

/// How many bytes of a text stand before the last of the plain letters that it begins with.
fn before_last_plain(bytes: &[u8]) -> usize {
    let (mut last, mut at) = (0, 0);
    while let Some(first) = bytes.get(at) {
        let length = match first {
            b' '..=b'~' | b'\n' => 1,
            // Syllables of Hangul, U+AC00 to U+D7A3.
            0xeb | 0xec => 3,
            0xea if bytes.get(at + 1) >= Some(&0xb0) => 3,
            0xed if bytes.get(at + 1..at + 3) <= Some(&[0x9e, 0xa3]) => 3,
            _ => break,
        };
        last = at;
        at += length;
    }
    last
}

/// Whether NFC never joins `c` to what stands before it.
fn starts_anew(c: char) -> bool {
    if c.is_ascii() || matches!(c, '\u{ac00}'..='\u{d7a3}') {
        return true;
    }
    match is_nfc_quick(std::iter::once(c)) {
        IsNormalized::Yes => canonical_combining_class(c) == 0,
        IsNormalized::Maybe => false,
        // Always replaced; what matters is how the replacement begins.
        IsNormalized::No => {
            let mut first = None;
            decompose_canonical(c, |part| {
                first.get_or_insert(part);
            });
            first.is_some_and(|part| {
                canonical_combining_class(part) == 0
                    && is_nfc_quick(std::iter::once(part)) == IsNormalized::Yes
            })
        }
    }
}

impl VisibleText {
    /// What a reader sees, folded.
    pub fn as_str(&self) -> &str {
        self.looked_at.set(true);
        &self.text
    }

    /// Whether somebody has looked at the text, and not only at what was read out of it.
    pub(crate) fn was_looked_at(&self) -> bool {
        self.looked_at.get()
    }

    pub(crate) fn forget_looks(&self) {
        self.looked_at.set(false);
    }

    /// Where a stretch of the source begins in the text, if it stands there byte for byte.
    pub(crate) fn place_of(&self, source: &Range<usize>) -> Option<usize> {
        let within = |piece: &&Piece| {
            piece.verbatim
                && piece.start as usize <= source.start
                && source.end <= piece.end as usize
        };
        let piece = self.pieces.iter().find(within)?;
        Some(piece.at as usize + (source.start - piece.start as usize))
    }

    /// Puts other letters in the place of as many bytes from `start` on.
    pub(crate) fn put(&mut self, start: usize, text: &str) {
        self.text.replace_range(start..start + text.len(), text);
    }

    /// A text that stands at `source` in some other notation, so that no part of it can be told apart there.
    pub fn quoted(text: &str, source: Span) -> Self {
        let written = text;
        let text = fold(text);
        // Written as it is read: then every character has a place of its own.
        let verbatim = text == written && source.len() == text.len();
        let pieces = if text.is_empty() {
            Vec::new()
        } else {
            vec![Piece {
                at: 0,
                start: source.start as u32,
                end: source.end as u32,
                verbatim,
            }]
        };
        Self {
            text,
            pieces,
            ..Self::default()
        }
    }

    /// Length in bytes of the visible text.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The smallest span of the source that covers a byte range of the visible text.
    ///
    /// An entity, an escape or a composed character counts as one. A range that is too long or that cuts a
    /// character is widened or clamped; an empty one gives the empty span where it stands.
    pub fn source_span(&self, range: Range<usize>) -> Span {
        let start = floor_boundary(&self.text, range.start);
        if range.end <= range.start || start == self.text.len() {
            let at = self.source_start(start);
            return Span::new(at, at);
        }
        let end = ceil_boundary(&self.text, range.end);
        let from = self.source_start(start);
        Span::new(from, self.source_end(end).max(from))
    }

    /// The source span of the whole text.
    pub fn whole_span(&self) -> Span {
        self.source_span(0..self.text.len())
    }

    /// Where the character at byte `at` of the visible text begins in the source; at the end, where the text ends.
    fn source_start(&self, at: usize) -> usize {
        if at >= self.text.len() {
            return self.source_end(at);
        }
        let index = self.pieces.partition_point(|piece| piece.at as usize <= at);
        match index
            .checked_sub(1)
            .and_then(|index| self.pieces.get(index))
        {
            Some(piece) if piece.verbatim => piece.start as usize + (at - piece.at as usize),
            Some(piece) => piece.start as usize,
            None => 0,
        }
    }

    /// Where the character before byte `at` of the visible text ends in the source.
    fn source_end(&self, at: usize) -> usize {
        let index = self
            .pieces
            .partition_point(|piece| (piece.at as usize) < at);
        match index
            .checked_sub(1)
            .and_then(|index| self.pieces.get(index))
        {
            Some(piece) if piece.verbatim => piece.start as usize + (at - piece.at as usize),
            Some(piece) => piece.end as usize,
            None => self.pieces.first().map_or(0, |piece| piece.start as usize),
        }
    }

    /// The text with only the given ranges left (in order, on character boundaries).
    pub(super) fn keep(&self, ranges: &[Range<usize>]) -> VisibleText {
        let mut kept = VisibleText::default();
        for range in ranges {
            let first = self
                .pieces
                .partition_point(|piece| piece.at as usize <= range.start)
                .saturating_sub(1);
            for index in first..self.pieces.len() {
                let piece = self.pieces[index];
                if piece.at as usize >= range.end {
                    break;
                }
                let end = self
                    .pieces
                    .get(index + 1)
                    .map_or(self.text.len(), |next| next.at as usize);
                let from = range.start.max(piece.at as usize);
                let to = range.end.min(end);
                if from >= to {
                    continue;
                }
                let span = if piece.verbatim {
                    let at = piece.at as usize;
                    let start = piece.start as usize;
                    Span::new(start + (from - at), start + (to - at))
                } else {
                    Span::new(piece.start as usize, piece.end as usize)
                };
                kept.append(&self.text[from..to], span, piece.verbatim);
            }
        }
        kept
    }

    fn append(&mut self, text: &str, source: Span, verbatim: bool) {
        let at = narrow(self.text.len());
        let start = narrow(source.start);
        let end = narrow(source.end);
        if self.text.is_empty() {
            // Most texts are one piece and its last letter.
            self.text.reserve(text.len() + char::MAX.len_utf8());
        }
        self.text.push_str(text);
        if let Some(last) = self.pieces.last_mut()
            && last.verbatim
            && verbatim
            && last.end == start
        {
            last.end = end;
            return;
        }
        self.pieces.push(Piece {
            at,
            start,
            end,
            verbatim,
        });
    }
}

/// Sources are at most 16 MiB long; see [`crate::source::MAX_BYTES`].
fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// A character that may yet be joined to by the next one (NFC).
#[derive(Debug, Clone, Copy)]
struct Pending {
    c: char,
    source: Span,
    verbatim: bool,
}

/// Builds a [`VisibleText`] from the pieces that the parser hands out, folding on the way.
#[derive(Debug, Default)]
pub(super) struct TextBuilder {
    done: VisibleText,
    pending: Vec<Pending>,
    /// Resolved places; see [`TextBuilder::bookmark`].
    places: Vec<usize>,
    /// Bookmarks behind a pending character: number, pending characters before it, side.
    unplaced: Vec<(usize, usize, Side)>,
}

/// Where a bookmark goes that falls into a composed character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    After,
}

/// A place in a text that is being built; a number in what [`TextBuilder::finish`] gives back.
pub(super) type Bookmark = usize;

impl TextBuilder {
    /// Text that stands at byte `start` of the source exactly as it is.
    pub fn push(&mut self, text: &str, start: usize) {
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            // Of letters that stay as they are, only the last may yet be joined to.
            let run = before_last_plain(rest.as_bytes());
            if run > 0 {
                self.flush();
                let end = at + run;
                let source = Span::new(start + at, start + end);
                self.done.append(&text[at..end], source, true);
                at = end;
            }
            let Some(c) = text[at..].chars().next() else {
                return;
            };
            let source = Span::new(start + at, start + at + c.len_utf8());
            self.push_char(c, source, true);
            at += c.len_utf8();
        }
    }

    /// Text that stands for all of `source`: an entity, an escape.
    pub fn push_as(&mut self, text: &str, source: Span) {
        for c in text.chars() {
            self.push_char(c, source, false);
        }
    }

    /// A break or gap, which is not folded. Two gaps in a row are one.
    pub fn push_mark(&mut self, mark: char, source: Span) {
        self.flush();
        if mark == GAP && self.done.text.ends_with(GAP) {
            return;
        }
        self.done
            .append(mark.encode_utf8(&mut [0; 4]), source, false);
    }

    /// Remembers the present place without keeping what comes next from composing with what came before.
    pub fn bookmark(&mut self, side: Side) -> Bookmark {
        let number = self.places.len();
        self.places.push(self.done.text.len());
        if !self.pending.is_empty() {
            self.unplaced.push((number, self.pending.len(), side));
        }
        number
    }

    /// Bytes of visible text so far; nothing composes across this place.
    pub fn position(&mut self) -> usize {
        self.flush();
        self.done.text.len()
    }

    /// The visible text so far.
    pub fn so_far(&mut self) -> &str {
        self.flush();
        &self.done.text
    }

    /// The text, and the place of every bookmark in it (bytes).
    pub fn finish(mut self) -> (VisibleText, Vec<usize>) {
        self.flush();
        (self.done, self.places)
    }

    fn push_char(&mut self, c: char, source: Span, verbatim: bool) {
        let Some(folded) = fold_char(c) else { return };
        if starts_anew(folded) {
            self.flush();
        }
        self.pending.push(Pending {
            c: folded,
            source,
            verbatim: verbatim && folded == c,
        });
    }

    fn flush(&mut self) {
        let Some(first) = self.pending.first().copied() else {
            return;
        };
        let single = self.pending.len() == 1;
        if single && self.unplaced.is_empty() && is_plain(first.c) {
            self.pending.clear();
            let mut letter = [0; 4];
            let letter = first.c.encode_utf8(&mut letter);
            self.done.append(letter, first.source, first.verbatim);
            return;
        }
        if !(single && is_nfc_quick(std::iter::once(first.c)) == IsNormalized::Yes) {
            let composed: String = self.pending.iter().map(|p| p.c).nfc().collect();
            if !composed.chars().eq(self.pending.iter().map(|p| p.c)) {
                let whole = self
                    .pending
                    .iter()
                    .fold(first.source, |all, p| all.hull(p.source));
                let before = self.done.text.len();
                self.done.append(&composed, whole, false);
                for (number, seen, side) in self.unplaced.drain(..) {
                    let inside = side == Side::Before && seen < self.pending.len();
                    self.places[number] = if inside { before } else { self.done.text.len() };
                }
                self.pending.clear();
                return;
            }
        }
        let mut unplaced = self.unplaced.drain(..).peekable();
        for (seen, p) in self.pending.drain(..).enumerate() {
            while let Some((number, _, _)) = unplaced.next_if(|&(_, before, _)| before <= seen) {
                self.places[number] = self.done.text.len();
            }
            self.done
                .append(p.c.encode_utf8(&mut [0; 4]), p.source, p.verbatim);
        }
        for (number, _, _) in unplaced {
            self.places[number] = self.done.text.len();
        }
    }
}

#[cfg(test)]
mod tests;
