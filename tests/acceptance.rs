//! Short texts that show what counts as said, where a finding stands, and what is reported about the text itself.

use noticelint::facts::Facts;
use noticelint::report::NoticeReport;
use noticelint::rules::RuleSet;
use noticelint::source::Source;
use noticelint::{Linter, Settings};
use std::sync::OnceLock;

fn linter() -> &'static Linter {
    static LINTER: OnceLock<Linter> = OnceLock::new();
    LINTER.get_or_init(|| Linter::new(RuleSet::builtin().unwrap(), Settings::default()))
}

fn lint(text: &str, facts: Option<&str>) -> (Source, NoticeReport) {
    let source = Source::decode("notice.md", text.as_bytes().to_vec()).unwrap();
    let items: Vec<&str> = linter().rules().item_ids().collect();
    let facts = facts.map(|f| Facts::parse("incident.yaml", f, &items).unwrap());
    let outcome = linter().lint(&source, facts.as_ref().map(|f| (f, "incident.yaml")));
    (source, outcome.report)
}

/// Line and text of each finding of a rule.
fn found(text: &str, facts: Option<&str>, rule: &str) -> Vec<(usize, String)> {
    assert!(linter().rules().get(rule).is_some(), "{rule}");
    let (source, report) = lint(text, facts);
    let own = report.findings.iter().filter(|f| &*f.rule == rule);
    own.map(|f| {
        (
            source.line_column(f.span.start).0,
            source.slice(f.span).to_owned(),
        )
    })
    .collect()
}

fn lines(text: &str, rule: &str) -> Vec<usize> {
    found(text, None, rule)
        .into_iter()
        .map(|(line, _)| line)
        .collect()
}

/// The phrase wherever Markdown can have it, each on a line of its own; `true` where a reader meets it.
fn everywhere(phrase: &str) -> (String, Vec<usize>) {
    let places = [
        (true, format!("# 안내: {phrase}")),
        (true, format!("문단에서 {phrase}")),
        (true, format!("- 목록\n  - 안쪽 목록에서 {phrase}")),
        (
            true,
            format!("| 구분 | 내용 |\n|---|---|\n| 칸 | {phrase} |"),
        ),
        (true, format!("> 인용 안에서 {phrase}")),
        (true, format!("```\n{phrase}\n```")),
        (false, format!("보이는 말 <!-- {phrase} --> 뒤")),
        (
            true,
            format!("자세한 내용은 [{phrase}](https://notice.example/)"),
        ),
        (
            false,
            format!("자세한 내용은 [누리집](<https://notice.example/{phrase}>)"),
        ),
        (false, format!("![{phrase}](photo.png)")),
        (false, format!("보이는 말 ~~{phrase}~~ 뒤")),
        (false, format!("보이는 말 <del>{phrase}</del> 뒤")),
        (false, format!("<div hidden>{phrase}</div>")),
        (
            false,
            format!("| 구분 | 내용 |\n|---|---|\n| 칸 | 둘째 칸 | {phrase} |"),
        ),
        (true, format!("<p>{phrase}</p>")),
        (true, format!("<!-- 앞 --> {phrase}")),
    ];
    let mut text = String::new();
    let mut wanted = Vec::new();
    for (seen, place) in places {
        let first = text.matches('\n').count() + 1;
        if seen {
            let before = place
                .find(phrase)
                .map_or(0, |at| place[..at].matches('\n').count());
            wanted.push(first + before);
        }
        text.push_str(&place);
        text.push_str("\n\n");
    }
    (text, wanted)
}

/// Acceptance 2, for a rule of patterns and one that reads clauses.
#[test]
fn one_finding_for_each_place_that_a_reader_sees() {
    let (text, wanted) = everywhere("추후 기재");
    assert_eq!(lines(&text, "common/placeholder"), wanted, "{text}");
    let (text, wanted) = everywhere("당사는 책임을 지지 않습니다");
    // What is quoted is not said by the notice itself.
    let quoted = text.lines().position(|l| l.starts_with('>')).unwrap() + 1;
    let wanted: Vec<usize> = wanted.into_iter().filter(|l| *l != quoted).collect();
    let mut found = lines(&text, "kr/no-disclaimer");
    found.retain(|l| *l != quoted);
    assert_eq!(found, wanted, "{text}");
}

