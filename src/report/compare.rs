//! What two notices claim differently, for `noticelint compare`.

use serde::Serialize;

use super::Look;
use super::cells::{harmless_line, shortened};
use super::human::place;
use super::json::{Tool, VERSION, to_text};
use super::paint::Painter;
use crate::compare::{Change, Difference, Side, What};
use crate::language::vocabulary::Vocabulary;
use crate::source::{Source, Span};

/// Cells of a text that are shown in a line.
const TEXT_CELLS: usize = 60;

/// One line for each difference, `+` added, `-` withdrawn, `~` changed, and where each side stands.
pub fn render(
    old: &Source,
    new: &Source,
    differences: &[Difference],
    vocabulary: &Vocabulary,
    look: Look,
) -> String {
    let view = View { vocabulary, look };
    let mut painter = Painter::new(look.coloured);
    let names = format!(
        "{} \u{2192} {}",
        harmless_line(&old.path),
        harmless_line(&new.path)
    );
    painter.bold(&names);
    painter.line("");
    for difference in differences {
        painter.line(&view.line(difference));
        for (side, source) in [(&difference.old, old), (&difference.new, new)] {
            let Some((side, span)) = side.as_ref().and_then(|s| Some((s, s.span?))) else {
                continue;
            };
            let text = shortened(&side.text, TEXT_CELLS);
            let at = place(Some(source), &source.path, span.start);
            painter.line(&format!("      \u{2018}{text}\u{2019} ({at})"));
        }
    }
    let count = |change: Change| {
        let of_kind = differences.iter().filter(|d| d.change == change);
        of_kind.count().to_string()
    };
    let sum = match differences.is_empty() {
        true => look.words.text("compare-same").to_owned(),
        false => look.words.fill(
            "compare-sum",
            &[
                ("added", &count(Change::Added)),
                ("withdrawn", &count(Change::Withdrawn)),
                ("changed", &count(Change::Changed)),
            ],
        ),
    };
    painter.bold(&sum);
    painter.line("");
    painter.into_text()
}

struct View<'a> {
    vocabulary: &'a Vocabulary,
    look: Look,
}

impl View<'_> {
    fn line(&self, difference: &Difference) -> String {
        let words = self.look.words;
        let mark = match difference.change {
            Change::Added => '+',
            Change::Withdrawn => '-',
            Change::Changed => '~',
        };
        let what = words
            .text(&format!("what-{}", difference.what.as_str()))
            .to_owned();
        let name = self.name(difference);
        let said = |side: &Option<Side>| side.as_ref().map(|side| self.said(difference.what, side));
        let says = match (said(&difference.old), said(&difference.new)) {
            (Some(old), Some(new)) => format!("{old} \u{2192} {new}"),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => String::new(),
        };
        match name.is_empty() {
            true => format!("  {mark} {what}: {says}"),
            false => format!("  {mark} {what} {name}: {says}"),
        }
    }

    fn name(&self, difference: &Difference) -> String {
        let words = self.look.words;
        match difference.what {
            What::Item => match self.vocabulary.id_of(&difference.id) {
                Some(id) => {
                    let label = &self.vocabulary.concept(id).label;
                    label.get(words.lang()).to_owned()
                }
                None => difference.id.clone(),
            },
            What::Advice => words.text(&format!("advice-{}", difference.id)).to_owned(),
            What::Date => words.text(&format!("date-{}", difference.id)).to_owned(),
            What::Count | What::Leak => String::new(),
        }
    }

    fn said(&self, what: What, side: &Side) -> String {
        let words = self.look.words;
        match what {
            What::Item | What::Leak | What::Advice => {
                words.text(&format!("says-{}", side.says)).to_owned()
            }
            What::Count => match side.says.split_once(' ') {
                Some((value, unit)) => match value.parse() {
                    Ok(value) => words.counted(value, unit),
                    Err(_) => side.says.clone(),
                },
                None => side.says.clone(),
            },
            What::Date => side.says.clone(),
        }
    }
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    tool: Tool<'a>,
    old: &'a str,
    new: &'a str,
    differences: Vec<DifferenceOut<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct DifferenceOut<'a> {
    what: &'static str,
    /// Item, advice or role of a date; `null` for the leak and the count.
    id: Option<&'a str>,
    change: &'static str,
    old: Option<SideOut<'a>>,
    new: Option<SideOut<'a>>,
}

#[derive(Serialize)]
struct SideOut<'a> {
    says: &'a str,
    text: &'a str,
    path: &'a str,
    span: Option<SpanOut>,
}

#[derive(Serialize)]
struct SpanOut {
    start: PositionOut,
    end: PositionOut,
}

#[derive(Serialize)]
struct PositionOut {
    byte: usize,
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct Summary {
    added: usize,
    withdrawn: usize,
    changed: usize,
}

/// The same as JSON.
pub fn json(old: &Source, new: &Source, differences: &[Difference], rules_hash: &str) -> String {
    let count = |change: Change| differences.iter().filter(|d| d.change == change).count();
    to_text(&Document {
        version: VERSION,
        tool: Tool::new(rules_hash),
        old: &old.path,
        new: &new.path,
        differences: differences
            .iter()
            .map(|difference| DifferenceOut {
                what: difference.what.as_str(),
                id: Some(difference.id.as_str()).filter(|id| !id.is_empty()),
                change: difference.change.as_str(),
                old: difference.old.as_ref().map(|side| side_out(side, old)),
                new: difference.new.as_ref().map(|side| side_out(side, new)),
            })
            .collect(),
        summary: Summary {
            added: count(Change::Added),
            withdrawn: count(Change::Withdrawn),
            changed: count(Change::Changed),
        },
    })
}

fn side_out<'a>(side: &'a Side, source: &'a Source) -> SideOut<'a> {
    SideOut {
        says: &side.says,
        text: &side.text,
        path: &source.path,
        span: side.span.map(|span| span_out(source, span)),
    }
}

fn span_out(source: &Source, span: Span) -> SpanOut {
    let position = |byte: usize| {
        let (line, column) = source.line_column(byte);
        PositionOut { byte, line, column }
    };
    SpanOut {
        start: position(span.start),
        end: position(span.end),
    }
}
