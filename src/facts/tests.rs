use std::fs;

use super::find::find_from;
use super::*;
use crate::source::Span;
use crate::yaml::tests::show;

const ITEMS: [&str; 9] = [
    "name",
    "email",
    "phone",
    "address",
    "entrance-code",
    "order",
    "card",
    "password",
    "payment",
];

const GOOD: &str = "\
incident: 2025-11-example-leak
jurisdictions: [kr]
status: confirmed            # suspected | confirmed | ruled-out
occurred: { from: 2025-06-24, to: 2025-11-08 }
aware-at: 2025-11-18T22:52+09:00
open-questions: [card]       # items whose leak is not settled
cohorts:
  members:
    count: { value: 33700000, unit: accounts }
    late-reason: null
    leaked: [name, email, phone, address, entrance-code, order]
    not-leaked: [card, password]
  recipients:
    audience: non-member
    aware-at: 2025-11-29T10:00Z
    late-reason: containment
    leaked: [name, phone, address, entrance-code]
  비회원:
";

fn problems(source: &str) -> String {
    match Facts::parse("incident.yaml", source, &ITEMS) {
        Ok(_) => "fine\n".to_owned(),
        Err(problems) => show(&problems, source),
    }
}

#[test]
fn the_example_of_the_design_is_read() {
    let facts = Facts::parse("incident.yaml", GOOD, &ITEMS).unwrap();
    let slice = |span: Span| &GOOD[span.start..span.end];
    assert_eq!(facts.status.value, Status::Confirmed);
    assert_eq!(slice(facts.aware_at.span), "2025-11-18T22:52+09:00");
    let occurred = facts.occurred.unwrap();
    assert_eq!(slice(occurred.span), "{ from: 2025-06-24, to: 2025-11-08 }");
    assert_eq!(slice(occurred.value.to.unwrap().span), "2025-11-08");
    assert!(facts.is_open("card") && !facts.is_open("name"));

    let names: Vec<&str> = facts
        .cohorts
        .iter()
        .map(|cohort| cohort.name.value.as_str())
        .collect();
    assert_eq!(names, ["members", "recipients", "비회원"]);
    let members = facts.cohort(Some("members")).unwrap();
    assert_eq!(slice(members.name.span), "members");
    assert_eq!(members.audience.value, Audience::Member);
    assert_eq!(
        members.count.unwrap().value,
        Count {
            value: 33_700_000,
            unit: Unit::Accounts
        }
    );
    assert_eq!(
        slice(members.count.unwrap().span),
        "{ value: 33700000, unit: accounts }"
    );
    assert_eq!(members.late_reason, None);
    assert_eq!(slice(members.leaked[4].span), "entrance-code");
    assert_eq!(
        facts.aware_at(members).value.to_string(),
        "2025-11-18T22:52:00+09:00[+09:00]"
    );

    let recipients = facts.cohort(Some("recipients")).unwrap();
    assert_eq!(recipients.audience.value, Audience::NonMember);
    assert_eq!(
        recipients.late_reason.unwrap().value,
        LateReason::Containment
    );
    assert_eq!(slice(facts.aware_at(recipients).span), "2025-11-29T10:00Z");
    assert!(facts.cohort(Some("비회원")).unwrap().leaked.is_empty());
}

