//! JSON that nothing obeys: what a terminal or a CI log would take for a command is written as `\u…`.

use std::io;

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter};

use super::cells::is_log_command;

/// A value as JSON of the given form, with a line end.
pub fn to_text(value: &impl Serialize, form: impl Formatter) -> String {
    let mut bytes = Vec::new();
    // Writing plain structs to memory cannot fail.
    let written = write(value, form, &mut bytes);
    debug_assert!(written.is_ok());
    String::from_utf8(bytes).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned())
}

/// Writes a value as JSON of the given form, with a line end.
///
/// # Errors
/// When it cannot be written.
pub fn write(
    value: &impl Serialize,
    form: impl Formatter,
    mut to: impl io::Write,
) -> io::Result<()> {
    self::value(value, form, &mut to)?;
    to.write_all(b"\n")
}

/// Writes a value as JSON of the given form.
///
/// # Errors
/// When it cannot be written.
pub fn value(value: &impl Serialize, form: impl Formatter, to: impl io::Write) -> io::Result<()> {
    let mut serializer = serde_json::Serializer::with_formatter(to, Escaping(form));
    Ok(value.serialize(&mut serializer)?)
}

/// A value as JSON on one line.
pub fn to_line(value: &impl Serialize) -> String {
    to_text(value, CompactFormatter)
}

/// JSON in which characters that a terminal would obey are written as `\u…`, as JSON allows for any character.
struct Escaping<F>(F);

impl<F: Formatter> Formatter for Escaping<F> {
    fn write_string_fragment<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        // Most fragments have no byte that such a letter begins with; all are looked at, which is faster than to stop.
        if !fragment
            .bytes()
            .fold(false, |any, byte| any | begins_one(byte))
        {
            return writer.write_all(fragment.as_bytes());
        }
        let mut from = 0;
        for (at, c) in fragment.char_indices() {
            if is_obeyed(c) || c == '#' && is_log_command(&fragment[at..]) {
                writer.write_all(&fragment.as_bytes()[from..at])?;
                write!(writer, "\\u{:04x}", u32::from(c))?;
                from = at + c.len_utf8();
            }
        }
        writer.write_all(&fragment.as_bytes()[from..])
    }

    fn begin_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_array(writer)
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array(writer)
    }

    fn begin_array_value<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.0.begin_array_value(writer, first)
    }

    fn end_array_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.0.begin_object_key(writer, first)
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_value(writer)
    }
}

/// Whether a letter that is written as `\u…` begins with this byte.
fn begins_one(byte: u8) -> bool {
    matches!(byte, b'#' | 0x7f | 0xc2 | 0xd8 | 0xe2)
}

/// Controls beyond ASCII (JSON escapes the others by itself), bidi controls, Unicode's line ends. All in the basic plane.
fn is_obeyed(c: char) -> bool {
    matches!(c,
        '\u{7f}'..='\u{9f}' | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{206f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_escaped_begins_with_a_byte_that_is_looked_for() {
        let all = (0..=u32::from(char::MAX)).filter_map(char::from_u32);
        for c in all.filter(|c| is_obeyed(*c)) {
            let mut bytes = [0; 4];
            let first = c.encode_utf8(&mut bytes).as_bytes()[0];
            assert!(begins_one(first), "U+{:04X}", u32::from(c));
        }
        let text = "##[error] \u{202e}x\u{9b}y\u{7f} ## 유출";
        let shown = "\"\\u0023#[error] \\u202ex\\u009by\\u007f ## 유출\"\n";
        assert_eq!(to_line(&text), shown);
    }
}
