//! SARIF 2.1.0 (OASIS Standard with errata 01), as code scanning of GitHub and others read it.

mod location;

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::diagnostic::Diagnostic;
use super::human::{authority, reason_text};
use super::json::to_text;
use super::wording::Wording;
use super::{Authority, Fix, Label, Report, RuleInfo, Severity, shown_path};
use location::{Artifacts, region};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const VERSION: &str = "2.1.0";

pub fn render(report: &Report, words: Wording) -> String {
    let mut rules = Rules::new(report, words);
    let mut artifacts = Artifacts::new(report);
    let results: Vec<Value> = report
        .diagnostics()
        .map(|diagnostic| result(&diagnostic, report, words, &mut rules, &mut artifacts))
        .collect();
    let invocation = invocation(report, words, &mut artifacts);
    let mut run = json!({
        "tool": { "driver": {
            "name": env!("CARGO_PKG_NAME"),
            "version": env!("CARGO_PKG_VERSION"),
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "language": words.lang().code(),
            "rules": rules.list,
        } },
        "language": words.lang().code(),
        "columnKind": "unicodeCodePoints",
        "defaultEncoding": "utf-8",
        "originalUriBaseIds": {
            location::ROOT: { "description": { "text": words.text("sarif-root") } },
        },
        "invocations": [invocation],
        "artifacts": artifacts.into_list(),
        "results": results,
        "properties": { "rules": report.rules_hash },
    });
    if let Some(as_of) = &report.as_of {
        run["properties"]["as-of"] = json!(as_of);
    }
    to_text(&json!({ "$schema": SCHEMA, "version": VERSION, "runs": [run] }))
}

/// The rules of the run, each with its place in the list.
struct Rules {
    list: Vec<Value>,
    index: BTreeMap<String, usize>,
}

impl Rules {
    fn new(report: &Report, words: Wording) -> Self {
        let mut rules = Self {
            list: Vec::new(),
            index: BTreeMap::new(),
        };
        for rule in &report.rules {
            rules.add(&rule.id, descriptor(rule, words));
        }
        rules
    }

    fn add(&mut self, id: &str, descriptor: Value) -> usize {
        let at = self.list.len();
        self.list.push(descriptor);
        self.index.insert(id.to_owned(), at);
        at
    }

    /// The place of a rule; one that the report does not describe is listed by its id.
    fn index_of(&mut self, id: &str) -> usize {
        match self.index.get(id) {
            Some(at) => *at,
            None => self.add(id, json!({ "id": id })),
        }
    }
}

fn descriptor(rule: &RuleInfo, words: Wording) -> Value {
    let authority_text = authority(&rule.authority, words);
    let help = rule.help.trim_end();
    let said = words.text("authority");
    let mut out = json!({
        "id": rule.id,
        "shortDescription": { "text": rule.title },
        "fullDescription": { "text": format!("{}. {said}: {}", rule.title.trim_end_matches('.'), first_line(&authority_text)) },
        "help": {
            "text": format!("{help}\n\n{said}: {authority_text}"),
            "markdown": markdown(rule, &authority_text, words),
        },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": {
            "tags": [rule.pack(), rule.authority.basis],
            "authority": rule.authority,
        },
    });
    if is_web(&rule.authority) {
        out["helpUri"] = json!(location::web_uri(&rule.authority.url));
    }
    if let (Some(properties), (from, until)) = (out["properties"].as_object_mut(), &rule.in_force) {
        for (key, date) in [("in-force-from", from), ("in-force-until", until)] {
            if let Some(date) = date {
                properties.insert(key.to_owned(), json!(date));
            }
        }
    }
    out
}

