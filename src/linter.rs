//! The whole of it without input or output: a source and its facts in, a report out.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::facts::Facts;
use crate::front::{Front, Kind};
use crate::lang::Lang;
use crate::language::reading::{self, Reading};
use crate::language::scan::Scanner;
use crate::language::vocabulary::ConceptId;
use crate::notice::Notice;
use crate::report::wording::Wording;
use crate::report::{
    ChecklistEntry, ClauseView, Finding, Label, NoticeReport, Place, Problem, Severity, Status,
};
use crate::rules::check::{self, Complaint, Context, Other, Verdict, message};
use crate::rules::{Check, Rule, RuleSet};
use crate::source::{Source, Span};
use crate::waivers::Waivers;

/// What a run is to use and show.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Language of messages.
    pub lang: Lang,
    /// Rules or packs; empty means all.
    pub select: Vec<String>,
    pub ignore: Vec<String>,
    /// ISO date that stands for today, against which waivers are judged; the clock is never read.
    pub as_of: Option<String>,
    /// The report is to hold findings and checklist only: neither clauses nor claims.
    pub brief: bool,
    /// Findings are told by rule, place and message: they need neither help nor a fingerprint, and there is no checklist.
    pub terse: bool,
}

/// What differs for one notice: rules that are off, and other severities. The default is that nothing does.
#[derive(Debug, Clone, Default)]
pub struct Profile {
    off: HashSet<Arc<str>>,
    severities: HashMap<Arc<str>, Severity>,
    cohort: Option<String>,
}

impl Profile {
    /// This rule is not checked.
    pub fn turn_off(&mut self, rule: &Arc<str>) {
        self.off.insert(Arc::clone(rule));
    }

    /// This rule's findings have this severity. An uncertain reading still lowers it.
    pub fn set(&mut self, rule: &Arc<str>, severity: Severity) {
        self.severities.insert(Arc::clone(rule), severity);
    }

    pub fn is_off(&self, rule: &str) -> bool {
        self.off.contains(rule)
    }

    /// The cohort it is for, whatever its front matter says.
    pub fn set_cohort(&mut self, cohort: Option<String>) {
        self.cohort = cohort;
    }

    /// The severity that stands in place of the rule's own.
    pub fn severity(&self, rule: &str) -> Option<Severity> {
        self.severities.get(rule).copied()
    }
}

/// What became of one notice.
#[derive(Debug)]
pub struct LintOutcome {
    pub report: NoticeReport,
    /// Mistakes in the front matter or between it and the facts.
    pub problems: Vec<Problem>,
}

/// What became of one notice, with what was made of it on the way.
#[derive(Debug)]
pub(crate) struct Linted {
    pub outcome: LintOutcome,
    pub notice: Notice,
    pub reading: Reading,
}

/// Checks notices against rules. It holds no state, so that one serves any number of threads.
#[derive(Debug)]
pub struct Linter {
    rules: RuleSet,
    settings: Settings,
}

/// Other notices of the same incident, as read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Beside<'a> {
    /// The one that the notice replaces or adds to.
    pub replaces: Option<&'a Source>,
    /// The one that it is a translation of.
    pub translation_of: Option<&'a Source>,
}

impl Linter {
    pub fn new(rules: RuleSet, settings: Settings) -> Self {
        Self { rules, settings }
    }

    pub fn rules(&self) -> &RuleSet {
        &self.rules
    }

    pub(crate) fn rules_mut(&mut self) -> &mut RuleSet {
        &mut self.rules
    }

    /// The rules that are applied: those selected and not ignored.
    pub fn active_rules(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter().filter(|rule| self.active(rule))
    }

    fn active(&self, rule: &Rule) -> bool {
        let named = |list: &[String]| list.iter().any(|n| n == &*rule.id || n == rule.pack());
        (self.settings.select.is_empty() || named(&self.settings.select))
            && !named(&self.settings.ignore)
    }

    /// Checks one notice. `facts` come with the path under which they are shown.
    pub fn lint(&self, source: &Source, facts: Option<(&Facts, &str)>) -> LintOutcome {
        self.lint_as(source, facts, &Profile::default())
    }

    /// As [`Linter::lint`], with what a configuration says of this notice. Rules that `Settings::select` names are checked even if
    /// the profile turns them off: the command line is stronger.
    pub fn lint_as(
        &self,
        source: &Source,
        facts: Option<(&Facts, &str)>,
        profile: &Profile,
    ) -> LintOutcome {
        self.lint_beside(source, facts, profile, Beside::default())
    }

