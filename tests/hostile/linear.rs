//! Twice as long takes twice as long: no shape of a notice costs more than in proportion to its length.
//!
//! Measured is the processor time of this thread, which other work on the machine hardly changes. The table of
//! `benches/README.md` is made with
//! `cargo test --release --test hostile table -- --ignored --nocapture`.

use std::fmt::Write as _;
use std::fs;
use std::time::{Duration, Instant};

use noticelint::facts::Facts;
use noticelint::rules::RuleSet;
use noticelint::source::Source;
use noticelint::{Linter, Settings};

use super::FACTS;

/// Four times the length may take so many times the time: a quadratic shape takes sixteen.
const BOUND: f64 = 9.0;
/// Shorter times say nothing.
const ENOUGH: Duration = Duration::from_millis(40);
/// A shape that is still quick at this length is quick.
const LONGEST: usize = 400_000;

/// So many of a shape.
type Shape = fn(usize) -> String;

/// The shapes, each with the size that a notice is to stand.
fn shapes() -> Vec<(&'static str, usize, Shape)> {
    fn each(n: usize, part: impl Fn(usize) -> String) -> String {
        (0..n).map(part).collect()
    }
    vec![
        ("emphasis, open", 100_000, |n| "*a ".repeat(n)),
        ("emphasis, closed", 100_000, |n| "*이름* ".repeat(n)),
        ("strong, open", 100_000, |n| "**유출 ".repeat(n)),
        ("strong that is none", 100_000, |n| {
            "**유출(사고)**를 ".repeat(n)
        }),
        ("marks mixed", 100_000, |n| "_a*b~~".repeat(n)),
        ("struck out", 50_000, |n| "~~이름~~ 유출 ".repeat(n)),
        ("code spans", 50_000, |n| "`이름` ".repeat(n)),
        ("links, open", 50_000, |n| "[a](".repeat(n)),
        ("brackets, open", 50_000, |n| "[".repeat(n)),
        ("image brackets, open", 50_000, |n| "![".repeat(n)),
        ("brackets, closed", 50_000, |n| {
            "[".repeat(n) + "이름" + &"]".repeat(n)
        }),
        ("links", 20_000, |n| "[이름](https://x.example) ".repeat(n)),
        ("reference definitions", 20_000, |n| {
            each(n, |i| format!("[a{i}]: https://x.example/{i}\n"))
        }),
        ("references", 20_000, |n| {
            each(n, |i| format!("[a{i}]: https://x.example/{i}\n"))
                + "\n"
                + &each(n, |i| format!("[a{i}] "))
        }),
        ("footnotes", 20_000, |n| {
            each(n, |i| format!("이름[^{i}]\n\n[^{i}]: 유출\n\n"))
        }),
        ("table rows", 20_000, |n| {
            "| 항목 | 여부 |\n|---|---|\n".to_owned() + &"| 이름 | 유출 |\n".repeat(n)
        }),
        ("table rows with items", 20_000, |n| {
            "다음이 유출되었습니다.\n\n| 유출 항목 |\n|---|\n".to_owned()
                + &"| 이름, 주소 |\n".repeat(n)
        }),
        ("table columns", 5_000, |n| {
            format!(
                "|{}\n|{}\n|{}\n",
                "이름|".repeat(n),
                "-|".repeat(n),
                "유출|".repeat(n)
            )
        }),
        ("a table cell", 40_000, |n| {
            format!("| 항목 |\n|---|\n| {}유출 |\n", "이름 ".repeat(n))
        }),
        ("tables", 10_000, |n| {
            "| 항목 |\n|---|\n| 이름 |\n\n".repeat(n)
        }),
        ("an HTML table", 20_000, |n| {
            format!(
                "<table><tr><th>항목</th><th>여부</th></tr>{}</table>\n",
                "<tr><td>이름</td><td>유출</td></tr>".repeat(n)
            )
        }),
        ("quotations in quotations", 10_000, |n| {
            "> ".repeat(n) + "이름이 유출되었습니다.\n"
        }),
        ("quotations", 20_000, |n| {
            "> 이름이 유출되었습니다.\n\n".repeat(n)
        }),
        ("quotation marks, open", 50_000, |n| {
            "“".repeat(n) + "이름이 유출되었습니다.\n"
        }),
        ("quotation marks", 20_000, |n| "“이름”이 유출 ".repeat(n)),
        ("parentheses", 20_000, |n| {
            "(".repeat(n) + "이름이 유출" + &")".repeat(n)
        }),
        ("parentheses, side by side", 20_000, |n| {
            "(이름) ".repeat(n) + "이 유출되었습니다.\n"
        }),
        ("lists in lists", 10_000, |n| {
            "- ".repeat(n) + "이름이 유출되었습니다.\n"
        }),
        ("numbered lists in lists", 10_000, |n| {
            "1. ".repeat(n) + "이름이 유출되었습니다.\n"
        }),
        ("an item list", 40_000, |n| {
            "다음이 유출되었습니다.\n\n".to_owned() + &"- 이름\n".repeat(n)
        }),
        ("a loose list", 40_000, |n| {
            "다음이 유출되었습니다.\n\n".to_owned() + &"- 이름\n\n".repeat(n)
        }),
        ("a pasted list", 40_000, |n| {
            "다음이 유출되었습니다.\n".to_owned() + &"가. 이름\n".repeat(n)
        }),
        ("a pasted list in a line", 40_000, |n| {
            format!("유출된 항목은 {}입니다.\n", "① 이름 ".repeat(n))
        }),
        ("boxes", 20_000, |n| "- [ ] 이름\n- 주소\n".repeat(n)),
        ("items in a sentence", 40_000, |n| {
            "이름, ".repeat(n) + "주소는 유출되지 않았습니다.\n"
        }),
        ("English items in a sentence", 40_000, |n| {
            format!("We lost {}and your address.\n", "your name, ".repeat(n))
        }),
        ("umbrella words", 10_000, |n| {
            "회원 정보가 유출되었습니다. ".repeat(n)
        }),
        ("lists left open", 10_000, |n| {
            "이름 등이 유출되었습니다. ".repeat(n)
        }),
        ("forms of items", 10_000, |n| {
            "암호화된 비밀번호가 유출되었습니다. ".repeat(n)
        }),
        ("a line of letters", 340_000, |n| "가".repeat(n)),
        ("a line of words", 40_000, |n| {
            "유출되지 않은 것으로 보이는 ".repeat(n)
        }),
        ("a line of spaces", 1_000_000, |n| {
            format!("이름이{}유출되었습니다.\n", " ".repeat(n))
        }),
        ("a line of digits", 1_000_000, |n| "1".repeat(n)),
        ("a line of full stops", 500_000, |n| ". ".repeat(n)),
        ("clauses", 20_000, |n| {
            "이름은 유출되었으나 주소는 유출되지 않았고 ".repeat(n)
        }),
        ("questions", 20_000, |n| "이름이 유출되었나요? ".repeat(n)),
        ("dates", 20_000, |n| "2026. 9. 1. ~ 9. 7. ".repeat(n)),
        ("counts", 20_000, |n| "약 1만 2천명, ".repeat(n)),
        ("telephone numbers", 20_000, |n| "02-000-0000, ".repeat(n)),
        ("desks", 20_000, |n| "고객센터 1588-0000\n\n".repeat(n)),
        ("vocabulary hits", 20_000, |n| {
            "이름이 노출되었습니다. ".repeat(n)
        }),
        ("vocabulary hits in blocks", 20_000, |n| {
            "이름이 노출되었습니다.\n\n".repeat(n)
        }),
        ("placeholders", 20_000, |n| {
            "{{name}} 님 ○○○ TODO ".repeat(n)
        }),
        ("headings", 10_000, |n| {
            "## 유출된 항목\n\n이름\n\n".repeat(n)
        }),
        ("waivers", 10_000, |n| {
            "<!-- noticelint-ignore kr/when: x -->\n이름\n\n".repeat(n)
        }),
        ("comments", 50_000, |n| "<!-- 이름 --> ".repeat(n)),
        ("comments, open", 50_000, |n| "<!-- ".repeat(n)),
        ("tags, open", 50_000, |n| "<div>".repeat(n) + "이름\n"),
        ("attributes", 50_000, |n| {
            format!("<a {}>이름</a>\n", "b=\"c\" ".repeat(n))
        }),
        ("hidden elements", 20_000, |n| {
            "<span hidden>이름</span> ".repeat(n)
        }),
        ("entities", 50_000, |n| "&nbsp;&#44032;".repeat(n)),
        ("decomposed letters", 100_000, |n| {
            "\u{1112}\u{1161}\u{11ab}".repeat(n)
        }),
        ("combining marks", 200_000, |n| {
            "이름".to_owned() + &"\u{301}".repeat(n)
        }),
        ("joined emoji", 20_000, |n| {
            "👩\u{200d}👩\u{200d}👧".repeat(n)
        }),
        ("escapes", 100_000, |n| "\u{1b}[31m이름".repeat(n)),
        ("bidi controls", 100_000, |n| "\u{202e}이름".repeat(n)),
        ("carriage returns", 20_000, |n| {
            "이름이 유출되었습니다.\r".repeat(n)
        }),
    ]
}

