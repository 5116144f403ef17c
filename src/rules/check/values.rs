//! Further values of the notice against the facts: the form of an item, contacts, the look-up, the posting, statements.

use std::collections::HashMap;
use std::ops::Range;

use crate::facts::{ConfirmedBy, Form};
use crate::language::polarity::Stance;
use crate::language::reading::{Item, ItemStatus, Slice};
use crate::language::values::ContactKind;
use crate::pattern::Pattern;
use crate::report::Evidence;
use crate::rules::compile::Agree;

use super::{Complaint, Context, Verdict, one_line, say};

/// How much text may stand between an item and the word for its form, in bytes.
const FORM_REACH: usize = 60;
/// A number that differs from a known one in so few digits is a slip, not another number.
const SLIP: usize = 2;

/// The form in which items left, where the facts give one and the text does.
pub fn form(agree: &Agree, cx: &Context<'_>) -> Verdict {
    let Some(cohort) = cx.cohort else {
        return Verdict::not_applicable(cx.words.text("na-no-facts"));
    };
    if cohort.forms.is_empty() {
        return Verdict::not_applicable(cx.words.text("na-no-form"));
    }
    let mut evidence = Vec::new();
    let mut complaints = Vec::new();
    let mut blocks = HashMap::new();
    for (id, fact) in &cohort.forms {
        let stated = cx.reading.items.iter().filter(|item| {
            matches!(item.status, ItemStatus::Leaked | ItemStatus::PossiblyLeaked)
                && cx.item_id(item.concept) == id
        });
        let mut wrong = None;
        let mut right = false;
        for item in stated {
            let block = blocks
                .entry(item.at.block)
                .or_insert_with(|| FormWords::of(agree, cx, item.at.block));
            let said = block.of_item(cx, item);
            match said.iter().find(|(form, _)| *form == fact.value) {
                Some((_, at)) => {
                    evidence.push(cx.evidence(at));
                    right = true;
                }
                None => wrong = wrong.or_else(|| said.into_iter().next()),
            }
        }
        let Some((_, at)) = wrong.filter(|_| !right) else {
            continue;
        };
        let expected = cx
            .words
            .text(&format!("form-{}", fact.value.as_str()))
            .to_owned();
        let label = cx.words.fill("facts-say", &[("value", &expected)]);
        complaints.push(Complaint {
            span: cx.span(&at),
            values: vec![
                ("item", cx.label(id)),
                ("text", one_line(cx.text(&at))),
                ("value", one_line(cx.text(&at))),
                ("expected", expected),
            ],
            labels: cx.facts_label(fact.span, label).into_iter().collect(),
            key: id.clone(),
            ..Complaint::default()
        });
    }
    Verdict::of(complaints, evidence)
}

/// The items of a block and the words for forms in it, in their order.
struct FormWords {
    items: Vec<Range<usize>>,
    words: Vec<(Form, Vec<Range<usize>>)>,
}

impl FormWords {
    fn of(agree: &Agree, cx: &Context<'_>, block: usize) -> Self {
        let text = cx.notice.blocks[block].text.as_str();
        let items = cx.reading.items.iter().filter(|i| i.at.block == block);
        let mut items: Vec<_> = items.map(|i| i.at.range.clone()).collect();
        items.sort_by_key(|range| (range.start, range.end));
        let words = agree.forms.iter();
        let found = |(form, pattern): &(Form, Pattern)| {
            let found = pattern.find_iter(text).map(|m| m.range()).collect();
            (*form, found)
        };
        Self {
            items,
            words: words.map(found).collect(),
        }
    }

    /// The first item that begins at or behind a byte.
    fn item_from(&self, start: usize) -> Option<&Range<usize>> {
        let at = self.items.partition_point(|item| item.start < start);
        self.items.get(at)
    }

