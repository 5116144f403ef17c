//! Values of the notice against the facts, and arithmetic on times.

use jiff::civil::Date;

use crate::facts::{LateReason, Status as IncidentStatus};
use crate::front::Kind;
use crate::language::polarity::Stance;
use crate::language::reading::Slice;
use crate::language::values::{DateValue, PlainDate};
use crate::language::vocabulary::Role;
use crate::report::{Evidence, Label};
use crate::rules::compile::Deadline;
use crate::rules::schema::AgreeValue;
use crate::source::Span;

use super::when::clock_runs;
use super::{Complaint, Context, Verdict};

/// A rounded figure may be off by this share.
const ROUNDING: f64 = 0.05;

pub fn run(value: AgreeValue, cx: &Context<'_>) -> Verdict {
    match value {
        AgreeValue::Count => count(cx),
        AgreeValue::Dates => dates(cx),
        AgreeValue::Status => status(cx),
    }
}

fn count(cx: &Context<'_>) -> Verdict {
    let Some(expected) = cx.cohort.and_then(|c| c.count.as_ref()) else {
        return Verdict::not_applicable(cx.words.text("na-no-count-facts"));
    };
    let stated: Vec<_> = cx.reading.counts.iter().filter(|c| c.affected).collect();
    if stated.is_empty() {
        return Verdict::not_applicable(cx.words.text("na-no-count"));
    }
    let unit = expected.value.unit.as_str();
    let fits = |c: &&&crate::language::values::CountValue| {
        let exact = c.value == expected.value.value;
        let off = (c.value as f64 - expected.value.value as f64).abs()
            / (expected.value.value as f64).max(1.0);
        c.unit == unit && (exact || (c.approximate || round(c.value)) && off <= ROUNDING)
    };
    if let Some(c) = stated.iter().find(fits) {
        return Verdict::pass(vec![cx.evidence(&c.at)]);
    }
    // The figure nearest to the facts is the one that is meant.
    let Some(c) = stated
        .iter()
        .min_by_key(|c| (c.unit != unit, c.value.abs_diff(expected.value.value)))
    else {
        return Verdict::pass(Vec::new());
    };
    let expected_text = format!(
        "{} {}",
        group(expected.value.value),
        cx.words.text(&format!("unit-{unit}"))
    );
    Verdict::of(
        vec![Complaint {
            span: cx.span(&c.at),
            values: vec![
                ("value", super::one_line(cx.text(&c.at))),
                ("text", super::one_line(cx.text(&c.at))),
                ("expected", expected_text.clone()),
            ],
            labels: cx
                .facts_label(
                    expected.span,
                    cx.words.fill("facts-say", &[("value", &expected_text)]),
                )
                .into_iter()
                .collect(),
            key: c.value.to_string(),
            ..Complaint::default()
        }],
        Vec::new(),
    )
}

/// Whether a figure looks rounded: only its first two digits are not zero.
fn round(value: u64) -> bool {
    let digits = value.to_string();
    digits.len() > 2 && digits[2..].bytes().all(|b| b == b'0')
}