#[test]
fn what_only_some_incidents_have_is_read() {
    let more = "\
organisation: 예시몰
confirmed-at: 2025-11-19T09:00+09:00
contacts:
  - { desk: 개인정보보호팀, phone: 02-555-0100, email: privacy@example.com }
lookup: { url: 'https://example.com/check', path: '앱 > 내 정보 > 유출 조회' }
claims:
  - { says: 모두 삭제, confirmed-by: self }
  - { says: '3,000개만', confirmed-by: authority, by: 개인정보보호위원회, on: 2026-02-10 }
earlier-notices:
  - { kind: full, cohort: members, sent-at: 2025-11-20T09:00+09:00, file: first.md }
  - { kind: posting, posted: { from: 2025-11-30, until: 2025-12-01 } }
";
    let text = format!("{more}{GOOD}")
        .replace(
            "[name, email, phone",
            "[name, email, { item: phone, form: masked }",
        )
        .replace("late-reason: null", "occurred: { from: 2025-07-01 }");
    let facts = Facts::parse("incident.yaml", &text, &ITEMS).unwrap();
    let slice = |span: Span| &text[span.start..span.end];
    let members = facts.cohort(Some("members")).unwrap();
    assert_eq!(slice(members.leaked[2].span), "phone");
    let form = members.form("phone").unwrap();
    assert_eq!((form.value, slice(form.span)), (Form::Masked, "masked"));
    assert!(members.form("name").is_none());
    let occurred = facts.occurred(Some(members)).unwrap();
    assert_eq!(occurred.value.from.value.to_string(), "2025-07-01");
    let recipients = facts.cohort(Some("recipients")).unwrap();
    assert_eq!(
        facts
            .occurred(Some(recipients))
            .unwrap()
            .value
            .from
            .value
            .to_string(),
        "2025-06-24"
    );
    assert_eq!(facts.earlier(members).count(), 2);
    assert_eq!(facts.earlier(recipients).count(), 1);
    assert_eq!(facts.claims[0].confirmed_by.value, ConfirmedBy::Own);
    assert_eq!(
        slice(facts.contacts[0].phone.as_ref().unwrap().span),
        "02-555-0100"
    );
    assert_eq!(
        facts.lookup.unwrap().path.unwrap().value,
        "앱 > 내 정보 > 유출 조회"
    );
    assert_eq!(
        facts.confirmed_at.unwrap().value.to_string(),
        "2025-11-19T09:00:00+09:00[+09:00]"
    );
}

#[test]
fn a_cohort_must_be_named_where_there_are_several() {
    let facts = Facts::parse("incident.yaml", GOOD, &ITEMS).unwrap();
    let say = |name| {
        let error = facts.cohort(name).unwrap_err();
        format!("{error} ({})", error.hint().unwrap_or_default())
    };
    assert_eq!(
        say(Some("member")),
        "the facts have no cohort `member` (did you mean `members`?)"
    );
    assert_eq!(
        say(Some("zzz")),
        "the facts have no cohort `zzz` (known here: `members`, `recipients`, `비회원`)"
    );
    assert_eq!(
        say(None),
        "say which cohort this notice is for (write one of these into the front matter: `cohort: members`, `cohort: recipients`, `cohort: 비회원`)"
    );
    let one = "incident: a\njurisdictions: [kr]\nstatus: suspected\naware-at: 2025-01-01T00:00Z\ncohorts: { all: {} }\n";
    let facts = Facts::parse("incident.yaml", one, &ITEMS).unwrap();
    assert_eq!(facts.cohort(None).unwrap().name.value, "all");
}

