//! The front matter of a notice: what its author says about it, and no reader sees.

use jiff::Zoned;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::facts::Audience;
use crate::notice::{self, Mislaid};
use crate::report::{Place, Problem};
use crate::source::{Source, Span};
use crate::yaml::{self, Complaint, Places, Spanned};

#[cfg(test)]
mod tests;

/// What the front matter says. Spans are bytes of the notice's file.
#[derive(Debug, Clone, Default)]
pub struct Front {
    /// The subject of an e-mail, or the title of a letter; from `title` or `subject`.
    pub title: Option<Spanned<String>>,
    /// Path of the facts, relative to the notice.
    pub incident: Option<Spanned<String>>,
    /// Name of a cohort of the facts.
    pub cohort: Option<Spanned<String>>,
    pub kind: Option<Spanned<Kind>>,
    pub channel: Option<Spanned<Channel>>,
    /// Such as `ko` or `en`; not empty.
    pub language: Option<Spanned<String>>,
    pub audience: Option<Spanned<Audience>>,
    pub notify_at: Option<Spanned<Zoned>>,
    pub posted: Option<Spanned<Posted>>,
    /// Path of an earlier notice.
    pub replaces: Option<Spanned<String>>,
    /// Path of the notice that this one is a translation of.
    pub translation_of: Option<Spanned<String>>,
    pub waive: Vec<Spanned<Waiver>>,
    /// `false`: this Markdown file is no notice.
    pub notice: Option<Spanned<bool>>,
}

/// What a notice is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Full,
    Partial,
    Possibility,
    Supplement,
    Correction,
    AllClear,
    Posting,
}

/// How a notice reaches people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    Email,
    Sms,
    Letter,
    Homepage,
    App,
}

/// From when until when a notice stands on the homepage. `until` is never before `from`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posted {
    pub from: Option<Spanned<Date>>,
    pub until: Option<Spanned<Date>>,
}

/// A rule that is set aside for this notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// Id of the rule, not checked here.
    pub rule: Spanned<String>,
    /// Nothing if it is missing or empty, which is a finding.
    pub reason: Option<Spanned<String>>,
    pub approved_by: Option<Spanned<String>>,
    /// Last day on which it counts.
    pub until: Option<Spanned<Date>>,
}

/// What is wrong with front matter that is none.
pub fn mislaid(source: &Source) -> Option<Problem> {
    let (span, message, hint) = match notice::mislaid_front_matter(&source.text)? {
        Mislaid::Open(span) => (
            span,
            "this looks like front matter, but the file does not begin with the line `---`",
            "write three hyphens alone in the very first line, and again below the keys; a word processor makes a dash of them",
        ),
        Mislaid::Unclosed(span) => (
            span,
            "the front matter that begins here is never closed",
            "write a line of three hyphens, `---`, below its keys",
        ),
    };
    Some(Problem {
        path: source.path.clone(),
        message: message.to_owned(),
        hint: Some(hint.to_owned()),
        at: Some(Place::of(source, span)),
    })
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Partial => "partial",
            Self::Possibility => "possibility",
            Self::Supplement => "supplement",
            Self::Correction => "correction",
            Self::AllClear => "all-clear",
            Self::Posting => "posting",
        }
    }
}

impl Channel {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
            Self::Letter => "letter",
            Self::Homepage => "homepage",
            Self::App => "app",
        }
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(rename = "notice")]
pub(crate) struct Raw {
    /// The subject of an e-mail, or the title of a letter.
    title: Option<String>,
    /// The same as `title`.
    subject: Option<String>,
    /// Path of the facts, from the folder of this notice.
    incident: Option<String>,
    /// Name of a cohort of the facts: those whom this notice is for.
    cohort: Option<String>,
    /// What the notice is for; full if absent.
    kind: Option<Kind>,
    /// How it reaches people.
    channel: Option<Channel>,
    /// Language of the notice, such as ko or en.
    language: Option<String>,
    /// Who gets it; that of the cohort if absent.
    audience: Option<Audience>,
    /// When it goes out, with time and zone: 2025-11-20T09:00+09:00.
    #[schemars(extend("x-format" = "time"))]
    notify_at: Option<String>,
    /// From when until when it stands on the homepage.
    posted: Option<RawPosted>,
    /// Path of an earlier notice that this one corrects or adds to.
    replaces: Option<String>,
    /// Path of the notice that this one is a translation of.
    translation_of: Option<String>,
    /// Rules that are set aside for this notice, each with its reason.
    #[serde(default)]
    waive: Vec<RawWaiver>,
    /// `false`: this Markdown file is no notice.
    notice: Option<bool>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "posted")]
struct RawPosted {
    /// The first day: 2025-11-20.
    #[schemars(extend("x-format" = "date"))]
    from: Option<String>,
    /// The last day.
    #[schemars(extend("x-format" = "date"))]
    until: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(rename = "waiver")]
struct RawWaiver {
    /// Id of the rule.
    #[schemars(extend("x-enum" = "rule"))]
    rule: String,
    /// Why it is set aside.
    reason: Option<String>,
    /// Who decided it.
    approved_by: Option<String>,
    /// The last day on which this counts.
    #[schemars(extend("x-format" = "date"))]
    until: Option<String>,
}

