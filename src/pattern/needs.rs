//! What a text must contain for a pattern to match at all.
//!
//! The build script uses this module too. Letters are those of [`alike`]; white space and hyphens are never part of a
//! literal, because folding a text moves them.

use regex_syntax::hir::{Class, Hir, HirKind};

/// Most strings that a set of literals may have.
const MOST: usize = 96;
/// Most sets of literals that must occur together.
const SETS: usize = 3;
/// Most alternatives that are kept apart.
const BRANCHES: usize = 12;

/// One of these strings must occur.
pub type Set = Vec<String>;

/// Alternatives, of each of which every set must be met. Empty: nothing is known.
pub type Needs = Vec<Vec<Set>>;

/// The letter that stands for this one where literals are looked for: of two letters that a pattern may hold to be the
/// same, and of all figures.
pub fn alike(c: char) -> char {
    match c {
        'A'..='Z' => c.to_ascii_lowercase(),
        '0'..='9' => '0',
        '\u{2019}' | '\u{2018}' => '\'',
        '\u{212a}' => 'k',
        '\u{17f}' => 's',
        // A circle that stands for what is left out, as often as for nought.
        '\u{3007}' => c,
        c if !c.is_ascii() && c.is_numeric() => '0',
        c => c,
    }
}

/// What `hir` needs.
pub fn needs(hir: &Hir) -> Needs {
    let mut hir = hir;
    while let HirKind::Capture(c) = hir.kind() {
        hir = &c.sub;
    }
    let branches: Vec<&Hir> = match hir.kind() {
        HirKind::Alternation(list) if list.len() <= BRANCHES => list.iter().collect(),
        _ => vec![hir],
    };
    let mut out = Needs::new();
    for b in branches {
        let sets = conjunction(b);
        if sets.is_empty() {
            return Needs::new();
        }
        out.push(sets);
    }
    out
}

/// The most telling sets that any match must meet all of.
fn conjunction(hir: &Hir) -> Vec<Set> {
    let mut hir = hir;
    while let HirKind::Capture(c) = hir.kind() {
        hir = &c.sub;
    }
    let mut sets: Vec<Set> = match hir.kind() {
        HirKind::Concat(list) => concat(list).1,
        _ => look(hir).set().into_iter().collect(),
    };
    sets.sort_by_key(|s| std::cmp::Reverse(worth(s)));
    sets.truncate(SETS);
    sets
}

/// How much a set tells: its least telling string decides, then how few there are.
fn worth(set: &Set) -> (u32, std::cmp::Reverse<usize>) {
    let of = |c: char| match c {
        '\u{ac00}'..='\u{d7a3}' => 30,
        'a'..='z' => 10,
        '0' => 4,
        _ => 8,
    };
    let least = set.iter().map(|s| s.chars().map(of).sum::<u32>().min(90));
    (
        least.min().unwrap_or_default(),
        std::cmp::Reverse(set.len()),
    )
}

/// What is known of a part of a pattern.
#[derive(Default)]
struct Known {
    /// All strings that it can match.
    exact: Option<Set>,
    /// Else a set that must be met.
    need: Option<Set>,
}

impl Known {
    fn set(self) -> Option<Set> {
        match self.exact {
            Some(exact) => Some(exact).filter(|e| !e.is_empty() && e.iter().all(|s| !s.is_empty())),
            None => self.need,
        }
    }
}

fn broken(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{2028}')
}

