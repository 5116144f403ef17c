//! Lines and columns of a text.
// TODO: replace with `source::Source::line_column` as soon as that exists; nothing outside of `yaml` uses this.

use crate::report::Place;
use crate::source::Span;

/// Where the lines of a text begin.
#[derive(Debug, Clone, Default)]
pub(super) struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    pub(super) fn new(source: &str) -> Self {
        let starts = std::iter::once(0)
            .chain(source.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        Self { starts }
    }

    /// Line and column, from 1, columns in characters. A byte order mark at the start of the file is no column.
    fn line_column(&self, source: &str, byte: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|&start| start <= byte).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or(0);
        let before = source.get(start..byte).unwrap_or_default();
        let before = match start {
            0 => before.trim_start_matches('\u{feff}'),
            _ => before,
        };
        (line, before.chars().count() + 1)
    }

    pub(super) fn place(&self, source: &str, span: Span) -> Place {
        let (line, column) = self.line_column(source, span.start);
        let (end_line, end_column) = self.line_column(source, span.end);
        Place {
            span,
            line,
            column,
            end_line,
            end_column,
        }
    }
}
