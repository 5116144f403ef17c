//! Whether a notice is in the language that it says it is in, as a whole and part by part.

use std::collections::BTreeSet;

use crate::language::reading::{Place, SentenceInfo, Slice};
use crate::language::sections::SectionId;
use crate::report::Evidence;

use super::{Complaint, Context, Verdict, one_line};

/// The fewest words of a sentence that tells its language: names and addresses may stand in any.
const TELLING: usize = 5;

/// The share of sentences in another language from which on the whole notice is in that one.
const MOST: usize = 2;

/// The text is in the language of the front matter (else of most of the text); a part that stands in another language only
/// is one that readers of the former miss.
pub fn run(cx: &Context<'_>) -> Verdict {
    let vocabulary = &cx.language.vocabulary;
    let declared = cx.front.language.as_ref().map(|l| l.value.as_str());
    let wanted = declared.unwrap_or(cx.notice_language);
    let wanted = wanted.split(['-', '_']).next().unwrap_or(wanted);
    if !vocabulary.languages().any(|known| known == wanted) {
        return Verdict::not_applicable(cx.words.text("na-unknown-language"));
    }
    let telling = |s: &&SentenceInfo| {
        let place = cx.reading.clauses.get(s.clauses.start).map(|k| k.place);
        s.words >= TELLING
            && !matches!(
                place,
                Some(Place::Code | Place::Quotation | Place::Title | Place::Heading) | None
            )
    };
    let language = |s: &SentenceInfo| vocabulary.language_of(if s.head_final { 1.0 } else { 0.0 });
    let all: Vec<&SentenceInfo> = cx.reading.sentences.iter().filter(telling).collect();
    let foreign: Vec<&SentenceInfo> = all
        .iter()
        .copied()
        .filter(|s| language(s) != wanted)
        .collect();
    let complaint = |s: &SentenceInfo| {
        let at = Slice {
            block: s.block,
            range: s.range.clone(),
        };
        let name = |code: &str| {
            let key = format!("language-{code}");
            cx.words.find(&key).unwrap_or(code).to_owned()
        };
        Complaint {
            span: cx.span(&at),
            values: vec![
                ("text", one_line(cx.text(&at)).chars().take(40).collect()),
                ("value", name(language(s))),
                ("expected", name(wanted)),
            ],
            key: one_line(cx.text(&at)),
            ..Complaint::default()
        }
    };
    let Some(first) = foreign.first() else {
        return Verdict::of(Vec::new(), Vec::<Evidence>::new());
    };
    if foreign.len() * MOST > all.len() && !translated(cx, &all, |s| language(s) == wanted) {
        return Verdict::of(vec![complaint(first)], Vec::<Evidence>::new());
    }
    // The parts of a notice that the wanted language has.
    let section = |s: &SentenceInfo| cx.reading.clauses[s.clauses.start].section;
    let own: BTreeSet<SectionId> = all
        .iter()
        .filter(|s| language(s) == wanted)
        .filter_map(|s| section(s))
        .collect();
    let mut told: BTreeSet<SectionId> = BTreeSet::new();
    let missed = foreign
        .iter()
        .filter(|s| section(s).is_some_and(|part| !own.contains(&part) && told.insert(part)));
    Verdict::of(
        missed.map(|s| complaint(s)).collect(),
        Vec::<Evidence>::new(),
    )
}

/// Whether a notice is given in several languages one below the other: each part that has a heading is there in the wanted one.
fn translated(
    cx: &Context<'_>,
    all: &[&SentenceInfo],
    own: impl Fn(&SentenceInfo) -> bool,
) -> bool {
    let section = |s: &SentenceInfo| cx.reading.clauses[s.clauses.start].section;
    let parts: BTreeSet<SectionId> = all.iter().filter_map(|s| section(s)).collect();
    let ours: BTreeSet<SectionId> = all
        .iter()
        .filter(|s| own(s))
        .filter_map(|s| section(s))
        .collect();
    !parts.is_empty()
        && parts.len() <= ours.len() + 1
        && all.iter().filter(|s| own(s)).count() * 4 > all.len()
}
