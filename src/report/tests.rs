//! The whole report, drawn from made-up findings.

use std::path::PathBuf;
use std::sync::Arc;

use super::wording::Wording;
use super::*;
use crate::lang::Lang;

fn look(lang: Lang) -> Look {
    Look {
        words: Wording::new(lang),
        coloured: false,
        verbose: false,
    }
}

fn authority() -> Arc<Authority> {
    Arc::new(Authority {
        body: "Personal Information Protection Commission".into(),
        instrument: "Urgent order on breach notices".into(),
        provision: "1(a)".into(),
        date: "2025-12-03".into(),
        url: "https://www.pipc.go.kr/order".into(),
        basis: "order".into(),
    })
}

/// A notice of which every occurrence of `marked` is a finding.
fn notice(report: &mut Report, path: &str, text: &str, marked: &str) {
    let findings = text
        .match_indices(marked)
        .map(|(at, _)| finding(Span::new(at, at + marked.len())))
        .collect();
    add(report, path, text, findings);
}

fn add(report: &mut Report, path: &str, text: &str, findings: Vec<Finding>) {
    source(report, path, text);
    report.notices.push(NoticeReport {
        path: path.into(),
        language: "ko".into(),
        incident: None,
        cohort: None,
        findings,
        checklist: Vec::new(),
        claims: Claims::default(),
        clauses: Vec::new(),
        beside: Vec::new(),
        remarks: Vec::new(),
    });
}

fn source(report: &mut Report, path: &str, text: &str) {
    let source = Source::decode(path, text.as_bytes().to_vec()).unwrap();
    report.sources.insert(path.into(), Arc::new(source));
}

fn finding(span: Span) -> Finding {
    Finding {
        rule: "kr/no-exposure-euphemism".into(),
        severity: Severity::Error,
        message: "\u{2018}노출\u{2019} is a euphemism".into(),
        help: "write \u{2018}유출\u{2019}".into(),
        fingerprint: "0011223344556677".into(),
        authority: authority(),
        span,
        labels: Vec::new(),
        fixes: Vec::new(),
        waived: None,
    }
}

fn human(report: &Report, lang: Lang) -> String {
    human::render(report, look(lang))
}

/// For every line of carets, the cells that it marks in the line above.
fn marked(drawing: &str) -> Vec<String> {
    use unicode_width::UnicodeWidthChar;
    let lines: Vec<&str> = drawing.lines().collect();
    let mut out = Vec::new();
    for pair in lines.windows(2) {
        let carets = pair[1];
        if !carets.trim_start().starts_with('\u{2502}') || !carets.contains('^') {
            continue;
        }
        let from = carets[..carets.find('^').unwrap()].chars().count();
        let to = from + carets.matches('^').count();
        let mut cell = 0;
        let mut text = String::new();
        for c in pair[0].chars() {
            let width = c.width().unwrap_or(0);
            if cell >= from && cell < to || width == 0 && cell > from && cell <= to {
                text.push(c);
            }
            cell += width;
        }
        out.push(text);
    }
    out
}

#[test]
fn carets_stand_under_what_is_meant() {
    let nfd = "\u{1102}\u{1169}\u{110e}\u{116e}\u{11af}";
    for (text, word) in [
        ("이름이 노출되었습니다.", "노출"),
        ("\t탭\t뒤의 노출", "노출"),
        ("ABC\u{ff11}\u{ff12} 노출", "노출"),
        ("\u{1f512} 노출", "노출"),
        ("줄 끝의 노출", "노출"),
        ("\u{feff}노출 첫머리", "노출"),
        ("가\u{301} 노출", "노출"),
        ("\r\n노출\r\n", "노출"),
    ] {
        let mut report = Report::default();
        notice(&mut report, "a.md", text, word);
        let drawing = human(&report, Lang::En);
        assert_eq!(marked(&drawing), [word], "{drawing}");
    }
    let mut report = Report::default();
    notice(
        &mut report,
        "a.md",
        &format!("이름이 {nfd}되었습니다."),
        nfd,
    );
    let drawing = human(&report, Lang::En);
    assert_eq!(marked(&drawing), [nfd], "{drawing}");
}

