use std::sync::Arc;

use crate::lang::Lang;
use crate::report::KnownEntry;
use crate::{Linter, Settings};

use super::*;

const NOTICE: &str = "---\nkind: full\n---\n# 개인정보 노출 안내\n\n{{name}}님, 고객님의 이름이 노출되었습니다.\n\n{{name}}님께 알려 드립니다.\n";

fn words() -> Wording {
    Wording::new(Lang::En)
}

fn report(notices: &[(&str, &str)]) -> Report {
    let settings = Settings {
        select: vec![
            "kr/no-exposure-euphemism".into(),
            "common/placeholder".into(),
        ],
        ..Settings::default()
    };
    let linter = Linter::new(RuleSet::builtin().unwrap(), settings);
    let mut report = Report::default();
    for (path, text) in notices {
        let source = Source::decode(*path, text.as_bytes().to_vec()).unwrap();
        report.notices.push(linter.lint(&source, None).report);
        report.sources.insert((*path).to_owned(), Arc::new(source));
    }
    report
}

fn baseline(notices: &[(&str, &str)]) -> Baseline {
    let text = Baseline::of(&report(notices), str::to_owned).to_text(words());
    Baseline::read("baseline.yaml", &text, words()).unwrap()
}

/// How many findings are open, and what is stale, after a baseline of `before` was applied to `now`.
fn applied(before: &[(&str, &str)], now: &[(&str, &str)]) -> (usize, Vec<KnownEntry>) {
    let baseline = baseline(before);
    let mut report = report(now);
    let here: Vec<&str> = now.iter().map(|(path, _)| *path).collect();
    let outcome = baseline.apply(
        &mut report,
        "known",
        |path| Some(path.to_owned()),
        |path| here.contains(&path),
    );
    let all = report.notices.iter().flat_map(|n| &n.findings);
    (all.filter(|f| f.waived.is_none()).count(), outcome.stale)
}

#[test]
fn another_heading_above_makes_no_finding_new() {
    let before = "---\nkind: full\n---\n# 개인정보 안내\n\n## 노출된 정보\n\n{{name}}님의 이름이 노출되었습니다.\n";
    let after = before.replace("## 노출된", "## 유출된");
    let (open, stale) = applied(&[("a.md", before)], &[("a.md", &after)]);
    assert_eq!(open, 0, "{stale:?}");
    // The finding in the heading is mended, and only that.
    assert!(stale.len() <= 1, "{stale:?}");
    let (open, _) = applied(
        &[("a.md", before)],
        &[("a.md", &format!("{after}\n{{{{address}}}}\n"))],
    );
    assert_eq!(open, 1);
}

#[test]
fn the_file_is_sorted_with_one_line_for_each_finding() {
    let report = report(&[("b.md", NOTICE), ("a.md", NOTICE)]);
    let text = Baseline::of(&report, str::to_owned).to_text(words());
    insta::assert_snapshot!(text);
    let read = Baseline::read("x", &text, words()).unwrap();
    assert_eq!(read.to_text(words()), text);
    assert!(
        Baseline::default()
            .to_text(words())
            .ends_with("notices: {}\n")
    );
}

#[test]
fn the_same_notice_has_nothing_new() {
    assert_eq!(
        applied(&[("a.md", NOTICE)], &[("a.md", NOTICE)]),
        (0, vec![])
    );
}

#[test]
fn lines_above_and_other_wrapping_change_nothing() {
    let longer = NOTICE.replace("---\n# ", "---\n\n\n<!-- a note -->\n\n# ");
    assert_eq!(
        applied(&[("a.md", NOTICE)], &[("a.md", &longer)]),
        (0, vec![])
    );
    let wrapped = NOTICE.replace(", 고객님의 ", ",\n고객님의\n");
    assert_eq!(
        applied(&[("a.md", NOTICE)], &[("a.md", &wrapped)]),
        (0, vec![])
    );
}

#[test]
fn a_moved_notice_is_recognised() {
    let moved = [("new/place/a.md", NOTICE)];
    assert_eq!(applied(&[("old/a.md", NOTICE)], &moved), (0, vec![]));
    let renamed = [("old/b.md", NOTICE)];
    assert_eq!(applied(&[("old/a.md", NOTICE)], &renamed), (0, vec![]));
}

#[test]
fn a_copy_is_a_new_notice() {
    let both = [("a.md", NOTICE), ("b.md", NOTICE)];
    let alone = report(&[("a.md", NOTICE)]).notices[0].findings.len();
    assert_eq!(applied(&[("a.md", NOTICE)], &both), (alone, vec![]));
}

#[test]
fn the_same_mistake_once_more_is_new() {
    let more = format!("{NOTICE}\n{{{{name}}}}님, 다시 알려 드립니다.\n");
    assert_eq!(applied(&[("a.md", NOTICE)], &[("a.md", &more)]).0, 1);
}

#[test]
fn what_was_mended_is_stale() {
    let mended = NOTICE.replace("노출 안내", "유출 안내");
    let (open, stale) = applied(&[("a.md", NOTICE)], &[("a.md", &mended)]);
    // The section of the others is called otherwise now, and they are the same findings.
    assert_eq!(open, 0);
    assert!(
        stale.iter().any(|e| e.rule == "kr/no-exposure-euphemism"),
        "{stale:?}"
    );
    let (_, gone) = applied(&[("a.md", NOTICE)], &[]);
    assert!(!gone.is_empty());
}

#[test]
fn mistakes_in_the_file_are_told() {
    let told = |text: &str| {
        let problems = Baseline::read("b.yaml", text, words()).unwrap_err();
        let at = problems[0].at.unwrap();
        format!("{}:{} {}", at.line, at.column, problems[0].message)
    };
    assert_eq!(
        told("version: 9\n"),
        "1:10 a baseline of version 9, which this program cannot read"
    );
    assert_eq!(told("version: 1\nnotice: {}\n"), "2:1 unknown key `notice`");
    let unknown = "version: 1\nnotices:\n  a.md:\n    - { rule: kr/whem, fingerprint: x }\n";
    let unknown = Baseline::read("b.yaml", unknown, words()).unwrap();
    let rules = RuleSet::builtin().unwrap();
    let problems = unknown.unknown_rules(&[&rules], words());
    assert_eq!(problems[0].hint.as_deref(), Some("did you mean `kr/when`?"));
    assert_eq!(problems[0].at.unwrap().line, 4);
}
