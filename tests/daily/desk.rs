//! What an officer meets at the desk.

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
