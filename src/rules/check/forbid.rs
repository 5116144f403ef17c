//! The notice must not say this.

use crate::language::reading::Slice;
use crate::pattern::{Pattern, Stretches};
use crate::report::Evidence;
use crate::rules::Rule;
use crate::rules::compile::{CompiledSay, Forbid};
use crate::rules::schema::Digits;

use super::{Complaint, Context, Verdict, fixes, one_line, say};

pub fn run(rule: &Rule, f: &Forbid, cx: &Context<'_>) -> Verdict {
    let mut hits: Vec<(Slice, usize)> = Vec::new();
    statements(&f.say, cx, &mut hits);
    // Whether there is an excuse matters only where something is said.
    if !hits.is_empty() && f.unless_said.iter().any(|s| say::first(cx, s).is_some()) {
        hits.clear();
    }
    statements(&f.always, cx, &mut hits);
    if !hits.is_empty() {
        excuse(f, cx, &mut hits);
    }
    let mut hits: Vec<Slice> = hits.into_iter().map(|(at, _)| at).collect();
    if !f.patterns.is_empty() {
        patterns(f, cx, &mut hits);
    }
    if f.unless_claimed && !f.patterns.is_empty() {
        let claimed = claimed(cx);
        hits.retain(|at| !sentence_of(cx, at).is_some_and(|s| claimed.contains(&s)));
    }
    hits.sort_by_key(|h| (h.block, h.range.start, std::cmp::Reverse(h.range.end)));
    hits.dedup_by(|b, a| a.block == b.block && b.range.start < a.range.end);
    let complaints = hits
        .iter()
        .map(|at| {
            let span = cx.span(at);
            let text = cx.text(at);
            Complaint {
                span,
                values: vec![("text", one_line(text))],
                fixes: fixes(rule.fix.as_ref(), text, span, cx.source, cx.words),
                key: one_line(text),
                ..Complaint::default()
            }
        })
        .collect();
    Verdict::of(complaints, Vec::<Evidence>::new())
}

/// Where one of the statements stands, with the number of its sentence.
fn statements(says: &[CompiledSay], cx: &Context<'_>, hits: &mut Vec<(Slice, usize)>) {
    for s in says {
        say::each(cx, s, &mut |at, clause| {
            hits.push((at, cx.reading.clauses[clause].sentence));
            true
        });
    }
}

/// Drops what stands in a sentence with an excuse.
fn excuse(f: &Forbid, cx: &Context<'_>, hits: &mut Vec<(Slice, usize)>) {
    let mut excused: Vec<usize> = Vec::new();
    for s in &f.unless {
        say::each(cx, s, &mut |_, clause| {
            excused.push(cx.reading.clauses[clause].sentence);
            true
        });
    }
    if f.unless_claimed {
        excused.extend(claimed(cx));
    }
    excused.sort_unstable();
    hits.retain(|(_, sentence)| excused.binary_search(sentence).is_err());
}

/// The sentences that say what the facts list under `claims`.
fn claimed(cx: &Context<'_>) -> Vec<usize> {
    let claims = cx.facts.map_or(&[][..], |facts| &facts.claims);
    claims
        .iter()
        .flat_map(|claim| super::values::find_all(cx, &claim.says.value))
        .filter_map(|at| sentence_of(cx, &at))
        .collect()
}

fn sentence_of(cx: &Context<'_>, at: &Slice) -> Option<usize> {
    cx.reading.sentences.iter().position(|s| {
        s.block == at.block && s.range.start <= at.range.start && at.range.start < s.range.end
    })
}

fn patterns(f: &Forbid, cx: &Context<'_>, hits: &mut Vec<Slice>) {
    let wanted = f.patterns.iter().map(|p| (p, cx.stretches(p)));
    let wanted: Vec<(&Pattern, Stretches)> = wanted.filter(|(_, at)| *at != 0).collect();
    let anywhere = wanted.iter().fold(0, |all, (_, at)| all | at);
    let spread = cx.reading.spread();
    for block in spread.blocks(anywhere) {
        let b = &cx.notice.blocks[block];
        let text = b.text.as_str();
        let may = |p: &&Pattern| cx.may(block, p);
        let here = wanted.iter().filter(|(_, at)| spread.has(*at, block));
        for p in here.map(|(p, _)| *p).filter(may) {
            for m in cx.matches(block, p, 0..text.len()).iter().cloned() {
                if m.is_empty()
                    || f.except
                        .iter()
                        .filter(may)
                        .any(|e| covers(e, text, m.start, m.end))
                {
                    continue;
                }
                if f.digits == Some(Digits::Luhn) && !luhn(&text[m.clone()]) {
                    continue;
                }
                // An address that is shown as it is: its figures and marks are no text.
                let address = b.links.iter().any(|l| {
                    l.text.start <= m.start
                        && m.end <= l.text.end
                        && text.get(l.text.clone()) == Some(l.target.as_str())
                });
                if address {
                    continue;
                }
                hits.push(Slice { block, range: m });
            }
        }
    }
}

/// Whether `pattern` matches a stretch of `text` that contains the range.
fn covers(pattern: &Pattern, text: &str, start: usize, end: usize) -> bool {
    // Exceptions are short: look at the surroundings only.
    let mut from = start.saturating_sub(96);
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    let mut to = (end + 96).min(text.len());
    while !text.is_char_boundary(to) {
        to += 1;
    }
    pattern
        .find_iter(&text[from..to])
        .any(|m| from + m.start() <= start && end <= from + m.end())
}

/// The check digit of a number with 13 to 19 digits; a shorter run of digits passes as it is.
fn luhn(text: &str) -> bool {
    let digits: Vec<u32> = text.chars().filter_map(|c| c.to_digit(10)).collect();
    if !(13..=19).contains(&digits.len()) || digits.iter().all(|d| *d == digits[0]) {
        return digits.len() < 13 && !digits.is_empty();
    }
    if digits.len() == 13 && text.contains('-') && text.find('-') == Some(6) {
        return true;
    }
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(i, &d)| {
            if i % 2 == 0 {
                d
            } else {
                (d * 2) / 10 + (d * 2) % 10
            }
        })
        .sum();
    sum.is_multiple_of(10)
}
