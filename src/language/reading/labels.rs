//! Lines and labels that govern what stands behind or below them.

use super::super::sections::Sections;
use super::super::vocabulary::{Ending, listed};
use super::*;

/// A heading that denies something of what stands below it: "what they do not have".
pub(super) fn negated(
    view: &View<'_>,
    units: Range<usize>,
    predicates: &[Predicate],
    id: BlockId,
) -> Option<(Stance, Slice)> {
    if predicates
        .iter()
        .any(|p| p.role == Role::Act && units.contains(&p.unit))
    {
        return None;
    }
    let t = units.clone().find_map(|i| {
        view.tokens_of(i)
            .find(|&t| matches!(view.role(t), Some(Role::Neg | Role::NotBe)))
    })?;
    Some((Stance::Denied, slice(view, id, t)))
}

/// How many words behind an item its form may be named: "passwords were never stored in plain text".
const PLAIN_FORM: usize = 8;

/// Whether it is the plain form of the item in `unit` that is spoken of.
pub(super) fn plain_form_only(view: &View<'_>, unit: usize) -> bool {
    let near = unit.saturating_sub(3).max(view.from)..(unit + PLAIN_FORM).min(view.to);
    near.clone().any(|i| view.has_role(i, Role::PlainForm))
}

/// The stance of a label that names nothing but the event: "leaked", "not leaked".
pub(super) fn bare_event(
    view: &View<'_>,
    s: &Sentence,
    predicates: &[Predicate],
    id: BlockId,
) -> Option<(Stance, Slice)> {
    let words = s.units.clone().filter(|&i| view.units[i].is_word()).count();
    let Some(p) = predicates.iter().find(|p| is_event(p.role)) else {
        return still_open(view, s.units.clone(), id);
    };
    let free = s.units.clone().any(|i| {
        view.units[i].is_word()
            && view.tokens_of(i).next().is_none()
            && !view.units[i].continued
            && i < p.unit
    });
    (words <= 4
        && !free
        && matches!(
            p.stance,
            Stance::Asserted | Stance::Denied | Stance::Possible
        ))
    .then(|| (p.stance, slice(view, id, p.token)))
}

/// A label of two or three words that says no more than that something is still being looked into.
fn still_open(view: &View<'_>, units: Range<usize>, id: BlockId) -> Option<(Stance, Slice)> {
    let words = units.clone().filter(|&i| view.units[i].is_word()).count();
    if words > 3 {
        return None;
    }
    let token = units
        .flat_map(|i| view.tokens_of(i))
        .find(|&t| view.role(t) == Some(Role::Ongoing))?;
    Some((Stance::Possible, slice(view, id, token)))
}

pub(super) fn slice(view: &View<'_>, block: BlockId, token: usize) -> Slice {
    let t = view.tokens[token];
    Slice {
        block,
        range: t.start..t.end,
    }
}

pub(super) fn bytes(view: &View<'_>, units: &Range<usize>) -> Option<Range<usize>> {
    let first = units
        .clone()
        .find(|&i| view.units[i].kind != UnitKind::Break)?;
    let last = units
        .clone()
        .rev()
        .find(|&i| view.units[i].kind != UnitKind::Break)?;
    Some(view.units[first].start..view.units[last].end)
}

/// Whether all words of the clause stand between quotation marks.
pub(super) fn quoted(view: &View<'_>, units: &Range<usize>) -> bool {
    let mut inside = false;
    let mut any = false;
    for i in units.clone() {
        match view.units[i].kind {
            UnitKind::Quote => inside = !inside,
            UnitKind::Word if !inside => return false,
            UnitKind::Word => any = true,
            _ => {}
        }
    }
    any
}