#[test]
fn each_mistake_has_a_place_and_a_hint() {
    let with = |from: &str, to: &str| {
        assert!(GOOD.contains(from), "{from}");
        GOOD.replacen(from, to, 1)
    };
    let cases = [
        ("unknown key", with("aware-at", "aware_at")),
        ("unknown key in a cohort", with("not-leaked", "unleaked")),
        (
            "unknown key in the period",
            with("to: 2025-11-08", "until: 2025-11-08"),
        ),
        (
            "unknown key in the count",
            with("unit: accounts", "units: accounts"),
        ),
        ("unknown status", with("confirmed  ", "confirmd  ")),
        ("unknown audience", with("non-member", "nonmember")),
        ("unknown unit", with("accounts", "people")),
        ("unknown reason", with("containment", "holiday")),
        ("missing key", with("status: confirmed ", "# ")),
        ("missing unit", with(", unit: accounts", "")),
        ("missing from", with("from: 2025-06-24, ", "")),
        ("no facts but an incident", "incident: x\n".to_owned()),
        ("separators", with("33700000", "33,700,000")),
        ("list of one", with("[kr]", "kr")),
        ("impossible date", with("2025-11-08", "2026-02-30")),
        ("date of another form", with("2025-06-24", "2025.6.24")),
        ("month only", with("2025-06-24", "2025-06")),
        ("end before start", with("2025-11-08", "2025-06-23")),
        ("no time", with("2025-11-18T22:52+09:00", "2025-11-18")),
        ("no zone", with("T22:52+09:00", "T22:52")),
        ("no zone in a cohort", with("T10:00Z", "T10:00")),
        ("unknown item", with("[card] ", "[crad] ")),
        ("unknown item, far", with("password]", "shoe-size]")),
        ("both", with("[card, password]", "[card, email]")),
        (
            "both, in a form",
            with(
                "leaked: [name, email, phone",
                "leaked: [name, email, { item: card, form: masked }, phone",
            ),
        ),
        (
            "unknown form",
            with(
                "[name, email, phone",
                "[name, { item: email, form: hash }, phone",
            ),
        ),
        (
            "unknown key of an item",
            with("[name, email, phone", "[name, { id: email }, phone"),
        ),
        (
            "unknown item in a form",
            with(
                "[name, email, phone",
                "[name, { item: passwrd, form: hashed }, phone",
            ),
        ),
        (
            "an item that is none",
            with("[name, email, phone", "[name, [email], phone"),
        ),
        (
            "settled, but suspected",
            with(
                "status: confirmed",
                "confirmed-at: 2025-11-20T09:00+09:00\nstatus: suspected",
            ),
        ),
        (
            "known before it began",
            with("T22:52+09:00", "T22:52+09:00\n#").replace("2025-11-18T", "2025-06-18T"),
        ),
        (
            "a desk out of reach",
            with(
                "status",
                "contacts:\n  - { desk: 개인정보보호팀 }\n  - { desk: x, email: privacy.example }\nstatus",
            ),
        ),
        ("an empty look-up", with("status", "lookup: {}\nstatus")),
        (
            "which authority",
            with(
                "status",
                "claims:\n  - { says: 모두 삭제, confirmed-by: authority }\n  - { says: '', confirmed-by: me }\nstatus",
            ),
        ),
        (
            "nothing said",
            with(
                "status",
                "claims:\n  - { says: '', confirmed-by: self, on: 2025-13-01 }\nstatus",
            ),
        ),
        (
            "earlier notice of an unknown cohort",
            with(
                "status",
                "earlier-notices:\n  - { kind: full, cohort: member, sent-at: 2025-11-20T09:00 }\nstatus",
            ),
        ),
        (
            "earlier notice without a time",
            with(
                "status",
                "earlier-notices:\n  - { kind: posting }\n  - { kind: posting, posted: { from: 2025-11-30, until: 2025-11-29 } }\nstatus",
            ),
        ),
        ("twice", with("[name, email,", "[name, email, name,")),
        ("twice a jurisdiction", with("[kr]", "[kr, kr]")),
        ("no jurisdiction", with("[kr]", "[]")),
        ("empty incident", with("2025-11-example-leak", "\"\"")),
        (
            "no cohort",
            format!(
                "{} {{}}\n",
                GOOD.split_inclusive("cohorts:").next().unwrap()
            ),
        ),
        (
            "no cohort, nothing",
            GOOD.split_inclusive("cohorts:").next().unwrap().to_owned(),
        ),
        (
            "cohorts as a list",
            format!(
                "{}\n- name: x\n",
                GOOD.split_inclusive("cohorts:").next().unwrap()
            ),
        ),
        ("cohort twice", with("recipients", "members")),
        (
            "all at once",
            GOOD.replace("[card] ", "[crad] ")
                .replace("2025-11-08", "2025-11-31")
                .replace("T22:52+09:00", "")
                .replace("T10:00Z", "T10:00")
                .replace("[name, phone", "[nmae, name, name, phone")
                .replace("[card, password]", "[card, email]"),
        ),
    ];
    let mut out = String::new();
    for (name, source) in cases {
        out += &format!("# {name}\n{}\n", problems(&source));
    }
    insta::assert_snapshot!(out);
}

#[test]
fn very_many_mistakes_end() {
    let items = "nmae, ".repeat(40_000);
    let source = GOOD.replace("[name, email", &format!("[{items} name, email"));
    let problems = Facts::parse("incident.yaml", &source, &ITEMS).unwrap_err();
    assert!(problems.len() <= yaml::MAX_PROBLEMS);
}

#[test]
fn damaged_facts_never_panic() {
    for (at, _) in GOOD.char_indices() {
        let (start, end) = GOOD.split_at(at);
        let mut rest = end.chars();
        rest.next();
        for put in [
            "", "\t", ":", "-", "\"", "'", "[", "}", ",", "*", "&", "\n", "|", "가", "\0", "0",
            ": ",
        ] {
            let source = format!("{start}{put}{}", rest.as_str());
            problems(&source);
            problems(&format!("{start}{put}"));
        }
    }
}

