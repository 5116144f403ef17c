//! `noticelint explain`.

use std::collections::BTreeMap;

use noticelint::report::catalogue;

use super::args::ExplainArgs;
use super::{Exit, names, rules, settings};

pub fn run(args: ExplainArgs) -> anyhow::Result<Exit> {
    let output = settings::output(&args.common);
    let text = rules::load(&args.rules.folders, output.words).and_then(|rules| {
        let rule =
            names::find(&args.rule, &rules, output.words).map_err(|problem| vec![*problem])?;
        Ok(catalogue::explain(rule, output.look(false)))
    });
    match text {
        Ok(text) => {
            output.report(&text)?;
            Ok(Exit::Clean)
        }
        Err(problems) => {
            output.problems(&problems, &BTreeMap::new());
            Ok(Exit::Failed)
        }
    }
}
