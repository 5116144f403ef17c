//! What an officer meets at the desk.

use tempfile::TempDir;

use super::support::{repository, run};

pub const FACTS: &str = "\
incident: 2026-10-nuri
jurisdictions: [kr]
status: confirmed
occurred: { from: 2026-10-01, to: 2026-10-02 }
aware-at: 2026-10-05T09:00+09:00
cohorts:
  members:
    count: { value: 4200, unit: persons }
    leaked: [name, phone]
";

#[test]
fn one_hedge_is_one_finding() {
    let hedged =
        "# 개인정보 유출 안내\n\n고객님의 이름과 전화번호가 유출되었을 가능성이 있습니다.\n";
    let rules = [
        "--select",
        "kr/possibility-vs-confirmed,common/hedge-vs-fact",
    ];
    let root = repository(&[("incident.yaml", FACTS), ("a.md", hedged)]);
    let told = |more: &[&str]| {
        let args = ["check", "a.md", "--format", "concise"];
        run(root.path(), &[&args, more].concat()).out
    };
    let both = told(&rules);
    assert!(both.contains("kr/possibility-vs-confirmed"), "{both}");
    assert!(!both.contains("common/hedge-vs-fact"), "{both}");
    // Where the first one does not speak, the second one does.
    let alone = told(&["--select", "common/hedge-vs-fact"]);
    assert!(alone.contains("common/hedge-vs-fact"), "{alone}");
    let stated = format!("{hedged}\n고객님의 이름이 유출되었습니다.\n");
    let root = repository(&[("incident.yaml", FACTS), ("a.md", &stated)]);
    let args = [&["check", "a.md", "--format", "concise"][..], &rules].concat();
    let other = run(root.path(), &args).out;
    assert!(!other.contains("kr/possibility-vs-confirmed"), "{other}");
    assert!(other.contains("common/hedge-vs-fact"), "{other}");
}

#[test]
fn a_comfort_that_was_taken_back_is_a_difference() {
    let before =
        "# 개인정보 유출 안내\n\n이름이 유출되었습니다. 고객님께서 별도로 하실 일은 없습니다.\n";
    let after = "# 개인정보 유출 안내\n\n이름이 유출되었습니다.\n";
    let root = repository(&[("before.md", before), ("after.md", after)]);
    let args = ["compare", "before.md", "after.md", "--lang", "ko"];
    let compared = run(root.path(), &args);
    assert_eq!(compared.code, 1);
    assert!(
        compared.out.contains("- 권고 조치 불필요"),
        "{}",
        compared.out
    );
    let args = ["compare", "before.md", "before.md"];
    assert_eq!(run(root.path(), &args).code, 0);
}

#[test]
fn all_mistakes_of_the_facts_are_told_in_one_run() {
    let facts = FACTS
        .replace("status: confirmed", "status: leaked")
        .replace("jurisdictions: [kr]", "jurisdictions: kr")
        .replace("value: 4200", "value: many")
        .replace("leaked: [name", "leked: [name");
    let root = repository(&[
        ("incident.yaml", &facts),
        ("a.md", "# 개인정보 유출 안내\n"),
    ]);
    let told = run(root.path(), &["check", "a.md", "--lang", "ko"]);
    assert_eq!(told.code, 2);
    insta::assert_snapshot!(told.err);
}

const NOTICE: &str = "---\nkind: full\nchannel: email\nnotify-at: 2026-10-06T09:00+09:00\n---\n# 개인정보 유출 안내\n\n고객님의 이름과 전화번호가 유출되었습니다.\n";

/// What people get wrong with files, and what they are told.
#[test]
fn files_that_are_not_what_they_should_be() {
    let dash = NOTICE.replacen("---", "\u{2014}", 1);
    let open = NOTICE.replacen("---\n# ", "\n# ", 1);
    let glued = FACTS.replace("status: confirmed", "status:confirmed");
    let wide = FACTS.replace("leaked: [name", "leaked: \u{ff3b}name");
    let korean = FACTS.replace("[name, phone]", "[이름, 휴대전화번호, 없는 것]");
    let root = repository(&[
        ("draft.md", NOTICE),
        ("dash.md", &dash),
        ("open.md", &open),
        ("empty.md", "---\nkind: full\n---\n\n"),
        ("word.md", "PK\u{3}\u{4}..."),
        ("glued.yaml", &glued),
        ("wide.yaml", &wide),
        ("korean.yaml", &korean),
        ("a/incident.yml", FACTS),
        ("a/draft.md", NOTICE),
    ]);
    let mut told = String::new();
    for args in [
        &["dash.md"][..],
        &["open.md"],
        &["empty.md"],
        &["word.md"],
        &["drat.md"],
        &["a/draft.md"],
        &["draft.md", "--incident", "koraen.yaml"],
        &["draft.md", "--incident", "glued.yaml"],
        &["draft.md", "--incident", "wide.yaml"],
        &["draft.md", "--incident", "korean.yaml"],
    ] {
        let ran = run(root.path(), &[&["check", "--lang", "ko"], args].concat());
        assert_eq!(ran.code, 2, "{args:?}: {}", ran.text());
        told.push_str(&format!("{}\n{}", args.join(" "), ran.err));
    }
    insta::assert_snapshot!(told);
    // Nor is a notice passed over in a folder.
    let all = run(root.path(), &["check", "."]);
    assert!(
        all.err.contains("dash.md") && all.err.contains("open.md"),
        "{}",
        all.err
    );
}

