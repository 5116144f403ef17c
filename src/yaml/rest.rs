//! All that does not fit the type that a file is read into, not the first mistake alone.
//!
//! serde stops at the first one. So what is wrong is left out, and the rest is read again, until nothing is left to be said. What
//! is read again is written anew, in braces and brackets, because that is a text from which a value is easily left out.

use std::collections::HashSet;

use saphyr_parser::{Event, Parser, ScalarStyle};
use serde::de::{DeserializeOwned, IgnoredAny};

use super::MAX_PROBLEMS;
use super::explain::{self, Flaw, is_number};
use super::places::Places;
use crate::report::Problem;

/// Bytes that may be read again, over all rounds.
const BUDGET: usize = 16 << 20;

/// Every problem of a text that is YAML and not a `T`, in the order of the file. `error` is the first one.
pub(super) fn problems<T: DeserializeOwned>(
    error: &serde_yaml::Error,
    places: &Places,
    text: &str,
    offset: usize,
) -> Vec<Problem> {
    let flaw = match explain::flaw(error, places, text, offset) {
        Ok(flaw) => flaw,
        Err(syntax) => return vec![*syntax],
    };
    let mut seen = Seen::default();
    let mut out = vec![flaw.problem(places, text, offset)];
    let mut next = seen.leave_out(&flaw, places);
    for _ in 1..MAX_PROBLEMS.min(BUDGET / text.len().max(1)) {
        let Some(flaw) = next.and_then(|()| again::<T>(places, text, &seen.left_out)) else {
            break;
        };
        if !seen.explains(&flaw, places) {
            out.push(flaw.problem(places, text, offset));
        }
        next = seen.leave_out(&flaw, places);
    }
    out.sort_by_key(|problem| problem.at.map(|at| (at.line, at.column)));
    out
}

/// What was found so far. Values are meant by their number.
#[derive(Default)]
struct Seen {
    left_out: HashSet<usize>,
    /// Keys that another one in this mapping was probably meant to be.
    meant: HashSet<(usize, String)>,
    /// Mappings in which a number stands as a key: `33,700,000` in braces.
    numbers: HashSet<usize>,
}

impl Seen {
    /// Leaves out what `flaw` is about. Nothing if that is all there is.
    fn leave_out(&mut self, flaw: &Flaw, places: &Places) -> Option<()> {
        let node = match flaw.unknown_key() {
            None => flaw.node,
            Some((key, near)) => {
                if is_number(key) {
                    self.numbers.insert(flaw.node);
                }
                self.meant
                    .extend(near.map(|near| (flaw.node, near.to_owned())));
                places.child(flaw.node, key)?
            }
        };
        (node != 0 && self.left_out.insert(node)).then_some(())
    }

    /// Whether `flaw` only follows from what was told: a key that is missing because it was left out or written wrong, the
    /// next part of a number with commas.
    fn explains(&self, flaw: &Flaw, places: &Places) -> bool {
        let node = flaw.node;
        if let Some(key) = flaw.missing_key() {
            let gone = places.child(node, key);
            return gone.is_some_and(|id| self.left_out.contains(&id))
                || self.meant.contains(&(node, key.to_owned()));
        }
        let number = flaw.unknown_key().is_some_and(|(key, _)| is_number(key));
        number && self.numbers.contains(&node)
    }
}

/// The first flaw of what is not left out.
fn again<T: DeserializeOwned>(
    places: &Places,
    text: &str,
    left_out: &HashSet<usize>,
) -> Option<Flaw> {
    let (rest, ids) = without(text, left_out)?;
    let Err(error) = serde_yaml::from_str::<T>(&rest) else {
        return None;
    };
    serde_yaml::from_str::<IgnoredAny>(&rest).ok()?;
    let own = Places::scan(places.path(), &rest, &rest, 0).ok()?;
    let mut flaw = explain::flaw(&error, &own, &rest, 0).ok()?;
    flaw.node = *ids.get(flaw.node)?;
    Some(flaw)
}

/// A list or mapping that is being written.
struct Open {
    is_mapping: bool,
    /// The key that waits for its value.
    key: Option<String>,
    is_empty: bool,
    /// It is left out, or stands in something that is.
    silent: bool,
}

/// The text in braces and brackets, without the values in `left_out`, and the numbers of the values that are left, both as
/// [`Places`] counts them. Nothing for a text with aliases or tags.
fn without(text: &str, left_out: &HashSet<usize>) -> Option<(String, Vec<usize>)> {
    let (mut out, mut ids) = (String::new(), Vec::new());
    let mut stack: Vec<Open> = Vec::new();
    let mut number = 0;
    for event in Parser::new_from_str(text) {
        let value = match event.ok()?.0 {
            Event::Alias(_) => return None,
            Event::Scalar(_, _, _, Some(_))
            | Event::SequenceStart(_, Some(_))
            | Event::MappingStart(_, Some(_)) => return None,
            Event::Scalar(value, style, ..) => match stack.last_mut() {
                Some(open) if open.is_mapping && open.key.is_none() => {
                    open.key = Some(value.into_owned());
                    continue;
                }
                _ => scalar(
                    &value,
                    style,
                    stack.last().is_some_and(|open| open.is_mapping),
                ),
            },
            Event::SequenceStart(..) => "[".to_owned(),
            Event::MappingStart(..) => "{".to_owned(),
            Event::SequenceEnd | Event::MappingEnd => {
                let open = stack.pop()?;
                if !open.silent {
                    out.push(if open.is_mapping { '}' } else { ']' });
                }
                continue;
            }
            _ => continue,
        };
        let mut silent = left_out.contains(&number);
        if let Some(open) = stack.last_mut() {
            silent |= open.silent;
            let key = open.key.take();
            if !silent {
                if !open.is_empty {
                    out.push_str(", ");
                }
                open.is_empty = false;
                if let Some(key) = key {
                    out.push_str(&quoted(&key));
                    out.push_str(": ");
                }
            }
        }
        if !silent {
            ids.push(number);
            out.push_str(&value);
        }
        if value == "[" || value == "{" {
            stack.push(Open {
                is_mapping: value == "{",
                key: None,
                is_empty: true,
                silent,
            });
        }
        number += 1;
    }
    Some((out, ids))
}

/// As it can stand in brackets: a number or `true` stays one, text is put in quotes.
fn scalar(value: &str, style: ScalarStyle, in_mapping: bool) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_.+-~".contains(c);
    match style {
        ScalarStyle::Plain if value.is_empty() && in_mapping => String::new(),
        ScalarStyle::Plain if value.is_empty() => "~".to_owned(),
        ScalarStyle::Plain if value.chars().all(plain) => value.to_owned(),
        _ => quoted(value),
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
