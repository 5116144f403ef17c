//! What holds for every notice, and ways to look into one.

use noticelint::notice::{Block, BlockKind, HiddenKind, Notice, fold};
use noticelint::source::{Source, Span};
use unicode_normalization::UnicodeNormalization;

pub const PLAIN: &str = "# 개인정보 유출 안내\n\n유출된 항목은 다음과 같습니다.\n\n- 이름\n- 주소 3건\n\n\
                     | 항목 | 여부 |\n|---|---|\n| 이름 | 유출 |\n\n끝.\n";

pub fn source(text: &str) -> Source {
    Source::decode("notice.md", text.as_bytes().to_vec()).expect("UTF-8")
}

/// Parses and checks what holds for every notice.
pub fn parse(text: &str) -> Notice {
    let source = source(text);
    let notice = Notice::parse(&source);
    check(&source, &notice);
    notice
}

pub fn check(source: &Source, notice: &Notice) {
    let text = &source.text;
    let inside = |span: Span, what: &str| {
        assert!(
            span.start <= span.end && span.end <= text.len(),
            "{what} {span:?} of {}",
            text.len()
        );
        assert!(
            text.is_char_boundary(span.start) && text.is_char_boundary(span.end),
            "{what} {span:?}"
        );
    };
    for (id, block) in notice.blocks.iter().enumerate() {
        let visible = block.text.as_str();
        inside(block.span, "block");
        assert!(!visible.is_empty());
        assert_eq!(visible.trim(), visible);
        assert!(block.governor.is_none_or(|governor| governor < id));
        assert!(block.heading.is_none_or(|heading| heading < id));
        assert!(block.kind != BlockKind::TableCell || block.cell.is_some());
        let mut reached = 0;
        for (at, c) in visible.char_indices() {
            let span = block.text.source_span(at..at + c.len_utf8());
            inside(span, "character");
            assert!(span.start >= reached, "in order");
            reached = span.start;
            let raw = source.slice(span);
            // A gap or break stands for whatever parts the words; entities and escapes for their character.
            let marked =
                matches!(c, '\u{1f}' | '\u{2028}' | '\n' | ' ') || raw.starts_with(['&', '\\']);
            assert!(
                marked || stands_for(raw, c),
                "{c:?} from {raw:?} in {visible:?}"
            );
            assert!(
                c == '\u{1f}' || block.span.contains(span),
                "{:?} {span:?}",
                block.span
            );
        }
        let ranges = block
            .strong
            .iter()
            .chain(&block.code)
            .chain(block.links.iter().map(|link| &link.text));
        for range in ranges {
            assert!(
                range.start < range.end && visible.get(range.clone()).is_some(),
                "{range:?} of {visible:?}"
            );
        }
    }
    for hidden in &notice.hidden {
        inside(hidden.span, "hidden");
    }
    for span in &notice.stray_asterisks {
        inside(*span, "asterisks");
        assert!(source.slice(*span).bytes().all(|byte| byte == b'*'));
    }
    for directive in &notice.directives {
        inside(directive.span, "directive");
        inside(directive.rule_span, "rule");
        assert_eq!(source.slice(directive.rule_span), directive.rule);
        assert!(
            directive
                .block
                .is_none_or(|block| block < notice.blocks.len())
        );
    }
}

/// Whether the letters of `c` are in `raw`, in order; there may be marks between them.
pub fn stands_for(raw: &str, c: char) -> bool {
    let folded = fold(raw);
    let mut letters = folded.nfd();
    std::iter::once(c)
        .nfd()
        .all(|letter| letters.any(|other| other == letter))
}

pub fn texts(notice: &Notice) -> Vec<&str> {
    notice
        .blocks
        .iter()
        .map(|block| block.text.as_str())
        .collect()
}

pub fn kinds(notice: &Notice) -> Vec<BlockKind> {
    notice.blocks.iter().map(|block| block.kind).collect()
}

pub fn hidden(notice: &Notice, kind: HiddenKind) -> Vec<&str> {
    let of_kind = notice.hidden.iter().filter(|hidden| hidden.kind == kind);
    of_kind.map(|hidden| hidden.text.as_str()).collect()
}

pub fn block<'n>(notice: &'n Notice, text: &str) -> &'n Block {
    let found = notice
        .blocks
        .iter()
        .find(|block| block.text.as_str().contains(text));
    found.unwrap_or_else(|| panic!("{text:?} is in none of {:?}", texts(notice)))
}

/// The source of a phrase of the visible text.
pub fn slice<'s>(source: &'s Source, notice: &Notice, phrase: &str) -> &'s str {
    let block = block(notice, phrase);
    let at = block.text.as_str().find(phrase).expect("just found");
    source.slice(block.text.source_span(at..at + phrase.len()))
}

pub fn governor<'n>(notice: &'n Notice, text: &str) -> Option<&'n str> {
    block(notice, text)
        .governor
        .map(|id| notice.blocks[id].text.as_str())
}
