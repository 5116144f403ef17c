//! From what a rule file says to what is checked: names become numbers, patterns are compiled, mistakes are found.

use crate::facts::LateReason;
use crate::front::Kind;
use crate::language::Language;
use crate::language::polarity::Stance;
use crate::language::reading::Place;
use crate::language::sections::SectionId;
use crate::language::vocabulary::ConceptId;
use crate::pattern::{Pattern, PatternBook, PatternError};
use crate::report::Problem;
use crate::yaml::{self, Places};

use super::schema::{self, Digits, ItemFault, Say, When, Within};

mod agree;
mod applies;

pub use agree::{Agree, Need};

/// A [`Say`], compiled. Bit sets have one bit for each member of `ALL` of the enum.
#[derive(Debug)]
pub struct CompiledSay {
    pub all: Vec<ConceptId>,
    pub any: Vec<ConceptId>,
    pub none: Vec<ConceptId>,
    pub near: Vec<ConceptId>,
    pub stance: u32,
    pub clause: u32,
    pub place: u32,
    pub section: Vec<SectionId>,
    pub not_section: Vec<SectionId>,
    pub within: Within,
    pub fragment: Option<bool>,
    pub past: Option<bool>,
    pub attributive: Option<bool>,
    pub date: Vec<String>,
    pub advice: Vec<usize>,
    pub item: bool,
    pub leaked_item: bool,
    pub channel: bool,
    pub pattern: Option<Pattern>,
    pub not_pattern: Option<Pattern>,
    pub kind: Vec<Kind>,
    pub words: usize,
    pub story: usize,
}

/// When a rule applies.
#[derive(Debug, Default)]
pub struct CompiledWhen {
    pub source: When,
    pub from: Option<jiff::civil::Date>,
    pub until: Option<jiff::civil::Date>,
    pub leaked_any: Vec<ConceptId>,
    pub said: Vec<CompiledSay>,
    pub not_said: Vec<CompiledSay>,
    pub never_said: Vec<CompiledSay>,
    pub but_said: Vec<CompiledSay>,
}

/// What a rule checks.
#[derive(Debug)]
pub enum Check {
    Forbid(Forbid),
    Require(Require),
    Items(ItemFault),
    Agree(Agree),
    Deadline(Deadline),
    Contact(Contact),
    Measure(schema::Measure),
    Hidden(schema::HiddenFault),
    Waiver(schema::WaiverFault),
    Remind,
}

#[derive(Debug)]
pub struct Forbid {
    pub say: Vec<CompiledSay>,
    pub always: Vec<CompiledSay>,
    pub unless: Vec<CompiledSay>,
    pub unless_said: Vec<CompiledSay>,
    pub unless_claimed: bool,
    pub patterns: Vec<Pattern>,
    pub except: Vec<Pattern>,
    pub digits: Option<Digits>,
}

#[derive(Debug)]
pub struct Require {
    pub any: Vec<CompiledSay>,
    pub all: Vec<Need>,
    pub section: Option<SectionId>,
}

#[derive(Debug)]
pub struct Deadline {
    pub notify_hours: Option<i64>,
    pub excuses: Vec<LateReason>,
    pub excuses_possibility: Option<Vec<LateReason>>,
    pub at_once_hours: Option<i64>,
    pub posted_days: Option<i64>,
}

#[derive(Debug)]
pub struct Contact {
    pub desk: Vec<ConceptId>,
    pub generic: Vec<ConceptId>,
    pub generic_with: Vec<ConceptId>,
    pub desk_endings: Vec<String>,
    pub channel_words: Vec<String>,
    pub others: Vec<ConceptId>,
    pub labels: Vec<ConceptId>,
    pub mailbox: Pattern,
    pub mailbox_language: Vec<String>,
}

/// Compiles one rule file; collects its mistakes.
pub(super) struct Compiler<'a> {
    pub language: &'a Language,
    pub book: &'a mut PatternBook,
    pub places: &'a Places,
    pub problems: Vec<Problem>,
}

