//! `noticelint claims`.

use std::io;
use std::path::Path;
use std::sync::Arc;

use noticelint::report::{Report, claims, json};
use noticelint::source::MAX_BYTES;
use noticelint::{Linter, Settings};

use super::args::{ClaimsArgs, Format};
use super::settings::{self, STDIN};
use super::{Exit, read, rules, walk};

pub fn run(args: ClaimsArgs) -> anyhow::Result<Exit> {
    let output = settings::output(&args.common);
    let words = output.words;
    let mut report = Report::default();
    match rules::load(&args.rules.folders, output.words) {
        Err(problems) => report.problems = problems,
        Ok(rules) => {
            report.rules_hash = rules.hash().to_owned();
            let source = if args.file == Path::new(STDIN) {
                read::stream(io::stdin().lock(), "<stdin>", MAX_BYTES as u64, words)
            } else {
                read::file(
                    &args.file,
                    &walk::shown(&args.file),
                    MAX_BYTES as u64,
                    words,
                )
            };
            match source {
                Err(problem) => report.problems.push(*problem),
                Ok(source) => {
                    let settings = Settings {
                        lang: words.lang(),
                        ..Settings::default()
                    };
                    let outcome = Linter::new(rules, settings).lint(&source, None);
                    report.problems = outcome.problems;
                    report.notices.push(outcome.report);
                    report.sources.insert(source.path.clone(), Arc::new(source));
                }
            }
        }
    }
    report.sort();
    let text = match args.format {
        Format::Human => claims::render(&report, output.look(false)),
        Format::Json => json::render(&report, json::Content::Claims),
    };
    output.report(&text)?;
    output.problems(&report.problems, &report.sources);
    Ok(if report.problems.is_empty() {
        Exit::Clean
    } else {
        Exit::Failed
    })
}
