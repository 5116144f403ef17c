//! What a rule file may say. One optional field per check; nothing here is looked at twice: see `compile`.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::facts::{Audience, Status};
use crate::front::{Channel, Kind};
use crate::lang::Localized;

/// A rule file.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RuleFile {
    pub title: Localized,
    pub severity: SeverityName,
    pub authority: AuthoritySource,
    #[serde(default)]
    pub when: When,
    pub forbid: Option<Forbid>,
    pub require: Option<Require>,
    pub items: Option<Items>,
    pub agree: Option<Agree>,
    pub deadline: Option<Deadline>,
    pub contact: Option<Contact>,
    pub measure: Option<Measure>,
    pub hidden: Option<HiddenCheck>,
    pub waiver: Option<WaiverCheck>,
    pub remind: Option<Remind>,
    pub message: Localized,
    pub help: Localized,
    pub fix: Option<Fix>,
    /// `false`: the rule cannot be set aside. Those about waivers never can.
    pub waivable: Option<bool>,
    /// Rules to which this one leaves the places where they find something, so that one fault is one finding.
    #[serde(default)]
    pub yields_to: Vec<String>,
    #[serde(default)]
    pub examples: Vec<Example>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SeverityName {
    Error,
    Warning,
    Info,
}

/// On whose authority a rule speaks.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AuthoritySource {
    pub body: Localized,
    pub instrument: Localized,
    pub provision: Localized,
    /// ISO date.
    #[schemars(extend("x-format" = "date"))]
    pub date: String,
    pub url: String,
    pub basis: Basis,
    /// How the authority was checked: read in full, in a reproduction, or not at all.
    #[serde(default)]
    pub checked: Checked,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    #[default]
    Statute,
    Order,
    Guidance,
    Practice,
}

impl Basis {
    pub fn as_str(self) -> &'static str {
        match self {
            Basis::Statute => "statute",
            Basis::Order => "order",
            Basis::Guidance => "guidance",
            Basis::Practice => "practice",
        }
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Checked {
    #[default]
    Read,
    SecondHand,
    Inference,
    Memory,
}

impl Checked {
    pub fn as_str(self) -> &'static str {
        match self {
            Checked::Read => "read",
            Checked::SecondHand => "second-hand",
            Checked::Inference => "inference",
            Checked::Memory => "memory",
        }
    }
}

/// When a rule applies. An empty list asks nothing.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct When {
    pub jurisdiction: Vec<String>,
    pub language: Vec<String>,
    pub kind: Vec<Kind>,
    pub not_kind: Vec<Kind>,
    pub channel: Vec<Channel>,
    pub audience: Vec<Audience>,
    pub not_audience: Vec<Audience>,
    pub status: Vec<Status>,
    /// The facts are needed.
    pub facts: bool,
    /// By the date on which the organisation became aware.
    pub in_force: InForce,
    /// One of these items leaked or may have leaked, after the facts or the text.
    #[schemars(extend("x-enum" = "item"))]
    pub leaked_any: Vec<String>,
    /// `leaked-any` holds, too, where the text states a leak and no item of it can be read.
    pub or_unread: bool,
    /// The text names leaked items at all.
    pub items_stated: bool,
    /// The title and the first text: some notice of a leak at all.
    pub said: Vec<Say>,
    /// If the text says this, the rule does not apply …
    pub not_said: Vec<Say>,
    /// The same, whatever else the text says.
    pub never_said: Vec<Say>,
    /// … unless it says this.
    pub but_said: Vec<Say>,
}

#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct InForce {
    /// ISO date.
    #[schemars(extend("x-format" = "date"))]
    pub from: Option<String>,
    /// ISO date.
    #[schemars(extend("x-format" = "date"))]
    pub until: Option<String>,
    /// Also if the date of awareness is not known.
    pub or_unknown: bool,
}

