//! The notice must say this.

use crate::report::{Evidence, Label};
use crate::rules::compile::{CompiledSay, Require};

use super::{Complaint, Context, Verdict, say};

pub fn run(r: &Require, cx: &Context<'_>) -> Verdict {
    let mut evidence: Vec<Evidence> = Vec::new();
    let mut missing: Vec<&str> = Vec::new();
    let mut sought: Vec<&CompiledSay> = Vec::new();
    let mut fails = false;
    if !r.any.is_empty() {
        match r.any.iter().find_map(|s| say::first(cx, s)) {
            Some(at) => evidence.push(cx.evidence(&at)),
            None => {
                fails = true;
                sought.extend(&r.any);
            }
        }
    }
    for (name, any) in &r.all {
        match any.iter().find_map(|s| say::first(cx, s)) {
            Some(at) => evidence.push(cx.evidence(&at)),
            None => {
                fails = true;
                missing.push(name.get(cx.words.lang()));
                sought.extend(any);
            }
        }
    }
    if !fails {
        return Verdict::pass(evidence);
    }
    let missing = missing.join(", ");
    Verdict::of(
        vec![Complaint {
            span: cx.place_for(r.section),
            key: missing.clone(),
            values: vec![("missing", missing)],
            labels: seen_hidden(cx, &sought),
            ..Complaint::default()
        }],
        Vec::new(),
    )
}

/// Where the words stand in text that no reader sees.
fn seen_hidden(cx: &Context<'_>, sought: &[&CompiledSay]) -> Vec<Label> {
    let found = cx.hidden.iter().find(|(c, _)| {
        sought.iter().any(|s| {
            // The rarest concept of a statement tells; the first is the one shown.
            s.all.first() == Some(c) || s.all.is_empty() && s.any.contains(c)
        })
    });
    found
        .map(|(_, span)| Label {
            file: None,
            span: *span,
            text: cx.words.text("only-hidden").to_owned(),
        })
        .into_iter()
        .collect()
}
