//! Items in the text against items in the facts, and lists that say too little.

use std::collections::{BTreeSet, HashMap};

use crate::facts::Status as IncidentStatus;
use crate::language::reading::{Item, ItemStatus, Slice};
use crate::language::vocabulary::{ConceptId, Kind, Role};
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
        ItemFault::Umbrella => umbrella(cx),
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

fn umbrella(cx: &Context<'_>) -> Verdict {
    let vocabulary = &cx.language.vocabulary;
    let Some(category) = vocabulary.id_of("umbrella-category") else {
        return Verdict::pass(Vec::new());
    };
    let place = |at: &Slice| (at.block, at.range.start, at.range.end);
    let umbrellas: HashMap<_, &Item> = (cx.reading.umbrellas.iter().rev())
        .map(|u| (place(&u.at), u))
        .collect();
    let named = Named::of(cx);
    let mut complaints = Vec::new();
    for &(c, m) in cx.index.get(category) {
        let clause = &cx.reading.clauses[c as usize];
        let mention = &clause.mentions[m as usize];
        let at = (clause.block, mention.range.start, mention.range.end);
        let Some(umbrella) = umbrellas.get(&at) else {
            continue;
        };
        if !stated(umbrella) || explained(cx, &named, umbrella) {
            continue;
        }
        complaints.push(Complaint {
            span: cx.span(&umbrella.at),
            values: vec![("text", one_line(cx.text(&umbrella.at)))],
            key: one_line(cx.text(&umbrella.at)),
            ..Complaint::default()
        });
    }
    Verdict::of(complaints, Vec::new())
}

/// The items of a notice, as far as a vague word may stand for them.
struct Named<'a> {
    /// Block and start of all of them, in the order of the text.
    places: Vec<(usize, usize)>,
    /// Those that are stated, by their sentence.
    sentences: HashMap<usize, Vec<&'a Item>>,
    /// How many are stated.
    stated: usize,
}

impl<'a> Named<'a> {
    fn of(cx: &Context<'a>) -> Self {
        let items = &cx.reading.items;
        let mut places: Vec<_> = (items.iter())
            .map(|i| (i.at.block, i.at.range.start))
            .collect();
        places.sort_unstable();
        let mut sentences: HashMap<usize, Vec<&Item>> = HashMap::new();
        for item in items.iter().filter(|i| stated(i)) {
            sentences.entry(item.sentence).or_default().push(item);
        }
        Self {
            places,
            stated: sentences.values().map(Vec::len).sum(),
            sentences,
        }
    }

    /// The first item at or behind a place.
    fn from(&self, place: (usize, usize)) -> Option<(usize, usize)> {
        let at = self.places.partition_point(|p| *p < place);
        self.places.get(at).copied()
    }
}

/// Whether the vague word is followed by the items that it stands for: in brackets, behind a colon, or anywhere in its
/// sentence, or as a list below it.
fn explained(cx: &Context<'_>, named: &Named<'_>, umbrella: &Item) -> bool {
    let Slice { block, range } = &umbrella.at;
    let text = cx.notice.blocks[*block].text.as_str();
    if text[range.end..]
        .trim_start()
        .starts_with(['(', ':', '–', '—', '：'])
    {
        let behind = named.from((*block, range.end));
        return behind.is_some_and(|(b, start)| b == *block && start <= range.end + 60);
    }
    if opened(cx, named, umbrella) {
        return true;
    }
    let same_sentence = named.sentences.contains_key(&umbrella.sentence);
    let below = named.from((block + 1, 0));
    // "1. The member data that leaked" over the lines of its entry.
    let sentence = cx.reading.sentences.get(umbrella.sentence);
    let line_over = sentence.is_some_and(|s| {
        let first = cx.reading.clauses.get(s.clauses.start);
        let heads = first.is_some_and(|k| k.opens_section);
        heads
            && named
                .from((*block, s.range.end))
                .is_some_and(|(b, _)| b == *block)
    });
    let introduces = line_over && !same_sentence
        || below.is_some_and(|(b, _)| cx.notice.blocks[b].governor == Some(*block));
    // A category as the name of the whole, with the items named elsewhere in the notice.
    let listed = named.stated >= 2;
    let own_entry = cx.notice.blocks[umbrella.at.block].list_depth > 0
        || cx.notice.blocks[umbrella.at.block].cell.is_some();
    // An account of what happened speaks of the data as a whole.
    let told = sentence.is_some_and(|s| {
        let how = cx.language.sections.id_of("how");
        let first = cx.reading.clauses.get(s.clauses.start);
        how.is_some() && first.is_some_and(|k| k.section == how)
    });
    introduces
        || listed && !own_entry && (!same_sentence || told)
        || vocabulary_kind(cx, umbrella) != Kind::Umbrella
}

/// Whether the sentence goes on with "including" and items: the list is named, if perhaps not closed.
fn opened(cx: &Context<'_>, named: &Named<'_>, umbrella: &Item) -> bool {
    let vocabulary = &cx.language.vocabulary;
    let stated = named.sentences.get(&umbrella.sentence);
    let mut behind = stated.into_iter().flatten();
    let item = behind.find(|i| i.at.range.start >= umbrella.at.range.end);
    let sentence = cx.reading.sentences.get(umbrella.sentence);
    item.zip(sentence).is_some_and(|(i, sentence)| {
        cx.reading.clauses[sentence.clauses.clone()]
            .iter()
            .flat_map(|k| &k.mentions)
            .any(|m| {
                vocabulary.concept(m.concept).role == Some(Role::Open)
                    && m.range.start >= umbrella.at.range.end
                    && m.range.end <= i.at.range.start
            })
    })
}

fn vocabulary_kind(cx: &Context<'_>, item: &Item) -> Kind {
    cx.language.vocabulary.concept(item.concept).kind
}
