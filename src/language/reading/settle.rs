//! What is decided about items once the whole notice has been read.

use super::super::vocabulary::begins_with;
use super::*;
use std::cell::LazyCell;

/// How many months ahead of its latest date a notice may speak of.
const AHEAD: i8 = 3;

/// How many places still to be filled in make a notice a form.
const SLOTS: usize = 4;

impl Reader<'_> {
    /// A list in which no box is ticked is a form that is still to be filled in.
    pub(super) fn empty_forms(&mut self) {
        let forms = self
            .notice
            .blocks
            .chunk_by(|a, b| a.task.is_some() == b.task.is_some());
        let empty = |form: &[Block]| form.iter().all(|b| b.task == Some(false));
        let empty: Vec<bool> = forms.flat_map(|f| vec![empty(f); f.len()]).collect();
        // The same with boxes drawn in running text.
        let (vocabulary, blocks) = (&self.language.vocabulary, &self.notice.blocks);
        let ticked = |at: &Slice| {
            let text = self.notice.blocks[at.block].text.as_str();
            vocabulary.ticked(&text[..at.range.start])
        };
        // A form that is filled in only in part: what is not ticked is still open.
        let template = LazyCell::new(|| {
            let slots = blocks.iter().map(|b| vocabulary.slots(b.text.as_str()));
            slots.sum::<usize>() >= SLOTS
        });
        // Items stand in the order of their blocks.
        for items in self.out.items.chunk_by_mut(|a, b| a.at.block == b.at.block) {
            let block = items[0].at.block;
            let task = blocks[block].task == Some(false);
            let blank = |i: &Item| {
                i.status == ItemStatus::NotLeaked && (task || ticked(&i.at) == Some(false))
            };
            let blank: Vec<bool> = items.iter().map(blank).collect();
            if !blank.contains(&true) {
                continue;
            }
            let filled = || task || items.iter().any(|i| ticked(&i.at) == Some(true));
            if !empty[block] && filled() && !*template {
                continue;
            }
            for (item, _) in items.iter_mut().zip(blank).filter(|(_, blank)| *blank) {
                item.status = ItemStatus::Mentioned;
            }
        }
    }

    /// A date without a year is the one before the latest date of the notice that has a year, or near it.
    fn supply_years(&mut self) {
        let given = self.out.dates.iter().filter(|d| d.role != "posted-until");
        let latest = given
            .flat_map(|d| [d.from, d.to])
            .flatten()
            .filter(|d| d.year > 0)
            .max();
        let Some(latest) = latest else { return };
        for d in &mut self.out.dates {
            for end in [&mut d.from, &mut d.to].into_iter().flatten() {
                if end.year == 0 {
                    // Notices look back; what is still to come is near.
                    let ahead = end.month > latest.month + AHEAD;
                    end.year = latest.year - i16::from(ahead);
                    let far_back = end.month + 12 <= latest.month + AHEAD;
                    end.year += i16::from(far_back);
                }
            }
        }
    }

    /// Whether something is said to have been sent to people who should not have it, in a notice that has no word for the leak.
    fn sent_astray(&self) -> bool {
        let vocabulary = &self.language.vocabulary;
        let others = &vocabulary.linking.others;
        self.out.clauses.iter().any(|k| {
            let sent = k.mentions.iter().any(|m| {
                vocabulary.concept(m.concept).role == Some(Role::Send)
                    && m.stance == Stance::Asserted
            });
            let data = k.mentions.iter().any(|m| {
                let concept = vocabulary.concept(m.concept);
                matches!(concept.kind, Kind::Item | Kind::Umbrella)
                    || concept.role == Some(Role::Container)
            });
            sent && data && k.stance == Stance::Asserted && {
                let text = &self.notice.blocks[k.block].text.as_str()[k.range.clone()];
                let mut words = text.split_whitespace();
                words.any(|w| begins_with(others, w))
            }
        })
    }

    /// Decides what hung on the notice as a whole.
    pub(super) fn settle(&mut self) {
        let vocabulary = &self.language.vocabulary;
        let mut event: Option<Stance> = None;
        for k in &self.out.clauses {
            for m in &k.mentions {
                let role = vocabulary.concept(m.concept).role;
                let guessed = role == Some(Role::Unaffected)
                    && m.stance == Stance::Possible
                    && event != Some(Stance::Asserted);
                if guessed {
                    event = Some(Stance::Possible);
                }
                let affects = role == Some(Role::Affect) && !k.opens_section && !k.fragment;
                if affects || matches!(role, Some(Role::Leak | Role::LeakNoun | Role::SoftLeak)) {
                    match m.stance {
                        Stance::Asserted => event = Some(Stance::Asserted),
                        Stance::Possible if event != Some(Stance::Asserted) => {
                            event = Some(Stance::Possible)
                        }
                        Stance::Denied if event.is_none() => event = Some(Stance::Denied),
                        _ => {}
                    }
                }
            }
        }
        if event.is_none() && self.sent_astray() {
            event = Some(Stance::Asserted);
        }
        if self.ticked && event.is_none() {
            event = Some(Stance::Asserted);
        }
        self.out.event = event;
        self.supply_years();
        self.bare_counts();
        self.label_rows();
        for p in &self.pending {
            let leaked = match event {
                Some(Stance::Asserted) => ItemStatus::Leaked,
                Some(Stance::Possible) => ItemStatus::PossiblyLeaked,
                _ => ItemStatus::Mentioned,
            };
            let status = match p.verdict {
                _ if p.in_items_section => leaked,
                Verdict::Inherit if p.entry || p.container && p.member && !p.excluded_section => {
                    leaked
                }
                Verdict::InheritMember { denied } if !p.excluded_section && p.container => {
                    if denied {
                        ItemStatus::NotLeaked
                    } else {
                        leaked
                    }
                }
                _ => ItemStatus::Mentioned,
            };
            let status = match status {
                ItemStatus::Leaked if p.unticked => ItemStatus::NotLeaked,
                ItemStatus::PossiblyLeaked if p.unticked => ItemStatus::Mentioned,
                status => status,
            };
            let item = if p.umbrella {
                &mut self.out.umbrellas[p.item]
            } else {
                &mut self.out.items[p.item]
            };
            if item.status == ItemStatus::Mentioned {
                item.status = status;
            }
        }
    }
}
