//! What rules made of patterns find in one line each, under `fixtures/patterns`. A line that begins with `#` says what follows,
//! one with `\n` in it is a whole notice.

mod support;

use noticelint::rules::RuleSet;
use noticelint::{Linter, Settings};

#[test]
fn what_each_line_shows() {
    let linter = Linter::new(RuleSet::builtin().unwrap(), Settings::default());
    for (id, lines) in support::patterns() {
        let mut told = String::new();
        for line in lines {
            let found = match line.starts_with('#') && !line.contains("\\n") {
                true => String::new(),
                false => format!("    {}\n", support::found(&linter, &id, &line).join(" | ")),
            };
            told.push_str(&format!("{line}\n{found}"));
        }
        insta::assert_snapshot!(id.replace('/', "-"), told);
    }
}