/// A finding covers the words in the file as they are written there.
#[test]
fn a_finding_covers_the_words_in_the_file() {
    let slices = |text: &str| -> Vec<String> {
        found(text, None, "kr/no-exposure-euphemism")
            .into_iter()
            .map(|(_, slice)| slice)
            .collect()
    };
    assert_eq!(slices("고객님의 이름이 노**출**되었습니다.\n"), ["노**출"]);
    assert_eq!(
        slices("고객님의 이름이 노&#52636;되었습니다.\n"),
        ["노&#52636;"]
    );
    assert_eq!(slices("고객님의 이름이 `노출`되었습니다.\n"), ["노출"]);
    assert_eq!(
        slices("고객님의 이름이 노\u{200b}출되었습니다.\n"),
        ["노\u{200b}출"]
    );
    assert_eq!(
        slices("고객님의 이름이 노<!-- -->출되었습니다.\n"),
        Vec::<String>::new()
    );
    assert_eq!(
        slices("고객님의 이름이 노<br>출되었습니다.\n"),
        Vec::<String>::new()
    );
}

/// Columns count characters of the file, bytes count its bytes, a byte order mark included.
#[test]
fn columns_count_characters_and_bytes_count_bytes() {
    let place = |text: &str| {
        let (source, report) = lint(text, None);
        let finding = report
            .findings
            .iter()
            .find(|f| &*f.rule == "kr/no-exposure-euphemism")
            .unwrap();
        let (line, column) = source.line_column(finding.span.start);
        (finding.span.start, line, column)
    };
    let plain = "고객님의 이름이 노출되었습니다.\n";
    assert_eq!(place(plain), (23, 1, 10));
    assert_eq!(place(&format!("\u{feff}{plain}")), (26, 1, 10));
    assert_eq!(place(&format!("안내\r\n\r\n{plain}")), (33, 3, 10));
    assert_eq!(
        place(&format!("👨\u{200d}👩\u{200d}👧 {plain}")),
        (42, 1, 16)
    );
    // Each syllable of NFD text is two or three characters.
    let nfd: String = unicode_normalization::UnicodeNormalization::nfd(plain).collect();
    let at = nfd.find("\u{1102}\u{1169}\u{110e}").unwrap();
    assert_eq!(place(&nfd), (at, 1, nfd[..at].chars().count() + 1));
}

const ENTRANCE: &str = "incident: x\njurisdictions: [kr]\nstatus: confirmed\naware-at: 2026-01-05T10:00+09:00\n\
                        cohorts:\n  members:\n    leaked: [name, entrance-code]\n";

/// Acceptance 5: what no reader sees is not stated, and a label says where it was seen.
#[test]
fn hidden_text_states_nothing() {
    let hidden = [
        ("comment", "- 이름\n\n<!-- 공동현관 비밀번호 -->"),
        ("strike", "- 이름\n- ~~공동현관 비밀번호~~"),
        ("single strike", "- 이름\n- ~공동현관 비밀번호~"),
        ("del", "- 이름\n- <del>공동현관 비밀번호</del>"),
        (
            "hidden html",
            "- 이름\n\n<p style=\"display: none\">공동현관 비밀번호</p>",
        ),
        ("image", "- 이름\n\n![공동현관 비밀번호](items.png)"),
        (
            "address",
            "- [이름](<https://notice.example/공동현관 비밀번호>)",
        ),
        (
            "surplus cell",
            "| 항목 |\n|---|\n| 이름 | 공동현관 비밀번호 |",
        ),
    ];
    for (what, items) in hidden {
        let text = format!("# 개인정보 유출 안내\n\n다음 정보가 유출되었습니다.\n\n{items}\n");
        let (source, report) = lint(&text, Some(ENTRANCE));
        let missing: Vec<_> = report
            .findings
            .iter()
            .filter(|f| &*f.rule == "kr/items-complete")
            .collect();
        assert_eq!(missing.len(), 1, "{what}: {missing:?}");
        let shown = missing[0].labels.iter().find(|l| l.file.is_none());
        let shown = shown.unwrap_or_else(|| panic!("{what}: no label says where it was seen"));
        assert!(
            source.slice(shown.span).contains("공동현관 비밀번호"),
            "{what}: {:?}",
            source.slice(shown.span)
        );
    }
}

