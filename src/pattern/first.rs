//! With which letters a match of a pattern can begin.
//!
//! The build script uses this module too.

use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Look};

/// A range of letters with more than this tells nothing.
const WIDE: u32 = 2048;
/// Neither do more ASCII letters and figures than this, upper and lower case.
const ASCII: usize = 46;

/// Where a match can begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum First {
    /// At the start of the text only.
    Start,
    /// At one of these letters.
    Letters(Vec<(u32, u32)>),
    /// Almost anywhere.
    Any,
}

/// Where a match of `hir` can begin.
#[allow(dead_code)] // For the build script.
pub fn first(hir: &Hir) -> First {
    if hir.properties().look_set_prefix().contains(Look::Start) {
        return First::Start;
    }
    let Some((class, false)) = letters(hir) else {
        return First::Any;
    };
    let wide = |r: &ClassUnicodeRange| u32::from(r.end()) - u32::from(r.start()) > WIDE;
    let ascii = |c: &char| {
        let inside = |r: &ClassUnicodeRange| r.start() <= *c && *c <= r.end();
        c.is_ascii_alphanumeric() && class.ranges().iter().any(inside)
    };
    if class.ranges().iter().any(wide) || ('\0'..='\x7f').filter(ascii).count() > ASCII {
        return First::Any;
    }
    let pair = |r: &ClassUnicodeRange| (u32::from(r.start()), u32::from(r.end()));
    First::Letters(class.ranges().iter().map(pair).collect())
}

/// The first letters, and whether the pattern can also match without any; `None` if that is not known.
fn letters(hir: &Hir) -> Option<(ClassUnicode, bool)> {
    Some(match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => (ClassUnicode::empty(), true),
        HirKind::Literal(l) => {
            let c = std::str::from_utf8(&l.0).ok()?.chars().next()?;
            (ClassUnicode::new([ClassUnicodeRange::new(c, c)]), false)
        }
        HirKind::Class(Class::Unicode(class)) => (class.clone(), false),
        HirKind::Class(Class::Bytes(class)) => (class.to_unicode_class()?, false),
        HirKind::Repetition(r) => {
            let (class, empty) = letters(&r.sub)?;
            (class, empty || r.min == 0)
        }
        HirKind::Capture(c) => letters(&c.sub)?,
        HirKind::Concat(list) => {
            let mut all = ClassUnicode::empty();
            for part in list {
                let (class, empty) = letters(part)?;
                all.union(&class);
                if !empty {
                    return Some((all, false));
                }
            }
            (all, true)
        }
        HirKind::Alternation(list) => {
            let (mut all, mut any) = (ClassUnicode::empty(), false);
            for part in list {
                let (class, empty) = letters(part)?;
                all.union(&class);
                any |= empty;
            }
            (all, any)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pattern: &str) -> First {
        let mut parser = regex_syntax::ParserBuilder::new()
            .case_insensitive(true)
            .build();
        first(&parser.parse(pattern).unwrap())
    }

    #[test]
    fn knows_where_a_match_can_begin() {
        let only =
            |list: &[char]| First::Letters(list.iter().map(|c| (*c as u32, *c as u32)).collect());
        assert_eq!(of("무료|공짜"), only(&['공', '무']));
        assert_eq!(of(r"\b(?:no|not)\b"), only(&['N', 'n']));
        assert_eq!(
            of(r"(?:가|나)?\s?다"),
            First::Letters(ClassUnicodeRanges(r"[가나다\s]").into())
        );
        assert_eq!(of(r"^\s*부터"), First::Start);
        assert_eq!(of(r"(?:^|,)부터"), only(&[',', '부']));
        for any in ["x*", r"[^\n]{0,60}not", r"[가-힣]+님", r"\w+@"] {
            assert_eq!(of(any), First::Any, "{any}");
        }
    }

    /// The ranges of a class.
    struct ClassUnicodeRanges(&'static str);

    impl From<ClassUnicodeRanges> for Vec<(u32, u32)> {
        fn from(class: ClassUnicodeRanges) -> Self {
            match regex_syntax::parse(class.0).unwrap().kind() {
                HirKind::Class(Class::Unicode(c)) => c
                    .ranges()
                    .iter()
                    .map(|r| (r.start() as u32, r.end() as u32))
                    .collect(),
                _ => Vec::new(),
            }
        }
    }
}
