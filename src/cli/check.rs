//! `noticelint check`.

use std::path::Path;
use std::sync::Arc;

use noticelint::config::{Config, FailOn};
use noticelint::report::{Report, human, json};

use super::args::{CheckArgs, Format};
use super::configs::Configs;
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
    let what = match What::new(args.what, args.stdin_filename, output.words) {
        Ok(what) => what,
        Err(problem) => {
            let mut report = Report::default();
            report.problems.push(*problem);
            tell(&report, format, verbose, output)?;
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
    let mut run = run::run(&what, &configs, output.words);
    known::apply(&mut run, baseline.as_deref(), &what, &configs, output.words);
    run.report.sort();
    tell(&run.report, format, verbose, output)?;
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

/// Whether a file of this name exists, for what is only named in a file.
pub fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}
