//! Character references in raw HTML, which the Markdown parser leaves as they are.

use std::collections::HashMap;

use pulldown_cmark::{Event, Parser};

/// The longest name of HTML is `CounterClockwiseContourIntegral`, 31 characters.
const LONGEST_NAME: usize = 32;

/// Looks references up, each name once.
#[derive(Debug, Default)]
pub(super) struct Entities {
    named: HashMap<String, Option<String>>,
}

impl Entities {
    /// What the reference at the start of `text` (at its `&`) stands for, and its length in bytes.
    pub fn decode(&mut self, text: &str) -> Option<(String, usize)> {
        let window = text.as_bytes();
        let end = window
            .iter()
            .take(LONGEST_NAME + 2)
            .position(|&b| b == b';')?;
        let name = text.get(1..end)?;
        if let Some(number) = name.strip_prefix('#') {
            let value = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            let c = char::from_u32(value)
                .filter(|&c| c != '\0')
                .unwrap_or(char::REPLACEMENT_CHARACTER);
            return Some((c.to_string(), end + 1));
        }
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return None;
        }
        if !self.named.contains_key(name) {
            self.named.insert(name.to_owned(), named(name));
        }
        let value = self.named.get(name)?.clone()?;
        Some((value, end + 1))
    }

    /// A whole text with its references resolved.
    pub fn decode_all(&mut self, text: &str) -> String {
        let mut decoded = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find('&') {
            decoded.push_str(&rest[..at]);
            rest = &rest[at..];
            let (value, length) = self.decode(rest).unwrap_or_else(|| ("&".to_owned(), 1));
            decoded.push_str(&value);
            rest = &rest[length..];
        }
        decoded.push_str(rest);
        decoded
    }
}

/// The Markdown parser knows the names; its table is not public, so it is asked to parse one.
fn named(name: &str) -> Option<String> {
    let reference = format!("&{name};");
    let text: String = Parser::new(&reference)
        .filter_map(|event| match event {
            Event::Text(text) => Some(text.into_string()),
            _ => None,
        })
        .collect();
    (text != reference).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::Entities;

    #[test]
    fn names_and_numbers() {
        let mut entities = Entities::default();
        let mut check =
            |text: &str, expected: &str| assert_eq!(entities.decode_all(text), expected);
        check(
            "a&amp;b &middot; &#50976;&#xcd9c; &nbsp;",
            "a&b · 유출 \u{a0}",
        );
        check("& &; &nosuch; &#; AT&T", "& &; &nosuch; &#; AT&T");
        check("&#xffffffff;&#0;&#xd800;", "\u{fffd}\u{fffd}\u{fffd}");
    }
}
