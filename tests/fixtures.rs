//! The notices under `fixtures/notices`: what the program says about each, whole, and what holds for all of them.
//!
//! After a change of rules, words or reading: `INSTA_UPDATE=always cargo test --test fixtures`, and look at the difference.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use noticelint::facts::{self, Facts, Named};
use noticelint::front::Front;
use noticelint::notice::{Notice, fold};
use noticelint::report::{Finding, NoticeReport, Place};
use noticelint::rules::RuleSet;
use noticelint::source::{Source, Span};
use noticelint::{LintOutcome, Linter, Settings};
use unicode_normalization::UnicodeNormalization;

const FOLDER: &str = "fixtures/notices";

/// The notices, as paths from the root of the repository.
fn notices() -> Vec<PathBuf> {
    let mut out = Vec::new();
    for folder in fs::read_dir(FOLDER).unwrap() {
        for file in fs::read_dir(folder.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|e| e == "md") {
                out.push(path);
            }
        }
    }
    out.sort();
    assert!(out.len() >= 14, "{out:?}");
    out
}

/// A notice with its facts, as the command line finds them.
struct Case {
    source: Source,
    facts: Option<Facts>,
}

fn linter() -> Linter {
    Linter::new(RuleSet::builtin().unwrap(), Settings::default())
}

fn case(path: &Path, rules: &RuleSet) -> Case {
    let shown = noticelint::report::shown_path(path);
    let source = Source::decode(&shown, fs::read(path).unwrap()).unwrap();
    let notice = Notice::parse(&source);
    let front = notice.front.as_ref().filter(|f| f.closed);
    let front = front.map(|f| Front::read(&shown, &source.text, f.yaml).unwrap());
    let place = Place {
        span: Span::default(),
        line: 1,
        column: 1,
        end_line: 1,
        end_column: 1,
    };
    let incident = front.and_then(|f| f.incident);
    let named = incident.as_ref().map(|i| Named {
        file: &i.value,
        at: place,
    });
    let items: Vec<&str> = rules.item_ids().collect();
    let facts = facts::find(path, named, None)
        .unwrap()
        .map(|file| Facts::load(&file, &items).unwrap());
    Case { source, facts }
}

fn lint(linter: &Linter, source: &Source, facts: Option<&Facts>) -> NoticeReport {
    let LintOutcome { report, problems } = linter.lint(source, facts.map(|f| (f, f.path.as_str())));
    assert!(problems.is_empty(), "{}: {problems:?}", source.path);
    report
}