impl Front {
    /// Reads the front matter that stands at `yaml` (without the `---` lines) in `source`, the notice's file.
    ///
    /// # Errors
    /// All that is wrong with it, as far as its structure can be read.
    pub fn read(path: &str, source: &str, yaml: Span) -> Result<Self, Vec<Problem>> {
        let text = source.get(yaml.start..yaml.end).unwrap_or_default();
        if text
            .lines()
            .map(str::trim)
            .all(|line| line.is_empty() || line.starts_with('#'))
        {
            return Ok(Self::default());
        }
        let yaml = yaml::read_part::<Raw>(path, source, yaml)?;
        let mut check = Check {
            places: &yaml.places,
            problems: Vec::new(),
        };
        let front = check.front(yaml.value);
        match check.problems.is_empty() {
            true => Ok(front),
            false => {
                check
                    .problems
                    .sort_by_key(|problem| problem.at.map(|at| at.span));
                check.problems.truncate(yaml::MAX_PROBLEMS);
                Err(check.problems)
            }
        }
    }

    /// Whether the author says that this file is no notice.
    pub fn is_no_notice(&self) -> bool {
        self.notice.is_some_and(|notice| !notice.value)
    }
}

struct Check<'a> {
    places: &'a Places,
    problems: Vec<Problem>,
}

impl Check<'_> {
    fn front(&mut self, raw: Raw) -> Front {
        let title = self.text(&["title"], raw.title);
        let subject = self.text(&["subject"], raw.subject);
        if let (Some(_), Some(subject)) = (&title, &subject) {
            let key = self.places.key(&["subject"]).unwrap_or(subject.span);
            let hint = "they mean the same: remove one of them".to_owned();
            self.complain(key, "both `title` and `subject` are given", Some(hint));
        }
        Front {
            title: title.or(subject),
            incident: self.text(&["incident"], raw.incident),
            cohort: self.text(&["cohort"], raw.cohort),
            kind: self.spanned(&["kind"], raw.kind),
            channel: self.spanned(&["channel"], raw.channel),
            language: self.text(&["language"], raw.language),
            audience: self.spanned(&["audience"], raw.audience),
            notify_at: self.read(&["notify-at"], raw.notify_at, yaml::zoned),
            posted: raw.posted.map(|raw| self.posted(raw)),
            replaces: self.text(&["replaces"], raw.replaces),
            translation_of: self.text(&["translation-of"], raw.translation_of),
            waive: raw
                .waive
                .into_iter()
                .enumerate()
                .map(|(n, raw)| self.waiver(n, raw))
                .collect(),
            notice: self.spanned(&["notice"], raw.notice),
        }
    }

    fn posted(&mut self, raw: RawPosted) -> Spanned<Posted> {
        let from = self.read(&["posted", "from"], raw.from, yaml::date);
        let until = self.read(&["posted", "until"], raw.until, yaml::date);
        if let (Some(from), Some(until)) = (from, until)
            && until.value < from.value
        {
            let message = format!(
                "`until` is before `from`: {} is before {}",
                until.value, from.value
            );
            self.complain(
                until.span,
                message,
                Some("swap them, or correct one".to_owned()),
            );
        }
        Spanned::new(Posted { from, until }, self.places.near(&["posted"]))
    }

    fn waiver(&mut self, index: usize, raw: RawWaiver) -> Spanned<Waiver> {
        let index = index.to_string();
        let at = |key| ["waive", index.as_str(), key];
        let waiver = Waiver {
            rule: Spanned::new(raw.rule, self.places.near(&at("rule"))),
            reason: self
                .spanned(&at("reason"), raw.reason)
                .filter(|reason| !reason.value.trim().is_empty()),
            approved_by: self.text(&at("approved-by"), raw.approved_by),
            until: self.read(&at("until"), raw.until, yaml::date),
        };
        if waiver.rule.value.trim().is_empty() {
            let hint = "name the rule that is set aside, such as kr/title".to_owned();
            self.complain(waiver.rule.span, "`rule` is empty", Some(hint));
        }
        Spanned::new(waiver, self.places.near(&["waive", index.as_str()]))
    }

    fn complain(&mut self, span: Span, message: impl Into<String>, hint: Option<String>) {
        self.problems.push(self.places.problem(span, message, hint));
    }

    /// Text that, if it is given, says something. `title:` with nothing behind it counts as not given, so that a
    /// template can list its keys; `title: ""` is a mistake.
    fn text(&mut self, path: &[&str], value: Option<String>) -> Option<Spanned<String>> {
        let value = self.spanned(path, value)?;
        if value.value.trim().is_empty() {
            let key = path.last().copied().unwrap_or_default();
            let hint = "write something behind it, or remove the line".to_owned();
            self.complain(value.span, format!("`{key}` is empty"), Some(hint));
        }
        Some(value)
    }

    fn read<T>(
        &mut self,
        path: &[&str],
        text: Option<String>,
        read: fn(&str) -> Result<T, Complaint>,
    ) -> Option<Spanned<T>> {
        let span = self.places.near(path);
        match read(&text?) {
            Ok(value) => Some(Spanned::new(value, span)),
            Err((message, hint)) => {
                let key = path.last().copied().unwrap_or_default();
                self.complain(span, format!("`{key}`: {message}"), hint);
                None
            }
        }
    }

    fn spanned<T>(&self, path: &[&str], value: Option<T>) -> Option<Spanned<T>> {
        Some(Spanned::new(value?, self.places.near(path)))
    }
}
