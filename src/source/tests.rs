use super::{MAX_BYTES, Source, SourceError, Span};

fn source(text: &str) -> Source {
    Source::decode("notice.md", text.as_bytes().to_vec()).expect("UTF-8")
}

fn error(bytes: &[u8]) -> SourceError {
    Source::decode("notice.md", bytes.to_vec()).expect_err("not UTF-8")
}

#[test]
fn lines_of_every_kind() {
    let source = source("가\n나\r\n다\r라\n");
    let at = |c: char| source.line_column(source.text.find(c).expect("in the text"));
    assert_eq!(at('가'), (1, 1));
    assert_eq!(at('나'), (2, 1));
    assert_eq!(at('다'), (3, 1));
    assert_eq!(at('라'), (4, 1));
    assert_eq!(source.line_column(source.text.len()), (5, 1));
    assert_eq!(source.line_column(usize::MAX), (5, 1));
    assert_eq!(source.line_count(), 5);
    let lines: Vec<&str> = (1..=5)
        .filter_map(|line| source.line_span(line))
        .map(|span| source.slice(span))
        .collect();
    assert_eq!(lines, ["가", "나", "다", "라", ""]);
    assert_eq!(source.line_span(0), None);
    assert_eq!(source.line_span(6), None);
}

#[test]
fn columns_count_characters() {
    let source = source("\u{feff}\t유출 a");
    assert_eq!(source.line_column(0), (1, 1));
    assert_eq!(
        source.line_column(3),
        (1, 1),
        "the byte order mark is no column"
    );
    assert_eq!(source.line_column(4), (1, 2), "a tab is one");
    assert_eq!(source.line_column(7), (1, 3));
    assert_eq!(source.line_column(8), (1, 3), "inside a character");
    assert_eq!(source.line_column(10), (1, 4));
    assert_eq!(source.line_column(source.text.len()), (1, 6));
}

#[test]
fn columns_of_a_long_line() {
    let text = format!("첫 줄\n{}끝", "가a".repeat(10_000));
    let source = source(&text);
    assert_eq!(source.line_column(text.len()), (2, 20_002));
    let byte = text.find("가a").expect("in the text") + 4 * 777;
    assert_eq!(source.line_column(byte), (2, 2 * 777 + 1));
}

#[test]
fn every_position_agrees_with_counting() {
    let text = "\u{feff}가나\r\n\r\n다 e\u{301}\u{1f469}\u{200d}\u{1f4bb}\rx\n".repeat(40);
    let source = source(&text);
    let (mut line, mut column) = (1, 1);
    let mut previous = ' ';
    for (byte, c) in text.char_indices() {
        if byte > 0 {
            if previous == '\n' || (previous == '\r' && c != '\n') {
                (line, column) = (line + 1, 1);
            } else if byte > 3 {
                column += 1;
            }
        }
        assert_eq!(source.line_column(byte), (line, column), "byte {byte}");
        previous = c;
    }
}

#[test]
fn slices_never_fail() {
    let source = source("가나");
    assert_eq!(source.slice(Span::new(0, 3)), "가");
    assert_eq!(source.slice(Span::new(1, 5)), "가");
    assert_eq!(source.slice(Span::new(3, 99)), "나");
    assert_eq!(source.slice(Span::new(99, 1)), "");
}

#[test]
fn the_byte_order_mark_stays() {
    let source = source("\u{feff}# 제목");
    assert_eq!(source.text.find('#'), Some(3));
}

#[test]
fn other_encodings_are_named() {
    let utf16 = |bytes: &[u8]| matches!(error(bytes), SourceError::NotUtf8Encoding { .. });
    let text = "유출 안내\n2026. 3. 12.";
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert!(utf16(&[&[0xff, 0xfe], little.as_slice()].concat()));
    assert!(utf16(&[&[0xfe, 0xff], big.as_slice()].concat()));
    assert!(utf16(&little), "without a mark");
    assert!(utf16(&big), "without a mark");
    let message = error(&[0xff, 0xfe, 0x60, 0xc7]).to_string();
    assert!(message.contains("UTF-16 (little endian)"), "{message}");
}

#[test]
fn cp949_is_placed() {
    // `유출` in CP949 on the second line, after `가` in UTF-8.
    let bytes = [b"a\n\xea\xb0\x80".as_slice(), &[0xc0, 0xaf, 0xc3, 0xe2]].concat();
    let expected = SourceError::InvalidUtf8 {
        byte: 0xc0,
        offset: 5,
        line: 2,
        column: 2,
    };
    assert_eq!(error(&bytes), expected);
    assert!(expected.to_string().contains("CP949"));
    assert!(
        matches!(
            error(&[0xea, 0xb0]),
            SourceError::InvalidUtf8 { offset: 0, .. }
        ),
        "cut short"
    );
}

#[test]
fn nul_is_placed() {
    let expected = SourceError::NulByte {
        offset: 4,
        line: 2,
        column: 2,
    };
    assert_eq!(error(b"ab\nc\0de"), expected);
}

#[test]
fn too_large() {
    let size = MAX_BYTES + 1;
    assert_eq!(error(&vec![b' '; size]), SourceError::TooLarge { size });
    assert!(Source::decode("notice.md", vec![b' '; MAX_BYTES]).is_ok());
}

#[test]
fn empty() {
    let source = source("");
    assert_eq!(source.line_column(0), (1, 1));
    assert_eq!(source.slice(Span::new(0, 0)), "");
}
