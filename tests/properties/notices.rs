//! Notices at random: sentences that say something, in blocks of all kinds, with marks inside of words.

use proptest::prelude::*;
use proptest::sample::select;

const SENTENCES: [&str; 28] = [
    "고객님의 이름과 이메일 주소가 유출되었습니다.",
    "이름, 이메일 주소, 공동현관 비밀번호가 유출된 사실을 9월 30일 확인하였습니다.",
    "카드번호는 유출되지 않았습니다.",
    "공동현관 비밀번호가 유출되었을 가능성이 있습니다.",
    "개인정보가 노출되었습니다.",
    "비인가 조회된 계정은 약 4,500개입니다.",
    "2026년 9월 1일부터 9월 7일까지 외부 공격자의 비정상 접근이 있었습니다.",
    "고객 1,200명의 주소가 유출되었습니다.",
    "계정 비밀번호를 변경해 주시기 바랍니다.",
    "비밀번호를 변경하실 필요는 없습니다.",
    "의심스러운 전화나 문자에 주의해 주시기 바랍니다.",
    "고객센터 02-000-0000 또는 privacy@acme.example 로 문의해 주십시오.",
    "개인정보침해 신고센터(118)에 신고하실 수 있습니다.",
    "손해배상을 청구하실 수 있습니다.",
    "생년월일 등 일부 정보가 유출되었습니다.",
    "접속 경로를 차단하고 보안 점검을 마쳤습니다.",
    "앞서 '노출'로 안내드린 것을 '유출'로 정정합니다.",
    "안심하셔도 됩니다.",
    "{{name}} 님께 알려 드립니다.",
    "Your name and e-mail address were leaked.",
    "Card numbers were not affected.",
    "Your date of birth may have been exposed.",
    "On September 1, 2026 an attacker copied the data of 1,200 customers.",
    "Please change your account password.",
    "You do not need to change your password.",
    "Call our help desk at 02-000-0000.",
    "We apologise for the inconvenience.",
    "유출된 항목은 다음과 같습니다.",
];

const WORDS: [&str; 12] = [
    "이름",
    "이메일 주소",
    "공동현관 비밀번호",
    "카드번호",
    "주소",
    "전화번호",
    "생년월일",
    "계좌번호",
    "name",
    "e-mail address",
    "유출",
    "password",
];

/// Marks put into the middle of a sentence, which a reader does not see or sees as a space.
const MARKS: [&str; 5] = ["<b></b>", "<!-- x -->", "\u{200b}", "\u{ad}", "\u{feff}"];

fn sentence() -> impl Strategy<Value = String> {
    (
        select(&SENTENCES[..]),
        any::<prop::sample::Index>(),
        0..14_usize,
    )
        .prop_map(|(text, at, how)| {
            let cuts: Vec<usize> = text.char_indices().map(|(i, _)| i).collect();
            let cut = cuts[at.index(cuts.len())];
            let word = text[cut..].chars().next().filter(|c| c.is_alphabetic());
            match (how, word) {
                (mark @ 0..5, Some(_)) => {
                    format!("{}{}{}", &text[..cut], MARKS[mark], &text[cut..])
                }
                // Strong in the middle of a word.
                (5, Some(c)) => {
                    let after = cut + c.len_utf8();
                    format!("{}**{c}**{}", &text[..cut], &text[after..])
                }
                _ => text.to_owned(),
            }
        })
}

fn paragraph() -> impl Strategy<Value = String> {
    (
        prop::collection::vec(sentence(), 1..5),
        select(&[" ", "\n", "<br>"][..]),
    )
        .prop_map(|(sentences, between)| sentences.join(between))
}

fn words() -> impl Strategy<Value = Vec<&'static str>> {
    prop::collection::vec(select(&WORDS[..]), 1..5)
}

fn block() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => paragraph(),
        1 => sentence().prop_map(|s| format!("## {s}")),
        1 => sentence().prop_map(|s| format!("> {s}\n> {s}")),
        1 => sentence().prop_map(|s| format!("~~{s}~~ {s}")),
        1 => sentence().prop_map(|s| format!("<!-- {s} -->\n{s}")),
        1 => sentence().prop_map(|s| format!("`{s}` ({s})")),
        1 => sentence().prop_map(|s| format!("<div hidden>{s}</div>\n\n{s}")),
        1 => sentence().prop_map(|s| format!("**유출(사고)**를 {s}")),
        2 => words().prop_map(|w| format!("- {}", w.join("\n- "))),
        1 => words().prop_map(|w| format!("다음 항목이 유출되었습니다.\n\n1. {}", w.join("\n2. "))),
        1 => words().prop_map(|w| format!("가. {}", w.join("\n나. "))),
        1 => words().prop_map(|w| format!("{}은 유출되지 않았습니다.", w.join(", "))),
        2 => words().prop_map(|w| {
            format!("| 항목 | 여부 |\n|---|---|\n| {} | 유출 |", w.join(" | 유출 |\n| "))
        }),
    ]
}

/// A notice without front matter.
pub fn body() -> impl Strategy<Value = String> {
    prop::collection::vec(block(), 1..7)
        .prop_map(|blocks| format!("# 개인정보 유출 안내\n\n{}\n", blocks.join("\n\n")))
}

pub fn notice() -> impl Strategy<Value = String> {
    const FRONTS: [&str; 4] = [
        "",
        "---\nkind: full\n---\n",
        "---\nkind: possibility\nchannel: email\n---\n",
        "---\ntitle: 개인정보 노출 안내\nnotify-at: 2026-10-03T10:00+09:00\n---\n",
    ];
    (select(&FRONTS[..]), body()).prop_map(|(front, body)| format!("{front}{body}"))
}
