//! `noticelint test`.

use std::collections::BTreeMap;

use noticelint::report::{Problem, examples};
use noticelint::rules::RuleSet;
use noticelint::{Linter, Settings};

use super::args::TestArgs;
use super::{Exit, rules, settings, walk};

pub fn run(args: TestArgs) -> anyhow::Result<Exit> {
    let output = settings::output(&args.common);
    let words = output.words;
    let rules = match &args.dir {
        None => RuleSet::builtin_checked(),
        Some(dir) => rules::check_folder(dir, words)
            .map_err(|problem| vec![*problem])
            .and_then(|()| RuleSet::only(dir)),
    };
    match rules {
        Err(problems) => {
            output.problems(&problems, &BTreeMap::new());
            Ok(Exit::Failed)
        }
        Ok(rules) => {
            let linter = Linter::new(
                rules,
                Settings {
                    lang: words.lang(),
                    ..Settings::default()
                },
            );
            let outcomes = linter.test_examples();
            if outcomes.is_empty() {
                let path = args.dir.as_deref().map_or_else(String::new, walk::shown);
                let message = words.text("test-nothing").to_owned();
                let problem = Problem {
                    path,
                    message,
                    hint: None,
                    at: None,
                };
                output.problems(&[problem], &BTreeMap::new());
                return Ok(Exit::Failed);
            }
            let (text, passed) =
                examples::render(linter.rules().iter(), &outcomes, output.look(false));
            output.report(&text)?;
            Ok(if passed { Exit::Clean } else { Exit::Findings })
        }
    }
}
