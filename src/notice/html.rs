//! Raw HTML as tokens, and what its tags mean for a reader.
//!
//! Written after the tokenizer of the HTML standard, as far as tags, attributes and comments go.

use std::ops::Range;

/// A token and the bytes of the chunk that it takes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token {
    Text,
    Open {
        name: String,
        attributes: Range<usize>,
    },
    Close {
        name: String,
    },
    /// With the bytes inside, and whether it ends in this chunk.
    Comment {
        inside: Range<usize>,
        closed: bool,
    },
}

/// The token at byte `at`; `None` at the end.
pub(super) fn token(chunk: &str, at: usize) -> Option<(Token, Range<usize>)> {
    let rest = chunk.get(at..).filter(|rest| !rest.is_empty())?;
    let bytes = rest.as_bytes();
    if bytes[0] != b'<' {
        let length = rest.find('<').unwrap_or(rest.len());
        return Some((Token::Text, at..at + length));
    }
    let second = bytes.get(1).copied().unwrap_or_default();
    if let Some(inside) = rest.strip_prefix("<!--") {
        // `<!-->` and `<!--->` are whole comments.
        for short in [">", "->"] {
            if inside.starts_with(short) {
                let end = at + 4 + short.len();
                return Some((
                    Token::Comment {
                        inside: at + 4..at + 4,
                        closed: true,
                    },
                    at..end,
                ));
            }
        }
        let (inside_end, end, closed) = match comment_end(inside) {
            Some(found) => (found.start, found.end, true),
            None => (inside.len(), inside.len(), false),
        };
        let inside = at + 4..at + 4 + inside_end;
        return Some((Token::Comment { inside, closed }, at..at + 4 + end));
    }
    if second == b'!' || second == b'?' {
        // Declarations, instructions and CDATA: comments to a browser.
        let end = rest.find('>').map_or(rest.len(), |end| end + 1);
        let inside = at + 2..(at + end).saturating_sub(1).max(at + 2);
        return Some((
            Token::Comment {
                inside,
                closed: true,
            },
            at..at + end,
        ));
    }
    let close = second == b'/';
    let name_start = if close { 2 } else { 1 };
    if !bytes.get(name_start).is_some_and(u8::is_ascii_alphabetic) {
        return Some((Token::Text, at..at + 1));
    }
    let name_length = bytes[name_start..]
        .iter()
        .take_while(|&&b| !b.is_ascii_whitespace() && b != b'/' && b != b'>')
        .count();
    let name_end = name_start + name_length;
    let name = rest[name_start..name_end].to_ascii_lowercase();
    let length = tag_length(bytes, name_end);
    let token = if close {
        Token::Close { name }
    } else {
        let inner_end = if bytes[length - 1] == b'>' {
            length - 1
        } else {
            length
        };
        Token::Open {
            name,
            attributes: at + name_end..at + inner_end.max(name_end),
        }
    };
    Some((token, at..at + length))
}

/// Where a comment ends, as the bytes of `-->` (or `--!>`) in the text after `<!--`.
pub(super) fn comment_end(text: &str) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(found) = text[at..].find("--") {
        let start = at + found;
        match (bytes.get(start + 2), bytes.get(start + 3)) {
            (Some(b'>'), _) => return Some(start..start + 3),
            (Some(b'!'), Some(b'>')) => return Some(start..start + 4),
            _ => at = start + 1,
        }
    }
    None
}

/// Where `</name` begins; the text before is not markup.
pub(super) fn raw_text_end(text: &str, name: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = text[at..].find("</") {
        let start = at + found;
        let after = &text.as_bytes()[start + 2..];
        if after
            .get(..name.len())
            .is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()))
        {
            return Some(start);
        }
        at = start + 2;
    }
    None
}

