//! Blocks, what governs them, and waivers.

use noticelint::notice::{BlockKind, HiddenKind};

use crate::support::*;

// ---- The traps of design.md, section 3

#[test]
fn asterisks_that_will_be_published() {
    let text = "고객님의 **개인정보(이름)**를 *유출(사고)*로 확인했습니다.";
    let notice = parse(text);
    assert_eq!(
        texts(&notice),
        ["고객님의 개인정보(이름)를 유출(사고)로 확인했습니다."]
    );
    let raw: Vec<&str> = notice
        .stray_asterisks
        .iter()
        .map(|&span| &text[span.start..span.end])
        .collect();
    assert_eq!(raw, ["**", "**", "*", "*"]);
    assert!(notice.blocks[0].strong.is_empty());
}

#[test]
fn asterisks_that_are_meant() {
    for text in [
        "문의: 010-****-1234",
        "홍**님",
        "`**유출(사고)**를`",
        "\\*\\*유출(사고)\\*\\*를",
        "3 * 4 * 5",
        "    **유출(사고)**를",
    ] {
        let notice = parse(text);
        assert!(notice.stray_asterisks.is_empty(), "{text}");
        assert!(notice.blocks[0].text.as_str().contains('*'), "{text}");
    }
    assert!(parse("**유출**은 *사고*입니다").stray_asterisks.is_empty());
}

#[test]
fn a_closing_date_is_one_line() {
    for date in [
        "2026. 3. 12.",
        "2026. 3. 12. (목)",
        "2026.  3.  12.",
        "2026. 3.12.",
        "2026. 3월 12일",
    ] {
        let text = format!("# 안내\n\n- 끝\n\n{date}\n\n주식회사 예시\n");
        let notice = parse(&text);
        assert_eq!(texts(&notice), ["안내", "끝", date, "주식회사 예시"]);
        let closing = block(&notice, "2026");
        assert_eq!(
            (closing.kind, closing.list_depth, closing.governor),
            (BlockKind::Paragraph, 0, None),
            "{date}"
        );
        assert_eq!(source(&text).slice(closing.span), date);
    }
    // Also where it would go on a numbered list, and in a list.
    let notice = parse("1. 가\n2. 나\n\n2026. 3. 12.\n");
    assert_eq!(texts(&notice), ["가", "나", "2026. 3. 12."]);
    assert_eq!(block(&notice, "2026").kind, BlockKind::Paragraph);
    let notice = parse("- 2026. 3. 12. 확인\n- 2026. 3. 13. 통지\n");
    assert_eq!(texts(&notice), ["2026. 3. 12. 확인", "2026. 3. 13. 통지"]);
    assert_eq!(kinds(&notice), [BlockKind::ListItem; 2]);
    assert_eq!(
        texts(&parse("> 2026. 3. 12.\n\n1. 가\n   1. 나\n      1. 다")),
        ["2026. 3. 12.", "가", "나", "다"]
    );
}

#[test]
fn ranges_and_strikes() {
    assert_eq!(texts(&parse("10~20만 ~ 30만")), ["10~20만 ~ 30만"]);
    let notice = parse("~5일~ 뒤");
    assert_eq!(texts(&notice), ["뒤"]);
    assert_eq!(hidden(&notice, HiddenKind::Strikethrough), ["5일"]);
}

#[test]
fn headings_that_nobody_meant() {
    let notice = parse("문의처 안내\n---\n\n본문\n");
    assert_eq!(
        kinds(&notice),
        [BlockKind::Heading(2), BlockKind::Paragraph]
    );
    assert_eq!(notice.blocks[1].heading, Some(0));
}

#[test]
fn four_spaces_are_code() {
    let notice = parse("앞\n\n    유출 항목\n\n뒤\n");
    assert_eq!(
        kinds(&notice),
        [
            BlockKind::Paragraph,
            BlockKind::CodeBlock,
            BlockKind::Paragraph
        ]
    );
    let code = &notice.blocks[1];
    assert_eq!(code.code, std::slice::from_ref(&(0..code.text.len())));
}

