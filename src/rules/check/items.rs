//! Items in the text against items in the facts, and lists that say too little.

use std::collections::BTreeSet;

use crate::facts::Status as IncidentStatus;
use crate::language::reading::{Item, ItemStatus};
use crate::language::vocabulary::{ConceptId, Role};
use crate::report::{Evidence, Label};
use crate::rules::schema::ItemFault;
use crate::source::Span;

use super::{Complaint, Context, Verdict, one_line};

pub fn run(fault: ItemFault, cx: &Context<'_>) -> Verdict {
    match fault {
        ItemFault::Missing => missing(cx),
        ItemFault::Denied => denied(cx, false),
        ItemFault::OpenDenied => denied(cx, true),
        ItemFault::Undeclared => undeclared(cx),
        ItemFault::OpenList => super::open_list::run(cx),
        ItemFault::Umbrella => super::vague::umbrella(cx),
    }
}

pub(super) fn stated(i: &Item) -> bool {
    matches!(i.status, ItemStatus::Leaked | ItemStatus::PossiblyLeaked)
}

/// Whether an item of the text stands for `id`, itself or as a container.
fn stands_for(cx: &Context<'_>, concept: ConceptId, id: &str) -> bool {
    let c = cx.language.vocabulary.concept(concept);
    c.id == id || c.expands.iter().any(|e| e == id)
}

fn missing(cx: &Context<'_>) -> Verdict {
    let Some(cohort) = cx.cohort else {
        return Verdict::not_applicable(cx.words.text("na-no-facts"));
    };
    let suspected = cx
        .facts
        .is_some_and(|f| f.status.value == IncidentStatus::Suspected);
    let mut evidence: Vec<Evidence> = Vec::new();
    let mut complaints = Vec::new();
    let place = items_place(cx);
    for leaked in &cohort.leaked {
        let found = cx.reading.items.iter().find(|i| {
            let counts = i.status == ItemStatus::Leaked
                || suspected && i.status == ItemStatus::PossiblyLeaked;
            counts && stands_for(cx, i.concept, &leaked.value)
        });
        match found {
            Some(i) => evidence.push(cx.evidence(&i.at)),
            None if told_before(cx, &leaked.value) => {}
            None => {
                let mut labels: Vec<Label> = Vec::new();
                labels
                    .extend(cx.facts_label(leaked.span, cx.words.text("facts-leaked").to_owned()));
                let id = cx.language.vocabulary.id_of(&leaked.value);
                if let Some((_, span)) = cx.hidden.iter().find(|(c, _)| Some(*c) == id) {
                    labels.push(Label {
                        file: None,
                        span: *span,
                        text: cx.words.text("only-hidden").to_owned(),
                    });
                }
                // Said otherwise: say where, so that the reader is not puzzled.
                let possible = |i: &&Item| {
                    i.status == ItemStatus::PossiblyLeaked
                        && stands_for(cx, i.concept, &leaked.value)
                };
                let otherwise = |i: &&Item| Some(i.concept) == id && !stated(i);
                let items = &cx.reading.items;
                let elsewhere = items.iter().find(possible);
                if let Some(i) = elsewhere.or_else(|| items.iter().find(otherwise)) {
                    let key = match i.status {
                        ItemStatus::NotLeaked => "seen-denied",
                        ItemStatus::PossiblyLeaked => "seen-possible",
                        _ => "seen-mentioned",
                    };
                    labels.push(Label {
                        file: None,
                        span: cx.span(&i.at),
                        text: cx.words.text(key).to_owned(),
                    });
                }
                complaints.push(Complaint {
                    span: place,
                    values: vec![
                        ("item", cx.label(&leaked.value)),
                        ("items", cx.label(&leaked.value)),
                    ],
                    labels,
                    key: leaked.value.clone(),
                    ..Complaint::default()
                });
            }
        }
    }
    Verdict::of(complaints, evidence)
}

/// A supplement tells what is new: what the notice before it told is told.
fn told_before(cx: &Context<'_>, id: &str) -> bool {
    cx.kind() == crate::front::Kind::Supplement
        && cx.replaces.is_some_and(|other| {
            let mut items = other.claims.items.iter();
            items.any(|i| i.item == id && i.status == ItemStatus::Leaked.name())
        })
}

