//! `noticelint explain`.

use std::collections::BTreeMap;
use std::path::Path;

use noticelint::report::{Problem, catalogue, pages, shown_path};
use noticelint::rules::{Rule, RuleSet};

use super::args::{ExplainArgs, ExplainFormat};
use super::output::Output;
use super::{Exit, names, read, rules, settings, write};

pub fn run(args: ExplainArgs) -> anyhow::Result<Exit> {
    let output = settings::output(&args.common);
    let rules = match rules::load(&args.rules.folders, output.words) {
        Ok(rules) => rules,
        Err(problems) => return Ok(failed(&problems, output)),
    };
    let chosen: Vec<&Rule> = match &args.rule {
        None => rules.iter().collect(),
        Some(id) => match names::find(id, &rules, output.words) {
            Ok(rule) => vec![rule],
            Err(problem) => return Ok(failed(&[*problem], output)),
        },
    };
    match (&args.output, args.format) {
        (Some(_), ExplainFormat::Human) => {
            let message = output.words.text("explain-needs-markdown").to_owned();
            Ok(failed(&[read::plain_problem("--output", message)], output))
        }
        (Some(folder), ExplainFormat::Markdown) => write_pages(folder, &rules, output),
        (None, format) => {
            let texts = chosen.into_iter().map(|rule| match format {
                ExplainFormat::Human => catalogue::explain(rule, output.look(false)),
                ExplainFormat::Markdown => pages::page(rule),
            });
            output.report(&texts.collect::<Vec<_>>().join("\n"))?;
            Ok(Exit::Clean)
        }
    }
}

fn write_pages(folder: &Path, rules: &RuleSet, output: Output) -> anyhow::Result<Exit> {
    for (name, text) in pages::all(rules.iter()) {
        let path = folder.join(name);
        let written = std::fs::create_dir_all(path.parent().unwrap_or(folder))
            .and_then(|()| write::whole(&path, text.as_bytes()));
        if let Err(error) = written {
            let message = read::io_message(&error, output.words);
            return Ok(failed(
                &[read::plain_problem(&shown_path(&path), message)],
                output,
            ));
        }
    }
    Ok(Exit::Clean)
}

fn failed(problems: &[Problem], output: Output) -> Exit {
    output.problems(problems, &BTreeMap::new());
    Exit::Failed
}