#[test]
fn a_line_of_four_hundred_characters_is_cropped() {
    let text = format!(
        "{}노출{}",
        "가나다라마바사아자 ".repeat(40),
        " 차카타파하".repeat(60)
    );
    let mut report = Report::default();
    notice(&mut report, "long.md", &text, "노출");
    let drawing = human(&report, Lang::En);
    assert_eq!(marked(&drawing), ["노출"], "{drawing}");
    insta::assert_snapshot!("long_line", drawing);
}

#[test]
fn every_part_of_a_finding_in_both_languages() {
    let text = "---\nkind: full\n---\n# 개인정보 노출 안내\n\n고객님의 이름이\t노출되었습니다.\n";
    let facts = "incident: x\ncohorts:\n  members:\n    leaked: [name, entrance-code]\n";
    let mut report = Report::default();
    let title = text.find("노출").unwrap();
    let body = text.rfind("노출").unwrap();
    let mut first = finding(Span::new(title, title + 6));
    first.fixes.push(Fix {
        title: "replace".into(),
        safe: false,
        edits: vec![Edit {
            span: first.span,
            text: "유출".into(),
        }],
    });
    let mut second = finding(Span::new(body, body + 6));
    second.severity = Severity::Warning;
    second.labels.push(Label {
        file: None,
        span: Span::new(title, title + 6),
        text: "also here".into(),
    });
    let item = facts.find("entrance-code").unwrap();
    second.labels.push(Label {
        file: Some(PathBuf::from("incident.yaml")),
        span: Span::new(item, item + 13),
        text: "the facts say so".into(),
    });
    let mut third = finding(Span::new(title, title + 6));
    third.rule = "common/placeholder".into();
    third.severity = Severity::Info;
    third.waived = Some(Waived {
        until: None,
        reason: "quoted from the order".into(),
        approved_by: Some("DPO".into()),
        known: false,
    });
    add(
        &mut report,
        "notices/first.md",
        text,
        vec![third, second, first],
    );
    source(&mut report, "incident.yaml", facts);
    report.notices[0]
        .remarks
        .push("no facts: 5 rules were not checked".into());
    add(&mut report, "notices/second.md", "# x\n", Vec::new());
    report.notices[1]
        .remarks
        .push("no facts: 5 rules were not checked".into());
    report
        .skipped
        .push(("README.md".into(), "no-front-matter".into()));
    report.sort();
    insta::assert_snapshot!("whole_en", human(&report, Lang::En));
    insta::assert_snapshot!("whole_ko", human(&report, Lang::Ko));
    let verbose = human::render(
        &report,
        Look {
            verbose: true,
            ..look(Lang::En)
        },
    );
    assert!(verbose.contains("\n  README.md\n"), "{verbose}");
}

#[test]
fn a_span_of_many_lines_is_shown_by_its_ends() {
    let text = (1..=200)
        .map(|n| format!("{n}번째 줄\n"))
        .collect::<String>();
    let mut report = Report::default();
    let start = text.find("3번째").unwrap();
    add(
        &mut report,
        "a.md",
        &text,
        vec![finding(Span::new(start, text.len()))],
    );
    insta::assert_snapshot!("many_lines", human(&report, Lang::En));
}

#[test]
fn two_lines_are_both_shown() {
    let text = "공동현관\n비밀번호가 유출되었습니다.\n";
    let mut report = Report::default();
    notice(&mut report, "a.md", text, "공동현관\n비밀번호");
    insta::assert_snapshot!("two_lines", human(&report, Lang::En));
}

