//! Boxes and marks that say of an entry whether it is so.

use super::Vocabulary;

/// Characters between a box and what it is for, at most.
const NEAR_BOX: usize = 120;

impl Vocabulary {
    /// What the sign between the brackets of a box says: "[v]", "[ ]"; and "[x]", as in Markdown's lists of tasks.
    fn sign(&self, c: char) -> Option<bool> {
        let mut letters = [0; 4];
        let sign: &str = c.encode_utf8(&mut letters);
        let ticks = || c.eq_ignore_ascii_case(&'x') || self.yes.iter().any(|y| y == sign);
        if c.is_whitespace() {
            Some(false)
        } else {
            ticks().then_some(true)
        }
    }

    /// The length in bytes of the box of letters that a line begins with: "[x]", "[ ]".
    pub(crate) fn typed_box(&self, line: &str) -> Option<usize> {
        let mut chars = line.strip_prefix('[')?.chars();
        let mark = chars.next().filter(|c| self.sign(*c).is_some())?;
        (chars.next() == Some(']')).then_some(2 + mark.len_utf8())
    }

    /// How many places of a text are still to be filled in.
    pub(crate) fn slots(&self, text: &str) -> usize {
        let runs = self.slots.iter().map(|slot| {
            let starts = text.match_indices(slot.as_str());
            // A long line is one place.
            let goes_on = |at: usize| {
                slot.chars()
                    .next_back()
                    .is_some_and(|c| text[..at].ends_with(c))
            };
            starts.filter(|(at, _)| !goes_on(*at)).count()
        });
        runs.sum()
    }

    /// Whether the last box drawn in a text is ticked. A box stands near what it is for, in its line.
    pub(crate) fn ticked(&self, text: &str) -> Option<bool> {
        let line = text.chars().rev().take_while(|&c| c != '\n');
        let near = line.take(NEAR_BOX);
        let boxes = |c: &char| {
            self.box_letters.contains(c) && (self.boxes.contains(c) || self.empty_boxes.contains(c))
        };
        // "[ ]", "[v]": drawn with brackets.
        let mut letters = near.peekable();
        while let Some(c) = letters.next() {
            if boxes(&c) {
                return Some(self.boxes.contains(&c));
            }
            if c == ']' {
                let inside = letters.next_if(|c| *c != '[')?;
                while letters.next_if(|c| c.is_whitespace()).is_some() {}
                if letters.peek() == Some(&'[')
                    && let Some(ticked) = self.sign(inside)
                {
                    return Some(ticked);
                }
            }
        }
        None
    }

    /// Whether the sign before byte `at` is an empty box, in a line that has ticked ones, too: "■ name □ address".
    pub(crate) fn left_empty(&self, text: &str, at: usize) -> bool {
        let (before, behind) = (&text[..at], &text[at..]);
        let line = before.rfind('\n').map_or(0, |n| n + 1);
        let before = &before[line..];
        let near = before.chars().rev().take(NEAR_BOX);
        self.linking.paired_boxes.iter().any(|pair| {
            let mut signs = pair.chars();
            let (Some(full), Some(empty)) = (signs.next(), signs.next()) else {
                return false;
            };
            let last = near.clone().find(|c| *c == full || *c == empty);
            let rest = behind.chars().take(NEAR_BOX).take_while(|c| *c != '\n');
            last == Some(empty) && (before.contains(full) || rest.clone().any(|c| c == full))
        })
    }

    /// Whether the mark right behind byte `end` of a line ticks what stands before it, in a line whose marks stand behind what they
    /// are for: "name ✅ phone ❌".
    pub(crate) fn ticked_behind(&self, line: &str, end: usize) -> Option<bool> {
        let mark = line
            .get(end..)?
            .trim_start_matches([' ', ':'])
            .chars()
            .next()?;
        let drawn = |c: &char| self.box_letters.contains(c);
        let opens = line
            .chars()
            .find(|c| !c.is_whitespace())
            .is_some_and(|c| drawn(&c));
        if !drawn(&mark) || opens {
            return None;
        }
        let ends = self.boxes.contains(&mark) || self.empty_boxes.contains(&mark);
        let last = line[end..]
            .chars()
            .rev()
            .find(|c| !c.is_whitespace() && *c != '.');
        (ends && last.is_some_and(|c| drawn(&c))).then(|| self.boxes.contains(&mark))
    }

    /// Whether the last box drawn in a line is a cross, which says no, rather than one that is left empty.
    pub(crate) fn crossed(&self, text: &str) -> bool {
        let near = text.chars().rev().take_while(|&c| c != '\n').take(NEAR_BOX);
        let mut drawn = near.filter(|c| self.box_letters.contains(c));
        drawn.next().is_some_and(|c| {
            let mut letters = [0; 4];
            let letter: &str = c.encode_utf8(&mut letters);
            self.empty_boxes.contains(&c) && self.no.iter().any(|n| n == letter)
        })
    }

    /// Whether a line ends in a mark or a word that says yes (true) or no: "Name ✔", "Name: yes".
    pub(crate) fn answered(&self, line: &str) -> Option<bool> {
        let line = line.trim_end_matches([' ', '.', ')']);
        let last = line.chars().next_back()?;
        let drawn = self.box_letters.contains(&last);
        if drawn && self.boxes.contains(&last) {
            return Some(true);
        }
        if drawn && self.empty_boxes.contains(&last) {
            return Some(false);
        }
        let (_, word) = line.rsplit_once([':', '–', '—', '(', '-'])?;
        let word = word.trim();
        let is = |list: &[String]| !word.is_empty() && list.iter().any(|w| w == word);
        match (is(&self.yes), is(&self.no)) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        }
    }
}
