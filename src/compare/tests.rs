use super::*;
use crate::lang::Lang;
use crate::linter::{Linter, Settings};
use crate::report::Look;
use crate::report::compare::{json, render};
use crate::report::wording::Wording;
use crate::rules::RuleSet;
use crate::source::Source;

fn source(name: &str, text: &str) -> Source {
    Source::decode(name, text.as_bytes().to_vec()).unwrap()
}

fn differences(linter: &Linter, old: &Source, new: &Source) -> Vec<Difference> {
    let (a, b) = (linter.other(old).claims, linter.other(new).claims);
    compare(&a, &b, &linter.rules().language().vocabulary)
}

/// `+item phone`, `~count 4500 accounts > 412000 accounts` …
fn short(old: &str, new: &str) -> String {
    let linter = Linter::new(RuleSet::builtin().unwrap(), Settings::default());
    let found = differences(&linter, &source("old.md", old), &source("new.md", new));
    let one = |d: &Difference| {
        let says = |side: &Option<Side>| side.as_ref().map(|s| s.says.clone()).unwrap_or_default();
        let mark = match d.change {
            Change::Added => '+',
            Change::Withdrawn => '-',
            Change::Changed => '~',
        };
        format!(
            "{mark}{} {} {} > {}",
            d.what.as_str(),
            d.id,
            says(&d.old),
            says(&d.new)
        )
    };
    found.iter().map(one).collect::<Vec<_>>().join("\n")
}

const KO: &str = "# 개인정보 유출 안내\n\n2026년 8월 17일부터 10월 11일까지 41만 2천 개 계정의 이름과 휴대전화번호가 유출되었습니다. 비밀번호는 유출되지 않았습니다. 비밀번호를 변경해 주십시오.\n";
const EN: &str = "# Data breach\n\nThe names and phone numbers of 412,000 accounts were leaked between 17 August and 11 October 2026. Passwords were not leaked. Please change your password.\n";

#[test]
fn the_same_in_two_languages_is_the_same() {
    assert_eq!(short(KO, EN), "");
    assert_eq!(short(EN, KO), "");
    assert_eq!(short(KO, KO), "");
}

#[test]
fn each_kind_of_difference() {
    for (from, to, expected) in [
        ("이름과 휴대전화번호가", "이름이", "-item phone leaked > "),
        ("이름과", "이름과 주소,", "+item address  > leaked"),
        (
            "비밀번호는 유출되지 않았습니다",
            "비밀번호도 유출되었습니다",
            "~item password not-leaked > leaked",
        ),
        (
            "41만 2천 개 계정",
            "4,500개 계정",
            "~count  412000 accounts > 4500 accounts",
        ),
        (
            "41만 2천 개 계정",
            "41만 2천 명",
            "~count  412000 accounts > 412000 persons",
        ),
        ("41만 2천 개 계정의 ", "", "-count  412000 accounts > "),
        (
            "10월 11일까지",
            "10월 1일까지",
            "~date occurred 2026-08-17 ~ 2026-10-11 > 2026-08-17 ~ 2026-10-01",
        ),
        (
            " 비밀번호를 변경해 주십시오.",
            "",
            "-advice change-account-password advised > ",
        ),
    ] {
        assert!(KO.contains(from), "{from}");
        assert_eq!(
            short(KO, &KO.replacen(from, to, 1)),
            expected,
            "{from} > {to}"
        );
    }
}

#[test]
fn a_rounded_figure_and_a_date_without_its_year_are_the_same() {
    assert_eq!(short(KO, &KO.replace("41만 2천", "약 41만")), "");
    assert_eq!(short(KO, &KO.replace("2026년 8월", "8월")), "");
}

#[test]
fn a_leak_that_is_only_possible_is_another_one() {
    let new = KO.replace("유출되었습니다.", "유출되었을 가능성이 있습니다.");
    let found = short(KO, &new);
    assert!(
        found.contains("~item name leaked > possibly-leaked"),
        "{found}"
    );
}

#[test]
fn the_whole_of_it() {
    let linter = Linter::new(RuleSet::builtin().unwrap(), Settings::default());
    let old = source(
        "first.md",
        "# 개인정보 노출 안내\n\n4,500개 계정의 이름이 노출되었습니다. 공동현관 비밀번호는 유출되지 않았습니다.\n",
    );
    let new = source("re.md", KO);
    let found = differences(&linter, &old, &new);
    let vocabulary = &linter.rules().language().vocabulary;
    let mut out = String::new();
    for lang in [Lang::Ko, Lang::En] {
        let look = Look {
            words: Wording::new(lang),
            coloured: false,
            verbose: false,
        };
        out += &render(&old, &new, &found, vocabulary, look);
        out += &render(&new, &new, &[], vocabulary, look);
    }
    insta::assert_snapshot!("human", out);
    insta::assert_snapshot!("json", json(&old, &new, &found, "sha256:…"));
}
