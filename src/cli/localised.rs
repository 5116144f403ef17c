//! The help of the command line in the language of the messages. English stands with the arguments, other languages are data.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};

use clap::Command;
use noticelint::lang::Lang;
use serde::Deserialize;

/// What is said in one language in place of the English texts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Help {
    about: String,
    usage: String,
    commands_heading: String,
    options_heading: String,
    arguments_heading: String,
    commands: BTreeMap<String, String>,
    /// By the option's id, or `command.id` where it means something else there.
    options: BTreeMap<String, String>,
    /// What stands behind the options.
    after: BTreeMap<String, String>,
}

const KO: &str = include_str!("../../rules/help.ko.yaml");
/// Options that may stand before the command, each with a value.
const FIRST: [&str; 2] = ["--lang", "--color"];

/// The arguments with what stands before the command put behind it, where it is understood.
pub fn in_order(args: Vec<OsString>) -> Vec<OsString> {
    let mut rest = args.into_iter();
    let mut out: Vec<OsString> = rest.by_ref().take(1).collect();
    let mut rest: Vec<OsString> = rest.collect();
    let mut before = Vec::new();
    while let Some(length) = rest.first().and_then(|arg| first(arg)) {
        before.extend(rest.drain(..length.min(rest.len())));
    }
    // Without a command there is nothing that they could be told to; help and version need no more than the language.
    let command = rest.first().is_some_and(|arg| !begins(arg, "-"));
    if command && rest.first().is_some_and(|arg| arg != "help") {
        out.push(rest.remove(0));
        out.extend(before);
    }
    out.extend(rest);
    out
}

fn begins(arg: &OsStr, start: &str) -> bool {
    arg.to_str().is_some_and(|arg| arg.starts_with(start))
}

/// How many arguments an option that may stand first has, itself included.
fn first(arg: &OsStr) -> Option<usize> {
    let arg = arg.to_str()?;
    FIRST.iter().find_map(|name| match arg.strip_prefix(name)? {
        "" => Some(2),
        rest => rest.starts_with('=').then_some(1),
    })
}

/// The language that the arguments name, else that of the environment.
pub fn lang(args: &[OsString]) -> Lang {
    let mut named = None;
    for (at, arg) in args.iter().enumerate() {
        let Some(rest) = arg.to_str().and_then(|arg| arg.strip_prefix("--lang")) else {
            continue;
        };
        let value = match rest.strip_prefix('=') {
            Some(value) => Some(value),
            None if rest.is_empty() => args.get(at + 1).and_then(|next| next.to_str()),
            None => None,
        };
        let known = [Lang::Ko, Lang::En];
        let lang = value.and_then(|code| known.into_iter().find(|lang| lang.code() == code));
        named = lang.or(named);
    }
    named.unwrap_or_else(super::settings::lang_of_environment)
}

/// Whether help is asked for, so that the texts are needed.
pub fn asks_for_help(args: &[OsString]) -> bool {
    args.len() < 2
        || args
            .iter()
            .skip(1)
            .any(|arg| arg == "-h" || arg == "--help" || arg == "help")
}

/// The command line with its help in a language.
pub fn command(mut command: Command, lang: Lang) -> Command {
    let help: Option<Help> = match lang {
        Lang::En => None,
        Lang::Ko => serde_yaml::from_str(KO).ok(),
    };
    let Some(help) = help else {
        return command;
    };
    // Adds the options that all commands have.
    command.build();
    let command = command.about(help.about.clone());
    said(command, "", &help)
}

fn said(command: Command, name: &str, help: &Help) -> Command {
    let template = format!(
        "{{before-help}}{{about-with-newline}}\n{} {{usage}}\n\n{{all-args}}{{after-help}}",
        help.usage
    );
    let subcommands: Vec<String> = command
        .get_subcommands()
        .map(|sub| sub.get_name().to_owned())
        .collect();
    let mut command = command
        .help_template(template)
        .subcommand_help_heading(help.commands_heading.clone())
        .mut_args(|arg| {
            let id = arg.get_id().as_str();
            let own = help.options.get(&format!("{name}.{id}"));
            let text = own.or_else(|| help.options.get(id)).cloned();
            let heading = match arg.is_positional() {
                true => &help.arguments_heading,
                false => &help.options_heading,
            };
            let arg = arg.help_heading(heading.clone());
            match text {
                Some(text) => arg.help(text.clone()).long_help(text),
                None => arg,
            }
        });
    if let Some(text) = help.commands.get(name) {
        command = command.about(text.clone()).long_about(text.clone());
    }
    if let Some(text) = help.after.get(name) {
        command = command.after_help("").after_long_help(text.clone());
    }
    for sub in subcommands {
        let inner = sub.clone();
        command = command.mut_subcommand(sub, |sub| said(sub, &inner, help));
    }
    command
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::args::Args;

    /// Ids of a command's options, with what is said of them.
    fn options(command: &Command) -> Vec<(String, String)> {
        let name = command.get_name();
        let mut out: Vec<(String, String)> = command
            .get_arguments()
            .map(|arg| {
                let text = arg.get_help().map(ToString::to_string).unwrap_or_default();
                (format!("{name} {}", arg.get_id()), text)
            })
            .collect();
        for sub in command
            .get_subcommands()
            .filter(|sub| sub.get_name() != "help")
        {
            let about = sub.get_about().map(ToString::to_string).unwrap_or_default();
            out.push((sub.get_name().to_owned(), about));
            out.extend(options(sub));
        }
        out
    }

    #[test]
    fn everything_is_said_in_korean() {
        let english = options(&Args::command());
        let korean = options(&command(Args::command(), Lang::Ko));
        assert!(korean.len() > 80, "{}", korean.len());
        let is_hangul = |c: char| ('\u{ac00}'..='\u{d7a3}').contains(&c);
        for (what, text) in &korean {
            assert!(text.chars().any(is_hangul), "{what}: {text}");
        }
        // And nothing else.
        let help: Help = serde_yaml::from_str(KO).unwrap();
        for key in help.options.keys().filter(|key| *key != "subcommand") {
            let (command, id) = key.split_once('.').unwrap_or(("", key));
            let is = |what: &str| match command {
                "" => what.ends_with(&format!(" {id}")),
                _ => what == format!("{command} {id}"),
            };
            assert!(korean.iter().any(|(what, _)| is(what)), "{key}");
        }
        assert!(korean.len() >= english.len());
    }

    #[test]
    fn what_stands_before_the_command_is_put_behind_it() {
        let order = |args: &str| {
            let args = args.split(' ').map(OsString::from).collect();
            let all: Vec<String> = in_order(args)
                .into_iter()
                .map(|arg| arg.into_string().unwrap())
                .collect();
            all.join(" ")
        };
        assert_eq!(order("n --lang ko check a.md"), "n check --lang ko a.md");
        assert_eq!(
            order("n --color=never --lang=ko rules"),
            "n rules --color=never --lang=ko"
        );
        assert_eq!(order("n --lang ko --help"), "n --help");
        assert_eq!(order("n --lang ko help check"), "n help check");
        assert_eq!(order("n check --lang ko"), "n check --lang ko");
        assert_eq!(order("n --langs ko"), "n --langs ko");
        assert_eq!(order("n --lang"), "n");
    }
}
