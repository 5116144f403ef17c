//! Findings set aside in writing: every form, and everything that can be wrong with one.

use super::support::{repository, run, write};

const BODY: &str = "{{이름}}님의 이메일 주소가 유출되었습니다.";

/// What `check` prints of a notice about waivers and the rule that is waived.
fn told(front: &str, body: &str, args: &[&str]) -> String {
    let text = format!("---\nkind: full\n{front}---\n# 개인정보 유출 안내\n\n{body}\n");
    let root = repository(&[("a.md", text.as_str())]);
    let rules = "common/placeholder,common/waiver-no-reason,common/waiver-unknown-rule,common/waiver-unused,\
                 common/waiver-expired,common/waiver-unclosed";
    let args = [
        &["check", "a.md", "--fail-on", "info", "--select", rules],
        args,
    ]
    .concat();
    let ran = run(root.path(), &args);
    // The authority is the same for all.
    let kept = ran.text();
    let kept = kept
        .lines()
        .filter(|line| !line.contains("authority:") && !line.contains("https://"));
    format!(
        "{text}{}",
        kept.map(|line| format!("{line}\n")).collect::<String>()
    )
}

fn directive(text: &str) -> String {
    format!("<!-- {text} -->\n{BODY}")
}

#[test]
fn the_next_block() {
    let body = format!(
        "{}\n\n{BODY}",
        directive("noticelint-ignore common/placeholder: 발송 시스템이 채운다")
    );
    insta::assert_snapshot!(told("", &body, &[]));
}

#[test]
fn a_section() {
    let body = format!(
        "{BODY}\n\n<!-- noticelint-ignore-section common/placeholder: 서식 부분이다 -->\n## 서식\n\n{BODY}\n\n### 아래\n\n{BODY}\n\n## 다음\n\n{BODY}"
    );
    insta::assert_snapshot!("a_section_after_it", told("", &body, &[]));
    let inside = format!(
        "## 서식\n\n{BODY}\n\n<!-- noticelint-ignore-section common/placeholder: 서식 부분이다 -->\n\n{BODY}\n\n## 다음\n\n{BODY}"
    );
    insta::assert_snapshot!("a_section_around_it", told("", &inside, &[]));
}

#[test]
fn a_stretch() {
    let body = format!(
        "<!-- noticelint-ignore-start common/placeholder: 서식이다 -->\n\n{BODY}\n\n- {BODY}\n\n<!-- noticelint-ignore-end common/placeholder -->\n\n{BODY}"
    );
    insta::assert_snapshot!(told("", &body, &[]));
}

#[test]
fn the_whole_notice() {
    let front = "waive:\n  - { rule: common/placeholder, reason: 발송 시스템이 채운다, approved-by: 개인정보 보호책임자 }\n";
    insta::assert_snapshot!(told(front, &format!("{BODY}\n\n{BODY}"), &[]));
}

