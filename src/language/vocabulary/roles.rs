//! What words do to their clause.

use serde::Deserialize;

/// What a concept does to the clause it stands in. The comments give the idea; the wordings are in the vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Predicate: the data left its owner's control.
    Leak,
    /// The same as a noun that takes no arguments of its own.
    LeakNoun,
    /// Predicate: a leak if the wrong people are named as recipients: sent, delivered.
    Send,
    /// Predicate: softer than a leak if it says that data could be seen: "appeared", "was shown".
    Show,
    /// Predicate: softer names of the same event (seen, accessed, exposed).
    SoftLeak,
    /// Predicate: belongs to a set, is contained.
    Member,
    /// Predicate: is concerned by the event.
    Affect,
    /// Predicate that denies by itself: unrelated, excluded, kept safe.
    Unaffected,
    /// Predicate that denies by itself: cannot be seen, does not reach us. Behind a quotation it is a negation.
    Unreached,
    /// Predicate: is kept, stored, collected. Says nothing when affirmed; denied, the item cannot have leaked.
    Hold,
    /// Predicate about something else: takes its arguments and makes no claim.
    Act,
    /// Verb of a thing that tells what stands in it: "the forms carry …".
    Tell,
    /// Negation.
    Neg,
    /// Negation of the noun behind it, never of the clause: "without".
    Lacking,
    /// Possibility, suspicion, estimate.
    Possible,
    /// Finding out, confirming, being aware.
    Verify,
    /// Being certain, saying, ruling: a negation of it turns what is said.
    Say,
    /// A trace, a sign: affirmed it makes possible, denied it leaves open.
    Evidence,
    /// Whether or not.
    Whether,
    /// "Is not", said of a noun.
    NotBe,
    /// "Likewise": repeats what was said of the item before.
    Same,
    /// "That information": stands for the items just named.
    Anaphor,
    /// Is not so, is not true: turns what is said.
    Untrue,
    /// "Not so": the opposite of what was said of the item before.
    Opposite,
    /// Puts right what was said before: a denial in such a sentence is none.
    Correct,
    /// A text of an earlier time is quoted below.
    Earlier,
    /// Ruling out.
    Exclude,
    /// Is still being looked into.
    Ongoing,
    /// If, in case of.
    Condition,
    /// So that, in order that, to prevent.
    Purpose,
    /// Asks.
    Question,
    /// Asks the reader to do something.
    Advise,
    /// There is no need to, may be left.
    NoNeed,
    /// Can be done.
    Available,
    /// Whoever wants to: what is named directly before it is left to the reader.
    Intend,
    /// Announces.
    Promise,
    /// Reports what somebody says.
    Quote,
    /// Belongs to somebody else, to another event.
    Foreign,
    /// The head of a clause used as a noun: the fact, the thing that.
    FactHead,
    /// Data, items, information: the head of a list.
    DataHead,
    /// Item: what opens an account or a system.
    Key,
    /// Somebody who works for the operator or for one of its suppliers.
    Staff,
    /// The event itself as a noun: accident, case.
    Event,
    /// A name or a side of the event: issue, its cause, its time, those concerned.
    EventHead,
    /// Announces what comes below.
    Introduce,
    /// What stands before a message and is none of its words.
    CarrierMark,
    /// A container of data: file, database, server.
    Container,
    /// Leaves a list open.
    Open,
    /// A part of.
    Some,
    /// And, or between nouns.
    Coordinate,
    /// But, however.
    Contrast,
    /// Makes what follows passive.
    Passive,
    /// Calls for the plain form of a verb: "did".
    Support,
    /// A verb that asks for something when it begins a clause.
    Do,
    /// Someone who acts (we, the attacker): starts a clause.
    Subject,
    /// The operator itself.
    Own,
    /// The reader.
    Reader,
    /// Apart from, without: turns what is said of the rest.
    Except,
    /// Besides, other than: an exception to a denial, an addition to an assertion.
    Besides,
    /// How an item was protected: hashed, encrypted, masked.
    Form,
    /// Says that the plain form is meant.
    PlainForm,
}

/// What a particle or an ending tells about its word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    Topic,
    Subject,
    Object,
    Also,
    And,
    Genitive,
    Oblique,
    /// "… is", ends a sentence.
    CopulaFinal,
    /// "… is, and".
    CopulaSequence,
    /// "… being".
    CopulaAdnominal,
    /// The verb ends the sentence.
    Final,
    /// The verb asks for something.
    Request,
    /// The verb ends a sentence as a noun (list style).
    NominalFinal,
    Sequence,
    Contrast,
    /// Gives a reason: "since …", "so".
    Cause,
    /// Joins the verb to another one, or to its auxiliary.
    Link,
    Condition,
    Purpose,
    Adnominal,
    /// Joins the verb with its auxiliary (negation, request).
    Auxiliary,
    /// "that …"
    Quotative,
    /// "whether …"
    Whether,
    Question,
}

impl Ending {
    /// Whether a clause ends with it.
    pub fn closes_clause(self) -> bool {
        use Ending::*;
        matches!(
            self,
            CopulaFinal
                | CopulaSequence
                | Final
                | Request
                | NominalFinal
                | Sequence
                | Contrast
                | Cause
                | Link
                | Condition
                | Purpose
                | Question
        )
    }

    /// Whether it is a particle of a noun.
    pub fn is_particle(self) -> bool {
        use Ending::*;
        matches!(
            self,
            Topic | Subject | Object | Also | And | Genitive | Oblique
        )
    }
}