/// The stretches of units between quotation marks that the word behind them says to be somebody's words.
pub(super) fn cited_units(view: &View<'_>, units: &Range<usize>) -> Vec<Range<usize>> {
    let words = &view.vocabulary.quote_words;
    let mut out = Vec::new();
    let mut open = None;
    if words.is_empty() {
        return out;
    }
    for i in units
        .clone()
        .filter(|&i| view.units[i].kind == UnitKind::Quote)
    {
        let Some(from) = open.take() else {
            open = Some(i);
            continue;
        };
        let behind = view.units.get(i + 1).filter(|u| u.is_word() && u.joined);
        let says = behind.is_some_and(|_| {
            let word = view.text_of(i + 1);
            words.iter().any(|w| w == word)
        });
        if says {
            out.push(from + 1..i);
        }
    }
    out
}

pub(super) fn all_strong(block: &Block, s: &Sentence) -> bool {
    block
        .strong
        .iter()
        .any(|r| r.start <= s.range.start && r.end + 1 >= s.range.end)
}

/// Whether a line stands over the lines behind it like a heading.
pub(super) fn opens_section(block: &Block, s: &Sentence, sentences: &[Sentence], n: usize) -> bool {
    let last = n + 1 == sentences.len();
    let text = &block.text.as_str()[s.range.clone()];
    let strong = all_strong(block, s);
    if strong && (s.line_start || n == 0) && text.chars().count() <= 60 {
        return true;
    }
    if s.line_start && s.line_end && bracketed(text) {
        return true;
    }
    if last || !s.line_start || !s.line_end || text.chars().count() > 50 {
        return false;
    }
    let ends_like_sentence = text.ends_with(['.', '!', ',', ';']);
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).collect();
    let capitals = !letters.is_empty() && letters.iter().all(|c| c.is_ascii_uppercase());
    !ends_like_sentence && (s.marked || capitals || text.ends_with(':') || text.ends_with('?'))
}

/// Whether a line stands in square brackets as a whole, as headings do: "[ What was leaked ]".
fn bracketed(text: &str) -> bool {
    let inner = text
        .trim()
        .strip_prefix('[')
        .and_then(|t| t.strip_suffix(']'))
        .or_else(|| {
            text.trim()
                .strip_prefix('【')
                .and_then(|t| t.strip_suffix('】'))
        });
    inner.is_some_and(|t| t.starts_with(' ') && t.ends_with(' ') && !t.contains(['[', ']']))
}

/// Whether a paragraph stands over the blocks behind it like a heading: it is one short line, strong or marked.
pub(super) fn stands_over(block: &Block, sentences: &[Sentence]) -> bool {
    match sentences {
        [only] => {
            let text = block.text.as_str();
            let short = text.chars().count() <= 60;
            short
                && (all_strong(block, only)
                    || only.marked
                    || text.ends_with(':')
                    || bracketed(text))
                && !text.ends_with('.')
        }
        [.., last] => {
            opens_section(block, last, &[last.clone(), last.clone()], 0) && all_strong(block, last)
        }
        [] => false,
    }
}

/// The most words of a label that says that something follows.
const INTRODUCED: usize = 14;

/// The unit of the colon (or the last unit of the strong run) that ends the label a sentence begins with.
pub(super) fn label_end(view: &View<'_>, s: &Sentence, strong: &[Range<usize>]) -> Option<usize> {
    for r in strong {
        if r.start <= s.range.start && r.end > s.range.start && r.end < s.range.end {
            let last = s
                .units
                .clone()
                .rev()
                .find(|&i| view.units[i].end <= r.end)?;
            let words = (s.units.start..=last)
                .filter(|&i| view.units[i].is_word())
                .count();
            let set_off = view.units[last].kind == UnitKind::Colon
                || view
                    .units
                    .get(last + 1)
                    .is_some_and(|u| matches!(u.kind, UnitKind::Colon | UnitKind::Dash));
            if words <= 8
                && (set_off || view.units[last].ending.is_none() && !goes_on(&view.text[r.end..]))
                && last + 1 < s.units.end
            {
                return Some(
                    if view
                        .units
                        .get(last + 1)
                        .is_some_and(|u| u.kind == UnitKind::Colon)
                    {
                        last + 1
                    } else {
                        last
                    },
                );
            }
        }
    }
    let colon = s
        .units
        .clone()
        .find(|&i| view.units[i].kind == UnitKind::Colon && view.bracket(i).is_none())?;
    let words = (s.units.start..colon)
        .filter(|&i| view.units[i].is_word())
        .count();
    // "We know for certain that the following did not:"
    let introduces = || (s.units.start..colon).any(|i| view.has_role(i, Role::Introduce));
    (colon + 1 < s.units.end && (words <= 8 || words <= INTRODUCED && introduces()))
        .then_some(colon)
}

