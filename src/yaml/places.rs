//! Where the keys and values of a YAML text stand, and what is wrong with it before any meaning is looked at.

use std::collections::HashMap;
use std::sync::Arc;

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::explain::{self, shown};
use super::{MAX_BYTES, MAX_PROBLEMS};
use crate::report::{Place, Problem};
use crate::source::{Source, Span};

/// Deepest nesting that is read. Our deepest file has 8 levels; `serde_yaml` itself stops at 128.
const MAX_DEPTH: usize = 64;

/// Most values a file may have after its aliases are written out.
const MAX_VALUES: usize = 200_000;

/// Where every key and value of a file stands, by path: `["cohorts", "members", "leaked", "2"]`.
#[derive(Debug, Clone, Default)]
pub struct Places {
    source: Arc<Source>,
    /// The first one is the root. A parent stands before its children.
    nodes: Vec<Node>,
}

#[derive(Debug, Clone)]
pub(super) struct Node {
    parent: Option<usize>,
    /// The key, or the index in a list, or nothing for the root.
    name: String,
    key: Option<Span>,
    value: Span,
    kind: Kind,
}

#[derive(Debug, Clone)]
enum Kind {
    Scalar,
    /// Stands for something written elsewhere; all of it is said to stand here.
    Alias,
    List(Vec<usize>),
    Mapping(HashMap<String, usize>),
}

impl Places {
    /// The key at a path, if the last part of the path is a key.
    pub fn key(&self, path: &[&str]) -> Option<Span> {
        self.node(path)?.key
    }

    /// The value at a path. For an empty value, its key. What comes out of an alias stands at the alias.
    pub fn value(&self, path: &[&str]) -> Option<Span> {
        Some(self.node(path)?.value)
    }

    /// The value at a path, or of the nearest thing above it that is in the file.
    pub fn near(&self, path: &[&str]) -> Span {
        (0..=path.len())
            .rev()
            .find_map(|length| self.value(path.get(..length)?))
            .unwrap_or_default()
    }

    /// The file's path, as it was given.
    pub fn path(&self) -> &str {
        &self.source.path
    }

    /// Line and column of a span.
    pub fn place(&self, span: Span) -> Place {
        Place::of(&self.source, span)
    }

    /// A problem at a span of this file.
    pub fn problem(&self, span: Span, message: impl Into<String>, hint: Option<String>) -> Problem {
        Problem {
            path: self.source.path.clone(),
            message: message.into(),
            hint,
            at: Some(self.place(span)),
        }
    }

    fn node(&self, path: &[&str]) -> Option<&Node> {
        let mut node = self.nodes.first()?;
        for part in path {
            let next = match &node.kind {
                Kind::Alias => return Some(node),
                Kind::Scalar => return None,
                Kind::List(items) => *items.get(part.parse::<usize>().ok()?)?,
                Kind::Mapping(entries) => *entries.get(*part)?,
            };
            node = self.nodes.get(next)?;
        }
        Some(node)
    }

    /// The outermost value that begins at a byte.
    pub(super) fn starting_at(&self, byte: usize) -> Option<usize> {
        self.nodes.iter().position(|node| node.value.start == byte)
    }

    /// The value whose path, with a colon behind it, is the start of a message; the longest one.
    pub(super) fn longest_path(&self, message: &str) -> Option<(usize, String)> {
        (1..self.nodes.len())
            .map(|id| (id, self.path_text(id)))
            .filter(|(_, path)| {
                message
                    .strip_prefix(path.as_str())
                    .is_some_and(|rest| rest.starts_with(": "))
            })
            .max_by_key(|(_, path)| path.len())
    }

    /// The key of this name in a mapping.
    pub(super) fn key_in(&self, mapping: usize, name: &str) -> Option<Span> {
        self.nodes.get(self.child(mapping, name)?)?.key
    }

    /// The value with this key in a mapping.
    pub(super) fn child(&self, mapping: usize, name: &str) -> Option<usize> {
        match &self.nodes.get(mapping)?.kind {
            Kind::Mapping(entries) => entries.get(name).copied(),
            _ => None,
        }
    }