    /// As [`Linter::lint_as`], beside other notices of the same incident: those that the front matter names.
    pub fn lint_beside(
        &self,
        source: &Source,
        facts: Option<(&Facts, &str)>,
        profile: &Profile,
        beside: Beside<'_>,
    ) -> LintOutcome {
        let active = |rule: &Rule| self.checks(rule, profile);
        let listed = !self.settings.terse;
        self.lint_rules(source, facts, profile, beside, &active, listed)
            .outcome
    }

    /// Whether a rule is checked with this profile.
    pub fn checks(&self, rule: &Rule, profile: &Profile) -> bool {
        self.active(rule) && !(self.settings.select.is_empty() && profile.is_off(&rule.id))
    }

    /// As [`Linter::lint_as`], with the notice and its reading. What rules looked at of the text of a block can be told from it.
    pub(crate) fn lint_whole(
        &self,
        source: &Source,
        facts: Option<(&Facts, &str)>,
        profile: &Profile,
    ) -> Linted {
        let active = |rule: &Rule| self.checks(rule, profile);
        let listed = !self.settings.terse;
        self.lint_rules(source, facts, profile, Beside::default(), &active, listed)
    }

    /// With the rules that are `active`. `listed`: with the checklist.
    pub(crate) fn lint_rules(
        &self,
        source: &Source,
        facts: Option<(&Facts, &str)>,
        profile: &Profile,
        beside: Beside<'_>,
        active: &dyn Fn(&Rule) -> bool,
        listed: bool,
    ) -> Linted {
        let replaces = beside.replaces.map(|source| self.other(source));
        let original = beside.translation_of.map(|source| self.other(source));
        let mut notice = Notice::parse(source);
        let mut problems = Vec::new();
        let front = match notice.front.as_ref().filter(|f| f.closed) {
            Some(f) => match Front::read(&source.path, &source.text, f.yaml) {
                Ok(front) => front,
                Err(more) => {
                    problems.extend(more);
                    Front::default()
                }
            },
            None => Front::default(),
        };
        if let Some(title) = &front.title {
            notice.add_title(
                &title.value,
                inside_quotes(source, title.span, &title.value),
            );
        }
        let language = &self.rules.language;
        let reading = reading::read(language, &notice);
        notice.blocks.iter().for_each(|b| b.text.forget_looks());
        let words = Wording::new(self.settings.lang);
        let cohort = match facts {
            Some((f, _)) => match f.cohort(
                profile
                    .cohort
                    .as_deref()
                    .or(front.cohort.as_ref().map(|c| c.value.as_str())),
            ) {
                Ok(cohort) => Some(cohort),
                Err(error) => {
                    let span = front.cohort.as_ref().map_or(Span::default(), |c| c.span);
                    problems.push(Problem {
                        path: source.path.clone(),
                        message: error.to_string(),
                        hint: error.hint(),
                        at: Some(Place::of(source, span)),
                    });
                    None
                }
            },
            None => None,
        };
        let notice_language = front.language.as_ref().map_or_else(
            || {
                language
                    .vocabulary
                    .language_of(reading.head_final_share())
                    .to_owned()
            },
            |l| l.value.clone(),
        );
        let cx = Context {
            source,
            notice: &notice,
            front: &front,
            reading: &reading,
            language,
            rules: &self.rules,
            facts: facts.map(|(f, _)| f),
            facts_path: facts.map(|(_, p)| PathBuf::from(p)),
            cohort,
            replaces: replaces.as_ref(),
            original: original.as_ref(),
            notice_language: &notice_language,
            words,
            index: check::Mentions::of(&reading, language.vocabulary.concepts.len()),
            hidden: self.hidden(&notice),
        };
        let mut waivers = Waivers::of(&front, &notice, self.settings.as_of.as_deref());
        let mut findings = Vec::new();
        let mut checklist = listed.then(|| Vec::with_capacity(self.rules.rules.len()));
        let mut needs_facts = false;
        let no_facts = words.text("na-no-facts");
        let no_time = words.text("manual-no-notify-at");
        let mut needs_time = false;
        // A supplement tells what is new: what the notice before it told need not be told again.
        let before = beside
            .replaces
            .filter(|_| cx.kind() == Kind::Supplement)
            .map(|earlier| {
                let alone = Beside::default();
                let linted = self.lint_rules(earlier, facts, profile, alone, active, true);
                linted.outcome.report.checklist
            })
            .unwrap_or_default();
        // Those that yield come when the others have spoken.
        let rules: Vec<&Rule> = self.rules.iter().filter(|rule| active(rule)).collect();
        let in_turn = |last: bool| {
            let rules = rules.iter().copied();
            rules.filter(move |rule| rule.yields_to.is_empty() != last)
        };
        for rule in in_turn(false).chain(in_turn(true)) {
            let verdict = match &rule.check {
                Check::Waiver(_) => continue,
                _ => rule.leave_to_others(check::run(rule, &cx), &findings, &cx),
            };
            let verdict = match told_before(rule, &verdict, &before) {
                true => Verdict::not_applicable(words.text("na-told-before")),
                false => verdict,
            };
            needs_facts |= facts.is_none() && verdict.because == no_facts;
            needs_time |= verdict.because == no_time;
            self.settle(
                rule,
                verdict,
                &cx,
                profile,
                &mut waivers,
                &mut findings,
                &mut checklist,
            );
        }
        for rule in rules.iter().copied() {
            if let Check::Waiver(fault) = &rule.check {
                let complaints = waivers.faults(*fault, source, &self.rules, words, active);
                self.settle(
                    rule,
                    Verdict::of(complaints, Vec::new()),
                    &cx,
                    profile,
                    &mut waivers,
                    &mut findings,
                    &mut checklist,
                );
            }
        }
        findings.sort_by(|a, b| (a.span, &a.rule, &a.message).cmp(&(b.span, &b.rule, &b.message)));
        let mut checklist = checklist.unwrap_or_default();
        checklist.sort_by(|a: &ChecklistEntry, b| a.rule.cmp(&b.rule));
        let mut remarks = Vec::new();
        if needs_facts {
            remarks.push(words.text("remark-no-facts").to_owned());
        }
        let (claims, clauses) = match self.settings.brief {
            true => Default::default(),
            false => (check::claims::of(&cx), clauses(&cx)),
        };
        if needs_time {
            remarks.push(no_time.to_owned());
        }
        let report = NoticeReport {
            path: source.path.clone(),
            language: notice_language.clone(),
            incident: facts.map(|(_, p)| p.to_owned()),
            cohort: cohort.map(|c| c.name.value.clone()),
            findings,
            checklist,
            claims,
            clauses,
            beside: check::beside(&cx),
            remarks,
        };
        Linted {
            outcome: LintOutcome { report, problems },
            notice,
            reading,
        }
    }

