//! `noticelint claims`.

use std::io;
use std::path::Path;
use std::sync::Arc;

use noticelint::Settings;
use noticelint::report::{Problem, Report, claims, json};
use noticelint::source::MAX_BYTES;

use super::args::{ClaimsArgs, PlainFormat};
use super::configs::{Configs, Linters};
use super::output::Output;
use super::settings::{self, STDIN};
use super::{Exit, read, walk};

pub fn run(args: ClaimsArgs) -> anyhow::Result<Exit> {
    let configs = Configs::new(&args.config, settings::output(&args.common).words);
    let files = [args.file.clone()];
    let chosen = settings::chosen(&args.common, &configs, &files);
    let output = Output::new(chosen.words, args.common.color);
    let configs = configs.in_words(output.words);
    let mut report = Report::default();
    if let Err(problems) = claim(&args, &configs, output, &mut report) {
        report.problems.extend(problems);
    }
    report.sort();
    let text = match args.format {
        PlainFormat::Human => claims::render(&report, output.look(false)),
        PlainFormat::Json => json::render(&report, json::Content::Claims),
    };
    output.report(&text)?;
    output.problems(&report.problems, &report.sources);
    Ok(if report.problems.is_empty() {
        Exit::Clean
    } else {
        Exit::Failed
    })
}

/// Reads the notice with the words of its configuration's rule folders.
fn claim(
    args: &ClaimsArgs,
    configs: &Configs,
    output: Output,
    report: &mut Report,
) -> Result<(), Vec<Problem>> {
    let words = output.words;
    let settings = Settings {
        lang: words.lang(),
        ..Settings::default()
    };
    let mut linters = Linters::new(configs, &args.rules.folders, settings, words);
    let config = configs.of(&args.file)?;
    let linter = linters.of(config.as_deref())?;
    report.rules_hash = linter.rules().hash().to_owned();
    let source = if args.file == Path::new(STDIN) {
        read::stream(io::stdin().lock(), "<stdin>", MAX_BYTES as u64, words)
    } else {
        let shown = walk::shown(&args.file);
        read::file(&args.file, &shown, MAX_BYTES as u64, words)
    };
    let source = source.map_err(|problem| vec![*problem])?;
    let outcome = linter.lint(&source, None);
    report.problems = outcome.problems;
    report.notices.push(outcome.report);
    report.sources.insert(source.path.clone(), Arc::new(source));
    Ok(())
}