#[test]
fn lettered_lines_are_one_paragraph() {
    let notice = parse("① 이름\n② 주소\n가. 항목\n나. 항목");
    assert_eq!(texts(&notice), ["① 이름\n② 주소\n가. 항목\n나. 항목"]);
}

#[test]
fn cells_never_join_and_know_their_place() {
    let notice = parse("표:\n\n| 항목 | 여부 |\n|---|---|\n| 이름 | **유출** |\n| 주소 |\n");
    let places: Vec<_> = notice
        .blocks
        .iter()
        .filter_map(|b| b.cell)
        .map(|c| (c.table, c.row, c.column))
        .collect();
    assert_eq!(
        places,
        [(0, 0, 0), (0, 0, 1), (0, 1, 0), (0, 1, 1), (0, 2, 0)]
    );
    assert_eq!(governor(&notice, "이름"), Some("표:"));
    assert_eq!(block(&notice, "유출").strong, std::slice::from_ref(&(0..6)));
}

#[test]
fn surplus_cells_of_every_form() {
    let text = "| 가 | 나 |\n|---|---|\n| 1 | 2 | 셋 \\| 반 | | **넷** |\n5 | 6 | 일곱\n| 8 |\n\n> | a |\n> |---|\n> | b | c |\n";
    let notice = parse(text);
    assert_eq!(
        hidden(&notice, HiddenKind::SurplusCell),
        ["셋 \\| 반", "넷", "일곱", "c"]
    );
}

#[test]
fn tight_items_have_no_paragraph() {
    for text in [
        "- 가\n- 나\n",
        "- 가\n\n- 나\n",
        "* 가\n* 나",
        "1. 가\n2. 나",
        "-   가\n\n    \n-   나",
    ] {
        let notice = parse(text);
        assert_eq!(texts(&notice), ["가", "나"], "{text:?}");
        assert_eq!(kinds(&notice), [BlockKind::ListItem; 2], "{text:?}");
    }
}

#[test]
fn what_governs_what() {
    let text = "# 제목\n\n항목은 다음과 같습니다.\n\n- 이름\n- 주소:\n\n  더 자세히\n\n  - 도로명\n    - 동\n\n## 표\n\n\
                | 가 |\n|---|\n\n- 표 아래\n\n다음:\n\n---\n\n- 선 아래\n\n다시:\n<!-- c -->\n\n1. 설명 아래\n\n> 인용:\n>\n> - 인용 항목\n\n- 인용 아래\n  > 항목의 인용\n";
    let notice = parse(text);
    assert_eq!(governor(&notice, "항목은"), None);
    assert_eq!(governor(&notice, "이름"), Some("항목은 다음과 같습니다."));
    assert_eq!(governor(&notice, "주소"), Some("항목은 다음과 같습니다."));
    assert_eq!(governor(&notice, "더 자세히"), Some("주소:"));
    assert_eq!(governor(&notice, "도로명"), Some("더 자세히"));
    assert_eq!(governor(&notice, "동"), Some("도로명"));
    assert_eq!(governor(&notice, "가"), Some("표"));
    assert_eq!(governor(&notice, "표 아래"), None);
    assert_eq!(governor(&notice, "선 아래"), None);
    assert_eq!(governor(&notice, "설명 아래"), Some("다시:"));
    assert_eq!(governor(&notice, "인용 항목"), Some("인용:"));
    assert_eq!(governor(&notice, "인용 아래"), None);
    assert_eq!(governor(&notice, "항목의 인용"), Some("인용 아래"));
    assert_eq!(block(&notice, "도로명").list_depth, 2);
    assert_eq!(block(&notice, "인용 항목").quote_depth, 1);
    let heading = |text: &str| {
        block(&notice, text)
            .heading
            .map(|id| notice.blocks[id].text.as_str())
    };
    assert_eq!(heading("도로명"), Some("제목"));
    assert_eq!(heading("표 아래"), Some("표"));
}

