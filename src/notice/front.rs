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
