//! What is wrong with the texts and the fix of a rule file.

use crate::report::Problem;
use crate::yaml::{self, Places};

use super::check::message;
use super::schema::RuleFile;

/// A fix that could never be applied.
pub(super) fn fix_fault(
    source: &RuleFile,
    check: Option<&super::Check>,
    places: &Places,
) -> Option<Problem> {
    let fix = source.fix.as_ref()?;
    let words = !fix.replace.0.is_empty() || !fix.replace_unsafe.0.is_empty();
    let (message, hint) = match check? {
        super::Check::Forbid(_) if words => return None,
        super::Check::Forbid(_) => (
            "this fix replaces nothing",
            "add `replace: { found: instead }`",
        ),
        super::Check::Hidden(_) if !words => return None,
        super::Check::Hidden(_) => (
            "`hidden` knows itself what to write",
            "leave `replace` out; `title` and `safe` are enough",
        ),
        _ => (
            "only `forbid` and `hidden` can have a fix",
            "say in `help` what to write instead",
        ),
    };
    let at = places.near(&["fix"]);
    Some(places.problem(at, message, Some(hint.to_owned())))
}

/// What is wrong with what a rule says to people.
pub(super) fn texts(source: &RuleFile, places: &Places) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut complain = |path: &[&str], message: String, hint: Option<String>| {
        problems.push(places.problem(places.near(path), message, hint));
    };
    let a = &source.authority;
    let said = [
        (&["title"][..], &source.title),
        (&["authority", "body"], &a.body),
        (&["authority", "instrument"], &a.instrument),
        (&["authority", "provision"], &a.provision),
        (&["message"], &source.message),
        (&["help"], &source.help),
    ];
    for (path, text) in said {
        for (lang, text) in [("ko", &text.ko), ("en", &text.en)] {
            if text.trim().is_empty() {
                complain(&[path, &[lang]].concat(), "this text is empty".into(), None);
            }
        }
    }
    if let Err((message, hint)) = yaml::date(&a.date) {
        complain(&["authority", "date"], message, hint);
    }
    if !["https://", "http://"].iter().any(|s| a.url.starts_with(s)) {
        let message = format!("`{}` is not an address", yaml::shown(&a.url));
        let hint = "write where the authority can be read: https://…".to_owned();
        complain(&["authority", "url"], message, Some(hint));
    }
    for (key, text) in [("message", &source.message), ("help", &source.help)] {
        for (lang, text) in [("ko", &text.ko), ("en", &text.en)] {
            if let Some(bad) = message::unknown_placeholder(text) {
                let message = format!("unknown placeholder `{{{}}}`", yaml::shown(&bad));
                complain(
                    &[key, lang],
                    message,
                    yaml::hint_for(&bad, &message::PLACEHOLDERS),
                );
            } else if text.rfind('{').is_some_and(|at| !text[at..].contains('}')) {
                let message = "a placeholder is not closed: `{` without `}`".to_owned();
                complain(&[key, lang], message, None);
            }
        }
    }
    problems
}
