//! A compiled pattern as bytes: rebuilding it costs far less than compiling it.
//!
//! The build script uses this module too. The automaton is `regex-automata`'s own; only its states are written down.

use regex_automata::nfa::thompson::{BuildError, Builder, NFA, State, Transition};
use regex_automata::util::look::Look;
use regex_automata::util::primitives::{PatternID, StateID};
use regex_automata::util::syntax;

/// How every pattern is read.
pub fn syntax() -> syntax::Config {
    syntax::Config::new().case_insensitive(true)
}

const RANGE: u8 = 0;
const SPARSE: u8 = 1;
const LOOK: u8 = 2;
const UNION: u8 = 3;
const CAPTURE: u8 = 4;
const FAIL: u8 = 5;
const MATCH: u8 = 6;

/// Writes down an automaton with one pattern; `None` if it has something that cannot be.
#[allow(dead_code)] // For the build script.
pub fn write(nfa: &NFA) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let put = |out: &mut Vec<u8>, n: usize| {
        let mut n = n;
        while n >= 0x80 {
            out.push(n as u8 | 0x80);
            n >>= 7;
        }
        out.push(n as u8);
    };
    put(&mut out, nfa.start_anchored().as_usize());
    put(&mut out, nfa.start_unanchored().as_usize());
    let names: Vec<Option<&str>> = nfa.group_info().pattern_names(PatternID::ZERO).collect();
    put(&mut out, names.len());
    for name in names {
        let name = name.unwrap_or_default();
        put(&mut out, name.len());
        out.extend(name.bytes());
    }
    put(&mut out, nfa.states().len());
    for state in nfa.states() {
        match state {
            State::ByteRange { trans } => {
                out.extend([RANGE, trans.start, trans.end]);
                put(&mut out, trans.next.as_usize());
            }
            State::Sparse(sparse) => {
                out.push(SPARSE);
                put(&mut out, sparse.transitions.len());
                for t in &sparse.transitions {
                    out.extend([t.start, t.end]);
                    put(&mut out, t.next.as_usize());
                }
            }
            State::Look { look, next } => {
                out.push(LOOK);
                put(&mut out, look.as_repr() as usize);
                put(&mut out, next.as_usize());
            }
            State::Union { alternates } => {
                out.push(UNION);
                put(&mut out, alternates.len());
                for a in alternates {
                    put(&mut out, a.as_usize());
                }
            }
            State::BinaryUnion { alt1, alt2 } => {
                out.push(UNION);
                put(&mut out, 2);
                put(&mut out, alt1.as_usize());
                put(&mut out, alt2.as_usize());
            }
            State::Capture {
                next,
                group_index,
                slot,
                ..
            } => {
                out.push(CAPTURE);
                put(&mut out, slot.as_usize() % 2);
                put(&mut out, group_index.as_usize());
                put(&mut out, next.as_usize());
            }
            State::Fail => out.push(FAIL),
            State::Match { .. } => out.push(MATCH),
            State::Dense(_) => return None,
        }
    }
    Some(out)
}

/// The automaton that was written down.
pub fn read(bytes: &[u8]) -> Option<NFA> {
    let mut r = Reader { bytes };
    r.nfa()
}

struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(*first)
    }

    fn number(&mut self) -> Option<usize> {
        let mut n = 0;
        for shift in (0..35).step_by(7) {
            let b = self.byte()?;
            n |= usize::from(b & 0x7f) << shift;
            if b & 0x80 == 0 {
                return Some(n);
            }
        }
        None
    }

    fn id(&mut self) -> Option<StateID> {
        StateID::new(self.number()?).ok()
    }

    fn text(&mut self) -> Option<&'a str> {
        let n = self.number()?;
        let (text, rest) = self.bytes.split_at_checked(n)?;
        self.bytes = rest;
        std::str::from_utf8(text).ok()
    }

    fn transition(&mut self) -> Option<Transition> {
        Some(Transition {
            start: self.byte()?,
            end: self.byte()?,
            next: self.id()?,
        })
    }

    fn nfa(&mut self) -> Option<NFA> {
        let (anchored, unanchored) = (self.id()?, self.id()?);
        let names: Vec<&str> = (0..self.number()?)
            .map(|_| self.text())
            .collect::<Option<_>>()?;
        let mut builder = Builder::new();
        builder.set_utf8(true);
        builder.start_pattern().ok()?;
        for _ in 0..self.number()? {
            self.state(&mut builder, &names)?.ok()?;
        }
        builder.finish_pattern(anchored).ok()?;
        builder.build(anchored, unanchored).ok()
    }

    fn state(
        &mut self,
        builder: &mut Builder,
        names: &[&str],
    ) -> Option<Result<StateID, BuildError>> {
        Some(match self.byte()? {
            RANGE => builder.add_range(self.transition()?),
            SPARSE => {
                let n = self.number()?;
                let list = (0..n).map(|_| self.transition()).collect::<Option<_>>()?;
                builder.add_sparse(list)
            }
            LOOK => {
                let look = Look::from_repr(self.number()?.try_into().ok()?)?;
                builder.add_look(self.id()?, look)
            }
            UNION => {
                let n = self.number()?;
                let list = (0..n).map(|_| self.id()).collect::<Option<_>>()?;
                builder.add_union(list)
            }
            CAPTURE => {
                let end = self.number()? == 1;
                let group = self.number()?;
                let next = self.id()?;
                if end {
                    builder.add_capture_end(next, group.try_into().ok()?)
                } else {
                    let name = names.get(group).filter(|n| !n.is_empty());
                    let name = name.map(|n| std::sync::Arc::from(*n));
                    builder.add_capture_start(next, group.try_into().ok()?, name)
                }
            }
            FAIL => builder.add_fail(),
            MATCH => builder.add_match(),
            _ => return None,
        })
    }
}

/// Joins patterns into one; `{n}` in a group name becomes the number of its pattern, since names must differ.
pub fn alternatives(patterns: &[String]) -> String {
    patterns
        .iter()
        .enumerate()
        .map(|(i, p)| format!("(?:{})", p.replace("{n}", &i.to_string())))
        .collect::<Vec<_>>()
        .join("|")
}
