//! What is wrong with a file, in the language of the messages.
//!
//! The readers of YAML say it in English, with names and values in it. The table has the same texts with places for the values, in
//! both languages; a text that it does not have stays as it is.

use std::sync::LazyLock;

use super::Problem;
use super::wording::{Wording, entries};
use crate::lang::Lang;

/// Keys of the table that hold such texts.
const PREFIX: &str = "problem-";
/// How deep values are looked at: a message in a message, a kind of value in that.
const DEPTH: usize = 3;

/// A text with places for values.
struct Template {
    key: &'static str,
    /// What stands before, between and behind the places.
    fixed: Vec<&'static str>,
    names: Vec<&'static str>,
}

/// Those with the most fixed text first.
static TEMPLATES: LazyLock<Vec<Template>> = LazyLock::new(|| {
    let mut all: Vec<Template> = entries()
        .filter(|(key, _)| key.starts_with(PREFIX))
        .map(|(key, english)| template(key, english))
        .collect();
    all.sort_by_key(|t| std::cmp::Reverse(t.fixed.iter().map(|part| part.len()).sum::<usize>()));
    all
});

fn template(key: &'static str, text: &'static str) -> Template {
    let (mut fixed, mut names) = (Vec::new(), Vec::new());
    let mut rest = text;
    while let Some((before, (name, behind))) = rest
        .split_once('{')
        .and_then(|(before, tail)| Some((before, tail.split_once('}')?)))
    {
        fixed.push(before);
        names.push(name);
        rest = behind;
    }
    fixed.push(rest);
    Template { key, fixed, names }
}

impl Template {
    /// The values of a text that is like this.
    fn values<'t>(&self, text: &'t str) -> Option<Vec<(&'static str, &'t str)>> {
        let mut rest = text.strip_prefix(self.fixed[0])?;
        let mut out = Vec::new();
        for (name, (n, part)) in self.names.iter().zip(self.fixed[1..].iter().enumerate()) {
            let last = n + 1 == self.names.len();
            let (value, behind) = match last {
                true => (rest.strip_suffix(part)?, ""),
                false => rest.split_once(part)?,
            };
            // What stands between backquotes has none.
            let quoted = self.fixed[n].ends_with('`') && part.starts_with('`');
            if value.is_empty() || quoted && value.contains('`') {
                return None;
            }
            out.push((*name, value));
            rest = behind;
        }
        rest.is_empty().then_some(out)
    }
}

/// The text in the language of `words`, if the table has it.
pub fn translated(text: &str, words: Wording) -> Option<String> {
    say(text, words, DEPTH)
}

fn say(text: &str, words: Wording, depth: usize) -> Option<String> {
    let depth = depth.checked_sub(1)?;
    TEMPLATES.iter().find_map(|template| {
        let values = template.values(text)?;
        let own: Vec<(&str, String)> = values
            .into_iter()
            .map(|(name, value)| {
                let said = say(value, words, depth);
                (name, said.unwrap_or_else(|| value.to_owned()))
            })
            .collect();
        let own: Vec<(&str, &str)> = own.iter().map(|(k, v)| (*k, v.as_str())).collect();
        Some(words.fill(template.key, &own))
    })
}

/// Says problems in the language of `words`, as far as the table has them.
pub fn translate(problems: &mut [Problem], words: Wording) {
    if words.lang() == Lang::En {
        return;
    }
    for problem in problems {
        if let Some(said) = translated(&problem.message, words) {
            problem.message = said;
        }
        if let Some(hint) = &mut problem.hint
            && let Some(said) = translated(hint, words)
        {
            *hint = said;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ko(text: &str) -> String {
        translated(text, Wording::new(Lang::Ko)).unwrap_or_default()
    }

    #[test]
    fn a_text_is_said_with_its_values_and_those_in_their_turn() {
        assert_eq!(
            ko("unknown key `occured` in `cohorts.members`"),
            "`cohorts.members`에 알 수 없는 키가 있습니다: `occured`"
        );
        assert_eq!(
            ko("`leaked` must be a list, not the text name"),
            "`leaked`에는 목록만 쓸 수 있습니다(적힌 것: 글 name)"
        );
        assert_eq!(
            ko("`aware-at`: `2026-10-06T10:00` has no time zone"),
            "`aware-at`: 시간대가 없습니다: `2026-10-06T10:00`"
        );
        assert_eq!(
            ko("text that begins with `[` or `{` must be in quotes"),
            "`[`나 `{`로 시작하는 글은 따옴표로 묶어야 합니다"
        );
    }

    /// What the snapshots tell of mistakes, without the places: a message, a hint, or a message with its hint in brackets.
    fn told() -> Vec<String> {
        let place = regex::Regex::new(r"^\S+: ").unwrap();
        let told = regex::Regex::new(r"(?m)^\S+:\d+:\d+-\d+:\d+: (.*)$").unwrap();
        let mut out = Vec::new();
        for folder in ["yaml", "facts", "front"] {
            let name = "each_mistake_has_a_place_and_a_hint";
            let path = format!("src/{folder}/snapshots/noticelint__{folder}__tests__{name}.snap");
            let text = std::fs::read_to_string(path).unwrap();
            out.extend(told.captures_iter(&text).map(|found| found[1].to_owned()));
        }
        for file in std::fs::read_dir("tests/snapshots").unwrap() {
            let path = file.unwrap().path();
            if !path.to_string_lossy().contains("rule_errors__") {
                continue;
            }
            for line in std::fs::read_to_string(path).unwrap().lines() {
                let message = line.strip_prefix("error: ");
                out.extend(message.map(|text| place.replace(text, "").into_owned()));
                let hint = line.trim_start().strip_prefix("= hint: ");
                out.extend(hint.map(str::to_owned));
            }
        }
        out
    }

    #[test]
    fn every_mistake_that_a_test_shows_is_told_in_korean() {
        let known = |text: &str| !ko(text).is_empty();
        let both = |text: &str| {
            let mut ends = text.match_indices(" (").map(|(at, _)| at);
            ends.any(|at| known(&text[..at]) && text[at + 2..].strip_suffix(')').is_some_and(known))
        };
        let told = told();
        assert!(told.len() > 150, "{}", told.len());
        let left: Vec<&String> = told
            .iter()
            .filter(|text| !known(text) && !both(text))
            .collect();
        assert!(left.is_empty(), "{left:#?}");
    }

    #[test]
    fn what_the_table_does_not_have_is_left() {
        assert_eq!(translated("no such thing", Wording::new(Lang::Ko)), None);
        assert_eq!(translated("", Wording::new(Lang::Ko)), None);
    }
}
