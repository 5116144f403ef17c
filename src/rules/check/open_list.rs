//! Lists of leaked items that are left open: "name, address and so on", "data such as: …", "besides, other data leaked".

use std::collections::BTreeMap;

use crate::language::polarity::Stance;
use crate::language::reading::{Item, Mention, Slice};
use crate::language::vocabulary::{Kind, Role, begins_with};

use super::items::stated;
use super::{Complaint, Context, Verdict, one_line};

/// How much text may stand between an item and the word that leaves its list open.
const OPEN_REACH: usize = 24;

/// The same for words that end the sentence.
const CLOSING_REACH: usize = 80;

/// The concept of words that name a part of a whole: "includes".
const PART: &str = "member-part";

pub fn run(cx: &Context<'_>) -> Verdict {
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
    complaints.extend(unnamed(cx).chain(announced(cx)).map(|at| Complaint {
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

/// Where the sentence before a list says that it is not the whole: "they took personal data such as:".
fn announced<'a>(cx: &'a Context<'_>) -> impl Iterator<Item = Slice> + 'a {
    let vocabulary = &cx.language.vocabulary;
    let part = vocabulary.id_of(PART);
    let mut listed: Vec<usize> = (cx.reading.items.iter().filter(|i| stated(i)))
        .filter(|i| cx.notice.blocks[i.at.block].list_depth > 0)
        .map(|i| i.at.block)
        .collect();
    listed.sort_unstable();
    let sentences = cx.reading.sentences.iter().filter(|s| !s.head_final);
    sentences.filter_map(move |s| {
        let below = listed.partition_point(|b| *b <= s.block);
        // Its own entries, and no more than an empty one between them.
        let near = |b: &usize| b - s.block <= 2;
        listed.get(below).filter(|b| near(b))?;
        let open = |m: &&Mention| {
            vocabulary.concept(m.concept).role == Some(Role::Open) || Some(m.concept) == part
        };
        let mentions = || cx.reading.clauses[s.clauses.clone()].iter().rev();
        let m = mentions()
            .flat_map(|k| k.mentions.iter().rev())
            .find(open)?;
        let text = cx.notice.blocks[s.block].text.as_str();
        let rest = text.get(m.range.end..)?;
        let announces = within(rest, OPEN_REACH) && rest.trim_end().ends_with(':');
        announces.then(|| Slice {
            block: s.block,
            range: m.range.clone(),
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
    let part = vocabulary.id_of(PART);
    for k in &cx.reading.clauses[clauses] {
        for m in &k.mentions {
            let role = vocabulary.concept(m.concept).role;
            // "The stolen data includes …": so there is more.
            let role = match Some(m.concept) == part {
                true => (k.stance != Stance::Denied).then_some(Role::Open),
                false => role,
            };
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
                    // "…, and the reason that you gave for it, among other things."
                    let ends = || {
                        let rest = text[m.range.end..].trim_start();
                        rest.is_empty() || rest.starts_with(['.', ',', ';', ')'])
                    };
                    let closes = || {
                        after.is_none()
                            && ends()
                            && before.is_some_and(|b| {
                                let between = &text[b.at.range.end..m.range.start];
                                within(between, CLOSING_REACH) && !between.contains(['.', ':', ';'])
                            })
                    };
                    if leads || trails || closes() {
                        return Some(at);
                    }
                }
                Some(Role::Some) if head_final => {
                    // "some of the order details", "order details in part".
                    // A particle of one letter may stand between: "of the order details, some".
                    let behind = before.is_some_and(|b| {
                        let gap = text[b.at.range.end..m.range.start].trim();
                        gap.is_empty() || vocabulary.linking.among.iter().any(|a| a == gap)
                    });
                    let vague = || {
                        let mut vague = cx.reading.umbrellas.iter().filter(|u| stated(u));
                        vague.any(|u| {
                            u.at.block == k.block
                                && u.at.range.end <= m.range.start
                                && text[u.at.range.end..m.range.start].trim().is_empty()
                                && before.is_some()
                        })
                    };
                    let ahead = after
                        .is_some_and(|a| text[m.range.end..a.at.range.start].trim().is_empty());
                    if behind || ahead || vague() {
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
