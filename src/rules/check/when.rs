//! Whether a rule applies to a notice, and if not, why.

use crate::front::Kind;
use crate::language::polarity::Stance;
use crate::language::reading::ItemStatus;
use crate::rules::Rule;
use crate::rules::compile::CompiledWhen;

use super::{Context, say};

/// The reason why the rule does not apply; `None` if it does.
pub fn not_applicable(rule: &Rule, cx: &Context<'_>) -> Option<String> {
    let when = &rule.when;
    let w = &when.source;
    let words = cx.words;
    let reason = |key: &str| Some(words.text(key).to_owned());
    if let Some(facts) = cx.facts {
        let any = |j: &String| facts.jurisdictions.iter().any(|f| f.value == *j);
        if !w.jurisdiction.is_empty() && !w.jurisdiction.iter().any(any) {
            return reason("na-jurisdiction");
        }
        if !w.status.is_empty() && !w.status.contains(&facts.status.value) {
            return reason("na-status");
        }
    } else if w.facts || !w.status.is_empty() {
        return reason("na-no-facts");
    }
    if !w.language.is_empty() && !w.language.iter().any(|l| l == cx.notice_language) {
        return reason("na-language");
    }
    let kind = cx.kind();
    if !w.kind.is_empty() && !w.kind.contains(&kind) || w.not_kind.contains(&kind) {
        return Some(words.fill("na-kind", &[("kind", kind.as_str())]));
    }
    if !w.channel.is_empty()
        && !cx
            .front
            .channel
            .is_some_and(|c| w.channel.contains(&c.value))
    {
        return reason("na-channel");
    }
    let audience = cx
        .front
        .audience
        .map(|a| a.value)
        .or(cx.cohort.map(|c| c.audience.value));
    if !w.audience.is_empty() && !audience.is_some_and(|a| w.audience.contains(&a))
        || audience.is_some_and(|a| w.not_audience.contains(&a))
    {
        return reason("na-audience");
    }
    if let Some(because) = out_of_force(when, cx) {
        return Some(because);
    }
    if w.items_stated && !cx.reading.items.iter().any(|i| leaked(i.status)) {
        return reason("na-no-items");
    }
    if !when.leaked_any.is_empty() {
        let in_text = cx
            .reading
            .items
            .iter()
            .any(|i| leaked(i.status) && when.leaked_any.contains(&i.concept));
        let in_facts = cx
            .cohort
            .is_some_and(|c| c.leaked.iter().any(|l| w.leaked_any.contains(&l.value)));
        // A list of items that cannot be read may hold any.
        let unread = w.or_unread
            && cx.facts.is_none()
            && !cx.reading.items.iter().any(|i| leaked(i.status))
            && matches!(cx.reading.event, Some(Stance::Asserted | Stance::Possible));
        if !in_text && !in_facts && !unread {
            return reason("na-not-leaked");
        }
    }
    if !when.said.is_empty() && !when.said.iter().any(|s| say::first(cx, s).is_some()) {
        return reason("na-not-said");
    }
    if when.never_said.iter().any(|s| say::first(cx, s).is_some()) {
        return reason("na-said");
    }
    if when.not_said.iter().any(|s| say::first(cx, s).is_some())
        && !when.but_said.iter().any(|s| say::first(cx, s).is_some())
    {
        return reason("na-said");
    }
    None
}

fn leaked(status: ItemStatus) -> bool {
    matches!(status, ItemStatus::Leaked | ItemStatus::PossiblyLeaked)
}

/// The date of awareness after the facts, else after the text.
pub fn aware_on(cx: &Context<'_>) -> Option<jiff::civil::Date> {
    if let (Some(facts), Some(cohort)) = (cx.facts, cx.cohort) {
        return Some(facts.aware_at(cohort).value.date());
    }
    if let Some(facts) = cx.facts {
        return Some(facts.aware_at.value.date());
    }
    let date = |role: &str| {
        cx.reading
            .dates
            .iter()
            .filter(|d| d.role == role)
            .filter_map(|d| d.from.or(d.to))
            .filter(|d| d.year > 0)
            .max()
    };
    // Without a date of discovery, the latest other date bounds it.
    let found = date("discovered").or_else(|| date("occurred")).or_else(|| {
        cx.reading
            .dates
            .iter()
            .filter_map(|d| d.from.or(d.to))
            .filter(|d| d.year > 0)
            .max()
    });
    // Without any, the day on which the notice is sent does.
    let Some(found) = found else {
        return cx.front.notify_at.as_ref().map(|at| at.value.date());
    };
    jiff::civil::Date::new(found.year, found.month, found.day.max(1)).ok()
}

fn out_of_force(when: &CompiledWhen, cx: &Context<'_>) -> Option<String> {
    if when.from.is_none() && when.until.is_none() {
        return None;
    }
    let Some(aware) = aware_on(cx) else {
        if when.source.in_force.or_unknown {
            return None;
        }
        return Some(cx.words.text("na-aware-unknown").to_owned());
    };
    let aware_text = aware.to_string();
    if let Some(from) = when.from.filter(|f| aware < *f) {
        let values = [("from", from.to_string()), ("aware", aware_text)];
        let values: Vec<(&str, &str)> = values.iter().map(|(k, v)| (*k, v.as_str())).collect();
        return Some(cx.words.fill("na-not-yet", &values));
    }
    if let Some(until) = when.until.filter(|u| aware > *u) {
        let values = [("until", until.to_string()), ("aware", aware_text)];
        let values: Vec<(&str, &str)> = values.iter().map(|(k, v)| (*k, v.as_str())).collect();
        return Some(cx.words.fill("na-no-more", &values));
    }
    None
}

/// Whether the duty rests on a date that only the text gives.
pub fn uncertain_force(rule: &Rule, cx: &Context<'_>) -> bool {
    (rule.when.from.is_some() || rule.when.until.is_some()) && cx.facts.is_none()
}

/// Kinds in which the law's clock runs from awareness.
pub fn clock_runs(kind: Kind) -> bool {
    !matches!(kind, Kind::Supplement | Kind::Correction | Kind::AllClear)
}
