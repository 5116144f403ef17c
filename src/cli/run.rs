//! Reads the notices of a run and checks each with its rules, facts and configuration. `check`, `baseline` and `fix` share it.

use std::collections::BTreeMap;
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use noticelint::config::Config;
use noticelint::report::wording::Wording;
use noticelint::report::{Problem, Report, RuleInfo, UsedFile};
use noticelint::source::Source;
use noticelint::{LintOutcome, Linter, Profile, Settings};

use super::configs::{Configs, Linters, shown_paths};
use super::facts::{FactsFiles, Loaded};
use super::others::{self, Limits, Others};
use super::progress::Progress;
use super::settings::What;
use super::walk::{self, Candidate};
use super::{names, read};

/// A file with all that it is checked with.
pub struct Planned {
    pub candidate: Candidate,
    pub config: Option<Arc<Config>>,
    pub linter: Arc<Linter>,
    pub profile: Profile,
    /// What was read in its place from standard input.
    pub stream: Option<Result<Source, Problem>>,
}

/// What a run is to look at, and what was left out on the way.
#[derive(Default)]
pub struct Plan {
    pub files: Vec<Planned>,
    pub skipped: Vec<(String, String)>,
    pub problems: Vec<Problem>,
    pub rules_hash: String,
    /// False if nothing can be checked: the rules or the names of rules given are wrong.
    pub usable: bool,
}

/// Finds the files and gives each its configuration and rules.
pub fn plan(what: &What, configs: &Configs, words: Wording) -> Plan {
    let mut linters = Linters::new(
        configs,
        &what.rule_folders,
        Settings {
            lang: words.lang(),
            select: what.select.clone(),
            ignore: what.ignore.clone(),
            as_of: what.as_of.clone(),
            brief: what.brief,
            terse: false,
        },
        words,
    );
    let found = walk::find(&what.paths, &|path| configs.wanted(path), words);
    let mut plan = Plan {
        skipped: found.skipped,
        problems: found.problems,
        ..Plan::default()
    };
    let mut candidates: Vec<(Candidate, Option<_>)> = Vec::new();
    if let Some(name) = &what.stdin {
        let shown = walk::shown(name);
        // What an editor sends is newer than the file of the same name.
        let others = found.candidates.into_iter().filter(|c| c.shown != shown);
        candidates.extend(others.map(|candidate| (candidate, None)));
        let stream = read::stream(io::stdin().lock(), &shown, what.max_size, words);
        let candidate = Candidate {
            path: name.clone(),
            shown,
            named: true,
        };
        candidates.insert(0, (candidate, Some(stream.map_err(|problem| *problem))));
    } else {
        candidates.extend(found.candidates.into_iter().map(|c| (c, None)));
    }
    if candidates.is_empty()
        && let Err(problems) = linters.of(None)
    {
        plan.problems = problems;
        return plan;
    }
    for (candidate, stream) in candidates {
        match planned(candidate, stream, configs, &mut linters, words) {
            Ok(file) => plan.files.push(file),
            Err(problems) => plan.problems.extend(problems),
        }
    }
    plan.rules_hash = linters.hash();
    let mut wrong = linters.unknown("--select", &what.select);
    wrong.extend(linters.unknown("--ignore", &what.ignore));
    if wrong.is_empty() && nothing_selected(what, &plan.files) {
        let message = words.text("nothing-selected").to_owned();
        wrong.push(read::plain_problem("", message));
    }
    if wrong.is_empty() {
        // Rules that cannot be loaded are wrong for every file.
        plan.usable = linters.usable();
    } else {
        plan.problems = wrong;
        plan.files.clear();
    }
    plan
}

fn nothing_selected(what: &What, files: &[Planned]) -> bool {
    let any = Profile::default();
    let left = |file: &Planned| {
        let mut rules = file.linter.rules().iter();
        rules.any(|rule| file.linter.checks(rule, &any))
    };
    let asked = !what.select.is_empty() || !what.ignore.is_empty();
    asked && !files.is_empty() && !files.iter().any(left)
}

fn planned(
    candidate: Candidate,
    stream: Option<Result<Source, Problem>>,
    configs: &Configs,
    linters: &mut Linters<'_>,
    words: Wording,
) -> Result<Planned, Vec<Problem>> {
    let config = configs.of(&candidate.path)?;
    let linter = linters.of(config.as_deref())?;
    let profile = config.as_ref().map_or_else(Profile::default, |config| {
        config.profile(&configs.absolute(&candidate.path), linter.rules())
    });
    let checks = |profile: &Profile| linter.rules().iter().any(|r| linter.checks(r, profile));
    if !checks(&profile) && checks(&Profile::default()) {
        let message = words.text("nothing-on").to_owned();
        return Err(vec![read::plain_problem(&candidate.shown, message)]);
    }
    Ok(Planned {
        candidate,
        config,
        linter,
        profile,
        stream,
    })
}