impl Compiler<'_> {
    fn complain(&mut self, path: &[&str], message: String, hint: Option<String>) {
        self.problems
            .push(self.places.problem(self.places.near(path), message, hint));
    }

    /// Texts that are looked for. An empty one would stand everywhere.
    fn texts(&mut self, path: &[&str], texts: &[String]) -> Vec<String> {
        for (i, _) in texts.iter().enumerate().filter(|(_, t)| t.is_empty()) {
            let index = i.to_string();
            let at = [path, &[index.as_str()]].concat();
            self.complain(&at, "this text is empty".to_owned(), None);
        }
        texts.to_vec()
    }

    /// Concept ids of a list at `path`.
    fn concepts(&mut self, path: &[&str], names: &[String]) -> Vec<ConceptId> {
        let mut out = Vec::new();
        for (i, name) in names.iter().enumerate() {
            match self.language.vocabulary.id_of(name) {
                Some(id) => out.push(id),
                None => {
                    let index = i.to_string();
                    let mut at = path.to_vec();
                    at.push(&index);
                    let hint = self
                        .language
                        .vocabulary
                        .nearest(name)
                        .map(|n| format!("did you mean `{n}`?"));
                    self.complain(
                        &at,
                        format!("unknown concept `{}`", yaml::shown(name)),
                        hint,
                    );
                }
            }
        }
        out
    }

    fn named<T>(
        &mut self,
        path: &[&str],
        names: &[String],
        what: &str,
        known: &[&str],
        find: impl Fn(&str) -> Option<T>,
    ) -> Vec<T> {
        let mut out = Vec::new();
        for (i, name) in names.iter().enumerate() {
            match find(name) {
                Some(x) => out.push(x),
                None => {
                    let index = i.to_string();
                    let mut at = path.to_vec();
                    at.push(&index);
                    self.complain(
                        &at,
                        format!("unknown {what} `{}`", yaml::shown(name)),
                        yaml::hint_for(name, known),
                    );
                }
            }
        }
        out
    }

    fn stances(&mut self, path: &[&str], names: &[String]) -> u32 {
        if names.is_empty() {
            return u32::MAX;
        }
        let known: Vec<&str> = Stance::ALL.iter().map(|s| s.name()).collect();
        let found = self.named(path, names, "stance", &known, Stance::from_name);
        found.iter().fold(0, |set, &s| {
            set | bit_of(Stance::ALL.iter().position(|&x| x == s))
        })
    }

    fn places_of(&mut self, path: &[&str], names: &[String]) -> u32 {
        if names.is_empty() {
            return 0;
        }
        let known: Vec<&str> = Place::ALL.iter().map(|p| p.name()).collect();
        let found = self.named(path, names, "place", &known, |n| {
            Place::ALL.iter().position(|p| p.name() == n)
        });
        found.iter().fold(0, |set, &p| set | bit_of(Some(p)))
    }

    fn sections(&mut self, path: &[&str], names: &[String]) -> Vec<SectionId> {
        if names.is_empty() {
            return Vec::new();
        }
        let language = self.language;
        let known: Vec<&str> = language.sections.names().collect();
        self.named(path, names, "section", &known, |n| {
            language.sections.id_of(n)
        })
    }

    /// A regular expression, with the mistakes that would make it useless or costly.
    fn pattern(&mut self, path: &[&str], pattern: &str) -> Option<Pattern> {
        for (bad, why) in [
            ("(?=", "look-ahead is not supported"),
            ("(?!", "look-ahead is not supported"),
            ("(?<=", "look-behind is not supported"),
            ("(?<!", "look-behind is not supported"),
        ] {
            if pattern.contains(bad) {
                let hint =
                    Some("use `except` for what is fine, or make the pattern longer".to_owned());
                self.complain(path, format!("bad pattern: {why}"), hint);
                return None;
            }
        }
        if beside_syllable(pattern) {
            let hint = Some("particles follow a noun without a space, so there is no word boundary; leave `\\b` out".to_owned());
            self.complain(
                path,
                "this pattern can hardly ever match: `\\b` beside a Hangul syllable".to_owned(),
                hint,
            );
            return None;
        }
        match self.book.pattern(pattern) {
            Ok(pattern) => Some(pattern),
            // Said once.
            Err(PatternError::TooMany(_)) if self.book.refused() > 1 => None,
            Err(error) => {
                let hint = (error == PatternError::TooLarge)
                    .then(|| "shorten it, or split it into several patterns".to_owned());
                self.complain(path, error.to_string(), hint);
                None
            }
        }
    }

    fn patterns(&mut self, path: &[&str], patterns: &[String]) -> Vec<Pattern> {
        patterns
            .iter()
            .enumerate()
            .filter_map(|(i, p)| {
                let index = i.to_string();
                let mut at = path.to_vec();
                at.push(&index);
                self.pattern(&at, p)
            })
            .collect()
    }

    fn says(&mut self, path: &[&str], says: &[Say]) -> Vec<CompiledSay> {
        says.iter()
            .enumerate()
            .map(|(i, s)| {
                let index = i.to_string();
                let mut at = path.to_vec();
                at.push(&index);
                self.say(&at, s)
            })
            .collect()
    }

    fn say(&mut self, path: &[&str], s: &Say) -> CompiledSay {
        // Almost always there is nothing to complain of.
        let with = |key: &'static str, unused: bool| {
            if unused {
                return Vec::new();
            }
            let mut at = path.to_vec();
            at.push(key);
            at
        };
        let anchors = s.all.is_empty() && s.any.is_empty();
        if anchors
            && s.date.is_empty()
            && s.advice.is_empty()
            && !s.item
            && !s.leaked_item
            && !s.channel
            && s.pattern.is_none()
            && s.words == 0
            && s.past.is_none()
        {
            self.complain(
                path,
                "this can never match: it names no concept, date, advice, item or pattern".into(),
                None,
            );
        }
        if anchors && s.story > 0 {
            let message = "`story` stands before a concept: name one under `all` or `any`".into();
            self.complain(&with("story", false), message, None);
        }
        let place = self.places_of(&with("place", s.place.is_empty()), &s.place);
        let not_place = self.places_of(&with("not-place", s.not_place.is_empty()), &s.not_place);
        let language = self.language;
        let mut known: Vec<&str> = Vec::new();
        if !s.advice.is_empty() {
            known.extend(language.advice.names());
        }
        let mut roles: Vec<&str> = Vec::new();
        if !s.date.is_empty() {
            // A date that nothing says anything about is another one.
            roles.extend(language.values.roles());
            if !roles.contains(&"other") {
                roles.push("other");
            }
        }
        CompiledSay {
            all: self.concepts(&with("all", s.all.is_empty()), &s.all),
            any: self.concepts(&with("any", s.any.is_empty()), &s.any),
            none: self.concepts(&with("none", s.none.is_empty()), &s.none),
            near: self.concepts(&with("near", s.near.is_empty()), &s.near),
            stance: self.stances(&with("stance", s.stance.is_empty()), &s.stance),
            clause: self.stances(&with("clause", s.clause.is_empty()), &s.clause),
            place: (if s.place.is_empty() { u32::MAX } else { place }) & !not_place,
            section: self.sections(&with("section", s.section.is_empty()), &s.section),
            not_section: self.sections(
                &with("not-section", s.not_section.is_empty()),
                &s.not_section,
            ),
            within: s.within,
            fragment: s.fragment,
            date: self.named(
                &with("date", s.date.is_empty()),
                &s.date,
                "role of a date",
                &roles,
                |n| roles.contains(&n).then(|| n.to_owned()),
            ),
            past: s.past,
            attributive: s.attributive,
            advice: self.named(
                &with("advice", s.advice.is_empty()),
                &s.advice,
                "advice",
                &known,
                |n| language.advice.names().position(|k| k == n),
            ),
            item: s.item,
            leaked_item: s.leaked_item,
            channel: s.channel,
            not_pattern: s
                .not_pattern
                .as_deref()
                .and_then(|p| self.pattern(&with("not-pattern", false), p)),
            pattern: s
                .pattern
                .as_ref()
                .and_then(|p| self.pattern(&with("pattern", false), p)),
            kind: s.kind.clone(),
            words: s.words,
            story: s.story,
        }
    }

    fn date(&mut self, path: &[&str], text: Option<&String>) -> Option<jiff::civil::Date> {
        let text = text?;
        match yaml::date(text) {
            Ok(date) => Some(date),
            Err((message, hint)) => {
                self.complain(path, message, hint);
                None
            }
        }
    }

    /// Languages must be known; jurisdictions must look like `kr` or `us-ca`, for packs of others may come.
    fn names_in(&mut self, when: &When) {
        let languages: Vec<&str> = self.language.vocabulary.languages().collect();
        let known = |n: &str| languages.contains(&n).then_some(());
        let at = ["when", "language"];
        self.named(&at, &when.language, "language", &languages, known);
        for (i, name) in when.jurisdiction.iter().enumerate() {
            let (country, part) = name.split_once('-').unwrap_or((name, "x"));
            let letters = |text: &str| text.bytes().all(|b| b.is_ascii_lowercase());
            let whole = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit();
            let subdivision = (1..=3).contains(&part.len()) && part.bytes().all(whole);
            if country.len() != 2 || !letters(country) || !subdivision {
                let index = i.to_string();
                let message = format!("`{}` is no jurisdiction", yaml::shown(name));
                let hint = "write the two letters of its country, such as kr, or with a part of it, such as us-ca";
                self.complain(
                    &["when", "jurisdiction", &index],
                    message,
                    Some(hint.into()),
                );
            }
        }
    }

    pub fn when(&mut self, when: When) -> CompiledWhen {
        self.names_in(&when);
        CompiledWhen {
            from: self.date(&["when", "in-force", "from"], when.in_force.from.as_ref()),
            until: self.date(&["when", "in-force", "until"], when.in_force.until.as_ref()),
            leaked_any: self.concepts(&["when", "leaked-any"], &when.leaked_any),
            said: self.says(&["when", "said"], &when.said),
            never_said: self.says(&["when", "never-said"], &when.never_said),
            not_said: self.says(&["when", "not-said"], &when.not_said),
            but_said: self.says(&["when", "but-said"], &when.but_said),
            source: when,
        }
    }

    /// The one check of a rule.
    pub fn check(&mut self, file: &schema::RuleFile) -> Option<Check> {
        let mut found: Vec<(&str, Check)> = Vec::new();
        if let Some(f) = &file.forbid {
            let check = Forbid {
                say: self.says(&["forbid", "say"], &f.say),
                always: self.says(&["forbid", "always"], &f.always),
                unless: self.says(&["forbid", "unless"], &f.unless),
                unless_said: self.says(&["forbid", "unless-said"], &f.unless_said),
                unless_claimed: f.unless_claimed,
                patterns: self.patterns(&["forbid", "patterns"], &f.patterns),
                except: self.patterns(&["forbid", "except"], &f.except),
                digits: f.digits,
            };
            if f.say.is_empty() && f.always.is_empty() && f.patterns.is_empty() {
                self.complain(
                    &["forbid"],
                    "`forbid` needs `say` or `patterns`".into(),
                    None,
                );
            }
            found.push(("forbid", Check::Forbid(check)));
        }
        if let Some(r) = &file.require {
            let all = r
                .all
                .iter()
                .enumerate()
                .map(|(i, need)| self.need(&i.to_string(), need))
                .collect();
            let section = r.section.as_ref().and_then(|s| {
                self.sections(&["require", "section"], std::slice::from_ref(s))
                    .into_iter()
                    .next()
            });
            if r.any.is_empty() && r.all.is_empty() {
                self.complain(&["require"], "`require` needs `any` or `all`".into(), None);
            }
            let any = self.says(&["require", "any"], &r.any);
            found.push(("require", Check::Require(Require { any, all, section })));
        }
        if let Some(i) = &file.items {
            found.push(("items", Check::Items(i.find)));
        }
        if let Some(a) = &file.agree {
            found.push(("agree", Check::Agree(self.agree(a))));
        }
        if let Some(d) = &file.deadline {
            let given = [d.notify_hours, d.at_once_hours, d.posted_days];
            if given.iter().flatten().count() != 1 {
                self.complain(
                    &["deadline"],
                    "`deadline` needs one of `notify-hours`, `at-once-hours` and `posted-days`"
                        .into(),
                    None,
                );
            }
            found.push((
                "deadline",
                Check::Deadline(Deadline {
                    notify_hours: d.notify_hours,
                    excuses: d.excuses.clone(),
                    excuses_possibility: d.excuses_possibility.clone(),
                    at_once_hours: d.at_once_hours,
                    posted_days: d.posted_days,
                }),
            ));
        }
        if let Some(c) = &file.contact
            && let Some(mailbox) = self.pattern(&["contact", "mailbox"], &c.mailbox)
        {
            let check = Contact {
                desk: self.concepts(&["contact", "desk"], &c.desk),
                generic: self.concepts(&["contact", "generic"], &c.generic),
                generic_with: self.concepts(&["contact", "generic-with"], &c.generic_with),
                desk_endings: self.texts(&["contact", "desk-endings"], &c.desk_endings),
                channel_words: self.texts(&["contact", "channel-words"], &c.channel_words),
                others: self.concepts(&["contact", "others"], &c.others),
                labels: self.concepts(&["contact", "labels"], &c.labels),
                mailbox,
                mailbox_language: c.mailbox_language.clone(),
            };
            found.push(("contact", Check::Contact(check)));
        }
        if let Some(m) = &file.measure {
            if m.words.is_none() && m.words_head_final.is_none() && !m.language {
                self.complain(
                    &["measure"],
                    "`measure` needs `words`, `words-head-final` or `language`".into(),
                    None,
                );
            }
            found.push(("measure", Check::Measure(m.clone())));
        }
        if let Some(h) = &file.hidden {
            found.push(("hidden", Check::Hidden(h.find)));
        }
        if let Some(w) = &file.waiver {
            found.push(("waiver", Check::Waiver(w.find)));
        }
        if file.remind.is_some() {
            found.push(("remind", Check::Remind));
        }
        const CHECKS: &str =
            "forbid, require, items, agree, deadline, contact, measure, hidden, waiver, remind";
        if found.is_empty() && self.problems.is_empty() {
            self.complain(
                &[],
                "this rule checks nothing".into(),
                Some(format!("add one of {CHECKS}")),
            );
        }
        if found.len() > 1 {
            let message = format!(
                "a rule has one check only, this one has `{}` and `{}`",
                found[0].0, found[1].0
            );
            self.complain(&[found[1].0], message, Some("make two rules of it".into()));
        }
        found.into_iter().next().map(|(_, check)| check)
    }
}

fn bit_of(index: Option<usize>) -> u32 {
    index.map_or(0, |i| 1 << i)
}

/// The bit of a stance in [`CompiledSay::stance`].
pub fn stance_bit(stance: Stance) -> u32 {
    bit_of(Stance::ALL.iter().position(|&s| s == stance))
}

/// The bit of a place in [`CompiledSay::place`].
pub fn place_bit(place: Place) -> u32 {
    bit_of(Place::ALL.iter().position(|&p| p == place))
}

/// Whether `\b` stands directly beside a syllable block.
fn beside_syllable(pattern: &str) -> bool {
    let syllable = |c: Option<char>| c.is_some_and(|c| matches!(c, '\u{ac00}'..='\u{d7a3}'));
    pattern.match_indices("\\b").any(|(at, _)| {
        let escaped = pattern[..at].ends_with('\\');
        !escaped
            && (syllable(pattern[..at].chars().next_back())
                || syllable(pattern[at + 2..].chars().next()))
    })
}
