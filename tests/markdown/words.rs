//! Which words are seen, which join, and where they stand.

use noticelint::notice::fold;
use unicode_normalization::UnicodeNormalization;

use crate::support::*;

// ---- Acceptance 3: what looks the same reads the same

#[test]
fn twins_of_a_plain_file() {
    let plain = parse(PLAIN);
    let twins = [
        ("CRLF", PLAIN.replace('\n', "\r\n")),
        ("CR", PLAIN.replace('\n', "\r")),
        ("byte order mark", format!("\u{feff}{PLAIN}")),
        ("no final newline", PLAIN.trim_end().to_owned()),
        ("NFD", PLAIN.nfd().collect()),
        (
            "no-break space",
            PLAIN.replace("정보 유출", "정보\u{a0}유출"),
        ),
        ("zero-width space", PLAIN.replace("유출", "유\u{200b}출")),
        ("soft hyphen", PLAIN.replace("유출", "유\u{ad}출")),
        ("full-width digit", PLAIN.replace('3', "３")),
        ("tab after the bullet", PLAIN.replace("- ", "-\t")),
    ];
    for (name, twin) in &twins {
        let notice = parse(twin);
        assert_eq!(texts(&notice), texts(&plain), "{name}");
        assert_eq!(kinds(&notice), kinds(&plain), "{name}");
        let source = source(twin);
        let found = slice(&source, &notice, "정보 유출");
        assert_eq!(fold(found), "정보 유출", "{name}");
    }
}

#[test]
fn an_emoji_sequence_keeps_its_place() {
    let text = "\u{1f469}\u{200d}\u{1f4bb} 유출";
    let notice = parse(text);
    assert_eq!(slice(&source(text), &notice, "유출"), "유출");
    assert_eq!(
        source(text).line_column(text.find('유').expect("there")),
        (1, 5)
    );
}

// ---- Acceptance 4: what parts words and what does not

#[test]
fn words_join_across_marks() {
    let cases = [
        ("개인**정보**유출", "개인정보유출", "개인**정보**유출"),
        ("개인*정보*유출", "개인정보유출", "개인*정보*유출"),
        ("개인`정보`유출", "개인정보유출", "개인`정보`유출"),
        (
            "개인[정보](http://a.example)유출",
            "개인정보유출",
            "개인[정보](http://a.example)유출",
        ),
        ("개인<b>정보</b>유출", "개인정보유출", "개인<b>정보</b>유출"),
        ("개인&#51221;보유출", "개인정보유출", "개인&#51221;보유출"),
        ("개인정보 유출", "개인정보 유출", "개인정보 유출"),
        ("개인정보&nbsp;유출", "개인정보 유출", "개인정보&nbsp;유출"),
        ("유출\\(사고\\)", "유출(사고)", "유출\\(사고\\)"),
        ("유출\\*사고\\*", "유출*사고*", "유출\\*사고\\*"),
        ("A\\&B", "A&B", "A\\&B"),
        ("개인정보[^1]가\n\n[^1]: 주", "개인정보가", "개인정보[^1]가"),
        ("**유출(사고)**를", "유출(사고)를", "유출(사고)**를"),
    ];
    for (text, phrase, raw) in cases {
        let notice = parse(text);
        assert_eq!(notice.blocks[0].text.as_str(), phrase, "{text}");
        let source = source(text);
        assert_eq!(slice(&source, &notice, phrase), raw, "{text}");
    }
}

#[test]
fn a_jamo_sequence_across_marks_composes() {
    let text = "유\u{110e}**\u{116e}\u{11af}** 사고";
    let notice = parse(text);
    assert_eq!(texts(&notice), ["유출 사고"]);
    assert_eq!(
        slice(&source(text), &notice, "출"),
        "\u{110e}**\u{116e}\u{11af}"
    );
    assert_eq!(notice.blocks[0].strong, std::slice::from_ref(&(3..6)));
}

#[test]
fn breaks_part_words() {
    assert_eq!(texts(&parse("개인정보\n유출")), ["개인정보\n유출"]);
    assert_eq!(texts(&parse("개인정보\r\n유출")), ["개인정보\n유출"]);
    assert_eq!(texts(&parse("개인정보  \n유출")), ["개인정보\u{2028}유출"]);
    assert_eq!(texts(&parse("개인정보\\\n유출")), ["개인정보\u{2028}유출"]);
    assert_eq!(texts(&parse("개인정보<br>유출")), ["개인정보\u{2028}유출"]);
    assert_eq!(
        texts(&parse("개인정보<!-- - -->유출")),
        ["개인정보\u{1f}유출"]
    );
    assert_eq!(texts(&parse("개인정보~~는~~유출")), ["개인정보\u{1f}유출"]);
    assert_eq!(
        texts(&parse("개인정보![](a.png)유출")),
        ["개인정보\u{1f}유출"]
    );
    assert_eq!(texts(&parse("개인정보\n\n유출")), ["개인정보", "유출"]);
    assert_eq!(
        texts(&parse("| 개인정보 | 유출 |\n|---|---|")),
        ["개인정보", "유출"]
    );
    assert_eq!(texts(&parse("> 개인정보\n> 유출")), ["개인정보\n유출"]);
}

#[test]
fn an_entity_is_one_piece() {
    let text = "A&amp;B &lt; &#x41;";
    let notice = parse(text);
    assert_eq!(texts(&notice), ["A&B < A"]);
    assert_eq!(slice(&source(text), &notice, "&"), "&amp;");
}

#[test]
fn code_spans_keep_their_places() {
    for (text, phrase, raw) in [
        ("가 `` a`b `` 나", "a`b", "a`b"),
        ("> `유출\n> 사고` 나", "사고", "사고"),
        ("| `r\\|s` |\n|---|", "|s", "\\|s"),
        ("`유출\r\n사고`", "유출 사고", "유출\r\n사고"),
    ] {
        let notice = parse(text);
        assert_eq!(slice(&source(text), &notice, phrase), raw, "{text:?}");
        let code = &notice.blocks[0].code[0];
        assert!(
            notice.blocks[0].text.as_str()[code.clone()].contains(phrase),
            "{text:?}"
        );
    }
}