#[test]
fn a_deadline_that_cannot_be_counted_is_told() {
    let silent = NOTICE.replace("notify-at: 2026-10-06T09:00+09:00\n", "");
    let root = repository(&[
        ("incident.yaml", FACTS),
        ("a.md", NOTICE),
        ("b.md", &silent),
    ]);
    let check = |args: &[&str]| {
        run(
            root.path(),
            &[&["check", "--lang", "ko", "--select", "kr/72h"], args].concat(),
        )
    };
    assert_eq!(check(&["a.md"]).out, "통지문 1건: 지적 사항이 없습니다\n");
    let told = check(&["b.md"]);
    assert_eq!(told.code, 0);
    assert!(
        told.out
            .contains("안내: b.md: 앞머리에 보낼 시각(notify-at)이 없어"),
        "{}",
        told.out
    );
    let page = check(&["b.md", "--format", "html"]).out;
    assert!(
        page.contains("verdict manual") && page.contains("앞머리에 적혀 있지 않음"),
        "{page}"
    );
    assert!(
        check(&["a.md", "--format", "html"])
            .out
            .contains("verdict pass")
    );
}

#[test]
fn a_day_of_discovery_that_is_not_that_of_the_facts_is_told() {
    let on =
        |day: &str| format!("{NOTICE}\n저희는 2026년 10월 {day}일에 이 사실을 알게 되었습니다.\n");
    let root = repository(&[
        ("incident.yaml", FACTS),
        ("a.md", &on("5")),
        ("b.md", &on("6")),
    ]);
    let check = |name: &str| {
        run(
            root.path(),
            &[
                "check",
                "--select",
                "common/date-order",
                "--format",
                "concise",
                name,
            ],
        )
        .out
    };
    assert_eq!(check("a.md"), "");
    assert!(
        check("b.md").contains("warning common/date-order"),
        "{}",
        check("b.md")
    );
}

/// What `kr/items-complete` says of `a.md`.
fn told_of_items(root: &TempDir) -> String {
    let only = ["--lang", "ko", "--select", "kr/items-complete"];
    run(root.path(), &[&["check", "a.md"][..], &only].concat()).out
}

#[test]
fn the_help_of_a_rule_is_told_once() {
    let facts = FACTS.replace("[name, phone]", "[name, phone, email, address]");
    let root = repository(&[("incident.yaml", &facts), ("a.md", NOTICE)]);
    let told = told_of_items(&root);
    assert_eq!(told.matches("= 수정 방법: ").count(), 1, "{told}");
    assert_eq!(told.matches("첫 지적과 같습니다").count(), 1, "{told}");
}

#[test]
fn an_item_that_is_told_as_possible_is_shown() {
    let hedged =
        "# 개인정보 유출 안내\n\n이름이 유출되었습니다. 전화번호는 유출되었을 가능성이 있습니다.\n";
    let root = repository(&[("incident.yaml", FACTS), ("a.md", hedged)]);
    let told = told_of_items(&root);
    assert!(told.contains("여기서는 가능성으로만 적었습니다"), "{told}");
}

#[test]
fn a_supplement_need_not_repeat_what_was_told() {
    let contact = "피해 접수: 개인정보보호팀 02-555-0134\n";
    let first = format!(
        "{}\n{contact}",
        NOTICE.replace("kind: full", "kind: partial")
    );
    let supplement = |replaces: &str| {
        let front = format!("kind: supplement\n{replaces}");
        NOTICE
            .replace("kind: full\n", &front)
            .replace("이름과 전화번호", "이름")
    };
    let root = repository(&[
        ("first.md", &first),
        ("linked.md", &supplement("replaces: first.md\n")),
        ("alone.md", &supplement("")),
    ]);
    let check = |name: &str| run(root.path(), &["check", name, "--select", "kr/contact"]).code;
    assert_eq!((check("alone.md"), check("linked.md")), (1, 0));
    let compared = run(root.path(), &["compare", "first.md", "linked.md"]).out;
    assert!(!compared.contains("\n  - "), "{compared}");
}
