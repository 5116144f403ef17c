//! `noticelint check`.

use std::path::Path;
use std::sync::Arc;

use noticelint::config::{Config, FailOn};
use noticelint::report::json::{self, Content};
use noticelint::report::{Format, Problem, Report, translate};
use sha2::{Digest, Sha256};

use super::args::CheckArgs;
use super::configs::Configs;
use super::destination::{self, Destination};
use super::output::Output;
use super::run::{self, Run};
use super::settings::{self, What};
use super::{Exit, known, show_config};

pub fn run(args: CheckArgs) -> anyhow::Result<Exit> {
    let configs = Configs::new(&args.what.config, settings::output(&args.common).words);
    let chosen = settings::chosen(&args.common, &configs, &args.what.paths);
    let output = Output::new(chosen.words, args.common.color);
    let configs = configs.in_words(output.words);
    let fail_on = args.fail_on.map(FailOn::from);
    let (format, verbose, baseline) = (args.format, args.verbose, args.baseline);
    let files = destination::read(&args.output, output.words);
    let what = What::new(args.what, args.stdin_filename, output.words);
    let (mut what, files) = match (what, files) {
        (Ok(what), Ok(files)) => (what, files),
        (what, files) => {
            let mut report = Report::default();
            report.problems.extend(what.err().map(|problem| *problem));
            report.problems.extend(files.err().unwrap_or_default());
            tell(&report, format, verbose, 1, output)?;
            return Ok(Exit::Failed);
        }
    };
    if args.show_config {
        let asked = show_config::Asked {
            lang: chosen,
            fail_on,
            baseline: baseline.as_deref(),
        };
        return show_config::run(&what, &configs, &asked, format, output);
    }
    let mut formats = files.iter().map(|file| file.format);
    what.brief = !format.tells_claims() && !formats.any(Format::tells_claims);
    let mut run = run::run(&what, &configs, output.words);
    known::apply(&mut run, baseline.as_deref(), &what, &configs, output.words);
    run.report.sort();
    translate::translate(&mut run.report.problems, output.words);
    prepare(&mut run.report, format, &files);
    write_files(&mut run.report, files, verbose, output);
    tell(&run.report, format, verbose, what.threads, output)?;
    Ok(if !run.report.problems.is_empty() {
        Exit::Failed
    } else if fails(&run, fail_on) {
        Exit::Findings
    } else {
        Exit::Clean
    })
}

/// What makes a notice with this configuration fail.
pub fn fail_on(given: Option<FailOn>, config: Option<&Arc<Config>>) -> FailOn {
    let configured = || Some(config?.fail_on?.value);
    given.or_else(configured).unwrap_or(FailOn::Error)
}

fn fails(run: &Run, given: Option<FailOn>) -> bool {
    run.report.notices.iter().any(|notice| {
        let config = run.configs.get(&notice.path).and_then(Option::as_ref);
        let least = fail_on(given, config).least();
        let mut open = notice.findings.iter().filter(|f| f.waived.is_none());
        least.is_some_and(|least| open.any(|finding| finding.severity >= least))
    })
}

/// Adds what some formats tell besides what was found.
fn prepare(report: &mut Report, format: Format, files: &[Destination]) {
    let paths = report
        .sources
        .keys()
        .chain(report.problems.iter().map(|problem| &problem.path))
        .chain(report.skipped.iter().map(|(path, _)| path))
        .chain(report.used.values().flatten().map(|file| &file.path));
    report.from_root = destination::from_root(paths.map(String::as_str));
    if format == Format::Html || files.iter().any(|file| file.format == Format::Html) {
        report.program_hash = own_hash();
    }
}

/// The hash of the program's own file; `None` where that cannot be read.
fn own_hash() -> Option<String> {
    let bytes = std::fs::read(std::env::current_exe().ok()?).ok()?;
    let digest = Sha256::digest(&bytes);
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    Some(format!("sha256:{hex}"))
}

/// Writes the reports that go to files. What goes wrong is a problem of the run, told with the others.
fn write_files(report: &mut Report, files: Vec<Destination>, verbose: bool, output: Output) {
    let words = output.words;
    let read = || report.sources.keys().map(String::as_str);
    let in_the_way: Vec<Problem> = files
        .iter()
        .filter_map(|file| file.is_input(read(), words))
        .collect();
    let written = match in_the_way.is_empty() {
        false => Err(in_the_way),
        true => {
            let look = output.look(verbose);
            let texts = files
                .into_iter()
                .map(|file| (file.format.render_file(report, look), file));
            destination::write_all(texts, words)
        }
    };
    if let Err(problems) = written {
        report.problems.extend(problems);
        report.sort();
    }
}

/// With some threads, where the format is one that can be made by several.
fn tell(
    report: &Report,
    format: Format,
    verbose: bool,
    threads: usize,
    output: Output,
) -> anyhow::Result<()> {
    match format {
        Format::Json => output.report_by(|to| json::write(report, Content::Check, threads, to))?,
        _ => output.report(&format.render(report, output.look(verbose)))?,
    }
    output.problems(&report.problems, &report.sources);
    Ok(())
}

/// Whether a file of this name exists, for what is only named in a file.
pub fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}
