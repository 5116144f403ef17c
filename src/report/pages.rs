//! The rules as pages of documentation, each in both languages, and their index.

use super::catalogue::authority_in;
use super::cells::harmless;
use super::human::severity_name;
use super::wording::Wording;
use crate::lang::Lang;
use crate::rules::{Example, Rule};

const LANGS: [Lang; 2] = [Lang::Ko, Lang::En];

/// Every page with its path: `index.md`, and `kr/when.md` for `kr/when`.
pub fn all<'a>(rules: impl Iterator<Item = &'a Rule>) -> Vec<(String, String)> {
    let rules: Vec<&Rule> = rules.collect();
    let mut out = vec![("index.md".to_owned(), index(&rules))];
    out.extend(
        rules
            .iter()
            .map(|rule| (format!("{}.md", rule.id), page(rule))),
    );
    out
}

/// The list of all rules by pack.
fn index(rules: &[&Rule]) -> String {
    let [ko, en] = LANGS.map(Wording::new);
    let mut out = format!(
        "# {} / {}\n\n",
        ko.text("page-index"),
        en.text("page-index")
    );
    out.push_str(&format!(
        "{}\n\n{}\n",
        ko.text("page-made"),
        en.text("page-made")
    ));
    let mut pack = "";
    for rule in rules {
        if rule.pack() != pack {
            pack = rule.pack();
            let heads = ["page-rule", "page-severity", "page-title", "page-basis"];
            let head = heads.map(|key| format!("{} / {}", ko.text(key), en.text(key)));
            out.push_str(&format!(
                "\n## {pack}\n\n| {} |\n|---|---|---|---|\n",
                head.join(" | ")
            ));
        }
        out.push_str(&format!(
            "| [`{id}`]({id}.md) | {} | {}<br>{} | {} |\n",
            en.text(severity_key(rule)),
            cell(rule.title.get(Lang::Ko)),
            cell(rule.title.get(Lang::En)),
            rule.authority.basis,
            id = rule.id,
        ));
    }
    out
}

fn severity_key(rule: &Rule) -> &'static str {
    super::json::severity(rule.severity)
}

/// One rule: what it asks, on whose authority, when, what to write instead, and its examples.
pub fn page(rule: &Rule) -> String {
    let mut out = format!("# {}\n", rule.id);
    for lang in LANGS {
        out.push_str(&section(rule, Wording::new(lang)));
    }
    let [ko, en] = LANGS.map(Wording::new);
    for pass in [true, false] {
        let key = if pass { "explain-pass" } else { "explain-fail" };
        let examples: Vec<&Example> = rule.examples().iter().filter(|e| e.pass == pass).collect();
        if examples.is_empty() {
            continue;
        }
        out.push_str(&format!("\n## {} / {}\n", ko.text(key), en.text(key)));
        for example in examples {
            out.push_str(&one(example));
        }
    }
    out
}

fn section(rule: &Rule, words: Wording) -> String {
    let lang = words.lang();
    let a = authority_in(&rule.authority, lang);
    let mut rows = vec![
        (
            "page-severity",
            severity_name(rule.severity, words).to_owned(),
        ),
        (
            "explain-authority",
            format!("{}, {} {} ({})", a.body, a.instrument, a.provision, a.date),
        ),
        ("page-link", format!("<{}>", a.url)),
        (
            "page-basis",
            words.text(&format!("basis-{}", a.basis)).to_owned(),
        ),
        (
            "explain-checked",
            words
                .text(&format!("checked-{}", rule.authority.checked))
                .to_owned(),
        ),
        ("explain-applies", rule.applies(lang).join("<br>")),
    ];
    if let Some(force) = super::catalogue::in_force(rule, words) {
        rows.push(("explain-in-force", force));
    }
    if !rule.yields_to.is_empty() {
        rows.push(("page-yields", rule.yields_to.join(", ")));
    }
    if !rule.waivable {
        rows.push(("page-waivable", words.text("not-waivable").to_owned()));
    }
    let mut out = format!("\n## {}\n\n| | |\n|---|---|\n", cell(rule.title.get(lang)));
    for (key, value) in rows {
        out.push_str(&format!("| {} | {} |\n", words.text(key), cell(&value)));
    }
    let [message, help] = super::catalogue::shown_texts(rule, words);
    for (key, text) in [("explain-message", &message), ("explain-help", &help)] {
        out.push_str(&format!(
            "\n**{}**\n\n{}\n",
            words.text(key),
            plain(text.trim())
        ));
    }
    if let Some(fix) = &rule.fix {
        let how = words.text(if fix.safe { "fix-safe" } else { "fix-unsafe" });
        let title = plain(fix.title.get(lang));
        out.push_str(&format!("\n**{}**\n\n{title} ({how})\n", words.text("fix")));
    }
    out
}

/// An example in a fence longer than any inside.
fn one(example: &Example) -> String {
    let mut fence = "```".to_owned();
    while example.text.contains(&fence) {
        fence.push('`');
    }
    let mut out = format!("\n{fence}markdown\n{}\n{fence}\n", example.text.trim_end());
    if let Some(facts) = &example.facts {
        out.push_str(&format!(
            "\n`incident.yaml`:\n\n```yaml\n{}\n```\n",
            facts.trim_end()
        ));
    }
    if let Some(covers) = &example.covers {
        let [ko, en] = LANGS.map(|lang| {
            let text = Wording::new(lang).fill("explain-covers", &[("text", covers)]);
            plain(text.trim())
        });
        out.push_str(&format!("\n{ko} / {en}\n"));
    }
    out
}

/// A text that Markdown takes as it is.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for c in harmless(text).chars() {
        if matches!(c, '*' | '_' | '<' | '[' | ']' | '{' | '}' | '#' | '|') {
            out.push('\\');
        }
        out.push(c);
    }
    // What stands between backquotes is shown as it is, backslashes too.
    let parts = out.split('`').enumerate();
    let parts = parts.map(|(n, part)| match n % 2 {
        0 => part.to_owned(),
        _ => part.replace('\\', ""),
    });
    parts.collect::<Vec<_>>().join("`")
}

/// A text in a cell of a table.
fn cell(text: &str) -> String {
    harmless(text).replace('|', "\\|").replace('\n', " ")
}
