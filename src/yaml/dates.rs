//! Dates and times as they are written in our YAML files.

use jiff::Zoned;
use jiff::civil::Date;
use jiff::fmt::temporal::{Pieces, PiecesOffset};
use jiff::tz::{Offset, TimeZone};

use super::explain::shown;

/// What is wrong and how to mend it.
pub type Complaint = (String, Option<String>);

/// Reads `2025-11-18`, and nothing else.
///
/// # Errors
/// What is wrong with the text, and how to write it.
pub fn date(text: &str) -> Result<Date, Complaint> {
    let parts = iso_parts(text).filter(|_| text.len() == 10);
    match (parts, text.parse::<Date>()) {
        (Some(_), Ok(date)) => Ok(date),
        (Some(parts), Err(_)) => Err(impossible(parts)),
        (None, _) => {
            let example = digits(text).unwrap_or_else(|| "2025-11-18".to_owned());
            let hint = format!("write year, month and day like this: {example}");
            Err((format!("`{}` is not a date", shown(text)), Some(hint)))
        }
    }
}

/// Reads a date with time and zone: `2025-11-18T22:52+09:00`, `…Z` or `…[Asia/Seoul]`. Seconds may be left out.
///
/// # Errors
/// What is wrong with the text, and how to write it. A date alone or a time without a zone is an error: 72 hours
/// cannot be counted from it.
pub fn zoned(text: &str) -> Result<Zoned, Complaint> {
    const HINT: &str = "write it like this: 2025-11-18T22:52+09:00";
    if let Some(parts) = iso_parts(text)
        && Date::new(parts.0, parts.1, parts.2).is_err()
    {
        return Err(impossible(parts));
    }
    let bad = || {
        (
            format!("`{}` is not a date with a time", shown(text)),
            Some(HINT.to_owned()),
        )
    };
    let pieces = match Pieces::parse(text) {
        Ok(pieces) if iso_parts(text).is_some() => pieces,
        _ => return Err(bad()),
    };
    let Some(time) = pieces.time() else {
        let hint = format!(
            "add the time and the zone, like this: {}THH:MM+09:00",
            pieces.date()
        );
        return Err((format!("`{}` has no time of day", shown(text)), Some(hint)));
    };
    if pieces.time_zone_annotation().is_some() {
        let (what, hint) = match pieces.to_time_zone() {
            Err(_) => (
                "names a time zone that is not known",
                "take a name of the time zone database, such as [Asia/Seoul]",
            ),
            Ok(_) => (
                "has an offset that its time zone does not have then",
                "correct the offset, or leave it or the zone out",
            ),
        };
        let bad = |_| (format!("`{}` {what}", shown(text)), Some(hint.to_owned()));
        return text.parse::<Zoned>().map_err(bad);
    }
    let zone = match pieces.offset() {
        None => {
            let hint = format!(
                "add the zone, like this: {}+09:00 (or Z for UTC)",
                shown(text)
            );
            return Err((format!("`{}` has no time zone", shown(text)), Some(hint)));
        }
        Some(PiecesOffset::Numeric(offset)) => TimeZone::fixed(offset.offset()),
        Some(_) => TimeZone::fixed(Offset::UTC),
    };
    pieces
        .date()
        .to_datetime(time)
        .to_zoned(zone)
        .map_err(|_| bad())
}

/// Year, month and day of a text that begins like `2025-11-18`.
fn iso_parts(text: &str) -> Option<(i16, i8, i8)> {
    let number = |range| {
        let part: &str = text.get(range)?;
        part.bytes().all(|b| b.is_ascii_digit()).then_some(part)
    };
    let dashes = text.get(4..5) == Some("-") && text.get(7..8) == Some("-");
    let next_is_digit = text.as_bytes().get(10).is_some_and(u8::is_ascii_digit);
    if !dashes || next_is_digit {
        return None;
    }
    Some((
        number(0..4)?.parse().ok()?,
        number(5..7)?.parse().ok()?,
        number(8..10)?.parse().ok()?,
    ))
}

fn impossible((year, month, day): (i16, i8, i8)) -> Complaint {
    let hint = match Date::new(year, month, 1) {
        Ok(first) => format!("{year:04}-{month:02} has {} days", first.days_in_month()),
        Err(_) => "months are 01 to 12".to_owned(),
    };
    (
        format!("there is no day {year:04}-{month:02}-{day:02}"),
        Some(hint),
    )
}

/// The ISO date of a text like `2025. 11. 8.` or `2025/11/08`, if it is one.
fn digits(text: &str) -> Option<String> {
    if text.len() > 40 {
        return None;
    }
    let parts: Vec<&str> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .collect();
    let [year, month, day, ..] = parts.as_slice() else {
        return None;
    };
    if year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
        .ok()
        .map(|d| d.to_string())
}
