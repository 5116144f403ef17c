//! `noticelint stream`: a filter. Lines are read in batches, checked by workers and written in the order they came.
//!
//! Every channel is bounded, so that a slow reader of the results slows the reading of the notices down.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::num::NonZeroUsize;
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use anyhow::Context as _;
use clap::Args as ClapArgs;
use noticelint::facts::Facts;
use noticelint::report::{Problem, Severity};
use noticelint::source::MAX_BYTES;
use noticelint::stream::{LineResult, Outcome, Stream};
use noticelint::{Linter, Settings};
use serde_json::json;

use super::args::{CommonArgs, FailOn, RuleArgs};
use super::{Exit, names, read, rules, settings, walk};

/// A worker gets so many lines at once at most …
const LINES: usize = 64;
/// … or so many bytes.
const BYTES: usize = 1 << 18;
/// So many batches wait for a worker, and so many results for the writer.
const WAITING: usize = 2;
/// Longest line: a notice of the largest size, every byte of it escaped.
const LONGEST: usize = 6 * MAX_BYTES;

const HELP: &str = "\
Input: one JSON object a line:
  {\"id\": …, \"markdown\": \"…\", \"cohort\": \"…\", \"facts\": {…}}
  `markdown` is the notice. `id` comes back as it is. `cohort` stands for the
  `cohort` of the front matter, `facts` for a facts file; both may be left out.

Output: one JSON object a line, in the order of the input:
  {\"line\": 1, \"id\": …, \"status\": \"pass|fail|bad\", \"findings\": [...], \"problems\": [...]}
  A line that cannot be checked is a result too: `bad`, with the reason.

Exit code: 0 all passed; 1 some failed; 2 some were bad, or the work could
not be done.";

/// Check notices from standard input, one JSON object a line
#[derive(Debug, ClapArgs)]
#[command(after_long_help = HELP)]
pub struct StreamArgs {
    /// Write only results that are not `pass`
    #[arg(long)]
    pub only_failures: bool,

    /// Write one more line at the end, with the totals
    #[arg(long)]
    pub summary: bool,

    /// Pass over the first N lines, to resume; lines keep their numbers
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub skip: u64,

    /// Facts of the incident, for lines without `facts`
    #[arg(long, value_name = "FILE")]
    pub incident: Option<PathBuf>,

    /// The least severity that fails a notice
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t = FailOn::Error)]
    pub fail_on: FailOn,

    /// Apply only these rules or packs (repeatable)
    #[arg(long, value_name = "RULE|PACK", value_delimiter = ',')]
    pub select: Vec<String>,

    /// Do not apply these rules or packs (repeatable)
    #[arg(long, value_name = "RULE|PACK", value_delimiter = ',')]
    pub ignore: Vec<String>,

    /// How many notices to check at a time (default: as many as there are processors)
    #[arg(long, value_name = "N")]
    pub threads: Option<NonZeroUsize>,

    #[command(flatten)]
    pub rules: RuleArgs,

    #[command(flatten)]
    pub common: CommonArgs,
}

pub fn run(args: StreamArgs) -> anyhow::Result<Exit> {
    let output = settings::output(&args.common);
    match stream(&args, output.words) {
        Ok(stream) => flow(&args, Arc::new(stream)),
        Err(problems) => {
            output.problems(&problems, &BTreeMap::new());
            Ok(Exit::Failed)
        }
    }
}

fn stream(
    args: &StreamArgs,
    words: noticelint::report::wording::Wording,
) -> Result<Stream, Vec<Problem>> {
    let rules = rules::load(&args.rules.folders, words)?;
    let mut problems = names::unknown("--select", &args.select, &rules, words);
    problems.extend(names::unknown("--ignore", &args.ignore, &rules, words));
    if !problems.is_empty() {
        return Err(problems);
    }
    let facts = match &args.incident {
        None => None,
        Some(path) => {
            let source = read::file(path, &walk::shown(path), MAX_BYTES as u64, words)
                .map_err(|problem| vec![*problem])?;
            let items: Vec<&str> = rules.item_ids().collect();
            Some((
                Facts::parse(&source.path, &source.text, &items)?,
                source.path,
            ))
        }
    };
    let settings = Settings {
        lang: words.lang(),
        select: args.select.clone(),
        ignore: args.ignore.clone(),
        as_of: None,
        brief: true,
        terse: true,
    };
    let fail_on = match args.fail_on {
        FailOn::Error => Some(Severity::Error),
        FailOn::Warning => Some(Severity::Warning),
        FailOn::Info => Some(Severity::Info),
        FailOn::Never => None,
    };
    Ok(Stream::new(Linter::new(rules, settings), fail_on, facts))
}

/// Lines that go to one worker; `None` is a line that is too long.
type Batch = Vec<(u64, Option<Vec<u8>>)>;

/// The results of a batch.
type Results = Vec<LineResult>;

/// A batch, and where its results go.
type Job = (Batch, SyncSender<Results>);

/// The next batch; `None` after the last one.
fn next(waiting: &Mutex<Receiver<Job>>) -> Option<Job> {
    let waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
    waiting.recv().ok()
}

