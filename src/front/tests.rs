use super::*;
use crate::yaml::tests::show;

fn read(yaml: &str) -> (Result<Front, Vec<Problem>>, String) {
    let source = format!("\u{feff}---\n{yaml}---\n# 글\n");
    let start = "\u{feff}---\n".len();
    let front = Front::read(
        "notices/n.md",
        &source,
        Span::new(start, start + yaml.len()),
    );
    (front, source)
}

#[test]
fn everything_is_read() {
    let (front, source) = read(
        "\
title: \"[회사] 개인정보 유출 안내\"
incident: ../incident.yaml
cohort: members
kind: all-clear
channel: sms
language: ko
audience: non-member
notify-at: 2025-11-20T09:00+09:00[Asia/Seoul]
posted: { from: 2025-11-20, until: 2025-12-20 }
replaces: first.md
translation-of: first.ko.md
notice: true
waive:
  - rule: kr/title
    reason: 법무 검토
    approved-by: cpo
    until: 2025-12-31
  - { rule: kr/when, reason: '' }
",
    );
    let front = front.unwrap();
    let slice = |span: Span| &source[span.start..span.end];
    let title = front.title.clone().unwrap();
    assert_eq!(title.value, "[회사] 개인정보 유출 안내");
    assert_eq!(slice(title.span), "\"[회사] 개인정보 유출 안내\"");
    assert_eq!(front.kind.unwrap().value, Kind::AllClear);
    assert_eq!(front.channel.unwrap().value, Channel::Sms);
    assert_eq!(front.audience.unwrap().value, Audience::NonMember);
    assert_eq!(
        slice(front.notify_at.as_ref().unwrap().span),
        "2025-11-20T09:00+09:00[Asia/Seoul]"
    );
    assert_eq!(
        slice(front.posted.unwrap().value.until.unwrap().span),
        "2025-12-20"
    );
    assert_eq!(slice(front.cohort.as_ref().unwrap().span), "members");
    assert_eq!(front.waive.len(), 2);
    assert_eq!(
        slice(front.waive[0].value.reason.as_ref().unwrap().span),
        "법무 검토"
    );
    assert_eq!(front.waive[1].value.reason, None);
    assert_eq!(slice(front.waive[1].span), "{ rule: kr/when, reason: '' }");
    assert!(!front.is_no_notice());
}

#[test]
fn little_is_enough() {
    assert!(read("").0.unwrap().title.is_none());
    assert!(read("\n# nothing\n").0.unwrap().title.is_none());
    assert!(read("notice: false\n").0.unwrap().is_no_notice());
    assert!(read("title:\nposted:\nwaive:\n").0.unwrap().title.is_none());
    assert_eq!(
        read("subject: 안내\n").0.unwrap().title.unwrap().value,
        "안내"
    );
}

#[test]
fn each_mistake_has_a_place_and_a_hint() {
    let cases = [
        "titel: x\n",
        "tags: [a]\n",
        "Title: x\n",
        "notify_at: x\n",
        "title: [회사] 안내\n",
        "title: 사과문: 안내\n",
        "title: x\nsubject: y\n",
        "title: ''\n",
        "kind: allclear\n",
        "channel: fax\n",
        "audience: members\n",
        "notice: no\n",
        "notify-at: 2025-11-20\n",
        "notify-at: 2025-11-20T09:00\nposted: { from: 2025-02-29, until: tomorrow }\n",
        "posted: { from: 2025-12-20, until: 2025-11-20 }\n",
        "posted: 2025-12-20\n",
        "posted: { form: 2025-12-20 }\n",
        "waive: kr/title\n",
        "waive: [kr/title]\n",
        "waive: [ { reason: x } ]\n",
        "waive: [ { rule: '', until: 2025 } ]\n",
        "waive:\n  - rule: a\n    approved_by: b\n",
        "text\n",
    ];
    let mut out = String::new();
    for yaml in cases {
        let (front, source) = read(yaml);
        out += &format!("{yaml}{}\n", show(&front.expect_err(yaml), &source));
    }
    insta::assert_snapshot!(out);
}
