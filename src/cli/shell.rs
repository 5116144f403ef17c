//! What a shell needs: completions and manual pages, both made of the arguments themselves.

use std::io;

use anyhow::Context as _;
use clap::CommandFactory;

use super::args::{Args, CompletionsArgs, ManArgs};
use super::output::Output;
use super::{Exit, write};

/// `noticelint completions`.
pub fn completions(args: &CompletionsArgs, output: Output) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    let mut command = Args::command();
    let name = command.get_name().to_owned();
    clap_complete::generate(args.shell, &mut command, name, &mut script);
    output.report(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Clean)
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
    Ok(String::from_utf8_lossy(&page).into_owned())
}