/// Reads, checks and writes. The threads are not waited for: when nobody reads the results, the program ends.
fn flow(args: &StreamArgs, stream: Arc<Stream>) -> anyhow::Result<Exit> {
    let threads = args
        .threads
        .or_else(|| thread::available_parallelism().ok())
        .map_or(1, Into::into);
    // Who is free takes the next batch; the results are waited for in the order of the batches.
    let (jobs, waiting) = sync_channel::<Job>(threads.saturating_mul(WAITING));
    let (places, outputs) = sync_channel(threads.saturating_mul(WAITING));
    let waiting = Arc::new(Mutex::new(waiting));
    for _ in 0..threads {
        let (stream, waiting) = (Arc::clone(&stream), Arc::clone(&waiting));
        thread::spawn(move || {
            while let Some((batch, results)) = next(&waiting) {
                let done = batch.into_iter().map(|(n, line)| check(&stream, n, line));
                if results.send(done.collect()).is_err() {
                    break;
                }
            }
        });
    }
    let skip = args.skip;
    let reader = thread::spawn(move || {
        let input = BufReader::with_capacity(BYTES, io::stdin());
        read_all(input, skip, &jobs, &places)
    });
    let mut totals = Totals::default();
    let written = write_all(args, outputs, &mut totals);
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(totals.exit()),
        written => written.context("the results could not be written")?,
    }
    match reader.join() {
        Ok(read) => read.context("standard input could not be read")?,
        Err(_) => anyhow::bail!("standard input could not be read"),
    }
    Ok(totals.exit())
}

fn check(stream: &Stream, number: u64, line: Option<Vec<u8>>) -> LineResult {
    match line {
        None => stream.too_long(number, LONGEST),
        // A mistake of this program on one notice must not keep the others from being checked.
        Some(line) => panic::catch_unwind(AssertUnwindSafe(|| stream.check(number, &line)))
            .unwrap_or_else(|_| stream.broken(number)),
    }
}

/// Hands lines to the workers, and the places of their results to who writes them.
fn read_all<R: Read>(
    mut input: BufReader<R>,
    skip: u64,
    jobs: &SyncSender<Job>,
    places: &SyncSender<Receiver<Results>>,
) -> io::Result<()> {
    let mut number = 0;
    loop {
        let mut batch = Batch::new();
        let mut bytes = 0;
        let mut ended = false;
        while batch.len() < LINES && bytes < BYTES {
            let Some(line) = line(&mut input)? else {
                ended = true;
                break;
            };
            number += 1;
            let blank = line.as_ref().is_some_and(|l| l.trim_ascii().is_empty());
            if number > skip && !blank {
                bytes += line.as_ref().map_or(0, Vec::len);
                batch.push((number, line));
            }
            // Whoever writes a line and waits for its result gets it.
            if !input.buffer().contains(&b'\n') {
                break;
            }
        }
        if !batch.is_empty() {
            let (results, place) = sync_channel(1);
            // Nobody reads the results any more.
            if jobs.send((batch, results)).is_err() || places.send(place).is_err() {
                return Ok(());
            }
        }
        if ended {
            return Ok(());
        }
    }
}

/// The next line without its end; the inner `None` is one that is too long.
fn line(input: &mut impl BufRead) -> io::Result<Option<Option<Vec<u8>>>> {
    let mut line = Vec::new();
    let read = input
        .by_ref()
        .take(LONGEST as u64 + 1)
        .read_until(b'\n', &mut line)?;
    if read == 0 {
        return Ok(None);
    }
    if line.last() == Some(&b'\n') {
        line.pop();
    } else if line.len() > LONGEST {
        input.skip_until(b'\n')?;
        return Ok(Some(None));
    }
    Ok(Some(Some(line)))
}

#[derive(Default)]
struct Totals {
    passed: u64,
    failed: u64,
    bad: u64,
    rules: BTreeMap<Arc<str>, u64>,
}

impl Totals {
    fn exit(&self) -> Exit {
        match (self.bad, self.failed) {
            (1.., _) => Exit::Failed,
            (_, 1..) => Exit::Findings,
            _ => Exit::Clean,
        }
    }
}

/// Takes the results in the order of the lines.
fn write_all(
    args: &StreamArgs,
    places: Receiver<Receiver<Results>>,
    totals: &mut Totals,
) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let mut text = String::new();
    for place in places {
        let results = place.recv().map_err(io::Error::other)?;
        text.clear();
        for r in results {
            match r.outcome {
                Outcome::Passed => totals.passed += 1,
                Outcome::Failed => totals.failed += 1,
                Outcome::Bad => totals.bad += 1,
            }
            for rule in r.rules.iter() {
                match totals.rules.get_mut(rule) {
                    Some(n) => *n += 1,
                    None => drop(totals.rules.insert(Arc::clone(rule), 1)),
                }
            }
            if !args.only_failures || r.outcome != Outcome::Passed {
                text.push_str(&r.text);
                text.push('\n');
            }
        }
        out.write_all(text.as_bytes())?;
        out.flush()?;
    }
    if args.summary {
        let rules: BTreeMap<&str, u64> = totals.rules.iter().map(|(r, n)| (&**r, *n)).collect();
        let summary = json!({ "summary": {
            "notices": totals.passed + totals.failed + totals.bad,
            "pass": totals.passed, "fail": totals.failed, "bad": totals.bad,
            "rules": rules,
        }});
        writeln!(out, "{summary}")?;
        out.flush()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_any_ending() {
        let mut input = io::Cursor::new(b"a\n\nb\r\nc".to_vec());
        let mut found = Vec::new();
        while let Some(l) = line(&mut input).unwrap() {
            found.push(String::from_utf8(l.unwrap()).unwrap());
        }
        assert_eq!(found, ["a", "", "b\r", "c"]);
    }
}
