//! How a notice stands: may it be signed?

use crate::report::human::summary_line;
use crate::report::wording::Wording;
use crate::report::{Counts, NoticeReport, Severity, Status};

#[derive(Debug, Clone, Copy)]
pub struct State {
    counts: Counts,
    /// Requirements that a person has to check.
    manual: usize,
}

impl State {
    pub fn new(notice: &NoticeReport) -> Self {
        let manual = |status| status == Status::Manual;
        Self {
            counts: Counts::of(&notice.findings),
            manual: notice
                .checklist
                .iter()
                .filter(|entry| manual(entry.status))
                .count(),
        }
    }

    fn gravest(self) -> Option<Severity> {
        match self.counts {
            Counts { errors: 1.., .. } => Some(Severity::Error),
            Counts { warnings: 1.., .. } => Some(Severity::Warning),
            Counts { infos: 1.., .. } => Some(Severity::Info),
            _ => None,
        }
    }

    pub fn class(self) -> &'static str {
        match self.gravest() {
            Some(severity) => super::parts::severity_class(severity),
            None => "pass",
        }
    }

    /// In a word.
    pub fn word(self, words: Wording) -> &'static str {
        let key = match self.gravest() {
            Some(Severity::Error) => "html-state-errors",
            Some(_) => "html-state-warnings",
            None => "html-state-clean",
        };
        words.find(key).unwrap_or_default()
    }

    /// What is to be done.
    pub fn sentence(self, words: Wording) -> String {
        let open = match self.gravest() {
            Some(Severity::Error) => words.text("html-do-errors"),
            Some(_) => words.text("html-do-warnings"),
            None => words.text("html-do-clean"),
        };
        match self.manual {
            0 => open.to_owned(),
            n => format!("{open} {}", words.count("html-do-manual", n, &[])),
        }
    }

    /// Figures.
    pub fn counted(self, words: Wording) -> String {
        let found = summary_line(&self.counts, 1, words);
        match self.manual {
            0 => found,
            n => format!("{found}, {}", words.count("html-count-manual", n, &[])),
        }
    }
}
