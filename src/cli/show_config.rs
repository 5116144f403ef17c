//! `noticelint check --show-config`: what is in force for each notice, and who says so.

use std::collections::BTreeMap;
use std::path::Path;

use noticelint::config::{Config, FailOn, Globs};
use noticelint::report::Format;
use noticelint::report::json;
use noticelint::report::wording::Wording;
use noticelint::source::Span;
use noticelint::yaml::Spanned;
use serde::Serialize;

use super::check::fail_on;
use super::configs::Configs;
use super::output::Output;
use super::run::{self, Planned};
use super::settings::{Chosen, ChosenBy, What};
use super::{Exit, walk};

/// What the command line says, beside what is to be checked.
pub struct Asked<'a> {
    pub lang: Chosen,
    pub fail_on: Option<FailOn>,
    pub baseline: Option<&'a Path>,
}

/// A value and who says so.
#[derive(Serialize, PartialEq, Eq, PartialOrd, Ord, Clone)]
struct Value {
    key: String,
    value: String,
    from: String,
}

/// Notices for which the same holds.
#[derive(Serialize)]
struct Group {
    config: Option<String>,
    values: Vec<Value>,
    notices: Vec<String>,
}

#[derive(Serialize)]
struct Document {
    version: u32,
    groups: Vec<Group>,
}

pub fn run(
    what: &What,
    configs: &Configs,
    asked: &Asked<'_>,
    format: Format,
    output: Output,
) -> anyhow::Result<Exit> {
    let words = output.words;
    let plan = run::plan(what, configs, words);
    let mut groups: BTreeMap<(Option<String>, Vec<Value>), Vec<String>> = BTreeMap::new();
    for file in &plan.files {
        if !is_notice(file, what, words) {
            continue;
        }
        let config = file.config.as_ref().map(|config| config.path.clone());
        let values = values(file, what, configs, asked, words);
        groups
            .entry((config, values))
            .or_default()
            .push(file.candidate.shown.clone());
    }
    let groups: Vec<Group> = groups
        .into_iter()
        .map(|((config, values), notices)| Group {
            config,
            values,
            notices,
        })
        .collect();
    let text = match format {
        Format::Json => json::to_text(&Document { version: 1, groups }),
        _ => human(&groups, words),
    };
    output.report(&text)?;
    output.problems(&plan.problems, &BTreeMap::new());
    Ok(match plan.problems.is_empty() {
        true => Exit::Clean,
        false => Exit::Failed,
    })
}

fn is_notice(file: &Planned, what: &What, words: Wording) -> bool {
    let items = Vec::new();
    let facts = super::facts::FactsFiles::new(None, items, true, words);
    let job = run::Job {
        facts: &facts,
        max_size: what.max_size,
        words,
    };
    job.source(file).is_ok()
}

/// All that is in force for a file.
fn values(
    file: &Planned,
    what: &What,
    configs: &Configs,
    asked: &Asked<'_>,
    words: Wording,
) -> Vec<Value> {
    let config = file.config.as_ref();
    let mut out = Vec::new();
    let mut add = |key: &str, value: String, from: String| {
        out.push(Value {
            key: key.to_owned(),
            value,
            from,
        });
    };
    let default = || words.text("config-default").to_owned();
    let at = |span: Span| config.map_or_else(default, |config| place(config, span));
    let environment = || words.text("config-environment").to_owned();

    let lang_from = match asked.lang.by {
        ChosenBy::CommandLine => "--lang".to_owned(),
        ChosenBy::Environment => environment(),
        ChosenBy::Configuration => config
            .and_then(|c| c.lang.as_ref())
            .map_or_else(environment, |lang| at(lang.span)),
    };
    add("lang", words.lang().code().to_owned(), lang_from);
    let least = fail_on(asked.fail_on, config);
    let from = match (asked.fail_on, config.and_then(|c| c.fail_on.as_ref())) {
        (Some(_), _) => "--fail-on".to_owned(),
        (None, Some(written)) => at(written.span),
        (None, None) => default(),
    };
    add("fail-on", least.as_str().to_owned(), from);
    for folder in &what.rule_folders {
        add("rule-folder", walk::shown(folder), "--rules".to_owned());
    }
    for folder in config.map_or(&[][..], |c| &c.rule_folders) {
        add("rule-folder", folder.value.clone(), at(folder.span));
    }
    match (asked.baseline, config.and_then(|c| c.baseline.as_ref())) {
        (Some(given), _) => add("baseline", walk::shown(given), "--baseline".to_owned()),
        (None, Some(written)) => add("baseline", written.value.clone(), at(written.span)),
        (None, None) => {}
    }
    for name in &what.select {
        add("select", name.clone(), "--select".to_owned());
    }
    for name in &what.ignore {
        add("ignore", name.clone(), "--ignore".to_owned());
    }
    if let Some(date) = &what.as_of {
        add("as-of", date.clone(), "--as-of".to_owned());
    }
    if let Some(incident) = &what.incident {
        add("incident", walk::shown(incident), "--incident".to_owned());
    }
    let mut globs = |key: &str, globs: Option<&Spanned<Globs>>| {
        if let Some(globs) = globs {
            add(key, globs.value.written().join(", "), at(globs.span));
        }
    };
    globs("include", config.and_then(|c| c.include.as_ref()));
    globs("exclude", config.and_then(|c| c.exclude.as_ref()));
    if let Some(config) = config {
        let notice = configs.absolute(&file.candidate.path);
        for rule in file.linter.rules().iter() {
            if let Some(setting) = config.setting(&notice, &rule.id) {
                let weaker = !what.select.is_empty() && file.profile.is_off(&rule.id);
                let off = !file.linter.checks(rule, &file.profile);
                let level = match (weaker, off) {
                    (true, _) => continue,
                    (false, true) => "off",
                    (false, false) => setting.level.as_str(),
                };
                let key = format!("rules.{}", rule.id);
                add(&key, level.to_owned(), place(config, setting.name.span));
            }
        }
    }
    out
}

fn place(config: &Config, span: Span) -> String {
    let place = config.place(span);
    format!("{}:{}:{}", config.path, place.line, place.column)
}

fn human(groups: &[Group], words: Wording) -> String {
    let mut out = String::new();
    for group in groups {
        if !out.is_empty() {
            out.push('\n');
        }
        for notice in &group.notices {
            out.push_str(&format!("{notice}\n"));
        }
        let config = group.config.as_deref();
        let config = config.unwrap_or_else(|| words.text("config-none"));
        out.push_str(&format!("  {}: {config}\n", words.text("config-file")));
        let widest = |of: fn(&Value) -> usize| group.values.iter().map(of).max().unwrap_or(0);
        let keys = widest(|v| v.key.len());
        let values = widest(|v| v.value.chars().count());
        for Value { key, value, from } in &group.values {
            out.push_str(&format!("  {key:keys$}  {value:values$}  ({from})\n"));
        }
    }
    out
}
