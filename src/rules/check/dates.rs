//! Dates of the notice against the facts and against one another.

use jiff::civil::Date;

use crate::front::Kind;
use crate::language::polarity::Stance;
use crate::language::reading::Slice;
use crate::language::values::{DateValue, PlainDate};
use crate::report::{Evidence, Label, Severity};

use super::agree::date_of;
use super::{Complaint, Context, Verdict};

pub fn run(cx: &Context<'_>) -> Verdict {
    let all = &cx.reading.dates;
    let facts = cx.facts;
    let few = all.len() + usize::from(cx.front.notify_at.is_some()) < 2;
    if all.is_empty() || few && facts.is_none() {
        return Verdict::not_applicable(cx.words.text("na-few-dates"));
    }
    let year = facts
        .map(|f| f.aware_at.value.date().year())
        .or_else(|| {
            all.iter()
                .filter_map(|d| d.from.or(d.to))
                .map(|d| d.year)
                .find(|y| *y > 0)
        })
        .or_else(|| cx.front.notify_at.as_ref().map(|at| at.value.date().year()))
        .unwrap_or(0);
    if year == 0 {
        return Verdict::not_applicable(cx.words.text("na-few-dates"));
    }
    let mut complaints = Vec::new();
    if let Some(p) = facts.and_then(|f| f.occurred.as_ref()) {
        let first = p.value.from.value;
        let last = p.value.to.as_ref().map_or(first, |t| t.value);
        let open = p.value.to.is_none();
        // A period in the text is compared at both ends; a single date must lie in it.
        let own: Vec<&DateValue> = all.iter().filter(|d| d.role == "occurred").collect();
        let period = |d: &&&DateValue| d.from.is_some() && d.to.is_some();
        let mut periods: Vec<&DateValue> = own.iter().filter(period).copied().collect();
        // A period that shares an end with that of the facts is meant as it, whatever the text calls it.
        if periods.is_empty() {
            let is = |d: Option<PlainDate>, day| d.and_then(|x| date_of(x, year)) == Some(day);
            let shares = |d: &&DateValue| {
                d.from.is_some() && d.to.is_some() && (is(d.from, first) || is(d.to, last))
            };
            periods = all.iter().filter(shares).collect();
        }
        // A month in the text fits any day in it.
        let fits = |plain: Option<PlainDate>, day: Date| {
            let date = plain.and_then(|x| Some((x.day == 0, date_of(x, year)?)));
            date.is_some_and(|(month, x)| {
                x == day || month && (x.year(), x.month()) == (day.year(), day.month())
            })
        };
        let equal = |d: &DateValue| fits(d.from, first) && (open || fits(d.to, last));
        if let (Some(d), false) = (periods.first(), periods.iter().any(|d| equal(d))) {
            let expected = if first == last {
                first.to_string()
            } else {
                format!("{first} ~ {last}")
            };
            let labels =
                cx.facts_label(p.span, cx.words.fill("facts-say", &[("value", &expected)]));
            complaints.push(mismatch(cx, &d.at, expected, labels));
        } else if periods.is_empty() {
            let outside = own.iter().find(|d| {
                d.from
                    .or(d.to)
                    .and_then(|x| date_of(x, year))
                    .is_some_and(|x| {
                        let month_only = d.from.or(d.to).is_some_and(|p| p.day == 0);
                        if month_only {
                            (x.year(), x.month()) < (first.year(), first.month())
                                || (x.year(), x.month()) > (last.year(), last.month())
                        } else {
                            (x < first || x > last) && !open
                        }
                    })
            });
            let inside = own.iter().any(|d| {
                d.from
                    .or(d.to)
                    .and_then(|x| date_of(x, year))
                    .is_some_and(|x| x >= first && x <= last)
            });
            if let (Some(d), false) = (outside, inside) {
                let expected = if first == last {
                    first.to_string()
                } else {
                    format!("{first} ~ {last}")
                };
                let labels =
                    cx.facts_label(p.span, cx.words.fill("facts-say", &[("value", &expected)]));
                complaints.push(mismatch(cx, &d.at, expected, labels));
            }
        }
    }
    // A period that ends before it begins; a leak after its discovery.
    for d in all {
        if let (Some(a), Some(b)) = (
            d.from.and_then(|x| date_of(x, year)),
            d.to.and_then(|x| date_of(x, year)),
        ) && b < a
            && d.to.is_some_and(|t| t.day > 0)
            && (d.year_given || a.month() <= 10)
        {
            complaints.push(mismatch(cx, &d.at, format!("{b} ~ {a}"), None));
        }
    }
    // Where the year is not written, it is whichever makes sense: that of the dates before it or of the facts.
    let found = all.iter().filter(|d| d.role == "discovered");
    let found = found.filter_map(|d| {
        let plain = d.from.or(d.to)?;
        let other = PlainDate { year, ..plain };
        let other = (!d.year_given).then(|| date_of(other, year)).flatten();
        date_of(plain, year).max(other)
    });
    let starts = |d: &DateValue| {
        let from = d.from.filter(|f| f.day > 0 && f.year > 0)?;
        date_of(from, year)
    };
    let occurred = || all.iter().filter(|d| d.role == "occurred");
    if let Some(found) = found.max()
        && complaints.is_empty()
        // One that fits is the leak's; the others are then of something else.
        && !occurred().filter_map(starts).any(|start| start <= found)
        && let Some(d) = occurred().find(|d| starts(d).is_some())
    {
        complaints.push(mismatch(cx, &d.at, format!("≤ {found}"), None));
    }
    if complaints.is_empty() {
        complaints.extend(discovered_otherwise(all, year, cx));
    }
    Verdict::of(complaints, Vec::<Evidence>::new())
}