/// What became of one file.
pub enum Outcome {
    Checked(Box<Checked>),
    LeftOut(String, &'static str),
    Failed(Problem),
}

/// A notice that was checked.
pub struct Checked {
    pub outcome: LintOutcome,
    pub source: Arc<Source>,
    pub facts: Option<Arc<Loaded>>,
    pub others: Others,
    /// What is wrong with the facts, or with the notices that it names.
    pub problems: Vec<Problem>,
}

/// What every file is checked with.
pub struct Job<'a> {
    pub facts: &'a FactsFiles<'a>,
    pub max_size: u64,
    pub words: Wording,
}

/// Does `work` on every file, on some threads; the results are in the order of the files.
pub fn each<T: Send>(
    files: &[Planned],
    threads: usize,
    words: Wording,
    work: impl Fn(&Planned) -> T + Sync,
) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let progress = Progress::new(files.len(), words);
    let run = || {
        let mut own = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(file) = files.get(at) else {
                break own;
            };
            own.push((at, work(file)));
            progress.one_more();
        }
    };
    let threads = threads.min(files.len());
    let mut done = if threads <= 1 {
        run()
    } else {
        thread::scope(|scope| {
            let workers: Vec<_> = (0..threads).map(|_| scope.spawn(run)).collect();
            // A worker cannot panic: what might is caught file by file.
            workers
                .into_iter()
                .flat_map(|worker| worker.join().unwrap_or_default())
                .collect()
        })
    };
    progress.end();
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, outcome)| outcome).collect()
}

impl Job<'_> {
    /// The text of a file, or why there is none to check.
    pub fn source(&self, file: &Planned) -> Result<Source, Box<Outcome>> {
        if let Some(stream) = &file.stream {
            return stream
                .clone()
                .map_err(|problem| Box::new(Outcome::Failed(problem)));
        }
        let candidate = &file.candidate;
        let source = read::file(&candidate.path, &candidate.shown, self.max_size, self.words)
            .map_err(|problem| Box::new(Outcome::Failed(*problem)))?;
        if candidate.named {
            return Ok(source);
        }
        let absolute = std::path::absolute(&candidate.path).unwrap_or_default();
        let absolute = noticelint::config::without_dots(&absolute);
        let wanted = file.config.as_ref().map(|config| config.wanted(&absolute));
        match walk::left_out(&source.text, wanted) {
            Some(reason) => Err(Box::new(Outcome::LeftOut(candidate.shown.clone(), reason))),
            None => Ok(source),
        }
    }

    pub fn check(&self, file: &Planned) -> Outcome {
        match self.source(file) {
            Err(outcome) => *outcome,
            Ok(source) => self.check_source(file, source),
        }
    }

    /// Checks one notice. Facts that are broken are a problem of their own; the notice is then checked without them.
    pub fn check_source(&self, file: &Planned, source: Source) -> Outcome {
        if is_empty(&source.text) {
            return Outcome::Failed(Problem {
                path: source.path,
                message: self.words.text("empty-notice").to_owned(),
                hint: Some(self.words.text("empty-notice-hint").to_owned()),
                at: None,
            });
        }
        let (facts, mut problems) = match self.facts.of(&file.candidate.path, &source) {
            Ok(facts) => (facts, Vec::new()),
            Err(problems) => (None, problems),
        };
        // Facts that are there and wrong are not missing.
        let broken = facts.is_none() && !problems.is_empty();
        let limits = Limits {
            max_size: self.max_size,
            outside: self.facts.outside(),
        };
        let path = &file.candidate.path;
        let (others, more) = others::of(path, &source, facts.as_deref(), limits, self.words);
        problems.extend(more);
        problems.extend(noticelint::front::mislaid(&source));
        let given = facts
            .as_deref()
            .map(|loaded| (&*loaded.facts, loaded.source.path.as_str()));
        // A mistake of this program in one file must not keep the others from being checked.
        let lint = || {
            file.linter
                .lint_beside(&source, given, &file.profile, others.beside())
        };
        match panic::catch_unwind(AssertUnwindSafe(lint)) {
            Ok(mut outcome) => {
                if broken {
                    let (none, bad) = (
                        self.words.text("remark-no-facts"),
                        self.words.text("remark-bad-facts"),
                    );
                    for remark in outcome.report.remarks.iter_mut().filter(|r| *r == none) {
                        bad.clone_into(remark);
                    }
                }
                Outcome::Checked(Box::new(Checked {
                    outcome,
                    source: Arc::new(source),
                    facts,
                    others,
                    problems,
                }))
            }
            Err(_) => Outcome::Failed(Problem {
                path: source.path,
                message: self.words.text("worker-failed").to_owned(),
                hint: Some(self.words.text("worker-failed-hint").to_owned()),
                at: None,
            }),
        }
    }
}

/// The report of a run, and the configuration of each notice in it.
#[derive(Default)]
pub struct Run {
    pub report: Report,
    pub configs: BTreeMap<String, Option<Arc<Config>>>,
    /// Each one used.
    pub linters: Vec<Arc<Linter>>,
}

