//! Problems (unreadable files, bad rules, bad facts, bad arguments) as text for people.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::cells::{harmless, harmless_line};
use super::human::note;
use super::paint::Painter;
use super::snippet::{self, Drawing, Mark};
use super::{Look, Problem, Severity};
use crate::source::Source;

/// Each problem with its place, the line where the source is known, and how to mend it.
pub fn render(problems: &[Problem], sources: &BTreeMap<String, Arc<Source>>, look: Look) -> String {
    let mut painter = Painter::new(look.coloured);
    for problem in problems {
        draw(problem, sources, look, &mut painter);
    }
    painter.into_text()
}

fn draw(
    problem: &Problem,
    sources: &BTreeMap<String, Arc<Source>>,
    look: Look,
    painter: &mut Painter,
) {
    let head = look.words.text("error").to_owned();
    let notes: Vec<String> = problem
        .hint
        .iter()
        .map(|hint| note("hint", hint, look.words))
        .collect();
    if let (Some(at), Some(source)) = (problem.at, sources.get(&problem.path)) {
        let mark = Mark {
            name: &problem.path,
            source,
            span: at.span,
            text: String::new(),
            primary: true,
        };
        let message = problem.message.clone();
        snippet::draw(
            &Drawing {
                severity: Severity::Error,
                head,
                message,
                marks: vec![mark],
                notes,
            },
            painter,
        );
        return;
    }
    painter.levelled(snippet::level(Severity::Error), &head);
    let place = problem
        .at
        .map_or(String::new(), |at| format!(":{}:{}", at.line, at.column));
    let path = harmless_line(&problem.path);
    let start = if path.is_empty() {
        String::new()
    } else {
        format!("{path}{place}: ")
    };
    painter.line(&format!(": {start}{}", harmless_line(&problem.message)));
    for line in notes.iter().flat_map(|note| note.lines()) {
        painter.line(&format!("  = {}", harmless(line)));
    }
    painter.line("");
}
