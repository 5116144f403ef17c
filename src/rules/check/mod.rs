//! Checking one rule against one notice.

mod agree;
pub(crate) mod claims;
mod contact;
mod dates;
mod deadline;
mod earlier;
mod forbid;
mod hidden;
mod items;
mod languages;
mod mentions;
pub mod message;
mod open_list;
mod others;
mod require;
pub mod say;
mod story;
mod vague;
mod values;
pub(crate) mod when;

use std::ops::Range;
use std::path::PathBuf;
use std::rc::Rc;

use crate::facts::{Cohort, Facts};
use crate::front::{Front, Kind};
use crate::language::Language;
use crate::language::reading::{Reading, Slice};
use crate::language::vocabulary::ConceptId;
use crate::notice::Notice;
use crate::pattern::{Pattern, Stretches};
use crate::report::wording::Wording;
use crate::report::{Evidence, Fix, Label, Severity, Status};
use crate::source::{Source, Span};

pub use values::stands_in;

use super::compile::Check;
use super::{Rule, RuleSet, schema};
pub use mentions::Mentions;

/// All that a rule may look at.
pub struct Context<'a> {
    pub source: &'a Source,
    pub notice: &'a Notice,
    pub front: &'a Front,
    pub reading: &'a Reading,
    pub language: &'a Language,
    pub rules: &'a RuleSet,
    pub facts: Option<&'a Facts>,
    pub facts_path: Option<PathBuf>,
    pub cohort: Option<&'a Cohort>,
    /// The notice that this one replaces, and the one it is a translation of.
    pub replaces: Option<&'a Other>,
    pub original: Option<&'a Other>,
    /// Language of the notice.
    pub notice_language: &'a str,
    pub words: Wording,
    pub index: Mentions,
    /// What hidden text names which concept.
    pub hidden: Vec<(ConceptId, Span)>,
}

/// Another notice of the same incident.
#[derive(Debug, Clone)]
pub struct Other {
    /// As it is shown.
    pub path: String,
    pub kind: Kind,
    /// The day on which it went out, or was posted.
    pub sent_on: Option<jiff::civil::Date>,
    pub claims: crate::report::Claims,
    /// The word that it has for the leak, if it has a softer one only.
    pub softer: Option<(Span, String)>,
    /// Its sentences, each on one line.
    pub sentences: Vec<String>,
}

impl Other {
    /// A label in it.
    pub fn label(&self, span: Span, text: String) -> Label {
        Label {
            file: Some(PathBuf::from(&self.path)),
            span,
            text,
        }
    }
}

/// What a rule found.
#[derive(Debug, Default)]
pub struct Verdict {
    pub status: Option<Status>,
    pub because: String,
    pub evidence: Vec<Evidence>,
    pub complaints: Vec<Complaint>,
}

/// One complaint, not yet worded.
#[derive(Debug, Default)]
pub struct Complaint {
    pub span: Span,
    /// Lower than the rule's when the reading is uncertain.
    pub severity: Option<Severity>,
    pub values: Vec<(&'static str, String)>,
    pub labels: Vec<Label>,
    pub fixes: Vec<Fix>,
    /// Said after the rule's help: why this is to be checked by hand.
    pub note: Option<String>,
    /// Matched text, for the fingerprint.
    pub key: String,
}

impl Verdict {
    pub fn not_applicable(because: impl Into<String>) -> Self {
        Self {
            status: Some(Status::NotApplicable),
            because: because.into(),
            ..Self::default()
        }
    }

    pub fn pass(evidence: Vec<Evidence>) -> Self {
        Self {
            status: Some(Status::Pass),
            evidence,
            ..Self::default()
        }
    }

