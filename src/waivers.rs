//! Findings set aside in writing: by the front matter for the whole notice, by comments for a block, a section or a stretch.
//!
//! There is no blanket form, and a waiver that does not do what its writer thinks is a finding itself.

mod remove;

use jiff::civil::Date;

use crate::front::Front;
use crate::notice::{BlockKind, Directive, DirectiveForm, Notice};
use crate::report::wording::Wording;
use crate::report::{Fix, Waived};
use crate::rules::check::Complaint;
use crate::rules::schema::WaiverFault;
use crate::rules::{Rule, RuleSet, names};
use crate::source::{Source, Span};

/// One waiver, of any form.
#[derive(Debug)]
pub struct Waiver<'a> {
    rule: &'a str,
    reason: &'a str,
    approved_by: Option<&'a str>,
    until: Option<Date>,
    /// What a finding about it points at.
    pub span: Span,
    scope: Scope,
    /// The comments that make it; none for an entry of the front matter.
    comments: Vec<Span>,
    expired: bool,
    used: bool,
}

/// Where a waiver holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    Notice,
    /// Findings that begin in this stretch of the source.
    In(Span),
    /// Nowhere: a beginning without an end, or an end without a beginning.
    Unclosed,
    /// Nowhere: a comment that looks like a waiver and is none.
    NoForm,
}

/// All waivers of a notice.
#[derive(Debug)]
pub struct Waivers<'a>(Vec<Waiver<'a>>);

impl Waiver<'_> {
    /// As it is told in reports.
    pub fn waived(&self) -> Waived {
        Waived {
            reason: self.reason.to_owned(),
            approved_by: self.approved_by.map(str::to_owned),
            until: self.until.map(|day| day.to_string()),
            known: false,
        }
    }

    /// Takes it out. A person decides: it may stand in the wrong place, or set aside what only shows beside the facts.
    fn removal(&self, text: &str, words: Wording) -> Option<Fix> {
        let edits = match self.scope {
            Scope::Notice => vec![remove::entry(text, self.span.start)?],
            _ => remove::comments(text, &self.comments),
        };
        Some(Fix {
            title: words.text("fix-remove-waiver").to_owned(),
            safe: false,
            edits,
        })
    }

    fn holds(&self, span: Span) -> bool {
        let here = match self.scope {
            Scope::Notice => true,
            Scope::In(stretch) => stretch.start <= span.start && span.start <= stretch.end,
            Scope::Unclosed | Scope::NoForm => false,
        };
        here && !self.reason.is_empty() && !self.expired
    }
}

impl<'a> Waivers<'a> {
    /// The waivers of a notice. `as_of` (ISO date) stands for today, else the day of the notice does.
    pub fn of(front: &'a Front, notice: &'a Notice, as_of: Option<&str>) -> Self {
        let given = as_of.and_then(|date| date.parse::<Date>().ok());
        let today = given.or_else(|| front.notify_at.as_ref().map(|n| n.value.date()));
        let past = |until: Option<Date>| until.zip(today).is_some_and(|(until, now)| until < now);
        let mut all: Vec<Waiver<'a>> = front
            .waive
            .iter()
            .map(|w| {
                let until = w.value.until.as_ref().map(|u| u.value);
                Waiver {
                    rule: &w.value.rule.value,
                    reason: w.value.reason.as_ref().map_or("", |r| r.value.as_str()),
                    approved_by: w.value.approved_by.as_ref().map(|a| a.value.as_str()),
                    until,
                    span: w.value.rule.span,
                    scope: Scope::Notice,
                    comments: Vec::new(),
                    expired: past(until),
                    used: false,
                }
            })
            .collect();
        let directives = &notice.directives;
        for (index, d) in directives.iter().enumerate() {
            let scope = match d.form {
                DirectiveForm::Next => Scope::In(next(d, notice)),
                DirectiveForm::Section => Scope::In(section(d, notice)),
                DirectiveForm::Unknown => Scope::NoForm,
                DirectiveForm::Start => end_of(index, directives).map_or(Scope::Unclosed, |end| {
                    Scope::In(Span::new(d.span.end, end.start))
                }),
                // One with a beginning needs no words of its own.
                DirectiveForm::End if has_start(index, directives) => continue,
                DirectiveForm::End => Scope::Unclosed,
            };
            all.push(Waiver {
                rule: &d.rule,
                reason: &d.reason,
                approved_by: None,
                until: None,
                span: match d.rule.is_empty() {
                    true => d.span,
                    false => d.rule_span,
                },
                scope,
                comments: std::iter::once(d.span)
                    .chain(end_of(index, directives).filter(|_| d.form == DirectiveForm::Start))
                    .collect(),
                expired: false,
                used: false,
            });
        }
        Self(all)
    }

