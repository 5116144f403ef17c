//! What the arguments mean.

use std::env;
use std::path::{Path, PathBuf};

use noticelint::lang::Lang;
use noticelint::report::Problem;
use noticelint::report::wording::Wording;

use super::args::{CommonArgs, LangArg, WhatArgs};
use super::configs::Configs;
use super::output::Output;

/// The variables that name the language of messages, the strongest first.
const LANG_VARIABLES: [&str; 3] = ["LC_ALL", "LC_MESSAGES", "LANG"];

/// Positions in a notice are 32-bit numbers, with some room.
const MAX_SIZE: u64 = 1 << 30;

/// The path that stands for standard input.
pub const STDIN: &str = "-";

/// What is to be checked, and with what.
#[derive(Debug)]
pub struct What {
    /// Files and folders, without `-`.
    pub paths: Vec<PathBuf>,
    /// The name of what comes from standard input, if that is read.
    pub stdin: Option<PathBuf>,
    pub incident: Option<PathBuf>,
    pub select: Vec<String>,
    pub ignore: Vec<String>,
    pub as_of: Option<String>,
    pub threads: usize,
    /// Largest file that is read, in bytes.
    pub max_size: u64,
    pub rule_folders: Vec<PathBuf>,
    /// No report tells clauses or claims.
    pub brief: bool,
}

impl What {
    /// # Errors
    /// Arguments that are well-formed one by one and make no sense together or in their values.
    pub fn new(
        args: WhatArgs,
        stdin_filename: Option<PathBuf>,
        words: Wording,
    ) -> Result<Self, Box<Problem>> {
        let (dashes, paths): (Vec<PathBuf>, Vec<PathBuf>) = args
            .paths
            .into_iter()
            .partition(|path| path.as_path() == Path::new(STDIN));
        if dashes.len() > 1 {
            return Err(argument(STDIN, words.text("stdin-twice")));
        }
        let stdin = match (dashes.is_empty(), stdin_filename) {
            (true, Some(_)) => {
                return Err(argument(
                    "--stdin-filename",
                    words.text("stdin-name-unused"),
                ));
            }
            (true, None) => None,
            (false, name) => Some(name.unwrap_or_else(|| PathBuf::from("<stdin>"))),
        };
        if let Some(text) = &args.as_of
            && !is_date(text)
        {
            return Err(argument(
                "--as-of",
                &words.fill("bad-date", &[("text", text)]),
            ));
        }
        let threads = args
            .threads
            .or_else(|| std::thread::available_parallelism().ok())
            .map_or(1, Into::into);
        Ok(Self {
            paths,
            stdin,
            incident: args.incident,
            select: args.select,
            ignore: args.ignore,
            as_of: args.as_of,
            threads,
            max_size: args.max_size,
            rule_folders: args.rules.folders,
            brief: false,
        })
    }
}

/// A size in bytes, with or without a unit: `500000`, `800K`, `20M`.
pub fn size(text: &str) -> Result<u64, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit: u64 = match text[digits.len()..].to_ascii_uppercase().as_str() {
        "" | "B" => 1,
        "K" | "KB" | "KIB" => 1 << 10,
        "M" | "MB" | "MIB" => 1 << 20,
        "G" | "GB" | "GIB" => 1 << 30,
        other => return Err(format!("unknown unit `{other}`; use K, M or G")),
    };
    let number: u64 = digits.parse().map_err(|_| "write it as 20M".to_owned())?;
    let bytes = number.saturating_mul(unit);
    match bytes {
        0 => Err("nothing could be read".to_owned()),
        _ if bytes > MAX_SIZE => Err("at most 1G".to_owned()),
        _ => Ok(bytes),
    }
}

/// A problem with an argument.
fn argument(name: &str, message: &str) -> Box<Problem> {
    Box::new(Problem {
        path: name.to_owned(),
        message: message.to_owned(),
        hint: None,
        at: None,
    })
}

/// `2026-09-11`, exactly.
fn is_date(text: &str) -> bool {
    text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()
}

/// The language of messages, and who chose it.
#[derive(Debug, Clone, Copy)]
pub struct Chosen {
    pub words: Wording,
    pub by: ChosenBy,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChosenBy {
    CommandLine,
    Configuration,
    Environment,
}

/// The language of messages: that of the command line, else of the configurations, else of the environment.
pub fn chosen(common: &CommonArgs, configs: &Configs, paths: &[PathBuf]) -> Chosen {
    let (lang, by) = match (common.lang, configs.lang(paths)) {
        (Some(_), _) => (None, ChosenBy::CommandLine),
        (None, Some(lang)) => (Some(lang), ChosenBy::Configuration),
        (None, None) => (None, ChosenBy::Environment),
    };
    let words = lang.map_or_else(|| output(common).words, Wording::new);
    Chosen { words, by }
}

/// Language and colours of the output.
pub fn output(common: &CommonArgs) -> Output {
    let lang = match common.lang {
        Some(LangArg::Ko) => Lang::Ko,
        Some(LangArg::En) => Lang::En,
        None => lang_of_environment(),
    };
    Output::new(Wording::new(lang), common.color)
}

/// The language that the environment asks for.
pub fn lang_of_environment() -> Lang {
    environment_lang(|name| env::var(name).ok())
}

/// As POSIX has it, the first variable that is set to something decides.
fn environment_lang(variable: impl Fn(&str) -> Option<String>) -> Lang {
    let value = LANG_VARIABLES
        .into_iter()
        .filter_map(variable)
        .find(|value| !value.is_empty());
    match value {
        Some(value) if value.to_ascii_lowercase().starts_with("ko") => Lang::Ko,
        _ => Lang::En,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lang(variables: &[(&str, &str)]) -> Lang {
        environment_lang(|name| {
            variables
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_first_variable_that_is_set_decides() {
        assert_eq!(lang(&[]), Lang::En);
        assert_eq!(lang(&[("LANG", "ko_KR.UTF-8")]), Lang::Ko);
        assert_eq!(lang(&[("LC_ALL", "C"), ("LANG", "ko_KR.UTF-8")]), Lang::En);
        assert_eq!(
            lang(&[("LC_ALL", ""), ("LC_MESSAGES", "ko"), ("LANG", "en_US")]),
            Lang::Ko
        );
    }

    #[test]
    fn dates() {
        assert!(is_date("2026-09-11"));
        for wrong in [
            "2026-9-11",
            "2026-02-30",
            "20260911",
            "2026-09-11T00:00",
            "",
            "x",
        ] {
            assert!(!is_date(wrong), "{wrong}");
        }
    }
}