    pub fn of(complaints: Vec<Complaint>, evidence: Vec<Evidence>) -> Self {
        if complaints.is_empty() {
            return Self::pass(evidence);
        }
        Self {
            status: Some(Status::Fail),
            complaints,
            ..Self::default()
        }
    }
}

/// Checks `rule`.
pub fn run(rule: &Rule, cx: &Context<'_>) -> Verdict {
    if let Some(because) = when::not_applicable(rule, cx) {
        return Verdict::not_applicable(because);
    }
    match &rule.check {
        Check::Forbid(f) => forbid::run(rule, f, cx),
        Check::Require(r) => {
            let mut verdict = require::run(r, cx);
            // A rule for such notices alone asks what they say of the earlier one.
            let later = |kind: &Kind| matches!(kind, Kind::Correction | Kind::Supplement);
            let kinds = &rule.when.source.kind;
            if !kinds.is_empty() && kinds.iter().all(later) {
                for complaint in &mut verdict.complaints {
                    for label in earlier::earlier_labels(cx) {
                        if !complaint.labels.contains(&label) {
                            complaint.labels.push(label);
                        }
                    }
                }
            }
            verdict
        }
        Check::Items(fault) => items::run(*fault, cx),
        Check::Agree(a) => agree::run(a, cx),
        Check::Deadline(d) => deadline::run(d, cx),
        Check::Contact(c) => contact::run(c, cx),
        Check::Measure(m) if m.language => languages::run(cx),
        Check::Measure(m) => hidden::measure(m, cx),
        Check::Hidden(fault) => hidden::run(rule, *fault, cx),
        // Known only when all rules have been checked: see the linter.
        Check::Waiver(_) => Verdict::pass(Vec::new()),
        Check::Remind => Verdict {
            status: Some(Status::Manual),
            because: cx.words.text("manual").to_owned(),
            ..Verdict::default()
        },
    }
}

impl<'a> Context<'a> {
    /// The kind of notice: `full` unless the front matter says otherwise.
    pub fn kind(&self) -> Kind {
        self.front.kind.map_or(Kind::Full, |k| k.value)
    }

    pub fn span(&self, at: &Slice) -> Span {
        self.notice.blocks[at.block]
            .text
            .source_span(at.range.clone())
    }

    pub fn text(&self, at: &Slice) -> &'a str {
        &self.notice.blocks[at.block].text.as_str()[at.range.clone()]
    }

    pub fn evidence(&self, at: &Slice) -> Evidence {
        Evidence {
            span: self.span(at),
            text: one_line(self.text(at)),
        }
    }

    /// Where a missing statement belongs: the heading of its section, else the title, else the first line.
    pub fn place_for(&self, section: Option<u8>) -> Span {
        let blocks = &self.notice.blocks;
        let in_section = |i: &usize| {
            section.is_some() && self.reading.opened.get(*i).copied().flatten() == section
        };
        if let Some(i) = (0..blocks.len()).find(in_section) {
            return blocks[i].text.source_span(0..blocks[i].text.len());
        }
        let title = self
            .reading
            .title
            .or(if blocks.is_empty() { None } else { Some(0) });
        match title {
            Some(t) => {
                let text = blocks[t].text.as_str();
                let end = text.find(['\n', '\u{2028}']).unwrap_or(text.len());
                blocks[t].text.source_span(0..end)
            }
            None => Span::new(0, 0),
        }
    }

    /// Where a pattern matches in a range of a block, counted from the start of the range.
    pub(crate) fn matches(
        &self,
        block: usize,
        pattern: &Pattern,
        range: Range<usize>,
    ) -> Rc<[Range<usize>]> {
        let text = self.notice.blocks[block].text.as_str();
        if let Some(Some(known)) = self.reading.texts.get(block) {
            return known.matches(pattern, text, range);
        }
        let all = pattern.find_iter(&text[range]);
        all.map(|m| m.range()).collect()
    }

    /// Whether a pattern matches in a range of a block.
    pub(crate) fn says(&self, block: usize, pattern: &Pattern, range: Range<usize>) -> bool {
        if let Some(Some(_)) = self.reading.texts.get(block) {
            return !self.matches(block, pattern, range).is_empty();
        }
        let text = self.notice.blocks[block].text.as_str();
        pattern.is_match(&text[range])
    }

    /// Whether a pattern can match anywhere in a block.
    pub fn may(&self, block: usize, pattern: &Pattern) -> bool {
        self.reading.hits.get(block).is_none_or(|h| h.may(pattern))
    }

    /// Where in the notice a pattern can match.
    pub fn stretches(&self, pattern: &Pattern) -> Stretches {
        self.reading.spread().stretches(pattern)
    }