/// A notice of ordinary content, over and over.
fn ordinary(n: usize) -> String {
    const PART: &str = "## 유출된 항목\n\n2026년 9월 1일부터 9월 7일까지 외부 공격자의 비정상 접근으로 고객님의 **이름**, 이메일 주소, 공동현관 비밀번호가 유출된 사실을 9월 30일 확인하였습니다.\n\
        카드번호는 유출되지 않았습니다.\n\n| 항목 | 비고 |\n|---|---|\n| 주소 | 일부 |\n\n- 계정 비밀번호를 변경해 주시기 바랍니다.\n- 개인정보보호팀 02-000-0000, privacy@acme.example\n\n";
    PART.repeat(n)
}

fn notice(shape: Shape, n: usize) -> String {
    format!(
        "---\nkind: full\n---\n# 개인정보 유출 안내\n\n{}\n",
        shape(n)
    )
}

/// Processor time of this thread so far; where the system does not tell, the time on the wall.
fn spent(since: Instant) -> Duration {
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|t| t.split(' ').next().and_then(|n| n.parse().ok()));
    nanoseconds.map_or_else(|| since.elapsed(), Duration::from_nanos)
}

struct Bench {
    linter: Linter,
    facts: Facts,
    began: Instant,
}

impl Bench {
    fn new() -> Self {
        let linter = Linter::new(RuleSet::builtin().unwrap(), Settings::default());
        let items: Vec<&str> = linter.rules().item_ids().collect();
        let facts = Facts::parse("incident.yaml", FACTS, &items).unwrap();
        Self {
            linter,
            facts,
            began: Instant::now(),
        }
    }

