//! Draws source lines with carets. The drawing is codespan-reporting's; it is given prepared lines (see `cells`) under
//! their real numbers, so that its own view of widths and lengths never matters.

use std::ops::Range;

use codespan_reporting::diagnostic::{Diagnostic, Label, LabelStyle, Severity as Level};
use codespan_reporting::files::{Error, Files, Location};
use codespan_reporting::term::{self, Config};

use super::Severity;
use super::cells::{self, Row, StandIns};
use super::paint::Painter;
use crate::source::{Source, Span};

/// Virtual lines put where real ones are left out; more than the drawing's context lines, so that it draws a break there.
const BREAK: usize = 4;

/// A place to be marked.
pub struct Mark<'a> {
    /// Path to be shown.
    pub name: &'a str,
    pub source: &'a Source,
    pub span: Span,
    /// Said beside the mark; may be empty.
    pub text: String,
    pub primary: bool,
}

/// Something to be said about marked places.
pub struct Drawing<'a> {
    pub severity: Severity,
    /// `error[kr/when]` in the language of the messages.
    pub head: String,
    pub message: String,
    pub marks: Vec<Mark<'a>>,
    pub notes: Vec<String>,
}

/// The library's name for a severity; decides colours only.
pub fn level(severity: Severity) -> Level {
    match severity {
        Severity::Error => Level::Error,
        Severity::Warning => Level::Warning,
        Severity::Info => Level::Note,
    }
}

/// Draws `drawing` and an empty line after it.
pub fn draw(drawing: &Drawing<'_>, painter: &mut Painter) {
    let mut views = Views::default();
    let labels = views.add_all(&drawing.marks, &mut painter.stand_ins);
    let diagnostic = Diagnostic::new(level(drawing.severity))
        .with_message(cells::harmless_line(&drawing.message))
        .with_labels(labels)
        .with_notes(
            drawing
                .notes
                .iter()
                .map(|note| cells::harmless(note).into_owned())
                .collect(),
        );
    let config = Config {
        start_context_lines: 1,
        end_context_lines: 1,
        ..Config::default()
    };
    painter.set_head(cells::harmless_line(&drawing.head));
    // The painter cannot fail and every label lies in a view; should the library refuse nevertheless, the message must not be lost.
    if term::emit_to_write_style(painter, &config, &views, &diagnostic).is_err() {
        painter.line(&format!(
            "{}: {}",
            drawing.head,
            cells::harmless_line(&drawing.message)
        ));
        painter.line("");
    }
}

/// The lines of one file that are drawn, one after the other in `text`.
struct View {
    name: String,
    text: String,
    lines: Vec<ViewLine>,
    /// Byte of `text` where a label begins, and what to call that place.
    places: Vec<(usize, Location)>,
}

struct ViewLine {
    /// Number the library knows the line by, from 0.
    index: usize,
    /// The real number, from 1.
    number: usize,
    /// Bytes of the view's text, the line end included.
    range: Range<usize>,
}

#[derive(Default)]
struct Views(Vec<View>);

/// A mark's span as lines (from 1) and bytes within its first and last line.
struct Extent {
    first: usize,
    last: usize,
    start: usize,
    end: usize,
}

impl Extent {
    fn of(source: &Source, span: Span) -> Self {
        let text = source.text.as_str();
        let start = span.start.min(text.len());
        let mut end = span.end.clamp(start, text.len());
        // A span that takes its line's end with it would be drawn down to the next line.
        while end > start && matches!(text.as_bytes()[end - 1], b'\n' | b'\r') {
            end -= 1;
        }
        let first = source.line_column(start).0;
        let last = source.line_column(end).0;
        Self {
            first,
            last,
            start: start - line(source, first).start,
            end: end - line(source, last).start,
        }
    }

    /// The part of line `number` that is marked.
    fn on(&self, number: usize, length: usize) -> Option<Range<usize>> {
        if number < self.first || number > self.last {
            return None;
        }
        let start = if number == self.first {
            self.start.min(length)
        } else {
            0
        };
        let end = if number == self.last {
            self.end.min(length)
        } else {
            length
        };
        Some(start..end.max(start))
    }

    /// The part of line `number` that must be in view: where the mark begins or ends.
    fn focus(&self, number: usize, length: usize) -> Option<Range<usize>> {
        let part = self.on(number, length)?;
        Some(match (number == self.first, number == self.last) {
            (true, true) => part,
            (true, false) => part.start..part.start,
            (false, true) => part.end..part.end,
            (false, false) => 0..0,
        })
    }
}

