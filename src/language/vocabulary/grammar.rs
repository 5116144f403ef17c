//! What a grammar file says: `rules/vocabulary/grammar-*.yaml`.

use serde::Deserialize;

use super::roles::Role;
use crate::yaml::Ordered;

/// `grammar.yaml` of one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::language) struct GrammarFile {
    /// Particles and endings, each with its wordings.
    #[serde(default)]
    pub(super) endings: Ordered<Vec<String>>,
    /// Particles that nouns take, likewise.
    #[serde(default)]
    pub(super) particles: Ordered<Vec<String>>,
    /// What may follow a noun to make it a verb.
    #[serde(default)]
    pub(super) verbal: Vec<String>,
    /// Roles of concepts that other files define.
    #[serde(default)]
    pub(super) roles: Ordered<Role>,
    /// Words after which a full stop does not end the sentence.
    #[serde(default)]
    pub(super) abbreviations: Vec<String>,
    /// Words that end in what looks like an ending.
    #[serde(default)]
    pub(super) not_endings: Vec<String>,
    /// Plural and possessive endings that any noun may take.
    #[serde(default)]
    pub(super) inflections: Vec<String>,
    /// Endings that stand for another end of the wording: a plural and its singular.
    #[serde(default)]
    pub(super) substitutions: Ordered<char>,
    /// Words that mean nothing of their own where a figure stands beside them: names of months.
    #[serde(default)]
    pub(super) beside_figures: Vec<String>,
    /// Words that open the place where something is.
    #[serde(default)]
    pub(super) places: Vec<String>,
    /// What an inflected verb keeps at least one of when an ending in `not-bare` is cut off.
    #[serde(default)]
    pub(super) vowels: Vec<char>,
    /// A syllable whose final consonant is the sign of the past tense in verbs.
    #[serde(default)]
    pub(super) past: Option<char>,
    /// Syllables with that consonant that are no sign of the past.
    #[serde(default)]
    pub(super) not_past: Vec<char>,
    /// Auxiliary verbs that follow a verb's stem; `~` stands for any ending.
    #[serde(default)]
    pub(super) auxiliaries: Vec<String>,
    /// Signs that set off an item of a list pasted as plain text.
    #[serde(default)]
    pub(super) bullets: Vec<char>,
    /// Letters that number the items of such a list.
    #[serde(default)]
    pub(super) ordinals: Vec<char>,
    /// Texts of a table cell that mean yes, and no.
    #[serde(default)]
    pub(super) yes: Vec<String>,
    #[serde(default)]
    pub(super) no: Vec<String>,
    /// Words that may stand before a request's verb.
    #[serde(default)]
    pub(super) adverbs: Vec<String>,
    /// Boxes drawn in running text, ticked and empty.
    #[serde(default)]
    pub(super) boxes: Vec<char>,
    #[serde(default)]
    pub(super) empty_boxes: Vec<char>,
    /// Where something is still to be filled in.
    #[serde(default)]
    pub(super) slots: Vec<String>,
    /// Words that forbid when they begin a clause.
    #[serde(default)]
    pub(super) prohibitions: Vec<String>,
    /// Endings of verb forms that ask for nothing when they begin a clause.
    #[serde(default)]
    pub(super) not_bare: Vec<String>,
    /// Words that begin a question to be answered with yes or no.
    #[serde(default)]
    pub(super) question_openers: Vec<String>,
    /// Words that stand behind a noun in place of a particle.
    #[serde(default)]
    pub(super) particle_words: Ordered<Vec<String>>,
    /// How nouns begin that make the noun directly before them a mere attribute.
    #[serde(default)]
    pub(super) compound_heads: Vec<String>,
    /// Words that sum up the nouns before them, and are not described by them.
    #[serde(default)]
    pub(super) quantity_words: Vec<String>,
    /// A noun that makes a request of the verb before it.
    #[serde(default)]
    pub(super) command: Option<Command>,
    /// Words that mark the noun before them as topic.
    #[serde(default)]
    pub(super) topic_words: Vec<String>,
    /// How the word behind a quotation begins that says that it is one.
    #[serde(default)]
    pub(super) quote_words: Vec<String>,
    /// Syllables that stand before a noun as a word of their own.
    #[serde(default)]
    pub(super) determiners: Vec<char>,
    /// Endings of verbs that honour the reader and join a clause to the next.
    #[serde(default)]
    pub(super) honorifics: Vec<String>,
    /// How nouns begin that stand for readers.
    #[serde(default)]
    pub(super) persons: Vec<String>,
    /// Nouns that make only some of the readers of the noun behind them.
    #[serde(default)]
    pub(super) some_persons: Vec<String>,
    /// How words end that make a statement one about some readers: "if you signed up with …".
    #[serde(default)]
    pub(super) some_conditions: Vec<String>,
    /// How words begin that make all of them of the readers that a clause with them describes.
    #[serde(default)]
    pub(super) all_persons: Vec<String>,
    /// How words begin that ask for more than yes or no.
    #[serde(default)]
    pub(super) question_words: Vec<String>,
    /// Words that tie a clause to what it belongs to.
    #[serde(default)]
    pub(super) linking: Linking,
    /// The code of the language.
    pub(super) language: String,
    /// Its predicates come last.
    #[serde(default)]
    pub(super) head_final: bool,
}

