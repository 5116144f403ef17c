//! What a reader sees and what not; front matter.

use noticelint::notice::HiddenKind;

use crate::support::*;

#[test]
fn what_a_reader_does_not_see() {
    use HiddenKind::{Comment, Html, ImageText, LinkTarget, Strikethrough, SurplusCell};
    let cases = [
        ("<!-- 공동현관 비밀번호 -->", Comment),
        ("가 <!-- 공동현관 비밀번호 --> 나", Comment),
        ("<!--\n공동현관 비밀번호\n\n-->", Comment),
        ("가 ~~공동현관 비밀번호~~", Strikethrough),
        ("가 ~공동현관 비밀번호~", Strikethrough),
        ("가 ~~공동현관 **비밀번호**~~", Strikethrough),
        ("가 <del>공동현관 비밀번호</del>", Strikethrough),
        (
            "가 <s>공동현관 비밀번호</s> <strike></strike>",
            Strikethrough,
        ),
        ("<del>\n\n공동현관 비밀번호\n\n</del>", Strikethrough),
        (
            "<div><strike>공동현관 비밀번호</strike></div>",
            Strikethrough,
        ),
        ("<script>공동현관 비밀번호</script>", Html),
        ("<style>공동현관 비밀번호</style>", Html),
        ("<template>공동현관 비밀번호</template>", Html),
        ("<div hidden>공동현관 비밀번호</div>", Html),
        ("<div hidden>\n\n- 공동현관 비밀번호\n\n</div>", Html),
        ("<div style='display: none'>공동현관 비밀번호</div>", Html),
        (
            "<p>가</p><p style=\"visibility:hidden\">공동현관 비밀번호</p>",
            Html,
        ),
        (
            "가 <span style=\"display:none\">공동현관 비밀번호</span>",
            Html,
        ),
        ("![공동현관 비밀번호](a.png)", ImageText),
        ("<img src=a.png alt='공동현관 비밀번호'>", ImageText),
        (
            "[가](https://a.example/공동현관 \"공동현관 비밀번호\")",
            LinkTarget,
        ),
        ("<a href=\"공동현관 비밀번호\">가</a>", LinkTarget),
        (
            "[가][나]\n\n[나]: https://a.example '공동현관 비밀번호'",
            LinkTarget,
        ),
        ("| 가 |\n|---|\n| 나 | 공동현관 비밀번호 |", SurplusCell),
    ];
    for (text, kind) in cases {
        let notice = parse(text);
        assert!(
            !texts(&notice).iter().any(|text| text.contains("비밀번호")),
            "{text}: {:?}",
            texts(&notice)
        );
        let found = hidden(&notice, kind);
        assert!(
            found.iter().any(|text| text.contains("공동현관 비밀번호")),
            "{text}: {:?}",
            notice.hidden
        );
        let place = notice
            .hidden
            .iter()
            .find(|hidden| hidden.text.contains("공동현관 비밀번호"));
        let raw = place.map(|hidden| source(text).slice(hidden.span).to_owned());
        assert!(raw.is_some_and(|raw| raw.contains("비밀번호")), "{text}");
    }
}

#[test]
fn what_a_reader_does_see() {
    let cases = [
        "<!-- 가 --> 공동현관 비밀번호",
        "<!--\n가\n--> 공동현관 비밀번호",
        "<div>공동현관 비밀번호</div>",
        "<details><summary>가</summary>공동현관 비밀번호</details>",
        "<details>\n<summary>가</summary>\n\n- 공동현관 비밀번호\n\n</details>",
        "<table><tr><td>공동현관\n  비밀번호</td></tr></table>",
        "<table>\n<tr><td>\n\n공동현관 비밀번호\n\n</td></tr>\n</table>",
        "<ul><li>공동현관&#32;비밀번호</ul>",
        "<del>가</del> 공동현관 비밀번호",
        "~~가~~ 공동현관 비밀번호",
        "<div hidden>가</div>\n\n공동현관 비밀번호",
        "- <s>가\n\n공동현관 비밀번호",
        "[공동현관 비밀번호](https://a.example)",
        "> 공동현관 비밀번호",
        "    공동현관 비밀번호",
        "가 <!-- 공동현관 비밀번호",
        "<!-->공동현관 비밀번호",
        "<input type=text>공동현관 비밀번호",
        "<textarea>공동현관 비밀번호</textarea>",
        "10~20만, 공동현관 비밀번호, 30~40만",
    ];
    for text in cases {
        let notice = parse(text);
        let seen = |text: &&str| text.replace('\n', " ").contains("공동현관 비밀번호");
        assert!(
            texts(&notice).iter().any(seen),
            "{text}: {:?}",
            texts(&notice)
        );
    }
}

#[test]
fn an_unclosed_comment_hides_the_rest() {
    let text = "# 제목\n\n앞\n\n<!-- 검토 중\n\n공동현관 비밀번호\n\n## 뒤\n";
    let notice = parse(text);
    assert_eq!(texts(&notice), ["제목", "앞"]);
    assert_eq!(notice.hidden.len(), 1);
    assert_eq!(notice.hidden[0].kind, HiddenKind::UnclosedComment);
    assert_eq!(
        source(text).slice(notice.hidden[0].span),
        &text[text.find("<!--").expect("there")..]
    );
    assert!(notice.hidden[0].text.contains("공동현관 비밀번호"));
    // Inside a quotation it hides what comes after the quotation, too: the browser knows of no quotation.
    assert_eq!(texts(&parse("> 앞\n>\n> <!-- 검토\n\n뒤\n")), ["앞"]);
    // Several of them are one.
    assert_eq!(parse("<!--\n<!--\n\n<!--").hidden.len(), 1);
}

#[test]
fn front_matter_only_at_the_start() {
    let text = "---\ntitle: 안내\n---\n본문\n\n---\n중간\n\n---\n\n끝\n";
    let notice = parse(text);
    let front = notice.front.as_ref().expect("front matter");
    assert_eq!(source(text).slice(front.yaml), "title: 안내\n");
    assert!(front.closed);
    assert_eq!(texts(&notice), ["본문", "중간", "끝"]);
    assert!(parse("\n---\ntitle: 안내\n---\n").front.is_none());
    let unclosed = parse("---\ntitle: 안내\n\n본문\n");
    assert!(unclosed.front.as_ref().is_some_and(|front| !front.closed));
    assert_eq!(texts(&unclosed), ["title: 안내", "본문"]);
}
