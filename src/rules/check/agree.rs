//! Values of the notice against the facts, and arithmetic on times.

use jiff::civil::Date;

use crate::compare;
use crate::facts::Status as IncidentStatus;
use crate::language::polarity::Stance;
use crate::language::reading::{Clause, Item, ItemStatus, Place, Slice};
use crate::language::values::{CountValue, PlainDate};
use crate::language::vocabulary::{ConceptId, Kind, Role};
use crate::rules::compile::Agree;
use crate::rules::schema::AgreeValue;

use super::{Complaint, Context, Verdict};

pub fn run(agree: &Agree, cx: &Context<'_>) -> Verdict {
    match agree.value {
        AgreeValue::Count => count(cx),
        AgreeValue::Dates => super::dates::run(cx),
        AgreeValue::Status => status(cx),
        AgreeValue::Form => super::values::form(agree, cx),
        AgreeValue::Contact => super::values::contact(agree, cx),
        AgreeValue::Posting => super::values::posting(cx),
        AgreeValue::Lookup => super::values::lookup(agree, cx),
        AgreeValue::Claims => super::values::claims(agree, cx),
        AgreeValue::Scope => super::others::scope(agree, cx),
        AgreeValue::EarlierDate => super::others::earlier_date(agree, cx),
        AgreeValue::Denial => super::earlier::denial(agree, cx),
        AgreeValue::Translation => super::others::translation(cx),
    }
}

/// A figure from here on tells by itself what it counts, if the facts have the same.
const TELLING: u64 = 30;

fn count(cx: &Context<'_>) -> Verdict {
    let Some(expected) = cx.cohort.and_then(|c| c.count.as_ref()) else {
        return Verdict::not_applicable(cx.words.text("na-no-count-facts"));
    };
    let all = &cx.reading.counts;
    let stated: Vec<&CountValue> = all.iter().filter(|c| c.affected).collect();
    // The very figure of the facts, in whatever sentence, is not there by chance.
    let exact = |c: &&CountValue| {
        c.value == expected.value.value
            && c.value >= TELLING
            && c.unit == expected.value.unit.as_str()
    };
    if let Some(c) = all.iter().find(exact) {
        return Verdict::pass(vec![cx.evidence(&c.at)]);
    }
    if stated.is_empty() {
        return Verdict::not_applicable(cx.words.text("na-no-count"));
    }
    let unit = expected.value.unit.as_str();
    let fits = |c: &&CountValue| compare::fits(c.value, c.approximate, &c.unit, &expected.value);
    if let Some(c) = stated.iter().copied().find(fits) {
        return Verdict::pass(vec![cx.evidence(&c.at)]);
    }
    // The figure nearest to the facts is the one that is meant.
    let Some(c) = stated
        .iter()
        .min_by_key(|c| (c.unit != unit, c.value.abs_diff(expected.value.value)))
    else {
        return Verdict::pass(Vec::new());
    };
    let expected_text = cx.words.counted(expected.value.value, unit);
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

pub(super) fn date_of(d: PlainDate, reference: i16) -> Option<Date> {
    let year = if d.year == 0 { reference } else { d.year };
    Date::new(year, d.month, d.day.max(1)).ok()
}

/// Whether a word for the event speaks of personal data: it is the word for that, or the sentence names some that leaked.
/// "A key lay open on a web site" says nothing of them.
fn of_data(cx: &Context<'_>, clause: &Clause, concept: ConceptId) -> bool {
    let vocabulary = &cx.language.vocabulary;
    let word = vocabulary.concept(concept);
    let sentence = cx.reading.sentences.get(clause.sentence);
    let inside = |at: &Slice| {
        sentence.is_some_and(|s| s.block == at.block && s.range.contains(&at.range.start))
    };
    word.role == Some(Role::LeakNoun)
        || word.id == "leak"
        || cx
            .reading
            .items
            .iter()
            .any(|i| i.status == ItemStatus::Leaked && inside(&i.at))
        || sentence.is_some_and(|s| {
            cx.reading.clauses[s.clauses.clone()]
                .iter()
                .flat_map(|k| &k.mentions)
                .any(|m| vocabulary.concept(m.concept).kind == Kind::Umbrella)
        })
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
    let mut hedge: Option<(Slice, bool)> = None;
    let mut asserted: Option<(Slice, bool)> = None;
    for k in &cx.reading.clauses {
        for m in &k.mentions {
            let plain = match vocabulary.concept(m.concept).role {
                Some(Role::Leak | Role::LeakNoun) => true,
                Some(Role::SoftLeak) => false,
                _ => continue,
            };
            let found = match m.stance {
                // A heading, the title too, or a list of items alone asserts nothing of the event, nor does "the leaked file".
                Stance::Asserted
                    if !k.fragment
                        && !m.attributive
                        && k.place != Place::Title
                        && of_data(cx, k, m.concept) =>
                {
                    &mut asserted
                }
                Stance::Possible => &mut hedge,
                _ => continue,
            };
            // The word for a leak before a softer one.
            if found.as_ref().is_none_or(|(_, known)| plain && !known) {
                let range = m.range.clone();
                *found = Some((
                    Slice {
                        block: k.block,
                        range,
                    },
                    plain,
                ));
            }
        }
    }
    // To say that somebody saw the data does not say that it leaked, if that is told as a possibility.
    if let Some((at, plain)) = &asserted
        && (*plain || hedge.as_ref().is_none_or(|(_, hedged)| !hedged))
    {
        return Verdict::pass(vec![cx.evidence(at)]);
    }
    let hedge = hedge.map(|(at, _)| at);
    let Some(at) = hedge.or_else(|| only_possible(cx)) else {
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

/// An item that leaked by the facts and is told as a possibility, where no item is told as leaked.
fn only_possible(cx: &Context<'_>) -> Option<Slice> {
    let leaked = &cx.cohort?.leaked;
    let items = &cx.reading.items;
    if items.iter().any(|i| i.status == ItemStatus::Leaked) {
        return None;
    }
    let of_facts = |i: &&Item| leaked.iter().any(|l| l.value == cx.item_id(i.concept));
    let possible = items
        .iter()
        .filter(|i| i.status == ItemStatus::PossiblyLeaked);
    possible.filter(of_facts).map(|i| i.at.clone()).next()
}
