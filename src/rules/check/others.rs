//! A notice against another one of the same incident: the one it replaces, the one it is a translation of.

use crate::compare::{self, Change, Difference, What};
use crate::front::Kind;
use crate::language::reading::{ItemStatus, Slice};
use crate::report::{BesideView, Claims, DifferenceView, Label};
use crate::rules::compile::Agree;
use crate::source::Span;

use super::{Complaint, Context, Other, Verdict, one_line, say};

/// Where a claim of this notice stands, or where it would belong.
pub(super) fn place(cx: &Context<'_>, difference: &Difference) -> Span {
    if let Some(span) = difference.new.as_ref().and_then(|side| side.span) {
        return span;
    }
    let section = match difference.what {
        What::Item => "items",
        What::Advice => "advice",
        What::Date if difference.id == "occurred" => "when",
        _ => "",
    };
    cx.place_for(cx.language.sections.id_of(section))
}

/// What a claim is called, such as the name of an item.
pub(super) fn called(cx: &Context<'_>, difference: &Difference) -> String {
    match difference.what {
        What::Item => cx.label(&difference.id),
        What::Advice => cx
            .words
            .text(&format!("advice-{}", difference.id))
            .to_owned(),
        What::Date => cx.words.text(&format!("date-{}", difference.id)).to_owned(),
        What::Count | What::Leak => cx
            .words
            .text(&format!("what-{}", difference.what.as_str()))
            .to_owned(),
    }
}

/// What one side says, in words.
pub(super) fn said(cx: &Context<'_>, what: What, side: Option<&compare::Side>) -> String {
    match (what, side) {
        (_, None) => cx.words.text("says-nothing").to_owned(),
        (What::Item | What::Leak, Some(side)) => {
            cx.words.text(&format!("says-{}", side.says)).to_owned()
        }
        (What::Advice, Some(_)) => cx.words.text("says-advised").to_owned(),
        (_, Some(side)) => side.text.clone(),
    }
}

/// What this notice says otherwise than another one.
pub(super) fn view(cx: &Context<'_>, what: &'static str, other: &Other) -> BesideView {
    let own = super::claims::of(cx);
    let differences = compare::compare(&other.claims, &own, &cx.language.vocabulary);
    let in_words = |difference: &Difference| DifferenceView {
        what: called(cx, difference),
        old: said(cx, difference.what, difference.old.as_ref()),
        new: said(cx, difference.what, difference.new.as_ref()),
        span: difference.new.as_ref().and_then(|side| side.span),
    };
    BesideView {
        what,
        path: other.path.clone(),
        differences: differences.iter().map(in_words).collect(),
    }
}

/// A translation says what its original says.
pub fn translation(cx: &Context<'_>) -> Verdict {
    let Some(original) = cx.original else {
        return Verdict::not_applicable(cx.words.text("na-no-original"));
    };
    let own = super::claims::of(cx);
    let differences = compare::compare(&original.claims, &own, &cx.language.vocabulary);
    let complaints = differences.iter().map(|difference| {
        let value = said(cx, difference.what, difference.new.as_ref());
        let expected = said(cx, difference.what, difference.old.as_ref());
        let span = difference.old.as_ref().and_then(|side| side.span);
        let label = cx.words.fill("original-says", &[("value", &expected)]);
        Complaint {
            span: place(cx, difference),
            values: vec![
                ("text", called(cx, difference)),
                ("value", value),
                ("expected", expected),
            ],
            labels: vec![original.label(span.unwrap_or_default(), label)],
            key: format!("{} {}", difference.what.as_str(), difference.id),
            ..Complaint::default()
        }
    });
    Verdict::of(complaints.collect(), Vec::new())
}

