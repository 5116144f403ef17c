//! The deadlines of an incident, for `noticelint deadlines`.

use jiff::{SignedDuration, Zoned};
use serde::Serialize;

use super::cells::harmless_line;
use super::human::authority;
use super::json::{Tool, VERSION, to_text};
use super::paint::Painter;
use super::wording::Wording;
use super::{Authority, Look};
use crate::deadlines::{AsOf, Clock, CohortClocks, Due, Duty, State};
use crate::facts::Facts;
use crate::language::Language;
use crate::language::vocabulary::Vocabulary;

/// From how many hours on days are shown too.
const LONG_HOURS: i64 = 96;

/// All duties, a block for each cohort.
pub fn render(
    facts: &Facts,
    clocks: &[CohortClocks<'_>],
    as_of: Option<&AsOf>,
    language: &Language,
    look: Look,
) -> String {
    let view = View {
        words: look.words,
        vocabulary: &language.vocabulary,
    };
    let mut painter = Painter::new(look.coloured);
    painter.bold(&harmless_line(&facts.incident.value));
    let status = view.key("status", facts.status.value.as_str());
    painter.line(&format!(" ({status})"));
    let zone = &facts.aware_at.value;
    let judged = match as_of {
        Some(AsOf::Day(day)) => view
            .words
            .fill("deadlines-as-of", &[("when", &day.to_string())]),
        Some(AsOf::At(now)) => {
            let now = time(&now.with_time_zone(zone.time_zone().clone()));
            view.words.fill("deadlines-as-of", &[("when", &now)])
        }
        None => view.words.text("deadlines-no-as-of").to_owned(),
    };
    painter.line(&judged);
    let zone = zone.strftime("%:z").to_string();
    painter.line(&view.words.fill("deadlines-zone", &[("zone", &zone)]));
    for CohortClocks { cohort, clocks } in clocks {
        painter.line("");
        painter.bold(&harmless_line(&cohort.name.value));
        let audience = view.key("audience", cohort.audience.value.as_str());
        let count = cohort.count.as_ref().map_or_else(String::new, |count| {
            let value = count.value.value;
            format!(", {}", look.words.counted(value, count.value.unit.as_str()))
        });
        painter.line(&format!(" ({audience}{count})"));
        if clocks.is_empty() {
            painter.line(&format!("  {}", view.words.text("deadlines-none")));
        }
        for clock in clocks {
            view.clock(clock, &mut painter);
        }
    }
    painter.into_text()
}

/// `2026-10-15 09:40`.
fn time(at: &Zoned) -> String {
    at.strftime("%Y-%m-%d %H:%M").to_string()
}

struct View<'a> {
    words: Wording,
    vocabulary: &'a Vocabulary,
}

impl View<'_> {
    fn key(&self, group: &str, name: &str) -> String {
        self.words.text(&format!("{group}-{name}")).to_owned()
    }

    fn clock(&self, clock: &Clock, painter: &mut Painter) {
        painter.push("  ");
        painter.bold(&self.key("duty", clock.duty.as_str()));
        painter.push(": ");
        painter.line(&self.due(clock));
        let state = self.state(clock);
        if !state.is_empty() {
            painter.push("    ");
            match clock.state.is_bad() {
                true => painter.levelled(codespan_reporting::diagnostic::Severity::Error, &state),
                false => painter.push(&state),
            }
            painter.line("");
        }
        if let Some((reason, counts)) = clock.reason {
            let key = if counts {
                "deadlines-reason"
            } else {
                "deadlines-reason-not"
            };
            let reason = self.key("reason", reason.as_str());
            let line = self.words.fill(key, &[("reason", &reason)]);
            painter.line(&format!("    {line}"));
        } else if !clock.excuses.is_empty() && !matches!(clock.state, State::Met { .. }) {
            let list: Vec<String> = clock
                .excuses
                .iter()
                .map(|reason| self.key("reason", reason.as_str()))
                .collect();
            let line = self
                .words
                .fill("deadlines-excuses", &[("list", &list.join(", "))]);
            painter.line(&format!("    {line}"));
        }
        let text = authority(&clock.authority, self.words);
        let first = text.lines().next().unwrap_or_default();
        painter.line(&format!("    {} [{}]", harmless_line(first), clock.rule));
    }

    fn due(&self, clock: &Clock) -> String {
        match &clock.due {
            Due::By { from, hours, at } => {
                let key = match clock.duty {
                    Duty::Confirmed => "due-by-confirmed",
                    _ => "due-by",
                };
                self.words.fill(
                    key,
                    &[
                        ("at", &time(at)),
                        ("from", &time(from)),
                        ("hours", &hours.to_string()),
                    ],
                )
            }
            Due::AtOnce { from: Some(from) } => self
                .words
                .fill("due-at-once-since", &[("from", &time(from))]),
            Due::AtOnce { from: None } if clock.open.is_empty() => {
                self.words.text("due-at-once").to_owned()
            }
            Due::AtOnce { from: None } => {
                let items: Vec<&str> = clock.open.iter().map(|item| self.item(item)).collect();
                self.words
                    .fill("due-at-once-open", &[("items", &items.join(", "))])
            }
            Due::Until { from, days, at } => self.words.fill(
                "due-until",
                &[
                    ("at", &at.to_string()),
                    ("from", &from.to_string()),
                    ("days", &days.to_string()),
                ],
            ),
        }
    }

    fn item<'b>(&'b self, id: &'b str) -> &'b str {
        match self.vocabulary.id_of(id) {
            Some(concept) => {
                let label = &self.vocabulary.concept(concept).label;
                label.get(self.words.lang())
            }
            None => id,
        }
    }

    fn state(&self, clock: &Clock) -> String {
        let words = self.words;
        match &clock.state {
            State::Met { at, after } => words.fill(
                "state-met",
                &[("at", &time(at)), ("after", &self.duration(*after))],
            ),
            State::Late { at, by } => words.fill(
                "state-late",
                &[("at", &time(at)), ("by", &self.duration(*by))],
            ),
            State::Excused { at: Some(at) } => {
                words.fill("state-excused-sent", &[("at", &time(at))])
            }
            State::Excused { at: None } => words.text("state-excused").to_owned(),
            State::Open { left } => words.fill("state-open", &[("left", &self.duration(*left))]),
            State::Today => words.text("state-today").to_owned(),
            State::Overdue { by } if matches!(clock.due, Due::AtOnce { .. }) => {
                words.fill("state-overdue-at-once", &[("by", &self.duration(*by))])
            }
            State::Overdue { by } => words.fill("state-overdue", &[("by", &self.duration(*by))]),
            State::Stands { until, days } => words.fill(
                "state-stands",
                &[("until", &until.to_string()), ("days", &days.to_string())],
            ),
            State::Short { until, days } => words.fill(
                "state-short",
                &[("until", &until.to_string()), ("days", &days.to_string())],
            ),
            State::Endless => words.text("state-endless").to_owned(),
            State::Waiting => String::new(),
            State::Unknown => words.text("state-unknown").to_owned(),
        }
    }

    /// `24 h 40 min`, with days if it is long.
    fn duration(&self, duration: SignedDuration) -> String {
        let minutes = duration.as_mins().max(0);
        let (hours, minutes) = (minutes / 60, minutes % 60);
        let (key, days, hours) = match hours >= LONG_HOURS {
            true => ("duration-days", hours / 24, hours % 24),
            false => ("duration-hours", 0, hours),
        };
        self.words.fill(
            key,
            &[
                ("days", &days.to_string()),
                ("hours", &hours.to_string()),
                ("minutes", &minutes.to_string()),
            ],
        )
    }
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    tool: Tool<'a>,
    incident: &'a str,
    status: &'static str,
    path: &'a str,
    #[serde(rename = "as-of")]
    as_of: Option<String>,
    cohorts: Vec<CohortOut<'a>>,
    kept: bool,
}

