//! A notice and its twins: the same letters to a reader, other bytes. They must be read alike.

use std::fs;

use noticelint::notice::fold;
use noticelint::report::NoticeReport;
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::{cases, lint, notices};

/// Where the text begins that readers see: behind the front matter.
fn body_start(text: &str) -> usize {
    match text
        .strip_prefix("---\n")
        .and_then(|rest| rest.find("\n---\n"))
    {
        Some(end) => "---\n".len() + end + "\n---\n".len(),
        None => 0,
    }
}

/// Characters of the body in place of others, but not where they are Markdown, a tag, an address or part of a number.
fn replaced(text: &str, with: impl Fn(char) -> char) -> String {
    let start = body_start(text);
    let mut out = text[..start].to_owned();
    for line in text[start..].split_inclusive('\n') {
        let marks = [
            '#', '>', '|', '<', '`', '~', '*', '@', '{', '\\', '&', '[', ':',
        ];
        let inner = line.trim_start();
        let item = inner.starts_with("- ") || inner.starts_with(|c: char| c.is_ascii_digit());
        if line.contains(marks) || item || line.contains("---") {
            out.push_str(line);
        } else {
            out.extend(line.chars().map(&with));
        }
    }
    out
}

fn hard_spaces(text: &str) -> String {
    replaced(text, |c| if c == ' ' { '\u{a0}' } else { c })
}

fn wide(text: &str) -> String {
    replaced(text, |c| match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' => char::from_u32(u32::from(c) + 0xfee0).unwrap(),
        _ => c,
    })
}

/// Findings, claims and checklist, without places; texts are folded.
fn told(report: &NoticeReport) -> Vec<String> {
    let mut out = Vec::new();
    for f in &report.findings {
        out.push(fold(&format!("{} {:?} {}", f.rule, f.severity, f.message)));
    }
    for entry in &report.checklist {
        out.push(format!("{} {:?}", entry.rule, entry.status));
    }
    out.extend(claims(report));
    // In a title of decomposed letters all of it is marked: places, and with them the order, may differ.
    out.sort();
    out
}

fn claims(report: &NoticeReport) -> Vec<String> {
    let claims = &report.claims;
    let mut out = vec![format!("leak {}", claims.leak)];
    for i in &claims.items {
        out.push(fold(&format!("item {} {} {}", i.item, i.status, i.text)));
    }
    for a in &claims.advice {
        out.push(fold(&format!(
            "advice {} {} {}",
            a.advice, a.status, a.text
        )));
    }
    for c in &claims.counts {
        out.push(fold(&format!("count {} {} {}", c.value, c.unit, c.text)));
    }
    for d in &claims.dates {
        out.push(fold(&format!(
            "date {} {:?} {:?} {}",
            d.role, d.from, d.to, d.text
        )));
    }
    out
}

fn twins(text: &str) -> [(&'static str, String); 6] {
    [
        ("CRLF", text.replace('\n', "\r\n")),
        ("CR", text.replace('\n', "\r")),
        ("byte order mark", format!("\u{feff}{text}")),
        ("NFD", text.nfd().collect()),
        ("hard spaces", hard_spaces(text)),
        ("full width", wide(text)),
    ]
}

#[test]
fn fixtures_and_their_twins() {
    let mut seen = 0;
    for folder in fs::read_dir("fixtures/notices").unwrap() {
        for file in fs::read_dir(folder.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|e| e == "md") {
                let text = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
                let text = text.trim_start_matches('\u{feff}');
                let original = told(&lint(text));
                for (name, twin) in twins(text) {
                    let found = told(&lint(&twin));
                    assert_eq!(found, original, "{name}: {}", path.display());
                }
                seen += 1;
            }
        }
    }
    assert!(seen > 15);
}

/// A notice that keeps every rule and has facts of its own.
const COMPLIANT: &str = "fixtures/notices/haneul-mall/renotice.md";

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn twins_are_read_alike(text in notices::notice()) {
        let original = told(&lint(&text));
        for (name, twin) in twins(&text) {
            prop_assert_eq!(&told(&lint(&twin)), &original, "{}", name);
        }
    }

    #[test]
    fn what_no_reader_sees_claims_nothing(hidden in notices::body(), place in any::<prop::sample::Index>(), how in 0..5_usize) {
        let text = fs::read_to_string(COMPLIANT).unwrap();
        // Comments do not nest, and an empty line ends HTML that is not one.
        let inner = hidden.replace("-->", "").replace("<!--", "").replace("</div>", "").replace("<div hidden>", "");
        let flat = inner.replace('\n', " ").replace('|', "").replace(['`', '~'], "");
        let invisible = match how {
            0 => format!("<!--\n{inner}\n-->\n\n"),
            1 => format!("<div hidden>\n\n{inner}\n\n</div>\n\n"),
            2 => format!("<div style=\"display: none\">{flat}</div>\n\n"),
            3 => format!("<script>\n{inner}\n</script>\n\n"),
            _ => format!("[unused]: https://acme.example \"{}\"\n\n", flat.replace(['"', '\\'], "")),
        };
        let start = body_start(&text);
        let gaps: Vec<usize> = text[start..].match_indices("\n\n").map(|(at, _)| start + at + 2).collect();
        let at = gaps[place.index(gaps.len())];
        let with = format!("{}{invisible}{}", &text[..at], &text[at..]);
        prop_assert_eq!(claims(&lint(&with)), claims(&lint(&text)), "{}", invisible);
    }
}
