//! Arithmetic on times: the hours from awareness, what is due at once, the days of a posting.

use crate::facts::LateReason;
use crate::front::Kind;
use crate::report::{Evidence, Status};
use crate::rules::compile::Deadline;
use crate::source::Span;

use super::agree::date_of;
use super::when::clock_runs;
use super::{Complaint, Context, Verdict};

/// The 72 hours, and the days of a posting.
pub fn run(d: &Deadline, cx: &Context<'_>) -> Verdict {
    match (d.notify_hours, d.at_once_hours, d.posted_days) {
        (Some(hours), ..) => notify(d, hours, cx),
        (None, Some(hours), _) => at_once(hours, cx),
        (None, None, Some(days)) => posted(days, cx),
        (None, None, None) => Verdict::pass(Vec::new()),
    }
}

fn notify(d: &Deadline, hours: i64, cx: &Context<'_>) -> Verdict {
    if !clock_runs(cx.kind()) {
        return Verdict::not_applicable(cx.words.fill("na-kind", &[("kind", cx.kind().as_str())]));
    }
    let Some(facts) = cx.facts else {
        return Verdict::not_applicable(cx.words.text("na-no-times"));
    };
    // A duty that there is and that could not be checked is for a person to check.
    let Some(notify) = &cx.front.notify_at else {
        return Verdict {
            status: Some(Status::Manual),
            because: cx.words.text("manual-no-notify-at").to_owned(),
            ..Verdict::default()
        };
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

/// What follows a first notice goes out as soon as it is settled. The law has no hours for that; the rule's are a reading of it.
fn at_once(hours: i64, cx: &Context<'_>) -> Verdict {
    let settled = cx.facts.and_then(|facts| facts.confirmed_at(cx.cohort));
    let (Some(settled), Some(notify)) = (settled, &cx.front.notify_at) else {
        return Verdict::not_applicable(cx.words.text("na-no-settled"));
    };
    let elapsed = notify.value.duration_since(&settled.value);
    if elapsed <= jiff::SignedDuration::from_hours(hours) {
        return Verdict::pass(vec![Evidence {
            span: notify.span,
            text: cx.source.slice(notify.span).to_owned(),
        }]);
    }
    let text = cx.source.slice(notify.span).to_owned();
    let says = settled.value.datetime().to_string();
    let label = cx.facts_label(
        settled.span,
        cx.words.fill("facts-say", &[("value", &says)]),
    );
    Verdict::of(
        vec![Complaint {
            span: notify.span,
            values: vec![
                ("value", elapsed.as_hours().to_string()),
                ("expected", says),
                ("limit", hours.to_string()),
                ("text", text),
            ],
            labels: label.into_iter().collect(),
            key: "at-once".into(),
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