    /// What another notice of the incident claims. What is wrong with its front matter is told when that notice is checked.
    pub fn other(&self, source: &Source) -> Other {
        let mut notice = Notice::parse(source);
        let front = notice
            .front
            .as_ref()
            .filter(|f| f.closed)
            .and_then(|f| Front::read(&source.path, &source.text, f.yaml).ok())
            .unwrap_or_default();
        if let Some(title) = &front.title {
            notice.add_title(&title.value, title.span);
        }
        let reading = reading::read(&self.rules.language, &notice);
        let cx = Context {
            source,
            notice: &notice,
            front: &front,
            reading: &reading,
            language: &self.rules.language,
            rules: &self.rules,
            facts: None,
            facts_path: None,
            cohort: None,
            replaces: None,
            original: None,
            notice_language: "",
            words: Wording::new(self.settings.lang),
            index: check::Mentions::default(),
            hidden: Vec::new(),
        };
        let sent = front.notify_at.as_ref().map(|at| at.value.date());
        let posted = front.posted.as_ref().and_then(|posted| posted.value.from);
        Other {
            path: source.path.clone(),
            kind: cx.kind(),
            sent_on: sent.or(posted.map(|from| from.value)),
            claims: check::claims::of(&cx),
            softer: check::softer(&cx),
            sentences: check::sentences(&cx).collect(),
        }
    }

    /// Which concepts are named where no reader sees them.
    fn hidden(&self, notice: &Notice) -> Vec<(ConceptId, Span)> {
        let mut scanner = Scanner::default();
        let mut tokens = Vec::new();
        let mut out = Vec::new();
        for h in &notice.hidden {
            if !h.text.trim().is_empty() {
                scanner.scan(&self.rules.language.vocabulary, &h.text, &mut tokens);
                out.extend(tokens.iter().map(|t| (t.concept, h.span)));
            }
        }
        out
    }

    #[allow(clippy::too_many_arguments)]
    fn settle(
        &self,
        rule: &Rule,
        verdict: Verdict,
        cx: &Context<'_>,
        profile: &Profile,
        waivers: &mut Waivers<'_>,
        findings: &mut Vec<Finding>,
        checklist: &mut Option<Vec<ChecklistEntry>>,
    ) {
        let mut open = 0;
        let total = verdict.complaints.len();
        for complaint in verdict.complaints {
            let mut finding = self.finding(rule, complaint, cx, profile);
            if let Some(last) = findings.last()
                && last.help == finding.help
            {
                finding.help = Arc::clone(&last.help);
            }
            match waivers.find(&rule.id, finding.span) {
                Some(waiver) if rule.waivable => finding.waived = Some(waiver.waived()),
                Some(waiver) => {
                    open += 1;
                    finding.labels.push(Label {
                        file: None,
                        span: waiver.span,
                        text: cx.words.text("not-waivable").to_owned(),
                    });
                }
                None => open += 1,
            }
            findings.push(finding);
        }
        let status = match verdict.status {
            Some(Status::Fail) if open == 0 && total > 0 => Status::Waived,
            Some(status) => status,
            None => Status::Pass,
        };
        if let Some(checklist) = checklist {
            checklist.push(ChecklistEntry {
                rule: Arc::clone(&rule.id),
                status,
                evidence: verdict.evidence,
                because: verdict.because,
            });
        }
    }

