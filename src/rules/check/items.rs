//! Items in the text against items in the facts, and lists that say too little.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::facts::Status as IncidentStatus;
use crate::language::polarity::Stance;
use crate::language::reading::{Item, ItemStatus, Mention, Slice};
use crate::language::vocabulary::{ConceptId, Kind, Role, begins_with};
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
        ItemFault::OpenList => open_list(cx),
        ItemFault::Umbrella => umbrella(cx),
    }
}

fn stated(i: &Item) -> bool {
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

/// How much text may stand between an item and the word that leaves its list open.
const OPEN_REACH: usize = 24;

fn open_list(cx: &Context<'_>) -> Verdict {
    let mut complaints: Vec<Complaint> = Vec::new();
    let mut lists: BTreeMap<usize, Vec<&Item>> = BTreeMap::new();
    for i in cx.reading.items.iter().filter(|i| stated(i)) {
        lists.entry(i.sentence).or_default().push(i);
    }
    for (sentence, mut items) in lists {
        let Some(sentence) = cx.reading.sentences.get(sentence) else {
            continue;
        };
        items.sort_by_key(|i| (i.at.block, i.at.range.start));
        if let Some(at) = opening(cx, sentence.clauses.clone(), &items, sentence.head_final) {
            complaints.push(Complaint {
                span: cx.span(&at),
                values: vec![("text", one_line(cx.text(&at)))],
                key: one_line(cx.text(&at)),
                ..Complaint::default()
            });
        }
    }
    complaints.extend(unnamed(cx).map(|at| Complaint {
        span: cx.span(&at),
        values: vec![("text", one_line(cx.text(&at)))],
        key: one_line(cx.text(&at)),
        ..Complaint::default()
    }));
    complaints.sort_by_key(|c| c.span.start);
    complaints.dedup_by(|b, a| b.span.start < a.span.end);
    Verdict::of(complaints, Vec::new())
}

/// How much text may stand between "besides" and the vague word for data.
const BESIDES_REACH: usize = 12;

/// How many bytes a particle and a space behind a noun have at most.
const PARTICLE: usize = 8;

/// Where it is said that more leaked without saying what: "besides, some other information was leaked".
fn unnamed<'a>(cx: &'a Context<'_>) -> impl Iterator<Item = Slice> + 'a {
    let vocabulary = &cx.language.vocabulary;
    let clauses = cx.reading.clauses.iter().filter(|k| {
        let head_final = cx.reading.sentences.get(k.sentence);
        head_final.is_some_and(|s| s.head_final) && !k.fragment
    });
    clauses.filter_map(move |k| {
        // Looked at where it decides only: what no rule has looked at may differ.
        let text = || cx.notice.blocks[k.block].text.as_str();
        let role = |m: &Mention| vocabulary.concept(m.concept).role;
        let leaked = k
            .mentions
            .iter()
            .rfind(|m| matches!(role(m), Some(Role::Leak)) && m.stance == Stance::Asserted)?;
        let vague = |m: &Mention| {
            vocabulary.concept(m.concept).kind == Kind::Umbrella || role(m) == Some(Role::DataHead)
        };
        k.mentions.iter().enumerate().find_map(|(n, m)| {
            // "name, address and so on" goes on a list, of which more is asked above.
            let listed = || {
                let mut before = k.mentions[..n].iter();
                before.any(|i| vocabulary.concept(i.concept).kind == Kind::Item)
            };
            // "You and 1,163 others": people, not data.
            let people = || {
                let before = text()[..m.range.start].split_whitespace().next_back();
                let persons = &vocabulary.persons;
                before.is_some_and(|w| begins_with(persons, w))
                    || k.mentions[..n].iter().rev().take(3).any(|r| {
                        role(r) == Some(Role::Reader) && m.range.start - r.range.end <= PARTICLE
                    })
            };
            match role(m) {
                Some(Role::Open) if !listed() && !people() => {}
                Some(Role::Besides) => {}
                _ => return None,
            }
            // Between them, no item that is named instead.
            let data = k.mentions[n + 1..]
                .iter()
                .take_while(|d| vocabulary.concept(d.concept).kind != Kind::Item)
                .find(|d| vague(d) && d.range.start >= m.range.end)?;
            let near = within(text().get(m.range.end..data.range.start)?, BESIDES_REACH);
            (near && data.range.end <= leaked.range.start).then_some(Slice {
                block: k.block,
                range: m.range.start..data.range.end,
            })
        })
    })
}

/// Whether a text has no more than so many characters; a long one is not counted to its end.
fn within(text: &str, characters: usize) -> bool {
    text.chars().nth(characters).is_none()
}

/// The word of a sentence that leaves its list of leaked items open. The items stand in their order in the text.
fn opening(
    cx: &Context<'_>,
    clauses: std::ops::Range<usize>,
    items: &[&Item],
    head_final: bool,
) -> Option<Slice> {
    let vocabulary = &cx.language.vocabulary;
    for k in &cx.reading.clauses[clauses] {
        for m in &k.mentions {
            let role = vocabulary.concept(m.concept).role;
            if !matches!(role, Some(Role::Open | Role::Some)) {
                continue;
            }
            let text = cx.notice.blocks[k.block].text.as_str();
            let at = Slice {
                block: k.block,
                range: m.range.clone(),
            };
            let here = |i: &&&Item| i.at.block == k.block;
            let ended =
                items.partition_point(|i| (i.at.block, i.at.range.end) <= (k.block, m.range.start));
            let before = items[..ended].last().filter(here);
            let begun =
                items.partition_point(|i| (i.at.block, i.at.range.start) < (k.block, m.range.end));
            let after = items[begun..].first().filter(here);
            match role {
                // "… and nothing else leaked" closes the list.
                Some(Role::Open) if head_final && k.stance == Stance::Denied => {}
                Some(Role::Open) if head_final => {
                    // Behind the list, and not closed by a count.
                    let Some(b) = before else { continue };
                    let between = &text[b.at.range.end..m.range.start];
                    let near = within(between, OPEN_REACH) && !between.contains([':', '.']);
                    let more = || {
                        after.is_some_and(|a| {
                            !text[m.range.end..a.at.range.start].contains(['.', '\n'])
                        })
                    };
                    if near && !more() && !counted(cx, text, m.range.end) {
                        return Some(at);
                    }
                }
                Some(Role::Open) => {
                    let leads = after
                        .is_some_and(|a| within(&text[m.range.end..a.at.range.start], OPEN_REACH));
                    let trails = before
                        .is_some_and(|b| within(&text[b.at.range.end..m.range.start], 4))
                        && after.is_none();
                    if leads || trails {
                        return Some(at);
                    }
                }
                Some(Role::Some) if head_final => {
                    // "some of the order details", "order details in part".
                    let behind = before
                        .is_some_and(|b| text[b.at.range.end..m.range.start].trim().is_empty());
                    let ahead = after
                        .is_some_and(|a| text[m.range.end..a.at.range.start].trim().is_empty());
                    if behind || ahead {
                        return Some(at);
                    }
                }
                _ => {}
            }
        }
    }
    // "name, phone ..." and "name, phone …"
    let last = items.last()?;
    let text = cx.notice.blocks[last.at.block].text.as_str();
    let rest = &text[last.at.range.end..];
    let trimmed = rest.trim_start_matches([',', ' ']);
    let dots = if trimmed.starts_with("...") {
        3
    } else if trimmed.starts_with('\u{2026}') {
        '\u{2026}'.len_utf8()
    } else {
        return None;
    };
    let start = last.at.range.end + rest.len() - trimmed.len();
    Some(Slice {
        block: last.at.block,
        range: start..start + dots,
    })
}

/// Whether the list is closed by a count: "… and so on, 3 items in all".
fn counted(cx: &Context<'_>, text: &str, end: usize) -> bool {
    let rest = &text[end..];
    let window: String = rest.chars().take(16).collect();
    cx.language.values.closing_count.is_match(&window)
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