    /// The waiver for a finding of this rule that stands there; it is used then.
    pub fn find(&mut self, rule: &str, span: Span) -> Option<&Waiver<'a>> {
        let found = self
            .0
            .iter_mut()
            .find(|w| w.rule == rule && w.holds(span))?;
        found.used = true;
        Some(found)
    }

    /// What is wrong with the waivers, after all rules were checked.
    pub fn faults(
        &self,
        fault: WaiverFault,
        source: &Source,
        rules: &RuleSet,
        words: Wording,
        active: &dyn Fn(&Rule) -> bool,
    ) -> Vec<Complaint> {
        let mut complaints = Vec::new();
        for w in &self.0 {
            let known = rules.get(w.rule);
            let written = !matches!(w.scope, Scope::Unclosed | Scope::NoForm);
            let bad = match fault {
                WaiverFault::NoReason => w.reason.is_empty() && written,
                WaiverFault::UnknownRule => known.is_none(),
                WaiverFault::Expired => w.expired && known.is_some(),
                WaiverFault::Unclosed => w.scope == Scope::Unclosed && known.is_some(),
                WaiverFault::Unused => {
                    let silent = !w.used && !w.reason.is_empty() && !w.expired;
                    known.is_some_and(active) && silent && written
                }
            };
            if bad {
                let mut complaint = complaint(w, fault, rules, words);
                if fault == WaiverFault::Unused {
                    complaint.fixes.extend(w.removal(&source.text, words));
                }
                complaints.push(complaint);
            }
        }
        complaints
    }
}

fn complaint(w: &Waiver<'_>, fault: WaiverFault, rules: &RuleSet, words: Wording) -> Complaint {
    let nearest = match w.scope {
        Scope::NoForm => names::DIRECTIVE.to_owned(),
        _ => names::nearest(w.rule, rules, false).unwrap_or_default(),
    };
    let unknown = fault == WaiverFault::UnknownRule && !nearest.is_empty();
    let until = w.until.map_or_else(String::new, |date| date.to_string());
    Complaint {
        span: w.span,
        note: unknown.then(|| words.fill("did-you-mean", &[("name", &nearest)])),
        values: vec![
            ("text", w.rule.to_owned()),
            ("expected", nearest),
            ("value", until),
        ],
        key: w.rule.to_owned(),
        ..Complaint::default()
    }
}

/// The block after a directive.
fn next(d: &Directive, notice: &Notice) -> Span {
    let block = d.block.and_then(|b| notice.blocks.get(b));
    block.map_or(Span::new(d.span.end, d.span.end), |b| b.span)
}

/// The section that begins with the block after a directive, else the one in which the directive stands.
fn section(d: &Directive, notice: &Notice) -> Span {
    let blocks = &notice.blocks;
    let level = |b: usize| match blocks.get(b).map(|b| b.kind) {
        Some(BlockKind::Heading(level)) => Some(level),
        _ => None,
    };
    let above = || {
        (0..blocks.len())
            .rev()
            .find(|&b| blocks[b].span.start <= d.span.start && level(b).is_some())
    };
    let heading = d.block.filter(|&b| level(b).is_some()).or_else(above);
    let (from, depth) = match heading {
        Some(h) => (h + 1, level(h).unwrap_or(u8::MAX)),
        None => (0, 0),
    };
    let start = heading.map_or(0, |h| blocks[h].span.start);
    let after = (from..blocks.len()).find(|&b| level(b).is_some_and(|l| l <= depth));
    let end = after.map_or(usize::MAX, |b| blocks[b].span.start.saturating_sub(1));
    Span::new(start, end)
}

/// The comment that ends what the directive `start` begins.
fn end_of(start: usize, all: &[Directive]) -> Option<Span> {
    let rule = &all[start].rule;
    let later = all[start + 1..].iter().filter(|d| d.rule == *rule);
    let mut ends = later.filter(|d| matches!(d.form, DirectiveForm::Start | DirectiveForm::End));
    ends.next()
        .filter(|d| d.form == DirectiveForm::End)
        .map(|d| d.span)
}

fn has_start(end: usize, all: &[Directive]) -> bool {
    let rule = &all[end].rule;
    let mut earlier = all[..end]
        .iter()
        .rev()
        .filter(|d| d.rule == *rule && matches!(d.form, DirectiveForm::Start | DirectiveForm::End));
    earlier
        .next()
        .is_some_and(|d| d.form == DirectiveForm::Start)
}
