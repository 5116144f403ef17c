//! Files that are no UTF-8 text, and text that hides or acts.

use super::{folder, run, text};

/// What `check` says of a file that cannot be read; the exit code is 2.
fn refused(bytes: &[u8]) -> String {
    let root = folder(&[("a.md", bytes)]);
    let output = run(root.path(), &["check", "a.md"]);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(!text(&output.stdout).contains("0 errors"), "{said}");
    said.lines().next().unwrap_or_default().to_owned()
}

fn utf16(text: &str, mark: bool, big: bool) -> Vec<u8> {
    let units = mark
        .then_some(0xfeff)
        .into_iter()
        .chain(text.encode_utf16());
    units
        .flat_map(|unit| {
            if big {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            }
        })
        .collect()
}

#[test]
fn what_is_not_utf8_is_refused_with_its_place() {
    // "# 개인" in CP949.
    let cp949 = b"# a\n\n# \xb0\xb3\xc0\xce\xc1\xa4\xba\xb8\n";
    let notice = "# 개인정보 유출 안내\n\n이름이 유출되었습니다.\n";
    let cut = &"# 유출\n".as_bytes()[..7];
    let cases: [(&[u8], &str); 8] = [
        (cp949, "a.md:3:3: byte 0xB0 at byte 7 is not UTF-8"),
        (
            b"# \xff\xfe\n",
            "a.md:1:3: byte 0xFF at byte 2 is not UTF-8",
        ),
        (cut, "a.md:1:4: byte 0xEC at byte 5 is not UTF-8"),
        (b"# a\n\0\n", "a.md:2:1: NUL byte (0x00) at byte 4"),
        (
            &utf16(notice, true, false),
            "a.md:1:1: this is UTF-16 (little endian)",
        ),
        (
            &utf16(notice, true, true),
            "a.md:1:1: this is UTF-16 (big endian)",
        ),
        (
            &utf16(notice, false, false),
            "this is UTF-16 (little endian)",
        ),
        (&utf16(notice, false, true), "this is UTF-16 (big endian)"),
    ];
    for (bytes, said) in cases {
        let found = refused(bytes);
        assert!(found.contains(said), "{said}\n{found}");
    }
}

#[test]
fn a_wording_is_found_through_what_no_reader_sees() {
    let plain = "고객님의 개인정보가 노출되었습니다.";
    let nfd: String = unicode_normalization::UnicodeNormalization::nfd(plain).collect();
    let mut twins = vec![
        ("NFD", nfd),
        (
            "NFD of one syllable",
            plain.replace('노', "\u{1102}\u{1169}"),
        ),
    ];
    for (name, mark) in [
        ("zero-width joiner", '\u{200d}'),
        ("zero-width space", '\u{200b}'),
        ("zero-width non-joiner", '\u{200c}'),
        ("soft hyphen", '\u{ad}'),
        ("word joiner", '\u{2060}'),
        ("no-break space", '\u{a0}'),
        ("narrow no-break space", '\u{202f}'),
        ("byte order mark", '\u{feff}'),
        ("right-to-left override", '\u{202e}'),
        ("isolate", '\u{2066}'),
        ("variation selector", '\u{fe0f}'),
        ("escape", '\u{1b}'),
        ("bell", '\u{7}'),
    ] {
        twins.push((name, plain.replace("노출", &format!("노{mark}출"))));
    }
    for (name, twin) in twins {
        let root = folder(&[(
            "a.md",
            format!("# 개인정보 유출 안내\n\n{twin}\n").as_bytes(),
        )]);
        let select = ["--select", "kr/no-exposure-euphemism"];
        let output = run(root.path(), &[&["check", "a.md"], &select[..]].concat());
        let said = text(&output.stdout);
        assert_eq!(output.status.code(), Some(1), "{name}\n{said}");
        // Decomposed, each letter of a syllable is a character of the file.
        let place = if name.starts_with("NF") {
            "a.md:3:"
        } else {
            "a.md:3:12"
        };
        assert!(said.contains(place), "{name}\n{said}");
    }
}

#[test]
fn nothing_in_a_notice_drives_the_terminal_or_the_log() {
    let evil = "\u{1b}[2J\u{1b}]0;owned\u{7}\u{9b}31m\u{202e}\u{2066}\r::error::owned\r\n::error::owned ##[error]owned\n";
    let notice = format!(
        "---\ntitle: \"\\e[31m노출 \\u202e\"\ncohort: \"\\a::error::x\"\n---\n# {evil}\n\n이름{evil}이 노출{evil}되었습니다. {evil}\n\n| {evil} | 노출되었습니다 |\n|---|---|\n"
    );
    let root = folder(&[("a.md", notice.as_bytes())]);
    for format in [
        "human", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "html",
    ] {
        let output = run(root.path(), &["check", "a.md", "--format", format]);
        for said in [text(&output.stdout), text(&output.stderr)] {
            let acts = |c: char| {
                c.is_control() && !matches!(c, '\n' | '\t') || matches!(c, '\u{202e}' | '\u{2066}')
            };
            assert!(!said.contains(acts), "{format}: {said:?}");
            for line in said.lines() {
                assert!(!line.starts_with("::error::owned"), "{format}: {line}");
                assert!(!line.contains("##[error]"), "{format}: {line}");
            }
        }
    }
}

#[test]
fn a_date_behind_a_separator_of_several_bytes_is_read() {
    for line in ["회원께·Jun 3", "회원께／Jun 3", "회원께 · 6월 3일"] {
        let root = folder(&[(
            "a.md",
            format!("# 개인정보 유출 안내\n\n{line}\n").as_bytes(),
        )]);
        let output = run(root.path(), &["check", "a.md"]);
        // Nothing failed: what is missing is told.
        assert_eq!(
            output.status.code(),
            Some(1),
            "{line}\n{}",
            text(&output.stderr)
        );
    }
}
