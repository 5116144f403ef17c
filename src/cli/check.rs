//! `noticelint check`.

use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use noticelint::report::wording::Wording;
use noticelint::report::{Problem, Report, human, json};
use noticelint::source::Source;
use noticelint::{LintOutcome, Linter, Settings};

use super::Exit;
use super::args::{CheckArgs, Format};
use super::facts::{FactsFiles, Loaded};
use super::output::Output;
use super::settings::{self, CheckSettings};
use super::walk::{self, Candidate};
use super::{names, read, rules};

pub fn run(args: CheckArgs) -> anyhow::Result<Exit> {
    let output = settings::output(&args.common);
    let format = args.format;
    let verbose = args.verbose;
    let mut report = Report::default();
    let mut fail_on = None;
    match CheckSettings::new(args, output.words) {
        Err(problem) => report.problems.push(*problem),
        Ok(settings) => {
            fail_on = settings.fail_on;
            report.as_of.clone_from(&settings.as_of);
            match linter(&settings, output.words) {
                Err(problems) => report.problems = problems,
                Ok(linter) => check(&settings, &linter, output.words, &mut report),
            }
        }
    }
    report.sort();
    tell(&report, format, verbose, output)?;
    Ok(if !report.problems.is_empty() {
        Exit::Failed
    } else if fail_on.is_some_and(|least| report.gravest().is_some_and(|gravest| gravest >= least))
    {
        Exit::Findings
    } else {
        Exit::Clean
    })
}

fn tell(report: &Report, format: Format, verbose: bool, output: Output) -> anyhow::Result<()> {
    match format {
        Format::Json => output.report(&json::render(report, json::Content::Check))?,
        // Without a notice there is nothing to sum up; the problems say why.
        Format::Human if report.notices.is_empty() && report.skipped.is_empty() => {}
        Format::Human => output.report(&human::render(report, output.look(verbose)))?,
    }
    output.problems(&report.problems, &report.sources);
    Ok(())
}

/// The rules, checked against what was selected.
fn linter(settings: &CheckSettings, words: Wording) -> Result<Linter, Vec<Problem>> {
    let rules = rules::load(&settings.rule_folders, words)?;
    let mut problems = names::unknown("--select", &settings.select, &rules, words);
    problems.extend(names::unknown("--ignore", &settings.ignore, &rules, words));
    if !problems.is_empty() {
        return Err(problems);
    }
    let named = |list: &[String], id: &str| list.iter().any(|name| names::names(name, id));
    let any = rules.iter().any(|rule| {
        (settings.select.is_empty() || named(&settings.select, &rule.id))
            && !named(&settings.ignore, &rule.id)
    });
    if !any {
        let message = words.text("nothing-selected").to_owned();
        return Err(vec![Problem {
            path: String::new(),
            message,
            hint: None,
            at: None,
        }]);
    }
    Ok(Linter::new(
        rules,
        Settings {
            lang: words.lang(),
            select: settings.select.clone(),
            ignore: settings.ignore.clone(),
            as_of: settings.as_of.clone(),
        },
    ))
}

