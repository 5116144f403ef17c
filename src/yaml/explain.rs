//! Turns the parsers' errors into sentences for the person who wrote the file.

use serde::de::IgnoredAny;

use super::places::Places;
use crate::report::Problem;
use crate::source::Span;

/// Longest piece of a file that is repeated in a message, in characters.
const SHOWN: usize = 60;

/// Text of a file as it is put into a message: cut, and without characters that would act on a terminal.
pub fn shown(text: &str) -> String {
    let mut out = String::new();
    for (count, c) in text.chars().enumerate() {
        if count == SHOWN {
            out.push('…');
            break;
        }
        let acts = c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
        match acts {
            true => out.extend(c.escape_unicode()),
            false => out.push(c),
        }
    }
    out
}

/// The one of `known` that was probably meant by `word`.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    if length > SHOWN {
        return None;
    }
    let plain = |text: &str| text.to_lowercase().replace(['_', ' '], "-");
    let word = plain(word);
    known
        .into_iter()
        .map(|candidate| {
            (
                strsim::damerau_levenshtein(&word, &plain(candidate)),
                candidate,
            )
        })
        .filter(|(distance, candidate)| {
            *distance <= 1.max(length.min(candidate.chars().count()) / 3)
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// "did you mean …" if something is near, else all there is.
pub fn hint_for(word: &str, known: &[&str]) -> Option<String> {
    match nearest(word, known.iter().copied()) {
        Some(meant) => Some(format!("did you mean `{meant}`?")),
        None if known.is_empty() => None,
        None => {
            let known: Vec<String> = known.iter().map(|word| format!("`{word}`")).collect();
            Some(format!("known here: {}", known.join(", ")))
        }
    }
}

/// Message, hint, and range of `text` for a syntax error that the parser noticed at byte `at`.
pub(super) fn syntax(text: &str, at: usize, info: &str) -> (String, Option<String>, usize, usize) {
    let at = at.min(text.len());
    let line_start = text
        .get(..at)
        .and_then(|t| t.rfind('\n'))
        .map_or(0, |n| n + 1);
    let line = text
        .get(line_start..)
        .and_then(|rest| rest.lines().next())
        .unwrap_or_default();
    let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
    let before = text.get(line_start..at).unwrap_or_default();
    let here = text.get(at..).and_then(|rest| rest.chars().next());
    let one = here.filter(|c| *c != '\n').map_or(0, char::len_utf8);
    let say = |message: &str, hint: &str| (message.to_owned(), Some(hint.to_owned()), at, at + one);

    if let Some(tab) = line.get(..indent).and_then(|blank| blank.find('\t')) {
        let tab = line_start + tab;
        let hint = "use spaces: YAML does not allow tabs here".to_owned();
        return (
            "the line is indented with a tab".to_owned(),
            Some(hint),
            tab,
            tab + 1,
        );
    }
    if info.contains("escape") {
        let (start, end) = bad_escape(text, at).unwrap_or((at, at + one));
        let found = shown(text.get(start..end).unwrap_or_default());
        let hint =
            "inside double quotes write a backslash as `\\\\`, or use single quotes".to_owned();
        return (
            format!("`{found}` is not an escape that YAML knows"),
            Some(hint),
            start,
            end,
        );
    }
    if let Some((found, wanted, place)) = wide_sign(text, line_start) {
        let message = format!("`{found}` is a full-width sign; YAML wants `{wanted}`");
        let hint = "type it again in half width".to_owned();
        return (message, Some(hint), place, place + found.len_utf8());
    }
    if let Some((place, key, value)) = glued(text, line_start) {
        let hint = format!("write it like this: `{}: {}`", shown(key), shown(value));
        let message = "there is no blank behind the colon".to_owned();
        return (message, Some(hint), place, place + key.len() + 1);
    }
    if info.contains("trailing content") {
        return say(
            "something stands behind the closing quote",
            "put all of the text in quotes; inside double quotes write a quote as `\\\"`",
        );
    }
    if info.contains("quoted scalar") {
        return say(
            "text in quotes is not closed, or continues on a line that is not indented",
            "close the quote on the same line; write a quote inside single quotes as two: ''",
        );
    }
    if info.contains("mapping values are not allowed") {
        if before.contains(": ") {
            return say(
                "a colon and a blank inside of text that is not in quotes",
                "put the text in quotes: key: \"text: more text\"",
            );
        }
        let above = text
            .get(..line_start)
            .and_then(|above| above.lines().next_back());
        let above = above.unwrap_or_default().trim_end();
        let glued = above.contains(':') && !above.contains(": ") && !above.ends_with(':');
        let hint = match glued {
            true => "the line above needs a blank after its colon: `key: value`",
            false => {
                "check that this line is indented like its neighbours and that the line above is `key: value`"
            }
        };
        let message = "a key cannot stand here".to_owned();
        return (
            message,
            Some(hint.to_owned()),
            line_start + indent.min(before.len()),
            at,
        );
    }
    if info.contains("block sequence entries") {
        return say(
            "a list cannot begin here",
            "begin it on a line of its own; if this is text, put it in quotes",
        );
    }
    if info.contains("unknown anchor") {
        return say(
            "there is no anchor of this name above",
            "if this is text, put it in quotes: \"*text\"",
        );
    }
    if info.contains("unexpected character") {
        let found = here.map(String::from).unwrap_or_default();
        let message = format!("text cannot begin with `{}`", shown(&found));
        return say(&message, "put the text in quotes");
    }
    if info.contains("recursion limit") {
        return say("nested too deep", "a bracket that is never closed?");
    }
    if before.contains(['[', '{']) {
        return say(
            "something stands behind a list or mapping in brackets, or a bracket is missing",
            "text that begins with `[` or `{` must be in quotes: \"[text] more text\"",
        );
    }
    if info.contains("did not find expected key") || info.contains("expected <block end>") {
        return say(
            "a key (`key: value`) is expected here",
            "check that this line is indented like its neighbours",
        );
    }
    if info.contains("':'") || info.contains("flow") {
        return say(
            "a bracket above is not closed",
            "add the missing `]` or `}`",
        );
    }
    (
        format!("this is not YAML: {}", shown(info)),
        None,
        at,
        at + one,
    )
}

/// The line that begins at `start` and the one above it, with the bytes at which they begin.
fn line_and_above(text: &str, start: usize) -> impl Iterator<Item = (usize, &str)> {
    let line = |start: usize| {
        let rest = text.get(start..).unwrap_or_default();
        (start, rest.lines().next().unwrap_or_default())
    };
    let above = text.get(..start).unwrap_or_default().trim_end();
    let above = (!above.is_empty()).then(|| above.rfind('\n').map_or(0, |at| at + 1));
    std::iter::once(line(start)).chain(above.map(line))
}

/// A bracket, colon or comma as Korean and Japanese keyboards type it, outside of quotes: what it is, what it should be, where.
fn wide_sign(text: &str, start: usize) -> Option<(char, char, usize)> {
    const SIGNS: [(char, char); 7] = [
        ('\u{ff3b}', '['),
        ('\u{ff3d}', ']'),
        ('\u{ff5b}', '{'),
        ('\u{ff5d}', '}'),
        ('\u{ff1a}', ':'),
        ('\u{ff0c}', ','),
        ('\u{3000}', ' '),
    ];
    line_and_above(text, start).find_map(|(at, line)| {
        let line = line.split(['"', '\'', '#']).next().unwrap_or_default();
        let (place, sign) = line
            .char_indices()
            .find(|(_, c)| SIGNS.iter().any(|(wide, _)| wide == c))?;
        let (wide, plain) = SIGNS.into_iter().find(|(wide, _)| *wide == sign)?;
        Some((wide, plain, at + place))
    })
}

/// `key:value`: where it stands, the key and the value.
fn glued(text: &str, start: usize) -> Option<(usize, &str, &str)> {
    line_and_above(text, start).find_map(|(at, line)| {
        let indent = line.len() - line.trim_start_matches([' ', '-']).len();
        let (key, value) = line.get(indent..)?.split_once(':')?;
        let is_key = !key.is_empty()
            && key
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b"-_".contains(&b));
        let value = value.trim_end();
        let is_glued = !value.is_empty() && !value.starts_with([' ', '/', ':']);
        (is_key && is_glued && !value.contains(": ")).then_some((at + indent, key, value))
    })
}

/// The first escape that YAML does not know in the double-quoted text from `at` on.
fn bad_escape(text: &str, at: usize) -> Option<(usize, usize)> {
    let mut chars = text.get(at..)?.char_indices();
    while let Some((start, c)) = chars.next() {
        if c != '\\' {
            continue;
        }
        let (next, escaped) = chars.next()?;
        if !"0abt\tnvfre \"/\\N_LPxuU\n\r".contains(escaped) {
            return Some((at + start, at + next + escaped.len_utf8()));
        }
    }
    None
}

/// What is wrong with a text that is YAML, but not what is expected.
pub(super) struct Flaw {
    /// The value that it is about, by its number in the places that it was found with.
    pub node: usize,
    message: String,
}

/// The flaw behind an error of `serde_yaml`.
///
/// # Errors
/// The text is no YAML to `serde_yaml`: the two parsers do not agree on everything.
pub(super) fn flaw(
    error: &serde_yaml::Error,
    places: &Places,
    text: &str,
    offset: usize,
) -> Result<Flaw, Box<Problem>> {
    let location = error.location();
    let at = location.as_ref().map_or(0, |location| location.index());
    let mut message = error.to_string();
    if let Some(location) = &location {
        let tail = format!(" at line {} column {}", location.line(), location.column());
        message = message.replacen(&tail, "", 1);
    }
    if serde_yaml::from_str::<IgnoredAny>(text).is_err() {
        let (message, hint, start, end) = syntax(text, at, &message);
        let span = Span::new(offset + start, offset + end);
        return Err(Box::new(places.problem(span, message, hint)));
    }
    let (node, message) = split_path(&message, places, offset + at);
    Ok(Flaw {
        node,
        message: message.to_owned(),
    })
}

impl Flaw {
    /// The key that nobody knows, and the one that was probably meant.
    pub(super) fn unknown_key(&self) -> Option<(&str, Option<&str>)> {
        match Complaint::of(&self.message) {
            Complaint::UnknownKey { key, known } => Some((key, nearest(key, known))),
            _ => None,
        }
    }

    pub(super) fn missing_key(&self) -> Option<&str> {
        match Complaint::of(&self.message) {
            Complaint::MissingKey { key } => Some(key),
            _ => None,
        }
    }

    /// As it is told. `places`, `text` and `offset` are those of the file.
    pub(super) fn problem(&self, places: &Places, text: &str, offset: usize) -> Problem {
        let node = self.node;
        let complaint = Complaint::of(&self.message);
        let span = match &complaint {
            Complaint::UnknownKey { key, .. } => places.key_in(node, key),
            // The key over the mapping says best which one is meant.
            Complaint::MissingKey { .. } => places.get(node).and_then(|node| node.key()),
            _ => None,
        };
        let span = span
            .or_else(|| places.get(node).map(|node| node.value()))
            .unwrap_or_default();
        let span = first_line(span, text, offset);
        let raw = text.get(span.start.saturating_sub(offset)..span.end.saturating_sub(offset));
        let path = shown(&places.path_text(node));
        let (message, hint) = complaint.say(&path, raw.unwrap_or_default());
        places.problem(span, message, hint)
    }
}

/// A span cut at the end of its first line, so that not half a file is underlined.
fn first_line(span: Span, text: &str, offset: usize) -> Span {
    let inside = text.get(span.start.saturating_sub(offset)..span.end.saturating_sub(offset));
    let length = inside
        .and_then(|inside| inside.lines().next())
        .map_or(0, |line| line.trim_end().len());
    Span::new(span.start, span.start + length)
}

/// The value that an error is about, and the error without the path that `serde_yaml` puts before it.
fn split_path<'a>(message: &'a str, places: &Places, byte: usize) -> (usize, &'a str) {
    const STARTS: [&str; 5] = [
        "unknown field `",
        "unknown variant `",
        "missing field `",
        "invalid type: ",
        "invalid value: ",
    ];
    if STARTS.iter().any(|start| message.starts_with(start)) {
        return (0, message);
    }
    if let Some((node, path)) = places.longest_path(message) {
        let rest = message
            .get(path.len()..)
            .and_then(|rest| rest.strip_prefix(": "));
        return (node, rest.unwrap_or(message));
    }
    // Inside of what an alias stands for, the path is another one than that of the place.
    let start = STARTS.iter().filter_map(|start| message.find(start)).min();
    match start.and_then(|start| message.get(start..)) {
        Some(rest) => (places.starting_at(byte).unwrap_or(0), rest),
        None => (0, message),
    }
}

