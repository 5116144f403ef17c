//! The baseline of a run, and `noticelint baseline`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use noticelint::baseline::Baseline;
use noticelint::report::wording::Wording;
use noticelint::report::{KnownFindings, Report, UsedFile, sha256, shown_path};
use noticelint::source::MAX_BYTES;

use super::args::BaselineArgs;
use super::check::exists;
use super::configs::Configs;
use super::output::Output;
use super::run::{self, Run};
use super::settings::{self, What};
use super::{Exit, read, write};

/// Sets aside what the baselines know: the one that was `given` for all notices, else those of the configurations.
pub fn apply(run: &mut Run, given: Option<&Path>, what: &What, configs: &Configs, words: Wording) {
    if run.report.notices.is_empty() {
        return;
    }
    // Each baseline with the notices that it is for.
    let mut files: BTreeMap<PathBuf, Vec<String>> = BTreeMap::new();
    let mut problems = Vec::new();
    for (notice, config) in &run.configs {
        let file = match (given, config) {
            (Some(given), _) => given.to_owned(),
            (None, Some(config)) => match &config.baseline {
                Some(written) => match configs.resolve(config, written) {
                    Ok(path) => path,
                    Err(problem) => {
                        problems.push(*problem);
                        continue;
                    }
                },
                None => continue,
            },
            (None, None) => continue,
        };
        files.entry(file).or_default().push(notice.clone());
    }
    run.report.problems.extend(problems);
    for (file, notices) in files {
        let shown = configs.shown(&file);
        let baseline = read::file(&file, &shown, MAX_BYTES as u64, words)
            .map_err(|problem| vec![*problem])
            .and_then(|source| {
                let baseline = Baseline::read(&shown, &source.text, words)?;
                Ok((baseline, sha256(&source.text)))
            });
        let (baseline, hash) = match baseline {
            Ok(read) => read,
            Err(problems) => {
                run.report.problems.extend(problems);
                continue;
            }
        };
        let sets: Vec<_> = run.linters.iter().map(|linter| linter.rules()).collect();
        let unknown = baseline.unknown_rules(&sets, words);
        run.report.problems.extend(unknown);
        for notice in &notices {
            let used = run.report.used.entry(notice.clone()).or_default();
            used.push(UsedFile {
                what: "stale",
                path: shown.clone(),
                hash: hash.clone(),
            });
        }
        let names = Names::new(configs, &file);
        let reason = words.fill("baseline-reason", &[("path", &shown)]);
        let mut outcome = baseline.apply(
            &mut run.report,
            &reason,
            |notice| {
                notices
                    .iter()
                    .any(|n| n == notice)
                    .then(|| names.of(notice))
            },
            |name| exists(&names.path(name)),
        );
        // A rule that was not asked could not find anything.
        outcome.stale.retain(|entry| run::typed(what, &entry.rule));
        let known = run.report.known.get_or_insert_with(KnownFindings::default);
        known.count += outcome.known;
        known.stale.extend(outcome.stale);
    }
}

/// Paths of notices as they stand in a baseline: relative to its folder, so that it is the same on every machine.
struct Names<'a> {
    configs: &'a Configs,
    folder: PathBuf,
}

impl<'a> Names<'a> {
    fn new(configs: &'a Configs, file: &Path) -> Self {
        let file = configs.absolute(file);
        Self {
            configs,
            folder: run::folder_of(&file).to_owned(),
        }
    }

    fn of(&self, notice: &str) -> String {
        let notice = self.configs.absolute(Path::new(notice));
        let mut up = PathBuf::new();
        for folder in self.folder.ancestors() {
            if let Ok(below) = notice.strip_prefix(folder) {
                return shown_path(&up.join(below));
            }
            up.push("..");
        }
        shown_path(&notice)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.configs.absolute(&self.folder.join(name))
    }
}

/// `noticelint baseline`.
pub fn run(args: BaselineArgs) -> anyhow::Result<Exit> {
    let configs = Configs::new(&args.what.config, settings::output(&args.common).words);
    let chosen = settings::chosen(&args.common, &configs, &args.what.paths);
    let output = Output::new(chosen.words, args.common.color);
    let configs = configs.in_words(output.words);
    let mut report = Report::default();
    match What::new(args.what, None, output.words) {
        Ok(what) => report = run::run(&what, &configs, output.words).report,
        Err(problem) => report.problems.push(*problem),
    }
    report.sort();
    if !report.problems.is_empty() {
        // A baseline of half of the notices would look whole.
        output.problems(&report.problems, &report.sources);
        return Ok(Exit::Failed);
    }
    let file = args
        .output
        .as_deref()
        .unwrap_or(Path::new("noticelint-baseline.yaml"));
    let names = Names::new(&configs, file);
    let text = Baseline::of(&report, |notice| names.of(notice)).to_text(output.words);
    let Some(file) = args.output else {
        output.report(&text)?;
        return Ok(Exit::Clean);
    };
    if let Err(error) = write::whole(&file, text.as_bytes()) {
        let message = read::io_message(&error, output.words);
        output.problems(
            &[read::plain_problem(&shown_path(&file), message)],
            &BTreeMap::new(),
        );
        return Ok(Exit::Failed);
    }
    let counts = report.counts();
    let findings = counts.errors + counts.warnings + counts.infos;
    let values = [("path", shown_path(&file))];
    let values = values.each_ref().map(|(k, v)| (*k, v.as_str()));
    output.remark(&output.words.count("baseline-written", findings, &values));
    Ok(Exit::Clean)
}
