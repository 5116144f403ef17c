use super::needs::alike;
use super::*;
use crate::language::fold::Folded;

fn hits(patterns: &Patterns, text: &str) -> Hits {
    let mut folded = Folded::default();
    folded.fill(text);
    patterns.hits(&folded.letters)
}

#[test]
fn a_pattern_is_tried_only_where_its_literals_stand() {
    let mut book = PatternBook::new(false);
    let or = book.pattern(r"책임(?:이|은)?\s*없|no\s+liability").unwrap();
    let figures = book.pattern(r"\d{2}-\d{4}").unwrap();
    let always = book.pattern(r"a?[^x]").unwrap();
    let patterns = book.finish();
    for (text, expected) in [
        ("책임이 없습니다", [true, false, true]),
        ("책임을 집니다", [false, false, true]),
        ("No LIABILITY", [true, false, true]),
        ("１２-３４５６", [false, true, true]),
        ("", [false, false, true]),
    ] {
        let hits = hits(&patterns, text);
        let found = [&or, &figures, &always].map(|p| hits.may(p));
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn letters_that_a_pattern_holds_to_be_the_same_are_alike() {
    for c in '\0'..=char::MAX {
        let escaped = regex_syntax::escape(&c.to_string());
        if alike(c) != c && !c.is_numeric() {
            let other = alike(c).to_string();
            assert!(other.is_ascii(), "{escaped}");
        }
    }
    let k = PatternBook::new(false).pattern("k\u{17f}").unwrap();
    assert!(k.is_match("\u{212a}S"));
}

#[test]
fn searches_as_the_regex_crate_does() {
    let sources = [
        r"(?P<a0>\d{1,2})\s*월(?:\s*(?P<b0>\d{1,2})일)?",
        r"x*",
        r"\b\w+\b",
        r"가|가나",
        r"(?m)^[^\n]*$",
        r"^\s*(?P<b0>일)",
        r"(?:\s*\b(?:(?P<b0>\d+)|a(?P<b1>나)?)\s?)+일",
        r"(?:a|ab)(?:c|bcd)?(?P<b0>d*)",
        r"(?:ab?)*?(?P<b0>b|일)$",
        r"가+?나?|(?:x|y)+",
        r"(?:a+)+b",
        // Unions of many.
        r"(?:a|ab|가|가나|일\s|x?|\d|나일)(?P<b0>b|일|나)?일?|월",
        r"(?:abc|ab|a|b|cd|가\s|$)(?P<b0>d?)",
        r"\b(?:ab|abc|xx|xxy|나|가나|다|일)+?(?P<b0>\s|,|c|$)",
    ];
    let texts = [
        "3월 4일, 12월",
        "xxyx",
        "가나 가 다",
        "a\nb\n\nc",
        "",
        "١월",
        " 일 2일 a 5 일abcd, 일 a나일",
        "abcdd xabab",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "K가가나\u{a0}\u{2003}7일",
    ];
    for source in sources {
        let theirs = regex::RegexBuilder::new(source)
            .case_insensitive(true)
            .build()
            .unwrap();
        let hir = regex_syntax::ParserBuilder::new()
            .case_insensitive(true)
            .build()
            .parse(source)
            .unwrap();
        let nfa = regex_automata::nfa::thompson::NFA::compiler()
            .build_from_hir(&hir)
            .unwrap();
        let first: Option<Vec<(u32, u32)>> = match first::first(&hir) {
            first::First::Start => Some(Vec::new()),
            first::First::Letters(letters) => Some(letters),
            first::First::Any => None,
        };
        let automaton = match first {
            Some(_) => program::write(&nfa).unwrap(),
            None => stored::write(&nfa).unwrap(),
        };
        let names: Vec<&str> = program::names(&nfa)
            .into_iter()
            .map(|n| &*n.leak())
            .collect();
        let anchored = first == Some(Vec::new());
        let colds = [0, 2, 100].map(|most| {
            let mut bytes = automaton.clone();
            if most > 0 {
                bytes.extend(sieve::build(&hir, anchored, most));
            }
            let made = search::Made {
                source,
                needs: &[],
                names: names.clone().leak(),
                program: first.is_some(),
                first: first.clone().unwrap_or_default().leak(),
                at: (0, bytes.len()),
                automaton: automaton.len(),
            };
            Pattern::stored(Box::leak(Box::new(made)), bytes.leak())
        });
        for (cold, text) in colds.iter().flat_map(|c| texts.map(|t| (c, t))) {
            let number = cold.groups("b");
            let expected: Vec<_> = theirs.find_iter(text).map(|m| m.range()).collect();
            let found: Vec<_> = cold.find_iter(text).map(|m| m.range()).collect();
            assert_eq!(found, expected, "{source} in {text:?}");
            let name = |c: &Captures| c.any(text, &number).map(|m| m.range());
            let expected: Vec<_> = theirs
                .captures_iter(text)
                .map(|c| c.name("b0").or(c.name("b1")).map(|m| m.range()))
                .collect();
            let found: Vec<_> = cold.captures_iter(text).map(|c| name(&c)).collect();
            assert_eq!(found, expected, "groups of {source} in {text:?}");
        }
    }
}

#[test]
fn what_cannot_be_used_is_refused() {
    let error = |p: &str| PatternBook::new(false).pattern(p).unwrap_err();
    assert_eq!(error("x*"), PatternError::MatchesNothing);
    assert_eq!(error(r"(?:\pL{1000}){1000}"), PatternError::TooLarge);
    assert!(matches!(error("("), PatternError::Syntax(text) if text == "unclosed group"));
}
