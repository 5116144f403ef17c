//! Messages with values put in, and the particle that the value asks for.

/// What a message may name.
pub const PLACEHOLDERS: [&str; 8] = [
    "text", "item", "items", "missing", "value", "expected", "words", "limit",
];

/// Fills `{name}` and `{name:A/B}`: of the two particles, A follows a final consonant and B a vowel.
///
/// In `‘{name}’{name:A/B}` the value stands in quotation marks already, and only its particle follows them.
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len() + 32);
    let mut rest = template;
    let mut before = "";
    while let Some(open) = rest.find('{') {
        let between = &rest[..open];
        out.push_str(between);
        let Some(close) = rest[open..].find('}') else {
            break;
        };
        let inside = &rest[open + 1..open + close];
        let (name, particles) = inside.split_once(':').unwrap_or((inside, ""));
        match values.iter().find(|(n, _)| *n == name) {
            Some((_, value)) => {
                if before != name || !closes_quotation(between) || particles.is_empty() {
                    out.push_str(value);
                }
                if let Some((closed, open)) = particles.split_once('/') {
                    out.push_str(particle(value, closed, open));
                }
            }
            None => out.push_str(&rest[open..=open + close]),
        }
        before = name;
        rest = &rest[open + close + 1..];
    }
    out.push_str(rest);
    out
}

fn closes_quotation(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|c| matches!(c, '\u{2019}' | '\u{201d}' | '"' | '\'' | '`' | ')'))
}

/// The first placeholder of `template` that no rule can fill.
pub fn unknown_placeholder(template: &str) -> Option<String> {
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let close = rest[open..].find('}')?;
        let inside = &rest[open + 1..open + close];
        let name = inside.split(':').next().unwrap_or(inside);
        if !PLACEHOLDERS.contains(&name) {
            return Some(name.to_owned());
        }
        rest = &rest[open + close + 1..];
    }
    None
}

#[derive(Clone, Copy, PartialEq)]
enum Sound {
    Vowel,
    Consonant,
    /// The consonant after which the particle of means is as after a vowel.
    Liquid,
}

/// Chooses between two forms of a particle by the last sound of `word`; brackets and quotes at the end are not heard.
fn particle<'a>(word: &str, closed: &'a str, open: &'a str) -> &'a str {
    // The form for consonants of this particle only has a filler vowel before the other form.
    let filler = closed.strip_suffix(open).is_some_and(|f| f == "\u{c73c}");
    match last_sound(word) {
        Sound::Vowel => open,
        Sound::Liquid if filler => open,
        Sound::Liquid | Sound::Consonant => closed,
    }
}

fn last_sound(word: &str) -> Sound {
    let Some(last) = word.chars().rev().find(|c| c.is_alphanumeric()) else {
        return Sound::Vowel;
    };
    match last {
        '\u{ac00}'..='\u{d7a3}' => match (last as u32 - 0xac00) % 28 {
            0 => Sound::Vowel,
            8 => Sound::Liquid,
            _ => Sound::Consonant,
        },
        // As the digits are read: il, chil, pal end in the liquid; yeong, sam, yuk in another consonant.
        '1' | '7' | '8' => Sound::Liquid,
        '0' | '3' | '6' => Sound::Consonant,
        '2' | '4' | '5' | '9' => Sound::Vowel,
        // As the names of Latin letters are read.
        'l' | 'L' | 'r' | 'R' => Sound::Liquid,
        'm' | 'M' | 'n' | 'N' => Sound::Consonant,
        _ => Sound::Vowel,
    }
}

#[cfg(test)]
mod tests;
