//! Noun phrases that introduce a list.

use super::*;

/// The noun phrases of the sentence that introduce a list.
pub fn frames(view: &View<'_>, predicates: &[Predicate]) -> Vec<ListFrame> {
    let mut out = Vec::new();
    for p in predicates {
        if !matches!(
            p.role,
            Role::Leak | Role::SoftLeak | Role::Affect | Role::Unaffected | Role::Member
        ) {
            continue;
        }
        // "It is not that the password leaked, but …": nothing is listed.
        let denies = |unit: usize| {
            view.next_word(unit)
                .is_some_and(|n| view.has_role(n, Role::NotBe))
        };
        if let Some((unit, stance)) = p.topic
            && !denies(unit)
        {
            // "What leaked is …"; what was written in the papers that were lost.
            let stance = if p.role == Role::Member {
                predicates
                    .iter()
                    .rev()
                    .find(|e| e.unit < p.unit && e.head.is_some() && is_event(e.role))
                    .map(|e| e.stance)
            } else {
                Some(stance)
            };
            if let Some(stance) = stance {
                out.push(ListFrame {
                    unit,
                    stance,
                    token: p.token,
                    until: view.to,
                });
                continue;
            }
        }
        if let Some(head) = p.head {
            // "leaked items", "items that were not leaked"; also directly before an item.
            if let Some((data, direct)) = phrase_data(view, head) {
                let member = p.role == Role::Member;
                if denies(data) {
                    continue;
                }
                if !member || p.stance == Stance::Denied {
                    let until = if direct {
                        phrase_end(view, data + 1)
                    } else {
                        view.to
                    };
                    out.push(ListFrame {
                        unit: data,
                        stance: p.stance,
                        token: p.token,
                        until,
                    });
                }
            }
        } else if p.nominal && matches!(p.role, Role::Leak | Role::SoftLeak | Role::Affect) {
            // "leak items": the noun directly before the list's head.
            if let Some(data) = nominal_head(view, p) {
                out.push(ListFrame {
                    unit: data,
                    stance: p.stance,
                    token: p.token,
                    until: view.to,
                });
            }
        } else if view
            .units
            .get(p.end)
            .is_some_and(|u| u.kind == UnitKind::Colon)
        {
            out.push(ListFrame {
                unit: p.end,
                stance: p.stance,
                token: p.token,
                until: view.to,
            });
        }
    }
    out.sort_by_key(|f| f.unit);
    out
}

/// The unit of the data noun of the phrase that begins at `from`: "the (personal) information items".
fn phrase_data(view: &View<'_>, from: usize) -> Option<(usize, bool)> {
    let mut i = from;
    let mut found = None;
    for _ in 0..4 {
        if i >= view.to || !view.units[i].is_word() {
            break;
        }
        let generic = view.tokens_of(i).any(|t| {
            let c = view.concept(t);
            c.kind == Kind::Umbrella || c.role == Some(Role::DataHead)
        });
        let item = view.has_item(i);
        if item {
            // The attribute stands directly before the item itself.
            return found
                .map(|f| (f, false))
                .or(i.checked_sub(1).map(|i| (i, true)));
        }
        if generic {
            found = Some(i);
        }
        if view.units[i]
            .ending
            .is_some_and(|e| !matches!(e, Ending::Genitive | Ending::And))
        {
            break;
        }
        i = view.step(i);
    }
    found.map(|f| (f, false))
}

/// The last unit of the noun phrase (with its list) that begins at `from`.
fn phrase_end(view: &View<'_>, from: usize) -> usize {
    first_from(&view.marks.phrase_end, from).unwrap_or(view.to)
}

fn nominal_head(view: &View<'_>, p: &Predicate) -> Option<usize> {
    let u = view.units[p.unit];
    let later = view
        .tokens_of(p.unit)
        .find(|&t| t > p.token && view.role(t) == Some(Role::DataHead));
    if later.is_some() {
        return Some(p.unit);
    }
    if u.ending.is_some_and(|e| e != Ending::Genitive) {
        return None;
    }
    let mut i = view.next_word(p.unit)?;
    for _ in 0..3 {
        if view.has_role(i, Role::DataHead)
            || view
                .tokens_of(i)
                .any(|t| view.concept(t).kind == Kind::Umbrella)
        {
            return Some(i);
        }
        // Only further parts of the compound may stand between.
        if view.units[i]
            .ending
            .is_some_and(|e| !matches!(e, Ending::Genitive | Ending::Adnominal | Ending::And))
        {
            return None;
        }
        i = view.next_word(i)?;
    }
    None
}
