//! Large and deeply nested notices are checked by all rules in a time that grows with their length only.

use std::time::{Duration, Instant};

use noticelint::facts::Facts;
use noticelint::rules::RuleSet;
use noticelint::source::Source;
use noticelint::{Linter, Settings};

/// Far more than is needed, even without optimisation on a busy machine; far less than anything quadratic takes.
const BOUND: Duration = Duration::from_secs(20);
const MEGABYTE: usize = 1 << 20;

const FACTS: &str = "incident: x\njurisdictions: [kr]\nstatus: confirmed\naware-at: 2026-10-01T09:00+09:00\n\
    cohorts:\n  members:\n    count: { value: 1200, unit: persons }\n    leaked: [name, email, entrance-code]\n    not-leaked: [card]\n";

const PART: &str = "## 유출된 항목\n\n2026년 9월 1일부터 9월 7일까지 외부 공격자의 비정상 접근으로 고객님의 **이름**, 이메일 주소, 공동현관 비밀번호가 유출된 사실을 9월 30일 확인하였습니다.\n\
    카드번호는 유출되지 않았습니다.\n\n| 항목 | 비고 |\n|---|---|\n| 주소 | 일부 |\n\n- 계정 비밀번호를 변경해 주시기 바랍니다.\n- 개인정보보호팀 02-000-0000, privacy@acme.example\n\n\
    1,200명의 개인정보가 노출되었습니다. 안심하셔도 됩니다.\n\n";

fn check(name: &str, text: String) {
    let linter = Linter::new(RuleSet::builtin().unwrap(), Settings::default());
    let items: Vec<&str> = linter.rules().item_ids().collect();
    let facts = Facts::parse("incident.yaml", FACTS, &items).unwrap();
    let text = format!("---\nkind: full\n---\n# 개인정보 유출 안내\n\n{text}");
    let start = Instant::now();
    let source = Source::decode("notice.md", text.into_bytes()).unwrap();
    let outcome = linter.lint(&source, Some((&facts, "incident.yaml")));
    let time = start.elapsed();
    println!(
        "{name}: {time:?}, findings {}",
        outcome.report.findings.len()
    );
    assert!(time < BOUND, "{name}: {time:?}");
}

fn repeated(part: &str, length: usize) -> String {
    part.repeat(length / part.len() + 1)
}

#[test]
fn a_megabyte_of_notices() {
    check("notices", repeated(PART, MEGABYTE));
}

#[test]
fn a_megabyte_in_one_sentence() {
    check(
        "words",
        repeated("유출되지 않은 것으로 보이는 ", MEGABYTE / 4),
    );
}

#[test]
fn many_items_in_one_sentence() {
    check("items", repeated("이름, 이메일 주소, ", MEGABYTE));
}

#[test]
fn many_values_in_one_sentence() {
    check("dates", repeated("2026. 9. 1. ~ 9. 7. ", MEGABYTE / 4));
    check("counts", repeated("약 1만 2천명, ", MEGABYTE / 4));
}

#[test]
fn many_desks() {
    check("desks", repeated("고객센터 1588-0000\n\n", MEGABYTE / 4));
}

#[test]
fn a_table_of_many_rows() {
    let rows = repeated("| 이름 | 유출 |\n", MEGABYTE / 4);
    check("table", format!("| 항목 | 여부 |\n|---|---|\n{rows}"));
}

#[test]
fn a_megabyte_of_findings() {
    check(
        "blocks",
        repeated("이름이 노출되었습니다.\n\n", MEGABYTE / 4),
    );
    check(
        "sentences",
        repeated("이름이 노출되었습니다. ", MEGABYTE / 4),
    );
}

#[test]
fn ten_thousand_levels() {
    for open in [
        "> ", ">", "[", "![", "(", "“", "‘", "「", "\"", "'", "<div>", "<!--", "*", "**a ", "~~a ",
        "- ", "1. ",
    ] {
        let text = open.repeat(10_000) + "이름이 유출되었습니다.\n";
        check(open, text);
    }
    for (open, close) in [
        ("(", ")"),
        ("“", "”"),
        ("[", "](x)"),
        ("<b>", "</b>"),
        ("‘", "’"),
    ] {
        let text = open.repeat(10_000) + "이름이 유출되었습니다." + &close.repeat(10_000);
        check(open, text);
    }
}