#[test]
fn nothing_of_the_draft_acts_on_the_terminal() {
    let evil = "노출 \u{1b}[2J\u{1b}]0;x\u{7} \u{202e}abc\u{2069}\u{9b}31m\u{7f}";
    let mut report = Report::default();
    let mut one = finding(Span::new(0, 6));
    one.message = format!("message {evil}");
    one.help = format!("help {evil}").into();
    one.labels.push(Label {
        file: None,
        span: Span::new(7, 9),
        text: evil.into(),
    });
    one.fixes.push(Fix {
        title: evil.into(),
        safe: true,
        edits: vec![Edit {
            span: Span::new(0, evil.len()),
            text: evil.into(),
        }],
    });
    let mut two = one.clone();
    two.waived = Some(Waived {
        until: None,
        reason: evil.into(),
        approved_by: Some(evil.into()),
        known: false,
    });
    let path = "dir/\u{1b}[31m\u{202e}.md";
    add(&mut report, path, evil, vec![one, two]);
    report.notices[0].remarks.push(evil.into());
    report.notices[0].claims.items.push(ItemClaim {
        item: evil.into(),
        status: "leaked",
        text: evil.into(),
        span: Span::new(0, 6),
        governed_by: Some(Evidence {
            span: Span::new(0, 6),
            text: evil.into(),
        }),
    });
    report.skipped.push((path.into(), evil.into()));
    report.problems.push(Problem {
        path: path.into(),
        message: evil.into(),
        hint: Some(evil.into()),
        at: None,
    });
    let verbose = Look {
        verbose: true,
        ..look(Lang::Ko)
    };
    for text in [
        human::render(&report, verbose),
        claims::render(&report, verbose),
        problems::render(&report.problems, &report.sources, verbose),
        json::render(&report, json::Content::Check),
        json::render(&report, json::Content::Claims),
    ] {
        let bad = text.chars().find(|c| {
            (c.is_control() && *c != '\n')
                || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        });
        assert_eq!(bad, None, "{text}");
    }
}

#[test]
fn spans_that_do_not_fit_the_source_never_panic() {
    for text in ["", "\n", "가나", "가\n나\n", "---\nkind: full\n---\n"] {
        for (start, end) in [
            (0, 0),
            (0, 1),
            (1, 2),
            (0, 99),
            (98, 99),
            (text.len(), text.len()),
            (5, 2),
        ] {
            let mut report = Report::default();
            add(
                &mut report,
                "a.md",
                text,
                vec![finding(Span::new(start, end))],
            );
            let drawing = human(&report, Lang::En);
            assert!(drawing.contains("a.md:"), "{drawing}");
            json::render(&report, json::Content::Check);
        }
    }
}

#[test]
fn a_finding_without_its_source_is_still_told() {
    let mut report = Report::default();
    notice(&mut report, "a.md", "노출", "노출");
    report.sources.clear();
    let drawing = human(&report, Lang::En);
    assert!(
        drawing.contains("euphemism") && drawing.contains("a.md"),
        "{drawing}"
    );
}

#[test]
fn colours_only_when_asked_for() {
    let mut report = Report::default();
    notice(&mut report, "a.md", "노출", "노출");
    let plain = human(&report, Lang::En);
    let coloured = human::render(
        &report,
        Look {
            coloured: true,
            ..look(Lang::En)
        },
    );
    assert!(!plain.contains('\u{1b}') && coloured.contains("\u{1b}["));
    assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), plain);
}

#[test]
fn sums() {
    let mut report = Report::default();
    assert_eq!(human(&report, Lang::En), "no findings in 0 notices\n");
    notice(&mut report, "a.md", "노출", "노출");
    report.notices[0].findings[0].severity = Severity::Warning;
    assert!(human(&report, Lang::En).ends_with("\n1 warning in 1 notice\n"));
    assert!(human(&report, Lang::Ko).ends_with("\n통지문 1건: 경고 1건\n"));
    notice(&mut report, "b.md", "노출 노출 노출", "노출");
    assert!(human(&report, Lang::En).ends_with("\n3 errors, 1 warning in 2 notices\n"));
    assert!(human(&report, Lang::Ko).ends_with("\n통지문 2건: 오류 3건, 경고 1건\n"));
    assert_eq!(report.gravest(), Some(Severity::Error));
}

#[test]
fn order_does_not_depend_on_how_things_came() {
    let build = |reverse: bool| {
        let mut report = Report::default();
        let mut paths = ["a.md", "b.md"];
        if reverse {
            paths.reverse();
        }
        for path in paths {
            notice(&mut report, path, "노출 노출", "노출");
            if reverse {
                report.notices.last_mut().unwrap().findings.reverse();
            }
        }
        report.sort();
        json::render(&report, json::Content::Check)
    };
    assert_eq!(build(false), build(true));
}

