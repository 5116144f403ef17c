//! What two notices of one incident say differently: a re-notice and the first one, a translation and its original.

use std::collections::BTreeMap;

use crate::language::vocabulary::Vocabulary;
use crate::report::{Claims, CountClaim, DateClaim};
use crate::source::Span;

/// A rounded figure may be off by this share.
pub const ROUNDING: f64 = 0.05;

/// What changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// How the leak itself is held.
    Leak,
    Item,
    Count,
    Date,
    Advice,
}

impl What {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Leak => "leak",
            Self::Item => "item",
            Self::Count => "count",
            Self::Date => "date",
            Self::Advice => "advice",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    Added,
    Withdrawn,
    Changed,
}

impl Change {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Withdrawn => "withdrawn",
            Self::Changed => "changed",
        }
    }
}

/// What one of the two says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// The claim: a status, a count with its unit, a date or period, `advised`.
    pub says: String,
    pub text: String,
    /// Bytes of its notice; `None` where nothing stands for it.
    pub span: Option<Span>,
}

/// One difference in what two notices claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub what: What,
    /// Id of the item or advice, role of the date; empty otherwise.
    pub id: String,
    pub change: Change,
    pub old: Option<Side>,
    pub new: Option<Side>,
}

/// Roles of dates that are compared. Others belong to one of the notices alone.
const ROLES: [&str; 3] = ["occurred", "discovered", "posted-until"];
/// Advice that says nothing by its id.
const OTHER: &str = "other";

/// The differences between `old` and `new`, in the order of [`What`] and of ids.
pub fn compare(old: &Claims, new: &Claims, vocabulary: &Vocabulary) -> Vec<Difference> {
    let mut out = Vec::new();
    let leak = |claims: &Claims| Side {
        says: claims.leak.to_owned(),
        text: String::new(),
        span: None,
    };
    if old.leak != new.leak {
        out.push(Difference {
            what: What::Leak,
            id: String::new(),
            change: Change::Changed,
            old: Some(leak(old)),
            new: Some(leak(new)),
        });
    }
    both(
        What::Item,
        items(old, vocabulary),
        items(new, vocabulary),
        &mut out,
    );
    counts(old, new, &mut out);
    for role in ROLES {
        dates(role, date(old, role), date(new, role), &mut out);
    }
    both(What::Advice, advice(old), advice(new), &mut out);
    out
}

