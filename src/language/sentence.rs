//! Sentences: where lines end for the reader, and where sentences end within them.

use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use super::scan::is_syllabic;
use super::units::{Unit, UnitKind};
use super::vocabulary::{Ending, Vocabulary};

/// A sentence, or a line that has the standing of one (an item pasted as plain text, a label, a heading).
#[derive(Debug, Clone)]
pub struct Sentence {
    /// Units of the block.
    pub units: Range<usize>,
    /// Bytes of the block's text.
    pub range: Range<usize>,
    /// It begins with a number, letter or bullet that sets off an item of a list.
    pub marked: bool,
    /// It begins a line of its own.
    pub line_start: bool,
    /// It is the last of its line.
    pub line_end: bool,
    /// Predicates come last in it (else they come between their arguments).
    pub head_final: bool,
    /// Ends with a question mark.
    pub question: bool,
}

/// The narrowest width (in cells) to which text is wrapped.
const NARROWEST: usize = 50;

/// The widest width (in cells) to which text is wrapped.
const WIDEST: usize = 120;

/// Whether a text is one that nobody wrapped: several of its lines are wider than anyone wraps.
pub fn unwrapped<'t>(texts: impl Iterator<Item = &'t str>) -> bool {
    texts
        .flat_map(str::lines)
        .map(str::trim_end)
        // No character takes more cells than bytes.
        .filter(|line| line.len() > WIDEST && width(line) > WIDEST)
        .take(2)
        .count()
        == 2
}

/// Width in cells, quickly where a text has nothing but ASCII letters and syllables of Hangul.
fn width(text: &str) -> usize {
    let cells = |c: char| match c {
        ' '..='~' => Some(1),
        '\u{ac00}'..='\u{d7a3}' => Some(2),
        _ => None,
    };
    let all: Option<usize> = text.chars().map(cells).sum();
    all.unwrap_or_else(|| text.width())
}

/// Byte positions of the line feeds in `text` at which a line ends for the reader, as opposed to text that was wrapped.
///
/// A line was wrapped if the next word would not have fitted into the width that the paragraph uses. Where whole
/// paragraphs stand on one line (`unwrapped`), each line feed is meant.
pub fn hard_breaks(vocabulary: &Vocabulary, text: &str, unwrapped: bool) -> Vec<usize> {
    let mut out = Vec::new();
    if !text.contains('\n') {
        return out;
    }
    let lines: Vec<&str> = text.split('\n').collect();
    let widths: Vec<usize> = lines.iter().map(|l| width(l.trim_end())).collect();
    let widest = widths.iter().copied().max().unwrap_or(0);
    // Nobody wraps text at less.
    let wrapped = widest >= NARROWEST && !unwrapped;
    // A dash without a space is a bullet if several lines begin with one.
    let dashed = |line: &str| {
        let mut chars = line.trim_start().chars();
        matches!(chars.next(), Some('-' | '·')) && chars.next().is_some_and(is_syllabic)
    };
    let dashes = lines.iter().filter(|l| dashed(l)).count() > 1;
    let mut at = 0;
    for i in 0..lines.len().saturating_sub(1) {
        at += lines[i].len();
        let line = lines[i].trim_end();
        let next = lines[i + 1].trim_start();
        let first_word = next.split_whitespace().next().unwrap_or("");
        let hard = if marker_length(vocabulary, next) > 0 || dashes && dashed(next) {
            true
        } else {
            match line.chars().next_back() {
                Some(',') | Some('、') | Some('·') => false,
                Some('.' | '!' | '?' | ':' | ';' | '。') => true,
                _ => !wrapped || widths[i] + 1 + width(first_word) <= widest,
            }
        };
        if hard {
            out.push(at);
        }
        at += 1;
    }
    out
}

/// The longest label, in characters, that stands before its text without a mark in between.
const LABEL: usize = 40;

/// Byte positions of the spaces behind strong text that begins a line and is a label of what follows in that line.
/// `names` says whether a text is one that labels use.
pub fn label_breaks(
    text: &str,
    strong: &[Range<usize>],
    names: impl Fn(&str) -> bool,
) -> impl Iterator<Item = usize> {
    strong.iter().filter_map(move |run| {
        let label = text.get(run.clone())?;
        let (before, behind) = (&text[..run.start], &text[run.end..]);
        let begins = before.trim_end_matches([' ', '\u{a0}', '\u{3000}']);
        let begins = begins.is_empty() || begins.ends_with(['\n', '\u{2028}']);
        let space = behind
            .chars()
            .next()
            .filter(|c| c.is_whitespace() && *c != '\n')?;
        // What goes on in small letters is one sentence with it.
        let open = label.ends_with(char::is_alphanumeric);
        let text_follows = behind
            .trim_start()
            .chars()
            .next()
            .is_some_and(|c| c.is_alphanumeric() && !(open && c.is_lowercase()));
        let one_line =
            behind[..behind.len() - behind[space.len_utf8()..].trim_start().len()].contains('\n');
        (begins && text_follows && !one_line && label.chars().count() <= LABEL && names(label))
            .then_some(run.end)
    })
}

