//! Words and marks of a text, and what the end of each word says about it.

use super::scan::{Token, is_syllabic, is_word};
use super::vocabulary::{Ending, Role, Vocabulary};

/// A word or a punctuation mark.
#[derive(Debug, Clone, Copy)]
pub struct Unit {
    /// Bytes of the block's text.
    pub start: usize,
    pub end: usize,
    pub kind: UnitKind,
    /// Tokens that end in this word: a range of the block's tokens.
    pub tokens: (u32, u32),
    /// A token that began in an earlier word goes on in this one.
    pub continued: bool,
    /// What the end of the word says.
    pub ending: Option<Ending>,
    /// Written without a space to the unit before.
    pub joined: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitKind {
    Word,
    /// Separates members of a list closely: comma, middle dot, slash.
    Comma,
    Colon,
    Semicolon,
    /// Ends a sentence.
    Stop,
    QuestionMark,
    Open,
    Close,
    Quote,
    Dash,
    /// `…`, `...`
    Ellipsis,
    /// A line that ends for the reader.
    Break,
    Other,
}

impl Unit {
    pub fn is_word(&self) -> bool {
        self.kind == UnitKind::Word
    }
}

fn mark(c: char) -> UnitKind {
    match c {
        ',' | '、' | '·' | '\u{318d}' | '・' | '/' | '‧' | '∙' => UnitKind::Comma,
        ':' => UnitKind::Colon,
        ';' => UnitKind::Semicolon,
        '.' | '!' | '。' => UnitKind::Stop,
        '?' => UnitKind::QuestionMark,
        '(' | '[' | '{' | '<' | '〈' | '《' | '「' | '『' | '【' => UnitKind::Open,
        ')' | ']' | '}' | '>' | '〉' | '》' | '」' | '』' | '】' => UnitKind::Close,
        '"' | '\'' | '“' | '”' | '‘' | '’' | '«' | '»' => UnitKind::Quote,
        '–' | '—' | '―' | '-' | '~' | '∼' | '～' | '→' => UnitKind::Dash,
        '…' => UnitKind::Ellipsis,
        '\u{2028}' => UnitKind::Break,
        _ => UnitKind::Other,
    }
}

/// Whether `c` belongs to the word around it.
fn in_word(c: char, previous: Option<char>, next: Option<char>) -> bool {
    if is_word(c) {
        return true;
    }
    let between = |f: fn(char) -> bool| previous.is_some_and(f) && next.is_some_and(f);
    match c {
        '\'' | '’' => between(|c| c.is_ascii_alphabetic()),
        '.' => between(|c| c.is_ascii_alphanumeric()),
        ',' => between(|c| c.is_ascii_digit()),
        '-' | '_' | '@' | '+' | '&' | '‐' | '‑' => between(|c| c.is_ascii_alphanumeric()),
        '%' => previous.is_some_and(|c| c.is_ascii_digit()),
        _ => false,
    }
}

/// Cuts `text` into units. `tokens` are those of the same text, in order.
pub fn units(
    vocabulary: &Vocabulary,
    text: &str,
    tokens: &[Token],
    hard_break: impl Fn(usize) -> bool,
) -> Vec<Unit> {
    let mut out: Vec<Unit> = Vec::with_capacity(text.len() / 5 + 4);
    let mut chars = text.char_indices().peekable();
    let mut previous: Option<char> = None;
    while let Some((at, c)) = chars.next() {
        if c == '\n' || c == '\u{2028}' || c == '\u{1f}' {
            if c != '\u{1f}' && (c == '\u{2028}' || hard_break(at)) {
                out.push(unit(at, at + c.len_utf8(), UnitKind::Break, false));
            }
            previous = None;
            continue;
        }
        if c.is_whitespace() {
            if hard_break(at) {
                out.push(unit(at, at + c.len_utf8(), UnitKind::Break, false));
            }
            previous = None;
            continue;
        }
        let joined = previous.is_some();
        let next = chars.peek().map(|(_, n)| *n);
        if in_word(c, previous, next) {
            let mut end = at + c.len_utf8();
            let mut last = c;
            while let Some(&(i, n)) = chars.peek() {
                if !n.is_ascii_alphanumeric() && !is_syllabic(n) {
                    let mut ahead = chars.clone();
                    ahead.next();
                    if !in_word(n, Some(last), ahead.peek().map(|(_, a)| *a)) {
                        break;
                    }
                }
                end = i + n.len_utf8();
                last = n;
                chars.next();
            }
            out.push(unit(at, end, UnitKind::Word, joined));
            previous = Some(last);
            continue;
        }
        let mut kind = mark(c);
        // A year without its century.
        if kind == UnitKind::Quote && !joined && next.is_some_and(|n| n.is_ascii_digit()) {
            kind = UnitKind::Other;
        }
        if kind == UnitKind::Stop && c == '.' {
            // Two and more full stops trail off.
            let mut end = at + 1;
            while chars.peek().is_some_and(|(_, n)| *n == '.') {
                chars.next();
                end += 1;
            }
            let kind = if end > at + 1 {
                UnitKind::Ellipsis
            } else {
                kind
            };
            out.push(unit(at, end, kind, joined));
        } else {
            out.push(unit(at, at + c.len_utf8(), kind, joined));
        }
        previous = Some(c);
    }
    attach(vocabulary, text, tokens, &mut out);
    out
}

fn unit(start: usize, end: usize, kind: UnitKind, joined: bool) -> Unit {
    Unit {
        start,
        end,
        kind,
        tokens: (0, 0),
        continued: false,
        ending: None,
        joined,
    }
}

/// Gives each word its tokens and its ending.
fn attach(vocabulary: &Vocabulary, text: &str, tokens: &[Token], units: &mut [Unit]) {
    let mut t = 0;
    for unit in units.iter_mut() {
        let first = t;
        while t < tokens.len() && tokens[t].end <= unit.end {
            t += 1;
        }
        unit.tokens = (first as u32, t as u32);
        unit.continued = tokens.get(t).is_some_and(|n| n.start < unit.end);
        if unit.kind != UnitKind::Word {
            continue;
        }
        let word = &text[unit.start..unit.end];
        if unit.continued || !word.chars().next_back().is_some_and(is_syllabic) {
            continue;
        }
        let (rest, stem) = match tokens[first..t].last() {
            Some(token) if token.end > unit.start => {
                (&text[token.end.max(unit.start)..unit.end], token.stem)
            }
            _ => (word, false),
        };
        let known = rest.len() < word.len() || t > first;
        unit.ending = if known {
            if rest.is_empty() {
                // A stem that fills its word may be an ending itself, and so may be what makes a verb a condition.
                let condition = tokens[first..t].last().is_some_and(|token| {
                    token.start > unit.start
                        && vocabulary.concept(token.concept).role == Some(Role::Condition)
                });
                if stem {
                    vocabulary.suffix_ending(word)
                } else if condition {
                    unknown_word(vocabulary, word)
                } else {
                    None
                }
            } else if stem {
                // A stem may take a part of the ending with it.
                vocabulary
                    .suffix_ending(rest)
                    .or_else(|| vocabulary.particle(rest))
                    .or_else(|| unknown_word(vocabulary, word))
            } else {
                vocabulary
                    .particle(rest)
                    .or_else(|| vocabulary.suffix_ending(rest))
            }
        } else if let Some(&ending) = vocabulary.particle_words.get(word) {
            Some(ending)
        } else if vocabulary.not_endings.contains(word) {
            None
        } else if let Some(rest) = behind_figures(word) {
            vocabulary.particle(rest)
        } else {
            unknown_word(vocabulary, word)
        };
    }
    join(vocabulary, tokens, units);
    particles_apart(vocabulary, text, units);
}

/// A verb that only joins the members of a list ("in addition to", "beginning with") is no verb, and the particle that
/// it asks for does not end the list.
fn join(vocabulary: &Vocabulary, tokens: &[Token], units: &mut [Unit]) {
    for i in 0..units.len() {
        let u = units[i];
        let joins = u.ending.is_none_or(Ending::closes_clause)
            && (u.tokens.0..u.tokens.1)
                .map(|t| tokens[t as usize])
                .any(|t| {
                    t.start == u.start
                        && vocabulary.concept(t.concept).role == Some(Role::Coordinate)
                });
        if !joins || u.kind != UnitKind::Word {
            continue;
        }
        if u.ending.is_some() {
            units[i].ending = Some(Ending::And);
        }
        let before = i.checked_sub(1).map(|b| &mut units[b]);
        if let Some(before) = before.filter(|b| b.is_word())
            && matches!(before.ending, Some(Ending::Object | Ending::Oblique))
        {
            before.ending = Some(Ending::And);
        }
    }
}

/// Particles behind a bracket or quotation, words that mark the noun before them, and nouns that end a request.
fn particles_apart(vocabulary: &Vocabulary, text: &str, units: &mut [Unit]) {
    for i in 1..units.len() {
        let (before, u) = (units[i - 1], units[i]);
        if !u.is_word() {
            continue;
        }
        let word = &text[u.start..u.end];
        if u.joined
            && matches!(before.kind, UnitKind::Close | UnitKind::Quote)
            && u.tokens.0 == u.tokens.1
            && let Some(ending) = vocabulary.particle(word)
        {
            units[i].ending = Some(ending);
        }
        if before.is_word() && vocabulary.topic_words.iter().any(|w| w == word) {
            units[i - 1].ending = Some(Ending::Topic);
        }
        let last = units
            .get(i + 1)
            .is_none_or(|n| matches!(n.kind, UnitKind::Break | UnitKind::Stop | UnitKind::Close));
        if let Some(command) = &vocabulary.command
            && last
            && before.is_word()
            && command.noun == word
            && final_of(text[before.start..before.end].chars().next_back())
                == final_of(Some(command.verb))
        {
            units[i].ending = Some(Ending::Request);
        }
    }
}

/// The final consonant of the last syllable block (Unicode, section 3.12); 0 if there is none.
fn final_of(last: Option<char>) -> u32 {
    match last {
        Some(c) if is_syllabic(c) => (c as u32 - 0xac00) % 28,
        _ => 0,
    }
}

/// What is written behind the figures that a word begins with: a unit, a particle, but no ending of a verb.
fn behind_figures(word: &str) -> Option<&str> {
    let rest = word.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.'));
    (rest.len() < word.len() && rest.chars().count() <= 2).then_some(rest)
}

/// A word that is not in the vocabulary: the longest suffix that is an ending or a particle, if something is left before it.
fn unknown_word(vocabulary: &Vocabulary, word: &str) -> Option<Ending> {
    let chars = word.chars().count();
    let mut best = None;
    for (n, (at, _)) in word.char_indices().rev().enumerate().take(6) {
        if n + 1 >= chars {
            break;
        }
        let suffix = &word[at..];
        if let Some(&e) = vocabulary
            .endings
            .get(suffix)
            .or_else(|| vocabulary.particles.get(suffix))
        {
            best = Some(e);
        }
    }
    best
}
