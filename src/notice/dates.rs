//! Dates that CommonMark takes for numbered lists.
//!
//! A closing date `2026. 3. 12.` on a line of its own is item 3 of a list in item 2026 of a list. The writer meant,
//! and the reader understands, one line of text.

/// Bytes at the start of an item that tell whether it is a date, generous spaces included.
pub(super) const LONGEST: usize = 32;

/// Whether an item of a list that begins with `line` is a date: a year, then a month.
pub(super) fn is_date_item(line: &str) -> bool {
    let Some((year, rest)) = number(line, 4) else {
        return false;
    };
    let Some(rest) = rest.strip_prefix('.') else {
        return false;
    };
    let month = rest.trim_start_matches([' ', '\t']);
    if month.len() == rest.len() {
        return false;
    }
    let plausible = |(month, rest): (u32, &str)| {
        (1..=12).contains(&month) && !rest.starts_with(|c: char| c.is_ascii_digit())
    };
    (1900..2200).contains(&year) && number(month, 2).is_some_and(plausible)
}

/// Length in bytes of the marker (`12.`) with which an item of a numbered list begins.
pub(super) fn marker(item: &str) -> Option<usize> {
    let digits = item.bytes().take_while(u8::is_ascii_digit).count();
    let ends = matches!(item.as_bytes().get(digits), Some(b'.' | b')'));
    (digits > 0 && ends).then_some(digits + 1)
}

/// A number of at most `most` digits and what follows it.
fn number(text: &str, most: usize) -> Option<(u32, &str)> {
    let digits = text
        .bytes()
        .take(most)
        .take_while(u8::is_ascii_digit)
        .count();
    let value = text.get(..digits)?.parse().ok()?;
    Some((value, &text[digits..]))
}

#[cfg(test)]
mod tests {
    use super::is_date_item;

    #[test]
    fn years_and_months() {
        for date in [
            "2026. 3. 12.",
            "2026. 3.12.",
            "2026.  3월 12일",
            "2026. 12.",
            "2025. 11. 8.부터",
        ] {
            assert!(is_date_item(date), "{date}");
        }
        for other in [
            "1. 3. 12.",
            "2026. 항목",
            "2026. 13. 1.",
            "12345. 3. 1.",
            "2026. 100명",
            "2026.3",
            "",
        ] {
            assert!(!is_date_item(other), "{other}");
        }
    }
}