/// The date that a notice gives for an earlier one is that on which it went out.
pub fn earlier_date(agree: &Agree, cx: &Context<'_>) -> Verdict {
    let mut known: Vec<(jiff::civil::Date, Option<Label>)> = Vec::new();
    if let Some(other) = cx.replaces
        && let Some(day) = other.sent_on
    {
        let text = cx.words.fill("sent-on", &[("value", &day.to_string())]);
        known.push((day, Some(other.label(Span::default(), text))));
    }
    if let (Some(facts), Some(cohort)) = (cx.facts, cx.cohort) {
        for earlier in facts.earlier(cohort) {
            let sent = earlier
                .sent_at
                .as_ref()
                .map(|at| (at.value.date(), at.span));
            let posted = earlier
                .posted
                .as_ref()
                .map(|posted| (posted.value.from.value, posted.span));
            for (day, span) in sent.into_iter().chain(posted) {
                let text = cx.words.fill("sent-on", &[("value", &day.to_string())]);
                known.push((day, cx.facts_label(span, text)));
            }
        }
    }
    if known.is_empty() {
        return Verdict::not_applicable(cx.words.text("na-no-earlier"));
    }
    known.sort_by_key(|(day, _)| *day);
    known.dedup_by_key(|(day, _)| *day);
    let year = known[0].0.year();
    let own = cx.front.notify_at.as_ref().map(|at| at.value.date());
    let mut evidence = Vec::new();
    let mut complaints = Vec::new();
    let mut spoken: Vec<Slice> = Vec::new();
    for s in &agree.any {
        say::each(cx, s, &mut |at, _| {
            spoken.push(at);
            true
        });
    }
    let of_earlier = |at: &Slice| {
        spoken.iter().any(|slice| {
            slice.block == at.block
                && slice.range.start < at.range.end
                && at.range.start < slice.range.end
        })
    };
    let dates = cx.reading.dates.iter().filter(|d| d.to.is_none());
    for date in dates.filter(|d| of_earlier(&d.at)) {
        let Some(day) = date
            .from
            .filter(|from| from.day > 0)
            .and_then(|from| super::agree::date_of(from, year))
        else {
            continue;
        };
        if Some(day) == own || known.iter().any(|(sent, _)| *sent == day) {
            evidence.push(cx.evidence(&date.at));
            continue;
        }
        let expected: Vec<String> = known.iter().map(|(sent, _)| sent.to_string()).collect();
        complaints.push(Complaint {
            span: cx.span(&date.at),
            values: vec![
                ("text", one_line(cx.text(&date.at))),
                ("value", one_line(cx.text(&date.at))),
                ("expected", expected.join(", ")),
            ],
            labels: known
                .iter()
                .filter_map(|(_, label)| label.clone())
                .collect(),
            key: one_line(cx.text(&date.at)),
            ..Complaint::default()
        });
    }
    if complaints.is_empty() && evidence.is_empty() {
        return Verdict::not_applicable(cx.words.text("na-no-earlier-date"));
    }
    Verdict::of(complaints, evidence)
}

/// Something that is told as less than it is.
struct Less {
    span: Span,
    text: String,
    expected: String,
    label: Option<Label>,
}

