//! One line of a source as a terminal shows it: harmless characters, known widths, no longer than fits.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Widest line shown, in cells. Fixed, so that a report does not depend on the terminal it was made in.
pub const MAX_CELLS: usize = 100;
/// Cells kept to the left of a marked text that is itself too long.
const LEAD: usize = 20;
/// Characters looked at on each side of the marked text: a line of a megabyte costs no more than a short one.
const REACH: usize = 4 * MAX_CELLS;
const TAB: usize = 4;
pub const ELLIPSIS: &str = "\u{2026}";

/// First stand-in of each width; see [`StandIns`]. Plane 3 is wide and unassigned here, plane 16 is private use.
const WIDE_STAND_IN: u32 = 0x3_FF00;
const NARROW_STAND_IN: u32 = 0x10_FF00;
const STAND_INS: u32 = 0xF0;

/// Is this character never sent to a terminal? Escapes and other controls, bidi controls, separators that terminals treat as
/// line ends, and characters that show nothing at all (which a writer should get to see).
fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c,
            // bidi controls
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}'
            // line and paragraph separator
            | '\u{2028}' | '\u{2029}'
            // invisible
            | '\u{ad}' | '\u{180e}' | '\u{200b}' | '\u{2060}'..='\u{2065}' | '\u{feff}'
            | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{e0fff}'
            // what this module itself uses
            | '\u{3ff00}'..='\u{3ffff}' | '\u{10ff00}'..='\u{10ffff}')
}

/// Does `text` begin with what a CI log takes for a command wherever it stands in a line (`##[error]`, `##vso[…]`)?
/// Commands that only count at the start of a line (`::error::`) are seen to where a text has several.
pub fn is_log_command(text: &str) -> bool {
    ["##[", "##vso[", "##teamcity["]
        .iter()
        .any(|start| text.starts_with(start))
}

/// Does a line inside of `text` begin at `at` with `::`, which a CI log takes for a command? The first line stands behind other text.
fn opens_a_line_as_a_command(text: &str, at: usize) -> bool {
    text[at..].starts_with("::")
        && text[..at]
            .trim_end_matches([' ', '\t'])
            .ends_with(['\n', '\r'])
}

/// A visible name for a character that is not shown itself: `\u{1b}` is the control picture, U+202E is `<U+202E>`.
fn push_visible(out: &mut String, c: char) {
    match u32::from(c) {
        code @ 0..=0x1f => out.extend(char::from_u32(0x2400 + code)),
        0x7f => out.push('\u{2421}'),
        code => {
            // Writing to a String cannot fail.
            let _ = write!(out, "<U+{code:04X}>");
        }
    }
}