#[test]
fn front_matter_states_nothing() {
    let text = "---\nkind: full\nreplaces: 공동현관 비밀번호.md\n---\n# 개인정보 유출 안내\n\n이름이 유출되었습니다.\n";
    assert_eq!(found(text, Some(ENTRANCE), "kr/items-complete").len(), 1);
}

#[test]
fn visible_text_in_html_and_after_a_comment_is_stated() {
    let seen = [
        "<table><tr><th>유출된 항목</th></tr><tr><td>이름</td></tr><tr><td>공동현관 비밀번호</td></tr></table>",
        "<details><summary>자세히 보기</summary>\n\n유출된 항목은 다음과 같습니다.\n\n- 이름\n- 공동현관 비밀번호\n\n</details>",
        "- 이름\n- <!-- 확인함 --> 공동현관 비밀번호",
        "이름과 <ins>공동현관 비밀번호</ins>가 유출되었습니다.",
        "- 이름\n- [공동현관 비밀번호](https://notice.example/door)",
    ];
    for items in seen {
        let text = format!("# 개인정보 유출 안내\n\n다음 정보가 유출되었습니다.\n\n{items}\n");
        assert_eq!(
            found(&text, Some(ENTRANCE), "kr/items-complete"),
            [],
            "{items}"
        );
    }
}

/// Acceptance 6.
#[test]
fn what_is_never_closed_is_reported() {
    let comment = "# 개인정보 유출 안내\n\n이름이 유출되었습니다.\n\n<!-- 검토용\n공동현관 비밀번호도 유출되었습니다.\n";
    assert_eq!(
        found(comment, None, "common/unclosed"),
        [(5, "<!--".to_owned())]
    );
    assert_eq!(found(comment, Some(ENTRANCE), "kr/items-complete").len(), 1);
    let front = "---\nkind: partial\n\n# 개인정보 유출 안내\n\n이름이 유출되었습니다.\n";
    assert_eq!(
        found(front, None, "common/unclosed"),
        [(1, "---".to_owned())]
    );
    let closed =
        "---\nkind: partial\n---\n# 개인정보 유출 안내\n\n이름이 유출되었습니다.\n\n<!-- 끝 -->\n";
    assert_eq!(found(closed, None, "common/unclosed"), []);
}

#[test]
fn text_between_rules_is_read() {
    let text = "# 개인정보 유출 안내\n\n이름이 유출되었습니다.\n\n---\n\n공동현관 비밀번호도 유출되었습니다.\n\n---\n\n끝.\n";
    assert_eq!(found(text, Some(ENTRANCE), "kr/items-complete"), []);
    let late = format!("\n{text}").replace("# 개인", "---\nkind: all-clear\n---\n\n# 개인");
    // Not at the very start, this is no front matter: the notice is no all-clear, and the rule applies.
    let (_, report) = lint(&late, None);
    let title = report
        .checklist
        .iter()
        .find(|e| &*e.rule == "kr/leak-word-title")
        .unwrap();
    assert_ne!(title.status, noticelint::report::Status::NotApplicable);
}