    pub(super) fn get(&self, id: usize) -> Option<&Node> {
        self.nodes.get(id)
    }

    /// A path as `serde_yaml` writes it and people read it: `cohorts.members.leaked[2]`; empty for the root.
    pub(super) fn path_text(&self, id: usize) -> String {
        let mut parts = Vec::new();
        let mut next = self.nodes.get(id);
        while let Some(node) = next {
            let parent = node.parent.and_then(|id| self.nodes.get(id));
            match parent.map(|parent| &parent.kind) {
                Some(Kind::List(_)) => parts.push(format!("[{}]", node.name)),
                Some(_) => parts.push(format!(".{}", node.name)),
                None => {}
            }
            next = parent;
        }
        parts.reverse();
        parts.concat().trim_start_matches('.').to_owned()
    }

    /// Reads `text`, which begins at byte `offset` of `source`.
    pub(super) fn scan(
        path: &str,
        source: &str,
        text: &str,
        offset: usize,
    ) -> Result<Self, Vec<Problem>> {
        let places = Self {
            source: Arc::new(Source::index(path.to_owned(), source.to_owned())),
            nodes: Vec::new(),
        };
        if text.len() > MAX_BYTES {
            let message = format!("larger than {} MiB: too large to be read", MAX_BYTES >> 20);
            return Err(vec![places.problem(
                Span::new(offset, offset),
                message,
                None,
            )]);
        }
        let mut scan = Scan::new(places, text, offset);
        scan.run();
        let nothing = match scan.places.nodes.first() {
            Some(root) => root.value.start == root.value.end && matches!(root.kind, Kind::Scalar),
            None => true,
        };
        if scan.problems.is_empty() && nothing {
            let start = Span::new(offset, offset);
            scan.complain(start, "nothing is written here".to_owned(), None);
        }
        if scan.problems.is_empty() {
            Ok(scan.places)
        } else {
            Err(scan.problems)
        }
    }
}

impl Node {
    pub(super) fn key(&self) -> Option<Span> {
        self.key
    }

    pub(super) fn value(&self) -> Span {
        self.value
    }
}

/// An open list or mapping.
struct Open {
    node: usize,
    /// The key that waits for its value.
    key: Option<(String, Span)>,
    anchor: usize,
    /// Values inside so far, aliases written out.
    size: usize,
}

struct Scan<'a> {
    places: Places,
    text: &'a str,
    offset: usize,
    /// Byte in `text` of each character, as the parser counts characters. Empty if the text is ASCII.
    bytes: Vec<usize>,
    stack: Vec<Open>,
    /// Sizes of what has an anchor, by the parser's number. Missing while it is open.
    anchors: HashMap<usize, usize>,
    total: usize,
    problems: Vec<Problem>,
}

impl<'a> Scan<'a> {
    fn new(places: Places, text: &'a str, offset: usize) -> Self {
        let bytes = match text.is_ascii() {
            true => Vec::new(),
            false => text.char_indices().map(|(at, _)| at).collect(),
        };
        Self {
            places,
            text,
            offset,
            bytes,
            stack: Vec::new(),
            anchors: HashMap::new(),
            total: 0,
            problems: Vec::new(),
        }
    }

    fn complain(&mut self, span: Span, message: String, hint: Option<String>) {
        self.problems.push(self.places.problem(span, message, hint));
    }

    /// Byte in `text` of a character.
    fn byte(&self, index: usize) -> usize {
        match self.bytes.is_empty() {
            true => index.min(self.text.len()),
            false => self.bytes.get(index).copied().unwrap_or(self.text.len()),
        }
    }

