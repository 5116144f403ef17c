//! Vague words that stand for items: categories, and "data" behind a noun that tells too little.

use std::collections::HashMap;

use crate::language::reading::{Item, Slice};
use crate::language::vocabulary::{Ending, Kind, Role, listed};

use super::items::stated;
use super::{Complaint, Context, Verdict, one_line};

pub(super) fn umbrella(cx: &Context<'_>) -> Verdict {
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
        if !stated(umbrella) || holds(cx, umbrella) || explained(cx, &named, umbrella) {
            continue;
        }
        complaints.push(Complaint {
            span: cx.span(&umbrella.at),
            values: vec![("text", one_line(cx.text(&umbrella.at)))],
            key: one_line(cx.text(&umbrella.at)),
            ..Complaint::default()
        });
    }
    for vague in cx.reading.umbrellas.iter().filter(|u| stated(u)) {
        if unnamed_member(cx, &named, vague) && !explained(cx, &named, vague) {
            let at = whole(cx, vague);
            complaints.push(Complaint {
                span: cx.span(&at),
                values: vec![("text", one_line(cx.text(&at)))],
                key: one_line(cx.text(&at)),
                ..Complaint::default()
            });
        }
    }
    complaints.sort_by_key(|c| c.span.start);
    Verdict::of(complaints, Vec::new())
}

/// How many words before a vague word are looked at for a preposition.
const BEFORE: usize = 4;

/// Whether a vague word only names where something stands: "the phone numbers in your ticket profile".
fn holds(cx: &Context<'_>, umbrella: &Item) -> bool {
    let sentence = cx.reading.sentences.get(umbrella.sentence);
    if sentence.is_none_or(|s| s.head_final) {
        return false;
    }
    let text = cx.notice.blocks[umbrella.at.block].text.as_str();
    let from = umbrella.sentence_range.start.min(umbrella.at.range.start);
    let before = text[from..umbrella.at.range.start]
        .rsplit([',', ';', ':', '(', '.'])
        .next();
    let words = before.unwrap_or_default().split_whitespace().rev();
    let places = &cx.language.vocabulary.places;
    words.take(BEFORE).any(|w| listed(places, w))
}

/// The most characters that a bare word for data has.
const BARE: usize = 3;
/// How many bytes may stand between a member of a list and the next.
const GAP: usize = 24;

/// The word before a bare "data", with which it makes a name of its own: "contract data".
fn named_with<'t>(text: &'t str, vague: &Item) -> Option<(usize, &'t str)> {
    let before = text.get(..vague.at.range.start)?.trim_end();
    let at = before.rfind(|c: char| !c.is_alphanumeric()).map_or(0, |n| {
        n + before[n..].chars().next().map_or(1, char::len_utf8)
    });
    let word = &before[at..];
    (word.chars().count() > 1).then_some((at, word))
}

/// The vague word with the one that stands before it.
fn whole(cx: &Context<'_>, vague: &Item) -> Slice {
    let text = cx.notice.blocks[vague.at.block].text.as_str();
    let start = named_with(text, vague).map_or(vague.at.range.start, |(at, _)| at);
    Slice {
        block: vague.at.block,
        range: start..vague.at.range.end,
    }
}

/// Whether a bare "data" behind a noun that the vocabulary does not know is a member of a list of items, or an entry of its own:
/// "name, address and contract data".
fn unnamed_member(cx: &Context<'_>, named: &Named<'_>, vague: &Item) -> bool {
    let vocabulary = &cx.language.vocabulary;
    let Slice { block, range } = &vague.at;
    let entry = &cx.notice.blocks[*block];
    let Some(sentence) = cx.reading.sentences.get(vague.sentence) else {
        return false;
    };
    let clauses = &cx.reading.clauses[sentence.clauses.clone()];
    let near = named.sentences.get(&vague.sentence);
    let mut near = near.into_iter().flatten().filter(|i| i.at.block == *block);
    let may_be_own = (entry.list_depth > 0 || entry.cell.is_some()) && named.stated > 0;
    // The text is looked at only where that can matter: notices of a mail merge may differ in it otherwise.
    if vocabulary.concept(vague.concept).kind != Kind::Umbrella
        || !sentence.head_final
        || near.clone().next().is_none() && !may_be_own
    {
        return false;
    }
    let text = entry.text.as_str();
    let bare = text[range.clone()].chars().count() < BARE;
    let Some((start, word)) = named_with(text, vague).filter(|_| bare) else {
        return false;
    };
    let particle = |w: &str| {
        let last = w.char_indices().next_back().map_or(0, |(at, _)| at);
        vocabulary.particle(&w[last..])
    };
    // A noun without a particle or ending, and no word that says something else of the data.
    let noun = particle(word).is_none() && vocabulary.suffix_ending(word).is_none();
    let said = clauses.iter().flat_map(|k| &k.mentions).any(|m| {
        let c = vocabulary.concept(m.concept);
        m.range.end > start
            && m.range.start < range.start
            && (matches!(c.kind, Kind::Item | Kind::Umbrella | Kind::Decoy)
                || c.role.is_some_and(|r| r != Role::EventHead))
    });
    if !noun || said {
        return false;
    }
    let joins = |gap: &str| {
        let gap_word = gap.split(|c: char| !c.is_alphanumeric()).next();
        gap.len() <= GAP
            && (gap.trim_start().starts_with([',', '·', '/', 'ㆍ', '、'])
                || gap_word.is_some_and(|w| vocabulary.particle(w) == Some(Ending::And))
                || clauses.iter().flat_map(|k| &k.mentions).any(|m| {
                    vocabulary.concept(m.concept).role == Some(Role::Coordinate)
                        && gap.contains(&text[m.range.clone()])
                }))
    };
    let member = near.any(|i| {
        i.at.range.end <= start && text.get(i.at.range.end..start).is_some_and(joins)
            || i.at.range.start >= range.end
                && text.get(range.end..i.at.range.start).is_some_and(joins)
    });
    let own_entry = || text[..start].trim().is_empty() && text[range.end..].trim().is_empty();
    member || may_be_own && own_entry()
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
        || listed && (told || !own_entry && !same_sentence)
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