/// Acceptance 8.
#[test]
fn the_leak_word_with_its_particles_and_in_compounds() {
    let body = |sentence: &str| {
        found(
            &format!("# 안내\n\n{sentence}\n"),
            None,
            "kr/leak-word-body",
        )
        .is_empty()
    };
    for sentence in [
        "고객님의 개인정보가 유출되었습니다.",
        "고객님의 개인정보 유출이 발생하였습니다.",
        "고객님의 개인정보유출 사실을 확인하였습니다.",
        "고객님의 개인정보가 외부로 유출됐습니다.",
    ] {
        assert!(body(sentence), "{sentence}");
    }
    for sentence in [
        "우리 시의 인구 유출입이 확인되었습니다.",
        "자금 유출입 현황을 알려 드립니다.",
    ] {
        assert!(!body(sentence), "{sentence}");
        let (_, report) = lint(&format!("# 안내\n\n{sentence}\n"), None);
        let leak = report
            .clauses
            .iter()
            .any(|c| c.concepts.iter().any(|id| id == "leak"));
        assert!(!leak, "{sentence}");
    }
    let title = |title: &str| {
        found(
            &format!("# {title}\n\n알려 드립니다.\n"),
            None,
            "kr/leak-word-title",
        )
        .is_empty()
    };
    assert!(title("개인정보유출 안내") && title("개인정보 유출에 대한 사과"));
    assert!(!title("인구 유출입 통계"));
}

/// Acceptance 9.
#[test]
fn emphasis_that_does_not_close_is_read_and_told() {
    let text = "# 개인정보 유출 안내\n\n**개인정보(이름)**를 포함하여 **“공동현관 비밀번호”**가 유출되었습니다.\n";
    assert_eq!(found(text, Some(ENTRANCE), "kr/items-complete"), []);
    assert_eq!(
        found(text, None, "common/stray-asterisks"),
        [(3, "**".to_owned())]
    );
    let mended = text
        .replace("**개인정보(이름)**", "**개인정보**(이름)")
        .replace("**“", "“**")
        .replace("”**", "**”");
    assert_eq!(found(&mended, None, "common/stray-asterisks"), []);
}

#[test]
fn a_waiver_is_heeded_or_told() {
    let told = |front: &str, body: &str| -> Vec<String> {
        let (_, report) = lint(
            &format!("---\nkind: full\n{front}---\n# 개인정보 유출 안내\n\n{body}\n"),
            None,
        );
        let of = report
            .findings
            .iter()
            .filter(|f| f.rule.starts_with("common/"));
        of.map(|f| {
            format!(
                "{}{}",
                f.rule,
                if f.waived.is_some() { " waived" } else { "" }
            )
        })
        .collect()
    };
    let body = "{{이름}}님의 이메일 주소가 유출되었습니다.";
    let waive = |rest: &str| format!("waive:\n  - rule: common/placeholder\n{rest}");
    assert_eq!(told("", body), ["common/placeholder"]);
    assert_eq!(
        told(&waive("    reason: 발송 시스템이 채운다\n"), body),
        ["common/placeholder waived"]
    );
    assert_eq!(
        told(&waive(""), body),
        ["common/waiver-no-reason", "common/placeholder"]
    );
    let expired = "notify-at: 2026-10-06T10:00+09:00\n".to_owned()
        + &waive("    reason: 채운다\n    until: 2026-10-05\n");
    assert_eq!(
        told(&expired, body),
        ["common/waiver-expired", "common/placeholder"]
    );
    let typo = waive("    reason: 채운다\n").replace("placeholder", "placeholdr");
    assert_eq!(
        told(&typo, body),
        ["common/waiver-unknown-rule", "common/placeholder"]
    );
    assert_eq!(
        told(&waive("    reason: 채운다\n"), "이름이 유출되었습니다."),
        ["common/waiver-unused"]
    );
    let inline = format!(
        "<!-- noticelint-ignore common/placeholder: 발송 시스템이 채운다 -->\n{body}\n\n{body}"
    );
    assert_eq!(
        told("", &inline),
        ["common/placeholder waived", "common/placeholder"]
    );
}