/// What stands in one only, and what is said otherwise.
fn both(
    what: What,
    mut old: BTreeMap<String, Side>,
    new: BTreeMap<String, Side>,
    out: &mut Vec<Difference>,
) {
    let mut found = Vec::new();
    for (id, new) in new {
        let old = old.remove(&id);
        let change = match &old {
            None => Change::Added,
            Some(old) if old.says != new.says => Change::Changed,
            Some(_) => continue,
        };
        found.push((id, change, old, Some(new)));
    }
    for (id, old) in old {
        found.push((id, Change::Withdrawn, Some(old), None));
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    out.extend(found.into_iter().map(|(id, change, old, new)| Difference {
        what,
        id,
        change,
        old,
        new,
    }));
}

/// How each item is held: the strongest that is said of it. What is only mentioned is no claim.
pub fn items(claims: &Claims, vocabulary: &Vocabulary) -> BTreeMap<String, Side> {
    let rank = |status: &str| match status {
        "leaked" => 3,
        "possibly-leaked" => 2,
        "not-leaked" => 1,
        _ => 0,
    };
    let mut out: BTreeMap<String, Side> = BTreeMap::new();
    for claim in &claims.items {
        // A container is listed by its contents.
        let container = vocabulary
            .id_of(&claim.item)
            .is_some_and(|id| !vocabulary.concept(id).expands.is_empty());
        if container || rank(claim.status) == 0 {
            continue;
        }
        let known = out.get(&claim.item).map_or(0, |side| rank(&side.says));
        if rank(claim.status) > known {
            let side = Side {
                says: claim.status.to_owned(),
                text: claim.text.clone(),
                span: Some(claim.span),
            };
            out.insert(claim.item.clone(), side);
        }
    }
    out
}

fn advice(claims: &Claims) -> BTreeMap<String, Side> {
    let mut out = BTreeMap::new();
    for claim in &claims.advice {
        if claim.status == "advised" && claim.advice != OTHER {
            out.entry(claim.advice.clone()).or_insert_with(|| Side {
                says: claim.status.to_owned(),
                text: claim.text.clone(),
                span: Some(claim.span),
            });
        }
    }
    out
}

/// The figure that a notice gives for all who are concerned: its largest.
pub fn count(claims: &Claims) -> Option<&CountClaim> {
    claims.counts.iter().max_by_key(|count| count.value)
}

/// Whether two figures are the same, one of them rounded perhaps.
pub fn same_count(a: &CountClaim, b: &CountClaim) -> bool {
    let (high, low) = (a.value.max(b.value), a.value.min(b.value));
    let close = (high - low) as f64 <= high as f64 * ROUNDING;
    a.unit == b.unit && (a.value == b.value || (a.approximate || b.approximate) && close)
}

/// Whether a stated figure is that of the facts: the same, or a round one that is near to it.
pub fn fits(value: u64, approximate: bool, unit: &str, fact: &crate::facts::Count) -> bool {
    let off = value.abs_diff(fact.value) as f64 / (fact.value as f64).max(1.0);
    unit == fact.unit.as_str()
        && (value == fact.value
            || (approximate || round(value)) && off <= ROUNDING
            || cut_off(value, fact.value))
}

/// Whether `stated` is `value` with its last digits, two or more, put to zero: 52,700 for 52,718.
fn cut_off(stated: u64, value: u64) -> bool {
    let digits = stated.to_string();
    let zeros = digits.bytes().rev().take_while(|&b| b == b'0').count();
    let step = u32::try_from(zeros).ok().and_then(|z| 10u64.checked_pow(z));
    zeros >= 2 && stated > 0 && step.is_some_and(|step| value >= stated && value - stated < step)
}

/// Whether a figure looks rounded: only its first two digits are not zero.
fn round(value: u64) -> bool {
    let digits = value.to_string();
    digits.len() > 2 && digits[2..].bytes().all(|b| b == b'0')
}

fn counts(old: &Claims, new: &Claims, out: &mut Vec<Difference>) {
    let (a, b) = (count(old), count(new));
    let change = match (a, b) {
        (Some(a), Some(b)) if same_count(a, b) => return,
        (Some(_), Some(_)) => Change::Changed,
        (None, Some(_)) => Change::Added,
        (Some(_), None) => Change::Withdrawn,
        (None, None) => return,
    };
    let side = |count: &CountClaim| Side {
        says: format!("{} {}", count.value, count.unit),
        text: count.text.clone(),
        span: Some(count.span),
    };
    out.push(Difference {
        what: What::Count,
        id: String::new(),
        change,
        old: a.map(side),
        new: b.map(side),
    });
}

/// What a notice gives for a role: a period rather than a day, the first of them.
pub fn date<'a>(claims: &'a Claims, role: &str) -> Option<&'a DateClaim> {
    let of_role = || claims.dates.iter().filter(|date| date.role == role);
    let period = of_role().find(|date| date.from.is_some() && date.to.is_some());
    period.or_else(|| of_role().next())
}

/// Whether two dates may be the same: one of them may leave out the day or the year.
fn same_day(a: Option<&String>, b: Option<&String>) -> bool {
    let (Some(a), Some(b)) = (a, b) else {
        return a.is_none() && b.is_none();
    };
    // `0000-10-03`: no year was given.
    let year = |text: &str| {
        text.get(..4)
            .filter(|year| *year != "0000")
            .map(str::to_owned)
    };
    let rest = |text: &str| text.get(4..).unwrap_or_default().to_owned();
    let years = match (year(a), year(b)) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    };
    let (a, b) = (rest(a), rest(b));
    years && (a.starts_with(&b) || b.starts_with(&a))
}

/// A date or period as it is compared.
pub fn date_text(date: &DateClaim) -> String {
    match (&date.from, &date.to) {
        (Some(from), Some(to)) => format!("{from} ~ {to}"),
        (Some(one), None) | (None, Some(one)) => one.clone(),
        (None, None) => String::new(),
    }
}

fn dates(role: &str, old: Option<&DateClaim>, new: Option<&DateClaim>, out: &mut Vec<Difference>) {
    let change = match (old, new) {
        (Some(a), Some(b)) => {
            let one = |d: &DateClaim| d.from.is_some() != d.to.is_some();
            let same = match one(a) && one(b) {
                true => same_day(
                    a.from.as_ref().or(a.to.as_ref()),
                    b.from.as_ref().or(b.to.as_ref()),
                ),
                false => {
                    same_day(a.from.as_ref(), b.from.as_ref())
                        && same_day(a.to.as_ref(), b.to.as_ref())
                }
            };
            if same {
                return;
            }
            Change::Changed
        }
        (None, Some(_)) => Change::Added,
        (Some(_), None) => Change::Withdrawn,
        (None, None) => return,
    };
    let side = |date: &DateClaim| Side {
        says: date_text(date),
        text: date.text.clone(),
        span: Some(date.span),
    };
    out.push(Difference {
        what: What::Date,
        id: role.to_owned(),
        change,
        old: old.map(side),
        new: new.map(side),
    });
}

#[cfg(test)]
mod tests;
