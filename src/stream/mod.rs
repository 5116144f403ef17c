//! Notices as lines of JSON: one in, one result out. Without input or output; `noticelint stream` does the reading.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::facts::Facts;
use crate::report::{Problem, Severity, json};
use crate::source::Source;
use crate::{Linter, Profile};

mod memo;
mod merge;

use memo::{Key, Memo, Search};

/// Most facts that are kept, so that memory does not grow when every line brings its own.
const KEPT_FACTS: usize = 64;

/// A line of the input.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    /// Given back as it is.
    #[serde(default)]
    id: Value,
    markdown: String,
    /// In place of the `cohort` of the front matter.
    #[serde(default)]
    cohort: Option<String>,
    /// What a facts file says, as a mapping.
    #[serde(default)]
    facts: Option<Value>,
}

/// The result for a line, but for its number and id.
#[derive(Debug, Serialize)]
struct ResultOut<'a> {
    status: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    findings: Vec<FindingOut<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    problems: Vec<String>,
}

#[derive(Debug, Serialize)]
struct FindingOut<'a> {
    rule: &'a str,
    severity: &'static str,
    message: &'a str,
    /// Bytes of `markdown`.
    start: usize,
    end: usize,
    /// Of its start, counted from 1; columns are characters.
    at: (usize, usize),
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    waived: bool,
}

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Nothing at or above the severity asked for.
    Passed,
    Failed,
    /// It could not be checked, or not as it asks for.
    Bad,
}

/// A result, ready to be written.
#[derive(Debug)]
pub struct LineResult {
    pub outcome: Outcome,
    /// JSON without a line end.
    pub text: String,
    /// The rules that failed.
    pub rules: Arc<[Arc<str>]>,
}

/// A result for any line that has the same notice.
#[derive(Debug)]
struct Done {
    outcome: Outcome,
    /// JSON without its beginning: the number and id of the line.
    text: String,
    rules: Arc<[Arc<str>]>,
}

impl Done {
    fn new(outcome: Outcome, out: &ResultOut<'_>, rules: Vec<Arc<str>>) -> Done {
        let mut text = json::to_line(out);
        text.truncate(text.trim_end().len());
        Done {
            outcome,
            text,
            rules: rules.into(),
        }
    }

    fn of_line(&self, line: u64, id: &Value) -> LineResult {
        let id = json::to_line(id);
        let (id, rest) = (id.trim_end(), self.text.trim_start_matches('{'));
        LineResult {
            outcome: self.outcome,
            text: format!("{{\"line\":{line},\"id\":{id},{rest}"),
            rules: Arc::clone(&self.rules),
        }
    }
}

/// Checks lines. One serves any number of threads.
#[derive(Debug)]
pub struct Stream {
    linter: Linter,
    fail_on: Option<Severity>,
    /// Facts for lines that bring none.
    facts: Option<(Facts, String)>,
    known: Mutex<HashMap<String, Arc<Facts>>>,
    memo: Memo,
    /// Tells this one from others of the process.
    identity: u64,
}

impl Stream {
    /// `fail_on`: the least severity that fails a line; `None` is none. `facts` come with the path they are shown under.
    pub fn new(linter: Linter, fail_on: Option<Severity>, facts: Option<(Facts, String)>) -> Self {
        static MADE: AtomicU64 = AtomicU64::new(1);
        Self {
            identity: MADE.fetch_add(1, Ordering::Relaxed),
            linter,
            fail_on,
            facts,
            known: Mutex::default(),
            memo: Memo::default(),
        }
    }