    /// The words that belong to an item: before it, or behind it, with no other item between.
    fn of_item(&self, cx: &Context<'_>, item: &Item) -> Vec<(Form, Slice)> {
        let text = cx.notice.blocks[item.at.block].text.as_str();
        let own = &item.at.range;
        let free = |between: Range<usize>| {
            between.len() <= FORM_REACH
                && self
                    .item_from(between.start)
                    .is_none_or(|o| o.end > between.end)
                && !text[between].contains(['.', '\n', ';'])
        };
        let mut found = Vec::new();
        for (form, words) in &self.words {
            let first = words.partition_point(|m| m.end + FORM_REACH < own.start);
            let near = words[first..]
                .iter()
                .take_while(|m| m.start <= own.end + FORM_REACH)
                .filter(|m| {
                    item.sentence_range.start <= m.start && m.end <= item.sentence_range.end
                })
                .filter(|m| {
                    if m.end <= own.start {
                        let between = m.end..own.start;
                        // A list has one form for each: only what stands right before.
                        free(between.clone()) && !text[between].contains([',', '·', '/'])
                    } else if m.start < own.end {
                        true
                    } else {
                        // Behind it, unless it belongs to an item that follows.
                        let next = self
                            .item_from(m.end)
                            .is_some_and(|o| text[m.end..o.start].trim().is_empty());
                        free(own.end..m.start) && !next
                    }
                });
            found.extend(near.map(|m| {
                let at = Slice {
                    block: item.at.block,
                    range: m.clone(),
                };
                (*form, at)
            }));
        }
        found
    }
}

/// The own desks' numbers and mail addresses.
pub fn contact(agree: &Agree, cx: &Context<'_>) -> Verdict {
    let contacts = cx.facts.map_or(&[][..], |facts| &facts.contacts);
    let mut evidence = Vec::new();
    let mut complaints = Vec::new();
    let mut compared = false;
    for (kind, known) in [
        (
            ContactKind::Phone,
            contacts
                .iter()
                .filter_map(|c| c.phone.as_ref())
                .collect::<Vec<_>>(),
        ),
        (
            ContactKind::Email,
            contacts.iter().filter_map(|c| c.email.as_ref()).collect(),
        ),
    ] {
        if known.is_empty() {
            continue;
        }
        let section = cx.language.sections.id_of("contact");
        for stated in cx.reading.contacts.iter().filter(|c| c.kind == kind) {
            let own = plain(&stated.text);
            if known.iter().any(|k| plain(&k.value) == own) {
                compared = true;
                evidence.push(cx.evidence(&stated.at));
                continue;
            }
            let nearest = known
                .iter()
                .min_by_key(|k| strsim::levenshtein(&plain(&k.value), &own));
            let Some(nearest) = nearest else { continue };
            let slip = strsim::levenshtein(&plain(&nearest.value), &own) <= SLIP;
            let in_section = section.is_some()
                && cx.reading.sections.get(stated.at.block).copied().flatten() == section;
            // Other bodies' numbers stand elsewhere, or beside a right one.
            let of_desk = || super::contact::of_desk(cx, &stated.at, &agree.desk, &agree.others);
            if !slip && !in_section && !of_desk() {
                continue;
            }
            compared = true;
            let at = trimmed(cx, &stated.at);
            let label = cx.words.fill("facts-say", &[("value", &nearest.value)]);
            complaints.push((
                slip,
                Complaint {
                    span: cx.span(&at),
                    values: vec![
                        ("text", one_line(cx.text(&at))),
                        ("value", one_line(cx.text(&at))),
                        ("expected", nearest.value.clone()),
                    ],
                    labels: cx.facts_label(nearest.span, label).into_iter().collect(),
                    key: own,
                    ..Complaint::default()
                },
            ));
        }
    }
    if !compared {
        return Verdict::not_applicable(cx.words.text("na-no-contact"));
    }
    // Where a right one stands, another may be somebody else's; a slip is a slip.
    let any_right = !evidence.is_empty();
    let complaints = complaints
        .into_iter()
        .filter(|(slip, _)| *slip || !any_right)
        .map(|(_, complaint)| complaint)
        .collect();
    Verdict::of(complaints, evidence)
}

