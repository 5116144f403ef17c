//! What is prepared at build time is what the files say.

use noticelint::rules::RuleSet;
use noticelint::source::Source;
use noticelint::{Linter, Settings};

/// All notices and sentences under `fixtures/`.
fn texts() -> Vec<(String, String)> {
    fn collect(folder: &std::path::Path, out: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, out);
            } else if path.extension().is_some_and(|e| e == "md" || e == "yaml") {
                out.push((
                    path.display().to_string(),
                    std::fs::read_to_string(&path).unwrap(),
                ));
            }
        }
    }
    let mut out = Vec::new();
    collect(std::path::Path::new("fixtures"), &mut out);
    out.sort();
    assert!(out.len() > 20);
    out
}

#[test]
fn prepared_packs_and_those_read_from_files_are_the_same() {
    let quick = RuleSet::builtin().unwrap();
    let slow = RuleSet::builtin_checked().unwrap();
    assert!(
        quick.is_prepared(),
        "the build script could not prepare the packs"
    );
    assert!(!slow.is_prepared());
    assert_eq!(quick.unprepared_patterns(), [""; 0]);
    assert_eq!(quick.hash(), slow.hash());
    let ids = |set: &RuleSet| set.iter().map(|r| r.id.to_string()).collect::<Vec<_>>();
    assert_eq!(ids(&quick), ids(&slow));
    for (a, b) in quick.iter().zip(slow.iter()) {
        assert_eq!(a.title, b.title);
        assert_eq!(a.message, b.message);
        assert_eq!(a.help, b.help);
        assert_eq!(format!("{:?}", a.examples()), format!("{:?}", b.examples()));
        assert_eq!(format!("{:?}", a.authority), format!("{:?}", b.authority));
    }
    let mut checked = texts();
    checked.extend(quick.iter().flat_map(|r| {
        let name = r.id.to_string();
        r.examples()
            .iter()
            .map(move |e| (name.clone(), e.text.clone()))
    }));
    let quick = Linter::new(quick, Settings::default());
    let slow = Linter::new(slow, Settings::default());
    for (name, text) in checked {
        let source = Source::decode(name.as_str(), text.into_bytes()).unwrap();
        let [a, b] = [&quick, &slow].map(|l| format!("{:?}", l.lint(&source, None).report));
        assert_eq!(a, b, "{name}");
    }
}
