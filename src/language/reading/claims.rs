//! What a notice claims: items with their status, advice, and what hangs on the notice as a whole.

use std::cell::OnceCell;

use super::super::{sentence_view::any_within, vocabulary::Ending, vocabulary::listed};
use super::forms::{contact, only_for_some};
use super::labels::*;
use super::*;

/// How many clauses before its own complete what a clause names.
const TOGETHER: usize = 2;

/// The longest rest of a line, in bytes, that may end in a mark for what begins it.
const LINE: usize = 120;

/// How many words may stand between a word for a place and one that takes up what was named: "on each of them".
const OF_THEM: usize = 3;

/// Whether the item in `unit` is one that holds others, such as an address book.
fn holds_others(view: &View<'_>, unit: usize) -> bool {
    view.tokens_of(unit)
        .any(|t| !view.concept(t).expands.is_empty())
}

/// Whether the sentence lists what the item in `unit` held.
fn itemised(view: &View<'_>, s: &Sentence, unit: usize) -> bool {
    holds_others(view, unit)
        && (unit + 1..s.units.end).any(|i| view.has_role(i, Role::Member))
        && matches!(
            view.units[unit].ending,
            Some(Ending::Oblique | Ending::Topic)
        )
        && (unit + 1..s.units.end).any(|i| view.has_item(i))
}

/// How many sentences behind that on the event what it held may be told.
const STORY: usize = 2;

/// How many words before a negation a term is out of its reach: "guessed the password of a login that was … never deleted".
const REACH: usize = 8;

/// Whether all negations of a clause stand well behind `unit`.
fn out_of_reach(view: &View<'_>, units: &Range<usize>, unit: usize) -> bool {
    use super::super::sentence_view::within;
    within(&view.marks.neg, units.clone())
        .first()
        .is_some_and(|&n| n as usize > unit + REACH)
}

