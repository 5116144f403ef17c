//! `<!-- noticelint-ignore RULE: reason -->`.

use crate::source::Span;

use super::Directive;

const NAME: &str = "noticelint-ignore";

/// Reads the inside of a comment as a directive. `place` turns a byte of `inside` into one of the source.
///
/// Everything up to the first colon is the rule, so that two rules in one comment are an unknown rule and not a blanket.
pub(super) fn read(inside: &str, span: Span, place: impl Fn(usize) -> usize) -> Option<Directive> {
    let lead = inside.len() - inside.trim_start().len();
    let rest = inside[lead..].strip_prefix(NAME)?;
    if rest.starts_with(|c: char| c.is_alphanumeric() || c == '-' || c == '_') {
        return None;
    }
    let start = lead + NAME.len();
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
        rule: rule.to_owned(),
        rule_span,
        reason: reason.trim().to_owned(),
        block: None,
    })
}