/// Length in bytes of the list marker that `line` begins with (with the space behind it), 0 if it has none.
pub fn marker_length(vocabulary: &Vocabulary, line: &str) -> usize {
    let trimmed = line.trim_start();
    let lead = line.len() - trimmed.len();
    let Some(first) = trimmed.chars().next() else {
        return 0;
    };
    let behind = |n: usize| {
        let rest = &trimmed[n..];
        lead + n + (rest.len() - rest.trim_start().len())
    };
    // Circled and bracketed numbers, bullets.
    if matches!(first, '\u{2460}'..='\u{24ff}' | '\u{2776}'..='\u{2793}' | '\u{3200}'..='\u{32ff}')
    {
        return behind(first.len_utf8());
    }
    if vocabulary.bullets.contains(&first) {
        let rest = &trimmed[first.len_utf8()..];
        // A letter that serves as a bullet, or a dash, needs a space behind it.
        let plain = first.is_alphanumeric() || matches!(first, '-' | '*' | '·' | '+');
        if !plain || rest.starts_with([' ', '\u{a0}']) {
            return behind(first.len_utf8());
        }
        return 0;
    }
    // A box made of letters: "[x] ".
    if let Some(n) = vocabulary.typed_box(trimmed) {
        return behind(n);
    }
    // "1." "1)" "(1)" "가." "A." "Q."
    let open = first == '(';
    let body = if open { &trimmed[1..] } else { trimmed };
    let digits = body.chars().take_while(|c| c.is_ascii_digit()).count();
    let n = if (1..=2).contains(&digits) {
        digits
    } else {
        match body.chars().next() {
            Some(c) if c.is_ascii_alphabetic() || vocabulary.ordinals.contains(&c) => c.len_utf8(),
            _ => return 0,
        }
    };
    let rest = &body[n..];
    let mut after = rest.chars();
    let closed = match (open, after.next()) {
        (true, Some(')')) => true,
        (false, Some('.' | ')')) => true,
        (false, Some(':')) if !body.starts_with(|c: char| c.is_ascii_digit()) => true,
        _ => false,
    };
    // A date or a decimal number is no marker: "12. 3." has a digit behind it.
    let behind_mark = after.next();
    let quote = |c: char| matches!(c, '\'' | '"' | '‘' | '“' | '「' | '<');
    let spaced = behind_mark
        .is_none_or(|c| c == ' ' || c == '\u{a0}' || (is_syllabic(c) || quote(c)) && !open);
    let digit_follows = after.clone().next().is_some_and(|c| c.is_ascii_digit()) && digits > 0;
    if !closed || !spaced || digit_follows {
        return 0;
    }
    behind(if open { 1 } else { 0 } + n + 1)
}

/// Cuts the units of a block into sentences.
pub fn sentences(vocabulary: &Vocabulary, text: &str, units: &[Unit]) -> Vec<Sentence> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut line_start = true;
    let mut depth = 0usize;
    let mut i = 0;
    // Units of the list marker at the beginning of a line do not end a sentence.
    let mut marker_end = marker_end(vocabulary, text, units, 0);
    while i < units.len() {
        let u = units[i];
        match u.kind {
            UnitKind::Open => depth += 1,
            UnitKind::Close => depth = depth.saturating_sub(1),
            UnitKind::Break if goes_on(units, i) => {}
            UnitKind::Break => {
                depth = 0;
                push(
                    &mut out,
                    text,
                    units,
                    start..i,
                    line_start,
                    true,
                    marker_end,
                );
                start = i + 1;
                line_start = true;
                marker_end = self::marker_end(vocabulary, text, units, start);
            }
            UnitKind::Stop | UnitKind::QuestionMark
                if i >= marker_end
                    && depth == 0
                    && (u.kind == UnitKind::QuestionMark
                        || ends_sentence(vocabulary, text, units, i)) =>
            {
                // Closing quotes and brackets belong to the sentence.
                while units.get(i + 1).is_some_and(|n| {
                    n.joined && matches!(n.kind, UnitKind::Quote | UnitKind::Close | UnitKind::Stop)
                }) {
                    i += 1;
                }
                let last_of_line = units.get(i + 1).is_none_or(|n| n.kind == UnitKind::Break);
                push(
                    &mut out,
                    text,
                    units,
                    start..i + 1,
                    line_start,
                    last_of_line,
                    marker_end,
                );
                start = i + 1;
                line_start = false;
                marker_end = 0;
            }
            _ => {}
        }
        i += 1;
    }
    push(
        &mut out,
        text,
        units,
        start..units.len(),
        line_start,
        true,
        marker_end,
    );
    out
}