/// Digits in groups of three.
fn group(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

fn date_of(d: PlainDate, reference: i16) -> Option<Date> {
    let year = if d.year == 0 { reference } else { d.year };
    Date::new(year, d.month, d.day.max(1)).ok()
}

fn dates(cx: &Context<'_>) -> Verdict {
    let all = &cx.reading.dates;
    let facts = cx.facts;
    if all.len() + usize::from(cx.front.notify_at.is_some()) < 2 && facts.is_none() {
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
        let periods: Vec<&&DateValue> = own
            .iter()
            .filter(|d| d.from.is_some() && d.to.is_some())
            .collect();
        let equal = |d: &DateValue| {
            let from = d.from.and_then(|x| date_of(x, year));
            let to = d.to.and_then(|x| date_of(x, year));
            from == Some(first) && (to == Some(last) || open)
        };
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
    let discovered = all
        .iter()
        .filter(|d| d.role == "discovered")
        .filter_map(|d| date_of(d.from.or(d.to)?, year))
        .max();
    let occurred = all
        .iter()
        .filter(|d| d.role == "occurred")
        .filter(|d| d.from.is_some_and(|f| f.day > 0 && f.year > 0))
        .find(|d| {
            d.from
                .and_then(|x| date_of(x, year))
                .zip(discovered)
                .is_some_and(|(o, found)| o > found)
        });
    if let (Some(d), Some(found)) = (occurred, discovered)
        && complaints.is_empty()
    {
        complaints.push(mismatch(cx, &d.at, format!("≤ {found}"), None));
    }
    Verdict::of(complaints, Vec::<Evidence>::new())
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

/// A confirmed leak that is told as a possibility only.
fn status(cx: &Context<'_>) -> Verdict {
    let Some(facts) = cx.facts else {
        return Verdict::not_applicable(cx.words.text("na-no-facts"));
    };
    if facts.status.value != IncidentStatus::Confirmed {
        return Verdict::not_applicable(cx.words.text("na-status"));
    }
    let vocabulary = &cx.language.vocabulary;
    let mut hedge = None;
    for k in &cx.reading.clauses {
        for m in &k.mentions {
            let leak = matches!(
                vocabulary.concept(m.concept).role,
                Some(Role::Leak | Role::LeakNoun | Role::SoftLeak)
            );
            if !leak {
                continue;
            }
            match m.stance {
                // A heading or a list of items alone asserts nothing of the event.
                Stance::Asserted
                    if !k.fragment || k.place == crate::language::reading::Place::Title =>
                {
                    return Verdict::pass(vec![cx.evidence(&Slice {
                        block: k.block,
                        range: m.range.clone(),
                    })]);
                }
                Stance::Possible if hedge.is_none() => {
                    hedge = Some(Slice {
                        block: k.block,
                        range: m.range.clone(),
                    });
                }
                _ => {}
            }
        }
    }
    let Some(at) = hedge else {
        return Verdict::pass(Vec::new());
    };
    let label = cx.facts_label(
        facts.status.span,
        cx.words
            .fill("facts-say", &[("value", facts.status.value.as_str())]),
    );
    Verdict::of(
        vec![Complaint {
            span: cx.span(&at),
            values: vec![("text", super::one_line(cx.text(&at)))],
            labels: label.into_iter().collect(),
            key: "status".into(),
            ..Complaint::default()
        }],
        Vec::new(),
    )
}

/// The 72 hours, and the days of a posting.
pub fn deadline(d: &Deadline, cx: &Context<'_>) -> Verdict {
    match (d.notify_hours, d.posted_days) {
        (Some(hours), _) => notify(d, hours, cx),
        (None, Some(days)) => posted(days, cx),
        (None, None) => Verdict::pass(Vec::new()),
    }
}

fn notify(d: &Deadline, hours: i64, cx: &Context<'_>) -> Verdict {
    if !clock_runs(cx.kind()) {
        return Verdict::not_applicable(cx.words.fill("na-kind", &[("kind", cx.kind().as_str())]));
    }
    let (Some(facts), Some(notify)) = (cx.facts, &cx.front.notify_at) else {
        return Verdict::not_applicable(cx.words.text("na-no-times"));
    };
    let cohort = cx.cohort;
    let aware = cohort.map_or(&facts.aware_at, |c| facts.aware_at(c));
    let elapsed = notify
        .value
        .timestamp()
        .duration_since(aware.value.timestamp());
    let late = elapsed > jiff::SignedDuration::from_hours(hours);
    let excuses: &[LateReason] = match (&d.excuses_possibility, cx.kind()) {
        (Some(fewer), Kind::Possibility) => fewer,
        _ => &d.excuses,
    };
    let excused = cohort
        .and_then(|c| c.late_reason.as_ref())
        .is_some_and(|r| excuses.contains(&r.value));
    if !late || excused {
        return Verdict::pass(vec![Evidence {
            span: notify.span,
            text: cx.source.slice(notify.span).to_owned(),
        }]);
    }
    let passed = elapsed.as_hours().to_string();
    Verdict::of(
        vec![Complaint {
            span: notify.span,
            values: vec![
                ("value", passed),
                ("expected", hours.to_string()),
                ("limit", hours.to_string()),
                ("text", cx.source.slice(notify.span).to_owned()),
            ],
            labels: cx
                .facts_label(
                    aware.span,
                    cx.words.fill(
                        "facts-say",
                        &[("value", &aware.value.datetime().to_string())],
                    ),
                )
                .into_iter()
                .collect(),
            key: "late".into(),
            ..Complaint::default()
        }],
        Vec::new(),
    )
}

fn posted(days: i64, cx: &Context<'_>) -> Verdict {
    let posting = cx.kind() == Kind::Posting;
    let Some(posted) = &cx.front.posted else {
        if !posting {
            return Verdict::not_applicable(cx.words.text("na-not-posted"));
        }
        // What the text says of the period.
        return text_posting(days, cx);
    };
    let (Some(from), Some(until)) = (&posted.value.from, &posted.value.until) else {
        return Verdict::not_applicable(cx.words.text("na-no-times"));
    };
    let length = i64::from(from.value.until(until.value).map_or(0, |s| s.get_days()));
    if length >= days {
        return Verdict::pass(vec![Evidence {
            span: posted.span,
            text: cx.source.slice(posted.span).to_owned(),
        }]);
    }
    Verdict::of(
        vec![Complaint {
            span: until.span,
            values: vec![
                ("value", length.to_string()),
                ("expected", days.to_string()),
                ("limit", days.to_string()),
                ("text", cx.source.slice(until.span).to_owned()),
            ],
            key: "posted".into(),
            ..Complaint::default()
        }],
        Vec::new(),
    )
}

fn text_posting(days: i64, cx: &Context<'_>) -> Verdict {
    let until = cx.reading.dates.iter().find(|d| d.role == "posted-until");
    let start = cx.front.notify_at.as_ref().map(|n| n.value.date());
    let Some((d, start)) = until.zip(start) else {
        return Verdict::not_applicable(cx.words.text("na-no-times"));
    };
    let Some(end) = d.to.or(d.from).and_then(|x| date_of(x, start.year())) else {
        return Verdict::not_applicable(cx.words.text("na-no-times"));
    };
    let length = i64::from(start.until(end).map_or(0, |s| s.get_days()));
    if length >= days {
        return Verdict::pass(vec![cx.evidence(&d.at)]);
    }
    let span: Span = cx.span(&d.at);
    Verdict::of(
        vec![Complaint {
            span,
            values: vec![
                ("value", length.to_string()),
                ("expected", days.to_string()),
                ("limit", days.to_string()),
                ("text", super::one_line(cx.text(&d.at))),
            ],
            key: "posted".into(),
            ..Complaint::default()
        }],
        Vec::new(),
    )
}
