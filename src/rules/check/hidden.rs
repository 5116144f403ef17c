//! What readers do not see, what they see though it was not meant, and how hard the text is to read.

use crate::language::reading::Slice;
use crate::notice::HiddenKind;
use crate::report::Evidence;
use crate::rules::schema::{HiddenFault, Measure};

use super::{Complaint, Context, Verdict, one_line};

pub fn run(fault: HiddenFault, cx: &Context<'_>) -> Verdict {
    let mut complaints = Vec::new();
    match fault {
        HiddenFault::Unclosed => {
            for h in cx
                .notice
                .hidden
                .iter()
                .filter(|h| h.kind == HiddenKind::UnclosedComment)
            {
                let end = (h.span.start + 4).min(h.span.end);
                complaints.push(Complaint {
                    span: crate::source::Span::new(h.span.start, end),
                    values: vec![("text", one_line(&h.text).chars().take(40).collect())],
                    key: "comment".into(),
                    ..Complaint::default()
                });
            }
            if let Some(front) = cx.notice.front.as_ref().filter(|f| !f.closed) {
                let end = (front.whole.start + 3).min(front.whole.end);
                complaints.push(Complaint {
                    span: crate::source::Span::new(front.whole.start, end),
                    values: vec![("text", "---".into())],
                    key: "front-matter".into(),
                    ..Complaint::default()
                });
            }
        }
        HiddenFault::Asterisks => {
            // One complaint for each line: the marks come in pairs.
            let mut last_line = 0;
            for span in &cx.notice.stray_asterisks {
                let (line, _) = cx.source.line_column(span.start);
                if line == last_line {
                    continue;
                }
                last_line = line;
                complaints.push(Complaint {
                    span: *span,
                    values: vec![("text", cx.source.slice(*span).to_owned())],
                    key: "asterisks".into(),
                    ..Complaint::default()
                });
            }
        }
    }
    Verdict::of(complaints, Vec::<Evidence>::new())
}

/// Long sentences and unexplained words of the trade.
pub fn measure(m: &Measure, cx: &Context<'_>) -> Verdict {
    let mut complaints = Vec::new();
    for s in &cx.reading.sentences {
        let limit = if s.head_final {
            m.words_head_final
        } else {
            m.words
        };
        if let Some(limit) = limit.filter(|l| s.words > *l) {
            let at = Slice {
                block: s.block,
                range: s.range.clone(),
            };
            complaints.push(Complaint {
                span: cx.span(&at),
                values: vec![
                    ("words", s.words.to_string()),
                    ("value", s.words.to_string()),
                    ("limit", limit.to_string()),
                    ("expected", limit.to_string()),
                    ("text", one_line(cx.text(&at)).chars().take(40).collect()),
                ],
                key: one_line(cx.text(&at)),
                ..Complaint::default()
            });
        }
    }
    Verdict::of(complaints, Vec::<Evidence>::new())
}