#[test]
fn the_facts_of_a_notice_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir_all(root.join("repo/.git")).unwrap();
    fs::create_dir_all(root.join("repo/notices/ko")).unwrap();
    fs::create_dir_all(root.join("plain/a/b")).unwrap();
    let write = |path: &str| fs::write(root.join(path), "").unwrap();
    let find = |cwd: &str, notice: &str| {
        let found = find_from(&root.join(cwd), Path::new(notice), None, None).unwrap();
        found.map(|path| shown(root, &path))
    };

    // Nothing above the repository, and nothing above the working folder.
    write("incident.yaml");
    assert_eq!(find("repo", "notices/ko/first.md"), None);
    assert_eq!(find("plain", "a/b/x.md"), None);
    assert_eq!(find("plain/a", "../x.md"), None);

    // From the notice upwards to the root, wherever one stands.
    write("repo/incident.yaml");
    assert_eq!(
        find("repo", "notices/ko/first.md").as_deref(),
        Some("incident.yaml")
    );
    assert_eq!(
        find("repo/notices", "ko/../ko/first.md").as_deref(),
        Some("ROOT/repo/incident.yaml")
    );
    assert_eq!(
        find("plain", "../repo/notices/x.md").as_deref(),
        Some("ROOT/repo/incident.yaml")
    );
    write("repo/notices/incident.yaml");
    assert_eq!(
        find("repo", "notices/ko/first.md").as_deref(),
        Some("notices/incident.yaml")
    );
    assert_eq!(
        find("repo", "./notices/first.md").as_deref(),
        Some("notices/incident.yaml")
    );
    let absolute = root.join("repo/notices/first.md");
    assert_eq!(
        find("plain", absolute.to_str().unwrap()).as_deref(),
        Some("ROOT/repo/notices/incident.yaml")
    );

    // Without a repository: up to the working folder; elsewhere only beside the notice.
    write("plain/incident.yaml");
    assert_eq!(find("plain", "a/b/x.md").as_deref(), Some("incident.yaml"));
    assert_eq!(find("plain/a", "b/x.md"), None);
    assert_eq!(find("repo", "../plain/a/x.md"), None);
    assert_eq!(
        find("repo", "../plain/x.md").as_deref(),
        Some("ROOT/plain/incident.yaml")
    );
}

#[test]
fn named_facts_must_be_there() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir_all(root.join("notices")).unwrap();
    for path in ["a.yaml", "notices/b.yaml", "notices/incident.yaml"] {
        fs::write(root.join(path), "").unwrap();
    }
    let at = crate::report::Place {
        span: Span::new(14, 20),
        line: 2,
        column: 11,
        end_line: 2,
        end_column: 17,
    };
    let find = |named: Option<&str>, explicit: Option<&str>| {
        let named = named.map(|file| Named { file, at });
        find_from(
            root,
            Path::new("notices/n.md"),
            named,
            explicit.map(Path::new),
        )
    };
    let path =
        |result: Result<Option<std::path::PathBuf>, _>| shown(root, &result.unwrap().unwrap());
    assert_eq!(path(find(Some("b.yaml"), None)), "notices/b.yaml");
    assert_eq!(path(find(Some("../a.yaml"), None)), "a.yaml");
    assert_eq!(path(find(Some("c.yaml"), Some("a.yaml"))), "a.yaml");

    let problem = find(Some("2025-leak"), None).unwrap_err();
    assert_eq!(problem.path, "notices/n.md");
    assert_eq!(problem.at, Some(at));
    assert_eq!(problem.message, "there is no facts file `2025-leak`");
    assert_eq!(
        problem.hint.unwrap(),
        "`incident` is the path of the facts, from the folder of this notice; looked for notices/2025-leak"
    );
    let problem = find(None, Some("none.yaml")).unwrap_err();
    assert_eq!((problem.path.as_str(), problem.at), ("none.yaml", None));
    assert_eq!(problem.message, "there is no such facts file");
}

#[test]
fn facts_that_cannot_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.yaml");
    assert!(
        Facts::load(&path, &ITEMS).unwrap_err()[0]
            .message
            .starts_with("the facts cannot be read")
    );
    fs::write(&path, b"incident: \xff").unwrap();
    assert_eq!(
        Facts::load(&path, &ITEMS).unwrap_err()[0]
            .at
            .unwrap()
            .column,
        11
    );
    fs::write(&path, GOOD).unwrap();
    assert!(Facts::load(&path, &ITEMS).is_ok());
}

fn shown(root: &Path, path: &Path) -> String {
    path.to_str()
        .unwrap()
        .replace(root.to_str().unwrap(), "ROOT")
}
