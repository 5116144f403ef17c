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

/// One text in places that decide how it is read, each twice and in turn.
#[test]
fn what_a_text_says_depends_on_where_it_stands() {
    let in_a_list = "# 개인정보 유출 안내\n\n개인정보가 유출되었습니다.\n\n- 안내문\n- 유출된 정보\n\n이름과 주소\n";
    let alone_in_its_list =
        "# 개인정보 유출 안내\n\n개인정보가 유출되었습니다.\n\n- 유출된 정보\n\n이름과 주소\n";
    let in_a_row = "# Data breach\n\nYour data was stolen.\n\n| a | b |\n|---|---|\n| Where | Not in the backup |\n| Your password | none |\n";
    let before_a_row = "# Data breach\n\nYour data was stolen.\n\n| a | b |\n|---|---|\n| Not in the backup | Your password |\n";
    let texts = [in_a_list, alone_in_its_list, in_a_row, before_a_row].map(String::from);
    for turn in [
        [0, 0, 1, 1, 0],
        [1, 1, 0, 0, 1],
        [2, 2, 3, 3, 2],
        [3, 3, 2, 2, 3],
    ] {
        let turn = turn.map(|n| texts[n].clone());
        for (text, read) in turn.iter().zip(in_turn(&turn)) {
            assert_eq!(read, alone(text), "{text}");
        }
    }
}
