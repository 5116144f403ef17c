//! A correction or a supplement beside the notice that it corrects or adds to.

use crate::compare::{self, Change, Difference, What};
use crate::front::Kind;
use crate::language::reading::{ItemStatus, Slice};
use crate::language::vocabulary::Role;
use crate::notice::BlockId;
use crate::report::Label;
use crate::rules::compile::{Agree, CompiledSay};
use crate::rules::schema::EarlierNeed;
use crate::source::Span;

use super::others::{called, place, said};
use super::{Complaint, Context, Other, Verdict, say};

/// What is left out, as it is added to the name of the need, with where it is seen.
pub struct LeftOut {
    pub what: String,
    pub labels: Vec<Label>,
}

/// What the notice leaves out beside the earlier one; nothing where the earlier one is not known. `told` is what says where
/// something is put right.
pub fn left_out(need: EarlierNeed, told: &[CompiledSay], cx: &Context<'_>) -> Option<LeftOut> {
    let other = cx.replaces?;
    let own = super::claims::of(cx);
    let differences = compare::compare(&other.claims, &own, &cx.language.vocabulary);
    match need {
        EarlierNeed::Corrected => corrected(cx, other, &differences, told),
        EarlierNeed::Supplied => supplied(cx, other, &differences),
    }
}

/// Each difference is named where something is put right.
fn corrected(
    cx: &Context<'_>,
    other: &Other,
    differences: &[Difference],
    told: &[CompiledSay],
) -> Option<LeftOut> {
    let passages = passages(cx, told);
    // Where nothing is put right, the need for that has failed already.
    if passages.is_empty() {
        return None;
    }
    let inside = |at: &Slice| passages.contains(&at.block);
    let unnamed = |difference: &&Difference| match difference.what {
        What::Item => put_right(difference) && !names_item(cx, &difference.id, &inside),
        What::Count => {
            difference.change == Change::Changed && !cx.reading.counts.iter().any(|c| inside(&c.at))
        }
        What::Date => {
            difference.id == "occurred"
                && difference.change == Change::Changed
                && !cx.reading.dates.iter().any(|d| inside(&d.at))
        }
        What::Leak | What::Advice => false,
    };
    let unnamed: Vec<&Difference> = differences.iter().filter(unnamed).collect();
    let mut parts: Vec<String> = unnamed.iter().map(|d| changed(cx, d)).collect();
    let mut labels: Vec<Label> = unnamed
        .iter()
        .filter_map(|d| old_label(cx, other, d))
        .collect();
    if let Some((span, text)) = &other.softer
        && cx.reading.event == Some(crate::language::polarity::Stance::Asserted)
        && !names_softer(cx, &inside)
    {
        parts.push(cx.words.fill("softer-word", &[("value", text)]));
        let label = cx.words.fill("earlier-says", &[("value", text)]);
        labels.push(other.label(*span, label));
    }
    listed(cx, parts, labels)
}

/// Something is told that the earlier notice did not tell, and what the facts know by now.
fn supplied(cx: &Context<'_>, other: &Other, differences: &[Difference]) -> Option<LeftOut> {
    // The count that the earlier notice did not give, or gave otherwise.
    if let Some(fact) = cx.cohort.and_then(|cohort| cohort.count.as_ref()) {
        let earlier = compare::count(&other.claims);
        let known =
            earlier.is_some_and(|c| compare::fits(c.value, c.approximate, &c.unit, &fact.value));
        if !known && cx.reading.counts.is_empty() && earlier.is_some() {
            let value = cx.words.counted(fact.value.value, fact.value.unit.as_str());
            let label = cx.words.fill("facts-say", &[("value", &value)]);
            let mut labels: Vec<Label> = cx.facts_label(fact.span, label).into_iter().collect();
            if let Some(count) = earlier {
                let label = cx.words.fill("earlier-says", &[("value", &count.text)]);
                labels.push(other.label(count.span, label));
            }
            let name = cx.words.text("what-count");
            return listed(cx, vec![format!("{name}: {value}")], labels);
        }
    }
    let new = differences
        .iter()
        .any(|difference| difference.change != Change::Withdrawn);
    // What is new may be what is not compared: how it happened, what was done. A copy has nothing of it.
    if new || other.claims.items.is_empty() || !same_text(cx, other) {
        return None;
    }
    Some(LeftOut {
        what: String::new(),
        labels: earlier_labels(cx),
    })
}

/// Whether this notice says nothing in other words than the earlier one.
fn same_text(cx: &Context<'_>, other: &Other) -> bool {
    let known: std::collections::HashSet<&str> =
        other.sentences.iter().map(String::as_str).collect();
    super::sentences(cx).all(|sentence| known.contains(sentence.as_str()))
}

/// Whether readers of the earlier notice were told something else of an item.
fn put_right(difference: &Difference) -> bool {
    let leaked = |side: &Option<compare::Side>| {
        side.as_ref()
            .is_some_and(|s| s.says == ItemStatus::Leaked.name())
    };
    leaked(&difference.old) != leaked(&difference.new)
}

fn names_item(cx: &Context<'_>, id: &str, inside: &dyn Fn(&Slice) -> bool) -> bool {
    let stands_for = |m: &crate::language::reading::Mention| {
        let c = cx.language.vocabulary.concept(m.concept);
        c.id == id || c.expands.iter().any(|e| e == id)
    };
    cx.reading.clauses.iter().any(|k| {
        let at = |m: &crate::language::reading::Mention| Slice {
            block: k.block,
            range: m.range.clone(),
        };
        k.mentions.iter().any(|m| stands_for(m) && inside(&at(m)))
    })
}