#[derive(Serialize)]
struct CohortOut<'a> {
    cohort: &'a str,
    audience: &'static str,
    deadlines: Vec<ClockOut<'a>>,
}

#[derive(Serialize)]
struct ClockOut<'a> {
    duty: &'static str,
    rule: &'a str,
    authority: &'a Authority,
    /// A time, or the day until which a posting must stand; `null`: at once when it is settled.
    due: Option<String>,
    #[serde(rename = "at-once")]
    at_once: bool,
    from: Option<String>,
    state: &'static str,
    done: Option<String>,
    /// Minutes left, or too late.
    minutes: Option<i64>,
    excuses: Vec<&'static str>,
    reason: Option<&'static str>,
    #[serde(rename = "reason-counts")]
    reason_counts: Option<bool>,
    open: &'a [String],
}

/// The same as JSON.
pub fn json(
    facts: &Facts,
    clocks: &[CohortClocks<'_>],
    as_of: Option<&AsOf>,
    rules_hash: &str,
) -> String {
    let cohorts = clocks
        .iter()
        .map(|CohortClocks { cohort, clocks }| CohortOut {
            cohort: &cohort.name.value,
            audience: cohort.audience.value.as_str(),
            deadlines: clocks.iter().map(clock_out).collect(),
        });
    to_text(&Document {
        version: VERSION,
        tool: Tool::new(rules_hash),
        incident: &facts.incident.value,
        status: facts.status.value.as_str(),
        path: &facts.path,
        as_of: as_of.map(|as_of| match as_of {
            AsOf::Day(day) => day.to_string(),
            AsOf::At(now) => stamp(now),
        }),
        cohorts: cohorts.collect(),
        kept: !clocks
            .iter()
            .flat_map(|cohort| &cohort.clocks)
            .any(|clock| clock.state.is_bad()),
    })
}

/// `2026-10-15T09:40+09:00`.
fn stamp(at: &Zoned) -> String {
    at.strftime("%Y-%m-%dT%H:%M%:z").to_string()
}

fn clock_out(clock: &Clock) -> ClockOut<'_> {
    let (due, from) = match &clock.due {
        Due::By { from, at, .. } => (Some(stamp(at)), Some(stamp(from))),
        Due::AtOnce { from } => (from.as_ref().map(stamp), from.as_ref().map(stamp)),
        Due::Until { from, at, .. } => (Some(at.to_string()), Some(from.to_string())),
    };
    let (done, minutes) = match &clock.state {
        State::Met { at, after } => (Some(stamp(at)), Some(after.as_mins())),
        State::Late { at, by } => (Some(stamp(at)), Some(by.as_mins())),
        State::Excused { at } => (at.as_ref().map(stamp), None),
        State::Open { left } => (None, Some(left.as_mins())),
        State::Overdue { by } => (None, Some(by.as_mins())),
        State::Stands { until, .. } | State::Short { until, .. } => (Some(until.to_string()), None),
        State::Today | State::Endless | State::Waiting | State::Unknown => (None, None),
    };
    ClockOut {
        duty: clock.duty.as_str(),
        rule: &clock.rule,
        authority: &clock.authority,
        due,
        at_once: matches!(clock.due, Due::AtOnce { .. }),
        from,
        state: clock.state.as_str(),
        done,
        minutes,
        excuses: clock.excuses.iter().map(|reason| reason.as_str()).collect(),
        reason: clock.reason.map(|(reason, _)| reason.as_str()),
        reason_counts: clock.reason.map(|(_, counts)| counts),
        open: &clock.open,
    }
}
