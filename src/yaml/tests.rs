use serde::Deserialize;

use super::*;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[allow(dead_code)]
struct File {
    name: String,
    number: Option<u64>,
    flag: Option<bool>,
    colour: Option<Colour>,
    one: Option<Entry>,
    many: Option<Vec<Entry>>,
    words: Option<Vec<String>>,
    named: Option<Ordered<Entry>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[allow(dead_code)]
struct Entry {
    title: String,
    aware_at: Option<String>,
    colour: Option<Colour>,
    deeper: Option<Box<Entry>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Colour {
    Red,
    DarkGreen,
}

/// `path:line:col-line:col: message (hint)`, then the text under the span.
pub(crate) fn show(problems: &[Problem], source: &str) -> String {
    let mut out = String::new();
    for problem in problems {
        let at = problem.at.expect("every problem of a text has a place");
        let slice = source
            .get(at.span.start..at.span.end)
            .expect("a span on character boundaries");
        let hint = problem
            .hint
            .as_ref()
            .map(|hint| format!(" ({hint})"))
            .unwrap_or_default();
        out += &format!(
            "{}:{}:{}-{}:{}: {}{hint}\n    under it: {slice:?}\n",
            problem.path, at.line, at.column, at.end_line, at.end_column, problem.message
        );
    }
    out
}

fn problems(source: &str) -> String {
    match read::<File>("rules/x.yaml", source) {
        Ok(_) => "fine\n".to_owned(),
        Err(problems) => show(&problems, source),
    }
}

#[test]
fn each_mistake_has_a_place_and_a_hint() {
    let deep = format!("name: {}x", "[".repeat(80));
    let deep_block = format!("name:\n  {}x", "- ".repeat(80));
    let bomb = "name: x\nwords:\n- &a [x, x, x, x, x, x, x, x, x, x]\n- &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\n- &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\n- &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]\n- &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]\n- &f [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e]\n";
    let cases = [
        ("unknown key, near", "nme: x\n"),
        ("unknown key, far", "name: x\nzzz: 1\n"),
        (
            "unknown key, level 2",
            "name: x\none:\n  title: y\n  aware_at: z\n",
        ),
        (
            "unknown key, level 2, first key",
            "name: x\none:\n  titel: y\n",
        ),
        (
            "unknown key, level 3 in a list",
            "name: x\nmany:\n- title: y\n  deeper: { title: 가, kolour: red }\n",
        ),
        (
            "unknown key, named entries",
            "name: x\nnamed:\n  가나:\n    title: y\n    colours: red\n",
        ),
        ("unknown key not text", "name: x\n1: y\n"),
        ("merge key", "name: x\n<<: { number: 1 }\n"),
        ("wrong variant", "name: x\ncolour: dark-gren\n"),
        (
            "wrong variant, far",
            "name: x\nmany:\n  - title: y\n    colour: \"파랑\" # c\n",
        ),
        ("variant is a list", "name: x\ncolour: [red]\n"),
        ("missing key at the root", "# comment\nnumber: 1\n"),
        ("missing key, block", "name: x\none:\n  colour: red\n"),
        ("missing key, braces", "name: x\none: { colour: red }\n"),
        (
            "missing key in a list",
            "name: x\nmany:\n  - title: y\n  - colour: red\n    aware-at: z\n",
        ),
        ("missing key, empty braces", "name: x\nmany: [ {} ]\n"),
        ("duplicate key", "name: x\nnumber: 1\nname: y\n"),
        (
            "duplicate keys, several levels",
            "name: x\none: { title: a, title: b }\nname: y\n",
        ),
        ("text for number", "name: x\nnumber: many\n"),
        ("separators in a number", "name: x\nnumber: 33,700,000\n"),
        ("negative number", "name: x\nnumber: -3\n"),
        ("fraction", "name: x\nnumber: 1.5\n"),
        (
            "too large a number",
            "name: x\nnumber: 99999999999999999999999\n",
        ),
        ("text for true", "name: x\nflag: yes\n"),
        ("list for text", "name: [안내]\n"),
        ("mapping for text", "name:\n  a: 1\n"),
        ("text for list", "name: x\nwords: one\n"),
        ("text for mapping", "name: x\none: two\n"),
        ("nothing for mapping in a list", "name: x\nmany:\n-\n"),
        ("list at the root", "- name: x\n"),
        ("text at the root", "name\n"),
        ("unquoted colon", "name: 사과: 안내\n"),
        ("unquoted bracket", "name: [회사] 안내\n"),
        (
            "unquoted bracket and colon",
            "name: [회사] 안내: 알림\nnumber: 1\n",
        ),
        ("no blank after the colon", "name:x\nnumber: 1\n"),
        ("indented too deep", "name: x\n  number: 1\n"),
        ("indented too little", "name: x\nwords:\n   - a\n  - b\n"),
        (
            "key not at its depth",
            "one:\n    title: y\n  colour: red\nname: x\n",
        ),
        ("bad escape", "name: \"가\\d\"\n"),
        ("unclosed quote", "name: \"x\nnumber: 1\n"),
        ("text after a quote", "name: \"x\" y\n"),
        ("unclosed bracket", "name: x\nwords: [a, b\nnumber: 1\n"),
        ("unclosed bracket at the end", "name: x\nwords: [a, b\n"),
        ("unclosed brace", "name: x\none: { title: a\n"),
        ("closing bracket too many", "name: x\nwords: [a]]\n"),
        ("list behind a key", "name: - x\n"),
        ("reserved character", "name: @x\n"),
        ("percent", "name: %x\n"),
        ("asterisk", "name: **x**\n"),
        ("tab", "name: x\none:\n\ttitle: y\n"),
        ("tab after blanks", "name: x\none:\n  \ttitle: y\n"),
        ("tab before a list", "name: x\nwords:\n\t- y\n"),
        ("two documents", "name: x\n---\nname: y\n"),
        ("empty", ""),
        ("only comments", "# nothing\n\n"),
        ("only a start", "---\n"),
        ("key that is a list", "[a, b]: c\n"),
        ("key that is a mapping", "? { a: b }\n: c\n"),
        ("alias that is not there", "name: *x\n"),
        ("alias in itself", "name: x\nwords: &a [ *a ]\n"),
        ("alias as a key", "name: &a x\n*a : y\n"),
        (
            "wrong type through an alias",
            "name: x\nwords: &a [ y ]\none: *a\n",
        ),
        (
            "unknown key through an alias",
            "name: x\none: &a { title: y, deeper: &b { titel: z } }\nmany: [ *a ]\n",
        ),
        (
            "missing key through an alias",
            "name: x\nnamed:\n  - &b { colour: red }\n",
        ),
        (
            "list of an alias of the wrong type",
            "name: &a x\nmany: [ *a ]\n",
        ),
        ("alias bomb", bomb),
        ("deep brackets", &deep),
        ("deep list", &deep_block),
        ("bom then a mistake", "\u{feff}nme: x\n"),
        ("crlf", "name: x\r\none:\r\n  titel: y\r\n"),
        (
            "control characters in a key",
            "name: x\n\"\\e[31m\\u202ex\": 1\n",
        ),
    ];
    let mut out = String::new();
    for (name, source) in cases {
        let start: String = source.chars().take(120).collect();
        out += &format!("# {name}\n{start}\n{}\n", problems(source));
    }
    insta::assert_snapshot!(out);
}

#[test]
fn all_mistakes_of_a_file_are_told_in_one_run() {
    let source = "\
number: many
nmae: x
flag: yes
words: [a, [b], c, {d: e}]
one:
  titel: y
  colour: blue
many:
  - title: z
    aware-at: [1]
  -
  - colour: red
    deeper:
      title: |
        # 제목: \"글\"

        글
      color: red
      deeper: {}
named:
  가: { title: '좋음, \"그럼\"', aware-at: 2026-01-01 }
  나: 3
  다: { title: 1, title-of: 2 }
";
    insta::assert_snapshot!(problems(source));
    // With aliases, one at a time.
    let aliases = "name: x\nnumber: &n many\nflag: *n\n";
    assert_eq!(problems(aliases).matches("under it").count(), 1);
}

#[test]
fn what_is_right_is_read() {
    assert_eq!(problems("\u{feff}name: x\n"), "fine\n");
    assert_eq!(problems("---\nname: x\nnumber: 3\n...\n"), "fine\n");
    assert_eq!(
        problems("name: x\r\nmany:\r\n  - title: &t y\r\n  - title: *t\r\n"),
        "fine\n"
    );
}

#[test]
fn places_are_those_of_the_whole_source() {
    let source = "\u{feff}---\nname: 가나 # c\none:\n  title: \"a\\\"b\"  # c\nwords: [ 'it''s' , 둘 ]\nmany:\n  - { title: &t y }\n  - title: *t\nnumber:\n---\n# 글\n";
    let yaml = Span::new(7, source.rfind("---").unwrap());
    let read = read_part::<File>("n.md", source, yaml).unwrap();
    let slice = |span: Option<Span>| span.map(|span| &source[span.start..span.end]);
    let value = |path: &[&str]| slice(read.places.value(path));
    assert_eq!(value(&["name"]), Some("가나"));
    assert_eq!(slice(read.places.key(&["name"])), Some("name"));
    assert_eq!(value(&["one"]), Some("title: \"a\\\"b\""));
    assert_eq!(value(&["one", "title"]), Some("\"a\\\"b\""));
    assert_eq!(value(&["words"]), Some("[ 'it''s' , 둘 ]"));
    assert_eq!(value(&["words", "0"]), Some("'it''s'"));
    assert_eq!(value(&["words", "1"]), Some("둘"));
    assert_eq!(value(&["words", "2"]), None);
    assert_eq!(slice(read.places.key(&["words", "1"])), None);
    assert_eq!(value(&["many", "1"]), Some("title: *t"));
    assert_eq!(value(&["many", "1", "title"]), Some("*t"));
    assert_eq!(value(&["number"]), Some("number"));
    assert_eq!(
        &source[read.places.near(&["one", "colour"]).start..][..5],
        "title"
    );
    let place = read
        .places
        .place(read.places.value(&["words", "1"]).unwrap());
    assert_eq!((place.line, place.column, place.end_column), (5, 20, 21));
}

#[test]
fn mistakes_in_a_part_are_placed_in_the_whole() {
    let source = "---\ntitle: 가\n---\n";
    let problems = read_part::<File>("n.md", source, Span::new(4, 15)).unwrap_err();
    insta::assert_snapshot!(show(&problems, source), @r#"
    n.md:2:1-2:6: unknown key `title` (known here: `name`, `number`, `flag`, `colour`, `one`, `many`, `words`, `named`)
        under it: "title"
    n.md:2:1-2:9: the key `name` is missing (add `name: …`)
        under it: "title: 가"
    "#);
}

#[test]
fn bytes_that_are_not_utf_8() {
    assert_eq!(decode("x", "가".as_bytes()), Ok("가"));
    let problem = decode("x", b"name: a\nb: \xea\xb0\x80\xff\n").unwrap_err();
    let at = problem.at.unwrap();
    assert_eq!((at.line, at.column, at.span.start), (2, 5, 14));
    assert_eq!(problem.message, "the file is not UTF-8 text");
    let problem = decode("x", b"\xff\xfen\0").unwrap_err();
    assert_eq!(problem.message, "the file is UTF-16, not UTF-8");
}

#[test]
fn dates_and_times() {
    let mut out = String::new();
    for text in [
        "2025-11-18",
        "2026-02-30",
        "2026-13-01",
        "2025-11",
        "2025. 11. 8.",
        "20251118",
        "18.11.2025",
        "yesterday",
        "",
        "2025-11-18T22:52+09:00",
        "2025-1-8",
    ] {
        out += &format!("date {text:?}: {:?}\n", date(text));
    }
    for text in [
        "2025-11-18T22:52+09:00",
        "2025-11-18T22:52:30Z",
        "2025-11-18 22:52+09:00",
        "2025-11-18T22:52[Asia/Seoul]",
        "2025-11-18T22:52+09:00[Asia/Seoul]",
        "2025-11-18T22:52+08:00[Asia/Seoul]",
        "2025-11-18T22:52+09:00[Asia/Soul]",
        "2025-11-18",
        "2025-11-18T22:52",
        "2026-02-30T10:00+09:00",
        "2025-11-18T25:00+09:00",
        "2025-11-18T22:52KST",
        "2025년 11월 18일 22:52",
        "",
        "9999-12-31T23:59-23:00",
        "-009999-01-01T00:00Z",
    ] {
        out += &format!("time {text:?}: {:?}\n", zoned(text));
    }
    insta::assert_snapshot!(out);
}

#[test]
fn hostile_text_ends_quickly() {
    let unit = [
        "[", "{", "- ", "? ", ": ", ">", "|", "*", "&a ", "!", "!a ", "%", "\"", "'", "#", "\\",
        "\t", "a: ", "[a, ", "{a: ", "a\n", "\n", "-\n", "\u{feff}", "가", "\0", "---\n", "*a ",
        "&a\n", "a:\n", "[]", "[],", "- a\n", "a,", "? a\n", "\"\\", "''", "a b ",
    ];
    for unit in unit {
        for prefix in [
            "",
            "name: ",
            "name:\n  - ",
            "name: \"",
            "name: [",
            "a: &a [x]\nb: [",
        ] {
            let text = format!("{prefix}{}", unit.repeat(1_000_000 / unit.len()));
            let start = std::time::Instant::now();
            let _ = read::<File>("x", &text);
            let took = start.elapsed();
            assert!(took.as_secs() < 20, "{prefix:?} {unit:?} took {took:?}");
            if took.as_millis() > 700 {
                eprintln!("{prefix:?} {unit:?} took {took:?}");
            }
        }
    }
}

proptest::proptest! {
    #[test]
    fn never_panics(text in "[-\\[\\]{}:,#&*!|>'\"%@` \\t\\n\\r\u{feff}ab0가~?\\\\<.]{0,60}", start in 0usize..8) {
        let source = format!("{}{text}", "가b".chars().cycle().take(start).collect::<String>());
        let offset = source.len() - text.len();
        for result in [read_part::<File>("x", &source, Span::new(offset, source.len())).map(|_| ()),
                       read_part::<Ordered<File>>("x", &source, Span::new(offset, source.len())).map(|_| ()),
                       read_part::<serde_yaml::Value>("x", &source, Span::new(offset, source.len())).map(|_| ())] {
            if let Err(problems) = result {
                show(&problems, &source);
            }
        }
        let _ = (date(&text), zoned(&text), shown(&text), nearest(&text, ["name"]));
    }
}

#[test]
fn a_carriage_return_alone_ends_a_line() {
    let source = "name: x\rnumber: [\rflag: true\r";
    assert!(problems(source).starts_with("rules/x.yaml:3:1-3:2: "));
}