/// `text` with everything replaced that a terminal would obey instead of show. Line ends and tabs stay.
pub fn harmless(text: &str) -> Cow<'_, str> {
    let changes = |at: usize, c: char| {
        is_unsafe(c) && c != '\n' && c != '\t'
            || c == '#' && is_log_command(&text[at..])
            || c == ':' && opens_a_line_as_a_command(text, at)
    };
    if !text.char_indices().any(|(at, c)| changes(at, c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for (at, c) in text.char_indices() {
        if changes(at, c) {
            push_visible(&mut out, c);
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// Like [`harmless`], on one line.
pub fn harmless_line(text: &str) -> String {
    let words: Vec<&str> = text
        .split(['\n', '\r', '\t'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    harmless(&words.join(" ")).into_owned()
}

/// A path for the start of a line: there, `::` begins a command in the log of GitHub Actions.
pub fn harmless_path(path: &str) -> String {
    let path = harmless_line(path);
    match path.starts_with("::") {
        true => format!("./{path}"),
        false => path,
    }
}

/// `text` on one harmless line of at most `limit` cells, the end cut off with an ellipsis.
pub fn shortened(text: &str, limit: usize) -> String {
    let line = harmless_line(text);
    if line.width() <= limit {
        return line;
    }
    let mut out = String::new();
    let mut used = 0;
    for cluster in line.graphemes(true) {
        if used + cluster.width() + 1 > limit {
            break;
        }
        used += cluster.width();
        out.push_str(cluster);
    }
    out.truncate(out.trim_end().len());
    out + ELLIPSIS
}

/// The drawing library adds up the widths of single characters. Where a cluster is narrower or wider than that sum (an emoji joined of
/// several, a keycap), it is given one character of the right width instead, and the painter puts the cluster back.
#[derive(Debug, Default)]
pub struct StandIns {
    wide: Vec<String>,
    narrow: Vec<String>,
}

impl StandIns {
    fn take(&mut self, cluster: &str, width: usize) -> Option<char> {
        let (list, first) = match width {
            1 => (&mut self.narrow, NARROW_STAND_IN),
            2 => (&mut self.wide, WIDE_STAND_IN),
            _ => return None,
        };
        let index = match list.iter().position(|known| known == cluster) {
            Some(index) => index,
            None => {
                list.push(cluster.to_owned());
                list.len() - 1
            }
        };
        let index = u32::try_from(index)
            .ok()
            .filter(|index| *index < STAND_INS)?;
        char::from_u32(first + index)
    }

    /// The cluster that `c` stands for.
    pub fn cluster(&self, c: char) -> Option<&str> {
        let code = u32::from(c);
        let (list, first) = if code >= NARROW_STAND_IN {
            (&self.narrow, NARROW_STAND_IN)
        } else if code >= WIDE_STAND_IN {
            (&self.wide, WIDE_STAND_IN)
        } else {
            return None;
        };
        list.get((code - first) as usize).map(String::as_str)
    }
}

/// A cluster of a line: where it stands (bytes of the line), what is shown for it, how wide that is.
struct Cell {
    source: Range<usize>,
    shown: String,
    width: usize,
}

/// A line ready to be drawn.
#[derive(Debug)]
pub struct Row {
    pub text: String,
    /// For each cell shown: bytes of the source line, bytes of `text`.
    cells: Vec<(Range<usize>, Range<usize>)>,
    /// Where the shown part of `text` lies between its ellipses.
    body: Range<usize>,
}

impl Row {
    /// Where a range of bytes of the source line is in `text`. What was cropped away is at the ellipsis.
    pub fn place(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.position(range.start);
        if range.is_empty() {
            return start..start;
        }
        let end = match self
            .cells
            .iter()
            .rfind(|(source, _)| source.start < range.end)
        {
            None => self.body.start,
            Some((source, _)) if source.end < range.end && self.is_last(source) => self.text.len(),
            Some((_, shown)) => shown.end,
        };
        start..end.max(start)
    }

    fn is_last(&self, source: &Range<usize>) -> bool {
        self.cells.last().is_some_and(|(last, _)| last == source)
    }

    fn position(&self, byte: usize) -> usize {
        match self.cells.first() {
            Some((first, _)) if byte < first.start => 0,
            _ => self
                .cells
                .iter()
                .find(|(source, _)| byte < source.end)
                .map_or(self.body.end, |(_, shown)| shown.start),
        }
    }
}

/// Prepares `line` for drawing so that `focus` (bytes of the line) is in view, and all of `others` too if they fit.
pub fn row(
    line: &str,
    focus: &Range<usize>,
    others: &[Range<usize>],
    stand_ins: &mut StandIns,
) -> Row {
    let start = floor_boundary(line, focus.start);
    let left = line[..start]
        .char_indices()
        .rev()
        .nth(REACH)
        .map_or(0, |(at, _)| at);
    let right = line[start..]
        .char_indices()
        .nth(REACH)
        .map_or(line.len(), |(at, _)| start + at);
    let cells = lay_out(line, left..right);
    let total: usize = cells.iter().map(|cell| cell.width).sum();
    let shown = if total <= MAX_CELLS && left == 0 && right == line.len() {
        0..cells.len()
    } else {
        window(&cells, focus, others)
    };

    let mut text = String::new();
    if left > 0 || shown.start > 0 {
        text.push_str(ELLIPSIS);
    }
    let body_start = text.len();
    let mut places = Vec::with_capacity(shown.len());
    for cell in &cells[shown.clone()] {
        let at = text.len();
        let added: usize = cell.shown.chars().map(|c| c.width().unwrap_or(0)).sum();
        match (added != cell.width)
            .then(|| stand_ins.take(&cell.shown, cell.width))
            .flatten()
        {
            Some(c) => text.push(c),
            None => text.push_str(&cell.shown),
        }
        places.push((cell.source.clone(), at..text.len()));
    }
    let body = body_start..text.len();
    if right < line.len() || shown.end < cells.len() {
        text.push_str(ELLIPSIS);
    }
    Row {
        text,
        cells: places,
        body,
    }
}

fn floor_boundary(text: &str, byte: usize) -> usize {
    let mut at = byte.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn lay_out(line: &str, range: Range<usize>) -> Vec<Cell> {
    let mut column = 0;
    let mut cells = Vec::new();
    for (at, cluster) in line[range.clone()].grapheme_indices(true) {
        let start = range.start + at;
        let mut shown = String::new();
        let mut width = cluster.width();
        if cluster == "\t" {
            width = TAB - column % TAB;
            shown.extend(std::iter::repeat_n(' ', width));
        } else if start == 0 && cluster == "\u{feff}" {
            // The byte order mark is no part of the text.
            width = 0;
        } else if cluster == "#" && is_log_command(&line[start..]) {
            push_visible(&mut shown, '#');
            width = shown.width();
        } else if width == 0 || cluster.chars().any(is_unsafe) {
            let nothing_to_see = width == 0;
            for c in cluster.chars() {
                if nothing_to_see || is_unsafe(c) {
                    push_visible(&mut shown, c);
                } else {
                    shown.push(c);
                }
            }
            width = shown.width();
        } else {
            shown.push_str(cluster);
        }
        column += width;
        cells.push(Cell {
            source: start..start + cluster.len(),
            shown,
            width,
        });
    }
    cells
}

/// The cells to show of a line that is too long.
fn window(cells: &[Cell], focus: &Range<usize>, others: &[Range<usize>]) -> Range<usize> {
    let width = |range: &Range<usize>| -> usize {
        cells[range.clone()].iter().map(|cell| cell.width).sum()
    };
    // Both ends may need their ellipsis.
    let budget = MAX_CELLS - 2;
    let touched = |range: &Range<usize>| {
        let first = cells.partition_point(|cell| cell.source.end <= range.start);
        let last = cells.partition_point(|cell| cell.source.start < range.end);
        first.min(cells.len())..last.max(first)
    };

    let mut seed = touched(focus);
    if width(&seed) + LEAD > budget {
        seed.end = seed.start;
        let mut used = LEAD;
        while seed.end < cells.len() && used + cells[seed.end].width <= budget {
            used += cells[seed.end].width;
            seed.end += 1;
        }
        grow(cells, &mut seed, budget, 0);
        return seed;
    }
    let all = others
        .iter()
        .map(touched)
        .fold(seed.clone(), |a, b| a.start.min(b.start)..a.end.max(b.end));
    if width(&all) <= budget {
        seed = all;
    }
    let free = budget - width(&seed);
    grow(cells, &mut seed, budget, free / 2);
    seed
}

/// Widens `shown` to `budget` cells: first to the left until `keep_right` cells are left over, then to the right, then to the left again.
fn grow(cells: &[Cell], shown: &mut Range<usize>, budget: usize, keep_right: usize) {
    let mut used: usize = cells[shown.clone()].iter().map(|cell| cell.width).sum();
    let leftwards = |shown: &mut Range<usize>, used: &mut usize, limit: usize| {
        while shown.start > 0 && *used + cells[shown.start - 1].width <= limit {
            shown.start -= 1;
            *used += cells[shown.start].width;
        }
    };
    leftwards(shown, &mut used, budget - keep_right);
    while shown.end < cells.len() && used + cells[shown.end].width <= budget {
        used += cells[shown.end].width;
        shown.end += 1;
    }
    leftwards(shown, &mut used, budget);
}

#[cfg(test)]
#[path = "cells_tests.rs"]
mod tests;