/// Count and items are not below the facts, nor below the notice that this one replaces. Where rules of the jurisdiction compare
/// with the facts themselves, one fault is one finding: theirs.
pub fn scope(agree: &Agree, cx: &Context<'_>) -> Verdict {
    if cx.cohort.is_none() && cx.replaces.is_none() {
        return Verdict::not_applicable(cx.words.text("na-no-facts"));
    }
    let by_others = cx.facts.is_some_and(|facts| {
        let mut all = facts.jurisdictions.iter();
        all.any(|one| agree.facts_except.contains(&one.value))
    });
    if by_others && cx.cohort.is_some_and(|cohort| cohort.count.is_some()) && cx.replaces.is_none()
    {
        return Verdict::not_applicable(cx.words.text("na-by-others"));
    }
    let own = super::claims::of(cx);
    let mut less: Vec<Less> = Vec::new();
    // A supplement tells what is new, not all.
    let whole = !matches!(cx.kind(), Kind::Supplement | Kind::AllClear);
    if whole {
        less.extend(count(cx, &own, by_others));
    }
    if whole && let Some(other) = cx.replaces {
        items(cx, other, &own, by_others, &mut less);
    }
    let Some(first) = less.first() else {
        return Verdict::pass(Vec::new());
    };
    let span = first.span;
    let list = |text: fn(&Less) -> &str| {
        let all: Vec<&str> = less.iter().map(text).collect();
        all.join(", ")
    };
    let values = vec![
        ("text", list(|l| &l.text)),
        ("value", list(|l| &l.text)),
        ("expected", list(|l| &l.expected)),
    ];
    let key = list(|l| &l.text);
    let mut labels = Vec::new();
    for (n, one) in less.iter().enumerate() {
        if n > 0 {
            labels.push(Label {
                file: None,
                span: one.span,
                text: cx.words.text("less-here").to_owned(),
            });
        }
        labels.extend(one.label.clone());
    }
    Verdict::of(
        vec![Complaint {
            span,
            values,
            labels,
            key,
            ..Complaint::default()
        }],
        Vec::new(),
    )
}

fn count(cx: &Context<'_>, own: &Claims, by_others: bool) -> Option<Less> {
    let stated = compare::count(own)?;
    let low = |value: u64| (stated.value as f64) < value as f64 * (1.0 - compare::ROUNDING);
    if let Some(fact) = cx.cohort.and_then(|cohort| cohort.count.as_ref()) {
        let unit = fact.value.unit.as_str();
        if by_others || stated.unit != unit || !low(fact.value.value) {
            return None;
        }
        let expected = cx.words.counted(fact.value.value, unit);
        let label = cx.words.fill("facts-say", &[("value", &expected)]);
        return Some(Less {
            span: stated.span,
            text: stated.text.clone(),
            expected,
            label: cx.facts_label(fact.span, label),
        });
    }
    // Without a figure in the facts, the earlier notice is all there is.
    let other = cx.replaces?;
    let earlier = compare::count(&other.claims)?;
    if stated.unit != earlier.unit || !low(earlier.value) {
        return None;
    }
    let label = cx.words.fill("earlier-says", &[("value", &earlier.text)]);
    Some(Less {
        span: stated.span,
        text: stated.text.clone(),
        expected: earlier.text.clone(),
        label: Some(other.label(earlier.span, label)),
    })
}

/// Items that the earlier notice gave as leaked and this one no longer does, though the facts have them.
fn items(cx: &Context<'_>, other: &Other, own: &Claims, by_others: bool, less: &mut Vec<Less>) {
    let own = compare::items(own, &cx.language.vocabulary);
    for (id, earlier) in compare::items(&other.claims, &cx.language.vocabulary) {
        if earlier.says != ItemStatus::Leaked.name() {
            continue;
        }
        let now = own.get(&id);
        if now.is_some_and(|side| side.says == ItemStatus::Leaked.name()) {
            continue;
        }
        // What the facts no longer have was rightly withdrawn.
        if cx
            .cohort
            .is_some_and(|c| by_others || !c.leaked.iter().any(|leaked| leaked.value == id))
        {
            continue;
        }
        let difference = Difference {
            what: What::Item,
            id: id.clone(),
            change: Change::Withdrawn,
            old: Some(earlier.clone()),
            new: now.cloned(),
        };
        let label = cx.words.fill(
            "earlier-says",
            &[("value", &said(cx, What::Item, Some(&earlier)))],
        );
        less.push(Less {
            span: place(cx, &difference),
            text: format!("{}: {}", cx.label(&id), said(cx, What::Item, now)),
            expected: format!(
                "{}: {}",
                cx.label(&id),
                said(cx, What::Item, Some(&earlier))
            ),
            label: Some(other.label(earlier.span.unwrap_or_default(), label)),
        });
    }
}