    fn finding(
        &self,
        rule: &Rule,
        complaint: Complaint,
        cx: &Context<'_>,
        profile: &Profile,
    ) -> Finding {
        let lang = self.settings.lang;
        let values: Vec<(&str, &str)> = complaint
            .values
            .iter()
            .map(|(k, v)| (*k, v.as_str()))
            .collect();
        let mut help = match self.settings.terse {
            true => String::new(),
            false => message::fill(rule.help.get(lang), &values),
        };
        let whole = profile.severity(&rule.id).unwrap_or(rule.severity);
        let mut severity = complaint.severity.map_or(whole, |s| s.min(whole));
        if check::when::uncertain_force(rule, cx) {
            severity = severity.min(Severity::Warning);
            help.push(' ');
            help.push_str(cx.words.text("uncertain-force"));
        }
        let mut fixes = complaint.fixes;
        // What is uncertain is for a person to decide.
        if severity < whole {
            fixes.iter_mut().for_each(|fix| fix.safe = false);
        }
        if let Some(note) = &complaint.note {
            help.push(' ');
            help.push_str(note);
        }
        Finding {
            rule: Arc::clone(&rule.id),
            severity,
            message: message::fill(rule.message.get(lang), &values),
            help: help.into(),
            fingerprint: match self.settings.terse {
                true => String::new(),
                false => fingerprint(&rule.id, &section_at(cx, complaint.span), &complaint.key),
            },
            authority: Arc::clone(rule.authority_in(lang)),
            span: complaint.span,
            labels: complaint.labels,
            fixes,
            waived: None,
        }
    }
}

/// Where a value stands inside of its quotation marks, if it is written there as it is read; else all of `span`.
fn inside_quotes(source: &Source, span: Span, value: &str) -> Span {
    let written = source.slice(span);
    let inner = Span::new(span.start + 1, span.end.saturating_sub(1));
    let quoted = written.len() == value.len() + 2 && written.starts_with(['"', '\'']);
    match quoted && source.slice(inner) == value {
        true => inner,
        false => span,
    }
}

/// The heading over a place, for fingerprints.
fn section_at(cx: &Context<'_>, span: Span) -> String {
    let block = cx
        .notice
        .blocks
        .iter()
        .rev()
        .find(|b| b.span.start <= span.start);
    block.and_then(|b| b.heading).map_or_else(String::new, |h| {
        check::one_line(cx.notice.blocks[h].text.as_str())
    })
}

/// Made of rule, section and matched text; never of a line number.
fn fingerprint(rule: &str, section: &str, text: &str) -> String {
    let mut hasher = Sha256::new();
    for part in [rule, section, text] {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    hasher
        .finalize()
        .iter()
        .take(8)
        .flat_map(|b| [b >> 4, b & 15])
        .filter_map(|half| char::from_digit(half.into(), 16))
        .collect()
}

fn clauses(cx: &Context<'_>) -> Vec<ClauseView> {
    cx.reading
        .clauses
        .iter()
        .map(|k| {
            let at = reading::Slice {
                block: k.block,
                range: k.range.clone(),
            };
            let mut concepts: Vec<String> = Vec::new();
            for m in &k.mentions {
                let id = &cx.language.vocabulary.concept(m.concept).id;
                if !concepts.iter().any(|c| c == id) {
                    concepts.push(id.clone());
                }
            }
            ClauseView {
                span: cx.span(&at),
                text: check::one_line(cx.text(&at)),
                stance: k.stance.name(),
                place: k.place.name(),
                concepts,
            }
        })
        .collect()
}

/// Whether a statement that is missing here was made in the notice before.
fn told_before(rule: &Rule, verdict: &Verdict, before: &[ChecklistEntry]) -> bool {
    let asks = matches!(rule.check, Check::Require(_) | Check::Contact(_));
    let told = |entry: &ChecklistEntry| entry.rule == rule.id && entry.status == Status::Pass;
    asks && verdict.status == Some(Status::Fail) && before.iter().any(told)
}
