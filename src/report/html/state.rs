//! How a notice stands: may it be signed?

use crate::report::human::summary_line;
use crate::report::wording::Wording;
use crate::report::{Counts, Severity, Status};

use super::{Page, Subject, comparison};

#[derive(Debug, Clone, Copy)]
pub struct State {
    counts: Counts,
    /// Requirements that a person has to check.
    manual: usize,
    /// Values of the facts that a person has to compare.
    compare: usize,
}

impl State {
    pub(super) fn new(page: Page<'_>, subject: Subject<'_>) -> Self {
        let notice = subject.notice;
        let manual = |status| status == Status::Manual;
        Self {
            counts: Counts::of(&notice.findings),
            manual: notice
                .checklist
                .iter()
                .filter(|entry| manual(entry.status))
                .count(),
            compare: comparison::to_compare(page, subject),
        }
    }

    /// What a person has to do, with the keys of the texts that say so.
    fn by_hand(self) -> impl Iterator<Item = (&'static str, &'static str, usize)> {
        [
            ("html-do-manual", "html-count-manual", self.manual),
            ("html-do-compare", "html-count-compare", self.compare),
        ]
        .into_iter()
        .filter(|(.., n)| *n > 0)
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
            // What is still to be done by hand is no green light.
            None if self.by_hand().next().is_some() => "manual",
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
        let mut said = open.to_owned();
        for (key, _, n) in self.by_hand() {
            said.push(' ');
            said.push_str(&words.count(key, n, &[]));
        }
        said
    }

    /// Figures.
    pub fn counted(self, words: Wording) -> String {
        let mut said = summary_line(&self.counts, 1, words);
        for (_, key, n) in self.by_hand() {
            said.push_str(", ");
            said.push_str(&words.count(key, n, &[]));
        }
        said
    }
}