/// Whether a line ends in the middle of a clause: its last word calls for another.
fn goes_on(units: &[Unit], at: usize) -> bool {
    let last = at.checked_sub(1).map(|i| units[i]);
    units.get(at + 1).is_some_and(Unit::is_word)
        && last.is_some_and(|u| {
            u.is_word()
                && matches!(
                    u.ending,
                    Some(
                        Ending::Auxiliary
                            | Ending::Adnominal
                            | Ending::Object
                            | Ending::Subject
                            | Ending::Topic
                            | Ending::And
                    )
                )
        })
}

fn marker_end(vocabulary: &Vocabulary, text: &str, units: &[Unit], first: usize) -> usize {
    let Some(u) = units.get(first) else { return 0 };
    let line = &text[u.start..];
    let line = line.split(['\n', '\u{2028}']).next().unwrap_or(line);
    let n = marker_length(vocabulary, line);
    if n == 0 {
        return 0;
    }
    let byte = u.start + n;
    first + units[first..].iter().take_while(|x| x.start < byte).count()
}

fn ends_sentence(vocabulary: &Vocabulary, text: &str, units: &[Unit], i: usize) -> bool {
    let u = units[i];
    if &text[u.start..u.end] != "." {
        return true;
    }
    let next = units.get(i + 1);
    let Some(previous) = i.checked_sub(1).map(|p| units[p]) else {
        return false;
    };
    let word = &text[previous.start..previous.end];
    if let Some(next) = next {
        let next_text = &text[next.start..next.end];
        let number_before =
            previous.is_word() && word.chars().all(|c| c.is_ascii_digit() || c == '.');
        // "2026.10.12. 09:00", "8.6. …": the last part of a date written closely.
        if number_before && word.contains('.') && next.kind != UnitKind::Break {
            return false;
        }
        if number_before
            && (next_text.starts_with(|c: char| c.is_ascii_digit())
                || next.kind != UnitKind::Word && next.kind != UnitKind::Break)
        {
            return false;
        }
        if number_before && word.len() <= 2 && i >= 2 && units[i - 2].kind == UnitKind::Stop {
            // The last part of a date: "2026. 3. 12. 14:00", "2026. 3. 12. ~".
            return false;
        }
        if next.joined && next_text.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            return false;
        }
        // "No. 5" goes on, "No. They were not" does not.
        let answer = vocabulary.no.iter().any(|n| n == word)
            && !next_text.starts_with(|c: char| c.is_ascii_digit());
        if !answer && vocabulary.abbreviations.iter().any(|a| a == word) {
            return false;
        }
        if next.is_word() && next_text.starts_with(|c: char| c.is_ascii_lowercase()) {
            return false;
        }
        // The number of a question or an answer, at the beginning of its line: "Q2. What …".
        let begins = i < 2 || units[i - 2].kind == UnitKind::Break;
        let mut signs = word.chars();
        if begins
            && signs.next().is_some_and(|c| c.is_ascii_uppercase())
            && (1..=2).contains(&signs.as_str().len())
            && signs.all(|c| c.is_ascii_digit())
        {
            return false;
        }
        // An initial: "J. Smith", "U.S. law".
        if word.len() == 1 && word.starts_with(|c: char| c.is_ascii_uppercase()) {
            return false;
        }
    }
    true
}

fn push(
    out: &mut Vec<Sentence>,
    text: &str,
    units: &[Unit],
    range: Range<usize>,
    line_start: bool,
    line_end: bool,
    marker_end: usize,
) {
    let marked = marker_end > range.start;
    let first = if marked {
        marker_end.min(range.end)
    } else {
        range.start
    };
    let range = first..range.end;
    if range.is_empty()
        || units[range.clone()]
            .iter()
            .all(|u| u.kind == UnitKind::Break)
    {
        return;
    }
    let bytes = units[range.start].start..units[range.end - 1].end;
    let body = &text[bytes.clone()];
    let (mut syllabic, mut latin) = (0usize, 0usize);
    for c in body.chars() {
        if is_syllabic(c) {
            syllabic += 1;
        } else if c.is_ascii_alphabetic() {
            latin += 1;
        }
    }
    out.push(Sentence {
        question: units[range.clone()]
            .iter()
            .rev()
            .take(3)
            .any(|u| u.kind == UnitKind::QuestionMark),
        units: range,
        range: bytes,
        marked,
        line_start,
        line_end,
        head_final: syllabic * 4 >= latin && syllabic > 0,
    });
}