/// A statement to look for.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Say {
    /// Concepts that must stand together; the first is the one that a finding shows.
    #[schemars(extend("x-enum" = "concept"))]
    pub all: Vec<String>,
    /// One of these must stand there too; if `all` is empty, it is what a finding shows.
    #[schemars(extend("x-enum" = "concept"))]
    pub any: Vec<String>,
    /// None of these may.
    #[schemars(extend("x-enum" = "concept"))]
    pub none: Vec<String>,
    /// One of these must stand somewhere in the same block.
    #[schemars(extend("x-enum" = "concept"))]
    pub near: Vec<String>,
    /// Stances of the concept shown.
    #[schemars(extend("x-enum" = "stance"))]
    pub stance: Vec<String>,
    /// Stances of the clause.
    #[schemars(extend("x-enum" = "stance"))]
    pub clause: Vec<String>,
    #[schemars(extend("x-enum" = "place"))]
    pub place: Vec<String>,
    #[schemars(extend("x-enum" = "place"))]
    pub not_place: Vec<String>,
    #[schemars(extend("x-enum" = "section"))]
    pub section: Vec<String>,
    #[schemars(extend("x-enum" = "section"))]
    pub not_section: Vec<String>,
    /// How far "together" reaches.
    pub within: Within,
    /// Only (true) or never (false) clauses without a verb.
    pub fragment: Option<bool>,
    /// Only (true) or never (false) where the word shown merely describes a noun that is not the event ("the leaked file"), in
    /// languages with the verb last.
    pub attributive: Option<bool>,
    /// Only (true) or never (false) clauses with a verb in the past tense.
    pub past: Option<bool>,
    /// A date with one of these roles.
    pub date: Vec<String>,
    /// Advice of one of these kinds, given.
    #[schemars(extend("x-enum" = "advice"))]
    pub advice: Vec<String>,
    /// A kind of personal data is named there.
    pub item: bool,
    /// A kind of personal data is named there, and the text says of it that it leaked.
    pub leaked_item: bool,
    /// A phone number, address or link of this kind stands there.
    pub channel: bool,
    /// A pattern (regular expression) in the clause's text.
    pub pattern: Option<String>,
    /// A pattern that must not match there.
    pub not_pattern: Option<String>,
    /// Only in notices of these kinds.
    pub kind: Vec<Kind>,
    /// The sentence has at least so many words.
    pub words: usize,
    /// Before the word shown, the sentence tells in at least so many words that the vocabulary does not know what led to it,
    /// in languages with the verb last.
    pub story: usize,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Within {
    #[default]
    Clause,
    Sentence,
    Block,
}

/// The notice must not say this.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Forbid {
    pub say: Vec<Say>,
    /// The same, whatever `unless-said` says.
    pub always: Vec<Say>,
    /// Excuses a statement if it stands in the same sentence.
    pub unless: Vec<Say>,
    /// `say` only counts if the notice says none of these anywhere.
    pub unless_said: Vec<Say>,
    /// Regular expressions on the text of a block.
    pub patterns: Vec<String>,
    /// What a pattern finds is fine if this matches it.
    pub except: Vec<String>,
    /// What a pattern finds must pass this arithmetic.
    pub digits: Option<Digits>,
    /// A statement that the facts list under `claims` is not judged: an authority has confirmed it, or a rule with
    /// `agree: { value: claims }` judges it.
    pub unless_claimed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Digits {
    /// The check digit of payment cards (ISO/IEC 7812).
    Luhn,
}

/// The notice must say this.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Require {
    /// One of these is enough.
    pub any: Vec<Say>,
    /// Each of these is needed.
    pub all: Vec<Need>,
    /// The section in which it belongs; the finding stands at its heading.
    #[schemars(extend("x-enum" = "section"))]
    pub section: Option<String>,
}

/// A part of what is required.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Need {
    /// What to call it in the message: `{missing}`.
    pub name: Localized,
    /// One of these must be found, if `met` does not pass; not together with `earlier`.
    #[serde(default)]
    pub any: Vec<Say>,
    /// Or the rule of this id passes.
    pub met: Option<String>,
    /// Compared with the earlier notice, if its text is known, instead of looked for by `any`.
    pub earlier: Option<EarlierNeed>,
    /// Only needed by the date on which the organisation became aware.
    #[serde(default)]
    pub in_force: InForce,
}

/// What is asked of a notice beside the earlier one that it corrects or adds to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EarlierNeed {
    /// Each difference from it is named where the need before this one is met.
    Corrected,
    /// Something is told that it did not tell, and the count of the facts if it gave none or another one.
    Supplied,
}

/// Compares items.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Items {
    pub find: ItemFault,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ItemFault {
    /// Leaked by the facts, not stated as leaked.
    Missing,
    /// Leaked by the facts, denied by the text.
    Denied,
    /// Stated as leaked, not in the facts.
    Undeclared,
    /// In `open-questions`, denied flatly.
    OpenDenied,
    /// The list is left open.
    OpenList,
    /// A vague word stands for items.
    Umbrella,
}

