//! `noticelint schema`.

use std::collections::BTreeMap;

use clap::{Args as ClapArgs, ValueEnum};
use noticelint::schema;

use super::args::{CommonArgs, RuleArgs};
use super::{Exit, rules, settings};

/// Print the JSON Schema of a kind of file, for editors that complete and check YAML
#[derive(Debug, ClapArgs)]
pub struct SchemaArgs {
    /// Of which file
    #[arg(value_enum)]
    pub of: Of,

    #[command(flatten)]
    pub rules: RuleArgs,

    #[command(flatten)]
    pub common: CommonArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Of {
    /// The facts of an incident (incident.yaml)
    Facts,
    /// The front matter of a notice
    Notice,
    /// A rule
    Rule,
    /// The configuration (noticelint.yaml)
    Config,
}

pub fn run(args: SchemaArgs) -> anyhow::Result<Exit> {
    let output = settings::output(&args.common);
    let kind = match args.of {
        Of::Facts => schema::Kind::Facts,
        Of::Notice => schema::Kind::Notice,
        Of::Rule => schema::Kind::Rule,
        Of::Config => schema::Kind::Config,
    };
    match rules::load(&args.rules.folders, output.words) {
        Ok(rules) => {
            output.report(&schema::text(kind, &rules))?;
            Ok(Exit::Clean)
        }
        Err(problems) => {
            output.problems(&problems, &BTreeMap::new());
            Ok(Exit::Failed)
        }
    }
}