/// A contact without brackets around it.
fn trimmed(cx: &Context<'_>, at: &Slice) -> Slice {
    let text = cx.text(at);
    let outside = |c: char| !c.is_alphanumeric() && c != '+';
    let start = at.range.start + text.len() - text.trim_start_matches(outside).len();
    let end = at.range.end - (text.len() - text.trim_end_matches(outside).len());
    Slice {
        block: at.block,
        range: start.min(end)..end,
    }
}

/// Digits of a number, or a mail address, as they are compared.
fn plain(text: &str) -> String {
    match text.contains('@') {
        true => text.trim().to_lowercase(),
        false => text.chars().filter(char::is_ascii_digit).collect(),
    }
}

/// The last day of the posting, in the text and in the front matter.
pub fn posting(cx: &Context<'_>) -> Verdict {
    let until = cx
        .front
        .posted
        .as_ref()
        .and_then(|posted| posted.value.until);
    let Some(until) = until else {
        return Verdict::not_applicable(cx.words.text("na-not-posted"));
    };
    let year = until.value.year();
    let stated = cx.reading.dates.iter().filter(|d| d.role == "posted-until");
    let mut evidence = Vec::new();
    let mut wrong = None;
    for date in stated {
        let end = date
            .to
            .or(date.from)
            .filter(|end| end.day > 0)
            .and_then(|end| super::agree::date_of(end, year));
        match end {
            Some(end) if end == until.value => evidence.push(cx.evidence(&date.at)),
            Some(_) => wrong = wrong.or(Some(date)),
            None => {}
        }
    }
    let Some(date) = wrong.filter(|_| evidence.is_empty()) else {
        return match evidence.is_empty() {
            true => Verdict::not_applicable(cx.words.text("na-no-posting-date")),
            false => Verdict::pass(evidence),
        };
    };
    let expected = until.value.to_string();
    Verdict::of(
        vec![Complaint {
            span: cx.span(&date.at),
            values: vec![
                ("text", one_line(cx.text(&date.at))),
                ("value", one_line(cx.text(&date.at))),
                ("expected", expected.clone()),
            ],
            labels: vec![crate::report::Label {
                file: None,
                span: until.span,
                text: cx.words.fill("front-says", &[("value", &expected)]),
            }],
            key: "posting".into(),
            ..Complaint::default()
        }],
        Vec::new(),
    )
}

/// The look-up that the facts declare is named.
pub fn lookup(agree: &Agree, cx: &Context<'_>) -> Verdict {
    let Some(lookup) = cx.facts.and_then(|facts| facts.lookup.as_ref()) else {
        return Verdict::not_applicable(cx.words.text("na-no-lookup"));
    };
    if let Some(url) = &lookup.url {
        let wanted = address(&url.value);
        for (block, b) in cx.notice.blocks.iter().enumerate() {
            let link = b.links.iter().find(|link| address(&link.target) == wanted);
            if let Some(link) = link {
                let at = Slice {
                    block,
                    range: link.text.clone(),
                };
                return Verdict::pass(vec![cx.evidence(&at)]);
            }
        }
        let stated = cx
            .reading
            .contacts
            .iter()
            .find(|c| c.kind == ContactKind::Url && address(&c.text) == wanted);
        if let Some(stated) = stated {
            return Verdict::pass(vec![cx.evidence(&stated.at)]);
        }
    }
    if let Some(path) = &lookup.path
        && let Some(at) = find(cx, &path.value)
    {
        return Verdict::pass(vec![cx.evidence(&at)]);
    }
    if let Some(at) = agree.any.iter().find_map(|s| say::first(cx, s)) {
        return Verdict::pass(vec![cx.evidence(&at)]);
    }
    let expected = lookup
        .url
        .as_ref()
        .or(lookup.path.as_ref())
        .map_or_else(String::new, |v| v.value.clone());
    let label = cx.words.fill("facts-say", &[("value", &expected)]);
    Verdict::of(
        vec![Complaint {
            span: cx.place_for(cx.language.sections.id_of("contact")),
            values: vec![("expected", expected)],
            labels: cx.facts_label(lookup.span, label).into_iter().collect(),
            key: "lookup".into(),
            ..Complaint::default()
        }],
        Vec::new(),
    )
}