#[test]
fn lists_right_below_lists() {
    let notice =
        parse("다음:\n\n- 가\n<!-- noticelint-ignore a/b: c -->\n- 나\n\n<!-- -->\n\n- 다\n");
    assert_eq!(governor(&notice, "나"), Some("다음:"));
    assert_eq!(governor(&notice, "다"), None, "that is the paragraph");
    assert_eq!(notice.blocks[3].governor, Some(0));
    assert_eq!(notice.directives[0].block, Some(2));
    let notice = parse("안내:\n\n1. 항목\n- 이름\n- 주소\n2. 시점\n- 어제\n\n* 끝\n");
    assert_eq!(governor(&notice, "항목"), Some("안내:"));
    assert_eq!(governor(&notice, "이름"), Some("항목"));
    assert_eq!(governor(&notice, "주소"), Some("항목"));
    assert_eq!(governor(&notice, "시점"), Some("안내:"));
    assert_eq!(governor(&notice, "어제"), Some("시점"));
    let notice = parse("1. 가\n\n- 나\n");
    assert_eq!(governor(&notice, "나"), None);
}

#[test]
fn an_empty_item_passes_its_governor_on() {
    let notice = parse("목록:\n\n-\n  - 안\n");
    assert_eq!(governor(&notice, "안"), Some("목록:"));
}

#[test]
fn a_heading_in_a_quotation_ends_with_it() {
    let notice = parse("# 가\n\n> ## 나\n>\n> 다\n\n라\n");
    assert_eq!(block(&notice, "다").heading, Some(1));
    assert_eq!(block(&notice, "라").heading, Some(0));
}

#[test]
fn tasks() {
    let notice = parse("- [x] 했음\n- [ ] 안 했음\n- 없음\n\n  더\n");
    let tasks: Vec<_> = notice.blocks.iter().map(|block| block.task).collect();
    assert_eq!(tasks, [Some(true), Some(false), None, None]);
}

#[test]
fn footnotes() {
    let notice = parse("유출[^1]이 있었습니다.\n\n[^1]: 각주 문장\n\n    둘째\n");
    assert_eq!(texts(&notice), ["유출이 있었습니다.", "각주 문장", "둘째"]);
    assert_eq!(kinds(&notice)[1..], [BlockKind::Footnote; 2]);
}

#[test]
fn links_and_addresses() {
    let notice = parse(
        "[고객 **센터**](tel:1588-0000) <https://a.example> https://b.example <a href='c&amp;d'>여기</a>",
    );
    let block = &notice.blocks[0];
    let links: Vec<_> = block
        .links
        .iter()
        .map(|l| (&block.text.as_str()[l.text.clone()], l.target.as_str()))
        .collect();
    assert_eq!(
        links,
        [
            ("고객 센터", "tel:1588-0000"),
            ("https://a.example", "https://a.example"),
            ("여기", "c&d")
        ]
    );
    assert!(block.text.as_str().contains("https://b.example"));
    assert_eq!(
        hidden(&notice, HiddenKind::LinkTarget),
        ["tel:1588-0000", "c&d"]
    );
}

#[test]
fn html_has_blocks_of_its_own() {
    let text = "<h2>유출 <b>항목</b></h2>\n<p>다음과 같습니다.\n<ul>\n<li>이름\n<li>주소<ol><li>동</ol>\n</ul>\n\
                <table><thead><tr><th>항목<th>여부</thead><tr><td rowspan=2>이름<td>유출<tr><td>아님</table>\n\
                <blockquote>인용</blockquote><pre>코드  둘\n줄</pre>\n";
    let notice = parse(text);
    assert_eq!(
        texts(&notice),
        [
            "유출 항목",
            "다음과 같습니다.",
            "이름",
            "주소",
            "동",
            "항목",
            "여부",
            "이름",
            "유출",
            "아님",
            "인용",
            "코드  둘\n줄"
        ]
    );
    use BlockKind::{CodeBlock, Heading, ListItem, Paragraph, TableCell};
    let expected = [Heading(2), Paragraph, ListItem, ListItem, ListItem];
    assert_eq!(kinds(&notice)[..5], expected);
    assert_eq!(kinds(&notice)[5..10], [TableCell; 5]);
    assert_eq!(kinds(&notice)[10..], [Paragraph, CodeBlock]);
    let cells: Vec<_> = notice
        .blocks
        .iter()
        .filter_map(|b| b.cell)
        .map(|c| (c.row, c.column))
        .collect();
    assert_eq!(cells, [(0, 0), (0, 1), (1, 0), (1, 1), (2, 1)]);
    assert_eq!(notice.blocks[2].governor, Some(1));
    assert_eq!(notice.blocks[4].governor, Some(3));
    assert_eq!(notice.blocks[4].list_depth, 2);
    assert_eq!(notice.blocks[0].strong, std::slice::from_ref(&(7..13)));
    assert_eq!(notice.blocks[10].quote_depth, 1);
    assert!(
        notice.blocks[1..]
            .iter()
            .all(|block| block.heading == Some(0))
    );
}

