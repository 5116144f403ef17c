use proptest::prelude::*;

use super::*;
use crate::linter::{Linter, Settings};
use crate::report::Severity;
use crate::rules::RuleSet;
use crate::source::Source;

const KINDS: [Kind; 7] = [
    Kind::Full,
    Kind::Partial,
    Kind::Possibility,
    Kind::Supplement,
    Kind::Correction,
    Kind::AllClear,
    Kind::Posting,
];

static LINTER: LazyLock<Linter> =
    LazyLock::new(|| Linter::new(RuleSet::builtin().unwrap(), Settings::default()));

fn facts(text: &str) -> Facts {
    let items: Vec<&str> = LINTER.rules().item_ids().collect();
    Facts::parse("incident.yaml", text, &items).unwrap_or_else(|e| panic!("{e:?}\n{text}"))
}

/// What a writer fills in where the facts have nothing.
fn by_hand(lang: Lang) -> Values {
    let pairs: &[(&str, &str, &str)] = &[
        ("organisation", "나래마켓", "Narae Market"),
        (
            "cause",
            "퇴사자의 접속키를 악용한 공격자가 서버에 침입하여 정보를 내려받았습니다.",
            "An attacker used the stolen key of a former employee to break into our server and copied the data.",
        ),
        (
            "measures",
            "- 악용된 접속키를 폐기하였습니다.\n- 공격에 쓰인 IP 주소를 차단하였습니다.",
            "- We revoked the key.\n- We blocked the attacker's addresses.",
        ),
        (
            "wrong",
            "앞선 통지에서 ‘노출’이라고 적은 것은 잘못된 표현으로, ‘유출’로 바로잡습니다.",
            "That notice wrongly called it an “exposure”; it was a leak.",
        ),
        (
            "news",
            "유출된 기간을 확인하였습니다.",
            "We have established when it happened.",
        ),
        (
            "found",
            "외부 조사 기관과 함께 2026년 11월 2일까지 서버 기록을 분석하여 확인하였습니다.",
            "An outside laboratory established this from our server logs by 2 November 2026.",
        ),
        (
            "source",
            "회원이 배송지로 등록하여 보관하던 정보입니다.",
            "A member saved you as a recipient of a delivery.",
        ),
        ("desk", "개인정보보호팀", "Privacy Office"),
        ("reach", "02-555-0134", "02-555-0134"),
        ("earlier", "2026년 10월 3일", "3 October 2026"),
        ("occurred", "2026년 9월 20일", "20 September 2026"),
    ];
    pairs
        .iter()
        .map(|(name, ko, en)| {
            let value = if lang == Lang::Ko { ko } else { en };
            ((*name).to_owned(), (*value).to_owned())
        })
        .collect()
}

/// Values for what the facts leave open, and nothing else.
fn filled(kind: Kind, lang: Lang, facts: &Facts, cohort: &Cohort) -> String {
    let vocabulary = &LINTER.rules().language().vocabulary;
    let wanted = Wanted {
        kind,
        lang,
        facts: Some((facts, cohort)),
        incident: None,
    };
    let own = known(wanted, facts, cohort, vocabulary);
    let mut more = by_hand(lang);
    more.retain(|name, _| !own.contains_key(name));
    notice(wanted, vocabulary, &more)
}

/// Errors and warnings about a skeleton that was filled.
fn complaints(kind: Kind, lang: Lang, text: &str) -> (String, Vec<String>) {
    let facts = facts(text);
    let cohort = &facts.cohorts[0];
    let notice = filled(kind, lang, &facts, cohort);
    let source = Source::decode("notice.md", notice.clone().into_bytes()).unwrap();
    let outcome = LINTER.lint(&source, Some((&facts, "incident.yaml")));
    assert!(
        outcome.problems.is_empty(),
        "{:?}\n{notice}",
        outcome.problems
    );
    let bad = outcome
        .report
        .findings
        .iter()
        .filter(|f| f.severity >= Severity::Warning)
        .map(|f| format!("{}: {} ({})", f.rule, f.message, source.slice(f.span)))
        .collect();
    (notice, bad)
}

#[test]
fn the_templates_are_readable_and_name_what_there_is() {
    let template: Template = serde_yaml::from_str(NOTICE).unwrap();
    let vocabulary = &LINTER.rules().language().vocabulary;
    assert!(template.blocks.len() > 30);
    let names: Vec<&str> = template
        .placeholders
        .0
        .iter()
        .map(|(n, _)| n.as_str())
        .collect();
    for block in &template.blocks {
        for text in [&block.ko, &block.en] {
            for part in text.split('{').skip(1) {
                let name = part.split(['}', ':']).next().unwrap();
                assert!(names.contains(&name), "{name} in {text}");
            }
        }
        for id in &block.leaked {
            assert!(vocabulary.id_of(id).is_some(), "{id}");
        }
        assert!(block.has.iter().all(|name| names.contains(&name.as_str())));
    }
    for lang in [Lang::Ko, Lang::En] {
        facts(incident(lang));
    }
}

#[test]
fn without_facts_a_skeleton_says_what_to_fill_in() {
    let vocabulary = &LINTER.rules().language().vocabulary;
    let mut out = String::new();
    for lang in [Lang::Ko, Lang::En] {
        for kind in [Kind::Full, Kind::Posting, Kind::AllClear] {
            let wanted = Wanted {
                kind,
                lang,
                facts: None,
                incident: None,
            };
            let text = notice(wanted, vocabulary, &Values::new());
            let source = Source::decode("x.md", text.clone().into_bytes()).unwrap();
            let outcome = LINTER.lint(&source, None);
            assert!(outcome.problems.is_empty(), "{:?}", outcome.problems);
            let left = outcome
                .report
                .findings
                .iter()
                .filter(|f| &*f.rule == "common/placeholder");
            assert!(left.count() > 2, "{text}");
            out += &text;
            out += "\n=====\n";
        }
    }
    insta::assert_snapshot!(out);
}