    /// Checks a line, which has the number `line`.
    pub fn check(&self, line: u64, bytes: &[u8]) -> LineResult {
        let text = match simdutf8::compat::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let message = format!("byte {} is not UTF-8", error.valid_up_to() + 1);
                return bad(line, &Value::Null, vec![message]);
            }
        };
        let mut record: Record = match serde_json::from_str(text) {
            Ok(record) => record,
            Err(error) => {
                // The parser counts lines of its own: there is one only.
                let message = error.to_string();
                let message = message.replace(" at line 1 column ", " at column ");
                return bad(line, &Value::Null, vec![format!("not a notice: {message}")]);
            }
        };
        let markdown = std::mem::take(&mut record.markdown);
        match self.record(markdown, &record) {
            Ok(done) => done.of_line(line, &record.id),
            Err(problems) => bad(line, &record.id, problems),
        }
    }

    fn record(&self, markdown: String, record: &Record) -> Result<Arc<Done>, Vec<String>> {
        let own = match &record.facts {
            Some(facts) => Some(self.own_facts(&facts.to_string())?),
            None => None,
        };
        let keep = match self.memo.search(key(&markdown, record, own.as_ref())) {
            Search::Found(done) => return Ok(done),
            Search::Keep(hash) => Some((hash, markdown.clone())),
            Search::New => None,
        };
        let language = self.linter.rules().language();
        let alike = merge::find(
            self.identity,
            key(&markdown, record, own.as_ref()),
            language,
        );
        if let merge::Search::Found(done) = &alike
            && !cfg!(debug_assertions)
        {
            if let Some((hash, markdown)) = keep {
                let key = key(&markdown, record, own.as_ref());
                self.memo.keep(hash, key, done);
            }
            return Ok(Arc::clone(done));
        }
        let facts = match (&own, &self.facts) {
            (Some(own), _) => Some((&**own, "facts")),
            (None, Some((facts, path))) => Some((facts, path.as_str())),
            (None, None) => None,
        };
        let source = Source::take("markdown", markdown).map_err(|e| vec![e.to_string()])?;
        let mut profile = Profile::default();
        profile.set_cohort(record.cohort.clone());
        let linted = self.linter.lint_whole(&source, facts, &profile);
        let outcome = &linted.outcome;
        let problems: Vec<String> = outcome.problems.iter().map(told).collect();
        let fails = |s: Severity| self.fail_on.is_some_and(|least| s >= least);
        let mut rules = Vec::new();
        for f in &outcome.report.findings {
            if f.waived.is_none() && fails(f.severity) && rules.last() != Some(&f.rule) {
                rules.push(Arc::clone(&f.rule));
            }
        }
        rules.sort();
        rules.dedup();
        let state = match (problems.is_empty(), rules.is_empty()) {
            (false, _) => Outcome::Bad,
            (true, false) => Outcome::Failed,
            (true, true) => Outcome::Passed,
        };
        let findings = outcome.report.findings.iter().map(|f| FindingOut {
            rule: &f.rule,
            severity: json::severity(f.severity),
            message: &f.message,
            start: f.span.start,
            end: f.span.end,
            at: source.line_column(f.span.start),
            waived: f.waived.is_some(),
        });
        let out = ResultOut {
            status: name(state),
            findings: findings.collect(),
            problems,
        };
        let done = Arc::new(Done::new(state, &out, rules));
        if let merge::Search::Found(alike) = &alike {
            assert_eq!(alike.text, done.text, "a notice is not like the one before");
        }
        let whole = key(&source.text, record, own.as_ref());
        merge::keep(whole, alike, linted, &done);
        if let Some((hash, markdown)) = keep {
            let key = key(&markdown, record, own.as_ref());
            self.memo.keep(hash, key, &done);
        }
        Ok(done)
    }

    /// The facts that a line brings; the same ones are read once.
    fn own_facts(&self, text: &str) -> Result<Arc<Facts>, Vec<String>> {
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(facts) = known().get(text) {
            return Ok(Arc::clone(facts));
        }
        let items: Vec<&str> = self.linter.rules().item_ids().collect();
        // JSON is YAML too.
        let facts = Facts::parse("facts", text, &items)
            .map_err(|problems| problems.iter().map(told).collect::<Vec<_>>())?;
        let facts = Arc::new(facts);
        let mut known = known();
        if known.len() >= KEPT_FACTS {
            known.clear();
        }
        known.insert(text.to_owned(), Arc::clone(&facts));
        Ok(facts)
    }

    /// The result for a line that is too long to be read.
    pub fn too_long(&self, line: u64, limit: usize) -> LineResult {
        let message = format!("the line is longer than {limit} bytes");
        bad(line, &Value::Null, vec![message])
    }

    /// The result for a line on which the program failed.
    pub fn broken(&self, line: u64) -> LineResult {
        let message = "the program failed on this notice; please report it".to_owned();
        bad(line, &Value::Null, vec![message])
    }
}

/// What the result of a record depends on.
fn key<'a>(markdown: &'a str, record: &'a Record, own: Option<&'a Arc<Facts>>) -> Key<'a> {
    Key {
        markdown,
        cohort: record.cohort.as_deref(),
        facts: own,
    }
}

fn name(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Passed => "pass",
        Outcome::Failed => "fail",
        Outcome::Bad => "bad",
    }
}

fn told(problem: &Problem) -> String {
    let at = problem.at.map_or_else(String::new, |p| {
        format!("{}:{}:{}: ", problem.path, p.line, p.column)
    });
    let hint = problem.hint.as_ref();
    let hint = hint.map_or_else(String::new, |h| format!(" ({h})"));
    format!("{at}{}{hint}", problem.message)
}

fn bad(line: u64, id: &Value, problems: Vec<String>) -> LineResult {
    let out = ResultOut {
        status: name(Outcome::Bad),
        findings: Vec::new(),
        problems,
    };
    Done::new(Outcome::Bad, &out, Vec::new()).of_line(line, id)
}

#[cfg(test)]
mod tests;
