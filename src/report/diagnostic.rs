//! A finding with everything that a format needs to place it: the one type that the renderers for machines share.

use super::cells::harmless_line;
use super::wording::Wording;
use super::{Finding, NoticeReport, Problem, Report, Waived};
use crate::source::{Source, Span};

/// Lines and columns from 1, columns in characters; the end is the place after the last character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    pub line: usize,
    pub column: usize,
    pub end_line: usize,
    pub end_column: usize,
}

impl Region {
    pub fn new(source: &Source, span: Span) -> Self {
        let (line, column) = source.line_column(span.start);
        let (end_line, end_column) = source.line_column(span.end.max(span.start));
        Self {
            line,
            column,
            end_line,
            end_column,
        }
    }

    /// Where something stands of which nothing but its file is known.
    pub fn start_of_file() -> Self {
        Self {
            line: 1,
            column: 1,
            end_line: 1,
            end_column: 1,
        }
    }
}

/// A finding and where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Diagnostic<'a> {
    pub notice: &'a NoticeReport,
    pub finding: &'a Finding,
    pub source: Option<&'a Source>,
    pub region: Region,
}

impl Report {
    /// All findings in the order of the report.
    pub(super) fn diagnostics(&self) -> impl Iterator<Item = Diagnostic<'_>> {
        self.notices.iter().flat_map(|notice| {
            let source = self.sources.get(&notice.path).map(AsRef::as_ref);
            notice.findings.iter().map(move |finding| Diagnostic {
                notice,
                finding,
                source,
                region: source.map_or_else(Region::start_of_file, |source| {
                    Region::new(source, finding.span)
                }),
            })
        })
    }

    /// The path as tools want it that know the repository and not the working folder.
    pub(super) fn path_in_repository<'a>(&'a self, path: &'a str) -> &'a str {
        self.from_root.get(path).map_or(path, String::as_str)
    }
}

impl Problem {
    /// The file that it is about; `None` if it is about an argument or the run as a whole.
    pub(super) fn file(&self) -> Option<&str> {
        Some(self.path.as_str()).filter(|path| !path.is_empty() && !path.starts_with("--"))
    }

    /// Message and hint, with the argument that they are about.
    pub(super) fn text(&self) -> String {
        let message = harmless_line(&self.message);
        let message = match self.file() {
            None if !self.path.is_empty() => {
                format!("{}: {message}", harmless_line(&self.path))
            }
            _ => message,
        };
        match &self.hint {
            Some(hint) => format!("{message} ({})", harmless_line(hint)),
            None => message,
        }
    }

    pub(super) fn region(&self) -> Region {
        self.at.map_or_else(Region::start_of_file, |at| Region {
            line: at.line,
            column: at.column,
            end_line: at.end_line,
            end_column: at.end_column,
        })
    }
}

impl Waived {
    /// Why, and who said so, on one line.
    pub(super) fn text(&self, words: Wording) -> String {
        let reason = harmless_line(&self.reason);
        let reason = words.fill("waived-reason", &[("reason", &reason)]);
        match &self.approved_by {
            Some(who) => {
                let who = words.fill("waived-approved-by", &[("who", &harmless_line(who))]);
                format!("{reason}; {who}")
            }
            None => reason,
        }
    }
}
