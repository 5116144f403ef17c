//! What is due when, from the facts alone: the hours from awareness, the days of a posting, and what is due at once.
//!
//! How many hours and days there are, and what excuses more, stands in the rules. The clock is never read: "now" is given, or nothing
//! is said of what is overdue.

use std::sync::Arc;

use jiff::civil::Date;
use jiff::{SignedDuration, ToSpan, Zoned};

use crate::facts::{Cohort, EarlierNotice, Facts, LateReason, Status};
use crate::front::Kind;
use crate::lang::Lang;
use crate::report::Authority;
use crate::rules::{Check, Rule, RuleSet};
use crate::source::Span;

/// The moment as of which deadlines are judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AsOf {
    /// A whole day: what falls due on it is due "that day", not overdue.
    Day(Date),
    At(Zoned),
}

/// One duty of one cohort.
#[derive(Debug, Clone)]
pub struct Clock {
    pub duty: Duty,
    pub rule: Arc<str>,
    pub authority: Arc<Authority>,
    pub due: Due,
    pub state: State,
    /// Reasons that excuse more hours.
    pub excuses: Vec<LateReason>,
    /// The reason that the facts give, and whether it counts here.
    pub reason: Option<(LateReason, bool)>,
    /// What is still open.
    pub open: Vec<String>,
    /// Where in the facts it is counted from.
    pub span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duty {
    /// The notice of the leak.
    Notice,
    /// The notice of a possible leak.
    Possibility,
    /// The full notice, once a possible leak is confirmed.
    Confirmed,
    /// What was left out of a partial notice, or is an open question.
    Supplement,
    /// That nothing leaked after all.
    AllClear,
    /// A posting stands long enough.
    Posting,
}

impl Duty {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Possibility => "possibility",
            Self::Confirmed => "confirmed",
            Self::Supplement => "supplement",
            Self::AllClear => "all-clear",
            Self::Posting => "posting",
        }
    }
}

/// When something is due. Times are in the zone of the incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Due {
    /// So many hours after a time.
    By { from: Zoned, hours: i64, at: Zoned },
    /// At once, from this time on; `None`: as soon as it is settled.
    AtOnce { from: Option<Zoned> },
    /// To stand for so many days.
    Until { from: Date, days: i64, at: Date },
}

/// How a duty stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Done, so long after the time it is counted from.
    Met { at: Zoned, after: SignedDuration },
    /// Done too late, by so much.
    Late { at: Zoned, by: SignedDuration },
    /// Late, but for a reason that counts; due at once when that ends.
    Excused { at: Option<Zoned> },
    /// Not done, and so much time is left.
    Open { left: SignedDuration },
    /// Due on the day as of which this is judged.
    Today,
    /// Not done, and so much too late.
    Overdue { by: SignedDuration },
    /// A posting that is long enough.
    Stands { until: Date, days: i64 },
    /// A posting that ends too early, after so many days.
    Short { until: Date, days: i64 },
    /// A posting with no end given.
    Endless,
    /// Not settled yet, so nothing is due.
    Waiting,
    /// Not done so far, and no time is given as of which to judge.
    Unknown,
}

impl State {
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Met { .. } => "met",
            Self::Late { .. } => "late",
            Self::Excused { .. } => "excused",
            Self::Open { .. } => "open",
            Self::Today => "due-today",
            Self::Overdue { .. } => "overdue",
            Self::Stands { .. } | Self::Endless => "stands",
            Self::Short { .. } => "short",
            Self::Waiting => "waiting",
            Self::Unknown => "unknown",
        }
    }

    /// Whether a duty was not kept.
    pub fn is_bad(&self) -> bool {
        matches!(
            self,
            Self::Late { .. } | Self::Overdue { .. } | Self::Short { .. }
        )
    }
}

/// The duties of one cohort, in the order in which they arise.
#[derive(Debug, Clone)]
pub struct CohortClocks<'a> {
    pub cohort: &'a Cohort,
    pub clocks: Vec<Clock>,
}

/// The duties of all cohorts.
pub fn deadlines<'a>(
    facts: &'a Facts,
    rules: &RuleSet,
    as_of: Option<&AsOf>,
    lang: Lang,
) -> Vec<CohortClocks<'a>> {
    let judge = Judge {
        facts,
        as_of,
        lang,
        rules: rules.iter().filter(|rule| applies(rule, facts)).collect(),
    };
    facts
        .cohorts
        .iter()
        .map(|cohort| CohortClocks {
            cohort,
            clocks: judge.clocks(cohort),
        })
        .collect()
}

fn applies(rule: &Rule, facts: &Facts) -> bool {
    let wanted = &rule.when.source.jurisdiction;
    let known = |name: &String| facts.jurisdictions.iter().any(|j| j.value == *name);
    matches!(rule.check, Check::Deadline(_)) && (wanted.is_empty() || wanted.iter().any(known))
}