/// Words that tie a clause to what it belongs to.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Linking {
    /// Words that begin a clause about the noun before them: "which".
    #[serde(default)]
    pub relatives: Vec<String>,
    /// Words that begin what was found or said: "that".
    #[serde(default)]
    pub complements: Vec<String>,
    /// Words that take up several things named before: "they".
    #[serde(default)]
    pub plurals: Vec<String>,
    /// Words that take up one thing named before: "it".
    #[serde(default)]
    pub singulars: Vec<String>,
    /// Words for none or all of what was named before: "neither".
    #[serde(default)]
    pub quantifiers: Vec<String>,
    /// Words that take up what was named before as objects: "them".
    #[serde(default)]
    pub objects: Vec<String>,
    /// Words that open what is put before a request: "when you log in, …".
    #[serde(default)]
    pub openers: Vec<String>,
    /// Words for what a count of data counts: "records".
    #[serde(default)]
    pub counted: Vec<String>,
    /// Words behind which the means of something stands: "using".
    #[serde(default)]
    pub means: Vec<String>,
    /// Endings of verbs in the past tense.
    #[serde(default)]
    pub pasts: Vec<String>,
    /// How words for people begin who should not have the data: "other", "wrong".
    #[serde(default)]
    pub others: Vec<String>,
    /// How words for the recipients of something end: "to".
    #[serde(default)]
    pub recipients: Vec<String>,
    /// Ends of a column's header that say that its cells hold what an earlier notice said: "before the correction".
    #[serde(default)]
    pub former: Vec<String>,
    /// Words that tell that something has ended: "no longer".
    #[serde(default)]
    pub ended: Vec<String>,
    /// How words end behind which what came of it stands: "having put …", "because of".
    #[serde(default)]
    pub leads: Vec<String>,
    /// Words that tell nothing of what happened; `~` stands for any ending: "unexpected".
    #[serde(default)]
    pub hollow: Vec<String>,
    /// How verbs begin that tell what an earlier notice said, in the past: "wrote".
    #[serde(default)]
    pub told: Vec<String>,
    /// Signs that are a ticked and an empty box where both stand in one line: "■□".
    #[serde(default)]
    pub paired_boxes: Vec<String>,
    /// Words between a noun and "some" of it: "among".
    #[serde(default)]
    pub among: Vec<String>,
    /// How nouns begin that stand for the time of what is said before them: "the day on which …".
    #[serde(default)]
    pub instants: Vec<String>,
    /// Words for the finding, where a bracket holds no more than one and a date: "(found 5 November)".
    #[serde(default)]
    pub finding: Vec<String>,
    /// How words begin behind which stands what follows from what was said: "because of which".
    #[serde(default)]
    pub because: Vec<String>,
    /// Words that end a clause on what has gone on since: "has been".
    #[serde(default)]
    pub since: Vec<String>,
    /// How verbs begin that say what served as means: "was used".
    #[serde(default)]
    pub used: Vec<String>,
    /// Verbs before a noun that say what would have to be done with it: "to be changed".
    #[serde(default)]
    pub due: Vec<String>,
    /// Endings of verbs that describe the reader, whom they honour.
    #[serde(default)]
    pub honoured: Vec<String>,
    /// Endings of verbs that describe what is still to come or goes on: "being held".
    #[serde(default)]
    pub ongoing: Vec<String>,
    /// Words that thank the reader for what the verb before them says; `~` stands for any ending.
    #[serde(default)]
    pub favours: Vec<String>,
    /// Verbs in the past tense that do not end in one of `pasts`.
    #[serde(default)]
    pub past_words: WordSet,
    /// Words before a noun that was named before: "the".
    #[serde(default)]
    pub definite: Vec<String>,
    /// Words by which a clause leaves its verb out: "so were they", "they were not either".
    #[serde(default)]
    pub repeats: Vec<String>,
    /// Words that tell that something is one more: "also".
    #[serde(default)]
    pub also: Vec<String>,
    /// Words that a question begins with which asks for things: "which".
    #[serde(default)]
    pub asks: Vec<String>,
    /// Words before a noun that is not named before: "a".
    #[serde(default)]
    pub articles: Vec<String>,
    /// Words that take up all that a label names: "all three".
    #[serde(default)]
    pub totals: Vec<String>,
    /// Verbs that a request begins with before it comes to what is asked: "sign in and …".
    #[serde(default)]
    pub preludes: Vec<String>,
    /// Verbs that forbid before a negation: "do not".
    #[serde(default)]
    pub commands: Vec<String>,
    /// Words of a question without a verb that ask about what the reader has: "and my password?".
    #[serde(default)]
    pub owners: Vec<String>,
    /// Verbs of things that tell what stands in them: "the form carries …".
    #[serde(default)]
    pub tells: Vec<String>,
    /// Words before a verb in its plain form: "to".
    #[serde(default)]
    pub infinitives: Vec<String>,
    /// Words behind which stands what something is written on: "the name on your card".
    #[serde(default)]
    pub carriers: Vec<String>,
    /// Words that open what is added to the sentence before: "plus".
    #[serde(default)]
    pub additions: Vec<String>,
    /// Auxiliaries with their negation in one word: "isn't".
    #[serde(default)]
    pub negated: Vec<String>,
    /// Words for those who fill things in: "on the first page you wrote …".
    #[serde(default)]
    pub givers: Vec<String>,
    /// Words that put one noun under another: "of".
    #[serde(default)]
    pub genitives: Vec<String>,
}