/// Compares a value with the facts, or with another notice.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Agree {
    pub value: AgreeValue,
    /// `form`: a pattern for each form (`plain`, `hashed`, `encrypted`, `masked`, `partial`).
    #[serde(default)]
    pub forms: crate::yaml::Ordered<String>,
    /// `lookup`: one of these is enough where the address is not given. `earlier-date`: what speaks of the earlier notice, with its date.
    #[serde(default)]
    pub any: Vec<Say>,
    /// `contact`: concepts that name an own desk, so that a number right behind one is compared wherever it stands.
    #[serde(default)]
    #[schemars(extend("x-enum" = "concept"))]
    pub desk: Vec<String>,
    /// `contact`: concepts of other bodies, whose numbers are not compared.
    #[serde(default)]
    #[schemars(extend("x-enum" = "concept"))]
    pub others: Vec<String>,
    /// `claims`: excuses a statement if it stands in the same sentence.
    #[serde(default)]
    pub unless: Vec<Say>,
    /// `scope`: jurisdictions whose own rules compare with the facts; there, only the earlier notice is compared.
    #[serde(default)]
    pub facts_except: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AgreeValue {
    /// Number and unit of those affected.
    Count,
    /// Dates are in a possible order and equal to the facts.
    Dates,
    /// The text does not sell what is confirmed as a possibility.
    Status,
    /// The form in which an item left.
    Form,
    /// Phone numbers and mail addresses of the own desks.
    Contact,
    /// Until when the notice is posted, in the text and in the front matter.
    Posting,
    /// The look-up that the facts declare is named.
    Lookup,
    /// What only the organisation says is not told as established.
    Claims,
    /// Count and items are not below the facts or the notice that this one replaces.
    Scope,
    /// The date given for an earlier notice is the one on which it went out.
    EarlierDate,
    /// What the earlier notice denied and this one tells is said to have been wrong.
    Denial,
    /// A translation says what its original says.
    Translation,
}

/// Arithmetic on times.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Deadline {
    /// Hours from awareness to notice.
    pub notify_hours: Option<i64>,
    /// Reasons in the facts that excuse more.
    #[serde(default)]
    pub excuses: Vec<crate::facts::LateReason>,
    /// The same in a possibility notice, if fewer excuse there.
    #[serde(default)]
    pub excuses_possibility: Option<Vec<crate::facts::LateReason>>,
    /// Hours from when something was settled (`confirmed-at`) within which "at once" is kept.
    pub at_once_hours: Option<i64>,
    /// Days that a posting must stand.
    pub posted_days: Option<i64>,
}

/// A desk and a way to reach it in one place.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Contact {
    /// Concepts that name a department or dedicated desk.
    #[schemars(extend("x-enum" = "concept"))]
    pub desk: Vec<String>,
    /// Concepts that name a desk too general to do alone …
    #[schemars(extend("x-enum" = "concept"))]
    pub generic: Vec<String>,
    /// … unless one of these stands with it.
    #[schemars(extend("x-enum" = "concept"))]
    pub generic_with: Vec<String>,
    /// Ends of words that name a desk where they stand right before a number or an address: "… team 02-555-0101".
    #[serde(default)]
    pub desk_endings: Vec<String>,
    /// Words and signs that may stand between such a word and the number.
    #[serde(default)]
    pub channel_words: Vec<String>,
    /// Concepts of other bodies, whose numbers do not count.
    #[schemars(extend("x-enum" = "concept"))]
    pub others: Vec<String>,
    /// Concepts that introduce a way to reach somebody.
    #[schemars(extend("x-enum" = "concept"))]
    pub labels: Vec<String>,
    /// Pattern for mail addresses that name a desk by themselves.
    pub mailbox: String,
    /// Languages of clauses in which such an address or a label does.
    pub mailbox_language: Vec<String>,
}

/// A figure of the text; never more than a warning.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Measure {
    /// Most words in a sentence, for head-final and other languages.
    pub words: Option<usize>,
    pub words_head_final: Option<usize>,
    /// The text is in the language that the front matter names, and no part of it in another one only.
    #[serde(default)]
    pub language: bool,
}

/// What readers do not see, or see though it was not meant.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct HiddenCheck {
    pub find: HiddenFault,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum HiddenFault {
    /// A comment or front matter that is never closed.
    Unclosed,
    /// Marks of emphasis that will be published.
    Asterisks,
}

/// Waivers that do not do what their writer thinks.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct WaiverCheck {
    pub find: WaiverFault,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WaiverFault {
    NoReason,
    UnknownRule,
    Unused,
    Expired,
    /// A beginning without its end, or an end without its beginning.
    Unclosed,
}

/// Cannot be seen in the text.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Remind {}

/// What to write instead; applied by `noticelint fix`, and only when asked.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Fix {
    pub title: Localized,
    /// Replaces each key by its value in the span of the finding. Nothing for a check that knows itself what to write (`hidden`).
    #[serde(default)]
    pub replace: crate::yaml::Ordered<String>,
    /// As `replace`, where a person must read the result, whatever `safe` says.
    #[serde(default)]
    pub replace_unsafe: crate::yaml::Ordered<String>,
    /// Nothing is to be decided.
    #[serde(default)]
    pub safe: bool,
}

/// A text with what the rule must make of it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Example {
    /// A notice that the rule must pass in silence.
    pub pass: Option<String>,
    /// A notice that the rule must complain about.
    pub fail: Option<String>,
    /// The slice of the text that the finding covers; absent where something is missing.
    pub covers: Option<String>,
    /// The facts to go with it, as a facts file.
    pub facts: Option<String>,
    /// The notice that `replaces` names.
    pub replaces: Option<String>,
    /// The notice that `translation-of` names.
    pub translation_of: Option<String>,
}