/// What is missing stands at the title, and is set aside there.
#[test]
fn what_is_missing() {
    let waived = |text: &str| {
        let root = repository(&[("a.md", text)]);
        let args = ["check", "a.md", "--select", "kr/how", "--format", "json"];
        let report = run(root.path(), &args).json();
        report["notices"][0]["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|f| f["waived"]["reason"].as_str().unwrap_or("open").to_owned())
            .collect::<Vec<_>>()
    };
    let text = "# 개인정보 유출 안내\n\n고객님의 이름이 유출되었습니다.\n";
    assert_eq!(waived(text), ["open"]);
    let before = format!("<!-- noticelint-ignore kr/how: 조사 중이다 -->\n{text}");
    assert_eq!(waived(&before), ["조사 중이다"]);
    let front = format!("---\nwaive:\n  - {{ rule: kr/how, reason: 조사 중이다 }}\n---\n{text}");
    assert_eq!(waived(&front), ["조사 중이다"]);
    let title = format!(
        "---\ntitle: 개인정보 유출 안내\nwaive:\n  - {{ rule: kr/how, reason: 조사 중이다 }}\n---\n{text}"
    );
    assert_eq!(waived(&title), ["조사 중이다"]);
}

#[test]
fn without_a_reason() {
    insta::assert_snapshot!(told(
        "",
        &directive("noticelint-ignore common/placeholder"),
        &[]
    ));
}

#[test]
fn of_no_rule() {
    insta::assert_snapshot!(
        "unknown_rule",
        told(
            "",
            &directive("noticelint-ignore common/placeholdr: 사유"),
            &[]
        )
    );
    insta::assert_snapshot!(
        "no_pack",
        told("", &directive("noticelint-ignore placeholder: 사유"), &[])
    );
    insta::assert_snapshot!(
        "a_slip",
        told(
            "",
            &directive("noticelint-ingore common/placeholder: 사유"),
            &[]
        )
    );
}

#[test]
fn that_waives_nothing() {
    let body = format!(
        "{BODY}\n\n<!-- noticelint-ignore common/placeholder: 사유 -->\n이름이 유출되었습니다."
    );
    insta::assert_snapshot!(told("", &body, &[]));
}

#[test]
fn never_closed() {
    insta::assert_snapshot!(
        "a_beginning",
        told(
            "",
            &directive("noticelint-ignore-start common/placeholder: 사유"),
            &[]
        )
    );
    insta::assert_snapshot!(
        "an_end",
        told(
            "",
            &directive("noticelint-ignore-end common/placeholder"),
            &[]
        )
    );
}

#[test]
fn past_its_date() {
    let waive = "waive:\n  - { rule: common/placeholder, reason: 채운다, until: 2026-10-05 }\n";
    let noted = format!("notify-at: 2026-10-05T10:00+09:00\n{waive}");
    insta::assert_snapshot!("on_its_last_day", told(&noted, BODY, &[]));
    insta::assert_snapshot!(
        "on_the_day_given",
        told(&noted, BODY, &["--as-of", "2026-10-06"])
    );
    let late = noted.replace("10-05T", "10-06T");
    insta::assert_snapshot!("on_the_day_of_the_notice", told(&late, BODY, &[]));
    insta::assert_snapshot!("judged_by_nothing", told(waive, BODY, &[]));
}

#[test]
fn in_code_or_as_prose() {
    let code =
        format!("```html\n<!-- noticelint-ignore common/placeholder: 사유 -->\n```\n\n{BODY}");
    insta::assert_snapshot!("in_a_block_of_code", told("", &code, &[]));
    let inline = format!("`<!-- noticelint-ignore common/placeholder: 사유 -->` {BODY}");
    insta::assert_snapshot!("in_inline_code", told("", &inline, &[]));
    let prose = format!("noticelint-ignore common/placeholder: 사유\n{BODY}");
    insta::assert_snapshot!("as_prose", told("", &prose, &[]));
}

#[test]
fn of_a_rule_that_cannot_be_waived() {
    let body = format!(
        "<!-- noticelint-ignore common/waiver-no-reason: 사유는 나중에 적는다 -->\n\n{}",
        directive("noticelint-ignore common/placeholder")
    );
    let front = "waive:\n  - { rule: common/waiver-no-reason, reason: 사유는 나중에 적는다 }\n";
    insta::assert_snapshot!(
        "by_the_front_matter",
        told(
            front,
            &directive("noticelint-ignore common/placeholder"),
            &[]
        )
    );
    insta::assert_snapshot!("by_a_comment_elsewhere", told("", &body, &[]));
}

#[test]
fn a_rule_says_that_it_cannot_be_waived() {
    let rule = "\
title: { ko: 상표, en: brand }
severity: error
waivable: false
authority: { body: { ko: 회사, en: House }, instrument: { ko: 지침, en: Style }, provision: { ko: 1쪽, en: page 1 }, date: 2026-10-01, url: 'https://acme.example', basis: practice }
forbid: { patterns: ['에이크미'] }
message: { ko: '{text}', en: '{text}' }
help: { ko: 빼십시오., en: Leave it out. }
";
    let text = "<!-- noticelint-ignore acme/brand: 그래도 -->\n에이크미에서 알려 드립니다.\n";
    let root = repository(&[("a.md", text)]);
    write(root.path(), "house/acme/brand.yaml", rule);
    let ran = run(
        root.path(),
        &["check", "a.md", "--rules", "house", "--select", "acme"],
    );
    insta::assert_snapshot!(ran.text());
}
