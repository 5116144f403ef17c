//! Lines of the comparison for what the facts hold besides the leak, its dates, count and items: desks, look-up, posting, claims,
//! earlier notices.

use super::comparison::{Line, Verdict, date_line};
use super::{Page, Subject, parts};
use crate::facts::{Cohort, ConfirmedBy, EarlierNotice, Facts};
use crate::report::DateClaim;
use crate::source::Span;

pub fn rest<'a>(
    page: Page<'a>,
    subject: Subject<'a>,
    facts: &Facts,
    cohort: Option<&Cohort>,
) -> Vec<Line<'a>> {
    let mut lines = contacts(page, subject, facts);
    lines.extend(lookup(page, subject, facts));
    lines.extend(posting(page, subject));
    lines.extend(claims(page, subject, facts));
    if let Some(cohort) = cohort {
        lines.extend(cohort.late_reason.as_ref().map(|reason| {
            let word = page
                .words
                .find(&format!("reason-{}", reason.value.as_str()));
            told(
                page.words.text("html-late-reason"),
                word.unwrap_or_default().to_owned(),
                reason.span,
            )
        }));
        let sent = |earlier: &EarlierNotice| {
            let span = earlier.kind.span;
            let day = match (&earlier.sent_at, &earlier.posted) {
                (Some(at), _) => parts::moment(&at.value),
                (None, Some(posted)) => posted.value.from.value.to_string(),
                (None, None) => String::new(),
            };
            let kind = parts::named(page, "kind", earlier.kind.value.as_str());
            told(
                page.words.text("html-earlier"),
                format!("{kind}, {day}"),
                span,
            )
        };
        lines.extend(facts.earlier(cohort).map(sent));
    }
    lines
}

/// A line of what only the facts say.
fn told<'a>(what: &str, facts: String, at: Span) -> Line<'a> {
    Line {
        what: what.to_owned(),
        facts,
        at: Some(at),
        own_findings: false,
        says: String::new(),
        quotes: Vec::new(),
        verdict: Verdict::Open,
    }
}

/// A line for a text that should stand in the notice.
fn wanted<'a>(page: Page<'a>, subject: Subject<'a>, what: &str, value: &str, at: Span) -> Line<'a> {
    let found = parts::source(page, &subject.notice.path).and_then(|source| {
        let at = crate::rules::check::stands_in(&source.text, value)?;
        let span = Span::new(at.start, at.end);
        Some((source.slice(span), span))
    });
    Line {
        verdict: match found {
            Some(_) => Verdict::Agrees,
            None => Verdict::NotStated,
        },
        quotes: found.into_iter().collect(),
        ..told(what, value.to_owned(), at)
    }
}

fn contacts<'a>(page: Page<'a>, subject: Subject<'a>, facts: &Facts) -> Vec<Line<'a>> {
    let name = page.words.text("html-contact");
    let mut lines = Vec::new();
    for contact in &facts.contacts {
        let ways = [&contact.phone, &contact.email, &contact.url];
        for way in ways.into_iter().flatten() {
            let desk = contact.desk.as_ref().map(|desk| desk.value.as_str());
            let what = match desk {
                Some(desk) => format!("{name}: {desk}"),
                None => name.to_owned(),
            };
            lines.push(wanted(page, subject, &what, &way.value, way.span));
        }
    }
    lines
}

fn lookup<'a>(page: Page<'a>, subject: Subject<'a>, facts: &Facts) -> Vec<Line<'a>> {
    let Some(lookup) = &facts.lookup else {
        return Vec::new();
    };
    let what = page.words.text("html-lookup");
    let ways = [&lookup.url, &lookup.path];
    let ways = ways.into_iter().flatten();
    let mut lines: Vec<Line<'a>> = ways
        .map(|way| wanted(page, subject, what, &way.value, way.span))
        .collect();
    // One way is enough.
    if lines
        .iter()
        .any(|line| matches!(line.verdict, Verdict::Agrees))
    {
        for line in &mut lines {
            if matches!(line.verdict, Verdict::NotStated) {
                line.verdict = Verdict::Open;
            }
        }
    }
    lines
}

/// The period of the front matter beside the last day that the text gives.
fn posting<'a>(page: Page<'a>, subject: Subject<'a>) -> Option<Line<'a>> {
    let posted = parts::front(page, subject).posted?;
    let day = |date: &Option<crate::yaml::Spanned<jiff::civil::Date>>| {
        date.as_ref().map(|date| date.value.to_string())
    };
    let (from, until) = (day(&posted.value.from), day(&posted.value.until));
    let text = format!(
        "{} ~ {}",
        from.unwrap_or_default(),
        until.clone().unwrap_or_default()
    );
    let dates = &subject.notice.claims.dates;
    let stated: Vec<&DateClaim> = dates.iter().filter(|d| d.role == "posted-until").collect();
    let line = date_line(
        page.words.text("html-posting"),
        text,
        Span::default(),
        &stated,
        |claim| claim.to.as_ref().or(claim.from.as_ref()) == until.as_ref(),
    );
    // The period stands in the notice's own front matter.
    Some(Line { at: None, ..line })
}

fn claims<'a>(page: Page<'a>, subject: Subject<'a>, facts: &Facts) -> Vec<Line<'a>> {
    let one = |claim: &crate::facts::Claim| {
        let by = match (claim.confirmed_by.value, &claim.by) {
            (ConfirmedBy::Authority, Some(by)) => by.value.clone(),
            (ConfirmedBy::Authority, None) => String::new(),
            (ConfirmedBy::Own, _) => page.words.text("confirmed-self").to_owned(),
            (ConfirmedBy::None, _) => page.words.text("confirmed-none").to_owned(),
        };
        let what = page.words.text("html-claim");
        let line = wanted(page, subject, what, &claim.says.value, claim.says.span);
        let confirmed = claim.confirmed_by.value == ConfirmedBy::Authority;
        Line {
            facts: format!("{} ({by})", claim.says.value),
            verdict: match line.verdict {
                Verdict::Agrees if confirmed => Verdict::Agrees,
                Verdict::Agrees => Verdict::Compare,
                _ => Verdict::Open,
            },
            ..line
        }
    };
    facts.claims.iter().map(one).collect()
}
