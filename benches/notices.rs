//! Realistic notices of invented organisations, the same ones for the same seed.

/// A small generator of pseudo-random numbers (xorshift64*), so that every machine makes the same notices.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.next() >> 33) as usize % n
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

const NAMES: [&str; 8] = [
    "해든마켓",
    "온누리여행",
    "가람의료원",
    "두루배송",
    "나래은행",
    "초록도서관",
    "보라게임즈",
    "한결학원",
];
const ITEMS: [&str; 12] = [
    "이름",
    "전화번호",
    "이메일 주소",
    "배송지 주소",
    "주문 내역",
    "암호화된 비밀번호",
    "생년월일",
    "공동현관 비밀번호",
    "계좌번호",
    "여권번호",
    "접속 기록",
    "개인통관고유부호",
];
const HOW: [&str; 4] = [
    "외부의 공격자가 관리자 계정을 도용하여 고객 정보를 내려받은 사실을 확인하였습니다.",
    "퇴사한 직원의 접속 권한이 회수되지 않아 데이터베이스의 일부가 유출되었습니다.",
    "발송 담당자의 실수로 다른 고객의 명단이 첨부된 메일이 발송되었습니다.",
    "악성코드에 감염된 서버를 통하여 회원 정보가 빠져나간 것으로 확인되었습니다.",
];
const DENIED: [&str; 4] = [
    "카드번호와 결제 정보는 유출되지 않았습니다.",
    "비밀번호는 당사가 저장하지 않으므로 이번 일과 관계가 없습니다.",
    "주민등록번호는 유출된 항목에 포함되어 있지 않습니다.",
    "그 밖의 개인정보가 유출되었는지는 아직 조사하고 있습니다.",
];
const ADVICE: [&str; 5] = [
    "다른 누리집에서 같은 비밀번호를 쓰고 계시면 지금 바꾸어 주시기 바랍니다.",
    "출처를 알 수 없는 문자나 전화의 링크를 누르지 마시고 바로 삭제해 주십시오.",
    "공동현관 비밀번호를 변경하여 주시기 바랍니다.",
    "카드 사용 내역을 살펴보시고 모르는 결제가 있으면 카드사에 신고해 주십시오.",
    "피해가 발생한 경우 아래 전담 창구로 알려 주시면 절차에 따라 도와드리겠습니다.",
];
const FILLER: [&str; 5] = [
    "당사는 사고를 인지한 즉시 해당 서버의 접속을 차단하고 관계 기관에 신고하였습니다.",
    "고객님께 심려를 끼쳐 드린 점 머리 숙여 사과드립니다.",
    "외부 전문 기관과 함께 원인을 조사하고 있으며, 결과가 나오는 대로 다시 알려 드리겠습니다.",
    "같은 일이 다시 일어나지 않도록 접근 권한과 보안 설비를 전면 점검하고 있습니다.",
    "이 안내는 해당하는 모든 고객님께 개별적으로 보내 드리고 있습니다.",
];
const ENGLISH: [&str; 8] = [
    "On 3 March 2026 we discovered that an unauthorised person had copied customer records from one of our servers.",
    "The data included your name, email address, telephone number and order history.",
    "Your payment card details were not affected, because we do not store them.",
    "Please change your password if you use the same one elsewhere.",
    "Do not click on links in messages that claim to come from us.",
    "We reported the incident to the authority within 72 hours and are working with outside specialists.",
    "About 16,500 accounts were affected.",
    "If you have any questions, contact our privacy team at privacy@alder-and-finch.example or 020 7946 0123.",
];

/// A notice of about so many bytes.
pub fn notice(seed: u64, bytes: usize) -> String {
    let mut r = Random::new(seed);
    if r.below(4) == 0 {
        return english(&mut r, bytes);
    }
    let name = r.of(&NAMES);
    let (month, day) = (1 + r.below(12), 1 + r.below(28));
    let mut out = format!(
        "# 개인정보 유출 안내\n\n{name}에서 알려 드립니다. {}\n\n## 유출된 항목\n\n",
        r.of(&HOW)
    );
    for i in 0..3 + r.below(4) {
        out += &format!("- {}\n", ITEMS[(i * 5 + day) % ITEMS.len()]);
    }
    out += &format!(
        "\n총 {},{:03}명의 정보가 유출되었습니다. {}\n\n## 유출된 시점\n\n2026년 {month}월 {day}일 {}시경 유출되었고, \
         2026년 {month}월 {day}일에 이를 알게 되었습니다.\n\n## 하셔야 할 일\n\n",
        1 + r.below(900),
        r.below(1000),
        r.of(&DENIED),
        r.below(24)
    );
    for _ in 0..3 {
        out += &format!("{}. {}\n", 1, r.of(&ADVICE));
    }
    out += "\n| 구분 | 연락처 |\n|---|---|\n| 개인정보보호팀 | 02-0123-4567 |\n| 전담 창구 | privacy@haedeun.example |\n";
    while out.len() < bytes {
        let heading = r.below(6) == 0;
        out += &match (heading, r.below(4)) {
            (true, _) => format!("\n## {}\n", r.of(&["조치", "경위", "문의", "구제 절차"])),
            (_, 0) => format!("\n{} {}\n", r.of(&DENIED), r.of(&FILLER)),
            (_, 1) => format!(
                "\n- {}: {}\n",
                r.of(&ITEMS),
                r.of(&["유출됨", "해당 없음", "확인 중"])
            ),
            (_, 2) => format!("\n**{}** {}\n", r.of(&ADVICE), r.of(&FILLER)),
            _ => format!("\n{} {}\n", r.of(&FILLER), r.of(&HOW)),
        };
    }
    out
}

fn english(r: &mut Random, bytes: usize) -> String {
    let mut out = String::from("# Notice of a data breach\n\n");
    while out.len() < bytes {
        if r.below(7) == 0 {
            out += &format!(
                "\n## {}\n\n",
                r.of(&["What happened", "What you can do", "Contact"])
            );
        }
        let (a, b) = (r.of(&ENGLISH), r.of(&ENGLISH));
        out += &format!("{a} {b}\n\n");
    }
    out
}
