//! The bytes of a file as text, and the one place where positions are converted.

use memchr::{memchr, memchr2_iter};
use thiserror::Error;

/// The largest file that is read, in bytes (16 MiB). A notice has some ten kilobytes; anything of this size is a mistake.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// U+FEFF at the start of a file says "UTF-8" and is no part of what a reader sees.
pub(crate) const BYTE_ORDER_MARK: char = '\u{feff}';

/// Bytes between two remembered character counts: what a column costs at most, however long its line is.
const STRIDE: usize = 256;

/// Bytes of a line, by and large.
const LINE: usize = 48;

/// A half-open range of **bytes** in a source file, counted from 0, a byte order mark included.
/// Both ends stand on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether `other` lies inside, ends included.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that covers both.
    pub fn hull(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }
}

/// Why the bytes of a file cannot be read as text. Lines and columns count from 1, columns in characters; offsets are bytes from 0.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SourceError {
    #[error("the file has {size} bytes; so many are not read")]
    TooLarge { size: usize },
    #[error(
        "the file is {encoding}, seen at byte {offset} (line {line}, column {column}); save it as UTF-8"
    )]
    NotUtf8Encoding {
        /// `UTF-16 (little endian)` …
        encoding: &'static str,
        offset: usize,
        line: usize,
        column: usize,
    },
    #[error(
        "byte 0x{byte:02X} at byte {offset} (line {line}, column {column}) is not UTF-8; \
         if the file is in CP949 (EUC-KR) or another older encoding, save it as UTF-8"
    )]
    InvalidUtf8 {
        byte: u8,
        offset: usize,
        line: usize,
        column: usize,
    },
    #[error("NUL byte at byte {offset} (line {line}, column {column}); this is not a text file")]
    NulByte {
        offset: usize,
        line: usize,
        column: usize,
    },
}

/// A file as text.
///
/// A byte order mark stays in `text`, so that a byte of `text` is a byte of the file.
#[derive(Debug, Clone)]
pub struct Source {
    /// As given or found, with `/`.
    pub path: String,
    pub text: String,
    /// Byte at which each line starts.
    lines: Vec<usize>,
    /// Characters before byte 0, `STRIDE`, 2 × `STRIDE` …
    counts: Vec<usize>,
}

impl Default for Source {
    fn default() -> Self {
        Self::index(String::new(), String::new())
    }
}

impl Source {
    /// Takes the bytes of a file as UTF-8, with or without a byte order mark.
    ///
    /// # Errors
    /// More than [`MAX_BYTES`], UTF-16 or UTF-32, bytes that are not UTF-8, NUL bytes.
    pub fn decode(path: impl Into<String>, bytes: Vec<u8>) -> Result<Self, SourceError> {
        Self::decode_up_to(path, bytes, MAX_BYTES)
    }

    /// As [`Source::decode`], with another limit in bytes in place of [`MAX_BYTES`].
    ///
    /// # Errors
    /// More than `limit`; else as [`Source::decode`].
    pub fn decode_up_to(
        path: impl Into<String>,
        bytes: Vec<u8>,
        limit: usize,
    ) -> Result<Self, SourceError> {
        if bytes.len() > limit {
            return Err(SourceError::TooLarge { size: bytes.len() });
        }
        if let Some((encoding, offset)) = other_encoding(&bytes) {
            let (line, column) = place(&bytes, offset);
            return Err(SourceError::NotUtf8Encoding {
                encoding,
                offset,
                line,
                column,
            });
        }
        let text = String::from_utf8(bytes).map_err(|error| {
            let offset = error.utf8_error().valid_up_to();
            let bytes = error.as_bytes();
            let (line, column) = place(bytes, offset);
            SourceError::InvalidUtf8 {
                byte: bytes.get(offset).copied().unwrap_or_default(),
                offset,
                line,
                column,
            }
        })?;
        Self::of_text(path.into(), text)
    }

    /// Takes what is known to be UTF-8; else as [`Source::decode`].
    ///
    /// # Errors
    /// As [`Source::decode`].
    pub fn take(path: impl Into<String>, text: String) -> Result<Self, SourceError> {
        // UTF-16 that is UTF-8 as well has NUL bytes.
        if text.len() > MAX_BYTES || memchr(0, text.as_bytes()).is_some() {
            return Self::decode(path, text.into_bytes());
        }
        Ok(Self::index(path.into(), text))
    }

    fn of_text(path: String, text: String) -> Result<Self, SourceError> {
        if let Some(offset) = text.bytes().position(|byte| byte == 0) {
            let (line, column) = place(text.as_bytes(), offset);
            return Err(SourceError::NulByte {
                offset,
                line,
                column,
            });
        }
        Ok(Self::index(path, text))
    }

