//! Shapes of notices that are meant to hurt. The benchmark measures them too.

/// So many of a shape.
pub type Shape = fn(usize) -> String;

/// The shapes, each with the size that a notice is to stand.
pub fn shapes() -> Vec<(&'static str, usize, Shape)> {
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
        ("things to do and wishes", 20_000, |n| {
            format!("You can {}it.\n", "change want to ".repeat(n))
        }),
        ("clauses of advice", 10_000, |n| {
            "변경을 원하시면 조치해 주시고 ".repeat(n)
        }),
        ("English clauses of advice", 10_000, |n| {
            "please reset what you can if you want to and ".repeat(n)
        }),
        ("items that verbs describe", 20_000, |n| {
            format!("Your {}used for refunds.\n", "name, ".repeat(n))
        }),
        ("items, then verbs", 20_000, |n| {
            format!(
                "Your {}{}\n",
                "name, ".repeat(n),
                "used for refunds ".repeat(n)
            )
        }),
        ("items besides others", 20_000, |n| {
            "besides your name, ".repeat(n) + "your address leaked.\n"
        }),
        ("items that no one has", 20_000, |n| {
            "no name or ".repeat(n) + "address was on the tablet.\n"
        }),
        ("carriage returns", 20_000, |n| {
            "이름이 유출되었습니다.\r".repeat(n)
        }),
    ]
}

pub fn notice(shape: Shape, n: usize) -> String {
    format!(
        "---\nkind: full\n---\n# 개인정보 유출 안내\n\n{}\n",
        shape(n)
    )
}
