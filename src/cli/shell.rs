//! What a shell needs: completions and manual pages, both made of the arguments themselves.

use std::collections::BTreeSet;
use std::io;

use anyhow::Context as _;
use clap::builder::PossibleValuesParser;
use clap::{CommandFactory, ValueHint};
use noticelint::rules::RuleSet;

use super::args::{Args, CompletionsArgs, ManArgs};
use super::output::Output;
use super::{Exit, write};

/// What every page ends with.
const MORE: &str = r#".SH EXIT STATUS
.TP
0
nothing at or above \-\-fail\-on
.TP
1
findings at or above it; for test, an example that fails; for fix \-\-diff and compare, a difference; for deadlines, one that was not kept
.TP
2
the work could not be done, or not all of it
.SH ENVIRONMENT
.TP
LC_ALL, LC_MESSAGES, LANG
the language of the messages, if \-\-lang and the configuration do not name one
.TP
NO_COLOR
no colours
.SH FILES
.TP
noticelint.yaml
configuration, in the folder of a notice or above it, up to the root of the repository
.TP
incident.yaml
facts of the incident, found in the same way
.SH SEE ALSO
noticelint(1), noticelint\-check(1), noticelint\-explain(1)
"#;

/// `noticelint completions`.
pub fn completions(args: &CompletionsArgs, output: Output) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    let mut command = with_values(Args::command());
    let name = command.get_name().to_owned();
    clap_complete::generate(args.shell, &mut command, name, &mut script);
    output.report(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Clean)
}

/// The values that a shell can offer: the built-in rules and packs, files and folders. They are not the only ones allowed, which is
/// why the program itself does without.
fn with_values(command: clap::Command) -> clap::Command {
    let rules = RuleSet::builtin();
    let ids = || {
        let rules = rules.iter().flat_map(RuleSet::iter);
        rules.map(|rule| rule.id.to_string())
    };
    let packs: BTreeSet<String> = rules
        .iter()
        .flat_map(RuleSet::iter)
        .map(|rule| rule.pack().to_owned())
        .collect();
    let known: Vec<String> = packs.into_iter().chain(ids()).collect();
    let ids: Vec<String> = ids().collect();
    command.mut_subcommands(|sub| {
        let name = sub.get_name().to_owned();
        sub.mut_args(|arg| match (name.as_str(), arg.get_id().as_str()) {
            ("explain", "rule") => arg.value_parser(PossibleValuesParser::new(ids.clone())),
            (_, "select" | "ignore") => arg.value_parser(PossibleValuesParser::new(known.clone())),
            (_, "folders" | "dir") => arg.value_hint(ValueHint::DirPath),
            (_, "paths" | "file" | "old" | "new" | "incident" | "config" | "baseline") => {
                arg.value_hint(ValueHint::FilePath)
            }
            _ => arg,
        })
    })
}

/// `noticelint man`.
pub fn man(args: &ManArgs, output: Output) -> anyhow::Result<Exit> {
    let mut command = Args::command();
    // Builds what is left to the moment of use: the help of options that all commands share.
    command.build();
    let Some(folder) = &args.output else {
        output.report(&page(command)?)?;
        return Ok(Exit::Clean);
    };
    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let name = command.get_name().to_owned();
    let mut pages = vec![(format!("{name}.1"), command.clone())];
    for sub in command.get_subcommands().filter(|c| c.get_name() != "help") {
        let full = format!("{name}-{}", sub.get_name());
        let sub = sub.clone().display_name(full.clone());
        pages.push((format!("{full}.1"), sub));
    }
    for (file, command) in pages {
        let path = folder.join(file);
        write::whole(&path, page(command)?.as_bytes())
            .with_context(|| path.display().to_string())?;
    }
    Ok(Exit::Clean)
}

fn page(command: clap::Command) -> io::Result<String> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page)?;
    page.extend_from_slice(MORE.as_bytes());
    Ok(String::from_utf8_lossy(&page).into_owned())
}