    /// Text that is known to be good.
    pub(crate) fn index(path: String, text: String) -> Self {
        let bytes = text.as_bytes();
        let mut lines = Vec::with_capacity(bytes.len() / LINE + 1);
        lines.push(0);
        let mut counts = Vec::with_capacity(bytes.len() / STRIDE + 1);
        let mut characters = 0;
        for stretch in bytes.chunks(STRIDE) {
            counts.push(characters);
            characters += count_characters(stretch);
        }
        for at in memchr2_iter(b'\n', b'\r', bytes) {
            if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
                lines.push(at + 1);
            }
        }
        if bytes.len().is_multiple_of(STRIDE) {
            counts.push(characters);
        }
        Self {
            path,
            text,
            lines,
            counts,
        }
    }

    /// Line and column of a byte, both from 1. A column counts characters; a tab is one, a byte order mark none.
    /// A byte inside a character counts as its first, one past the end as the end.
    pub fn line_column(&self, byte: usize) -> (usize, usize) {
        let byte = floor_boundary(&self.text, byte);
        let line = self.lines.partition_point(|&start| start <= byte);
        let start = line.checked_sub(1).and_then(|at| self.lines.get(at));
        let start = start.copied().unwrap_or_default();
        let mut column = self
            .characters_before(byte)
            .saturating_sub(self.characters_before(start));
        if line <= 1 && self.text.starts_with(BYTE_ORDER_MARK) {
            column = column.saturating_sub(1);
        }
        (line, column + 1)
    }

    /// Number of lines; the empty one after a final line end counts, as in an editor.
    pub fn line_count(&self) -> usize {
        self.lines.len()
    }

    /// The span of a line (from 1) without its line end; `None` past the last line.
    pub fn line_span(&self, line: usize) -> Option<Span> {
        let start = *self.lines.get(line.checked_sub(1)?)?;
        let end = self.lines.get(line).copied().unwrap_or(self.text.len());
        let content = self.text.get(start..end)?.trim_end_matches(['\n', '\r']);
        Some(Span::new(start, start + content.len()))
    }

    /// The text of a span. Ends past the file or inside a character are moved back to the nearest boundary.
    pub fn slice(&self, span: Span) -> &str {
        let start = floor_boundary(&self.text, span.start);
        let end = floor_boundary(&self.text, span.end).max(start);
        &self.text[start..end]
    }

    fn characters_before(&self, byte: usize) -> usize {
        let block = byte / STRIDE;
        let counted = self.counts.get(block).copied().unwrap_or_default();
        let rest = self.text.as_bytes().get(block * STRIDE..byte);
        counted + rest.map_or(0, count_characters)
    }
}

/// The largest character boundary at or before `byte`.
pub(crate) fn floor_boundary(text: &str, byte: usize) -> usize {
    let mut at = byte.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The smallest character boundary at or after `byte`.
pub(crate) fn ceil_boundary(text: &str, byte: usize) -> usize {
    let mut at = byte.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

fn is_continuation(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}

fn count_characters(bytes: &[u8]) -> usize {
    // In stretches of which a byte can hold the number, so that many are counted at a time.
    let starts = |few: &[u8]| {
        few.iter()
            .map(|&b| u8::from(!is_continuation(b)))
            .sum::<u8>()
    };
    bytes.chunks(64).map(|few| usize::from(starts(few))).sum()
}

/// Line and column of `offset`, for bytes that are UTF-8 only up to there.
fn place(bytes: &[u8], offset: usize) -> (usize, usize) {
    let before = bytes.get(..offset).unwrap_or(bytes);
    let mut line = 1;
    let mut start = 0;
    for (at, &byte) in before.iter().enumerate() {
        if byte == b'\n' || (byte == b'\r' && bytes.get(at + 1) != Some(&b'\n')) {
            line += 1;
            start = at + 1;
        }
    }
    let current = before.get(start..).unwrap_or_default();
    let mut column = count_characters(current) + 1;
    if line == 1 && current.starts_with(&[0xef, 0xbb, 0xbf]) {
        column -= 1;
    }
    (line, column)
}

/// The name of another Unicode encoding, and the byte that gives it away.
fn other_encoding(bytes: &[u8]) -> Option<(&'static str, usize)> {
    const LITTLE: &str = "UTF-16 (little endian)";
    const BIG: &str = "UTF-16 (big endian)";
    match bytes {
        [0xff, 0xfe, 0, 0, ..] => return Some(("UTF-32 (little endian)", 0)),
        [0, 0, 0xfe, 0xff, ..] => return Some(("UTF-32 (big endian)", 0)),
        [0xff, 0xfe, ..] => return Some((LITTLE, 0)),
        [0xfe, 0xff, ..] => return Some((BIG, 0)),
        _ => {}
    }
    // Without a mark: in UTF-16 every space, digit and line end has a NUL, always in the same half of its unit.
    let first = bytes.iter().position(|&byte| byte == 0)?;
    let in_step = bytes.len().is_multiple_of(2)
        && bytes
            .iter()
            .enumerate()
            .all(|(at, &byte)| byte != 0 || at % 2 == first % 2);
    if !in_step {
        return None;
    }
    let little = first % 2 == 1;
    let units = bytes.chunks_exact(2).map(|pair| match (pair, little) {
        (&[low, high], true) => u16::from_le_bytes([low, high]),
        (&[high, low], false) => u16::from_be_bytes([high, low]),
        _ => 0,
    });
    let valid = char::decode_utf16(units).all(|unit| unit.is_ok());
    let nuls = bytes.iter().filter(|&&byte| byte == 0).count();
    let likely = nuls * 4 >= bytes.len() || std::str::from_utf8(bytes).is_err();
    (valid && likely).then_some((if little { LITTLE } else { BIG }, first))
}

#[cfg(test)]
mod tests;