#[derive(Debug, Clone)]
struct Made {
    leaked: Vec<(&'static str, Option<&'static str>)>,
    not_leaked: Vec<&'static str>,
    audience: &'static str,
    count: Option<(u64, &'static str)>,
    day: i8,
    length: Option<i8>,
    new_law: bool,
    open: bool,
    contact: bool,
    lookup: bool,
}

impl Made {
    fn facts(&self, kind: Kind) -> String {
        let status = match kind {
            Kind::Possibility => "suspected",
            Kind::AllClear => "ruled-out",
            _ => "confirmed",
        };
        // What a possible leak is told by is new law.
        let month = if self.new_law || matches!(kind, Kind::Possibility | Kind::AllClear) {
            10
        } else {
            7
        };
        let from = format!("2026-{month:02}-{:02}", self.day);
        let to = self.length.map_or_else(String::new, |n| {
            format!(", to: 2026-{month:02}-{:02}", self.day + n)
        });
        let mut out = format!(
            "incident: x\njurisdictions: [kr]\norganisation: 나래마켓\nstatus: {status}\noccurred: {{ from: {from}{to} }}\naware-at: 2026-{month:02}-25T10:30+09:00\n"
        );
        if self.open && status == "confirmed" {
            out += "open-questions: [vehicle]\n";
        }
        if self.contact {
            out += "contacts: [{ desk: 개인정보보호팀, phone: 02-555-0171, email: privacy@narae.example }]\n";
        }
        if self.lookup {
            out += "lookup: { url: 'https://narae.example/check' }\n";
        }
        if matches!(kind, Kind::Supplement | Kind::Correction | Kind::AllClear) {
            out += &format!(
                "earlier-notices: [{{ kind: partial, sent-at: 2026-{month:02}-26T09:00+09:00 }}]\n"
            );
        }
        let leaked: Vec<String> = self
            .leaked
            .iter()
            .map(|(id, form)| match form {
                Some(form) => format!("{{ item: {id}, form: {form} }}"),
                None => (*id).to_owned(),
            })
            .collect();
        let leaked = if status == "ruled-out" {
            String::new()
        } else {
            leaked.join(", ")
        };
        out += &format!(
            "cohorts:\n  people:\n    audience: {}\n    leaked: [{leaked}]\n",
            self.audience
        );
        out += &format!("    not-leaked: [{}]\n", self.not_leaked.join(", "));
        if let Some((value, unit)) = self.count {
            out += &format!("    count: {{ value: {value}, unit: {unit} }}\n");
        }
        out
    }
}

/// Every item of the vocabulary that is no container and needs nothing from the writer.
fn ids() -> Vec<&'static str> {
    let vocabulary = &LINTER.rules().language().vocabulary;
    vocabulary
        .items()
        .filter(|c| c.expands.is_empty() && !["vehicle", "sensitive"].contains(&c.id.as_str()))
        .map(|c| c.id.as_str())
        .collect()
}

fn made() -> impl Strategy<Value = Made> {
    let form = prop::option::weighted(
        0.2,
        prop::sample::select(vec!["hashed", "encrypted", "masked"]),
    );
    (
        (
            prop::sample::subsequence(ids(), 1..9),
            prop::collection::vec(form, 9),
        ),
        prop::sample::subsequence(
            vec!["vehicle", "customs-code", "card", "rrn", "account-no"],
            0..3,
        ),
        prop::sample::select(vec!["member", "non-member", "employee", "patient"]),
        prop::option::of((
            2u64..50_000_000,
            prop::sample::select(vec!["persons", "accounts", "records"]),
        )),
        1i8..12,
        prop::option::of(0i8..12),
        any::<[bool; 4]>(),
    )
        .prop_map(
            |(
                (leaked, forms),
                not,
                audience,
                count,
                day,
                length,
                [new_law, open, contact, lookup],
            )| {
                let not_leaked = not.into_iter().filter(|id| !leaked.contains(id)).collect();
                Made {
                    leaked: leaked.into_iter().zip(forms).collect(),
                    not_leaked,
                    audience,
                    count,
                    day,
                    length,
                    new_law,
                    open,
                    contact,
                    lookup,
                }
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the facts are: the skeleton, filled from them and by hand, has no error and no warning, for every kind and language.
    #[test]
    fn a_filled_skeleton_is_clean(made in made()) {
        for kind in KINDS {
            let facts = made.facts(kind);
            for lang in [Lang::Ko, Lang::En] {
                let (notice, bad) = complaints(kind, lang, &facts);
                prop_assert!(bad.is_empty(), "{kind:?} {lang:?}: {bad:#?}\n{facts}\n{notice}");
            }
        }
    }
}

#[test]
fn every_item_alone_is_clean_too() {
    let mut all = Vec::new();
    for id in ids() {
        for kind in [Kind::Full, Kind::Possibility] {
            let made = Made {
                leaked: vec![(id, None)],
                not_leaked: Vec::new(),
                audience: "member",
                count: None,
                day: 3,
                length: Some(4),
                new_law: true,
                open: false,
                contact: true,
                lookup: false,
            };
            for lang in [Lang::Ko, Lang::En] {
                let (_, bad) = complaints(kind, lang, &made.facts(kind));
                all.extend(
                    bad.into_iter()
                        .map(|b| format!("{id} {} {}: {b}", kind.as_str(), lang.code())),
                );
            }
        }
    }
    assert!(all.is_empty(), "{all:#?}");
}