/// Length of the tag whose name ends at `at`, its `>` included; a tag that never ends takes the rest.
fn tag_length(bytes: &[u8], mut at: usize) -> usize {
    let mut quote = None;
    let mut after_equals = false;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match quote {
            Some(open) if open == byte => quote = None,
            Some(_) => {}
            None if byte == b'>' => return at,
            None if after_equals && matches!(byte, b'"' | b'\'') => {
                quote = Some(byte);
                after_equals = false;
            }
            None if byte == b'=' => after_equals = true,
            None if byte.is_ascii_whitespace() => {}
            None => after_equals = false,
        }
    }
    bytes.len()
}

/// The attributes of a tag: names in lower case, values without quotes, references not resolved.
pub(super) fn attributes(text: &str) -> impl Iterator<Item = (String, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return None;
        }
        // The first character belongs to the name even if it is `=`.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let ends = |c: char| c.is_ascii_whitespace() || c == '/' || c == '=';
        let name_end = rest[first..]
            .find(ends)
            .map_or(rest.len(), |end| first + end);
        let name = rest[..name_end].to_ascii_lowercase();
        rest = rest[name_end..].trim_start_matches(|c: char| c.is_ascii_whitespace());
        let Some(value) = rest.strip_prefix('=') else {
            return Some((name, ""));
        };
        let value = value.trim_start_matches(|c: char| c.is_ascii_whitespace());
        let quote = value.chars().next().filter(|&c| c == '"' || c == '\'');
        let (value, after) = match quote {
            Some(quote) => {
                let inner = &value[1..];
                let end = inner.find(quote).unwrap_or(inner.len());
                (&inner[..end], inner.get(end + 1..).unwrap_or_default())
            }
            None => value.split_at(
                value
                    .find(|c: char| c.is_ascii_whitespace())
                    .unwrap_or(value.len()),
            ),
        };
        rest = after;
        Some((name, value))
    })
}

/// Whether an inline style takes the element out of sight.
pub(super) fn style_hides(style: &str) -> bool {
    style.split(';').any(|declaration| {
        let Some((property, value)) = declaration.split_once(':') else {
            return false;
        };
        let value = value.to_ascii_lowercase();
        let value = value
            .split('!')
            .next()
            .unwrap_or_default()
            .trim()
            .to_owned();
        match property.trim().to_ascii_lowercase().as_str() {
            "display" => value == "none",
            "visibility" => matches!(value.as_str(), "hidden" | "collapse"),
            "opacity" | "font-size" => {
                let number = value.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
                number.parse::<f32>().is_ok_and(|number| number == 0.0)
            }
            _ => false,
        }
    })
}

/// What an element is to a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    Break,
    Rule,
    Image,
    /// Has no content and shows nothing: `<input>`, `<meta>` …
    Void,
    Heading(u8),
    Preformatted,
    List,
    Item,
    Table,
    TableHead,
    Row,
    HeaderCell,
    DataCell,
    Quote,
    /// Any other element that parts what stands in it from its surroundings.
    Block,
    Strong,
    Code,
    Link,
    Struck,
    /// Its content is not seen; with `true` it is not markup either.
    Unseen(bool),
    /// Its content is seen as it stands, tags and all: `<textarea>`.
    Literal,
    Inline,
}

