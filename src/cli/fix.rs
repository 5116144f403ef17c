//! `noticelint fix`.

use std::collections::BTreeMap;
use std::path::Path;

use noticelint::fix::{self, Fixed};
use noticelint::report::Problem;
use noticelint::report::wording::Wording;
use noticelint::source::Source;
use similar::TextDiff;

use super::args::FixArgs;
use super::configs::Configs;
use super::facts::FactsFiles;
use super::output::Output;
use super::run::{self, Job, Outcome, Planned};
use super::settings::{self, What};
use super::{Exit, read, walk, write};

/// What became of one file.
enum Done {
    Fixed(Source, Fixed),
    LeftOut,
    Failed(Vec<Problem>),
}

pub fn run(args: FixArgs) -> anyhow::Result<Exit> {
    let configs = Configs::new(&args.what.config, settings::output(&args.common).words);
    let chosen = settings::chosen(&args.common, &configs, &args.what.paths);
    let output = Output::new(chosen.words, args.common.color);
    let words = output.words;
    let configs = configs.in_words(words);
    let what = match What::new(args.what, None, words) {
        Ok(what) if what.stdin.is_some() => {
            let message = words.text("fix-no-stdin").to_owned();
            output.problems(&[read::plain_problem("-", message)], &BTreeMap::new());
            return Ok(Exit::Failed);
        }
        Ok(what) => what,
        Err(problem) => {
            output.problems(&[*problem], &BTreeMap::new());
            return Ok(Exit::Failed);
        }
    };
    let plan = run::plan(&what, &configs, words);
    let mut problems = plan.problems;
    let (mut sum, mut files) = (Sum::default(), 0);
    if plan.usable {
        let items = run::item_ids(&plan.files);
        let items: Vec<&str> = items.iter().map(String::as_str).collect();
        let facts = FactsFiles::new(what.incident.as_deref(), items, configs.outside, words);
        let job = Job {
            facts: &facts,
            max_size: what.max_size,
            words,
        };
        let done = run::each(&plan.files, what.threads, words, |file| {
            one(&job, file, args.all)
        });
        for (file, done) in plan.files.iter().zip(done) {
            match done {
                Done::LeftOut => {}
                Done::Failed(more) => problems.extend(more),
                Done::Fixed(source, fixed) => {
                    files += 1;
                    let path = &file.candidate.path;
                    match put(path, &source, &fixed, args.write, &configs, output) {
                        Ok(()) => sum.add(&fixed),
                        Err(problem) => problems.push(*problem),
                    }
                }
            }
        }
        if files == 0 && problems.is_empty() {
            problems.push(run::no_notice(&what.paths, words));
        }
    }
    if files > 0 {
        output.remark(&sum.text(args.write, words));
    }
    problems.sort_by(|a, b| (&a.path, &a.message).cmp(&(&b.path, &b.message)));
    problems.dedup();
    output.problems(&problems, &BTreeMap::new());
    Ok(if !problems.is_empty() {
        Exit::Failed
    } else if sum.files > 0 && !args.write {
        Exit::Findings
    } else {
        Exit::Clean
    })
}

fn one(job: &Job<'_>, file: &Planned, all: bool) -> Done {
    let source = match job.source(file) {
        Ok(source) => source,
        Err(outcome) => {
            return match *outcome {
                Outcome::Failed(problem) => Done::Failed(vec![problem]),
                Outcome::LeftOut(..) | Outcome::Checked(_) => Done::LeftOut,
            };
        }
    };
    let (facts, front) = match job.check_source(file, source.clone()) {
        Outcome::Checked(checked) => {
            let mut problems = checked.problems;
            problems.extend(checked.outcome.problems);
            (checked.facts, problems)
        }
        Outcome::Failed(problem) => return Done::Failed(vec![problem]),
        Outcome::LeftOut(..) => return Done::LeftOut,
    };
    // Read wrongly, a notice could be mended wrongly.
    if !front.is_empty() {
        return Done::Failed(front);
    }
    let given = facts
        .as_deref()
        .map(|loaded| (&*loaded.facts, loaded.source.path.as_str()));
    let fixed = fix::fix(&source, all, |source| {
        file.linter.lint_as(source, given, &file.profile)
    });
    Done::Fixed(source, fixed)
}

/// Shows or writes what was mended in one file.
fn put(
    path: &Path,
    source: &Source,
    fixed: &Fixed,
    write: bool,
    configs: &Configs,
    output: Output,
) -> Result<(), Box<Problem>> {
    if fixed.text == source.text {
        return Ok(());
    }
    if write {
        write::whole(path, fixed.text.as_bytes()).map_err(|error| {
            let message = read::io_message(&error, output.words);
            Box::new(read::plain_problem(&walk::shown(path), message))
        })?;
        return output
            .report(&format!("{}\n", walk::shown(path)))
            .map_err(|error| Box::new(read::plain_problem(&walk::shown(path), error.to_string())));
    }
    let shown = configs.shown(&configs.absolute(path));
    let diff = diff(&shown, &source.text, &fixed.text);
    output
        .report(&diff)
        .map_err(|error| Box::new(read::plain_problem(&shown, error.to_string())))
}

/// A unified diff as git writes it: `patch -p1` and `git apply` take it.
fn diff(path: &str, old: &str, new: &str) -> String {
    let name = path.trim_start_matches('/');
    // Without the tab, `patch` takes a name to end at its first blank.
    let tab = if name.contains(' ') { "\t" } else { "" };
    TextDiff::from_lines(old, new)
        .unified_diff()
        .context_radius(3)
        .header(&format!("a/{name}{tab}"), &format!("b/{name}{tab}"))
        .to_string()
}

#[derive(Default)]
struct Sum {
    files: usize,
    fixes: usize,
    undecided: usize,
}

impl Sum {
    fn add(&mut self, fixed: &Fixed) {
        let fixes: usize = fixed.applied.values().sum();
        self.files += usize::from(fixes > 0);
        self.fixes += fixes;
        self.undecided += fixed.undecided;
    }

    fn text(&self, written: bool, words: Wording) -> String {
        let files = self.files.to_string();
        let key = match (self.fixes, written) {
            (0, _) => "fix-nothing",
            (_, true) => "fix-written",
            (_, false) => "fix-shown",
        };
        let mut text = words.count(key, self.fixes, &[("files", &files)]);
        if self.undecided > 0 {
            text.push(' ');
            text.push_str(&words.count("fix-undecided", self.undecided, &[]));
        }
        text
    }
}
