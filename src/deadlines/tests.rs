use super::*;
use crate::report::Look;
use crate::report::deadlines::{json, render};
use crate::report::wording::Wording;

/// What is shown of facts, as of a time, in both languages.
fn shown(facts: &str, as_of: Option<AsOf>) -> String {
    let rules = RuleSet::builtin().unwrap();
    let items: Vec<&str> = rules.item_ids().collect();
    let facts = Facts::parse("incident.yaml", facts, &items).unwrap();
    let mut out = String::new();
    for lang in [Lang::Ko, Lang::En] {
        let clocks = deadlines(&facts, &rules, as_of.as_ref(), lang);
        let look = Look {
            words: Wording::new(lang),
            coloured: false,
            verbose: false,
        };
        out += &render(&facts, &clocks, as_of.as_ref(), rules.language(), look);
        out += "\n";
    }
    out
}

fn states(facts: &str, as_of: &str) -> String {
    let rules = RuleSet::builtin().unwrap();
    let items: Vec<&str> = rules.item_ids().collect();
    let facts = Facts::parse("incident.yaml", facts, &items).unwrap();
    let as_of = match as_of {
        "" => None,
        text if text.len() == 10 => Some(AsOf::Day(text.parse().unwrap())),
        text => Some(AsOf::At(crate::yaml::zoned(text).unwrap())),
    };
    let clocks = deadlines(&facts, &rules, as_of.as_ref(), Lang::En);
    let one = |clock: &Clock| format!("{}={}", clock.duty.as_str(), clock.state.as_str());
    let all = clocks.iter().flat_map(|cohort| &cohort.clocks).map(one);
    all.collect::<Vec<_>>().join(" ")
}

fn incident(status: &str, more: &str, cohort: &str) -> String {
    format!(
        "incident: x\njurisdictions: [kr]\nstatus: {status}\naware-at: 2026-10-12T09:40+09:00\n{more}cohorts:\n  members: {{ {cohort} }}\n"
    )
}

#[test]
fn the_hours_count_from_awareness() {
    let facts = incident("confirmed", "", "leaked: [name]");
    assert_eq!(states(&facts, ""), "notice=unknown");
    assert_eq!(states(&facts, "2026-10-15T09:40+09:00"), "notice=open");
    assert_eq!(states(&facts, "2026-10-15T00:41Z"), "notice=overdue");
    assert_eq!(states(&facts, "2026-10-14"), "notice=open");
    assert_eq!(states(&facts, "2026-10-15"), "notice=due-today");
    assert_eq!(states(&facts, "2026-10-16"), "notice=overdue");
    let sent = |at: &str| format!("earlier-notices: [{{ kind: full, sent-at: {at} }}]\n");
    let with = |at: &str| incident("confirmed", &sent(at), "leaked: [name]");
    assert_eq!(states(&with("2026-10-15T09:40+09:00"), ""), "notice=met");
    assert_eq!(states(&with("2026-10-15T00:40:01Z"), ""), "notice=late");
    // Sent before anybody knew: that was about something else.
    assert_eq!(
        states(&with("2026-10-01T09:00+09:00"), ""),
        "notice=unknown"
    );
}

#[test]
fn containment_excuses_a_notice_but_not_one_of_a_possible_leak() {
    for (status, state) in [
        ("confirmed", "notice=excused"),
        ("suspected", "possibility=overdue supplement=waiting"),
    ] {
        let facts = incident(status, "", "late-reason: containment, leaked: [name]");
        assert_eq!(states(&facts, "2026-10-20"), state);
    }
    let facts = incident("suspected", "", "late-reason: disaster, leaked: [name]");
    assert_eq!(
        states(&facts, "2026-10-20"),
        "possibility=excused supplement=waiting"
    );
}

#[test]
fn what_is_settled_is_due_at_once() {
    let possible = "earlier-notices: [{ kind: possibility, sent-at: 2026-10-13T09:00+09:00 }]\nconfirmed-at: 2026-10-20T10:00+09:00\n";
    let facts = incident("confirmed", possible, "leaked: [name]");
    assert_eq!(
        states(&facts, "2026-10-21"),
        "possibility=met confirmed=open"
    );
    assert_eq!(
        states(&facts, "2026-10-24"),
        "possibility=met confirmed=overdue"
    );
    let facts = incident("ruled-out", possible, "");
    assert_eq!(
        states(&facts, "2026-10-20T12:00+09:00"),
        "possibility=met all-clear=overdue"
    );
    assert_eq!(
        states(&facts, "2026-10-20T09:00+09:00"),
        "possibility=met all-clear=waiting"
    );
    let facts = facts.replace(
        "+09:00 }]",
        "+09:00 }, { kind: all-clear, sent-at: 2026-10-20T11:00+09:00 }]",
    );
    assert_eq!(states(&facts, ""), "possibility=met all-clear=met");
    let partial = "earlier-notices: [{ kind: partial, sent-at: 2026-10-13T09:00+09:00 }]\n";
    let facts = incident("confirmed", partial, "leaked: [name]");
    assert_eq!(states(&facts, ""), "notice=met supplement=waiting");
    let facts = incident("ruled-out", "", "");
    assert_eq!(states(&facts, ""), "");
}

#[test]
fn a_posting_stands_thirty_days() {
    let posted = |until: &str| {
        let more = format!(
            "earlier-notices: [{{ kind: posting, posted: {{ from: 2026-10-12{until} }} }}]\n"
        );
        states(&incident("confirmed", &more, "leaked: [name]"), "")
    };
    assert_eq!(posted(", until: 2026-11-10"), "notice=met posting=short");
    assert_eq!(posted(", until: 2026-11-11"), "notice=met posting=stands");
    assert_eq!(posted(""), "notice=met posting=stands");
}

#[test]
fn other_laws_have_other_clocks() {
    let facts = incident("confirmed", "", "leaked: [name]").replace("[kr]", "[jp]");
    assert_eq!(states(&facts, "2026-10-20"), "");
}

const GROWN: &str = "\
incident: 2026-10-narae
jurisdictions: [kr]
status: confirmed
occurred: { from: 2026-08-17, to: 2026-10-11 }
aware-at: 2026-10-12T09:40+09:00
confirmed-at: 2026-10-20T15:00+09:00
open-questions: [card]
earlier-notices:
  - { kind: partial, cohort: members, sent-at: 2026-10-15T08:00+09:00 }
  - { kind: posting, cohort: members, posted: { from: 2026-10-15, until: 2026-10-17 } }
cohorts:
  members:
    count: { value: 412000, unit: accounts }
    leaked: [name, email, phone]
  recipients:
    audience: non-member
    aware-at: 2026-10-18T00:00Z
    late-reason: containment
    leaked: [name, phone]
  more:
    aware-at: 2026-10-19T12:00+09:00
    leaked: [name]
";

#[test]
fn the_whole_of_it() {
    let now = crate::yaml::zoned("2026-10-23T09:00+09:00").unwrap();
    insta::assert_snapshot!("as_of", shown(GROWN, Some(AsOf::At(now))));
    insta::assert_snapshot!("without", shown(GROWN, None));
    let rules = RuleSet::builtin().unwrap();
    let items: Vec<&str> = rules.item_ids().collect();
    let facts = Facts::parse("incident.yaml", GROWN, &items).unwrap();
    let clocks = deadlines(&facts, &rules, None, Lang::En);
    insta::assert_snapshot!("json", json(&facts, &clocks, None, "sha256:…"));
}