    /// A range of `text` as a span of the file.
    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.offset + start, self.offset + end.max(start))
    }

    fn byte_is(&self, at: usize, byte: u8) -> bool {
        self.text.as_bytes().get(at) == Some(&byte)
    }

    /// Stops at the first thing after which no further meaning can be trusted.
    fn run(&mut self) {
        let mut documents = 0;
        // Not `Parser::load`: that one calls itself for every level.
        for event in Parser::new_from_str(self.text) {
            let (event, marks) = match event {
                Ok(event) => event,
                Err(error) => {
                    let at = self.byte(error.marker().index());
                    let (message, hint, start, end) = explain::syntax(self.text, at, error.info());
                    self.complain(self.span(start, end), message, hint);
                    return;
                }
            };
            let (start, end) = (self.byte(marks.start.index()), self.byte(marks.end.index()));
            let goes_on = match event {
                Event::DocumentStart(_) => {
                    documents += 1;
                    documents == 1 || {
                        self.complain(
                            self.span(start, end),
                            "a second document begins here".to_owned(),
                            Some("one file holds one document: remove this `---` line".to_owned()),
                        );
                        false
                    }
                }
                Event::Scalar(value, style, anchor, _) => {
                    let span = self.scalar_span(start, end, style);
                    self.scalar(&value, span, anchor)
                }
                Event::Alias(anchor) => self.alias(anchor, self.span(start, end)),
                Event::SequenceStart(anchor, _) => {
                    self.open(Kind::List(Vec::new()), start, end, anchor)
                }

                Event::MappingStart(anchor, _) => {
                    self.open(Kind::Mapping(HashMap::new()), start, end, anchor)
                }
                Event::SequenceEnd | Event::MappingEnd => {
                    self.close(start);
                    true
                }
                _ => true,
            };
            if !goes_on || self.problems.len() >= MAX_PROBLEMS {
                return;
            }
        }
    }

    /// Ends of scalars as the parser gives them may reach into blanks or a comment behind.
    fn scalar_span(&self, start: usize, end: usize, style: ScalarStyle) -> Span {
        let raw = self.text.get(start..end).unwrap_or_default();
        let length = match style {
            ScalarStyle::SingleQuoted => quoted_length(raw, '\''),
            ScalarStyle::DoubleQuoted => quoted_length(raw, '"'),
            _ => raw.trim_end().len(),
        };
        self.span(start, start + length)
    }

    /// Whether a key is due next.
    fn wants_key(&self) -> bool {
        self.stack.last().is_some_and(|open| {
            open.key.is_none()
                && matches!(
                    self.places.nodes.get(open.node).map(|node| &node.kind),
                    Some(Kind::Mapping(_))
                )
        })
    }

    fn scalar(&mut self, value: &str, span: Span, anchor: usize) -> bool {
        if !self.wants_key() {
            if anchor > 0 {
                self.anchors.insert(anchor, 1);
            }
            return self.add(Kind::Scalar, span, 1).is_some();
        }
        let Some(open) = self.stack.last_mut() else {
            return true;
        };
        let first = match self.places.nodes.get(open.node).map(|node| &node.kind) {
            Some(Kind::Mapping(entries)) => entries.get(value).copied(),
            _ => None,
        };
        open.key = Some((value.to_owned(), span));
        if let Some(key) = first
            .and_then(|id| self.places.nodes.get(id))
            .and_then(|node| node.key)
        {
            let line = self.places.place(key).line;
            let message = format!("the key `{}` is written twice", shown(value));
            let hint = format!("it is already in line {line}; remove one of them");
            self.complain(span, message, Some(hint));
        }
        true
    }

    fn alias(&mut self, anchor: usize, span: Span) -> bool {
        let name = shown(
            self.text
                .get(span.start - self.offset..span.end - self.offset)
                .unwrap_or_default(),
        );
        if self.wants_key() {
            self.complain(
                span,
                format!("the alias `{name}` cannot be a key"),
                Some("write the key out".to_owned()),
            );
            return false;
        }
        let Some(&size) = self.anchors.get(&anchor) else {
            self.complain(
                span,
                format!("the alias `{name}` stands inside of what it refers to"),
                Some("write the value out".to_owned()),
            );
            return false;
        };
        self.add(Kind::Alias, span, size).is_some()
    }

    fn open(&mut self, kind: Kind, start: usize, end: usize, anchor: usize) -> bool {
        let mut span = self.span(start, end);
        // A list that is indented like its key is said to begin behind its first dash.
        let before = self
            .text
            .get(..start)
            .unwrap_or_default()
            .trim_end_matches(' ');
        if matches!(kind, Kind::List(_))
            && start == end
            && !self.byte_is(start, b'-')
            && before.ends_with('-')
        {
            span = self.span(before.len() - 1, before.len() - 1);
        }
        if self.wants_key() {
            self.complain(
                span,
                "a list or mapping cannot be a key".to_owned(),
                Some("if this is text, put it in quotes".to_owned()),
            );
            return false;
        }
        if self.stack.len() >= MAX_DEPTH {
            self.complain(
                span,
                format!("nested more than {MAX_DEPTH} levels deep"),
                None,
            );
            return false;
        }
        let Some(node) = self.add(kind, span, 1) else {
            return false;
        };
        self.stack.push(Open {
            node,
            key: None,
            anchor,
            size: 1,
        });
        true
    }

    fn close(&mut self, end: usize) {
        let Some(open) = self.stack.pop() else { return };
        // A list or mapping in brackets ends with its bracket; one made by indentation ends with its last value.
        let bracket = self
            .text
            .get(end..)
            .is_some_and(|rest| rest.starts_with([']', '}']));
        if bracket {
            self.grow(open.node, self.offset + end + 1);
        }
        if open.anchor > 0 {
            self.anchors.insert(open.anchor, open.size);
        }
        if let Some(end) = self.places.nodes.get(open.node).map(|node| node.value.end)
            && let Some(parent) = self.stack.last_mut()
        {
            parent.size = parent.size.saturating_add(open.size);
            let parent = parent.node;
            self.grow(parent, end);
        }
    }

    fn grow(&mut self, node: usize, end: usize) {
        if let Some(node) = self.places.nodes.get_mut(node) {
            node.value.end = node.value.end.max(end);
        }
    }

    /// Adds a value that counts `size`. Nothing if the file gets too large by it.
    fn add(&mut self, kind: Kind, span: Span, size: usize) -> Option<usize> {
        let id = self.places.nodes.len();
        let is_collection = matches!(kind, Kind::List(_) | Kind::Mapping(_));
        let mut node = Node {
            parent: None,
            name: String::new(),
            key: None,
            value: span,
            kind,
        };
        self.total = self.total.saturating_add(size);
        if self.total > MAX_VALUES {
            let message = format!("more than {MAX_VALUES} values, aliases written out");
            self.complain(span, message, None);
            return None;
        }
        if let Some(open) = self.stack.last_mut() {
            node.parent = Some(open.node);
            if !is_collection {
                open.size = open.size.saturating_add(size);
            }
            let parent = self.places.nodes.get_mut(open.node)?;
            match &mut parent.kind {
                Kind::List(items) => {
                    node.name = items.len().to_string();
                    items.push(id);
                }
                Kind::Mapping(entries) => {
                    let (name, key) = open.key.take()?;
                    node.key = Some(key);
                    if span.start == span.end && !is_collection {
                        node.value = key;
                    }
                    // The first one of duplicates stays.
                    entries.entry(name.clone()).or_insert(id);
                    node.name = name;
                }
                Kind::Scalar | Kind::Alias => {}
            }
            parent.value.end = parent.value.end.max(node.value.end);
        }
        self.places.nodes.push(node);
        Some(id)
    }
}

/// Bytes up to the closing quote, with all that stands before the opening one (an anchor).
fn quoted_length(raw: &str, quote: char) -> usize {
    let Some(open) = raw.find(quote) else {
        return raw.len();
    };
    let mut rest = raw
        .char_indices()
        .skip_while(|&(at, _)| at <= open)
        .peekable();
    while let Some((at, c)) = rest.next() {
        if c == '\\' && quote == '"' {
            rest.next();
        } else if c == quote {
            // Two single quotes are one, written inside.
            if quote == '\'' && rest.peek().is_some_and(|&(_, next)| next == quote) {
                rest.next();
                continue;
            }
            return at + c.len_utf8();
        }
    }
    raw.len()
}
