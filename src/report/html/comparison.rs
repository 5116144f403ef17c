//! What the facts say beside what the notice says.
//!
//! The verdict of a line is a finding that points at its value in the facts, if there is one. Else two values are told to agree
//! only if they are the same; whatever else stands there is left to the reader.

use std::path::Path;

use jiff::Zoned;
use maud::{Markup, html};

use super::{Page, Subject, parts, rest, shown};
use crate::facts::{Cohort, Facts, Status};
use crate::report::{Claims, DateClaim, Finding};
use crate::source::Span;

/// A text of the notice and where it stands.
type Quote<'a> = (&'a str, Span);

pub(super) enum Verdict {
    Agrees,
    Differs,
    /// Both say something, and a person has to compare it.
    Compare,
    NotStated,
    /// Nothing to compare.
    Open,
}

pub(super) struct Line<'a> {
    pub what: String,
    pub facts: String,
    /// Where the facts say it.
    pub at: Option<Span>,
    /// Only findings on what is quoted count, not all that point at the value.
    pub own_findings: bool,
    /// What the notice says, in a word.
    pub says: String,
    pub quotes: Vec<Quote<'a>>,
    pub verdict: Verdict,
}

pub fn facts(page: Page<'_>, subject: Subject<'_>) -> Markup {
    let words = page.words;
    let notice = subject.notice;
    let Some((path, facts)) = notice
        .incident
        .as_deref()
        .and_then(|path| Some((path, page.report.facts.get(path)?)))
    else {
        return html! { p { (words.text("html-facts-none")) } };
    };
    let lines = lines(page, subject, facts);
    html! {
        p.small { (words.fill("html-facts-of", &[("incident", &shown(&facts.incident.value))])) " " span.path { (super::path(page, path)) } }
        table.facts {
            thead { tr {
                th { (words.text("html-what")) }
                th { (words.text("html-by-facts")) }
                th { (words.text("html-by-notice")) }
                th { (words.text("html-result")) }
            } }
            tbody {
                @for line in &lines { (row(page, subject, path, line)) }
            }
        }
    }
}

/// How many lines nobody has judged: no finding speaks of them, and both sides say something else or unclear.
pub fn to_compare(page: Page<'_>, subject: Subject<'_>) -> usize {
    let path = subject.notice.incident.as_deref();
    let Some((path, facts)) = path.and_then(|path| Some((path, page.report.facts.get(path)?)))
    else {
        return 0;
    };
    let open = |line: &&Line<'_>| {
        matches!(line.verdict, Verdict::Compare | Verdict::Differs)
            && about(subject, path, line).is_empty()
    };
    lines(page, subject, facts).iter().filter(open).count()
}

fn lines<'a>(page: Page<'a>, subject: Subject<'a>, facts: &Facts) -> Vec<Line<'a>> {
    let notice = subject.notice;
    let cohort = facts.cohort(notice.cohort.as_deref()).ok();
    let mut lines = of_incident(page, subject, facts, cohort);
    if let Some(cohort) = cohort {
        lines.extend(count(page, &notice.claims, cohort));
        lines.extend(items(page, &notice.claims, facts, cohort));
    }
    lines.extend(rest::rest(page, subject, facts, cohort));
    lines
}

/// The findings that judge a line, with their numbers.
fn about<'a>(subject: Subject<'a>, path: &str, line: &Line<'_>) -> Vec<(usize, &'a Finding)> {
    let mut findings = line
        .at
        .map_or_else(Vec::new, |at| pointing(subject, path, at));
    if line.own_findings {
        findings.retain(|(_, finding)| {
            let touches =
                |span: &Span| span.start < finding.span.end && finding.span.start < span.end;
            line.quotes.iter().any(|(_, span)| touches(span))
        });
    }
    findings
}

/// The findings, with their numbers, that point at a place in the facts.
fn pointing<'a>(subject: Subject<'a>, path: &str, at: Span) -> Vec<(usize, &'a Finding)> {
    let points = |finding: &Finding| {
        finding.labels.iter().any(|label| {
            label.file.as_deref() == Some(Path::new(path))
                && label.span.start < at.end
                && at.start < label.span.end
        })
    };
    subject
        .notice
        .findings
        .iter()
        .enumerate()
        .filter(|(_, finding)| points(finding))
        .map(|(index, finding)| (index + 1, finding))
        .collect()
}