#[test]
fn json_has_the_shape_of_the_contract() {
    let text = "# 노출\n\n공동현관 비밀번호\n";
    let mut report = Report {
        rules_hash: "sha256:00".into(),
        ..Report::default()
    };
    notice(&mut report, "notices/first.md", text, "노출");
    let word = text.find("공동").unwrap();
    let span = Span::new(word, text.trim_end().len());
    let evidence = Evidence {
        span,
        text: "공동현관 비밀번호".into(),
    };
    let one = &mut report.notices[0];
    one.incident = Some("notices/incident.yaml".into());
    one.cohort = Some("members".into());
    one.findings[0].fixes.push(Fix {
        title: "replace".into(),
        safe: true,
        edits: vec![Edit {
            span: Span::new(2, 8),
            text: "유출".into(),
        }],
    });
    one.findings[0].labels.push(Label {
        file: None,
        span,
        text: "here".into(),
    });
    let entry = |rule: &str, status, because: &str| ChecklistEntry {
        rule: rule.into(),
        status,
        evidence: Vec::new(),
        because: because.into(),
    };
    one.checklist = vec![
        ChecklistEntry {
            evidence: vec![evidence.clone()],
            ..entry("kr/a", Status::Pass, "")
        },
        entry("kr/b", Status::Fail, ""),
        entry("kr/c", Status::NotApplicable, "no facts"),
        entry("kr/d", Status::Manual, "cannot be seen"),
        entry("kr/e", Status::Waived, ""),
    ];
    one.claims.items.push(ItemClaim {
        item: "entrance-code".into(),
        status: "leaked",
        text: "공동현관 비밀번호".into(),
        span,
        governed_by: Some(evidence),
    });
    one.claims.advice.push(AdviceClaim {
        advice: "change-entrance-code".into(),
        status: "advised",
        text: "x".into(),
        span,
        governed_by: None,
    });
    one.claims.counts.push(CountClaim {
        value: 33_700_000,
        unit: "accounts".into(),
        approximate: false,
        text: "3,370만".into(),
        span,
        governed_by: None,
    });
    one.claims.dates.push(DateClaim {
        role: "occurred".into(),
        from: Some("2025-06-24".into()),
        to: None,
        text: "x".into(),
        span,
        governed_by: None,
    });
    report.problems.push(Problem {
        path: "x.md".into(),
        message: "m".into(),
        hint: None,
        at: None,
    });
    insta::assert_snapshot!("json_check", json::render(&report, json::Content::Check));
    let parsed: serde_json::Value =
        serde_json::from_str(&json::render(&report, json::Content::Claims)).unwrap();
    let keys: Vec<&String> = parsed["notices"][0].as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        [
            "path", "language", "incident", "cohort", "claims", "clauses"
        ]
    );
}

#[test]
fn json_round_trips_what_it_escapes() {
    let message = "a\u{1b}\u{7f}\u{9b}\u{202e}\u{2028}\"\\\n가\u{1f600}";
    let text = json::to_text(&serde_json::json!({ "m": message }));
    let back: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(back["m"], message);
}

#[test]
fn problems_name_their_place() {
    let mut report = Report::default();
    source(&mut report, "rules/x.yaml", "title: x\n심각도: error\n");
    let at = Place {
        span: Span::new(9, 18),
        line: 2,
        column: 1,
        end_line: 2,
        end_column: 4,
    };
    report.problems = vec![
        Problem {
            path: "rules/x.yaml".into(),
            message: "unknown key".into(),
            hint: Some("did you mean `severity`?".into()),
            at: Some(at),
        },
        Problem {
            path: "rules/y.yaml".into(),
            message: "unknown key".into(),
            hint: None,
            at: Some(at),
        },
        Problem {
            path: "gone.md".into(),
            message: "no such file or folder".into(),
            hint: None,
            at: None,
        },
        Problem {
            path: String::new(),
            message: "no rule is left".into(),
            hint: None,
            at: None,
        },
    ];
    insta::assert_snapshot!(
        "problems",
        problems::render(&report.problems, &report.sources, look(Lang::En))
    );
}

#[test]
fn drawing_stays_fast_in_a_long_line() {
    let text = "가나다 노출 ".repeat(40_000);
    let mut report = Report::default();
    notice(&mut report, "a.md", &text, "노출");
    report.notices[0].findings.truncate(2000);
    let start = std::time::Instant::now();
    human(&report, Lang::En);
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
}
