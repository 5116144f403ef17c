//! The page for the officer who signs.

use std::collections::BTreeSet;

use crate::support::*;

fn page(args: &[&str]) -> String {
    report(&repository(), "html", args)
}

fn ids(page: &str) -> Vec<String> {
    attribute(page, "id")
}

fn attribute(page: &str, name: &str) -> Vec<String> {
    let pattern = regex::Regex::new(&format!(r#" {name}="([^"]*)""#)).unwrap();
    pattern
        .captures_iter(page)
        .map(|found| found[1].to_owned())
        .collect()
}

#[test]
fn the_page_loads_nothing_and_runs_nothing() {
    let page = page(&["fixtures/notices", "--lang", "ko"]);
    let policy = "default-src 'none'; style-src 'sha256-";
    assert!(page.contains(policy));
    for loads in [
        "<script", "<link", "<img", "<iframe", "<object", " src=", "@import", "url(", " style=",
        " onclick",
    ] {
        assert!(!page.contains(loads), "{loads}");
    }
    let outside: BTreeSet<String> = attribute(&page, "href")
        .into_iter()
        .filter(|href| !href.starts_with('#'))
        .collect();
    // Links to authorities, which a reader may follow.
    assert!(
        outside.iter().all(|href| href.starts_with("https://")),
        "{outside:?}"
    );
}

/// The policy allows the one style sheet by its hash.
#[test]
fn the_policy_names_the_hash_of_the_style_sheet() {
    use sha2::{Digest, Sha256};
    let page = page(&["fixtures/notices/dasan-library"]);
    let style = page.split("<style>").nth(1).unwrap();
    let style = style.split("</style>").next().unwrap();
    let expected = base64(&Sha256::digest(style.as_bytes()));
    assert!(
        page.contains(&format!("style-src 'sha256-{expected}'")),
        "write {expected} into src/report/html/style.sha256"
    );
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let group = (u32::from(chunk[0]) << 16)
            | (u32::from(*chunk.get(1).unwrap_or(&0)) << 8)
            | u32::from(*chunk.get(2).unwrap_or(&0));
        for at in 0..4 {
            out.push(match at <= chunk.len() {
                true => LETTERS[(group >> (18 - 6 * at)) as usize & 63] as char,
                false => '=',
            });
        }
    }
    out
}

#[test]
fn every_link_inside_leads_somewhere_and_every_id_is_unique() {
    for args in [
        vec!["fixtures/notices", "--lang", "ko"],
        vec!["fixtures/notices/gaon-academy", "--lang", "en"],
    ] {
        let page = page(&args);
        let all = ids(&page);
        let unique: BTreeSet<&String> = all.iter().collect();
        assert_eq!(all.len(), unique.len());
        for href in attribute(&page, "href") {
            if let Some(id) = href.strip_prefix('#') {
                assert!(unique.contains(&id.to_owned()), "{href} leads nowhere");
            }
        }
    }
}

/// Acceptance: every requirement with its state, every finding marked in the text.
#[test]
fn every_requirement_and_every_finding_is_there() {
    for (args, lang) in [
        (["fixtures/notices/haneul-mall/first.md"], "ko"),
        (["fixtures/notices/lantern-books/draft.md"], "en"),
        (["fixtures/notices/maru-transit/posting.md"], "ko"),
        (["fixtures/notices/lantern-books/notice.md"], "en"),
        (["fixtures/notices/gaon-academy/draft.md"], "ko"),
    ] {
        let args = [&args[..], &["--lang", lang]].concat();
        let (reports, _) = every_format(&repository(), &args);
        let of = |name: &str| {
            &reports
                .iter()
                .find(|(format, _)| *format == name)
                .unwrap()
                .1
        };
        let page = of("html");
        let json: serde_json::Value = serde_json::from_str(of("json")).unwrap();
        let notice = &json["notices"][0];
        let part = page.split("<section class=\"checklist\"").nth(1).unwrap();
        let part = part.split("</section>").next().unwrap();
        let entries = notice["checklist"].as_array().unwrap();
        let rows = part.matches("<tr class=").count() + part.matches("<li>").count();
        assert_eq!(rows, entries.len());
        for entry in entries {
            let rule = entry["rule"].as_str().unwrap();
            let row = format!("<code>{rule}</code>");
            let at = part.find(&row).unwrap_or_else(|| panic!("no {rule}"));
            let status = entry["status"].as_str().unwrap();
            let start = part[..at].rfind("<tr class=\"").map_or(0, |at| at + 11);
            let named = part[..at].rfind("<li>").is_some_and(|li| li > start);
            match named {
                // Only what asks nothing of anybody is named without a row.
                true => assert!(["pass", "not-applicable"].contains(&status), "{rule}"),
                false => assert!(part[start..].starts_with(status), "{rule}"),
            }
        }
        let findings = notice["findings"].as_array().unwrap().len();
        let ids: BTreeSet<String> = ids(page).into_iter().collect();
        for number in 1..=findings {
            for part in ["m", "f"] {
                assert!(
                    ids.contains(&format!("n1-{part}{number}")),
                    "{args:?}: {part}{number}"
                );
            }
            let mark = format!("href=\"#n1-f{number}\">{number}</a></sup>");
            assert_eq!(page.matches(&mark).count(), 1, "{args:?}: {number}");
        }
        assert!(page.contains(&format!("<html lang=\"{lang}\">")));
    }
}

/// The marks change nothing in the text.
#[test]
fn the_notice_stands_there_word_for_word() {
    let tag = regex::Regex::new("<sup>.*?</sup>|<[^>]*>").unwrap();
    // In the order of the page.
    let paths = [
        "fixtures/notices/byeol-telecom/notice.md",
        "fixtures/notices/gaon-academy/draft.md",
        "fixtures/notices/haneul-mall/first.md",
        "fixtures/notices/lantern-books/draft.md",
        "fixtures/notices/maru-transit/posting.md",
    ];
    let page = page(&paths);
    for (page, path) in page.split("<article").skip(1).zip(paths) {
        let source = std::fs::read_to_string(repository().join(path)).unwrap();
        let shown = page.split("<div class=\"source\"").nth(1).unwrap();
        let shown: Vec<String> = shown
            .split("<span class=\"line\">")
            .skip(1)
            .map(|row| {
                // What comes after the last line is another part of the page.
                let row = row.split("<div class=\"row").next().unwrap();
                let row = row.split("<section").next().unwrap();
                tag.replace_all(row, "")
                    .replace("&lt;", "<")
                    .replace("&gt;", ">")
                    .replace("&quot;", "\"")
                    .replace("&amp;", "&")
            })
            .collect();
        let expected: Vec<&str> = source.lines().collect();
        assert_eq!(shown.len(), expected.len(), "{path}");
        for (shown, line) in shown.iter().zip(expected) {
            let line = line.replace('\u{feff}', "<U+FEFF>");
            assert_eq!(*shown, line, "{path}");
        }
    }
}

#[test]
fn versions_and_hashes_are_those_of_the_files() {
    use sha2::{Digest, Sha256};
    let folder = repository().join("fixtures/notices/lantern-books");
    let page = report(&folder, "html", &["draft.md", "--as-of", "2026-11-02"]);
    for file in ["draft.md", "incident.yaml"] {
        let bytes = std::fs::read(folder.join(file)).unwrap();
        let hash: String = Sha256::digest(&bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert!(page.contains(&hash), "{file}");
    }
    let program = std::fs::read(env!("CARGO_BIN_EXE_noticelint")).unwrap();
    let hash: String = Sha256::digest(&program)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    assert!(page.contains(&hash), "the program");
    assert!(page.contains("2026-11-02"));
}

/// Several notices: a table of contents, with each of them.
#[test]
fn several_notices_have_a_table_of_contents() {
    let page = page(&[
        "fixtures/notices/haneul-mall",
        "fixtures/notices/lantern-books",
    ]);
    let contents = page.split("<nav class=\"contents\">").nth(1).unwrap();
    let contents = contents.split("</nav>").next().unwrap();
    assert_eq!(contents.matches("href=\"#n").count(), 4);
    assert_eq!(page.matches("<article id=").count(), 4);
    assert_eq!(page.matches("class=\"signatures\"").count(), 4);
}