#[test]
fn an_html_table_without_header() {
    let notice =
        parse("<table><tr><th>항목</th><td>이름</td></tr><tr><th>수</th><td>3</td></tr></table>");
    let cells: Vec<_> = notice
        .blocks
        .iter()
        .filter_map(|b| b.cell)
        .map(|c| (c.row, c.column))
        .collect();
    assert_eq!(cells, [(1, 0), (1, 1), (2, 0), (2, 1)]);
}

#[test]
fn html_in_quotations_and_items() {
    let text = "> <div>\n> 인용\n> 문장\n> </div>\n\n- <p>항목</p>\n- 둘\n";
    let notice = parse(text);
    assert_eq!(texts(&notice), ["인용\n문장", "항목", "둘"]);
    assert_eq!(slice(&source(text), &notice, "인용\n문장"), "인용\n> 문장");
    assert_eq!(kinds(&notice)[1..], [BlockKind::ListItem; 2]);
    assert_eq!(notice.blocks[0].quote_depth, 1);
}

// ---- Waivers

#[test]
fn directives() {
    let text = "앞\n\n<!-- noticelint-ignore kr/no-exposure-euphemism: 인용문 -->\n\n# 뒤\n\n\
                > <!-- noticelint-ignore\n>   kr/when : 둘째: 이유 -->\n> 글\n\n<!-- noticelint-ignore kr/x -->\n";
    let notice = parse(text);
    let found: Vec<_> = notice
        .directives
        .iter()
        .map(|d| (d.rule.as_str(), d.reason.as_str(), d.block))
        .collect();
    let expected = [
        ("kr/no-exposure-euphemism", "인용문", Some(1)),
        ("kr/when", "둘째: 이유", Some(2)),
        ("kr/x", "", None),
    ];
    assert_eq!(found, expected);
    assert!(
        parse("`<!-- noticelint-ignore a: b -->`")
            .directives
            .is_empty()
    );
    assert!(
        parse("    <!-- noticelint-ignore a: b -->")
            .directives
            .is_empty()
    );
    // A misspelled one is kept, so that it can be reported.
    assert_eq!(
        parse("<!-- noticelint-ignored a: b -->").directives.len(),
        1
    );
    assert!(parse("<!-- noticelinted: b -->").directives.is_empty());
    assert_eq!(
        parse("<!-- noticelint-ignore a: b --> 같은 줄").directives[0].block,
        Some(0)
    );
    assert_eq!(
        parse("글 <!-- noticelint-ignore a: b --> 글\n\n다음").directives[0].block,
        Some(1)
    );
    assert_eq!(
        parse("- 가\n- <!-- noticelint-ignore a: b --> 나").directives[0].block,
        Some(1)
    );
}

#[test]
fn nothing_at_all() {
    for text in [
        "", "\u{feff}", "\n\n", "<!-- -->", "-", "#", "| |\n|-|", "---\n---", "\u{200b}", "&nbsp;",
        "***",
    ] {
        let notice = parse(text);
        assert!(notice.blocks.is_empty(), "{text:?}: {:?}", texts(&notice));
    }
}