/// An address as it is compared: no scheme, no `www.`, no slash at the end.
fn address(url: &str) -> String {
    let url = url.trim().to_lowercase();
    let url = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
    let url = url.strip_prefix("www.").unwrap_or(url);
    url.trim_end_matches('/').to_owned()
}

/// Statements that only the organisation stands behind are not told as established.
pub fn claims(agree: &Agree, cx: &Context<'_>) -> Verdict {
    let claims = cx.facts.map_or(&[][..], |facts| &facts.claims);
    let own = claims
        .iter()
        .filter(|claim| claim.confirmed_by.value != ConfirmedBy::Authority);
    let mut evidence: Vec<Evidence> = Vec::new();
    let mut complaints = Vec::new();
    for claim in own {
        let Some(at) = find(cx, &claim.says.value) else {
            continue;
        };
        let clause = cx.reading.clauses.iter().position(|k| {
            k.block == at.block && k.range.start <= at.range.start && at.range.start < k.range.end
        });
        let Some(clause) = clause else { continue };
        let told = matches!(
            cx.reading.clauses[clause].stance,
            Stance::Asserted | Stance::Denied
        );
        if !told || agree.unless.iter().any(|s| say::in_sentence(cx, s, clause)) {
            evidence.push(cx.evidence(&at));
            continue;
        }
        let key = match claim.confirmed_by.value {
            ConfirmedBy::Own => "confirmed-self",
            _ => "confirmed-none",
        };
        complaints.push(Complaint {
            span: cx.span(&at),
            values: vec![
                ("text", one_line(cx.text(&at))),
                ("value", one_line(cx.text(&at))),
                ("expected", cx.words.text(key).to_owned()),
            ],
            labels: cx
                .facts_label(claim.confirmed_by.span, cx.words.text(key).to_owned())
                .into_iter()
                .collect(),
            key: claim.says.value.clone(),
            ..Complaint::default()
        });
    }
    if complaints.is_empty() && evidence.is_empty() {
        return Verdict::not_applicable(cx.words.text("na-no-claims"));
    }
    Verdict::of(complaints, evidence)
}

/// The first place where the letters and digits of `wanted` stand, whatever is between them.
fn find(cx: &Context<'_>, wanted: &str) -> Option<Slice> {
    find_all(cx, wanted).into_iter().next()
}

/// The first such place in each block.
pub(super) fn find_all(cx: &Context<'_>, wanted: &str) -> Vec<Slice> {
    let in_block = |(block, b): (usize, &crate::notice::Block)| {
        let range = stands_in(b.text.as_str(), wanted)?;
        Some(Slice { block, range })
    };
    cx.notice
        .blocks
        .iter()
        .enumerate()
        .filter_map(in_block)
        .collect()
}

/// The first bytes of `text` in which the letters and digits of `wanted` stand, whatever is between them.
pub fn stands_in(text: &str, wanted: &str) -> Option<std::ops::Range<usize>> {
    let wanted: Vec<char> = letters(wanted).map(|(_, c)| c).collect();
    if wanted.is_empty() {
        return None;
    }
    let text: Vec<(usize, char)> = letters(text).collect();
    let at = text
        .windows(wanted.len())
        .position(|part| part.iter().map(|(_, c)| c).eq(&wanted))?;
    let (last, c) = text[at + wanted.len() - 1];
    Some(text[at].0..last + c.len_utf8())
}

/// Letters and digits with their bytes. Only letters whose small form is as long are made small, so that the bytes hold.
fn letters(text: &str) -> impl Iterator<Item = (usize, char)> {
    text.char_indices()
        .filter(|(_, c)| c.is_alphanumeric())
        .map(|(at, c)| (at, c.to_ascii_lowercase()))
}
