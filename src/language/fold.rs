//! What two texts must have in common to match.
//!
//! The build script uses this module too, so that it prepares exactly what the program looks up.

use unicode_normalization::UnicodeNormalization;

/// Syllable blocks: letters of a script that writes particles onto its nouns.
pub fn is_syllabic(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}')
}

/// Letters and figures of any script; the common ones are told fast.
pub fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || is_syllabic(c) || !c.is_ascii() && c.is_alphanumeric()
}

/// A wording made ready for matching, see [`Folded`].
pub fn fold_wording(wording: &str) -> String {
    // Most are folded as they are.
    let plain = |c: char| is_syllabic(c) || c.is_ascii_lowercase() || c.is_ascii_digit();
    if wording.chars().all(plain) {
        return wording.to_owned();
    }
    let composed: String = wording.nfc().collect();
    let mut folded = Folded::default();
    folded.fill(&composed);
    folded.letters.iter().map(|l| l.c).collect()
}

/// A character of a folded text.
#[derive(Debug, Clone, Copy)]
pub struct Letter {
    pub c: char,
    /// Bytes of the original that it stands for.
    pub start: u32,
    pub end: u32,
    /// White space before it has been dropped.
    pub spaced: bool,
}

/// A text made ready for matching: ASCII lower case; hyphens as spaces; no space beside a syllable block; other white
/// space as one space. Line breaks that end a line for the reader stay.
#[derive(Debug, Default)]
pub struct Folded {
    pub letters: Vec<Letter>,
}

impl Folded {
    pub fn fill(&mut self, original: &str) {
        let letters = &mut self.letters;
        letters.clear();
        letters.reserve(original.len() / 2);
        let mut previous: Option<char> = None;
        let mut gap: Option<(u32, u32)> = None;
        for (at, given) in original.char_indices() {
            let start = at as u32;
            let end = start + given.len_utf8() as u32;
            if is_syllabic(given) {
                letters.push(Letter {
                    c: given,
                    start,
                    end,
                    spaced: gap.take().is_some(),
                });
                previous = Some(given);
                continue;
            }
            if gap.is_none() && given.is_ascii_alphanumeric() {
                let c = given.to_ascii_lowercase();
                letters.push(Letter {
                    c,
                    start,
                    end,
                    spaced: false,
                });
                previous = Some(c);
                continue;
            }
            let c = match given {
                '\u{2019}' | '\u{2018}' => '\'',
                // Unicode holds these for the same letters as the ASCII ones.
                '\u{212a}' => 'k',
                '\u{17f}' => 's',
                c => c.to_ascii_lowercase(),
            };
            let space = match c {
                ' ' | '\t' | '\n' => true,
                '-' | '\u{2010}' | '\u{2011}' => {
                    previous.is_some_and(|p| p.is_ascii_alphanumeric())
                        && original[end as usize..].starts_with(|n: char| n.is_ascii_alphanumeric())
                }
                _ => false,
            };
            if space {
                if previous.is_some() {
                    gap.get_or_insert((start, end));
                }
                continue;
            }
            let mut spaced = false;
            if let Some((start, end)) = gap.take() {
                if previous.is_some_and(is_syllabic) {
                    spaced = true;
                } else {
                    letters.push(Letter {
                        c: ' ',
                        start,
                        end,
                        spaced: false,
                    });
                }
            }
            letters.push(Letter {
                c,
                start,
                end,
                spaced,
            });
            previous = Some(c);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_case_hyphens_and_spaces_beside_syllables() {
        assert_eq!(fold_wording("E-Mail  Address"), "e mail address");
        assert_eq!(fold_wording("공동 현관 비밀 번호"), "공동현관비밀번호");
        assert_eq!(fold_wording("CI 정보"), "ci정보");
        assert_eq!(fold_wording("회사 ID"), "회사id");
        assert_eq!(fold_wording("\u{212a}it don\u{2019}t"), "kit don't");
    }

    #[test]
    fn every_letter_knows_where_it_comes_from() {
        let text = "비밀 번호  e-mail\u{2019}s ID";
        let mut folded = Folded::default();
        folded.fill(text);
        for l in &folded.letters {
            let original = &text[l.start as usize..l.end as usize];
            assert_eq!(original.chars().count(), 1, "{original}");
        }
        let spaced: String = folded
            .letters
            .iter()
            .filter(|l| l.spaced)
            .map(|l| l.c)
            .collect();
        assert_eq!(spaced, "번e");
    }
}