/// The errors that serde knows, taken out of its sentences (`serde::de::Error` has no other form once it is made).
enum Complaint<'a> {
    UnknownKey { key: &'a str, known: Vec<&'a str> },
    UnknownVariant { word: &'a str, known: Vec<&'a str> },
    MissingKey { key: &'a str },
    WrongType { found: &'a str, expected: &'a str },
    Other(&'a str),
}

impl<'a> Complaint<'a> {
    fn of(message: &'a str) -> Self {
        let named = |start: &str| -> Option<(&'a str, Vec<&'a str>)> {
            let rest = message.strip_prefix(start)?;
            // The list of what is known is the last part, and has no quotes of its own.
            let (word, rest) = rest
                .rsplit_once("`, expected ")
                .or(rest.rsplit_once("`, there are no"))?;
            Some((word, rest.split('`').skip(1).step_by(2).collect()))
        };
        if let Some((key, known)) = named("unknown field `") {
            return Self::UnknownKey { key, known };
        }
        if let Some((word, known)) = named("unknown variant `") {
            return Self::UnknownVariant { word, known };
        }
        if let Some(key) = message.strip_prefix("missing field `") {
            return Self::MissingKey {
                key: key.trim_end_matches('`'),
            };
        }
        let invalid = message
            .strip_prefix("invalid type: ")
            .or(message.strip_prefix("invalid value: "));
        match invalid.and_then(|rest| rest.rsplit_once(", expected ")) {
            Some((found, expected)) => Self::WrongType { found, expected },
            None => Self::Other(message),
        }
    }

    /// Message and hint. `path` is empty for the root; `raw` is what stands in the file.
    fn say(&self, path: &str, raw: &str) -> (String, Option<String>) {
        let inside = if path.is_empty() {
            String::new()
        } else {
            format!(" in `{path}`")
        };
        let subject = if path.is_empty() {
            "this file".to_owned()
        } else {
            format!("`{path}`")
        };
        match self {
            Self::UnknownKey { key: "<<", .. } => (
                format!("merge keys (`<<`) are not supported{inside}"),
                Some("write the keys out".to_owned()),
            ),
            Self::UnknownKey { key, .. } if is_number(key) && !path.is_empty() => (
                format!("unknown key `{}`{inside}", shown(key)),
                Some(
                    "inside of braces a comma begins the next key: write numbers without commas"
                        .to_owned(),
                ),
            ),
            Self::UnknownKey { key, known } => (
                format!("unknown key `{}`{inside}", shown(key)),
                hint_for(key, known),
            ),
            Self::UnknownVariant { word, known } => {
                let message = match path {
                    "" => format!("`{}` is not known here", shown(word)),
                    _ => format!("{subject} cannot be `{}`", shown(word)),
                };
                (message, hint_for(word, known))
            }
            Self::MissingKey { key } => (
                format!("the key `{}` is missing{inside}", shown(key)),
                Some(format!("add `{}: …`", shown(key))),
            ),
            Self::WrongType { found, expected } => (
                format!(
                    "{subject} must be {}, not {}",
                    expected_words(expected),
                    found_words(found)
                ),
                type_hint(found, expected, raw),
            ),
            Self::Other(message) => match path {
                "" => (shown_all(message), None),
                _ => (format!("{subject}: {}", shown_all(message)), None),
            },
        }
    }
}

pub(super) fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// As [`shown`], for a whole sentence.
fn shown_all(message: &str) -> String {
    message.split_inclusive(' ').map(shown).take(60).collect()
}

fn expected_words(expected: &str) -> &str {
    match expected {
        "a string" | "a borrowed string" | "a character" => "text",
        "a sequence" => "a list",
        "a map" => "a mapping (`key: value`)",
        "a boolean" => "`true` or `false`",
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number, 0 or more",
        "i8" | "i16" | "i32" | "i64" => "a whole number",
        "f32" | "f64" => "a number",
        "a YAML tag starting with '!'" => "one word",
        _ if expected.starts_with("struct ") => "a mapping (`key: value`)",
        _ if expected.starts_with("tuple ") || expected.contains("array") => "a list",
        _ => expected,
    }
}

fn found_words(found: &str) -> String {
    match found {
        "sequence" => "a list".to_owned(),
        "map" => "a mapping".to_owned(),
        "unit value" => "empty".to_owned(),
        _ => match found.split_once(' ') {
            Some(("string", text)) => format!("the text {}", shown(text)),
            Some(("integer", number)) => format!(
                "the number {}",
                shown(
                    number
                        .trim_end_matches(" as u128")
                        .trim_end_matches(" as i128")
                )
            ),
            Some(("boolean", word)) => shown(word),
            Some(("floating", rest)) => {
                format!("the number {}", shown(rest.trim_start_matches("point ")))
            }
            _ => shown(found),
        },
    }
}

fn type_hint(found: &str, expected: &str, raw: &str) -> Option<String> {
    let number = expected_words(expected).starts_with("a whole number");
    if found.starts_with("string") && number {
        let digits: String = raw
            .chars()
            .filter(|c| !matches!(c, ',' | '_' | '.' | ' ' | '\'' | '"'))
            .collect();
        let all =
            !digits.is_empty() && digits.len() <= 20 && digits.bytes().all(|b| b.is_ascii_digit());
        return all.then(|| format!("write the digits only: {digits}"));
    }
    match (found, expected_words(expected)) {
        (_, "a list") if raw.starts_with('\u{ff3b}') => {
            Some("type it again in half width".to_owned())
        }
        ("sequence" | "map", "text") if raw.starts_with(['[', '{']) => {
            Some("text that begins with `[` or `{` must be in quotes".to_owned())
        }
        ("unit value", _) | ("sequence" | "map", _) => None,
        (_, "a list") if !raw.contains(['\n', '[']) => {
            Some(format!("write it as a list: [{}]", shown(raw)))
        }
        _ => None,
    }
}
