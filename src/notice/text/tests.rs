use proptest::prelude::*;
use unicode_normalization::is_nfc;

use super::{GAP, LINE_BREAK, Side, TextBuilder, VisibleText, fold};
use crate::source::Span;

fn visible(text: &str) -> VisibleText {
    let mut builder = TextBuilder::default();
    builder.push(text, 0);
    builder.finish().0
}

#[test]
fn folding() {
    assert_eq!(
        fold("개인\u{a0}정보\u{3000}유\u{200b}출\u{ad}"),
        "개인 정보 유출"
    );
    assert_eq!(fold("２０２６．３．１２（목）～Ａ"), "2026.3.12(목)~A");
    assert_eq!(
        fold("\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}"),
        "한글"
    );
    assert_eq!(fold("\u{f90a}"), "金", "compatibility ideograph");
    assert_eq!(
        fold("a\tb\r\nc\rd\u{2028}e\u{202e}\u{feff}\u{1f}"),
        "a b\nc\nd\ne"
    );
}

#[test]
fn verbatim_text_is_one_piece() {
    let text = visible("개인정보 유출, leak");
    assert_eq!(text.pieces.len(), 1);
    assert_eq!(text.source_span(6..12), Span::new(6, 12));
}

#[test]
fn a_composed_syllable_stands_for_its_letters() {
    let text = visible("\u{1112}\u{1161}\u{11ab}a");
    assert_eq!(text.as_str(), "한a");
    assert_eq!(text.source_span(0..3), Span::new(0, 9));
    assert_eq!(text.source_span(3..4), Span::new(9, 10));
}

#[test]
fn letters_compose_across_pieces() {
    let mut builder = TextBuilder::default();
    builder.push("가\u{1112}", 0);
    let from = builder.bookmark(Side::Before);
    builder.push("\u{1161}\u{11ab}나", 8);
    let to = builder.bookmark(Side::After);
    builder.push("다", 19);
    let (text, places) = builder.finish();
    assert_eq!(text.as_str(), "가한나다");
    assert_eq!(text.source_span(3..6), Span::new(3, 14));
    assert_eq!(
        places[from]..places[to],
        3..9,
        "strong from the syllable that it begins in"
    );
}

#[test]
fn a_stand_in_is_never_cut() {
    let mut builder = TextBuilder::default();
    builder.push("a", 0);
    builder.push_as("&", Span::new(1, 6));
    builder.push("b", 6);
    let text = builder.finish().0;
    assert_eq!(text.source_span(1..2), Span::new(1, 6));
    assert_eq!(text.source_span(0..2), Span::new(0, 6));
    assert_eq!(text.source_span(2..3), Span::new(6, 7));
}

#[test]
fn odd_ranges_are_clamped() {
    let text = visible("가나");
    assert_eq!(
        text.source_span(1..2),
        Span::new(0, 3),
        "inside a character"
    );
    assert_eq!(text.source_span(3..99), Span::new(3, 6));
    assert_eq!(text.source_span(50..99), Span::new(6, 6));
    #[expect(clippy::reversed_empty_ranges, reason = "that is what is tried")]
    let reversed = 5..2;
    assert_eq!(text.source_span(reversed), Span::new(3, 3));
    assert_eq!(VisibleText::default().source_span(0..9), Span::new(0, 0));
}

#[test]
fn gaps_do_not_pile_up() {
    let mut builder = TextBuilder::default();
    for at in 0..3 {
        builder.push_mark(GAP, Span::new(at, at + 1));
    }
    builder.push_mark(LINE_BREAK, Span::new(3, 7));
    assert_eq!(builder.finish().0.as_str(), "\u{1f}\u{2028}");
}

#[test]
fn keeping_parts() {
    let text = visible("ab **cd** \u{1112}\u{1161}e");
    let kept = text.keep(&[3..3, 5..7, 9..13, 13..14]);
    assert_eq!(kept.as_str(), "cd 하e");
    assert_eq!(kept.source_span(0..1), Span::new(5, 6));
    assert_eq!(kept.source_span(0..7), Span::new(5, 17));
    assert_eq!(kept.source_span(3..6), Span::new(10, 16));
}

proptest! {
    #[test]
    fn visible_text_is_folded(text in "[\u{1100}-\u{1112}\u{1161}-\u{1175}\u{11a8}-\u{11c2}가-힣a-zé\u{300}-\u{345}\u{200b} \u{f900}-\u{f920}]{0,40}") {
        let visible = visible(&text);
        prop_assert!(is_nfc(visible.as_str()));
        prop_assert_eq!(visible.as_str(), fold(&text));
    }

    #[test]
    fn any_text_is_folded(text in "\\PC{0,60}") {
        let visible = visible(&text);
        prop_assert!(is_nfc(visible.as_str()));
        prop_assert_eq!(visible.as_str(), fold(&text));
        prop_assert_eq!(fold(&fold(&text)), fold(&text));
    }

    #[test]
    fn spans_fold_to_what_they_stand_for(text in "\\PC{0,60}") {
        let visible = visible(&text);
        for (at, c) in visible.as_str().char_indices() {
            let span = visible.source_span(at..at + c.len_utf8());
            prop_assert!(fold(&text[span.start..span.end]).contains(c));
        }
    }

    #[test]
    fn any_range_has_a_span(text in "\\PC{0,30}", from in 0_usize..200, to in 0_usize..200) {
        let span = visible(&text).source_span(from..to);
        prop_assert!(span.start <= span.end && span.end <= text.len());
        prop_assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
    }
}