struct Judge<'a> {
    facts: &'a Facts,
    as_of: Option<&'a AsOf>,
    lang: Lang,
    rules: Vec<&'a Rule>,
}

impl Judge<'_> {
    fn clocks(&self, cohort: &Cohort) -> Vec<Clock> {
        let mut out = Vec::new();
        for rule in &self.rules {
            let aware = self.facts.aware_at(cohort).value.date();
            let when = &rule.when;
            if when.from.is_some_and(|from| aware < from) || when.until.is_some_and(|u| aware > u) {
                continue;
            }
            let Check::Deadline(deadline) = &rule.check else {
                continue;
            };
            if let Some(hours) = deadline.notify_hours {
                self.notice(rule, hours, cohort, &mut out);
            }
            if deadline.at_once_hours.is_some() {
                self.at_once(rule, cohort, &mut out);
            }
            if let Some(days) = deadline.posted_days {
                self.postings(rule, days, cohort, &mut out);
            }
        }
        out.sort_by_key(|clock| clock.duty as u8);
        out
    }

    /// What was sent to a cohort of one of these kinds, the earliest first.
    fn sent<'c>(
        &'c self,
        cohort: &'c Cohort,
        kinds: &'c [Kind],
    ) -> Vec<(&'c EarlierNotice, Zoned)> {
        let aware = self.local(&self.facts.aware_at(cohort).value);
        let mut sent: Vec<_> = self
            .facts
            .earlier(cohort)
            .filter(|earlier| kinds.contains(&earlier.kind.value))
            .filter_map(|earlier| Some((earlier, self.when(earlier, &aware)?)))
            // What went out before was about something else.
            .filter(|(_, at)| *at >= aware)
            .collect();
        // Of a posting only the day may be known; then what was sent on that day comes first.
        sent.sort_by_key(|(earlier, at)| (at.date(), earlier.sent_at.is_none(), at.timestamp()));
        sent
    }

    /// When a notice went out, in the zone of the incident. Of a posting only the day may be known; it was not posted before it was
    /// known what to post.
    fn when(&self, earlier: &EarlierNotice, aware: &Zoned) -> Option<Zoned> {
        match (&earlier.sent_at, &earlier.posted) {
            (Some(at), _) => Some(self.local(&at.value)),
            (None, Some(posted)) if posted.value.from.value == aware.date() => Some(aware.clone()),
            (None, Some(posted)) => self.midnight(posted.value.from.value),
            (None, None) => None,
        }
    }

    fn local(&self, at: &Zoned) -> Zoned {
        at.with_time_zone(self.facts.aware_at.value.time_zone().clone())
    }

    fn midnight(&self, day: Date) -> Option<Zoned> {
        day.to_zoned(self.facts.aware_at.value.time_zone().clone())
            .ok()
    }

    fn clock(&self, rule: &Rule, duty: Duty, due: Due, state: State, span: Span) -> Clock {
        Clock {
            duty,
            rule: Arc::clone(&rule.id),
            authority: Arc::clone(rule.authority_in(self.lang)),
            due,
            state,
            excuses: Vec::new(),
            reason: None,
            open: Vec::new(),
            span,
        }
    }

    /// The hours from awareness, and from the confirmation of what was only possible.
    fn notice(&self, rule: &Rule, hours: i64, cohort: &Cohort, out: &mut Vec<Clock>) {
        let aware = self.facts.aware_at(cohort);
        let first = self.sent(
            cohort,
            &[Kind::Full, Kind::Partial, Kind::Posting, Kind::Possibility],
        );
        let first = first.first();
        let possible = match (first, self.facts.status.value) {
            (Some((earlier, _)), _) => earlier.kind.value == Kind::Possibility,
            (None, status) => status == Status::Suspected,
        };
        if first.is_none() && self.facts.status.value == Status::RuledOut {
            return;
        }
        let duty = if possible {
            Duty::Possibility
        } else {
            Duty::Notice
        };
        let from = self.local(&aware.value);
        let done = first.map(|(_, at)| at.clone());
        out.extend(self.hours(rule, hours, duty, cohort, &from, done, aware.span));

        let confirmed = self.facts.confirmed_at(Some(cohort));
        if let (true, Status::Confirmed, Some(confirmed)) =
            (possible, self.facts.status.value, confirmed)
        {
            let from = self.local(&confirmed.value);
            let full = self.sent(
                cohort,
                &[Kind::Full, Kind::Partial, Kind::Posting, Kind::Supplement],
            );
            let done = full.into_iter().map(|(_, at)| at).find(|at| *at >= from);
            out.extend(self.hours(
                rule,
                hours,
                Duty::Confirmed,
                cohort,
                &from,
                done,
                confirmed.span,
            ));
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn hours(
        &self,
        rule: &Rule,
        hours: i64,
        duty: Duty,
        cohort: &Cohort,
        from: &Zoned,
        done: Option<Zoned>,
        span: Span,
    ) -> Option<Clock> {
        let Check::Deadline(deadline) = &rule.check else {
            return None;
        };
        let at = from.checked_add(hours.hours()).ok()?;
        let excuses = match (&deadline.excuses_possibility, duty) {
            (Some(fewer), Duty::Possibility) => fewer.clone(),
            _ => deadline.excuses.clone(),
        };
        let reason = cohort
            .late_reason
            .as_ref()
            .map(|reason| (reason.value, excuses.contains(&reason.value)));
        let excused = reason.is_some_and(|(_, counts)| counts);
        let state = match done {
            Some(done) if done <= at => State::Met {
                after: done.duration_since(from),
                at: done,
            },
            done if excused => State::Excused { at: done },
            Some(done) => State::Late {
                by: done.duration_since(&at),
                at: done,
            },
            None => self.open(&at),
        };
        let due = Due::By {
            from: from.clone(),
            hours,
            at,
        };
        let mut clock = self.clock(rule, duty, due, state, span);
        clock.excuses = excuses;
        clock.reason = reason;
        Some(clock)
    }

    /// How something not yet done stands.
    fn open(&self, at: &Zoned) -> State {
        match self.as_of {
            None => State::Unknown,
            Some(AsOf::At(now)) if now > at => State::Overdue {
                by: now.duration_since(at),
            },
            Some(AsOf::At(now)) => State::Open {
                left: at.duration_since(now),
            },
            Some(AsOf::Day(day)) => {
                let Some(begins) = self.midnight(*day) else {
                    return State::Unknown;
                };
                match at.date().cmp(day) {
                    std::cmp::Ordering::Less => State::Overdue {
                        by: begins.duration_since(at),
                    },
                    std::cmp::Ordering::Equal => State::Today,
                    std::cmp::Ordering::Greater => State::Open {
                        left: at.duration_since(&begins),
                    },
                }
            }
        }
    }

    /// What is due at once when something is settled.
    fn at_once(&self, rule: &Rule, cohort: &Cohort, out: &mut Vec<Clock>) {
        let confirmed = self.facts.confirmed_at(Some(cohort));
        let status = self.facts.status.value;
        let first = self.sent(
            cohort,
            &[Kind::Full, Kind::Partial, Kind::Posting, Kind::Possibility],
        );
        let possible = first.iter().any(|(e, _)| e.kind.value == Kind::Possibility);
        let partial = first.iter().any(|(e, _)| e.kind.value == Kind::Partial);
        let open: Vec<String> = self
            .facts
            .open_questions
            .iter()
            .map(|item| item.value.clone())
            .collect();
        let (duty, span, follow) = match status {
            Status::RuledOut if possible => (
                Duty::AllClear,
                self.facts.status.span,
                &[Kind::AllClear][..],
            ),
            Status::RuledOut => return,
            Status::Suspected => (Duty::Supplement, self.facts.status.span, &[][..]),
            Status::Confirmed if partial || !open.is_empty() => (
                Duty::Supplement,
                confirmed.map_or(self.facts.status.span, |at| at.span),
                &[Kind::Supplement, Kind::Full][..],
            ),
            Status::Confirmed => return,
        };
        // What is still open was not settled with the rest.
        let from = confirmed
            .filter(|_| open.is_empty())
            .map(|at| self.local(&at.value));
        let state = match &from {
            None => State::Waiting,
            Some(from) => {
                let done = self.sent(cohort, follow).into_iter().map(|(_, at)| at);
                match done.into_iter().find(|at| at >= from) {
                    Some(at) => State::Met {
                        after: at.duration_since(from),
                        at,
                    },
                    None => match self.open(from) {
                        State::Open { .. } => State::Waiting,
                        other => other,
                    },
                }
            }
        };
        let mut clock = self.clock(rule, duty, Due::AtOnce { from }, state, span);
        clock.open = open;
        out.push(clock);
    }

    fn postings(&self, rule: &Rule, days: i64, cohort: &Cohort, out: &mut Vec<Clock>) {
        for earlier in self.facts.earlier(cohort) {
            let Some(posted) = &earlier.posted else {
                continue;
            };
            let from = posted.value.from.value;
            let Ok(at) = from.checked_add(days.days()) else {
                continue;
            };
            let state = match &posted.value.until {
                None => State::Endless,
                Some(until) => {
                    let stood = i64::from(from.until(until.value).map_or(0, |s| s.get_days()));
                    let until = until.value;
                    match stood >= days {
                        true => State::Stands { until, days: stood },
                        false => State::Short { until, days: stood },
                    }
                }
            };
            let due = Due::Until { from, days, at };
            out.push(self.clock(rule, Duty::Posting, due, state, posted.span));
        }
    }
}

#[cfg(test)]
mod tests;
