//! Notices of a merge have the result that each would have alone. In builds with debug assertions `Stream::check` compares them itself.

use super::*;
use crate::Settings;
use crate::rules::RuleSet;

fn stream() -> Stream {
    let settings = Settings {
        brief: true,
        terse: true,
        ..Settings::default()
    };
    let linter = Linter::new(RuleSet::builtin().unwrap(), settings);
    Stream::new(linter, Some(Severity::Error), None)
}

fn check(stream: &Stream, markdown: &str) -> LineResult {
    let record = serde_json::json!({ "id": 1, "markdown": markdown });
    stream.check(1, record.to_string().as_bytes())
}

/// Whether the result is taken from another notice.
fn is_alike(stream: &Stream, markdown: &str) -> bool {
    let key = Key {
        markdown,
        cohort: None,
        facts: None,
    };
    matches!(
        merge::find(stream.identity, key, stream.linter.rules().language()),
        merge::Search::Found(_)
    )
}

/// For each shape, whether a notice with the last word has its result from those with the first two.
fn taken(shape: &str, words: [&str; 3]) -> bool {
    let stream = stream();
    let [first, second, third] = words.map(|word| shape.replace("{}", word));
    check(&stream, &first);
    check(&stream, &second);
    let taken = is_alike(&stream, &third);
    check(&stream, &third);
    taken
}

const LETTER: &str = "# 개인정보 유출 안내\n\n{} 고객님께\n\n고객님의 이름이 유출되었습니다. 비밀번호를 바꾸어 주십시오.\n\n- {} 고객님의 등급: 일반\n";

#[test]
fn a_notice_that_differs_in_names_is_not_checked_again() {
    assert!(taken(LETTER, ["김민수", "박서연", "최지훈"]));
    let english = "# Notice of a data breach\n\nDear {},\n\nYour name was stolen.\n";
    assert!(taken(english, ["Anna Birk", "Finn Lund", "Rosa Kemp"]));
    let data = "# 개인정보 유출 안내\n\n고객님의 개인정보가 유출된 사실을 알려 드립니다.\n\n## 유출된 항목\n\n{} 고객님의 정보 가운데 유출된 항목은 다음과 같습니다.\n\n- 이름\n- 주문 내역\n";
    assert!(taken(data, ["김민수", "박서연", "최지훈"]));
    let windows = LETTER.replace('\n', "\r\n");
    assert!(taken(&windows, ["김민수", "박서연", "최지훈"]));
}

#[test]
fn words_that_say_something_are_checked() {
    for words in [
        ["김민수", "박서연", "주소와"],
        ["김민수", "박서연", "유출된"],
        ["김민수", "박서연", "노출된"],
        ["김민수", "박서연", "최지훈이"],
        ["김민수", "박서연", "최**"],
        ["김민수", "박서연", "1234567"],
        ["김민수", "박서연", "Anna Birk "],
    ] {
        assert!(!taken(LETTER, words), "{words:?}");
    }
}

#[test]
fn lines_that_markdown_may_read_otherwise_are_checked() {
    for shape in [
        "이름이 유출되었습니다.\n\n[{}] 님께\n\n[박서연]: https://a.example\n",
        "이름이 유출되었습니다.\n\n&{}; 님께\n",
        "이름이 유출되었습니다.\n\n<{}> 님께\n",
        "이름이 유출되었습니다.\n\n*{}* 님께\n",
        "이름이 유출되었습니다.\n\n`{}` 님께\n",
        "이름이 유출되었습니다.\n\n```\n{} 님께\n```\n",
        "<!-- 이름이 유출되었습니다.\n\n{} 님께\n-->\n",
        "---\ntitle: {} 님께\n---\n이름이 유출되었습니다.\n",
    ] {
        assert!(!taken(shape, ["Anna", "Finn", "Rosa"]), "{shape}");
    }
}

#[test]
fn a_finding_in_the_line_is_told_where_it_stands() {
    let shape = "# 안내\n\n{} 고객님의 정보가 노출되었습니다.\n";
    assert!(!taken(shape, ["김민수", "박서연", "최지훈"]));
}

#[test]
fn facts_and_cohorts_have_results_of_their_own() {
    let stream = stream();
    let facts = |leaked: &str| {
        serde_json::json!({
            "incident": "x", "jurisdictions": ["kr"], "status": "confirmed", "aware-at": "2026-10-01T09:00+09:00",
            "cohorts": { "members": { "count": { "value": 12, "unit": "persons" }, "leaked": [leaked] } }
        })
    };
    // Each would fail in a build with debug assertions if it had the result of the other.
    for (n, name) in ["김민수", "박서연", "최지훈", "정하은", "강도윤", "조예린"]
        .iter()
        .enumerate()
    {
        let leaked = ["name", "address"][n % 2];
        let record =
            serde_json::json!({ "markdown": LETTER.replace("{}", name), "facts": facts(leaked) });
        let text = stream.check(1, record.to_string().as_bytes()).text;
        assert_eq!(
            text.contains("kr/items-complete"),
            leaked == "address",
            "{text}"
        );
    }
}

/// Any words of the same length in a few places, those that mean something among them.
#[test]
fn any_words_have_the_result_that_they_would_have_alone() {
    let shapes = [
        LETTER,
        "# 개인정보 유출 안내\n\n{}님께 알려 드립니다. 이름이 유출되었습니다.\n\n{} 담당자에게 물어보십시오.\n",
        "# {} 안내\n\n고객님의 정보:\n\n- {}\n- 주소\n\n{} 유출되었습니다. 주소는 {} 유출되지 않았습니다.\n",
        "# Notice\n\nDear {},\n\nWe lost {} and your address. It was not {}.\n\n- {}\n- email\n",
    ];
    let words = [
        "김민수",
        "박서연",
        "이름은",
        "주소를",
        "유출된",
        "노출된",
        "않았고",
        "없습니",
        "전화는",
        "비밀번",
        "그러나",
        "만약에",
        "Anna Birk",
        "your name",
        "not stole",
        "passwords",
        "the breach",
        "Finn Lund",
        "no longer",
    ];
    let stream = stream();
    let mut seed = 7_usize;
    for turn in 0..160 {
        let mut text = String::new();
        for (n, part) in shapes[turn % shapes.len()].split("{}").enumerate() {
            if n > 0 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                text.push_str(words[(seed >> 33) % words.len()]);
            }
            text.push_str(part);
        }
        check(&stream, &text);
    }
}