/// Whether the softer word of the earlier notice is taken up where something is put right.
fn names_softer(cx: &Context<'_>, inside: &dyn Fn(&Slice) -> bool) -> bool {
    cx.reading.clauses.iter().any(|k| {
        let here = Slice {
            block: k.block,
            range: k.range.clone(),
        };
        inside(&here)
            && k.mentions
                .iter()
                .any(|m| cx.language.vocabulary.concept(m.concept).role == Some(Role::SoftLeak))
    })
}

/// The blocks in which something is put right: those that say it, what stands under a heading that does, and the list or table
/// that such a line leads in.
fn passages(cx: &Context<'_>, told: &[CompiledSay]) -> Vec<BlockId> {
    let blocks = &cx.notice.blocks;
    let mut out = vec![false; blocks.len()];
    for s in told {
        say::each(cx, s, &mut |at, _| {
            out[at.block] = true;
            true
        });
    }
    for i in 0..blocks.len() {
        let above = |id: Option<BlockId>| id.is_some_and(|id| id < i && out[id]);
        out[i] = out[i] || above(blocks[i].governor) || above(blocks[i].heading);
    }
    (0..blocks.len()).filter(|i| out[*i]).collect()
}

/// A difference in words: what was said of it before, and what is said now.
fn changed(cx: &Context<'_>, difference: &Difference) -> String {
    let old = said(cx, difference.what, difference.old.as_ref());
    let new = said(cx, difference.what, difference.new.as_ref());
    cx.words.fill(
        "changed",
        &[
            ("text", &called(cx, difference)),
            ("old", &old),
            ("new", &new),
        ],
    )
}

/// Where the earlier notice says it, else its beginning.
fn old_label(cx: &Context<'_>, other: &Other, difference: &Difference) -> Option<Label> {
    let value = format!(
        "{}: {}",
        called(cx, difference),
        said(cx, difference.what, difference.old.as_ref())
    );
    let text = cx.words.fill("earlier-says", &[("value", &value)]);
    let span = difference.old.as_ref().and_then(|side| side.span);
    Some(other.label(span.unwrap_or_default(), text))
}

fn listed(cx: &Context<'_>, parts: Vec<String>, labels: Vec<Label>) -> Option<LeftOut> {
    if parts.is_empty() {
        return None;
    }
    let what = cx.words.fill("need-parts", &[("list", &parts.join(", "))]);
    Some(LeftOut { what, labels })
}

/// What the earlier notice denied and this one tells is named where this one says that something was wrong (`any`).
pub fn denial(agree: &Agree, cx: &Context<'_>) -> Verdict {
    let Some(other) = cx.replaces else {
        return Verdict::not_applicable(cx.words.text("na-no-earlier"));
    };
    let own = super::claims::of(cx);
    let says = |side: &Option<compare::Side>, status: ItemStatus| {
        side.as_ref().is_some_and(|s| s.says == status.name())
    };
    let differences = compare::compare(&other.claims, &own, &cx.language.vocabulary);
    let reversed: Vec<&Difference> = differences
        .iter()
        .filter(|d| d.what == What::Item)
        .filter(|d| says(&d.old, ItemStatus::NotLeaked) && says(&d.new, ItemStatus::Leaked))
        .collect();
    if reversed.is_empty() {
        return Verdict::not_applicable(cx.words.text("na-no-reversal"));
    }
    let passages = passages(cx, &agree.any);
    let inside = |at: &Slice| passages.contains(&at.block);
    let unsaid = reversed.iter().filter(|d| !names_item(cx, &d.id, &inside));
    let complaints = unsaid.map(|d| {
        let item = called(cx, d);
        Complaint {
            span: place(cx, d),
            values: vec![
                ("item", item.clone()),
                ("items", item),
                ("value", said(cx, d.what, d.new.as_ref())),
                ("expected", said(cx, d.what, d.old.as_ref())),
            ],
            labels: old_label(cx, other, d).into_iter().collect(),
            key: d.id.clone(),
            ..Complaint::default()
        }
    });
    Verdict::of(complaints.collect(), Vec::new())
}

/// How many statements of the earlier notice are shown that this one says otherwise.
const REVERSALS: usize = 3;

/// What a correction is to put right and a supplement to refer to: when the earlier notice went out, and what it says otherwise.
pub fn earlier_labels(cx: &Context<'_>) -> Vec<Label> {
    let wanted = matches!(cx.kind(), Kind::Correction | Kind::Supplement);
    let Some(other) = cx.replaces.filter(|_| wanted) else {
        return Vec::new();
    };
    let mut labels = Vec::new();
    if let Some(day) = other.sent_on {
        let text = cx.words.fill("sent-on", &[("value", &day.to_string())]);
        labels.push(other.label(Span::default(), text));
    }
    let own = super::claims::of(cx);
    let differences = compare::compare(&other.claims, &own, &cx.language.vocabulary);
    let reversed = differences
        .iter()
        .filter(|d| d.change == Change::Changed && matches!(d.what, What::Item | What::Count));
    for difference in reversed.take(REVERSALS) {
        let Some(old) = &difference.old else { continue };
        let value = format!(
            "{}: {}",
            called(cx, difference),
            said(cx, difference.what, Some(old))
        );
        let text = cx.words.fill("earlier-says", &[("value", &value)]);
        labels.push(other.label(old.span.unwrap_or_default(), text));
    }
    labels
}