fn row(page: Page<'_>, subject: Subject<'_>, path: &str, line: &Line<'_>) -> Markup {
    let words = page.words;
    let findings = about(subject, path, line);
    let (class, sign, key) = match (&line.verdict, findings.is_empty()) {
        (_, false) | (Verdict::Differs, _) => ("fail", "\u{2717}", "html-differs"),
        (Verdict::Agrees, _) => ("pass", "\u{2713}", "html-agrees"),
        (Verdict::Compare, _) => ("manual", "\u{25a1}", "html-compare"),
        (Verdict::NotStated, _) => ("manual", "\u{2212}", "html-not-stated"),
        (Verdict::Open, _) => ("not-applicable", "\u{00b7}", "html-nothing-to-compare"),
    };
    html! {
        tr class=(class) {
            td { (shown(&line.what)) }
            td {
                (shown(&line.facts))
                @if let Some(place) = line.at.and_then(|at| in_file(page, path, at)) { " " span.small { (place) } }
            }
            td {
                @if line.quotes.is_empty() && line.says.is_empty() { "\u{2013}" }
                @if !line.says.is_empty() { div { (shown(&line.says)) } }
                @for (text, span) in &line.quotes { div { (parts::quote(page, subject, text, *span)) } }
            }
            td.status {
                span class={ "badge " (class) } { (sign) " " (words.find(key).unwrap_or_default()) }
                @for (number, _) in &findings {
                    " " a.number href=(subject.link(&format!("f{number}"))) { (number) }
                }
            }
        }
    }
}

/// `line 5` of the facts.
fn in_file(page: Page<'_>, path: &str, at: Span) -> Option<String> {
    let (line, _) = parts::source(page, path)?.line_column(at.start);
    Some(page.words.fill("html-line", &[("line", &line.to_string())]))
}

fn of_incident<'a>(
    page: Page<'_>,
    subject: Subject<'a>,
    facts: &Facts,
    cohort: Option<&Cohort>,
) -> Vec<Line<'a>> {
    let claims = &subject.notice.claims;
    let named = |what: &str, value: &str| parts::named(page, what, value);
    let stance = claims.leak;
    let status = facts.status.value;
    let mut lines = vec![Line {
        what: page.words.text("html-leak").to_owned(),
        facts: named("status-of-incident", status.as_str()),
        at: Some(facts.status.span),
        says: named("leak", stance),
        quotes: Vec::new(),
        own_findings: false,
        verdict: match (status, stance) {
            (Status::Confirmed, "asserted")
            | (Status::Suspected, "possible")
            | (Status::RuledOut, "denied") => Verdict::Agrees,
            (_, "none") => Verdict::NotStated,
            _ => Verdict::Compare,
        },
    }];
    let dated = |role: &str| -> Vec<&'a DateClaim> {
        claims.dates.iter().filter(|d| d.role == role).collect()
    };
    if let Some(period) = facts.occurred(cohort) {
        let from = period.value.from.value.to_string();
        let to = period.value.to.as_ref().map(|to| to.value.to_string());
        let text = match &to {
            Some(to) if *to != from => format!("{from} ~ {to}"),
            Some(_) => from.clone(),
            None => format!("{from} ~"),
        };
        let equal = |claim: &DateClaim| {
            let end = claim.to.as_deref().or(claim.from.as_deref());
            claim.from.as_deref() == Some(from.as_str()) && (end == to.as_deref() || to.is_none())
        };
        lines.push(date_line(
            page.words.text("html-occurred"),
            text,
            period.span,
            &dated("occurred"),
            equal,
        ));
    }
    let aware = cohort.map_or(&facts.aware_at, |cohort| facts.aware_at(cohort));
    let day = aware.value.date().to_string();
    lines.push(Line {
        // The deadline points at this time too, and says nothing of the day that the notice gives.
        own_findings: true,
        ..date_line(
            page.words.text("html-aware-at"),
            parts::moment(&aware.value),
            aware.span,
            &dated("discovered"),
            |claim| claim.from.as_deref() == Some(day.as_str()),
        )
    });
    if let Some(sent) = parts::front(page, subject).notify_at {
        lines.push(Line {
            what: page.words.text("html-notify-at").to_owned(),
            facts: elapsed(page, &aware.value, &sent.value),
            at: Some(aware.span),
            says: parts::moment(&sent.value),
            quotes: Vec::new(),
            own_findings: false,
            verdict: Verdict::Open,
        });
    }
    lines
}

/// Time between two moments: `80 h 20 min after …`.
fn elapsed(page: Page<'_>, aware: &Zoned, sent: &Zoned) -> String {
    let minutes = sent.timestamp().duration_since(aware.timestamp()).as_mins();
    if minutes < 0 {
        return page.words.text("html-before-awareness").to_owned();
    }
    page.words.fill(
        "html-elapsed",
        &[
            ("hours", &(minutes / 60).to_string()),
            ("minutes", &(minutes % 60).to_string()),
        ],
    )
}

pub(super) fn date_line<'a>(
    what: &str,
    facts: String,
    at: Span,
    claims: &[&'a DateClaim],
    equal: impl Fn(&DateClaim) -> bool,
) -> Line<'a> {
    Line {
        what: what.to_owned(),
        facts,
        at: Some(at),
        says: String::new(),
        own_findings: false,
        quotes: claims
            .iter()
            .map(|claim| (claim.text.as_str(), claim.span))
            .collect(),
        verdict: match claims {
            [] => Verdict::NotStated,
            claims if claims.iter().any(|claim| equal(claim)) => Verdict::Agrees,
            _ => Verdict::Compare,
        },
    }
}

