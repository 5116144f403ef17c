//! One JSON object a line: a notice, a file left out or a problem each, and the summary last. What `type` is `notice` holds what a
//! notice of the JSON contract holds.

use serde::Serialize;

use super::Report;
use super::json::{Content, Sources, Tool, VERSION, problem, skipped, stale, summary};
use super::json_escape::to_line;

#[derive(Serialize)]
struct Line<T> {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(flatten)]
    content: T,
}

#[derive(Serialize)]
struct Sum<'a, T> {
    version: u32,
    tool: Tool<'a>,
    #[serde(rename = "as-of", skip_serializing_if = "Option::is_none")]
    as_of: Option<&'a str>,
    #[serde(flatten)]
    summary: T,
}

fn line(kind: &'static str, content: impl Serialize) -> String {
    to_line(&Line { kind, content })
}

pub fn render(report: &Report) -> String {
    let sources = Sources(report);
    let mut out = String::new();
    for notice in &report.notices {
        out.push_str(&line("notice", sources.notice(notice, Content::Check)));
    }
    for left_out in skipped(report) {
        out.push_str(&line("skipped", left_out));
    }
    for entry in stale(report) {
        out.push_str(&line("stale-baseline", entry));
    }
    for told in &report.problems {
        out.push_str(&line("problem", problem(told)));
    }
    let sum = Sum {
        version: VERSION,
        tool: Tool::new(&report.rules_hash),
        as_of: report.as_of.as_deref(),
        summary: summary(report),
    };
    out.push_str(&line("summary", sum));
    out
}
