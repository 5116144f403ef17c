//! What a notice says, for `noticelint claims`: clauses with their stance, then the claims drawn from them.

use super::cells::{harmless_line, shortened};
use super::human::place;
use super::paint::Painter;
use super::wording::Wording;
use super::{Claims, Evidence, Look, NoticeReport, Report};
use crate::lang::Lang;
use crate::source::{Source, Span};

/// Cells of a text that are shown in a line.
const TEXT_CELLS: usize = 72;

/// All notices of `report` with their clauses and claims.
pub fn render(report: &Report, look: Look) -> String {
    let mut painter = Painter::new(look.coloured);
    for notice in &report.notices {
        let source = report.sources.get(&notice.path).map(AsRef::as_ref);
        let view = View {
            notice,
            source,
            words: look.words,
        };
        view.clauses(&mut painter);
        view.claims(&notice.claims, &mut painter);
        painter.bold(&view.sum());
        painter.line("");
    }
    painter.into_text()
}

struct View<'a> {
    notice: &'a NoticeReport,
    source: Option<&'a Source>,
    words: Wording,
}

impl View<'_> {
    /// An id as rules know it; in other languages than English with its name before it.
    fn named(&self, what: &str, id: &str) -> String {
        let id = harmless_line(id);
        let name = self.words.find(&format!("{what}-{id}"));
        match name.filter(|_| self.words.lang() != Lang::En) {
            Some(name) => format!("{name}({id})"),
            None => id,
        }
    }

    fn at(&self, span: Span) -> String {
        place(self.source, &self.notice.path, span.start)
    }

    fn heading(&self, key: &str, painter: &mut Painter) {
        painter.bold(self.words.find(key).unwrap_or(key));
        painter.line("");
    }

    fn clauses(&self, painter: &mut Painter) {
        if self.notice.clauses.is_empty() {
            return;
        }
        self.heading("claims-clauses", painter);
        for clause in &self.notice.clauses {
            painter.line(&format!(
                "  {}: {}, {}",
                self.at(clause.span),
                self.named("stance", clause.stance),
                self.named("place-in", clause.place)
            ));
            painter.line(&format!("      {}", shortened(&clause.text, TEXT_CELLS)));
            if !clause.concepts.is_empty() {
                painter.line(&format!(
                    "      [{}]",
                    harmless_line(&clause.concepts.join(", "))
                ));
            }
        }
        painter.line("");
    }

    fn claims(&self, claims: &Claims, painter: &mut Painter) {
        let section = |key: &str, empty: bool, painter: &mut Painter| {
            if !empty {
                self.heading(key, painter);
            }
            !empty
        };
        if section("claims-items", claims.items.is_empty(), painter) {
            for claim in &claims.items {
                let item = harmless_line(&claim.item);
                let name = format!("{item}, {}", self.named("item", claim.status));
                self.claim(&name, claim.span, &claim.text, &claim.governed_by, painter);
            }
            painter.line("");
        }
        if section("claims-advice", claims.advice.is_empty(), painter) {
            for claim in &claims.advice {
                let advice = self.named("advice", &claim.advice);
                let name = format!("{advice}, {}", self.named("stance", claim.status));
                self.claim(&name, claim.span, &claim.text, &claim.governed_by, painter);
            }
            painter.line("");
        }
        if section("claims-counts", claims.counts.is_empty(), painter) {
            for claim in &claims.counts {
                let about = if claim.approximate { "~" } else { "" };
                let name = format!("{about}{} {}", claim.value, harmless_line(&claim.unit));
                self.claim(&name, claim.span, &claim.text, &claim.governed_by, painter);
            }
            painter.line("");
        }
        if section("claims-dates", claims.dates.is_empty(), painter) {
            for claim in &claims.dates {
                let when = match (&claim.from, &claim.to) {
                    (Some(from), Some(to)) if from != to => format!("{from}/{to}"),
                    (Some(day), _) | (None, Some(day)) => day.clone(),
                    (None, None) => "?".to_owned(),
                };
                self.claim(
                    &format!("{}, {when}", self.named("date", &claim.role)),
                    claim.span,
                    &claim.text,
                    &claim.governed_by,
                    painter,
                );
            }
            painter.line("");
        }
    }

    fn claim(
        &self,
        name: &str,
        span: Span,
        text: &str,
        governed_by: &Option<Evidence>,
        painter: &mut Painter,
    ) {
        painter.line(&format!("  {}: {name}", self.at(span)));
        painter.line(&format!("      {}", shortened(text, TEXT_CELLS)));
        if let Some(by) = governed_by {
            let (text, at) = (shortened(&by.text, TEXT_CELLS), self.at(by.span));
            let values = [("text", text.as_str()), ("place", at.as_str())];
            painter.line(&format!(
                "      {}",
                self.words.fill("claims-governed-by", &values)
            ));
        }
    }

    fn sum(&self) -> String {
        let claims = &self.notice.claims;
        let number = |n: usize| n.to_string();
        self.words.fill(
            "claims-sum",
            &[
                ("path", &harmless_line(&self.notice.path)),
                ("clauses", &number(self.notice.clauses.len())),
                ("items", &number(claims.items.len())),
                ("advice", &number(claims.advice.len())),
                ("counts", &number(claims.counts.len())),
                ("dates", &number(claims.dates.len())),
            ],
        )
    }
}
