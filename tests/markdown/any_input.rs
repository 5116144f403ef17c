//! Any input is read, in linear time.

use std::time::{Duration, Instant};

use noticelint::notice::Notice;
use noticelint::source::Source;
use proptest::prelude::*;

use crate::support::*;

proptest! {
    #![proptest_config(ProptestConfig {
        // A failing input becomes a test of its own.
        failure_persistence: None,
        ..ProptestConfig::with_cases(512)
    })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(source) = Source::decode("notice.md", bytes) {
            check(&source, &Notice::parse(&source));
        }
    }

    #[test]
    fn any_text(text in "\\PC{0,200}") {
        prop_assume!(!text.contains('\0'));
        parse(&text);
    }

    #[test]
    fn any_pieces_of_markdown(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        parse(&pieces.concat());
    }

    #[test]
    fn cut_anywhere(from in 0_usize..4000, length in 0_usize..4000) {
        let all = PIECES.concat() + PLAIN + &PIECES.concat();
        let boundary = |at: usize| (0..=at.min(all.len())).rev().find(|&at| all.is_char_boundary(at)).unwrap_or(0);
        parse(&all[boundary(from)..boundary(from + length).max(boundary(from))]);
    }
}

const PIECES: &[&str] = &[
    "유출",
    "이름",
    "a",
    " ",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "    ",
    "\t",
    "# ",
    "## ",
    "- ",
    "* ",
    "1. ",
    "2026. ",
    "3. ",
    "12.",
    "> ",
    "| ",
    "|",
    "|---|---|\n",
    "|-|\n",
    "---\n",
    "***",
    "**",
    "*",
    "_",
    "`",
    "```\n",
    "~~",
    "~",
    "[",
    "]",
    "](",
    ")",
    "![",
    "[^1]",
    "[^1]: ",
    "[x] ",
    "[a]: ",
    "<",
    ">",
    "<!--",
    "-->",
    "--!>",
    "<!-- noticelint-ignore a/b: c -->",
    "<br>",
    "<del>",
    "</del>",
    "<div>",
    "</div>",
    "<div hidden>",
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<table>",
    "<thead>",
    "</thead>",
    "<tr>",
    "<td>",
    "<th>",
    "<td rowspan=3 colspan=2>",
    "</table>",
    "<ul>",
    "<li>",
    "</ul>",
    "<a href='b'>",
    "</a>",
    "<h2>",
    "</h2>",
    "<pre>",
    "</pre>",
    "<code>",
    "</code>",
    "<script>",
    "</script>",
    "<blockquote>",
    "</blockquote>",
    "<img alt=c>",
    "<a b=\"",
    "&amp;",
    "&#44032;",
    "&",
    "\\",
    "\\|",
    "\\*",
    "\u{1112}",
    "\u{1161}",
    "\u{11ab}",
    "\u{200b}",
    "\u{feff}",
    "\u{a0}",
    "ａ",
    "\u{301}",
    "https://a.example",
];

/// Long enough for a slow machine with a debug build; a quadratic step takes minutes.
const PATIENCE: Duration = Duration::from_secs(10);

#[test]
fn floods() {
    let size = 1 << 20;
    for piece in PIECES.iter().chain(&[
        "> > ",
        "a|",
        "**가",
        "*가 ",
        "<b></i>",
        "<td><p>",
        "<!-- a -->",
        "<a <a ",
        "~~a ",
        "[a](",
        "`a``",
    ]) {
        let text = piece.repeat(size / piece.len());
        let source = source(&text);
        let start = Instant::now();
        let notice = Notice::parse(&source);
        let taken = start.elapsed();
        assert!(
            taken < PATIENCE,
            "{piece:?} took {taken:?}, {} blocks",
            notice.blocks.len()
        );
    }
}

#[test]
fn deep_nesting() {
    let deep = 10_000;
    let quotes = format!("{}유출", "> ".repeat(deep));
    let notice = parse(&quotes);
    assert_eq!(texts(&notice), ["유출"]);
    assert_eq!(notice.blocks[0].quote_depth, u8::MAX);
    for (open, close) in [
        ("<div>", "</div>"),
        ("<table><tr><td>가", "</td></tr></table>"),
        ("<ul><li>", "</li></ul>"),
        ("- ", ""),
        ("[", "](a)"),
        ("**", "**"),
        ("<del>", "</del>"),
    ] {
        let text = format!("{}유출{}", open.repeat(deep), close.repeat(deep));
        let source = source(&text);
        let start = Instant::now();
        check(&source, &Notice::parse(&source));
        assert!(
            start.elapsed() < PATIENCE,
            "{open:?} took {:?}",
            start.elapsed()
        );
    }
}