impl Linking {
    pub(super) fn extend(&mut self, other: Linking) {
        self.relatives.extend(other.relatives);
        self.complements.extend(other.complements);
        self.plurals.extend(other.plurals);
        self.singulars.extend(other.singulars);
        self.quantifiers.extend(other.quantifiers);
        self.objects.extend(other.objects);
        self.openers.extend(other.openers);
        self.counted.extend(other.counted);
        self.means.extend(other.means);
        self.pasts.extend(other.pasts);
        self.others.extend(other.others);
        self.recipients.extend(other.recipients);
        self.former.extend(other.former);
        self.ended.extend(other.ended);
        self.leads.extend(other.leads);
        self.hollow.extend(other.hollow);
        self.told.extend(other.told);
        self.because.extend(other.because);
        self.among.extend(other.among);
        self.paired_boxes.extend(other.paired_boxes);
        self.finding.extend(other.finding);
        self.instants.extend(other.instants);
        self.since.extend(other.since);
        self.used.extend(other.used);
        self.due.extend(other.due);
        self.honoured.extend(other.honoured);
        self.ongoing.extend(other.ongoing);
        self.favours.extend(other.favours);
        self.past_words.extend(other.past_words);
        self.definite.extend(other.definite);
        self.repeats.extend(other.repeats);
        self.also.extend(other.also);
        self.asks.extend(other.asks);
        self.articles.extend(other.articles);
        self.genitives.extend(other.genitives);
        self.tells.extend(other.tells);
        self.infinitives.extend(other.infinitives);
        self.givers.extend(other.givers);
        self.negated.extend(other.negated);
        self.additions.extend(other.additions);
        self.carriers.extend(other.carriers);
        self.commands.extend(other.commands);
        self.owners.extend(other.owners);
        self.preludes.extend(other.preludes);
        self.totals.extend(other.totals);
    }
}

/// Many words that are looked up often, in capitals or not.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub(crate) struct WordSet {
    words: Vec<String>,
    /// Marks of the words: a word without its mark is none of them.
    marks: [u64; 8],
}

impl WordSet {
    fn mark(word: &str) -> Option<usize> {
        let bytes = word.as_bytes();
        let letter = |b: &u8| usize::from(b.to_ascii_lowercase());
        let (first, last) = (bytes.first()?, bytes.last()?);
        Some((7 * bytes.len() + 37 * letter(first) + 5 * letter(last)) % 512)
    }

    fn extend(&mut self, other: WordSet) {
        for word in other.words {
            if let Some(mark) = Self::mark(&word) {
                self.marks[mark / 64] |= 1 << (mark % 64);
            }
            self.words.push(word);
        }
    }

    pub fn has(&self, word: &str) -> bool {
        Self::mark(word).is_some_and(|mark| self.marks[mark / 64] >> (mark % 64) & 1 != 0)
            && listed(&self.words, word)
    }
}

impl From<Vec<String>> for WordSet {
    fn from(words: Vec<String>) -> WordSet {
        let mut set = WordSet::default();
        set.extend(WordSet {
            words,
            marks: [0; 8],
        });
        set
    }
}

/// Whether `word` is one of `list`, in capitals or not.
pub(crate) fn listed(list: &[String], word: &str) -> bool {
    list.iter().any(|w| w.eq_ignore_ascii_case(word))
}

/// Whether `word` is one of `list`, whose `~` stands for any ending.
pub(crate) fn listed_stem(list: &[String], word: &str) -> bool {
    list.iter().any(|w| match w.strip_suffix('~') {
        Some(stem) => word.starts_with(stem),
        None => word == w,
    })
}

/// Whether `word` begins with one of `list`.
pub(crate) fn begins_with(list: &[String], word: &str) -> bool {
    list.iter().any(|w| word.starts_with(w.as_str()))
}

/// Whether `word` ends with one of `list`.
pub(crate) fn ends_with(list: &[String], word: &str) -> bool {
    list.iter().any(|w| word.ends_with(w.as_str()))
}

/// A noun that ends a sentence as a request, and a verb in the form that must stand before it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Command {
    pub noun: String,
    pub verb: char,
}
