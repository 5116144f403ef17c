//! `noticelint stream`: what comes out for what goes in.

use std::io::Write;
use std::process::{Command, Output, Stdio};

const EVASIVE: &str = "# 안내\n\n고객님의 개인정보가 외부에 노출되었습니다.\n";

fn run(args: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_noticelint"))
        .arg("stream")
        .args(["--lang", "en"])
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    let _ = writer.join().unwrap();
    output
}

fn lines(output: &Output) -> Vec<serde_json::Value> {
    let text = std::str::from_utf8(&output.stdout).unwrap();
    text.lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect()
}

fn record(id: usize, markdown: &str) -> String {
    serde_json::json!({ "id": id, "markdown": markdown }).to_string()
}

#[test]
fn a_bad_line_is_a_result_and_the_rest_goes_on() {
    let input = [
        record(1, EVASIVE).into_bytes(),
        b"{".to_vec(),
        b"".to_vec(),
        br#"{"id":"x","markdown":"a\u0000b"}"#.to_vec(),
        b"{\"id\":4,\"markdown\":\"\xff\"}".to_vec(),
        br#"{"id":5,"markdown":"a","fact":{}}"#.to_vec(),
        br#"{"id":6,"markdown":"a","facts":{"status":1}}"#.to_vec(),
        record(7, EVASIVE).into_bytes(),
    ]
    .join(&b'\n');
    let output = run(&[], &input);
    assert_eq!(output.status.code(), Some(2));
    let found = lines(&output);
    let told: Vec<(u64, &str)> = found
        .iter()
        .map(|l| (l["line"].as_u64().unwrap(), l["status"].as_str().unwrap()))
        .collect();
    assert_eq!(
        told,
        [
            (1, "fail"),
            (2, "bad"),
            (4, "bad"),
            (5, "bad"),
            (6, "bad"),
            (7, "bad"),
            (8, "fail")
        ]
    );
    assert_eq!(found[2]["id"], "x", "{}", found[2]);
    let problem = |i: usize| found[i]["problems"][0].as_str().unwrap().to_owned();
    assert!(problem(2).contains("NUL"), "{}", problem(2));
    assert!(
        problem(3).contains("byte 21 is not UTF-8"),
        "{}",
        problem(3)
    );
    assert!(
        problem(4).contains("unknown field `fact`"),
        "{}",
        problem(4)
    );
    assert!(problem(5).starts_with("facts:1:"), "{}", problem(5));
    assert_eq!(found[0]["findings"], found[6]["findings"]);
}

#[test]
fn results_come_in_order_and_do_not_depend_on_threads() {
    let input: String = (0..700)
        .map(|i| {
            record(
                i,
                if i % 3 == 0 {
                    EVASIVE
                } else {
                    "안녕하세요."
                },
            ) + "\n"
        })
        .collect();
    let one = run(&["--threads", "1"], input.as_bytes());
    let four = run(&["--threads", "4"], input.as_bytes());
    assert_eq!(one.stdout, four.stdout);
    let ids: Vec<u64> = lines(&one)
        .iter()
        .map(|l| l["id"].as_u64().unwrap())
        .collect();
    assert_eq!(ids, (0..700).collect::<Vec<_>>());
    // Taken up again in the middle, the rest is the same.
    let rest = run(&["--skip", "650", "--threads", "3"], input.as_bytes());
    let all: Vec<&[u8]> = one.stdout.split_inclusive(|b| *b == b'\n').collect();
    assert_eq!(rest.stdout, all[650..].concat());
}

#[test]
fn only_failures_and_the_summary() {
    let select = ["--select", "kr/no-exposure-euphemism"];
    let input = [record(1, EVASIVE), record(2, "안녕하세요.")].join("\n");
    let output = run(
        &[&select[..], &["--only-failures", "--summary"]].concat(),
        input.as_bytes(),
    );
    assert_eq!(output.status.code(), Some(1));
    let found = lines(&output);
    assert_eq!(found.len(), 2);
    assert_eq!(found[0]["id"], 1);
    assert_eq!(found[0]["findings"][0]["rule"], "kr/no-exposure-euphemism");
    assert_eq!(
        found[1]["summary"],
        serde_json::json!({
            "notices": 2, "pass": 1, "fail": 1, "bad": 0,
            "rules": { "kr/no-exposure-euphemism": 1 }
        })
    );
    let output = run(&select, record(2, "안녕하세요.").as_bytes());
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(run(&[], b"").status.code(), Some(0));
    assert_eq!(run(&["--select", "no/such"], b"").status.code(), Some(2));
}

#[test]
fn a_result_is_written_before_the_next_line_is_there() {
    use std::io::{BufRead, BufReader};
    let mut child = Command::new(env!("CARGO_BIN_EXE_noticelint"))
        .args(["stream", "--threads", "2"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    for i in 0..3 {
        writeln!(stdin, "{}", record(i, "안녕하세요.")).unwrap();
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        assert!(line.contains(&format!("\"id\":{i}")), "{line}");
    }
    drop(stdin);
    assert!(child.wait().is_ok());
}

/// A result without the number of its line.
fn result(line: &serde_json::Value) -> serde_json::Value {
    let mut result = line.clone();
    result.as_object_mut().unwrap().remove("line");
    result
}

#[test]
fn a_notice_that_comes_again_has_the_same_result_for_the_same_cohort_and_facts_only() {
    let facts = |leaked: &[&str]| {
        serde_json::json!({
            "incident": "x", "jurisdictions": ["kr"], "status": "confirmed", "aware-at": "2026-10-01T09:00+09:00",
            "cohorts": {
                "members": { "count": { "value": 12, "unit": "persons" }, "leaked": leaked },
                "others": { "count": { "value": 3, "unit": "persons" }, "leaked": ["name"] }
            }
        })
    };
    let texts = ["이름이 유출되었습니다.", "이름과 주소가 유출되었습니다.\n"];
    let mut input = Vec::new();
    for (i, text) in texts.into_iter().cycle().take(8).enumerate() {
        for cohort in [None, Some("members"), Some("others")] {
            for facts in [None, Some(facts(&["name"])), Some(facts(&["address"]))] {
                let mut record = serde_json::json!({ "id": ["<\u{202e}>", i], "markdown": text });
                if let Some(cohort) = cohort {
                    record["cohort"] = cohort.into();
                }
                if let Some(facts) = facts {
                    record["facts"] = facts;
                }
                input.push(record.to_string());
            }
        }
    }
    let together = lines(&run(&["--threads", "2"], input.join("\n").as_bytes()));
    let alone: Vec<_> = input[..18]
        .iter()
        .map(|line| result(&lines(&run(&[], line.as_bytes()))[0]))
        .collect();
    for (i, line) in together.iter().enumerate() {
        assert_eq!(line["line"], i + 1);
        assert_eq!(line["id"][1], i / 9);
        let mut expected = alone[i % 18].clone();
        expected["id"] = line["id"].clone();
        assert_eq!(result(line), expected, "line {}", i + 1);
    }
    assert!(alone.iter().any(|a| *a != alone[0]));
}