/// Whether a text that follows strong words is one sentence with them: it goes on in small letters.
fn goes_on(text: &str) -> bool {
    text.trim_start().starts_with(char::is_lowercase)
}

/// The most words of a label that a dash ends.
const BEFORE_DASH: usize = 6;

/// The unit of the dash that ends the label a sentence begins with, if that names a list: "What was taken — names, …".
pub(super) fn dash_label(view: &View<'_>, s: &Sentence, sections: &Sections) -> Option<usize> {
    let dash = s.units.clone().find(|&i| !view.units[i].is_word())?;
    let words = dash - s.units.start;
    if view.units[dash].kind != UnitKind::Dash
        || view.units[dash].joined
        || words > BEFORE_DASH
        || dash + 1 >= s.units.end
    {
        return None;
    }
    let text = &view.text[s.range.start..view.units[dash].start];
    let id = sections.of_heading(text)?;
    matches!(sections.name(id), "items" | "not-leaked").then_some(dash)
}

/// The list that a sentence announces for the next one: it says how many kinds of data leaked, or that they follow, and names none.
pub(super) fn announces(
    view: &View<'_>,
    s: &Sentence,
    predicates: &[Predicate],
    frames: &[ListFrame],
    id: BlockId,
) -> Option<(Stance, Slice)> {
    let frame = frames.last()?;
    let last = view.last_word()?;
    let is = view.units[last].ending == Some(Ending::CopulaFinal);
    let waits = (is || s.units.clone().any(|i| view.has_role(i, Role::Introduce)))
        && view.units[frame.unit].ending == Some(Ending::Topic)
        && predicates.iter().all(|p| p.unit < frame.unit)
        && !s.units.clone().any(|i| view.has_item(i));
    waits.then(|| (frame.stance, slice(view, id, frame.token)))
}

/// The list that a label announces.
pub(super) fn label_list(
    view: &View<'_>,
    predicates: &[Predicate],
    frames: &[ListFrame],
    end: usize,
    id: BlockId,
) -> Option<(Stance, Slice)> {
    if let Some(f) = frames.iter().rev().find(|f| f.unit <= end) {
        return Some((f.stance, slice(view, id, f.token)));
    }
    let p = predicates
        .iter()
        .rev()
        .find(|p| p.unit < end && is_event(p.role) && (!p.nominal || p.decisive));
    // "Leaked:" and nothing else.
    let name = || {
        // A dash behind it is no part of the label.
        let mut words = (view.from..=end).filter(|&i| view.units[i].is_word());
        let (only, more) = (words.next()?, words.next());
        predicates
            .iter()
            .find(|p| p.unit == only && is_event(p.role) && more.is_none())
            .filter(|p| view.tokens_of(only).last() == Some(p.token))
    };
    match p.or_else(name) {
        // "Leaked for nobody:"
        Some(p)
            if p.stance == Stance::Asserted
                && (p.unit + 1..end).any(|i| view.has_role(i, Role::Neg)) =>
        {
            Some((Stance::Denied, slice(view, id, p.token)))
        }
        Some(p) => Some((p.stance, slice(view, id, p.token))),
        None => still_open(view, view.from..end, id)
            .or_else(|| answer(view, end, id))
            .or_else(|| ends_in_denial(view, end, id)),
    }
}

