//! What readers do not see, what they see though it was not meant, and how hard the text is to read.

use crate::front::Channel;
use crate::language::reading::Slice;
use crate::notice::HiddenKind;
use crate::report::{Edit, Evidence, Fix};
use crate::rules::Rule;
use crate::rules::schema::{self, HiddenFault, Measure};
use crate::source::Span;

use super::{Complaint, Context, Verdict, one_line};

pub fn run(rule: &Rule, fault: HiddenFault, cx: &Context<'_>) -> Verdict {
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
                    span: Span::new(h.span.start, end),
                    values: vec![("text", one_line(&h.text).chars().take(40).collect())],
                    key: "comment".into(),
                    ..Complaint::default()
                });
            }
            if let Some(front) = cx.notice.front.as_ref().filter(|f| !f.closed) {
                let end = (front.whole.start + 3).min(front.whole.end);
                complaints.push(Complaint {
                    span: Span::new(front.whole.start, end),
                    values: vec![("text", "---".into())],
                    key: "front-matter".into(),
                    ..Complaint::default()
                });
            }
        }
        HiddenFault::Asterisks => {
            // One complaint for each line: the marks come in pairs.
            let stray = &cx.notice.stray_asterisks;
            let line_of = |span: &Span| cx.source.line_column(span.start).0;
            for line in stray.chunk_by(|a, b| line_of(a) == line_of(b)) {
                let Some(first) = line.first() else { continue };
                complaints.push(Complaint {
                    span: *first,
                    values: vec![("text", cx.source.slice(*first).to_owned())],
                    fixes: rule.fix.iter().map(|fix| marks(fix, line, cx)).collect(),
                    key: "asterisks".into(),
                    ..Complaint::default()
                });
            }
        }
    }
    Verdict::of(complaints, Vec::<Evidence>::new())
}

/// Tags in place of the marks of one line that come in pairs; the others are taken out, which a person must decide. Where
/// there are no tags (text messages), all are taken out.
fn marks(fix: &schema::Fix, line: &[Span], cx: &Context<'_>) -> Fix {
    let plain = cx
        .front
        .channel
        .is_some_and(|channel| channel.value == Channel::Sms);
    let mut edits = Vec::new();
    let mut safe = fix.safe;
    let mut rest = line;
    while let [first, after @ ..] = rest {
        let tag = match first.len() {
            1 => "em",
            _ => "strong",
        };
        let partner = after.first().filter(|second| second.len() == first.len());
        let (open, close) = match (partner, plain) {
            (Some(_), false) => (format!("<{tag}>"), format!("</{tag}>")),
            _ => (String::new(), String::new()),
        };
        safe &= partner.is_some();
        edits.push(Edit {
            span: *first,
            text: open,
        });
        rest = after;
        if let Some(second) = partner {
            edits.push(Edit {
                span: *second,
                text: close,
            });
            rest = &after[1..];
        }
    }
    Fix {
        title: fix.title.get(cx.words.lang()).to_owned(),
        safe,
        edits,
    }
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
