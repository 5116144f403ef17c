//! Asterisks that were meant as emphasis and will be published as asterisks.
//!
//! In CommonMark the mark after `**leak (incident)**` does not close when a letter follows it, as a Korean particle
//! does: between punctuation and a letter it can only open. The parser hands such marks out as text. They are told
//! from masked data (`K**`, `010-****-1234`) and from arithmetic.

use crate::source::Span;

/// Asterisks in a row that arrived as text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    /// Byte in the visible text, where one asterisk is one byte.
    pub at: usize,
    pub len: usize,
    pub source: Span,
}

/// No emphasis is longer; four and more are masked data.
const LONGEST: usize = 3;

/// For each run in a block's visible text, whether it is an emphasis mark gone wrong.
pub(super) fn stray(text: &str, runs: &[Run]) -> Vec<bool> {
    let mut verdicts = vec![false; runs.len()];
    // The last run of each length that could open.
    let mut open: [Option<usize>; LONGEST + 1] = [None; LONGEST + 1];
    for (index, run) in runs.iter().enumerate() {
        if run.len > LONGEST {
            continue;
        }
        let (before, after) = neighbours(text, run);
        let opener = open[run.len].filter(|_| before.is_some_and(is_inside));
        if let Some(opener) = opener {
            verdicts[opener] = true;
            verdicts[index] = true;
            open[run.len] = None;
        } else if after.is_some_and(is_inside) && (run.len > 1 || beside_letter(before, after)) {
            open[run.len] = Some(index);
        }
    }
    for (verdict, run) in verdicts.iter_mut().zip(runs) {
        *verdict = *verdict || (run.len > 1 && !is_mask(text, run));
    }
    verdicts
}

fn neighbours(text: &str, run: &Run) -> (Option<char>, Option<char>) {
    let before = text.get(..run.at).and_then(|t| t.chars().next_back());
    let after = text.get(run.at + run.len..).and_then(|t| t.chars().next());
    (before, after)
}

fn beside_letter(before: Option<char>, after: Option<char>) -> bool {
    before.is_some_and(char::is_alphabetic) || after.is_some_and(char::is_alphabetic)
}

/// A mark stands against the words that it embraces.
fn is_inside(c: char) -> bool {
    !c.is_whitespace() && !c.is_control()
}

/// Whether a run without a partner hides characters of a name or a number instead of marking words.
fn is_mask(text: &str, run: &Run) -> bool {
    let (before, after) = neighbours(text, run);
    let of_number = |c: char| c.is_ascii_digit() || matches!(c, '-' | '@' | '.' | '_');
    if run.len > LONGEST || after.is_some_and(of_number) {
        return true;
    }
    let Some(before) = before.filter(|&c| is_inside(c)) else {
        return false;
    };
    // A masked name: one letter, then the mask.
    let mut earlier = text.get(..run.at).unwrap_or_default().chars().rev().skip(1);
    let lone = earlier.next().is_none_or(|c| !c.is_alphanumeric());
    before.is_ascii_alphanumeric() || of_number(before) || (before.is_alphanumeric() && lone)
}

#[cfg(test)]
mod tests {
    use super::{Run, stray};
    use crate::source::Span;

    fn verdicts(text: &str) -> Vec<bool> {
        let mut runs: Vec<Run> = Vec::new();
        for (at, _) in text.match_indices('*') {
            match runs.last_mut() {
                Some(run) if run.at + run.len == at => run.len += 1,
                _ => runs.push(Run {
                    at,
                    len: 1,
                    source: Span::default(),
                }),
            }
        }
        stray(text, &runs)
    }

    #[test]
    fn pairs_are_stray() {
        assert_eq!(verdicts("**유출(사고)**를"), [true, true]);
        assert_eq!(verdicts("*유출(사고)*를"), [true, true]);
        assert_eq!(verdicts("**'유출'**이며 **\"노출\"**은"), [true; 4]);
    }

    #[test]
    fn a_mark_that_lost_its_partner_is_stray() {
        assert_eq!(verdicts("**유출 사고"), [true]);
        assert_eq!(verdicts("**중요: 개인정보"), [true]);
        assert_eq!(verdicts("유출 사고** 안내"), [true]);
    }

    #[test]
    fn masks_and_arithmetic_are_not() {
        assert_eq!(verdicts("010-****-1234"), [false]);
        assert_eq!(verdicts("홍**님"), [false]);
        assert_eq!(verdicts("ab***@example.com"), [false]);
        assert_eq!(verdicts("비밀번호 ****"), [false]);
        assert_eq!(verdicts("3 * 4 * 5"), [false, false]);
        assert_eq!(verdicts("전화번호* 및 주소*"), [false, false]);
        assert_eq!(verdicts("*표시 항목"), [false]);
    }
}
