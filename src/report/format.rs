//! The formats of a report, by name.

use super::{
    Look, Report, concise, github, gitlab, html, human, json, jsonl, junit, problems, sarif,
};

/// A form that a report is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// For people: each finding with its place drawn.
    Human,
    /// One line per finding.
    Concise,
    /// The contract for programs.
    Json,
    /// The same, one line per notice.
    Jsonl,
    /// SARIF 2.1.0.
    Sarif,
    /// Workflow commands of GitHub Actions.
    Github,
    /// GitLab's code quality.
    Gitlab,
    /// JUnit's XML.
    Junit,
    /// One page for the officer who signs.
    Html,
}

impl Format {
    pub const ALL: [Self; 9] = [
        Self::Human,
        Self::Concise,
        Self::Json,
        Self::Jsonl,
        Self::Sarif,
        Self::Github,
        Self::Gitlab,
        Self::Junit,
        Self::Html,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Concise => "concise",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Sarif => "sarif",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Junit => "junit",
            Self::Html => "html",
        }
    }

    /// The format of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// Whether the report tells what the notices say, besides what is wrong with them.
    pub fn tells_claims(self) -> bool {
        matches!(self, Self::Json | Self::Jsonl | Self::Html)
    }

    /// Whether the report itself tells problems; with the others they are told beside it only.
    fn has_problems(self) -> bool {
        !matches!(self, Self::Human | Self::Concise)
    }

    /// The report for standard output. Problems are told on standard error too, whatever the format.
    pub fn render(self, report: &Report, look: Look) -> String {
        match self {
            // Without a notice there is nothing to sum up; the problems say why.
            Self::Human if report.notices.is_empty() && report.skipped.is_empty() => String::new(),
            Self::Human => human::render(report, look),
            Self::Concise => concise::render(report, look.words, look.verbose),
            Self::Json => json::render(report, json::Content::Check),
            Self::Jsonl => jsonl::render(report),
            Self::Sarif => sarif::render(report, look.words),
            Self::Github => github::render(report, look.words),
            Self::Gitlab => gitlab::render(report, look.words),
            Self::Junit => junit::render(report, look.words),
            Self::Html => html::render(report, look.words),
        }
    }

    /// The report for a file: without colours, and with the problems, so that the file alone tells all.
    pub fn render_file(self, report: &Report, look: Look) -> String {
        let look = Look {
            coloured: false,
            ..look
        };
        let mut text = self.render(report, look);
        if !self.has_problems() && !report.problems.is_empty() {
            text.push_str(&match self {
                Self::Concise => concise::problems(report),
                _ => problems::render(&report.problems, &report.sources, look),
            });
        }
        text
    }
}