/// A day of discovery that is neither that of awareness nor that on which things were settled. The text may speak of a step on the
/// way, so that a person has to look.
fn discovered_otherwise(all: &[DateValue], year: i16, cx: &Context<'_>) -> Option<Complaint> {
    let facts = cx.facts?;
    let aware = cx.cohort.map_or(&facts.aware_at, |c| facts.aware_at(c));
    let settled = facts.confirmed_at(cx.cohort).map(|at| at.value.date());
    let aware_on = aware.value.date();
    // What follows a first notice has days of its own.
    if matches!(
        cx.kind(),
        Kind::Supplement | Kind::Correction | Kind::AllClear
    ) {
        return None;
    }
    // "By 10 November, nothing had been found" tells of no discovery.
    let found = |d: &&DateValue| {
        let Some(by) = &d.governed_by else {
            return true;
        };
        let clauses = &cx.reading.clauses;
        let first = clauses.partition_point(|k| k.block < by.block);
        let own = clauses[first..].iter().take_while(|k| k.block == by.block);
        let mut own = own.flat_map(|k| &k.mentions);
        let word = own.find(|m| m.range == by.range);
        word.is_none_or(|m| m.stance == Stance::Asserted)
    };
    let told = all.iter().filter(|d| d.role == "discovered").filter(found);
    let mut told = told.filter_map(|d| {
        let day = d.from.or(d.to).filter(|day| day.day > 0)?;
        // A year that is not written is the one that fits.
        let year_of = if d.year_given { day.year } else { year };
        Some((
            d,
            date_of(
                PlainDate {
                    year: year_of,
                    ..day
                },
                year,
            )?,
        ))
    });
    let (first, day) = told.next()?;
    let fits = |day| day == aware_on || Some(day) == settled;
    if fits(day) || told.any(|(_, day)| fits(day)) {
        return None;
    }
    let says = cx
        .words
        .fill("facts-say", &[("value", &aware_on.to_string())]);
    let mut complaint = mismatch(
        cx,
        &first.at,
        aware_on.to_string(),
        cx.facts_label(aware.span, says),
    );
    complaint.severity = Some(Severity::Warning);
    complaint.note = Some(cx.words.text("note-discovered").to_owned());
    Some(complaint)
}

fn mismatch(cx: &Context<'_>, at: &Slice, expected: String, label: Option<Label>) -> Complaint {
    Complaint {
        span: cx.span(at),
        values: vec![
            ("value", super::one_line(cx.text(at))),
            ("text", super::one_line(cx.text(at))),
            ("expected", expected),
        ],
        labels: label.into_iter().collect(),
        key: super::one_line(cx.text(at)),
        ..Complaint::default()
    }
}