/// What became of one file.
enum Outcome {
    Checked {
        outcome: Box<LintOutcome>,
        source: Arc<Source>,
        facts: Option<Arc<Loaded>>,
        problems: Vec<Problem>,
    },
    LeftOut(String, &'static str),
    Failed(Problem),
}

fn check(settings: &CheckSettings, linter: &Linter, words: Wording, report: &mut Report) {
    report.rules_hash = linter.rules().hash().to_owned();
    let found = walk::find(&settings.paths, words);
    report.skipped = found.skipped;
    report.problems = found.problems;
    let items = linter.rules().item_ids().collect();
    let facts = FactsFiles::new(settings.incident.as_deref(), items, words);
    let job = Job {
        linter,
        facts: &facts,
        words,
    };

    let mut candidates = found.candidates;
    if let Some(name) = &settings.stdin {
        let shown = walk::shown(name);
        // What an editor sends is newer than the file of the same name.
        candidates.retain(|candidate| candidate.shown != shown);
        let outcome = match read::stream(io::stdin().lock(), &shown, words) {
            Ok(source) => job.check(name, source),
            Err(problem) => Outcome::Failed(*problem),
        };
        add(outcome, report);
    }
    for outcome in job.check_all(&candidates, settings.threads) {
        add(outcome, report);
    }
    if report.notices.is_empty() && report.problems.is_empty() {
        report.problems.push(no_notice(&settings.paths, words));
    }
}

fn no_notice(paths: &[PathBuf], words: Wording) -> Problem {
    let mut paths: Vec<String> = paths.iter().map(|path| walk::shown(path)).collect();
    paths.sort();
    Problem {
        path: paths.join(", "),
        message: words.text("no-notice").to_owned(),
        hint: Some(words.text("no-notice-hint").to_owned()),
        at: None,
    }
}

fn add(outcome: Outcome, report: &mut Report) {
    match outcome {
        Outcome::Failed(problem) => report.problems.push(problem),
        Outcome::LeftOut(path, reason) => report.skipped.push((path, reason.to_owned())),
        Outcome::Checked {
            outcome,
            source,
            facts,
            problems,
        } => {
            report.problems.extend(problems);
            report.problems.extend(outcome.problems);
            report.sources.insert(source.path.clone(), source);
            if let Some(loaded) = facts {
                report
                    .sources
                    .insert(loaded.source.path.clone(), Arc::clone(&loaded.source));
            }
            report.notices.push(outcome.report);
        }
    }
}

/// What every file is checked with.
struct Job<'a> {
    linter: &'a Linter,
    facts: &'a FactsFiles<'a>,
    words: Wording,
}

impl Job<'_> {
    /// The outcomes in the order of the candidates.
    fn check_all(&self, candidates: &[Candidate], threads: usize) -> Vec<Outcome> {
        let next = AtomicUsize::new(0);
        let work = || {
            let mut own = Vec::new();
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(candidate) = candidates.get(at) else {
                    break own;
                };
                own.push((at, self.check_file(candidate)));
            }
        };
        let mut outcomes = if threads.min(candidates.len()) <= 1 {
            work()
        } else {
            thread::scope(|scope| {
                let workers: Vec<_> = (0..threads.min(candidates.len()))
                    .map(|_| scope.spawn(work))
                    .collect();
                // A worker cannot panic: what might is caught file by file.
                workers
                    .into_iter()
                    .flat_map(|worker| worker.join().unwrap_or_default())
                    .collect()
            })
        };
        outcomes.sort_by_key(|(at, _)| *at);
        outcomes.into_iter().map(|(_, outcome)| outcome).collect()
    }

    fn check_file(&self, candidate: &Candidate) -> Outcome {
        match read::file(&candidate.path, &candidate.shown, self.words) {
            Err(problem) => Outcome::Failed(*problem),
            Ok(source) => match walk::left_out(&source.text) {
                Some(reason) if !candidate.named => {
                    Outcome::LeftOut(candidate.shown.clone(), reason)
                }
                _ => self.check(&candidate.path, source),
            },
        }
    }

    /// Checks one notice. Facts that are broken are a problem of their own; the notice is then checked without them.
    fn check(&self, path: &Path, source: Source) -> Outcome {
        let (facts, problems) = match self.facts.of(path, &source) {
            Ok(facts) => (facts, Vec::new()),
            Err(problems) => (None, problems),
        };
        let given = facts
            .as_deref()
            .map(|loaded| (&loaded.facts, loaded.source.path.as_str()));
        // A mistake of this program in one file must not keep the others from being checked.
        match panic::catch_unwind(AssertUnwindSafe(|| self.linter.lint(&source, given))) {
            Ok(outcome) => Outcome::Checked {
                outcome: Box::new(outcome),
                source: Arc::new(source),
                facts,
                problems,
            },
            Err(_) => Outcome::Failed(Problem {
                path: source.path,
                message: self.words.text("worker-failed").to_owned(),
                hint: Some(self.words.text("worker-failed-hint").to_owned()),
                at: None,
            }),
        }
    }
}