    fn time(&self, work: impl FnOnce()) -> Duration {
        let before = spent(self.began);
        work();
        spent(self.began).saturating_sub(before)
    }

    fn lint(&self, text: &str) -> Duration {
        let source = Source::decode("notice.md", text.as_bytes().to_vec()).unwrap();
        self.time(|| {
            self.linter
                .lint(&source, Some((&self.facts, "incident.yaml")));
        })
    }

    /// What the parser of Markdown alone needs. The clock of a thread may go by milliseconds, so it runs until that says something.
    fn floor(&self, text: &str) -> Duration {
        let options = pulldown_cmark::Options::ENABLE_TABLES
            | pulldown_cmark::Options::ENABLE_STRIKETHROUGH
            | pulldown_cmark::Options::ENABLE_TASKLISTS
            | pulldown_cmark::Options::ENABLE_FOOTNOTES;
        let (mut spent, mut runs) = (Duration::ZERO, 0);
        while spent < ENOUGH {
            spent += self.time(|| {
                let parser = pulldown_cmark::Parser::new_ext(text, options);
                std::hint::black_box(parser.into_offset_iter().count());
            });
            runs += 1;
        }
        spent / runs
    }

    /// How much longer four times the length takes; the least of some tries. Nothing if it is quick at any length.
    fn growth(&self, shape: Shape) -> Option<f64> {
        let mut n = 64;
        while self.lint(&notice(shape, n)) < ENOUGH {
            n *= 2;
            if notice(shape, n).len() > LONGEST {
                return None;
            }
        }
        let mut least = f64::INFINITY;
        for _ in 0..3 {
            let short = self.lint(&notice(shape, n)).as_secs_f64();
            let long = self.lint(&notice(shape, 4 * n)).as_secs_f64();
            least = least.min(long / short.max(1e-3));
            if least < BOUND {
                break;
            }
        }
        Some(least)
    }
}

#[test]
#[ignore = "compares times, which a busy machine spoils: `cargo test --test hostile -- --ignored four_times`"]
fn four_times_the_length_takes_four_times_the_time() {
    let bench = Bench::new();
    let mut slow = String::new();
    for (name, _, shape) in shapes() {
        let growth = bench.growth(shape);
        println!("{name}: {growth:?}");
        if let Some(growth) = growth.filter(|growth| *growth > BOUND) {
            writeln!(slow, "{name}: {growth:.1} times").unwrap();
        }
    }
    assert!(slow.is_empty(), "{slow}");
}

#[test]
#[ignore = "makes a table for people"]
fn table() {
    let bench = Bench::new();
    bench.lint(&notice(ordinary, 20));
    let text = notice(ordinary, 2_000);
    let per_byte = bench.lint(&text).as_secs_f64() / text.len() as f64;
    println!(
        "| shape | KB | growth ×4 | to an ordinary notice of its length | to the floor |\n|---|---|---|---|---|"
    );
    for (name, n, shape) in shapes() {
        let text = notice(shape, n);
        let lint = bench.lint(&text).min(bench.lint(&text)).as_secs_f64();
        let floor = bench.floor(&text).as_secs_f64();
        let growth = bench
            .growth(shape)
            .map_or("-".to_owned(), |g| format!("{g:.1}"));
        println!(
            "| {name} | {} | {growth} | {:.2} | {:.0} |",
            text.len() / 1000,
            lint / (per_byte * text.len() as f64),
            lint / floor,
        );
    }
}
