//! `<!-- noticelint-ignore RULE: reason -->` and its wider forms.

use crate::source::Span;

use super::{Directive, DirectiveForm};

/// What every directive begins with.
const PREFIX: &str = "noticelint-";

/// Reads the inside of a comment as a directive. `place` turns a byte of `inside` into one of the source.
///
/// Everything up to the first colon is the rule, so that two rules in one comment are an unknown rule and not a blanket.
pub(super) fn read(inside: &str, span: Span, place: impl Fn(usize) -> usize) -> Option<Directive> {
    let lead = inside.len() - inside.trim_start().len();
    let after = inside[lead..].strip_prefix(PREFIX)?;
    let name = after
        .find(|c: char| !c.is_alphanumeric() && c != '-' && c != '_')
        .map_or(after, |end| &after[..end]);
    let form = match name {
        "ignore" => DirectiveForm::Next,
        "ignore-section" => DirectiveForm::Section,
        "ignore-start" => DirectiveForm::Start,
        "ignore-end" => DirectiveForm::End,
        _ => {
            let from = lead;
            let to = lead + PREFIX.len() + name.len();
            return Some(Directive {
                span,
                form: DirectiveForm::Unknown,
                rule: inside[from..to].to_owned(),
                rule_span: Span::new(place(from), place(to)),
                reason: String::new(),
                block: None,
            });
        }
    };
    let start = lead + PREFIX.len() + name.len();
    let rest = &inside[start..];
    let (rule, reason) = match rest.find([':', '\u{ff1a}']) {
        Some(colon) => (
            &rest[..colon],
            rest[colon..].trim_start_matches([':', '\u{ff1a}']),
        ),
        None => (rest, ""),
    };
    let from = start + (rule.len() - rule.trim_start().len());
    let rule = rule.trim();
    let rule_span = Span::new(place(from), place(from + rule.len()));
    Some(Directive {
        span,
        form,
        rule: rule.to_owned(),
        rule_span,
        reason: reason.trim().to_owned(),
        block: None,
    })
}