fn count<'a>(page: Page<'_>, claims: &'a Claims, cohort: &Cohort) -> Option<Line<'a>> {
    let count = cohort.count.as_ref()?;
    let unit = count.value.unit.as_str();
    let same = |value: u64, of: &str| value == count.value.value && of == unit;
    Some(Line {
        what: page.words.text("html-count").to_owned(),
        facts: page.words.fill(
            &format!("figure-{unit}"),
            &[("value", &grouped(count.value.value))],
        ),
        at: Some(count.span),
        says: String::new(),
        own_findings: false,
        quotes: claims
            .counts
            .iter()
            .map(|claim| (claim.text.as_str(), claim.span))
            .collect(),
        verdict: match claims.counts.as_slice() {
            [] => Verdict::NotStated,
            counts if counts.iter().any(|claim| same(claim.value, &claim.unit)) => Verdict::Agrees,
            _ => Verdict::Compare,
        },
    })
}

/// Digits in groups of three.
fn grouped(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A line for every kind of data that the facts list, and for what the notice states beyond them.
fn items<'a>(page: Page<'_>, claims: &'a Claims, facts: &Facts, cohort: &Cohort) -> Vec<Line<'a>> {
    let name = |id: &str| {
        let name = page.report.item_names.get(id);
        name.cloned().unwrap_or_else(|| id.to_owned())
    };
    let mut lines = Vec::new();
    let mut known = Vec::new();
    let listed = [
        ("leaked", &cohort.leaked),
        ("open", &facts.open_questions),
        ("not-leaked", &cohort.not_leaked),
    ];
    for (state, list) in listed {
        for item in list {
            if known.contains(&item.value.as_str()) {
                continue;
            }
            known.push(item.value.as_str());
            let state = match facts.is_open(&item.value) {
                true => "open",
                false => state,
            };
            let suspected = facts.status.value == Status::Suspected;
            lines.push(Line {
                what: name(&item.value),
                facts: item_facts(page, state, cohort, &item.value),
                at: Some(item.span),
                own_findings: false,
                verdict: against(state, suspected, &stated(claims, &item.value)),
                says: says(page, &stated(claims, &item.value)),
                quotes: quoted(claims, &item.value),
            });
        }
    }
    let mut beyond: Vec<&str> = claims
        .items
        .iter()
        .filter(|claim| claim.status == "leaked" && !known.contains(&claim.item.as_str()))
        .map(|claim| claim.item.as_str())
        .collect();
    beyond.dedup();
    for item in beyond {
        if lines.iter().any(|line: &Line<'_>| line.what == name(item)) {
            continue;
        }
        lines.push(Line {
            what: name(item),
            facts: page.words.text("item-not-in-facts").to_owned(),
            at: None,
            own_findings: false,
            verdict: Verdict::Differs,
            says: says(page, &stated(claims, item)),
            quotes: quoted(claims, item),
        });
    }
    lines
}

/// `leaked`, with the form in which it left where the facts give one.
fn item_facts(page: Page<'_>, state: &str, cohort: &Cohort, item: &str) -> String {
    let word = page.words.find(&format!("item-{state}"));
    let word = word.unwrap_or_default();
    match cohort.form(item).filter(|_| state == "leaked") {
        Some(form) => format!(
            "{word}, {}",
            parts::named(page, "form", form.value.as_str())
        ),
        None => word.to_owned(),
    }
}

/// What the notice says of an item, each status once; a mere mention counts only where nothing else is said.
fn stated<'a>(claims: &'a Claims, item: &str) -> Vec<&'a str> {
    let mut all: Vec<&str> = claims
        .items
        .iter()
        .filter(|claim| claim.item == item)
        .map(|claim| claim.status)
        .collect();
    if all.iter().any(|status| *status != "mentioned") {
        all.retain(|status| *status != "mentioned");
    }
    all.sort_unstable();
    all.dedup();
    all
}

fn quoted<'a>(claims: &'a Claims, item: &str) -> Vec<Quote<'a>> {
    let kept = stated(claims, item);
    claims
        .items
        .iter()
        .filter(|claim| claim.item == item && kept.contains(&claim.status))
        .map(|claim| (claim.text.as_str(), claim.span))
        .collect()
}

fn says(page: Page<'_>, stated: &[&str]) -> String {
    let names: Vec<&str> = stated
        .iter()
        .map(|status| page.words.find(&format!("item-{status}")).unwrap_or(status))
        .collect();
    names.join(", ")
}

fn against(state: &str, suspected: bool, stated: &[&str]) -> Verdict {
    match (state, stated) {
        ("leaked", ["leaked"]) => Verdict::Agrees,
        ("leaked", ["possibly-leaked"]) if suspected => Verdict::Agrees,
        ("leaked", [] | ["mentioned"]) => Verdict::NotStated,
        ("leaked", ["not-leaked"]) => Verdict::Differs,
        ("not-leaked", ["not-leaked"]) => Verdict::Agrees,
        // Nobody has to say what did not leak.
        ("not-leaked" | "open", [] | ["mentioned"]) => Verdict::Open,
        ("not-leaked", ["leaked"]) => Verdict::Differs,
        ("open", ["possibly-leaked"]) => Verdict::Agrees,
        ("open", ["leaked"] | ["not-leaked"]) => Verdict::Differs,
        _ => Verdict::Compare,
    }
}