/// Where a missing item belongs: the heading of the list of items, else what governs the first item that is stated.
fn items_place(cx: &Context<'_>) -> Span {
    let section = cx.language.sections.id_of("items");
    let has_section = section.is_some() && cx.reading.opened.contains(&section);
    if !has_section && let Some(first) = cx.reading.items.iter().find(|i| stated(i)) {
        return cx.span(&first.at);
    }
    cx.place_for(section)
}

fn denied(cx: &Context<'_>, open: bool) -> Verdict {
    let (Some(facts), Some(cohort)) = (cx.facts, cx.cohort) else {
        return Verdict::not_applicable(cx.words.text("na-no-facts"));
    };
    let list = if open {
        &facts.open_questions
    } else {
        &cohort.leaked
    };
    if list.is_empty() {
        return Verdict::not_applicable(cx.words.text(if open {
            "na-no-open"
        } else {
            "na-not-leaked"
        }));
    }
    let mut complaints = Vec::new();
    // The items of a sentence stand behind each other, and it may have any number of them.
    let mut form_of = (usize::MAX, None);
    for i in cx
        .reading
        .items
        .iter()
        .filter(|i| i.status == ItemStatus::NotLeaked)
    {
        let Some(fact) = list.iter().find(|l| stands_for(cx, i.concept, &l.value)) else {
            continue;
        };
        // A denial of the plain form is none of the protected one.
        if form_of.0 != i.sentence {
            form_of = (i.sentence, form(cx, i));
        }
        if form_of.1 == Some(Role::PlainForm) {
            continue;
        }
        let key = if open { "facts-open" } else { "facts-leaked" };
        let mut labels = Vec::with_capacity(2);
        labels.extend(cx.facts_label(fact.span, cx.words.text(key).to_owned()));
        if let Some(by) = &i.governed_by {
            let span = cx.span(by);
            if span != cx.span(&i.at) {
                labels.push(Label {
                    file: None,
                    span,
                    text: cx.words.text("denied-here").to_owned(),
                });
            }
        }
        complaints.push(Complaint {
            span: cx.span(&i.at),
            values: vec![
                ("item", cx.label(&fact.value)),
                ("items", cx.label(&fact.value)),
                ("text", one_line(cx.text(&i.at))),
            ],
            labels,
            key: fact.value.clone(),
            ..Complaint::default()
        });
    }
    Verdict::of(complaints, Vec::new())
}

/// The form word that stands in the sentence of an item.
fn form(cx: &Context<'_>, item: &Item) -> Option<Role> {
    let sentence = cx.reading.sentences.get(item.sentence)?;
    cx.reading.clauses[sentence.clauses.clone()]
        .iter()
        .flat_map(|k| &k.mentions)
        .filter_map(|m| cx.language.vocabulary.concept(m.concept).role)
        .find(|r| *r == Role::PlainForm)
}

fn undeclared(cx: &Context<'_>) -> Verdict {
    let (Some(facts), Some(cohort)) = (cx.facts, cx.cohort) else {
        return Verdict::not_applicable(cx.words.text("na-no-facts"));
    };
    let mut seen = BTreeSet::new();
    let mut complaints = Vec::new();
    for i in cx
        .reading
        .items
        .iter()
        .filter(|i| i.status == ItemStatus::Leaked)
    {
        let c = cx.language.vocabulary.concept(i.concept);
        let declared = |id: &str| {
            cohort.leaked.iter().any(|l| l.value == id)
                || facts.open_questions.iter().any(|q| q.value == id)
        };
        let known = declared(&c.id) || c.expands.iter().any(|e| declared(e));
        if known || !seen.insert(i.concept) {
            continue;
        }
        let denied = cohort.not_leaked.iter().find(|l| l.value == c.id);
        let labels = denied
            .and_then(|l| cx.facts_label(l.span, cx.words.text("facts-not-leaked").to_owned()))
            .into_iter()
            .collect();
        let label = c.label.get(cx.words.lang()).to_owned();
        complaints.push(Complaint {
            span: cx.span(&i.at),
            values: vec![
                ("item", label.clone()),
                ("items", label),
                ("text", one_line(cx.text(&i.at))),
            ],
            labels,
            key: c.id.clone(),
            ..Complaint::default()
        });
    }
    Verdict::of(complaints, Vec::new())
}