/// Checks all that `what` names.
pub fn run(what: &What, configs: &Configs, words: Wording) -> Run {
    let plan = plan(what, configs, words);
    let mut run = Run::default();
    run.report.as_of.clone_from(&what.as_of);
    run.report.problems = plan.problems;
    if !plan.usable {
        return run;
    }
    run.report.rules_hash = plan.rules_hash;
    run.report.skipped = plan.skipped;
    run.linters = linters_of(&plan.files);
    describe(&mut run, words);
    let items = item_ids(&plan.files);
    let items: Vec<&str> = items.iter().map(String::as_str).collect();
    let linters = linters_of(&plan.files);
    let facts = FactsFiles::new(what.incident.as_deref(), items, configs.outside, words)
        .with_names(|text| {
            let found = linters
                .iter()
                .find_map(|linter| linter.rules().item_named(text));
            found.map(str::to_owned)
        });
    let job = Job {
        facts: &facts,
        max_size: what.max_size,
        words,
    };
    let outcomes = each(&plan.files, what.threads, words, |file| job.check(file));
    for (file, outcome) in plan.files.into_iter().zip(outcomes) {
        if let Outcome::Checked(checked) = &outcome {
            let path = checked.outcome.report.path.clone();
            let used = file.config.as_ref().map(|config| UsedFile {
                what: "config-file",
                path: config.path.clone(),
                hash: config.hash.clone(),
            });
            let all = run.report.used.entry(path.clone()).or_default();
            all.extend(used);
            run.configs.insert(path, file.config);
        }
        add(outcome, &mut run.report);
    }
    if run.report.notices.is_empty() && run.report.problems.is_empty() {
        run.report.problems.push(no_notice(&what.paths, words));
    }
    run
}

/// Says of rules and items what the report says of them.
fn describe(run: &mut Run, words: Wording) {
    let lang = words.lang();
    for linter in &run.linters {
        let rules = linter.active_rules().map(|rule| RuleInfo::new(rule, lang));
        run.report.rules.extend(rules);
        run.report
            .item_names
            .extend(linter.rules().item_names(lang));
    }
    run.report.rules.sort_by(|a, b| a.id.cmp(&b.id));
    run.report.rules.dedup_by(|a, b| a.id == b.id);
}

/// Each linter of the files once.
fn linters_of(files: &[Planned]) -> Vec<Arc<Linter>> {
    let mut seen: Vec<Arc<Linter>> = Vec::new();
    for file in files {
        if !seen.iter().any(|linter| Arc::ptr_eq(linter, &file.linter)) {
            seen.push(Arc::clone(&file.linter));
        }
    }
    seen
}

/// Ids of the items that facts may name: those of all linters of the run.
pub fn item_ids(files: &[Planned]) -> Vec<String> {
    let mut ids: Vec<String> = linters_of(files)
        .iter()
        .flat_map(|linter| linter.rules().item_ids().map(str::to_owned))
        .collect();
    // Suggestions come in this order.
    let mut known = std::collections::HashSet::new();
    ids.retain(|id| known.insert(id.clone()));
    ids
}

pub fn no_notice(paths: &[PathBuf], words: Wording) -> Problem {
    Problem {
        path: shown_paths(paths),
        message: words.text("no-notice").to_owned(),
        hint: Some(words.text("no-notice-hint").to_owned()),
        at: None,
    }
}

fn add(outcome: Outcome, report: &mut Report) {
    match outcome {
        Outcome::Failed(problem) => report.problems.push(problem),
        Outcome::LeftOut(path, reason) => report.skipped.push((path, reason.to_owned())),
        Outcome::Checked(checked) => {
            let Checked {
                outcome,
                source,
                facts,
                others,
                problems,
            } = *checked;
            report.problems.extend(problems);
            report.problems.extend(outcome.problems);
            report.sources.insert(source.path.clone(), source);
            for other in others.sources() {
                report.sources.insert(other.path.clone(), Arc::clone(other));
            }
            if let Some(loaded) = facts {
                let path = &loaded.source.path;
                report
                    .sources
                    .insert(path.clone(), Arc::clone(&loaded.source));
                report.facts.insert(path.clone(), Arc::clone(&loaded.facts));
            }
            report.notices.push(outcome.report);
        }
    }
}

/// Whether `name` is a rule or pack that `--select` and `--ignore` leave on.
pub fn typed(what: &What, id: &str) -> bool {
    let named = |list: &[String]| list.iter().any(|name| names::names(name, id));
    (what.select.is_empty() || named(&what.select)) && !named(&what.ignore)
}

/// Whether nothing stands in a notice but its front matter.
fn is_empty(text: &str) -> bool {
    let front = noticelint::notice::cut_front_matter(text);
    let body = front
        .filter(|front| front.closed)
        .map_or(0, |f| f.whole.end);
    let text = text.get(body..).unwrap_or_default();
    text.trim_start_matches('\u{feff}').trim().is_empty()
}

/// The folder that a file lies in.
pub fn folder_of(file: &Path) -> &Path {
    file.parent().unwrap_or(Path::new(""))
}