impl Reader<'_> {
    /// Whether the sentence begins with a word that takes up what held the data: "There were four sheets in it. They give …".
    fn follows_container(&self, id: BlockId, view: &View<'_>, sentence: usize) -> bool {
        let linking = &view.vocabulary.linking;
        let first = (view.from..view.to).find(|&i| view.units[i].is_word());
        let pronoun =
            |word: &str| listed(&linking.plurals, word) || listed(&linking.singulars, word);
        // "For each patient they gave …" is one wording with the pronoun in it.
        let holds = |i: usize| {
            let mut of = view.tokens_of(i);
            of.any(|t| {
                let text = &view.text[view.tokens[t].start..view.tokens[t].end];
                view.role(t) == Some(Role::Member)
                    && (pronoun(text.split(' ').next().unwrap_or_default())
                        // "For each of them it contains …"
                        || i > view.from && pronoun(view.text_of(i - 1)))
            })
        };
        // "On each of them stand …"
        let place = |i: usize| {
            let words =
                (i + 1..view.to.min(i + 1 + OF_THEM)).take_while(|&j| view.units[j].is_word());
            listed(&view.vocabulary.places, view.text_of(i))
                && words
                    .into_iter()
                    .any(|j| listed(&linking.objects, view.text_of(j)))
        };
        let takes_up = first.is_some_and(|i| pronoun(view.text_of(i)) || place(i))
            || !view.inflected && (view.from..view.to).any(holds);
        let before = self.out.clauses.iter().rev();
        takes_up
            && before
                .skip_while(|k| k.sentence == sentence)
                .take_while(|k| k.block == id && k.sentence + 1 == sentence)
                .flat_map(|k| &k.mentions)
                .any(|m| {
                    let role = self.language.vocabulary.concept(m.concept).role;
                    role == Some(Role::Container)
                })
    }

    /// Whether one of the `reach` sentences before this one, in the same block, says that something leaked: "It lists …" goes on from there.
    pub(super) fn follows_event(&self, id: BlockId, sentence: usize, reach: usize) -> bool {
        let before = self.out.clauses.iter().rev();
        before
            .skip_while(|k| k.sentence == sentence)
            .take_while(|k| k.block == id && k.sentence + reach >= sentence)
            .flat_map(|k| &k.mentions)
            .any(|m| {
                let role = self.language.vocabulary.concept(m.concept).role;
                matches!(role, Some(Role::Leak | Role::SoftLeak))
                    && matches!(m.stance, Stance::Asserted | Stance::Possible)
            })
    }

    #[allow(clippy::too_many_arguments)]
    pub(super) fn items(
        &mut self,
        id: BlockId,
        s: &Sentence,
        view: &View<'_>,
        ranges: &[Range<usize>],
        parts: &[Part],
        predicates: &[Predicate],
        frames: &[ListFrame],
        local: &Frame,
        label: Option<usize>,
        sentence: usize,
    ) {
        let block = &self.notice.blocks[id];
        // "… was stolen. Thirty forms were in it. A form has your name and your number."
        let speaks_to_readers =
            !s.head_final && s.units.clone().any(|i| view.has_role(i, Role::Reader));
        let container = s
            .units
            .clone()
            .any(|i| view.has_role(i, Role::Container) || holds_others(view, i))
            || self.follows_event(id, sentence, if speaks_to_readers { STORY } else { 1 })
            || self.follows_container(id, view, sentence);
        // "They walked off with the tablet, and on it were the names."
        let happened = predicates.iter().find(|p| {
            matches!(p.role, Role::Leak | Role::SoftLeak)
                && !s.head_final
                && p.head.is_none()
                && matches!(p.stance, Stance::Asserted | Stance::Possible)
        });
        let happened = happened.map(|p| p.unit);
        let member = s.units.clone().any(|i| view.has_role(i, Role::Member))
            || !s.head_final && head_initial::says_what_is_in(view, predicates);
        // "What it held is …" says as much as to name the thing that held it.
        // "Since names were included, …"
        let included =
            |p: &Predicate| p.role == Role::Member && p.stance == Stance::Asserted && !p.active;
        let container = container
            || !s.head_final && predicates.iter().any(included)
            || predicates
                .iter()
                .any(|p| p.role == Role::Member && p.topic.is_some());
        let corrects = s.units.clone().any(|i| view.has_role(i, Role::Correct));
        let marks = quotation_marks(view);
        // What an entry asks for, or says in the end of something else, names no data of the list.
        let names = OnceCell::new();
        let find_names = || {
            let asks = parts.iter().any(|p| p.stance == Stance::Advised);
            let last = view.last_word().filter(|_| s.head_final);
            let tells = last.is_some_and(|w| {
                view.units[w].ending == Some(Ending::CopulaFinal) && !view.has_data(w)
            });
            !asks && !tells
        };
        // "… can no longer be read": that is so since then.
        let ended = OnceCell::new();
        let ended = |unit: usize| {
            let words = ended.get_or_init(|| {
                let list = &view.vocabulary.linking.ended;
                let said = |i: &usize| listed(list, view.text_of(*i));
                s.units.clone().filter(said).collect::<Vec<usize>>()
            });
            let n = ranges.partition_point(|c| c.end <= unit);
            ranges.get(n).is_some_and(|c| {
                let from = words.partition_point(|&w| w < c.start);
                words.get(from).is_some_and(|&w| w < c.end)
            })
        };
        for unit in s.units.clone() {
            // One word may hold any number of items.
            let of_unit = OnceCell::new();
            let lists = OnceCell::new();
            let means = OnceCell::new();
            for t in view.tokens_of(unit) {
                let token = view.tokens[t];
                let concept = view.concept(t);
                let umbrella = concept.kind == Kind::Umbrella;
                if concept.kind != Kind::Item && !umbrella || block.kind == BlockKind::CodeBlock {
                    continue;
                }
                let (verdict, governor) = if s.head_final {
                    let make = || head_final::read_mention(view, predicates, frames, unit);
                    *of_unit.get_or_init(make)
                } else {
                    head_initial::read_mention(view, ranges, predicates, frames, unit, t)
                };
                let undecided = self.pending.len();
                // An empty box says that the item is not among them.
                let boxes = &self.language.vocabulary;
                let ticked = || {
                    let drawn = || boxes.ticked(&view.text[..token.start]);
                    let behind = || {
                        boxes.ticked_behind(&view.text[s.range.clone()], token.end - s.range.start)
                    };
                    block.task.or_else(|| behind().or_else(drawn))
                };
                // "Name ✔", "names: yes"
                let answered = OnceCell::new();
                let answered = || {
                    *answered.get_or_init(|| {
                        let line = &view.text[token.end..s.range.end.max(token.end)];
                        (predicates.is_empty() && !view.question && line.len() <= LINE)
                            .then(|| boxes.answered(line))
                            .flatten()
                    })
                };
                let crossed = || boxes.crossed(&view.text[..token.start]).then_some(false);
                let answered = || answered().or_else(crossed);
                let ticked = || ticked().or_else(answered);
                // What the reader is asked to do says nothing of the event.
                let asked = || {
                    let n = parts.partition_point(|p| p.units.end <= unit);
                    parts.get(n).is_some_and(|p| {
                        p.units.contains(&unit)
                            && matches!(p.stance, Stance::Advised | Stance::AdvisedAgainst)
                    })
                };
                let verdict = match verdict {
                    Verdict::NotLeaked if governor.is_none() && asked() => Verdict::Mentioned,
                    other => other,
                };
                // Below "What was taken", whatever the sentence says of it in words that nothing is known of.
                let told_plainly = || {
                    let n = parts.partition_point(|p| p.units.end <= unit);
                    parts.get(n).is_some_and(|p| {
                        p.stance == Stance::Asserted
                            && !any_within(&view.marks.neg, s.units.clone())
                    })
                };
                let verdict = match verdict {
                    Verdict::Mentioned
                        if !s.head_final
                            && governor.is_none()
                            && !view.question
                            && view.role(t) != Some(Role::Key)
                            && local.section.is_some()
                            && local.section == self.items_section
                            && local.list.is_none()
                            && told_plainly() =>
                    {
                        Verdict::Inherit
                    }
                    other => other,
                };
                let mut governed_by = governor.map(|g| slice(view, id, g));
                let in_label = label.is_some_and(|l| unit < l);
                let status = match verdict {
                    Verdict::Leaked => ItemStatus::Leaked,
                    Verdict::NotLeaked => ItemStatus::NotLeaked,
                    Verdict::Possible => ItemStatus::PossiblyLeaked,
                    // Under "what did not leak", whatever is then said of it.
                    Verdict::Mentioned
                        if !view.question
                            && local.list.as_ref().is_some_and(|l| l.0 == Stance::Denied)
                            && if s.head_final {
                                governor.is_none()
                                    && matches!(view.case(unit), Some(Ending::Topic | Ending::Also))
                            } else {
                                governor.is_none_or(|g| g > t)
                                    && head_initial::begins_with(view, ranges, unit)
                            } =>
                    {
                        governed_by = local.list.as_ref().map(|l| l.1.clone());
                        ItemStatus::NotLeaked
                    }
                    Verdict::Mentioned => ItemStatus::Mentioned,
                    Verdict::Same | Verdict::Opposite => {
                        let before = self
                            .out
                            .items
                            .iter()
                            .rev()
                            .take_while(|i| i.at.block == id)
                            .find(|i| i.status != ItemStatus::Mentioned)
                            .map_or(ItemStatus::Mentioned, |i| i.status);
                        match (verdict, before) {
                            (Verdict::Opposite, ItemStatus::Leaked) => ItemStatus::NotLeaked,
                            (Verdict::Opposite, ItemStatus::NotLeaked) => ItemStatus::Leaked,
                            (Verdict::Opposite, _) => ItemStatus::Mentioned,
                            _ => before,
                        }
                    }
                    Verdict::LeftOut { denied } => self.repeats(id, view, sentence, denied),
                    Verdict::Inherit
                        if in_label && local.list.is_none() && answered().is_none() =>
                    {
                        ItemStatus::Mentioned
                    }
                    // What is asked about waits for its answer, whatever stands over the question.
                    Verdict::Inherit if view.question && s.head_final => ItemStatus::Mentioned,
                    Verdict::InheritMember { denied: false }
                        if local.list.is_none() && self.carried_on(id, view, unit, sentence) =>
                    {
                        self.out
                            .items
                            .iter()
                            .rev()
                            .find(|i| i.status != ItemStatus::Mentioned)
                            .map_or(ItemStatus::Mentioned, |i| i.status)
                    }
                    // What the title says does not govern the sentences of the text.
                    Verdict::Inherit
                        if !s.head_final
                            && block.list_depth == 0
                            && block.cell.is_none()
                            && Some(id) != self.out.title
                            && local
                                .list
                                .as_ref()
                                .is_some_and(|(_, by)| Some(by.block) == self.out.title)
                            && view.text[s.range.clone()].ends_with('.') =>
                    {
                        ItemStatus::Mentioned
                    }
                    Verdict::Inherit | Verdict::InheritMember { .. } => match &local.list {
                        Some((stance, by)) => {
                            governed_by = Some(by.clone());
                            match stance {
                                Stance::Asserted => ItemStatus::Leaked,
                                Stance::Denied => ItemStatus::NotLeaked,
                                Stance::Possible => ItemStatus::PossiblyLeaked,
                                _ => ItemStatus::Mentioned,
                            }
                        }
                        // What is asked about waits for its answer.
                        // A vague word leaks only as an entry of what leaked.
                        None if view.question
                            || umbrella
                                && (block.list_depth == 0
                                    || local.section.is_none()
                                    || local.section != self.items_section) =>
                        {
                            ItemStatus::Mentioned
                        }
                        None if verdict == Verdict::Inherit
                            && !s.head_final
                            && self.goes_on(
                                id,
                                view,
                                predicates,
                                label,
                                local.section,
                                sentence,
                            ) =>
                        {
                            ItemStatus::Leaked
                        }
                        None => {
                            let section = local.section;
                            self.pending.push(Pending {
                                item: if umbrella {
                                    self.out.umbrellas.len()
                                } else {
                                    self.out.items.len()
                                },
                                umbrella,
                                verdict,
                                in_items_section: section.is_some()
                                    && section == self.items_section,
                                excluded_section: section
                                    .is_some_and(|s| self.other_sections.contains(&s)),
                                container: container || happened.is_some_and(|at| at < unit),
                                member,
                                unticked: ticked() == Some(false),
                                entry: (block.list_depth > 0
                                    || block.cell.is_some()
                                    || ticked() == Some(true)
                                    || answered().is_some())
                                    && section.is_none_or(|s| {
                                        answered().is_some() && !self.aside.contains(&s)
                                    })
                                    && *names.get_or_init(find_names),
                            });
                            ItemStatus::Mentioned
                        }
                    },
                };
                // "The address book that was taken held names and addresses": those, not whatever it might hold. And
                // what answers a question about another company's leak.
                let set_aside = view.in_slot(unit)
                    || view.attributive(unit)
                    || *lists.get_or_init(|| itemised(view, s, unit))
                    || !s.head_final && head_initial::counted(view, unit, t)
                    || s.head_final
                        && *means
                            .get_or_init(|| head_final::is_means(view, predicates, unit, governor))
                    || cited(view, &marks, unit, governor)
                    || contact(&view.text[token.end..s.range.end.max(token.end)])
                    || self.asked_foreign && self.answers(id);
                if set_aside {
                    self.pending.truncate(undecided);
                }
                let status = match status {
                    ItemStatus::Leaked if boxes.left_empty(view.text, token.start) => {
                        ItemStatus::Mentioned
                    }
                    ItemStatus::Leaked if ticked() == Some(false) => ItemStatus::NotLeaked,
                    ItemStatus::PossiblyLeaked if ticked() == Some(false) => ItemStatus::Mentioned,
                    _ if set_aside => ItemStatus::Mentioned,
                    // What was done, or whom to ask, names data for other reasons.
                    ItemStatus::Leaked | ItemStatus::PossiblyLeaked
                        if local.section.is_some_and(|s| self.aside.contains(&s)) =>
                    {
                        ItemStatus::Mentioned
                    }
                    ItemStatus::NotLeaked
                        if corrects || s.head_final && head_final::of_some_readers(view, unit) =>
                    {
                        ItemStatus::Mentioned
                    }
                    // "If you sign in elsewhere, there is no password of yours to steal": limited to some readers.
                    ItemStatus::NotLeaked if !s.head_final && only_for_some(view, unit, ranges) => {
                        ItemStatus::Mentioned
                    }
                    // "Put a note on your chart, so nobody gets at your records."
                    ItemStatus::NotLeaked
                        if !s.head_final
                            && governor.is_none()
                            && governed_by.is_none()
                            && local.section.is_some()
                            && local.section == self.advice_section =>
                    {
                        ItemStatus::Mentioned
                    }
                    ItemStatus::NotLeaked if plain_form_only(view, unit) => ItemStatus::Mentioned,
                    ItemStatus::NotLeaked if !s.head_final && ended(unit) => ItemStatus::Mentioned,
                    status => status,
                };
                let item = Item {
                    concept: token.concept,
                    status,
                    at: Slice {
                        block: id,
                        range: token.start..token.end,
                    },
                    governed_by,
                    sentence,
                    sentence_range: s.range.clone(),
                };
                if umbrella {
                    self.out.umbrellas.push(item);
                    continue;
                }
                if view.question && status == ItemStatus::Mentioned {
                    self.asked.push(self.out.items.len());
                }
                self.out.items.push(item);
            }
        }
    }

    /// Adds the clauses of sentence `n` of a block.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn clauses(
        &mut self,
        id: BlockId,
        view: &View<'_>,
        known: &Known,
        laid: &Laid,
        n: usize,
        local: &Frame,
        place: Place,
        opens: bool,
        sentence: usize,
    ) {
        let head_final = known.sentences[n].head_final;
        let quotation = place == Place::Quotation;
        // The first line and headings may stand in brackets as a whole.
        let framed = sentence == 0 || matches!(place, Place::Title | Place::Heading) || opens;
        let mut make = || {
            let concepts = &mut self.concepts;
            own_clauses(view, laid, head_final, quotation, framed, concepts)
        };
        let found = match quotation || laid.slots || !known.is_kept() {
            true => make(),
            false => laid.clauses.get_or_init(make).clone(),
        };
        self.out.clauses.extend(found.into_iter().map(|k| Clause {
            block: id,
            sentence,
            place,
            section: local.section,
            opens_section: opens,
            ..k
        }));
    }
}

