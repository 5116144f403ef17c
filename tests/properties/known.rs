//! Texts that come again are read as they were the first time.

use std::thread;

use proptest::prelude::*;

use super::*;

/// The report of a process that has seen nothing before.
fn alone(text: &str) -> String {
    let text = text.to_owned();
    let checked = thread::spawn(move || {
        let linter = Linter::new(RuleSet::builtin().unwrap(), Settings::default());
        format!("{:?}", linter.lint(&source(&text), None))
    });
    checked.join().unwrap()
}

/// The reports of one linter on all texts in turn.
fn in_turn(texts: &[String]) -> Vec<String> {
    LINTER.with(|linter| {
        let one = |text: &String| format!("{:?}", linter.lint(&source(text), None));
        texts.iter().map(one).collect()
    })
}

proptest! {
    #![proptest_config(cases(16))]

    /// Notices of one merge: the same parts in another order and beside other parts, some of them several times.
    #[test]
    fn what_was_read_before_changes_nothing(a in notices::body(), b in notices::body(), c in notices::body()) {
        let texts = [
            format!("# A\n\n{a}\n\n{b}\n\n{a}\n"),
            format!("{b}\n\n## B\n\n{c}\n\n{b}\n"),
            format!("# A\n\n> {}\n\n{c}\n\n{a}\n", b.replace('\n', "\n> ")),
            format!("{c}\n\n{b}\n\n{a}\n"),
        ];
        let first = in_turn(&texts);
        let again = in_turn(&texts);
        for ((text, first), again) in texts.iter().zip(&first).zip(&again) {
            let alone = alone(text);
            prop_assert_eq!(first, &alone, "{}", text);
            prop_assert_eq!(again, &alone, "{}", text);
        }
    }
}
