//! `noticelint init`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args as ClapArgs, ValueEnum};
use noticelint::facts::{FILE_NAME, Facts};
use noticelint::front;
use noticelint::lang::Lang;
use noticelint::report::Problem;
use noticelint::report::wording::Wording;
use noticelint::rules::RuleSet;
use noticelint::skeleton::{self, Values, Wanted};
use noticelint::source::{MAX_BYTES, Source};

use super::args::{CommonArgs, LangArg, RuleArgs};
use super::{Exit, read, rules, settings, walk, write};

const HELP: &str = "\
Writes DIR/incident.yaml, if there is none, and DIR/KIND.LANGUAGE.md. If there
is an incident.yaml already, the notice is filled from it, and what is left for
you to fill is marked {{…}} and reported by `noticelint check`.";

/// Write a commented incident.yaml and the skeleton of a notice
#[derive(Debug, ClapArgs)]
#[command(after_help = HELP)]
pub struct InitArgs {
    /// The folder to write to; it is made if it is not there
    #[arg(default_value = ".")]
    pub dir: PathBuf,

    /// Kind of notice
    #[arg(long, value_enum, default_value_t = KindArg::Full)]
    pub kind: KindArg,

    /// Language of the notice and of the comments (default: that of the messages)
    #[arg(long, value_enum)]
    pub language: Option<LangArg>,

    /// Fill the notice from these facts
    #[arg(long, value_name = "FILE")]
    pub incident: Option<PathBuf>,

    /// Name of the cohort that the notice is for
    #[arg(long, value_name = "NAME")]
    pub cohort: Option<String>,

    /// Write over files that are there
    #[arg(long)]
    pub force: bool,

    #[command(flatten)]
    pub rules: RuleArgs,

    #[command(flatten)]
    pub common: CommonArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum KindArg {
    Full,
    Partial,
    Possibility,
    Supplement,
    Correction,
    AllClear,
    Posting,
}

impl From<KindArg> for front::Kind {
    fn from(kind: KindArg) -> Self {
        match kind {
            KindArg::Full => Self::Full,
            KindArg::Partial => Self::Partial,
            KindArg::Possibility => Self::Possibility,
            KindArg::Supplement => Self::Supplement,
            KindArg::Correction => Self::Correction,
            KindArg::AllClear => Self::AllClear,
            KindArg::Posting => Self::Posting,
        }
    }
}

pub fn run(args: InitArgs) -> anyhow::Result<Exit> {
    let output = settings::output(&args.common);
    let words = output.words;
    let mut sources = BTreeMap::new();
    match init(&args, words, &mut sources) {
        Ok(written) => {
            let mut text = String::new();
            for path in written {
                text.push_str(&words.fill("init-written", &[("path", &walk::shown(&path))]));
                text.push('\n');
            }
            output.report(&text)?;
            Ok(Exit::Clean)
        }
        Err(problems) => {
            output.problems(&problems, &sources);
            Ok(Exit::Failed)
        }
    }
}

fn init(
    args: &InitArgs,
    words: Wording,
    sources: &mut BTreeMap<String, Arc<Source>>,
) -> Result<Vec<PathBuf>, Vec<Problem>> {
    let rules = rules::load(&args.rules.folders, words)?;
    let lang = match args.language {
        Some(LangArg::Ko) => Lang::Ko,
        Some(LangArg::En) => Lang::En,
        None => words.lang(),
    };
    let kind = front::Kind::from(args.kind);
    let own = args.dir.join(FILE_NAME);
    let named = args.incident.as_deref();
    let there = named.or(own.is_file().then_some(own.as_path()));
    let loaded = there
        .map(|path| facts(path, &rules, words, sources))
        .transpose()?;
    let facts = match &loaded {
        None if args.cohort.is_some() => {
            let message = words.text("init-no-facts").to_owned();
            return Err(vec![read::plain_problem("--cohort", message)]);
        }
        None => None,
        Some(facts) => {
            let cohort = facts.cohort(args.cohort.as_deref()).map_err(|error| {
                let hint = match error {
                    noticelint::facts::CohortError::Several { .. } => {
                        Some(words.text("init-cohort").to_owned())
                    }
                    _ => error.hint(),
                };
                let mut problem = read::plain_problem("--cohort", error.to_string());
                problem.hint = hint;
                vec![problem]
            })?;
            Some((facts, cohort))
        }
    };
    // Facts elsewhere are named in the notice, if the notice can name them.
    let elsewhere = named.filter(|path| *path != own.as_path());
    let incident = elsewhere.map(|path| relative(path, &args.dir));
    let text = skeleton::notice(
        Wanted {
            kind,
            lang,
            facts,
            incident: incident.as_deref(),
        },
        &rules.language().vocabulary,
        &Values::new(),
    );
    let notice = args
        .dir
        .join(format!("{}.{}.md", kind.as_str(), lang.code()));
    let mut files = vec![(notice, text)];
    if there.is_none() {
        files.insert(0, (own, skeleton::incident(lang).to_owned()));
    }
    // Nothing is written unless all can be.
    let taken: Vec<Problem> = files
        .iter()
        .filter(|(path, _)| !args.force && path.symlink_metadata().is_ok())
        .map(|(path, _)| {
            let mut problem =
                read::plain_problem(&walk::shown(path), words.text("init-exists").to_owned());
            problem.hint = Some(words.text("init-exists-hint").to_owned());
            problem
        })
        .collect();
    if !taken.is_empty() {
        return Err(taken);
    }
    let failed = |path: &Path, error: std::io::Error| {
        let message = read::io_message(&error, words);
        vec![read::plain_problem(&walk::shown(path), message)]
    };
    std::fs::create_dir_all(&args.dir).map_err(|error| failed(&args.dir, error))?;
    for (path, text) in &files {
        write::whole(path, text.as_bytes()).map_err(|error| failed(path, error))?;
    }
    Ok(files.into_iter().map(|(path, _)| path).collect())
}

fn facts(
    path: &Path,
    rules: &RuleSet,
    words: Wording,
    sources: &mut BTreeMap<String, Arc<Source>>,
) -> Result<Facts, Vec<Problem>> {
    let shown = walk::shown(path);
    let source = read::file(path, &shown, MAX_BYTES as u64, words).map_err(|p| vec![*p])?;
    let source = Arc::new(source);
    sources.insert(shown.clone(), Arc::clone(&source));
    let items: Vec<&str> = rules.item_ids().collect();
    Facts::parse(&shown, &source.text, &items)
}

/// `path` as seen from `folder`; absolute if there is no way.
fn relative(path: &Path, folder: &Path) -> String {
    let absolute = |path: &Path| {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        noticelint::config::without_dots(&path)
    };
    let (path, folder) = (absolute(path), absolute(folder));
    let common = path
        .components()
        .zip(folder.components())
        .take_while(|(a, b)| a == b)
        .count();
    let mut out = PathBuf::new();
    folder
        .components()
        .skip(common)
        .for_each(|_| out.push(".."));
    path.components()
        .skip(common)
        .for_each(|part| out.push(part));
    noticelint::report::shown_path(&out)
}