/// What a label that leaves its verb out denies: "What it does not:".
fn ends_in_denial(view: &View<'_>, end: usize, id: BlockId) -> Option<(Stance, Slice)> {
    let last = (view.from..end).rfind(|&i| view.units[i].is_word())?;
    let linking = &view.vocabulary.linking;
    let mut words = (view.from..end).filter(|&i| view.units[i].is_word());
    let first = words
        .next()
        .filter(|_| words.next().is_some() && !view.inflected)?;
    let neg = |i: usize| view.tokens_of(i).find(|&t| view.role(t) == Some(Role::Neg));
    // "Fields that it does not cover:"
    let about = || {
        let asks = listed(&linking.asks, view.text_of(first));
        let relative = view.has_data(first)
            && (first + 1..end).any(|i| {
                let word = view.text_of(i);
                listed(&linking.complements, word) || listed(&linking.relatives, word)
            });
        (asks || relative)
            .then(|| (first..end).find_map(neg))
            .flatten()
    };
    let token = neg(last).or_else(about)?;
    Some((Stance::Denied, slice(view, id, token)))
}

/// The list that a label of one word announces: "yes", "no".
fn answer(view: &View<'_>, end: usize, id: BlockId) -> Option<(Stance, Slice)> {
    let mut words = (view.from..end).filter(|&i| view.units[i].is_word());
    let only = words.next().filter(|_| words.next().is_none())?;
    let word = view.text_of(only);
    let is = |list: &[String]| list.iter().any(|w| w == word);
    let stance = match (is(&view.vocabulary.yes), is(&view.vocabulary.no)) {
        (true, _) => Stance::Asserted,
        (_, true) => Stance::Denied,
        _ => return None,
    };
    let range = view.units[only].start..view.units[only].end;
    Some((stance, Slice { block: id, range }))
}

pub(super) fn is_event(role: Role) -> bool {
    matches!(
        role,
        Role::Leak | Role::SoftLeak | Role::Affect | Role::Unaffected
    )
}

/// The list that a heading or lead-in announces.
pub(super) fn own_list(
    view: &View<'_>,
    predicates: &[Predicate],
    frames: &[ListFrame],
    id: BlockId,
) -> Option<(Stance, Slice)> {
    if let Some(f) = frames.last() {
        // A membership that is denied turns the list.
        let denied = predicates
            .iter()
            .any(|p| p.role == Role::Member && p.stance == Stance::Denied && p.unit > f.unit);
        let stance = if denied && f.stance == Stance::Asserted {
            Stance::Denied
        } else {
            f.stance
        };
        return Some((stance, slice(view, id, f.token)));
    }
    let p = predicates
        .iter()
        .rev()
        .find(|p| is_event(p.role) && !p.nominal)?;
    matches!(
        p.stance,
        Stance::Asserted | Stance::Denied | Stance::Possible
    )
    .then(|| (p.stance, slice(view, id, p.token)))
}

/// The fewest words of a line that is a sentence though none of its verbs is known.
const TOLD: usize = 7;

/// Whether a line reads like a sentence: it is long enough and ends like one.
pub(super) fn told(view: &View<'_>, s: &Sentence) -> bool {
    let stop = s
        .units
        .clone()
        .rev()
        .find(|&i| view.units[i].kind != UnitKind::Break)
        .is_some_and(|i| view.units[i].kind == UnitKind::Stop);
    stop && s.units.clone().filter(|&i| view.units[i].is_word()).count() >= TOLD
}

/// The quotation marks of a sentence, as units.
pub(super) fn quotation_marks(view: &View<'_>) -> Vec<usize> {
    (view.from..view.to)
        .filter(|&i| view.units[i].kind == UnitKind::Quote)
        .collect()
}

/// Whether the item in `unit` and the verb that governs it are the words of a quotation. `marks` as
/// [`quotation_marks`] gives them.
pub(super) fn cited(
    view: &View<'_>,
    marks: &[usize],
    unit: usize,
    governor: Option<usize>,
) -> bool {
    let (before, rest) = marks.split_at(marks.partition_point(|&i| i < unit));
    let behind = rest.iter().find(|&&i| i > unit);
    let (Some(&open), Some(&close)) = (before.last(), behind) else {
        return false;
    };
    let inside = |t: usize| {
        let token = view.tokens[t];
        token.start >= view.units[open].end && token.end <= view.units[close].start
    };
    before.len() % 2 == 1 && governor.is_some_and(inside)
}