/// The clauses of a sentence with what they say by themselves. `quotation`: the whole text is one; `may_be_framed`: brackets around
/// all of a clause are no slot.
fn own_clauses(
    view: &View<'_>,
    laid: &Laid,
    head_final: bool,
    quotation: bool,
    may_be_framed: bool,
    concepts: &mut (Vec<ConceptId>, Vec<ConceptId>),
) -> Vec<Clause> {
    let (parts, predicates) = (&laid.parts, &laid.predicates);
    let mut out: Vec<Clause> = Vec::with_capacity(parts.len());
    for part in parts {
        let Some(range) = bytes(view, &part.units) else {
            continue;
        };
        let slot = part
            .units
            .clone()
            .filter(|&i| view.units[i].is_word())
            .all(|i| view.in_slot(i));
        let framed = slot && may_be_framed;
        let slot = slot && !framed;
        let cited = cited_units(view, &part.units);
        let all_cited = !cited.is_empty()
            && part
                .units
                .clone()
                .filter(|&i| view.tokens_of(i).next().is_some())
                .all(|i| cited.iter().any(|c| c.contains(&i)));
        let quotation = slot || quotation || quoted(view, &part.units) || all_cited;
        let foreign = part.units.clone().any(|i| view.has_role(i, Role::Foreign));
        let mut mentions = Vec::new();
        for unit in part.units.clone() {
            for t in view.tokens_of(unit) {
                let predicate = predicates
                    .binary_search_by_key(&t, |p| p.token)
                    .ok()
                    .and_then(|n| predicates.get(n));
                let stance = match predicate {
                    _ if quotation
                        || view.in_slot(unit) && !framed
                        || cited.iter().any(|c| c.contains(&unit)) =>
                    {
                        Stance::Quoted
                    }
                    Some(p) => p.event,
                    None if foreign && part.stance == Stance::Asserted => Stance::Foreign,
                    None if !head_final
                        && part.stance == Stance::Denied
                        && out_of_reach(view, &part.units, unit) =>
                    {
                        Stance::Asserted
                    }
                    None => part.stance,
                };
                let token = view.tokens[t];
                mentions.push(Mention {
                    concept: token.concept,
                    range: token.start..token.end,
                    stance,
                    attributive: head_final
                        && predicate.is_some_and(|p| head_final::describes(view, p)),
                });
            }
        }
        let last = out.iter().rev().take(TOGETHER);
        let (before, named) = &mut *concepts;
        before.clear();
        before.extend(last.flat_map(|k| &k.mentions).map(|m| m.concept));
        named.clear();
        named.extend(mentions.iter().map(|m: &Mention| m.concept));
        let combined = view.vocabulary.stand_together(before, named);
        let combined = combined.into_iter().map(|(concept, shown)| Mention {
            concept,
            ..mentions[shown].clone()
        });
        let combined: Vec<Mention> = combined.collect();
        mentions.extend(combined);
        mentions.sort_by_key(|m| m.range.start);
        out.push(Clause {
            block: 0,
            sentence: 0,
            range,
            stance: if quotation {
                Stance::Quoted
            } else {
                part.stance
            },
            place: Place::Body,
            section: None,
            mentions,
            past: match head_final {
                true => part.units.clone().any(|i| view.is_past(i)),
                false => part.units.clone().any(|i| head_initial::past(view, i)),
            },
            fragment: laid.fragment,
            bare: !head_final
                && !part
                    .units
                    .clone()
                    .any(|i| view.has_role(i, Role::Subject) || view.has_role(i, Role::Passive)),
            opens_section: false,
        });
    }
    out
}