impl Views {
    fn add_all(&mut self, marks: &[Mark<'_>], stand_ins: &mut StandIns) -> Vec<Label<usize>> {
        let mut names: Vec<&str> = Vec::new();
        for mark in marks {
            if !names.contains(&mark.name) {
                names.push(mark.name);
            }
        }
        let mut labels = Vec::new();
        for name in names {
            let own: Vec<&Mark<'_>> = marks.iter().filter(|mark| mark.name == name).collect();
            labels.extend(self.add(&own, stand_ins));
        }
        labels
    }

    /// Adds the file of `marks`, which all mark the same one.
    fn add(&mut self, marks: &[&Mark<'_>], stand_ins: &mut StandIns) -> Vec<Label<usize>> {
        let Some(Mark { name, source, .. }) = marks.first() else {
            return Vec::new();
        };
        let extents: Vec<Extent> = marks
            .iter()
            .map(|mark| Extent::of(source, mark.span))
            .collect();
        let numbers = shown_lines(&extents);
        let mut view = View {
            name: cells::harmless_line(name),
            text: String::new(),
            lines: Vec::new(),
            places: Vec::new(),
        };
        let mut rows: Vec<(usize, usize, Row)> = Vec::new();
        let mut index = 0;
        for (i, &number) in numbers.iter().enumerate() {
            if i > 0 {
                index += if number == numbers[i - 1] + 1 {
                    1
                } else {
                    BREAK
                };
            }
            let line = source.slice(line(source, number));
            let row = prepare(line, number, marks, &extents, stand_ins);
            let at = view.text.len();
            view.text.push_str(&row.text);
            view.text.push('\n');
            view.lines.push(ViewLine {
                index,
                number,
                range: at..view.text.len(),
            });
            rows.push((number, at, row));
        }

        let id = self.0.len();
        let mut labels = Vec::new();
        for (mark, extent) in marks.iter().zip(&extents) {
            let on = |number: usize| {
                let (_, at, row) = rows.iter().find(|(shown, _, _)| *shown == number)?;
                let length = line(source, number).len();
                let part = row.place(&extent.on(number, length)?);
                Some(at + part.start..at + part.end)
            };
            let (Some(first), Some(last)) = (on(extent.first), on(extent.last)) else {
                continue;
            };
            let (line_number, column_number) = source.line_column(mark.span.start);
            view.places.push((
                first.start,
                Location {
                    line_number,
                    column_number,
                },
            ));
            let style = if mark.primary {
                LabelStyle::Primary
            } else {
                LabelStyle::Secondary
            };
            labels.push(
                Label::new(style, id, first.start..last.end.max(first.start))
                    .with_message(cells::harmless_line(&mark.text)),
            );
        }
        self.0.push(view);
        labels
    }

    fn view(&self, id: usize) -> Result<&View, Error> {
        self.0.get(id).ok_or(Error::FileMissing)
    }
}

/// The span of a line without its end; empty past the last one.
fn line(source: &Source, number: usize) -> Span {
    source.line_span(number).unwrap_or_default()
}

/// The numbers of the lines to draw: where each mark begins and ends with one line of context inside, and single lines between them.
fn shown_lines(extents: &[Extent]) -> Vec<usize> {
    let mut numbers: Vec<usize> = extents
        .iter()
        .flat_map(|extent| {
            [
                extent.first,
                (extent.first + 1).min(extent.last),
                extent.last.max(extent.first + 1) - 1,
                extent.last,
            ]
        })
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    let mut all = Vec::with_capacity(numbers.len());
    for number in numbers {
        if let Some(&last) = all.last()
            && number == last + 2
        {
            all.push(last + 1);
        }
        all.push(number);
    }
    all
}

/// Prepares one line, with the primary mark's part of it in view.
fn prepare(
    line: &str,
    number: usize,
    marks: &[&Mark<'_>],
    extents: &[Extent],
    stand_ins: &mut StandIns,
) -> Row {
    let parts: Vec<(bool, Range<usize>)> = marks
        .iter()
        .zip(extents)
        .filter_map(|(mark, extent)| Some((mark.primary, extent.focus(number, line.len())?)))
        .collect();
    let focus = parts
        .iter()
        .find(|(primary, _)| *primary)
        .or(parts.first())
        .map_or(0..0, |(_, part)| part.clone());
    let others: Vec<Range<usize>> = parts.into_iter().map(|(_, part)| part).collect();
    cells::row(line, &focus, &others, stand_ins)
}

impl<'a> Files<'a> for Views {
    type FileId = usize;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, id: usize) -> Result<&'a str, Error> {
        Ok(&self.view(id)?.name)
    }

    fn source(&'a self, id: usize) -> Result<&'a str, Error> {
        Ok(&self.view(id)?.text)
    }

    fn line_index(&'a self, id: usize, byte: usize) -> Result<usize, Error> {
        let lines = &self.view(id)?.lines;
        let at = lines.partition_point(|line| line.range.start <= byte);
        lines
            .get(at.saturating_sub(1))
            .map(|line| line.index)
            .ok_or(Error::FileMissing)
    }

    fn line_number(&'a self, id: usize, index: usize) -> Result<usize, Error> {
        let lines = &self.view(id)?.lines;
        let at = lines.partition_point(|line| line.index <= index);
        lines
            .get(at.saturating_sub(1))
            .map(|line| line.number)
            .ok_or(Error::FileMissing)
    }

    fn line_range(&'a self, id: usize, index: usize) -> Result<Range<usize>, Error> {
        let lines = &self.view(id)?.lines;
        // Lines inside a break are asked for, but never drawn.
        Ok(lines
            .iter()
            .find(|line| line.index == index)
            .map_or(0..0, |line| line.range.clone()))
    }

    fn location(&'a self, id: usize, byte: usize) -> Result<Location, Error> {
        let view = self.view(id)?;
        match view.places.iter().find(|(at, _)| *at == byte) {
            Some((_, place)) => Ok(Location {
                line_number: place.line_number,
                column_number: place.column_number,
            }),
            None => Ok(Location {
                line_number: self.line_number(id, self.line_index(id, byte)?)?,
                column_number: 1,
            }),
        }
    }
}