fn is_web(authority: &Authority) -> bool {
    ["https://", "http://"]
        .iter()
        .any(|scheme| authority.url.starts_with(scheme))
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

fn markdown(rule: &RuleInfo, authority_text: &str, words: Wording) -> String {
    let authority_line = first_line(authority_text);
    let authority_line = match is_web(&rule.authority) {
        true => format!(
            "{authority_line} (<{}>)",
            location::web_uri(&rule.authority.url)
        ),
        false => authority_line.to_owned(),
    };
    format!(
        "## {}\n\n{}\n\n**{}**: {authority_line}",
        rule.title,
        rule.help.trim_end(),
        words.text("authority"),
    )
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn result(
    diagnostic: &Diagnostic<'_>,
    report: &Report,
    words: Wording,
    rules: &mut Rules,
    artifacts: &mut Artifacts<'_>,
) -> Value {
    let finding = diagnostic.finding;
    let path = diagnostic.notice.path.as_str();
    let text = match finding.help.trim_end() {
        "" => finding.message.clone(),
        help => format!("{}\n\n{help}", finding.message),
    };
    let mut physical = json!({
        "artifactLocation": artifacts.location(path),
        "region": region(diagnostic.region),
    });
    if let Some(source) = diagnostic.source {
        physical["region"]["snippet"] = json!({ "text": source.slice(finding.span) });
    }
    let mut out = json!({
        "ruleId": &*finding.rule,
        "ruleIndex": rules.index_of(&finding.rule),
        "level": level(finding.severity),
        "message": { "text": text },
        "locations": [{ "physicalLocation": physical }],
        "partialFingerprints": { "noticelint/v1": finding.fingerprint },
        // Said of every result: an empty list means that nothing was set aside.
        "suppressions": [],
        "properties": { "authority": *finding.authority },
    });
    let related: Vec<Value> = finding
        .labels
        .iter()
        .enumerate()
        .map(|(id, label)| related(id, label, path, report, artifacts))
        .collect();
    if !related.is_empty() {
        out["relatedLocations"] = json!(related);
    }
    let fixes: Vec<Value> = finding
        .fixes
        .iter()
        .map(|it| fix(it, diagnostic, artifacts))
        .collect();
    if !fixes.is_empty() {
        out["fixes"] = json!(fixes);
    }
    if let Some(waived) = &finding.waived {
        let mut properties = Map::new();
        if let Some(who) = &waived.approved_by {
            properties.insert("approved-by".to_owned(), json!(who));
        }
        out["suppressions"] = json!([{
            // A baseline lies beside the notice, a waiver in it.
            "kind": if waived.known { "external" } else { "inSource" },
            "status": "accepted",
            "justification": waived.text(words),
            "properties": properties,
        }]);
    }
    out
}

fn related(
    id: usize,
    label: &Label,
    notice: &str,
    report: &Report,
    artifacts: &mut Artifacts<'_>,
) -> Value {
    let path = label
        .file
        .as_deref()
        .map_or_else(|| notice.to_owned(), shown_path);
    let mut physical = json!({ "artifactLocation": artifacts.location(&path) });
    if let Some(source) = report.sources.get(&path) {
        physical["region"] = region(super::diagnostic::Region::new(source, label.span));
    }
    json!({ "id": id, "message": { "text": label.text }, "physicalLocation": physical })
}

fn fix(fix: &Fix, diagnostic: &Diagnostic<'_>, artifacts: &mut Artifacts<'_>) -> Value {
    let replacements: Vec<Value> = fix
        .edits
        .iter()
        .filter_map(|edit| {
            let place = super::diagnostic::Region::new(diagnostic.source?, edit.span);
            Some(
                json!({ "deletedRegion": region(place), "insertedContent": { "text": edit.text } }),
            )
        })
        .collect();
    json!({
        "description": { "text": fix.title },
        "artifactChanges": [{
            "artifactLocation": artifacts.location(&diagnostic.notice.path),
            "replacements": replacements,
        }],
        "properties": { "safe": fix.safe },
    })
}

/// What kept the program from doing its work, and what it left out.
fn invocation(report: &Report, words: Wording, artifacts: &mut Artifacts<'_>) -> Value {
    let mut notifications = Vec::new();
    for problem in &report.problems {
        let mut out = json!({ "level": "error", "message": { "text": problem.text() } });
        if let Some(path) = problem.file() {
            let mut physical = json!({ "artifactLocation": artifacts.location(path) });
            if problem.at.is_some() {
                physical["region"] = region(problem.region());
            }
            out["locations"] = json!([{ "physicalLocation": physical }]);
        }
        notifications.push(out);
    }
    for (path, reason) in &report.skipped {
        let why = reason_text(reason, words);
        notifications.push(json!({
            "level": "note",
            "message": { "text": format!("{}: {why}", words.text("left-out")) },
            "locations": [{ "physicalLocation": { "artifactLocation": artifacts.location(path) } }],
        }));
    }
    json!({
        "executionSuccessful": report.problems.is_empty(),
        "toolExecutionNotifications": notifications,
    })
}
