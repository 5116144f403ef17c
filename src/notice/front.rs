//! Cuts the front matter off. Its YAML is read elsewhere.

use crate::source::{BYTE_ORDER_MARK, Span};

use super::FrontMatterText;

/// The front matter of a text: a line `---` at its very start (after a byte order mark) up to the next line `---`
/// (or `...`, which ends a YAML document as well). `None` when the text does not start with such a line.
pub fn cut(text: &str) -> Option<FrontMatterText> {
    let start = if text.starts_with(BYTE_ORDER_MARK) {
        BYTE_ORDER_MARK.len_utf8()
    } else {
        0
    };
    let mut at = start;
    let mut yaml_start = None;
    for (line, end) in Lines::new(text, start) {
        let bare = line.trim_end_matches([' ', '\t']);
        match yaml_start {
            None if bare == "---" => yaml_start = Some(end),
            None => return None,
            Some(yaml) if bare == "---" || bare == "..." => {
                return Some(FrontMatterText {
                    yaml: Span::new(yaml, at),
                    whole: Span::new(start, end),
                    closed: true,
                });
            }
            Some(_) => {}
        }
        at = end;
    }
    yaml_start.map(|yaml| FrontMatterText {
        yaml: Span::new(yaml, text.len()),
        whole: Span::new(start, text.len()),
        closed: false,
    })
}

/// Keys that only the front matter of a notice has at the start of a line; `title` and `language` may be text.
const KEYS: [&str; 10] = [
    "kind",
    "cohort",
    "channel",
    "audience",
    "incident",
    "notify-at",
    "posted",
    "replaces",
    "translation-of",
    "waive",
];
/// Lines that are looked at for such keys.
const LOOKED_AT: usize = 20;

/// Front matter that no reader of YAML will find: its first or last line is not `---`, or something stands before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mislaid {
    /// The line that should be `---`, or before which it is missing.
    Open(Span),
    /// The first line of what is never closed.
    Unclosed(Span),
}

/// What was meant as front matter by its keys and is none.
pub fn mislaid(text: &str) -> Option<Mislaid> {
    let start = match text.starts_with(BYTE_ORDER_MARK) {
        true => BYTE_ORDER_MARK.len_utf8(),
        false => 0,
    };
    let front = cut(text);
    if front.as_ref().is_some_and(|front| front.closed) {
        return None;
    }
    let mut first = None;
    let mut at = start;
    for (line, end) in Lines::new(text, start).take(LOOKED_AT) {
        let bare = line.trim();
        let span = Span::new(at, at + line.len());
        at = end;
        if bare.is_empty() && first.is_none() {
            continue;
        }
        let key = bare.split_once(':').map(|(key, _)| key);
        if key.is_some_and(|key| line.starts_with(key) && KEYS.contains(&key)) {
            let first = first.unwrap_or(span);
            return Some(match front {
                Some(_) => Mislaid::Unclosed(first),
                None => Mislaid::Open(first),
            });
        }
        // Behind a heading, a blank line or a line of dashes that closes it no key is one of front matter.
        let dashes = !bare.is_empty() && bare.chars().all(is_dash);
        if bare.is_empty() || bare.starts_with('#') || dashes && first.is_some() {
            return None;
        }
        first.get_or_insert(span);
    }
    None
}

/// What a word processor makes of hyphens.
fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2500}' | '\u{ff0d}'
    )
}

/// Lines without their line end (LF, CRLF or CR), each with the byte at which the next one starts.
struct Lines<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str, at: usize) -> Self {
        Self { text, at }
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = (&'a str, usize);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let line_end = if rest[length..].starts_with("\r\n") {
            2
        } else {
            usize::from(length < rest.len())
        };
        self.at += length + line_end;
        Some((&rest[..length], self.at))
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_was_meant_as_front_matter_is_seen() {
        use super::{Mislaid, mislaid};
        let open = |text: &str| match mislaid(text) {
            Some(Mislaid::Open(span)) => Some(text[span.start..span.end].to_owned()),
            _ => None,
        };
        let keys = "title: 안내\nkind: full\n";
        for first in ["\u{2014}", "--", "----", " ---", "\u{2013}-"] {
            let text = format!("{first}\n{keys}---\n# 안내\n");
            assert_eq!(open(&text).as_deref(), Some(first));
        }
        assert_eq!(open(&format!("\n---\n{keys}---\n")).as_deref(), Some("---"));
        assert_eq!(
            open(&format!("{keys}---\n# 안내\n")).as_deref(),
            Some("title: 안내")
        );
        let unclosed = mislaid(&format!("---\n{keys}\n# 안내\n"));
        assert!(matches!(unclosed, Some(Mislaid::Unclosed(span)) if span.start == 0));
        for text in [
            &format!("---\n{keys}---\n# 안내\n"),
            "# 안내\n\nkind: full\n",
            "# 안내\n\n---\n\nkind: full\n",
            "안내드립니다.\n\nincident: 10월\n",
            "",
            "\u{2014}\n안내\n",
        ] {
            assert_eq!(mislaid(text), None, "{text}");
        }
    }

    use super::cut;

    fn yaml(text: &str) -> Option<(&str, &str, bool)> {
        cut(text).map(|front| {
            let rest = if front.closed {
                &text[front.whole.end..]
            } else {
                text
            };
            (&text[front.yaml.start..front.yaml.end], rest, front.closed)
        })
    }

    #[test]
    fn only_at_the_very_start() {
        assert_eq!(yaml("---\na: 1\n---\nb"), Some(("a: 1\n", "b", true)));
        assert_eq!(yaml("\n---\na: 1\n---\n"), None);
        assert_eq!(yaml(" ---\na: 1\n---\n"), None);
        assert_eq!(yaml("----\na: 1\n---\n"), None);
        assert_eq!(yaml(""), None);
        assert_eq!(yaml("---"), Some(("", "---", false)));
    }

    #[test]
    fn any_line_end_and_a_byte_order_mark() {
        assert_eq!(
            yaml("\u{feff}---\r\na: 1\r\n--- \r\nb"),
            Some(("a: 1\r\n", "b", true))
        );
        assert_eq!(yaml("---\ra: 1\r---\rb"), Some(("a: 1\r", "b", true)));
        assert_eq!(yaml("---\n---"), Some(("", "", true)));
    }

    #[test]
    fn never_closed() {
        assert_eq!(
            yaml("---\na: 1\n\nb"),
            Some(("a: 1\n\nb", "---\na: 1\n\nb", false))
        );
    }
}
