//! How long the work takes, as multiples of the floor: what pulldown-cmark's offset iterator alone needs for the same bytes,
//! measured in turn with it in the same run. The least of several runs counts, since other work on the machine only adds.
//!
//! `cargo bench` runs all; `cargo bench -- lint stream` only the parts whose names contain one of the words.

#[path = "notices.rs"]
mod notices;
#[path = "../tests/hostile/shapes.rs"]
mod shapes;

use std::hint::black_box;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use noticelint::language::reading;
use noticelint::notice::Notice;
use noticelint::rules::RuleSet;
use noticelint::source::Source;
use noticelint::{Linter, Settings};
use pulldown_cmark::{Options, Parser};

const BINARY: &str = env!("CARGO_BIN_EXE_noticelint");

fn main() {
    let wanted: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| !a.starts_with('-'))
        .collect();
    let parts: [(&str, fn()); 6] = [
        ("stages", stages),
        ("start", start),
        ("folders", folders),
        ("large", large),
        ("stream", stream),
        ("shapes", hostile),
    ];
    for (name, part) in parts {
        if wanted.is_empty() || wanted.iter().any(|w| name.contains(w.as_str())) {
            println!("\n## {name}");
            part();
        }
    }
}

fn floor(text: &str) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES;
    black_box(Parser::new_ext(text, options).into_offset_iter().count());
}

/// The least times of several works, done in turn.
fn least<const N: usize>(runs: usize, works: [&dyn Fn(); N]) -> [Duration; N] {
    let mut best = [Duration::MAX; N];
    for _ in 0..runs {
        for (best, work) in best.iter_mut().zip(works) {
            let started = Instant::now();
            work();
            *best = (*best).min(started.elapsed());
        }
    }
    best
}

fn show(what: &str, time: Duration, floor: Duration, n: usize) {
    let each = time.as_secs_f64() / n as f64 * 1e6;
    let ratio = time.as_secs_f64() / floor.as_secs_f64();
    println!("{what:<44} {each:>12.1} µs each {ratio:>9.1} × floor");
}

fn linter() -> Linter {
    Linter::new(RuleSet::builtin().unwrap(), Settings::default())
}

fn sources(n: u64, bytes: usize) -> Vec<Source> {
    (0..n)
        .map(|i| Source::decode(format!("{i}.md"), notices::notice(i, bytes).into_bytes()).unwrap())
        .collect()
}

/// One notice of 3 KB, from stage to stage. Texts that were read before are kept, for one language at a time: with two in
/// turn, every text is new.
fn stages() {
    let (linter, other) = (linter(), linter());
    let sources = sources(40, 3000);
    let n = sources.len();
    let each = |f: &dyn Fn(&Source)| sources.iter().for_each(f);
    let language = linter.rules().language();
    let languages = [language, other.rules().language()];
    let notices: Vec<Notice> = sources.iter().map(Notice::parse).collect();
    let read = |language, notice: &Notice| drop(black_box(reading::read(language, notice)));
    let lint = |linter: &Linter, source: &Source| drop(black_box(linter.lint(source, None)));
    let [base, decode, parse] = least(
        30,
        [
            &|| each(&|s| floor(&s.text)),
            &|| each(&|s| drop(black_box(Source::decode("x", s.text.clone().into_bytes())))),
            &|| each(&|s| drop(black_box(Notice::parse(s)))),
        ],
    );
    let [again, read_new, lint_new] = least(
        30,
        [
            &|| each(&|s| floor(&s.text)),
            &|| {
                for notice in &notices {
                    languages.iter().for_each(|l| read(l, notice));
                }
            },
            &|| each(&|s| [&linter, &other].into_iter().for_each(|l| lint(l, s))),
        ],
    );
    let [third, read_known, lint_known] = least(
        30,
        [
            &|| each(&|s| floor(&s.text)),
            &|| notices.iter().for_each(|notice| read(language, notice)),
            &|| each(&|s| lint(&linter, s)),
        ],
    );
    show("floor", base, base, n);
    show("decode and index lines", decode, base, n);
    show("blocks of visible text", parse, base, n);
    show(
        "sentences, clauses, claims: new text",
        read_new / 2,
        again,
        n,
    );
    show(
        "sentences, clauses, claims: known text",
        read_known,
        third,
        n,
    );
    show("whole lint, all packs: new text", lint_new / 2, again, n);
    show("whole lint, all packs: known text", lint_known, third, n);
}

fn quiet(args: &[&str]) -> impl Fn() {
    let args: Vec<String> = args.iter().map(|a| (*a).to_owned()).collect();
    move || {
        let status = Command::new(BINARY)
            .args(&args)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        black_box(status.unwrap());
    }
}

/// Process start to the report of one notice of 3 KB.
fn start() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notice.md");
    std::fs::write(&path, notices::notice(1, 3000)).unwrap();
    let path = path.to_string_lossy();
    let [version, check] = least(40, [&quiet(&["--version"]), &quiet(&["check", &path])]);
    println!(
        "process that does nothing (--version)  {:>8.2} ms",
        version.as_secs_f64() * 1e3
    );
    println!(
        "check of one notice                    {:>8.2} ms",
        check.as_secs_f64() * 1e3
    );
}

