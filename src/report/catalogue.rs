//! The rules themselves as text: the list of all, and one explained.

use serde::Serialize;

use super::cells::{harmless, harmless_line};
use super::human::{authority, severity_name};
use super::json::{Tool, VERSION, severity, to_text};
use super::paint::Painter;
use super::wording::Wording;
use super::{Authority, Look, snippet};
use crate::lang::Lang;
use crate::rules::check::message::{PLACEHOLDERS, fill};
use crate::rules::{AuthoritySource, Example, Rule};

/// One line per rule: id, severity, title, when it is in force.
pub fn list<'a>(rules: impl Iterator<Item = &'a Rule>, look: Look) -> String {
    let mut painter = Painter::new(look.coloured);
    let rules: Vec<&Rule> = rules.collect();
    let widest = rules.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    for rule in &rules {
        painter.bold(&format!("{:widest$}", harmless_line(&rule.id)));
        painter.push("  ");
        painter.levelled(
            snippet::level(rule.severity),
            severity_name(rule.severity, look.words),
        );
        painter.line(&format!(
            "  {}{}",
            harmless_line(rule.title.get(look.words.lang())),
            in_force(rule, look.words).map_or_else(String::new, |text| format!("  ({text})"))
        ));
    }
    painter.bold(&look.words.count("rules-sum", rules.len(), &[]));
    painter.line("");
    painter.into_text()
}

/// When the rule is in force; `None` for one that always is.
pub(super) fn in_force(rule: &Rule, words: Wording) -> Option<String> {
    let text = match (&rule.in_force.from, &rule.in_force.until) {
        (None, None) => return None,
        (Some(from), None) => words.fill("in-force-from", &[("from", from)]),
        (None, Some(until)) => words.fill("in-force-until", &[("until", until)]),
        (Some(from), Some(until)) => {
            words.fill("in-force-between", &[("from", from), ("until", until)])
        }
    };
    Some(harmless_line(&text))
}

/// The authority of a rule in one language.
pub fn authority_in(source: &AuthoritySource, lang: Lang) -> Authority {
    Authority {
        body: source.body.get(lang).to_owned(),
        instrument: source.instrument.get(lang).to_owned(),
        provision: source.provision.get(lang).to_owned(),
        date: source.date.clone(),
        url: source.url.clone(),
        basis: source.basis.clone(),
    }
}

/// The obligation, its authority, when it applies, what is said and what to write instead, and the examples.
pub fn explain(rule: &Rule, look: Look) -> String {
    let lang = look.words.lang();
    let mut painter = Painter::new(look.coloured);
    painter.bold(&harmless_line(&rule.id));
    painter.push(" (");
    painter.levelled(
        snippet::level(rule.severity),
        severity_name(rule.severity, look.words),
    );
    painter.line(")");
    painter.line(&harmless(rule.title.get(lang)));

    let section = |key: &str, text: &str, painter: &mut Painter| {
        if text.trim().is_empty() {
            return;
        }
        painter.line("");
        painter.bold(look.words.find(key).unwrap_or(key));
        painter.line("");
        for line in harmless(text.trim_end()).lines() {
            painter.line(&format!("  {line}"));
        }
    };
    section(
        "explain-authority",
        &authority(&authority_in(&rule.authority, lang), look.words),
        &mut painter,
    );
    section(
        "explain-checked",
        look.words
            .text(&format!("checked-{}", rule.authority.checked)),
        &mut painter,
    );
    section(
        "explain-applies",
        &rule.applies(lang).join("\n"),
        &mut painter,
    );
    section(
        "explain-in-force",
        &in_force(rule, look.words).unwrap_or_default(),
        &mut painter,
    );
    let [message, help] = shown_texts(rule, look.words);
    section("explain-message", &message, &mut painter);
    section("explain-help", &help, &mut painter);
    if let Some(fix) = &rule.fix {
        let how = look
            .words
            .text(if fix.safe { "fix-safe" } else { "fix-unsafe" });
        let text = format!("{} ({how})", fix.title.get(lang));
        section("fix", &text, &mut painter);
    }
    section("explain-pass", &examples(rule, true, look), &mut painter);
    section("explain-fail", &examples(rule, false, look), &mut painter);
    painter.into_text()
}

/// Message and help of a rule, with the name of each value in its place.
pub(super) fn shown_texts(rule: &Rule, words: Wording) -> [String; 2] {
    let named: Vec<(&str, &str)> = PLACEHOLDERS
        .iter()
        .map(|name| (*name, words.find(&format!("place-{name}")).unwrap_or(name)))
        .collect();
    [&rule.message, &rule.help].map(|text| fill(text.get(words.lang()), &named))
}

fn examples(rule: &Rule, pass: bool, look: Look) -> String {
    let mut out = String::new();
    for example in rule
        .examples()
        .iter()
        .filter(|example| example.pass == pass)
    {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&one_example(example, look));
    }
    out
}

/// The example's text behind a bar, and which part of it is reported.
fn one_example(example: &Example, look: Look) -> String {
    let mut out = String::new();
    for line in example.text.trim_end().lines() {
        out.push_str(&format!("\u{2502} {line}\n"));
    }
    if let Some(facts) = &example.facts {
        out.push_str("  incident.yaml:\n");
        for line in facts.trim_end().lines() {
            out.push_str(&format!("  \u{2502} {line}\n"));
        }
    }
    if let Some(covers) = &example.covers {
        out.push_str(
            &look
                .words
                .fill("explain-covers", &[("text", &harmless_line(covers))]),
        );
        out.push('\n');
    }
    out
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    tool: Tool<'a>,
    rules: Vec<RuleOut<'a>>,
}

#[derive(Serialize)]
struct RuleOut<'a> {
    id: &'a str,
    severity: &'static str,
    title: &'a str,
    authority: Authority,
    checked: &'a str,
    waivable: bool,
    applies: Vec<String>,
    #[serde(rename = "in-force")]
    in_force: InForceOut<'a>,
    message: &'a str,
    help: &'a str,
}

#[derive(Serialize)]
struct InForceOut<'a> {
    from: Option<&'a str>,
    until: Option<&'a str>,
}

/// The list as JSON, in one language.
pub fn json<'a>(rules: impl Iterator<Item = &'a Rule>, hash: &str, lang: Lang) -> String {
    let rules = rules.map(|rule| RuleOut {
        id: &rule.id,
        severity: severity(rule.severity),
        title: rule.title.get(lang),
        authority: authority_in(&rule.authority, lang),
        checked: &rule.authority.checked,
        waivable: rule.waivable,
        applies: rule.applies(lang),
        in_force: InForceOut {
            from: rule.in_force.from.as_deref(),
            until: rule.in_force.until.as_deref(),
        },
        message: rule.message.get(lang),
        help: rule.help.get(lang),
    });
    to_text(&Document {
        version: VERSION,
        tool: Tool::new(hash),
        rules: rules.collect(),
    })
}