    /// Ids of items, with the concept of each.
    pub fn item_id(&self, concept: ConceptId) -> &'a str {
        &self.language.vocabulary.concept(concept).id
    }

    /// The name of an item in the language of the messages.
    pub fn label(&self, id: &str) -> String {
        match self.language.vocabulary.id_of(id) {
            Some(c) => self
                .language
                .vocabulary
                .concept(c)
                .label
                .get(self.words.lang())
                .to_owned(),
            None => id.to_owned(),
        }
    }

    /// A label in the facts file.
    pub fn facts_label(&self, span: Span, text: String) -> Option<Label> {
        self.facts_path.as_ref().map(|p| Label {
            file: Some(p.clone()),
            span,
            text,
        })
    }
}

/// The other notices that this one is compared with, and what it says otherwise.
pub fn beside(cx: &Context<'_>) -> Vec<crate::report::BesideView> {
    let both = [("replaces", cx.replaces), ("translation-of", cx.original)];
    both.into_iter()
        .filter_map(|(what, other)| Some(others::view(cx, what, other?)))
        .collect()
}

/// The sentences of a notice, each on one line.
pub fn sentences<'c>(cx: &'c Context<'_>) -> impl Iterator<Item = String> + 'c {
    let one = |info: &crate::language::reading::SentenceInfo| {
        one_line(&cx.notice.blocks[info.block].text.as_str()[info.range.clone()])
    };
    cx.reading.sentences.iter().map(one)
}

/// The softer word that stands for the leak itself, where no clause says that there was one.
pub fn softer(cx: &Context<'_>) -> Option<(Span, String)> {
    use crate::language::polarity::Stance;
    use crate::language::vocabulary::Role;
    let vocabulary = &cx.language.vocabulary;
    let mentions = || {
        cx.reading
            .clauses
            .iter()
            .flat_map(|k| k.mentions.iter().map(move |m| (k.block, m)))
            .filter(|(_, m)| m.stance == Stance::Asserted)
    };
    let of = |role: &[Role]| {
        mentions().find(|(_, m)| {
            vocabulary
                .concept(m.concept)
                .role
                .is_some_and(|r| role.contains(&r))
        })
    };
    if of(&[Role::Leak, Role::LeakNoun]).is_some() {
        return None;
    }
    let (block, mention) = of(&[Role::SoftLeak])?;
    let at = Slice {
        block,
        range: mention.range.clone(),
    };
    Some((cx.span(&at), one_line(cx.text(&at))))
}

/// A text for one line: breaks and runs of white space are one space.
pub fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut parted = false;
    for c in text.chars() {
        let space = match c {
            '!'..='~' | '\u{ac00}'..='\u{d7a3}' => false,
            c => c.is_whitespace() || c == '\u{2028}' || c == '\u{1f}',
        };
        if space {
            parted = true;
            continue;
        }
        if parted && !out.is_empty() {
            out.push(' ');
        }
        parted = false;
        out.push(c);
    }
    out
}

/// The fixes that a rule offers for the text at `span`, of which `source` is the notice. Where marks or entities stand in it, none.
pub fn fixes(
    fix: Option<&schema::Fix>,
    text: &str,
    span: Span,
    source: &Source,
    words: Wording,
) -> Vec<Fix> {
    let Some(fix) = fix else { return Vec::new() };
    if source.slice(span) != text {
        return Vec::new();
    }
    let folded = text.to_lowercase();
    let safe = fix.replace.0.iter().map(|pair| (pair, fix.safe));
    let other = fix.replace_unsafe.0.iter().map(|pair| (pair, false));
    for ((from, to), safe) in safe.chain(other) {
        let Some(at) = folded.find(&from.to_lowercase()) else {
            continue;
        };
        // Lower case can change the length of some letters; then no fix is offered.
        let inside = text.is_char_boundary(at) && text.is_char_boundary(at + from.len());
        if folded.len() != text.len() || !inside {
            return Vec::new();
        }
        let original = &text[at..at + from.len()];
        let to = match original.chars().next() {
            Some(c) if c.is_uppercase() => {
                let mut letters = to.chars();
                letters
                    .next()
                    .map_or_else(String::new, |f| f.to_uppercase().chain(letters).collect())
            }
            _ => to.clone(),
        };
        let replaced = format!("{}{to}{}", &text[..at], &text[at + from.len()..]);
        return vec![Fix {
            title: message::fill(fix.title.get(words.lang()), &[("text", original)]),
            safe,
            edits: vec![crate::report::Edit {
                span,
                text: replaced,
            }],
        }];
    }
    Vec::new()
}