fn folders() {
    for n in [1, 100, 1000, 10_000] {
        let folder = tempfile::tempdir().unwrap();
        let mut texts = Vec::new();
        for i in 0..n {
            let text = format!("---\nkind: full\n---\n{}", notices::notice(i, 3000));
            std::fs::write(folder.path().join(format!("{i:05}.md")), &text).unwrap();
            texts.push(text);
        }
        let read = |folder: &Path| {
            for entry in std::fs::read_dir(folder).unwrap() {
                let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
                floor(&text);
            }
        };
        let path = folder.path().to_string_lossy();
        let runs = if n > 100 { 2 } else { 10 };
        let [base, one, two] = least(
            runs,
            [
                &|| read(folder.path()),
                &quiet(&["check", "--threads", "1", &path]),
                &quiet(&["check", "--threads", "2", &path]),
            ],
        );
        show(&format!("{n} notices, one thread"), one, base, n as usize);
        show(&format!("{n} notices, two threads"), two, base, n as usize);
        let gain = one.as_secs_f64() / two.as_secs_f64();
        let peak = peak(
            Command::new(BINARY).args(["check", "--threads", "2", &path]),
            &[],
        );
        println!(
            "{:<44} {gain:>12.2} × as fast {:>9} KiB",
            "two threads against one; most memory", peak.1
        );
    }
}

fn large() {
    let linter = linter();
    for mb in [1, 10, 50] {
        let text = notices::notice(7, mb << 20);
        let source = Source::decode_up_to("large.md", text.into_bytes(), 64 << 20).unwrap();
        let [base, lint] = least(
            2,
            [&|| floor(&source.text), &|| {
                drop(black_box(linter.lint(&source, None)))
            }],
        );
        show(&format!("one notice of {mb} MB"), lint, base, 1);
    }
}

/// A notice of ordinary content, over and over.
fn ordinary(n: usize) -> String {
    const PART: &str = "## 유출된 항목\n\n2026년 9월 1일부터 9월 7일까지 외부 공격자의 비정상 접근으로 고객님의 **이름**, 이메일 주소, 공동현관 비밀번호가 유출된 사실을 9월 30일 확인하였습니다.\n\
        카드번호는 유출되지 않았습니다.\n\n| 항목 | 비고 |\n|---|---|\n| 주소 | 일부 |\n\n- 계정 비밀번호를 변경해 주시기 바랍니다.\n- 개인정보보호팀 02-000-0000, privacy@acme.example\n\n";
    PART.repeat(n)
}

/// Shapes that are meant to hurt, at their full size: against the floor, against an ordinary notice of the same length, and how
/// much longer four times the length takes.
fn hostile() {
    let linter = linter();
    let source = |text: String| Source::decode("x", text.into_bytes()).unwrap();
    let time = |source: &Source| {
        let [base, lint] = least(
            2,
            [&|| floor(&source.text), &|| {
                drop(black_box(linter.lint(source, None)))
            }],
        );
        (base.as_secs_f64(), lint.as_secs_f64())
    };
    let usual = source(shapes::notice(ordinary, 2_000));
    let each_byte = time(&usual).1 / usual.text.len() as f64;
    println!("| shape | KB | four times the length | to an ordinary notice | to the floor |");
    println!("|---|---|---|---|---|");
    for (name, n, shape) in shapes::shapes() {
        let (short, long) = (
            source(shapes::notice(shape, n / 4)),
            source(shapes::notice(shape, n)),
        );
        let ((_, before), (base, lint)) = (time(&short), time(&long));
        let bytes = long.text.len();
        println!(
            "| {name} | {} | {:.1} | {:.2} | {:.0} |",
            bytes / 1000,
            lint / before,
            lint / (each_byte * bytes as f64),
            lint / base,
        );
    }
}

fn stream() {
    for n in [2000, 20_000] {
        let lines: String = (0..n)
            .map(|i| {
                let line = serde_json::json!({ "id": i, "markdown": notices::notice(i, 3000) });
                format!("{line}\n")
            })
            .collect();
        for threads in ["1", "2"] {
            let runs = (0..3).map(|_| {
                let started = Instant::now();
                let mut command = Command::new(BINARY);
                let (_, memory) = peak(
                    command.args(["stream", "--threads", threads]),
                    lines.as_bytes(),
                );
                (started.elapsed(), memory)
            });
            let (time, memory) = runs.min().unwrap_or_default();
            let rate = n as f64 / time.as_secs_f64();
            println!(
                "{n} notices of 3 KB, {threads} thread(s): {rate:.0} a second, {memory} KiB at most"
            );
        }
    }
}

/// Runs a command with this input: how it ended, and the most memory that it took (in KiB; 0 where the system does not say).
fn peak(command: &mut Command, input: &[u8]) -> (bool, u64) {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", child.id());
    let stdin = child.stdin.take();
    std::thread::scope(|scope| {
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(input)));
        let mut most = 0;
        loop {
            let text = std::fs::read_to_string(&status).unwrap_or_default();
            let line = text.lines().find_map(|l| l.strip_prefix("VmHWM:"));
            let now = line.and_then(|l| l.trim().trim_end_matches(" kB").parse().ok());
            most = most.max(now.unwrap_or(0));
            if let Some(status) = child.try_wait().unwrap() {
                return (status.success(), most);
            }
            std::thread::sleep(Duration::from_millis(2));
        }
    })
}