fn look(hir: &Hir) -> Known {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Known {
            exact: Some(vec![String::new()]),
            need: None,
        },
        HirKind::Literal(l) => literal(&l.0),
        HirKind::Class(Class::Unicode(class)) => {
            let mut set = Set::new();
            for r in class.ranges() {
                if u32::from(r.end()) - u32::from(r.start()) > 64 {
                    return Known::default();
                }
                for c in r.start()..=r.end() {
                    let c = alike(c);
                    if broken(c) || set.len() > MOST {
                        return Known::default();
                    }
                    let s = c.to_string();
                    if !set.contains(&s) {
                        set.push(s);
                    }
                }
            }
            Known {
                exact: Some(set),
                need: None,
            }
        }
        HirKind::Class(Class::Bytes(class)) => {
            let mut set = Set::new();
            for r in class.ranges() {
                for b in r.start()..=r.end() {
                    let c = alike(char::from(b));
                    if !b.is_ascii() || broken(c) {
                        return Known::default();
                    }
                    let s = c.to_string();
                    if !set.contains(&s) {
                        set.push(s);
                    }
                }
            }
            Known {
                exact: Some(set),
                need: None,
            }
        }
        HirKind::Repetition(r) => {
            let sub = look(&r.sub);
            if r.min == 0 {
                let exact = match (r.max, sub.exact) {
                    (Some(1), Some(mut exact)) if exact.len() < MOST => {
                        if !exact.iter().any(String::is_empty) {
                            exact.push(String::new());
                        }
                        Some(exact)
                    }
                    _ => None,
                };
                return Known { exact, need: None };
            }
            let Some(one) = &sub.exact else {
                return Known {
                    exact: None,
                    need: sub.need,
                };
            };
            let mut all = one.clone();
            let mut whole = true;
            for _ in 1..r.min {
                match product(&all, one) {
                    Some(longer) => all = longer,
                    None => {
                        whole = false;
                        break;
                    }
                }
            }
            let exact = whole && r.max == Some(r.min);
            let known = Known {
                exact: Some(all),
                need: None,
            };
            if exact {
                return known;
            }
            Known {
                exact: None,
                need: known.set(),
            }
        }
        HirKind::Capture(c) => look(&c.sub),
        HirKind::Concat(list) => concat(list).0,
        HirKind::Alternation(list) => {
            let mut exact = Some(Set::new());
            let mut need = Some(Set::new());
            for sub in list {
                let known = look(sub);
                exact = exact.zip(known.exact.clone()).map(|(a, b)| joined(a, b));
                need = need.zip(known.set()).map(|(a, b)| joined(a, b));
            }
            let fits = |s: &Set| s.len() <= MOST;
            Known {
                exact: exact.filter(fits),
                need: need.filter(|s| s.len() <= 4 * MOST),
            }
        }
    }
}

fn joined(mut a: Set, b: Set) -> Set {
    for s in b {
        if !a.contains(&s) {
            a.push(s);
        }
    }
    a
}

fn product(a: &Set, b: &Set) -> Option<Set> {
    if a.len() * b.len() > MOST {
        return None;
    }
    let mut out = Set::new();
    for x in a {
        for y in b {
            out.push(format!("{x}{y}"));
        }
    }
    out.dedup();
    Some(out)
}

/// What is known of a sequence as a whole, and all sets that it must meet.
fn concat(list: &[Hir]) -> (Known, Vec<Set>) {
    let mut sets: Vec<Set> = Vec::new();
    let mut exact = true;
    let mut run: Option<Set> = None;
    let close = |run: &mut Option<Set>, sets: &mut Vec<Set>| {
        let known = Known {
            exact: run.take(),
            need: None,
        };
        sets.extend(known.set());
    };
    for part in list {
        let known = look(part);
        match (known.exact, &run) {
            (Some(next), Some(before)) => match product(before, &next) {
                Some(longer) => run = Some(longer),
                None => {
                    exact = false;
                    close(&mut run, &mut sets);
                    run = Some(next);
                }
            },
            (Some(next), None) => run = Some(next),
            (None, _) => {
                exact = false;
                close(&mut run, &mut sets);
                sets.extend(known.need);
            }
        }
    }
    if exact {
        let whole = Known {
            exact: run.clone(),
            need: None,
        };
        close(&mut run, &mut sets);
        return (whole, sets);
    }
    close(&mut run, &mut sets);
    let need = sets.iter().max_by_key(|s| worth(s)).cloned();
    (Known { exact: None, need }, sets)
}

fn literal(bytes: &[u8]) -> Known {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Known::default();
    };
    let text: String = text.chars().map(alike).collect();
    if !text.chars().any(broken) {
        return Known {
            exact: Some(vec![text]),
            need: None,
        };
    }
    let longest = text.split(broken).max_by_key(|p| p.chars().count());
    Known {
        exact: None,
        need: longest
            .filter(|p| !p.is_empty())
            .map(|p| vec![p.to_owned()]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pattern: &str) -> Needs {
        let mut parser = regex_syntax::ParserBuilder::new()
            .case_insensitive(true)
            .build();
        needs(&parser.parse(pattern).unwrap())
    }

    #[test]
    fn finds_the_telling_parts() {
        assert_eq!(of("무료"), [[["무료"]]]);
        assert_eq!(
            of(r"(?:책임|의무)(?:이|은)?\s*없습니다"),
            [[
                vec!["없습니다"],
                vec!["책임은", "책임이", "책임", "의무은", "의무이", "의무"]
            ]]
        );
        assert_eq!(of(r"\d{2,6}-\d{4}"), [[["0000"], ["00"]]]);
        assert_eq!(of(r"Kiss me"), [[["kiss"], ["me"]]]);
        assert_eq!(of(r"[^\n]{0,60}(?:never|not)"), [[["never", "not"]]]);
        assert_eq!(of(r"a|\s"), Needs::new());
        assert_eq!(of(r"x?"), Needs::new());
        assert_eq!(of(r"about\b.{2}|가나"), [[["about"]], [["가나"]]]);
    }
}