impl Element {
    pub fn of(name: &str) -> Self {
        match name {
            "br" => Self::Break,
            "hr" => Self::Rule,
            "img" => Self::Image,
            "area" | "base" | "col" | "embed" | "input" | "link" | "meta" | "param" | "source"
            | "track" | "wbr" => Self::Void,
            "h1" => Self::Heading(1),
            "h2" => Self::Heading(2),
            "h3" => Self::Heading(3),
            "h4" => Self::Heading(4),
            "h5" => Self::Heading(5),
            "h6" => Self::Heading(6),
            "pre" | "listing" => Self::Preformatted,
            "ul" | "ol" | "menu" | "dir" => Self::List,
            "li" => Self::Item,
            "table" => Self::Table,
            "thead" => Self::TableHead,
            "tr" => Self::Row,
            "th" => Self::HeaderCell,
            "td" => Self::DataCell,
            "blockquote" => Self::Quote,
            "address" | "article" | "aside" | "body" | "caption" | "center" | "dd" | "details"
            | "dialog" | "div" | "dl" | "dt" | "fieldset" | "figcaption" | "figure" | "footer"
            | "form" | "header" | "hgroup" | "html" | "legend" | "main" | "nav" | "optgroup"
            | "option" | "p" | "search" | "section" | "select" | "summary" | "tbody" | "tfoot" => {
                Self::Block
            }
            "b" | "strong" => Self::Strong,
            "code" | "kbd" | "samp" | "tt" | "var" => Self::Code,
            "a" => Self::Link,
            "del" | "s" | "strike" => Self::Struck,
            "script" | "style" | "title" | "iframe" | "noembed" | "noframes" => Self::Unseen(true),
            "template" | "head" | "datalist" | "audio" | "video" | "canvas" | "object" => {
                Self::Unseen(false)
            }
            "textarea" | "xmp" | "plaintext" => Self::Literal,
            _ => Self::Inline,
        }
    }

    /// Whether it lives inside a line of text.
    pub fn is_inline(self) -> bool {
        matches!(
            self,
            Self::Strong
                | Self::Code
                | Self::Link
                | Self::Struck
                | Self::Unseen(_)
                | Self::Literal
                | Self::Inline
        )
    }

    /// Whether its content is taken as it stands up to its end tag.
    pub fn is_raw(self) -> bool {
        matches!(self, Self::Unseen(true) | Self::Literal)
    }

    /// Whether an open `other` ends where this one begins, its end tag being optional.
    pub fn ends(self, other: Self) -> bool {
        match self {
            Self::Item => other == Self::Item,
            Self::HeaderCell | Self::DataCell => matches!(other, Self::HeaderCell | Self::DataCell),
            Self::Row => matches!(other, Self::Row | Self::HeaderCell | Self::DataCell),
            _ => false,
        }
    }

    /// Whether the search for an element to end stops here.
    pub fn is_boundary(self) -> bool {
        matches!(self, Self::List | Self::Table)
    }
}

#[cfg(test)]
mod tests {
    use super::{Token, attributes, style_hides, token};

    #[test]
    fn tags_and_comments() {
        let text = "<a href='x>y'>t</A ><!--c--><!-->d<!-- e";
        let mut at = 0;
        let mut seen = Vec::new();
        while let Some((token, range)) = token(text, at) {
            let kind = match token {
                Token::Text => "text",
                Token::Open { .. } => "open",
                Token::Close { .. } => "close",
                Token::Comment { closed: true, .. } => "comment",
                Token::Comment { closed: false, .. } => "unclosed",
            };
            seen.push((kind, &text[range.clone()]));
            at = range.end;
        }
        let expected = [
            ("open", "<a href='x>y'>"),
            ("text", "t"),
            ("close", "</A >"),
            ("comment", "<!--c-->"),
            ("comment", "<!-->"),
            ("text", "d"),
            ("unclosed", "<!-- e"),
        ];
        assert_eq!(seen, expected);
    }

    #[test]
    fn attributes_of_every_form() {
        let found: Vec<_> =
            attributes(" hidden style = \"display: none\" Class=a b='c'/").collect();
        let expected = [
            ("hidden", ""),
            ("style", "display: none"),
            ("class", "a"),
            ("b", "c"),
        ];
        assert_eq!(
            found,
            expected.map(|(name, value)| (name.to_owned(), value))
        );
    }

    #[test]
    fn styles_that_hide() {
        for style in [
            "display:none",
            "color:red; DISPLAY : None !important",
            "visibility:hidden",
            "font-size:0px",
        ] {
            assert!(style_hides(style), "{style}");
        }
        for style in ["", "display:block", "font-size:10px", "opacity:0.5"] {
            assert!(!style_hides(style), "{style}");
        }
    }
}
