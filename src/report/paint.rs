//! Where a drawing goes: plain text or text with ANSI colours.

use std::io;

use anstyle::{AnsiColor, Color, Style};
use codespan_reporting::diagnostic::{LabelStyle, Severity as Level};
use codespan_reporting::term::{GeneralWriteResult, WriteStyle};

use super::cells::StandIns;

const fn colour(colour: AnsiColor) -> Style {
    Style::new().fg_color(Some(Color::Ansi(colour)))
}

const BORDER: Style = colour(AnsiColor::Cyan);
const BOLD: Style = Style::new().bold();

fn level(severity: Level) -> Style {
    match severity {
        Level::Bug | Level::Error => colour(AnsiColor::Red),
        Level::Warning => colour(AnsiColor::Yellow),
        Level::Note | Level::Help => colour(AnsiColor::Green),
    }
}

/// Collects a report as text; the styles are left out unless it is to be coloured.
#[derive(Debug)]
pub struct Painter {
    text: String,
    coloured: bool,
    /// Replaces the library's English `error[code]`: the head of the diagnostic being drawn.
    head: String,
    in_head: bool,
    pub(super) stand_ins: StandIns,
}

impl Painter {
    pub fn new(coloured: bool) -> Self {
        Self {
            text: String::new(),
            coloured,
            head: String::new(),
            in_head: false,
            stand_ins: StandIns::default(),
        }
    }

    pub fn into_text(self) -> String {
        self.text
    }

    /// Adds text as it is; it must be harmless already.
    pub fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    pub fn line(&mut self, text: &str) {
        self.push(text);
        self.push("\n");
    }

    /// Adds text in the style of a heading.
    pub fn bold(&mut self, text: &str) {
        self.styled(BOLD, text);
    }

    /// Adds text in the colour of a severity.
    pub fn levelled(&mut self, severity: Level, text: &str) {
        self.styled(level(severity).bold(), text);
    }

    pub(super) fn set_head(&mut self, head: String) {
        self.head = head;
    }

    fn styled(&mut self, style: Style, text: &str) {
        self.set(style);
        self.push(text);
        self.clear();
    }

    fn set(&mut self, style: Style) {
        if self.coloured {
            self.text.push_str(&style.render().to_string());
        }
    }

    fn clear(&mut self) {
        if self.coloured {
            self.text.push_str(&anstyle::Reset.render().to_string());
        }
    }
}

impl io::Write for Painter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.in_head {
            // The library writes whole formatted pieces, never parts of a character.
            for c in String::from_utf8_lossy(bytes).chars() {
                match self.stand_ins.cluster(c) {
                    Some(cluster) => self.text.push_str(cluster),
                    None => self.text.push(c),
                }
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl WriteStyle for Painter {
    fn set_header(&mut self, severity: Level) -> GeneralWriteResult {
        let head = std::mem::take(&mut self.head);
        self.levelled(severity, &head);
        self.in_head = true;
        Ok(())
    }

    fn set_header_message(&mut self) -> GeneralWriteResult {
        self.in_head = false;
        self.set(BOLD);
        Ok(())
    }

    fn set_line_number(&mut self) -> GeneralWriteResult {
        self.set(BORDER);
        Ok(())
    }

    fn set_note_bullet(&mut self) -> GeneralWriteResult {
        self.set(BORDER);
        Ok(())
    }

    fn set_source_border(&mut self) -> GeneralWriteResult {
        self.set(BORDER);
        Ok(())
    }

    fn set_label(&mut self, severity: Level, style: LabelStyle) -> GeneralWriteResult {
        self.set(match style {
            LabelStyle::Primary => level(severity),
            LabelStyle::Secondary => BORDER,
        });
        Ok(())
    }

    fn reset(&mut self) -> GeneralWriteResult {
        self.clear();
        Ok(())
    }
}