/// What `noticelint check` prints about one notice, with its exit code.
fn check(path: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_noticelint"));
    for variable in [
        "LC_ALL",
        "LC_MESSAGES",
        "LANG",
        "NO_COLOR",
        "CLICOLOR_FORCE",
        "COLUMNS",
    ] {
        command.env_remove(variable);
    }
    let output = command
        .arg("check")
        .arg(path)
        .args(arguments)
        .output()
        .unwrap();
    assert!(
        output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let code = output.status.code().unwrap();
    assert!(code < 2, "{}", path.display());
    let text = String::from_utf8(output.stdout).unwrap();
    // These change with every rule, whatever it says about this notice.
    let mut kept = String::new();
    for line in text.lines() {
        match line.split_once("sha256:") {
            Some((before, after)) => {
                let rest = after.trim_start_matches(|c: char| c.is_ascii_hexdigit());
                kept.push_str(&format!("{before}sha256:…{rest}\n"));
            }
            None => kept.push_str(&format!("{line}\n")),
        }
    }
    format!("{kept}exit code {code}\n")
}

#[test]
fn the_whole_output_for_each_notice() {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let _bound = settings.bind_to_scope();
    for path in notices() {
        let folder = path
            .parent()
            .unwrap()
            .file_name()
            .unwrap()
            .to_string_lossy();
        let name = format!(
            "fixture-{folder}-{}",
            path.file_stem().unwrap().to_string_lossy()
        );
        let human = |lang: &str| check(&path, &["--color", "never", "--lang", lang]);
        insta::assert_snapshot!(format!("{name}.ko"), human("ko"));
        insta::assert_snapshot!(format!("{name}.en"), human("en"));
        insta::assert_snapshot!(
            format!("{name}.json"),
            check(&path, &["--format", "json", "--lang", "en"])
        );
    }
}

#[test]
fn no_snapshot_is_left_over() {
    let names: BTreeSet<String> = notices()
        .iter()
        .map(|p| {
            let folder = p
                .parent()
                .unwrap()
                .file_name()
                .unwrap()
                .to_string_lossy()
                .into_owned();
            format!(
                "fixture-{folder}-{}",
                p.file_stem().unwrap().to_string_lossy()
            )
        })
        .collect();
    for file in fs::read_dir("tests/snapshots").unwrap() {
        let file = file.unwrap().file_name().into_string().unwrap();
        if file.starts_with("fixture-") {
            let known = file
                .split_once('.')
                .is_some_and(|(name, _)| names.contains(name));
            assert!(known, "{file}");
        }
    }
}

/// Letters and digits, as they are compared.
fn letters(text: &str) -> Vec<char> {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether all of `part` stands in `whole`, in this order; marks and hidden text may stand between.
fn within(part: &str, whole: &str) -> bool {
    let whole = letters(whole);
    let mut rest = whole.iter();
    letters(part).iter().all(|c| rest.any(|d| d == c))
}

fn assert_inside(text: &str, span: Span, what: &str) {
    assert!(
        span.start <= span.end && span.end <= text.len(),
        "{what}: {span:?} of {}",
        text.len()
    );
    assert!(
        text.is_char_boundary(span.start) && text.is_char_boundary(span.end),
        "{what}: {span:?}"
    );
}

/// Acceptance 1.
#[test]
fn every_span_lies_in_its_file_and_shows_its_text() {
    let linter = linter();
    let mut spans = 0;
    for path in notices() {
        let Case { source, facts } = case(&path, linter.rules());
        let report = lint(&linter, &source, facts.as_ref());
        let mut shows = |span: Span, shown: Option<&str>, what: &str| {
            let what = format!("{}: {what}", source.path);
            assert_inside(&source.text, span, &what);
            if let Some(shown) = shown {
                // Evidence may name a second place too, such as the number that stands with a desk.
                let slice = source.slice(span);
                let same = within(shown, slice) || (!slice.is_empty() && within(slice, shown));
                assert!(same, "{what}: {shown:?} is not {slice:?}");
            }
            spans += 1;
        };
        for f in &report.findings {
            shows(f.span, None, &f.rule);
            for l in &f.labels {
                match &l.file {
                    None => shows(l.span, None, &l.text),
                    Some(file) => {
                        assert_inside(&fs::read_to_string(file).unwrap(), l.span, &l.text)
                    }
                }
            }
            for e in f.fixes.iter().flat_map(|fix| &fix.edits) {
                shows(e.span, None, &f.rule);
                assert_ne!(e.text, source.slice(e.span), "a fix that changes nothing");
            }
        }
        for entry in &report.checklist {
            entry
                .evidence
                .iter()
                .for_each(|e| shows(e.span, Some(&e.text), &entry.rule));
        }
        for i in &report.claims.items {
            shows(i.span, Some(&i.text), &i.item);
            i.governed_by
                .iter()
                .for_each(|e| shows(e.span, Some(&e.text), &i.item));
        }
        report
            .claims
            .advice
            .iter()
            .for_each(|a| shows(a.span, Some(&a.text), &a.advice));
        report
            .claims
            .counts
            .iter()
            .for_each(|c| shows(c.span, Some(&c.text), "count"));
        report
            .claims
            .dates
            .iter()
            .for_each(|d| shows(d.span, Some(&d.text), &d.role));
        report
            .clauses
            .iter()
            .for_each(|c| shows(c.span, Some(&c.text), "clause"));
    }
    assert!(spans > 1000, "{spans}");
}

/// Rule, line and message of each finding: what must not depend on how a text is encoded.
fn told(report: &NoticeReport, source: &Source) -> Vec<String> {
    let one = |f: &Finding| {
        let (line, _) = source.line_column(f.span.start);
        format!("{line} {} {:?} {}", f.rule, f.severity, fold(&f.message))
    };
    let mut out: Vec<String> = report.findings.iter().map(one).collect();
    out.sort();
    out
}

/// Changes the text after the front matter, line by line.
fn in_body(text: &str, change: impl Fn(&str) -> String) -> String {
    let body = text[4..].find("\n---\n").map_or(0, |at| at + 9);
    let lines: Vec<String> = text[body..].split('\n').map(change).collect();
    format!("{}{}", &text[..body], lines.join("\n"))
}

/// Puts `between` between two neighbouring syllables, instead of what stands there.
fn between_syllables(line: &str, from: Option<char>, between: &str) -> String {
    let hangul = |c: &char| ('\u{ac00}'..='\u{d7a3}').contains(c);
    let all: Vec<char> = line.chars().collect();
    let mut out = String::new();
    for (i, c) in all.iter().enumerate() {
        let next = all.get(i + 1);
        let before = i.checked_sub(1).and_then(|b| all.get(b));
        match from {
            Some(from) if *c == from && before.is_some_and(hangul) && next.is_some_and(hangul) => {
                out.push_str(between)
            }
            None if hangul(c) && next.is_some_and(hangul) => {
                out.push(*c);
                out.push_str(between);
            }
            _ => out.push(*c),
        }
    }
    out
}

/// Digits that no mark of Markdown and no address needs.
fn full_width(line: &str) -> String {
    let start = line.find(|c: char| c.is_alphabetic()).unwrap_or(line.len());
    if line.contains(['@', '/', '<', '=']) {
        return line.to_owned();
    }
    let widen = |c: char| {
        c.to_digit(10)
            .and_then(|d| char::from_u32(0xff10 + d))
            .unwrap_or(c)
    };
    line[..start]
        .chars()
        .chain(line[start..].chars().map(widen))
        .collect()
}

/// Acceptance 3.
#[test]
fn encoding_changes_no_finding() {
    let linter = linter();
    for path in notices() {
        let Case { source, facts } = case(&path, linter.rules());
        let plain: String = source
            .text
            .trim_start_matches('\u{feff}')
            .replace("\r\n", "\n")
            .nfc()
            .collect();
        let twin = |text: &str| Source::decode(&source.path, text.as_bytes().to_vec()).unwrap();
        let told_of = |text: &str| {
            let source = twin(text);
            told(&lint(&linter, &source, facts.as_ref()), &source)
        };
        let expected = told_of(&plain);
        let mut variants = vec![
            ("CR LF", plain.replace('\n', "\r\n")),
            ("byte order mark", format!("\u{feff}{plain}")),
            (
                "byte order mark and CR LF",
                format!("\u{feff}{}", plain.replace('\n', "\r\n")),
            ),
            ("no final newline", plain.trim_end_matches('\n').to_owned()),
            ("NFD", plain.nfd().collect()),
            (
                "tabs after list marks",
                in_body(&plain, |l| {
                    l.strip_prefix("- ")
                        .map_or(l.to_owned(), |rest| format!("-\t{rest}"))
                }),
            ),
            (
                "tabs at the end of lines",
                in_body(&plain, |l| {
                    if l.is_empty() || l.starts_with('|') {
                        l.to_owned()
                    } else {
                        format!("{l}\t")
                    }
                }),
            ),
            (
                "no-break spaces",
                in_body(&plain, |l| between_syllables(l, Some(' '), "\u{a0}")),
            ),
            (
                "zero-width spaces",
                in_body(&plain, |l| between_syllables(l, None, "\u{200b}")),
            ),
            ("full-width digits", in_body(&plain, full_width)),
        ];
        // A tab after a mark moves what is nested below it.
        if plain.contains("\n  - ") || plain.contains("\n   - ") {
            variants.retain(|(name, _)| *name != "tabs after list marks");
        }
        for (name, text) in variants {
            assert_eq!(told_of(&text), expected, "{}: {name}", source.path);
        }
    }
}

#[test]
fn every_rule_is_in_every_checklist() {
    let linter = linter();
    for path in notices() {
        let Case { source, facts } = case(&path, linter.rules());
        let report = lint(&linter, &source, facts.as_ref());
        let listed: Vec<&str> = report.checklist.iter().map(|e| &*e.rule).collect();
        let all: Vec<&str> = linter.rules().iter().map(|r| &*r.id).collect();
        assert_eq!(listed, all, "{}", source.path);
    }
}

#[test]
fn deleting_a_rule_removes_that_rule_and_nothing_else() {
    let all = linter();
    let ids: Vec<String> = all.rules().iter().map(|r| r.id.to_string()).collect();
    let cases: Vec<Case> = notices().iter().map(|p| case(p, all.rules())).collect();
    // A waiver of a rule that is gone is rightly reported.
    let lasting = |linter: &Linter, case: &Case| -> Vec<(String, String)> {
        let Case { source, facts } = case;
        let mut report = lint(linter, source, facts.as_ref());
        report
            .findings
            .retain(|f| !f.rule.starts_with("common/waiver-"));
        report
            .findings
            .iter()
            .map(|f| (f.rule.to_string(), format!("{:?} {}", f.span, f.message)))
            .collect()
    };
    let yields = |rule: &str, to: &str| {
        let rule = all.rules().get(rule);
        rule.is_some_and(|rule| rule.yields_to.iter().any(|id| id == to))
    };
    let before: Vec<Vec<(String, String)>> = cases.iter().map(|case| lasting(&all, case)).collect();
    for file in fs::read_dir("rules/kr").unwrap() {
        let file = format!("kr/{}", file.unwrap().file_name().into_string().unwrap());
        let id = file.trim_end_matches(".yaml");
        assert!(ids.iter().any(|i| i == id), "{file} is no rule");
        let without =
            RuleSet::builtin_where(|path| path != file).unwrap_or_else(|e| panic!("{file}: {e:?}"));
        let left: Vec<String> = without.iter().map(|r| r.id.to_string()).collect();
        let wanted: Vec<String> = ids.iter().filter(|i| *i != id).cloned().collect();
        assert_eq!(left, wanted, "{file}");
        let without = Linter::new(without, Settings::default());
        for (case, before) in cases.iter().zip(&before) {
            let wanted: Vec<_> = before
                .iter()
                .filter(|(rule, _)| rule != id)
                .cloned()
                .collect();
            let mut found = lasting(&without, case);
            // A rule that left this place to the one that is gone now speaks itself.
            found.retain(|finding| before.contains(finding) || !yields(&finding.0, id));
            assert_eq!(found, wanted, "{} without {file}", case.source.path);
        }
    }
}

/// A leak that grew over time, as the invented organisation told of it first (`-draft`) and as it should have: each draft has the
/// findings that the authority made in such a case, and the other one is silent.
#[test]
fn a_leak_that_grew_is_told_right_or_reported() {
    let folder = Path::new(FOLDER).join("narae-market");
    let rules = |name: &str| -> BTreeSet<String> {
        let text = check(
            &folder.join(name),
            &["--format", "json", "--fail-on", "never"],
        );
        let json = text.trim_end().strip_suffix("exit code 0").unwrap();
        let json: serde_json::Value = serde_json::from_str(json).unwrap();
        let findings = json["notices"][0]["findings"].as_array().unwrap().clone();
        let rule = |f: &serde_json::Value| f["rule"].as_str().unwrap().to_owned();
        findings.iter().map(rule).collect()
    };
    for (name, wanted) in [
        // Another word for the leak, comfort, no advice.
        (
            "1-first",
            &[
                "kr/no-exposure-euphemism",
                "kr/leak-word-title",
                "kr/self-help-concrete",
                "kr/legal-rights",
            ][..],
        ),
        // "Exposure", an item left out, the scope of the first days, nothing to do.
        (
            "2-mass",
            &[
                "kr/no-exposure-euphemism",
                "kr/items-complete",
                "kr/items-no-etc",
                "kr/no-action-needed",
                "kr/advice-entrance-code",
                "common/date-order",
                "common/minimising",
            ],
        ),
        // Does not say what was wrong, a finding of its own as established, no advice on the account, a wrong number, no liability.
        (
            "3-renotice",
            &[
                "kr/correction-explicit",
                "common/earlier-date",
                "common/claims-confirmed",
                "kr/advice-account-password",
                "kr/lookup",
                "common/contact-agrees",
                "kr/no-disclaimer",
            ],
        ),
        // Late, speaks to members, denies what leaked.
        (
            "4-recipients",
            &[
                "kr/72h",
                "kr/audience-nonmember",
                "kr/audience-nonmember-source",
                "kr/items-complete",
                "kr/item-not-denied",
                "kr/advice-entrance-code",
            ],
        ),
        // Two days, without the word and without the content.
        (
            "5-posting",
            &[
                "kr/substitute-30d",
                "common/posting-agrees",
                "kr/leak-word-title",
                "kr/leak-word-body",
                "kr/items-complete",
                "kr/when",
            ],
        ),
    ] {
        assert_eq!(rules(&format!("{name}.md")), BTreeSet::new(), "{name}");
        let found = rules(&format!("{name}-draft.md"));
        for rule in wanted {
            assert!(
                found.contains(*rule),
                "{name}: {rule} is not among {found:?}"
            );
        }
    }
}
