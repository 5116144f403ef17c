//! The notice must say this.

use crate::report::{Evidence, Label, Status};
use crate::rules::compile::{CompiledSay, Require};

use super::{Complaint, Context, Verdict, earlier, say};

pub fn run(r: &Require, cx: &Context<'_>) -> Verdict {
    let mut evidence: Vec<Evidence> = Vec::new();
    let mut missing: Vec<String> = Vec::new();
    let mut labels: Vec<Label> = Vec::new();
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
    let aware = r
        .all
        .iter()
        .any(|need| need.from.is_some() || need.until.is_some())
        // A date that only the text gives decides on a rule of its own, which says so.
        .then(|| cx.facts.and_then(|_| super::when::aware_on(cx)))
        .flatten();
    for (n, need) in r.all.iter().enumerate() {
        let bounded = need.from.is_some() || need.until.is_some();
        let due = aware.is_some_and(|day| {
            need.from.is_none_or(|from| day >= from) && need.until.is_none_or(|until| day <= until)
        });
        if bounded && !due {
            continue;
        }
        if let Some(asked) = need.earlier {
            let told = n
                .checked_sub(1)
                .map_or(&[][..], |before| &r.all[before].any);
            if let Some(left) = earlier::left_out(asked, told, cx) {
                fails = true;
                missing.push(format!("{}{}", need.name.get(cx.words.lang()), left.what));
                labels.extend(left.labels);
            }
            continue;
        }
        let found = need.any.iter().find_map(|s| say::first(cx, s));
        let found = found.map(|at| vec![cx.evidence(&at)]);
        match found.or_else(|| elsewhere(need.met.as_deref()?, cx)) {
            Some(at) => evidence.extend(at),
            None => {
                fails = true;
                missing.push(need.name.get(cx.words.lang()).to_owned());
                sought.extend(&need.any);
            }
        }
    }
    if !fails {
        return Verdict::pass(evidence);
    }
    let missing = missing.join(", ");
    labels.splice(0..0, seen_hidden(cx, &sought));
    Verdict::of(
        vec![Complaint {
            span: cx.place_for(r.section),
            key: missing.clone(),
            values: vec![("missing", missing)],
            labels,
            ..Complaint::default()
        }],
        Vec::new(),
    )
}

/// What lets another rule pass: a part of a notice is told as it is told in any other.
fn elsewhere(id: &str, cx: &Context<'_>) -> Option<Vec<Evidence>> {
    // Rules are only loaded if this goes no further.
    let verdict = super::run(cx.rules.meeting(id)?, cx);
    (verdict.status == Some(Status::Pass)).then_some(verdict.evidence)
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
